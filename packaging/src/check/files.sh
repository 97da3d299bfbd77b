#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Rules about files that no compiler knows. Prints each breach; exits 1 when there is one.
set -eu
cd "$(dirname "$0")/../../.."

breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT

sources() { find . -type f -name "$1" -not -path '*/target/*' -not -path '*/node_modules/*' -not -path './.git/*'; }
breach() { echo "$1" >> "$breaches"; }
# forbid REASON PATTERN [GREP OPTION...]
forbid() {
    reason=$1 pattern=$2
    shift 2
    grep -rnIE --exclude-dir=target --exclude-dir=.git --exclude=.git --exclude-dir=node_modules "$@" -e "$pattern" . | sed "s|^|$reason: |" >> "$breaches" || true
}

# The licence stands in the first line (the second of a script), and federation's is its own.
sources '*.java' | while read -r file; do
    case $file in ./federation/*) licence=Apache-2.0 ;; *) licence=AGPL-3.0-or-later ;; esac
    [ "$(head -n 1 "$file")" = "// SPDX-License-Identifier: $licence" ] || breach "no licence line ($licence): $file"
done
sources '*.sh' | while read -r file; do
    [ "$(sed -n 2p "$file")" = "# SPDX-License-Identifier: AGPL-3.0-or-later" ] || breach "no licence line: $file"
done

# Each package says what it is for, and what it does not do.
find . -path '*/src/main/java/*' -name '*.java' -not -path '*/target/*' -exec dirname {} + | sort -u | while read -r folder; do
    [ -e "$folder/package-info.java" ] || breach "no package-info.java: $folder"
done

# Links between our documents lead somewhere.
sources '*.md' | while read -r file; do
    grep -oE '\]\([^)# ]+' "$file" | sed 's/^](//' | grep -vE '^[a-z]+:' | while read -r link; do
        [ -e "$(dirname "$file")/$link" ] || breach "dead link in $file: $link"
    done || true
done

# One letter of each word stands in brackets, so that this file does not find itself.
forbid "unfinished" '\b(TOD[O]|FIXM[E])\b' --include=*.java --include=*.jte --include=*.sh --include=*.sql --include=*.md
forbid "path of one machine" '(^|[^A-Za-z0-9._/-])/(wor[k]|roo[t]|hom[e])/'
forbid "host of a package registry" 'repo1?\.mave[n]|registry\.npmj[s]|deb\.debia[n]|files\.pythonhoste[d]|proxy\.golan[g]'
forbid "a test that does not run" '@Disable[d]|assumeTru[e]\(false|assertTru[e]\(true\)' --include=*.java

if [ -s "$breaches" ]; then
    cat "$breaches"
    exit 1
fi

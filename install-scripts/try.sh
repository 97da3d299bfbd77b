#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
set -eu

usage() {
    cat << 'TEXT'
Builds Waymark and runs its demonstration: the invented city of Lindmar on two nodes, on this computer only.

    sh install-scripts/try.sh [--dry-run] [OPTION OF waymark demo]...

    --dry-run   show what would be done
    --help      this text

Everything else is handed to "waymark demo", for example --port 9000 or --data FOLDER.
Needs a JDK 25 (JAVA_HOME or /usr/lib/jvm) and Maven; as root on Debian, Maven is installed when it is missing.
The first run downloads the libraries; later ones start within seconds. Stop it with Ctrl-C. Running it again is safe.
TEXT
}

dry_run=no
while [ $# -gt 0 ]; do
    case $1 in
        --help) usage; exit 0 ;;
        --dry-run) dry_run=yes; shift ;;
        *) break ;;
    esac
done

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=install-scripts/tools.sh
. "$here/tools.sh"
find_jdk
find_maven

echo "Building Waymark with $JAVA_HOME (the first time this takes a few minutes)"
run mvn -B -ntp -q -f "$here/../pom.xml" -Dquick -Dmaven.test.skip=true package
run exec "$here/../packaging/target/waymark/bin/waymark" demo "$@"

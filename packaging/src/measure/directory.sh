#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
set -eu

usage() {
    cat << 'TEXT'
Measures the packaged node with a large directory, and prints a table for docs/reference/performance.md: the import and the pages
meanwhile, memory, and an index built anew while pages are asked for.

    sh packaging/src/measure/directory.sh [--listings N] [--from FOLDER] [--seconds N] [--keep FOLDER]

    --listings N      how many there are, 20000 unless told
    --from FOLDER     a HSDS 1.1 package that they are made from, again and again under other ids; unless told, the one in
                      shared/data beside the checkout or above it, and without it a small generator of our own
    --seconds N       how long pages are asked for before the import and after it, 20 unless told
    --keep FOLDER     leaves the package there, and the report of its import
    --help            this text

Build first (mvn package). It starts a node on loopback in a temporary folder, under the flags that it is shipped with. Nothing else
should run meanwhile; processor time stands beside the clock's, because it stays true on a busy machine. Needs Linux (/proc).
TEXT
}

listings=20000 from='' seconds=20 keep=''
asked=$*
while [ $# -gt 0 ]; do
    case $1 in
        --help) usage; exit 0 ;;
        --listings) listings=${2:?} && shift 2 ;;
        --from) from=${2:?} && shift 2 ;;
        --seconds) seconds=${2:?} && shift 2 ;;
        --keep) keep=${2:?} && shift 2 ;;
        *) usage >&2; exit 2 ;;
    esac
done
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=install-scripts/tools.sh
. "$here/../../../install-scripts/tools.sh"
find_jdk

if [ -z "$from" ]; then
    above=$here
    while [ "$above" != / ] && [ ! -d "$above/shared/data/miami-211-hsds11" ]; do above=$(dirname "$above"); done
    [ ! -d "$above/shared/data/miami-211-hsds11" ] || from=$above/shared/data/miami-211-hsds11
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, $(uname -sr)"
echo "Command: sh packaging/src/measure/directory.sh $asked"
echo "Made from: $(basename "${from:-a small generator of our own}")"
echo "Load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo
"$JAVA_HOME/bin/java" "$here/Directory.java" "$here/../../target" "$scratch" "$listings" "$seconds" "$from" "$keep"

#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
set -eu

usage() {
    cat << 'TEXT'
Measures the packaged node on this machine and prints a table for docs/reference/performance.md.

    sh packaging/src/measure/measure.sh [HSDS-PACKAGE [OPTION OF waymark import hsds]...]

Build first (mvn package). With a package the node holds its listings; without one it is empty.
It starts a node on loopback in a temporary folder and loads it for about a minute. Nothing else should run meanwhile.
TEXT
}

case ${1:-} in --help) usage; exit 0 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=install-scripts/tools.sh
. "$here/../../../install-scripts/tools.sh"
find_jdk

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, $(uname -sr)"
echo "Command: sh packaging/src/measure/measure.sh $*"
echo "Load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo
"$JAVA_HOME/bin/java" "$here/Measure.java" "$here/../../target" "$scratch" "$@"

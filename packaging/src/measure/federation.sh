#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
set -eu

usage() {
    cat << 'TEXT'
Measures what federation costs the packaged node, beside an independent server (Fedify) in the same run, and prints a table for
docs/reference/performance.md.

    sh packaging/src/measure/federation.sh [--activities N] [--hosts N] [--warm-up N] [--parts NAMES]

    --activities N  how many activities the node receives, 50000 unless told; 500 for a quick look
    --hosts N       how many servers send them, and hear of what the node publishes, 200 unless told
    --warm-up N     how many it receives before any count, 3000 unless told: the compilers take part of the time before
    --parts NAMES   all unless told; or some, with commas: "actor GET", inbox, "inbox at 50 per second", "unknown key", fan-out, idle,
                    "fan-out with dead hosts"
    --help          this text

Build first (mvn package). Needs npm, which installs Fedify and a Node of its own below packaging/target, and Linux (/proc).
It starts both servers and the stub hosts on loopback (127.0.0.0/8) in a temporary folder. Nothing else should run meanwhile.
A part that fails says so, the others are measured all the same, and the exit code is 1.
TEXT
}

activities=50000 hosts=200 warm=3000 parts=all
while [ $# -gt 0 ]; do
    case $1 in
        --help) usage; exit 0 ;;
        --activities) activities=${2:?} && shift 2 ;;
        --hosts) hosts=${2:?} && shift 2 ;;
        --warm-up) warm=${2:?} && shift 2 ;;
        --parts) parts=${2:?} && shift 2 ;;
        *) usage >&2; exit 2 ;;
    esac
done
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=install-scripts/tools.sh
. "$here/../../../install-scripts/tools.sh"
find_jdk

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sh "$here/../interop/install.sh" "$here/../../target/interop" >&2
echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, $(uname -sr)"
echo "Command: sh packaging/src/measure/federation.sh --activities $activities --hosts $hosts --warm-up $warm --parts '$parts'"
echo "Load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo
"$JAVA_HOME/bin/java" "$here/Federation.java" "$here/../../target" "$scratch" "$activities" "$hosts" "$warm" "$parts"

#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Starts Waymark from wherever its folder lies, also through symbolic links.
set -eu

self=$0
while [ -h "$self" ]; do
    link=$(readlink "$self")
    case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
called_from=$(pwd)

# The AOT cache remembers the class path. A relative one stays true when the folder is moved, so Java is started inside lib.
cd "$(dirname "$self")/../lib"

# Below 1 GB of memory, the machine's or the container's, the first compiler alone is smaller and quick enough.
compiler=
for limit in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    if [ -r "$limit" ]; then
        read -r bytes < "$limit"
        case $bytes in *[!0-9]*) ;; ??????????*) ;; *) compiler=-XX:TieredStopAtLevel=1 ;; esac
    fi
done
if [ -r /proc/meminfo ]; then
    read -r _ kilobytes _ < /proc/meminfo
    [ "$kilobytes" -ge 1000000 ] || compiler=-XX:TieredStopAtLevel=1
fi

# So it is for a command that is over before the second one has learnt anything.
case " $* " in
    *" serve "* | *" import "* | *" export "*) ;;
    *) compiler=-XX:TieredStopAtLevel=1 ;;
esac

# The demonstration is built by one program with two nodes in it; what serves it afterwards is one program for each.
heap=
case " $* " in *" demo "*) heap=-Xmx192m ;; esac

# Each thread may otherwise have a pool of memory of its own, which no trimming empties.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

# Relative paths mean the folder the caller stands in. $compiler and $heap are one option each, or none.
# shellcheck disable=SC2086
exec ../runtime/bin/java @jvm.options @class-path -XX:AOTCache=waymark.aot $compiler $heap \
    "-Dwaymark.cwd=$called_from" "-Dwaymark.launcher=$(pwd)/../bin/waymark" org.waymark.node.Main "$@"

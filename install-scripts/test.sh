#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
set -eu

usage() {
    cat << 'TEXT'
Runs the whole suite of Waymark.

    sh install-scripts/test.sh [--long] [--complete] [--dry-run]

    --long      full counts and benchmarks (see docs/reference/performance.md)
    --complete  a part that cannot run here is a failure, not a note
    --dry-run   show what would be done
    --help      this text

Needs a JDK 25 and Maven. Parts that need more say so and are left out when it is missing:
    PostgreSQL tests   the server's programs (postgresql), or WAYMARK_TEST_POSTGRES=jdbc:postgresql://...
    browser tests      chromium, fonts-noto-core
    container tests    a Docker engine that answers "docker info"
    interop tests      npm, which installs Fedify and a Node of its own below packaging/target
    scripts            shellcheck
On Debian: apt-get install maven postgresql chromium fonts-noto-core docker.io npm shellcheck
It starts a PostgreSQL server of its own in a temporary folder and stops it at the end. Running it again is safe.
TEXT
}

dry_run=no long=no complete=no
for option in "$@"; do
    case $option in
        --help) usage; exit 0 ;;
        --dry-run) dry_run=yes ;;
        --long) long=yes ;;
        --complete) complete=yes ;;
        *) usage >&2; exit 2 ;;
    esac
done

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
# shellcheck source=install-scripts/tools.sh
. "$here/tools.sh"
find_jdk
find_maven

started=$(date +%s)
scratch=$(mktemp -d)
postgres=
trap 'stop_postgres; rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM

failed=
say() { printf '%-12s %-8s %s\n' "$1" "$2" "$3" >> "$scratch/summary"; }
passed() { say "$1" ok "$2"; }
failed() { say "$1" FAILED "$2"; failed="$failed $1"; }
missing() { if [ "$complete" = yes ]; then failed "$1" "$2"; else say "$1" left-out "$2"; fi; }

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start_postgres() {
    if [ -n "${WAYMARK_TEST_POSTGRES:-}" ]; then
        passed postgresql "the server named by WAYMARK_TEST_POSTGRES"
        return
    fi
    for programs in /usr/lib/postgresql/*/bin; do :; done
    if [ ! -x "$programs/initdb" ]; then
        missing postgresql "no server here: apt-get install postgresql"
        return
    fi
    if [ "$dry_run" = yes ]; then
        echo "would run: a PostgreSQL server from $programs in $scratch"
        return
    fi
    chmod 711 "$scratch"
    mkdir "$scratch/postgres"
    [ "$(id -u)" != 0 ] || chown postgres "$scratch/postgres"
    as_postgres "$programs/initdb" -D "$scratch/postgres/data" -U postgres -A trust -E UTF8 --no-locale --no-sync > "$scratch/postgres.log"
    for port in 54321 54331 54341 54351 54361; do
        if as_postgres "$programs/pg_ctl" -D "$scratch/postgres/data" -w -s -l "$scratch/postgres/log" \
            -o "-h 127.0.0.1 -p $port -k $scratch/postgres -c fsync=off" start >> "$scratch/postgres.log" 2>&1; then
            postgres=$programs/pg_ctl
            WAYMARK_TEST_POSTGRES="jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres"
            export WAYMARK_TEST_POSTGRES
            passed postgresql "a server of our own on port $port"
            return
        fi
    done
    cat "$scratch/postgres.log"
    failed postgresql "the server did not start"
}

stop_postgres() {
    [ -z "$postgres" ] || as_postgres "$postgres" -D "$scratch/postgres/data" -s -m immediate stop || true
}

# Sums test reports: count REPORTS... -> "tests failures skipped". Cases are counted, because a parameterised class sums itself up as nothing.
count() {
    cat "$@" 2> /dev/null | awk '
        /^ *<testcase / { tests++ }
        /^ *<(failure|error)[ >]/ { bad++ }
        /^ *<skipped[ \/>]/ { skipped++ }
        END { print tests + 0, bad + 0, skipped + 0 }'
}

# Closing line of one part: part NAME REPORTS...
part() {
    name=$1
    shift
    # Three numbers are meant to be split.
    # shellcheck disable=SC2046
    set -- $(count "$@")
    all_tests=$((all_tests + $1)) all_bad=$((all_bad + $2)) all_skipped=$((all_skipped + $3))
    if [ "$2" != 0 ]; then
        failed "$name" "$2 of $1 tests failed"
    elif [ "$1" = 0 ]; then
        missing "$name" "no test ran"
    elif [ "$1" = "$3" ]; then
        missing "$name" "all $1 tests skipped themselves"
    else
        passed "$name" "$1 tests, $3 skipped"
    fi
}

if command -v shellcheck > /dev/null; then
    # shellcheck disable=SC2046
    if run shellcheck -x .ci/run $(find . -name '*.sh' -not -path '*/target/*' -not -path '*/node_modules/*'); then passed scripts "shellcheck"; else failed scripts "shellcheck"; fi
else
    missing scripts "no shellcheck here: apt-get install shellcheck"
fi

if run sh packaging/src/check/files.sh; then passed files "licence lines, paths, hosts, links"; else failed files "see above"; fi

start_postgres

profiles=
if browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome); then
    profiles=browser
    set -- "-Dwaymark.chromium=$browser"
else
    set --
    missing browser "no Chromium here: apt-get install chromium fonts-noto-core"
fi
if command -v docker > /dev/null && docker info > "$scratch/docker" 2>&1; then
    profiles=$profiles${profiles:+,}containers
else
    missing containers "no Docker engine answers here: apt-get install docker.io, and start it"
fi
[ -z "$profiles" ] || set -- "$@" "-P$profiles"
[ "$long" = no ] || set -- "$@" -Dwaymark.long=true

find . -path '*/target/*' -name 'TEST-*.xml' -delete
# Failing tests do not stop the build, so that one run tells everything; the reports decide below.
if run mvn -B -ntp -Dmaven.test.failure.ignore=true "$@" verify; then
    passed build "Error Prone, NullAway, formatting, image"
else
    failed build "see above"
fi

if [ "$dry_run" = no ]; then
    all_tests=0 all_bad=0 all_skipped=0
    for module in federation node admin-ui packaging; do
        part "$module" "$module"/target/surefire-reports/TEST-*.xml
    done
    part image packaging/target/packaged-reports/TEST-org.waymark.packaging.image.*.xml
    part interop packaging/target/packaged-reports/TEST-org.waymark.packaging.interop.*.xml
    part faults packaging/target/packaged-reports/TEST-org.waymark.packaging.faults.*.xml
    case $profiles in *browser*) part browser packaging/target/packaged-reports/TEST-org.waymark.packaging.browser.*.xml ;; esac
    case $profiles in *containers*) part containers packaging/target/packaged-reports/TEST-org.waymark.packaging.containers.*.xml ;; esac
    if [ "$long" = yes ]; then
        if sh packaging/src/measure/measure.sh; then passed measure "docs/reference/performance.md tells how to read it"; else failed measure "see above"; fi
        if sh packaging/src/measure/directory.sh; then passed directory "docs/reference/performance.md tells how to read it"; else failed directory "see above"; fi
        if sh packaging/src/measure/benchmarks.sh; then passed benchmarks "docs/reference/performance.md tells how to read it"; else failed benchmarks "see above"; fi
        if ! command -v npm > /dev/null; then
            missing federation "no npm here: apt-get install npm"
        elif sh packaging/src/measure/federation.sh; then
            passed federation "docs/reference/performance.md tells how to read it"
        else
            failed federation "see above"
        fi
    fi
fi

echo
cat "$scratch/summary"
[ "$dry_run" = yes ] && exit 0
echo "Took $(($(date +%s) - started)) seconds."
echo "total: $((all_tests - all_bad - all_skipped)) passed, $all_bad failed, $all_skipped skipped"
if [ -n "$failed" ]; then
    echo "FAILED:$failed"
    exit 1
fi

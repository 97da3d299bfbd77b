#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
set -eu

usage() {
    cat << 'TEXT'
Measures with JMH what the library spends on one request: signing, verifying, reading, proofs. Prints a table for
docs/reference/performance.md.

    sh packaging/src/measure/benchmarks.sh [OPTION OF JMH]...

    --help      this text

Needs a JDK 25 and Maven, which fetches JMH. Nothing else should run meanwhile. It takes three minutes. An example for one of them:

    sh packaging/src/measure/benchmarks.sh -f 3 verifyProof
TEXT
}

case ${1:-} in --help) usage; exit 0 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=install-scripts/tools.sh
. "$here/../../../install-scripts/tools.sh"
find_jdk
find_maven

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$here/../../.."
mvn -B -ntp -q -Dquick -Pbenchmarks -pl federation test-compile dependency:build-classpath -Dmdep.outputFile="$scratch/class-path" >&2
echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, $(uname -sr)"
echo "Command: sh packaging/src/measure/benchmarks.sh $*"
echo "Load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo
# The flags of the packaged node, as far as they matter here.
java="$JAVA_HOME/bin/java -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow"
$java -cp "federation/target/test-classes:federation/target/classes:$(cat "$scratch/class-path")" org.openjdk.jmh.Main \
    -f 1 -wi 5 -w 1 -i 5 -r 1 -rf csv -rff "$scratch/result.csv" "$@" >&2
echo "| what | µs each | ± |"
echo "|---|---|---|"
# "org.waymark.federation.RequestBenchmark.sign","avgt",1,5,1290.1,12.3,"us/op",CAVAGE
awk -F , 'NR > 1 { gsub(/"/, ""); sub(/.*\./, "", $1); printf "| %s%s | %.0f | %.0f |\n", $1, ($8 == "" ? "" : ", " $8), $5, $6 }' "$scratch/result.csv"

#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# What try.sh and test.sh share: finding a JDK 25 and Maven. Read by them, not run.

fail() {
    echo "$*" >&2
    exit 1
}

# Runs a command, or with --dry-run only shows it.
run() {
    if [ "${dry_run:-no}" = yes ]; then
        echo "would run: $*"
    else
        "$@"
    fi
}

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2> /dev/null
}

# Sets JAVA_HOME: the caller's when it is a JDK 25, else the first one where distributions put them.
find_jdk() {
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
        if is_jdk_25 "$candidate"; then
            JAVA_HOME=$candidate
            PATH=$JAVA_HOME/bin:$PATH
            export JAVA_HOME PATH
            return
        fi
    done
    fail "No JDK 25 found: not in JAVA_HOME (${JAVA_HOME:-unset}), not in /usr/lib/jvm.
Get one, for example Eclipse Temurin 25 (package temurin-25-jdk) or your distribution's openjdk-25-jdk-headless,
or unpack any JDK 25 and set JAVA_HOME to its folder."
}

# Installs packages when this is Debian and we may, else says what is missing. The first word is what they are for.
need_packages() {
    purpose=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        echo "Installing for $purpose: $*"
        run apt-get -q update
        run env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
    else
        fail "Missing for $purpose: $*. On Debian or Ubuntu: sudo apt-get install $*"
    fi
}

find_maven() {
    command -v mvn > /dev/null || need_packages "the build" maven
    # Tools inside Maven still use what the JDK warns of; the warnings say nothing about this project.
    MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    export MAVEN_OPTS
}

#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Links the Java runtime that travels with Waymark: runtime.sh FOLDER LANGUAGES
# A runtime already there is kept when it was made from the same JDK, modules, languages and options.
set -eu

folder=$1 languages=$2

# What our jars name (the image test asks jdeps), and what they reach for without naming it:
# jdk.charsets and jdk.localedata (imports in old encodings, dates in the reader's language), jdk.zipfs (zipped imports).
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.charsets,jdk.localedata,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

# A language is shipped by its line in languages.properties; the runtime follows, or its dates would come out in English.
locales=$(sed -n 's/^\([A-Za-z-]*\) *=.*/\1/p' "$languages" | paste -s -d ,)

# Threads may stand back for others, as jvm.options and the search index ask. Said here, it is no warning to whoever is not root.
options=-XX:ThreadPriorityPolicy=1

made_from="$(grep -E '^(JAVA_RUNTIME_VERSION|OS_ARCH)=' "$JAVA_HOME/release" | tr '\n' ' ')$modules $locales $options"
if [ -f "$folder/made-from" ] && [ "$(cat "$folder/made-from")" = "$made_from" ]; then
    exit 0
fi

rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --include-locales="$locales" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --add-options="$options" --output "$folder"

# java.desktop is there for java.beans; nothing of a server draws, prints or plays. These would tie the package to X11 and ALSA.
for library in awt awt_headless awt_xawt fontmanager freetype javajpeg jawt jsound lcms mlib_image prefs splashscreen; do
    rm -f "$folder/lib/lib$library.so"
done
printf '%s\n' "$made_from" > "$folder/made-from"

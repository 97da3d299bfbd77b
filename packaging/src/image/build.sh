#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes the application image and its archive. Maven calls this in the package phase:
#   build.sh TARGET VERSION TIME     with TARGET/jars filled and JAVA_HOME naming the JDK
# TIME (ISO 8601) is given to every file, because the AOT cache remembers the times of the jars and the archive shall come out the same twice.
set -eu

target=$1 version=$2 time=$3
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
image=$target/waymark
java=$JAVA_HOME/bin/java

sh "$here/runtime.sh" "$image/runtime" "$project/node/src/main/resources/messages/languages.properties"

rm -rf "${image:?}/bin" "${image:?}/lib" "$image/config"
mkdir -p "$image/bin" "$image/lib" "$image/config"
"$java" "$here/StoreJars.java" "$target/jars" "$image/lib"
cp "$here/jvm.options" "$image/lib/"
cp "$here/launcher.sh" "$image/bin/waymark"
cp "$here/../../config/waymark.conf" "$image/config/"
cp "$project/LICENSE" "$project/CHANGELOG.md" "$image/"
chmod 755 "$image/bin/waymark"
find "$image" -exec touch -h -d "$time" {} +

measure=$here/../measure
"$JAVA_HOME/bin/javac" -d "$target/trainer" "$here/TrainCache.java" "$measure/Hosts.java" "$measure/Http.java" "$measure/Waymark.java" "$measure/Program.java"
"$java" -cp "$target/trainer" TrainCache "$image" "$target/training" "$project/node/src/test/resources/hsds/lindmar-1.1"
touch -d "$time" "$image/lib/waymark.aot" "$image/lib"

case $(uname -m) in x86_64) machine=amd64 ;; aarch64) machine=arm64 ;; *) machine=$(uname -m) ;; esac
archive=$target/waymark-$version-linux-$machine.tar.gz
tar --create --directory "$target" --sort=name --owner=0 --group=0 --numeric-owner --mode=go=u,go-w --format=gnu waymark | gzip -n > "$archive"
echo "image:   $image ($(du -sm "$image" | cut -f 1) MB)"
echo "archive: $archive ($(du -m "$archive" | cut -f 1) MB)"

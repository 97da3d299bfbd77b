#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes a container image from nothing but the application image and the system libraries that Java asks for:
#   container.sh IMAGE TAG
# There is no shell in it, no package manager and no base image to download. Data and keys lie in /var/lib/waymark.
set -eu

image=$1 tag=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root/tmp" "$root/etc" "$root/var/lib/waymark"
chmod 1777 "$root/tmp"
cp -a "$image" "$root/waymark"

# Each library where the loader looks for it; ldd prints "name => path (address)", for the loader itself only its path.
for file in "$image/runtime/bin/java" "$image"/runtime/lib/*.so "$image"/runtime/lib/server/*.so; do
    ldd "$file" | tr -s '[:space:]' '\n' | grep '^/' | grep -v "^$image" || true
done | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done

tar --create --directory "$root" --sort=name --numeric-owner --owner=0 --group=0 . | docker import \
    --change 'WORKDIR /waymark/lib' \
    --change 'ENTRYPOINT ["../runtime/bin/java", "@jvm.options", "@class-path", "-XX:AOTCache=waymark.aot", "org.waymark.node.Main"]' \
    --change 'ENV MALLOC_ARENA_MAX=2' \
    --change 'ENV WAYMARK_HTTP_ADDRESS=0.0.0.0' \
    --change 'CMD ["serve", "--data", "/var/lib/waymark/data"]' \
    --change 'EXPOSE 8080' \
    --change 'VOLUME /var/lib/waymark' \
    - "$tag"

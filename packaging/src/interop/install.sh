#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Installs the server that our tests and measurements talk to: install.sh FOLDER
# Exactly what package-lock.json names, with a Node of its own, by npm and whatever registry npm is set to. Running it again is quick.
set -eu

folder=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
cp "$here/peer.mjs" "$folder/"
if cmp -s "$here/package-lock.json" "$folder/installed"; then
    exit 0
fi
command -v npm > /dev/null || {
    echo "no npm here: apt-get install npm"
    exit 1
}
rm -f "$folder/installed"
cp "$here/package.json" "$here/package-lock.json" "$folder/"
# The engine that npm itself runs on may be older than the one it installs, and would be warned of.
(cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
case $(uname -m) in aarch64) machine=arm64 ;; *) machine=x64 ;; esac
ln -sf "node_modules/node-linux-$machine/bin/node" "$folder/node"
cp "$here/package-lock.json" "$folder/installed"

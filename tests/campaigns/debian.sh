#!/usr/bin/env bash
# The Debian package in a bare root, as root:   debian.sh NATIVE_BINARY FOLDER [SUITE]
# FOLDER holds everything and must not exist. Packages: debootstrap lintian. Nothing but the base system is installed
# beside the package: no ffmpeg, no libsndfile, no OpenSSL.
set -euo pipefail
binary=$(realpath "$1") work=$(mkdir -p "$2" && cd "$2" && pwd) suite=${3:-bookworm}
repository=$(cd "$(dirname "$0")/../.." && pwd)
"$repository/src/Packaging/deb.sh" "$binary" "$work/one" > /dev/null
"$repository/src/Packaging/deb.sh" "$binary" "$work/two" > /dev/null
cmp "$work"/one/*.deb "$work"/two/*.deb && echo "made twice: the same bytes"
lintian --allow-root --fail-on error,warning "$work"/one/*.deb && echo "lintian: nothing"

debootstrap --variant=minbase "$suite" "$work/root" > "$work/debootstrap.log"
mkdir "$work/root/try"
cp "$work"/one/*.deb "$work/root/try"
cp -r "$repository"/samples/*.wav "$work/root/try"
chroot "$work/root" dpkg -i /try/"$(basename "$work"/one/*.deb)" > /dev/null
# A bare environment; of each command the exit code is said.
run() { chroot "$work/root" env -i -C /try "$@" > "$work/said.log" 2>&1 && echo "0: $*" || echo "$?: $*"; }
run voiceclean fan.wav out.wav
run voiceclean inspect out.wav --json
run voiceclean batch . -o clean --report report.html
run voiceclean dataset . -o set
run voiceclean check set
run voiceclean report clean -o again.html
run voiceclean doctor --lang zh-CN
run timeout 2 voiceclean serve                 # refused where there is no OpenSSL, with a sentence: 4
(cd "$repository/samples" && "$binary" fan.wav "$work/out.wav" -q)
cmp "$work/out.wav" "$work/root/try/out.wav" && echo "the bytes are those made outside"
chroot "$work/root" dpkg -r voiceclean > /dev/null
find "$work/root/usr" -name '*voiceclean*' | grep . || echo "removed: nothing stays"

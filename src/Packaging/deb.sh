#!/bin/sh
# Makes voiceclean_VERSION_ARCH.deb of the native binary: src/Packaging/deb.sh BINARY FOLDER
# BINARY is what 'dotnet publish src/VoiceClean.Cli -p:PublishProfile=native' made; manual and completion come from it.
# DEBFULLNAME and DEBEMAIL name who answers for the package, as for Debian's own tools; without them nobody is named.
# Equal inputs give equal bytes. Needs dpkg-deb; 'lintian FOLDER/*.deb' has nothing to say.
set -eu
umask 022
binary=$1
to=$2
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
property() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$source/Directory.Build.props"; }
version=$(property Version)
date=$(property ReleaseDate)
arch=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-$(property Authors)} <${DEBEMAIL:-packages@voiceclean.invalid}>"
SOURCE_DATE_EPOCH=$(date -u -d "$date" +%s)
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
share=$root/usr/share
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$share/man/man1" "$share/man/zh_CN/man1" "$share/doc/voiceclean" \
  "$share/lintian/overrides" "$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"

install -m 755 "$binary" "$root/usr/bin/voiceclean"
# The pages of the manual in one language: manual LANGUAGE FOLDER
manual() {
  "$binary" man --lang "$1" | gzip -9n > "$2/voiceclean.1.gz"
  for page in $("$binary" __complete help '' | cut -f1); do
    "$binary" man "$page" --lang "$1" | gzip -9n > "$2/voiceclean-$page.1.gz"
  done
}
manual en "$share/man/man1"
manual zh-CN "$share/man/zh_CN/man1"
"$binary" completion bash > "$share/bash-completion/completions/voiceclean"
"$binary" completion zsh > "$share/zsh/vendor-completions/_voiceclean"
"$binary" completion fish > "$share/fish/vendor_completions.d/voiceclean.fish"
cp "$source/README.md" "$share/doc/voiceclean/"
[ ! -f "$source/README.zh-CN.md" ] || cp "$source/README.zh-CN.md" "$share/doc/voiceclean/"
cp "$here/copyright" "$share/doc/voiceclean/copyright"
cp "$here/lintian-overrides" "$share/lintian/overrides/voiceclean"
printf 'voiceclean (%s) unstable; urgency=medium\n\n  * What changed stands in CHANGELOG.md of the sources.\n\n -- %s  %s\n' \
  "$version" "$maintainer" "$(date -u -R -d "$date")" |
  gzip -9n > "$share/doc/voiceclean/changelog.gz"

size=$(du -k -s --apparent-size "$root" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" \
  -e "s|@MAINTAINER@|$maintainer|" "$here/control" > "$root/DEBIAN/control"
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums)
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$to"
dpkg-deb --root-owner-group -Zxz --build "$root" "$to/voiceclean_${version}_$arch.deb"

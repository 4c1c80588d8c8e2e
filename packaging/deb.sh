#!/usr/bin/env bash
# A Debian package of the program, its manual pages, completions and licences, from the sources beside
# this script: packaging/deb.sh [FOLDER] (default: target/deb). Needs the Rust toolchain, dpkg-deb and
# gzip. ROLESCOPE_BIN names a program that is built already.
set -euo pipefail
out=$(realpath -m "${1:-target/deb}")
bin=${ROLESCOPE_BIN:+$(realpath "$ROLESCOPE_BIN")}
cd "$(dirname "$0")/.."
umask 022

if [ -z "$bin" ]; then
  cargo build --locked --release
  bin=$(realpath "${CARGO_TARGET_DIR:-target}/release/rolescope")
fi
version=$("$bin" --version | cut -d' ' -f2)
arch=$(dpkg --print-architecture)
# the same sources give the same package
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH=$epoch
# whoever gives the package on puts their name here
maintainer="${DEBFULLNAME:-Rolescope contributors} <${DEBEMAIL:-nobody@localhost}>"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/rolescope
doc=$root/usr/share/doc/rolescope
install -Dm755 "$bin" "$root/usr/bin/rolescope"
"$bin" -q man --dir "$root/usr/share/man/man1"
gzip -9n "$root"/usr/share/man/man1/*.1
complete() { mkdir -p "$root/$(dirname "$2")" && "$bin" completions "$1" >"$root/$2"; }
complete bash usr/share/bash-completion/completions/rolescope
complete zsh usr/share/zsh/vendor-completions/_rolescope
complete fish usr/share/fish/vendor_completions.d/rolescope.fish
install -d "$doc"
install -m644 README.md docs/*.md "$doc"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
{
  printf 'rolescope (%s-1) unstable; urgency=medium\n\n  * See changelog.gz.\n\n' "$version"
  printf ' -- %s  %s\n' "$maintainer" "$(date -R -u -d "@$epoch")"
} | gzip -9n >"$doc/changelog.Debian.gz"
{
  printf '%s\n' \
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/' \
    'Upstream-Name: rolescope' '' \
    'Files: *' \
    "Copyright: $(sed -n 's/^Copyright (c) //p' LICENSE-MIT)" \
    'License: MIT or Apache-2.0' '' \
    'License: MIT'
  tail -n +5 LICENSE-MIT | sed 's/^$/./; s/^/ /'
  printf '%s\n' '' 'License: Apache-2.0' \
    ' On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.'
} >"$doc/copyright"

install -d "$root/DEBIAN"
# what the program is linked with: the oldest C library that has its symbols
libc=$(objdump -T "$bin" 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -1)
cat >"$root/DEBIAN/control" <<CONTROL
Package: rolescope
Version: $version-1
Architecture: $arch
Maintainer: $maintainer
Section: education
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: libc6${libc:+ (>= $libc)}, libgcc-s1
Description: career quiz for medical technician and imaging roles
 Asks about interests, preferences and aptitudes in the terminal, compares the
 answers with the profile of each role, and names the group of roles that they
 cannot tell apart, with the reasons for each and the error of each figure.
 .
 It works offline, needs no account and has no network code.
CONTROL
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root"/DEBIAN/*
find "$root" -exec touch -h -d "@$epoch" {} +

mkdir -p "$out"
package=$out/rolescope_$version-1_$arch.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
printf '%s\n' "$package"

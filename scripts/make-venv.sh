#!/bin/sh
# Make .venv, or the folder given, with the Python given, also where Debian and Ubuntu keep its venv module in a package of its own.
set -u
python=$1
venv=${2:-.venv}
rm -rf "$venv"
"$python" -m venv "$venv" >/dev/null 2>&1 && exit 0
rm -rf "$venv"
if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "installing python$version-venv, which this Python needs" >&2
    { apt-get update && apt-get install --yes "python$version-venv"; } >/dev/null 2>&1
    "$python" -m venv "$venv" && exit 0
    rm -rf "$venv"
fi
"$python" -m virtualenv "$venv" >/dev/null 2>&1 && exit 0
echo "$python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2
exit 1

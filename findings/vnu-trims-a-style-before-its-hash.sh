#!/bin/sh
# vnu-jar 26.9.27 (npm, the Nu Html Checker; needs java): a page whose policy names the hash of its style is told that it breaks it.
#
# A report of one file allows its own style by hash. One would guess that the hash is that of the text between the tags, as
# Content Security Policy says and browsers reckon it (Chromium 150 applies the style). What happens: where that text begins or
# ends with a line end, the checker compares the hash of the text without it, and says that the style is blocked. The
# same style without the line ends passes. Fails when that is mended.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --ignore-scripts --no-save --no-audit --no-fund --prefix "$folder" vnu-jar@26.9.27
jar=$(find "$folder/node_modules/vnu-jar" -name vnu.jar | head -n 1)
cd "$folder"
python3 - <<'PYTHON'
import base64
import hashlib

for name, style in (("bare", "p{margin:0}"), ("lines", "\np{margin:0}\n")):
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"<meta http-equiv=\"Content-Security-Policy\" content=\"style-src 'sha256-{digest}'\">"
    head = f'<meta charset="utf-8">{policy}<title>Gap map</title><style>{style}</style>'
    with open(f"{name}.html", "w", encoding="utf-8") as file:
        file.write(f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><p>12 of 27</p></body></html>')
PYTHON
bare=$(java -jar "$jar" --stdout --format text bare.html || true)
lines=$(java -jar "$jar" --stdout --format text lines.html || true)
printf 'without line ends: %s\nwith line ends: %s\n' "$bare" "$lines"
if printf '%s' "$bare" | grep -q "Content Security Policy"; then exit 1; fi
printf '%s' "$lines" | grep -q "style violates Content Security Policy"

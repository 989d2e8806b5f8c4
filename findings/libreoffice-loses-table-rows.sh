#!/bin/sh
# LibreOffice Writer 7.4.7 (Debian 12) leaves out rows of a table when it lays out a .docx, as PDF and in print, without a word.
#
# Versions: LibreOffice 7.4.7.2, python-docx 1.2.0 (writes the input), pypdfium2 5.15.2 (reads the PDF), Python 3.11.
#
# What one would guess: a header row that repeats (w:tblHeader) and rows that do not break over pages (w:cantSplit) are what
# Word offers in its own dialogue for tables of reports. Where little room is left on a page the table begins there or on the
# next page; all rows are on paper.
#
# What happens: where the header, or the header and the first row, fit at the foot of a page but for about the width of the line
# below them, all further rows of the table are missing from every page: no empty page, no mark, exit code 0. The rows are in
# the file, and stand there again when the paragraph above is a point higher or lower. So it depends on the length of whatever
# stands above.
#   - Without lines between the rows nothing is lost: the line below a row is left out of what is reckoned before it is placed.
#   - w:keepNext in the paragraphs of the header and of the first row, the usual advice, moves the loss to where the header and
#     two rows just fit.
#   - It helps if the first row may be broken (no w:cantSplit) and the header's paragraphs have w:keepNext; w:keepLines in the
#     paragraphs of the first row holds that together.
#
# The input is one plain document for each case: 60 times a heading, a sentence and a table of six rows, each on a new page
# below an empty paragraph that is 1.5 points higher each time; lines of 3 points around and between the rows (with 0.75
# points it happens too, in a range of offsets that is a third as wide).
set -eu

command -v soffice >/dev/null || {
    echo "soffice (LibreOffice Writer) is missing: apt-get install libreoffice-writer-nogui" >&2
    exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q python-docx==1.2.0 pypdfium2==5.15.2
soffice --version

cat >"$folder/write.py" <<'PYTHON'
"""Write a document for each case, and count the rows that are in the PDF of each."""

import re
import sys
from pathlib import Path

import docx
import pypdfium2
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

OFFSETS = [560 + 1.5 * n for n in range(60)]
ROWS = 6


def mark(row, look):
    row._tr.get_or_add_trPr().append(OxmlElement(look))


def add_table(note, number, case):
    table = note.add_table(rows=1 + ROWS, cols=3)
    if case != "no lines":
        lines = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "24"), ("space", "0"), ("color", "000000")):
                line.set(qn(f"w:{name}"), value)
            lines.append(line)
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(lines)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"t{number}r{at}c{column}." if at else f"Column {column}"
            look = cell.paragraphs[0].paragraph_format
            look.keep_with_next = at < {"keep 1 row": 2, "mended": 1}.get(case, 0) or None
            look.keep_together = (case == "mended" and at == 1) or None
        if case != "mended" or at != 1:
            mark(row, "w:cantSplit")
    mark(table.rows[0], "w:tblHeader")


def write(path, case):
    note = docx.Document()
    page = note.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    for number, offset in enumerate(OFFSETS):
        look = note.add_paragraph().paragraph_format
        look.page_break_before, look.space_after = True, Pt(0)
        look.line_spacing, look.line_spacing_rule = Pt(offset), WD_LINE_SPACING.EXACTLY
        note.add_heading("A table", 1)
        note.add_paragraph("What stands above it.")
        add_table(note, number, case)
        note.add_paragraph()
    note.save(path)


def lost(path):
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
    seen = set(re.findall(r"t(\d+)r(\d+)c0\.", text))
    tables = {}
    for number in range(len(OFFSETS)):
        missing = sum((str(number), str(row)) not in seen for row in range(1, ROWS + 1))
        if missing:
            tables[OFFSETS[number]] = missing
    return tables


folder = Path(sys.argv[2])
cases = ("plain", "no lines", "keep 1 row", "mended")
if sys.argv[1] == "write":
    for case in cases:
        write(str(folder / f"{case}.docx"), case)
    sys.exit()
found = {case: lost(folder / f"{case}.pdf") for case in cases}
for case, tables in found.items():
    rows = ", ".join(f"{rows} of {ROWS} at {offset} pt" for offset, rows in tables.items())
    print(f"{case}: rows lost in {len(tables)} of {len(OFFSETS)} tables. {rows}")
is_as_told = found["plain"] and found["keep 1 row"] and not found["no lines"] and not found["mended"]
sys.exit(0 if is_as_told else "This is no longer what happens.")
PYTHON

"$folder/venv/bin/python" "$folder/write.py" write "$folder"
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf --outdir "$folder" "$folder"/*.docx >/dev/null 2>&1
"$folder/venv/bin/python" "$folder/write.py" count "$folder"

#!/bin/sh
# python-pptx 1.0.2 walks through every part of the presentation each time that a slide gets speaker notes.
#
# Versions: python-pptx 1.0.2, Python 3.11.
#
# What one would guess: a slide with notes costs as much as the one before, so that four times as many slides take four times
# as long. Adding a slide without notes is nearly so: the name of its part follows from the number of slides.
#
# What happens: to find a name for the part of the notes, the package collects the names of all its parts, through all relations,
# for every slide that gets notes (slide.notes_slide). The parts that are looked at grow with the square of the slides: 400
# slides look at 14 times as many as 100. In a report of 870 slides with a source in the notes of each it was two fifths of the time.
#   - It helps to give the package a counter in the place of its next_partname, for that one presentation; the names stay the same.
#
# Counted is how many parts the package hands out while the slides are added, which does not depend on the machine.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q python-pptx==1.0.2

cat >"$folder/count.py" <<'PYTHON'
"""Count the parts that a package looks at while slides are added to it."""

import sys

from pptx import Presentation
from pptx.opc.package import OpcPackage

looked_at = 0
iter_parts = OpcPackage.iter_parts


def counted(package):
    global looked_at
    for part in iter_parts(package):
        looked_at += 1
        yield part


OpcPackage.iter_parts = counted


def parts_for(slides, with_notes):
    global looked_at
    looked_at = 0
    presentation = Presentation()
    for number in range(slides):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        if with_notes:
            slide.notes_slide.notes_text_frame.text = f"Source {number}"
    return looked_at


for with_notes in (False, True):
    few, many = parts_for(100, with_notes), parts_for(400, with_notes)
    words = "with" if with_notes else "without"
    print(f"{words} notes: 100 slides look at {few:,} parts, 400 slides at {many:,}")
    if with_notes and many < 10 * few:
        sys.exit("This is no longer what happens.")
PYTHON

"$folder/venv/bin/python" "$folder/count.py"

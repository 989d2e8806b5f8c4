"""What the words of a matrix mean, below it: a small cell of each kind with its meaning beside it."""

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.render.pptx.coverage_cell import sign
from clustergap.render.pptx.paragraphs import INK, Paragraph, height, strong
from clustergap.render.pptx.plan import MARGIN, WIDTH, Box, TextPart
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, INKS, WORST_FIRST

SIZE, KEY, KEY_HEIGHT, INSIDE, BESIDE = 10.0, 72.0, 20.0, 6.0, 8.0

FRAGILE = "The number counts instruments; ! marks a cell that would be a gap without one of them."


def legend(matrix: Matrix, bottom: float) -> list[TextPart]:
    """Say what the coverages that are there mean, upwards from *bottom*; unknown is left out where all is known."""
    shown = [one for one in WORST_FIRST if one is not Coverage.UNKNOWN or matrix.summary().unknown]
    column = (WIDTH - 2 * MARGIN) / len(shown)
    width = column - KEY - 2 * BESIDE
    meanings = [Paragraph(DEFINITIONS[one], SIZE) for one in shown]
    high = max(KEY_HEIGHT, *(height((one,), width) for one in meanings))
    last = (Paragraph(f"{GAP_DEFINITION} {FRAGILE}", SIZE, INK),)
    foot = height(last, WIDTH - 2 * MARGIN)
    top = bottom - foot - high - 6
    parts = []
    for place, (coverage, meaning) in enumerate(zip(shown, meanings, strict=True)):
        x = MARGIN + place * column
        key = (strong(sign(coverage), SIZE, INKS[coverage]),)
        beside = x + KEY + BESIDE
        parts += [
            TextPart(
                Box(x, top, KEY, KEY_HEIGHT), key, f"Key: {sign(coverage)}", coverage, INSIDE
            ),
            TextPart(Box(beside, top, width, high), (meaning,), f"Meaning of {sign(coverage)}"),
        ]
    below = Box(MARGIN, bottom - foot, WIDTH - 2 * MARGIN, foot)
    return [*parts, TextPart(below, last, "What a gap is, and what the signs mean")]

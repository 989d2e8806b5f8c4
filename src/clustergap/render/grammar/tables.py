"""What the terminal's tables have in common: one rule below the header, nothing cut, a legend."""

from rich.box import Box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage
from clustergap.render.look import ASCII, STYLES, WORDS, Shapes


def open_table(shapes: Shapes, gap: int = 3) -> Table:
    """Begin a table with *gap* columns between its own; they wrap and never cut."""
    blank, rule = "    ", f"{shapes.rule * 4}"
    box = Box("\n".join([blank, blank, rule, *[blank] * 5]) + "\n", ascii=shapes is ASCII)
    return Table(
        box=box, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0), header_style="bold"
    )


def sign(coverage: Coverage, shapes: Shapes, word: str = "") -> Text:
    """Write the shape and word of a coverage."""
    shape_style, word_style = STYLES[coverage]
    text = Text(shapes.coverage[coverage], style=shape_style)
    return Text.assemble(text, " ", (word or WORDS[coverage], word_style))


def legend(matrix: Matrix, shapes: Shapes, *more: str) -> Text:
    """Count the cells that are shown, by coverage, with their shapes."""
    summary = matrix.summary()
    counts = {
        Coverage.FULL: summary.full,
        Coverage.PARTIAL: summary.partial,
        Coverage.NONE: summary.none,
        Coverage.UNKNOWN: summary.unknown,
    }
    text = Text()
    for coverage, number in counts.items():
        if number or coverage is not Coverage.UNKNOWN:
            text.append_text(sign(coverage, shapes, coverage.value)).append(f" {number}  ")
    text.append(" ")
    text.append("  ".join(more))
    return text


def meanings(matrix: Matrix) -> Text:
    """Say what the words of the legend mean."""
    words = (
        "full: covered in the whole level. partial: partly covered, only somewhere or in part. "
        "none: not covered. A gap is partial or none."
    )
    unknown = " unknown: not assessed, nobody has looked." if matrix.summary().unknown else ""
    return Text(words + unknown, style="dim")


def open_fields(narrowest: int = 11) -> Table:
    """Begin a list of named fields, to be indented below its headline."""
    fields = Table.grid(padding=(0, 2, 0, 0))
    fields.add_column(style="bold", min_width=narrowest, max_width=24, overflow="fold")
    fields.add_column(overflow="fold")
    return fields


def indent(below: RenderableType, columns: int = 2) -> Padding:
    """Set a list of fields, a table or a text below its headline."""
    return Padding(below, (0, 0, 0, columns))

"""What an import changes, for the terminal: cells and records as ``diff`` shows them, then the files."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from clustergap.analysis.diff import Difference
from clustergap.render.grammar.difference_table import draw_difference
from clustergap.render.grammar.line_diff import diff_lines
from clustergap.render.look import Shapes
from clustergap.render.origin import Origins
from clustergap.wording import visible

MOST_EDITS = 100
"""Records of one kind that are named: nobody reads more, and the lines of the files have them all."""

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class File(NamedTuple):
    """A data file: its name, and its text before and after; a new one was empty."""

    name: str
    before: str
    after: str


def render(
    found: Difference, origins: Origins, files: Sequence[File], shapes: Shapes
) -> RenderableType:
    """Show what has changed, and which files were written."""
    written = [Text(f"Written: {visible(file.name)}") for file in files]
    return Group(
        draw_difference(found, origins, shapes, MOST_EDITS), Text(), *(written or [_NOTHING])
    )


def render_lines(
    found: Difference, origins: Origins, files: Sequence[File], shapes: Shapes
) -> RenderableType:
    """Show what would change, and how the files would, line by line."""
    lines = _Lines(files) if files else _NOTHING
    return Group(draw_difference(found, origins, shapes, MOST_EDITS), Text(), lines)


_NOTHING = Text("Nothing to write: the data says all of it already.")


class _Lines:
    """What changes in files, line by line, each as long as it is: there may be many thousands."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = files

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> RenderResult:
        styles = {sign: console.get_style(style) for sign, style in _STYLES.items()}
        for file in self.files:
            before, after = file.before.splitlines(), file.after.splitlines()
            for line in diff_lines(before, after, visible(file.name)):
                yield Segment(visible(line).replace("\\t", "\t"), styles.get(line[:1]))
                yield Segment.line()

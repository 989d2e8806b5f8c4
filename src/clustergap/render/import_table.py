"""What an import changes, for the terminal: first in words, then cells and records as ``diff`` shows them, then the files."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from clustergap.analysis.compare import ChangeKind
from clustergap.analysis.diff import DatasetSection, Difference, EditKind, TableContents, Unlisted
from clustergap.answers.diff import cautions, changes_of, title
from clustergap.answers.phrases import gaps_in_words, names_of, worst_in_words
from clustergap.document import Origins, Run, Style
from clustergap.text import all_of, count, one_of, visible
from clustergap.theme import Shapes
from clustergap.writers.line_diff import diff_lines
from clustergap.writers.terminal import draw_blocks, draw_text

MOST_NAMED = 20
"""Cells, and records of one kind, that are named: nobody reads more, and the lines of the files have them all."""

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class _Tense(NamedTuple):
    """What happens, said of what may come or of what is done."""

    close: str
    open: str
    change: str
    remove: str
    remove_several: str


_PLANNED = _Tense(
    "would close", "would open", "would change", "would be removed", "would be removed"
)
_DONE = _Tense("closed", "opened", "changed", "was removed", "were removed")


class File(NamedTuple):
    """A data file: its name, and its text before and after; a new one was empty."""

    name: str
    before: str
    after: str


class Import(NamedTuple):
    """An import: what the table holds, and what it makes of the data.

    ``is_pruned``: what the table does not hold goes. ``with_lines``: the files are shown line by line.
    """

    contents: TableContents
    found: Difference
    origins: Origins
    files: Sequence[File]
    is_new: bool
    is_pruned: bool
    with_lines: bool


def render_planned(planned: Import, shapes: Shapes) -> RenderableType:
    """Show what would change."""
    return _draw(planned, shapes, _PLANNED, [])


def render_done(done: Import, shapes: Shapes) -> RenderableType:
    """Show what has changed, and which files were written."""
    written = [Text(f"Written: {visible(file.name)}") for file in done.files]
    return _draw(done, shapes, _DONE, written)


_NOTHING = Text("Nothing to write: the data already say all that this table says.")


def _draw(
    import_: Import, shapes: Shapes, tense: _Tense, written: Sequence[Text]
) -> RenderableType:
    parts: list[RenderableType] = [
        draw_text((Run(title(import_.found, import_.origins), Style.STRONG),), shapes),
        *map(Text, _summary(import_, tense)),
        Text(),
        *draw_blocks([*changes_of(import_.found, MOST_NAMED)], shapes),
    ]
    if import_.files and import_.with_lines:
        parts += [Text(), _Lines(import_.files)]
    last = written if import_.files else [_NOTHING]
    return Group(*parts, *([Text(), *last] if last else []))


def _summary(import_: Import, tense: _Tense) -> Iterator[str]:
    found, contents = import_.found, import_.contents
    yield _rows(contents)
    yield from _records(found, contents)
    after = found.comparison.after
    if import_.is_new:
        yield f"{gaps_in_words(after)} {worst_in_words(after)}"
    else:
        yield f"{_gaps(found, tense)}{cautions(found)}"
    unlisted = contents.unlisted(found.comparison.before.dataset)
    if any(unlisted):
        yield _rest(unlisted, found, tense, is_pruned=import_.is_pruned)


def _rows(contents: TableContents) -> str:
    by_number = sorted(contents.left_out.items(), key=lambda item: -item[1])
    reasons = [f"{number:,} where {reason}" for reason, number in by_number]
    number = sum(contents.left_out.values())
    left_out = f", {number:,} left out: {one_of(reasons)}" if number else ""
    return f"{count(contents.rows, 'row')} read{left_out}."


def _records(found: Difference, contents: TableContents) -> Iterator[str]:
    edits = [edit for edit in found.edits if edit.section is DatasetSection.INSTRUMENTS]
    new = [edit for edit in edits if edit.kind is EditKind.ADDED]
    keys = [key for edit in edits for key in edit.keys if key.key.startswith("covers.")]
    changed = sum(any(not key.key.startswith("covers.") for key in one.keys) for one in edits)
    yield _counted(len(contents.covers), "instrument", len(new), changed)
    new_covers = sum(len(contents.covers[edit.id]) for edit in new)
    new_covers += sum(key.before is None for key in keys)
    changed = sum(key.before is not None and key.after is not None for key in keys)
    covers = sum(map(len, contents.covers.values()))
    yield _counted(covers, "cover", new_covers, changed)
    if contents.observations:
        whats = [edit.kind for edit in found.edits if edit.section is DatasetSection.OBSERVATIONS]
        added, changed = whats.count(EditKind.ADDED), whats.count(EditKind.CHANGED)
        yield _counted(len(contents.observations), "observation", added, changed)


def _counted(number: int, noun: str, new: int, changed: int) -> str:
    parts = {"new": new, "changed": changed, "unchanged": number - new - changed}
    some = {word: part for word, part in parts.items() if part}
    if len(some) == 1:
        return f"{count(number, noun)}, {'all ' if number > 1 else ''}{next(iter(some))}."
    words = ", ".join(f"{part:,} {word}" for word, part in some.items())
    return f"{count(number, noun)}{': ' if words else ''}{words}."


def _gaps(found: Difference, tense: _Tense) -> str:
    comparison = found.comparison
    if not comparison.changes:
        return f"No cell {tense.change}."
    name = names_of(comparison.before, comparison.after).cell
    sentences = []
    others = len(comparison.changes)
    for kind, verb in ((ChangeKind.CLOSED, tense.close), (ChangeKind.OPENED, tense.open)):
        cells = [name(change.cell) for change in comparison.changes if change.kind is kind]
        others -= len(cells)
        number = count(len(cells), "gap") if cells else "No gap"
        sentences.append(f"{number} {verb}{': ' if cells else ''}{one_of(cells)}.")
    if others:
        other = "other " if others < len(comparison.changes) else ""
        sentences.append(f"{count(others, f'{other}cell')} {tense.change}.")
    return " ".join(sentences)


def _rest(unlisted: Unlisted, found: Difference, tense: _Tense, *, is_pruned: bool) -> str:
    name = names_of(found.comparison.before).cell
    numbers = {
        "instrument": len(unlisted.instruments),
        "cover": len(unlisted.covers),
        "observation": len(unlisted.observations),
    }
    counted = all_of([count(number, noun) for noun, number in numbers.items() if number])
    names = [
        *(one.label for one in unlisted.instruments),
        *(f"{one.label} on {name(cell)}" for one, cell in unlisted.covers),
        *(f"an observation about {name(cell)}" for cell in unlisted.observations),
    ]
    is_one = sum(numbers.values()) == 1
    where = f"{counted} of the data {'is' if is_one else 'are'} not in this table and"
    if is_pruned:
        does = tense.remove if is_one else tense.remove_several
        return visible(f"{where} {does}: {one_of(names)}.")
    does, them = ("stays", "it") if is_one else ("stay", "them")
    return visible(f"{where} {does}; --prune removes {them}: {one_of(names)}.")


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

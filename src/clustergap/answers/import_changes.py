"""What an import changes: a summary in words, then cells and records as ``diff`` shows them."""

from collections.abc import Iterator
from typing import NamedTuple

from clustergap.analysis.diff import DatasetSection, Difference, EditKind
from clustergap.analysis.matrix import ChangeKind
from clustergap.analysis.table_contents import TableContents, Unlisted
from clustergap.answers.changes import OF_WHAT, PAIR
from clustergap.answers.diff import changes_of
from clustergap.answers.phrases import gaps_in_words, names_of, worst_in_words
from clustergap.answers.verdict import cautions, title
from clustergap.document import Document
from clustergap.origin import Origins
from clustergap.prose import Paragraph, Run, Style
from clustergap.text import all_of, count, one_of, visible

MOST_NAMED = 20
"""Cells, and records of one kind, that are named at most; the differences of the files show all of them."""


class Import(NamedTuple):
    """An import: what the table contains, how it changes the data, and the names of the files that change.

    ``is_pruned``: what the table lacks is removed.
    """

    contents: TableContents
    difference: Difference
    origins: Origins
    files: tuple[str, ...]
    is_new: bool
    is_pruned: bool


class _Tense(NamedTuple):
    """The verbs for what happens, in one tense: planned or done."""

    close: str
    open: str
    change: str
    remove: str
    remove_several: str


_PLANNED = _Tense(
    "would close", "would open", "would change", "would be removed", "would be removed"
)
_DONE = _Tense("closed", "opened", "changed", "was removed", "were removed")


def planned(import_: Import) -> Document:
    """Say what would change."""
    return _document(import_, _PLANNED, "")


def done(import_: Import) -> Document:
    """Say what has changed, and which files were written."""
    written = (f"Written: {visible(name)}" for name in import_.files)
    return _document(import_, _DONE, "\n".join(written))


def _document(import_: Import, tense: _Tense, remark: str) -> Document:
    first, *others = changes_of(import_.difference, MOST_NAMED)
    is_apart = isinstance(first, Paragraph) and first.is_apart
    blocks = (
        *map(Paragraph, _summary(import_, tense)),
        *([] if is_apart else [Paragraph("")]),
        first,
        *others,
    )
    nothing = "Nothing to write: the data already say all that this table says."
    return Document(
        (Run(title(import_.difference, import_.origins), Style.STRONG),),
        blocks,
        remark=remark if import_.files else nothing,
    )


def _summary(import_: Import, tense: _Tense) -> Iterator[str]:
    difference, contents = import_.difference, import_.contents
    yield _rows(contents)
    yield from _records(difference, contents)
    after = difference.comparison.after
    if import_.is_new:
        yield f"{gaps_in_words(after)} {worst_in_words(after)}"
    else:
        yield f"{_gaps(difference, tense)}{cautions(difference)}"
    unlisted = contents.unlisted(difference.comparison.before.dataset)
    if any(unlisted):
        yield _rest(unlisted, difference, tense, is_pruned=import_.is_pruned)


def _rows(contents: TableContents) -> str:
    by_number = sorted(contents.left_out.items(), key=lambda item: -item[1])
    reasons = [f"{number:,} where {reason}" for reason, number in by_number]
    number = sum(contents.left_out.values())
    left_out = f", {number:,} left out: {one_of(reasons)}" if number else ""
    return f"{count(contents.rows, 'row')} read{left_out}."


def _records(difference: Difference, contents: TableContents) -> Iterator[str]:
    edits = [edit for edit in difference.edits if edit.section is DatasetSection.INSTRUMENTS]
    new = [edit for edit in edits if edit.kind is EditKind.ADDED]
    keys = [key for edit in edits for key in edit.keys if key.key.startswith("covers.")]
    changed = sum(any(not key.key.startswith("covers.") for key in edit.keys) for edit in edits)
    yield _counted(len(contents.covers), "instrument", len(new), changed)
    new_covers = sum(len(contents.covers[edit.id]) for edit in new)
    new_covers += sum(key.before is None for key in keys)
    changed = sum(key.before is not None and key.after is not None for key in keys)
    covers = sum(map(len, contents.covers.values()))
    yield _counted(covers, "cover", new_covers, changed)
    if contents.observations:
        kinds = [
            edit.kind for edit in difference.edits if edit.section is DatasetSection.OBSERVATIONS
        ]
        added, changed = kinds.count(EditKind.ADDED), kinds.count(EditKind.CHANGED)
        yield _counted(len(contents.observations), "observation", added, changed)


def _counted(number: int, noun: str, new: int, changed: int) -> str:
    parts = {"new": new, "changed": changed, "unchanged": number - new - changed}
    some = {word: part for word, part in parts.items() if part}
    if len(some) == 1:
        return f"{count(number, noun)}, {'all ' if number > 1 else ''}{next(iter(some))}."
    words = ", ".join(f"{part:,} {word}" for word, part in some.items())
    return f"{count(number, noun)}{': ' if words else ''}{words}."


def _gaps(difference: Difference, tense: _Tense) -> str:
    comparison = difference.comparison
    if not comparison.changes:
        return f"No pair of role and level {tense.change}."
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
        number = count(others, *(f"{other}{noun} {OF_WHAT}" for noun in PAIR))
        sentences.append(f"{number} {tense.change}.")
    return " ".join(sentences)


def _rest(unlisted: Unlisted, difference: Difference, tense: _Tense, *, is_pruned: bool) -> str:
    name = names_of(difference.comparison.before).cell
    numbers = {
        "instrument": len(unlisted.instruments),
        "cover": len(unlisted.covers),
        "observation": len(unlisted.observations),
    }
    counted = all_of([count(number, noun) for noun, number in numbers.items() if number])
    names = [
        *(instrument.label for instrument in unlisted.instruments),
        *(f"{instrument.label} on {name(cell)}" for instrument, cell in unlisted.covers),
        *(f"an observation about {name(cell)}" for cell in unlisted.observations),
    ]
    is_one = sum(numbers.values()) == 1
    where = f"{counted} of the data {'is' if is_one else 'are'} not in this table and"
    if is_pruned:
        does = tense.remove if is_one else tense.remove_several
        return visible(f"{where} {does}: {one_of(names)}.")
    does, them = ("stays", "it") if is_one else ("stay", "them")
    return visible(f"{where} {does}; --prune removes {them}: {one_of(names)}.")

"""What is not the same in two datasets: the cells, then the records."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from clustergap.analysis.diff import DatasetSection, Difference, EditKind, KeyEdit, RecordEdit
from clustergap.analysis.matrix import Matrix
from clustergap.answers.change_records import ChangeSummaryRecord, ComparedRecord, SideRecord
from clustergap.answers.changes import (
    details,
    in_order_of_loss,
    instrument_labels,
    names_of,
    steps_of,
    sum_up,
    widened_in_words,
)
from clustergap.answers.phrases import narrowing_in_words
from clustergap.answers.records import AnswerPart, AnswerRecord, attribute, head
from clustergap.document import (
    Block,
    Document,
    EditLine,
    Edits,
    Origin,
    Origins,
    Paragraph,
    Row,
    Rows,
    Run,
    Steps,
    Style,
)
from clustergap.model.dataset import Extent, Plain
from clustergap.text import count, one_of, visible
from clustergap.theme import UNICODE


def document(answer: Difference, origins: Origins) -> Document:
    """Show the cells and the records that are not the same, below the two sides and what happened in a sentence."""
    blocks = (Paragraph(verdict(answer)), *changes_of(answer))
    return Document(title_of(answer, origins), blocks)


def rows(answer: Difference) -> Rows:
    """Write a row for every cell that is not as it was, then for every key of a record that was edited."""
    return Rows(HEADER, _rows(answer))


def title_of(answer: Difference, origins: Origins) -> str:
    """Name the two sides, and on which day they were asked."""
    return f"{title(origins, UNICODE.arrow)} ({asked(answer, UNICODE.arrow)})"


def changes_of(answer: Difference, most: int | None = None) -> Iterator[Block]:
    """Show the cells and the records that are not the same; of cells, and of each kind of record, at most so many."""
    comparison = answer.comparison
    if comparison.changes:
        steps = steps_of(comparison.changes, *names_of(comparison))
        yield Steps(steps[:most])
        yield from _more(len(steps), most)
    for section, edits in edits_by_section(answer).items():
        heading = (Run(TITLES[section], Style.STRONG), f": {edits_counted(edits)}")
        yield Paragraph(heading, is_apart=True)
        yield Edits(
            tuple(
                EditLine(edit.kind.value, edit_name(edit), edit_details(edit, UNICODE.arrow))
                for edit in edits[:most]
            )
        )
        yield from _more(len(edits), most)
    if not answer.edits:
        yield Paragraph("No record was edited.")


def _more(number: int, most: int | None) -> list[Paragraph]:
    return [] if most is None or number <= most else [Paragraph(f"  … and {number - most:,} more")]


HEADER = (
    "part", "id", "name", "what", "key", "before", "after", "why", "as of before", "as of after",
)  # fmt: skip


def _rows(answer: Difference) -> Iterator[Row]:
    comparison = answer.comparison
    name, label = names_of(comparison)
    days = (comparison.before.query.as_of, comparison.after.query.as_of)
    for change in in_order_of_loss(comparison.changes):
        sides = (change.before.coverage.value, change.after.coverage.value)
        why = "; ".join(details(change, label, UNICODE.arrow))
        cell = (str(change.cell), name(change.cell))
        yield ("cells", *cell, change.kind.value, "coverage", *sides, why, *days)
    for edit in answer.edits:
        record = (edit.section.value, edit.id, edit.label, edit.kind.value)
        if not edit.keys:
            yield (*record, *[None] * 4, *days)
        for key in edit.keys:
            yield (*record, key.key, _as_text(key.before), _as_text(key.after), None, *days)


def _as_text(value: Plain) -> str | None:
    return (
        value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )


TITLES = {
    DatasetSection.INSTRUMENTS: "Instruments",
    DatasetSection.SWOT: "SWOT",
    DatasetSection.OBSERVATIONS: "Observations",
    DatasetSection.ASSESSED: "Assessed",
    DatasetSection.ACCEPTED_GAPS: "Accepted gaps",
    DatasetSection.DATASET: "Dataset",
    DatasetSection.LEVELS: "Levels",
    DatasetSection.ROLES: "Roles",
    DatasetSection.KINDS: "Kinds",
    DatasetSection.TARGETS: "Targets",
    DatasetSection.SOURCES: "Sources",
}

LONGEST_VALUE = 40
"""Characters of a value that is told; of longer ones only that they changed."""


FEW = 3
"""Codes of territories that are all told on both sides; of more, those that have come and gone."""


def title(origins: Origins, arrow: str) -> str:
    """Name the two sides."""
    return f" {arrow} ".join(map(_side, origins))


def _side(origin: Origin) -> str:
    commit = f" ({origin.commit[:10]})" if origin.commit else ""
    return f"{visible(origin.path or 'data')}{commit}"


def verdict(found: Difference) -> str:
    """Say what happened to the cells, and whether that is a regression."""
    changes = found.comparison.changes
    if not changes:
        return f"No cell changes.{cautions(found)}"
    words = sum_up(changes)
    return f"{words[0].upper()}{words[1:]}{_regression(found)}{cautions(found)}"


def cautions(found: Difference) -> str:
    """Say why a cell that is better or as full as before may be so for no good reason, in sentences behind another."""
    return f"{_widening(found)}{_relisted(found)}"


def _regression(found: Difference) -> str:
    worse = len(found.regressions)
    return f" A regression in {count(worse, 'cell')}." if worse else ""


def _widening(found: Difference) -> str:
    widened = sum(bool(change.widened) for change in found.comparison.changes)
    if not widened:
        return ""
    allowed = ", as is allowed" if found.may_widen else ""
    return (
        f" In {count(widened, 'cell')} that {'is' if widened == 1 else 'are'} better, "
        f"a statement names no territories any more{allowed}."
    )


def _relisted(found: Difference) -> str:
    # Of another list of territories a cell may be as full as before, by fewer of them.
    before = {level.id: level for level in found.comparison.before.levels}
    words = ""
    for level in found.comparison.after.levels:
        earlier = before.get(level.id)
        was = [unit.code for unit in earlier.units] if earlier else []
        is_now = [unit.code for unit in level.units]
        if earlier and set(was) != set(is_now):
            number = count(len(is_now), "territory", "territories")
            exchanged = _gone_and_new([*was], [*is_now]) if was and is_now else ""
            words += f" {level.name} lists {number}, not {len(was):,}{': ' if exchanged else ''}{exchanged}."
    return words


def failure(found: Difference) -> str:
    """Say for which cells and records a gate fails: those that regressed, else all that changed."""
    changes = found.comparison.changes
    if found.regressions:
        label = instrument_labels(found.comparison)
        worse = [
            f"{change.cell} ({widened_in_words(change.widened, label)})"
            if change.widened
            else str(change.cell)
            for change in found.regressions
        ]
        meant = any(change.widened for change in found.regressions)
        remedy = ". Where that is meant: --allow-widening" if meant else ""
        return f"a regression in {count(len(worse), 'cell')}: {one_of(worse)}{remedy}"
    cells, edits = count(len(changes), "cell"), count(len(found.edits), "record")
    return f"a change of {cells} and {edits}"


def asked(found: Difference, arrow: str) -> str:
    """Say on which days the sides were asked, and what narrowed the question."""
    queries = (found.comparison.before.query, found.comparison.after.query)
    days = [query.as_of.isoformat() if query.as_of else "" for query in queries]
    if days[0] == days[1]:
        day = f"as of {days[0]}" if days[0] else "dates ignored"
    else:
        day = f"as of {f' {arrow} '.join(day or 'any day' for day in days)}"
    return ", ".join([day, *narrowing_in_words(queries[1])])


def edits_by_section(found: Difference) -> Mapping[DatasetSection, list[RecordEdit]]:
    """Return the edits of every section that has some, in the sections' order."""
    sections: dict[DatasetSection, list[RecordEdit]] = {}
    for edit in found.edits:
        sections.setdefault(edit.section, []).append(edit)
    return sections


def edits_counted(edits: Iterable[RecordEdit]) -> str:
    """Count what was added, removed and changed."""
    whats = Counter(edit.kind for edit in edits)
    return ", ".join(f"{number:,} {what.value}" for what, number in whats.items())


def edit_name(edit: RecordEdit) -> str:
    """Name a record by its label and its id."""
    if edit.section is DatasetSection.DATASET:
        return "this dataset"
    if edit.section is DatasetSection.SWOT:
        return f"{edit.id} {edit.label}"
    return f"{edit.label} ({edit.id})" if edit.label else edit.id


def edit_details(edit: RecordEdit, arrow: str) -> str:
    """Say which keys of a record changed, and from what to what where that is short."""
    return "; ".join(_key(key, arrow, edit.extents) for key in edit.keys)


def _key(edit: KeyEdit, arrow: str, extents: Sequence[Extent]) -> str:
    if edit.is_of_statements:
        return f"{edit.key}: {_statements(edit, arrow)}"
    if edit.key == "territories" and extents:
        return f"territories: {_territories(edit, arrow, extents)}"
    return _value(edit, arrow)


def _statements(edit: KeyEdit, arrow: str) -> str:
    if isinstance(edit.before, list) or isinstance(edit.after, list):
        parts = [_one_of_several(part, arrow) for part in edit.parts]
    else:
        extents = [_extent(edit.before), _extent(edit.after)]
        parts = [_key(part, arrow, extents) for part in edit.parts]
    return ", ".join(parts) or f"{_whole(edit.before)} {arrow} {_whole(edit.after)}"


def _one_of_several(edit: KeyEdit, arrow: str) -> str:
    if edit.before is None or edit.after is None:
        became = "added" if edit.before is None else "removed"
        return f"{_with_days(edit.after or edit.before)} {became}"
    return f"{_with_days(edit.before)}: {_statements(edit, arrow)}"


def _with_days(cover: Plain) -> str:
    # One of several: they may differ in nothing but when.
    days = [cover.get(key) if isinstance(cover, dict) else None for key in ("starts", "ends")]
    words = [f"{word} {day}" for word, day in zip(("from", "until"), days, strict=True) if day]
    return " ".join([_whole(cover), *words])


def _whole(cover: Plain) -> str:
    # A cover that was added or removed: how far it goes, and where if it says so.
    if cover is None:
        return "nothing"
    if isinstance(cover, list):
        return " and ".join(map(_with_days, cover))
    extent = _extent(cover)
    territories = cover.get("territories") if isinstance(cover, dict) else None
    return f"{extent} in {_where(territories, extent)}" if territories else extent.value


def _extent(cover: Plain) -> Extent:
    said = cover.get("extent") if isinstance(cover, dict) else cover
    return Extent(said) if isinstance(said, str) else Extent.FULL


def _territories(edit: KeyEdit, arrow: str, extents: Sequence[Extent]) -> str:
    was, is_now = edit.before, edit.after
    if isinstance(was, list) and isinstance(is_now, list) and max(len(was), len(is_now)) > FEW:
        return _gone_and_new(was, is_now)
    sides = zip((was, is_now), extents, strict=True)
    return f" {arrow} ".join(_where(territories, extent) for territories, extent in sides)


def _where(territories: Plain, extent: Extent) -> str:
    if isinstance(territories, list):
        return one_of([str(code) for code in territories])
    if isinstance(territories, dict):
        return f"everywhere but {_where(territories['except'], extent)}"
    return "everywhere" if extent is Extent.FULL else "not said where"


def _gone_and_new(was: list[Plain], is_now: list[Plain]) -> str:
    # Territories of a level have names too; they are told by their codes.
    before, after = (
        [str(one["code"] if isinstance(one, dict) and "code" in one else one) for one in side]
        for side in (was, is_now)
    )
    gone = [one for one in before if one not in set(after)]
    new = [one for one in after if one not in set(before)]
    words = [f"without {one_of(gone)}"] if gone else []
    return ", ".join([*words, *([f"now with {one_of(new)}"] if new else [])]) or "in other words"


def _value(edit: KeyEdit, arrow: str) -> str:
    was, is_now = _short(edit.before), _short(edit.after)
    if was is not None and is_now is not None:
        return f"{edit.key}: {was} {arrow} {is_now}"
    if edit.before is None:
        return f"{edit.key} added"
    if edit.after is None:
        return f"{edit.key} removed"
    if (
        edit.key == "territories"
        and isinstance(edit.before, list)
        and isinstance(edit.after, list)
    ):
        return f"{edit.key}: {_gone_and_new(edit.before, edit.after)}"
    return f"{edit.key} changed"


def _short(value: Plain) -> str | None:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(map(str, value))
    if not isinstance(value, str) or len(value) > LONGEST_VALUE or "\n" in value:
        return None
    return value or "nothing"


# The JSON document

_OTHERS = tuple(
    section
    for section in DatasetSection
    if section not in (DatasetSection.INSTRUMENTS, DatasetSection.SWOT)
)
"""The sections that have no key of their own."""


class RevisionRecord(SideRecord):
    """One side of the comparison."""

    commit: str | None
    """The commit of git that it was read from; null for a folder."""


class EditedPartRecord(AnswerPart):
    """A key of the cover."""

    key: str
    """Its name."""
    before: object
    """What it said; null where it was not given."""
    after: object
    """What it says; null where it is not given."""


class EditedKeyRecord(EditedPartRecord):
    """A key; that of a cover is covers.role@level."""

    parts: tuple[EditedPartRecord, ...]
    """Of a cover on both sides, its keys that are not as they were."""


class EditRecord(AnswerPart):
    """A record that was edited."""

    id: str
    """Its id, its key, or its cell."""
    label: str
    """Its name, or its words."""
    what: EditKind = attribute("kind")
    """What happened to it."""
    keys: tuple[EditedKeyRecord, ...]
    """The keys that are not as they were; none where all of it was added or removed."""


class InstrumentEditRecord(EditRecord):
    """An instrument."""


class SwotEditRecord(EditRecord):
    """An item."""


class SectionRecord(AnswerPart):
    """A part of the data files."""

    section: Annotated[DatasetSection, Field(json_schema_extra={"enum": list(_OTHERS)})]
    """Its part of the data files."""


class OtherEditRecord(EditRecord, SectionRecord):
    """A record."""


class DiffRecord(AnswerRecord):
    """What changed between two datasets."""

    schema_: Literal["clustergap/diff@1"] = "clustergap/diff@1"
    before: RevisionRecord
    """The one side."""
    after: RevisionRecord
    """The other side."""
    changes: tuple[ComparedRecord, ...]
    """The cells that are not the same on both sides."""
    summary: ChangeSummaryRecord
    regression: bool
    """Whether a cell is covered worse than before, no longer assessed, or widened (if that is not allowed)."""
    instruments: tuple[InstrumentEditRecord, ...]
    """Instruments that were edited."""
    swot: tuple[SwotEditRecord, ...]
    """SWOT items that were edited."""
    others: tuple[OtherEditRecord, ...]
    """Other records that were edited, also the dataset's own keys."""


def record(answer: Difference, origins: Origins) -> DiffRecord:
    """Return ``clustergap/diff@1``."""
    comparison = answer.comparison

    def edits(*sections: DatasetSection) -> list[RecordEdit]:
        return [edit for edit in answer.edits if edit.section in sections]

    return DiffRecord(
        before=_revision_record(comparison.before, origins[0]),
        after=_revision_record(comparison.after, origins[1]),
        changes=comparison.changes,
        summary=comparison.summary(),
        regression=bool(answer.regressions),
        instruments=edits(DatasetSection.INSTRUMENTS),
        swot=edits(DatasetSection.SWOT),
        others=edits(*_OTHERS),
    )


def _revision_record(matrix: Matrix, origin: Origin) -> RevisionRecord:
    return RevisionRecord(**head(matrix, origin), commit=origin.commit)

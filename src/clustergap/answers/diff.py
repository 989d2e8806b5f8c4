"""How two datasets differ: first their cells, then their records."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from clustergap.analysis.diff import DatasetSection, Difference, EditKind, KeyEdit, RecordEdit
from clustergap.answers.changes import (
    ARROW,
    ChangeRecord,
    ChangeSummaryRecord,
    SideRecord,
    caveats_of_sides,
    details,
    in_order_of_loss,
    places_exchanged,
    steps_of,
)
from clustergap.answers.records import AnswerPart, AnswerRecord, attribute, head
from clustergap.answers.verdict import names_of_sides, title, verdict
from clustergap.document import Block, Document, EditLine, Edits, Row, Rows, Steps
from clustergap.model.dataset import Plain
from clustergap.model.place_names import PlaceNames
from clustergap.model.statement import Extent
from clustergap.origin import Origins
from clustergap.prose import Paragraph, Run, Style
from clustergap.text import one_of

HEADER = (
    "part",
    "id",
    "name",
    "what",
    "key",
    "before",
    "after",
    "why",
    "as of before",
    "as of after",
)


def document(answer: Difference, origins: Origins) -> Document:
    """Show the cells and records that differ, below a sentence about the two sides and what happened."""
    blocks = (Paragraph(verdict(answer)), *changes_of(answer))
    return Document(title(answer, origins), blocks, remark=caveats_of_sides(answer.comparison))


def changes_of(answer: Difference, most: int | None = None) -> Iterator[Block]:
    """Show the cells and records that differ; of cells, and of each kind of record, at most *most*."""
    changes = answer.comparison.changes
    if changes:
        yield Steps(steps_of(changes, names_of_sides(answer))[:most])
        yield from _more(len(changes), most)
    for section, edits in edits_by_section(answer).items():
        heading = (Run(section_name(section), Style.STRONG), f": {edits_counted(edits)}")
        yield Paragraph(heading, is_apart=True)
        places = names_of_sides(answer).places
        lines = (
            EditLine(e.kind.value, edit_name(e), edit_details(e, places)) for e in edits[:most]
        )
        yield Edits(tuple(lines))
        yield from _more(len(edits), most)
    if not answer.edits:
        yield Paragraph("No record was edited.")


def _more(number: int, most: int | None) -> list[Paragraph]:
    return [] if most is None or number <= most else [Paragraph(f"  … and {number - most:,} more")]


def rows(answer: Difference) -> Rows:
    """Write a row for every cell that changed, then for every key of a record that was edited."""
    return Rows(HEADER, _rows(answer))


def _rows(answer: Difference) -> Iterator[Row]:
    comparison, names = answer.comparison, names_of_sides(answer)
    days = (comparison.before.query.as_of, comparison.after.query.as_of)
    for change in in_order_of_loss(comparison.changes):
        sides = (change.before.coverage.value, change.after.coverage.value)
        why = "; ".join(details(change, names))
        cell = (str(change.cell), names.cell(change.cell))
        yield ("cells", *cell, change.kind.value, "coverage", *sides, why, *days)
    for edit in answer.edits:
        record = (edit.section.value, edit.id, edit.label, edit.kind.value)
        if edit.was is not None:
            yield (*record, "id", edit.was, edit.id, None, *days)
        elif not edit.keys:
            yield (*record, *[None] * 4, *days)
        for key in edit.keys:
            yield (*record, key.key, _as_text(key.before), _as_text(key.after), None, *days)


def _as_text(value: Plain) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


# What was done to the records

LONGEST_VALUE = 40
"""Characters of a value that is shown; a longer one is only said to have changed."""

FEW = 3
"""Up to so many codes of territories are all named on both sides; else only those added and removed."""


def edits_by_section(answer: Difference) -> Mapping[DatasetSection, list[RecordEdit]]:
    """Return the edits of every section that has any, in the order of the sections."""
    sections: dict[DatasetSection, list[RecordEdit]] = {}
    for edit in answer.edits:
        sections.setdefault(edit.section, []).append(edit)
    return sections


def section_name(section: DatasetSection) -> str:
    """Name a part of the data files, as a heading."""
    words = section.value.replace("_", " ")
    return words.upper() if section is DatasetSection.SWOT else words.capitalize()


def edits_counted(edits: Iterable[RecordEdit]) -> str:
    """Count what was added, removed and changed."""
    whats = Counter(edit.kind for edit in edits)
    return ", ".join(f"{number:,} {what.value}" for what, number in whats.items())


def edit_name(edit: RecordEdit) -> str:
    """Name a record by its label and its id."""
    if edit.section is DatasetSection.DATASET:
        return "this dataset"
    id_ = edit.id if edit.was is None else f"{edit.was} {ARROW} {edit.id}"
    if edit.section is DatasetSection.SWOT:
        return f"{id_} {edit.label}"
    return f"{edit.label} ({id_})" if edit.label else id_


def edit_details(edit: RecordEdit, places: PlaceNames) -> str:
    """Say which keys of a record changed, and from what to what where that is short; places by name and code."""
    return "; ".join(_key(key, edit.extents, places) for key in edit.keys)


def _key(edit: KeyEdit, extents: Sequence[Extent], places: PlaceNames) -> str:
    if edit.is_of_statements:
        return f"{edit.key}: {_statements(edit, places)}"
    if edit.key == "territories" and extents:
        return f"territories: {_territories(edit, extents, places)}"
    return _value(edit, places)


def _statements(edit: KeyEdit, places: PlaceNames) -> str:
    if isinstance(edit.before, list) or isinstance(edit.after, list):
        parts = [_single_statement(part, places) for part in edit.parts]
    else:
        extents = [_extent(edit.before), _extent(edit.after)]
        parts = [_key(part, extents, places) for part in edit.parts]
    return (
        ", ".join(parts) or f"{_whole(edit.before, places)} {ARROW} {_whole(edit.after, places)}"
    )


def _single_statement(edit: KeyEdit, places: PlaceNames) -> str:
    if edit.before is None or edit.after is None:
        became = "added" if edit.before is None else "removed"
        return f"{_with_days(edit.after or edit.before, places)} {became}"
    return f"{_with_days(edit.before, places)}: {_statements(edit, places)}"


def _with_days(cover: Plain, places: PlaceNames) -> str:
    days = [cover.get(key) if isinstance(cover, dict) else None for key in ("starts", "ends")]
    words = [f"{word} {day}" for word, day in zip(("from", "until"), days, strict=True) if day]
    return " ".join([_whole(cover, places), *words])


def _whole(cover: Plain, places: PlaceNames) -> str:
    if cover is None:
        return "nothing"
    if isinstance(cover, list):
        return " and ".join(_with_days(part, places) for part in cover)
    extent = _extent(cover)
    territories = cover.get("territories") if isinstance(cover, dict) else None
    return f"{extent} in {_location(territories, extent, places)}" if territories else extent.value


def _extent(cover: Plain) -> Extent:
    extent = cover.get("extent") if isinstance(cover, dict) else cover
    return Extent(extent) if isinstance(extent, str) else Extent.FULL


def _territories(edit: KeyEdit, extents: Sequence[Extent], places: PlaceNames) -> str:
    was, is_now = edit.before, edit.after
    if isinstance(was, list) and isinstance(is_now, list) and max(len(was), len(is_now)) > FEW:
        return _exchanged(was, is_now, places)
    sides = zip((was, is_now), extents, strict=True)
    return f" {ARROW} ".join(
        _location(territories, extent, places) for territories, extent in sides
    )


def _location(territories: Plain, extent: Extent, places: PlaceNames) -> str:
    if isinstance(territories, list):
        return one_of([places.headline(str(code)) for code in territories])
    if isinstance(territories, dict):
        return f"everywhere but {_location(territories['except'], extent, places)}"
    return "everywhere" if extent is Extent.FULL else "not said where"


def _exchanged(was: list[Plain], is_now: list[Plain], places: PlaceNames) -> str:
    before, after = (
        [str(item["code"] if isinstance(item, dict) and "code" in item else item) for item in side]
        for side in (was, is_now)
    )
    return places_exchanged(before, after, places) or "in other words"


def _value(edit: KeyEdit, places: PlaceNames) -> str:
    call = places.headline if edit.key == "territories" else str
    was, is_now = _short(edit.before, call), _short(edit.after, call)
    if was is not None and is_now is not None:
        return f"{edit.key}: {was} {ARROW} {is_now}"
    if edit.before is None:
        return f"{edit.key} added"
    if edit.after is None:
        return f"{edit.key} removed"
    before, after = edit.before, edit.after
    if call is not str and isinstance(before, list) and isinstance(after, list):
        return f"{edit.key}: {_exchanged(before, after, places)}"
    return f"{edit.key} changed"


def _short(value: Plain, call: Callable[[str], str]) -> str | None:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(call(str(item)) for item in value)
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
    was: str | None
    """Its id before, where it was renamed: both sides speak of it by its new one; else null."""
    keys: tuple[EditedKeyRecord, ...]
    """The keys that are not as they were, but for the id; none where all of it was added or removed."""


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
    changes: tuple[ChangeRecord, ...]
    """The pairs of role and level that are not the same on both sides."""
    summary: ChangeSummaryRecord
    regression: bool
    """Whether a role is covered worse at a level than before, no longer known, or widened (if that is not allowed)."""
    instruments: tuple[InstrumentEditRecord, ...]
    """Instruments that were edited."""
    swot: tuple[SwotEditRecord, ...]
    """SWOT items that were edited."""
    others: tuple[OtherEditRecord, ...]
    """Other records that were edited, also the dataset's own keys."""


def record(answer: Difference, origins: Origins) -> DiffRecord:
    """Return ``clustergap/diff@1``."""
    comparison, (before, after) = answer.comparison, origins

    def edits(*sections: DatasetSection) -> list[RecordEdit]:
        return [edit for edit in answer.edits if edit.section in sections]

    return DiffRecord(
        before=RevisionRecord(**head(comparison.before, before), commit=before.commit),
        after=RevisionRecord(**head(comparison.after, after), commit=after.commit),
        changes=comparison.changes,
        summary=comparison.summary(),
        regression=bool(answer.regressions),
        instruments=edits(DatasetSection.INSTRUMENTS),
        swot=edits(DatasetSection.SWOT),
        others=edits(*_OTHERS),
    )

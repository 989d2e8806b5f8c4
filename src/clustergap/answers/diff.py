"""How two datasets differ: first their cells, then their records."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from clustergap.analysis.diff import DatasetSection, Difference, EditKind, KeyEdit, RecordEdit
from clustergap.answers.changes import (
    ARROW,
    ChangeSummaryRecord,
    ComparedRecord,
    SideRecord,
    caveats_of_sides,
    details,
    gone_and_new,
    in_order_of_loss,
    steps_of,
    sum_up,
    widened_in_words,
)
from clustergap.answers.phrases import Names, names_of, narrowing_in_words
from clustergap.answers.records import AnswerPart, AnswerRecord, attribute, head
from clustergap.document import (
    Block,
    Document,
    EditLine,
    Edits,
    Paragraph,
    Row,
    Rows,
    Run,
    Steps,
    Style,
)
from clustergap.model.dataset import Plain
from clustergap.model.place_names import PlaceNames
from clustergap.model.statement import Extent
from clustergap.origin import Origin, Origins
from clustergap.text import capitalise, count, one_of, visible

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
        yield Steps(steps_of(changes, _names(answer))[:most])
        yield from _more(len(changes), most)
    for section, edits in edits_by_section(answer).items():
        heading = (Run(section_name(section), Style.STRONG), f": {edits_counted(edits)}")
        yield Paragraph(heading, is_apart=True)
        places = _names(answer).places
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
    comparison, names = answer.comparison, _names(answer)
    days = (comparison.before.query.as_of, comparison.after.query.as_of)
    for change in in_order_of_loss(comparison.changes):
        sides = (change.before.coverage.value, change.after.coverage.value)
        why = "; ".join(details(change, names))
        cell = (str(change.cell), names.cell(change.cell))
        yield ("cells", *cell, change.kind.value, "coverage", *sides, why, *days)
    for edit in answer.edits:
        record = (edit.section.value, edit.id, edit.label, edit.kind.value)
        if not edit.keys:
            yield (*record, *[None] * 4, *days)
        for key in edit.keys:
            yield (*record, key.key, _as_text(key.before), _as_text(key.after), None, *days)


def _as_text(value: Plain) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _names(answer: Difference) -> Names:
    return names_of(answer.comparison.before, answer.comparison.after)


# The two sides, and what happened to the cells


def title(answer: Difference, origins: Origins) -> str:
    """Name the two sides, and the days of their queries."""
    return f"{sides_in_words(origins)} ({queries_in_words(answer)})"


def sides_in_words(origins: Origins) -> str:
    """Name the two sides."""
    return f" {ARROW} ".join(map(_side, origins))


def _side(origin: Origin) -> str:
    commit = f" ({origin.commit[:10]})" if origin.commit else ""
    return f"{visible(origin.path or 'data')}{commit}"


def queries_in_words(answer: Difference) -> str:
    """Say for which days the sides were asked, and what narrowed the query."""
    before, after = answer.comparison.before.query, answer.comparison.after.query
    days = [query.as_of.isoformat() if query.as_of else "" for query in (before, after)]
    if days[0] == days[1]:
        day = f"as of {days[0]}" if days[0] else "dates ignored"
    else:
        day = f"as of {f' {ARROW} '.join(day or 'any day' for day in days)}"
    return ", ".join([day, *narrowing_in_words(after)])


def verdict(answer: Difference) -> str:
    """Say what happened to the cells, and whether that is a regression."""
    changes, worse = answer.comparison.changes, len(answer.regressions)
    words = capitalise(sum_up(changes)) if changes else "Coverage does not change."
    regression = f" A regression in {count(worse, 'pair')}." if worse else ""
    return f"{words}{regression}{cautions(answer)}"


def cautions(answer: Difference) -> str:
    """Say why a cell that is better or still full may be so without new coverage, in sentences that follow the verdict."""
    widened = sum(bool(change.widened) for change in answer.comparison.changes)
    if not widened:
        return _relisted(answer)
    better = f"{count(widened, 'pair')} that {'is' if widened == 1 else 'are'} better"
    allowed = ", as is allowed" if answer.may_widen else ""
    caution = f" In {better}, a statement names no places any more{allowed}."
    return f"{caution}{_relisted(answer)}"


def _relisted(answer: Difference) -> str:
    # If the level's list of territories changed, a cell may still be full with fewer of them.
    before = {level.id: level for level in answer.comparison.before.levels}
    words = ""
    for level in answer.comparison.after.levels:
        earlier = before.get(level.id)
        was = [unit.code for unit in earlier.units] if earlier else []
        is_now = [unit.code for unit in level.units]
        if earlier and set(was) != set(is_now):
            number = count(len(is_now), *level.noun)
            exchanged = (
                _exchanged([*was], [*is_now], _names(answer).places) if was and is_now else ""
            )
            words += f" {level.name} lists {number}, not {len(was):,}{': ' if exchanged else ''}{exchanged}."
    return words


def failure(answer: Difference) -> str:
    """Say for which cells and records a gate fails: those that regressed, else all that changed."""
    if answer.regressions:
        names = _names(answer)
        worse = [
            f"{change.cell} ({widened_in_words(change.widened, names)})"
            if change.widened
            else str(change.cell)
            for change in answer.regressions
        ]
        is_widened = any(change.widened for change in answer.regressions)
        remedy = ". Where that is meant: --allow-widening" if is_widened else ""
        return f"a regression in {count(len(worse), 'cell')}: {one_of(worse)}{remedy}"
    cells = count(len(answer.comparison.changes), "cell")
    return f"a change of {cells} and {count(len(answer.edits), 'record')}"


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
    if edit.section is DatasetSection.SWOT:
        return f"{edit.id} {edit.label}"
    return f"{edit.label} ({edit.id})" if edit.label else edit.id


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
    earlier, later = set(before), set(after)
    gone = [places.headline(code) for code in before if code not in later]
    new = [places.headline(code) for code in after if code not in earlier]
    return ", ".join(gone_and_new(gone, new)) or "in other words"


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
    """Whether a cell is covered worse than before, no longer known, or widened (if that is not allowed)."""
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

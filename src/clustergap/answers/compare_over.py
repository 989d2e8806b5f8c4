"""Places on several days: one cell, places down, days across; what is otherwise on each day than on the one before."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from clustergap.analysis.compare import PlaceComparison, PlacesOverTime
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import CellChange, compare_ratings
from clustergap.answers.changes import details, verb
from clustergap.answers.compare import (
    cell_rows,
    fields_of_groups,
    meanings_of_ratings,
    members_in_words,
)
from clustergap.answers.compare_record import ComparedCellRecord, PlaceRecord, compared_keys
from clustergap.answers.phrases import (
    ONLY_OWN,
    Names,
    at_level,
    names_of,
    narrowing_in_words,
    places_in_words,
)
from clustergap.answers.place_cells import place_grid
from clustergap.answers.provenance import (
    DATA,
    caveats_in_words,
    shown_in_words,
    source_in_words,
)
from clustergap.answers.records import (
    AnswerPart,
    AnswerRecord,
    CaveatsRecord,
    CellName,
    DatasetRecord,
    LevelId,
    QueryRecord,
    RoleId,
    dataset_record,
)
from clustergap.document import STEP_COLUMNS, Block, Column, Document, PlaceGrid, Rows, Step, Table
from clustergap.origin import Origin
from clustergap.prose import Field, Heading, Paragraph
from clustergap.text import all_of, as_sentence, long_day, one_of, short_day


def document(answer: PlacesOverTime, origin: Origin) -> Document:
    """Show the cell with places down and days across, then what is otherwise from each day to the next."""
    return Document(
        title_of(answer),
        (grid(answer), *_members(answer), *_changes(answer)),
        tuple(meanings_of_ratings(answer.every_rating())),
        question=(as_sentence(asked_in_words(answer)), *shown_in_words(answer.matrix)),
        source=source_in_words(answer.matrix.dataset, DATA, asked_in_words(answer)),
        remark=" ".join(filter(None, (caveats_of_days(answer), origin.remark))),
    )


def title_of(answer: PlacesOverTime) -> str:
    """Name the dataset, the cell, the places, the days and what else narrows the answer."""
    return f"{answer.matrix.dataset.title}: {headline(answer)}"


def headline(answer: PlacesOverTime) -> str:
    """Name the cell, the places, the days and what else narrows the answer."""
    (role,), (level,) = answer.matrix.roles, answer.matrix.levels
    places = places_in_words([place.name for place in answer.places])
    own = f", {ONLY_OWN}" if answer.only_own else ""
    return f"{role.name} at {at_level(level)} in {places}, {asked_in_words(answer)}{own}"


def asked_in_words(answer: PlacesOverTime) -> str:
    """Say on which days, and what else narrows the answer."""
    return ", ".join([f"as of {_days(answer.days)}", *narrowing_in_words(answer.query)])


def _days(days: Sequence[dt.date]) -> str:
    return all_of([long_day(day) for day in days])


def caveats_of_days(answer: PlacesOverTime) -> str:
    """Say what the data leave open about each day."""
    # Days of which the data leave open the same are named together.
    days: defaultdict[str, list[dt.date]] = defaultdict(list)
    for day, comparison in zip(answer.days, answer.comparisons, strict=True):
        days[caveats_in_words(comparison.caveats)].append(day)
    return " ".join(f"Of {_days(alike)}: {words}" for words, alike in days.items() if words)


# Places down, days across


def grid(answer: PlacesOverTime) -> PlaceGrid:
    """Return the cell in every place on every day."""
    (role,), (level,) = answer.matrix.roles, answer.matrix.levels
    title = f"Coverage of {role.name} at {at_level(level)} by place and day"
    rows = ((place.name, row) for place, row in answer.by_place())
    return place_grid(title, rows, tuple(short_day(day) for day in answer.days), corner="Place")


def count_coverages(comparison: PlaceComparison) -> Counter[Coverage]:
    """Count the places of each coverage on the day of a comparison."""
    return Counter(each.rating.coverage for each in comparison.of_cell())


def _members(answer: PlacesOverTime) -> Iterator[Block]:
    fields = members_of(answer)
    if fields:
        yield Paragraph("The groups' places:", is_apart=True)
        yield fields_of_groups(fields)


def members_of(answer: PlacesOverTime) -> tuple[Field, ...]:
    """Say of each day how the places of groups are covered, if they are not alike."""
    numbers = range(len(answer.places))
    return tuple(
        Field(short_day(day), lines)
        for day, comparison in zip(answer.days, answer.comparisons, strict=True)
        for lines in (tuple(members_in_words(comparison, answer.cell, numbers)),)
        if lines
    )


# From each day to the next that was asked: what was between them is not known here

_COLUMNS = (Column("Place"), *STEP_COLUMNS[1:])


def _changes(answer: PlacesOverTime) -> Iterator[Block]:
    for title, block in changes_of(answer):
        yield from (Heading(title), block)


def changes_of(answer: PlacesOverTime) -> Iterator[tuple[str, Table | Paragraph]]:
    """Say what is otherwise on each day than on the one before: a title, and a table or that there is nothing."""
    names = names_of(answer.matrix)
    by_day = zip(answer.days, answer.comparisons, strict=True)
    for (before, was), (day, is_now) in pairwise(by_day):
        title = f"{long_day(day)} compared to {long_day(before)}"
        described = "Each row is what is otherwise in one place, or likewise in several."
        rows = tuple(step.row for step in _steps(was, is_now, names))
        yield title, Table(title, described, _COLUMNS, rows) if rows else Paragraph(_SAME)


_SAME = "On both days the same is known of each place: its coverage and its instruments."


def _steps(was: PlaceComparison, is_now: PlaceComparison, names: Names) -> Sequence[Step]:
    # Places in which the same changes stand in one row.
    places: defaultdict[Step, list[str]] = defaultdict(list)
    for place, before, after in zip(was.places, was.of_cell(), is_now.of_cell(), strict=True):
        change = compare_ratings(before.rating, after.rating)
        if change is not None:
            places[_step(change, names)].append(place.name)
    # Where nothing can be said of a change, others came to name places or no longer do: it is none of these places.
    return [
        step._replace(cell=one_of(alike))
        for step, alike in places.items()
        if step.why or step.before is not step.after
    ]


def _step(change: CellChange, names: Names) -> Step:
    why = "; ".join(details(change, names))
    return Step("", verb(change), change.before.coverage, change.after.coverage, why)


# As rows


def rows(answer: PlacesOverTime) -> Rows:
    """Write a row for every place and day, with the columns of ``compare``; the days of a place stand together."""
    return cell_rows(*answer.comparisons)


# The JSON document


class DayRecord(AnswerPart):
    """A day that was asked."""

    as_of: dt.date
    """The day."""
    caveats: CaveatsRecord


class CellOnDayRecord(ComparedCellRecord):
    """The cell asked of one place on one day, as the matrix says under a query for both."""

    as_of: dt.date
    """The day."""


class CompareOverRecord(AnswerRecord):
    """One cell in several places on several days."""

    schema_: Literal["clustergap/compare-over@1"] = "clustergap/compare-over@1"
    dataset: DatasetRecord
    query: QueryRecord
    own: bool
    """Whether only what names places counts."""
    role: RoleId
    level: LevelId
    cell: CellName
    places: tuple[PlaceRecord, ...]
    """The places, in the order in which they were named."""
    days: tuple[DayRecord, ...]
    """The days, in order of time, each with its caveats."""
    cells: tuple[CellOnDayRecord, ...]
    """The cell in every place on every day, by place, then day."""


def record(answer: PlacesOverTime, origin: Origin) -> CompareOverRecord:
    """Return ``clustergap/compare-over@1``."""
    cell = answer.cell
    days = zip(answer.days, answer.comparisons, strict=True)
    return CompareOverRecord(
        dataset=dataset_record(answer.matrix, origin),
        query=answer.query,
        own=answer.only_own,
        role=cell.role,
        level=cell.level,
        cell=cell,
        places=answer.places,
        days=tuple(DayRecord(as_of=day, caveats=each.caveats) for day, each in days),
        cells=tuple(
            CellOnDayRecord.model_validate({**compared_keys(place, each), "as_of": day})
            for place, row in answer.by_place()
            for day, each in zip(answer.days, row, strict=True)
        ),
    )

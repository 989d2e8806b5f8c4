"""What the script of the gap map looks up: every state, rated and worded, in tables.

Whatever repeats is stored once, in a table, and is referred to by its index. A coverage is one letter. A missing value is 0,
the shortest value that is false to the script.
"""

import dataclasses
import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from clustergap.analysis.caveats import Caveats
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.explain import StatementRecord
from clustergap.analysis.followed_state import lost_and_gained, mark_of
from clustergap.analysis.report import GapMap, Snapshot, SnapshotSpan
from clustergap.analysis.statement_events import endings_by_day
from clustergap.analysis.swot import Evidence, SwotView
from clustergap.answers.evidence import days_in_words, place
from clustergap.answers.finding import narrowing_of_title
from clustergap.answers.missing import MOST_TO_BUILD_ON
from clustergap.answers.page_cells import detail, figure
from clustergap.answers.page_instruments import list_instruments, lives
from clustergap.answers.page_time import head
from clustergap.answers.phrases import (
    Names,
    at_level,
    instrument_in_words,
    names_of,
    narrowing_in_words,
)
from clustergap.answers.provenance import caveats_in_words
from clustergap.answers.ratings import TYPESET, reasons
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Status
from clustergap.model.dates import date_in_words, months_later
from clustergap.model.query import WITHIN
from clustergap.model.record import SourceRef
from clustergap.theme import NOT_SAID, WORDS, WORST_FIRST

LETTERS = dict(zip(WORST_FIRST, "npuf", strict=True))
"""The letter of each coverage, the worst first."""

SOMEWHERE = "s"
"""The letter of a place that is unknown because something is somewhere, and the source does not say where."""

_ANY = "{}"
"""Stands for a kind in words that are said of each."""

Row = Sequence[object]


class _Table:
    """Distinct rows in the order of their first use, each referred to by its index."""

    def __init__(self) -> None:
        self.rows: list[object] = []
        self._indices: dict[Hashable, int] = {}

    def index(self, key: Hashable, make_row: Callable[[], object]) -> int:
        """Return the index of the row of *key*; the row is made when it is first needed."""
        index = self._indices.get(key)
        if index is None:
            row = make_row()
            index = self._indices[key] = len(self.rows)
            self.rows.append(row)
        return index


class Records:
    """The tables that cells and states refer to: instruments, SWOT items, texts. The last two hold only what is referred to."""

    def __init__(
        self, dataset: Dataset, names: Names, listed: Collection[str], swot: SwotView
    ) -> None:
        self.dataset, self.names, self._listed = dataset, names, listed
        shown = (linked.item.id for _, items in swot.quadrants for linked in items)
        self._item_places = {id_: place for place, id_ in enumerate(shown)}
        self.instruments, self.items, self.texts = _Table(), _Table(), _Table()
        # No text is 0 too.
        self.text("")
        self._by_id = dataset.instruments_by_id
        self._source_numbers = {key: number for number, key in enumerate(dataset.sources)}

    def text(self, text: str) -> int:
        """Return the index of a text that may be used in many places."""
        return self.texts.index(text, lambda: text)

    def instrument(self, id_: str) -> int:
        """Return the index of an instrument."""
        return self.instruments.index(id_, lambda: self._instrument_row(self._by_id[id_]))

    def evidence(self, evidence: Evidence) -> Row:
        """Return the indices of a SWOT item and of why it speaks of a cell."""
        item, quadrant = evidence.item, evidence.quadrant.value
        # What the view of the SWOT shows is read there.
        place = self._item_places.get(item.id)
        index = self.items.index(
            item.id, lambda: [quadrant, item.text] if place is None else place
        )
        return [index, self.text(evidence.why)]

    def statement(self, record: StatementRecord) -> Row:
        """Write a statement about a cell; without sources of its own it has those of its instrument.

        The reason why it does not count, whatever the day, comes last.
        """
        statement = record.statement
        return _without_end(
            self.instrument(record.instrument.id) if record.instrument else -1,
            statement.extent.value,
            self.text(days_in_words(record)),
            self.text(place(record, self.dataset, self.names.places.listed)),
            statement.note,
            self._citations(statement.sources),
            record.why_not,
        )

    def _instrument_row(self, instrument: Instrument) -> Row:
        words = instrument_in_words(self.dataset, instrument, self.names)
        inherited = self.dataset.relations.inherited_ends.get(instrument.id)
        ends = [f"ends with {self.names.instruments[inherited.owner]}"] if inherited else []
        planned = ["planned"] if instrument.status is Status.PLANNED else []
        # What the list of instruments names is read there.
        is_listed = instrument.id in self._listed
        return _without_end(
            instrument.id,
            ", ".join((*words, *ends, *planned)),
            self._citations(instrument.sources),
            instrument.managing_body,
            instrument.legal_basis,
            instrument.url,
            instrument.note,
            *(() if is_listed else (instrument.label, instrument.name)),
        )

    def _citations(self, refs: Iterable[SourceRef]) -> Row:
        # A source is its index in the list at the foot of the page; quote and locator follow only if given.
        return [
            [
                self._source_numbers[ref.ref],
                *([ref.quote or 0] if ref.quote or ref.locator else []),
                *([self.text(ref.locator)] if ref.locator else []),
            ]
            for ref in refs
        ]


class _InstrumentSets:
    """Distinct sets of instruments, numbered in the order of their first use: states are found by the number."""

    def __init__(self) -> None:
        self._numbers: defaultdict[int, list[tuple[Sequence[str], int]]] = defaultdict(list)
        self._count = itertools.count()

    def number(self, instruments: Sequence[str]) -> int:
        """Return the number of a set."""
        # To hash all their names for each state would take the square of their number.
        alike = self._numbers[mark_of(instruments)]
        for known, number in alike:
            if known == instruments:
                return number
        alike.append((instruments, next(self._count)))
        return alike[-1][1]


class _Last(NamedTuple):
    """The state before the next one of a cell: how the cell is rated, and the state's index."""

    rating: Rating
    state: int


class Lookup:
    """Builds the tables that the script looks up."""

    def __init__(self, gap_map: GapMap) -> None:
        self.gap_map, self.dataset = gap_map, gap_map.matrix.dataset
        self.names = names_of(gap_map.matrix)
        # Of all levels, as the panel tells what covers a role at those that are not shown too.
        self.cells = [
            Cell(role.id, level.id)
            for role in gap_map.matrix.roles
            for level in self.dataset.levels
        ]
        self.listed = [row.place for rows in list_instruments(gap_map.matrix) for row in rows]
        listed = {self.dataset.instruments[place].id for place in self.listed}
        self.records = Records(self.dataset, self.names, listed, gap_map.swot)
        self.spans, self.states = _Table(), _Table()
        self.sets = _InstrumentSets()
        # Of each state, how many differences lie between it and one that names all of its own instruments.
        self.ways: list[int] = []
        self.evidence, self.grounds, self.caveats = _Table(), _Table(), _Table()

    def build(self) -> Mapping[str, object]:
        """Return the tables by their names; that of instruments holds all of them, in file order."""
        for instrument in self.dataset.instruments:
            self.records.instrument(instrument.id)
        matrix, snapshots = self.gap_map.matrix, self.gap_map.snapshots
        caveats = [[*map(self.caveat, at_stops)] for at_stops in snapshots.caveats]
        cells = [self.cell(cell) for cell in self.cells]
        return {
            "coverage": [
                [letter, coverage.value, WORDS[coverage]] for coverage, letter in LETTERS.items()
            ],
            "somewhere": [SOMEWHERE, *NOT_SAID],
            "about": [
                list(filter(None, (role.statement, role.description))) for role in matrix.roles
            ],
            "levels": [
                [
                    level.id,
                    level.name,
                    level.description,
                    int(level in matrix.levels),
                    at_level(level),
                    *level.noun,
                ]
                for level in self.dataset.levels
            ],
            "kinds": [self.kind(kind) for kind in snapshots.kinds],
            "of_any": self.narrowing(_ANY),
            "stops": self.stops(),
            "soon": self.soon(),
            "ends": self.ends(),
            "start": snapshots.start,
            "most_to_build_on": MOST_TO_BUILD_ON,
            "places": {
                level.id: self.places(level)
                for level in self.dataset.levels
                if snapshots.places[level.id].units
            },
            "caveats": self.caveats.rows,
            "caveats_at": caveats,
            "cells": cells,
            "spans": self.spans.rows,
            "states": self.states.rows,
            "evidence": self.evidence.rows,
            "grounds": self.grounds.rows,
            "lives": lives(self.gap_map),
            "listed": self.listed,
            "instruments": self.records.instruments.rows,
            "items": self.records.items.rows,
            "texts": self.records.texts.rows,
        }

    def kind(self, kind: str | None) -> Row:
        """Return a kind's id; what narrows the answer in words, and the beginning of a finding about it, if it is not as for any."""
        clauses, beginning = self.narrowing(kind)
        name = self.dataset.kind_names.get(kind or "", kind)
        of_any, begins = self.narrowing(_ANY)
        if kind and (
            [clause.replace(_ANY, kind) for clause in of_any],
            begins.replace(_ANY, str(name)),
        ) == (clauses, beginning):
            return [kind]
        return [kind, clauses, beginning]

    def narrowing(self, kind: str | None) -> tuple[list[str], str]:
        """Say what narrows the answer for a kind, and how a finding about it begins."""
        query = self.gap_map.matrix.query
        query = dataclasses.replace(query, kinds=(kind,)) if kind else query
        matrix = dataclasses.replace(self.gap_map.matrix, query=query)
        return narrowing_in_words(query), narrowing_of_title(matrix)

    def stops(self) -> list[Row]:
        changes = {event.date: head(event, self.names) for event in self.gap_map.timeline.events}
        return [
            [day.isoformat() if day else None, changes.get(day, "") if day else ""]
            for day in self.gap_map.snapshots.stops
        ]

    def soon(self) -> list[int]:
        """Return for each stop the last one that is near: on which a loss is told ahead."""
        stops = self.gap_map.snapshots.stops
        dated = [stop for stop in stops if stop is not None]
        undated = len(stops) - len(dated)
        return [
            undated + bisect_right(dated, months_later(day, WITHIN)) - 1 if day else 0
            for day in stops
        ]

    def ends(self) -> Mapping[int, Sequence[Row]]:
        """Return what ends at each stop: its instrument, its kind, how it explains a change, and the indices of its cells."""
        snapshots, instrument = self.gap_map.snapshots, self.records.instrument
        stops = {day: number for number, day in enumerate(snapshots.stops)}
        cells = {cell: number for number, cell in enumerate(self.cells)}
        kinds = {kind: number for number, kind in enumerate(snapshots.kinds)}
        own = {each.id: kinds.get(each.kind, 0) for each in self.dataset.instruments}
        return {
            stops[day]: [
                [
                    instrument(ending.instrument) if ending.instrument else -1,
                    own[ending.instrument] if ending.instrument else -1,
                    (0 if ending.reaches else 1) if ending.is_end else 2,
                    *(cells[cell] for cell in ending.cells),
                ]
                for ending in endings
            ]
            for day, endings in endings_by_day(self.gap_map.matrix).items()
            if day in stops
        }

    def places(self, level: Level) -> Row:
        (units, tiles), names = self.gap_map.snapshots.places[level.id], self.names.places
        # No code has a blank, and no name a line break.
        lines = [
            "\n".join(f"{code} {names.get(code, code)}" for code in codes)
            for codes in (units, tiles)
        ]
        return lines if units != tiles else lines[:1]

    def cell(self, cell: Cell) -> Row:
        """Return the spans of a cell for each kind; what is said of it, and why it is accepted as a gap, if it is shown."""
        spans = [self.span(spans[cell]) for spans in self.gap_map.snapshots.spans]
        if cell not in self.gap_map.statements:
            return [spans]
        said = [self.records.statement(statement) for statement in self.gap_map.statements[cell]]
        if accepted := self.dataset.accepted_gaps.get(cell):
            until = date_in_words(accepted.until) if accepted.until else None
            return [spans, said, [accepted.reason, accepted.by, until]]
        return [spans, said]

    def caveat(self, caveats: Caveats) -> int:
        days = [day.isoformat() if isinstance(day, date) else day for day in caveats]
        return self.caveats.index(caveats, lambda: [caveats_in_words(caveats), *days])

    def span(self, spans: Iterable[SnapshotSpan]) -> int:
        row = list[int]()
        last: _Last | None = None
        for span in spans:
            last = _Last(span.snapshot.rating, self.state(span.snapshot, last))
            row += span.stop, last.state
        return self.spans.index(tuple(row), lambda: row)

    def state(self, snapshot: Snapshot, last: _Last | None) -> int:
        """Return the index of the state of a cell."""
        # Cells of one level share a state if only their names differ.
        rating = snapshot.rating
        level = rating.cell.level if snapshot.units else ""
        unnamed = rating._replace(cell=Cell("", level), instruments=())
        key = snapshot._replace(rating=unnamed), self.sets.number(rating.instruments)
        return self.states.index(key, lambda: self.state_row(snapshot, last))

    def state_row(self, snapshot: Snapshot, last: _Last | None) -> Row:
        rating, instrument, text = snapshot.rating, self.records.instrument, self.records.text
        # What most states have comes first.
        return _without_end(
            LETTERS[rating.coverage],
            self.serve(rating, last),
            text("\t".join(figure(rating)).rstrip("\t")),
            self.evidence.index(
                snapshot.evidence, lambda: [*map(self.records.evidence, snapshot.evidence)]
            ),
            self.ground(snapshot),
            [instrument(id_) for id_ in rating.rests_on],
            text("; ".join(reasons(rating, self.names.places, TYPESET))),
            [text(note) for note in rating.notes],
            text(detail(rating, self.names.places)),
            self.share(rating),
            rating.where_not_said + 2 * rating.is_elsewhere,
            int(snapshot.is_observed),
            snapshot.exceptions,
        )

    def serve(self, rating: Rating, last: _Last | None) -> Row:
        """Write the instruments of the next state: those by which it differs from the *last* one, whose index comes first.

        Else every state of a cell would repeat nearly all of them. So that the way back stays short, -1 and all of them are
        written once the differences on it would be more.
        """
        instrument = self.records.instrument
        if last is not None:
            differing = sorted(map(instrument, chain(*lost_and_gained(last.rating, rating))))
            way = self.ways[last.state] + len(differing)
            if way <= len(rating.instruments):
                self.ways.append(way)
                return [last.state, *differing]
        self.ways.append(0)
        return [-1, *sorted(map(instrument, rating.instruments))]

    def share(self, rating: Rating) -> Row | None:
        share = rating.share
        if share is None:
            return None
        missing = set(share.missing)
        units = self.gap_map.snapshots.places[rating.cell.level].units
        runs = _runs("n" if code in missing else "f" for code in units) if missing else ""
        return [*share[:4], self.records.text(runs)]

    def ground(self, snapshot: Snapshot) -> int:
        letters = LETTERS
        if snapshot.leaves_open_where:
            letters = {**LETTERS, Coverage.UNKNOWN: SOMEWHERE}
        places = (snapshot.units, snapshot.tiles)
        row = tuple(_runs(letters[coverage] for coverage in coverages) for coverages in places)
        return self.grounds.index(row, lambda: row)


def _without_end(*row: object) -> Row:
    """Write a row up to its last value that says something; what is missing is 0."""
    values = [value or 0 for value in row]
    while values and values[-1] == 0:
        values.pop()
    return values


def _runs(letters: Iterable[str]) -> str:
    """Write the letters of places as runs of equal letters, such as ``15f12n``."""
    return "".join(f"{sum(1 for _ in run)}{letter}" for letter, run in itertools.groupby(letters))

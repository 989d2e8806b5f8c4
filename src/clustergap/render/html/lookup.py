"""What the page's script looks up: every state rated and worded beforehand, so that it decides nothing.

All that repeats stands once, in a table, and is named by its index there. Coverage is one letter.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence

from clustergap.analysis.coverage import Rating
from clustergap.analysis.gap_map import GapMap, Snapshot, SnapshotSpan
from clustergap.analysis.swot import Evidence
from clustergap.answers.changes import CELLS
from clustergap.answers.matrix import COLUMNS, record
from clustergap.answers.phrases import labels, narrowing_in_words
from clustergap.answers.ratings import how_covered, reasons
from clustergap.answers.timeline import because, outcome
from clustergap.document import EXAMPLE, Origin
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.render.html.records import Records, Row, accepted_row
from clustergap.render.html.table import Table
from clustergap.render.html.view import brief
from clustergap.text import as_sentence
from clustergap.theme import WORDS, WORST_FIRST
from clustergap.writers.csv import columns
from clustergap.writers.json import SILENT

LETTERS = dict(zip(WORST_FIRST, "npuf", strict=True))
"""The letter of each coverage, the worst first."""


def lookup_json(report: GapMap, origin: Origin) -> Mapping[str, object]:
    """Return the data of the page."""
    return _Lookup(report).write(origin)


class _Lookup:
    """The tables in the making."""

    def __init__(self, report: GapMap) -> None:
        self.report, self.dataset = report, report.matrix.dataset
        self.records, self.label = Records(self.dataset), labels(report.matrix)
        self.text, self.evidence = self.records.text, Table[Row]()
        self.grounds, self.states, self.spans = Table[Row](), Table[Row](), Table[Row]()

    def write(self, origin: Origin) -> Mapping[str, object]:
        report, matrix = self.report, self.report.matrix
        shown = {rating.cell for rating in matrix}
        cells = {
            str(cell): self.cell(cell, is_shown=cell in shown)
            for cell in report.snapshots.spans[0]
        }
        return {
            "document": record(matrix, origin).model_dump(mode="json", exclude={"cells"}),
            "columns": columns(COLUMNS, origin.is_example),
            **({"example": [EXAMPLE]} if origin.is_example else {}),
            "silent": SILENT,
            "coverage": [[letter, one.value, WORDS[one]] for one, letter in LETTERS.items()],
            "about": [
                list(filter(None, (role.statement, role.description))) for role in matrix.roles
            ],
            "levels": [self.level(level) for level in self.dataset.levels],
            "kinds": [[kind, self.narrowing(kind)] for kind in report.snapshots.kinds],
            "stops": self.stops(),
            "start": report.snapshots.start,
            "places": {
                level.id: self.places(level)
                for level in self.dataset.levels
                if report.snapshots.places[level.id].units
            },
            "cells": cells,
            "spans": self.spans.rows,
            "states": self.states.rows,
            "evidence": self.evidence.rows,
            "grounds": self.grounds.rows,
            **self.records.tables(),
        }

    def level(self, level: Level) -> Sequence[object]:
        is_shown = level in self.report.matrix.levels
        return [level.id, level.name, level.description, int(is_shown)]

    def narrowing(self, kind: str | None) -> Sequence[str]:
        query = self.report.matrix.query
        return narrowing_in_words(dataclasses.replace(query, kinds=(kind,)) if kind else query)

    def stops(self) -> list[Sequence[object]]:
        changes = {
            event.date: f"{because(event, self.label)}; {outcome(event, CELLS)}."
            for event in self.report.timeline.events
        }
        return [
            [day.isoformat() if day else None, changes.get(day, "") if day else ""]
            for day in self.report.snapshots.stops
        ]

    def places(self, level: Level) -> Row:
        places, names = self.report.snapshots.places[level.id], dict(level.units)
        # A code has no blank, and no name a line break.
        units = "\n".join(f"{code} {names[code]}" for code in places.units)
        return [units, " ".join(places.countries)]

    def cell(self, cell: Cell, *, is_shown: bool) -> Mapping[str, object]:
        spans = [self.span(kind[cell]) for kind in self.report.snapshots.spans]
        if not is_shown:
            return {"spans": spans}
        accepted = self.dataset.accepted_gaps.get(cell)
        return {
            "spans": spans,
            "said": [self.records.said(said) for said in self.report.statements[cell]],
            **({"accepted": accepted_row(accepted)} if accepted else {}),
        }

    def span(self, spans: Iterable[SnapshotSpan]) -> int:
        row = tuple(number for span in spans for number in (span.stop, self.state(span.snapshot)))
        return self.spans.put(row, lambda: row)

    def state(self, state: Snapshot) -> int:
        # Cells share a state in which nothing but their names differs; places are those of one level.
        cell = state.rating.cell
        key = state._replace(
            rating=state.rating._replace(cell=Cell("", cell.level if state.units else ""))
        )
        return self.states.put(key, lambda: self.state_row(state))

    def state_row(self, state: Snapshot) -> Row:
        rating, instrument = state.rating, self.records.instrument
        return [
            LETTERS[rating.coverage],
            [instrument(id_) for id_ in rating.instruments],
            [instrument(id_) for id_ in rating.rests_on],
            [self.text(note) for note in rating.notes],
            self.share(rating),
            int(rating.where_not_said),
            int(state.is_observed),
            self.text(brief(rating)),
            self.text("; ".join(reasons(rating))),
            self.text(as_sentence(how_covered(rating, self.label))),
            self.evidence.put(state.evidence, lambda: self.evidence_row(state.evidence)),
            self.ground(state),
        ]

    def share(self, rating: Rating) -> Row | None:
        share = rating.share
        if share is None:
            return None
        missing = set(share.missing)
        units = self.report.snapshots.places[rating.cell.level].units
        runs = _runs("n" if code in missing else "f" for code in units) if missing else ""
        return [*share[:4], self.text(runs)]

    def evidence_row(self, evidence: Iterable[Evidence]) -> Row:
        return [[self.records.item(found), self.text(found.why)] for found in evidence]

    def ground(self, state: Snapshot) -> int:
        row = [_runs(LETTERS[one] for one in places) for places in (state.units, state.countries)]
        return self.grounds.put(tuple(row), lambda: row)


def _runs(letters: Iterable[str]) -> str:
    """Write a letter a place as runs of equal ones, such as ``15f12n``."""
    return "".join(f"{sum(1 for _ in run)}{letter}" for letter, run in itertools.groupby(letters))

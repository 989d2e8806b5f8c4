"""The gap map: everything of a question on one page that needs nothing but itself."""

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gap_map import GapMap
from clustergap.answers.phrases import gaps_in_words, labels, query_in_words, worst_in_words
from clustergap.answers.swot import nothing_as_sentence
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.model.dataset import Quadrant
from clustergap.model.record import Source
from clustergap.render.html.lookup import lookup_json
from clustergap.render.html.paper import Paper, Row, fit
from clustergap.render.html.template import fill
from clustergap.render.html.view import (
    brief,
    cells_of,
    kinds_of,
    quadrants_of,
)
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, WORDS, WORST_FIRST

NAMES = {
    Coverage.NONE: "not covered",
    Coverage.PARTIAL: "partly covered",
    Coverage.UNKNOWN: "not assessed",
    Coverage.FULL: "covered",
}
"""What people choose by, in a list of filters."""


def render(report: GapMap, origin: Origin) -> str:
    matrix, states = report.matrix, report.snapshots
    dataset, cells = matrix.dataset, cells_of(matrix)
    sources = list(dataset.sources.values())
    paper = _fit(report, [_spelled_out(source) for source in sources])
    context = {
        "title": dataset.title,
        "what": origin.data_in_words,
        "asked": query_in_words(matrix.query),
        "as_of": dataset.as_of.isoformat() if dataset.as_of else "",
        "gaps": gaps_in_words(matrix),
        "worst": worst_in_words(matrix),
        "legend": [
            {
                "coverage": one.value,
                "word": WORDS[one],
                "name": NAMES[one],
                "meaning": DEFINITIONS[one],
            }
            for one in WORST_FIRST
        ],
        "gap_definition": GAP_DEFINITION,
        "levels": matrix.levels,
        "roles": matrix.roles,
        "rows": [
            {"role": role, "cells": [cells[Cell(role.id, level.id)] for level in matrix.levels]}
            for role in matrix.roles
        ],
        "listed": [
            cells[rating.cell]
            for rating in sorted(matrix, key=lambda one: WORST_FIRST.index(one.coverage))
        ],
        "quadrants": quadrants_of(report.swot, cells) if dataset.swot else [],
        "nothing": {one.value: nothing_as_sentence(report.swot, one) for one in Quadrant},
        "places": {level.id for level in matrix.levels if states.places[level.id].units},
        "kinds": kinds_of(states),
        "has_dates": len(states.stops) > 1,
        "start": states.start,
        "last_stop": len(states.stops) - 1,
        "sources": sources,
        "printed": paper.sources,
    }
    return fill(context, lookup_json(report, origin), paper)


def _fit(report: GapMap, sources: list[str]) -> Paper:
    matrix = report.matrix
    summary = f"{gaps_in_words(matrix)} {worst_in_words(matrix)}"
    return fit(matrix.dataset.title, summary, _rows(report), sources)


def _rows(report: GapMap) -> list[Row]:
    # As wide as on the day on which a cell says most: the reader may choose any.
    matrix, label = report.matrix, labels(report.matrix)
    longest = {}
    for cell, spans in report.snapshots.spans[0].items():
        ratings = [span.snapshot.rating for span in spans]
        names = max((", ".join(label[id_] for id_ in one.instruments) for one in ratings), key=len)
        words = max((f"partial 99 instruments ! {brief(one)}" for one in ratings), key=len)
        longest[cell] = (words, names)
    return [
        (role.name, [longest[Cell(role.id, level.id)] for level in matrix.levels])
        for role in matrix.roles
    ]


def _spelled_out(source: Source) -> str:
    parts = (source.author, source.title, source.url, source.publisher, source.date)
    return ", ".join(part for part in parts if part)

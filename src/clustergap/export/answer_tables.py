"""The tables of answers: the cells under a question, and the gaps, needs and risks among them."""

from collections.abc import Callable, Iterator
from typing import Any

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs, find_needs
from clustergap.analysis.risks import RiskKind, Risks
from clustergap.answers.needs import reasons as reasons_of_need
from clustergap.answers.needs import sentence as need_in_words
from clustergap.answers.phrases import names_of
from clustergap.answers.ratings import reasons
from clustergap.answers.records import CellRecord, ShareRecord
from clustergap.answers.risks import RiskRecord, unjudged
from clustergap.answers.risks import sentence as risk_in_words
from clustergap.export.shared_columns import TO_CELL, FullNames, cell_columns, column
from clustergap.model.dataset import AcceptedGap
from clustergap.schema.generate import attribute_docstrings
from clustergap.tidy_table import ColumnType, TidyColumn, TidyTable

RatingOf = Callable[[Any], Rating]
"""Finds the rating of a cell in the record of a row."""


def answer_tables(matrix: Matrix, risks: Risks) -> tuple[TidyTable, ...]:
    """Make the tables of a matrix, and of the risks that it has."""
    names = FullNames.of(matrix.dataset)
    return (
        _cells(matrix, names),
        _gaps(find_gaps(matrix), names),
        _needs(find_needs(matrix), names),
        _risks(risks, names),
    )


def _coverage(rating_of: RatingOf) -> TidyColumn:
    words = "How well the cell is covered."
    known = tuple(coverage.value for coverage in Coverage)
    return column(
        "coverage", words, lambda row: rating_of(row).coverage, is_required=True, words=known
    )


def _count(name: str, description: str, value: Callable[[Any], object]) -> TidyColumn:
    return column(name, description, value, type=ColumnType.INTEGER, least=0)


def _instruments(
    names: FullNames, name: str, description: str, ids_of: Callable[[Any], Any]
) -> Iterator[TidyColumn]:
    yield column(name, description, ids_of)
    yield column(
        f"{name.removesuffix('s')}_names",
        "The names of these instruments, in the same order.",
        lambda row: [names.instruments[id_] for id_ in ids_of(row)],
    )


def _cells(matrix: Matrix, names: FullNames) -> TidyTable:
    words, of_share = attribute_docstrings(CellRecord), attribute_docstrings(ShareRecord)
    assessed = matrix.dataset.assessed
    columns = (
        *cell_columns(names, lambda rating: rating.cell),
        _coverage(lambda rating: rating),
        *_instruments(names, "instruments", words["instruments"], lambda rating: rating.instruments),
        column("rests_on", words["rests_on"], lambda rating: rating.rests_on),
        *(
            _count(f"share_{part}", of_share[part], _part_of_share(part))
            for part in ("covered", "partial", "of", "unknown")
        ),
        column("share_missing", of_share["missing"], _part_of_share("missing")),
        column(
            "share_missing_names",
            "The names of these territories, in the same order.",
            lambda rating: names.places.listed(rating.share.missing if rating.share else ()),
        ),
        column(
            "where_not_said",
            words["where_not_said"],
            lambda rating: rating.where_not_said,
            type=ColumnType.BOOLEAN,
            is_required=True,
        ),
        column("notes", words["notes"], lambda rating: rating.notes),
        column(
            "assessed",
            "Where somebody has looked: codes of territories and ids of groups. Nothing: everywhere.",
            lambda rating: assessed.get(rating.cell, assessed.get(rating.cell.level)),
        ),
        column(
            "as_of",
            "The day that was asked. Nothing: dates are ignored.",
            lambda _: matrix.query.as_of,
            type=ColumnType.DATE,
        ),
    )  # fmt: skip
    return TidyTable(
        name="cells",
        description="Every cell, one role at one level, and how well it is covered under the question.",
        columns=columns,
        records=list(matrix),
        primary_key=("cell",),
    )


def _part_of_share(part: str) -> Callable[[Any], object]:
    return lambda rating: getattr(rating.share, part, None)


# Answers in an order: their records are numbered


def _about_cell(names: FullNames, rating_of: RatingOf, order: str) -> tuple[TidyColumn, ...]:
    rank = f"Its place in the order of the answer, from 1: {order}."
    return (
        column("rank", rank, lambda row: row[0], type=ColumnType.INTEGER, is_required=True, least=1),
        *cell_columns(names, lambda row: rating_of(row).cell),
        _coverage(rating_of),
    )  # fmt: skip


def _gaps(gaps: Gaps, names: FullNames) -> TidyTable:
    words = attribute_docstrings(AcceptedGap)
    columns = (
        *_about_cell(names, lambda row: row[1].rating, "none before partial, then in file order"),
        column("why", "Why it is a gap.", lambda row: reasons(row[1].rating, names.places)),
        column(
            "elsewhere",
            "Ids of the levels that cover the same role in full or in part.",
            lambda row: [rating.cell.level for rating in row[1].elsewhere],
        ),
        column(
            "elsewhere_names",
            "The names of these levels, in the same order.",
            lambda row: [names.levels[rating.cell.level] for rating in row[1].elsewhere],
        ),
        column("accepted_reason", words["reason"], _of_acceptance("reason")),
        column("accepted_by", words["by"], _of_acceptance("by")),
        column(
            "accepted_until",
            "Last day of the decision. Nothing: it is open, or there is none.",
            _of_acceptance("until"),
            type=ColumnType.DATE,
        ),
    )
    return TidyTable(
        name="gaps",
        description="The cells that are not covered, or only partly covered, under the question.",
        columns=columns,
        records=list(enumerate(gaps.gaps, 1)),
        primary_key=("cell",),
        foreign_keys=(TO_CELL,),
    )


def _of_acceptance(key: str) -> Callable[[Any], object]:
    return lambda row: getattr(row[1].accepted, key, None)


def _needs(needs: Needs, names: FullNames) -> TidyTable:
    order = "the narrowest level first, in it the most pressing first"
    columns = (
        *_about_cell(names, lambda row: row[1].gap.rating, order),
        column(
            "sentence",
            "The need in a sentence.",
            lambda row: need_in_words(row[1], needs.matrix),
            is_required=True,
        ),
        column(
            "evidence",
            "Ids of the SWOT items that speak of it: by quadrant, the nearest link first.",
            lambda row: [evidence.item.id for evidence in row[1].evidence],
        ),
        *_instruments(
            names,
            "build_on",
            "The instruments that there are to build on.",
            lambda row: [lead.instrument.id for lead in row[1].leads],
        ),
        column(
            "reasons",
            "Why it stands where it does within its level.",
            lambda row: reasons_of_need(row[1]),
        ),
    )
    return TidyTable(
        name="needs",
        description="Each gap as a need for policy action.",
        columns=columns,
        records=list(enumerate(needs.needs, 1)),
        primary_key=("cell",),
        foreign_keys=(TO_CELL,),
    )


def _risks(risks: Risks, names: FullNames) -> TidyTable:
    words, short_names = attribute_docstrings(RiskRecord), names_of(risks.matrix)
    columns = (
        *_about_cell(names, lambda row: row[1].rating, "what would lose most first"),
        column(
            "kind",
            words["kind"],
            lambda row: row[1].kind,
            is_required=True,
            words=tuple(kind.value for kind in RiskKind),
        ),
        *_instruments(names, "instruments", words["instruments"], lambda row: row[1].instruments),
        column("date", words["date"], lambda row: row[1].day, type=ColumnType.DATE),
        column("again", words["again"], lambda row: row[1].again, type=ColumnType.DATE),
        column("territories", words["territories"], lambda row: row[1].territories),
        column(
            "territory_names",
            "The names of these territories, in the same order.",
            lambda row: names.places.listed(row[1].territories),
        ),
        column(
            "loss",
            f"{words['loss'].removesuffix('.')}, from 0 to 1.",
            lambda row: round(row[1].loss, 4),
            type=ColumnType.NUMBER,
            is_required=True,
            least=0,
        ),
        column(
            "sentence",
            "The same in words.",
            lambda row: risk_in_words(row[1], short_names, risks.matrix.dataset),
            is_required=True,
        ),
    )
    described = "What is covered, but fragile, under the question: a reason a row."
    return TidyTable(
        name="risks",
        description=" ".join(filter(None, (described, unjudged(risks)))),
        columns=columns,
        records=list(enumerate(risks.risks, 1)),
        primary_key=("rank",),
        foreign_keys=(TO_CELL,),
    )

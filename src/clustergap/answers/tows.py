"""The SWOT in pairs: which items belong together, what they share, and the gaps of which both speak."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import SwotView
from clustergap.analysis.tows import Tows, TowsField, TowsPair
from clustergap.answers.phrases import names_of, query_in_words
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    InstrumentId,
    LevelId,
    RoleId,
    described,
    key,
    left_out,
)
from clustergap.answers.swot import (
    MEANT_COLUMNS,
    SwotRecord,
    means_something,
    meant_columns,
    swot_keys,
)
from clustergap.document import Block, Document, Row, Rows
from clustergap.origin import Origin
from clustergap.prose import Entries, Field, Fields, Heading, Run, Style, Text
from clustergap.text import count, one_of

HEADER = (
    "field", "within id", "within", "around id", "around", "cells", "roles", "instruments", "levels", "gaps", "as of",
)  # fmt: skip

TITLES = {
    TowsField.SO: "Strengths to seize opportunities",
    TowsField.WO: "Weaknesses that opportunities answer",
    TowsField.ST: "Strengths against threats",
    TowsField.WT: "Weaknesses that threats meet",
}


class TowsAnswer(NamedTuple):
    """The SWOT that is shown, and its pairs."""

    view: SwotView
    tows: Tows


def document(answer: TowsAnswer, origin: Origin) -> Document:
    """Show the pairs of each field, and the items without a pair."""
    tows, matrix = answer.tows, answer.tows.matrix
    number = count(sum(len(pairs) for _, pairs in tows.fields), "pair")
    title = f"{matrix.dataset.title}: SWOT in pairs, {number}, {query_in_words(matrix.query)}"
    blocks: list[Block] = []
    for field, pairs in tows.fields:
        entries = tuple(_entry(pair, matrix) for pair in pairs)
        blocks += [
            Heading(f"{TITLES[field]} ({len(pairs)})"),
            Fields(entries) if entries else Entries((), "none"),
        ]
    unpaired = tuple(Field(item.id, (item.text,)) for _, item in tows.unpaired)
    blocks += [Heading(unpaired_title(tows)), Entries(unpaired, "none")]
    return Document(title, tuple(blocks), **provenance(matrix, origin))


def _entry(pair: TowsPair, matrix: Matrix) -> Field:
    shares = Run(shares_in_words(pair, matrix), Style.QUIET)
    gaps = gaps_behind(pair, matrix)
    lines: list[Text] = [pair.within.text, pair.around.text, (shares,), *([gaps] if gaps else [])]
    return Field(f"{pair.within.id} + {pair.around.id}", tuple(lines))


def rows(answer: TowsAnswer) -> Rows:
    """Write every pair, with what its items share and the gaps of which both speak."""
    tows = answer.tows
    if not means_something(tows.matrix.dataset.swot):
        return Rows(HEADER, _rows(tows))
    meant = (meant_columns(pair.meant) for _, pairs in tows.fields for pair in pairs)
    rows = ((*row, *columns) for row, columns in zip(_rows(tows), meant, strict=True))
    return Rows((*HEADER, *MEANT_COLUMNS), rows)


def _rows(tows: Tows) -> Iterator[Row]:
    for field, pairs in tows.fields:
        for pair in pairs:
            yield (
                field.value,
                pair.within.id,
                pair.within.text,
                pair.around.id,
                pair.around.text,
                "; ".join(map(str, pair.shares.cells)),
                "; ".join(pair.shares.roles),
                "; ".join(pair.shares.instruments),
                "; ".join(pair.shares.levels),
                "; ".join(str(rating.cell) for rating in pair.gaps),
                tows.matrix.query.as_of,
            )


# In words


def shares_in_words(pair: TowsPair, matrix: Matrix) -> str:
    """Say what two items share, last what not both of them name."""
    names = names_of(matrix)
    named, meant = (
        [
            *map(names.cell, shares.cells),
            *(names.roles[role] for role in shares.roles),
            *names.list_instruments(shares.instruments),
            *(names.levels[level] for level in shares.levels),
        ]
        for shares in (pair.shares, pair.meant)
    )
    return f"share {one_of([*named, *(f'{thing} (meant)' for thing in meant)])}"


def gaps_behind(pair: TowsPair, matrix: Matrix) -> str:
    """Name the gaps of which both items speak; nothing where there are none."""
    names = names_of(matrix)
    cells = [f"{names.cell(rating.cell)} {rating.coverage.value}" for rating in pair.gaps]
    return f"gaps behind it: {'; '.join(cells)}" if cells else ""


def unpaired_title(tows: Tows) -> str:
    """Say how many items are in no pair."""
    return f"Paired with nothing: {count(len(tows.unpaired), 'item')}"


# The JSON document

ItemId = Annotated[str, described("An id.")]


class SharedLinksRecord(AnswerPart):
    """What two items share."""

    cells: tuple[CellName, ...]
    """Cells."""
    roles: tuple[RoleId, ...]
    """Roles."""
    instruments: tuple[InstrumentId, ...]
    """Instruments."""
    levels: tuple[LevelId, ...]
    """Levels."""


class PairRecord(AnswerPart):
    """Two items."""

    items: tuple[ItemId, ...]
    """Their ids: what is within, then what is around."""
    shares: Annotated[SharedLinksRecord, described("What both name.")]
    meant: Annotated[
        SharedLinksRecord,
        described("What else they share, which at least one of them means without naming it."),
    ]
    gaps: tuple[CellName, ...]
    """Gaps of which both speak."""


Pairs = Annotated[
    tuple[PairRecord, ...],
    described("Pairs that share something, the nearest first."),
]


class TowsRecord(AnswerPart):
    """The SWOT in pairs; there with --tows only."""

    strength_opportunity: Pairs = key("strength-opportunity")
    weakness_opportunity: Pairs = key("weakness-opportunity")
    strength_threat: Pairs = key("strength-threat")
    weakness_threat: Pairs = key("weakness-threat")
    unpaired: tuple[ItemId, ...]
    """Items that are in no pair."""


class PairedSwotRecord(SwotRecord):
    """The SWOT."""

    tows: TowsRecord | None = left_out()


def record(answer: TowsAnswer, origin: Origin) -> PairedSwotRecord:
    """Return ``clustergap/swot@1`` with its pairs."""
    view, tows = answer
    pairs = {field.value: [_pair_record(pair) for pair in pairs] for field, pairs in tows.fields}
    unpaired = [item.id for _, item in tows.unpaired]
    return PairedSwotRecord(**swot_keys(view, origin), tows=TowsRecord(**pairs, unpaired=unpaired))


def _pair_record(pair: TowsPair) -> PairRecord:
    return PairRecord(
        items=[pair.within.id, pair.around.id],
        shares=pair.shares,
        meant=pair.meant,
        gaps=[rating.cell for rating in pair.gaps],
    )

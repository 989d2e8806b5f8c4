"""Which instruments coverage rests on, and the gaps that would open without each."""

from collections.abc import Iterator
from typing import Literal

from clustergap.analysis.what_if import Keystones
from clustergap.answers.phrases import names_of, query_in_words
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    InstrumentId,
    QuestionRecord,
    attribute,
    head,
)
from clustergap.document import Column, ColumnKind, Document, Row, Rows, Table
from clustergap.origin import Origin
from clustergap.text import count

HEADER = ("instrument id", "instrument", "gaps", "serves", "gaps without it", "cells", "as of")


def document(answer: Keystones, origin: Origin) -> Document:
    """Rank the instruments by what would be lost without them."""
    columns = (
        Column("Instrument"),
        Column("Gaps", ColumnKind.NUMBER),
        Column("Serves", ColumnKind.NUMBER),
        Column("What would be a gap without it"),
    )
    title, names = _title(answer), names_of(answer.matrix)
    rows = tuple(
        (
            keystone.instrument.label,
            str(len(keystone.opens)),
            str(len(keystone.serves)),
            "; ".join(map(names.cell, keystone.opens)),
        )
        for keystone in answer.ranked
    )
    table = Table("What coverage rests on", f"{title} Each row is one instrument.", columns, rows)
    return Document(title, (table,), **provenance(answer.matrix, origin))


def _title(answer: Keystones) -> str:
    number = sum(bool(keystone.opens) for keystone in answer.ranked)
    return (
        f"{count(len(answer.ranked), 'instrument')} in use, {query_in_words(answer.matrix.query)}: "
        f"without {number} of them there would be a new gap."
    )


def rows(answer: Keystones) -> Rows:
    """Write a row for every instrument in use; those without which most would be lost come first."""
    return Rows(HEADER, _rows(answer))


def _rows(answer: Keystones) -> Iterator[Row]:
    for keystone in answer.ranked:
        yield (
            keystone.instrument.id,
            keystone.instrument.label,
            len(keystone.opens),
            len(keystone.serves),
            "; ".join(map(str, keystone.opens)),
            "; ".join(map(str, keystone.serves)),
            answer.matrix.query.as_of,
        )


# The JSON document


class KeystoneRecord(AnswerPart):
    """An instrument that serves a role at a level."""

    instrument: InstrumentId = attribute("instrument", "id")
    opens: tuple[CellName, ...]
    """Pairs of role and level that would be a gap without it."""
    serves: tuple[CellName, ...]
    """All pairs of role and level that it serves."""


class KeystonesRecord(QuestionRecord):
    """What coverage rests on."""

    schema_: Literal["clustergap/keystones@1"] = "clustergap/keystones@1"
    keystones: tuple[KeystoneRecord, ...]
    """Those without which most gaps would open first, then those that serve most."""


def record(answer: Keystones, origin: Origin) -> KeystonesRecord:
    """Return ``clustergap/keystones@1``."""
    return KeystonesRecord(**head(answer.matrix, origin), keystones=answer.ranked)

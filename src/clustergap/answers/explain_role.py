"""A role explained by its cells at every level, and a level by those of every role."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from clustergap.analysis.coverage import Rating
from clustergap.analysis.explain_records import RoleOrLevelExplanation
from clustergap.answers.evidence import (
    EvidenceRecord,
    ExplainRecord,
    FilePath,
    by_cell,
    evidence_in_words,
    statement_rows,
    written_at,
)
from clustergap.answers.phrases import (
    labelled,
    names_of,
    query_in_words,
    summary_in_words,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import placed_verdict
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    CellRecord,
    Count,
    LevelId,
    LineNumber,
    QuestionRecord,
    RoleId,
    described,
    head,
)
from clustergap.document import Document, Rows
from clustergap.model.dataset import AcceptedGap, Level, Role
from clustergap.model.dates import date_in_words
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Parts, Run, Sign, Style, Text
from clustergap.text import count


def document(answer: RoleOrLevelExplanation, origin: Origin) -> Document:
    """Show the cells of a role or of a level, with what is missing, and what the SWOT says of it."""
    matrix, record = answer.matrix, answer.record
    fields = [Field(key, (value,)) for key, value in _own_keys(record) if value]
    fields += [_cell(answer, rating) for rating in matrix]
    fields += labelled("SWOT", evidence_in_words(answer.evidence))
    fields.append(Field("File", ((written_at(answer.data_path, origin),),)))
    nouns = ("level", "levels") if isinstance(record, Role) else ("role", "roles")
    title = (
        Run(record.name, Style.STRONG),
        f": {summary_in_words(matrix.summary(), *nouns)} ({query_in_words(matrix.query)}).",
    )
    return Document(title, (Fields(tuple(fields)),), **provenance(matrix, origin))


def _own_keys(record: Role | Level) -> Iterator[tuple[str, str]]:
    match record:
        case Role():
            yield "In its words", record.statement or ""
        case Level():
            number = len(record.units)
            yield "Consists of", count(number, *record.noun) if number else "no territories"
    yield "Also called", ", ".join(record.aliases)
    yield "Description", record.description or ""


def _cell(answer: RoleOrLevelExplanation, rating: Rating) -> Field:
    names = names_of(answer.matrix)
    is_role, accepted = isinstance(answer.record, Role), answer.accepted.get(rating.cell)
    lines: list[Text] = [(Sign(rating.coverage), f", {placed_verdict(rating, names)}")]
    if rating.instruments:
        lines.append((Parts(tuple(names.list_instruments(rating.instruments)), Style.QUIET),))
    if accepted:
        lines.append(_acceptance(accepted))
    label = names.levels[rating.cell.level] if is_role else names.roles[rating.cell.role]
    return Field(label, tuple(lines))


def _acceptance(accepted: AcceptedGap) -> str:
    by = f" by {accepted.by}" if accepted.by else ""
    until = f" until {date_in_words(accepted.until)}" if accepted.until else ""
    return f"accepted{by}{until}: {accepted.reason}"


def rows(answer: RoleOrLevelExplanation) -> Rows:
    """Write every statement about each of the cells."""
    return statement_rows(answer.matrix, by_cell(answer.matrix, answer.statements))


# The JSON document


class AcceptedGapRecord(AnswerPart):
    """A gap that somebody has decided to live with."""

    cell: CellName
    reason: str
    """Why."""
    by: str | None
    """Who has decided."""
    until: date | None
    """Last day of the decision."""


class ExplainedRoleRecord(AnswerPart):
    """The role."""

    id: RoleId
    name: str
    """Its name."""
    aliases: tuple[Annotated[str, described("A name.")], ...]
    """Other names of it."""
    statement: str | None
    """The role in the words of its source."""
    description: str | None
    """What it means."""
    path: FilePath
    line: LineNumber


class UnitNounRecord(AnswerPart):
    """What the territories of the level are called."""

    one: str
    """One of them."""
    many: str
    """Several of them."""


class ExplainedLevelRecord(AnswerPart):
    """The level."""

    id: LevelId
    name: str
    """Its name."""
    aliases: tuple[Annotated[str, described("A name.")], ...]
    """Other names of it."""
    territories: Count
    """How many territories it lists."""
    unit: UnitNounRecord
    description: str | None
    """What it means."""
    path: FilePath
    line: LineNumber


CellsOfIt = Annotated[tuple[CellRecord, ...], described("Its cells, by role, then level.")]
Accepted = Annotated[
    tuple[AcceptedGapRecord, ...],
    described("Its gaps that somebody has decided to live with."),
]
EvidenceAbout = Annotated[
    tuple[EvidenceRecord, ...],
    described("SWOT items that name or mean it, or a cell of it, in the SWOT's order."),
]


class ExplainRoleRecord(ExplainRecord, QuestionRecord):
    """Of a role."""

    role: ExplainedRoleRecord
    """The role."""
    cells: CellsOfIt
    accepted: Accepted
    evidence: EvidenceAbout


class ExplainLevelRecord(ExplainRecord, QuestionRecord):
    """Of a level."""

    level: ExplainedLevelRecord
    """The level."""
    cells: CellsOfIt
    accepted: Accepted
    evidence: EvidenceAbout


def _own_record(answer: RoleOrLevelExplanation, origin: Origin) -> dict[str, object]:
    record, location = answer.record, origin.locations[answer.data_path]
    common = {
        "id": record.id,
        "name": record.name,
        "aliases": record.aliases,
        "description": record.description,
        "path": location.path,
        "line": location.line,
    }
    own: dict[str, object]
    match record:
        case Role():
            own = {"role": ExplainedRoleRecord(statement=record.statement, **common)}
        case Level():
            one, many = record.noun
            unit = UnitNounRecord(one=one, many=many)
            number = len(record.units)
            level = ExplainedLevelRecord(territories=number, unit=unit, **common)
            own = {"level": level}
    return {
        **own,
        "cells": tuple(answer.matrix),
        "accepted": [
            AcceptedGapRecord(cell=cell, reason=gap.reason, by=gap.by, until=gap.until)
            for cell, gap in answer.accepted.items()
        ],
        "evidence": answer.evidence,
    }


def record(
    answer: RoleOrLevelExplanation, origin: Origin
) -> ExplainRoleRecord | ExplainLevelRecord:
    """Return ``clustergap/explain@1`` of a role or of a level."""
    keys = {**head(answer.matrix, origin), **_own_record(answer, origin)}
    return (
        ExplainRoleRecord(**keys)
        if isinstance(answer.record, Role)
        else ExplainLevelRecord(**keys)
    )

"""What is covered, but fragile, and why."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from clustergap.analysis.coverage import Rating
from clustergap.analysis.risks import Risk, RiskKind, Risks
from clustergap.answers.changes import cell_namer
from clustergap.answers.phrases import carried, labels, level_names, query_in_words, role_names
from clustergap.answers.ratings import share_in_words, unassessed_in_words
from clustergap.answers.records import (
    AnswerPart,
    CellCoverage,
    CellName,
    InstrumentId,
    Levels,
    QuestionRecord,
    Roles,
    ShareRecord,
    SummaryRecord,
    TerritoryCode,
    axes,
    head,
)
from clustergap.document import (
    Block,
    Column,
    Document,
    Kind,
    Origin,
    Paragraph,
    Row,
    Rows,
    Sign,
    Table,
    Text,
)
from clustergap.model.dataset import Dataset
from clustergap.text import count, one_of

HEADER = (
    "role", "level", "cell", "coverage", "risk", "why", "instruments", "a gap from", "full again on", "territories",
    "loss", "not assessed", "as of",
)  # fmt: skip


def document(answer: Risks, origin: Origin) -> Document:
    """Say what is covered, but fragile, what would lose most first."""
    matrix = answer.matrix
    said = unjudged(answer)
    blocks: list[Block] = [Paragraph(said)] if said else []
    if answer.risks:
        columns = (
            Column("Cell"),
            Column("Coverage", Kind.COVERAGE),
            Column("Risk"),
            Column("Why"),
        )
        name, label = cell_namer(matrix.dataset), labels(matrix)
        rows = tuple(
            (
                name(risk.rating.cell),
                _coverage(risk.rating),
                risk.kind.value,
                sentence(risk, label, matrix.dataset),
            )
            for risk in answer.risks
        )
        blocks.append(Table("Risks", description(answer), columns, rows))
    return Document(
        headline(answer),
        tuple(blocks),
        meanings=tuple(f"{kind.value}: {meaning(kind, answer)}" for kind in kinds_of(answer)),
        subject=matrix.dataset.title,
        **carried(matrix, origin),
    )


def rows(answer: Risks) -> Rows:
    """Write every risk; its loss is the part of the cell's units, from 0 to 1.

    A last row of no cell names each kind that was not judged: who has nothing but the rows must know too.
    """
    return Rows(HEADER, _rows(answer))


_NOT_JUDGED = {
    RiskKind.ENDING: (
        "Endings were not judged: there is no date to count from. Ask as of a day: --as-of DATE, or --as-of today."
    )
}


def unjudged(found: Risks) -> str:
    """Say which kinds of risk nobody looked for, and why; nothing if all were looked for."""
    return " ".join(_NOT_JUDGED[kind] for kind in found.unjudged)


def headline(found: Risks) -> str:
    """Say how many risks there are, of what."""
    cells = len({risk.rating.cell for risk in found.risks})
    of = count(found.matrix.summary().cells, "cell")
    risks = f"{count(len(found.risks), 'risk')} in {cells} of {of}" if found.risks else "No risk"
    if found.unjudged and not found.risks:
        risks += " of a kind that needs no date"
    return f"{risks} ({query_in_words(found.matrix.query)})"


def description(answer: Risks) -> str:
    """Say what a table of risks shows, for those who cannot see it."""
    return f"{headline(answer)}. Each row is one risk, with its reason."


def meaning(kind: RiskKind, found: Risks) -> str:
    """Say what a kind of risk is."""
    until = found.until.isoformat() if found.until else ""
    return {
        RiskKind.SINGLE: "the cell rests on an instrument, and would be a gap without it.",
        RiskKind.ENDING: f"it becomes a gap by {until}, as instruments end.",
        RiskKind.NO_FUNDING: "all of its instruments are of kinds that give no money.",
        RiskKind.CROWDED: f"{found.crowded} instruments or more serve it: fragmentation.",
        RiskKind.ONE_SIDED: "some of its territories are covered in full, others not at all.",
    }[kind]


def kinds_of(found: Risks) -> list[RiskKind]:
    """Return the kinds that are there, in their own order."""
    there = {risk.kind for risk in found.risks}
    return [kind for kind in RiskKind if kind in there]


def sentence(risk: Risk, label: Mapping[str, str], dataset: Dataset) -> str:
    """Say in a sentence why the cell is fragile, with the names of what it hangs by."""
    names = [label[id_] for id_ in risk.instruments]
    match risk.kind:
        case RiskKind.SINGLE:
            return f"{_single(names)}{_left(risk)}."
        case RiskKind.ENDING:
            return f"{_ending(risk, names)}{_left(risk)}."
        case RiskKind.NO_FUNDING:
            return f"{_no_funding(risk, label, dataset)}."
        case RiskKind.CROWDED:
            return f"{count(len(names), 'instrument')}: {one_of(names)}."
        case RiskKind.ONE_SIDED:
            return f"Covered in {_share(risk)}; not in {one_of(risk.territories)}."


def _single(names: list[str]) -> str:
    if len(names) == 1:
        return f"Rests on {names[0]}: a gap without it"
    return f"Rests on each of {one_of(names)}: a gap without any one of them"


def _ending(risk: Risk, names: list[str]) -> str:
    day = risk.day.isoformat() if risk.day else ""
    ended = [*names, *(["an observation"] if risk.by_observation else [])]
    what = f"{one_of(ended)} {'ends' if len(ended) == 1 else 'end'}"
    again = f", until {risk.again.isoformat()}" if risk.again else ""
    return f"Becomes a gap on {day}{again}: {what}"


def _no_funding(risk: Risk, label: Mapping[str, str], dataset: Dataset) -> str:
    kinds = {kind.id: kind.name for kind in dataset.kinds}
    kind_of = {one.id: kinds[one.kind] for one in dataset.instruments if one.kind in kinds}
    named = [f"{label[id_]} ({kind_of[id_]})" for id_ in risk.instruments]
    return f"Gives no money: {one_of(named)}"


def _left(risk: Risk) -> str:
    # Without one of several: as little as this is left, and these may be lost. Where nobody said where, it is all.
    is_one = risk.kind is RiskKind.ENDING or len(risk.instruments) == 1
    words = ""
    share = share_in_words(risk.left.share) if risk.left else ""
    if share:
        words += f"; then {share}" if is_one else f"; then at worst {share}"
    if risk.territories:
        words += f"; {'lost' if is_one else 'at stake'}: {one_of(risk.territories)}"
    return words


def _share(risk: Risk) -> str:
    return share_in_words(risk.rating.share)


def _coverage(rating: Rating) -> Text:
    unassessed = unassessed_in_words(rating)
    return (Sign(rating.coverage), f"\n{unassessed}" if unassessed else "")


def _rows(found: Risks) -> Iterator[Row]:
    dataset, label = found.matrix.dataset, labels(found.matrix)
    roles, levels = role_names(dataset), level_names(dataset)
    for risk in found.risks:
        rating = risk.rating
        yield (
            roles[rating.cell.role],
            levels[rating.cell.level],
            str(rating.cell),
            rating.coverage,
            risk.kind.value,
            sentence(risk, label, dataset),
            "; ".join(label[id_] for id_ in risk.instruments),
            risk.day,
            risk.again,
            " ".join(risk.territories),
            round(risk.loss, 4),
            rating.share.unknown if rating.share else None,
            found.matrix.query.as_of,
        )
    for kind in found.unjudged:
        yield (None, None, None, None, kind.value, unjudged(found), *[None] * 7)


# The JSON document


class RiskRecord(AnswerPart):
    """A reason why a cell is fragile."""

    cell: CellName
    kind: RiskKind
    """The reason."""
    coverage: CellCoverage
    share: ShareRecord | None
    instruments: tuple[InstrumentId, ...]
    """What it hangs by, what ends, or all that serve it."""
    date: dt.date | None
    """The first day on which it is a gap, of the kind ending."""
    again: dt.date | None
    """The first day after that on which it is full again, if that is near too."""
    territories: tuple[TerritoryCode, ...]
    """Codes of those that are lost, or are not covered."""
    loss: Annotated[float, Field(ge=0, le=1)]
    """The part of what is covered in full that would go."""
    sentence: str
    """The same in words."""


class RisksRecord(QuestionRecord):
    """What is covered, but fragile."""

    schema_: Literal["clustergap/risks@1"] = "clustergap/risks@1"
    until: dt.date | None
    """The last day on which a gap that opens counts as near; null: there is no date to count from."""
    crowded: Annotated[int, Field(ge=2)]
    """How many instruments are many."""
    levels: Levels
    roles: Roles
    summary: SummaryRecord
    risks: tuple[RiskRecord, ...]
    """The risks; what would lose most first."""
    unjudged: tuple[Annotated[RiskKind, Field(description="A kind.")], ...]
    """Kinds that were not looked for, as there is no date to count from."""


def record(answer: Risks, origin: Origin) -> RisksRecord:
    """Return ``clustergap/risks@1``."""
    label = labels(answer.matrix)
    risks = [
        RiskRecord(
            cell=risk.rating.cell,
            kind=risk.kind,
            coverage=risk.rating.coverage,
            share=risk.rating.share,
            instruments=risk.instruments,
            date=risk.day,
            again=risk.again,
            territories=risk.territories,
            loss=round(risk.loss, 4),
            sentence=sentence(risk, label, answer.matrix.dataset),
        )
        for risk in answer.risks
    ]
    return RisksRecord(
        **head(answer.matrix, origin),
        **axes(answer.matrix),
        until=answer.until,
        crowded=answer.crowded,
        risks=risks,
        unjudged=answer.unjudged,
    )

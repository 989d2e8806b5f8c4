"""What is covered, but fragile, and why."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from clustergap.analysis.counting import lines_of
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.risks import Risk, RiskKind, Risks
from clustergap.answers.phrases import Names, kind_name, names_of, query_in_words
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import (
    WritePlaces,
    is_unsaid,
    missing_in_words,
    share_columns,
    share_in_words,
    unknown_in_words,
    write_codes,
)
from clustergap.answers.records import (
    AnswerPart,
    CellCoverage,
    CellName,
    InstrumentId,
    Levels,
    Open,
    QuestionRecord,
    Roles,
    ShareRecord,
    SummaryRecord,
    TerritoryCode,
    cells_head,
)
from clustergap.document import Column, ColumnKind, Document, Row, Rows, Table
from clustergap.model.dataset import Dataset
from clustergap.origin import Origin
from clustergap.prose import Paragraph, Sign, Text
from clustergap.text import count, long_day, one_of

HEADER = (
    "role", "level", "cell", "coverage", "risk", "why", "instruments", "a gap from", "full again on", "territories",
    "loss", "unknown", "as of",
)  # fmt: skip


def document(answer: Risks, origin: Origin) -> Document:
    """List what is covered, but fragile; what would lose most comes first."""
    unjudged_kinds = unjudged(answer)
    return Document(
        headline(answer),
        (
            *([Paragraph(unjudged_kinds)] if unjudged_kinds else []),
            *([_table(answer)] if answer.risks else []),
        ),
        meanings=tuple(f"{kind.value}: {meaning(kind, answer)}" for kind in kinds_of(answer)),
        subject=answer.matrix.dataset.title,
        **provenance(answer.matrix, origin),
    )


def _table(answer: Risks) -> Table:
    columns = (
        Column("Role and level"),
        Column("Coverage", ColumnKind.COVERAGE),
        Column("Risk"),
        Column("Why"),
    )
    dataset, names = answer.matrix.dataset, names_of(answer.matrix)
    rows = tuple(
        (
            names.cell(risk.rating.cell),
            _coverage(risk.rating),
            risk.kind.value,
            sentence(risk, names, dataset),
        )
        for risk in answer.risks
    )
    return Table("Risks", description(answer), columns, rows)


def _coverage(rating: Rating) -> Text:
    unknown = unknown_in_words(rating)
    return (Sign(rating.coverage, is_unsaid(rating)), f"\n{unknown}" if unknown else "")


def rows(answer: Risks) -> Rows:
    """Write every risk; its loss is a part of the cell's units, from 0 to 1.

    Each kind that was not judged is named in a last row without a cell, as rows have no other place to say so.
    """
    named = names_of(answer.matrix).places.list_with_codes
    return Rows(HEADER, _rows(answer, write_codes), _rows(answer, named))


def _rows(answer: Risks, write: WritePlaces) -> Iterator[Row]:
    dataset, names = answer.matrix.dataset, names_of(answer.matrix)
    for risk in answer.risks:
        yield (
            *names.cell_columns(risk.rating.cell),
            risk.rating.coverage,
            risk.kind.value,
            sentence(risk, names, dataset),
            "; ".join(names.list_instruments(risk.instruments)),
            risk.day if risk.kind is RiskKind.ENDING else None,
            risk.again,
            write(risk.territories),
            round(risk.loss, 4),
            share_columns(risk.rating.share, write).unknown,
            answer.matrix.query.as_of,
        )
    for kind in answer.unjudged:
        yield (None, None, None, None, kind.value, unjudged(answer), *[None] * 7)


# In words

_NOT_JUDGED = {
    RiskKind.ENDING: ("Endings were not judged: there is no date to count from."),
    RiskKind.WINDING_DOWN: "What winds down was not judged either.",
}


def unjudged(answer: Risks) -> str:
    """Say which kinds of risk were not looked for, and why; nothing if all were."""
    return " ".join(_NOT_JUDGED[kind] for kind in answer.unjudged)


def headline(answer: Risks) -> str:
    """Say how many risks there are, in how many cells, and under which query."""
    cells = len({risk.rating.cell for risk in answer.risks})
    of = f"{count(answer.matrix.summary().cells, 'pair')} of role and level"
    risks = f"{count(len(answer.risks), 'risk')} in {cells} of {of}" if answer.risks else "No risk"
    if answer.unjudged and not answer.risks:
        risks += " of a kind that needs no date"
    return f"{risks} ({query_in_words(answer.matrix.query)})"


def description(answer: Risks) -> str:
    """Describe a table of risks for those who cannot see it."""
    return f"{headline(answer)}. Each row is one risk, with its reason."


def meaning(kind: RiskKind, answer: Risks) -> str:
    """Say what a kind of risk means."""
    until = long_day(answer.until) if answer.until else ""
    return {
        RiskKind.SINGLE: "what is covered rests on an instrument, and would be a gap without it.",
        RiskKind.ENDING: f"it becomes a gap by {until}, as instruments end.",
        RiskKind.WINDING_DOWN: f"all that covers it in full takes no new commitments, by {until} at the latest.",
        RiskKind.NO_FUNDING: "all of its instruments are of kinds that give no money.",
        RiskKind.CROWDED: f"{answer.crowded} instruments or more serve it: fragmentation.",
        RiskKind.ONE_SIDED: "some of its places are covered in full, others not at all.",
    }[kind]


def kinds_of(answer: Risks) -> list[RiskKind]:
    """Return the kinds of the risks that were found, in the order of ``RiskKind``."""
    kinds = {risk.kind for risk in answer.risks}
    return [kind for kind in RiskKind if kind in kinds]


def sentence(risk: Risk, names: Names, dataset: Dataset) -> str:
    """Say in a sentence why the cell is fragile, with the names of the instruments concerned."""
    instruments = names.list_instruments(risk.instruments)
    match risk.kind:
        case RiskKind.SINGLE:
            return f"{_single(instruments, _then(risk))}{_loss_in_words(risk, names)}."
        case RiskKind.ENDING:
            return f"{_ending(risk, names)}{_loss_in_words(risk, names)}."
        case RiskKind.WINDING_DOWN:
            return f"{_winding_down(risk, instruments)}."
        case RiskKind.NO_FUNDING:
            return f"{_no_funding(risk, names, dataset)}."
        case RiskKind.CROWDED:
            lines = len(lines_of(dataset, risk.instruments))
            of = f" of {count(lines, 'line')} of policy" if lines < len(instruments) else ""
            return f"{count(len(instruments), 'instrument')}{of}: {one_of(instruments)}."
        case RiskKind.ONE_SIDED:
            covered = share_in_words(risk.rating.share)
            return f"Covered in {covered}; {missing_in_words(risk.rating, names.places)}."


def _then(risk: Risk) -> str:
    # What is somewhere may be here: then without what covers it here nobody knows whether there is a gap.
    is_unknown = risk.left is not None and risk.left.coverage is Coverage.UNKNOWN
    return "unknown" if is_unknown else "a gap"


def _single(names: list[str], then: str) -> str:
    if len(names) == 1:
        return f"Rests on {names[0]}: {then} without it"
    return f"Rests on each of {one_of(names)}: {then} without any one of them"


def _ending(risk: Risk, names: Names) -> str:
    day = long_day(risk.day) if risk.day else ""
    # By that with which they end; an observation, as what has a last day of its own, ends with nothing.
    ending: dict[str | None, list[str]] = {None: []}
    for id_, owner in zip(risk.instruments, risk.ends_with, strict=True):
        ending.setdefault(owner, []).append(names.instruments[id_])
    ending[None] += ["an observation"] if risk.by_observation else []
    clauses = [
        f"{one_of(own_names)} {'ends' if len(own_names) == 1 else 'end'}"
        + (f" with {names.instruments[owner]}" if owner else "")
        for owner, own_names in ending.items()
        if own_names
    ]
    again = f", until {long_day(risk.again)}" if risk.again else ""
    return f"Becomes {_then(risk)} on {day}{again}: {'; '.join(clauses)}"


def _winding_down(risk: Risk, names: list[str]) -> str:
    day = long_day(risk.day) if risk.day else ""
    verb = "winds" if len(names) == 1 else "wind"
    return f"No new commitments from {day} on: {one_of(names)} {verb} down"


def _no_funding(risk: Risk, names: Names, dataset: Dataset) -> str:
    named = [
        f"{names.instruments[instrument.id]} ({kind_name(dataset, instrument)})"
        for instrument in dataset.instruments
        if instrument.id in risk.instruments
    ]
    return f"Gives no money: {one_of(named)}"


def _loss_in_words(risk: Risk, names: Names) -> str:
    # If the cell rests on several instruments, this is the worst case. Without territories the whole cell is lost.
    is_certain = risk.kind is RiskKind.ENDING or len(risk.instruments) == 1
    words = ""
    share = share_in_words(risk.left.share) if risk.left else ""
    if share:
        words += f"; then {'' if is_certain else 'at worst '}{share}"
    if risk.territories:
        words += f"; {'lost' if is_certain else 'at stake'}: {names.places.few(risk.rating.cell.level, risk.territories)}"
    return words


# The JSON document


class RiskRecord(AnswerPart):
    """A reason why a cell is fragile."""

    cell: CellName
    kind: Annotated[RiskKind, Open]
    """The reason."""
    coverage: CellCoverage
    share: ShareRecord | None
    instruments: tuple[InstrumentId, ...]
    """What it hangs by, what ends, or all that serve it."""
    date: dt.date | None
    """The first day on which it is a gap, of the kind ending; on which nothing that covers it in full takes new commitments, of the kind winding-down."""
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
    unjudged: tuple[Annotated[RiskKind, Open, Field(description="A kind.")], ...]
    """Kinds that were not looked for, as there is no date to count from."""


def record(answer: Risks, origin: Origin) -> RisksRecord:
    """Return ``clustergap/risks@1``."""
    names = names_of(answer.matrix)
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
            sentence=sentence(risk, names, answer.matrix.dataset),
        )
        for risk in answer.risks
    ]
    return RisksRecord(
        **cells_head(answer.matrix, origin),
        until=answer.until,
        crowded=answer.crowded,
        risks=risks,
        unjudged=answer.unjudged,
    )

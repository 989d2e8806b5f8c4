"""The gaps, worst first, and a gap's surroundings in words."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    Names,
    gaps_in_words,
    meanings_in_words,
    names_of,
    query_in_words,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import (
    WritePlaces,
    is_unsaid,
    reasons,
    share_columns,
    share_in_words,
    unknown_in_words,
    write_codes,
)
from clustergap.answers.records import AnswerPart, CellRecord, CellsRecord, LevelId, cells_head
from clustergap.document import Column, ColumnKind, Document, Row, Rows, Table
from clustergap.model.dates import date_in_words, when_in_words
from clustergap.origin import Origin
from clustergap.prose import Paragraph, Sign, Text
from clustergap.text import capitalise, count, one_of

HEADER = (
    "role", "level", "cell", "coverage", "instruments", "why", "covered", "of", "missing", "elsewhere",
    "accepted", "accepted by", "accepted until", "as of",
)  # fmt: skip


def document(answer: Gaps, origin: Origin) -> Document:
    """List the gaps, worst first."""
    matrix, left_open = answer.matrix, [*_unknown(answer), *_partly_known(answer.matrix)]
    return Document(
        _title(matrix),
        (
            _table(answer) if answer.gaps else Paragraph(_no_gap(answer)),
            *(Paragraph(words, is_apart=True) for words in left_open),
        ),
        meanings=(meanings_in_words(matrix),),
        subject=matrix.dataset.title,
        **provenance(matrix, origin),
    )


def _title(matrix: Matrix) -> str:
    summary = matrix.summary()
    where = ""
    if len(matrix.levels) < len(matrix.dataset.levels):
        noun = "level" if len(matrix.levels) == 1 else "levels"
        where += f" at {noun} {one_of([level.name for level in matrix.levels])}"
    if len(matrix.roles) < len(matrix.dataset.roles):
        where += f" for {one_of([role.name for role in matrix.roles])}"
    cells = f"{count(summary.cells, 'pair')} of role and level"
    unknown = f", {summary.unknown} unknown" if summary.unknown else ""
    query = query_in_words(matrix.query)
    return f"Gaps{where}: {summary.none} none, {summary.partial} partial of {cells}{unknown} ({query})"


def _no_gap(answer: Gaps) -> str:
    if answer.unknown:
        return f"{capitalise(no_gap_in_words(len(answer.unknown)))}."
    return "No gap that is known." if any(_partly_known(answer.matrix)) else "No gaps."


def _unknown(answer: Gaps) -> Iterator[str]:
    """Name the cells of which nobody knows, the first dozen of them, each with the reason."""
    names = names_of(answer.matrix)
    cells = [
        f"{names.cell_in_sentence(gap.rating.cell)} ({'; '.join(reasons(gap.rating, names.places))})"
        for gap in answer.unknown
    ]
    if cells:
        yield f"Unknown: {one_of(cells)}."


def _partly_known(matrix: Matrix) -> Iterator[str]:
    """Name the cells that are full only where somebody knows: among the rest there may be gaps."""
    names = names_of(matrix)
    cells = [
        f"{names.cell_in_sentence(rating.cell)} ({share_in_words(rating.share)})"
        for rating in matrix
        if rating.coverage is Coverage.FULL and unknown_in_words(rating)
    ]
    if cells:
        yield f"Full where it is known: {one_of(cells)}."


def _table(answer: Gaps) -> Table:
    columns = (
        Column("Role"),
        Column("Level"),
        Column("Coverage", ColumnKind.COVERAGE),
        Column("Why"),
        Column("Instruments", is_detail=True),
        Column("Elsewhere"),
    )
    names = names_of(answer.matrix)
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            *names.cell_columns(gap.rating.cell)[:2],
            (Sign(gap.rating.coverage, is_unsaid(gap.rating)),),
            "; ".join([*reasons(gap.rating, names.places), *acceptance(gap)]),
            ", ".join(names.list_instruments(gap.rating.instruments)),
            ", ".join(elsewhere(gap, names)) or "nowhere",
        )
        for gap in answer.gaps
    )
    return Table("Gaps", description(answer), columns, rows)


def rows(answer: Gaps) -> Rows:
    """Write every gap, worst first."""
    named = names_of(answer.matrix).places.list_with_codes
    return Rows(HEADER, _rows(answer, write_codes), _rows(answer, named))


def _rows(answer: Gaps, write: WritePlaces) -> Iterator[Row]:
    names = names_of(answer.matrix)
    for gap in answer.gaps:
        rating, accepted = gap.rating, gap.accepted
        share = share_columns(rating.share, write)
        yield (
            *names.cell_columns(rating.cell),
            rating.coverage,
            "; ".join(names.list_instruments(rating.instruments)),
            "; ".join(reasons(rating, names.places)),
            share.covered,
            share.of,
            share.missing,
            "; ".join(elsewhere(gap, names)),
            *((accepted.reason, accepted.by, accepted.until) if accepted else (None, None, None)),
            answer.matrix.query.as_of,
        )


# In words


def description(answer: Gaps) -> str:
    """Describe a table of gaps for those who cannot see it."""
    return f"{gaps_in_words(answer.matrix)} Each row is one gap, with its reasons."


def elsewhere(gap: Gap, names: Names) -> list[str]:
    """Say how the other levels cover the same role."""
    return [f"{names.levels[other.cell.level]} {other.coverage.value}" for other in gap.elsewhere]


def no_gap_in_words(unknown: int) -> str:
    """Say that there is no gap where some cells are unknown, which may be some."""
    return f"no gap that is known; {count(unknown, 'pair of role and level is', 'pairs of role and level are')} unknown"


def acceptance(gap: Gap) -> list[str]:
    """Say who accepted the gap, until when and why; nothing if it is not accepted."""
    accepted = gap.accepted
    if accepted is None:
        return []
    by = f" by {accepted.by}" if accepted.by else ""
    until = f" until {date_in_words(accepted.until)}" if accepted.until else ""
    return [f"{'acceptance expired' if gap.expired else 'accepted'}{by}{until}: {accepted.reason}"]


def why_in_words(gap: Gap, names: Names) -> list[str]:
    """Say why a cell is a gap, what covers it in part, and who accepted it."""
    instruments = ", ".join(names.list_instruments(gap.rating.instruments))
    by = [f"by {instruments}"] if instruments else []
    return [*reasons(gap.rating, names.places), *by, *acceptance(gap)]


UNKNOWN_PAIR = ("unknown pair of role and level", "unknown pairs of role and level")


def failure(failing: Sequence[Gap]) -> str:
    """Say for which gaps and unknown cells a gate fails, and whose acceptance has expired."""
    cells = [f"{gap.rating.cell}{_expired(gap)}" for gap in failing]
    gaps = sum(gap.rating.coverage.is_gap for gap in failing)
    numbers = ((gaps, ("gap", "gaps")), (len(failing) - gaps, UNKNOWN_PAIR))
    words = " and ".join([count(number, *nouns) for number, nouns in numbers if number])
    return f"fails for {words} that nobody has accepted: {one_of(cells)}"


def unjudged_in_words(unjudged: Sequence[Gap]) -> str:
    """Say which unknown cells a gate has not judged: it is not green for them."""
    cells = one_of([str(gap.rating.cell) for gap in unjudged])
    number = count(len(unjudged), *UNKNOWN_PAIR)
    them = "it" if len(unjudged) == 1 else "them"
    return f"the gate did not judge {number}: {cells}; --fail-on unknown fails for {them}"


def _expired(gap: Gap) -> str:
    until = gap.accepted.until if gap.accepted else None
    return f" (its acceptance expired {when_in_words(until)})" if until else ""


# The JSON document


class AcceptedRecord(AnswerPart):
    """The decision to live with the gap."""

    reason: str
    """Why."""
    by: str | None
    """Who has decided."""
    until: date | None
    """Last day of the decision."""
    expired: bool
    """Whether that day is past, on the day of --today."""


class GapRecord(CellRecord):
    """A gap."""

    elsewhere: tuple[LevelId, ...]
    """Levels that cover the same role in full or in part."""
    accepted: AcceptedRecord | None


def gap_keys(gap: Gap) -> dict[str, object]:
    """Return the keys of a gap: its cell, where else the role is covered, who has accepted it."""
    accepted = gap.accepted
    return {
        **dict(CellRecord.model_validate(gap.rating)),
        "elsewhere": [rating.cell.level for rating in gap.elsewhere],
        "accepted": accepted
        and AcceptedRecord(
            reason=accepted.reason, by=accepted.by, until=accepted.until, expired=gap.expired
        ),
    }


class GapsRecord(CellsRecord):
    """What is missing."""

    schema_: Literal["clustergap/gaps@1"] = "clustergap/gaps@1"
    gaps: tuple[GapRecord, ...]
    """The gaps: none before partial, then in file order."""


def record(answer: Gaps, origin: Origin) -> GapsRecord:
    """Return ``clustergap/gaps@1``."""
    gaps = [GapRecord(**gap_keys(gap)) for gap in answer.gaps]
    return GapsRecord(**cells_head(answer.matrix, origin), gaps=gaps)

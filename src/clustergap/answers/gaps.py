"""The gaps, worst first, and a gap's surroundings in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    carried,
    gaps_in_words,
    labels,
    level_names,
    meanings_in_words,
    query_in_words,
    role_names,
)
from clustergap.answers.ratings import reasons
from clustergap.answers.records import (
    AnswerPart,
    CellRecord,
    LevelId,
    Levels,
    QuestionRecord,
    Roles,
    SummaryRecord,
    axes,
    head,
)
from clustergap.document import (
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
from clustergap.text import count, one_of

HEADER = (
    "role", "level", "cell", "coverage", "instruments", "why", "covered", "of", "missing", "elsewhere",
    "accepted", "accepted by", "accepted until", "as of",
)  # fmt: skip


def document(answer: Gaps, origin: Origin) -> Document:
    """List the gaps, worst first."""
    matrix = answer.matrix
    block = _table(answer) if answer.gaps else Paragraph("No gaps.")
    return Document(
        _title(matrix),
        (block,),
        meanings=(meanings_in_words(matrix),),
        subject=matrix.dataset.title,
        **carried(matrix, origin),
    )


def rows(answer: Gaps) -> Rows:
    """Write every gap, worst first."""
    return Rows(HEADER, _rows(answer))


def _table(answer: Gaps) -> Table:
    columns = (
        Column("Role"),
        Column("Level"),
        Column("Coverage", Kind.COVERAGE),
        Column("Why"),
        Column("Instruments", is_detail=True),
        Column("Elsewhere"),
    )
    dataset, label = answer.matrix.dataset, labels(answer.matrix)
    roles, levels = role_names(dataset), level_names(dataset)
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            roles[gap.rating.cell.role],
            levels[gap.rating.cell.level],
            (Sign(gap.rating.coverage),),
            "; ".join([*reasons(gap.rating), *acceptance(gap)]),
            ", ".join(label[id_] for id_ in gap.rating.instruments),
            ", ".join(elsewhere(gap, levels)) or "nowhere",
        )
        for gap in answer.gaps
    )
    return Table("Gaps", description(answer), columns, rows)


def description(answer: Gaps) -> str:
    """Say what a table of gaps shows, for those who cannot see it."""
    return f"{gaps_in_words(answer.matrix)} Each row is one gap, with its reasons."


def elsewhere(gap: Gap, levels: Mapping[str, str]) -> list[str]:
    """Say how the other levels cover the same role; *levels* holds their names by id."""
    return [f"{levels[other.cell.level]} {other.coverage.value}" for other in gap.elsewhere]


def acceptance(gap: Gap) -> list[str]:
    """Say who lives with the gap, until when and why; nothing if nobody has accepted it."""
    accepted = gap.accepted
    if accepted is None:
        return []
    by = f" by {accepted.by}" if accepted.by else ""
    until = f" until {accepted.until.isoformat()}" if accepted.until else ""
    return [f"{'acceptance expired' if gap.expired else 'accepted'}{by}{until}: {accepted.reason}"]


def why_in_words(gap: Gap, label: Mapping[str, str]) -> list[str]:
    """Say why a cell is a gap, by what it is covered in part, and who lives with it; *label* names the instruments."""
    names = ", ".join(label[id_] for id_ in gap.rating.instruments)
    return [*reasons(gap.rating), *([f"by {names}"] if names else []), *acceptance(gap)]


def failure(failing: Sequence[Gap]) -> str:
    """Say for which gaps a gate fails, and whose acceptance has expired."""
    cells = [f"{gap.rating.cell}{_expired(gap)}" for gap in failing]
    return f"fails for {count(len(failing), 'gap')} that nobody has accepted: {one_of(cells)}"


def _expired(gap: Gap) -> str:
    until = gap.accepted.until if gap.accepted else None
    return f" (its acceptance expired on {until.isoformat()})" if until else ""


def _title(matrix: Matrix) -> str:
    summary = matrix.summary()
    where = ""
    if len(matrix.levels) < len(matrix.dataset.levels):
        noun = "level" if len(matrix.levels) == 1 else "levels"
        where += f" at {noun} {one_of([level.name for level in matrix.levels])}"
    if len(matrix.roles) < len(matrix.dataset.roles):
        where += f" for {one_of([role.name for role in matrix.roles])}"
    cells = count(summary.cells, "cell")
    return f"Gaps{where}: {summary.none} none, {summary.partial} partial of {cells} ({query_in_words(matrix.query)})"


def _rows(found: Gaps) -> Iterator[Row]:
    matrix = found.matrix
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for gap in found.gaps:
        rating, share, accepted = gap.rating, gap.rating.share, gap.accepted
        yield (
            roles[rating.cell.role],
            levels[rating.cell.level],
            str(rating.cell),
            rating.coverage,
            "; ".join(label[id_] for id_ in rating.instruments),
            "; ".join(reasons(rating)),
            share.covered if share else None,
            share.of if share else None,
            " ".join(share.missing) if share else None,
            "; ".join(elsewhere(gap, levels)),
            accepted.reason if accepted else None,
            accepted.by if accepted else None,
            accepted.until if accepted else None,
            matrix.query.as_of,
        )


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


class GapsRecord(QuestionRecord):
    """What is missing."""

    schema_: Literal["clustergap/gaps@1"] = "clustergap/gaps@1"
    levels: Levels
    roles: Roles
    summary: SummaryRecord
    gaps: tuple[GapRecord, ...]
    """The gaps: none before partial, then in file order."""


def record(answer: Gaps, origin: Origin) -> GapsRecord:
    """Return ``clustergap/gaps@1``."""
    gaps = [GapRecord(**gap_keys(gap)) for gap in answer.gaps]
    return GapsRecord(**head(answer.matrix, origin), **axes(answer.matrix), gaps=gaps)

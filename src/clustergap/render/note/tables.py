"""The tables of a note, and its sources."""

from collections.abc import Iterable

from clustergap.analysis.coverage import Rating
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.risks import Risk, Risks
from clustergap.answers.gaps import elsewhere, why_in_words
from clustergap.answers.phrases import (
    gaps_in_words,
    labels,
    level_names,
    role_names,
    worst_in_words,
)
from clustergap.answers.ratings import marked_names, reasons, unassessed_in_words
from clustergap.answers.risks import headline, sentence
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.render.note.parts import Reference, References, Table, TableCell


def matrix_table(matrix: Matrix) -> Table:
    """Show how every role is covered at every level, by what, and why not."""
    return Table(
        "Coverage by role and level",
        f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".strip(),
        ("Role", *(level.name for level in matrix.levels)),
        tuple(
            (
                _text(role.name),
                *(_rated(matrix, Cell(role.id, level.id)) for level in matrix.levels),
            )
            for role in matrix.roles
        ),
    )


def gap_table(found: Gaps) -> Table:
    """Show every gap, why it is one, how its role is covered elsewhere, and who lives with it."""
    return Table(
        "Gaps",
        f"{gaps_in_words(found.matrix)} Each row is one gap, with its reasons.",
        ("Role", "Level", "Coverage", "Why", "Elsewhere"),
        tuple(_gap(found.matrix, gap) for gap in found.gaps),
    )


def risk_table(found: Risks) -> Table:
    """Show every reason why a covered cell is fragile."""
    return Table(
        "Risks",
        f"{headline(found)}. Each row is one risk, with its reason.",
        ("Role", "Level", "Coverage", "Risk", "Why"),
        tuple(_risk(found, risk) for risk in found.risks),
    )


def references(dataset: Dataset) -> References:
    """List the sources of a dataset by the keys that texts cite."""
    return References(
        tuple(
            Reference(
                key, _joined((one.author, one.title, one.publisher, one.date)), one.url or ""
            )
            for key, one in dataset.sources.items()
        )
    )


def _rated(matrix: Matrix, cell: Cell) -> TableCell:
    rating, label = matrix.ratings[cell], labels(matrix)
    names = marked_names(rating, label)
    number = f"{len(names)}{'!' if rating.rests_on else ''}" if names else ""
    lines = (", ".join(names), "; ".join(reasons(rating)) if _is_worth_saying(rating) else "")
    return TableCell(tuple(line for line in lines if line), rating.coverage, number)


def _is_worth_saying(rating: Rating) -> bool:
    return rating.coverage.is_gap or bool(rating.notes or rating.share or not rating.instruments)


def _gap(matrix: Matrix, gap: Gap) -> tuple[TableCell, ...]:
    rating = gap.rating
    others = elsewhere(gap, level_names(matrix.dataset)) or ["nowhere"]
    return (
        *_names(matrix.dataset, rating.cell),
        TableCell((), rating.coverage),
        TableCell(tuple(why_in_words(gap, labels(matrix)))),
        TableCell(tuple(others)),
    )


def _risk(found: Risks, risk: Risk) -> tuple[TableCell, ...]:
    matrix, unassessed = found.matrix, unassessed_in_words(risk.rating)
    return (
        *_names(matrix.dataset, risk.rating.cell),
        TableCell((unassessed,) if unassessed else (), risk.rating.coverage),
        _text(risk.kind.value),
        _text(sentence(risk, labels(matrix), matrix.dataset)),
    )


def _names(dataset: Dataset, cell: Cell) -> tuple[TableCell, TableCell]:
    return _text(role_names(dataset)[cell.role]), _text(level_names(dataset)[cell.level])


def _text(words: str) -> TableCell:
    return TableCell((words,))


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)

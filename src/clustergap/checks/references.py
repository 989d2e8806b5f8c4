"""CG201 to CG204, CG206, CG207: everything that a file names exists."""

from collections.abc import Callable, Collection, Iterator, Sequence

from clustergap.checks.walk import (
    Violations,
    cells,
    citations,
    distinct_cells,
    statement_path,
    statements,
    swot_items,
)
from clustergap.findings import At, DataPath, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Except, Level, Statement
from clustergap.reference.territories import ELSEWHERE
from clustergap.wording import did_you_mean, one_of, quote

MOST_COMPARED = 1_000
"""Names that a wrong one is compared with; more would make thousands of wrong ones slow."""


def unknown_role(dataset: Dataset) -> Violations:
    """Find roles that the dataset does not declare, in cells and in the SWOT's links."""
    known = {role.id: None for role in dataset.roles}
    for holder, cell in _cells_unless(dataset, lambda cell: cell.role in known):
        yield _unknown(statement_path(holder, cell), cell.role, "role", known, At.KEY)
    for path, item in swot_items(dataset):
        for k, cell in enumerate(item.cells):
            if cell.role not in known:
                yield _unknown((*path, "cells", k), cell.role, "role", known, At.VALUE)
        yield from _unknown_in((*path, "roles"), item.roles, "role", known)


def unknown_level(dataset: Dataset) -> Violations:
    """Find levels that the dataset does not declare; an alias is no id."""
    known = {level.id: None for level in dataset.levels}
    by_alias = {
        alias.casefold(): level.id
        for level in dataset.levels
        for alias in (level.name, *level.aliases)
    }
    for holder, cell in _cells_unless(dataset, lambda cell: cell.level in known):
        violation = _unknown(
            statement_path(holder, cell), f"@{cell.level}", "level", known, At.KEY
        )
        meant = by_alias.get(cell.level)
        hint = f"did you mean {quote(meant)}? Files name levels by id"
        yield violation._replace(hint=hint) if meant else violation
    for place in dataset.assessed:
        if isinstance(place, str) and place not in known:
            yield _unknown(("assessed", place), place, "level", known, At.KEY)
    for path, item in swot_items(dataset):
        for k, cell in enumerate(item.cells):
            if cell.level not in known:
                yield _unknown((*path, "cells", k), f"@{cell.level}", "level", known, At.VALUE)
        yield from _unknown_in((*path, "levels"), item.levels, "level", known)


def unknown_instrument(dataset: Dataset) -> Violations:
    """Find instruments that successors and SWOT items name and no file holds."""
    known = {instrument.id: None for instrument in dataset.instruments}
    for i, instrument in enumerate(dataset.instruments):
        if instrument.succeeded_by:
            successors: DataPath = ("instruments", i, "succeeded_by")
            yield from _unknown_in(successors, instrument.succeeded_by, "instrument", known)
    for path, item in swot_items(dataset):
        yield from _unknown_in((*path, "instruments"), item.instruments, "instrument", known)


def unknown_source(dataset: Dataset) -> Violations:
    """Find citations of sources that no file declares."""
    for path, refs in citations(dataset):
        for k, citation in enumerate(refs):
            if citation.ref not in dataset.sources:
                place = (*path, "sources", k, "ref")
                yield _unknown(place, citation.ref, "source", dataset.sources, At.VALUE)


def unknown_kind(dataset: Dataset) -> Violations:
    """Find kinds outside of the dataset's vocabulary, where it has one."""
    kinds = {kind.id: None for kind in dataset.kinds}
    for i, instrument in enumerate(dataset.instruments):
        if kinds and instrument.kind is not None and instrument.kind not in kinds:
            yield _unknown(("instruments", i, "kind"), instrument.kind, "kind", kinds, At.VALUE)


def unknown_target(dataset: Dataset) -> Violations:
    """Find target groups outside of the dataset's vocabulary, where it has one."""
    targets = {target.id: None for target in dataset.targets}
    for i, instrument in enumerate(dataset.instruments):
        if targets and instrument.targets:
            path: DataPath = ("instruments", i, "targets")
            yield from _unknown_in(path, instrument.targets, "target", targets)


def unknown_territory(dataset: Dataset) -> Violations:
    """Find codes that are neither a unit of their level nor an ancestor of one."""
    levels = {level.id: level for level in dataset.levels}
    known = {level.id: _units_and_ancestors(level) for level in dataset.levels}
    for holder, cell, statement in statements(dataset):
        named = _codes(statement)
        if named and cell.level in levels and not known[cell.level].issuperset(named):
            excepted = ("except",) if isinstance(statement.territories, Except) else ()
            path = (*statement_path(holder, cell), "territories", *excepted)
            yield from _no_territories(path, named, levels[cell.level], known[cell.level])
    for place, codes in dataset.assessed.items():
        level = place.level if isinstance(place, Cell) else place
        if level in levels:
            path = ("assessed", str(place))
            yield from _no_territories(path, codes, levels[level], known[level])


def _cells_unless(
    dataset: Dataset, is_right: Callable[[Cell], bool]
) -> Iterator[tuple[DataPath, Cell]]:
    # There are few cells, and nearly always all are right: where they stand is looked for only if not.
    wrong = {cell for cell in distinct_cells(dataset) if not is_right(cell)}
    return (row for row in cells(dataset) if row[1] in wrong) if wrong else iter(())


def _codes(statement: Statement) -> Sequence[str]:
    territories = statement.territories
    if territories is None:
        return ()
    return territories.codes if isinstance(territories, Except) else territories


def _units_and_ancestors(level: Level) -> set[str]:
    return {unit.code[:length] for unit in level.units for length in range(2, len(unit.code) + 1)}


def _no_territories(
    path: DataPath, codes: Sequence[str], level: Level, known: Collection[str]
) -> Violations:
    for k, code in enumerate(codes):
        if code not in known:
            yield _no_territory((*path, k), code, level)


def _no_territory(path: DataPath, code: str, level: Level) -> Violation:
    units = [unit.code for unit in level.units]
    if not units:
        message = (
            f"the level {quote(level.name)} has no territories, so {quote(code)} cannot be one"
        )
        return Violation(
            path, message, f"leave them out, or give {quote(level.id)} its territories"
        )
    above = max((unit for unit in units if code.startswith(unit)), key=len, default=None)
    elsewhere = ELSEWHERE.get(code[:2])
    hint = f"did you mean {quote(above)}?" if above else did_you_mean(code, units)
    if elsewhere:
        hint = f"Eurostat writes {elsewhere} for {code[:2]}: did you mean {quote(elsewhere + code[2:])}?"
    message = f"{quote(code)} is not a territory of the level {quote(level.name)}"
    return Violation(path, message, hint or f"it lists {one_of(units)}")


def _unknown_in(
    path: DataPath, named: Collection[str], noun: str, known: Collection[str]
) -> Violations:
    for k, word in enumerate(named):
        if word not in known:
            yield _unknown((*path, k), word, noun, known, At.VALUE)


def _unknown(path: DataPath, text: str, noun: str, known: Collection[str], at: At) -> Violation:
    word = text.removeprefix("@")
    article = "an" if noun == "instrument" else "a"
    meant = did_you_mean(word, known) if len(known) <= MOST_COMPARED else ""
    hint = meant or f"there are: {one_of(known)}"
    return Violation(path, f"{quote(word)} is not {article} {noun}", hint, at, text)

"""CG201 to CG204, CG206, CG207: everything that a file names exists."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from clustergap.checks.vocabulary import Vocabulary
from clustergap.checks.walk import (
    Violations,
    cells,
    citations,
    distinct_cells,
    named_codes,
    swot_items,
    territory_lists,
)
from clustergap.findings import At, DataPath, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.reference.territories import COUNTRIES, with_ancestors
from clustergap.text import MOST_LISTED, one_of, quote


def unknown_role(dataset: Dataset) -> Violations:
    """Find roles that the dataset does not declare, in cells and in the SWOT's links."""
    known = Vocabulary("role", {role.id: None for role in dataset.roles})
    for path, cell in _cells_unless(dataset, lambda cell: cell.role in known):
        yield known.unknown(path, cell.role, At.KEY)
    for path, item in swot_items(dataset):
        for k, cell in enumerate(item.cells):
            if cell.role not in known:
                yield known.unknown((*path, "cells", k), cell.role)
        yield from _unknown_in((*path, "roles"), item.roles, known)


def unknown_level(dataset: Dataset) -> Violations:
    """Find levels that the dataset does not declare; an alias is no id."""
    known = Vocabulary("level", {level.id: None for level in dataset.levels})
    by_alias = {
        alias.casefold(): level.id
        for level in dataset.levels
        for alias in (level.name, *level.aliases)
    }
    for path, cell in _cells_unless(dataset, lambda cell: cell.level in known):
        violation = known.unknown(path, f"@{cell.level}", At.KEY)
        meant = by_alias.get(cell.level)
        hint = f"did you mean {quote(meant)}? Files name levels by id"
        yield violation._replace(hint=hint) if meant else violation
    for place in dataset.assessed:
        if isinstance(place, str) and place not in known:
            yield known.unknown(("assessed", place), place, At.KEY)
    for path, item in swot_items(dataset):
        for k, cell in enumerate(item.cells):
            if cell.level not in known:
                yield known.unknown((*path, "cells", k), f"@{cell.level}")
        yield from _unknown_in((*path, "levels"), item.levels, known)


def unknown_instrument(dataset: Dataset) -> Violations:
    """Find instruments that successors and SWOT items name and no file holds."""
    known = Vocabulary("instrument", {instrument.id: None for instrument in dataset.instruments})
    for i, instrument in enumerate(dataset.instruments):
        if instrument.succeeded_by:
            successors: DataPath = ("instruments", i, "succeeded_by")
            yield from _unknown_in(successors, instrument.succeeded_by, known)
    for path, item in swot_items(dataset):
        yield from _unknown_in((*path, "instruments"), item.instruments, known)


def unknown_source(dataset: Dataset) -> Violations:
    """Find citations of sources that no file declares."""
    known = Vocabulary("source", dataset.sources)
    for path, refs in citations(dataset, dataset.sources):
        for k, citation in enumerate(refs):
            if citation.ref not in known:
                yield known.unknown((*path, "sources", k, "ref"), citation.ref)


def unknown_kind(dataset: Dataset) -> Violations:
    """Find kinds outside of the dataset's vocabulary, where it has one."""
    kinds = Vocabulary("kind", {kind.id: None for kind in dataset.kinds})
    for i, instrument in enumerate(dataset.instruments):
        if kinds and instrument.kind is not None and instrument.kind not in kinds:
            yield kinds.unknown(("instruments", i, "kind"), instrument.kind)


def unknown_target(dataset: Dataset) -> Violations:
    """Find target groups outside of the dataset's vocabulary, where it has one."""
    targets = Vocabulary("target", {target.id: None for target in dataset.targets})
    for i, instrument in enumerate(dataset.instruments):
        if targets and instrument.targets:
            path: DataPath = ("instruments", i, "targets")
            yield from _unknown_in(path, instrument.targets, targets)


def unknown_territory(dataset: Dataset) -> Violations:
    """Find codes that are neither a unit of their level nor an ancestor of one."""
    named = named_codes(dataset)
    levels = (_Territories(level) for level in dataset.levels if level.id in named)
    # Nearly always all are right: where they stand is looked for only if not.
    wrong = {one.level.id: one for one in levels if not one.known >= named[one.level.id]}
    if wrong:
        for path, level, codes in territory_lists(dataset):
            if level in wrong:
                yield from wrong[level].unknown(path, codes)


def _cells_unless(
    dataset: Dataset, is_right: Callable[[Cell], bool]
) -> Iterator[tuple[DataPath, Cell]]:
    # There are few cells, and nearly always all are right: where they stand is looked for only if not.
    wrong = {cell for cell in distinct_cells(dataset) if not is_right(cell)}
    return (row for row in cells(dataset) if row[1] in wrong) if wrong else iter(())


class _Territories:
    """The codes that may stand at one level."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.known = with_ancestors(level.units)

    def unknown(self, path: DataPath, codes: Sequence[str]) -> Violations:
        """Find those of *codes*, the list at *path*, that may not."""
        for k, code in enumerate(codes):
            if code not in self.known:
                yield self._unknown((*path, k), code)

    def _unknown(self, path: DataPath, code: str) -> Violation:
        name = quote(self.level.name)
        if not self.level.units:
            message = f"the level {name} has no territories, so {quote(code)} cannot be one"
            hint = f"leave them out, or give {quote(self.level.id)} its territories"
            return Violation(path, message, hint)
        message = f"{quote(code)} is not a territory of the level {name}"
        return Violation(path, message, self._remedy(code) or self._listed(code))

    @cached_property
    def _remedy(self) -> Callable[[str], str]:
        from clustergap.reference.remedies import Remedies  # noqa: PLC0415 - only a mistake needs it

        return Remedies(self.level.units, self.known.__contains__).find

    def _listed(self, code: str) -> str:
        codes = [unit.code for unit in self.level.units]
        if len(codes) <= MOST_LISTED:
            return f"it lists {one_of(codes)}"
        listed, country = f"it lists {len(codes):,} territories", code[:2]
        if country not in COUNTRIES:
            return listed
        there = [one for one in codes if one.startswith(country)]
        return (
            f"{listed}; those of {country}: {one_of(there)}"
            if there
            else f"{listed}, none of them in {country}"
        )


def _unknown_in(path: DataPath, named: Collection[str], known: Vocabulary) -> Violations:
    for k, word in enumerate(named):
        if word not in known:
            yield known.unknown((*path, k), word)

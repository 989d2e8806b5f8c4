"""CG201 to CG204, CG206, CG207 and CG211: everything that a file names exists, and lies in what the file speaks of."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from clustergap.checks.traversal import (
    Check,
    Violations,
    cells,
    citations,
    distinct_cells,
    named_codes,
    swot_links,
    territory_lists,
)
from clustergap.findings import At, DataPath, Rule, Severity, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.places import Group, group_meant
from clustergap.model.record import OF_FILE
from clustergap.reference.territories import COUNTRIES, lies_in, listed_name, with_ancestors
from clustergap.text import MOST_LISTED, did_you_mean, known_words, one_of, quote

UNKNOWN_ROLE = Rule(
    code="CG201",
    name="unknown-role",
    severity=Severity.ERROR,
    why="A cell or link names a role that the dataset does not declare. It would count for nothing, and the cell that "
    "was meant would look emptier than it is.",
    fix="Use the id of a declared role, or declare the role under roles.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-econmy@country: full}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@country: full}
""",
)


def unknown_role(dataset: Dataset) -> Violations:
    """Find roles that the dataset does not declare, in cells and in the SWOT's links."""
    known = DeclaredIds("role", {role.id: None for role in dataset.roles})
    for path, cell in _cells_unless(dataset, lambda cell: cell.role in known):
        yield known.unknown(path, cell.role, At.KEY)
    for path, links in swot_links(dataset):
        for k, cell in enumerate(links.cells):
            if cell.role not in known:
                yield known.unknown((*path, "cells", k), cell.role)
        yield from _unknown_in((*path, "roles"), links.roles, known)


UNKNOWN_LEVEL = Rule(
    code="CG202",
    name="unknown-level",
    severity=Severity.ERROR,
    why="A cell or link names a level that the dataset does not declare. Files name levels by id, never by alias, so "
    "that every cell is written in one way.",
    fix="Use the id of a declared level, or declare the level under levels.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@national: full}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@country: full}
""",
)


def unknown_level(dataset: Dataset) -> Violations:
    """Find levels that the dataset does not declare; an alias does not count as an id."""
    known = DeclaredIds("level", {level.id: None for level in dataset.levels})
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
    for path, links in swot_links(dataset):
        for k, cell in enumerate(links.cells):
            if cell.level not in known:
                yield known.unknown((*path, "cells", k), f"@{cell.level}")
        yield from _unknown_in((*path, "levels"), links.levels, known)


UNKNOWN_INSTRUMENT = Rule(
    code="CG203",
    name="unknown-instrument",
    severity=Severity.ERROR,
    why="An instrument says that it is part of another, is paid or followed by it, or a SWOT item names or means it, and no file of "
    "the dataset holds it.",
    fix="Use the id of an instrument of the dataset, or add the instrument.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    succeeded_by: [european-hubs]
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    succeeded_by: [edih]
    covers: {industry-4-0@eu: full}
  - id: edih
    name: European Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
)


def unknown_instrument(dataset: Dataset) -> Violations:
    """Find instruments that others or SWOT items name, but no file has."""
    known = DeclaredIds("instrument", {instrument.id: None for instrument in dataset.instruments})
    for i, instrument in enumerate(dataset.instruments):
        path: DataPath = ("instruments", i)
        if instrument.part_of is not None and instrument.part_of not in known:
            yield known.unknown((*path, "part_of"), instrument.part_of)
        if instrument.funded_by:
            yield from _unknown_in((*path, "funded_by"), instrument.funded_by, known)
        if instrument.succeeded_by:
            yield from _unknown_in((*path, "succeeded_by"), instrument.succeeded_by, known)
    for links_path, links in swot_links(dataset):
        yield from _unknown_in((*links_path, "instruments"), links.instruments, known)


UNKNOWN_TERRITORY = Rule(
    code="CG204",
    name="unknown-territory",
    severity=Severity.ERROR,
    why="A code is neither a territory of the level nor an ancestor of one, or a group has no territory there, so the statement "
    "would apply nowhere. "
    "Codes are those of NUTS 2024; Eurostat's code for Greece is EL. Of a code of an older NUTS the finding says what it is now.",
    fix="Use a code of the level's list: a country where it lists countries, a region or the beginning of its code "
    "where it lists regions.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, GR]}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, EL]}
""",
)


def unknown_territory(dataset: Dataset) -> Violations:
    """Find codes that are neither a unit of their level nor an ancestor of one."""
    yield from _unknown_in_groups(dataset)
    named = named_codes(dataset)
    levels = [_LevelCodes(level, dataset.groups) for level in dataset.levels if level.id in named]
    # Nearly always all are right: their data paths are looked up only if one is not.
    wrong = {row.level.id: row for row in levels if not row.known >= named[row.level.id]}
    if wrong:
        for path, level, codes in territory_lists(dataset):
            if level in wrong:
                yield from wrong[level].unknown(path, codes)


OUT_OF_SCOPE = Rule(
    code="CG211",
    name="out-of-scope",
    severity=Severity.ERROR,
    why="A fragment says under territories what it speaks of, and a statement or an assessed list in it names another place; "
    "or its level has no territory within them, and the statement does not say where. What one team writes would change the "
    "answers for another's country.",
    fix="Name territories of the file, move the statement to the file of that place, or add the place to the file's territories.",
    bad="""\
# instruments/ro.yaml
territories: [RO]
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {extent: full, territories: [BG]}
""",
    good="""\
# instruments/ro.yaml
territories: [RO]
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: full
""",
)
"""It is found where fragments are merged: a dataset no longer knows of its files."""

UNKNOWN_SOURCE = Rule(
    code="CG206",
    name="unknown-source",
    severity=Severity.ERROR,
    why="A citation names a source that the dataset does not declare, so nobody can look it up.",
    fix="Use the key of a declared source, or declare it under sources.",
    bad="""\
sources:
  survey: {title: Survey of ministries}
instruments:
  - id: act
    name: Social Economy Act
    sources: [{ref: surveys}]
    covers: {social-economy@country: full}
""",
    good="""\
sources:
  survey: {title: Survey of ministries}
instruments:
  - id: act
    name: Social Economy Act
    sources: [{ref: survey}]
    covers: {social-economy@country: full}
""",
)


def unknown_source(dataset: Dataset) -> Violations:
    """Find citations of sources that no file declares."""
    by_file: dict[str, DeclaredIds] = {}
    for path, refs in citations(dataset, dataset.sources):
        for k, citation in enumerate(refs):
            if citation.ref not in dataset.sources:
                file, _, key = citation.ref.rpartition(OF_FILE)
                if file not in by_file:
                    by_file[file] = DeclaredIds("source", _keys_seen_in(file, dataset))
                yield by_file[file].unknown((*path, "sources", k, "ref"), key)


def _keys_seen_in(file: str, dataset: Dataset) -> Collection[str]:
    # A fragment sees its own sources beside the others', and no fragment another's.
    rows = (key.rpartition(OF_FILE) for key in dataset.sources)
    return {key: None for of_file, _, key in rows if of_file in ("", file)}


UNKNOWN_KIND = Rule(
    code="CG207",
    name="unknown-kind-or-target",
    severity=Severity.ERROR,
    why="An instrument's kind or target group is not in the dataset's own vocabulary. A query by kind or target would "
    "miss the instrument.",
    fix="Use an id of kinds or targets, or add the word there.",
    bad="""\
kinds:
  - {id: strategy, name: Strategy}
instruments:
  - {id: act, name: Social Economy Act, kind: strategie, covers: {social-economy@country: full}}
""",
    good="""\
kinds:
  - {id: strategy, name: Strategy}
instruments:
  - {id: act, name: Social Economy Act, kind: strategy, covers: {social-economy@country: full}}
""",
)


def unknown_kind(dataset: Dataset) -> Violations:
    """Find kinds that are not in the dataset's vocabulary, if it has one."""
    kinds = DeclaredIds("kind", {kind.id: None for kind in dataset.kinds})
    for i, instrument in enumerate(dataset.instruments):
        if kinds and instrument.kind is not None and instrument.kind not in kinds:
            yield kinds.unknown(("instruments", i, "kind"), instrument.kind)


def unknown_target(dataset: Dataset) -> Violations:
    """Find target groups that are not in the dataset's vocabulary, if it has one."""
    targets = DeclaredIds("target", {target.id: None for target in dataset.targets})
    for i, instrument in enumerate(dataset.instruments):
        if targets and instrument.targets:
            path: DataPath = ("instruments", i, "targets")
            yield from _unknown_in(path, instrument.targets, targets)


DEFECTS = (
    Check(UNKNOWN_ROLE, unknown_role, frozenset({"roles"})),
    Check(UNKNOWN_LEVEL, unknown_level, frozenset({"levels"})),
    Check(UNKNOWN_INSTRUMENT, unknown_instrument, frozenset({"instruments"})),
    Check(UNKNOWN_TERRITORY, unknown_territory, frozenset({"levels", "territories"})),
    Check(UNKNOWN_SOURCE, unknown_source, frozenset({"sources"})),
    Check(UNKNOWN_KIND, unknown_kind, frozenset({"kinds"})),
    Check(UNKNOWN_KIND, unknown_target, frozenset({"targets"})),
)


MOST_COMPARED = 50_000
"""Comparisons of words that one rule may make for its suggestions: a few tenths of a second."""


class DeclaredIds:
    """The ids of one kind that a dataset declares; *noun* names the kind. At most *most_compared* comparisons are made."""

    def __init__(
        self, noun: str, words: Collection[str], most_compared: int = MOST_COMPARED
    ) -> None:
        self.noun = noun
        self.words = words
        self._left = most_compared

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def __len__(self) -> int:
        return len(self.words)

    def suggest(self, word: str) -> str:
        """Suggest a known word; nothing if none is near, or too many words have been compared already."""
        self._left -= len(self.words)
        return did_you_mean(word, self.words) if self._left >= 0 else ""

    def unknown(self, path: DataPath, text: str, at: At = At.VALUE) -> Violation:
        """Refuse an unknown word. *text* is the part to point at: the word itself, or in a cell ``@`` and the word."""
        word = text.removeprefix("@")
        article = "an" if self.noun == "instrument" else "a"
        there_are = "there are: " if self.words else ""
        hint = self.suggest(word) or f"{there_are}{known_words(self.words, self.noun)}"
        return Violation(path, f"{quote(word)} is not {article} {self.noun}", hint, at, text)


def _unknown_in(path: DataPath, named: Collection[str], known: DeclaredIds) -> Violations:
    for k, word in enumerate(named):
        if word not in known:
            yield known.unknown((*path, k), word)


def _cells_unless(
    dataset: Dataset, is_right: Callable[[Cell], bool]
) -> Iterator[tuple[DataPath, Cell]]:
    # There are few cells, and nearly always all are right: their data paths are looked up only if one is not.
    wrong = {cell for cell in distinct_cells(dataset) if not is_right(cell)}
    return (row for row in cells(dataset) if row[1] in wrong) if wrong else iter(())


def _unknown_in_groups(dataset: Dataset) -> Violations:
    if not dataset.groups:
        return
    units = [unit for level in dataset.levels for unit in level.units]
    known = with_ancestors(units)
    for i, group in enumerate(dataset.groups):
        for k, code in enumerate(group.territories):
            if code not in known and listed_name(code) is None:
                from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only a mistake needs it

                remedy = Remedies(units, lambda place: listed_name(place) is not None).find(code)
                yield unlisted(("groups", i, "territories", k), code, remedy)


def unlisted(path: DataPath, code: str, remedy: str) -> Violation:
    """Say of a code that no list and no level knows it; *remedy*: what may be meant, if anything."""
    message = f"{quote(code)} is a territory of no list and no level"
    return Violation(path, message, remedy or "correct the code, or list it at a level")


class _LevelCodes:
    """The codes that may stand at one level, and the groups that have a territory there."""

    def __init__(self, level: Level, groups: Sequence[Group]) -> None:
        self.level = level
        self.groups = {group.id: group for group in groups}
        codes = with_ancestors(level.units)
        held = (group.id for group in groups if not codes.isdisjoint(group.territories))
        self.known = codes.union(held)

    def unknown(self, path: DataPath, codes: Sequence[str]) -> Violations:
        """Find those of *codes*, the list at *path*, that may not stand at the level."""
        for k, code in enumerate(codes):
            if code not in self.known:
                yield self._unknown((*path, k), code)

    def _unknown(self, path: DataPath, code: str) -> Violation:
        name = quote(self.level.name)
        if not self.level.units:
            message = f"the level {name} has no territories, so {quote(code)} cannot be one"
            hint = f"leave them out, or give {quote(self.level.id)} its territories"
            return Violation(path, message, hint)
        if code in self.groups:
            group = quote(self.groups[code].name)
            message = f"the group {group} has no territory at the level {name}"
            return Violation(
                path, message, "name territories of the level, or add one to the group"
            )
        message = f"{quote(code)} is not a territory of the level {name}"
        hint = group_meant(code, self.groups) or self._remedy(code) or self._listed(code)
        return Violation(path, message, hint)

    @cached_property
    def _remedy(self) -> Callable[[str], str]:
        from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only a mistake needs it

        return Remedies(self.level.units, self.known.__contains__).find

    def _listed(self, code: str) -> str:
        codes = [unit.code for unit in self.level.units]
        if len(codes) <= MOST_LISTED:
            return f"it lists {one_of(codes)}"
        listed, country = f"it lists {len(codes):,} territories", code[:2]
        if country not in COUNTRIES:
            return listed
        within = [unit for unit in codes if lies_in(unit, country)]
        if not within:
            return f"{listed}, none of them in {country}"
        return f"{listed}; those of {country}: {one_of(within)}"

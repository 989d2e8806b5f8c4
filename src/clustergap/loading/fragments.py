"""Fragments in the terms of the whole dataset, and back: which sources they cite, and where their statements apply.

The key of a source that a fragment declares gets the file's name before it (``ro/survey``), whether or not another file
has the same key: so no file changes what another says, and a key without a file's name is the main file's or the SWOT's.

In a fragment with territories, a statement that names none gets those of the file. Whoever reads the dataset sees plain
territories; who writes files needs to know what a file says itself (``FileTerritories.written``).
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from itertools import count
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from clustergap.analysis.units import LevelUnits
from clustergap.checks.references import OUT_OF_SCOPE, UNKNOWN_TERRITORY, unlisted
from clustergap.findings import At, DataPath, Rule, Violation, statement_path
from clustergap.loading.file_reader import FileContent
from clustergap.model.cell import Cell
from clustergap.model.dataset import FragmentFile, Instrument, InstrumentsFile, Level
from clustergap.model.places import Except, FileTerritories, Territories, group_meant
from clustergap.model.record import OF_FILE, SourceRef, altered
from clustergap.model.statement import Statement
from clustergap.reference.territories import listed_name
from clustergap.text import one_of, quote

ValueT = TypeVar("ValueT")


def name_files(paths: Iterable[str]) -> list[str]:
    """Return a different name for each of the files at *paths*.

    >>> name_files(["data/instruments/ro.yaml", "mine/ro.yaml"])
    ['ro', 'ro-2']
    """
    taken: dict[str, None] = {}
    for path in paths:
        stem = PurePath(path).stem
        numbered = (f"{stem}-{number}" for number in count(2))
        taken[stem if stem not in taken else next(n for n in numbered if n not in taken)] = None
    return [*taken]


class ResolvedFragment(NamedTuple):
    """A fragment in the terms of the dataset, and what is wrong in it, by data path in the file."""

    content: FileContent[FragmentFile]
    broken: Sequence[tuple[Rule, Violation]] = ()


class FragmentResolver:
    """Resolves the fragments beside a *main* file; *swot* holds the keys of the SWOT's sources."""

    def __init__(self, main: InstrumentsFile, swot: AbstractSet[str]) -> None:
        self._levels = [level for level in main.levels if level.units]
        self._groups = {group.id: group for group in main.groups}
        self._main, self._swot = main.sources.keys(), swot

    @cached_property
    def _units(self) -> Mapping[str, LevelUnits]:
        return {level.id: self._units_in(level, None) for level in self._levels}

    def _units_in(self, level: Level, place: str | None) -> LevelUnits:
        return LevelUnits(level, place, self._groups)

    def resolve(self, content: FileContent[FragmentFile], name: str) -> ResolvedFragment:
        """Resolve the fragment called *name*; one without sources and territories of its own stays as it is."""
        record, prefix = content.record, f"{name}{OF_FILE}"
        if not record.sources and not record.territories:
            return ResolvedFragment(content)
        shared = self._main | (self._swot - record.sources.keys())
        citations = _CitationResolver(prefix, shared) if record.sources else None
        reader = _FragmentReader(self._scopes(record.territories), citations)
        resolved = {
            "instruments": tuple(reader.instruments(content)),
            "observations": {
                cell: reader.statements(("observations",), cell, row)
                for cell, row in record.observations.items()
            },
            "sources": {prefix + key: source for key, source in record.sources.items()},
        }
        reader.check_assessed(record.assessed)
        # Of what a file speaks with an unknown code nobody knows: what is out of it is said once that is right.
        broken = [*self._unknown(record.territories)]
        broken = broken or [(OUT_OF_SCOPE, violation) for violation in reader.broken]
        return ResolvedFragment(
            replace(content, record=record.model_copy(update=resolved)), broken
        )

    def _scopes(self, codes: tuple[str, ...]) -> Mapping[str, "_TerritoryScope"]:
        return {level.id: self._scope(level, codes) for level in self._levels} if codes else {}

    def _scope(self, level: Level, codes: tuple[str, ...]) -> "_TerritoryScope":
        units = self._units[level.id]
        within = units.of(codes)
        if within:
            own = FileTerritories(code for code in codes if units.named(code))
            return _TerritoryScope(level, units, codes, within, own)
        around = 0
        for code in codes:
            around |= self._units_in(level, code).selected
        return _TerritoryScope(level, units, codes, around, None)

    def _unknown(self, codes: Sequence[str]) -> Iterator[tuple[Rule, Violation]]:
        for number, code in enumerate(codes):
            if self._is_known(code):
                continue
            from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only a mistake needs it

            units = (unit for level in self._levels for unit in level.units)
            remedy = group_meant(code, self._groups) or Remedies(units, self._is_known).find(code)
            yield UNKNOWN_TERRITORY, unlisted(("territories", number), code, remedy)

    def _is_known(self, code: str) -> bool:
        if code in self._groups or listed_name(code) is not None:
            return True
        return any(self._units_in(level, code).selected for level in self._levels)


def keys_as_ids(keys: Iterable[str], known: Container[str]) -> dict[str, str]:
    """Return keys that the sources of fragments can have in a main file, by those in the dataset; *known* ones have theirs.

    >>> keys_as_ids(["deck", "ro/survey"], ())
    {'ro/survey': 'ro-survey'}
    """
    return {key: key.replace(OF_FILE, "-") for key in keys if OF_FILE in key and key not in known}


def with_source_keys(value: ValueT, keys: Mapping[str, str]) -> ValueT:
    """Return plain values in which sources are cited by other keys.

    >>> with_source_keys({"sources": [{"ref": "ro/survey", "locator": "p. 3"}]}, {"ro/survey": "survey"})
    {'sources': [{'ref': 'survey', 'locator': 'p. 3'}]}
    """
    if not keys:
        return value
    if isinstance(value, list | tuple):
        return [with_source_keys(item, keys) for item in value]  # type: ignore[return-value]  # plain values are lists
    if isinstance(value, Mapping):
        return {  # type: ignore[return-value]  # plain values are dicts
            key: keys.get(item, item) if key == "ref" else with_source_keys(item, keys)
            for key, item in value.items()
        }
    return value


class _TerritoryScope:
    """What a fragment with territories may say at one level.

    ``allowed``: the units that it may name. ``own``: what a statement means that names none; None if it must name some.
    """

    def __init__(
        self,
        level: Level,
        units: LevelUnits,
        codes: Sequence[str],
        allowed: int,
        own: FileTerritories | None,
    ) -> None:
        self._level, self._units, self._codes = level, units, codes
        self._allowed, self.own = allowed, own
        self._all_but: dict[Except, FileTerritories] = {}

    def outside(self, codes: tuple[str, ...], path: DataPath) -> Iterator[Violation]:
        """Find which of *codes*, the list at *path*, are not the file's."""
        if not self._units.of(codes) & ~self._allowed:
            return  # nearly always: then no code needs to be looked at
        for number, code in enumerate(codes):
            if self._units.named(code) & ~self._allowed:
                message = f"{quote(code)} is not in {self._file}"
                yield Violation((*path, number), message, self._remedy)

    def without_place(self, path: DataPath, cell: Cell) -> Violation:
        """Refuse a statement that must say where."""
        message = (
            f"{quote(str(cell))} must say where: its level has no territory within {self._file}"
        )
        return Violation(path, message, self._remedy, At.KEY)

    def all_but(self, left_out: Except) -> FileTerritories:
        """Return the file's territories without those that are left out."""
        if left_out not in self._all_but:
            units = self._allowed & self._units.of(left_out)
            self._all_but[left_out] = FileTerritories(self._units.codes_of(units), left_out)
        return self._all_but[left_out]

    def nothing_left(self, path: DataPath) -> Violation:
        """Refuse a statement that leaves out all that the file speaks of."""
        return Violation(
            path, f"this leaves nothing of {self._file}", "leave out less, or delete the statement"
        )

    @property
    def _file(self) -> str:
        return f"{one_of(self._codes)}, of which this file speaks"

    @property
    def around(self) -> FileTerritories | None:
        """The places in which the file's lie, where none lies within them; None if there is none."""
        return FileTerritories(self._units.codes_of(self._allowed)) or None

    @property
    def _remedy(self) -> str:
        if self.own is None and self.around:
            return f"write territories: [{one_of(self.around)}]"
        return "say it in the file of that place, or add the place to this file's territories"


class _CitationResolver:
    """Citations in a fragment with sources of its own; *shared*: the keys that are not its own.

    A key that is unknown is given the file's name too, so that what is meant is sought among the keys that the file sees.
    """

    def __init__(self, prefix: str, shared: AbstractSet[str]) -> None:
        self._prefix, self._shared = prefix, shared

    def resolve(self, refs: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
        """Return citations with the keys of the dataset."""
        if all(ref.ref in self._shared for ref in refs):
            return refs
        return tuple(
            ref if ref.ref in self._shared else altered(ref, ref=self._prefix + ref.ref)
            for ref in refs
        )


class _FragmentReader:
    """Reads the records of one fragment, and gathers what is wrong in them."""

    def __init__(
        self, scopes: Mapping[str, _TerritoryScope], citations: _CitationResolver | None
    ) -> None:
        self._scopes, self._citations = scopes, citations
        self._short: dict[tuple[int, str], Statement] = {}
        self.broken: list[Violation] = []

    def instruments(self, content: FileContent[FragmentFile]) -> Iterator[Instrument]:
        """Walk through the instruments."""
        records, kept = content.record.instruments, content.kept.get("instruments")
        for index, instrument in zip(kept or range(len(records)), records, strict=True):
            path = ("instruments", index, "covers")
            covers = {c: self.statements(path, c, row) for c, row in instrument.covers.items()}
            yield altered(instrument, covers=covers, sources=self._cite(instrument.sources))

    def statements(
        self, holder: DataPath, cell: Cell, row: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """Resolve the statements of a cell."""
        return tuple(
            self._statement(statement_path(holder, cell, number, len(row)), cell, statement)
            for number, statement in enumerate(row)
        )

    def check_assessed(self, assessed: Mapping[str | Cell, tuple[str, ...]]) -> None:
        """Look for places that are not the file's in lists of what is assessed."""
        for place, codes in assessed.items():
            scope = self._scopes.get(place.level if isinstance(place, Cell) else place)
            if scope is not None:
                self.broken += scope.outside(codes, ("assessed", str(place)))

    def _statement(self, path: DataPath, cell: Cell, statement: Statement) -> Statement:
        where, scope = statement.territories, self._scopes.get(cell.level)
        if scope is not None:
            where = self._where(path, cell, where, scope)
        sources = self._cite(statement.sources)
        if where is statement.territories and sources is statement.sources:
            return statement
        if statement.territories is None and not sources:
            # All that are only an extent are one statement, and here they stay one for each level.
            short = self._short.get((id(statement), cell.level))
            if short is None:
                short = self._short[id(statement), cell.level] = altered(
                    statement, territories=where
                )
            return short
        return altered(statement, territories=where, sources=sources)

    def _where(
        self, path: DataPath, cell: Cell, where: Territories | None, scope: _TerritoryScope
    ) -> Territories | None:
        at = (*path, "territories")
        if where is None or (isinstance(where, Except) and scope.own is None):
            if scope.own is None:
                self.broken.append(scope.without_place(path, cell))
            return scope.own or scope.around
        if not isinstance(where, Except):
            self.broken += scope.outside(where, at)
            return where
        self.broken += scope.outside(where.codes, (*at, "except"))
        left = scope.all_but(where)
        if not left:
            self.broken.append(scope.nothing_left(at))
        return left

    def _cite(self, refs: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
        return self._citations.resolve(refs) if self._citations and refs else refs

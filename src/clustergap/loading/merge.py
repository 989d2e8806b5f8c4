"""All files of a dataset as one, and from which file each of its entries came."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from clustergap.checks.rules.consistency import DUPLICATE
from clustergap.findings import At, DataPath, Rule, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import (
    Dataset,
    FragmentFile,
    InstrumentsFile,
    Quadrant,
    Statement,
    SwotFile,
    SwotItem,
)
from clustergap.model.mapping import MappingFile
from clustergap.text import quote

FileT = TypeVar("FileT", InstrumentsFile, FragmentFile, SwotFile, MappingFile)
KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Part(Generic[FileT]):
    """One file's records. ``number``: its place in the order of reading; ``path``: as the user knows it.

    ``kept``: for each list that lost an item to a finding, the file's own indices of the others.
    """

    record: FileT
    number: int
    path: str
    kept: Mapping[str, Sequence[int]]


class _Run(NamedTuple):
    """Consecutive items of a merged list that came from one file; an item that is alone there may be in no list."""

    first: int
    file: int
    kept: Sequence[int] | None
    is_in_list: bool = True


@dataclass(frozen=True, slots=True)
class Origins:
    """From which file, and where in it, each entry of the dataset came.

    ``runs`` holds merged lists by their data path, ``owners`` the file of a merged mapping's entry; all
    else is the main file's.
    """

    runs: dict[DataPath, list[_Run]] = field(default_factory=dict)
    owners: dict[DataPath, int] = field(default_factory=dict)

    def add_list(
        self, path: DataPath, lengths: Iterable[tuple[int, int, Sequence[int] | None]]
    ) -> None:
        """Note which files' items, how many of each, make the merged list at *path*."""
        runs, first = self.runs.setdefault(path, []), 0
        for file, length, kept in lengths:
            runs.append(_Run(first, file, kept))
            first += length

    def add_statements(self, path: DataPath, lengths: Iterable[tuple[int, int]]) -> None:
        """Note how many statements of which files make those of the cell at *path*: one alone has no index there."""
        runs, first = self.runs.setdefault(path, []), 0
        for file, length in lengths:
            runs.append(_Run(first, file, None, is_in_list=length > 1))
            first += length

    def resolve(self, path: DataPath) -> tuple[int, DataPath]:
        """Return the file, by its place in the order of reading, and the data path in it."""
        for length in range(1, len(path)):
            index, runs = path[length], self.runs.get(path[:length])
            if runs and isinstance(index, int):
                run = runs[bisect_right(runs, index, key=lambda run: run.first) - 1]
                local = run.kept[index - run.first] if run.kept else index - run.first
                item = (local,) if run.is_in_list else ()
                return run.file, (*_in_file(path[:length]), *item, *path[length + 1 :])
        return self.owners.get(path[:2], 0), _in_file(path)


def _in_file(path: DataPath) -> DataPath:
    return path[1:] if path[:1] == ("swot",) else path


class InFile(NamedTuple):
    """A data path of one file, by the file's place in the order of reading."""

    file: int
    path: DataPath


class BrokenIn(NamedTuple):
    """A violation at a data path of one file, likewise, and where what it was first is."""

    file: int
    rule: Rule
    violation: Violation
    first: InFile | None = None


class Merged(NamedTuple):
    """The dataset, where its entries came from, and what stands in two files."""

    dataset: Dataset
    origins: Origins
    broken: list[BrokenIn]


def merge(
    main: Part[InstrumentsFile],
    fragments: Sequence[Part[FragmentFile]],
    swot: Part[SwotFile] | None,
) -> Merged:
    """Join the files of a dataset, in the order of reading."""
    holders: list[Part[InstrumentsFile] | Part[FragmentFile]] = [main, *fragments]
    origins = Origins()
    united = _Union(origins)
    united.add("sources", main.record.sources, main.number)
    if swot:
        united.add("sources", swot.record.sources, swot.number)
    for name in ("levels", "roles", "kinds", "targets"):
        origins.add_list((name,), [(0, len(getattr(main.record, name)), main.kept.get(name))])
    origins.add_list(
        ("instruments",),
        [(p.number, len(p.record.instruments), p.kept.get("instruments")) for p in holders],
    )
    record = main.record
    dataset = Dataset(
        title=record.title,
        as_of=record.as_of,
        sources=_all_of([record.sources, swot.record.sources if swot else {}]),
        levels=record.levels,
        roles=record.roles,
        kinds=record.kinds,
        targets=record.targets,
        instruments=tuple(chain.from_iterable(part.record.instruments for part in holders)),
        observations=_join_observations(holders, origins),
        assessed=_join_assessed(holders, origins),
        accepted_gaps=record.accepted_gaps,
        swot=_swot(swot, origins) if swot else {},
    )
    return Merged(dataset, origins, united.broken)


class _Union:
    """Mappings of several files, in which no key may stand twice."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.broken: list[BrokenIn] = []

    def add(self, section: str, keys: Iterable[str], file: int) -> None:
        owners = self.origins.owners
        for key in keys:
            path = (section, key)
            if path in owners:
                violation = Violation(
                    path, f"{quote(key)} stands in two files", "keep one of the two", At.KEY
                )
                self.broken.append(
                    BrokenIn(file, DUPLICATE, violation, InFile(owners[path], path))
                )
            else:
                owners[path] = file


def _all_of(mappings: Iterable[Mapping[KeyT, ValueT]]) -> dict[KeyT, ValueT]:
    # The first of two wins; the second is a finding.
    united: dict[KeyT, ValueT] = {}
    for mapping in mappings:
        for key, value in mapping.items():
            united.setdefault(key, value)
    return united


def _join_observations(
    holders: Iterable[Part[InstrumentsFile] | Part[FragmentFile]], origins: Origins
) -> dict[Cell, tuple[Statement, ...]]:
    joined: dict[Cell, tuple[Statement, ...]] = {}
    lengths: dict[Cell, list[tuple[int, int]]] = {}
    for part in holders:
        for cell, statements in part.record.observations.items():
            joined[cell] = joined.get(cell, ()) + statements
            lengths.setdefault(cell, []).append((part.number, len(statements)))
            origins.owners.setdefault(("observations", str(cell)), part.number)
    for cell, parts in lengths.items():
        origins.add_statements(("observations", str(cell)), parts)
    return joined


def _join_assessed(
    holders: Iterable[Part[InstrumentsFile] | Part[FragmentFile]], origins: Origins
) -> dict[str | Cell, tuple[str, ...]]:
    joined: dict[str | Cell, tuple[str, ...]] = {}
    lengths: dict[str | Cell, list[tuple[int, int, None]]] = {}
    for part in holders:
        for place, codes in part.record.assessed.items():
            joined[place] = joined.get(place, ()) + codes
            lengths.setdefault(place, []).append((part.number, len(codes), None))
            origins.owners.setdefault(("assessed", str(place)), part.number)
    for place, parts in lengths.items():
        origins.add_list(("assessed", str(place)), parts)
    return joined


def _swot(swot: Part[SwotFile], origins: Origins) -> dict[Quadrant, tuple[SwotItem, ...]]:
    quadrants: dict[Quadrant, tuple[SwotItem, ...]] = {}
    for quadrant in Quadrant:
        items: tuple[SwotItem, ...] = getattr(swot.record, quadrant.value)
        quadrants[quadrant] = items
        lengths = [(swot.number, len(items), swot.kept.get(quadrant.value))]
        origins.add_list(("swot", quadrant.value), lengths)
    return quadrants

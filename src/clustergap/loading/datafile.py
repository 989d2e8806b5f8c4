"""One data file: its bytes to a text, the text to a tree, the tree to records."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, NamedTuple

from pydantic import ValidationError

from clustergap.findings import DataPath, Rule, Violation
from clustergap.loading.detours import Detours
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import (
    Limits,
    Refusal,
    decode,
    refuse_characters,
    too_many,
)
from clustergap.loading.merge import FileT, Part
from clustergap.loading.shape import Shape
from clustergap.loading.source import Source
from clustergap.loading.yaml_reader import build_tree
from clustergap.model.dataset import Instrument

Progress = Callable[[int, int], None]
"""Told, while a file is read: the characters read so far, and all of them."""

INSTRUMENT = Shape(Instrument)


@dataclass(slots=True)
class DataFile(Generic[FileT]):
    """What one file gave.

    ``part`` is None where nothing could be made of it. ``refusals`` and ``broken`` are what is wrong, by
    offset and by data path; ``lost`` the data paths that are not whole because of a refusal. ``keys``: the
    file's keys, misspelt ones as they are meant; ``damaged``: those that lost something whole. ``detours`` lead
    from its records to where they stand.
    """

    source: Source
    part: Part[FileT] | None = None
    refusals: list[Refusal] = field(default_factory=list)
    broken: list[tuple[Rule, Violation]] = field(default_factory=list)
    lost: AbstractSet[DataPath] = frozenset()
    keys: AbstractSet[str] = frozenset()
    damaged: AbstractSet[str] = frozenset()
    detours: Detours = field(default_factory=Detours)


class Door(NamedTuple):
    """What every file of a dataset passes: its files, how much of each is read, who hears of progress."""

    files: DatasetFiles
    limits: Limits
    progress: Progress

    def read(self, path: Path, number: int, shape: Shape[FileT]) -> DataFile[FileT]:
        """Read the file at *path*, the *number*-th of its dataset, into the *shape* that it must have."""
        name = self.files.name_of(path)
        try:
            text, refusal = decode(self.files.read(path, self.limits.size))
        except Refusal as unreadable:
            return DataFile(Source(name, ""), refusals=[unreadable])
        file: DataFile[FileT] = DataFile(Source(name, text))
        file.refusals = [refusal] if refusal else refuse_characters(text, self.limits.refused)
        if not file.refusals:
            self._shape(file, number, shape)
        return file

    def _shape(self, file: DataFile[FileT], number: int, shape: Shape[FileT]) -> None:
        source = file.source
        instruments = _InstrumentReader(
            number, lambda offset: self.progress(offset, len(source.text)), self.limits.refused
        )
        readers = {"instruments": instruments.read} if shape.has_instruments else {}
        tree = build_tree(source.text, readers, limits=self.limits)
        file.refusals, file.lost = tree.refusals, tree.refused | tree.lost
        if not tree.complete:
            file.broken = instruments.broken_before_the_end
            return
        if isinstance(tree.value, dict):
            file.keys = tree.value.keys() | frozenset()
            instruments.leave_out_the_lost(tree.value)
        shaped = shape.read(tree.value, str(number))
        file.keys |= {str(path[0]) for path in shaped.detours.names if len(path) == 1}
        file.detours = shaped.detours
        file.detours.add_below((), instruments.detours)
        broken = instruments.broken + shaped.broken
        file.broken = [item for item in broken if not _is_refused(item[1].path, tree.refused)]
        lost = {"instruments"} if instruments.lost or instruments.has_spare_id else set()
        file.damaged = shaped.damaged | tree.twice | lost
        if shaped.record is not None:
            kept = shaped.kept | instruments.kept
            file.part = Part(shaped.record, number, source.path, kept)


_STEP = 64
"""Instruments between two reports of progress."""


class _InstrumentReader:
    """Makes each instrument a record as soon as it is read, so that its plain values can go."""

    def __init__(self, file: int, progress: Callable[[int], None], most_broken: int) -> None:
        self.file, self.progress, self.most_broken = file, progress, most_broken
        self.detours = Detours()
        self.has_spare_id = False
        self.last = 0
        self.broken: list[tuple[Rule, Violation]] = []
        self.kept: dict[str, list[int]] = {}
        self.lost: set[int] = set()

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that nobody reads on."""
        return len(self.broken) >= self.most_broken

    @property
    def broken_before_the_end(self) -> list[tuple[Rule, Violation]]:
        """What is wrong in instruments that are whole, whatever reading stopped at: the last one may have lost its end."""
        if self.is_full:
            return self.broken  # who is told that there is too much wrong must see what
        return [row for row in self.broken if row[1].path[1] != self.last]

    def read(self, index: int, value: object, offset: int) -> Instrument | None:
        self.last = index
        if not index % _STEP:
            self.progress(offset)
        if self.broken and self.is_full:
            raise too_many(offset, self.most_broken)
        try:
            return INSTRUMENT.validate(value)
        except ValidationError:
            shaped = INSTRUMENT.read(value, f"{self.file}-{index}")
        self.detours.add_below(("instruments", index), shaped.detours)
        self.has_spare_id |= shaped.has_spare_id
        self.broken += [(rule, _below(("instruments", index), v)) for rule, v in shaped.broken]
        if shaped.record is None:
            self.lost.add(index)
        return shaped.record

    def leave_out_the_lost(self, value: dict[str, object]) -> None:
        items = value.get("instruments")
        if self.lost and isinstance(items, list):
            self.kept["instruments"] = [i for i in range(len(items)) if i not in self.lost]
            value["instruments"] = [item for item in items if item is not None]


def _below(path: DataPath, violation: Violation) -> Violation:
    return Violation(
        (*path, *violation.path), violation.message, violation.hint, violation.at, violation.text
    )


def _is_refused(path: DataPath, refused: AbstractSet[DataPath]) -> bool:
    return bool(refused) and any(path[:length] in refused for length in range(len(path) + 1))

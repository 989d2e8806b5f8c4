"""From one data file to its records: bytes to text, text to plain values, values to records of the model.

A record with a wrong key is still used by later checks, without that key, so that one run reports all findings. A
misspelt key counts as the one that is meant. Only a record that is little more than id and name, such as a role, is
left out if its id is missing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from clustergap.findings import DataPath, Rule, Violation
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import FileLimits, Refusal, decode, refuse_characters, too_many
from clustergap.loading.plain_form import read_plain_form
from clustergap.loading.source import SourceFile
from clustergap.loading.validation_errors import (
    LocatedError,
    OriginalPaths,
    Recovery,
    describe_error,
    locate_errors,
    meant_key,
)
from clustergap.loading.yaml_reader import Tree, build_tree
from clustergap.model.dataset import FragmentFile, Instrument, InstrumentsFile
from clustergap.model.record import Record
from clustergap.model.swot import SwotFile
from clustergap.reference.territories import names

FileT = TypeVar("FileT", bound=Record)
RecordT = TypeVar("RecordT")

Progress = Callable[[int, int], None]
"""Called while a file is read, with the characters read so far and all of them."""

INSTRUMENTS = "instruments"
"""The key of the list of which a file may have 100,000 items."""

_STEP = 64
"""Instruments between two reports of progress."""


@dataclass(slots=True)
class Recovered(Generic[RecordT]):
    """The record that could be made of a value.

    ``record`` is None if not even its required keys could be recovered. ``kept`` holds, for each list of the file that
    lost an item, the indices of the others; ``damaged`` the top-level keys that lost a whole entry. ``originals`` maps
    entries of the record back to their places in the file; ``has_spare_id``: whether a record has a made-up id.
    """

    record: RecordT | None = None
    broken: list[tuple[Rule, Violation]] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    originals: OriginalPaths = field(default_factory=OriginalPaths)
    has_spare_id: bool = False


class RecordValidator(Generic[RecordT]):
    """Makes records of one type, a file or a record in it, of plain values."""

    def __init__(self, record_type: type[RecordT]) -> None:
        self._type = record_type
        self._is_of_file = issubclass(record_type, InstrumentsFile | FragmentFile | SwotFile)
        self.has_instruments = issubclass(record_type, InstrumentsFile | FragmentFile)

    @cached_property
    def validate(self) -> Callable[[object], RecordT]:
        """What makes a record of plain values: made itself when first needed, as few datasets have files of all types."""
        return TypeAdapter(self._type).validator.validate_python

    def recover(self, value: object, spare_id: str = "") -> Recovered[RecordT]:
        """Validate *value*; whatever is wrong is removed from it (it is changed) until the rest is valid.

        Args:
            value: Plain values.
            spare_id: Distinguishes the made-up id of a record without one from those of other files and records.
        """
        recovered: Recovered[RecordT] = Recovered()
        errors = self._validate(value, recovered)
        if errors and isinstance(value, dict):
            self._save(errors, value, recovered, spare_id)
        elif errors:
            recovered.broken = self._describe(errors)
        return recovered

    def _validate(self, value: object, recovered: Recovered[RecordT]) -> list[LocatedError]:
        try:
            recovered.record = self.validate(value)
        except ValidationError as error:
            return locate_errors(value, error)
        return []

    def _save(
        self,
        errors: list[LocatedError],
        value: dict[str, object],
        recovered: Recovered[RecordT],
        spare_id: str,
    ) -> None:
        recovery = Recovery(value, spare_id, is_of_file=self._is_of_file)
        recovered.kept, recovered.damaged = recovery.kept, recovery.damaged
        recovered.originals = recovery.originals
        while misspelt := self._misspelt(errors):
            recovered.broken += self._describe([error for error, _ in misspelt], recovery)
            for error, meant in misspelt:
                recovery.rename(error.path, meant)
            errors = self._validate(value, recovered)
        recovered.broken += self._describe(errors, recovery)
        # Each round removes at least one entry, so this ends.
        while errors and recovery.take_out(errors):
            errors = self._validate(value, recovered)
        recovered.has_spare_id = recovery.has_spare_id

    def _misspelt(self, errors: Iterable[LocatedError]) -> list[tuple[LocatedError, str]]:
        # Unknown keys, each with the one that is surely meant, unless that is present too.
        misspelt, taken = [], set[DataPath]()
        for error in errors:
            meant = meant_key(self._type, error)
            if meant and (*error.path[:-1], meant) not in taken:
                taken.add((*error.path[:-1], meant))
                misspelt.append((error, meant))
        return misspelt

    def _describe(
        self, errors: Iterable[LocatedError], recovery: Recovery | None = None
    ) -> list[tuple[Rule, Violation]]:
        from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only errors need it

        remedies, broken = Remedies((), names().__contains__), []
        for error in errors:
            rule, violation = describe_error(self._type, error, remedies.find)
            if not error.path and self._is_of_file:
                words = violation.message.replace("this must", "the file must")
                violation = violation._replace(message=words)
            if recovery is not None:
                violation = violation._replace(path=recovery.original(violation.path))
            broken.append((rule, violation))
        return broken


INSTRUMENT = RecordValidator(Instrument)


@dataclass(frozen=True, slots=True)
class FileContent(Generic[FileT]):
    """The records of one file. ``number``: its index in the order of reading; ``path``: as the user knows it.

    ``kept``: for each list that lost an item to a finding, the indices of the others in the file.
    """

    record: FileT
    number: int
    path: str
    kept: Mapping[str, Sequence[int]]


@dataclass(slots=True)
class DataFile(Generic[FileT]):
    """The result of reading one file.

    ``content`` is None if nothing could be read. ``refusals`` and ``broken`` are the errors, by offset and by data path;
    ``lost`` the data paths that are incomplete because of a refusal. ``keys``: the top-level keys, misspelt ones
    corrected; ``damaged``: those that lost a whole entry. ``originals`` maps entries of the records to their places.
    """

    source: SourceFile
    content: FileContent[FileT] | None = None
    refusals: list[Refusal] = field(default_factory=list)
    broken: list[tuple[Rule, Violation]] = field(default_factory=list)
    lost: AbstractSet[DataPath] = frozenset()
    keys: AbstractSet[str] = frozenset()
    damaged: AbstractSet[str] = frozenset()
    originals: OriginalPaths = field(default_factory=OriginalPaths)


class _InstrumentReader:
    """Makes each instrument a record as soon as it is read, so that its plain values can be freed."""

    def __init__(self, file: int, progress: Callable[[int], None], most_broken: int) -> None:
        self.file, self.progress, self.most_broken = file, progress, most_broken
        self.originals = OriginalPaths()
        self.has_spare_id = False
        self.last = 0
        self.broken: list[tuple[Rule, Violation]] = []
        self.kept: dict[str, list[int]] = {}
        self.lost: set[int] = set()

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that reading stops."""
        return len(self.broken) >= self.most_broken

    @property
    def broken_before_the_end(self) -> list[tuple[Rule, Violation]]:
        """The errors of complete instruments: if reading stopped, the last one may be cut off."""
        if self.is_full:
            return self.broken  # reading stopped because of them, so they must be shown
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
            # Recovery changes the values, which equal lines of a file share.
            recovered = INSTRUMENT.recover(deepcopy(value), f"{self.file}-{index}")
        self.originals.add_below(("instruments", index), recovered.originals)
        self.has_spare_id |= recovered.has_spare_id
        self.broken += [(rule, _below(("instruments", index), v)) for rule, v in recovered.broken]
        if recovered.record is None:
            self.lost.add(index)
        return recovered.record

    def leave_out_the_lost(self, value: dict[str, object]) -> None:
        items = value.get("instruments")
        if self.lost and isinstance(items, list):
            self.kept["instruments"] = [i for i in range(len(items)) if i not in self.lost]
            value["instruments"] = [item for item in items if item is not None]


class FileReader(NamedTuple):
    """Reads the files of a dataset, within limits, and reports progress."""

    files: DatasetFiles
    limits: FileLimits
    progress: Progress

    def read(self, path: Path, number: int, validator: RecordValidator[FileT]) -> DataFile[FileT]:
        """Read the file at *path*, the *number*-th of its dataset, into the records that *validator* makes."""
        name = self.files.name_of(path)
        try:
            text, refusal = decode(self.files.read(path, self.limits.size))
        except Refusal as unreadable:
            return DataFile(SourceFile(name, ""), refusals=[unreadable])
        file: DataFile[FileT] = DataFile(SourceFile(name, text))
        file.refusals = [refusal] if refusal else refuse_characters(text, self.limits.refused)
        if not file.refusals:
            self._read_text(file, number, validator)
        return file

    def _read_text(
        self, file: DataFile[FileT], number: int, validator: RecordValidator[FileT]
    ) -> None:
        tree, instruments = self._read_tree(file, number, validator)
        file.refusals, file.lost = tree.refusals, tree.refused | tree.lost
        if not tree.complete:
            file.broken = instruments.broken_before_the_end
            return
        if isinstance(tree.value, dict):
            file.keys = tree.value.keys() | frozenset()
            instruments.leave_out_the_lost(tree.value)
        recovered = validator.recover(tree.value, str(number))
        file.keys |= {str(path[0]) for path in recovered.originals.names if len(path) == 1}
        file.originals = recovered.originals
        file.originals.add_below((), instruments.originals)
        broken = instruments.broken + recovered.broken
        file.broken = [item for item in broken if not _is_refused(item[1].path, tree.refused)]
        lost = {"instruments"} if instruments.lost or instruments.has_spare_id else set()
        file.damaged = recovered.damaged | tree.twice | lost
        if recovered.record is not None:
            kept = recovered.kept | instruments.kept
            file.content = FileContent(recovered.record, number, file.source.path, kept)

    def _read_tree(
        self, file: DataFile[FileT], number: int, validator: RecordValidator[FileT]
    ) -> tuple[Tree, _InstrumentReader]:
        text = file.source.text
        instruments = self._instrument_reader(text, number)
        if not validator.has_instruments:
            return build_tree(text, {}, limits=self.limits), instruments
        plain = read_plain_form(text, INSTRUMENTS, instruments.read, self.limits)
        if plain is not None:
            tree, records = plain
            file.source = SourceFile(file.source.path, text, records)
            return tree, instruments
        instruments = self._instrument_reader(text, number)
        return build_tree(text, {INSTRUMENTS: instruments.read}, limits=self.limits), instruments

    def _instrument_reader(self, text: str, number: int) -> _InstrumentReader:
        return _InstrumentReader(
            number, lambda offset: self.progress(offset, len(text)), self.limits.refused
        )


def _below(path: DataPath, violation: Violation) -> Violation:
    return violation._replace(path=(*path, *violation.path))


def _is_refused(path: DataPath, refused: AbstractSet[DataPath]) -> bool:
    return bool(refused) and any(path[:length] in refused for length in range(len(path) + 1))

"""All files of a dataset: read and merged as far as possible, with the errors so far."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, TypeVar

from clustergap.checks.consistency import DUPLICATE
from clustergap.checks.files import MISSING_KEY
from clustergap.checks.references import UNKNOWN_INSTRUMENT
from clustergap.checks.run import find_defects
from clustergap.findings import At, DataPath, Rule, Severity, Violation
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import (
    DataFile,
    FileContent,
    FileReader,
    Progress,
    RecordValidator,
)
from clustergap.loading.files import FileLimits
from clustergap.loading.fragments import FragmentResolver, name_files
from clustergap.model.dataset import Dataset, FragmentFile, InstrumentsFile
from clustergap.model.record import OF_FILE, Source, key_in_file
from clustergap.model.swot import Quadrant, SwotFile, SwotItem
from clustergap.text import quote

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")

INSTRUMENTS_FILE = RecordValidator(InstrumentsFile)
FRAGMENT_FILE = RecordValidator(FragmentFile)
SWOT_FILE = RecordValidator(SwotFile)

RECORD = 2
"""Length of a record's data path: longer paths with the same beginning are in the same record."""

Files = Sequence[DataFile[InstrumentsFile] | DataFile[FragmentFile] | DataFile[SwotFile]]


class PathInFile(NamedTuple):
    """A data path in one file, which is given by its index in the order of reading."""

    file: int
    path: DataPath


class _FileRun(NamedTuple):
    """Consecutive items of a merged list that came from one file, where a single item may stand without a list."""

    first: int
    file: int
    kept: Sequence[int] | None
    is_in_list: bool


@dataclass(frozen=True, slots=True)
class EntryOrigins:
    """The file, and the place in it, of each entry of the dataset.

    ``runs`` holds merged lists by their data path, ``owners`` the file of each entry of a merged mapping; everything
    else is in the main file. ``bounded``: the files that speak of some territories only.
    """

    runs: dict[DataPath, list[_FileRun]] = field(default_factory=dict)
    owners: dict[DataPath, int] = field(default_factory=dict)
    bounded: set[int] = field(default_factory=set)

    def add_list(
        self, path: DataPath, parts: Iterable[tuple[int, int, Sequence[int] | None]]
    ) -> None:
        """Add the merged list at *path*: its files, with the number of items of each.

        A single observation in its file has no index there.
        """
        runs, first = self.runs.setdefault(path, []), 0
        for file, length, kept in parts:
            is_in_list = length > 1 or path[0] != "observations"
            runs.append(_FileRun(first, file, kept, is_in_list))
            first += length

    def sources_of_fragments(self) -> Iterator[tuple[str, int]]:
        """Walk through the keys of the sources that fragments declare, each with its file."""
        for (section, key, *_), number in self.owners.items():
            if section == "sources" and OF_FILE in str(key):
                yield str(key), number

    def resolve(self, path: DataPath) -> PathInFile:
        """Return the file and the place in it of an entry of the dataset."""
        for length in range(1, len(path)):
            index, runs = path[length], self.runs.get(path[:length])
            if runs and isinstance(index, int):
                run = runs[bisect_right(runs, index, key=lambda run: run.first) - 1]
                local = run.kept[index - run.first] if run.kept else index - run.first
                item = (local,) if run.is_in_list else ()
                own = (*_in_file(path[:length]), *item, *path[length + 1 :])
                return PathInFile(run.file, own)
        return PathInFile(self.owners.get(path[:2], 0), _in_file(path))


def _in_file(path: DataPath) -> DataPath:
    if path[:1] == ("sources",):
        return ("sources", key_in_file(str(path[1])), *path[2:])
    return path[1:] if path[:1] == ("swot",) else path


class FileViolation(NamedTuple):
    """A violation in one file; ``first`` is the place of the earlier entry that it conflicts with."""

    file: int
    rule: Rule
    violation: Violation
    first: PathInFile | None = None


class Merged(NamedTuple):
    """The dataset, the origins of its entries, and violations between files."""

    dataset: Dataset
    origins: EntryOrigins
    broken: list[FileViolation]


class LoadedFiles:
    """The files of one dataset, read once.

    Attributes:
        files: The files in the order of reading.
        merged: Everything that could be read, as one dataset; None if the main file could not be read.
        defects: All violations of shape and of the rules of ``find_defects``.
    """

    def __init__(self, files: DatasetFiles, limits: FileLimits, progress: Progress) -> None:
        reader = FileReader(files, limits, progress)
        self.main = reader.read(files.main, 0, INSTRUMENTS_FILE)
        self.fragments = [
            reader.read(path, n, FRAGMENT_FILE)
            for n, path in enumerate((*files.fragments, *files.added), 1)
        ]
        number = len(self.fragments) + 1
        self.swot = reader.read(files.swot, number, SWOT_FILE) if files.swot else None
        self.files: Files = [self.main, *self.fragments, *([self.swot] if self.swot else [])]
        self.merged = self._merge()
        self.defects = [*self._of_shape(), *self._across_files()]

    @property
    def has_errors(self) -> bool:
        """Whether there is an error, so that no other command can use the dataset."""
        return any(file.refusals for file in self.files) or any(
            defect.rule.severity is Severity.ERROR for defect in self.defects
        )

    @property
    def is_unread(self) -> bool:
        """Whether there is a file that could not be read at all."""
        return any(file.content is None for file in self.files)

    @property
    def first_refused(self) -> str:
        """The lowest code of the rules that refused a file which could not be read at all."""
        unread = (file for file in self.files if file.content is None)
        return min((refusal.rule.code for file in unread for refusal in file.refusals), default="")

    @property
    def damaged(self) -> AbstractSet[str]:
        """Top-level keys that lost an entry; ``swot`` stands for its whole file."""
        damaged = {key for file in self.files for key in file.damaged}
        if any(file.content is None for file in self.fragments):
            damaged.add("instruments")
        if self.swot is not None and self.swot.content is None:
            damaged.add("sources")
        if self.swot is not None and (self.swot.broken or self.swot.refusals):
            damaged.add("swot")
        return damaged

    @property
    def has_lost(self) -> bool:
        """Whether a part of a file could not be read."""
        return any(file.refusals or file.broken for file in self.files)

    @property
    def unfit(self) -> AbstractSet[str]:
        """Top-level keys with an incomplete record; ``swot`` if its links to instruments are incomplete."""
        unfit = {str(path[0]) for _, path in self.broken_records if path}
        swot = len(self.files) - 1 if self.swot else None
        if "swot" in self.damaged or any(
            defect.file == swot and defect.rule is UNKNOWN_INSTRUMENT for defect in self.defects
        ):
            unfit.add("swot")
        misspelt = {str(path[0]) for file in self.files for path in file.originals.names}
        return unfit | misspelt | self.damaged

    @property
    def broken_records(self) -> AbstractSet[tuple[int, DataPath]]:
        """The records that lost something to an error, by file and data path."""
        return {
            (number, path[:RECORD])
            for number, file in enumerate(self.files)
            for path in (*(violation.path for _, violation in file.broken), *file.lost)
        }

    def in_files(self, broken: Iterable[tuple[Rule, Violation]]) -> list[FileViolation]:
        """Turn violations at data paths of the dataset into violations in its files."""
        if self.merged is None:
            return []
        located = []
        for rule, violation in broken:
            at = self._locate_in_file(self.merged.origins, violation.path)
            first = None
            if violation.first is not None:
                first = self._locate_in_file(self.merged.origins, violation.first)
            located.append(FileViolation(at.file, rule, violation._replace(path=at.path), first))
        return located

    def _locate_in_file(self, origins: EntryOrigins, path: DataPath) -> PathInFile:
        place = origins.resolve(path)
        return place._replace(path=self.files[place.file].originals.find(place.path))

    def record_id(self, number: int, path: DataPath) -> str:
        """Return the id of the record that contains a data path of file *number*, or nothing."""
        content = self.files[number].content
        if content is None or len(path) < RECORD or not isinstance(path[1], int):
            return ""
        records = getattr(content.record, str(path[0]), ())
        kept = content.kept.get(str(path[0])) or range(len(records))
        index = bisect_left(kept, path[1])
        is_there = index < len(kept) and kept[index] == path[1]
        return getattr(records[index], "id", "") if is_there else ""

    def _merge(self) -> Merged | None:
        if self.main.content is None:
            return None
        fragments = [file.content for file in self.fragments if file.content]
        return merge(self.main.content, fragments, self.swot.content if self.swot else None)

    def _of_shape(self) -> list[FileViolation]:
        broken = [
            FileViolation(number, rule, violation)
            for number, file in enumerate(self.files)
            for rule, violation in file.broken
        ]
        return broken + self._without_instruments()

    def _without_instruments(self) -> list[FileViolation]:
        known = self.main.keys and not self.main.refusals
        unread = any(file.content is None for file in self.fragments)
        keys = self.main.keys | {key for file in self.fragments for key in file.keys}
        if not known or unread or "instruments" in keys:
            return []
        message = "the key 'instruments' is missing, and no fragment has it"
        return [FileViolation(0, MISSING_KEY, Violation((), message, "add instruments: []"))]

    def _across_files(self) -> list[FileViolation]:
        if self.merged is None:
            return []
        defects = find_defects(self.merged.dataset, self.damaged)
        return self._as_written(self.merged.broken) + self.in_files(defects)

    def _as_written(self, broken: Iterable[FileViolation]) -> list[FileViolation]:
        return [
            row._replace(
                violation=row.violation._replace(
                    path=self.files[row.file].originals.find(row.violation.path)
                )
            )
            for row in broken
        ]


def merge(
    main: FileContent[InstrumentsFile],
    fragments: Sequence[FileContent[FragmentFile]],
    swot: FileContent[SwotFile] | None,
) -> Merged:
    """Merge the files of a dataset, in the order of reading."""
    record, origins = main.record, EntryOrigins()
    of_swot = swot.record.sources.keys() if swot else frozenset()
    resolver = FragmentResolver(record, of_swot)
    names = name_files(content.path for content in fragments)
    resolved = [*map(resolver.resolve, fragments, names)]
    origins.bounded.update(content.number for content in fragments if content.record.territories)
    holders: list[FileContent[InstrumentsFile] | FileContent[FragmentFile]] = [
        main,
        *(content for content, _ in resolved),
    ]
    for name in ("levels", "roles", "kinds", "targets", "groups"):
        origins.add_list((name,), [(0, len(getattr(record, name)), main.kept.get(name))])
    origins.add_list(
        ("instruments",),
        [(p.number, len(p.record.instruments), p.kept.get("instruments")) for p in holders],
    )
    sources, broken = _join_sources([*holders, *([swot] if swot else [])], origins)
    dataset = Dataset(
        title=record.title,
        as_of=record.as_of,
        sources=sources,
        levels=record.levels,
        roles=record.roles,
        kinds=record.kinds,
        targets=record.targets,
        groups=record.groups,
        instruments=tuple(chain.from_iterable(content.record.instruments for content in holders)),
        observations=_join_lists(
            "observations", {p.number: p.record.observations for p in holders}, origins
        ),
        assessed=_join_lists("assessed", {p.number: p.record.assessed for p in holders}, origins),
        accepted_gaps=record.accepted_gaps,
        swot=_swot(swot, origins) if swot else {},
    )
    out_of_scope = [
        FileViolation(content.number, rule, violation)
        for content, found in resolved
        for rule, violation in found
    ]
    return Merged(dataset, origins, broken + out_of_scope)


def _join_sources(
    contents: Sequence[
        FileContent[InstrumentsFile] | FileContent[FragmentFile] | FileContent[SwotFile]
    ],
    origins: EntryOrigins,
) -> tuple[dict[str, Source], list[FileViolation]]:
    # Of a source in the main file and one of another file with its key, the first wins; the second is a finding.
    joined: dict[str, Source] = {}
    broken = []
    for content in contents:
        for key, source in content.record.sources.items():
            path = ("sources", key_in_file(key))
            first = PathInFile(origins.owners.get(path, content.number), path)
            if first.file == content.number:
                joined[key], origins.owners["sources", key] = source, content.number
                continue
            message = f"{quote(path[1])} stands in two files"
            violation = Violation(path, message, "keep one of the two", At.KEY)
            broken.append(FileViolation(content.number, DUPLICATE, violation, first))
    return joined, broken


def _join_lists(
    section: str, by_file: Mapping[int, Mapping[KeyT, tuple[ValueT, ...]]], origins: EntryOrigins
) -> dict[KeyT, tuple[ValueT, ...]]:
    joined: dict[KeyT, tuple[ValueT, ...]] = {}
    parts: dict[KeyT, list[tuple[int, int, None]]] = {}
    for number, lists in by_file.items():
        for key, items in lists.items():
            joined[key] = joined.get(key, ()) + items
            parts.setdefault(key, []).append((number, len(items), None))
            origins.owners.setdefault((section, str(key)), number)
    for key, lengths in parts.items():
        origins.add_list((section, str(key)), lengths)
    return joined


def _swot(
    swot: FileContent[SwotFile], origins: EntryOrigins
) -> dict[Quadrant, tuple[SwotItem, ...]]:
    quadrants: dict[Quadrant, tuple[SwotItem, ...]] = {}
    for quadrant in Quadrant:
        items: tuple[SwotItem, ...] = getattr(swot.record, quadrant.value)
        quadrants[quadrant] = items
        lengths = [(swot.number, len(items), swot.kept.get(quadrant.value))]
        origins.add_list(("swot", quadrant.value), lengths)
    return quadrants

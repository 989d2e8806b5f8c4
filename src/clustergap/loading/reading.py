"""All files of one dataset: read, joined as far as they can be, and what is wrong so far."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from clustergap.checks.rules.references import UNKNOWN_INSTRUMENT
from clustergap.checks.rules.shape import MISSING_KEY
from clustergap.checks.run import find_defects
from clustergap.findings import DataPath, Rule, Severity, Violation
from clustergap.loading.datafile import DataFile, Door, Progress
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import Limits
from clustergap.loading.merge import BrokenIn, InFile, Merged, Origins, merge
from clustergap.loading.shape import Shape
from clustergap.model.dataset import FragmentFile, InstrumentsFile, SwotFile

INSTRUMENTS_FILE = Shape(InstrumentsFile)
FRAGMENT_FILE = Shape(FragmentFile)
SWOT_FILE = Shape(SwotFile)

RECORD = 2
"""Data paths that begin with the same so many parts lie in one record of a file."""

Files = Sequence[DataFile[InstrumentsFile] | DataFile[FragmentFile] | DataFile[SwotFile]]


class Reading:
    """What one reading of a dataset gave.

    Attributes:
        files: The files in the order of reading.
        merged: All that could be read as one dataset; None where not even its main file could.
        defects: What is wrong at data paths, of every rule that ``find_defects`` knows, and of shape.
    """

    def __init__(self, files: DatasetFiles, limits: Limits, progress: Progress) -> None:
        door = Door(files, limits, progress)
        self.main = door.read(files.main, 0, INSTRUMENTS_FILE)
        self.fragments = [
            door.read(path, n, FRAGMENT_FILE)
            for n, path in enumerate((*files.fragments, *files.added), 1)
        ]
        number = len(self.fragments) + 1
        self.swot = door.read(files.swot, number, SWOT_FILE) if files.swot else None
        self.files: Files = [self.main, *self.fragments, *([self.swot] if self.swot else [])]
        self.merged = self._merge()
        self.defects = [*self._of_shape(), *self._across_files()]

    @property
    def has_errors(self) -> bool:
        """Whether no other command can use the dataset."""
        return any(file.refusals for file in self.files) or any(
            one.rule.severity is Severity.ERROR for one in self.defects
        )

    @property
    def is_unread(self) -> bool:
        """Whether there is a file of which nothing could be read."""
        return any(file.part is None for file in self.files)

    @property
    def first_refused(self) -> str:
        """The first code by which anything was refused in a file of which nothing could be read."""
        unread = (file for file in self.files if file.part is None)
        return min((one.rule.code for file in unread for one in file.refusals), default="")

    @property
    def damaged(self) -> AbstractSet[str]:
        """Keys of the files that lost something; ``swot`` stands for all of its file."""
        damaged = {key for file in self.files for key in file.damaged}
        if any(file.part is None for file in self.fragments):
            damaged.add("instruments")
        if self.swot is not None and self.swot.part is None:
            damaged.add("sources")
        if self.swot is not None and (self.swot.broken or self.swot.refusals):
            damaged.add("swot")
        return damaged

    @property
    def has_lost(self) -> bool:
        """Whether something that a file says could not be read."""
        return any(file.refusals or file.broken for file in self.files)

    @property
    def unfit(self) -> AbstractSet[str]:
        """Keys of the files in which some record is not whole; ``swot`` where its links to instruments are not."""
        unfit = {str(path[0]) for _, path in self.broken_records if path}
        swot = len(self.files) - 1 if self.swot else None
        if "swot" in self.damaged or any(
            one.file == swot and one.rule is UNKNOWN_INSTRUMENT for one in self.defects
        ):
            unfit.add("swot")
        misspelt = {str(path[0]) for file in self.files for path in file.detours.names}
        return unfit | misspelt | self.damaged

    @property
    def broken_records(self) -> AbstractSet[tuple[int, DataPath]]:
        """The records that an error took something from, by file and data path."""
        return {
            (number, path[:RECORD])
            for number, file in enumerate(self.files)
            for path in (*(violation.path for _, violation in file.broken), *file.lost)
        }

    def in_files(self, broken: Iterable[tuple[Rule, Violation]]) -> list[BrokenIn]:
        """Say of violations at the dataset's data paths in which file they stand, and where in it."""
        if self.merged is None:
            return []
        found = []
        for rule, violation in broken:
            at = self._in_file(self.merged.origins, violation.path)
            first = None
            if violation.first is not None:
                first = self._in_file(self.merged.origins, violation.first)
            found.append(BrokenIn(at.file, rule, violation._replace(path=at.path), first))
        return found

    def _in_file(self, origins: Origins, path: DataPath) -> InFile:
        number, local = origins.resolve(path)
        return InFile(number, self.files[number].detours.own(local))

    def record_id(self, number: int, path: DataPath) -> str:
        """Return the id of the record in which a data path of the *number*-th file lies, or nothing."""
        part = self.files[number].part
        if part is None or len(path) < RECORD or not isinstance(path[1], int):
            return ""
        records = getattr(part.record, str(path[0]), ())
        kept = part.kept.get(str(path[0])) or range(len(records))
        index = bisect_left(kept, path[1])
        is_there = index < len(kept) and kept[index] == path[1]
        return getattr(records[index], "id", "") if is_there else ""

    def _merge(self) -> Merged | None:
        if self.main.part is None:
            return None
        fragments = [file.part for file in self.fragments if file.part]
        return merge(self.main.part, fragments, self.swot.part if self.swot else None)

    def _of_shape(self) -> list[BrokenIn]:
        broken = [
            BrokenIn(number, rule, violation)
            for number, file in enumerate(self.files)
            for rule, violation in file.broken
        ]
        return broken + self._without_instruments()

    def _without_instruments(self) -> list[BrokenIn]:
        known = self.main.keys and not self.main.refusals
        unread = any(file.part is None for file in self.fragments)
        keys = self.main.keys | {key for file in self.fragments for key in file.keys}
        if not known or unread or "instruments" in keys:
            return []
        message = "the key 'instruments' is missing, and no fragment has it"
        return [BrokenIn(0, MISSING_KEY, Violation((), message, "add instruments: []"))]

    def _across_files(self) -> list[BrokenIn]:
        if self.merged is None:
            return []
        defects = find_defects(self.merged.dataset, self.damaged)
        return self.merged.broken + self.in_files(defects)

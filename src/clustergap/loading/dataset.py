"""A folder of data files to a dataset: each file is read once, and every finding of all of them is told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from clustergap.checks import catalogue
from clustergap.checks.run import find_violations
from clustergap.findings import (
    At,
    DataError,
    DataPath,
    Finding,
    Location,
    Report,
    Rule,
    Severity,
    Violation,
    where,
)
from clustergap.loading.datafile import DataFile, Door, Progress
from clustergap.loading.files import MIB, Refusal
from clustergap.loading.folder import DatasetFiles
from clustergap.loading.merge import Merged, Origins, merge
from clustergap.loading.shape import Shape
from clustergap.loading.source import Place, Region, Source
from clustergap.model.dataset import Dataset, FragmentFile, InstrumentsFile
from clustergap.model.swot import SwotFile

MOST_MIB = 64

INSTRUMENTS_FILE = Shape(InstrumentsFile)
FRAGMENT_FILE = Shape(FragmentFile)
SWOT_FILE = Shape(SwotFile)

Broken = tuple[int, Rule, Violation]
"""A violation at a data path of one file, by the file's place in the order of reading."""


class Sources(NamedTuple):
    """The files of a dataset, and where in them its entries stand."""

    files: tuple[Source, ...]
    origins: Origins

    def locate(self, paths: Iterable[DataPath]) -> Mapping[DataPath, Location]:
        """Say where the entries at the dataset's *paths* begin, reading each file at most once more."""
        resolved = {path: self.origins.resolve(path) for path in paths}
        locations: dict[DataPath, Location] = {}
        for number, file in enumerate(self.files):
            here = {path: local for path, (owner, local) in resolved.items() if owner == number}
            places = file.places(here.values()) if here else {}
            for path, local in here.items():
                locations[path] = file.location(places[local].key.start)
        return locations


class Loaded(NamedTuple):
    """A dataset without errors, where it came from, and what ``check`` says of it."""

    dataset: Dataset
    sources: Sources
    report: Report


def load_dataset(
    files: DatasetFiles, most_mib: int = MOST_MIB, progress: Progress | None = None
) -> Loaded:
    """Read a dataset that every command can trust.

    Raises:
        DataError: A file has an error; the error holds all findings of all files.
    """
    reading = _Reading(files, most_mib, progress or _unheard)
    report = reading.report()
    if reading.merged is None or report.count(Severity.ERROR):
        raise DataError(report)
    sources = Sources(tuple(file.source for file in reading.files), reading.merged.origins)
    return Loaded(reading.merged.dataset, sources, report)


def check_dataset(
    files: DatasetFiles, most_mib: int = MOST_MIB, progress: Progress | None = None
) -> Report:
    """Read a dataset and say what is wrong with it; arguments as ``load_dataset``'s."""
    return _Reading(files, most_mib, progress or _unheard).report()


def _unheard(_path: str, _done: int, _total: int) -> None:
    pass


class _Reading:
    """All files of one dataset, read, and joined as far as they can be."""

    def __init__(self, files: DatasetFiles, most_mib: int, progress: Progress) -> None:
        door = Door(files, most_mib * MIB, progress)
        self.main = door.read(files.main, 0, INSTRUMENTS_FILE)
        self.fragments = [
            door.read(path, n, FRAGMENT_FILE) for n, path in enumerate(files.fragments, 1)
        ]
        number = len(self.fragments) + 1
        self.swot = door.read(files.swot, number, SWOT_FILE) if files.swot else None
        self.merged = self._merge()

    @property
    def files(
        self,
    ) -> Sequence[DataFile[InstrumentsFile] | DataFile[FragmentFile] | DataFile[SwotFile]]:
        return [self.main, *self.fragments, *([self.swot] if self.swot else [])]

    def report(self) -> Report:
        broken: list[Broken] = [
            (number, rule, violation)
            for number, file in enumerate(self.files)
            for rule, violation in file.broken
        ]
        broken += self._without_instruments() + self._across_files()
        findings: list[Finding] = []
        for number, file in enumerate(self.files):
            here = [(rule, violation) for owner, rule, violation in broken if owner == number]
            findings += locate_findings(file.source, file.refusals, here)
        return Report(tuple(findings), len(self.files))

    def _merge(self) -> Merged | None:
        if self.main.part is None:
            return None
        fragments = [file.part for file in self.fragments if file.part]
        return merge(self.main.part, fragments, self.swot.part if self.swot else None)

    def _without_instruments(self) -> list[Broken]:
        known = self.main.keys and not self.main.refusals
        unread = any(file.part is None for file in self.fragments)
        if (
            not known
            or unread
            or "instruments"
            in self.main.keys | {key for file in self.fragments for key in file.keys}
        ):
            return []
        message = "the key 'instruments' is missing, and no fragment has it"
        return [(0, catalogue.MISSING_KEY, Violation((), message, "add instruments: []"))]

    def _across_files(self) -> list[Broken]:
        if self.merged is None:
            return []
        damaged = {key for file in self.files for key in file.damaged}
        if any(file.part is None for file in self.fragments):
            damaged.add("instruments")
        if self.swot is not None and self.swot.part is None:
            damaged.add("sources")
        broken = self.merged.broken.copy()
        for rule, violation in find_violations(self.merged.dataset, damaged):
            number, path = self.merged.origins.resolve(violation.path)
            local = Violation(
                path, violation.message, violation.hint, violation.at, violation.text
            )
            broken.append((number, rule, local))
        return broken


def locate_findings(
    source: Source, refusals: Iterable[Refusal], broken: Sequence[tuple[Rule, Violation]]
) -> list[Finding]:
    """Turn what is wrong in one file into findings, in the order of its text."""
    located: list[tuple[int, Finding]] = []

    def add(region: Region, rule: Rule, violation: Violation) -> None:
        location, path = source.location(region.start), where(violation.path)
        excerpt = source.excerpt(region) if source.text else None
        finding = Finding(rule, location, violation.message, violation.hint, path, excerpt)
        located.append((region.start, finding))

    for refusal in refusals:
        region = Region(refusal.offset, refusal.offset + 1)
        add(region, refusal.rule, Violation((), refusal.message, refusal.hint))
    places = source.places({violation.path for _, violation in broken}) if broken else {}
    for rule, violation in broken:
        add(_region(source, places[violation.path], violation), rule, violation)
    located.sort(key=lambda item: (item[0], item[1].rule.code, item[1].message))
    return [finding for _, finding in located]


def _region(source: Source, place: Place, violation: Violation) -> Region:
    region = place.key if violation.at is At.KEY else place.value
    start = source.text.find(violation.text, region.start, region.end) if violation.text else -1
    if start < 0:
        return region
    end = start + len(violation.text)
    return Region(start + violation.text.startswith("@"), end)  # the @ only tells level from role

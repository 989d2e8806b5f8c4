"""From data files to a dataset, or to findings, each with its line, text and rule."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import NamedTuple

from clustergap.checks.files import YAML_SYNTAX
from clustergap.checks.references import UNKNOWN_TERRITORY
from clustergap.checks.run import (
    CATALOGUE,
    EVERYTHING,
    RuleSelection,
    find_beside_unknown_places,
    find_contradictions,
    find_upkeep,
    reported_by,
    skipped_for_errors,
    skipped_without_a_day,
)
from clustergap.findings import (
    At,
    CheckResult,
    DataError,
    DataPath,
    Finding,
    Location,
    Rule,
    SkipReason,
    Violation,
    format_path,
    worst_indices,
)
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import Progress
from clustergap.loading.files import FILE_LIMITS, FileLimits, Refusal
from clustergap.loading.loaded_files import (
    RECORD,
    EntryOrigins,
    FileViolation,
    LoadedFiles,
    PathInFile,
)
from clustergap.loading.source import EntryPlace, Region, SourceFile
from clustergap.model.dataset import Dataset


class DatasetSources(NamedTuple):
    """The files of a dataset, and the places of its entries in them."""

    files: tuple[SourceFile, ...]
    origins: EntryOrigins

    def locate(self, paths: Iterable[DataPath]) -> Mapping[DataPath, Location]:
        """Return the locations of the entries at *paths* of the dataset; each file is parsed at most once."""
        places = {path: self.origins.resolve(path) for path in paths}
        locations = _locate_entries(self.files, places.values())
        return {path: locations[place] for path, place in places.items()}

    def files_for_more(self, paths: Iterable[DataPath]) -> tuple[str, ...]:
        """Return the files to which something could be added after the entries at *paths*, in the order of reading.

        A file that speaks of some territories only is none; if all are, the main file.
        """
        numbers = {self.origins.resolve(path).file for path in paths} - self.origins.bounded
        return tuple(self.files[number].path for number in sorted(numbers or {0}))


def _locate_entries(
    files: Sequence[SourceFile], places: Iterable[PathInFile]
) -> Mapping[PathInFile, Location]:
    # One pass over each file that has any of them.
    by_file: dict[int, set[DataPath]] = defaultdict(set)
    for number, path in places:
        by_file[number].add(path)
    return {
        PathInFile(number, path): files[number].location(entry.key.start)
        for number, paths in by_file.items()
        for path, entry in files[number].places(paths).items()
    }


class Loaded(NamedTuple):
    """A dataset without errors, and where it came from."""

    dataset: Dataset
    sources: DatasetSources


def load_dataset(
    files: DatasetFiles, limits: FileLimits = FILE_LIMITS, progress: Progress | None = None
) -> Loaded:
    """Read a dataset without errors.

    Raises:
        DataError: A file has an error; the exception has all findings of all files, as ``check`` reports them.
    """
    loaded = LoadedFiles(files, limits, progress or _unheard)
    if loaded.merged is None or loaded.has_errors:
        raise DataError(_report(loaded, None, EVERYTHING))
    sources = DatasetSources(tuple(file.source for file in loaded.files), loaded.merged.origins)
    return Loaded(loaded.merged.dataset, sources)


def check_dataset(
    files: DatasetFiles,
    limits: FileLimits = FILE_LIMITS,
    progress: Progress | None = None,
    today: date | None = None,
    selection: RuleSelection = EVERYTHING,
) -> CheckResult:
    """Read a dataset and say what is wrong with it.

    Args:
        files: The files of the dataset.
        limits: How much of each file is read.
        progress: Called with the characters read.
        today: The day for rules of upkeep; None: rules that need it are skipped.
        selection: The rules to check.

    Returns:
        The findings by file, in the order of the text. Only those that are shown have an excerpt, as there may be many
        more.
    """
    return _report(LoadedFiles(files, limits, progress or _unheard), today, selection)


def report_alone(
    source: SourceFile, refusals: Iterable[Refusal], broken: Iterable[tuple[Rule, Violation]]
) -> CheckResult:
    """Report the errors of a file that belongs to no dataset."""
    violations = [FileViolation(0, rule, violation) for rule, violation in broken]
    located = _locate(source, refusals, violations, lambda _path: "", {})
    rules = tuple(dict.fromkeys(defect.rule for defect in located))
    return CheckResult(_findings(located), (source.path,), rules)


def _unheard(_done: int, _total: int) -> None:
    pass


def _report(loaded: LoadedFiles, today: date | None, selection: RuleSelection) -> CheckResult:
    skipped = _skipped(loaded, today)
    is_reported = reported_by(selection, skipped)
    violations: list[list[FileViolation]] = [[] for _ in loaded.files]
    for defect in chain(loaded.defects, _upkeep(loaded, today)):
        if is_reported(defect.rule):
            violations[defect.file].append(defect)
    firsts = _locate_entries(
        [file.source for file in loaded.files],
        (defect.first for row in violations for defect in row if defect.first is not None),
    )
    located: list[_Located] = []
    for number, file in enumerate(loaded.files):
        located += _locate(
            file.source,
            (refusal for refusal in file.refusals if is_reported(refusal.rule)),
            violations[number],
            partial(loaded.record_id, number),
            firsts,
        )
    return CheckResult(
        _findings(located),
        tuple(file.source.path for file in loaded.files),
        tuple(rule for rule in CATALOGUE.values() if selection.asks_for(rule)),
        tuple((rule, why) for rule, why in skipped if selection.asks_for(rule)),
    )


def _skipped(loaded: LoadedFiles, today: date | None) -> Sequence[tuple[Rule, SkipReason]]:
    skipped: list[tuple[Rule, SkipReason]] = []
    if loaded.is_unread:
        # Rules with lower codes were checked before the YAML was parsed.
        first = min(loaded.first_refused, YAML_SYNTAX.code)
        skipped = [(rule, SkipReason.ERRORS) for rule in CATALOGUE.values() if rule.code >= first]
    elif loaded.has_errors:
        skipped = skipped_for_errors(is_whole=not loaded.has_lost)
    if loaded.merged is not None and today is None:
        skipped += skipped_without_a_day(loaded.merged.dataset)
    return skipped


def _upkeep(loaded: LoadedFiles, today: date | None) -> Iterator[FileViolation]:
    # An incomplete record may have lost what a rule of upkeep asks for: only complete ones are checked.
    if loaded.merged is None:
        return
    dataset, broken = loaded.merged.dataset, loaded.broken_records
    violations = [*find_upkeep(dataset, loaded.unfit, today)]
    if any(defect.rule is UNKNOWN_TERRITORY for defect in loaded.defects):
        violations += find_beside_unknown_places(dataset)
    for defect in loaded.in_files(violations):
        if (defect.file, defect.violation.path[:RECORD]) not in broken:
            yield defect
    if not loaded.has_errors:
        yield from loaded.in_files(find_contradictions(dataset))


class _Located(NamedTuple):
    """A violation at a place in a file."""

    source: SourceFile
    region: Region
    rule: Rule
    violation: Violation
    record: str = ""
    first: Location | None = None

    @property
    def order(self) -> tuple[int, str, str]:
        """The sort key of the findings of a file."""
        return self.region.start, self.rule.code, self.violation.message


def _locate(
    source: SourceFile,
    refusals: Iterable[Refusal],
    violations: Sequence[FileViolation],
    record_of: Callable[[DataPath], str],
    firsts: Mapping[PathInFile, Location],
) -> list[_Located]:
    located = [
        _Located(
            source,
            Region(refusal.offset, refusal.offset + 1),
            refusal.rule,
            Violation((), refusal.message, refusal.hint),
        )
        for refusal in refusals
    ]
    paths = {violation.path for _, _, violation, _ in violations}
    places = source.places(paths) if paths else {}
    located += [
        _Located(
            source,
            _region(source, places[violation.path], violation),
            rule,
            violation,
            record_of(violation.path),
            firsts[first] if first is not None else None,
        )
        for _, rule, violation, first in violations
    ]
    return sorted(located, key=lambda defect: defect.order)


def _region(source: SourceFile, place: EntryPlace, violation: Violation) -> Region:
    region = place.key if violation.at is At.KEY else place.value
    if region.start == region.end:  # a mapping or list in block style: all of its first line
        region = Region(region.start, source.end_of_line(region.start))
    start = source.text.find(violation.text, region.start, region.end) if violation.text else -1
    if start < 0:
        return region
    end = start + len(violation.text)
    return Region(start + violation.text.startswith("@"), end)  # the @ only tells level from role


def _findings(located: Sequence[_Located]) -> tuple[Finding, ...]:
    excerpted = set(worst_indices([defect.rule.severity for defect in located]))
    return tuple(
        Finding(
            rule,
            source.location(region.start),
            violation.message,
            violation.hint,
            format_path(violation.path),
            record,
            source.excerpt(region) if number in excerpted and source.text else None,
            first,
        )
        for number, (source, region, rule, violation, record, first) in enumerate(located)
    )

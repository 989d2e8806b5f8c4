"""What a reading found wrong, as a report: each finding with its line, its source text and its rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from clustergap.checks.catalogue import CATALOGUE
from clustergap.checks.rules.files import YAML_SYNTAX
from clustergap.checks.rules.references import UNKNOWN_TERRITORY
from clustergap.checks.run import (
    find_beside_unknown_places,
    find_contradictions,
    find_upkeep,
    skipped_for_errors,
    skipped_without_a_day,
)
from clustergap.checks.selection import RuleSelection, reported_by
from clustergap.findings import (
    At,
    CheckResult,
    DataPath,
    Finding,
    Location,
    Rule,
    SkipReason,
    Violation,
    where,
    worst,
)
from clustergap.loading.files import Refusal
from clustergap.loading.merge import BrokenIn, InFile
from clustergap.loading.reading import RECORD, Reading
from clustergap.loading.source import Place, Region, Source


class _Located(NamedTuple):
    """What is wrong at one place of a file."""

    source: Source
    region: Region
    rule: Rule
    violation: Violation
    record: str = ""
    first: Location | None = None


class _Told(NamedTuple):
    """What is told of one file: by offset, and by data path."""

    refusals: list[Refusal]
    broken: list[BrokenIn]


def build_report(reading: Reading, today: date | None, selection: RuleSelection) -> CheckResult:
    """Report what is wrong with a dataset.

    Args:
        reading: Its files, read.
        today: The day of upkeep; None: nothing that depends on it is judged.
        selection: The rules asked for.

    Returns:
        The findings in file order, in each file in the order of its text. Only those that are shown have an
        excerpt: there may be many more.
    """
    skipped = _skipped(reading, today)
    is_reported = reported_by(selection, skipped)
    told = [
        _Told([refusal for refusal in file.refusals if is_reported(refusal.rule)], [])
        for file in reading.files
    ]
    for one in chain(reading.defects, _upkeep(reading, today)):
        if is_reported(one.rule):
            told[one.file].broken.append(one)
    firsts = _locate_firsts(reading, told)
    located = [
        row for number, here in enumerate(told) for row in _locate(reading, number, here, firsts)
    ]
    shown = set(worst([one.rule.severity for one in located]))
    return CheckResult(
        tuple(_finding(one, is_shown=i in shown) for i, one in enumerate(located)),
        tuple(file.source.path for file in reading.files),
        tuple(rule for rule in CATALOGUE.values() if selection.asks_for(rule)),
        tuple(one for one in skipped if selection.asks_for(one[0])),
    )


def report_alone(
    source: Source, refusals: Iterable[Refusal], broken: Iterable[tuple[Rule, Violation]]
) -> CheckResult:
    """Report what is wrong with a file that belongs to no dataset."""
    wrong = list(broken)
    paths = {violation.path for _, violation in wrong}
    places = source.places(paths) if paths else {}
    located = [
        *(_refused(source, refusal) for refusal in refusals),
        *(
            _Located(source, _region(source, places[one.path], one), rule, one)
            for rule, one in wrong
        ),
    ]
    located.sort(key=_in_order)
    shown = set(worst([one.rule.severity for one in located]))
    findings = tuple(_finding(one, is_shown=i in shown) for i, one in enumerate(located))
    return CheckResult(findings, (source.path,), tuple(dict.fromkeys(one.rule for one in located)))


def _skipped(reading: Reading, today: date | None) -> Sequence[tuple[Rule, SkipReason]]:
    skipped: list[tuple[Rule, SkipReason]] = []
    if reading.is_unread:
        # What stands before the shape of YAML was looked at.
        first = min(reading.first_refused, YAML_SYNTAX.code)
        skipped = [(rule, SkipReason.ERRORS) for rule in CATALOGUE.values() if rule.code >= first]
    elif reading.has_errors:
        skipped = skipped_for_errors(is_whole=not reading.has_lost)
    if reading.merged is not None and today is None:
        skipped += skipped_without_a_day(reading.merged.dataset)
    return skipped


def _upkeep(reading: Reading, today: date | None) -> Iterator[BrokenIn]:
    # What a record has lost to an error it may well have said: only whole records are judged.
    if reading.merged is None:
        return
    dataset, broken = reading.merged.dataset, reading.broken_records
    found = [*find_upkeep(dataset, reading.unfit, today)]
    if any(one.rule is UNKNOWN_TERRITORY for one in reading.defects):
        found += find_beside_unknown_places(dataset)
    for one in reading.in_files(found):
        if (one.file, one.violation.path[:RECORD]) not in broken:
            yield one
    if not reading.has_errors:
        yield from reading.in_files(find_contradictions(dataset))


def _locate_firsts(reading: Reading, told: Iterable[_Told]) -> Mapping[InFile, Location]:
    # In one pass over each file that has any.
    by_file: dict[int, set[DataPath]] = defaultdict(set)
    for here in told:
        for one in here.broken:
            if one.first is not None:
                by_file[one.first.file].add(one.first.path)
    located = {}
    for number, paths in by_file.items():
        source = reading.files[number].source
        for path, place in source.places(paths).items():
            located[InFile(number, path)] = source.location(place.key.start)
    return located


def _locate(
    reading: Reading, number: int, told: _Told, firsts: Mapping[InFile, Location]
) -> list[_Located]:
    source = reading.files[number].source
    located = [_refused(source, refusal) for refusal in told.refusals]
    paths = {one.violation.path for one in told.broken}
    places = source.places(paths) if paths else {}
    located += [
        _Located(
            source,
            _region(source, places[one.violation.path], one.violation),
            one.rule,
            one.violation,
            reading.record_id(number, one.violation.path),
            firsts[one.first] if one.first is not None else None,
        )
        for one in told.broken
    ]
    located.sort(key=_in_order)
    return located


def _refused(source: Source, refusal: Refusal) -> _Located:
    region = Region(refusal.offset, refusal.offset + 1)
    return _Located(source, region, refusal.rule, Violation((), refusal.message, refusal.hint))


def _in_order(one: _Located) -> tuple[int, str, str]:
    return one.region.start, one.rule.code, one.violation.message


def _finding(located: _Located, *, is_shown: bool) -> Finding:
    source, region, rule, violation, record, first = located
    return Finding(
        rule,
        source.location(region.start),
        violation.message,
        violation.hint,
        where(violation.path),
        record,
        source.excerpt(region) if is_shown and source.text else None,
        first,
    )


def _region(source: Source, place: Place, violation: Violation) -> Region:
    region = place.key if violation.at is At.KEY else place.value
    if region.start == region.end:  # a mapping or list in block style: all of its first line
        region = Region(region.start, source.end_of_line(region.start))
    start = source.text.find(violation.text, region.start, region.end) if violation.text else -1
    if start < 0:
        return region
    end = start + len(violation.text)
    return Region(start + violation.text.startswith("@"), end)  # the @ only tells level from role

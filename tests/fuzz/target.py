"""What must hold of loading and checking whatever the files of a dataset hold: nothing but findings comes out."""

import io
import json
import re
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import product
from pathlib import Path, PurePosixPath

import yaml
from pytest import MonkeyPatch  # noqa: PT013 - no test stands here
from rich.console import Console

from clustergap.analysis.matrix import build_matrix
from clustergap.findings import CheckResult, DataError, Finding, Severity
from clustergap.formats import Format, find_writer
from clustergap.loading import source, yaml_reader
from clustergap.loading.discovery import DatasetFiles, find_files
from clustergap.loading.files import FRAGMENTS
from clustergap.loading.loader import check_dataset, load_dataset
from clustergap.loading.yaml_dialect import PARSE_ERRORS, OpenEvents, PureParser, open_events
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.text import visible
from clustergap.theme import UNICODE
from clustergap.writers import findings_text

Files = Mapping[str, bytes]
"""A dataset by the paths of its files in its folder."""

TODAY = date(2026, 6, 30)

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069]")
"""Characters that move a cursor, forge a line, turn a text around or hide in it."""

STOPS_READING = frozenset(("CG003", "CG007"))
"""Rules of which a finding may be the last in its file, as nothing behind it is read.

Where one parser stops the other may stop elsewhere, or refuse what it could read by another rule (a tag of
which the name is nonsense); both must refuse the file.
"""

_NAMED = re.compile(r"'([~A-Za-z0-9@-]+)' is not ")
_OF_ONE_WORD = frozenset(("CG102", "CG104", "CG201", "CG202", "CG203", "CG204", "CG206", "CG207"))
_DRESSED = ("|", ">", "&", "!", "? ")
"""What a scalar may begin with instead of its text."""

_BOM = b"\xef\xbb\xbf"

FASTEST = Path("/dev/shm")  # noqa: S108 - only the folder that is made in it is written to
"""Where files are written fastest, on Linux."""


class BrokenPromiseError(AssertionError):
    """What came out of a dataset is not what must: which promise is broken, and by what."""

    def __init__(self, promise: str, said: str = "") -> None:
        super().__init__(f"{promise}: {said}" if said else promise)
        self.promise = promise


def look_at(files: Files, parser: OpenEvents = open_events) -> CheckResult:
    """Check *files* with *parser*, and everything that must hold of what comes out.

    Raises:
        BrokenPromiseError: Something does not hold. Any other exception is one that the program let through.
    """
    report = _check(files, parser)
    _look_at_report(report, files)
    return report


def look_with_both(files: Files) -> tuple[CheckResult, bool]:
    """Look at *files* with libyaml's parser and with PyYAML's own.

    Returns:
        What the first says, and whether the second says the same. Both refuse the same files in any case.

    Raises:
        BrokenPromiseError: As ``look_at``, or one of the two refuses a file that the other reads.
    """
    report, other = look_at(files, open_events), _check(files, PureParser)
    _look_at_line_ends(report, files)
    if other == report:
        return report, True
    _look_at_report(other, files)
    for path in report.files:
        one, two = _stop(report, path), _stop(other, path)
        said = f"of {path}, libyaml: {one}; PyYAML: {two}"
        alike = _is_refused(report, path) == _is_refused(other, path)
        _require(alike, f"both parsers give one verdict ({_masked(said)})", said)
    is_alike = _codes_and_lines(report) == _codes_and_lines(other)
    stopped = any(_stop(one, path) for one in (report, other) for path in report.files)
    said = f"{_codes_and_lines(report)[:9]} {_codes_and_lines(other)[:9]}"
    _require(is_alike or stopped, "both parsers find the same where both read all", said)
    return report, is_alike


def rule_codes(report: CheckResult) -> frozenset[str]:
    """Return the codes of all rules that are broken."""
    return frozenset(finding.rule.code for finding in report.findings)


def _require(holds: object, promise: str, said: str = "") -> None:
    if not holds:
        raise BrokenPromiseError(promise, said[:300])


def _check(files: Files, parser: OpenEvents) -> CheckResult:
    with _written(files) as dataset, _reading_with(parser):
        report = check_dataset(dataset, today=TODAY)
        _require(report == check_dataset(dataset, today=TODAY), "a second run says the same")
        loaded = _load(dataset, report)
    if loaded is not None:
        _look_at_ratings(loaded)
    return report


def _look_at_report(report: CheckResult, files: Files) -> None:
    lines = {path: _lines_of(files[_in_folder(path)]) for path in report.files}
    for finding in report.findings:
        _look_at_words(finding)
        _look_at_place(finding, lines[finding.location.path])
        _look_at_named_word(finding, lines[finding.location.path][finding.location.line - 1])
    places = [
        (report.files.index(f.location.path), f.location.line, f.location.column)
        for f in report.findings
    ]
    _require(places == sorted(places), "findings come in file order")
    for path in report.files:
        if any(f.rule.code == "CG003" and f.location.path == path for f in report.findings):
            text = _text_of(files[_in_folder(path)])
            _require(
                not _is_yaml(text),
                "what PyYAML and libyaml both read is YAML",
                _stop(report, path),
            )
    _look_at_formats(report)


def _look_at_line_ends(report: CheckResult, files: Files) -> None:
    # As Windows's editors write files: with CR LF, and a byte-order mark.
    if any(
        b"\r" in data or data.startswith(_BOM) or not _is_text(data) for data in files.values()
    ):
        return
    otherwise = {name: _BOM + data.replace(b"\n", b"\r\n") for name, data in files.items()}
    with _written(otherwise) as dataset:
        other = check_dataset(dataset, today=TODAY)
    one, two = _codes_and_lines(report), _codes_and_lines(other)
    said = str(sorted({*one} ^ {*two})[:9])
    _require(one == two, "line ends and a byte-order mark change nothing", said)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _written(files: Files) -> Iterator[DatasetFiles]:
    where = FASTEST if FASTEST.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="clustergap-fuzz-", dir=where) as name:
        folder = Path(name)
        (folder / FRAGMENTS).mkdir()
        for path, data in files.items():
            (folder / path).write_bytes(data)
        yield find_files(folder)._replace(shown_as="data")


def _in_folder(path: str) -> str:
    return str(PurePosixPath(path).relative_to("data"))


@contextmanager
def _reading_with(parser: OpenEvents) -> Iterator[None]:
    # For the tree and for the lines.
    with MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader.build_tree, "__defaults__", (parser,))
        patch.setattr(source, "open_events", parser)
        yield


def _load(dataset: DatasetFiles, report: CheckResult) -> Dataset | None:
    try:
        loaded = load_dataset(dataset).dataset
    except DataError as error:
        _require(
            _errors(error.report) == _errors(report), "load tells the errors that check tells"
        )
        _require(bool(_errors(report)), "load fails only where check finds an error")
        return None
    _require(not _errors(report), "load fails where check finds an error")
    return loaded


def _errors(report: CheckResult) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.severity is Severity.ERROR]


def _text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _lines_of(data: bytes) -> list[str]:
    # As an editor counts them: behind the last line end there is none.
    *lines, last = _text_of(data).split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    return [*lines, last] if last or not lines else lines


def _is_yaml(text: str) -> bool:
    # The parsers as they are, without what is made of them here.
    try:
        for loader in (getattr(yaml, "CLoader", yaml.Loader), yaml.Loader):
            for _ in yaml.parse(text, loader):
                pass
    except PARSE_ERRORS:
        return False
    return True


def _look_at_words(finding: Finding) -> None:
    said = f"{finding.rule.code} at line {finding.location.line}: {finding.message!r}"
    _require(bool(finding.message), "a finding has a message", said)
    _require(bool(finding.hint), "a finding says what to write instead", said)
    for words in (finding.message, finding.hint):
        _require(visible(words) == words, "every character of a message is seen", said)
        _require(len(words) < 1_000, "a message is short", said)
    _require(not ACTING.search(finding.where), "no character of a data path acts", said)


def _look_at_place(finding: Finding, lines: list[str]) -> None:
    _, line, column = finding.location
    said = f"{finding.rule.code} at {line}:{column}"
    _require(1 <= line <= len(lines), "the line is one of the file's", said)
    text = lines[line - 1]
    _require(1 <= column <= len(text) + 1, "the column is one of the line's", said)
    excerpt = finding.excerpt
    if excerpt is None:
        return
    shown, start, length = excerpt
    _require(
        0 <= start <= len(shown) and 1 <= length <= max(1, len(shown) - start),
        "the caret lies in its excerpt",
        f"{start}+{length} of {len(shown)}, {said}",
    )
    left = column - 1 - start
    _require(left >= 0 and text.startswith(shown, left), "the excerpt is of the line", said)


def _look_at_named_word(finding: Finding, line: str) -> None:
    # A message that begins with a simple word stands where that word does, in quotes or not.
    found = _NAMED.match(finding.message)
    if found is None or finding.rule.code not in _OF_ONE_WORD:
        return
    said = f"{finding.rule.code} at {finding.location.line}: {finding.message} {finding.hint}"
    meant = finding.hint.startswith(f"did you mean '{found[1]}'")
    _require(not meant, "a hint is not what is wrong already", said)
    there = line[finding.location.column - 1 :]
    if not there.startswith(_DRESSED) and "\\" not in there:
        bare = there.lstrip("'\"")
        stands_there = bare.startswith((found[1], f"@{found[1]}"))
        _require(stands_there, "a word is where it is said to be", said)


def _look_at_formats(report: CheckResult) -> None:
    for format_, parse in _PARSERS.items():
        text = find_writer("check", format_)(report)
        _require(not ACTING.search(text), f"no character acts in {format_}")
        parse(text, report)
    console = Console(file=io.StringIO(), width=120, color_system=None, _environ={})
    with console.capture() as capture:
        console.print(findings_text.write_findings(report, UNICODE), crop=False)
    _require(not ACTING.search(capture.get()), "no character acts in text")
    heads = re.findall(r"^data/\S+:\d+:\d+: \w+ CG\d{3} ", capture.get(), re.MULTILINE)
    _require(len(heads) == len(report.shown), "text tells every finding on a line of its own")


def _parse_json(text: str, report: CheckResult) -> None:
    told = [(one["code"], one["line"], one["column"]) for one in json.loads(text)["findings"]]
    shown = [(f.rule.code, f.location.line, f.location.column) for f in report.shown]
    _require(told == shown, "json tells every finding")


def _parse_sarif(text: str, report: CheckResult) -> None:
    told = [one["ruleId"] for one in json.loads(text)["runs"][0]["results"]]
    _require(told == [f.rule.code for f in report.shown], "sarif tells every finding")


def _parse_junit(text: str, report: CheckResult) -> None:
    failures = ET.fromstring(text).iter("failure")  # noqa: S314 - our own
    errors = [f for f in report.shown if f.rule.severity is Severity.ERROR]
    _require(len(list(failures)) == len(errors), "junit tells every error")


def _parse_github(text: str, _report: CheckResult) -> None:
    for line in text.removesuffix("\n").split("\n") if text else ():
        is_command = re.match(r"::(error|warning|notice) [^:]*::.", line)
        _require(is_command is not None, "github reads every line", line)


_PARSERS = {
    Format.JSON: _parse_json,
    Format.SARIF: _parse_sarif,
    Format.JUNIT: _parse_junit,
    Format.GITHUB: _parse_github,
}


def _look_at_ratings(dataset: Dataset) -> None:
    wanted = [Cell(r.id, level.id) for r, level in product(dataset.roles, dataset.levels)]
    for query in (Query(), Query(as_of=TODAY, place="RO", with_planned=True)):
        matrix = build_matrix(dataset, query)
        _require([one.cell for one in matrix] == wanted, "every cell is rated")
        _require(list(matrix.ratings) == wanted, "every cell is rated once")


def _is_refused(report: CheckResult, path: str) -> bool:
    return any(finding.location.path == path for finding in _errors(report))


def _stop(report: CheckResult, path: str) -> str:
    found = (f for f in report.findings if f.location.path == path)
    return next(
        (f"{f.location.line}: {f.message}" for f in found if f.rule.code in STOPS_READING), ""
    )


def _masked(said: str) -> str:
    return re.sub(r"'.*?'|[0-9]+|data/\S+", "…", said)


def _codes_and_lines(report: CheckResult) -> list[tuple[str, str, int]]:
    return [(f.rule.code, f.location.path, f.location.line) for f in report.findings]

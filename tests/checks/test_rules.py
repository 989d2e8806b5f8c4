"""The rules: every file and folder in ``data`` says where ``check`` must find what, and it finds no more.

``# expect CG201`` on a line of a data file wants that finding there; several codes may follow. A file without is right.
``# today: 2026-01-01`` on a line of the main file is the day of upkeep.
Adding a case is adding a file.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clustergap.checks import (
    consistency,
    covers,
    files,
    lifetimes,
    odd_places,
    references,
    swot,
    upkeep,
)
from clustergap.checks.run import CATALOGUE, EVERYTHING, RuleSelection
from clustergap.findings import CheckResult, Rule
from clustergap.loading import source, yaml_reader
from clustergap.loading.discovery import find_files
from clustergap.loading.files import MAIN
from clustergap.loading.loader import check_dataset
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from paths import TESTS

DATA = TESTS / "data"

DATASETS = sorted([*DATA.glob("*.yaml"), *(path.parent for path in DATA.glob(f"*/{MAIN}"))])

ELSEWHERE = {
    "CG001": "loading/test_files.py",  # needs pipes, links and rights
    "CG002": "loading/test_files.py",  # a file that is not UTF-8 would not survive an editor
}
"""Codes that no file in ``data`` can expect, and the tests that look at them."""

Place = tuple[str, int, str]
"""A file's name in its dataset, a line, a code."""


@pytest.fixture(params=[open_events, PureParser], ids=["libyaml", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> OpenEvents:
    """Let one of the two parsers read, for the tree and for the lines."""
    monkeypatch.setattr(yaml_reader.build_tree, "__defaults__", (request.param,))
    monkeypatch.setattr(source, "open_events", request.param)
    parser: OpenEvents = request.param
    return parser


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("dataset", DATASETS, ids=lambda path: path.name)
def test_check_finds_what_a_file_expects_and_no_more(dataset: Path) -> None:
    findings = _check(dataset).findings

    found = [
        (Path(f.location.path).relative_to(DATA).as_posix(), f.location.line, f.rule.code)
        for f in findings
    ]
    assert sorted(found) == sorted(_expected_in(dataset))


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda path: path.name)
def test_findings_come_in_file_order(dataset: Path) -> None:
    files = find_files(dataset)
    order = [path.as_posix() for path in (files.main, *files.fragments, files.swot) if path]

    findings = _check(dataset).findings

    places = [(order.index(f.location.path), f.location.line, f.location.column) for f in findings]
    assert places == sorted(places)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda path: path.name)
def test_every_finding_says_what_to_write_instead(dataset: Path) -> None:
    for finding in _check(dataset).findings:
        assert finding.message
        assert finding.hint


def test_a_file_is_named_after_the_rule_that_it_breaks() -> None:
    for path in DATA.glob("*.yaml"):
        code = path.name[:5].upper()
        codes = {code for _, _, code in _expected_in(path)}

        assert code in codes if path.name.startswith("cg") else not codes, path.name


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_rule_has_a_file_that_expects_it(code: str) -> None:
    if code in ELSEWHERE:
        assert code in (TESTS / ELSEWHERE[code]).read_text(encoding="utf-8")
    else:
        assert any(
            code == expected for dataset in DATASETS for _, _, expected in _expected_in(dataset)
        )


def test_the_severities_are_those_of_the_contract() -> None:
    warnings = {
        "CG208",
        "CG301",
        "CG302",
        "CG304",
        "CG305",
        "CG306",
        "CG307",
        "CG308",
        "CG309",
        "CG310",
    }
    notes = {"CG303", "CG401", "CG402"}

    for code, rule in CATALOGUE.items():
        expected = "warning" if code in warnings else "note" if code in notes else "error"
        assert rule.severity == expected, code


def test_every_rule_that_is_written_is_in_the_catalogue() -> None:
    groups = (files, references, consistency, covers, lifetimes, upkeep, odd_places, swot)
    rules = {
        value for group in groups for value in vars(group).values() if isinstance(value, Rule)
    }

    assert set(CATALOGUE.values()) == rules


def test_codes_ascend_and_names_are_unique() -> None:
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert len({rule.name for rule in CATALOGUE.values()}) == len(CATALOGUE)


def _check(dataset: Path) -> CheckResult:
    # A file about an error says nothing of upkeep: it would need a source for everything.
    about_upkeep = dataset.name.startswith(("cg3", "cg4", "good-upkeep"))
    selection = EVERYTHING if about_upkeep else RuleSelection(ignore=("CG3", "CG4"))
    main = dataset if dataset.is_file() else dataset / MAIN
    today = re.search(r"^# today: (\S+)$", main.read_text(encoding="utf-8"), re.MULTILINE)
    day = date.fromisoformat(today[1]) if today else None
    return check_dataset(find_files(dataset), today=day, selection=selection)


def _expected_in(dataset: Path) -> Iterator[Place]:
    for path in [dataset] if dataset.is_file() else sorted(dataset.rglob("*.yaml")):
        name = path.relative_to(DATA).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            for codes in re.findall(r"# expect ((?:CG\d{3} ?)+)", line):
                yield from ((name, number, code) for code in codes.split())

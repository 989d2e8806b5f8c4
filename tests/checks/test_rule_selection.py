"""What ``check`` is asked for: rules, a day, how strict; and what it says where it could not judge."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.checks.run import CATALOGUE, RuleSelection, reported_by
from clustergap.cli.exit import Exit
from clustergap.findings import CheckResult, Finding, Severity, SkipReason
from clustergap.loading.discovery import find_files
from clustergap.loading.files import MAIN
from clustergap.loading.loader import check_dataset
from paths import ROOT, TESTS
from running import Outcome, run

DATA = TESTS / "data"
DATASETS = sorted([*DATA.glob("*.yaml"), *(path.parent for path in DATA.glob(f"*/{MAIN}"))])

HEAD = """\
schema: 1
title: A dataset
sources: {s: {title: Survey}}
levels: [{id: eu, name: EU}, {id: country, name: Country, territories: eu27}]
roles: [{id: on, name: On}]
"""
FILES = {
    "good": "instruments: [{id: a, name: A, sources: [{ref: s}], covers: {on@eu: full}}]\n",
    "note": "instruments: [{id: a, name: A, covers: {on@eu: full}}]\n",
    "warning": "instruments: [{id: a, name: A, sources: [{ref: s}]}]\n",
    "error": "instruments: [{id: a, name: A, sources: [{ref: s}], covers: {on@town: full}}]\n",
    "syntax": "instruments: [\n",
    "reviewed": "instruments: [{id: a, name: A, sources: [{ref: s}], covers: {on@eu: full}, reviewed: 2024}]\n",
    "accepted": "instruments: []\naccepted_gaps: {on@eu: {reason: x, until: 2025-06}}\n",
}
"""Files with one finding, or none, each told by its name."""


@pytest.fixture(autouse=True)
def _in_a_folder_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(f"{name}.yaml").write_text(HEAD + text, encoding="utf-8")


def codes(outcome: Outcome) -> list[str]:
    """Say what is found, from JSON."""
    return [finding["code"] for finding in json.loads(outcome.out)["findings"]]


def found(*argv: str) -> list[str]:
    """Say what ``check`` finds."""
    return codes(run("check", "-f", "json", *argv))


# Which rules


@pytest.mark.parametrize(
    "argv",
    [
        ["--select", "CG303"],
        ["--select", "CG3"],
        ["--select", "CG"],
        ["--select", "cg303"],
        ["--select", "Cg30"],
        ["--select", "CG2,CG303"],
        ["--select", "CG2, CG303"],
        ["--select", "CG2", "--select", "CG303"],
        ["--select", "CG303,CG303", "--select", "CG3"],
        ["--select", "CG3", "--ignore", "CG301"],
        ["--ignore", "CG301"],
        ["--ignore", "CG301,cg4", "--ignore", "CG0"],
    ],
)
def test_rules_are_chosen_by_codes_and_beginnings_of_codes(argv: list[str]) -> None:
    assert found("note.yaml", *argv) == ["CG303"]


@pytest.mark.parametrize(
    "argv",
    [
        ["--select", "CG2"],
        ["--select", "CG301,CG302"],
        ["--ignore", "CG303"],
        ["--ignore", "cg3"],
        ["--ignore", "CG"],
        ["--ignore", "CG2", "--ignore", "CG3"],
        ["--select", "CG3", "--ignore", "CG303"],
        ["--select", "CG303", "--ignore", "CG3"],
        ["--select", "CG303", "--ignore", "CG303"],
    ],
)
def test_what_is_not_asked_for_or_ignored_is_not_found(argv: list[str]) -> None:
    assert found("note.yaml", *argv) == []


@pytest.mark.parametrize(
    ("select", "ignore", "is_asked_for"),
    [
        ((), (), True),
        (("CG303",), (), True),
        (("CG2", "CG3"), (), True),
        (("CG2", "CG304"), (), False),
        ((), ("CG303",), False),
        ((), ("CG2", "CG304"), True),
        (("CG3",), ("CG30",), False),
        (("CG303",), ("CG304",), True),
    ],
)
def test_a_rule_is_asked_for_if_it_is_selected_and_not_ignored(
    select: tuple[str, ...], ignore: tuple[str, ...], is_asked_for: bool
) -> None:
    assert RuleSelection(select, ignore).asks_for(CATALOGUE["CG303"]) == is_asked_for


@pytest.mark.parametrize(
    ("hindered", "why", "told"),
    [
        # CG201 and CG202 are errors, CG208 is a warning.
        ("CG301", SkipReason.ERRORS, ["CG201", "CG301"]),
        ("CG301", SkipReason.NO_DAY, ["CG301"]),
        ("CG401", SkipReason.ERRORS, ["CG301"]),
    ],
)
def test_errors_are_told_where_they_keep_a_selected_rule_from_being_judged(
    hindered: str, why: SkipReason, told: list[str]
) -> None:
    selection = RuleSelection(select=("CG3",), ignore=("CG202", "CG303"))

    is_told = reported_by(selection, [(CATALOGUE[hindered], why)])

    rules = ["CG201", "CG202", "CG208", "CG301", "CG303", "CG401"]
    assert [code for code in rules if is_told(CATALOGUE[code])] == told


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("CG3O3", "CG303"),
        ("CG3033", "CG303"),
        ("G303", "CG303"),
        ("cg-303", "CG303"),
        ("CG303;CG302", "CG30"),
        ("E501", ""),
        ("", ""),
        ("CG303,,CG302", ""),
        ("CG 303", "CG303"),
        ("-", ""),
    ],
)
def test_what_is_no_code_is_refused_with_a_suggestion(option: str, word: str, meant: str) -> None:
    outcome = run("check", "good.yaml", "--exit-zero", f"{option}={word}")

    assert outcome.code == Exit.UNUSABLE
    assert outcome.stdout == b""
    assert "CG001, CG002" in outcome.err
    assert (f"Did you mean '{meant}" in outcome.err) == bool(meant)


def test_ignored_errors_do_not_fail_and_selected_ones_do() -> None:
    assert run("check", "error.yaml").code == Exit.FOUND
    assert run("check", "error.yaml", "--select", "CG202").code == Exit.FOUND
    assert run("check", "error.yaml", "--ignore", "CG202").code == Exit.OK
    assert run("check", "error.yaml", "--select", "CG201").code == Exit.OK


Word = st.sampled_from(sorted({code[:length] for code in CATALOGUE for length in (1, 3, 4, 5)}))
_WORDS = st.lists(Word, max_size=3).map(tuple)
_SETS = st.sampled_from(DATASETS)
TODAY = date(2026, 1, 1)


@cache
def report(dataset: Path, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> CheckResult:
    """Check one of the datasets in ``data``."""
    return check_dataset(
        find_files(dataset), today=TODAY, selection=RuleSelection(tuple(select), tuple(ignore))
    )


def kept(findings: Sequence[Finding], prefixes: tuple[str, ...]) -> list[Finding]:
    """Return the findings of rules whose codes begin with one of *prefixes*."""
    return [finding for finding in findings if finding.rule.code.startswith(prefixes)]


@given(
    _SETS,
    st.sampled_from([("CG",), ("C",), tuple(CATALOGUE), ("CG0", "CG1", "CG2", "CG3", "CG4")]),
)
def test_to_select_everything_is_to_select_nothing(dataset: Path, select: tuple[str, ...]) -> None:
    assert report(dataset, select) == report(dataset)


@given(_SETS, _WORDS)
def test_to_ignore_leaves_the_rest_as_it_is(dataset: Path, ignore: tuple[str, ...]) -> None:
    found = report(dataset, (), ignore).findings

    ignored = kept(report(dataset).findings, ignore) if ignore else []
    assert list(found) == [one for one in report(dataset).findings if one not in ignored]


@given(_SETS, _WORDS)
def test_to_select_tells_what_the_whole_report_tells_of_it_and_at_most_errors_more(
    dataset: Path, select: tuple[str, ...]
) -> None:
    part, whole = report(dataset, select), report(dataset)

    asked = kept(whole.findings, select or ("CG",))
    more = [one for one in part.findings if one not in asked]
    assert [one for one in part.findings if one in asked] == asked
    assert more in ([], [
        one for one in whole.findings if one.rule.severity is Severity.ERROR and one not in asked
    ])  # fmt: skip
    assert not more or SkipReason.ERRORS in {why for _, why in part.skipped}


@given(_SETS, _WORDS)
def test_nothing_is_told_of_rules_that_are_selected_and_ignored(
    dataset: Path, words: tuple[str, ...]
) -> None:
    empty = report(dataset, words or ("CG",), words or ("CG",))

    assert (empty.findings, empty.rules, empty.skipped) == ((), (), ())


@given(_SETS, _WORDS, _WORDS)
def test_nothing_is_told_of_what_is_ignored(
    dataset: Path, select: tuple[str, ...], ignore: tuple[str, ...]
) -> None:
    told = report(dataset, select, ignore)

    assert not ignore or kept(told.findings, ignore) == []
    assert set(told.rules) >= {rule for rule, _ in told.skipped}


# What hinders


SEEN = ("CG001", "CG002")
"""What is judged of a file before its YAML: whether it is there, and UTF-8."""


@pytest.mark.parametrize("code", [code for code in CATALOGUE if code not in SEEN])
def test_a_file_that_is_no_yaml_is_told_whatever_is_asked_of_its_data(code: str) -> None:
    outcome = run("check", "syntax.yaml", "-f", "json", "--select", code)

    assert outcome.code == Exit.FOUND
    assert codes(outcome) == ["CG003"]


@pytest.mark.parametrize("code", SEEN)
def test_what_was_seen_of_a_file_that_is_no_yaml_was_judged(code: str) -> None:
    report = check_dataset(find_files(Path("syntax.yaml")))

    assert CATALOGUE[code] not in {rule for rule, _ in report.skipped}
    assert run("check", "syntax.yaml", "--select", code).code == Exit.OK


LOST: Mapping[str, tuple[str, str]] = {
    "CG201": ("CG103", "instruments: [{id: a, name: A, covers: [no@eu]}]"),
    "CG202": ("CG104", "instruments: [{id: a, name: A, covers: {on@Town: full}}]"),
    "CG203": ("CG104", "instruments: [{id: a, name: A, succeeded_by: [A, b]}]"),
    "CG204": ("CG103", "instruments: [{id: a, name: A, covers: {on@country: {territories: XX}}}]"),
    "CG205": ("CG101", "instruments: [{id: a, name: A}, {name: B}]"),
    "CG206": ("CG101", "instruments: [{id: a, name: A, sources: [{locator: x}, {ref: law}]}]"),
    "CG207": ("CG103", "instruments: [{id: a, name: A, kind: [x]}]\nkinds: [{id: k, name: K}]"),
    "CG208": ("CG103", "instruments: [{id: a, name: A}, {id: b, name: [a]}]"),
    "CG209": ("CG104", "instruments: [{id: a, name: A, starts: 2O20, ends: 2019}]"),
    "CG212": (
        "CG104",
        "instruments: [{id: a, name: A, covers: {on@eu: [full, {extent: partial, ends: 2O20}]}}]",
    ),
    "CG301": ("CG102", "instruments: [{id: a, name: A, cover: {}}]"),
    "CG302": ("CG102", "instruments: [{id: a, name: A, covers: {on@eu: {extent: partial, nte: x}}}]"),
    "CG303": ("CG103", "instruments: [{id: a, name: A, sources: s, covers: {on@eu: full}}]"),
    "CG304": ("CG104", "instruments: [{id: a, name: A, reviewed: 2O20, covers: {on@eu: full}}]"),
    "CG305": ("CG102", "instruments: []\naccepted_gaps: {on@eu: {reason: x, til: 2020}}"),
    "CG306": (
        "CG103",
        "instruments: [{id: a, name: A, covers: {on@eu: full}}]\nobservations: {on@eu: [[partial]]}",
    ),
}  # fmt: skip
"""For each rule what it was not judged on, and by which error that was lost."""


@pytest.mark.parametrize(("code", "lost"), LOST.items(), ids=LOST)
def test_an_error_that_keeps_a_selected_rule_from_being_judged_is_told(
    code: str, lost: tuple[str, str]
) -> None:
    Path("lost.yaml").write_text(f"{HEAD}{lost[1]}\n", encoding="utf-8")

    outcome = run("check", "lost.yaml", "-f", "json", "--today", "2026", "--select", code)

    assert outcome.code == Exit.FOUND
    assert lost[0] in codes(outcome)
    unjudged = check_dataset(find_files(Path("lost.yaml")), today=TODAY).skipped
    assert (CATALOGUE[code], SkipReason.ERRORS) in unjudged


@pytest.mark.parametrize("code", ["CG301", "CG303", "CG401", "CG402"])
@pytest.mark.parametrize(
    "swot",
    ["schema: 1\nthreats: [{text: x}]\n", "schema: 1\nthreat: []\n", "schema: 1\nthreats: x\n"],
)
def test_an_error_in_the_swot_is_told_where_it_keeps_a_rule_from_being_judged(
    code: str, swot: str
) -> None:
    Path("data").mkdir()
    Path("data/instruments.yaml").write_text(HEAD + FILES["good"], encoding="utf-8")
    Path("data/swot.yaml").write_text(swot, encoding="utf-8")

    outcome = run("check", "data", "--select", code)

    assert outcome.code == Exit.FOUND
    assert "data/swot.yaml:" in outcome.out


@pytest.mark.parametrize("code", ["CG201", "CG302", "CG303", "CG304", "CG401"])
def test_an_error_that_keeps_no_selected_rule_from_being_judged_is_not_told(code: str) -> None:
    outcome = run("check", "error.yaml", "--today", "2026", "--select", code)

    assert (outcome.code, outcome.err) == (Exit.OK, "")
    assert outcome.out.startswith("no findings")


@pytest.mark.parametrize("code", ["CG305", "CG402"])
def test_with_any_error_nothing_is_said_of_coverage(code: str) -> None:
    assert found("error.yaml", "--select", code) == ["CG202"]


def test_who_ignores_the_error_is_told_what_was_not_judged() -> None:
    outcome = run("check", "error.yaml", "--select", "CG4", "--ignore", "CG202")

    assert outcome.code == Exit.OK
    assert outcome.err == "note: not judged in full: CG402, as the data has errors\n"
    assert run("check", "error.yaml", "--ignore", "CG202", "-q").err == ""


# The day


@pytest.mark.parametrize(("name", "code"), [("reviewed", "CG304"), ("accepted", "CG305")])
def test_without_a_day_a_notice_says_what_was_not_judged(name: str, code: str) -> None:
    outcome = run("check", f"{name}.yaml")

    assert outcome.code == Exit.OK
    assert outcome.out.startswith("no findings")
    assert outcome.err == f"note: not judged in full: {code}, as the day was not given (--today)\n"


@pytest.mark.parametrize(
    "argv",
    [
        ["good.yaml"],
        ["reviewed.yaml", "-q"],
        ["reviewed.yaml", "--today", "2025"],
        ["reviewed.yaml", "--select", "CG303"],
        ["reviewed.yaml", "--ignore", "CG304"],
        ["accepted.yaml", "--select", "CG304"],
    ],
)
def test_no_notice_where_no_dates_were_asked_about(argv: list[str]) -> None:
    outcome = run("check", *argv)

    assert (outcome.code, outcome.err) == (Exit.OK, "")


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("other", ["error", "syntax", "good", "reviewed"])
def test_a_notice_tells_of_every_dataset_in_any_order(other: str, order: int) -> None:
    outcome = run("check", *[f"{other}.yaml", "accepted.yaml"][::order])

    (line,) = outcome.err.splitlines()
    assert "CG305" in line
    assert "--today" in line
    assert ("CG304" in line) == (other == "reviewed")


def test_a_notice_tells_of_the_dataset_whose_error_is_ignored() -> None:
    outcome = run("check", "syntax.yaml", "error.yaml", "--ignore", "CG003")

    assert outcome.code == Exit.FOUND
    assert "as the data has errors" in outcome.err


def test_a_rule_may_be_hindered_by_errors_and_for_want_of_a_day() -> None:
    town = FILES["accepted"].replace("[]", "[{id: a, name: A, covers: {on@town: full}}]")
    Path("both.yaml").write_text(HEAD + town, encoding="utf-8")

    outcome = run("check", "both.yaml", "--select", "CG305", "--ignore", "CG202")

    assert outcome.code == Exit.OK
    assert sorted(outcome.err.splitlines()) == [
        "note: not judged in full: CG305, as the data has errors",
        "note: not judged in full: CG305, as the day was not given (--today)",
    ]


@pytest.mark.parametrize(
    ("day", "reviewed", "accepted"),
    [
        ("2025-06-30", [], []),
        ("2025-07-01", [], ["CG305"]),
        ("2025-06", [], []),
        ("2025-07", [], ["CG305"]),
        ("2025", [], ["CG305"]),
        ("2025-12-31", [], ["CG305"]),
        ("2026-01-01", ["CG304"], ["CG305"]),
        ("2026", ["CG304"], ["CG305"]),
        ("today", ["CG304"], ["CG305"]),
        ("0001", [], []),
        ("9999", ["CG304"], ["CG305"]),
    ],
)
def test_the_day_may_be_a_month_or_a_year_and_means_its_last(
    day: str, reviewed: list[str], accepted: list[str]
) -> None:
    assert found("reviewed.yaml", "--today", day) == reviewed
    assert found("accepted.yaml", "--today", day) == accepted


@pytest.mark.parametrize(
    "day", ["soon", "", "2025-13", "2025-02-29", "25", "2025-1-1", "1.1.2025", "0000", "20250101"]
)
def test_what_is_no_day_is_refused(day: str) -> None:
    outcome = run("check", "good.yaml", "--exit-zero", f"--today={day}")

    assert outcome.code == Exit.UNUSABLE
    assert outcome.stdout == b""
    assert "--today" in outcome.err
    assert "YYYY-MM-DD" in outcome.err


# How strict


@pytest.mark.parametrize(
    ("name", "code", "strictly"),
    [
        ("good", Exit.OK, Exit.OK),
        ("note", Exit.OK, Exit.OK),
        ("warning", Exit.OK, Exit.FOUND),
        ("error", Exit.FOUND, Exit.FOUND),
        ("syntax", Exit.FOUND, Exit.FOUND),
    ],
)
@pytest.mark.sampled(2, by=lambda name, **_: name)
@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif", "junit"])
def test_strictly_a_warning_fails_and_a_note_does_not(
    name: str, code: Exit, strictly: Exit, format_: str
) -> None:
    argv = ["check", f"{name}.yaml", "-f", format_]

    assert run(*argv).code == code
    assert run(*argv, "--strict").code == strictly
    assert run(*argv, "--strict", "--exit-zero").code == Exit.OK
    assert run(*argv, "--exit-zero").stdout == run(*argv).stdout


def test_strictly_only_what_is_asked_for_fails() -> None:
    assert run("check", "warning.yaml", "--strict", "--ignore", "CG301").code == Exit.OK
    assert run("check", "warning.yaml", "--strict", "--select", "CG303").code == Exit.OK
    assert run("check", "reviewed.yaml", "--strict").code == Exit.OK
    assert run("check", "reviewed.yaml", "--strict", "--today", "2026").code == Exit.FOUND


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["missing.yaml"],
        ["good.yaml", "missing.yaml"],
        ["good.yaml", "--data", "missing", "missing"],
        ["good.yaml", "-f", "xml"],
        ["good.yaml", "-o", "no/such/folder.json"],
        ["good.yaml", "--selct", "CG3"],
    ],
)
def test_what_could_not_be_done_is_never_zero(argv: list[str]) -> None:
    outcome = run("check", "--exit-zero", *argv)

    assert outcome.code == Exit.UNUSABLE
    assert outcome.stdout == b""
    assert outcome.err


# Which data


def test_several_datasets_are_one_report_in_the_order_of_the_call() -> None:
    outcome = run("check", "error.yaml", "good.yaml", "note.yaml", "-f", "json")

    parsed = json.loads(outcome.out)
    places = [(finding["path"], finding["code"]) for finding in parsed["findings"]]
    assert places == [("error.yaml", "CG202"), ("note.yaml", "CG303")]
    assert parsed["summary"] == {"errors": 1, "warnings": 0, "notes": 1, "files": 3}


def test_an_error_of_one_dataset_keeps_no_rule_of_another_from_being_judged() -> None:
    closed = FILES["good"] + "accepted_gaps: {on@eu: {reason: x}}\n"
    Path("closed.yaml").write_text(HEAD + closed, encoding="utf-8")

    for argv in (["error.yaml", "closed.yaml"], ["closed.yaml", "error.yaml"]):
        assert sorted(found(*argv)) == ["CG202", "CG305"]
        assert sorted(found(*argv, "--select", "CG305")) == ["CG202", "CG305"]


@pytest.mark.parametrize(
    "path", ["data", "data/instruments.yaml", "data/instruments/ro.yaml", "data/swot.yaml"]
)
def test_a_file_of_a_dataset_is_judged_by_all_of_it(path: str) -> None:
    Path("data/instruments").mkdir(parents=True)
    idle = "instruments: [{id: ro, name: Ro, sources: [{ref: s}]}, {id: bg, name: Bg, sources: [{ref: s}]}]\n"
    Path("data/instruments.yaml").write_text(HEAD, encoding="utf-8")
    Path("data/instruments/ro.yaml").write_text(idle, encoding="utf-8")
    Path("data/swot.yaml").write_text(
        "schema: 1\nthreats: [{id: t, text: x, instruments: [ro]}]\n", encoding="utf-8"
    )

    outcome = run("check", path, "-f", "json")

    places = [
        (one["path"], one["code"], one["where"]) for one in json.loads(outcome.out)["findings"]
    ]
    assert places == [
        ("data/instruments/ro.yaml", "CG301", "instruments[1]"),
        ("data/swot.yaml", "CG303", "threats[0]"),
    ]


def test_a_swot_without_its_dataset_is_taken_for_one() -> None:
    Path("alone").mkdir()
    Path("alone/swot.yaml").write_text("schema: 1\nthreats: []\n", encoding="utf-8")

    assert set(found("alone/swot.yaml")) == {"CG101", "CG102"}


def test_the_deck_has_three_notes_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    outcome = run("check", "data", "--strict", "--today", "2026-11-22", "-f", "json")

    assert (outcome.code, outcome.err) == (Exit.OK, "")
    messages = [(one["code"], one["message"]) for one in json.loads(outcome.out)["findings"]]
    assert [code for code, _ in messages] == ["CG401"] * 3
    assert [message.split("'")[1] for _, message in messages] == ["s3", "w2", "w3"]

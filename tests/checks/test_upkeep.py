"""CG301 to CG402: what a maintainer should look at is found where it stands, and nothing else is."""

import copy
import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.checks.covers import unlocated_cover
from clustergap.checks.run import find_contradictions, find_defects, find_upkeep
from clustergap.checks.upkeep import covers_nothing
from clustergap.findings import CheckResult, DataPath, Finding, SkipReason
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.record import Source, SourceRef
from clustergap.model.statement import Extent, Statement
from clustergap.model.swot import Quadrant
from clustergap.reference.territories import territories
from strategies import dataset_of, datasets
from work import calls

HEAD = """\
schema: 1
title: A dataset
as_of: 2020-06-30
sources: {s: {title: Survey}}
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country, territories: eu27}
roles: [{id: on, name: On}, {id: off, name: Off}]
"""
SOURCES = "sources: [{ref: s}]"
NO_INSTRUMENTS = "instruments: []\n"
SERVES = f"id: act, name: Act, {SOURCES}, covers: {{on@eu: full}}"
"""An instrument of which there is nothing to say."""

RecordT = TypeVar("RecordT", Instrument, Statement)

Found = tuple[str, str, str]
"""A file of the dataset, a code, a data path in the file."""


class Checked:
    """Data files in a folder of their own, checked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def report(self, main: str, today: str | None = None, **others: str) -> CheckResult:
        """Check what stands behind the head of ``instruments.yaml``, beside ``swot`` and fragments by their names."""
        (self.folder / "instruments").mkdir(exist_ok=True)
        for name, text in {"main": HEAD + main, **others}.items():
            named = {"main": "instruments.yaml", "swot": "swot.yaml"}
            path = self.folder / named.get(name, f"instruments/{name}.yaml")
            path.write_text(text, encoding="utf-8", newline="")
        day = date.fromisoformat(today) if today else None
        return check_dataset(find_files(self.folder), today=day)

    def found(self, main: str, today: str | None = None, **others: str) -> list[Found]:
        """Say what is found where."""
        findings = self.report(main, today, **others).findings
        return [(Path(f.location.path).stem, f.rule.code, f.where) for f in findings]

    def codes(self, main: str, today: str | None = None, **others: str) -> list[str]:
        """Say what is found."""
        return [code for _, code, _ in self.found(main, today, **others)]

    def one(self, main: str, today: str | None = None, **others: str) -> Finding:
        """Return the only finding."""
        (finding,) = self.report(main, today, **others).findings
        return finding


@pytest.fixture
def check(tmp_path: Path) -> Checked:
    return Checked(tmp_path)


def marked(finding: Finding) -> str:
    """Return what the caret of a finding stands under."""
    assert finding.excerpt is not None
    return finding.excerpt.text[finding.excerpt.column :][: finding.excerpt.length]


def unjudged(report: CheckResult) -> set[tuple[str, SkipReason]]:
    """Return the codes of what was not judged, with the reasons."""
    return {(rule.code, why) for rule, why in report.skipped}


def instruments(*records: str) -> str:
    """Write instruments, each given by its keys in flow style."""
    return "instruments:\n" + "".join(f"  - {{{record}}}\n" for record in records)


def swot(*items: str, quadrant: str = "threats") -> str:
    """Write a SWOT of items in one quadrant, each given by its keys in flow style."""
    return f"schema: 1\n{quadrant}:\n" + "".join(f"  - {{{item}}}\n" for item in items)


# CG301


def test_an_instrument_that_nothing_needs_is_found_at_its_first_line(check: Checked) -> None:
    finding = check.one(f"instruments:\n  - id: idle\n    name: Idle\n    {SOURCES}\n")

    assert finding.rule.code == "CG301"
    assert (finding.location.line, finding.location.column) == (10, 5)
    assert marked(finding) == "id: idle"
    assert "'idle'" in finding.message
    assert "covers:" in finding.hint


@pytest.mark.parametrize("quadrant", Quadrant)
def test_an_item_of_any_quadrant_needs_the_instrument_that_it_names(
    check: Checked, quadrant: Quadrant
) -> None:
    item = f"id: x, text: x, instruments: [named], {SOURCES}"

    found = check.found(
        instruments(f"id: named, name: Named, {SOURCES}", f"id: idle, name: Idle, {SOURCES}"),
        swot=swot(item, quadrant=quadrant.value),
    )

    assert found == [("instruments", "CG301", "instruments[1]")]


def test_an_item_that_names_the_role_alone_needs_no_instrument(check: Checked) -> None:
    found = check.codes(
        instruments(f"id: idle, name: Idle, {SOURCES}"),
        swot=swot(f"id: x, text: idle, roles: [on], {SOURCES}"),
    )

    assert found == ["CG301"]


BROKEN_SWOTS = {
    "no YAML": "schema: 1\nthreats: [\n",
    "nothing": "",
    "a forbidden character": "schema: 1\nthreats: [] # \u200b\n",
    "a list": "- x\n",
    "another format": swot("id: x, text: x").replace("schema: 1", "schema: 2"),
    "an item without an id": swot("text: x, instruments: [idle]"),
    "a link that is no id": swot("id: x, text: x, instruments: [Idle]"),
    "a link that is no list": swot("id: x, text: x, instruments: idle"),
    "a key that is none": swot("id: x, text: x, instrument: [idle]"),
    "an alias": swot("id: x, text: x, instruments: *idle"),
    "a quadrant that is none": swot("id: x, text: x, instruments: [idle]", quadrant="threat"),
    "a quadrant twice": swot("id: y, text: y")
    + swot("id: x, text: x, instruments: [idle]").replace("schema: 1\n", ""),
    "a merged item": swot("id: x, text: x, <<: {instruments: [idle]}"),
}


@pytest.mark.parametrize("text", BROKEN_SWOTS.values(), ids=BROKEN_SWOTS)
def test_no_instrument_is_idle_where_a_broken_swot_may_name_it(check: Checked, text: str) -> None:
    report = check.report(instruments(f"id: idle, name: Idle, {SOURCES}"), swot=text)

    assert "CG301" not in {finding.rule.code for finding in report.findings}
    assert ("CG301", SkipReason.ERRORS) in unjudged(report)


def test_no_instrument_is_idle_where_the_swot_is_a_link_to_nothing(check: Checked) -> None:
    try:
        (check.folder / "swot.yaml").symlink_to("nowhere.yaml")
    except OSError:
        pytest.skip("no links here")

    report = check.report(instruments(f"id: idle, name: Idle, {SOURCES}"))

    assert [finding.rule.code for finding in report.findings] == ["CG001"]
    assert ("CG301", SkipReason.ERRORS) in unjudged(report)


def test_an_error_elsewhere_keeps_no_instrument_from_being_idle(check: Checked) -> None:
    report = check.report(
        instruments(f"id: idle, name: Idle, {SOURCES}", f"{SERVES}, succeeded_by: [no-one]"),
        swot=swot(f"id: x, text: x, roles: [none], {SOURCES}"),
    )

    assert [finding.rule.code for finding in report.findings] == ["CG301", "CG203", "CG201"]
    assert unjudged(report) == {("CG305", SkipReason.ERRORS), ("CG402", SkipReason.ERRORS)}


def test_of_two_instruments_with_one_id_the_swot_names_both(check: Checked) -> None:
    idle = f"id: idle, name: Idle, {SOURCES}"

    assert check.codes(instruments(idle, idle)) == ["CG301", "CG301", "CG205"]
    assert check.codes(
        instruments(idle, idle), swot=swot(f"id: x, text: x, instruments: [idle], {SOURCES}")
    ) == ["CG205"]


# CG302


@pytest.mark.parametrize(
    ("statement", "caret"),
    [
        ("on@eu: partial", "partial"),
        ("on@country: partial", "partial"),
        ("on@country: {extent: partial}", "{"),
        ("on@country:\n        extent: partial\n        starts: 2016", "extent: partial"),
        ("on@eu: {extent: partial, note: null}", "{"),
    ],
)
def test_a_partial_cover_without_a_reason_is_found_at_its_value(
    check: Checked, statement: str, caret: str
) -> None:
    finding = check.one(
        f"instruments:\n  - id: act\n    name: Act\n    {SOURCES}\n    covers:\n      {statement}\n"
    )

    assert finding.rule.code == "CG302"
    assert marked(finding) == caret
    assert "note" in finding.hint


@pytest.mark.parametrize(
    "statement",
    [
        "on@country: {extent: partial, territories: [AT]}",
        "on@country: {extent: partial, territories: {except: [AT]}}",
        "on@eu: {extent: partial, note: Only firms}",
        "on@country: full",
        "on@country: {note: Only firms}",
    ],
)
def test_a_statement_that_says_how_or_is_full_needs_no_reason(
    check: Checked, statement: str
) -> None:
    observed = check.codes(f"{NO_INSTRUMENTS}observations: {{{statement}}}\n")

    assert observed == ["CG303"]
    assert check.codes(instruments(f"id: a, name: A, {SOURCES}, covers: {{{statement}}}")) == []


def test_an_observation_without_a_reason_is_found_in_its_own_file(check: Checked) -> None:
    report = check.report(
        f"{NO_INSTRUMENTS}observations: {{off@eu: {{extent: partial, {SOURCES}}}}}\n",
        ro=f"observations:\n  on@eu: {{{SOURCES}}}\n  on@country: {{extent: partial, {SOURCES}}}\n",
    )

    places = [(Path(f.location.path).stem, f.location.line) for f in report.findings]
    assert places == [("instruments", 10), ("ro", 3)]
    assert {finding.rule.code for finding in report.findings} == {"CG302"}


# CG303


def test_everything_that_nobody_can_look_up_is_found_in_its_own_file(check: Checked) -> None:
    found = check.found(
        instruments(
            "id: bare, name: Bare, covers: {on@eu: full, off@eu: full}",
            f"id: some, name: Some, covers: {{on@eu: {{{SOURCES}}}, off@eu: full}}",
            f"id: own, name: Own, covers: {{on@eu: {{{SOURCES}}}}}",
            f"id: all, name: All, {SOURCES}, covers: {{on@eu: full}}",
            "id: empty, name: Empty, sources: [], covers: {on@eu: {sources: []}}",
        ),
        ro="instruments:\n  - {id: ro, name: Ro, covers: {on@eu: full}}\n"
        f"observations: {{on@eu: full, off@eu: {{{SOURCES}}}}}\n",
        swot=swot("id: t1, text: x, roles: [on]", f"id: t2, text: x, roles: [on], {SOURCES}"),
    )

    assert found == [
        ("instruments", "CG303", "instruments[0]"),
        ("instruments", "CG303", "instruments[1].covers.off@eu"),
        ("instruments", "CG303", "instruments[4]"),
        ("ro", "CG303", "instruments[0]"),
        ("ro", "CG303", "observations.on@eu"),
        ("swot", "CG303", "threats[0]"),
    ]


def test_the_caret_of_a_missing_source_stands_under_what_needs_one(check: Checked) -> None:
    report = check.report(
        instruments(f"id: a, name: A, covers: {{on@eu: {{{SOURCES}}}, off@eu: full}}"),
        ro="instruments:\n  - name: Ro\n    id: ro\n    covers: {on@eu: full}\n",
    )

    assert [marked(finding) for finding in report.findings] == ["off@eu", "name: Ro"]


def test_an_unknown_source_is_one_finding(check: Checked) -> None:
    assert check.codes(
        instruments("id: a, name: A, sources: [{ref: law}], covers: {on@eu: full}")
    ) == ["CG206"]


def changed(record: RecordT, **values: object) -> RecordT:
    """Copy a record with other values, as they are."""
    other = copy.copy(record)
    for name, value in values.items():
        object.__setattr__(other, name, value)
    return other


def sourced(dataset: Dataset) -> Dataset:
    """Give everything of a dataset a source."""
    refs = (SourceRef(ref="s"),)
    return dataclasses.replace(
        dataset,
        sources={"s": Source(title="Survey")},
        instruments=tuple(changed(one, sources=refs) for one in dataset.instruments),
        observations={
            cell: tuple(changed(one, sources=refs) for one in said)
            for cell, said in dataset.observations.items()
        },
        swot={
            quadrant: tuple(item.model_copy(update={"sources": refs}) for item in items)
            for quadrant, items in dataset.swot.items()
        },
    )


@st.composite
def datasets_with_a_swot(draw: st.DrawFn) -> Dataset:
    """Draw a dataset and a SWOT whose items name what it holds."""
    dataset = draw(datasets())
    cells = [f"{role.id}@{level.id}" for role in dataset.roles for level in dataset.levels]
    ids = [one.id for one in dataset.instruments]
    links = st.fixed_dictionaries(
        {},
        optional={
            "cells": st.lists(st.sampled_from(cells), max_size=2),
            "instruments": st.lists(st.sampled_from(ids), max_size=2) if ids else st.just([]),
        },
    )
    document = {
        quadrant.value: [
            {"id": f"{quadrant.value[0]}{n}", "text": "x", **item}
            for n, item in enumerate(draw(st.lists(links, max_size=2)))
        ]
        for quadrant in Quadrant
    }
    frame = {"levels": ["eu"], "instruments": []}
    return dataclasses.replace(dataset, swot=dataset_of(frame, document).swot)


TODAY = date(2026, 1, 1)


def upkeep(dataset: Dataset) -> Iterator[tuple[str, DataPath]]:
    """Apply every rule but those about files, and tell what is broken where."""
    for rule, violation in (
        *find_defects(dataset),
        *find_upkeep(dataset, frozenset(), TODAY),
        *find_contradictions(dataset),
    ):
        yield rule.code, violation.path


@given(datasets_with_a_swot())
def test_a_source_for_everything_settles_cg303_and_nothing_else(dataset: Dataset) -> None:
    before = [one for one in upkeep(dataset) if one[0] != "CG303"]

    after = list(upkeep(sourced(dataset)))

    assert after == before


@given(datasets_with_a_swot(), st.randoms(use_true_random=False))
def test_the_order_of_instruments_does_not_change_what_is_found(
    dataset: Dataset, random: Random
) -> None:
    mixed = list(dataset.instruments)
    random.shuffle(mixed)
    shuffled = dataclasses.replace(dataset, instruments=tuple(mixed))

    def found(one: Dataset) -> list[tuple[str, ...]]:
        def named(path: DataPath) -> tuple[str, ...]:
            if path[0] != "instruments" or not isinstance(path[1], int):
                return tuple(map(str, path))
            return (one.instruments[path[1]].id, *map(str, path[2:]))

        return sorted((code, *named(path)) for code, path in upkeep(one))

    assert found(shuffled) == found(dataset)


# CG304

REVIEWS = [
    ("2025-01-01", "2026-01-01", False),
    ("2024-12-31", "2026-01-01", True),
    ("2023-03-01", "2024-02-29", False),
    ("2023-02-28", "2024-02-29", True),
    ("2024-02-29", "2025-02-28", False),
    ("2024-02-29", "2025-03-01", True),
    ("2024-12", "2025-12-31", False),
    ("2024-12", "2026-01-01", True),
    ("2024-02", "2025-02-28", False),
    ("2024-02", "2025-03-01", True),
    ("2024", "2025-12-31", False),
    ("2024", "2026-01-01", True),
    ("2026-01-01", "2026-01-01", False),
    ("2027", "2026-01-01", False),
    ("0001", "9999-12-31", True),
]
"""When a record was last checked, the day of upkeep, whether that is over 365 days ago."""


@pytest.mark.parametrize(("reviewed", "today", "is_overdue"), REVIEWS)
def test_a_review_holds_for_365_days(
    check: Checked, reviewed: str, today: str, is_overdue: bool
) -> None:
    codes = check.codes(instruments(f"{SERVES}, reviewed: {reviewed}"), today)

    assert codes == ["CG304"] * is_overdue


def test_an_overdue_review_is_found_at_its_date(check: Checked) -> None:
    finding = check.one(instruments(f"{SERVES}, reviewed: 2024-12-31"), "2026-01-01")

    assert marked(finding) == "2024-12-31"
    assert "366 days before 2026-01-01" in finding.message
    assert "reviewed" in finding.hint


@pytest.mark.parametrize("also", ["status: planned", "ends: 2016", "starts: 2030"])
def test_a_record_that_is_not_in_force_is_reviewed_too(check: Checked, also: str) -> None:
    assert check.codes(instruments(f"{SERVES}, {also}, reviewed: 2020"), "2026-01-01") == ["CG304"]


def test_without_a_day_reviews_and_accepted_gaps_are_not_judged_by_their_dates(
    check: Checked,
) -> None:
    reviewed = check.report(instruments(f"{SERVES}, reviewed: 2010"))
    accepted = check.report(
        f"{NO_INSTRUMENTS}accepted_gaps: {{on@eu: {{reason: x, until: 2010}}}}\n"
    )
    neither = check.report(f"{NO_INSTRUMENTS}accepted_gaps: {{on@eu: {{reason: x}}}}\n")

    assert (reviewed.findings, accepted.findings, neither.findings) == ((), (), ())
    assert unjudged(reviewed) == {("CG304", SkipReason.NO_DAY)}
    assert unjudged(accepted) == {("CG305", SkipReason.NO_DAY)}
    assert unjudged(neither) == set()


def test_reviews_are_judged_although_there_are_errors_elsewhere(check: Checked) -> None:
    report = check.report(
        instruments(f"{SERVES}, reviewed: 2010", "id: b, name: B, covers: {on@town: full}"),
        "2026-01-01",
        ro=f"instruments:\n  - {{id: c, name: C, covers: {{on@eu: full}}, {SOURCES}, reviewed: 2010}}\n",
    )

    places = [(Path(f.location.path).stem, f.location.line, f.rule.code) for f in report.findings]
    assert ("instruments", 10, "CG304") in places
    assert ("ro", 2, "CG304") in places
    assert "CG304" not in {code for code, _ in unjudged(report)}


# CG305


def cover(statement: str, also: str = "") -> str:
    """Write the keys of an instrument behind its id and name: what it says of on@country, and *also*."""
    return f"covers: {{on@country: {statement}}}, {SOURCES}" + f", {also}" * bool(also)


CELLS = {
    "full everywhere": (True, [cover("full")], ""),
    "partial": (False, [cover("{extent: partial, note: x}")], ""),
    "nothing": (False, [], ""),
    "another cell": (False, [cover("full").replace("on@country", "on@eu")], ""),
    "an observation": (True, [], f"observations: {{on@country: {{{SOURCES}}}}}"),
    "two that add up": (
        True,
        [cover("{territories: [AT, BE]}"), cover("{territories: {except: [AT, BE]}}")],
        "",
    ),
    "one country is left": (
        False,
        [cover("{territories: [AT]}"), cover("{territories: {except: [AT, BE]}}")],
        "",
    ),
    "an observation closes the rest": (
        True,
        [cover("{territories: {except: [AT, BE]}}")],
        f"observations: {{on@country: {{territories: [AT, BE], {SOURCES}}}}}",
    ),
    "two partial ones do not add up": (
        False,
        [cover("{extent: partial, note: x}"), cover("{extent: partial, note: y}")],
        "",
    ),
    "full but for one that is partial": (
        False,
        [
            cover("{territories: {except: [AT]}}"),
            cover("{extent: partial, territories: [AT]}"),
        ],
        "",
    ),
    "ends on the dataset's day": (True, [cover("full", "ends: 2020-06-30")], ""),
    "ended the day before": (False, [cover("full", "ends: 2020-06-29")], ""),
    "starts on the dataset's day": (True, [cover("full", "starts: 2020-06-30")], ""),
    "starts the day after": (False, [cover("full", "starts: 2020-07")], ""),
    "the cover ended": (False, [cover("{ends: 2019}")], ""),
    "the observation ended": (
        False,
        [],
        f"observations: {{on@country: {{ends: 2019, {SOURCES}}}}}",
    ),
    "planned": (False, [cover("full", "status: planned")], ""),
    "nobody has looked": (False, [], "assessed: {country: [AT]}"),
    "nobody has looked at the cell": (False, [], "assessed: {on@country: [AT]}"),
    "one of two that were looked at": (
        False,
        [cover("{territories: [AT]}")],
        "assessed: {country: [AT, BE]}",
    ),
}
"""What is said of a cell: whether it is full, the instruments, what else."""


@pytest.mark.parametrize(
    ("is_full", "records", "rest"), CELLS.values(), ids=[f"{name}" for name in CELLS]
)
@pytest.mark.parametrize("fragment", [False, True], ids=["one file", "a fragment"])
def test_an_accepted_gap_is_closed_where_its_cell_is_full(
    check: Checked, is_full: bool, records: list[str], rest: str, fragment: bool
) -> None:
    said = instruments(*(f"id: i{n}, name: N{n}, {one}" for n, one in enumerate(records)))
    said = f"{said if records else NO_INSTRUMENTS}{rest}\n"
    accepted = "accepted_gaps: {on@country: {reason: x}}\n"

    found = (
        check.found(accepted, "2026-01-01", ro=said)
        if fragment
        else check.found(said + accepted, "2026-01-01")
    )

    # Two full covers side by side may be worth a look for another reason.
    found = [one for one in found if one[1] != "CG306"]
    assert found == [("instruments", "CG305", "accepted_gaps.on@country")] * is_full


def test_without_a_date_of_the_dataset_dates_close_a_gap_as_they_close_the_cell(
    check: Checked,
) -> None:
    ended = instruments(f"id: a, name: A, {cover('full', 'ends: 2001')}")
    undated = HEAD.replace("as_of: 2020-06-30\n", "")
    text = f"{undated}{ended}accepted_gaps: {{on@country: {{reason: x}}}}\n"
    (check.folder / "instruments.yaml").write_text(text, encoding="utf-8")

    report = check_dataset(find_files(check.folder))

    assert [finding.rule.code for finding in report.findings] == ["CG305"]


@pytest.mark.parametrize(
    ("until", "today", "is_past"),
    [
        ("2025-12-31", "2025-12-30", False),
        ("2025-12-31", "2025-12-31", False),
        ("2025-12-31", "2026-01-01", True),
        ("2025-12", "2025-12-31", False),
        ("2025", "2025-12-31", False),
        ("2025", "2026-01-01", True),
        ("2024-02", "2024-02-29", False),
        ("2024-02", "2024-03-01", True),
        ("null", "2026-01-01", False),
    ],
)
def test_an_accepted_gap_holds_until_the_end_of_its_last_day(
    check: Checked, until: str, today: str, is_past: bool
) -> None:
    main = f"{NO_INSTRUMENTS}accepted_gaps: {{on@eu: {{reason: x, until: {until}}}}}\n"

    assert check.codes(main, today) == ["CG305"] * is_past


def test_a_gap_that_is_closed_and_past_is_both(check: Checked) -> None:
    report = check.report(
        instruments(SERVES) + "accepted_gaps:\n  on@eu:\n    reason: x\n    until: 2025\n",
        "2026-01-01",
    )

    assert [marked(finding) for finding in report.findings] == ["on@eu", "2025"]
    assert {finding.rule.code for finding in report.findings} == {"CG305"}
    assert all("delete it" in finding.hint for finding in report.findings)


def test_with_errors_a_gap_may_be_past_but_not_closed(check: Checked) -> None:
    report = check.report(
        instruments(SERVES, f"id: b, name: B, {SOURCES}, covers: {{on@town: full}}")
        + "accepted_gaps: {on@eu: {reason: x, until: 2025}}\n",
        "2026-01-01",
    )

    assert [(f.rule.code, f.where) for f in report.findings] == [
        ("CG202", "instruments[1].covers.on@town"),
        ("CG305", "accepted_gaps.on@eu.until"),
    ]
    assert ("CG305", SkipReason.ERRORS) in unjudged(report)


def test_a_gap_that_is_closed_where_few_have_looked_is_said_to_be_so(check: Checked) -> None:
    finding = check.one(
        instruments(f"id: a, name: A, {cover('{territories: [AT]}')}")
        + "assessed: {country: [AT]}\naccepted_gaps: {on@country: {reason: x}}\n"
    )

    assert "unknown" in finding.message + finding.hint


# CG306

WIDE = cover("full")
NARROW = cover("{territories: [AT]}")


@pytest.mark.parametrize(
    ("records", "observation", "found"),
    [
        ([WIDE], "", []),
        ([NARROW], "", []),
        ([WIDE, WIDE], "", []),
        ([WIDE, NARROW], "", [0]),
        ([NARROW, WIDE], "", [1]),
        ([WIDE, NARROW, WIDE, NARROW], "", [0, 2]),
        ([WIDE, cover("{territories: {except: [AT]}}")], "", [0]),
        ([WIDE, cover("{extent: partial, territories: [AT]}")], "", [0]),
        ([WIDE, cover("{extent: partial, note: x}")], "", []),
        ([WIDE], "{extent: partial, note: x}", [0]),
        ([WIDE], "{extent: partial, territories: [AT]}", [0]),
        ([WIDE], "{territories: [AT]}", [0]),
        ([WIDE], "{note: x}", []),
        ([cover("{extent: partial, note: x}"), NARROW], "{extent: partial, note: x}", []),
        ([WIDE, NARROW.replace("on@", "off@")], "", []),
        ([cover("full", "status: planned"), cover("{territories: [AT]}", "status: planned")], "", [0]),
    ],
)  # fmt: skip
def test_a_cover_that_counts_everywhere_is_found_beside_what_says_where(
    check: Checked, records: list[str], observation: str, found: list[int]
) -> None:
    main = instruments(*(f"id: i{n}, name: N{n}, {one}" for n, one in enumerate(records)))
    own = observation.replace("{", f"{{{SOURCES}, ", 1)
    observations = f"observations: {{on@country: {own}}}\n" if observation else ""

    where = [f"instruments[{n}].covers.on@country" for n in found]
    assert check.found(main + observations) == [("instruments", "CG306", path) for path in where]


def test_a_cover_at_a_level_without_territories_may_hide_an_observation(check: Checked) -> None:
    finding = check.one(
        instruments(SERVES)
        + f"observations: {{on@eu: {{extent: partial, note: Not for all, {SOURCES}}}}}\n"
    )

    assert (finding.rule.code, marked(finding)) == ("CG306", "on@eu")


def test_a_cover_of_one_file_is_found_beside_a_statement_of_another(check: Checked) -> None:
    report = check.report(
        instruments(f"id: at, name: Austrian, {NARROW}"),
        bg=f"instruments:\n  - {{{SERVES}}}\n  - {{id: bg, name: Bg, {WIDE}}}\n",
        ro=f"observations: {{off@country: {{extent: partial, note: x, {SOURCES}}}}}\n"
        f"instruments:\n  - {{id: ro, name: Ro, {WIDE.replace('on@', 'off@')}}}\n",
    )

    found = [f for f in report.findings if f.rule.code == "CG306"]
    places = [(Path(f.location.path).stem, f.location.line, marked(f)) for f in found]
    assert places == [("bg", 3, "on@country"), ("ro", 3, "off@country")]


PERIODS = [
    ("", "", True),
    ("ends: 2019", "starts: 2020", False),
    ("starts: 2020", "ends: 2019", False),
    ("ends: 2020-01-01", "starts: 2020", True),
    ("starts: 2019-12-31", "ends: 2019", True),
    ("starts: 2018, ends: 2022", "starts: 2019, ends: 2019", True),
    ("starts: 2019, ends: 2019", "starts: 2018, ends: 2022", True),
    ("ends: 2019", "", True),
    ("", "starts: 2030", True),
    ("starts: 2018, ends: 2018-06", "starts: 2018-07, ends: 2019", False),
    ("starts: 2018-06-15, ends: 2018-06-15", "starts: 2018-06-15, ends: 2018-06-15", True),
]
"""When two statements hold, and whether they share a day."""


@pytest.mark.parametrize(("one", "other", "meet"), PERIODS)
@pytest.mark.parametrize("dated", ["instruments", "covers", "observation"])
def test_statements_of_different_times_do_not_hide_each_other(
    check: Checked, one: str, other: str, meet: bool, dated: str
) -> None:
    if dated == "instruments":
        pair = instruments(
            f"id: a, name: A, {cover('full', one)}",
            f"id: b, name: B, {cover('{territories: [AT]}', other)}",
        )
    elif dated == "covers":
        pair = instruments(
            f"id: a, name: A, {cover(f'{{extent: full, {one}}}')}",
            f"id: b, name: B, {cover(f'{{territories: [AT], {other}}}')}",
        )
    else:
        statement = f"{{extent: partial, note: x, {SOURCES}, {other}}}"
        pair = instruments(f"id: a, name: A, {cover('full', one)}")
        pair += f"observations: {{on@country: {statement}}}\n"

    assert check.codes(pair.replace(", }", "}").replace(", ,", ",")) == ["CG306"] * meet


def test_a_cover_that_is_never_in_force_counts_nowhere(check: Checked) -> None:
    never = cover("{starts: 2021}", "ends: 2020")

    assert check.codes(instruments(f"id: a, name: A, {never}", f"id: b, name: B, {NARROW}")) == [
        "CG310"
    ]


def test_a_statement_that_is_never_in_force_says_nothing_of_where(check: Checked) -> None:
    never = cover("{territories: [AT], starts: 2021}", "ends: 2020")

    assert check.codes(instruments(f"id: a, name: A, {WIDE}", f"id: b, name: B, {never}")) == [
        "CG310"
    ]


def test_a_statement_that_is_never_in_force_hides_no_other(check: Checked) -> None:
    codes = check.codes(
        instruments(
            f"id: a, name: A, {cover('full', 'starts: 2021-03, ends: 2021-04')}",
            f"id: b, name: B, {NARROW}",
            f"id: c, name: C, {cover('{territories: [AT], starts: 2022}', 'ends: 2020')}",
        )
    )

    assert codes == ["CG306", "CG310"]


def test_a_cover_that_ends_before_it_starts_is_one_finding(check: Checked) -> None:
    codes = check.codes(
        instruments(
            f"id: a, name: A, {cover('full', 'starts: 2021, ends: 2020')}",
            f"id: b, name: B, {NARROW}",
        )
    )

    assert codes == ["CG209"]


Period = tuple[date, date]


def _period(statement: Statement, instrument: Instrument | None = None) -> Period:
    starts = [statement.starts, instrument.starts if instrument else None]
    ends = [statement.ends, instrument.ends if instrument else None]
    return (
        max(day for day in (*starts, date.min) if day),
        min(day for day in (*ends, date.max) if day),
    )


def _share_a_day(one: Period, other: Period) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


def _hidden_by_hand(dataset: Dataset) -> Iterator[DataPath]:
    located = [
        (cell, _period(cover, instrument))
        for instrument in dataset.instruments
        for cell, covers in instrument.covers.items()
        for cover in covers
        if cover.territories is not None
    ] + [
        (cell, _period(observation))
        for cell, observations in dataset.observations.items()
        for observation in observations
        if observation.territories is not None or observation.extent is Extent.PARTIAL
    ]
    for i, instrument in enumerate(dataset.instruments):
        for cell, covers in instrument.covers.items():
            for number, cover in enumerate(covers):
                if cover.territories is None and cover.extent is Extent.FULL:
                    period = _period(cover, instrument)
                    if any(at == cell and _share_a_day(period, when) for at, when in located):
                        own = (number,) if len(covers) > 1 else ()
                        yield ("instruments", i, "covers", str(cell), *own)


@given(datasets())
def test_the_quick_way_to_find_what_overlaps_is_right(dataset: Dataset) -> None:
    found = [violation.path for violation in unlocated_cover(dataset)]

    assert found == list(_hidden_by_hand(dataset))


DAYS = ("2018", "2019", "2020", "2021")


@given(
    st.lists(
        st.fixed_dictionaries(
            {"where": st.booleans()},
            optional={key: st.sampled_from(DAYS) for key in ("starts", "ends", "from_", "until")},
        ),
        max_size=5,
    )
)
def test_periods_of_one_cell_are_compared_day_by_day(drawn: list[dict[str, object]]) -> None:
    def record(n: int, one: dict[str, object]) -> dict[str, object]:
        own = {"starts": one.get("from_"), "ends": one.get("until")}
        where = {"territories": ["AT"]} if one["where"] else {}
        when = {"starts": one.get("starts"), "ends": one.get("ends")}
        return {"id": f"i{n}", **when, "covers": {"role@country": {**where, **own}}}

    dataset = dataset_of(
        {
            "levels": [{"id": "country", "territories": ["AT", "BE"]}],
            "instruments": [record(n, one) for n, one in enumerate(drawn)],
        }
    )

    found = [violation.path for violation in unlocated_cover(dataset)]

    assert found == list(_hidden_by_hand(dataset))


@pytest.mark.parametrize("rule", [unlocated_cover, covers_nothing])
def test_four_times_the_instruments_of_one_cell_are_about_four_times_the_work(
    rule: Callable[[Dataset], Iterator[object]],
) -> None:
    def crowd(number: int) -> Dataset:
        covers: list[dict[str, object]] = [
            {"role@country": "full"},
            {"role@country": {"territories": ["AT"]}},
            {},
        ]
        records = [{"id": f"i{n}", "covers": covers[n % 3]} for n in range(number)]
        level = {"id": "country", "territories": ["AT", "BE"]}
        return dataset_of({"levels": [level], "instruments": records})

    few, many = crowd(60), crowd(240)
    assert (len(list(rule(few))), len(list(rule(many)))) == (20, 80)

    work = calls(lambda: list(rule(many))) / calls(lambda: list(rule(few)))

    assert work < 6


# CG401 and CG402


def test_an_item_without_links_is_found_at_its_first_line(check: Checked) -> None:
    report = check.report(
        instruments(SERVES),
        swot=f"schema: 1\nthreats:\n  - text: Without an id\n  - text: x\n    id: t1\n    roles: []\n    {SOURCES}\n",
    )

    assert [(f.rule.code, f.location.line) for f in report.findings] == [
        ("CG101", 3),
        ("CG401", 4),
    ]
    assert marked(report.findings[1]) == "text: x"
    assert "'t1'" in report.findings[1].message


@pytest.mark.parametrize(
    "broken",
    [
        "levels: eu",
        "levels: [EU]",
        "role: [on]",
        "cells: [on]",
        "roles: *on",
        "<<: {roles: [on]}",
        "~: x",
        "roles: [], roles: [on]",
    ],
)
def test_an_item_that_lost_a_link_is_no_item_without_links(check: Checked, broken: str) -> None:
    codes = check.codes(instruments(SERVES), swot=swot(f"id: t, text: x, {SOURCES}, {broken}"))

    assert codes
    assert set(codes) <= {"CG004", "CG005", "CG102", "CG103", "CG104"}


def test_other_items_are_judged_beside_one_that_is_broken(check: Checked) -> None:
    found = check.found(
        instruments(SERVES),
        swot=swot("text: x", f"id: a, text: x, {SOURCES}", "id: b, text: x, nte: x", "id: c, text: x, roles: [on]"),
    )  # fmt: skip

    assert found == [
        ("swot", "CG101", "threats[0]"),
        ("swot", "CG401", "threats[1]"),
        ("swot", "CG102", "threats[2].nte"),
        ("swot", "CG303", "threats[3]"),
    ]


SERVED = instruments(
    f"id: a, name: A, {SOURCES}, covers: {{on@eu: full, off@eu: {{extent: partial, note: x}}}}",
    f"id: b, name: B, {SOURCES}, covers: {{on@country: {{territories: [AT]}}}}",
    f"id: c, name: C, {SOURCES}, status: planned, covers: {{off@country: full}}",
)
"""on@eu is full, off@eu and on@country are partial, off@country is none."""


@pytest.mark.parametrize(
    ("quadrant", "cells", "also", "is_against"),
    [
        ("weaknesses", "on@eu", "", True),
        ("weaknesses", "on@eu, on@eu", "", True),
        ("weaknesses", "on@eu, off@eu", "", False),
        ("weaknesses", "off@country, on@eu", "", False),
        ("weaknesses", "off@eu", "", False),
        ("weaknesses", "off@country", "", False),
        ("weaknesses", "on@country", "", False),
        ("weaknesses", "on@eu, on@country", "assessed: {country: [AT]}\n", True),
        ("weaknesses", "on@eu, off@country", "assessed: {country: [AT]}\n", False),
        ("strengths", "off@country", "", True),
        ("strengths", "off@country", "assessed: {off@country: [BE]}\n", True),
        ("strengths", "off@country, on@country", "", False),
        ("strengths", "off@eu", "", False),
        ("strengths", "on@eu", "", False),
        ("opportunities", "on@eu", "", False),
        ("opportunities", "off@country", "", False),
        ("threats", "on@eu", "", False),
        ("threats", "off@country", "", False),
        ("weaknesses", "", "", False),
        ("strengths", "", "", False),
    ],
)
def test_the_swot_is_held_against_every_cell_that_an_item_names(
    check: Checked, quadrant: str, cells: str, also: str, is_against: bool
) -> None:
    item = f"id: x, text: x, levels: [eu], cells: [{cells}], {SOURCES}"

    found = check.found(SERVED + also, swot=swot(item, quadrant=quadrant))

    assert found == [("swot", "CG402", f"{quadrant}[0].cells")] * is_against


def test_the_caret_of_a_contradiction_stands_under_the_cells(check: Checked) -> None:
    item = f"id: x, text: x, cells: [on@eu], {SOURCES}"

    finding = check.one(SERVED, swot=swot(item, quadrant="weaknesses"))

    assert (finding.location.line, marked(finding)) == (3, "[")
    assert "'x'" in finding.message
    assert "out of date" in finding.hint


def test_a_contradiction_is_judged_on_the_date_of_the_dataset(check: Checked) -> None:
    item = f"id: x, text: x, cells: [on@eu], {SOURCES}"

    def codes(also: str) -> list[str]:
        return check.codes(
            instruments(f"{SERVES}, {also}"), "2026-01-01", swot=swot(item, quadrant="weaknesses")
        )

    assert codes("ends: 2020-06-30") == ["CG402"]
    assert codes("ends: 2020-06-29") == []
    assert codes("starts: 2020-06-30") == ["CG402"]
    assert codes("starts: 2020-07") == []


def test_a_weakness_that_is_full_where_few_have_looked_is_said_to_be_so(check: Checked) -> None:
    item = f"id: x, text: x, cells: [on@country], {SOURCES}"

    finding = check.one(
        SERVED + "assessed: {country: [AT]}\n", swot=swot(item, quadrant="weaknesses")
    )

    assert "unknown" in finding.message + finding.hint


@pytest.mark.parametrize(
    ("main", "others"),
    [
        (SERVED.replace("on@eu: full", "on@town: full"), {}),
        (SERVED.replace("status: planned", "status: soon"), {}),
        (SERVED, {"ro": "assessed: {town: [RO]}\n"}),
        (SERVED, {"ro": "instruments: [\n"}),
    ],
)
def test_with_an_error_nothing_is_held_against_the_matrix(
    check: Checked, main: str, others: dict[str, str]
) -> None:
    item = f"id: x, text: x, cells: [on@eu], {SOURCES}"

    report = check.report(main, swot=swot(item, quadrant="weaknesses"), **others)

    assert "CG402" not in {finding.rule.code for finding in report.findings}
    assert ("CG402", SkipReason.ERRORS) in unjudged(report)


# Errors

LOST = {
    "covers that are a list": "covers: [on@eu]",
    "covers without a level": "covers: {on: full}",
    "covers with another name": "cover: {on@eu: full}",
    "covers by an alias": "covers: *same",
    "covers with a tag": "covers: !!map {on@eu: full}",
    "covers of nothing": "covers:",
    "covers twice": "covers: {}, covers: {on@eu: full}",
    "covers by a merge": "<<: {covers: {on@eu: full}}",
    "covers below no key": "~: {covers: {on@eu: full}}",
    "covers below a list": "? [covers]\n    : {on@eu: full}",
}
"""Keys with one error each, through which the instrument lost its covers."""


@pytest.mark.parametrize("keys", LOST.values(), ids=LOST)
def test_an_instrument_that_lost_its_covers_is_not_idle(check: Checked, keys: str) -> None:
    codes = check.codes(instruments(f"id: a, name: A, {SOURCES}, {keys}"))

    assert len(codes) == 1
    assert codes[0] < "CG200"


HALVED = {
    "a note with another name": "covers: {on@eu: {extent: partial, nte: x}}",
    "a note that is a list": "covers: {on@eu: {extent: partial, note: [x]}}",
    "a note that is empty": "covers: {on@eu: {extent: partial, note: ''}}",
    "a code that is none": "covers: {on@country: {extent: partial, territories: [At]}}",
    "a code for a list": "covers: {on@country: {extent: partial, territories: AT}}",
    "no codes": "covers: {on@country: {extent: partial, territories: []}}",
    "a note twice": "covers: {on@eu: {extent: partial, note: null, note: x}}",
    "a note by a merge": "covers: {on@eu: {extent: partial, <<: {note: x}}}",
    "a cell twice": "covers: {on@eu: partial, on@eu: {extent: partial, note: x}}",
    "a date twice": "reviewed: 2010, reviewed: 2026, covers: {on@eu: full}",
    "a date with a letter": "reviewed: 2O25, covers: {on@eu: full}",
    "a date with another name": "reviewd: 2025, reviewed: 2010, covers: {on@eu: full}",
}
"""Likewise, through which something else of it was lost."""


@pytest.mark.parametrize("keys", HALVED.values(), ids=HALVED)
def test_a_record_that_lost_something_gets_no_second_finding(check: Checked, keys: str) -> None:
    codes = check.codes(instruments(f"id: a, name: A, {SOURCES}, {keys}"), "2026-01-01")

    assert len(codes) == 1
    assert codes[0] < "CG200"


@pytest.mark.parametrize(
    "sources",
    [
        "source: [{ref: s}]",
        "sources: s",
        "sources: [s]",
        "sources: [{}]",
        "sources: [], sources: [{ref: s}]",
        "<<: {sources: [{ref: s}]}",
    ],
)
@pytest.mark.parametrize("holder", ["instrument", "cover", "observation", "item"])
def test_what_lost_its_sources_is_not_without_sources(
    check: Checked, sources: str, holder: str
) -> None:
    main, others = instruments(SERVES), {}
    if holder == "instrument":
        main = instruments(f"id: a, name: A, covers: {{on@eu: full}}, {sources}")
    elif holder == "cover":
        both = f"{{on@eu: {{{SOURCES}}}, off@eu: {{{sources}}}}}"
        main = instruments(f"id: a, name: A, covers: {both}")
    elif holder == "observation":
        main += f"observations: {{on@eu: {{{sources}}}}}\n"
    else:
        others = {"swot": swot(f"id: t, text: x, roles: [on], {sources}")}

    codes = check.codes(main, **others)

    assert codes
    assert all(code < "CG200" for code in codes)


@pytest.mark.parametrize(
    "accepted",
    [
        "on@eu: {reason: x, until: 2020, until: 2030}",
        "on@eu: {reason: x, until: 2020, til: 2030}",
        "on@eu: {reason: x, until: 2O30}",
        "on@eu: {until: 2020}",
        "on@eu: {reason: x, until: 2020}, on@eu: {reason: x, until: 2030}",
    ],
)
def test_an_accepted_gap_that_lost_something_is_not_past(check: Checked, accepted: str) -> None:
    codes = check.codes(f"{NO_INSTRUMENTS}accepted_gaps: {{{accepted}}}\n", "2026-01-01")

    assert len(codes) == 1
    assert codes[0] < "CG200"


@pytest.mark.parametrize(
    ("record", "observation"),
    [
        (f"id: b, name: B, {cover('{territories: [AT]}', 'starts: 2O20')}", ""),
        (f"id: b, name: B, {cover('{territories: [AT]}', 'start: 2020')}", ""),
        (f"id: b, name: B, {cover('{territories: [AT], starts: soon}')}", ""),
        (f"id: b, name: B, {cover('{territories: [AT]}', 'starts: null, starts: 2020')}", ""),
        (SERVES, "{extent: partial, note: x, start: 2020, sources: [{ref: s}]}"),
        (SERVES, "{extent: partial, note: x, starts: [2020], sources: [{ref: s}]}"),
    ],
)
def test_a_statement_that_lost_its_dates_hides_behind_no_other(
    check: Checked, record: str, observation: str
) -> None:
    main = instruments(f"id: a, name: A, {cover('full', 'ends: 2019')}", record)
    main += f"observations: {{on@country: {observation}}}\n" if observation else ""

    codes = check.codes(main)

    assert len(codes) == 1
    assert codes[0] < "CG200"


def test_an_id_is_not_taken_for_the_name_that_is_missing(check: Checked) -> None:
    # The record has lost its name, so nobody knows what it looks like.
    codes = check.codes(instruments("id: act", SERVES.replace("id: act", "id: act-2")))

    assert codes == ["CG101"]


@pytest.mark.parametrize("file", ["ro", "swot"])
def test_a_file_that_cannot_be_read_leaves_all_rules_about_data_open(
    check: Checked, file: str
) -> None:
    report = check.report(instruments(SERVES), "2026-01-01", **{file: "schema: [\n"})

    open_ = {code for code, why in unjudged(report) if why is SkipReason.ERRORS}
    assert {code for code in open_ if code > "CG200"} == {
        rule.code for rule in report.rules if rule.code > "CG200"
    }


def test_what_can_be_read_is_judged_beside_a_fragment_that_cannot(check: Checked) -> None:
    found = check.found(
        instruments("id: a, name: A, reviewed: 2010, covers: {on@eu: partial}"),
        "2026-01-01",
        ro="instruments: [\n",
    )

    assert found == [
        ("instruments", "CG303", "instruments[0]"),
        ("instruments", "CG304", "instruments[0].reviewed"),
        ("instruments", "CG302", "instruments[0].covers.on@eu"),
        ("ro", "CG003", ""),
    ]


def test_where_nothing_is_wrong_everything_was_judged(check: Checked) -> None:
    report = check.report(instruments(SERVES), "2026-01-01")

    assert (report.findings, report.skipped) == ((), ())


def test_an_observation_without_a_source_is_found_at_its_cell(check: Checked) -> None:
    finding = check.one(f"{NO_INSTRUMENTS}observations:\n  on@eu: {{note: x}}\n")

    assert finding.rule.code == "CG303"
    assert (finding.location.line, marked(finding)) == (11, "on@eu")


# The words, in full

ONLY_AT = "covers: {on@country: {territories: [AT]}}"
BUT_ONE = ", ".join(unit.code for unit in territories("eu27")[1:])
"""All countries but one."""


@pytest.mark.parametrize(
    ("main", "also", "message", "hint"),
    [
        (
            instruments(f"id: idle, name: Idle, {SOURCES}"),
            "",
            "'idle' covers no cell, and no SWOT item names it",
            "add covers: {role@level: full}, with its territories where it is not everywhere, or delete the instrument",
        ),
        (
            instruments(f"id: act, name: Act, {SOURCES}, covers: {{on@eu: partial}}"),
            "",
            "'on@eu' is partial, but neither a note nor territories say how",
            "write {extent: partial, note: what is missing}, or name its territories",
        ),
        (
            instruments("id: act, name: Act, covers: {on@eu: full}"),
            "",
            "'act' has no source",
            "add sources: [{ref: …}]",
        ),
        (
            instruments(
                f"id: act, name: Act, covers: {{on@eu: full, off@eu: {{{SOURCES}}}}}",
            ),
            "",
            "'on@eu' has no source",
            "add sources: [{ref: …}]",
        ),
        (
            f"{NO_INSTRUMENTS}observations: {{on@eu: {{note: x}}}}\n",
            "",
            "'on@eu' has no source",
            "add sources: [{ref: …}]",
        ),
        (
            NO_INSTRUMENTS,
            swot("id: t1, text: x, roles: [on]"),
            "'t1' has no source",
            "add sources: [{ref: …}]",
        ),
        (
            instruments(f"{SERVES}, reviewed: 2024-12-31"),
            "",
            "'act' was last checked 366 days before 2026-01-01",
            "check it against its sources, then set reviewed",
        ),
        (
            f"{NO_INSTRUMENTS}accepted_gaps: {{on@eu: {{reason: x, until: 2025}}}}\n",
            "",
            "the gap 'on@eu' was accepted until 2025, before 2026-01-01",
            "decide again, or delete it",
        ),
        (
            f"{instruments(SERVES)}accepted_gaps: {{on@eu: {{reason: x}}}}\n",
            "",
            "'on@eu' is covered in full, so there is no gap to accept",
            "delete it",
        ),
        (
            instruments(f"id: act, name: Act, {SOURCES}, {ONLY_AT}")
            + "assessed: {country: [AT]}\naccepted_gaps: {on@country: {reason: x}}\n",
            "",
            "'on@country' is covered in full (26 territories unknown), so there is no gap to accept",
            "delete it",
        ),
        (
            instruments(f"id: act, name: Act, {SOURCES}, covers: {{on@eu: full}}")
            + f"observations: {{on@eu: {{extent: partial, note: x, {SOURCES}}}}}\n",
            "",
            "'on@eu' is covered everywhere here, but another statement says where, or partial",
            "name the territories of this cover, or correct the other statement",
        ),
        (
            NO_INSTRUMENTS,
            swot(f"id: t1, text: x, {SOURCES}"),
            "'t1' names no level, role, instrument or cell",
            "link it to what its words name, if they name any",
        ),
        (
            instruments(SERVES),
            swot(f"id: w1, text: x, cells: [on@eu], {SOURCES}", quadrant="weaknesses"),
            "'w1' is a weakness, but every cell that it names is full",
            "look which of the two is out of date",
        ),
        (
            NO_INSTRUMENTS,
            swot(f"id: s1, text: x, cells: [on@eu], {SOURCES}", quadrant="strengths"),
            "'s1' is a strength, but every cell that it names is none",
            "look which of the two is out of date",
        ),
        (
            f"{NO_INSTRUMENTS}assessed: {{country: [{BUT_ONE}]}}\n",
            swot(f"id: s1, text: x, cells: [on@country], {SOURCES}", quadrant="strengths"),
            "'s1' is a strength, but every cell that it names is none (1 territory unknown)",
            "look which of the two is out of date",
        ),
    ],
)
def test_a_finding_says_what_is_wrong_and_what_to_write(
    check: Checked, main: str, also: str, message: str, hint: str
) -> None:
    finding = check.one(main, "2026-01-01", **({"swot": also} if also else {}))

    assert (finding.message, finding.hint) == (message, hint)


@given(datasets(), st.dates(), st.dates())
def test_what_is_overdue_stays_overdue(dataset: Dataset, one: date, other: date) -> None:
    reviewed = tuple(
        changed(instrument, reviewed=date(2000 + n, 12, 31))
        for n, instrument in enumerate(dataset.instruments)
    )
    dataset = dataclasses.replace(dataset, instruments=reviewed)

    def overdue(day: date) -> set[tuple[str, DataPath]]:
        dated = {"CG304", "CG305"}
        found = find_upkeep(dataset, frozenset(), day)
        return {(rule.code, v.path) for rule, v in found if rule.code in dated}

    assert overdue(min(one, other)) <= overdue(max(one, other))

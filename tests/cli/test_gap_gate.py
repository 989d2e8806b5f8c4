"""The gate of ``gaps``: what it fails for, what it did not judge, and that no unknown cell makes it green in silence."""

from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from paths import ROOT
from running import run

COUNTED = str(ROOT / "examples/industry-4-0-2017")
DECK = str(ROOT / "data")

HEAD = """\
schema: 1
title: A country
levels:
  - {id: country, name: Country, territories: [RO, BG]}
  - {id: eu, name: EU}
roles:
  - {id: industry, name: Industry}
instruments:
  - id: fund
    name: Fund
    covers: {industry@eu: full}
"""
SOMEWHERE = "observations: {industry@country: {extent: partial, note: Not everywhere}}\n"
ACCEPTED = "accepted_gaps: {industry@country: {reason: Nobody has time, until: 2026-12-31}}\n"


@pytest.fixture
def unknown(tmp_path: Path) -> str:
    """Write data that say of neither country whether it has what there is somewhere."""
    file = tmp_path / "instruments.yaml"
    file.write_text(HEAD + SOMEWHERE, encoding="utf-8")
    return str(file)


def test_a_country_that_the_count_leaves_out_fails_the_gate() -> None:
    gate = run("gaps", "--data", COUNTED, "--fail-on", "none", "--in", "BG")

    assert gate.code == Exit.FOUND
    assert "industry-4-0@country" in gate.err


@pytest.mark.parametrize("bad", ["none", "partial"])
@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_a_gate_says_which_unknown_cells_it_did_not_judge(
    unknown: str, bad: str, quiet: list[str]
) -> None:
    gate = run("gaps", "--data", unknown, "--in", "RO", "--fail-on", bad, *quiet)

    assert gate.code == Exit.OK
    assert gate.err == (
        "note: the gate did not judge 1 unknown pair of role and level: industry@country; --fail-on unknown fails for it\n"
    )


def test_a_gate_on_what_is_unknown_fails_for_it(unknown: str) -> None:
    gate = run("gaps", "--data", unknown, "--in", "RO", "--fail-on", "unknown")

    assert gate.code == Exit.FOUND
    assert gate.err == (
        "note: fails for 1 unknown pair of role and level that nobody has accepted: industry@country\n"
    )


def test_a_gate_on_what_is_unknown_fails_for_gaps_too() -> None:
    gate = run("gaps", "--data", DECK, "--in", "RO", "--fail-on", "unknown")

    assert gate.code == Exit.FOUND
    assert (
        "fails for 2 gaps and 3 unknown pairs of role and level that nobody has accepted: "
        in gate.err
    )


def test_an_unknown_cell_that_somebody_has_accepted_fails_no_gate_until_the_day_is_past(
    unknown: str,
) -> None:
    with Path(unknown).open("a", encoding="utf-8") as file:
        file.write(ACCEPTED)
    question = ("gaps", "--data", unknown, "--in", "RO", "--today")

    assert run(*question, "2026-12-31", "--fail-on", "unknown").code == Exit.OK
    assert run(*question, "2026-12-31", "--fail-on", "none").err == ""
    assert run(*question, "2027-01-01", "--fail-on", "unknown").code == Exit.FOUND


@pytest.mark.parametrize("format_", ["table", "md", "html"])
def test_where_no_gap_is_known_the_document_says_how_many_cells_are_unknown(
    unknown: str, format_: str
) -> None:
    known = "No gap that is known; 1 pair of role and level is unknown."

    assert known in run("gaps", "--data", unknown, "--in", "RO", "-f", format_, columns=200).out


@pytest.mark.parametrize("format_", ["table", "md", "html"])
def test_what_is_full_only_where_it_is_known_is_named_beside_the_gaps(
    tmp_path: Path, format_: str
) -> None:
    file = tmp_path / "instruments.yaml"
    statement = "{extent: full, territories: [RO], at_least: true}"
    file.write_text(HEAD + f"observations: {{industry@country: {statement}}}\n", encoding="utf-8")
    said = run("gaps", "--data", str(file), "-f", format_, columns=200).out

    assert "No gap that is known." in said
    assert "Full where it is known: Industry at Country (1 of 1 country, 1 unknown)." in said


def test_where_all_is_known_a_gate_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "instruments.yaml"
    file.write_text(HEAD + "observations: {industry@country: full}\n", encoding="utf-8")
    gate = run("gaps", "--data", str(file), "--fail-on", "unknown")

    assert (gate.code, gate.err) == (Exit.OK, "")
    assert "\nNo gaps.\n" in gate.out

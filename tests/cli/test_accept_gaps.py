"""``clustergap gaps --accept``: a baseline for the gate, of the whole dataset alone."""

import shutil
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from paths import ROOT
from running import run

ACCEPT = ("gaps", "--accept", "--reason", "Known")


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The main file of a copy of the deck, in the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "data")
    return Path("data/instruments.yaml")


def test_the_gate_fails_for_new_gaps_only_after_all_are_accepted(main: Path) -> None:
    assert run("gaps", "--fail-on", "partial").code == Exit.FOUND

    outcome = run(*ACCEPT, "--by", "DG GROW", "--until", "2027")

    assert (outcome.code, outcome.err) == (Exit.OK, "")
    assert outcome.out == (
        "5 gaps accepted\n"
        "social-economy@eu, social-economy@country, industry-4-0@country, industry-4-0@region, circular-economy@country.\n\n"
        "Written: data/instruments.yaml\n"
    )  # fmt: skip
    assert run("gaps", "--fail-on", "partial").code == Exit.OK
    assert run("gaps", "--fail-on", "partial", "--today", "2028").code == Exit.FOUND
    assert run("check", "data", "--strict").code == Exit.OK
    text = main.read_text("utf-8")
    main.write_text(
        text.replace("digitalisation@region: full", "digitalisation@region: partial"), "utf-8"
    )
    main.write_text(
        main.read_text("utf-8").replace("internationalisation@region: full\n", "internationalisation@region: {extent: partial, note: x}\n"),
        "utf-8",
    )  # fmt: skip
    gate = run("gaps", "--fail-on", "partial")
    assert gate.code == Exit.FOUND
    assert "fails for 1 gap that nobody has accepted: internationalisation@region" in gate.err


def test_a_dry_run_shows_the_lines_and_writes_nothing(main: Path) -> None:
    before = main.read_bytes()

    outcome = run(*ACCEPT, "--level", "EU", "--dry-run")

    assert outcome.code == Exit.OK
    assert outcome.out.startswith("1 gap would be accepted\nsocial-economy@eu.\n\n--- data/instr")
    added = [line for line in outcome.out.splitlines() if line.startswith("+")]
    assert added == [
        "+++ data/instruments.yaml",
        "+",  # as between the other blocks of the file
        "+accepted_gaps:",
        "+  social-economy@eu: {reason: Known}",
    ]
    assert outcome.err == "note: nothing was written; without --dry-run it is\n"
    assert main.read_bytes() == before


REFUSED = {
    ("gaps", "--accept"): "--accept needs --reason",
    (*ACCEPT, "--in", "RO"): "--in does not go with --accept",
    (*ACCEPT, "--as-of", "2020"): "--as-of does not go with --accept",
    (*ACCEPT, "--kind", "network"): "--kind does not go with --accept",
    (*ACCEPT, "--target", "smes"): "--target does not go with --accept",
    (*ACCEPT, "--without", "dih"): "--without does not go with --accept",
    (*ACCEPT, "--with-planned"): "--with-planned does not go with --accept",
    (*ACCEPT, "--fail-on", "none"): "--fail-on does not go with --accept",
    (*ACCEPT, "-f", "json"): "--format does not go with --accept",
    (*ACCEPT, "-o", "gaps.csv"): "--output does not go with --accept",
    (*ACCEPT, "--until", "soon"): "--until 'soon' is not a date",
    (*ACCEPT, "--level", "town"): "'town'",
    ("gaps", "--reason", "x"): "--reason says how gaps are accepted: it needs --accept",
    ("gaps", "--by", "x"): "--by says how gaps are accepted: it needs --accept",
    ("gaps", "--until", "2027"): "--until says how gaps are accepted: it needs --accept",
    ("gaps", "--dry-run"): "--dry-run says how gaps are accepted: it needs --accept",
}


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_what_does_not_go_together_is_refused_and_nothing_is_written(
    main: Path, words: tuple[str, ...]
) -> None:
    before = main.read_bytes()

    outcome = run(*words)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert REFUSED[words] in outcome.err
    assert main.read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["data"]


def test_the_packaged_deck_is_never_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = (ROOT / "data/instruments.yaml").read_bytes()

    outcome = run(*ACCEPT)

    assert outcome.code == Exit.UNUSABLE
    assert "Name a dataset with --data PATH" in outcome.err
    assert (ROOT / "data/instruments.yaml").read_bytes() == before

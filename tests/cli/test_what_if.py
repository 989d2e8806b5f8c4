"""``what-if`` on the command line: the deck's own answers, fragments from elsewhere, mistakes."""

import json
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from paths import ROOT
from running import Outcome, run

DECK = str(ROOT / "data")


def what_if(*words: str) -> Outcome:
    return run("what-if", "--data", DECK, *words)


def changes(*words: str) -> dict[str, str]:
    """Say which cell changes how."""
    found = json.loads(what_if(*words, "-f", "json").out)
    return {change["cell"]: change["kind"] for change in found["changes"]}


def fragile(*words: str) -> dict[str, list[str]]:
    found = json.loads(what_if(*words, "-f", "json").out)
    return {one["cell"]: one["rests_on"] for one in found["fragile"]}


def test_without_h2020_no_gap_opens_and_one_cell_would_be_a_gap_without_kic() -> None:
    outcome = what_if("--without", "h2020")

    assert (
        outcome.out.splitlines()[0]
        == "Without H2020: nothing becomes a gap, 1 pair of role and level loses an instrument."
    )
    assert changes("--without", "h2020") == {"business-driven-innovation@eu": "changed"}
    assert fragile("--without", "h2020") == {"business-driven-innovation@eu": ["kic"]}
    assert "Now hanging by a thread: Business driven innovation @ EU (a gap without KIC)." in (
        outcome.out
    )


def test_without_interreg_two_gaps_open_and_one_cell_loses_an_instrument() -> None:
    assert changes("--without", "INTERREG") == {
        "internationalisation@region": "opened",
        "new-industrial-value-chains@region": "opened",
        "circular-economy@region": "changed",
    }


def test_on_the_first_of_january_2021_what_ended_in_2020_is_gone() -> None:
    found = json.loads(what_if("--as-of", "2021-01-01", "-f", "json").out)

    lost = {
        change["cell"]: sorted(
            set(change["before"]["instruments"]) - set(change["after"]["instruments"])
        )
        for change in found["changes"]
    }
    assert found["after"]["query"]["as_of"] == "2021-01-01"
    assert lost == {
        "business-driven-innovation@eu": ["h2020"],
        "business-driven-innovation@country": ["structural-funds"],
        "business-driven-innovation@region": ["structural-funds"],
        "internationalisation@region": ["interreg"],
        "new-industrial-value-chains@eu": ["innosup"],
        "new-industrial-value-chains@country": ["structural-funds"],
        "new-industrial-value-chains@region": ["interreg"],
        "circular-economy@eu": ["innosup"],
        "circular-economy@region": ["interreg"],
    }


def test_with_nothing_asked_nothing_changes() -> None:
    outcome = what_if()

    assert (outcome.code, outcome.out) == (Exit.OK, "Nothing asked: nothing changes.\n")
    assert changes() == {}


def test_what_is_shown_can_be_narrowed() -> None:
    assert changes("--without", "interreg", "--role", "circular economy") == {
        "circular-economy@region": "changed"
    }


def test_gaps_that_open_come_before_what_only_loses_an_instrument() -> None:
    lines = what_if("--without", "interreg").out.splitlines()

    assert [line.split()[0] for line in lines[1:4]] == ["●", "●", "loses"]


def test_the_keystones_of_the_deck() -> None:
    outcome = what_if("--each")

    assert outcome.code == Exit.OK
    assert "without 5 of them there would be a new gap" in outcome.out
    ranked = json.loads(what_if("--each", "-f", "json").out)["keystones"]
    assert ranked[0] == {
        "instrument": "interreg",
        "opens": ["internationalisation@region", "new-industrial-value-chains@region"],
        "serves": [
            "internationalisation@region",
            "new-industrial-value-chains@region",
            "circular-economy@region",
        ],
    }


# A fragment from elsewhere

PROPOSAL = """\
instruments:
  - id: european-act
    name: European Social Economy Act
    status: planned
    covers: {social-economy@eu: full}
observations:
  social-economy@country: {extent: partial, note: Some countries have begun}
"""


@pytest.fixture
def proposal(tmp_path: Path) -> str:
    path = tmp_path / "proposal.yaml"
    path.write_text(PROPOSAL, encoding="utf-8")
    return path.as_posix()


def test_a_fragment_is_read_as_well(proposal: str) -> None:
    outcome = what_if("--add", proposal)

    assert changes("--add", proposal) == {"social-economy@country": "better"}
    # A long path wraps the line.
    words = " ".join(outcome.out.split())
    assert words.startswith(
        f"With {proposal}: nothing becomes a gap, 1 pair of role and level strengthens."
    )


def test_a_planned_instrument_of_a_fragment_counts_where_it_is_asked_for(proposal: str) -> None:
    assert changes("--add", proposal, "--with-planned") == {
        "social-economy@eu": "closed",
        "social-economy@country": "better",
    }
    assert fragile("--add", proposal, "--with-planned") == {"social-economy@eu": ["european-act"]}


def test_an_instrument_of_the_fragment_can_be_left_out_again(proposal: str) -> None:
    words = ("--add", proposal, "--with-planned", "--without", "european-act")

    assert changes(*words) == {"social-economy@country": "better"}


def test_a_fragment_with_a_mistake_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "proposal.yaml"
    path.write_text(PROPOSAL.replace("social-economy@eu", "social-econmy@eu"), encoding="utf-8")

    outcome = what_if("--add", str(path))

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert f"{path.as_posix()}:5:14: error CG201" in outcome.err


def test_a_fragment_that_is_not_there_is_told(tmp_path: Path) -> None:
    outcome = what_if("--add", str(tmp_path / "none.yaml"))

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert "CG001" in outcome.err


def test_a_fragment_beside_the_packaged_deck(
    proposal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")

    outcome = run("what-if", "--add", proposal)

    assert outcome.code == Exit.OK
    assert "packaged deck" in outcome.err
    assert "1 pair of role and level strengthens" in " ".join(outcome.out.split())

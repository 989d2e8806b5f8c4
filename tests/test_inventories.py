"""Tables that people have, brought in as they would: the deck's slide, and inventories of three ministries."""

from pathlib import Path

import pytest

from running import Outcome, run

ROOT = Path(__file__).parent.parent

FORUM = "Structural Funds European Cluster Policy Forum"
PLATFORM = "S3 approaches JRC S3 Platform Structural Funds"

SLIDE = f"""\
Topic	EU	Country	Region
Business Driven Innovation	H2020, KIC	Industrial Policy, {FORUM}	{PLATFORM}
Internationalisation	ESCP, ECCP	Export Promotion	INTERREG
New Industrial Value Chains	INNOSUP	Industrial Policy, {FORUM}	INTERREG
Industry 4.0	DIH	Not in every country	Not in every region
Circular Economy	KIC Climate, KIC Raw Materials, INNOSUP	Not in every country	JRC TP, INTERREG
Social Economy			JRC TP
"""
"""The deck's table as its text is extracted: between some names the separator was lost."""

ANSWERED = SLIDE.replace(FORUM, "Structural Funds; European Cluster Policy Forum").replace(
    PLATFORM, "S3 approaches; JRC S3 Platform; Structural Funds"
)
"""The same with the separators that the question asks for."""

VOCABULARY = """\
schema: 1
title: What the slide is about
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country}
  - {id: region, name: Region}
roles:
  - {id: business-driven-innovation, name: Business driven innovation}
  - {id: internationalisation, name: Internationalisation}
  - {id: new-industrial-value-chains, name: New industrial value chains}
  - {id: industry-4-0, name: Industry 4.0}
  - {id: circular-economy, name: Circular economy}
  - {id: social-economy, name: Social economy}
instruments: []
"""

DECK_ANSWER = "● full 13  ◐ partial 3  ○ none 2"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def dataset(text: str) -> Path:
    """Write a dataset that consists of one file."""
    path = Path("data/instruments.yaml")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def slide(text: str) -> Outcome:
    """Import a slide's table into the dataset here."""
    Path("slide.txt").write_text(text, encoding="utf-8")
    return run("import", "slide.txt", "--data", "data")


def test_the_slide_as_it_stands_ends_in_a_question_that_names_known_instruments() -> None:
    path = dataset((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    before = path.read_bytes()

    outcome = slide(SLIDE)

    first, second, last = outcome.err.splitlines()
    assert first.startswith("slide.txt!C2 and C4: ")
    assert "'Structural Funds' + 'European Cluster Policy Forum'?" in first
    assert second.startswith("slide.txt!D2: ")
    assert "'S3 approaches' + 'JRC S3 Platform' + 'Structural Funds'?" in second
    assert last == "clustergap: slide.txt: 2 problems in 3 cells; nothing was written"
    assert outcome.code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", ["deck", "vocabulary", "none"])
def test_the_slide_with_the_question_answered_gives_the_decks_answer(data: str) -> None:
    if data == "deck":
        dataset((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    elif data == "vocabulary":
        dataset(VOCABULARY)

    outcome = slide(ANSWERED)

    assert outcome.code == 0, outcome.err
    assert DECK_ANSWER in run("matrix").out
    assert run("check", "data").code == 0
    again = Path("data/instruments.yaml").read_bytes()
    assert slide(ANSWERED).code == 0
    assert Path("data/instruments.yaml").read_bytes() == again

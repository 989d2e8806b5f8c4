"""What a reader must know of an answer for another day than the data's own: in a line of every document, and in JSON."""

import json
import zipfile
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from running import run

DATA = """\
schema: 1
title: A region
as_of: 2020-06-30
levels: [{id: eu, name: EU}, {id: country, name: Country}]
roles: [{id: role, name: Role}]
instruments:
  - {id: alpha, name: Alpha, starts: 2015, covers: {role@eu: full}}
  - {id: beta, name: Beta, seen: 2018, ends: 2025, covers: {role@eu: full}}
  - {id: gamma, name: Gamma, covers: {role@country: partial}}
"""
SWOT = """\
schema: 1
weaknesses: [{id: w1, text: Weak, cells: [role@country]}]
"""
LATER = "2 of the statements behind this have no last day; the data speak up to 30 June 2020."
OF_GAMMA = "1 of the statements behind this has no last day; the data speak up to 30 June 2020."
EARLIER = "1 of the statements behind this has no first day; 1 statement is left out, as first seen later."

WHOLE = (
    "matrix", "gaps", "needs", "risks", "what-if", "what-if --each", "swot", "swot --tows",
)  # fmt: skip
NOTHING = {"no_first_day": None, "seen_later": None, "no_last_day": None, "data_as_of": None}


@pytest.fixture
def data(tmp_path: Path) -> str:
    """Write data of which one statement has a first day, one a day on which it was seen, and one neither."""
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    (tmp_path / "swot.yaml").write_text(SWOT, encoding="utf-8")
    return str(tmp_path)


def words(question: str, data: str, *options: str) -> str:
    """Ask a question, and return the words of the answer."""
    outcome = run(*question.split(), "--data", data, *options, columns=400)
    assert outcome.code == Exit.OK, outcome.err
    return outcome.out


def caveats(question: str, data: str, *options: str) -> object:
    """Ask a question, and return the caveats in JSON: of a comparison, those of the later side."""
    answer = json.loads(words(question, data, "-f", "json", *options))
    return answer["after"]["caveats"] if "after" in answer else answer["caveats"]


@pytest.mark.parametrize("question", WHOLE)
@pytest.mark.parametrize("format_", ["table", "md", "html"])
def test_a_later_day_says_how_much_has_no_last_day_and_how_far_the_data_speak(
    question: str, format_: str, data: str
) -> None:
    assert LATER in words(question, data, "--as-of", "2022", "-f", format_)


@pytest.mark.parametrize("question", WHOLE)
def test_json_has_the_numbers_of_a_later_day_and_of_an_earlier_one(
    question: str, data: str
) -> None:
    later = {**NOTHING, "no_last_day": 2, "data_as_of": "2020-06-30"}
    earlier = {**NOTHING, "no_first_day": 1, "seen_later": 1}

    assert caveats(question, data, "--as-of", "2022") == later
    assert caveats(question, data, "--as-of", "2017") == earlier
    assert caveats(question, data) == NOTHING


def test_an_earlier_day_says_what_has_no_first_day_and_what_was_seen_later(data: str) -> None:
    assert EARLIER in words("matrix", data, "--as-of", "2017")


@pytest.mark.parametrize("question", [*WHOLE, "explain role@eu", "explain gamma"])
def test_on_the_data_s_own_day_nothing_is_said(question: str, data: str) -> None:
    for options in ((), ("--as-of", "2020-06-30")):
        assert "statements behind this" not in words(question, data, *options)
        assert "the data speak" not in words(question, data, *options)


def test_where_all_is_dated_a_later_day_says_only_how_far_the_data_speak(data: str) -> None:
    file = Path(data, "instruments.yaml")
    dated = DATA.replace("starts: 2015", "starts: 2015, ends: 2030").replace(
        "name: Gamma", "name: Gamma, starts: 2015, ends: 2030"
    )
    file.write_text(dated, encoding="utf-8")

    assert "\nThe data speak up to 30 June 2020.\n" in words("matrix", data, "--as-of", "2022")
    assert caveats("matrix", data, "--as-of", "2022") == {
        **NOTHING,
        "no_last_day": 0,
        "data_as_of": "2020-06-30",
    }


def test_an_explanation_counts_only_what_is_behind_its_cell_or_says_its_instrument(
    data: str,
) -> None:
    for subject in ("role@country", "gamma"):
        assert OF_GAMMA in words(f"explain {subject}", data, "--as-of", "2022")
    beta = caveats("explain beta", data, "--as-of", "2017")
    at_eu = caveats("explain role@eu", data, "--as-of", "2017")

    assert beta == at_eu == {**NOTHING, "no_first_day": 0, "seen_later": 1}


def test_only_what_is_shown_is_counted(data: str) -> None:
    for question in ("matrix", "gaps", "swot"):
        assert OF_GAMMA in words(question, data, "--level", "country", "--as-of", "2022")


def test_gaps_say_the_same_as_the_matrix_though_they_list_less(data: str) -> None:
    asked = ("--as-of", "2022")

    assert caveats("gaps", data, *asked) == caveats("matrix", data, *asked)


def test_each_side_of_a_difference_has_its_own(data: str, tmp_path: Path) -> None:
    newer = tmp_path / "newer.yaml"
    newer.write_text(DATA.replace("as_of: 2020-06-30", "as_of: 2022-12-31"), encoding="utf-8")
    sides = (str(Path(data, "instruments.yaml")), str(newer), "--as-of", "2022")
    answer = json.loads(run("diff", *sides, "-f", "json").out)

    assert answer["before"]["caveats"]["no_last_day"] == 2
    assert answer["after"]["caveats"] == NOTHING
    assert f"Before: {LATER}" in run("diff", *sides, columns=400).out


def test_the_note_the_slides_the_workbook_and_the_picture_say_it_too(
    data: str, tmp_path: Path
) -> None:
    parts = {
        ("report", "note.docx"): "word/document.xml",
        ("gaps", "gaps.docx"): "word/document.xml",
        ("report", "slides.pptx"): "ppt/slides/slide1.xml",
        ("report", "report.xlsx"): "xl/sharedStrings.xml",
        ("matrix", "matrix.xlsx"): "xl/sharedStrings.xml",
        ("gaps", "gaps.xlsx"): "xl/sharedStrings.xml",
        ("risks", "risks.xlsx"): "xl/sharedStrings.xml",
    }
    for (question, name), part in parts.items():
        file = tmp_path / name
        words(question, data, "--as-of", "2022", "-o", str(file))
        with zipfile.ZipFile(file) as archive:
            assert LATER in archive.read(part).decode(), name
    assert LATER in words("matrix", data, "--as-of", "2022", "-f", "svg")
    assert LATER in words("report", data, "--as-of", "2022", "-f", "md")


@pytest.mark.parametrize("format_", ["md", "html", "svg"])
def test_a_timeline_says_what_is_there_from_the_beginning_and_what_to_the_end(
    format_: str, data: str
) -> None:
    # From the eve of 2015, on which there is only Gamma, to 2026, when Alpha and Gamma are left.
    known = {"no_first_day": 1, "seen_later": 0, "no_last_day": 2, "data_as_of": "2020-06-30"}
    line = (
        "1 of the statements behind this has no first day; 2 have no last day; "
        "the data speak up to 30 June 2020."
    )

    assert line in words("timeline", data, "-f", format_)
    assert json.loads(words("timeline", data, "-f", "json"))["caveats"] == known


def test_a_timeline_that_ends_before_the_data_s_day_says_nothing_of_last_days(data: str) -> None:
    answer = json.loads(words("timeline", data, "--to", "2019", "-f", "json"))

    assert answer["caveats"] == {**NOTHING, "no_first_day": 1, "seen_later": 0}

"""Somebody looked, and there is nothing: who says so and when, in every answer; and lists that may not be whole."""

import json
from pathlib import Path

import pytest

from running import run

HEAD = """\
schema: 1
title: A country
as_of: 2020-06-30
sources: {deck: {title: The deck}}
levels: [{id: eu, name: EU}, {id: country, name: Country, territories: [AT, BG, RO]}]
roles: [{id: social, name: Social economy}, {id: circular, name: Circular economy}]
"""
DATA = f"""\
{HEAD}instruments:
  - id: fund
    name: Fund
    starts: 2015
    seen: 2019-03
    covers: {{circular@country: {{extent: full, territories: [AT], at_least: true}}}}
observations:
  social@country: {{extent: none, note: No strategy adopted., seen: 2019-02, sources: [{{ref: deck, locator: SWOT}}]}}
  social@eu: none
  circular@country: {{extent: none, territories: [BG], note: No plan, starts: 2018, seen: 2019-02-15}}
  circular@eu: {{extent: none, sources: [{{ref: deck}}]}}
"""
NO_STRATEGY = 'nobody: No strategy adopted (deck, "SWOT")'


@pytest.fixture
def data(tmp_path: Path) -> str:
    """Write data in which somebody found nothing, with and without a note, a source, a place and a day."""
    file = tmp_path / "instruments.yaml"
    file.write_text(DATA, encoding="utf-8")
    return str(file)


def words(data: str, *question: str) -> str:
    """Ask a question, and return the words of the answer."""
    return run(*question, "--data", data, columns=400).out.replace("\\_", "_")


@pytest.mark.parametrize("format_", ["table", "md", "html", "csv", "json"])
@pytest.mark.parametrize("question", ["gaps", "needs"])
def test_gaps_and_needs_say_that_there_is_nobody_and_who_says_so(
    question: str, format_: str, data: str
) -> None:
    text = words(data, question, "-f", format_)
    plain = text.replace("&#34;", '"').replace('""', '"').replace('\\"', '"')

    assert (NO_STRATEGY in plain) is (format_ != "json" or question == "needs")


def test_without_a_note_or_a_source_the_rest_is_said(data: str) -> None:
    gaps = words(data, "gaps")

    assert "nobody (deck)" in gaps
    assert "somebody looked, and there is nothing" in gaps


def test_an_absence_in_a_part_of_the_level_says_where(data: str) -> None:
    assert "nobody in Bulgaria: No plan; " in words(data, "gaps")
    assert "nobody: No plan" in words(data, "gaps", "--in", "BG")
    assert "Bulgaria: No plan" not in words(data, "gaps", "--in", "AT")


def test_the_need_says_it_in_its_sentence(data: str) -> None:
    needs = words(data, "needs", "-f", "md")

    assert f"No instrument supports Social economy at country level; {NO_STRATEGY}." in needs
    assert (
        "is covered in 1 of 2 countries; not in Bulgaria; nobody in Bulgaria: No plan; 1 country unknown."
        in (needs)
    )


@pytest.mark.parametrize("format_", ["md", "html"])
def test_the_matrix_says_it_in_its_cell(format_: str, data: str) -> None:
    assert NO_STRATEGY in words(data, "matrix", "-f", format_).replace("&#34;", '"')


def test_the_explanation_shows_the_observation_its_source_and_its_day(data: str) -> None:
    explained = words(data, "explain", "social@country")

    assert "seen February 2019 · none · in the whole of this level" in explained
    assert '"No strategy adopted."' in explained
    assert 'deck, "SWOT"' in explained
    assert "known since" not in explained


def test_a_day_on_which_it_was_seen_stands_beside_a_first_day(data: str) -> None:
    assert "from 2018, seen 15 February 2019 · none · in Bulgaria" in words(
        data, "explain", "circular@country"
    )
    assert "from 2015, seen March 2019 · full · in Austria" in words(
        data, "explain", "circular@country"
    )
    assert "In force     from 2015, seen March 2019; counted" in words(data, "explain", "fund")


def test_closing_the_gap_names_the_observation_that_would_be_wrong(data: str) -> None:
    remark = f"the observation at {data}:14 says that there is nothing: correct it"

    assert remark in words(data, "explain", "social@country", "-f", "md")


def test_closing_the_gap_tells_partial_observations_from_those_of_nothing(tmp_path: Path) -> None:
    file = tmp_path / "instruments.yaml"
    observations = "  social@country:\n    - partial\n    - {extent: none, territories: [BG]}\n"
    file.write_text(f"{HEAD}instruments: []\nobservations:\n{observations}", encoding="utf-8")
    explained = words(str(file), "explain", "social@country", "-f", "md")

    assert (
        f"the observation at {file}:10 says that it is partial: correct it; "
        f"the observation at {file}:11 says that there is nothing: correct it"
    ) in explained


@pytest.mark.parametrize("format_", ["table", "csv", "md", "html"])
def test_a_list_that_may_not_be_whole_says_so_where_it_is_named(format_: str, data: str) -> None:
    for subject in ("circular@country", "fund"):
        place = "AT" if format_ == "csv" else "Austria"
        assert f"in {place}; the list may not be whole" in words(
            data, "explain", subject, "-f", format_
        )


def test_json_says_whether_a_list_may_not_be_whole(data: str) -> None:
    answer = json.loads(words(data, "explain", "circular@country", "-f", "json"))

    assert [each["at_least"] for each in answer["statements"]] == [True, False]


def test_a_difference_says_what_somebody_found_missing(data: str, tmp_path: Path) -> None:
    before = tmp_path / "before.yaml"
    before.write_text(
        DATA.replace("social@country: {extent: none, note: No strategy adopted.,", "social@country: {extent: partial,"),
        encoding="utf-8",
    )  # fmt: skip
    answer = run("diff", str(before), data, columns=400).out

    assert f"◐ partial → ○ NONE   Social economy @ Country   {NO_STRATEGY}" in answer
    assert "extent: partial → none" in answer


def test_the_report_says_it(data: str, tmp_path: Path) -> None:
    for name in ("report.md", "report.html"):
        file = tmp_path / name
        run("report", "--data", data, "-o", str(file))

        assert "nobody: No strategy adopted" in file.read_text(encoding="utf-8"), name

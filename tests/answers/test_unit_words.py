"""What a level calls its places is said wherever these are counted."""

import json
from pathlib import Path

import pytest

from running import run

DATA = """\
schema: 1
title: Places
as_of: 2020-06-30
levels:
  - {id: country, name: Country, territories: [AT, BE, BG]}
  - id: office
    name: Office
    territories: [{code: HQ, name: Head office}, {code: P1, name: Kapital}, {code: P2, name: Islands}]
    unit: {one: ministry, many: ministries}
roles: [{id: export, name: Export}]
instruments:
  - id: act
    name: Act
    ends: 2020
    covers: {export@office: {territories: [HQ]}, export@country: {territories: [AT]}}
assessed: {office: [HQ, P1]}
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ["matrix"],
        ["matrix", "-f", "svg"],
        ["gaps"],
        ["gaps", "-f", "html"],
        ["explain", "export@office"],
        ["needs"],
        ["what-if", "--without", "act"],
        ["report", "-f", "html"],
    ],
    ids=" ".join,
)
def test_an_answer_counts_ministries(data: str, command: list[str]) -> None:
    outcome = run(*command, "--data", data)

    assert outcome.code == 0
    assert "1 of 2 ministries" in outcome.out.replace("\n", " ")
    assert "of 2 places" not in outcome.out


def test_a_level_that_names_no_noun_counts_what_its_list_has(data: str) -> None:
    assert "1 of 3 countries" in run("matrix", "--data", data).out


def test_the_day_line_of_a_picture_and_a_changed_list_count_them_too(
    data: str, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    longer = DATA.replace("{code: P1,", "P3, {code: P1,")
    (tmp_path / "new" / "instruments.yaml").write_text(longer, encoding="utf-8")

    assert "1 ministry unknown" in run("timeline", "--data", data, "-f", "svg").out
    assert "lists 4 ministries, not 3" in run("diff", data, str(tmp_path / "new")).out


@pytest.mark.parametrize("unit", ["ministry", "{one: ministry}", "{one: '', many: ministries}"])
def test_a_noun_has_a_word_for_one_and_one_for_many(data: str, unit: str) -> None:
    text = DATA.replace("{one: ministry, many: ministries}", unit)
    Path(data, "instruments.yaml").write_text(text, encoding="utf-8")

    assert run("matrix", "--data", data).code == 2


def test_a_timeline_counts_the_cells_with_unknown_places_before_its_first_day(data: str) -> None:
    out = run("timeline", "--data", data).out

    assert "; 1 pair of role and level with unknown ministries." in " ".join(out.split())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["gaps"], "1 of 2 ministries, 1 unknown; not in Kapital"),
        (["explain", "export@office"], "Not in Kapital"),
        (["explain", "export@office"], "full · in Head office"),
        (["needs"], "1 of 2 ministries; not in Kapital"),
        (["what-if", "--as-of", "2021"], "now missing: Head office"),
        (["risks"], "not in Kapital."),
        (["risks", "--in", "HQ"], "lost: Head office"),
        (["matrix", "--in", "P1"], "in Kapital"),
        (["report", "-f", "md"], "not in Kapital"),
        (["report", "-f", "html"], "not in Kapital"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_an_answer_calls_the_data_s_own_places_by_their_names(
    data: str, command: list[str], words: str
) -> None:
    assert words in " ".join(run(*command, "--data", data).out.split())


def test_places_of_the_shared_lists_have_names_and_those_in_json_keep_their_codes(
    data: str,
) -> None:
    gaps = json.loads(run("gaps", "--data", data, "-f", "json").out)["gaps"]

    assert [gap["share"]["missing"] for gap in gaps] == [["BE", "BG"], ["P1"]]
    assert "not in Belgium, Bulgaria" in run("gaps", "--data", data).out


def test_two_places_of_one_name_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    twins = DATA.replace("name: Islands", "name: Head office")
    (tmp_path / "instruments.yaml").write_text(twins, encoding="utf-8")

    assert "in Head office (HQ)" in run("explain", "act", "--data", str(tmp_path)).out

"""``import`` into fragments that have sources and territories of their own."""

from pathlib import Path

import pytest

from running import run

MAIN = """\
schema: 1
title: Two teams
levels:
  - {id: country, name: Country, territories: [BG, RO]}
  - {id: region, name: Region, territories: [BG31, RO11, RO12]}
roles:
  - {id: a, name: A}
  - {id: b, name: B}
instruments: []
"""

RO = """\
sources: {survey: {title: Romanian survey}}
territories: [RO]
instruments:
  - id: x
    name: X
    sources: [{ref: survey}]
    covers:
      a@country: full
      a@region: {extent: full, territories: {except: [RO11]}}   # not there
observations:
  b@region: partial
"""


@pytest.fixture
def fragment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset in the working folder, and its fragment."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data" / "instruments" / "ro.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(RO, encoding="utf-8")
    (tmp_path / "data" / "instruments.yaml").write_text(MAIN, encoding="utf-8")
    return path


def _import(*rows: str) -> int:
    Path("list.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return run("import", "list.csv", "--data", "data").code


def test_a_workbook_of_the_dataset_changes_nothing(fragment: Path) -> None:
    assert run("report", "--data", "data", "-o", "all.xlsx").code == 0

    assert run("import", "all.xlsx", "--data", "data", "--prune").code == 0

    assert fragment.read_text(encoding="utf-8") == RO
    assert Path("data/instruments.yaml").read_text(encoding="utf-8") == MAIN


def test_a_workbook_of_the_dataset_makes_a_new_one_that_says_the_same(fragment: Path) -> None:
    assert fragment.exists()
    run("report", "--data", "data", "-o", "all.xlsx")

    assert run("import", "all.xlsx", "--data", "new").code == 0

    assert "ro-survey: {title: Romanian survey}" in Path("new/instruments.yaml").read_text("utf-8")
    assert run("check", "new", "--select", "CG1,CG2").code == 0
    assert "Coverage does not change." in run("diff", "data", "new").out


def test_a_note_is_added_to_a_statement_that_has_the_places_of_its_file(fragment: Path) -> None:
    assert _import("id,cell,cover note", "x,a@country,Since 2014", "x,a@region,So") == 0

    assert fragment.read_text(encoding="utf-8") == RO.replace(
        "a@country: full", "a@country: {extent: full, note: Since 2014}"
    ).replace("[RO11]}}", "[RO11]}, note: So}")


def test_a_source_is_cited_by_the_key_that_the_file_has_for_it(fragment: Path) -> None:
    rows = ("id,cell,territories,cover sources", "x,b@region,RO12,survey | p. 3")

    assert _import(*rows) == 0

    assert (
        "b@region: {extent: full, territories: [RO12], sources: [{ref: survey, locator: p. 3}]}"
        in fragment.read_text(encoding="utf-8")
    )


def test_a_place_that_is_not_the_file_s_is_refused_at_its_cell(fragment: Path) -> None:
    Path("list.csv").write_text("id,cell,territories\nx,b@region,BG31\n", encoding="utf-8")

    outcome = run("import", "list.csv", "--data", "data")

    assert outcome.code == 2
    assert "list.csv!C2: 'BG31' is not in RO, of which this file speaks" in outcome.err
    assert fragment.read_text(encoding="utf-8") == RO


def test_an_observation_of_another_place_goes_to_the_main_file(fragment: Path) -> None:
    header, known = "id,cell,extent,territories,cover note", ",b@region,partial,RO,"

    assert _import(header, known, ",b@region,partial,BG31,In Sofia") == 0

    assert fragment.read_text(encoding="utf-8") == RO
    assert "b@region: {extent: partial, territories: [BG31], note: In Sofia}" in Path(
        "data/instruments.yaml"
    ).read_text("utf-8")

"""``import`` and the list layout of groups: a cell names one by its id or name, as it names a place."""

from pathlib import Path

import pytest

from running import run

MAIN = """\
schema: 1
title: Places
levels:
  - {id: country, name: Country, territories: [AT, BG, RO]}
  - {id: region, name: Region, territories: [BG31, RO11, RO12]}
roles:
  - {id: a, name: A}
groups:
  - {id: south-east, name: South and East, territories: [BG, RO]}
  - {id: south, name: South, territories: [BG]}
  - {id: austria, name: Austria, territories: [AT]}
  - {id: north, name: North, territories: [SE]}
instruments:
  - {id: x, name: X, covers: {a@country: {territories: [south-east]}, a@region: {territories: {except: [south]}}}}
"""


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The main file of a dataset in the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data" / "instruments.yaml"
    path.parent.mkdir()
    path.write_text(MAIN, encoding="utf-8")
    return path


def _import(*places: str, level: str = "country") -> tuple[int, str]:
    rows = ["id,name,cell,territories"]
    rows += [f'y{n},Y{n},a@{level},"{place}"' for n, place in enumerate(places)]
    Path("list.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    outcome = run("import", "list.csv", "--data", "data")
    return outcome.code, outcome.err


@pytest.mark.parametrize(
    ("level", "place", "written"),
    [
        ("country", "south-east", "[south-east]"),
        ("country", "SOUTH-EAST", "[south-east]"),
        ("country", "South and East", "[south-east]"),
        ("country", "South; AT", "[south, AT]"),
        ("country", "South, Romania", "[south, RO]"),
        ("country", "south-east, south", "[south-east, south]"),
        ("country", "except South", "{except: [south]}"),
        ("region", "South and East except RO12", "[BG31, RO11]"),
        ("region", "Romania except South and East; BG31", None),
        ("country", "austria", "[austria]"),
    ],
)
def test_a_cell_names_a_group_as_it_names_a_place(
    main: Path, level: str, place: str, written: str | None
) -> None:
    code, _ = _import(place, level=level)

    if written is None:
        assert code == 2
    else:
        assert code == 0
        assert f"territories: {written}" in main.read_text("utf-8").replace(MAIN, "")


def test_a_group_without_a_place_at_the_level_is_refused_at_its_cell(main: Path) -> None:
    code, err = _import("North")

    assert code == 2
    assert "list.csv!D2: the group 'North' has no territory at the level 'Country'" in err
    assert main.read_text("utf-8") == MAIN


@pytest.mark.usefixtures("main")
def test_a_misspelt_group_is_a_question() -> None:
    code, err = _import("Nort")

    assert code == 2
    assert "did you mean 'north' (North)?" in err


@pytest.mark.usefixtures("main")
def test_a_name_of_a_group_and_of_a_territory_is_a_question() -> None:
    text = MAIN.replace("id: austria, name: Austria", "id: alps, name: Austria")
    Path("data/instruments.yaml").write_text(text, encoding="utf-8")

    code, err = _import("Austria")

    assert code == 2
    assert "'Austria' may mean the group 'alps' or AT" in err


def test_a_workbook_of_the_dataset_has_its_groups(main: Path) -> None:
    assert run("report", "--data", "data", "-o", "all.xlsx").code == 0

    assert run("import", "all.xlsx", "--data", "data", "--prune").code == 0
    assert run("import", "all.xlsx", "--data", "new").code == 0

    assert main.read_text("utf-8") == MAIN
    assert "No record was edited" in run("diff", "data", "new").out


def test_groups_are_added_to_a_dataset_that_has_none(main: Path) -> None:
    run("report", "--data", "data", "-o", "all.xlsx")
    without = (
        "".join(
            line
            for line in MAIN.splitlines(keepends=True)
            if "groups:" not in line
            and "- {id: s" not in line
            and "- {id: austria" not in line
            and "- {id: north" not in line
        )
        .replace("[south-east]", "[BG, RO]")
        .replace("[south]", "[BG]")
    )
    main.write_text(without, encoding="utf-8")

    assert run("import", "all.xlsx", "--data", "data").code == 0

    assert "- {id: south, name: South, territories: [BG]}" in main.read_text("utf-8")
    assert run("check", "data", "--select", "CG1,CG2").code == 0


def test_a_mapping_reads_only_the_rows_of_a_group(main: Path) -> None:
    Path("list.csv").write_text(
        "id,name,cell,Country\np,P,a@country,RO\nq,Q,a@country,Austria\nr,R,a@country,Bulgaria\n",
        encoding="utf-8",
    )
    Path("m.yaml").write_text(
        "schema: 1\ncolumns: {id: id, name: name, cell: cell, territories: Country}\nonly: {Country: South and East}\n",
        encoding="utf-8",
    )

    assert run("import", "list.csv", "--data", "data", "--mapping", "m.yaml").code == 0

    written = main.read_text("utf-8").replace(MAIN, "")
    assert [line for line in written.splitlines() if "id:" in line] == ["  - id: p", "  - id: r"]

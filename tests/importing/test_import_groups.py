"""``import`` and the list layout of groups: a cell names one by its id or name, as it names a place."""

from pathlib import Path

import openpyxl
import pytest

from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.record import SourceRef
from running import run

MAIN = """\
schema: 1
title: Places
sources:
  atlas: {title: Atlas}
  law: {title: Law on places}
levels:
  - {id: country, name: Country, territories: [AT, BG, RO]}
  - {id: region, name: Region, territories: [BG31, RO11, RO12]}
roles:
  - {id: a, name: A}
groups:
  - {id: south-east, name: South and East, territories: [BG, RO], sources: [{ref: atlas, locator: 'p. 3 | 4', quote: "BG,\\nand RO"}, {ref: law}]}
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

    ids = [line for line in main.read_text("utf-8").splitlines() if line.startswith("  - id:")]
    assert ids == ["  - id: p", "  - id: r"]


# What a group cites


def _table_with_groups(*citations: str) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    instruments = book.create_sheet("Instruments")
    instruments.append(["id", "name", "cell", "territories"])
    instruments.append(["y", "Y", "a@country", "Alps"])
    groups = book.create_sheet("Groups")
    groups.append(["ID", "Name", "Territories", "Sources"])
    groups.append(["alps", "Alps", "AT", "\n".join(citations)])
    book.save("alps.xlsx")
    return book


def test_a_new_group_brings_its_citations(main: Path) -> None:
    _table_with_groups("atlas | p. 5", "law")

    assert run("import", "alps.xlsx", "--data", "data").code == 0

    alps = load_dataset(find_files(main)).dataset.groups_by_id["alps"]
    assert alps.sources == (SourceRef(ref="atlas", locator="p. 5"), SourceRef(ref="law"))


@pytest.mark.parametrize(
    ("citation", "told"),
    [
        ("atlass | p. 5", "Groups!D2: 'atlass' is not a source, did you mean 'atlas'?"),
        ("| p. 5", "Groups!D2: this source has no key: write its key before the first bar"),
    ],
)
def test_a_wrong_citation_is_told_at_its_cell_and_its_group_is_still_known(
    main: Path, citation: str, told: str
) -> None:
    _table_with_groups("law", citation)

    outcome = run("import", "alps.xlsx", "--data", "data")

    assert outcome.code == 2
    assert outcome.err.splitlines()[0] == told
    assert "is not a territory" not in outcome.err
    assert main.read_text("utf-8") == MAIN


def test_another_citation_of_a_known_group_is_told_and_not_taken(main: Path) -> None:
    run("report", "--data", "data", "-o", "all.xlsx")
    book = openpyxl.load_workbook("all.xlsx")
    (cell,) = (
        one
        for row in book["About"].iter_rows()
        for one in row
        if str(one.value).startswith("atlas | p. 3")
    )
    cell.value = "atlas"
    book.save("all.xlsx")

    outcome = run("import", "all.xlsx", "--data", "data")

    assert outcome.code == 0
    assert (
        f"About!{cell.coordinate}: the data say otherwise, and keep what they say" in outcome.err
    )
    assert main.read_text("utf-8") == MAIN


def test_a_table_of_groups_of_an_older_version_has_no_citations(main: Path) -> None:
    book = _table_with_groups()
    book["Groups"].delete_cols(4)
    book.save("alps.xlsx")

    assert run("import", "alps.xlsx", "--data", "data").code == 0

    assert "- {id: alps, name: Alps, territories: [AT]}" in main.read_text("utf-8")


def test_a_report_that_names_the_places_of_groups_is_the_same_data_again(main: Path) -> None:
    before = main.read_bytes()
    assert run("report", "--data", "data", "-o", "report.xlsx", "-q").code == 0

    assert run("import", "report.xlsx", "--data", "data").code == 0
    assert run("import", "report.xlsx", "--data", "new").code == 0

    assert main.read_bytes() == before
    groups = [load_dataset(find_files(Path(data))).dataset.groups for data in ("data", "new")]
    assert groups[0] == groups[1]


@pytest.mark.usefixtures("main")
def test_a_place_is_added_to_a_group_by_its_name_and_code_or_by_its_code() -> None:
    assert run("report", "--data", "data", "-o", "report.xlsx", "-q").code == 0
    book = openpyxl.load_workbook("report.xlsx")
    cells = [cell for row in book["About"] for cell in row]
    (both,) = (cell for cell in cells if cell.value == "Bulgaria (BG), Romania (RO)")
    (austria,) = (cell for cell in cells if cell.value == "Austria (AT)")
    both.value += ", SE"
    austria.value += ", Germany (DE)"
    book.save("report.xlsx")

    assert run("import", "report.xlsx", "--data", "new").code == 0

    groups = load_dataset(find_files(Path("new"))).dataset.groups_by_id
    assert groups["south-east"].territories == ("BG", "RO", "SE")
    assert groups["austria"].territories == ("AT", "DE")

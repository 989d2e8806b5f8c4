"""``init --template``: a list to fill in, for whoever lives in a spreadsheet program."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clustergap.sheets.columns import COLUMNS
from office import convert, print_pages
from running import run

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def choices(path: str) -> Iterator[tuple[str, list[str]]]:
    """The columns in which one chooses from a list, and what one may choose."""
    book = openpyxl.load_workbook(path)
    sheet = book["Instruments"]
    for rule in sheet.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        yield str(sheet.cell(1, area.min_col).value), _words(book, rule.formula1)


def _words(book: Any, source: str) -> list[str]:
    if source.startswith('"'):
        return source.strip('"').split(",")
    name, _, area = source.partition("!")
    return [row[0].value for row in book[name][area.replace("$", "")]]


def test_without_data_it_offers_what_the_deck_knows() -> None:
    outcome = run("init", "--template", "list.xlsx")

    assert (outcome.code, outcome.out) == (0, "list.xlsx\n")
    assert "clustergap import list.xlsx --dry-run" in outcome.err
    assert openpyxl.load_workbook("list.xlsx").sheetnames == ["Instruments", "Read me", "About"]
    offered = dict(choices("list.xlsx"))
    assert offered["level"] == ["EU", "Country", "Region"]
    assert offered["extent"] == ["full", "partial"]
    assert offered["status"] == ["active", "planned"]
    assert "Social economy" in offered["role"]
    assert "Funding programme" in offered["kind"]


def test_its_columns_are_those_of_the_list_and_it_says_what_each_holds() -> None:
    run("init", "--template", "list.xlsx")

    book = openpyxl.load_workbook("list.xlsx")
    names = [column.name for column in COLUMNS]
    assert [cell.value for cell in book["Instruments"][1]] == names
    said = {row[0].value: row[1].value for row in book["Read me"].iter_rows()}
    assert all(said[column.name] == column.meaning for column in COLUMNS)


def test_with_data_it_offers_what_that_knows() -> None:
    run("init", "mine")

    assert run("init", "mine", "--template", "list.xlsx").out == "list.xlsx\n"
    assert dict(choices("list.xlsx"))["role"] == ["Industry 4.0", "Social economy"]


def test_with_a_new_folder_it_makes_the_project_too() -> None:
    written = run("init", "mine", "--template", "list.xlsx").out.splitlines()

    assert "mine/data/instruments.yaml" in written
    assert "list.xlsx" in written


def test_what_is_there_is_not_overwritten_unless_forced() -> None:
    Path("list.xlsx").write_text("mine")

    assert run("init", "--template", "list.xlsx").code == 2
    assert Path("list.xlsx").read_text() == "mine"
    assert run("init", "--template", "list.xlsx", "--force").code == 0


def test_a_template_is_a_workbook() -> None:
    outcome = run("init", "--template", "list.csv")

    assert outcome.code == 2
    assert "must end in .xlsx" in outcome.err


def test_one_that_nobody_has_filled_in_changes_nothing() -> None:
    run("init", "mine", "--template", "list.xlsx")
    before = Path("mine/data/instruments.yaml").read_bytes()

    assert (
        "the data already say all that this table says"
        in run("import", "list.xlsx", "--data", "mine").out
    )
    assert Path("mine/data/instruments.yaml").read_bytes() == before


def test_it_is_the_same_on_every_run() -> None:
    run("init", "--template", "a.xlsx")
    run("init", "--template", "b.xlsx")

    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()


def test_on_paper_it_says_what_to_do() -> None:
    run("init", "--template", "list.xlsx")

    words = " ".join(" ".join(print_pages(Path("list.xlsx")).texts).split())
    assert "one row for each instrument and cell" in words
    assert "clustergap import FILE --dry-run" in words


def test_what_libreoffice_saves_as_an_opendocument_comes_back_as_the_same_data(
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / "data", "data")
    run("report", "-o", "report.xlsx")
    spreadsheet = str(convert(Path("report.xlsx"), "ods", tmp_path))

    for target in ("data", "new"):
        assert run("import", spreadsheet, "--data", target).code == 0

    for name in ("instruments.yaml", "swot.yaml"):
        assert (Path("data") / name).read_bytes() == (ROOT / "data" / name).read_bytes()
    whole, new = (run("matrix", "-f", "csv", "--data", one).out for one in ("data", "new"))
    assert new == whole

"""``init --template``: a list to fill in, for whoever lives in a spreadsheet program."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
import yaml

from clustergap.list_format.list_layout import COLUMNS, key_of
from clustergap.reference.territories import LISTS
from office import convert, print_pages
from paths import ROOT
from running import run
from workbooks import offered, rules


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


SHEETS = [
    "Read me",
    "Instruments",
    "Dataset",
    "Roles",
    "Levels",
    "Territories",
    "Kinds",
    "Targets",
    "Sources",
]
FREE = 50


def choices(path: str) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(path)
    return {key_of(column): offered(book, rule) for column, rule in rules(book).items()}


def fill_in(path: str, **sheets: Sequence[Mapping[str, str]]) -> None:
    """Type rows into the first free ones of sheets, by their headers."""
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        sheet = book[name.replace("_", " ")]
        header = [key_of(cell.value) for cell in sheet[1]]
        free = next(n for n in range(2, 99) if not any(cell.value for cell in sheet[n]))
        for number, row in enumerate(rows, free):
            for key, text in row.items():
                sheet.cell(number, header.index(key) + 1).value = text
    book.save(path)


def test_without_data_it_holds_no_names_of_others() -> None:
    outcome = run("init", "--template", "list.xlsx")

    assert (outcome.code, outcome.out) == (0, "list.xlsx\n")
    assert outcome.err == "note: fill it in, then: clustergap import list.xlsx --dry-run\n"
    book = openpyxl.load_workbook("list.xlsx")
    assert book.sheetnames == SHEETS
    assert not any(
        cell.value
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(min_row=2)
        for cell in row
    )
    assert choices("list.xlsx") == {
        "role": [None],
        "level": [None],
        "kind": [None],
        "extent": ["full", "partial", "none"],
        "at_least": ["yes", "no"],
        "status": ["active", "planned"],
    }


def test_a_title_is_all_that_it_says() -> None:
    run("init", "--template", "list.xlsx", "--title", "Policy of Norland")

    book = openpyxl.load_workbook("list.xlsx")
    assert book["Read me"]["A1"].value == "Instruments for: Policy of Norland"
    assert [cell.value for cell in book["Dataset"][2]] == ["Policy of Norland", None]


def test_from_the_deck_it_offers_what_the_deck_knows_and_says_so() -> None:
    run("init", "--template", "list.xlsx", "--from", "deck")

    found = choices("list.xlsx")
    assert found["level"] == ["EU", "Country", "Region"]
    assert "Social economy" in found["role"]
    assert "Funding programme" in found["kind"]
    words = [row[0].value for row in openpyxl.load_workbook("list.xlsx")["Read me"].iter_rows()]
    assert any("example data that come with clustergap" in str(text) for text in words)


def test_its_columns_are_those_of_the_list_and_it_says_what_each_holds() -> None:
    run("init", "--template", "list.xlsx")

    book = openpyxl.load_workbook("list.xlsx")
    header = [cell.value for cell in book["Instruments"][1]]
    assert sorted(map(key_of, header)) == sorted(column.name for column in COLUMNS)
    assert (header[0], header[-1]) == ("Name", "ID")
    assert "Managing body" in header
    said = {key_of(str(row[0].value)): row for row in book["Read me"].iter_rows()}
    for column in COLUMNS:
        assert [said[column.name][1].value, said[column.name][2].value] == [
            column.meaning,
            column.holds.value,
        ]
        assert said[column.name][3].value
        assert said[column.name][3].font.color.rgb.endswith("5A5A5A")


def test_each_header_explains_itself() -> None:
    run("init", "--template", "list.xlsx")

    book = openpyxl.load_workbook("list.xlsx")
    for sheet in book.worksheets[1:]:
        notes = {
            area.coord: rule
            for rule in sheet.data_validations.dataValidation
            if rule.prompt
            for area in rule.sqref.ranges
        }
        for cell in sheet[1]:
            assert notes[cell.coordinate].promptTitle == key_of(cell.value)
            assert len(notes[cell.coordinate].prompt) <= 255


def test_there_is_something_to_choose_in_each_row_of_the_list() -> None:
    run("init", "--template", "list.xlsx")

    for rule in rules(openpyxl.load_workbook("list.xlsx")).values():
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.max_row) == (2, 1_048_576)


def test_what_is_typed_into_free_rows_can_be_chosen() -> None:
    run("init", "mine")
    run("init", "mine", "--template", "list.xlsx")
    fill_in("list.xlsx", Roles=[{"name": "Skills"}, {"name": "Export"}], Levels=[{"name": "City"}])

    found = choices("list.xlsx")

    assert found["role"] == ["Industry 4.0", "Social economy", "Skills", "Export"]
    assert found["level"] == ["Country", "Region", "City"]


@pytest.mark.parametrize("title", ["Roles", "Levels", "Kinds"])
def test_names_can_be_chosen_down_to_the_last_of_fifty_free_rows(title: str) -> None:
    run("init", "mine")
    run("init", "mine", "--template", "list.xlsx")

    book = openpyxl.load_workbook("list.xlsx")
    (table,) = book[title].tables.values()
    last = int(table.ref.rpartition(":")[2].lstrip("ABCDEFGH"))
    assert last == 1 + 2 + FREE
    source = rules(book)[title[:-1]].formula1
    assert f"{title}!$B$2:$B${last})" in source


def test_small_tables_have_choices_of_their_own() -> None:
    run("init", "mine")
    run("init", "mine", "--template", "list.xlsx")

    book = openpyxl.load_workbook("list.xlsx")
    assert offered(book, rules(book, "Territories")["Level"]) == ["Country", "Region"]
    assert offered(book, rules(book, "Kinds")["Funds"]) == ["yes", "no"]
    assert offered(book, rules(book, "Levels")["Territories"]) == [
        *LISTS,
        "see Territories",
    ]


def test_an_empty_one_that_is_filled_in_becomes_a_dataset_of_nothing_else() -> None:
    run("init", "--template", "list.xlsx", "--title", "Policy of Norland")
    fill_in(
        "list.xlsx",
        Roles=[{"name": "Export"}, {"name": "Skills", "aliases": "training"}],
        Levels=[{"name": "Country"}, {"name": "Region", "territories": "see Territories"}],
        Territories=[{"level": "Region", "code": f"NO-{one}"} for one in "AB"],
        Kinds=[{"name": "Loan", "funds": "yes"}],
        Sources=[{"key": "act", "title": "Act 12"}],
        Instruments=[
            {
                "name": "Bank",
                "role": "Export",
                "level": "Country",
                "kind": "Loan",
                "sources": "act",
            },
            {"name": "Bank", "role": "training", "level": "Region", "territories": "NO-A"},
        ],
    )

    outcome = run("import", "list.xlsx")

    assert (outcome.code, outcome.err) == (0, "")
    assert Path("data/instruments.yaml").read_text(encoding="utf-8") == NORLAND
    assert run("check", "data").code == 0


NORLAND = """\
# yaml-language-server: $schema=../schemas/instruments.schema.json
schema: 1
title: Policy of Norland

sources: {act: {title: Act 12}}

levels:
  - {id: country, name: Country}
  - {id: region, name: Region, territories: [NO-A, NO-B]}

roles:
  - {id: export, name: Export}
  - {id: skills, name: Skills, aliases: [training]}

kinds: [{id: loan, name: Loan, funds: true}]

instruments:
  - id: bank
    name: Bank
    kind: loan
    sources: [{ref: act}]
    covers:
      export@country: full
      skills@region: {extent: full, territories: [NO-A]}
"""


def test_words_of_the_list_alone_make_roles_levels_and_kinds_too() -> None:
    run("init", "--template", "Our list.xlsx")
    row = {"name": "Bank", "role": "Export", "level": "Country", "kind": "Loan scheme"}
    fill_in("Our list.xlsx", Instruments=[row])

    assert run("import", "Our list.xlsx").code == 0
    document = yaml.safe_load(Path("data/instruments.yaml").read_bytes())
    assert document["title"] == "Our list"
    assert [one["name"] for key in ("roles", "levels", "kinds") for one in document[key]] == [
        "Export",
        "Country",
        "Loan scheme",
    ]


def test_a_role_added_to_a_dataset_goes_into_it_alone() -> None:
    run("init", "mine")
    run("init", "mine", "--template", "list.xlsx")
    before = Path("mine/data/instruments.yaml").read_text(encoding="utf-8")
    fill_in(
        "list.xlsx",
        Roles=[{"name": "Skills"}],
        Instruments=[{"name": "School", "role": "Skills", "level": "Country"}],
    )

    assert run("import", "list.xlsx", "--data", "mine").code == 0
    after = Path("mine/data/instruments.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before.splitlines()] == [
        "  - {id: skills, name: Skills}",
        "  - id: school",
        "    name: School",
        "      skills@country: full",
    ]


def test_with_data_it_offers_what_that_knows() -> None:
    run("init", "mine")

    assert run("init", "mine", "--template", "list.xlsx").out == "list.xlsx\n"
    assert choices("list.xlsx")["role"] == ["Industry 4.0", "Social economy"]


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


@pytest.mark.exhaustive
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

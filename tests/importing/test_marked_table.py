"""``import --marked``: the table comes back as a workbook in which each problem stands at its cells."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.spreadsheet.opening import open_sheets
from clustergap.spreadsheet.sheet import Sheet, SpreadsheetError, StoredSheet
from clustergap.writers import marked_table
from clustergap.writers.marked_table import MOST_COMMENTS, Mark, write_marked
from office import convert
from running import run
from spreadsheets import sheet_of

HEADER = ("name", "role", "level", "extent", "ends")
ROWS = (
    ("Fund", "Social economy", "EU", "ful", "soon"),
    ("Bank\nof Funds", "Social economy", "EU", "ful", "2020"),
    ("=1+1", "Social economy", "EU", "full", "2020"),
)
TOLD = [
    "in.csv!D2 and D3: 'ful' is neither full nor partial, did you mean 'full'?",
    "in.csv!E2: 'soon' is not a date: write YYYY-MM-DD, YYYY-MM or YYYY",
]
"""What is wrong with them."""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(rows: Sequence[Sequence[str]] = ROWS) -> str:
    with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return "in.csv"


def sheets_of(path: str) -> list[Sheet]:
    """The sheets of a file, without the list of problems."""
    sheets, _ = open_sheets(Path(path).read_bytes(), path)
    return [sheet for sheet in sheets if sheet.name != marked_table.NAME]


def comments_of(path: str, sheet: str) -> dict[str, str]:
    """The comments of a sheet, by their cells."""
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def test_each_problem_is_marked_at_its_cells_and_nothing_else_is_written() -> None:
    outcome = run("import", table(), "--data", "new", "--marked", "p.xlsx")

    assert outcome.code == 2
    assert outcome.err.splitlines() == [
        *TOLD,
        "Each is marked at its cells in 'p.xlsx'",
        "clustergap: in.csv: 2 problems in 3 cells; nothing was written",
    ]
    assert sorted(path.name for path in Path().iterdir()) == ["in.csv", "p.xlsx"]
    extent = "'ful' is neither full nor partial, did you mean 'full'?"
    date = "'soon' is not a date: write YYYY-MM-DD, YYYY-MM or YYYY"
    assert comments_of("p.xlsx", "in.csv") == {"D2": extent, "D3": extent, "E2": date}
    page = openpyxl.load_workbook("p.xlsx")["in.csv"]
    coloured = {c.coordinate for row in page.iter_rows() for c in row if c.fill.fill_type}
    assert coloured == {"D2", "D3", "E2"}
    assert [sheet.rows for sheet in sheets_of("p.xlsx")] == [[list(r) for r in (HEADER, *ROWS)]]


def test_a_list_of_the_problems_leads_to_their_cells() -> None:
    run("import", table(), "--data", "new", "--marked", "p.xlsx")

    page = openpyxl.load_workbook("p.xlsx")["Problems"]
    assert page["A2"].value == "in.csv: 2 problems in 3 cells"
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert rows == [
        ["Problem", "Cells", "The first"],
        ["'ful' is neither full nor partial, did you mean 'full'?", 2, "in.csv!D2"],
        ["'soon' is not a date: write YYYY-MM-DD, YYYY-MM or YYYY", 1, "in.csv!E2"],
    ]
    assert page["C6"].hyperlink.location == "'in.csv'!D2"


def test_the_marked_table_is_imported_once_it_is_mended() -> None:
    run("import", table(), "--data", "new", "--marked", "p.xlsx")
    again = run("import", "p.xlsx", "--data", "new")
    assert again.err.splitlines()[:2] == TOLD

    book = openpyxl.load_workbook("p.xlsx")
    for cell, text in {"D2": "full", "D3": "partial", "E2": "2019"}.items():
        book["in.csv"][cell] = text
    book.save("p.xlsx")
    mended = run("import", "p.xlsx", "--data", "new", "--marked", "q.xlsx")

    assert mended.code == 0, mended.err
    assert "note: there is no problem, so 'q.xlsx' is not written\n" in mended.err
    assert not Path("q.xlsx").exists()
    table([(*ROWS[0][:3], "full", "2019"), (*ROWS[1][:3], "partial", "2020"), ROWS[2]])
    assert run("import", "in.csv", "--data", "other").code == 0
    texts = [Path(f"{one}/instruments.yaml").read_text() for one in ("new", "other")]
    assert texts[0].replace("title: p", "title: in") == texts[1]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_workbook_comes_back_with_all_of_its_sheets(suffix: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "A long name of a sheet, as such"
    for row in (("Our list",), (), HEADER, *ROWS[:2], ("Hub", "Social economy", "EU", "=1/0", "")):
        page.append(row)
    page.merge_cells("A1:C1")
    book.create_sheet("Remarks").append(("what", 12))
    book.create_sheet("Secret").sheet_state = "hidden"
    book["Secret"]["A1"] = "x"
    book.save("t.xlsx")
    source = "t.xlsx" if suffix == "xlsx" else str(convert(Path("t.xlsx"), "ods", tmp_path).name)

    assert run("import", source, "--data", "new", "--marked", "p.xlsx").code == 2

    marked, before = sheets_of("p.xlsx"), sheets_of(source)
    assert [sheet.name for sheet in marked] == [sheet.name for sheet in before]
    assert [sheet.metadata.is_hidden for sheet in marked] == [False, False, True]
    assert [sheet.rows for sheet in marked[1:]] == [sheet.rows for sheet in before[1:]]
    told = [run("import", name, "--data", "new").err.splitlines() for name in (source, "p.xlsx")]
    assert told[0][:2] == told[1][:2]


def test_an_error_stays_one() -> None:
    sheet = sheet_of([HEADER, ("Fund", "Social economy", "EU", "#N/A", "#N/A")])
    sheet.metadata.errors.add((1, 3))
    marks = [Mark("this is an error", sheet.name, 3, [1]), Mark("not a date", sheet.name, 4, [1])]

    Path("p.xlsx").write_bytes(write_marked([sheet], marks, "title"))

    (again,) = sheets_of("p.xlsx")
    assert again.metadata.formulas == {(1, 3)}
    assert again.text(1, 4) == "#N/A"


def test_texts_stay_as_they_are_and_nothing_of_them_acts() -> None:
    texts = [
        '=HYPERLINK("x")',
        "+1",
        "https://x.eu",
        "007",
        "_x000D_",
        " a ",
        "{=1}",
        "1.0",
        "é\tb",
    ]
    sheet = sheet_of([texts], "In [1]: a/b?*")

    Path("p.xlsx").write_bytes(write_marked([sheet], [], "title"))

    (again,) = sheets_of("p.xlsx")
    assert again.rows == [texts]
    assert again.name == "In _1__ a_b__"
    assert not again.metadata.formulas


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4), st.text(min_size=1, max_size=40))
def test_any_text_comes_back_but_for_what_no_file_holds(texts: list[str], name: str) -> None:
    sheet = sheet_of([["a", *texts, "z"]], name)

    data = write_marked([sheet], [Mark("wrong", name, 0, [0])], "title")

    again = open_sheets(data, "p.xlsx")[0][0]
    kept = [re.sub("[\ud800-\udfff\ufffe\uffff]", "?", text) for text in texts]
    read = [re.sub("[\ufffe\uffff\ufffd]", "?", text) for text in again.rows[0]]
    assert [re.sub("\r\n?", "\n", text) for text in read[1:-1]] == [
        re.sub("\r\n?", "\n", text.replace("\ufffd", "?")) for text in kept
    ]


def test_a_text_that_no_workbook_holds_is_cut_and_that_is_said() -> None:
    sheet = sheet_of([["a" * 40_000]])

    Path("p.xlsx").write_bytes(write_marked([sheet], [], "title"))

    assert comments_of("p.xlsx", sheet.name) == {
        "A1": "the text goes on: a cell of a workbook holds 32,767 characters"
    }


def test_of_very_many_cells_each_is_coloured_and_so_many_have_a_comment() -> None:
    rows = [["x", "y"]] * (MOST_COMMENTS + 500)
    marks = [
        Mark("everywhere", "Instruments", 0, range(len(rows))),
        Mark("at the end", "Instruments", 1, [len(rows) - 1]),
    ]

    Path("p.xlsx").write_bytes(write_marked([sheet_of(rows)], marks, "title"))

    comments = comments_of("p.xlsx", "Instruments")
    assert len(comments) == MOST_COMMENTS
    assert comments[f"B{len(rows)}"] == "at the end"
    book = openpyxl.load_workbook("p.xlsx")
    assert all(row[0].fill.fill_type for row in book["Instruments"].iter_rows())
    assert "Only 1,000 cells have a comment" in book["Problems"]["A4"].value


def test_two_problems_of_a_cell_stand_in_one_comment_and_those_of_the_file_in_the_list() -> None:
    marks = [Mark("all is wrong"), Mark("one", "S", 0, [0]), Mark("other", "S", 0, [0])]

    Path("p.xlsx").write_bytes(write_marked([sheet_of([["a"]], "S")], marks, "title"))

    assert comments_of("p.xlsx", "S") == {"A1": "one\n\nother"}
    page = openpyxl.load_workbook("p.xlsx")["Problems"]
    assert [page[f"A{row}"].value for row in range(6, 9)] == ["all is wrong", "one", "other"]


def test_a_marked_table_that_is_marked_again_has_one_list() -> None:
    run("import", table(), "--data", "new", "--marked", "p.xlsx")

    run("import", "p.xlsx", "--data", "new", "--marked", "q.xlsx")

    assert openpyxl.load_workbook("q.xlsx").sheetnames == ["in.csv", "Problems"]


def test_sheets_whose_names_are_too_long_or_the_same_have_names_of_their_own() -> None:
    sheets = [sheet_of([["a"]], name) for name in ("n" * 40, "n" * 41, "N" * 31, "Problems")]

    Path("p.xlsx").write_bytes(write_marked(sheets, [], "title"))

    names = openpyxl.load_workbook("p.xlsx").sheetnames
    assert names == ["n" * 31, f"{'n' * 29} 2", f"{'N' * 29} 3", "Problems", "Problems 2"]


def test_a_sheet_that_cannot_be_read_is_left_out_and_that_is_said() -> None:
    def read(_rows: int | None) -> Sheet:
        raise SpreadsheetError("the part is no XML")

    sheets = [sheet_of([["a"]], "S"), StoredSheet("My damage", read, is_hidden=False)]

    Path("p.xlsx").write_bytes(write_marked(sheets, [Mark("wrong", "S", 0, [0])], "title"))

    book = openpyxl.load_workbook("p.xlsx")
    assert book.sheetnames == ["S", "Problems"]
    assert book["Problems"]["A4"].value == "'My damage' cannot be read, and is left out here."


def test_the_same_table_is_marked_with_the_same_bytes() -> None:
    for name in ("p.xlsx", "q.xlsx"):
        run("import", table(), "--data", "new", "--marked", name)

    assert Path("p.xlsx").read_bytes() == Path("q.xlsx").read_bytes()


def test_who_sees_many_problems_on_a_terminal_is_told_how_to_see_them_at_their_cells() -> None:
    name = table([(f"Fund {n}", "R", "EU", f"ful{n}", "") for n in range(5)])

    shown = run("import", name, "--data", "a b", "--dry-run", is_terminal=True).err.splitlines()
    piped = run("import", name, "--data", "a b", "--dry-run").err

    command = "clustergap import in.csv --dry-run --data 'a b' --marked problems.xlsx"
    assert shown[-2] == f"To see each at its cell: {command}"
    assert "--marked" not in piped


def test_the_table_itself_is_never_overwritten() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.save("t.xlsx")
    before = Path("t.xlsx").read_bytes()

    outcome = run("import", "t.xlsx", "--marked", "./t.xlsx")

    assert (outcome.code, outcome.err) == (
        2,
        "clustergap: --marked would overwrite the table itself, 't.xlsx'\n",
    )
    assert Path("t.xlsx").read_bytes() == before
    other = run("import", table(), "--marked", "p.csv")
    assert other.err == "clustergap: --marked writes a workbook: name it 'p.xlsx'\n"


def test_where_the_workbook_cannot_be_written_the_problems_are_told_all_the_same() -> None:
    outcome = run("import", table(), "--data", "new", "--marked", "no/p.xlsx")

    assert outcome.code == 2
    assert outcome.err.splitlines()[:2] == TOLD
    assert "'no/p.xlsx' cannot be written: there is no folder 'no'" in outcome.err


@pytest.mark.exhaustive
def test_another_program_sees_the_comments_too(tmp_path: Path) -> None:
    run("import", table(), "--data", "new", "--marked", "p.xlsx")

    saved = convert(Path("p.xlsx"), "fods", tmp_path).read_text(encoding="utf-8")

    assert saved.count("<office:annotation ") == 3
    assert "is not a date: write YYYY-MM-DD" in saved

"""Cells as the person saw them: dates, numbers, texts, what is merged, hidden, reckoned or wrong."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from python_calamine import load_workbook

from clustergap.spreadsheet.number_format import (
    format_date,
)
from clustergap.spreadsheet.opening import open_sheets
from clustergap.spreadsheet.sheet import LIMITS, Area, Sheet, SheetLimits, SpreadsheetError
from office import convert
from paths import ROOT
from running import run
from workbook_files import (
    BOOK,
    HEADER,
    LIST,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    ods,
    ods_cell,
    ods_row,
    relations,
    row,
    sheet_part,
    strings,
    styles,
    workbook,
    xlsx,
)


def read(data: bytes, suffix: str = "xlsx", limits: SheetLimits = LIMITS) -> Sheet:
    """Read the first sheet."""
    return open_sheets(data, f"list.{suffix}", limits)[0][0]


def test_days_may_be_counted_from_1904() -> None:
    cell = '<row><c s="0"><v>40999</v></c></row>'
    book = {STYLES: styles("yyyy-mm-dd"), BOOK: workbook(properties='date1904="1"')}

    assert read(xlsx(cell, **book)).rows == [["2016-04-01"]]


@pytest.mark.parametrize(
    ("stored", "number_format", "seen"),
    [
        ("2016-04-01", "yyyy-mm-dd", "2016-04-01"),
        ("2016-04-01T00:00:00Z", "mmm yyyy", "2016-04"),
        ("2016-04-01T10:30:00", "d/m/yyyy h:mm", "2016-04-01 10:30"),
        ("soon", "yyyy", "soon"),
    ],
)
def test_a_date_that_is_stored_as_text_is_read_as_its_format_shows_it(
    stored: str, number_format: str, seen: str
) -> None:
    assert format_date(stored, number_format) == seen
    cell = f'<row><c t="d" s="0"><v>{stored}</v></c></row>'
    assert read(xlsx(cell, **{STYLES: styles(number_format)})).rows == [[seen]]


SEEN: list[tuple[Any, str, str]] = [
    (date(2016, 4, 1), "yyyy-mm-dd", "2016-04-01"),
    (date(2016, 4, 1), "mmm yyyy", "2016-04"),
    (date(2016, 4, 1), "yyyy", "2016"),
    (datetime(2016, 4, 1, 10, 30), "yyyy-mm-dd hh:mm", "2016-04-01 10:30"),  # noqa: DTZ001
    (time(10, 30), "hh:mm", "10:30"),
    (0.5, "0%", "50%"),
    (7, "000", "007"),
    (2016, "General", "2016"),
    (0.1 + 0.2, "General", "0.3"),
    ("2016-04", "General", "2016-04"),
    ("two\nlines", "General", "two\nlines"),
    (" before, and  two ", "General", " before, and  two "),
    ("a\ttab", "General", "a\ttab"),
    ("<&>\"'", "General", "<&>\"'"),
    ("Föhr \U0001f600", "General", "Föhr \U0001f600"),
    ("1830-05-01", "General", "1830-05-01"),
]


def made() -> bytes:
    """A workbook by another program, with something of everything."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "It's a list"
    for number, (value, number_format, _seen) in enumerate(SEEN, 1):
        cell = sheet.cell(number, 1, value)
        cell.number_format = number_format
    sheet["A1"].comment = Comment("a comment", "somebody")
    sheet["B1"], sheet["B2"], sheet["B3"] = "=1/0", "=A3", "merged"
    sheet.merge_cells("B3:C4")
    sheet["E50"] = "far below"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = book.create_sheet("Old")
    other["A1"], other.sheet_state = "x", "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check_made(sheets: list[Sheet]) -> None:
    sheet, old = sheets
    assert [cells[0] for cells in sheet.rows[: len(SEEN)]] == [seen for *_, seen in SEEN]
    assert {(0, 1), (1, 1)} <= sheet.metadata.formulas
    assert sheet.name == "It's a list"
    assert sheet.metadata.merged == [Area((2, 1), (3, 2))]
    assert sheet.text(49, 4) == "far below"
    assert len(sheet.rows) == 50
    assert not any(any(cells) for cells in sheet.rows[len(SEEN) : 49])
    assert (sheet.metadata.hidden_rows, sheet.metadata.hidden_columns) == ([4], [3])
    assert (old.name, old.rows, old.metadata.is_hidden) == ("Old", [["x"]], True)
    assert sheet.remarks() == [
        "'It''s a list': rows 5 are hidden, and are read too",
        "'It''s a list': columns D are hidden, and are read too",
        "'It''s a list': B3:C4 are merged: their text counts for each of their cells",
    ]


def test_a_workbook_of_another_program_is_read_as_it_is_seen() -> None:
    sheets, _ = open_sheets(made(), "list.xlsx")

    check_made(sheets)


@pytest.mark.exhaustive
def test_what_libreoffice_makes_of_it_is_read_as_it_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "made.xlsx"
    source.write_bytes(made())

    sheets, _ = open_sheets(convert(source, "ods", tmp_path).read_bytes(), "list.ods")

    check_made(sheets)
    assert sheets[0].metadata.errors == {(0, 1)}


def test_other_readers_read_what_is_written_by_hand_here(tmp_path: Path) -> None:
    rows = [["name", "role", "level", "note"], ["Fund", "A role", "EU", "A note"]]
    texts = '<row><c t="s"><v>0</v></c><c s="0"><v>42461</v></c></row>'
    book = xlsx(LIST + texts, **{STRINGS: strings("<t>shared</t>"), STYLES: styles("yyyy")})
    sheet = ods("".join(ods_row(*map(ods_cell, texts)) for texts in rows))
    paths = [tmp_path / "list.xlsx", tmp_path / "list.ods"]
    for path, data in zip(paths, (book, sheet), strict=True):
        path.write_bytes(data)

    by_openpyxl = list(openpyxl.load_workbook(paths[0]).active.values)
    by_calamine = [load_workbook(path).get_sheet_by_index(0).to_python() for path in paths]

    assert by_openpyxl == [*map(tuple, rows), ("shared", datetime(2016, 4, 1), None, None)]  # noqa: DTZ001
    assert by_calamine == [[*rows, ["shared", date(2016, 4, 1), "", ""]], rows]
    assert read(book).rows == [*rows, ["shared", "2016"]]
    assert read(sheet, "ods").rows == rows
    for path in paths:
        assert convert(path, "csv", tmp_path).read_text("utf-8").startswith("name,role,level,note")


def test_text_is_read_without_looks_and_readings() -> None:
    texts = strings(
        "<r><rPr/><t>Hori</t></r><r><t xml:space='preserve'>zon </t></r>",
        "<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>",
        "<t>a_x000D_\nb_x005F_x000D_c_x000d__xD83D__xDE00_ _xD800_ _x00_</t>",
        "",
    )
    cells = "".join(f'<c t="s">\n <v>{n}</v>\n</c>' for n in range(4))
    inline = (
        '<c t="inlineStr"><is>\n <r><t>a</t></r> <rPh><t>x</t></rPh>\n <r><t>b</t></r></is></c>'
    )

    sheet = read(xlsx(f"<row>{cells}{inline}</row>", **{STRINGS: texts}))

    assert sheet.rows == [["Horizon ", "東京", "a\nb_x000D_c\n\U0001f600 \ud800 _x00_", "", "ab"]]


def test_the_kinds_of_cells_are_read_as_they_are_seen() -> None:
    cells = (
        '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="str"><v>#N/A</v></c><c t="e"><v>#N/A</v></c>'
        '<c t="n"/><c s="9"><v>1</v></c>'
    )

    sheet = read(xlsx(f"<row>{cells}</row>"))

    assert sheet.rows == [["TRUE", "FALSE", "#N/A", "#N/A", "", "1"]]
    assert sheet.metadata.errors == {(0, 3)}


def test_of_one_formula_for_many_cells_each_is_known() -> None:
    cells = '<row><c><f t="array" ref="A1:B2">x</f><v>1</v></c><c><v>2</v></c></row>'

    assert read(xlsx(cells)).metadata.formulas == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_parts_are_found_whatever_they_are_called() -> None:
    book = {
        "_rels/.rels": relations(officeDocument="/Book/My.xml"),
        "book/my.xml": workbook('name="A" r:id="r1"', 'name="B" r:id="r2" state="hidden"'),
        "Book/_rels/My.xml.rels": relations("../one.xml", "./two.xml"),
        "one.xml": sheet_part(LIST),
        "Book/two.xml": sheet_part(row("x")),
        **dict.fromkeys((BOOK, SHEET, STRINGS, STYLES, RELATIONS)),
    }

    sheets, _ = open_sheets(xlsx(**book), "list.xlsx")

    assert [(one.name, one.metadata.is_hidden, len(one.rows)) for one in sheets] == [
        ("A", False, 2),
        ("B", True, 1),
    ]


def test_an_opendocument_is_read_whichever_program_wrote_it() -> None:
    note = "<office:annotation><text:p>a comment</text:p></office:annotation>"
    rows = (
        ods_row(
            ods_cell("name"),
            "<table:table-cell table:number-columns-repeated='2'/>",
            ods_cell("d"),
        )
        + ods_row('<table:table-cell table:number-columns-repeated="40"/>', repeated=3)
        + ods_row(
            f'<table:table-cell office:value-type="string">{note}<text:p>two</text:p><text:p>\n'
            "  <text:span>li<text:s/><text:s text:c='2'/>nes</text:span><text:line-break/>x<text:tab/>"
            "<text:a>y</text:a></text:p><draw:frame><text:p>drawn</text:p></draw:frame></table:table-cell>",
            ods_cell("z", attributes='table:number-columns-repeated="2"'),
            repeated=2,
        )
        + ods_row('<table:table-cell table:number-columns-repeated="40"/>', repeated=30)
    )

    # LibreOffice writes that every row and column up to the sheet's last one is there and empty.
    sheet = read(ods(rows), "ods", SheetLimits(rows=10, columns=10))

    text = "two\n li   nes\nx\ty"
    assert sheet.rows == [["name", "", "", "d"], [], [], [], [text, "z", "z"], [text, "z", "z"]]


def test_the_kinds_of_cells_of_opendocument_are_read_as_they_are_seen() -> None:
    rows = ods_row(
        ods_cell("WAHR", "boolean", 'office:boolean-value="true"'),
        ods_cell("1.234,50 €", "currency", 'office:value="1234.5"'),
        ods_cell("April 2016", "date", 'office:date-value="2016-04-01"'),
        '<table:table-cell office:value-type="float" office:value="3"/>',
        '<table:table-cell office:value-type="string" office:string-value="a"/>',
        ods_cell("#DIV/0!", "string", 'table:formula="of:=1/0" calcext:value-type="error"'),
        ods_cell("#N/A"),
    )

    sheet = read(ods(rows), "ods")

    assert sheet.rows == [["TRUE", "1.234,50 €", "2016-04-01", "3", "a", "#DIV/0!", "#N/A"]]
    assert (sheet.metadata.formulas, sheet.metadata.errors) == ({(0, 5)}, {(0, 5)})


def test_what_is_hidden_in_an_opendocument_is_known() -> None:
    hidden = (
        '<style:style style:name="t"><style:table-properties table:display="false"/></style:style>'
    )
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + ods_row(ods_cell("a"), ods_cell("b"))
        + ods_row(ods_cell("c"), repeated=2, attributes='table:visibility="filter"')
    )

    facts = read(ods(rows, styles=hidden, attributes='table:style-name="t"'), "ods").metadata

    assert facts.is_hidden
    assert (facts.hidden_rows, facts.hidden_columns) == ([1, 2], [1])


def test_merged_cells_below_the_header_hold_their_text_in_each() -> None:
    after = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A40"/></mergeCells>'
    rows = row("head", "", "c") + row("Fund", "1") + row("", "2") + "<row/>" + row("", "3", "x")

    sheet = read(xlsx(**{SHEET: sheet_part(rows, after=after)}))
    sheet.fill_merged(1)

    assert sheet.rows == [
        ["head", "", "c"],
        ["Fund", "1"],
        ["Fund", "2"],
        ["Fund"],
        ["Fund", "3", "x"],
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\r\n\r\n1,2\r\n", [["a", "b"], [], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ('a;b\n"1;2";"x\r\ny"\n', [["a", "b"], ["1;2", "x\ny"]]),
        ('"a,b";c\n1;2\n', [["a,b", "c"], ["1", "2"]]),
        ("\n\na\tb\n", [[], [], ["a", "b"]]),
        ("sep=;\na;b,c\n", [["a", "b,c"]]),
        ("SEP=\t\r\na\tb\n", [["a", "b"]]),
        ("sep=\n", [["sep="]]),
        ("'=1+1,'-x,'tis\n", [["=1+1", "-x", "'tis"]]),
        ("a,,\n,,\n,,c\n", [["a"], [], ["", "", "c"]]),
        ("a", [["a"]]),
        (
            "Our policies\nname;role\nFund;Trade, and ports\n",
            [["Our policies"], ["name", "role"], ["Fund", "Trade, and ports"]],
        ),
        (
            "name;budget\nFund;1,5\nBank;2,5\n",
            [["name", "budget"], ["Fund", "1,5"], ["Bank", "2,5"]],
        ),
    ],
)
def test_a_csv_is_read_whichever_way_it_is_written(text: str, rows: list[list[str]]) -> None:
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert read(data, "csv").rows == rows


def test_what_separates_cells_can_be_said() -> None:
    data = b"name,role;level\na,b;c\n"

    assert open_sheets(data, "list.csv", delimiter=";")[0][0].rows[1] == ["a,b", "c"]
    assert open_sheets(data, "list.txt", delimiter="|")[0][0].rows[1] == ["a,b;c"]
    for unfit in ("", ";;", '"', "\n"):
        with pytest.raises(SpreadsheetError, match="cannot separate cells"):
            open_sheets(data, "list.csv", delimiter=unfit)


def test_tabs_separate_the_cells_of_a_tsv() -> None:
    assert read(b"name, and more\nFund, too\n", "tsv").rows == [["name, and more"], ["Fund, too"]]


@pytest.mark.parametrize("character", ["\u202e", "\ufffe", "\u2028"])
def test_a_character_that_no_data_file_may_hold_is_named_by_its_cell(
    character: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx(HEADER + row("Fund", "A role", "EU", f"a_x{ord(character):04X}_b")))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert outcome.err.startswith(f"S!D2: the character U+{ord(character):04X} ")
    assert character not in outcome.err


def problem_places(told: str) -> list[str]:
    """Return the cells of which something is told, beside notes and how many they are."""
    places = [line.partition(":")[0] for line in told.splitlines()]
    return [place for place in places if "!" in place]


def test_errors_of_an_opendocument_are_problems_where_they_are_read(tmp_path: Path) -> None:
    error = ods_cell("#N/A", attributes='calcext:value-type="error"')
    reckoned = ods_cell("EU", attributes='table:formula="of:=A1"')
    rows = ods_row(*map(ods_cell, ("name", "role", "level", "Budget"))) + ods_row(
        error, ods_cell("A role"), reckoned, error
    )
    path = tmp_path / "list.ods"
    path.write_bytes(ods(rows))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert problem_places(outcome.err) == ["S!A2", "S!C2"]


def test_hidden_sheets_are_not_chosen_and_are_named(tmp_path: Path) -> None:
    book = {
        BOOK: workbook('name="Old" r:id="r1" state="veryHidden"', 'name="New" r:id="r2"'),
        RELATIONS: relations("worksheets/sheet1.xml", "worksheets/s2.xml"),
        "xl/worksheets/s2.xml": sheet_part(HEADER + row("Other", "A role", "EU")),
    }
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx(**book))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 0
    assert "Old (hidden)" in outcome.err
    assert "name: Other" in (tmp_path / "new/instruments.yaml").read_text(encoding="utf-8")


def by_openpyxl(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook as another program writes it."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    fill(made)
    made.save(out)
    return out.getvalue()


def test_formulas_and_errors_are_problems_where_they_are_read_and_there_only(
    tmp_path: Path,
) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.title = "Instruments"
        made.active.append(("name", "role", "level", "Budget", "note"))
        made.active.append(("=1+1", "A role", "EU", "=2+2", "x"))
        made.active.append(("A", "A role", "EU", 1, "#DIV/0!"))
        made.active["E3"].data_type = "e"

    path = tmp_path / "list.xlsx"
    path.write_bytes(by_openpyxl(fill))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert problem_places(outcome.err) == ["Instruments!A2", "Instruments!E3"]
    assert "this is a formula: write what it gives" in outcome.err
    assert "this is an error, '#DIV/0!': write the value" in outcome.err


def test_of_formulas_the_last_value_is_told_of_many_in_a_column_that_of_the_first() -> None:
    def cell(value: str) -> str:
        return f"<c><f>x</f><v>{value}</v></c>"

    sheet = read(xlsx(HEADER + f"<row>{cell('2019')}{cell('7')}</row><row>{cell('2020')}</row>"))

    said = sorted((str(one.at), one.message) for one in sheet.problems(1, [0, 1]))

    assert said == [
        ("S!A2", "this is a formula; the last value of the first is '2019'"),
        ("S!A3", "this is a formula; the last value of the first is '2019'"),
        ("S!B2", "this is a formula; its last value is '7'"),
    ]


def test_merged_cells_count_for_each_and_what_is_hidden_is_named(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        sheet = made.active
        for texts in (
            ("name", "role", "level"),
            ("A", "R", "EU"),
            ("", "R", "Region"),
            ("B", "R", "EU"),
        ):
            sheet.append(texts)
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[4].hidden = True
        other = made.create_sheet("Old")
        other.append(("x",))
        other.sheet_state = "hidden"

    path = tmp_path / "list.xlsx"
    path.write_bytes(by_openpyxl(fill))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 0
    assert "A2:A3" in outcome.err
    assert "row" in outcome.err
    assert "hidden" in outcome.err
    assert "Old" in outcome.err
    written = (tmp_path / "new/instruments.yaml").read_text(encoding="utf-8")
    assert "r@region: full" in written
    assert "name: B" in written


@pytest.mark.parametrize("place", ["A2", "B2"])
def test_half_a_sign_in_a_cell_is_named_like_whatever_no_data_file_may_hold(
    place: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    marked = {"A2": ("A_xD800_", "R", "EU"), "B2": ("A", "R_xD800_", "EU")}
    path.write_bytes(xlsx(row("name", "role", "level") + row(*marked[place])))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert outcome.err.startswith(f"S!{place}: the character U+D800 ")


def test_a_text_of_a_small_table_that_no_data_file_may_hold_is_named_by_its_cell(
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.xlsx"
    run("report", "--data", str(ROOT / "data"), "-o", str(path))
    book = openpyxl.load_workbook(path)
    (cell,) = (
        one for row in book["About"].iter_rows() for one in row if one.value == "Industry 4.0"
    )
    cell.value = "Industry\u202e 4.0"
    book.save(path)

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert f"\nAbout!{cell.coordinate}: the character U+202E" in f"\n{outcome.err}"

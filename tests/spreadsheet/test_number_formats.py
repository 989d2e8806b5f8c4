"""Numbers, dates and texts as a person sees them, whichever program stores them."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from clustergap.spreadsheet.number_format import format_date, format_number, format_text
from clustergap.spreadsheet.opening import open_sheets
from office import convert
from workbook_files import STRINGS, STYLES, ods, ods_cell, ods_row, strings, styles, xlsx


@pytest.mark.parametrize(
    ("stored", "number_format", "seen"),
    [
        ("2016", "General", "2016"),
        ("2016", "0", "2016"),
        ("2016.0", "#,##0", "2,016"),
        ("42461", "yyyy-mm-dd", "2016-04-01"),
        ("42461", "mmm yyyy", "2016-04"),
        ("42461", "mmm\\-yy", "2016-04"),
        ("42461", "yyyy", "2016"),
        ("42461", "[$-409]mmmm yyyy;@", "2016-04"),
        ("42461", "d. mmmm", "2016-04-01"),
        ("42461", "mmmm", "2016-04-01"),
        ("42461", "dd/mm/yyyy hh:mm", "2016-04-01"),
        ("42461.4375", "dd/mm/yyyy hh:mm", "2016-04-01 10:30"),
        ("42461.4375", "dd/mm/yyyy", "2016-04-01"),
        ("42460.999999999", "yyyy-mm-dd", "2016-04-01"),
        ("0.4375", "h:mm", "10:30"),
        ("0.4375", "h:mm AM/PM", "10:30"),
        ("1.5", "[h]:mm", "36:00"),
        ("1.5", "[mm]", "36:00"),
        ("0.5", "0%", "50%"),
        ("0.125", "0.0%", "12.5%"),
        ("0.07", "0%", "7%"),
        ("7", "000", "007"),
        ("-7", "000", "-007"),
        ("0.30000000000000004", "General", "0.3"),
        ("1e20", "General", "1E+20"),
        ("1E-7", "General", "0.0000001"),
        ("-1.5E-7", "General", "-0.00000015"),
        ("1.23E-12", "General", "1.23E-12"),
        ("-0", "General", "0"),
        ("123456789012345", "General", "123456789012345"),
        ("5", '0 "days"', "5 days"),
        ("5", "0\\d", "5d"),
        ("5", "[Red]0", "5"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("60", "yyyy-mm-dd", "1900-02-29"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("99999999", "yyyy-mm-dd", "99999999"),
        ("2958465", "yyyy-mm-dd", "9999-12-31"),
        # Places, signs and texts, as Excel's documents say of them.
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234567", "#,##0,", "1,235"),
        ("1234567", '0.0,,"M"', "1.2M"),
        ("201604", "0000-00", "2016-04"),
        ("123456789", "000-00-0000", "123-45-6789"),
        ("4", "0.00", "4.00"),
        ("1.005", "0.00", "1.01"),
        ("5", "0.##", "5"),
        ("5.25", "0.##", "5.25"),
        ("5.2", "0.0#", "5.2"),
        ("0", "#", ""),
        ("-0.001", "0.00", "0.00"),
        ("5", '"a"0"b"0"c"', "a0b5c"),
        ("1", '"yes";"yes";"no"', "yes"),
        ("-1", '"yes";"yes";"no"', "yes"),
        ("0", '"yes";"yes";"no"', "no"),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0;-0", "-5"),
        ("-5", "0", "-5"),
        ("-5", "[<0]0;0", "5"),
        ("-5", '[>=10]0"!";0', "-5"),
        ("15", '[>=10]"many";"few"', "many"),
        ("5", '[>=10]"many";"few"', "few"),
        ("2", '[=1]"one";[=2]"two";"more"', "two"),
        ("3", '[=1]"one";[=2]"two";"more"', "more"),
        ("-3", '[>5]"a";"b"0;"c"', "b3"),
        ("3", '[>5]"a";"b"0;"c"', "c"),
        ("5", ";;;", ""),
        ("5", "@", "5"),
        ("2016", '0;0;0;"see "@', "2016"),
        ("5", 'General" km"', "5 km"),
        ("-5", "General", "-5"),
        ("1234.5", "_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-", "1,234.50 €"),
        ("-1234.5", "_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-", "-1,234.50 €"),
        ("1234.5", "[$$-409]#,##0", "$1,235"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.00012", "0.00E+00", "1.20E-04"),
        ("12345", "0.0E-0", "1.2E4"),
        ("12345", "##0.0E+0", "12.3E+3"),
        ("99999", "0.0E+00", "1.0E+05"),
        ("0", "0.0E+00", "0.0E+00"),
        ("1.5", "# ?/?", "1 1/2"),
        ("2", "# ?/?", "2"),
        ("0", "# ?/?", "0"),
        ("0.3333333", "# ?/?", "1/3"),
        ("1.5", "?/?", "3/2"),
        ("0.376", "# ?/8", "3/8"),
        ("0.37", "# ??/100", "37/100"),
        ("-1.5", "# ?/?", "-1 1/2"),
        ("42461", "yyyymmdd", "2016-04-01"),
        ("42461", 'yyyy"年"m"月"', "2016-04"),
        ("42461", "[$-F800]dddd, mmmm dd, yyyy", "2016-04-01"),
        ("42461", 'm"/"yy;@', "2016-04"),
        ("42461", "yyyy hh:mm", "2016"),
        ("0.4375", "mm:ss", "10:30"),
        ("42461", '"since "yyyy', "2016"),
        # What no program writes.
        ("5", "", "5"),
        ("5", ";", ""),
        ("5", "[", "5"),
        ("-5", "[Red]", "-5"),
        ("5", '0"', "5"),
        ("5", "0\\", "5\\"),
        ("5", "[>=.]0", "5"),
        ("5", "[><1]0", "5"),
        ("5", "0/", "5/"),
        ("5", "E+0", "5"),
        ("", "General", ""),
        ("nan", "General", "nan"),
        ("1_000", "General", "1_000"),
        ("1e9999", "General", "1e9999"),
        ("x", "yyyy", "x"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(
    stored: str, number_format: str, seen: str
) -> None:
    assert format_number(stored, number_format) == seen


@pytest.mark.parametrize(
    ("text", "number_format", "seen"),
    [
        ("a", "General", "a"),
        ("a", "@", "a"),
        ("a", "0.00", "a"),
        ("a", "yyyy;@", "a"),
        ("02", '"Code "@', "Code 02"),
        ("02", '0;0;0;@" (code)"', "02 (code)"),
        ("a", ";;;", ""),
        ("a", "_-@_-", "a"),
        ("", '"Code "@', "Code "),
    ],
)
def test_a_text_is_read_as_its_format_shows_it(text: str, number_format: str, seen: str) -> None:
    assert format_text(text, number_format) == seen


def test_a_text_of_a_workbook_is_read_as_its_format_shows_it() -> None:
    codes = styles("0;0;0;&quot;Code &quot;@", "0")
    cells = '<c s="0" t="s"><v>0</v></c><c s="1" t="s"><v>0</v></c><c s="0" t="str"><v>b</v></c>'

    (sheet,), _ = open_sheets(
        xlsx(f"<row>{cells}</row>", **{STYLES: codes, STRINGS: strings("<t>a</t>")}), "list.xlsx"
    )

    assert sheet.rows == [["Code a", "a", "Code b"]]


DATES = [
    "yyyy-mm-dd", "mmm yyyy", "yyyy", "d/m/yyyy", "dd.mm.yyyy", "d-mmm-yy", "mmm-yy", "d mmmm yyyy", "mm/yyyy", "yyyy-mm",
    "[$-407]d. mmmm yyyy", "[$-40C]mmmm yyyy", "[$-415]mmmm yyyy", "[$-408]d mmmm yyyy", "m/d/yy", "yy", "d. mmmm", "mmmm",
    "dddd, d mmmm yyyy", "ddd", "yyyymmdd", 'yyyy"年"m"月"', "mmmm d, yyyy", "yyyy/mm/dd", "d\\.m\\.yyyy;@", "dd/mm/yyyy hh:mm",
    "yyyy\\-mm\\-dd\\ hh:mm:ss", "h:mm", "h:mm AM/PM", "[h]:mm", "mm:ss", "[$-809]dd mmmm yyyy;@", "m/yy", "d/m",
]  # fmt: skip
NUMBERS = [
    "General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "0000-00", "000", '"yes";"yes";"no"', '0 "days"', "0.00E+00",
    "##0.0E+0", "# ?/?", "# ??/??", "# ?/8", "#,##0.00 [$€-407]", "[$$-409]#,##0.00", '0;-0;"zero"', '[>=10]"many";"few"', "@",
    "_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-;_-* \"-\"?? [$€-407]_-;_-@_-", "0.##", '#,##0.0,"k"', "[Red]0;[Blue]-0",
    "00000", '"Q"0', "0.0#", ";;;", '"TRUE";"TRUE";"FALSE"', 'General" km"', '0"%"', "00-00-00", '"a ""b"0',
]  # fmt: skip
VALUES = [
    ([42461, 42461.4375, 44927, 73050.99], DATES),
    ([0, 1, -7, 201604, 0.125, 1234567.891, 1 / 3], NUMBERS),
]


@pytest.mark.exhaustive
def test_the_same_workbook_reads_the_same_in_both_formats(tmp_path: Path) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for values, formats in VALUES:
        for number_format in formats:
            book.active.append([number_format.strip("="), *values])
            for cell in book.active[book.active.max_row][1:]:
                cell.number_format = number_format
    book.save(out)
    source = tmp_path / "made.xlsx"
    source.write_bytes(out.getvalue())

    (by_excel,), _ = open_sheets(out.getvalue(), "made.xlsx")
    (by_office,), _ = open_sheets(convert(source, "ods", tmp_path).read_bytes(), "made.ods")

    assert len(by_excel.rows) == len(DATES) + len(NUMBERS)
    assert by_office.rows == by_excel.rows


SHOWN = [
    *(code for code in NUMBERS if "?/" not in code), "0.00%", "#,##0;(#,##0)", "0.0E+0", '[<0]"minus "0;0', '"n"0;"m"0',
    '0.0;;"nil"', "#", "#.##", "000-000", "(000) 000-0000", "+0;-0;0", '0" €"', "[$zł-415] 0.00", "0 %", "0.00;[Red]-0.00",
]  # fmt: skip


@pytest.mark.exhaustive
def test_numbers_look_as_libreoffice_shows_them(tmp_path: Path) -> None:
    numbers = [0, 1, -7, 201604, 0.125, 1234567.891, -0.5, 1e-5, 99.995, 12.5, 1000, -1234.5]
    book, path = openpyxl.Workbook(), tmp_path / "made.xlsx"
    for number_format in SHOWN:
        book.active.append(numbers)
        for cell in book.active[book.active.max_row]:
            cell.number_format = number_format
    book.save(path)
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"

    convert(path, as_shown, tmp_path)
    rows = list(csv.reader((tmp_path / "made.csv").read_text("utf-8").splitlines()))

    for number_format, texts in zip(SHOWN, rows, strict=True):
        ours = [format_number(repr(number), number_format) for number in numbers]
        assert ours == [" ".join(text.split()) for text in texts], number_format


STYLES_OF_DATES = """
<number:date-style style:name="N1"><number:month number:textual="true"/><number:text> </number:text>
  <number:year number:style="long"/></number:date-style>
<number:date-style style:name="N2"><number:year/></number:date-style>
<number:time-style style:name="N3" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text>
  <number:minutes number:style="long"/></number:time-style>
<number:percentage-style style:name="N4"><number:number number:decimal-places="1"/><number:text> %</number:text></number:percentage-style>
<number:currency-style style:name="N5"><number:number number:decimal-places="2" number:grouping="true"/>
  <number:text> </number:text><number:currency-symbol>€</number:currency-symbol></number:currency-style>
<number:text-style style:name="N6"><number:text>Code </number:text><number:text-content/></number:text-style>
<number:date-style style:name="N7"><number:quarter/><number:text>/</number:text><number:year/></number:date-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="child" style:family="table-cell" style:parent-style-name="month"/>
<style:style style:name="year" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="hours" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="share" style:family="table-cell" style:data-style-name="N4">
  <style:map style:condition="cell-content()&gt;1" style:apply-style-name="month"/></style:style>
<style:style style:name="money" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="code" style:family="table-cell" style:data-style-name="N6"/>
<style:style style:name="quarter" style:family="table-cell" style:data-style-name="N7"/>
<style:style style:name="itself" style:family="table-cell" style:parent-style-name="itself"/>
"""


def of_date(style: str, shown: str = "shown") -> str:
    """A cell of the 1st of April 2016."""
    said = f'table:style-name="{style}"' if style else ""
    return ods_cell(shown, "date", f'{said} office:date-value="2016-04-01"')


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (of_date("month"), "2016-04"),
        (of_date("child"), "2016-04"),
        (of_date("year"), "2016"),
        (of_date("quarter"), "2016-04"),
        (of_date("money"), "2016-04-01"),
        (of_date("unknown"), "2016-04-01"),
        (of_date("itself"), "2016-04-01"),
        (of_date("", "April 2016"), "2016-04-01"),
        (
            ods_cell("x", "time", 'table:style-name="hours" office:time-value="PT36H00M00S"'),
            "36:00",
        ),
        (ods_cell("x", "time", 'office:time-value="PT10H30M00,5S"'), "10:30"),
        (ods_cell("10 Uhr", "time", 'office:time-value="P1D"'), "10 Uhr"),
        (ods_cell("x", "percentage", 'table:style-name="share" office:value="0.125"'), "12.5 %"),
        (ods_cell("12,5 %", "percentage", 'office:value="0.125"'), "12,5 %"),
        (
            ods_cell("x", "currency", 'table:style-name="money" office:value="1234.5"'),
            "1,234.50 €",
        ),
        (ods_cell("02", attributes='table:style-name="code"'), "Code 02"),
        (ods_cell("WAHR", "boolean", 'office:boolean-value="true"'), "TRUE"),
        (ods_cell("WAHR", "boolean", 'office:boolean-value="7"'), "TRUE"),
        (ods_cell("FALSCH", "boolean", 'office:boolean-value="false"'), "FALSE"),
    ],
)
def test_a_cell_of_opendocument_is_read_by_its_value_and_its_style(cell: str, seen: str) -> None:
    (sheet,), _ = open_sheets(ods(ods_row(cell), styles=STYLES_OF_DATES), "list.ods")

    assert sheet.rows == [[seen]]


@pytest.mark.parametrize(
    ("number", "seen"), [(14, "2016-04-01"), (17, "2016-04"), (3, "42,461"), (31, "2016-04-01")]
)
def test_numbers_of_formats_that_every_workbook_knows(number: int, seen: str) -> None:
    codes = f'<styleSheet><cellXfs><xf numFmtId="{number}"/></cellXfs></styleSheet>'

    (sheet,), _ = open_sheets(
        xlsx('<row><c s="0"><v>42461</v></c></row>', **{STYLES: codes}), "list.xlsx"
    )

    assert sheet.rows == [[seen]]


def test_the_style_of_a_cell_may_be_its_rows_or_its_columns() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="year"/>'
        '<table:table-column table:default-cell-style-name="month"/>'
    )
    rows = ods_row(*[of_date("")] * 3, of_date("quarter")) + ods_row(
        *[of_date("")] * 3, attributes='table:default-cell-style-name="money"'
    )

    (sheet,), _ = open_sheets(ods(columns + rows, styles=STYLES_OF_DATES), "list.ods")

    assert sheet.rows == [["2016", "2016", "2016-04", "2016-04"], ["2016-04-01"] * 3]


def test_a_date_before_the_year_1_stays_as_it_is_stored() -> None:
    assert format_date("-0044-03-15", "yyyy") == "-0044-03-15"
    assert format_date(datetime(2016, 4, 1, 10, 30, tzinfo=UTC).isoformat(), "") == "2016-04-01"

"""Files that hold too much, or that are not what their name says: one clear message, and little taken."""

import os
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from clustergap.findings import MOST_SHOWN
from clustergap.importing.import_context import ImportOptions
from clustergap.importing.import_plan import plan_import
from clustergap.importing.problems import SheetError, naming
from clustergap.importing.sheet_records import IMPORT_LIMITS
from clustergap.spreadsheet.ods import read_count
from clustergap.spreadsheet.opening import open_sheets
from clustergap.spreadsheet.sheet import LIMITS, SheetLimits, SpreadsheetError, column_name
from fuzz.spreadsheets import look, mutants
from paths import ROOT
from running import Outcome, run
from spreadsheets import empty_target
from workbook_files import (
    BOOK,
    HEADER,
    LIST,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    doubled,
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
    xlsx_parts,
    zipped,
)

MIB = 1 << 20
LIST_ODS = ods_row(*map(ods_cell, ("name", "role", "level"))) + ods_row(
    *map(ods_cell, ("Fund", "A role", "EU"))
)

Make = Callable[[], bytes]


def import_file(path: Path) -> Outcome:
    """Import into a dataset that is not there yet, and stays so."""
    outcome = run("import", str(path), "--data", str(path.parent / "new"), "--dry-run")
    assert not (path.parent / "new").exists()
    return outcome


def import_bytes(data: bytes, name: str, folder: Path) -> Outcome:
    path = folder / name
    path.write_bytes(data)
    return import_file(path)


def problems_of(data: bytes, name: str) -> int:
    """Open a file, and count what is wrong with it: nothing, or one thing."""
    try:
        for sheet in open_sheets(data, name)[0]:
            sheet.head(3)
            sheet.remarks()
            sheet.fill_merged(0)
    except SpreadsheetError:
        return 1
    return 0


def refused(outcome: Outcome, words: str) -> None:
    """Check that there is one message, with these words, and nothing else."""
    assert outcome.code == 2, outcome.err
    assert outcome.stdout == b""
    assert words in outcome.err
    assert "Traceback" not in outcome.err
    assert "a defect" not in outcome.err
    message, last = outcome.err.splitlines()
    assert last.endswith("1 problem; nothing was written")
    assert message.isprintable()


DECLARATION = '<!DOCTYPE x [<!ENTITY a "b">]>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DECLARED, NO_BOOK = "declares a document type or an entity", "is no workbook of Excel"
DAMAGED = "the file is damaged"

MESSAGES: Mapping[str, tuple[Make, str]] = {
    "zip files in a zip file.xlsx": (
        lambda: zipped({f"{n}.zip": zipped({"0": bytes(10)}) for n in range(3)}),
        NO_BOOK,
    ),
    "a table of contents and nothing else.xlsx": (
        lambda: b"PK\3\4" + b"PK\1\2" + bytes(42),
        DAMAGED,
    ),
    "an entry that is there twice.xlsx": (
        lambda: doubled(xlsx_parts(), [("XL/Workbook.xml", workbook())]),
        DAMAGED,
    ),
    "an entry packed otherwise.xlsx": (
        lambda: zipped(xlsx_parts(), zipfile.ZIP_BZIP2),
        "packed in a way that spreadsheets are not",
    ),
    "a declaration in UTF-16.xlsx": (
        lambda: xlsx(
            **{SHEET: f'<?xml version="1.0" encoding="UTF-16"?>{DECLARATION}<a/>'.encode("utf-16")}
        ),
        DECLARED,
    ),
    "no XML.xlsx": (lambda: xlsx("<row>"), DAMAGED),
    "a page.xlsx": (lambda: b"<html><table></table></html>", "is no .xlsx"),
    "an old book.xlsx": (lambda: OLD + bytes(600), "(.xls)"),
    "a book with a password.xlsx": (
        lambda: OLD + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "an OpenDocument with a password.ods": (
        lambda: ods("", manifest="<m><encryption-data/></m>"),
        "protected by a password",
    ),
    "an encrypted entry.xlsx": (lambda: _encrypted(xlsx()), "protected by a password"),
    "a wrong checksum.xlsx": (lambda: _wrong_checksum(xlsx()), DAMAGED),
    "a book outside.xlsx": (
        lambda: xlsx(**{"_rels/.rels": relations(officeDocument="../outside.xml")}),
        NO_BOOK,
    ),
    "an OpenDocument.xlsx": (lambda: ods(LIST_ODS), NO_BOOK),
    "a workbook.ods": (xlsx, "is no OpenDocument spreadsheet"),
    "a text document.ods": (
        lambda: zipped({"content.xml": "<a><text/></a>"}),
        "is no OpenDocument spreadsheet",
    ),
    "a letter.xlsx": (
        lambda: zipped(
            {
                "_rels/.rels": relations(officeDocument="word/document.xml"),
                "word/document.xml": "<document/>",
            }
        ),
        NO_BOOK,
    ),
    "XML.xlsx": (lambda: b'<?xml version="1.0"?><Workbook/>', "is no .xlsx"),
    "no bytes.ods": (lambda: b"", "is no .ods"),
    "no bytes.csv": (lambda: b"", "there is no table to import"),
    "an old book.ods": (lambda: OLD + bytes(600), "(.xls)"),
    **{
        f"a declaration in {part.rpartition('/')[2]}.xlsx": (
            lambda part=part, text=text: xlsx(**{part: DECLARATION + text}),  # type: ignore[misc]
            DECLARED,
        )
        for part, text in (
            (BOOK, workbook()),
            (SHEET, sheet_part(LIST)),
            (STRINGS, strings()),
            (STYLES, styles()),
            (RELATIONS, relations()),
        )
    },
    "a declaration in content.ods": (
        lambda: zipped({"content.xml": f"{DECLARATION}<spreadsheet>&a;</spreadsheet>"}),
        DECLARED,
    ),
    "a declaration in the manifest.ods": (
        lambda: ods(LIST_ODS, manifest=f"{DECLARATION}<m>&a;</m>"),
        DECLARED,
    ),
    "a declaration in an encoding of IBM.xlsx": (
        lambda: xlsx(
            **{SHEET: f'<?xml version="1.0" encoding="cp037"?>{DECLARATION}<a/>'.encode("cp037")}
        ),
        "no XML in UTF-8",
    ),
    "no sheet.xlsx": (
        lambda: xlsx(**{BOOK: "<workbook><sheets/></workbook>"}),
        "has no sheet with cells",
    ),
    "a sheet that is a chart.xlsx": (
        lambda: xlsx(**{RELATIONS: relations(chartsheet="worksheets/sheet1.xml")}),
        "has no sheet with cells",
    ),
    "a sheet that is not there.xlsx": (lambda: xlsx(**{SHEET: None}), DAMAGED),
    "a sheet that leads nowhere.xlsx": (
        lambda: xlsx(**{BOOK: workbook('name="S" r:id="r9"')}),
        DAMAGED,
    ),
    "one part as two sheets.xlsx": (
        lambda: xlsx(**{BOOK: workbook(*['name="S" r:id="r1"'] * 2)}),
        "there twice",
    ),
    "no book.xlsx": (lambda: xlsx(**{BOOK: None}), NO_BOOK),
    "a text that is not there.xlsx": (
        lambda: xlsx('<row><c t="s"><v>0</v></c></row>', **{STRINGS: None}),
        "the text of S!A1 is missing",
    ),
    "a text before the first.xlsx": (
        lambda: xlsx('<row><c t="s"><v>-1</v></c></row>', **{STRINGS: strings("<t>a</t>")}),
        "the text of S!A1 is missing",
    ),
    "a reference that is none.xlsx": (
        lambda: xlsx('<row><c r="1A"><v>1</v></c></row>'),
        "it has a cell '1A'",
    ),
    "a row of more digits than any has.xlsx": (
        lambda: xlsx('<row><c r="A00000001"><v>1</v></c></row>'),
        "it has a cell 'A00000001'",
    ),
    "a row of zeros.xlsx": (lambda: xlsx('<row><c r="A0"><v>1</v></c></row>'), "a cell 'A0'"),
    "NULs.csv": (lambda: b"name,role,level\na\0b,c,d\n", "is no text"),
    "UTF-16 cut in half.csv": (lambda: "name,role".encode("utf-16")[:-1], "is no text"),
    "a quote that goes on.csv": (
        lambda: b'name,role,level\n"a,b,c\n',
        "a quote that is not closed",
    ),
}


def _encrypted(data: bytes) -> bytes:
    place = data.index(b"PK\1\2")
    return data[: place + 8] + b"\1" + data[place + 9 :]


def _wrong_checksum(data: bytes) -> bytes:
    place = data.rindex(b"PK\1\2", 0, data.rindex(SHEET.encode()))
    return data[: place + 16] + b"\0\0\0\0" + data[place + 20 :]


@pytest.mark.parametrize("name", MESSAGES)
def test_what_cannot_be_read_is_one_message(name: str, tmp_path: Path) -> None:
    make, words = MESSAGES[name]

    refused(import_bytes(make(), name, tmp_path), words)


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".doc", ".pdf", ""])
def test_a_file_of_another_name_is_not_opened(suffix: str, tmp_path: Path) -> None:
    refused(
        import_bytes(xlsx(), f"list{suffix}", tmp_path), "ends in .xlsx, .ods, .csv, .tsv, .txt"
    )


def test_a_file_that_is_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.xlsx").mkdir()
    Path("nowhere.xlsx").symlink_to("gone.xlsx")
    Path("itself.xlsx").symlink_to("itself.xlsx")
    names = ["folder.xlsx", "nowhere.xlsx", "itself.xlsx", "missing.xlsx"]
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe.xlsx")
        names.append("pipe.xlsx")

    for name in names:
        outcome = run("import", name, "--data", "new")
        assert (outcome.code, outcome.stdout) == (2, b"")
        assert outcome.err.startswith(f"clustergap: '{name}': ")
        assert len(outcome.err.splitlines()) == 1


def test_a_file_may_be_a_link_to_one_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/list.xlsx").write_bytes(xlsx())
    (tmp_path / "list.xlsx").symlink_to(tmp_path / "there/list.xlsx")

    assert import_file(tmp_path / "list.xlsx").code == 0


def test_a_file_that_is_too_large_is_told_with_what_raises_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a" * (MIB + 1))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"), CLUSTERGAP_MAX_MIB="1")

    assert outcome.code == 2
    assert outcome.err.endswith(
        "list.csv': the file is larger than 1 MiB: raise CLUSTERGAP_MAX_MIB\n"
    )


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("list.xlsx")
    path.write_bytes(xlsx())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")

    outcome = run("import", "list.xlsx", "--data", "new")

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert "cannot be read" in outcome.err


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_file_that_is_cut_off_anywhere_is_one_message(suffix: str, tmp_path: Path) -> None:
    whole = xlsx() if suffix == "xlsx" else ods(LIST_ODS)
    assert import_bytes(whole, f"list.{suffix}", tmp_path).code == 0

    for end in range(0, len(whole) - 1, 37):
        with pytest.raises(SpreadsheetError):
            [sheet.rows for sheet in open_sheets(whole[:end], f"list.{suffix}")[0]]


def test_a_csv_that_is_cut_off_anywhere_is_read_or_refused() -> None:
    whole = 'name,role,level\n"Föhr, ""the island""","A role",EU\n'.encode()

    for end in range(len(whole)):
        assert problems_of(whole[:end], "list.csv") in (0, 1)


def test_noise_is_one_message(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same noise each time
    for size in (1, 3, 4, 30, 1_000):
        for start in (b"", b"PK\3\4", b"PK\5\6", OLD):
            for suffix in ("xlsx", "ods"):
                outcome = import_bytes(start + chance.randbytes(size), f"n.{suffix}", tmp_path)
                assert outcome.code == 2, outcome.err
                assert outcome.stdout == b""
                assert len(outcome.err.splitlines()) == 2


@pytest.mark.parametrize("seed", range(4))
def test_a_mutilated_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    outcomes = [look(*changed) for changed in islice(mutants(seed), 300)]

    assert outcomes.count("read") > 20
    assert len(set(outcomes)) > 10


# How much is read: what is just so much is imported, and one more is refused. The true limits are so high that a file
# above one of them keeps a spreadsheet program busy for minutes, so each is lowered here until its file is small.

BESIDE = "<row><c/><c/><c/><c/>{}</row>"
"""A row below the list with something beside it, from E3 on."""

BETWEEN = '<table:table-cell table:number-columns-repeated="2"/>'


def _long_sheet(size: int) -> str:
    bare = sheet_part(LIST)
    return bare.replace("</worksheet>", " " * (size - len(bare)) + "</worksheet>")


def _padded(size: int) -> bytes:
    return xlsx(**{SHEET: _long_sheet(size)})


def _lying(size: int) -> bytes:
    # The directory says that the part is small.
    whole = _padded(size)
    place = whole.rindex(b"PK\1\2", 0, whole.rindex(SHEET.encode()))
    return whole[: place + 24] + (1).to_bytes(4, "little") + whole[place + 28 :]


def _after(text: str) -> bytes:
    return xlsx(**{SHEET: sheet_part(LIST, after=text)})


def _tables(number: int) -> bytes:
    return ods(f'{LIST_ODS}</table:table><table:table table:name="T">' * (number - 1) + LIST_ODS)


def _csv(text: str) -> bytes:
    return f"name,role,level\nFund,R,EU\n{text}".encode()


class Limited(NamedTuple):
    """A file by how much of something it holds; what is lowered; how much of it is read, and how much is not."""

    make: Callable[[int], bytes]
    lowered: Mapping[str, int]
    fits: int
    exceeds: int
    said: str


TOO_FAR = "at most 10 rows and 5 columns are read: delete what stands far from the table"
SMALL = {"rows": 10, "columns": 5}
FULL = "the sheet holds more than 30 cells or 90 characters of text"
ROOM = {"cells": 30, "text": 90}
STRANGE = "the file holds XML that no spreadsheet program writes"

LIMITED: Mapping[str, Limited] = {
    "entries.xlsx": Limited(
        lambda n: xlsx(**{f"xl/media/{i}.png": b"" for i in range(n - len(xlsx_parts()))}),
        {"entries": 9}, 9, 10, "the file holds more than 9 parts",
    ),
    "bytes.xlsx": Limited(
        _padded, {"unpacked": 5_000}, 5_000, 5_001, "a part of the file unpacks to more than 5,000 bytes"
    ),
    "bytes that are not told.xlsx": Limited(
        _lying, {"unpacked": 5_000}, 5_000, 5_001, "a part of the file unpacks to more than 5,000 bytes"
    ),
    "depth.xlsx": Limited(
        lambda n: _after("<a>" * (n - 1) + "</a>" * (n - 1)), {"depth": 9}, 9, 10, STRANGE
    ),
    "names of elements.xlsx": Limited(
        # worksheet, sheetData, row, c, is and t are there.
        lambda n: _after("".join(f"<n{i}/>" for i in range(n - 6))), {"names": 20}, 20, 21, STRANGE,
    ),
    "names of attributes.xlsx": Limited(
        # xmlns and t are there.
        lambda n: _after("<x " + " ".join(f'a{i}=""' for i in range(n - 2)) + "/>"),
        {"names": 20}, 20, 21, STRANGE,
    ),
    "a tag.xlsx": Limited(
        lambda n: _after(f'<x a="{"a" * n}"/>'), {"tag": 2_000, "at_once": 50}, 500, 5_000, STRANGE
    ),
    "a comment.xlsx": Limited(
        lambda n: _after(f"<!--{'a' * n}-->"), {"tag": 2_000, "at_once": 50}, 500, 5_000, STRANGE
    ),
    "a far row.xlsx": Limited(
        lambda n: xlsx(LIST + f'<row r="{n}"><c><v>1</v></c></row>'), SMALL, 10, 11, f"S!A11: {TOO_FAR}"
    ),
    "a far column.xlsx": Limited(
        lambda n: xlsx(LIST + f'<row><c r="{column_name(n - 1)}3"><v>1</v></c></row>'),
        SMALL, 5, 6, f"S!F3: {TOO_FAR}",
    ),
    "empty cells before a far one.xlsx": Limited(
        lambda n: xlsx(LIST + f'<row><c r="{column_name(n - 9)}3"><v>1</v></c></row>'), ROOM, 30, 31, FULL
    ),
    "empty rows before a far one.xlsx": Limited(
        # Each counts as a cell; the eight of the list and the one of the last row are others.
        lambda n: xlsx(LIST + f'<row r="{n - 6}"><c><v>1</v></c></row>'), ROOM, 30, 31, FULL
    ),
    "a text in many cells.xlsx": Limited(
        lambda n: xlsx(
            LIST + BESIDE.format('<c t="s"><v>0</v></c>' * (n // 10)), **{STRINGS: strings(f"<t>{'x' * 10}</t>")}
        ),
        # The list has 36 characters.
        {"text": 86}, 50, 60, "or 86 characters of text",
    ),
    "a text.xlsx": Limited(
        lambda n: xlsx(HEADER + row("Fund", "A role", "EU", "x" * n)),
        {"cell_text": 20}, 20, 21, "S!D2: this text has more than 20 characters",
    ),
    "lines.xlsx": Limited(
        lambda n: xlsx(HEADER + row("Fund", "A role", "EU", "a\n" * (n // 2 - 1) + "ab")),
        {"cell_text": 20}, 20, 22, "S!D2: this text has more than 20 characters",
    ),
    "a shared text.xlsx": Limited(
        lambda n: xlsx(LIST + BESIDE.format('<c t="s"><v>0</v></c>'), **{STRINGS: strings(f"<t>{'x' * n}</t>")}),
        {"cell_text": 20}, 20, 21, "S!E3: this text has more than 20 characters",
    ),
    "merged cells.xlsx": Limited(
        lambda n: _after('<mergeCell ref="A5:B5"/>' * n),
        {"merged": 3}, 3, 4, "more than 3 ranges of cells are merged",
    ),
    "merged cells over one another.xlsx": Limited(
        # Each holds the eight cells of the list, and its first text, "name", in each of them.
        lambda n: _after('<mergeCell ref="A1:D2"/>' * n), {**ROOM, "text": 120}, 2, 3, "more than 30 cells",
    ),
    "a formula for many cells.xlsx": Limited(
        # The list has eight cells, the third row six, and the place of a formula counts as twenty.
        lambda n: xlsx(LIST + f'<row><c r="F3"><f t="array" ref="F3:F{2 + n}">1</f><v>1</v></c></row>'),
        {"cells": 100}, 3, 4, "the sheet holds more than 100 cells",
    ),
    "formulas.xlsx": Limited(
        # Behind the eight cells of the list and four empty ones.
        lambda n: xlsx(LIST + BESIDE.format("<c><f>1</f><v>1</v></c>" * n)),
        {"cells": 100}, 4, 5, "the sheet holds more than 100 cells",
    ),
    "errors.xlsx": Limited(
        lambda n: xlsx(LIST + BESIDE.format('<c t="e"><v>1</v></c>' * n)),
        {"cells": 100}, 4, 5, "the sheet holds more than 100 cells",
    ),
    "styles.xlsx": Limited(
        lambda n: xlsx(**{STYLES: f"<a><cellXfs>{'<xf/>' * n}</cellXfs></a>"}),
        {"styles": 100}, 100, 101, "more than 100 styles of cells",
    ),
    "relations.xlsx": Limited(
        lambda n: xlsx(
            **{RELATIONS: relations("worksheets/sheet1.xml", **{f"k{i}": "a" for i in range(n - 1)})}
        ),
        {"entries": 9}, 9, 10, "refers to more parts than any spreadsheet",
    ),
    "a cell that stands often.ods": Limited(
        lambda n: ods(LIST_ODS + ods_row(ods_cell("x", attributes=f'table:number-columns-repeated="{n}"'))),
        SMALL, 5, 6, f"S!F3: {TOO_FAR}",
    ),
    "a row that stands often.ods": Limited(
        lambda n: ods(LIST_ODS + ods_row(ods_cell("x"), repeated=n - 2)), SMALL, 10, 11, f"S!A11: {TOO_FAR}"
    ),
    "cells in both directions.ods": Limited(
        # Six cells of the list, and rows of five, of which the first three are empty.
        lambda n: ods(
            LIST_ODS
            + ods_row(
                '<table:table-cell table:number-columns-repeated="3"/>',
                ods_cell("x", attributes='table:number-columns-repeated="2"'),
                repeated=(n - 6) // 5,
            )
        ),
        {"cells": 31}, 31, 36, "more than 31 cells",
    ),
    "empty rows before a far one.ods": Limited(
        lambda n: ods(LIST_ODS + ods_row(repeated=n - 7) + ods_row(ods_cell("x"))), ROOM, 30, 31, FULL
    ),
    "a text in many rows.ods": Limited(
        lambda n: ods(LIST_ODS + ods_row(ods_cell("x" * 10), repeated=n // 10)),
        # The list has 25 characters.
        {"text": 75}, 50, 60, "or 75 characters of text",
    ),
    "spaces.ods": Limited(
        lambda n: ods(LIST_ODS + ods_row(ods_cell("x"), BETWEEN, ods_cell(f'a<text:s text:c="{n - 2}"/>b'))),
        {"cell_text": 20}, 20, 21, "S!D3: this text has more than 20 characters",
    ),
    "paragraphs.ods": Limited(
        lambda n: ods(LIST_ODS + ods_row(ods_cell("x"), BETWEEN, ods_cell("</text:p><text:p>" * n))),
        {"cell_text": 20}, 20, 21, "S!D3: this text has more than 20 characters",
    ),
    "sheets.ods": Limited(_tables, {"sheets": 3}, 3, 4, "the file has more than 3 sheets"),
    "texts.csv": Limited(
        # The list has 20 characters.
        lambda n: _csv("x" * (n - 20)), {"text": 40}, 40, 41, "or 40 characters of text"
    ),
    "a line.csv": Limited(
        lambda n: _csv("," * n), {"line": 20}, 20, 21, "a line of the file has more than 20 characters"
    ),
    "lines.csv": Limited(
        lambda n: _csv("\n" * (n - 3) + "x"), SMALL, 10, 11, f"lines.csv!A11: {TOO_FAR}"
    ),
    "columns.csv": Limited(
        lambda n: _csv("," * (n - 1) + "x"), SMALL, 5, 6, f"columns.csv!F3: {TOO_FAR}"
    ),
    "a text.csv": Limited(
        lambda n: _csv(f",,,{'x' * n}"), {"cell_text": 20}, 20, 21, "'a text.csv'!D3: this text has more than 20"
    ),
}  # fmt: skip


def said_of(data: bytes, name: str, limits: SheetLimits) -> list[str]:
    """Say what is wrong with a file of which so much is read; nothing if it can be imported."""
    try:
        with naming(name):
            sheets, _ = open_sheets(data, name, limits)
            plan_import(sheets, name, empty_target(), ImportOptions())
    except SheetError as error:
        return error.lines
    return []


@pytest.mark.parametrize("name", LIMITED)
def test_just_so_much_is_read_and_more_is_refused(name: str) -> None:
    make, lowered, fits, exceeds, said = LIMITED[name]
    limits = SheetLimits(**lowered)

    # Whether a row that holds a name alone is the table's is asked of what is read in full.
    assert [
        line for line in said_of(make(fits), name, limits) if "a name and nothing else" not in line
    ] == []
    (line,) = said_of(make(exceeds), name, limits)
    assert said in line


def test_all_parts_that_are_read_may_be_four_times_as_large_as_one() -> None:
    size = 4_000
    others = {f"xl/worksheets/s{n}.xml": _long_sheet(size) for n in range(2, 6)}
    data = xlsx(
        **{
            BOOK: workbook(*(f'name="S{n}" r:id="r{n}"' for n in range(1, 6))),
            RELATIONS: relations(
                "worksheets/sheet1.xml", *(f"worksheets/s{n}.xml" for n in range(2, 6))
            ),
            **others,
        }
    )

    _, *sheets = open_sheets(data, "list.xlsx", SheetLimits(unpacked=size))[0]

    assert [len(sheet.rows) for sheet in sheets[:3]] == [2, 2, 2]
    with pytest.raises(SpreadsheetError, match="or all that are read to 4 times that"):
        assert sheets[3].rows


def test_every_limit_of_a_file_is_tried() -> None:
    tried = {key for one in LIMITED.values() for key in one.lowered}

    assert set(SheetLimits._fields) == tried


def test_empty_rows_that_are_hidden_and_stand_often_are_not_kept() -> None:
    rows = LIST_ODS + ods_row(repeated=50, attributes='table:visibility="collapse"')

    ((sheet,), _) = open_sheets(ods(rows), "list.ods", SheetLimits(rows=10))

    assert sheet.metadata.hidden_rows == []
    assert len(sheet.rows) == 2


EMPTY_CELLS = {
    "far cells.xlsx": xlsx(LIST + '<row r="9"><c r="C9" s="1"/><c r="ZZ9" s="1"/></row>'),
    # As LibreOffice writes it where a height reaches the end.
    "the last row.xlsx": xlsx(LIST + '<row r="1048576"><c r="A1048576" s="1"/></row>'),
    "rows that Excel does not have.xlsx": xlsx(LIST + '<row r="999999999"/>'),
    "many cells.xlsx": xlsx(LIST + "<row>" + "<c/>" * 100 + "</row>"),
    "the last row.ods": ods(
        LIST_ODS
        + ods_row(repeated=1_048_573)
        + ods_row('<table:table-cell table:number-columns-repeated="16384"/>')
    ),
    "lines.csv": _csv("\n" * 50),
    "delimiters.csv": _csv("," * 100 + "\n"),
}


@pytest.mark.parametrize("name", EMPTY_CELLS)
def test_empty_cells_count_for_nothing(name: str) -> None:
    limits = SheetLimits(rows=5, columns=5, cells=12)

    ((sheet,), _) = open_sheets(EMPTY_CELLS[name], name, limits)

    assert len(sheet.rows) == 2
    assert sheet.metadata.columns <= 4


def test_rows_between_far_cells_take_no_memory_of_their_own() -> None:
    far = '<row r="1000000"><c r="A1000000"><v>1</v></c></row><row r="7"><c><v>2</v></c></row>'

    ((sheet,), _) = open_sheets(xlsx(LIST + far), "list.xlsx")

    assert len(sheet.rows) == 1_000_000
    assert len({id(row) for row in sheet.rows}) == 5
    assert [sheet.text(row, 0) for row in (5, 6, 7, 999_999)] == ["", "2", "", "1"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_sheet_that_nobody_reads_hinders_nobody(suffix: str) -> None:
    if suffix == "xlsx":
        data = xlsx(
            **{
                BOOK: workbook('name="S" r:id="r1"', 'name="T" r:id="r2"'),
                RELATIONS: relations("worksheets/sheet1.xml", "worksheets/s2.xml"),
                "xl/worksheets/s2.xml": sheet_part(row("a") * 50 + row("x" * 30)),
            }
        )
    else:
        other = '</table:table><table:table table:name="T">' + ods_row(ods_cell("a"), repeated=50)
        data = ods(LIST_ODS + other + ods_row(ods_cell("x" * 30)))

    first, second = open_sheets(data, f"list.{suffix}", SheetLimits(cell_text=20))[0]

    assert len(first.rows) == 2
    assert second.head(50) == [["a"]] * 50
    assert [row[0] for row in first.head(1)] == ["name"]
    with pytest.raises(SpreadsheetError, match="more than 20 characters"):
        assert second.rows


def test_of_several_sheets_one_that_cannot_be_read_is_told_and_the_other_imported(
    tmp_path: Path,
) -> None:
    def book(first: str, second: str) -> bytes:
        return xlsx(
            **{
                BOOK: workbook('name="S" r:id="r1"', 'name="T" r:id="r2"'),
                RELATIONS: relations("worksheets/sheet1.xml", "worksheets/s2.xml"),
                SHEET: sheet_part(first),
                "xl/worksheets/s2.xml": sheet_part(second),
            }
        )

    long = row("x" * 131_073)
    read = import_bytes(book(LIST, long), "list.xlsx", tmp_path)
    unread = import_bytes(book(HEADER + long, row("a remark")), "list.xlsx", tmp_path)
    asked = run(
        "import", str(tmp_path / "list.xlsx"), "--data", str(tmp_path / "new"), "--sheet", "S"
    )

    message = "A2: this text has more than 131,072 characters"
    assert read.code == 0
    assert "a sheet is not read: T!A1: this text has more than 131,072 characters" in read.err
    assert (unread.code, asked.code) == (2, 2)
    assert f"S!{message}\n" in unread.err
    assert (
        "there is no table to import" not in unread.err
    )  # which may be the one that cannot be read
    assert asked.err.splitlines()[0] == f"S!{message}"


def test_the_head_of_a_sheet_is_that_of_the_whole() -> None:
    data = xlsx(LIST + row("a") * 60)

    before, after = (open_sheets(data, "list.xlsx")[0][0] for _ in range(2))

    assert before.head(20) == after.rows[:20] == after.head(20)
    assert len(before.head(1_000)) == len(after.head(1_000)) == 62


def test_of_a_number_that_says_how_many_nine_digits_are_read() -> None:
    assert read_count({"c": "1" * 9}, "c") == read_count({"c": "1" * 30}, "c") == 111_111_111


def test_what_the_documents_say_of_the_limits_is_so() -> None:
    said = ROOT.joinpath("docs/how-to/import.md").read_text(encoding="utf-8")
    most = LIMITS

    for words in (
        f"| {most.unpacked // MIB} MiB (`CLUSTERGAP_MAX_MIB`) |",
        f"| {most.cells // 1_000_000} million; {most.text // MIB} Mi (",
        f"| {most.rows:,}; {most.columns:,}; {most.sheets:,} |",
        f"| characters of a cell | {most.cell_text:,} |",
        f"| {IMPORT_LIMITS.statements:,}; {IMPORT_LIMITS.values:,}; {IMPORT_LIMITS.records:,} |",
        f"| {IMPORT_LIMITS.new:,}; {IMPORT_LIMITS.matrix:,}: ",
        f"| {MOST_SHOWN:,}; with one more, reading stops |",
    ):
        assert words in said


def test_more_than_a_thousand_problems_are_a_thousand_lines(tmp_path: Path) -> None:
    rows = b"name,role,level,starts,ends,url\n" + b"".join(
        b"x%d,a,b,z%d,y%d,u\n" % (n, n, n) for n in range(600)
    )

    outcome = import_bytes(rows, "list.csv", tmp_path)

    lines = outcome.err.splitlines()
    assert outcome.code == 2
    assert len(lines) == 1_002
    assert lines[-1] == "clustergap: list.csv: more than 1,000 problems; nothing was written"


def test_what_nobody_reads_may_be_anything(tmp_path: Path) -> None:
    strange: dict[str, str | bytes] = {
        "notes/outside.xml": DECLARATION,
        "root.xml": "<",
        "xl/media/a.png": bytes(1_000),
        "xl/media/large.bmp": bytes(65 * MIB),
    }

    outcome = import_bytes(xlsx(**strange), "list.xlsx", tmp_path)

    assert outcome.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]


def test_a_workbook_without_styles_and_shared_texts_is_read() -> None:
    ((sheet,), _) = open_sheets(xlsx(**{STYLES: None, STRINGS: None}), "list.xlsx")

    assert sheet.rows[1] == ["Fund", "A role", "EU", "A note"]


def test_of_two_cells_in_one_place_the_last_counts() -> None:
    twice = '<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A1"><v>3</v></c></row>'

    ((sheet,), _) = open_sheets(xlsx(twice), "list.xlsx")

    assert sheet.rows == [["3", "2"]]


def test_rows_that_say_nonsense_stand_below_one_another() -> None:
    rows = "".join(f'<row r="{r}"><c><v>1</v></c></row>' for r in ("-5", "0", "x", "1.5", ""))

    ((sheet,), _) = open_sheets(xlsx(rows), "list.xlsx")

    assert sheet.rows == [["1"]] * 5


def test_a_sheets_name_does_nothing_in_a_message(tmp_path: Path) -> None:
    name = "a!'b&#10;&#x202E;c"
    formula = row("name", "role", "level") + "<row><c><f>1</f><v>1</v></c></row>"
    data = xlsx(formula, **{BOOK: workbook(f'name="{name}" r:id="r1"')})

    outcome = import_bytes(data, "list.xlsx", tmp_path)

    assert outcome.code == 2
    assert outcome.err.startswith("'a!''b\\n\\u202ec'!A2: this is a formula")


def test_characters_that_act_come_as_their_codes(tmp_path: Path) -> None:
    data = b"name,role,level\na\x1b[31m,R,EU\n"

    outcome = import_bytes(data, "li\x1bst.csv", tmp_path)

    assert outcome.code == 2
    assert "the character U+001B control character may not stand in a data file" in outcome.err
    assert re.sub(r"\n", "", outcome.err).isprintable()


def test_what_the_file_may_unpack_to_follows_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx(**{SHEET: _long_sheet(MIB + 1)}))
    where = ("--data", str(tmp_path / "new"), "--dry-run")

    assert run("import", str(path), *where).code == 0
    refused(run("import", str(path), *where, CLUSTERGAP_MAX_MIB="1"), "unpacks to more than 1 MiB")

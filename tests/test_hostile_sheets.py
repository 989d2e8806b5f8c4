"""Files that somebody made to harm, or that are not what their name says: one clear message, and little taken."""

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from clustergap.importing.opening import open_sheets
from clustergap.importing.problem import SheetError
from running import Outcome, run
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
    overlapping,
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
    """Open a file, and count what is wrong with it."""
    try:
        open_sheets(data, name, 64 * MIB)
    except SheetError as error:
        return len(error.lines)
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


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DECLARED, NO_BOOK = "declares a document type or an entity", "is no workbook of Excel"
DAMAGED, TOO_MUCH = "the file is damaged", "the file unpacks to more than"

MESSAGES: Mapping[str, tuple[Make, str]] = {
    "entries that are the same bytes.xlsx": (
        lambda: overlapping("00000", 1_900, 8 * MIB),
        TOO_MUCH,
    ),
    "more entries than anybody has.xlsx": (
        lambda: overlapping("00000", 60_000, MIB),
        "holds more than 2,000 parts",
    ),
    "zip files in a zip file.xlsx": (
        lambda: zipped({f"{n}.zip": zipped({"0": bytes(MIB)}) for n in range(16)}),
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
    "a far cell.xlsx": (
        lambda: xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "S!A1048576: at most 200,000 rows and 1,000 columns are read",
    ),
    "a cell a billion times.ods": (
        lambda: ods(
            ods_row(ods_cell("x", attributes='table:number-columns-repeated="1000000000"'))
        ),
        "at most 200,000 rows and 1,000 columns are read",
    ),
    "a row a billion times.ods": (
        lambda: ods(ods_row(ods_cell("x"), repeated=1_000_000_000)),
        "at most 200,000 rows and 1,000 columns are read",
    ),
    "laughs in UTF-16.xlsx": (
        lambda: xlsx(
            **{SHEET: f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}'.encode("utf-16")}
        ),
        DECLARED,
    ),
    "laughs.xlsx": (lambda: xlsx(**{SHEET: LAUGHS}), DECLARED),
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
        lambda: xlsx(**{"_rels/.rels": relations(officeDocument="../../../etc/passwd")}),
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
            lambda part=part, text=text: xlsx(**{part: ENTITY + text}),  # type: ignore[misc]
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
        lambda: zipped({"content.xml": f"{ENTITY}<spreadsheet>&a;</spreadsheet>"}),
        DECLARED,
    ),
    "a declaration in the manifest.ods": (
        lambda: ods(LIST_ODS, manifest=f"{ENTITY}<m>&a;</m>"),
        DECLARED,
    ),
    "a declaration in an encoding of IBM.xlsx": (
        lambda: xlsx(
            **{SHEET: f'<?xml version="1.0" encoding="cp037"?>{ENTITY}<a/>'.encode("cp037")}
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
    "one part as many sheets.xlsx": (
        lambda: xlsx(**{BOOK: workbook(*['name="S" r:id="r1"'] * 5_000)}),
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
    "a row of many digits.xlsx": (
        lambda: xlsx(f'<row><c r="A{"9" * 100_000}"><v>1</v></c></row>'),
        "it has a cell 'A999",
    ),
    "a row of zeros.xlsx": (lambda: xlsx('<row><c r="A0"><v>1</v></c></row>'), "a cell 'A0'"),
    "names without end.xlsx": (
        lambda: xlsx("".join(f"<n{n}/>" for n in range(5_000))),
        "XML that no spreadsheet program writes",
    ),
    "attributes without end.xlsx": (
        lambda: xlsx("".join(f'<x a{n}=""/>' for n in range(5_000))),
        "XML that no spreadsheet program writes",
    ),
    "an attribute without end.xlsx": (
        lambda: xlsx(f'<x a="{"a" * 2 * MIB}"/>'),
        "XML that no spreadsheet program writes",
    ),
    "a comment without end.xlsx": (
        lambda: xlsx(f"<!--{'<a' * (MIB // 4)}-->"),
        "XML that no spreadsheet program writes",
    ),
    "merged cells without end.xlsx": (
        lambda: xlsx(
            **{SHEET: sheet_part(LIST, after='<mergeCell ref="A1:XFD1048576"/>' * 10_001)}
        ),
        "more than 10,000 ranges of cells are merged",
    ),
    "merged cells over one another.xlsx": (
        lambda: xlsx(
            **{
                SHEET: sheet_part(
                    HEADER + "<row><c><v>1</v></c></row>" * 2_000,
                    after='<mergeCell ref="A1:XFD1048576"/>' * 1_000,
                )
            }
        ),
        "holds more than 500,000 cells",
    ),
    "a formula for all cells.xlsx": (
        lambda: xlsx('<row><c><f t="array" ref="A1:XFD1048576">1</f></c></row>'),
        "holds more than 500,000 cells",
    ),
    "styles without end.xlsx": (
        lambda: xlsx(**{STYLES: f"<a><cellXfs>{'<xf/>' * 65_537}</cellXfs></a>"}),
        "more than 65,536 styles",
    ),
    "relations without end.xlsx": (
        lambda: xlsx(**{RELATIONS: "<a>" + '<Relationship Target="a"/>' * 3_000 + "</a>"}),
        "refers to more parts than any spreadsheet",
    ),
    "spaces without end.ods": (
        lambda: ods(ods_row(ods_cell('<text:s text:c="999999999"/>' * 1_000))),
        "S!A1: this text has more than 131,072 characters",
    ),
    "sheets without end.ods": (
        lambda: zipped({"content.xml": f"<a><spreadsheet>{'<table/>' * 2_000}</spreadsheet></a>"}),
        "more than 1,000 sheets",
    ),
    "cells in all directions.ods": (
        lambda: ods(
            ods_row(
                ods_cell("x", attributes='table:number-columns-repeated="1000"'), repeated=200_000
            )
        ),
        "holds more than 500,000 cells",
    ),
    "NULs.csv": (lambda: b"name,role,level\na\0b,c,d\n", "is no text"),
    "UTF-16 cut in half.csv": (lambda: "name,role".encode("utf-16")[:-1], "is no text"),
    "a quote that goes on.csv": (
        lambda: b'name,role,level\n"a,b,c\n',
        "a quote that is not closed",
    ),
    "a line that goes on.csv": (lambda: b"a," * MIB, "more than 1,000,000 characters"),
    "lines that go on.csv": (lambda: b"\n" * MIB, "at most 200,000 rows"),
    "a cell that goes on.csv": (lambda: b"a" * 200_000, "field limit"),
}


def _encrypted(data: bytes) -> bytes:
    place = data.index(b"PK\1\2")
    return data[: place + 8] + b"\1" + data[place + 9 :]


def _wrong_checksum(data: bytes) -> bytes:
    place = data.index(b"PK\1\2")
    return data[: place + 16] + b"\0\0\0\0" + data[place + 20 :]


@pytest.mark.parametrize("name", MESSAGES)
def test_what_cannot_be_read_is_one_message(name: str, tmp_path: Path) -> None:
    make, words = MESSAGES[name]

    refused(import_bytes(make(), name, tmp_path), words)


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".txt", ".pdf", ""])
def test_a_file_of_another_name_is_not_opened(suffix: str, tmp_path: Path) -> None:
    refused(import_bytes(xlsx(), f"list{suffix}", tmp_path), "ends in .xlsx, .ods, .csv")


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
        with pytest.raises(SheetError) as caught:
            open_sheets(whole[:end], f"list.{suffix}", 64 * MIB)
        assert len(caught.value.lines) == 1


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


def mutilate(parts: Mapping[str, bytes], chance: random.Random) -> bytes:
    """Change a part in some places."""
    name = chance.choice(sorted(parts))
    text = bytearray(parts[name])
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(text) + 1)
        text[place : place + chance.choice((0, 0, 1, 2, 20))] = chance.choice(_SCRAPS)
    return zipped({**parts, name: bytes(text)})


_SCRAPS = (
    b"", b"<", b">", b"/", b'"', b"=", b"&", b"-1", b"0", b"9999999999", b"1e999", b"nan", b"A0", b"ZZZ9", b"\xff",
    b"\0", b"&#0;", b"&#xD800;", b"<v/>", b"</c>", b"<f/>", b' t="s"', b' t="d"', b' r="B1"', b' s="1"', b"_xD800_",
    b'<mergeCell ref="B2:A1"/>', b' table:number-rows-repeated="3"', b' office:value-type="date"',
)  # fmt: skip


def valid() -> list[dict[str, bytes]]:
    """The parts of a workbook and an OpenDocument that have something of everything."""
    rows = HEADER + (
        '<row r="2" hidden="1"><c r="A2" t="s"><v>0</v></c><c r="B2" s="0"><v>42461.5</v></c>'
        '<c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E2" t="d" s="1"><v>2016-04-01</v></c></row>'
    )
    book = xlsx_parts(
        **{
            SHEET: sheet_part(
                rows,
                before='<cols><col min="2" max="3" hidden="1"/></cols>',
                after='<mergeCells><mergeCell ref="A2:B3"/></mergeCells>',
            ),
            STRINGS: strings("<r><t>a_x000D_</t></r><r><t>b</t></r><rPh><t>c</t></rPh>"),
            STYLES: styles("yyyy-mm-dd hh:mm", "mmm yyyy"),
        }
    )
    spreadsheet = ods(
        LIST_ODS
        + ods_row(
            ods_cell("April 2016", "date", 'office:date-value="2016-04-01"'),
            ods_cell("50 %", "percentage", 'office:value="0.5" table:formula="of:=1"'),
            ods_cell("a<text:s/>b", attributes='table:number-columns-spanned="2"'),
            "<table:covered-table-cell/>",
            repeated=3,
        )
    )
    with zipfile.ZipFile(io.BytesIO(spreadsheet)) as file:
        other = {name: file.read(name) for name in file.namelist()}
    return [{k: v if isinstance(v, bytes) else v.encode() for k, v in book.items()}, other]


@pytest.mark.parametrize("seed", range(4))
def test_a_mutilated_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance, counts = random.Random(seed), list[int]()  # noqa: S311 - the same damage each time
    for parts, suffix in zip(valid(), ("xlsx", "ods"), strict=True):
        for _ in range(150):
            counts.append(problems_of(mutilate(parts, chance), f"list.{suffix}"))
    assert set(counts) == {0, 1}


def _greek_names(number: int) -> str:
    chance = random.Random(1)  # noqa: S311 - the same names each time
    names = ("".join(chance.choices("αβγδεζηθικλμνξοπρστυφχψω", k=12)) for _ in range(number))
    return "name,role,level\n" + "\n".join(names)


def _bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file,
        file.open(SHEET, "w") as part,
    ):
        for _ in range(500):
            part.write(bytes(MIB))
    return out.getvalue()


def _liar() -> bytes:
    # The directory says that the entry is small.
    whole = xlsx("<a>" * 3_000_000)
    place = whole.rindex(b"PK\1\2", 0, whole.rindex(SHEET.encode()))
    return whole[: place + 24] + (10).to_bytes(4, "little") + whole[place + 28 :]


def _sheets(number: int, rows: str) -> bytes:
    named = [f'name="S{n}" r:id="r{n + 1}"' for n in range(number)]
    parts = {f"xl/worksheets/s{n}.xml": sheet_part(rows) for n in range(number)}
    links = relations(*(f"worksheets/s{n}.xml" for n in range(number)))
    return xlsx(**{BOOK: workbook(*named), RELATIONS: links, SHEET: None, **parts})


def _tables(number: int, rows: str) -> bytes:
    return ods(f'{rows}</table:table><table:table table:name="T">' * number + rows)


COSTLY: Mapping[str, tuple[Make, str]] = {
    "a zip bomb.xlsx": (_bomb, TOO_MUCH),
    "a directory that lies.xlsx": (_liar, TOO_MUCH),
    "a million rows.xlsx": (lambda: xlsx("<row><c><v>1</v></c></row>" * 1_000_000), TOO_MUCH),
    "millions of empty cells.xlsx": (
        lambda: xlsx("<row>" + "<c/>" * 5_000_000 + "</row>"),
        TOO_MUCH,
    ),
    "empty cells before far ones.xlsx": (
        lambda: xlsx("".join(f'<row><c r="ALL{n}"><v>1</v></c></row>' for n in range(1, 600))),
        "holds more than 500,000 cells",
    ),
    "deep XML.xlsx": (
        lambda: xlsx("<a>" * 100_000 + "</a>" * 100_000),
        "XML that no spreadsheet program writes",
    ),
    "one long text in half a million cells.xlsx": (
        lambda: xlsx(
            ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 4_000,
            **{STRINGS: strings(f"<t>{'x' * 32_000}</t>")},
        ),
        "16,000,000 characters",
    ),
    "sixty MiB of lines.xlsx": (
        lambda: xlsx(
            '<row><c t="inlineStr"><is><t>' + "ab\n" * 20 * MIB + "</t></is></c></row>",
        ),
        "S!A1: this text has more than 131,072 characters",
    ),
    "sixty MiB of texts that are not packed.xlsx": (
        lambda: zipped(
            xlsx_parts("", **{STRINGS: strings(*[f"<t>{n:030000d}</t>" for n in range(2_000)])}),
            zipfile.ZIP_STORED,
        ),
        "16,000,000 characters",
    ),
    "empty texts.xlsx": (
        lambda: xlsx("", **{STRINGS: strings(*[""] * 600_000)}),
        "holds more than 500,000 cells",
    ),
    "a far cell in many sheets.xlsx": (
        lambda: _sheets(900, '<row><c r="A199999"><v>1</v></c></row>'),
        "holds more than 500,000 cells",
    ),
    "a far cell in many sheets.ods": (
        lambda: _tables(
            900, '<table:table-row table:number-rows-repeated="199998"/>' + ods_row(ods_cell("a"))
        ),
        "holds more than 500,000 cells",
    ),
    "hidden rows in many sheets.ods": (
        lambda: _tables(900, ods_row(repeated=200_000, attributes='table:visibility="collapse"')),
        "there is no table to import",
    ),
    "a row of long texts that is there often.ods": (
        lambda: ods(ods_row(ods_cell("x" * 30_000), repeated=100_000)),
        "16,000,000 characters",
    ),
    "paragraphs without end.ods": (
        lambda: ods(ods_row(ods_cell("</text:p><text:p>" * 550_000))),
        "S!A1: this text has more than 131,072 characters",
    ),
    "a long line with a rare character.csv": (
        ("\U0001f600" + "a" * 15_000_000).encode,
        "more than 1,000,000 characters",
    ),
    "commas.csv": (lambda: b"," * 15_000_000, "more than 1,000,000 characters"),
    "names in a cell.csv": (
        ("role,EU\n" + f'r,"{"a," * 60_000}"\n' * 100).encode,
        "names instruments and cells more than 50,000 times",
    ),
    "sources in a cell.csv": (
        lambda: b"name,role,level,sources\n" + (b'x,r,l,"' + b"a\n" * 60_000 + b'"\n') * 6,
        "its cells list more than 300,000 codes",
    ),
    "small tables over one another.csv": (
        lambda: b"Levels\nid,name,aliases,territories,description\n" * 40_000,
        "'Levels' has more than 20,000 rows",
    ),
    "a column of other words.csv": (
        lambda: "".join(
            ["name,role,level\n", *(f"x{n},r{n},l\n" for n in range(49_000))]
        ).encode(),
        "!B1002: this is one role more than the 1,000 that a sheet may bring",
    ),
    "names in other letters.csv": (
        lambda: _greek_names(30_000).encode(),
        "fill in a row with its role and level",
    ),
}


_RUN = """
import re, sys, time
from pathlib import Path
from clustergap.cli.app import main
code = main(["import", sys.argv[1], "--data", "new"])
status = Path("/proc/self/status")
# The peak since this program began; what resource tells begins with its parent's.
peak = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
print(code, peak[1] if peak else 0, time.process_time())
"""

MOST_KIB, MOST_SECONDS = 200 * 1024, 10.0
"""The seconds are those of a machine with other things to do: alone it takes two."""


def refused_at_little_cost(path: Path) -> str:
    """Import a file in a process of its own, check what that takes, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, path],
        capture_output=True,
        text=True,
        check=True,
        cwd=path.parent,
    )

    code, kib, seconds = done.stdout.split()
    assert code == "2"
    assert int(kib) < MOST_KIB
    assert float(seconds) < MOST_SECONDS
    return done.stderr


@pytest.mark.parametrize("name", COSTLY)
def test_what_would_take_all_time_or_memory_is_refused_and_costs_little(
    name: str, tmp_path: Path
) -> None:
    make, words = COSTLY[name]
    path = tmp_path / name
    path.write_bytes(make())

    err = refused_at_little_cost(path)

    assert words in err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 2
    assert not (tmp_path / "new").exists()


def test_half_a_million_problems_are_a_thousand_lines_and_cost_little(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,role,level,starts,ends,url\n" + "x,a,b,z,y,u\n" * 49_000)

    lines = refused_at_little_cost(path).splitlines()

    assert len(lines) == 1_002
    assert lines[-1] == "clustergap: list.csv: more than 1,000 problems; nothing was written"


def test_what_nobody_reads_may_be_anything(tmp_path: Path) -> None:
    strange: dict[str, str | bytes] = {
        "../../outside.xml": ENTITY,
        "/root.xml": "<",
        "xl/media/a.png": bytes(MIB),
    }

    outcome = import_bytes(xlsx(**strange), "list.xlsx", tmp_path)

    assert outcome.code == 0
    assert not (tmp_path.parent.parent / "outside.xml").exists()


def test_a_workbook_without_styles_and_shared_texts_is_read() -> None:
    ((sheet,), _) = open_sheets(xlsx(**{STYLES: None, STRINGS: None}), "list.xlsx", MIB)

    assert sheet.rows[1] == ["Fund", "A role", "EU", "A note"]


def test_of_two_cells_in_one_place_the_last_counts() -> None:
    twice = '<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A1"><v>3</v></c></row>'

    ((sheet,), _) = open_sheets(xlsx(twice), "list.xlsx", MIB)

    assert sheet.rows == [["3", "2"]]


def test_rows_that_say_nonsense_stand_below_one_another() -> None:
    rows = "".join(f'<row r="{r}"><c><v>1</v></c></row>' for r in ("-5", "0", "x", "1.5", ""))

    ((sheet,), _) = open_sheets(xlsx(rows), "list.xlsx", MIB)

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
    path.write_bytes(xlsx(**{"xl/media/a.bmp": bytes(3 * MIB)}))
    where = ("--data", str(tmp_path / "new"), "--dry-run")

    assert run("import", str(path), *where).code == 0
    refused(run("import", str(path), *where, CLUSTERGAP_MAX_MIB="2"), "unpacks to more than 2 MiB")

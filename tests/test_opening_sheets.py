"""Spreadsheets of strangers: made to harm, damaged, or only not as we would write them."""

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from clustergap.importing.opening import open_sheets
from clustergap.importing.sheet import Sheet
from running import run

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"

_TOP = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
_BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
_PARTS = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="s.xml"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="t.xml"/></Relationships>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def xlsx(rows: str | bytes, texts: str | bytes = f'<sst xmlns="{MAIN}"/>') -> bytes:
    """A workbook of one sheet with these rows in XML."""
    whole = rows if isinstance(rows, bytes) else f'<worksheet xmlns="{MAIN}">{rows}</worksheet>'
    return zipped(
        {
            "_rels/.rels": _TOP,
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _PARTS,
            "xl/s.xml": whole,
            "xl/t.xml": texts,
        }
    )


def ods(rows: str, manifest: str = "<m/>") -> bytes:
    """A spreadsheet of one table with these rows in XML."""
    content = (
        f'<o:document-content xmlns:o="{OPEN}:office:1.0" xmlns:table="{OPEN}:table:1.0" '
        f'xmlns:text="{OPEN}:text:1.0"><o:body><o:spreadsheet><table:table table:name="S">{rows}'
        "</table:table></o:spreadsheet></o:body></o:document-content>"
    ).replace("office:", "o:")
    return zipped({"META-INF/manifest.xml": manifest, "content.xml": content})


def book(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook as another program writes it."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    fill(made)
    made.save(out)
    return out.getvalue()


def small(made: openpyxl.Workbook) -> None:
    made.active.append(("name", "role", "level"))
    made.active.append(("A", "B", "C"))


def _bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("xl/s.xml", "w") as part,
    ):
        for _ in range(500):
            part.write(bytes(1 << 20))
    return out.getvalue()


def _liar() -> bytes:
    # The directory says that the entry is small.
    whole = xlsx("<a>" * 3_000_000)
    place = whole.rindex(b"PK\x01\x02", 0, whole.index(b"xl/t.xml", whole.index(b"PK\x01\x02")))
    return whole[: place + 24] + (10).to_bytes(4, "little") + whole[place + 28 :]


_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet xmlns="'
    + MAIN
    + '">&b;</worksheet>'
)
_CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
SMALL = book(small)
CHANCE = random.Random(1)  # noqa: S311

HOSTILE: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": (".xlsx", _bomb, "unpacks to more than"),
    "a directory that lies": (".xlsx", _liar, ""),
    "a thousand parts too many": (
        ".xlsx",
        lambda: zipped({f"{n}.xml": "" for n in range(3_000)}),
        "parts, which no spreadsheet does",
    ),
    "a far cell": (
        ".xlsx",
        lambda: xlsx(
            '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
        "at most 200,000 rows and 1,000 columns are read",
    ),
    "a million rows": (".xlsx", lambda: xlsx("<row><c><v>1</v></c></row>" * 1_000_000), ""),
    "millions of empty cells": (
        ".xlsx",
        lambda: xlsx("<row>" + "<c/>" * 5_000_000 + "</row>"),
        "",
    ),
    "a text without end": (
        ".xlsx",
        lambda: xlsx(f'<row><c t="inlineStr"><is><t>{"a" * 50_000_000}</t></is></c></row>'),
        "",
    ),
    "texts without end": (
        ".xlsx",
        lambda: xlsx("", f'<sst xmlns="{MAIN}">{"<si><t>" + "a" * 30_000 + "</t></si>"}' * 1_900),
        "",
    ),
    "laughs": (".xlsx", lambda: xlsx(_LAUGHS.encode()), "declares a document type or an entity"),
    "laughs in UTF-16": (
        ".xlsx",
        lambda: xlsx(f'<?xml version="1.0" encoding="UTF-16"?>{_LAUGHS}'.encode("utf-16")),
        "declares a document type or an entity",
    ),
    "deep XML": (".xlsx", lambda: xlsx("<a>" * 100_000 + "</a>" * 100_000), ""),
    "no XML": (".xlsx", lambda: xlsx("<row>"), "is damaged"),
    "nothing": (".xlsx", lambda: b"", "is no .xlsx"),
    "noise": (".xlsx", lambda: CHANCE.randbytes(5_000), "is no .xlsx"),
    "half a file": (".xlsx", lambda: SMALL[: len(SMALL) // 2], "is damaged or not whole"),
    "nearly a whole file": (".xlsx", lambda: SMALL[:-5], "is damaged or not whole"),
    "a page": (".xlsx", lambda: b"<html><table></table></html>", "is no .xlsx"),
    "another office file": (".xlsx", lambda: zipped({"word/document.xml": "<w/>"}), "no workbook"),
    "an old workbook": (
        ".xlsx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900),
        "(.xls)",
    ),
    "a workbook with a password": (
        ".xlsx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "an OpenDocument with a password": (
        ".ods",
        lambda: ods("", "<m><encryption-data/></m>"),
        "protected by a password",
    ),
    "a cell a billion times": (
        ".ods",
        lambda: ods(
            "<table:table-row>"
            + _CELL.format(' table:number-columns-repeated="1000000000"')
            + "</table:table-row>"
        ),
        "at most 200,000 rows and 1,000 columns are read",
    ),
    "a row a billion times": (
        ".ods",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1000000000">'
            + _CELL.format("")
            + "</table:table-row>"
        ),
        "at most 200,000 rows and 1,000 columns are read",
    ),
    "a long line": (".csv", lambda: b"a," * 30_000_000, ""),
    "an open quote": (".csv", lambda: b'"a,b\n' * 100, "a quote that is not closed"),
    "no text": (".csv", lambda: b"name,role\n\0\xff,\0", "is no text"),
    "a suffix of another program": (".xls", lambda: b"", "ends in .xlsx, .ods, .csv"),
}

_RUN = """
import re, sys, time
from pathlib import Path
from clustergap.cli.app import main
code = main(["import", sys.argv[1], "--data", sys.argv[2]])
status = Path("/proc/self/status")
# The peak since this program began; what resource tells begins with its parent's.
peak = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
print(code, peak[1] if peak else 0, time.process_time())
"""

MOST_KIB, MOST_SECONDS = 200 * 1024, 10.0
"""The seconds are those of a machine with other things to do: alone it takes less than two."""


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_harm_is_refused_in_one_line_and_costs_little(
    name: str, tmp_path: Path
) -> None:
    suffix, make, said = HOSTILE[name]
    path = tmp_path / f"sheet{suffix}"
    path.write_bytes(make())

    done = subprocess.run(
        [sys.executable, "-c", _RUN, path, tmp_path / "new"],
        capture_output=True,
        text=True,
        check=True,
    )

    code, kib, seconds = done.stdout.split()
    assert code == "2"
    assert len(done.stderr.splitlines()) == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "a defect" not in done.stderr
    assert not (tmp_path / "new").exists()
    assert int(kib) < MOST_KIB
    assert float(seconds) < MOST_SECONDS


@pytest.mark.parametrize("seed", range(60))
def test_a_mutilated_workbook_is_read_or_refused_and_nothing_else(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311
    with zipfile.ZipFile(io.BytesIO(SMALL)) as file:
        parts = {name: bytearray(file.read(name)) for name in file.namelist()}
    name = chance.choice(sorted(parts))
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(parts[name]))
        if chance.random() < 0.5:
            del parts[name][place : place + chance.randint(1, 30)]
        else:
            parts[name][place:place] = chance.choice(
                (b"<", b"&", b'"', b"\xff", b"9", b"<v>1</v>")
            )
        if not parts[name]:
            break
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(zipped({one: bytes(data) for one, data in parts.items()}))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"), "--dry-run")

    assert outcome.code in (0, 2), outcome.err
    assert bool(outcome.out) == (outcome.code == 0)


def read(data: bytes, suffix: str = ".xlsx") -> list[Sheet]:
    return open_sheets(data, f"sheet{suffix}", 64 << 20)[0]


def test_dates_and_numbers_are_read_as_they_are_seen() -> None:
    seen = [
        (2016, "General", "2016"),
        (0.5, "0%", "50%"),
        (7, "000", "007"),
        (date(2016, 4, 1), "yyyy-mm-dd", "2016-04-01"),
        (date(2016, 4, 1), "mmm yyyy", "2016-04"),
        (date(2016, 4, 1), "yyyy", "2016"),
        (True, "General", "TRUE"),
        ("2016-04", "@", "2016-04"),
        ("=1+1", "@", None),
        (" a\n_x000D_ ", "@", " a\n\n "),  # so Excel writes a carriage return
        ("#N/A", "@", "#N/A"),
    ]

    def fill(made: openpyxl.Workbook) -> None:
        for row, (value, format_, _) in enumerate(seen, 1):
            cell = made.active.cell(row, 1)
            cell.value, cell.number_format = value, format_
            if isinstance(value, str) and value.startswith("#"):
                cell.data_type = "s"

    (sheet,) = read(book(fill))

    texts = [row[0] if row else "" for row in sheet.rows]
    assert [
        text for text, (*_, as_seen) in zip(texts, seen, strict=True) if as_seen is not None
    ] == [as_seen for *_, as_seen in seen if as_seen is not None]


def test_formulas_and_errors_are_problems_where_they_are_read_and_there_only(
    tmp_path: Path,
) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.title = "Instruments"
        made.active.append(("name", "role", "level", "Budget", "note"))
        made.active.append(("=1+1", "Role", "Level", "=2+2", "x"))
        made.active.append(("A", "Role", "Level", 1, "#DIV/0!"))
        made.active["E3"].data_type = "e"

    path = tmp_path / "list.xlsx"
    path.write_bytes(book(fill))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert [line.split(":")[0] for line in outcome.err.splitlines()[:-1]] == [
        "Instruments!A2",
        "Instruments!E3",
    ]
    assert "this is a formula" in outcome.err


def test_merged_cells_count_for_each_and_what_is_hidden_is_named(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        sheet = made.active
        for row in (
            ("name", "role", "level"),
            ("A", "R", "EU"),
            ("", "R", "Region"),
            ("B", "R", "EU"),
        ):
            sheet.append(row)
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[4].hidden = True
        other = made.create_sheet("Old")
        other.append(("x",))
        other.sheet_state = "hidden"

    path = tmp_path / "list.xlsx"
    path.write_bytes(book(fill))

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 0
    assert "A2:A3" in outcome.err
    assert "row" in outcome.err
    assert "hidden" in outcome.err
    assert "Old" in outcome.err
    written = (tmp_path / "new/instruments.yaml").read_text(encoding="utf-8")
    assert "r@region: full" in written
    assert "name: B" in written


@pytest.mark.parametrize(
    "data",
    [
        "name;role;level\nFöhr;R;EU\n".encode(),
        "name;role;level\nFöhr;R;EU\n".encode("cp1252"),
        "\ufeffname,role,level\r\nFöhr,R,EU\r\n".encode(),
        "name\trole\tlevel\nFöhr\tR\tEU\n".encode("utf-16"),
        "sep=|\nname|role|level\nFöhr|R|EU\n".encode(),
    ],
)
def test_a_csv_is_read_whichever_program_wrote_it(data: bytes) -> None:
    (sheet,) = read(data, ".csv")

    assert sheet.rows == [["name", "role", "level"], ["Föhr", "R", "EU"]]


def test_a_text_that_no_data_file_may_hold_is_named_by_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,role,level\nA\u202e,R,EU\n", encoding="utf-8")

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert outcome.err.startswith("list.csv!A2: the character U+202E RIGHT-TO-LEFT OVERRIDE")
    assert "\u202e" not in outcome.err


@pytest.mark.parametrize("place", ["A2", "B2"])
def test_half_a_sign_in_a_cell_is_named_like_whatever_no_data_file_may_hold(
    place: str, tmp_path: Path
) -> None:
    texts = {"A2": "A", "B2": "R", "C2": "EU"} | {place: "x_xD800_"}
    cells = "".join(
        f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in texts.items()
    )
    head = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("name", "role", "level")
    )
    path = tmp_path / "list.xlsx"
    path.write_bytes(
        xlsx(f'<sheetData><row r="1">{head}</row><row r="2">{cells}</row></sheetData>')
    )

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert outcome.err.startswith(f"S!{place}: the character U+D800 ")


def test_a_text_of_a_small_table_that_no_data_file_may_hold_is_named_by_its_cell(
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.xlsx"
    run("report", "--data", str(Path(__file__).parent.parent / "data"), "-o", str(path))
    book = openpyxl.load_workbook(path)
    (cell,) = (
        one for row in book["About"].iter_rows() for one in row if one.value == "Industry 4.0"
    )
    cell.value = "Industry\u202e 4.0"
    book.save(path)

    outcome = run("import", str(path), "--data", str(tmp_path / "new"))

    assert outcome.code == 2
    assert outcome.err.splitlines()[0].startswith(f"About!{cell.coordinate}: the character U+202E")

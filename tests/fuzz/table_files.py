"""Sheets of cells as files of spreadsheets, and what may happen to the bytes of such a file."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import workbook_files as files

EPOCH = date(1899, 12, 30)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Formula(NamedTuple):
    """A cell that is calculated, and what it gave last."""

    text: str
    value: str


Cell = str | int | float | bool | date | Formula
Rows = Sequence[Sequence[Cell]]


class Leaf(NamedTuple):
    """A sheet: its name, its cells, and areas of merged cells: first row and column, last row and column."""

    name: str
    rows: Rows
    merged: Sequence[tuple[int, int, int, int]] = ()


class Form(NamedTuple):
    """How a text file is written."""

    suffix: str = ".csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    end: str = "\r\n"
    quoted: bool = False


FORMS = (
    Form(),
    Form(end="\n"),
    Form(encoding="utf-8-sig", delimiter=";"),
    Form(delimiter="|"),
    Form(".tsv", "\t"),
    Form(".txt", "\t", "utf-16"),
    Form(".txt", ";", quoted=True),
    Form(encoding="windows-1250"),
    Form(encoding="windows-1252", delimiter=";"),
    Form(encoding="windows-1253"),
    Form(encoding="iso-8859-2", end="\r"),
    Form(encoding="utf-16-le"),
)

BOOKS = (".xlsx", ".ods")


def to_bytes(sheets: Sequence[Leaf], form: Form) -> bytes:
    """Write sheets as a file of this form; of several a text file holds the first."""
    if form.suffix == ".xlsx":
        return files.zipped(xlsx_parts(sheets), zipfile.ZIP_STORED)
    if form.suffix == ".ods":
        return _ods(sheets)
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=form.delimiter,
        lineterminator=form.end,
        quoting=csv.QUOTE_ALL if form.quoted else csv.QUOTE_MINIMAL,
        escapechar="\\",
    )
    for row in sheets[0].rows if sheets else ():
        writer.writerow([shown(cell) for cell in row])
    return out.getvalue().encode(form.encoding, "replace")


def shown(cell: Cell) -> str:
    """Return what a person sees of a cell."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell.value if isinstance(cell, Formula) else str(cell)


def xlsx_parts(sheets: Sequence[Leaf]) -> Mapping[str, str | bytes]:
    """Write sheets as the parts of a workbook."""
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    book = files.workbook(
        *(f"name={quoteattr(_clean(s.name))} r:id='r{n}'" for n, s in enumerate(sheets, 1))
    )
    more = {
        files.BOOK: book,
        files.RELATIONS: files.relations(
            *names, sharedStrings="sharedStrings.xml", styles="/xl/styles.xml"
        ),
        files.STYLES: files.styles("General", "yyyy\\-mm\\-dd", "d/m/yyyy", "0.00%"),
    }
    parts = {**files.xlsx_parts(), **more}
    shared: dict[str, int] = {}
    for name, sheet in zip(names, sheets, strict=True):
        rows = "".join(
            f'<row r="{number}">{"".join(_xlsx_cell(cell, number, at, shared) for at, cell in enumerate(row))}</row>'
            for number, row in enumerate(sheet.rows, 1)
        )
        parts[f"xl/{name}"] = files.sheet_part(rows, after=_merged(sheet))
    parts[files.STRINGS] = files.strings(*(f"<t>{text}</t>" for text in shared))
    return parts


def _merged(sheet: Leaf) -> str:
    areas = "".join(
        f'<mergeCell ref="{_letters(a)}{top + 1}:{_letters(b)}{bottom + 1}"/>'
        for top, a, bottom, b in sheet.merged
    )
    return f"<mergeCells>{areas}</mergeCells>" if areas else ""


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _xlsx_cell(cell: Cell, row: int, column: int, shared: dict[str, int]) -> str:
    at = f'r="{_letters(column)}{row}"'
    if isinstance(cell, str):
        return _xlsx_text(cell, at, shared)
    if isinstance(cell, bool):
        return f'<c {at} t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, date):
        return f'<c {at} s="{1 + cell.day % 2}"><v>{(cell - EPOCH).days}</v></c>'
    if isinstance(cell, Formula):
        return f'<c {at} t="str"><f>{_text(cell.text)}</f><v>{_text(cell.value)}</v></c>'
    return f"<c {at}><v>{cell!r}</v></c>"


def _xlsx_text(cell: str, at: str, shared: dict[str, int]) -> str:
    if not cell:
        return ""
    text = _text(cell)
    if cell.startswith("#") and cell.endswith(("!", "?", "N/A")):
        return f'<c {at} t="e"><v>{text}</v></c>'
    if len(text) % 2:
        return f'<c {at} t="s"><v>{shared.setdefault(text, len(shared))}</v></c>'
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _ods(sheets: Sequence[Leaf]) -> bytes:
    tables = [
        "".join(files.ods_row(*(_ods_cell(cell) for cell in row)) for row in sheet.rows)
        for sheet in sheets
    ]
    between = [
        f"</table:table><table:table table:name={quoteattr(_clean(sheet.name))}>"
        for sheet in sheets[1:]
    ]
    parts = [part for pair in zip(tables, [*between, ""], strict=True) for part in pair]
    return files.ods("".join(parts) or files.ods_row(files.ods_cell("")))


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, bool):
        word = str(cell).lower()
        return files.ods_cell(word.upper(), "boolean", f'office:boolean-value="{word}"')
    if isinstance(cell, date):
        return files.ods_cell(f"{cell:%d.%m.%y}", "date", f'office:date-value="{cell}"')
    if isinstance(cell, int | float):
        return files.ods_cell(str(cell), "float", f'office:value="{cell}"')
    if isinstance(cell, Formula):
        formula = f"table:formula={quoteattr('of:=' + _clean(cell.text))}"
        return files.ods_cell(_text(cell.value), "string", formula)
    paragraphs = _text(cell).replace("\n", "</text:p><text:p>")
    return files.ods_cell(paragraphs) if cell else "<table:table-cell/>"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(_clean(text))


ODD_VALUES = (
    "", "0", "1", "-1", "3", "99999999999", "A0", "XFD1048577", "ZZZ9", "A1:B2", "A1:XFD1048576", "true", "s", "b", "e",
    "d", "n", "str", "inlineStr", "1e400", "-0.5", "45000.5", "2016-02-30", "2016-01-01T12:00:00", "PT12H", "hidden",
    "float", "date", "percentage", "boolean", "collapse", "1048577", "r9", "../x", "http://x/y", "\u202e", "&#x200b;",
)  # fmt: skip
"""What attributes of a workbook do not say, or mean something else by."""

ODD_PARTS = (
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#x10FFFF;", "<!-- -->", "<![CDATA[x]]>", "<?x y?>", "<x/>", "</row>",
    "<row/>", "<c/>", "<row r='3'>", "<f>A1</f>", "<v>1</v>", "<v>999</v>", "<is><t>x</t></is>", "_x000D_", "_x0000_", "]]>",
    "<text:s text:c='99999999'/>", "<table:covered-table-cell/>", "<table:table-row table:number-rows-repeated='1048576'/>",
    "<table:table-cell table:number-columns-repeated='16384'/>", "\x00", "\ufffe", "<rPh><t>x</t></rPh>",
)  # fmt: skip
"""What stands in a workbook now and then, or never."""


def changed_bytes(data: bytes, form: Form, random: Random) -> bytes:
    """Change a file as broken programs and transports do: its parts, if it is a package that can still be opened."""
    if form.suffix not in BOOKS:
        return _changed_text(data, random)
    if not random.randrange(6):
        return _changed_package(data, random)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        _change_part(parts, random)
    return files.zipped(parts, zipfile.ZIP_STORED)


def _change_part(parts: dict[str, str | bytes], random: Random) -> None:
    likely = [name for name in parts if "sheet" in name or name == "content.xml"]
    name = random.choice(likely if likely and random.randrange(3) else sorted(parts) or ["x"])
    if not random.randrange(25):
        parts.pop(name, None)
        return
    data = parts.get(name, b"")
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    text = random.choice(_XML_CHANGES)(text, random)
    encoding = random.choice(("utf-8", "utf-8", "utf-8", "utf-8", "utf-16", "latin-1"))
    parts[name] = text.encode(encoding, "replace")


def _change_value(text: str, random: Random) -> str:
    found = [*re.finditer('"([^"<>]*)"', text)]
    if not found:
        return text
    start, end = random.choice(found).span(1)
    values = (*ODD_VALUES, random.choice(found)[1])
    return text[:start] + random.choice(values) + text[end:]


def _change_tag(text: str, random: Random) -> str:
    found = [*re.finditer("<[^>]*>", text)]
    if not found:
        return text
    start, end = random.choice(found).span()
    other = random.choice(found)[0]
    tag = text[start:end]
    return text[:start] + random.choice(("", other, tag * 2, tag + other, "<x>")) + text[end:]


def _change_element(text: str, random: Random) -> str:
    found = [*re.finditer(r"<(row|c|table:table-row|table:table-cell|si)\b[^>]*>.*?</\1>", text)]
    if not found:
        return text
    start, end = random.choice(found).span()
    other = random.choice(found)[0]
    return text[:start] + random.choice(("", other, other + text[start:end])) + text[end:]


def _insert_part(text: str, random: Random) -> str:
    at = random.choice([match.start() for match in re.finditer("<|$", text)])
    return text[:at] + random.choice(ODD_PARTS) + text[at:]


def _cut(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.choice((1, 9, len(text))) :]


_XML_CHANGES: Sequence[Callable[[str, Random], str]] = (
    _change_value,
    _change_value,
    _change_value,
    _change_tag,
    _change_element,
    _change_element,
    _insert_part,
    _cut,
)


def _changed_package(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 20))):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return random.choice(
        (bytes(changed), bytes(changed), data[:at], data[at:], data + data, b"PK\3\4" + data[at:])
    )


_BYTES = (
    b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b'""', b"\n", b"\r", b"\r\n", b";", b",",
    b"\t", b"|", b"\\", b"'", b"\x1a", b"\xa0", b"\xc2\xa0", b"\xe2\x80\x8b", b"sep=;\n", b"\x85", b"\xb9", b"=1+1", b"\x0c",
)  # fmt: skip


def _changed_text(data: bytes, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randint(0, len(data))
        word = random.choice(_BYTES)
        rest = random.choice((0, 0, 1, 10))
        data = random.choice(
            (
                data[:at] + word + data[at + rest :],
                data[:at] + word + data[at + rest :],
                data[:at] + data[at + random.randint(1, 30) :],
                data[:at],
                data.replace(b",", word),
                word + data,
            )
        )
    return data

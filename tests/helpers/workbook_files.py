"""Spreadsheets written by hand, part by part, so that anything in them may be as no program writes it."""

import io
import zipfile
from collections.abc import Iterable, Mapping

Parts = dict[str, str | bytes]

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"

RELATIONS = "xl/_rels/workbook.xml.rels"
BOOK, SHEET, STRINGS, STYLES = (
    f"xl/{name}.xml" for name in ("workbook", "worksheets/sheet1", "sharedStrings", "styles")
)


_CONTENT_TYPES = (
    f'<Types xmlns="{_TYPES}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    + "".join(
        f'<Override PartName="/{part}" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
        for part, kind in (
            (BOOK, "sheet.main"),
            (SHEET, "worksheet"),
            (STRINGS, "sharedStrings"),
            (STYLES, "styles"),
        )
    )
    + "</Types>"
)
"""What each part is, which other readers ask for."""


def row(*texts: str) -> str:
    """A row of a workbook, from its texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{cells}</row>"


HEADER = row("name", "role", "level", "note")
LIST = HEADER + row("Fund", "A role", "EU", "A note")
"""A list of one instrument, which can be imported."""


def zipped(parts: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how, compresslevel=1) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def relations(*sheets: str, **targets: str) -> str:
    """Relations ``r1``, ``r2``, …: to sheets, then to others by what each target is."""
    all_of_them = [*(("worksheet", target) for target in sheets), *targets.items()]
    lines = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(all_of_them, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def workbook(*sheets: str, properties: str = "") -> str:
    """The part that names the sheets: each as its attributes, or one that is called ``S``."""
    named = "".join(
        f'<sheet sheetId="{number}" {one}/>'
        for number, one in enumerate(sheets or ('name="S" r:id="r1"',), 1)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr {properties}/>'
        f"<sheets>{named}</sheets></workbook>"
    )


def sheet_part(rows: str, *, before: str = "", after: str = "") -> str:
    """The part of one sheet."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    """The texts that cells share, each as the XML in its ``si``."""
    return f'<sst xmlns="{_MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles(*codes: str) -> str:
    """Number formats; cells refer to them by their place, from 0."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + number}" formatCode="{code}"/>'
        for number, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{200 + number}"/>' for number in range(len(codes)))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts>'
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs>'
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def xlsx_parts(rows: str = LIST, /, **other: str | bytes | None) -> Parts:
    """The parts of a workbook of one sheet; *other* replaces one by its name, None leaves it out."""
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": relations(officeDocument=BOOK),
        RELATIONS: relations(
            worksheet="worksheets/sheet1.xml",
            sharedStrings="sharedStrings.xml",
            styles="/xl/styles.xml",
        ),
        BOOK: workbook(),
        SHEET: sheet_part(rows),
        STRINGS: strings(),
        STYLES: styles(),
        **other,
    }
    return {name: text for name, text in parts.items() if text is not None}


def xlsx(rows: str = LIST, /, **other: str | bytes | None) -> bytes:
    """A workbook of one sheet."""
    return zipped(xlsx_parts(rows, **other))


def ods(rows: str, *, styles: str = "", attributes: str = "", manifest: str = "<m/>") -> bytes:
    """An OpenDocument spreadsheet of one sheet, which is called ``S``."""
    spaces = " ".join(
        f'xmlns:{name}="{_OPEN}:{name}:1.0"'
        for name in ("office", "table", "text", "style", "draw", "number")
    )
    content = (
        f'<office:document-content {spaces} xmlns:calcext="{_OPEN}:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="S" {attributes}>{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_row(*cells: str, repeated: int = 1, attributes: str = "") -> str:
    """A row of OpenDocument, from the XML of its cells."""
    many = f'table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row {many} {attributes}>{''.join(cells)}</table:table-row>"


def ods_cell(text: str, kind: str = "string", attributes: str = "") -> str:
    """A cell of OpenDocument."""
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def doubled(first: Parts, second: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip file with further entries, whose names may be there already."""
    out = io.BytesIO(zipped(first))
    with zipfile.ZipFile(out, "a") as file:
        for name, text in second:
            info = zipfile.ZipInfo(name)
            file.writestr(info, text)
    return out.getvalue()

"""An Excel workbook to its sheets: which of its parts is what, and what the cells of all sheets refer to."""

import posixpath
from collections.abc import Mapping, Sized
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from clustergap.spreadsheet.grid import EnoughRows, Grid
from clustergap.spreadsheet.limits import SpreadsheetError
from clustergap.spreadsheet.number_format import BUILT_IN, GENERAL, changes_texts
from clustergap.spreadsheet.package import Package
from clustergap.spreadsheet.sheet import Sheet, SheetMetadata, StoredSheet
from clustergap.spreadsheet.xlsx_cells import TRUE, RichText, Shared, read_cells, unescape


class SheetPart(NamedTuple):
    """A sheet with cells: its name, whether it is hidden, and the part that holds them."""

    name: str
    is_hidden: bool
    part: str


class Parts(NamedTuple):
    """What a workbook consists of; a part that is not there has no name."""

    sheets: list[SheetPart]
    strings: str
    styles: str
    is_1904: bool


def read_xlsx(package: Package) -> list[Sheet]:
    """Find the sheets of a workbook, each of which is read when it is asked for.

    Raises:
        SpreadsheetError: It is none, or is damaged.
    """
    parts = find_parts(package)
    strings = read_strings(package, parts.strings)
    formats = read_styles(package, parts.styles)
    of_texts = {style: code for style, code in formats.items() if changes_texts(code)}
    shared = Shared(strings, formats, of_texts, parts.is_1904)
    return [
        StoredSheet(one.name, partial(_read_sheet, package, shared, one), is_hidden=one.is_hidden)
        for one in parts.sheets
    ]


def _read_sheet(
    package: Package, shared: Shared, part: SheetPart, first_rows: int | None
) -> Sheet:
    metadata = SheetMetadata(part.name, is_hidden=part.is_hidden)
    grid = Grid(metadata, package.limits, first_rows)
    with suppress(EnoughRows):
        read_cells(package, part.part, grid, shared)
    return grid.sheet()


def find_parts(package: Package) -> Parts:
    """Find the parts of a workbook.

    Raises:
        SpreadsheetError: It is no workbook, or a part that says so is no XML.
    """
    workbook = _first(_relations(package, ""), "officeDocument")
    sheets: list[SheetPart] = []
    is_workbook = is_1904 = False
    relations = _relations(package, workbook) if workbook else []
    by_id = {one.id: one for one in relations}
    found_parts: set[str] = set()

    def begin_workbook(_attributes: Mapping[str, str]) -> None:
        nonlocal is_workbook
        is_workbook = True

    def properties(attributes: Mapping[str, str]) -> None:
        nonlocal is_1904
        is_1904 = attributes.get("date1904") in TRUE

    def sheet(attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        found = by_id.get(attributes.get("id", ""))
        if found is None or found.part in found_parts:
            message = "the file is damaged: a sheet of it is missing, or is there twice"
            raise SpreadsheetError(message, "save it again")
        found_parts.add(found.part)
        if found.kind == "worksheet":  # a sheet that is one chart has no cells
            sheets.append(SheetPart(attributes.get("name", ""), hidden, found.part))

    if workbook:
        begins = {"workbook": begin_workbook, "workbookPr": properties, "sheet": sheet}
        package.walk(workbook, begins)
    if not is_workbook:
        raise SpreadsheetError(
            "the file is no workbook of Excel, whatever its name says", "save it as .xlsx"
        )
    return Parts(sheets, _first(relations, "sharedStrings"), _first(relations, "styles"), is_1904)


class _Relation(NamedTuple):
    """Which part of the package another names, under which id and as what."""

    id: str
    kind: str
    part: str


def _relations(package: Package, part: str) -> list[_Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[_Relation] = []

    def relation(attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        # A target that begins with a slash is named from the top; join knows that.
        named = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        found.append(_Relation(attributes.get("Id", ""), kind, named))
        if len(found) > package.limits.entries:
            raise SpreadsheetError("the file refers to more parts than any spreadsheet has")

    package.walk(path, {"Relationship": relation})
    return [one for one in found if one.part in package]


def _first(relations: list[_Relation], kind: str) -> str:
    return next((one.part for one in relations if one.kind == kind), "")


_LONGEST = 255
"""Characters of a number format; Excel knows no longer ones."""


def read_styles(package: Package, part: str) -> dict[str, str]:
    """Read the number format of each style of cells, by its number as cells say it.

    Raises:
        SpreadsheetError: The part is no XML.
    """
    codes = dict(BUILT_IN)
    styles: dict[str, str] = {}
    in_cells = False
    most = package.limits.styles

    def bound(known: Sized) -> None:
        if len(known) > most:
            raise SpreadsheetError(
                f"the file has more than {most:,} styles of cells", "save it again"
            )

    def number_format(attributes: Mapping[str, str]) -> None:
        code = attributes.get("formatCode", GENERAL)
        codes[attributes.get("numFmtId", "")] = code if len(code) <= _LONGEST else GENERAL
        bound(codes)

    def begin_cells(_attributes: Mapping[str, str]) -> None:
        nonlocal in_cells
        in_cells = True

    def style(attributes: Mapping[str, str]) -> None:
        if in_cells:
            styles[str(len(styles))] = codes.get(attributes.get("numFmtId", "0"), GENERAL)
            bound(styles)

    def end_cells() -> None:
        nonlocal in_cells
        in_cells = False

    begins = {"numFmt": number_format, "cellXfs": begin_cells, "xf": style}
    package.walk(part, begins, {"cellXfs": end_cells})
    return styles


def read_strings(package: Package, part: str) -> list[str]:
    """Read the texts that cells share.

    Raises:
        SpreadsheetError: The part is no XML.
    """
    strings: list[str] = []
    text = RichText(package.limits.cell_text)

    def begin(_attributes: Mapping[str, str]) -> None:
        text.take()

    def end() -> None:
        strings.append(unescape(text.take()))

    begins, ends = {**text.begins, "si": begin}, {**text.ends, "si": end}
    package.walk(part, begins, ends, text.add)
    return strings

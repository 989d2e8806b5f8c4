"""Reads an Excel workbook: its parts, what cells of all sheets share, and the cells of each sheet."""

import posixpath
import re
from collections.abc import Mapping, Sized
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from clustergap.spreadsheet.number_format import (
    BUILT_IN,
    GENERAL,
    changes_texts,
    format_date,
    format_number,
    format_text,
)
from clustergap.spreadsheet.package import Package
from clustergap.spreadsheet.sheet import (
    Address,
    Area,
    Sheet,
    SheetMetadata,
    SpreadsheetError,
    StoredSheet,
    read_reference,
)
from clustergap.spreadsheet.sheet_builder import EnoughRows, SheetBuilder
from clustergap.text import quote

_TRUE = ("1", "true", "on")
"""True values in XML."""

_FOR_MANY = ("array", "dataTable")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_DIGITS = 9
_LONGEST = 255
"""Characters of a number format; Excel allows no longer ones."""


class _Shared(NamedTuple):
    """What the cells of all sheets share: texts, number formats, and the epoch of dates.

    Formats are by cell style; ``text_formats`` are those that change how a text is shown.
    """

    strings: list[str]
    formats: Mapping[str, str]
    text_formats: Mapping[str, str]
    is_1904: bool


class _SheetPart(NamedTuple):
    """A sheet with cells: its name, whether it is hidden, and the part with its cells."""

    name: str
    is_hidden: bool
    part: str


class _WorkbookParts(NamedTuple):
    """The parts of a workbook; the name of a missing part is empty."""

    sheets: list[_SheetPart]
    strings: str
    styles: str
    is_1904: bool


def read_xlsx(package: Package) -> list[Sheet]:
    """Find the sheets of a workbook; each is read only when needed.

    Raises:
        SpreadsheetError: It is not a workbook, or is damaged.
    """
    parts = _find_parts(package)
    strings = _read_strings(package, parts.strings)
    formats = _read_styles(package, parts.styles)
    of_texts = {style: code for style, code in formats.items() if changes_texts(code)}
    shared = _Shared(strings, formats, of_texts, parts.is_1904)
    return [
        StoredSheet(
            part.name, partial(_read_sheet, package, shared, part), is_hidden=part.is_hidden
        )
        for part in parts.sheets
    ]


def _read_sheet(
    package: Package, shared: _Shared, part: _SheetPart, first_rows: int | None
) -> Sheet:
    metadata = SheetMetadata(part.name, is_hidden=part.is_hidden)
    builder = SheetBuilder(metadata, package.limits, first_rows)
    with suppress(EnoughRows):
        reader = _CellReader(builder, shared)
        package.walk(part.part, reader.begins, reader.ends, reader.text.add)
    return builder.sheet()


def _find_parts(package: Package) -> _WorkbookParts:
    """Find the parts of a workbook.

    Raises:
        SpreadsheetError: It is not a workbook, or a part that describes it is not XML.
    """
    workbook = _first(_relations(package, ""), "officeDocument")
    sheets: list[_SheetPart] = []
    is_workbook = is_1904 = False
    relations = _relations(package, workbook) if workbook else []
    by_id = {relation.id: relation for relation in relations}
    known: set[str] = set()

    def begin_workbook(_attributes: Mapping[str, str]) -> None:
        nonlocal is_workbook
        is_workbook = True

    def properties(attributes: Mapping[str, str]) -> None:
        nonlocal is_1904
        is_1904 = attributes.get("date1904") in _TRUE

    def sheet(attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        relation = by_id.get(attributes.get("id", ""))
        if relation is None or relation.part in known:
            message = "the file is damaged: a sheet of it is missing, or is there twice"
            raise SpreadsheetError(message, "save it again")
        known.add(relation.part)
        if relation.kind == "worksheet":  # a chart sheet has no cells
            sheets.append(_SheetPart(attributes.get("name", ""), hidden, relation.part))

    if workbook:
        begins = {"workbook": begin_workbook, "workbookPr": properties, "sheet": sheet}
        package.walk(workbook, begins)
    if not is_workbook:
        raise SpreadsheetError(
            "the file is no workbook of Excel, whatever its name says", "save it as .xlsx"
        )
    return _WorkbookParts(
        sheets, _first(relations, "sharedStrings"), _first(relations, "styles"), is_1904
    )


class _Relation(NamedTuple):
    """A relationship to a part of the package: its id, its kind, and the part."""

    id: str
    kind: str
    part: str


def _relations(package: Package, part: str) -> list[_Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    relations: list[_Relation] = []

    def add_relation(attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        # A target that begins with a slash is absolute; join handles that.
        named = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        relations.append(_Relation(attributes.get("Id", ""), kind, named))
        if len(relations) > package.limits.entries:
            raise SpreadsheetError("the file refers to more parts than any spreadsheet has")

    package.walk(path, {"Relationship": add_relation})
    return [relation for relation in relations if relation.part in package]


def _first(relations: list[_Relation], kind: str) -> str:
    return next((relation.part for relation in relations if relation.kind == kind), "")


def _read_styles(package: Package, part: str) -> dict[str, str]:
    """Read the number format of each cell style, by its number as cells refer to it.

    Raises:
        SpreadsheetError: The part is not XML.
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


def _read_strings(package: Package, part: str) -> list[str]:
    """Read the texts that cells share.

    Raises:
        SpreadsheetError: The part is not XML.
    """
    strings: list[str] = []
    text = _RichText(package.limits.cell_text)

    def begin(_attributes: Mapping[str, str]) -> None:
        text.take()

    def end() -> None:
        strings.append(_unescape(text.take()))

    begins, ends = {**text.begins, "si": begin}, {**text.ends, "si": end}
    package.walk(part, begins, ends, text.add)
    return strings


class _CellReader:
    """One pass over a sheet; a cell or row without a position follows the one before."""

    def __init__(self, builder: SheetBuilder, shared: _Shared) -> None:
        self.builder, self.shared = builder, shared
        self.text = _RichText(builder.limits.cell_text)
        self.row = self.column = -1
        self.row_digits = ""
        self.by_letters: dict[str, int] = {}
        self.type = self.style = ""
        self.has_formula = False
        self.begins = {
            **self.text.begins,
            "row": self.begin_row,
            "c": self.begin_cell,
            "f": self.formula,
            "col": self.columns,
            "mergeCell": self.merge,
        }
        self.ends = {**self.text.ends, "c": self.end_cell}

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) - 1 if _is_number(number) else self.row + 1
        self.builder.reach(self.row)
        self.column, self.row_digits = -1, str(self.row + 1)
        if attributes.get("hidden") in _TRUE:
            self.builder.metadata.hidden_rows.append(self.row)

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self.by_letters.get(letters)
            # Nearly every cell is in the row that contains it, and in a column that has occurred before.
            if column is not None and reference[len(letters) :] == self.row_digits:
                self.column = column
            else:
                self.go_to(reference, letters)
        self.type, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.has_formula = False

    def go_to(self, reference: str, letters: str) -> None:
        position = read_reference(reference)
        if position is None:
            raise SpreadsheetError(
                f"the file is damaged: it has a cell {quote(reference)}", "save it again"
            )
        self.row, self.column = position
        self.row_digits = str(self.row + 1)
        self.by_letters[letters] = self.column

    def end_cell(self) -> None:
        stored, builder = self.text.take(), self.builder
        if not stored and not self.has_formula:
            return
        # Another row may have begun within the cell.
        self.row, self.column = max(self.row, 0), max(self.column, 0)
        builder.fill(self.row, self.column, self.displayed(stored))
        if self.type == "e":
            builder.mark_error(self.row, self.column)
        if self.has_formula:
            builder.mark_formula(self.row, self.column)

    def displayed(self, stored: str) -> str:
        match self.type:
            case "s":
                return self.formatted(self.string(stored))
            case "inlineStr" | "str":
                return self.formatted(_unescape(stored))
            case "b":
                return "TRUE" if stored.strip() in _TRUE else "FALSE"
            case "d":
                return format_date(stored, self.format())
            case "n" if stored:
                return format_number(stored, self.format(), is_1904=self.shared.is_1904)
            case _:
                return stored

    def string(self, stored: str) -> str:
        strings = self.shared.strings
        if _is_number(stored, least=0) and int(stored) < len(strings):
            return strings[int(stored)]
        at = Address(self.builder.metadata.name, self.row, self.column)
        message = f"the file is damaged: the text of {at} is missing"
        raise SpreadsheetError(message, "save it again")

    def formatted(self, text: str) -> str:
        code = self.shared.text_formats.get(self.style)
        return format_text(text, code) if code else text

    def format(self) -> str:
        return self.shared.formats.get(self.style, GENERAL)

    def formula(self, attributes: Mapping[str, str]) -> None:
        self.has_formula = True
        # If a formula fills many cells, only the first one has it.
        area = _area(attributes.get("ref", "")) if attributes.get("t") in _FOR_MANY else None
        if area:
            self.builder.mark_formula_range(area)

    def columns(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and _is_number(first) and _is_number(last):
            self.builder.hide_columns(int(first) - 1, int(last))

    def merge(self, attributes: Mapping[str, str]) -> None:
        area = _area(attributes.get("ref", ""))
        if area:
            self.builder.merge(area)


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = read_reference(first), read_reference(last)
    return Area(start, end) if start and end else None


def _is_number(text: str, least: int = 1) -> bool:
    """Tell whether a text is a whole number with few enough digits."""
    return len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal() and int(text) >= least


class _RichText:
    """Collects the text in the elements ``t`` and ``v``, without the readings of Japanese; little more than *longest*."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.pieces: list[str] = []
        self.kept = 0
        self.is_aloud = False
        self.begins = {"t": self.begin, "v": self.begin, "rPh": self.begin_aloud}
        self.ends = {"t": self.end, "v": self.end, "rPh": self.end_aloud}
        self.length = 0

    def add(self, text: str) -> None:
        """Add a piece, unless the text is too long for a cell already."""
        if self.length <= self.longest:
            self.pieces.append(text)
            self.length += len(text)

    def take(self) -> str:
        """Return the text, and start a new one."""
        pieces = self.pieces
        text = pieces[0] if self.kept == 1 else "".join(pieces[: self.kept])
        pieces.clear()
        self.kept = self.length = 0
        return text

    def begin(self, _attributes: Mapping[str, str]) -> None:
        """Begin a piece of text; drop what came since the last one."""
        del self.pieces[self.kept :]

    def end(self) -> None:
        """End the piece."""
        if not self.is_aloud:
            self.kept = len(self.pieces)

    def begin_aloud(self, _attributes: Mapping[str, str]) -> None:
        """Begin the reading of a Japanese text."""
        self.is_aloud = True

    def end_aloud(self) -> None:
        """End it."""
        self.is_aloud = False


def _unescape(text: str) -> str:
    r"""Replace the codes that Excel writes for some characters; lines end in LF.

    >>> _unescape("a_x000D_\nb_x005F_x000D_")
    'a\nb_x000D_'
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        # Two codes may be the halves of one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

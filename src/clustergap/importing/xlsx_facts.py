"""What is to be known of the sheets of an Excel workbook."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from clustergap.importing.address import read_reference
from clustergap.importing.facts import MOST_COLUMNS, Facts, FactsBySheet, Merged
from clustergap.importing.number_format import BUILT_IN, GENERAL
from clustergap.importing.package import Package
from clustergap.importing.problem import refuse
from clustergap.importing.xml_events import walk

_TRUE = ("1", "true", "on")
_NUMBERS = ("", "n", "d")
"""Types of cells whose number format says how they look."""


def read_xlsx_facts(package: Package) -> FactsBySheet:
    """Look through the sheets of a workbook, without keeping their values.

    Raises:
        SheetError: A sheet is too large, or is no XML.
    """
    workbook = _part(_relations(package, ""), "officeDocument")
    if not workbook:
        raise refuse("the file is no workbook of Excel", "save it as .xlsx")
    relations = _relations(package, workbook)
    parts = {one.id: one.part for one in relations}
    formats = _formats(package, _part(relations, "styles"))
    sheets: dict[str, tuple[str, bool]] = {}

    def sheet(attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        sheets[attributes.get("name", "")] = (parts.get(attributes.get("id", ""), ""), hidden)

    walk(package.chunks(workbook), {"sheet": sheet})
    return {
        name: _SheetReader(Facts(name, is_hidden=hidden), formats).read(package, part)
        for name, (part, hidden) in sheets.items()
        if part
    }


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

    if path in package.entries:
        walk(package.chunks(path), {"Relationship": relation})
    return [one for one in found if one.part in package.entries]


def _part(relations: Iterable[_Relation], kind: str) -> str:
    return next((one.part for one in relations if one.kind == kind), "")


def _formats(package: Package, part: str) -> list[str]:
    codes = dict(BUILT_IN)
    styles: list[str] = []
    in_cells = False

    def number_format(attributes: Mapping[str, str]) -> None:
        if attributes.get("numFmtId", "").isdecimal():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", GENERAL)

    def begin_cells(_attributes: Mapping[str, str]) -> None:
        nonlocal in_cells
        in_cells = True

    def style(attributes: Mapping[str, str]) -> None:
        if in_cells:
            number = attributes.get("numFmtId", "0")
            styles.append(codes.get(int(number) if number.isdecimal() else 0, GENERAL))

    def end_cells(_text: str) -> None:
        nonlocal in_cells
        in_cells = False

    if part:
        starts = {"numFmt": number_format, "cellXfs": begin_cells, "xf": style}
        walk(package.chunks(part), starts, {"cellXfs": end_cells})
    return styles


class _SheetReader:
    """One walk through a sheet; a cell or row that does not say where it stands stands behind the one before."""

    def __init__(self, facts: Facts, formats: list[str]) -> None:
        self.facts, self.formats = facts, formats
        self.row = self.column = -1
        self.type = self.style = ""

    def read(self, package: Package, part: str) -> Facts:
        handlers = {
            "row": self.begin_row,
            "c": self.begin_cell,
            "v": self.fill,
            "is": self.fill,
            "f": self.formula,
            "col": self.columns,
            "mergeCell": self.merge,
        }
        walk(package.chunks(part), handlers)
        return self.facts

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        said = attributes.get("r", "")
        self.row = int(said) - 1 if said.isdecimal() and said != "0" else self.row + 1
        self.column = -1
        if attributes.get("hidden") in _TRUE:
            self.facts.hidden_rows.append(self.row)

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        said = read_reference(attributes.get("r", ""))
        self.row, self.column = said or (self.row, self.column + 1)
        self.type, self.style = attributes.get("t", ""), attributes.get("s", "")

    def fill(self, _attributes: Mapping[str, str]) -> None:
        self.facts.fill(self.row, self.column)
        position = (self.row, self.column)
        if self.type == "e":
            self.facts.errors.add(position)
        elif (
            self.type in _NUMBERS
            and self.style.isdecimal()
            and int(self.style) < len(self.formats)
        ):
            code = self.formats[int(self.style)]
            if code != GENERAL:
                self.facts.seen[position] = code

    def formula(self, _attributes: Mapping[str, str]) -> None:
        self.facts.fill(self.row, self.column)
        self.facts.formulas.add((self.row, self.column))

    def columns(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
            self.facts.hidden_columns += range(int(first) - 1, min(int(last), MOST_COLUMNS))

    def merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = read_reference(first), read_reference(last)
        if start and end:
            self.facts.merged.append(Merged(start, end))

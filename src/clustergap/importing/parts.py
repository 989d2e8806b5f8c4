"""The parts of an Excel workbook: which of them is what, as they name one another."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from clustergap.importing.package import Package
from clustergap.importing.problem import refuse

TRUE = ("1", "true", "on")
"""How XML says yes."""


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


def find_parts(package: Package) -> Parts:
    """Find the parts of a workbook.

    Raises:
        SheetError: It is no workbook, or a part that says so is no XML.
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
            raise refuse(message, "save it again")
        found_parts.add(found.part)
        if found.kind == "worksheet":  # a sheet that is one chart has no cells
            sheets.append(SheetPart(attributes.get("name", ""), hidden, found.part))

    if workbook:
        begins = {"workbook": begin_workbook, "workbookPr": properties, "sheet": sheet}
        package.walk(workbook, begins)
    if not is_workbook:
        raise refuse(
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
            raise refuse("the file refers to more parts than any spreadsheet has")

    package.walk(path, {"Relationship": relation})
    return [one for one in found if one.part in package]


def _first(relations: list[_Relation], kind: str) -> str:
    return next((one.part for one in relations if one.kind == kind), "")

"""How the cells of an Excel workbook show their numbers."""

from collections.abc import Mapping

from clustergap.importing.number_format import BUILT_IN, GENERAL
from clustergap.importing.package import Package
from clustergap.importing.xml_events import walk


def read_styles(package: Package, part: str) -> list[str]:
    """Read the number format of each style of cells.

    Raises:
        SheetError: The part is no XML.
    """
    codes = dict(BUILT_IN)
    styles: list[str] = []
    in_cells = False

    def number_format(attributes: Mapping[str, str]) -> None:
        codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)

    def begin_cells(_attributes: Mapping[str, str]) -> None:
        nonlocal in_cells
        in_cells = True

    def style(attributes: Mapping[str, str]) -> None:
        if in_cells:
            styles.append(codes.get(attributes.get("numFmtId", "0"), GENERAL))

    def end_cells() -> None:
        nonlocal in_cells
        in_cells = False

    begins = {"numFmt": number_format, "cellXfs": begin_cells, "xf": style}
    if part in package:
        walk(package.chunks(part), begins, {"cellXfs": end_cells})
    return styles

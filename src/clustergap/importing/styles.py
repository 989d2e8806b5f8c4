"""How the cells of an Excel workbook show their numbers."""

from collections.abc import Mapping, Sized

from clustergap.importing.number_format import BUILT_IN, GENERAL
from clustergap.importing.package import Package
from clustergap.importing.problem import refuse

_LONGEST = 255
"""Characters of a number format; Excel knows no longer ones."""


def read_styles(package: Package, part: str) -> dict[str, str]:
    """Read the number format of each style of cells, by its number as cells say it.

    Raises:
        SheetError: The part is no XML.
    """
    codes = dict(BUILT_IN)
    styles: dict[str, str] = {}
    in_cells = False
    most = package.limits.styles

    def bound(known: Sized) -> None:
        if len(known) > most:
            raise refuse(f"the file has more than {most:,} styles of cells", "save it again")

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

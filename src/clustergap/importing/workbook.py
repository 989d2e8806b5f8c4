"""A workbook of Excel or an OpenDocument spreadsheet as sheets of texts."""

from clustergap.importing.grid import Room
from clustergap.importing.limits import Limits
from clustergap.importing.ods import read_ods
from clustergap.importing.package import open_package, protected
from clustergap.importing.problem import refuse
from clustergap.importing.sheet import Sheet
from clustergap.importing.xlsx import read_xlsx

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(data: bytes, suffix: str, limits: Limits) -> list[Sheet]:
    """Read all sheets of a workbook.

    Args:
        data: The file.
        suffix: How its name ends: ``.xlsx`` or ``.ods``.
        limits: How much of it is read.

    Raises:
        SheetError: It is not what its name says, or nothing that anybody's spreadsheet is.
    """
    if data.startswith(_OLE):
        if _PROTECTED in data:
            raise protected()
        raise refuse(
            "the file is an old one of Excel (.xls), whatever its name says", "save it as .xlsx"
        )
    if not data.startswith(_ZIP):
        raise refuse(f"the file is no {suffix}, whatever its name says", f"save it as {suffix}")
    package = open_package(data, limits)
    sheets = (read_xlsx if suffix == ".xlsx" else read_ods)(package, Room(limits))
    if not sheets:
        raise refuse("the file has no sheet with cells")
    return sheets

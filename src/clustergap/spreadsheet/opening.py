"""A spreadsheet's file to its sheets."""

from pathlib import PurePath

from clustergap.spreadsheet.csv_sheet import read_csv
from clustergap.spreadsheet.limits import LIMITS, SheetLimits, SpreadsheetError
from clustergap.spreadsheet.ods import read_ods
from clustergap.spreadsheet.package import open_package, protected
from clustergap.spreadsheet.sheet import Sheet
from clustergap.spreadsheet.xlsx import read_xlsx
from clustergap.text import one_of

_TEXTS = (".csv", ".tsv", ".txt")
SUFFIXES = (".xlsx", ".ods", *_TEXTS)


def suffix_of(name: str) -> str:
    """Return which kind of spreadsheet a file is by its name.

    Raises:
        SpreadsheetError: It is none that is read.
    """
    suffix = PurePath(name).suffix.casefold()
    if suffix not in SUFFIXES:
        raise SpreadsheetError(
            f"a spreadsheet to import ends in {one_of(SUFFIXES)}", "save it as one of these"
        )
    return suffix


def open_sheets(
    data: bytes,
    name: str,
    limits: SheetLimits = LIMITS,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[list[Sheet], list[str]]:
    """Read all sheets of a spreadsheet, and say what is not as it was asked for.

    Args:
        data: The file.
        name: Its name.
        limits: How much of it is read.
        encoding: That of a text file; None: UTF-8, or what its mark says.
        delimiter: What separates the cells of a text file; None: it is found.

    Raises:
        SpreadsheetError: It cannot be read.
    """
    suffix = suffix_of(name)
    if suffix in _TEXTS:
        tab = "\t" if suffix == ".tsv" else None
        sheet, remarks = read_csv(
            data, name, limits, encoding, tab if delimiter is None else delimiter
        )
        return [sheet], remarks
    choices = {"encoding": encoding, "delimiter": delimiter}
    remarks = [
        f"the {what} is not asked for: a file of {suffix} says it"
        for what, choice in choices.items()
        if choice is not None
    ]
    return _read_workbook(data, suffix, limits), remarks


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def _read_workbook(data: bytes, suffix: str, limits: SheetLimits) -> list[Sheet]:
    """Read all sheets of a workbook.

    Args:
        data: The file.
        suffix: How its name ends: ``.xlsx`` or ``.ods``.
        limits: How much of it is read.

    Raises:
        SpreadsheetError: It is not what its name says, or nothing that anybody's spreadsheet is.
    """
    if data.startswith(_OLE):
        if _PROTECTED in data:
            raise protected()
        raise SpreadsheetError(
            "the file is an old one of Excel (.xls), whatever its name says", "save it as .xlsx"
        )
    if not data.startswith(_ZIP):
        raise SpreadsheetError(
            f"the file is no {suffix}, whatever its name says", f"save it as {suffix}"
        )
    package = open_package(data, limits)
    sheets = (read_xlsx if suffix == ".xlsx" else read_ods)(package)
    if not sheets:
        raise SpreadsheetError("the file has no sheet with cells")
    return sheets

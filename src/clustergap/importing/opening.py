"""A spreadsheet's file to its sheets."""

from pathlib import PurePath

from clustergap.importing.csv_sheet import read_csv
from clustergap.importing.limits import LIMITS, Limits
from clustergap.importing.problem import refuse
from clustergap.importing.sheet import Sheet
from clustergap.importing.workbook import read_workbook
from clustergap.wording import one_of

SUFFIXES = (".xlsx", ".ods", ".csv")


def suffix_of(name: str) -> str:
    """Return which kind of spreadsheet a file is by its name.

    Raises:
        SheetError: It is none that is read.
    """
    suffix = PurePath(name).suffix.casefold()
    if suffix not in SUFFIXES:
        raise refuse(
            f"a spreadsheet to import ends in {one_of(SUFFIXES)}", "save it as one of these"
        )
    return suffix


def open_sheets(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[list[Sheet], list[str]]:
    """Read all sheets of a spreadsheet, and say what had to be guessed.

    Args:
        data: The file.
        name: Its name.
        limits: How much of it is read.

    Raises:
        SheetError: It cannot be read.
    """
    suffix = suffix_of(name)
    if suffix == ".csv":
        sheet, remarks = read_csv(data, name, limits)
        return [sheet], remarks
    return read_workbook(data, suffix, limits), []

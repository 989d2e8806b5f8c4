"""A workbook of Excel or an OpenDocument spreadsheet as sheets of texts."""

import io
from collections.abc import Callable, Sequence

from clustergap.errors import ClusterGapError, MissingExtraError
from clustergap.importing.facts import Facts, FactsBySheet
from clustergap.importing.number_format import GENERAL, see, see_text
from clustergap.importing.ods_facts import read_ods_facts
from clustergap.importing.package import open_package, protected
from clustergap.importing.problem import refuse
from clustergap.importing.sheet import Row, Sheet
from clustergap.importing.xlsx_facts import read_xlsx_facts

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")

Look = Callable[[object, str], str]
"""Writes a value as it looks, by what is known of its looks."""


def read_workbook(data: bytes, suffix: str, most: int) -> list[Sheet]:
    """Read all sheets of a workbook.

    Args:
        data: The file.
        suffix: How its name ends: ``.xlsx`` or ``.ods``.
        most: The most that it may unpack to, in bytes.

    Raises:
        SheetError: It is not what its name says, or nothing that anybody's spreadsheet is.
        MissingExtraError: What reads workbooks is not installed.
    """
    if data.startswith(_OLE):
        if _PROTECTED in data:
            raise protected()
        raise refuse(
            "the file is an old one of Excel (.xls), whatever its name says", "save it as .xlsx"
        )
    if not data.startswith(_ZIP):
        raise refuse(f"the file is no {suffix}, whatever its name says", f"save it as {suffix}")
    package = open_package(data, most)
    facts = (read_xlsx_facts if suffix == ".xlsx" else read_ods_facts)(package)
    return _read_values(data, facts, see if suffix == ".xlsx" else see_text)


def _read_values(data: bytes, facts: FactsBySheet, look: Look) -> list[Sheet]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise MissingExtraError("reading a workbook", "edit") from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(
                name,
                _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False), known, look),
                known,
            )
            for name, known in facts.items()
            if name in book.sheet_names
        ]
    except CalamineError as error:
        raise _unreadable() from error
    except BaseException as error:
        # A defect of the library in Rust is no Exception; the file that hits it is still only unreadable.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable() from error


def _rows(values: Sequence[Sequence[object]], facts: Facts, look: Look) -> list[Row]:
    return [
        [
            _lines(value)
            if isinstance(value, str)
            else _look(value, facts.seen.get((row, column)), look)
            for column, value in enumerate(cells)
        ]
        for row, cells in enumerate(values)
    ]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _look(value: object, seen: str | None, look: Look) -> str:
    return see(value, GENERAL) if seen is None else look(value, seen)


def _unreadable() -> ClusterGapError:
    return refuse("the file is damaged: its sheets cannot be read", "save it again")

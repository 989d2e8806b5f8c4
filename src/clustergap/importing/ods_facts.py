"""What is to be known of the sheets of an OpenDocument spreadsheet."""

from collections.abc import Mapping

from clustergap.importing.facts import MOST_COLUMNS, MOST_ROWS, Facts, FactsBySheet, Merged
from clustergap.importing.package import Package, protected
from clustergap.importing.problem import refuse
from clustergap.importing.xml_events import walk

_CONTENT = "content.xml"
_DIGITS = 9
"""Digits of a number that are read: whatever has more is too many anyway."""


def read_ods_facts(package: Package) -> FactsBySheet:
    """Look through the sheets of a spreadsheet.

    Raises:
        SheetError: It is protected by a password, a sheet is too large, or it is no XML.
    """
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise protected()
    if _CONTENT not in package.entries:
        raise refuse("the file is no OpenDocument spreadsheet", "save it as .ods")
    reader = _ContentReader()
    walk(package.chunks(_CONTENT), reader.starts, {"p": reader.text, "table-row": reader.end_row})
    return reader.sheets


class _ContentReader:
    """One walk through all sheets. A row or cell may stand for many; those with something in them are counted."""

    def __init__(self) -> None:
        self.sheets: dict[str, Facts] = {}
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.facts = Facts("")
        self.row, self.column = 0, 0
        self.row_repeats = self.repeats = 1
        self.is_number = False
        self.filled_to = -1
        self.starts = {
            "style": self.begin_style,
            "table-properties": self.table_properties,
            "table": self.begin_table,
            "table-column": self.begin_column,
            "table-row": self.begin_row,
            "table-cell": self.begin_cell,
            "covered-table-cell": self.begin_cell,
        }

    def begin_style(self, attributes: Mapping[str, str]) -> None:
        self.style = attributes.get("name", "")

    def table_properties(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("display") == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("name", "")
        self.facts = Facts(name, is_hidden=attributes.get("style-name") in self.hidden_styles)
        self.sheets[name] = self.facts
        self.row = self.column = 0

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        repeats = _number(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self.facts.hidden_columns += range(
                self.column, min(self.column + repeats, MOST_COLUMNS)
            )
        self.column += repeats

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self.column, self.repeats, self.filled_to = 0, 0, -1
        self.row_repeats = _number(attributes, "number-rows-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self.facts.hidden_rows += range(self.row, min(self.row + self.row_repeats, MOST_ROWS))

    def end_row(self, _text: str) -> None:
        if self.filled_to >= 0:
            self.facts.fill(self.row + self.row_repeats - 1, self.filled_to)
        self.row += self.row_repeats

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.column += self.repeats
        self.repeats = _number(attributes, "number-columns-repeated")
        kind = attributes.get("value-type", "")
        position = (self.row, self.column)
        if kind or "formula" in attributes:
            self.filled_to = self.column + self.repeats - 1
            self.facts.fill(self.row, self.filled_to)
        if "formula" in attributes:
            self.facts.formulas.add(position)
        if kind == "error":
            self.facts.errors.add(position)
        self.is_number = kind not in ("", "string")
        wide, high = (
            _number(attributes, "number-columns-spanned"),
            _number(attributes, "number-rows-spanned"),
        )
        if wide > 1 or high > 1:
            last = (self.row + high - 1, self.column + wide - 1)
            self.facts.merged.append(Merged(position, last))

    def text(self, text: str) -> None:
        # Of a date or number the text is what the person saw; calamine gives what is stored.
        if self.is_number:
            self.facts.seen[self.row, self.column] = text


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")[:_DIGITS]
    return int(text) if text.isascii() and text.isdecimal() else 1

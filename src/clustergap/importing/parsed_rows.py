"""What a spreadsheet says: row by row, before anybody knows which records it speaks of, then record by record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from clustergap.importing.import_options import ImportLimits
from clustergap.importing.problems import refuse
from clustergap.model.cell import Cell
from clustergap.model.mapping import Differ
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.write import YamlValue


class SheetValue(NamedTuple):
    """A value, and the cell that says it."""

    value: YamlValue
    at: Address


class SheetName(NamedTuple):
    """A word that names a record, or its id, and the cell that says it."""

    text: str
    at: Address


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row of the list layout, whatever the table's own: one statement about one cell, or an instrument without one.

    An observation has neither ``id`` nor ``name``. ``at`` is the cell of the sheet to name where no other is to blame.
    ``instrument`` and ``statement`` hold what is said of each, by key, in words of the dataset.
    """

    at: Address
    id: SheetName | None = None
    name: SheetName | None = None
    cell: Cell | None = None
    instrument: Mapping[str, SheetValue] = field(default_factory=dict)
    statement: Mapping[str, SheetValue] = field(default_factory=dict)


@dataclass(slots=True)
class ParsedTable:
    """All that a table says.

    ``rows`` are read from its cells one by one, once; what is wrong in one is known before it comes.
    ``instrument_keys`` and ``statement_keys`` are those that the table has columns for, filled or not.
    ``left_out`` are the rows of which nothing is read, by the reason; they are counted while the others are read.
    ``differ`` says, by the column's name in the list layout, what holds where rows that are one record differ.
    """

    rows: Iterator[ParsedRow]
    instrument_keys: frozenset[str] = frozenset()
    statement_keys: frozenset[str] = frozenset()
    left_out: Counter[str] = field(default_factory=Counter)
    differ: Mapping[str, Differ] = field(default_factory=dict)


def bounded(rows: Iterable[ParsedRow], limits: ImportLimits) -> Iterator[ParsedRow]:
    """Pass the rows of a sheet on.

    Raises:
        SheetError: They, or their values, are more than anybody's sheet holds: one cell may name thousands.
    """
    values = ListedValues(limits.values)
    for number, row in enumerate(rows):
        if number >= limits.statements:
            message = (
                f"the sheet names instruments and cells more than {limits.statements:,} times"
            )
            raise refuse(message, "import it in two parts")
        values.add(row.instrument)
        values.add(row.statement)
        yield row


class ListedValues:
    """Counts the values of lists, of which a few cells may hold very many."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def add(self, values: Mapping[str, SheetValue]) -> None:
        """Count those of one record.

        Raises:
            SheetError: With them there are more than anybody's sheet holds.
        """
        self._left -= sum(_length(value) for value, _ in values.values() if type(value) is not str)
        if self._left < 0:
            message = f"its cells list more than {self._most:,} codes, names and sources"
            raise refuse(message, "import it in two parts")


def _length(value: YamlValue) -> int:
    return sum(map(len, value.values())) if isinstance(value, Mapping) else len(value)


class NewRecord(NamedTuple):
    """A record that a table, or its mapping, makes: its id, its name, the other words for it, and what else it says."""

    id: str
    name: str
    aliases: Sequence[str] = ()
    values: Mapping[str, YamlValue] = MappingProxyType({})


@dataclass(slots=True)
class StatementEntry:
    """A cover or an observation: what is said of it, by key, and the cell to name where nothing else is to blame.

    ``codes``: the cells that name each code, where several rows are one statement.
    """

    at: Address
    keys: dict[str, SheetValue] = field(default_factory=dict)
    codes: Mapping[str, Address] = field(default_factory=dict)


@dataclass(slots=True)
class InstrumentEntry:
    """An instrument: what is said of it, by key, and what each row says of a cell that it covers."""

    id: str
    at: Address
    is_new: bool
    keys: dict[str, SheetValue] = field(default_factory=dict)
    covers: dict[Cell, list[StatementEntry]] = field(default_factory=dict)


@dataclass(slots=True)
class SheetRecords:
    """All records of a spreadsheet.

    ``observations`` holds what each row says of a cell. ``new`` are the records that its words make where the dataset is
    new: by section, in their order. ``remarks`` say what was made of rows that say the same or differ.
    """

    instruments: dict[str, InstrumentEntry] = field(default_factory=dict)
    observations: dict[Cell, list[StatementEntry]] = field(default_factory=dict)
    new: dict[str, list[NewRecord]] = field(default_factory=dict)
    instrument_keys: frozenset[str] = frozenset()
    statement_keys: frozenset[str] = frozenset()
    remarks: Sequence[str] = ()

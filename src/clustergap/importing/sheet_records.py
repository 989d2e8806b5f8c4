"""The contents of a spreadsheet, as rows and then as records; and when two values are equal."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from clustergap.editing.destination import DAYS
from clustergap.importing.problems import refuse
from clustergap.list_format import reference_layout
from clustergap.list_format.list_layout import COLUMNS, ColumnSubject, ValueKind
from clustergap.model.cell import Cell
from clustergap.model.dataset import DEFAULTS, Plain
from clustergap.model.mapping import Differ
from clustergap.spreadsheet.sheet import Address, quote_sheet
from clustergap.text import count, quote
from clustergap.yaml_edit.write import YamlValue


class ImportLimits(NamedTuple):
    """The limits of an import; ``docs/how-to/import.md`` lists those that a user may meet."""

    records: int = reference_layout.RECORDS
    """Rows of a reference table."""

    statements: int = reference_layout.STATEMENTS
    """Times that a sheet names instruments and cells."""

    values: int = reference_layout.LISTED_VALUES
    """Values that stand in lists in the cells of a sheet."""

    new: int = 1_000
    """Roles, levels, kinds or targets that a sheet may make: more words than that are something else."""

    matrix: int = 100_000
    """Cells of the matrix."""


IMPORT_LIMITS = ImportLimits()
"""The default limits."""


class SheetValue(NamedTuple):
    """A value, and its cell."""

    value: YamlValue
    at: Address


class SheetName(NamedTuple):
    """A word that names a record, or its id, and its cell."""

    text: str
    at: Address


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row in the form of the list layout, whatever that of the table: a statement about a cell, or only an instrument.

    An observation has neither ``id`` nor ``name``. ``at`` is the sheet cell for problems that have no other.
    ``instrument`` and ``statement`` hold the values of each, by key, in words of the dataset.
    """

    at: Address
    id: SheetName | None = None
    name: SheetName | None = None
    cell: Cell | None = None
    instrument: Mapping[str, SheetValue] = field(default_factory=dict)
    statement: Mapping[str, SheetValue] = field(default_factory=dict)


def bounded(rows: Iterable[ParsedRow], limits: ImportLimits) -> Iterator[ParsedRow]:
    """Pass the rows of a sheet on, and count them and their values.

    Raises:
        SheetError: They are too many: a single cell may name thousands.
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
    """Counts the values of lists, as a few cells may have very many."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def add(self, values: Mapping[str, SheetValue]) -> None:
        """Count the values of one record.

        Raises:
            SheetError: There are too many.
        """
        self._left -= sum(_length(value) for value, _ in values.values() if type(value) is not str)
        if self._left < 0:
            message = f"its cells list more than {self._most:,} codes, names and sources"
            raise refuse(message, "import it in two parts")


def _length(value: YamlValue) -> int:
    return sum(map(len, value.values())) if isinstance(value, Mapping) else len(value)


class NewRecord(NamedTuple):
    """A record that a table, or its mapping, makes: its id, its name, other words for it, and its other values."""

    id: str
    name: str
    aliases: Sequence[str] = ()
    values: Mapping[str, YamlValue] = MappingProxyType({})

    def as_record(self) -> dict[str, YamlValue]:
        """Write it as a record of a vocabulary."""
        aliases = {"aliases": self.aliases} if self.aliases else {}
        return {"id": self.id, "name": self.name, **aliases, **self.values}

    def as_source(self) -> dict[str, YamlValue]:
        """Write it as a source, whose name is its title."""
        return {"title": self.name, **self.values}


@dataclass(slots=True)
class StatementEntry:
    """A cover or an observation: its values by key. ``at`` is the sheet cell for problems that have no other.

    ``codes``: the sheet cell of each code, if several rows are one statement.
    """

    at: Address
    keys: dict[str, SheetValue] = field(default_factory=dict)
    codes: Mapping[str, Address] = field(default_factory=dict)


@dataclass(slots=True)
class InstrumentEntry:
    """An instrument: its values by key, and the rows about each cell that it covers."""

    id: str
    at: Address
    is_new: bool
    keys: dict[str, SheetValue] = field(default_factory=dict)
    covers: dict[Cell, list[StatementEntry]] = field(default_factory=dict)


@dataclass(slots=True)
class SheetRecords:
    """All records of a spreadsheet.

    ``observations`` holds the rows about each cell. ``new`` holds the records that words make in a new dataset, by
    section. ``remarks`` say what was done with rows that are equal or differ.
    """

    instruments: dict[str, InstrumentEntry] = field(default_factory=dict)
    observations: dict[Cell, list[StatementEntry]] = field(default_factory=dict)
    new: dict[str, list[NewRecord]] = field(default_factory=dict)
    instrument_keys: frozenset[str] = frozenset()
    statement_keys: frozenset[str] = frozenset()
    remarks: Sequence[str] = ()

    def statements(self) -> Iterator[tuple[Cell, StatementEntry]]:
        """Walk through the cells and what each row says of them."""
        covers = (instrument.covers for instrument in self.instruments.values())
        for by_cell in (*covers, self.observations):
            for cell, rows in by_cell.items():
                yield from ((cell, row) for row in rows)

    def drop_uncited(self, source: str | None) -> None:
        """Remove the table as a *source* if none of its rows was read."""
        lists = (statement.keys.get("sources") for _, statement in self.statements())
        refs = (ref for sources in lists if sources is not None for ref in sources.value)
        if not any(isinstance(ref, Mapping) and ref.get("ref") == source for ref in refs):
            new = self.new.get("sources", [])
            self.new["sources"] = [record for record in new if record.id != source]


_SETS = ("territories", "targets", "funded_by", "succeeded_by")
"""Keys of lists whose order has no meaning."""

UNSAID: Mapping[str, str] = {**DEFAULTS, "at_least": "false"}
"""What a key that is left out means, other than nothing, as a data file says it."""


def is_same(key: str, value: YamlValue, known: Plain) -> bool:
    """Tell whether a sheet's value of a key equals that of a record, in which a missing key is None.

    >>> is_same("starts", "2016", "2016-01-01"), is_same("territories", ["BE", "AT"], ["AT", "BE"])
    (True, True)
    """
    if known is None:
        return value == UNSAID.get(key)
    return normalized(key, value) == normalized(key, known)


def normalized(key: str, value: object) -> object:
    """Return a value in a normal form, in which equal values are the same.

    >>> normalized("ends", "2016-02"), normalized("territories", ["BE", "AT"]), normalized("note", " x ")
    ('2016-02-29', ['AT', 'BE'], 'x')
    """
    if key in DAYS and isinstance(value, str):
        return _day(value, DAYS[key])
    if key in _SETS:
        return _sorted(value)
    return value.strip() if isinstance(value, str) else value


def _day(text: str, day_of: Callable[[str], object]) -> str:
    try:
        return str(day_of(text))
    except ValueError:
        return text


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(codes) for key, codes in value.items()}
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value


STATEMENT_COLUMNS = {
    column.key: column.name for column in COLUMNS if column.part is ColumnSubject.STATEMENT
}
"""The columns of the list layout by the keys of a statement."""

_HOLDS = {column.name: column.holds for column in COLUMNS}

_BETWEEN = {ValueKind.TEXT: "\n", ValueKind.LINE: "; "}
"""The separator of texts that are joined."""

_LONGEST = 20_000
"""Characters up to which texts are joined: no text of the data may have as many."""

_TAKEN = {
    Differ.FIRST: "the first was taken",
    Differ.EARLIEST: "the earliest was taken",
    Differ.LATEST: "the latest was taken",
    Differ.JOIN: "they were joined",
}


class Differences:
    """Resolves differences between rows, and counts them.

    Args:
        differ: How to resolve them, by the column's name in the list layout.
    """

    def __init__(self, differ: Mapping[str, Differ]) -> None:
        self.differ = differ
        self._counts = Counter[tuple[str, str]]()

    def resolve(
        self, key: str, column: str, before: SheetValue, after: SheetValue
    ) -> SheetValue | None:
        """Return the value for two different values of a *key*; None: they are a problem."""
        resolved = self._resolved(key, column, before, after)
        if resolved is not None:
            self._counts[after.at.sheet, column] += 1
        return resolved

    def resolve_all(self, key: str, column: str, values: Sequence[SheetValue]) -> SheetValue:
        """Return the value for the values of rows in a *column* that may differ."""
        taken = values[0]
        for after in values[1:]:
            if normalized(key, after.value) != normalized(key, taken.value):
                taken = self.resolve(key, column, taken, after) or taken
        return taken

    def may_differ(self, column: str) -> bool:
        """Tell whether the mapping says how to resolve differences in a *column*."""
        return self.differ.get(column, Differ.PROBLEM) is not Differ.PROBLEM

    def _resolved(
        self, key: str, column: str, before: SheetValue, after: SheetValue
    ) -> SheetValue | None:
        match self.differ.get(column, Differ.PROBLEM):
            case Differ.FIRST:
                return before
            case Differ.EARLIEST:
                return min(before, after, key=lambda value: str(normalized(key, value.value)))
            case Differ.LATEST:
                return max(before, after, key=lambda value: str(normalized(key, value.value)))
            case Differ.JOIN:
                return _join_values(column, before, after)
            case _:
                return None

    def remarks(self) -> list[str]:
        """Say for each column how many rows differ, and which value was taken."""
        return [
            f"{quote_sheet(sheet)}: {count(number, 'row')} {'differs' if number == 1 else 'differ'} in {quote(column)}: "
            f"{_TAKEN[self.differ[column]]}"
            for (sheet, column), number in self._counts.items()
        ]


def _join_values(column: str, before: SheetValue, after: SheetValue) -> SheetValue | None:
    if not isinstance(before.value, str | Mapping) and not isinstance(after.value, str | Mapping):
        new = [item for item in after.value if item not in before.value]
        return SheetValue([*before.value, *new], before.at)
    between = _BETWEEN.get(_HOLDS[column])
    if between is None or not isinstance(before.value, str) or not isinstance(after.value, str):
        return None
    if after.value in before.value.split(between) or len(before.value) > _LONGEST:
        return before
    return SheetValue(f"{before.value}{between}{after.value}", before.at)

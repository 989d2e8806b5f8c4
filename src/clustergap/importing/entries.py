"""What a spreadsheet says, by the records that it speaks of: ids are settled, each record once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clustergap.importing.claims import Said
from clustergap.importing.vocabulary import NewRecord
from clustergap.model.cell import Cell
from clustergap.spreadsheet.sheet import Address


@dataclass(slots=True)
class StatementEntry:
    """A cover or an observation: what is said of it, by key, and the cell to name where nothing else is to blame.

    ``codes``: the cells that name each code, where several rows are one statement.
    """

    at: Address
    keys: dict[str, Said] = field(default_factory=dict)
    codes: Mapping[str, Address] = field(default_factory=dict)


@dataclass(slots=True)
class InstrumentEntry:
    """An instrument: what is said of it, by key, and what each row says of a cell that it covers."""

    id: str
    at: Address
    is_new: bool
    keys: dict[str, Said] = field(default_factory=dict)
    covers: dict[Cell, list[StatementEntry]] = field(default_factory=dict)


@dataclass(slots=True)
class Entries:
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

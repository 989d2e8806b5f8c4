"""Records as a data file writes them, of what a sheet says of them."""

from collections.abc import Iterable, Mapping, Sequence

from clustergap.importing.claims import Said
from clustergap.importing.entries import InstrumentEntry, StatementEntry
from clustergap.importing.joining import joined
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument
from clustergap.model.plain import DEFAULTS
from clustergap.yaml_edit.write import YamlValue

ORDER = tuple(Instrument.__dataclass_fields__)
"""The keys of an instrument as they stand in a data file."""

STATEMENT_ORDER = ("extent", "territories", "starts", "ends", "note", "sources")


def instrument_record(entry: InstrumentEntry) -> dict[str, YamlValue]:
    """Write a new instrument."""
    keys = {"id": Said(entry.id, entry.at), **entry.keys}
    record: dict[str, YamlValue] = {
        key: keys[key].value
        for key in ORDER
        if key in keys and keys[key].value != DEFAULTS.get(key)
    }
    if entry.covers:
        record["covers"] = statements(entry.covers)
    return record


def statements(said: Mapping[Cell, Sequence[StatementEntry]]) -> dict[str, YamlValue]:
    """Write covers or observations by their cells, of the rows about each."""
    return {str(cell): listed_statements(joined(rows)) for cell, rows in said.items()}


def listed_statements(statements_: Sequence[StatementEntry]) -> YamlValue:
    """Write what is said of a cell: one statement alone is in no list."""
    written = [statement(one.keys.items()) for one in statements_]
    return written[0] if len(written) == 1 else written


def statement(keys: Iterable[tuple[str, Said]]) -> YamlValue:
    """Write a cover or observation: its extent alone where nothing else is said."""
    said = {key: one.value for key, one in keys}
    return in_short({key: said[key] for key in STATEMENT_ORDER if key in said})


def in_short(said: Mapping[str, YamlValue]) -> YamlValue:
    """Write a cover or observation of its keys.

    >>> in_short({"extent": "partial"}), in_short({"note": "x"})
    ('partial', {'extent': 'full', 'note': 'x'})
    """
    extent = said.get("extent", DEFAULTS["extent"])
    rest = {key: value for key, value in said.items() if key != "extent"}
    return {"extent": extent, **rest} if rest else extent

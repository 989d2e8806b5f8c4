"""Drop-downs of what is to be filled in: the names that small tables list, those that people have added too."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clustergap.list_format.list_layout import ListColumn, ValueKind
from clustergap.list_format.reference_layout import SEE_TERRITORIES
from clustergap.model.dataset import Dataset, Extent, Status
from clustergap.model.record_names import Named, Names
from clustergap.reference.territories import LISTS
from clustergap.render.xlsx.sheet import Choice, Sheet

_IDS, _NAMES = "A", "B"
"""The columns of the small tables that hold them."""

Source = str | Sequence[str]
"""What one chooses from: words, or the formula of the cells that hold them."""


class Place(NamedTuple):
    """The sheet of a small table, and the first and the last row of it, free ones too, counted from 0."""

    sheet: str
    first: int
    last: int


def names_to_choose(dataset: Dataset, places: Mapping[str, Place]) -> Mapping[str, Source]:
    """Return where the names of roles, levels and kinds stand, by the title of their table."""
    records: Mapping[str, Sequence[Named]] = {
        "Roles": dataset.roles,
        "Levels": dataset.levels,
        "Kinds": dataset.kinds,
    }
    return {
        title: _filled_cells(places[title], some)
        for title, some in records.items()
        if title in places
    }


def offer_in_list(
    sheet: Sheet, columns: Sequence[ListColumn], names: Mapping[str, Source]
) -> None:
    """Offer the names of roles, levels and kinds, and the words of extents and states, in each row of a list that a sheet has."""
    choices = {
        ValueKind.EXTENT: [extent.value for extent in Extent],
        ValueKind.STATUS: [status.value for status in Status],
        ValueKind.ROLE: names.get("Roles"),
        ValueKind.LEVEL: names.get("Levels"),
        ValueKind.KIND: names.get("Kinds"),
    }
    for number, column in enumerate(columns):
        source = choices.get(column.holds)
        if source:
            choice = Choice(source, column.name, f"This column holds {column.holds.value}.")
            sheet.offer(number, 1, sheet.most_rows - 1, choice)


def offer_in_table(
    sheet: Sheet, place: Place, key: str, column: int, names: Mapping[str, Source]
) -> None:
    """Offer what a column of a small table takes, if that is a choice."""
    choices: Mapping[tuple[str, str], Source | None] = {
        ("Levels", "territories"): [*LISTS, SEE_TERRITORIES],
        ("Territories", "level"): names.get("Levels"),
        ("Kinds", "funds"): ["yes", "no"],
    }
    source = choices.get((place.sheet, key))
    if source:
        choice = Choice(source, key, "Its header says what it may be.")
        sheet.offer(column, place.first, place.last, choice)


def _filled_cells(place: Place, records: Sequence[Named]) -> str:
    names = Names(records)
    # Where two have one name, only ids tell them apart.
    column = _NAMES if names.labels() == names.names() else _IDS
    first = f"{place.sheet}!${column}${place.first + 1}"
    cells = f"{first}:${column}${place.last + 1}"
    # As many as are filled: what is empty would stand in the drop-down too.
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({cells})),1)"

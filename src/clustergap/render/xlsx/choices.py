"""Drop-downs of the list layout: names to choose from, which About lists."""

from collections.abc import Iterator, Mapping, Sequence

from clustergap.model.dataset import Dataset, Extent, Status
from clustergap.model.names import Named, Names
from clustergap.render.xlsx.about import NAME, Place
from clustergap.render.xlsx.sheet import Sheet
from clustergap.sheets.columns import COLUMNS, Holds

_IDS, _NAMES = "A", "B"
"""The columns of About that hold them."""


def offer_choices(
    sheet: Sheet, dataset: Dataset, places: Mapping[str, Place], last_row: int
) -> None:
    """Offer the names of roles, levels and kinds, and the words of extents and states; other words are warned of."""
    choices = dict(_choices(dataset, places))
    for number, column in enumerate(COLUMNS):
        if column.holds in choices:
            rule = {
                "validate": "list",
                "source": choices[column.holds],
                "error_type": "warning",
                "error_title": f"Not a known {column.name}",
                "error_message": f"About lists them. This column holds {column.holds.value}.",
            }
            sheet.raw.data_validation(1, number, last_row, number, rule)


def _choices(
    dataset: Dataset, places: Mapping[str, Place]
) -> Iterator[tuple[Holds, str | list[str]]]:
    yield Holds.EXTENT, [extent.value for extent in Extent]
    yield Holds.STATUS, [status.value for status in Status]
    for holds, title, records in (
        (Holds.ROLE, "Roles", dataset.roles),
        (Holds.LEVEL, "Levels", dataset.levels),
        (Holds.KIND, "Kinds", dataset.kinds),
    ):
        if title in places:
            yield holds, _range(places[title], records)


def _range(place: Place, records: Sequence[Named]) -> str:
    names = Names(records)
    # Where two have one name, only ids tell them apart.
    column = _NAMES if names.labels() == names.names() else _IDS
    return f"={NAME}!${column}${place.first + 1}:${column}${place.last + 1}"

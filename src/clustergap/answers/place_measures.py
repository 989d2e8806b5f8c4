"""What is measured of each of the places that are compared, as a table for people and as rows."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from clustergap.analysis.compare import PlaceComparison
from clustergap.analysis.measures import Measures
from clustergap.answers.phrases import names_of
from clustergap.answers.ratings import WritePlaces, write_codes
from clustergap.document import (
    Column,
    ColumnKind,
    Row,
    Rows,
    Table,
)


def measures_table(
    comparison: PlaceComparison, measures: Sequence[Measures], places: Sequence[int]
) -> Table:
    """Return what is measured of some places, by their index."""
    columns = (
        Column("Place"),
        Column("Covered"),
        Column("In full", ColumnKind.NUMBER),
        Column("Instruments", ColumnKind.NUMBER),
        Column("Per covered pair", ColumnKind.NUMBER),
        Column("Diversity of kinds", ColumnKind.NUMBER),
        Column("Nearest"),
    )
    names = [place.name for place in comparison.places]
    return Table(
        "Measures",
        "Each row is a place.",
        columns,
        tuple(
            (
                names[n],
                f"{measures[n].covered} of {measures[n].known}",
                str(measures[n].full),
                str(measures[n].instruments),
                _rounded(measures[n].per_covered_cell),
                _rounded(measures[n].diversity),
                "; ".join(_nearest_in_words(measures[n], names)),
            )
            for n in places
        ),
    )


def _nearest_in_words(measures: Measures, names: Sequence[str]) -> Iterator[str]:
    for near in measures.nearest:
        yield f"{names[near.place]} {near.equal} of {near.known}"
    if measures.as_near:
        yield f"{measures.as_near:,} more as near"


def _rounded(number: float | None) -> str:
    # Halves are rounded up, as a spreadsheet does and people do: of 23/40, though the nearest float lies a little below it.
    if number is None:
        return ""
    return str(Decimal(str(number)).quantize(Decimal("0.01"), ROUND_HALF_UP))


MEASURED = (
    "Covered: pairs of role and level covered in full or in part, of those that are known. "
    "Per covered pair: its instruments, on average. "
    "Diversity of kinds: Gini-Simpson, 0 if all instruments are of one kind. "
    "Nearest: equally covered pairs, of those known in both."
)


# As rows

MEASURES_HEADER = (
    "place id", "place", "covered", "full", "partial", "known", "instruments", "instruments per covered cell",
    "diversity of kinds", "instruments of no kind", "nearest", "more as near", "as of",
)  # fmt: skip


def measures_rows(comparison: PlaceComparison, measures: Sequence[Measures]) -> Rows:
    """Write a row for every place."""
    named = names_of(comparison.matrix).places.list_with_codes
    coded, with_names = (
        _measures_rows(comparison, measures, write) for write in (write_codes, named)
    )
    return Rows(MEASURES_HEADER, coded, with_names)


def _measures_rows(
    comparison: PlaceComparison, measures: Sequence[Measures], write: WritePlaces
) -> Iterator[Row]:
    for place, each in zip(comparison.places, measures, strict=True):
        yield (
            place.id,
            place.name,
            each.covered,
            each.full,
            each.partial,
            each.known,
            each.instruments,
            each.per_covered_cell,
            each.diversity,
            each.of_no_kind,
            "; ".join(
                f"{write([comparison.places[near.place].id])} {near.equal}/{near.known}"
                for near in each.nearest
            ),
            each.as_near,
            comparison.matrix.query.as_of,
        )

"""Cells asked of places as a grid: what even little room must have below the word of each; as a panel, and their sources."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from clustergap.analysis.compare import PlaceRating, Within
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.answers.phrases import at_level, coverage_counts
from clustergap.answers.ratings import share_in_words
from clustergap.document import Grid, GridCell, PlaceGrid, describe_columns
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.places import PLACES
from clustergap.office import Citation, cite_instruments
from clustergap.picture import Panel, PictureCell
from clustergap.text import count
from clustergap.theme import GAP_DEFINITION, NOT_SAID


def place_grid(
    title: str,
    rows: Iterable[tuple[str, Iterable[PlaceRating]]],
    columns: tuple[str, ...],
    corner: str = "Role",
) -> PlaceGrid:
    """Return a grid of named rows, which counts its cells; its description counts those of each column."""
    names, ratings = zip(*rows, strict=True)
    cells = tuple(tuple(map(grid_cell, row)) for row in ratings)
    counts = coverage_counts(cell.coverage for row in cells for cell in row)
    described = describe_columns(columns, cells)
    return PlaceGrid(title, described, names, columns, cells, counts, corner)


def grid_cell(place_rating: PlaceRating) -> GridCell:
    """Return a cell asked of a place as a cell of a grid."""
    rating, details = place_rating.rating, tuple(_details(place_rating))
    return GridCell(
        rating.coverage, len(rating.instruments), bool(rating.rests_on), details, (), (), details
    )


def _details(place_rating: PlaceRating) -> Iterator[str]:
    rating = place_rating.rating
    share = share_in_words(rating.share)
    if share:
        yield share
    if rating.instruments:
        yield own_in_words(place_rating)
    if rating.coverage is Coverage.UNKNOWN:
        yield "not at this level" if rating.is_elsewhere else _unknown_in_words(rating)
    if place_rating.within is not None:
        yield within_in_words(place_rating.within)
    if place_rating.members is not None and sum(map(len, place_rating.members.values())) > 1:
        yield _tally(place_rating.members)


def own_in_words(place_rating: PlaceRating) -> str:
    """Say how many instruments name the place, how many cover everywhere, and how many somewhere."""
    numbers = {
        "own": len(place_rating.own),
        "for all": len(place_rating.for_all),
        "somewhere": len(place_rating.somewhere),
    }
    return ", ".join(f"{number:,} {word}" for word, number in numbers.items() if number)


def _unknown_in_words(rating: Rating) -> str:
    return NOT_SAID[0] if rating.where_not_said else "nobody knows"


def within_in_words(within: Within) -> str:
    """Say how a place is covered at a narrower level, whose places are named if they are more than that."""
    level, share = within.level, within.share
    if within.is_itself:
        return f"at {at_level(level)}: {'full' if share.covered else 'partial'}"
    where = f"at {at_level(level)}" if level.noun == PLACES else f"in its {level.noun[1]}"
    in_part = f", {share.partial:,} in part" if share.partial else ""
    unknown = f", {share.unknown:,} unknown" if share.unknown else ""
    return f"{where}: {share.covered:,} of {share.of:,}{in_part}{unknown}"


def _tally(members: Mapping[Coverage, Sequence[str]]) -> str:
    if len(members) == 1:
        ((coverage, codes),) = members.items()
        return f"all {count(len(codes), 'place')} {coverage}"
    numbers = ", ".join(f"{len(codes)} {coverage}" for coverage, codes in members.items())
    return f"its places: {numbers}"


def meanings_of_numbers(ratings: Iterable[PlaceRating]) -> str:
    """Say what the words mean that tell the instruments of these cells apart; empty: no cell has an instrument."""
    every = [*ratings]
    meanings = {
        "own: names the place, what it lies in or what lies in it.": any(
            each.own for each in every
        ),
        "for all: covers every place, or all but some.": any(each.for_all for each in every),
        "somewhere: does not say where.": any(each.somewhere for each in every),
    }
    return " ".join(meaning for meaning, is_said in meanings.items() if is_said)


def gap_and_numbers(ratings: Iterable[PlaceRating]) -> str:
    """Say below a grid what a gap is, and what the words mean that tell the instruments apart."""
    return f"{GAP_DEFINITION} {meanings_of_numbers(ratings)}".rstrip()


def panel_of(grid: Grid, title: str = "") -> Panel:
    """Return a grid, or a part of one, as a panel of a picture."""
    cells = (tuple(PictureCell(each.coverage, each.details) for each in row) for row in grid.cells)
    return Panel(title, grid.columns, tuple(cells))


def cite_serving(
    dataset: Dataset, ratings: Iterable[PlaceRating], cells: Collection[Cell]
) -> Iterator[Citation]:
    """Walk through the citations of the instruments that serve *cells* by these ratings."""
    serving = {id_ for each in ratings for id_ in each.rating.instruments}
    return cite_instruments((each for each in dataset.instruments if each.id in serving), cells)

"""Places side by side: roles down, places across, a grid a level; what differs between two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from clustergap.analysis.advantages import Advantage, find_advantages
from clustergap.analysis.compare import PlaceComparison, PlaceRating
from clustergap.analysis.coverage import Rating
from clustergap.analysis.measures import Extreme, Measures, find_extremes, measure_places
from clustergap.answers.phrases import (
    ONLY_OWN,
    Names,
    at_level,
    meanings_of,
    names_of,
    places_in_words,
    query_in_words,
)
from clustergap.answers.place_cells import meanings_of_numbers, place_grid
from clustergap.answers.place_measures import MEASURED, measures_rows, measures_table
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import WritePlaces, share_columns, share_in_words, write_codes
from clustergap.document import (
    Block,
    Column,
    ColumnKind,
    Document,
    PlaceGrid,
    Row,
    Rows,
    Table,
    TableCell,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Heading, Paragraph, Text
from clustergap.text import count, one_of
from clustergap.theme import DEFINITIONS, WORDS


@dataclass(frozen=True)
class CompareAnswer:
    """A comparison of places.

    Attributes:
        comparison: The comparison.
        measures: What is measured of each place; None: it was not asked for.
        top: How many of the places with the fewest covered cells, and of those with the most, are shown where people read;
            None: all.
    """

    comparison: PlaceComparison
    measures: tuple[Measures, ...] | None
    top: int | None

    @cached_property
    def every_measure(self) -> tuple[Measures, ...]:
        """What is measured of each place, also where it was not asked for: by it the extremes are found."""
        return self.measures or measure_places(self.comparison)

    @cached_property
    def selections(self) -> Sequence[tuple[str, Sequence[int]]]:
        """The places that are shown to people, by their index: all, or the extremes, each under its title."""
        number, most = len(self.comparison.places), self.top
        if most is None and number > MOST_SHOWN:
            most = EXTREMES
        if most is None or number <= 2 * most:
            return (("", range(number)),)
        parts = find_extremes(self.every_measure, most)
        titles = ("Least covered", "Most covered") if len(parts) > 1 else ("",)
        return tuple(
            (f"{title}{_equal_in_words(each)}", each.places)
            for title, each in zip(titles, parts, strict=True)
        )

    @cached_property
    def advantages(self) -> tuple[Advantage, ...]:
        """What one of two places has and the other has not."""
        return find_advantages(self.comparison) if self.comparison.is_pair else ()


def _equal_in_words(extreme: Extreme) -> str:
    if not extreme.equal:
        return ""
    return f" ({count(extreme.equal, 'more is', 'more are')} equal to the last)"


MOST_SHOWN, EXTREMES = 40, 5
"""Places up to which people are shown all; if there are more, and they do not say how many: the extremes that they are shown."""


def document(answer: CompareAnswer, origin: Origin) -> Document:
    """Show each level with roles down and places across, then what differs and what is measured."""
    comparison = answer.comparison
    blocks: list[Block] = []
    for title, places in answer.selections:
        blocks += [Heading(title, 1)] if title else []
        for level in comparison.matrix.levels:
            blocks.append(Heading(level.name))
            blocks.append(grid(comparison, level, places))
            blocks += _members(comparison, level, places)
    if comparison.is_pair:
        blocks += _advantages(answer)
    if answer.measures is not None:
        shown = dict.fromkeys(n for _, places in answer.selections for n in places)
        blocks += [Heading("Measures"), measures_table(comparison, answer.measures, [*shown])]
    return Document(
        f"{title_of(comparison)}{extent_in_words(answer)}",
        tuple(blocks),
        tuple(_meanings(answer)),
        **provenance(comparison.matrix, origin, comparison.caveats),
    )


def title_of(comparison: PlaceComparison) -> str:
    """Name the dataset, the places, and the query."""
    return f"{comparison.matrix.dataset.title}: {asked_in_words(comparison)}"


def asked_in_words(comparison: PlaceComparison) -> str:
    """Name the places, and the query."""
    places = places_in_words([place.name for place in comparison.places])
    side_by_side = " side by side" if len(comparison.places) > 1 else ""
    own = f", {ONLY_OWN}" if comparison.only_own else ""
    return f"{places}{side_by_side}, {query_in_words(comparison.matrix.query)}{own}"


# Which places are shown to people


def extent_in_words(answer: CompareAnswer) -> str:
    """Say which places are shown, if not all are."""
    parts = answer.selections
    shown, number = sum(len(places) for _, places in parts), len(answer.comparison.places)
    if shown == number:
        return ""
    known = sum(each.known > 0 for each in answer.every_measure)
    unranked = f"; of {count(number - known, 'place')} nothing is known" if known < number else ""
    if len(parts) > 1:
        return f": the {shown} with the least and the most covered{unranked}"
    equal = ", and all are covered equally" if known > shown else ""
    return f": {shown} of them{equal}{unranked}"


# A level: roles down, places across


def grid(comparison: PlaceComparison, level: Level, places: Sequence[int]) -> PlaceGrid:
    """Return the cells of a level for some places, by their index."""
    rows = (
        (role.name, [comparison.ratings[Cell(role.id, level.id)][n] for n in places])
        for role in comparison.matrix.roles
    )
    columns = tuple(comparison.places[n].name for n in places)
    return place_grid(f"Coverage at {at_level(level)} by role and place", rows, columns)


def _members(comparison: PlaceComparison, level: Level, places: Sequence[int]) -> Iterator[Block]:
    # Which of a group's places differ; where all are alike the cell has said so.
    fields = tuple(
        Field(role.name, lines)
        for role in comparison.matrix.roles
        for lines in (tuple(members_in_words(comparison, Cell(role.id, level.id), places)),)
        if lines
    )
    if fields:
        yield Paragraph(f"The groups' places at {at_level(level)}:", is_apart=True)
        yield fields_of_groups(fields)


def fields_of_groups(fields: Iterable[Field]) -> Fields:
    """Give each group a line of its own also where a format runs the lines of a field on: its places stand between commas."""
    return Fields(
        tuple(
            Field("" if n else field.label, (line,))
            for field in fields
            for n, line in enumerate(field.lines)
        )
    )


def members_in_words(
    comparison: PlaceComparison, cell: Cell, places: Sequence[int]
) -> Iterator[str]:
    """Say of each group how its places are covered, unless they are alike."""
    for n in places:
        members = comparison.ratings[cell][n].members or {}
        if len(members) > 1:
            names = comparison.matrix.dataset.place_names
            clauses = (
                f"{WORDS[coverage]} in {', '.join(names.listed(codes))}"
                for coverage, codes in members.items()
            )
            yield f"{comparison.places[n].name}: {'; '.join(clauses)}"


# What differs between two


def _advantages(answer: CompareAnswer) -> Iterator[Block]:
    if is_one_twice(answer.comparison):
        yield Paragraph("It is the same place twice, which differs in nothing.", is_apart=True)
        return
    for ahead in (1, 0):
        title, block = advantages_of(answer, ahead)
        yield from (Heading(title), block)


def is_one_twice(comparison: PlaceComparison) -> bool:
    """Tell whether the places that are compared are one and the same."""
    return comparison.is_pair and len({place.id for place in comparison.places}) == 1


def advantages_of(answer: CompareAnswer, ahead: int) -> tuple[str, Table | Paragraph]:
    """Say where one of two places, by its index, is covered more: a title, and a table or that there is nothing."""
    comparison = answer.comparison
    names = names_of(comparison.matrix)
    more, less = comparison.places[ahead].name, comparison.places[1 - ahead].name
    found = [each for each in answer.advantages if each.ahead == ahead]
    title = f"Where {more} is covered more than {less}"
    if not found:
        return title, Paragraph("Nowhere, as far as both are known.")
    columns = (
        Column("Role"),
        Column("Level"),
        Column(less, ColumnKind.COVERAGE),
        Column(more, ColumnKind.COVERAGE),
        Column("By"),
    )
    rows = tuple(_advantage(each, names, less, more) for each in found)
    return title, Table(
        title, "Each row is a role at a level of which more is covered there.", columns, rows
    )


def _advantage(
    advantage: Advantage, names: Names, less: str, more: str
) -> tuple[Text | TableCell, ...]:
    cell, ahead = advantage.cell, advantage.ahead
    less_signed, more_signed = (_signed(advantage.ratings[n].rating) for n in (1 - ahead, ahead))
    by = precedents_in_words(advantage, names, less, more)
    return names.roles[cell.role], names.levels[cell.level], less_signed, more_signed, by


def _signed(rating: Rating) -> TableCell:
    return TableCell(tuple(filter(None, (share_in_words(rating.share),))), rating.coverage)


def precedents_in_words(advantage: Advantage, names: Names, less: str, more: str) -> str:
    """Name the instruments of the place ahead that the other lacks, and say whether it could join or copy them."""
    join, copy = advantage.to_join, advantage.to_copy
    named_join, named_copy = (one_of(names.list_instruments(ids)) for ids in (join, copy))
    clauses = (
        f"{named_join}: could be joined, as other places have {_them(join)} too" if join else "",
        f"{named_copy}: could be copied, as {more} has {_them(copy)} alone" if copy else "",
    )
    has_some = advantage.ratings[advantage.ahead].rating.instruments
    nothing = f"no instrument that {less} lacks" if has_some else "no instrument is named"
    return "; ".join(filter(None, clauses)) or nothing


def _them(instruments: Sequence[str]) -> str:
    return "it" if len(instruments) == 1 else "them"


def _meanings(answer: CompareAnswer) -> Iterator[str]:
    yield from meanings_of_ratings(answer.comparison.every_rating())
    if answer.measures is not None:
        yield MEASURED


def meanings_of_ratings(ratings: Iterable[PlaceRating]) -> Iterator[str]:
    """Say what the words of places' cells mean."""
    every = [*ratings]
    yield meanings_of({each.rating.coverage for each in every})
    numbers = meanings_of_numbers(every)
    if numbers:
        yield numbers


# As rows

HEADER = (
    "role", "level", "cell", "place id", "place", "coverage", "instruments", "own", "somewhere", "rests on", "covered", "partial",
    "of", "unknown", "missing", "narrower level", "covered there", "partial there", "of there", "unknown there", "missing there",
    "places full", "places partial", "places none", "places unknown", "notes", "as of",
)  # fmt: skip


def rows(answer: CompareAnswer) -> Rows:
    """Write a row for every cell and place; with measures, a row for every place."""
    if answer.measures is not None:
        return measures_rows(answer.comparison, answer.measures)
    return cell_rows(answer.comparison)


def cell_rows(*comparisons: PlaceComparison) -> Rows:
    """Write a row for every cell and place; if the same is compared several times, those of a place stand together."""
    named = names_of(*(each.matrix for each in comparisons)).places.list_with_codes
    coded, with_names = (
        chain.from_iterable(zip(*(_cell_rows(each, write) for each in comparisons), strict=True))
        for write in (write_codes, named)
    )
    return Rows(HEADER, coded, with_names)


def _cell_rows(comparison: PlaceComparison, write: WritePlaces) -> Iterator[Row]:
    names, day = names_of(comparison.matrix), comparison.matrix.query.as_of
    for cell, row in comparison.ratings.items():
        for place, each in zip(comparison.places, row, strict=True):
            rating, within, members = each.rating, each.within, each.members
            yield (
                *names.cell_columns(cell),
                place.id,
                place.name,
                rating.coverage,
                "; ".join(names.list_instruments(rating.instruments)),
                "; ".join(names.list_instruments(each.own)),
                "; ".join(names.list_instruments(each.somewhere)),
                "; ".join(names.list_instruments(rating.rests_on)),
                *share_columns(rating.share, write),
                within.level.name if within else None,
                *share_columns(within.share if within else None, write),
                *(
                    write(members.get(coverage, ())) if members is not None else None
                    for coverage in DEFINITIONS
                ),
                "; ".join(rating.notes),
                day,
            )

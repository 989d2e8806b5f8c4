"""Places side by side as a picture, a panel for each level and a few places, and on slides, at least one for each level."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from clustergap.analysis.advantages import Advantage
from clustergap.analysis.compare import PlaceComparison
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.measures import Measures, rank_places
from clustergap.answers.compare import (
    CompareAnswer,
    advantages_of,
    asked_in_words,
    extent_in_words,
    grid,
    is_one_twice,
    members_in_words,
    precedents_in_words,
)
from clustergap.answers.phrases import (
    at_level,
    coverage_counts,
    named_query_in_words,
    names_of,
    places_in_words,
    query_in_words,
)
from clustergap.answers.place_cells import (
    cite_serving,
    gap_and_numbers,
    meanings_of_numbers,
    panel_of,
)
from clustergap.answers.place_measures import MEASURED, measures_table
from clustergap.answers.provenance import (
    caveats_in_words,
    foot_by_name,
    remark,
    shown_in_words,
    source_in_words,
)
from clustergap.answers.ratings import share_in_words
from clustergap.document import Block
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.office import Citation, Deck, Slide, spell_out
from clustergap.origin import Origin
from clustergap.picture import LONGEST_ALTERNATIVE, Caption, GridPicture, Panel
from clustergap.prose import Heading, Points
from clustergap.text import all_of, count
from clustergap.theme import DEFINITIONS, WORDS

LONGEST_IN_HEADER = 60
"""Characters of a place's name up to which a slide has it in its title and in the header of a table."""


def picture(answer: CompareAnswer, origin: Origin) -> GridPicture:
    """Draw how well each cell is covered in each place that is shown."""
    comparison, matrix = answer.comparison, answer.comparison.matrix
    shown = [n for _, places in answer.selections for n in places]
    caption = Caption(
        matrix.dataset.title,
        f"{asked_in_words(comparison)}{extent_in_words(answer)}. {_counts(comparison, shown)}.",
        (
            gap_and_numbers(comparison.every_rating()),
            source_in_words(matrix.dataset, origin.data_in_words, query_in_words(matrix.query)),
            *filter(None, (caveats_in_words(comparison.caveats),)),
        ),
        *_description(answer, shown, origin),
    )
    panels = tuple(
        panel
        for title, places in answer.selections
        for level in matrix.levels
        for panel in _panels(comparison, level, places, title)
    )
    roles = tuple(role.name for role in matrix.roles)
    return GridPicture(caption, roles, panels)


def _panels(
    comparison: PlaceComparison, level: Level, places: Sequence[int], title: str
) -> Iterator[Panel]:
    words = ", ".join(filter(None, (title, level.name)))
    for n, part in enumerate(grid(comparison, level, places).parts):
        yield panel_of(part, f"{words}, continued" if n else words)


def _counts(comparison: PlaceComparison, places: Sequence[int]) -> str:
    cells = [each.rating.coverage for n in places for each in comparison.of_place(n)]
    numbers = (f"{number:,} {coverage}" for coverage, number in coverage_counts(cells))
    return f"{', '.join(numbers)} of {count(len(cells), 'pair')} of role and level"


def _description(answer: CompareAnswer, places: Sequence[int], origin: Origin) -> tuple[str, str]:
    """Say how each place is covered: all of them, and as many as an alternative text may hold."""
    comparison = answer.comparison
    about = f"{comparison.matrix.dataset.title}: {asked_in_words(comparison)}{extent_in_words(answer)}."
    about = f"{about} {remark(origin, comparison.caveats)}".rstrip()
    alike = places_by_counts(comparison, places)
    every = [
        f"{all_of([comparison.places[n].name for n in numbers])}: {words}."
        for words, numbers in alike.items()
    ]
    sizes = [len(numbers) for numbers in alike.values()]
    brief = ""
    for number in range(len(every) + 1):
        left = sum(sizes[number:])
        rest = [f"And {count(left, 'place')} more."] if left else []
        told = " ".join([about, *every[:number], *rest])
        if len(told) > LONGEST_ALTERNATIVE:
            break
        brief = told
    return " ".join([about, *every]), brief or about


def places_by_counts(
    comparison: PlaceComparison, places: Sequence[int]
) -> Mapping[str, Sequence[int]]:
    """Return places, by their index, under how many of their cells are full, partial, none and unknown, in words."""
    found: dict[str, list[int]] = {}
    for n in places:
        counts = Counter(each.rating.coverage for each in comparison.of_place(n))
        words = ", ".join(f"{counts[each]:,} {each}" for each in DEFINITIONS if counts[each])
        found.setdefault(words, []).append(n)
    return found


# Slides: the least and the most covered, a grid for each level, what differs, what is measured


def slides(answer: CompareAnswer, origin: Origin) -> Deck:
    """Put places side by side on slides."""
    comparison, matrix = answer.comparison, answer.comparison.matrix
    dataset = matrix.dataset
    asked = f"{asked_in_words(comparison)}{extent_in_words(answer)}."
    question = [asked, *shown_in_words(matrix), caveats_in_words(comparison.caveats)]
    headline, *others = _found(answer)
    return Deck(
        title=dataset.title,
        question=" ".join(filter(None, question)),
        headline=headline,
        worst=" ".join(others),
        source=source_in_words(dataset, origin.data_in_words, named_query_in_words(matrix)),
        foot=foot_by_name(matrix, origin),
        slides=tuple(_slides(answer)),
        sources={key: spell_out(source) for key, source in dataset.sources.items()},
    )


def _slides(answer: CompareAnswer) -> Iterator[Slide]:
    comparison, parts = answer.comparison, answer.selections
    for title, places in parts:
        for level in comparison.matrix.levels:
            yield _level_slide(comparison, level, places, title)
            yield from _members_slide(comparison, level, places)
    for ahead in (1, 0) if _are_two(comparison) else ():
        yield _advantages_slide(answer, ahead)
    if answer.measures is not None:
        shown = [*dict.fromkeys(n for _, places in parts for n in places)]
        table = measures_table(comparison, answer.measures, shown)
        yield Slide("Measures", (table,), MEASURED, (), ((),) * len(shown))


def _are_two(comparison: PlaceComparison) -> bool:
    return comparison.is_pair and not is_one_twice(comparison)


def _found(answer: CompareAnswer) -> Iterator[str]:
    """Say in sentences what a pair differs in, and where least and where most is covered."""
    comparison, measures = answer.comparison, answer.every_measure
    if _are_two(comparison):
        yield _difference_in_words(answer)
    ranked = rank_places(measures)
    if not ranked:
        yield "Of no place it is known how it is covered."
        return
    least, most = (
        [n for n in ranked if _size(measures[n]) == _size(measures[end])]
        for end in (ranked[0], ranked[-1])
    )
    names = [place.name for place in comparison.places]
    if least == most:
        where = f"In {names[least[0]]}" if len(least) == 1 else "In each place"
        yield f"{where} {_size_in_words(measures, least)} are covered, in full or in part."
        return
    for words, places in (("Least", least), ("Most", most)):
        named = places_in_words([names[n] for n in places])
        yield f"{words} is covered in {named}: {_size_in_words(measures, places)}."


def _size(measures: Measures) -> Fraction:
    return Fraction(measures.covered, measures.known)


def _size_in_words(measures: Sequence[Measures], places: Sequence[int]) -> str:
    sizes = {(measures[n].covered, measures[n].known) for n in places}
    if len(sizes) > 1:
        return f"{float(_size(measures[places[0]])):.0%} of what is known"
    ((covered, known),) = sizes
    return f"{covered} of {count(known, 'known pair')} of role and level"


def _difference_in_words(answer: CompareAnswer) -> str:
    ahead = Counter(each.ahead for each in answer.advantages)
    first, second = (place.name for place in answer.comparison.places)
    if not ahead:
        return f"Nothing that is known of both is covered more in {first} or in {second}."
    numbers = (
        f"{count(ahead[n], 'pair') + ' of role and level' if ahead[n] else 'nothing'} in {name}"
        for n, name in ((1, second), (0, first))
    )
    return f"Covered more than in the other place: {', '.join(numbers)}."


def _level_slide(
    comparison: PlaceComparison, level: Level, places: Sequence[int], title: str
) -> Slide:
    whole = grid(comparison, level, places)
    counts = dict(whole.counts)
    gaps = counts[Coverage.NONE] + counts[Coverage.PARTIAL]
    unknown = counts.get(Coverage.UNKNOWN, 0)
    number = f"{count(gaps, 'gap') if gaps else 'no gap'} in {count(sum(counts.values()), 'pair')} of role and place"
    beside = f", {unknown:,} unknown" if unknown else ""
    cells = [Cell(role.id, level.id) for role in comparison.matrix.roles]
    return Slide(
        f"{', '.join(filter(None, (title, level.name)))}: {number}{beside}",
        (whole,),
        f"Table of coverage at {at_level(level)} by role and place",
        tuple(_cite(comparison, cells, places)),
        tuple((cell,) * len(places) for cell in cells),
        meanings_of_numbers(comparison.ratings[cell][n] for cell in cells for n in places),
    )


def _members_slide(
    comparison: PlaceComparison, level: Level, places: Sequence[int]
) -> Iterator[Slide]:
    blocks: list[Block] = []
    for role in comparison.matrix.roles:
        lines = tuple(members_in_words(comparison, Cell(role.id, level.id), places))
        blocks += [Heading(role.name), Points(lines)] if lines else []
    if blocks:
        title = f"The groups' places at {at_level(level)}"
        cells = [Cell(role.id, level.id) for role in comparison.matrix.roles]
        yield Slide(title, tuple(blocks), title, tuple(_cite(comparison, cells, places)))


def _advantages_slide(answer: CompareAnswer, ahead: int) -> Slide:
    comparison = answer.comparison
    found = [each for each in answer.advantages if each.ahead == ahead]
    cells = [each.cell for each in found]
    citations = tuple(_cite(comparison, cells, (ahead,)))
    title, block = advantages_of(answer, ahead)
    if max(len(place.name) for place in comparison.places) <= LONGEST_IN_HEADER:
        return Slide(title, (block,), title, citations, tuple((cell,) for cell in cells))
    # Such names have no room in a title and in a header, which are on every slide.
    title = f"Where the {('first', 'second')[ahead]} place is covered more than the other"
    blocks = [part for each in found for part in _advantage(comparison, each)]
    return Slide(title, tuple(blocks) or (block,), title, citations)


def _advantage(comparison: PlaceComparison, advantage: Advantage) -> tuple[Block, ...]:
    names = names_of(comparison.matrix)
    by = precedents_in_words(advantage, names, "the other", "the place ahead")
    lines = []
    for place, each in zip(comparison.places, advantage.ratings, strict=True):
        share = share_in_words(each.rating.share)
        lines.append(
            f"{place.name}: {', '.join(filter(None, (WORDS[each.rating.coverage], share)))}"
        )
    return Heading(names.cell_in_sentence(advantage.cell)), Points((*lines, by))


def _cite(
    comparison: PlaceComparison, cells: Sequence[Cell], places: Sequence[int]
) -> Iterator[Citation]:
    """Walk through the citations of the instruments that serve cells in some places."""
    ratings = (comparison.ratings[cell][n] for cell in cells for n in places)
    return cite_serving(comparison.matrix.dataset, ratings, cells)

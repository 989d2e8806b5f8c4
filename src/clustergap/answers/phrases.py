"""Phrases that several answers share: names, the query, the size of the matrix and its gaps, places, instruments, sources."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from clustergap.analysis.counting import Dependant
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix, Summary
from clustergap.document import MOST_PLACES
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level
from clustergap.model.place_names import PlaceNames
from clustergap.model.places import Except, Territories
from clustergap.model.query import Query
from clustergap.model.record import SourceRef
from clustergap.prose import Field
from clustergap.text import all_of, count, long_day, one_of
from clustergap.theme import DEFINITIONS


class Names(NamedTuple):
    """The names of roles, levels and instruments, by their ids, and of places, by code or a group's id."""

    roles: Mapping[str, str]
    levels: Mapping[str, str]
    instruments: Mapping[str, str]
    places: PlaceNames

    def cell(self, cell: Cell) -> str:
        """Name a cell by its role and level."""
        return f"{self.roles[cell.role]} @ {self.levels[cell.level]}"

    def cell_in_sentence(self, cell: Cell) -> str:
        """Name a cell within a sentence."""
        return f"{self.roles[cell.role]} at {self.levels[cell.level]}"

    def cell_columns(self, cell: Cell) -> tuple[str, str, str]:
        """Return the first columns of a row about a cell: its role, its level, and role@level."""
        return self.roles[cell.role], self.levels[cell.level], str(cell)

    def list_instruments(self, ids: Iterable[str]) -> list[str]:
        """Return the names of several instruments."""
        return [self.instruments[id_] for id_ in ids]


def names_of(*matrices: Matrix) -> Names:
    """Return the names in all datasets of *matrices*; the last dataset that has an id names it."""
    datasets = [matrix.dataset for matrix in matrices]
    return Names(
        reduce(or_, (dataset.role_names for dataset in datasets)),
        reduce(or_, (dataset.level_names for dataset in datasets)),
        reduce(or_, (dataset.instrument_labels for dataset in datasets)),
        reduce(lambda earlier, names: names.after(earlier), (d.place_names for d in datasets)),
    )


def kind_name(dataset: Dataset, instrument: Instrument) -> str:
    """Return the name of an instrument's kind, or its id if the dataset has no vocabulary."""
    return dataset.kind_names.get(instrument.kind or "", instrument.kind or "")


def at_level(level: Level) -> str:
    """Name a level within a sentence.

    >>> at_level(Level(id="eu", name="EU")), at_level(Level(id="country", name="Country"))
    ('EU level', 'country level')
    """
    name = level.name
    if name.casefold().endswith("level"):
        return name
    # A word in capitals, or several words, are a name; Country is a common noun.
    return f"{name.lower() if name.isalpha() and name[1:].islower() else name} level"


def query_in_words(query: Query) -> str:
    """Say what narrows the answer, the day first.

    >>> query_in_words(Query(place="RO11", without=("interreg",)))
    'dates ignored, in RO11, without interreg'
    """
    day = f"as of {long_day(query.as_of)}" if query.as_of else "dates ignored"
    return ", ".join([day, *narrowing_in_words(query)])


def named_query_in_words(matrix: Matrix) -> str:
    """Say the same with the names of what is asked for."""
    query, names, dataset = matrix.query, names_of(matrix), matrix.dataset
    targets, kinds = dataset.target_names, dataset.kind_names
    named = dataclasses.replace(
        query,
        target=targets.get(query.target, query.target) if query.target else None,
        kinds=tuple(kinds.get(kind, kind) for kind in query.kinds),
        without=tuple(names.list_instruments(query.without)),
    )
    return query_in_words(named)


def narrowing_in_words(query: Query) -> list[str]:
    """Say what else than the day narrows the answer, one clause each."""
    clauses = (
        f"in {query.place_in_words}" if query.place else "",
        f"for {query.target}" if query.target else "",
        f"only {one_of(query.kinds)}" if query.kinds else "",
        _without(query),
        "with planned instruments" if query.with_planned else "",
    )
    return [*filter(None, clauses)]


def _without(query: Query) -> str:
    if not query.without:
        return ""
    them = "it" if len(query.without) == 1 else "them"
    stays = f" but with what hangs on {them}" if query.alone else ""
    return f"without {one_of(query.without)}{stays}"


def size_in_words(matrix: Matrix) -> str:
    """Say how many roles and levels are shown."""
    return f"{count(len(matrix.roles), 'role')} x {count(len(matrix.levels), 'level')}"


def headline(matrix: Matrix) -> str:
    """Name the dataset of the matrix, its size, and the query."""
    return f"{matrix.dataset.title}: {size_in_words(matrix)}, {query_in_words(matrix.query)}"


def gaps_in_words(matrix: Matrix) -> str:
    """Count the gaps: the first of the two sentences of the summary.

    A gap is a cell with no coverage or with only part of it, in every output.
    """
    summary = matrix.summary()
    number = summary.none + summary.partial
    kinds = f"{summary.none} not covered and {summary.partial} partly covered"
    unknown = f", {summary.unknown} unknown" if summary.unknown else ""
    return f"{count(number, 'gap')}: {kinds} of {count(summary.cells, 'pair')} of role and level{unknown}."


def summary_in_words(summary: Summary, one: str, many: str) -> str:
    """Say how many cells are covered how well, with the words for one of them and for several.

    >>> summary_in_words(Summary(3, 1, 2, 0, 0), "role", "roles")
    '1 of 3 roles full, 2 partial, 0 none'
    """
    unknown = f", {summary.unknown} unknown" if summary.unknown else ""
    cells = count(summary.cells, one, many)
    return (
        f"{summary.full} of {cells} full, {summary.partial} partial, {summary.none} none{unknown}"
    )


def worst_in_words(matrix: Matrix) -> str:
    """Name the worst gaps, at most a dozen."""
    words, cells = next(gap_cells(matrix), ("", []))
    if cells:
        return f"{words}: {one_of(cells)}."
    is_full = all(rating.coverage is Coverage.FULL for rating in matrix)
    return "Every role is covered at every level." if is_full else ""


def gap_cells(matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
    """Name the cells that are not covered, then those that are partly covered, each list with its label; no empty list."""
    names = names_of(matrix)
    for coverage, words in ((Coverage.NONE, "Not covered"), (Coverage.PARTIAL, "Partly covered")):
        cells = [names.cell_in_sentence(each.cell) for each in matrix if each.coverage is coverage]
        if cells:
            yield words, cells


def meanings_in_words(matrix: Matrix) -> str:
    """Say what the words for the coverage of the cells that are shown mean."""
    return meanings_of({rating.coverage for rating in matrix})


def meanings_of(coverages: Collection[Coverage]) -> str:
    """Say what the words for a coverage mean; that for what is unknown only if it is among *coverages*."""
    words = (
        "full: covered in the whole level. partial: partly covered, only somewhere or in part. "
        "none: not covered. A gap is partial or none."
    )
    is_unknown = Coverage.UNKNOWN in coverages
    return f"{words} unknown: {DEFINITIONS[Coverage.UNKNOWN]}." if is_unknown else words


def coverage_counts(coverages: Iterable[Coverage]) -> tuple[tuple[Coverage, int], ...]:
    """Count cells by their coverage; that none is unknown need not be said."""
    numbers = Counter(coverages)
    shown = (each for each in DEFINITIONS if numbers[each] or each is not Coverage.UNKNOWN)
    return tuple((each, numbers[each]) for each in shown)


def labelled(label: str, lines: Iterable[str]) -> list[Field]:
    """Put several lines under one label, each in a field of its own."""
    return [Field("" if number else label, (line,)) for number, line in enumerate(lines)]


ONLY_OWN = "only what names the place"
"""The clause of a query for places that counts no instrument that covers everywhere."""


def places_in_words(names: Collection[str]) -> str:
    """Name a few places, or say how many there are."""
    return all_of(names) if len(names) <= MOST_PLACES else count(len(names), "place")


def territories_in_words(
    territories: Territories, call: Callable[[Iterable[str]], Sequence[str]]
) -> str:
    """Name all territories of a statement, as *call* calls them."""
    is_left_out = isinstance(territories, Except)
    codes = territories.codes if isinstance(territories, Except) else territories
    words = ", ".join(call(codes))
    return f"everywhere but in {words}" if is_left_out else f"in {words}"


def citation(ref: SourceRef) -> str:
    """Cite a source by its key and the place in it."""
    return f'{ref.ref}, "{ref.locator}"' if ref.locator else ref.ref


def quotation(ref: SourceRef) -> str:
    """Cite a source likewise, with the words that are quoted from it."""
    return f'{citation(ref)}: "{ref.quote}"' if ref.quote else citation(ref)


def a_gap_without(names: Collection[str]) -> str:
    """Say of a full cell, in the same words in every output, that it would be a gap without any one of *names*.

    >>> a_gap_without(["ESCP"]), a_gap_without(["ESCP", "ECCP"])
    ('a gap without ESCP', 'a gap without any one of ESCP, ECCP')
    """
    return f"a gap without {'' if len(names) == 1 else 'any one of '}{one_of(names)}"


def dependence_in_words(dependant: Dependant, names: Mapping[str, str]) -> str:
    """Say of what an instrument is part and who pays it, of those on which it hangs.

    >>> programme = Instrument(id="escp", name="ESCP", part_of="cosme", funded_by=("smp", "erdf"))
    >>> dependence_in_words(Dependant(programme, "cosme", ()), {"cosme": "COSME"})
    'part of COSME'
    >>> dependence_in_words(Dependant(programme, None, ("smp", "erdf")), {"smp": "SMP", "erdf": "ERDF"})
    'paid by SMP, ERDF'
    """
    payers = one_of([names[id_] for id_ in dependant.funded_by])
    clauses = (
        f"part of {names[dependant.part_of]}" if dependant.part_of else "",
        f"paid by {payers}" if payers else "",
    )
    return ", ".join(filter(None, clauses))


def hanging_in_words(dependant: Dependant, holder: str, names: Names) -> str:
    """Say how an instrument hangs on its *holder*, and who else pays it: without the holder it then stays."""
    words = dependence_in_words(dependant, {holder: "it"})
    others = [id_ for id_ in dependant.instrument.funded_by if id_ != holder]
    is_shared = dependant.funded_by and others
    return f"{words} and by {one_of(names.list_instruments(others))}" if is_shared else words


def instrument_in_words(dataset: Dataset, instrument: Instrument, names: Names) -> list[str]:
    """Say of what kind an instrument is, of what it is part, and who pays it."""
    holders = Dependant(instrument, instrument.part_of, instrument.funded_by)
    words = (kind_name(dataset, instrument), dependence_in_words(holders, names.instruments))
    return list(filter(None, words))

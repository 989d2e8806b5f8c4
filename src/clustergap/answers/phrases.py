"""Words that several answers share: names, the question, the size of the matrix, statements and sources."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.document import Field, Origin
from clustergap.model.dataset import Dataset, Instrument, Level, Role
from clustergap.model.places import Except, Territories
from clustergap.model.query import Query
from clustergap.model.record import SourceRef
from clustergap.text import as_sentence, count, one_of


def labels(matrix: Matrix) -> Mapping[str, str]:
    """Return what stands for each instrument in a cell, by id."""
    return {instrument.id: instrument.label for instrument in matrix.dataset.instruments}


def role_names(dataset: Dataset) -> Mapping[str, str]:
    """Return the roles' names by id."""
    return {role.id: role.name for role in dataset.roles}


def level_names(dataset: Dataset) -> Mapping[str, str]:
    """Return the levels' names by id."""
    return {level.id: level.name for level in dataset.levels}


def query_in_words(query: Query) -> str:
    """Say what narrows the answer, the day first.

    >>> query_in_words(Query(place="RO11", without=("interreg",)))
    'dates ignored, in RO11, without interreg'
    """
    day = f"as of {query.as_of.isoformat()}" if query.as_of else "dates ignored"
    return ", ".join([day, *narrowing_in_words(query)])


def narrowing_in_words(query: Query) -> list[str]:
    """Say what narrows the answer beside the day, one clause each."""
    parts = []
    if query.place:
        parts.append(f"in {query.place}")
    if query.target:
        parts.append(f"for {query.target}")
    if query.kinds:
        parts.append(f"only {one_of(query.kinds)}")
    if query.without:
        parts.append(f"without {one_of(query.without)}")
    if query.with_planned:
        parts.append("with planned instruments")
    return parts


def size_in_words(matrix: Matrix) -> str:
    """Say how many roles and levels are shown."""
    return f"{count(len(matrix.roles), 'role')} x {count(len(matrix.levels), 'level')}"


def headline(matrix: Matrix) -> str:
    """Say what the matrix is of, how large it is, and under which query."""
    return f"{matrix.dataset.title}: {size_in_words(matrix)}, {query_in_words(matrix.query)}"


def source_in_words(dataset: Dataset, origin: Origin, asked: str) -> str:
    """Name where the data comes from, and what was asked of it."""
    sources = list(dataset.sources.values())
    named = [
        f"{source.author}, {source.title}" if source.author else source.title
        for source in sources[:1]
    ]
    if len(sources) > 1:
        named.append(f"{len(sources) - 1} more")
    data = origin.data_in_words
    cited = f"Source: {' and '.join(named)}; {data}" if named else f"{data[0].upper()}{data[1:]}"
    return f"{cited} {asked}."


def question_in_words(matrix: Matrix) -> str:
    """Say in a sentence which instruments count."""
    return as_sentence(query_in_words(matrix.query))


def foot_in_words(matrix: Matrix, origin: Origin) -> str:
    """Say what stands at the foot of every page: of what data it is, and under which question."""
    return f"{matrix.dataset.title}: {origin.data_in_words} {query_in_words(matrix.query)}"


def shown_in_words(matrix: Matrix) -> list[str]:
    """Say which roles and levels are shown, one sentence each; nothing where all are."""
    dataset = matrix.dataset
    return [
        *_shown(matrix.roles, dataset.roles, "role"),
        *_shown(matrix.levels, dataset.levels, "level"),
    ]


def _shown(shown: Sequence[Role | Level], whole: Sequence[Role | Level], noun: str) -> list[str]:
    if len(shown) == len(whole):
        return []
    names = one_of([one.name for one in shown])
    is_are = "is" if len(shown) == 1 else "are"
    return [f"Only {len(shown)} of {count(len(whole), noun)} {is_are} shown: {names}."]


def gaps_in_words(matrix: Matrix) -> str:
    """Count the gaps: the first of the two sentences that a reader of one minute takes home.

    A gap is a cell with no coverage or with only part of it, in every output.
    """
    summary = matrix.summary()
    number = summary.none + summary.partial
    kinds = f"{summary.none} not covered and {summary.partial} partly covered"
    unknown = f", {summary.unknown} not assessed" if summary.unknown else ""
    return f"{count(number, 'gap')}: {kinds} of {count(summary.cells, 'cell')}{unknown}."


def worst_in_words(matrix: Matrix) -> str:
    """Name the worst gaps, at most a dozen."""
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for coverage, words in ((Coverage.NONE, "Not covered"), (Coverage.PARTIAL, "Partly covered")):
        cells = [rating.cell for rating in matrix if rating.coverage is coverage]
        if cells:
            return f"{words}: {one_of([f'{roles[c.role]} at {levels[c.level]}' for c in cells])}."
    return "Every cell is covered." if all(r.coverage is Coverage.FULL for r in matrix) else ""


def period(starts: date | None, ends: date | None) -> str:
    """Say when something is in force.

    >>> period(date(2014, 1, 1), None)
    'from 2014-01-01'
    """
    if starts and ends:
        return f"{starts.isoformat()} to {ends.isoformat()}"
    if starts:
        return f"from {starts.isoformat()}"
    return f"until {ends.isoformat()}" if ends else "no dates given"


def territories_in_words(territories: Territories) -> str:
    """Name all territories of a statement."""
    if isinstance(territories, Except):
        return f"everywhere but in {', '.join(territories.codes)}"
    return f"in {', '.join(territories)}"


def citation(ref: SourceRef) -> str:
    """Cite a source by its key and the place in it."""
    return f'{ref.ref}, "{ref.locator}"' if ref.locator else ref.ref


def kind_name(dataset: Dataset, instrument: Instrument) -> str:
    """Return the name of an instrument's kind, or its id where the dataset has no vocabulary."""
    names = {kind.id: kind.name for kind in dataset.kinds}
    return names.get(instrument.kind or "", instrument.kind or "")


def cell_name(dataset: Dataset, rating: Rating) -> str:
    """Name a cell by its role and level."""
    role = next(role.name for role in dataset.roles if role.id == rating.cell.role)
    level = next(level.name for level in dataset.levels if level.id == rating.cell.level)
    return f"{role} @ {level}"


def meanings_in_words(matrix: Matrix) -> str:
    """Say what the words for a coverage mean."""
    words = (
        "full: covered in the whole level. partial: partly covered, only somewhere or in part. "
        "none: not covered. A gap is partial or none."
    )
    unknown = " unknown: not assessed, nobody has looked." if matrix.summary().unknown else ""
    return words + unknown


class Carried(TypedDict):
    """What every document carries, as keywords of it."""

    asked: tuple[str, ...]
    source: str
    remark: str


_OWN = Origin(".")
"""Of example data the remark says what they are."""


def carried(matrix: Matrix, origin: Origin) -> Carried:
    """Say what was asked, which cells are shown, and where the data comes from."""
    return Carried(
        asked=(question_in_words(matrix), *shown_in_words(matrix)),
        source=source_in_words(matrix.dataset, _OWN, query_in_words(matrix.query)),
        remark=origin.remark,
    )


def labelled(label: str, lines: Iterable[str]) -> list[Field]:
    """Say several things under one label, each a field of its own."""
    return [Field("" if number else label, (line,)) for number, line in enumerate(lines)]


def at_level(level: Level) -> str:
    """Name a level within a sentence.

    >>> at_level(Level(id="eu", name="EU")), at_level(Level(id="country", name="Country"))
    ('EU level', 'country level')
    """
    name = level.name
    if name.casefold().endswith("level"):
        return name
    # What is written in capitals, or of several words, is a name; Country is a word.
    return f"{name.lower() if name.isalpha() and name[1:].islower() else name} level"

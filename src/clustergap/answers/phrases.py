"""Words that several answers share: names, the question, the size of the matrix and its gaps, where the data comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypedDict

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.document import Field, Origin
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Role
from clustergap.model.query import Query
from clustergap.text import as_sentence, count, one_of


class Names(NamedTuple):
    """What stands for roles, levels and instruments, by their ids."""

    roles: Mapping[str, str]
    levels: Mapping[str, str]
    instruments: Mapping[str, str]

    def cell(self, cell: Cell) -> str:
        """Name a cell by its role and level."""
        return f"{self.roles[cell.role]} @ {self.levels[cell.level]}"

    def cell_in_sentence(self, cell: Cell) -> str:
        """Name a cell within a sentence."""
        return f"{self.roles[cell.role]} at {self.levels[cell.level]}"

    def cell_columns(self, cell: Cell) -> tuple[str, str, str]:
        """Return what a row says first of a cell: its role, its level, and role@level."""
        return self.roles[cell.role], self.levels[cell.level], str(cell)

    def list_instruments(self, ids: Iterable[str]) -> list[str]:
        """Return what stands for several instruments."""
        return [self.instruments[id_] for id_ in ids]


def names_of(*matrices: Matrix) -> Names:
    """Return the names of all that matrices speak of; of what several have, the last one's count."""
    datasets = [matrix.dataset for matrix in matrices]
    return Names(
        {role.id: role.name for dataset in datasets for role in dataset.roles},
        {level.id: level.name for dataset in datasets for level in dataset.levels},
        {each.id: each.label for dataset in datasets for each in dataset.instruments},
    )


def kind_name(dataset: Dataset, instrument: Instrument) -> str:
    """Return the name of an instrument's kind, or its id where the dataset has no vocabulary."""
    names = {kind.id: kind.name for kind in dataset.kinds}
    return names.get(instrument.kind or "", instrument.kind or "")


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


def query_in_words(query: Query) -> str:
    """Say what narrows the answer, the day first.

    >>> query_in_words(Query(place="RO11", without=("interreg",)))
    'dates ignored, in RO11, without interreg'
    """
    day = f"as of {query.as_of.isoformat()}" if query.as_of else "dates ignored"
    return ", ".join([day, *narrowing_in_words(query)])


def narrowing_in_words(query: Query) -> list[str]:
    """Say what narrows the answer beside the day, one clause each."""
    clauses = (
        f"in {query.place}" if query.place else "",
        f"for {query.target}" if query.target else "",
        f"only {one_of(query.kinds)}" if query.kinds else "",
        f"without {one_of(query.without)}" if query.without else "",
        "with planned instruments" if query.with_planned else "",
    )
    return [*filter(None, clauses)]


def size_in_words(matrix: Matrix) -> str:
    """Say how many roles and levels are shown."""
    return f"{count(len(matrix.roles), 'role')} x {count(len(matrix.levels), 'level')}"


def headline(matrix: Matrix) -> str:
    """Say what the matrix is of, how large it is, and under which query."""
    return f"{matrix.dataset.title}: {size_in_words(matrix)}, {query_in_words(matrix.query)}"


def source_in_words(dataset: Dataset, data: str, question: str) -> str:
    """Name where the data comes from, what it is in words, and what was asked of it."""
    if not dataset.sources:
        return as_sentence(f"{data} {question}")
    first, *others = dataset.sources.values()
    named = f"{first.author}, {first.title}" if first.author else first.title
    more = f" and {len(others)} more" if others else ""
    return f"Source: {named}{more}; {data} {question}."


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


def _shown(part: Sequence[Role | Level], whole: Sequence[Role | Level], noun: str) -> list[str]:
    if len(part) == len(whole):
        return []
    names = one_of([role_or_level.name for role_or_level in part])
    is_are = "is" if len(part) == 1 else "are"
    return [f"Only {len(part)} of {count(len(whole), noun)} {is_are} shown: {names}."]


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
    words, cells = next(gap_cells(matrix), ("", []))
    if cells:
        return f"{words}: {one_of(cells)}."
    is_full = all(rating.coverage is Coverage.FULL for rating in matrix)
    return "Every cell is covered." if is_full else ""


def gap_cells(matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
    """Name what is not covered, then what is only partly covered, each below what it is; nothing of what is not there."""
    names = names_of(matrix)
    for coverage, words in ((Coverage.NONE, "Not covered"), (Coverage.PARTIAL, "Partly covered")):
        cells = [names.cell_in_sentence(each.cell) for each in matrix if each.coverage is coverage]
        if cells:
            yield words, cells


def meanings_in_words(matrix: Matrix) -> str:
    """Say what the words for a coverage mean."""
    words = (
        "full: covered in the whole level. partial: partly covered, only somewhere or in part. "
        "none: not covered. A gap is partial or none."
    )
    unknown = " unknown: not assessed, nobody has looked." if matrix.summary().unknown else ""
    return words + unknown


DATA = "data"
"""What a source calls the data where a remark says that they are an example."""


class Provenance(TypedDict):
    """What every document says of where it comes from, as keywords of it."""

    question: tuple[str, ...]
    source: str
    remark: str


def provenance(matrix: Matrix, origin: Origin) -> Provenance:
    """Say what was asked, which cells are shown, and where the data comes from."""
    return Provenance(
        question=(question_in_words(matrix), *shown_in_words(matrix)),
        source=source_in_words(matrix.dataset, DATA, query_in_words(matrix.query)),
        remark=origin.remark,
    )


def labelled(label: str, lines: Iterable[str]) -> list[Field]:
    """Say several things under one label, each a field of its own."""
    return [Field("" if number else label, (line,)) for number, line in enumerate(lines)]

"""What every answer carries, in words: what was asked, where the data come from, and what they leave open about the day."""

from collections.abc import Sequence
from typing import TypedDict

from clustergap.analysis.caveats import Caveats
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import named_query_in_words, query_in_words
from clustergap.model.dataset import Dataset, Level, Role
from clustergap.model.dates import date_in_words
from clustergap.origin import Origin
from clustergap.text import as_sentence, capitalise, count, one_of


def source_in_words(dataset: Dataset, data: str, question: str) -> str:
    """Name where the data comes from, what kind of data it is, and what was asked of it."""
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
    """Return the foot of every page: where the data comes from, and the query."""
    return f"{matrix.dataset.title}: {origin.data_in_words} {query_in_words(matrix.query)}"


def foot_by_name(matrix: Matrix, origin: Origin) -> str:
    """Return the foot of every slide: the same with the names of what was asked for."""
    return f"{matrix.dataset.title}: {origin.data_in_words} {named_query_in_words(matrix)}"


def shown_in_words(matrix: Matrix) -> list[str]:
    """Say which roles and levels are shown, one sentence each; nothing if all are."""
    dataset = matrix.dataset
    return [
        *_selection_in_words(matrix.roles, dataset.roles, "role"),
        *_selection_in_words(matrix.levels, dataset.levels, "level"),
    ]


def _selection_in_words(
    part: Sequence[Role | Level], whole: Sequence[Role | Level], noun: str
) -> list[str]:
    if len(part) == len(whole):
        return []
    names = one_of([role_or_level.name for role_or_level in part])
    is_are = "is" if len(part) == 1 else "are"
    return [f"Only {len(part)} of {count(len(whole), noun)} {is_are} shown: {names}."]


DATA = "data"
"""How the source line calls the data if a remark already says that it is an example."""


class Provenance(TypedDict):
    """The keyword arguments of ``Document`` that say where an answer comes from."""

    question: tuple[str, ...]
    source: str
    remark: str


def provenance(matrix: Matrix, origin: Origin, caveats: Caveats | None = None) -> Provenance:
    """Say what was asked, which cells are shown, where the data comes from, and the caveats: of all these cells, unless others are given."""
    return Provenance(
        question=(question_in_words(matrix), *shown_in_words(matrix)),
        source=source_in_words(matrix.dataset, DATA, query_in_words(matrix.query)),
        remark=remark(origin, matrix.caveats() if caveats is None else caveats),
    )


def remark(origin: Origin, caveats: Caveats) -> str:
    """Say what a reader must know about the data and about an answer from them for another day than their own."""
    return " ".join(filter(None, (caveats_in_words(caveats), origin.remark)))


_HAVE = ("has", "have")


def caveats_in_words(caveats: Caveats) -> str:
    """Say in a sentence what the data leave open about the day asked; nothing on their own day.

    >>> from datetime import date
    >>> caveats_in_words(Caveats(no_last_day=3, data_as_of=date(2019, 5, 31)))
    '3 of the statements behind this have no last day; the data speak up to 31 May 2019.'
    >>> caveats_in_words(Caveats(no_first_day=1, seen_later=2))
    '1 of the statements behind this has no first day; 2 statements are left out, as first seen later.'
    """
    no_first_day, seen_later, no_last_day, data_as_of = caveats
    behind = ("of the statements behind this has", "of the statements behind this have")
    left_out = (
        "statement is left out, as first seen later",
        "statements are left out, as first seen later",
    )
    clauses = (
        f"{count(no_first_day, *behind)} no first day" if no_first_day else "",
        count(seen_later, *left_out) if seen_later else "",
        f"{count(no_last_day, *(_HAVE if no_first_day else behind))} no last day"
        if no_last_day
        else "",
        f"the data speak up to {date_in_words(data_as_of)}" if data_as_of else "",
    )
    words = "; ".join(filter(None, clauses))
    return f"{capitalise(words)}." if words else ""

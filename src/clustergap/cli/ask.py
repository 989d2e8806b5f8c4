"""The query's options to a query, and a query to its matrix."""

from collections.abc import Callable
from datetime import date

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.cli.names import (
    instrument_id,
    kind_id,
    level_id,
    role_id,
    target_id,
    territory_code,
)
from clustergap.cli.options import Question, Selection
from clustergap.cli.streams import notice
from clustergap.errors import ClusterGapError
from clustergap.model.dataset import Dataset
from clustergap.model.dates import first_day, last_day
from clustergap.model.query import Query
from clustergap.reference.territories import REUSED, former_code, reused_in_words
from clustergap.text import count, quote


def read_day(
    option: str, text: str | None, day_of: Callable[[str], date] = last_day
) -> date | None:
    """Read a date of the command line; a month or a year means its last day, or what *day_of* says; today the clock's.

    Raises:
        ClusterGapError: It is no date.
    """
    if text is None:
        return None
    if text == "today":
        return date.today()  # noqa: DTZ011, TID251 - the one place that reads the clock
    try:
        return day_of(text)
    except ValueError as error:
        message = f"{option} {quote(text)} is not a date: write YYYY-MM-DD, YYYY-MM, YYYY or today"
        raise ClusterGapError(message) from error


def read_period(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """Read ``--from`` and ``--to``.

    Raises:
        ClusterGapError: One of them is no date, or the first day is after the last.
    """
    start, end = read_day("--from", first, first_day), read_day("--to", last)
    if start is not None and end is not None and end < start:
        raise ClusterGapError(f"--from {start.isoformat()} is after --to {end.isoformat()}")
    return start, end


def ask_matrix(dataset: Dataset, question: Question, as_of: str | None, *, quiet: bool) -> Matrix:
    """Rate every cell of the dataset under the query that the options make."""
    return build_matrix(dataset, ask_query(dataset, question, as_of, quiet=quiet))


def ask_query(dataset: Dataset, question: Question, as_of: str | None, *, quiet: bool) -> Query:
    """Make a query of the options; parts that were not asked are empty."""
    query = read_query(dataset, question, as_of)
    tell_of_the_unstated(dataset, query, quiet=quiet)
    tell_of_the_reused(query, quiet=quiet)
    return query


def read_query(dataset: Dataset, question: Question, as_of: str | None) -> Query:
    """Make a query of the options, as the names in a dataset mean."""
    return Query(
        as_of=read_day("--as-of", as_of),
        place=territory_code(dataset, question.place) if question.place is not None else None,
        target=target_id(dataset, question.target) if question.target is not None else None,
        kinds=tuple(dict.fromkeys(kind_id(dataset, kind) for kind in question.kind or ())),
        without=tuple(
            dict.fromkeys(instrument_id(dataset, one) for one in question.without or ())
        ),
        with_planned=question.with_planned,
    )


def select(matrix: Matrix, selection: Selection) -> Matrix:
    """Show the cells that the options choose."""
    return matrix.select(*selected_ids(matrix.dataset, selection))


def selected_ids(dataset: Dataset, selection: Selection) -> tuple[list[str], list[str]]:
    """Return the ids of the roles and of the levels that the options choose; none: all."""
    roles = [role_id(dataset, word) for word in selection.role or ()]
    levels = [level_id(dataset, word) for word in selection.level or ()]
    return roles, levels


def tell_of_the_unstated(dataset: Dataset, query: Query, *, quiet: bool) -> None:
    """Tell how many instruments a query leaves out, or keeps, because they state nothing."""
    if query.kinds:
        number = sum(one.kind is None for one in dataset.instruments)
        if number:
            notice(
                f"--kind leaves out {count(number, 'instrument')} of no stated kind", quiet=quiet
            )
    if query.target:
        number = sum(not one.targets for one in dataset.instruments)
        if number:
            notice(
                f"--target keeps {count(number, 'instrument')} of no stated target", quiet=quiet
            )


def tell_of_the_reused(query: Query, *, quiet: bool) -> None:
    """Tell what the code of a query's place meant in an older version of NUTS, if that was another area."""
    if query.place in REUSED:
        former = former_code(query.place)
        if former:
            notice(reused_in_words(former), quiet=quiet)

"""What there is for a role at the only level that is shown, and until when: on one slide, and on one page."""

import dataclasses
from datetime import date

from clustergap.analysis.counting import period_of, statements_in_force, why_not_counted
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import elsewhere
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.statement_events import DAY
from clustergap.answers.evidence import unsourced
from clustergap.answers.phrases import Names, at_level
from clustergap.answers.ratings import (
    LONGEST_NOTE,
    TYPESET,
    missing_in_words,
    reasons,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument
from clustergap.text import (
    a_few_of,
    as_sentence,
    capitalise,
    long_day,
    short_day,
)

THERE_IS = "What there is, and until when"
"""The head of the column."""

LONGEST_CLAUSE = 60
"""Characters of the places that are missing; if they are more only their number is said."""


def there_is(matrix: Matrix, rating: Rating, names: Names) -> str:
    """Name what covers a role, each with its last day, and quote one note; or say what ended, and what there is elsewhere."""
    named = instruments_until(matrix, rating)
    if named:
        missing = missing_in_words(rating, names.places)
        said = [missing] if 0 < len(missing) <= LONGEST_CLAUSE else []
        short = next((note for note in rating.notes if len(note) <= LONGEST_NOTE), "")
        quoted = (
            f" “{short.rstrip('.')}”." if short and rating.coverage is not Coverage.FULL else ""
        )
        return f"{'; '.join([a_few_of(named), *said])}.{quoted}"
    if rating.coverage is Coverage.NONE:
        others = [
            f"{capitalise(at_level_of(matrix, other.cell))}: {a_few_of(names.list_instruments(other.instruments))}."
            for other in elsewhere(matrix, rating.cell)
            if other.instruments
        ]
        return " ".join([_nothing_since(matrix, rating), *others])
    why = reasons(unsourced(rating), names.places, TYPESET)
    return as_sentence("; ".join(why) or "no instrument is named")


def instruments_until(matrix: Matrix, rating: Rating) -> list[str]:
    """Name the instruments of a cell, each with the year or the day with which it ends."""
    by_id = matrix.dataset.instruments_by_id
    named = []
    for id_ in rating.instruments:
        ends = _end(matrix, by_id[id_], rating.cell)
        until = f" (to {_last(ends)})" if ends and matrix.query.as_of else ""
        named.append(f"{by_id[id_].label}{until}")
    return named


def _end(matrix: Matrix, instrument: Instrument, cell: Cell) -> date | None:
    """Return the last day of the last of the statements in force; None if one has no end."""
    stated = statements_in_force(instrument.covers.get(cell, ()), matrix.query, instrument)
    ends = [period_of(matrix.dataset, instrument, statement).ends for _, statement in stated]
    known = [day for day in ends if day is not None]
    return max(known) if known and len(known) == len(ends) else None


def _nothing_since(matrix: Matrix, rating: Rating) -> str:
    """Say since when a role has no instrument, if the data know of one that ended, and no place is asked for."""
    day, place = matrix.query.as_of, matrix.query.place
    if day is None or place:
        return "Nothing."
    timeless, ended = dataclasses.replace(matrix.query, as_of=None), list[tuple[date, str]]()
    for each in matrix.dataset.instruments:
        if rating.cell in each.covers and not why_not_counted(matrix.dataset, each, timeless):
            periods = [period_of(matrix.dataset, each, one) for one in each.covers[rating.cell]]
            past = [
                one.ends for one in periods if one.ends and one.ends < day and not one.is_empty
            ]
            ended += [(max(past), each.label)] if past else []
    if not ended:
        return "Nothing."
    last = max(end for end, _ in ended)
    names = [name for end, name in ended if end == last]
    when = _last(last)
    return f"Nothing since {a_few_of(names)} ended {'on' if when == short_day(last) else 'in'} {when}."


def _last(day: date) -> str:
    """Write a last day: that of a year or a month as this one.

    >>> _last(date(2027, 12, 31)), _last(date(2027, 6, 30)), _last(date(2027, 6, 29))
    ('2027', 'June 2027', '29 Jun 2027')
    """
    if day == date.max:
        return str(day.year)
    if (day + DAY).day > 1:
        return short_day(day)
    return str(day.year) if (day + DAY).month == 1 else long_day(day).split(" ", 1)[1]


def at_level_of(matrix: Matrix, cell: Cell) -> str:
    return at_level(matrix.dataset.levels_by_id[cell.level])

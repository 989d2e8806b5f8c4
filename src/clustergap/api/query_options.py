"""What is asked, read: options as people write them become a query, the days and the places of a dataset, or are refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from clustergap.analysis.list import ListFilters
from clustergap.api.keywords import Day
from clustergap.api.names import (
    instrument_id,
    kind_id,
    level_id,
    not_known,
    role_and_level,
    role_id,
    source_key,
    target_id,
    territory_code,
)
from clustergap.errors import ClusterGapError
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.dates import first_day, last_day
from clustergap.model.query import LEAST_CROWDED, LEAST_WITHIN, MOST_WITHIN, Listed, Query
from clustergap.picture import LONGEST_SIDE, SHORTEST_SIDE, Size
from clustergap.reference.territories import REUSED, former_code, reused_in_words
from clustergap.text import all_of, count, one_of, quote

_SIZE = re.compile(r"([0-9]{1,9})[xX×]([0-9]{1,9})")


class QueryOptions(NamedTuple):
    """The options of a query, as people write them; an option that is not given narrows nothing.

    Attributes:
        role: The roles to show, by id, name or alias in any letter case. No number in a cell depends on what is shown.
        level: The levels to show, likewise.
        as_of: The day on which instruments must be in force; a month or a year means its last. None: the dataset's.
        in_: The code or name of the territory to look at, or the id or name of a group of territories.
        target: The target group for which instruments count.
        kind: The kinds of instruments that count.
        without: The instruments that do not count, by id, short or name; nor does what hangs on them.
        alone: What hangs on them stays.
        with_planned: Planned instruments count too.
    """

    role: Sequence[str] = ()
    level: Sequence[str] = ()
    as_of: Day = None
    in_: str | None = None
    target: str | None = None
    kind: Sequence[str] = ()
    without: Sequence[str] = ()
    alone: bool = False
    with_planned: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> "QueryOptions":
        """Return those of the options of a question that are of its query."""
        return cls(**{name: value for name, value in options.items() if name in cls._fields})


class ComparedPlaces(NamedTuple):
    """Which places are compared, as people write them, and what is said of them.

    Attributes:
        places: Codes of territories, ids of groups, or names of either.
        each: The level of which all territories are compared, after these places.
        own: Only what names places counts.
        measures: Each place is measured too.
        top: Where people read, so many of the least and of the most covered places are shown; None: all, if they are few.
    """

    places: Sequence[str] = ()
    each: str | None = None
    own: bool = False
    measures: bool = False
    top: int | None = None

    @classmethod
    def of(cls, places: Sequence[str], options: Mapping[str, Any]) -> "ComparedPlaces":
        """Return those of the options of a comparison that are of its places."""
        return cls(
            places, **{name: value for name, value in options.items() if name in cls._fields}
        )


def read_question(
    dataset: Dataset, options: Mapping[str, Any]
) -> tuple[Query, tuple[list[str], list[str]]]:
    """Return the query that the options of a question mean in a dataset, and the ids of the roles and levels to show.

    Raises:
        ClusterGapError: As ``read_query`` and ``shown_ids`` do.
    """
    asked = QueryOptions.of(options)
    return read_query(dataset, asked), shown_ids(dataset, asked)


def read_query(dataset: Dataset, options: QueryOptions) -> Query:
    """Return the query that the options mean in a dataset.

    Raises:
        ClusterGapError: A word means nothing in it, or nothing is left out alone.
    """
    if options.alone and not options.without:
        raise ClusterGapError(
            "--alone says that what hangs on an instrument stays: it needs --without"
        )
    target = options.target
    place = None if options.in_ is None else territory_code(dataset, options.in_)
    return Query(
        as_of=read_day("--as-of", options.as_of),
        place=place,
        place_name=dataset.place_names.headline(place) if place else None,
        target=target_id(dataset, target) if target is not None else None,
        kinds=tuple(dict.fromkeys(kind_id(dataset, word) for word in options.kind)),
        without=tuple(dict.fromkeys(instrument_id(dataset, word) for word in options.without)),
        alone=options.alone,
        with_planned=options.with_planned,
    )


def shown_ids(dataset: Dataset, options: QueryOptions) -> tuple[list[str], list[str]]:
    """Return the ids of the roles and of the levels to show; none: all."""
    roles = [role_id(dataset, word) for word in options.role]
    levels = [level_id(dataset, word) for word in options.level]
    return roles, levels


def read_list(
    dataset: Dataset, what: str, options: Mapping[str, Any]
) -> tuple[Listed, ListFilters]:
    """Return what is listed, and the filters that its options mean in a dataset.

    Raises:
        ClusterGapError: It cannot be listed, a word means nothing, or a filter is none of what is listed.
    """
    if what not in list(Listed):
        raise not_known(what, "list", Listed)
    listed = Listed(what)
    for option, value in options.items():
        if value and option in _NO_FILTERS.get(listed, ()):
            others = [each for each in Listed if option not in _NO_FILTERS.get(each, ())]
            raise ClusterGapError(
                f"--{option.replace('_', '-')} is no filter of {listed}: it is one of {all_of(others)}"
            )
    covers, source = options.get("covers"), options.get("source")
    role, level = role_and_level(dataset, covers) if covers is not None else (None, None)
    asked = QueryOptions(kind=options.get("kind", ()), in_=options.get("in_"), with_planned=True)
    return listed, ListFilters(
        query=read_query(dataset, asked),
        source=source_key(dataset, source) if source is not None else None,
        undated=options.get("undated", False),
        unreviewed_since=read_day(
            "--unreviewed-since", options.get("unreviewed_since"), first_day
        ),
        role=role,
        level=level,
    )


_NO_FILTERS = {
    Listed.SOURCES: ("unreviewed_since",),
    Listed.TERRITORIES: ("undated", "unreviewed_since"),
}
"""Options that say nothing of what is listed."""


def query_notes(dataset: Dataset, query: Query) -> tuple[str, ...]:
    """Say what a query leaves out or keeps because the data does not state it, and what the code of its place once meant."""
    notes = []
    if query.kinds:
        number = sum(instrument.kind is None for instrument in dataset.instruments)
        if number:
            notes.append(f"--kind leaves out {count(number, 'instrument')} of no stated kind")
    if query.target:
        number = sum(not instrument.targets for instrument in dataset.instruments)
        if number:
            notes.append(f"--target keeps {count(number, 'instrument')} of no stated target")
    if query.place in REUSED:
        former = former_code(query.place)
        if former:
            notes.append(reused_in_words(former))
    return tuple(notes)


def read_day(option: str, day: Day, day_of: Callable[[str], date] = last_day) -> date | None:
    """Read the day that an option holds; a month or a year means its last day, or what *day_of* says; ``today`` the clock's.

    Raises:
        ClusterGapError: It is not a date.
    """
    return _read_text(option, day, day_of) if isinstance(day, str) else day


def _read_text(option: str, text: str, day_of: Callable[[str], date]) -> date:
    if text == "today":
        return date.today()  # noqa: DTZ011, TID251 - the one place that reads the clock
    try:
        return day_of(text)
    except ValueError as error:
        message = f"{option} {quote(text)} is not a date: write YYYY-MM-DD, YYYY-MM, YYYY or today"
        raise ClusterGapError(message) from error


def read_days(days: Sequence[str | date]) -> tuple[date, ...]:
    """Read the days of ``--over``, as ``read_day`` does, and put them in order of time.

    Raises:
        ClusterGapError: There is none, one is not a date, or two are the same day.
    """
    typed = [day.strip() if isinstance(day, str) else day.isoformat() for day in days]
    listed = quote(",".join(typed))
    if not all(typed) or not typed:
        wrong = "has a comma without a day beside it" if len(typed) > 1 else "names no day"
        raise ClusterGapError(f"--over {listed} {wrong}: write days such as 2017,2021-06,today")
    read: dict[date, str] = {}
    for text in typed:
        day = _read_text("--over", text, last_day)
        if day in read:
            both = "" if text == read[day] else f", as {read[day]} and as {text}"
            raise ClusterGapError(f"--over {listed} names {day} twice{both}: leave one out")
        read[day] = text
    return tuple(sorted(read))


def read_period(first: Day, last: Day) -> tuple[date | None, date | None]:
    """Read ``--from`` and ``--to``.

    Raises:
        ClusterGapError: One of them is not a date, or the first day is after the last.
    """
    starts, ends = read_day("--from", first, first_day), read_day("--to", last)
    if starts is not None and ends is not None and ends < starts:
        raise ClusterGapError(f"--from {starts.isoformat()} is after --to {ends.isoformat()}")
    return starts, ends


def read_risk_numbers(within: int, crowded: int) -> None:
    """Refuse a number of months or of instruments of which no risk can be said.

    Raises:
        ClusterGapError: It is too small or too large.
    """
    read_number("--within", within, LEAST_WITHIN, MOST_WITHIN)
    read_number("--crowded", crowded, LEAST_CROWDED)


def read_number(option: str, number: int | None, least: int, most: int | None = None) -> None:
    """Refuse a number that an option does not take.

    Raises:
        ClusterGapError: It is too small or too large.
    """
    if number is None or (number >= least and (most is None or number <= most)):
        return
    range_ = f"at least {least:,}" if most is None else f"from {least:,} to {most:,}"
    raise ClusterGapError(f"{option} {number:,} is not a number {range_}")


def read_size(text: str) -> Size:
    """Read the size of a picture, such as ``1920x1080``.

    Raises:
        ClusterGapError: It is not a size, or not one that can be drawn.
    """
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ClusterGapError(
            f"--size {quote(text)} is not WIDTHxHEIGHT in pixels, such as 1920x1080"
        )
    size = Size(int(match[1]), int(match[2]))
    if not SHORTEST_SIDE <= min(size) <= max(size) <= LONGEST_SIDE:
        sides = f"from {SHORTEST_SIDE} to {LONGEST_SIDE:,} pixels"
        raise ClusterGapError(f"--size {quote(text)} cannot be drawn: each side has {sides}")
    return size


def compared_ids(dataset: Dataset, options: ComparedPlaces) -> list[str]:
    """Return the codes of the places to compare, or ids of groups, as ``territory_code`` does; those of a level only once.

    Raises:
        ClusterGapError: There are none, or the level has no territories.
    """
    ids = [_compared_id(dataset, word) for word in options.places]
    if options.each is not None:
        id_ = level_id(dataset, options.each)
        units = dataset.levels_by_id[id_].units
        if not units:
            located = one_of([each.id for each in dataset.levels if each.units])
            there = f"those that do: {located}" if located else "no level of this dataset does"
            raise ClusterGapError(f"level {quote(id_)} lists no territories; {there}")
        ids += [unit.code for unit in units if unit.code not in ids]
    if not ids:
        raise ClusterGapError(
            "name the places to compare, such as RO BG, or say --each LEVEL for all territories of a level"
        )
    return ids


def compared_cell(dataset: Dataset, compared: ComparedPlaces, options: QueryOptions) -> Cell:
    """Return the one cell that is compared over several days.

    Raises:
        ClusterGapError: Not exactly one role and one level are named, or another option speaks of one day alone.
    """
    beside = {
        "--as-of names another": options.as_of,
        "--measures is of many cells": compared.measures,
        "--top leaves places out": compared.top,
    }
    for why, value in beside.items():
        if value:
            raise ClusterGapError(
                f"--over shows one cell of each place on several days, and {why}: leave one of them out"
            )
    roles, levels = (set(ids) for ids in shown_ids(dataset, options))
    if len(roles) == len(levels) == 1:
        return Cell(*roles, *levels)
    located = [level.id for level in dataset.levels if level.units]
    role, level = (*roles, dataset.roles[0].id)[0], (*levels, *located, dataset.levels[0].id)[0]
    raise ClusterGapError(
        f"--over shows one cell on several days: name exactly one --role and one --level, such as --role {role} --level {level}"
    )


def _compared_id(dataset: Dataset, word: str) -> str:
    try:
        return territory_code(dataset, word)
    except ClusterGapError:
        parts = [part for part in word.split(",") if part.strip()]
        if len(parts) < 2:  # noqa: PLR2004 - one place
            raise
        ids = [territory_code(dataset, part) for part in parts]
        together = f"{quote(word)} is not one place; several stand apart: {' '.join(ids)}"
    raise ClusterGapError(together)

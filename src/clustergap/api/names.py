"""Names, places, days, sizes and rule codes as people write them: each is resolved, or refused with a suggestion."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clustergap.checks.run import CATALOGUE, RuleSelection
from clustergap.errors import ClusterGapError
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.dates import first_day, last_day
from clustergap.model.places import Group, group_meant
from clustergap.model.query import Query
from clustergap.model.record import Named, NameIndex, other_words
from clustergap.picture import LONGEST_SIDE, SHORTEST_SIDE, Size
from clustergap.reference.territories import (
    REUSED,
    Territory,
    ancestors,
    former_code,
    lies_in,
    listed_name,
    reused_in_words,
    with_ancestors,
)
from clustergap.text import closest, count, either, fold, known_words, one_of, quote

_SIZE = re.compile(r"([0-9]{1,9})[xX×]([0-9]{1,9})")


class QueryOptions(NamedTuple):
    """What is asked of a dataset, as people write it; an option that is not given narrows nothing.

    Attributes:
        role: The roles to show, by id, name or alias in any letter case. No number in a cell depends on what is shown.
        level: The levels to show, likewise.
        as_of: The day on which instruments must be in force; a month or a year means its last. None: the dataset's.
        place: The code of the territory to look at, or the id or name of a group of territories.
        target: The target group for which instruments count.
        kind: The kinds of instruments that count.
        without: The instruments that do not count, by id, short or name; nor does what hangs on them.
        alone: What hangs on them stays.
        with_planned: Planned instruments count too.
    """

    role: Sequence[str] = ()
    level: Sequence[str] = ()
    as_of: str | date | None = None
    place: str | None = None
    target: str | None = None
    kind: Sequence[str] = ()
    without: Sequence[str] = ()
    alone: bool = False
    with_planned: bool = False


class CompareOptions(NamedTuple):
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
    place = None if options.place is None else territory_code(dataset, options.place)
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


def read_day(
    option: str, day: str | date | None, day_of: Callable[[str], date] = last_day
) -> date | None:
    """Read the day that an option holds; a month or a year means its last day, or what *day_of* says.

    Raises:
        ClusterGapError: It is not a date.
    """
    return _read_text(option, day, day_of) if isinstance(day, str) else day


def _read_text(option: str, text: str, day_of: Callable[[str], date]) -> date:
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


def read_period(
    first: str | date | None, last: str | date | None
) -> tuple[date | None, date | None]:
    """Read ``--from`` and ``--to``.

    Raises:
        ClusterGapError: One of them is not a date, or the first day is after the last.
    """
    starts, ends = read_day("--from", first, first_day), read_day("--to", last)
    if starts is not None and ends is not None and ends < starts:
        raise ClusterGapError(f"--from {starts.isoformat()} is after --to {ends.isoformat()}")
    return starts, ends


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


def role_id(dataset: Dataset, word: str) -> str:
    """Return the id of the role that *word* means: its id, name or alias in any letter case."""
    return _find(word, "role", dataset.roles)


def level_id(dataset: Dataset, word: str) -> str:
    """Return the id of the level that *word* means, as ``role_id`` does."""
    return _find(word, "level", dataset.levels)


def cell_of(dataset: Dataset, words: str) -> Cell:
    """Return the cell that ``role@level`` means; both by id, name or alias."""
    role, _, level = words.rpartition("@")
    return Cell(role_id(dataset, role.strip()), level_id(dataset, level.strip()))


def instrument_id(dataset: Dataset, word: str) -> str:
    """Return the id of the instrument that *word* means: its id, short or name in any letter case."""
    return _find(word, "instrument", dataset.instruments)


def explained_instrument_id(dataset: Dataset, word: str) -> str:
    """Return the id as ``instrument_id`` does; if the word is a role or level, the error shows how to name a cell."""
    try:
        return instrument_id(dataset, word)
    except ClusterGapError as error:
        for noun, find in (("role", role_id), ("level", level_id)):
            try:
                id_ = find(dataset, word)
            except ClusterGapError:
                continue
            role, level = (
                (id_, dataset.levels[0].id) if noun == "role" else (dataset.roles[0].id, id_)
            )
            message = f"{quote(word)} is a {noun}: name a cell, such as {Cell(role, level)}"
            raise ClusterGapError(message) from error
        raise


def kind_id(dataset: Dataset, word: str) -> str:
    """Return the id of the kind that *word* means; without a vocabulary, a kind that an instrument has."""
    if dataset.kinds:
        return _find(word, "kind", dataset.kinds)
    kinds = (instrument.kind for instrument in dataset.instruments if instrument.kind)
    return _find_used(word, "kind", kinds)


def target_id(dataset: Dataset, word: str) -> str:
    """Return the id of the target group that *word* means, as ``kind_id`` does."""
    if dataset.targets:
        return _find(word, "target", dataset.targets)
    targets = (target for instrument in dataset.instruments for target in instrument.targets)
    return _find_used(word, "target", targets)


def territory_code(dataset: Dataset, word: str) -> str:
    """Return the code of the territory that *word* means, or the id of the group, in any letter case.

    A territory is a unit of some level, contains one, or is a region of the shared lists that lies in one; of a unit or a
    group the name will do.

    Raises:
        ClusterGapError: No level and no list knows it, or it is the name of several places of which none contains the others.
    """
    code = word.strip().upper()
    levels = [level for level in dataset.levels if level.units]
    if not levels:
        raise ClusterGapError(
            f"no level of this dataset has territories, so {quote(word)} is no place of it: list them at a level, as"
            " territories: eu27"
        )
    units = [unit for level in levels for unit in level.units]
    codes, known = {unit.code for unit in units}, with_ancestors(units)

    def is_place(code: str) -> bool:
        is_listed_within = listed_name(code) is not None and not codes.isdisjoint(ancestors(code))
        return code in known or is_listed_within

    if is_place(code):
        return code
    groups = NameIndex(dataset.groups_by_id.values()).meant(word.strip())
    if groups == [fold(word.strip())]:
        return groups[0]
    if named := [*groups, *_units_named(word, units)]:
        return _outermost(word, named, dataset.groups_by_id)
    from clustergap.reference.gazetteer import Remedies

    remedy = group_meant(word, dataset.groups_by_id) or Remedies(units, is_place).find(word)
    there_are = one_of([*dataset.groups_by_id, *dict.fromkeys(unit.code for unit in units)])
    suggestion = f". {remedy[0].upper()}{remedy[1:]}" if remedy else f". There are {there_are}"
    also = ", nor a group" if dataset.groups else ""
    raise ClusterGapError(f"{quote(word)} is not a territory of any level{also}{suggestion}")


def compared_ids(dataset: Dataset, options: CompareOptions) -> list[str]:
    """Return the codes of the places to compare, or ids of groups, as ``territory_code`` does; those of a level only once.

    Raises:
        ClusterGapError: There are none, or the level has no territories.
    """
    ids = [_compared_id(dataset, word) for word in options.places]
    if options.each is not None:
        id_ = level_id(dataset, options.each)
        units = next(each.units for each in dataset.levels if each.id == id_)
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


def compared_cell(dataset: Dataset, compared: CompareOptions, options: QueryOptions) -> Cell:
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


def _units_named(word: str, units: Sequence[Territory]) -> Sequence[str]:
    from clustergap.reference.gazetteer import fold_name, gazetteer

    # "Vienne" is French for Vienna: where a unit has that very name, it is meant.
    folded = fold_name(word)
    codes = [unit.code for unit in units if folded and fold_name(unit.name) == folded]
    return codes or [unit.code for unit in gazetteer(tuple(units)).wholly_named(word)]


def _outermost(word: str, places: Iterable[str], groups: Mapping[str, Group]) -> str:
    # A country with a single region often gives it its own name, and a group that of one of its places.
    codes = {place: groups[place].territories if place in groups else (place,) for place in places}
    for place, outer in codes.items():
        inner = {code for others in codes.values() for code in others}
        if all(any(lies_in(code, around) for around in outer) for code in inner):
            return place
    raise ClusterGapError(f"{quote(word)} may mean {either(codes)}: write the code")


def read_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> RuleSelection:
    """Read which rules to select and to ignore: codes or prefixes of codes, separated by commas, or names.

    Raises:
        ClusterGapError: No code begins like this.
    """
    return RuleSelection(_rule_prefixes(select), _rule_prefixes(ignore))


def _rule_prefixes(words: Iterable[str]) -> tuple[str, ...]:
    by_name = {rule.name: code for code, rule in CATALOGUE.items()}
    prefixes = []
    for part in (part.strip() for word in words for part in word.removesuffix(",").split(",")):
        prefix = by_name.get(part.lower(), part.upper())
        if not part or not any(code.startswith(prefix) for code in CATALOGUE):
            raise not_known(part, "rule or the beginning of its code", CATALOGUE, by_name)
        prefixes.append(prefix)
    return tuple(prefixes)


def not_known(
    word: str, noun: str, known: Iterable[str], also: Iterable[str] = ()
) -> ClusterGapError:
    """Return the error that *word* is not one of *known*, with a suggestion from *known* or *also*."""
    ids = list(known)
    meant = closest(word, [*ids, *also])
    article = "an" if noun == "instrument" else "a"
    suggestion = f". Did you mean {quote(meant)}?" if meant else ""
    return ClusterGapError(
        f"{quote(word)} is not {article} {noun}: {known_words(ids, noun)}{suggestion}"
    )


def _find(word: str, noun: str, records: Sequence[Named]) -> str:
    meant = NameIndex(records).meant(word)
    if len(meant) > 1:
        raise ClusterGapError(f"{quote(word)} may mean {either(sorted(meant))}: write the id")
    if not meant:
        words = [name for record in records for name in (record.name, *other_words(record))]
        raise not_known(word, noun, [record.id for record in records], words)
    return meant[0]


def _find_used(word: str, noun: str, used: Iterable[str]) -> str:
    known = sorted(set(used))
    if word not in known:
        raise not_known(word, noun, known)
    return word

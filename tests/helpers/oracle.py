"""Coverage of a cell, as the data model's page defines it: slow, obvious, and written from that page alone.

Units are sets of codes, and "without an instrument" is a second rating without it. Nothing of the engine
is used, so that where the two agree, the page is what they agree on. Numbers in comments are the steps of
"Coverage of a cell".
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Status
from clustergap.model.places import Except, Group
from clustergap.model.query import Query
from clustergap.model.statement import Extent, Statement
from clustergap.reference.territories import LISTS, territories

Groups = tuple[Group, ...]

NAMELESS = "(the one nameless unit)"


@dataclass(frozen=True)
class Answer:
    """What the page says of one cell; ``share`` is (covered, partial, of, unknown, missing) or None."""

    coverage: str
    instruments: tuple[str, ...]
    notes: tuple[str, ...]
    rests_on: tuple[str, ...]
    share: tuple[int, int, int, int, tuple[str, ...]] | None
    where_not_said: bool


@dataclass(frozen=True)
class Caveats:
    """What a reader must know of an answer: how many statements behind it have no first or last day, and so on."""

    no_first_day: int | None = None
    seen_later: int | None = None
    no_last_day: int | None = None
    data_as_of: date | None = None


@dataclass(frozen=True)
class Said:
    """A statement, and who makes it (None: an observation)."""

    statement: Statement
    instrument: Instrument | None


def rate(dataset: Dataset, query: Query, cell: Cell) -> Answer:
    """Rate one cell, and again without each instrument, and its dependants, that it may rest on."""
    gone = left_out(dataset, query)
    answer = _rate(dataset, query, cell, gone)
    if answer.coverage != "full":
        return answer
    rests_on = tuple(
        instrument.id
        for instrument in dataset.instruments
        if instrument.id not in gone
        and _rate(dataset, query, cell, gone | dependants(dataset, {instrument.id}, gone)).coverage
        != "full"
    )
    return replace(answer, rests_on=rests_on)


def rate_all(dataset: Dataset, query: Query) -> dict[Cell, Answer]:
    """Rate every cell, by role, then level."""
    return {cell: rate(dataset, query, cell) for cell in cells_of(dataset)}


def cells_of(dataset: Dataset) -> list[Cell]:
    """Return every cell, by role, then level."""
    return [Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels]


def left_out(dataset: Dataset, query: Query) -> set[str]:
    """Return what ``--without`` leaves out: with all dependants, or with ``--alone`` only what is named."""
    if query.alone:
        return set(query.without)
    return dependants(dataset, set(query.without), set())


def dependants(dataset: Dataset, ids: set[str], gone: set[str]) -> set[str]:
    """Return *ids* and all that goes with them where those of *gone* are out already.

    An instrument goes with what it is part of, and when nobody is left who pays it.
    """
    going = set(ids)
    while True:
        more = {
            instrument.id
            for instrument in dataset.instruments
            if instrument.part_of in going
            or (going & set(instrument.funded_by) and set(instrument.funded_by) <= going | gone)
        }
        if more <= going:
            return going
        going |= more


def end_of(dataset: Dataset, instrument: Instrument) -> date | None:
    """Return an instrument's last day: its own, else its parent's, else the last of those who pay, if all end."""
    by_id = {other.id: other for other in dataset.instruments}
    if instrument.ends is not None:
        return instrument.ends
    if instrument.part_of is not None:
        inherited = end_of(dataset, by_id[instrument.part_of])
        if inherited is not None:
            return inherited
    ends = [end_of(dataset, by_id[payer]) for payer in instrument.funded_by]
    days = [day for day in ends if day is not None]
    return max(days) if days and len(days) == len(ends) else None


def lines(dataset: Dataset, instruments: Iterable[str]) -> set[str]:
    """Return the outermost parents of instruments, by id."""
    part_of = {instrument.id: instrument.part_of for instrument in dataset.instruments}

    def outermost(id_: str) -> str:
        parent = part_of[id_]
        return id_ if parent is None else outermost(parent)

    return set(map(outermost, instruments))


def typed_in(dataset: Dataset) -> Dataset:
    """Give each instrument the last day that it has from another as its own."""

    def with_end(instrument: Instrument) -> Instrument:
        # As nothing in the program may: the model is frozen, and reads anew what is replaced.
        other = copy(instrument)
        object.__setattr__(other, "ends", end_of(dataset, instrument))
        return other

    return replace(dataset, instruments=tuple(map(with_end, dataset.instruments)))


def caveats(dataset: Dataset, query: Query, cells: Iterable[Cell]) -> Caveats:
    """Count, over the statements behind *cells*, which have no first or no last day."""
    day = _day(dataset, query)
    if dataset.as_of is None or day is None or day == dataset.as_of:
        return Caveats()
    no_first = seen_later = no_last = 0
    for cell in cells:
        level = _level(dataset, cell)
        units = units_of(level, query.place, dataset.groups)
        counted = list(_counted(dataset, query, cell, left_out(dataset, query)))
        in_force = [said for said in counted if _in_force(dataset, said, day)]
        for said in _behind(dataset, cell, level, units, in_force):
            no_first += _first_day(said) is None
            no_last += _last_day(dataset, said) is None
        for said in counted:
            if (
                not _has_started_by_seen(said, day)
                and _not_ended(dataset, said, day)
                and units
                and (
                    _says_not_where(said.statement, level)
                    or _applies(said.statement, level, units, dataset.groups)
                )
            ):
                seen_later += 1
    if day < dataset.as_of:
        return Caveats(no_first, seen_later)
    return Caveats(no_last_day=no_last, data_as_of=dataset.as_of)


def _rate(dataset: Dataset, query: Query, cell: Cell, gone: set[str]) -> Answer:
    level = _level(dataset, cell)
    units = units_of(level, query.place, dataset.groups)
    day = _day(dataset, query)
    said = [s for s in _counted(dataset, query, cell, gone) if _in_force(dataset, s, day)]
    rated = {unit: _rate_unit(dataset, cell, level, said, unit) for unit in units}  # 2

    coverage = _rate_cell(list(rated.values()))  # 3
    vague = [s for s in said if _says_not_where(s.statement, level)]
    is_whole = set(units) == set(_all_units(level))
    can_be_lifted = coverage in {"none", "unknown"} or (
        coverage == "full" and "unknown" in rated.values()
    )
    is_lifted = bool(vague and units) and is_whole and can_be_lifted

    behind = _behind(dataset, cell, level, units, said)
    at_work = {
        s.instrument.id
        for s in behind
        if s.instrument
        if _applies(s.statement, level, units, dataset.groups)
        or (s in vague and is_whole and units)
    }
    return Answer(
        coverage="partial" if is_lifted else coverage,
        instruments=tuple(i.id for i in dataset.instruments if i.id in at_work),
        notes=tuple(
            s.statement.note
            for s in behind
            if s in vague or _applies(s.statement, level, units, dataset.groups)
            if s.statement.note is not None
        ),
        rests_on=(),
        share=_share(rated) if _has_share(dataset, said, cell) else None,
        where_not_said=is_lifted
        or (not is_whole and _leaves_unknown(dataset, level, vague, said, rated)),
    )


def _leaves_unknown(
    dataset: Dataset, level: Level, vague: list[Said], said: list[Said], rated: dict[str, str]
) -> bool:
    return (
        bool(vague)
        and "unknown" in rated.values()
        and not _somebody_says_where(dataset, level, said)
    )


def _behind(
    dataset: Dataset, cell: Cell, level: Level, units: list[str], said: list[Said]
) -> list[Said]:
    # Those that apply to a unit of S, that lift the cell, or that make a unit of S unknown.
    is_whole = set(units) == set(_all_units(level))
    has_said_where = _somebody_says_where(dataset, level, said)
    rated = [_rate_unit(dataset, cell, level, said, unit) for unit in units]

    def is_behind(s: Said) -> bool:
        if _applies(s.statement, level, units, dataset.groups):
            return True
        is_vague = _says_not_where(s.statement, level)
        if is_vague and is_whole and units:
            return True
        leaves_open = s.statement.at_least or (is_vague and not has_said_where)
        return leaves_open and "unknown" in rated

    return [s for s in said if is_behind(s)]


def _level(dataset: Dataset, cell: Cell) -> Level:
    return next(level for level in dataset.levels if level.id == cell.level)


def _day(dataset: Dataset, query: Query) -> date | None:
    return dataset.as_of if query.as_of is None else query.as_of


def _all_units(level: Level) -> list[str]:
    return [unit.code for unit in level.units] or [NAMELESS]


def units_of(level: Level, place: str | None, groups: Groups = ()) -> list[str]:
    """Return S: the level's units, narrowed by ``--in``; one nameless unit where it has none."""
    codes = [unit.code for unit in level.units]
    if not codes:
        return [NAMELESS]
    if place is None:
        return codes
    codes_meant = _codes_meant(place, groups)
    named = set().union(*(_units_at(level, code) for code in codes_meant))
    return [code for code in codes if code in named]


def _units_at(level: Level, place: str) -> set[str]:
    codes = {unit.code for unit in level.units}
    within = named_units(level, place)
    if within:
        return within
    around = sorted((code for code in codes if lies_within(place, code)), key=len)
    return set(around[-1:])


def named_units(level: Level, code: str, groups: Groups = ()) -> set[str]:
    """Return the units that one code names: that unit alone, else all that lie within it; a group's id all that its codes name."""
    codes = {unit.code for unit in level.units}
    found = set[str]()
    for meant in _codes_meant(code, groups):
        found |= {meant} if meant in codes else {u for u in codes if lies_within(u, meant)}
    return found


def _codes_meant(place: str, groups: Groups) -> tuple[str, ...]:
    by_id = {group.id: group.territories for group in groups}
    return by_id.get(place, (place,))


@cache
def _listed() -> frozenset[str]:
    return frozenset(unit.code for name in LISTS for unit in territories(name))


def lies_within(code: str, other: str) -> bool:
    """Tell whether one place lies within another: own codes nest at a hyphen only, those of the packaged lists as NUTS does."""
    first, hyphen, _ = code.partition("-")
    if hyphen and f"{code}-".startswith(f"{other}-"):
        return code != other
    is_listed = first in _listed()
    first = first.replace("UKN1", "UKN0") if len(other) > len("UKN") else first
    return is_listed and first != other and first.startswith(other) and len(other) > 1


def _counted(dataset: Dataset, query: Query, cell: Cell, gone: set[str]) -> Iterator[Said]:
    # In file order, observations last; whether they are in force is another question.
    for instrument in dataset.instruments:
        if (
            cell in instrument.covers
            and instrument.id not in gone
            and is_counted(instrument, query)
        ):
            for cover in instrument.covers[cell]:
                yield Said(cover, instrument)
    if cell in dataset.observations and not query.kinds:
        for observation in dataset.observations[cell]:
            yield Said(observation, None)


def is_counted(instrument: Instrument, query: Query) -> bool:
    """Tell whether a query counts an instrument, apart from its dates and from what is left out."""
    if instrument.status is Status.PLANNED and not query.with_planned:
        return False
    if query.kinds and instrument.kind not in query.kinds:
        return False
    return query.target is None or not instrument.targets or query.target in instrument.targets


def _in_force(dataset: Dataset, said: Said, day: date | None) -> bool:
    if day is None:
        return True
    return (
        all(start <= day for start in _starts(said))
        and _has_started_by_seen(said, day)
        and _not_ended(dataset, said, day)
    )


def _starts(said: Said) -> list[date]:
    own, instrument = said.statement, said.instrument
    return [
        day for day in (own.starts, instrument.starts if instrument else None) if day is not None
    ]


def _has_started_by_seen(said: Said, day: date) -> bool:
    # Where nothing has a start, the day on which somebody saw it stands for one.
    if _starts(said):
        return True
    seen = _seen(said)
    return seen is None or seen <= day


def _seen(said: Said) -> date | None:
    if said.statement.seen is not None:
        return said.statement.seen
    return said.instrument.seen if said.instrument else None


def _first_day(said: Said) -> date | None:
    return max(_starts(said), default=_seen(said))


def _not_ended(dataset: Dataset, said: Said, day: date) -> bool:
    last = _last_day(dataset, said)
    return last is None or day <= last


def _last_day(dataset: Dataset, said: Said) -> date | None:
    inherited = end_of(dataset, said.instrument) if said.instrument else None
    return min((d for d in (said.statement.ends, inherited) if d is not None), default=None)


def in_force(starts: date | None, ends: date | None, day: date | None) -> bool:
    """Tell whether a period holds a day; a missing bound is open, and without a day dates are ignored."""
    if day is None:
        return True
    return (starts is None or starts <= day) and (ends is None or day <= ends)


def contradict(one: Statement, other: Statement, level: Level, groups: Groups = ()) -> bool:
    """Tell whether two statements of one list rate a unit differently on a day, or say "everywhere" and "not everywhere"."""
    if one.extent is other.extent or not _share_a_day(one, other):
        return False
    if one.territories is None and other.territories is None:
        return True
    units = _all_units(level)
    return bool(_applies(one, level, units, groups) & _applies(other, level, units, groups))


def _share_a_day(one: Statement, other: Statement) -> bool:
    # Two periods share a day if they share one on which one of them begins, or both are open there.
    days = [day for day in (one.starts, other.starts) if day] or [date.min]
    return any(
        in_force(one.starts, one.ends, day) and in_force(other.starts, other.ends, day)
        for day in days
    )


def stated(dataset: Dataset, cell: Cell) -> list[Statement]:
    """Return all statements about a cell."""
    covers = [instrument.covers.get(cell, ()) for instrument in dataset.instruments]
    return [*chain.from_iterable(covers), *dataset.observations.get(cell, ())]


def is_observed(dataset: Dataset, query: Query, cell: Cell) -> bool:
    """Tell whether an observation rates a unit of a cell, or lifts the cell."""
    level = _level(dataset, cell)
    units = units_of(level, query.place, dataset.groups)
    return any(
        _applies(said.statement, level, units, dataset.groups)
        or (_says_not_where(said.statement, level) and set(units) == set(_all_units(level)))
        for said in _counted(dataset, query, cell, set())
        if said.instrument is None and _in_force(dataset, said, _day(dataset, query))
    )


def statements_behind(dataset: Dataset, query: Query, cell: Cell) -> list[tuple[str | None, bool]]:
    """List who says each statement about a cell (None: an observation), and whether the rating depends on it."""
    level, gone = _level(dataset, cell), left_out(dataset, query)
    units = units_of(level, query.place, dataset.groups)
    counted = list(_counted(dataset, query, cell, gone))
    in_force = [said for said in counted if _in_force(dataset, said, _day(dataset, query))]
    # Statements that are their extent alone are the same object, whoever makes them.
    behind = {
        (s.instrument.id if s.instrument else None, id(s.statement))
        for s in _behind(dataset, cell, level, units, in_force)
    }
    everything = [(i.id, s) for i in dataset.instruments for s in i.covers.get(cell, ())]
    observed = [(None, s) for s in dataset.observations.get(cell, ())]
    return [(id_, (id_, id(s)) in behind) for id_, s in (*everything, *observed)]


def holds(
    dataset: Dataset, instrument: Instrument | None, statement: Statement, day: date
) -> bool:
    """Tell whether a statement is in force on a day by its own dates and its instrument's, own or from another."""
    return _in_force(dataset, Said(statement, instrument), day)


def first_seen(instrument: Instrument | None, statement: Statement) -> date | None:
    """Return the day on which somebody saw it, where that stands for a first day."""
    said = Said(statement, instrument)
    return None if _starts(said) else _seen(said)


def leaves_open(statement: Statement, level: Level) -> bool:
    """Tell whether a statement leaves open where it holds: it says not where, or its list may not be whole."""
    return statement.at_least or _says_not_where(statement, level)


def _says_not_where(statement: Statement, level: Level) -> bool:
    return (
        statement.extent is Extent.PARTIAL and statement.territories is None and bool(level.units)
    )


def _applies(statement: Statement, level: Level, units: list[str], groups: Groups) -> set[str]:
    # 1: to the units that it names, or to all of S.
    if _says_not_where(statement, level):
        return set()
    if statement.territories is None:
        return set(units)
    if isinstance(statement.territories, Except):
        left_out = set().union(
            *(named_units(level, c, groups) for c in statement.territories.codes)
        )
        named = {unit.code for unit in level.units} - left_out
    else:
        named = set().union(*(named_units(level, c, groups) for c in statement.territories))
    return named & set(units)


def _assessed_units(dataset: Dataset, level: Level, cell: Cell) -> set[str]:
    # A cell's own list goes before its level's; no list at all: somebody has looked everywhere.
    if cell in dataset.assessed:
        codes = dataset.assessed[cell]
    elif level.id in dataset.assessed:
        codes = dataset.assessed[level.id]
    else:
        return set(_all_units(level))
    return set().union(*(named_units(level, code, dataset.groups) for code in codes))


def _somebody_says_where(dataset: Dataset, level: Level, said: list[Said]) -> bool:
    everywhere = _all_units(level)
    return any(
        s.statement.extent is not Extent.NONE
        and _applies(s.statement, level, everywhere, dataset.groups)
        for s in said
    )


def _rate_unit(dataset: Dataset, cell: Cell, level: Level, said: list[Said], unit: str) -> str:
    extents = {
        s.statement.extent for s in said if _applies(s.statement, level, [unit], dataset.groups)
    }
    for extent in (Extent.FULL, Extent.PARTIAL, Extent.NONE):
        if extent in extents:
            return extent.value
    if any(s.statement.at_least for s in said):
        return "unknown"
    says_not_where = any(_says_not_where(s.statement, level) for s in said)
    if says_not_where and not _somebody_says_where(dataset, level, said):
        return "unknown"
    return "none" if unit in _assessed_units(dataset, level, cell) else "unknown"


def _rate_cell(units: list[str]) -> str:
    known = [unit for unit in units if unit != "unknown"]
    if not known:
        return "unknown"
    if all(unit == "full" for unit in known):
        return "full"
    if all(unit == "none" for unit in known):
        return "none"
    return "partial"


def _has_share(dataset: Dataset, said: list[Said], cell: Cell) -> bool:
    return (
        any(s.statement.territories is not None for s in said)
        or cell in dataset.assessed
        or cell.level in dataset.assessed
    )


def _share(rated: dict[str, str]) -> tuple[int, int, int, int, tuple[str, ...]]:  # 4
    def how_many(*kinds: str) -> int:
        return sum(rating in kinds for rating in rated.values())

    return (
        how_many("full"),
        how_many("partial"),
        how_many("full", "partial", "none"),
        how_many("unknown"),
        tuple(unit for unit, rating in rated.items() if rating == "none"),
    )


# Places side by side


@dataclass(frozen=True)
class PlaceAnswer:
    """What is said of a cell in a place beside its rating.

    ``within`` is (level, covered, partial, of, unknown, whether the place is the one unit there) or None; ``members`` has the
    codes of a group's places by how they are covered.
    """

    own: tuple[str, ...]
    somewhere: tuple[str, ...]
    within: tuple[str, int, int, int, int, bool] | None
    members: dict[str, list[str]] | None


def in_place(dataset: Dataset, query: Query, cell: Cell) -> PlaceAnswer:
    """Say of a cell in the query's place what names it, what is somewhere, how its parts are covered, and how a group's places."""
    assert query.place is not None
    level, answer = _level(dataset, cell), rate(dataset, query, cell)
    units = units_of(level, query.place, dataset.groups)
    said = _said(dataset, query, cell)
    own = {s.instrument.id for s in said if s.instrument and _names(dataset, s, level, units)}
    say_where = {
        s.instrument.id for s in said if s.instrument and not _says_not_where(s.statement, level)
        if _applies(s.statement, level, units, dataset.groups)
    }  # fmt: skip
    return PlaceAnswer(
        own=tuple(id_ for id_ in answer.instruments if id_ in own),
        somewhere=tuple(id_ for id_ in answer.instruments if id_ not in say_where),
        within=_within(dataset, query, cell) if answer.coverage in ("none", "unknown") else None,
        members=_members(dataset, query, cell),
    )


def _said(dataset: Dataset, query: Query, cell: Cell) -> list[Said]:
    counted = _counted(dataset, query, cell, left_out(dataset, query))
    return [said for said in counted if _in_force(dataset, said, _day(dataset, query))]


def _names(dataset: Dataset, said: Said, level: Level, units: list[str]) -> bool:
    named = said.statement.territories
    if named is None or isinstance(named, Except):
        return False
    return bool(_applies(said.statement, level, units, dataset.groups))


def _within(
    dataset: Dataset, query: Query, cell: Cell
) -> tuple[str, int, int, int, int, bool] | None:
    place = str(query.place)
    ids = [level.id for level in dataset.levels]
    for level in dataset.levels[ids.index(cell.level) + 1 :]:
        there = Cell(cell.role, level.id)
        said, inside = _said(dataset, query, there), named_units(level, place, dataset.groups)
        rated = {unit: _rate_unit(dataset, there, level, said, unit) for unit in inside}
        covered, partial, of, unknown, _ = _share(rated)
        if covered or partial:
            return level.id, covered, partial, of, unknown, inside == {place}
    return None


def _members(dataset: Dataset, query: Query, cell: Cell) -> dict[str, list[str]] | None:
    group = next((group for group in dataset.groups if group.id == query.place), None)
    if group is None:
        return None
    found: dict[str, list[str]] = {}
    for code in group.territories:
        if units_of(_level(dataset, cell), code):
            answer = rate(dataset, replace(query, place=code), cell)
            found.setdefault(answer.coverage, []).append(code)
    return found


def can_join(dataset: Dataset, query: Query, instrument: Instrument) -> bool:
    """Tell whether anything that an instrument says on the query's day is of other places than the query's."""
    for cell, covers in instrument.covers.items():
        level = _level(dataset, cell)
        here = units_of(level, query.place, dataset.groups)
        for cover in covers:
            said = Said(cover, instrument)
            if not _in_force(dataset, said, _day(dataset, query)):
                continue
            if cover.territories is None or isinstance(cover.territories, Except):
                return True
            if _applies(cover, level, _all_units(level), dataset.groups) - set(here):
                return True
    return False


def advantages(
    dataset: Dataset, query: Query, places: tuple[str, str]
) -> dict[Cell, tuple[int, dict[str, bool]]]:
    """Say of each cell of which more is covered in one of two places: in which, and what it has and the other lacks."""
    found = {}
    for cell in cells_of(dataset):
        answers = [rate(dataset, replace(query, place=place), cell) for place in places]
        extents = [_extent_of(answer) for answer in answers]
        if extents[0] is None or extents[1] is None or extents[0] == extents[1]:
            continue
        are_partial = {answer.coverage for answer in answers} == {"partial"}
        if are_partial and not all(answer.share and not answer.share[3] for answer in answers):
            continue
        ahead = int(extents[1] > extents[0])
        if answers[1 - ahead].coverage == "partial" and answers[ahead].coverage == "full":
            share = answers[ahead].share
            if share and share[3]:  # What is full may be less than partial where nobody knows.
                continue
        there = replace(query, place=places[ahead])
        lacking = [
            instrument
            for instrument in dataset.instruments
            if instrument.id in answers[ahead].instruments
            and instrument.id not in answers[1 - ahead].instruments
        ]
        found[cell] = ahead, {each.id: can_join(dataset, there, each) for each in lacking}
    return found


def _extent_of(answer: Answer) -> tuple[int, float, float] | None:
    # Of two partial ones more is covered where more is in full, then where more is in part.
    if answer.coverage == "unknown":
        return None
    if answer.coverage != "partial" or answer.share is None or not answer.share[2]:
        return ("none", "partial", "full").index(answer.coverage), 0, 0
    covered, partial, of, _, _ = answer.share
    return 1, covered / of, partial / of

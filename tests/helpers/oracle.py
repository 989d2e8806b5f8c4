"""Coverage of a cell, as the data model's page defines it: slow, obvious, and written from that page alone.

Units are sets of codes, and "without an instrument" is a second rating without it. Nothing of the engine
is used, so that where the two agree, the page is what they agree on. Numbers in comments are the steps of
"Coverage of a cell".
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Extent, Instrument, Level, Statement, Status
from clustergap.model.places import Except
from clustergap.model.query import Query
from clustergap.reference.territories import LISTS, territories

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
    return {
        Cell(role.id, level.id): rate(dataset, query, Cell(role.id, level.id))
        for role in dataset.roles
        for level in dataset.levels
    }


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


def _rate(dataset: Dataset, query: Query, cell: Cell, gone: set[str]) -> Answer:
    level = next(level for level in dataset.levels if level.id == cell.level)
    units = units_of(level, query.place)
    statements = list(_statements(dataset, query, cell, gone))
    applying = {  # 1
        unit: [s for _, s in statements if unit in _applies_to(s, level, units)] for unit in units
    }
    known = _known_units(dataset, level, cell)
    rated = {unit: _rate_unit(applying[unit], is_known=unit in known) for unit in units}  # 2

    coverage = _rate_cell(list(rated.values()))  # 3
    vague = [s for _, s in statements if units and _says_not_everywhere(s, level)]
    lifted = bool(vague) and coverage in {"none", "unknown"}

    at_work = [
        (who, s)
        for who, s in statements
        if s in vague or any(s in applying[unit] for unit in units)
    ]
    who_works = {who for who, _ in at_work}
    return Answer(
        coverage="partial" if lifted else coverage,
        instruments=tuple(i.id for i in dataset.instruments if i.id in who_works),
        notes=tuple(s.note for _, s in at_work if s.note is not None),
        rests_on=(),
        share=_share(rated) if _has_share(dataset, statements, cell) else None,
        where_not_said=lifted,
    )


def units_of(level: Level, place: str | None) -> list[str]:
    """Return S: the level's units, narrowed by ``--in``; one nameless unit where it has none."""
    codes = [unit.code for unit in level.units]
    if not codes:
        return [NAMELESS]
    if place is None:
        return codes
    if place in codes:
        return [place]
    within = [code for code in codes if lies_within(code, place)]
    if within:
        return within
    around = sorted((code for code in codes if lies_within(place, code)), key=len)
    return around[-1:]


def named_units(level: Level, code: str) -> set[str]:
    """Return the units that one code names: that unit alone, else all that lie within it."""
    codes = {unit.code for unit in level.units}
    return {code} if code in codes else {unit for unit in codes if lies_within(unit, code)}


def lies_within(code: str, other: str) -> bool:
    """Tell whether one place lies within another: own codes nest at a hyphen only, those of the packaged lists as NUTS does."""
    first, hyphen, _ = code.partition("-")
    if hyphen and f"{code}-".startswith(f"{other}-"):
        return code != other
    is_listed = any(unit.code == first for name in LISTS for unit in territories(name))
    first = first.replace("UKN1", "UKN0") if len(other) > len("UKN") else first
    return is_listed and first != other and first.startswith(other) and len(other) > 1


def _statements(
    dataset: Dataset, query: Query, cell: Cell, gone: set[str]
) -> Iterator[tuple[str | None, Statement]]:
    # Who says it (None: an observation), in file order, observations last.
    day = dataset.as_of if query.as_of is None else query.as_of
    for instrument in dataset.instruments:
        is_there = instrument.id not in gone and is_counted(instrument, query)
        if cell in instrument.covers and is_there:
            for cover in instrument.covers[cell]:
                if in_force(instrument.starts, end_of(dataset, instrument), day) and in_force(
                    cover.starts, cover.ends, day
                ):
                    yield instrument.id, cover
    if cell in dataset.observations and not query.kinds:
        for observation in dataset.observations[cell]:
            if in_force(observation.starts, observation.ends, day):
                yield None, observation


def is_counted(instrument: Instrument, query: Query) -> bool:
    """Tell whether a query counts an instrument, apart from its dates and from what is left out."""
    if instrument.status is Status.PLANNED and not query.with_planned:
        return False
    if query.kinds and instrument.kind not in query.kinds:
        return False
    return query.target is None or not instrument.targets or query.target in instrument.targets


def in_force(starts: date | None, ends: date | None, day: date | None) -> bool:
    """Tell whether a period holds a day; a missing bound is open, and without a day dates are ignored."""
    if day is None:
        return True
    return (starts is None or starts <= day) and (ends is None or day <= ends)


def contradict(one: Statement, other: Statement, level: Level) -> bool:
    """Tell whether two statements of one list rate a unit differently on a day, or say "everywhere" and "not everywhere"."""
    if one.extent is other.extent or not _share_a_day(one, other):
        return False
    if one.territories is None and other.territories is None:
        return True
    units = units_of(level, None)
    return bool(_applies_to(one, level, units) & _applies_to(other, level, units))


def _share_a_day(one: Statement, other: Statement) -> bool:
    # Two periods share a day if they share one on which one of them begins, or both are open there.
    days = [day for day in (one.starts, other.starts) if day] or [date.min]
    return any(
        in_force(one.starts, one.ends, day) and in_force(other.starts, other.ends, day)
        for day in days
    )


def _says_not_everywhere(statement: Statement, level: Level) -> bool:
    return (
        statement.extent is Extent.PARTIAL and statement.territories is None and bool(level.units)
    )


def _applies_to(statement: Statement, level: Level, units: list[str]) -> set[str]:
    if _says_not_everywhere(statement, level):
        return set()
    if statement.territories is None:
        return set(units)
    if isinstance(statement.territories, Except):
        left_out = set().union(*(named_units(level, c) for c in statement.territories.codes))
        return {unit.code for unit in level.units} - left_out
    return set().union(*(named_units(level, c) for c in statement.territories))


def _known_units(dataset: Dataset, level: Level, cell: Cell) -> set[str]:
    # A cell's own list goes before its level's; no list at all: somebody has looked everywhere.
    if cell in dataset.assessed:
        codes = dataset.assessed[cell]
    elif level.id in dataset.assessed:
        codes = dataset.assessed[level.id]
    else:
        return {NAMELESS} | {unit.code for unit in level.units}
    return set().union(*(named_units(level, code) for code in codes))


def _rate_unit(applying: list[Statement], *, is_known: bool) -> str:
    extents = [statement.extent for statement in applying]
    if Extent.FULL in extents:
        return "full"
    if Extent.PARTIAL in extents:
        return "partial"
    return "none" if is_known else "unknown"


def _rate_cell(units: list[str]) -> str:
    known = [unit for unit in units if unit != "unknown"]
    if not known:
        return "unknown"
    if all(unit == "full" for unit in known):
        return "full"
    if all(unit == "none" for unit in known):
        return "none"
    return "partial"


def _has_share(
    dataset: Dataset, statements: list[tuple[str | None, Statement]], cell: Cell
) -> bool:
    return (
        any(statement.territories is not None for _, statement in statements)
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

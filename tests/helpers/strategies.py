"""Small, whole and valid datasets, by hand (``dataset_of``) or by chance (``datasets``), and questions of them.

Documents are built as the loader would hand them to the model: plain values, every scalar a text.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from functools import cache

from hypothesis import strategies as st
from pydantic import TypeAdapter

import oracle
from clustergap.model.dataset import Dataset, InstrumentsFile, Level, plain
from clustergap.model.dates import last_day
from clustergap.model.places import Group
from clustergap.model.query import Query
from clustergap.model.statement import Observation, Statement
from clustergap.model.swot import Quadrant, SwotFile

Document = Mapping[str, object]

_INSTRUMENTS_FILE = TypeAdapter(InstrumentsFile)
_SWOT_FILE = TypeAdapter(SwotFile)
_COVER, _OBSERVATION = TypeAdapter(Statement), TypeAdapter(Observation)


def dataset_of(document: Document, swot: Document | None = None) -> Dataset:
    """Make the dataset that ``instruments.yaml``, given as plain values, would be.

    ``schema``, ``title`` and the names of levels, roles and instruments may be left out. So may
    ``roles``, for the role "role".
    """
    filled: dict[str, object] = {
        "schema": "1",
        "title": "A dataset",
        "roles": ["role"],
        **document,
    }
    for key in ("levels", "roles", "instruments"):
        filled[key] = [_named(record) for record in _list(filled.get(key, ()))]
    file = _INSTRUMENTS_FILE.validate_python(filled)
    quadrants = _SWOT_FILE.validate_python({"schema": "1", **(swot or {})})
    return Dataset(
        title=file.title,
        as_of=file.as_of,
        sources={**file.sources, **quadrants.sources},
        levels=file.levels,
        roles=file.roles,
        kinds=file.kinds,
        targets=file.targets,
        groups=file.groups,
        instruments=file.instruments,
        observations=file.observations,
        assessed=file.assessed,
        accepted_gaps=file.accepted_gaps,
        swot={q: getattr(quadrants, q.value) for q in Quadrant} if swot is not None else {},
    )


def _list(value: object) -> list[object]:
    assert isinstance(value, Iterable)
    return list(value)


def _named(record: object) -> dict[str, object]:
    if isinstance(record, str):
        return {"id": record, "name": f"The {record}"}
    assert isinstance(record, Mapping)
    return {"name": f"The {record['id']}", **record}


COUNTRIES = ("AT", "BE", "BG", "RO")
REGIONS = ("AT11", "AT12", "BE10", "RO11", "RO12", "RO21")
MIXED = ("RO12", "RO11-B", "RO11-A", "BG", "XK-A", "XK-A1", "HQ", "DEFENCE", "06")
"""Codes of the lists and a dataset's own, in no order: some lie in one place, some only begin alike."""

DATES = ("2018", "2018-12-31", "2019-01", "2019-05-31", "2019-06-01", "2020-02", "2020")
"""First and last days that meet, follow and overlap."""

NOTES = ("Not in every country", "Pilot\nonly", "Only for clusters with a label")
KINDS, TARGETS = ("fund", "forum"), ("new-clusters", "excellent-clusters")


PERIODS: tuple[Document, ...] = (
    *({"starts": day} for day in DATES),
    *({"ends": day} for day in DATES),
    *({"starts": first, "ends": last} for n, first in enumerate(DATES) for last in DATES[n:]),
)
"""No end is before its start: of two dates the later in the list is later, or the same."""

SEEN: tuple[Document, ...] = tuple({"seen": day} for day in DATES)
"""Days on which somebody saw it, without an end that could be before."""

Groups = tuple[Group, ...]

GROUPS: tuple[Document, ...] = (
    {"id": "east", "name": "East", "territories": ["BG", "RO"]},
    {"id": "mixed", "name": "Mixed", "territories": ["RO11", "AT", "BG3"]},
)
"""Countries; and codes of which one may lie within another, that are units of some levels and of others not."""

_NOTHING: tuple[Document, ...] = ({},) * 40
_ONCE = st.sampled_from(_NOTHING + PERIODS + SEEN + tuple({"note": note} for note in NOTES * 4))
_WHEN = st.sampled_from(_NOTHING + PERIODS + SEEN)
_APART: tuple[Document, ...] = (
    *({},) * 20,
    *({"status": "planned"},) * 6,
    *({"kind": kind} for kind in KINDS * 3),
    *({"targets": targets} for targets in (TARGETS[:1], TARGETS[1:], TARGETS) * 3),
)
_WHETHER = st.sampled_from(_APART)
_KINDS: tuple[tuple[str, ...], ...] = ((), (), (), (), KINDS, KINDS[:1], KINDS[1:])
_COVERED = st.sampled_from(("full", "partial"))
_OBSERVED = st.sampled_from(("full", "partial", "none", "none"))
_WHERE = st.sampled_from(("everywhere", "list", "list", "except"))
_POOLS = st.sampled_from((COUNTRIES, REGIONS, MIXED, MIXED, (), "eu27"))
_HOW_MANY = st.sampled_from((1, 1, 1, 1, 2, 3))
_SELDOM = st.sampled_from((False, False, False, True))


@cache
def _choices(of: tuple[str, ...], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=most, unique=True)


@st.composite
def levels(draw: st.DrawFn) -> list[dict[str, object]]:
    """One to three levels: without units, with a named list, with countries, regions or a mixture."""
    found = []
    for id_ in ("country", "region", "eu")[: draw(st.sampled_from((1, 1, 2, 3)))]:
        pool = draw(_POOLS)
        level: dict[str, object] = {"id": id_, "name": id_.upper()}
        if isinstance(pool, str):
            level["territories"] = pool
        elif pool:
            first, *others = draw(_choices(pool, 1, 4))
            level["territories"] = [{"code": first, "name": f"Unit {first}"}, *others]
        found.append(level)
    return found


def codes_of(level: Level, groups: Groups = ()) -> tuple[str, ...]:
    """Return every code that a file may name at a level: its units and their ancestors, and groups that have a unit of it."""
    units = [unit.code for unit in level.units]
    above = (unit[:length] for unit in units for length in range(2, len(unit)))
    named = (code for code in above if any(oracle.lies_within(unit, code) for unit in units))
    ids = (group.id for group in groups if oracle.named_units(level, group.id, groups))
    return tuple(dict.fromkeys((*units, *named, *ids)))


@st.composite
def statements(
    draw: st.DrawFn,
    level: Level,
    extents: st.SearchStrategy[str] = _COVERED,
    groups: Groups = (),
) -> object:
    """Draw a cover or observation at a level: how far; where, by list or exception; when, why."""
    extent, where = draw(extents), draw(_WHERE)
    statement = {"extent": extent, **draw(_ONCE)}
    if level.units and where != "everywhere":
        named = draw(_choices(codes_of(level, groups), 1, 3))
        statement["territories"] = named if where == "list" else {"except": named}
        if draw(_SELDOM):
            statement["at_least"] = "true"
    return statement if len(statement) > 1 else extent


@st.composite
def statement_lists(
    draw: st.DrawFn,
    level: Level,
    extents: st.SearchStrategy[str] = _COVERED,
    groups: Groups = (),
) -> object:
    """Draw what is said of a cell at a level: mostly one statement, alone or in a list, else several that agree."""
    drawn = [draw(statements(level, extents, groups)) for _ in range(draw(_HOW_MANY))]
    kept: dict[int, Statement] = {}
    adapter = _COVER if extents is _COVERED else _OBSERVATION
    for number, one in enumerate(drawn):
        statement = adapter.validate_python({"extent": one} if isinstance(one, str) else one)
        clashes = (oracle.contradict(statement, other, level, groups) for other in kept.values())
        if not any(clashes):
            kept[number] = statement
    found = [drawn[number] for number in kept]
    return found if len(found) > 1 or draw(_SELDOM) else found[0]


@st.composite
def instruments(draw: st.DrawFn, id_: str, known: Dataset) -> Document:
    """Draw an instrument of the levels and roles of *known*, serving up to three cells."""
    cells = _cells(known)
    covers = {
        cell: draw(statement_lists(cells[cell], groups=known.groups))
        for cell in draw(_choices(tuple(cells), 0, 3))
    }
    return {"id": id_, "covers": covers, **draw(_WHEN), **draw(_WHETHER), **draw(_WHETHER)}


@st.composite
def relations(draw: st.DrawFn, ids: tuple[str, ...]) -> Mapping[str, Document]:
    """Draw what is part of what and who pays what, in no circle; mostly nothing."""
    if draw(st.booleans()):
        return {id_: {} for id_ in ids}
    order = draw(st.permutations(ids))
    found: dict[str, Document] = {}
    for n, id_ in enumerate(order):
        before = tuple(order[:n])
        part_of = draw(st.sampled_from((None, None, *before)))
        funded_by = draw(_choices(before, 0, 2)) if before else []
        found[id_] = {"part_of": part_of, "funded_by": funded_by}
    return found


def in_time(
    frame: Document, drawn: list[Document], related: Mapping[str, Document]
) -> list[Document]:
    """Relate instruments, but for those that would end with others before they start or were seen."""
    together: list[Document] = [{**one, **related[str(one["id"])]} for one in drawn]
    dataset = dataset_of({**frame, "instruments": together})
    late = {
        one.id
        for one in dataset.instruments
        for first, end in [(one.starts or one.seen, oracle.end_of(dataset, one))]
        if first and end and end < first
    }
    if not late:
        return together
    return in_time(frame, drawn, {**related, **{id_: {} for id_ in late}})


def _cells(known: Dataset) -> dict[str, Level]:
    return {f"{role.id}@{level.id}": level for role in known.roles for level in known.levels}


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Draw a dataset that ``check`` finds no error in."""
    frame: dict[str, object] = {
        "levels": draw(levels()),
        "roles": ["innovation", "circularity"][: draw(st.sampled_from((1, 1, 2)))],
        "groups": list(GROUPS) if draw(_SELDOM) else [],
    }
    if not frame["groups"]:
        del frame["groups"]
    known = dataset_of(frame)
    cells = _cells(known)
    ids = ("a", "b", "c", "d")[: draw(st.integers(0, 4))]
    drawn = [draw(instruments(id_, known)) for id_ in ids]
    frame["instruments"] = in_time(frame, drawn, draw(relations(ids)))
    observed = draw(_choices(tuple(cells), 0, 2))
    frame["observations"] = {
        cell: draw(statement_lists(cells[cell], _OBSERVED, known.groups)) for cell in observed
    }
    if draw(st.booleans()):
        frame["assessed"] = draw(assessed_lists(known))
    if draw(_SELDOM):
        frame["accepted_gaps"] = {
            cell: {"reason": "not now", "until": draw(st.sampled_from((None, *DATES)))}
            for cell in draw(_choices(tuple(cells), 1, 2))
        }
    if draw(_SELDOM):
        frame["as_of"] = draw(st.sampled_from(DATES))
    return dataset_of(frame)


@st.composite
def crowded_cells(draw: st.DrawFn) -> Dataset:
    """Draw a dataset of one cell that many instruments serve in few units, some of them not assessed."""
    pools: tuple[tuple[str, ...], ...] = (COUNTRIES, REGIONS, MIXED)
    units = draw(_choices(draw(st.sampled_from(pools)), 2, 4))
    frame: dict[str, object] = {"levels": [{"id": "region", "territories": units}]}
    known = dataset_of(frame)
    level = known.levels[0]
    frame["instruments"] = [
        {"id": id_, "covers": {"role@region": draw(statements(level))}}
        for id_ in ("a", "b", "c", "d")[: draw(st.integers(1, 4))]
    ]
    if draw(_SELDOM):
        frame["observations"] = {"role@region": draw(statements(level, _OBSERVED))}
    if draw(st.booleans()):
        frame["assessed"] = draw(assessed_lists(known))
    return dataset_of(frame)


@st.composite
def assessed_lists(draw: st.DrawFn, known: Dataset) -> Mapping[str, list[str]]:
    """Draw where somebody has looked: lists of levels and of single cells, at levels with units."""
    levels_of = {level.id: level for level in known.levels} | _cells(known)
    places = tuple(place for place, level in levels_of.items() if level.units)
    if not places:
        return {}
    return {
        place: draw(_choices(codes_of(levels_of[place], known.groups), 1, 3))
        for place in draw(_choices(places, 1, 2))
    }


def places(dataset: Dataset) -> st.SearchStrategy[str]:
    """Draw a place to ask about: a unit, a territory around or within one, a group, or one of no level."""
    codes = [code for level in dataset.levels for code in codes_of(level)]
    below = [f"{code}{digit}" for code in codes[:8] for digit in ("1", "3", "-1")]
    return st.sampled_from(sorted({*codes, *below, "ZZ"} | {group.id for group in dataset.groups}))


@st.composite
def queries(draw: st.DrawFn, dataset: Dataset) -> Query:
    """Draw a question of *dataset* with any of its parts."""
    ids = tuple(instrument.id for instrument in dataset.instruments)
    return Query(
        as_of=last_day(draw(st.sampled_from(DATES))) if draw(_SELDOM) else None,
        place=draw(places(dataset)) if draw(st.booleans()) else None,
        target=draw(st.sampled_from((None, None, None, *TARGETS))),
        kinds=draw(st.sampled_from(_KINDS)),
        without=tuple(draw(_choices(ids, 1, 2))) if len(ids) > 0 and draw(_SELDOM) else (),
        alone=draw(_SELDOM),
        with_planned=draw(st.booleans()),
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[Dataset, Query]:
    """Draw a dataset and a question of it."""
    dataset = draw(datasets())
    return dataset, draw(queries(dataset))


@st.composite
def compared(draw: st.DrawFn, most: int = 4) -> tuple[Dataset, Query, list[str]]:
    """Draw a dataset, a question of it without a place, and places to compare, at most so many."""
    dataset = draw(datasets())
    query = dataclasses.replace(draw(queries(dataset)), place=None)
    return dataset, query, draw(st.lists(places(dataset), min_size=1, max_size=most))


def file_of(dataset: Dataset) -> str:
    """Write a dataset without a SWOT as the one file that it would be read from."""
    keys = {
        field.name: plain(getattr(dataset, field.name))
        for field in dataclasses.fields(dataset)
        if field.name == "instruments" or getattr(dataset, field.name) not in (None, (), {})
    }
    return json.dumps({"schema": 1, **keys})

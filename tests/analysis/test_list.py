"""What matches the filters of a listing: against what the data say, asked slowly, and case by case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis.list import ListFilters, Matching
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level
from clustergap.model.query import Query
from clustergap.model.statement import Extent, Statement
from strategies import KINDS, dataset_of, datasets, places


@st.composite
def asked(draw: st.DrawFn) -> tuple[Dataset, ListFilters]:
    """Draw a dataset and filters."""
    dataset = draw(datasets())
    query = Query(
        place=draw(st.one_of(st.none(), places(dataset))),
        kinds=tuple(draw(st.lists(st.sampled_from(KINDS), max_size=2, unique=True))),
        with_planned=True,
    )
    filters = ListFilters(
        query=query,
        undated=draw(st.booleans()),
        role=draw(st.one_of(st.none(), st.sampled_from([role.id for role in dataset.roles]))),
        level=draw(st.one_of(st.none(), st.sampled_from([each.id for each in dataset.levels]))),
    )
    return dataset, filters


def speaks_of(dataset: Dataset, filters: ListFilters, cell: Cell, statement: Statement) -> bool:
    """Tell whether a statement is about the role, the level and the place."""
    if filters.role not in (None, cell.role) or filters.level not in (None, cell.level):
        return False
    if filters.query.place is None:
        return True
    asked_for = oracle.units_of(level_of(dataset, cell), filters.query.place, dataset.groups)
    return bool(said_of(dataset, cell, statement) & set(asked_for))


def said_of(dataset: Dataset, cell: Cell, statement: Statement) -> set[str]:
    """Return the units of which a statement says something."""
    level = level_of(dataset, cell)
    every = set(oracle.units_of(level, None))
    named = statement.territories
    if named is None:
        return set() if statement.extent is Extent.PARTIAL and level.units else every
    codes = named if isinstance(named, tuple) else named.codes
    units = {unit for code in codes for unit in oracle.named_units(level, code, dataset.groups)}
    return units if isinstance(named, tuple) else every - units


def level_of(dataset: Dataset, cell: Cell) -> Level:
    return next(level for level in dataset.levels if level.id == cell.level)


def lacks_a_day(
    dataset: Dataset, instrument: Instrument | None, statement: Statement | None
) -> bool:
    """Tell whether nothing says when it begins, or nothing when it ends."""
    records = [each for each in (instrument, statement) if each is not None]
    begins = any(each.starts or each.seen for each in records)
    ends = any(each.ends for each in records) or (
        instrument is not None and oracle.end_of(dataset, instrument) is not None
    )
    return not begins or not ends


def is_of_kind(filters: ListFilters, instrument: Instrument | None) -> bool:
    kinds = filters.query.kinds
    return not kinds or (instrument is not None and instrument.kind in kinds)


@given(asked())
def test_instruments_match_where_one_of_their_statements_does(
    question: tuple[Dataset, ListFilters],
) -> None:
    dataset, filters = question
    is_narrowed = filters.query.place or filters.role or filters.level

    matching = Matching(dataset, filters)

    assert [one.id for one in dataset.instruments if matching.instrument(one)] == [
        one.id
        for one in dataset.instruments
        if is_of_kind(filters, one)
        and (not filters.undated or lacks_a_day(dataset, one, None))
        and (
            not is_narrowed
            or any(
                speaks_of(dataset, filters, cell, statement)
                for cell, statements in one.covers.items()
                for statement in statements
            )
        )
    ]


@given(asked())
def test_statements_match_by_what_they_say(question: tuple[Dataset, ListFilters]) -> None:
    dataset, filters = question
    said = [
        (cell, one, statement)
        for one in dataset.instruments
        for cell, statements in one.covers.items()
        for statement in statements
    ] + [
        (cell, None, statement)
        for cell, statements in dataset.observations.items()
        for statement in statements
    ]

    matching = Matching(dataset, filters)

    assert [each for each in said if matching.statement(*each)] == [
        (cell, one, statement)
        for cell, one, statement in said
        if is_of_kind(filters, one)
        and speaks_of(dataset, filters, cell, statement)
        and (not filters.undated or lacks_a_day(dataset, one, statement))
    ]


@given(asked())
def test_territories_match_where_something_that_matches_speaks_of_them(
    question: tuple[Dataset, ListFilters],
) -> None:
    dataset, filters = question[0], question[1]._replace(undated=False)
    spoken: dict[str, set[str]] = {level.id: set() for level in dataset.levels}
    for one in (*dataset.instruments, None):
        covers = dataset.observations if one is None else one.covers
        for cell, statements in covers.items():
            for statement in statements:
                if is_of_kind(filters, one) and speaks_of(dataset, filters, cell, statement):
                    spoken[cell.level] |= said_of(dataset, cell, statement)

    matching = Matching(dataset, filters)

    for level in dataset.levels:
        there = oracle.units_of(level, filters.query.place, dataset.groups)
        asks_what = filters.query.kinds or filters.role
        assert [unit.code for unit in level.units if matching.territory(level.id, unit.code)] == [
            unit.code
            for unit in level.units
            if unit.code in there
            and filters.level in (None, level.id)
            and (not asks_what or unit.code in spoken[level.id])
        ]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return dataset_of(
        {
            "sources": {
                "survey": {"title": "A survey", "date": "2020"},
                "law": {"title": "The law"},
                "web": {"title": "A page"},
            },
            "roles": ["skills", "energy"],
            "levels": ["nation", {"id": "area", "territories": ["RO11", "RO12", "BG31"]}],
            "kinds": [{"id": "fund", "name": "Fund"}],
            "instruments": [
                {
                    "id": "act",
                    "kind": "fund",
                    "starts": "2014",
                    "ends": "2020",
                    "reviewed": "2023",
                    "sources": [{"ref": "law"}],
                    "covers": {
                        "skills@area": {"territories": ["RO"], "sources": [{"ref": "survey"}]},
                        "energy@nation": "full",
                    },
                },
                {"id": "part", "part_of": "act", "seen": "2016", "reviewed": "2024-02-01"},
                {"id": "idle", "starts": "2015", "sources": [{"ref": "web"}]},
            ],
            "observations": {"skills@nation": {"extent": "none", "sources": [{"ref": "survey"}]}},
        }
    )


def instruments(dataset: Dataset, filters: ListFilters) -> list[str]:
    matching = Matching(dataset, filters)
    return [one.id for one in dataset.instruments if matching.instrument(one)]


def sources(dataset: Dataset, filters: ListFilters) -> list[str]:
    return [*filter(Matching(dataset, filters).source, dataset.sources)]


def test_an_inherited_end_and_a_day_of_seeing_are_days(dataset: Dataset) -> None:
    assert instruments(dataset, ListFilters(undated=True)) == ["idle"]


def test_what_nobody_has_ever_reviewed_is_unreviewed_since_any_day(dataset: Dataset) -> None:
    assert instruments(dataset, ListFilters(unreviewed_since=date(2024, 1, 1))) == ["act", "idle"]
    assert instruments(dataset, ListFilters(unreviewed_since=date(2023, 12, 31))) == ["idle"]
    assert instruments(dataset, ListFilters(unreviewed_since=date(2024, 2, 2))) == [
        "act",
        "part",
        "idle",
    ]


def test_nobody_reviews_an_observation(dataset: Dataset) -> None:
    cell, statements = next(iter(dataset.observations.items()))

    matching = Matching(dataset, ListFilters(unreviewed_since=date(2030, 1, 1)))

    assert not matching.statement(cell, None, statements[0])


def test_an_instrument_cites_what_its_statements_cite(dataset: Dataset) -> None:
    assert instruments(dataset, ListFilters(source="survey")) == ["act"]
    assert instruments(dataset, ListFilters(source="law")) == ["act"]
    assert instruments(dataset, ListFilters(source="survey", role="energy")) == []
    assert instruments(dataset, ListFilters(source="law", role="energy")) == ["act"]


def test_a_statement_without_sources_has_those_of_its_instrument(dataset: Dataset) -> None:
    act = dataset.instruments[0]
    matching = Matching(dataset, ListFilters(source="law"))

    found = [cell for cell, said in act.covers.items() if matching.statement(cell, act, said[0])]

    assert found == [Cell("energy", "nation")]


def test_sources_are_those_of_what_matches(dataset: Dataset) -> None:
    assert sources(dataset, ListFilters()) == ["survey", "law", "web"]
    assert sources(dataset, ListFilters(query=Query(kinds=("fund",)))) == ["survey", "law"]
    assert sources(dataset, ListFilters(role="energy")) == ["law"]
    assert sources(dataset, ListFilters(role="skills", level="nation")) == ["survey"]
    assert sources(dataset, ListFilters(source="web")) == ["web"]
    assert sources(dataset, ListFilters(undated=True)) == ["law", "web"]


def test_territories_are_those_of_which_a_source_speaks(dataset: Dataset) -> None:
    matching = Matching(dataset, ListFilters(source="survey"))

    found = [
        unit.code for unit in dataset.levels[1].units if matching.territory("area", unit.code)
    ]

    assert found == ["RO11", "RO12"]

"""Places side by side: each says what the matrix says of it alone, and what differs is told both ways."""

import dataclasses
import random
from collections.abc import Mapping
from copy import copy
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis.advantages import Precedent, find_advantages
from clustergap.analysis.compare import (
    PlaceComparison,
    PlaceRating,
    compare_places,
)
from clustergap.analysis.counting import counted_statements, why_not_stated
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import build_matrix, cell_states
from clustergap.analysis.units import units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.places import Except
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from strategies import compared, dataset_of

LEVELS = [
    {"id": "eu"},
    {"id": "country", "territories": ["AT", "BE", "BG", "RO"]},
    {"id": "region", "territories": ["BE10", "BE21", "BE25", "RO11", "RO12"]},
]


def _ask_all(dataset: Dataset) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (), tuple(level.id for level in dataset.levels)


def _dataset(*statements: tuple[str, object], **keys: object) -> Dataset:
    instruments = [
        {"id": f"i{n}", "covers": {f"role@{level}": statement}}
        for n, (level, statement) in enumerate(statements)
    ]
    return dataset_of({"levels": LEVELS, "instruments": instruments, **keys})


def _compare(dataset: Dataset, *ids: str, only_own: bool = False) -> PlaceComparison:
    return compare_places(dataset, Query(), ids, _ask_all(dataset), only_own=only_own)


# Laws


@given(compared())
def test_each_cell_of_a_place_is_what_the_matrix_says_of_it(
    asked: tuple[Dataset, Query, list[str]],
) -> None:
    dataset, query, ids = asked

    comparison = compare_places(dataset, query, ids, _ask_all(dataset))

    for index, place in enumerate(ids):
        alone = build_matrix(dataset, dataclasses.replace(query, place=place))
        assert [each.rating for each in comparison.of_place(index)] == list(alone)


@given(compared(), st.randoms(use_true_random=False))
def test_a_state_asked_for_a_place_gives_statements_back_and_takes_them_as_one_made_for_it(
    asked: tuple[Dataset, Query, list[str]], chance: random.Random
) -> None:
    dataset, query, (place, *_) = asked
    made = cell_states(dataset, dataclasses.replace(query, place=place))
    selected = {cell: copy(state) for cell, state in cell_states(dataset, query).items()}
    for cell, state in selected.items():
        state.select(units_by_level(dataset, place)[cell.level])
    counted = [
        each
        for each in counted_statements(dataset, query)
        if not why_not_stated(each.statement, query, each.instrument)
    ]

    for n, instrument, number, cell, said in chance.sample(
        [
            (each.place, each.instrument, each.number, each.cell, each.statement)
            for each in counted
        ],
        k=len(counted),
    ):
        for state in (made[cell], selected[cell]):
            state.remove(n, said, number)
        assert selected[cell].rate() == made[cell].rate()
        if chance.random() < 0.5:
            for state in (made[cell], selected[cell]):
                state.add(n, said, instrument.id if instrument else None, number)
            assert selected[cell].rate() == made[cell].rate()
            assert selected[cell].behind() == made[cell].behind()


@given(compared(), st.randoms(use_true_random=False))
def test_places_in_another_order_are_the_same_columns_in_that_order(
    asked: tuple[Dataset, Query, list[str]], chance: random.Random
) -> None:
    dataset, query, ids = asked
    order = list(range(len(ids)))
    chance.shuffle(order)

    plain = compare_places(dataset, query, ids)
    shuffled = compare_places(dataset, query, [ids[n] for n in order])

    assert shuffled.caveats == plain.caveats
    assert shuffled.ratings == {
        cell: tuple(row[n] for n in order) for cell, row in plain.ratings.items()
    }


@given(compared())
def test_a_place_beside_itself_differs_in_nothing(asked: tuple[Dataset, Query, list[str]]) -> None:
    dataset, query, ids = asked

    assert find_advantages(compare_places(dataset, query, [ids[0]] * 2)) == ()


@given(compared())
def test_what_differs_between_two_places_differs_the_other_way_round(
    asked: tuple[Dataset, Query, list[str]],
) -> None:
    dataset, query, ids = asked
    one, other = ids[0], ids[-1]

    there = find_advantages(compare_places(dataset, query, [one, other]))
    back = find_advantages(compare_places(dataset, query, [other, one]))

    assert {(each.cell, each.ahead, each.precedents) for each in there} == {
        (each.cell, 1 - each.ahead, each.precedents) for each in back
    }


@given(compared())
def test_own_counts_what_is_left_without_the_statements_that_name_no_places(
    asked: tuple[Dataset, Query, list[str]],
) -> None:
    dataset, query, ids = asked

    comparison = compare_places(dataset, query, ids, _ask_all(dataset), only_own=True)
    by_hand = compare_places(_without_what_is_for_all(dataset), query, ids, _ask_all(dataset))

    assert comparison.ratings == by_hand.ratings
    assert all(each.for_all == () for row in comparison.ratings.values() for each in row)


def _without_what_is_for_all(dataset: Dataset) -> Dataset:
    located = {level.id for level in dataset.levels if level.units}

    def keep(cell: Cell, said: Statement) -> bool:
        if said.extent == "none":
            return True
        if said.territories is None:
            return said.extent == "partial" and cell.level in located
        return not isinstance(said.territories, Except)

    def kept(stated: Mapping[Cell, tuple[Statement, ...]]) -> dict[Cell, tuple[Statement, ...]]:
        rows = {
            cell: tuple(said for said in row if keep(cell, said)) for cell, row in stated.items()
        }
        return {cell: row for cell, row in rows.items() if row}

    instruments = [copy(each) for each in dataset.instruments]
    for instrument in instruments:
        object.__setattr__(instrument, "covers", kept(instrument.covers))
    return dataclasses.replace(
        dataset, instruments=tuple(instruments), observations=kept(dataset.observations)
    )


@given(compared())
def test_what_is_told_of_a_place_is_what_a_slow_reading_finds(
    asked: tuple[Dataset, Query, list[str]],
) -> None:
    dataset, query, ids = asked

    comparison = compare_places(dataset, query, ids, _ask_all(dataset))

    for cell, row in comparison.ratings.items():
        for place, told in zip(ids, row, strict=True):
            found = oracle.in_place(dataset, dataclasses.replace(query, place=place), cell)
            within = told.within
            there = within and (within.level.id, *within.share[:4], within.is_itself)
            assert told.own == found.own
            assert told.somewhere == found.somewhere
            assert there == found.within
            assert _by_word(told.members) == found.members


def _by_word(members: Mapping[Coverage, tuple[str, ...]] | None) -> dict[str, list[str]] | None:
    if members is None:
        return None
    return {coverage.value: [*codes] for coverage, codes in members.items()}


@given(compared())
def test_what_differs_between_two_places_is_what_a_slow_reading_finds(
    asked: tuple[Dataset, Query, list[str]],
) -> None:
    dataset, query, ids = asked
    two = (ids[0], ids[-1])

    found = find_advantages(compare_places(dataset, query, two, _ask_all(dataset)))

    assert {
        each.cell: (each.ahead, {one.instrument: one.can_join for one in each.precedents})
        for each in found
    } == oracle.advantages(dataset, query, two)


# What is told of a place


def _cell(comparison: PlaceComparison, level: str, index: int = 0) -> PlaceRating:
    return comparison.ratings[Cell("role", level)][index]


def test_what_names_a_place_or_its_parts_is_its_own_and_the_rest_is_for_all() -> None:
    dataset = _dataset(
        ("region", {"territories": ["RO11"]}),
        ("region", {"territories": ["RO"]}),
        ("region", {"territories": {"except": ["BE10"]}}),
        ("region", "full"),
        ("region", {"territories": ["BE21"]}),
    )

    comparison = _compare(dataset, "RO", "RO12", "BE")

    assert [_cell(comparison, "region", n).own for n in range(3)] == [
        ("i0", "i1"),
        ("i1",),
        ("i4",),
    ]
    assert [_cell(comparison, "region", n).for_all for n in range(3)] == [("i2", "i3")] * 3
    assert [_cell(_compare(dataset, "BE10", only_own=True), "region").rating.coverage] == ["none"]


def test_what_never_says_where_is_neither_a_place_s_own_nor_for_all() -> None:
    everything = {"id": "all", "name": "All", "territories": ["AT", "BE", "BG", "RO"]}
    dataset = _dataset(
        ("country", {"extent": "partial"}),
        ("country", {"extent": "partial", "territories": ["BE"]}),
        ("country", {"extent": "partial", "territories": {"except": ["BE"]}}),
        ("eu", {"extent": "partial"}),
        groups=[everything],
    )

    comparison = _compare(dataset, "all", "BE")
    told = [
        [
            (each.own, each.somewhere, each.for_all)
            for each in comparison.ratings[Cell("role", level)]
        ]
        for level in ("country", "eu")
    ]

    assert told == [
        [(("i1",), ("i0",), ("i2",)), (("i1",), (), ())],
        [((), (), ("i3",))] * 2,  # a level without territories is one place
    ]


def test_with_what_is_own_it_stays_unknown_where_what_is_said_to_be_somewhere_is() -> None:
    dataset = _dataset(("country", {"extent": "partial"}))

    assert _cell(_compare(dataset, "RO", only_own=True), "country").rating.coverage == "unknown"


def test_with_what_is_own_stays_what_names_the_place_and_what_is_said_to_be_missing() -> None:
    dataset = _dataset(
        ("region", {"territories": ["RO"]}),
        ("region", "full"),
        observations={"role@country": {"extent": "none"}},
        assessed={"country": ["BE"]},
    )

    comparison = _compare(dataset, "RO11", "RO", only_own=True)

    assert comparison.only_own
    assert _cell(comparison, "region").rating.instruments == ("i0",)
    assert _cell(comparison, "country", 1).rating.coverage == "none"  # else nobody would know


def test_all_counts_on_the_day_of_the_data_unless_something_else_is_asked_for() -> None:
    dataset = _dataset(("country", "full"), as_of="2020-06-30")

    comparison = compare_places(dataset, Query(), ["RO"])

    assert not comparison.only_own
    assert comparison.matrix.query.as_of == date(2020, 6, 30)
    assert _cell(comparison, "country").for_all == ("i0",)


def test_a_statement_of_unknown_days_behind_the_cells_of_several_places_is_counted_once() -> None:
    dataset = _dataset(
        ("country", "full"),
        ("country", {"territories": ["RO"]}),
        ("region", {"territories": ["RO11"]}),
        as_of="2020-06-30",
    )
    query, shown = Query(as_of=date(2019, 6, 30)), ((), ("country",))

    every = compare_places(dataset, query, ["RO", "BE"], shown)
    own = compare_places(dataset, query, ["RO", "BE"], shown, only_own=True)

    assert (every.caveats.no_first_day, own.caveats.no_first_day) == (2, 1)


def test_a_name_of_the_lists_in_other_letters_has_its_code_beside_it() -> None:
    levels = [
        {"id": "country", "territories": ["RO", {"code": "BG", "name": "България"}]},
        {"id": "region", "territories": ["EL30", "ES21"]},
    ]
    dataset = dataset_of({"levels": levels})

    assert dataset.place_names.listed(["EL30", "ES21", "BG", "RO", "none"]) == [
        "Aττική (EL30)",
        "País Vasco",
        "България",
        "Romania",
        "none",
    ]


def test_a_place_with_nothing_at_its_level_says_what_its_parts_have() -> None:
    dataset = _dataset(
        ("region", {"territories": ["BE10", "BE21", "BE25"]}),
        ("region", {"territories": ["RO11"], "extent": "partial"}),
        ("country", {"territories": ["BG"]}),
    )

    comparison = _compare(dataset, "BE", "RO", "BG", "RO12")
    within = [_cell(comparison, "country", n).within for n in range(4)]

    assert [each and (each.level.id, *each.share[:4], each.is_itself) for each in within] == [
        ("region", 3, 0, 3, 0, False),
        ("region", 0, 1, 2, 0, False),
        None,
        None,
    ]
    assert _cell(comparison, "region").within is None
    assert _cell(comparison, "region", 2).within is None  # a country is no narrower level


def test_of_a_place_that_is_covered_or_of_a_level_without_territories_no_narrower_one_is_told() -> (
    None
):
    dataset = dataset_of(
        {
            "levels": [{"id": "country", "territories": ["BE", "RO"]}, LEVELS[2], {"id": "town"}],
            "instruments": [
                {"id": "a", "covers": {"role@country": {"territories": ["BE"]}}},
                {"id": "b", "covers": {"role@region": {"territories": ["BE10"]}}},
                {"id": "c", "covers": {"role@town": "full"}},
            ],
        }
    )

    comparison = _compare(dataset, "BE", "RO")

    assert [_cell(comparison, "country", n).within for n in (0, 1)] == [None, None]


def test_a_region_asked_at_a_broader_level_is_said_to_be_covered_itself() -> None:
    dataset = _dataset(("region", {"territories": ["RO11"]}))

    within = _cell(_compare(dataset, "RO11"), "country").within

    assert within is not None
    assert (within.level.id, within.share.covered, within.is_itself) == ("region", 1, True)


def test_a_group_names_its_places_by_how_they_are_covered() -> None:
    dataset = _dataset(
        ("country", {"territories": ["BE"]}),
        ("country", {"extent": "partial", "territories": ["BG"]}),
        groups=[
            {"id": "some", "name": "Some", "territories": ["RO", "BG", "BE", "SE"]},
            {"id": "one", "name": "One", "territories": ["BE"]},
        ],
        assessed={"country": ["AT", "BE", "BG"]},
    )

    some, one = (_cell(_compare(dataset, "some", "one"), "country", n) for n in (0, 1))

    assert some.members == {
        Coverage.FULL: ("BE",),
        Coverage.PARTIAL: ("BG",),
        Coverage.UNKNOWN: ("RO",),
    }
    assert one.members == {Coverage.FULL: ("BE",)}
    assert _cell(_compare(dataset, "BE"), "country").members is None
    assert one.rating == _cell(_compare(dataset, "BE"), "country").rating


def test_homonyms_have_their_codes_beside_their_names() -> None:
    levels = [{"id": "country", "territories": [{"code": "LU", "name": "Luxembourg"}, "RO"]}]
    region = {"id": "region", "territories": [{"code": "LU00", "name": "Luxembourg"}]}
    dataset = dataset_of({"levels": [*levels, region]})

    names = [each.name for each in compare_places(dataset, Query(), ["LU", "LU00", "RO"]).places]

    assert names == ["Luxembourg (LU)", "Luxembourg (LU00)", "Romania"]


def test_levels_without_territories_are_shown_if_no_other_is_there_or_if_they_are_asked_for() -> (
    None
):
    def shown(dataset: Dataset, *levels: str) -> list[str]:
        comparison = compare_places(dataset, Query(), ["RO"], ((), levels))
        return [level.id for level in comparison.matrix.levels]

    assert shown(_dataset()) == ["country", "region"]
    assert shown(_dataset(), "eu", "region") == ["eu", "region"]
    assert shown(dataset_of({"levels": [{"id": "eu"}]})) == ["eu"]


# What differs


def test_only_two_places_are_a_pair_of_which_it_is_said_what_differs() -> None:
    asked = ("RO",), ("RO", "BE"), ("RO", "BE", "BG")

    assert [_compare(_dataset(), *ids).is_pair for ids in asked] == [False, True, False]


def test_what_one_place_has_alone_can_be_copied_and_what_it_shares_can_be_joined() -> None:
    dataset = _dataset(
        ("country", {"territories": ["BE"]}),
        ("country", {"territories": ["BE", "AT"]}),
        ("region", {"territories": ["RO12"]}),
    )
    alone, shared = Precedent("i0", can_join=False), Precedent("i1", can_join=True)

    found = find_advantages(_compare(dataset, "RO", "BE"))

    assert [(each.cell.level, each.ahead, each.precedents) for each in found] == [
        ("country", 1, (alone, shared)),
        ("region", 0, (Precedent("i2", can_join=False),)),
    ]
    assert (found[0].to_join, found[0].to_copy) == (["i1"], ["i0"])


def test_an_instrument_that_also_covers_everywhere_can_be_joined() -> None:
    covers = {"role@eu": "full", "role@country": {"territories": ["BE"]}}
    dataset = dataset_of({"levels": LEVELS, "instruments": [{"id": "a", "covers": covers}]})

    (found,) = find_advantages(_compare(dataset, "RO", "BE"))

    assert found.precedents == (Precedent("a", can_join=True),)


def test_what_nobody_knows_is_no_difference() -> None:
    dataset = _dataset(
        ("country", {"territories": ["BE"]}), assessed={"country": ["BE"], "region": ["BE10"]}
    )

    assert find_advantages(_compare(dataset, "RO", "BE")) == ()
    assert find_advantages(_compare(dataset, "BE", "RO")) == ()


def test_what_only_an_observation_covers_has_no_leads() -> None:
    dataset = _dataset(observations={"role@country": {"territories": ["BE"]}})

    found = find_advantages(_compare(dataset, "RO", "BE"))

    assert [(each.cell.level, each.precedents) for each in found] == [("country", ())]


def test_full_is_more_than_partial_and_partial_is_more_than_none() -> None:
    dataset = _dataset(
        ("country", {"territories": ["BE"]}),
        ("country", {"territories": ["BG"], "extent": "partial"}),
    )

    def ahead(*ids: str) -> list[int]:
        return [each.ahead for each in find_advantages(_compare(dataset, *ids))]

    assert [ahead("BG", "BE"), ahead("BE", "BG")] == [[1], [0]]
    assert [ahead("RO", "BG"), ahead("BG", "RO")] == [[1], [0]]
    assert ahead("RO", "AT") == []


def test_of_places_in_which_as_much_is_full_more_is_covered_where_more_is_in_part() -> None:
    dataset = _dataset(
        ("region", {"territories": ["BE10", "RO11"]}),
        ("region", {"territories": ["RO12"], "extent": "partial"}),
        groups=[{"id": "two", "name": "Two", "territories": ["BE10", "BE21"]}],
    )

    assert [each.ahead for each in find_advantages(_compare(dataset, "two", "RO"))] == [1]


def test_partial_covers_of_a_level_without_territories_do_not_differ() -> None:
    dataset = _dataset(("eu", {"extent": "partial"}))

    assert find_advantages(_compare(dataset, "BE", "RO")) == ()


def test_of_two_partial_covers_more_is_covered_where_the_share_is_larger() -> None:
    dataset = _dataset(
        ("region", {"territories": ["BE10", "RO11"]}),
        ("region", {"territories": ["RO12"], "extent": "partial"}),
    )

    found = find_advantages(_compare(dataset, "BE", "RO"))

    assert [(each.cell.level, each.ahead, each.precedents) for each in found] == [
        ("region", 1, (Precedent("i1", can_join=False),))
    ]


def test_partial_covers_of_which_something_is_unknown_are_not_ranked() -> None:
    dataset = _dataset(
        ("region", {"territories": ["BE10", "RO11"]}),
        assessed={"region": ["BE10", "BE21", "RO11", "RO12"]},
        groups=[{"id": "few", "name": "Few", "territories": ["BE10", "BE21", "BE25", "RO12"]}],
    )

    assert find_advantages(_compare(dataset, "few", "RO")) == ()
    assert find_advantages(_compare(dataset, "RO", "few")) == ()


def test_equal_partial_covers_do_not_differ() -> None:
    dataset = _dataset(
        ("region", {"territories": ["BE10", "RO11"]}),
        groups=[{"id": "two", "name": "Two", "territories": ["BE10", "BE21"]}],
    )

    assert find_advantages(_compare(dataset, "two", "RO")) == ()


def test_what_is_full_as_far_as_anybody_knows_is_not_more_than_partial_but_more_than_none() -> (
    None
):
    dataset = _dataset(
        ("region", {"territories": ["BE10", "BE21", "RO11"]}),
        assessed={"region": ["BE10", "BE21", "BE25", "RO11"]},
    )

    assert find_advantages(_compare(dataset, "RO", "BE")) == ()  # 1 of 1, 1 unknown; 2 of 3
    ((_, ahead, _, _),) = find_advantages(_compare(dataset, "RO", "BE25"))
    assert ahead == 0

"""Statements that come and go: a tally rates as if only those which are there had ever come."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis import followed_state
from clustergap.analysis.cell_state import CellState
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.followed_state import FollowedState, lost_and_gained
from clustergap.analysis.units import LevelUnits, assessed_units
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from shares import of_countries
from strategies import crowded_cells, dataset_of, datasets, places

FULL, PARTIAL, NONE, UNKNOWN = Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN


CELL = Cell("role", "level")
THREE = ("AT", "BE", "RO")

Said = tuple[int, Statement, str | None, int]
"""What a tally is told: an instrument's place in file order, a statement, the instrument, the statement's number."""


def take_away(tally: CellState, said: Said) -> None:
    """Tell a tally that a statement counts no longer."""
    place, statement, _, number = said
    tally.remove(place, statement, number)


def all_said(dataset: Dataset, cell: Cell) -> list[Said]:
    """List every statement of a cell, in file order."""
    said: list[Said] = [
        (place, statement, instrument.id, number)
        for place, instrument in enumerate(dataset.instruments)
        for number, statement in enumerate(instrument.covers.get(cell, ()))
    ]
    observed = dataset.observations.get(cell, ())
    said += [(len(dataset.instruments), one, None, number) for number, one in enumerate(observed)]
    return said


def empty_tally(
    dataset: Dataset, cell: Cell, place: str | None = None, kind: type[CellState] = CellState
) -> CellState:
    """Make a tally of a cell to which nobody has said anything."""
    units = LevelUnits(
        next(level for level in dataset.levels if level.id == cell.level),
        place,
        dataset.groups_by_id,
    )
    return kind(cell, units, assessed_units(dataset, cell, units), dataset.relations.lifelines())


def tally_of(
    dataset: Dataset, cell: Cell, said: Sequence[Said], place: str | None = None
) -> CellState:
    """Make a tally of statements."""
    tally = empty_tally(dataset, cell, place)
    for one in said:
        tally.add(*one)
    return tally


def only(dataset: Dataset, said: Sequence[Said]) -> Dataset:
    """Leave only these statements of their cell; who says none of them is still what others hang on."""
    stay = {(place, number) for place, _, _, number in said}

    def left(
        place: int, covers: Mapping[Cell, tuple[Statement, ...]]
    ) -> dict[Cell, tuple[Statement, ...]]:
        kept = {
            cell: tuple(one for n, one in enumerate(those) if (place, n) in stay)
            for cell, those in covers.items()
        }
        return {cell: those for cell, those in kept.items() if those}

    def speaking(one: Instrument, covers: object) -> Instrument:
        # As nothing in the program may: the model is frozen, and reads anew what is replaced.
        other = copy.copy(one)
        object.__setattr__(other, "covers", covers)
        return other

    return replace(
        dataset,
        instruments=tuple(
            speaking(one, left(place, one.covers)) for place, one in enumerate(dataset.instruments)
        ),
        observations=left(len(dataset.instruments), dataset.observations),
    )


def one_cell(
    *covers: object,
    observation: object = None,
    units: Sequence[str] = THREE,
    assessed: Sequence[str] = (),
) -> Dataset:
    """Make a dataset of the one cell role@level, which instruments a, b, c... serve."""
    return dataset_of({
        "levels": [{"id": "level", **({"territories": list(units)} if units else {})}],
        "instruments": [
            {"id": id_, "covers": {"role@level": cover}}
            for id_, cover in zip("abcdefgh", covers, strict=False)
        ],
        "observations": {"role@level": observation} if observation else {},
        "assessed": {"level": list(assessed)} if assessed else {},
    })  # fmt: skip


def full(*codes: str, **more: object) -> dict[str, object]:
    """Write a full cover, of some territories."""
    return {"extent": "full", **({"territories": list(codes)} if codes else {}), **more}


def partial(*codes: str, **more: object) -> dict[str, object]:
    """Write a partial cover, of some territories."""
    return full(*codes, **more) | {"extent": "partial"}


def tally_after(
    dataset: Dataset, *, came: str, went: str = "", place: str | None = None
) -> CellState:
    """Let statements come in an order and go in an order; o is the observation."""
    said = {one[2] or "o": one for one in all_said(dataset, CELL)}
    tally = tally_of(dataset, CELL, [said[name] for name in came], place)
    for name in went:
        take_away(tally, said[name])
    return tally


def rate_after(dataset: Dataset, *, came: str, went: str = "", place: str | None = None) -> Rating:
    """Rate what is left of statements that came and went."""
    return tally_after(dataset, came=came, went=went, place=place).rate()


# By hand


def test_nothing_said_is_none() -> None:
    assert rate_after(one_cell(), came="") == Rating(CELL, NONE)


def test_instruments_are_named_in_file_order_in_whatever_order_they_came() -> None:
    data = one_cell("full", full("AT"), partial("AT"), "partial")

    rating = rate_after(data, came="cadb")

    assert rating.instruments == ("a", "b", "c", "d")


def test_notes_are_told_in_file_order_and_the_observation_s_last() -> None:
    data = one_cell(
        full(note="1"), full("AT"), full("BE", note="3"), observation=partial(note="of all")
    )

    rating = rate_after(data, came="ocba")

    assert rating.notes == ("1", "3", "of all")


def test_an_instrument_that_comes_after_the_observation_is_named_and_goes_by_itself() -> None:
    data = one_cell("full", "full", "full", observation="full")

    rating = rate_after(data, came="oacb", went="b")

    assert rating == Rating(CELL, FULL, ("a", "c"))


def test_the_observation_that_goes_takes_no_instrument_with_it() -> None:
    data = one_cell("full", "full", observation=full(note="all"))

    rating = rate_after(data, came="aob", went="o")

    assert rating == Rating(CELL, FULL, ("a", "b"))


def test_a_full_cell_rests_on_the_one_that_stays_of_two() -> None:
    data = one_cell("full", "full")

    both, one = rate_after(data, came="ab"), rate_after(data, came="ab", went="a")

    assert both == Rating(CELL, FULL, ("a", "b"))
    assert one == Rating(CELL, FULL, ("b",), rests_on=("b",))


def test_a_full_cell_rests_on_each_of_two_that_share_a_unit_but_not_all() -> None:
    data = one_cell(full("AT", "BE"), full("BE", "RO"), "full")

    rating = rate_after(data, came="cba", went="c")

    assert rating == Rating(CELL, FULL, ("a", "b"), ("a", "b"), (), of_countries(3, 0, 3, 0, ()))


def test_without_the_only_statement_that_says_where_nobody_said_where() -> None:
    data = one_cell("full", full("AT"))

    both, one = rate_after(data, came="ab"), rate_after(data, came="ab", went="b")

    assert both.share == of_countries(3, 0, 3, 0, ())
    assert one == Rating(CELL, FULL, ("a",), ("a",))


def test_a_statement_that_excepts_every_unit_gives_a_share_as_long_as_it_is_there() -> None:
    data = one_cell({"extent": "full", "territories": {"except": list(THREE)}})

    there, gone = rate_after(data, came="a"), rate_after(data, came="a", went="a")

    assert there == Rating(CELL, NONE, share=of_countries(0, 0, 3, 0, THREE))
    assert gone == Rating(CELL, NONE)


def test_a_statement_for_elsewhere_gives_a_share_and_no_instrument_and_may_go() -> None:
    data = one_cell(full("AT", note="Only here"), full("RO"))

    there = rate_after(data, came="ab", place="RO")
    gone = rate_after(data, came="ab", went="a", place="RO")
    none = rate_after(data, came="ab", went="b", place="RO")

    assert there == gone == Rating(CELL, FULL, ("b",), ("b",), (), of_countries(1, 0, 1, 0, ()))
    assert none == Rating(CELL, NONE, share=of_countries(0, 0, 1, 0, ("RO",)))


def test_a_cell_stays_lifted_while_one_of_two_says_not_everywhere() -> None:
    data = one_cell("partial", observation="partial")

    one, none = rate_after(data, came="ao", went="a"), rate_after(data, came="ao", went="ao")

    assert one == Rating(CELL, PARTIAL, where_not_said=True)
    assert none == Rating(CELL, NONE)


def test_a_cell_is_lifted_when_that_goes_which_said_where() -> None:
    data = one_cell("partial", full("AT"))

    both, one = rate_after(data, came="ab"), rate_after(data, came="ab", went="b")

    assert both == Rating(CELL, PARTIAL, ("a", "b"), share=of_countries(1, 0, 3, 0, ("BE", "RO")))
    assert one == Rating(CELL, PARTIAL, ("a",), where_not_said=True)


def test_nothing_lifts_a_cell_of_which_no_unit_is_shown() -> None:
    data = one_cell(partial(note="Not everywhere"), "full", observation="partial")

    rating = rate_after(data, came="abo", place="BG")

    assert rating == Rating(CELL, UNKNOWN, is_elsewhere=True)


def test_a_unit_falls_to_partial_when_the_full_one_goes() -> None:
    data = one_cell(full("AT", "BE"), partial("BE", "RO"))

    both, one = rate_after(data, came="ba"), rate_after(data, came="ba", went="a")

    assert both.share == of_countries(2, 1, 3, 0, ())
    assert one.share == of_countries(0, 2, 3, 0, ("AT",))


def test_a_unit_that_nobody_has_assessed_is_unknown_again_when_its_statement_goes() -> None:
    data = one_cell(full("AT"), full("RO"), assessed=["AT"])

    both, one = rate_after(data, came="ab"), rate_after(data, came="ab", went="b")

    # RO alone is no reason to name b: without it RO is unknown, which does not count against the cell.
    assert both == Rating(CELL, FULL, ("a", "b"), ("a",), (), of_countries(2, 0, 2, 1, ()))
    assert one == Rating(CELL, FULL, ("a",), ("a",), (), of_countries(1, 0, 1, 2, ()))


def test_a_full_cell_rests_on_the_last_one_that_is_known_of_though_nobody_assessed_it() -> None:
    data = one_cell(full("AT"), full("RO"), assessed=["AT"])

    rating = rate_after(data, came="ab", place="RO")

    assert rating == Rating(CELL, FULL, ("b",), ("b",), (), of_countries(1, 0, 1, 0, ()))


def test_a_full_unit_that_would_fall_to_partial_counts_though_nobody_assessed_it() -> None:
    data = one_cell(full("AT"), full("RO"), partial("RO"), "full", assessed=["AT"])

    rating = rate_after(data, came="dcba", went="d")

    assert rating.rests_on == ("a", "b")
    assert (rating.coverage, rating.share) == (FULL, of_countries(2, 0, 2, 1, ()))


def test_the_nameless_unit_falls_to_partial_and_nothing_is_said_of_where() -> None:
    data = one_cell("full", "partial", units=())

    both, one = rate_after(data, came="ab"), rate_after(data, came="ab", went="a")

    assert both == Rating(CELL, FULL, ("a", "b"), ("a",))
    assert one == Rating(CELL, PARTIAL, ("b",))


def test_a_rating_that_was_given_does_not_change_with_the_tally() -> None:
    data = one_cell(full(note="1"), "full")
    said = all_said(data, CELL)
    tally = tally_of(data, CELL, said)

    rating = tally.rate()
    take_away(tally, said[0])

    assert rating == Rating(CELL, FULL, ("a", "b"), notes=("1",))


def test_what_reaches_a_cell_says_something_of_a_unit_that_is_shown() -> None:
    data = one_cell(
        "full", "partial", full("RO"), partial("AT"), full("AT", "RO"),
        {"territories": {"except": ["RO"]}}, {"territories": {"except": ["AT"]}},
    )  # fmt: skip
    tally, nowhere = empty_tally(data, CELL, "RO"), empty_tally(data, CELL, "BG")
    said = all_said(data, CELL)

    reached = [id_ for _, statement, id_, _ in said if tally.reaches(statement)]

    assert reached == ["a", "b", "c", "e", "g"]
    assert not any(nowhere.reaches(statement) for _, statement, *_ in said)


def test_a_note_stays_when_one_goes_that_has_none() -> None:
    data = one_cell(full(note="1"), "full", "full")

    assert rate_after(data, came="abc", went="b").notes == ("1",)
    assert rate_after(data, came="cba", went="cb").notes == ("1",)
    assert rate_after(data, came="abc", went="a").notes == ()


def test_an_observation_is_there_from_when_it_comes_until_it_goes() -> None:
    data = one_cell("full", observation=partial("AT"))

    assert not tally_after(data, came="").is_observed
    assert not tally_after(data, came="a").is_observed
    assert tally_after(data, came="o").is_observed
    assert tally_after(data, came="oa").is_observed
    assert tally_after(data, came="oa", went="a").is_observed
    assert not tally_after(data, came="oa", went="o").is_observed


def test_an_observation_of_elsewhere_is_not_there() -> None:
    data = one_cell(observation=full("AT"))

    assert tally_after(data, came="o", place="AT").is_observed
    assert not tally_after(data, came="o", place="RO").is_observed


def test_an_observation_that_says_not_everywhere_is_there() -> None:
    data = one_cell(observation="partial")

    assert tally_after(data, came="o").is_observed
    assert not tally_after(data, came="o", place="BG").is_observed


def places_after(dataset: Dataset, *, came: str, went: str = "") -> tuple[Coverage, ...]:
    """Rate AT, BE, RO and then AT with BE."""
    return tally_after(dataset, came=came, went=went).rate_places((0b001, 0b010, 0b100, 0b011))


def test_each_place_is_rated_by_what_is_said_of_it() -> None:
    data = one_cell(full("AT"), partial("AT", "BE"))

    assert places_after(data, came="") == (NONE, NONE, NONE, NONE)
    assert places_after(data, came="a") == (FULL, NONE, NONE, PARTIAL)
    assert places_after(data, came="b") == (PARTIAL, PARTIAL, NONE, PARTIAL)
    assert places_after(data, came="ab") == (FULL, PARTIAL, NONE, PARTIAL)
    assert places_after(data, came="ab", went="a") == (PARTIAL, PARTIAL, NONE, PARTIAL)


def test_full_statements_add_up_over_the_units_of_a_place() -> None:
    data = one_cell(full("AT"), full("BE"))

    assert places_after(data, came="ab") == (FULL, FULL, NONE, FULL)


def test_who_says_not_everywhere_says_of_no_place_that_it_is_there_or_not() -> None:
    data = one_cell("partial", full("AT"), assessed=["AT", "BE"])

    assert places_after(data, came="a") == (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
    assert places_after(data, came="ab") == (FULL, NONE, UNKNOWN, PARTIAL)
    assert places_after(data, came="ab", went="a") == (FULL, NONE, UNKNOWN, PARTIAL)


def test_a_place_of_which_nobody_knows_anything_does_not_count_against_another() -> None:
    data = one_cell(full("AT"), assessed=["RO"])

    assert places_after(data, came="a") == (FULL, UNKNOWN, NONE, FULL)
    assert places_after(data, came="a", went="a") == (UNKNOWN, UNKNOWN, NONE, UNKNOWN)


def test_the_outline_tells_apart_full_from_partial_and_what_somebody_has_looked_at() -> None:
    said = (full("AT"), partial("AT"), full("BE"), "partial", full("AT"))

    outlines = {came: tally_after(one_cell(*said), came=came).outline for came in "abcde"}
    assessed = tally_after(one_cell(*said, assessed=["AT"]), came="a").outline

    assert outlines["a"] == outlines["e"]
    assert len({*outlines.values(), assessed}) == 5


# By chance


@st.composite
def cells(draw: st.DrawFn) -> tuple[Dataset, Cell, str | None]:
    """Draw a cell of a dataset in which dates are ignored, and a place to ask about."""
    dataset = replace(draw(st.one_of(crowded_cells(), datasets())), as_of=None)
    known = [Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels]
    place = draw(places(dataset)) if draw(st.booleans()) else None
    return dataset, draw(st.sampled_from(known)), place


@given(st.data(), cells())
def test_a_tally_rates_as_a_fresh_one_of_those_that_stay(
    data: st.DataObject, asked: tuple[Dataset, Cell, str | None]
) -> None:
    dataset, cell, place = asked
    said = all_said(dataset, cell)
    tally = tally_of(dataset, cell, data.draw(st.permutations(said)), place)

    stay = list(said)
    for one in data.draw(st.permutations(said)):
        assert tally.rate() == tally_of(dataset, cell, stay, place).rate()
        take_away(tally, one)
        stay.remove(one)

    assert tally.rate() == empty_tally(dataset, cell, place).rate()


@given(st.data(), cells())
def test_those_that_come_and_go_in_turn_leave_what_those_do_that_are_there(
    data: st.DataObject, asked: tuple[Dataset, Cell, str | None]
) -> None:
    dataset, cell, place = asked
    said = all_said(dataset, cell)
    tally, there = empty_tally(dataset, cell, place), set[int]()

    for n in data.draw(st.lists(st.integers(0, max(0, len(said) - 1)), max_size=12)):
        if n in there:
            take_away(tally, said[n])
        elif said:
            tally.add(*said[n])
        there ^= {n} if said else set()

    stay = [said[n] for n in sorted(there)]
    assert tally.rate() == tally_of(dataset, cell, stay, place).rate()


@given(st.data(), cells(), st.sampled_from((0, 1, followed_state.FEW_A_CHANGE)))
def test_a_tally_that_is_followed_rates_as_one_that_is_not(
    data: st.DataObject, asked: tuple[Dataset, Cell, str | None], few: int
) -> None:
    dataset, cell, place = asked
    said = all_said(dataset, cell)
    plain, followed = (
        empty_tally(dataset, cell, place, kind) for kind in (CellState, FollowedState)
    )
    there, ratings = set[int](), [(plain.rate(), followed.rate())]

    for n in data.draw(st.lists(st.sampled_from(range(len(said))), max_size=12)) if said else ():
        for tally in (plain, followed):
            take_away(tally, said[n]) if n in there else tally.add(*said[n])
        there ^= {n}
        with patch.object(followed_state, "FEW_A_CHANGE", few):
            ratings.append((plain.rate(), followed.rate()))

    assert [one for one, _ in ratings] == [other for _, other in ratings]
    for (one, same), (other, same_as_other) in combinations(ratings, 2):
        assert lost_and_gained(same, same_as_other) == lost_and_gained(one, other)
        assert lost_and_gained(same, other) == lost_and_gained(one, other)
        assert (same == same_as_other) is (one == other)


@given(st.data(), cells())
def test_what_stays_is_rated_as_the_data_model_says(
    data: st.DataObject, asked: tuple[Dataset, Cell, str | None]
) -> None:
    dataset, cell, place = asked
    said = all_said(dataset, cell)
    tally = tally_of(dataset, cell, data.draw(st.permutations(said)), place)
    go = [one for one in said if data.draw(st.booleans())]

    for one in go:
        take_away(tally, one)
    rating = tally.rate()

    stay = only(dataset, [one for one in said if one not in go])
    answer = oracle.rate(stay, Query(place=place, with_planned=True), cell)
    assert rating.coverage == answer.coverage
    assert rating.instruments == answer.instruments
    assert rating.rests_on == answer.rests_on
    assert rating.notes == answer.notes
    assert (rating.share and rating.share[:5]) == answer.share
    assert rating.where_not_said is answer.where_not_said


Told = tuple[Dataset, Cell, tuple[Said, ...]]
"""Who says what of a cell."""


@st.composite
def told(draw: st.DrawFn) -> Told:
    """Draw some of the statements of a cell."""
    dataset, cell, _ = draw(cells())
    said = all_said(dataset, cell)
    return dataset, cell, tuple(one for one in said if draw(st.booleans()))


@given(told())
def test_a_place_is_rated_as_the_data_model_says_of_a_question_for_it(told: Told) -> None:
    dataset, cell, said = told
    level = next(level for level in dataset.levels if level.id == cell.level)
    codes = list(
        dict.fromkeys(code for unit in level.units for code in (unit.code, unit.code[:2]))
    )
    masks = [LevelUnits(level, code, dataset.groups_by_id).selected for code in codes]

    found = tally_of(dataset, cell, said).rate_places(masks)

    stay = only(dataset, said)
    assert [coverage.value for coverage in found] == [
        oracle.rate(stay, Query(place=code, with_planned=True), cell).coverage for code in codes
    ]


@given(told(), st.data())
def test_equal_outlines_rate_every_set_of_places_equally(told: Told, data: st.DataObject) -> None:
    dataset, cell, said = told
    level = next(level for level in dataset.levels if level.id == cell.level)
    other = [one for one in all_said(dataset, cell) if data.draw(st.booleans())]
    units = st.integers(1, LevelUnits(level, None, {}).all)

    one, another = tally_of(dataset, cell, said), tally_of(dataset, cell, other)

    if one.outline == another.outline:
        places = data.draw(st.lists(units, max_size=5))
        assert one.rate_places(places) == another.rate_places(places)


@given(told())
def test_all_units_together_are_rated_as_the_cell_is(told: Told) -> None:
    dataset, cell, said = told
    level = next(level for level in dataset.levels if level.id == cell.level)

    tally = tally_of(dataset, cell, said)

    assert tally.rate_places([LevelUnits(level, None, {}).all]) == (tally.rate().coverage,)


@given(told())
def test_an_observation_is_there_if_it_is_among_those_that_reach_the_cell(told: Told) -> None:
    dataset, cell, said = told

    tally = tally_of(dataset, cell, said)

    assert tally.is_observed is any(id_ is None and tally.reaches(one) for _, one, id_, _ in said)

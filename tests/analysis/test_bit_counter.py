"""The counter of all units at once against a counter of each: what came and went, in any order."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.units import BitCounter

MASKS = st.integers(0, 2**6 - 1)
WIDE = st.integers(0, 2**300 - 1)


def bits(mask: int) -> list[int]:
    """List the units of a mask."""
    return [n for n in range(mask.bit_length()) if mask >> n & 1]


def mask_of(units: Iterable[int]) -> int:
    """Make a mask of units."""
    return sum(1 << n for n in units)


def at_least(model: Counter[int], least: int) -> int:
    """Return the units that the model has counted so often, as a mask."""
    return mask_of(unit for unit, times in model.items() if times >= least)


def counted(*masks: int) -> BitCounter:
    """Count each mask once."""
    counts = BitCounter()
    for mask in masks:
        counts.add(mask)
    return counts


def test_at_first_no_unit_has_been_counted() -> None:
    counts = BitCounter()

    assert (counts.once, counts.twice) == (0, 0)


def test_a_unit_is_counted_twice_if_two_sets_hold_it() -> None:
    counts = counted(0b0110, 0b1100)

    assert (counts.once, counts.twice) == (0b1110, 0b0100)


def test_a_unit_counted_three_times_has_been_counted_twice() -> None:
    counts = counted(0b1, 0b1, 0b1)

    assert (counts.once, counts.twice) == (0b1, 0b1)


def test_a_unit_counted_four_times_has_been_counted_once_and_twice() -> None:
    # Its last two binary digits are noughts.
    counts = counted(0b1, 0b1, 0b1, 0b1)

    assert (counts.once, counts.twice) == (0b1, 0b1)


def test_no_units_at_all_count_for_nothing() -> None:
    counts = counted(0b101, 0)

    counts.remove(0)

    assert (counts.once, counts.twice) == (0b101, 0)


def test_sets_may_go_in_another_order_than_they_came() -> None:
    counts = counted(0b011, 0b110)

    counts.remove(0b011)

    assert (counts.once, counts.twice) == (0b110, 0)


def test_what_goes_need_be_no_set_that_came() -> None:
    counts = counted(0b011, 0b110)

    counts.remove(0b111)

    assert (counts.once, counts.twice) == (0b010, 0)


def test_a_unit_may_come_again_after_it_has_gone() -> None:
    counts = counted(0b1, 0b1)

    counts.remove(0b1)
    counts.remove(0b1)
    counts.add(0b1)

    assert (counts.once, counts.twice) == (0b1, 0)


@pytest.mark.parametrize("times", [1, 2, 3, 4, 7, 8, 9, 64, 127, 128, 129])
def test_counting_up_and_down_again_passes_every_number(times: int) -> None:
    counts = BitCounter()
    seen = []

    for _ in range(times):
        counts.add(0b10)
        seen.append((counts.once, counts.twice))
    for _ in range(times):
        counts.remove(0b10)
        seen.append((counts.once, counts.twice))

    numbers = [*range(1, times + 1), *range(times - 1, -1, -1)]
    assert seen == [(0b10 * (n >= 1), 0b10 * (n >= 2)) for n in numbers]


def test_units_counted_differently_often_do_not_disturb_each_other() -> None:
    # Unit n is counted n times: 16 units need five digits.
    counts = counted(*(mask_of(range(n, 17)) for n in range(1, 17)))

    counts.remove(mask_of(range(1, 17)))

    assert counts.once == mask_of(range(2, 17))
    assert counts.twice == mask_of(range(3, 17))


@given(st.lists(st.tuples(st.booleans(), MASKS), max_size=40))
def test_it_counts_as_a_counter_of_each_unit_does(steps: list[tuple[bool, int]]) -> None:
    counts, model = BitCounter(), Counter[int]()

    for is_added, mask in steps:
        if is_added:
            counts.add(mask)
            model.update(bits(mask))
        else:
            there = mask & at_least(model, 1)
            counts.remove(there)
            model.subtract(bits(there))

        assert counts.once == at_least(model, 1)
        assert counts.twice == at_least(model, 2)


@given(st.data(), st.lists(WIDE, max_size=12))
def test_what_came_and_went_leaves_nothing(data: st.DataObject, masks: list[int]) -> None:
    counts = counted(*masks)

    for mask in data.draw(st.permutations(masks)):
        counts.remove(mask)

    assert (counts.once, counts.twice) == (0, 0)


@given(st.lists(WIDE, max_size=9), st.lists(WIDE, max_size=9))
def test_what_has_gone_is_as_if_it_had_never_come(stay: list[int], go: list[int]) -> None:
    counts = counted(*go, *stay)

    for mask in go:
        counts.remove(mask)

    fresh = counted(*stay)
    assert (counts.once, counts.twice) == (fresh.once, fresh.twice)

"""Which component alone rates a unit, against a list of all statements that are there."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.units import UnitOwners
from clustergap.model.relations import NOTHING, Lifeline

A, B = Lifeline(0, ~0), Lifeline(1, ~1)
PART, HOLDER = Lifeline(2, 7, 0b1), Lifeline(None, 7, 0b1)
LIFELINES = (A, B, PART, HOLDER, NOTHING)

Said = tuple[Lifeline, tuple[int, int], int]
"""What rates units: its lifeline, the key of its statement, the units."""


def owners_of(*said: Said) -> UnitOwners:
    """Add statements."""
    owners = UnitOwners()
    for lifeline, key, units in said:
        owners.add(lifeline, key, units)
    return owners


def test_nothing_rates_nothing() -> None:
    assert list(UnitOwners().alone()) == []


def test_what_two_rate_neither_rates_alone() -> None:
    owners = owners_of((A, (0, 0), 0b011), (B, (1, 0), 0b110))

    assert list(owners.alone()) == [(A, 0b001), (B, 0b100)]


def test_what_hangs_together_rates_alone_what_several_of_it_rate() -> None:
    owners = owners_of((PART, (2, 0), 0b011), (HOLDER, (3, 0), 0b110), (A, (0, 0), 0b001))

    assert list(owners.alone()) == [(PART, 0b010), (HOLDER, 0b110)]


def test_the_last_that_stays_rates_alone() -> None:
    owners = owners_of((A, (0, 0), 0b1), (A, (0, 1), 0b1), (B, (1, 0), 0b1))

    owners.remove(A, (0, 0))
    owners.remove(B, (1, 0))

    assert list(owners.alone()) == [(A, 0b1)]


@given(st.lists(st.tuples(st.sampled_from(LIFELINES), st.integers(0, 2)), max_size=30), st.data())
def test_those_that_come_and_go_leave_what_those_rate_alone_that_are_there(
    steps: list[tuple[Lifeline, int]], data: st.DataObject
) -> None:
    owners, there = UnitOwners(), dict[tuple[int, int], tuple[Lifeline, int]]()

    for lifeline, number in steps:
        key = (LIFELINES.index(lifeline), number)
        if key in there:
            owners.remove(lifeline, key)
            del there[key]
        else:
            there[key] = lifeline, data.draw(st.integers(0, 2**6 - 1))
            owners.add(lifeline, key, there[key][1])

    components: defaultdict[int, set[int | None]] = defaultdict(set)
    for lifeline, units in there.values():
        for unit in range(6):
            if units >> unit & 1:
                components[unit].add(lifeline.component)
    once = sum(1 << unit for unit, rating in components.items() if len(rating) == 1)
    expected = [(lifeline, units & once) for lifeline, units in there.values() if units & once]
    assert sorted(owners.alone(), key=str) == sorted(expected, key=str)

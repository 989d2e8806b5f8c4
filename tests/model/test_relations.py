"""What hangs on what: dependants, inherited ends, outermost parents, circles."""

from dataclasses import dataclass
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis.matrix import build_matrix
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.relations import InheritedEnd, Relations
from strategies import dataset_of, datasets

DAY, LATER = date(2020, 12, 31), date(2027, 12, 31)


@dataclass(frozen=True)
class Programme:
    """As much of an instrument as relations look at."""

    id: str
    part_of: str | None = None
    funded_by: tuple[str, ...] = ()
    ends: date | None = None


def dependants(*programmes: Programme, of: str, gone: str = "") -> str:
    """Name what goes with some programmes, in the order of the alphabet."""
    found = Relations(programmes).with_dependants(frozenset(of), frozenset(gone))
    return "".join(sorted(found))


def test_a_part_goes_with_its_parent_and_its_parts_with_it() -> None:
    chain = Programme("a"), Programme("b", part_of="a"), Programme("c", part_of="b")

    assert dependants(*chain, of="a") == "abc"
    assert dependants(*chain, of="b") == "bc"
    assert dependants(*chain, of="c") == "c"


def test_what_several_pay_goes_once_nobody_is_left() -> None:
    paid = Programme("a"), Programme("b"), Programme("c", funded_by=("a", "b", "a"))

    assert dependants(*paid, of="a") == "a"
    assert dependants(*paid, of="ab") == "abc"
    assert dependants(*paid, of="a", gone="b") == "ac"


def test_a_part_goes_with_its_parent_whoever_pays() -> None:
    assert dependants(
        Programme("a"), Programme("b"), Programme("c", part_of="a", funded_by=("b",)), of="a"
    ) == "ac"  # fmt: skip


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (Programme("c", part_of="a", ends=LATER), None),
        (Programme("c", part_of="a", funded_by=("b",)), InheritedEnd(DAY, "a")),
        (Programme("c", part_of="open", funded_by=("a", "b")), InheritedEnd(LATER, "b")),
        (Programme("c", funded_by=("a", "b")), InheritedEnd(LATER, "b")),
        (Programme("c", funded_by=("a", "open")), None),
        (Programme("c", part_of="open"), None),
        (Programme("c", part_of="part"), InheritedEnd(DAY, "a")),
    ],
)
def test_an_end_is_ones_own_else_the_parents_else_the_last_of_those_who_pay(
    last: Programme, end: InheritedEnd | None
) -> None:
    others = (
        Programme("a", ends=DAY),
        Programme("b", ends=LATER),
        Programme("open"),
        Programme("part", part_of="a"),
    )

    relations = Relations((last, *others))

    assert relations.inherited_ends.get(last.id) == end
    assert relations.end_of(last) == (end.day if end else last.ends)


def test_a_circle_is_closed_by_the_reference_that_leads_back() -> None:
    circle = Relations((
        Programme("a", part_of="b", ends=None),
        Programme("b", funded_by=("d", "c")),
        Programme("c", part_of="a"),
        Programme("d", part_of="d", ends=DAY),
    ))  # fmt: skip

    assert [(one.place, one.key, one.number, one.id) for one in circle.circles] == [
        (3, "part_of", None, "d"),
        (2, "part_of", None, "a"),
    ]
    assert circle.with_dependants(frozenset("c")) == {"c"}


def test_what_carries_an_instrument_is_all_on_which_it_hangs_itself_included() -> None:
    relations = Relations(
        [
            Programme("a"),
            Programme("b", part_of="a"),
            Programme("c", funded_by=("b", "d")),
            Programme("d"),
            Programme("e", part_of="a"),
            Programme("f"),
        ]
    )

    assert relations.carriers(["c"]) == {"a", "b", "c", "d"}
    assert relations.carriers(["f", "e"]) == {"a", "e", "f"}
    assert relations.carriers(["d"]) == {"d"}
    assert Relations([Programme("a")]).carriers(["a"]) == {"a"}


def test_what_is_part_of_one_in_the_end_is_one_line() -> None:
    relations = Relations((
        Programme("a"),
        Programme("b", part_of="a"),
        Programme("c", part_of="b"),
        Programme("d", funded_by=("a",)),
    ))  # fmt: skip

    assert [relations.outermost(id_) for id_ in "abcd"] == ["a", "a", "a", "d"]
    assert relations.direct_dependants("a") == ("b", "d")


@given(datasets(), st.data())
def test_what_goes_and_ends_is_what_the_page_says(dataset: Dataset, data: st.DataObject) -> None:
    ids = [instrument.id for instrument in dataset.instruments]
    chosen = st.sets(st.sampled_from(ids)) if ids else st.just(set[str]())
    without, gone = data.draw(chosen), data.draw(chosen)

    found = dataset.relations.with_dependants(frozenset(without), frozenset(gone))

    assert found == oracle.dependants(dataset, without, gone)
    for instrument in dataset.instruments:
        assert dataset.relations.end_of(instrument) == oracle.end_of(dataset, instrument)


@given(datasets())
def test_without_any_reference_to_close_there_is_no_circle(dataset: Dataset) -> None:
    assert dataset.relations.circles == ()


def seconds_to_rate(number: int) -> float:
    """Measure how long a cell takes of which each instrument is part of one of two that no cell names."""
    parts = [
        {"id": f"i{n}", "part_of": f"p{n % 2}", "covers": {"role@eu": "full"}}
        for n in range(number)
    ]
    dataset = dataset_of({"levels": ["eu"], "instruments": ["p0", "p1", *parts]})
    start = process_time()
    build_matrix(dataset, Query())
    return process_time() - start


def test_rating_does_not_grow_faster_than_what_hangs_together() -> None:
    few, many = (min(seconds_to_rate(number) for _ in range(3)) for number in (2_000, 16_000))

    assert many < 20 * few

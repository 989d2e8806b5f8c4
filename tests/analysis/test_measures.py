"""What is measured of places equals what docs/reference/measures.md says, computed slowly from each place's own matrix as JSON."""

import dataclasses
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from clustergap.analysis.compare import compare_places
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.measures import (
    Measures,
    find_extremes,
    measure_places,
    rank_places,
)
from clustergap.answers.matrix import record
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from paths import ROOT
from strategies import compared, dataset_of
from tools import load_script

Cells = Sequence[Mapping[str, Any]]
"""The cells of ``clustergap matrix --in PLACE -f json``."""


def _measure(dataset: Dataset, query: Query, ids: Sequence[str]) -> tuple[Measures, ...]:
    shown = (), tuple(level.id for level in dataset.levels)
    return measure_places(compare_places(dataset, query, ids, shown))


# As the page says, slowly: nothing of the module is used


def _cells(dataset: Dataset, query: Query, place: str) -> Cells:
    matrix = build_matrix(dataset, dataclasses.replace(query, place=place))
    document = record(matrix, Origin("data")).model_dump(mode="json", by_alias=True)
    cells: Cells = document["cells"]
    return cells


def _known(cells: Cells) -> Mapping[str, str]:
    return {each["cell"]: each["coverage"] for each in cells if each["coverage"] != "unknown"}


def _instruments(cells: Cells) -> set[str]:
    return {id_ for each in cells for id_ in each["instruments"]}


def _per_covered_cell(cells: Cells) -> Fraction | None:
    numbers = [
        len(each["instruments"]) for each in cells if each["coverage"] in ("full", "partial")
    ]
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def _diversity(dataset: Dataset, cells: Cells) -> Fraction | None:
    kinds = [each.kind for each in dataset.instruments if each.id in _instruments(cells)]
    kinds = [kind for kind in kinds if kind]
    if not kinds:
        return None
    # The chance that two draws, each from all of them, are of different kinds.
    pairs = [(one, other) for one in kinds for other in kinds]
    return Fraction(sum(one != other for one, other in pairs), len(pairs))


def _likeness(cells: Cells, others: Cells) -> tuple[int, int]:
    own, other = _known(cells), _known(others)
    both = [cell for cell in own if cell in other]
    return sum(own[cell] == other[cell] for cell in both), len(both)


def _nearest(number: int, by_place: Sequence[Cells]) -> tuple[list[tuple[int, int, int]], int]:
    found = [
        (place, *_likeness(by_place[number], cells))
        for place, cells in enumerate(by_place)
        if place != number
    ]
    found = [each for each in found if each[2]]
    found.sort(key=lambda each: (-Fraction(each[1], each[2]), -each[2], each[0]))
    return found[:3], sum(each[1:] == found[2][1:] for each in found[3:])


def _float(number: Fraction | None) -> float | None:
    # The float that is nearest to the true number.
    return None if number is None else float(number)


@settings(max_examples=max(100, settings().max_examples))
@given(compared(most=8))  # often more than are named as nearest
def test_each_measure_is_what_its_page_says(asked: tuple[Dataset, Query, list[str]]) -> None:
    dataset, query, ids = asked
    by_place = [_cells(dataset, query, place) for place in ids]

    for number, found in enumerate(_measure(dataset, query, ids)):
        cells = by_place[number]
        coverages = list(_known(cells).values())
        serving = _instruments(cells)
        assert found.full == coverages.count("full")
        assert found.partial == coverages.count("partial")
        assert found.covered == len(coverages) - coverages.count("none")
        assert found.known == len(coverages)
        assert found.instruments == len(serving)
        assert found.per_covered_cell == _float(_per_covered_cell(cells))
        assert found.diversity == _float(_diversity(dataset, cells))
        assert found.of_no_kind == sum(
            each.id in serving and not each.kind for each in dataset.instruments
        )
        assert (list(found.nearest), found.as_near) == _nearest(number, by_place)


@given(compared(most=8))
def test_only_a_covered_cell_has_instruments(asked: tuple[Dataset, Query, list[str]]) -> None:
    dataset, query, ids = asked

    for place in ids:
        for each in _cells(dataset, query, place):
            assert each["coverage"] in ("full", "partial") or each["instruments"] == []


@given(compared(most=8))
def test_places_of_which_something_is_known_are_ranked_by_what_is_covered(
    asked: tuple[Dataset, Query, list[str]],
) -> None:
    dataset, query, ids = asked
    shares: dict[int, tuple[Fraction, Fraction]] = {}
    for number, place in enumerate(ids):
        known = list(_known(_cells(dataset, query, place)).values())
        if known:
            covered, full = len(known) - known.count("none"), known.count("full")
            shares[number] = Fraction(covered, len(known)), Fraction(full, len(known))

    ranked = rank_places(_measure(dataset, query, ids))

    assert ranked == sorted(shares, key=lambda number: (shares[number], number))


# By hand

PLACES = ("AT", "BE", "BG", "RO", "SE")
ROLES = ("a", "b", "c", "d")


def _dataset(*instruments: Mapping[str, Any], **keys: object) -> Dataset:
    """Return a dataset of four roles and five countries; its instruments are of three kinds, or of none."""
    return dataset_of(
        {
            "levels": [{"id": "country", "territories": PLACES}],
            "roles": [*ROLES],
            "kinds": [{"id": id_, "name": id_} for id_ in ("fund", "network", "forum")],
            "instruments": [
                {"id": f"i{n}", **instrument} for n, instrument in enumerate(instruments)
            ],
            **keys,
        }
    )


def _in(place: str, *roles: str, extent: str = "full", **keys: str) -> Mapping[str, Any]:
    cover = {"extent": extent, "territories": [place]}
    return {"covers": {f"{role}@country": cover for role in roles}, **keys}


def _measured(dataset: Dataset, *ids: str) -> tuple[Measures, ...]:
    return _measure(dataset, Query(), ids)


@pytest.fixture
def page(tmp_path: Path) -> Dataset:
    """Read the example of docs/reference/measures.md: of social economy nobody knows in Belgium."""
    text = (ROOT / "docs" / "reference" / "measures.md").read_text(encoding="utf-8")
    ((name, content),) = load_script("documents").FILE_IN_PAGE.findall(text)
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return load_dataset(find_files(path)).dataset


def test_the_example_of_the_page(page: Dataset) -> None:
    belgium, romania = _measured(page, "BE", "RO")

    assert (belgium.covered, belgium.full, belgium.partial, belgium.known) == (2, 2, 0, 3)
    assert (belgium.instruments, belgium.of_no_kind) == (3, 1)
    assert belgium.per_covered_cell == 2  # innovation has 3, export 1
    assert belgium.diversity == 0.5  # a fund and a network
    # Innovation alike; export and digital not; social economy not known in both.
    assert belgium.nearest == ((1, 1, 3),)

    assert (romania.covered, romania.full, romania.partial, romania.known) == (2, 1, 1, 4)
    assert (romania.instruments, romania.of_no_kind) == (2, 0)
    assert romania.per_covered_cell == 1
    assert romania.diversity == 0  # two funds
    assert romania.nearest == ((0, 1, 3),)


def test_three_kinds_of_four_instruments() -> None:
    dataset = _dataset(
        _in("AT", "a", kind="fund"),
        _in("AT", "b", kind="fund"),
        _in("AT", "c", kind="network"),
        _in("AT", "d", kind="forum"),
    )

    (austria,) = _measured(dataset, "AT")

    assert austria.diversity == 0.625  # 1 - (1/4 + 1/16 + 1/16)


def test_where_nothing_is_known_there_is_nothing_to_measure_and_nothing_is_near() -> None:
    dataset = _dataset(_in("BE", "a"), assessed={"country": ["BE"]})

    belgium, romania = _measured(dataset, "BE", "RO")

    assert romania == Measures(0, 0, 0, 0, None, None, 0, (), 0)
    assert belgium.nearest == ()
    assert rank_places((romania, belgium)) == [1]


def test_where_nothing_is_covered_all_is_known_and_no_average_is() -> None:
    (romania,) = _measured(_dataset(_in("BE", "a")), "RO")

    assert romania == Measures(0, 0, 4, 0, None, None, 0, (), 0)


def test_instruments_of_no_kind_have_no_diversity() -> None:
    (belgium,) = _measured(_dataset(_in("BE", "a"), _in("BE", "b")), "BE")

    assert (belgium.diversity, belgium.of_no_kind, belgium.per_covered_cell) == (None, 2, 1)


def test_what_only_an_observation_covers_has_no_instrument() -> None:
    covers = {"extent": "full", "territories": ["BE"]}
    dataset = _dataset(_in("BE", "b"), observations={"a@country": covers})

    (belgium,) = _measured(dataset, "BE")

    assert (belgium.covered, belgium.instruments, belgium.per_covered_cell) == (2, 1, 0.5)


def test_a_place_that_stands_twice_is_near_to_its_other_self(page: Dataset) -> None:
    first, _, second = _measured(page, "RO", "BE", "RO")

    assert first.nearest == ((2, 4, 4), (1, 1, 3))
    assert second.nearest == ((0, 4, 4), (1, 1, 3))


def test_of_places_that_are_equally_near_the_first_are_named_and_the_rest_counted() -> None:
    dataset = _dataset(_in("SE", "a"))

    austria, *_, sweden = _measured(dataset, *PLACES)

    assert (austria.nearest, austria.as_near) == (((1, 4, 4), (2, 4, 4), (3, 4, 4)), 0)
    assert (sweden.nearest, sweden.as_near) == (((0, 3, 4), (1, 3, 4), (2, 3, 4)), 1)


def test_of_equal_shares_the_one_of_more_cells_is_nearer() -> None:
    dataset = _dataset(assessed={"country": PLACES[2:], "a@country": PLACES})

    _, _, bulgaria, *_ = _measured(dataset, *PLACES)

    assert bulgaria.nearest == ((3, 4, 4), (4, 4, 4), (0, 1, 1))
    assert bulgaria.as_near == 1


def test_a_larger_share_of_fewer_cells_is_nearer() -> None:
    dataset = _dataset(
        _in("RO", "b", "c"), assessed={"country": ["BG", "RO", "SE"], "a@country": PLACES}
    )

    _, _, bulgaria, *_ = _measured(dataset, *PLACES)

    assert bulgaria.nearest == ((4, 4, 4), (0, 1, 1), (1, 1, 1))  # Romania has 2 of 4


def test_a_group_is_one_place_and_no_average_of_its_places() -> None:
    dataset = _dataset(
        _in("BE", "a"), groups=[{"id": "two", "name": "Two", "territories": ["BE", "RO"]}]
    )

    two, belgium, romania = _measured(dataset, "two", "BE", "RO")

    assert [(each.full, each.partial) for each in (two, belgium, romania)] == [
        (0, 1),
        (1, 0),
        (0, 0),
    ]
    assert [each.nearest for each in (two, belgium)] == [
        ((1, 3, 4), (2, 3, 4)),
        ((0, 3, 4), (2, 3, 4)),
    ]


def test_equal_shares_are_ranked_by_what_is_full_and_else_keep_their_order() -> None:
    dataset = _dataset(
        _in("AT", "a"), _in("BE", "a", extent="partial"), _in("BG", "a"), _in("SE", "a", "b")
    )

    assert rank_places(_measured(dataset, *PLACES)) == [3, 1, 0, 2, 4]


def _covered(*numbers: int, known: int = 4) -> list[Measures]:
    """Return the measures of places of which so many cells are covered in full."""
    return [Measures(full, 0, known, 0, None, None, 0, (), 0) for full in numbers]


UNKNOWN = Measures(0, 0, 0, 0, None, None, 0, (), 0)


@pytest.mark.parametrize(
    ("measures", "number", "extremes"),
    [
        (_covered(2, 0, 3, 1, 4), 1, [([1], 0), ([4], 0)]),
        (_covered(2, 0, 3, 1, 4), 2, [([1, 3], 0), ([4, 2], 0)]),
        ([UNKNOWN, *_covered(2, 0, 3)], 1, [([2], 0), ([3], 0)]),
        (
            _covered(0, 0, 0, 1, 2, 2),
            1,
            [([0], 2), ([4], 1)],
        ),  # 5 equals 4, which the question names first
        (_covered(0, 0, 0, 1), 1, [([0], 2), ([3], 0)]),
        (_covered(0, 1, 1, 1, 1), 2, [([0, 1], 3), ([2, 3], 2)]),  # none stands in both
    ],
)
def test_extremes_begin_with_the_utmost_and_count_those_that_equal_the_last(
    measures: Sequence[Measures], number: int, extremes: list[tuple[list[int], int]]
) -> None:
    assert [(each.places, each.equal) for each in find_extremes(measures, number)] == extremes


@pytest.mark.parametrize(
    ("measures", "number", "places"),
    [
        (_covered(1, 1, 1), 1, [0, 1]),  # all are equal
        ([*_covered(2, 1), UNKNOWN], 1, [1, 0]),  # no more are known
        ([*_covered(2, 1, 3, 0), UNKNOWN], 2, [3, 1, 0, 2]),
        ([UNKNOWN, *_covered(3), UNKNOWN, UNKNOWN], 2, [1, 0, 2, 3]),
        ([UNKNOWN] * 5, 2, [0, 1, 2, 3]),
    ],
)
def test_where_all_are_equal_or_few_are_known_there_are_no_extremes(
    measures: Sequence[Measures], number: int, places: list[int]
) -> None:
    assert find_extremes(measures, number) == ((places, 0),)

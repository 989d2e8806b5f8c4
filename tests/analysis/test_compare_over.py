"""One cell of several places on several days: each is what is said of that place on that day."""

import dataclasses
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.compare import compare_over, compare_places
from clustergap.analysis.matrix import build_matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from dated_strategies import DAYS, eras
from strategies import dataset_of, datasets, places, queries


@st.composite
def asked_over(draw: st.DrawFn) -> tuple[Dataset, Query, list[str], Cell, list[date]]:
    """Draw a dataset, a question without a place, and the places, the cell and the days to ask it of."""
    if draw(st.booleans()):
        dataset, query = draw(eras())
    else:
        dataset = draw(datasets())
        query = draw(queries(dataset))
    query = dataclasses.replace(query, place=None, place_name=None)
    cell = draw(
        st.sampled_from([Cell(r.id, each.id) for r in dataset.roles for each in dataset.levels])
    )
    known = st.sampled_from([date.fromisoformat(day) for day in DAYS])
    days = draw(st.lists(st.one_of(known, st.dates()), min_size=1, max_size=4, unique=True))
    return dataset, query, draw(st.lists(places(dataset), min_size=1, max_size=3)), cell, days


@given(asked_over())
def test_each_cell_is_what_the_matrix_says_of_the_place_on_the_day(
    asked: tuple[Dataset, Query, list[str], Cell, list[date]],
) -> None:
    dataset, query, ids, cell, days = asked

    over = compare_over(dataset, query, ids, (cell, days))

    said = {
        (place.id, day): each.rating
        for place, row in over.by_place()
        for day, each in zip(over.days, row, strict=True)
    }
    assert said == {
        (place, day): build_matrix(
            dataset, dataclasses.replace(query, as_of=day, place=place)
        ).ratings[cell]
        for place in ids
        for day in days
    }


@given(asked_over(), st.booleans())
def test_each_day_is_the_comparison_of_that_day_with_its_caveats(
    asked: tuple[Dataset, Query, list[str], Cell, list[date]], only_own: bool
) -> None:
    dataset, query, ids, cell, days = asked

    over = compare_over(dataset, query, ids, (cell, days), only_own=only_own)

    assert over.days == tuple(sorted(days))
    for day, comparison in zip(over.days, over.comparisons, strict=True):
        on_day = dataclasses.replace(query, as_of=day)
        shown = (cell.role,), (cell.level,)
        alone = compare_places(dataset, on_day, ids, shown, only_own=only_own)
        assert (comparison.ratings, comparison.caveats) == (alone.ratings, alone.caveats)
        assert comparison.matrix.query == on_day


def test_what_begins_and_ends_is_seen_on_the_days_that_are_asked_in_order_of_time() -> None:
    covers = {"role@country": {"territories": ["RO"]}}
    dataset = dataset_of(
        {
            "levels": [{"id": "country", "territories": ["BG", "RO"]}],
            "instruments": [{"id": "a", "starts": "2018", "ends": "2020", "covers": covers}],
        }
    )
    days = date(2021, 1, 1), date(2017, 12, 31), date(2018, 1, 1), date(2020, 12, 31)

    over = compare_over(dataset, Query(), ["RO", "BG"], (Cell("role", "country"), days))

    assert [day.year for day in over.days] == [2017, 2018, 2020, 2021]
    assert [[each.rating.coverage.value for each in row] for _, row in over.by_place()] == [
        ["none", "full", "full", "none"],
        ["none"] * 4,
    ]
    assert (over.query.as_of, [place.id for place in over.places]) == (None, ["RO", "BG"])


def test_one_day_alone_is_asked_as_several_are() -> None:
    dataset = dataset_of({"levels": [{"id": "country", "territories": ["BG", "RO"]}]})
    cell, day = Cell("role", "country"), date(2020, 6, 30)

    over = compare_over(dataset, Query(), ["RO"], (cell, [day]), only_own=True)

    assert (over.cell, over.days, over.only_own) == (cell, (day,), True)
    assert [place.id for place in over.places] == ["RO"]
    assert over.matrix.query == Query(as_of=day)
    assert not compare_over(dataset, Query(), ["RO"], (cell, [day])).only_own

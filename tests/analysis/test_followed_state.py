"""The instruments that serve a cell on a day, as one that is followed names them: as good as the tuple of their ids."""

from collections.abc import Sequence

import pytest

from clustergap.analysis.coverage import Rating
from clustergap.analysis.followed_state import lost_and_gained, mark_of
from clustergap.analysis.matrix import followed_states
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from strategies import dataset_of

IDS = ("a", "b", "c", "d")
CELL, OTHER = Cell("role", "level"), Cell("other", "level")


@pytest.fixture
def dataset() -> Dataset:
    """Make a dataset of four instruments that cover two cells in part."""
    covers = {str(CELL): "partial", str(OTHER): "partial"}
    return dataset_of({
        "levels": ["level"],
        "roles": ["role", "other"],
        "instruments": [{"id": id_, "covers": covers} for id_ in IDS],
    })  # fmt: skip


def serving(dataset: Dataset, cell: Cell, came: str) -> Sequence[str]:
    """Let all of these come to a cell of which all others are gone."""
    return rated(dataset, cell, came)[-1].instruments


def rated(dataset: Dataset, cell: Cell, *came: str) -> list[Rating]:
    """Rate a cell with each of these sets of instruments in turn."""
    state = followed_states(dataset, Query())[cell]
    there, ratings = set(IDS), []
    for ids in came:
        for place, id_ in enumerate(IDS):
            (statement,) = dataset.instruments[place].covers[cell]
            if id_ in there and id_ not in ids:
                state.remove(place, statement)
            if id_ in ids and id_ not in there:
                state.add(place, statement, id_)
        there = set(ids)
        ratings.append(state.rate())
    return ratings


@pytest.mark.parametrize("ids", ["", "a", "d", "bc", "abcd"])
def test_they_are_as_good_as_the_tuple_of_their_ids(dataset: Dataset, ids: str) -> None:
    found = serving(dataset, CELL, ids)

    assert found == tuple(ids)
    assert tuple(ids) == found
    assert found != tuple("ad")
    assert hash(found) == hash(tuple(ids))
    assert repr(found) == repr(tuple(ids))
    assert len(found) == len(ids)
    assert list(found) == list(ids)
    assert found[1:] == tuple(ids[1:])
    assert [id_ in found for id_ in IDS] == [id_ in ids for id_ in IDS]
    assert "e" not in found
    assert mark_of(found) == mark_of(tuple(ids))


def test_those_of_two_cells_are_the_same_if_their_ids_are(dataset: Dataset) -> None:
    found, same, more = (
        serving(dataset, cell, ids) for cell, ids in ((CELL, "bd"), (OTHER, "bd"), (OTHER, "bcd"))
    )

    assert found == same
    assert found != more
    assert {found, same, ("b", "d")} == {found}


def test_they_are_no_list_and_no_text(dataset: Dataset) -> None:
    found = serving(dataset, CELL, "a")

    assert found != ["a"]
    assert found != "a"


def test_what_is_lost_and_gained_is_named_in_file_order(dataset: Dataset) -> None:
    first, second, third = rated(dataset, CELL, "cd", "ab", "bcd")
    (other,) = rated(dataset, OTHER, "ad")
    named = Rating(CELL, first.coverage, ("b", "a"))

    assert lost_and_gained(first, second) == (["c", "d"], ["a", "b"])
    assert lost_and_gained(second, first) == (["a", "b"], ["c", "d"])
    assert lost_and_gained(second, third) == (["a"], ["c", "d"])
    assert lost_and_gained(third, other) == (["b", "c"], ["a"])
    assert lost_and_gained(named, third) == (["a"], ["c", "d"])
    assert lost_and_gained(third, named) == (["c", "d"], ["a"])


def test_an_instrument_that_comes_back_is_the_same_as_before(dataset: Dataset) -> None:
    first, _, again = rated(dataset, CELL, "ac", "b", "ca")

    assert again == first
    assert lost_and_gained(first, again) == ([], [])

"""Two matrices compared: what happened to each cell, and that it is the same seen from the other side."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import (
    CellChange,
    ChangeKind,
    build_matrix,
    compare,
    compare_ratings,
)
from clustergap.analysis.what_if import build_what_if, rank_keystones
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from strategies import dataset_of, datasets, queries, questions

CELL = Cell("social", "country")

MIRRORED = {
    ChangeKind.OPENED: ChangeKind.CLOSED,
    ChangeKind.CLOSED: ChangeKind.OPENED,
    ChangeKind.WORSE: ChangeKind.BETTER,
    ChangeKind.BETTER: ChangeKind.WORSE,
    ChangeKind.ASSESSMENT: ChangeKind.ASSESSMENT,
    ChangeKind.CHANGED: ChangeKind.CHANGED,
}


def rating(
    coverage: str, instruments: str = "", share: Share | None = None, notes: tuple[str, ...] = ()
) -> Rating:
    return Rating(CELL, Coverage(coverage), tuple(instruments), (), notes, share)


def share(
    covered: int, of: int = 3, missing: str = "", unknown: int = 0, partial: int = 0
) -> Share:
    return Share(covered, partial, of, unknown, tuple(missing))


STEPS = [
    (rating("full", "a"), rating("partial"), "opened", True),
    (rating("full", "a"), rating("none"), "opened", True),
    (rating("partial"), rating("none"), "worse", True),
    (rating("full", "a"), rating("unknown"), "assessment", True),
    (rating("none"), rating("unknown"), "assessment", True),
    (rating("unknown"), rating("none"), "assessment", False),
    (rating("unknown"), rating("full", "a"), "assessment", False),
    # At the same coverage, by the number of territories that are covered in full.
    (rating("partial", "ab", share(2)), rating("partial", "a", share(1)), "worse", True),
    (rating("partial", "a", share(1)), rating("partial"), "worse", True),
    (rating("partial", "a", share(0, partial=1)), rating("partial"), "changed", False),
    (rating("full", "a", share(3)), rating("full", "a"), "changed", False),
    (rating("full", "a", share(1, of=1, unknown=2)), rating("full", "a"), "better", False),
    (rating("full", "a", share(3)), rating("full", "a", share(2, of=2, unknown=1)), "worse", True),
    # Neither fewer nor more, but not the same.
    (rating("full", "ab"), rating("full", "a"), "changed", False),
    (rating("full", "a"), rating("full", "b"), "changed", False),
    (rating("partial", "a", share(1, missing="xy")), rating("partial", "a", share(1, missing="xz")), "changed", False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "kind", "is_regression"), STEPS)
def test_a_change_is_of_the_kind_that_the_contract_says(
    before: Rating, after: Rating, kind: str, is_regression: bool
) -> None:
    assert compare_ratings(before, after) == CellChange(CELL, before, after, ChangeKind(kind))
    assert CellChange(CELL, before, after, ChangeKind(kind)).is_regression is is_regression


def test_what_a_level_calls_its_territories_changes_no_cell() -> None:
    before = rating("partial", "a", share(1, missing="xy"))
    after = before._replace(share=Share(1, 0, 3, 0, ("y", "x"), ("region", "regions")))

    assert compare_ratings(before, after) is None


@pytest.mark.parametrize(("before", "after", "kind", "is_regression"), STEPS)
def test_a_change_seen_from_the_other_side_is_its_mirror(
    before: Rating, after: Rating, kind: str, is_regression: bool
) -> None:
    mirrored = MIRRORED[ChangeKind(kind)]

    assert compare_ratings(after, before) == CellChange(CELL, after, before, mirrored)
    assert not is_regression or not compare_ratings(after, before).is_regression  # type: ignore[union-attr]


def test_other_notes_alone_are_no_change() -> None:
    assert compare_ratings(rating("full", "a"), rating("full", "a", notes=("new",))) is None


def test_another_order_alone_is_no_change() -> None:
    before = rating("partial", "ab", share(1, missing="xy"))
    after = rating("partial", "ba", share(1, missing="yx"))

    assert compare_ratings(before, after) is None


def test_a_cell_that_only_one_side_has_is_unknown_to_the_other() -> None:
    one = build_matrix(dataset_of({"levels": ["eu"], "roles": ["social"]}), Query())
    two = build_matrix(dataset_of({"levels": ["eu", "region"], "roles": ["social"]}), Query())

    (new,) = compare(one, two).changes
    (gone,) = compare(two, one).changes

    assert (new.cell, new.before.coverage, new.after.coverage) == (
        Cell("social", "region"),
        Coverage.UNKNOWN,
        Coverage.NONE,
    )
    assert new.before.cell == gone.after.cell == gone.cell == new.cell
    assert (new.kind, new.is_regression) == (ChangeKind.ASSESSMENT, False)
    assert (gone.kind, gone.is_regression) == (ChangeKind.ASSESSMENT, True)


def test_only_cells_that_are_shown_are_compared() -> None:
    data = dataset_of({
        "levels": ["eu", "region"],
        "roles": ["social"],
        "instruments": [{"id": "a", "covers": {"social@eu": "full", "social@region": "full"}}],
    })  # fmt: skip
    plain, without = build_matrix(data, Query()), build_matrix(data, Query(without=("a",)))

    comparison = compare(plain.select([], ["eu"]), without.select([], ["eu"]))

    assert (comparison.before.query.without, comparison.after.query.without) == ((), ("a",))
    assert [str(change.cell) for change in comparison.changes] == ["social@eu"]
    assert comparison.summary() == {kind: int(kind is ChangeKind.OPENED) for kind in ChangeKind}
    assert [change.is_regression for change in comparison.changes] == [True]


@given(questions())
def test_a_matrix_compared_with_itself_is_empty(question: tuple[Dataset, Query]) -> None:
    matrix = build_matrix(*question)

    assert compare(matrix, matrix).changes == ()


@given(st.data(), datasets(), datasets())
def test_two_datasets_compared_mirror_each_other(
    data: st.DataObject, one: Dataset, two: Dataset
) -> None:
    a = build_matrix(one, data.draw(queries(one)))
    b = build_matrix(two, data.draw(queries(two)))

    there = {change.cell: change for change in compare(a, b).changes}
    back = {change.cell: change for change in compare(b, a).changes}

    assert there.keys() == back.keys()
    for cell, change in there.items():
        mirrored = CellChange(cell, change.after, change.before, MIRRORED[change.kind])
        # What says where no more seen from here, says where seen from there.
        assert back[cell]._replace(widened=()) == mirrored
        assert not (change.widened and back[cell].widened)


@given(questions())
def test_what_rests_on_an_instrument_is_what_opens_without_it(
    question: tuple[Dataset, Query],
) -> None:
    # With an instrument goes what hangs on it.
    dataset, query = question[0], dataclasses.replace(question[1], alone=False)
    matrix = build_matrix(dataset, query)
    ranked = {one.instrument.id: one for one in rank_keystones(matrix).ranked}

    for instrument in dataset.instruments:
        without = dataclasses.replace(query, without=(*query.without, instrument.id))
        opened = [
            change.cell
            for change in compare(matrix, build_matrix(dataset, without)).changes
            if change.before.coverage is Coverage.FULL
            and change.after.coverage is not Coverage.FULL
        ]
        keystone = ranked.get(instrument.id)
        assert list(keystone.opens if keystone else ()) == opened


def test_keystones_are_ranked_by_what_opens_then_by_what_they_serve_then_in_file_order() -> None:
    data = dataset_of({
        "levels": ["eu"],
        "roles": ["a", "b", "c", "d"],
        "instruments": [
            {"id": "one-of-two", "covers": {"a@eu": "full"}},
            {"id": "serves-two", "covers": {"a@eu": "full", "c@eu": "partial"}},
            {"id": "idle", "covers": {}},
            {"id": "alone", "covers": {"b@eu": "full"}},
            {"id": "alone-too", "covers": {"d@eu": "full"}},
        ],
    })  # fmt: skip

    ranked = rank_keystones(build_matrix(data, Query())).ranked

    assert [one.instrument.id for one in ranked] == [
        "alone", "alone-too", "serves-two", "one-of-two",
    ]  # fmt: skip
    assert ranked[0].opens == ranked[0].serves == (Cell("b", "eu"),)
    assert ranked[2].serves == (Cell("a", "eu"), Cell("c", "eu"))


def test_keystones_are_those_of_the_cells_that_are_shown() -> None:
    data = dataset_of({
        "levels": ["eu", "region"],
        "roles": ["a"],
        "instruments": [{"id": "i", "covers": {"a@eu": "full"}}],
    })  # fmt: skip

    matrix = build_matrix(data, Query()).select([], ["region"])

    found = rank_keystones(matrix)

    assert (found.matrix, found.ranked) == (matrix, ())


def test_a_cell_is_fragile_if_it_rests_on_an_instrument_only_now() -> None:
    data = dataset_of({
        "levels": ["eu"],
        "roles": ["a", "b"],
        "instruments": [
            {"id": "one", "covers": {"a@eu": "full"}},
            {"id": "two", "covers": {"a@eu": "full", "b@eu": "full"}},
        ],
    })  # fmt: skip
    plain, asked = build_matrix(data, Query()), Query(without=("one",))

    found = build_what_if(plain, build_matrix(data, asked), asked, "more.yaml")

    assert [(str(one.cell), one.rests_on) for one in found.fragile] == [("a@eu", ("two",))]
    assert (found.query, found.added) == (asked, "more.yaml")
    assert [change.kind for change in found.comparison.changes] == [ChangeKind.CHANGED]

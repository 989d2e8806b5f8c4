"""Records that another dataset has under another id: which are taken for renamed, and that nothing else differs then."""

import json

from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.diff import (
    DatasetSection,
    EditKind,
    KeyEdit,
    RecordEdit,
    find_difference,
    find_edits,
    find_renamed,
)
from clustergap.analysis.matrix import build_matrix
from clustergap.answers import diff
from clustergap.editing.rename import RecordId, RecordKind, ids_by_kind, rename_record
from clustergap.formats import Format, find_writer
from clustergap.model.dataset import Dataset
from clustergap.model.other_ids import OtherIds
from clustergap.model.query import Query
from clustergap.origin import Origin
from spreadsheets import document_of, target_of
from strategies import dataset_of, questions
from swot_strategies import linked

ORIGINS = (Origin("old"), Origin("new"))


def data_of(*instruments: object, **more: object) -> Dataset:
    return dataset_of({"levels": ["eu"], "roles": ["a", "b"], "instruments": instruments, **more})


def act(id_: str, cell: str = "a@eu", **more: object) -> dict[str, object]:
    return {"id": id_, "name": "The act", "covers": {cell: "full"}, **more}


RENAMED = RecordEdit(DatasetSection.INSTRUMENTS, "new", "The act", EditKind.RENAMED, was="old")


def test_an_instrument_with_the_name_and_the_covers_of_one_that_is_gone_was_renamed() -> None:
    before, after = data_of(act("old"), "other"), data_of("other", act("new"))

    difference = find_difference(*(build_matrix(side, Query()) for side in (before, after)))

    assert difference.edits == (RENAMED,)
    assert difference.comparison.changes == ()
    assert difference.regressions == ()
    assert difference.has_changed


def test_what_names_it_by_its_new_id_has_not_changed() -> None:
    before = data_of(act("old"), {"id": "x", "part_of": "old", "succeeded_by": ["old"]})
    after = data_of(act("new"), {"id": "x", "part_of": "new", "succeeded_by": ["new"]})

    assert find_edits(before, after) == (RENAMED,)


def test_what_else_was_changed_is_told_beside_it() -> None:
    edit = find_edits(data_of(act("old")), data_of(act("new", note="New")))

    assert edit == (RENAMED._replace(keys=(KeyEdit("note", None, "New"),)),)


def test_with_other_covers_it_is_another_instrument() -> None:
    edits = find_edits(data_of(act("old")), data_of(act("new", "b@eu")))

    assert [edit.kind for edit in edits] == [EditKind.ADDED, EditKind.REMOVED]


def test_where_two_have_the_name_nobody_knows_which_was_renamed() -> None:
    before, after = data_of(act("old"), act("older")), data_of(act("new"), act("newer"))

    assert find_renamed(before, after) == OtherIds()


def test_one_that_is_still_there_was_not_renamed() -> None:
    assert find_renamed(data_of(act("old")), data_of(act("old"), act("new"))) == OtherIds()


def test_covers_are_the_same_but_for_a_renamed_role() -> None:
    before = dataset_of(
        {"levels": ["eu"], "roles": [{"id": "a", "name": "R"}], "instruments": [act("old")]}
    )
    after = dataset_of(
        {
            "levels": ["eu"],
            "roles": [{"id": "c", "name": "R"}],
            "instruments": [act("new", "c@eu")],
        }
    )

    difference = find_difference(*(build_matrix(side, Query()) for side in (before, after)))

    assert difference.comparison.changes == ()
    assert [(edit.section.value, edit.was, edit.id) for edit in difference.edits] == [
        ("instruments", "old", "new"),
        ("roles", "a", "c"),
    ]


def test_a_question_may_name_either_id() -> None:
    before, after = data_of(act("old")), data_of(act("new"))

    for id_ in ("old", "new"):
        query = Query(without=(id_,))
        sides = (build_matrix(side, query).select(["a"], []) for side in (before, after))
        difference = find_difference(*sides)

        assert difference.comparison.changes == ()
        assert [r.coverage.value for r in difference.comparison.after] == ["none"]


def test_a_role_that_is_shown_by_its_old_id_is_shown_on_both_sides() -> None:
    roles = ([{"id": id_, "name": "R"}, "b"] for id_ in ("old", "new"))
    sides = (build_matrix(dataset_of({"levels": ["eu"], "roles": of}), Query()) for of in roles)

    comparison = find_difference(*(side.select(["old"], []) for side in sides)).comparison

    assert [
        [role.id for role in side.roles] for side in (comparison.before, comparison.after)
    ] == [
        ["new"],
        ["new"],
    ]


def test_it_is_said_with_both_ids_in_every_format() -> None:
    sides = (build_matrix(data_of(act(id_)), Query()) for id_ in ("old", "new"))
    difference = find_difference(*sides)

    record = json.loads(find_writer("diff", Format.JSON, ORIGINS)(difference))
    rows = [
        row[:7]
        for row in diff.rows(
            difference,
        ).rows
    ]

    assert record["instruments"] == [
        {"id": "new", "label": "The act", "what": "renamed", "was": "old", "keys": []}
    ]
    assert rows == [("instruments", "new", "The act", "renamed", "id", "old", "new")]
    assert "- renamed The act (old → new)\n" in find_writer("diff", Format.MD, ORIGINS)(difference)
    assert "**Instruments**: 1 renamed" in find_writer("diff", Format.MD, ORIGINS)(difference)


@given(st.data(), questions())
def test_a_dataset_with_one_new_id_differs_in_that_alone(
    data: st.DataObject, asked: tuple[Dataset, Query]
) -> None:
    before, query = asked
    target = target_of(main=json.dumps(document_of(before)))
    kinds = {**ids_by_kind(before)}
    # Kinds and targets without a vocabulary have no name by which they could be known again.
    for kind in (RecordKind.PLACE, RecordKind.KIND, RecordKind.TARGET):
        del kinds[kind]
    records = [RecordId(kind, id_) for kind, ids in kinds.items() for id_ in ids]
    one = data.draw(st.sampled_from(records))

    after = rename_record(target, one, "zz").after

    matrices = (build_matrix(side, query) for side in (before, after))
    difference = find_difference(*matrices)
    assert difference.comparison.changes == ()
    (edit,) = difference.edits
    assert (edit.kind, edit.was, edit.id, edit.keys) == (EditKind.RENAMED, one.id, "zz", ())


@given(st.data(), questions())
def test_no_dataset_is_taken_for_another_than_itself(
    data: st.DataObject, asked: tuple[Dataset, Query]
) -> None:
    dataset = data.draw(linked(asked[0]))

    assert find_renamed(dataset, dataset) == OtherIds()
    assert find_edits(dataset, dataset) == ()

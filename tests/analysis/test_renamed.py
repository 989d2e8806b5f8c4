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


# Places of the data's own


def data_in(*units: object, named: tuple[str, ...] = (), **more: object) -> Dataset:
    """Make a dataset whose level has these units, and an instrument that covers some of them, else all."""
    cover: object = {"extent": "full", "territories": named} if named else "full"
    return dataset_of(
        {
            "levels": [{"id": "place", "name": "Place", "territories": [*units]}],
            "roles": ["a"],
            "instruments": [{"id": "x", "covers": {"a@place": cover}}],
            **more,
        }
    )


def unit(code: str, name: str) -> dict[str, str]:
    return {"code": code, "name": name}


def renamed_place(old: str, new: str, label: str) -> RecordEdit:
    return RecordEdit(DatasetSection.PLACES, new, label, EditKind.RENAMED, was=old)


def test_a_place_with_the_name_of_one_that_is_gone_was_renamed_and_nothing_else_differs() -> None:
    more = {
        "assessed": {"place": ["P1", "RO"]},
        "groups": [{"id": "g", "name": "G", "territories": ["P1"]}],
    }
    before = data_in(unit("P1", "Port"), "RO", named=("P1",), **more)
    after = data_in(
        unit("Q", "Port"),
        "RO",
        named=("Q",),
        assessed={"place": ["Q", "RO"]},
        groups=[{"id": "g", "name": "G", "territories": ["Q"]}],
    )

    difference = find_difference(*(build_matrix(side, Query()) for side in (before, after)))

    assert difference.edits == (renamed_place("P1", "Q", "Port"),)
    assert difference.comparison.changes == ()


def test_what_lies_in_a_renamed_place_was_renamed_with_it_with_or_without_a_name() -> None:
    before = data_in(unit("P1-A", "Port"), "P1-B", named=("P1",))
    after = data_in(unit("P2-A", "Port"), "P2-B", named=("P2",))

    assert find_renamed(before, after).places == {"P1": "P2", "P1-A": "P2-A", "P1-B": "P2-B"}
    assert find_edits(before, after) == (renamed_place("P1", "P2", ""),)


def test_a_place_that_lies_elsewhere_now_takes_nothing_with_it() -> None:
    before = data_in(unit("P1-A", "Port"), unit("P1-B", "Bay"))
    after = data_in(unit("P2-A", "Port"), unit("P3-B", "Bay"))

    assert find_renamed(before, after).places == {"P1-A": "P2-A", "P1-B": "P3-B"}


def test_places_of_one_name_at_one_level_are_not_known_again() -> None:
    before = data_in(unit("P1", "Port"), unit("P2", "Port"))
    after = data_in(unit("P3", "Port"), unit("P4", "Port"))

    assert find_renamed(before, after) == OtherIds()


def test_a_place_without_a_name_and_one_of_the_lists_are_not_known_again() -> None:
    assert find_renamed(data_in("P1"), data_in("P2")) == OtherIds()
    listed = (data_in(unit(code, "Region")) for code in ("RO11", "RO12"))
    assert find_renamed(*listed) == OtherIds()


def test_a_question_may_name_either_code_of_a_place() -> None:
    sides = [data_in(unit(code, "Port"), "RO", named=(code,)) for code in ("P1", "P2")]

    for code in ("P1", "P2"):
        matrices = (build_matrix(side, Query(place=code)) for side in sides)
        comparison = find_difference(*matrices).comparison

        assert comparison.changes == ()
        assert [rating.coverage.value for rating in comparison.before] == ["full"]


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
    # Kinds and targets without a vocabulary, and many places, have no name by which they could be known again.
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


OWN = ("P1", "P1-A", "P1-B", "P2-A", "P3")


@given(st.data(), st.lists(st.sampled_from(OWN[1:]), min_size=1, unique=True))
def test_a_dataset_with_another_code_of_a_place_differs_in_that_alone(
    data: st.DataObject, codes: list[str]
) -> None:
    units = [unit(code, f"Place {code}") for code in codes]
    before = data_in(*units, named=(data.draw(st.sampled_from(codes)),))
    target = target_of(main=json.dumps(document_of(before)))
    old = data.draw(st.sampled_from([*ids_by_kind(before)[RecordKind.PLACE]]))
    new = f"{old.rpartition('-')[0]}-Z" if "-" in old else "Z"

    after = rename_record(target, RecordId(RecordKind.PLACE, old), new).after

    difference = find_difference(*(build_matrix(side, Query()) for side in (before, after)))
    assert difference.comparison.changes == ()
    (edit,) = difference.edits
    assert (edit.kind, edit.was, edit.id, edit.keys) == (EditKind.RENAMED, old, new, ())


@given(st.data(), questions())
def test_no_dataset_is_taken_for_another_than_itself(
    data: st.DataObject, asked: tuple[Dataset, Query]
) -> None:
    dataset = data.draw(linked(asked[0]))

    assert find_renamed(dataset, dataset) == OtherIds()
    assert find_edits(dataset, dataset) == ()

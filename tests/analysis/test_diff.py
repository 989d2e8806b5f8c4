"""What was edited between two datasets: every key of every record, and the same seen from the other side."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from pydantic import BaseModel

from clustergap.analysis.diff import (
    DatasetSection,
    EditKind,
    KeyEdit,
    RecordEdit,
    find_difference,
    find_edits,
)
from clustergap.analysis.matrix import build_matrix
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import AcceptedGap, Dataset, Instrument, Kind, Level, Role, Target
from clustergap.model.places import Group
from clustergap.model.query import Query
from clustergap.model.record import Source
from clustergap.model.statement import Extent, Statement
from clustergap.model.swot import Quadrant, SwotItem
from paths import ROOT
from strategies import Document, dataset_of, datasets

DATA = ROOT / "data"

ADDED, _RENAMED, REMOVED, CHANGED = EditKind

K = TypeVar("K")
V = TypeVar("V")


MIRRORED = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}


def data_of(swot: Document | None = None, /, **more: object) -> Dataset:
    """Make a dataset of one level."""
    return dataset_of({"levels": ["eu"], **more}, swot)


def in_section(section: DatasetSection, *records: Document) -> Dataset:
    """Make a dataset that has these records in a section; mappings have their key as "id"."""
    if section is DatasetSection.SWOT:
        return data_of({"threats": list(records)})
    if section in (
        DatasetSection.SOURCES,
        DatasetSection.OBSERVATIONS,
        DatasetSection.ACCEPTED_GAPS,
    ):
        keyed = {str(one["id"]): {k: v for k, v in one.items() if k != "id"} for one in records}
        return data_of(**{section.value: keyed})
    return data_of(**{section.value: list(records)})


def only(edits: Iterable[RecordEdit]) -> RecordEdit:
    """Return the one edit."""
    (edit,) = edits
    return edit


# Every key of every record

REFS = [{"ref": "deck"}, {"ref": "deck", "quote": "DIH"}]
DATED = ("2019", "2020")
TEXTS = ("One", "Two")
ADDRESSES = ("https://a.eu", "https://a.eu/b")

OTHER_VALUES: Mapping[DatasetSection, Mapping[str, tuple[object, object]]] = {
    DatasetSection.INSTRUMENTS: {
        "kind": ("fund", "forum"),
        "starts": DATED,
        "ends": DATED,
        "seen": DATED,
        "status": ("active", "planned"),
        "targets": (["all"], ["all", "few"]),
        "url": ADDRESSES,
        "part_of": ("b", "c"),
        "funded_by": (["b"], ["c"]),
        "succeeded_by": (["b"], ["c"]),
        "commits_until": DATED,
        "reviewed": DATED,
        "sources": (REFS[:1], REFS[1:]),
        "covers": ({"role@eu": "full"}, {"role@eu": "partial"}),
    },
    DatasetSection.SWOT: {
        "levels": (["eu"], ["eu", "region"]),
        "roles": (["role"], ["other"]),
        "instruments": (["a"], ["b"]),
        "cells": (["role@eu"], ["other@eu"]),
        "meant": ({"roles": ["role"]}, {"roles": ["other"]}),
        "sources": (REFS, REFS[:1]),
    },
    DatasetSection.OBSERVATIONS: {
        "extent": ("full", "partial"),
        "territories": (["AT"], {"except": ["AT"]}),
        "starts": DATED,
        "ends": DATED,
        "seen": DATED,
        "at_least": ("false", "true"),
        "sources": (REFS, REFS[:1]),
    },
    DatasetSection.ACCEPTED_GAPS: {"until": DATED},
    DatasetSection.LEVELS: {
        "aliases": (["a"], ["b"]),
        "territories": (["AT"], [{"code": "AT", "name": "Austria"}]),
        "unit": ({"one": "region", "many": "regions"}, {"one": "land", "many": "lands"}),
    },
    DatasetSection.ROLES: {"aliases": (["a"], ["b"])},
    DatasetSection.GROUPS: {
        "territories": (["RO"], ["RO", "BG"]),
        "sources": (REFS[:1], REFS[1:]),
    },
    DatasetSection.KINDS: {"funds": ("true", "false")},
    DatasetSection.SOURCES: {"url": ADDRESSES},
}
"""Two values of each key that is no text."""


MODELS: Mapping[DatasetSection, type[object]] = {
    DatasetSection.INSTRUMENTS: Instrument,
    DatasetSection.SWOT: SwotItem,
    DatasetSection.OBSERVATIONS: Statement,
    DatasetSection.ACCEPTED_GAPS: AcceptedGap,
    DatasetSection.LEVELS: Level,
    DatasetSection.ROLES: Role,
    DatasetSection.KINDS: Kind,
    DatasetSection.TARGETS: Target,
    DatasetSection.GROUPS: Group,
    DatasetSection.SOURCES: Source,
}


def fields_of(model: type[object]) -> set[str]:
    """Return the fields of a model."""
    if issubclass(model, BaseModel):
        return set(model.model_fields)
    return set(model.__dataclass_fields__)  # type: ignore[attr-defined]


VALUES: Mapping[DatasetSection, Mapping[str, tuple[object, object]]] = {
    section: {
        **dict.fromkeys(sorted(fields_of(model) - {"id"}), TEXTS),
        **OTHER_VALUES.get(section, {}),
    }
    for section, model in MODELS.items()
}
"""Two values of each key that a record of a section may have."""

MAPPINGS = {"covers": "covers.role@eu", "meant": "meant.roles"}
"""Keys whose value is a mapping, as they are told of: each entry by itself."""
NEEDED_BY: Mapping[str, Mapping[str, object]] = {"at_least": {"territories": ["AT"]}}
"""What a record must have beside a key: a list that may not be whole is a list."""

REQUIRED = {"name", "text", "title", "reason"}
DEFAULTS = {("status", "active"), ("extent", "full"), ("at_least", "false")}
KEYS = [(section, key) for section, values in VALUES.items() for key in values]


def record(section: DatasetSection, **keys: object) -> dict[str, object]:
    """Make a record of a section, with what is required."""
    needed: dict[str, object] = dict.fromkeys(REQUIRED & fields_of(MODELS[section]), "Needed")
    if section is DatasetSection.GROUPS:
        needed["territories"] = ["AT"]
    id_ = (
        "role@eu"
        if section in (DatasetSection.OBSERVATIONS, DatasetSection.ACCEPTED_GAPS)
        else "eu"
    )
    return {"id": id_, **needed, **NEEDED_BY.get(next(iter(keys), ""), {}), **keys}


def test_no_section_of_a_dataset_is_forgotten() -> None:
    parts = {field.name for field in dataclasses.fields(Dataset)}

    # Places are keys of their levels; those that were renamed are told of by themselves.
    assert {section.value for section in DatasetSection} == (parts - {"title", "as_of"}) | {
        "dataset",
        "places",
    }
    others = {DatasetSection.ASSESSED, DatasetSection.DATASET, DatasetSection.PLACES}
    assert {*MODELS, *others} == set(DatasetSection)


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_a_key_that_is_not_as_it_was_is_told(section: DatasetSection, key: str) -> None:
    one, other = VALUES[section][key]
    before = in_section(section, record(section, **{key: one}))
    after = in_section(section, record(section, **{key: other}))

    edit = only(find_edits(before, after))

    assert (edit.section, edit.kind) == (section, CHANGED)
    told = only_key(edit)
    assert told.key == MAPPINGS.get(key, key)
    assert told.before != told.after


def only_key(edit: RecordEdit) -> KeyEdit:
    """Return the one key that changed."""
    (key,) = edit.keys
    return key


@pytest.mark.parametrize(
    ("section", "key"),
    [
        (section, key)
        for section, key in KEYS
        if key not in REQUIRED and (section, key) != (DatasetSection.GROUPS, "territories")
    ],
)
def test_a_key_that_was_not_there_is_told(section: DatasetSection, key: str) -> None:
    before = in_section(section, record(section, **NEEDED_BY.get(key, {})))

    for value in VALUES[section][key]:
        after = in_section(section, record(section, **{key: value}))
        if isinstance(value, str) and (key, value) in DEFAULTS:
            assert find_edits(before, after) == ()
            continue
        there, back = only(find_edits(before, after)), only(find_edits(after, before))
        told, untold = only_key(there), only_key(back)
        assert (there.section, there.kind) == (back.section, back.kind) == (section, CHANGED)
        assert told.key == untold.key == MAPPINGS.get(key, key)
        default = next((default for name, default in DEFAULTS if name == key), None)
        assert told.before in (None, default)
        assert (told.after, told.before) == (untold.before, untold.after)
        assert told.after is not None


@pytest.mark.parametrize("section", MODELS)
def test_several_keys_of_a_record_are_one_edit(section: DatasetSection) -> None:
    one, other = (
        {key: values[n] for key, values in VALUES[section].items() if key != "id"} for n in (0, 1)
    )
    before, after = (in_section(section, record(section, **keys)) for keys in (one, other))

    edit = only(find_edits(before, after))

    told = {key.key.partition(".")[0] for key in edit.keys}
    assert told == set(VALUES[section])
    assert len(edit.keys) == len(told)


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_the_same_value_is_no_edit(section: DatasetSection, key: str) -> None:
    value, _ = VALUES[section][key]
    one, other = (in_section(section, record(section, **{key: value})) for _ in "ab")

    assert find_edits(one, other) == ()


@pytest.mark.parametrize("section", MODELS)
def test_a_record_that_only_one_side_has_is_added_or_removed(section: DatasetSection) -> None:
    more = record(section, **{k: v[0] for k, v in VALUES[section].items() if k != "covers"})
    if section in (DatasetSection.LEVELS, DatasetSection.ROLES):  # at least one is required
        more["id"] = "new"
        without, with_ = (
            in_section(section, record(section)),
            in_section(section, record(section), more),
        )
    else:
        without, with_ = data_of(), in_section(section, more)

    added, removed = only(find_edits(without, with_)), only(find_edits(with_, without))

    assert (added.section, added.id, added.kind, added.keys) == (section, more["id"], ADDED, ())
    assert removed == added._replace(kind=REMOVED)


# Which record, and what it is called


def test_a_record_is_named_by_its_label() -> None:
    before = data_of()
    after = data_of(
        {"strengths": [{"id": "s1", "text": "A strong approach"}]},
        roles=["role", {"id": "new", "name": "New role"}],
        kinds=[{"id": "fund", "name": "Fund"}],
        targets=[{"id": "all", "name": "Everybody"}],
        sources={"deck": {"title": "The deck"}},
        instruments=[
            {"id": "dih", "name": "Digital Innovation Hubs", "short": "DIH"},
            {"id": "eccp", "name": "Platform"},
        ],
        observations={"role@eu": "partial"},
        accepted_gaps={"role@eu": {"reason": "Not our task"}},
        assessed={"eu": ["AT"]},
    )

    assert [(edit.section, edit.id, edit.label) for edit in find_edits(before, after)] == [
        (DatasetSection.INSTRUMENTS, "dih", "DIH"),
        (DatasetSection.INSTRUMENTS, "eccp", "Platform"),
        (DatasetSection.SWOT, "s1", "A strong approach"),
        (DatasetSection.OBSERVATIONS, "role@eu", ""),
        (DatasetSection.ASSESSED, "eu", ""),
        (DatasetSection.ACCEPTED_GAPS, "role@eu", ""),
        (DatasetSection.ROLES, "new", "New role"),
        (DatasetSection.KINDS, "fund", "Fund"),
        (DatasetSection.TARGETS, "all", "Everybody"),
        (DatasetSection.SOURCES, "deck", "The deck"),
    ]


def test_a_record_is_named_as_it_is_called_afterwards() -> None:
    before = data_of(instruments=[{"id": "a", "name": "Old"}])
    after = data_of(instruments=[{"id": "a", "name": "New"}])

    assert only(find_edits(before, after)).label == "New"
    assert only_key(only(find_edits(before, after))) == KeyEdit("name", "Old", "New")
    assert only(find_edits(before, data_of())).label == "Old"


def test_a_record_with_another_id_and_another_name_is_one_removed_and_one_added() -> None:
    before = data_of(instruments=[{"id": "a", "name": "One"}])
    after = data_of(instruments=[{"id": "b", "name": "Other"}])

    assert find_edits(before, after) == (
        RecordEdit(DatasetSection.INSTRUMENTS, "b", "Other", ADDED),
        RecordEdit(DatasetSection.INSTRUMENTS, "a", "One", REMOVED),
    )


def test_in_a_section_what_is_there_comes_in_file_order_and_then_what_is_gone() -> None:
    def named(*names: str) -> Dataset:
        return data_of(instruments=[{"id": n[0], "name": n} for n in names])

    edits = find_edits(named("z", "gone", "a", "same", "w"), named("new", "a1", "same", "z1"))

    assert [(edit.id, edit.kind) for edit in edits] == [
        ("n", ADDED), ("a", CHANGED), ("z", CHANGED), ("g", REMOVED), ("w", REMOVED),
    ]  # fmt: skip


# Covers, observations, assessed lists, the SWOT, the frame


def test_covers_are_told_one_by_one() -> None:
    def covering(**covers: object) -> Dataset:
        named = {key.replace("_", "@"): value for key, value in covers.items()}
        instrument = {"id": "a", "covers": named}
        return dataset_of({"levels": ["eu"], "roles": list("bcdef"), "instruments": [instrument]})

    before = covering(b_eu="full", c_eu="full", d_eu={"territories": ["AT"]}, e_eu="partial")
    after = covering(
        b_eu="full",
        c_eu={"extent": "partial", "note": "Pilot"},
        d_eu={"territories": {"except": ["AT"]}},
        f_eu="full",
    )

    edit = only(find_edits(before, after))

    assert set_of(edit) == {
        "covers.c@eu": ("full", {"extent": "partial", "note": "Pilot"}),
        "covers.d@eu": (
            {"extent": "full", "territories": ["AT"]},
            {"extent": "full", "territories": {"except": ["AT"]}},
        ),
        "covers.e@eu": ("partial", None),
        "covers.f@eu": (None, "full"),
    }


def set_of(edit: RecordEdit) -> dict[str, tuple[object, object]]:
    """Return what each key was and is."""
    return {key.key: (key.before, key.after) for key in edit.keys}


def test_an_observation_is_named_by_its_cell() -> None:
    before = data_of(observations={"role@eu": {"extent": "partial", "note": "Old"}})
    after = data_of(observations={"role@eu": {"extent": "partial", "note": "New"}})

    assert only(find_edits(before, after)) == RecordEdit(
        DatasetSection.OBSERVATIONS,
        "role@eu",
        "",
        CHANGED,
        (KeyEdit("note", "Old", "New"),),
        (Extent.PARTIAL, Extent.PARTIAL),
    )


@pytest.mark.parametrize("place", ["eu", "role@eu"])
def test_an_assessed_list_is_named_by_its_level_or_cell(place: str) -> None:
    before = data_of(assessed={place: ["AT"]})
    after = data_of(assessed={place: ["AT", "BE"]})

    assert only(find_edits(before, after)) == RecordEdit(
        DatasetSection.ASSESSED,
        place,
        "",
        CHANGED,
        (KeyEdit("territories", ["AT"], ["AT", "BE"]),),
    )
    assert only(find_edits(data_of(), after)) == RecordEdit(
        DatasetSection.ASSESSED, place, "", ADDED
    )


def test_an_assessed_list_of_a_level_is_not_that_of_its_cell() -> None:
    edits = find_edits(data_of(assessed={"eu": ["AT"]}), data_of(assessed={"role@eu": ["AT"]}))

    assert [(edit.id, edit.kind) for edit in edits] == [("role@eu", ADDED), ("eu", REMOVED)]


def test_a_swot_item_that_moves_to_another_quadrant_is_changed() -> None:
    item = {"id": "s1", "text": "Many programmes", "levels": ["eu"]}

    edit = only(find_edits(data_of({"strengths": [item]}), data_of({"threats": [item]})))

    assert edit == RecordEdit(
        DatasetSection.SWOT, "s1", "Many programmes", CHANGED, (KeyEdit("quadrant", "strengths", "threats"),)
    )  # fmt: skip


def test_a_swot_item_may_move_and_change_its_words_at_once() -> None:
    before = data_of({"strengths": [{"id": "s1", "text": "Old"}]})
    after = data_of({"weaknesses": [{"id": "s1", "text": "New"}]})

    edit = only(find_edits(before, after))

    assert edit.label == "New"
    assert set_of(edit) == {"quadrant": ("strengths", "weaknesses"), "text": ("Old", "New")}


def test_a_swot_that_is_not_there_is_a_swot_without_items() -> None:
    assert find_edits(data_of(), data_of({})) == ()
    assert find_edits(data_of({}), data_of()) == ()
    item = {"id": "s1", "text": "T"}
    assert only(find_edits(data_of(), data_of({"strengths": [item]}))).kind is ADDED


def test_the_frame_of_a_dataset_is_one_record() -> None:
    before, after = data_of(title="Old"), data_of(title="New", as_of="2019-05")

    edit = only(find_edits(before, after))

    assert (edit.section, edit.id, edit.kind) == (DatasetSection.DATASET, "dataset", CHANGED)
    assert set_of(edit) == {"title": ("Old", "New"), "as_of": (None, "2019-05-31")}
    assert set_of(only(find_edits(after, data_of(title="New")))) == {"as_of": ("2019-05-31", None)}


def test_a_level_that_names_its_territories_otherwise_is_changed() -> None:
    def level(territories: object) -> Dataset:
        return dataset_of({"levels": [{"id": "country", "territories": territories}]})

    edit = only(find_edits(level(["AT", "BE"]), level(["AT", "RO"])))

    assert (edit.section, edit.id) == (DatasetSection.LEVELS, "country")
    assert set_of(edit)["territories"] == (
        [{"code": "AT", "name": "AT"}, {"code": "BE", "name": "BE"}],
        [{"code": "AT", "name": "AT"}, {"code": "RO", "name": "RO"}],
    )
    assert find_edits(level("eu27"), level("eu27")) == ()
    assert only_key(only(find_edits(level("eu27"), level("nuts1-2024")))).key == "territories"


def test_the_order_of_a_levels_territories_is_the_order_of_what_is_missing() -> None:
    one, other = (
        dataset_of({"levels": [{"id": "country", "territories": codes}]})
        for codes in (["AT", "BE"], ["BE", "AT"])
    )

    assert only_key(only(find_edits(one, other))).key == "territories"


# What is no edit


@pytest.mark.parametrize(
    "written",
    [
        {"status": "active"},
        {"short": None, "kind": None, "starts": None, "ends": None, "reviewed": None},
        {"targets": [], "part_of": None, "funded_by": [], "succeeded_by": [], "sources": []},
        {"covers": {}},
        {"note": None, "description": None, "url": None},
        {"managing_body": None, "legal_basis": None},
    ],
)
def test_a_default_that_is_written_out_is_no_edit(written: Document) -> None:
    before = data_of(instruments=["a"])
    after = data_of(instruments=[{"id": "a", **written}])

    assert find_edits(before, after) == find_edits(after, before) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("full", {}),
        ("full", {"extent": "full"}),
        ("partial", {"extent": "partial", "note": None, "sources": []}),
        ({"starts": "2019"}, {"starts": "2019-01-01", "territories": None}),
        ({"ends": "2020-02"}, {"ends": "2020-02-29"}),
    ],
)
def test_a_statement_that_is_written_otherwise_but_says_the_same_is_no_edit(
    one: object, other: object
) -> None:
    def saying(statement: object) -> Dataset:
        covers = {"role@eu": statement}
        return data_of(instruments=[{"id": "a", "covers": covers}], observations=covers)

    assert find_edits(saying(one), saying(other)) == find_edits(saying(other), saying(one)) == ()


def test_other_records_that_are_written_otherwise_but_say_the_same_are_no_edit() -> None:
    one = data_of(
        {"threats": [{"id": "t", "text": "T"}]},
        as_of="2019",
        levels=[{"id": "eu", "territories": ["AT"]}],
        accepted_gaps={"role@eu": {"reason": "R", "until": "2020"}},
        sources={"deck": {"title": "T"}},
        kinds=[{"id": "fund", "name": "F"}],
    )
    other = data_of(
        {"threats": [{"id": "t", "text": "T", "levels": [], "cells": [], "sources": []}]},
        as_of="2019-12-31",
        levels=[{"id": "eu", "aliases": [], "territories": [{"code": "AT", "name": "AT"}]}],
        accepted_gaps={"role@eu": {"reason": "R", "by": None, "until": "2020-12-31"}},
        sources={"deck": {"title": "T", "author": None, "date": None}},
        kinds=[{"id": "fund", "name": "F", "funds": None, "description": None}],
        instruments=[],
        observations={},
        assessed={},
    )

    assert find_edits(one, other) == ()


def turned(records: Mapping[K, V]) -> dict[K, V]:
    """Turn round the order of a mapping."""
    return dict(list(records.items())[::-1])


def reordered(dataset: Dataset) -> Dataset:
    """Turn round the order of all records."""
    return dataclasses.replace(
        dataset,
        sources=turned(dataset.sources),
        levels=dataset.levels[::-1],
        roles=dataset.roles[::-1],
        kinds=dataset.kinds[::-1],
        targets=dataset.targets[::-1],
        groups=dataset.groups[::-1],
        instruments=dataset.instruments[::-1],
        observations=turned(dataset.observations),
        assessed=turned(dataset.assessed),
        accepted_gaps=turned(dataset.accepted_gaps),
        swot={q: items[::-1] for q, items in turned(dataset.swot).items()},
    )


def test_the_order_of_covers_is_no_edit() -> None:
    covers = {"a@eu": "full", "b@eu": "partial"}
    one, other = (
        dataset_of({"levels": ["eu"], "roles": ["a", "b"], "instruments": [{"id": "i", "covers": c}]})
        for c in (covers, dict(reversed(covers.items())))
    )  # fmt: skip

    assert find_edits(one, other) == ()


def test_the_order_of_the_decks_records_is_no_edit() -> None:
    deck = load_dataset(find_files(DATA)).dataset

    assert deck.swot
    assert find_edits(deck, reordered(deck)) == ()
    assert find_edits(deck, deck) == ()


# By chance


@given(datasets())
def test_a_dataset_compared_with_itself_has_no_edit(dataset: Dataset) -> None:
    matrix = build_matrix(dataset, Query())

    assert find_edits(dataset, dataset) == ()
    assert find_edits(dataset, reordered(dataset)) == ()
    assert not find_difference(matrix, matrix).has_changed


def mirrored(edit: RecordEdit) -> tuple[object, ...]:
    """See an edit from the other side; what it is called may be another."""
    keys = {key.key: (key.after, key.before) for key in edit.keys}
    return (edit.section, edit.id, MIRRORED[edit.kind], keys)


@given(datasets(), datasets())
def test_edits_seen_from_the_other_side_are_their_mirror(one: Dataset, two: Dataset) -> None:
    there, back = find_edits(one, two), find_edits(two, one)

    assert len(there) == len({(edit.section, edit.id) for edit in there})
    key = lambda told: (told[0], told[1])  # noqa: E731
    assert sorted((mirrored(edit) for edit in there), key=key) == sorted(
        ((edit.section, edit.id, edit.kind, set_of(edit)) for edit in back), key=key
    )


@given(datasets(), datasets())
def test_there_are_edits_where_and_only_where_two_datasets_do_not_say_the_same(
    one: Dataset, two: Dataset
) -> None:
    assert bool(find_edits(one, two)) is (sorted_parts(one) != sorted_parts(two))


def sorted_parts(dataset: Dataset) -> list[object]:
    """Return all that a dataset says, whatever its order."""
    in_any_order: list[object] = [dataset.title, dataset.as_of]
    for field in dataclasses.fields(dataset):
        part = getattr(dataset, field.name)
        if isinstance(part, tuple):
            in_any_order.append({one.id: one for one in part})
        elif isinstance(part, dict):
            in_any_order.append(part)
    return in_any_order


@given(datasets(), datasets())
def test_what_is_told_of_a_key_is_never_the_same_before_and_after(
    one: Dataset, two: Dataset
) -> None:
    for edit in find_edits(one, two):
        assert bool(edit.keys) is (edit.kind is CHANGED)
        assert all(key.before != key.after for key in edit.keys)
        assert len({key.key for key in edit.keys}) == len(edit.keys)
        told = [[key.before, key.after] for key in edit.keys]
        assert json.loads(json.dumps(told)) == told


@given(datasets(), datasets())
def test_edits_come_section_by_section(one: Dataset, two: Dataset) -> None:
    sections = list(DatasetSection)

    found = [sections.index(edit.section) for edit in find_edits(one, two)]

    assert found == sorted(found)


# Together with coverage


def test_two_datasets_differ_if_a_record_does_though_no_cell_does() -> None:
    one = build_matrix(data_of(title="Old"), Query())
    two = build_matrix(data_of(title="New"), Query())

    found = find_difference(one, two)

    assert found.comparison.changes == ()
    assert found.has_changed
    assert [edit.section for edit in found.edits] == [DatasetSection.DATASET]


def test_one_dataset_on_two_days_differs_in_its_cells_alone() -> None:
    data = data_of(instruments=[{"id": "a", "starts": "2020", "covers": {"role@eu": "full"}}])
    before, after = (build_matrix(data, Query(as_of=date(year, 6, 1))) for year in (2019, 2020))

    found = find_difference(before, after)

    assert [str(change.cell) for change in found.comparison.changes] == ["role@eu"]
    assert found.edits == ()
    assert found.has_changed


def test_records_of_cells_that_are_not_shown_are_compared_too() -> None:
    one = build_matrix(data_of(levels=["eu", "region"]), Query())
    more = {"role@region": "full"}
    two = build_matrix(data_of(levels=["eu", "region"], observations=more), Query())

    found = find_difference(one.select([], ["eu"]), two.select([], ["eu"]))

    assert found.comparison.changes == ()
    assert [(edit.section, edit.id) for edit in found.edits] == [
        (DatasetSection.OBSERVATIONS, "role@region")
    ]


def test_the_four_quadrants_are_one_section() -> None:
    item = {"id": "x", "text": "T"}
    before = data_of()

    for quadrant in Quadrant:
        edit = only(find_edits(before, data_of({quadrant.value: [item]})))
        assert edit == RecordEdit(DatasetSection.SWOT, "x", "T", ADDED)


def test_a_default_that_is_not_given_is_told_as_what_it_means() -> None:
    before = dataset_of({"levels": ["eu"], "instruments": [{"id": "a", "status": "planned"}]})
    after = dataset_of({"levels": ["eu"], "instruments": [{"id": "a"}]})

    (edit,) = find_edits(before, after)

    assert [(key.key, key.before, key.after) for key in edit.keys] == [
        ("status", "planned", "active")
    ]

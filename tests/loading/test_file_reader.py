"""Plain values to records: what is said of a wrong value, and what is saved of the rest."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from clustergap.findings import At, DataPath
from clustergap.loading.file_reader import RecordValidator, Recovered
from clustergap.model.cell import Cell
from clustergap.model.dataset import FragmentFile, Instrument, InstrumentsFile
from clustergap.model.mapping import MappingFile
from clustergap.model.record import Quoted, keys_at
from clustergap.model.swot import SwotFile

INSTRUMENT, MAIN = RecordValidator(Instrument), RecordValidator(InstrumentsFile)
FRAGMENT, SWOT = RecordValidator(FragmentFile), RecordValidator(SwotFile)

GOOD: dict[str, object] = {
    "schema": "1",
    "title": "Good",
    "levels": [{"id": "eu", "name": "EU"}],
    "roles": [{"id": "social-economy", "name": "Social economy"}],
}


GOOD_KIND = {"id": "forum", "name": "Forum"}

# What is read is changed by it: each test has values of its own.


def _instrument(**keys: object) -> Recovered[Instrument]:
    return INSTRUMENT.recover({"id": "act", "name": "Act", **copy.deepcopy(keys)})


def _main(**keys: object) -> Recovered[InstrumentsFile]:
    return MAIN.recover(copy.deepcopy({**GOOD, **keys}))


def _swot(**keys: object) -> Recovered[SwotFile]:
    return SWOT.recover({"schema": "1", **copy.deepcopy(keys)})


Anything = (
    Recovered[Instrument]
    | Recovered[InstrumentsFile]
    | Recovered[FragmentFile]
    | Recovered[SwotFile]
)


def _told(shaped: Anything) -> list[tuple[str, DataPath]]:
    return [(rule.code, violation.path) for rule, violation in shaped.broken]


def _words(shaped: Anything) -> tuple[str, str]:
    """Return message and hint of the only violation."""
    ((_, violation),) = shaped.broken
    return violation.message, violation.hint


# What is said


@pytest.mark.parametrize(
    ("keys", "code", "path", "message", "hint"),
    [
        ({"nam": "x"}, "CG102", ("nam",), "'nam' is not a key here", "did you mean 'name'?"),
        (
            {"x": "x"},
            "CG102",
            ("x",),
            "'x' is not a key here",
            "the keys here are id, name, short",
        ),
        (
            {"name": ["x"]},
            "CG103",
            ("name",),
            "'name' must be text, not a list",
            "write it without brackets: x",
        ),
        ({"name": {}}, "CG103", ("name",), "'name' must be text, not a mapping", "write text"),
        ({"name": None}, "CG103", ("name",), "'name' must be text, not nothing", "in quotes"),
        (
            {"targets": "x"},
            "CG103",
            ("targets",),
            "must be a list, not text",
            "write it in brackets: [x]",
        ),
        (
            {"targets": [["x"]]},
            "CG103",
            ("targets", 0),
            "must be text, not a list",
            "write it without brackets: x",
        ),
        ({"covers": ["x"]}, "CG103", ("covers",), "must be a mapping, not a list", "a mapping"),
        ({"sources": ["x"]}, "CG103", ("sources", 0), "must be a mapping, not text", "a mapping"),
        ({"starts": ["x"]}, "CG103", ("starts",), "a date", "YYYY-MM-DD"),
        ({"starts": "x"}, "CG104", ("starts",), "'x' is not a date", "write YYYY-MM-DD"),
        ({"ends": "2019-02-29"}, "CG104", ("ends",), "there is no such day", "write YYYY-MM-DD"),
        ({"name": ""}, "CG104", ("name",), "'' is not a text on one line", "correct it"),
        ({"name": "x" * 301}, "CG104", ("name",), "'name' has 301 characters", "shorten it"),
        ({"note": "x" * 5_001}, "CG104", ("note",), "5,001 characters, at most 5,000", "shorten"),
        ({"kind": "NO"}, "CG104", ("kind",), "'NO' is not an id", "write 'no'"),
        ({"kind": "A  Bc_d"}, "CG104", ("kind",), "'A  Bc_d' is not an id", "write 'a-bc-d'"),
        ({"kind": "é"}, "CG104", ("kind",), "'é' is not an id", "lower-case letters"),
        ({"status": "activ"}, "CG104", ("status",), "not one of active, planned", "'active'?"),
        ({"status": "x"}, "CG104", ("status",), "'x' is not one of", "write active or planned"),
        ({"status": None}, "CG104", ("status",), "this is not one of", "write active or planned"),
        ({"url": "x"}, "CG104", ("url",), "'x' is not a web address", "write http:// or https://"),
        ({"name": "a\nb"}, "CG006", ("name",), "U+000A", "delete the character"),
        ({"kind": "a\u200d"}, "CG006", ("kind",), "U+200D ZERO WIDTH JOINER", "delete the"),
    ],
)
def test_a_wrong_value_is_told_in_words(
    keys: dict[str, object], code: str, path: DataPath, message: str, hint: str
) -> None:
    shaped = _instrument(**keys)

    assert _told(shaped) == [(code, path)]
    assert message in _words(shaped)[0]
    assert hint in _words(shaped)[1]


@pytest.mark.parametrize(
    ("statement", "code", "path", "message", "hint"),
    [
        ("Full", "CG104", (), "'Full' is neither full nor partial", "did you mean 'full'?"),
        ("x", "CG104", (), "'x' is neither full nor partial", "or a mapping with extent"),
        (None, "CG103", (), "must be full, partial or a mapping, not nothing", "write full"),
        ([], "CG104", (), "the list 'social-economy@eu' is empty", "or leave the key out"),
        (
            [["full"]],
            "CG103",
            (0,),
            "must be full, partial or a mapping, not a list",
            "write full",
        ),
        (
            ["full", None],
            "CG103",
            (1,),
            "must be full, partial or a mapping, not nothing",
            "write",
        ),
        (
            ["full", "partail"],
            "CG104",
            (1,),
            "neither full nor partial",
            "did you mean 'partial'?",
        ),
        (
            ["full", {"exten": "full"}],
            "CG102",
            (1, "exten"),
            "'exten' is not a key here",
            "did you mean 'extent'?",
        ),
        (
            ["full", {"territories": ["RO", "RO"]}],
            "CG104",
            (1, "territories", 1),
            "'RO' is named twice",
            "name it once",
        ),
        (
            {"extent": "none"},
            "CG104",
            ("extent",),
            "a cover cannot be none",
            "write full or partial",
        ),
        ({"extent": "nil"}, "CG104", ("extent",), "'nil' is not one of", "full or partial"),
        ({"at_least": "true"}, "CG104", ("at_least",), "there is none", "name the territories"),
        ({"extent": ["full"]}, "CG104", ("extent",), "this is not one of", "full or partial"),
        ({"note": []}, "CG103", ("note",), "must be text, not a list", "write text"),
        ({"notes": "x"}, "CG102", ("notes",), "'notes' is not a key here", "'note'?"),
        ({"territories": "RO"}, "CG103", ("territories",), "a list of codes, or {except", ""),
        ({"territories": {}}, "CG101", ("territories",), "'except' is missing", "add except"),
        ({"territories": []}, "CG104", ("territories",), "is empty", "name at least one"),
        ({"territories": ["X y"]}, "CG104", ("territories", 0), "not a territory's code", ""),
        (
            {"territories": ["RO", "RO"]},
            "CG104",
            ("territories", 1),
            "'RO' is named twice",
            "once",
        ),
        ({"territories": [{"RO": "x"}]}, "CG103", ("territories", 0), "text, not a mapping", ""),
        ({"territories": {"except": "x"}}, "CG103", ("territories", "except"), "a list", ""),
        (
            {"territories": {"except": ["RO", "RO"]}},
            "CG104",
            ("territories", "except", 1),
            "'RO' is named twice",
            "once",
        ),
        ({"sources": [{"ref": "A"}]}, "CG104", ("sources", 0, "ref"), "'A' is not an id", "'a'"),
        ({"sources": [{}]}, "CG101", ("sources", 0), "'ref' is missing", "add ref"),
    ],
)
def test_a_wrong_statement_is_told_in_words(
    statement: object, code: str, path: DataPath, message: str, hint: str
) -> None:
    shaped = _instrument(covers={"social-economy@eu": statement})

    assert _told(shaped) == [(code, ("covers", "social-economy@eu", *path))]
    assert message in _words(shaped)[0]
    assert hint in _words(shaped)[1]


@pytest.mark.parametrize(
    ("keys", "code", "path", "message"),
    [
        ({"schema": "2"}, "CG105", ("schema",), "data format '2' is not one"),
        ({"schema": "-1"}, "CG105", ("schema",), "data format '-1' is not one"),
        ({"schema": "9" * 5_000}, "CG105", ("schema",), "data format '999"),
        ({"schema": "01"}, "CG103", ("schema",), "'01' is not an integer"),
        ({"schema": "1.0"}, "CG103", ("schema",), "'1.0' is not an integer"),
        ({"schema": ""}, "CG103", ("schema",), "'' is not an integer"),
        ({"schema": "-"}, "CG103", ("schema",), "'-' is not an integer"),
        ({"schema": Quoted("1")}, "CG103", ("schema",), "'1' is not an integer"),
        ({"sources": {"A": {"title": "x"}}}, "CG104", ("sources", "A"), "'A' is not an id"),
        ({"sources": {"a": None}}, "CG103", ("sources", "a"), "must be a mapping, not nothing"),
        ({"sources": []}, "CG103", ("sources",), "must be a mapping, not a list"),
        ({"sources": {"a\u200c": {"title": "x"}}}, "CG006", ("sources", "a\u200c"), "U+200C"),
        ({"observations": {"x@y": "x"}}, "CG104", ("observations", "x@y"), "neither full nor"),
        ({"observations": {"x": "full"}}, "CG104", ("observations", "x"), "'x' is not a cell"),
        (
            {"observations": {"x@y\u200d": "full"}},
            "CG006",
            ("observations", "x@y\u200d"),
            "U+200D",
        ),
        ({"assessed": {"x": []}}, "CG104", ("assessed", "x"), "the list 'x' is empty"),
        ({"assessed": {"X": ["RO"]}}, "CG104", ("assessed", "X"), "'X' is not a cell"),
        ({"levels": []}, "CG104", ("levels",), "the list 'levels' is empty"),
        ({"roles": [None]}, "CG103", ("roles", 0), "this must be a mapping, not nothing"),
        (
            {"kinds": [{"id": "a", "name": "A", "funds": "yes"}]},
            "CG103",
            ("kinds", 0, "funds"),
            "",
        ),
        ({"accepted_gaps": {"x@y": {}}}, "CG101", ("accepted_gaps", "x@y"), "'reason' is missing"),
        ({"as_of": {}}, "CG103", ("as_of",), "a date"),
    ],
)
def test_a_wrong_key_of_a_file_is_told_in_words(
    keys: dict[str, object], code: str, path: DataPath, message: str
) -> None:
    shaped = _main(**keys)

    assert _told(shaped) == [(code, path)]
    assert message in _words(shaped)[0]


@pytest.mark.parametrize(
    ("units", "code", "path", "message"),
    [
        ("eu28", "CG104", (), "'eu28' is not a list of territories"),
        ("", "CG104", (), "'' is not a list of territories"),
        (["RO", "RO"], "CG104", (1,), "'RO' is named twice"),
        (["RO", {"code": "RO"}], "CG104", (1,), "'RO' is named twice"),
        ([{"code": "RO", "name": "R", "x": "x"}], "CG102", (0, "x"), "'x' is not a key here"),
        ([{"name": "Romania"}], "CG101", (0,), "'code' is missing"),
        ([None], "CG103", (0,), "must be a code, or {code, name}, not nothing"),
        ([[]], "CG103", (0,), "must be a code, or {code, name}, not a list"),
        ({"RO": "Romania"}, "CG103", (), "must be a list, not a mapping"),
        (None, "CG103", (), "must be a list, not nothing"),
        ([], "CG104", (), "is empty"),
        (["Romania"], "CG104", (0,), "'Romania' is not a territory code"),
    ],
)
def test_wrong_territories_of_a_level_are_told_in_words(
    units: object, code: str, path: DataPath, message: str
) -> None:
    shaped = _main(levels=[{"id": "eu", "name": "EU", "territories": units}])

    at = ("levels", 0, "territories", *path)
    assert _told(shaped) == [(code, at)]
    assert message in _words(shaped)[0]


def test_the_code_that_eurostat_does_not_use_for_greece_is_no_territory_of_a_level() -> None:
    shaped = _main(levels=[{"id": "eu", "name": "EU", "territories": ["GR", "RO"]}])

    assert shaped.broken
    assert "EL" in " ".join(_words(shaped))


@pytest.mark.parametrize("value", [None, "text", [], ["a"], Quoted("1")])
def test_a_file_that_is_no_mapping_is_told_at_its_beginning(value: object) -> None:
    shaped = MAIN.recover(copy.deepcopy(value))

    assert _told(shaped) == [("CG103", ())]
    assert _words(shaped)[0].startswith("the file must be a mapping, not ")
    assert _words(shaped)[1] == "write a mapping"
    assert shaped.record is None


def test_every_missing_key_is_told() -> None:
    shaped = MAIN.recover({})

    assert _told(shaped) == [("CG101", ())] * 4
    assert shaped.damaged == {"levels", "roles"}


def test_a_wrong_item_of_a_list_of_one_does_not_make_the_list_too_short() -> None:
    shaped = _main(levels=[{"name": "EU"}])

    assert _told(shaped) == [("CG101", ("levels", 0))]


def test_a_key_is_pointed_at_where_the_key_is_wrong_and_a_value_where_the_value_is() -> None:
    shaped = _main(observations={"x": "full", "x@y": "Full"}, nothing="x")

    assert [(v.path[-1], v.at) for _, v in shaped.broken] == [
        ("x", At.KEY),
        ("x@y", At.VALUE),
        ("nothing", At.KEY),
    ]


def test_an_item_of_a_list_that_is_too_long_is_not_named_by_its_index() -> None:
    message, _ = _words(_main(levels=[{"id": "eu", "name": "EU", "aliases": ["x" * 301]}]))

    assert "'0'" not in message


def test_nothing_is_not_called_none() -> None:
    shaped = _main(schema=None, kinds=[{"id": "a", "name": "A", "funds": []}])

    messages = " ".join(violation.message for _, violation in shaped.broken)
    assert "None" not in messages
    assert "[]" not in messages


def test_a_long_value_is_cut_in_a_message() -> None:
    shaped = _instrument(kind="X" * 100_000, url="y" * 1_900, starts="z" * 100_000)

    assert len(shaped.broken) == 3
    for _, violation in shaped.broken:
        assert len(violation.message) + len(violation.hint) < 300


@pytest.mark.parametrize(
    "cells", [["social\u200c-economy@eu"], ["social-economy@eu\u200e"], ["\u200d"]]
)
def test_an_invisible_character_in_a_cell_is_called_by_its_name(cells: list[str]) -> None:
    shaped = _swot(strengths=[{"id": "s1", "text": "x", "cells": cells}])

    assert _told(shaped) == [("CG006", ("strengths", 0, "cells", 0))]


def test_an_invisible_character_in_an_unknown_key_is_called_by_its_name() -> None:
    assert _told(INSTRUMENT.recover({"id": "act", "name": "Act", "na\u200dme": "x"})) == [
        ("CG006", ("na\u200dme",))
    ]


@pytest.mark.parametrize(
    ("record_type", "path", "first"),
    [
        (Instrument, (), ["id", "name", "short"]),
        (Instrument, ("sources", 0), ["ref", "locator", "quote"]),
        (Instrument, ("covers", "x@y"), ["extent", "territories", "starts"]),
        (Instrument, ("covers", "x@y", "sources", 2), ["ref", "locator", "quote"]),
        (Instrument, ("covers", "x@y", "territories"), ["except"]),
        (InstrumentsFile, (), ["schema", "title", "as_of"]),
        (InstrumentsFile, ("levels", 1), ["id", "name", "aliases"]),
        (InstrumentsFile, ("levels", 1, "territories", 0), ["code", "name"]),
        (InstrumentsFile, ("kinds", 0), ["id", "name", "funds"]),
        (InstrumentsFile, ("sources", "deck"), ["title", "author", "publisher"]),
        (InstrumentsFile, ("observations", "x@y"), ["extent", "territories", "starts"]),
        (InstrumentsFile, ("accepted_gaps", "x@y"), ["reason", "by", "until"]),
        (SwotFile, ("threats", 0), ["id", "text", "levels"]),
        (FragmentFile, (), ["schema", "sources", "territories"]),
        (FragmentFile, ("assessed", "eu"), []),
        (MappingFile, ("columns", "name"), ["from", "first", "is"]),
        (MappingFile, ("columns", "name", 0), ["from", "first", "is"]),
        (MappingFile, ("wide", 0), ["columns", "are", "cells"]),
    ],
)
def test_the_keys_that_a_record_may_have_are_known_by_its_path(
    record_type: type, path: DataPath, first: list[str]
) -> None:
    keys_at.cache_clear()  # what another test has asked for is looked for again

    assert keys_at(record_type, path)[:3] == first


# What a shape is


@pytest.mark.parametrize(
    ("record_type", "is_of_file", "has_instruments"),
    [
        (Instrument, False, False),
        (InstrumentsFile, True, True),
        (FragmentFile, True, True),
        (SwotFile, True, False),
    ],
)
def test_a_shape_says_the_file_of_a_file_only_and_knows_where_instruments_are(
    record_type: type, *, is_of_file: bool, has_instruments: bool
) -> None:
    shape = RecordValidator[object](record_type)

    ((_, violation),) = shape.recover("text").broken
    assert shape.has_instruments == has_instruments
    assert violation.message.startswith("the file must be" if is_of_file else "this must be")
    with pytest.raises(ValidationError):
        shape.validate("text")


def test_a_shape_of_a_file_keeps_the_right_items_of_its_lists() -> None:
    shaped = RecordValidator(InstrumentsFile).recover(
        {**copy.deepcopy(GOOD), "kinds": [{}, GOOD_KIND]}
    )

    assert shaped.record is not None
    assert [kind.id for kind in shaped.record.kinds] == [GOOD_KIND["id"]]
    assert shaped.kept == {"kinds": [1]}


# What is saved


def test_a_record_with_one_wrong_key_keeps_the_others() -> None:
    shaped = _instrument(starts="soon", titel="x", covers={"x@y": "full", "X": "full"})

    assert shaped.record is not None
    assert shaped.record.id == "act"
    assert shaped.record.starts is None
    assert list(shaped.record.covers) == [Cell("x", "y")]


@pytest.mark.parametrize("name", [{}, {"name": None}, {"name": ["x"]}, {"name": ""}])
def test_a_record_without_a_right_name_still_counts(name: dict[str, object]) -> None:
    shaped = INSTRUMENT.recover({"id": "act", "covers": {"x@y": "full"}, **copy.deepcopy(name)})

    assert shaped.record is not None
    assert list(shaped.record.covers) == [Cell("x", "y")]
    assert len(shaped.broken) == 1


@pytest.mark.parametrize("id_", [{}, {"id": None}, {"id": "NO"}, {"id": ["x"]}])
def test_an_instrument_without_a_right_id_still_says_what_it_covers(
    id_: dict[str, object],
) -> None:
    value = {"name": "Act", "covers": {"x@y": "full"}, **copy.deepcopy(id_)}

    shaped = INSTRUMENT.recover(value, "1-2")

    assert shaped.record is not None
    assert shaped.record.id == "no-id-1-2"
    assert list(shaped.record.covers) == [Cell("x", "y")]
    assert shaped.has_spare_id
    assert len(shaped.broken) == 1


def test_no_two_records_of_a_file_get_the_same_id() -> None:
    shaped = SWOT.recover(
        {"schema": "1", "strengths": [{"text": "x"}, {"text": "x"}], "threats": [{"text": "x"}]},
        "3",
    )

    assert shaped.record is not None
    ids = [item.id for item in (*shaped.record.strengths, *shaped.record.threats)]
    assert len(set(ids)) == len(ids) == 3


@pytest.mark.parametrize(
    ("key", "items"),
    [
        ("targets", ["a", "B B", "c"]),
        ("succeeded_by", ["a", "B B", "c"]),
        ("sources", [{"ref": "a"}, {"ref": "B"}, {"ref": "c"}]),
        ("sources", [{"ref": "a"}, {}, {"ref": "c"}]),
        ("sources", [{"ref": "a"}, "b", {"ref": "c"}]),
    ],
)
def test_of_a_list_of_an_instrument_one_item_goes_and_the_places_of_the_others_are_known(
    key: str, items: list[object]
) -> None:
    shaped = _instrument(**{key: items})

    assert shaped.record is not None
    assert [getattr(one, "ref", one) for one in getattr(shaped.record, key)] == ["a", "c"]
    assert _told(shaped)[0][1][:2] == (key, 1)
    assert shaped.originals.find((key, 1)) == (key, 2)


@pytest.mark.parametrize(
    ("keys", "typed", "meant"),
    [
        ({"covrs": {"x@y": "full"}}, ("covrs",), ("covers",)),
        ({"covers": {"x@y": {"territorys": ["RO"]}}}, "territorys", "territories"),
        ({"sources": [{"ref": "a"}, {"ref": "b", "qoute": "x"}]}, "qoute", "quote"),
    ],
)
def test_a_misspelt_key_is_read_as_the_one_that_is_meant(
    keys: dict[str, object], typed: object, meant: object
) -> None:
    shaped = _instrument(**keys)

    assert [code for code, _ in _told(shaped)] == ["CG102"]
    (known, own), *_ = shaped.originals.names.items()
    assert own == (typed if isinstance(typed, str) else typed[-1])  # type: ignore[index]
    assert known[-1] == (meant if isinstance(meant, str) else meant[-1])  # type: ignore[index]


def test_what_is_wrong_below_a_misspelt_key_is_told_where_it_stands() -> None:
    shaped = _instrument(covrs={"x@y": {"territorys": ["RO", "Ro"], "stats": "2020-13"}})

    at = ("covrs", "x@y")
    assert sorted(_told(shaped)) == [
        ("CG102", ("covrs",)),
        ("CG102", (*at, "stats")),
        ("CG102", (*at, "territorys")),
        ("CG104", (*at, "stats")),
        ("CG104", (*at, "territorys", 1)),
    ]


@pytest.mark.parametrize(
    "keys",
    [
        {"name": "Act", "nam": "x"},  # the one that is meant is there as well
        {"notes-of-the-unit": "x"},  # like none enough
    ],
)
def test_an_unknown_key_that_means_none_surely_is_left_out(keys: dict[str, object]) -> None:
    shaped = _instrument(**keys)

    assert [code for code, _ in _told(shaped)] == ["CG102"]
    assert not shaped.originals.names


def test_of_two_misspelt_keys_one_is_read_as_the_one_that_both_mean() -> None:
    shaped = _instrument(covrs={"x@y": "full"}, cover={"X": "full"})

    assert [code for code, _ in _told(shaped)] == ["CG102", "CG102"]
    assert len(shaped.originals.names) == 1


def test_items_of_a_files_own_lists_go_one_by_one_and_their_indices_are_kept() -> None:
    shaped = _main(
        roles=[
            {"id": "a", "name": "A"},
            "b",
            {"id": "c", "name": "C"},
            {"name": "D"},
            {"id": "E", "name": "E"},
            {"id": "f"},
        ]
    )

    assert shaped.record is not None
    assert [role.id for role in shaped.record.roles] == ["a", "c", "f"]
    assert shaped.kept == {"roles": [0, 2, 5]}
    assert shaped.damaged == {"roles"}
    assert _told(shaped) == [
        ("CG103", ("roles", 1)),
        ("CG101", ("roles", 3)),
        ("CG104", ("roles", 4, "id")),
        ("CG101", ("roles", 5)),
    ]


@pytest.mark.parametrize(
    "item",
    [
        {"sources": [{"ref": "a"}, {}]},
        {"sources": [{"ref": "a"}, {"quote": "x"}, {"ref": "b"}]},
        {"cells": ["x@y", "x"]},
    ],
)
def test_what_is_lost_inside_an_item_changes_no_index_of_the_files_own_list(
    item: dict[str, object],
) -> None:
    shaped = _swot(
        strengths=[
            {"id": "s1", "text": "x", **item},
            {"id": "s2", "text": "x"},
            {"id": "s3", "text": "x"},
        ]
    )

    assert shaped.record is not None
    assert [item.id for item in shaped.record.strengths] == ["s1", "s2", "s3"]
    assert shaped.kept.get("strengths", [0, 1, 2]) == [0, 1, 2]
    assert not shaped.damaged


def test_an_item_that_is_lost_with_something_lost_inside_it_is_lost_once() -> None:
    shaped = _main(roles=[{"aliases": [[]], "note": "x"}, {"id": "b", "name": "B"}])

    assert shaped.record is not None
    assert [role.id for role in shaped.record.roles] == ["b"]
    assert shaped.kept == {"roles": [1]}


def test_a_key_of_a_file_that_is_lost_is_damaged() -> None:
    shaped = _main(
        sources=[], kinds={}, observations={"X": "full"}, accepted_gaps={"x@y": "x"}, nothing="x"
    )

    assert shaped.record is not None
    assert {"sources", "kinds"} <= shaped.damaged
    assert shaped.record.sources == {}


@pytest.mark.parametrize("units", ["eu28", ["RO", "x"], [{"name": "x"}], {"RO": "x"}])
def test_a_level_that_lost_its_territories_is_damaged(units: object) -> None:
    shaped = _main(levels=[{"id": "eu", "name": "EU", "territories": units}])

    assert shaped.record is not None
    assert shaped.damaged == {"territories"}


@pytest.mark.parametrize("key", ["levels", "roles", "kinds", "targets"])
def test_a_wrong_key_in_the_only_item_of_a_list_does_not_cost_the_list(key: str) -> None:
    shaped = _main(**{key: [{"id": "a", "name": "A", "nam": "x"}]})

    assert _told(shaped) == [("CG102", (key, 0, "nam"))]
    assert shaped.record is not None
    assert [item.id for item in getattr(shaped.record, key)] == ["a"]


def test_nothing_that_is_right_is_changed_or_damaged() -> None:
    shaped = _main(instruments=[], targets=[{"id": "a", "name": "A"}])

    assert shaped.record is not None
    assert not shaped.broken
    assert not shaped.kept
    assert not shaped.damaged


@pytest.mark.parametrize("key", ["levels", "roles"])
@pytest.mark.parametrize("value", [[], "x", None, {"eu": "EU"}])
def test_without_levels_or_roles_the_rest_is_saved(key: str, value: object) -> None:
    shaped = _main(**{key: value}, targets=[{"id": "a", "name": "A"}])

    assert shaped.record is not None
    assert shaped.record.targets
    assert shaped.damaged == {key}


VALUES = st.sampled_from(
    [
        None,
        "",
        "x",
        "1",
        "true",
        "full",
        "NO",
        "RO",
        "x@y",
        "X Y",
        "2020",
        "eu27",
        Quoted("1"),
        "?",
    ]
)
WORDS = """
id name schema title levels roles kinds instruments territories except code codes sources ref deck covers x@y
extent aliases strengths text cells assessed observations accepted_gaps reason [key] 0 x Statement targets
function-after[_each_once()]
"""
KEYS = st.sampled_from(WORDS.split())
TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


@settings(derandomize=True)
@given(keys=st.dictionaries(KEYS, TREES, max_size=6), is_good=st.booleans())
def test_whatever_a_file_holds_a_record_is_made_or_something_is_said(
    keys: dict[str, object], is_good: bool
) -> None:
    for shape in (MAIN, FRAGMENT, SWOT, INSTRUMENT):
        value = {**copy.deepcopy(GOOD), **copy.deepcopy(keys)} if is_good else copy.deepcopy(keys)

        shaped: Anything = shape.recover(value)

        assert shaped.record is not None or shaped.broken
        for rule, violation in shaped.broken:
            assert rule.code >= "CG006"
            assert violation.message.isprintable()
        for kept in shaped.kept.values():
            assert kept == sorted(set(kept))


@pytest.mark.parametrize("wrong", ["nil", ["full"], None])
def test_of_the_extents_only_those_are_offered_that_a_cover_or_an_observation_can_have(
    wrong: object,
) -> None:
    cover = _instrument(covers={"social-economy@eu": {"extent": wrong}})
    observation = _main(observations={"on@eu": {"extent": wrong}})

    assert _words(cover)[1] == "write full or partial"
    assert _words(observation)[1] == "write full, partial or none"


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ({"levels": []}, "name at least one"),
        ({"roles": []}, "name at least one"),
        ({"kinds": []}, "name at least one, or leave the key out"),
        ({"assessed": {"eu": []}}, "name at least one, or leave the key out"),
        (
            {"observations": {"on@eu": {"territories": []}}},
            "name at least one; without the key it would be everywhere",
        ),
        ({"observations": {"on@eu": {"territories": {"except": []}}}}, "name at least one"),
        ({"groups": []}, "name at least one, or leave the key out"),
        ({"groups": [{"id": "east", "name": "East", "territories": []}]}, "name at least one"),
    ],
)
def test_who_has_an_empty_list_is_not_told_to_say_more_than_that_it_is_empty(
    keys: dict[str, object], hint: str
) -> None:
    assert _words(_main(**keys))[1] == hint

"""A record as plain values: every kind of value, what is left out, and that nothing is lost on the way."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given
from pydantic import TypeAdapter

from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import (
    AcceptedGap,
    Dataset,
    Instrument,
    Kind,
    Level,
    Plain,
    Role,
    Status,
    Target,
    keys_of,
    plain,
    statements_in_short,
)
from clustergap.model.places import Except, Group
from clustergap.model.record import Quoted, Source, SourceRef
from clustergap.model.statement import Extent, Statement
from clustergap.model.swot import Quadrant, SwotItem
from clustergap.reference.territories import Territory
from paths import ROOT
from strategies import dataset_of, datasets

DATA = ROOT / "data"


# Values


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (False, False),
        (0, 0),
        (1, 1),
        ("", ""),
        ("text", "text"),
        (Quoted("1"), "1"),
        (date(2019, 5, 31), "2019-05-31"),
        (date.min, "0001-01-01"),
        (date.max, "9999-12-31"),
        (Cell("role", "level"), "role@level"),
        (Extent.PARTIAL, "partial"),
        (Status.PLANNED, "planned"),
        (Quadrant.THREATS, "threats"),
        (Territory("RO11", "Nord-Vest"), {"code": "RO11", "name": "Nord-Vest"}),
        ((), []),
        (("AT", "BE"), ["AT", "BE"]),
        (((), ("a", None)), [[], ["a", None]]),
        ((Cell("a", "b"), Territory("AT", "AT")), ["a@b", {"code": "AT", "name": "AT"}]),
        (SourceRef(ref="deck"), {"ref": "deck"}),
        (SourceRef(ref="deck", quote="DIH"), {"ref": "deck", "quote": "DIH"}),
        (Statement(), {}),
        (Statement(extent=Extent.PARTIAL, note="x"), {"extent": "partial", "note": "x"}),
    ],
)
def test_a_value_is_written_as_a_data_file_would_write_it(value: object, written: Plain) -> None:
    found = plain(value)

    assert found == written
    assert type(found) is type(written)


def test_an_instrument_without_covers_has_no_such_key() -> None:
    assert plain(Instrument(id="a", name="A")) == {"id": "a", "name": "A"}


def test_all_territories_but_some_are_written_with_the_key_of_the_file() -> None:
    statement = TypeAdapter(Statement).validate_python({"territories": {"except": ["CY", "MT"]}})

    assert isinstance(statement.territories, Except)
    assert plain(statement.territories) == {"except": ["CY", "MT"]}
    assert plain(statement) == {"territories": {"except": ["CY", "MT"]}}


def test_a_text_of_a_file_is_written_as_a_text_and_nothing_else() -> None:
    (found,) = [plain(Quoted("true"))]

    assert type(found) is str
    assert found == "true"


# Keys


def test_the_keys_of_an_instrument_are_those_that_are_given_but_its_id() -> None:
    instrument = Instrument(id="a", name="A")

    assert keys_of(instrument) == {"name": "A"}


def test_each_cover_is_a_key_of_its_own() -> None:
    instrument = dataset_of({
        "levels": ["eu", "region"],
        "instruments": [
            {"id": "a", "covers": {"role@eu": "partial", "role@region": {"note": "Pilot"}}}
        ],
    }).instruments[0]  # fmt: skip

    assert keys_of(instrument) == {
        "name": "The a",
        "covers.role@eu": "partial",
        "covers.role@region": {"extent": "full", "note": "Pilot"},
    }


@pytest.mark.parametrize(
    ("statement", "written"),
    [
        ("full", "full"),
        ("partial", "partial"),
        ({}, "full"),
        ({"extent": "full"}, "full"),
        ({"extent": "partial"}, "partial"),
        ({"note": None, "sources": []}, "full"),
        ({"starts": "2019"}, {"extent": "full", "starts": "2019-01-01"}),
        ({"extent": "partial", "ends": "2019-02"}, {"extent": "partial", "ends": "2019-02-28"}),
        ({"territories": ["AT"]}, {"extent": "full", "territories": ["AT"]}),
        ({"sources": [{"ref": "deck"}]}, {"extent": "full", "sources": [{"ref": "deck"}]}),
    ],
)
def test_a_statement_in_short_is_its_extent_where_it_says_nothing_else(
    statement: object, written: Plain
) -> None:
    data = dataset_of({"levels": ["eu"], "observations": {"role@eu": statement}})

    assert statements_in_short(data.observations[Cell("role", "eu")]) == written


def test_what_is_false_or_given_is_not_left_out() -> None:
    data = dataset_of({
        "levels": ["eu"],
        "kinds": [
            {"id": "a", "name": "A", "funds": "false"},
            {"id": "b", "name": "B", "funds": "true"},
            {"id": "c", "name": "C"},
        ],
    })  # fmt: skip

    assert [keys_of(kind) for kind in data.kinds] == [
        {"name": "A", "funds": False},
        {"name": "B", "funds": True},
        {"name": "C"},
    ]


def test_a_territory_without_a_name_of_its_own_is_named_by_its_code() -> None:
    data = dataset_of({
        "levels": [{"id": "country", "territories": ["AT", {"code": "RO", "name": "Romania"}]}]
    })  # fmt: skip

    assert keys_of(data.levels[0]) == {
        "name": "The country",
        "territories": [{"code": "AT", "name": "AT"}, {"code": "RO", "name": "Romania"}],
    }


def test_the_keys_of_a_swot_item_hold_its_links() -> None:
    item = {"id": "s1", "text": "Strong", "levels": ["eu"], "cells": ["role@eu"], "roles": []}

    (found,) = dataset_of({"levels": ["eu"]}, {"strengths": [item]}).swot[Quadrant.STRENGTHS]

    assert keys_of(found) == {"text": "Strong", "levels": ["eu"], "cells": ["role@eu"]}


def test_what_a_swot_item_means_is_a_key_for_each_kind_of_link() -> None:
    item = {"id": "s1", "text": "Strong", "meant": {"roles": ["role"], "cells": ["role@eu"], "levels": []}}  # fmt: skip

    (found,) = dataset_of({"levels": ["eu"]}, {"strengths": [item]}).swot[Quadrant.STRENGTHS]

    assert keys_of(found) == {
        "text": "Strong",
        "meant.roles": ["role"],
        "meant.cells": ["role@eu"],
    }


def test_a_value_that_is_written_out_but_is_the_default_is_left_out() -> None:
    instrument: dict[str, object] = {
        "id": "a", "name": "A", "short": None, "kind": None, "starts": None, "ends": None,
        "status": "active", "targets": [], "part_of": None, "funded_by": [], "commits_until": None, "managing_body": None, "legal_basis": None, "url": None,
        "succeeded_by": [], "reviewed": None, "sources": [], "note": None, "description": None,
        "covers": {},
    }  # fmt: skip

    assert keys_of(TypeAdapter(Instrument).validate_python(instrument)) == {"name": "A"}


# There and back


def records(dataset: Dataset) -> Iterator[tuple[dict[str, object], object]]:
    """Walk through all records of a dataset, each with what its keys do not hold: its id, if it has one."""
    named: list[Level | Role | Kind | Target | Group | Instrument | SwotItem] = [
        *dataset.levels,
        *dataset.roles,
        *dataset.kinds,
        *dataset.targets,
        *dataset.groups,
        *dataset.instruments,
        *(item for items in dataset.swot.values() for item in items),
    ]
    for one in named:
        yield {"id": one.id}, one
    for each in (dataset.sources, dataset.accepted_gaps):
        for record in each.values():
            yield {}, record
    for said in dataset.observations.values():
        for statement in said:
            yield {}, statement


def folded(keys: Mapping[str, Plain]) -> dict[str, object]:
    """Write the keys of a record as its mapping in a file: covers in one, what is meant in one, and every scalar a text."""
    found: dict[str, object] = {}
    for key, value in keys.items():
        name, _, rest = key.partition(".")
        if rest:
            mapping = found.setdefault(name, {})
            assert isinstance(mapping, dict)
            mapping[rest] = value
        else:
            found[key] = str(value).lower() if isinstance(value, bool) else value
    return found


WHOLE = dataset_of(
    {
        "as_of": "2019-05-31",
        "sources": {"deck": {"title": "Deck", "author": "D", "publisher": "P", "date": "2019", "url": "https://a.eu", "licence": "CC", "note": "N\nM"}},
        "levels": [{"id": "country", "aliases": ["national"], "territories": "eu27", "unit": {"one": "state", "many": "states"}, "description": "D"}],
        "roles": [{"id": "role", "aliases": ["r"], "statement": "S", "description": "D"}],
        "kinds": [{"id": "fund", "name": "Fund", "funds": "true", "description": "D"}, {"id": "forum", "name": "F", "funds": "false"}],
        "targets": [{"id": "all", "name": "All", "description": "D"}],
        "groups": [{"id": "east", "name": "East", "territories": ["BG", "RO"], "sources": [{"ref": "deck", "locator": "L"}]}],
        "instruments": [
            {
                "id": "a", "short": "A", "kind": "fund", "starts": "2019", "ends": "2020-02", "seen": "2019-03", "status": "planned",
                "targets": ["all"], "part_of": "b", "funded_by": ["b"], "commits_until": "2020-01", "managing_body": "M", "legal_basis": "L", "url": "https://a.eu/b?c=1#d",
                "succeeded_by": ["b"], "reviewed": "2026", "note": "N", "description": "D",
                "sources": [{"ref": "deck", "locator": "L", "quote": "true"}, {"ref": "deck"}],
                "covers": {"role@country": {"extent": "partial", "territories": {"except": ["CY", "MT"]}, "starts": "2019-02", "ends": "2020", "seen": "2019-03", "at_least": "true", "note": "N", "sources": [{"ref": "deck"}]}},
            },
            {"id": "b", "covers": {"role@country": {"territories": ["AT", "BE"]}}},
        ],
        "observations": {"role@country": {"extent": "partial", "note": "Not in every country", "sources": [{"ref": "deck"}]}},
        "assessed": {"role@country": ["AT"]},
        "accepted_gaps": {"role@country": {"reason": "R", "by": "B", "until": "2027"}},
    },
    {"threats": [{"id": "t1", "text": "T", "levels": ["country"], "roles": ["role"], "instruments": ["a"], "cells": ["role@country"], "meant": {"levels": ["country"], "roles": ["role"], "instruments": ["b"], "cells": ["role@country"]}, "sources": [{"ref": "deck", "quote": "Q"}]}]},
)  # fmt: skip
"""A dataset whose records have every key."""


def test_the_whole_dataset_leaves_out_no_key() -> None:
    rich = [
        WHOLE.instruments[0],
        WHOLE.levels[0],
        WHOLE.roles[0],
        WHOLE.kinds[0],
        WHOLE.targets[0],
        WHOLE.groups[0],
        WHOLE.swot[Quadrant.THREATS][0],
    ]

    for record in rich:
        names = {key.partition(".")[0] for key in keys_of(record)} | {"id"}
        assert names == set(type(record).__annotations__)


def as_read(value: object) -> object:
    """Write true and false as the reader of YAML hands them over."""
    if isinstance(value, dict):
        return {key: as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_read(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


def check_there_and_back(dataset: Dataset) -> None:
    """Read all records again as they are written."""
    for id_, record in records(dataset):
        written = as_read({**id_, **folded(keys_of(record))})
        assert TypeAdapter(type(record)).validate_python(written) == record


def test_records_with_every_key_are_read_again_as_they_were() -> None:
    check_there_and_back(WHOLE)


def test_the_records_of_the_deck_are_read_again_as_they_were() -> None:
    check_there_and_back(load_dataset(find_files(DATA)).dataset)


@given(datasets())
def test_records_by_chance_are_read_again_as_they_were(dataset: Dataset) -> None:
    check_there_and_back(dataset)


@given(datasets())
def test_a_statement_in_short_is_read_again_as_it_was(dataset: Dataset) -> None:
    observed = {
        str(cell): as_read(statements_in_short(said))
        for cell, said in dataset.observations.items()
    }
    frame = {
        "levels": [{"id": level.id} for level in dataset.levels],
        "roles": [role.id for role in dataset.roles],
    }

    assert dataset_of({**frame, "observations": observed}).observations == dataset.observations


def is_plain(value: object) -> bool:
    """Tell whether a value is of the types that JSON has, and of no subclass of them."""
    if type(value) is list:
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(type(key) is str and is_plain(one) for key, one in value.items())
    return type(value) in (str, int, bool, type(None))


@given(datasets())
def test_the_keys_of_every_record_can_be_written_as_json(dataset: Dataset) -> None:
    for _, record in records(dataset):
        keys = keys_of(record)
        assert is_plain(keys)
        assert json.loads(json.dumps(keys)) == keys


def test_the_keys_of_the_deck_and_of_a_whole_dataset_can_be_written_as_json() -> None:
    deck = load_dataset(find_files(DATA)).dataset

    for _, record in (*records(deck), *records(WHOLE)):
        assert is_plain(keys_of(record))


@given(datasets())
def test_no_key_holds_nothing(dataset: Dataset) -> None:
    for _, record in records(dataset):
        assert all(value is not None and value != [] for value in keys_of(record).values())
        assert "id" not in keys_of(record)


@pytest.mark.parametrize(
    "record",
    [
        Role(id="a", name="A"),
        Level(id="a", name="A"),
        Kind(id="a", name="A"),
        Target(id="a", name="A"),
        Instrument(id="a", name="A"),
    ],
)
def test_of_a_record_with_nothing_but_a_name_only_that_is_told(record: object) -> None:
    assert keys_of(record) == {"name": "A"}


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        (Source(title="T"), {"title": "T"}),
        (AcceptedGap(reason="R"), {"reason": "R"}),
        (SwotItem(id="s", text="T"), {"text": "T"}),
        (SourceRef(ref="deck"), {"ref": "deck"}),
    ],
)
def test_what_is_required_is_always_told(record: object, keys: Mapping[str, Plain]) -> None:
    assert keys_of(record) == keys


def test_to_write_an_instrument_as_one_value_keeps_its_covers() -> None:
    (instrument, _) = WHOLE.instruments

    assert "role@country" in json.dumps(plain(instrument))

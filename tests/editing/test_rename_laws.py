"""Another id, for every dataset and every record: the same answers but for the id, and no other character of the files."""

import json
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.matrix import build_matrix
from clustergap.answers.matrix import record
from clustergap.editing.destination import Destination, read_destination
from clustergap.editing.rename import (
    RecordId,
    RecordKind,
    ids_by_kind,
    rename_record,
)
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FILE_LIMITS
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.reference.territories import ancestors
from paths import ROOT
from sampling import Sample
from spreadsheets import STYLES, document_of, target_of
from strategies import questions

DATA = [
    ROOT / "data",
    ROOT / "tests/hostile",
    *sorted(path.parent for path in (ROOT / "examples").glob("*/instruments.yaml")),
    *sorted((ROOT / "tests/data").glob("good-*")),
]


def new_id(one: RecordId) -> str:
    """An id that nothing has; of a place one that lies where it lay."""
    if one.kind is not RecordKind.PLACE:
        return "zz-9"
    around = ancestors(one.id)
    return f"{around[0]}-ZZ9" if around else "ZZ9"


def records(dataset: Dataset) -> list[RecordId]:
    return [RecordId(kind, id_) for kind, ids in ids_by_kind(dataset).items() for id_ in ids]


def with_new_id(value: object, one: RecordId, new: str) -> object:
    """A JSON value in which the id stands where the record is named, by its whole text or as part of a cell."""
    if isinstance(value, dict):
        return {key: with_new_id(held, one, new) for key, held in value.items()}
    if isinstance(value, list):
        return [with_new_id(item, one, new) for item in value]
    if not isinstance(value, str):
        return value
    if one.kind is RecordKind.PLACE and value.startswith(f"{one.id}-"):
        return new + value.removeprefix(one.id)
    if one.kind in (RecordKind.ROLE, RecordKind.LEVEL) and value.count("@") == 1:
        return "@".join(new if part == one.id else part for part in value.split("@"))
    return new if value == one.id else value


def answer(dataset: Dataset, query: Query) -> object:
    return json.loads(
        record(build_matrix(dataset, query), Origin("data")).model_dump_json(by_alias=True)
    )


def query_with(query: Query, one: RecordId, new: str) -> Query:
    """The same question in the words of the new id."""

    def named(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if id_ == one.id else id_ for id_ in ids)

    match one.kind:
        case RecordKind.INSTRUMENT:
            return replace(query, without=named(query.without))
        case RecordKind.KIND:
            return replace(query, kinds=named(query.kinds))
        case RecordKind.TARGET if query.target == one.id:
            return replace(query, target=new)
        case RecordKind.GROUP | RecordKind.PLACE if query.place:
            return replace(query, place=str(with_new_id(query.place, one, new)))
        case _:
            return query


@given(st.data(), questions(), st.sampled_from(sorted(STYLES)))
def test_every_question_has_the_same_answer_but_for_the_id(
    data: st.DataObject, asked: tuple[Dataset, Query], style: str
) -> None:
    dataset, query = asked
    target = target_of(main=STYLES[style](document_of(dataset)))
    one = data.draw(st.sampled_from(records(dataset)))
    new = new_id(one)

    after = rename_record(target, one, new).after

    expected = with_new_id(answer(dataset, query), one, new)
    assert answer(after, query_with(query, one, new)) == expected


def texts(target: Destination) -> dict[Path, str]:
    return {path: data.decode() for path, data in target.data.items()}


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_no_character_changes_but_those_of_the_id_and_back_it_is_the_same_file(
    path: Path, sample: Sample
) -> None:
    target = read_destination(find_files(path), FILE_LIMITS, None)
    assert target.loaded is not None

    found = records(target.loaded.dataset)
    by_kind = [[one for one in found if one.kind is kind][:2] for kind in RecordKind]
    for one in sample([*chain(*by_kind)], 4):
        new, old = new_id(one), one.id.rpartition("/")[2]
        renaming = rename_record(target, one, new)

        assert renaming.written, one
        back = one.id.replace(old, new)
        for file, data in renaming.written.items():
            before, after = target.data[file].decode(), data.decode()
            lines = list(zip(before.split("\n"), after.split("\n"), strict=True))
            changed = [(a, b) for a, b in lines if a != b]
            assert all(old in a and new in b for a, b in changed)
            assert sum(b.count(new) - a.count(new) for a, b in changed) == renaming.uses[file]
        again = read_destination(
            target.files._replace(stored={**target.data, **renaming.written}), FILE_LIMITS, None
        )
        returned = rename_record(again, RecordId(one.kind, back), old)
        unquoted = {
            file: data.decode().replace('"', "") for file, data in returned.written.items()
        }
        assert unquoted == {
            file: texts(target)[file].replace('"', "") for file in returned.written
        }
        assert returned.written.keys() == renaming.written.keys()

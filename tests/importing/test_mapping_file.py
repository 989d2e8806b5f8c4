"""The mapping file: its schema and the program are of one mind, and what is wrong in it is named by its line."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from clustergap.errors import ClusterGapError
from clustergap.importing.import_context import load_mapping
from clustergap.schema import SchemaName
from editors import as_editors_read, errors
from mapping_text import EVERY_KEY


def accepts(folder: Path, text: str) -> bool:
    """Tell whether the program takes a text for a mapping."""
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_mapping(path)
    except ClusterGapError:
        return False
    return True


def underlined(text: str) -> list[str]:
    return errors(SchemaName.MAPPING, as_editors_read(text))


def test_every_key_is_taken_as_people_write_it(tmp_path: Path) -> None:
    assert underlined(EVERY_KEY) == []
    assert accepts(tmp_path, EVERY_KEY)


@pytest.mark.parametrize(
    "wrong",
    [
        "sheet: null",
        "header: 0",
        'header: "4"',
        "header: [1, 2, 3, 4]",
        "header: []",
        "data: 4.5",
        "delimiter: ab",
        "delimiter: 1",
        "delimiter: ''",
        "layout: table",
        "source: STIP",
        "source: {title: STIP}",
        "source: {id: STIP Compass}",
        "source: {id: a, url: example.org}",
        "columns: {nmae: Policy}",
        "columns: {name: }",
        "columns: {name: []}",
        "columns: {name: ''}",
        "columns: {name: {}}",
        "columns: {name: {from: }}",
        "columns: {name: {from: A, is: }}",
        "columns: {name: {from: A, is: B}}",
        "columns: {name: {from: A, first: [B]}}",
        "columns: {name: {from: []}}",
        "columns: {name: {form: A}}",
        "columns: {name: [[A]]}",
        "columns: {name: [A, {from: B, to: C}]}",
        "columns: {name: {from: A, split: ''}}",
        "columns: {name: {from: A, split: [',', '']}}",
        "columns: {name: {from: A, values: [B]}}",
        "columns: {name: {from: A, values: {B: {C: D}}}}",
        "columns: {name: {from: A, unknown: }}",
        "columns: {name: {from: A, unknown: keep}}",
        "columns: {name: {from: A, codes: iso4}}",
        "columns: {name: {from: A, differ: any}}",
        "columns: {name: {from: A, text: markdown}}",
        'columns: {name: {from: A, cut: "true"}}',
        "columns: {name: {from: A, cut: yes}}",
        "wide: {columns: [A], are: role}",
        "wide: [{columns: [A]}]",
        "wide: [{columns: [], are: role}]",
        "wide: [{columns: {}, are: role}]",
        "wide: [{columns: {A: [b]}, are: role}]",
        "wide: [{columns: [A], are: kind}]",
        "wide: [{columns: [A], are: role, cells: extents}]",
        "wide: [{columns: [A], are: role, format: D/M/Y}]",
        "only: {Country: []}",
        "only: {Country: }",
        "only: Country",
        "title: [A]",
        "as_of: soon",
        "levels: [eu]",
        "levels: {EU: eu27}",
        "roles: {energy: [A]}",
        "fill_down: name",
        "fill_down: [nmae]",
        "all_new: maybe",
        "colums: {}",
        "schema: '1'",
        "schema: 2",
    ],
)
def test_a_mistake_is_refused_by_both(tmp_path: Path, wrong: str) -> None:
    text = wrong if wrong.startswith("schema") else f"schema: 1\n{wrong}\n"

    assert underlined(text)
    assert not accepts(tmp_path, text)


# Generated

_SCALARS = st.sampled_from(
    ["Sector", "a", "2014", "4.50", "true", "2016-04-01", "'1'", "''", '" "', "null", "'*'", "leave-out"]
)  # fmt: skip
_WORDS = st.one_of(
    _SCALARS,
    st.lists(_SCALARS, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
)


def _flow(entries: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def _list(items: list[str]) -> str:
    return "[" + ", ".join(items) + "]"


_KEYS_OF_VALUES = st.sampled_from(["Sector", "2014", "4.50", "true", "''", "'*'", "'Tr*'"])
_VALUES = st.dictionaries(_KEYS_OF_VALUES, _WORDS, max_size=3).map(_flow)
_ENUMS = st.sampled_from(
    ["problem", "leave-out", "''", "iso3", "nuts", "earliest", "join", "html", "plain", "null", "true", "role", "names"]
)  # fmt: skip
_RULES = st.fixed_dictionaries(
    {},
    optional={
        "from": _WORDS, "first": _WORDS, "is": _SCALARS, "join": _SCALARS, "before": _SCALARS, "after": _SCALARS,
        "split": _WORDS, "values": _VALUES, "unknown": _ENUMS, "codes": _ENUMS, "at": _WORDS, "format": _SCALARS,
        "differ": _ENUMS, "text": _ENUMS, "cut": _SCALARS,
    },
).map(_flow)  # fmt: skip
_RIGHT_RULES = st.fixed_dictionaries(
    {"from": st.sampled_from(["Sector", "[A, 2014]"])},
    optional={
        "split": st.just("[',', ';']"), "values": _VALUES, "at": st.just("[eu, country]"), "cut": st.just("true"),
        "unknown": st.sampled_from(["problem", "leave-out", "''"]), "codes": st.sampled_from(["iso2", "iso3", "nuts"]),
    },
).map(_flow)  # fmt: skip
_COLUMN = st.one_of(
    _WORDS,
    _RIGHT_RULES,
    _RULES,
    st.lists(st.one_of(_SCALARS, _RIGHT_RULES, _RULES), max_size=3).map(_list),
)
_COLUMNS = st.dictionaries(
    st.sampled_from(["id", "name", "role", "cell", "cover_note", "nmae"]), _COLUMN, max_size=2
).map(_flow)
_RANGES = st.dictionaries(st.sampled_from(["from", "to", "2014", "A"]), _SCALARS, max_size=3)
_WIDE = st.fixed_dictionaries(
    {"columns": st.one_of(_WORDS, _RANGES.map(_flow))},
    optional={
        "are": st.sampled_from(["role", "level", "cell", "territories", "targets", "kind"]),
        "cells": st.sampled_from(["extent", "territories", "names", "note", "role"]),
        "values": _VALUES, "split": _WORDS, "unknown": _ENUMS, "codes": _ENUMS,
    },
).map(_flow)  # fmt: skip
_ROWS = st.sampled_from(["4", "0", "'4'", "[4, 5]", "[4, 5, 6]", "[]", "4.5", "null", "10000000"])
_MAPPINGS = st.fixed_dictionaries(
    {"schema": st.sampled_from(["1"] * 9 + ["2"])},
    optional={
        "sheet": _WORDS, "encoding": _SCALARS, "delimiter": st.sampled_from(["';'", "','", "1", "''", "null", "';;'"]),
        "header": _ROWS, "data": _ROWS, "layout": st.sampled_from(["list", "matrix", "lists", "null"]),
        "columns": _COLUMNS, "wide": st.lists(_WIDE, max_size=2).map(_list), "only": _VALUES, "leave_out": _WORDS,
        "title": _SCALARS, "levels": st.dictionaries(st.sampled_from(["eu", "2014", "EU"]), _WORDS, max_size=2).map(_flow),
        "roles": st.dictionaries(st.sampled_from(["on", "2014", "a b"]), _SCALARS, max_size=2).map(_flow),
        "fill_down": st.lists(st.sampled_from(["name", "cell", "nmae"]), max_size=2).map(_list), "all_new": _SCALARS,
    },
)  # fmt: skip
_ALONE = st.one_of(
    _COLUMNS.map(lambda said: {"schema": "1", "columns": said}),
    _WIDE.map(lambda said: {"schema": "1", "wide": f"[{said}]"}),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mapping=st.one_of(_MAPPINGS, _ALONE))
def test_the_schema_and_the_program_take_the_same_mappings(
    tmp_path: Path, mapping: dict[str, str]
) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in mapping.items())

    taken = accepts(tmp_path, text)
    event(f"taken: {taken}")

    assert (underlined(text) == []) == taken, text

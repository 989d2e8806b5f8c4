"""Importing, for every dataset: what goes out comes back, what is there already changes nothing, the rest stays."""

import copy
import dataclasses
import re
from collections.abc import Mapping
from typing import TypeVar

import yaml
from hypothesis import given, reject
from hypothesis import strategies as st
from ruamel.yaml import YAML

from clustergap.analysis.matrix import build_matrix
from clustergap.editing.destination import Destination
from clustergap.importing.import_plan import ImportPlan
from clustergap.importing.problems import SheetError
from clustergap.list_format.reference_layout import reference_tables
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, plain
from clustergap.model.places import Except
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from clustergap.spreadsheet.sheet import Sheet
from spreadsheets import (
    STYLES,
    about,
    document_of,
    empty_target,
    import_into,
    list_of,
    loaded,
    sheet_of,
    target_of,
)
from strategies import dataset_of, datasets, instruments, questions, statement_lists

RecordT = TypeVar("RecordT", Instrument, Statement)

styles = st.sampled_from(sorted(STYLES))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Dataset, Dataset]:
    """Draw a dataset, and the same with other instruments and observations."""
    before = draw(datasets())
    ids = draw(st.lists(st.sampled_from("abcdefg"), unique=True, max_size=4))
    levels = {f"{role.id}@{level.id}": level for role in before.roles for level in before.levels}
    cells = draw(st.lists(st.sampled_from(sorted(levels)), unique=True, max_size=2))
    said = dataset_of(
        {
            "levels": document_of(before)["levels"],
            "roles": [role.id for role in before.roles],
            "instruments": [draw(instruments(id_, before)) for id_ in ids],
            "observations": {cell: draw(statement_lists(levels[cell])) for cell in cells},
        }
    )
    after = dataclasses.replace(
        before, instruments=said.instruments, observations=said.observations
    )
    return before, after


def by_id(dataset: Dataset) -> dict[str, object]:
    """The instruments by their ids; the order of codes and of target groups says nothing."""
    return {one.id: sorted_codes(plain(one)) for one in dataset.instruments}


def observed(dataset: Dataset) -> object:
    return sorted_codes(plain(dict(dataset.observations)))


def joined(dataset: Dataset) -> Dataset:
    """The dataset with those statements of a list as one that differ in nothing but their territories.

    In a table they are rows, and nobody sees which of them were one statement.
    """

    return dataclasses.replace(
        dataset,
        instruments=tuple(
            with_value(one, "covers", joined_lists(one.covers)) for one in dataset.instruments
        ),
        observations=joined_lists(dataset.observations),
    )


def with_value(record: RecordT, key: str, value: object) -> RecordT:
    # As nothing in the program may: the model is frozen, and reads anew what is replaced.
    other = copy.copy(record)
    object.__setattr__(other, key, value)
    return other


def joined_lists(
    stated: Mapping[Cell, tuple[Statement, ...]],
) -> dict[Cell, tuple[Statement, ...]]:
    found = {}
    for cell, statements_ in stated.items():
        kept: list[Statement] = []
        for one in statements_:
            same = [n for n, other in enumerate(kept) if differ_in_codes_alone(one, other)]
            if same and isinstance(one.territories, tuple):
                there = kept[same[0]].territories
                assert isinstance(there, tuple)
                codes = tuple(dict.fromkeys((*there, *one.territories)))
                kept[same[0]] = with_value(kept[same[0]], "territories", codes)
            elif not same:
                kept.append(one)
        found[cell] = tuple(kept)
    return found


def differ_in_codes_alone(one: Statement, other: Statement) -> bool:
    wheres = (one.territories, other.territories)
    both_list = all(isinstance(where, tuple) for where in wheres)
    others = [
        (each.extent, each.starts, each.ends, each.seen, each.at_least, each.note)
        for each in (one, other)
    ]
    # "All but A and B" says what "all but B and A" says.
    meant = [set(where.codes) if isinstance(where, Except) else where for where in wheres]
    return others[0] == others[1] and (both_list or meant[0] == meant[1])


def sorted_codes(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: sorted_codes(one, name) for name, one in value.items()}
    if isinstance(value, list) and "@" in key:
        return sorted((sorted_codes(one) for one in value), key=str)
    return (
        sorted(value)
        if key in ("territories", "except", "targets") and isinstance(value, list)
        else value
    )


@given(questions())
def test_a_list_imported_into_nothing_gives_the_same_matrix(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question

    came_back = loaded(import_into(empty_target(), list_of(dataset), about(dataset)))

    assert build_matrix(came_back, query).ratings == build_matrix(joined(dataset), query).ratings


@given(datasets())
def test_a_list_imported_into_nothing_is_the_same_dataset(dataset: Dataset) -> None:
    came_back = loaded(import_into(empty_target(), list_of(dataset), about(dataset)))

    assert came_back == joined(dataset)


@given(datasets(), styles)
def test_a_list_imported_into_its_own_dataset_writes_nothing(dataset: Dataset, style: str) -> None:
    target = target_of(main=STYLES[style](document_of(dataset)))

    for prune in (False, True):
        plan = import_into(target, list_of(dataset), about(dataset), prune=prune)
        assert plan.written == {}
        assert not [remark for remark in plan.remarks if "the data say otherwise" in remark]


@given(datasets())
def test_small_tables_on_sheets_of_their_own_say_the_same(dataset: Dataset) -> None:
    free = [["", ""]] * 3
    own = [
        sheet_of([one.header, *free, *one.rows, *free], one.title)
        for one in reference_tables(dataset)
    ]

    assert loaded(import_into(empty_target(), list_of(dataset), *own)) == joined(dataset)


@given(edited(), styles)
def test_with_prune_the_dataset_says_what_the_list_says(
    both: tuple[Dataset, Dataset], style: str
) -> None:
    before, after = both
    target = target_of(main=STYLES[style](document_of(before)))

    plan = import_into(target, list_of(after), prune=True)

    found = loaded(plan) if plan.written else before
    for data in plan.written.values():
        first, *others = readings(data)
        assert others == [first] * 2
    assert by_id(joined(found)) == by_id(joined(after))
    assert observed(joined(found)) == observed(joined(after))
    assert dataclasses.replace(found, instruments=(), observations={}) == dataclasses.replace(
        before, instruments=(), observations={}
    )


def readings(data: bytes) -> list[object]:
    """A data file as three programs read it, all as texts."""
    fast = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    ours = [yaml.load(data, Loader=loader) for loader in (fast, yaml.BaseLoader)]  # noqa: S506 - texts alone
    return [*ours, YAML(typ="base", pure=True).load(data)]


REFUSED = ("before it starts", "has ended on", "by another statement", "in the end")
"""What check says of dates, statements and relations that do not go together."""


def import_or_give_up(target: Destination, sheet: Sheet) -> ImportPlan:
    """Import; where what is new meets what is old, dates and statements are rightly refused."""
    try:
        return import_into(target, sheet)
    except SheetError as error:
        if all(any(words in line for words in REFUSED) for line in error.lines):
            reject()
        raise


def covers_of(dataset: Dataset) -> dict[tuple[str, Cell], tuple[Statement, ...]]:
    own = {
        (one.id, cell): said for one in dataset.instruments for cell, said in one.covers.items()
    }
    return own | {("", cell): said for cell, said in dataset.observations.items()}


def says_it(row: Statement, statement: Statement) -> bool:
    """Tell whether a statement says what a row does: how far, and at least where."""
    codes = (
        set(one.territories) if isinstance(one.territories, tuple) else None
        for one in (row, statement)
    )
    named, there = codes
    if named is None:
        return row.extent is statement.extent and left_out(row) in (None, left_out(statement))
    return row.extent is statement.extent and there is not None and named <= there


def left_out(statement: Statement) -> set[str] | None:
    """Return the places that a statement excepts, whose order says nothing; None if it excepts none."""
    where = statement.territories
    return set(where.codes) if isinstance(where, Except) else None


@given(edited(), styles)
def test_without_prune_nothing_goes(both: tuple[Dataset, Dataset], style: str) -> None:
    before, after = both
    target = target_of(main=STYLES[style](document_of(before)))

    found = import_or_give_up(target, list_of(after)).after

    assert by_id(found).keys() == by_id(before).keys() | by_id(after).keys()
    now, old, said = covers_of(found), covers_of(before), covers_of(after)
    assert now.keys() == old.keys() | said.keys()
    for key, statement in now.items():
        if key not in said:
            assert statement == old[key]
        for row in said.get(key, ()):
            assert any(says_it(row, one) for one in statement)


@given(edited(), st.sampled_from(["block", "windows", "leaves in brackets"]))
def test_every_comment_stays_in_its_order_but_within_a_list_that_becomes_an_exception(
    both: tuple[Dataset, Dataset], style: str
) -> None:
    before, after = both
    text = with_comments(STYLES[style](document_of(before)))
    target = target_of(main=text)

    plan = import_or_give_up(target, list_of(after))

    written = next(iter(plan.written.values())).decode() if plan.written else text
    assert re.findall(COMMENT, written) == re.findall(COMMENT, text)
    assert ("\r\n" in written) == ("\r\n" in text)


COMMENT = "# (?:above|behind) [0-9]+"


def with_comments(text: str) -> str:
    """Add a comment above and behind each line with a key whose value is whole, but those of territories."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)[:-1]
    commented = []
    for n, line in enumerate(lines):
        is_whole = all(line.count(a) == line.count(b) for a, b in ("{}", "[]"))
        key = re.match(r"[- ]*([a-z0-9_@-]+):(?= |$)", line)
        if key and is_whole and key[1] not in ("except", "note") and not line.endswith(("'", '"')):
            commented += [f"# above {n}", f"{line} # behind {n}"]
        else:
            commented.append(line)
    return "".join(line + end for line in commented)

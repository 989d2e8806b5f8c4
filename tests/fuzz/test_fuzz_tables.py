"""Fuzzing: tables made up by chance, and the kinds of those with which it has found something (``make fuzz`` looks for longer)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import workbook_files
from fuzz.shrinking import shrink_case
from fuzz.table_files import FORMS, Cell, Form, Leaf
from fuzz.table_target import look_at_import, look_at_plan, look_at_proposal, room
from fuzz.tables import Case, TableMutator
from fuzz.target import BrokenPromiseError

BATCHES, TABLES = 4, 60


@pytest.fixture(name="folder")
def _folder() -> Iterator[Path]:
    with room() as folder:
        yield folder


def case(
    *rows: Sequence[Cell],
    options: Sequence[str] = (),
    mapping: str = "",
    into: str = "",
    others: Sequence[Leaf] = (),
) -> Case:
    """A table, as a workbook if it has other sheets."""
    form = Form(".xlsx") if others else FORMS[0]
    if mapping:
        options = [*options, "--mapping", "mapping.yaml"]
    said = mapping.encode() or None
    return Case([*others, Leaf("Table", rows)], form, None, said, options, into, "a test")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_table_comes_in_or_is_refused_with_reasons_and_nothing_written(
    seed: int, folder: Path
) -> None:
    mutator = TableMutator(seed)

    codes = [look_at_import(mutator.case(number), folder) for number in range(TABLES)]

    assert {0, 2} == set(codes)


def test_the_same_seed_and_number_make_the_same_table() -> None:
    assert TableMutator(1).case(7) == TableMutator(1).case(7)
    assert TableMutator(1).case(7) != TableMutator(1).case(8)


def test_a_table_that_breaks_a_promise_is_made_small(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail_at_x(case: Case, _folder: Path) -> int:
        raise BrokenPromiseError("no x" if b"x" in case.data else "another")

    monkeypatch.setattr("fuzz.shrinking.look_at_import", fail_at_x)
    large = case(["a", "b"], ["c", "x"], options=["--prune"])

    small = shrink_case(large, "no x", tmp_path)

    assert (small.data, small.options) == (b"x\r\n", [])


LIST = ("name", "role", "level")

FOUND = {
    "a header that --column names and nothing has": case(
        ("level", "role", "name"), options=["--column", "description=A note"]
    ),
    "a column behind the last": case(["name"], options=["--column", "cell=column Z"]),
    "a list that is asked for as a cross": case(
        LIST, ("Fund", "R", "EU"), options=["--layout", "cross"]
    ),
    "an empty separator": case(
        LIST,
        mapping="schema: 1\ncolumns: {name: {from: name, split: ''}}",
    ),
    "a list in data, whose second row may be a matrix": case(
        ("id", "name"), ("", "Country"), ("A", "")
    ),
    "a list in data, on another sheet than a matrix": case(
        ("", "Country"),
        ("Circular economy", ""),
        others=[Leaf("Sources", [("id", "name", "territories"), ("", "Zielony", "")])],
    ),
    "a short name that a row uses and changes": case(
        (*LIST, "short"), ("ESIF", "Skills", "EU", "Funds"), into="small"
    ),
    "a level that a mapping names and no row": case(
        LIST,
        ("Fund", "Skills", "EU"),
        mapping="schema: 1\ncolumns: {name: name, role: role, level: {from: level, values: {Land: region}}}",
    ),
    "a cell whose role is nearly another": case(
        ("name", "cell"), ("Fund", "Social economy@EU"), ("Act", "Social economie@EU")
    ),
    "a header that is too long for a mapping": case(
        ("", "Country" * 900), ("Skills", "Fund"), options=["--layout", "matrix"]
    ),
    "a text that is too long for a mapping": case(
        LIST, ("Fund", "Skills" * 300, "EU"), into="small"
    ),
    "a character of which no file may speak": case((*LIST, "status"), (*LIST, "a\x7f")),
    "territories of a level that the workbook has": case(
        LIST,
        ("Fund", "Skills", "EU"),
        options=["--level", "country=eu27"],
        others=[
            Leaf("Levels", [("id", "name", "aliases", "territories", "description"), ("eu", "EU")])
        ],
    ),
    "a short name that a row uses and another takes": case(
        ("id", *LIST, "short"),
        ("forum", "", "Skills", "EU", "ESIF"),
        ("", "ESIF", "Skills", "Country", ""),
        into="small",
    ),
    "no place of several marked": case(
        (*LIST, "AT", "RO"),
        ("Fund", "Skills", "Country", "", ""),
        mapping="schema: 1\ncolumns: {name: name, role: role, level: level}\nlevels: {country: eu27}\n"
        "wide: [{columns: [AT, RO], are: territories}]\n",
    ),
    "a row that begins within a cell": Case(
        [],
        Form(".xlsx"),
        workbook_files.xlsx("<row><c><row/><v>1</v></c></row>"),
        None,
        [],
        "",
        "a test",
    ),
    "territories of a level said again": case(
        LIST, ("Fund", "Skills", "Country"), options=["--level", "country=eu27"]
    ),
}


def test_the_short_name_that_a_row_uses_is_not_pruned(folder: Path) -> None:
    table = case((*LIST, "short"), ("ESIF", "Skills", "EU", ""), options=["--prune"], into="small")

    assert look_at_import(table, folder) == 0
    assert "short: ESIF" in (folder / "data/instruments.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND.keys())
def test_what_fuzzing_has_found_stays_mended(found: Case, folder: Path) -> None:
    assert look_at_import(found, folder) in (0, 2)
    assert look_at_plan(found, folder) in (0, 2)
    assert look_at_proposal(found, folder) in (0, 2)

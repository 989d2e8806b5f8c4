"""Exporting, for every dataset: what goes out as statements comes back as the same matrix; every table keeps its own rules."""

import dataclasses
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.matrix import build_matrix
from clustergap.answers.matrix import record
from clustergap.export.data_package import MAPPING, write_package
from clustergap.export.sqlite_file import write_sqlite
from clustergap.importing.import_context import ImportOptions, load_mapping
from clustergap.importing.import_plan import plan_import
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.spreadsheet.opening import open_sheets
from exports import export_of, rows_of
from spreadsheets import MAIN, STYLES, document_of, target_of
from strategies import datasets, questions


def imported(files: dict[str, bytes], dataset: Dataset) -> Dataset:
    """What the statements give in a dataset that has the same roles and levels, and nothing else."""
    empty = dataclasses.replace(dataset, instruments=(), observations={})
    text = STYLES["block"](document_of(empty))
    with tempfile.TemporaryDirectory() as folder:
        mapping = Path(folder, MAPPING)
        mapping.write_bytes(files[MAPPING])
        options = ImportOptions(mapping_file=load_mapping(mapping))
    sheets, _ = open_sheets(files["statements.csv"], "statements.csv")
    plan = plan_import(sheets, "statements.csv", target_of(main=text), options)
    stored = {MAIN: text.encode(), **plan.written}
    return load_dataset(DatasetFiles(MAIN, stored=stored)).dataset


@given(questions(), st.booleans())
def test_statements_imported_into_an_empty_dataset_give_the_same_cells(
    question: tuple[Dataset, Query], is_long: bool
) -> None:
    dataset, query = question
    files = write_package(export_of(dataset, query, is_long=is_long))

    came_back = imported(files, dataset)

    cells, found = (
        record(build_matrix(each, query), Origin("data")).cells for each in (dataset, came_back)
    )
    assert found == cells


@given(questions(), st.booleans())
def test_a_database_breaks_none_of_its_own_rules(
    question: tuple[Dataset, Query], is_long: bool
) -> None:
    export = export_of(*question, is_long=is_long)

    data = write_sqlite(export)

    assert write_sqlite(export) == data
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@given(datasets())
def test_the_long_form_names_each_territory_of_each_statement_once(dataset: Dataset) -> None:
    short, long = (
        rows_of(write_package(export_of(dataset, Query(), is_long=is_long))["statements.csv"])
        for is_long in (False, True)
    )

    alike = [{key: row[key] for key in short[0]} for row in long] if short else []
    places = [(row["statement"], row["territory"]) for row in long]
    assert [row for n, row in enumerate(alike) if row not in alike[:n]] == short
    assert len(set(places)) == len(places)
    for row in long:
        assert bool(row["territory"]) <= bool(row["territories"])

"""Exports of datasets, read back by programs that know nothing of ours."""

import csv
import importlib.util
import io
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from clustergap.analysis.matrix import build_matrix
from clustergap.api.data_table import export_tables
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.tidy_table import Export
from tools import needed

TABLES = ("cells", "gaps", "needs", "risks", "statements", "instruments", "sources", "territories", "swot", "citations")  # fmt: skip


def export_of(dataset: Dataset, query: Query, *, is_long: bool = False) -> Export:
    """The tables of a dataset under a question."""
    return export_tables(build_matrix(dataset, query), Origin("data"), (), is_long=is_long)


def rows_of(file: Path | bytes) -> list[Mapping[str, str]]:
    """The rows of a csv file, by header."""
    data = file if isinstance(file, bytes) else file.read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def library(name: str) -> ModuleType:
    """Import a library that reads tables, or skip the test where it is not installed."""
    is_there = importlib.util.find_spec(name) is not None
    needed(is_there or None, f"{name} is not installed here: pip install -e '.[dev]'")
    return importlib.import_module(name)

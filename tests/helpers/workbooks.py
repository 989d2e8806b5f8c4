"""Workbooks as others read them: with openpyxl, with calamine, and as the XML that they are."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import build_full_report
from clustergap.answers.workbooks import report_workbook
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.writers import workbook as workbook_writer
from running import run
from strategies import dataset_of

SHEETS = ["Summary", "Matrix", "Gaps", "Needs", "Risks", "Instruments", "SWOT", "About"]
"""Of the report."""

Rows = list[list[Any]]
Opened = Any  # a workbook or sheet of openpyxl, which has no types


def write(path: Path, *argv: str) -> Path:
    """Write a workbook by the command line."""
    done = run(*argv, "-q", "-o", str(path))
    assert (done.code, done.err) == (0, "")
    return path


def report_of(dataset: Dataset, query: Query | None = None) -> bytes:
    """Return the workbook of everything about a dataset."""
    matrix = build_matrix(dataset, query or Query())
    return workbook_writer.write(report_workbook(build_full_report(matrix), Origin("data")))


def opened(workbook: Path | bytes) -> Opened:
    """Open a workbook with openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(_bytes(workbook)))


def rows_of(sheet: Opened) -> Rows:
    """Return all values of a sheet of openpyxl; None where there is none."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def codes_of(places: str) -> str:
    """Return the codes of places that stand beside their names, as csv has them."""
    bare = re.sub(r"(?:^|(?<=, )).+? \(([A-Z0-9-]+)\)(?=, |$)", r"\1", places)
    return bare.replace(", ", " ")


def without_empty_columns(rows: Rows) -> Rows:
    """Return rows below their header, but for the columns that have a header alone."""
    columns = [
        column
        for column in zip(*rows, strict=True)
        if any(v not in (None, "") for v in column[1:])
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def rows_by_calamine(workbook: Path | bytes, name: str) -> Rows:
    """Return all values of a sheet as calamine reads them; empty texts where there is none."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(_bytes(workbook)))
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def entries(workbook: Path | bytes) -> Mapping[str, str]:
    """Return the files within a workbook, by name."""
    with zipfile.ZipFile(io.BytesIO(_bytes(workbook))) as zipped:
        return {name: zipped.read(name).decode("utf-8") for name in zipped.namelist()}


def links_of(workbook: Path | bytes) -> list[str]:
    """Return the targets outside of a workbook that it links to."""
    texts = [text for name, text in entries(workbook).items() if name.endswith(".rels")]
    return [
        target
        for text in texts
        for target in re.findall(r'Target="([^"]*)" TargetMode="External"', text)
    ]


def sections_of(rows: Rows, titles: set[str]) -> Mapping[str, Rows]:
    """Return the small tables of a sheet, as a program finds them: below a title that stands alone, to an empty row."""
    found: dict[str, Rows] = {}
    texts = iter([[value or "" for value in row] for row in rows])
    for row in texts:
        if row[0] in titles and not any(row[1:]):
            header = [name for name in next(texts) if name]
            found[row[0]] = []
            for values in texts:
                if not any(values):
                    break
                found[row[0]].append(values[: len(header)])
    return found


def rules(book: Opened, sheet: str = "Instruments") -> dict[str, Opened]:
    """What the columns of a sheet offer to choose from, by their headers."""
    return {
        str(book[sheet].cell(1, area.min_col).value): rule
        for rule in book[sheet].data_validations.dataValidation
        if rule.type == "list"
        for area in rule.sqref.ranges
    }


def offered(book: Opened, rule: Opened) -> list[str]:
    """What one chooses from, as a spreadsheet program finds it when the list is opened."""
    source = rule.formula1
    if source.startswith('"'):
        return list(source.strip('"').split(","))
    cells = re.fullmatch(
        r"OFFSET\((\w+)!(\$\w\$\d+),0,0,MAX\(1,COUNTA\(\1!\2:(\$\w\$\d+)\)\),1\)", source
    )
    assert cells
    sheet, first, last = cells.groups()
    column = [row[0].value for row in book[sheet][f"{first}:{last}".replace("$", "")]]
    return column[: max(1, sum(value is not None for value in column))]


def _bytes(workbook: Path | bytes) -> bytes:
    return workbook if isinstance(workbook, bytes) else workbook.read_bytes()


def note_of(text: str) -> Dataset:
    """Make a dataset whose only statement has a note."""
    cover = {"extent": "partial", "note": text}
    return dataset_of(
        {"levels": ["eu"], "instruments": [{"id": "a", "covers": {"role@eu": cover}}]}
    )


def by_name(rows: Rows) -> list[dict[str, Any]]:
    """Name the values of each row by the header."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

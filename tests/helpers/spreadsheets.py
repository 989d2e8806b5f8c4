"""Spreadsheets for tests: datasets as their list layout, tables by hand, and what importing them gives."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml

from clustergap.editing.destination import Destination, read_destination
from clustergap.importing.import_context import ImportOptions
from clustergap.importing.import_plan import ImportPlan, plan_import
from clustergap.importing.sheet_records import IMPORT_LIMITS, ImportLimits
from clustergap.list_format.list_layout import COLUMNS, list_rows
from clustergap.list_format.reference_layout import reference_tables
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import FILE_LIMITS
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import Dataset, Plain, plain
from clustergap.spreadsheet.sheet import Sheet, SheetMetadata

MAIN = Path("data/instruments.yaml")

HEADER = [column.name for column in COLUMNS]


def sheet_of(rows: Sequence[Sequence[str]], name: str = "Instruments") -> Sheet:
    """A sheet with these texts."""
    return Sheet(
        name, [list(row) for row in rows], SheetMetadata(name, columns=max(map(len, rows)))
    )


def list_of(dataset: Dataset) -> Sheet:
    """The statements of a dataset."""
    return sheet_of([HEADER, *list_rows(dataset)])


def about(dataset: Dataset) -> Sheet:
    """What the statements of a dataset take for granted."""
    rows: list[Sequence[str]] = [("Written by", "hand")]
    for section in reference_tables(dataset):
        rows += [(), (section.title,), section.header, *section.rows]
    return sheet_of(rows, "About")


def document_of(dataset: Dataset) -> dict[str, Plain]:
    """A dataset as the plain values of its main file."""
    parts: Mapping[str, object] = {
        "title": dataset.title,
        "as_of": dataset.as_of,
        "sources": dict(dataset.sources),
        "levels": dataset.levels,
        "roles": dataset.roles,
        "kinds": dataset.kinds,
        "targets": dataset.targets,
        "groups": dataset.groups,
        "instruments": dataset.instruments,
        "observations": dict(dataset.observations),
        "assessed": dict(dataset.assessed),
        "accepted_gaps": dict(dataset.accepted_gaps),
    }
    said = {key: plain(value) for key, value in parts.items() if value}
    return {"schema": 1, "instruments": [], **said}


def _dump(flow: bool | None) -> Callable[[object], str]:
    def dump(document: object) -> str:
        return str(yaml.safe_dump(document, sort_keys=False, default_flow_style=flow, width=60))

    return dump


def _in_brackets(document: object) -> str:
    assert isinstance(document, dict)
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in document.items())


def _in_broken_brackets(document: object) -> str:
    assert isinstance(document, dict)
    # Each line with a remark of its own; what closes a bracket stands further in than what it is of.
    text = "".join(f"{key}: {json.dumps(value, indent=2)}\n" for key, value in document.items())
    return (
        re.sub(r"([\[{,])$", r"\1   # a remark", text, flags=re.MULTILINE)
        .replace("\n}", "\n  }")
        .replace("\n]", "\n  ]")
    )


STYLES: Mapping[str, Callable[[object], str]] = {
    "block": _dump(False),
    "leaves in brackets": _dump(None),
    "one pair of brackets": _dump(True),
    "lists in brackets": _in_brackets,
    "lists in brackets over many lines": _in_broken_brackets,
    "json": lambda document: json.dumps(document, indent=2),
    "windows": lambda document: _dump(False)(document).replace("\n", "\r\n"),
}
"""How people write data files."""


def target_of(**texts: str) -> Destination:
    """A dataset of these files: ``main``, and fragments by their names."""
    data = {
        MAIN if name == "main" else MAIN.parent / "instruments" / f"{name}.yaml": text.encode()
        for name, text in texts.items()
    }
    fragments = tuple(path for path in data if path != MAIN)
    return read_destination(DatasetFiles(MAIN, fragments, stored=data), FILE_LIMITS, None)


def empty_target() -> Destination:
    """No dataset yet."""
    return Destination(DatasetFiles(MAIN), {})


def import_into(
    target: Destination,
    *sheets: Sheet,
    prune: bool = False,
    new: Sequence[str] = (),
    limits: ImportLimits = IMPORT_LIMITS,
) -> ImportPlan:
    """What importing these sheets would do."""
    return plan_import(
        sheets, "sheet.xlsx", target, ImportOptions(new_names=new, prune=prune), limits
    )


def loaded(plan: ImportPlan) -> Dataset:
    """What was written, read from its bytes."""
    return load_dataset(DatasetFiles(MAIN, stored=plan.written)).dataset

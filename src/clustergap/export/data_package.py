"""A folder of tidy tables: a csv file each, with a Frictionless data package that describes every column.

The files are for programs: values stand as they are, numbers unquoted, and no text gets an apostrophe that a spreadsheet would
need. The same tables give the same bytes.
"""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from clustergap.export.statement_table import STATEMENTS, mapping_of_statements
from clustergap.tidy_table import Export, ForeignKey, TidyColumn, TidyTable, TidyValue

DESCRIPTOR = "datapackage.json"
MAPPING = f"{STATEMENTS}.mapping.yaml"

_OWN = "clustergap"
"""The key of a descriptor that only ours has: what was asked."""

_LICENCE_OF_EXAMPLE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}


def write_package(export: Export) -> dict[str, bytes]:
    """Write the files of a data package, by name; the descriptor is the first."""
    tables = {f"{table.name}.csv": table for table in export.tables}
    files = {name: _write_csv(table).encode() for name, table in tables.items()}
    keys = {table.name: table.primary_key for table in export.tables}
    resources = [_resource(name, files[name], table, keys) for name, table in tables.items()]
    descriptor = json.dumps(_descriptor(export, resources), ensure_ascii=False, indent=2)
    statements = next(table for table in export.tables if table.name == STATEMENTS)
    mapping = mapping_of_statements(statements, export.title)
    return {DESCRIPTOR: f"{descriptor}\n".encode(), **files, MAPPING: mapping.encode()}


def is_own_package(descriptor: bytes) -> bool:
    """Tell whether a descriptor is one of ours, so that its folder may be written anew."""
    try:
        read = json.loads(descriptor)
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and _OWN in read


def _write_csv(table: TidyTable) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([each.name for each in table.columns])
    writer.writerows(
        [value if type(value) is str else _field(value) for value in row] for row in table.rows()
    )
    return text.getvalue()


def _field(value: TidyValue) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def _descriptor(export: Export, resources: list[dict[str, Any]]) -> dict[str, Any]:
    sources = [
        {"title": source.title, **({"path": str(source.url)} if source.url else {})}
        for source in export.sources.values()
    ]
    return {
        "profile": "tabular-data-package",
        "name": "clustergap",
        "title": export.title,
        "description": export.remark,
        # Of their own data only their people know the licence.
        **({"licenses": [_LICENCE_OF_EXAMPLE]} if export.is_example else {}),
        **({"sources": sources} if sources else {}),
        _OWN: {"query": export.query, "caveats": export.caveats},
        "resources": resources,
    }


def _resource(
    name: str, data: bytes, table: TidyTable, keys: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_described(each) for each in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        schema["foreignKeys"] = [_reference(key, table, keys) for key in table.foreign_keys]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": name,
        "title": table.name.capitalize(),
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": schema,
    }


def _described(column: TidyColumn) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    if column.least is not None:
        constraints["minimum"] = column.least
    return {
        "name": column.name,
        "title": column.title,
        "description": column.description,
        "type": column.type.value,
        **({"constraints": constraints} if constraints else {}),
    }


def _reference(
    key: ForeignKey, table: TidyTable, keys: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    # A table refers to itself by an empty name.
    other = "" if key.table == table.name else key.table
    reference = {"resource": other, "fields": list(keys[key.table])}
    return {"fields": list(key.columns), "reference": reference}

"""A mapping as the text of its file: how a table is read, written down."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clustergap.importing.options import ImportOptions
from clustergap.importing.table import Table
from clustergap.importing.values import DAYS
from clustergap.model.mapping import MappingFile, TableSource
from clustergap.yaml_edit.write import YamlValue, write_flow, write_scalar

_ORDER = (
    "sheet", "encoding", "delimiter", "header", "data", "layout", "source", "columns", "wide", "only", "leave_out", "title",
    "as_of", "levels", "roles", "fill_down", "all_new",
)  # fmt: skip
_BARE = frozenset({"header", "data", "all_new", "as_of", "cut"})
"""Keys whose values are no texts."""

_BLOCKS = ("columns", "only", "levels", "roles")


def write_mapping(
    mapping: MappingFile, tables: Sequence[Table], source: TableSource, options: ImportOptions
) -> str:
    """Write how tables were read, with what the command line said of it.

    Args:
        mapping: How their columns were read.
        tables: Where they stand.
        source: What they are cited as.
        options: What else was said.
    """
    said = mapping.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)
    first = tables[0]
    if options.mapping is None:
        said |= {"header": [row + 1 for row in first.header_rows], "sheet": first.sheet.name}
    if first.last is not None:
        said["data"] = [first.first + 1, first.last + 1]
    said["source"] = source.model_dump(exclude_none=True)
    said |= {
        "encoding": options.encoding,
        "all_new": options.all_new or mapping.all_new,
        "fill_down": list(mapping.fill_down),
        "leave_out": list(mapping.leave_out),
        "levels": {**said.get("levels", {}), **options.levels},
    }
    if options.date_format:
        said["columns"] = _with_format(said["columns"], options.date_format)
    return "schema: 1\n" + "".join(write_key(key, plain(said.get(key))) for key in _ORDER)


def _with_format(columns: Mapping[str, object], format_: str) -> dict[str, object]:
    return {
        key: {"from": rule, "format": format_} if key in DAYS and isinstance(rule, str) else rule
        for key, rule in columns.items()
    }


def plain(value: object) -> YamlValue:
    """Write a value of the model as a data file says it: every scalar a text."""
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def write_key(key: str, value: YamlValue) -> str:
    """Write a key of a mapping and its value; nothing if it has none."""
    if not value:
        return ""
    if key in _BLOCKS and isinstance(value, Mapping):
        return f"{key}:\n" + "".join(f"  {write_pair(name, one)}\n" for name, one in value.items())
    if key == "wide" and not isinstance(value, str):
        return "wide:\n" + "".join(f"  - {write_flow(one)}\n" for one in value)
    return f"{write_pair(key, value)}\n"


def write_pair(key: str, value: YamlValue) -> str:
    """Write a key and its value on one line.

    >>> write_pair("header", ["4", "5"]), write_pair("role", {"from": "Sector", "split": ","})
    ('header: [4, 5]', 'role: {from: Sector, split: ","}')
    """
    return f"{write_scalar(key)}: {_bare(value) if key in _BARE else _flow(value)}"


def _flow(value: YamlValue) -> str:
    # A rule holds values that are no texts, too.
    if isinstance(value, Mapping):
        return f"{{{', '.join(write_pair(key, one) for key, one in value.items())}}}"
    return write_flow(value) if isinstance(value, str) else f"[{', '.join(map(_flow, value))}]"


def _bare(value: YamlValue) -> str:
    return value if isinstance(value, str) else f"[{', '.join(_texts(value))}]"


def _texts(values: Sequence[YamlValue] | Mapping[str, YamlValue]) -> Iterator[str]:
    return (str(one) for one in values)

"""A mapping bound to the columns of its table, header by header; and a mapping written as the text of a mapping file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from clustergap.findings import DataPath
from clustergap.importing.cell_texts import is_nothing, on_one_line
from clustergap.importing.days import FORMATS, read_format
from clustergap.importing.headers import JOINT, SheetTable
from clustergap.importing.import_context import (
    ImportOptions,
    KnownRecords,
    Misfit,
    SheetVocabulary,
)
from clustergap.importing.layouts import MappedTable
from clustergap.importing.new_names import AmbiguousComma, separate
from clustergap.importing.values import DAYS
from clustergap.model.mapping import (
    ANY,
    KEEP,
    LEAVE_OUT,
    Across,
    ColumnRange,
    ColumnRule,
    Inside,
    MappingFile,
    TableSource,
    Wide,
)
from clustergap.model.query import Layout
from clustergap.spreadsheet.sheet import column_name, quote_sheet
from clustergap.text import all_of, did_you_mean, either, fold, one_of, quote
from clustergap.yaml_edit.write import YamlValue, write_flow, write_scalar


class Globs:
    """Patterns that match texts: an equal one comes first, then the longest with a ``*``; never ``*`` alone.

    No ``*`` matches an empty text.

    >>> globs = Globs(["Transport", "Trans*", "*port*"])
    >>> globs.match("Transport"), globs.match("Transit"), globs.match("Airports"), globs.match("Sea")
    ('Transport', 'Trans*', '*port*', None)
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        globs = []
        for pattern in patterns:
            self._exact[on_one_line(pattern)] = pattern
            if ANY in pattern and pattern != ANY:
                globs.append((on_one_line(pattern).split(ANY), pattern))
        self._globs = sorted(globs, key=lambda glob: -len(glob[1]))

    def match(self, text: str) -> str | None:
        """Return the pattern that matches a text."""
        plain = on_one_line(text)
        exact = self._exact.get(plain)
        if exact is not None and (exact != ANY or plain == ANY):
            return exact
        if not plain:
            return None  # only "" matches an empty text
        return next((pattern for parts, pattern in self._globs if _fits_glob(plain, parts)), None)


def _fits_glob(text: str, parts: Sequence[str]) -> bool:
    # From left to right, each part at its first place: every pattern needs a single pass over the text.
    first, *between, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in between:
        start = text.find(part, at, end)
        if start < 0:
            return False
        at = start + len(part)
    return True


class BoundRule(NamedTuple):
    """How a key is read, and from which columns; without columns it is a constant."""

    rule: ColumnRule
    columns: Sequence[int]


class BoundWide(NamedTuple):
    """Columns whose headers are values, each with the word for its header."""

    wide: Wide
    words: Mapping[int, str]


class BoundOnly(NamedTuple):
    """A column of which only some texts are read."""

    column: int
    header: str
    allowed: Sequence[str]


@dataclass
class Binding:
    """How a table is read: its keys, its columns whose headers are values, and which rows.

    ``headings`` are the rows that name a group of rows; they are set when the rows are found.
    """

    table: SheetTable
    mapping: MappingFile
    rules: dict[str, Sequence[BoundRule]] = field(default_factory=dict)
    wide: list[BoundWide] = field(default_factory=list)
    only: list[BoundOnly] = field(default_factory=list)
    headings: frozenset[int] = frozenset()
    named_records: Sequence[tuple[DataPath, SheetVocabulary, str]] = ()

    @property
    def columns(self) -> set[int]:
        """All columns that are read."""
        across = {column for wide in self.wide for column in wide.words}
        return {*self.columns_of(*self.rules), *across, *(only.column for only in self.only)}

    def columns_of(self, *keys: str) -> list[int]:
        """Return the columns from which keys are read."""
        rules = (rule for key in keys for rule in self.rules.get(key, ()))
        return [column for rule in rules for column in rule.columns]

    def make_named_records(self) -> Iterator[Misfit]:
        """Make the roles and levels that only the mapping names, after all rows have been read and theirs have been made.

        Without them the mapping would no longer fit the dataset after the import.
        """
        for path, vocabulary, word in self.named_records:
            meaning = vocabulary.find(word)
            if meaning.message:
                yield path, meaning.message, meaning.hint

    def unread_columns(self) -> list[int]:
        """Return the columns that have content, but are neither read nor left out by name."""
        out = Globs(map(fold, self.mapping.leave_out))
        if ANY in self.mapping.leave_out:
            return []
        table, read = self.table, self.columns
        return [
            column
            for column in table.named
            if column not in read
            and out.match(fold(table.header(column))) is None
            and out.match(fold(f"column {column_name(column)}")) is None
            and table.samples(column, 1)
        ]


def bind(mapped: MappedTable, known: KnownRecords, options: ImportOptions) -> Binding:
    """Find the columns of a mapping in its table; options of the user take precedence over the mapping.

    Raises:
        ClusterGapError: The mapping or the options do not fit the table.
    """
    binder = _Binder(mapped.table, _with_options(mapped.mapping, options), known)
    binding = binder.bind()
    if binder.misfits:
        raise options.misfit_error(binder.misfits)
    return binding


def _with_options(mapping: MappingFile, options: ImportOptions) -> MappingFile:
    changes = {
        "columns": {**mapping.columns, **options.columns},
        "fill_down": (*mapping.fill_down, *options.fill_down),
        "leave_out": (*mapping.leave_out, *options.leave_out),
    }
    return mapping.model_copy(update=changes)


class _Binder:
    def __init__(self, table: SheetTable, mapping: MappingFile, known: KnownRecords) -> None:
        self.table, self.mapping, self.known = table, mapping, known
        self.misfits: list[Misfit] = []
        self.named_records: list[tuple[DataPath, SheetVocabulary, str]] = []

    def bind(self) -> Binding:
        binding = Binding(self.table, self.mapping, named_records=self.named_records)
        for key in self.mapping.columns:
            binding.rules[key] = [
                BoundRule(rule, self._columns(self._path(key, number), rule))
                for number, rule in enumerate(self.mapping.rules(key))
            ]
        for number, wide in enumerate(self.mapping.wide):
            binding.wide.append(self._wide(("wide", number), wide))
        for header, allowed in self.mapping.only.items():
            column = self._column(("only", header), header)
            if column is not None:
                binding.only.append(BoundOnly(column, header, allowed))
        self._check_mapping()
        return binding

    def _check_mapping(self) -> None:
        if not (self.mapping.columns or self.mapping.wide):
            message = "this mapping says of no column what it holds"
            self.misfits.append((("schema",), message, "write columns, or wide"))
        for key in ("role", "level"):
            for number, rule in enumerate(self.mapping.rules(key)):
                for text, words in rule.values.items():
                    self._check_values((*self._path(key, number), "values", text), key, words)
        for number, key in enumerate(self.mapping.fill_down):
            if key not in self.mapping.columns:
                message = f"no column holds {quote(key)}"
                self.misfits.append((("fill_down", number), message, "write it among columns"))

    def _wide(self, path: DataPath, wide: Wide) -> BoundWide:
        words = self._header_words((*path, "columns"), wide)
        self._check_values((*path, "columns"), wide.are.value, words.values())
        if wide.are is Across.TERRITORIES and wide.cells is Inside.TERRITORIES:
            message = "these columns are territories, so their cells cannot be"
            self.misfits.append(((*path, "cells"), message, "write extent, names or note"))
        return BoundWide(wide, words)

    def _path(self, key: str, number: int) -> DataPath:
        rules = self.mapping.columns[key]
        return ("columns", key, number) if isinstance(rules, tuple) else ("columns", key)

    def _check_levels(self, path: DataPath, rule: ColumnRule) -> None:
        if rule.at and path[1] != "territories":
            message = "only territories are read at some levels and not at others"
            self.misfits.append(((*path, "at"), message, "leave it out"))
        else:
            self._check_values((*path, "at"), "level", rule.at)

    def _columns(self, path: DataPath, rule: ColumnRule) -> list[int]:
        self._check_levels(path, rule)
        if rule.format is not None and read_format(rule.format) is None:
            message = f"{quote(rule.format)} is no format of dates"
            hint = f"write one such as {', '.join(FORMATS)}"
            self.misfits.append(((*path, "format"), message, hint))
        headers = rule.from_ or rule.first or ()
        columns = (self._column(path, header) for header in headers)
        return [column for column in columns if column is not None]

    def _column(self, path: DataPath, header: str) -> int | None:
        columns = self.table.find(header)
        if len(columns) == 1:
            return columns[0]
        headers = [self.table.name(column) for column in self.table.named]
        if columns:
            names = [f"column {column_name(column)}" for column in columns]
            message = f"the header {quote(header)} stands in {all_of(names)}"
            self.misfits.append((path, message, f"write {names[0]}"))
        else:
            where = f"{quote_sheet(self.table.sheet.name)}, {self.table.header_place}"
            below = [name for name in headers if fold(name.rpartition(JOINT)[2]) == fold(header)]
            meant = f"did you mean {either([quote(name) for name in below])}?" if below else ""
            listing = f"there are {one_of(list(map(quote, headers)))}"
            message = f"no column has the header {quote(header)} ({where})"
            self.misfits.append((path, message, meant or did_you_mean(header, headers) or listing))
        return None

    def _header_words(self, path: DataPath, wide: Wide) -> dict[int, str]:
        columns = wide.columns
        if isinstance(columns, ColumnRange):
            first = self._column((*path, "from"), columns.from_)
            last = self._column((*path, "to"), columns.to)
            if first is None or last is None:
                return {}
            between = range(min(first, last), max(first, last) + 1)
            return {
                column: self.table.header(column)
                for column in between
                if self.table.header(column)
            }
        words = columns if isinstance(columns, dict) else {header: header for header in columns}
        bound = {}
        for number, (header, word) in enumerate(words.items()):
            place = header if isinstance(columns, dict) else number
            column = self._column((*path, place), header)
            if column is not None:
                bound[column] = self.table.header(column) if word == header else word
        return bound

    def _check_values(self, path: DataPath, key: str, words: Iterable[str]) -> None:
        vocabulary = {"role": self.known.roles, "level": self.known.levels}.get(key)
        if vocabulary is None:
            return
        # As in a row: "Country; Region" means two levels, unless one has that name.
        parted = [
            separate(word, vocabulary.knows) for word in words if word not in ("", KEEP, LEAVE_OUT)
        ]
        parts = [[parts.whole] if isinstance(parts, AmbiguousComma) else parts for parts in parted]
        for word in dict.fromkeys(chain(*parts)):
            if vocabulary.knows(word):
                continue
            if is_nothing(word, key):
                # Its cells would be read only at the next import, when the dataset has it.
                message = f"{quote(word)} means nothing here, so it is no {vocabulary.noun}"
                self.misfits.append((path, message, f"write the name of the {vocabulary.noun}"))
                continue
            if vocabulary.is_open:
                self.named_records.append((path, vocabulary, word))
            else:
                self.misfits.append((path, *vocabulary.unknown(word)))


def is_matrix(mapping: MappingFile) -> bool:
    """Tell whether the cells of a table name instruments, roles down and levels across."""
    return mapping.layout is Layout.MATRIX or any(
        wide.are is Across.LEVEL and wide.cells == "names" for wide in mapping.wide
    )


_ORDER = (
    "sheet", "encoding", "delimiter", "header", "data", "layout", "source", "columns", "wide", "only", "leave_out", "title",
    "as_of", "levels", "roles", "fill_down", "all_new",
)  # fmt: skip

_BARE = frozenset({"header", "data", "all_new", "as_of", "cut"})
"""Keys whose values are not quoted texts."""

_BLOCKS = ("columns", "only", "levels", "roles")


def write_mapping(
    mapping: MappingFile, tables: Sequence[SheetTable], source: TableSource, options: ImportOptions
) -> str:
    """Write how tables were read and how they are cited, including the options of the command line."""
    keys = mapping.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)
    first = tables[0]
    if options.mapping is None:
        keys |= {"header": [row + 1 for row in first.header_rows], "sheet": first.sheet.name}
    if first.last is not None:
        keys["data"] = [first.first + 1, first.last + 1]
    keys["source"] = source.model_dump(exclude_none=True)
    keys |= {
        "encoding": options.encoding,
        "all_new": options.all_new or mapping.all_new,
        "fill_down": list(mapping.fill_down),
        "leave_out": list(mapping.leave_out),
        "levels": {**keys.get("levels", {}), **options.levels},
    }
    if options.date_format:
        keys["columns"] = _with_format(keys["columns"], options.date_format)
    return "schema: 1\n" + "".join(_write_key(key, _plain_value(keys.get(key))) for key in _ORDER)


def _with_format(columns: Mapping[str, object], format_: str) -> dict[str, object]:
    return {
        key: {"from": rule, "format": format_} if key in DAYS and isinstance(rule, str) else rule
        for key, rule in columns.items()
    }


def _plain_value(value: object) -> YamlValue:
    """Write a value of the model as a data file says it: every scalar a text."""
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    if isinstance(value, Mapping):
        return {str(key): _plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(item) for item in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_key(key: str, value: YamlValue) -> str:
    """Write a key of a mapping and its value; nothing if it has none."""
    if not value:
        return ""
    if key in _BLOCKS and isinstance(value, Mapping):
        return f"{key}:\n" + "".join(
            f"  {write_pair(name, item)}\n" for name, item in value.items()
        )
    if key == "wide" and not isinstance(value, str):
        return "wide:\n" + "".join(f"  - {write_flow(item)}\n" for item in value)
    return f"{write_pair(key, value)}\n"


def write_pair(key: str, value: YamlValue) -> str:
    """Write a key and its value on one line.

    >>> write_pair("header", ["4", "5"]), write_pair("role", {"from": "Sector", "split": ","})
    ('header: [4, 5]', 'role: {from: Sector, split: ","}')
    """
    return f"{write_scalar(key)}: {_bare(value) if key in _BARE else _flow(value)}"


def _flow(value: YamlValue) -> str:
    # A rule also holds values that are not texts.
    if isinstance(value, Mapping):
        return f"{{{', '.join(write_pair(key, item) for key, item in value.items())}}}"
    return write_flow(value) if isinstance(value, str) else f"[{', '.join(map(_flow, value))}]"


def _bare(value: YamlValue) -> str:
    return value if isinstance(value, str) else f"[{', '.join(map(str, value))}]"

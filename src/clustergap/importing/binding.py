"""A mapping bound to the table that it is for: headers to columns; what does not fit is told with its place in the mapping."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from clustergap.findings import DataPath
from clustergap.importing.days import FORMATS, read_format
from clustergap.importing.header_guess import MOST_ABOVE, asked_sheets
from clustergap.importing.known import Known
from clustergap.importing.layouts import Found
from clustergap.importing.options import ImportOptions
from clustergap.importing.problem import refuse
from clustergap.importing.table import JOINT, Table, find_header_rows
from clustergap.importing.vocabulary import Vocabulary
from clustergap.model.mapping import (
    ANY,
    KEEP,
    LEAVE_OUT,
    Across,
    ColumnRange,
    ColumnRule,
    Inside,
    MappingFile,
    Wide,
)
from clustergap.model.query import Layout
from clustergap.spreadsheet.sheet import Sheet, column_name, quote_sheet
from clustergap.text import all_of, did_you_mean, either, fold, one_of, quote

Misfit = tuple[DataPath, str, str]
"""What of a mapping does not fit its table: a data path, a message and a remedy."""


class BoundRule(NamedTuple):
    """How a key is read, and from which columns; none: it is a constant."""

    rule: ColumnRule
    columns: Sequence[int]


class BoundWide(NamedTuple):
    """Columns whose headers are values, each with the word that its header stands for."""

    wide: Wide
    words: Mapping[int, str]


class BoundOnly(NamedTuple):
    """A column of which only some texts are read."""

    column: int
    header: str
    allowed: Sequence[str]


@dataclass
class Binding:
    """How a table is read: its keys, its columns side by side, the rows that are.

    ``headings`` are rows that name a group of rows, once somebody has looked for them.
    """

    table: Table
    mapping: MappingFile
    rules: dict[str, Sequence[BoundRule]] = field(default_factory=dict)
    wide: list[BoundWide] = field(default_factory=list)
    only: list[BoundOnly] = field(default_factory=list)
    headings: frozenset[int] = frozenset()
    named: Sequence[tuple[DataPath, Vocabulary, str]] = ()

    @property
    def columns(self) -> set[int]:
        """All columns that are read."""
        ruled = {
            column for rules in self.rules.values() for one in rules for column in one.columns
        }
        across = {column for one in self.wide for column in one.words}
        return ruled | across | {one.column for one in self.only}

    def make_named(self) -> Iterator[Misfit]:
        """Make the roles and levels that the mapping names and no row does, behind those of the rows; all have been read.

        The mapping would not fit the data otherwise, once they are there.
        """
        for path, vocabulary, word in self.named:
            meaning = vocabulary.find(word)
            if meaning.message:
                yield path, meaning.message, meaning.hint

    def rest(self) -> list[int]:
        """Return the columns that are neither read nor left out by name, and in which something stands."""
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


class Globs:
    """Texts by which others are found: those equal to one go first, then the longest that holds a ``*``; never ``*`` alone.

    No ``*`` stands for a text that is empty.

    >>> globs = Globs(["Transport", "Trans*", "*port*"])
    >>> globs.match("Transport"), globs.match("Transit"), globs.match("Airports"), globs.match("Sea")
    ('Transport', 'Trans*', '*port*', None)
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        globs = []
        for pattern in patterns:
            self._exact[_plain(pattern)] = pattern
            if ANY in pattern and pattern != ANY:
                globs.append((_plain(pattern).split(ANY), pattern))
        self._globs = sorted(globs, key=lambda glob: -len(glob[1]))

    def match(self, text: str) -> str | None:
        """Return the pattern that a text fits."""
        plain = _plain(text)
        exact = self._exact.get(plain)
        if exact is not None and (exact != ANY or plain == ANY):
            return exact
        if not plain:
            return None  # only "" names what is empty
        return next((pattern for parts, pattern in self._globs if _fits(plain, parts)), None)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _fits(text: str, parts: Sequence[str]) -> bool:
    # From left to right, each part at its first place: no pattern takes more than one look at the text.
    first, *between, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in between:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def bind(
    found: Found, known: Known, refuse_mapping: Callable[[Sequence[Misfit]], Exception]
) -> Binding:
    """Find the columns of a mapping in its table.

    Args:
        found: Both.
        known: What the dataset knows: roles and levels that it lacks cannot be meant.
        refuse_mapping: Makes the error of what does not fit.

    Raises:
        Exception: Something does not fit.
    """
    binder = _Binder(found.table, found.mapping, known)
    binding = binder.bind()
    if binder.misfits:
        raise refuse_mapping(binder.misfits)
    return binding


class _Binder:
    def __init__(self, table: Table, mapping: MappingFile, known: Known) -> None:
        self.table, self.mapping, self.known = table, mapping, known
        self.misfits: list[Misfit] = []
        self.named: list[tuple[DataPath, Vocabulary, str]] = []

    def bind(self) -> Binding:
        binding = Binding(self.table, self.mapping, named=self.named)
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
        words = self._across((*path, "columns"), wide)
        self._check_values((*path, "columns"), wide.are.value, words.values())
        if wide.are is Across.TERRITORIES and wide.cells is Inside.TERRITORIES:
            message = "these columns are territories, so their cells cannot be"
            self.misfits.append(((*path, "cells"), message, "write extent, names or note"))
        return BoundWide(wide, words)

    def _path(self, key: str, number: int) -> DataPath:
        said = self.mapping.columns[key]
        return ("columns", key, number) if isinstance(said, tuple) else ("columns", key)

    def _check_levels(self, path: DataPath, rule: ColumnRule) -> None:
        if rule.at and path[1] != "territories":
            message = "only territories are read at some levels and not at others"
            self.misfits.append(((*path, "at"), message, "leave it out"))
        else:
            self._check_values((*path, "at"), "level", rule.at)

    def _columns(self, path: DataPath, rule: ColumnRule) -> list[int]:
        self._check_levels(path, rule)
        if rule.format is not None and read_format(rule.format) is None:
            hint = f"write one such as {', '.join(FORMATS)}"
            self.misfits.append(
                ((*path, "format"), f"{quote(rule.format)} is no format of dates", hint)
            )
        headers = rule.from_ or rule.first or ()
        columns = (self._column(path, header) for header in headers)
        return [column for column in columns if column is not None]

    def _column(self, path: DataPath, header: str) -> int | None:
        found = self.table.find(header)
        if len(found) == 1:
            return found[0]
        there = [self.table.name(column) for column in self.table.named]
        if found:
            names = [f"column {column_name(column)}" for column in found]
            self.misfits.append(
                (
                    path,
                    f"the header {quote(header)} stands in {all_of(names)}",
                    f"write {names[0]}",
                )
            )
        else:
            where = f"{quote_sheet(self.table.sheet.name)}, {self.table.header_place}"
            below = [one for one in there if fold(one.rpartition(JOINT)[2]) == fold(header)]
            meant = f"did you mean {either([quote(one) for one in below])}?" if below else ""
            hint = meant or did_you_mean(header, there)
            hint = hint or f"there are {one_of(list(map(quote, there)))}"
            self.misfits.append(
                (path, f"no column has the header {quote(header)} ({where})", hint)
            )
        return None

    def _across(self, path: DataPath, wide: Wide) -> dict[int, str]:
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
        for word in dict.fromkeys(words):
            if word in ("", KEEP, LEAVE_OUT) or vocabulary.names.meant(word):
                continue
            if vocabulary.is_open:
                self.named.append((path, vocabulary, word))
            else:
                self.misfits.append((path, *vocabulary.unknown(word)))


def find_tables(
    sheets: Sequence[Sheet],
    mapping: MappingFile,
    options: ImportOptions,
    refuse_mapping: Callable[[Sequence[Misfit]], Exception],
) -> Iterator[Found]:
    """Find the tables that a mapping file is for: in each sheet that it names, else in the one that fits it best.

    Raises:
        Exception: A sheet or a header that it names is not there.
    """
    names = [options.sheet] if options.sheet else list(mapping.sheet)
    if names == [ANY]:
        looked_at = asked_sheets(sheets, [])
    elif missing := [name for name in names if name not in {sheet.name for sheet in sheets}]:
        there = [sheet.name for sheet in sheets]
        hint = did_you_mean(missing[0], there) or f"there are {one_of(list(map(quote, there)))}"
        raise refuse_mapping([(("sheet",), f"there is no sheet {quote(missing[0])}", hint)])
    else:
        looked_at = asked_sheets(sheets, names)
    last = max((len(sheet.rows) for sheet in looked_at), default=0)
    if misfits := list(_check_rows(mapping, last)):
        raise refuse_mapping(misfits)
    tables = [table for sheet in looked_at if (table := _table(sheet, mapping, options))]
    if not tables:
        raise refuse("there is no table to import", "look at the mapping's sheet and header")
    for table in _chosen(tables, names, mapping):
        yield Found(table, mapping)


def _chosen(tables: list[Table], names: Sequence[str], mapping: MappingFile) -> list[Table]:
    if names == [ANY]:  # a sheet of remarks is no table
        return [table for table in tables if _matches(table, mapping)] or tables
    return tables if names else [max(tables, key=lambda table: _matches(table, mapping))]


def _check_rows(mapping: MappingFile, last: int) -> Iterator[Misfit]:
    header, data = mapping.header, mapping.data
    for key, row in (("header", max(header, default=0)), ("data", min(data, default=0))):
        if row > last > 0:
            message = f"there is no row {row:,}: the last is {last:,}"
            yield (key,), message, "rows are counted from 1"
    if len(header) > 1 and header[0] >= header[-1]:
        yield (
            ("header",),
            "the rows of a header stand one below the other",
            "write the upper one first",
        )
    if len(data) > 1 and data[0] > data[-1]:
        yield ("data",), "the first row stands below the last", "write the first one first"
    if header and data and data[0] <= header[-1]:
        yield (
            ("data",),
            f"the data begin below the header, row {header[-1]:,}",
            "write a later row",
        )


def _table(sheet: Sheet, mapping: MappingFile, options: ImportOptions) -> Table | None:
    said = options.header or mapping.header
    if said:
        rows = [row - 1 for row in said]
        return _placed(sheet, rows, mapping, options) if rows[-1] < len(sheet.rows) else None
    rows = [row for row, texts in enumerate(sheet.rows[:MOST_ABOVE]) if any(map(str.strip, texts))]
    tables = [_placed(sheet, find_header_rows(sheet, row), mapping, options) for row in rows]
    return max(tables, key=lambda table: _matches(table, mapping), default=None)


def _placed(
    sheet: Sheet, rows: Sequence[int], mapping: MappingFile, options: ImportOptions
) -> Table:
    first = mapping.data[0] - 1 if mapping.data else rows[-1] + 1
    last = options.last or (mapping.data[1] if len(mapping.data) > 1 else None)
    return Table(sheet, rows, first, last - 1 if last else None)


def _matches(table: Table, mapping: MappingFile) -> int:
    headers = [
        header
        for key in mapping.columns
        for rule in mapping.rules(key)
        for header in rule.from_ or rule.first or ()
    ]
    for wide in mapping.wide:
        headers += [] if isinstance(wide.columns, ColumnRange) else list(wide.columns)
    return sum(bool(table.find(header)) for header in headers)


def is_matrix(mapping: MappingFile) -> bool:
    """Tell whether the cells of a table name instruments, roles down and levels across."""
    return mapping.layout is Layout.MATRIX or any(
        wide.are is Across.LEVEL and wide.cells == "names" for wide in mapping.wide
    )

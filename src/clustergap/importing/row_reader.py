"""Reads the rows of a table by its mapping: each becomes statements about instruments and cells, in words of the dataset."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from clustergap.importing.binding import Binding, Globs
from clustergap.importing.cell_texts import on_one_line
from clustergap.importing.key_reader import (
    TERRITORIES,
    CurrentRow,
    KeyReader,
    RowReport,
    as_territories,
)
from clustergap.importing.problems import Notices, Problem, Problems
from clustergap.importing.sheet_records import STATEMENT_COLUMNS, ParsedRow, SheetName, SheetValue
from clustergap.importing.values import Values
from clustergap.importing.wide_columns import Variant, WideColumns
from clustergap.list_format.list_layout import COLUMNS, ColumnSubject, heading
from clustergap.model.cell import Cell
from clustergap.model.mapping import ANY, Across
from clustergap.model.statement import Extent
from clustergap.spreadsheet.sheet import Address
from clustergap.text import all_of, fold, quote

_SCOPES = {Across.ROLE: "roles", Across.LEVEL: "levels", Across.CELL: "cells"}

_UNNAMED = (
    "this row speaks of an instrument, but does not name it",
    "write the name again, or --fill-down name",
)
_SAYS_NOTHING = (
    "this row has a role and a level, but no name, extent or note",
    "write the name again, or --fill-down name; or write what is observed",
)
_NOTHING_OF_NAMED = (
    "this row names an instrument, and says that there is nothing",
    "write full or partial, or delete the row (in a table of others: --propose); only a row without name and id says that there is nothing",
)

_OF_ANOTHER = (
    "this row says that there is nothing, and speaks of an instrument here",
    "leave this cell empty, or write the instrument's name and how far it covers the cell",
)
_SHARED = frozenset(
    column.key
    for column in COLUMNS
    if column.part is ColumnSubject.INSTRUMENT and column.key in STATEMENT_COLUMNS
)
"""The keys of instruments that observations have too, such as the first day."""


class ReadLog(NamedTuple):
    """Collects problems of rows, what was done without asking, and the number of skipped rows by reason."""

    problems: Problems
    notices: Notices
    left_out: Counter[str]


class _RowSubject(NamedTuple):
    """The instruments that a row is about: an id, names, and their values; with neither it is an observation."""

    at: Address
    id: SheetName | None
    names: Sequence[SheetName]
    keys: Mapping[str, SheetValue]

    @property
    def is_named(self) -> bool:
        return bool(self.id or self.names)


class _Scope(NamedTuple):
    """The cells that a row, or a column of it, is about: roles at levels, or cells, by their ids."""

    roles: Sequence[SheetName]
    levels: Sequence[SheetName]
    cells: Sequence[SheetName]

    def pairs(self) -> list[Cell]:
        if self.cells:
            return [Cell(*cell.text.split("@")) for cell in self.cells]
        return [Cell(role.text, level.text) for role in self.roles for level in self.levels]

    def with_variant(self, variant: Variant) -> "_Scope":
        if variant.key is Across.TERRITORIES and variant.is_empty:
            return _Scope((), (), ())  # nothing marked: no cell
        if variant.key not in _SCOPES:
            return self
        ids = [SheetName(str(value), variant.at) for value in variant.values]
        return self._replace(**{_SCOPES[variant.key]: ids})


class RowReader:
    """Reads the rows of a table, and counts them in ``read``; they cite the table if it is a *source*."""

    def __init__(self, binding: Binding, values: Values, log: ReadLog, source: str | None) -> None:
        self.binding, self.values = binding, values
        self.problems, self.notices, self.left_out = log
        self.table, self.sheet, self.source = binding.table, binding.table.sheet, source
        self.read = 0
        self._reused: defaultdict[str, list[Address]] = defaultdict(list)
        self._keys = KeyReader(binding, values, self.problems)
        self._wide = WideColumns(binding.wide, self._keys)
        self._only = [(only, _AllowedTexts(only.allowed, values)) for only in binding.only]

    def keys(self, subject: ColumnSubject) -> frozenset[str]:
        """Return the keys of instruments, or of statements, for which the table has columns, filled or not."""
        named = frozenset(column.key for column in self._keys.columns[subject])
        of_targets = subject is ColumnSubject.INSTRUMENT and self._wide.are(Across.TARGETS)
        return named | {"targets"} if of_targets else named

    def report_headers(self) -> None:
        """Report problems of headers that are values."""
        self._wide.report_headers(self.table)
        self._flush_report()

    def parsed_rows(self, rows: Iterable[int]) -> Iterator[ParsedRow]:
        """Read rows of the table, one by one; each can be read only once."""
        for number in rows:
            row = CurrentRow(number)
            parsed = list(self._parse(row))
            if row.reason:
                self._keys.report = RowReport()  # a skipped row needs no correction
                self.left_out[_skip_reason(*row.reason)] += 1
            else:
                self._flush_report()
                self.read += 1
                yield from parsed
        self._report_reused()

    def _flush_report(self) -> None:
        report, self._keys.report = self._keys.report, RowReport()
        self.problems.extend(report.problems)
        for words, at in report.notices:
            self.notices.add(words, at)
        for word, at in report.reused:
            self._reused[word].append(at)

    def _report_reused(self) -> None:
        # Only the whole column tells whether a code is of an older NUTS.
        codes = self.values.places.check_reused()
        for problem in codes.problems:
            for at in self._reused[problem.word]:
                self.problems.add(Problem(at, problem.message, problem.hint))
        for notice in codes.notices:
            for at in self._reused[notice.word]:
                self.notices.add(notice.text, at)

    def _parse(self, row: CurrentRow) -> Iterator[ParsedRow]:
        self._keys.fill_down(row)
        for only, allowed in self._only:
            text = self._keys.text(row, only.column).strip()
            if text not in allowed:
                row.reason = (only.header, text)
                return
        scope = _Scope(*(self._ids(key, row) for key in ("role", "level", "cell")))
        subject = self._subject(row)
        statement = self._keys.values_of(ColumnSubject.STATEMENT, row)
        groups = self._wide.read(row, scope.levels[0].text if scope.levels else None)
        for variants in [] if row.reason else product(*groups):
            if not any(
                variant.key is Across.TERRITORIES and not variant.values for variant in variants
            ):
                yield from self._combine(row, subject, scope, statement, variants)
            elif subject.is_named:  # if no place is marked, the row says nothing about any cell
                yield from self._named(subject, None, {})

    def _combine(
        self,
        row: CurrentRow,
        subject: _RowSubject,
        scope: _Scope,
        statement: Mapping[str, SheetValue],
        variants: Sequence[Variant],
    ) -> Iterator[ParsedRow]:
        statement, keys = dict(statement), dict(subject.keys)
        for variant in variants:
            statement.update(variant.statement)
            scope = scope.with_variant(variant)
            if variant.key is Across.TARGETS:
                keys["targets"] = SheetValue(list(variant.values), variant.at)
            if variant.names or not subject.is_named:
                subject = subject._replace(names=variant.names, at=variant.at)
        subject = subject._replace(keys=keys)
        pairs = scope.pairs()
        if not pairs:
            yield from self._without_cell(subject, scope, statement)
        elif self._agrees(scope):
            for cell in pairs:
                yield from self._in_cell(row, subject, cell, statement)

    def _agrees(self, scope: _Scope) -> bool:
        if not (scope.cells and scope.roles and scope.levels):
            return True
        named = {f"{role.text}@{level.text}" for role in scope.roles for level in scope.levels}
        wrong = [cell for cell in scope.cells if cell.text not in named]
        for cell in wrong:
            message = f"{quote(cell.text)} is not the role and level of its row"
            self._keys.report.problems.append(Problem(cell.at, message, "leave one of them out"))
        return not wrong

    def _without_cell(
        self, subject: _RowSubject, scope: _Scope, statement: Mapping[str, SheetValue]
    ) -> Iterator[ParsedRow]:
        # If wide columns name the cells, all of them may be empty.
        names = (*scope.roles, *scope.levels)
        is_empty = bool(self._wide) and not (
            scope.levels and not self._wide.are(Across.ROLE, Across.CELL)
        )
        if subject.is_named and (is_empty or not (names or statement)):
            yield from self._named(subject, None, {})
        elif is_empty:
            return
        elif names:
            lacking = "level" if scope.roles else "role"
            at = self._cell_of(lacking, names[0].at)
            self._report_lack(at, f"this row has no {lacking}", f"write the {lacking} of its cell")
        elif subject.is_named:
            message = "this row says how far a cell is covered, but not which"
            self._report_lack(subject.at, message, "write its role and level")
        elif subject.keys:
            self._report_lack(subject.at, *_UNNAMED)
        elif statement:
            message = "this row has no role and no level"
            self._report_lack(subject.at, message, "a cell is a role at a level")

    def _cell_of(self, key: str, other: Address) -> Address:
        # The empty cell of the key's own column, if it has one.
        return other._replace(column=next(iter(self.binding.columns_of(key)), other.column))

    def _report_lack(self, at: Address, message: str, hint: str) -> None:
        # What a row seems to lack may be in a cell of it that cannot be read.
        if not self._keys.report.problems and not self.problems.has_row(at):
            self._keys.report.problems.append(Problem(at, message, hint))

    def _in_cell(
        self,
        row: CurrentRow,
        subject: _RowSubject,
        cell: Cell,
        statement: Mapping[str, SheetValue],
    ) -> Iterator[ParsedRow]:
        statement = dict(statement)
        if TERRITORIES not in statement:
            outcome, at = self._keys.read(TERRITORIES, row, cell.level)
            if row.reason:
                return
            if outcome.values:
                statement[TERRITORIES] = SheetValue(as_territories(outcome.values), at)
        extent = statement.get("extent")
        is_nothing = extent is not None and extent.value == Extent.NONE.value
        if is_nothing and not subject.is_named:
            subject, statement = self._as_observation(subject, statement)
        if lack := _lack(subject, statement, is_nothing=is_nothing):
            self._report_lack(*lack)
            return
        if self.source and "sources" not in statement:
            citation = self._keys.citation(row, self.source)
            statement["sources"] = SheetValue([citation], subject.at)
        yield from self._named(subject, cell, statement)

    def _as_observation(
        self, subject: _RowSubject, statement: Mapping[str, SheetValue]
    ) -> tuple[_RowSubject, dict[str, SheetValue]]:
        # Nothing is of no instrument: what its row says in the columns of instruments is said of the observation.
        shared = {
            key: value
            for key, value in subject.keys.items()
            if key in _SHARED and key not in statement
        }
        for value in shared.values():
            name = quote(self.table.name(value.at.column))
            words = (
                f"in a row that says that there is nothing, {name} is read as the observation's"
            )
            self._keys.report.notices.append((words, value.at))
        rest = {key: value for key, value in subject.keys.items() if key not in shared}
        return subject._replace(keys=rest), {**statement, **shared}

    def _named(
        self, subject: _RowSubject, cell: Cell | None, statement: Mapping[str, SheetValue]
    ) -> Iterator[ParsedRow]:
        for name in subject.names or (None,):
            at = name.at if name else subject.at
            yield ParsedRow(at, subject.id, name, cell, subject.keys, statement)

    def _subject(self, row: CurrentRow) -> _RowSubject:
        id_, at_id = self._keys.read("id", row)
        names, at_name = self._keys.read("name", row)
        if id_.values and not names.has_content and self.values.is_own_table:
            names, at_name = self._keys.literal_name(row)
        keys = self._keys.values_of(ColumnSubject.INSTRUMENT, row)
        at = at_name if names.values else at_id if id_.values else self._keys.first_cell(row)
        return _RowSubject(
            at,
            SheetName(str(id_.values[0]), at_id) if id_.values else None,
            [SheetName(on_one_line(str(name)), at_name) for name in names.values],
            keys,
        )

    def _ids(self, key: str, row: CurrentRow) -> list[SheetName]:
        outcome, at = self._keys.read(key, row)
        return [SheetName(str(value), at) for value in outcome.values]


def _lack(
    subject: _RowSubject, statement: Mapping[str, SheetValue], *, is_nothing: bool
) -> tuple[Address, str, str] | None:
    """Say what a row with these values lacks to speak of a cell, as a problem; None if it lacks nothing."""
    if is_nothing and subject.is_named:
        return statement["extent"].at, *_NOTHING_OF_NAMED
    if is_nothing and subject.keys:
        return next(iter(subject.keys.values())).at, *_OF_ANOTHER
    if not subject.is_named and subject.keys:
        return subject.at, _UNNAMED[0], _hint_of_unnamed(subject, statement)
    if not subject.is_named and not statement.keys() & {"extent", "note"}:
        return subject.at, *_SAYS_NOTHING
    return None


def _hint_of_unnamed(subject: _RowSubject, statement: Mapping[str, SheetValue]) -> str:
    hint = _UNNAMED[1]
    if "extent" in statement and subject.keys.keys() <= _SHARED:
        columns = [quote(heading(STATEMENT_COLUMNS[key])) for key in subject.keys]
        hint = f"{hint}; if it is an observation, write what it says in {all_of(columns)}"
    return hint


def _skip_reason(header: str, text: str) -> str:
    return f"{quote(header)} is {quote(text)}" if text else f"{quote(header)} is empty"


class _AllowedTexts:
    """The texts of a column whose rows are read: values, or places of a list or group."""

    def __init__(self, allowed: Sequence[str], values: Values) -> None:
        self._globs, self._values = Globs(allowed), values
        self._folded = {fold(text) for text in allowed}
        self._places = {code for text in allowed for code in values.places_of(text)}
        self._known: dict[str, bool] = {}

    def __contains__(self, text: str) -> bool:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._fits(text)
        return known

    def _fits(self, text: str) -> bool:
        if text and ANY in self._folded:
            return True
        if fold(text) in self._folded or self._globs.match(text) is not None:
            return True
        codes = self._values.places_of(text) if text and self._places else ()
        return bool(codes) and self._places.issuperset(codes)

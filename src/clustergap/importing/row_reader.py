"""The rows of a table read as a mapping says: each becomes what it says of instruments and cells, in words of the dataset."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from clustergap.importing.binding import Binding, BoundRule, BoundWide, Globs
from clustergap.importing.cell_words import MATRIX, is_nothing
from clustergap.importing.claims import Claim, Said, Value, Word
from clustergap.importing.data_rows import Notices, find_rows
from clustergap.importing.problem import Problem, Problems
from clustergap.importing.rule_reader import NO_OUTCOME, Outcome, RuleReader
from clustergap.importing.sameness import is_same
from clustergap.importing.texts import note_forbidden, on_one_line
from clustergap.importing.values import NAMES, Values
from clustergap.model.cell import Cell
from clustergap.model.dates import first_day, last_day
from clustergap.model.mapping import ANY, SHEET, Across, ColumnRule, Inside
from clustergap.sheets.columns import BY_NAME, Column, Part
from clustergap.spreadsheet.sheet import Address
from clustergap.wording import fold, quote

_INSIDE = {
    Inside.EXTENT: MATRIX,
    Inside.NAMES: NAMES,
    Inside.TERRITORIES: "territories",
    Inside.NOTE: "note",
}
"""As what cells below headers that are values are understood."""

_LISTS = frozenset({"targets", "succeeded_by", "sources", "cover_sources"})
"""Keys whose value is a list, however many a cell names."""

_DAY_OF = {"starts": first_day, "ends": last_day}
_DAY_WORDS = {"starts": "first", "ends": "last"}

_SUBJECT = frozenset({"id", "name"})
_WHERE = "territories"


class _Ref(NamedTuple):
    """A role, a level or a cell that a row names, by its id, and the cell that says so."""

    id: str
    at: Address


class _Subject(NamedTuple):
    """Whom a row speaks of: an id, names, and what it says of them; none is an observation."""

    at: Address
    id: Word | None
    names: Sequence[Word]
    keys: Mapping[str, Said]

    @property
    def is_named(self) -> bool:
        return bool(self.id or self.names)


class _Scope(NamedTuple):
    """Of what a row, or a column of it, speaks: roles at levels, or cells."""

    roles: Sequence[_Ref]
    levels: Sequence[_Ref]
    cells: Sequence[_Ref]

    def pairs(self) -> list[Cell]:
        if self.cells:
            return [Cell(*one.id.split("@")) for one in self.cells]
        return [Cell(role.id, level.id) for role in self.roles for level in self.levels]

    def with_variant(self, variant: "_Variant") -> "_Scope":
        if variant.key is Across.TERRITORIES and variant.is_empty:
            return _Scope((), (), ())  # what is nowhere is in no cell
        if variant.key not in _SCOPES:
            return self
        refs = [_Ref(str(value), variant.at) for value in variant.values]
        return self._replace(**{_SCOPES[variant.key]: refs})


_SCOPES = {Across.ROLE: "roles", Across.LEVEL: "levels", Across.CELL: "cells"}


class _Variant(NamedTuple):
    """What one of several columns side by side says in a row: its header's values, and what its cell says of them.

    ``is_empty``: none of the columns says anything.
    """

    key: Across
    values: Sequence[Value]
    at: Address
    statement: Mapping[str, Said]
    names: Sequence[Word] = ()
    is_empty: bool = False


class _WideReader:
    """Reads columns side by side whose headers are values of one key."""

    def __init__(self, bound: BoundWide, values: Values) -> None:
        wide = bound.wide
        self.key, self.inside, self.words = wide.are, wide.cells, bound.words
        self.headers = RuleReader(
            wide.are.value, ColumnRule.model_construct(codes=wide.codes), values
        )
        rule = ColumnRule.model_construct(
            values=wide.values, split=wide.split, unknown=wide.unknown, codes=wide.codes
        )
        self.cells = RuleReader(_INSIDE[wide.cells], rule, values)

    def level_of(self, word: str) -> str | None:
        """Return the level of which a header speaks by itself."""
        if self.key not in (Across.LEVEL, Across.CELL):
            return None
        values = self.headers.read(word).values
        return str(values[0]).rpartition("@")[2] if values else None


class Told(NamedTuple):
    """What takes what is to be told: what is wrong, what was done without asking, and which rows are left out, by the reason."""

    problems: Problems
    notices: Notices
    left_out: Counter[str]


class _Row:
    """The number of a row, and why it is not read: a column, and its text."""

    __slots__ = ("left", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.left: tuple[str, str] | None = None


@dataclass
class _Report:
    """What is to be told of one row, if it is read."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[tuple[str, Address]] = field(default_factory=list)
    unsettled: list[tuple[str, Address]] = field(default_factory=list)


class RowReader:
    """Reads the rows of a table.

    Args:
        binding: How.
        values: Understands texts.
        told: Takes what is wrong, and what was done without asking.
        source: The key of the source that the table is; None: its rows cite none.

    Attributes:
        read: How many rows were read.
    """

    def __init__(self, binding: Binding, values: Values, told: "Told", source: str | None) -> None:
        self.binding, self.values = binding, values
        self.problems, self.notices, self.left_out = told
        self.table, self.sheet, self.source = binding.table, binding.table.sheet, source
        self.read = 0
        self._unsettled: defaultdict[str, list[Address]] = defaultdict(list)
        self._report = _Report()
        self._rules = {
            key: [(bound, RuleReader(key, bound.rule, values)) for bound in rules]
            for key, rules in binding.rules.items()
        }
        self._wide = [_WideReader(one, values) for one in binding.wide]
        self._only = [(one, _Allowed(one.allowed, values)) for one in binding.only]
        self._above = dict.fromkeys(_filled_down(binding), "")

    def keys(self, part: Part) -> frozenset[str]:
        """Return the keys of instruments, or of statements, that the table has columns for, filled or not."""
        named = frozenset(column.key for column in self._columns(part))
        of_targets = part is Part.INSTRUMENT and any(
            one.key is Across.TARGETS for one in self._wide
        )
        return named | {"targets"} if of_targets else named

    def claims(self) -> Iterator[Claim]:
        """Return what the rows say, one by one, once."""
        header = self.table.header_rows[-1]
        for wide in self._wide:
            for column, word in wide.words.items():
                if wide.key is not Across.TERRITORIES:  # whose meaning depends on the row's level
                    self._tell(wide.headers.read(word), self.sheet.at(header, column))
        self._pass_on()
        for number in find_rows(self.binding, self.values.known, self.problems, self.notices):
            row = _Row(number)
            claims = list(self._claims(row))
            if row.left:
                self._report = _Report()  # nobody needs to mend what is not read
                self.left_out[_why_left(*row.left)] += 1
            else:
                self._pass_on()
                self.read += 1
                yield from claims
        self._settle()

    def _pass_on(self) -> None:
        report, self._report = self._report, _Report()
        self.problems.extend(report.problems)
        for words, at in report.notices:
            self.notices.add(words, at)
        for word, at in report.unsettled:
            self._unsettled[word].append(at)

    def _settle(self) -> None:
        # Whether a code is of an older NUTS only the whole column can say.
        settled = self.values.places.settle()
        for problem in settled.problems:
            for at in self._unsettled[problem.word]:
                self.problems.add(Problem(at, problem.message, problem.hint))
        for notice in settled.notices:
            for at in self._unsettled[notice.word]:
                self.notices.add(notice.text, at)

    def _columns(self, part: Part) -> list[Column]:
        known = (BY_NAME[key] for key in self._rules if key in BY_NAME)
        return [column for column in known if column.part is part]

    def _claims(self, row: _Row) -> Iterator[Claim]:
        self._fill_down(row)
        for only, allowed in self._only:
            text = self._text(row, only.column).strip()
            if text not in allowed:
                row.left = (only.header, text)
                return
        scope = _Scope(*(self._refs(key, row) for key in ("role", "level", "cell")))
        subject = self._subject(row)
        statement = self._said(Part.STATEMENT, row)
        level = scope.levels[0].id if scope.levels else None
        groups = [self._variants(row, several, level) for several in self._by_key()]
        for combined in [] if row.left else product(*groups):
            if not any(one.key is Across.TERRITORIES and not one.values for one in combined):
                yield from self._combine(row, subject, scope, statement, combined)
            elif subject.is_named:  # where no place is marked, nothing is said of all places
                yield from self._named(subject, None, {})

    def _by_key(self) -> list[list[_WideReader]]:
        # Columns of roles and columns of places combine; of two groups of roles each speaks for itself.
        groups: dict[Across, list[_WideReader]] = {}
        for wide in self._wide:
            groups.setdefault(wide.key, []).append(wide)
        # Places last: they may say that there is no cell.
        return sorted(groups.values(), key=lambda some: some[0].key is Across.TERRITORIES)

    def _combine(
        self,
        row: _Row,
        subject: _Subject,
        scope: _Scope,
        statement: Mapping[str, Said],
        combined: Sequence[_Variant],
    ) -> Iterator[Claim]:
        said, keys = dict(statement), dict(subject.keys)
        for variant in combined:
            said.update(variant.statement)
            scope = scope.with_variant(variant)
            if variant.key is Across.TARGETS:
                keys["targets"] = Said(list(variant.values), variant.at)
            if variant.names or not subject.is_named:
                subject = subject._replace(names=variant.names, at=variant.at)
        subject = subject._replace(keys=keys)
        pairs = scope.pairs()
        if not pairs:
            yield from self._without_cell(subject, scope, said)
        elif self._agrees(scope):
            for cell in pairs:
                yield from self._in_cell(row, subject, cell, said)

    def _agrees(self, scope: _Scope) -> bool:
        if not (scope.cells and scope.roles and scope.levels):
            return True
        named = {f"{role.id}@{level.id}" for role in scope.roles for level in scope.levels}
        wrong = [one for one in scope.cells if one.id not in named]
        for one in wrong:
            message = f"{quote(one.id)} is not the role and level of its row"
            self._report.problems.append(Problem(one.at, message, "leave one of them out"))
        return not wrong

    def _without_cell(
        self, subject: _Subject, scope: _Scope, said: Mapping[str, Said]
    ) -> Iterator[Claim]:
        # Where columns side by side say the cells, all of them may be empty.
        has_refs = bool(scope.roles or scope.levels)
        is_empty = bool(self._wide) and not (scope.levels and not self._names_role)
        if subject.is_named and (is_empty or not (has_refs or said)):
            yield from self._named(subject, None, {})
        elif is_empty:
            return
        elif has_refs:
            lacking = "level" if scope.roles else "role"
            there = (*scope.roles, *scope.levels)[0].at
            message = f"this row has no {lacking}"
            self._lack(self._cell_of(lacking, there), message, f"write the {lacking} of its cell")
        elif subject.is_named:
            message = "this row says how far a cell is covered, but not which"
            self._lack(subject.at, message, "write its role and level")
        elif subject.keys:
            self._lack(subject.at, *_UNNAMED)
        elif said:
            message = "this row has no role and no level"
            self._lack(subject.at, message, "a cell is a role at a level")

    def _cell_of(self, key: str, there: Address) -> Address:
        # The empty cell of the key's own column, where it has one.
        columns = (column for bound, _ in self._rules.get(key, ()) for column in bound.columns)
        return there._replace(column=next(columns, there.column))

    @property
    def _names_role(self) -> bool:
        return any(one.key in (Across.ROLE, Across.CELL) for one in self._wide)

    def _lack(self, at: Address, message: str, hint: str) -> None:
        # What a row seems to lack may stand in a cell of it that cannot be read.
        if not self._report.problems and not self.problems.has_row(at):
            self._report.problems.append(Problem(at, message, hint))

    def _in_cell(
        self, row: _Row, subject: _Subject, cell: Cell, statement: Mapping[str, Said]
    ) -> Iterator[Claim]:
        said = dict(statement)
        if _WHERE not in said:
            outcome, at = self._read(_WHERE, row, cell.level)
            if row.left:
                return
            if outcome.values:
                said[_WHERE] = Said(_places(outcome.values), at)
        is_observed = bool(said.keys() & {"extent", "note"})
        if not subject.is_named and subject.keys:
            self._lack(subject.at, *_UNNAMED)
            return
        if not subject.is_named and not is_observed:
            self._lack(subject.at, *_SAYS_NOTHING)
            return
        if self.source and "sources" not in said:
            said["sources"] = Said([self._citation(row)], subject.at)
        yield from self._named(subject, cell, said)

    def _named(
        self, subject: _Subject, cell: Cell | None, said: Mapping[str, Said]
    ) -> Iterator[Claim]:
        for name in subject.names or (None,):
            at = name.at if name else subject.at
            yield Claim(at, subject.id, name, cell, subject.keys, said)

    def _citation(self, row: _Row) -> dict[str, str]:
        # By what tells the record in its own table: a row that is put above it moves nothing.
        ref = self.source or ""
        for key in ("id", "name"):
            for bound, _ in self._rules.get(key, ()):
                text, _ = self._raw(bound, row)
                if text and bound.columns:
                    return {
                        "ref": ref,
                        "locator": on_one_line(f"{self.table.name(bound.columns[0])} {text}"),
                    }
        return {"ref": ref, "locator": f"{self.sheet.name}, row {row.number + 1}"}

    def _subject(self, row: _Row) -> _Subject:
        id_, at_id = self._read("id", row)
        names, at_name = self._read("name", row)
        if id_.values and not names.says and self.values.is_ours:
            names, at_name = self._literal_name(row)
        keys = self._said(Part.INSTRUMENT, row)
        at = at_name if names.values else at_id if id_.values else self._first(row)
        return _Subject(
            at,
            Word(str(id_.values[0]), at_id) if id_.values else None,
            [Word(on_one_line(str(one)), at_name) for one in names.values],
            keys,
        )

    def _literal_name(self, row: _Row) -> tuple[Outcome, Address]:
        # Somebody has called a record "null": what clustergap wrote means what it says.
        for bound, _ in self._rules.get("name", ()):
            text, at = self._raw(bound, row)
            if text:
                return Outcome((text,)), at
        return NO_OUTCOME, self._first(row)

    def _refs(self, key: str, row: _Row) -> list[_Ref]:
        outcome, at = self._read(key, row)
        return [_Ref(str(value), at) for value in outcome.values]

    def _said(self, part: Part, row: _Row) -> dict[str, Said]:
        said: dict[str, Said] = {}
        also: dict[str, Said] = {}
        for column in self._columns(part):
            if column.name in _SUBJECT or column.name == _WHERE:
                continue
            outcome, at = self._read(column.name, row)
            if outcome.values and not outcome.problems:
                value = list(outcome.values) if column.name in _LISTS else outcome.values[0]
                said[column.key] = Said(value, at)
            for name, day in outcome.also.items():
                also[name] = Said(day, at)
        for name, brought in also.items():
            if (own := BY_NAME[name]).part is part:
                self._add_day(said, own.key, brought)
        return said

    def _add_day(self, said: dict[str, Said], key: str, brought: Said) -> None:
        # "2018-2024" in the column of first days says a last day too; the column of last days may disagree.
        there = said.setdefault(key, brought)
        if not is_same(key, brought.value, str(_DAY_OF[key](str(there.value)))):
            message = f"{quote(str(brought.value))}, the {_DAY_WORDS[key]} day of this period, is not {quote(str(there.value))} in {there.at}"
            hint = "write the same in both, or only one"
            self._report.problems.append(Problem(brought.at, message, hint))

    def _variants(
        self, row: _Row, several: Sequence[_WideReader], level: str | None
    ) -> list[_Variant]:
        found: list[_Variant] = []
        left = None
        for wide in several:
            for column, word in wide.words.items():
                at = self.sheet.at(row.number, column)
                outcome = wide.cells.read(self._text(row, column), wide.level_of(word) or level)
                self._tell(outcome, at)
                left = left or outcome.left
                if outcome.values or outcome.is_everywhere:
                    header = wide.headers.read(word, level)
                    if wide.key is Across.TERRITORIES:
                        self._tell(header, at)
                    found += self._inside(wide, header, outcome.values, at)
        key = several[0].key
        nothing = _Variant(key, (), self._first(row), {}, is_empty=True)
        if left is not None and not found:
            row.left = (key.value, left)
        if key is Across.TARGETS:
            every = [value for one in found for value in one.values]
            return [(found or [nothing])[0]._replace(values=every)]
        return found or [nothing]

    def _inside(
        self, wide: _WideReader, header: Outcome, values: Sequence[Value], at: Address
    ) -> Iterator[_Variant]:
        headers = header.values
        if not headers and not header.is_everywhere:
            return
        is_place = wide.key is Across.TERRITORIES and bool(headers)
        where = {_WHERE: Said(_places(headers), at)} if is_place else {}
        match wide.inside:
            case Inside.NAMES:
                for one in values:
                    assert isinstance(one, Mapping)  # noqa: S101 - names are read so
                    said = {key: Said(one[key], at) for key in ("extent", "note") if key in one}
                    names = [Word(str(one["name"]), at)] if "name" in one else []
                    yield _Variant(wide.key, headers, at, {**said, **where}, names)
            case Inside.TERRITORIES:
                where = {_WHERE: Said(_places(values), at)} if values else {}
                yield _Variant(wide.key, headers, at, where)
            case Inside.EXTENT | Inside.NOTE:
                said = {wide.inside.value: Said(values[0], at)}
                yield _Variant(wide.key, headers, at, {**said, **where})

    def _read(self, key: str, row: _Row, level: str | None = None) -> tuple[Outcome, Address]:
        """Read a key: of several rules the first that says something."""
        rules = self._rules.get(key, ())
        at = self.sheet.at(row.number, 0)
        for number, (bound, reader) in enumerate(rules):
            # Of a new dataset each level is known once a row has named it.
            meant = self.values.known.levels.names.meant
            if bound.rule.at and not any(level in meant(word) for word in bound.rule.at):
                continue
            text, at = self._raw(bound, row)
            if not text and not reader.rule.values:
                continue
            within = self._within(row, number) if key == _WHERE and len(rules) > 1 else ()
            outcome = reader.read(text, level if key == _WHERE else None, within)
            if outcome.says:
                self._tell(outcome, at)
                if outcome.left is not None and row.left is None:
                    header = self.table.name(bound.columns[0]) if bound.columns else key
                    row.left = (header, outcome.left)
                return outcome, at
        return NO_OUTCOME, at

    def _within(self, row: _Row, number: int) -> tuple[str, ...]:
        # The countries that other columns of places name. An earlier one names a place also where nobody knows it.
        sure, other = list[str](), list[str]()
        for place, (bound, _) in enumerate(self._rules[_WHERE]):
            if place != number:
                is_sure = place < number and not bound.rule.values
                (sure if is_sure else other).append(self._raw(bound, row)[0])
        return (*self.values.places.places_beside(sure), *self.values.countries(other))

    def _raw(self, bound: BoundRule, row: _Row) -> tuple[str, Address]:
        rule, columns = bound.rule, bound.columns
        if rule.is_ is not None:
            text = self.sheet.name if rule.is_ == SHEET else rule.is_
            return text, self._first(row)
        texts = [self._text(row, column) for column in columns]
        if rule.first:
            place = next((place for place, text in enumerate(texts) if not is_nothing(text)), 0)
            return texts[place], self.sheet.at(row.number, columns[place])
        place = next((place for place, text in enumerate(texts) if text), 0)
        at = self.sheet.at(row.number, columns[place] if columns else 0)
        return texts[0] if len(texts) == 1 else rule.join.join(filter(None, texts)), at

    def _text(self, row: _Row, column: int) -> str:
        text = self.sheet.text(row.number, column)
        if not text or text.isspace():
            return self._above.get(column, "")
        if note_forbidden(text, self.sheet.at(row.number, column), self.problems):
            return ""
        return text

    def _fill_down(self, row: _Row) -> None:
        for column in self._above:
            self._above[column] = self._text(row, column)

    def _first(self, row: _Row) -> Address:
        texts = self.sheet.rows[row.number]
        column = next(
            (
                column
                for column in sorted(self.binding.columns)
                if column < len(texts) and texts[column].strip()
            ),
            0,
        )
        return self.sheet.at(row.number, column)

    def _tell(self, outcome: Outcome, at: Address) -> None:
        report = self._report
        report.problems += [Problem(at, message, hint) for message, hint in outcome.problems]
        report.notices += [(words, at) for words in outcome.notices]
        report.unsettled += [(word, at) for word in outcome.unsettled]


_UNNAMED = (
    "this row speaks of an instrument, but does not name it",
    "write the name again, or --fill-down name",
)
_SAYS_NOTHING = (
    "this row has a role and a level, but no name, extent or note",
    "write the name again, or --fill-down name; or write what is observed",
)


def _why_left(header: str, text: str) -> str:
    return f"{quote(header)} is {quote(text)}" if text else f"{quote(header)} is empty"


class _Allowed:
    """The texts of a column for which rows are read: values, or places of a list or group."""

    def __init__(self, allowed: Sequence[str], values: Values) -> None:
        self._globs, self._values = Globs(allowed), values
        self._folded = {fold(one) for one in allowed}
        self._places = {code for one in allowed for code in values.places_of(one)}
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


def _filled_down(binding: Binding) -> Iterator[int]:
    for key in binding.mapping.fill_down:
        for bound in binding.rules.get(key, ()):
            yield from bound.columns


def _places(values: Sequence[Value]) -> Value:
    first = values[0]
    return first if isinstance(first, Mapping) else list(values)

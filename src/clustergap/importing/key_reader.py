"""The values of a row, key by key: the text of a rule is cut, split, translated, and understood for its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from clustergap.importing.binding import Binding, BoundRule, Globs
from clustergap.importing.cell_texts import (
    LENGTHS,
    cut,
    is_nothing,
    note_forbidden,
    on_one_line,
    take_tags_out,
)
from clustergap.importing.import_context import NOTHING, Meaning
from clustergap.importing.problems import Problem, Problems
from clustergap.importing.sheet_records import SheetValue, is_same
from clustergap.importing.values import LITERAL, MULTIPLE, OF_LINES, TextContext, Values
from clustergap.list_format.list_layout import BY_NAME, ColumnSubject
from clustergap.model.dates import first_day, last_day
from clustergap.model.mapping import (
    ANY,
    KEEP,
    LEAVE_OUT,
    SHEET,
    ColumnRule,
    Differ,
    TextForm,
    Unknown,
)
from clustergap.spreadsheet.sheet import Address
from clustergap.text import quote
from clustergap.yaml_edit.write import YamlValue


class CurrentRow:
    """The number of a row, and the reason if it is skipped: a column and its text."""

    __slots__ = ("number", "reason")

    def __init__(self, number: int) -> None:
        self.number = number
        self.reason: tuple[str, str] | None = None


@dataclass
class RowReport:
    """What to report of one row, if it is not skipped."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[tuple[str, Address]] = field(default_factory=list)
    reused: list[tuple[str, Address]] = field(default_factory=list)


_LISTS = frozenset({"targets", "funded_by", "succeeded_by", "sources", "cover_sources"})
"""Keys whose value is always a list, even if a cell has a single one."""

_DAYS_OF_PERIOD = {"starts": (first_day, "first"), "ends": (last_day, "last")}

_SUBJECT = frozenset({"id", "name"})

TERRITORIES = "territories"


class ParsedText(NamedTuple):
    """The result of reading the text of one cell: its values, and what to report of them.

    ``left_out`` is the text because of which the row is skipped.
    """

    values: tuple[YamlValue, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    left_out: str | None = None
    other_days: Mapping[str, str] = MappingProxyType({})
    reused: tuple[str, ...] = ()
    is_everywhere: bool = False

    @property
    def has_content(self) -> bool:
        """Whether the text says something, right or wrong, even that there is no last day."""
        return bool(
            self.notices
            or self.values
            or self.problems
            or self.left_out is not None
            or self.is_everywhere
        )


NO_TEXT = ParsedText()


class RuleReader:
    """Reads the texts of one key by one rule; results are cached by text.

    The order of its steps is that of ``docs/how-to/import.md``.
    """

    def __init__(self, key: str, rule: ColumnRule, values: Values) -> None:
        self.key, self.rule, self.values = key, rule, values
        self._globs = Globs(rule.values)
        self._known: dict[tuple[str, str | None, tuple[str, ...]], ParsedText] = {}

    def read(
        self, text: str, level: str | None = None, within: tuple[str, ...] = ()
    ) -> ParsedText:
        """Read a text in a row of a *level*; *within* are the countries that other columns of the row name."""
        query = (text, level, within)
        outcome = self._known.get(query)
        if outcome is None:
            outcome = self._known[query] = self._read(text, level, within)
        return outcome

    def _read(self, text: str, level: str | None, within: tuple[str, ...]) -> ParsedText:
        rule = self.rule
        context = TextContext(level, within, rule.codes, rule.format, is_split=bool(rule.split))
        meanings: list[Meaning] = []
        left: list[str] = []
        for part in self._parts(text):
            words = self._translate(part, level)
            if words is None:
                meanings.append(self._understand(part, context, left))
            elif words == (LEAVE_OUT,):
                left.append(part)
            else:
                meanings += [self._understand(word, context, left) for word in words if word]
        return self._combine(meanings, left)

    def _parts(self, text: str) -> list[str]:
        rule = self.rule
        if rule.text is TextForm.HTML:
            text = take_tags_out(text)
        if rule.before:
            text = text.partition(rule.before)[0]
        if rule.after and rule.after in text:
            text = text.partition(rule.after)[2]
        if self.key in OF_LINES and not (rule.split or rule.before or rule.after):
            return [text if text and not text.isspace() else ""]
        parts = [text]
        for separator in rule.split:
            parts = [piece for part in parts for piece in part.split(separator)]
        stripped = [part.strip() for part in parts]
        return [part for part in stripped if part] or [""]

    def _translate(self, part: str, level: str | None) -> Sequence[str] | None:
        # None: the mapping has no meaning for this text, so it is taken literally.
        pattern = self._globs.match(part)
        if pattern is not None:
            words = self.rule.values[pattern]
        elif not part or self._says_nothing(part, level):
            return ()
        elif ANY in self.rule.values:
            words = self.rule.values[ANY]
        else:
            return None
        return None if words == (KEEP,) else words

    def _says_nothing(self, part: str, level: str | None) -> bool:
        if self.values.is_own_table and self.key in LITERAL:
            return False  # "n/a" in a note of the data is meant literally
        return is_nothing(part, self.key) and not self.values.knows(self.key, part, level)

    def _understand(self, part: str, context: TextContext, left: list[str]) -> Meaning:
        if self.rule.cut and self.key in LENGTHS:
            part = cut(part, self.key)
        meaning = self.values.understand(self.key, part, context)
        if meaning.is_unknown and self.rule.unknown is not Unknown.PROBLEM:
            if self.rule.unknown is Unknown.LEAVE_OUT:
                left.append(part)
            return NOTHING
        return meaning

    @property
    def _is_one(self) -> bool:
        return self.key not in MULTIPLE and not (self.key == "name" and self.rule.split)

    def _combine(self, meanings: Sequence[Meaning], left: Sequence[str]) -> ParsedText:
        values: list[YamlValue] = []
        for meaning in meanings:
            if isinstance(meaning.value, list | tuple):
                values += meaning.value
            elif meaning.value is not None:
                values.append(meaning.value)
        # A cell may repeat a word very often, and citations cannot be hashed.
        unique = list({str(value): value for value in values}.values())
        notices = [notice for meaning in meanings for notice in meaning.notices]
        if len(unique) > 1 and self._is_one and self.rule.differ is Differ.FIRST:
            unique = unique[:1]
            notices.append(f"of several values for {quote(self.key)} the first is read")
        problems = [
            problem
            for meaning in meanings
            if meaning.message
            for problem in ((meaning.message, meaning.hint), *meaning.more_problems)
        ]
        if len(unique) > 1 and self._is_one:
            names = ", ".join(quote(str(value)) for value in unique)
            message = f"these are several values, and one is wanted: {names}"
            problems.append((message, "write one, or map it (--propose)"))
        # A row is skipped only if no part of the text remains.
        left_out = "; ".join(left) if left and not values and not problems else None
        return ParsedText(
            tuple(unique),
            tuple(problems),
            tuple(notices),
            left_out,
            {key: day for meaning in meanings for key, day in meaning.other_days.items()},
            tuple(word for meaning in meanings for word in meaning.reused),
            any(meaning.is_everywhere for meaning in meanings),
        )


class KeyReader:
    """Reads the keys of one row after the other.

    Forbidden characters are added to *problems*. ``report`` collects what to report of the current row; the row reader
    takes it.
    """

    def __init__(self, binding: Binding, values: Values, problems: Problems) -> None:
        self.binding, self.values, self.problems = binding, values, problems
        self.table, self.sheet = binding.table, binding.table.sheet
        self.report = RowReport()
        self._nowhere = self.sheet.at(0, 0)
        self.rules = {
            key: [(bound, RuleReader(key, bound.rule, values)) for bound in rules]
            for key, rules in binding.rules.items()
        }
        known = [BY_NAME[key] for key in self.rules if key in BY_NAME]
        self.columns = {
            subject: [column for column in known if column.part is subject]
            for subject in ColumnSubject
        }
        self._above = dict.fromkeys(binding.columns_of(*binding.mapping.fill_down), "")

    def values_of(self, subject: ColumnSubject, row: CurrentRow) -> dict[str, SheetValue]:
        """Return the values of a row for its instrument, or for its statement, by key."""
        values: dict[str, SheetValue] = {}
        other_days: dict[str, SheetValue] = {}
        for column in self.columns[subject]:
            if column.name in _SUBJECT or column.name == TERRITORIES:
                continue
            outcome, at = self.read(column.name, row)
            if outcome.values and not outcome.problems:
                value = list(outcome.values) if column.name in _LISTS else outcome.values[0]
                values[column.key] = SheetValue(value, at)
            other_days |= {name: SheetValue(day, at) for name, day in outcome.other_days.items()}
        for name, day in other_days.items():
            if (column := BY_NAME[name]).part is subject:
                self._add_day(values, column.key, day)
        return values

    def _add_day(self, values: dict[str, SheetValue], key: str, day: SheetValue) -> None:
        # "2018-2024" in the column of first days has a last day too, and the column of last days may disagree.
        other = values.setdefault(key, day)
        day_of, word = _DAYS_OF_PERIOD[key]
        if not is_same(key, day.value, str(day_of(str(other.value)))):
            message = f"{quote(str(day.value))}, the {word} day of this period, is not {quote(str(other.value))} in {other.at}"
            hint = "write the same in both, or only one"
            self.report.problems.append(Problem(day.at, message, hint))

    def read(
        self, key: str, row: CurrentRow, level: str | None = None
    ) -> tuple[ParsedText, Address]:
        """Read a key by the first of its rules whose text says something."""
        rules = self.rules.get(key)
        if not rules:
            return NO_TEXT, self._nowhere
        at = self._nowhere
        for number, (bound, reader) in enumerate(rules):
            # In a new dataset a level is known as soon as a row has named it.
            meant = self.values.known.levels.names.meant
            if bound.rule.at and not any(level in meant(word) for word in bound.rule.at):
                continue
            text, at = self.rule_text(bound, row)
            if not text and not reader.rule.values:
                continue
            within = self._within(row, number) if key == TERRITORIES and len(rules) > 1 else ()
            outcome = reader.read(text, level if key == TERRITORIES else None, within)
            if outcome.has_content:
                self.note(outcome, at)
                if outcome.left_out is not None and row.reason is None:
                    header = self.table.name(bound.columns[0]) if bound.columns else key
                    row.reason = (header, outcome.left_out)
                return outcome, at
        return NO_TEXT, at

    def _within(self, row: CurrentRow, number: int) -> tuple[str, ...]:
        # The countries that other columns of places name. An unknown text in an earlier column counts as a place too.
        sure, other = list[str](), list[str]()
        for place, (bound, _) in enumerate(self.rules[TERRITORIES]):
            if place != number:
                is_sure = place < number and not bound.rule.values
                (sure if is_sure else other).append(self.rule_text(bound, row)[0])
        return (*self.values.places.places_beside(sure), *self.values.countries(other))

    def rule_text(self, bound: BoundRule, row: CurrentRow) -> tuple[str, Address]:
        """Return the text that a rule reads, and its cell."""
        rule, columns = bound.rule, bound.columns
        if rule.is_ is not None:
            text = self.sheet.name if rule.is_ == SHEET else rule.is_
            return text, self.first_cell(row)
        if len(columns) == 1:
            return self.text(row, columns[0]), self.sheet.at(row.number, columns[0])
        texts = [self.text(row, column) for column in columns]
        if rule.first:
            place = next((place for place, text in enumerate(texts) if not is_nothing(text)), 0)
            return texts[place], self.sheet.at(row.number, columns[place])
        place = next((place for place, text in enumerate(texts) if text), 0)
        at = self.sheet.at(row.number, columns[place] if columns else 0)
        return rule.join.join(filter(None, texts)), at

    def text(self, row: CurrentRow, column: int) -> str:
        """Return the text of a cell, or the text above it if its column is filled down."""
        text = self.sheet.text(row.number, column)
        if not text or text.isspace():
            return self._above.get(column, "")
        if note_forbidden(text, self.sheet.at(row.number, column), self.problems):
            return ""
        return text

    def fill_down(self, row: CurrentRow) -> None:
        """Go on to a row: an empty cell in it means the text above."""
        for column in self._above:
            self._above[column] = self.text(row, column)

    def first_cell(self, row: CurrentRow) -> Address:
        """Return the first cell of a row in a column that is read."""
        texts = self.sheet.rows[row.number]
        columns = (column for column in sorted(self.binding.columns) if column < len(texts))
        first = next((column for column in columns if texts[column].strip()), 0)
        return self.sheet.at(row.number, first)

    def literal_name(self, row: CurrentRow) -> tuple[ParsedText, Address]:
        """Read a name literally."""
        # A record may be called "null": what clustergap wrote is meant literally.
        for bound, _ in self.rules.get("name", ()):
            text, at = self.rule_text(bound, row)
            if text:
                return ParsedText((text,)), at
        return NO_TEXT, self.first_cell(row)

    def citation(self, row: CurrentRow, source: str) -> dict[str, str]:
        """Cite a row of a source."""
        # By what identifies the record in its own table, so that a row inserted above changes nothing.
        for key in ("id", "name"):
            for bound, _ in self.rules.get(key, ()):
                text, _ = self.rule_text(bound, row)
                if text and bound.columns:
                    locator = on_one_line(f"{self.table.name(bound.columns[0])} {text}")
                    return {"ref": source, "locator": locator}
        return {"ref": source, "locator": f"{self.sheet.name}, row {row.number + 1}"}

    def note(self, outcome: ParsedText, at: Address) -> None:
        """Collect what to report of a cell."""
        if not (outcome.problems or outcome.notices or outcome.reused):
            return  # nearly all cells
        report = self.report
        report.problems += [Problem(at, message, hint) for message, hint in outcome.problems]
        report.notices += [(words, at) for words in outcome.notices]
        report.reused += [(word, at) for word in outcome.reused]


def as_territories(values: Sequence[YamlValue]) -> YamlValue:
    """Write territories as in a data file."""
    first = values[0]
    return first if isinstance(first, Mapping) else list(values)

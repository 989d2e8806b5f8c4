"""What the columns of a row say, key by key, by the rules of a mapping."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clustergap.importing.binding import Binding, BoundRule
from clustergap.importing.cell_words import is_nothing
from clustergap.importing.claims import Said
from clustergap.importing.problem import Problem, Problems
from clustergap.importing.rule_reader import NO_OUTCOME, Outcome, RuleReader
from clustergap.importing.sameness import is_same
from clustergap.importing.texts import note_forbidden, on_one_line
from clustergap.importing.values import Values
from clustergap.list_format.list_layout import BY_NAME, ColumnSubject, ListColumn
from clustergap.model.dates import first_day, last_day
from clustergap.model.mapping import SHEET
from clustergap.spreadsheet.sheet import Address
from clustergap.text import quote
from clustergap.yaml_edit.write import YamlValue

_LISTS = frozenset({"targets", "succeeded_by", "sources", "cover_sources"})
"""Keys whose value is a list, however many a cell names."""

_DAY_OF = {"starts": first_day, "ends": last_day}
_DAY_WORDS = {"starts": "first", "ends": "last"}

_SUBJECT = frozenset({"id", "name"})
WHERE = "territories"


class Row:
    """The number of a row, and why it is not read: a column, and its text."""

    __slots__ = ("left", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.left: tuple[str, str] | None = None


@dataclass
class RowReport:
    """What is to be told of one row, if it is read."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[tuple[str, Address]] = field(default_factory=list)
    unsettled: list[tuple[str, Address]] = field(default_factory=list)


class KeyReader:
    """Reads the keys of one row after the other.

    Args:
        binding: From which columns, and how.
        values: Understands texts.
        problems: Takes what no data file may hold.

    Attributes:
        report: What is to be told of the row that is read; whoever reads rows takes it.
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
        self._columns = {
            part: [one for one in known if one.part is part] for part in ColumnSubject
        }
        self._above = dict.fromkeys(_filled_down(binding), "")

    def columns(self, part: ColumnSubject) -> list[ListColumn]:
        """Return the columns of the list layout that the table has for a part."""
        return self._columns[part]

    def said(self, part: ColumnSubject, row: Row) -> dict[str, Said]:
        """Return what a row says of its instrument, or of its statement, by key."""
        said: dict[str, Said] = {}
        also: dict[str, Said] = {}
        for column in self.columns(part):
            if column.name in _SUBJECT or column.name == WHERE:
                continue
            outcome, at = self.read(column.name, row)
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
            self.report.problems.append(Problem(brought.at, message, hint))

    def read(self, key: str, row: Row, level: str | None = None) -> tuple[Outcome, Address]:
        """Read a key: of several rules the first that says something."""
        rules = self.rules.get(key)
        if not rules:
            return NO_OUTCOME, self._nowhere
        at = self._nowhere
        for number, (bound, reader) in enumerate(rules):
            # Of a new dataset each level is known once a row has named it.
            meant = self.values.known.levels.names.meant
            if bound.rule.at and not any(level in meant(word) for word in bound.rule.at):
                continue
            text, at = self.raw(bound, row)
            if not text and not reader.rule.values:
                continue
            within = self._within(row, number) if key == WHERE and len(rules) > 1 else ()
            outcome = reader.read(text, level if key == WHERE else None, within)
            if outcome.says:
                self.tell(outcome, at)
                if outcome.left is not None and row.left is None:
                    header = self.table.name(bound.columns[0]) if bound.columns else key
                    row.left = (header, outcome.left)
                return outcome, at
        return NO_OUTCOME, at

    def _within(self, row: Row, number: int) -> tuple[str, ...]:
        # The countries that other columns of places name. An earlier one names a place also where nobody knows it.
        sure, other = list[str](), list[str]()
        for place, (bound, _) in enumerate(self.rules[WHERE]):
            if place != number:
                is_sure = place < number and not bound.rule.values
                (sure if is_sure else other).append(self.raw(bound, row)[0])
        return (*self.values.places.places_beside(sure), *self.values.countries(other))

    def raw(self, bound: BoundRule, row: Row) -> tuple[str, Address]:
        """Return the text that a rule is about, and its cell."""
        rule, columns = bound.rule, bound.columns
        if rule.is_ is not None:
            text = self.sheet.name if rule.is_ == SHEET else rule.is_
            return text, self.first(row)
        if len(columns) == 1:
            return self.text(row, columns[0]), self.sheet.at(row.number, columns[0])
        texts = [self.text(row, column) for column in columns]
        if rule.first:
            place = next((place for place, text in enumerate(texts) if not is_nothing(text)), 0)
            return texts[place], self.sheet.at(row.number, columns[place])
        place = next((place for place, text in enumerate(texts) if text), 0)
        at = self.sheet.at(row.number, columns[place] if columns else 0)
        return rule.join.join(filter(None, texts)), at

    def text(self, row: Row, column: int) -> str:
        """Return what stands in a cell, or above it where that is filled down."""
        text = self.sheet.text(row.number, column)
        if not text or text.isspace():
            return self._above.get(column, "")
        if note_forbidden(text, self.sheet.at(row.number, column), self.problems):
            return ""
        return text

    def fill_down(self, row: Row) -> None:
        """Come to a row: what is empty in it means what stands above."""
        for column in self._above:
            self._above[column] = self.text(row, column)

    def first(self, row: Row) -> Address:
        """Return the first cell of a row that is read."""
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

    def literal_name(self, row: Row) -> tuple[Outcome, Address]:
        """Read a name as it stands."""
        # Somebody has called a record "null": what clustergap wrote means what it says.
        for bound, _ in self.rules.get("name", ()):
            text, at = self.raw(bound, row)
            if text:
                return Outcome((text,)), at
        return NO_OUTCOME, self.first(row)

    def citation(self, row: Row, source: str) -> dict[str, str]:
        """Cite a row of a source."""
        # By what tells the record in its own table: a row that is put above it moves nothing.
        for key in ("id", "name"):
            for bound, _ in self.rules.get(key, ()):
                text, _ = self.raw(bound, row)
                if text and bound.columns:
                    return {
                        "ref": source,
                        "locator": on_one_line(f"{self.table.name(bound.columns[0])} {text}"),
                    }
        return {"ref": source, "locator": f"{self.sheet.name}, row {row.number + 1}"}

    def tell(self, outcome: Outcome, at: Address) -> None:
        """Note what is to be told of a cell."""
        if not (outcome.problems or outcome.notices or outcome.unsettled):
            return  # as of nearly all cells
        report = self.report
        report.problems += [Problem(at, message, hint) for message, hint in outcome.problems]
        report.notices += [(words, at) for words in outcome.notices]
        report.unsettled += [(word, at) for word in outcome.unsettled]


def _filled_down(binding: Binding) -> Iterator[int]:
    for key in binding.mapping.fill_down:
        for bound in binding.rules.get(key, ()):
            yield from bound.columns


def as_territories(values: Sequence[YamlValue]) -> YamlValue:
    """Write places as a data file does."""
    first = values[0]
    return first if isinstance(first, Mapping) else list(values)

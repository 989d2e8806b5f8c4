"""Values that are the same though they are written otherwise, and what holds where rows of one record differ."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from clustergap.importing.parsed_rows import SheetValue
from clustergap.list_format.list_layout import COLUMNS, ColumnSubject, ValueKind
from clustergap.model.dataset import DEFAULTS, Plain
from clustergap.model.dates import first_day, last_day
from clustergap.model.mapping import Differ
from clustergap.spreadsheet.sheet import quote_sheet
from clustergap.text import count, quote
from clustergap.yaml_edit.write import YamlValue

_SETS = ("territories", "targets", "succeeded_by")
"""Keys of lists whose order says nothing."""

_DAYS = {
    "starts": first_day, "ends": last_day, "reviewed": last_day, "until": last_day, "as_of": last_day,
}  # fmt: skip


def is_same(key: str, value: YamlValue, known: Plain) -> bool:
    """Tell whether a sheet's value of a key is that of a record, of which None is what it leaves out.

    >>> is_same("starts", "2016", "2016-01-01"), is_same("territories", ["BE", "AT"], ["AT", "BE"])
    (True, True)
    """
    if known is None:
        return value == DEFAULTS.get(key)
    return normal(key, value) == normal(key, known)


def normal(key: str, value: object) -> object:
    """Return what a value says, without how it says it: equal ones are the same.

    >>> normal("ends", "2016-02"), normal("territories", ["BE", "AT"]), normal("note", " x ")
    ('2016-02-29', ['AT', 'BE'], 'x')
    """
    if key in _DAYS and isinstance(value, str):
        return _day(value, _DAYS[key])
    if key in _SETS:
        return _sorted(value)
    return value.strip() if isinstance(value, str) else value


def _day(text: str, day_of: Callable[[str], object]) -> str:
    try:
        return str(day_of(text))
    except ValueError:
        return text


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(codes) for key, codes in value.items()}
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value


STATEMENT_COLUMNS = {
    column.key: column.name for column in COLUMNS if column.part is ColumnSubject.STATEMENT
}
"""The columns of the list layout by the keys of a statement."""

_HOLDS = {column.name: column.holds for column in COLUMNS}

_BETWEEN = {ValueKind.TEXT: "\n", ValueKind.LINE: "; "}
"""What stands between texts that are joined."""

_LONGEST = 20_000
"""Characters of joined texts: no text of the data may have as many, so that nothing more need be joined."""

_TAKEN = {
    Differ.FIRST: "the first was taken",
    Differ.EARLIEST: "the earliest was taken",
    Differ.LATEST: "the latest was taken",
    Differ.JOIN: "they were joined",
}


class Differences:
    """Settles what rows say differently, and counts how often.

    Args:
        differ: What to do, by the column's name in the list layout.
    """

    def __init__(self, differ: Mapping[str, Differ]) -> None:
        self.differ = differ
        self._counts = Counter[tuple[str, str]]()

    def settle(
        self, key: str, column: str, before: SheetValue, after: SheetValue
    ) -> SheetValue | None:
        """Return what is to stand for two values of a *key* that are not the same; None: that is a problem."""
        settled = self._settled(key, column, before, after)
        if settled is not None:
            self._counts[after.at.sheet, column] += 1
        return settled

    def settle_all(self, key: str, column: str, values: Sequence[SheetValue]) -> SheetValue:
        """Return what is to stand for the values of rows in a *column* that may differ."""
        taken = values[0]
        for after in values[1:]:
            if normal(key, after.value) != normal(key, taken.value):
                taken = self.settle(key, column, taken, after) or taken
        return taken

    def may_differ(self, column: str) -> bool:
        """Tell whether somebody has said what to take where rows differ in a *column*."""
        return self.differ.get(column, Differ.PROBLEM) is not Differ.PROBLEM

    def _settled(
        self, key: str, column: str, before: SheetValue, after: SheetValue
    ) -> SheetValue | None:
        match self.differ.get(column, Differ.PROBLEM):
            case Differ.FIRST:
                return before
            case Differ.EARLIEST:
                return min(before, after, key=lambda value: str(normal(key, value.value)))
            case Differ.LATEST:
                return max(before, after, key=lambda value: str(normal(key, value.value)))
            case Differ.JOIN:
                return _join_values(column, before, after)
            case _:
                return None

    def remarks(self) -> list[str]:
        """Say of each column how many rows differ, and what was taken."""
        return [
            f"{quote_sheet(sheet)}: {count(number, 'row')} {'differs' if number == 1 else 'differ'} in {quote(column)}: "
            f"{_TAKEN[self.differ[column]]}"
            for (sheet, column), number in self._counts.items()
        ]


def _join_values(column: str, before: SheetValue, after: SheetValue) -> SheetValue | None:
    if not isinstance(before.value, str | Mapping) and not isinstance(after.value, str | Mapping):
        new = [item for item in after.value if item not in before.value]
        return SheetValue([*before.value, *new], before.at)
    between = _BETWEEN.get(_HOLDS[column])
    if between is None or not isinstance(before.value, str) or not isinstance(after.value, str):
        return None
    if after.value in before.value.split(between) or len(before.value) > _LONGEST:
        return before
    return SheetValue(f"{before.value}{between}{after.value}", before.at)

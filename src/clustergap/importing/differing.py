"""Rows that are one record and say different things: a problem, unless somebody has said what to take."""

from collections import Counter
from collections.abc import Mapping, Sequence

from clustergap.importing.claims import Said
from clustergap.importing.sameness import normal
from clustergap.list_format.list_layout import COLUMNS, ColumnSubject, ValueKind
from clustergap.model.mapping import Differ
from clustergap.spreadsheet.sheet import quote_sheet
from clustergap.text import count, quote

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

    def settle(self, key: str, column: str, before: Said, said: Said) -> Said | None:
        """Return what is to stand for two values of a *key* that are not the same; None: that is a problem."""
        settled = self._settled(key, column, before, said)
        if settled is not None:
            self._counts[said.at.sheet, column] += 1
        return settled

    def settle_all(self, key: str, column: str, values: Sequence[Said]) -> Said:
        """Return what is to stand for the values of rows in a *column* that may differ."""
        taken = values[0]
        for said in values[1:]:
            if normal(key, said.value) != normal(key, taken.value):
                taken = self.settle(key, column, taken, said) or taken
        return taken

    def may_differ(self, column: str) -> bool:
        """Tell whether somebody has said what to take where rows differ in a *column*."""
        return self.differ.get(column, Differ.PROBLEM) is not Differ.PROBLEM

    def _settled(self, key: str, column: str, before: Said, said: Said) -> Said | None:
        match self.differ.get(column, Differ.PROBLEM):
            case Differ.FIRST:
                return before
            case Differ.EARLIEST:
                return min(before, said, key=lambda one: str(normal(key, one.value)))
            case Differ.LATEST:
                return max(before, said, key=lambda one: str(normal(key, one.value)))
            case Differ.JOIN:
                return _joined(column, before, said)
            case _:
                return None

    def remarks(self) -> list[str]:
        """Say of each column how many rows differ, and what was taken."""
        return [
            f"{quote_sheet(sheet)}: {count(number, 'row')} {'differs' if number == 1 else 'differ'} in {quote(column)}: "
            f"{_TAKEN[self.differ[column]]}"
            for (sheet, column), number in self._counts.items()
        ]


def _joined(column: str, before: Said, said: Said) -> Said | None:
    if not isinstance(before.value, str | Mapping) and not isinstance(said.value, str | Mapping):
        new = [one for one in said.value if one not in before.value]
        return Said([*before.value, *new], before.at)
    between = _BETWEEN.get(_HOLDS[column])
    if between is None or not isinstance(before.value, str) or not isinstance(said.value, str):
        return None
    if said.value in before.value.split(between) or len(before.value) > _LONGEST:
        return before
    return Said(f"{before.value}{between}{said.value}", before.at)

"""Which statement of the data about a cell the rows of a table mean: statements have no names, so they go by what they say."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.pairing import WHERE_AND_WHEN, pair
from clustergap.importing.entries import StatementEntry
from clustergap.importing.joining import frozen, grouped, kind_of, known_says, says, united
from clustergap.model.plain import Plain

Says = Mapping[str, object]


class Matched(NamedTuple):
    """What a table says of the statements of a cell, by their numbers, and what is new."""

    by_number: Mapping[int, StatementEntry]
    new: Sequence[StatementEntry]


def match(
    known: Sequence[Mapping[str, Plain]], rows: Sequence[StatementEntry], columns: frozenset[str]
) -> Matched:
    """Find which statement of the data each row means.

    Rows that agree with one in all but territories and sources are that one, if they share a territory with it; of
    several such statements each is the rows with its territories. Then go those with the same territories, on the same
    days if there are several; then those that share one. As many as are left on both sides are the same in their order;
    else the rows are new statements.

    Args:
        known: What the data say, by key.
        rows: What the table says.
        columns: The keys that it has columns for.
    """
    if len(known) == len(rows) == 1:
        return Matched({0: rows[0]}, ())
    keys = columns.union(*(row.keys for row in rows))
    matcher = _Matcher([known_says(one, keys) for one in known])
    matcher.match_alike(grouped(rows))
    matcher.match_places()
    matcher.match_overlapping()
    return matcher.result()


class _Matcher:
    def __init__(self, before: Sequence[Says]) -> None:
        self.before = before
        self.by_number: dict[int, StatementEntry] = {}
        self.left: list[list[StatementEntry]] = []
        """The rows that no statement has been found for, those of one statement together."""

    def match_alike(self, groups: Sequence[list[StatementEntry]]) -> None:
        """Match those that agree in all but territories and sources."""
        alike: defaultdict[object, list[int]] = defaultdict(list)
        for number, one in enumerate(self.before):
            alike[kind_of(one)].append(number)
        for rows in groups:
            numbers = alike[kind_of(says(rows[0]))]
            if len(numbers) > 1:
                rest = self._match_each(
                    rows, numbers, [("territories", "sources"), ("territories",)]
                )
            else:
                rest = rows
            if rest:
                free = _Free(self.before, self._free(numbers))
                found = free.take(_codes(says(united(rest))))
                if found is None:
                    self.left.append(rest)
                else:
                    self.by_number[found] = united(rest)

    def match_places(self) -> None:
        """Match those with the same territories: first the rows of one statement together, then each."""
        likenesses = (WHERE_AND_WHEN, ("territories",))
        numbers = self._free(range(len(self.before)))
        joined = [united(rows) for rows in self.left]
        pairs = pair(self._said(numbers), [says(one) for one in joined], likenesses)
        self.by_number |= {numbers[number]: joined[index] for index, number in pairs.items()}
        rows = [row for n, some in enumerate(self.left) if n not in pairs for row in some]
        self.left = grouped(self._match_each(rows, numbers, likenesses))

    def match_overlapping(self) -> None:
        """Match those that share a territory, and as many as are left then."""
        free = _Free(self.before, self._free(range(len(self.before))))
        left = []
        for rows in self.left:
            number = free.take(_codes(says(united(rows))))
            if number is None:
                left.append(rows)
            else:
                self.by_number[number] = united(rows)
        numbers = self._free(range(len(self.before)))
        if len(left) == len(numbers):
            self.by_number |= dict(zip(numbers, map(united, left), strict=True))
            left = []
        self.left = left

    def result(self) -> Matched:
        """Return what was found."""
        return Matched(self.by_number, [united(rows) for rows in self.left])

    def _match_each(
        self,
        rows: Sequence[StatementEntry],
        numbers: Sequence[int],
        likenesses: Sequence[Sequence[str]],
    ) -> list[StatementEntry]:
        # Returns the rows that are left, but those that repeat one which is not.
        free = self._free(numbers)
        pairs = pair(self._said(free), [says(row) for row in rows], likenesses)
        self.by_number |= {free[number]: rows[index] for index, number in pairs.items()}
        found = {frozen(says(rows[index])) for index in pairs}
        return [
            row
            for index, row in enumerate(rows)
            if index not in pairs and frozen(says(row)) not in found
        ]

    def _free(self, numbers: Sequence[int]) -> list[int]:
        return [number for number in numbers if number not in self.by_number]

    def _said(self, numbers: Sequence[int]) -> list[Says]:
        return [self.before[number] for number in numbers]


_ANY, _EVERYWHERE = "*", ""
"""Stand among the codes for all statements, and for those that name none."""


class _Free:
    """Statements of the data, by the codes that they name."""

    def __init__(self, before: Sequence[Says], numbers: Sequence[int]) -> None:
        self.taken: set[int] = set()
        self.by_code: defaultdict[str, deque[int]] = defaultdict(deque)
        for number in numbers:
            for code in (_ANY, *_codes(before[number])):
                self.by_code[code].append(number)

    def take(self, named: Sequence[str]) -> int | None:
        """Take the first one that may share a place with what names these codes."""
        codes = [_ANY] if _EVERYWHERE in named else [*named, _EVERYWHERE]
        first = [number for code in codes if (number := self._first(code)) is not None]
        if not first:
            return None
        self.taken.add(min(first))
        return min(first)

    def _first(self, code: str) -> int | None:
        waiting = self.by_code[code]
        while waiting and waiting[0] in self.taken:
            waiting.popleft()
        return waiting[0] if waiting else None


def _codes(said: Says) -> Sequence[str]:
    where = said.get("territories")
    return where if isinstance(where, list) else (_EVERYWHERE,)

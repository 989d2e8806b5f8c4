"""Problems of a spreadsheet, which prevent its import, and notices, each with its cells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.findings import MOST_SHOWN
from clustergap.spreadsheet.sheet import Address, SpreadsheetError, TooLargeError, cell_name
from clustergap.text import all_of, count, visible

_FEW = 3
"""Up to so many cells are all named; of more, the first two and the number of the others."""

_BITS = 8

_MOST_REPORTED = 40
"""Notices of one table that are reported: a table may have thousands of codes of older NUTS versions."""


class Problem(NamedTuple):
    """What is wrong at a cell; ``at`` is None if it concerns the whole file. ``hint``: what to do about it.

    Problems of one column with the same message and hint are grouped into one, so these do not mention their cell.
    """

    at: Address | None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return self.at_cells(str(self.at) if self.at else "")

    def at_cells(self, cells: str) -> str:
        """Return the problem as a line about *cells*."""
        where = f"{cells}: " if cells else ""
        joint = ", " if self.hint.startswith("did you mean") else ": "
        return visible(f"{where}{self.message}{joint + self.hint if self.hint else ''}")


class ProblemGroup:
    """A problem, and all cells of a column that have it."""

    __slots__ = ("problem", "rows")

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = _RowSet()

    def __str__(self) -> str:
        at, rows = self.problem.at, list(islice(self.rows, _FEW))
        if at is None or not rows:
            return str(self.problem)
        others = [cell_name(row, at.column) for row in rows[1:]]
        if len(self.rows) > _FEW:
            others[1:] = [f"{len(self.rows) - 2:,} more"]
        return self.problem.at_cells(all_of([str(at._replace(row=rows[0])), *others]))

    def cells(self) -> Iterator[Address]:
        """Return the cells that have the problem, from the first row on."""
        at = self.problem.at
        return iter(()) if at is None else (at._replace(row=row) for row in self.rows)


class SheetError(ClusterGapError):
    """A spreadsheet cannot be imported, because of all of its *problems*; nothing was written.

    They are grouped: those of the whole file first, then the most frequent, then in the order of their cells. *name* is
    that of the file; ``naming`` adds it to errors raised within it. *choices* are listed after the problems, if the last
    one is a question. *remarks* say what else is worth knowing about the file.
    """

    def __init__(
        self,
        problems: "Iterable[Problem] | Problems",
        name: str = "",
        choices: Sequence[str] = (),
        remarks: Sequence[str] = (),
    ) -> None:
        self.choices, self.remarks = choices, remarks
        self.problems = problems if isinstance(problems, Problems) else Problems(problems)
        self.groups = self.problems.groups()
        self.are_more = len(self.groups) > MOST_SHOWN
        where = f"{visible(name)}: " if name else ""
        super().__init__(f"{where}{self.counted}; nothing was written")

    @property
    def lines(self) -> list[str]:
        """The problems in words, one group a line, at most ``MOST_SHOWN``."""
        lines = [str(group) for group in self.groups[:MOST_SHOWN]]
        more = ["… and more: mend these first"] if self.are_more else []
        return [*lines, *more, *self.choices]

    @property
    def counted(self) -> str:
        """The number of problems and of their cells, in words."""
        than = "more than " if self.are_more else ""
        number = f"{than}{count(min(len(self.groups), MOST_SHOWN), 'problem')}"
        is_single = all(len(group.rows) <= 1 for group in self.groups)
        return number if is_single else f"{number} in {count(self.problems.cell_count(), 'cell')}"


class NoTableError(SheetError):
    """A spreadsheet has no table that can be recognised."""


class Problems:
    """Collects problems: each is kept once, with the rows that have it.

    A row is one bit, as a table may be wrong in every cell. More problems than can be shown end the import at once:
    nobody reads so many, and usually one of them occurs everywhere and is corrected first.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._groups: dict[tuple[str, int, str, str], ProblemGroup] = {}
        self._rows: defaultdict[str, _RowSet] = defaultdict(_RowSet)
        self._cells: defaultdict[tuple[str, int], _RowSet] = defaultdict(_RowSet)
        self._added = 0
        self.extend(problems)

    def __len__(self) -> int:
        """Return the number of all problems at cells, which grows with each that is added."""
        return self._added

    def groups(self) -> list[ProblemGroup]:
        """Return the problems in the order in which they are reported."""
        return sorted(self._groups.values(), key=_order)

    def cell_count(self) -> int:
        """Return the number of cells with a problem."""
        return sum(map(len, self._cells.values()))

    def has_row(self, at: Address) -> bool:
        """Tell whether the row of a cell has a problem."""
        return at.sheet in self._rows and at.row in self._rows[at.sheet]

    def has_cell(self, at: Address) -> bool:
        """Tell whether a cell has a problem."""
        column = (at.sheet, at.column)
        return column in self._cells and at.row in self._cells[column]

    def add(self, problem: Problem) -> None:
        """Add a problem.

        Raises:
            SheetError: There are more than can be shown.
        """
        at, message, hint = problem
        self._added += 1
        key = (at.sheet, at.column, message, hint) if at else ("", -1, message, hint)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = ProblemGroup(problem)
        if at:
            group.rows.add(at.row)
            self._rows[at.sheet].add(at.row)
            self._cells[at.sheet, at.column].add(at.row)
        if len(self._groups) > MOST_SHOWN:
            raise SheetError(self)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several problems.

        Raises:
            SheetError: There are more than can be shown.
        """
        for problem in problems:
            self.add(problem)


@dataclass
class Notices:
    """What was done with a table without asking: each notice is reported once, with its number and its first cell."""

    _cells: dict[str, list[Address]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, words: str, at: Address) -> None:
        """Add a notice about a cell."""
        number = self._counts[words] = self._counts.get(words, 0) + 1
        if number <= _FEW:
            self._cells.setdefault(words, []).append(at)

    def add_without_cell(self, words: str) -> None:
        """Add a notice that is about no single cell."""
        self._counts[words] = 0

    def lines(self) -> list[str]:
        """Return the notices in the order in which they were added, at most ``_MOST_REPORTED``."""
        lines = [
            f"{words} ({self._where(words)})" if number else words
            for words, number in islice(self._counts.items(), _MOST_REPORTED)
        ]
        left = len(self._counts) - len(lines)
        return [*lines, f"… and {count(left, 'notice')} more of this table"] if left else lines

    def _where(self, words: str) -> str:
        number, (first, *others) = self._counts[words], self._cells[words]
        if number > _FEW:
            return f"{first} and {number - 1:,} more"
        return all_of([str(first), *(cell_name(at.row, at.column) for at in others)])


def refuse(message: str, hint: str = "") -> SheetError:
    """Return the error of a problem of a whole file."""
    return SheetError([Problem(None, message, hint)])


def problem_of(error: SpreadsheetError) -> Problem:
    """Return the problem of a spreadsheet that cannot be read, with a hint for this program."""
    more = ", or raise CLUSTERGAP_MAX_MIB" if isinstance(error, TooLargeError) else ""
    return Problem(error.at, error.message, f"{error.hint}{more}")


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Report errors of a spreadsheet with the name of its file."""
    try:
        yield
    except SpreadsheetError as error:
        raise SheetError([problem_of(error)], name, error.choices) from error
    except SheetError as error:
        raise SheetError(error.problems, name, error.choices, error.remarks) from error


class _RowSet:
    """A set of row numbers, one bit each."""

    __slots__ = ("_bits", "_number")

    def __init__(self) -> None:
        self._bits = bytearray()
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def __contains__(self, row: object) -> bool:
        if not isinstance(row, int) or row // _BITS >= len(self._bits):
            return False
        return bool(self._bits[row // _BITS] >> row % _BITS & 1)

    def __iter__(self) -> Iterator[int]:
        for byte, bits in enumerate(self._bits):
            if bits:
                yield from (byte * _BITS + bit for bit in range(_BITS) if bits >> bit & 1)

    def add(self, row: int) -> None:
        bits, byte, bit = self._bits, row // _BITS, 1 << row % _BITS
        if byte >= len(bits):
            bits.extend(bytes(byte + 1 - len(bits)))
        if not bits[byte] & bit:
            bits[byte] |= bit
            self._number += 1


def _order(group: ProblemGroup) -> tuple[bool, int, Address]:
    at = group.problem.at
    first = next(group.cells(), at)
    return at is not None, -len(group.rows), first or Address("", 0, 0)

"""What keeps a spreadsheet from being imported, each with the cell where it stands and what to write instead."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.findings import MOST_SHOWN
from clustergap.importing.address import Address
from clustergap.wording import count, visible


class Problem(NamedTuple):
    """What is wrong at a cell; ``at`` is None where it is wrong with the whole file. ``hint``: what to do about it."""

    at: Address | None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.at}: " if self.at else ""
        joint = ", " if self.hint.startswith("did you mean") else ": "
        return visible(f"{where}{self.message}{joint + self.hint if self.hint else ''}")


class SheetError(ClusterGapError):
    """A spreadsheet cannot be imported, because of all of its *problems*; nothing was written.

    They stand in the order of the cells, each once. Who knows the *name* of its file gives it: ``naming`` does so for
    all that is raised within it.
    """

    def __init__(self, problems: Iterable[Problem], name: str = "") -> None:
        self.problems = sorted(dict.fromkeys(problems), key=lambda one: one.at or ("", 0, 0))
        self.are_more = len(self.problems) > MOST_SHOWN
        number = count(min(len(self.problems), MOST_SHOWN), "problem")
        where = f"{visible(name)}: " if name else ""
        than = "more than " if self.are_more else ""
        super().__init__(f"{where}{than}{number}; nothing was written")

    @property
    def lines(self) -> list[str]:
        """The problems in words, one a line, at most ``MOST_SHOWN``."""
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        return [*lines, "… and more: mend these first"] if self.are_more else lines


class Problems:
    """Gathers problems, each once.

    One more than is shown ends the import: a stranger's file may have millions, and who has that many has one of them
    everywhere, and mends that first.
    """

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._rows: set[tuple[str, int]] = set()

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def has_row(self, at: Address) -> bool:
        """Tell whether anything is wrong in the row of a cell."""
        return at[:2] in self._rows

    def add(self, problem: Problem) -> None:
        """Take a problem.

        Raises:
            SheetError: There are more than are shown.
        """
        self._found[problem] = None
        if problem.at:
            self._rows.add(problem.at[:2])
        if len(self._found) > MOST_SHOWN:
            raise SheetError(self)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several.

        Raises:
            SheetError: There are more than are shown.
        """
        for problem in problems:
            self.add(problem)


def refuse(message: str, hint: str = "") -> SheetError:
    """Refuse a whole file."""
    return SheetError([Problem(None, message, hint)])


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Let whatever is wrong with a spreadsheet be told with its file's name."""
    try:
        yield
    except SheetError as error:
        raise SheetError(error.problems, name) from error

"""What keeps a spreadsheet from being imported, each with the cell where it stands and what to write instead."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.importing.address import Address
from clustergap.wording import count, visible

MOST_SHOWN = 1_000
"""Problems that are named; the rest is counted."""


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

    Who knows the *name* of its file gives it: ``naming`` does so for all that is raised within it.
    """

    def __init__(self, problems: Sequence[Problem], name: str = "") -> None:
        self.problems = tuple(problems)
        where = f"{visible(name)}: " if name else ""
        super().__init__(f"{where}{count(len(self.problems), 'problem')}; nothing was written")

    @property
    def lines(self) -> Sequence[str]:
        """The problems in words, one a line, at most ``MOST_SHOWN``."""
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        more = len(self.problems) - MOST_SHOWN
        return [*lines, f"… and {count(more, 'problem')} more"] if more > 0 else lines


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

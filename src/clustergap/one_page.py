"""What one page of paper says, before a writer lays it out: what does not fit is counted."""

from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.picture import Key, LevelHead, MatrixRow


class Fact(NamedTuple):
    """A figure, and the sentence that it begins; ``is_alarming``: it counts what has no instrument."""

    figure: str
    sentence: str
    is_alarming: bool = False


class PageMap(NamedTuple):
    """How roles are covered at each level, without the names of instruments.

    Attributes:
        description: What it shows, for those who cannot see it.
        heads: The heads of the columns.
        rows: The roles that may stand on the page.
        rest: How many roles and levels there are more, and how these are covered, if only the first *n* rows have room,
            for each *n* from 0; empty if nothing is left out.
        keys: The legend: only looks that occur.
        fills: What the fill of a box means, where it is drawn; empty if no box is filled in part.
        mark: What ``!`` means; empty if nothing is marked.
    """

    description: str
    heads: tuple[LevelHead, ...]
    rows: tuple[MatrixRow, ...]
    rest: tuple[str, ...]
    keys: tuple[Key, ...]
    fills: str
    mark: str


class MissingRow(NamedTuple):
    """A gap: the role and the level by name, what is missing, and what there is to build on."""

    coverage: Coverage
    subject: str
    missing: str
    build_on: str


class MissingTable(NamedTuple):
    """What is missing, the worst first.

    Attributes:
        title: Its heading.
        description: What it shows, for those who cannot see it.
        columns: The heads of the columns.
        rows: The gaps that may stand on the page.
        rest: How many gaps there are more, if only the first *n* rows have room, for each *n* from 0; empty if none are.
        nothing: The sentence if there is no gap.
    """

    title: str
    description: str
    columns: tuple[str, str, str, str]
    rows: tuple[MissingRow, ...]
    rest: tuple[str, ...]
    nothing: str


class Passage(NamedTuple):
    """A heading and what stands below it."""

    title: str
    words: str


class OnePage(NamedTuple):
    """A page.

    Attributes:
        title: The finding.
        kicker: The dataset and its day.
        shown: Which roles and levels are shown; empty if all are.
        facts: What stands out.
        map: How roles are covered.
        missing: What is missing, and what to build on.
        passages: What comes, and how the page was made.
        foot: Where the rest is.
    """

    title: str
    kicker: str
    shown: str
    facts: tuple[Fact, ...]
    map: PageMap
    missing: MissingTable
    passages: tuple[Passage, ...]
    foot: str

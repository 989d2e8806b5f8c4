"""What one page of paper or one slide says, before a writer lays it out: what does not fit is counted."""

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
        corner: The heads of the roles' column, and at one level of the column of what there is.
    """

    description: str
    heads: tuple[LevelHead, ...]
    rows: tuple[MatrixRow, ...]
    rest: tuple[str, ...]
    keys: tuple[Key, ...]
    fills: str
    mark: str
    corner: tuple[str, ...] = ("Role",)


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


# One slide


class SlideMap(NamedTuple):
    """How each role is covered at each level, without the names of instruments; at one level with what there is.

    Attributes:
        description: What it shows, for those who cannot see it.
        corner: The heads of the roles' column, and at one level of the column of what there is.
        heads: The heads of the levels.
        rows: A role each.
        has_lines: Whether what is said beside the word for a coverage stands on the same line.
    """

    description: str
    corner: tuple[str, ...]
    heads: tuple[LevelHead, ...]
    rows: tuple[MatrixRow, ...]
    has_lines: bool = False


class CountCell(NamedTuple):
    """How many roles of a level are covered alike.

    Attributes:
        coverage: How they are covered; None if no role is so.
        figure: How many they are.
        remark: What else there is to say of them.
        names: Their names, of which as many are shown as have room.
    """

    coverage: Coverage | None
    figure: str
    remark: str = ""
    names: tuple[str, ...] = ()


class SlideCounts(NamedTuple):
    """How many roles are covered how at each level, worst first.

    Attributes:
        description: What it shows, for those who cannot see it.
        heads: The heads of the levels.
        rows: For each coverage that occurs, what is said of it at each level.
        left: What is said of levels that have no room, if the first *n* have, for each *n* from 0; empty if none is left.
    """

    description: str
    heads: tuple[LevelHead, ...]
    rows: tuple[tuple[CountCell, ...], ...]
    left: tuple[str, ...]


class OneSlide(NamedTuple):
    """One slide that says the most important.

    Attributes:
        title: The finding.
        below: What the slide is about, of which day.
        bodies: The same table in less and less room: the first that fits is shown. The last fits always.
        facts: What stands out, beside the table.
        ahead: A sentence on what comes, below the table.
        keys: The legend: only looks that occur.
        mark: What ``!`` means; empty if nothing is marked.
        foot: Where the rest is, and what a reader must know about the data.
        notes: What the speaker reads.
    """

    title: str
    below: str
    bodies: tuple[SlideMap | SlideCounts, ...]
    facts: tuple[Fact, ...]
    ahead: str
    keys: tuple[Key, ...]
    mark: str
    foot: str
    notes: tuple[str, ...]

"""How the brief is laid out on one page of A4: sizes, widths, and how much has room. What has none is counted."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import fsum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.one_page import Fact, MissingRow, OnePage
from clustergap.picture import Key, LevelHead, MatrixRow, ShareCell
from clustergap.text_metrics import line_count, text_width
from clustergap.theme import sign_of

_POINTS = 72 / 25.4

ABOVE, BESIDE = 14.0, 16.0
"""Margins in millimetres: above and below, left and right. All other measures are in points."""

WIDTH, HEIGHT = (210 - 2 * BESIDE) * _POINTS, (297 - 2 * ABOVE) * _POINTS
"""The page without its margins."""

KICKER, TITLE, FIGURE, FACT, HEADING, TEXT, TABLE, FOOT = 8.5, 18.0, 19.0, 9.5, 12.0, 9.0, 8.5, 8.0
LEVEL, UNIT, ROLE, WORD, WORD_OF_NONE, BESIDE_WORD = 10.0, 8.0, 9.0, 8.5, 9.5, 8.0
"""Sizes of letters; the least is 8."""

PITCH, LEADING = 1.22, 0.1
"""From line to line, and between two lines, as multiples of the size."""

ROLES = 125.0
"""The column of roles."""

GAP = 3.0
"""Between the boxes of the map."""

WIDEST = 165.0
"""The greatest width of a box: one that is as wide as the page shows no share at a glance."""

INSET, BAR = 4.0, 5.0
"""Left and right of what stands in a box, and the width of the bar left in a partial one."""

LEAST_BESIDE = 34.0
"""The least room for words beside the word for the coverage; in less they stand below it."""

MISSING = (54.0, 158.0, 130.0, WIDTH - 342.0)
"""The columns of what is missing; the last 6 points of each are free."""

FREE = 6.0

BETWEEN = 22.0
"""Between two passages, and between two facts."""

_FACT_PARTS = (1.0, 1.45, 1.2)

_SPARE = 1.0
"""By how much lines are taken to be narrower than they are, as another program may round otherwise."""

Seen = Callable[[str], str]
"""Returns the letters of a text that are drawn."""


class Fit(NamedTuple):
    """What has room: facts, rows of the map with their heights, rows of what is missing; and what is said of the rest."""

    facts: tuple[Fact, ...]
    roles: tuple[MatrixRow, ...]
    heights: tuple[float, ...]
    roles_left: str
    gaps: tuple[MissingRow, ...]
    gaps_left: str


def fit(page: OnePage, seen: Seen = str, room: float = HEIGHT) -> Fit:
    """Choose what stands on the page: of the map what takes three fifths of what is free, or leaves room for all that is missing.

    Args:
        page: What is to be said.
        seen: Returns the letters of a text that are drawn.
        room: How high the page is.
    """
    measure, map_, missing = _Measure(seen), page.map, page.missing
    left = room - measure.around(page)
    facts = page.facts
    while facts and measure.facts(facts) > left / 2:
        # What is longest says least at a glance.
        longest = max(facts, key=lambda fact: len(fact.sentence))
        facts = tuple(fact for fact in facts if fact is not longest)
    left -= measure.facts(facts)
    widths = widths_of(len(map_.heads))
    heights = [measure.role(row, widths) for row in map_.rows]
    head = measure.heads(map_.heads, widths)
    gaps = [measure.gap(row) for row in missing.rows]
    gap_head = measure.bold_lines(missing.title, WIDTH, HEADING) + TABLE_SPACE
    for_map = max(left * 3 / 5, left - gap_head - fsum(gaps) - measure.rest(missing.rest[-1]))
    roles = _most(heights, head, map_.rest, for_map, measure)
    for_gaps = left - _height(roles, heights, head, map_.rest, measure)
    shown = _most(gaps, gap_head, missing.rest, for_gaps, measure)
    # What the next gap has no room in may do for roles.
    for_map = left - _height(shown, gaps, gap_head, missing.rest, measure)
    roles = _most(heights, head, map_.rest, for_map, measure)
    return Fit(
        facts,
        map_.rows[:roles],
        tuple(heights[:roles]),
        map_.rest[roles],
        missing.rows[:shown],
        missing.rest[shown],
    )


def _most(
    heights: Sequence[float], head: float, rest: Sequence[str], room: float, measure: "_Measure"
) -> int:
    """Return how many rows have room below their head, with what is then said of the rest."""
    fitting = (
        number
        for number in range(len(heights) + 1)
        if _height(number, heights, head, rest, measure) <= room
    )
    return max(fitting, default=0)


def _height(
    number: int, heights: Sequence[float], head: float, rest: Sequence[str], measure: "_Measure"
) -> float:
    return head * bool(number) + fsum(heights[:number]) + measure.rest(rest[number])


def widths_of(levels: int) -> tuple[float, ...]:
    """Return the widths of the boxes of a row of the map, between which there are gaps."""
    return (min(WIDEST, (WIDTH - ROLES - levels * GAP) / levels),) * levels


def beside_map(widths: Sequence[float]) -> float:
    """Return the width of the column right of the boxes, in which stands what there is at the only level."""
    return WIDTH - ROLES - fsum(widths) - (len(widths) + 1) * GAP


def room_of_cell(cell: ShareCell, width: float) -> tuple[float, float]:
    """Return the room in a box for the word for its coverage, and for the words beside it, or 0 if they stand below."""
    inside = width - 2 * INSET - BAR
    word = WORD_OF_NONE if cell.coverage is Coverage.NONE else WORD
    sign = sign_of(cell.coverage)
    beside = inside - text_width(sign, len(sign)) * word - INSET
    return inside, beside if beside >= LEAST_BESIDE else 0.0


def lines_of_keys(page: OnePage) -> Iterator[tuple[Key, ...]]:
    """Yield the lines of the legend; what ``!`` means is apart."""
    line: list[Key] = []
    used = 0.0
    for key in map(partial(_with_fills, page.map.fills), page.map.keys):
        width = KEY + text_width(key.meaning) * UNIT
        if line and used + width > WIDTH:
            yield tuple(line)
            line, used = [], 0.0
        line.append(key)
        used += width
    yield tuple(line)


def _with_fills(fills: str, key: Key) -> Key:
    is_filled = fills and key.cell.coverage is Coverage.PARTIAL
    return key._replace(meaning=f"{key.meaning}; {fills}") if is_filled else key


BOX, BOX_WIDTH, KEY, KEY_LINE = 12.5, 50.0, 66.0, 16.0
"""The height of a box beside words and its width; an entry of the legend without its words, and a line of them."""

SPACE, FACTS_SPACE, TABLE_SPACE, ROW_SPACE = 27.0, 24.0, 17.0, 4.5
"""Between the parts of the page, around the facts, between the heading of what is missing and its rows, around a row of it."""


class _Measure:
    """Measures heights, in points, rather too great."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def lines(self, text: str, width: float, size: float) -> float:
        """Return how high a text is."""
        return self._height(self._seen(text), 0, width, size)

    def bold_lines(self, text: str, width: float, size: float) -> float:
        """Return how high a bold text is."""
        words = self._seen(text)
        return self._height(words, len(words), width, size)

    @staticmethod
    def _height(words: str, bold: int, width: float, size: float) -> float:
        # No line ends at a blank that does not break, which is narrower than this letter.
        unbroken = words.replace("\u00a0", "n")
        return line_count(unbroken, (width - _SPARE) / size, bold) * PITCH * size - LEADING * size

    def around(self, page: OnePage) -> float:
        """Return how high is what stands on the page in any case."""
        half = (WIDTH - BETWEEN) / 2
        passages = max(
            self.bold_lines(each.title, half, HEADING) + self.lines(each.words, half, TEXT)
            for each in page.passages
        )
        shown = self.lines(page.shown, WIDTH, FACT) if page.shown else 0.0
        nothing = 0.0 if page.missing.rows else self.lines(page.missing.nothing, WIDTH, TEXT)
        keys = len([*lines_of_keys(page)]) * KEY_LINE + bool(page.map.mark) * KEY_LINE
        return (
            self.lines(page.kicker, WIDTH, KICKER)
            + self.bold_lines(page.title, WIDTH, TITLE)
            + shown
            + keys
            + nothing
            + passages
            + self.lines(page.foot, WIDTH, FOOT)
            + SPACE
        )

    def facts(self, facts: Sequence[Fact]) -> float:
        """Return how high the facts are beside each other."""
        if not facts:
            return 0.0
        return FACTS_SPACE + max(
            self.bold_lines(fact.figure, width, FIGURE) + self.lines(fact.sentence, width, FACT)
            for fact, width in zip(facts, widths_of_facts(len(facts)), strict=True)
        )

    def heads(self, heads: Sequence[LevelHead], widths: Sequence[float]) -> float:
        """Return how high the heads of the map are."""
        return GAP + max(
            self.bold_lines(head.name, width, LEVEL)
            + (self.lines(head.unit, width, UNIT) if head.unit else 0.0)
            + self.lines(counts_of(head), width, UNIT)
            for head, width in zip(heads, widths, strict=True)
        )

    def role(self, row: MatrixRow, widths: Sequence[float]) -> float:
        """Return how high a row of the map is, with the gap below it."""
        cells = map(self._cell, row.cells, widths)
        there_is = self.lines(row.there_is, beside_map(widths), UNIT) if row.there_is else 0.0
        return GAP + 2 * INSET / 2 + max(self.bold_lines(row.role, ROLES, ROLE), there_is, *cells)

    def _cell(self, cell: ShareCell, width: float) -> float:
        inside, beside = room_of_cell(cell, width)
        word = PITCH * (WORD_OF_NONE if cell.coverage is Coverage.NONE else WORD)
        if not cell.beside:
            return word
        words = self.lines(cell.beside, beside or inside, BESIDE_WORD)
        return max(word, words) if beside else word + words

    def gap(self, row: MissingRow) -> float:
        """Return how high a row of what is missing is."""
        _, subject, missing, build_on = (width - FREE for width in MISSING)
        return ROW_SPACE + max(
            BOX,
            self.bold_lines(row.subject, subject, TABLE),
            self.lines(row.missing, missing, TABLE),
            self.lines(row.build_on, build_on, TABLE),
        )

    def rest(self, words: str) -> float:
        """Return how high a line on what is left out is; nothing if nothing is."""
        return self.lines(words, WIDTH, TABLE) + ROW_SPACE if words else 0.0


def widths_of_facts(number: int) -> list[float]:
    """Return the widths of facts beside each other."""
    parts = _FACT_PARTS[:number]
    room = WIDTH - BETWEEN * (number - 1)
    return [room * part / fsum(parts) for part in parts]


def counts_of(head: LevelHead) -> str:
    """Return how many cells of a column are covered how, in a line."""
    return " · ".join(words.replace(" ", "\u00a0") for _, words in head.counts)

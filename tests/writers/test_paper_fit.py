"""How large the words are on paper: as large as fits, names of instruments before small letters, never more than a page."""

import subprocess
import sys
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from clustergap.picture import LongestRow
from clustergap.writers.gap_map import (
    HEIGHT,
    LARGEST_CELL,
    LARGEST_SOURCE,
    LEADING,
    SMALLEST_CELL,
    SMALLEST_NAMED,
    SMALLEST_SOURCE,
    SMALLEST_SUMMARY,
    SUMMARY,
    TITLE,
    WIDTH,
    PaperSizes,
    fit_paper,
)

# By hand: a line is 1.3 letters high, and a row stands a whole letter off the next. Beside a title and a summary of one
# line each (6.5 and 5.07 mm), legend, foot and gaps (12, 4, 8), a page of 190 mm has 154.43 mm left. A digit of the
# bundled font, bold or not, is 0.556 of its size wide, and reckoned 1.3 times as wide: 0.723.

SHORT: LongestRow = ("r", [("w", "")])


def plain(rows: int, sources: int = 0, names: str = "") -> PaperSizes:
    """Fit rows of one cell, each one line high, and sources of one line."""
    return fit_paper("t", "s", [("r", [("w", names)])] * rows, ["x"] * sources)


def test_what_is_little_is_as_large_as_anything_gets() -> None:
    assert plain(1, 1) == PaperSizes(LARGEST_CELL, LARGEST_SOURCE, is_named=True, sources=1)


def test_without_sources_the_map_has_the_whole_page() -> None:
    # 30 rows and a head of two lines: (30 * 2.3 + 2.6) letters, 71.6 * 2.15 = 153.94.
    assert plain(30) == PaperSizes(2.15, LARGEST_SOURCE, is_named=True, sources=0)


def test_sources_take_room_at_their_smallest_and_grow_in_what_the_map_leaves() -> None:
    # Three lines in three columns and half a line that may stand over: 1.95 letters, 3.12 mm at 1.6.
    # The map: 71.6 * 2.1 = 150.36, which leaves 4.07 of 154.43: 1.95 * 2.05 = 3.9975.
    assert plain(30, 3) == PaperSizes(2.1, 2.05, is_named=True, sources=3)


def test_no_more_sources_are_printed_than_leave_the_map_more_than_half_of_the_room() -> None:
    # 45 % of 154.43 are 69.49 mm; 98 lines of 2.08 mm in three columns, half a line over, are 68.99.
    assert plain(1, 98).sources == 98
    assert plain(1, 99).sources == 98
    assert plain(1, 2000) == PaperSizes(LARGEST_CELL, LARGEST_SOURCE, is_named=True, sources=98)


def test_letters_that_are_too_small_for_names_stand_without_them() -> None:
    # 36 rows: (36 * 2.3 + 2.6) = 85.4 letters, at most 1.808 mm large; 31 rows at most 2.09, 30 at most 2.157.
    assert plain(36) == PaperSizes(1.8, LARGEST_SOURCE, is_named=False, sources=0)
    assert plain(31).cell < SMALLEST_NAMED <= plain(30).cell


def test_names_go_before_letters_get_smaller_than_can_be_read() -> None:
    # With names a row has two lines: (18 * 3.6 + 2.6) = 67.4 letters, at most 2.291 mm; of 22 rows at most 1.89.
    assert plain(18, names="n") == PaperSizes(2.25, LARGEST_SOURCE, is_named=True, sources=0)
    assert plain(22, names="n") == plain(22)._replace(is_named=False)
    assert plain(22).cell > SMALLEST_NAMED


def test_a_row_is_as_high_as_its_highest_cell_or_its_role() -> None:
    # At 4.4 mm eleven lines of a cell of 214.4 mm hold 741 digits, and of a role of 51.4 mm 177. A row of eleven lines
    # is 67.32 mm high: two of them and the head (11.44) fit, two of twelve lines do not.
    words, role = 741 * "0", 177 * "0"

    assert largest(role, (words, ""))
    assert not largest(role, (words + "0", ""))
    assert not largest(role + "0", (words, ""))


def test_names_stand_below_the_words_of_their_cell() -> None:
    # Five lines hold 336 digits, six 404.
    words, names = 336 * "0", 404 * "0"

    assert largest("r", (words, names))
    assert not largest("r", (words + "0", names))
    assert not largest("r", (words, names + "0"))


def largest(role: str, cell: tuple[str, str]) -> bool:
    """Tell whether two rows of one cell fit at the largest size."""
    return fit_paper("t", "s", [(role, [cell])] * 2, ()).cell == LARGEST_CELL


def test_cells_share_the_width_that_roles_leave() -> None:
    words = "0" * 400

    one, five = (
        fit_paper("t", "s", [("r", [(words, "")] * columns)] * 3, ()) for columns in (1, 5)
    )

    assert one.cell == LARGEST_CELL
    assert five.cell < LARGEST_CELL


def test_an_empty_map_is_no_reason_to_fail() -> None:
    assert fit_paper("", "", [], []) == PaperSizes(
        LARGEST_CELL, LARGEST_SOURCE, is_named=True, sources=0
    )
    assert fit_paper("", "", [("r", [])], [""]).sources == 1


def test_a_summary_of_a_dozen_of_the_longest_names_is_set_small_and_leaves_room_for_the_map() -> (
    None
):
    # A fifth of the page, 38 mm: at 1.45 mm 266 digits stand in a line of 1.885 mm, 5,300 in 20 lines.
    paper = fit_paper("t", "0" * 5300, [SHORT], ["x"])

    assert paper == PaperSizes(
        LARGEST_CELL, LARGEST_SOURCE, is_named=True, sources=1, summary=1.45
    )


def test_a_summary_of_a_fifth_of_the_page_is_as_large_as_any() -> None:
    # Seven lines of 5.07 mm hold 692 digits.
    assert fit_paper("t", "0" * 692, [SHORT], ()).summary == SUMMARY
    assert fit_paper("t", "0" * 693, [SHORT], ()).summary < SUMMARY


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    narrow, wide = (fit_paper("t", "s", [(letter * 290, [("w", "")])] * 6, ()) for letter in "iW")

    assert wide.cell < narrow.cell


def test_what_leaves_no_room_for_a_map_has_an_answer_too() -> None:
    # In a process of its own, of five seconds: who looks for what can never fit may never end.
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (5, 5))\n"
        "from clustergap.writers.gap_map import fit_paper\n"
        "print(*fit_paper('t' * 5000, 's' * 50000, [('r', [('w', 'n')])], ['x', 'y']))"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert outcome.stdout == f"{SMALLEST_CELL} {SMALLEST_SOURCE} False 0 {SMALLEST_SUMMARY}\n"


def test_many_sources_take_no_longer_than_few_for_each_of_them() -> None:
    # Those that have no room are looked at once, if at all.
    assert plain(1, 200_000).sources == 98


# By chance


def texts(most: int) -> st.SearchStrategy[str]:
    """Draw texts by their length alone, which is all that counts."""
    return st.integers(0, most).map("x".__mul__)


@st.composite
def maps(draw: st.DrawFn) -> list[LongestRow]:
    """Draw maps of one to six levels, of few or many roles."""
    levels = draw(st.integers(1, 6))
    cell = st.tuples(texts(150), texts(400))
    row = st.tuples(texts(300), st.lists(cell, min_size=levels, max_size=levels))
    rows: list[LongestRow] = list(draw(st.lists(row, min_size=1, max_size=4)))
    return rows * draw(st.sampled_from((1, 1, 3, 10)))


sources = st.lists(texts(600), max_size=8).flatmap(
    lambda few: st.sampled_from((1, 1, 4, 20)).map(lambda times: few * times)
)
titles, summaries = texts(300), texts(8000)


def letters(rows: Sequence[LongestRow], *, is_named: bool) -> int:
    """Count the letters of a map."""
    return sum(
        len(role) + sum(len(words) + (len(names) if is_named else 0) for words, names in cells)
        for role, cells in rows
    )


@given(titles, summaries, maps(), sources)
def test_sizes_are_always_within_their_bounds(
    title: str, summary: str, rows: list[LongestRow], cited: list[str]
) -> None:
    paper = fit_paper(title, summary, rows, cited)

    assert SMALLEST_CELL <= paper.cell <= LARGEST_CELL
    assert SMALLEST_SOURCE <= paper.source <= LARGEST_SOURCE
    assert SMALLEST_SUMMARY <= paper.summary <= SUMMARY
    assert 0 <= paper.sources <= len(cited)
    assert paper.cell >= SMALLEST_NAMED or not paper.is_named


@given(titles, summaries, maps(), sources)
def test_all_letters_have_room_on_the_page(
    title: str, summary: str, rows: list[LongestRow], cited: list[str]
) -> None:
    paper = fit_paper(title, summary, rows, cited)

    on_it = [
        (len(title), TITLE),
        (len(summary), paper.summary),
        (letters(rows, is_named=paper.is_named), paper.cell),
        (sum(map(len, cited[: paper.sources])), paper.source),
    ]
    # An x is half of its size wide, and reckoned 1.3 times as wide.
    area = sum(number * 0.65 * size * LEADING * size for number, size in on_it)
    assert area < WIDTH * HEIGHT or paper.cell == SMALLEST_CELL


@given(titles, summaries, maps(), maps(), sources)
def test_more_rows_never_make_the_letters_larger_nor_bring_names_back(
    title: str, summary: str, rows: list[LongestRow], others: list[LongestRow], cited: list[str]
) -> None:
    few, more = (fit_paper(title, summary, one, cited) for one in (rows, rows + others))

    assert (more.is_named, few.is_named) != (True, False)
    assert more.sources == few.sources
    if more.is_named is few.is_named:
        assert more.cell <= few.cell


@given(titles, summaries, maps(), sources, texts(600))
def test_one_more_source_never_makes_the_letters_of_the_map_larger(
    title: str, summary: str, rows: list[LongestRow], cited: list[str], another: str
) -> None:
    few, more = (fit_paper(title, summary, rows, one) for one in (cited, [*cited, another]))

    assert more.sources - few.sources in (0, 1)
    assert more.sources == few.sources or few.sources == len(cited)
    assert (more.is_named, few.is_named) != (True, False)
    if more.is_named is few.is_named:
        assert more.cell <= few.cell


@given(titles, summaries, maps(), sources, st.integers(1, 300))
def test_longer_sources_never_make_any_letters_larger_if_as_many_are_printed(
    title: str, summary: str, rows: list[LongestRow], cited: list[str], by: int
) -> None:
    short = fit_paper(title, summary, rows, cited)
    long = fit_paper(title, summary, rows, [source + by * "x" for source in cited])

    assert long.sources <= short.sources
    if (long.sources, long.is_named) == (short.sources, short.is_named):
        assert long.cell <= short.cell
        assert long.source <= short.source or long.cell < short.cell


@given(titles, summaries, maps(), sources)
def test_names_are_left_out_as_if_there_were_none(
    title: str, summary: str, rows: list[LongestRow], cited: list[str]
) -> None:
    without = [(role, [(words, "") for words, _ in cells]) for role, cells in rows]

    paper, nameless = (fit_paper(title, summary, one, cited) for one in (rows, without))

    if not paper.is_named:
        assert paper == nameless._replace(is_named=False)
    assert paper.cell <= nameless.cell


@given(titles, summaries, maps(), sources, texts(300))
def test_a_longer_title_leaves_no_more_room(
    title: str, summary: str, rows: list[LongestRow], cited: list[str], words: str
) -> None:
    short, long = (fit_paper(one, summary, rows, cited) for one in (title, title + words))

    assert long.sources <= short.sources
    if (long.sources, long.is_named) == (short.sources, short.is_named):
        assert long.cell <= short.cell

"""One sheet: every text exactly as it is, every number as a number, on A4 in landscape."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.render.xlsx.address import link_to
from clustergap.render.xlsx.fit import count_lines, height
from clustergap.render.xlsx.looks import Format, Look, Looks, Worksheet

LONGEST_TEXT = 32_767
"""Units of UTF-16 that a cell holds."""

_A4 = 9
_BESIDE, _ABOVE = 0.4, 0.6
"""Inches of the margins."""

_WIDEST_PAGE = 300
"""Digits beside each other on a page, each then half as large as on the screen."""

_RUN_BEGINS, _RUN_ENDS = "<r>", "</r>"


class Choice(NamedTuple):
    """Words to choose from, or the formula of the cells that hold them; what is chosen, and a remark for other words."""

    source: str | Sequence[str]
    name: str
    about: str


class Sheet:
    """A sheet that is being written; rows and columns count from 0, widths are those of a digit.

    ``most_rows`` and ``most_links`` are how many of them it holds: with more links, Excel mends the file by leaving out
    all.
    """

    most_rows, most_links = 1_048_576, 65_530

    def __init__(self, raw: Worksheet, looks: Looks, day: str) -> None:
        self.raw, self.looks = raw, looks
        self.widths: Sequence[float] = ()
        self._links = 0
        raw.set_landscape()
        raw.set_paper(_A4)
        raw.set_margins(left=_BESIDE, right=_BESIDE, top=_ABOVE, bottom=_ABOVE)
        raw.set_footer(f"&L{day}&C&A&RPage &P of &N")

    def columns(self, widths: Sequence[float], looks: Sequence[Look] = ()) -> None:
        """Set how wide the columns are, for their texts, and how their cells look: like a text if nothing is said."""
        self.widths = widths
        for column, width in enumerate(widths):
            look = looks[column] if looks else self.looks.text
            self.raw.set_column(column, column, width + 1, look.format)
        self._fit_paper()

    def _fit_paper(self) -> None:
        # As wide as a page, or as two that lie side by side: smaller letters nobody reads on paper.
        pages = math.ceil(math.fsum(self.widths) / _WIDEST_PAGE)
        self.raw.fit_to_pages(pages, 0)
        if pages > 1:
            self.raw.repeat_columns(0)
            self.raw.print_across()

    def text(self, row: int, column: int, text: str, look: Look | None = None) -> None:
        """Write a text; without a look, in that of its column."""
        if not text:
            self.raw.write_blank(row, column, None, look.format if look else None)
        elif text.startswith(_RUN_BEGINS) and text.endswith(_RUN_ENDS):
            self._text_like_markup(row, column, text, (look or self.looks.text).format)
        else:
            self.raw.write_string(row, column, text, look.format if look else None)

    def _text_like_markup(self, row: int, column: int, text: str, format_: Format) -> None:
        # The library would take it for runs of formatted text that it has written itself. In runs it writes it well,
        # but for escapes, which it would escape twice: no run holds a whole one.
        first, *others = ["<", *text[1:].replace("_x", "_\0x").split("\0")]
        runs = [part for other in others for part in (format_, other)]
        self.raw.write_rich_string(row, column, first, *runs, format_)

    def number(self, row: int, column: int, number: float) -> None:
        """Write a number."""
        self.raw.write_number(row, column, number, self.looks.number.format)

    def link(self, row: int, column: int, url: str) -> None:
        """Write a web address, as a link where that is one that can be followed."""
        link = link_to(url)
        if link is None or self._links == self.most_links:
            self.text(row, column, url)
            return
        self._links += 1
        self.raw.write_url(row, column, link, self.looks.link.format, url)

    def go_to(self, row: int, column: int, name: str) -> None:
        """Write the name of another sheet, as a link to it."""
        sheet = f"'{name}'" if " " in name else name
        self.raw.write_url(row, column, f"internal:{sheet}!A1", self.looks.link.format, name)

    def offer(self, column: int, first: int, last: int, choice: Choice) -> None:
        """Offer a choice in the rows of a column; other words are warned of."""
        rule = {
            "validate": "list",
            "source": choice.source,
            "error_type": "warning",
            "error_title": f"Not a known {choice.name}",
            "error_message": choice.about,
        }
        self.raw.data_validation(first, column, last, column, rule)

    def explain(self, row: int, column: int, name: str, about: str) -> None:
        """Say what a column is about to whoever stands on its header."""
        note = {"validate": "any", "input_title": name, "input_message": about}
        self.raw.data_validation(row, column, row, column, note)

    def across(self, row: int, first: int, text: str, look: Look) -> None:
        """Write a text from one column to the last, in a row that is as high as it needs."""
        room = self.widths[first:]
        if len(room) > 1:
            self.raw.merge_range(row, first, row, len(self.widths) - 1, "", look.format)
        self.text(row, first, text, look)
        self.raw.set_row(row, height(self.lines(text, math.fsum(room), look), look.size))

    def lines(self, text: str, width: float, look: Look) -> int:
        """Return how many lines a text needs in a column."""
        return count_lines(text, width / look.scale)

    def fit_row(self, row: int, lines: int) -> None:
        """Give a row the height of so many lines; one line needs nothing, and then grows with what is typed."""
        if lines > 1:
            self.raw.set_row(row, height(lines))


def refuse_too_long(text: str, what: str) -> None:
    """Refuse a text that has no room in a cell.

    Raises:
        ClusterGapError: It is too long; *what* says what it is.
    """
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise ClusterGapError(
            f"{what} has {len(text):,} characters, and a cell of a workbook holds {LONGEST_TEXT:,}: "
            "shorten it, or write another format"
        )

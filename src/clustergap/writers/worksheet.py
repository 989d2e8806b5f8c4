"""A workbook that is being written: every text exactly as it is, every number as a number, on A4 in landscape.

It wraps xlsxwriter, which has no types, with what all our workbooks have in common: how cells look, links that every
program takes, rows that are as high as their texts, and the same bytes for the same data.
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from clustergap.analysis.coverage import Coverage
from clustergap.list_format.reference_layout import LONGEST_TEXT, fits_cell
from clustergap.text_metrics import break_lines, text_width
from clustergap.theme import FILLS, TEXT_COLOURS

LONGEST_LINK = 2_079
"""Characters of a link that Excel opens; what is longer spoils the file."""

CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""No clock: the same data makes the same file."""

FONT: Mapping[str, Any] = {"font_name": "Arial", "font_size": 10}
"""On every machine, or one with letters as wide."""

TEXT: Mapping[str, Any] = {"num_format": "@", "valign": "top"}
"""As a text, so that nothing that is typed over it becomes a formula or a date."""

_GOES_ON = f"… (the text goes on: a cell of a workbook holds {LONGEST_TEXT:,} characters)"

_A4 = 9
_BESIDE, _ABOVE = 0.4, 0.6
"""Inches of the margins."""

_WIDEST_PAGE = 300
"""Digits beside each other on a page, each then half as large as on the screen."""

_RUN_BEGINS, _RUN_ENDS = "<r>", "</r>"

_NOT_IN_LINKS = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]")

_THIN, _MEDIUM, _DASHED, _DOTTED, _DOUBLE = 1, 2, 8, 4, 6
_EDGE: Mapping[str, str | float] = {"border": _THIN, "border_color": "#FFFFFF"}
_BORDERS: Mapping[Coverage, Mapping[str, str | float]] = {
    Coverage.FULL: _EDGE,
    Coverage.PARTIAL: {**_EDGE, "left": _DOUBLE, "left_color": "#7A5A00"},
    Coverage.NONE: {"border": _DASHED, "border_color": "#A61B1B"},
    Coverage.UNKNOWN: {"border": _DOTTED, "border_color": "#5A5A5A"},
}


class CellFormat(NamedTuple):
    """A format of the library, and of its letters how much larger than in an ordinary cell they are and whether bold."""

    format: Any
    size: float = 1.0
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class CellFormats:
    """How the cells of one workbook look: coverage by fill, ink and border, all else in black on white.

    ``beside``: a text that stands at another cell's side. ``coverage``: a cell of the matrix, and wherever a coverage
    is named. ``example``: a text that stands for what people may write.
    """

    text: CellFormat
    beside: CellFormat
    number: CellFormat
    head: CellFormat
    title: CellFormat
    strong: CellFormat
    link: CellFormat
    example: CellFormat
    coverage: Mapping[Coverage, CellFormat]


class WorkbookFile:
    """A workbook in memory.

    Args:
        title: What the data are.
        subject: What it answers.
        comments: What its reader must know.
        footer: What stands at the foot of every printed page, beside the sheet's name and the page's number.
    """

    def __init__(self, title: str, subject: str, comments: str, footer: str) -> None:
        self._bytes = BytesIO()
        self._raw = open_workbook(self._bytes)
        self._formats = _cell_formats(self._raw)
        self._footer = footer
        properties = {"title": title, "subject": subject, "comments": comments}
        self._raw.set_properties({**properties, "created": CREATED})

    def sheet(self, name: str) -> "Worksheet":
        """Add a sheet behind those that are there."""
        return Worksheet(self._raw.add_worksheet(name), self._formats, self._footer)

    def close(self) -> bytes:
        """Return the finished file."""
        self._raw.close()
        return self._bytes.getvalue()


class Worksheet:
    """A sheet that is being written; rows and columns count from 0, widths are those of a digit.

    ``most_rows`` and ``most_links`` are how many of them it holds: with more links, Excel mends the file by leaving out
    all.
    """

    most_rows, most_links = 1_048_576, 65_530

    def __init__(self, raw: Any, formats: CellFormats, footer: str) -> None:  # noqa: ANN401
        self.raw, self.formats = raw, formats
        self.widths: Sequence[float] = ()
        self._links = 0
        raw.set_landscape()
        raw.set_paper(_A4)
        raw.set_margins(left=_BESIDE, right=_BESIDE, top=_ABOVE, bottom=_ABOVE)
        raw.set_footer(f"&L{footer}&C&A&RPage &P of &N")

    def columns(self, widths: Sequence[float], formats: Sequence[CellFormat] = ()) -> None:
        """Set how wide the columns are, for their texts, and how their cells look: like a text if nothing is said."""
        self.widths = widths
        for column, width in enumerate(widths):
            cell_format = formats[column] if formats else self.formats.text
            self.raw.set_column(column, column, width + 1, cell_format.format)
        self._fit_paper()

    def _fit_paper(self) -> None:
        # As wide as a page, or as two that lie side by side: smaller letters nobody reads on paper.
        pages = math.ceil(math.fsum(self.widths) / _WIDEST_PAGE)
        self.raw.fit_to_pages(pages, 0)
        if pages > 1:
            self.raw.repeat_columns(0)
            self.raw.print_across()

    def text(
        self, row: int, column: int, text: str, cell_format: CellFormat | None = None
    ) -> None:
        """Write a text, in the format of its column if none is given; the end of one that a cell does not hold is cut."""
        if not fits_cell(text):
            text = _cut(text)
        if not text:
            self.raw.write_blank(row, column, None, cell_format.format if cell_format else None)
        elif text.startswith(_RUN_BEGINS) and text.endswith(_RUN_ENDS):
            self._text_like_markup(row, column, text, (cell_format or self.formats.text).format)
        else:
            self.raw.write_string(row, column, text, cell_format.format if cell_format else None)

    def _text_like_markup(self, row: int, column: int, text: str, format_: Any) -> None:  # noqa: ANN401
        # The library would take it for runs of formatted text that it has written itself. In runs it writes it well,
        # but for escapes, which it would escape twice: no run holds a whole one.
        first, *others = ["<", *text[1:].replace("_x", "_\0x").split("\0")]
        runs = [part for other in others for part in (format_, other)]
        self.raw.write_rich_string(row, column, first, *runs, format_)

    def number(self, row: int, column: int, number: float) -> None:
        """Write a number."""
        self.raw.write_number(row, column, number, self.formats.number.format)

    def link(self, row: int, column: int, url: str) -> None:
        """Write a web address, as a link where that is one that can be followed."""
        link = link_to(url)
        if link is None or self._links == self.most_links:
            self.text(row, column, url)
            return
        self._links += 1
        self.raw.write_url(row, column, link, self.formats.link.format, url)

    def go_to(self, row: int, column: int, name: str) -> None:
        """Write the name of another sheet, as a link to it."""
        sheet = f"'{name}'" if " " in name else name
        self.raw.write_url(row, column, f"internal:{sheet}!A1", self.formats.link.format, name)

    def offer(self, column: int, name: str, source: str | list[str], remark: str) -> None:
        """Offer words, or what the cells of a formula hold, below a column's header; a *remark* warns of other words."""
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": f"Not a known {name}",
            "error_message": remark,
        }
        self.raw.data_validation(1, column, self.most_rows - 1, column, rule)

    def explain(self, column: int, name: str, meaning: str) -> None:
        """Say what a column means to whoever stands on its header."""
        note = {"validate": "any", "input_title": name, "input_message": meaning}
        self.raw.data_validation(0, column, 0, column, note)

    def across(self, row: int, first: int, text: str, cell_format: CellFormat) -> None:
        """Write a text from one column to the last, in a row that is as high as it needs."""
        room = self.widths[first:]
        if len(room) > 1:
            self.raw.merge_range(row, first, row, len(self.widths) - 1, "", cell_format.format)
        self.text(row, first, text, cell_format)
        self.raw.set_row(
            row, row_height(self.lines(text, math.fsum(room), cell_format), cell_format.size)
        )

    def lines(self, text: str, width: float, cell_format: CellFormat) -> int:
        """Return how many lines a text needs in a column."""
        return count_lines(text, width / cell_format.size, len(text) if cell_format.is_bold else 0)

    def fit_row(self, row: int, lines: int) -> None:
        """Give a row the height of so many lines; one line needs nothing, and then grows with what is typed."""
        if lines > 1:
            self.raw.set_row(row, row_height(lines))


def open_workbook(data: BytesIO) -> Any:  # noqa: ANN401
    """Open a workbook of the library that writes texts as texts."""
    from xlsxwriter import Workbook

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": dict(FONT),  # which the library changes
    }
    return Workbook(data, options)


def _cell_formats(workbook: Any) -> CellFormats:  # noqa: ANN401
    def cell_format(**properties: str | float) -> CellFormat:
        size = float(properties.setdefault("font_size", FONT["font_size"])) / FONT["font_size"]
        format_ = workbook.add_format({**TEXT, "text_wrap": True, **properties})
        return CellFormat(format_, size, bool(properties.get("bold")))

    return CellFormats(
        text=cell_format(),
        beside=cell_format(align="left", indent=1),
        number=cell_format(num_format="General", align="center"),
        head=cell_format(bold=True, bg_color="#E4E8EE", bottom=_MEDIUM),
        title=cell_format(bold=True, font_size=14),
        strong=cell_format(bold=True),
        link=cell_format(font_color="#0B5394", underline=1),
        example=cell_format(italic=True, font_color="#5A5A5A"),
        coverage={
            coverage: cell_format(
                **_BORDERS[coverage],
                bg_color=FILLS[coverage],
                font_color=TEXT_COLOURS[coverage],
                bold=coverage is Coverage.NONE,
                align="left",
                indent=1,
            )
            for coverage in Coverage
        },
    )


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(_GOES_ON))]
    return units.decode("utf-16-le", "ignore") + _GOES_ON


def link_to(url: str) -> str | None:
    """Return what a link to a web address is written as; None where it had better stay a text.

    >>> link_to("https://example.org/a<b>#c#d")
    'https://example.org/a%3Cb%3E#c%23d'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return None
    address, hash_, fragment = _NOT_IN_LINKS.sub(_percent_encode, url).partition("#")
    link = address + hash_ + fragment.replace("#", "%23")
    return link if len(link) <= LONGEST_LINK else None


def _percent_encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))


# How wide and how high texts are in cells, so that nothing is cut: who writes a file has no program to ask. Widths are
# those of a digit, as in spreadsheets; heights are points. The first *bold* letters of a text are bold.

LEADING, PADDING = 12.75, 3.0
"""The height of a line, and what a row has beside its lines."""

MOST_LINES = 31
"""What the highest row that there is, of 409 points, has room for."""

WIDEST = 250.0
"""What a column may have at the most: 255, less what its texts keep from its borders."""

_EM = 2.0
"""Digits in an em: of Arial's 13.3 pixels, at 10 points, a digit has 7; with 5 % more, as programs round each letter."""

_WIDER = (60.0, 90.0, 120.0, 180.0)


def line_width(line: str, bold: int = 0) -> float:
    """Return how wide a line is.

    >>> line_width("WWW") > line_width("mmm") > line_width("iii")
    True
    """
    return _EM * text_width(line, bold)


def longest_line(text: str) -> float:
    """Return the width of the widest line of a text as it stands."""
    return max(map(line_width, text.split("\n"))) if "\n" in text else line_width(text)


def count_lines(text: str, width: float, bold: int = 0) -> int:
    """Return how many lines a text needs in a column; a word that is wider alone is broken."""
    if "\n" not in text and line_width(text, bold) <= width:
        return 1
    return len(break_lines(text, width / _EM, bold))


def row_height(lines: int, size: float = 1.0) -> float:
    """Return the height of a row of so many lines, whose letters are *size* times as large as others."""
    return min(lines, MOST_LINES) * LEADING * size + PADDING


def wide_enough(texts: Collection[str], wide: float) -> float:
    """Return how wide a column is that has room for each text in the highest row, if any has; at least *wide*."""
    widths = (width for width in (wide, *_WIDER) if width >= wide)
    fits = (
        width for width in widths if all(count_lines(text, width) <= MOST_LINES for text in texts)
    )
    return next(fits, WIDEST)

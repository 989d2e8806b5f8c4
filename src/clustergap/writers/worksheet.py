"""Writes a workbook: every text exactly as it is, every number as a number, for A4.

It wraps xlsxwriter, which has no types, with what all our workbooks share: the look of cells, links that every program
accepts, rows as high as their texts, and the same bytes for the same data.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from clustergap.analysis.coverage import Coverage
from clustergap.errors import ClusterGapError
from clustergap.list_format.reference_layout import LONGEST_TEXT, fits_cell
from clustergap.text import isolate_names
from clustergap.theme import FILLS, TEXT_COLOURS
from clustergap.writers.column_widths import (
    ABOVE,
    BESIDE,
    LETTERS,
    count_lines,
    fit_paper,
    row_height,
)

LONGEST_LINK = 2_079
"""Characters of a link that Excel accepts; a longer one makes the file invalid."""

CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed time, so that the same data makes the same file."""

FONT: Mapping[str, Any] = {"font_name": "Arial", "font_size": LETTERS}
"""Every machine has this font, or one with the same widths."""

TEXT: Mapping[str, Any] = {"num_format": "@", "valign": "top"}
"""The text format, so that nothing typed into the cell becomes a formula or a date."""

_GOES_ON = f"… (the text goes on: a cell of a workbook holds {LONGEST_TEXT:,} characters)"

_A4 = 9

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
    """A format of the library, the size of its letters relative to ordinary cells, and whether they are bold."""

    format: Any
    size: float = 1.0
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class CellFormats:
    """The cell formats of a workbook: coverage by fill, text colour and border, everything else in black on white.

    ``beside``: a text next to its label. ``coverage``: a cell of the matrix, or any cell with a coverage. ``example``:
    an example of what people may write.
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
        title: What the data is about.
        subject: What the workbook answers.
        comments: What its reader must know.
        footer: The foot of every printed page, beside the name of the sheet and the page number.
    """

    def __init__(self, title: str, subject: str, comments: str, footer: str) -> None:
        self._bytes = BytesIO()
        self._raw = open_workbook(self._bytes)
        self._formats = _cell_formats(self._raw)
        self._footer = footer
        properties = {"title": title, "subject": subject, "comments": comments}
        self._raw.set_properties({**properties, "created": CREATED})

    def sheet(self, name: str) -> "Worksheet":
        """Add a sheet after the others."""
        return Worksheet(self._raw.add_worksheet(name), self._formats, self._footer)

    def close(self) -> bytes:
        """Return the finished file."""
        self._raw.close()
        return self._bytes.getvalue()


class Worksheet:
    """A sheet that is being written; rows and columns start at 0, widths are in digits.

    ``most_rows``, ``most_columns`` and ``most_links`` are the limits of a sheet: with more links, Excel repairs the file by
    removing all of them.
    """

    most_rows, most_columns, most_links = 1_048_576, 16_384, 65_530

    def __init__(self, raw: Any, formats: CellFormats, footer: str) -> None:  # noqa: ANN401
        self.raw, self.formats = raw, formats
        self.widths: Sequence[float] = ()
        self._links = self._on_first_page = 0
        raw.set_paper(_A4)
        raw.set_margins(left=BESIDE, right=BESIDE, top=ABOVE, bottom=ABOVE)
        raw.set_footer(f"&L{footer}&C&A&RPage &P of &N")

    def columns(self, widths: Sequence[float], formats: Sequence[CellFormat] = ()) -> None:
        """Set the widths of the columns, and the formats of their cells, by default that of a text.

        Raises:
            ClusterGapError: There are more than a sheet can have.
        """
        if len(widths) > self.most_columns:
            raise ClusterGapError(
                f"{len(widths):,} columns are more than a sheet of a workbook holds, {self.most_columns:,}: "
                "ask for less, or write another format"
            )
        self.widths = widths
        for column, width in enumerate(widths):
            cell_format = formats[column] if formats else self.formats.text
            self.raw.set_column(column, column, width + 1, cell_format.format)
        self._fit_paper()

    def _fit_paper(self) -> None:
        fit = fit_paper(self.widths)
        self._on_first_page = fit.first
        if not fit.is_portrait:
            self.raw.set_landscape()
        if fit.scale is None:
            self.raw.fit_to_pages(1, 0)
        else:
            self.raw.set_print_scale(fit.scale)
            self.raw.repeat_columns(0)
            self.raw.print_across()

    def text(
        self, row: int, column: int, text: str, cell_format: CellFormat | None = None
    ) -> None:
        """Write a text, by default in the format of its column; one that is too long for a cell is cut at its end."""
        if not fits_cell(text):
            text = _cut(text)
        if not text:
            self.raw.write_blank(row, column, None, cell_format.format if cell_format else None)
        elif text.startswith(_RUN_BEGINS) and text.endswith(_RUN_ENDS):
            self._text_like_markup(row, column, text, (cell_format or self.formats.text).format)
        else:
            self.raw.write_string(row, column, text, cell_format.format if cell_format else None)

    def _text_like_markup(self, row: int, column: int, text: str, format_: Any) -> None:  # noqa: ANN401
        # The library would take it for runs of formatted text that it has written itself. Written as runs it is right,
        # except for escapes, which would be escaped twice, so no run has a whole one.
        first, *others = ["<", *text[1:].replace("_x", "_\0x").split("\0")]
        runs = [part for other in others for part in (format_, other)]
        self.raw.write_rich_string(row, column, first, *runs, format_)

    def number(self, row: int, column: int, number: float) -> None:
        """Write a number."""
        self.raw.write_number(row, column, number, self.formats.number.format)

    def link(self, row: int, column: int, url: str) -> None:
        """Write a web address, as a link if it can be one."""
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
        """Offer words, or the cells of a formula, as choices in a column; *remark* is shown for other words."""
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": f"Not a known {name}",
            "error_message": remark,
        }
        self.raw.data_validation(1, column, self.most_rows - 1, column, rule)

    def explain(self, column: int, name: str, meaning: str) -> None:
        """Show the meaning of a column when its header is selected."""
        note = {"validate": "any", "input_title": name, "input_message": meaning}
        self.raw.data_validation(0, column, 0, column, note)

    def across(self, row: int, first: int, text: str, cell_format: CellFormat) -> None:
        """Write a text from column *first* across to the last of the first page, in a row that is high enough."""
        last = max(first + 1, self._on_first_page)
        room = self.widths[first:last]
        if len(room) > 1:
            self.raw.merge_range(row, first, row, last - 1, "", cell_format.format)
        self.text(row, first, isolate_names(text), cell_format)
        self.raw.set_row(
            row, row_height(self.lines(text, math.fsum(room), cell_format), cell_format.size)
        )

    def lines(self, text: str, width: float, cell_format: CellFormat) -> int:
        """Return how many lines a text needs in a column."""
        return count_lines(text, width / cell_format.size, len(text) if cell_format.is_bold else 0)

    def fit_row(self, row: int, lines: int) -> None:
        """Set the height of a row for *lines* lines; a row of one line gets none, so that it grows with typed text."""
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
        "default_format_properties": dict(FONT),  # a copy, as the library changes it
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
    """Return the target of a link to a web address; None if it should stay a text.

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

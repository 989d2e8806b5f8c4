"""How cells look: coverage by fill, ink and border, as on pages and pictures; all else in black on white."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.theme import FILLS, INKS

Workbook = Any
Worksheet = Any
Format = Any
"""Of the library that writes workbooks, which has no types."""

_SIZE, BOLDER = 10, 1.1
"""Points of a letter, and how much wider bold ones are."""

FONT: Mapping[str, Any] = {"font_name": "Arial", "font_size": _SIZE}
"""On every machine, or one with letters as wide."""

_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}
"""As a text, so that nothing that is typed over it becomes a formula or a date."""

_THIN, _MEDIUM, _DASHED, _DOTTED, _DOUBLE = 1, 2, 8, 4, 6
_EDGE: Mapping[str, str | float] = {"border": _THIN, "border_color": "#FFFFFF"}
_BORDERS: Mapping[Coverage, Mapping[str, str | float]] = {
    Coverage.FULL: _EDGE,
    Coverage.PARTIAL: {**_EDGE, "left": _DOUBLE, "left_color": "#7A5A00"},
    Coverage.NONE: {"border": _DASHED, "border_color": "#A61B1B"},
    Coverage.UNKNOWN: {"border": _DOTTED, "border_color": "#5A5A5A"},
}


class Look(NamedTuple):
    """A format, and how much larger and wider than in an ordinary cell its letters are."""

    format: Format
    size: float = 1.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Looks:
    """How the cells of one workbook look.

    ``beside``: a text that stands at another cell's side. ``coverage``: a cell of the matrix, and wherever a coverage
    is named. ``example``: a text that stands for what people may write.
    """

    text: Look
    beside: Look
    number: Look
    head: Look
    title: Look
    strong: Look
    link: Look
    example: Look
    coverage: Mapping[Coverage, Look]


def make_looks(workbook: Workbook) -> Looks:
    """Make the formats of a workbook."""

    def look(**properties: str | float) -> Look:
        size = float(properties.setdefault("font_size", _SIZE)) / _SIZE
        scale = size * (BOLDER if properties.get("bold") else 1.0)
        return Look(workbook.add_format({**_TEXT, **properties}), size, scale)

    return Looks(
        text=look(),
        beside=look(align="left", indent=1),
        number=look(num_format="General", align="center"),
        head=look(bold=True, bg_color="#E4E8EE", bottom=_MEDIUM),
        title=look(bold=True, font_size=14),
        strong=look(bold=True),
        link=look(font_color="#0B5394", underline=1),
        example=look(italic=True, font_color="#5A5A5A"),
        coverage={one: look(**_coverage(one)) for one in Coverage},
    )


def _coverage(coverage: Coverage) -> Mapping[str, str | float]:
    return {
        **_BORDERS[coverage],
        "bg_color": FILLS[coverage],
        "font_color": INKS[coverage],
        "bold": coverage is Coverage.NONE,
        "align": "left",
        "indent": 1,
    }

"""Coverage over the years drawn for slides: one strip a cell, the years from left to right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.picture import Drawing, Strip, StripSpan, TimelinePicture
from clustergap.theme import INKS
from clustergap.writers.svg import (
    GAP,
    HEAD,
    MARGIN,
    PADDING,
    SHAPE,
    Attributes,
    Box,
    Canvas,
    Face,
    column_for,
    draw_box,
    draw_shape,
    element,
    rect,
    write_line,
    write_lines,
)

WIDTH, ROLE_WIDTH, LEVEL_WIDTH, STRIP, ROOM_FOR_YEAR = 1280.0, 200.0, 80.0, 24.0, 72.0

WORD = Face(15)
"""The picture of a few roles is as high as a slide: this is 11 pt there."""

NARROW = 12.0
"""Pixels below which a span has no room for its border: a gap is filled with its border's colour."""

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Years between two that are named."""


def write(picture: TimelinePicture) -> Drawing[str]:
    """Draw a timeline as an SVG."""
    canvas = Canvas(WIDTH)
    canvas.head(picture.caption)
    _Strips(canvas, picture).draw()
    canvas.foot(picture.caption, WORD)
    return canvas.finish(picture.caption)


class _Axis(NamedTuple):
    """Days from left to right; ``begins`` to ``ends``, which lies behind the last day, as ordinals."""

    begins: int
    ends: int
    left: float
    width: float

    def x(self, day: date) -> float:
        part = (day.toordinal() - self.begins) / (self.ends - self.begins)
        return self.left + self.width * min(1.0, max(0.0, part))

    def years(self) -> Iterator[tuple[float, int]]:
        """Walk through the years that are named, with the place of their first day."""
        first = date.fromordinal(self.begins).year
        last = date.fromordinal(self.ends - 1).year
        most = self.width / ROOM_FOR_YEAR
        step = next((step for step in STEPS if (last - first + 1) / step <= most), STEPS[-1])
        for year in range(first, last + 1):
            day = date(year, 1, 1)
            if year % step == 0 and self.begins <= day.toordinal() < self.ends:
                x = self.x(day)
                if x + ROOM_FOR_YEAR / 2 < self.left + self.width:
                    yield x, year


class _Strips:
    """One strip a cell, level below level, role below role, under the years."""

    def __init__(self, canvas: Canvas, picture: TimelinePicture) -> None:
        self.canvas, self.picture = canvas, picture
        self.role = column_for(picture.roles, HEAD, ROLE_WIDTH)
        self.level = column_for(picture.levels, WORD, LEVEL_WIDTH)
        left = MARGIN + self.role + self.level
        begins, ends = picture.first.toordinal(), picture.last.toordinal() + 1
        self.axis = _Axis(begins, ends, left, canvas.width - MARGIN - left)

    def draw(self) -> None:
        canvas, axis = self.canvas, self.axis
        for x, year in axis.years():
            canvas.parts.append(write_line(x + 3, canvas.y + WORD.size, str(year), WORD))
        top = canvas.y
        lines = len(canvas.parts)
        canvas.y += WORD.leading + 4
        for role, strips in zip(self.picture.roles, self.picture.strips, strict=True):
            self.draw_role(role, strips)
        # Behind the strips, so before them in the document.
        height = canvas.y - top - GAP
        canvas.parts[lines:lines] = [_line(x, top, height, "#C8C8C8") for x, _ in axis.years()]
        self.draw_data_date(top + WORD.leading, canvas.y - GAP)

    def draw_role(self, role: str, strips: tuple[Strip, ...]) -> None:
        canvas, top = self.canvas, self.canvas.y
        words = HEAD.wrap(role, self.role - PADDING)
        canvas.parts += write_lines(MARGIN, top + 3, words, HEAD)
        for level, strip in zip(self.picture.levels, strips, strict=True):
            names = WORD.wrap(level, self.level - GAP)
            height = max(STRIP, len(names) * WORD.leading + 4)
            canvas.parts += write_lines(MARGIN + self.role, canvas.y + 2, names, WORD)
            canvas.parts += self.draw_strip(strip, height)
            canvas.y += height + 2
        canvas.y = max(canvas.y, top + len(words) * HEAD.leading) + GAP

    def draw_strip(self, strip: Strip, height: float) -> list[str]:
        axis, parts = self.axis, list[str]()
        edges = [axis.left, *(axis.x(span.starts) for span in strip if span.starts)]
        edges.append(axis.left + axis.width)
        for n, span in enumerate(strip):
            # One day among many years is still seen.
            width = max(2.0, edges[n + 1] - edges[n])
            parts += _draw_span(span, Box(edges[n], self.canvas.y, width, height))
        return parts

    def draw_data_date(self, top: float, bottom: float) -> None:
        day, axis = self.picture.data_date, self.axis
        if day is None or not axis.begins <= day.toordinal() < axis.ends:
            return
        canvas, x = self.canvas, axis.x(day)
        canvas.parts.append(_line(x, top, bottom - top + 4, "#1A1A1A"))
        words = f"{day.isoformat()}: the date of the data"
        left = min(x, axis.left + axis.width - WORD.width(words))
        canvas.parts.append(write_line(left, bottom + 4 + WORD.size, words, WORD))
        canvas.y += WORD.leading


def _draw_span(span: StripSpan, box: Box) -> list[str]:
    coverage = span.coverage
    if box.width < NARROW and coverage is Coverage.NONE:
        return [rect(box, INKS[coverage])]
    face = replace(WORD, fill=INKS[coverage])
    middle = box.y + box.height / 2
    parts = draw_box(coverage, box)
    left = box.x + GAP + 2 + SHAPE
    if box.width > 4 * SHAPE:
        parts += draw_shape(coverage, left, middle, face.fill)
    room = box.x + box.width - left - 2 * SHAPE - GAP
    words = next((words for words in span.words if face.width(words) <= room), "")
    if words:
        parts.append(write_line(left + 2 * SHAPE, middle + face.size / 2 - 2, words, face))
    return parts


def _line(x: float, y: float, height: float, stroke: str) -> str:
    line: Attributes = {"x1": x, "y1": y, "x2": x, "y2": y + height, "stroke": stroke}
    return element("line", line)

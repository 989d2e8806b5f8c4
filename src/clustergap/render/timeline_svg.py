"""Coverage over the years as a picture for slides: one strip a cell, the years from left to right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.timeline import Span, Timeline
from clustergap.answers.phrases import narrowing_in_words
from clustergap.answers.timeline import beginning, describe, extent, source_of
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.render.grammar.coverage_svg import SHAPE, Box, draw_box, draw_shape, rect
from clustergap.render.grammar.picture import (
    BODY,
    GAP,
    HEAD,
    MARGIN,
    PADDING,
    TITLE,
    Picture,
    column_for,
)
from clustergap.render.grammar.svg import Attributes, Face, element, write, write_lines
from clustergap.text import count
from clustergap.theme import GAP_DEFINITION, INKS, WORDS

WIDTH, ROLE_WIDTH, LEVEL_WIDTH, STRIP, ROOM_FOR_YEAR = 1280.0, 200.0, 80.0, 24.0, 72.0

WORD = Face(15)
"""The picture of a few roles is as high as a slide: this is 11 pt there."""

NARROW = 12.0
"""Pixels below which a span has no room for its border: a gap is filled with its border's colour."""

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Years between two that are named."""


def render(timeline: Timeline, origin: Origin) -> str:
    matrix = timeline.begins
    picture = Picture(WIDTH)
    picture.paragraph(matrix.dataset.title, TITLE)
    asked = "".join(f", {words}" for words in narrowing_in_words(timeline.query))
    found = f"{extent(timeline)}. {beginning(timeline)}."
    picture.paragraph(f"Coverage over the years{asked}. {found}", BODY)
    picture.y += PADDING
    _Strips(picture, timeline).draw()
    picture.legend(WORD)
    first_day = "A date in a strip is the first day on which the cell is covered so."
    picture.paragraph(f"{GAP_DEFINITION} {first_day}", WORD)
    picture.paragraph(source_of(timeline, origin), WORD)
    return picture.finish(matrix.dataset.title, describe(timeline, origin))


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


def _axis(timeline: Timeline, left: float, width: float) -> _Axis:
    # Where no bound is asked for, a year before the first change and one after the last are shown too.
    known = timeline.begins.dataset.as_of or date(2000, 1, 1)
    days = [event.date for event in timeline.events] or [timeline.first or timeline.last or known]
    first = timeline.first or date(max(1, days[0].year - 1), 1, 1)
    last = timeline.last or date(min(9999, days[-1].year + 1), 12, 31)
    return _Axis(first.toordinal(), last.toordinal() + 1, left, width)


class _Strips:
    """One strip a cell, level below level, role below role, under the years."""

    def __init__(self, picture: Picture, timeline: Timeline) -> None:
        self.picture, self.matrix = picture, timeline.begins
        self.spans = timeline.spans()
        self.role = column_for((role.name for role in self.matrix.roles), HEAD, ROLE_WIDTH)
        self.level = column_for((one.name for one in self.matrix.levels), WORD, LEVEL_WIDTH)
        left = MARGIN + self.role + self.level
        self.axis = _axis(timeline, left, picture.width - MARGIN - left)

    def draw(self) -> None:
        picture, axis = self.picture, self.axis
        for x, year in axis.years():
            picture.parts.append(write(x + 3, picture.y + WORD.size, str(year), WORD))
        top = picture.y
        lines = len(picture.parts)
        picture.y += WORD.leading + 4
        for role in self.matrix.roles:
            self.draw_role(role.id, role.name)
        # Behind the strips, so before them in the document.
        height = picture.y - top - GAP
        picture.parts[lines:lines] = [_line(x, top, height, "#C8C8C8") for x, _ in axis.years()]
        self.draw_data_date(top + WORD.leading, picture.y - GAP)

    def draw_role(self, role: str, name: str) -> None:
        picture, top = self.picture, self.picture.y
        words = HEAD.wrap(name, self.role - PADDING)
        picture.parts += write_lines(MARGIN, top + 3, words, HEAD)
        for level in self.matrix.levels:
            names = WORD.wrap(level.name, self.level - GAP)
            height = max(STRIP, len(names) * WORD.leading + 4)
            picture.parts += write_lines(MARGIN + self.role, picture.y + 2, names, WORD)
            picture.parts += self.draw_strip(self.spans[Cell(role, level.id)], height)
            picture.y += height + 2
        picture.y = max(picture.y, top + len(words) * HEAD.leading) + GAP

    def draw_strip(self, spans: tuple[Span, ...], height: float) -> list[str]:
        axis, parts = self.axis, list[str]()
        edges = [axis.left, *(axis.x(span.starts) for span in spans if span.starts)]
        edges.append(axis.left + axis.width)
        for n, span in enumerate(spans):
            # One day among many years is still seen.
            width = max(2.0, edges[n + 1] - edges[n])
            box = Box(edges[n], self.picture.y, width, height)
            parts += _draw_span(span, box)
        return parts

    def draw_data_date(self, top: float, bottom: float) -> None:
        day, axis = self.matrix.dataset.as_of, self.axis
        if day is None or not axis.begins <= day.toordinal() < axis.ends:
            return
        picture, x = self.picture, axis.x(day)
        picture.parts.append(_line(x, top, bottom - top + 4, "#1A1A1A"))
        words = f"{day.isoformat()}: the date of the data"
        left = min(x, axis.left + axis.width - WORD.width(words))
        picture.parts.append(write(left, bottom + 4 + WORD.size, words, WORD))
        picture.y += WORD.leading


def _draw_span(span: Span, box: Box) -> list[str]:
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
    words = next((one for one in _words(span) if face.width(one) <= room), "")
    if words:
        parts.append(write(left + 2 * SHAPE, middle + face.size / 2 - 2, words, face))
    return parts


def _words(span: Span) -> list[str]:
    # The longest that has room is written.
    word = WORDS[span.coverage]
    if span.unknown and span.coverage is not Coverage.UNKNOWN:
        word += f", {count(span.unknown, 'territory', 'territories')} not assessed"
    return [f"{word} from {span.starts.isoformat()}", word] if span.starts else [word]


def _line(x: float, y: float, height: float, stroke: str) -> str:
    line: Attributes = {"x1": x, "y1": y, "x2": x, "y2": y + height, "stroke": stroke}
    return element("line", line)

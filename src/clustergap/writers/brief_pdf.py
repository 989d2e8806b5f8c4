"""The brief as one page of a PDF: ``templates/brief.typ`` draws what has room."""

from collections.abc import Iterator

from clustergap.analysis.coverage import Coverage
from clustergap.masthead import Logo
from clustergap.one_page import Fact, MissingRow, OnePage, Passage
from clustergap.picture import Key, LevelHead, MatrixRow, ShareCell
from clustergap.text_metrics import text_width
from clustergap.theme import FILLS, TEXT_COLOURS, sign_of
from clustergap.writers import brief_layout as layout
from clustergap.writers.note_layout import INK
from clustergap.writers.ooxml import NONE, PARTIAL, UNKNOWN
from clustergap.writers.typesetting import FONTS, REMARK, Letters, Node, typeset, whole

_SOFT, _LINE = "4A5059", "C6CBD2"

_LEAST_FILL = 2.25
"""The least width of what is covered of a box, in points."""

_CLEAR = 2.0
"""Points between such a line and words."""

_STROKES = {
    Coverage.NONE: {"colour": NONE.colour, "width": 1.5, "dash": "dashed"},
    Coverage.PARTIAL: {"colour": PARTIAL.colour, "width": 0.75, "dash": "solid"},
    Coverage.UNKNOWN: {"colour": UNKNOWN.colour, "width": 1.25, "dash": "dotted"},
    Coverage.FULL: None,
}


def write(page: OnePage, logo: Logo | None = None) -> bytes:
    """Write one page; what has no room on it is counted."""
    return typeset("brief", lambda letters: _Page(page, letters).node(), logo)


class _Page:
    """Writes a page in the letters that the fonts have."""

    def __init__(self, page: OnePage, letters: Letters) -> None:
        # The remark on letters stands in the foot.
        foot = f"{page.foot} {REMARK}" if letters.are_missing else page.foot
        self._page, self._letters = page._replace(foot=foot), letters

    def node(self) -> Node:
        page = self._page
        fitted = layout.fit(page, self._letters.seen)
        widths = layout.widths_of(len(page.map.heads))
        half = (layout.WIDTH - layout.BETWEEN) / 2
        return {
            "title": whole(page.title),
            "name": self._words(page.title, layout.TITLE),
            "kicker": self._words(page.kicker, layout.KICKER),
            "shown": self._words(page.shown, layout.FACT),
            "facts": [*self._facts(fitted.facts)],
            "heads": [*map(self._head, page.map.heads, widths)] if fitted.roles else [],
            "roles": [*map(self._role, fitted.roles, fitted.heights)],
            "roles_left": self._words(fitted.roles_left, layout.TABLE),
            "keys": [[*map(self._key, line)] for line in layout.lines_of_keys(page)],
            "mark": page.map.mark,
            "missing": page.missing.title,
            "columns": page.missing.columns,
            "gaps": [*map(self._gap, fitted.gaps)],
            "gaps_left": self._words(fitted.gaps_left, layout.TABLE),
            "nothing": "" if page.missing.rows else page.missing.nothing,
            "passages": [self._passage(each, half) for each in page.passages],
            "foot": self._words(page.foot, layout.FOOT),
            "widths": [*widths, *[layout.beside_map(widths)] * (len(page.map.corner) - 1)],
            "there_is": page.map.corner[1:],
            "missing_widths": layout.MISSING,
            "fonts": FONTS,
            "sign_fonts": FONTS[::-1],
            "ink": INK,
            "soft": _SOFT,
            "line": _LINE,
            "red": TEXT_COLOURS[Coverage.NONE],
            "brown": PARTIAL.colour,
        }

    def _words(self, text: str, size: float, room: float = layout.WIDTH) -> str:
        return self._letters.words(text, room, size)

    def _facts(self, facts: tuple[Fact, ...]) -> Iterator[Node]:
        for fact, room in zip(facts, layout.widths_of_facts(len(facts)), strict=True):
            yield {
                "figure": self._words(fact.figure, layout.FIGURE, room),
                "sentence": self._words(fact.sentence, layout.FACT, room),
                "is_alarming": fact.is_alarming,
                "width": room,
            }

    def _head(self, head: LevelHead, room: float) -> Node:
        return {
            "name": self._words(head.name, layout.LEVEL, room),
            "unit": self._words(head.unit, layout.UNIT, room),
            "counts": layout.counts_of(head),
        }

    def _role(self, row: MatrixRow, height: float) -> Node:
        widths = layout.widths_of(len(row.cells))
        return {
            "name": self._words(row.role, layout.ROLE, layout.ROLES),
            "cells": [*map(self._cell, row.cells, widths)],
            "there_is": self._words(row.there_is, layout.UNIT, layout.beside_map(widths)),
            "height": height - layout.GAP,
        }

    def _cell(self, cell: ShareCell, width: float) -> Node:
        inside, beside = layout.room_of_cell(cell, width)
        is_bare = cell.coverage is Coverage.NONE
        return {
            "sign": sign_of(cell.coverage),
            "size": layout.WORD_OF_NONE if is_bare else layout.WORD,
            "is_bold": cell.coverage in (Coverage.NONE, Coverage.PARTIAL),
            "beside": self._words(cell.beside, layout.BESIDE_WORD, beside or inside),
            "is_beside": beside > 0,
            "is_left": _is_crossed(cell, width),
            "ink": TEXT_COLOURS[cell.coverage],
            "fill": FILLS[cell.coverage],
            "is_partial": cell.coverage is Coverage.PARTIAL,
            "filled": max(cell.filled, _LEAST_FILL / width) if cell.filled else 0.0,
            "shaded": cell.shaded,
            "is_striped": cell.is_striped,
            "stroke": _STROKES[cell.coverage],
        }

    def _key(self, key: Key) -> Node:
        return {**self._box(key.cell), "meaning": key.meaning}

    def _gap(self, row: MissingRow) -> Node:
        texts = (row.subject, row.missing, row.build_on)
        rooms = (width - layout.FREE for width in layout.MISSING[1:])
        words = [
            self._words(text, layout.TABLE, room) for text, room in zip(texts, rooms, strict=True)
        ]
        return {"box": self._box(ShareCell(row.coverage, "", filled=1.0)), "texts": words}

    def _box(self, cell: ShareCell) -> Node:
        """Return a box beside words, whose word is as large as they are."""
        return {**self._cell(cell, layout.BOX_WIDTH), "size": layout.UNIT}

    def _passage(self, passage: Passage, room: float) -> Node:
        return {"title": passage.title, "words": self._words(passage.words, layout.TEXT, room)}


def _is_crossed(cell: ShareCell, width: float) -> bool:
    """Tell whether the line at the end of what is covered would cross the words at the right of a box."""
    words = text_width(cell.beside) * layout.BESIDE_WORD
    right = width - layout.INSET
    return right - words - _CLEAR < cell.filled * width < right + _CLEAR

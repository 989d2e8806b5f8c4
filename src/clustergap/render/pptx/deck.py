"""Slides drawn from their plans into one file."""

import io
from collections.abc import Sequence
from itertools import chain, count

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as Drawn
from pptx.util import Pt

from clustergap.render.pptx.drawn_table import describe, draw_table
from clustergap.render.pptx.ink import fill_body, line, solid
from clustergap.render.pptx.paragraphs import Paragraph
from clustergap.render.pptx.plan import Slide, TablePart, TextPart, title_box, title_paragraph
from clustergap.render.pptx.template import open_deck
from clustergap.render.pptx.title_slide import opening, opening_box
from clustergap.theme import FILLS
from clustergap.writers.office import around, repack

NOTES = 12.0
"""Size of the letters of what a speaker reads."""


def write_deck(title: str, slides: Sequence[Slide]) -> bytes:
    """Draw slides; of several with one title all but the first get a number."""
    deck = open_deck(title)
    taken: set[str] = set()
    for slide in slides:
        numbers = (f"{slide.title} ({number})" for number in count(2))
        own = next(one for one in chain((slide.title,), numbers) if one not in taken)
        taken.add(own)
        _draw(deck, slide._replace(title=own))
    written = io.BytesIO()
    deck.save(written)
    return repack(written.getvalue())


def _draw(deck: Deck, slide: Slide) -> None:
    drawn = deck.slides.add_slide(deck.slide_layouts[0 if slide.opens else 1])
    head, *others = drawn.placeholders
    title = opening(slide.title) if slide.opens else title_paragraph(slide.title)
    box = opening_box(slide.title) if slide.opens else title_box(slide.title)
    _write(head, TextPart(box, (title,), slide.title))
    for part in slide.parts:
        if isinstance(part, TablePart):
            draw_table(drawn, part)
        else:
            shape = others.pop() if others else drawn.shapes.add_textbox(0, 0, 0, 0)
            _write(shape, part)
    _note(drawn, slide)


def _write(shape: Shape, part: TextPart) -> None:
    box, frame = part.box, shape.text_frame
    shape.left, shape.top = Pt(box.x), Pt(box.y)
    shape.width, shape.height = Pt(box.width), Pt(box.height)
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if part.coverage else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Pt(part.inside)
    frame.margin_top = frame.margin_bottom = Pt(0 if part.coverage else part.inside)
    fill_body(shape.element.xpath("p:txBody")[0], part.block)
    describe(shape, part.description)
    if part.coverage or part.inside:
        look = [solid(FILLS[part.coverage])] if part.coverage else []
        shape.element.spPr.extend([*look, line("a:ln", around(part.coverage))])


def _note(drawn: Drawn, slide: Slide) -> None:
    notes = drawn.notes_slide
    for shape in notes.shapes:
        describe(shape, f"{shape.name} of the notes")
    body = notes.notes_placeholder
    if body is not None:
        fill_body(
            body.element.xpath("p:txBody")[0],
            tuple(Paragraph(words, NOTES) for words in slide.notes),
        )

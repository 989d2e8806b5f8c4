"""The needs of every level, with what speaks of them and what there is to build on; then what else the SWOT says."""

from typing import NamedTuple

from clustergap.analysis.needs import Need, Needs
from clustergap.answers.gaps import acceptance
from clustergap.answers.needs import building_in_words, rest, sentence, spoken
from clustergap.answers.phrases import at_level, refs_of_cells
from clustergap.model.dataset import Level
from clustergap.render.pptx.notes import notes_of
from clustergap.render.pptx.paragraphs import Block, Paragraph, pages, strong
from clustergap.render.pptx.plan import Slide, TextPart, body_box, numbered
from clustergap.text import count
from clustergap.theme import UNICODE


class Sizes(NamedTuple):
    """Sizes of the letters: of a need, and of what is said of it."""

    need: float
    point: float


SIZES = (Sizes(20, 16), Sizes(18, 14), Sizes(16, 12))
"""As large as all fits on one slide, else the smallest."""

REST = "What else the SWOT says"

INDENT, HANG, SPACE = 24.0, 14.0, 12.0


def need_slides(found: Needs, foot: TextPart) -> list[Slide]:
    """Say every need in a sentence; a level without one is left out: the slide of its gaps says so."""
    slides = [
        slide
        for level, needs in found.by_level
        if needs
        for slide in _level(found, level, needs, foot)
    ]
    items = [
        *(one.item for _, evidence in found.speaking for one in evidence),
        *(one.item for one in found.unlinked),
    ]
    notes = notes_of(found.matrix.dataset, (ref for item in items for ref in item.sources))
    others = rest(found)
    laid_out = [[one for part in others for one in _quotes(*part, sizes)] for sizes in SIZES]
    return [*slides, *(_flow(REST, laid_out, notes, foot) if others else [])]


def _level(found: Needs, level: Level, needs: tuple[Need, ...], foot: TextPart) -> list[Slide]:
    number = "What is needed" if len(needs) == 1 else count(len(needs), "need")
    cells = {need.gap.rating.cell for need in needs}
    refs = (ref for need in needs for one in need.evidence for ref in one.item.sources)
    dataset = found.matrix.dataset
    notes = notes_of(dataset, (*refs, *refs_of_cells(dataset, cells)))
    laid_out = [[_entry(found, need, sizes) for need in needs] for sizes in SIZES]
    return _flow(f"{number} at {at_level(level)}", laid_out, notes, foot)


def _entry(found: Needs, need: Need, sizes: Sizes) -> Block:
    coverage = need.gap.rating.coverage
    said = strong(sentence(need, found.matrix), sizes.need)
    lines = [f"SWOT: {words}" for words in spoken(found, need)]
    lines += [f"To build on: {words}" for words in building_in_words(need, found.matrix)]
    lines += acceptance(need.gap)
    sign = UNICODE.coverage[coverage]
    return (
        said._replace(indent=INDENT, sign=sign, hang=INDENT, above=SPACE),
        *(_point(line, sizes.point, SPACE / 4, INDENT + HANG) for line in lines),
    )


def _quotes(heading: str, lines: list[str], sizes: Sizes) -> list[Block]:
    # The heading stays with the first of its lines.
    first, *others = (_point(line, sizes.point, SPACE / 4, HANG) for line in lines)
    return [
        (strong(heading, sizes.need)._replace(above=SPACE), first),
        *((one,) for one in others),
    ]


def _point(line: str, size: float, above: float, indent: float) -> Paragraph:
    return Paragraph(line, size, indent=indent, sign="•", hang=HANG, above=above)


def _flow(
    title: str, sizes: list[list[Block]], notes: tuple[str, ...], foot: TextPart
) -> list[Slide]:
    room = body_box(title, foot)
    laid_out = [pages(entries, room.width, room.height) for entries in sizes]
    fitting = next((one for one in laid_out if len(one) == 1), laid_out[-1])
    return numbered([Slide(title, (TextPart(room, one, title),), notes) for one in fitting])

"""The needs as Markdown: a text that stands in a note as it is."""

from collections.abc import Iterator

from clustergap.analysis.needs import Need, Needs
from clustergap.answers.gaps import acceptance
from clustergap.answers.phrases import query_in_words, source_in_words
from clustergap.document import Origin
from clustergap.render.building_words import building_in_words
from clustergap.render.need_words import (
    NO_SWOT,
    level_title,
    reasons,
    rest,
    sentence,
    spoken,
    title,
)
from clustergap.theme import UNICODE, gap_meanings
from clustergap.writers.markdown import escape, signed


@signed
def render(found: Needs, origin: Origin) -> str:
    return "".join(_page(found, origin, explains_order=False))


@signed
def render_with_reasons(found: Needs, origin: Origin) -> str:
    return "".join(_page(found, origin, explains_order=True))


def _page(found: Needs, origin: Origin, *, explains_order: bool) -> Iterator[str]:
    yield f"**{escape(title(found))}**\n"
    for level, needs in found.by_level:
        yield f"\n### {escape(level_title(level, needs))}\n\n"
        for number, need in enumerate(needs, 1):
            yield from _need(found, number, need, explains_order=explains_order)
        if not needs:
            yield "No gap.\n"
    yield from _rest(found)
    matrix = found.matrix
    source = source_in_words(matrix.dataset, origin, query_in_words(matrix.query))
    yield f"\n{gap_meanings()} {escape(source)}\n"


def _need(found: Needs, number: int, need: Need, *, explains_order: bool) -> Iterator[str]:
    shape = UNICODE.coverage[need.gap.rating.coverage]
    yield f"{number}. {shape} **{escape(sentence(need, found.matrix))}**\n"
    lines = [f"SWOT: {words}" for words in spoken(found, need)]
    lines += [f"To build on: {words}" for words in building_in_words(need, found.matrix)]
    lines += acceptance(need.gap)
    if explains_order:
        lines.append(f"Order: {'; '.join(reasons(need))}")
    for line in lines:
        yield f"   - {escape(line)}\n"


def _rest(found: Needs) -> Iterator[str]:
    if not found.matrix.dataset.swot:
        yield f"\n{NO_SWOT}\n"
    for heading, lines in rest(found):
        yield f"\n### {escape(heading)}\n\n"
        yield from (f"- {escape(line)}\n" for line in lines)

"""All answers as slides."""

from clustergap.analysis.full_report import FullReport
from clustergap.answers.phrases import foot_in_words
from clustergap.document import Origin
from clustergap.errors import MissingExtraError
from clustergap.render.pptx.gap_slides import gap_slides
from clustergap.render.pptx.matrix_slides import matrix_slides
from clustergap.render.pptx.need_slides import need_slides
from clustergap.render.pptx.plan import foot_part
from clustergap.render.pptx.swot_slides import swot_slides
from clustergap.render.pptx.title_slide import title_slides


def render(briefing: FullReport, origin: Origin) -> bytes:
    """Draw the slides.

    Raises:
        MissingExtraError: What draws is not installed.
    """
    try:
        from clustergap.render.pptx.deck import write_deck
    except ImportError as error:
        raise MissingExtraError("a file of slides", "office") from error

    matrix = briefing.matrix
    foot = foot_part(foot_in_words(matrix, origin))
    slides = [
        *title_slides(matrix, origin, foot),
        *matrix_slides(matrix, foot),
        *gap_slides(briefing.gaps, foot),
        *swot_slides(briefing.swot, foot),
        *need_slides(briefing.needs, foot),
    ]
    # The first slide says of what data it is in its own words.
    drawn = [one if one.opens else one._replace(parts=(*one.parts, foot)) for one in slides]
    return write_deck(matrix.dataset.title, drawn)

"""Pictures: made, written, and told in words to those who cannot see them."""

from collections.abc import Callable

from clustergap.cli.notices import notice, say
from clustergap.cli.options import Output
from clustergap.cli.output import emit_document
from clustergap.cli.progress import show_waiting
from clustergap.errors import ClusterGapError
from clustergap.formats import Format
from clustergap.render.grammar.drawn import Drawn
from clustergap.render.grammar.size import Size, parse_size


def read_size(chosen: Format, size: str | None) -> Size | None:
    """Return the size that is asked for.

    Raises:
        ClusterGapError: The format has no size, or the size is none.
    """
    if size is None:
        return None
    if chosen not in (Format.SVG, Format.PNG):
        raise ClusterGapError("--size is for pictures: say -o matrix.svg or -o matrix.png with it")
    return parse_size(size)


def emit_picture(draw: Callable[[], Drawn[str] | Drawn[bytes]], words: str, out: Output) -> None:
    """Draw and write a picture; tell on standard error what it shows, and what is to be known of it."""
    with show_waiting("Drawing"):
        drawn = draw()
    emit_document(drawn.document, out)
    if not out.quiet:
        say(f"alternative text: {words}")
    for remark in drawn.remarks:
        notice(remark, quiet=out.quiet)

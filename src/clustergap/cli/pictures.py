"""Pictures: made, written, and told in words to those who cannot see them."""

from collections.abc import Callable

from clustergap.cli.notices import notice, say
from clustergap.cli.options import Output
from clustergap.cli.output import emit_document, keep_off_terminal
from clustergap.cli.progress import show_waiting
from clustergap.errors import ClusterGapError
from clustergap.render.choices import MatrixFormat
from clustergap.render.grammar.drawn import Drawn
from clustergap.render.grammar.size import Size, parse_size


def prepare(chosen: MatrixFormat, size: str | None, out: Output) -> Size | None:
    """Return the size that is asked for; refuse, before any work, what cannot be had.

    Raises:
        ClusterGapError: The format has no size, the size is none, or pixels would go to a terminal.
    """
    if chosen in (MatrixFormat.PNG, MatrixFormat.XLSX):
        keep_off_terminal(out, f"matrix.{chosen.value}")
    if size is None:
        return None
    from clustergap.render.formats.matrix import PICTURES

    if chosen not in PICTURES:
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

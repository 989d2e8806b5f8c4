"""Which format a document has, and where it goes."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from clustergap.api.answer import Answer, encode_document
from clustergap.cli.options import STDOUT, Color, Output, Outputs, Screen
from clustergap.cli.streams import (
    disarm_on_github,
    notice,
    show_waiting,
    shows_colours,
    write_stderr,
    write_stdout,
)
from clustergap.errors import ClusterGapError
from clustergap.formats import BINARY, PICTURES, PRINTED, Format, find_format
from clustergap.saving.atomic_write import read_files, write_file, write_files
from clustergap.saving.whole_file import is_replaced
from clustergap.text import quote
from clustergap.theme import UNICODE, Shapes, shapes_for
from clustergap.writers.screen import PIPED_WIDTH, draw_text

TableRenderer = Callable[[Shapes], Any]
"""Takes the signs of a screen, returns what rich prints."""

_NAMES = {
    ("report", Format.HTML): "gap-map",
    ("report", Format.PPTX): "slides",
    ("report", Format.DOCX): "note",
    ("report", Format.PDF): "note",
    ("brief", Format.PPTX): "slide",
}
"""Suggested names of files whose question has another name."""

_NO_COLORS = ("0", "false")
"""Values of FORCE_COLOR that mean no colour, as in Node.js."""


def choose_format(question: str, format_: Format | None, output: Path | None) -> Format:
    """Return the format asked for, else the one that the file's suffix means, else the question's default.

    Raises:
        ClusterGapError: The two contradict each other, the suffix means no format, or the format cannot be read on a terminal.
    """
    chosen = find_format(question, format_, None if output == STDOUT else output)
    name = _NAMES.get((question, chosen), question)
    if chosen in BINARY or name != question:
        _keep_off_terminal(output, f"{name}.{chosen.value}")
    return chosen


def choose_formats(
    question: str, format_: Format | None, outputs: Outputs
) -> Sequence[tuple[Format, Output]]:
    """Return the places to which a document goes, each with its format as ``choose_format`` finds it; standard output last.

    Of several places only standard output has the format asked for.

    Raises:
        ClusterGapError: A file is named twice, a format is asked for that would be of several files, or as ``choose_format`` does.
    """
    paths = outputs.output or []
    if len(paths) < 2:  # noqa: PLR2004 - several
        out = outputs.only(paths[0] if paths else None)
        return [(choose_format(question, format_, out.output), out)]
    if format_ is not None and STDOUT not in paths:
        raise ClusterGapError(
            f"-f {format_.value} is for one output: of several, each file's suffix means its format"
        )
    files: dict[str, Path] = {}
    for path in paths:
        first = files.setdefault("-" if path == STDOUT else os.path.realpath(path), path)
        if first is not path:
            also = "" if first == path else f", as {quote(first)} too"
            raise ClusterGapError(f"-o names {quote(path)} twice{also}: leave one out")
    return [
        (
            choose_format(question, format_ if path == STDOUT else None, path),
            outputs.only(path),
        )
        for path in sorted(paths, key=lambda path: path == STDOUT)
    ]


def emit(
    answer: Answer, chosen: Format, out: Output, *hints: str, drawn_as: Sequence[object] = ()
) -> None:
    """Print an answer, or write it to a file, after its notes.

    Args:
        answer: The answer.
        chosen: Its format.
        out: Where it goes.
        hints: What to ask next, shown on a terminal.
        drawn_as: How a picture is drawn: further arguments of its writer.
    """
    emit_notes(answer, out)
    emit_alone(answer, chosen, out, *hints, drawn_as=drawn_as)


def emit_alone(
    answer: Answer, chosen: Format, out: Output, *hints: str, drawn_as: Sequence[object] = ()
) -> None:
    """Print an answer, or write it to a file, without its notes; the arguments are those of ``emit``."""
    if chosen in PRINTED:
        emit_table(answer.write(chosen), out, *hints)
    elif chosen in PICTURES:
        _emit_picture(answer, chosen, out, drawn_as)
    else:
        emit_document(answer.write(chosen), out, bom=chosen is Format.CSV)


def emit_all(documents: Sequence[tuple[Answer, Format, Output]]) -> None:
    """Write answers to files, all or none, then to devices and to standard output; without their notes.

    Raises:
        ClusterGapError: A file cannot be written; none has been.
    """
    if len(documents) == 1:
        emit_alone(*documents[0])
        return
    written = {
        out.output: answer.encode(chosen)
        for answer, chosen, out in documents
        if out.output is not None and out.output != STDOUT and is_replaced(out.output)
    }
    write_files(written, read_files(written))
    for answer, chosen, out in documents:
        if out.output not in written:
            emit_alone(answer, chosen, out)


def emit_notes(answer: Answer, screen: Screen) -> None:
    """Write the notes of an answer to standard error."""
    for note in answer.notes:
        notice(note, quiet=screen.quiet)


def _emit_picture(answer: Answer, chosen: Format, out: Output, drawn_as: Sequence[object]) -> None:
    # The description is for those who cannot see the picture.
    with show_waiting("Drawing"):
        drawing = answer.write(chosen, *drawn_as)
    emit_document(drawing.file, out)
    notice(f"alternative text: {drawing.description}", label="clustergap", quiet=out.quiet)
    for remark in drawing.remarks:
        notice(remark, quiet=out.quiet)


def emit_table(render: TableRenderer, out: Output, *hints: str) -> None:
    """Print a renderable on the terminal, or its uncoloured text into a file or pipe.

    *hints* name the next useful commands; they are shown on a terminal only.
    """
    if out.output is not None and out.output != STDOUT:
        write_file(out.output, draw_text(render(UNICODE), PIPED_WIDTH).encode())
        return
    encoding = sys.stdout.encoding
    is_terminal = sys.stdout.isatty()
    is_coloured = _is_coloured(out.color, is_terminal=is_terminal)
    width = shutil.get_terminal_size().columns if is_terminal else PIPED_WIDTH
    with show_waiting("Drawing"):
        text = draw_text(render(shapes_for(encoding)), width, is_coloured=is_coloured)
    if is_terminal and hints and not out.quiet:
        text += _next_step(hints, width, is_coloured=is_coloured)
    write_stdout(disarm_on_github(text).encode(encoding, "replace"))


def _next_step(hints: Sequence[str], width: int, *, is_coloured: bool) -> str:
    line = "     ".join(hints)
    lines = [line] if len(line) <= width else hints
    return "".join(f"\x1b[2m{line}\x1b[0m\n" if is_coloured else f"{line}\n" for line in lines)


def emit_document(document: str | bytes, out: Output, *, bom: bool = False) -> None:
    """Write a document for machines unchanged; *bom*: with a byte-order mark if it goes into a file."""
    if out.output is None or out.output == STDOUT:
        write_stdout(encode_document(document))
    else:
        write_file(out.output, encode_document(document, bom=bom))


def notice_next_step(out: Output, *hints: str) -> None:
    """Suggest the next steps after a file has been written, on a terminal only."""
    if out.quiet or out.output in (None, STDOUT) or not sys.stderr.isatty():
        return
    width = shutil.get_terminal_size().columns
    write_stderr(_next_step(hints, width, is_coloured=_is_coloured(out.color, is_terminal=True)))


def _keep_off_terminal(output: Path | None, example: str) -> None:
    """Refuse to write a document that cannot be read on a terminal to one, before any work is done.

    Raises:
        ClusterGapError: Standard output is a terminal, and ``-o -`` was not given.
    """
    if output is None and sys.stdout.isatty():
        raise ClusterGapError(f"this is nothing to read on a terminal: say -o {example}")


def emit_error(render: TableRenderer, color: Color = Color.AUTO) -> None:
    """Print findings on standard error."""
    is_terminal = sys.stderr.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else PIPED_WIDTH
    text = draw_text(
        render(shapes_for(sys.stderr.encoding)),
        width,
        is_coloured=_is_coloured(color, is_terminal=is_terminal),
    )
    write_stderr(text)


def _is_coloured(color: Color, *, is_terminal: bool) -> bool:
    is_shown = is_terminal and shows_colours()  # first, as a terminal may have to be told
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    forced = os.environ.get("FORCE_COLOR", "").lower()
    if os.environ.get("NO_COLOR") or forced in _NO_COLORS:
        return False
    return bool(forced) or (is_shown and os.environ.get("TERM") != "dumb")

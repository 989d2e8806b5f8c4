"""What rich prints, as text: of a terminal, in a file, in a notebook."""

import io
from typing import Any

PIPED_WIDTH = 120
"""Columns if there is no terminal."""


def draw_text(renderable: Any, width: int, *, is_coloured: bool = False) -> str:  # noqa: ANN401 - rich is not imported yet
    """Draw something so many columns wide, with the codes of a terminal's colours or without; no line ends with spaces then."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=is_coloured,
        force_jupyter=False,  # in a notebook it would show the text itself, beside what the notebook shows
        color_system="standard" if is_coloured else None,
        no_color=not is_coloured,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    with console.capture() as capture:
        console.print(renderable, crop=False)
    lines = capture.get().split("\n")
    return "\n".join(lines if is_coloured else [line.rstrip() for line in lines])

"""PDFs that are tagged for those who cannot see them (PDF/UA-1), with the bundled font and no other program.

typst lays out what a template says; the words come as JSON, which it never reads as markup.
"""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from clustergap.errors import MissingExtraError

try:
    import typst
except ImportError as error:
    raise MissingExtraError("a PDF", "pdf") from error

from clustergap.masthead import Logo
from clustergap.text import isolate
from clustergap.text_metrics import break_lines, missing_letters, text_width
from clustergap.writers.note_layout import LOGO

FONTS = ("Liberation Sans", "DejaVu Sans Mono")
"""The bundled font, and for what it lacks, such as Arabic letters and ticks, one that typst brings."""

POINTS = 72 / 25.4
"""Points in a millimetre."""

REMARK = "Letters that the fonts of this file lack are written as their numbers in Unicode, in square brackets."

Node = dict[str, object]
"""A part of a document as its template reads it."""

_FOLDER = Path(__file__).parent


def typeset(template: str, write: "Callable[[Letters], Node]", logo: Logo | None = None) -> bytes:
    """Return a PDF.

    A letter that no font has stands as its number in Unicode, such as ``[U+1F600]``.

    Args:
        template: The name of a file in ``templates``.
        write: Writes what the template reads as ``sys.inputs.note``, in the letters that the fonts have.
        logo: Stands at the head of every page.
    """
    missing: frozenset[str] = frozenset()
    while True:
        try:
            return _compile(template, {**write(Letters(missing)), **_logo(logo)})
        except typst.TypstError as error:
            more = _without_glyph(error) - missing
            if not more:
                raise
            missing |= more


def _logo(logo: Logo | None) -> Node:
    if logo is None:
        return {"logo": [], "logo_height": 0}
    return {"logo": list(logo.file), "logo_height": logo.height_in(*LOGO)}


def _compile(template: str, note: Node) -> bytes:
    file: bytes = typst.compile(
        _FOLDER / "templates" / f"{template}.typ",
        format="pdf",
        pdf_standards="ua-1",
        # Not the machine's fonts: the same note is the same bytes. The template says that there is no date.
        font_paths=[_FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"note": json.dumps(note)},
    )
    return file


_WITHOUT_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _without_glyph(error: typst.TypstError) -> frozenset[str]:
    """Return the letters, or signs of several code points, that typst found in none of the fonts, as the standard forbids them.

    It says so in words alone, and which letters its own font has cannot be asked before.
    """
    texts = _WITHOUT_GLYPH.findall(error.diagnostic)
    found = {_ESCAPED.sub(lambda number: chr(int(number[1], 16)), text) for text in texts}
    # Of a letter with a mark that is missing, it may name the letter too.
    missing = {text for text in found if missing_letters(text) or not text.isprintable()}
    return frozenset(missing or found)


# Words

_MAY_BREAK = "\u200b"
_WORDS = re.compile(r"[^ \n]+")
_HOLDING_BLANK = re.compile("(?<=[(\\[{¡¿„‚\"'«»“”‘’—]) | (?=[)\\]}!?:;,./—])")
"""A blank at which lines are not broken by the rules of Unicode, as a sign before or behind it holds to the next word."""

_SURROGATES = re.compile("[\ud800-\udfff]")


class Letters:
    """Texts without the letters and signs that are *missing* from the fonts."""

    def __init__(self, missing: Iterable[str] = ()) -> None:
        # A sign of several code points before its first one alone.
        signs = "|".join(map(re.escape, sorted(missing, key=lambda sign: (-len(sign), sign))))
        self._missing = re.compile(f"(?:{signs})+") if signs else None

    @property
    def are_missing(self) -> bool:
        """Whether the fonts lack any, which the reader is told."""
        return self._missing is not None

    def words(self, text: str, room: float, size: float) -> str:
        """Return a text as it is drawn, with places to break a long word at, and names from right to left apart.

        Args:
            text: The text.
            room: How wide a line is, in points.
            size: The size of the letters, in points.
        """
        text = _WORDS.sub(lambda word: _breakable(word[0], room / size), self.seen(text))
        text = _HOLDING_BLANK.sub(f"{_MAY_BREAK} ", text)
        return isolate(text)

    def seen(self, text: str) -> str:
        """Return the letters of a text that are drawn: those that are missing by number."""
        text = whole(text).replace("\t", "    ")
        return self._missing.sub(_numbers, text) if self._missing else text


def _numbers(letters: re.Match[str]) -> str:
    return f"[{' '.join(f'U+{ord(letter):04X}' for letter in letters[0])}]"


def whole(text: str) -> str:
    """Return a text without halves of letters, which the name of a file may have for bytes that are no text."""
    return _SURROGATES.sub("\ufffd", text)


def _breakable(word: str, room: float) -> str:
    if text_width(word, len(word)) <= room:
        return word
    starts = [line.start for line in break_lines(word, room, len(word))]
    ends = [*starts[1:], len(word)]
    return _MAY_BREAK.join(word[start:end] for start, end in zip(starts, ends, strict=True))

"""Notes as a PDF that is tagged for those who cannot see it (PDF/UA-1), with the bundled font and no other program.

typst lays out what ``templates/note.typ`` says; the words come as JSON, which it never reads as markup.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from clustergap.errors import MissingExtraError

try:
    import typst
except ImportError as error:
    raise MissingExtraError("a PDF", "pdf") from error

from clustergap.document import (
    Block,
    Code,
    Column,
    ColumnKind,
    Days,
    Document,
    Edits,
    Entries,
    Fields,
    Grid,
    Heading,
    Numbered,
    Paragraph,
    Points,
    Square,
    Steps,
    Table,
    TableCell,
    Text,
    plain,
)
from clustergap.text import as_sentence
from clustergap.text_metrics import break_lines, missing_letters, text_width
from clustergap.theme import FILLS
from clustergap.writers.note_layout import (
    ACCENT,
    INK,
    SHORT,
    SIZES,
    TABLE_TEXT,
    WIDTH,
    Cells,
    NoteItem,
    NoteRun,
    Runs,
    blocks_of,
    cell_lines,
    cell_texts,
    list_items,
    numbered_items,
    runs_of,
    tables_of,
    text_height,
    widths_of,
)
from clustergap.writers.ooxml import Covered, Edge, Stroke, edges

_FOLDER = Path(__file__).parent
_FONTS = ("Liberation Sans", "DejaVu Sans Mono")
"""The bundled font, and for what it lacks, such as Arabic letters and ticks, one that typst brings."""

_POINTS = 72 / 25.4
"""Points in a millimetre."""

_HIGHEST = 600.0
"""The greatest height of the header of a table in points, which is never broken over pages; of a higher one the columns
are numbered, with their names above the table."""

_PADDING = 9.0
"""Points left and right of the text of a cell, together; the template has half of it on each side."""

_INDENT = 40.0
"""Points left of the text of a list within a list, rather too many."""

_FOOT = (WIDTH - 16) * _POINTS
"""Points beside the number of a page."""

_MOST_FOOT = 4
"""Lines at the foot of a page; what was asked in more stands at the end of the note instead."""

_DASHES = {Stroke.DASHED: "dashed", Stroke.DOTTED: "dotted"}

Node = dict[str, object]
"""A part of the note as the template reads it."""


def write(document: Document) -> bytes:
    """Write a note; the foot of every page says what was asked.

    A letter that no font has stands as its number in Unicode, such as ``[U+1F600]``, and the end of the note says so.
    """
    missing: frozenset[str] = frozenset()
    while True:
        try:
            return _compile(_Writing(missing).note(document))
        except typst.TypstError as error:
            more = _without_glyph(error) - missing
            if not more:
                raise
            missing |= more


def _compile(note: Node) -> bytes:
    file: bytes = typst.compile(
        _FOLDER / "templates" / "note.typ",
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

_RIGHT_TO_LEFT = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_PHRASE = re.compile(rf"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT}\u200c\u200d ]*[{_RIGHT_TO_LEFT}])?")
_ISOLATE, _END_ISOLATE, _MAY_BREAK = "\u2068", "\u2069", "\u200b"
_WORDS = re.compile(r"[^ \n]+")
_HOLDING_BLANK = re.compile("(?<=[(\\[{¡¿„‚\"'«»“”‘’—]) | (?=[)\\]}!?:;,./—])")
"""A blank at which lines are not broken by the rules of Unicode, as a sign before or behind it holds to the next word."""

_SURROGATES = re.compile("[\ud800-\udfff]")


class _Writing:
    """Writes a note without the letters and signs that are *missing* from the fonts."""

    def __init__(self, missing: Iterable[str]) -> None:
        # A sign of several code points before its first one alone.
        signs = "|".join(map(re.escape, sorted(missing, key=lambda sign: (-len(sign), sign))))
        self._missing = re.compile(f"(?:{signs})+") if signs else None

    def note(self, document: Document) -> Node:
        title = document.subject or document.title
        asked = " ".join(document.question)
        foot = asked if _is_short(asked) else ""
        remarks = (asked if asked != foot else "", _REMARK if self._missing else "")
        blocks = (*blocks_of(document), *(Paragraph(text) for text in remarks if text))
        width = WIDTH * _POINTS
        return {
            "title": _whole(plain(title)),
            "name": self._line(runs_of(title, is_bold=True), width, SIZES["Title"]),
            "subtitle": self._line(runs_of(document.title), width) if document.subject else [],
            "foot": self._words(foot, _FOOT, SIZES["Footer"]),
            "blocks": [node for block in blocks for node in self._block(block)],
            "fonts": _FONTS,
            "code_fonts": _FONTS[::-1],
            "sizes": SIZES,
            "width": WIDTH,
            "ink": INK,
            "accent": ACCENT,
        }

    def _block(self, block: Block) -> Iterator[Node]:  # noqa: C901 - one case a block
        match block:
            case Heading(text, depth):
                runs = self._line(runs_of(text, is_bold=True), WIDTH * _POINTS, SIZES["Heading 1"])
                yield {"kind": "heading", "depth": depth, "runs": runs}
            case Numbered((), nothing) | Entries((), nothing):
                yield self._paragraph(as_sentence(nothing))
            case Paragraph(text):
                yield self._paragraph(text)
            case Numbered(items):
                yield self._list("numbers", numbered_items(items))
            case Points() | Fields() | Entries() | Edits():
                yield self._list("list", list_items(block))
            case Table():
                yield from self._tables(block)
            case Steps():
                yield from self._tables(block.table)
            case Code(title, text):
                code = (NoteRun(text.rstrip("\n"), is_code=True),)
                yield self._paragraph(f"{title}:")
                yield {"kind": "paragraph", "runs": self._line(code, WIDTH * _POINTS)}
            case Square() | Days() | Grid():
                raise AssertionError("these are written part by part")

    def _paragraph(self, text: Text) -> Node:
        return {"kind": "paragraph", "runs": self._line(runs_of(text), WIDTH * _POINTS)}

    def _list(self, kind: str, items: Iterable[NoteItem]) -> Node:
        room = WIDTH * _POINTS - _INDENT
        nodes = [
            {
                "runs": self._line(item.runs, room),
                "below": [self._line(runs, room) for runs in item.below],
            }
            for item in items
        ]
        return {"kind": kind, "items": nodes}

    def _tables(self, table: Table) -> Iterator[Node]:
        for columns, (names, *rows) in tables_of(table):
            if self._height(names, columns) <= _HIGHEST:
                yield self._table(columns, [names, *rows])
            else:
                yield self._list("numbers", (NoteItem(runs_of(each.name)) for each in columns))
                numbers = [TableCell((str(number),)) for number in range(1, len(columns) + 1)]
                yield self._table(columns, [numbers, *rows])

    def _table(self, columns: Sequence[Column], rows: Sequence[Cells]) -> Node:
        are_short = [self._height(row, columns) <= SHORT for row in rows]
        coverages = [[cell.coverage for cell in row] for row in rows]
        rooms = _rooms(columns)
        nodes = [
            [
                {
                    "lines": [
                        self._line(runs, rooms[place], SIZES[TABLE_TEXT])
                        for runs in cell_lines(cell, is_strong=number == 0 or place == 0)
                    ],
                    "fill": FILLS[cell.coverage].removeprefix("#") if cell.coverage else "",
                    "is_number": columns[place].kind is ColumnKind.NUMBER,
                    "is_breakable": not are_short[number],
                    "edges": _edges(coverages, number, place),
                }
                for place, cell in enumerate(row)
            ]
            for number, row in enumerate(rows)
        ]
        widths = widths_of(columns)
        return {"kind": "table", "widths": widths, "rows": nodes, "is_repeated": are_short[0]}

    def _height(self, row: Cells, columns: Sequence[Column]) -> float:
        texts = [[self._seen(text) for text in cell_texts(cell)] for cell in row]
        return text_height(texts, _rooms(columns))

    def _line(self, runs: Runs, room: float, size: float = SIZES["Normal"]) -> list[Node]:
        return [
            {
                **run._asdict(),
                "text": self._words(run.text, room, size),
                "address": _whole(run.address),
            }
            for run in runs
        ]

    def _words(self, text: str, room: float, size: float) -> str:
        """Return a text as it is drawn, with places to break a long word at, and names from right to left apart."""
        text = _WORDS.sub(lambda word: _breakable(word[0], room / size), self._seen(text))
        text = _HOLDING_BLANK.sub(f"{_MAY_BREAK} ", text)
        return _PHRASE.sub(rf"{_ISOLATE}\g<0>{_END_ISOLATE}", text)

    def _seen(self, text: str) -> str:
        """Return the letters of a text that are drawn: those that are missing by number."""
        text = _whole(text).replace("\t", "    ")
        return self._missing.sub(_numbers, text) if self._missing else text


_REMARK = "Letters that the fonts of this file lack are written as their numbers in Unicode, in square brackets."


def _is_short(asked: str) -> bool:
    return len(break_lines(asked, _FOOT / SIZES["Footer"], len(asked))) <= _MOST_FOOT


def _numbers(letters: re.Match[str]) -> str:
    return f"[{' '.join(f'U+{ord(letter):04X}' for letter in letters[0])}]"


def _whole(text: str) -> str:
    """Return a text without halves of letters, which the name of a file may have for bytes that are no text."""
    return _SURROGATES.sub("\ufffd", text)


def _breakable(word: str, room: float) -> str:
    if text_width(word, len(word)) <= room:
        return word
    starts = [line.start for line in break_lines(word, room, len(word))]
    ends = [*starts[1:], len(word)]
    return _MAY_BREAK.join(word[start:end] for start, end in zip(starts, ends, strict=True))


# Columns and lines of tables


def _rooms(columns: Sequence[Column]) -> list[float]:
    return [width * _POINTS - _PADDING for width in widths_of(columns)]


def _edges(
    coverages: Sequence[Sequence[Covered]], row: int, column: int
) -> dict[str, Node | None]:
    around = edges(coverages, row, column)
    return {
        "left": _edge(around.left),
        "right": _edge(around.right),
        "top": _edge(around.above),
        "bottom": _edge(around.below),
    }


def _edge(edge: Edge) -> Node | None:
    """Return a line; a double one is drawn as one that is as wide as its two."""
    if edge.stroke is Stroke.BLANK:
        return None
    width = edge.width * 2 / 3 if edge.stroke is Stroke.DOUBLE else edge.width
    dash = _DASHES.get(edge.stroke, "solid")
    return {"colour": edge.colour.removeprefix("#"), "width": width, "dash": dash}

"""Notes as a PDF: ``templates/note.typ`` lays out their blocks one by one."""

from collections.abc import Iterable, Iterator, Sequence

from clustergap.document import (
    Block,
    Column,
    ColumnKind,
    Days,
    Document,
    Edits,
    Grid,
    Steps,
    Table,
    TableCell,
)
from clustergap.masthead import Logo
from clustergap.prose import (
    Code,
    Entries,
    Fields,
    Heading,
    Numbered,
    Paragraph,
    Points,
    Square,
    Text,
    plain,
)
from clustergap.text import as_sentence
from clustergap.text_metrics import line_count
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
    fill_of,
    list_items,
    numbered_items,
    runs_of,
    tables_of,
    text_height,
    widths_of,
)
from clustergap.writers.ooxml import Covered, Edge, Stroke, edges
from clustergap.writers.typesetting import FONTS, POINTS, REMARK, Letters, Node, typeset, whole

_HIGHEST = 600.0
"""The greatest height of the header of a table in points, which is never broken over pages; of a higher one the columns
are numbered, with their names above the table."""

_PADDING = 9.0
"""Points left and right of the text of a cell, together; the template has half of it on each side."""

_INDENT = 40.0
"""Points left of the text of a list within a list, rather too many."""

_FOOT = (WIDTH - 16) * POINTS
"""Points beside the number of a page."""

_MOST_FOOT = 4
"""Lines at the foot of a page; what was asked in more stands at the end of the note instead."""

_DASHES = {Stroke.DASHED: "dashed", Stroke.DOTTED: "dotted"}


def write(document: Document, logo: Logo | None = None) -> bytes:
    """Write a note; the foot of every page says what was asked, and its end that letters are missing from the fonts."""
    return typeset("note", lambda letters: _Writing(letters).note(document), logo)


class _Writing:
    """Writes a note in the letters that the fonts have."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def note(self, document: Document) -> Node:
        title = document.subject or document.title
        asked = " ".join(document.question)
        foot = asked if _is_short(asked) else ""
        remarks = (asked if asked != foot else "", REMARK if self._letters.are_missing else "")
        blocks = (*blocks_of(document), *(Paragraph(text) for text in remarks if text))
        width = WIDTH * POINTS
        return {
            "title": whole(plain(title)),
            "name": self._line(runs_of(title, is_bold=True), width, SIZES["Title"]),
            "subtitle": self._line(runs_of(document.title), width) if document.subject else [],
            "foot": self._letters.words(foot, _FOOT, SIZES["Footer"]),
            "blocks": [node for block in blocks for node in self._block(block)],
            "fonts": FONTS,
            "code_fonts": FONTS[::-1],
            "sizes": SIZES,
            "width": WIDTH,
            "ink": INK,
            "accent": ACCENT,
        }

    def _block(self, block: Block) -> Iterator[Node]:  # noqa: C901 - one case a block
        match block:
            case Heading(text, depth):
                runs = self._line(runs_of(text, is_bold=True), WIDTH * POINTS, SIZES["Heading 1"])
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
                yield {"kind": "paragraph", "runs": self._line(code, WIDTH * POINTS)}
            case Square() | Days() | Grid():
                raise AssertionError("these are written part by part")

    def _paragraph(self, text: Text) -> Node:
        return {"kind": "paragraph", "runs": self._line(runs_of(text), WIDTH * POINTS)}

    def _list(self, kind: str, items: Iterable[NoteItem]) -> Node:
        room = WIDTH * POINTS - _INDENT
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
                    "fill": fill_of(cell),
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
        texts = [[self._letters.seen(text) for text in cell_texts(cell)] for cell in row]
        return text_height(texts, _rooms(columns))

    def _line(self, runs: Runs, room: float, size: float = SIZES["Normal"]) -> list[Node]:
        return [
            {
                **run._asdict(),
                "text": self._letters.words(run.text, room, size),
                "address": whole(run.address),
            }
            for run in runs
        ]


def _is_short(asked: str) -> bool:
    return line_count(asked, _FOOT / SIZES["Footer"], len(asked)) <= _MOST_FOOT


# Columns and lines of tables


def _rooms(columns: Sequence[Column]) -> list[float]:
    return [width * POINTS - _PADDING for width in widths_of(columns)]


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

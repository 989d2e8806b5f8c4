"""The brief as one page for Word, in native tables, which no box is filled in part in: what is covered somewhere is pale."""

from collections.abc import Iterator, Sequence

from clustergap.analysis.coverage import Coverage
from clustergap.masthead import Logo
from clustergap.one_page import Fact, MissingTable, OnePage, PageMap
from clustergap.picture import LevelHead, ShareCell
from clustergap.theme import FILLS, TEXT_COLOURS, sign_of
from clustergap.writers import brief_layout as layout
from clustergap.writers.docx import NoteLook, open_note, save_note
from clustergap.writers.docx_parts import (
    WordElement,
    draw_cell,
    element,
    open_table,
    paragraph,
    with_children,
)
from clustergap.writers.note_layout import SOFT, NoteRun, ink_of
from clustergap.writers.ooxml import BLANK, Covered, Edges, edges

_KICKER, _FIGURE, _FACT, _LEVEL, _UNIT, _ROLE, _TABLE, _FOOT = (
    "Brief Kicker", "Brief Figure", "Brief Fact", "Brief Level", "Brief Unit", "Brief Role", "Brief Table", "Brief Foot",
)  # fmt: skip

_LOOK = NoteLook(
    {
        "Normal": layout.TEXT,
        "Title": layout.TITLE,
        "Heading 1": layout.HEADING,
        _KICKER: layout.KICKER,
        _FIGURE: layout.FIGURE,
        _FACT: layout.FACT,
        _LEVEL: layout.LEVEL,
        _UNIT: layout.UNIT,
        _ROLE: layout.ROLE,
        _TABLE: layout.TABLE,
        _FOOT: layout.FOOT,
    },
    {"Heading 1": 6.0, _FOOT: 4.0, _KICKER: 2.0},
    {"Title": 4.0, "Heading 1": 2.0, _KICKER: 2.0},
    1.0,
    layout.BESIDE,
    layout.ABOVE,
)

_ROOM = layout.HEIGHT - 30
"""The height of the page, without what an office program puts between the parts, and passages below each other."""

_MARGINS = (("top", 20), ("left", 60), ("bottom", 20), ("right", 60))
_PALE = "#FDF1D6"
_NO_EDGES = Edges(BLANK, BLANK, BLANK, BLANK)


def write(page: OnePage, logo: Logo | None = None) -> bytes:
    """Write one page; what has no room on it is counted."""
    fitted = layout.fit(page, room=_ROOM)
    map_ = page.map._replace(rows=fitted.roles)
    missing = page.missing._replace(rows=fitted.gaps)
    parts = (
        _words(_KICKER, page.kicker, colour=SOFT),
        _words("Title", page.title),
        *_optional(_FACT, page.shown),
        *_facts(fitted.facts),
        *_map(map_),
        *_optional(_TABLE, fitted.roles_left),
        _legend(map_),
        _words("Heading1", missing.title),
        *(_missing(missing) if missing.rows else ()),
        *_optional(_TABLE, fitted.gaps_left, "" if page.missing.rows else missing.nothing),
        *(
            part
            for passage in page.passages
            for part in (_words("Heading1", passage.title), _words("Normal", passage.words))
        ),
        _words(_FOOT, page.foot, colour=SOFT),
    )
    return save_note(open_note(page.title, _LOOK, logo), parts)


def _words(style: str, text: str, colour: str = "") -> WordElement:
    return _line(style, NoteRun(text, colour=colour))


def _bold(style: str, text: str, colour: str = "") -> WordElement:
    return _line(style, NoteRun(text, is_bold=True, colour=colour))


def _line(style: str, *runs: NoteRun) -> WordElement:
    return paragraph(style.replace(" ", ""), *(run for run in runs if run.text))


def _optional(style: str, *texts: str) -> Iterator[WordElement]:
    return (_words(style, text) for text in texts if text)


def _facts(facts: Sequence[Fact]) -> Iterator[WordElement]:
    if not facts:
        return
    widths = [*map(_twips, layout.widths_of_facts(len(facts)))]
    table = open_table("Facts", "Figures that stand out.", widths, _MARGINS)
    cells = [
        draw_cell(
            (
                _bold(_FIGURE, fact.figure, ink_of(Coverage.NONE) if fact.is_alarming else ""),
                _words(_FACT, fact.sentence),
            ),
            width,
            _NO_EDGES,
            "",
        )
        for fact, width in zip(facts, widths, strict=True)
    ]
    # Adjacent tables would become one.
    yield from (with_children(table, _row(cells)), _line(_UNIT))


def _map(map_: PageMap) -> Iterator[WordElement]:
    if not map_.rows:
        return
    boxes = layout.widths_of(len(map_.heads))
    role, *there = map_.corner
    points = (layout.ROLES, *(width + layout.GAP for width in boxes))
    widths = [*map(_twips, (*points, *[layout.beside_map(boxes)] * len(there)))]
    table = open_table("Map", map_.description, widths, _MARGINS)
    heads = [
        [_bold(_ROLE, role)],
        *map(_head, map_.heads),
        *([_bold(_ROLE, name)] for name in there),
    ]
    coverages: list[list[Covered]] = [
        [None] * len(widths),
        *(
            [None, *(cell.coverage for cell in row.cells), *[None] * len(there)]
            for row in map_.rows
        ),
    ]
    drawn = [
        draw_cell(words, width, edges(coverages, 0, at), "")
        for at, (words, width) in enumerate(zip(heads, widths, strict=True))
    ]
    table.append(_row(drawn, "w:tblHeader"))
    for number, row in enumerate(map_.rows, 1):
        parts = [
            (_bold(_ROLE, row.role), ""),
            *((_box(each, boxes[0]), _fill(each)) for each in row.cells),
            *((_words(_TABLE, row.there_is), "") for _ in there),
        ]
        drawn = [
            draw_cell([words], width, edges(coverages, number, at), fill)
            for at, ((words, fill), width) in enumerate(zip(parts, widths, strict=True))
        ]
        table.append(_row(drawn))
    yield table


def _head(head: LevelHead) -> list[WordElement]:
    lines = (_words(_UNIT, text) for text in (head.unit, layout.counts_of(head)) if text)
    return [_bold(_LEVEL, head.name), *lines]


def _box(cell: ShareCell, width: float) -> WordElement:
    ink = TEXT_COLOURS[cell.coverage].removeprefix("#")
    is_bold = cell.coverage in (Coverage.NONE, Coverage.PARTIAL)
    sign = NoteRun(sign_of(cell.coverage), is_bold=is_bold, colour=ink)
    _, room = layout.room_of_cell(cell, width)
    beside = ("  " if room else "\n") + cell.beside if cell.beside else ""
    return _line(_TABLE, sign, NoteRun(beside, colour=ink))


def _fill(cell: ShareCell) -> str:
    return _PALE if cell.is_striped and not cell.filled else FILLS[cell.coverage]


def _legend(map_: PageMap) -> WordElement:
    runs = [
        run
        for key in map_.keys
        for run in (
            NoteRun(sign_of(key.cell.coverage), is_bold=True, colour=ink_of(key.cell.coverage)),
            NoteRun(f" {key.meaning}    "),
        )
    ]
    mark = (NoteRun("!", is_bold=True), NoteRun(f" {map_.mark}")) if map_.mark else ()
    return _line(_TABLE, *runs, *mark)


def _missing(missing: MissingTable) -> Iterator[WordElement]:
    widths = [*map(_twips, layout.MISSING)]
    table = open_table(missing.title, missing.description, widths, _MARGINS)
    rows = [
        [_bold(_TABLE, name) for name in missing.columns],
        *(
            [
                _box(ShareCell(row.coverage, ""), layout.BOX_WIDTH),
                _bold(_TABLE, row.subject),
                _words(_TABLE, row.missing),
                _words(_TABLE, row.build_on),
            ]
            for row in missing.rows
        ),
    ]
    lines: list[list[Covered]] = [[None] * len(widths)] * len(rows)
    fills = ["", *(FILLS[row.coverage] for row in missing.rows)]
    for number, (row, fill) in enumerate(zip(rows, fills, strict=True)):
        drawn = [
            draw_cell([words], width, edges(lines, number, at), "" if at else fill)
            for at, (words, width) in enumerate(zip(row, widths, strict=True))
        ]
        table.append(_row(drawn, *([] if number else ["w:tblHeader"])))
    yield from (table, _line(_UNIT))


def _row(cells: Sequence[WordElement], *properties: str) -> WordElement:
    of_row = with_children(element("w:trPr"), *map(element, ("w:cantSplit", *properties)))
    return with_children(element("w:tr"), of_row, *cells)


def _twips(points: float) -> int:
    return round(points * 20)

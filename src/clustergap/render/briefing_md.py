"""All answers as Markdown: a note that stands by itself."""

from collections.abc import Iterator

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.full_report import FullReport
from clustergap.document import Origin
from clustergap.render.grammar.address import address_of
from clustergap.render.note.parts import (
    Item,
    Numbered,
    Points,
    Reference,
    References,
    Section,
    Table,
    TableCell,
    Words,
)
from clustergap.render.note.sections import note_of
from clustergap.theme import UNICODE, WORDS
from clustergap.writers.markdown import escape, table


def render(briefing: FullReport, origin: Origin) -> str:
    note = note_of(briefing, origin)
    head = f"# {escape(note.title)}\n\n{escape(note.subtitle)}\n"
    return head + "".join(text for section in note.sections for text in _section(section))


def _section(section: Section) -> Iterator[str]:
    yield f"\n{'#' * (section.depth + 1)} {escape(section.title)}\n"
    for block in section.blocks:
        yield f"\n{_block(block)}"


def _block(block: Words | Points | Numbered | Table | References) -> str:
    match block:
        case Words():
            text = escape(block.text)
            return f"**{text}**\n" if block.is_strong else f"{text}\n"
        case Points():
            return "".join(f"- {escape(line)}\n" for line in block.lines)
        case Numbered():
            return "".join(_item(number, one) for number, one in enumerate(block.items, 1))
        case Table():
            rows = [[_cell(cell) for cell in row] for row in block.rows]
            return table([escape(name) for name in block.header], rows)
        case References():
            return "".join(_reference(one) for one in block.sources)


def _item(number: int, item: Item) -> str:
    # What belongs to an item begins below its words, further in the longer its number is.
    begins = f"{number}. "
    points = "".join(f"{' ' * len(begins)}- {escape(point)}\n" for point in item.points)
    return f"{begins}{UNICODE.coverage[item.coverage]} **{escape(item.sentence)}**\n{points}"


def _cell(cell: TableCell) -> str:
    lines = [escape(line) for line in cell.lines]
    if cell.coverage is not None:
        lines.insert(0, f"{_sign(cell.coverage)} {cell.number}".rstrip())
    return "<br>".join(lines)


def _sign(coverage: Coverage) -> str:
    word = WORDS[coverage]
    strong = f"**{word}**" if coverage is Coverage.NONE else word
    return f"{UNICODE.coverage[coverage]} {strong}"


def _reference(one: Reference) -> str:
    # Between angle brackets no letter of an address is markup.
    address = f" <{address_of(one.url)}>" if one.url else ""
    return f"- **{escape(one.key)}** {escape(one.text)}{address}\n"

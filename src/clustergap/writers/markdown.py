"""GitHub's Markdown, in which data is always text: it never becomes markup, HTML, a mention or a reference."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from clustergap.analysis.coverage import Coverage
from clustergap.document import (
    STEP_COLUMNS,
    Block,
    Day,
    Days,
    Document,
    EditLine,
    Edits,
    Grid,
    GridCell,
    Step,
    Steps,
    Table,
    TableCell,
)
from clustergap.prose import (
    Code,
    Entries,
    Field,
    Fields,
    Heading,
    Inline,
    Item,
    Link,
    Numbered,
    Paragraph,
    Parts,
    Place,
    Points,
    Run,
    Sign,
    Square,
    SquareField,
    Style,
    Text,
)
from clustergap.text import as_sentence, count, isolate
from clustergap.theme import UNICODE, WORDS, sign_of

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Round brackets and ! have no effect without square brackets, so they are not escaped.
_MARKUP = re.compile(r"([\\`*_\[\]#|~^$])")
_BEGINS_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")
# GitHub looks for these after Markdown has been rendered, so a backslash does not help.
_ACTS = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)|:(?=[a-z0-9_+-]+:)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    r"""Escape *text* so that it is read literally; line breaks are kept.

    >>> escape("a|b *c* <d>")
    'a\\|b \\*c\\* &lt;d&gt;'
    >>> escape("1. [a](http://b.example) (c)")
    '1\\. \\[a\\](http://b.example) (c)'
    >>> escape("@someone") == "@" + chr(0x2060) + "someone"
    True
    """
    quiet = _ACTS.sub(lambda match: match[0] + _WORD_JOINER, text)
    marked = _MARKUP.sub(r"\\\1", "".join(_ENTITIES.get(c, c) for c in quiet))
    # By name: where files are shown as they are written, GitHub warns of the signs themselves.
    apart = isolate(marked, "&#x2068;", "&#x2069;")
    return _BEGINS_LIST.sub(r"\1\\\2", apart).replace("\n", "<br>")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table whose cells are Markdown already."""
    lines = [row(header), row(["---"] * len(header)), *(row(cells) for cells in rows)]
    return "\n".join(lines) + "\n"


def fit(lines: Iterable[str], most: int) -> tuple[list[str], int]:
    """Return the first lines with at most *most* characters together, and the number of those left out.

    >>> fit(["one", "two", "three"], 6)
    (['one', 'two'], 1)
    """
    kept: list[str] = []
    left_out = 0
    for line in lines:
        most -= len(line)
        if most < 0:
            left_out += 1
        else:
            kept.append(line)
    return kept, left_out


def row(cells: Sequence[str]) -> str:
    """Write one row of a table."""
    return f"| {' | '.join(cells)} |"


def write(document: Document) -> str:
    """Write an answer: its title, its blocks, what its words mean, and where its data comes from."""
    mark = "- " if len(document.meanings) > 1 else ""
    parts = (
        _title(document),
        *_blocks(document.blocks),
        "".join(f"{mark}{escape(meaning)}\n" for meaning in document.meanings),
        f"{escape(document.source)}\n" if document.source else "",
        f"{document.remark}\n" if document.remark else "",
    )
    return "\n".join(filter(None, parts))


def _title(document: Document) -> str:
    if document.subject:
        subject = escape(document.subject)
        head = f"# {subject}" if document.has_chapters else f"**{subject}**"
        return f"{head}\n\n{_text(document.title).rstrip('.')}.\n"
    if isinstance(document.title, str):
        return f"**{escape(document.title)}**\n"
    return f"{_headline(document.title)}\n"


def _headline(runs: Sequence[Inline]) -> str:
    # Strong text and an adjacent sign are set as one.
    strong = [*takewhile(_is_strong, runs)]
    words = "".join(
        _run(run._replace(style=Style.PLAIN) if isinstance(run, Run) else run) for run in strong
    )
    return f"**{words}**{''.join(map(_run, runs[len(strong) :]))}"


def _is_strong(run: Inline) -> bool:
    return isinstance(run, Sign) or (isinstance(run, Run) and run.style is Style.STRONG)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    # The edits of all kinds of records share the available length.
    room = MOST_OF_EDITS
    for block in blocks:
        if isinstance(block, Edits):
            text = _edits(block.edits, room)
            room -= len(text)
            yield text
        else:
            yield _block(block)


def _block(block: Block) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a block
    match block:
        case Paragraph():
            return f"{_text(block.text)}\n"
        case Points():
            return "".join(f"- {_text(item)}\n" for item in block.items)
        case Fields():
            return "".join(_fields(block.fields))
        case Grid():
            return _grid(block)
        case Heading():
            return f"{'#' * (block.depth + 1)} {escape(block.text)}\n"
        case Numbered():
            items = [_item(number, item) for number, item in enumerate(block.items, 1)]
            return "".join(items) or f"{as_sentence(block.nothing)}\n"
        case Entries():
            return _entries(block)
        case Square():
            return "\n".join(map(_square_field, block.fields))
        case Table():
            return table(
                [escape(column.name) for column in block.columns],
                [[_cell(cell) for cell in cells] for cells in block.rows],
            )
        case Steps():
            return _fitted_table(STEPS_HEADER, map(_step, block.steps))
        case Days():
            return table(("Date", "Because", *STEPS_HEADER), _day_rows(block.days))
        case Edits():
            return _edits(block.edits, MOST_OF_EDITS)
        case Code():
            return f"{block.title}:\n\n```yaml\n{block.text}```\n"


def _cell(content: Text | TableCell) -> str:
    if not isinstance(content, TableCell):
        return _text(content)
    lines = [_text(line) for line in content.lines]
    if content.coverage is not None:
        lines.insert(0, f"{_sign(content.coverage)} {content.number}".rstrip())
    return "<br>".join(lines)


def _sign(coverage: Coverage) -> str:
    # Uncovered cells stand out in a table.
    word = WORDS[coverage]
    return f"{UNICODE.coverage[coverage]} {f'**{word}**' if coverage is Coverage.NONE else word}"


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    label = ""
    for field in fields:
        label = field.label or label
        words = ""
        for line in field.lines:
            words = f"{words}{_between(words, line)}{_text(line)}" if words else _text(line)
        yield f"- {escape(label)}: {words}\n"


def _between(before: str, line: Text) -> str:
    match line:
        case (Run(style=Style.QUIET), *_):
            return ". "
        case str() if line.startswith("("):
            return " "
        case _:
            return " " if before.endswith(":") else ", "


def _text(text: Text) -> str:
    if isinstance(text, str):
        return escape(text)
    first, *more = text
    if isinstance(first, Place) and not more:
        return escape(f"{first.path}:{first.line}")
    return "".join(map(_run, text))


def _run(run: Inline) -> str:
    match run:
        case str():
            return escape(run)
        case Sign(coverage):
            return sign_of(coverage)
        case Place(path, line):
            return escape(f" ({path}:{line})")
        case Parts(clauses, style):
            return ("; " if style is Style.QUIET else ", ").join(map(escape, clauses))
        case Link():
            # Between angle brackets no character of an address is markup.
            return f" <{run.address}>"
        case Run(text, style):
            return _styled(text, style)


def _styled(text: str, style: Style) -> str:
    match style:
        case Style.STRONG:
            return f"**{escape(text)}**"
        case Style.CODE:
            return f"`{text}`"
        case Style.PLAIN | Style.QUIET:
            return escape(text)


def _grid(grid: Grid) -> str:
    rows = "\n".join(map(_grid_table, grid.parts))
    counts = "  ".join(
        f"{UNICODE.coverage[coverage]} {coverage.value} {number}"
        for coverage, number in grid.counts
    )
    return f"{rows}\n{counts}  ! a gap without it\n"


def _grid_table(grid: Grid) -> str:
    header = [grid.corner, *map(escape, grid.columns)]
    rows = zip(grid.rows, grid.cells, strict=True)
    return table(header, ([escape(name), *map(_grid_cell, cells)] for name, cells in rows))


def _grid_cell(cell: GridCell) -> str:
    names, reasons = ", ".join(map(escape, cell.names)), "; ".join(map(escape, cell.reasons))
    # The names say how many there are.
    number = f" {cell.content.number}" if cell.number and not cell.names else ""
    return "<br>".join(filter(None, (f"{_sign(cell.coverage)}{number}", names, reasons)))


def _item(number: int, item: Item) -> str:
    # The details of an item are indented to its text, and so by the length of its number.
    begins = f"{number}. "
    fields = "".join(f"{' ' * len(begins)}{line}" for line in _fields(item.fields))
    return f"{begins}{UNICODE.coverage[item.coverage]} **{escape(item.sentence)}**\n{fields}"


def _square_field(field: SquareField) -> str:
    return f"### {escape(field.title)}\n\n{_entries(field.entries)}"


def _entries(block: Entries) -> str:
    return "".join(map(_entry, block.entries)) or f"{escape(as_sentence(block.nothing))}\n"


def _entry(field: Field) -> str:
    text, *more = field.lines
    behind = "; ".join(_text(line) for line in more)
    return f"- **{escape(field.label)}** {_text(text)}{f' ({behind})' if behind else ''}\n"


def _day_rows(days: Iterable[Day]) -> Iterator[Sequence[str]]:
    # A day and its causes are in its first row only, so that the days are easy to find.
    for day in days:
        head = (day.date.isoformat(), escape(day.because))
        if not day.steps:
            yield (*head, *[""] * len(STEPS_HEADER))
        for step in day.steps:
            yield (*head, *_step(step))
            head = ("", "")


def _edits(edits: Iterable[EditLine], most: int) -> str:
    return "".join(_fitted(map(_edit, edits), most, "more", "more", "- "))


def _edit(edit: EditLine) -> str:
    words = f"{edit.name}: {edit.details}" if edit.details else edit.name
    return f"- {edit.what} {escape(words)}\n"


MOST_OF_STEPS, MOST_OF_EDITS = 30_000, 25_000
"""Characters of steps and of edits: a comment on GitHub has at most 65,536."""


def _fitted_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (f"{row(cells)}\n" for cells in rows)
    head = [f"{row(header)}\n", f"{row(['---'] * len(header))}\n"]
    return "".join(
        [
            *head,
            *_fitted(
                lines,
                MOST_OF_STEPS,
                "more pair of role and level",
                "more pairs of role and level",
                "\n",
            ),
        ]
    )


def _fitted(lines: Iterable[str], most: int, noun: str, plural: str, before: str) -> list[str]:
    kept, left_out = fit(lines, most)
    return [*kept, *([f"{before}… and {count(left_out, noun, plural)}\n"] if left_out else [])]


STEPS_HEADER = tuple(column.name for column in STEP_COLUMNS)


def _step(step: Step) -> list[str]:
    return [*map(_text, step.row)]

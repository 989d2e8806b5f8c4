"""GitHub's Markdown, in which data is text: it makes no markup, no HTML, no mention and no reference."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TypeVar

from clustergap.document import (
    Block,
    Code,
    Document,
    Field,
    Fields,
    Origin,
    Paragraph,
    Parts,
    Place,
    Points,
    Run,
    Sign,
    Step,
    Steps,
    Style,
    Table,
    Text,
)
from clustergap.theme import UNICODE, WORDS

T = TypeVar("T")

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Round brackets and ! do nothing without square ones: they stay as people read them.
_MARKUP = re.compile(r"([\\`*_\[\]#|~^$])")
_BEGINS_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")
# GitHub looks for these in the text after Markdown is done, so a backslash does not help.
_ACTS = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)|:(?=[a-z0-9_+-]+:)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    r"""Write *text* so that it is read as it stands; line breaks stay line breaks.

    >>> escape("a|b *c* <d>")
    'a\\|b \\*c\\* &lt;d&gt;'
    >>> escape("1. [a](http://b.example) (c)")
    '1\\. \\[a\\](http://b.example) (c)'
    >>> escape("@someone") == "@" + chr(0x2060) + "someone"
    True
    """
    quiet = _ACTS.sub(lambda match: match[0] + _WORD_JOINER, text)
    marked = _MARKUP.sub(r"\\\1", "".join(_ENTITIES.get(c, c) for c in quiet))
    return _BEGINS_LIST.sub(r"\1\\\2", marked).replace("\n", "<br>")


def sign(text: str, origin: Origin) -> str:
    """Say at the end of a document what its reader must know of the data."""
    return f"{text}\n{origin.remark}\n" if origin.remark else text


def signed(render: Callable[[T, Origin], str]) -> Callable[[T, Origin], str]:
    """Let what writes a document say so at its end."""
    return lambda result, origin: sign(render(result, origin), origin)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of cells that are Markdown already."""
    lines = [row(header), row(["---"] * len(header)), *(row(cells) for cells in rows)]
    return "\n".join(lines) + "\n"


def fit(lines: Iterable[str], most: int) -> tuple[list[str], int]:
    """Return the first lines that have at most so many characters together, and how many are left out.

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
    """Write an answer: its title, its blocks, what its words mean, and what its reader must know of the data."""
    parts = [_title(document), *map(_block, document.blocks)]
    if len(document.meanings) == 1:
        parts.append(f"{escape(document.meanings[0])}\n")
    elif document.meanings:
        parts.append("".join(f"- {escape(meaning)}\n" for meaning in document.meanings))
    if document.remark:
        parts.append(f"{document.remark}\n")
    return "\n".join(parts)


def _title(document: Document) -> str:
    if document.subject:
        return f"**{escape(document.subject)}**\n\n{_text(document.title).rstrip('.')}.\n"
    if isinstance(document.title, str):
        return f"**{escape(document.title)}**\n"
    return f"{_headline(document.title)}\n"


def _headline(runs: Sequence[str | Run | Sign | Place | Parts]) -> str:
    # What is strong and the sign beside it are one.
    strong = [*takewhile(_is_strong, runs)]
    words = "".join(
        _run(run._replace(style=Style.PLAIN) if isinstance(run, Run) else run) for run in strong
    )
    return f"**{words}**{''.join(map(_run, runs[len(strong) :]))}"


def _is_strong(run: str | Run | Sign | Place | Parts) -> bool:
    return isinstance(run, Sign) or (isinstance(run, Run) and run.style is Style.STRONG)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"{_text(block.text)}\n"
        case Points():
            return "".join(f"- {_text(item)}\n" for item in block.items)
        case Fields():
            return "".join(_fields(block.fields))
        case Table():
            return table(
                [escape(column.name) for column in block.columns],
                [[_text(cell) for cell in cells] for cells in block.rows],
            )
        case Steps():
            return table(STEPS_HEADER, map(_step, block.steps))
        case Code():
            return f"{block.title}:\n\n```yaml\n{block.text}```\n"


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    label = ""
    for field in fields:
        label = field.label or label
        words = ""
        for line in field.lines:
            words = f"{words}{_between(words, line)}{_text(line)}" if words else _text(line)
        yield f"- {escape(label)}: {words}\n"


def _between(before: str, line: Text) -> str:
    if (
        isinstance(line, tuple)
        and line
        and isinstance(line[0], Run)
        and line[0].style is Style.QUIET
    ):
        return ". "
    starts = line if isinstance(line, str) else ""
    return " " if before.endswith(":") or starts.startswith("(") else ", "


def _text(text: Text) -> str:
    if isinstance(text, str):
        return escape(text)
    first, *more = text
    if isinstance(first, Place) and not more:
        return escape(f"{first.path}:{first.line}")
    return "".join(map(_run, text))


def _run(run: str | Run | Sign | Place | Parts) -> str:
    match run:
        case str():
            return escape(run)
        case Sign(coverage):
            return f"{UNICODE.coverage[coverage]} {WORDS[coverage]}"
        case Place(path, line):
            return escape(f" ({path}:{line})")
        case Parts(clauses):
            return ", ".join(map(escape, clauses))
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


STEPS_HEADER = ("Cell", "Change", "Before", "After", "Why")


def _step(step: Step) -> list[str]:
    return [
        escape(step.cell),
        step.verb,
        _run(Sign(step.before)),
        _run(Sign(step.after)),
        escape(step.why),
    ]

"""The dialect of YAML: the events of two parsers, what both must refuse alike, and syntax errors in plain words.

Events come from libyaml, or from PyYAML's own parser if libyaml is missing. Both must give the same verdict on every
file: ``PureParser`` reads as libyaml does where it can. If only one of them accepts something, the stricter one is
imitated by the functions that refuse directives, tabs and headers of block scalars.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Protocol

from yaml import MarkedYAMLError, YAMLError
from yaml.events import Event, ScalarEvent, StreamEndEvent
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner
from yaml.tokens import ScalarToken

from clustergap.checks.files import FORBIDDEN_YAML, TOO_LARGE, YAML_SYNTAX
from clustergap.loading.files import Refusal, character_name
from clustergap.text import visible

_BLANKS = "\0 \t\r\n\x85\u2028\u2029"

_YAML_DIRECTIVE = re.compile(r"%YAML +1\.[12](?: +#.*| *)")
_TAB = re.compile("\t")
_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"[|>][+-]?[0-9]?[+-]?(?: +#.*| *)\r?$", re.MULTILINE)

_MARKER = re.compile(r"^(?:(<{7}|\|{7}|>{7})(?: [^\n]*)?|={7})\r?$", re.MULTILINE)
"""A line that is only a marker of a merge conflict, from its first column on, where no text of a data file is."""

_BEGIN, _END = "<<<<<<<", ">>>>>>>"

_ODD_INDENTATION = re.compile(r"^ *([^\S \t\r\n])", re.MULTILINE)

_HINTS = (
    (
        "mapping values are not allowed",
        "put a text that holds ': ' in quotes, or mend the indentation",
    ),
    ("cannot start any token", "put the text in quotes; indent with spaces, never with tabs"),
    ("could not find expected ':'", "a key needs a colon and a space behind it"),
    ("expected <block end>", "look at the indentation of this line and the ones above"),
    (
        "did not find expected key",
        "look at the indentation and quotes of this line and the ones above",
    ),
    ("did not find expected '-'", "look at the indentation of this line and the ones above"),
    ("unknown escape", "write the backslash twice, or use single quotes"),
    ("node content", "close the bracket that this one opens"),
    ("end of stream", "close the quote or bracket that this one opens"),
    ("or '}'", "look for a missing comma, quote or bracket"),
    ("or ']'", "look for a missing comma, quote or bracket"),
)


class EventSource(Protocol):
    """What libyaml's parser and PyYAML's own have in common."""

    def get_event(self) -> Event:
        """Return the next event."""


OpenEvents = Callable[[str], EventSource]

PARSE_ERRORS = (YAMLError, ValueError, OverflowError)
"""What the parsers raise; the pure one passes an impossible escape on to ``chr``."""


class PureParser(Reader, Scanner, Parser):  # type: ignore[misc]  # PyYAML is untyped
    """PyYAML's own parser: the same events as libyaml's, ten times slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_plain(self) -> ScalarToken:
        """Scan a plain scalar as libyaml does: in brackets too it may hold a question mark."""
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        while self.peek() != "#":
            length = 0
            while not self._ends_plain(length):
                length += 1
            if not length:
                break
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start)
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return ScalarToken("".join(chunks), True, start, end)

    def _ends_plain(self, length: int) -> bool:
        character, brackets = self.peek(length), ",[]{}" if self.flow_level else ""
        if character == ":":
            return self.peek(length + 1) in _BLANKS + brackets
        return character in _BLANKS + brackets


try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    open_events: OpenEvents = PureParser
else:
    open_events = CParser

HAS_LIBYAML = open_events is not PureParser


def refuse_directives(text: str) -> None:
    """Refuse all directives except one %YAML with a version that both parsers accept."""
    seen = False
    for start, line in _prologue(text):
        if not line.startswith("%"):
            continue
        name = line.split()[0]
        if name != "%YAML":
            message = f"the directive {visible(name[:20])} is not read here"
            raise Refusal(FORBIDDEN_YAML, message, "delete the line", start)
        if seen or _YAML_DIRECTIVE.fullmatch(line) is None:
            message = "this is not YAML: no such directive, or it stands twice"
            raise Refusal(YAML_SYNTAX, message, "write %YAML 1.2 once, or nothing", start)
        seen = True


def refuse_tabs(text: str, open_source: OpenEvents) -> None:
    """Refuse a tab outside of quotes, block scalars and comments, where PyYAML's own parser fails."""
    if "\t" not in text:
        return
    ends = _ends_of_styled_scalars(open_source(text))
    starts = list(ends)
    end_of_comment = 0
    for tab in _TAB.finditer(text):
        if tab.start() < end_of_comment:
            continue
        before = bisect_right(starts, tab.start()) - 1
        end = ends[starts[before]] if before >= 0 else 0
        if tab.start() < end:
            continue
        line = max(end, text.rfind("\n", 0, tab.start()) + 1)
        if not _COMMENT.search(text, max(0, line - 1), tab.start()):
            hint = "indent and separate with spaces"
            raise Refusal(YAML_SYNTAX, "this is not YAML: a tab stands here", hint, tab.start())
        end_of_comment = text.find("\n", tab.start())
        if end_of_comment < 0:
            return


def refuse_block_header(text: str, offset: int) -> None:
    """Refuse a comment directly after | or >, which libyaml accepts."""
    if not _BLOCK_HEADER.match(text, offset):
        message = "this is not YAML: something stands behind | or >"
        raise Refusal(YAML_SYNTAX, message, "put the text on the next line", offset)


def _prologue(text: str) -> Iterator[tuple[int, str]]:
    # The lines before the document: directives, comments and blank lines.
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].rstrip("\r")
        if line.strip() and not line.startswith("%") and not line.lstrip().startswith("#"):
            return
        yield start, line
        start = end + 1


def _ends_of_styled_scalars(source: EventSource) -> dict[int, int]:
    ends: dict[int, int] = {}
    while not isinstance(event := source.get_event(), StreamEndEvent):
        if isinstance(event, ScalarEvent) and event.style:
            ends[event.start_mark.index] = event.end_mark.index
    return ends


def refuse_conflicts(text: str) -> list[Refusal]:
    """Return a refusal at the beginning of each merge conflict of *text* that has a beginning and an end."""
    if _BEGIN not in text:
        return []  # nearly every file
    return [_refuse_conflict(first) for first, is_whole in _conflicts(text) if is_whole]


def refuse_conflict_rests(text: str) -> list[Refusal]:
    """Return a refusal for the remains of each merge conflict of a *text* that is not valid YAML.

    In valid YAML a single marker may be a line of a quoted text.
    """
    return [_refuse_conflict(first) for first, _ in _conflicts(text)]


def _conflicts(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    # The first marker of each, and whether it has both a beginning and an end.
    first: re.Match[str] | None = None
    for marker in _MARKER.finditer(text):
        if marker[1] == _BEGIN and first is not None:
            yield first, False
            first = None
        first = first or marker
        if marker[1] == _END:
            yield first, first[1] == _BEGIN
            first = None
    if first is not None:
        yield first, False


def _refuse_conflict(marker: re.Match[str]) -> Refusal:
    remnant = "a merge conflict" if marker[1] == _BEGIN else "a part of a merge conflict"
    hint = (
        "keep what is right of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"
    )
    return Refusal(YAML_SYNTAX, f"{remnant} was left here", hint, marker.start())


def too_deep(offset: int, levels: int) -> Refusal:
    """Refuse a nesting deeper than that of any dataset."""
    message = f"nested deeper than {levels} levels"
    return Refusal(TOO_LARGE, message, "flatten what is nested", offset)


def syntax_refusal(
    error: Exception, text: str, source: EventSource | None, levels: int
) -> Refusal:
    """Say in plain words why and where *text* is not valid YAML, or that it has more than *levels* levels."""
    problem, offset = "an escape names no character", 0
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or "unreadable"
        offset = _offset(error, text)
    elif isinstance(error, ReaderError):
        problem, offset = "a character may not stand here", error.position
    elif isinstance(source, PureParser):
        offset = source.index
    if "nesting depth" in problem:  # libyaml reads ahead, and has a limit of its own
        return too_deep(offset, levels)
    space = _odd_indentation(text, offset)
    if space is not None:
        return Refusal(
            YAML_SYNTAX,
            f"this is not YAML: the line is indented with {character_name(space[1])}",
            "indent with spaces",
            space.start(1),
        )
    hint = next(
        (hint for words, hint in _HINTS if words in problem), "look at this line and the one above"
    )
    return Refusal(YAML_SYNTAX, f"this is not YAML: {visible(problem)}", hint, offset)


def _offset(error: MarkedYAMLError, text: str) -> int:
    mark, context = error.problem_mark, error.context_mark
    if mark is not None and mark.index >= len(text.rstrip()) and "node" in (error.context or ""):
        return max(text.rfind("["), text.rfind("{"), 0)
    if mark is None or (context is not None and _began_earlier(error, text)):
        mark = context
    return min(mark.index, len(text)) if mark is not None else 0


def _began_earlier(error: MarkedYAMLError, text: str) -> bool:
    # The end of the file shows nothing, but the beginning of the open bracket or quote does. The same holds if a line
    # that is not indented deeper than the bracket follows, and if a key has lost its colon.
    mark, context = error.problem_mark, error.context_mark
    if mark.index >= len(text.rstrip()) or error.context == "while scanning a simple key":
        return True
    is_flow = "flow" in (error.context or "")
    return (
        is_flow
        and mark.line > context.line
        and _indent(text, mark.index) <= _indent(text, context.index)
    )


def _indent(text: str, offset: int) -> int:
    line = text[text.rfind("\n", 0, offset) + 1 :][:1000]
    return len(line) - len(line.lstrip(" "))


def _odd_indentation(text: str, offset: int) -> re.Match[str] | None:
    # A no-break space looks like indentation, but is text: the parser fails only a line or two later.
    line = text.rfind("\n", 0, offset)
    start = text.rfind("\n", 0, max(0, line)) + 1
    return next(_ODD_INDENTATION.finditer(text, start, offset), None)

"""YAML events from libyaml, or from PyYAML's own parser where libyaml is missing.

Both must give the same verdict on every file: where they differ, the stricter one is imitated here.
"""

import re
from collections.abc import Callable
from typing import Protocol

from yaml import MarkedYAMLError, YAMLError
from yaml.events import DocumentStartEvent, Event
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner

from clustergap.checks import catalogue
from clustergap.loading.characters import name_of
from clustergap.loading.files import Refusal
from clustergap.wording import visible


class EventSource(Protocol):
    """What libyaml's parser and PyYAML's own have in common."""

    def get_event(self) -> Event:
        """Return the next event."""


OpenEvents = Callable[[str], EventSource]

PARSE_ERRORS = (YAMLError, ValueError, OverflowError)
"""What the parsers raise; the pure one lets an impossible escape through to ``chr``."""


class PureParser(Reader, Scanner, Parser):  # type: ignore[misc]  # PyYAML is untyped
    """PyYAML's own parser: the same events as libyaml's, ten times slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    open_events: OpenEvents = PureParser
else:
    open_events = CParser

_VERSIONS = ((1, 1), (1, 2))

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
    ("end of stream", "close the quote or bracket that this one opens"),
    ("or '}'", "look for a missing comma, quote or bracket"),
    ("or ']'", "look for a missing comma, quote or bracket"),
)


def syntax_refusal(error: Exception, text: str, source: EventSource | None) -> Refusal:
    """Say in a person's words why and where *text* is not YAML."""
    problem, offset = "an escape names no character", 0
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or "unreadable"
        offset = _offset(error, text)
    elif isinstance(error, ReaderError):
        problem, offset = "a character may not stand here", error.position
    elif isinstance(source, PureParser):
        offset = source.index
    space = _odd_indentation(text, offset)
    if space is not None:
        return Refusal(
            catalogue.YAML_SYNTAX,
            f"this is not YAML: the line is indented with {name_of(space[1])}",
            "indent with spaces",
            space.start(1),
        )
    hint = next(
        (hint for words, hint in _HINTS if words in problem), "look at this line and the one above"
    )
    return Refusal(catalogue.YAML_SYNTAX, f"this is not YAML: {visible(problem)}", hint, offset)


def refuse_document_start(event: DocumentStartEvent) -> Refusal | None:
    """Refuse a document that needs another YAML, or names tags of its own."""
    offset = event.start_mark.index
    if event.version is not None and tuple(event.version) not in _VERSIONS:
        version = ".".join(map(str, event.version))
        return Refusal(
            catalogue.YAML_SYNTAX,
            f"this is not YAML: version {version}",
            "write %YAML 1.2 or nothing",
            offset,
        )
    if event.tags:
        return Refusal(
            catalogue.FORBIDDEN_YAML,
            "the directive %TAG is not read here",
            "delete the line",
            offset,
        )
    return None


def _offset(error: MarkedYAMLError, text: str) -> int:
    mark, context = error.problem_mark, error.context_mark
    if mark is None or (context is not None and _began_earlier(error, text)):
        mark = context
    return min(mark.index, len(text)) if mark is not None else 0


def _began_earlier(error: MarkedYAMLError, text: str) -> bool:
    # At the end of the file there is nothing to see; where the open bracket or quote began, there is. So it
    # is where a line no deeper than the bracket's follows it, and where a key has lost its colon.
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
    # A no-break space looks like indentation, but is text; the parser stumbles on a line or two later.
    start = max(0, offset - 1000)
    return next(_ODD_INDENTATION.finditer(text, start, offset), None)

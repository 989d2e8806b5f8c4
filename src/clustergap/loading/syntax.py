"""Where a text is not YAML: a parser's error in a person's words, at the place where a person would look."""

import re

from yaml import MarkedYAMLError
from yaml.reader import ReaderError

from clustergap.checks.rules.files import TOO_LARGE, YAML_SYNTAX
from clustergap.loading.events import EventSource, PureParser
from clustergap.loading.files import Refusal, character_name
from clustergap.text import visible

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


def too_deep(offset: int, levels: int) -> Refusal:
    """Refuse what is nested deeper than any dataset."""
    message = f"nested deeper than {levels} levels"
    return Refusal(TOO_LARGE, message, "flatten what is nested", offset)


def syntax_refusal(
    error: Exception, text: str, source: EventSource | None, levels: int
) -> Refusal:
    """Say in a person's words why and where *text* is not YAML, or that it has more than so many *levels*."""
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
    line = text.rfind("\n", 0, offset)
    start = text.rfind("\n", 0, max(0, line)) + 1
    return next(_ODD_INDENTATION.finditer(text, start, offset), None)

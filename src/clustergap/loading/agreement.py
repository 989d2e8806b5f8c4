"""What one parser reads and the other does not: refused, so that both give the same verdict on every file.

Here the stricter of the two is imitated, whichever it is; each function raises its refusal.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from yaml.events import ScalarEvent, StreamEndEvent

from clustergap.checks.rules.files import FORBIDDEN_YAML, YAML_SYNTAX
from clustergap.loading.events import EventSource, OpenEvents
from clustergap.loading.files import Refusal
from clustergap.text import visible

_YAML_DIRECTIVE = re.compile(r"%YAML +1\.[12](?: +#.*| *)")
_TAB = re.compile("\t")
_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"[|>][+-]?[0-9]?[+-]?(?: +#.*| *)\r?$", re.MULTILINE)


def refuse_directives(text: str) -> None:
    """Refuse a directive other than one %YAML of a version that both parsers read."""
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
    """Refuse a tab outside of quotes, block scalars and comments, where PyYAML's own parser stumbles over it."""
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
    """Refuse a comment glued to | or >, which libyaml lets through."""
    if not _BLOCK_HEADER.match(text, offset):
        message = "this is not YAML: something stands behind | or >"
        raise Refusal(YAML_SYNTAX, message, "put the text on the next line", offset)


def _prologue(text: str) -> Iterator[tuple[int, str]]:
    # The lines in front of the document: directives, comments, blank ones.
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

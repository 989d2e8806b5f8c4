"""YAML events from libyaml, or from PyYAML's own parser where libyaml is missing.

Both must give the same verdict on every file: ``PureParser`` reads as libyaml does where it can, and
``agreement`` refuses the rest.
"""

from collections.abc import Callable
from typing import Protocol

from yaml import YAMLError
from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner
from yaml.tokens import ScalarToken

_BLANKS = "\0 \t\r\n\x85\u2028\u2029"


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

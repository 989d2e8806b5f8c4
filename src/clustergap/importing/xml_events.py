"""XML of strangers, element by element: no document type, no entity, no other encoding, and nothing is kept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers import expat

from clustergap.errors import ClusterGapError
from clustergap.importing.limits import LIMITS, Limits
from clustergap.importing.problem import refuse

Begin = Callable[[Mapping[str, str]], None]
"""Told of an element's attributes, by their names without prefix."""

End = Callable[[], None]

_KEPT = "calcext"
"""The prefix of LibreOffice's own attributes, which have names that OpenDocument's have too."""


def walk(
    chunks: Iterable[bytes],
    begins: Mapping[str, Begin],
    ends: Mapping[str, End] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    limits: Limits = LIMITS,
) -> None:
    """Walk through XML.

    Args:
        chunks: Its bytes.
        begins: What to do where an element begins, by its name without prefix.
        ends: What to do where an element ends.
        text: What to do with text between tags; it comes in pieces.
        limits: How much of it is read.

    Raises:
        SheetError: It is no XML, or declares a document type.
    """
    # What the file says of its encoding is not believed: it could hide a declaration.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = _handlers(begins, ends or {}, limits)
    parser.StartDoctypeDeclHandler = _refuse
    if text:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.tag:
                raise _senseless()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = "the file is damaged: a part of it is no XML in UTF-8"
        raise refuse(message, "save it again") from error


def _handlers(  # noqa: C901 - two that share what they know
    begins: Mapping[str, Begin], ends: Mapping[str, End], limits: Limits
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """Return what expat is to call; half of the time that a workbook takes is spent in these few lines."""
    begin_of, end_of = _ByName(begins.get, limits.names), _ByName(ends.get, limits.names)
    names = _ByName(str, limits.names)
    known, prefixed = names.keys(), set[str]()
    depth, deepest = 0, limits.depth

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise _senseless()
        if attributes:
            if not attributes.keys() <= known:
                prefixed.update(key for key in attributes if names[key] != key)
            if prefixed and not prefixed.isdisjoint(attributes):
                attributes = {names[key]: value for key, value in attributes.items()}
        handler = begin_of[name]
        if handler is not None:
            handler(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler = end_of[name]
        if handler is not None:
            handler()

    return begin, end


class _ByName(dict[str, Any]):
    """What belongs to a name with its prefix, looked for once."""

    def __init__(self, find: Callable[[str], Any], most: int) -> None:
        super().__init__()
        self.find, self.most = find, most

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - a name, or what is done at an element
        if len(self) >= self.most:
            raise _senseless()
        prefix, _, local = name.rpartition(":")
        found = self[name] = self.find(name if prefix == _KEPT else local)
        return found


def _senseless() -> ClusterGapError:
    return refuse("the file holds XML that no spreadsheet program writes", "save it again")


def _refuse(*_declared: object) -> None:
    raise refuse("the file declares a document type or an entity, which no spreadsheet needs")

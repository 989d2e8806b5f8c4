"""XML of strangers, element by element: no document type, no entity, and nothing is kept."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from clustergap.importing.package import declared
from clustergap.importing.problem import refuse

Handler = Callable[[Mapping[str, str]], None]
"""Told of an element's attributes, by their names without prefix."""


def walk(
    chunks: Iterable[bytes],
    starts: Mapping[str, Handler],
    ends: Mapping[str, Callable[[str], None]] | None = None,
) -> None:
    """Walk through XML.

    Args:
        chunks: Its bytes.
        starts: What to do where an element begins, by its name without prefix.
        ends: What to do where an element ends, told of the text between its tags.

    Raises:
        SheetError: It is no XML, or declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    walker = _Walker(starts, ends or {})
    parser.StartElementHandler = walker.start
    parser.StartDoctypeDeclHandler = _refuse
    if ends:
        parser.EndElementHandler = walker.end
        parser.CharacterDataHandler = walker.text.append
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise refuse("the file is damaged: a part of it is no XML", "save it again") from error


class _Walker:
    """Calls what is to be done for each element."""

    def __init__(
        self, starts: Mapping[str, Handler], ends: Mapping[str, Callable[[str], None]]
    ) -> None:
        self.starts, self.ends = starts, ends
        self.local: dict[str, str] = {}
        self.text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = self.local.get(name)
        if short is None:
            short = self.local[name] = name.rpartition("}")[2]
        if short in self.ends:
            self.text.clear()
        handler = self.starts.get(short)
        if handler is not None:
            handler({key.rpartition("}")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        handler = self.ends.get(self.local[name])
        if handler is not None:
            handler("".join(self.text))
            self.text.clear()


def _refuse(*_declared: object) -> None:
    raise declared()

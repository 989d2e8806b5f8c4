"""Where a statement comes from."""

from pydantic.dataclasses import dataclass

from clustergap.model.record import STRICT, Record
from clustergap.model.text import Id, Line, Name, Text, Url


class Source(Record):
    """A document or page that records cite by its key."""

    title: Name
    author: Line | None = None
    publisher: Line | None = None
    date: Line | None = None
    url: Url | None = None
    licence: Line | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SourceRef:
    """One citation: the source's key, the place in it, its words."""

    ref: Id
    locator: Line | None = None
    quote: Text | None = None

"""A picture that is done, and what is told of it beside it."""

from typing import Generic, NamedTuple, TypeVar

from clustergap.render.grammar.size import Size

DocumentT = TypeVar("DocumentT", str, bytes)


class Drawn(NamedTuple, Generic[DocumentT]):
    """A picture as a document, how many pixels it has, and what its reader should know."""

    document: DocumentT
    size: Size
    remarks: tuple[str, ...] = ()

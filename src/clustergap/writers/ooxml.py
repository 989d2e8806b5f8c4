"""Shared by the writers for Word and PowerPoint: the same bytes on every run, and the lines between table cells."""

import enum
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from clustergap.analysis.coverage import Coverage

WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - office files know no zone
"""The fixed time of writing a file; the day of its data is part of its contents."""

LONGEST_PROPERTY = 255
"""Characters of a title in the properties of a file; the libraries refuse more."""

LANGUAGE = "en-GB"

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can have."""

_UNIX, _READABLE = 3, 0o644 << 16


def set_properties(properties: Any, title: str) -> None:  # noqa: ANN401 - of either library
    """Set the title, the author and the language of a file."""
    properties.title = title[:LONGEST_PROPERTY]
    properties.language, properties.author = LANGUAGE, "clustergap"
    properties.last_modified_by, properties.revision = "clustergap", 1
    properties.created = properties.modified = WRITTEN


def repack(document: bytes) -> bytes:
    """Write the parts of an archive again in their order, without traces of the time and the machine."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as archive,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as repacked,
    ):
        for part in archive.infolist():
            info = zipfile.ZipInfo(part.filename, _FIRST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = _UNIX, _READABLE
            repacked.writestr(info, archive.read(part))
    return written.getvalue()


# The lines of a table. Two cells share a line: it is that of the worse coverage.

Covered = Coverage | None
"""The coverage of a table cell; None: it has none."""


class Stroke(enum.Enum):
    """How a line is drawn."""

    BLANK = enum.auto()
    SOLID = enum.auto()
    DASHED = enum.auto()
    DOTTED = enum.auto()
    DOUBLE = enum.auto()


class Edge(NamedTuple):
    """A line; its width is in points, for a double line that of both lines and the space between."""

    stroke: Stroke
    width: float
    colour: str


NONE = Edge(Stroke.DASHED, 2.25, "#A61B1B")
PARTIAL = Edge(Stroke.DOUBLE, 4.5, "#7A5A00")
UNKNOWN = Edge(Stroke.DOTTED, 1.5, "#5A5A5A")
APART = Edge(Stroke.SOLID, 3.0, "#FFFFFF")
HAIR = Edge(Stroke.SOLID, 0.75, "#C8C8C8")
BLANK = Edge(Stroke.BLANK, 0.0, "#FFFFFF")


class Edges(NamedTuple):
    """The lines on the four sides of a cell."""

    left: Edge
    right: Edge
    above: Edge
    below: Edge


def edges(table: Sequence[Sequence[Covered]], row: int, column: int) -> Edges:
    """Return the lines around a cell of a table whose first row is its header."""
    cells, last = table[row], len(table) - 1
    above = table[row - 1][column] if row else None
    below = table[row + 1][column] if row < last else None
    return Edges(
        _beside(cells[column - 1] if column else None, cells[column]),
        _beside(cells[column], cells[column + 1] if column + 1 < len(cells) else None),
        _loudest(above, cells[column], HAIR if row else BLANK),
        _loudest(cells[column], below, HAIR),
    )


def edge_around(coverage: Covered) -> Edge:
    """Return the line around a cell that stands alone, or around a box of words."""
    return {Coverage.NONE: NONE, Coverage.UNKNOWN: UNKNOWN, None: HAIR}.get(coverage, BLANK)


def _beside(left: Covered, right: Covered) -> Edge:
    return PARTIAL if right is Coverage.PARTIAL else _loudest(left, right, BLANK)


def _loudest(first: Covered, second: Covered, plain: Edge) -> Edge:
    if Coverage.NONE in (first, second):
        return NONE
    if Coverage.UNKNOWN in (first, second):
        return UNKNOWN
    return APART if first or second else plain

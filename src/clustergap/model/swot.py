"""The records of ``swot.yaml``: four quadrants of items, linked by hand to the matrix."""

import enum
from collections.abc import Mapping

from pydantic import Field

from clustergap.model.cell import CellKey
from clustergap.model.record import Record, SchemaVersion
from clustergap.model.source import Source, SourceRef
from clustergap.model.text import Id, Line


class Quadrant(enum.StrEnum):
    """The four fields of a SWOT, in the order of speech."""

    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    OPPORTUNITIES = "opportunities"
    THREATS = "threats"


class SwotItem(Record):
    """One line of the SWOT. Links say that its words name the thing; all may be empty."""

    id: Id
    text: Line
    levels: tuple[Id, ...] = ()
    roles: tuple[Id, ...] = ()
    instruments: tuple[Id, ...] = ()
    cells: tuple[CellKey, ...] = ()
    sources: tuple[SourceRef, ...] = ()

    @property
    def has_links(self) -> bool:
        """Whether its words name anything."""
        return bool(self.levels or self.roles or self.instruments or self.cells)


class SwotFile(Record):
    """The whole of ``swot.yaml``."""

    schema_version: SchemaVersion = Field(alias="schema")
    sources: dict[Id, Source] = Field(default_factory=dict)
    strengths: tuple[SwotItem, ...] = ()
    weaknesses: tuple[SwotItem, ...] = ()
    opportunities: tuple[SwotItem, ...] = ()
    threats: tuple[SwotItem, ...] = ()


Swot = Mapping[Quadrant, tuple[SwotItem, ...]]

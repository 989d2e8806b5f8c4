"""The records of ``swot.yaml``: items in four quadrants, linked by hand to what their words name, and to what they mean."""

import enum
from collections.abc import Mapping

from pydantic import Field

from clustergap.model.cell import CellKey
from clustergap.model.record import Id, OneLine, Record, SchemaVersion, Source, SourceRef


class Quadrant(enum.StrEnum):
    """The four fields of a SWOT, in the order of speech."""

    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    OPPORTUNITIES = "opportunities"
    THREATS = "threats"


class MeantLinks(Record):
    """What a line of the SWOT means without naming it.

    Any of its links may be empty.
    """

    levels: tuple[Id, ...] = ()
    """Ids of the levels that it means."""
    roles: tuple[Id, ...] = ()
    """Ids of the roles that it means."""
    instruments: tuple[Id, ...] = ()
    """Ids of the instruments that it means."""
    cells: tuple[CellKey, ...] = ()
    """The cells, role@level, that it means."""

    def __bool__(self) -> bool:
        return bool(self.levels or self.roles or self.instruments or self.cells)


class SwotItem(Record):
    """One line of the SWOT, linked by hand to what its words name, and to what they mean without naming it.

    Any of its links may be empty.
    """

    id: Id
    """Its id, such as s1 or w2."""
    text: OneLine
    """The sentence."""
    levels: tuple[Id, ...] = ()
    """Ids of the levels that its words name."""
    roles: tuple[Id, ...] = ()
    """Ids of the roles that its words name."""
    instruments: tuple[Id, ...] = ()
    """Ids of the instruments that its words name."""
    cells: tuple[CellKey, ...] = ()
    """The cells, role@level, that its words name."""
    meant: MeantLinks = Field(default_factory=MeantLinks)
    """What it means without naming it: the same four keys."""
    sources: tuple[SourceRef, ...] = ()
    """Where this comes from: citations of sources by their keys."""

    @property
    def has_links(self) -> bool:
        """Whether its words name or mean anything."""
        return bool(self.levels or self.roles or self.instruments or self.cells or self.meant)


class SwotFile(Record):
    """The SWOT of a clustergap dataset.

    The whole of ``swot.yaml``.
    """

    schema_version: SchemaVersion = Field(alias="schema")
    """The data format. Write 1."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    """Sources that only the SWOT cites; the main file's can be cited too."""
    strengths: tuple[SwotItem, ...] = ()
    """What is good, from within."""
    weaknesses: tuple[SwotItem, ...] = ()
    """What is bad, from within."""
    opportunities: tuple[SwotItem, ...] = ()
    """What could help, from outside."""
    threats: tuple[SwotItem, ...] = ()
    """What could harm, from outside."""


Swot = Mapping[Quadrant, tuple[SwotItem, ...]]

"""What a spreadsheet says, before anybody knows which records it speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from clustergap.importing.address import Address
from clustergap.importing.problem import Problem

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""A value as a data file would say it: every scalar is a text."""


class Said(NamedTuple):
    """A value, and the cell that says it."""

    value: Value
    at: Address


class Word(NamedTuple):
    """A word that names a record, and the cell that says it."""

    text: str
    at: Address


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one cell, or an instrument without one; an observation has neither ``id`` nor ``name``.

    ``at`` is the cell of the sheet to name where no other is to blame. ``instrument`` and ``statement`` hold what is
    said of each, by key.
    """

    at: Address
    id: Word | None = None
    name: Word | None = None
    role: Word | None = None
    level: Word | None = None
    instrument: Mapping[str, Said] = field(default_factory=dict)
    statement: Mapping[str, Said] = field(default_factory=dict)


@dataclass(slots=True)
class Claims:
    """All that a sheet says, with what is wrong in it and what is to be known of it.

    ``instrument_keys`` and ``statement_keys`` are those that the sheet has columns for, filled or not. ``roles`` and
    ``levels`` are those that it names whether or not anything is said of them.
    """

    claims: list[Claim]
    problems: list[Problem]
    remarks: list[str]
    instrument_keys: frozenset[str] = frozenset()
    statement_keys: frozenset[str] = frozenset()
    roles: list[Word] = field(default_factory=list)
    levels: list[Word] = field(default_factory=list)

"""The parts that the JSON documents of several questions share.

A record takes its values from an object's attributes of the same names. Its docstrings become the descriptions
of its JSON Schema: ``schema`` reads them from the source when a schema is asked for, as pydantic would do at every start.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import AliasGenerator, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from clustergap.analysis.caveats import Caveats
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.origin import EXAMPLE, Origin


class AnswerPart(BaseModel):
    """An object of a JSON document; ``in_`` is written ``in``."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        from_attributes=True,
        defer_build=True,
        validate_by_name=True,
        serialize_by_alias=True,
        alias_generator=AliasGenerator(serialization_alias=lambda name: name.removesuffix("_")),
    )


def attribute(*path: str) -> Any:  # noqa: ANN401 - as pydantic's own Field
    """Take the value of a key from an attribute with another name, or from an attribute of an attribute."""
    return Field(validation_alias=AliasPath(*path))


def key(name: str) -> Any:  # noqa: ANN401 - as pydantic's own Field
    """Give a key a name that is no Python identifier."""
    return Field(alias=name)


def left_out() -> Any:  # noqa: ANN401 - as pydantic's own Field
    """Write a key only if it has a value."""
    return Field(default=None, exclude_if=lambda value: value is None)


def described(words: str) -> Any:  # noqa: ANN401 - as pydantic's own Field
    """Describe a value that cannot have a docstring."""
    return Field(description=words)


# Values

Open = Field(json_schema_extra={"open": True})
"""Of this value later versions may have further words: its schema gives the known ones as examples."""

CellName = Annotated[str, BeforeValidator(str), described("The cell, role@level.")]
RoleId = Annotated[str, described("The role's id.")]
LevelId = Annotated[str, described("The level's id.")]
InstrumentId = Annotated[str, described("An instrument's id.")]
TargetId = Annotated[str, described("A target group's id.")]
TerritoryCode = Annotated[str, described("A code.")]
CellCoverage = Annotated[Coverage, described("How well the cell is covered.")]
Note = Annotated[str, described("A note.")]
Count = Annotated[int, Field(ge=0)]
LineNumber = Annotated[int, Field(ge=1, description="The line, from 1.")]


# The question


class DatasetRecord(AnswerPart):
    """The dataset that was asked."""

    title: str
    """Its title."""
    path: str | None
    """Where it lies, as the user named it; null for the packaged one."""
    note: str | None = left_out()
    """Of the packaged one alone: that it is an example."""


class QueryRecord(AnswerPart):
    """The question; parts that were not asked are null or empty."""

    as_of: date | None
    """The day that was used; null where dates were ignored."""
    in_: str | None = attribute("place")
    """The code of the territory that was looked at, or the id of the group of territories."""
    target: str | None
    """The target group's id."""
    kinds: tuple[Annotated[str, described("A kind's id.")], ...]
    """The kinds that count; empty: all."""
    without: tuple[InstrumentId, ...]
    """Instruments left out of account, with what hangs on them."""
    alone: bool
    """Whether what hangs on them stays."""
    with_planned: bool
    """Whether planned instruments count."""


class CaveatsRecord(AnswerPart):
    """What a reader must know of an answer for another day than the data's own."""

    no_first_day: Count | None
    """How many statements behind the answer have no first day; null unless the day asked is before the data's own."""
    seen_later: Count | None
    """How many statements are left out only because they were first seen later; null unless that day is before the data's own."""
    no_last_day: Count | None
    """How many statements behind the answer have no last day; null unless the day asked is behind the data's own."""
    data_as_of: date | None
    """The day up to which the data speak; null unless the day asked is behind it."""


class AnswerRecord(AnswerPart):
    """A JSON document."""

    schema_: str
    """Which output this is, and its version."""


class QuestionRecord(AnswerRecord):
    """The JSON document of a question to one dataset."""

    dataset: DatasetRecord
    query: QueryRecord
    caveats: CaveatsRecord


def dataset_record(matrix: Matrix, origin: Origin) -> DatasetRecord:
    """Say which dataset was asked."""
    note = EXAMPLE if origin.is_example else None
    return DatasetRecord(title=matrix.dataset.title, path=origin.path, note=note)


def head(matrix: Matrix, origin: Origin, caveats: Caveats | None = None) -> dict[str, object]:
    """Return the keys of a question: the dataset, the query, and the caveats: of all cells shown, unless others are given."""
    return {
        "dataset": dataset_record(matrix, origin),
        "query": matrix.query,
        "caveats": matrix.caveats() if caveats is None else caveats,
    }


# The cells


class LevelRecord(AnswerPart):
    """A level."""

    id: LevelId
    name: str
    """Its name."""


class RoleRecord(AnswerPart):
    """A role."""

    id: RoleId
    name: str
    """Its name."""


class SummaryRecord(AnswerPart):
    """The cells shown, counted."""

    cells: Count
    """All."""
    full: Count
    """Covered in full."""
    partial: Count
    """Covered in part."""
    none: Count
    """Not covered."""
    unknown: Count
    """Nobody knows: not looked at, or the source does not say where."""


Levels = Annotated[tuple[LevelRecord, ...], described("The levels shown, in file order.")]
Roles = Annotated[tuple[RoleRecord, ...], described("The roles shown, in file order.")]


class CellsRecord(QuestionRecord):
    """The JSON document of a question to cells."""

    levels: Levels
    roles: Roles
    summary: SummaryRecord


def cells_head(matrix: Matrix, origin: Origin) -> dict[str, object]:
    """Return the keys of a question about cells: those of any question, the levels and roles shown, and the counts."""
    counted = {"levels": matrix.levels, "roles": matrix.roles, "summary": matrix.summary()}
    return {**head(matrix, origin), **counted}


class ShareRecord(AnswerPart):
    """How many territories are covered; null where nobody said where."""

    covered: Count
    """Territories covered in full."""
    partial: Count
    """Territories covered in part."""
    of: Count
    """Territories of which it is known."""
    unknown: Count
    """Territories of which nobody knows."""
    missing: tuple[TerritoryCode, ...]
    """Codes of the territories that are not covered."""


class CellRecord(AnswerPart):
    """A cell."""

    cell: CellName
    role: RoleId = attribute("cell", "role")
    level: LevelId = attribute("cell", "level")
    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments of the cell, in file order."""
    rests_on: tuple[InstrumentId, ...]
    """Those without any one of which a full cell would be a gap."""
    notes: tuple[Note, ...]
    """Notes of the statements that count."""
    share: ShareRecord | None
    where_not_said: bool
    """Whether someone said "not everywhere" but not where, and this decides: the cell is partial, or of a place unknown."""

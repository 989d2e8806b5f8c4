"""The JSON document of a comparison of places, and what it shares with that of places on several days."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator

from clustergap.analysis.advantages import Advantage
from clustergap.analysis.compare import ComparedPlace, PlaceRating
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.measures import Measures
from clustergap.answers.compare import CompareAnswer
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    CellRecord,
    Count,
    InstrumentId,
    LevelId,
    Levels,
    QuestionRecord,
    Roles,
    ShareRecord,
    TerritoryCode,
    attribute,
    described,
    head,
)
from clustergap.origin import Origin
from clustergap.theme import DEFINITIONS

PlaceId = Annotated[str, described("The code of a territory, or the id of a group.")]


class PlaceRecord(AnswerPart):
    """A place that is compared."""

    id: PlaceId
    name: str
    """Its name; its code stands beside it if another has the same."""
    members: tuple[TerritoryCode, ...] | None
    """The codes of a group's places; null: it is no group."""


class WithinRecord(AnswerPart):
    """How a place is covered at a narrower level."""

    level: LevelId = attribute("level", "id")
    share: ShareRecord
    """How many territories of that level are covered, of those in the place."""


class MembersRecord(AnswerPart):
    """A group's places by how they are covered."""

    full: tuple[TerritoryCode, ...]
    """Covered in full."""
    partial: tuple[TerritoryCode, ...]
    """Covered in part."""
    none: tuple[TerritoryCode, ...]
    """Not covered."""
    unknown: tuple[TerritoryCode, ...]
    """Nobody knows."""


def _tally(members: Mapping[Coverage, object] | None) -> Mapping[Coverage, object] | None:
    return None if members is None else {each: members.get(each, ()) for each in DEFINITIONS}


class ComparedCellRecord(CellRecord):
    """A cell asked of one place, as the matrix says under a query for it."""

    place: PlaceId
    own: tuple[InstrumentId, ...]
    """The instruments of which a statement names the place, what it lies in or what lies in it."""
    somewhere: tuple[InstrumentId, ...]
    """Those that cover somewhere, but never say where; the others cover everywhere, or everywhere but in some places."""
    within: WithinRecord | None
    """If nothing is known to cover it at this level: how it is covered at the next narrower level at which something does."""
    members: Annotated[MembersRecord | None, BeforeValidator(_tally)]
    """A group's places that have a territory at the level, or all if it lists none; null: the place is no group."""


def compared_keys(place: ComparedPlace, rated: PlaceRating) -> dict[str, object]:
    """Return the keys of a cell asked of one place."""
    return {
        **dict(CellRecord.model_validate(rated.rating)),
        "place": place.id,
        "own": rated.own,
        "somewhere": rated.somewhere,
        "within": rated.within,
        "members": rated.members,
    }


class PrecedentRecord(AnswerPart):
    """An instrument that the place ahead has and the other lacks."""

    instrument: InstrumentId
    can_join: bool
    """Whether other places have it too, so that this one could join; else the place ahead has it alone, and it could be copied."""


class AdvantageRecord(AnswerPart):
    """A role and level of which more is covered in one of two places."""

    cell: CellName
    ahead: PlaceId
    precedents: tuple[PrecedentRecord, ...]
    """The instruments that the place ahead has and the other lacks; none, if the same cover more of it, or only an observation does."""


class NearRecord(AnswerPart):
    """A place and how alike it is."""

    place: PlaceId
    equal: Count
    """Pairs of role and level that are covered equally in both."""
    known: Count
    """Pairs of role and level that are known in both."""


class MeasuresRecord(AnswerPart):
    """What is measured of a place over the roles and levels shown."""

    place: PlaceId
    covered: Count
    """Pairs of role and level covered in full or in part."""
    full: Count
    """Pairs of role and level covered in full."""
    partial: Count
    """Pairs of role and level covered in part."""
    known: Count
    """Pairs of role and level of which it is known whether anything covers them."""
    instruments: Count
    """Different instruments that serve a role at a level."""
    per_covered_cell: float | None
    """Instruments of a covered cell, on average; null: none is covered."""
    diversity: float | None
    """The Gini-Simpson index of the kinds of its instruments; null: none has a kind."""
    of_no_kind: Count
    """Instruments of no stated kind, which the index leaves out."""
    nearest: tuple[NearRecord, ...]
    """The places most like it among those compared, at most three."""
    as_near: Count
    """How many more places are exactly as near as the last of these."""


class CompareRecord(QuestionRecord):
    """Places side by side."""

    schema_: Literal["clustergap/compare@1"] = "clustergap/compare@1"
    own: bool
    """Whether only what names places counts."""
    levels: Levels
    roles: Roles
    places: tuple[PlaceRecord, ...]
    """The places, in the order in which they were named."""
    cells: tuple[ComparedCellRecord, ...]
    """Every cell shown asked of every place, by role, then level, then place."""
    advantages: tuple[AdvantageRecord, ...] | None
    """What the second of two places has and the first has not, then the other way round; null: there are not two."""
    measures: tuple[MeasuresRecord, ...] | None
    """For each place; null: they were not asked for."""


def record(answer: CompareAnswer, origin: Origin) -> CompareRecord:
    """Return ``clustergap/compare@1``."""
    comparison = answer.comparison
    matrix, ids = comparison.matrix, [place.id for place in comparison.places]
    return CompareRecord(
        **head(matrix, origin, comparison.caveats),
        own=comparison.only_own,
        levels=matrix.levels,
        roles=matrix.roles,
        places=comparison.places,
        cells=tuple(
            ComparedCellRecord.model_validate(compared_keys(place, each))
            for row in comparison.ratings.values()
            for place, each in zip(comparison.places, row, strict=True)
        ),
        advantages=_advantages(answer.advantages, ids) if comparison.is_pair else None,
        measures=_measures(answer.measures, ids) if answer.measures is not None else None,
    )


def _advantages(found: Sequence[Advantage], ids: Sequence[str]) -> tuple[AdvantageRecord, ...]:
    return tuple(
        AdvantageRecord(cell=each.cell, ahead=ids[each.ahead], precedents=each.precedents)
        for each in found
    )


def _measures(measures: Sequence[Measures], ids: Sequence[str]) -> tuple[MeasuresRecord, ...]:
    return tuple(
        MeasuresRecord(
            place=id_,
            nearest=tuple(
                NearRecord(place=ids[near.place], equal=near.equal, known=near.known)
                for near in each.nearest
            ),
            covered=each.covered,
            **{key: value for key, value in each._asdict().items() if key != "nearest"},
        )
        for id_, each in zip(ids, measures, strict=True)
    )

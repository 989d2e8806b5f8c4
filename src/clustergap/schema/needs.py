"""The schemas of what joins the SWOT and the matrix: the needs, and the SWOT in pairs."""

from clustergap.schema.notation import Schema, array, document, flag, or_null, record, text
from clustergap.schema.parts import (
    AXES,
    CELL,
    COUNTS,
    COVERAGE,
    DATASET,
    GAP,
    INSTRUMENT,
    LEVEL,
    QUADRANT,
    QUERY,
    ROLE,
    SAYING,
    SOURCES,
    WHY_NOT,
)

_CITED = record("A SWOT item.", **SAYING, sources=SOURCES)


def needs_schema() -> Schema:
    """Describe ``clustergap/needs@1``."""
    build_on = record(
        "An instrument.",
        instrument=INSTRUMENT,
        how=text("Why it is here.", "same-role", "related-role", "planned", "successor"),
        cells=array("The cells that it serves because of which it is here.", CELL),
        counts=COUNTS,
        why_not=WHY_NOT,
        then=or_null({**COVERAGE, "description": "The gap's coverage with it, if it is planned."}),
        follows=or_null(text("The ended instrument that it follows.")),
    )
    need = record(
        "A gap as a need.",
        **GAP,
        sentence=text("The need in a sentence."),
        evidence=array("SWOT items that speak of it: by field, the nearest link first.", _CITED),
        build_on=array("What there is to build on.", build_on),
        reasons=array("Why it stands where it does within its level.", text("A reason.")),
    )
    spoken = record(
        "A level.",
        level=LEVEL,
        evidence=array("SWOT items that name it, but none of its gaps' cells.", _CITED),
    )
    unlinked = record(
        "A SWOT item.",
        id=text("Its id."),
        quadrant=QUADRANT,
        text=text("Its words."),
        names_nothing=flag("Whether it has no links at all; else none to what is shown."),
        sources=SOURCES,
    )
    return document(
        "needs",
        1,
        "Needs for policy action.",
        dataset=DATASET,
        query=QUERY,
        **AXES,
        has_swot=flag("Whether the dataset has a SWOT."),
        needs=array("The needs, the narrowest level first; in it the most pressing first.", need),
        by_level=array("What speaks of a level as a whole.", spoken),
        unlinked=array("SWOT items that speak of no need and of no level shown.", unlinked),
    )


def tows() -> Schema:
    """Describe the pairs of the SWOT, which ``swot --tows`` adds."""
    pair = record(
        "Two items.",
        items=array("Their ids: what is within, then what is around.", text("An id.")),
        shares=record(
            "What both name.",
            cells=array("Cells.", CELL),
            roles=array("Roles.", ROLE),
            instruments=array("Instruments.", INSTRUMENT),
            levels=array("Levels.", LEVEL),
        ),
        gaps=array("Gaps of which both speak.", CELL),
    )
    fields = ("strength-opportunity", "weakness-opportunity", "strength-threat", "weakness-threat")
    return record(
        "The SWOT in pairs; there with --tows only.",
        **{
            field: array("Pairs that share something, the nearest first.", pair)
            for field in fields
        },
        unpaired=array("Items that are in no pair.", text("An id.")),
    )

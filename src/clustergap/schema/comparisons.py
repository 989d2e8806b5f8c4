"""The schemas of the outputs that compare two matrices."""

from clustergap.schema.notation import Schema, array, document, number, or_null, record, text
from clustergap.schema.parts import CELL, COVERAGE, DATASET, INSTRUMENT, QUERY, SHARE

_KINDS = ("opened", "closed", "worse", "better", "assessment", "changed")
_STATE = {
    "coverage": COVERAGE,
    "instruments": array("The instruments of the cell, in file order.", INSTRUMENT),
    "share": SHARE,
}
_CHANGES = array(
    "The cells that are not the same on both sides.",
    record(
        "What happened to a cell.",
        cell=CELL,
        before=record("How it was.", **_STATE),
        after=record("How it is.", **_STATE),
        kind=text("What happened.", *_KINDS),
    ),
)
_SUMMARY = record(
    "How many changes of each kind.", **{kind: number(f"Of the kind {kind}.") for kind in _KINDS}
)


def what_if_schema() -> Schema:
    """Describe ``clustergap/what-if@1``."""
    fragile = record(
        "A cell that rests on an instrument now, and did not before.",
        cell=CELL,
        rests_on=array("Without any one of these it opens.", INSTRUMENT),
    )
    added = or_null(text("The fragment that was read as well."))
    return document(
        "what-if",
        1,
        "What would be otherwise.",
        before=record("The plain question.", dataset=DATASET, query=QUERY),
        after=record("The question that was asked.", dataset=DATASET, query=QUERY, added=added),
        changes=_CHANGES,
        summary=_SUMMARY,
        fragile=array("Cells that hang by a thread now.", fragile),
    )


def keystones_schema() -> Schema:
    """Describe ``clustergap/keystones@1``, which ``what-if --each`` writes."""
    keystone = record(
        "An instrument that serves a cell.",
        instrument=INSTRUMENT,
        opens=array("Cells that would open without it.", CELL),
        serves=array("All cells that it serves.", CELL),
    )
    ranked = array("What opens most first, then what serves most.", keystone)
    return document(
        "keystones", 1, "What coverage rests on.", dataset=DATASET, query=QUERY, keystones=ranked
    )

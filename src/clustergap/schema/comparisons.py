"""The schemas of the outputs that compare two matrices."""

from clustergap.analysis.diff import DatasetSection
from clustergap.schema.notation import Schema, array, document, flag, number, or_null, record, text
from clustergap.schema.parts import CELL, COVERAGE, DATASET, INSTRUMENT, QUERY, SHARE

_KINDS = ("opened", "closed", "worse", "better", "assessment", "changed")
STATE = {
    "coverage": COVERAGE,
    "instruments": array("The instruments of the cell, in file order.", INSTRUMENT),
    "share": SHARE,
}
_CHANGE = {
    "cell": CELL,
    "before": record("How it was.", **STATE),
    "after": record("How it is.", **STATE),
    "kind": text("What happened.", *_KINDS),
}
CHANGES = array(
    "The cells that are not the same on both sides.", record("What happened to a cell.", **_CHANGE)
)
_COMPARED = array(
    "The cells that are not the same on both sides.",
    record(
        "What happened to a cell.",
        **_CHANGE,
        widened=flag(
            "Whether it is closed or better, and a statement that named territories names none any more."
        ),
    ),
)
SUMMARY = record(
    "How many changes of each kind.", **{kind: number(f"Of the kind {kind}.") for kind in _KINDS}
)

_OTHERS = tuple(
    section.value for section in DatasetSection if section not in ("instruments", "swot")
)
_KEY = {
    "key": text("Its name."),
    "before": {"description": "What it said; null where it was not given."},
    "after": {"description": "What it says; null where it is not given."},
}
_EDIT = {
    "id": text("Its id, its key, or its cell."),
    "label": text("Its name, or its words."),
    "what": text("What happened to it.", "added", "removed", "changed"),
    "keys": array(
        "The keys that are not as they were; none where all of it was added or removed.",
        record(
            "A key; that of a cover is covers.role@level.",
            **_KEY,
            parts=array(
                "Of a cover on both sides, its keys that are not as they were.",
                record("A key of the cover.", **_KEY),
            ),
        ),
    ),
}


def what_if_schema() -> Schema:
    """Describe ``clustergap/what-if@1``."""
    fragile = record(
        "A cell that rests on an instrument now, and did not before.",
        cell=CELL,
        rests_on=array("Without any one of these it would be a gap.", INSTRUMENT),
    )
    added = or_null(text("The fragment that was read as well."))
    return document(
        "what-if",
        1,
        "What would be otherwise.",
        before=record("The plain question.", dataset=DATASET, query=QUERY),
        after=record("The question that was asked.", dataset=DATASET, query=QUERY, added=added),
        changes=_COMPARED,
        summary=SUMMARY,
        fragile=array("Cells that hang by a thread now.", fragile),
    )


def diff_schema() -> Schema:
    """Describe ``clustergap/diff@1``."""
    commit = or_null(text("The commit of git that it was read from; null for a folder."))
    side = {"dataset": DATASET, "query": QUERY, "commit": commit}
    others = array(
        "Other records that were edited, also the dataset's own keys.",
        record("A record.", section=text("Its part of the data files.", *_OTHERS), **_EDIT),
    )
    return document(
        "diff",
        1,
        "What changed between two datasets.",
        before=record("The one side.", **side),
        after=record("The other side.", **side),
        changes=_COMPARED,
        summary=SUMMARY,
        regression=flag(
            "Whether a cell is covered worse than before, no longer assessed, or widened (if that is not allowed)."
        ),
        instruments=array("Instruments that were edited.", record("An instrument.", **_EDIT)),
        swot=array("SWOT items that were edited.", record("An item.", **_EDIT)),
        others=others,
    )


def keystones_schema() -> Schema:
    """Describe ``clustergap/keystones@1``, which ``what-if --each`` writes."""
    keystone = record(
        "An instrument that serves a cell.",
        instrument=INSTRUMENT,
        opens=array("Cells that would be a gap without it.", CELL),
        serves=array("All cells that it serves.", CELL),
    )
    ranked = array(
        "Those without which most gaps would open first, then those that serve most.", keystone
    )
    return document(
        "keystones", 1, "What coverage rests on.", dataset=DATASET, query=QUERY, keystones=ranked
    )

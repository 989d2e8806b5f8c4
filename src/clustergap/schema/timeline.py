"""The schemas of the outputs that look at time: what changes when, and what is fragile."""

from clustergap.schema.comparisons import CHANGES, STATE
from clustergap.schema.notation import Schema, array, date, document, number, or_null, record, text
from clustergap.schema.parts import AXES, CELL, COVERAGE, DATASET, INSTRUMENT, QUERY, SHARE

_CAUSE = record(
    "What begins or has ended.",
    instrument=or_null(text("The instrument's id; null: an observation.")),
    what=text("Whether it begins on this day, or has ended on the day before.", "starts", "ends"),
    whose=text("Whose date it is.", "instrument", "cover", "observation"),
    cells=array("The cells that change because of it.", CELL),
)


def timeline_schema() -> Schema:
    """Describe ``clustergap/timeline@1``."""
    begins = record(
        "How the cells were on the day before the first one that is looked at.",
        date=or_null(date("That day.")),
        summary=AXES["summary"],
        cells=array(
            "Every cell shown, by role, then level.", record("A cell.", cell=CELL, **STATE)
        ),
    )
    event = record(
        "A day on which cells change, against the day before.",
        date=date("The day."),
        because=array("Why, in file order.", _CAUSE),
        changes=CHANGES,
        summary=AXES["summary"],
    )
    period = {
        "from": or_null(date("The first day that is looked at; null: the first in the data.")),
        "to": or_null(date("The last day that is looked at; null: the last in the data.")),
    }
    return document(
        "timeline",
        1,
        "Coverage over the years.",
        dataset=DATASET,
        query=QUERY,
        **period,
        levels=AXES["levels"],
        roles=AXES["roles"],
        begins=begins,
        events=array("The days, in the order of time.", event),
    )


def risks_schema() -> Schema:
    """Describe ``clustergap/risks@1``."""
    kinds = ("single", "ending", "no-funding", "crowded", "one-sided")
    again = "The first day after that on which it is full again, if that is near too."
    risk = record(
        "A reason why a cell is fragile.",
        cell=CELL,
        kind=text("The reason.", *kinds),
        coverage=COVERAGE,
        share=SHARE,
        instruments=array("What it hangs by, what ends, or all that serve it.", INSTRUMENT),
        date=or_null(date("The first day on which it is a gap, of the kind ending.")),
        again=or_null(date(again)),
        territories=array("Codes of those that are lost, or are not covered.", text("A code.")),
        loss={
            "description": "The part of what is covered in full that would go.",
            "type": "number",
            "minimum": 0,
            "maximum": 1,
        },
        sentence=text("The same in words."),
    )
    return document(
        "risks",
        1,
        "What is covered, but fragile.",
        dataset=DATASET,
        query=QUERY,
        until=or_null(
            date(
                "The last day on which a gap that opens counts as near; null: there is no date to count from."
            )
        ),
        crowded=number("How many instruments are many.", 2),
        **AXES,
        risks=array("The risks; what would lose most first.", risk),
        unjudged=array(
            "Kinds that were not looked for, as there is no date to count from.",
            text("A kind.", *kinds),
        ),
    )

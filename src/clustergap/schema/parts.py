"""What the JSON outputs have in common: the dataset, the query, a rated cell, statements, evidence."""

from clustergap.schema.notation import Schema, array, date, flag, number, or_null, record, text

CELL = text("The cell, role@level.")
ROLE = text("The role's id.")
LEVEL = text("The level's id.")
INSTRUMENT = text("An instrument's id.")
COVERAGE = text("How well the cell is covered.", "none", "partial", "full", "unknown")
NOTE = text("A note.")
QUADRANT = text("The SWOT's field.", "strengths", "weaknesses", "opportunities", "threats")

DATASET = record(
    "The dataset that was asked.",
    title=text("Its title."),
    path=or_null(text("Where it lies, as the user named it; null for the packaged one.")),
)
DATASET["properties"]["note"] = text("Of the packaged one alone: that it is an example.")
QUERY = record(
    "The question; parts that were not asked are null or empty.",
    as_of=or_null(date("The day that was used; null where dates were ignored.")),
    **{"in": or_null(text("The code of the territory that was looked at."))},
    target=or_null(text("The target group's id.")),
    kinds=array("The kinds that count; empty: all.", text("A kind's id.")),
    without=array("Instruments left out of account.", INSTRUMENT),
    with_planned=flag("Whether planned instruments count."),
)

SHARE = or_null(
    record(
        "How many territories are covered; null where nobody said where.",
        covered=number("Territories covered in full."),
        partial=number("Territories covered in part."),
        of=number("Territories of which it is known."),
        unknown=number("Territories that nobody has assessed."),
        missing=array("Codes of the territories that are not covered.", text("A code.")),
    )
)
RATED = {
    "cell": CELL,
    "role": ROLE,
    "level": LEVEL,
    "coverage": COVERAGE,
    "instruments": array("The instruments of the cell, in file order.", INSTRUMENT),
    "rests_on": array("Those without any one of which a full cell would be a gap.", INSTRUMENT),
    "notes": array("Notes of the statements that count.", NOTE),
    "share": SHARE,
    "where_not_said": flag(
        "Whether the cell is partial only because someone said: not everywhere."
    ),
}
GAP = {
    **RATED,
    "elsewhere": array("Levels that cover the same role in full or in part.", LEVEL),
    "accepted": or_null(
        record(
            "The decision to live with the gap.",
            reason=text("Why."),
            by=or_null(text("Who has decided.")),
            until=or_null(date("Last day of the decision.")),
            expired=flag("Whether that day is past, on the day of --today."),
        )
    ),
}
AXES = {
    "levels": array(
        "The levels shown, in file order.",
        record("A level.", id=LEVEL, name=text("Its name.")),
    ),
    "roles": array(
        "The roles shown, in file order.", record("A role.", id=ROLE, name=text("Its name."))
    ),
    "summary": record(
        "The cells shown, counted.",
        cells=number("All."),
        full=number("Covered in full."),
        partial=number("Covered in part."),
        none=number("Not covered."),
        unknown=number("Not assessed."),
    ),
}
SOURCE = record(
    "A citation.",
    ref=text("The key of a source."),
    locator=or_null(text("The place in it.")),
    quote=or_null(text("Its words.")),
)
SOURCES = array("Where it comes from.", SOURCE)
STARTS = or_null(date("First day; null: open."))
ENDS = or_null(date("Last day; null: open."))
COUNTS = flag("Whether the query counts it.")
WHY_NOT = or_null(text("Why the query does not count it."))
PATH = text("The file that says so.")
LINE = number("The line, from 1.", 1)
TERRITORIES: Schema = or_null(
    {
        "description": "Where it holds; null where nothing is said.",
        "anyOf": [
            {"type": "array", "items": {"type": "string"}},
            record(
                "Everywhere but there.", **{"except": array("Codes left out.", text("A code."))}
            ),
        ],
    }
)
STATEMENTS = array(
    "Every statement about it, also those that the query does not count.",
    record(
        "A cover or an observation.",
        cell=CELL,
        instrument=or_null(text("The instrument's id; null: an observation.")),
        extent=text("How far it goes.", "full", "partial"),
        territories=TERRITORIES,
        starts=STARTS,
        ends=ENDS,
        counts=COUNTS,
        why_not=WHY_NOT,
        note=or_null(NOTE),
        sources=SOURCES,
        path=PATH,
        line=LINE,
    ),
)
SAYING = {
    "id": text("Its id."),
    "quadrant": QUADRANT,
    "text": text("Its words."),
    "why": text("Through which link it is here."),
}
EVIDENCE = array(
    "SWOT items that speak of it, nearest link first.", record("A SWOT item.", **SAYING)
)

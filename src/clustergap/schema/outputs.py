"""The schemas of the JSON outputs (`contracts.md`, JSON)."""

from clustergap.schema.notation import (
    Schema,
    array,
    date,
    document,
    flag,
    number,
    or_null,
    record,
    text,
)

_CELL = text("The cell, role@level.")
_ROLE = text("The role's id.")
_LEVEL = text("The level's id.")
_INSTRUMENT = text("An instrument's id.")
_COVERAGE = text("How well the cell is covered.", "none", "partial", "full", "unknown")
_NOTE = text("A note.")
_QUADRANT = text("The SWOT's field.", "strengths", "weaknesses", "opportunities", "threats")

_DATASET = record(
    "The dataset that was asked.",
    title=text("Its title."),
    path=or_null(text("Where it lies, as the user named it; null for the packaged one.")),
)
_QUERY = {
    **record(
        "The question; parts that were not asked are null or empty.",
        as_of=or_null(date("The day that was used; null where dates were ignored.")),
        target=or_null(text("The target group's id.")),
        kinds=array("The kinds that count; empty: all.", text("A kind's id.")),
        without=array("Instruments left out of account.", _INSTRUMENT),
        with_planned=flag("Whether planned instruments count."),
    )
}
# A keyword of Python cannot be an argument.
_QUERY["properties"]["in"] = or_null(text("The code of the territory that was looked at."))
_QUERY["required"].append("in")

_SHARE = or_null(
    record(
        "How many territories are covered; null where nobody said where.",
        covered=number("Territories covered in full."),
        partial=number("Territories covered in part."),
        of=number("Territories of which it is known."),
        unknown=number("Territories that nobody has assessed."),
        missing=array("Codes of the territories that are not covered.", text("A code.")),
    )
)
_RATED = {
    "cell": _CELL,
    "role": _ROLE,
    "level": _LEVEL,
    "coverage": _COVERAGE,
    "instruments": array("The instruments of the cell, in file order.", _INSTRUMENT),
    "rests_on": array("Those without any one of which a full cell opens.", _INSTRUMENT),
    "notes": array("Notes of the statements that count.", _NOTE),
    "share": _SHARE,
    "where_not_said": flag(
        "Whether the cell is partial only because someone said: not everywhere."
    ),
}
_AXES = {
    "levels": array(
        "The levels shown, in file order.",
        record("A level.", id=_LEVEL, name=text("Its name.")),
    ),
    "roles": array(
        "The roles shown, in file order.", record("A role.", id=_ROLE, name=text("Its name."))
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
_SOURCE = record(
    "A citation.",
    ref=text("The key of a source."),
    locator=or_null(text("The place in it.")),
    quote=or_null(text("Its words.")),
)
_SOURCES = array("Where it comes from.", _SOURCE)
_STARTS = or_null(date("First day; null: open."))
_ENDS = or_null(date("Last day; null: open."))
_COUNTS = flag("Whether the query counts it.")
_WHY_NOT = or_null(text("Why the query does not count it."))
_PATH = text("The file that says so.")
_LINE = number("The line, from 1.", 1)
_TERRITORIES: Schema = or_null(
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
_STATEMENTS = array(
    "Every statement about it, also those that the query does not count.",
    record(
        "A cover or an observation.",
        cell=_CELL,
        instrument=or_null(text("The instrument's id; null: an observation.")),
        extent=text("How far it goes.", "full", "partial"),
        territories=_TERRITORIES,
        starts=_STARTS,
        ends=_ENDS,
        counts=_COUNTS,
        why_not=_WHY_NOT,
        note=or_null(_NOTE),
        sources=_SOURCES,
        path=_PATH,
        line=_LINE,
    ),
)
_EVIDENCE = array(
    "SWOT items that speak of it, nearest link first.",
    record(
        "A SWOT item.",
        id=text("Its id."),
        quadrant=_QUADRANT,
        text=text("Its words."),
        why=text("Through which link it is here."),
    ),
)


def matrix_schema() -> Schema:
    """Describe ``clustergap/matrix@1``."""
    cells = array("Every cell shown, by role, then level.", record("A cell.", **_RATED))
    return document(
        "matrix",
        1,
        "How well each role is covered at each level.",
        dataset=_DATASET,
        query=_QUERY,
        **_AXES,
        cells=cells,
    )


def gaps_schema() -> Schema:
    """Describe ``clustergap/gaps@1``."""
    accepted = or_null(
        record(
            "The decision to live with the gap.",
            reason=text("Why."),
            by=or_null(text("Who has decided.")),
            until=or_null(date("Last day of the decision.")),
            expired=flag("Whether that day is past, on the day of --today."),
        )
    )
    gap = record(
        "A gap.",
        **_RATED,
        elsewhere=array("Levels that cover the same role in full or in part.", _LEVEL),
        accepted=accepted,
    )
    gaps = array("The gaps: none before partial, then in file order.", gap)
    return document(
        "gaps", 1, "What is missing.", dataset=_DATASET, query=_QUERY, **_AXES, gaps=gaps
    )


def explain_schema() -> Schema:
    """Describe ``clustergap/explain@1``: of a cell, an instrument or a rule."""
    asked = {
        "dataset": _DATASET,
        "query": _QUERY,
        "statements": _STATEMENTS,
        "evidence": _EVIDENCE,
    }
    elsewhere = record(
        "The same role at another level.",
        level=_LEVEL,
        coverage=_COVERAGE,
        instruments=array("The instruments there.", _INSTRUMENT),
    )
    whole = document(
        "explain", 1, "Why a cell is rated so, what an instrument does, what a rule means."
    )
    whole["oneOf"] = [
        record(
            "Of a cell.",
            cell=record("The cell.", **_RATED),
            elsewhere=array("At every other level.", elsewhere),
            **asked,
        ),
        record(
            "Of an instrument.",
            instrument=_explained_instrument(),
            opens=array("Cells that open without it.", _CELL),
            **asked,
        ),
        record("Of a rule of check.", rule=_rule()),
    ]
    return whole


def swot_output_schema() -> Schema:
    """Describe ``clustergap/swot@1``."""
    item = record(
        "A SWOT item.",
        id=text("Its id."),
        text=text("Its words."),
        levels=array("Levels that its words name.", _LEVEL),
        roles=array("Roles that its words name.", _ROLE),
        instruments=array("Instruments that its words name.", _INSTRUMENT),
        cells=array("Cells that its words name.", _CELL),
        sources=_SOURCES,
    )
    quadrants = {name: array(f"The {name}.", item) for name in _QUADRANT["enum"]}
    return document("swot", 1, "The SWOT.", dataset=_DATASET, query=_QUERY, **quadrants)


def check_schema() -> Schema:
    """Describe ``clustergap/check@1``."""
    finding = record(
        "A defect in a data file.",
        code=text("The rule's code, such as CG201."),
        rule=text("The rule's name."),
        severity=text("How bad it is.", "error", "warning", "note"),
        path=text("The file."),
        line=_LINE,
        column=number("The column, in characters, from 1.", 1),
        message=text("What is wrong."),
        hint=text("What to write instead."),
        where=text("The data path in the file, such as instruments[3].covers.industry-4-0@eu."),
    )
    summary = record(
        "All findings, also those that are not shown.",
        errors=number("Errors."),
        warnings=number("Warnings."),
        notes=number("Notes."),
        files=number("Files that were read."),
    )
    findings = array("The findings in file order, at most 1,000.", finding)
    return document(
        "check", 1, "What is wrong in the data files.", findings=findings, summary=summary
    )


def _explained_instrument() -> Schema:
    return record(
        "The instrument.",
        id=_INSTRUMENT,
        name=text("Its name."),
        short=or_null(text("Its label.")),
        kind=or_null(text("Its kind's id.")),
        status=text("Whether it exists.", "active", "planned"),
        starts=_STARTS,
        ends=_ENDS,
        targets=array("Target groups that it is for.", text("A target group's id.")),
        managing_body=or_null(text("Who runs it.")),
        legal_basis=or_null(text("What it rests on.")),
        url=or_null(text("Its web address.")),
        succeeded_by=array("What follows it.", _INSTRUMENT),
        reviewed=or_null(date("When somebody last checked its record.")),
        note=or_null(_NOTE),
        sources=_SOURCES,
        counts=_COUNTS,
        why_not=_WHY_NOT,
        path=_PATH,
        line=_LINE,
    )


def _rule() -> Schema:
    return record(
        "The rule.",
        code=text("Its code."),
        name=text("Its name."),
        severity=text("How bad a finding of it is.", "error", "warning", "note"),
        why=text("Why it matters."),
        fix=text("How to mend it."),
        bad=text("A bad example."),
        good=text("A good example."),
    )

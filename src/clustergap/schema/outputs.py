"""The schemas of the JSON outputs (`contracts.md`, JSON)."""

from clustergap.schema.needs import tows
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
from clustergap.schema.parts import (
    AXES,
    CELL,
    COUNTS,
    COVERAGE,
    DATASET,
    ENDS,
    EVIDENCE,
    GAP,
    INSTRUMENT,
    LEVEL,
    LINE,
    NOTE,
    PATH,
    QUADRANT,
    QUERY,
    RATED,
    ROLE,
    SOURCES,
    STARTS,
    STATEMENTS,
    WHY_NOT,
)


def matrix_schema() -> Schema:
    """Describe ``clustergap/matrix@1``."""
    cells = array("Every cell shown, by role, then level.", record("A cell.", **RATED))
    return document(
        "matrix",
        1,
        "How well each role is covered at each level.",
        dataset=DATASET,
        query=QUERY,
        **AXES,
        cells=cells,
    )


def gaps_schema() -> Schema:
    """Describe ``clustergap/gaps@1``."""
    gaps = array("The gaps: none before partial, then in file order.", record("A gap.", **GAP))
    return document("gaps", 1, "What is missing.", dataset=DATASET, query=QUERY, **AXES, gaps=gaps)


def explain_schema() -> Schema:
    """Describe ``clustergap/explain@1``: of a cell, an instrument or a rule."""
    asked = {
        "dataset": DATASET,
        "query": QUERY,
        "statements": STATEMENTS,
        "evidence": EVIDENCE,
    }
    elsewhere = record(
        "The same role at another level.",
        level=LEVEL,
        coverage=COVERAGE,
        instruments=array("The instruments there.", INSTRUMENT),
    )
    whole = document(
        "explain", 1, "Why a cell is rated so, what an instrument does, what a rule means."
    )
    whole["oneOf"] = [
        record(
            "Of a cell.",
            cell=record("The cell.", **RATED),
            elsewhere=array("At every other level.", elsewhere),
            **asked,
        ),
        record(
            "Of an instrument.",
            instrument=_explained_instrument(),
            opens=array("Cells that would be a gap without it.", CELL),
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
        levels=array("Levels that its words name.", LEVEL),
        roles=array("Roles that its words name.", ROLE),
        instruments=array("Instruments that its words name.", INSTRUMENT),
        cells=array("Cells that its words name.", CELL),
        sources=SOURCES,
        contradicted=flag(
            "Whether all its cells say the opposite: of a weakness full, of a strength none."
        ),
    )
    quadrants = {name: array(f"The {name}.", item) for name in QUADRANT["enum"]}
    whole = document("swot", 1, "The SWOT.", dataset=DATASET, query=QUERY, **quadrants)
    whole["properties"]["tows"] = tows()
    return whole


def check_schema() -> Schema:
    """Describe ``clustergap/check@1``."""
    finding = record(
        "A defect in a data file.",
        code=text("The rule's code, such as CG201."),
        rule=text("The rule's name."),
        severity=text("How bad it is.", "error", "warning", "note"),
        path=text("The file."),
        line=LINE,
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
        id=INSTRUMENT,
        name=text("Its name."),
        short=or_null(text("Its label.")),
        kind=or_null(text("Its kind's id.")),
        status=text("Whether it exists.", "active", "planned"),
        starts=STARTS,
        ends=ENDS,
        targets=array("Target groups that it is for.", text("A target group's id.")),
        managing_body=or_null(text("Who runs it.")),
        legal_basis=or_null(text("What it rests on.")),
        url=or_null(text("Its web address.")),
        succeeded_by=array("What follows it.", INSTRUMENT),
        reviewed=or_null(date("When somebody last checked its record.")),
        note=or_null(NOTE),
        sources=SOURCES,
        counts=COUNTS,
        why_not=WHY_NOT,
        path=PATH,
        line=LINE,
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

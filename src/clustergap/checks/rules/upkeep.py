"""CG301 to CG306 and CG309: what a maintainer should look at, although every command can work with it."""

from clustergap.findings import Rule, Severity

COVERS_NOTHING = Rule(
    code="CG301",
    name="instrument-covers-nothing",
    severity=Severity.WARNING,
    why="The instrument serves no cell and no item of the SWOT names it, so nothing that is shown depends on it. "
    "Mostly its covers were forgotten.",
    fix="Say under covers which cells it serves, link a SWOT item to it, or delete it.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
)
PARTIAL_WITHOUT_REASON = Rule(
    code="CG302",
    name="partial-without-a-reason",
    severity=Severity.WARNING,
    why="A partial cover or observation has neither a note nor territories. Whoever reads of the gap learns that "
    "something is missing, but not what or where.",
    fix="Add a note that says what is missing, or the territories that it holds for.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@country: partial}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers:
      industry-4-0@country: {extent: partial, note: Only firms below 250 employees}
""",
)
NO_SOURCE = Rule(
    code="CG303",
    name="no-source",
    severity=Severity.NOTE,
    why="Neither the record nor the instrument that it belongs to names a source, so nobody can look up whether it is "
    "so.",
    fix="Cite a declared source: sources: [{ref: ..., locator: ...}].",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
    good="""\
sources:
  deck: {title: Needs for cluster policy actions}
instruments:
  - id: dih
    name: Digital Innovation Hubs
    sources: [{ref: deck}]
    covers: {industry-4-0@eu: full}
""",
)
REVIEW_OVERDUE = Rule(
    code="CG304",
    name="review-overdue",
    severity=Severity.WARNING,
    why="More than 365 days before the day of --today somebody last checked the record. Programmes end, and addresses "
    "move. Without --today this is not judged.",
    fix="Check the record against its sources, then set reviewed to the day on which you did.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    reviewed: 2024-11-22    # check --today 2026-01-01
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    reviewed: 2025-11-22    # check --today 2026-01-01
    covers: {industry-4-0@eu: full}
""",
)
ACCEPTED_GAP = Rule(
    code="CG305",
    name="accepted-gap-is-closed",
    severity=Severity.WARNING,
    why="A gap that somebody decided to live with is covered in full on the dataset's date, or the last day of the "
    "decision is before the day of --today. If the gap opened again, the stale decision would hide it from the gate.",
    fix="Delete the accepted gap; or decide again, and set until to a later day.",
    bad="""\
instruments:
  - {id: act, name: Social Economy Act, covers: {social-economy@country: full}}
accepted_gaps:
  social-economy@country: {reason: An act is being prepared}
""",
    good="""\
instruments: []
accepted_gaps:
  social-economy@country: {reason: An act is being prepared}
""",
)
UNLOCATED_COVER = Rule(
    code="CG306",
    name="unlocated-cover",
    severity=Severity.WARNING,
    why="A full cover names no territories, so it counts everywhere, in a cell where another statement of the same "
    "time names some or an observation says partial. The one hides what the other says.",
    fix="Name the territories that the cover holds for, make it partial, or correct the other statement.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@country: full}
observations:
  social-economy@country: {extent: partial, note: Not in every country}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, BE]}
observations:
  social-economy@country: {extent: partial, note: Not in every country}
""",
)
ODD_PLACE = Rule(
    code="CG309",
    name="odd-place",
    severity=Severity.WARNING,
    why="A level gives a code of NUTS 2024 the name of another place, so one of the two is wrong, and an analyst would "
    "read the one region's gaps as the other's; or it lists a code of an older NUTS as one of its own. Or a list of "
    "codes has one that NUTS 2024 has for another area than before, in data that also name codes which are gone.",
    fix="Correct the code or the name. Write codes of NUTS 2024, or codes of your own that do not look like NUTS.",
    bad="""\
levels:
  - {id: eu, name: EU}
  - id: region
    name: Region
    territories: [{code: ITI3, name: Lombardia}]
""",
    good="""\
levels:
  - {id: eu, name: EU}
  - id: region
    name: Region
    territories: [{code: ITC4, name: Lombardia}]
""",
)

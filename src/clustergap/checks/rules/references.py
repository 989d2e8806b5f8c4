"""CG201 to CG204, CG206 and CG207: what a file names exists."""

from clustergap.findings import Rule, Severity

UNKNOWN_ROLE = Rule(
    code="CG201",
    name="unknown-role",
    severity=Severity.ERROR,
    why="A cell or link names a role that the dataset does not declare. It would count for nothing, and the cell that "
    "was meant would look emptier than it is.",
    fix="Use the id of a declared role, or declare the role under roles.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-econmy@country: full}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@country: full}
""",
)
UNKNOWN_LEVEL = Rule(
    code="CG202",
    name="unknown-level",
    severity=Severity.ERROR,
    why="A cell or link names a level that the dataset does not declare. Files name levels by id, never by alias, so "
    "that every cell is written in one way.",
    fix="Use the id of a declared level, or declare the level under levels.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@national: full}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@country: full}
""",
)
UNKNOWN_INSTRUMENT = Rule(
    code="CG203",
    name="unknown-instrument",
    severity=Severity.ERROR,
    why="A successor or a SWOT item names an instrument that no file of the dataset holds.",
    fix="Use the id of an instrument of the dataset, or add the instrument.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    succeeded_by: [european-hubs]
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    succeeded_by: [edih]
    covers: {industry-4-0@eu: full}
  - id: edih
    name: European Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
)
UNKNOWN_TERRITORY = Rule(
    code="CG204",
    name="unknown-territory",
    severity=Severity.ERROR,
    why="A code is neither a territory of the level nor an ancestor of one, so the statement would apply nowhere. "
    "Codes are those of NUTS 2024; Eurostat's code for Greece is EL. Of a code of an older NUTS the finding says what it is now.",
    fix="Use a code of the level's list: a country where it lists countries, a region or the beginning of its code "
    "where it lists regions.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, GR]}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, EL]}
""",
)
UNKNOWN_SOURCE = Rule(
    code="CG206",
    name="unknown-source",
    severity=Severity.ERROR,
    why="A citation names a source that the dataset does not declare, so nobody can look it up.",
    fix="Use the key of a declared source, or declare it under sources.",
    bad="""\
sources:
  survey: {title: Survey of ministries}
instruments:
  - id: act
    name: Social Economy Act
    sources: [{ref: surveys}]
    covers: {social-economy@country: full}
""",
    good="""\
sources:
  survey: {title: Survey of ministries}
instruments:
  - id: act
    name: Social Economy Act
    sources: [{ref: survey}]
    covers: {social-economy@country: full}
""",
)
UNKNOWN_KIND = Rule(
    code="CG207",
    name="unknown-kind-or-target",
    severity=Severity.ERROR,
    why="An instrument's kind or target group is not in the dataset's own vocabulary. A query by kind or target would "
    "miss the instrument.",
    fix="Use an id of kinds or targets, or add the word there.",
    bad="""\
kinds:
  - {id: strategy, name: Strategy}
instruments:
  - {id: act, name: Social Economy Act, kind: strategie, covers: {social-economy@country: full}}
""",
    good="""\
kinds:
  - {id: strategy, name: Strategy}
instruments:
  - {id: act, name: Social Economy Act, kind: strategy, covers: {social-economy@country: full}}
""",
)

"""CG101 to CG105: what records a file holds and what their keys are."""

from clustergap.findings import Rule, Severity

MISSING_KEY = Rule(
    code="CG101",
    name="missing-key",
    severity=Severity.ERROR,
    why="The record lacks a key that every record of its kind must have. The finding stands at the record's first "
    "line.",
    fix="Add the key.",
    bad="""\
instruments:
  - id: dih
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
)
UNKNOWN_KEY = Rule(
    code="CG102",
    name="unknown-key",
    severity=Severity.ERROR,
    why="No record of this kind has such a key. Ignoring it would silently lose what was meant, such as a last day.",
    fix="Correct the key, or put the remark into a note.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    end: 2020
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    ends: 2020
    covers: {industry-4-0@eu: full}
""",
)
WRONG_TYPE = Rule(
    code="CG103",
    name="wrong-type",
    severity=Severity.ERROR,
    why="A value is of another kind than the key wants: a text for a list, a list for a text, a text for true or "
    "false, nothing at all.",
    fix="Write the value as the message says.",
    bad="""\
targets:
  - {id: excellent-clusters, name: Excellent clusters}
instruments:
  - id: dih
    name: Digital Innovation Hubs
    targets: excellent-clusters
    covers: {industry-4-0@eu: full}
""",
    good="""\
targets:
  - {id: excellent-clusters, name: Excellent clusters}
instruments:
  - id: dih
    name: Digital Innovation Hubs
    targets: [excellent-clusters]
    covers: {industry-4-0@eu: full}
""",
)
WRONG_VALUE = Rule(
    code="CG104",
    name="wrong-value",
    severity=Severity.ERROR,
    why="A value is of the right kind, but not one that the key can have: an id, date, web address, cell, choice, "
    "length or list of territories that is not right.",
    fix="Write the value as the message says.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    starts: April 2016
    covers: {industry-4-0@eu: fully}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    starts: 2016-04
    covers: {industry-4-0@eu: full}
""",
)
UNSUPPORTED_SCHEMA = Rule(
    code="CG105",
    name="unsupported-schema",
    severity=Severity.ERROR,
    why="The file says that it is written in a data format that this version does not read, so that it could be "
    "misread.",
    fix="Write schema: 1, or use a newer clustergap.",
    bad="""\
schema: 2
""",
    good="""\
schema: 1
""",
)

RULES = (
    MISSING_KEY,
    UNKNOWN_KEY,
    WRONG_TYPE,
    WRONG_VALUE,
    UNSUPPORTED_SCHEMA,
)
"""All of them: they are found in reading a file."""

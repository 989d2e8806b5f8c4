"""CG205, CG208, CG209 and CG212: what a file says does not contradict itself."""

from clustergap.findings import Rule, Severity

DUPLICATE = Rule(
    code="CG205",
    name="duplicate",
    severity=Severity.ERROR,
    why="An id, an alias or a source key stands twice, in one file or in two; which one is meant "
    "would depend on the order of reading. The finding stands at the second.",
    fix="Keep one of the two, or give the second another id.",
    bad="""\
instruments:
  - {id: dih, name: Digital Innovation Hubs, covers: {industry-4-0@eu: full}}
  - {id: dih, name: Regional hubs, covers: {industry-4-0@country: full}}
""",
    good="""\
instruments:
  - {id: dih, name: Digital Innovation Hubs, covers: {industry-4-0@eu: full}}
  - {id: regional-hubs, name: Regional hubs, covers: {industry-4-0@country: full}}
""",
)
LOOK_ALIKE = Rule(
    code="CG208",
    name="look-alike",
    severity=Severity.WARNING,
    why="Two ids of one kind differ only in 0 and o or in 1 and l, or two names only in case or form. People will take "
    "the one for the other, and so will whoever reviews a change.",
    fix="Give one of them another id or name; if they are the same thing, keep one.",
    bad="""\
instruments:
  - {id: h2020, name: Horizon 2020, covers: {industry-4-0@eu: full}}
  - {id: h2o2o, name: Water and oxygen, covers: {industry-4-0@country: full}}
""",
    good="""\
instruments:
  - {id: h2020, name: Horizon 2020, covers: {industry-4-0@eu: full}}
  - {id: water-and-oxygen, name: Water and oxygen, covers: {industry-4-0@country: full}}
""",
)
ENDS_BEFORE_STARTS = Rule(
    code="CG209",
    name="ends-before-starts",
    severity=Severity.ERROR,
    why="An instrument or a statement ends before it starts, so it is never in force and covers nothing on any day.",
    fix="Correct one of the two dates.",
    bad="""\
instruments:
  - id: h2020
    name: Horizon 2020
    starts: 2020
    ends: 2014
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: h2020
    name: Horizon 2020
    starts: 2014
    ends: 2020
    covers: {industry-4-0@eu: full}
""",
)
CONTRADICTION = Rule(
    code="CG212",
    name="contradiction",
    severity=Severity.ERROR,
    why="Two statements of one list, or two observations of one cell in several files, say of one place on one day that "
    "it is covered in full and in part; or one says full and names no territories, and the other says that it is not so "
    "everywhere. What is meant nobody knows. The finding stands at the second.",
    fix="Give each statement its own territories, or its own starts and ends, or keep one of the two.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers:
      industry-4-0@country:
        - {extent: full, territories: [AT, BE]}
        - {extent: partial, territories: [BE, RO]}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers:
      industry-4-0@country:
        - {extent: full, territories: [AT, BE]}
        - {extent: partial, territories: [RO], ends: 2018}
        - {extent: full, territories: [RO], starts: 2019}
""",
)

"""CG401 and CG402: the SWOT beside the matrix."""

from clustergap.findings import Rule, Severity

ITEM_WITHOUT_LINKS = Rule(
    code="CG401",
    name="swot-item-without-links",
    severity=Severity.NOTE,
    why="The item names no level, role, instrument or cell, so it is no evidence for any gap and is shown in the SWOT "
    "only. That may be right: not every sentence is about one.",
    fix="Link it to what its words name: levels, roles, instruments or cells. Leave it if they name nothing.",
    bad="""\
# swot.yaml
weaknesses:
  - id: w1
    text: Little support for the social economy
""",
    good="""\
# swot.yaml
weaknesses:
  - id: w1
    text: Little support for the social economy
    roles: [social-economy]
""",
)
AGAINST_MATRIX = Rule(
    code="CG402",
    name="swot-against-matrix",
    severity=Severity.NOTE,
    why="A weakness whose every named cell is covered in full, or a strength whose every named cell is covered not at "
    "all: on the dataset's date the SWOT and the instruments say the opposite.",
    fix="Look which of the two is out of date; mend the item's words or cells, or the covers.",
    bad="""\
# swot.yaml
strengths:
  - id: s1
    text: The social economy is well served in every country
    cells: [social-economy@country]
""",
    good="""\
# swot.yaml
weaknesses:
  - id: w1
    text: No country serves the social economy
    cells: [social-economy@country]
""",
)

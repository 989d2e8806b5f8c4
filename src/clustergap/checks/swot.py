"""CG401 and CG402: the SWOT compared with the matrix."""

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import OPPOSITES, is_contradicted
from clustergap.checks.traversal import Check, RatedCheck, Violations, swot_items, unknown_in_words
from clustergap.findings import Rule, Severity, Violation
from clustergap.model.dataset import Dataset
from clustergap.model.swot import Quadrant
from clustergap.text import quote

ITEM_WITHOUT_LINKS = Rule(
    code="CG401",
    name="swot-item-without-links",
    severity=Severity.NOTE,
    why="The item names no level, role, instrument or cell, and means none, so it is no evidence for any gap and is shown in the SWOT "
    "only. That may be right: not every sentence is about one.",
    fix="Link it to what its words name: levels, roles, instruments or cells; to what they only mean, under meant. Leave "
    "it if they speak of nothing.",
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


def item_without_links(dataset: Dataset) -> Violations:
    """Find items that name nothing and mean nothing."""
    for path, item in swot_items(dataset):
        if not item.has_links:
            message = f"{quote(item.id)} names no level, role, instrument or cell"
            yield Violation(path, message, "link it to what its words name, if they name any")


AGAINST_MATRIX = Rule(
    code="CG402",
    name="swot-against-matrix",
    severity=Severity.NOTE,
    why="A weakness whose every named cell is covered in full, or a strength whose every named cell is covered not at "
    "all: on the dataset's date the SWOT and the instruments say the opposite. Cells that it only means are not held "
    "against it.",
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


_WORDS = {Quadrant.WEAKNESSES: "a weakness", Quadrant.STRENGTHS: "a strength"}


def against_matrix(matrix: Matrix) -> Violations:
    """Find weaknesses whose named cells are all full, and strengths whose named cells are all none."""
    for quadrant, opposite in OPPOSITES.items():
        for i, item in enumerate(matrix.dataset.swot.get(quadrant, ())):
            if is_contradicted(matrix, quadrant, item):
                path = ("swot", quadrant.value, i, "cells")
                unknown = unknown_in_words(matrix, item.cells)
                message = f"{quote(item.id)} is {_WORDS[quadrant]}, but every cell that it names is {opposite.value}{unknown}"
                yield Violation(path, message, "look which of the two is out of date")


UPKEEP = (Check(ITEM_WITHOUT_LINKS, item_without_links),)
RATED = (RatedCheck(AGAINST_MATRIX, against_matrix),)

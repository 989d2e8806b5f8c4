"""CG401 and CG402: the SWOT beside the matrix."""

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import OPPOSITES, is_contradicted
from clustergap.checks.walk import Violations, not_assessed, swot_items
from clustergap.findings import Violation
from clustergap.model.dataset import Dataset, Quadrant
from clustergap.text import quote

_WORDS = {Quadrant.WEAKNESSES: "a weakness", Quadrant.STRENGTHS: "a strength"}


def item_without_links(dataset: Dataset) -> Violations:
    """Find items that name nothing."""
    for path, item in swot_items(dataset):
        if not item.has_links:
            message = f"{quote(item.id)} names no level, role, instrument or cell"
            yield Violation(path, message, "link it to what its words name, if they name any")


def against_matrix(matrix: Matrix) -> Violations:
    """Find weaknesses whose every named cell is full, and strengths whose every named cell is none."""
    for quadrant, opposite in OPPOSITES.items():
        for i, item in enumerate(matrix.dataset.swot.get(quadrant, ())):
            if is_contradicted(matrix, quadrant, item):
                path = ("swot", quadrant.value, i, "cells")
                unknown = not_assessed(matrix, item.cells)
                message = f"{quote(item.id)} is {_WORDS[quadrant]}, but every cell that it names is {opposite.value}{unknown}"
                yield Violation(path, message, "look which of the two is out of date")

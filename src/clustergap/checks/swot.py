"""CG401 and CG402: the SWOT beside the matrix."""

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage
from clustergap.checks.walk import Violations, not_assessed, swot_items
from clustergap.findings import Violation
from clustergap.model.dataset import Dataset
from clustergap.model.swot import Quadrant
from clustergap.wording import quote

_CONTRADICTED = {
    Quadrant.WEAKNESSES: (Coverage.FULL, "a weakness, but every cell that it names is"),
    Quadrant.STRENGTHS: (Coverage.NONE, "a strength, but every cell that it names is"),
}
"""The coverage that says the opposite of a quadrant's items, and so in words."""


def item_without_links(dataset: Dataset) -> Violations:
    """Find items that name nothing."""
    for path, item in swot_items(dataset):
        if not (item.levels or item.roles or item.instruments or item.cells):
            message = f"{quote(item.id)} names no level, role, instrument or cell"
            yield Violation(path, message, "link it to what its words name, if they name any")


def against_matrix(matrix: Matrix) -> Violations:
    """Find weaknesses whose every named cell is full, and strengths whose every named cell is none."""
    for quadrant, (opposite, words) in _CONTRADICTED.items():
        for i, item in enumerate(matrix.dataset.swot.get(quadrant, ())):
            if {matrix.ratings[cell].coverage for cell in item.cells} == {opposite}:
                path = ("swot", quadrant.value, i, "cells")
                unknown = not_assessed(matrix, item.cells)
                message = f"{quote(item.id)} is {words} {opposite.value}{unknown}"
                yield Violation(path, message, "look which of the two is out of date")

"""The matrix as JSON: ``clustergap/matrix@1``."""

from clustergap.analysis.matrix import Matrix
from clustergap.answers.records import axes_json, cell_json, head
from clustergap.document import Origin
from clustergap.writers.json import write_json


def render(matrix: Matrix, origin: Origin) -> str:
    cells = [cell_json(rating) for rating in matrix]
    return write_json({**head("matrix", matrix, origin), **axes_json(matrix), "cells": cells})

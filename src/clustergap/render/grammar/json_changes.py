"""Changes of coverage in JSON, as every comparison shows them."""

from clustergap.analysis.compare import CellChange, Comparison
from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Matrix
from clustergap.document import Origin
from clustergap.writers.json import Json, dataset_json, query_json, share_json


def asked_json(matrix: Matrix, origin: Origin) -> Json:
    """Write one side of a comparison: its dataset and its query."""
    return {
        "dataset": dataset_json(matrix.dataset, origin),
        "query": query_json(matrix.query),
    }


def changes_json(comparison: Comparison) -> Json:
    """Write the changes, and how many of each kind."""
    return {
        "changes": [
            {**change_json(change), "widened": bool(change.widened)}
            for change in comparison.changes
        ],
        "summary": {kind.value: number for kind, number in comparison.summary().items()},
    }


def change_json(change: CellChange) -> Json:
    """Write what happened to one cell."""
    return {
        "cell": str(change.cell),
        "before": state_json(change.before),
        "after": state_json(change.after),
        "kind": change.kind.value,
    }


def state_json(rating: Rating) -> Json:
    """Write how a cell is covered, as comparisons see it."""
    return {
        "coverage": rating.coverage.value,
        "instruments": list(rating.instruments),
        "share": share_json(rating.share),
    }

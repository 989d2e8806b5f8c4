"""The parts that several records share: the dataset, the query, cells, gaps, changes, statements and evidence."""

from collections.abc import Mapping

from clustergap.analysis.compare import CellChange, Comparison
from clustergap.analysis.coverage import Rating, Share
from clustergap.analysis.explain import StatementRecord
from clustergap.analysis.gaps import Gap
from clustergap.analysis.matrix import Matrix, Summary
from clustergap.analysis.swot import Evidence
from clustergap.document import EXAMPLE, Origin
from clustergap.model.dataset import Dataset, Except, Territories
from clustergap.model.query import Query
from clustergap.model.record import SourceRef

Json = Mapping[str, object]


def head(name: str, matrix: Matrix, origin: Origin) -> dict[str, object]:
    """Begin a document: its schema, the dataset, the query."""
    return {
        "schema": f"clustergap/{name}@1",
        "dataset": dataset_json(matrix.dataset, origin),
        "query": query_json(matrix.query),
    }


def dataset_json(dataset: Dataset, origin: Origin) -> Json:
    """Say which dataset was asked."""
    note = {"note": EXAMPLE} if origin.is_example else {}
    return {"title": dataset.title, "path": origin.path, **note}


def query_json(query: Query) -> Json:
    """Write a query with all its parts."""
    return {
        "as_of": query.as_of.isoformat() if query.as_of else None,
        "in": query.place,
        "target": query.target,
        "kinds": list(query.kinds),
        "without": list(query.without),
        "with_planned": query.with_planned,
    }


def axes_json(matrix: Matrix) -> dict[str, object]:
    """Write the levels, roles and summary of the cells that are shown."""
    return {
        "levels": [{"id": level.id, "name": level.name} for level in matrix.levels],
        "roles": [{"id": role.id, "name": role.name} for role in matrix.roles],
        "summary": summary_json(matrix.summary()),
    }


def summary_json(summary: Summary) -> Json:
    """Write how many cells are covered how well."""
    return summary._asdict()


def cell_json(rating: Rating) -> dict[str, object]:
    """Write one rated cell."""
    return {
        "cell": str(rating.cell),
        "role": rating.cell.role,
        "level": rating.cell.level,
        "coverage": rating.coverage.value,
        "instruments": list(rating.instruments),
        "rests_on": list(rating.rests_on),
        "notes": list(rating.notes),
        "share": share_json(rating.share),
        "where_not_said": rating.where_not_said,
    }


def share_json(share: Share | None) -> Json | None:
    """Write a share, or null where nobody said where."""
    if share is None:
        return None
    return {
        "covered": share.covered,
        "partial": share.partial,
        "of": share.of,
        "unknown": share.unknown,
        "missing": list(share.missing),
    }


def source_json(ref: SourceRef) -> Json:
    """Write a citation."""
    return {"ref": ref.ref, "locator": ref.locator, "quote": ref.quote}


def gap_json(gap: Gap) -> Json:
    """Write a gap: its cell, where else the role is covered, who has accepted it."""
    return {
        **cell_json(gap.rating),
        "elsewhere": [other.cell.level for other in gap.elsewhere],
        "accepted": _accepted(gap),
    }


def _accepted(gap: Gap) -> Json | None:
    accepted = gap.accepted
    if accepted is None:
        return None
    until = accepted.until.isoformat() if accepted.until else None
    return {"reason": accepted.reason, "by": accepted.by, "until": until, "expired": gap.expired}


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


def said_json(said: StatementRecord, origin: Origin) -> Json:
    """Write a statement about a cell, counted or not."""
    location = origin.locations[said.data_path]
    return {
        "cell": str(said.cell),
        "instrument": said.instrument.id if said.instrument else None,
        "extent": said.statement.extent.value,
        "territories": _territories_json(said.statement.territories),
        "starts": said.starts.isoformat() if said.starts else None,
        "ends": said.ends.isoformat() if said.ends else None,
        "counts": not said.why_not,
        "why_not": said.why_not or None,
        "note": said.statement.note,
        "sources": [source_json(ref) for ref in said.sources],
        "path": location.path,
        "line": location.line,
    }


def evidence_json(found: Evidence) -> Json:
    """Write a SWOT item that speaks of something."""
    return {
        "id": found.item.id,
        "quadrant": found.quadrant.value,
        "text": found.item.text,
        "why": found.why,
    }


def _territories_json(territories: Territories | None) -> object:
    if isinstance(territories, Except):
        return {"except": list(territories.codes)}
    return list(territories) if territories is not None else None

"""Statements and evidence in JSON, as every explanation shows them."""

from clustergap.analysis.explain import StatementRecord
from clustergap.analysis.swot import Evidence
from clustergap.document import Origin
from clustergap.model.dataset import Except, Territories
from clustergap.writers.json import Json, source_json


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

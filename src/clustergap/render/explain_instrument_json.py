"""What an instrument does, as JSON: ``clustergap/explain@1``."""

from clustergap.analysis.explain import InstrumentExplanation
from clustergap.document import Origin
from clustergap.render.grammar.json_statements import evidence_json, said_json
from clustergap.writers.json import head, source_json, write_json


def render(explained: InstrumentExplanation, origin: Origin) -> str:
    instrument, location = explained.instrument, origin.locations[explained.data_path]
    return write_json(
        {
            **head("explain", explained.matrix, origin),
            "instrument": {
                "id": instrument.id,
                "name": instrument.name,
                "short": instrument.short,
                "kind": instrument.kind,
                "status": instrument.status.value,
                "starts": instrument.starts.isoformat() if instrument.starts else None,
                "ends": instrument.ends.isoformat() if instrument.ends else None,
                "targets": list(instrument.targets),
                "managing_body": instrument.managing_body,
                "legal_basis": instrument.legal_basis,
                "url": instrument.url,
                "succeeded_by": list(instrument.succeeded_by),
                "reviewed": instrument.reviewed.isoformat() if instrument.reviewed else None,
                "note": instrument.note,
                "sources": [source_json(ref) for ref in instrument.sources],
                "counts": not explained.why_not,
                "why_not": explained.why_not or None,
                "path": location.path,
                "line": location.line,
            },
            "statements": [said_json(said, origin) for said in explained.statements],
            "opens": [str(rating.cell) for rating in explained.opens],
            "evidence": [evidence_json(found) for found in explained.evidence],
        }
    )

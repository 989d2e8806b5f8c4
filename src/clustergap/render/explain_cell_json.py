"""Why a cell is rated as it is, as JSON: ``clustergap/explain@1``."""

from clustergap.analysis.explain import CellExplanation
from clustergap.document import Origin
from clustergap.render.grammar.json_statements import evidence_json, said_json
from clustergap.writers.json import cell_json, head, write_json


def render(explained: CellExplanation, origin: Origin) -> str:
    return write_json(
        {
            **head("explain", explained.matrix, origin),
            "cell": cell_json(explained.rating),
            "statements": [said_json(said, origin) for said in explained.statements],
            "elsewhere": [
                {
                    "level": other.cell.level,
                    "coverage": other.coverage.value,
                    "instruments": list(other.instruments),
                }
                for other in explained.same_role
            ],
            "evidence": [evidence_json(found) for found in explained.evidence],
        }
    )

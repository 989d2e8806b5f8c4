"""JSON documents, and the parts that several of them share (`contracts.md`, JSON)."""

import json
import re
from collections.abc import Mapping

from clustergap.analysis.coverage import Rating, Share
from clustergap.analysis.matrix import Matrix, Summary
from clustergap.document import EXAMPLE, Origin
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.record import SourceRef

Json = Mapping[str, object]


SILENT = (
    r"##\[|[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff]"
)
"""What a job's log on GitHub would act on anywhere in a line, what no reader sees, and what is no text at all: a
regular expression, in Python and in JavaScript."""

_SILENT = re.compile(SILENT)


def write_json(document: Json) -> str:
    r"""Write a document, readable and with one final line end.

    >>> write_json({"name": "##[error]"})
    '{\n  "name": "##\\u005berror]"\n}\n'
    """
    return escape_silent(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def quote_json(text: str) -> str:
    r"""Write a text alone; YAML reads it as the same text in double quotes.

    >>> quote_json('a "b" ##[error]')
    '"a \\"b\\" ##\\u005berror]"'
    """
    return escape_silent(json.dumps(text, ensure_ascii=False))


def escape_silent(text: str) -> str:
    """Write what no reader sees, of a JSON text, as escapes of the same value."""
    return _SILENT.sub(_escaped, text)


def _escaped(unsafe: re.Match[str]) -> str:
    return r"##\u005b" if unsafe[0] == "##[" else json.dumps(unsafe[0])[1:-1]


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

"""What changed between two datasets, as JSON: ``clustergap/diff@1``."""

from clustergap.analysis.diff import DatasetSection, Difference, KeyEdit, RecordEdit
from clustergap.analysis.matrix import Matrix
from clustergap.answers.records import asked_json, changes_json
from clustergap.document import Origin, Origins
from clustergap.writers.json import Json, write_json

_NAMED = (DatasetSection.INSTRUMENTS, DatasetSection.SWOT)
"""Sections that have a key of their own."""


def render(found: Difference, origins: Origins) -> str:
    comparison = found.comparison
    return write_json(
        {
            "schema": "clustergap/diff@1",
            "before": _side(comparison.before, origins[0]),
            "after": _side(comparison.after, origins[1]),
            **changes_json(comparison),
            "regression": bool(found.regressions),
            **{
                section.value: [_edit(edit) for edit in found.edits if edit.section is section]
                for section in _NAMED
            },
            "others": [
                {"section": edit.section.value, **_edit(edit)}
                for edit in found.edits
                if edit.section not in _NAMED
            ],
        }
    )


def _side(matrix: Matrix, origin: Origin) -> Json:
    return {**asked_json(matrix, origin), "commit": origin.commit}


def _edit(edit: RecordEdit) -> Json:
    return {
        "id": edit.id,
        "label": edit.label,
        "what": edit.kind.value,
        "keys": [{**_key(one), "parts": [_key(part) for part in one.parts]} for one in edit.keys],
    }


def _key(edit: KeyEdit) -> Json:
    return {"key": edit.key, "before": edit.before, "after": edit.after}

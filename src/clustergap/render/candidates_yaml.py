"""Candidates for the SWOT as YAML: what is to be pasted into ``swot.yaml``."""

from collections.abc import Sequence

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import Candidate
from clustergap.answers.phrases import query_in_words
from clustergap.answers.swot import candidate_in_words
from clustergap.document import Origin
from clustergap.model.dataset import Quadrant
from clustergap.writers.json import quote_json

HEAD = """\
# Candidates for swot.yaml: no item names these cells or their roles. Look at each, keep what is true, say it in your own
# words, and paste it below the items of the same name.
"""
NONE = "# No candidates: some item names every gap, and every cell that is crowded or would be a gap without one instrument.\n"


def render(candidates: Sequence[Candidate], matrix: Matrix, origin: Origin) -> str:
    remark = f"# {origin.remark}\n" if origin.remark else ""
    if not candidates:
        return NONE + remark
    text = f"{HEAD}# Asked: {query_in_words(matrix.query)}.\n{remark}"
    for quadrant in Quadrant:
        of_quadrant = [one for one in candidates if one.quadrant is quadrant]
        text += f"{quadrant.value}:\n" if of_quadrant else ""
        text += "".join(_item(one, matrix) for one in of_quadrant)
    return text


def _item(candidate: Candidate, matrix: Matrix) -> str:
    words = candidate_in_words(candidate, matrix)
    return (
        f"  - id: {candidate.id}\n"
        f"    text: {quote_json(words)}\n"
        f"    cells: [{candidate.rating.cell}]\n"
    )

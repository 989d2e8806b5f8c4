"""SWOT items as YAML, to paste into ``swot.yaml``."""

from collections.abc import Iterable, Mapping, Sequence

from clustergap.model.swot import Quadrant, SwotItem
from clustergap.writers.json import quote_json


def write(items: Mapping[Quadrant, Sequence[SwotItem]], comments: Iterable[str]) -> str:
    """Write items, each with its id, its text and its cells, below comments."""
    lines = [f"# {comment}" for comment in comments]
    for quadrant, of_quadrant in items.items():
        lines.append(f"{quadrant.value}:")
        for item in of_quadrant:
            lines += [
                f"  - id: {item.id}",
                f"    text: {quote_json(item.text)}",
                f"    cells: [{', '.join(map(str, item.cells))}]",
            ]
    return "\n".join(lines) + "\n"

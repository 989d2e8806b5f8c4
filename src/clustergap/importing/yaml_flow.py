"""Changes within brackets: what stands in one line is edited there, in its own style."""

import io
from typing import Any

from clustergap.errors import MissingExtraError
from clustergap.findings import DataPath
from clustergap.importing.claims import Value
from clustergap.importing.yaml_text import write_flow

_WIDE = 1_000_000


class FlowEditor:
    """A list or mapping in brackets, as text, to change.

    Raises:
        MissingExtraError: What edits YAML is not installed.
    """

    def __init__(self, text: str) -> None:
        try:
            from ruamel.yaml import YAML
        except ImportError as error:
            raise MissingExtraError("changing a data file", "edit") from error
        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.width = _WIDE
        self._root = self._yaml.load(text)
        self._gone: list[DataPath] = []

    def set(self, path: DataPath, value: Value) -> None:
        """Set the entry at a path below the brackets; what is missing on the way is made."""
        *way, last = path
        node = self._root
        for part in way:
            if isinstance(node, dict) and part not in node:
                node[part] = self._made({})
            node = node[part]
        node[last] = self._made(value)

    def delete(self, path: DataPath) -> None:
        """Delete the entry at a path; others keep their paths until all is written."""
        self._gone.append(path)

    def append(self, path: DataPath, value: Value) -> None:
        """Add an item to the list at a path, which is made if it is not there."""
        *way, last = path
        node = self._root
        for part in way:
            node = node[part]
        if isinstance(node, dict) and last not in node:
            node[last] = self._made([])
        node[last].append(self._made(value))

    def write(self) -> str:
        """Write the whole in brackets again."""
        # The last first: what is deleted moves what stands behind it.
        for *way, last in sorted(
            self._gone, key=lambda path: list(map(_order, path)), reverse=True
        ):
            node = self._root
            for part in way:
                node = node[part]
            del node[last]
        self._root.fa.set_flow_style()
        out = io.StringIO()
        self._yaml.dump(self._root, out)
        return out.getvalue().rstrip("\n")

    def _made(self, value: Value) -> Any:  # noqa: ANN401 - a node of ruamel.yaml, which knows no types
        # Read as it would be written: with the same quotes as elsewhere.
        return self._yaml.load(f"[{write_flow(value)}]")[0]


def _order(part: str | int) -> tuple[int, str]:
    return (part, "") if isinstance(part, int) else (0, part)

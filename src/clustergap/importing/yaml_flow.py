"""Changes within brackets: entries that come or go where others stand on the same line, in its own style."""

import io
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from clustergap.errors import MissingExtraError
from clustergap.findings import DataPath
from clustergap.importing.change import APPEND, Change
from clustergap.importing.claims import Value
from clustergap.importing.yaml_text import write_flow

_WIDE = 1_000_000


def require_editor() -> None:
    """Refuse, before any work, what could not be finished.

    Raises:
        MissingExtraError: What edits YAML is not installed.
    """
    if find_spec("ruamel") is None or find_spec("ruamel.yaml") is None:
        raise MissingExtraError("importing a spreadsheet", "edit")


def edit_flow(text: str, changes: Iterable[Change]) -> str:
    """Change a list or mapping in brackets.

    Args:
        text: All in brackets.
        changes: By their paths below the brackets.
    """
    editor = _FlowEditor(text)
    gone = []
    for path, value in changes:
        if value is None:
            gone.append(path)
        elif path[-1] == APPEND:
            editor.append(path[:-1], value)
        else:
            editor.set(path, value)
    # The last first: what is deleted moves what stands behind it.
    for path in sorted(gone, key=lambda path: [_order(part) for part in path], reverse=True):
        editor.delete(path)
    return editor.write()


class _FlowEditor:
    def __init__(self, text: str) -> None:
        from ruamel.yaml import YAML

        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.width = _WIDE
        self._root = self._yaml.load(text)

    def set(self, path: DataPath, value: Value) -> None:
        *way, last = path
        node = self._root
        for part in way:
            if isinstance(node, dict) and part not in node:
                node[part] = self._made({})
            node = node[part]
        node[last] = self._made(value)

    def append(self, path: DataPath, value: Value) -> None:
        *way, last = path
        node = self._find(way)
        if isinstance(node, dict) and last not in node:
            node[last] = self._made([])
        node[last].append(self._made(value))

    def delete(self, path: DataPath) -> None:
        *way, last = path
        del self._find(way)[last]

    def write(self) -> str:
        self._root.fa.set_flow_style()
        out = io.StringIO()
        self._yaml.dump(self._root, out)
        return out.getvalue().rstrip("\n")

    def _find(self, path: Iterable[str | int]) -> Any:  # noqa: ANN401 - of ruamel.yaml, which knows no types
        node = self._root
        for part in path:
            node = node[part]
        return node

    def _made(self, value: Value) -> Any:  # noqa: ANN401 - likewise
        # Read as it would be written: with the same quotes as elsewhere.
        return self._yaml.load(f"[{write_flow(value)}]")[0]


def _order(part: str | int) -> tuple[int, str]:
    return (part, "") if isinstance(part, int) else (0, part)

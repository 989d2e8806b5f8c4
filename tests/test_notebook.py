"""The notebook of the examples shows what its cells show today."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from paths import ROOT
from tools import needed

NOTEBOOK = ROOT / "examples" / "notebook.ipynb"


def cells_of(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook."""
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def test_the_notebook_shows_the_deck_a_what_if_and_a_comparison_as_tables_and_as_text() -> None:
    shown = {cell["id"]: cell["outputs"] for cell in cells_of(NOTEBOOK) if cell.get("outputs")}

    assert {"matrix", "what-if", "compare"} <= set(shown)
    for name in ("matrix", "what-if", "compare"):
        (output,) = shown[name]
        assert output["output_type"] == "execute_result"
        assert "<table>" in "".join(output["data"]["text/html"])
        assert "".join(output["data"]["text/plain"]).strip()


@pytest.mark.exhaustive
def test_the_cells_show_today_what_the_notebook_keeps(tmp_path: Path) -> None:
    for name in ("nbclient", "ipykernel"):
        found = importlib.util.find_spec(name) is not None
        needed(found or None, f"{name} is not installed here: pip install -e '.[dev]'")
    again = tmp_path / "again.ipynb"

    # A process of its own: a worker's browser has a loop that the kernel's would meet.
    ran = subprocess.run([sys.executable, ROOT / "scripts/notebook.py", again], capture_output=True, text=True, check=False)  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert cells_of(again) == cells_of(NOTEBOOK)

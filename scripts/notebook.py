"""Run the example notebook anew, and keep what its cells show.

``python scripts/notebook.py [FILE]`` writes it to FILE, else in its own place; it needs nbclient and ipykernel.
"""

import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "examples" / "notebook.ipynb"


def run(path: Path) -> str:
    """Return a notebook with what its cells show when they are run in its folder by this Python."""
    # Not every machine has them: by their names, as other scripts need them not.
    nbformat, nbclient = import_module("nbformat"), import_module("nbclient")
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        kernel = Path(folder) / "kernels" / "python3" / "kernel.json"
        kernel.parent.mkdir(parents=True)
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": command, "display_name": "Python 3", "language": "python"}
        kernel.write_text(json.dumps(spec), encoding="utf-8")
        os.environ["JUPYTER_PATH"] = folder
        resources = {"metadata": {"path": str(path.parent)}}
        nbclient.NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    for cell in notebook.cells:
        cell.metadata = {}  # when it was run
    # What a machine says of itself stays out.
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}  # fmt: skip
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


if __name__ == "__main__":
    written = Path(sys.argv[1]) if len(sys.argv) > 1 else NOTEBOOK
    written.write_text(run(NOTEBOOK), encoding="utf-8")

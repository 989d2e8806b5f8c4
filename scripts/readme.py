"""Write what the program prints today into the examples of the documents.

Every ``console`` block begins with ``$ clustergap …``; what follows is replaced by the command's output. The picture
of the matrix is made again too. Run ``make golden``, then read the difference as you would read code.
"""

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from clustergap.cli.app import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "data-model.md")
PICTURE = ROOT / "docs" / "matrix.svg"

TYPO = """\
schema: 1
title: A misspelt role
levels: [{id: country, name: Country}]
roles: [{id: social-economy, name: Social economy}]
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-econmy@country: full
"""
"""The file that the README's example of ``check`` is about."""

_BLOCK = re.compile(r"```console\n\$ (clustergap [^\n]*)\n.*?```", re.DOTALL)


def update(text: str) -> str:
    """Return a document with the output of its examples as it is today."""
    return _BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{run(block[1])}```", text)


def run(command: str) -> str:
    """Run one ``clustergap`` command in a folder with the data of the examples; return what it prints."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with (
        _example_folder(),
        patch.multiple(sys, stdout=out, stderr=out),
        patch.dict(os.environ, clear=True),
    ):
        main([*command.split()[1:], *([] if "check" in command else ["--quiet"])])
    return out.buffer.getvalue().decode()


@contextlib.contextmanager
def _example_folder() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("typo.yaml").write_text(TYPO, encoding="utf-8")
        Path("data").symlink_to(ROOT / "data")
        yield


def write_all() -> None:
    """Rewrite every document that has changed."""
    for path in DOCUMENTS:
        path.write_text(update(path.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(run("clustergap matrix -f svg"), encoding="utf-8")


if __name__ == "__main__":
    write_all()

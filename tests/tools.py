"""Tools that tests need and that not every machine has."""

import os
from pathlib import Path
from typing import TypeVar

import pytest

_FOLDER = Path(__file__).parent.parent / ".venv/tools"

Found = TypeVar("Found")


def npm_package(name: str) -> Path:
    """The folder of an npm package, if scripts/make-tools.sh could install it."""
    return _FOLDER / name / "node_modules" / name


def needed(found: Found | None, missing: str) -> Found:
    """Return what was found, or skip the test; in CI, where nobody reads what was skipped, it fails."""
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)

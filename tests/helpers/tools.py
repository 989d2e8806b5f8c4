"""Tools that tests need: those that not every machine has, and the files of ``scripts/``."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

from paths import ROOT

_FOLDER = ROOT / ".venv/tools"

Found = TypeVar("Found")


def npm_package(name: str) -> Path:
    """The folder of an npm package, if scripts/make-tools.sh could install it."""
    return _FOLDER / name / "node_modules" / name


def load_script(name: str) -> ModuleType:
    """Import a file of ``scripts/``, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def needed(found: Found | None, missing: str) -> Found:
    """Return what was found, or skip the test; in CI, where nobody reads what was skipped, it fails."""
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)

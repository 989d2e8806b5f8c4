"""Workbooks that many tests read, each written once by a worker."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def deck_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything about the deck."""
    return _report(ROOT / "data", tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything about data full of markup, formulas and bidirectional text."""
    return _report(ROOT / "tests/hostile", tmp_path_factory.mktemp("hostile"))


def _report(data: Path, folder: Path) -> Path:
    from workbooks import write  # other tests need not wait for what reads workbooks

    return write(folder / "report.xlsx", "report", "--data", str(data))

"""How chance is looked at on any machine; workbooks that many tests read, each written once by a worker."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

# A machine that does other work besides is no mistake of what is tested: nothing is measured by the clock on the wall.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")


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

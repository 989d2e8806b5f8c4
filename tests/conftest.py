"""How much of everything is tried, on any machine; workbooks that many tests read, each written once by a worker."""

import gc
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from paths import ROOT
from sampling import ALL_EXAMPLES, FEW_EXAMPLES, MARKERS, Sample, everything, sampled, spread

# A machine that does other work besides is no mistake of what is tested: nothing is measured by the clock on the wall.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("exhaustive", ANY_MACHINE, max_examples=ALL_EXAMPLES)
settings.register_profile("sampled", ANY_MACHINE, max_examples=FEW_EXAMPLES, derandomize=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--exhaustive", action="store_true", help="Run everything in full, as make test-all does."
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("exhaustive" if config.getoption("exhaustive") else "sampled")
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("exhaustive"):
        return
    chosen = set(sampled(items))
    left_out = [item for item in items if item not in chosen]
    config.hook.pytest_deselected(items=left_out)
    if hasattr(config, "workeroutput"):
        config.workeroutput["deselected"] = [item.nodeid for item in left_out]
    items[:] = [item for item in items if item in chosen]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    # xdist counts nothing that a worker has deselected; each has deselected the same.
    reporter = node.config.pluginmanager.get_plugin("terminalreporter")
    left_out = getattr(node, "workeroutput", {}).get("deselected", [])
    reporter.stats["deselected"] = [SimpleNamespace(nodeid=nodeid) for nodeid in left_out]


def pytest_collection_finish() -> None:
    # Thousands of tests, none of which goes before the end: the collector need not look at them again and again.
    gc.freeze()


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config) -> Sample:
    """Choose what is tried of many values: all with ``--exhaustive``, otherwise a few that are spread over them."""
    return everything if pytestconfig.getoption("exhaustive") else spread


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

"""Several files are written all or none: at every line of what writes them the program is told to stop."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from told_to_stop import stopped

if not hasattr(os, "fork"):
    pytest.skip("needs fork", allow_module_level=True)

HEAD = """\
schema: 1
title: Funds
levels: [{id: eu, name: EU}]
roles: [{id: exchange, name: Exchange}]
"""
FRAGMENT = """\
instruments:
- id: fund-{0}
  name: Fund {0}
  note: old
  covers: {{exchange@eu: full}}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A dataset of two fragments, and a sheet that changes both."""
    fragments = tmp_path / "case" / "data" / "instruments"
    fragments.mkdir(parents=True)
    (fragments.parent / "instruments.yaml").write_text(HEAD, encoding="utf-8")
    rows = ["id,name,role,level,note"]
    for letter in "ab":
        text = FRAGMENT.format(letter)
        (fragments / f"{letter}.yaml").write_text(text, encoding="utf-8")
        rows.append(f"fund-{letter},Fund {letter},exchange,eu,new")
    (tmp_path / "case" / "notes.csv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path / "case"


@pytest.fixture
def stride(pytestconfig: pytest.Config) -> int:
    """How many steps a sample goes on with where everything goes on with one."""
    return 1 if pytestconfig.getoption("exhaustive") else 32


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("name", "every"), [("SIGTERM", 2), ("SIGINT", 7), ("SIGHUP", 7)])
def test_at_whatever_line_it_is_told_to_stop_all_files_are_new_or_all_are_old(
    name: str, every: int, stride: int, case: Path, tmp_path: Path
) -> None:
    number = getattr(signal, name)

    found = stopped(
        case, tmp_path, number, every * stride, "import", "notes.csv", "--data", "data"
    )

    assert {end.code for end in found} == {-number}
    states = [end.notes for end in found]
    first_new = states.index({"new"})
    assert states == [{"old"}] * first_new + [{"new"}] * (len(states) - first_new)
    assert (
        first_new > len(states) // 2
    )  # whoever is told behind the last file has written them all
    for end in found:
        left = set(end.files) - {"notes.csv", "data/instruments.yaml"}
        assert left - {"data/.clustergap.lock"} == {f"data/instruments/{one}.yaml" for one in "ab"}


def test_a_new_dataset_is_whole_or_not_there_nor_is_its_folder(
    case: Path, stride: int, tmp_path: Path
) -> None:
    shutil.rmtree(case / "data")

    found = stopped(
        case, tmp_path, signal.SIGTERM, 3 * stride, "import", "notes.csv", "--data", "a/new"
    )

    lefts = {frozenset(set(end.files) - {"notes.csv", "a/new/.clustergap.lock"}) for end in found}
    assert lefts == {frozenset(), frozenset({"a/new/instruments.yaml"})}

"""The small inputs that a fault of version 0.1.0 was shown with: each is run as its case says, in a copy of its folder.

The cases stand beside the repository and may be absent.
"""

import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from paths import SHARED
from running import Outcome, run
from told_to_stop import stopped

CASES = SHARED / "cases" / "faults"
if not CASES.is_dir():
    pytest.skip(f"the cases are not at {CASES}", allow_module_level=True)

EXPECTED: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (CASES / "expected.yaml").read_text(encoding="utf-8")
)

BY_HAND = {
    "stdout-is-not-taken-whole",
    "diff-weakens-and-the-gate",
    "import-is-told-to-stop",
}
"""Their runs need a shell or a signal, or their outcomes are alternatives in words: each has a test of its own."""


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - BY_HAND))
def test_a_case_ends_as_it_should(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = EXPECTED[name]
    monkeypatch.chdir(_copy(name, tmp_path))

    outcome = _run(case)

    assert outcome.code == case.get("exit", 0)
    for words in case.get("stderr_has", ()):
        assert words in outcome.err
    if "stdout_line" in case:
        # A header's word stands whole, on a line of the table's head.
        assert re.search(rf"^\s*{case['stdout_line']}\b", outcome.out, re.MULTILINE)


def test_a_document_that_standard_output_does_not_take_whole_is_no_success(tmp_path: Path) -> None:
    case = EXPECTED["stdout-is-not-taken-whole"]
    folder = _copy("stdout-is-not-taken-whole", tmp_path)
    words = shlex.split(re.sub(r".*clustergap (.*) > .*", r"\1", case["run"]))

    with (folder / "out.json").open("wb") as out:
        ended = subprocess.run(
            [sys.executable, "-m", "clustergap", *words],
            cwd=folder,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=_take_one_kibibyte,
            check=False,
        )

    assert ended.returncode == case["exit"]
    for words in case["stderr_has"]:
        assert words in ended.stderr


def test_what_the_comparison_calls_a_loss_and_what_the_gate_fails_for_are_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_copy("diff-weakens-and-the-gate", tmp_path))

    outcome = _run(EXPECTED["diff-weakens-and-the-gate"])

    assert outcome.code == int("weaken" in outcome.out)
    assert "2 pairs of role and level lose instruments" in outcome.out


@pytest.mark.exhaustive
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_import_that_is_told_to_stop_leaves_all_files_old_or_all_new(tmp_path: Path) -> None:
    words = shlex.split(EXPECTED["import-is-told-to-stop"]["run"].partition(",")[0])[1:]

    ends = stopped(CASES / "import-is-told-to-stop", tmp_path, signal.SIGTERM, 31, *words)

    assert len(ends) > 10
    for end in ends:
        assert end.notes in ({"old"}, {"new"})
        assert not [name for name in end.files if name.endswith(".tmp")]


def test_every_case_is_run_or_waits_for_the_import() -> None:
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}

    assert folders == EXPECTED.keys()
    assert EXPECTED.keys() > BY_HAND


def _copy(name: str, folder: Path) -> Path:
    return shutil.copytree(CASES / name, folder / name)


def _run(case: Mapping[str, Any]) -> Outcome:
    program, *argv = shlex.split(case["run"])
    assert program == "clustergap"
    return run(*argv, columns=120)


def _take_one_kibibyte() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

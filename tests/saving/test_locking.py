"""One change of a dataset at a time: whoever comes second is told who is at it, and a dead process is at nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from clustergap.saving.locking import LOCK_FILE
from running import run
from sampling import Sample

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
  covers: {{exchange@eu: full}}
"""
LETTERS = "abcdefgh"
HOLDER = """\
import sys
from pathlib import Path
from clustergap.saving.locking import lock_dataset
with lock_dataset(Path("data")):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dataset of eight fragments, and two sheets that change different keys of each."""
    monkeypatch.chdir(tmp_path)
    Path("data/instruments").mkdir(parents=True)
    Path("data/instruments.yaml").write_text(HEAD, encoding="utf-8")
    for letter in LETTERS:
        Path(f"data/instruments/{letter}.yaml").write_text(
            FRAGMENT.format(letter), encoding="utf-8"
        )
    for key in ("note", "description"):
        rows = [f"fund-{letter},Fund {letter},exchange,eu,said" for letter in LETTERS]
        table = "\n".join([f"id,name,role,level,{key}", *rows])
        Path(f"{key}.csv").write_text(table, encoding="utf-8")


@pytest.fixture
def holder() -> Iterator["subprocess.Popen[str]"]:
    """Another process that is changing the dataset."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def start(key: str) -> "subprocess.Popen[str]":
    program = [sys.executable, "-m", "clustergap", "import", f"{key}.csv", "--data", "data"]
    return subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def said(key: str) -> int:
    """How many fragments say what the sheet of this key does."""
    texts = [path.read_text(encoding="utf-8") for path in Path("data/instruments").iterdir()]
    return sum(f"{key}: said" in text for text in texts)


def forget(keys: Sequence[str]) -> None:
    for path in Path("data/instruments").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.strip().startswith(tuple(keys))]
        path.write_text("".join(kept), encoding="utf-8")


def test_of_two_imports_at_once_none_undoes_what_the_other_has_written(sample: Sample) -> None:
    keys = ("note", "description")
    for _ in sample(range(8), 1):
        imports = [start(key) for key in keys]
        errors = [process.communicate(timeout=60)[1] for process in imports]

        for key, process, other, error in zip(
            keys, imports, reversed(imports), errors, strict=True
        ):
            assert process.returncode in (0, 2)
            assert said(key) == (0 if process.returncode else len(LETTERS))
            if process.returncode:
                assert (
                    f"'data' is being changed by process {other.pid}: nothing was written" in error
                )
        assert any(process.returncode == 0 for process in imports)
        assert not Path("data", LOCK_FILE).exists()
        forget(keys)


def test_the_second_says_which_process_is_the_first(holder: "subprocess.Popen[str]") -> None:
    outcome = run("import", "note.csv", "--data", "data")

    assert outcome.code == 2
    assert f"'data' is being changed by process {holder.pid}: nothing was written" in outcome.err
    assert said("note") == 0


def test_what_changes_nothing_waits_for_nobody(holder: "subprocess.Popen[str]") -> None:
    assert holder.poll() is None
    assert run("import", "note.csv", "--data", "data", "--dry-run").code == 0
    assert run("check", "data").err == ""


def test_a_killed_process_keeps_nobody_out(holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    assert Path("data", LOCK_FILE).read_text(encoding="utf-8") == f"{holder.pid}\n"

    outcome = run("import", "note.csv", "--data", "data")

    assert (outcome.code, said("note")) == (0, len(LETTERS))
    assert not Path("data", LOCK_FILE).exists()


def test_the_second_of_two_that_make_a_dataset_finds_what_the_first_has_made() -> None:
    Path("new.csv").write_text("name,role,level\nFund,Exchange,EU\n", encoding="utf-8")
    program = [sys.executable, "-m", "clustergap", "import", "new.csv", "--data", "x/new"]
    imports = [
        subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]

    codes = sorted(process.wait(timeout=60) for process in imports)

    assert codes in ([0, 0], [0, 2])
    assert [path.name for path in Path("x/new").iterdir()] == ["instruments.yaml"]


def test_a_link_in_its_place_is_not_written_through() -> None:
    Path("secret").write_text("mine", encoding="utf-8")
    Path("data", LOCK_FILE).symlink_to(Path("secret").absolute())

    outcome = run("import", "note.csv", "--data", "data")

    assert (outcome.code, said("note")) == (2, 0)
    assert f"'data/{LOCK_FILE}' cannot be locked" in outcome.err
    assert Path("secret").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_in_its_place_is_not_waited_for() -> None:
    os.mkfifo(Path("data", LOCK_FILE))

    outcome = run("import", "note.csv", "--data", "data")

    assert outcome.code == 2
    assert f"'data/{LOCK_FILE}' is no file: remove it" in outcome.err


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs Linux's /proc")
def test_a_folder_that_takes_no_file_is_told_with_what_to_do() -> None:
    outcome = run("import", "note.csv", "--data", "/proc/self/new")

    assert outcome.code == 2
    assert outcome.err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_told_with_what_to_do() -> None:
    Path("data").chmod(0o500)

    outcome = run("import", "note.csv", "--data", "data")

    Path("data").chmod(0o700)
    assert outcome.code == 2
    assert "cannot be locked: Permission denied" in outcome.err
    assert "make the folder writable" in outcome.err


def test_a_file_system_without_locks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", refuse)

    outcome = run("import", "note.csv", "--data", "data")

    assert (outcome.code, said("note")) == (2, 0)
    assert "cannot be locked: Operation not supported" in outcome.err


def test_a_stopped_import_leaves_no_lock_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("clustergap.importing.import_plan.plan_import", stop)

    assert run("import", "note.csv", "--data", "data").code == 128 + signal.SIGTERM
    assert not Path("data", LOCK_FILE).exists()

"""Writing a file: whole or not at all, whatever fails on the way."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

from clustergap.cli.exit import Exit
from clustergap.errors import ClusterGapError
from clustergap.saving.atomic_write import write_file, write_files
from paths import ROOT
from running import Outcome, run

OLD = b"what was there before\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "matrix.csv"
    path.write_bytes(OLD)
    return path


def write_matrix(path: Path) -> Outcome:
    return run("matrix", "--data", str(ROOT / "data"), "-o", str(path))


def fail(*_: Any, **__: Any) -> Any:
    raise OSError(28, "No space left on device")


class _FailingFile:
    """A file that takes the first bytes only, or cannot be closed."""

    def __init__(self, descriptor: int, at: str) -> None:
        self.descriptor, self.at = descriptor, at

    def __enter__(self) -> Self:
        return self

    def write(self, data: bytes) -> None:
        os.write(self.descriptor, data[:10])
        if self.at == "write":
            fail()

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)
        if self.at == "close":
            fail()


def _open_failing_at(step: str) -> Callable[[int, str], _FailingFile]:
    return lambda descriptor, _mode: _FailingFile(descriptor, step)


STEPS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "looking": lambda patch: patch.setattr(Path, "resolve", fail),
    "creating": lambda patch: patch.setattr(os, "open", fail),
    "writing": lambda patch: patch.setattr(
        "clustergap.saving.whole_file.open", _open_failing_at("write"), raising=False
    ),
    "closing": lambda patch: patch.setattr(
        "clustergap.saving.whole_file.open", _open_failing_at("close"), raising=False
    ),
    "giving it the old one's mode": lambda patch: patch.setattr(shutil, "copymode", fail),
    "replacing": lambda patch: patch.setattr(Path, "replace", fail),
}
"""What can fail, in the order of doing it. Only the system's own calls are replaced."""


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_leaves_the_old_file_whole(
    step: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        STEPS[step](patch)
        with pytest.raises(ClusterGapError, match="cannot be written: No space left"):
            write_file(old, b"new")

    assert old.read_bytes() == OLD
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("step", list(STEPS)[2:])
def test_a_command_says_in_one_line_that_its_file_could_not_be_written(
    step: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        STEPS[step](patch)
        outcome = write_matrix(old)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.count("\n") == 1
    assert "No space left on device" in outcome.err
    assert old.read_bytes() == OLD


def test_a_neighbour_that_cannot_be_removed_is_no_second_failure(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setattr(Path, "unlink", fail)

    outcome = write_matrix(old)

    assert (outcome.code, old.read_bytes()) == (Exit.UNUSABLE, OLD)


@pytest.mark.parametrize("where", ["before", "after"])
def test_being_told_to_stop_leaves_one_whole_file(
    where: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_when_stopped(self: Path, target: Path) -> Path:
        if where == "before":
            signal.raise_signal(signal.SIGTERM)
        replaced = replace(self, target)
        signal.raise_signal(signal.SIGTERM)
        return replaced

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(Path, "replace", replace_when_stopped)

    outcome = write_matrix(old)

    assert outcome.code == 128 + signal.SIGTERM
    assert list(old.parent.iterdir()) == [old]
    assert (old.read_bytes() == OLD) == (where == "before")
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    kept, new, usual = tmp_path / "kept", tmp_path / "new", tmp_path / "usual"
    kept.write_bytes(OLD)
    kept.chmod(0o640)
    usual.write_bytes(b"")

    write_file(kept, b"x")
    write_file(new, b"x")

    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


def test_a_link_stays_a_link_to_the_new_content(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(OLD)
    link.symlink_to(target)

    write_file(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_nothing_is_written_through_what_lies_in_wait_beside_the_file(old: Path) -> None:
    # Who may write into the folder could guess the neighbour's name, and put a link there.
    secret = old.parent / "secret"
    secret.write_bytes(OLD)
    trap = old.with_name(f".{old.name}.{os.getpid()}-0.tmp")
    trap.symlink_to(secret)

    write_file(old, b"new")

    assert (old.read_bytes(), secret.read_bytes()) == (b"new", OLD)
    assert trap.is_symlink()


@pytest.mark.parametrize("name", ["x" * 255, "é" * 120, "集" * 83 + ".csv", "a" + "集" * 84])
def test_a_name_as_long_as_names_can_be_is_written(name: str, tmp_path: Path) -> None:
    write_file(tmp_path / name, b"new")

    assert (tmp_path / name).read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs Linux's /proc")
def test_a_folder_that_takes_no_files_even_from_root_is_one_message() -> None:
    outcome = write_matrix(Path("/proc/self/matrix.csv"))

    assert (outcome.code, outcome.err.count("\n")) == (Exit.UNUSABLE, 1)


@pytest.mark.parametrize("path", ["loop.csv", "loop.csv/matrix.csv"])
def test_a_loop_of_links_is_told_as_one(path: str, tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")

    outcome = write_matrix(tmp_path / path)

    assert outcome.code == Exit.UNUSABLE
    assert outcome.err.endswith("cannot be written: its links lead in a loop\n")
    assert (tmp_path / "loop.csv").is_symlink()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may")
def test_root_leaves_a_file_to_its_owner(old: Path) -> None:
    os.chown(old, 12345, 54321)

    write_file(old, b"new")

    assert (old.stat().st_uid, old.stat().st_gid) == (12345, 54321)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout here")
@pytest.mark.sampled(2)
@pytest.mark.parametrize("to", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/stderr"])
def test_what_a_shell_has_opened_keeps_what_stands_in_it(to: str, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "clustergap"
    data = ROOT / "data"
    number = 2 if to == "/dev/stderr" else 1

    script = f"{{ echo head; '{program}' matrix --data '{data}' -f md -o {to}; echo tail; }} {number}>> '{tmp_path}/all.md'"
    script = script.replace("echo", f"echo >&{number}")
    code = subprocess.run(["bash", "-c", script], check=False, timeout=60).returncode

    text = (tmp_path / "all.md").read_text(encoding="utf-8")
    assert code == Exit.OK
    assert text.startswith("head\n")
    assert "INTERREG" in text or "full" in text
    assert text.endswith("tail\n")


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Three files that are to be written together."""
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path in paths:
        path.write_bytes(OLD)
    return paths


def write_all(paths: list[Path]) -> None:
    write_files(dict.fromkeys(paths, b"new"), {path: OLD for path in paths if path.exists()})


def call_third(
    patch: pytest.MonkeyPatch, owner: Any, name: str, instead: Callable[..., Any]
) -> None:
    """Have the third call of a function answered by another, which is given it first."""
    real, calls = getattr(owner, name), []

    def call(*words: Any, **options: Any) -> Any:
        calls.append(words)
        return instead(real, *words, **options) if len(calls) == 3 else real(*words, **options)

    patch.setattr(owner, name, call)


MANY_STEPS: dict[str, tuple[Any, str]] = {
    "looking": (Path, "resolve"),
    "creating": (os, "open"),
    "flushing": (os, "fsync"),
    "giving it the old one's mode": (shutil, "copymode"),
    "replacing": (Path, "replace"),
}


@pytest.mark.parametrize("step", MANY_STEPS)
def test_a_failure_at_any_step_of_the_third_file_leaves_all_as_they_were(
    step: str, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        call_third(patch, *MANY_STEPS[step], fail)
        with pytest.raises(ClusterGapError, match="/c' cannot be written: No space left"):
            write_all(three)

    assert [path.read_bytes() for path in three] == [OLD] * 3
    assert sorted(three[0].parent.iterdir()) == three


def test_what_is_taken_back_is_the_old_file_itself(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [path.stat() for path in three]
    call_third(monkeypatch, Path, "replace", fail)

    with pytest.raises(ClusterGapError):
        write_all(three)

    after = [path.stat() for path in three]
    assert [(one.st_ino, one.st_mtime_ns) for one in after] == [
        (one.st_ino, one.st_mtime_ns) for one in before
    ]


def test_where_files_have_one_name_only_the_old_one_is_copied_first(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", fail)
    three[0].chmod(0o640)
    with monkeypatch.context() as patch:
        call_third(patch, Path, "replace", fail)
        with pytest.raises(ClusterGapError):
            write_all(three)

    assert [path.read_bytes() for path in three] == [OLD] * 3
    assert stat.S_IMODE(three[0].stat().st_mode) == 0o640
    assert sorted(three[0].parent.iterdir()) == three

    write_all(three)

    assert [path.read_bytes() for path in three] == [b"new"] * 3
    assert sorted(three[0].parent.iterdir()) == three


def test_a_replace_that_is_done_and_says_that_it_failed_is_taken_back(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace_and_fail(replace: Callable[[Path, Path], Path], new: Path, target: Path) -> Path:
        replace(new, target)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        call_third(patch, Path, "replace", replace_and_fail)
        with pytest.raises(ClusterGapError, match="Input/output error"):
            write_all(three)

    assert [path.read_bytes() for path in three] == [OLD] * 3


def test_each_file_is_compared_again_right_before_it_is_replaced(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_while_somebody_saves(self: Path, target: Path) -> Path:
        if target == three[1]:
            three[2].write_bytes(b"somebody else's")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_while_somebody_saves)
        with pytest.raises(ClusterGapError, match="/c' has changed since it was read"):
            write_all(three)

    assert [path.read_bytes() for path in three] == [OLD, OLD, b"somebody else's"]


def test_what_somebody_has_saved_since_is_not_taken_back(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_and_fail(*_: Any) -> None:
        three[0].write_bytes(b"somebody else's")
        fail()

    call_third(monkeypatch, Path, "replace", save_and_fail)

    with pytest.raises(ClusterGapError):
        write_all(three)

    assert [path.read_bytes() for path in three] == [b"somebody else's", OLD, OLD]


def test_what_cannot_be_taken_back_is_told_with_where_the_old_text_is(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_only_by_new(self: Path, target: Path) -> Path:
        if target == three[1] or self.read_bytes() == OLD:
            fail()
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_only_by_new)
        with pytest.raises(ClusterGapError, match="could be taken back") as caught:
            write_all(three)

    (kept,) = set(three[0].parent.iterdir()) - set(three)
    assert f"what stood in '{three[0]}' is in '{kept}'" in str(caught.value)
    assert kept.read_bytes() == OLD
    assert [path.read_bytes() for path in three] == [b"new", OLD, OLD]


def test_new_files_and_their_folders_go_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_third(monkeypatch, Path, "replace", fail)

    with pytest.raises(ClusterGapError):
        write_all([tmp_path / name for name in ("x/a", "x/y/b", "c")])

    assert list(tmp_path.iterdir()) == []


def test_all_are_on_the_disk_before_the_first_is_replaced(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    for owner, name in ((os, "fsync"), (Path, "replace")):
        real = getattr(owner, name)

        def call(*words: Any, real: Any = real, name: str = name) -> Any:
            order.append(name)
            return real(*words)

        monkeypatch.setattr(owner, name, call)

    write_all(three)

    assert order == [*["fsync"] * 3, *["replace"] * 3, "fsync"]  # the last one of their folder


def test_a_folder_or_a_pipe_where_a_file_is_to_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    for name, what in (("folder", "is a folder"), ("pipe", "is no file")):
        with pytest.raises(ClusterGapError, match=what):
            write_files({tmp_path / "new": b"new", tmp_path / name: b"new"}, {})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]

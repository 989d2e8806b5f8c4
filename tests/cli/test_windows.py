"""What differs on Windows, as docs/explanation/windows.md lists it: each function takes what differs, and is given what Windows would."""

import ctypes
import errno
import fcntl
import inspect
import os
import re
import signal
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from clustergap.cli import output
from clustergap.cli.streams import end_of_input, has_reader_gone, switch_on_colours, wait
from clustergap.errors import reason
from clustergap.saving.locking import LOCK_FILE, lock_a_byte, release
from clustergap.saving.signals import stopping_signals
from clustergap.theme import ASCII, UNICODE, shapes_for
from paths import ROOT
from running import run

VIRTUAL_TERMINAL = 4

PAGE = (ROOT / "docs" / "explanation" / "windows.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| [^|]+ \| [^|]+ \| `([\w.]+)` \| `([\w./]+)` \|$", PAGE, re.MULTILINE)


class Kernel32:
    """The console of a Windows: which streams are consoles, the mode of its screen, and whether it knows colours."""

    def __init__(self, *consoles: int, mode: int = 3, knows_colours: bool = True) -> None:
        self.consoles, self.mode, self.knows_colours = consoles, mode, knows_colours

    def GetStdHandle(self, stream: int) -> int:  # noqa: N802 - Windows' own name
        return 1000 - stream

    def GetConsoleMode(self, handle: int, mode: Any) -> int:  # noqa: N802
        if 1000 - handle not in self.consoles:
            return 0
        ctypes.memmove(mode, ctypes.byref(ctypes.c_uint32(self.mode)), 4)
        return 1

    def SetConsoleMode(self, _handle: int, mode: int) -> int:  # noqa: N802
        if mode & VIRTUAL_TERMINAL and not self.knows_colours:
            return 0
        self.mode = mode
        return 1


def test_the_page_lists_every_function_that_takes_the_system_as_a_parameter() -> None:
    listed = {name for name, _ in ROWS}
    taking = {
        f"{module}.{function}"
        for path in (ROOT / "src" / "clustergap").rglob("*.py")
        for module in [
            ".".join(path.relative_to(ROOT / "src" / "clustergap").with_suffix("").parts)
        ]
        for function in re.findall(
            r"^def ([a-z]\w*)\([^)]*\bsystem: str = os\.name",
            path.read_text("utf-8"),
            re.MULTILINE,
        )
    }

    assert len(taking) >= 6
    assert taking <= listed


@pytest.mark.parametrize(("function", "test"), ROWS)
def test_what_the_page_lists_takes_what_differs_and_is_tested(function: str, test: str) -> None:
    module, _, name = function.rpartition(".")
    code = (ROOT / "tests" / test).read_text(encoding="utf-8")

    called = getattr(import_module(f"clustergap.{module}"), name)

    assert inspect.signature(called).parameters
    assert f"{name}(" in code
    assert re.search(r"\bos\.name = |environ.*os\.name|[\"']os\.name[\"'],", code) is None


# Colours


@pytest.mark.parametrize("consoles", [(-11, -12), (-11,), (-12,)])
def test_a_console_is_told_to_show_colours_and_keeps_the_rest_of_its_mode(
    consoles: tuple[int, ...],
) -> None:
    kernel32 = Kernel32(*consoles, mode=3)

    assert switch_on_colours(kernel32)
    assert kernel32.mode == 3 | VIRTUAL_TERMINAL


def test_a_console_that_shows_colours_is_left_alone() -> None:
    kernel32 = Kernel32(-11, mode=3 | VIRTUAL_TERMINAL, knows_colours=False)

    assert switch_on_colours(kernel32)
    assert kernel32.mode == 3 | VIRTUAL_TERMINAL


def test_a_console_that_is_too_old_for_colours_shows_none() -> None:
    kernel32 = Kernel32(-11, knows_colours=False)

    assert not switch_on_colours(kernel32)
    assert kernel32.mode == 3


def test_what_is_no_console_shows_no_colours() -> None:
    # Such as NUL, which Python takes for a terminal.
    assert not switch_on_colours(Kernel32())


def test_without_colours_in_the_console_codes_are_written_only_if_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(
        output, "shows_colours", lambda: switch_on_colours(Kernel32(-11, knows_colours=False))
    )

    as_it_comes = run("matrix", is_terminal=True)
    asked_for = run("matrix", "--color", "always", is_terminal=True)

    assert "\x1b[" not in as_it_comes.out
    assert "Business driven innovation" in as_it_comes.out
    assert "\x1b[" in asked_for.out


@pytest.mark.parametrize(
    ("encoding", "shapes"),
    [("cp1252", ASCII), ("cp850", ASCII), ("cp437", ASCII), ("utf-8", UNICODE)],
)
def test_signs_are_those_of_the_code_page(encoding: str, shapes: object) -> None:
    assert shapes_for(encoding) is shapes


# Signals


def test_windows_stops_the_program_by_break_where_others_hang_up() -> None:
    windows = SimpleNamespace(SIGINT=2, SIGTERM=15, SIGBREAK=21, CTRL_C_EVENT=0)

    assert stopping_signals(windows) == [2, 15, 21]
    assert stopping_signals(signal) == [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def test_after_a_signal_windows_has_its_exit_code_by_leaving() -> None:
    # As raising a signal of its own would end the program there with another.
    child = os.fork()
    if child == 0:
        from clustergap.saving.signals import exit_by_signal

        exit_by_signal(21, "nt")
    _, status = os.waitpid(child, 0)

    assert os.WIFEXITED(status)
    assert os.WEXITSTATUS(status) == 128 + 21


# Pipes


@pytest.mark.parametrize(
    ("number", "system", "is_gone"),
    [
        (errno.EINVAL, "nt", True),
        (errno.EINVAL, "posix", False),
        (errno.EPIPE, "nt", True),
        (errno.EPIPE, "posix", True),
        (errno.ENOSPC, "nt", False),
    ],
)
def test_a_reader_that_has_left_is_told_by_what_the_system_says(
    number: int, system: str, is_gone: bool
) -> None:
    # Python makes of a number the class that it stands for.
    assert has_reader_gone(OSError(number, os.strerror(number)), system) is is_gone


def test_where_only_sockets_can_be_waited_for_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []

    def refuse(*_streams: object) -> object:
        raise OSError(10038, "An operation was attempted on something that is not a socket")

    monkeypatch.setattr("clustergap.cli.streams.time.sleep", pauses.append)

    wait(select=refuse)

    assert len(pauses) == 1
    assert 0 < pauses[0] < 1


def test_what_ends_typed_input_is_named_as_the_system_has_it() -> None:
    assert (end_of_input("nt"), end_of_input("posix")) == ("Ctrl-Z and Enter", "Ctrl-D")


# Files


def test_a_file_that_is_not_permitted_may_be_open_elsewhere_on_windows_alone() -> None:
    refusal = PermissionError(errno.EACCES, "Access is denied")

    assert reason(refusal, "", "nt") == (
        "Access is denied: is it open in another program? Close it there"
    )
    assert reason(refusal, "", "posix") == "Access is denied"


def unlink_as_windows_does(descriptor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to remove a file while it is open."""
    unlink = Path.unlink

    def refuse_if_open(path: Path, missing_ok: bool = False) -> None:
        try:
            os.fstat(descriptor)
        except OSError:
            unlink(path, missing_ok)
        else:
            raise PermissionError(errno.EACCES, "The file is being used by another process")

    monkeypatch.setattr(Path, "unlink", refuse_if_open)


@pytest.mark.parametrize(("system", "is_left"), [("nt", False), ("posix", True)])
def test_a_lock_that_cannot_be_removed_while_it_is_open_is_removed_then_on_windows_alone(
    system: str, is_left: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Elsewhere another process may have taken the file of that name meanwhile.
    path = tmp_path / LOCK_FILE
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    unlink_as_windows_does(descriptor, monkeypatch)

    release(path, descriptor, system)

    assert path.exists() is is_left


def lock_one_byte(descriptor: int) -> None:
    """Lock as Windows does: the byte where the file stands, or an error at once."""
    fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0, os.SEEK_CUR)


def test_the_byte_that_is_locked_stands_after_what_others_read(tmp_path: Path) -> None:
    path = tmp_path / LOCK_FILE
    path.write_bytes(b"4711\n")
    locked: list[int] = []
    with path.open("r+b") as file:
        is_ours = lock_a_byte(
            file.fileno(), lambda number: locked.append(os.lseek(number, 0, os.SEEK_CUR))
        )
        stands = os.lseek(file.fileno(), 0, os.SEEK_CUR)

    assert is_ours
    assert locked == [100]
    assert stands == 0


def test_a_lock_of_another_process_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / LOCK_FILE
    path.touch()
    with path.open("r+b") as file:
        assert lock_a_byte(file.fileno(), lock_one_byte)
        child = os.fork()
        if child == 0:
            with path.open("r+b") as other:
                os._exit(int(lock_a_byte(other.fileno(), lock_one_byte)))
        _, status = os.waitpid(child, 0)

    assert os.WEXITSTATUS(status) == 0

"""Standard output is taken whole or the exit code says so; whatever becomes of standard error, the code stays."""

import errno
import io
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from rich.cells import cell_len

from clustergap.cli import streams
from clustergap.cli.app import main
from clustergap.cli.exit import Exit
from paths import ROOT
from printed_documents import DOCUMENTS, last_word
from programs import BIN, process
from running import run

NO_SPACE = "clustergap: standard output cannot be written: No space left on device\n"
CLOSED = "clustergap: standard output cannot be written: it is closed\n"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


class Raw(io.RawIOBase):
    """A stream without a buffer, as Python makes it with PYTHONUNBUFFERED set, that takes a third at a time."""

    def __init__(self, room: int = sys.maxsize) -> None:
        self.taken, self.room, self.is_busy = bytearray(), room, False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int | None:
        self.is_busy = not self.is_busy
        if self.is_busy:
            return None  # as a pipe that is full and does not block
        part = bytes(data)[: min(len(data) // 3 + 1, self.room - len(self.taken))]
        if not part:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.taken += part
        return len(part)


class Broken(io.RawIOBase):
    """A stream that nothing can be written to."""

    def __init__(self, number: int) -> None:
        self.number = number

    def writable(self) -> bool:
        return True

    def write(self, _data: Any) -> int:
        raise OSError(self.number, os.strerror(self.number))


def unbuffered(raw: Any) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding="utf-8", write_through=True)


def run_into(raw: Any, *argv: str) -> tuple[int, str]:
    """Run the program with *raw* as its standard output; return the exit code and what was told."""
    told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with patch.multiple(sys, stdout=unbuffered(raw), stderr=told):
        code = main(argv)
    return int(code), told.buffer.getvalue().decode()


def is_text(argv: tuple[str, ...]) -> bool:
    return last_word(argv) not in ("docx", "pdf", "png", "pptx", "xlsx")


@pytest.mark.sampled(4, by=is_text)
@pytest.mark.parametrize("argv", DOCUMENTS, ids=" ".join)
def test_every_document_is_taken_whole_or_refused(
    argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_PAUSE", 0.0)
    whole, full = Raw(), Raw(room=10)

    expected = run(*argv)
    outcome = run_into(whole, *argv)
    refused = run_into(full, *argv)

    assert len(expected.stdout) > 10
    assert outcome == (expected.code, expected.err)
    assert bytes(whole.taken) == expected.stdout
    assert refused == (Exit.UNUSABLE, NO_SPACE)
    assert bytes(full.taken) == expected.stdout[:10]


@pytest.mark.parametrize("argv", [("matrix", "-q"), ("-h",), ("--version",), ("check", "data")])
@pytest.mark.parametrize("number", [errno.EPIPE, errno.ECONNRESET])
def test_a_reader_that_has_gone_has_seen_enough(number: int, argv: tuple[str, ...]) -> None:
    assert run_into(Broken(number), *argv) == (Exit.OK, "")


def test_a_reader_that_has_gone_does_not_change_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: 1\n", encoding="utf-8")

    assert run_into(Broken(errno.EPIPE), "check", str(tmp_path / "bad.yaml"))[0] == Exit.FOUND


def test_an_invalid_argument_means_that_the_reader_has_gone_on_windows_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = run_into(Broken(errno.EINVAL), "matrix", "-q")

    monkeypatch.setattr(streams, "has_reader_gone", partial(streams.has_reader_gone, system="nt"))
    on_windows = run_into(Broken(errno.EINVAL), "matrix", "-q")

    assert elsewhere[0] == Exit.UNUSABLE
    assert "standard output cannot be written: Invalid argument" in elsewhere[1]
    assert on_windows == (Exit.OK, "")


CODES = [
    (Exit.OK, ("matrix",)),  # with a notice
    (Exit.OK, ("-h",)),
    (Exit.FOUND, ("check", "tests/hostile-bad")),
    (Exit.UNUSABLE, ()),
    (Exit.UNUSABLE, ("mtrix",)),
    (Exit.UNUSABLE, ("matrix", "--data", "tests/hostile-bad")),
    (Exit.UNUSABLE, ("matrix", "--data", "missing")),
]


@pytest.mark.sampled(8)
@pytest.mark.parametrize(("code", "argv"), CODES, ids=str)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EPIPE, errno.EIO])
def test_a_standard_error_that_takes_nothing_changes_no_exit_code(
    number: int, code: Exit, argv: tuple[str, ...]
) -> None:
    out = Raw()

    with patch.multiple(sys, stdout=unbuffered(out), stderr=unbuffered(Broken(number))):
        outcome = main(argv)

    assert outcome == code
    assert bool(out.taken) == (code is not Exit.UNUSABLE)


def test_a_message_reaches_a_standard_error_that_takes_a_part_at_a_time() -> None:
    told = Raw()

    with patch.multiple(sys, stdout=unbuffered(Raw()), stderr=unbuffered(told)):
        main(["matrix", "--data", "missing"])

    assert bytes(told.taken).decode() == run("matrix", "--data", "missing").err


def fail(*_: object, **__: object) -> Any:
    raise MemoryError


LAST_STEPS = {
    "findings": "clustergap.writers.findings_text.write_findings",
    "their place on the terminal": "rich.console.Console",
    "a message": "clustergap.cli.exit.notice",
}


@pytest.mark.parametrize("step", LAST_STEPS)
def test_what_fails_while_a_failure_is_told_is_a_defect_and_never_a_finding(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = ("matrix", "--data", "missing" if step == "a message" else "tests/hostile-bad")
    monkeypatch.setattr(LAST_STEPS[step], fail)

    outcome = run(*argv)

    assert outcome.code == Exit.DEFECT
    assert outcome.err.startswith("clustergap: a defect")
    assert outcome.err.count("\n") == 1


# What only a process of its own can show.


@pytest.mark.sampled(3)
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["matrix -q -f json", "-h", "--version", "completion bash"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_one_message_in_whichever_way_python_writes(
    words: str, unbuffered: str
) -> None:
    outcome = process(f"clustergap {words} > /dev/full", PYTHONUNBUFFERED=unbuffered)

    assert (outcome.returncode, outcome.stderr.decode()) == (Exit.UNUSABLE, NO_SPACE)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("words", ["matrix -q", "-h", "--version"])
def test_a_closed_standard_output_is_one_message(words: str) -> None:
    outcome = process(f"clustergap {words} >&-")

    assert (outcome.returncode, outcome.stderr.decode()) == (Exit.UNUSABLE, CLOSED)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("unbuffered", ["1", ""])
def test_a_quota_that_takes_a_part_is_no_success(unbuffered: str, tmp_path: Path) -> None:
    script = f"ulimit -f 8; clustergap report -q -f html > '{tmp_path}/page.html'"
    # Under the quota Python would leave halves of compiled modules to whoever runs next.
    outcome = process(script, PYTHONUNBUFFERED=unbuffered, PYTHONDONTWRITEBYTECODE="1")

    assert outcome.returncode == Exit.UNUSABLE
    assert b"standard output cannot be written: File too large" in outcome.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes that do not block are POSIX's")
@pytest.mark.sampled(1)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_the_whole_page(unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    program = subprocess.Popen(
        [BIN, "report", "-q", "-f", "html"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writing)
    # Nobody reads before something is written: of that the pipe has taken no more than it holds, 64 KiB.
    begun = os.read(reading, 1)
    with os.fdopen(reading, "rb") as pipe:
        page = begun + pipe.read()
    told = program.communicate(timeout=60)[1]

    assert (program.returncode, told) == (Exit.OK, b"")
    assert page == run("report", "-q", "-f", "html").stdout
    assert len(page) > 65_536


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("words", "code"), [("matrix", 0), ("check tests/hostile-bad", 1), ("mtrix", 2)]
)
@pytest.mark.parametrize("to", ["/dev/full", "&-"])
def test_a_standard_error_that_is_full_or_closed_changes_no_exit_code(
    to: str, words: str, code: int
) -> None:
    assert process(f"clustergap {words} 2>{to} >'{os.devnull}'").returncode == code


STARTED = """\
import signal, sys
# Who runs the tests in the background, or by nohup, has them ignored, which a process inherits.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            signal.raise_signal(signal.{signal})

sys.meta_path.insert(0, Interrupt())
sys.argv = ["clustergap", "matrix", "-q", "-f", "json"]
from clustergap.__main__ import run
run()
"""

IMPORTED = ("clustergap.saving.signals", "clustergap.cli.exit", "typer", "pydantic", "yaml")
"""From the first thing that the program imports to the last."""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", IMPORTED)
def test_an_interrupt_while_the_program_is_still_starting_shows_nothing(name: str) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", STARTED.format(name=name, signal="SIGINT")],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert outcome.returncode in (Exit.INTERRUPTED, -signal.SIGINT)
    assert (outcome.stdout, outcome.stderr) == (b"", b"")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_other_ways_of_being_told_to_stop_show_nothing_either(name: str) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"there is no {name} here")

    outcome = subprocess.run(
        [sys.executable, "-c", STARTED.format(name="typer", signal=name)],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert outcome.returncode in (128 + number, -number)
    assert (outcome.stdout, outcome.stderr) == (b"", b"")


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no HUP here")
def test_what_nohup_ignores_stays_ignored() -> None:
    script = STARTED.format(name="yaml", signal="SIGHUP").replace(
        "class", "signal.signal(signal.SIGHUP, signal.SIG_IGN)\nclass", 1
    )

    outcome = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, timeout=60
    )

    assert (outcome.returncode, outcome.stderr) == (Exit.OK, b"")
    assert outcome.stdout.startswith(b"{")


def test_a_library_that_is_missing_is_never_taken_for_a_finding(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise ImportError('broken')\n", encoding="utf-8")

    outcome = process("clustergap check data", PYTHONPATH=str(tmp_path))

    assert outcome.returncode == Exit.DEFECT
    assert outcome.stdout == b""
    assert outcome.stderr.startswith(b"clustergap: a defect of clustergap")
    assert outcome.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "words", [["matrix"], ["list", "sources"], ["list", "instruments"], ["gaps"]]
)
def test_a_pipe_gets_the_same_lines_however_wide_the_window_is(words: list[str]) -> None:
    narrow, wide = (run(*words, columns=columns).out for columns in (40, 300))

    assert narrow == wide
    assert max(map(cell_len, narrow.splitlines())) <= 120

"""The sign of life: on a terminal, for what takes long, and gone when it is done."""

import re
import time

import pytest

from clustergap.cli import streams
from running import run

DRAWN = re.compile(r"Reading|Following|Drawing")


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PATIENCE", 0.0)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize(
    ("words", "task"),
    [(("timeline",), "Following the dates"), (("risks",), "Following the dates")],
)
def test_what_takes_long_shows_how_far_it_is(words: tuple[str, ...], task: str) -> None:
    outcome = run(*words, is_terminal=True)

    assert outcome.code == 0
    assert task in outcome.err


@pytest.mark.usefixtures("_impatient")
def test_nobody_is_shown_progress_in_a_file_or_a_pipe() -> None:
    assert not DRAWN.search(run("timeline").err)
    assert not DRAWN.search(run("what-if", "--each").err)


def test_what_is_done_at_once_shows_none() -> None:
    assert not DRAWN.search(run("timeline", is_terminal=True).err)


@pytest.mark.usefixtures("_impatient")
def test_the_document_is_the_same_with_a_sign_of_life() -> None:
    assert (
        run("timeline", "-q", "-f", "json", is_terminal=True).out
        == run("timeline", "-q", "-f", "json").out
    )


@pytest.mark.usefixtures("_impatient")
def test_waiting_for_what_cannot_be_counted_is_shown_and_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Terminal:
        written = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            self.written += text
            return len(text)

        def flush(self) -> None: ...

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with streams.show_waiting("Drawing"):
        time.sleep(0.3)
    seen = terminal.written
    time.sleep(0.2)

    assert "Drawing" in seen
    assert terminal.written == seen

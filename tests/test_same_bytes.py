"""The same input gives the same bytes in every process, wherever and whenever, and on every version of Python that the program runs on."""

import builtins
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from briefings import program
from paths import ROOT
from printed_documents import DOCUMENTS, last_word
from running import run
from sampling import Sample

_sum = sum


def add(numbers: Iterable[Any], /, start: Any = 0) -> Any:
    """Add as ``sum`` does, but for the program no fractions: since Python 3.12 their sum is another number."""
    numbers = list(numbers)
    if sys._getframe(1).f_globals["__name__"].startswith("clustergap."):  # noqa: SLF001 - who asks
        assert not [one for one in numbers if isinstance(one, float)], "math.fsum adds fractions"
    return _sum(numbers, start)


@pytest.mark.sampled(1, by=last_word)
@pytest.mark.parametrize("argv", DOCUMENTS, ids=" ".join)
def test_no_document_adds_fractions_in_a_way_that_python_has_changed(
    argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    expected = run(*argv)

    monkeypatch.setattr(builtins, "sum", add)
    outcome = run(*argv)

    assert outcome == expected, outcome.err


WRITTEN = {
    "page.html": ("report",),
    "slides.pptx": ("report",),
    "gaps.xlsx": ("gaps", "--data", "tests/hostile"),
    "note.docx": ("report",),
    "report.pdf": ("report",),
    "needs.xlsx": ("needs", "--data", "tests/hostile"),
    "report.xlsx": ("report", "--data", "tests/hostile"),
    "needs.html": ("needs", "--explain-order"),
    "matrix.xlsx": ("matrix", "--data", "tests/hostile"),
}
"""Of each writer that packs its files, orders or dates something, a file and the question that it answers."""
MOST = 6
"""Of them without --exhaustive, of each writer one at least."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> tuple[Path, Path]:
    """Two folders in which processes of different hashes, places and times have written the same files."""
    surroundings = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York"},
    )
    one, other = (tmp_path_factory.mktemp("written") for _ in surroundings)
    for folder, environment in zip((one, other), surroundings, strict=True):
        calls = [
            [*words, "-q", "-o", str(folder / name)]
            for name, words in sample(list(WRITTEN.items()), MOST)
        ]
        written = program(
            "from clustergap.cli.app import main; import os, sys;"
            f"os.chdir({str(ROOT)!r}); sys.exit(max(map(main, {calls!r})))",
            **environment,
        )
        assert (written.returncode, written.stderr) == (0, b"")
    return one, other


@pytest.mark.sampled(MOST)
@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_has_the_same_bytes_in_every_process(
    name: str, folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    here = run(*WRITTEN[name], "-q", "-o", str(tmp_path / name))

    one, other = ((folder / name).read_bytes() for folder in folders)
    assert (here.code, here.err) == (0, "")
    assert one == other == (tmp_path / name).read_bytes()
    assert str(ROOT).encode() not in one

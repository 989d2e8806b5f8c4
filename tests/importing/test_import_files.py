"""Importing into files as people have written them: the deck, the examples, and the shared corpus where it is there."""

import shutil
from pathlib import Path

import pytest

from clustergap.editing.destination import read_destination
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FILE_LIMITS
from clustergap.model.dataset import Dataset
from paths import ROOT
from running import run
from spreadsheets import HEADER, import_into, list_of

CORPUS = ROOT.parent / "shared/bad-inputs/controls"

OURS = [
    ROOT / "data",
    ROOT / "tests/hostile",
    *sorted(path.parent for path in (ROOT / "examples").glob("*/instruments.yaml")),
]
THEIRS = sorted(CORPUS.iterdir()) if CORPUS.is_dir() else []
ALL = [pytest.param(path, id=path.name) for path in (*OURS, *THEIRS)]


def copy(path: Path, folder: Path) -> Path:
    """Copy a dataset into a folder of its own."""
    target = folder / "data"
    if path.is_dir():
        return Path(shutil.copytree(path, target))
    target.mkdir()
    shutil.copy(path, target / "instruments.yaml")
    return target


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.yaml")}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("path", ALL)
def test_its_own_workbook_changes_no_byte(path: Path, tmp_path: Path) -> None:
    data = copy(path, tmp_path)
    before = bytes_of(data)
    workbook = str(tmp_path / "report.xlsx")
    assert run("report", "--data", str(data), "-o", workbook).code == 0

    for words in ((), ("--prune",)):
        outcome = run("import", workbook, "--data", str(data), *words)

        assert outcome.code == 0, outcome.err
        assert bytes_of(data) == before


@pytest.mark.sampled(4)
@pytest.mark.parametrize("path", ALL)
def test_its_own_workbook_gives_the_same_matrix_in_an_empty_folder(
    path: Path, tmp_path: Path
) -> None:
    workbook, new = str(tmp_path / "report.xlsx"), str(tmp_path / "new")
    run("report", "--data", str(path), "-o", workbook)

    assert run("import", workbook, "--data", new).code == 0

    for words in ((), ("--as-of", "2020"), ("--with-planned",)):
        question = ("matrix", "-f", "csv", *words, "--data")
        assert run(*question, new).stdout == run(*question, str(path)).stdout


def flipped(dataset: Dataset) -> list[list[str]]:
    """The rows of a dataset with every extent the other way, and one more cover note."""
    extent, note = HEADER.index("extent"), HEADER.index("cover_note")
    rows = list_of(dataset).rows[1:]
    other = {"full": "partial", "partial": "full"}
    return [
        [
            *row[:extent],
            other.get(row[extent], ""),
            *row[extent + 1 : note],
            "Seen: #1, [2]",
            *row[note + 1 :],
        ]
        if row[extent]
        else row
        for row in rows
    ]


@pytest.mark.sampled(10)
@pytest.mark.parametrize("path", ALL)
def test_what_is_changed_in_every_row_is_changed_and_nothing_else(
    path: Path, tmp_path: Path
) -> None:
    data = copy(path, tmp_path)
    target = read_destination(find_files(data), FILE_LIMITS, None)
    assert target.loaded is not None
    before = target.loaded.dataset
    sheet = list_of(before)
    sheet.rows[1:] = flipped(before)

    after = import_into(target, sheet).after

    assert list_of(after).rows == sheet.rows
    assert after.swot == before.swot
    assert (after.levels, after.roles, after.sources) == (
        before.levels,
        before.roles,
        before.sources,
    )

"""Small tables with what must come of them, reasoned by hand: they stand beside the checkout."""

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from clustergap.analysis.matrix import build_matrix
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.cell import parse_cell
from clustergap.model.dataset import Dataset
from clustergap.model.dates import last_day
from clustergap.model.query import Query
from clustergap.reference.territories import names
from paths import SHARED
from running import run

CASES = SHARED / "cases" / "import"

if not CASES.is_dir():
    pytest.skip("the cases stand beside the project, not in it", allow_module_level=True)


def _runs() -> Iterator[Any]:
    for folder in sorted(CASES.iterdir()):
        expected = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
        more = expected.pop("more", [])
        yield pytest.param(folder, expected, id=folder.name)
        for one in more:
            name = f"{folder.name}: {one['what']}"
            inherited = {
                key: expected[key] for key in ("never_written", "never_said") if key in expected
            }
            yield pytest.param(folder, {**inherited, **one}, id=name)


@pytest.mark.parametrize(("folder", "expected"), list(_runs()))
def test_a_table_comes_to_what_it_says(
    folder: Path, expected: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "case"
    shutil.copytree(folder, place)
    monkeypatch.chdir(place)
    command = shlex.split(expected["run"].partition(";")[0])[1:]
    data = Path(command[command.index("--data") + 1])
    before = _bytes(data)

    outcome = run(*command)

    said = outcome.out + outcome.err
    assert "Traceback" not in said
    outcomes = [{**expected, **one} for one in expected.get("either", [{}])]
    fitting = [one for one in outcomes if one.get("exit", 0) == outcome.code]
    assert fitting, said
    _check_words(fitting[0], said)
    for pattern in expected.get("never_said", ()):
        assert not re.search(pattern, said)
    if outcome.code:
        assert outcome.code == 2
        assert outcome.err
        assert _bytes(data) == before
    else:
        _check_written(fitting[0], data)
        written = _bytes(data)
        assert run(*command).code == 0
        assert _bytes(data) == written
        assert run("check", str(data)).code == 0


def _bytes(folder: Path) -> dict[str, bytes]:
    files = folder.rglob("*.yaml") if folder.is_dir() else ()
    return {path.as_posix(): path.read_bytes() for path in files}


def _check_words(expected: Mapping[str, Any], said: str) -> None:
    for word in expected.get("says", ()):
        words = word if isinstance(word, list) else [word]
        assert any(one in said for one in words), (word, said)
    for word, codes in expected.get("suggestions", {}).items():
        (line,) = (line for line in said.splitlines() if re.search(rf"\b{word}\b", line))
        right = codes if isinstance(codes, list) else [codes]
        named = set(re.findall(r"\b[A-Z]{2}[A-Z0-9]{0,3}\b", line)) & names().keys()
        assert named - {word} == set(right), line


def _check_written(expected: Mapping[str, Any], data: Path) -> None:
    dataset = load_dataset(find_files(data)).dataset
    instruments = {one.name: one for one in dataset.instruments}
    if "instruments" in expected:
        assert list(instruments) == expected["instruments"]
    if "ids" in expected:
        assert [one.id for one in dataset.instruments] == expected["ids"]
    for section in ("roles", "levels"):
        if section in expected:
            assert len(getattr(dataset, section)) == expected[section]
    for name, day in expected.get("starts", {}).items():
        assert instruments[name].starts == day
    _check_matrix(expected, dataset)
    text = "".join(path.read_text(encoding="utf-8") for path in data.rglob("*.yaml"))
    names_of = [
        one.name for some in (dataset.roles, dataset.levels, dataset.instruments) for one in some
    ]
    for pattern in expected.get("never_written", ()):
        assert not any(re.search(pattern, name) for name in names_of), text


def _check_matrix(expected: Mapping[str, Any], dataset: Dataset) -> None:
    as_of = expected.get("as_of")
    matrix = build_matrix(dataset, Query(as_of=last_day(str(as_of)) if as_of else None))
    labels = {one.id: one.name for one in dataset.instruments}
    for cell, wanted in expected.get("matrix", {}).items():
        found = matrix.ratings[parse_cell(cell)]
        want = wanted if isinstance(wanted, dict) else {"coverage": wanted}
        assert found.coverage.value == want["coverage"], cell
        for key in ("covered", "of", "partial"):
            if key in want:
                assert found.share is not None
                assert getattr(found.share, key) == want[key], cell
        if "instruments" in want:
            assert [labels[one] for one in found.instruments] == want["instruments"]


def test_outcomes_are_all_known() -> None:
    """No key of an expectation is passed over without a word."""
    known = {
        "run", "exit", "written", "instruments", "ids", "roles", "levels", "starts", "matrix", "as_of", "suggestions",
        "says", "never_said", "never_written", "either", "by_hand", "stderr_says", "note", "never", "today", "what",
        "no_suggestion", "and what to do",
    }  # fmt: skip
    for parameter in _runs():
        expected = parameter.values[1]
        for one in (expected, *expected.get("either", ())):
            assert one.keys() <= known

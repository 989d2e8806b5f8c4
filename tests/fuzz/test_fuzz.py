"""Fuzzing: datasets made up by chance, and those with which it has found something (``make fuzz`` looks for longer)."""

from pathlib import Path

import pytest

from clustergap.findings import CheckResult, Severity
from clustergap.loading.files import MAIN
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from fuzz.generator import Mutator, corpus, files_of
from fuzz.shrinking import failure_of, shrink
from fuzz.target import (
    BrokenPromiseError,
    Files,
    look_at,
    look_with_both,
    rule_codes,
)

CORPUS = Path(__file__).with_name("corpus")

FOUND = sorted(path for path in CORPUS.iterdir() if path.is_dir() or path.suffix == ".yaml")

BATCHES, INPUTS = 4, 80

PARSERS = pytest.mark.parametrize("parser", [open_events, PureParser], ids=["libyaml", "pure"])


def _files(path: Path) -> Files:
    return {MAIN: path.read_bytes()} if path.is_file() else files_of(path)


def _datasets(seed: int) -> list[Files]:
    mutator = Mutator(seed, corpus(only_own=True))
    return [mutator.dataset() for _ in range(INPUTS)]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(BATCHES))
def test_nothing_but_findings_comes_out_of_what_chance_writes(seed: int) -> None:
    for files in _datasets(seed):
        look_with_both(files)


@PARSERS
@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_fuzzing_has_found_stays_mended(path: Path, parser: OpenEvents) -> None:
    look_at(_files(path), parser)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_both_parsers_give_one_verdict_on_what_fuzzing_has_found(path: Path) -> None:
    look_with_both(_files(path))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_fuzzing_has_found_says_what_it_once_did(path: Path) -> None:
    where = path if path.is_file() else path / "why.txt"

    assert "once" in where.read_text(encoding="utf-8", errors="replace")


def test_the_same_seed_makes_the_same_datasets() -> None:
    assert _datasets(1) == _datasets(1)
    assert _datasets(1) != _datasets(2)


@pytest.mark.exhaustive
def test_what_chance_writes_breaks_many_rules_and_is_sometimes_right() -> None:
    reports = [look_at(files) for seed in range(BATCHES) for files in _datasets(seed)]

    assert len(set().union(*map(rule_codes, reports))) > 15
    assert any(not report.count(Severity.ERROR) for report in reports)


def test_a_broken_promise_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {MAIN: b"schema: 1\ntitle: t\nlevels: []\nroles: []\n", "swot.yaml": b"schema: 1\n"}

    def fail_at_levels(files: Files) -> tuple[CheckResult, bool]:
        raise BrokenPromiseError("no levels" if b"levels:" in files[MAIN] else "another")

    monkeypatch.setattr("fuzz.shrinking.look_with_both", fail_at_levels)

    assert failure_of(files) == "no levels"
    assert shrink(files, "no levels") == {MAIN: b"levels:"}

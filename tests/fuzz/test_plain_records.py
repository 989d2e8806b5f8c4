"""Fuzzing: records made up by chance, in plain form and strictly (``make fuzz`` looks for longer)."""

from pathlib import Path
from typing import Any

import pytest

from clustergap.loading import plain_form
from clustergap.loading.yaml_dialect import PureParser
from clustergap.loading.yaml_reader import Tree, build_tree
from fuzz.plain_records import ODD, RecordMutator, look_at_plain_form, reading_with
from fuzz.target import BrokenPromiseError
from paths import ROOT

EXAMPLES = [
    ROOT / "data" / "instruments.yaml",
    *sorted((ROOT / "examples").glob("*/instruments.yaml")),
]

BATCHES, FILES, PURE = 4, 600, 60


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(BATCHES))
def test_what_chance_writes_is_read_alike_in_plain_form_and_strictly(seed: int) -> None:
    mutator = RecordMutator(seed)

    in_plain_form = sum(look_at_plain_form(mutator.file()) for _ in range(FILES))

    assert FILES / 5 < in_plain_form < FILES / 2


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(BATCHES))
def test_it_is_read_alike_with_the_pure_parser_too(seed: int) -> None:
    mutator = RecordMutator(BATCHES + seed)

    with reading_with(PureParser):
        assert sum(look_at_plain_form(mutator.file()) for _ in range(PURE)) > PURE / 5


@pytest.mark.parametrize("record", ODD)
def test_odd_records_are_read_alike(record: str) -> None:
    for text in (
        f"instruments:\n{record}",
        f"instruments:\n- id: x\n{record}- id: y\nroles: []\n",
    ):
        look_at_plain_form(text)
        with reading_with(PureParser):
            look_at_plain_form(text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_nearly_all_records_of_the_deck_and_the_examples_are_in_plain_form(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strictly_read: list[str] = []

    def build(text: str, *arguments: Any, **limits: Any) -> Tree:
        strictly_read.append(text)
        return build_tree(text, *arguments, **limits)

    monkeypatch.setattr(plain_form, "build_tree", build)

    assert look_at_plain_form(path.read_text(encoding="utf-8"))
    assert len(strictly_read) <= 3  # what stands around the list, and two records


def test_a_difference_breaks_the_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_form, "NULL", frozenset())

    with pytest.raises(BrokenPromiseError, match="records of plain form"):
        look_at_plain_form("instruments:\n- id: ~\n")


def test_the_same_seed_makes_the_same_files() -> None:
    one, same, other = RecordMutator(1), RecordMutator(1), RecordMutator(2)

    assert [one.file() for _ in range(9)] == [same.file() for _ in range(9)]
    assert one.file() != other.file()

"""``clustergap rename``: what it writes and says, and that nothing is written where something is wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clustergap.cli.exit import Exit
from clustergap.saving.locking import LOCK_FILE, lock_dataset
from clustergap.writers.line_diff import diff_lines
from paths import ROOT
from running import run

FILES = ("instruments.yaml", "swot.yaml")


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the deck, in the working folder."""
    monkeypatch.chdir(tmp_path)
    yield Path(shutil.copytree(ROOT / "data", "data"))
    assert not Path("data", LOCK_FILE).exists()


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def test_it_says_what_it_has_written(deck: Path) -> None:
    before = texts(deck)

    outcome = run("rename", "dih", "digital-hubs")

    assert outcome.code == Exit.OK
    assert outcome.out == (
        "The id of the instrument 'dih' is now 'digital-hubs'\n"
        "It stands 2 times in 2 files.\n\n"
        "Written: data/instruments.yaml\nWritten: data/swot.yaml\n"
    )
    assert outcome.err == ""
    assert texts(deck) == {
        **before,
        "instruments.yaml": before["instruments.yaml"].replace(
            "- id: dih\n", "- id: digital-hubs\n"
        ),
        "swot.yaml": before["swot.yaml"].replace("[dih, eccp", "[digital-hubs, eccp"),
    }
    assert run("check", "data", "--strict").code == Exit.OK


@pytest.mark.parametrize("old", ["dih", "level:country", "deck", "s1", "role:social-economy"])
def test_a_dry_run_shows_the_lines_that_then_change_and_writes_nothing(
    deck: Path, old: str
) -> None:
    before = texts(deck)

    dry = run("rename", old, "new-id", "--dry-run")

    assert texts(deck) == before
    assert dry.err == "note: nothing was written; without --dry-run it is\n"
    assert run("rename", old, "new-id").code == dry.code == Exit.OK
    after = texts(deck)
    lines = [
        line.rstrip()
        for name in FILES
        for line in diff_lines(before[name].splitlines(), after[name].splitlines(), f"data/{name}")
    ]
    title, _, rest = dry.out.partition("\n\n")
    assert "would become 'new-id'" in title
    assert rest.splitlines() == lines


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nothing", "x", "no record of this dataset has the id 'nothing'"),
        ("dih", "eccp", "'eccp' is already the id of another instrument"),
        ("dih", "D", "'D' is not an id"),
        ("role:social-economy", "circular-economy", "already the id of another role"),
        ("region", "european", "then the data would have an error"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_cannot_be_is_refused_and_nothing_is_written(
    deck: Path, old: str, new: str, said: str, options: tuple[str, ...]
) -> None:
    before = texts(deck)

    outcome = run("rename", old, new, *options)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert said in outcome.err
    assert texts(deck) == before


def test_all_files_are_written_or_none(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(deck)
    replace = Path.replace

    def fail_at_swot(path: Path, target: Any) -> Path:
        if Path(target).name == "swot.yaml":
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_at_swot)
    outcome = run("rename", "dih", "digital-hubs")

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert "'data/swot.yaml' cannot be written: Permission denied" in outcome.err
    assert texts(deck) == before


def test_a_dataset_with_an_error_is_not_touched(deck: Path) -> None:
    swot = deck / "swot.yaml"
    swot.write_text(swot.read_text("utf-8").replace("[dih, eccp", "[dhi, eccp"), "utf-8")
    before = texts(deck)

    outcome = run("rename", "dih", "digital-hubs")

    assert outcome.code == Exit.UNUSABLE
    assert "did you mean 'dih'?" in outcome.err
    assert texts(deck) == before


def test_a_dataset_above_is_touched_only_by_name_and_the_line_is_said(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(deck)
    home = Path.cwd()
    monkeypatch.setattr(Path, "home", lambda: home)
    Path("below").mkdir()
    monkeypatch.chdir("below")

    refused = run("rename", "dih", "digital-hubs", "--dry-run")

    assert refused.code == Exit.UNUSABLE
    assert (
        "To change it: clustergap rename dih digital-hubs --dry-run --data ../data" in refused.err
    )
    assert run("rename", "dih", "digital-hubs", "--data", "../data").code == Exit.OK
    monkeypatch.chdir("..")
    assert texts(deck) != before


def test_the_packaged_deck_is_never_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = texts(ROOT / "data")

    outcome = run("rename", "dih", "digital-hubs")

    assert outcome.code == Exit.UNUSABLE
    assert "Name a dataset with --data PATH" in outcome.err
    assert texts(ROOT / "data") == before


def test_one_command_at_a_time_changes_a_dataset(deck: Path) -> None:
    with lock_dataset(deck):
        outcome = run("rename", "dih", "digital-hubs")
        dry = run("rename", "dih", "digital-hubs", "--dry-run")

    assert outcome.code == Exit.UNUSABLE
    assert "is being changed by process" in outcome.err
    assert dry.code == Exit.OK


def test_ids_are_completed_with_their_kind_before_them_where_several_have_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "instruments.yaml").write_text(
        "schema: 1\ntitle: T\nlevels: [{id: eu, name: EU}]\nroles: [{id: skills, name: S}]\n"
        "instruments: [{id: skills, name: S}, {id: skill-fund, name: F}]\n",
        "utf-8",
    )

    def completed(typed: str) -> set[str]:
        words = f"clustergap rename --data {tmp_path.as_posix()} {typed}"
        out = run(
            _CLUSTERGAP_COMPLETE="complete_fish",
            _TYPER_COMPLETE_ARGS=words,
            _TYPER_COMPLETE_FISH_ACTION="get-args",
        ).out
        return {line.partition("\t")[0] for line in out.splitlines()}

    assert completed("skill") == {"skill-fund"}
    assert completed("role:s") == {"role:skills"}
    assert completed("instrument:") == {"instrument:skills"}


def test_standard_input_is_not_changed() -> None:
    outcome = run("rename", "dih", "digital-hubs", "--data", "-")

    assert outcome.code == Exit.UNUSABLE
    assert "standard input lies nowhere" in outcome.err

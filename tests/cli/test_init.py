"""``init``: what a new project holds, and that nothing that was there is lost."""

import os
import re
from pathlib import Path

import pytest
import yaml

from clustergap.cli.exit import Exit
from paths import ROOT
from running import Outcome, run

FILES = {
    "data/instruments.yaml",
    "data/swot.yaml",
    "schemas/instruments.schema.json",
    "schemas/fragment.schema.json",
    "schemas/swot.schema.json",
    ".pre-commit-config.yaml",
    ".github/workflows/data.yml",
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def uncommented(path: str) -> str:
    """Return a file with the lines that it offers to uncomment."""
    return re.sub(r"^#(?=[^ \n]|  )", "", Path(path).read_text(encoding="utf-8"), flags=re.M)


def test_a_new_project_holds_data_schemas_a_hook_and_a_workflow() -> None:
    outcome = run("init", "my-country")

    assert outcome.code == Exit.OK
    assert files_in(Path("my-country")) == FILES
    assert set(outcome.out.splitlines()) == {f"my-country/{name}" for name in FILES}
    assert outcome.err == "note: to look at it: clustergap matrix --data my-country\n"


@pytest.mark.parametrize("beginning", ["example", "deck"])
def test_what_it_writes_passes_the_strict_check(beginning: str) -> None:
    run("init", "--from", beginning)

    for folder in (".", "data"):
        outcome = run("check", "--strict", folder, "--today", "2026-11-25")

        assert outcome.code == Exit.OK, outcome.out
        assert " warning" not in outcome.out


def test_the_small_dataset_has_nothing_to_find_and_shows_every_coverage() -> None:
    run("init")

    assert run("check").out == "no findings in 2 files.\n"
    assert run("matrix").out.splitlines()[-3].startswith("● full 1  ◐ partial 2  ○ none 1")
    assert run("gaps", "--fail-on", "none", "--today", "2026-11-25").code == Exit.OK
    assert run("gaps", "--fail-on", "none", "--today", "2028-01-01").code == Exit.FOUND


@pytest.mark.parametrize("options", [["--empty"], ["--title", "Policy: of us #1"]])
def test_an_empty_dataset_has_no_instruments_and_nothing_to_find(options: list[str]) -> None:
    outcome = run("init", *options)

    assert outcome.code == Exit.OK
    assert files_in(Path()) == FILES - {"data/swot.yaml"}
    assert run("check", "--strict").out == "no findings in 1 file.\n"
    document = yaml.safe_load(Path("data/instruments.yaml").read_bytes())
    assert document["title"] == (options[1:] or ["Our dataset"])[0]
    assert document["instruments"] == []
    assert set(document) == {"schema", "title", "levels", "roles", "instruments"}


def test_what_an_empty_dataset_offers_to_uncomment_is_right() -> None:
    run("init", "--empty")
    text = uncommented("data/instruments.yaml")
    Path("data/instruments.yaml").write_text(text.replace("[]\n", "\n"), encoding="utf-8")

    assert (
        run("check", "--strict", "--select", "CG0", "--select", "CG1", "--select", "CG2").out
        == "no findings in 1 file.\n"
    )
    assert "National programme for clusters" in run("explain", "first-role@region").out


def test_with_a_spreadsheet_to_fill_in_the_data_of_an_empty_project_come_from_it() -> None:
    outcome = run("init", "mine", "--empty", "--template", "list.xlsx")

    assert outcome.code == Exit.OK
    assert files_in(Path("mine")) == {name for name in FILES if not name.startswith("data/")}
    assert outcome.err == (
        "note: fill it in, then: clustergap import list.xlsx --data mine/data --dry-run\n"
    )


@pytest.mark.parametrize("option", ["--empty", "--title=x"])
def test_empty_and_from_contradict_each_other(option: str) -> None:
    outcome = run("init", "--from", "deck", option)

    assert (outcome.code, files_in(Path())) == (Exit.UNUSABLE, set())
    assert f"--from and {option.partition('=')[0]} contradict each other" in outcome.err


@pytest.mark.parametrize(
    ("title", "words"),
    [(" ", "one line"), ("a\tb", "one line"), ("x" * 301, "300"), ("\u202e", "U+202E")],
)
def test_a_title_that_no_dataset_may_have_is_refused(title: str, words: str) -> None:
    outcome = run("init", "--title", title)

    assert (outcome.code, files_in(Path())) == (Exit.UNUSABLE, set())
    assert words in outcome.err


def test_a_template_that_is_there_already_keeps_the_project_from_being_written_too() -> None:
    Path("list.xlsx").write_text("mine")

    assert run("init", "mine", "--template", "list.xlsx").code == Exit.UNUSABLE
    assert files_in(Path()) == {"list.xlsx"}


def test_what_cannot_be_written_whole_is_not_begun() -> None:
    Path("schemas").write_text("a file where a folder should be")

    outcome = run("init")

    assert outcome.code == Exit.UNUSABLE
    assert files_in(Path()) == {"schemas"}
    assert not Path("data").exists()


def test_the_deck_is_copied_byte_for_byte_with_its_licence() -> None:
    run("init", "--from", "deck")

    for name in ("instruments.yaml", "swot.yaml", "LICENSE"):
        assert Path("data", name).read_bytes() == (ROOT / "data" / name).read_bytes()


def test_the_first_lines_of_the_data_name_the_schemas_for_both_editors() -> None:
    run("init")

    for name in ("instruments", "swot"):
        lines = Path("data", f"{name}.yaml").read_text(encoding="utf-8").splitlines()
        address = f"../schemas/{name}.schema.json"
        assert lines[:2] == [f"# yaml-language-server: $schema={address}", f"# $schema: {address}"]
        assert Path("data", address).is_file()


def test_data_that_is_there_stops_it_before_anything_is_written() -> None:
    Path("data").mkdir()
    Path("data/swot.yaml").write_text("mine", encoding="utf-8")

    outcome = run("init")

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert "'data/swot.yaml' is there already" in outcome.err
    assert files_in(Path()) == {"data/swot.yaml"}
    assert Path("data/swot.yaml").read_text(encoding="utf-8") == "mine"


def test_even_a_link_to_nothing_is_there() -> None:
    Path("data").mkdir()
    Path("data/instruments.yaml").symlink_to("elsewhere.yaml")

    assert run("init").code == Exit.UNUSABLE
    assert not Path("data/elsewhere.yaml").exists()


def test_other_files_that_are_there_are_kept() -> None:
    Path(".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")

    outcome = run("init")

    assert outcome.code == Exit.OK
    assert "'.pre-commit-config.yaml' is there already, and kept" in outcome.err
    assert Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"
    assert ".pre-commit-config.yaml" not in outcome.out


def test_force_overwrites_the_data_only() -> None:
    run("init")
    Path("data/instruments.yaml").write_text("mine", encoding="utf-8")
    Path(".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")

    outcome = run("init", "--force", "-q")

    assert (outcome.code, outcome.err) == (Exit.OK, "")
    assert run("check").code == Exit.OK
    assert Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"


@pytest.mark.parametrize("folder", ["file/below", "file", "x" * 300])
def test_a_folder_that_cannot_be_is_one_message(folder: str) -> None:
    Path("file").write_text("", encoding="utf-8")

    outcome = run("init", folder)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_of_an_odd_name_is_shown_on_one_line() -> None:
    outcome = run("init", "a\n::error::b")

    assert outcome.code == Exit.OK
    assert len(outcome.out.splitlines()) == len(FILES)
    assert "\n::error::" not in outcome.out + outcome.err


def test_the_hook_is_right_once_it_is_uncommented() -> None:
    run("init")

    assert yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8")) is None
    config = yaml.safe_load(uncommented(".pre-commit-config.yaml"))
    (hook,) = config["repos"][0]["hooks"]
    matches = [
        name
        for name in ("data/instruments.yaml", "swot.yaml", "data/instruments/ro.yaml", "my.yaml")
        if re.search(hook["files"], name)
    ]
    assert matches == ["data/instruments.yaml", "swot.yaml", "data/instruments/ro.yaml"]
    assert hook["entry"] == "clustergap check"


def test_what_to_type_next_can_be_copied_where_names_have_blanks() -> None:
    made = run("init", "my country")
    to_fill_in = run("init", "my country", "--template", "to fill in.xlsx")

    assert made.err.endswith("note: to look at it: clustergap matrix --data 'my country'\n")
    assert to_fill_in.err.endswith(
        "note: fill it in, then: clustergap import 'to fill in.xlsx' --data 'my country' --dry-run\n"
    )


def test_the_workflow_runs_by_hand_and_once_it_is_uncommented_for_pull_requests() -> None:
    run("init")
    path = ".github/workflows/data.yml"

    # YAML 1.1 reads the key on as true.
    assert yaml.safe_load(Path(path).read_text(encoding="utf-8"))[True] == {
        "workflow_dispatch": None
    }
    workflow = yaml.safe_load(uncommented(path))
    assert workflow[True] == {
        "workflow_dispatch": None,
        "push": {"branches": ["main"]},
        "pull_request": None,
    }
    assert workflow["permissions"] == {"contents": "read"}


def test_the_commands_of_the_workflow_do_what_it_says() -> None:
    run("init")
    text = Path(".github/workflows/data.yml").read_text(encoding="utf-8")

    commands = re.findall(r"- run: clustergap (.*)", text)

    assert len(commands) == len({"check", "summary", "gate"})
    for command in commands:
        outcome = _run_without_redirection(command)
        assert outcome.code == Exit.OK, outcome.err


def _run_without_redirection(command: str) -> Outcome:
    return run(*command.split(" >> ", maxsplit=1)[0].split(), GITHUB_ACTIONS="true")

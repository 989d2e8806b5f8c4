"""The dataset beside the user: found in the working folder, or above it, and never taken for another."""

import json
import os
import shutil
from pathlib import Path

import pytest

from clustergap.cli.completion import complete_role
from clustergap.cli.exit import Exit
from repositories import commit, dataset, make, need_git
from running import Outcome, run

GOOD = """\
schema: 1
title: {title}
levels: [{{id: eu, name: EU}}]
roles: [{{id: alpha, name: Alpha}}]
instruments:
  - {{id: act, name: The Act, covers: {{alpha@eu: full}}}}
"""
SHEET = "id,name,role,level\nnew-act,Another act,alpha,eu\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder in which somebody stands."""
    folder = tmp_path / "users" / "ana"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    monkeypatch.chdir(folder)
    return folder


def put(main: Path, title: str = "Ours") -> Path:
    main.parent.mkdir(parents=True, exist_ok=True)
    main.write_text(GOOD.format(title=title), encoding="utf-8")
    return main


def stand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(folder)


def found(*argv: str) -> tuple[str, str | None]:
    outcome = run("matrix", "-f", "json", *argv)
    assert outcome.code == Exit.OK, outcome
    said = json.loads(outcome.out)["dataset"]
    return said["title"], said["path"]


DECK = ("Needs for cluster policy actions at regional, national and EU level", None)


@pytest.mark.parametrize(
    ("main", "where", "path"),
    [
        ("p/instruments.yaml", "p", "."),
        ("p/data/instruments.yaml", "p", "data"),
        ("p/data/instruments.yaml", "p/data", "."),
        ("p/data/instruments.yaml", "p/data/instruments", ".."),
        ("p/data/instruments.yaml", "p/sub", "../data"),
        ("p/data/instruments.yaml", "p/sub/deep", "../../data"),
        ("p/instruments.yaml", "p/sub/deep", "../.."),
        ("p/instruments.yaml", "p/data", ".."),
        ("data/instruments.yaml", "p", "../data"),
        ("instruments.yaml", "p", ".."),
    ],
)
def test_the_dataset_is_here_or_above_and_is_named_as_one_would_from_here(
    home: Path, monkeypatch: pytest.MonkeyPatch, main: str, where: str, path: str
) -> None:
    put(home / main)
    stand(home / where, monkeypatch)

    assert found() == ("Ours", path)
    assert run("check").code == Exit.OK
    assert run("gaps", "--fail-on", "none").code == Exit.OK


def test_the_nearest_goes_first_and_a_folder_s_own_file_before_its_data(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "p/data/instruments.yaml", "Far")
    put(home / "p/sub/data/instruments.yaml", "In data")
    stand(home / "p/sub/deep", monkeypatch)

    assert found() == ("In data", "../data")
    put(home / "p/sub/instruments.yaml", "Beside")
    assert found() == ("Beside", "..")
    put(home / "p/sub/deep/data/instruments.yaml", "Nearest")
    assert found() == ("Nearest", "data")


def test_a_fragment_may_be_called_like_the_main_file_and_is_not_taken_for_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "p/data/instruments.yaml")
    fragment = home / "p/data/instruments/instruments.yaml"
    fragment.parent.mkdir()
    fragment.write_text("instruments: [{id: ro-act, name: Legea}]\n", encoding="utf-8")

    for where, path in ((fragment.parent, ".."), (fragment.parent / "deep", "../..")):
        stand(where, monkeypatch)
        assert found() == ("Ours", path)


@pytest.mark.parametrize("is_worktree", [False, True])
def test_no_one_looks_above_the_repository(
    home: Path, monkeypatch: pytest.MonkeyPatch, *, is_worktree: bool
) -> None:
    put(home / "data/instruments.yaml", "Another project's")
    stand(home / "repository/sub", monkeypatch)
    assert found() == ("Another project's", "../../data")

    if is_worktree:
        (home / "repository/.git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    else:
        (home / "repository/.git").mkdir()

    assert found() == DECK
    assert run("check").code == Exit.UNUSABLE
    put(home / "repository/data/instruments.yaml")
    assert found() == ("Ours", "../data")


def test_no_one_looks_above_the_home_folder_even_if_a_repository_is_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home.parent / "data/instruments.yaml", "Everybody's")
    (home.parent / ".git").mkdir()
    stand(home / "p", monkeypatch)

    assert found() == DECK


def test_outside_of_both_only_the_working_folder_counts(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = home.parent.parent / "share"
    put(share / "data/instruments.yaml")
    stand(share / "sub", monkeypatch)

    assert found() == DECK
    stand(share, monkeypatch)
    assert found() == ("Ours", "data")
    (share / ".git").mkdir()
    stand(share / "sub", monkeypatch)
    assert found() == ("Ours", "../data")


def test_who_stands_among_the_fragments_stands_in_the_dataset_wherever_it_lies(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = home.parent.parent / "share"
    put(share / "instruments.yaml")
    (share / "instruments").mkdir()
    (share / "instruments/ro.yaml").write_text("instruments: []\n", encoding="utf-8")
    stand(share / "instruments", monkeypatch)

    assert found() == ("Ours", "..")


@pytest.mark.parametrize("home_is", ["/", "", "relative"])
def test_a_home_that_is_no_folder_of_the_user_s_own_opens_nothing_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home_is: str
) -> None:
    put(tmp_path / "data/instruments.yaml")
    stand(tmp_path / "sub", monkeypatch)
    monkeypatch.setenv("HOME", home_is)

    assert found() == DECK


def test_a_home_behind_a_link_is_the_same_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "disk/ana/data/instruments.yaml")
    (tmp_path / "home").symlink_to(tmp_path / "disk", target_is_directory=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home/ana"))

    stand(tmp_path / "home/ana/p", monkeypatch)

    assert found() == ("Ours", "../data")


def test_a_folder_behind_a_link_lies_where_the_link_leads(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "p/data/instruments.yaml", "Beside the link")
    put(home / "q/data/instruments.yaml", "Beside the folder")
    (home / "q/sub").mkdir()
    (home / "p/sub").symlink_to(home / "q/sub", target_is_directory=True)
    monkeypatch.chdir(home / "p/sub")

    title, path = found()

    assert (title, path) == ("Beside the folder", "../data")
    assert "Beside the folder" in Path("../data/instruments.yaml").read_text(encoding="utf-8")


def test_a_working_folder_that_is_gone_has_no_data(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "data/instruments.yaml")
    stand(home / "gone", monkeypatch)
    (home / "gone").rmdir()

    assert found() == DECK
    assert run("check").code == Exit.UNUSABLE


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look everywhere"
)
def test_a_folder_above_that_may_not_be_looked_into_stops_nobody(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "data/instruments.yaml")
    stand(home / "p", monkeypatch)
    (home / "data").chmod(0)

    try:
        assert found() == DECK
        monkeypatch.chdir(home)
        assert "'data' cannot be read" in run("matrix").err
    finally:
        (home / "data").chmod(0o755)


@pytest.mark.parametrize("main", ["instruments.yaml", "data/instruments.yaml"])
def test_a_link_to_nothing_is_told_and_no_reason_to_answer_for_something_else(
    home: Path, main: str
) -> None:
    Path(main).parent.mkdir(exist_ok=True)
    (home / main).symlink_to("unmounted.yaml")

    for argv in (["matrix"], ["check"], ["gaps", "-q", "-o", "gaps.csv"]):
        outcome = run(*argv)
        assert outcome.code == Exit.UNUSABLE
        assert f"'{main}' is a link to nothing" in outcome.err
    assert not Path("gaps.csv").exists()


def test_what_was_found_above_is_named_on_standard_error_and_what_lies_here_is_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "p/data/instruments.yaml")
    stand(home / "p/sub", monkeypatch)
    said = "note: the data is '../data', the nearest above this folder"

    for argv in (["matrix"], ["check"], ["explain", "alpha@eu"], ["gaps", "-o", "gaps.csv"]):
        assert said in run(*argv).err
        assert run(*argv, "-q").err == ""
    assert run("matrix", "--data", "../data").err == ""
    assert run("matrix", CLUSTERGAP_DATA="../data").err == ""
    monkeypatch.chdir(home / "p")
    assert run("matrix").err == ""


def test_findings_and_statements_are_told_by_the_path_from_here(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = put(home / "p/data/instruments.yaml")
    main.write_text(
        main.read_text(encoding="utf-8").replace("alpha@eu", "alpa@eu"), encoding="utf-8"
    )
    stand(home / "p/sub", monkeypatch)

    assert "../data/instruments.yaml:6:" in run("matrix").err
    assert json.loads(run("check", "-f", "json").out)["findings"][0]["path"] == (
        "../data/instruments.yaml"
    )
    monkeypatch.chdir(home / "p/data")
    assert run("matrix").err.startswith("instruments.yaml:6:")


# What writes


def import_sheet(*argv: str) -> Outcome:
    Path("new acts.csv").write_text(SHEET, encoding="utf-8")
    return run("import", "new acts.csv", *argv)


def test_import_writes_into_the_folder_that_holds_the_main_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = put(home / "p/data/instruments.yaml")
    stand(home / "p/data", monkeypatch)

    assert import_sheet().code == Exit.OK

    assert "new-act" in main.read_text(encoding="utf-8")
    assert not Path("data").exists()


@pytest.mark.parametrize("options", [[], ["--dry-run", "--new", "Another act", "--prune"]])
def test_import_touches_what_lies_above_only_by_name_and_says_the_line(
    home: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    main = put(home / "p/data/instruments.yaml")
    before = main.read_bytes()
    stand(home / "p/sub", monkeypatch)

    refused = import_sheet(*options)

    assert refused.code == Exit.UNUSABLE
    assert refused.stdout == b""
    assert main.read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["new acts.csv"]
    line = refused.err.strip().split("clustergap import ")[1]
    quoted = {"'new acts.csv'": "new acts.csv", "'Another act'": "Another act"}
    for shown, meant in quoted.items():
        line = line.replace(shown, meant.replace(" ", "\0"))
    words = [word.replace("\0", " ") for word in line.split()]
    assert words[0] == "new acts.csv"
    assert set(options) <= set(words)
    assert words[-2:] == ["--data", "../data"]
    assert run("import", *words).code == Exit.OK
    assert ("new-act" in main.read_text(encoding="utf-8")) == (not options)


def test_import_makes_a_new_dataset_below_another_only_by_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "data/instruments.yaml")
    stand(home / "p", monkeypatch)

    assert "--data data makes a new dataset here" in import_sheet().err
    assert import_sheet("--data", "data").code == Exit.OK

    assert found() == ("new acts", "data")


@pytest.mark.parametrize(
    ("where", "made"), [("p", "data/instruments.yaml"), ("data", "instruments.yaml")]
)
def test_a_new_dataset_is_made_in_data_also_where_one_stands_in_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, where: str, made: str
) -> None:
    stand(home / where, monkeypatch)

    assert import_sheet().code == Exit.OK

    assert Path(made).is_file()
    assert not Path("data/data").exists()


@pytest.mark.parametrize("options", [[], ["--force"], ["."], ["--from", "deck", "--force"]])
def test_init_makes_no_second_dataset_below_one(home: Path, options: list[str]) -> None:
    main = put(home / "instruments.yaml")
    before = main.read_bytes()

    outcome = run("init", *options)

    assert outcome.code == Exit.UNUSABLE
    assert "'instruments.yaml' is there already" in outcome.err
    assert [path.name for path in home.iterdir()] == ["instruments.yaml"]
    assert main.read_bytes() == before


def test_a_template_knows_the_names_of_the_dataset_here(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / "p/instruments.yaml")
    stand(home / "p/sub", monkeypatch)

    assert "'..'" in run("init", "--template", "fill.xlsx").err
    assert Path("fill.xlsx").is_file()
    monkeypatch.chdir(home / "p")
    assert run("init", ".", "--template", "fill.xlsx").code == Exit.OK
    assert sorted(path.name for path in Path().iterdir()) == [
        "fill.xlsx",
        "instruments.yaml",
        "sub",
    ]


# Others that find data


def test_the_shell_completes_the_names_of_the_dataset_above(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typer
    from typer.main import get_command

    from clustergap.cli.app import build_app

    put(home / "p/data/instruments.yaml")
    stand(home / "p/sub", monkeypatch)
    ctx = typer.Context(get_command(build_app(["matrix"])))

    assert complete_role(ctx, "al") == [("alpha", "Alpha")]


def test_a_revision_means_the_path_of_the_data_that_is_found(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_git()
    project = make(home / "p")
    commit(project, dataset("Then"))
    stand(project / "sub/deep", monkeypatch)

    for where, path in (("sub/deep", "../../data"), ("data", "."), (".", "data")):
        monkeypatch.chdir(project / where)
        before, after = sides("diff", "main", "-f", "json")
        assert (before, after) == (("Then", "main:data"), ("Then", path))
        assert sides("diff", "main", "HEAD", "-f", "json")[0] == before
    shutil.rmtree(project / "data")
    assert sides("diff", "main", "HEAD", "-f", "json")[0] == ("Then", "main:data")


def sides(*argv: str) -> list[tuple[str, str]]:
    outcome = run(*argv)
    assert outcome.code == Exit.OK, outcome
    document = json.loads(outcome.out)
    return [
        (document[side]["dataset"]["title"], document[side]["dataset"]["path"])
        for side in ("before", "after")
    ]

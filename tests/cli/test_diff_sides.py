"""The two sides of ``diff``: what the words of the command line mean in repositories made here, and how it ends."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from clustergap.api.locations import locate_version
from clustergap.errors import ClusterGapError
from paths import ROOT
from programs import completed
from repositories import (
    FRAGMENT,
    MAIN,
    NOBODY,
    SWOT,
    be_nobody,
    blob,
    commit,
    dataset,
    git,
    listing,
    make,
    need_git,
    noise,
    plant,
    script,
    write,
)
from running import Outcome, run

WORDS = "main^{/words: with a colon}"
FULL, NONE = "covers: {alpha@eu: full}", "covers: {beta@eu: full}"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with a history of three commits: First, Second (also on side), Third."""
    need_git()
    folder = make(tmp_path_factory.mktemp("template") / "project")
    commit(folder, dataset("First"), "First")
    git(folder, "tag", "v1.0")
    git(folder, "tag", "-a", "-m", "Annotated", "v1.0-annotated")
    commit(folder, dataset("Second"), "words: with a colon")
    git(folder, "checkout", "-q", "-b", "side")
    git(folder, "checkout", "-q", "main")
    commit(folder, dataset("Third", instruments__ro=FRAGMENT, swot=SWOT), "Third")
    write(folder, dataset("Now"))
    (folder / "deep" / "er").mkdir(parents=True)
    return folder


@pytest.fixture
def project(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the project and go there."""
    folder = Path(shutil.copytree(template, tmp_path / "project", symlinks=True))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_git()
    be_nobody(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)


def diff(*argv: str, **environment: Any) -> Any:
    """Compare and return the document."""
    outcome = run("diff", "-f", "json", *argv, **environment)
    assert outcome.code == 0, outcome
    assert outcome.err == "", outcome
    return json.loads(outcome.out)


def sides(document: Any) -> list[tuple[str, str]]:
    """Return the title and the path of both datasets."""
    datasets = [document[side]["dataset"] for side in ("before", "after")]
    return [(one["title"], one["path"]) for one in datasets]


def refused(*argv: str, **environment: Any) -> str:
    """Run ``diff``, which must say in words that it cannot; return what it says."""
    outcome = run("diff", *argv, **environment)
    assert outcome.code == 2, outcome
    assert outcome.stdout == b""
    assert "Traceback" not in outcome.err
    assert 0 < len(outcome.err) < 5_000
    return outcome.err


# What the shell offers


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("ma", ["main"]),
        ("v1", ["v1.0", "v1.0-annotated"]),
        ("HE", ["HEAD"]),
        ("d", ["data", "deep"]),
        ("deep/", ["deep/er"]),
        ("main si", ["side"]),
        ("nothing", []),
    ],
)
def test_the_shell_completes_revisions_and_folders(
    project: Path, begun: str, offered: list[str]
) -> None:
    assert project.is_dir()
    assert completed(f"clustergap diff {begun}") == offered


def test_the_shell_completes_folders_where_there_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "last-year").mkdir()

    assert completed("clustergap diff l") == ["last-year"]


def test_the_shell_completes_revisions_of_the_repository_of_the_data(project: Path) -> None:
    (project.parent / "elsewhere").mkdir()
    os.chdir(project.parent / "elsewhere")

    assert completed("clustergap diff --data ../project si") == ["side"]


# What a revision is


@pytest.mark.sampled(7)
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("main", "Third"),
        ("side", "Second"),
        ("v1.0", "First"),
        ("v1.0-annotated", "First"),
        ("v1.0-annotated^{commit}", "First"),
        ("HEAD", "Third"),
        ("@", "Third"),
        ("HEAD~1", "Second"),
        ("HEAD^^", "First"),
        ("@{-1}", "Second"),
        ("main@{2}", "First"),
        ("refs/tags/v1.0", "First"),
        (WORDS, "Second"),
        ("main^{/^Fir}", "First"),
    ],
)
def test_a_revision_means_the_dataset_as_it_was(project: Path, words: str, title: str) -> None:
    document = diff(words)

    assert sides(document) == [(title, f"{words}:data"), ("Now", "data")]
    assert document["before"]["commit"] == git(project, "rev-parse", f"{words}^{{commit}}")
    assert document["after"]["commit"] is None


def test_a_commit_may_be_named_by_the_beginning_of_its_id(project: Path) -> None:
    whole = git(project, "rev-parse", "side")

    for words in (whole, whole[:7], whole[:12].upper()):
        document = diff(words)
        assert sides(document)[0] == ("Second", f"{words}:data")
        assert document["before"]["commit"] == whole


def test_both_sides_may_be_revisions_and_the_working_tree_does_not_matter(project: Path) -> None:
    document = diff("v1.0", "side")
    shutil.rmtree(project / "data")

    assert sides(document) == [("First", "v1.0:data"), ("Second", "side:data")]
    assert document["after"]["commit"] == git(project, "rev-parse", "side")
    assert diff("v1.0", "side") == document


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("where", "words", "path"),
    [
        (".", "side:data", "side:data"),
        (".", "side:data/", "side:data"),
        (".", "side:./data", "side:data"),
        (".", "side:data/instruments.yaml", "side:data"),
        (".", "side:", "side:data"),
        (".", f"{WORDS}:data", f"{WORDS}:data"),
        (".", "v1.0-annotated:data", "v1.0-annotated:data"),
        ("deep/er", "side:data", "side:data"),
        ("deep/er", "side:../../data", "side:data"),
        ("data", "side:.", "side:data"),
        ("data", "side:./instruments.yaml", "side:data"),
        ("data", "side:../data", "side:data"),
    ],
)
def test_a_path_after_a_colon_is_from_the_top_or_from_here_with_a_dot(
    project: Path, monkeypatch: pytest.MonkeyPatch, where: str, words: str, path: str
) -> None:
    monkeypatch.chdir(project / where)

    found = locate_version(words, Path("data"))

    title = "First" if words.startswith("v1.0") else "Second"
    assert (found.path, found.files.shown_as) == (path, path)
    assert sides(diff(words, str(project / "data")))[0] == (title, path)


def test_a_path_after_a_colon_goes_before_the_data_that_is_asked_for(project: Path) -> None:
    old = commit(project, dataset("Old place", "old/place/"))

    document = diff(f"{old}:old/place", "v1.0", "--data", "data")

    assert sides(document) == [("Old place", f"{old}:old/place"), ("First", "v1.0:data")]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["a}b", "{a}", "a{b}c", "ümlaut", "a/b/c", "x.yaml", "data2"])
def test_a_branch_may_have_any_name_that_git_allows(project: Path, name: str) -> None:
    git(project, "branch", name, "v1.0")

    assert sides(diff(name))[0] == ("First", f"{name}:data")
    assert sides(diff(f"{name}:data"))[0] == ("First", f"{name}:data")


def test_what_a_document_calls_a_side_names_it_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = commit(project, dataset("At the top", ""))
    monkeypatch.chdir(project / "deep")

    for data in ("..", "../instruments.yaml", "../data"):
        before = sides(diff(old, "../data", "--data", data, "-q"))[0]
        assert sides(diff(before[1], "../data", "-q"))[0] == before


# Folders, files and revisions


def test_a_folder_goes_before_a_branch_of_its_name(project: Path) -> None:
    write(project, dataset("Folder", "side/"))

    document = diff("side", "refs/heads/side")

    assert sides(document) == [("Folder", "side"), ("Second", "refs/heads/side:data")]
    assert [document[side]["commit"] is None for side in ("before", "after")] == [True, False]


def test_a_folder_without_a_dataset_still_goes_before_a_branch(project: Path) -> None:
    (project / "side").mkdir()

    assert "there is no instruments.yaml in 'side'" in refused("side")


@pytest.mark.parametrize(
    ("name", "title"), [("side", "Second"), ("v1.0", "First"), ("HEAD", "Third")]
)
def test_a_file_named_like_a_revision_does_not_hide_it(
    project: Path, name: str, title: str
) -> None:
    write(project, {name: MAIN})

    assert sides(diff(name))[0] == (title, f"{name}:data")


def test_a_data_file_goes_before_a_branch_of_its_name(project: Path) -> None:
    git(project, "branch", "draft.yaml", "v1.0")
    assert sides(diff("draft.yaml"))[0] == ("First", "draft.yaml:data")

    write(project, {"draft.yaml": MAIN})
    assert sides(diff("draft.yaml"))[0] == ("TITLE", "draft.yaml")


def test_folders_need_neither_git_nor_a_repository(tmp_path: Path) -> None:
    write(tmp_path, dataset("Old", "old/") | dataset("New", "new/data/"))
    (tmp_path / "bin").mkdir()

    document = diff("old", "new", PATH=str(tmp_path / "bin"))

    assert sides(document) == [("Old", "old"), ("New", "new/data")]


def test_without_git_a_revision_is_told_to_need_it(project: Path, tmp_path: Path) -> None:
    assert project.is_dir()
    assert "git is not installed here" in refused("main", PATH=str(tmp_path))


def test_in_no_repository_a_revision_is_told_to_need_one(tmp_path: Path) -> None:
    write(tmp_path, dataset())

    assert "is in no repository of git" in refused("main")
    assert "is in no repository of git" in refused("main:data")


@pytest.mark.sampled(9)
@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        ":data",
        ":",
        ":/words",
        ":0:data/instruments.yaml",
        "--output=pwned",
        "-x",
        "-",
        "--",
        "-:data",
        "--output=pwned:data",
        "main:nothing",
        "main:..",
        "main:/data",
        "main:/etc/passwd",
        "main:data:data",
        "main:data/nothing.yaml",
        "main:.git",
        "main:data\n",
        "main\n",
        "'main'",
        '"main"',
        "$(touch pwned)",
        "`touch pwned`",
        "main|touch pwned",
        "main;touch pwned:data",
        "main..side",
        "main...side",
        "^main",
        "main^{tree}",
        "main^{/nothing like that}",
        "m" * 5_000,
        "m" * 200_000,
        f"main:{'d/' * 1_000}",
        f"main:{'d' * 300}",
        "nothing.yaml",
        "main\0",
        "\0.yaml",
        "main:\0",
        os.fsdecode(b"m\xe9in"),
        os.fsdecode(b"main:d\xe9ta"),
        "ma\u202ein",
        "\x1b[31mmain",
    ],
    ids=lambda words: ascii(words[:30]),
)
def test_what_means_nothing_is_told_and_nothing_is_run_or_written(
    project: Path, words: str
) -> None:
    before = listing(project)

    said = refused("--", words)

    assert said.removesuffix("\n").isprintable()
    assert len(said) < 3_000
    assert listing(project) == before


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", ["", "-x", "mian", ":data", "main:nothing", "$(touch pwned)"])
def test_the_new_side_that_means_nothing_is_told_as_well(project: Path, words: str) -> None:
    assert project.is_dir()
    assert refused("--", "main", words) == refused("--", words, "main")


def test_a_surrogate_of_no_byte_is_no_defect(project: Path) -> None:
    assert project.is_dir()
    assert refused("\ud800")
    assert refused("main:\ud800")


def test_an_option_that_does_not_exist_is_no_revision(project: Path) -> None:
    assert "No such option" in refused("--output-file=pwned")
    assert not (project / "pwned").exists()


@pytest.mark.parametrize(
    ("words", "meant"), [("mian", "main"), ("V1.O", "v1.0"), ("mian:data", "main")]
)
def test_a_misspelt_revision_is_met_with_the_one_that_is_meant(
    project: Path, words: str, meant: str
) -> None:
    assert project.is_dir()
    assert f"Did you mean '{meant}'?" in refused(words)


def test_a_revision_without_the_dataset_says_how_to_name_another_place(project: Path) -> None:
    commit(project, dataset("Moved", "moved/"))
    shutil.rmtree(project / "data")
    gone = commit(project, {})

    said = refused(gone, "moved")

    assert "there is no dataset at 'data' in" in said
    assert "--data PATH or REV:PATH" in said
    assert sides(diff(gone, "--data", "moved"))[0][0] == "Moved"


# Which data


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("where", "data"),
    [
        (".", "data"),
        (".", "data/"),
        (".", "."),
        (".", "data/instruments.yaml"),
        (".", "data/swot.yaml"),
        (".", "data/instruments/ro.yaml"),
        (".", "./deep/../data"),
        ("deep/er", "../../data"),
        ("deep/er", "../.."),
        ("deep/er", "../../data/instruments/ro.yaml"),
        ("data", "."),
        ("data", "swot.yaml"),
        ("data/instruments", "ro.yaml"),
        ("data/instruments", "../swot.yaml"),
    ],
)
def test_the_data_asked_for_is_found_in_the_revision_from_wherever_one_stands(
    project: Path, monkeypatch: pytest.MonkeyPatch, where: str, data: str
) -> None:
    monkeypatch.chdir(project / where)

    for is_gone in (False, True):
        document = diff("main", "HEAD", "--data", data)
        assert sides(document) == [("Third", "main:data"), ("Third", "HEAD:data")]
        assert diff("main", "HEAD", CLUSTERGAP_DATA=data) == document
        assert len(locate_version("main", Path(data)).files.fragments) == 1
        if not is_gone:  # all but the folder in which somebody stands
            for path in [one for one in (project / "data").rglob("*") if one.is_file()]:
                path.unlink()


def test_a_dataset_that_is_no_longer_there_is_found_by_its_path(project: Path) -> None:
    shutil.rmtree(project / "data")

    assert sides(diff("main", "side"))[0] == ("Third", "main:data")
    assert sides(diff("main", "HEAD", "--data", "data/swot.yaml"))[0] == ("Third", "main:data")
    assert "no data" in refused("main")


def test_a_dataset_at_the_top_is_found(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = commit(project, dataset("Top", "", instruments__ro=FRAGMENT, swot=SWOT))

    for where, data in (
        (".", "."),
        (".", "instruments/ro.yaml"),
        ("deep", ".."),
        ("deep", "../swot.yaml"),
    ):
        monkeypatch.chdir(project / where)
        assert sides(diff(old, "--data", data, "-q"))[0][0] == "Top"


def test_a_file_of_another_name_stands_alone(project: Path) -> None:
    old = commit(project, {"data/draft.yaml": MAIN})
    (project / "data/draft.yaml").unlink()

    assert sides(diff(old, "side", "--data", "data"))[0][0] == "Now"
    assert sides(diff(f"{old}:data/draft.yaml", "side"))[0][0] == "TITLE"


@pytest.mark.sampled(2)
# No program can be given a NUL, neither as an argument nor in its environment.
@pytest.mark.parametrize("data", ["a" * 300, "a/" * 3_000, "data/swot.yaml/x", "/proc/1/x"])
def test_a_path_that_cannot_be_is_no_data_and_no_defect(project: Path, data: str) -> None:
    assert project.is_dir()
    assert refused("main", "side", "--data", data)
    assert refused("main", "side", CLUSTERGAP_DATA=data)


def test_a_working_folder_that_is_gone_is_no_defect(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "gone").mkdir()
    monkeypatch.chdir(project / "gone")
    (project / "gone").rmdir()

    assert refused("main")
    assert refused("main:data")
    assert refused("main", "side")


def test_the_new_side_is_the_dataset_here_and_never_the_packaged_deck(project: Path) -> None:
    shutil.rmtree(project / "data")

    said = refused("main")

    assert "--data PATH" in said
    assert "packaged" not in said
    assert "does not exist" in refused("main", "--data", "data")


def test_the_environment_of_a_hook_does_not_mislead(project: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    commit(other, dataset("Other"))
    environment = {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
        "GIT_PREFIX": "deep/",
    }

    assert project.is_dir()
    assert sides(diff("main", **environment))[0] == ("Third", "main:data")
    assert sides(diff("side:data", **environment))[0] == ("Second", "side:data")


def test_a_hook_of_git_compares_with_the_last_commit(project: Path) -> None:
    command = f"'{sys.executable}' -m clustergap diff HEAD -f json >outcome"
    script(project / ".git" / "hooks" / "pre-commit", command)
    environment = {"PATH": os.environ["PATH"], "HOME": str(project), **NOBODY}

    subprocess.run(
        ["git", "commit", "-qam", "Now"], cwd=project, env=environment, check=True, timeout=60
    )

    document = json.loads((project / "outcome").read_text(encoding="utf-8"))
    assert sides(document) == [("Third", "HEAD:data"), ("Now", "data")]


# A revision is read as a folder is

LAYOUTS: Mapping[str, Mapping[str, str | bytes]] = {
    "plain": {},
    "fragments": {"instruments/ro.yaml": FRAGMENT, "instruments/be.yaml": "instruments: []\n"},
    "swot": {"swot.yaml": SWOT},
    "lines of Windows": {
        "instruments.yaml": MAIN.replace("\n", "\r\n"),
        "instruments/ro.yaml": FRAGMENT.replace("\n", "\r\n"),
    },
    "byte-order marks": {"instruments.yaml": "\ufeff" + MAIN, "swot.yaml": "\ufeff" + SWOT},
    "foreign names": {
        "instruments/日本 é.yaml": FRAGMENT,
        "instruments/a\tb.yaml": "instruments: []\n",
        "instruments/.hidden.yaml": "nonsense: [",
        "instruments/notes.md": "# Notes",
    },
    "not read": {"instruments/ro.yml": FRAGMENT, "instruments/be.json": "{}"},
    "an error": {"instruments/ro.yaml": FRAGMENT.replace("beta", "bta")},
    "an error in each": {
        "instruments.yaml": MAIN.replace("alpha@eu", "alhpa@eu"),
        "instruments/ro.yaml": "instruments:\n\t- x",
        "swot.yaml": SWOT.replace("alpha@eu", "alpha@"),
    },
    "not UTF-8": {"instruments.yaml": MAIN.encode().replace(b"Act", b"\xe9")},
    "UTF-16": {"instruments.yaml": MAIN.encode("utf-16")},
    "empty": {"instruments.yaml": "", "instruments/ro.yaml": "", "swot.yaml": "\n"},
    "a file in place of the fragments": {"instruments": "x"},
    "a forged line": {"instruments/x\n::error::y.yaml": "nonsense"},
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", ["data/", ""])
def test_a_revision_gives_what_a_folder_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str, place: str
) -> None:
    folder = make(tmp_path / "repository")
    files = dataset("Old", place) | {
        f"{place}{name}": text for name, text in LAYOUTS[layout].items()
    }
    commit(folder, files)
    write(tmp_path, {f"copy/{name.removeprefix(place)}": text for name, text in files.items()})
    write(tmp_path, dataset("New", "new/"))
    shutil.rmtree(folder / "data", ignore_errors=True)
    monkeypatch.chdir(folder)

    words = ["main:data"] if place else ["main", "--data", "."]
    of_revision = run("diff", *words, "../new", "-f", "json")
    of_folder = run("diff", "../copy", "../new", "-f", "json")

    named = of_revision.err.replace(
        "main:data" if place else "main:", "../copy" if place else "../copy/"
    )
    assert of_revision.code == of_folder.code
    assert named == of_folder.err
    assert _without_place(of_revision) == _without_place(of_folder)


def _without_place(outcome: Outcome) -> Any:
    """Return the document, without where its first side came from."""
    document = json.loads(outcome.out or "{}")
    if document:
        document["before"]["dataset"].pop("path")
        document["before"].pop("commit")
    return document


def test_a_finding_names_the_file_of_the_revision(project: Path) -> None:
    commit(project, {"data/instruments.yaml": MAIN.encode().replace(b"Act", b"\xe9")})

    said = refused("main", "v1.0")

    assert "main:data/instruments.yaml:6:" in said
    assert "CG002" in said
    assert "0xE9" in said
    assert refused("v1.0", "main") == said


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format_", ["json", "md", "table"])
def test_a_place_whose_name_is_not_utf_8_is_shown(project: Path, format_: str) -> None:
    name = os.fsdecode(b"d\xe9ta")
    main = blob(project, MAIN)
    planted = plant(project, f"{name}/instruments.yaml", "100644", main)

    outcome = run("diff", f"{planted}:{name}", "v1.0", "-f", format_, columns=200)

    assert outcome.code == 0
    assert "TITLE" in outcome.out
    assert re.search(r"d\\+udce9ta", outcome.out)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("data", ["data", "data/swot.yaml"])
@pytest.mark.parametrize(
    "place",
    [
        "data",
        "data/instruments.yaml",
        "data/swot.yaml",
        "data/instruments",
        "data/instruments/ro.yaml",
    ],
)
def test_no_link_and_no_submodule_of_a_revision_is_followed(
    project: Path, tmp_path: Path, place: str, data: str
) -> None:
    write(tmp_path, {"SECRET/instruments.yaml": "SECRET", "SECRET/ro.yaml": "SECRET"})
    target = tmp_path / "SECRET"
    if place.endswith(".yaml"):
        target /= Path(place).name
    here = os.path.relpath(target, (project / place).parent)
    links = [
        ("120000", blob(project, str(target)), "a symbolic link"),
        ("120000", blob(project, here), "a symbolic link"),
        ("160000", git(project, "rev-parse", "v1.0"), "a submodule"),
    ]

    for mode, object_id, what in links:
        odd = plant(project, place, mode, object_id)
        said = refused("v1.0:data", odd, "--data", data)
        assert what in said
        assert "SECRET" not in said


def test_a_folder_that_has_become_a_link_is_still_looked_for_in_its_old_place(
    project: Path,
) -> None:
    shutil.move(project / "data", project / "real")
    (project / "data").symlink_to("real")

    assert sides(diff("main")) == [("Third", "main:data"), ("Now", "data")]

    commit(project, {})
    assert "a symbolic link" in refused("main")


def test_a_link_to_another_repository_is_no_reason_to_read_its_revisions(
    project: Path, tmp_path: Path
) -> None:
    commit(make(tmp_path / "other"), dataset("SECRET"))
    shutil.rmtree(project / "data")
    (project / "data").symlink_to(tmp_path / "other" / "data")
    commit(project, {})

    for words in ("main", "main:data"):
        said = refused(words)
        assert "a symbolic link" in said
        assert "SECRET" not in said


def test_a_submodule_that_is_not_there_yet_is_told(project: Path) -> None:
    odd = plant(project, "data", "160000", git(project, "rev-parse", "v1.0"))
    shutil.rmtree(project / "data")
    (project / "data").mkdir()

    assert "submodule" in refused(odd, "v1.0:data")


def test_a_file_larger_than_is_allowed_is_a_finding(project: Path) -> None:
    large = commit(project, {"data/swot.yaml": SWOT + "#" * 1024 * 1024})
    write(project, {"data/swot.yaml": SWOT})

    said = refused(large, CLUSTERGAP_MAX_MIB="1")

    assert f"{large}:data/swot.yaml:1:1: error CG007" in said
    assert sides(diff(large, CLUSTERGAP_MAX_MIB="2"))[0][1] == f"{large}:data"
    assert "not a number of MiB" in refused(large, CLUSTERGAP_MAX_MIB="x")


def test_what_looks_like_a_fragment_is_told_of_a_revision_too(project: Path) -> None:
    commit(project, {"data/instruments/be.yml": FRAGMENT})
    (project / "data/instruments/be.yml").unlink()

    outcome = run("diff", "main")

    assert outcome.code == 0
    assert "'main:data/instruments/be.yml' is not read" in outcome.err
    assert run("diff", "main", "-q").err == ""


# Repositories of every kind


def test_a_shallow_clone_says_what_it_lacks_and_how_to_mend_it(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{project}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")

    for words in ("v1.0", "HEAD~1", "HEAD~1:data"):
        said = refused(words)
        assert "shallow" in said
        assert "git fetch --unshallow" in said
    assert sides(diff("origin/main")) == [("Third", "origin/main:data"), ("Third", "data")]


def test_a_partial_clone_fetches_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{project}", "partial")
    monkeypatch.chdir(tmp_path / "partial")
    before = listing(tmp_path)

    said = refused("v1.0")

    assert "this clone does not hold" in said
    assert "--filter" in said
    assert listing(tmp_path) == before


def test_a_bare_repository_has_two_revisions_to_compare(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(project), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")

    assert sides(diff("v1.0", "main")) == [("First", "v1.0:data"), ("Third", "main:data")]
    assert "no data" in refused("main")


def test_a_worktree_has_the_revisions_of_its_repository(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "worktree", "add", "-q", str(tmp_path / "worktree"), "side")
    monkeypatch.chdir(tmp_path / "worktree")

    assert sides(diff("main")) == [("Third", "main:data"), ("Second", "data")]
    assert sides(diff("HEAD"))[0] == ("Second", "HEAD:data")


def test_an_empty_repository_has_nothing_to_compare_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "empty")
    write(folder, dataset())
    monkeypatch.chdir(folder)

    for words in ("HEAD", "main", "HEAD:data"):
        assert "is no revision of git here" in refused(words)


def test_the_data_may_lie_in_another_repository_than_the_working_folder(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make(tmp_path / "other")
    commit(other, dataset("Other"))
    monkeypatch.chdir(other)
    assert project.name == "project"

    assert sides(diff("side", "--data", "../project/data"))[0] == ("Second", "side:data")
    assert sides(diff("HEAD:data", "--data", "../project/data"))[0] == ("Other", "HEAD:data")


def test_a_damaged_repository_is_told_and_never_half_read(project: Path) -> None:
    shutil.rmtree(project / "data")
    lost = "  - {id: last, name: The last one}\n"
    commit(project, {"data/instruments.yaml": MAIN + noise(5_000) + lost})
    object_id = git(project, "rev-parse", "main:data/instruments.yaml")
    path = project / ".git" / "objects" / object_id[:2] / object_id[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:100_000])

    assert "CG008" not in refused("main", "v1.0")


def test_what_git_says_of_a_hostile_configuration_does_nothing_to_the_terminal(
    project: Path,
) -> None:
    path = project / ".git" / "config"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}[core]\n\tbare = "\u202e\x1b[31m\u200bevil"\n', encoding="utf-8")

    assert refused("main").removesuffix("\n").isprintable()


def test_nothing_is_run_and_nothing_in_the_project_is_touched(
    project: Path, tmp_path: Path
) -> None:
    evil = script(tmp_path / "evil", f"touch '{tmp_path}/pwned'; cat")
    script(project / "git", f"touch '{tmp_path}/pwned'")
    write(project, {".gitattributes": "* diff=evil filter=evil\n"})
    config = project / ".git" / "config"
    lines = [f'[{section}]\n\t{key} = "{evil}"\n' for section, key in PROGRAMS]
    config.write_text(config.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
    (project / "data/instruments.yaml").touch()  # git's index does not know this time
    before = listing(project)

    assert sides(diff("main"))[0] == ("Third", "main:data")
    assert run("diff", "v1.0", "side", "-f", "md", is_terminal=True).code == 0
    assert refused("mian")
    assert refused("--", "--output=pwned")

    assert listing(project) == before
    assert not list(tmp_path.rglob("pwned"))
    subprocess.run(["git", "status"], cwd=project, check=False, capture_output=True)
    assert (tmp_path / "pwned").exists(), "the trap itself does not work"


PROGRAMS = (
    ("core", "fsmonitor"),
    ("core", "pager"),
    ("core", "sshCommand"),
    ('diff "evil"', "textconv"),
    ('filter "evil"', "clean"),
    ('filter "evil"', "smudge"),
    ("pager", "ls-tree"),
    ("pager", "cat-file"),
    ("alias", "cat-file"),
)


def test_a_program_named_git_in_the_working_folder_is_not_run(
    project: Path, tmp_path: Path
) -> None:
    script(project / "git", f"touch '{tmp_path}/pwned'")

    for path in (".", "", ":.", f".:{os.environ['PATH']}"):
        run("diff", "main", PATH=path)

    assert not (tmp_path / "pwned").exists()


# How it ends


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with every kind of change, each on a branch of its name."""
    need_git()
    folder = make(tmp_path_factory.mktemp("changes") / "versions")
    for name, text in {
        "lost": MAIN.replace(FULL, "covers: {}"),
        "moved": MAIN.replace(FULL, NONE),
        "weaker": MAIN.replace(FULL, "covers: {alpha@eu: {extent: partial, note: Not all}}"),
        "better": MAIN.replace(FULL, "covers: {alpha@eu: full, beta@eu: full}"),
        "reworded": MAIN.replace("The Act", "The Act of 2024"),
        "same": MAIN.replace("schema: 1", "# A remark\nschema: 1"),
        "base": MAIN,
    }.items():
        commit(folder, {"data/instruments.yaml": text}, name)
        git(folder, "branch", name)
    return folder


@pytest.fixture
def versions(changes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy that repository and go there."""
    folder = Path(shutil.copytree(changes, tmp_path / "versions"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("base", "lost", [1, 1]),
        ("base", "moved", [1, 1]),
        ("base", "weaker", [1, 1]),
        ("base", "better", [0, 1]),
        ("lost", "base", [0, 1]),
        ("base", "reworded", [0, 1]),
        ("base", "same", [0, 0]),
        ("base", "base", [0, 0]),
    ],
)
def test_the_gate_fails_for_what_it_is_asked_for(
    versions: Path, old: str, new: str, codes: list[int]
) -> None:
    gates = ("regression", "change")

    assert versions.is_dir()
    assert [run("diff", old, new, "--fail-on", gate).code for gate in gates] == codes
    assert run("diff", old, new).code == 0


@pytest.mark.sampled(2)
@pytest.mark.parametrize("format_", ["table", "json", "md"])
@pytest.mark.parametrize("gate", ["regression", "change"])
def test_the_code_does_not_depend_on_the_format_nor_the_document_on_the_gate(
    versions: Path, gate: str, format_: str
) -> None:
    assert versions.is_dir()
    for new, code in (("lost", 1), ("same", 0)):
        gated = run("diff", "base", new, "-f", format_, "--fail-on", gate)
        free = run("diff", "base", new, "-f", format_)
        assert (gated.code, free.code) == (code, 0)
        assert gated.stdout == free.stdout != b""


def test_the_gate_fails_for_the_working_tree_and_for_a_file_that_is_written(
    versions: Path,
) -> None:
    write(versions, {"data/instruments.yaml": MAIN.replace(FULL, "covers: {}")})

    for argv in (["base"], ["base", "data"], ["base", "-o", "diff.json"], ["base", "-o", "d.md"]):
        assert run("diff", *argv, "--fail-on", "regression").code == 1
    assert (versions / "diff.json").is_file()


def test_the_gate_judges_the_cells_that_are_asked_for(versions: Path) -> None:
    assert versions.is_dir()
    for role, code in (("alpha", 1), ("beta", 0)):
        argv = ["base", "moved", "--fail-on", "regression", "--role", role]
        assert run("diff", *argv).code == code


def test_a_gate_is_never_green_where_a_side_cannot_be_read(versions: Path) -> None:
    assert versions.is_dir()
    for argv in (["mian"], ["base", "mian"], ["base", "nothing/"], ["base:nothing"]):
        for gate in ("regression", "change"):
            assert refused(*argv, "--fail-on", gate)
    assert refused("base", "--fail-on", "nothing")
    assert refused()
    assert refused("base", "lost", "better")


def test_a_side_is_found_or_told_without_reading_it(project: Path) -> None:
    side = locate_version("v1.0", Path("data"))

    assert side.path == "v1.0:data"
    assert side.files.commit == git(project, "rev-parse", "v1.0")
    with pytest.raises(ClusterGapError, match="neither a folder here nor a revision of git"):
        locate_version("", Path("data"))


def test_the_gate_that_a_comparison_names_as_the_next_step_can_be_copied(tmp_path: Path) -> None:
    new = str(ROOT / "data")
    old = shutil.copytree(new, tmp_path / "last year")

    outcome = run("diff", str(old), new, is_terminal=True, columns=400, NO_COLOR="1")

    hint = outcome.out.rstrip("\n").splitlines()[-1]
    assert hint == f"As a gate: clustergap diff '{old}' {new} --fail-on regression"
    assert run(*shlex.split(hint.partition("clustergap ")[2])).code == 0

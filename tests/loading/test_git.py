"""A dataset in a git revision: what is found and read of it, and what is not.

The repositories are made here; their owners are careless, or hostile.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest

from clustergap.errors import ClusterGapError
from clustergap.findings import DataError
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import MIB
from clustergap.loading.git import Repository, find_in_revision
from clustergap.loading.loader import load_dataset
from repositories import (
    FRAGMENT,
    MAIN,
    SWOT,
    be_nobody,
    blob,
    commit,
    commit_tree,
    dataset,
    git,
    listing,
    make,
    need_git,
    noise,
    object_file,
    plant,
    script,
    tree,
    write,
)

DATA = PurePosixPath("data")
LINK, MODULE, FILE, FOLDER = "120000", "160000", "100644", "40000"
WHOLE: Mapping[str, str | bytes] = dataset(instruments__ro=FRAGMENT, swot=SWOT)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_git()
    be_nobody(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the repository that others are copied from: copying is faster than git."""
    need_git()
    folder = make(tmp_path_factory.mktemp("template") / "repository")
    commit(folder, WHOLE)
    return folder


@pytest.fixture
def repository(template: Path, tmp_path: Path) -> Path:
    """Make a repository with a whole dataset in data/."""
    return Path(shutil.copytree(template, tmp_path / "repository"))


def find(
    folder: Path, revision: str = "main", path: str = "data", most: int = MIB
) -> DatasetFiles:
    return find_in_revision(Repository(folder), revision, PurePosixPath(path), most)


def title(files: DatasetFiles) -> str:
    return load_dataset(files).dataset.title


def refusals(files: DatasetFiles) -> list[tuple[str, str]]:
    """Return the errors of a dataset: the file's name and the code."""
    with pytest.raises(DataError) as raised:
        load_dataset(files)
    findings = raised.value.report.findings
    return [
        (one.location.path, one.rule.code)
        for one in findings
        if one.rule.severity.value == "error"
    ]


def plant_folder(folder: Path, fragments: str) -> str:
    """Store a commit of a dataset with a tree of fragments that git itself would not make."""
    main = git(folder, "rev-parse", "main:data/instruments.yaml")
    data = tree(folder, {"instruments": (FOLDER, fragments), "instruments.yaml": (FILE, main)})
    return commit_tree(folder, tree(folder, {"data": (FOLDER, data)}))


def loose(folder: Path, revision: str) -> Path:
    """Return the file in which an object is stored, to be written to."""
    path = object_file(folder, git(folder, "rev-parse", revision))
    path.chmod(0o644)
    return path


# Which commit


def test_every_name_of_a_commit_gives_its_id(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "tag", "light")
    git(repository, "tag", "-a", "-m", "Annotated", "heavy")
    git(repository, "tag", "-a", "-m", "Of a tag", "heavier", "heavy")
    commit(repository, {}, "words: with a colon")
    git(repository, "checkout", "-q", "-b", "side")
    second = commit(repository, {"x": "y"}, "On the side")
    git(repository, "checkout", "-q", "main")
    found = Repository(repository)

    for name in (
        "light",
        "heavy",
        "heavier",
        "heavy^{commit}",
        "main~1",
        "main@{1}",
        first,
        first[:8],
    ):
        assert found.commit(name) == first, name
    for name in ("side", "refs/heads/side", "heads/side", "@{-1}", "side@{0}", "side^{/On the}"):
        assert found.commit(name) == second, name
    assert found.commit("main^{/words: with a colon}") == found.commit("@")


@pytest.mark.sampled(12)
@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "--",
        "-",
        "-x",
        "--output=pwned",
        "--exec=touch pwned",
        "main..main",
        "main...main",
        "^main",
        "main^@",
        "main^!",
        "main^{tree}",
        "main:data",
        "main:data/instruments.yaml",
        ":data/instruments.yaml",
        "main\n",
        "main\nmain",
        "main main",
        '"main"',
        "'main'",
        "$(touch pwned)",
        "`touch pwned`",
        "main|touch pwned",
        "main;touch pwned",
        "|touch pwned",
        "../main",
        "main@{99}",
        "main~99",
        "0" * 40,
        "0" * 64,
        "a" * 5_000,
        "m\0ain",
        os.fsdecode(b"\xe9"),
        "\ud800",
        "maĩn",
    ],
)
def test_what_names_no_commit_is_told_on_one_line(repository: Path, name: str) -> None:
    with pytest.raises(ClusterGapError) as raised:
        Repository(repository).commit(name)

    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 300
    assert not list(repository.parent.rglob("pwned"))


def test_a_string_too_long_for_any_program_is_no_revision(repository: Path) -> None:
    with pytest.raises(ClusterGapError) as raised:
        Repository(repository).commit("m" * 200_000)

    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("name", ["-x", "--output=pwned", "-"])
def test_a_revision_that_begins_like_an_option_is_told_so(repository: Path, name: str) -> None:
    with pytest.raises(ClusterGapError) as raised:
        Repository(repository).commit(name)

    assert str(raised.value) == f"'{name}' is no revision: none begins with -"


@pytest.mark.parametrize(("name", "meant"), [("mian", "main"), ("MAIN", "main"), ("v1.O", "v1.0")])
def test_a_misspelt_revision_is_met_with_the_one_that_is_meant(
    repository: Path, name: str, meant: str
) -> None:
    git(repository, "tag", "v1.0")

    with pytest.raises(ClusterGapError, match=f"Did you mean '{meant}'"):
        Repository(repository).commit(name)


@pytest.mark.parametrize("what", ["main^{tree}", "main:data/instruments.yaml"])
@pytest.mark.parametrize("options", [[], ["-a", "-m", "Annotated"]])
def test_a_tag_of_no_commit_is_told_and_never_answered_with_itself(
    repository: Path, what: str, options: list[str]
) -> None:
    git(repository, "tag", *options, "odd", what)

    with pytest.raises(ClusterGapError, match="'odd' names no commit") as raised:
        Repository(repository).commit("odd")
    assert "mean 'odd'" not in str(raised.value)


def test_an_empty_repository_has_no_revision(tmp_path: Path) -> None:
    found = Repository(make(tmp_path / "empty"))

    for name in ("HEAD", "main", "@{-1}"):
        with pytest.raises(ClusterGapError, match="is no revision of git here"):
            found.commit(name)


def test_a_folder_in_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClusterGapError, match="is in no repository of git"):
        Repository(tmp_path)


# What a dataset is


@pytest.mark.parametrize(
    "path",
    [
        "data",
        "data/instruments.yaml",
        "data/swot.yaml",
        "data/instruments/ro.yaml",
        ".",
        "",
        "data/../data",
        "elsewhere/../data/.",
    ],
)
def test_a_folder_and_each_of_its_files_mean_the_whole(repository: Path, path: str) -> None:
    files = find(repository, path=path)

    assert files.swot
    assert [files.name_of(one) for one in (files.main, *files.fragments, files.swot)] == [
        "main:data/instruments.yaml",
        "main:data/instruments/ro.yaml",
        "main:data/swot.yaml",
    ]
    assert files.commit == git(repository, "rev-parse", "main")


@pytest.mark.parametrize("name", [".", "instruments.yaml", "swot.yaml", "instruments/ro.yaml"])
def test_a_dataset_may_stand_at_the_top(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path / "top")
    commit(folder, dataset("Top", "", instruments__ro=FRAGMENT, swot=SWOT))

    files = find(folder, path=name)

    assert title(files) == "Top"
    assert len(files.fragments) == 1
    assert files.swot


def test_a_file_of_another_name_stands_alone(repository: Path) -> None:
    commit(repository, {"data/draft.yaml": MAIN})

    files = find(repository, path="data/draft.yaml")

    assert (files.fragments, files.swot) == ((), None)
    assert title(files) == "TITLE"


@pytest.mark.parametrize("name", ["swot.yaml", "instruments/ro.yaml"])
def test_a_swot_or_a_fragment_without_a_dataset_stands_alone(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path / "alone")
    commit(folder, {name: MAIN})

    files = find(folder, path=name)

    assert (files.fragments, files.swot) == ((), None)
    assert title(files) == "TITLE"


def test_files_beside_the_fragments_are_sorted_as_in_a_folder(repository: Path) -> None:
    names = ("Z.yaml", "a.yaml", "10.yaml", "9.yaml", "é.yaml", "be.yml", ".x.yaml", "x.YAML")
    commit(repository, {f"data/instruments/{name}": "" for name in names})

    files = find(repository)

    assert [one.name for one in files.fragments] == [
        "10.yaml",
        "9.yaml",
        "Z.yaml",
        "a.yaml",
        "ro.yaml",
        "é.yaml",
    ]
    assert [one.path.name for one in files.passed_over] == ["be.yml", "x.YAML"]


@pytest.mark.parametrize(
    "name", ["日本.yaml", "a b.yaml", "tab\t.yaml", "new\nline.yaml", "é.yaml"]
)
def test_a_fragment_may_have_any_name(repository: Path, name: str) -> None:
    commit(repository, {f"data/instruments/{name}": "instruments: []\n"})

    files = find(repository)

    assert title(files) == "Here"
    assert name in [one.name for one in files.fragments]


def test_a_fragment_may_have_a_name_that_is_not_utf_8(repository: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    empty = blob(repository, "instruments: []\n")

    files = find(repository, plant(repository, f"data/instruments/{name}", FILE, empty))

    assert title(files) == "Here"
    assert name in [one.name for one in files.fragments]


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "data/nothing",
        "..",
        "../data",
        "/data",
        "/",
        "README",
        "data/swot.yaml/x",
        "a\0",
    ],
)
def test_where_there_is_no_dataset_it_is_told(repository: Path, path: str) -> None:
    with pytest.raises(ClusterGapError, match=r"there is no dataset at .* in 'main'") as raised:
        find(repository, path=path)

    assert str(raised.value).isprintable()


def test_a_path_means_a_place_in_the_revision_and_not_on_disk(repository: Path) -> None:
    shutil.rmtree(repository / "data")
    write(repository, dataset("Not committed", "new/"))

    assert title(find(repository)) == "Here"
    with pytest.raises(ClusterGapError, match="there is no dataset at 'new'"):
        find(repository, path="new")


@pytest.mark.parametrize("attributes", ["text eol=crlf", "working-tree-encoding=UTF-16", "ident"])
def test_a_blob_is_read_as_it_is_stored(repository: Path, attributes: str) -> None:
    write(repository, {".git/info/attributes": f"* {attributes}\n"})

    files = find(repository)

    assert files.stored[files.main] == WHOLE["data/instruments.yaml"].encode()  # type: ignore[union-attr]


def test_a_file_may_begin_with_a_mark_and_end_its_lines_as_windows_does(tmp_path: Path) -> None:
    folder = make(tmp_path / "windows")
    text = "\ufeff" + MAIN.replace("TITLE", "Fenêtre").replace("\n", "\r\n")
    commit(folder, {"data/instruments.yaml": text})

    assert title(find(folder)) == "Fenêtre"


# What stands in the place of a file


@pytest.mark.parametrize("mode", [LINK, MODULE])
@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("data/instruments.yaml", "odd:data/instruments.yaml"),
        ("data/swot.yaml", "odd:data/swot.yaml"),
        ("data/instruments/ro.yaml", "odd:data/instruments/ro.yaml"),
    ],
)
def test_a_link_or_a_submodule_in_place_of_a_file_is_a_finding(
    repository: Path, place: str, named: str, mode: str
) -> None:
    target = git(repository, "rev-parse", "main") if mode == MODULE else blob(repository, "/etc/x")
    git(repository, "branch", "odd", plant(repository, place, mode, target))

    assert refusals(find(repository, "odd")) == [(named, "CG001")]


@pytest.mark.parametrize("mode", [LINK, MODULE])
@pytest.mark.parametrize("path", ["data", "data/instruments.yaml", "data/instruments/ro.yaml"])
def test_a_link_or_a_submodule_in_place_of_the_folder_is_not_followed(
    repository: Path, mode: str, path: str
) -> None:
    commit(repository, dataset("There", "real/"))
    target = git(repository, "rev-parse", "main") if mode == MODULE else blob(repository, "real")
    planted = plant(repository, "data", mode, target)

    with pytest.raises((ClusterGapError, DataError)) as raised:
        load_dataset(find(repository, planted, path))

    said = f"{raised.value}{getattr(raised.value, 'report', '')}"
    assert ("a symbolic link" if mode == LINK else "a submodule") in said


@pytest.mark.parametrize(("mode", "what"), [(LINK, "a symbolic link"), (MODULE, "a submodule")])
def test_a_link_or_a_submodule_in_place_of_the_fragments_is_not_followed(
    repository: Path, mode: str, what: str
) -> None:
    target = git(repository, "rev-parse", "main") if mode == MODULE else blob(repository, "/etc")
    planted = plant(repository, "data/instruments", mode, target)

    with pytest.raises(ClusterGapError) as raised:
        find(repository, planted)

    assert str(raised.value) == f"'data/instruments' is {what} in that revision, and not followed"


@pytest.mark.parametrize(
    "name", ["data/instruments.yaml", "data/swot.yaml", "data/instruments/ro.yaml"]
)
def test_a_folder_in_place_of_a_file_is_a_finding(repository: Path, name: str) -> None:
    (repository / name).unlink()
    commit(repository, {f"{name}/x.yaml": FRAGMENT})

    assert refusals(find(repository)) == [(f"main:{name}", "CG001")]


def test_a_file_in_the_place_of_the_fragments_is_no_fragment(repository: Path) -> None:
    planted = plant(repository, "data/instruments", FILE, blob(repository, "x"))

    assert find(repository, planted).fragments == ()


@pytest.mark.sampled(6)
@pytest.mark.parametrize("what", ["main", "main^{tree}", "main:data", "tag"])
@pytest.mark.parametrize(
    "place", ["data/instruments.yaml", "data/swot.yaml", "data/instruments/ro.yaml"]
)
def test_a_file_whose_object_is_none_of_a_file_is_a_finding(
    repository: Path, what: str, place: str
) -> None:
    git(repository, "tag", "-a", "-m", "Annotated", "tag")
    planted = plant(repository, place, FILE, git(repository, "rev-parse", what))

    found = refusals(find(repository, planted))

    assert found == [(f"{planted}:{place}", "CG001")]


def test_what_a_wrong_object_says_is_never_taken_for_another_file(repository: Path) -> None:
    main = git(repository, "rev-parse", "main:data/instruments.yaml")
    forged = MAIN.replace("TITLE", "Forged")
    words = f"\n{main} blob {len(forged)}\n{forged}\n"
    note = git(repository, "commit-tree", "main^{tree}", given=words.encode())
    planted = plant(repository, "data/instruments/zz.yaml", FILE, note)

    files = find(repository, planted)

    assert files.stored[files.main] == MAIN.replace("TITLE", "Here").encode()


@pytest.mark.parametrize(
    "name", ["a/b.yaml", "./b.yaml", "../b.yaml", "/etc/b.yaml", "../../outside.yaml", "b.yaml/"]
)
def test_a_name_that_no_file_can_have_is_refused_and_nothing_on_disk_is_read(
    repository: Path, name: str
) -> None:
    outside = "instruments:\n  - {id: outside, name: Outside}\n"
    write(repository, {"outside.yaml": outside, "data/b.yaml": outside})
    write(repository, {"data/instruments/a/b.yaml": outside, "data/instruments/b.yaml": outside})
    fragments = tree(repository, {name: (FILE, blob(repository, FRAGMENT))})
    planted = plant_folder(repository, fragments)

    with pytest.raises((ClusterGapError, DataError)) as raised:
        load_dataset(find(repository, planted))

    assert "outside" not in str(getattr(raised.value, "report", ""))


def test_two_entries_of_one_name_are_no_defect(repository: Path) -> None:
    mains = [(FILE, blob(repository, MAIN.replace("TITLE", word))) for word in ("First", "Second")]
    one = bytes.fromhex(mains[0][1])
    two = bytes.fromhex(mains[1][1])
    raw = b"100644 instruments.yaml\0" + one + b"100644 instruments.yaml\0" + two
    data = git(repository, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)
    planted = commit_tree(repository, tree(repository, {"data": (FOLDER, data)}))

    assert title(find(repository, planted)) in ("First", "Second")


# Size


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    folder = make(tmp_path / "large")
    text = MAIN + "#" * (1_000 - len(MAIN) - 1) + "\n"
    commit(folder, {"data/instruments.yaml": text})
    commit(folder, {"data/instruments.yaml": text.replace("##", "###", 1)})

    assert title(find(folder, "main~1", most=1_000)) == "TITLE"
    assert refusals(find(folder, most=1_000)) == [("main:data/instruments.yaml", "CG007")]


def test_a_file_that_is_too_large_is_not_asked_for(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, {"data/swot.yaml": SWOT + "#" * 5_000})
    swot = git(repository, "rev-parse", "main:data/swot.yaml")
    fragment = git(repository, "rev-parse", "main:data/instruments/ro.yaml")
    log = tmp_path / "log"
    _listen(tmp_path, log, monkeypatch)

    files = find(repository, most=5_000)

    lines = log.read_text(encoding="utf-8").splitlines()
    contents = next(n for n, line in enumerate(lines) if line.endswith("cat-file --batch"))
    asked = lines[contents + 1 :]
    assert refusals(files) == [("main:data/swot.yaml", "CG007")]
    assert f"< {fragment}" in asked
    assert f"< {swot}" not in asked


def test_a_file_that_is_there_many_times_takes_its_room_once(repository: Path) -> None:
    same = blob(repository, "instruments: []\n")
    fragments = tree(repository, {f"{n:03}.yaml": (FILE, same) for n in range(100)})
    planted = plant_folder(repository, fragments)

    files = find(repository, planted)

    assert len(files.fragments) == 100
    assert len({id(files.stored[path]) for path in files.fragments}) == 1


def test_objects_are_read_by_few_commands_that_run_nothing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    _listen(tmp_path, log, monkeypatch)

    find(repository)
    with pytest.raises(ClusterGapError):
        find(repository, "mian")

    lines = log.read_text(encoding="utf-8").splitlines()
    runs = [line for line in lines if not line.startswith("<")]
    words = {word for run in runs for word in run.split()}
    commands = words & set(git(repository, "--list-cmds=builtins").split())
    assert commands <= {"rev-parse", "ls-tree", "cat-file", "for-each-ref"}
    assert not words & {"--textconv", "--filters", "--follow-symlinks"}
    assert all("--end-of-options" in run for run in runs if "--verify" in run)
    assert len(runs) < 20


def _listen(folder: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a git on the path that writes down how it is called and what it is given."""
    real, path = need_git(), os.environ["PATH"]
    given = f"""sed 's/^/< /' "$0.given" >>'{log}'; exec '{real}' "$@" <"$0.given" """
    body = f"""echo "$@" >>'{log}'; cat >"$0.given"; {given}"""
    script(folder / "bin" / "git", body)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{path}")


# What is not there, or not whole


@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml", "instruments/ro.yaml"])
def test_a_file_whose_object_is_lost_is_a_finding(repository: Path, name: str) -> None:
    loose(repository, f"main:data/{name}").unlink()

    assert refusals(find(repository)) == [(f"main:data/{name}", "CG001")]


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml", "instruments/ro.yaml"])
@pytest.mark.parametrize("damage", ["empty", "garbage", "cut", "middle"])
def test_a_file_whose_object_is_damaged_is_a_finding_for_it_alone(
    repository: Path, name: str, damage: str
) -> None:
    _damage(loose(repository, f"main:data/{name}"), damage)

    with pytest.raises((ClusterGapError, DataError)) as raised:
        load_dataset(find(repository))

    if isinstance(raised.value, DataError):  # to be told of the revision as a whole is as good
        assert refusals(find(repository)) == [(f"main:data/{name}", "CG001")]


@pytest.mark.parametrize("damage", ["cut", "middle"])
def test_the_sound_part_of_a_damaged_file_is_not_taken_for_the_whole(
    repository: Path, damage: str
) -> None:
    shutil.rmtree(repository / "data")
    lost = "  - {id: last, name: The last one}\n"
    commit(repository, {"data/instruments.yaml": MAIN + noise(5_000) + lost})
    _damage(loose(repository, "main:data/instruments.yaml"), damage)

    with pytest.raises((ClusterGapError, DataError)):
        load_dataset(find(repository))


def _damage(path: Path, damage: str) -> None:
    whole = path.read_bytes()
    half = len(whole) // 2
    path.write_bytes(
        {
            "empty": b"",
            "garbage": b"\xff" * len(whole),
            "cut": whole[:half],
            "middle": whole[:half] + bytes(byte ^ 255 for byte in whole[half : half + 8]),
        }[damage]
        + (whole[half + 8 :] if damage == "middle" else b"")
    )


@pytest.mark.parametrize("what", ["main", "main^{tree}", "main:data", "main:data/instruments"])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_commit_or_a_folder_whose_object_is_damaged_is_told(
    repository: Path, what: str, is_there: bool
) -> None:
    path = loose(repository, what)
    path.write_bytes(b"\xff" * 40)
    if not is_there:
        path.unlink()

    with pytest.raises(ClusterGapError) as raised:
        find(repository)

    assert not isinstance(raised.value, DataError)
    assert "mean 'main'" not in str(raised.value)


def test_a_shallow_clone_says_that_it_may_lack_the_revision(
    repository: Path, tmp_path: Path
) -> None:
    git(repository, "tag", "old")
    commit(repository, dataset("New"))
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")

    shallow = tmp_path / "shallow"
    for name in ("old", "main~1", "HEAD^"):
        with pytest.raises(ClusterGapError, match="shallow") as raised:
            find(shallow, name)
        assert "git fetch --unshallow" in str(raised.value)
        assert "fetch-depth: 0" in str(raised.value)
    assert title(find(shallow)) == "New"


@pytest.fixture
def partial(repository: Path, tmp_path: Path) -> Path:
    """Clone the repository without the files of older revisions."""
    write(repository, {"README": "Old"})
    commit(repository, {"data/swot.yaml": SWOT + "# Old\n"})
    commit(repository, {"data/swot.yaml": SWOT, "README": "New"})
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repository}", "partial")
    return tmp_path / "partial"


def test_a_partial_clone_says_that_it_lacks_a_file_and_fetches_nothing(partial: Path) -> None:
    before = listing(partial)

    with pytest.raises((ClusterGapError, DataError)) as raised:
        load_dataset(find(partial, "main~1"))

    said = f"{raised.value}{getattr(raised.value, 'report', '')}"
    assert "this clone does not hold" in said
    assert "--filter" in said
    assert listing(partial) == before


def test_a_partial_clone_reads_what_it_holds(partial: Path) -> None:
    files = find(partial)

    assert title(files) == "Here"


def test_a_partial_clone_need_hold_the_files_of_the_dataset_only(partial: Path) -> None:
    git(partial, "cat-file", "-p", "main~1:data/swot.yaml")  # fetches it, but not the old README

    assert title(find(partial, "main~1")) == "Here"


def test_nothing_is_fetched_even_where_the_repository_allows_it(
    repository: Path, tmp_path: Path
) -> None:
    pwned = tmp_path / "pwned"
    evil = script(tmp_path / "evil", f"touch {pwned}; exit 1")
    config = f"""
[core]
\tsshCommand = {evil}
\trepositoryformatversion = 1
[extensions]
\tpartialClone = origin
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[remote "origin"]
\tpromisor = true
\tpartialclonefilter = blob:none
\tuploadpack = {evil}
\turl = """
    for url in (
        f"ext::{evil}",
        f"file://{repository}",
        "ssh://example.invalid/x",
        str(repository),
    ):
        clone = tmp_path / "clone"
        shutil.copytree(repository, clone)
        loose(clone, "main:data/instruments.yaml").unlink()
        path = clone / ".git" / "config"
        path.write_text(path.read_text(encoding="utf-8") + config + url + "\n", encoding="utf-8")

        with pytest.raises((ClusterGapError, DataError)):
            load_dataset(find(clone))
        assert not pwned.exists(), url
        subprocess.run(
            ["git", "cat-file", "-p", "main:data/instruments.yaml"],
            cwd=clone,
            check=False,
            capture_output=True,
        )
        assert pwned.exists(), f"the trap itself does not work: {url}"
        pwned.unlink()
        shutil.rmtree(clone)


# Which repository


def test_a_worktree_and_a_bare_repository_are_read(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "worktree"), "-b", "other")
    commit(tmp_path / "worktree", dataset("Other"))
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")

    assert title(find(tmp_path / "worktree", "HEAD")) == "Other"
    assert title(find(tmp_path / "worktree", "main")) == "Here"
    assert title(find(tmp_path / "bare.git", "other")) == "Other"
    assert Repository(tmp_path / "worktree" / "data").prefix == DATA
    assert Repository(tmp_path / "bare.git").prefix == PurePosixPath()


@pytest.mark.parametrize("name", ["a b", "日本", "é", "new\nline", "end\n", "'quoted'"])
def test_a_folder_is_known_by_its_way_from_the_top(repository: Path, name: str) -> None:
    (repository / name / "deep").mkdir(parents=True)

    assert Repository(repository / name / "deep").prefix == PurePosixPath(name, "deep")


def test_a_repository_with_longer_ids_is_read(tmp_path: Path) -> None:
    try:
        folder = make(tmp_path / "longer", "--object-format=sha256")
    except AssertionError:
        pytest.skip("this git knows one format of objects only")
    whole = commit(folder, WHOLE)

    files = find(folder, whole[:12])

    assert files.commit == whole
    assert len(whole) == 64
    assert title(files) == "Here"


def test_the_original_of_a_replaced_object_is_read(repository: Path) -> None:
    old = git(repository, "rev-parse", "main")
    new = commit(repository, dataset("New"))
    git(repository, "replace", old, new)
    files = [git(repository, "rev-parse", f"{one}:data/instruments.yaml") for one in (old, new)]
    assert git(repository, "show", f"{old}:data/instruments.yaml").count("New")

    assert title(find(repository, old)) == "Here"

    git(repository, "replace", "-d", old)
    git(repository, "replace", *files)
    assert title(find(repository, old)) == "Here"


def test_the_environment_of_a_hook_does_not_say_where_the_data_is(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make(tmp_path / "other")
    commit(other, dataset("Other"))
    for key, path in {
        "GIT_DIR": ".git",
        "GIT_COMMON_DIR": ".git",
        "GIT_OBJECT_DIRECTORY": ".git/objects",
        "GIT_INDEX_FILE": ".git/index",
        "GIT_WORK_TREE": ".",
    }.items():
        monkeypatch.setenv(key, str(other / path))
    monkeypatch.setenv("GIT_PREFIX", "elsewhere/")
    monkeypatch.setenv("GIT_NAMESPACE", "elsewhere")
    monkeypatch.setenv("GIT_REPLACE_REF_BASE", "refs/heads/")

    assert title(find(repository)) == "Here"
    assert Repository(repository / "data").prefix == DATA


def test_a_configured_working_tree_elsewhere_does_not_say_where_the_data_is(
    repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    git(repository, "config", "core.worktree", str(tmp_path / "elsewhere"))

    try:
        prefix = Repository(repository / "data").prefix
    except ClusterGapError:
        return  # as good an answer
    assert prefix == DATA


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_a_repository_of_somebody_else_is_not_read_and_the_way_out_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 12_345, 12_345)

    with pytest.raises(ClusterGapError, match="belongs to somebody else") as raised:
        Repository(repository)
    assert "safe.directory" in str(raised.value)
    assert "is in no repository" not in str(raised.value)

    (tmp_path / ".gitconfig").write_text(f"[safe]\n\tdirectory = {repository}\n", encoding="utf-8")
    assert title(find(repository)) == "Here"
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    assert title(find(repository)) == "Here"


@pytest.mark.parametrize(
    "config", ["[core\n", "[core]\n\tbare = perhaps\n", "[core]\nrepositoryformatversion = 99\n"]
)
def test_a_repository_that_git_cannot_read_is_told(repository: Path, config: str) -> None:
    (repository / ".git" / "config").write_text(config, encoding="utf-8")

    with pytest.raises(ClusterGapError) as raised:
        find(repository)

    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("content", ["gitdir: /nowhere\n", "", "gitdir: .git\n"])
def test_a_git_file_that_leads_nowhere_is_told(
    repository: Path, tmp_path: Path, content: str
) -> None:
    folder = tmp_path / "led"
    shutil.copytree(repository / "data", folder)
    (folder / ".git").write_text(content, encoding="utf-8")

    with pytest.raises(ClusterGapError):
        Repository(folder)


# Nothing is run, nothing is changed

HOOKS = (
    "fsmonitor-watchman",
    "post-checkout",
    "post-index-change",
    "pre-auto-gc",
    "reference-transaction",
)

PROGRAMS = (
    ("core", "fsmonitor"),
    ("core", "sshCommand"),
    ("core", "pager"),
    ("core", "editor"),
    ("core", "askPass"),
    ("core", "gitProxy"),
    ("core", "alternateRefsCommand"),
    ("diff", "external"),
    ('diff "evil"', "textconv"),
    ('diff "evil"', "command"),
    ('filter "evil"', "clean"),
    ('filter "evil"', "smudge"),
    ('filter "evil"', "process"),
    ('merge "evil"', "driver"),
    ("gpg", "program"),
    ("credential", "helper"),
    ("uploadpack", "packObjectsHook"),
)


@pytest.fixture
def trapped(repository: Path, tmp_path: Path) -> Path:
    """Make every place of the repository's that git takes a program from name one that leaves a trace."""
    evil = script(tmp_path / "evil", f"touch '{tmp_path}/pwned'; cat")
    write(repository, {".gitattributes": "* diff=evil filter=evil merge=evil\n"})
    commit(repository, {"data/swot.yaml": SWOT + "# Later\n"})
    for name in HOOKS:
        script(repository / ".git" / "hooks" / name, f"touch '{tmp_path}/pwned'")
        script(tmp_path / "hooks" / name, f"touch '{tmp_path}/pwned'")
    commands = ("cat-file", "ls-tree", "rev-parse", "for-each-ref")
    lines = [f'[core]\n\thooksPath = "{tmp_path}/hooks"']
    lines += [f'[{section}]\n\t{key} = "{evil}"' for section, key in PROGRAMS]
    lines += [f'[pager]\n\t{command} = "{evil}"' for command in commands]
    lines += [f'[alias]\n\t{command} = "!{evil}"' for command in commands]
    config = repository / ".git" / "config"
    config.write_text(
        "\n".join([config.read_text(encoding="utf-8"), *lines, ""]), encoding="utf-8"
    )
    return repository


def test_nothing_that_a_repository_names_is_run_and_nothing_is_changed(
    trapped: Path, tmp_path: Path
) -> None:
    before = listing(trapped)

    for revision in ("main", "main~1", "HEAD"):
        title(find(trapped, revision))
    for revision in ("mian", "main:data", "-x"):
        with pytest.raises(ClusterGapError):
            find(trapped, revision)

    assert not (tmp_path / "pwned").exists()
    assert listing(trapped) == before
    git(trapped, "status")
    assert (tmp_path / "pwned").exists(), "the trap itself does not work"


def test_a_repository_hidden_in_the_data_runs_nothing(trapped: Path, tmp_path: Path) -> None:
    data = trapped / "data"
    for name in ("HEAD", "config", "objects", "refs", "hooks"):
        source = trapped / ".git" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, data / name)
    found = Repository(data)

    with pytest.raises(ClusterGapError):
        found.commit("mian")
    found.commit("main")

    assert not (tmp_path / "pwned").exists()


# Which git


def test_without_git_it_is_told_what_needs_it(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ClusterGapError, match="git is not installed here"):
        Repository(repository)


@pytest.mark.parametrize("path", [".", "", "bin", "./bin", "nothing:.", ".:bin"])
def test_a_program_named_git_in_the_working_folder_is_not_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for place in (tmp_path, tmp_path / "bin", repository, repository / "bin"):
        script(place / "git", f"touch '{tmp_path}/pwned'")
    monkeypatch.setenv("PATH", path)

    for folder in (tmp_path, repository):
        monkeypatch.chdir(folder)
        with pytest.raises(ClusterGapError):
            Repository(repository)

    assert not (tmp_path / "pwned").exists()


def test_the_installed_git_is_used_though_the_path_begins_with_the_working_folder(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(repository / "git", f"touch '{tmp_path}/pwned'")
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(repository)

    assert title(find(repository)) == "Here"
    assert not (tmp_path / "pwned").exists()


def test_a_git_that_cannot_be_run_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = script(tmp_path / "bin" / "git", "")
    broken.write_bytes(b"\x7fELF nothing")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    with pytest.raises(ClusterGapError):
        Repository(repository)


@pytest.mark.parametrize("body", ["exit 0", "exit 1", "echo; exit 0", "kill -9 $$", "yes | head"])
def test_a_git_that_answers_nonsense_is_no_defect(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    path = os.environ["PATH"]
    script(tmp_path / "bin" / "git", body)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{path}")

    with pytest.raises(ClusterGapError):
        find(repository)

"""Changes of the data files in Python: what is planned is what the command line writes, and nothing is written unasked."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import clustergap as cg
from clustergap.cli.exit import Exit
from clustergap.saving.locking import LOCK_FILE, lock_dataset
from paths import ROOT
from repositories import be_nobody, commit, git, make, need_git
from running import run

Plan = Callable[[cg.PolicyData], cg.DataChange]

CHANGES: dict[str, tuple[tuple[str, ...], Plan]] = {
    "rename": (
        ("rename", "dih", "digital-hubs"),
        lambda data: data.rename("dih", "digital-hubs"),
    ),
    "rename of a kind": (
        ("rename", "role:social-economy", "social"),
        lambda data: data.rename("role:social-economy", "social"),
    ),
    "accept": (
        ("gaps", "--accept", "--reason", "Known", "--by", "Us", "--until", "2027-06"),
        lambda data: data.accept_gaps("Known", by="Us", until="2027-06"),
    ),
    "accept some": (
        ("gaps", "--accept", "--reason", "Known", "--level", "eu", "--role", "Social economy"),
        lambda data: data.accept_gaps("Known", level="eu", role=["Social economy"]),
    ),
}


@pytest.fixture(autouse=True)
def _beside_a_copy_of_the_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "data")


def texts(folder: str = "data") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_saved_is_what_the_command_writes(change: str) -> None:
    words, plan = CHANGES[change]
    shutil.copytree("data", "other")
    assert run(*words, "--data", "other").code == Exit.OK

    saved = plan(cg.read("data")).save()

    assert texts() == texts("other")
    assert {path.name for path in saved} == {
        name for name, text in texts().items() if text != (ROOT / "data" / name).read_bytes()
    }


@pytest.mark.parametrize("change", CHANGES)
def test_a_plan_shows_what_a_dry_run_shows_and_writes_nothing(change: str) -> None:
    words, plan = CHANGES[change]
    before = texts()

    shown = str(plan(cg.read("data")))

    assert shown == run(*words, "--dry-run", "--data", "data").out.rstrip("\n")
    assert texts() == before


def test_a_last_day_may_be_a_date() -> None:
    cg.read("data").accept_gaps("Known", until=date(2027, 6, 30)).save()

    accepted = cg.read("data").gaps().records()
    assert {gap["accepted until"] for gap in accepted} == {date(2027, 6, 30)}


def test_where_there_is_nothing_to_accept_nothing_is_written() -> None:
    cg.read("data").accept_gaps("Known").save()
    before = texts()

    change = cg.read("data").accept_gaps("Again")

    assert str(change) == "No gap to accept: each that is shown is accepted already"
    assert change.save() == ()
    assert texts() == before


def test_a_plan_says_in_short_what_it_is() -> None:
    assert repr(cg.read("data").rename("dih", "digital-hubs")) == (
        "DataChange(The id of the instrument 'dih' would become 'digital-hubs': 2 files)"
    )


def append(name: str) -> None:
    with Path("data", name).open("a", encoding="utf-8") as file:
        file.write("# edited\n")


@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml"])
def test_data_that_were_edited_behind_the_plan_are_not_overwritten(name: str) -> None:
    change = cg.read("data").accept_gaps("Known")
    append(name)
    before = texts()

    with pytest.raises(cg.ClusterGapError, match="have changed since they were read"):
        change.save()

    assert texts() == before


def test_data_that_say_something_else_by_now_are_not_changed_by_what_was_read_before() -> None:
    data = cg.read("data")
    cg.read("data").rename("dih", "digital-hubs").save()

    with pytest.raises(cg.ClusterGapError, match="have changed since they were read"):
        data.accept_gaps("Known")


def test_while_somebody_else_changes_the_data_nothing_is_written() -> None:
    change = cg.read("data").rename("dih", "digital-hubs")
    before = texts()

    with (
        lock_dataset(Path("data")),
        pytest.raises(cg.ClusterGapError, match="is being changed by"),
    ):
        change.save()

    assert texts() == before
    assert not Path("data", LOCK_FILE).exists()


def test_all_files_are_written_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    change = cg.read("data").rename("dih", "digital-hubs")
    before, replace = texts(), Path.replace

    def refuse(source: Path, target: Path) -> Path:
        if target.name == "swot.yaml":
            raise OSError(28, "No space left on device")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(cg.ClusterGapError, match=r"'data/swot.yaml' cannot be written"):
        change.save()

    assert texts() == before


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (lambda data: data.rename("dhi", "x"), "did you mean 'dih'?"),
        (lambda data: data.rename("dih", "D"), "'D' is not an id"),
        (lambda data: data.accept_gaps("r", until="soon"), "--until 'soon' is not a date"),
        (lambda data: data.accept_gaps("r", level="regin"), "Did you mean 'region'?"),
    ],
)
def test_what_cannot_be_is_refused_in_the_command_s_words(plan: Plan, said: str) -> None:
    with pytest.raises(cg.ClusterGapError) as refused:
        plan(cg.read("data"))

    assert said in str(refused.value)


def test_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match=r"rename\(\) takes a text for 'new', not int"):
        cg.read("data").rename("dih", 7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"accept_gaps\(\) takes no 'levl'; did you mean 'level'"):
        cg.read("data").accept_gaps("r", levl="eu")  # type: ignore[call-arg]


def test_the_packaged_deck_and_a_fragment_from_elsewhere_are_not_changed() -> None:
    fragment = Path("more.yaml")
    fragment.write_text("instruments: []\n", encoding="utf-8")

    with pytest.raises(cg.ClusterGapError, match="packaged deck is nobody's to change"):
        cg.deck().rename("dih", "digital-hubs")
    with pytest.raises(cg.ClusterGapError, match="with a fragment from elsewhere"):
        cg.read("data").with_fragment(fragment).rename("dih", "digital-hubs")


def test_a_dataset_above_is_changed_only_if_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path.cwd()
    monkeypatch.setattr(Path, "home", lambda: home)
    Path("deep").mkdir()
    monkeypatch.chdir("deep")

    with pytest.warns(UserWarning, match="above"):
        data = cg.read()

    with pytest.raises(cg.ClusterGapError, match="changed only if it is named"):
        data.rename("dih", "digital-hubs")


def test_a_revision_is_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_git()
    be_nobody(monkeypatch, tmp_path)
    folder = make(tmp_path / "project")
    files = {f"data/{path.name}": path.read_bytes() for path in (ROOT / "data").glob("*.yaml")}
    commit(folder, files)
    git(folder, "tag", "v1")
    monkeypatch.chdir(folder)

    with pytest.raises(cg.ClusterGapError, match="is no folder whose files could be changed"):
        cg.read("data", revision="v1").rename("dih", "digital-hubs")

"""``import clustergap``: what it shows, what it loads, and where it finds a dataset."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import clustergap as cg
from paths import ROOT
from repositories import be_nobody, git, make, need_git
from running import run

DECK = ROOT / "data"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLUSTERGAP_DATA", raising=False)


def test_to_import_the_package_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import clustergap; print(*sorted(set(sys.modules) - before))"

    loaded = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}"], capture_output=True, text=True, check=True)  # fmt: skip

    assert loaded.stdout.split() == ["clustergap"]


def test_what_the_package_shows_is_listed_and_there() -> None:
    assert dir(cg) == sorted(cg.__all__)
    assert {name for name in cg.__all__ if callable(getattr(cg, name))} == set(cg.__all__) - {
        "__version__"
    }
    with pytest.raises(AttributeError, match="has no attribute 'raed'"):
        cg.raed  # type: ignore[attr-defined]  # noqa: B018


def test_types_are_shipped_for_the_same_names() -> None:
    stub = (ROOT / "src/clustergap/__init__.pyi").read_text("utf-8")

    assert (ROOT / "src/clustergap/py.typed").exists()
    assert ast.literal_eval(stub.partition("__all__ = ")[2]) == cg.__all__


def test_a_path_is_a_text_or_a_path_to_a_folder_or_a_file() -> None:
    for path in (DECK, str(DECK), DECK / "instruments.yaml"):
        assert cg.read(path).dataset == cg.deck().dataset


def test_the_deck_says_of_itself_that_it_is_an_example() -> None:
    assert cg.deck().matrix().record()["dataset"]["note"].startswith("example data")


def test_without_a_path_data_are_found_as_by_the_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.warns(
        UserWarning, match="no dataset is found, so this is the packaged deck"
    ) as told:
        assert cg.read().location.path is None
    assert [f"note: {each.message}\n" for each in told] == [run("matrix", "-f", "json").err]

    Path("data").symlink_to(DECK)
    assert cg.read().location.path == "data"
    monkeypatch.setenv("CLUSTERGAP_DATA", str(ROOT / "examples/industry-4-0-2017"))
    assert "2017" in str(cg.read().location.path)


def test_a_file_that_is_not_read_is_warned_of() -> None:
    folder = Path("mine")
    folder.mkdir()
    for name in ("instruments.yaml", "Swot.yaml"):
        source = DECK / name.lower()
        (folder / name).write_bytes(source.read_bytes())

    with pytest.warns(UserWarning, match="is not read") as told:
        cg.read(folder)

    shown = run("matrix", "--data", "mine", "-f", "json").err
    assert [f"note: {each.message}" for each in told] == shown.splitlines()


def test_a_dataset_is_read_as_it_was_in_a_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_git()
    be_nobody(monkeypatch, tmp_path)
    repository = make(tmp_path / "repo")
    file = repository / "data/instruments.yaml"
    file.parent.mkdir()
    text = (DECK / "instruments.yaml").read_text("utf-8")
    for title in ("title: ", "title: New "):
        file.write_text(text.replace("title: ", title, 1), "utf-8")
        git(repository, "add", ".")
        git(repository, "commit", "-q", "-m", title)

    then, now = cg.read(file.parent, revision="HEAD~1"), cg.read(file.parent)

    assert now.dataset.title == f"New {then.dataset.title}"
    assert then.origin.commit == git(repository, "rev-parse", "HEAD~1").strip()
    with pytest.raises(cg.ClusterGapError, match="'nowhere'"):
        cg.read(file.parent, revision="nowhere")

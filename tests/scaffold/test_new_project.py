"""What a new project's folder gets, planned before anything is written."""

from pathlib import Path

import pytest

from clustergap.errors import ClusterGapError
from clustergap.scaffold import (
    PROJECT,
    check_title,
    data_files,
    empty_data_files,
    empty_dataset,
    has_data,
    plan_project,
    support_files,
)

DATA = {"data/instruments.yaml": "title: New\n", "data/swot.yaml": "items: []\n"}


def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    project = plan_project(folder, DATA, is_forced=False)

    assert not folder.exists()
    assert project.files.keys() == {folder / name for name in (*DATA, *support_files())}
    assert (project.overwritten, project.kept) == ([], [])
    assert project.files[folder / "data/instruments.yaml"] == b"title: New\n"


def test_what_stands_around_the_data_is_kept_even_if_data_are_overwritten(tmp_path: Path) -> None:
    hook, main = tmp_path / ".pre-commit-config.yaml", tmp_path / "data/instruments.yaml"
    main.parent.mkdir()
    for path in (hook, main):
        path.write_text("old", encoding="utf-8")

    project = plan_project(tmp_path, DATA, is_forced=True)

    assert (project.overwritten, project.kept) == ([main], [hook])
    assert main in project.files
    assert hook not in project.files


def test_data_that_are_there_are_overwritten_only_if_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/swot.yaml").write_text("old", encoding="utf-8")

    with pytest.raises(ClusterGapError, match="is there already; nothing was written"):
        plan_project(tmp_path, DATA, is_forced=False)


@pytest.mark.parametrize("is_forced", [True, False])
def test_a_folder_that_is_a_dataset_itself_becomes_no_project(
    is_forced: bool, tmp_path: Path
) -> None:
    (tmp_path / "instruments.yaml").write_text("old", encoding="utf-8")

    with pytest.raises(ClusterGapError, match="so this is a dataset"):
        plan_project(tmp_path, DATA, is_forced=is_forced)


@pytest.mark.parametrize("name", ["instruments.yaml", "data/instruments.yaml", "data/swot.yaml"])
def test_a_project_has_data_as_soon_as_one_of_its_files_is_there(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    assert not has_data(tmp_path)

    (tmp_path / name).symlink_to("nothing")

    assert has_data(tmp_path)


def test_the_example_has_no_licence_of_its_own() -> None:
    assert data_files(PROJECT).keys() == DATA.keys()


def test_an_empty_dataset_has_the_title_that_it_is_given() -> None:
    text = empty_data_files("A: b")["data/instruments.yaml"]

    assert '\ntitle: "A: b"\n' in text
    assert empty_dataset("A: b").title == "A: b"
    assert empty_dataset(None).title == ""


@pytest.mark.parametrize("title", ["", " ", "a\nb", "a\tb", "x" * 301, "a\x07b"])
def test_what_cannot_be_written_on_one_line_is_no_title(title: str) -> None:
    with pytest.raises(ClusterGapError, match="--title"):
        check_title(title)


def test_three_hundred_characters_are_a_title() -> None:
    check_title("x" * 300)

"""Which files make a dataset, from whichever of them the user names."""

import os
from pathlib import Path

import pytest

from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import DatasetFiles, PassedOver, find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make the files of a dataset, all empty."""
    dataset = tmp_path / "data"
    (dataset / "instruments").mkdir(parents=True)
    for name in ("instruments.yaml", "swot.yaml", "instruments/ro.yaml", "instruments/be.yaml"):
        (dataset / name).touch()
    return dataset


def test_a_folder_means_its_files(folder: Path) -> None:
    assert find_files(folder) == DatasetFiles(
        folder / "instruments.yaml",
        (folder / "instruments" / "be.yaml", folder / "instruments" / "ro.yaml"),
        folder / "swot.yaml",
    )


@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml", "instruments/ro.yaml"])
def test_a_file_of_a_dataset_means_the_whole(folder: Path, name: str) -> None:
    assert find_files(folder / name) == find_files(folder)


@pytest.mark.parametrize("name", ["instruments.yaml", "./swot.yaml", "instruments/ro.yaml", "."])
def test_a_file_named_from_within_its_folder_means_the_whole(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    assert [path.name for path in find_files(Path(name)).fragments] == ["be.yaml", "ro.yaml"]


@pytest.mark.parametrize("name", ["ro.yaml", "./ro.yaml", "../instruments/ro.yaml"])
def test_a_fragment_named_from_within_its_folder_means_the_whole(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "instruments")

    files = find_files(Path(name))

    assert files.main.resolve() == folder / "instruments.yaml"


def test_a_file_of_another_name_stands_alone(folder: Path) -> None:
    (folder / "draft.yaml").touch()

    assert find_files(folder / "draft.yaml") == DatasetFiles(folder / "draft.yaml")


def test_a_swot_or_a_fragment_without_a_dataset_stands_alone(folder: Path) -> None:
    (folder / "instruments.yaml").unlink()

    for name in ("swot.yaml", "instruments/ro.yaml"):
        assert find_files(folder / name) == DatasetFiles(folder / name)


def test_a_dataset_need_not_have_a_swot_nor_fragments(tmp_path: Path) -> None:
    main = tmp_path / "instruments.yaml"
    main.touch()

    assert find_files(tmp_path) == find_files(main) == DatasetFiles(main)


def test_fragments_come_in_the_order_of_their_names(folder: Path) -> None:
    for name in ("Z.yaml", "a.yaml", "10.yaml", "9.yaml", "é.yaml", "be-2.yaml", "be.x.yaml"):
        (folder / "instruments" / name).touch()

    names = [path.name for path in find_files(folder).fragments]

    assert names == sorted(names)
    assert names[:4] == ["10.yaml", "9.yaml", "Z.yaml", "a.yaml"]


@pytest.mark.parametrize("name", ["ro.yml", "ro.YML", "ro.json", "ro.YAML", "ro.Yaml"])
def test_what_looks_like_a_fragment_but_is_not_read_is_told(folder: Path, name: str) -> None:
    (folder / "instruments" / name).touch()

    files = find_files(folder)

    assert files.passed_over == (
        PassedOver(folder / "instruments" / name, "fragments end in .yaml"),
    )
    assert len(files.fragments) == 2


@pytest.mark.parametrize("name", [".ro.yaml", ".ro.yml", "README.md", "ro.yaml.bak", "ro.yaml~"])
def test_hidden_files_and_files_that_are_no_data_are_passed_over(folder: Path, name: str) -> None:
    (folder / "instruments" / name).touch()

    files = find_files(folder)

    assert files.passed_over == ()
    assert len(files.fragments) == 2


def test_a_file_in_the_place_of_the_fragments_is_no_fragment(tmp_path: Path) -> None:
    (tmp_path / "instruments.yaml").touch()
    (tmp_path / "instruments").touch()

    assert find_files(tmp_path).fragments == ()


@pytest.mark.parametrize("name", ["nothing", "nothing/instruments.yaml", "a\0b", "a\nb\x1b.yaml"])
def test_a_path_to_nothing_is_no_dataset(tmp_path: Path, name: str) -> None:
    with pytest.raises(ClusterGapError, match="does not exist") as raised:
        find_files(tmp_path / name)

    assert str(raised.value).isprintable()


@pytest.mark.parametrize(("name", "times"), [("a", 300), ("a/", 3_000)])
def test_a_path_that_cannot_be_is_no_dataset(tmp_path: Path, name: str, times: int) -> None:
    with pytest.raises(ClusterGapError):
        find_files(tmp_path / (name * times))


def test_a_path_below_a_file_is_no_dataset(folder: Path) -> None:
    with pytest.raises(ClusterGapError):
        find_files(folder / "swot.yaml" / "instruments.yaml")


def test_a_folder_without_a_dataset_is_none(tmp_path: Path) -> None:
    with pytest.raises(ClusterGapError, match=r"there is no instruments\.yaml in"):
        find_files(tmp_path)


def test_what_is_not_there_is_named_as_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ClusterGapError) as raised:
        find_files(Path("empty"))
    assert str(raised.value) == "there is no instruments.yaml in 'empty'"

    with pytest.raises(ClusterGapError) as raised:
        find_files(Path("empty/gone.yaml"))
    assert str(raised.value) == "'empty/gone.yaml' does not exist"


@pytest.mark.parametrize("name", ["instruments.yaml", "other.yaml"])
def test_a_link_to_nothing_is_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("nothing")

    with pytest.raises(ClusterGapError):
        find_files(tmp_path / name)


@pytest.mark.parametrize("name", ["instruments.yaml", "other.yaml"])
def test_a_loop_of_links_a_pipe_or_a_device_is_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.symlink_to(name)
    assert find_files(path).main == path

    path.unlink()
    os.mkfifo(path)
    assert find_files(path).main == path


@pytest.mark.parametrize("name", ["instruments.yaml", "other.yaml"])
def test_a_loop_of_several_links_is_there_and_a_chain_to_nothing_is_not(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).symlink_to("there")
    (tmp_path / "there").symlink_to("back")

    with pytest.raises(ClusterGapError, match="does not exist"):
        find_files(tmp_path / name)
    (tmp_path / "back").symlink_to(name)
    assert find_files(tmp_path / name).main == tmp_path / name


def test_a_swot_that_is_a_broken_link_is_there_to_be_refused(folder: Path) -> None:
    (folder / "swot.yaml").unlink()
    (folder / "swot.yaml").symlink_to("nothing")

    assert find_files(folder).swot == folder / "swot.yaml"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
@pytest.mark.parametrize("closed", ["data", "data/instruments"])
def test_a_folder_that_may_not_be_looked_into_is_told(folder: Path, closed: str) -> None:
    (folder.parent / closed).chmod(0)

    try:
        with pytest.raises(ClusterGapError):
            find_files(folder)
    finally:
        (folder.parent / closed).chmod(0o700)


def test_files_are_named_as_the_user_knows_them(folder: Path) -> None:
    files = find_files(folder)
    shown = DatasetFiles(files.main, files.fragments, files.swot, shown_as="data")

    assert files.name_of(files.fragments[0]) == f"{folder.as_posix()}/instruments/be.yaml"
    assert shown.name_of(files.fragments[0]) == "data/instruments/be.yaml"
    assert shown.name_of(files.main) == "data/instruments.yaml"

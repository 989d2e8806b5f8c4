"""What is typed to add an extra, by how the program was installed: what its installer left in its folder, and where it came from."""

import json
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from clustergap.installation import EXTRAS, PROJECT_URL, command_to_add, how_to_add
from paths import ROOT

FROM_GIT = json.dumps(
    {
        "url": "https://github.com/acme/clustergap",
        "vcs_info": {"vcs": "git", "commit_id": "c0ffee", "requested_revision": "v0.1.0"},
    }
)
BY_COMMIT = json.dumps(
    {
        "url": "https://github.com/acme/clustergap",
        "vcs_info": {"vcs": "git", "commit_id": "c0ffee"},
    }
)
FROM_FILE = json.dumps(
    {"url": "file:///C:/Users/ana/clustergap-0.1.0-py3-none-any.whl", "archive_info": {}}
)
FROM_FOLDER = json.dumps({"url": "file:///home/ana/clustergap", "dir_info": {}})
EDITABLE = json.dumps({"url": "file:///home/ana/clustergap", "dir_info": {"editable": True}})


def environment(folder: Path, *files: str, settings: str = "home = /usr/bin\n") -> Path:
    """A folder as an installer leaves it, with these files at its top."""
    folder.mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    for name in files:
        (folder / name).touch()
    return folder


def test_beside_pip_it_is_pip(tmp_path: Path) -> None:
    prefix = environment(tmp_path / ".venv")

    assert command_to_add("pdf", prefix, None) == 'pip install "clustergap[pdf]"'


def test_without_a_virtual_environment_it_is_pip(tmp_path: Path) -> None:
    assert command_to_add("png", tmp_path, None) == 'pip install "clustergap[png]"'


@pytest.mark.parametrize(
    "home", [".local/share/pipx/venvs/clustergap", "tools of mine/clustergap"]
)
def test_what_pipx_installed_pipx_installs_anew_wherever_its_folder_is(
    home: str, tmp_path: Path
) -> None:
    # Newer ones make their environments by uv.
    prefix = environment(tmp_path / home, "pipx_metadata.json", settings="uv = 0.13.9\n")

    assert command_to_add("pdf", prefix, None) == 'pipx install --force "clustergap[pdf]"'


@pytest.mark.parametrize("home", [".local/share/uv/tools/clustergap", "tools of mine/clustergap"])
def test_what_uv_installed_as_a_tool_uv_installs_with_the_extra(home: str, tmp_path: Path) -> None:
    prefix = environment(tmp_path / home, "uv-receipt.toml", settings="uv = 0.13.9\n")

    assert command_to_add("office", prefix, None) == 'uv tool install "clustergap[office]"'


def test_in_an_environment_that_uv_made_it_is_uv_which_put_no_pip_there(tmp_path: Path) -> None:
    prefix = environment(tmp_path / ".venv", settings="home = /usr/bin\nuv = 0.13.9\n")

    assert command_to_add("pdf", prefix, None) == 'uv pip install "clustergap[pdf]"'


def test_what_uvx_only_runs_is_run_with_the_extra(tmp_path: Path) -> None:
    prefix = environment(tmp_path / "uv/archive-v0/VRxcXm9X2APpq_1S", settings="uv = 0.13.9\n")

    assert command_to_add("pdf", prefix, None) == 'uvx --from "clustergap[pdf]" clustergap'


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        ("pipx_metadata.json", 'pipx install --force "clustergap[office,pdf,png]"'),
        ("uv-receipt.toml", 'uv tool install "clustergap[office,pdf,png]"'),
        ("nothing", 'pip install "clustergap[pdf]"'),
    ],
)
def test_what_installs_the_program_anew_names_the_extras_that_it_has_again(
    mark: str, command: str, tmp_path: Path
) -> None:
    prefix = environment(tmp_path / "clustergap", mark)

    assert command_to_add("pdf", prefix, None, ["png", "office"]) == command


def test_an_extra_is_there_if_all_that_it_needs_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prefix = environment(tmp_path / "clustergap", "uv-receipt.toml")
    folder = tmp_path / "clustergap-1.dist-info"
    folder.mkdir()
    needed = {"office": ["pytest", "not-there"], "png": ["pytest>=1,<99"], "dev": ["pytest"]}
    lines = [f'Requires-Dist: {one}; extra == "{name}"' for name in needed for one in needed[name]]
    (folder / "METADATA").write_text("\n".join(["Name: clustergap", *lines, ""]), "utf-8")
    found = metadata.distribution
    monkeypatch.setattr(
        metadata,
        "distribution",
        lambda name: metadata.Distribution.at(folder) if name == "clustergap" else found(name),
    )
    monkeypatch.setattr("sys.prefix", str(prefix))

    assert how_to_add("pdf") == 'uv tool install "clustergap[pdf,png]"'


@pytest.mark.parametrize("extra", EXTRAS)
def test_each_extra_that_is_told_of_is_one(extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")

    assert extra in project["optional-dependencies"]
    assert f"| `{extra}` |" in page


@pytest.mark.parametrize(
    ("direct_url", "source"),
    [
        (FROM_GIT, " @ git+https://github.com/acme/clustergap@v0.1.0"),
        (BY_COMMIT, " @ git+https://github.com/acme/clustergap@c0ffee"),
        (FROM_FILE, " @ file:///C:/Users/ana/clustergap-0.1.0-py3-none-any.whl"),
        (FROM_FOLDER, " @ file:///home/ana/clustergap"),
        (EDITABLE, ""),
        (None, ""),
    ],
)
def test_an_extra_is_of_the_same_origin_as_the_program(
    direct_url: str | None, source: str, tmp_path: Path
) -> None:
    prefix = environment(tmp_path / "clustergap", "uv-receipt.toml")

    typed = command_to_add("pdf", prefix, direct_url)

    assert typed == f'uv tool install "clustergap[pdf]{source}"'


def test_a_program_that_nobody_installed_is_told_of_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", refuse)
    monkeypatch.setattr("sys.prefix", str(tmp_path))

    assert how_to_add("pdf") == 'pip install "clustergap[pdf]"'


def test_the_project_has_one_address() -> None:
    assert PROJECT_URL.startswith("https://github.com/")
    assert PROJECT_URL.endswith("/clustergap")

"""What is published: the wheel's declarations, and a source distribution in which the tests find what they read."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from importlib.util import find_spec
from pathlib import Path

import pytest

from paths import ROOT
from tools import needed

LICENCE = "MIT AND CC-BY-4.0 AND OFL-1.1 AND Unicode-3.0"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel and a source distribution of this checkout."""
    needed(find_spec("hatchling"), "needs hatchling, which builds what is published")
    folder = tmp_path_factory.mktemp("published")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return folder


def metadata_of(published: Path) -> Message:
    (wheel,) = published.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def names_in_the_sdist(published: Path) -> set[str]:
    (sdist,) = published.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_wheel_declares_the_licences_of_all_that_it_holds(published: Path) -> None:
    metadata = metadata_of(published)

    assert metadata["License-Expression"] == LICENCE
    assert metadata.get_all("License-File") == [
        "LICENSE",
        "data/LICENSE",
        "src/clustergap/reference/UNICODE.txt",
        "src/clustergap/writers/fonts/OFL.txt",
    ]


def test_the_wheel_holds_the_types_of_what_python_users_call(published: Path) -> None:
    (wheel,) = published.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert {"clustergap/py.typed", "clustergap/__init__.pyi", "clustergap/__init__.py"} <= names
    assert "clustergap/writers/templates/fragment.css" in names


def test_each_licence_of_the_expression_has_its_text() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first_words = {"MIT": "MIT License", "CC-BY-4.0": "(CC BY 4.0)", "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1", "Unicode-3.0": "UNICODE LICENSE V3"}  # fmt: skip

    assert project["license"] == LICENCE
    assert project["license"].split(" AND ") == list(first_words)
    for file, words in zip(project["license-files"], first_words.values(), strict=True):
        assert words in (ROOT / file).read_text(encoding="utf-8")


def test_below_the_versions_that_are_declared_commands_have_failed(published: Path) -> None:
    needs = metadata_of(published).get_all("Requires-Dist", [])

    assert {"typer>=0.26", "xlsxwriter>=3.2.5"} <= set(needs)


def test_no_private_name_of_a_library_that_changes_them_is_used() -> None:
    code = {path: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")}

    imported = r"^\s*(?:from|import) +(?:typer|xlsxwriter)(?:\.\w+)*\._|^\s*from +(?:typer|xlsxwriter)\b.* import .*\b_"
    assert [path for path, text in code.items() if re.search(imported, text, re.MULTILINE)] == []
    # ruff refuses an attribute that is private, unless a line says otherwise.
    assert [path for path, text in code.items() if "SLF001" in text] == []


def test_the_source_distribution_holds_every_file_of_the_repository(published: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, timeout=60
    )
    tracked = {name for name in listing.stdout.decode().split("\0") if (ROOT / name).is_file()}

    assert len(tracked) > 500
    assert tracked - names_in_the_sdist(published) == set()


def test_the_source_distribution_holds_nothing_that_a_checkout_has_made(published: Path) -> None:
    names = names_in_the_sdist(published)

    made = (".venv/", ".git/", "dist/", "build/", "__pycache__/", ".hypothesis/", ".mypy_cache/")
    assert [name for name in names if any(f"/{one}" in f"/{name}" for one in made)] == []

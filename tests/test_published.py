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

from clustergap import __version__
from clustergap.installation import PROJECT_URL
from paths import ROOT
from tools import load_script, needed

LICENCE = "MIT AND CC-BY-4.0 AND OFL-1.1 AND Unicode-3.0"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel and a source distribution of this checkout."""
    for builder in ("hatchling", "hatch_fancy_pypi_readme"):
        needed(find_spec(builder), f"needs {builder}, which builds what is published")
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


def test_the_readme_of_an_index_links_to_the_files_of_its_version(published: Path) -> None:
    text = str(metadata_of(published).get_payload())

    targets = re.findall(r"\]\(([^)]+)\)", text)
    pictures = [target for target in targets if target.endswith((".png", ".svg"))]
    pages = f"{PROJECT_URL}/blob/v{__version__}/"

    assert len(targets) > 20
    assert [one for one in targets if not one.startswith(("https://", "#"))] == []
    assert f"{pages}docs/reference/data-model.md" in targets
    assert f"{PROJECT_URL}/raw/v{__version__}/docs/gap-map.png" in pictures
    assert {one.removesuffix(Path(one).name) for one in pictures} == {
        f"{PROJECT_URL}/raw/v{__version__}/docs/"
    }
    here = [one.removeprefix(pages).partition("#")[0] for one in targets if one.startswith(pages)]
    assert [name for name in here if not (ROOT / name).exists()] == []


def test_the_wheel_names_where_the_project_is(published: Path) -> None:
    urls = dict(one.split(", ") for one in metadata_of(published).get_all("Project-URL", []))

    assert set(urls) == {"Homepage", "Documentation", "Issues", "Changelog", "Security"}
    assert urls["Homepage"] == PROJECT_URL
    assert all(url.startswith(PROJECT_URL) for url in urls.values())


INSTALLED_BY = {"README.md": 1, "docs/how-to/install.md": 5, "docs/how-to/shared-data.md": 4}
"""Pages that install the program, and how often each says the version."""

OFFERED = (*INSTALLED_BY, "SECURITY.md", "CITATION.cff", "pyproject.toml")


@pytest.mark.parametrize("name", OFFERED)
def test_every_file_names_the_same_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    owners = set(re.findall(r"([\w-]+)/clustergap(?:@|/|\"|\s|$)", text)) - {"src", "tests", "."}

    assert f"https://github.com/{''.join(owners)}/clustergap" == PROJECT_URL


@pytest.mark.parametrize(("name", "times"), INSTALLED_BY.items())
def test_what_a_page_installs_is_this_version(name: str, times: int) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    named = re.findall(r"(?:tags/|clustergap@|rev: )v(\d+\.\d+\.\d+)", text)

    assert named == [__version__] * times


# Releases


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a file that names the placeholder, one that does not, and a test."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "README.md").write_text(
        "# a\n\ngit+https://github.com/OWNER/clustergap\n", "utf-8"
    )
    (tmp_path / "LICENSE").write_text("MIT\n", "utf-8")
    (tmp_path / "tests" / "test_a.py").write_text("'OWNER/clustergap'\n", "utf-8")
    for command in (["init", "-q"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, timeout=60)
    return tmp_path


def test_a_release_is_refused_while_the_address_is_a_placeholder(repository: Path) -> None:
    release = load_script("release")

    places = list(release.placeholders(repository))

    assert places == ["README.md:3"]
    assert release.refusal(places) == (
        "README.md:3\nno release: the address of the project is a placeholder in the lines above. Put the account"
        " that publishes it for OWNER in each OWNER/clustergap, commit, and try again"
    )


def test_a_release_is_not_refused_once_somebody_publishes_it(repository: Path) -> None:
    readme = repository / "README.md"
    readme.write_text(readme.read_text("utf-8").replace("OWNER", "acme"), "utf-8")

    assert list(load_script("release").placeholders(repository)) == []


def test_a_release_looks_wherever_the_address_is_published() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    if "/OWNER/" not in PROJECT_URL:
        pytest.skip("somebody publishes it")

    places = {place.partition(":")[0] for place in load_script("release").placeholders(ROOT)}

    assert {*OFFERED, "src/clustergap/installation.py"} <= places
    assert not [place for place in places if place.startswith("tests/")]

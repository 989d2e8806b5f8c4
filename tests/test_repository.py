"""What a repository of data is offered: the hook and the action, both run for real in repositories made here.

They install the program as their users' machines do, which needs git, bash, and pip's packages.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from paths import ROOT
from running import run

BIN = Path(sys.executable).parent
MINUTES = 5 * 60
SHIPPED = (
    "src",
    "data",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
    "action.yml",
)
MISSPELT, RIGHT = "      social-econmy@region: full", "      social-economy@region: full"


def _lacking() -> str | None:
    for tool in ("git", "bash"):
        if shutil.which(tool) is None:
            return f"needs {tool}"
    return None


@pytest.fixture(autouse=True)
def _tools() -> None:
    lacking = _lacking()
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout's program as a repository of its own, with one commit."""
    folder = tmp_path_factory.mktemp("released")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    _commit_all(folder)
    return folder


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the deck, in which a pull request misspells a role."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "--from", "deck", "-q").code == 0
    _commit_all(tmp_path)
    return tmp_path


def misspell(repository: Path) -> int:
    """Misspell a role as a contributor would; return the line."""
    path = repository / "data" / "instruments.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(RIGHT) == 1
    path.write_text(text.replace(RIGHT, MISSPELT), encoding="utf-8")
    return text[: text.index(RIGHT)].count("\n") + 1


# The hook


@pytest.mark.exhaustive
def test_the_hook_is_installed_lets_the_deck_through_and_stops_a_misspelt_role(
    released: Path, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    revision = _git(released, "rev-parse", "HEAD").strip()
    hook = {"repo": str(released), "rev": revision, "hooks": [{"id": "clustergap-check"}]}

    assert_the_hook_stops_a_misspelt_role(hook, repository, tmp_path_factory.mktemp("home"))


def test_the_hook_lets_the_deck_through_and_stops_a_misspelt_role(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # As it is declared, but run with the program that is installed already.
    (declared,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    entry = f"{BIN}/{declared['entry']}"
    hook = {"repo": "local", "hooks": [{**declared, "language": "system", "entry": entry}]}

    assert_the_hook_stops_a_misspelt_role(hook, repository, tmp_path_factory.mktemp("home"))


def assert_the_hook_stops_a_misspelt_role(
    hook: Mapping[str, object], repository: Path, home: Path
) -> None:
    config = repository / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": [hook]}), encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]

    right = _run(repository, [*command, "--all-files"], PRE_COMMIT_HOME=str(home))
    line = misspell(repository)
    _git(repository, "add", "--all")
    wrong = _run(repository, command, PRE_COMMIT_HOME=str(home))

    assert right.returncode == 0, right.stdout + right.stderr
    assert wrong.returncode == 1
    assert f"data/instruments.yaml:{line}:7: error CG201 unknown-role" in wrong.stdout
    assert "did you mean 'social-economy'?" in wrong.stdout


def test_the_hook_looks_at_data_files_only() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    names = (
        "data/instruments.yaml",
        "swot.yaml",
        "data/instruments/ro.yaml",
        "mkdocs.yaml",
        "instruments.yaml.md",
    )

    assert [name for name in names if re.search(hook["files"], name)] == list(names[:3])


# The action


@pytest.fixture(scope="module")
def runner(
    released: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Mapping[str, str]:
    """The environment of a runner on which the action's first step has installed the program.

    For a sample it is the program that is installed already.
    """
    folder = tmp_path_factory.mktemp("runner")
    environment = {"RUNNER_TEMP": str(folder), "GITHUB_ACTIONS": "true"}
    if pytestconfig.getoption("exhaustive"):
        installed = _step("install", released, {"python": sys.executable}, environment, released)
        assert installed.returncode == 0, installed.stderr
    else:
        (folder / "clustergap").symlink_to(BIN.parent, target_is_directory=True)
    return environment


def test_the_action_passes_the_deck_and_sums_it_up(
    released: Path, repository: Path, runner: Mapping[str, str]
) -> None:
    done = _step("check", released, {}, {**runner, **_files(repository)}, repository)

    summary = (repository / "summary").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == ["::notice"] * 3
    assert "3 notes in 2 files" in summary
    assert "| Social economy | EU |" in summary


def test_the_action_annotates_the_line_of_a_misspelt_role_and_fails(
    released: Path, repository: Path, runner: Mapping[str, str]
) -> None:
    line = misspell(repository)

    done = _step("check", released, {}, {**runner, **_files(repository)}, repository)

    sarif = Path(runner["RUNNER_TEMP"]) / "clustergap.sarif"
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        f"::error file=data/instruments.yaml,line={line},col=7,endColumn=20,title=CG201 unknown-role"
        "::'social-econmy' is not a role%0Adid you mean 'social-economy'?"
    )
    assert f'"startLine": {line}' in sarif.read_text(encoding="utf-8")
    assert (repository / "output").read_text(encoding="utf-8") == f"sarif={sarif}\n"
    assert "CG201" in (repository / "summary").read_text(encoding="utf-8")


def test_the_action_can_be_a_gate_on_gaps_and_on_warnings(
    released: Path, repository: Path, runner: Mapping[str, str]
) -> None:
    environment = {**runner, **_files(repository)}

    gate = _step("check", released, {"fail-on": "none"}, environment, repository)
    data = repository / "data" / "instruments.yaml"
    data.write_text(
        data.read_text(encoding="utf-8") + "\n  social-economy@eu: partial\n", encoding="utf-8"
    )
    lenient = _step("check", released, {}, environment, repository)
    strict = _step("check", released, {"strict": "true"}, environment, repository)

    assert gate.returncode == 1
    assert (lenient.returncode, strict.returncode) == (0, 1)


def test_no_file_of_a_pull_request_switches_the_action_off_unless_it_may(
    released: Path, repository: Path, runner: Mapping[str, str]
) -> None:
    environment = {**runner, **_files(repository)}
    config = repository / "clustergap.toml"
    config.write_text('fail_on = "none"\n', encoding="utf-8")

    unheard = _step("check", released, {}, environment, repository)
    empty = _step("check", released, {"config": ""}, environment, repository)
    told = _step("check", released, {"config": "clustergap.toml"}, environment, repository)
    misspell(repository)
    config.write_text("select = ['CG3']\n", encoding="utf-8")
    gate = _step("check", released, {}, environment, repository)

    assert (unheard.returncode, empty.returncode, told.returncode) == (0, 0, 1)
    assert gate.returncode == 1
    assert "CG201" in gate.stdout


@pytest.mark.exhaustive
def test_the_action_takes_several_datasets_and_no_option_from_a_name(
    released: Path, repository: Path, runner: Mapping[str, str]
) -> None:
    environment = {**runner, **_files(repository)}
    shutil.copytree(repository / "data", repository / "-o data")

    both = _step("check", released, {"data": "data\n-o data\n"}, environment, repository)
    missing = _step("check", released, {"data": "elsewhere"}, environment, repository)

    assert both.returncode == 0, both.stderr
    assert "6 notes in 4 files" in (repository / "summary").read_text(encoding="utf-8")
    assert missing.returncode == 2


def _step(
    id_: str, action: Path, inputs: Mapping[str, str], environment: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run one step of the action as GitHub's runner does."""
    text = (action / "action.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    values = {f"inputs.{key}": one.get("default", "") for key, one in document["inputs"].items()}
    values |= {f"inputs.{key}": value for key, value in inputs.items()}
    values |= {"github.action_path": str(action)}
    step = next(step for step in document["runs"]["steps"] if step["id"] == id_)
    assert "${{" not in step["run"], "a value in the script itself could be a command"
    given = {
        key: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: values[match[1]], value)
        for key, value in step["env"].items()
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return _run(folder, shell, **environment, **given)


def _files(folder: Path) -> Mapping[str, str]:
    return {
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }


def _commit_all(folder: Path) -> None:
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "All")


def _git(folder: Path, *arguments: str) -> str:
    done = _run(folder, ["git", *arguments])
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(folder: Path, command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    # A hook of git's that runs these tests has named its own repository.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        command,
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=MINUTES,
        check=False,
        stdin=subprocess.DEVNULL,
    )

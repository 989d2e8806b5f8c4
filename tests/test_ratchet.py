"""The ratchet of docs/how-to/shared-data.md: its own steps, run by a shell in a pull request's checkout made here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from paths import ROOT
from running import run

PAGE = (ROOT / "docs" / "how-to" / "shared-data.md").read_text(encoding="utf-8")
ACCEPTED = """\
accepted_gaps:
  social-economy@eu: {reason: The action plan is being written, by: DG GROW, until: 2027-12-31}
  social-economy@country: {reason: Not this year}
"""
COVER = "      internationalisation@region: full\n"


@pytest.fixture(autouse=True)
def _tools() -> None:
    lacking = [tool for tool in ("git", "bash") if shutil.which(tool) is None]
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(f"needs {lacking[0]}")
    if lacking:
        pytest.skip(f"needs {lacking[0]}")


def steps() -> list[str]:
    """Return the shell steps of the page's workflow that run clustergap."""
    (block,) = re.findall(r"```yaml\n(on: pull_request\n.*?)```", PAGE, re.DOTALL)
    workflow: dict[str, Any] = yaml.safe_load(block)
    shell = [step["run"] for step in workflow["jobs"]["ratchet"]["steps"] if "run" in step]
    return [step for step in shell if step.startswith("clustergap")]


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pull request's checkout: the deck with its gaps accepted on origin/main, nothing edited yet."""
    upstream, here = tmp_path / "upstream", tmp_path / "here"
    upstream.mkdir()
    monkeypatch.chdir(upstream)
    assert run("init", "--from", "deck", "-q").code == 0
    data = upstream / "data" / "instruments.yaml"
    data.write_text(data.read_text(encoding="utf-8") + ACCEPTED, encoding="utf-8")
    git(upstream, "init", "-q", "-b", "main")
    git(upstream, "add", "--all")
    git(upstream, "commit", "-q", "-m", "The deck")
    git(tmp_path, "clone", "-q", str(upstream), str(here))
    git(here, "checkout", "-q", "-b", "edit")
    return here


def edit(checkout: Path, old: str, new: str) -> None:
    path = checkout / "data" / "instruments.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def outcomes(checkout: Path) -> tuple[list[int], str, str]:
    """Run the steps; return their exit codes, what the job's log shows, and the job's summary."""
    summary = checkout.parent / "summary.md"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    done = [
        subprocess.run(
            ["bash", "-e", "-c", step],
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for step in steps()
    ]
    log = "".join(one.stdout + one.stderr for one in done)
    return [one.returncode for one in done], log, summary.read_text(encoding="utf-8")


def test_the_readme_shows_both_gates() -> None:
    gaps, diff = steps()

    assert "gaps --fail-on none --today today" in gaps
    assert "diff" in diff
    assert "--fail-on regression" in diff


def test_accepted_gaps_and_no_edit_pass(checkout: Path) -> None:
    codes, _, summary = outcomes(checkout)

    assert codes == [0, 0]
    assert "Coverage does not change." in summary


def test_a_lost_cover_fails_both_gates_and_is_named_in_the_summary(checkout: Path) -> None:
    edit(checkout, COVER, "")

    codes, log, summary = outcomes(checkout)

    assert codes == [1, 1]
    assert "fails for a regression in 1 pair of role and level: internationalisation@region" in log
    row = "| Internationalisation @ Region | becomes a gap | ● full | ○ NONE | 1 → 0 instruments, without INTERREG |"
    assert row in summary
    assert "- changed INTERREG" in summary


def test_a_cover_that_is_only_weakened_fails_the_second_gate_alone(checkout: Path) -> None:
    edit(
        checkout,
        COVER,
        "      internationalisation@region: {territories: [RO], note: Only there}\n",
    )

    codes, _, summary = outcomes(checkout)

    assert codes == [0, 1]
    assert "| Internationalisation @ Region | becomes a gap | ● full | ◐ partial |" in summary


def test_a_gap_that_closes_by_a_statement_without_territories_fails_the_second_gate_alone(
    checkout: Path,
) -> None:
    there = "      internationalisation@region: {territories: [RO]}\n"
    edit(checkout, COVER, there)
    git(checkout, "commit", "-qam", "Only there")
    git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD")
    edit(checkout, there, COVER)

    codes, log, summary = outcomes(checkout)

    assert codes == [0, 1]
    assert "(INTERREG names no places any more). Where that is meant: --allow-widening" in log
    assert "a statement names no places any more" in summary
    assert "covers.internationalisation@region: territories: Romania → everywhere" in summary


def test_an_improvement_passes(checkout: Path) -> None:
    edit(checkout, COVER, f"{COVER}      social-economy@eu: full\n")

    codes, _, summary = outcomes(checkout)

    assert codes == [0, 0]
    assert "1 pair of role and level is no longer a gap" in summary


def test_an_acceptance_whose_day_is_past_fails_the_first_gate_and_says_so(checkout: Path) -> None:
    edit(checkout, "until: 2027-12-31", "until: 2020-12-31")

    codes, log, summary = outcomes(checkout)

    assert codes == [1, 0]
    said = "fails for 1 gap that nobody has accepted: social-economy@eu (its acceptance expired on 31 December 2020)"
    assert said in log
    assert "**Accepted gaps**: 1 changed" in summary

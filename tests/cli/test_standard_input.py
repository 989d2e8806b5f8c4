"""A dataset on standard input answers as the same file does, under another name; nothing is written into it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from clustergap.cli.app import main
from clustergap.cli.exit import Exit
from paths import ROOT
from programs import BIN
from repositories import MAIN, commit, dataset, make, need_git
from running import run

BAD = (ROOT / "tests/hostile-bad/instruments.yaml").read_bytes()
GOOD = (ROOT / "data/instruments.yaml").read_bytes()


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        "matrix -f json",
        "matrix",
        "gaps -f csv",
        "gaps --fail-on none",
        "explain interreg",
        "what-if --without interreg -f md",
        "timeline",
        "report -f md",
        "schema instruments --from-data",
    ],
)
def test_every_question_is_answered_as_of_the_file(command: str) -> None:
    Path("own.yaml").write_bytes(GOOD)
    of_file = run(*command.split(), "--data", "own.yaml")

    outcome = run(*command.split(), "--data", "-", stdin=GOOD)

    assert outcome.code == of_file.code != Exit.UNUSABLE
    assert "own.yaml" not in outcome.out
    assert letters(outcome.out.replace("<stdin>", "own.yaml")) == letters(of_file.out)


def letters(text: str) -> str:
    """Return a text without spaces: a longer name makes a column wider."""
    return "".join(text.split())


A_NAME_OF_A_FILE = pytest.mark.skipif(os.name == "nt", reason="no file can have that name")


@A_NAME_OF_A_FILE
@pytest.mark.parametrize("format_", ["text", "json", "github", "junit"])
@pytest.mark.parametrize("words", [["-"], ["-", "-"], ["--data", "-"]])
def test_check_finds_in_it_what_it_finds_in_the_file(format_: str, words: list[str]) -> None:
    Path("<stdin>").write_bytes(BAD)

    outcome = run("check", *words, "-f", format_, stdin=BAD)

    assert outcome.code == Exit.FOUND
    assert outcome == run("check", "<stdin>", "-f", format_)


def test_sarif_names_it_by_a_valid_address() -> None:
    outcome = run("check", "-", "-f", "sarif", stdin=BAD)

    (one,) = json.loads(outcome.out)["runs"]
    places = [each["locations"][0]["physicalLocation"] for each in one["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"%3Cstdin%3E"}


@A_NAME_OF_A_FILE
def test_it_may_be_checked_beside_files_and_a_file_of_its_name_is_another() -> None:
    Path("own.yaml").write_bytes(GOOD)
    Path("<stdin>").write_bytes(GOOD)

    outcome = run("check", "own.yaml", "-", "<stdin>", "-f", "json", stdin=BAD)

    assert outcome.code == Exit.FOUND
    assert json.loads(outcome.out)["summary"]["files"] == 3


def test_an_error_in_it_has_its_line_and_stops_a_question() -> None:
    outcome = run("gaps", "--data", "-", stdin=MAIN.replace("alpha@eu", "alpa@eu").encode())

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.startswith("<stdin>:6:")
    assert "did you mean 'alpha'?" in outcome.err


def test_the_environment_may_name_it_too() -> None:
    outcome = run("matrix", "-f", "json", CLUSTERGAP_DATA="-", stdin=MAIN.encode())

    assert json.loads(outcome.out)["dataset"] == {"title": "TITLE", "path": "<stdin>"}


@pytest.mark.parametrize(
    ("given", "code"),
    [(b"", "CG008"), (b"\xff", "CG002"), (b"# " + b"x" * 1024 * 1024, "CG007")],
)
def test_what_is_no_dataset_is_found_to_be_none(given: bytes, code: str) -> None:
    outcome = run("check", "-", "-f", "json", stdin=given, CLUSTERGAP_MAX_MIB="1")

    assert outcome.code == Exit.FOUND
    assert [each["code"] for each in json.loads(outcome.out)["findings"]] == [code]


def test_no_data_of_here_answers_in_its_place_and_no_note_names_them() -> None:
    Path("data").mkdir()
    Path("data/instruments.yaml").write_bytes(GOOD)

    outcome = run("matrix", "--data", "-", stdin=MAIN.encode())

    assert outcome.out.startswith("TITLE")
    assert outcome.err == ""


def test_it_is_compared_with_the_nearest_dataset_as_it_was(tmp_path: Path) -> None:
    need_git()
    commit(make(tmp_path), dataset("Then"))

    outcome = run("diff", "main", "--data", "-", "-f", "json", stdin=MAIN.encode())

    sides = json.loads(outcome.out)
    assert sides["before"]["dataset"] == {"title": "Then", "path": "main:data"}
    assert sides["after"]["dataset"] == {"title": "TITLE", "path": "<stdin>"}


@pytest.mark.parametrize("words", [[], ["--dry-run"], ["--propose"]])
def test_nothing_is_imported_into_it(words: list[str]) -> None:
    Path("acts.csv").write_text("id,name,role,level\nnew,New,alpha,eu\n", encoding="utf-8")

    outcome = run("import", "acts.csv", "--data", "-", *words, stdin=MAIN.encode())

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert "standard input lies nowhere" in outcome.err
    assert [path.name for path in Path().iterdir()] == ["acts.csv"]


def test_on_a_terminal_it_says_what_it_waits_for() -> None:
    said = "note: waiting for a dataset in YAML on standard input; "

    outcome = run("check", "-", "-q", stdin=GOOD, is_terminal=True)

    assert outcome.code == Exit.OK
    assert outcome.err.startswith(said)
    assert run("check", "-", "-q", stdin=GOOD).err == ""


def test_a_closed_one_is_one_plain_message(capsys: pytest.CaptureFixture[str]) -> None:
    with patch.object(sys, "stdin", None):
        code = main(["check", "-"])

    assert code == Exit.UNUSABLE
    assert capsys.readouterr().err == ("clustergap: standard input cannot be read: it is closed\n")


def test_one_that_cannot_be_read_is_one_plain_message() -> None:
    with Path("log").open("wb") as log:
        done = subprocess.run([BIN, "check", "-"], stdin=log, capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (Exit.UNUSABLE, b"")
    assert done.stderr == b"clustergap: standard input cannot be read: Bad file descriptor\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes of Windows always block")
def test_a_pipe_that_does_not_block_is_read_to_its_end() -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    process = subprocess.Popen(
        [BIN, "check", "-", "-f", "json"], stdin=reader, stdout=subprocess.PIPE
    )
    os.close(reader)
    with open(writer, "wb") as pipe:  # noqa: PTH123 - a descriptor
        pipe.write(GOOD[:1000])
        pipe.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1)  # it waits, as the dataset is not whole
        pipe.write(GOOD[1000:])
    out, _ = process.communicate(timeout=60)

    assert process.returncode == Exit.OK
    assert json.loads(out)["summary"]["errors"] == 0

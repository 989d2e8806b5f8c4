"""One run of ``check`` that writes several documents: each as if it were the only one."""

import json
import shutil
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from paths import ROOT
from running import run

FILES = ("findings.sarif", "findings.xml", "findings.json", "findings.txt")


@pytest.fixture(autouse=True)
def _beside_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "tests/hostile-bad", "bad")
    shutil.copytree(ROOT / "data", "good")


@pytest.mark.parametrize(("data", "code"), [("bad", Exit.FOUND), ("good", Exit.OK)])
def test_each_file_is_the_one_that_a_run_of_its_own_writes(data: str, code: Exit) -> None:
    alone = {}
    for file in FILES:
        assert run("check", data, "-o", file).code == code
        alone[file] = Path(file).read_bytes()
        Path(file).unlink()

    outcome = run("check", data, *(word for file in FILES for word in ("-o", file)))

    assert (outcome.code, outcome.stdout) == (code, b"")
    assert {file: Path(file).read_bytes() for file in FILES} == alone


@pytest.mark.parametrize("words", [["-f", "github"], ["-f", "json"], []])
@pytest.mark.parametrize("stdout", ["-", "/dev/stdout"])
def test_beside_files_a_format_is_that_of_standard_output(words: list[str], stdout: str) -> None:
    outcome = run("check", "bad", *words, "-o", stdout, "-o", "findings.sarif")

    assert outcome.code == Exit.FOUND
    assert outcome.stdout == run("check", "bad", *words).stdout
    assert json.loads(Path("findings.sarif").read_bytes())["version"] == "2.1.0"


def test_notices_are_said_once() -> None:
    with Path("good/instruments.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\naccepted_gaps: {social-economy@eu: {reason: Later, by: Us, until: 2027-12-31}}\n"
        )
    args = ["check", "good", "-o", "a.sarif", "-o", "b.xml", "-o", "-"]

    outcome = run(*args)

    assert outcome.err == run("check", "good").err
    assert outcome.err.count("--today") == 1
    assert run(*args, "-q").err == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["-f", "sarif", "-o", "a.sarif", "-o", "b.xml"],
            "-f sarif is for one output: of several, each file's suffix means its format",
        ),
        (["-o", "a.sarif", "-o", "a.sarif"], "-o names 'a.sarif' twice: leave one out"),
        (
            ["-o", "a.sarif", "-o", "good/../a.sarif"],
            "-o names 'good/../a.sarif' twice, as 'a.sarif' too: leave one out",
        ),
        (["-o", "-", "-o", "a.xml", "-o", "/dev/stdout"], "-o names '-' twice: leave one out"),
        (["-o", "a.sarif", "-o", "b.xyz"], "the suffix of 'b.xyz' means no format here"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(
    words: list[str], message: str
) -> None:
    outcome = run("check", "good", *words)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.startswith(f"clustergap: {message}")
    assert sorted(path.name for path in Path().iterdir()) == ["bad", "good"]


def test_of_several_files_none_is_written_if_one_cannot_be() -> None:
    Path("a.sarif").write_bytes(b"before\n")
    Path("b.xml").mkdir()

    outcome = run("check", "bad", "-o", "-", "-o", "a.sarif", "-o", "new.json", "-o", "b.xml")

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.endswith("clustergap: 'b.xml' is a folder\n")
    assert Path("a.sarif").read_bytes() == b"before\n"
    assert sorted(path.name for path in Path().iterdir()) == ["a.sarif", "b.xml", "bad", "good"]


def test_of_several_files_none_is_written_if_the_folder_of_one_is_not_there() -> None:
    outcome = run("check", "bad", "-o", "a.sarif", "-o", "nowhere/b.xml")

    assert outcome.code == Exit.UNUSABLE
    assert "there is no folder 'nowhere'" in outcome.err
    assert sorted(path.name for path in Path().iterdir()) == ["bad", "good"]


def test_of_several_files_none_is_written_if_the_last_cannot_be_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("a.sarif").write_bytes(b"before\n")
    replace = Path.replace

    def refuse(source: Path, target: Path) -> Path:
        if target.name == "b.xml":
            raise OSError(28, "No space left on device")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refuse)
    outcome = run("check", "bad", "-o", "a.sarif", "-o", "b.xml")

    assert outcome.code == Exit.UNUSABLE
    assert Path("a.sarif").read_bytes() == b"before\n"
    assert sorted(path.name for path in Path().iterdir()) == ["a.sarif", "bad", "good"]


def test_standard_output_is_complete_beside_several_files() -> None:
    outcome = run("check", "bad", "-o", "a.sarif", "-o", "b.xml", "-f", "json", "-o", "-")

    assert outcome.code == Exit.FOUND
    assert outcome.stdout == run("check", "bad", "-f", "json").stdout
    assert Path("b.xml").read_bytes().startswith(b"<?xml")

"""Places that are not there: told by what is missing, with what lies beside and is meant, wherever one can be named."""

import os
import subprocess
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from clustergap.errors import ClusterGapError
from clustergap.saving.atomic_write import write_file
from paths import TESTS
from running import run

GOOD = (TESTS / "data/good-minimal.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _two_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for name in ("data", "last-year"):
        Path(name).mkdir()
        Path(name, "instruments.yaml").write_text(GOOD, encoding="utf-8")
    Path("sheet.csv").touch()


def git(*argv: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *argv], check=True, capture_output=True)


@pytest.fixture
def _in_a_repository() -> None:
    git("init", "-q", "-b", "main", ".")
    git("add", "-A")
    git("commit", "-qm", "x")
    git("branch", "feature/names")


def said(*argv: str) -> str:
    outcome = run(*argv)
    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    return outcome.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("last-yaer/", "'last-yaer/' is no folder here. Did you mean 'last-year/'?"),
        ("./last-yaer", "'./last-yaer' is no folder here. Did you mean './last-year'?"),
        ("nothing/of/this/", "'nothing/of/this/' is no folder here"),
        (
            "last-year/instrument.yaml",
            "'last-year/instrument.yaml' is no file here. Did you mean 'last-year/instruments.yaml'?",
        ),
    ],
)
@pytest.mark.parametrize("has_git", [False, True])
def test_a_missing_folder_of_a_comparison_is_told_as_one(
    words: str, message: str, *, has_git: bool, request: pytest.FixtureRequest
) -> None:
    if has_git:
        request.getfixturevalue("_in_a_repository")

    for argv in ((words, "data"), ("data", words)):
        assert said("diff", *argv) == f"clustergap: {message}\n"


def test_an_absolute_folder_is_no_revision(tmp_path: Path) -> None:
    err = said("diff", str(tmp_path / "lats-year"), "data")

    assert "is no folder here. Did you mean '" in err
    assert err.endswith("/last-year'?\n")


def test_outside_of_a_repository_a_word_is_a_folder_that_is_not_there() -> None:
    assert said("diff", "last-yaer", "data") == (
        "clustergap: 'last-yaer' is no folder here. Did you mean 'last-year'?\n"
    )
    assert "'xyz' is no folder here, and no revision: " in said("diff", "xyz", "data")
    assert "in no repository of git" in said("diff", "xyz", "data")


@pytest.mark.usefixtures("_in_a_repository")
@pytest.mark.parametrize(
    ("words", "meant"),
    [("last-yaer", "last-year"), ("mian", "main"), ("names", "feature/names")],
)
def test_in_a_repository_folders_and_revisions_are_suggested(words: str, meant: str) -> None:
    assert said("diff", words, "data") == (
        f"clustergap: '{words}' is no folder and is no revision of git here. Did you mean '{meant}'?\n"
    )


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["check", "dta"], "'dta' does not exist. Did you mean 'data'?"),
        (
            ["matrix", "--data", "last_year"],
            "'last_year' does not exist. Did you mean 'last-year'?",
        ),
        (["check", "data/instrument.yaml"], "Did you mean 'data/instruments.yaml'?"),
        (["check", "nothing/like/it"], "'nothing/like/it' does not exist"),
        (["import", "sheets.csv"], "No such file or directory. Did you mean 'sheet.csv'?"),
        (
            ["matrix", "--data", "data", "-o", "dta/m.svg"],
            "'dta/m.svg' cannot be written: there is no folder 'dta'. Did you mean 'data'?",
        ),
        (
            ["matrix", "--data", "data", "-o", "no/such/m.svg"],
            "'no/such/m.svg' cannot be written: there is no folder 'no/such'. Make it first",
        ),
        (
            ["init", "--template", "no/such.xlsx"],
            "'no/such.xlsx' cannot be written: there is no folder 'no'. Make it first",
        ),
    ],
)
def test_what_is_not_there_is_named_with_what_is_meant(argv: list[str], message: str) -> None:
    assert said(*argv).endswith(f"{message}\n")
    assert not Path("no").exists()


IN_USE = "The process cannot access the file because it is being used by another process"


def sharing_violation(*_: object, **__: object) -> None:
    error = PermissionError(13, IN_USE)
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]  # as Windows says it
    raise error


def test_a_spreadsheet_that_is_open_elsewhere_is_told_so_when_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "open", sharing_violation)

    assert said("import", "sheet.csv").endswith(
        f"{IN_USE}: is it open in another program? Close it there\n"
    )


def test_a_file_that_is_open_elsewhere_is_told_so_when_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Path, "replace", sharing_violation)

    with pytest.raises(ClusterGapError) as raised:
        write_file(Path("m.xlsx"), b"x")

    assert str(raised.value) == (
        f"'m.xlsx' cannot be written: {IN_USE}: is it open in another program? Close it there"
    )
    assert sorted(one.name for one in Path().iterdir()) == ["data", "last-year", "sheet.csv"]


def test_a_right_that_is_missing_is_no_open_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)

    with pytest.raises(ClusterGapError) as raised:
        write_file(Path("m.xlsx"), b"x")

    assert str(raised.value) == "'m.xlsx' cannot be written: Permission denied"


def test_a_folder_of_fragments_that_may_not_be_read_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("data/instruments").mkdir()

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert said("matrix", "--data", "data") == (
        "clustergap: 'data/instruments' cannot be read: Permission denied\n"
    )

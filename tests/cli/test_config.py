"""``clustergap.toml``: a default of an option gives what the option gives, and what is wrong in it never passes in silence."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from clustergap.cli.app import build_app
from clustergap.cli.completion import complete_role
from clustergap.cli.exit import Exit
from paths import ROOT
from running import Outcome, run

OURS = """\
schema: 1
title: Ours
levels: [{id: eu, name: EU}]
roles: [{id: alpha, name: Alpha}, {id: beta, name: Beta}]
instruments:
  - {id: act, name: The Act, reviewed: 2020-01-01, covers: {alpha@eu: full}}
accepted_gaps: {beta@eu: {reason: Not yet, by: Us, until: 2026-12-31}}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in somebody's home, in which one stands; its data lies where nobody looks unless told."""
    folder = tmp_path / "project"
    write(folder / "policy/instruments.yaml", OURS)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def configure(text: str, folder: str = "") -> Path:
    return write(Path(folder, "clustergap.toml"), text)


# What it does


def test_the_nearest_file_is_found_here_and_above_and_its_path_is_relative_to_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure('data = "policy"\n')

    for where, file, data in (
        ("", "clustergap.toml", "policy"),
        ("sub/deep", "../../clustergap.toml", "../../policy"),
        ("policy", "../clustergap.toml", "../policy"),
    ):
        (project / where).mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(project / where)
        outcome = run("matrix", "-f", "json")
        assert f'"title": "Ours",\n    "path": "{data}"' in outcome.out
        assert outcome.err == f"note: options from '{file}': --data\n"
        assert run("matrix", "-q").err == ""


def test_nobody_looks_above_the_repository_or_the_home_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("strikt = true\n")
    for marker, where in ((".git", project / "sub"), ("", project.parent)):
        where.mkdir(exist_ok=True)
        if marker:
            (where / marker).mkdir()
        monkeypatch.chdir(where)
        assert run("matrix", "-q").code == Exit.OK
    (project.parent.parent / "clustergap.toml").write_text("strikt = true\n", encoding="utf-8")

    assert run("matrix", "-q").code == Exit.OK


def test_an_option_goes_before_the_environment_and_that_before_the_file(project: Path) -> None:
    configure('data = "policy"\n')
    for name in ("typed", "set"):
        write(project / name / "instruments.yaml", OURS.replace("Ours", name))

    titles = [
        run("matrix"),
        run("matrix", CLUSTERGAP_DATA=""),
        run("matrix", CLUSTERGAP_DATA="set"),
        run("matrix", "--data", "typed", CLUSTERGAP_DATA="set"),
    ]

    assert [each.out.split(":")[0] for each in titles] == ["Ours", "Ours", "set", "typed"]
    assert [bool(each.err) for each in titles] == [True, True, False, False]


def test_an_option_takes_the_place_of_all_that_the_file_says_for_it() -> None:
    configure('data = "policy"\nstrict = true\nselect = ["CG304"]\ntoday = 2026-06-30\n')

    assert run("check").code == Exit.FOUND
    assert run("check", "--no-strict").code == Exit.OK
    assert run("check", "--today", "2020-06-30").code == Exit.OK
    assert run("check", "--select", "CG1").code == Exit.OK
    assert run("check", "--config", "none", "--data", "policy").code == Exit.OK


def test_the_file_may_be_named_or_none_by_option_and_by_the_environment() -> None:
    configure("strikt = true\n")
    configure('data = "../policy"\n', "other")
    other = "other/clustergap.toml"

    assert run("matrix", "--config", other).out.startswith("Ours")
    assert run("matrix", CLUSTERGAP_CONFIG=other).out.startswith("Ours")
    assert run("matrix", "--config", "none").out.startswith("Needs")
    assert run("matrix", CLUSTERGAP_CONFIG="none").out.startswith("Needs")
    assert run("matrix", "--config", other, CLUSTERGAP_CONFIG="none").out.startswith("Ours")
    assert run("matrix", "--config", "none", CLUSTERGAP_CONFIG="nofile").code == Exit.OK
    assert run("matrix", CLUSTERGAP_CONFIG="").code == Exit.UNUSABLE


def test_each_gate_takes_its_own_word() -> None:
    shutil.copytree("policy", "before")
    write(
        Path("before/instruments.yaml"),
        OURS.replace("alpha@eu: full", "alpha@eu: full, beta@eu: full"),
    )
    configure('data = "policy"\nfail_on = ["none", "regression"]\ntoday = "2027"\n')

    gaps, diff = run("gaps"), run("diff", "before", "policy")

    assert (gaps.code, diff.code) == (Exit.FOUND, Exit.FOUND)
    assert "--data, --fail-on, --today" in gaps.err
    configure('fail_on = "change"\n')
    assert run("gaps", "--data", "policy", "--today", "2027") == run(
        "gaps", "--data", "policy", "--today", "2027", "--config", "none"
    )
    assert run("diff", "before", "policy").code == Exit.FOUND


def test_what_a_command_has_no_option_for_or_does_not_ask_for_is_neither_taken_nor_named() -> None:
    configure('data = "policy"\nstrict = true\n')

    assert run("matrix").err == "note: options from 'clustergap.toml': --data\n"
    assert run("check", "policy").err.startswith(
        "note: options from 'clustergap.toml': --strict\n"
    )
    assert run("schema", "instruments").err == ""
    assert "--data" in run("schema", "instruments", "--from-data").err
    assert run("matrix", "--data", "policy").err == ""


def test_a_gate_of_the_file_never_passes_on_the_packaged_deck() -> None:
    configure('fail_on = "none"\n')
    shutil.rmtree("policy")

    assert run("gaps").code == Exit.UNUSABLE


def test_a_byte_order_mark_and_lines_of_windows_are_read() -> None:
    Path("clustergap.toml").write_bytes(b'\xef\xbb\xbfdata = "policy"\r\nstrict = true\r\n')

    assert run("matrix").out.startswith("Ours")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_file_is_read_and_its_paths_are_relative_to_the_link() -> None:
    configure('data = "policy"\n', "shared")
    Path("clustergap.toml").symlink_to("shared/clustergap.toml")

    assert run("matrix").out.startswith("Ours")


def test_the_shell_completes_the_names_of_the_dataset_of_the_file() -> None:
    configure('data = "policy"\n')
    command = get_command(build_app(["matrix"]))

    assert complete_role(typer.Context(command), "al") == [("alpha", "Alpha")]
    configure("strikt = true\n")
    assert complete_role(typer.Context(command), "al") == []


# What changes data


SHEET = "id,name,role,level\nnew-act,Another,alpha,eu\n"


def test_import_changes_the_data_that_the_file_here_names() -> None:
    configure('data = "policy"\n')
    write(Path("acts.csv"), SHEET)

    assert run("import", "acts.csv").code == Exit.OK

    assert "new-act" in Path("policy/instruments.yaml").read_text(encoding="utf-8")


def test_the_page_has_every_key_and_a_file_that_is_taken() -> None:
    page = (ROOT / "docs" / "reference" / "config-file.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]*) \|", page, re.MULTILINE)
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    configure("xyz = 1\n")
    refused = run("check")
    configure(example)

    taken = run("check", "--today", "2020-06-30")

    keys = refused.err.strip().partition("is no key: ")[2].split(", ")
    assert [key for row in rows for key in re.findall(r"`(\w+)`", row)] == keys
    assert taken.code == Exit.OK
    assert "'clustergap.toml': --data, --strict, --ignore\n" in taken.err


CHANGES = {
    "import": ("import", "acts.csv"),
    "rename": ("rename", "act", "act-2"),
    "gaps": ("gaps", "--accept", "--reason", "Known"),
}
"""What changes the data, by command."""


def test_every_command_that_changes_data_is_tried_below_a_file() -> None:
    modules = {
        path.stem.strip("_")
        for path in (ROOT / "src" / "clustergap" / "cli").glob("*.py")
        if "import open_to_change" in path.read_text(encoding="utf-8")
    }

    assert modules == set(CHANGES) - {"import"}  # which reads a table meanwhile


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
@pytest.mark.parametrize("command", CHANGES.values(), ids=CHANGES)
def test_what_a_file_above_names_is_changed_only_by_name(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], options: list[str]
) -> None:
    configure('data = "policy"\n')
    write(Path("sub/acts.csv"), SHEET)
    monkeypatch.chdir("sub")

    outcome = run(*command, *options)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err == (
        "clustergap: the data that '../clustergap.toml' names lies above this folder, and is changed only if it is named:"
        " --data ../policy\n"
    )
    assert Path("../policy/instruments.yaml").read_text(encoding="utf-8") == OURS
    assert run(*command, "--data", "../policy", *options).code == Exit.OK


def test_gaps_that_only_tell_are_of_what_a_file_above_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure('data = "policy"\n')
    Path("sub").mkdir()
    monkeypatch.chdir("sub")

    assert run("gaps").code == Exit.OK


# What is wrong in it


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("strikt = true", "1: 'strikt' is no key: did you mean 'strict'?"),
        ("xyz = 1", "1: 'xyz' is no key: data, strict, select, ignore, fail_on, today"),
        ('# fail-on\n\nfail-on = "none"', "3: 'fail-on' is written 'fail_on' here"),
        (
            "strict = true\n[check]\nselect = 1",
            "2: 'check' is no key: the keys stand at the top of the file, in no table",
        ),
        ("[tool.clustergap]", "1: 'tool' is no key: the keys stand at the top"),
        ("data.path = 'x'", '1: data must be the path of a dataset, as "data"'),
        ("data = ''", "1: data must be"),
        ("data = '-'", "1: data must be"),
        ("data = ['policy']", "1: data must be"),
        ("\ndata = 'polcy'", "2: data: 'polcy' does not exist. Did you mean 'policy'?"),
        ('data = "a\\u0000"', "1: data: 'a\\x00' does not exist"),
        ("strict = 'yes'", "1: strict must be true or false"),
        ("strict = 1", "1: strict must be true or false"),
        ("select = 3", '1: select must be a list of rules, as ["CG3", "CG401"]'),
        ("ignore = ['CG3', 4]", "1: ignore must be a list of rules"),
        ("select = ['CG3', '']", "1: select must be a list of rules"),
        (
            "fail_on = 'worse'",
            "1: fail_on must be a word, or one of gaps (none or partial or unknown) and one of diff (regression or change)",
        ),
        ("fail_on = ['none', 'partial']", "1: fail_on must be"),
        ("fail_on = false", "1: fail_on must be"),
        ("today = 2027", '1: today must be a day, as 2027-06-30, "2027-06" or "today"'),
        ("today = 2027-06-30T12:00:00", "1: today must be a day"),
        ("today = 12:00:00", "1: today must be a day"),
        ("strict = true\nstrict = true", "2: Cannot overwrite a value: write key = value"),
        ("\n\ndata = policy", "3: Invalid value: write key = value, and texts in quotes"),
        ("data = 'policy", "1: "),
        ("today = 2027-02-30", "1: Invalid date or datetime"),
        ("strict = " + "[" * 5000, ""),
        ("strict = " + "1" * 5000, "1: "),
        ('x = """\nstrict = 1\n"""\nstrict = 1', "1: 'x' is no key"),
        ('data = """\nstrict = 1\n"""\nstrict = 1', "4: strict must be"),
    ],
)
@pytest.mark.parametrize("command", ["matrix", "check"])
def test_what_is_wrong_is_refused_with_line_and_remedy_whichever_command_is_run(
    text: str, said: str, command: str
) -> None:
    configure(text)

    outcome = run(command)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.startswith(f"clustergap: clustergap.toml:{said}")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignore = ['CG401', 'CG99']", "'CG99' is not a rule or the beginning of its code"),
        ("ignore = ['swot-item-without-link']", "Did you mean 'swot-item-without-links'?"),
        (
            "today = '2027-13'",
            "today '2027-13' is not a date: write YYYY-MM-DD, YYYY-MM, YYYY or today",
        ),
    ],
)
def test_a_value_that_means_nothing_is_refused_at_its_line(text: str, said: str) -> None:
    configure(f"# Ours\n{text}\n")

    outcome = run("check", "policy")

    assert outcome.code == Exit.UNUSABLE
    assert outcome.err.startswith("clustergap: clustergap.toml:2: ")
    assert said in outcome.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"strict = true\n# \xe9\n",
            "clustergap.toml:2: the byte 0xE9 is not UTF-8: save the file as UTF-8",
        ),
        (
            "strict = true\n".encode("utf-16"),
            "clustergap.toml:1: the file is UTF-16, not UTF-8: save it as UTF-8",
        ),
        (
            b"#" * 70_000,
            "'clustergap.toml' is too large for a few options; put a file there, or say --config none",
        ),
    ],
)
def test_what_is_no_text_of_a_few_lines_is_refused(data: bytes, said: str) -> None:
    Path("clustergap.toml").write_bytes(data)

    outcome = run("matrix")

    assert outcome.code == Exit.UNUSABLE
    assert outcome.err == f"clustergap: {said}\n"


def _folder() -> None:
    Path("clustergap.toml").mkdir()


def _link(target: str) -> None:
    Path("clustergap.toml").symlink_to(target)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
@pytest.mark.parametrize(
    "make",
    [
        _folder,
        lambda: _link("nothing"),
        lambda: _link("clustergap.toml"),
        lambda: _link("policy"),
        lambda: os.mkfifo("clustergap.toml"),
    ],
    ids=["folder", "link to nothing", "loop", "link to a folder", "pipe"],
)
def test_what_is_no_file_is_refused_and_can_be_left_out(make: Any) -> None:
    make()

    outcome = run("matrix")

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert outcome.err.startswith("clustergap: 'clustergap.toml': th")
    assert outcome.err.endswith("; put a file there, or say --config none\n")
    assert run("matrix", "--config", "none").code == Exit.OK


@pytest.mark.parametrize(
    ("argv", "environment", "said"),
    [
        (
            ["--config", "clustergap.tml"],
            {},
            "--config 'clustergap.tml' does not exist. Did you mean 'clustergap.toml'?",
        ),
        (["--config", ""], {}, "--config '' does not exist"),
        ([], {"CLUSTERGAP_CONFIG": "nofile"}, "CLUSTERGAP_CONFIG 'nofile' does not exist"),
    ],
)
def test_a_file_that_is_named_must_be_there(argv: list[str], environment: Any, said: str) -> None:
    configure("")

    outcome = run("matrix", *argv, **environment)

    assert outcome.code == Exit.UNUSABLE
    assert outcome.err == f"clustergap: {said}\n"


@pytest.mark.parametrize(
    "argv", [["--help"], ["check", "-h"], ["matrix", "--strict", "-h"], ["--version"]]
)
def test_help_and_version_do_not_look_at_it(argv: list[str]) -> None:
    configure("strikt = true\n")

    assert "strikt" not in run(*argv).err


def test_what_needs_no_file_imports_nothing_that_reads_one() -> None:
    code = (
        "import sys; from clustergap.cli.app import main; code = main(sys.argv[1:]);"
        "print(sorted({'tomllib', 'clustergap.cli.config'} & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )

    def imported(*argv: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True
        )
        return done.stderr.splitlines()[-1]

    assert imported("completion", "bash") == imported("--version") == "[]"
    assert imported("matrix", "-q") == "['clustergap.cli.config']"


# The same bytes

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat)
RULES = st.lists(st.sampled_from(["CG3", "CG304", "CG4", "CG2,CG305"]), min_size=1, max_size=2)
KEYS = st.fixed_dictionaries(
    {},
    optional={
        "data": st.sampled_from(["good", "other"]),
        "strict": st.booleans(),
        "select": RULES,
        "ignore": RULES,
        "fail_on": st.sampled_from(["none", "partial", "unknown", "regression", "change"]),
        "today": DAYS,
    },
)
COMMANDS: Mapping[str, set[str]] = {
    "check": {"data", "strict", "select", "ignore", "today"},
    "gaps": {"data", "fail_on", "today"},
    "matrix -f json": {"data"},
    "needs -f md": {"data"},
    "diff good other": {"data", "fail_on"},
    "export tables": {"data"},
}
"""Commands, and the keys for which each has an option."""

WORDS = {"gaps": {"none", "partial", "unknown"}, "diff": {"regression", "change"}}


def typed(command: str, values: Mapping[str, Any]) -> list[str]:
    """Return values as options of a command, as far as it has them."""
    words: list[str] = []
    for key, value in values.items():
        option = f"--{key.replace('_', '-')}"
        if key not in COMMANDS[command]:
            continue
        if key == "strict":
            words += [option if value else "--no-strict"]
        elif key != "fail_on" or value in WORDS[command.split(maxsplit=1)[0]]:
            words += [
                f"{option}={each}" for each in ([value] if isinstance(value, str) else value)
            ]
    return words


def as_toml(values: Mapping[str, Any]) -> str:
    """Write values as a file; a day is one of TOML, or a text."""
    lines = []
    for key, value in values.items():
        is_day = key == "today" and value.endswith(("1", "3", "5"))
        text = value if is_day else str(value).lower() if key == "strict" else repr(value)
        lines.append(f"{key} = {text}\n")
    return "".join(lines)


def asked(*argv: str) -> tuple[Outcome, Mapping[str, bytes]]:
    outcome = run(*argv)
    files = {path.name: path.read_bytes() for path in sorted(Path("tables").glob("*"))}
    shutil.rmtree("tables", ignore_errors=True)
    return outcome, files


@pytest.mark.parametrize("command", COMMANDS)
@given(values=KEYS, also=KEYS)
def test_a_file_gives_the_bytes_of_the_same_options_and_what_is_typed_goes_first(
    command: str, values: Mapping[str, Any], also: Mapping[str, Any]
) -> None:
    if not Path("good").exists():
        shutil.copytree("policy", "good")
        shutil.copytree(ROOT / "examples/industry-4-0-2017", "other")
    options = typed(command, also)
    taken = {
        option.partition("=")[0].removeprefix("--no-").strip("-").replace("-", "_")
        for option in options
    }
    effective = {key: value for key, value in values.items() if key not in taken}

    configure(as_toml(values))
    by_file, files = asked(*command.split(), *options)
    by_options, same_files = asked(
        *command.split(), *options, *typed(command, effective), "--config", "none"
    )

    said = "note: options from 'clustergap.toml': "
    first, _, rest = by_file.err.partition("\n")
    err = rest if first.startswith(said) else by_file.err
    assert (by_file.code, by_file.stdout, err, files) == (
        by_options.code,
        by_options.stdout,
        by_options.err,
        same_files,
    )
    assert first.startswith(said) == bool(typed(command, effective))

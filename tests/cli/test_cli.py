"""The command line: exit codes, streams, files, and what it says to a mistake."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clustergap import __version__
from clustergap.cli.exit import Exit
from clustergap.findings import MOST_SHOWN
from programs import completed, process
from running import run

GOOD = """\
schema: 1
title: Good
levels: [{id: country, name: Country, territories: eu27, aliases: [national]}]
roles: [{id: social-economy, name: Social economy}, {id: industry-4-0, name: Industry 4.0}]
instruments:
  - id: act
    name: Social Economy Act
    short: SEA
    covers: {industry-4-0@country: full}
accepted_gaps:
  social-economy@country: {reason: Not this year, until: 2026-12-31}
"""
BAD = GOOD.replace("industry-4-0@country: full", "industry-4-O@country: full").replace(
    "4-O", "4-1"
)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    Path("bad.yaml").write_text(BAD, encoding="utf-8")


@pytest.fixture
def _without_data() -> None:
    # What looks like data and cannot be taken keeps the packaged deck from being written in its place.
    Path("good.yaml").unlink()
    Path("bad.yaml").unlink()


OUTCOMES = [
    (Exit.OK, ["matrix"]),
    (Exit.OK, ["gaps"]),
    (Exit.OK, ["swot"]),
    (Exit.OK, ["explain", "social-economy@country"]),
    (Exit.OK, ["explain", "interreg"]),
    (Exit.OK, ["explain", "CG201"]),
    (Exit.OK, ["explain", "rule:CG201"]),
    (Exit.OK, ["explain", "Social Economy"]),
    (Exit.OK, ["explain", "level:region"]),
    (Exit.OK, ["explain", "romania"]),
    (Exit.OK, ["explain", "deck"]),
    (Exit.OK, ["explain", "W1"]),
    (Exit.OK, ["completion", "bash"]),
    (Exit.OK, ["--version"]),
    (Exit.OK, ["--help"]),
    (Exit.OK, ["matrix", "-h"]),
    (Exit.OK, ["check", "good.yaml"]),
    (Exit.OK, ["gaps", "--data", "good.yaml", "--fail-on", "none"]),
    (Exit.OK, ["gaps", "--data", "good.yaml", "--fail-on", "partial", "--today", "2026-12-31"]),
    (Exit.FOUND, ["gaps", "--data", "good.yaml", "--fail-on", "none", "--today", "2027-01-01"]),
    (Exit.OK, ["gaps", "--data", "good.yaml", "--fail-on", "none", "--role", "industry 4.0"]),
    (Exit.FOUND, ["check", "bad.yaml"]),
    (Exit.FOUND, ["check", "good.yaml", "bad.yaml"]),
    (Exit.FOUND, ["check", "-f", "json", "bad.yaml"]),
    (Exit.UNUSABLE, []),
    (Exit.UNUSABLE, ["mtrix"]),
    (Exit.UNUSABLE, ["matrix", "--levle", "region"]),
    (Exit.UNUSABLE, ["matrix", "-f", "xml"]),
    (Exit.UNUSABLE, ["matrix", "--level", "regin"]),
    (Exit.UNUSABLE, ["matrix", "--role", "socal economy"]),
    (Exit.UNUSABLE, ["matrix", "--as-of", "soon"]),
    (Exit.UNUSABLE, ["matrix", "--as-of", "2024-02-30"]),
    (Exit.UNUSABLE, ["matrix", "--in", "XX"]),
    (Exit.UNUSABLE, ["matrix", "--kind", "nothing"]),
    (Exit.UNUSABLE, ["matrix", "--target", "nobody"]),
    (Exit.UNUSABLE, ["matrix", "--without", "interegg"]),
    (Exit.UNUSABLE, ["explain", "nothing"]),
    (Exit.UNUSABLE, ["explain", "nothing@eu"]),
    (Exit.UNUSABLE, ["explain", "CG999"]),
    (Exit.UNUSABLE, ["matrix", "--data", "missing"]),
    (Exit.UNUSABLE, ["matrix", "--data", "bad.yaml"]),
    (Exit.UNUSABLE, ["explain", "act", "--data", "bad.yaml"]),
    (Exit.UNUSABLE, ["gaps", "--data", "bad.yaml", "--fail-on", "none"]),
    (Exit.UNUSABLE, ["gaps", "--fail-on", "none"]),
    (Exit.UNUSABLE, ["check"]),
    (Exit.UNUSABLE, ["check", "missing.yaml"]),
    (Exit.UNUSABLE, ["check", "good.yaml", "missing.yaml"]),
    (Exit.UNUSABLE, ["matrix", "-o", "no/such/folder.csv"]),
    (Exit.UNUSABLE, ["matrix", "-f", "json", "-o", "x.csv"]),
    (Exit.UNUSABLE, ["matrix", "-o", "x.docx"]),
    (Exit.UNUSABLE, ["gaps", "-o", "x.svg"]),
]


@pytest.mark.parametrize(
    ("code", "argv"),
    OUTCOMES,
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_exit_code_says_how_it_went(code: Exit, argv: list[str]) -> None:
    outcome = run(*argv)

    assert outcome.code == code, outcome
    assert "Traceback" not in outcome.err
    if code is Exit.UNUSABLE:
        assert outcome.stdout == b""
        assert outcome.err


@pytest.mark.parametrize("format_", ["text", "json"])
def test_the_exit_code_does_not_depend_on_the_format(format_: str) -> None:
    assert run("check", "bad.yaml", "-f", format_).code == Exit.FOUND
    assert run("check", "good.yaml", "-f", format_).code == Exit.OK


def test_an_empty_folder_is_answered_from_the_packaged_deck() -> None:
    outcome = run("matrix", "-f", "json")

    parsed = json.loads(outcome.out)
    assert parsed["dataset"]["path"] is None
    assert parsed["summary"] == {"cells": 18, "full": 13, "partial": 3, "none": 2, "unknown": 0}
    assert "packaged" in outcome.err
    assert run("matrix", "-q").err == ""


def test_the_data_is_the_option_then_the_environment_then_the_folder() -> None:
    Path("data").mkdir()
    Path("data/instruments.yaml").write_text(GOOD.replace("Good", "Folder"), encoding="utf-8")
    Path("elsewhere.yaml").write_text(GOOD.replace("Good", "Environment"), encoding="utf-8")

    def title(*argv: str, environment: str = "") -> object:
        outcome = run("matrix", "-f", "json", *argv, CLUSTERGAP_DATA=environment)
        return json.loads(outcome.out)["dataset"]

    assert title() == {"title": "Folder", "path": "data"}
    assert title(environment="elsewhere.yaml") == {
        "title": "Environment",
        "path": "elsewhere.yaml",
    }
    assert title("--data", "good.yaml", environment="elsewhere.yaml") == {
        "title": "Good",
        "path": "good.yaml",
    }


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (
            ["gaps", "--level", "regin"],
            "'regin' is not a level: eu, country, region. Did you mean 'region'?",
        ),
        (["matrix", "--role", "socal economy"], "Did you mean 'Social economy'?"),
        (["matrix", "--in", "GR"], "Eurostat writes EL for GR: did you mean 'EL' (Greece)?"),
        (["matrix", "--in", "Romana"], "Did you mean 'RO' (Romania)?"),
        (["matrix", "--without", "interegg"], "Did you mean 'interreg'?"),
        (["explain", "social-econmy@eu"], "Did you mean 'social-economy'?"),
        (["explain", "social-econmy"], "Did you mean 'social-economy'?"),
        (["explain", "Romana"], "Did you mean 'RO' (Romania)?"),
        (["explain", "role:region"], "'region' is not a role: "),
        (["explain", "source:dek"], "Did you mean 'deck'?"),
        (["explain", "swot:w99"], "'w99' is not a SWOT item: "),
        (["explain", "RO", "--in", "BG"], "--in BG looks elsewhere than at 'RO'"),
        (["matrix", "--levle", "x"], "Did you mean '--level'?"),
        (["mtrix"], "Did you mean 'matrix'?"),
        (["matrix", "--kind", "platfrom"], "Did you mean 'platform'?"),
        (
            ["matrix", "--data", "good.yaml", "--target", "smes"],
            "'smes' is not a target: this dataset names no targets",
        ),
        (
            ["matrix", "--data", "good.yaml", "--kind", "fund"],
            "'fund' is not a kind: this dataset names no kinds",
        ),
        (["check"], "--data PATH"),
        (["gaps", "--fail-on", "none"], "--data PATH"),
        (["matrix", "-f", "json", "-o", "x.csv"], "contradicts"),
        (["matrix", "-o", "x.pptx"], ".svg"),
    ],
)
def test_a_mistake_is_met_with_help(argv: list[str], said: str) -> None:
    assert said in run(*argv).err


def test_levels_and_roles_are_known_by_id_name_and_alias_in_any_case() -> None:
    by_id = run("gaps", "--level", "region", "--role", "industry-4-0").out

    assert run("gaps", "--level", "Regional", "--role", "INDUSTRY 4.0").out == by_id
    assert run("gaps", "--level", "REGION", "--role", "Industry 4.0").out == by_id


def test_role_and_level_change_no_number() -> None:
    whole = json.loads(run("matrix", "-f", "json").out)["cells"]
    part = json.loads(
        run("matrix", "-f", "json", "--level", "region", "--role", "social-economy").out
    )["cells"]

    assert part == [cell for cell in whole if cell["cell"] == "social-economy@region"]


def test_an_instrument_is_known_by_id_short_and_name() -> None:
    outcomes = {
        run("matrix", "--without", word, "--data", "good.yaml", "-f", "json").out
        for word in ("act", "SEA", "sea", "social economy act")
    }

    assert len(outcomes) == 1


def test_two_instruments_of_one_name_must_be_named_by_id() -> None:
    text = GOOD.replace(
        "accepted_gaps", "  - {id: other, name: social economy act}\naccepted_gaps"
    )
    Path("two.yaml").write_text(text, encoding="utf-8")

    outcome = run("explain", "Social Economy Act", "--data", "two.yaml")

    assert outcome.code == Exit.UNUSABLE
    assert "write instrument:act or instrument:other" in outcome.err


def test_the_query_is_written_whole_into_json() -> None:
    outcome = run(
        "matrix", "-f", "json", "--as-of", "2020", "--in", "ro11", "--kind", "network", "--without", "ESCP",
        "--with-planned",
    )  # fmt: skip

    assert json.loads(outcome.out)["query"] == {
        "as_of": "2020-12-31",
        "in": "RO11",
        "target": None,
        "kinds": ["network"],
        "without": ["escp"],
        "alone": False,
        "with_planned": True,
    }


def test_what_kind_and_target_cannot_tell_is_said() -> None:
    assert "--kind leaves out" in run("matrix", "--kind", "network").err
    text = GOOD.replace("short: SEA", "targets: [smes]")
    Path("targets.yaml").write_text(text, encoding="utf-8")
    assert run("matrix", "--data", "targets.yaml", "--target", "smes").err == ""
    Path("targets.yaml").write_text(
        text.replace("accepted", "  - {id: b, name: B}\naccepted"), encoding="utf-8"
    )
    assert "--target keeps 1 instrument of no stated target" in run(
        "matrix", "--data", "targets.yaml", "--target", "smes"
    ).err  # fmt: skip


def test_a_gate_without_today_says_that_dates_are_not_judged() -> None:
    argv = ("gaps", "--data", "good.yaml", "--fail-on", "none")

    assert "--today" in run(*argv).err
    assert run(*argv, "--today", "2026-01-01").err == ""


def test_findings_of_a_broken_file_stand_on_stderr() -> None:
    outcome = run("matrix", "--data", "bad.yaml")

    assert outcome.stdout == b""
    assert "bad.yaml:9:14: error CG201 unknown-role: 'industry-4-1' is not a role" in outcome.err
    assert "did you mean 'industry-4-0'?" in outcome.err
    assert outcome.err in (run("check", "bad.yaml").out, run("check", "bad.yaml", "-q").out)


def test_a_finding_is_never_cut_however_narrow_the_screen() -> None:
    for columns in (40, 80, 120):
        outcome = run("check", "bad.yaml", is_terminal=True, columns=columns, NO_COLOR="1")

        assert (
            "bad.yaml:9:14: error CG201 unknown-role: 'industry-4-1' is not a role\n"
            in outcome.out
        )
        assert "did you mean 'industry-4-0'?\n" in outcome.out


def test_check_reads_a_dataset_once_however_often_it_is_named() -> None:
    Path("data/instruments").mkdir(parents=True)
    Path("data/instruments.yaml").write_text(GOOD, encoding="utf-8")
    Path("data/swot.yaml").write_text("schema: 1\n", encoding="utf-8")
    Path("data/instruments/ro.yaml").write_text("instruments: []\n", encoding="utf-8")

    outcome = run("check", "data", "data/swot.yaml", "data/instruments/ro.yaml", "-f", "json")

    assert json.loads(outcome.out)["summary"]["files"] == 3


def test_a_fragment_with_another_suffix_is_not_silently_left_out() -> None:
    Path("data/instruments").mkdir(parents=True)
    Path("data/instruments.yaml").write_text(GOOD, encoding="utf-8")
    Path("data/instruments/ro.yml").write_text("instruments: []\n", encoding="utf-8")

    assert "ro.yml' is not read" in run("check", "data").err
    assert "ro.yml' is not read" in run("matrix").err


@pytest.mark.usefixtures("_without_data")
@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        ("json", b"{"),
        ("csv", b"\xef\xbb\xbfrole,"),
        ("md", b"**"),
        ("svg", b"<svg"),
        ("txt", b"Needs"),
    ],
)
def test_the_format_follows_the_suffix(suffix: str, start: bytes) -> None:
    outcome = run("matrix", "-q", "-o", f"matrix.{suffix}", FORCE_COLOR="1")

    assert outcome.stdout == b""
    assert Path(f"matrix.{suffix}").read_bytes().startswith(start)
    assert b"\x1b" not in Path(f"matrix.{suffix}").read_bytes()


def test_csv_on_a_pipe_has_no_byte_order_mark() -> None:
    assert run("matrix", "-f", "csv", "-o", "-").stdout.startswith(b"role,")


def test_machine_formats_do_not_depend_on_the_terminal() -> None:
    plain = run("matrix", "-f", "json").stdout

    assert (
        run("matrix", "-f", "json", is_terminal=True, columns=40, FORCE_COLOR="1").stdout == plain
    )
    assert run("matrix", "-f", "json", encoding="ascii").stdout == plain


@pytest.mark.usefixtures("_without_data")
def test_the_picture_comes_with_an_alternative_text() -> None:
    err = run("matrix", "-o", "matrix.svg").err

    assert "alternative text: Social economy has no instrument at EU and country level." in err
    assert "These are example data that come with clustergap." in err


@pytest.mark.usefixtures("_without_data")
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("matrix.csv").write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    outcome = run("matrix", "-q", "-o", "matrix.csv")

    assert outcome.code == Exit.UNUSABLE
    assert "No space left on device" in outcome.err
    assert Path("matrix.csv").read_text(encoding="utf-8") == "old"
    assert not list(Path().glob(".*"))


@pytest.mark.usefixtures("_without_data")
def test_a_file_keeps_its_mode_and_a_link_its_target() -> None:
    Path("real.json").write_text("old", encoding="utf-8")
    Path("real.json").chmod(0o640)
    Path("link.json").symlink_to("real.json")

    assert run("matrix", "-q", "-o", "link.json").code == Exit.OK

    assert Path("link.json").is_symlink()
    assert Path("real.json").read_text(encoding="utf-8").startswith("{")
    assert Path("real.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("_without_data")
def test_a_folder_cannot_be_written() -> None:
    Path("folder.json").mkdir()

    assert "is a folder" in run("matrix", "-o", "folder.json").err


def test_names_with_escapes_cannot_act_in_messages() -> None:
    outcome = run("check", "a\n::error::x\x1b[31m.yaml")

    assert outcome.code == Exit.UNUSABLE
    assert "\x1b" not in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_a_defect_is_told_in_one_line_and_has_its_own_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("clustergap.api.policy_data.build_matrix", fail)

    outcome = run("matrix", "-q")
    assert outcome.code == Exit.DEFECT
    assert len(outcome.err.splitlines()) == 1
    assert "Traceback" in run("matrix", "-q", CLUSTERGAP_DEBUG="1").err


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("clustergap.api.policy_data.build_matrix", interrupt)

    outcome = run("matrix", "-q")
    assert (outcome.code, outcome.out, outcome.err) == (Exit.INTERRUPTED, "", "")


@pytest.mark.parametrize(
    ("argv", "environment", "is_coloured"),
    [
        ([], {}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": ""}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "False"}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
        (["--color", "always"], {"FORCE_COLOR": "0"}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_as_asked_for_on_both_streams(
    argv: list[str], environment: Any, is_coloured: bool
) -> None:
    document = run("matrix", "--data", "good.yaml", *argv, is_terminal=True, **environment)
    findings = run("matrix", "--data", "bad.yaml", *argv, is_terminal=True, **environment)
    written = run(
        "gaps", "--data", "good.yaml", "-o", "gaps.txt", *argv, is_terminal=True, **environment
    )

    assert ("\x1b[" in document.out) == is_coloured
    assert ("\x1b[" in findings.err) == is_coloured
    assert findings.code == Exit.UNUSABLE
    assert "\x1b[" not in written.err or is_coloured
    assert "\x1b[" not in Path("gaps.txt").read_text(encoding="utf-8")


def test_a_forced_colour_reaches_a_pipe_and_a_forced_none_does_not() -> None:
    assert "\x1b[" in run("matrix", FORCE_COLOR="1").out
    assert "\x1b[" not in run("matrix", FORCE_COLOR="0").out


def test_a_missing_libyaml_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clustergap.api.locations.HAS_LIBYAML", False)

    assert "no libyaml" in run("matrix").err
    assert "no libyaml" in run("check", "good.yaml").err
    assert run("check", "good.yaml", "-q").err == ""


def test_the_largest_file_is_set_by_the_environment() -> None:
    Path("large.yaml").write_text(GOOD + "# " + "x" * 1_100_000 + "\n", encoding="utf-8")

    assert run("check", "large.yaml").code == Exit.OK
    outcome = run("check", "large.yaml", "-f", "json", CLUSTERGAP_MAX_MIB="1")
    assert [finding["code"] for finding in json.loads(outcome.out)["findings"]] == ["CG007"]
    assert "CLUSTERGAP_MAX_MIB" in run("check", "large.yaml", CLUSTERGAP_MAX_MIB="much").err


def test_a_terminal_is_shown_the_next_step_and_a_pipe_is_not() -> None:
    assert "clustergap matrix --names" in run("matrix", is_terminal=True).out
    assert "clustergap matrix --names" not in run("matrix").out
    assert "clustergap matrix --names" not in run("matrix", "-q", is_terminal=True).out


def test_the_help_shortens_no_commands_words() -> None:
    # The usage line's own dots stand for more arguments.
    lines = run("--help").out.splitlines()

    assert [line for line in lines if line.endswith("...") and "Usage" not in line] == []


def test_the_version_is_the_same_by_every_way() -> None:
    assert run("--version").out == f"clustergap {__version__}\n"


# What only a process of its own can show.


def test_the_console_script_and_the_module_answer_alike() -> None:
    first = process("clustergap matrix -q")

    assert first.returncode == 0
    assert first.stdout == process(f"'{sys.executable}' -m clustergap matrix -q").stdout
    assert b"INTERREG" in process("clustergap matrix -q --names").stdout


def test_a_closed_pipe_ends_quietly() -> None:
    outcome = process("set -o pipefail; clustergap matrix -q -f json | head -c 1")

    assert outcome.returncode in (0, 141)
    assert outcome.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_one_plain_message() -> None:
    outcome = process("clustergap matrix -q -f json > /dev/full")

    assert outcome.returncode == Exit.UNUSABLE
    assert len(outcome.stderr.splitlines()) == 1


def test_a_closed_standard_output_is_one_plain_message() -> None:
    outcome = process("clustergap matrix -q >&-")

    assert outcome.returncode == Exit.UNUSABLE
    assert len(outcome.stderr.splitlines()) == 1


def test_an_interrupted_process_says_so_by_its_code() -> None:
    Path("pipe.yaml").write_text(GOOD, encoding="utf-8")
    code = (
        "import os, signal, sys\n"
        # Who runs the tests in the background has it ignored, which a process inherits.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import clustergap.loading.loader as d\n"
        "d.load_dataset = lambda *a, **k: signal.raise_signal(signal.SIGINT)\n"
        "from clustergap.cli.app import main\n"
        "sys.exit(main(['matrix', '-q']))\n"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=60
    )

    assert outcome.returncode in (Exit.INTERRUPTED, -signal.SIGINT)
    assert b"Traceback" not in outcome.stderr


def imported(*argv: str, **environment: str) -> set[str]:
    """Return the top-level packages that a run of the program imports."""
    outcome = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "clustergap", *argv],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )
    lines = outcome.stderr.decode().splitlines()
    return {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in lines
        if line.startswith("import time")
    }


def test_the_version_imports_nothing_heavy() -> None:
    assert not imported("--version") & {"typer", "pydantic", "yaml", "rich"}


def test_a_document_for_machines_imports_nothing_that_draws_tables() -> None:
    for words in (
        "gaps -f csv",
        "matrix -f json",
        "compare RO -f csv",
        "check good.yaml -f sarif",
    ):
        names = imported(*words.split())

        assert "pydantic" in names
        assert "rich" not in names


def test_completing_commands_and_options_imports_next_to_nothing() -> None:
    for words, number in (("clustergap m", "1"), ("clustergap matrix --le", "2")):
        names = imported(_CLUSTERGAP_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=number)

        assert "clustergap" in names
        assert not names & {"typer", "typing", "json", "pathlib", "pydantic", "yaml", "rich"}


def test_completing_what_typer_alone_can_imports_neither_pydantic_nor_yaml() -> None:
    names = imported(
        _CLUSTERGAP_COMPLETE="complete_bash", COMP_WORDS="clustergap x", COMP_CWORD="1"
    )

    assert "typer" in names
    assert not names & {"pydantic", "yaml", "rich"}


CIRCULAR = [f"circular-economy@{level}" for level in ("eu", "country", "region")]


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("g", ["gaps"]),
        ("matrix --level r", ["region"]),
        ("matrix --role soc", ["social-economy"]),
        ("matrix --without inter", ["interreg"]),
        ("explain social-economy@c", ["social-economy@country"]),
        (
            "explain social-economy",
            [
                "social-economy@eu",
                "social-economy@country",
                "social-economy@region",
                "social-economy",
            ],
        ),
        ("explain RO1", ["RO11", "RO12"]),
        ("explain role:soc", ["role:social-economy"]),
        ("explain swot:w1", ["swot:w1"]),
        ("explain dec", ["deck"]),
        ("compare BG RO1", ["RO11", "RO12"]),
        ("compare --each r", ["region"]),
        ("list so", ["sources"]),
        ("list instruments --covers circular-economy", ["circular-economy", *CIRCULAR]),
        ("list instruments --source dec", ["deck"]),
        ("matrix --kind forum", ["forum"]),
        ("matrix --target excellent", ["excellent-clusters"]),
        ("matrix --data missing --level r", []),
    ],
)
def test_the_shell_completes_commands_and_ids(words: str, offered: list[str]) -> None:
    assert completed(f"clustergap {words}") == offered


def test_the_shell_completes_options_and_rules() -> None:
    assert "--with-planned" in completed("clustergap matrix --with")
    assert "CG201" in completed("clustergap explain CG20")


def test_a_name_in_brackets_is_shown_as_it_is_beside_a_completion() -> None:
    text = GOOD.replace("name: Social economy}", 'name: "[/x] [red]social"}')
    Path("good.yaml").write_text(text, encoding="utf-8")
    script = "_CLUSTERGAP_COMPLETE=complete_zsh _TYPER_COMPLETE_ARGS='clustergap matrix --data good.yaml --role soc' clustergap"

    outcome = process(script)

    assert outcome.stderr == b""
    assert "[/x] [red]social" in outcome.stdout.decode()


def test_a_long_sentence_beside_a_completion_is_cut_and_never_broken_into_lines() -> None:
    line = "clustergap explain swot:w"
    script = f"_CLUSTERGAP_COMPLETE=complete_powershell _TYPER_COMPLETE_ARGS={line!r} _TYPER_COMPLETE_WORD_TO_COMPLETE=swot:w clustergap"

    offered = process(script).stdout.decode().splitlines()

    assert any(each.endswith("…") for each in offered)
    assert all(each.startswith("swot:w") and ":::" in each for each in offered)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_every_shell_has_its_completion_script(shell: str) -> None:
    assert "_CLUSTERGAP_COMPLETE" in run("completion", shell).out


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "argv",
    [
        ["matrix"],
        ["gaps"],
        ["explain", "act"],
        ["swot"],
        ["needs"],
        ["what-if", "--each"],
        ["diff", "good.yaml"],
        ["compare", "RO"],
        ["timeline"],
        ["risks"],
        ["list", "sources"],
        ["report"],
        ["schema", "instruments", "--from-data"],
    ],
    ids=lambda argv: argv[0],
)
def test_a_very_bad_file_is_told_as_check_tells_it_cut_and_counted(argv: list[str]) -> None:
    Path("data").mkdir()
    many = "".join(f"  - {{id: i{n}, name: I {n}, kind: A B}}\n" for n in range(1_100))
    text = GOOD.partition("  - id: act")[0] + many
    Path("data/instruments.yaml").write_text(text, encoding="utf-8")

    told = run("check", "data").out
    outcome = run(*argv)

    assert (outcome.code, outcome.stdout, outcome.err) == (Exit.UNUSABLE, b"", told)
    assert told.count(": error CG104 ") == MOST_SHOWN
    assert "\n… and 100 findings more, not shown\n\n1,100 errors in 1 file." in told
    assert told.endswith("What a code means: clustergap explain CG104\n")

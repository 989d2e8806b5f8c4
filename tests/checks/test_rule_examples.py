"""The examples that explain a rule: each bad one breaks it and nothing worse, each good one is right."""

import re
from pathlib import Path

import pytest

from clustergap.checks.run import CATALOGUE
from clustergap.cli.exit import Exit
from clustergap.findings import CheckResult, Finding, Rule, Severity
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FRAGMENTS, MAIN, SWOT
from clustergap.loading.loader import check_dataset
from clustergap.model.dates import last_day
from running import run

FRAME = {
    "schema": "schema: 1\n",
    "title": "title: A dataset\n",
    "levels": """\
levels:
  - {id: eu, name: EU, aliases: [european]}
  - {id: country, name: Country, aliases: [national], territories: eu27}
  - {id: region, name: Region, aliases: [regional], territories: nuts2-2024}
""",
    "roles": """\
roles:
  - {id: industry-4-0, name: Industry 4.0}
  - {id: social-economy, name: Social economy}
""",
    "instruments": "instruments: []\n",
}
"""The sections that an example may leave out."""

BYTES = ("CG002",)
"""Examples that say in letters what the bytes of a file are."""

LINKS = ("CG001",)
"""Examples that name a file, and where it leads."""

WHOLE = ("CG008",)
"""Examples that are all of a file."""

APART = (*BYTES, *LINKS, *WHOLE)
KINDS = ("bad", "good")

PARTS = [
    pytest.param(rule, kind, id=f"{rule.code}-{kind}")
    for rule in CATALOGUE.values()
    for kind in KINDS
    if rule.code not in APART
]


def framed(part: str) -> str:
    """Make a whole file of the part of one."""
    own = set(re.findall(r"^(\w+):", part, re.MULTILINE))
    return "".join(text for key, text in FRAME.items() if key not in own) + part


def write(folder: Path, part: str) -> None:
    """Write an example as the dataset that it is a part of."""
    first, _, rest = part.partition("\n")
    if first == f"# {SWOT}":
        (folder / MAIN).write_text(framed(""), encoding="utf-8")
        (folder / SWOT).write_text(f"schema: 1\n{rest}", encoding="utf-8")
    elif first.startswith(f"# {FRAGMENTS}/"):
        (folder / MAIN).write_text(framed(""), encoding="utf-8")
        fragment = folder / first.removeprefix("# ")
        fragment.parent.mkdir()
        fragment.write_text(part, encoding="utf-8")
    else:
        (folder / MAIN).write_text(framed(part), encoding="utf-8")


def checked(folder: Path, part: str = "") -> CheckResult:
    """Check an example, on the day that a remark in it names."""
    today = re.search(r"# check --today (\S+)", part)
    return check_dataset(find_files(folder), today=last_day(today[1]) if today else None)


def judge(report: CheckResult, rule: Rule, kind: str) -> None:
    """Require that a bad example breaks the rule and no other that fails a gate, and that a good one breaks none."""
    worse = [f for f in report.findings if f.rule.severity is not Severity.NOTE]
    codes = {finding.rule.code for finding in (*worse, *_of(report, rule))}
    assert codes == ({rule.code} if kind == "bad" else set()), report.findings


def _of(report: CheckResult, rule: Rule) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule is rule]


@pytest.mark.parametrize(("rule", "kind"), PARTS)
def test_an_example_is_what_it_says(tmp_path: Path, rule: Rule, kind: str) -> None:
    part = getattr(rule, kind)

    write(tmp_path, part)

    judge(checked(tmp_path, part), rule, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", LINKS)
def test_an_example_of_a_file_is_what_it_says(tmp_path: Path, code: str, kind: str) -> None:
    rule = CATALOGUE[code]
    path, _, leads_to = getattr(rule, kind).strip().partition(" -> ")
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    (file.parent.parent / MAIN).write_text(framed(""), encoding="utf-8")
    fragment = "instruments: []\n"
    if leads_to:
        assert leads_to.startswith("/"), "it leads out of the dataset"
        outside = tmp_path / "outside.yaml"
        outside.write_text(fragment, encoding="utf-8")
        try:
            file.symlink_to(outside)
        except OSError:
            pytest.skip("no links here")
    else:
        file.write_text(fragment, encoding="utf-8")

    report = checked(file.parent.parent)

    judge(report, rule, kind)
    assert {finding.location.path for finding in report.findings} <= {file.as_posix()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", BYTES)
def test_an_example_of_bytes_is_what_it_says(tmp_path: Path, code: str, kind: str) -> None:
    rule = CATALOGUE[code]
    line = f"  - id: programme\n    {getattr(rule, kind)}    covers: {{industry-4-0@eu: full}}\n"
    escaped = re.compile(rb"\\x([0-9A-F]{2})")
    whole = framed(f"instruments:\n{line}").encode("utf-8")
    (tmp_path / MAIN).write_bytes(escaped.sub(lambda m: bytes.fromhex(m[1].decode()), whole))

    judge(checked(tmp_path), rule, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", WHOLE)
def test_an_example_of_a_whole_file_is_what_it_says(tmp_path: Path, code: str, kind: str) -> None:
    rule = CATALOGUE[code]
    (tmp_path / "instruments").mkdir()
    (tmp_path / MAIN).write_text(framed(""), encoding="utf-8")
    (tmp_path / "instruments" / "ro.yaml").write_text(getattr(rule, kind), encoding="utf-8")

    judge(checked(tmp_path), rule, kind)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_an_example_ends_its_lines_and_is_no_other(rule: Rule) -> None:
    assert rule.bad != rule.good
    for part in (rule.bad, rule.good):
        assert part.endswith("\n")
        assert not part.endswith("\n\n")
        assert part.strip()


@pytest.mark.sampled(12)
@pytest.mark.parametrize(
    "rule", [r for r in CATALOGUE.values() if r.code not in APART], ids=lambda rule: rule.code
)
def test_the_gate_closes_at_a_bad_example_as_its_severity_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: Rule
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, rule.bad)
    argv = ("check", ".", "--today", "2026-01-01", "--select", rule.code)

    code, strictly = run(*argv).code, run(*argv, "--strict").code

    assert code == (Exit.FOUND if rule.severity is Severity.ERROR else Exit.OK)
    assert strictly == (Exit.OK if rule.severity is Severity.NOTE else Exit.FOUND)


def test_every_example_is_tried() -> None:
    tried = {part.values[0].code for part in PARTS if isinstance(part.values[0], Rule)}

    assert tried | {*APART} == set(CATALOGUE)

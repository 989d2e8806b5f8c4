"""What the packaged deck answers says so itself, in every format of every command: nobody takes it for his own data."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from clustergap.cli.exit import Exit
from clustergap.formats import FORMATS
from clustergap.origin import EXAMPLE
from paths import ROOT
from running import run

SUFFIXES = {"table": "txt"}
COMMANDS = {
    "matrix": "matrix",
    "matrix --names": "matrix",
    "gaps": "gaps",
    "needs": "needs",
    "needs --explain-order": "needs",
    "compare RO BG": "compare",
    "compare --each country --measures": "compare",
    "compare RO BG --over 2015,2030 --role social-economy --level region": "compare-over",
    "timeline": "timeline",
    "risks": "risks",
    "list statements": "list",
    "report": "report",
    "report --brief": "brief",
    "swot": "swot",
    "swot --tows": "swot",
    "explain social-economy@country": "explain",
    "explain interreg": "explain",
    "what-if --without interreg": "what-if",
    "what-if --each": "what-if",
}
DOCUMENTS = [
    *(
        (command, SUFFIXES.get(one.value, one.value))
        for command, question in COMMANDS.items()
        for one in FORMATS[question]
    ),
    ("schema instruments --from-data", "json"),
    ("init --from deck --template", "xlsx"),
]
"""Every command that the packaged deck answers, with every suffix that it writes."""


def _suffix(suffix: str, **_parameters: object) -> str:
    return suffix


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(command: str, suffix: str, *more: str) -> bytes:
    file = f"out.{suffix}"
    option = () if command.startswith("init") else ("-o",)
    outcome = run(*command.split(), *option, file, "-q", *more)
    assert outcome.code == Exit.OK, outcome
    return Path(file).read_bytes()


def text_of(document: bytes) -> str:
    """Return what a document says, its parts one behind the other if it is an archive."""
    if document.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(document) as pages:
            return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if not zipfile.is_zipfile(io.BytesIO(document)):
        return document.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return "".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.sampled(6, by=_suffix)
@pytest.mark.parametrize(("command", "suffix"), DOCUMENTS, ids=" ".join)
def test_a_document_of_the_packaged_deck_says_so_and_one_of_other_data_does_not(
    command: str, suffix: str
) -> None:
    assert EXAMPLE == "example data that come with clustergap"
    assert EXAMPLE in _in_one_line(text_of(write(command, suffix)))

    if not command.startswith("init"):
        of_others = text_of(write(command, suffix, "--data", str(ROOT / "data")))
        assert EXAMPLE not in _in_one_line(of_others)


@pytest.mark.sampled(8)
@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize(
    "command",
    [
        "matrix",
        "matrix --names",
        "gaps",
        "compare RO BG",
        "compare RO BG --over 2015,2030 --role social-economy --level region",
        "risks",
        "list sources",
        "timeline",
        "swot",
        "swot --tows",
    ],
)
def test_it_stands_in_a_paragraph_at_the_end_of_the_same_text(command: str, suffix: str) -> None:
    ours = text_of(write(command, suffix))

    theirs = text_of(write(command, suffix, "--data", str(ROOT / "data")))

    # After another remark it goes on in the same paragraph.
    assert ours.split() == f"{theirs} These are {EXAMPLE}.".split()
    assert "\n" in ours.removeprefix(theirs.rstrip()) or command == "timeline"


@pytest.mark.parametrize(
    "command",
    [
        "matrix",
        "gaps",
        "needs",
        "compare RO",
        "compare RO BG --over 2015,2030 --role social-economy --level region",
        "risks",
        "list instruments",
        "timeline",
    ],
)
def test_a_table_of_the_packaged_deck_says_so_in_a_last_column(command: str) -> None:
    header, *rows = csv.reader(io.StringIO(write(command, "csv").decode("utf-8-sig")))
    own = write(command, "csv", "--data", str(ROOT / "data")).decode("utf-8-sig")

    assert header[-1] == "data"
    assert {row[-1] for row in rows} == {EXAMPLE}
    assert [row[:-1] for row in [header, *rows]] == list(csv.reader(io.StringIO(own)))


def test_json_says_it_beside_the_path() -> None:
    document = json.loads(write("gaps", "json"))

    assert document["dataset"]["path"] is None
    assert document["dataset"]["note"] == EXAMPLE
    assert list(document["dataset"]) == ["title", "path", "note"]


def test_a_fragment_beside_the_packaged_deck_does_not_make_it_ones_own() -> None:
    Path("more.yaml").write_text("instruments: [{id: more, name: More}]\n", encoding="utf-8")

    for command in ("what-if --add more.yaml", "what-if --each --add more.yaml"):
        assert EXAMPLE in text_of(write(command, "md"))
        assert EXAMPLE in text_of(write(command, "json"))


def test_candidates_say_it_in_a_comment() -> None:
    assert run("swot", "--candidates", "-q", "-o", "candidates.yaml").code == Exit.OK

    lines = Path("candidates.yaml").read_text(encoding="utf-8").splitlines()

    assert f"# These are {EXAMPLE}." in lines


def test_what_is_printed_is_what_is_written_so_that_a_shell_s_file_says_it_too() -> None:
    for command, suffix in (("gaps", "txt"), ("gaps", "md"), ("swot", "json")):
        format_ = () if suffix == "txt" else ("-f", suffix)
        assert run(*command.split(), *format_, "-q").stdout == write(command, suffix)


def test_what_explains_a_rule_has_no_data() -> None:
    assert run("explain", "CG201", "-q", "-o", "rule.md").code == Exit.OK

    assert EXAMPLE not in Path("rule.md").read_text(encoding="utf-8")

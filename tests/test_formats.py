"""Every format of every result: whole documents as golden files, and each read back by its own grammar."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from functools import cache

import pytest
from inline_snapshot import external_file
from rich.cells import cell_len

from clustergap import formats
from clustergap.formats import Format
from paths import GOLDEN, ROOT
from running import run

HOSTILE = "tests/hostile"

QUESTIONS = {
    "matrix": ("matrix",),
    "gaps": ("gaps", "--today", "2024-06-30"),
    "explain-cell": ("explain", "markup@country"),
    "explain-instrument": ("explain", "a"),
    "explain-role": ("explain", "markup"),
    "explain-level": ("explain", "country"),
    "explain-place": ("explain", "core"),
    "explain-source": ("explain", "deck"),
    "explain-item": ("explain", "o1"),
    "swot": ("swot",),
    "what-if": ("what-if", "--without", "a"),
    "keystones": ("what-if", "--each"),
    "diff": ("diff", "tests/hostile-old"),
    "compare": ("compare", "RO21", "core"),
    "compare-measures": ("compare", "AT", "RO21", "core", "--level", "region", "--measures"),
    "compare-over": (
        *("compare", "AT", "RO21", "core", "--over", "2019-12,2022,2024-06-30,2030"),
        *("--role", "markup", "--level", "country"),
    ),
    "timeline": ("timeline",),
    "risks": ("risks",),
    "needs": ("needs", "--explain-order"),
    "list-instruments": ("list", "instruments"),
    "list-statements": ("list", "statements", "--covers", "country", "--undated"),
    "tows": ("swot", "--tows"),
}
SAME = {
    **{
        f"explain-{subject}": "explain"
        for subject in ("cell", "instrument", "role", "level", "place", "source", "item")
    },
    "compare-measures": "compare",
    "list-instruments": "list",
    "list-statements": "list",
}
FORMATS = {name: tuple(formats.FORMATS[SAME.get(name, name)]) for name in QUESTIONS}
SCHEMAS = {**SAME, "tows": "swot"}
COMPARISONS = ("what-if", "diff")
EVERY_DAY = ("timeline", "compare-over", "list-instruments", "list-statements")
TABLES = [name for name, each in FORMATS.items() if Format.CSV in each]
PICTURES = ("matrix", "compare", "compare-over", "timeline")
DOCUMENTS = [
    (name, one.value)
    for name, each in FORMATS.items()
    for one in each
    if one not in formats.BINARY  # no text: other tests look at them
]


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def document(name: str, format_: str, data: str = HOSTILE) -> str:
    """Return a document about the hostile dataset."""
    outcome = run(*QUESTIONS[name], "--data", data, "-f", format_)
    assert outcome.code == 0, outcome.err
    return outcome.out


@pytest.mark.parametrize(("name", "format_"), DOCUMENTS)
def test_a_document_is_the_golden_one(name: str, format_: str) -> None:
    # Bytes, so that the line ends of CSV are compared too. The style of pages is a file of its own.
    text = document(name, format_).replace("\r\n", "␍\n")
    text = re.sub("<style>.*?</style>", "<style>…</style>", text, flags=re.DOTALL)
    text = re.sub("sha256-[A-Za-z0-9+/=]+", "sha256-…", text)

    assert text == external_file(GOLDEN / f"hostile.{name}.{format_}.txt")


@pytest.mark.sampled(1)
@pytest.mark.sampled(3, by=lambda name, format_: format_)  # noqa: ARG005
@pytest.mark.parametrize(("name", "format_"), DOCUMENTS)
def test_a_document_is_the_same_on_every_run(name: str, format_: str) -> None:
    assert document.__wrapped__(name, format_) == document(name, format_)


@pytest.mark.parametrize(("name", "format_"), DOCUMENTS)
def test_a_document_ends_with_one_line_end(name: str, format_: str) -> None:
    text = document(name, format_)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize(("name", "format_"), DOCUMENTS)
def test_no_document_holds_a_control_character(name: str, format_: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", document(name, format_))


@pytest.mark.parametrize(
    ("name", "format_"),
    [(name, format_) for name, makers in formats.FORMATS.items() for format_ in makers],
)
def test_every_format_has_its_writer(name: str, format_: Format) -> None:
    assert callable(formats.find_writer(name, format_))


@pytest.mark.parametrize(
    ("name", "path", "without"), [("what-if", HOSTILE, ["a"]), ("diff", "tests/hostile-old", [])]
)
def test_json_of_a_comparison_says_first_what_it_is_and_of_what(
    name: str, path: str, without: list[str]
) -> None:
    parsed = json.loads(document(name, "json"))

    assert list(parsed)[:3] == ["schema", "before", "after"]
    assert parsed["schema"] == f"clustergap/{name}@1"
    assert parsed["before"]["dataset"]["path"] == path
    assert parsed["after"]["dataset"]["path"] == HOSTILE
    assert parsed["before"]["query"]["without"] == []
    assert parsed["after"]["query"]["without"] == without


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in COMPARISONS])
def test_json_says_what_it_is_first(name: str) -> None:
    parsed = json.loads(document(name, "json"))

    assert list(parsed)[:3] == ["schema", "dataset", "query"]
    version = 2 if name == "timeline" else 1
    assert parsed["schema"] == f"clustergap/{SCHEMAS.get(name, name)}@{version}"
    assert parsed["dataset"]["path"] == HOSTILE
    assert parsed["query"] == {
        "as_of": None if name in EVERY_DAY else "2024-06-30",
        "in": "core" if name == "explain-place" else None,
        "target": None,
        "kinds": [],
        "without": [],
        "alone": False,
        "with_planned": name.startswith("list"),
    }


def test_names_come_back_from_json_as_they_were_written() -> None:
    parsed = json.loads(document("matrix", "json"))

    names = [role["name"] for role in parsed["roles"]]
    assert names == [
        "[/x] <b>bold</b> *star* _under_ `code`",
        '=HYPERLINK("http://evil.example";"x")',
        "می\u200cخواهم :warning: @mention #12",
    ]
    assert parsed["summary"] == {"cells": 9, "full": 2, "partial": 3, "none": 4, "unknown": 0}


@pytest.mark.parametrize("name", TABLES)
def test_csv_reads_back_and_starts_no_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(document(name, "csv"), newline="")))

    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]
    assert [cell for row in rows for cell in row if cell.startswith(("'=", "'+", "'-"))]


@pytest.mark.parametrize(("name", "format_"), [pair for pair in DOCUMENTS if pair[1] == "md"])
def test_markdown_holds_no_markup_of_the_data(name: str, format_: str) -> None:
    text = document(name, format_)

    assert not re.search(r"<(?!br>)", text)
    assert not re.search(r"(?<!\w)@\w", text)
    assert not re.search(r"#\d", text)
    assert ":warning:" not in text


@pytest.mark.parametrize(
    "name", ["matrix", "gaps", "timeline", "risks", *COMPARISONS, "keystones"]
)
def test_a_markdown_table_keeps_its_columns(name: str) -> None:
    rows = [line for line in document(name, "md").splitlines() if line.startswith("|")]

    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


@pytest.mark.parametrize("name", PICTURES)
def test_svg_is_xml_with_the_names_as_text(name: str) -> None:
    root = ET.fromstring(document(name, "svg"))  # noqa: S314 - our own document

    texts = "".join(
        "".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")
    )
    assert {node.tag.rpartition("}")[2] for node in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "tspan", "circle", "path", "line", "g", "defs", "pattern",
    }  # fmt: skip
    assert "[/x]" in texts
    assert "<b>bold</b>" in texts
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]


def test_the_terminal_shows_data_as_it_is_written() -> None:
    text = run("explain", "persian@region", "--data", HOSTILE, columns=200).out

    assert ":warning: @mention #12" in text
    assert "Not in \\every| region <a href='x'>" in text


def test_ids_and_role_names_are_never_cut() -> None:
    for columns in (80, 120):
        text = run("matrix", is_terminal=True, columns=columns, NO_COLOR="1").out

        for name in (
            "Business driven innovation",
            "New industrial value chains",
            "Internationalisation",
        ):
            assert name in text


TOLD = (
    ("matrix", "--names"),
    ("gaps",),
    ("swot",),
    ("explain", "interreg"),
    ("explain", "internationalisation@region"),
    ("explain", "region"),
    ("explain", "RO"),
    ("explain", "source:deck"),
    ("explain", "w1"),
    ("what-if", "--without", "interreg"),
    ("what-if", "--each"),
    ("diff", "tests/hostile-old"),
    ("compare", "RO", "BG"),
    ("compare", "--each", "country"),
    ("compare", "--each", "region", "--measures"),
    (
        *("compare", "--each", "country", "--over", "2012,2016,2019,2022,2026"),
        *("--role", "internationalisation", "--level", "region"),
    ),
    ("timeline",),
    ("risks", "--crowded", "2"),
    ("needs", "--explain-order"),
    ("swot", "--tows"),
    ("list", "instruments"),
    ("list", "statements", "--in", "RO"),
)


@pytest.mark.sampled(8)
@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_no_word_is_lost_on_a_narrow_screen(words: tuple[str, ...]) -> None:
    def told(columns: int) -> list[str]:
        out = run(*words, "-q", is_terminal=True, columns=columns, NO_COLOR="1").out
        assert max(map(cell_len, out.splitlines())) <= columns
        return out.split()

    # Lines are drawn as long as there is room.
    wide = [word for word in told(300) if not set(word) <= set("─│┌┐└┘├┤┬┴┼")]
    for columns in (80, 72):
        narrow = told(columns)
        assert [word for word in wide if len(word) < 24 and word not in narrow] == []


def test_the_matrix_fits_80_columns() -> None:
    text = run("matrix", is_terminal=True, columns=80, NO_COLOR="1").out

    assert max(map(len, text.splitlines())) <= 80
    assert sum(line.startswith("Role ") for line in text.splitlines()) == 1


def test_levels_that_do_not_fit_stand_below_each_other() -> None:
    text = run("matrix", is_terminal=True, columns=50, NO_COLOR="1").out

    assert max(map(len, text.splitlines())) <= 50
    assert sum(line.startswith("Role ") for line in text.splitlines()) > 1
    assert text.count("NONE") == 2


def test_ascii_screens_get_ascii_signs() -> None:
    outcome = run("matrix", encoding="ascii")

    assert outcome.stdout.isascii()
    assert b"F full" in outcome.stdout
    assert b"P partial" in outcome.stdout
    assert b"- NONE" in outcome.stdout


def test_shape_and_word_do_not_depend_on_colour() -> None:
    coloured = run("matrix", "--color", "always", is_terminal=True).out
    plain = run("matrix", "--color", "never", is_terminal=True).out

    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()] == [
        line.rstrip() for line in plain.splitlines()
    ]


def test_unknown_units_are_said_in_every_output() -> None:
    for format_ in ("table", "md", "svg"):
        # A line of a picture is an element of its own.
        words = " ".join(
            re.sub(r"</text>\s*<text[^>]*>", " ", document("matrix", format_)).split()
        )
        assert "0 of 1 country, 26 unknown" in words
    for format_ in ("table", "md", "csv"):
        assert "0 of 1 country, 26 unknown" in document("gaps", format_)
    for format_ in ("table", "md"):
        words = " ".join(document("timeline", format_).split())
        assert "1 pair of role and level with unknown countries" in words
    assert "NONE, 26 countries unknown" in document("timeline", "svg")

"""What an answer and a table of the data can do in Python: records, data frames, files, text, notebooks."""

import base64
import dataclasses
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import clustergap as cg
from clustergap.api.answer import Answer
from clustergap.installation import how_to_add
from exports import library, rows_of
from paths import ROOT
from running import run

DATA = ROOT / "examples/industry-4-0-2017"


@pytest.fixture(scope="module")
def policy() -> cg.PolicyData:
    return cg.read(DATA)


@pytest.fixture(scope="module")
def answers(policy: cg.PolicyData) -> dict[str, Answer]:
    one_cell = {"role": "industry-4-0", "level": "country"}
    return {
        "matrix": policy.matrix(),
        "gaps": policy.gaps(),
        "needs": policy.needs(),
        "risks": policy.risks(),
        "timeline": policy.timeline(),
        "what-if": policy.what_if(without="interreg"),
        "keystones": policy.keystones(),
        "swot": cg.deck().swot(),
        "tows": cg.deck().tows(),
        "compare": policy.compare("RO", "BG"),
        "compare-over": policy.compare("RO", over="2017,2026", **one_cell),  # type: ignore[arg-type]
        "diff": policy.diff(cg.deck()),
        "list": policy.list("instruments"),
        "explain": policy.explain("industry-4-0@country"),
        "a rule": policy.explain("CG201"),
        "check": policy.check(),
        "brief": policy.brief(),
    }


TABLES = [
    "matrix", "gaps", "needs", "risks", "timeline", "what-if", "keystones", "swot", "tows", "compare", "compare-over", "diff",
    "list", "explain", "a rule", "check",
]  # fmt: skip


def test_records_are_typed(policy: cg.PolicyData) -> None:
    gap = policy.gaps(level="country", role="Industry 4.0").records()

    assert [(each["coverage"], each["covered"], each["of"]) for each in gap] == [
        ("partial", 15, 27)
    ]
    assert type(gap[0]["coverage"]) is str
    assert gap[0]["as of"] == date(2017, 10, 31)
    assert gap[0]["accepted"] is None


def test_a_year_is_its_day_in_a_record() -> None:
    (changed, *_) = cg.deck().what_if(as_of="2021").records()

    assert type(changed["as of after"]) is date
    assert changed["as of after"] == date(2021, 12, 31)


@pytest.mark.parametrize("question", TABLES)
def test_a_data_frame_has_the_rows_and_columns_of_the_records(
    answers: dict[str, Answer], question: str
) -> None:
    pandas = library("pandas")

    frame = answers[question].to_pandas()

    records = answers[question].records()
    assert len(frame) == len(records)
    for n, record in enumerate(records):
        assert list(frame.columns) == list(record)
        for name, value in record.items():
            got = frame[name].iloc[n]
            if value is None:
                assert pandas.isna(got)
            elif isinstance(value, date):
                assert got == pandas.Timestamp(value)
            else:
                assert got == value


def test_numbers_and_days_keep_their_type_where_some_say_nothing(policy: cg.PolicyData) -> None:
    library("pandas")

    types = policy.matrix().to_pandas().dtypes.astype(str).to_dict()

    assert (types["covered"], types["as of"]) == ("Int64", "datetime64[s]")
    assert policy.instruments.to_pandas().dtypes.astype(str)["funds"] == "boolean"


def test_polars_takes_the_records(policy: cg.PolicyData) -> None:
    polars = library("polars")

    frame = polars.DataFrame(policy.gaps().records(), infer_schema_length=None)

    assert frame["of"].to_list() == [each["of"] for each in policy.gaps().records()]


def test_without_pandas_a_data_frame_says_what_to_install(
    policy: cg.PolicyData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(cg.ClusterGapError) as raised:
        policy.gaps().to_pandas()

    assert str(raised.value) == f"a data frame needs an extra: {how_to_add('pandas')}"


def test_one_page_has_no_table_and_no_json(policy: cg.PolicyData) -> None:
    for ask in (policy.brief().records, policy.brief().to_pandas, policy.brief().record):
        with pytest.raises(
            cg.ClusterGapError, match=r"^a brief has no (table|JSON document): ask"
        ):
            ask()


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("matrix", "matrix.csv"),
        ("matrix", "matrix.txt"),
        ("matrix", "matrix.svg"),
        ("gaps", "gaps.xlsx"),
        ("gaps", "gaps.HTML"),
        ("risks", "risks.md"),
        ("check", "findings.sarif.json"),
        ("check", "findings.xml"),
    ],
)
def test_a_saved_file_is_the_command_s(
    policy: cg.PolicyData, tmp_path: Path, command: str, file: str
) -> None:
    ours, command_s = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    command_s.mkdir()

    written = getattr(policy, command)().save(str(ours / file))

    named = [str(DATA)] if command == "check" else ["--data", str(DATA)]
    assert run(command, *named, "-o", str(command_s / file)).code == 0
    assert written == ours / file
    assert written.read_bytes() == (command_s / file).read_bytes()


LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""


@pytest.mark.parametrize("file", ["map.html", "note.docx", "matrix.svg"])
def test_a_title_and_a_logo_of_one_s_own_are_the_command_s(
    policy: cg.PolicyData, tmp_path: Path, file: str
) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(LOGO)
    ours, command_s = tmp_path / f"ours-{file}", tmp_path / f"theirs-{file}"
    command = "matrix" if file == "matrix.svg" else "report"

    if command == "matrix":
        policy.matrix().save(ours, title="Clusters in 2027", logo=str(logo))
    else:
        policy.report(ours, title="Clusters in 2027", logo=logo)

    head = ("--title", "Clusters in 2027", "--logo", str(logo))
    assert run(command, "--data", str(DATA), *head, "-o", str(command_s)).code == 0
    assert ours.read_bytes() == command_s.read_bytes()
    if file != "note.docx":
        assert "Clusters in 2027" in ours.read_text("utf-8")


def test_a_title_that_a_format_does_not_bear_is_refused(
    policy: cg.PolicyData, tmp_path: Path
) -> None:
    with pytest.raises(cg.ClusterGapError, match=r"^--title is for a page, .*, not for csv$"):
        policy.gaps().save(tmp_path / "gaps.csv", title="Ours")
    with pytest.raises(cg.ClusterGapError, match=r"^--logo is for a page, .*, not for xlsx$"):
        policy.report(tmp_path / "all.xlsx", logo="logo.png")
    with pytest.raises(cg.ClusterGapError, match=r"^cannot read the logo 'none.png': "):
        policy.report(tmp_path / "map.html", logo="none.png")
    assert [*tmp_path.iterdir()] == []


def test_one_slide_is_saved_as_the_command_s(policy: cg.PolicyData, tmp_path: Path) -> None:
    library("pptx")
    command_s = tmp_path / "theirs.pptx"

    policy.brief().save(tmp_path / "ours.pptx")

    assert run("report", "--brief", "--data", str(DATA), "-o", str(command_s)).code == 0
    assert (tmp_path / "ours.pptx").read_bytes() == command_s.read_bytes()


def test_a_format_can_be_said_where_a_suffix_says_none(
    policy: cg.PolicyData, tmp_path: Path
) -> None:
    written = policy.gaps().save(tmp_path / "gaps.dat", format_="json")

    assert written.read_text("utf-8").startswith('{\n  "schema": "clustergap/gaps@')
    with pytest.raises(
        cg.ClusterGapError, match=r"'jsn' is not a format: .* Did you mean 'json'\?"
    ):
        policy.gaps().save(tmp_path / "gaps.dat", format_="jsn")


def test_an_answer_in_words_is_the_command_s_table(policy: cg.PolicyData) -> None:
    text = str(policy.gaps(level="country"))

    shown = run("gaps", "--level", "country", "--data", str(DATA), is_terminal=True, columns=100)
    # On a terminal the next useful commands follow, and all is coloured.
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.out)
    assert [line.rstrip() for line in plain.splitlines()][: len(text.splitlines())] == (
        text.splitlines()
    )


def test_what_a_question_leaves_out_stands_below_the_answer() -> None:
    answer = dataclasses.replace(cg.deck().gaps(), notes=("<b>7</b> are left out",))

    bundle = answer._repr_mimebundle_()
    assert str(answer).endswith("\nnote: <b>7</b> are left out")
    assert bundle["text/plain"] == str(answer)
    assert "note: &lt;b&gt;7&lt;/b&gt; are left out" in bundle["text/html"]


@pytest.mark.parametrize("question", [*TABLES, "brief"])
def test_in_a_notebook_an_answer_is_a_table_for_everybody(
    answers: dict[str, Answer], question: str
) -> None:
    html = answers[question]._repr_mimebundle_()["text/html"]

    part = ET.fromstring(well_formed(html))  # noqa: S314 - our own
    assert part.get("class") == "clustergap"
    for table in part.iter("table"):
        caption = table.find("caption")
        assert caption is not None
        assert "".join(caption.itertext()).strip()
        assert {each.get("scope") for each in table.iter("th")} <= {"col", "row"}
        assert all(row.find("th") is not None for row in table.iter("tr"))
    boxes = [each for each in part.iter("div") if each.get("class") == "scroll"]
    assert len(boxes) == len(list(part.iter("table")))
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in boxes)
    assert not list(part.iter("script"))
    assert not [each for each in part.iter() if each.get("id")]
    assert not re.search(r"\son\w+=|javascript:|url\(|@import", html)


def well_formed(html: str) -> str:
    """Return a part of a page as XML, which knows no void elements and no attributes without a value."""
    return html.replace("<br>", "<br/>")


def test_the_coverage_of_a_cell_is_said_by_shape_and_word(policy: cg.PolicyData) -> None:
    html = policy.matrix()._repr_mimebundle_()["text/html"]

    signs = re.findall(r'<span aria-hidden="true">(.)</span> <b>(\w+)</b>', html)
    counted = Counter(each["coverage"] for each in policy.matrix().records())
    words = Counter(
        word.lower() for row in re.findall(r"<tr>.*</tr>", html) for word in re.findall(r"<b>(\w+)</b>", row)
    )  # fmt: skip
    assert words == counted
    assert set(signs) <= {("●", "full"), ("◐", "partial"), ("○", "NONE"), ("○", "none"), ("?", "unknown")}  # fmt: skip


@pytest.mark.parametrize("name", ["instruments", "statements", "sources"])
def test_a_table_of_the_data_is_that_of_an_export(
    policy: cg.PolicyData, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "tables"
    run("export", str(folder), "--data", str(DATA), "-q")

    table = getattr(policy, name)

    rows = rows_of(folder / f"{name}.csv")
    assert len(table) == len(rows) > 0
    assert list(table.columns) == list(rows[0])
    assert all(table.columns.values())
    assert [{key: written(value) for key, value in row.items()} for row in table.records()] == rows


def written(value: object) -> str:
    """Write a value as the csv of an export does."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_a_long_table_shows_its_beginning_and_counts_the_rest(policy: cg.PolicyData) -> None:
    table = policy.statements
    assert len(table) > 50

    bundle = table._repr_mimebundle_()

    assert repr(table) == f"DataTable(statements: {len(table)} rows)"
    assert bundle["text/html"].count("<tr>") == 1 + 50
    for text in bundle.values():
        assert f"And {len(table) - 50} rows more." in text
    assert "Further columns: level_name, instrument, " in " ".join(bundle["text/plain"].split())


def test_names_that_are_markup_stay_text() -> None:
    hostile = cg.read(ROOT / "tests/hostile")

    for shown in (hostile.matrix(), hostile.gaps(), hostile.check(), hostile.instruments):
        html = shown._repr_mimebundle_()["text/html"]
        assert not re.search(r"<(?:script|img|iframe|b>EU)", html)


def test_an_answer_and_a_dataset_cannot_be_changed(policy: cg.PolicyData) -> None:
    things: list[Any] = [policy, policy.matrix(), policy.sources]

    for thing, name in zip(things, ("dataset", "result", "table"), strict=True):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, name, None)


def test_a_dataset_says_in_a_line_what_it_is(policy: cg.PolicyData) -> None:
    assert repr(policy) == f"PolicyData({DATA.as_posix()}: 6 roles, 3 levels, 63 instruments)"
    assert repr(cg.deck()).startswith("PolicyData(the packaged deck: ")
    assert repr(policy.matrix()) == "Answer(matrix)"

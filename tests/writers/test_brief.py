"""The brief on one page: one page for any data, nothing under 8 points, the numbers of the matrix, no ids and no commands."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import docx
import page as checker
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from briefings import endless, large, strange
from clustergap.analysis.brief import Brief, build_brief
from clustergap.analysis.matrix import build_matrix
from clustergap.answers import brief, matrix
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.one_page import OnePage
from clustergap.origin import Origin
from clustergap.theme import WORDS
from clustergap.writers import brief_docx, brief_layout, brief_pdf
from clustergap.writers import json as json_writer
from office import print_all
from paths import ROOT
from running import run
from sampling import Sample
from strategies import dataset_of, datasets
from tagged_pdf import Tag, tags_of

A4 = (595, 842)
LEAST = 8.0
"""The least size of letters, in points."""

LONG = "A name that is longer than those that people give to roles and levels of a policy " * 3


def wide(name: str = "") -> Dataset:
    """Make forty roles at four levels with a thousand instruments, each with its own name or all with the same long one."""
    roles = [{"id": f"r{n}", "name": name or f"Role {n} of clusters"} for n in range(40)]
    titles = ("EU", "Country", "Region", "Province")
    levels: list[dict[str, object]] = [
        {"id": f"l{n}", "name": name or title} for n, title in enumerate(titles)
    ]
    levels[1]["territories"] = "eu27"
    countries = ("AT", "BE", "BG", "RO", "DE", "FR", "IT", "ES")
    instruments = [
        {
            "id": f"i{n}",
            "name": f"Programme {n} for what clusters do",
            "covers": {
                f"r{n * 7 % 37}@l0": "full" if n % 3 else "partial",
                f"r{n * 5 % 31}@l1": {"extent": "full", "territories": [countries[n % 8]]},
                f"r{n * 3 % 29}@l2": "partial",
                f"r{n * 2 % 23}@l3": "full",
            },
            **({"ends": "2027"} if n % 2 else {}),
        }
        for n in range(1000)
    ]
    sources = {"book": {"title": "A book"}}
    return dataset_of(
        {
            "title": name or "Forty roles",
            "as_of": "2026-11-22",
            "sources": sources,
            "levels": levels,
            "roles": roles,
            "instruments": instruments,
        }
    )


def own() -> Dataset:
    """Make a dataset with places of its own, with names of one word and of three."""
    places = [{"code": "XA", "name": "Kapital"}, {"code": "XB", "name": "The Outer Islands"}]
    return dataset_of(
        {
            "levels": [{"id": "land", "name": "Land", "territories": places}],
            "roles": ["one", "two"],
            "instruments": [
                {
                    "id": "a",
                    "name": "A",
                    "covers": {"one@land": {"extent": "full", "territories": ["XB"]}},
                }
            ],
        }
    )


FILES = (
    "data",
    "examples/cluster-policy-2021-2027",
    "examples/industry-4-0-2017",
    "tests/hostile",
)
MADE = {
    "strange": lambda: strange().matrix,
    "endless": lambda: endless().matrix,
    "large": lambda: large().matrix,
    "wide": lambda: build_matrix(wide(), Query()),
    "long": lambda: build_matrix(wide(LONG), Query()),
    "own": lambda: build_matrix(own(), Query()),
}


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def page_of(answer: Brief) -> OnePage:
    return brief.page(answer, Origin("data"))


@cache
def pdf_of(data: str) -> bytes:
    if data in MADE:
        return brief_pdf.write(page_of(build_brief(MADE[data]())))
    outcome = run("report", "--brief", "--data", data, "-f", "pdf", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.stdout


def said(text: str) -> str:
    """Leave out what lines are broken at."""
    return re.sub(r"[\u200b\u2068\u2069]", "", text).replace("\u00a0", " ").strip()


def rows_of(table: Tag) -> list[list[str]]:
    return [[said(cell.words) for cell in row.all("TH", "TD")] for row in table.all("TR")]


@pytest.mark.sampled(5)
@pytest.mark.parametrize("data", [*FILES, *MADE])
def test_a_brief_is_one_page_in_the_margins_with_no_small_letter(data: str) -> None:
    file = pypdfium2.PdfDocument(pdf_of(data))

    assert len(file) == 1
    sizes = {size for size, letters in sizes_of(file) if letters.strip()}
    assert min(sizes) >= LEAST
    picture = file[0].render(scale=1).to_pil().convert("L")
    width, high = picture.size
    assert abs(width - A4[0]) + abs(high - A4[1]) <= 2
    for margin in ((0, 0, 44, high), (width - 44, 0, width, high), (0, high - 38, width, high)):
        assert picture.crop(margin).getextrema() == (255, 255)


def sizes_of(file: pypdfium2.PdfDocument) -> Iterator[tuple[float, str]]:
    text = file[0].get_textpage()
    for n in range(text.count_chars()):
        size = raw.FPDFText_GetFontSize(text.raw, n)
        yield round(size, 2), text.get_text_range(n, 1)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("data", [*FILES, *MADE])
def test_a_checker_of_pdf_ua_finds_nothing_in_a_brief(data: str, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf_of(data))

    outcome = checker.validate_pdf(str(tmp_path / "x.pdf"), profile="ua1")

    assert [str(each) for each in outcome.failures] == []
    assert outcome.is_compliant


def test_a_brief_has_a_title_a_language_and_headings() -> None:
    file = pdf_of("examples/cluster-policy-2021-2027")
    root = tags_of(file)

    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == FINDING
    assert [said(tag.words) for tag in root.all("H1")] == [FINDING]
    assert [said(tag.words) for tag in root.all("H2")] == [
        "What is missing, and what to build on",
        "What ends next",
        "How this was made",
    ]
    assert [len([*table.all("TH")]) for table in root.all("Table")] == [4, 4]


FINDING = "At country level, 3 of 6 roles have no instrument and none is fully covered"


def test_the_map_of_a_brief_says_how_each_role_is_covered() -> None:
    map_, missing = map(rows_of, tags_of(pdf_of("examples/cluster-policy-2021-2027")).all("Table"))

    assert map_[0] == [
        "Role",
        "EU 6 full",
        "Country 27 countries 3 NONE · 3 partial",
        "Region 244 regions 1 NONE · 2 partial · 3 full",
    ]
    assert map_[5] == [
        "Circular economy",
        "● full 3 instruments",
        "◐ partial 24 of 27",
        "◐ partial where is not said",
    ]
    assert [row[0] for row in missing[1:]] == ["○ NONE"] * 4 + ["◐ partial"] * 5
    assert missing[1][1:3] == ["Business driven innovation, country level", "no instrument"]


def test_what_has_no_room_is_counted() -> None:
    words = said(tags_of(pdf_of("wide")).words)
    map_, missing = map(rows_of, tags_of(pdf_of("wide")).all("Table"))
    answer = build_brief(MADE["wide"]())

    (roles,) = re.findall(r"(\d+) more roles at 4 levels:", words)
    assert len(map_) - 1 + int(roles) == 40
    (gaps,) = re.findall(r"(\d+) more gaps:", words)
    assert len(missing) - 1 + int(gaps) == len(answer.gaps.gaps)
    assert len(map_) > 8
    assert len(missing) > 3


@given(datasets(), st.floats(min_value=150, max_value=brief_layout.HEIGHT))
def test_the_numbers_of_a_brief_are_those_of_the_matrix(data: Dataset, room: float) -> None:
    answer = build_brief(build_matrix(data, Query()))
    said_of = page_of(answer)
    record = json.loads(json_writer.write_record(matrix.record(answer.matrix, Origin("data"))))

    fitted = brief_layout.fit(said_of, room=room)

    cells = {
        (cell["role"], cell["level"]): cell["coverage"].replace("none", "NONE")
        for cell in record["cells"]
    }
    levels = [level.id for level in answer.matrix.levels]
    for head, level in zip(said_of.map.heads, levels, strict=True):
        counts = Counter(each for (_, at), each in cells.items() if at == level)
        assert {words for _, words in head.counts} == {f"{n} {each}" for each, n in counts.items()}
    names = {role.name: role.id for role in answer.matrix.roles}
    shown = {
        (names[row.role], level): WORDS[cell.coverage]
        for row in fitted.roles
        for cell, level in zip(row.cells, levels, strict=True)
    }
    assert shown.items() <= cells.items()
    left = Counter(cells.values()) - Counter(shown.values())
    assert counted(fitted.roles_left.partition(":")[2]) == left
    gaps = sum(each in ("NONE", "partial") for each in cells.values())
    more = re.match(r"\d+", fitted.gaps_left)
    assert len(fitted.gaps) + (int(more[0]) if more else 0) == gaps


def counted(words: str) -> Counter[str]:
    return Counter(
        {each: int(n) for n, each in re.findall(r"(\d+) (NONE|partial|full|unknown)", words)}
    )


@given(datasets())
def test_the_shares_of_a_brief_are_those_of_the_matrix(data: Dataset) -> None:
    rated = build_matrix(data, Query())
    rows = page_of(build_brief(rated)).map.rows

    for row, (_, ratings) in zip(rows, rated.by_role(), strict=True):
        for cell, rating in zip(row.cells, ratings, strict=True):
            share = rating.share
            if share is not None and share.of > 1 and share.covered and rating.coverage.is_gap:
                assert cell.beside.startswith(f"{share.covered} of {share.of}")
                assert cell.filled == share.covered / share.of
                assert cell.shaded == (share.covered + share.partial) / share.of


@pytest.mark.parametrize("data", [*FILES[:3], "wide", "own"])
def test_no_id_and_no_command_stands_on_a_brief(data: str) -> None:
    words = said(tags_of(pdf_of(data)).words).replace("Made with clustergap", "")

    assert (
        re.findall(
            r"\bcells?\b|\bopens?\b|\bcloses?\b|territor|\w@\w|\bs\d\b|--\w|\bX[AB]\b", words
        )
        == []
    )
    if data != "data":
        assert "clustergap" not in words


@pytest.mark.parametrize("writer", [brief_pdf, brief_docx])
def test_a_brief_has_the_same_bytes_twice(writer: ModuleType) -> None:
    answer = page_of(build_brief(MADE["own"]()))

    assert writer.write(answer) == writer.write(answer)


def note_of(data: str) -> bytes:
    if data in MADE:
        return brief_docx.write(page_of(build_brief(MADE[data]())))
    outcome = run("report", "--brief", "--data", data, "-f", "docx", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.stdout


def test_a_brief_for_word_is_printed_on_one_page_with_every_row(
    tmp_path: Path, sample: Sample
) -> None:
    asked = sample(["wide", *FILES, *(name for name in MADE if name != "wide")], 3)
    files = [tmp_path / f"{number}.docx" for number in range(len(asked))]
    for data, file in zip(asked, files, strict=True):
        file.write_bytes(note_of(data))

    for data, file, pages in zip(asked, files, print_all(files), strict=True):
        note = docx.Document(str(file))
        assert len(pages.texts) == 1, data
        printed = re.sub(r"\s", "", pages.texts[0])
        cells = [cell.text for table in note.tables for row in table.rows for cell in row.cells]
        if data not in ("strange", "endless", "tests/hostile"):
            assert [each for each in cells if re.sub(r"\s", "", each) not in printed] == [], data
        sizes = {style.font.size.pt for style in note.styles if style.name.startswith("Brief")}
        assert min(sizes) >= LEAST, data


def test_a_brief_for_word_says_what_the_pdf_says() -> None:
    data = "examples/cluster-policy-2021-2027"
    note = docx.Document(io.BytesIO(note_of(data)))
    words = said(tags_of(pdf_of(data)).words)

    _, map_, missing = note.tables
    ours = [
        [[*map(said, (c.text for c in row.cells))] for row in each.rows]
        for each in (map_, missing)
    ]
    theirs = [*map(rows_of, tags_of(pdf_of(data)).all("Table"))]
    assert [[[*map(packed, row)] for row in table] for table in ours] == [
        [[*map(packed, row)] for row in table] for table in theirs
    ]
    for paragraph in note.paragraphs:
        if "NONE" not in paragraph.text:
            assert packed(paragraph.text) in packed(words)


def packed(text: str) -> str:
    return re.sub(r"\s", "", said(text))


def test_at_one_level_the_brief_says_in_every_format_what_there_is_and_until_when(
    tmp_path: Path,
) -> None:
    asked = (
        "report",
        "--brief",
        "--level",
        "region",
        "--data",
        str(ROOT / "examples" / "cluster-policy-2021-2027"),
        "-q",
    )
    for format_ in ("pdf", "docx", "md"):
        assert run(*asked, "-o", str(tmp_path / f"brief.{format_}")).code == 0

    with pypdfium2.PdfDocument(tmp_path / "brief.pdf") as file:
        page = " ".join(file[0].get_textpage().get_text_range().split())
    map_ = docx.Document(str(tmp_path / "brief.docx")).tables[1]
    marked = (tmp_path / "brief.md").read_text(encoding="utf-8")

    head, there = "What there is, and until when", "JRC TP, CPR funds (to 2027), I3 (to 2027)."
    nothing = "Nothing since INTERREG ended in 2020."
    column = [row.cells[-1].text for row in map_.rows]
    assert column[0] == head
    assert there in column
    for words in (page, "\n".join(column), marked):
        assert head in words
        assert there in words
        assert nothing in words
    for words in (page, marked):
        assert '"' not in words


def test_at_several_levels_the_brief_names_no_instruments_in_its_map() -> None:
    note = docx.Document(io.BytesIO(note_of("examples/cluster-policy-2021-2027")))

    assert [len(row.cells) for row in note.tables[1].rows] == [4] * 7


def test_a_brief_in_markdown_says_the_same() -> None:
    outcome = run("report", "--brief", "--data", "examples/cluster-policy-2021-2027", "-f", "md")

    assert outcome.out.startswith(f"**{FINDING}**\n")
    assert "| Circular economy | ● full<br>3 instruments | ◐ partial<br>24 of 27 |" in outcome.out
    assert "\n### What is missing, and what to build on\n" in outcome.out

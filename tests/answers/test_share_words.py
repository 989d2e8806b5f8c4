"""How many territories: a number has its noun, and of one place that was asked for nothing is counted, in every format."""

import io
import json
import re
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.answers.ratings import reasons, share_in_words, unknown_in_words
from clustergap.model.cell import Cell
from clustergap.model.place_names import PlaceNames
from running import run
from tagged_pdf import tags_of

PLACES = ("NO", "SU", "KA", "OS", "WE", "IS")
NAMED = [{"code": f"BM-{place}", "name": f"Place {place}"} for place in PLACES]


def located(*places: str, extent: str = "full") -> dict[str, object]:
    return {"extent": extent, "territories": [f"BM-{place}" for place in places]}


DATA = {
    "schema": 1,
    "title": "Belmora",
    "as_of": "2020-06-30",
    "levels": [{"id": "region", "name": "Region", "territories": NAMED}],
    "roles": [
        {"id": id_, "name": id_.capitalize()} for id_ in ("most", "part", "some", "nothing")
    ],
    "kinds": [{"id": "fund", "name": "Fund"}],
    "assessed": {"some@region": ["BM-NO", "BM-SU"]},
    "instruments": [
        {
            "id": "hub",
            "name": "Hub",
            "kind": "fund",
            "starts": "2015",
            "ends": "2020-12-31",
            "covers": {
                "most@region": located("NO", "SU", "KA", "OS", "WE"),
                "part@region": located(*PLACES, extent="partial"),
                "some@region": located("NO"),
            },
        },
        {"id": "late", "name": "Late", "starts": "2021", "covers": {"most@region": located("IS")}},
    ],
}

QUESTIONS = (
    ["matrix"],
    ["matrix", "--names"],
    ["gaps"],
    ["needs", "--explain-order"],
    ["risks", "--within", "12"],
    ["explain", "most@region"],
    ["explain", "part@region"],
    ["explain", "nothing@region"],
    ["explain", "hub"],
    ["timeline"],
    ["report"],
)
"""Without ``what-if``: it compares a place with the whole."""
TEXTS = {
    "matrix": ("table", "md", "svg"),
    "gaps": ("table", "md", "csv"),
    "needs": ("table", "md"),
    "risks": ("table", "md"),
    "timeline": ("table", "md", "svg"),
    "report": ("md", "html", "docx", "pdf", "pptx", "xlsx"),
}
ASKED = [
    pytest.param(question, format_, id=" ".join([*question, format_]))
    for question in QUESTIONS
    for format_ in TEXTS.get(question[0], ("table", "md"))
]
COUNTED = re.compile(r"\b\d+ of \d+(?! ?(?:cell|pair|role|level|place|countr|region))[^.]{0,20}")


@pytest.fixture(scope="module")
def belmora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("belmora")
    (folder / "instruments.yaml").write_text(json.dumps(DATA), "utf-8")
    return folder


def said(data: Path, question: list[str], format_: str, *more: str) -> str:
    """Return the words of a document, on one line."""
    output = ["-o", "-"] if format_ in ("docx", "pdf", "pptx", "xlsx") else []
    outcome = run(*question, *more, "--data", str(data), "-f", format_, "-q", *output)
    assert outcome.code == 0, outcome.err
    text = " ".join(words_of(outcome.stdout, format_).split())
    # In the page a noun is an element of its own.
    aside = r'<(script|style)\b.*?</\1>|<dt>15 of 27 (?:places|countries)</dt>|<i class="noun">'
    return re.sub(aside, "", text)


def words_of(document: bytes, format_: str) -> str:
    match format_:
        case "docx":
            note = docx.Document(io.BytesIO(document))
            cells = (cell.text for t in note.tables for row in t.rows for cell in row.cells)
            return "\n".join([*(one.text for one in note.paragraphs), *cells])
        case "pdf":
            return tags_of(document).words
        case "pptx":
            slides = pptx.Presentation(io.BytesIO(document)).slides
            return "\n".join(t.text or "" for one in slides for t in one.element.iter() if t.text)
        case "xlsx":
            sheets = openpyxl.load_workbook(io.BytesIO(document))
            return "\n".join(str(c.value) for s in sheets for row in s for c in row if c.value)
        case "svg":
            # A line of a picture is an element of its own.
            return re.sub(r"<[^>]*>", " ", document.decode())
        case _:
            return document.decode()


@pytest.mark.sampled(12)
@pytest.mark.parametrize(("question", "format_"), ASKED)
def test_of_one_place_nothing_is_counted(belmora: Path, question: list[str], format_: str) -> None:
    text = said(belmora, question, format_, "--in", "BM-IS")

    assert not re.search(r"\b\d+ of \d+\b(?! (?:cell|pair|role|level))", text)
    assert not re.search(r"\d (?:region|place|countr)\w+ unknown", text)


@pytest.mark.sampled(12)
@pytest.mark.parametrize(("question", "format_"), ASKED)
def test_a_number_of_territories_has_its_noun(
    belmora: Path, question: list[str], format_: str
) -> None:
    text = said(belmora, question, format_)

    assert COUNTED.findall(text) == []


def test_json_keeps_the_numbers_of_one_place(belmora: Path) -> None:
    found = json.loads(said(belmora, ["matrix"], "json", "--in", "BM-IS"))

    assert found["cells"][0]["share"] == {
        "covered": 0, "partial": 0, "of": 1, "unknown": 0, "missing": ["BM-IS"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(5, 0, 6, 0, ("IS",)), "5 of 6 places"),
        (Share(323, 190, 1165, 0, ()), "323 of 1,165 places, 190 in part"),
        (Share(1, 0, 1, 5, ()), "1 of 1 place, 5 unknown"),
        (Share(0, 0, 0, 6, ()), "6 places unknown"),
        (Share(1, 0, 1, 0, ()), ""),
        (Share(0, 1, 1, 0, ()), ""),
        (Share(0, 0, 0, 1, ()), ""),
        (Share(0, 0, 0, 0, ()), ""),
        (None, ""),
    ],
)
def test_a_share_is_said_in_words(share: Share | None, words: str) -> None:
    assert share_in_words(share) == words


@pytest.mark.parametrize(
    ("coverage", "share", "why"),
    [
        (Coverage.NONE, Share(0, 0, 1, 0, ("BM-IS",)), ["not in BM-IS"]),
        (Coverage.PARTIAL, Share(0, 1, 1, 0, ()), ["only in part"]),
        (Coverage.UNKNOWN, Share(0, 0, 0, 1, ()), ["nobody has looked"]),
        (Coverage.UNKNOWN, Share(0, 0, 0, 6, ()), ["6 places unknown"]),
        (Coverage.NONE, Share(0, 0, 2, 0, ("A", "B")), ["0 of 2 places", "not in A, B"]),
    ],
)
def test_why_a_cell_is_rated_as_it_is(coverage: Coverage, share: Share, why: list[str]) -> None:
    assert reasons(Rating(Cell("r", "l"), coverage, share=share), PlaceNames({}, {})) == why


def test_what_nobody_has_assessed_is_counted_with_its_noun() -> None:
    def rated(share: Share) -> Rating:
        return Rating(Cell("r", "l"), Coverage.FULL, share=share)

    assert unknown_in_words(rated(Share(3, 0, 3, 24, ()))) == "24 places unknown"
    assert unknown_in_words(rated(Share(1, 0, 1, 1, ()))) == "1 place unknown"
    assert unknown_in_words(rated(Share(0, 0, 0, 1, ()))) == ""


def test_a_change_names_no_territories_where_nobody_did(belmora: Path) -> None:
    words = said(belmora, ["what-if", "--without", "hub"], "md")
    narrowed = said(belmora, ["what-if"], "md", "--in", "BM-NO")

    assert "| ● full | ◐ partial |" not in words
    assert "5 of 6 places → nowhere |" in words
    assert "0 of 6 places, 6 in part → in part |" in narrowed
    assert "5 of 6 places → everywhere |" in narrowed


@pytest.mark.parametrize("covers", [{"alpha@c": "full"}, {"alpha@c": {"territories": ["AT"]}}])
def test_of_a_place_that_a_level_does_not_have_it_is_not_said_that_nobody_has_looked(
    tmp_path: Path, covers: dict[str, object]
) -> None:
    own = {"id": "own", "name": "Own", "territories": ["BM-KA"]}
    data = {
        "schema": 1,
        "title": "T",
        "levels": [{"id": "c", "name": "Country", "territories": ["AT", "BE"]}, own],
        "roles": [{"id": "alpha", "name": "Alpha"}],
        "instruments": [{"id": "one", "name": "One", "covers": covers}],
    }
    file = tmp_path / "instruments.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")

    argv = ("--data", str(file), "--in", "BM-KA")
    said = [
        run("matrix", "-f", "md", "--level", "c", *argv).out,
        run("explain", "alpha@c", *argv).out,
        run("report", "-f", "md", "--level", "c", *argv).out,
    ]

    assert json.loads(run("matrix", "-f", "json", *argv).out)["cells"][0]["coverage"] == "unknown"
    for words in said[:2]:
        assert "this level has no such place" in words.lower()
    assert all("nobody has looked" not in words.partition("unknown")[0] for words in said)

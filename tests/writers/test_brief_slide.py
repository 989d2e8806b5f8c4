"""One slide: everything stands on it whatever the data, in letters that can be read, without an id or a command."""

import io
import re
from functools import cache
from pathlib import Path

import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import ImageDraw
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Drawn

from briefings import STRANGE
from clustergap.analysis.brief import build_brief
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.answers.brief_slide import slides as slides_of
from clustergap.cli.exit import Exit
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.theme import WORDS, sign_of
from clustergap.writers import pptx as pptx_writer
from odd_data import LONG as ODD
from office import Pages, print_all
from paths import ROOT
from running import run
from sampling import Sample
from strategies import Document, dataset_of, datasets

POLICY, INDUSTRY = "examples/cluster-policy-2021-2027", "examples/industry-4-0-2017"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
POINT = 12_700

PLACES: Document = {
    "title": "Cantons",
    "levels": [
        {
            "id": "canton",
            "name": "Canton",
            "unit": {"one": "canton", "many": "cantons"},
            "territories": [
                {"code": "X-U", "name": "Uri"},
                {"code": "X-A", "name": "Appenzell Ausser Rhoden"},
                {"code": "X-Z", "name": "Zug"},
            ],
        },
        {"id": "nation", "name": "Nation"},
    ],
    "roles": [{"id": "photonics", "name": "Photonics"}, {"id": "robots", "name": "Robotics"}],
    "instruments": [
        {"id": "one", "name": "Innovation vouchers", "covers": {"photonics@canton": {"territories": ["X-U"]}}},
    ],
}  # fmt: skip


def _many_roles(number: int) -> Document:
    """Roles of which the first thirteen have no instrument in the province, all of them little in the countries."""
    codes = ("AT", "BE", "BG", "CY")
    return {
        "title": "Many roles",
        "as_of": "2026-11-22",
        "levels": [
            {"id": "eu", "name": "EU"},
            {"id": "country", "name": "Country", "territories": "eu27"},
            {"id": "province", "name": "Province"},
            {"id": "region", "name": "Region", "territories": "nuts2-2024"},
        ],
        "roles": [{"id": f"r{n}", "name": f"Role number {n}"} for n in range(number)],
        "instruments": [
            {
                "id": f"i{n}",
                "name": f"Instrument {n}",
                "covers": {
                    f"r{n % number}@eu": "full",
                    f"r{n % number}@country": {"territories": codes[: 1 + n % number % 4]},
                    f"r{n % number}@region": {"extent": "partial", "note": "Not in every region"},
                    **({f"r{n % number}@province": "full"} if n % number > 12 else {}),
                },
            }
            for n in range(1_000)
        ],
    }


_ENDLESS: Document = {
    "title": "A title without end " * 12,
    "levels": [
        {"id": f"l{n}", "name": f"Level {n} with a name that goes on and on {'and on ' * 20}".strip()}
        for n in range(12)
    ],
    "roles": [{"id": f"r{n}", "name": f"{'W' * 100} {n}"} for n in range(25)],
}  # fmt: skip
_STRANGE: Document = {
    "title": STRANGE[0],
    "levels": [{"id": f"l{n}", "name": name} for n, name in enumerate(STRANGE[:3])],
    "roles": [{"id": f"r{n}", "name": name} for n, name in enumerate(STRANGE)],
}

ASKED: dict[str, tuple[str, ...]] = {
    "deck": (),
    "deck, country": ("--level", "country"),
    "policy": ("--data", POLICY),
    "policy, region": ("--data", POLICY, "--level", "region"),
    "policy, a place": ("--data", POLICY, "--in", "RO11"),
    "policy, a role": ("--data", POLICY, "--role", "circular-economy"),
    "industry": ("--data", INDUSTRY),
    "industry, country": ("--data", INDUSTRY, "--level", "country"),
    "hostile": ("--data", "tests/hostile"),
}
MADE: dict[str, tuple[Document, tuple[str, ...]]] = {
    "places": (PLACES, ()),
    "ten roles": (_many_roles(10), ()),
    "forty roles": (_many_roles(40), ()),
    "forty roles, country": (_many_roles(40), ("country",)),
    "long names": (ODD, ()),
    "long names, one level": (ODD, ("world",)),
    "endless": (_ENDLESS, ()),
    "strange": (_STRANGE, ()),
}
EVERY = [*ASKED, *MADE]


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def file_of(name: str) -> bytes:
    if name in MADE:
        document, levels = MADE[name]
        matrix = build_matrix(dataset_of(document), Query()).select((), levels)
        return drawn(matrix)
    outcome = run("report", "--brief", *ASKED[name], "-f", "pptx", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.stdout


def drawn(matrix: Matrix) -> bytes:
    return pptx_writer.write_one(slides_of(build_brief(matrix), Origin("data")))


def opened(file: bytes) -> Presentation:
    return pptx.Presentation(io.BytesIO(file))


def the_slide(name: str) -> Drawn:
    slide: Drawn = opened(file_of(name)).slides[0]
    return slide


def rows(slide: Drawn) -> list[list[str]]:
    (table,) = (shape.table for shape in slide.shapes if isinstance(shape, GraphicFrame))
    return [[cell.text for cell in row.cells] for row in table.rows]


def words(slide: Drawn) -> str:
    """Return all words of a slide, its title first."""
    texts = [shape.text_frame.text for shape in slide.shapes if isinstance(shape, Shape)]
    return "\n".join([*texts, *(cell for row in rows(slide) for cell in row)])


def notes(slide: Drawn) -> str:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    return frame.text


def edges(shape: BaseShape) -> tuple[float, float, float, float]:
    left, top = shape.left / POINT, shape.top / POINT
    return left, top, left + shape.width / POINT, top + shape.height / POINT


# Whatever the data


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", EVERY)
def test_there_is_one_slide_with_one_table_and_nothing_beyond_its_edges(name: str) -> None:
    slides = opened(file_of(name)).slides

    assert len(slides) == 1
    assert sum(shape.has_table for shape in slides[0].shapes) == 1
    for shape in slides[0].shapes:
        left, top, right, bottom = edges(shape)
        assert 0 < left < right < 960
        assert 0 < top < bottom < 540


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", EVERY)
def test_no_two_parts_lie_over_each_other(name: str) -> None:
    boxes = [edges(shape) for shape in the_slide(name).shapes]

    for number, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[:number]:
            is_beside = right <= other_left + 0.1 or other_right <= left + 0.1
            is_below = bottom <= other_top + 0.1 or other_bottom <= top + 0.1
            assert is_beside or is_below


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", EVERY)
def test_no_letters_are_smaller_than_twelve_points_but_those_of_the_foot(name: str) -> None:
    slide = the_slide(name)
    *shapes, foot = slide.shapes

    sizes = {int(run_.get("sz")) for shape in shapes for run_ in shape.element.iter(f"{A}rPr")}
    at_foot = {int(run_.get("sz")) for run_ in foot.element.iter(f"{A}rPr")}
    assert min(sizes) >= 1200
    assert at_foot == {1000}
    assert isinstance(foot, Shape)
    assert "Made with clustergap." in foot.text_frame.text


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", EVERY)
def test_every_shape_says_what_it_shows_and_the_title_is_read_first(name: str) -> None:
    slide = the_slide(name)

    first = next(iter(slide.shapes))
    assert slide.shapes.title is not None
    assert first.shape_id == slide.shapes.title.shape_id
    for shape in (*slide.shapes, *slide.notes_slide.shapes):
        assert shape.element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


@pytest.mark.parametrize("name", ASKED)
def test_no_id_and_no_command_is_on_the_slide_but_the_command_is_in_its_notes(name: str) -> None:
    slide, said = the_slide(name), ""
    said = words(slide)

    assert not re.search(r"clustergap |--\w|@\w+level|\b(cell|territor|opens|closes)", said) or (
        name == "hostile"
    )
    for id_ in ("social-economy", "industry-4-0", "circular-economy", "interreg-vi", "RO21"):
        assert id_ not in said
    assert "clustergap report --brief" in notes(slide)
    assert "-o slide.pptx" in notes(slide)


INSIDE = 2
"""Pixels by which a letter may stand over its box: that of a line's border, or of an overhang."""


def test_printed_by_libreoffice_all_of_it_is_there_and_inside_its_box(
    tmp_path: Path, sample: Sample
) -> None:
    asked = sample(EVERY, 3)
    files = [tmp_path / f"{number}.pptx" for number in range(len(asked))]
    for name, file in zip(asked, files, strict=True):
        file.write_bytes(file_of(name))

    for name, printed in zip(asked, print_all(files), strict=True):
        assert_printed_whole(name, printed)


def assert_printed_whole(name: str, printed: Pages) -> None:
    slide = the_slide(name)
    assert len(printed.texts) == 1, name
    page = printed.pictures[0].convert("L")
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 12, 541), fill="white")  # the stripe
    for shape in slide.shapes:
        left, top, right, bottom = edges(shape)
        pen.rectangle((left - INSIDE, top - INSIDE, right + INSIDE, bottom + INSIDE), fill="white")
    assert page.getextrema() == (255, 255), name
    if name not in ("hostile", "strange"):  # a PDF's text holds no letters that its font has not
        there = re.sub(r"\s", "", printed.texts[0])
        assert [word for word in words(slide).split() if word not in there] == []


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(datasets())
def test_it_counts_as_the_matrix_does(dataset: Dataset) -> None:
    matrix = build_matrix(dataset, Query())
    (slide,) = opened(drawn(matrix)).slides

    head, *others = rows(slide)

    summary = matrix.summary()
    counted = {
        each: sum(cell.startswith(sign_of(each)) for row in others for cell in row[1:])
        for each in Coverage
    }
    assert len(others) == len(matrix.roles)
    assert counted[Coverage.NONE] == summary.none
    assert counted[Coverage.PARTIAL] == summary.partial
    assert counted[Coverage.FULL] == summary.full
    assert counted[Coverage.UNKNOWN] == summary.unknown
    assert head[0] == "Role"


# What it says


def test_a_few_roles_are_a_map_beside_three_facts() -> None:
    slide = the_slide("policy")

    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == (
        "At country level, 3 of 6 roles have no instrument and none is fully covered"
    )
    assert rows(slide)[0] == ["Role", "EU", "Country\n27 countries", "Region\n244 regions"]
    assert rows(slide)[5] == [
        "Circular economy",
        "● full\n3 instruments",
        "◐ partial\n24 of 27 countries",
        "◐ partial\nwhere is not said",
    ]
    assert rows(slide)[2][2] == "○ NONE\nno instrument"
    said = words(slide)
    assert "0 of 6\nroles are fully covered at country level. EU level: all 6." in said
    assert "4 gaps\nhave no instrument: Business driven innovation, Internationalisation" in said
    assert "31 Dec 2027\nseven instruments end: Circular economy then has none" in said
    assert "82 sources: see the notes. Made with clustergap." in said


def test_what_is_somewhere_has_another_fill_than_what_is_in_most_countries() -> None:
    cells = list(the_slide("policy").shapes)
    table = next(shape for shape in cells if shape.has_table)
    fills = [
        [cell.find(f"{A}tcPr/{A}solidFill/{A}srgbClr") for cell in row.iter(f"{A}tc")]
        for row in table.element.iter(f"{A}tr")
    ]

    circular = [None if fill is None else fill.get("val") for fill in fills[5]]
    assert circular == [None, "0B5394", "F6C667", "FDF1D6"]


def test_the_legend_has_only_looks_that_occur() -> None:
    keys = [
        shape.element.xpath(".//p:cNvPr")[0].get("descr") for shape in the_slide("policy").shapes
    ]

    assert [key for key in keys if key.startswith("Key")] == [
        "Key: ○ NONE",
        "Key: ◐ partial",
        "Key: ● full",
    ]
    assert "? unknown" in str(
        [
            shape.element.xpath(".//p:cNvPr")[0].get("descr")
            for shape in the_slide("policy, a place").shapes
        ]
    )


def test_one_level_says_what_there_is_and_until_when_and_what_ends_next() -> None:
    slide = the_slide("policy, region")

    head, *others = rows(slide)
    there_is = {row[0]: row[2] for row in others}
    assert head == ["Role", "Region  244 regions", "What there is, and until when"]
    assert there_is["Internationalisation"].startswith(
        "Nothing since INTERREG ended in 2020. EU level:"
    )
    assert there_is["New industrial value chains"] == "JRC TP, CPR funds (to 2027), I3 (to 2027)."
    assert there_is["Industry 4.0"] == (
        "EDIH (to 2027), I3 (to 2027). “Present in 85% of European regions in 2023”."
    )
    said = words(slide)
    assert "Four instruments end on 31 December 2027: Circular economy then has none" in said
    assert "Cluster policy 2021-2027, region level only. Data of 22 November 2026." in said


def test_many_roles_are_counted_and_those_without_an_instrument_named() -> None:
    head, none, partial, full = rows(the_slide("forty roles"))

    assert head == ["EU", "Country\n27 countries", "Province", "Region\n244 regions"]
    assert none[:2] == ["no role", "no role"]
    assert none[2].split("\n")[:3] == ["○ NONE", "13 of 40 roles", "Role number 0"]
    assert none[2].split("\n")[-1] == "and 2 more"
    assert len(none[2].split("\n")) == 2 + 12
    assert partial[1] == "◐ partial\n40 of 40 roles\n1 to 4 of 27 countries"
    assert partial[3] == "◐ partial\n40 of 40 roles\n40 where is not said"
    assert full[0] == "● full\n40 of 40 roles"
    assert full[2] == "● full\n27 of 40 roles"


def test_places_of_ones_own_are_counted_by_their_own_noun() -> None:
    assert rows(the_slide("places"))[1] == [
        "Photonics",
        "◐ partial\n1 of 3 cantons",
        "○ NONE\nno instrument",
    ]


def test_where_a_place_is_asked_for_nothing_is_counted() -> None:
    found = rows(the_slide("policy, a place"))

    assert found[0] == ["Role", "EU", "Country", "Region"]
    assert found[2][2] == "○ NONE\nnot here"
    assert found[5][2] == "● full\n1 instrument !"


def test_letters_and_cells_become_smaller_before_roles_are_counted() -> None:
    few, more = the_slide("policy"), the_slide("ten roles")

    assert len(rows(more)) == 1 + 10
    assert largest(more) < largest(few) == 1650
    assert rows(more)[1][1].startswith("○ NONE") or rows(more)[1][1].startswith("● full")


def largest(slide: Drawn) -> int:
    (table,) = (shape for shape in slide.shapes if isinstance(shape, GraphicFrame))
    return max(int(run_.get("sz")) for run_ in table.element.iter(f"{A}rPr"))


def test_levels_that_have_no_room_are_counted_below_the_table() -> None:
    slide = the_slide("endless")

    shown = len(rows(slide)[0])
    left = 12 - shown
    assert left > 0
    assert f"{left} more levels: {left * 25} {WORDS[Coverage.NONE]}." in words(slide)


def test_the_notes_name_what_covers_each_role_and_the_sources() -> None:
    said = notes(the_slide("policy, region")).split("\n")

    assert said[said.index("New industrial value chains") + 1] == (
        "Region level: full; “Through I3, an instrument under the ERDF Regulation.”"
        " By JRC TP, CPR funds (to 2027), I3 (to 2027)."
    )
    assert "Sources" in said
    assert said[-1] == (
        "Made with: clustergap report --brief --level region --data examples/cluster-policy-2021-2027 -o slide.pptx"
    )


def test_the_same_slide_has_the_same_bytes() -> None:
    assert file_of.__wrapped__("policy") == file_of("policy")


# What is asked for


@pytest.mark.parametrize(
    ("asked", "refused"),
    [(("-o", "brief.html"), "html"), (("-f", "xlsx"), "xlsx"), (("-o", "x.pptx", "-f", "html"), "html")],
)  # fmt: skip
def test_a_format_that_is_only_for_everything_is_refused(
    asked: tuple[str, ...], refused: str
) -> None:
    outcome = run("report", "--brief", *asked)

    assert outcome.code == Exit.UNUSABLE
    assert f"not {refused}: leave it out, or choose one of these" in outcome.err
    assert "--brief writes pptx" in outcome.err

"""Slides: read back by python-pptx as others read them, and printed by LibreOffice as others see them."""

import io
import re
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageDraw
from pptx.oxml.xmlchemy import BaseOxmlElement as Element
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Drawn
from pptx.util import Inches

from briefings import LONG, STRANGE, briefing_of, endless, large, program, strange, writing
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import FullReport, build_full_report
from clustergap.answers.report_slides import slides as slides_of
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.text import isolate
from clustergap.theme import sign_of
from clustergap.writers import pptx as pptx_writer
from clustergap.writers.slide_layout import share_slides
from clustergap.writers.slide_tables import SlideCell, SlideRow, SlideTable, fill_pages
from clustergap.writers.slide_text import SlideText, TextBlock, block_height, fill_columns
from odd_data import LONG as ODD
from odd_data import LONG_SWOT
from office import print_pages
from paths import ROOT
from running import run
from sampling import Sample, at_most
from strategies import datasets

HOSTILE = "tests/hostile"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HARD = {"strange": strange, "endless": endless, "large": large}


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def file_of(*options: str) -> bytes:
    outcome = run("report", *options, "-f", "pptx", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.stdout


@cache
def deck(*options: str) -> Presentation:
    return pptx.Presentation(io.BytesIO(file_of(*options)))


def drawn(briefing: FullReport) -> Presentation:
    return pptx.Presentation(io.BytesIO(pptx_writer.write(slides_of(briefing, Origin()))))


@cache
def hard(name: str) -> Presentation:
    return drawn(HARD[name]())


@cache
def most_of_large() -> pptx_writer.SlideFile:
    return pptx_writer.write_most(slides_of(large(), Origin()))


@pytest.fixture
def decks(sample: Sample) -> list[Presentation]:
    """Slides of each kind."""
    usual = [deck(), deck("--data", HOSTILE), deck("--level", "region")]
    return [*usual, *map(hard, sample(list(HARD), 2))]


def title(slide: Drawn) -> str:
    assert slide.shapes.title is not None
    return str(slide.shapes.title.text_frame.text)


def titles(slides: Presentation) -> list[str]:
    return [title(slide) for slide in slides.slides]


def tables(slides: Presentation) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in slides.slides
        for shape in slide.shapes
        if shape.has_table
    ]


def texts(slide: Drawn) -> str:
    return "\n".join(one.text_frame.text for one in slide.shapes if isinstance(one, Shape))


def notes(slide: Drawn) -> str:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    return frame.text


def packed(text: str) -> str:
    """Leave out what a line may be broken at."""
    return re.sub(r"\s", "", text)


def test_slides_are_as_wide_as_screens() -> None:
    assert (deck().slide_width, deck().slide_height) == (Inches(40 / 3), Inches(7.5))


def test_the_deck_shows_matrix_gaps_swot_and_needs_in_this_order() -> None:
    assert titles(deck()) == [
        "Needs for cluster policy actions at regional, national and EU level",
        "6 roles at 3 levels: 2 NONE, 3 partial, 13 full",
        "Social economy has no instrument at EU level",
        "Social economy has no instrument at country level; two more are only partly covered",
        "Every role has something at region level; 1 of 6 only partly",
        "Strengths, weaknesses, opportunities and threats",
        "What is needed at region level",
        "3 needs at country level",
        "What is needed at EU level",
        "What else the SWOT says",
    ]


def test_the_first_slide_says_the_finding_as_of_when_and_where_from() -> None:
    text = texts(deck().slides[0])

    assert "Social economy has no instrument at EU and country level." in text
    assert "Three more are covered only somewhere or in part." in text
    assert "As of 31 May 2019." in text
    assert "Source: Daniel Cosnita" in text


def test_the_matrix_is_a_table_that_people_can_edit() -> None:
    found = tables(deck())[0]

    assert found[0] == ["Role", "EU", "Country", "Region"]
    assert [row[0] for row in found[1:]] == [
        "Business driven innovation",
        "Internationalisation",
        "New industrial value chains",
        "Industry 4.0",
        "Circular economy",
        "Social economy",
    ]
    assert found[2][1:] == [
        "● full 2\nESCP, ECCP",
        "● full 1!\nExport Promotion!",
        "● full 1!\nINTERREG!",
    ]
    assert found[4][2] == '◐ partial\n"Not in every country"; where is not said'
    assert found[6][1] == "○ NONE\nno instrument"


def looks(slides: Presentation) -> list[list[dict[str, str]]]:
    """Return, by row and column, the fill of each cell of the first table, its ink, and its lines in words."""
    shapes = (shape for slide in slides.slides for shape in slide.shapes)
    frame = next(shape for shape in shapes if shape.has_table)
    rows = frame.element.iter(f"{A}tr")
    return [[_look(cell) for cell in row.iter(f"{A}tc")] for row in rows]


def _look(cell: Element) -> dict[str, str]:
    look = cell.find(f"{A}tcPr")
    found = {"fill": _colour(look), "ink": _colour(next(cell.iter(f"{A}rPr")))}
    for side in "LRTB":
        line = look.find(f"{A}ln{side}")
        dash = line.find(f"{A}prstDash")
        words = (_colour(line), dash.get("val") if dash is not None else "", line.get("cmpd", ""))
        found[side] = " ".join(word for word in words if word)
    return found


def _colour(parent: Element) -> str:
    fill = parent.find(f"{A}solidFill/{A}srgbClr")
    return fill.get("val") if fill is not None else ""


def test_coverage_has_its_fill_its_ink_and_its_border() -> None:
    found = looks(deck())
    full, partial, none = found[1][1], found[4][3], found[6][1]

    assert (full["fill"], full["ink"]) == ("0B5394", "FFFFFF")
    # Where it is, is not said: how much is covered is not known.
    assert (partial["fill"], partial["ink"]) == ("FDF1D6", "1A1A1A")
    assert partial["L"] == "7A5A00 solid dbl"
    assert (none["fill"], none["ink"]) == ("FFFFFF", "A61B1B")
    assert {none[side] for side in "LRTB"} == {"A61B1B dash sng"}


UNKNOWN = {
    "levels": [{"id": "country", "name": "Country", "territories": ["AT", "BE"]}],
    "roles": ["known", "other"],
    "instruments": [{"id": "a", "covers": {"known@country": {"territories": ["AT", "BE"]}}}],
    "assessed": {"other@country": ["RO"]},
}


def test_what_nobody_has_looked_at_is_grey_and_dotted() -> None:
    slides = drawn(briefing_of(UNKNOWN))

    found = looks(slides)[2][1]
    assert (found["fill"], found["ink"], found["B"]) == ("EDEDED", "1A1A1A", "5A5A5A sysDot sng")
    assert tables(slides)[0][2][1] == "? unknown\nnobody has looked here"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["deck", *HARD])
def test_two_cells_name_the_line_between_them_alike(name: str) -> None:
    found = looks(deck() if name == "deck" else hard(name))

    for row, below in pairwise(found):
        assert [cell["B"] for cell in row] == [cell["T"] for cell in below]
    for row in found:
        assert [cell["R"] for cell in row[:-1]] == [cell["L"] for cell in row[1:]]


def test_the_legend_says_what_the_words_mean() -> None:
    text = texts(deck().slides[1])

    assert "covered: instruments serve the role in the whole of the level" in text
    assert "partly covered: only in some places, or only in part" in text
    assert "not covered: no instrument" in text
    assert "A gap has no instrument, or is only partly covered." in text
    assert "! marks what would be a gap without one of them" in text
    assert "data as of 31 May 2019" in text


def test_the_legend_explains_unknown_where_something_is() -> None:
    assert "nobody knows: not looked at, or the source does not say where" not in texts(
        deck().slides[1]
    )
    assert "nobody knows: not looked at, or the source does not say where" in texts(
        drawn(briefing_of(UNKNOWN)).slides[1]
    )


def test_a_level_without_gaps_has_no_slide_and_the_notes_say_so() -> None:
    slides = drawn(briefing_of(UNKNOWN)).slides

    assert titles(drawn(briefing_of(UNKNOWN)))[1:] == ["2 roles at 1 level: 1 unknown, 1 full"]
    assert notes(slides[1]).startswith(
        "No gap is known at country level: 1 role covered, 1 unknown."
    )


def test_what_is_partly_covered_in_known_places_is_not_pale() -> None:
    found = looks(deck("--data", "examples/industry-4-0-2017"))

    assert found[4][2]["fill"] == "F6C667"


def test_gaps_say_why_where_else_and_who_lives_with_them() -> None:
    found = tables(deck("--data", HOSTILE))[1]

    assert found[0] == ["Role", "Coverage", "Why", "Elsewhere"]
    assert found[1] == [
        "[/x] <b>bold</b> *star* _under_ `code`",
        "○ NONE",
        "no instrument\naccepted by <b>board</b> until 31 January 2024: =cmd|' /C calc'!A0\x0bsecond line",
        "=Country, [red] partial",
    ]


def test_what_somebody_looked_for_is_said_without_its_source_which_the_notes_spell_out() -> None:
    seen = {
        "extent": "none",
        "note": "Nobody runs one",
        "sources": [{"ref": "visit", "quote": "x"}],
    }
    slides = drawn(
        briefing_of(
            {
                "sources": {"visit": {"title": "A visit"}},
                "levels": ["country"],
                "roles": ["one"],
                "observations": {"one@country": seen},
            }
        )
    )

    assert tables(slides)[1][1][2] == "nobody: Nobody runs one"
    assert "visit: A visit" in notes(slides.slides[2])


def test_a_gap_names_the_instruments_that_cover_a_part() -> None:
    found = tables(deck("--data", HOSTILE))[2]

    assert found[2][2].split("\n")[-1] == "by +A|B, [/]"


def test_the_swot_is_four_boxes() -> None:
    slide = next(one for one in deck().slides if "threats" in title(one))
    boxes = [shape.text_frame.text.splitlines() for shape in slide.shapes if shape.has_text_frame]

    assert [box[0] for box in boxes[1:5]] == [
        "Strengths",
        "Weaknesses",
        "Opportunities",
        "Threats",
    ]
    assert boxes[1][1:] == [
        "A strong cluster approach at EU level",
        "Valid instruments (ESCP, Innosup, ECCP, ESCA)",
        "Excellent clusters",
    ]
    assert len(boxes[3][1:]) == 6


def test_without_a_swot_there_is_no_slide_of_it() -> None:
    assert not [one for one in titles(drawn(briefing_of(UNKNOWN))) if "threats" in one.casefold()]


def test_a_swot_that_names_nothing_of_what_is_shown_has_no_slide_and_the_notes_say_so() -> None:
    slides = deck("--role", "internationalisation", "--level", "country")

    assert titles(slides)[1:] == ["1 role at 1 level: 1 full", "What else the SWOT says"]
    said = notes(slides.slides[1])
    assert "Strengths of the SWOT: None of 3 is tagged for both this role and this level." in said
    assert "more items speak of what is not shown here." in notes(slides.slides[2])


def test_a_quadrant_of_which_nothing_is_shown_does_not_look_empty() -> None:
    slide = next(one for one in deck("--level", "region").slides if "threats" in title(one))

    said = texts(slide)
    assert "Strengths\nNone is tagged for this level; 1 speaks of others; 2 name no level." in said
    assert "None." not in said


def test_needs_say_what_speaks_of_them_and_what_there_is_to_build_on() -> None:
    text = texts(next(one for one in deck().slides if title(one) == "3 needs at country level"))

    assert "No instrument supports clusters as drivers of social economy at country level." in text
    assert "SWOT: opportunity “Stronger support to topics like climate change" in text
    assert "To build on: the same role at EU level: DIH" in text


def test_a_choice_of_levels_narrows_every_slide() -> None:
    slides = deck("--level", "region")

    assert "Only 1 of 3 levels is shown: Region." in texts(slides.slides[0])
    assert titles(slides)[1:3] == [
        "6 roles at 1 level: 1 partial, 5 full",
        "Every role has something at region level; 1 of 6 only partly",
    ]
    assert tables(slides)[0][0] == ["Role", "Region"]
    assert "A strong cluster approach" not in str([texts(slide) for slide in slides.slides])


def test_the_question_stands_on_every_slide() -> None:
    slides = deck("--in", "RO11", "--without", "interreg", "--as-of", "2018-01-01").slides

    for slide in slides:
        assert "s of 1 January 2018, in Nord-Vest (RO11), without INTERREG" in texts(slide)


def test_a_speaker_reads_where_it_is_known_from() -> None:
    slides = deck().slides

    assert "deck: Daniel Cosnita, Needs for cluster policy actions" in notes(slides[0])
    assert "https://" in notes(slides[1])
    assert 'at "SWOT..."' in notes(slides[5])
    assert notes(drawn(briefing_of(UNKNOWN)).slides[1]).endswith("No source is cited for this.")


def test_every_shape_says_what_it_shows(decks: list[Presentation]) -> None:
    for slides in decks:
        for slide in slides.slides:
            for shape in (*slide.shapes, *slide.notes_slide.shapes):
                assert shape.element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


def test_every_slide_has_a_title_of_its_own_which_is_read_first(
    decks: list[Presentation],
) -> None:
    for slides in decks:
        found = titles(slides)
        assert len(set(found)) == len(found)
        assert "" not in found
        for slide in slides.slides:
            assert next(iter(slide.shapes)).shape_id == slide.shapes.title.shape_id


def test_levels_of_one_name_have_slides_of_different_titles() -> None:
    levels = [
        {"id": "a", "name": "Same"},
        {"id": "b", "name": "Same"},
        {"id": "c", "name": "Same"},
    ]
    finding = "The role has no instrument at same level"
    found = titles(drawn(briefing_of({"levels": levels, "title": finding})))

    assert [one for one in found if one.startswith("The role")] == [
        finding,
        f"{finding} (2)",
        f"{finding} (3)",
        f"{finding} (4)",
    ]


def test_all_words_are_english_to_who_spells_or_reads_them_aloud() -> None:
    for slide in deck().slides:
        for root in (slide.element, slide.notes_slide.element):
            words = [one for tag in ("rPr", "endParaRPr") for one in root.iter(f"{A}{tag}")]
            assert {one.get("lang") for one in words if one.getparent().tag != f"{A}fld"} == {
                "en-GB"
            }


def test_tables_have_a_header_row_and_a_header_column() -> None:
    for slide in deck().slides:
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.table.first_row
                assert shape.table.first_col


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["deck", *HARD])
def test_no_letters_are_too_small_to_be_read(name: str) -> None:
    for slide in (deck() if name == "deck" else hard(name)).slides:
        sizes = {int(one.get("sz")) for one in slide.element.iter(f"{A}rPr")}
        assert min(sizes) >= 1000


def test_lists_have_letters_of_twelve_points_and_more() -> None:
    for slide in hard("endless").slides:
        if re.match(r"\d+ needs|What|Strengths", title(slide)):
            *shapes, _foot = slide.shapes
            sizes = {
                int(one.get("sz")) for shape in shapes for one in shape.element.iter(f"{A}rPr")
            }
            assert min(sizes) >= 1200


def test_texts_of_strangers_are_texts() -> None:
    found = tables(hard("strange"))

    assert found[0][0][1:] == [*map(isolate, STRANGE[:3])]
    assert [row[0] for row in found[0][1:]] == [*map(isolate, STRANGE)]
    assert title(hard("strange").slides[0]) == STRANGE[0]
    # A line break within a paragraph is read back as a vertical tab.
    whys = [row[2].split("\n") for table in found for row in table]
    assert '"one\vtwo\tthree ]]>"' in [line for why in whys for line in why]


def test_long_texts_go_on_and_are_never_shortened() -> None:
    slides = hard("endless").slides
    said = packed(
        "".join(
            cell.text
            for slide in slides
            for shape in slide.shapes
            if shape.has_table and len(shape.table.columns) == 4
            for row in list(shape.table.rows)[1:]
            for cell in [row.cells[2]]
        )
    )
    listed = packed(
        "".join(
            shape.text_frame.text.removeprefix("Strengths")
            for slide in slides
            if title(slide).startswith("Strengths")
            for shape in slide.shapes
            if shape.has_text_frame and shape.text_frame.text.startswith("Strengths\n")
        )
    )

    for text in LONG:
        assert packed(text) in said
        assert packed(text) in listed


def test_what_goes_on_says_again_what_it_is_about() -> None:
    found = [
        shape.table
        for slide in hard("endless").slides
        if title(slide).startswith("0 W") and "of" in title(slide)
        for shape in slide.shapes
        if shape.has_table
    ]

    assert len(found) > 1
    for table in found:
        assert [cell.text for cell in table.rows[0].cells] == [
            "Role",
            "Coverage",
            "Why",
            "Elsewhere",
        ]
        assert table.cell(1, 0).text
        assert table.cell(1, 1).text in ("○ NONE", "◐ partial")


def test_more_roles_and_levels_than_fit_are_on_several_slides() -> None:
    found = [one for one in titles(hard("large")) if "levels" in one]
    roles = [row[0] for table in tables(hard("large")) if len(table[0]) == 6 for row in table[1:]]

    number = len(found)
    assert number > 1
    (about,) = {one.partition(" (")[0] for one in found}
    assert about.startswith("60 roles at 5 levels: ")
    assert found == [f"{about} ({n} of {number})" for n in range(1, number + 1)]
    assert roles == [f"Role {n} of clusters" for n in range(60)]


IDS = re.compile(
    r"\b(s|w|o|t)\d\b|clustergap|--\w|\b(cells?|territor(y|ies)|opens|closes)\b|social-economy|[a-z]@[a-z]"
)


@pytest.mark.parametrize(
    "options",
    [(), ("--level", "region"), ("--in", "RO11", "--without", "interreg"), ("--data", "examples/cluster-policy-2021-2027")],
    ids=" ".join,
)  # fmt: skip
def test_no_slide_has_an_id_a_command_or_a_word_of_the_program(options: tuple[str, ...]) -> None:
    slides = deck(*options)
    said = [texts(slide) for slide in slides.slides]
    said += [cell for table in tables(slides) for row in table for cell in row]

    assert [found[0] for text in said for found in IDS.finditer(text)] == []


def test_every_slide_of_a_report_has_more_than_its_title() -> None:
    for slides in (deck(), deck("--data", "examples/cluster-policy-2021-2027"), hard("large")):
        for slide in list(slides.slides)[1:]:
            *shapes, _foot = slide.shapes
            assert len(shapes) > 1
            assert all(shape.has_table or texts_of(shape) for shape in shapes)


def texts_of(shape: BaseShape) -> str:
    return shape.text_frame.text if isinstance(shape, Shape) else ""


def test_a_matrix_of_many_roles_counts_instruments_and_the_notes_name_them() -> None:
    slide = hard("large").slides[1]

    assert "Programme" not in str(tables(hard("large"))[0])
    assert "Role 0 of clusters: " in notes(slide)


@at_most(5)
@given(datasets())
def test_the_matrix_of_slides_counts_as_the_matrix_does(dataset: Dataset) -> None:
    matrix = build_matrix(dataset, Query())
    slides = drawn(build_full_report(matrix))

    about = titles(slides)[1].partition(" (")[0].partition(": ")[2]
    grids = [table for table in tables(slides) if table[0][0] == "Role" and "Why" not in table[0]]
    cells = [cell.split("\n")[0] for table in grids for row in table[1:] for cell in row[1:]]

    found = {each: sum(cell.startswith(sign_of(each)) for cell in cells) for each in Coverage}
    said = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", about)}
    summary = matrix.summary()
    assert [
        found[each] for each in (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN)
    ] == list(summary[1:])
    assert [said.get(word, 0) for word in ("full", "partial", "NONE", "unknown")] == list(
        summary[1:]
    )


# No more slides than somebody shows


def test_at_most_twenty_slides_are_written_and_the_last_says_what_is_left_out() -> None:
    every, some = hard("large"), most_of_large()

    slides = pptx.Presentation(io.BytesIO(some.file))
    found = titles(slides)
    assert len(every.slides) > 20
    assert len(found) == 20
    assert some.left_out == len(every.slides) - 19
    assert set(found[:-1]) < set(titles(every))
    assert found[-1] == "What is not on these slides"
    last = texts(slides.slides[19])
    numbers = [int(number) for number in re.findall(r": (\d+) more slides?$", last, re.MULTILINE)]
    assert sum(numbers) == some.left_out
    assert notes(slides.slides[19]) == f"{some.left_out} slides are left out."


def test_of_each_part_the_first_slides_stay() -> None:
    every, some = titles(hard("large")), most_of_large()

    found = titles(pptx.Presentation(io.BytesIO(some.file)))[:-1]
    firsts = [one for one in every if not re.search(r"\((?!1 of)\d+ of \d+\)$", one)]
    assert found == [one for one in every if one in found]
    assert set(firsts) <= set(found)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=12), st.integers(19, 40))
def test_slides_are_shared_among_parts_so_that_none_is_left_unused(
    needed: list[int], most: int
) -> None:
    kept = share_slides(needed, min(most, sum(needed)))

    assert sum(kept) == min(most, sum(needed))
    assert all(1 <= number <= need for number, need in zip(kept, needed, strict=True))


def test_a_list_of_parts_that_is_too_long_for_a_slide_says_how_many_there_are_more() -> None:
    levels = [
        {"id": f"l{n}", "name": f"Level {n} {'with a long name ' * 8}".strip()} for n in range(40)
    ]
    briefing = briefing_of({"levels": levels, "roles": ["one", "two"]})

    some = pptx_writer.write_most(slides_of(briefing, Origin()))

    slides = pptx.Presentation(io.BytesIO(some.file)).slides
    assert len(slides) == 20
    assert re.search(r"^\d+ more parts of the report$", texts(slides[19]), re.MULTILINE)


def test_all_slides_are_written_if_they_are_asked_for(tmp_path: Path) -> None:
    data = tmp_path / "instruments.yaml"
    roles = "".join(f"  - {{id: r{n}, name: Role {n}}}\n" for n in range(100))
    data.write_text(
        f"schema: 1\ntitle: Many\nlevels:\n  - {{id: eu, name: EU}}\nroles:\n{roles}instruments: []\n",
        "utf-8",
    )
    some, every = tmp_path / "some.pptx", tmp_path / "every.pptx"

    short = run("report", "--data", str(data), "-o", str(some))
    whole = run("report", "--data", str(data), "--all", "-o", str(every))

    left_out = len(pptx.Presentation(str(every)).slides) - 19
    assert len(pptx.Presentation(str(some)).slides) == 20
    assert short.err == (
        f"note: {left_out} slides are left out, as the last one says; --all writes all\n"
    )
    assert whole.err == ""


@pytest.mark.parametrize("asked", [("-o", "map.html"), ("--brief", "-o", "x.pptx"), ("-f", "md")])
def test_all_is_refused_where_nothing_is_left_out(asked: tuple[str, ...]) -> None:
    outcome = run("report", "--all", *asked)

    assert outcome.code == 2
    assert "--all is for the slides of a report" in outcome.err


def test_letters_become_smaller_rather_than_break_a_name() -> None:
    whole = {"levels": ["country"], "roles": [{"id": "r", "name": "Short"}]}
    long = {"levels": ["country"], "roles": [{"id": "r", "name": "Internationalisation"}]}

    sizes = [
        {
            one.get("sz")
            for one in _table(drawn(briefing_of(data))).iter(f"{A}rPr")
            if one.get("b") == "1"
        }
        for data in (whole, long)
    ]

    assert sizes == [{"1800"}, {"1600"}]


def _table(slides: Presentation) -> Element:
    found: Element = next(one.element for one in slides.slides[1].shapes if one.has_table)
    return found


SHAPES = st.lists(
    st.text(st.sampled_from("ab Ωé地👨\u200d\n\t-/W"), min_size=1, max_size=300),
    min_size=1,
    max_size=6,
)


@given(SHAPES, st.sampled_from((10.0, 12.0, 20.0)), st.floats(40, 400), st.floats(60, 400))
def test_columns_hold_all_words_and_are_no_higher_than_they_may_be(
    words: list[str], size: float, width: float, room: float
) -> None:
    entries: list[TextBlock] = [
        (SlideText(text, size, above=3), SlideText(text, size)) for text in words
    ]
    found = fill_columns(entries, width, room)

    assert all(block_height(block, width) <= room + 0.01 for block in found)
    said = "".join(one.text for block in found for one in block)
    assert packed(said) == packed("".join(text * 2 for text in words))


@given(SHAPES, st.floats(60, 300), st.floats(120, 400))
def test_tables_hold_all_words_and_are_no_higher_than_they_may_be(
    words: list[str], width: float, room: float
) -> None:
    header = SlideRow((SlideCell((SlideText("a", 12),)), SlideCell((SlideText("b", 12),))))
    rows = [
        SlideRow((SlideCell((SlideText("n", 12),)), SlideCell((SlideText(text, 12),), repeated=0)))
        for text in words
    ]
    found = fill_pages(SlideTable((60, width), header, rows), room)

    assert all(page.height <= room + 0.01 for page in found)
    cells = [row.cells[1] for page in found for row in page.rows[1:]]
    said = "".join(one.text for cell in cells for one in cell.block)
    assert packed(said) == packed("".join(words))


WRITES = writing("pptx")


def test_slides_tell_no_moment_and_show_no_picture_of_themselves() -> None:
    with zipfile.ZipFile(io.BytesIO(file_of())) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert not [one for one in archive.namelist() if "thumbnail" in one or "printer" in one]


def test_without_the_extra_the_message_says_how_to_install_it() -> None:
    outcome = program(f"import sys; sys.modules['pptx'] = None; {WRITES}")

    assert outcome.returncode == 2
    assert outcome.stdout == b""
    assert b"a file of slides needs an extra: " in outcome.stderr
    assert b'"clustergap[office]' in outcome.stderr


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "words",
    [("report", "-f", "md"), ("gaps", "-f", "csv"), ("gaps",), ("gaps", "-f", "html")],
    ids=" ".join,
)
def test_no_other_format_loads_what_slides_and_notes_are_written_with(
    words: tuple[str, ...],
) -> None:
    heavy = {"pptx", "docx", "lxml", "typst", *({"jinja2"} if "html" not in words else ())}
    outcome = program(
        f"from clustergap.cli.app import main; import sys; main([*{words!r}]);"
        f"sys.exit(not {heavy!r}.isdisjoint(sys.modules))"
    )

    assert outcome.returncode == 0, outcome.stderr


INSIDE = 2
"""Pixels by which a letter may stand over its box: that of a line's border, or of an overhang."""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["deck", "hostile", "strange", "large", "long", "at most 20"])
def test_nothing_is_drawn_outside_its_box(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.pptx"
    file.write_bytes(_file(name))
    slides = pptx.Presentation(str(file))

    printed = print_pages(file)

    assert len(printed.texts) == len(slides.slides)
    assert {(round(width), round(high)) for width, high in printed.sizes} == {(960, 540)}
    for slide, picture, text in zip(slides.slides, printed.pictures, printed.texts, strict=True):
        page = picture.convert("L")
        pen = ImageDraw.Draw(page)
        pen.rectangle((0, 0, 12, 541), fill="white")  # the stripe
        for shape in slide.shapes:
            left, top, right, bottom = _pixels(shape)
            assert 0 < left < right < 960
            assert 0 < top < bottom < 540
            around = (left - INSIDE, top - INSIDE, right + INSIDE, bottom + INSIDE)
            pen.rectangle(around, fill="white")
        assert page.getextrema() == (255, 255), title(slide)
        if name == "deck":
            assert missing(slide, text) == []


def _file(name: str) -> bytes:
    match name:
        case "deck":
            return file_of()
        case "hostile":
            return file_of("--data", HOSTILE)
        case "at most 20":
            return most_of_large().file
        case "long":
            return pptx_writer.write(slides_of(briefing_of(ODD, LONG_SWOT), Origin()))
        case _:
            return pptx_writer.write(slides_of(HARD[name](), Origin()))


def _pixels(shape: BaseShape) -> tuple[float, float, float, float]:
    left, top = shape.left / 12_700, shape.top / 12_700
    return left, top, left + shape.width / 12_700, top + shape.height / 12_700


def missing(slide: Drawn, text: str) -> list[str]:
    """Return the words of a slide that are not on its page."""
    there = packed(text)
    found = (shape.table for shape in slide.shapes if isinstance(shape, GraphicFrame))
    cells = [cell.text for table in found for row in table.rows for cell in row.cells]
    return [word for word in " ".join([texts(slide), *cells]).split() if word not in there]

"""The matrix as a picture: its numbers are those of JSON, its size and contrast are those of the design, its alternative text is short."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import worst_roles_first
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.answers.matrix import record
from clustergap.answers.matrix_drawing import picture
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.picture import LONGEST_ALTERNATIVE, Naming
from clustergap.theme import FILLS, TEXT_COLOURS, WORDS
from clustergap.writers import matrix_layout, svg
from running import run
from strategies import datasets

SVG = "{http://www.w3.org/2000/svg}"
COUNTRIES = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "FI", "FR", "HR", "HU")


def cells_drawn(matrix: Matrix, naming: Naming) -> list[list[str]]:
    """Return the texts of each cell that is drawn, in the order of the drawing."""
    root = ET.fromstring(svg.write(picture(matrix, Origin()), None, naming).file)  # noqa: S314 - our own document
    return [
        [text.text or "" for text in group.iter(f"{SVG}text")] for group in root.iter(f"{SVG}g")
    ]


@pytest.mark.parametrize("naming", [Naming.NAMES, Naming.COUNTS])
@given(datasets())
def test_the_numbers_of_a_picture_are_those_of_json(naming: Naming, dataset: Dataset) -> None:
    matrix = build_matrix(dataset, Query())
    found = record(matrix, Origin()).model_dump(mode="json")["cells"]
    by_cell = {each["cell"]: each for each in found}
    roles = matrix.roles if naming is Naming.NAMES else worst_roles_first(matrix)
    wanted = [by_cell[str(Cell(role.id, level.id))] for role in roles for level in matrix.levels]

    drawn = cells_drawn(matrix, naming)

    assert len(drawn) == len(wanted)
    for texts, cell in zip(drawn, wanted, strict=True):
        words = " ".join(texts)
        assert WORDS[Coverage(cell["coverage"])] in texts
        share = cell["share"]
        if cell["coverage"] == "full" and cell["instruments"] and len(matrix.levels) > 1:
            assert re.search(rf"\b{len(cell['instruments'])} instruments?\b", words)
        if cell["coverage"] == "partial" and share and share["of"] + share["unknown"] > 1:
            numbers = re.findall(r"(\d+) of (\d+)", words)
            for covered, of in numbers:
                assert (int(covered), int(of)) == (share["covered"], share["of"])


def large(folder: Path) -> Path:
    """Write forty roles at four levels, in which every kind of share occurs."""
    lines = [
        "schema: 1", "title: Forty fields", "sources: {s: {title: Survey}}", "levels:",
        "  - {id: eu, name: EU}", "  - {id: country, name: Country, territories: [eu27]}",
        "  - {id: region, name: Region, territories: [nuts2-2024]}",
        "  - {id: province, name: Province, territories: [nuts3-2024]}", "roles:",
        *(f"  - {{id: r{n}, name: Field of many clusters {n}}}" for n in range(40)),
        "instruments:",
    ]  # fmt: skip
    for n in range(40):
        lines += [f"  - id: i{n}", f"    name: Programme {n}", "    covers:"]
        codes = ", ".join(COUNTRIES[: 1 + n % len(COUNTRIES)])
        levels = ("country", "region", "province")[: n % 4]
        lines += [f"      r{n}@eu: full"]
        lines += [f"      r{n}@{at}: {{extent: full, territories: [{codes}]}}" for at in levels]
    folder.mkdir(exist_ok=True)
    (folder / "instruments.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_forty_roles_are_not_much_higher_than_wide_and_worst_first(tmp_path: Path) -> None:
    drawn = run("matrix", "--data", str(large(tmp_path / "large")), "-f", "svg", "-q").out

    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    assert height <= 1.5 * width
    assert "Instruments are counted, not named; worst first." in drawn


def test_the_cells_of_one_level_are_narrow(tmp_path: Path) -> None:
    data = str(large(tmp_path / "large"))
    drawn = run("matrix", "--data", data, "--level", "region", "-f", "svg", "-q").out

    root = ET.fromstring(drawn)  # noqa: S314 - our own document
    groups = [*root.iter(f"{SVG}g")]
    assert len(groups) == 40
    for group in groups:
        assert all(float(box.attrib["width"]) <= 240 for box in group.iter(f"{SVG}rect"))


def test_an_alternative_text_is_short_and_the_file_has_all_of_it(tmp_path: Path) -> None:
    outcome = run("matrix", "--data", str(large(tmp_path / "large")), "-f", "svg")

    told = outcome.err.removeprefix("clustergap: alternative text: ").strip()
    assert len(told) <= LONGEST_ALTERNATIVE
    assert re.search(r"; and \d+ more\.$", told)
    whole = re.findall(r"<desc[^>]*>(.*?)</desc>", outcome.out, re.DOTALL)[0]
    assert whole.count("Field of many clusters") > told.count("Field of many clusters")


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG defines it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_words_and_lines_stand_out_from_every_ground() -> None:
    grounds = (
        matrix_layout.PARTIAL_GROUND, matrix_layout.STRIPE, matrix_layout.FILL, matrix_layout.SHADE,
    )  # fmt: skip
    for coverage, ink in TEXT_COLOURS.items():
        for ground in grounds if coverage is Coverage.PARTIAL else (FILLS[coverage],):
            assert contrast(ink, ground) >= 4.5
    assert contrast(matrix_layout.SOFT, "#FFFFFF") >= 4.5
    for ground in (*grounds, "#FFFFFF"):
        assert contrast(matrix_layout.LINE, ground) >= 3


@pytest.mark.parametrize("naming", [("--names",), ("--counts",)])
def test_names_and_counts_are_what_is_asked_for(naming: tuple[str, ...]) -> None:
    drawn = run("matrix", "--data", "data", *naming, "-f", "svg", "-q").out

    assert ("H2020, KIC" in drawn) is (naming == ("--names",))
    assert ("counted, not named" in drawn) is (naming == ("--counts",))
    refused = run("matrix", "--data", "data", "--counts", "-f", "md")
    assert (refused.code, refused.out) == (2, "")

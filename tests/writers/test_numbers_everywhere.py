"""For random datasets, the matrix in every medium says the numbers that JSON says: coverages, instruments, shares, gaps."""

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import pptx
import pytest
from hypothesis import given

from clustergap.analysis.brief import build_brief
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.report import build_full_report
from clustergap.answers import brief, brief_slide, matrix, report, report_slides
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.theme import sign_of
from clustergap.writers import brief_docx, brief_pdf, markdown, pdf
from clustergap.writers import docx as docx_writer
from clustergap.writers import pptx as pptx_writer
from sampling import at_most
from strategies import datasets
from tagged_pdf import tags_of

HERE = Origin("data")

Rows = Sequence[Sequence[str]]
"""A table; of its cells all blanks are left out, as programs break lines at other places, and lines are apart by a slash."""

Record = Mapping[str, Any]


def packed(table: Rows) -> Rows:
    lines = [[re.sub(r"\n|<br>", "/", cell) for cell in row] for row in table]
    return [[re.sub(r"[\s\u200b\u2060*\\]", "", cell) for cell in row] for row in lines]


# Reading each medium


def of_markdown(file: str) -> list[Rows]:
    tables = re.findall(r"(?:^\|.*\|\n)+", file, re.MULTILINE)
    rows = [[line.strip("| ").split(" | ") for line in table.splitlines()] for table in tables]
    return [[row for row in table if row[0] != "---"] for table in rows]


def of_word(file: bytes) -> list[Rows]:
    tables = docx.Document(io.BytesIO(file)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def of_pdf(file: bytes) -> list[Rows]:
    return [
        [[cell.words for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in tags_of(file).all("Table")
    ]


def of_slides(file: bytes) -> list[Rows]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in pptx.Presentation(io.BytesIO(file)).slides
        for shape in slide.shapes
        if shape.has_table
    ]


MATRICES: Mapping[str, Callable[[Matrix], list[Rows]]] = {
    "matrix.md": lambda found: of_markdown(markdown.write(matrix.document(found, HERE))),
    "matrix.docx": lambda found: of_word(docx_writer.write(matrix.document(found, HERE))),
    "matrix.pdf": lambda found: of_pdf(pdf.write(matrix.document(found, HERE))),
    "report.md": lambda found: of_markdown(markdown.write(_report(found))),
    "report.docx": lambda found: of_word(docx_writer.write(_report(found))),
    "report.pdf": lambda found: of_pdf(pdf.write(_report(found))),
    "report.pptx": lambda found: of_slides(
        pptx_writer.write(report_slides.slides(build_full_report(found), HERE))
    ),
}
"""Where a cell names its instruments."""

BRIEFS: Mapping[str, Callable[[Matrix], list[Rows]]] = {
    "brief.md": lambda found: of_markdown(
        markdown.write(brief.document(build_brief(found), HERE))
    ),
    "brief.docx": lambda found: of_word(brief_docx.write(brief.page(build_brief(found), HERE))),
    "brief.pdf": lambda found: of_pdf(brief_pdf.write(brief.page(build_brief(found), HERE))),
    "brief.pptx": lambda found: of_slides(
        pptx_writer.write_one(brief_slide.slides(build_brief(found), HERE))
    ),
}
"""Where a cell has one line beside its sign."""


def _report(found: Matrix) -> Any:
    return report.document(build_full_report(found), HERE)


def asked(dataset: Dataset) -> tuple[Matrix, Record]:
    """Return the matrix, and what JSON says of it."""
    found = build_matrix(dataset, Query())
    return found, matrix.record(found, HERE).model_dump(mode="json", by_alias=True)


def cells_of(table: Rows, record: Record) -> list[tuple[str, Record]]:
    """Return the words of each cell of the matrix with what JSON says of it."""
    head, *rows = table
    roles = {re.sub(r"\s", "", role["name"]): role["id"] for role in record["roles"]}
    levels = [level["id"] for level in record["levels"]]
    assert head[0] == "Role"
    assert len(head) > len(levels)
    assert sorted(row[0] for row in rows) == sorted(roles)
    said = {(cell["role"], cell["level"]): cell for cell in record["cells"]}
    return [
        (words, said[roles[row[0]], level])
        for row in rows
        for level, words in zip(levels, row[1:], strict=False)
    ]


def first_of(tables: Sequence[Rows]) -> Rows:
    """Return the matrix: of the tables the first whose rows are roles and whose columns are levels."""
    return next(table for table in tables if table[0][0] == "Role")


SHARE = re.compile(
    r"(?<!\d)([\d,]+)of([\d,]+)(?!in[A-Z])[a-z]+(?:,([\d,]+)inpart)?(?:,([\d,]+)unknown)?"
)
OF = re.compile(r"(\d{1,3}(?:,\d{3})*)(?:inpart)?of(\d{1,3}(?:,\d{3})*)")
ALL_UNKNOWN = re.compile(r"(?<![\d,])([\d,]+)[a-z]+unknown")
NAMED = re.compile(r"The([a-d])(!?)")


def sign(cell: Record) -> str:
    return sign_of(Coverage(cell["coverage"])).replace(" ", "")


def is_of_several(share: Record | None) -> bool:
    return share is not None and share["of"] + share["unknown"] > 1


def says_how_many(share: Record) -> bool:
    """Tell whether any place is covered, in full or in part; otherwise a cell is only covered somewhere."""
    return bool(share["covered"] + share["partial"])


# The laws


@pytest.mark.parametrize("medium", MATRICES)
@at_most(5)
@given(datasets())
def test_the_matrix_of_every_medium_has_the_numbers_of_json(medium: str, dataset: Dataset) -> None:
    found, record = asked(dataset)

    tables = [packed(table) for table in MATRICES[medium](found)]
    cells = cells_of(first_of(tables), record)

    assert len(cells) == record["summary"]["cells"]
    for words, cell in cells:
        assert words.startswith(sign(cell))
        if medium.endswith(".pptx") and cell["coverage"] == "unknown":
            continue  # a slide says only what is not known of it
        assert _share_in(words) == _share_of(cell["share"])
        assert [(id_, bool(mark)) for id_, mark in NAMED.findall(words.split("notin")[0])] == [
            (id_, id_ in cell["rests_on"]) for id_ in cell["instruments"]
        ]
        counted = re.match(r"\d+", words.removeprefix(sign(cell)).strip("/"))
        if not medium.endswith(".md") and cell["instruments"]:
            assert counted
            assert int(counted[0]) == len(cell["instruments"])
    if medium.startswith("report"):
        gaps = gaps_in(tables)
        assert gaps[Coverage.NONE] == record["summary"]["none"]
        assert gaps[Coverage.PARTIAL] == record["summary"]["partial"]


def gaps_in(tables: Sequence[Rows]) -> Counter[Coverage]:
    """Count the rows of the tables of gaps by their coverage."""
    return Counter(
        each
        for head, *rows in tables
        if head[0] == "Role" and "Coverage" in head
        for row in rows
        for each in Coverage
        if row[head.index("Coverage")].startswith(sign_of(each).replace(" ", ""))
    )


def _share_in(words: str) -> tuple[int, ...]:
    found = SHARE.search(words)
    if found:
        return tuple(int((each or "0").replace(",", "")) for each in found.groups())
    unknown = ALL_UNKNOWN.search(words)
    return (0, 0, 0, int(unknown[1].replace(",", ""))) if unknown else ()


def _share_of(share: Record | None) -> tuple[int, ...]:
    if share is None or not is_of_several(share):
        return ()
    return share["covered"], share["of"], share["partial"] if share["of"] else 0, share["unknown"]


@pytest.mark.parametrize("medium", BRIEFS)
@at_most(5)
@given(datasets())
def test_a_brief_in_every_medium_has_the_numbers_of_json(medium: str, dataset: Dataset) -> None:
    found, record = asked(dataset)

    cells = cells_of(first_of([*map(packed, BRIEFS[medium](found))]), record)

    assert len(cells) == record["summary"]["cells"]
    for words, cell in cells:
        assert words.startswith(sign(cell))
        said = words.removeprefix(sign(cell)).strip("/")
        numbers, share = OF.search(said), cell["share"]
        if cell["coverage"] == "partial" and is_of_several(share) and says_how_many(share):
            assert numbers or "notsaid" in said
        if numbers:
            covered, of = (int(each.replace(",", "")) for each in numbers.groups())
            assert (covered, of) == (share["covered"] or share["partial"], share["of"])
        unknown = re.search(r"(\d+)[a-z]*unknown", said)
        assert not unknown or int(unknown[1]) == cell["share"]["unknown"]
        instruments = re.match(r"(\d+)instruments?", said)
        assert not instruments or int(instruments[1]) == len(cell["instruments"])

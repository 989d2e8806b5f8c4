"""Rows of a note's tables on paper: LibreOffice draws every one of them, wherever a page ends."""

import copy
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.table import _Row

from briefings import briefing_of, endless, large
from clustergap.analysis.report import FullReport
from clustergap.answers import report
from clustergap.origin import Origin
from clustergap.writers import docx as docx_writer
from office import print_pages
from paths import ROOT
from running import run
from sampling import Sample

FIRST, LAST = 565.0, 655.0
"""Offsets in points from the top of a page: behind the last, no more than a heading has room; behind the first, several rows."""


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def written(briefing: FullReport) -> Document:
    return docx.Document(io.BytesIO(docx_writer.write(report.document(briefing, Origin()))))


def deck(*options: str) -> Document:
    outcome = run("report", *options, "-f", "docx", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return docx.Document(io.BytesIO(outcome.stdout))


def at_offsets(note: Document, number: int) -> Iterator[str]:
    """Let each table of a note, with what stands above it, begin at heights of a page; tell the marks of its rows.

    Instead of its words, the first cell of each row holds a mark.
    """
    body = note.element.body
    parts = list(body)
    for part in parts[:-1]:
        body.remove(part)
    for at, table in enumerate(parts):
        if table.tag != qn("w:tbl"):
            continue
        for n in range(number):
            space = _space(FIRST + (LAST - FIRST) / number * n)
            block = [space, *map(copy.deepcopy, parts[at - 2 : at + 2])]
            for row, line in enumerate(block[3].tr_lst[1:]):
                yield _mark(line, f"q{at}n{n}r{row}q")
            for part in block:
                body.insert_element_before(part, "w:sectPr")


def _space(height: float) -> Element:
    # An empty paragraph at the top of a page; twentieths of a point.
    looks = f'<w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="{height * 20:.0f}" w:lineRule="exact"/>'
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{looks}</w:pPr></w:p>")


def _mark(row: Element, mark: str) -> str:
    first, *others = row.tc_lst[0].xpath(".//w:t")
    first.text = mark
    for other in others:
        other.text = ""
    return mark


NOTES: dict[str, tuple[Callable[[], Document], int, int]] = {
    "deck": (deck, 60, 6 + 5 + 11),
    "one gap": (lambda: deck("--role", "industry-4-0", "--level", "country"), 60, 1 + 1),
    "long": (lambda: written(large()), 4, 60 + 43),
}
"""Each with the number of offsets at which its tables begin, and how many rows they have."""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", NOTES)
def test_no_row_vanishes_wherever_a_page_ends(name: str, tmp_path: Path, sample: Sample) -> None:
    make, most, rows = NOTES[name]
    number = len(sample(range(most), 6))
    note = make()
    marks = list(at_offsets(note, number))
    file = tmp_path / "note.docx"
    note.save(str(file))

    text = "".join(print_pages(file).texts)

    assert len(marks) == number * rows
    assert [mark for mark in marks if mark not in text] == []


HIGH = (30, 45, 50, 52, 54, 55, 56, 57, 58, 60, 70, 100)
"""Lines of notes, each a line of a row: what is left on a page below its header is among them."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("level", ["Country", "Very long words of a level's name " * 8])
def test_no_line_of_a_high_row_vanishes(level: str, tmp_path: Path) -> None:
    covers = {
        f"r{lines}@l": {
            "extent": "partial",
            "note": "\n".join(f"z{lines}n{n}q" for n in range(lines)),
        }
        for lines in HIGH
    }
    note = written(
        briefing_of(
            {
                "levels": [{"id": "l", "name": level.strip()}],
                "roles": [f"r{lines}" for lines in HIGH],
                "instruments": [{"id": "i", "covers": covers}],
            }
        )
    )
    file = tmp_path / "note.docx"
    note.save(str(file))
    cells = (cell.text for table in note.tables for row in table.rows for cell in row.cells)
    paragraphs = (one.text for one in note.paragraphs)

    printed = Counter(re.findall(r"z\d+n\d+q", "".join(print_pages(file).texts)))

    assert printed == Counter(re.findall(r"z\d+n\d+q", "\n".join([*cells, *paragraphs])))
    assert printed["z100n99q"] == 3  # the matrix, the gaps, the needs


def has(row: _Row, look: str) -> bool:
    return bool(row._tr.xpath(f"w:trPr/w:{look}"))  # noqa: SLF001 - python-docx reads none of these


def keeps(row: _Row) -> set[tuple[bool | None, bool | None]]:
    """Return by what the paragraphs of a row are held: to what follows, and within themselves."""
    looks = (one.paragraph_format for cell in row.cells for one in cell.paragraphs)
    return {(look.keep_with_next, look.keep_together) for look in looks}


def test_a_header_stands_with_the_first_row_and_short_rows_hold_together() -> None:
    for table in [*deck().tables, *deck("--data", "tests/hostile").tables]:
        header, first, *others = table.rows
        assert (has(header, "cantSplit"), has(header, "tblHeader"), keeps(header)) == (
            True,
            True,
            {(True, None)},
        )
        # LibreOffice loses rows behind a first one that may not be broken: its paragraphs hold it together.
        assert (has(first, "cantSplit"), keeps(first)) == (False, {(None, True)})
        assert {(has(row, "cantSplit"), *keeps(row)) for row in others} <= {(True, (None, None))}


def test_high_rows_may_be_broken_and_a_high_header_is_not_repeated() -> None:
    header, *rows = written(endless()).tables[0].rows

    assert not has(header, "tblHeader")
    assert not any(has(row, "cantSplit") for row in (header, *rows))
    assert [keeps(row) for row in (header, *rows)] == [{(None, None)}] * 4

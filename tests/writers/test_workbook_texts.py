import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.matrix import build_matrix
from clustergap.answers.workbooks import matrix_workbook
from clustergap.errors import ClusterGapError
from clustergap.list_format.list_layout import COLUMNS, list_rows
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.writers import workbook as workbook_writer
from clustergap.writers.workbook import write_table
from clustergap.writers.worksheet import WorkbookFile, Worksheet, link_to
from strategies import dataset_of, datasets
from workbooks import (
    SHEETS,
    Opened,
    by_name,
    entries,
    links_of,
    note_of,
    opened,
    report_of,
    rows_by_calamine,
    rows_of,
)

ODD_TEXTS = (
    "=1+1",
    "{=1+1}",
    "+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "TRUE",
    "1e3",
    "0042",
    "2019-05-31",
    "http://example.org/",
    "internal:About!A1",
    "_x000D_",
    "a_x005f_b",
    "  spaces  ",
    "line\nbreaks\n\n=2",
    "tab\tand\t",
    "<r><t>red</t></r>",
    "<r></c></row>_x0041_</r>",
    "<b>&amp;</b> & \"'",
    "👩\u200d🔬 می\u200cخواهم e\u0301 日本 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "'quoted",
    "long " * 1000,
)


# Texts stay texts


def _of_the_role(workbook: bytes) -> str:
    """Return what the picture says of its first cell."""
    (text,) = [row[1] for row in rows_of(opened(workbook)["Matrix"]) if row[0] == "The role"]
    return str(text)


APART = {0x2068: None, 0x2069: None}
"""The signs around what is written from right to left."""


@pytest.mark.sampled(8)
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_text_comes_back_as_it_is(text: str) -> None:
    dataset = note_of(text)
    workbook = report_of(dataset)
    column = [column.name for column in COLUMNS].index("cover_note")

    assert rows_by_calamine(workbook, "Instruments")[1][column] == text
    assert rows_of(opened(workbook)["Instruments"])[1][column] == text
    # In the picture names from right to left stand apart; nothing else changes.
    shown = _of_the_role(workbook).translate(APART)
    assert shown == f'◐ partial, 1 instrument\nThe a\n"{text}"'.translate(APART)


_LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"),
    exclude_characters="\ufeff\u200b\u2060\u2061\u2062\u2063\u2064",
    include_characters="\n\t",
)
_NOTES = st.lists(
    st.sampled_from(("<r>", "</r>", "_x000A_", "_x", "=", "&amp;", "\n", "  ", "'", "0"))
    | st.text(_LETTERS, max_size=8),
    max_size=12,
).map("".join)


@given(st.lists(_NOTES.filter(str.strip), min_size=1, max_size=4, unique=True))
def test_every_text_of_a_row_survives(notes: list[str]) -> None:
    instruments = [
        {"id": f"i{n}", "note": note, "covers": {"role@eu": {"note": note}}}
        for n, note in enumerate(notes)
    ]
    dataset = dataset_of({"levels": ["eu"], "instruments": instruments})
    wanted = [list(row) for row in list_rows(dataset)]

    workbook = report_of(dataset)

    assert rows_by_calamine(workbook, "Instruments")[1:] == wanted
    rows = rows_of(opened(workbook)["Instruments"])[1:]
    assert [[value or "" for value in row] for row in rows] == wanted


@given(datasets())
def test_every_statement_of_a_dataset_survives(dataset: Dataset) -> None:
    workbook = report_of(dataset)

    header, *rows = rows_by_calamine(workbook, "Instruments")

    assert [tuple(row) for row in rows] == list(list_rows(dataset))
    assert len(header) == len(COLUMNS)
    assert '<c r="A1"' in entries(workbook)["xl/worksheets/sheet6.xml"]


@pytest.mark.parametrize("path", ["deck_report", "hostile_report"])
def test_there_is_no_formula_no_macro_and_nothing_from_elsewhere(
    path: str, request: pytest.FixtureRequest
) -> None:
    found = entries(request.getfixturevalue(path))

    sheets = [text for name, text in found.items() if name.startswith("xl/worksheets/sheet")]
    related = "".join(text for name, text in found.items() if name.endswith(".rels"))
    kinds = set(re.findall(r'Type="[^"]*/([^"/]+)"', related))

    assert len(sheets) == len(SHEETS)
    assert not any(
        re.search(r"<(f|oleObject|control|legacyDrawing)[ />]", text) for text in sheets
    )
    assert kinds <= {
        "officeDocument", "core-properties", "extended-properties", "worksheet", "theme", "styles",
        "sharedStrings", "table", "hyperlink",
    }  # fmt: skip
    assert not any("vba" in name.lower() or "external" in name.lower() for name in found)


# Links


def test_links_lead_to_what_the_data_says_and_only_by_http(
    deck_report: Path, hostile_report: Path
) -> None:
    assert set(links_of(hostile_report)) == {"http://example.org/?a=1&amp;b=%3C2%3E"}
    assert all(link.startswith(("http://", "https://")) for link in links_of(deck_report))
    assert len(links_of(deck_report)) > 20


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org/ä", "HTTP://example.org/%C3%A4"),
        ("https://example.org/100%/%41", "https://example.org/100%25/%41"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("https://example.org:99999/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://example.org/" + "ä" * 400, None),
    ],
)
def test_a_link_is_an_address_that_every_program_takes(url: str, link: str | None) -> None:
    assert link_to(url) == link


def test_an_address_that_is_no_link_stays_a_text() -> None:
    url = "https://example.org:99999/"
    dataset = dataset_of({"levels": ["eu"], "instruments": [{"id": "a", "url": url}]})

    workbook = report_of(dataset)

    assert url in rows_by_calamine(workbook, "Instruments")[1]
    assert links_of(workbook) == []


def test_a_sheet_has_no_more_links_than_excel_takes() -> None:
    book = WorkbookFile("Title", "Links", "", "")
    sheet = book.sheet("Links")
    sheet.most_links = 5
    for row in range(8):
        sheet.link(row, 0, f"https://example.org/{row}")

    workbook = book.close()

    assert len(links_of(workbook)) == 5
    assert rows_by_calamine(workbook, "Links")[-1] == ["https://example.org/7"]


def test_what_a_sheet_holds_is_what_excel_says() -> None:
    # Microsoft, "Excel specifications and limits".
    assert (Worksheet.most_rows, Worksheet.most_links) == (1_048_576, 65_530)


# Limits


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    sheet = WorkbookFile("Title", "Rows", "", "").sheet("Rows")
    sheet.most_rows = 10

    with pytest.raises(ClusterGapError, match=r"^10 rows are more than a sheet .* holds, 9: "):
        write_table(sheet, ["a"], [("x",)] * 10, [3.0])
    write_table(sheet, ["a"], [("x",)] * 9, [3.0])


def test_a_cell_that_holds_not_all_is_refused_by_name() -> None:
    quotes = [{"ref": "book", "quote": "q" * 5000} for _ in range(7)]
    dataset = dataset_of(
        {
            "levels": ["eu"],
            "sources": {"book": {"title": "A book"}},
            "instruments": [{"id": "wordy", "sources": quotes}],
        }
    )

    with pytest.raises(ClusterGapError, match=r"^sources of wordy has 35,\d+ characters"):
        report_of(dataset)


def _workbook_of_many(number: int, letter: str = "") -> tuple[Opened, list[str]]:
    names = [f"Instrument number {n}{letter} of very many" for n in range(number)]
    instruments = [
        {"id": f"i{n}", "name": name, "covers": {"role@eu": "full"}}
        for n, name in enumerate(names)
    ]
    dataset = dataset_of({"levels": ["eu", "region"], "instruments": instruments})
    return opened(
        workbook_writer.write(matrix_workbook(build_matrix(dataset, Query()), Origin()))
    ), names


def test_a_long_text_stays_whole_in_its_cell_however_high_it_would_be() -> None:
    workbook, names = _workbook_of_many(900)

    cells = by_name(rows_of(workbook["Roles and levels"]))
    (picture,) = [row for row in rows_of(workbook["Matrix"]) if row[0] == "The role"]
    assert [row["cell"] for row in cells] == ["role@eu", "role@region"]
    assert cells[0]["instruments"] == "; ".join(names)
    assert picture[1] == "● full, 900 instruments\n" + ", ".join(names)
    assert workbook["Roles and levels"].row_dimensions[2].height <= 409
    assert workbook["Matrix"].row_dimensions[4].height <= 409


@pytest.mark.parametrize("letter", ["", "😀"])
def test_an_answer_that_is_longer_than_a_cell_holds_says_that_it_goes_on(letter: str) -> None:
    workbook, names = _workbook_of_many(1200, letter)

    text = by_name(rows_of(workbook["Roles and levels"]))[0]["instruments"]
    begin, sign, end = text.partition("… (")
    assert "; ".join(names).startswith(begin)
    assert sign + end == "… (the text goes on: a cell of a workbook holds 32,767 characters)"
    assert 32_760 < len(text.encode("utf-16-le")) // 2 <= 32_767

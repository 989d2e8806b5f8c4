"""Places side by side as a workbook: all of them in one grid, and the same cells as JSON and CSV have."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from clustergap.errors import ClusterGapError
from clustergap.writers.worksheet import WorkbookFile
from paths import ROOT
from running import run
from workbooks import (
    Opened,
    codes_of,
    opened,
    rows_by_calamine,
    rows_of,
    without_empty_columns,
    write,
)

INDUSTRY = "examples/industry-4-0-2017"
HOSTILE = "tests/hostile"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def book_of(folder: Path, *words: str, data: str = INDUSTRY) -> Path:
    return write(folder / "compare.xlsx", "compare", *words, "--data", data)


def grid_of(book: Opened) -> list[list[str]]:
    """Return the grid of places, with its header."""
    rows = rows_of(book["Comparison"])
    first = next(n for n, row in enumerate(rows) if row[0] in ("Role", "Level and role"))
    after = next(n for n, row in enumerate(rows) if row[0] == "● full")
    return [row for row in rows[first:after] if any(row)]


@pytest.mark.parametrize(
    ("words", "sheets"),
    [
        (("RO", "FI"), ["Comparison", "Roles and levels", "What differs", "About"]),
        (
            ("RO", "FI", "--measures"),
            ["Comparison", "Roles and levels", "What differs", "Measures", "About"],
        ),
        (("RO", "FI", "BG"), ["Comparison", "Roles and levels", "About"]),
    ],
)
def test_a_comparison_has_these_sheets(
    words: tuple[str, ...], sheets: list[str], tmp_path: Path
) -> None:
    assert opened(book_of(tmp_path, *words)).sheetnames == sheets


def test_every_place_stands_in_the_grid_with_all_its_cells(tmp_path: Path) -> None:
    asked = ("compare", "--each", "region", "--data", INDUSTRY, "-q", "-f", "json")
    record = json.loads(run(*asked).out)

    header, *rows = grid_of(opened(book_of(tmp_path, "--each", "region", "--top", "2")))

    assert len(record["places"]) == 244
    assert header == ["Level and role", *(place["name"] for place in record["places"])]
    assert [row[0] for row in rows] == [
        f"{level['name']}: {role['name']}"
        for level in record["levels"]
        for role in record["roles"]
    ]
    words = Counter(
        cell.split("\n")[0].split(",")[0][2:].lower() for row in rows for cell in row[1:]
    )
    assert words == Counter(cell["coverage"] for cell in record["cells"])


def test_heads_stay_in_view_and_are_repeated_on_paper(tmp_path: Path) -> None:
    sheet = opened(book_of(tmp_path, "--each", "country"))["Comparison"]

    assert sheet.freeze_panes == "B4"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$3", "$A:$A")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.scale == 80


@pytest.mark.parametrize("data", [INDUSTRY, HOSTILE])
def test_the_cells_are_those_of_csv(data: str, tmp_path: Path) -> None:
    asked = ("compare", "RO", "RO21", "--data", data, "-q", "-f", "csv")
    header, *rows = csv.reader(io.StringIO(run(*asked).out, newline=""))

    found = rows_by_calamine(book_of(tmp_path, "RO", "RO21", data=data), "Roles and levels")

    said = without_empty_columns([header, *rows])
    assert found[0] == said[0]
    at = [
        n
        for n, name in enumerate(said[0])
        if name in ("cell", "place id", "instruments", "own", "missing")
    ]
    assert len(at) >= 3
    assert [
        [codes_of(row[n]) if said[0][n] == "missing" else row[n].strip() for n in at]
        for row in found[1:]
    ] == [[row[n].removeprefix("'").strip() for n in at] for row in said[1:]]


def test_what_differs_is_said_both_ways(tmp_path: Path) -> None:
    there = rows_of(opened(book_of(tmp_path, "RO", "FI"))["What differs"])
    back = rows_of(opened(book_of(tmp_path, "FI", "RO"))["What differs"])

    assert there == back == [
        ["role", "level", "cell", "ahead", "coverage ahead", "behind", "coverage behind", "could be copied"],
        ["Circular economy", "Country", "circular-economy@country", "Finland", "● full",
         "Romania", "○ NONE", "Circular FI"],
    ]  # fmt: skip


def test_of_two_partial_cells_the_shares_say_which_is_ahead(tmp_path: Path) -> None:
    asked = ("east", "west", "--role", "industry-4-0", "--level", "country")
    (_, row) = rows_of(opened(book_of(tmp_path, *asked))["What differs"])

    assert row[3:9] == [
        "West", "◐ partial", "11 of 16 countries", "East", "◐ partial", "4 of 11 countries",
    ]  # fmt: skip


def test_places_that_differ_in_nothing_say_so(tmp_path: Path) -> None:
    (row,) = rows_of(opened(book_of(tmp_path, "RO", "RO"))["What differs"])

    assert row == [
        "At no level is a role covered more in one of the two places than in the other."
    ]


def test_the_measures_are_those_of_csv(tmp_path: Path) -> None:
    asked = ("compare", "RO", "FI", "--measures", "--data", INDUSTRY, "-q", "-f", "csv")
    rows = [*csv.reader(io.StringIO(run(*asked).out, newline=""))]

    found = rows_of(opened(book_of(tmp_path, "RO", "FI", "--measures"))["Measures"])

    nearest = found[0].index("nearest")
    assert [row[nearest] for row in found[1:]] == ["Finland (FI) 11/12", "Romania (RO) 11/12"]
    for row, said in zip(found[1:], rows[1:], strict=True):
        row[nearest] = said[nearest]
    # A workbook holds 16 digits of a number.
    assert found[0] == rows[0]
    assert [[str(value)[:15] for value in row] for row in found[1:]] == [
        [text[:15] for text in row] for row in rows[1:]
    ]


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    book = opened(book_of(tmp_path, "RO", "RO21", "AT", data=HOSTILE))

    sheet = book["Comparison"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    header, *rows = grid_of(book)
    assert header[1:] == ["Romania", "Nord|Est", "Austria"]
    assert rows[1][0] == '=Country, [red]: =HYPERLINK("http://evil.example";"x")'


def test_more_places_than_a_sheet_has_columns_are_refused() -> None:
    sheet = WorkbookFile("", "", "", "").sheet("Comparison")

    with pytest.raises(ClusterGapError, match="16,385 columns are more than a sheet"):
        sheet.columns([24.0] * 16_385)

"""Cells merged over a table: headers of two rows, and headings of groups of rows."""

from collections.abc import Sequence

import pytest

from clustergap.importing.headers import find_header_rows
from clustergap.spreadsheet.sheet import Area, Sheet
from spreadsheets import empty_target, import_into, loaded, sheet_of

ROWS = (
    ("Inventory of the ministry", "", "", "", ""),
    ("Name", "Role", "Level", "Duration", ""),
    ("", "", "", "Start", "End"),
    ("A. Money", "", "", "", ""),
    ("Fund", "Social economy", "EU", "2021", "2027"),
    ("Bank", "Social economy", "Region", "2020", ""),
    ("", "", "", "", ""),
    ("Collected in spring", "", "", "", ""),
)
HEADER = (
    Area((1, 0), (2, 0)), Area((1, 1), (2, 1)), Area((1, 2), (2, 2)), Area((1, 3), (1, 4)),
)  # fmt: skip
HEADINGS = (Area((0, 0), (0, 4)), Area((3, 0), (3, 4)), Area((7, 0), (7, 4)))


def sheet(rows: Sequence[Sequence[str]] = ROWS, merged: Sequence[Area] = ()) -> Sheet:
    made = sheet_of(rows, "S")
    made.metadata.merged.extend(merged)
    return made


def test_a_header_whose_cells_reach_down_or_across_has_two_rows() -> None:
    plan = import_into(empty_target(), sheet(merged=[*HEADER, *HEADINGS]))

    fund, bank = loaded(plan).instruments
    assert (str(fund.starts), str(fund.ends)) == ("2021-01-01", "2027-12-31")
    assert (str(bank.starts), bank.ends) == ("2020-01-01", None)
    assert "S: the header is rows 2 and 3 (--header 2 if it is one row)" in plan.remarks


@pytest.mark.parametrize("merged", [(), HEADER[:2], (Area((1, 0), (6, 0)), *HEADER[1:])])
def test_a_header_that_is_not_merged_throughout_has_one_row(merged: Sequence[Area]) -> None:
    assert list(find_header_rows(sheet(merged=merged), 1)) == [1]


def test_a_heading_over_the_columns_is_no_row() -> None:
    plan = import_into(empty_target(), sheet(merged=[*HEADER, *HEADINGS]))

    assert [one.name for one in loaded(plan).instruments] == ["Fund", "Bank"]
    words = "a heading over several columns is no row, and is skipped (S!A4 and A8)"
    assert words in plan.remarks


def test_a_row_with_more_than_a_heading_is_a_row() -> None:
    rows = [("Name", "Role", "Level", "Note"), ("Fund", "Social economy", "", "EU")]

    plan = import_into(empty_target(), sheet(rows, [Area((1, 0), (1, 2))]))

    assert [one.name for one in loaded(plan).instruments] == ["Fund"]
    assert not any("heading" in remark for remark in plan.remarks)

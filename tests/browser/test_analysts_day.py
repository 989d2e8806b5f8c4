"""The analyst's day, as the product's page tells it, from the empty folder to the mailed page on paper."""

import shutil
from collections.abc import Sequence
from difflib import ndiff
from pathlib import Path

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from opened_page import OpenPage
from running import run

ROWS: Sequence[tuple[str, ...]] = (
    ("National programme for clusters", "Social economy", "Country", "partial"),
    ("Fund for green clusters", "Social economy", "Region", "full"),
    *((f"Regional programme {n}", "Industry 4.0", "Region", "full") for n in "ABCDEFGHIJ"),
    ("Fund for green clusters", "Industry 4.0", "Rgional", "full"),
)
"""What she has found, in rows 2 to 14: name, role, level, extent."""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fill(template: Path, rows: Sequence[tuple[str, ...]]) -> None:
    """Type rows below the header, as somebody does in a spreadsheet program."""
    book = openpyxl.load_workbook(template)
    sheet = book["Instruments"]
    columns = {str(cell.value).casefold(): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for name, text in zip(("name", "role", "level", "extent"), row, strict=True):
            sheet.cell(number, columns[name], text)
    book.save(template)


def drop_downs(template: Path) -> set[str]:
    """The columns of a template in which one chooses from a list."""
    sheet = openpyxl.load_workbook(template)["Instruments"]
    names = {cell.column_letter: cell.value for cell in sheet[1]}
    return {
        str(names["".join(filter(str.isalpha, str(area).split(":")[0]))])
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        if rule.type == "list"
    }


def test_the_analysts_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage
) -> None:
    assert "● full 13  ◐ partial 3  ○ none 2" in run("matrix").out
    assert "Social economy" in run("gaps").out
    assert "social economy at country level" in run("needs", "--level", "country").out
    assert "○ NONE" in run("explain", "social-economy@country").out

    assert run("init", "my-country").code == 0
    monkeypatch.chdir("my-country")
    assert run("init", "--template", "inventory.xlsx").code == 0
    assert drop_downs(Path("inventory.xlsx")) >= {"Role", "Level", "Extent", "Kind"}
    before = Path("data/instruments.yaml").read_text(encoding="utf-8")

    fill(Path("inventory.xlsx"), ROWS)
    refused = run("import", "inventory.xlsx", "--dry-run")
    assert refused.code == 2
    assert (
        "Instruments!C14: 'Rgional' is not a level, did you mean 'region'?"
        in refused.err.splitlines()
    )
    assert Path("data/instruments.yaml").read_text(encoding="utf-8") == before

    fill(Path("inventory.xlsx"), [*ROWS[:-1], (*ROWS[-1][:2], "Region", "full")])
    assert "2 gaps would close" in run("import", "inventory.xlsx", "--dry-run").out
    assert Path("data/instruments.yaml").read_text(encoding="utf-8") == before
    assert run("import", "inventory.xlsx").code == 0
    after = Path("data/instruments.yaml").read_text(encoding="utf-8")
    gone = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] == "-"]
    assert gone == []
    assert run("check").code == 0

    assert run("gaps", "-o", "gaps.xlsx").code == 0
    assert openpyxl.load_workbook("gaps.xlsx").sheetnames == ["Gaps", "About"]

    assert run("report", "-o", "gap-map.html").code == 0
    attachment = Path(shutil.copy("gap-map.html", tmp_path / "attachment of a mail.html"))
    opened = open_page(attachment)
    page = opened.page
    page.context.set_offline(True)
    page.locator("#filters summary").click()
    page.get_by_label("partial", exact=True).check()
    assert page.locator("td .cell:visible").count() == 1
    opened.assert_no_complaints()
    with PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)) as paper:
        assert len(paper) == 1
        assert tuple(map(round, paper[0].get_size())) == (842, 595)

    piped = run("gaps", encoding="cp850")
    assert piped.code == 0
    assert "P partial" in piped.stdout.decode("cp850")

"""What the writers of workbooks and slides make of sheets and slides that no answer of ours says: they know no policy."""

import io

import pptx

from clustergap.analysis.coverage import Coverage
from clustergap.document import Column, ColumnKind, Rows, Table, TableCell
from clustergap.list_format.reference_layout import ReferenceTable
from clustergap.model.cell import Cell
from clustergap.office import (
    AboutSheet,
    Choice,
    Citation,
    CoverageCounts,
    Deck,
    FormColumn,
    FormSheet,
    Legend,
    ListSheet,
    PageSheet,
    SheetList,
    Slide,
    TableColumn,
    Workbook,
    WorkbookSheet,
)
from clustergap.prose import Field, Fields, Heading, Paragraph, Points, Run, Style
from clustergap.writers import pptx as pptx_writer
from clustergap.writers import workbook as workbook_writer
from workbooks import Opened, offered, opened, rows_of, rules
from workbooks import Rows as Values


def written(*sheets: WorkbookSheet) -> Opened:
    return opened(workbook_writer.write(Workbook("Title", "Subject", "", "Foot", sheets)))


def values(sheet: Opened) -> Values:
    return [[value for value in row if value is not None] for row in rows_of(sheet)]


FRUITS = ReferenceTable("Fruits", ("id", "name"), [("a", "Apple"), ("p", "Pear")])


def test_a_form_offers_what_a_table_of_another_sheet_holds_and_what_is_added_to_it() -> None:
    choice = Choice(TableColumn("Fruits", 1), "No such fruit.")
    columns = (FormColumn("fruit", "Fruit", "what is eaten", choice), FormColumn("url", "URL"))
    form = FormSheet("Meals", columns, [("Apple", "https://example.org/")], free=3)

    book = written(form, AboutSheet("About", (Legend(),), (FRUITS,)))

    rule = rules(book, "Meals")["Fruit"]
    assert book.sheetnames == ["Meals", "About"]
    assert offered(book, rule) == ["Apple", "Pear"]
    assert (rule.errorTitle, rule.error) == ("Not a known fruit", "No such fruit.")
    assert book["Meals"].tables["Meals"].ref == "A1:B5"
    assert book["Meals"]["B2"].hyperlink.target == "https://example.org/"
    row = next(cell.row for cell in book["About"]["A"] if cell.value == "p")
    book["About"].cell(row + 1, 2).value = "Plum"
    assert offered(book, rule) == ["Apple", "Pear", "Plum"]


def test_a_page_has_an_empty_row_between_what_does_not_belong_together() -> None:
    counts = CoverageCounts("Fruit", (("Apple", {Coverage.FULL: 2}), ("Pear", {})))
    blocks = (
        Heading("Fruits"),
        Paragraph("said of them"),
        Paragraph((Run("more", Style.STRONG),), is_apart=True),
        counts,
        Fields((Field("Apple", ("red",)), Field("Pear", ("green",)))),
        SheetList({"List": "all of them"}),
    )

    book = written(PageSheet("Page", blocks), ListSheet("List", Rows(("name",), []), "No fruit."))

    assert values(book["Page"]) == [
        ["Fruits"],
        ["said of them"],
        [],
        ["more"],
        [],
        ["Fruit", "● full", "◐ partial", "○ NONE", "? unknown", "pairs"],
        ["Apple", 2, 0, 0, 0, 2],
        ["Pear", 0, 0, 0, 0, 0],
        [],
        ["Apple", "red"],
        ["Pear", "green"],
        [],
        ["List", "all of them"],
    ]
    assert book["Page"]["A4"].font.bold
    assert book["Page"]["A13"].hyperlink.location == "List!A1"
    assert values(book["List"]) == [["No fruit."]]


CELLS = tuple(Cell(f"r{number}", "eu") for number in range(40))


def test_a_slide_cites_what_is_known_of_its_own_rows_and_each_place_once() -> None:
    columns = (Column("Role"), Column("Coverage", ColumnKind.COVERAGE), Column("Why"))
    rows = tuple((str(cell), TableCell((), Coverage.NONE), TableCell(("why",))) for cell in CELLS)
    citations = (
        *(
            Citation("book", f"page {number}", frozenset([cell]))
            for number, cell in enumerate(CELLS)
        ),
        Citation("book", "page 0", frozenset(CELLS)),
        Citation("web", None, frozenset(CELLS[-1:])),
    )
    table = Slide(
        "Table",
        (Table("Table", "All.", columns, rows),),
        "All.",
        citations,
        tuple((cell,) for cell in CELLS),
    )
    points = Slide("Points", (Heading("Head"), Points(("one", "two"))), "Two.", citations[-1:])
    sources = {"book": "A book", "web": "A page", "other": "Never cited"}
    deck = Deck("Deck", "Question.", "Headline.", "", "Source.", "Foot", (table, points), sources)

    slides = list(pptx.Presentation(io.BytesIO(pptx_writer.write(deck))).slides)

    notes = [slide.notes_slide.notes_text_frame.text.split("\n") for slide in slides]
    titles = [slide.shapes.title.text for slide in slides]
    assert notes[0] == ["Sources", "book: A book", "web: A page", "other: Never cited"]
    assert titles[1].startswith("Table (1 of ")
    first, *_, last = notes[1:-1]
    assert first[1].startswith('book: A book; at "page 0", "page 1"')
    assert len(first) == len(["Sources", "book"])
    assert '"page 39"' not in first[1]
    assert last[2] == "web: A page"
    assert (titles[-1], notes[-1]) == ("Points", ["Sources", "web: A page"])

"""Any answer as a workbook: its rows as a list, and what they are of."""

from collections.abc import Iterator

from clustergap import __version__
from clustergap.document import Document, Rows, plain
from clustergap.theme import DEFINITIONS, GAP_DEFINITION
from clustergap.writers.xlsx.cell_sizes import count_lines
from clustergap.writers.xlsx.list_table import display, write_list
from clustergap.writers.xlsx.worksheet import Workbook, Worksheet

_WIDTHS = [26.0, 90.0]


def write(name: str, document: Document, rows: Rows) -> bytes:
    """Write the rows on a sheet of this name, and what the document says of them on the sheet About."""
    title = plain(document.title)
    comments = (f"Written by clustergap {__version__}.", GAP_DEFINITION, document.remark)
    workbook = Workbook(
        title=document.subject or title,
        subject=title,
        comments=" ".join(filter(None, comments)),
        footer=document.remark,
    )
    write_list(workbook.sheet(name), rows, f"{title.rstrip('.')}.")
    _write_about(workbook.sheet("About"), document)
    return workbook.close()


def _write_about(sheet: Worksheet, document: Document) -> None:
    sheet.columns(_WIDTHS)
    pairs = list(_about(document))
    for row, (name, text) in enumerate(pairs):
        sheet.text(row, 0, name, sheet.formats.strong)
        sheet.text(row, 1, text, sheet.formats.beside)
        sheet.fit_row(row, count_lines(text, _WIDTHS[1]))
    for row, (coverage, meaning) in enumerate(DEFINITIONS.items(), len(pairs)):
        sheet.text(row, 0, display(coverage), sheet.formats.coverage[coverage])
        sheet.text(row, 1, meaning, sheet.formats.beside)


def _about(document: Document) -> Iterator[tuple[str, str]]:
    yield "Written by", f"clustergap {__version__}, a policy gap analyser for clusters"
    if document.subject:
        yield "Data", document.subject
    yield "Answer", plain(document.title)
    texts = {
        "Asked": " ".join(document.asked),
        "Source": document.source,
        "Note": document.remark,
        "Words": "\n".join(document.meanings),
        "Gap": GAP_DEFINITION,
    }
    yield from ((name, text) for name, text in texts.items() if text)

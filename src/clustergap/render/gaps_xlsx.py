"""The gaps as a workbook."""

from clustergap.analysis.gaps import Gaps
from clustergap.document import Origin
from clustergap.render.xlsx.about import NAME as ABOUT
from clustergap.render.xlsx.about import sources_alone, write_about
from clustergap.render.xlsx.book import Book
from clustergap.render.xlsx.gaps import NAME, write_gaps


def render(found: Gaps, origin: Origin) -> bytes:
    book = Book(found.matrix, origin, NAME)
    write_gaps(book.sheet(NAME), found)
    write_about(book.sheet(ABOUT), found.matrix, origin, sources_alone(found.matrix))
    return book.close()

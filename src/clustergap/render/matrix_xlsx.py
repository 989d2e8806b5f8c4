"""The matrix as a workbook: the picture, and its cells as a list."""

from clustergap.analysis.matrix import Matrix
from clustergap.document import Origin
from clustergap.render.xlsx.about import NAME as ABOUT
from clustergap.render.xlsx.about import sources_alone, write_about
from clustergap.render.xlsx.book import Book
from clustergap.render.xlsx.cells import NAME as CELLS
from clustergap.render.xlsx.cells import write_cells
from clustergap.render.xlsx.matrix import NAME, write_picture


def render(matrix: Matrix, origin: Origin) -> bytes:
    book = Book(matrix, origin, "Matrix")
    write_picture(book.sheet(NAME), matrix, origin)
    write_cells(book.sheet(CELLS), matrix)
    write_about(book.sheet(ABOUT), matrix, origin, sources_alone(matrix))
    return book.close()

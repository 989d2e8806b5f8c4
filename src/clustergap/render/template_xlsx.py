"""A list to fill in, as a workbook: no statement yet, but drop-downs of what the dataset knows."""

from clustergap.analysis.matrix import Matrix
from clustergap.render.origin import Origin
from clustergap.render.xlsx.about import NAME as ABOUT
from clustergap.render.xlsx.about import write_about
from clustergap.render.xlsx.book import Book
from clustergap.render.xlsx.instruments import NAME, write_statements
from clustergap.render.xlsx.read_me import NAME as READ_ME
from clustergap.render.xlsx.read_me import write_read_me
from clustergap.sheets.sections import sections


def render(matrix: Matrix, origin: Origin) -> bytes:
    dataset = matrix.dataset
    book = Book(matrix, origin, "A list of instruments to fill in")
    sheets = {name: book.sheet(name) for name in (NAME, READ_ME, ABOUT)}
    write_read_me(sheets[READ_ME], dataset.title, origin)
    places = write_about(sheets[ABOUT], matrix, origin, sections(dataset))
    write_statements(sheets[NAME], dataset, (), places)
    return book.close()

"""A list to fill in, as a workbook: no statement yet, but what the dataset knows, to choose from and to add to."""

from clustergap.analysis.matrix import Matrix
from clustergap.document import Origin
from clustergap.list_format.reference_layout import tables_to_fill_in
from clustergap.render.xlsx.book import Book
from clustergap.render.xlsx.choices import names_to_choose
from clustergap.render.xlsx.instruments import NAME, write_empty_list
from clustergap.render.xlsx.read_me import NAME as READ_ME
from clustergap.render.xlsx.read_me import write_read_me
from clustergap.render.xlsx.small_tables import place_of, write_small_table


def render(matrix: Matrix, origin: Origin) -> bytes:
    dataset = matrix.dataset
    book = Book(matrix, origin, "A list of instruments to fill in")
    sections = tables_to_fill_in(dataset)
    titles = [section.title for section in sections]
    sheets = {name: book.sheet(name) for name in (READ_ME, NAME, *titles)}
    names = names_to_choose(dataset, {section.title: place_of(section) for section in sections})
    write_read_me(sheets[READ_ME], dataset.title, titles, origin)
    write_empty_list(sheets[NAME], names)
    for section in sections:
        write_small_table(sheets[section.title], section, names)
    return book.close()

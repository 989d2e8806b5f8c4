"""The tables of a spreadsheet found, or as a mapping says, and read: everything that they say of instruments and cells."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.importing.binding import Binding, Misfit, bind, find_tables
from clustergap.importing.claims import Claim, Claims, bounded
from clustergap.importing.data_rows import Notices
from clustergap.importing.headers import answers
from clustergap.importing.known import Known
from clustergap.importing.layouts import Found, find_layout, remark_unread
from clustergap.importing.limits import Limits
from clustergap.importing.options import ImportOptions
from clustergap.importing.problem import Problem, Problems, SheetError
from clustergap.importing.row_reader import RowReader, Told
from clustergap.importing.values import Values
from clustergap.list_format.list_layout import ColumnSubject
from clustergap.model.mapping import Differ, MappingFile
from clustergap.spreadsheet.sheet import Sheet, quote_sheet
from clustergap.text import quote


@dataclass
class ReadTable:
    """What is known of the tables that are read, some of it only once all claims have been taken."""

    claims: Claims
    bindings: Sequence[Binding]
    notices: Notices
    readers: Sequence[RowReader]
    remarks: list[str]

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(reader.read for reader in self.readers)


class Book(NamedTuple):
    """The sheets of a file, the names of those that hold no table, the key of the source that it is, if it is cited, and its name."""

    sheets: Sequence[Sheet]
    passed_over: Collection[str] = ()
    source: str | None = None
    name: str = ""


def open_table(
    book: Book, values: Values, options: ImportOptions, problems: Problems, limits: Limits
) -> ReadTable:
    """Find the tables of a spreadsheet and how they are read.

    Args:
        book: Its sheets.
        values: Understands texts.
        options: What the user says.
        problems: Takes what is wrong and in doubt.
        limits: How much is read.

    Raises:
        SheetError: There is no table.
        DataError: The mapping does not fit it.
    """
    found = _find(book, values.known, options, problems)
    refuse = options.refuse_mapping or _refuse
    bindings = [
        bind(one._replace(mapping=_with_options(one.mapping, options)), values.known, refuse)
        for one in found
    ]
    notices = Notices()
    left_out: Counter[str] = Counter()
    to = Told(problems, notices, left_out)
    readers = [RowReader(one, values, to, book.source) for one in bindings]
    remarks = [*_long_headers(found, options), *(text for one in found for text in one.remarks)]
    if options.mapping:
        for binding in bindings:
            remarks += _look_at_rest(binding, problems)
    claims = Claims(
        bounded(_all_claims(readers, bindings, refuse), limits),
        readers[0].keys(ColumnSubject.INSTRUMENT),
        readers[0].keys(ColumnSubject.STATEMENT),
        left_out,
        _differ(bindings[0].mapping),
    )
    return ReadTable(claims, bindings, notices, readers, remarks)


def _all_claims(
    readers: Sequence[RowReader],
    bindings: Sequence[Binding],
    refuse: Callable[[Sequence[Misfit]], Exception],
) -> Iterator[Claim]:
    for reader in readers:
        yield from reader.claims()
    if misfits := [misfit for one in bindings for misfit in one.make_named()]:
        raise refuse(misfits)


def _find(book: Book, known: Known, options: ImportOptions, problems: Problems) -> list[Found]:
    if options.mapping is None:
        return [find_layout(book.sheets, known, options, problems, book.passed_over)]
    refuse = options.refuse_mapping or _refuse
    return list(find_tables(book.sheets, options.mapping, options, refuse))


def _differ(mapping: MappingFile) -> dict[str, Differ]:
    return {
        key: rule.differ
        for key in mapping.columns
        for rule in mapping.rules(key)
        if rule.differ is not Differ.PROBLEM
    }


def _long_headers(found: Sequence[Found], options: ImportOptions) -> Iterator[str]:
    if options.header or (options.mapping and options.mapping.header):
        return
    for table in (one.table for one in found):
        if len(table.header_rows) > 1:
            first = table.header_rows[0] + 1
            name = quote_sheet(table.sheet.name)
            yield f"{name}: the header is {table.header_place} (--header {first} if it is one row)"


def _with_options(mapping: MappingFile, options: ImportOptions) -> MappingFile:
    # What is said on the command line goes before what a file says.
    columns = {**mapping.columns, **options.columns}
    changes = {
        "columns": columns,
        "fill_down": (*mapping.fill_down, *options.fill_down),
        "leave_out": (*mapping.leave_out, *options.leave_out),
    }
    return mapping.model_copy(update=changes)


def _refuse(misfits: Sequence[Misfit]) -> ClusterGapError:
    return SheetError(Problem(None, message, hint) for _, message, hint in misfits)


def _look_at_rest(binding: Binding, problems: Problems) -> Iterator[str]:
    table, rest = binding.table, []
    for column in binding.rest():
        name = table.name(column)
        if what := answers(name):
            at = table.sheet.at(table.header_rows[-1], column)
            message = f"the column {quote(name)} seems to hold {what}, and would not be read"
            hint = f"map it, or leave it out by name: leave_out: [{quote(name)}]"
            problems.add(Problem(at, message, hint))
        else:
            rest.append(column)
    yield from remark_unread(table, rest)

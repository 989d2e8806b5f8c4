"""What an import would write, or why it cannot: nothing here writes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePath
from typing import NamedTuple

from clustergap.analysis.diff import TableContents
from clustergap.importing.binding import is_matrix, write_mapping
from clustergap.importing.cell_texts import drop_invisible
from clustergap.importing.headers import tier_in
from clustergap.importing.import_context import (
    ImportOptions,
    KnownRecords,
    find_known_records,
    find_levels,
)
from clustergap.importing.layouts import guess_layout
from clustergap.importing.mapping_proposal import ProposalHead, propose
from clustergap.importing.merge import reference_remarks
from clustergap.importing.new_names import NewNames, make_id
from clustergap.importing.place_finder import PlaceFinder
from clustergap.importing.place_words import propose_territories
from clustergap.importing.problems import (
    NoTableError,
    Problem,
    Problems,
    SheetError,
    problem_of,
    refuse,
)
from clustergap.importing.reference_tables import (
    SECTIONS,
    ReferenceTables,
    find_reference_tables,
)
from clustergap.importing.resolve import resolve_records
from clustergap.importing.sheet_records import (
    IMPORT_LIMITS,
    ImportLimits,
    NewRecord,
    SheetRecords,
    StatementEntry,
)
from clustergap.importing.table_reader import OpenTables, Spreadsheet, open_tables
from clustergap.importing.values import Values
from clustergap.importing.written_files import Destination, check_result, write_files
from clustergap.list_format.reference_layout import NEVER_READ
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.mapping import ANY, TableSource
from clustergap.model.record import Named, other_words
from clustergap.spreadsheet.sheet import Sheet, SpreadsheetError, quote_sheet
from clustergap.text import as_typed, count, one_of, quote, quote_whole
from clustergap.yaml_edit.write import YamlValue


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What would be written, what the dataset would say then, what the table holds, and what is to be known of it."""

    written: Mapping[Path, bytes]
    after: Dataset
    contents: TableContents
    remarks: Sequence[str]
    mapping: str = ""


def plan_import(
    sheets: Sequence[Sheet],
    name: str,
    destination: Destination,
    options: ImportOptions,
    limits: ImportLimits = IMPORT_LIMITS,
) -> ImportPlan:
    """Say what importing a spreadsheet would write.

    Args:
        sheets: All of its sheets.
        name: Its file's name, which without its suffix is the title of a new dataset that has no other.
        destination: The dataset.
        options: What the user asked for.
        limits: How much of the spreadsheet is read.

    Raises:
        SheetError: Something in the spreadsheet is wrong or in doubt; the error names all of it.
    """
    readable, unread = _load_sheets(sheets, options)
    try:
        plan = _plan(readable, name, destination, options, limits)
    except NoTableError as error:
        if not unread:
            raise
        raise SheetError(unread) from error  # of which one may be the table
    except SheetError as error:
        error.problems.extend(unread)
        raise SheetError(error.problems, choices=error.choices, remarks=error.remarks) from error
    return replace(
        plan, remarks=[*plan.remarks, *(f"a sheet is not read: {problem}" for problem in unread)]
    )


def propose_mapping(
    sheets: Sequence[Sheet], name: str, destination: Destination, options: ImportOptions
) -> str:
    """Write a mapping of the table that is most likely meant, to be mended.

    Raises:
        SheetError: There is no table at all.
    """
    sheets, unread = _load_sheets(sheets, options)
    if not sheets:
        raise SheetError(unread)
    context = _open_context(sheets, destination, options, Problems(), IMPORT_LIMITS)
    guess = guess_layout(sheets, context.known, options, context.passed_over)
    head = ProposalHead(
        _table_source(options, name),
        PurePath(name).stem,
        options.command,
        names_sheet=len(sheets) > 1,
        encoding=options.encoding,
    )
    return propose(guess, context.values, head)


def _load_sheets(
    sheets: Sequence[Sheet], options: ImportOptions
) -> tuple[Sequence[Sheet], list[Problem]]:
    """Tell sheets that can be read from those that cannot, and are none that was asked for."""
    asked_for = {options.sheet, *(options.mapping.sheet if options.mapping else ())}
    readable, unread = [], []
    for sheet in sheets:
        try:
            sheet.load()
        except SpreadsheetError as error:
            if len(sheets) == 1 or sheet.name in asked_for or ANY in asked_for:
                raise
            where = "" if error.at else f"{quote_sheet(sheet.name)}: "
            problem = problem_of(error)
            unread.append(problem._replace(message=f"{where}{problem.message}"))
        else:
            readable.append(sheet)
    return readable, unread


def _plan(
    sheets: Sequence[Sheet],
    name: str,
    destination: Destination,
    options: ImportOptions,
    limits: ImportLimits,
) -> ImportPlan:
    problems = Problems()
    context = _open_context(sheets, destination, options, problems, limits)
    tables, known = context.tables, context.known
    source = _table_source(options, name) if options.cites else None
    key = _add_source(known, source) if source else None
    spreadsheet = Spreadsheet(sheets, context.passed_over, key, name)
    opened = open_tables(spreadsheet, context.values, options, problems, limits)
    bindings = opened.bindings
    entries = resolve_records(opened, known, options.known_as_new, problems)
    if not is_matrix(bindings[0].mapping):
        _sort_levels(entries)
    _drop_uncited(entries, key)
    remarks = [
        *_remarks(opened, entries, context, sheets),
        *_unused_names(options.new_names, entries, known),
    ]
    if destination.loaded is None:
        _require_words(entries, tables, bindings[0].table.sheet, problems)
        _require_territories(entries, problems)
        if problems:
            raise SheetError(problems, remarks=remarks)
        after = None
    else:
        after = destination.loaded.dataset
        remarks += reference_remarks(tables, after)
    written = write_files(destination, entries, tables, spreadsheet, options)
    remarks += _unmentioned_remarks(written.unmentioned)
    if written.files:
        after = check_result(destination.files, written, entries, tables, problems)
    if problems or after is None:
        raise SheetError(problems, remarks=remarks)
    if written.files:
        _require_few_cells(after, limits.matrix)
    contents = TableContents(
        opened.row_count,
        opened.log.left_out,
        {id_: entry.covers.keys() for id_, entry in entries.instruments.items()},
        entries.observations.keys(),
        is_part=bool(tables.selection),
        source=key,
    )
    mapping = ""
    if source:
        read = [binding.table for binding in bindings]
        mapping = write_mapping(bindings[0].mapping, read, source, options)
    return ImportPlan(written.files, after, contents, remarks, mapping)


class _Context(NamedTuple):
    """What is known before a table is looked for.

    ``passed_over`` are the names of sheets that hold no list; ``dropped`` says, by sheet, what nobody sees of its cells.
    """

    tables: ReferenceTables
    known: KnownRecords
    values: Values
    passed_over: Collection[str]
    dropped: Mapping[str, str]


def _open_context(
    sheets: Sequence[Sheet],
    destination: Destination,
    options: ImportOptions,
    problems: Problems,
    limits: ImportLimits,
) -> _Context:
    dropped = {sheet.name: drop_invisible(sheet) for sheet in sheets}
    tables = find_reference_tables(sheets, problems, limits)
    dataset = destination.loaded.dataset if destination.loaded else None
    if options.prune and tables.selection:
        raise refuse(
            f"the workbook holds only {tables.selection}, so nobody knows what --prune should remove",
            "import it without --prune",
        )
    known = find_known_records(dataset, tables, options, limits)
    levels = find_levels(dataset, tables, known, options)
    values = Values(known, PlaceFinder(levels), options.date_format, options.new_names)
    values.is_own_table = bool(tables.sheets)
    passed_over = {*(NEVER_READ if tables.sheets else ()), *tables.own_sheets}
    return _Context(tables, known, values, passed_over, dropped)


def _remarks(
    opened: OpenTables, entries: SheetRecords, context: _Context, sheets: Sequence[Sheet]
) -> Iterator[str]:
    """Yield what is to be known of how tables were read, once they have been."""
    read = [binding.table.sheet for binding in opened.bindings]
    yield from opened.remarks
    yield from opened.log.notices.lines()
    yield from entries.remarks
    for binding in opened.bindings:
        yield from binding.table.sheet.remarks(binding.table.first, binding.headings)
    names = {*(sheet.name for sheet in read), *context.tables.sheets}
    yield from (text for name, text in context.dropped.items() if text and name in names)
    rest = [
        f"{quote_sheet(sheet.name)}{' (hidden)' if sheet.metadata.is_hidden else ''}"
        for sheet in sheets
        if sheet not in read and sheet.name not in context.passed_over and sheet.rows
    ]
    if rest:
        yield f"read is {one_of([quote_sheet(sheet.name) for sheet in read])}, not {one_of(rest)}"


def _table_source(options: ImportOptions, name: str) -> TableSource:
    """Return the source that a table is. Next year's file is the same one, if the mapping names it."""
    source = options.mapping.source if options.mapping else None
    title = PurePath(name).name
    if source is None:
        return TableSource(id=make_id(PurePath(name).stem) or "table", title=title)
    return source if source.title else source.model_copy(update={"title": title})


def _add_source(known: KnownRecords, source: TableSource) -> str:
    if not known.sources.knows(source.id):
        values = source.model_dump(exclude={"id", "title"}, exclude_none=True)
        known.sources.add(NewRecord(source.id, source.title or source.id, (), values))
    return source.id


def _unused_names(
    new_names: Collection[str], entries: SheetRecords, known: KnownRecords
) -> list[str]:
    if not new_names:
        return []
    records: list[Named] = [*known.instruments, *chain(*entries.new.values())]
    words = {word for record in records for word in (record.name, *other_words(record))}
    names = (entry.keys.get("name") for entry in entries.instruments.values())
    in_table = NewNames(words.union(str(name.value) for name in names if name))
    unused = [quote_whole(name) for name in new_names if name not in in_table]
    return [f"said to be new, but not in the table: {one_of(unused)}"] if unused else []


def _require_words(
    entries: SheetRecords, tables: ReferenceTables, sheet: Sheet, problems: Problems
) -> None:
    lacking = [
        noun
        for section, noun in (("roles", "role"), ("levels", "level"))
        if not entries.new.get(section) and not tables.records(SECTIONS[section])
    ]
    if not lacking:
        return
    if not problems:
        # Behind another problem they may only not be readable.
        message = f"{quote_sheet(sheet.name)} names no {' and no '.join(lacking)}, and there is no dataset yet"
        keys = ", ".join(f"{noun}: {{is: …}}" for noun in lacking)
        hint = f"fill in a row with its role and level, or say it of all rows in a mapping (--propose): {keys}"
        problems.add(Problem(None, message, hint))
    raise SheetError(problems)


def _drop_uncited(entries: SheetRecords, key: str | None) -> None:
    # A table of which no row is read is the source of nothing.
    sources = (statement.keys.get("sources") for _, statement in _statements(entries))
    cited = (ref for source in sources if source is not None for ref in source.value)
    if not any(isinstance(ref, Mapping) and ref.get("ref") == key for ref in cited):
        new = entries.new.get("sources", [])
        entries.new["sources"] = [record for record in new if record.id != key]


def _sort_levels(entries: SheetRecords) -> None:
    # Broad to narrow, where their names say so: the first row of a list may be of any.
    levels = entries.new.get("levels", [])
    described = [level for level in levels if level.values]
    if not described and all(tier_in(level.name) for level in levels):
        levels.sort(key=lambda level: tier_in(level.name) or 0)


def _require_territories(entries: SheetRecords, problems: Problems) -> None:
    # Of how many places a new level has, all shares depend: nobody guesses that in silence.
    used: dict[str, dict[str, None]] = {}
    for cell, statement in _statements(entries):
        where = statement.keys.get("territories")
        codes: YamlValue = where.value if where else ()
        if isinstance(codes, Mapping):
            codes = codes["except"]
        used.setdefault(cell.level, {}).update(dict.fromkeys(map(str, codes)))
    for level in entries.new.get("levels", ()):
        named = list(used.get(level.id, ()))
        if named and "territories" not in level.values:
            proposed = propose_territories(named)
            text = proposed if isinstance(proposed, str) else ",".join(proposed)
            message = f"the level {quote(level.name)} has no territories yet, and the table names {one_of(named)}"
            option = as_typed(["--level", f"{level.id}={text}"])
            hint = f"say which it has: {option}, or under levels in a mapping"
            problems.add(Problem(None, message, hint))


def _statements(entries: SheetRecords) -> Iterator[tuple[Cell, StatementEntry]]:
    covers = (instrument.covers for instrument in entries.instruments.values())
    for by_cell in (*covers, entries.observations):
        for cell, rows in by_cell.items():
            yield from ((cell, row) for row in rows)


def _require_few_cells(after: Dataset, most: int) -> None:
    cells = len(after.roles) * len(after.levels)
    if cells > most:
        message = f"{len(after.roles):,} roles at {len(after.levels):,} levels are {cells:,} cells"
        raise refuse(message, "look whether the columns role and level are the right ones")


def _unmentioned_remarks(number: int) -> list[str]:
    if not number:
        return []
    are, they = (
        ("is", "stays; --prune removes it")
        if number == 1
        else ("are", "stay; --prune removes them")
    )
    return [
        f"{count(number, 'statement')} of the data on cells of the table {are} not in it and {they}"
    ]

"""What an import would write, or why it cannot: nothing here writes."""

from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePath

from clustergap.analysis.table_contents import TableContents
from clustergap.importing.checking import check_result
from clustergap.importing.claims import Claim
from clustergap.importing.entries import Entries
from clustergap.importing.known import Known, find_known, level_words
from clustergap.importing.layouts import choose_layout, left_out
from clustergap.importing.limits import LIMITS, Limits
from clustergap.importing.merging import merge
from clustergap.importing.new_file import write_new
from clustergap.importing.options import ImportOptions, NewNames
from clustergap.importing.places import Places
from clustergap.importing.problem import Problem, Problems, SheetError, refuse
from clustergap.importing.reconciling import reconcile
from clustergap.importing.reference_records import add_records, remarks_on
from clustergap.importing.reference_tables import SECTIONS, ReferenceTables, find_reference_tables
from clustergap.importing.texts import drop_invisible
from clustergap.importing.yaml_edit import edit
from clustergap.loading.dataset import Loaded
from clustergap.loading.folder import DatasetFiles
from clustergap.model.dataset import Dataset
from clustergap.model.names import Named, other_words
from clustergap.sheets.sections import NEVER_READ
from clustergap.spreadsheet.sheet import Sheet, quote_sheet
from clustergap.wording import one_of, quote_whole


@dataclass(frozen=True, slots=True)
class Target:
    """The dataset to import into: its files, their bytes, and what they say; a new one has no bytes and says nothing."""

    files: DatasetFiles
    data: Mapping[Path, bytes]
    loaded: Loaded | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, what the dataset would say then, what the table holds, and what is to be known of it."""

    written: Mapping[Path, bytes]
    after: Dataset
    contents: TableContents
    remarks: Sequence[str]


def plan_import(
    sheets: Sequence[Sheet],
    name: str,
    target: Target,
    options: ImportOptions,
    limits: Limits = LIMITS,
) -> Plan:
    """Say what importing a spreadsheet would write.

    Args:
        sheets: All of its sheets.
        name: Its file's name, which without its suffix is the title of a new dataset that has no other.
        target: The dataset.
        options: What the user asked for.
        limits: How much of the spreadsheet is read.

    Raises:
        SheetError: Something in the spreadsheet is wrong or in doubt; the error names all of it.
    """
    problems = Problems()
    dropped = {sheet.name: drop_invisible(sheet) for sheet in sheets}
    tables = find_reference_tables(sheets, problems, limits)
    dataset = target.loaded.dataset if target.loaded else None
    if options.prune and tables.narrowed_to:
        raise refuse(
            f"the workbook holds only {tables.narrowed_to}, so nobody knows what --prune should remove",
            "import it without --prune",
        )
    own = set() if options.sheet else tables.own_sheets
    others = [sheet for sheet in sheets if sheet.name not in own]
    layout = choose_layout(others, options.sheet, level_words(dataset, tables))
    read = {layout.sheet.name, *tables.sheets, *tables.own_sheets}
    claims = layout.read(layout.sheet, layout.row, problems, limits)
    rows: set[tuple[str, int]] = set()
    claims.claims = _noting_rows(claims.claims, rows)
    new_names = NewNames(options.new_names, are_all=options.all_new)
    known = find_known(dataset, tables, new_names, limits)
    entries = reconcile(claims, known, new_names, problems)
    remarks = [
        *claims.remarks,
        *layout.sheet.remarks(),
        *(remark for name, remark in dropped.items() if remark and name in read),
        *left_out(others, layout, NEVER_READ if tables.sheets else ()),
        *_unused(options.new_names, entries, known),
        *(remarks_on(tables, dataset) if dataset else ()),
    ]
    if target.loaded is None:
        _require_words(entries, tables, layout.sheet, problems)
    written = _written(target, entries, tables, name, options)
    after = dataset
    if written:
        after = check_result(target.files, written, Places(entries, tables), problems)
    if problems or after is None:
        raise SheetError(problems)
    if written:
        _require_few_cells(after, limits.matrix)
    contents = TableContents(
        len(rows),
        claims.left_out,
        {id_: entry.covers.keys() for id_, entry in entries.instruments.items()},
        entries.observations.keys(),
        is_part=bool(tables.narrowed_to),
    )
    return Plan(written, after, contents, remarks)


def _noting_rows(claims: Iterator[Claim], rows: set[tuple[str, int]]) -> Iterator[Claim]:
    for claim in claims:
        rows.add((claim.at.sheet, claim.at.row))
        yield claim


def _unused(new_names: Collection[str], entries: Entries, known: Known) -> list[str]:
    if not new_names:
        return []
    records: list[Named] = [*known.instruments, *chain(*entries.new.values())]
    words = {word for record in records for word in (record.name, *other_words(record))}
    said = (entry.keys.get("name") for entry in entries.instruments.values())
    there = NewNames(words.union(str(name.value) for name in said if name))
    unused = [quote_whole(name) for name in new_names if name not in there]
    return [f"said to be new, but not in the table: {one_of(unused)}"] if unused else []


def _require_words(
    entries: Entries, tables: ReferenceTables, sheet: Sheet, problems: Problems
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
        problems.add(Problem(None, message, "fill in a row with its role and level"))
    raise SheetError(problems)


def _require_few_cells(after: Dataset, most: int) -> None:
    cells = len(after.roles) * len(after.levels)
    if cells > most:
        message = f"{len(after.roles):,} roles at {len(after.levels):,} levels are {cells:,} cells"
        raise refuse(message, "look whether the columns role and level are the right ones")


def _written(
    target: Target, entries: Entries, tables: ReferenceTables, name: str, options: ImportOptions
) -> dict[Path, bytes]:
    main = target.files.main
    if target.loaded is None:
        return {main: _encode(write_new(entries, tables, PurePath(name).stem))}
    loaded = target.loaded
    by_file = {
        number: list(some) for number, some in merge(entries, loaded, prune=options.prune).items()
    }
    by_file.setdefault(0, [])[:0] = add_records(tables, loaded.dataset)
    paths = [main, *target.files.fragments]
    written = {}
    for number, changes in by_file.items():
        if changes:
            text = edit(loaded.sources.files[number].text, changes)
            mark = BOM_UTF8 if target.data[paths[number]].startswith(BOM_UTF8) else b""
            written[paths[number]] = mark + _encode(text)
    return {path: data for path, data in written.items() if data != target.data[path]}


def _encode(text: str) -> bytes:
    # Half a surrogate is named by its cell, like whatever no data file may hold: here it must only not stop all else.
    return text.encode("utf-8", "surrogatepass")

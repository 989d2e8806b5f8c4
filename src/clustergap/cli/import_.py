"""``clustergap import``: a spreadsheet to data files."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import Color, DataPath, Output
from clustergap.cli.table_options import TableOptions


def import_(
    *,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The spreadsheet: .xlsx, .ods, .csv, .tsv or .txt."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show too how the files change, line by line.")
    ] = False,
    marked: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help="Where there are problems, write the table with each of them as a comment on its cell.",
        ),
    ] = None,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help="Remove what the sheet does not have: instruments, covers, observations, values of empty cells.",
        ),
    ] = False,
    new: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="This name is of a new record, however near it is to a known one (repeatable).",
        ),
    ] = None,
    new_from: Annotated[
        Path | None,
        typer.Option(metavar="NAMES.txt", help="As --new, for each line of a text file in UTF-8."),
    ] = None,
    all_new: Annotated[
        bool,
        typer.Option(
            "--all-new",
            help="Names of the table that are nearly the same are of different records. One that is nearly the data's stays a question.",
        ),
    ] = False,
    propose: Annotated[
        bool,
        typer.Option(
            "--propose", help="Print a mapping of the table to mend, and import nothing."
        ),
    ] = False,
    table: TableOptions,
    data: DataPath = None,
    color: Annotated[Color, typer.Option(help="Colour the tables.")] = Color.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    ),
) -> Exit:
    """Write what a spreadsheet says into data files.

    A list has one row for each instrument and cell (clustergap init --template writes one to fill in), a matrix roles
    down, levels across and the names of instruments in its cells, a cross instruments down, roles across and marks in
    its cells. Headers are understood in many words; a table of somebody else's is read by a mapping, which --propose
    writes. All or nothing: every problem is named by its cell, and then nothing is written. What the table does not
    say stays as it is, comments and order too. A dataset above the working folder is changed only if --data names it;
    where there is none, a new one is made.

    \b
    Examples:
      clustergap import inventory.xlsx --dry-run
      clustergap import slide.csv --data new-dataset
      clustergap import database.xlsx --propose --save-mapping database.yaml
      clustergap import database.xlsx --mapping database.yaml
      clustergap import inventory.xlsx --marked problems.xlsx
    """
    from clustergap.cli.atomic_write import write_files
    from clustergap.cli.importing import (
        check_marked,
        emit_plan,
        find_folder,
        find_target,
        marking,
        read_names,
        read_options,
        read_sheets,
        save_mapping,
    )
    from clustergap.cli.locking import lock_dataset
    from clustergap.cli.output import emit_document
    from clustergap.cli.streams import notice, show_waiting
    from clustergap.importing.import_plan import plan_import, propose_mapping
    from clustergap.importing.problems import naming
    from clustergap.text import as_typed

    if marked is not None:
        check_marked(marked, file)
    given = _given(
        file,
        table,
        new,
        new_from,
        marked,
        dry_run=dry_run,
        diff=diff,
        prune=prune,
        all_new=all_new,
        quiet=quiet,
    )
    words = [*given, *(["--data", str(data)] if data else [])]
    command = as_typed(["clustergap", *words])
    new_names = [*(new or ()), *(read_names(new_from) if new_from else ())]
    asked = read_options(table, command, new_names, all_new=all_new, prune=prune)
    with naming(file.name):
        sheets, remarks = read_sheets(file, asked.encoding, asked.delimiter)
    if propose:
        target, _ = find_target(data, quiet=quiet)
        saved = table.save_mapping or Path("FILE")
        told = replace(table, encoding=None, mapping=saved, save_mapping=None)
        again = _given(file, told, new, new_from, marked, dry_run=True, all_new=all_new)
        command = as_typed(["clustergap", *again, *(["--data", str(data)] if data else [])])
        with naming(file.name):
            text = propose_mapping(sheets, file.name, target, replace(asked, command=command))
        if table.save_mapping is not None:
            save_mapping(table.save_mapping, text)
        else:
            emit_document(text, Output(quiet=quiet))
        return Exit.OK
    folder = find_folder(data, given)
    with (
        nullcontext() if dry_run else lock_dataset(folder)
    ):  # what writes nothing keeps nobody out
        target, place = find_target(data, quiet=quiet)
        with (
            marking(marked, file, sheets, words, quiet=quiet),
            show_waiting("Importing"),
            naming(file.name),
        ):
            plan = plan_import(sheets, file.name, target, asked)
        for remark in [*remarks, *plan.remarks]:
            notice(remark, quiet=quiet)
        if not dry_run:
            write_files(plan.written, target.data)
            if table.save_mapping is not None:
                save_mapping(table.save_mapping, plan.mapping)
    emit_plan(
        plan,
        target,
        place,
        file,
        is_dry=dry_run,
        is_pruned=prune,
        with_lines=diff,
        color=color,
    )
    if dry_run and plan.written:
        notice("nothing was written; without --dry-run it is", quiet=quiet)
    return Exit.OK


def _given(
    file: Path,
    table: TableOptions,
    new: Sequence[str] | None,
    new_from: Path | None,
    marked: Path | None,
    **flags: bool,
) -> list[str]:
    words = ["import", str(file), *table.words()]
    words += [f"--{name.replace('_', '-')}" for name, is_given in flags.items() if is_given]
    words += [word for name in new or () for word in ("--new", name)]
    paths = {"--new-from": new_from, "--marked": marked}
    return words + [word for name, path in paths.items() if path for word in (name, str(path))]

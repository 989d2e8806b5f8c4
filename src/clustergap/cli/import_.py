"""``clustergap import``: a spreadsheet to data files."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import Color, DataPath
from clustergap.cli.streams import notice, show_waiting
from clustergap.cli.table_options import TableOptions, option_of
from clustergap.text import as_typed


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
    from clustergap.cli.import_steps import (
        check_marked,
        emit_plan,
        emit_proposal,
        find_destination,
        find_folder,
        marking,
        read_names,
        read_options,
        read_sheets,
        save_mapping,
    )
    from clustergap.importing.import_plan import plan_import
    from clustergap.importing.problems import naming
    from clustergap.saving.atomic_write import write_files
    from clustergap.saving.locking import lock_dataset

    if marked is not None:
        check_marked(marked, file)
    paths = {"new_from": new_from, "marked": marked, "data": data}
    flags = {"dry_run": dry_run, "diff": diff, "prune": prune, "all_new": all_new, "quiet": quiet}
    words = _typed_words(file, table, flags, new or (), paths)
    new_names = [*(new or ()), *(read_names(new_from) if new_from else ())]
    options = read_options(table, as_typed(words), new_names, all_new=all_new, prune=prune)
    sheets, remarks = read_sheets(file, options.encoding, options.delimiter)
    if propose:
        mapping = table.save_mapping or Path("FILE")
        mapped = replace(table, encoding=None, mapping=mapping, save_mapping=None)
        flags = {"dry_run": True, "all_new": all_new}
        command = as_typed(_typed_words(file, mapped, flags, new or (), paths))
        options = replace(options, command=command)
        emit_proposal(sheets, file, data, options, table.save_mapping, quiet=quiet)
        return Exit.OK
    folder = find_folder(data, words)
    with (
        nullcontext() if dry_run else lock_dataset(folder)
    ):  # a dry run writes nothing, so it needs no lock
        destination, place = find_destination(data, quiet=quiet)
        with (
            marking(marked, file, sheets, words, quiet=quiet),
            show_waiting("Importing"),
            naming(file.name),
        ):
            plan = plan_import(sheets, file.name, destination, options)
        for remark in [*remarks, *plan.remarks]:
            notice(remark, quiet=quiet)
        if not dry_run:
            write_files(plan.written, destination.data)
            if table.save_mapping is not None:
                save_mapping(table.save_mapping, plan.mapping)
    emit_plan(
        plan,
        destination,
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


def _typed_words(
    file: Path,
    table: TableOptions,
    flags: Mapping[str, bool],
    new: Sequence[str],
    paths: Mapping[str, Path | None],
) -> list[str]:
    """Return the words of the command, so that messages can repeat it."""
    words = ["clustergap", "import", str(file), *table.words()]
    words += [option_of(name) for name, is_typed in flags.items() if is_typed]
    words += [word for name in new for word in ("--new", name)]
    return words + [
        word for name, path in paths.items() if path for word in (option_of(name), str(path))
    ]

"""``clustergap import``: a spreadsheet to data files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import Color, DataPath


def import_(
    *,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The spreadsheet: .xlsx, .ods or .csv.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
    ] = False,
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
            help="This instrument is a new one, however near its name is to a known one (repeatable).",
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The sheet to read. Default: the first that has a table."
        ),
    ] = None,
    data: DataPath = None,
    color: Annotated[Color, typer.Option(help="Colour the tables.")] = Color.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    ),
) -> Exit:
    """Write what a spreadsheet says into data files.

    A list has one row for each instrument and cell, with columns named as in the data (clustergap init --template
    writes one to fill in, clustergap report -o report.xlsx one that is filled in). A matrix has roles down, levels
    across and the names of instruments in its cells, as on a slide. All or nothing: every problem is named by its sheet
    and cell, and then nothing is written. What the sheet does not say stays as it is, comments and order too. A dataset
    above the working folder is changed only if --data names it; where there is none, a new one is made.

    \b
    Examples:
      clustergap import inventory.xlsx --dry-run
      clustergap import inventory.xlsx --data data
      clustergap import slide.csv --data new-dataset
      clustergap import inventory.xlsx --new "KIC Climate 2"
    """
    from clustergap.cli.importing import emit_plan, find_target, read_sheets
    from clustergap.cli.notices import notice
    from clustergap.cli.progress import show_waiting
    from clustergap.cli.writing import write_files
    from clustergap.importing.options import ImportOptions
    from clustergap.importing.plan import plan_import
    from clustergap.importing.problem import naming

    with naming(file.name):
        sheets, guessed = read_sheets(file)
    given = _given(file, new or (), sheet, dry_run=dry_run, prune=prune, quiet=quiet)
    target, place = find_target(data, given, quiet=quiet)
    with show_waiting("Importing"), naming(file.name):
        plan = plan_import(
            sheets, file.name, target, ImportOptions(sheet=sheet, new_names=new or (), prune=prune)
        )
    for remark in [*guessed, *plan.remarks]:
        notice(remark, quiet=quiet)
    if not dry_run:
        write_files(plan.written, target.data)
    emit_plan(plan, target, place, file, is_dry=dry_run, color=color)
    if dry_run and plan.written:
        notice("nothing was written; without --dry-run it is", quiet=quiet)
    return Exit.OK


def _given(file: Path, new: Sequence[str], sheet: str | None, **flags: bool) -> list[str]:
    options = {"--sheet": [sheet] if sheet is not None else [], "--new": new}
    return [
        "import",
        str(file),
        *(f"--{name.replace('_', '-')}" for name, is_given in flags.items() if is_given),
        *(
            word
            for option, values in options.items()
            for value in values
            for word in (option, value)
        ),
    ]

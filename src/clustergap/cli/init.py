"""``clustergap init``: a new dataset to start from."""

from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.starter.choices import Beginning
from clustergap.text import visible


def init(
    *,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="The project's folder, made if it is not there. Default: here."
        ),
    ] = None,
    from_: Annotated[
        Beginning | None,
        typer.Option(
            "--from",
            help="A small dataset that teaches, or the packaged deck. Default: the one that teaches.",
        ),
    ] = None,
    empty: Annotated[
        bool, typer.Option("--empty", help="Begin with no instruments and no names of others.")
    ] = False,
    title: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What an empty dataset is called; with it --empty need not be said.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help="A spreadsheet to fill in, with drop-downs of what the dataset of DIR knows, or that of here; where there is none, of what is typed.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the data files that are there.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    ),
) -> Exit:
    """Write a new dataset, or a spreadsheet to fill in.

    The dataset has comments that teach. Beside it stands what an editor, pre-commit and GitHub need to check it. Nothing that is there already is
    overwritten: with data in the folder nothing is written at all; of the other files those that are there are kept.
    With --template and no DIR only the spreadsheet is written; with a DIR that has data too. With --empty and --template
    the data are left to the import.

    \b
    Examples:
      clustergap init my-country
      clustergap init my-country --title "Cluster policy of my country"
      clustergap init --from deck
      clustergap init --template inventory.xlsx
      clustergap init my-country --template inventory.xlsx
    """
    from clustergap.cli import starting
    from clustergap.cli.options import Output
    from clustergap.cli.streams import disarm_on_github, notice, write_stdout

    beginning = starting.read_beginning(from_, title, is_empty=empty)
    if template is not None:
        starting.refuse_template(template, is_forced=force)
    home = folder or Path()
    written: list[Path] = []
    if template is None or (folder is not None and not starting.has_data(home)):
        data = starting.data_files_of(beginning, is_imported=template is not None)
        written += starting.write_project(home, data, is_forced=force, quiet=quiet)
    if template is not None:
        out = Output(output=template, quiet=quiet)
        starting.write_template(template, *starting.dataset_of(beginning, folder, out))
        written.append(template)
    names = "".join(f"{visible(path.as_posix())}\n" for path in written)
    write_stdout(disarm_on_github(names).encode())
    where = starting.option_for(home)
    if template is None:
        notice(f"to look at it: clustergap matrix{where}", quiet=quiet)
    else:
        notice(f"fill it in, then: clustergap import {template}{where} --dry-run", quiet=quiet)
    return Exit.OK

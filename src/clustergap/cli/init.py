"""``clustergap init``: a new dataset to start from."""

from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.starter.choices import Beginning
from clustergap.wording import visible


def init(
    *,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="The project's folder, made if it is not there. Default: here."
        ),
    ] = None,
    from_: Annotated[
        Beginning,
        typer.Option("--from", help="A small dataset that teaches, or the packaged deck."),
    ] = Beginning.EXAMPLE,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help="A spreadsheet to fill in, with drop-downs of what the dataset of DIR knows, or that of here.",
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
    With --template and no DIR only the spreadsheet is written; with a DIR that has data too.

    \b
    Examples:
      clustergap init my-country
      clustergap init --from deck
      clustergap init --template inventory.xlsx
      clustergap init my-country --template inventory.xlsx
    """
    from clustergap.cli.notices import for_people, notice
    from clustergap.cli.starting import has_data, write_project, write_template
    from clustergap.cli.streams import write_stdout

    home = folder or Path()
    written: list[Path] = []
    if template is None or (folder is not None and not has_data(home)):
        written += write_project(home, from_, is_forced=force, quiet=quiet)
    if template is not None:
        written.append(write_template(template, folder, is_forced=force, quiet=quiet))
    names = "".join(f"{visible(path.as_posix())}\n" for path in written)
    write_stdout(for_people(names).encode())
    where = "" if home == Path() else f" --data {home.as_posix()}"
    if template is None:
        notice(f"to look at it: clustergap matrix{where}", quiet=quiet)
    else:
        notice(f"fill it in, then: clustergap import {template}{where} --dry-run", quiet=quiet)
    return Exit.OK

"""``clustergap init``: a new dataset to start from."""

import os
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.errors import ClusterGapError
from clustergap.starter.choices import Beginning
from clustergap.wording import quote, visible


def init(
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The project's folder; made if it is not there.")
    ] = Path(),
    from_: Annotated[
        Beginning,
        typer.Option("--from", help="A small dataset that teaches, or the packaged deck."),
    ] = Beginning.EXAMPLE,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the data files that are there.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    ),
) -> Exit:
    """Write a new dataset, with comments that teach.

    Beside it stands what an editor, pre-commit and GitHub need to check it. Nothing that is there already is overwritten: with data in the folder nothing is written at all; of the other files
    those that are there are kept.

    \b
    Examples:
      clustergap init my-country
      clustergap init --from deck
    """
    from clustergap.cli.data import packaged_folder
    from clustergap.cli.notices import for_people, notice
    from clustergap.cli.writing import make_folder, write_file, write_stdout
    from clustergap.starter.files import EXAMPLE, data_files, helping_files

    data = data_files(packaged_folder() if from_ is Beginning.DECK else EXAMPLE)
    there = [name for name in data if os.path.lexists(folder / name)]
    if there and not force:
        raise ClusterGapError(
            f"{quote((folder / there[0]).as_posix())} is there already; nothing was written (--force overwrites it)"
        )
    written = []
    for name, text in {**data, **helping_files()}.items():
        path = folder / name
        if name not in data and os.path.lexists(path):
            notice(f"{quote(path.as_posix())} is there already, and kept", quiet=quiet)
        else:
            make_folder(path.parent)
            write_file(path, text.encode())
            written.append(f"{visible(path.as_posix())}\n")
    write_stdout(for_people("".join(written)).encode())
    where = "" if folder == Path() else f" --data {folder.as_posix()}"
    notice(f"to look at it: clustergap matrix{where}", quiet=quiet)
    return Exit.OK

"""``clustergap export``: tidy tables for notebooks, R and SQL."""

from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, DataPath, Filters, Output
from clustergap.cli.streams import (
    disarm_on_github,
    notice,
    show_progress,
    show_waiting,
    write_stdout,
)
from clustergap.errors import ClusterGapError
from clustergap.text import quote, visible

DATABASE = ".sqlite"
"""The suffix of a database; all else is a folder."""


def export(
    *,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|FILE",
            help="A folder for csv files and their datapackage.json, or a database: a file that ends in .sqlite.",
        ),
    ],
    long: Annotated[
        bool,
        typer.Option(
            "--long",
            help="A row for each statement and territory that it names, not each statement.",
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that no export has written.")
    ] = False,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    ),
) -> Exit:
    """Write tidy tables for notebooks, R and SQL.

    They are cells, gaps, needs, risks, statements, instruments, sources, territories, swot and citations. Ids and names stand
    in columns of their own, several values of a field are separated by a semicolon and a blank, and a key has the same name
    in every table. A folder gets a csv file for each and a Frictionless data package that describes every column, a
    database the same with foreign keys. What is asked (the day, the place, which instruments count) holds for cells, gaps,
    needs and risks; the other tables have all data. An earlier export is replaced, all files or none.

    \b
    Examples:
      clustergap export tables
      clustergap export policy.sqlite
      clustergap export tables --as-of 2021-01-01 --in RO
      clustergap export tables --long --data data
    """
    from clustergap.api.data_table import export_tables
    from clustergap.cli.data import query_options, read_data
    from clustergap.export.data_package import DESCRIPTOR, is_own_package, write_package
    from clustergap.export.sqlite_file import is_own_database, write_sqlite
    from clustergap.saving.atomic_write import read_files, write_files

    is_database = _is_database(path)
    policy = read_data(data, Output(output=path, quiet=quiet))
    options = query_options(filters, None, as_of)
    with show_progress("Following the dates") as progress:
        matrix = policy.matrix(**options)
        exported = export_tables(
            matrix.result, policy.origin, matrix.notes, progress, is_long=long
        )
    for note in exported.notes:
        notice(note, quiet=quiet)
    with show_waiting("Writing"):
        if is_database:
            files = {path: write_sqlite(exported)}
        else:
            files = {path / name: data for name, data in write_package(exported).items()}
        before = read_files(files)
        is_own = (
            is_own_database(before.get(path, b""))
            if is_database
            else is_own_package(before.get(path / DESCRIPTOR, b""))
        )
        if before and not is_own and not force:
            raise _not_own(next(iter(before)))
        write_files(files, before)
    names = "".join(f"{visible(written.as_posix())}\n" for written in files)
    write_stdout(disarm_on_github(names).encode())
    return Exit.OK


def _is_database(path: Path) -> bool:
    """Tell whether a database is asked for, and not a folder.

    Raises:
        ClusterGapError: The suffix is that of a file of another kind.
    """
    suffix = path.suffix.lower()
    if suffix and suffix != DATABASE and suffix[1:].isalpha() and not path.is_dir():
        raise ClusterGapError(
            f"the suffix of {quote(path)} means nothing here: write {DATABASE} for a database, or name a folder"
        )
    return suffix == DATABASE


def _not_own(path: Path) -> ClusterGapError:
    words = "is there already, and no export has written it: nothing was written. Overwrite it with --force"
    return ClusterGapError(f"{quote(path.as_posix())} {words}")

"""``clustergap init``: a new dataset to start from."""

import enum
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import Output
from clustergap.cli.streams import disarm_on_github, notice, write_stdout
from clustergap.errors import ClusterGapError
from clustergap.text import as_typed, quote, visible


class Starter(enum.StrEnum):
    """What a new dataset may start from: a small example that teaches, or the packaged deck."""

    EXAMPLE = "example"
    DECK = "deck"


class Empty(NamedTuple):
    """An empty dataset, which may have a title."""

    title: str | None


def init(
    *,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="The project's folder, made if it is not there. Default: here."
        ),
    ] = None,
    from_: Annotated[
        Starter | None,
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
    from clustergap import scaffold
    from clustergap.loading.files import HOME

    start = _read_start(from_, title, is_empty=empty)
    if template is not None:
        scaffold.check_template(template, is_forced=force)
    project = folder or Path()
    written: list[Path] = []
    if template is None or (folder is not None and not scaffold.has_data(project)):
        written += _write_project(
            project, start, is_imported=template is not None, is_forced=force, quiet=quiet
        )
    if template is not None:
        _write_template(template, start, folder, quiet=quiet)
        written.append(template)
    names = "".join(f"{visible(path.as_posix())}\n" for path in written)
    write_stdout(disarm_on_github(names).encode())
    data = project if scaffold.has_data(project) else project / HOME
    option = [] if project == Path() else ["--data", data.as_posix()]
    if template is None:
        notice(f"to look at it: {as_typed(['clustergap', 'matrix', *option])}", quiet=quiet)
    else:
        command = as_typed(["clustergap", "import", str(template), *option, "--dry-run"])
        notice(f"fill it in, then: {command}", quiet=quiet)
    return Exit.OK


def _read_start(
    from_: Starter | None, title: str | None, *, is_empty: bool
) -> Starter | Empty | None:
    """Return the dataset to start from, if one is asked for.

    Raises:
        ClusterGapError: The options contradict each other, or no dataset may have that title.
    """
    from clustergap.scaffold import check_title

    if not is_empty and title is None:
        return from_
    if from_ is not None:
        other = "--empty" if is_empty else "--title"
        raise ClusterGapError(f"--from and {other} contradict each other: leave one out")
    if title is not None:
        check_title(title)
    return Empty(title)


def _folder_of(starter: Starter) -> Path:
    from clustergap.api.locations import packaged_folder
    from clustergap.scaffold import PROJECT

    return PROJECT if starter is Starter.EXAMPLE else packaged_folder()


def _write_project(
    folder: Path, start: Starter | Empty | None, *, is_imported: bool, is_forced: bool, quiet: bool
) -> Iterable[Path]:
    """Write the files of a new project, and return them; an empty one whose data will be imported gets no data files.

    Raises:
        ClusterGapError: There is data already, and no ``--force``; nothing was written.
    """
    from clustergap.loading.files import HOME
    from clustergap.saving.atomic_write import read_files, write_files
    from clustergap.saving.locking import lock_dataset
    from clustergap.scaffold import data_files, empty_data_files, plan_project

    if not isinstance(start, Empty):
        data = data_files(_folder_of(start or Starter.EXAMPLE))
    else:
        data = {} if is_imported else empty_data_files(start.title)
    project = plan_project(folder, data, is_forced=is_forced)
    for path in project.kept:
        notice(f"{quote(path.as_posix())} is there already, and kept", quiet=quiet)
    with lock_dataset(folder / HOME):
        write_files(project.files, read_files(project.overwritten))
    return project.files


def _write_template(
    path: Path, start: Starter | Empty | None, folder: Path | None, *, quiet: bool
) -> None:
    """Write a spreadsheet to fill in, with the words of a dataset: the one to start from, else that of the project, if any.

    Raises:
        ClusterGapError: The user's own data are here and cannot be read, or the file cannot be written.
        DataError: A file has an error.
    """
    from clustergap.analysis.matrix import build_matrix
    from clustergap.api.locations import file_limits, find_data, locate_dataset
    from clustergap.cli.data import (
        read_location,
        refuse_overlooked_data,
    )
    from clustergap.loading.discovery import find_files
    from clustergap.loading.files import HOME
    from clustergap.loading.loader import load_dataset
    from clustergap.model.query import Query
    from clustergap.origin import Origin
    from clustergap.saving.atomic_write import write_file
    from clustergap.scaffold import empty_dataset, template_workbook
    from clustergap.writers import workbook as workbook_writer

    if isinstance(start, Empty):
        dataset, origin = empty_dataset(start.title), Origin("")
    elif folder is None and start is not None:
        files = find_files(_folder_of(start))._replace(shown_as=HOME)
        dataset, origin = load_dataset(files, file_limits()).dataset, Origin()
    else:
        data = find_data(None) if folder is None else locate_dataset(folder)
        if data.path is None:
            refuse_overlooked_data()
            dataset, origin = empty_dataset(None), Origin("")
        else:
            out = Output(output=path, quiet=quiet)
            dataset, origin = read_location(data, out).dataset, Origin(data.path)
    workbook = template_workbook(build_matrix(dataset, Query()), origin)
    write_file(path, workbook_writer.write(workbook))

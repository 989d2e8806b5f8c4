"""``clustergap rename``: another id for a record, in all files."""

from typing import Annotated

import typer

from clustergap.cli.completion import complete_id
from clustergap.cli.exit import Exit
from clustergap.cli.options import Color, DataPath


def rename(
    *,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="The id of a role, level, instrument, kind, target group, source, group, place of the data's own or SWOT item; role:ID, level:ID … where several have it.",
            autocompletion=complete_id,
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id, which is not in use.")],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the lines that would change, and write nothing."),
    ] = False,
    data: DataPath = None,
    color: Annotated[Color, typer.Option(help="Colour the lines.")] = Color.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    ),
) -> Exit:
    """Give a record another id, wherever the data files name it.

    Covers, observations, what is part of, paid or followed by what, the SWOT's links, accepted gaps: every file follows,
    all or none. Comments, order and quotes stay, and every answer stays the same but for the id. Names and aliases are
    not ids, and stay too. What lies in a place of the data's own follows it: with P1 also P1-A. A dataset above the
    working folder is changed only if --data names it.

    \b
    Examples:
      clustergap rename dih digital-hubs --dry-run
      clustergap rename role:smart-specialisation s3
      clustergap rename source:ro/survey survey-2026 --data data
    """
    from clustergap.cli.data_changes import open_to_change, write_changes
    from clustergap.editing.rename import find_record, in_words, rename_record

    words = ["clustergap", "rename", old, new, *(["--dry-run"] if dry_run else [])]
    with open_to_change(data, words, dry_run=dry_run, quiet=quiet) as destination:
        assert destination.loaded is not None  # noqa: S101 - it has been read
        record = find_record(destination.loaded.dataset, old)
        renaming = rename_record(destination, record, new)
        write_changes(
            destination,
            renaming.written,
            [*in_words(renaming, is_dry=dry_run)],
            dry_run=dry_run,
            quiet=quiet,
            color=color,
        )
    return Exit.OK

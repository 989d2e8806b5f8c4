"""``clustergap diff``: what changed between two datasets or git revisions, and a gate on it."""

import enum
import shlex
from typing import Annotated

import typer

from clustergap.cli.completion import complete_version
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection


class FailingChange(enum.StrEnum):
    """What the gate fails for: coverage that got worse or unknown, or any difference."""

    REGRESSION = "regression"
    CHANGE = "change"


def diff(
    *,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="A dataset's folder, or a revision of git.",
            autocompletion=complete_version,
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW",
            help="Likewise. Default: the dataset as it is now.",
            autocompletion=complete_version,
        ),
    ] = None,
    fail_on: Annotated[
        FailingChange | None,
        typer.Option(
            help=(
                "Exit with 1 if a cell becomes a gap, weakens or is no longer known, or is better by a statement that "
                "names no places any more (change: for any difference)."
            )
        ),
    ] = None,
    allow_widening: Annotated[
        bool,
        typer.Option(
            "--allow-widening",
            help="It is meant that statements name no places any more: that is no regression.",
        ),
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show what changed between two datasets or revisions.

    First what becomes a gap or is one no longer, then what was edited. An existing folder goes before a revision of that name. A
    revision means the dataset's path (--data, else the nearest) as it was then; REV:path means another. Each side is
    asked the same question, on its own date unless --as-of says one.

    \b
    Examples:
      clustergap diff last-year/ data/
      clustergap diff origin/main
      clustergap diff v1.0 v1.1 --level region
      clustergap diff v1.0:old/place -f md
      clustergap diff origin/main --fail-on regression
    """
    from clustergap.answers.verdict import failure
    from clustergap.api.locations import default_path, file_limits, locate_version
    from clustergap.cli.data import (
        find_own_data,
        is_stdin,
        query_options,
        read_location,
    )
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import notice

    chosen = choose_format("diff", format_, out.output)
    # In a revision, what comes on standard input lies where the nearest dataset does.
    default, most = default_path(None if is_stdin(data) else data), file_limits().size
    versions = (
        locate_version(old, default, most),
        find_own_data(data) if new is None else locate_version(new, default, most),
    )
    before, after = (read_location(version, out) for version in versions)
    options = query_options(filters, selection, as_of)
    answer = before.diff(after, allow_widening=allow_widening, **options)
    difference = answer.result
    typed = shlex.join(words for words in (old, new) if words is not None)
    hint = f"As a gate: clustergap diff {typed} --fail-on regression"
    emit(answer, chosen, out, *(() if fail_on else (hint,)))
    fails = (
        difference.has_changed if fail_on is FailingChange.CHANGE else bool(difference.regressions)
    )
    if not fail_on or not fails:
        return Exit.OK
    notice(f"fails for {failure(difference)}", quiet=out.quiet)
    return Exit.FOUND

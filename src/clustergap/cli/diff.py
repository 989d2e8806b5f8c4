"""``clustergap diff``: what changed between two datasets or git revisions, and a gate on it."""

import dataclasses
import enum
import shlex
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection


class FailOn(enum.StrEnum):
    """What the gate fails for: coverage that got worse or unknown, or anything that is not the same."""

    REGRESSION = "regression"
    CHANGE = "change"


def diff(
    *,
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A dataset's folder, or a revision of git.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="NEW", help="Likewise. Default: the dataset as it is now."),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            help=(
                "Exit with 1 if a gap opens, a cell weakens or is no longer assessed, or is better by a statement that "
                "names no territories any more (change: for any difference)."
            )
        ),
    ] = None,
    allow_widening: Annotated[
        bool,
        typer.Option(
            "--allow-widening",
            help="It is meant that statements name no territories any more: that is no regression.",
        ),
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show what changed between two datasets or revisions.

    First which gaps open and close, then what was edited. An existing folder goes before a revision of that name. A
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
    from clustergap.analysis.diff import find_difference
    from clustergap.analysis.matrix import build_matrix
    from clustergap.answers.diff import failure
    from clustergap.cli.ask import (
        read_query,
        selected_ids,
        tell_of_the_reused,
        tell_of_the_unstated,
    )
    from clustergap.cli.data import find_own_data, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.sides import find_side, united
    from clustergap.cli.streams import notice
    from clustergap.document import Origin

    chosen = choose_format("diff", format_, out.output)
    sides = (
        find_side(old, data),
        find_own_data(data) if new is None else find_side(new, data),
    )
    before, after = (read_data(side, out).dataset for side in sides)
    both = united(before, after)
    query, shown = read_query(both, question, as_of), selected_ids(both, selection)
    tell_of_the_unstated(after, query, quiet=out.quiet)
    tell_of_the_reused(query, quiet=out.quiet)
    found = dataclasses.replace(
        find_difference(
            build_matrix(before, query).select(*shown), build_matrix(after, query).select(*shown)
        ),
        may_widen=allow_widening,
    )
    origins = (
        Origin(sides[0].path, commit=sides[0].files.commit),
        Origin(sides[1].path, commit=sides[1].files.commit),
    )
    sides_as_typed = shlex.join(side for side in (old, new) if side is not None)
    hint = f"As a gate: clustergap diff {sides_as_typed} --fail-on regression"
    emit("diff", found, origins, chosen, out, *(() if fail_on else (hint,)))
    fails = found.has_changed if fail_on is FailOn.CHANGE else bool(found.regressions)
    if not fail_on or not fails:
        return Exit.OK
    notice(f"fails for {failure(found)}", quiet=out.quiet)
    return Exit.FOUND

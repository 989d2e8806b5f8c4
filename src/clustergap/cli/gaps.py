"""``clustergap gaps``: what is missing, and a gate on it."""

import enum
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection, Today


class FailingGap(enum.StrEnum):
    """How bad a gap must be for the gate to fail: no coverage at all, or already a partial one."""

    NONE = "none"
    PARTIAL = "partial"


def gaps(
    *,
    fail_on: Annotated[
        FailingGap | None,
        typer.Option(
            help="Exit with 1 if a gap is that bad (partial: any gap) and nobody has accepted it."
        ),
    ] = None,
    today: Today = None,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """List what is missing, where and why, worst first.

    \b
    Examples:
      clustergap gaps
      clustergap gaps --level region
      clustergap gaps --role "social economy" -o gaps.csv
      clustergap gaps --data data --fail-on none --today today
    """
    from clustergap.analysis.coverage import Coverage
    from clustergap.answers.gaps import failure
    from clustergap.api.names import read_day
    from clustergap.cli.data import find_own_data, query_options, read_data, read_location
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import notice

    chosen = choose_format("gaps", format_, out.output)
    day = read_day("--today", today)
    policy = read_location(find_own_data(data), out) if fail_on else read_data(data, out)
    answer = policy.gaps(query_options(filters, selection, as_of), day)
    gaps = answer.result.gaps
    if fail_on and day is None and any(gap.accepted and gap.accepted.until for gap in gaps):
        note = "accepted gaps have a last day; give --today to judge which are past it"
        answer = answer._replace(notes=(*answer.notes, note))
    hint = f"Why: clustergap explain {gaps[0].rating.cell}" if gaps else "All: clustergap matrix"
    emit(answer, chosen, out, hint)
    failing = answer.result.failing(Coverage(fail_on.value)) if fail_on else ()
    if not failing:
        return Exit.OK
    notice(failure(failing), quiet=out.quiet)
    return Exit.FOUND

"""``clustergap gaps``: what is missing, and a gate on it."""

import enum
from dataclasses import replace
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection, Today


class FailingGap(enum.StrEnum):
    """How bad a cell must be for the gate to fail: no coverage at all, already a partial one, already an unknown one."""

    NONE = "none"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


def gaps(
    *,
    fail_on: Annotated[
        FailingGap | None,
        typer.Option(
            help="Exit with 1 if a cell is that bad (partial: any gap; unknown: also one of which nobody knows) "
            "and nobody has accepted it."
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
    from clustergap.answers.gaps import failure, unjudged_in_words
    from clustergap.api.query_options import read_day
    from clustergap.cli.data import find_own_data, query_options, read_data, read_location
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import notice

    chosen = choose_format("gaps", format_, out.output)
    day = read_day("--today", today)
    policy = read_location(find_own_data(data), out) if fail_on else read_data(data, out)
    answer = policy.gaps(today=day, **query_options(filters, selection, as_of))
    gaps, bad = answer.result.gaps, Coverage(fail_on.value) if fail_on else None
    cells = (*gaps, *answer.result.unknown)
    if bad and day is None and any(gap.accepted and gap.accepted.until for gap in cells):
        note = "accepted gaps have a last day; give --today to judge which are past it"
        answer = replace(answer, notes=(*answer.notes, note))
    hint = f"Why: clustergap explain {cells[0].rating.cell}" if cells else "All: clustergap matrix"
    emit(answer, chosen, out, hint)
    if bad is None:
        return Exit.OK
    unjudged = answer.result.unjudged(bad)
    if unjudged:
        # Said with --quiet too: else a gate that knows nothing would look green.
        notice(unjudged_in_words(unjudged))
    failing = answer.result.failing(bad)
    if not failing:
        return Exit.OK
    notice(failure(failing), quiet=out.quiet)
    return Exit.FOUND

"""``clustergap gaps``: what is missing, and a gate on it."""

import enum
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection, Today


class FailOn(enum.StrEnum):
    """How bad a gap must be for the gate to fail: no coverage at all, or already a partial one."""

    NONE = "none"
    PARTIAL = "partial"


def gaps(
    *,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            help="Exit with 1 if a gap is that bad (partial: any gap) and nobody has accepted it."
        ),
    ] = None,
    today: Today = None,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
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
    from clustergap.analysis.gaps import find_gaps
    from clustergap.cli.ask import ask_matrix, read_day, select
    from clustergap.cli.data import find_data, find_own_data, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import notice
    from clustergap.document import Origin

    chosen = choose_format("gaps", format_, out.output)
    day = read_day("--today", today)
    found = find_own_data(data) if fail_on else find_data(data)
    loaded = read_data(found, out)
    rated = find_gaps(
        select(ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet), selection), day
    )
    dated = sum(gap.accepted is not None and gap.accepted.until is not None for gap in rated.gaps)
    if fail_on and day is None and dated:
        notice(
            "accepted gaps have a last day; give --today to judge which are past it",
            quiet=out.quiet,
        )
    why = (
        f"Why: clustergap explain {rated.gaps[0].rating.cell}"
        if rated.gaps
        else "All: clustergap matrix"
    )
    emit("gaps", rated, Origin(found.path), chosen, out, why)
    failing = rated.failing(Coverage(fail_on.value)) if fail_on else ()
    if failing:
        from clustergap.answers.gaps import failure

        notice(failure(failing), quiet=out.quiet)
    return Exit.FOUND if failing else Exit.OK

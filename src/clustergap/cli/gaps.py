"""``clustergap gaps``: what is missing, and a gate on it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection, Today


class FailingGap(enum.StrEnum):
    """How bad a cell must be for the gate to fail: no coverage at all, already a partial one, already an unknown one."""

    NONE = "none"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Accept:
    """Whether the gaps shown are accepted, why, by whom and until when."""

    accept: Annotated[
        bool,
        typer.Option(
            "--accept",
            help="Write the gaps shown into the data as accepted: a baseline, after which --fail-on fails for new ones only.",
        ),
    ] = False
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With --accept: why they are accepted.")
    ] = None
    by: Annotated[
        str | None, typer.Option(metavar="WHO", help="With --accept: who has decided.")
    ] = None
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="With --accept: the last day of the decision."),
    ] = None
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="With --accept: show the lines that would change, and write nothing."
        ),
    ] = False


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
    accept: Accept,
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
      clustergap gaps --accept --reason "Known since the first inventory" --until 2027 --dry-run
    """
    from clustergap.analysis.coverage import Coverage
    from clustergap.answers.gaps import failure, unjudged_in_words
    from clustergap.api.query_options import read_day
    from clustergap.cli.data import find_own_data, query_options, read_data, read_location
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import notice

    if accept.accept:
        asked = {
            **vars(filters),
            "as_of": as_of,
            "fail_on": fail_on,
            "format": format_,
            "output": out.output,
        }
        return _accept(accept, selection, today, asked, data, out)
    _refuse_without_accept(accept)
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


def _refuse_without_accept(accept: Accept) -> None:
    from clustergap.cli.table_options import option_of
    from clustergap.errors import ClusterGapError

    for name, value in vars(accept).items():
        if value:
            raise ClusterGapError(
                f"{option_of(name)} says how gaps are accepted: it needs --accept"
            )


def _accept(
    accept: Accept,
    selection: Selection,
    today: str | None,
    asked: Mapping[str, object],
    data: Path | None,
    out: Output,
) -> Exit:
    """Accept the gaps of the whole dataset that are shown."""
    from clustergap.api.change_planning import gaps_to_accept, read_decision
    from clustergap.cli.data import query_options
    from clustergap.cli.data_changes import open_to_change, write_changes
    from clustergap.cli.options import InstrumentFilters
    from clustergap.cli.table_options import option_of
    from clustergap.editing.accepted_gaps import accept_gaps, in_words
    from clustergap.errors import ClusterGapError

    for name, value in asked.items():
        if value:
            option = option_of(name.rstrip("_"))
            raise ClusterGapError(
                f"{option} does not go with --accept, which accepts gaps of the whole dataset on its own day; --role and --level choose among them"
            )
    if accept.reason is None:
        raise ClusterGapError(
            "--accept needs --reason: whoever meets the gap later wants to know why"
        )
    decision = read_decision(accept.reason, accept.by, accept.until)
    words = ["clustergap", "gaps", "--accept", "--reason", accept.reason]
    words += [
        word
        for key in ("by", "until")
        if (value := getattr(accept, key))
        for word in (f"--{key}", value)
    ]
    with open_to_change(data, words, dry_run=accept.dry_run, quiet=out.quiet) as destination:
        assert destination.loaded is not None  # noqa: S101 - it has been read
        options = query_options(InstrumentFilters(), selection)
        gaps = gaps_to_accept(destination.loaded.dataset, today, options)
        acceptance = accept_gaps(destination, gaps, decision)
        write_changes(
            destination,
            acceptance.written,
            [*in_words(acceptance, is_dry=accept.dry_run)],
            dry_run=accept.dry_run,
            quiet=out.quiet,
            color=out.color,
        )
    return Exit.OK

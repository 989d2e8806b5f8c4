"""``clustergap check``: are the data files right?"""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.completion import complete_rule, rule_names
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, DataPath, Outputs, Today
from clustergap.formats import Format


def _rules_in_columns() -> str:
    rows = [f"{code} {name}" for code, name in rule_names()]
    half = (len(rows) + 1) // 2
    width = max(map(len, rows)) + 3
    pairs = zip(rows[:half], [*rows[half:], ""], strict=False)
    return "\n".join(f"{left:<{width}}{right}".rstrip() for left, right in pairs)


EPILOG = f"\b\nRules, as clustergap explain CODE explains them:\n{_rules_in_columns()}"


def check(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Datasets: folders or files of them; - is standard input. Default: as --data.",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES",
            help="Look for these rules only: codes or beginnings, as CG2,CG301 (repeatable).",
            autocompletion=complete_rule,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES", help="Do not look for these rules.", autocompletion=complete_rule
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict/--no-strict", show_default=False, help="Fail on warnings too."),
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")
    ] = False,
    today: Today = None,
    data: DataPath = None,
    format_: AsFormat = None,
    outputs: Outputs,
) -> Exit:
    """Check the data files.

    Every finding says what is wrong, where, and what to write instead; with an error the exit code is 1. What a
    code means: clustergap explain CG201. Without data this is no success: the packaged deck is never checked in its
    place.

    \b
    Examples:
      clustergap check data/
      clustergap check data/instruments/ro.yaml
      clustergap check - < draft.yaml
      clustergap check --strict --today today --ignore CG303
      clustergap check -f github
      clustergap check -o findings.sarif -o findings.xml
      clustergap check -f github -o - -o findings.sarif
      clustergap check -f json | jq .summary
    """
    from clustergap.api.checking import check_datasets, path_from_here
    from clustergap.api.locations import file_limits
    from clustergap.api.names import read_rules
    from clustergap.api.query_options import read_day
    from clustergap.cli.data import find_all, notice_before_reading
    from clustergap.cli.output import choose_formats, emit_all, emit_notes
    from clustergap.cli.streams import show_progress
    from clustergap.findings import Severity

    places = choose_formats("check", format_, outputs)
    selection = read_rules(select or (), ignore or ())
    day = read_day("--today", today)
    locations = find_all(paths or [], data)
    for location in locations:
        notice_before_reading(location, quiet=outputs.quiet)
    with show_progress("Reading") as progress:
        answer = check_datasets(locations, selection, day, file_limits(), progress)
    report = answer.result._replace(fails_from=Severity.WARNING if strict else Severity.ERROR)
    emit_notes(answer, outputs)
    elsewhere = replace(answer, result=report.renamed(path_from_here))
    here = replace(answer, result=report)
    emit_all(
        [(here if chosen is Format.TEXT else elsewhere, chosen, out) for chosen, out in places]
    )
    return Exit.FOUND if report.has_failed and not exit_zero else Exit.OK

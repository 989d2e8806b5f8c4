"""``clustergap check``: are the data files right?"""

import os
from pathlib import Path
from typing import Annotated

import typer

from clustergap.checks.catalogue import listing
from clustergap.cli.complete import complete_rule
from clustergap.cli.exit import Exit
from clustergap.cli.options import DataPath, Output, Today
from clustergap.render.choices import CheckFormat

EPILOG = f"\b\nRules, as clustergap explain CODE explains them:\n{listing()}"

SUFFIXES = {".sarif.json": CheckFormat.SARIF, ".xml": CheckFormat.JUNIT}
"""What files of findings are also called."""


def check(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH", help="Datasets: folders or files of them. Default: as --data."
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
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")
    ] = False,
    today: Today = None,
    data: DataPath = None,
    format_: Annotated[
        CheckFormat | None,
        typer.Option("--format", "-f", help="Default: text, or what the file's suffix means."),
    ] = None,
    out: Output,
) -> Exit:
    """Check the data files.

    Every finding says what is wrong, where, and what to write instead; with an error the exit code is 1. What a
    code means: clustergap explain CG201. Without data this is no success: the packaged deck is never checked in its
    place.

    \b
    Examples:
      clustergap check data/
      clustergap check data/instruments/ro.yaml
      clustergap check --strict --today today --ignore CG303
      clustergap check -f github
      clustergap check -o findings.sarif
      clustergap check -f json | jq .summary
    """
    from clustergap.checks.selection import RuleSelection
    from clustergap.cli.ask import read_day
    from clustergap.cli.data import check_data, find_all
    from clustergap.cli.names import rule_prefixes
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.findings import Severity

    chosen = choose_format(format_, out.output, CheckFormat.TEXT, SUFFIXES)
    selection = RuleSelection(rule_prefixes(select or ()), rule_prefixes(ignore or ()))
    day = read_day("--today", today)
    report = check_data(find_all(paths or [], data), day, selection, quiet=out.quiet)
    report = report._replace(fails_from=Severity.WARNING if strict else Severity.ERROR)
    if chosen is CheckFormat.TEXT:
        from clustergap.render import check_text

        emit_table(lambda shapes: check_text.render(report, shapes), out)
    else:
        from clustergap.render.formats.check import CHECK

        emit_document(CHECK[chosen](report.renamed(_from_here)), out)
    return Exit.FOUND if report.has_failed and not exit_zero else Exit.OK


def _from_here(path: str) -> str:
    # What reads the findings knows the repository, not where on this machine it lies, or through which link.
    absolute = Path(path)
    if not absolute.is_absolute():
        return path
    here = Path.cwd()
    for known in (absolute, Path(os.path.realpath(absolute.parent), absolute.name)):
        if known.is_relative_to(here):
            return known.relative_to(here).as_posix()
    return path

"""``clustergap check``: are the data files right?"""

from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import DataPath, Output
from clustergap.render.choices import CheckFormat


def check(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH", help="Datasets: folders or files of them. Default: as --data."
        ),
    ] = None,
    data: DataPath = None,
    format_: Annotated[
        CheckFormat | None,
        typer.Option("--format", "-f", help="Default: text, or what the file's suffix means."),
    ] = None,
    out: Output,
) -> Exit:
    """Check the data files.

    Every finding says what is wrong, where, and what to write instead; with an error the exit code is 1. Without
    data this is no success: the packaged deck is never checked in its place.

    \b
    Examples:
      clustergap check data/
      clustergap check data/instruments/ro.yaml
      clustergap check -f json | jq .summary
    """
    from clustergap.cli.data import check_data, find_all
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.findings import Severity

    chosen = choose_format(format_, out.output, CheckFormat.TEXT)
    report = check_data(find_all(paths or [], data), quiet=out.quiet)
    if chosen is CheckFormat.TEXT:
        from clustergap.render import check_text

        emit_table(lambda shapes: check_text.render(report, shapes), out)
    else:
        from clustergap.render.formats.check import CHECK

        emit_document(CHECK[chosen](report), out)
    return Exit.FOUND if report.count(Severity.ERROR) else Exit.OK

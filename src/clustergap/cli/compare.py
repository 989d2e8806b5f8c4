"""``clustergap compare``: places side by side."""

from dataclasses import replace
from typing import Annotated

import typer

from clustergap.cli.completion import complete_level, complete_place
from clustergap.cli.exit import Exit
from clustergap.cli.options import (
    AsFormat,
    AsOf,
    DataPath,
    InstrumentFilters,
    Output,
    OwnHead,
    Selection,
)


def compare(
    *,
    places: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLACE",
            help="Territories, such as RO, RO11 or Nord-Vest, and groups of the data.",
            autocompletion=complete_place,
        ),
    ] = None,
    each: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Compare all territories of this level.",
            autocompletion=complete_level,
        ),
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="Count only instruments that name the place.")
    ] = False,
    measures: Annotated[
        bool,
        typer.Option(
            "--measures",
            help="Measure each place: covered cells, instruments, diversity of kinds, nearest places.",
        ),
    ] = False,
    top: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Show the N least and the N most covered; json, csv and xlsx have all.",
        ),
    ] = None,
    over: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS",
            help="Show one role at one level on several days, months or years, such as 2017,2021,today.",
        ),
    ] = None,
    selection: Selection,
    as_of: AsOf = None,
    filters: InstrumentFilters,
    data: DataPath = None,
    format_: AsFormat = None,
    head: OwnHead,
    out: Output,
) -> Exit:
    """Show places side by side: roles down, places across.

    Each cell is what matrix --in PLACE says of it. Without --level, the levels that list territories are shown. Of two
    places it is also said what one has and the other has not. With --over: places down, days across.

    \b
    Examples:
      clustergap compare RO BG HU
      clustergap compare RO BG --own --measures
      clustergap compare --each country --level country
      clustergap compare --each region -o regions.xlsx
      clustergap compare RO --over 2017,2026 --role industry-4-0 --level country
    """
    from clustergap.api.answer import read_masthead
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit

    question = "compare" if over is None else "compare-over"
    chosen = choose_format(question, format_, out.output)
    masthead = read_masthead(head.title, head.logo, chosen)
    policy = read_data(data, out)
    options = query_options(filters, selection, as_of)
    answer = policy.compare(
        *places or (), each=each, own=own, measures=measures, top=top, over=over, **options
    )
    hint = "Why: clustergap explain ROLE@LEVEL --in PLACE"
    if over is not None:
        hint += " --as-of DAY"
    emit(replace(answer, masthead=masthead), chosen, out, hint)
    return Exit.OK

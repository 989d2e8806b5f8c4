"""The sheet Risks: what is covered, but fragile."""

from clustergap.analysis.risks import Risks
from clustergap.answers.risks import HEADER, headline, kinds_of, meaning, rows
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.table import write_list

NAME = "Risks"


def write_risks(sheet: Sheet, found: Risks) -> None:
    """Write the sheet."""
    write_list(sheet, HEADER, list(rows(found).rows), f"{headline(found)}.")


def risk_meanings(found: Risks) -> list[tuple[str, str]]:
    """Say what each kind of risk is that is there."""
    return [(f"Risk: {kind.value}", meaning(kind, found)) for kind in kinds_of(found)]

"""Texts of cells that no data file may hold."""

from clustergap.importing.address import Address
from clustergap.importing.problem import Problem
from clustergap.loading.characters import forbidden_in_value, name_of


def find_forbidden(text: str, at: Address) -> Problem | None:
    """Say which character of a cell's text may not stand in a data file, the first of them; None if all may."""
    if text.isascii() and text.isprintable():
        return None
    match = next(forbidden_in_value(text), None)
    if match is None:
        return None
    message = f"the character {name_of(match[0][0])} may not stand in a data file"
    return Problem(at, message, "delete it, or type the text again")

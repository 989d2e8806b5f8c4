"""Texts of cells that no data file may hold."""

from clustergap.importing.problem import Problem, Problems
from clustergap.loading.characters import forbidden_in_value, name_of
from clustergap.spreadsheet.sheet import Address


def note_forbidden(text: str, at: Address, problems: Problems) -> bool:
    """Note the first character of a cell's text that no data file may hold, and tell whether there is one."""
    if text.isascii() and text.isprintable():
        return False
    match = next(forbidden_in_value(text), None)
    if match is None:
        return False
    message = f"the character {name_of(match[0][0])} may not stand in a data file"
    problems.add(Problem(at, message, "delete it, or type the text again"))
    return True

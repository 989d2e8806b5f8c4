"""A value as people see it in a cell."""

from datetime import date

from clustergap.analysis.coverage import Coverage
from clustergap.document import Value
from clustergap.theme import UNICODE, WORDS


def shown(value: Value) -> str:
    """Write a value as it looks; a coverage by shape and word."""
    if isinstance(value, Coverage):
        return f"{UNICODE.coverage[value]} {WORDS[value]}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)

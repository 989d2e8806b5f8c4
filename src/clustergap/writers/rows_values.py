"""What stands in a row."""

from datetime import date

Value = str | int | float | date | None
"""A text, a number or a day; None where there is nothing to say. A coverage is a text of its own kind."""

Row = tuple[Value, ...]
"""The values of one row, in the order of its header."""

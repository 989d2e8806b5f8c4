"""A workbook: its sheets, its properties, the bytes that it becomes."""

from datetime import UTC, datetime
from io import BytesIO

from clustergap import __version__
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import query_in_words
from clustergap.document import EXAMPLE, Origin
from clustergap.render.xlsx.looks import FONT, make_looks
from clustergap.render.xlsx.sheet import Sheet
from clustergap.theme import GAP_DEFINITION

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""No clock: the same data makes the same file."""


class Book:
    """A workbook that is being written; *subject* says what it answers."""

    def __init__(self, matrix: Matrix, origin: Origin, subject: str) -> None:
        from xlsxwriter import Workbook

        self._bytes = BytesIO()
        self._workbook = Workbook(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_format_properties": dict(FONT),  # which the library changes
            },
        )
        self._asked = query_in_words(matrix.query)
        self._day = _day(matrix, origin)
        self._looks = make_looks(self._workbook)
        comments = (f"Written by clustergap {__version__}.", GAP_DEFINITION, origin.remark)
        self._workbook.set_properties(
            {
                "title": matrix.dataset.title,
                "subject": f"{subject}, {self._asked}",
                "comments": " ".join(filter(None, comments)),
                "created": _CREATED,
            }
        )

    def sheet(self, name: str) -> Sheet:
        """Add a sheet behind those that are there."""
        raw = self._workbook.add_worksheet(name)
        return Sheet(raw, self._looks, self._day)

    def close(self) -> bytes:
        """Return the finished file."""
        self._workbook.close()
        return self._bytes.getvalue()


def _day(matrix: Matrix, origin: Origin) -> str:
    day = matrix.query.as_of
    words = f"As of {day.isoformat()}" if day else "Dates ignored"
    return f"{words}, {EXAMPLE}" if origin.is_example else words

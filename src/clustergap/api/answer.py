"""The answer to a question, which can be written in each of the question's formats."""

from typing import Any, NamedTuple

from clustergap.formats import NO_MASTHEAD, Format, find_writer
from clustergap.masthead import Masthead
from clustergap.origin import Origin, Origins


class Answer(NamedTuple):
    """The answer to a question, which can be written in each of the question's formats.

    Attributes:
        question: A key of ``FORMATS``.
        result: The result of the question's module in ``analysis``.
        origin: Where the data comes from, for both sides of a comparison; None if the result itself says so.
        notes: What else is worth knowing, in sentences.
        masthead: A title and a logo of the reader's own.
    """

    question: str
    result: Any
    origin: Origin | Origins | None = None
    notes: tuple[str, ...] = ()
    masthead: Masthead = NO_MASTHEAD

    def write(self, format_: Format, *context: object) -> Any:  # noqa: ANN401 - as find_writer says
        """Write the answer in a format.

        Args:
            format_: One of the question's.
            context: Further arguments, as for the writer of a picture.

        Returns:
            Text or bytes; a picture with its description; for printed formats a function, as ``find_writer`` says.
        """
        origins = () if self.origin is None else (self.origin,)
        write = find_writer(self.question, format_, *origins, *context, masthead=self.masthead)
        return write(self.result)

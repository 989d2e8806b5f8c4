"""All answers as a note for Word."""

from clustergap.analysis.full_report import FullReport
from clustergap.answers.phrases import foot_in_words
from clustergap.document import Origin
from clustergap.errors import MissingExtraError
from clustergap.render.note.sections import note_of


def render(briefing: FullReport, origin: Origin) -> bytes:
    """Write the note.

    Raises:
        MissingExtraError: What writes it is not installed.
    """
    try:
        from clustergap.render.docx.written import write_note
    except ImportError as error:
        raise MissingExtraError("a note for Word", "office") from error

    return write_note(note_of(briefing, origin), foot_in_words(briefing.matrix, origin))

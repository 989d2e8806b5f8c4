"""The answer to a question: as records, as a data frame, as text, in a notebook, and in each of the question's formats."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clustergap.api.data_table import TEXT_WIDTH, frame_of, html_of, records_of
from clustergap.api.keywords import FilePath
from clustergap.api.names import not_known
from clustergap.document import Rows, Value
from clustergap.errors import ClusterGapError, reason
from clustergap.formats import (
    FORMATS,
    NO_MASTHEAD,
    PICTURES,
    PRINTED,
    WITH_LOGO,
    WITH_SVG,
    WITH_TITLE,
    Format,
    Part,
    find_format,
    find_writer,
    make_part,
)
from clustergap.loading.file_reader import Progress
from clustergap.masthead import LARGEST_LOGO, LogoKind, Masthead, read_logo, read_title
from clustergap.origin import Origin, Origins
from clustergap.saving.whole_file import write_whole_file
from clustergap.text import either, quote, sized
from clustergap.theme import UNICODE
from clustergap.writers.screen import PIPED_WIDTH, draw_text


@dataclass(frozen=True, repr=False)
class Answer:
    """The answer to a question.

    ``print`` shows it as the command line does, a notebook as a table; its numbers are those of the command line.

    Attributes:
        question: The question, such as ``matrix``.
        result: What was found, as values; these are not stable.
        origin: Where the data comes from, for both sides of a comparison; None if the result itself says so.
        notes: What else is worth knowing, in sentences, such as what the question left out.
        masthead: A title and a logo of the reader's own.
    """

    question: str
    result: Any
    origin: Origin | Origins | None = None
    notes: tuple[str, ...] = ()
    masthead: Masthead = NO_MASTHEAD

    def records(self) -> list[dict[str, Value]]:
        """Return the answer as a tidy table: a dictionary for each row.

        The keys are the columns of the csv. Numbers are numbers, days are dates, a coverage is its word (``full``, ``partial``,
        ``none``, ``unknown``), nothing is None; several names stand in one text with semicolons between them. A share is
        ``covered`` of ``of`` territories.

        Raises:
            ClusterGapError: It has no table.
        """
        return records_of(self._rows())

    def record(self) -> dict[str, Any]:
        """Return the answer as the JSON document of ``-f json``, which ``clustergap schema`` describes.

        Raises:
            ClusterGapError: It has no such document.
        """
        if Format.JSON not in FORMATS[self.question]:
            raise self._without("JSON document")
        document: dict[str, Any] = json.loads(self.write(Format.JSON))
        return document

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas may not be there
        """Return the answer as a data frame of pandas, with the rows and columns of ``records``.

        Whole numbers are ``Int64``, days ``datetime64[s]``, both with room for nothing.

        Raises:
            ClusterGapError: It has no table, or pandas is not installed.
        """
        return frame_of(self._rows())

    def save(
        self,
        path: FilePath,
        *,
        format_: str | None = None,
        title: str | None = None,
        logo: FilePath | None = None,
    ) -> Path:
        """Write the answer to a file, whole or not at all, as ``-o`` does, and return its path.

        Args:
            path: The file; its suffix says the format.
            format_: The format, if the suffix says none, as ``-f`` does.
            title: A title of your own for a page, a picture, slides or a note.
            logo: The file of a logo for the same: a PNG of at most 200,000 bytes, or for a page or a picture an SVG.

        Raises:
            ClusterGapError: The suffix means no format, or one that bears no title or logo; a library for the format is not
                installed; or a file cannot be read or written.
        """
        if format_ is not None and format_ not in FORMATS[self.question]:
            raise not_known(format_, "format", FORMATS[self.question])
        file = Path(path)
        chosen = find_format(self.question, Format(format_) if format_ else None, file)
        headed = replace(self, masthead=read_masthead(title, logo, chosen))
        write_whole_file(file, headed.encode(chosen))
        return file

    def encode(self, format_: Format) -> bytes:
        """Return the file that ``-o`` writes in a format."""
        document = self.write(format_)
        if format_ in PRINTED:
            return draw_text(document(UNICODE), PIPED_WIDTH).encode()
        if format_ in PICTURES:
            return encode_document(document.file)
        if isinstance(document, tuple):  # slides, and how many are left out
            document, _ = document
        return encode_document(document, bom=format_ is Format.CSV)

    def write(self, format_: Format, *context: object) -> Any:  # noqa: ANN401 - as find_writer says
        """Write the answer in a format.

        Args:
            format_: One of the question's.
            context: Further arguments, as for the writer of a picture.

        Returns:
            Text or bytes; a picture with its description; for printed formats a function, as ``find_writer`` says.
        """
        write = find_writer(
            self.question, format_, *self._origins, *context, masthead=self.masthead
        )
        return write(self.result)

    def __str__(self) -> str:
        printed = next((each for each in FORMATS[self.question] if each in PRINTED), None)
        if printed is None:
            text = str(self.write(Format.MD))
        else:
            text = draw_text(self.write(printed)(UNICODE), TEXT_WIDTH)
        return "\n".join([text.rstrip("\n"), *(f"note: {note}" for note in self.notes)])

    def __repr__(self) -> str:
        return f"Answer({self.question})"

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - the notebook chooses itself
        exclude: object = None,  # noqa: ARG002
    ) -> Mapping[str, str]:
        document = make_part(self.question, Part.DOCUMENT, self.result, *self._origins)
        return {"text/plain": str(self), "text/html": html_of(document, self.notes)}

    @property
    def _origins(self) -> tuple[Origin | Origins, ...]:
        return () if self.origin is None else (self.origin,)

    def _rows(self) -> Rows:
        if self.question in ("brief", "report"):
            raise self._without("table")
        rows: Rows = make_part(self.question, Part.ROWS, self.result)
        return rows

    def _without(self, what: str) -> ClusterGapError:
        return ClusterGapError(
            f"a {self.question} has no {what}: ask its single questions for one"
        )


def answer_report(matrix: Answer, format_: Format, progress: Progress | None = None) -> Answer:
    """Answer everything for a report in a format: of a matrix for a page on every day, for the others on its own."""
    from clustergap.analysis.report import build_full_report, build_gap_map

    build = build_gap_map if format_ is Format.HTML else build_full_report
    return replace(matrix, question="report", result=build(matrix.result, progress))


def read_masthead(title: str | None, logo: FilePath | None, format_: Format) -> Masthead:
    """Read the title and the logo that a document of a format is to bear.

    Raises:
        ClusterGapError: The format bears none, or they cannot be read.
    """
    for option, value, bearing in (("--title", title, WITH_TITLE), ("--logo", logo, WITH_LOGO)):
        if value is not None and format_ not in bearing:
            raise ClusterGapError(
                f"{option} is for a page, a picture, slides or a note, not for {format_}"
            )
    own = "" if title is None else read_title(title)
    if logo is None:
        return Masthead(own)
    try:
        with Path(logo).open("rb") as file:
            found = read_logo(file.read(LARGEST_LOGO + 1), str(logo))
    except OSError as error:
        why = reason(error, "it cannot be read")
        raise ClusterGapError(f"cannot read the logo {quote(logo)}: {why}") from error
    if found.kind is LogoKind.SVG and format_ not in WITH_SVG:
        raise ClusterGapError(
            f"the logo {quote(logo)} is an SVG, which {either(WITH_SVG)} bear: save it as a PNG for {format_}"
        )
    return Masthead(own, found)


def encode_document(document: str | bytes, *, bom: bool = False) -> bytes:
    """Return the bytes of a document; *bom*: with a byte-order mark, by which spreadsheets know the encoding."""
    if isinstance(document, bytes):
        return document
    # A file's name may have bytes that are not text; they are written as they are.
    return document.encode("utf-8-sig" if bom else "utf-8", "surrogateescape")


def refuse_unreadable(workbook: bytes, most: int) -> None:
    """Refuse to write a workbook of which a part has more than so many bytes: it could not be imported again.

    Raises:
        ClusterGapError: It has.
    """
    from clustergap.spreadsheet.package import largest_part

    if max(len(workbook), largest_part(workbook)) > most:
        raise ClusterGapError(
            f"a sheet of the workbook would hold more than {sized(most)}, which import would refuse to read: "
            "choose some roles or levels (--role, --level), write another format, or raise CLUSTERGAP_MAX_MIB"
        )

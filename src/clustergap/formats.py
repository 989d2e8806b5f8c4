"""The one table of the formats of every question; writers are named in it, and imported only when they are needed."""

import enum
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.masthead import Masthead
from clustergap.text import one_of, quote

NO_MASTHEAD = Masthead()


class Format(enum.StrEnum):
    """A format of an answer."""

    TABLE = "table"
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"
    SVG = "svg"
    PNG = "png"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOCX = "docx"
    PDF = "pdf"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


PRINTED = (Format.TABLE, Format.TEXT)
"""Formats for the terminal, which are plain text in a file."""

BINARY = (Format.PNG, Format.XLSX, Format.PPTX, Format.DOCX, Format.PDF)
"""Formats that cannot be read on a terminal."""

PICTURES = (Format.SVG, Format.PNG)
"""Formats that come with a description for those who cannot see them."""


WITH_LOGO = (Format.HTML, *PICTURES, Format.PPTX, Format.DOCX, Format.PDF)
"""Formats that may bear a logo of the reader's own."""

WITH_TITLE = (*WITH_LOGO, Format.MD)
"""Formats that may bear a title of the reader's own."""

WITH_SVG = (Format.HTML, *PICTURES)
"""Formats whose logo may be an SVG: elsewhere programs would draw it or not."""


class Part(enum.Enum):
    """What a writer gets: a part that the question's module in ``answers`` makes of the answer, or the answer itself.

    LIST is a workbook of a document and rows. ``answers.workbooks`` makes it, and the workbooks that are more than a list.
    """

    DOCUMENT = "document"
    ROWS = "rows"
    RECORD = "record"
    LIST = "list"
    WORKBOOK = "workbook"
    PICTURE = "picture"
    SLIDES = "slides"
    PAGE = "page"
    ANSWER = "answer"


class Maker(NamedTuple):
    """A writer, as ``module:function``, and the part that it gets.

    ``answers``: the module in ``answers`` that makes the part, if not the question's own.
    """

    writer: str
    part: Part = Part.ANSWER
    answers: str = ""


_EVERY: Mapping[Format, Maker] = {
    Format.TABLE: Maker("writers.terminal:draw", Part.DOCUMENT),
    Format.JSON: Maker("writers.json:write_record", Part.RECORD),
    Format.CSV: Maker("writers.csv:write_csv", Part.ROWS),
    Format.MD: Maker("writers.markdown:write", Part.DOCUMENT),
    Format.HTML: Maker("writers.html:write", Part.DOCUMENT),
    Format.DOCX: Maker("writers.docx:write", Part.DOCUMENT),
    Format.PDF: Maker("writers.pdf:write", Part.DOCUMENT),
    Format.XLSX: Maker("writers.workbook:write", Part.LIST),
}
"""The formats of every question."""

_PICTURES: Mapping[Format, Maker] = {
    Format.SVG: Maker("writers.svg:write", Part.PICTURE),
    Format.PNG: Maker("writers.png:write", Part.PICTURE),
}
_WORKBOOK = Maker("writers.workbook:write", Part.WORKBOOK, "workbooks")
_SLIDES = Maker("writers.pptx:write", Part.SLIDES)
_DRAWN, _OVER_DRAWN = "compare_drawings", "compare_over_drawings"

FORMATS: Mapping[str, Mapping[Format, Maker]] = {
    "matrix": {
        **_EVERY,
        **{
            format_: maker._replace(answers="matrix_drawing")
            for format_, maker in _PICTURES.items()
        },
        Format.XLSX: _WORKBOOK,
    },
    "gaps": {**_EVERY, Format.XLSX: _WORKBOOK},
    "needs": {**_EVERY, Format.XLSX: _WORKBOOK},
    "risks": _EVERY,
    "list": {**_EVERY, Format.XLSX: _WORKBOOK},
    "explain": _EVERY,
    "what-if": _EVERY,
    "keystones": _EVERY,
    "compare": {
        **_EVERY,
        Format.JSON: Maker("writers.json:write_record", Part.RECORD, "compare_record"),
        **{format_: maker._replace(answers=_DRAWN) for format_, maker in _PICTURES.items()},
        Format.XLSX: _WORKBOOK._replace(answers="compare_workbook"),
        Format.PPTX: _SLIDES._replace(answers=_DRAWN),
    },
    "compare-over": {
        **_EVERY,
        **{format_: maker._replace(answers=_OVER_DRAWN) for format_, maker in _PICTURES.items()},
        Format.XLSX: _WORKBOOK._replace(answers=_OVER_DRAWN),
        Format.PPTX: _SLIDES._replace(answers=_OVER_DRAWN),
    },
    "timeline": {
        **_EVERY,
        Format.JSON: _EVERY[Format.JSON]._replace(answers="timeline_record"),
        **_PICTURES,
    },
    "swot": _EVERY,
    "tows": _EVERY,
    "diff": _EVERY,
    "report": {
        Format.HTML: Maker("writers.gap_map:write", Part.RECORD, "gap_map"),
        Format.XLSX: _WORKBOOK,
        Format.PPTX: Maker("writers.pptx:write_most", Part.SLIDES, "report_slides"),
        Format.DOCX: _EVERY[Format.DOCX],
        Format.PDF: _EVERY[Format.PDF],
        Format.MD: _EVERY[Format.MD],
    },
    "brief": {
        Format.PPTX: Maker("writers.pptx:write_one", Part.SLIDES, "brief_slide"),
        Format.PDF: Maker("writers.brief_pdf:write", Part.PAGE),
        Format.DOCX: Maker("writers.brief_docx:write", Part.PAGE),
        Format.MD: _EVERY[Format.MD],
    },
    "check": {
        Format.TEXT: Maker("writers.findings_text:write_findings"),
        Format.JSON: Maker("writers.json:write_record", Part.RECORD),
        Format.GITHUB: Maker("writers.github:write_findings"),
        Format.SARIF: Maker("writers.sarif:write_findings"),
        Format.JUNIT: Maker("writers.junit:write_findings"),
    },
}
"""The first format of a question is its default."""


_ACRONYMS = ("swot", "tows")


_FURTHER_SUFFIXES: Mapping[str, Mapping[str, Format]] = {
    "check": {".sarif.json": Format.SARIF, ".xml": Format.JUNIT}
}
"""Suffixes of files that mean a format, beside its own name."""


def find_format(question: str, format_: Format | None, path: Path | None) -> Format:
    """Return the format asked for, else the one that a file's suffix means, else the question's default.

    Args:
        question: A key of ``FORMATS``.
        format_: The format that is asked for, if any.
        path: The file, if the answer goes into one.

    Raises:
        ClusterGapError: The two contradict each other, or the suffix means no format.
    """
    formats = tuple(FORMATS[question])
    default = formats[0]
    if path is None:
        return format_ or default
    # A format for the terminal is plain text in a file.
    printed = {".txt": default} if default in PRINTED else {}
    own = {f".{each.value}": each for each in formats}
    by_suffix = {**_FURTHER_SUFFIXES.get(question, {}), **own, **printed}
    meant = next(
        (each for end, each in by_suffix.items() if path.name.lower().endswith(end)), None
    )
    if format_ is None and meant is None:
        known = [suffix for suffix in by_suffix if not printed or suffix != f".{default.value}"]
        raise ClusterGapError(
            f"the suffix of {quote(path)} means no format here: {one_of(known)}. Or say -f FORMAT"
        )
    if format_ is not None and meant is not None and format_ is not meant:
        raise ClusterGapError(f"-f {format_.value} contradicts the suffix of {quote(path)}")
    return format_ or meant or default


def make_part(question: str, part: Part, answer: object, *context: object) -> Any:  # noqa: ANN401 - each part has its type
    """Make a part of the answer to a question, whatever its formats: its document or its rows."""
    made, *_ = _arguments(question, Maker("", part), answer, *context)
    return made


def find_writer(
    question: str, format_: Format, *context: object, masthead: Masthead = NO_MASTHEAD
) -> Callable[[Any], Any]:
    """Return a function that writes the answer to a question in a format.

    Args:
        question: A key of ``FORMATS``.
        format_: One of its formats.
        context: Where the data comes from (an ``Origin``), and further arguments of the writer of a picture.
        masthead: What the reader puts at its head: a title in ``WITH_TITLE``, a logo in ``WITH_LOGO``.

    Returns:
        A function of the answer, which returns text or bytes. For a printed format it returns a function that takes
        the signs of the screen and returns what rich prints.
    """
    maker = FORMATS[question][format_]
    module, _, name = maker.writer.partition(":")
    writer = getattr(import_module(f"clustergap.{module}"), name)

    def make(answer: object) -> object:
        part, *others = _arguments(question, maker, answer, *context)
        if masthead.title:
            part = import_module("clustergap.answers.own_title").put_title(part, masthead.title)
        logo = {"logo": masthead.logo} if masthead.logo else {}
        return (
            partial(writer, part, *others) if format_ in PRINTED else writer(part, *others, **logo)
        )

    return make


def _arguments(
    question: str, maker: Maker, answer: object, *context: object
) -> tuple[object, ...]:
    if maker.part is Part.ANSWER:
        return answer, *context
    name = question.replace("-", "_")
    answers = import_module(f"clustergap.answers.{maker.answers or name}")
    match maker.part:
        case Part.ROWS:
            return answers.rows(answer), *context
        case Part.LIST:
            workbooks = import_module("clustergap.answers.workbooks")
            words = question.replace("-", " ")
            title = words.upper() if question in _ACRONYMS else words.capitalize()
            document, rows = answers.document(answer, *context), answers.rows(answer)
            return (workbooks.rows_workbook(title, document, rows),)
        case Part.WORKBOOK:
            return (getattr(answers, f"{name}_workbook")(answer, *context),)
        case Part.DOCUMENT | Part.RECORD | Part.PICTURE | Part.SLIDES | Part.PAGE:
            return getattr(answers, maker.part.value)(answer, *context[:1]), *context[1:]

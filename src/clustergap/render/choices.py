"""The formats of every result, as a command's choices; ``formats.py`` says what makes each."""

import enum


class MatrixFormat(enum.StrEnum):
    """Formats of the matrix."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    SVG = "svg"
    PNG = "png"
    XLSX = "xlsx"


class GapsFormat(enum.StrEnum):
    """Formats of the gaps."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    XLSX = "xlsx"


class NeedsFormat(enum.StrEnum):
    """Formats of the needs."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    XLSX = "xlsx"


class TimelineFormat(enum.StrEnum):
    """Formats of the timeline."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    SVG = "svg"


class RisksFormat(enum.StrEnum):
    """Formats of the risks."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class ReportFormat(enum.StrEnum):
    """Formats of everything in one document."""

    HTML = "html"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOCX = "docx"
    MD = "md"


class TextFormat(enum.StrEnum):
    """Formats of what is read rather than counted: explanations and the SWOT."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


class CheckFormat(enum.StrEnum):
    """Formats of the findings."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"

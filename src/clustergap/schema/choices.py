"""The names of the schemas, as a command's choices, without anything heavy."""

import enum


class SchemaName(enum.StrEnum):
    """A data file, or the JSON output of a command."""

    INSTRUMENTS = "instruments"
    FRAGMENT = "fragment"
    SWOT = "swot"
    MATRIX = "matrix"
    GAPS = "gaps"
    EXPLAIN = "explain"
    SWOT_OUTPUT = "swot-output"
    NEEDS = "needs"
    WHAT_IF = "what-if"
    KEYSTONES = "keystones"
    DIFF = "diff"
    TIMELINE = "timeline"
    RISKS = "risks"
    CHECK = "check"

    @property
    def is_data_file(self) -> bool:
        """Whether people write such a file."""
        return self in (SchemaName.INSTRUMENTS, SchemaName.FRAGMENT, SchemaName.SWOT)

"""JSON Schemas (2020-12) of the data files, for editors, and of the JSON outputs, for programs.

Their names are choices of a command, so this module must be light.
"""

import enum


class SchemaName(enum.StrEnum):
    """A data file, a mapping file, or the JSON output of a command."""

    INSTRUMENTS = "instruments"
    FRAGMENT = "fragment"
    SWOT = "swot"
    MAPPING = "mapping"
    MATRIX = "matrix"
    GAPS = "gaps"
    EXPLAIN = "explain"
    SWOT_OUTPUT = "swot-output"
    NEEDS = "needs"
    WHAT_IF = "what-if"
    KEYSTONES = "keystones"
    DIFF = "diff"
    COMPARE = "compare"
    COMPARE_OVER = "compare-over"
    TIMELINE = "timeline"
    RISKS = "risks"
    LIST = "list"
    CHECK = "check"

    @property
    def is_data_file(self) -> bool:
        """Whether it is a file of a dataset."""
        return self in (SchemaName.INSTRUMENTS, SchemaName.FRAGMENT, SchemaName.SWOT)

    @property
    def is_output(self) -> bool:
        """Whether it is the output of a command; the others are files that people write."""
        return not self.is_data_file and self is not SchemaName.MAPPING

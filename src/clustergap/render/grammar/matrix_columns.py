"""The columns of the matrix as rows, in a file and in the page that saves one."""

COLUMNS = (
    "role", "level", "cell", "coverage", "instruments", "rests on", "covered", "partial", "of", "unknown",
    "missing", "notes", "as of",
)  # fmt: skip

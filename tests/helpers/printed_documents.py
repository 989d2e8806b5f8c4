"""All that the program prints: each command in each of its formats."""

from collections.abc import Iterator

from clustergap.cli.app import COMMANDS
from clustergap.formats import FORMATS

WORDS = {
    "explain": ("markup@country",),
    "what-if": ("--each",),
    "diff": ("tests/hostile-old",),
    "compare": ("RO21", "core", "AT", "--measures"),
    "schema": ("instruments",),
    "completion": ("bash",),
}
"""What a command cannot do without."""

WRITERS = ("import", "init")
"""What they print is about the files that they write."""


def formats_of(command: str) -> list[str]:
    """Return the formats in which a command answers."""
    return [format_.value for format_ in FORMATS.get(command, ())]


def _documents() -> Iterator[tuple[str, ...]]:
    for command in (name for name in COMMANDS if name not in WRITERS):
        asked = (command, *WORDS.get(command, ()))
        formats = formats_of(command)
        yield from ((*asked, "--data", "tests/hostile", "-q", "-f", one) for one in formats)
        if not formats:
            yield asked
        yield command, "--help"


def last_word(argv: tuple[str, ...]) -> str:
    """Return the format of a document."""
    return argv[-1]


DOCUMENTS = [*_documents(), ("-h",), ("--help",), ("--version",)]
"""All that the program prints, of each command in each format."""

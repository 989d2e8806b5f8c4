"""All that the program prints: each command in each of its formats."""

from collections.abc import Iterator

from clustergap.cli.app import COMMANDS
from clustergap.formats import FORMATS

WORDS = {
    "explain": ("markup@country",),
    "what-if": ("--each",),
    "diff": ("tests/hostile-old",),
    "list": ("instruments",),
    "compare": ("RO21", "core", "AT", "--measures"),
    "schema": ("instruments",),
    "completion": ("bash",),
}
"""What a command cannot do without."""

OVER = ("compare", "AT", "core", "--over", "2019,2030", "--role", "markup", "--level", "country")
"""The other question that a command answers, which has formats of its own."""

WRITERS = ("export", "import", "init", "rename")
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
    formats = formats_of("compare-over")
    yield from ((*OVER, "--data", "tests/hostile", "-q", "-f", one) for one in formats)


def last_word(argv: tuple[str, ...]) -> str:
    """Return the format of a document."""
    return argv[-1]


DOCUMENTS = [*_documents(), ("-h",), ("--help",), ("--version",)]
"""All that the program prints, of each command in each format."""

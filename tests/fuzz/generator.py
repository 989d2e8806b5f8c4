"""Datasets made up by chance: files of a corpus cut, spliced and misspelt, and their trees with odd values in them.

The same seed makes the same datasets, as long as the corpus and the model's keys stay as they are.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

import yaml

from clustergap.loading.files import FRAGMENTS, MAIN, SWOT
from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from fuzz.target import Files
from paths import ROOT, SHARED, TESTS

OWN = (TESTS / "data", TESTS / "hostile", ROOT / "data")

FOUND = TESTS / "fuzz" / "corpus"
"""What fuzzing has found."""

ELSEWHERE = SHARED / "bad-inputs"
"""The corpus of bad inputs, which stands beside the repository and may be absent."""

LARGEST = 30_000
"""Bytes of a dataset that is mutated; larger ones take too long to check."""

NAMES = (MAIN, SWOT, *(f"{FRAGMENTS}/{name}.yaml" for name in ("a", "b", "ro")))

KEYS: set[str] = {
    key
    for schema in (make_schema(name) for name in SchemaName if not name.is_output)
    for record in (schema, *schema["$defs"].values())
    for key in record.get("properties", ())
}
"""Every key of the data files and of a mapping file."""

WORDS = (
    *sorted(KEYS),
    *("full", "partial", "active", "planned", "eu27", "nuts2-2024", "nuts3-2024", "true", "false"),
    *("eu", "country", "region", "role", "r@eu", "deck", "a", "b", "dih", "?", "[key]", "codes"),
    *(
        "social-economy@eu",
        "industry-4-0@country",
        "on@region",
        "on@eu",
        "08@eu",
        "A@b@c",
        "@",
        "x@",
    ),
    *("east", "RO", "RO11", "RO1", "GR", "EL30", "AT", "XX", "R0", "ro", "RO11\u200d", "A" * 17),
    *(
        "2019",
        "2019-02-29",
        "2019-13",
        "0000",
        "0001-01-01",
        "9999",
        "9999-12-31",
        "19-1-1",
        "２０１９",
    ),
    *(
        "0",
        "1",
        "01",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "0x1",
        "1" * 5_000,
        "null",
        "~",
        "NO",
        "yes",
        ".nan",
    ),
    *(
        "http://x",
        "https://[::1]/",
        "https://u:p@x/",
        "ftp://x",
        "http://" + "a." * 999,
        "x" * 301,
    ),
    *(
        "%s",
        "{0}",
        "{message}",
        "[/bold]",
        "::error::x",
        "##[error]x",
        "]]>",
        "<!--",
        "=1+1",
        "\\",
    ),
)
"""What stands in data files, and what looks like it."""

TOKENS = (
    *(
        ": ",
        ":",
        ":\n",
        "- ",
        "-",
        "? ",
        "?",
        ", ",
        ",",
        "[",
        "]",
        "{",
        "}",
        "[]",
        "{}",
        "\n",
        "\n\n",
    ),
    *(
        "'",
        '"',
        "''",
        '"\\',
        "\\n",
        "\\x41",
        "\\x1b",
        "\\u200b",
        "\\ud800",
        "\\U00110000",
        "\\/",
        "\\\n",
    ),
    *("|", ">", "|\n", ">-\n", "|+2\n", "|-#\n", "|9\n", ">\n\n  ", "|\n\t", "|1-\n \n  "),
    *(
        "&a ",
        "*a ",
        "*a",
        "!",
        "! ",
        "!!str ",
        "!!binary ",
        "!<x> ",
        "!a!b ",
        "!a,",
        "<<: ",
        "<<: *a\n",
    ),
    *(
        "%YAML 1.2\n",
        "%YAML 1.1 #\n",
        "%TAG ! x\n",
        "%FOO\n",
        "%",
        "---\n",
        "--- ",
        "---",
        "...\n",
        "...",
    ),
    *(
        "#",
        " #",
        " # x\n",
        "\t",
        " \t",
        "\t#",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\n ",
        "\n  ",
        "@",
        "`",
        "=",
    ),
)
"""What YAML is made of."""

CHARACTERS = (
    *(
        "\ufeff",
        "\u2028",
        "\u2029",
        "\x85",
        "\u00a0",
        "\u3000",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u2069",
        "\u2060",
        "\u00ad",
        "\u034f",
        "\u3164",
        "\x00",
        "\x07",
        "\x1b[31m",
    ),
    *(
        "\x7f",
        "\x9b",
        "\ufffe",
        "\U0001fffe",
        "\ufdd0",
        "\ufffd",
        "\U000e0041",
        "\U0001f3f4\U000e0067",
    ),
    *(
        "\U0001f468\u200d\U0001f469",
        "e\u0301",
        "\u00e9",
        "\u6f22",
        "\u0627",
        "\U0001d7d8",
        "\u0130",
        "\u00df",
    ),
)
"""Characters that act, hide, look alike or need care."""

BYTES = (
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80",
    b"\xff\xfe",
    b"\x80",
)
"""What is not UTF-8: an overlong NUL, half a surrogate pair, what lies beyond Unicode, what is cut off."""


@cache
def corpus(*, only_own: bool) -> Sequence[Files]:
    """Return the datasets to begin with: each file alone, and each folder.

    Args:
        only_own: Only what hardly ever changes and every machine has, so that a seed means the same datasets.
    """
    folders = OWN if only_own else (*OWN, FOUND, ELSEWHERE)
    paths = [path for folder in folders for path in sorted(folder.rglob("*.y*ml"))]
    mains = [path for path in paths if path.name == MAIN]
    alone = [{MAIN: path.read_bytes()} for path in paths]
    whole = [files_of(path.parent) for path in mains]
    return [files for files in alone + whole if _size(files) <= LARGEST]


def files_of(folder: Path) -> Files:
    """Read the dataset in *folder*."""
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).is_file()}


def _size(files: Files) -> int:
    return sum(map(len, files.values()))


class Mutator:
    """Makes datasets of a corpus, by a seed."""

    def __init__(self, seed: int, known: Sequence[Files]) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret
        self.known = known
        self.texts = [data for files in known for data in files.values()]

    def dataset(self) -> Files:
        """Make the next dataset."""
        start = min(self.random.sample(self.known, 2), key=_size)
        files = dict(start)
        change = self._weighed({self._mutate: 5, self._mutate_tree: 5, self._soup: 1})
        for name in self.random.sample(sorted(files), self.random.randint(1, len(files))):
            files[name] = change(files[name])
        if not self.random.randrange(4):
            self._swap(files)
        return files

    def _weighed(self, choices: dict[Callable[[bytes], bytes], int]) -> Callable[[bytes], bytes]:
        return self.random.choices(list(choices), list(choices.values()))[0]

    def _swap(self, files: dict[str, bytes]) -> None:
        # What one kind of file says, another one does, or both.
        name = self.random.choice(NAMES)
        data = self.random.choice([*files.values(), self.random.choice(self.texts), b""])
        if self.random.randrange(2) and name in files:
            files[MAIN], files[name] = files[name], files[MAIN]
        else:
            files[name] = data

    # Bytes and lines

    def _mutate(self, data: bytes) -> bytes:
        changes = (
            self._insert,
            self._insert,
            self._flip,
            self._cut,
            self._splice,
            self._change_lines,
            self._change_lines,
            self._repeat,
            self._replace_word,
            self._replace_word,
        )
        for _ in range(self.random.choice((1, 1, 1, 2, 3, 5))):
            data = self.random.choice(changes)(data)
        return data

    def _at(self, data: bytes) -> int:
        return self.random.randint(0, len(data))

    def _insert(self, data: bytes) -> bytes:
        at = self._at(data)
        return data[:at] + self._fragment() + data[at + self.random.choice((0, 0, 1, 3)) :]

    def _fragment(self) -> bytes:
        kind = self.random.randrange(8)
        if kind == 0:
            return self.random.choice(BYTES)
        pool = (TOKENS, TOKENS, WORDS, CHARACTERS)[kind % 4]
        return self.random.choice(pool).encode()

    def _flip(self, data: bytes) -> bytes:
        at = self._at(data)
        flipped = bytes(byte ^ 1 << self.random.randrange(8) for byte in data[at : at + 1])
        return data[:at] + flipped + data[at + 1 :]

    def _cut(self, data: bytes) -> bytes:
        at = self._at(data)
        return (
            data[:at]
            if not self.random.randrange(4)
            else data[:at] + data[at + self.random.randint(1, 30) :]
        )

    def _splice(self, data: bytes) -> bytes:
        other = self.random.choice(self.texts)
        start = self._at(other)
        part = other[start : start + self.random.choice((10, 100, 1_000))]
        at = self._at(data)
        return data[:at] + part + data[at:]

    def _change_lines(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        at = self.random.randrange(len(lines))
        line = lines[at]
        lines[at : at + 1] = self.random.choice(
            (
                [],
                [line, line],
                [self.random.choice((b" ", b"  ", b"    ", b"\t", b"- ")) + line],
                [line.removeprefix(b"  ")],
                [line.lstrip()],
                [line, *self.random.choice(self.texts).split(b"\n")[:5]],
                [self.random.choice(lines)],
                [line + b"\r"],
                [line + self._fragment()],
            )
        )
        return b"\n".join(lines)

    def _repeat(self, data: bytes) -> bytes:
        at = self._at(data)
        times = self.random.choice((2, 17, 60))
        return data[:at] + self._fragment()[:20] * times + data[at:]

    def _replace_word(self, data: bytes) -> bytes:
        words = data.replace(b",", b" , ").replace(b"}", b" } ").split()
        if not words:
            return self._fragment()
        fragment = self.random.choice((self._fragment(), self.random.choice(words)))
        old = self.random.choice(words)
        return data.replace(old, fragment, self.random.choice((1, 1, 100)))

    # Tokens and trees

    def _soup(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        head = b"\n".join(lines[: self.random.randint(0, len(lines))])
        soup = b"".join(self._fragment() for _ in range(self.random.randint(1, 12)))
        return self.random.choice((soup, head + soup, head + b"\n" + soup))

    def _mutate_tree(self, data: bytes) -> bytes:
        if b"&" in data:  # aliases of aliases would be written out
            return self._mutate(data)
        try:
            tree = yaml.load(data, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
        except (yaml.YAMLError, ValueError, RecursionError):
            return self._mutate(data)
        for _ in range(self.random.choice((1, 1, 2, 4, 8))):
            tree = self._change(tree)
        text = self._dump(tree).encode("utf-8", "surrogatepass")
        return self._mutate(text) if not self.random.randrange(6) else text

    def _change(self, tree: object) -> object:
        # Downwards by chance, and there one change.
        inside = (
            list(tree)
            if isinstance(tree, dict)
            else range(len(tree))
            if isinstance(tree, list)
            else ()
        )
        if not inside or not self.random.randrange(5):
            return self._changed(tree)
        key = self.random.choice(inside)
        if isinstance(tree, dict) and not self.random.randrange(5):
            renamed = self._word() if self.random.randrange(4) else key + self._word()
            return {renamed if old == key else old: value for old, value in tree.items()}
        tree[key] = self._change(tree[key])  # type: ignore[index]  # a mapping or a list
        return tree

    def _changed(self, tree: object) -> object:
        word = self._word()
        other = self._value(3)
        choices: list[object] = [word, other, [tree], [tree, tree], {word: tree}, None, [], {}]
        if isinstance(tree, dict) and tree:
            left_out = self.random.choice(list(tree))
            choices += [{key: value for key, value in tree.items() if key != left_out}] * 3
            choices += [{**tree, word: other}] * 3
        elif isinstance(tree, list) and tree:
            item = self.random.choice(tree)
            choices += [[*tree, item], [*tree, other], tree[1:], [other, *tree]] * 2
        elif isinstance(tree, str):
            choices += [word, tree + word, tree.upper(), tree * 70] * 2
        return self.random.choice(choices)

    def _value(self, depth: int) -> object:
        kind = self.random.randrange(8) if depth else 0
        if kind == 1:
            return [self._value(depth - 1) for _ in range(self.random.randrange(4))]
        if kind == 2:
            return {self._word(): self._value(depth - 1) for _ in range(self.random.randrange(4))}
        return self._word()

    def _word(self) -> str:
        kind = self.random.randrange(12)
        if kind == 0:
            return self.random.choice(CHARACTERS)
        if kind == 1:
            return self.random.choice(TOKENS)
        return self.random.choice(WORDS)

    def _dump(self, tree: object) -> str:
        if not self.random.randrange(4):
            return json.dumps(tree, ensure_ascii=self.random.random() < 0.5)
        text: str = yaml.safe_dump(
            tree,
            default_flow_style=self.random.choice((True, False, None)),
            width=self.random.choice((20, 80, 9_999)),
            allow_unicode=self.random.random() < 0.7,
            default_style=self.random.choice((None, None, None, None, '"', "'", "|", ">")),
            sort_keys=False,
        )
        return text

"""files of one to three records made up by chance, and what must hold of them: read in plain form or strictly, they say the same.

The same seed makes the same files, as long as the corpus stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from random import Random

from pytest import MonkeyPatch  # noqa: PT013 - no test stands here

from clustergap.findings import DataPath
from clustergap.loading import source, yaml_reader
from clustergap.loading.files import FILE_LIMITS, forbidden_in
from clustergap.loading.plain_form import read_plain_form
from clustergap.loading.source import SourceFile
from clustergap.loading.yaml_dialect import OpenEvents
from clustergap.loading.yaml_reader import Tree, build_tree
from clustergap.model.record import Quoted
from fuzz.target import BrokenPromiseError
from paths import ROOT, TESTS

KEY = "instruments"

Given = tuple[int, object, int]
"""What a record reader is given: the index of a record, its value, and its offset in the file."""

ODD = (
    "- id: a\n",
    "- id: a\n  name: A\n",
    "- {id: a, name: A, covers: {r@eu: full}}\n",
    "-   id: a\n    name: A\n",
    "- id: a\n  note: |\n    one\n\n    two: 2\n  name: A\n",
    "- id: a\n  note: >-\n    one\n     two\n    # three\n",
    "- id: a\n  note: one\n    two\n",
    "- id: a\n  note: >-\n    one: 'two' # three\n    - four\n  name: A\n",
    "- note: >-\n   one\n   two\n  name: >-\n     three\n",
    "- note: >-\n  one\n",
    "- id: a\n  covers:\n    r@eu:\n      note: >-\n       one\n       two\n\n  name: >-\n   b\n",
    "- id: a\n  note: >-\n    12\n  name: 'a\n    b: >-\n      c'\n",
    "- id: a\n  note: 'one\n\n    two'\n  name: A\n",
    '- id: a\n  note: "one\\n\\x41"\n',
    '- id: a\n  note: "one\n- id: b"\n',
    "- id: a\n  id: b\n",
    "- id: a\n  covers: {r@eu: full, r@eu: partial}\n",
    "- &a id: a\n- *a\n",
    "- id: !!str a\n  name: !x A\n",
    "- ? id\n  : a\n",
    "- id: a\n  <<: {b: c}\n",
    "- 'id': a\n  \"name\": A\n",
    "- id: a\n  covers:\n    r@eu:\n      - full\n      - extent: partial\n        note: n\n",
    "- id: a\n  sources:\n  - ref: x\n    quote: y\n  - ref: z\n  name: A\n",
    "- id: a\n  sources: [{ref: x, locator: 'p. 1'}, {ref: y}]\n",
    "- id: a\n  covers: {r@eu: {territories: {except: [RO, BG]}}}\n",
    "- id: a\n  targets: [a, 'b', \"c\", null, ~, '', NO, 1, '1', true, 'true']\n",
    "- id: a\n  targets: [ a ,b,  c d  , e:f, g#h ]  # why\n  name: A # B\n",
    "- id: a\n  targets: []\n  covers: {}\n",
    "- id: a\n  targets: [a, ]\n",
    "- id: a\n  targets: [a,\n    b]\n",
    "- id:\n  name: ~\n  short: null\n  note: ''\n  url: NULL\n",
    "- id: 'it''s'\n  name: \"a 'b' #c: d\"\n  short: '1'\n  note: \"-12\"\n",
    "- id: a\n  url: https://x.eu/a?b=c#d:e\n  name: a:b c#d -e [f] {g}, h\n",
    "- id: a\n\n  # a remark\n# another\n      # a third\n  name: A\n\n",
    "- id: a\n  starts: 2019-05-31\n  ends: 2020-13-45\n  seen: 12:30:45\n",
    "- id: a\n  name: Förderung für Zürich \U0001f600\n  note: \u00a0x\u00a0\n",
    "- id: a\n  name: A   \n  note: a  b   # c\n",
    "- id: a\n   name: A\n",
    "- id: a\n  covers:\n   r@eu: full\n    s@eu: full\n",
    "- id: a\n  a:\n    b:\n      c:\n        - d:\n            e: f\n",
    "- a:\n  - b:\n    - c: d\n      e: f\n    - g\n  h: i\n",
    "- null: a\n",
    "- a\n- [b]\n- 'c'\n-\n  id: d\n",
    "- - id: a\n  - id: b\n",
    "- id: a\n  name: -1\n  note: ?x\n  short: :y\n",
    "- id: a\tb\n  name:\tA\n",
    "- id: a\n  name: 'A'#b\n  note: [a]#b\n",
    "- id: a\n  name: A: B\n",
    "- id: a\n  name: [a: b]\n  note: {a, b}\n",
    "- id: a\n  name: %a\n  note: @b\n  short: `c`\n",
    f"- {'k' * 120}: a\n",
    "- id: a\n  " + "".join(f"{'  ' * n}k{n}:\n  " for n in range(16)) + "\n",
)
"""Records that are not in plain form, or nearly not."""

TOKENS = (
    *(": ", ":", ":\n", "- ", "-", "? ", "?", ", ", ",", "[", "]", "{", "}", "[]", "{}", "[{", "}]"),
    *("'", '"', "''", '""', "'a'", '"a"', '"\\', "\\", "|", "|\n", "|-\n", ">", ">\n", ">-\n", ">-\n      ", "|2"),
    *("#", " #", " # a", "#\n", "\n# a\n", "&a ", "*a", "!", "!!str ", "!<x> ", "<<: ", "<<", "=", "%", "@"),
    *("\n", "\n\n", " ", "  ", "\n  ", "\n    ", "\n      ", "\n- ", "\n  - ", "\n    - ", "\r\n", "\t"),
    *("~", "null", "Null", "NULL", "nul", "NO", "true", "'true'", "1", "'1'", '"-1"', "0x1", "1.0", "2019"),
    *("---", "---\n", "\n---\n", "...", "\n...\n", "--- ", "\n%YAML 1.2\n", "a", "a b", "a:b", "a: b", "b?c"),
    *("id: a", "id:", "\n  id: a\n", "é", "\u00a0", "\u3000", "\u2003", "\U0001f600", "`", "^", "$", "\n<<<<<<< a\n"),
    *("\n=======\n", "\n>>>>>>> b\n", "instruments:", "\ninstruments:\n", "\nroles:\n", "\n a: b", "'\n", '"\n'),
)  # fmt: skip
"""What may stand anywhere."""

HEADS = (
    *("schema: 1\n{}:\n",) * 40,
    "{}:\n",
    "# {0}:\n{0}: # the list\n\n  # a remark\n",
    "---\n{}:   \n",
    "%YAML 1.2\n---\n{}:\n",
    'title: "a\n{}:\n',
    "title: 'a'\nroles:\n  - id: r\n{}:\n",
    "note: |\n  {0}:\n{0}:\n",
    "note: [\n{}:\n",
    "a: b\n {}:\n",
    "- {}:\n",
    "{0}: []\n{0}:\n",
    "a: &x b\n{}:\n",
    "a:\n{}:\n",
    "{}:\r\n",
)
TAILS = (
    *("",) * 40,
    "roles:\n  - id: r\n  - id: s\n",
    "# the end\n",
    "\n\nroles: []\n",
    "{}: []\n",
    '"\n',
    "]\n",
    "...\n",
    "---\na: b\n",
    " a: b\n",
    "   a: b\n",
    "a\n",
    "    - a\n",
    "\t\n",
    "- id: z\n",
    "  \n \n",
    "note: |\n  - id: y\n",
    "note: '\n  - id: y\n  '\n",
    "a: *x\n",
)
INDENTS = ("", " ", *("  ",) * 12, "    ")


def _put(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(TOKENS) + text[at + chance.choice((0, 0, 1, 3)) :]


def _put_beside_a_value(text: str, chance: Random) -> str:
    at = chance.choice([found.start() for found in BESIDE_A_VALUE.finditer(text)])
    return text[:at] + chance.choice(TOKENS) + text[at:]


def _cut(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(1, 4) :]


def _indent(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    row, spaces = chance.randrange(len(lines)), chance.choice((" ", "  ", "    "))
    lines[row] = chance.choice((spaces + lines[row], lines[row].removeprefix(spaces)))
    return "".join(lines)


def _repeat_a_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.insert(chance.randint(0, len(lines)), chance.choice(lines))
    return "".join(lines)


BESIDE_A_VALUE = re.compile(r"(?<=: )|(?<=- )|(?<=[\[{,])|$", re.MULTILINE)
CHANGES = (_put, _put, _put_beside_a_value, _cut, _indent, _repeat_a_line)
MOST_CHANGES = 2
MOST_RECORDS = 3
ODD_ONES = 0.2
"""Of how many records one is odd before it is changed."""


@cache
def real_records() -> Sequence[str]:
    """Return the records of the repository's own files, without their indentation."""
    records: list[str] = []
    for path in (
        ROOT / "data" / "instruments.yaml",
        *sorted((ROOT / "examples").rglob("instruments.yaml")),
        *sorted((TESTS / "data").rglob("*.yaml")),
    ):
        text = path.read_text(encoding="utf-8")
        for listed in re.finditer(r"^instruments:\n((?:(?: .*)?\n)+)", text, re.MULTILINE):
            lines = [line[2:] for line in listed[1].split("\n")]
            records += re.split(r"^(?=- )", "\n".join(lines).rstrip() + "\n", flags=re.MULTILINE)[
                1:
            ]
    return [record for record in records if len(record) < 700]


class RecordMutator:
    """Makes files."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - no secret
        self.real = real_records()

    def file(self) -> str:
        """Return the text of a file; nearly all have no forbidden character."""
        chance = self.chance
        indent = chance.choice(INDENTS)
        records = [self.record() for _ in range(chance.randint(1, MOST_RECORDS))]
        listed = "".join(
            f"{indent}{line}" if line.strip() else line
            for record in records
            for line in record.splitlines(keepends=True)
        )
        for _ in range(chance.randint(0, MOST_CHANGES)):
            listed = self.changed(listed)
        text = chance.choice(HEADS).format(KEY) + listed + chance.choice(TAILS).format(KEY)
        return text.replace("\n", "\r\n") if chance.random() < 0.1 and "\r" not in text else text

    def record(self) -> str:
        """Return a real or an odd record."""
        return self.chance.choice(ODD if self.chance.random() < ODD_ONES else self.real)

    def changed(self, text: str) -> str:
        """Return a text with one change."""
        return self.chance.choice(CHANGES)(text, self.chance)


@contextmanager
def reading_with(parser: OpenEvents) -> Iterator[None]:
    """Read with a parser what is read strictly."""
    with MonkeyPatch.context() as patch:
        patch.setattr(build_tree, "__defaults__", (parser,))
        patch.setattr(source, "open_events", parser)
        yield


def look_at_plain_form(text: str) -> bool:
    """Read a file both ways.

    Returns:
        Whether it was read in plain form.

    Raises:
        BrokenPromiseError: It was, and a value, a place or the verdict is not the strict reader's.
    """
    if any(forbidden_in(text)):
        return False
    plainly, strictly = list[Given](), list[Given]()
    read = read_plain_form(text, KEY, _collect(plainly), FILE_LIMITS)
    if read is None:
        return False
    plain, lines = read
    strict = build_tree(text, {KEY: _collect(strictly)}, limits=FILE_LIMITS)
    _require(text, "verdict", (plain.complete, plain.refusals), (strict.complete, strict.refusals))
    _require(text, "records", typed(plainly), typed(strictly))
    _require(text, "file", _whole(plain), _whole(strict))
    paths = [*_paths_in({KEY: [value for _, value, _ in strictly]}, ())]
    paths += [(key,) for key in strict.value] if isinstance(strict.value, dict) else []
    paths += [(*path, "missing") for path in paths[-3:]]
    _require(
        text,
        "places",
        SourceFile("", text, lines).places(paths),
        SourceFile("", text).places(paths),
    )
    return True


def _paths_in(value: object, path: DataPath) -> Iterator[DataPath]:
    yield path
    entries = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else ()
    for part, inner in (*entries, *items):
        yield from _paths_in(inner, (*path, part))


def typed(value: object) -> object:
    """Return a value in which a quoted scalar differs from the same one without quotes, and order counts."""
    match value:
        case dict():
            return [(typed(key), typed(item)) for key, item in value.items()]
        case list() | tuple():
            return [typed(item) for item in value]
        case Quoted():
            return ("quoted", str(value))
        case _:
            return value


def _collect(given: list[Given]) -> yaml_reader.RecordReader:
    def read(index: int, value: object, offset: int) -> int:
        given.append((index, value, offset))
        return offset

    return read


def _whole(tree: Tree) -> object:
    return typed(tree.value), tree.refused, tree.lost, tree.twice


def _require(text: str, what: str, plain: object, strict: object) -> None:
    if plain != strict:
        said = f"{text!r}\nin plain form: {plain!r}\nstrictly:      {strict!r}"
        raise BrokenPromiseError(f"the {what} of plain form is the strict reader's", said)

"""Changes to YAML files, for every file: what is asked for is read then, and all else stays to the character."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from clustergap.yaml_edit.change import APPEND, YamlChange, by_part, new_value, values_of
from clustergap.yaml_edit.edit import edit_yaml
from clustergap.yaml_edit.nodes import (
    Node,
    NodeEntry,
    NodePath,
    NodeTree,
    content_end,
    entries,
    is_flow,
    stands_alone,
)
from clustergap.yaml_edit.write import YamlStyle, YamlValue

STYLE = YamlStyle(
    bare_keys=frozenset({"b"}),
    block_keys=frozenset({"c"}),
    spaced_keys=frozenset({"d"}),
    last_key="z",
)

KEYS = {"a": "a", "b": "b", "c": "c", "d": "d", "e@x": "e@x", "z": "z", "'q r'": "q r", '"w"': "w"}
NEW_KEYS = ("n", "o: p", "m2", "z", "c")

SCALARS = (
    "x", "two words", "'one # no'", '"double: no"', "2016", "~", "", "|-\none\n  two", ">\none\n\ntwo", "|+\nkept\n",
    "wrapped\nby hand", "'quoted\nby hand'", "http://x.org/#y",
)  # fmt: skip
FLOW_SCALARS = (
    "x",
    "two words",
    "'one # no'",
    '"double, [no]"',
    "2016",
    "~",
    "a'b",
    "wrapped\nby hand",
)

TEXTS = (
    "new", "a: b", "2017", "", "yes", "# no", "first\nsecond", "a\tb\n c", "é\u2028ß", "- x", "[x", "true", "x", "2016",
)  # fmt: skip
TEXT_LISTS = st.lists(st.sampled_from(TEXTS), max_size=3, unique=True)
VALUES: st.SearchStrategy[YamlValue] = st.one_of(
    st.sampled_from(TEXTS),
    TEXT_LISTS,
    st.dictionaries(st.sampled_from(NEW_KEYS), st.sampled_from(TEXTS) | TEXT_LISTS, max_size=3),
    st.lists(
        st.dictionaries(st.sampled_from(NEW_KEYS), st.sampled_from(TEXTS), min_size=1, max_size=2),
        max_size=2,
    ),
)


class Document(NamedTuple):
    """A file, and its comments, each with the path of what it is said of."""

    text: str
    comments: dict[str, NodePath]


class _Writer:
    """Writes a file by chance as people do."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments: dict[str, NodePath] = {}
        self.is_behind_block = False

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(0, of - 1)) == of - 1

    def remark(self, path: NodePath) -> str:
        if not self.chance(4):
            return ""
        return f"{self.draw(st.sampled_from([' ', '   ']))}{self.comment(path)}"

    def comment(self, path: NodePath) -> str:
        text = f"# c{len(self.comments)}."
        self.comments[text] = path
        return text

    def between(self, margin: str, path: NodePath) -> Iterator[str]:
        if self.chance(6):
            yield ""
        if self.chance(5):
            deeper = "    " if self.chance(4) and not self.is_behind_block else ""
            yield f"{margin}{deeper}{self.comment(path)}"

    def mapping(self, margin: str, path: NodePath, depth: int) -> Iterator[str]:
        keys = self.draw(
            st.lists(st.sampled_from(sorted(KEYS)), min_size=1, max_size=4, unique=True)
        )
        for number, key in enumerate(keys):
            if number:
                yield from self.between(margin, path)
            yield from self.value(f"{margin}{key}:", margin, (*path, KEYS[key]), depth)

    def sequence(self, margin: str, path: NodePath, depth: int) -> Iterator[str]:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                yield from self.between(margin, path)
            item = (*path, number)
            kind = self.draw(st.sampled_from(["value", "mapping", "mapping", "sequence"]))
            if kind == "value" or not depth:
                yield from self.value(f"{margin}-", margin, item, 0)
            else:
                inner = margin + "  "
                lines = list(getattr(self, kind)(inner, item, depth - 1))
                if self.chance(5):
                    yield f"{margin}-{self.remark(item)}"
                    yield from lines
                else:
                    yield f"{margin}- {lines[0].removeprefix(inner)}"
                    yield from lines[1:]

    def value(self, head: str, margin: str, path: NodePath, depth: int) -> Iterator[str]:
        kind = self.draw(st.sampled_from(["text", "flow", "mapping", "sequence"]))
        if kind in ("text", "flow") or not depth:
            token = (
                self.draw(st.sampled_from(SCALARS))
                if kind != "flow"
                else self.flow(margin + "  ", path, 2)
            )
            first, *rest = token.split("\n")
            self.is_behind_block = first[:1] in tuple("|>")
            gap = self.draw(st.sampled_from([" ", "  "])) if first else ""
            if kind != "flow":
                rest = [f"{margin}  {line}" if line else "" for line in rest]
            if rest and first[0] not in "|>":
                yield f"{head}{gap}{first}"
                yield from rest[:-1]
                yield f"{rest[-1]}{self.remark(path)}"
            else:
                yield f"{head}{gap}{first}{self.remark(path)}"
                yield from rest
        else:
            self.is_behind_block = False
            yield f"{head}{self.remark(path)}"
            indent = 2 if kind == "mapping" or self.chance(2) else 0
            inner = margin + " " * indent
            yield from self.between(inner, path)
            yield from getattr(self, kind)(inner, path, depth - 1)

    def flow(self, margin: str, path: NodePath, depth: int) -> str:
        is_mapping = self.draw(st.booleans())
        keys = self.draw(
            st.lists(st.sampled_from(sorted(KEYS)), max_size=3, unique=True)
            if is_mapping
            else st.lists(st.just(""), max_size=3)
        )
        is_broken = bool(keys) and self.chance(2)
        written = []
        for number, key in enumerate(keys):
            name = KEYS[key] if is_mapping else number
            below = (*path, name)
            if is_mapping and self.chance(8):
                value = ""
            elif depth and self.chance(3):
                value = self.flow(margin + "  ", below, depth - 1)
            else:
                value = self.draw(st.sampled_from(FLOW_SCALARS)).replace("\n", f"\n{margin}  ")
            written.append((below, f"{key}: {value}" if is_mapping else value))
        a, b = "{}" if is_mapping else "[]"
        if not is_broken:
            comma = "," if written and self.chance(6) else ""
            return f"{a}{', '.join(text for _, text in written)}{comma}{b}"
        text = f"{a}{self.remark(path)}"
        ends_with_comma = self.chance(3)
        for number, (below, entry) in enumerate(written):
            if self.chance(6):
                text += f"\n{margin}{self.comment(path)}"
            comma = "," if number < len(written) - 1 or ends_with_comma else ""
            text += f"\n{margin}{entry}{comma}{self.remark(below)}"
        is_closed_below = self.chance(3) or "#" in text.rpartition("\n")[2]
        return f"{text}\n{margin}{b}" if is_closed_below else f"{text}{b}"


@st.composite
def documents(draw: st.DrawFn) -> Document:
    writer = _Writer(draw)
    lines = list(writer.mapping("", (), 3))
    end = draw(st.sampled_from(["\n", "\n", "\n", ""]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return Document(newline.join([*lines]) + (newline if end else ""), writer.comments)


def paths(node: Node, path: NodePath = ()) -> Iterator[NodePath]:
    for number, entry in enumerate(entries(node)):
        below = (*path, number if entry.key is None else entry.name)
        yield below
        yield from paths(entry.value, below)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, list[YamlChange]]:
    document = draw(documents())
    tree = NodeTree(document.text)
    changes: list[YamlChange] = []
    for path in draw(st.lists(st.sampled_from([(), *paths(tree.root)]), min_size=1, max_size=4)):
        change = draw(one_change(tree, path))
        if not any(disagree(tree, change.path, other.path) for other in changes):
            changes.append(change)
    return document, changes


@st.composite
def one_change(draw: st.DrawFn, tree: NodeTree, path: NodePath) -> YamlChange:
    node = tree.find(path)
    targets: list[NodePath] = [path, path, (*path, APPEND)] if path else []
    if not isinstance(node, yaml.SequenceNode) and (
        is_held(node) is isinstance(node, yaml.MappingNode)
    ):
        key = draw(st.sampled_from([key for key in NEW_KEYS if tree.find((*path, key)) is None]))
        targets += [(*path, key), (*path, key, "x")]
    target = draw(st.sampled_from(targets))
    is_removal = target == path and draw(st.booleans())
    return YamlChange(target, None if is_removal else draw(VALUES))


def disagree(tree: NodeTree, path: NodePath, other: NodePath) -> bool:
    """Whether two changes cannot be asked for at once."""
    if path == other:
        return path[-1] != APPEND
    if path[: len(other)] == other or other[: len(path)] == path:
        return True
    parent = path[:-1] if path[-1] == APPEND else other[:-1]
    is_beside = path[: len(parent)] == other[: len(parent)] == parent
    return is_beside and APPEND in (path[-1], other[-1]) and not is_held(tree.find(parent))


def is_held(node: Node) -> bool:
    """Whether a node says something: an entry at least, or a text."""
    return bool(node.value)


class Kept(NamedTuple):
    """A scalar that stays as it is."""

    token: str


class New(NamedTuple):
    """A value that was asked for."""

    value: YamlValue


Mapped = dict[str, tuple[str | None, "Expected"]]
Expected = Kept | New | Mapped | list["Expected"]


class _Oracle:
    """Says what a file says after changes, and what of it was touched."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.gone: list[NodePath] = []
        self.touched: list[NodeEntry] = []

    def token(self, node: Node) -> str:
        return self.text[node.start_mark.index : node.end_mark.index].rstrip()

    def value(
        self,
        entry: NodeEntry,
        changes: Sequence[YamlChange],
        path: NodePath,
        top: NodeEntry | None,
    ) -> Expected | None:
        """Say what an entry holds then; None: it goes. What is in brackets is touched with all in the outermost."""
        node = entry.value
        top = top or (entry if is_flow(node) else None)
        items = values_of(change for change in changes if change.path == (APPEND,))
        if items and stands_alone(node):
            self.touched.append(top or entry)
            others = [change for change in changes if change.path != (APPEND,)]
            alone = self.value(entry, others, path, top)
            return [*([] if alone is None else [alone]), *map(New, items)]
        whole = next((change for change in changes if not change.path), None)
        if whole is not None:
            self.touched.append(top or entry)
            self.gone.append(path)
            return None if whole.value is None else New(whole.value)
        if isinstance(node, yaml.CollectionNode) and node.value:
            return self.collection(entry, changes, path, top)
        made = new_value(changes)
        if made is not None:
            self.touched.append(top or entry)
            return New(made)
        if isinstance(node, yaml.ScalarNode):
            return Kept(self.token(node))
        return {} if isinstance(node, yaml.MappingNode) else []

    def collection(
        self,
        entry: NodeEntry,
        changes: Sequence[YamlChange],
        path: NodePath,
        top: NodeEntry | None,
    ) -> Expected | None:
        node, groups = entry.value, by_part(changes)
        is_list = isinstance(node, yaml.SequenceNode)
        staying: list[tuple[Node, Expected]] = []
        for number, child in enumerate(entries(node)):
            part = number if is_list else child.name
            expected = self.value(child, groups.pop(part, []), (*path, part), top)
            if expected is None:
                self.touched.append(top or child)
                self.gone.append((*path, part))
            else:
                staying.append((child.key, expected))
        if top and changes:
            self.touched.append(top)
        if is_list:
            items = [below for _, below in staying] + [
                New(value) for value in values_of(groups.get(APPEND, []))
            ]
            self.touched += [] if items else [top or entry]
            return items
        mapped: Mapped = {key.value: (self.token(key), below) for key, below in staying}
        made = {str(part): new_value(below) for part, below in groups.items()}
        mapped |= {key: (None, New(value)) for key, value in made.items() if value is not None}
        return mapped if mapped or top else None


def plain(node: Node) -> YamlValue:
    if isinstance(node, yaml.MappingNode):
        return {entry.name: plain(entry.value) for entry in entries(node)}
    if isinstance(node, yaml.SequenceNode):
        return [plain(entry.value) for entry in entries(node)]
    return str(node.value)


def is_same(value: YamlValue, there: YamlValue) -> bool:
    # What is asked of a list of texts is which it holds; what is asked of a mapping without an entry is that it has none.
    if isinstance(value, list) and isinstance(there, list):
        if all(isinstance(item, str) for item in [*value, *there]):
            return sorted(map(str, value)) == sorted(map(str, there))
        return len(value) == len(there) and all(map(is_same, value, there))
    if isinstance(value, dict) and isinstance(there, dict):
        return value.keys() == there.keys() and all(
            is_same(value[key], there[key]) for key in value
        )
    return value == there


def check(expected: Expected, node: Node, text: str) -> None:
    if isinstance(expected, New):
        assert is_same(expected.value, plain(node)), (expected, plain(node))
    elif isinstance(expected, Kept):
        assert isinstance(node, yaml.ScalarNode)
        token = text[node.start_mark.index : node.end_mark.index].rstrip()
        squeezed = [" ".join(each.split()) for each in (token, expected.token)]
        assert squeezed[0] == squeezed[1]
    elif isinstance(expected, dict):
        assert isinstance(node, yaml.MappingNode)
        there = {entry.name: entry for entry in entries(node)}
        assert there.keys() == expected.keys()
        for name, (key_token, below) in expected.items():
            key = there[name].key
            written = text[key.start_mark.index : key.end_mark.index].rstrip()
            assert key_token is None or written == key_token
            check(below, there[name].value, text)
    else:
        assert isinstance(node, yaml.SequenceNode)
        assert len(node.value) == len(expected)
        for item, below in zip(node.value, expected, strict=True):
            check(below, item, text)


def read_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each line begins and ends that says something, and what it says, wherever it stands."""
    begin = 0
    for line in text.splitlines(keepends=True):
        said = line.strip(" -?\r\n")
        if said and not said.startswith("#"):
            yield begin, begin + len(line), said
        begin += len(line)


def untouched_lines(text: str, touched: Sequence[NodeEntry]) -> Iterator[str]:
    spans = [
        (
            text.rfind("\n", 0, (entry.key or entry.value).start_mark.index) + 1,
            content_end(entry, text),
        )
        for entry in touched
    ]
    for begin, end, line in read_lines(text):
        if not any(begin < last and first < end for first, last in spans):
            yield line


@given(edits())
def test_what_is_asked_for_is_read_and_all_else_stays(
    edited: tuple[Document, list[YamlChange]],
) -> None:
    document, changes = edited
    oracle = _Oracle(document.text)
    root = NodeEntry(None, NodeTree(document.text).root)
    expected = oracle.value(root, changes, (), None)
    assume(expected is not None)
    assert expected is not None

    text = edit_yaml(document.text, changes, STYLE)

    check(expected, NodeTree(text).root, text)
    left = iter([line for _, _, line in read_lines(text)])
    for line in untouched_lines(document.text, oracle.touched):
        assert any(line == other for other in left), f"{line!r} is lost"
    for comment, home in document.comments.items():
        if not any(home[: len(gone)] == gone for gone in oracle.gone):
            assert text.count(comment) == 1, comment
    newlines = set(re.findall(r"\r?\n", text))
    assert newlines <= {"\r\n" if "\r\n" in document.text else "\n"}


@given(documents())
def test_without_a_change_every_character_stays(document: Document) -> None:
    assert edit_yaml(document.text, [], STYLE) == document.text


@given(documents(), st.data())
def test_what_comes_and_goes_again_leaves_no_trace(
    document: Document, data: st.DataObject
) -> None:
    tree = NodeTree(document.text)
    held = [path for path in [(), *paths(tree.root)] if is_held(tree.find(path))]
    path = data.draw(st.sampled_from(held))
    node = tree.find(path)
    assume(isinstance(node, yaml.CollectionNode) and "+" not in document.text)
    is_list = isinstance(node, yaml.SequenceNode)
    value = data.draw(VALUES)

    came = edit_yaml(
        document.text, [YamlChange((*path, APPEND if is_list else "n"), value)], STYLE
    )
    last = (*path, len(node.value) if is_list and node else "n")
    went = edit_yaml(came, [YamlChange(last, None)], STYLE)

    assert went.split() == document.text.split()

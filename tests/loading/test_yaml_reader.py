"""Strict YAML: what becomes a value, what is refused, and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml import BaseLoader, load, safe_dump

from clustergap.loading.files import FILE_LIMITS, FileLimits
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from clustergap.loading.yaml_reader import Tree, build_tree
from clustergap.model.record import Quoted

both_parsers = pytest.mark.parametrize(
    "parser", [open_events, PureParser], ids=["libyaml", "pure"]
)


WORDS = """
NO no Yes yes on off y True False TRUE 1e3 08 012 0x1F 0b101 1_000 12:30:45 .inf .NaN 1.10 +1 2024-01-02
2024-01-02T03:04:05Z = < nul None NaN -x ~~
"""
"""What other readers of YAML take for booleans, numbers and dates."""


def _read(text: str, parser: OpenEvents = open_events) -> object:
    tree = build_tree(text, {}, parser)
    assert tree.complete
    assert not tree.refusals
    return tree.value


def _refused(text: str, parser: OpenEvents = open_events) -> list[tuple[str, int, int]]:
    """Return code, line and column (from 1) of everything that is refused."""
    return _places(build_tree(text, {}, parser), text)


def _places(tree: Tree, text: str) -> list[tuple[str, int, int]]:
    return [
        (
            refusal.rule.code,
            text.count("\n", 0, refusal.offset) + 1,
            refusal.offset - text.rfind("\n", 0, refusal.offset),
        )
        for refusal in tree.refusals
    ]


@both_parsers
@pytest.mark.parametrize(
    "word",
    WORDS.split(),
)
def test_an_unquoted_word_stays_text(word: str, parser: OpenEvents) -> None:
    assert _read(f"a: {word}\nb: [{word}]\n", parser) == {"a": word, "b": [word]}


@both_parsers
@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_a_null_word_is_nothing(word: str, parser: OpenEvents) -> None:
    assert _read(f"a: {word}\nb:\n- {word}\n", parser) == {"a": None, "b": [None]}


@both_parsers
@pytest.mark.parametrize("scalar", ["'null'", '"~"', "''", "|-\n  null", ">-\n  ~"])
def test_a_quoted_null_word_is_text(scalar: str, parser: OpenEvents) -> None:
    value = _read(f"a: {scalar}\n", parser)

    assert value in ({"a": "null"}, {"a": "~"}, {"a": ""})


@both_parsers
@pytest.mark.parametrize("word", ["true", "false", "1", "-1", "0", "007"])
def test_a_quoted_integer_or_boolean_can_be_told_from_an_unquoted_one(
    word: str, parser: OpenEvents
) -> None:
    value = _read(f"- {word}\n- '{word}'\n- \"{word}\"\n- |-\n  {word}\n", parser)

    assert value == [word] * 4
    assert isinstance(value, list)
    assert [type(item) for item in value] == [str, Quoted, Quoted, Quoted]


@both_parsers
def test_a_quoted_word_that_is_neither_integer_nor_boolean_is_plain_text(
    parser: OpenEvents,
) -> None:
    value = _read('["True", "1.0", "a", "1\\n", "١"]', parser)

    assert isinstance(value, list)
    assert {type(item) for item in value} == {str}


@both_parsers
def test_keys_keep_their_text_and_their_order(parser: OpenEvents) -> None:
    value = _read('NO: 1\n"1": 2\nz: 3\n2026-01-01: 4\n? a\n: 5\n', parser)

    assert isinstance(value, dict)
    assert list(value) == ["NO", "1", "z", "2026-01-01", "a"]


@both_parsers
@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "  \n# a\n  # b"])
def test_a_file_without_a_value_is_empty(text: str, parser: OpenEvents) -> None:
    assert [code for code, _, _ in _refused(text, parser)] == ["CG008"]


@both_parsers
def test_a_document_may_have_its_markers_and_its_version(parser: OpenEvents) -> None:
    assert _read("%YAML 1.1\n---\na: b\n...\n", parser) == {"a": "b"}
    assert _read("# first\n%YAML 1.2\n# then\n---\na: b\n...\n# last\n", parser) == {"a": "b"}
    assert _read("---\n", parser) is None


@both_parsers
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("%YAML 2.0\n---\na\n", [("CG003", 1, 1)]),
        ("%YAML 1.3\n---\na\n", [("CG003", 1, 1)]),
        ("%TAG ! x:\n---\na\n", [("CG005", 1, 1)]),
        ("a: b\n---\nc: d\n", [("CG005", 2, 1)]),
        ("a: b\n...\n---\n", [("CG005", 3, 1)]),
        ("--- a\n--- b\n--- c\n", [("CG005", 2, 1)]),
        ("&x a: b", [("CG005", 1, 1)]),
        ("a: &x\n", [("CG005", 1, 4)]),
        ("a: &x b\nb: *x\n", [("CG005", 1, 4), ("CG005", 2, 4)]),
        ("*x", [("CG005", 1, 1)]),
        ("*x : a", [("CG005", 1, 1)]),
        ("- &x [*x]\n", [("CG005", 1, 3), ("CG005", 1, 7)]),
        ("a: !!int 1\n", [("CG005", 1, 4)]),
        ("a: ! b\n", [("CG005", 1, 4)]),
        ("!!map {a: !x b}\n", [("CG005", 1, 1), ("CG005", 1, 11)]),
        ("a: &x !y b\n", [("CG005", 1, 4), ("CG005", 1, 4)]),
        ("<<: {a: b}\n", [("CG005", 1, 1)]),
        ("a: {<<: [*x, *y]}\n", [("CG005", 1, 5), ("CG005", 1, 10), ("CG005", 1, 14)]),
        ("? [a]\n: b\n", [("CG005", 1, 3)]),
        ("{a: b}: c\n", [("CG005", 1, 1)]),
        ("? {&x a: b}\n: c\n", [("CG005", 1, 3), ("CG005", 1, 4)]),
        ("~: a\n", [("CG005", 1, 1)]),
        ("null: a\nNull: b\n", [("CG005", 1, 1), ("CG005", 2, 1)]),
        (
            "'': a\n\"\": b\n",
            [("CG004", 2, 1)],
        ),  # an empty text is one, as a mapping file needs it
    ],
)
def test_what_the_strict_subset_forbids_is_refused_where_it_stands(
    text: str, places: list[tuple[str, int, int]], parser: OpenEvents
) -> None:
    assert _refused(text, parser) == places


@both_parsers
def test_a_duplicate_key_is_refused_at_the_second(parser: OpenEvents) -> None:
    text = "a: 1\nb: {c: 1,\n    c: 2, c: 3}\n'a': 2\n"

    tree = build_tree(text, {}, parser)

    assert _places(tree, text) == [("CG004", 3, 5), ("CG004", 3, 11), ("CG004", 4, 1)]
    assert "first at line 2" in tree.refusals[0].message
    assert "first at line 1" in tree.refusals[2].message
    assert tree.value == {"a": "1", "b": {"c": "1"}}
    assert tree.complete


def test_keys_that_differ_in_case_or_in_form_are_not_the_same() -> None:
    assert _read("a: 1\nA: 2\n\u00e9: 3\ne\u0301: 4\n") == {
        "a": "1",
        "A": "2",
        "\u00e9": "3",
        "e\u0301": "4",
    }


def test_the_same_key_may_stand_in_two_mappings() -> None:
    assert _read("- {a: {a: 1}}\n- {a: 2}\n") == [{"a": {"a": "1"}}, {"a": "2"}]


def test_a_key_that_is_refused_stands_for_no_other() -> None:
    assert build_tree("~: 1\nnull: 2\na: 3\n", {}).value == {"a": "3"}


def test_a_quoted_merge_sign_is_an_ordinary_key() -> None:
    assert _read("'<<': a\n") == {"<<": "a"}


def test_a_list_or_a_mapping_for_a_key_is_looked_at_too() -> None:
    assert _refused("? [a, &x b, {c: 1, c: 2}]\n: d\n") == [
        ("CG005", 1, 3),
        ("CG005", 1, 7),
        ("CG004", 1, 20),
    ]


@both_parsers
def test_sixteen_levels_are_read_and_the_seventeenth_is_refused_where_it_begins(
    parser: OpenEvents,
) -> None:
    deepest = "[" * FILE_LIMITS.levels + "]" * FILE_LIMITS.levels

    assert build_tree(deepest, {}, parser).complete
    assert _refused(f"[{deepest}]", parser) == [("CG007", 1, 17)]
    assert _refused("{a: " * 17 + "}" * 17, parser) == [("CG007", 1, 16 * 4 + 1)]
    assert _refused("? " * 20 + "a", parser)[-1] == ("CG007", 1, 2 * FILE_LIMITS.levels + 1)


@both_parsers
def test_what_stands_behind_the_place_where_reading_stops_is_not_judged(
    parser: OpenEvents,
) -> None:
    tree = build_tree("a: &x 1\na: 2\nb: [\n", {}, parser)

    assert [refusal.rule.code for refusal in tree.refusals] == ["CG005", "CG004", "CG003"]
    assert not tree.complete


@both_parsers
@pytest.mark.parametrize("text", ["a: [", "a: b\n---\nc: d\n", "a: b\n]", "[" * 17 + "]" * 17])
def test_a_tree_that_could_not_be_read_to_its_end_has_no_value(
    text: str, parser: OpenEvents
) -> None:
    tree = build_tree(text, {}, parser)

    assert (tree.complete, tree.value) == (False, None)


@both_parsers
@pytest.mark.parametrize("escape", ["\\e", "\\0", "\\x7f", "\\u202e", "\\N", "\\L", "\\ufffe"])
def test_an_escape_may_not_write_what_may_not_stand_there(escape: str, parser: OpenEvents) -> None:
    text = f'a: "x{escape}y"\n"k{escape}": b\n'

    assert _refused(text, parser) == [("CG006", 1, 4), ("CG006", 2, 1)]


@both_parsers
def test_an_escape_may_write_what_may_stand_there(parser: OpenEvents) -> None:
    value = _read(r'"\t\n\_\u00e9\U0001F600\x41\/\"\u200d"', parser)

    assert value == '\t\n\u00a0é😀A/"\u200d'


@both_parsers
@pytest.mark.parametrize("escape", ["\\ud83d\\ude00", "\\udfff", "\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_that_names_no_character_is_no_yaml(escape: str, parser: OpenEvents) -> None:
    assert [place[:2] for place in _refused(f'a: b\nc: "{escape}"\n', parser)] == [("CG003", 2)]


def test_data_paths_that_hold_nothing_because_of_a_refusal_are_told() -> None:
    text = 'a: *x\nb: [1, !t 2, {c: *y}]\nd: !t {e: f}\ng: "\\e"\nh: [*x, 1]\n'

    assert build_tree(text, {}).refused == {
        ("a",),
        ("b", 1),
        ("b", 2, "c"),
        ("d",),
        ("g",),
        ("h", 0),
    }


@pytest.mark.parametrize("key", ['"k\\e"', "!t k"])
def test_a_refused_key_leaves_its_neighbours_alone(key: str) -> None:
    tree = build_tree(f"a: {{{key}: 1, b: 2}}\n", {})

    # Whatever is told of the key, what is wrong with b can still be said.
    assert not tree.refused & {(), ("a",), ("a", "b")}


def test_a_record_reader_makes_of_each_item_what_stands_for_it() -> None:
    seen: list[tuple[int, object, int]] = []

    def read(index: int, value: object, offset: int) -> object:
        seen.append((index, value, offset))
        return f"record {index}"

    tree = build_tree("x: [a]\nlist:\n  - [a]\n  - b: {list: [c]}\n  -\n", {"list": read})

    assert seen == [(0, ["a"], 17), (1, {"b": {"list": ["c"]}}, 25), (2, None, 43)]
    assert tree.value == {"x": ["a"], "list": ["record 0", "record 1", "record 2"]}


def test_a_record_reader_reads_lists_at_the_top_of_a_mapping_only() -> None:
    def refuse(_index: int, _value: object, _offset: int) -> object:
        raise AssertionError

    assert build_tree("a: {list: [b]}\n", {"list": refuse}).complete
    assert build_tree("[[list]]\n", {"list": refuse}).complete
    assert build_tree("list: {a: [b]}\n", {"list": refuse}).complete


# The words, in full, and where reading stops


@both_parsers
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ("CG008", "the file holds nothing", "write the data, or delete the file")),
        (
            "a: b\n---\nc: d\n",
            (
                "CG005",
                "a second document begins here",
                "keep one document a file: delete the line ---",
            ),
        ),
        (
            "# x\na: 1\nb: 2\na: 3\n",
            (
                "CG004",
                "the key 'a' stands twice, first at line 2",
                "keep one of the two, or join them",
            ),
        ),
        (
            "? [a]\n: b\n",
            (
                "CG005",
                "a key must be text, not a list, a mapping or an alias",
                "write every key out as text",
            ),
        ),
        (
            "<<: {a: b}\n",
            ("CG005", "the merge key << is not read here", "write every key out as text"),
        ),
        (
            "~: a\n",
            ("CG005", "a key is missing or null here", "write every key out as text"),
        ),
        ("a: *x\n", ("CG005", "the alias '*x' is not read here", "write the value out")),
        (
            "a: &x b\n",
            (
                "CG005",
                "the anchor '&x' is not read here",
                "delete it, and write the value out where it is used",
            ),
        ),
        (
            "a: !<x> b\n",
            (
                "CG005",
                "the tag 'x' is not read here",
                "delete it: every scalar is text unless the key wants otherwise",
            ),
        ),
        (
            'a: "\\x1b\\u202e"\n',
            (
                "CG006",
                "an escape writes the character U+001B control character, which may not stand in a data file",
                "delete the escape",
            ),
        ),
    ],
)
def test_what_is_refused_is_told_in_full(
    text: str, told: tuple[str, str, str], parser: OpenEvents
) -> None:
    (refusal,) = build_tree(text, {}, parser).refusals

    assert (refusal.rule.code, refusal.message, refusal.hint) == told


def test_an_escape_of_half_a_character_is_told_in_full() -> None:
    # libyaml has refused it before.
    (refusal,) = build_tree('a: "\\ud83d"\n', {}, PureParser).refusals

    assert (refusal.rule.code, refusal.offset) == ("CG003", 3)
    assert refusal.message == "this is not YAML: an escape names half a character"
    assert refusal.hint == "write the character itself"


def test_data_paths_that_lost_something_beside_their_value_are_told() -> None:
    tree = build_tree("a: 1\na: 2\nb: [1, {c: 1, c: 2, ~: 3}]\nd: {? [x]\n: y}\n", {})

    assert tree.lost == {("a",), ("b", 1, "c"), ("b", 1), ("d",)}
    assert tree.twice == {"a"}


def test_a_tree_with_too_much_refused_is_read_no_further() -> None:
    limits = FileLimits(refused=3)

    assert build_tree("a: [*x, *x, *x]\n", {}, limits=limits).complete
    refusals = build_tree("a: [*x, *x, *x, *x, *x]\n", {}, limits=limits).refusals

    assert [(one.rule.code, one.offset) for one in refusals] == [
        ("CG005", 4),
        ("CG005", 8),
        ("CG005", 12),
        ("CG007", 16),
    ]
    assert refusals[-1].message == "3 places are wrong before this one: reading stops here"
    assert refusals[-1].hint == "mend those first"


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("[1, 2]\n", True),
        ("[1, 2, 3]\n", True),
        ("[1, 2, 3, 4]\n", False),
        ("{a: 1, b: 2, c: 3}\n", True),
        ("{a: 1, b: 2, c: 3, d: 4}\n", False),
        ("a: [[1], [1]]\n", True),
        ("a: [[1], [1], [1]]\n", False),
        ("a: [1, 2, 3]\n", False),
        # What a reader has made a record of counts no more.
        ("list: [[1], [1], [1], [1], [1], [1]]\n", True),
        ("list: [[1], [1, 2, 3]]\n", True),
        ("list: [[1], [1, 2, 3, 4]]\n", False),
        ("list: [[1]]\nother: [1, 2, 3]\n", True),
        ("list: [[1]]\nother: [1, 2, 3, 4]\n", False),
    ],
)
def test_only_so_many_values_may_stand_in_one_record_or_outside_of_them(
    text: str, is_read: bool
) -> None:
    # A collection counts as one, and one of more than two values by its values too.
    limits = FileLimits(values=4, few=2)

    tree = build_tree(text, {"list": lambda _index, _value, _offset: None}, limits=limits)

    assert tree.complete == is_read
    assert [(one.rule.code, one.hint) for one in tree.refusals] == [
        ("CG007", "split the file")
    ] * (not is_read)
    assert [one.message for one in tree.refusals] == [
        "more than 4 values stand in one instrument, or outside of them"
    ] * (not is_read)


def test_keys_are_counted_before_they_are_kept() -> None:
    # Whatever follows is not even looked at.
    text = "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: [\n"

    (refusal,) = build_tree(text, {}, limits=FileLimits(values=4, few=2)).refusals

    assert (refusal.rule.code, refusal.offset) == ("CG007", text.index("e:"))


def test_a_list_that_is_too_long_is_not_read_to_its_end() -> None:
    limits = FileLimits(values=4)

    (refusal,) = build_tree("a: [1, 2, 3, 4, 5, *x, *y]\n", {}, limits=limits).refusals

    assert (refusal.rule.code, refusal.offset) == ("CG007", 16)


ALPHABET = "abNO01 :#-?[]{},'\"\\\n&*!|>%@`~=\u00a0é\u3000😀"


@st.composite
def _trees(draw: st.DrawFn) -> object:
    texts = st.text(alphabet=ALPHABET, max_size=9)
    scalars = texts | st.sampled_from(["NO", "1", "true", "null", "~", "", "a\nb\n", " x "])
    return draw(
        st.recursive(
            scalars,
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(texts.filter(bool), inner, max_size=4)
            ),
            max_leaves=12,
        )
    )


@both_parsers
@settings(derandomize=True)
@given(tree=_trees(), is_flow=st.sampled_from([True, False, None]), width=st.integers(10, 200))
def test_texts_lists_and_mappings_are_read_as_they_were_written(
    parser: OpenEvents, tree: object, is_flow: bool | None, width: int
) -> None:
    text = safe_dump(tree, default_flow_style=is_flow, width=width, allow_unicode=True)

    assert _read(text, parser) == tree


@settings(derandomize=True)
@given(tree=_trees())
def test_an_independent_loader_reads_the_same_texts(tree: object) -> None:
    text = safe_dump(tree, allow_unicode=True)

    assert _read(text) == load(text, BaseLoader)  # noqa: S506 - texts only

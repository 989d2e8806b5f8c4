"""Where a text is not YAML: told in a person's words, at the place where a person would look."""

import pytest
from yaml.error import Mark
from yaml.scanner import ScannerError

from clustergap.loading.files import Refusal
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events, syntax_refusal
from clustergap.loading.yaml_reader import build_tree

if open_events is PureParser:
    pytest.skip("PyYAML was built without libyaml", allow_module_level=True)

both_parsers = pytest.mark.parametrize(
    "parser", [open_events, PureParser], ids=["libyaml", "pure"]
)


def _stopped_by(text: str, parser: OpenEvents) -> Refusal:
    return build_tree(text, {}, parser).refusals[-1]


@both_parsers
@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: b: c\n", 1, "quotes"),
        ("a: 1\n  b: 2\n", 2, "indentation"),
        ("a:\n  - b\n c: d\n", 3, "indentation"),
        ("a: @b\n", 1, "quotes"),
        ("a: `b`\n", 1, "quotes"),
        ("a:\n\t- b\n", 2, "tabs"),
        ("a: 1\nb\n", 2, "colon"),
        ("a: 1\nb\nc: 2\n", 2, "colon"),
        ('a: "\\q"\n', 1, "backslash"),
        ("a: 1\nb: 'c\n\nd: 2\n", 2, "close the quote"),
        ('a: 1\nb: "c\n', 2, "close the quote"),
        ("a: 1\nb: [c,\n", 2, "bracket"),
        ("a: 1\nb: {c: d\n\n\n", 2, "bracket"),
        ("a:\n  - {b: c\n  - {b: d}\n", 2, "bracket"),
        ("a: [b}\n", 1, "bracket"),
        ("a: {b: c]\n", 1, "bracket"),
        ("a: {b: [c, d\n   , e}\n", 2, "bracket"),
        ("a: 'b' c\n", 1, "indentation"),
    ],
)
def test_a_syntax_error_stands_where_a_person_would_look(
    text: str, line: int, hint: str, parser: OpenEvents
) -> None:
    tree = build_tree(text, {}, parser)
    refusal = tree.refusals[-1]

    assert refusal.rule.code == "CG003"
    assert text.count("\n", 0, refusal.offset) + 1 == line
    assert hint in refusal.hint
    assert refusal.message.startswith("this is not YAML: ")


@both_parsers
@pytest.mark.parametrize(
    ("space", "name"),
    [("\u00a0", "NO-BREAK SPACE"), ("\u3000", "IDEOGRAPHIC SPACE"), ("\u2003", "EM SPACE")],
)
def test_a_space_that_looks_like_indentation_is_named(
    space: str, name: str, parser: OpenEvents
) -> None:
    text = f"a:\n  b: 1\n{space}{space}c: 2\n  d: 3\n"

    tree = build_tree(text, {}, parser)

    (refusal,) = tree.refusals
    assert (refusal.rule.code, refusal.offset) == ("CG003", 10)
    assert name in refusal.message
    assert "spaces" in refusal.hint


@both_parsers
def test_a_space_in_a_text_is_not_blamed_for_an_error_further_down(parser: OpenEvents) -> None:
    text = "note: |\n  L'Europe\n  \u00a0: une note\nname: a\nurl: b: c\n"

    tree = build_tree(text, {}, parser)

    (refusal,) = tree.refusals
    assert text.count("\n", 0, refusal.offset) + 1 == 5


@both_parsers
def test_a_message_shows_no_character_that_acts(parser: OpenEvents) -> None:
    tree = build_tree('a: "\\\u00a0"\nb: [c\u3000', {}, parser)

    assert all(refusal.message.isprintable() for refusal in tree.refusals)


@both_parsers
@pytest.mark.parametrize("text", ["a: \x01", "\x00", "a: \ud800", "\ufffe"])
def test_a_character_that_no_yaml_may_hold_is_no_defect(text: str, parser: OpenEvents) -> None:
    tree = build_tree(text, {}, parser)

    assert [refusal.rule.code for refusal in tree.refusals] == ["CG003"]


@both_parsers
def test_an_error_at_the_end_of_the_file_stands_within_it(parser: OpenEvents) -> None:
    for text in ("a: [", "a: {b: ", "'", '"\\', "a: 'b\n\n\n", "&", "*", "!<", "%", "? ["):
        tree = build_tree(text, {}, parser)

        assert tree.refusals
        assert all(0 <= refusal.offset <= len(text) for refusal in tree.refusals)


@both_parsers
@pytest.mark.parametrize(
    ("text", "offset"),
    [
        # The bracket or quote that is open, the last of several
        ("a: [", 3),
        ("a: [b]\nc: [", 10),
        ("a: [b, {", 7),
        ("a: {b: c}\nd: {", 13),
        ("a: {b: c}\nd: [", 13),
        ("{a: b, c: {d: e", 10),
        ("- [a]\n- 'b\n- c\n", 8),
        # A bracket of the wrong kind, on the line or deeper than the line of the one that is open
        ("a: [b}\n", 5),
        ("x: 1\na: {b: [c, d\n , e}\n", 22),
        ("x: 1\n  \na: {b: [c, d\n , e}\n", 25),
        # A line no deeper than the one of the bracket that is open
        ("a:\n  - {b: c\n  - {b: d}\n", 7),
        # What stands at the place itself
        ("a: b: c\nd: e\n", 4),
        ("a: b: c\n\u00a0d: 1\n", 4),
        ("a: 1\nb: `c\n", 8),
    ],
)
def test_a_syntax_error_stands_at_the_character_where_a_person_would_look(
    text: str, offset: int, parser: OpenEvents
) -> None:
    refusal = _stopped_by(text, parser)

    assert (refusal.rule.code, refusal.offset) == ("CG003", offset)


@both_parsers
def test_odd_indentation_is_told_in_full(parser: OpenEvents) -> None:
    refusal = _stopped_by("a:\n  b: 1\n\u3000c: 2\n  d: 3\n", parser)

    assert (
        refusal.message == "this is not YAML: the line is indented with U+3000 IDEOGRAPHIC SPACE"
    )
    assert refusal.hint == "indent with spaces"


@both_parsers
@pytest.mark.parametrize("text", ["a: \x01b\n", "a: \x01"])
def test_a_character_that_may_not_stand_there_is_told_where_it_stands(
    text: str, parser: OpenEvents
) -> None:
    refusal = _stopped_by(text, parser)

    assert refusal.offset == 3
    assert refusal.message == "this is not YAML: a character may not stand here"
    assert refusal.hint == "look at this line and the one above"


def test_an_escape_of_a_number_that_is_no_character_is_told_where_it_stands() -> None:
    refusal = _stopped_by('a: "\\U00110000"\n', PureParser)

    # The pure parser stops at the digits, behind backslash and U.
    assert refusal.offset == 6
    assert refusal.message == "this is not YAML: an escape names no character"
    assert refusal.hint == "look at this line and the one above"


@both_parsers
@pytest.mark.parametrize("bracket", ["[", "{a: "])
@pytest.mark.parametrize("number", [17, 60])
def test_what_is_nested_too_deep_is_told_however_deep_it_is(
    bracket: str, number: int, parser: OpenEvents
) -> None:
    refusal = _stopped_by(bracket * number, parser)

    assert refusal.rule.code == "CG007"
    assert (refusal.message, refusal.hint) == (
        "nested deeper than 16 levels",
        "flatten what is nested",
    )
    assert refusal.offset == 16 * len(bracket)


def test_where_libyaml_stops_by_a_depth_of_its_own_it_is_told_as_ours() -> None:
    # It reads ahead, and may meet its own limit, which is far higher, before ours.
    mark = Mark("", 20, 0, 20, None, None)
    error = ScannerError(
        "while increasing flow level", mark, "exceeded maximum nesting depth", mark
    )

    refusal = syntax_refusal(error, "[" * 20, None, levels=5)

    assert (refusal.rule.code, refusal.offset) == ("CG007", 20)
    assert refusal.message == "nested deeper than 5 levels"

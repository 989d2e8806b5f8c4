"""What only one parser would read: refused in our own words, where it stands, whichever of the two reads."""

from typing import Any

import pytest

from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events, refuse_tabs
from clustergap.loading.yaml_reader import build_tree

both_parsers = pytest.mark.parametrize(
    "parser", [open_events, PureParser], ids=["libyaml", "pure"]
)

Refused = tuple[str, int, str, str]
"""A code, an offset in the text, message and hint."""


def _refused(text: str, parser: OpenEvents = open_events) -> list[Refused]:
    refusals = build_tree(text, {}, parser).refusals
    return [(one.rule.code, one.offset, one.message, one.hint) for one in refusals]


# Directives


@both_parsers
@pytest.mark.parametrize(
    ("text", "offset", "name"),
    [
        ("%FOO bar\n---\na: b\n", 0, "%FOO"),
        ("%FOO", 0, "%FOO"),
        ("\n  # x\n\r\n%TAG ! tag:x\n---\na: b\n", 9, "%TAG"),
        ("%YAML 1.2\n%Y\u00e9\u200b\n---\na: b\n", 10, "%Y\u00e9\\u200b"),
        (f"%{'A' * 30}\n---\na: b\n", 0, f"%{'A' * 19}"),
    ],
)
def test_a_directive_is_named_where_it_stands(
    text: str, offset: int, name: str, parser: OpenEvents
) -> None:
    message = f"the directive {name} is not read here"

    assert _refused(text, parser) == [("CG005", offset, message, "delete the line")]


@both_parsers
@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("%YAML 1.3\n---\na: b\n", 0),
        ("%YAML 1.2 x\n---\na: b\n", 0),
        ("# a\n%YAML\n---\na: b\n", 4),
        ("%YAML 1.2\n%YAML 1.2\n---\na: b\n", 10),
        ("%YAML 1.1\n\n%YAML 1.2\n---\na: b\n", 11),
    ],
)
def test_a_version_that_is_none_or_stands_twice_is_refused(
    text: str, offset: int, parser: OpenEvents
) -> None:
    message = "this is not YAML: no such directive, or it stands twice"
    hint = "write %YAML 1.2 once, or nothing"

    assert _refused(text, parser) == [("CG003", offset, message, hint)]


@both_parsers
@pytest.mark.parametrize(
    "text",
    [
        "%YAML 1.2\r\n---\r\na: b\r\n",
        "%YAML 1.2 # a comment\n---\na: b\n",
        "# a\n\n  # b\n%YAML 1.1\n---\na: b",
        "a: |\n  b\n  %FOO\n",
        "a:\n  '%FOO'\n",
    ],
)
def test_a_right_version_and_a_percent_sign_in_the_data_are_read(
    text: str, parser: OpenEvents
) -> None:
    assert _refused(text, parser) == []


@both_parsers
def test_behind_the_first_line_of_data_no_line_is_a_directive(parser: OpenEvents) -> None:
    ((code, offset, *_),) = _refused("a: b\n%FOO: c\n", parser)

    # What is wrong is what the parser stumbles over, behind the percent sign.
    assert (code, offset) == ("CG003", 9)


# Tabs


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("name:\tCluster Act\n", 5),
        ("name: Cluster\tAct", 13),
        ("name: Cluster Act\t# a comment\n", 17),
        ("a: b\nname: 'Cluster Act'\t\n", 24),
        ("a: 'b\tc'\nd:\te\n", 11),
        ("a: |\n  b\tc\nd:\te\n", 13),
        ("a: 'b' # c\td\ne:\tf\n", 15),
        ("a: b#\tc\n", 5),
        ("a: 'b' \t# c\n", 7),
        ("'a # b':\tc\n", 8),
        ("a: b\n# c\nd:\te\n", 11),
        ("a: b #\nd:\te\n", 9),
    ],
)
def test_a_tab_is_refused_where_it_stands(text: str, offset: int) -> None:
    message, hint = "this is not YAML: a tab stands here", "indent and separate with spaces"

    assert _refused(text) == [("CG003", offset, message, hint)]


@both_parsers
@pytest.mark.parametrize(
    "text",
    [
        "# a\tb\na: b\n",
        "#\ta\na: b\n",
        "a: b #\tc\n",
        "a: b # c\td\te\nf: g\n",
        "a: 'b\tc'\nd: \"e\tf\"\n",
        "a: |\n  b\tc\n  d\n",
        "a: >\n  b\n\n  c\td\ne: f\n",
        "a: 'b' # c\td\n",
        "a: 'b\n  \tc'\nd: e\n",
    ],
)
def test_a_tab_in_quotes_block_scalars_and_comments_is_read(text: str, parser: OpenEvents) -> None:
    assert _refused(text, parser) == []


# Block scalars


@pytest.mark.parametrize("header", ["|#comment", ">#comment", "|-#comment", "|2-#comment"])
def test_a_comment_glued_to_a_block_scalar_is_refused_where_the_scalar_begins(
    header: str,
) -> None:
    message = "this is not YAML: something stands behind | or >"

    assert _refused(f"a: b\nnote: {header}\n  c\n")[0] == (
        "CG003",
        11,
        message,
        "put the text on the next line",
    )


@both_parsers
@pytest.mark.parametrize("header", ["|", ">", "|-", ">+", "|2", "|2-", ">-2", "| # a comment"])
def test_a_block_scalar_may_say_how_it_ends_and_is_indented(
    header: str, parser: OpenEvents
) -> None:
    assert _refused(f"note: {header}\n  c\n", parser) == []


class Watched(str):
    """A text that knows how often a line's beginning was looked for in it."""

    looks = 0

    def rfind(self, *where: Any) -> int:
        self.looks += 1
        return super().rfind(*where)


def test_of_many_tabs_in_one_comment_the_first_is_looked_at() -> None:
    text = Watched("as_of: 2019 # " + "\t" * 50 + "\n")

    refuse_tabs(text, lambda text: open_events(str(text)))

    assert text.looks == 1

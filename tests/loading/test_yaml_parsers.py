"""YAML events: both parsers give the same verdict on every file."""

import importlib.util
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustergap.loading import yaml_dialect
from clustergap.loading.files import forbidden_in
from clustergap.loading.yaml_dialect import PureParser, open_events
from clustergap.loading.yaml_reader import TreeValue, build_tree
from paths import ROOT

DATA = ROOT / "data"

if open_events is PureParser:
    pytest.skip("PyYAML was built without libyaml", allow_module_level=True)

Verdict = tuple[bool, TreeValue, list[tuple[str, int]]]


def _verdict(text: str, *, pure: bool) -> Verdict:
    """Say whether all of *text* was read, what it holds, and which codes stand on which lines.

    Where reading stopped, only what stopped it: one parser looks further ahead than the other.
    """
    tree = build_tree(text, {}, PureParser if pure else open_events)
    places = [(r.rule.code, text.count("\n", 0, r.offset) + 1) for r in tree.refusals]
    return (True, tree.value, places) if tree.complete else (False, None, places[-1:])


SOUP = [
    *("a", "b: ", "'c': ", "- ", "? ", ": ", ":", "?", "-", "[", "]", "{", "}", ", ", ","),
    *("\n", "\n  ", "\n    ", "\n- ", "\r\n", " ", "  ", "\t", " #", "# a\n", "#"),
    *(
        "'",
        '"',
        "''",
        '"a"',
        "'a'",
        '"\\',
        "\\n",
        "\\x41",
        "\\ud800",
        "|",
        "|\n",
        ">",
        "|-\n",
        "|2\n",
    ),
    *("&a ", "*a", "*a ", "!", "!!str ", "!<x> ", "<<: ", "~", "null", "1", "true", "=", "@", "`"),
    *("%", "%YAML 1.2\n", "%YAML 1.3\n", "%TAG ! x\n", "%FOO\n", "---", "---\n", "--- ", "...\n"),
    *("a:b", "a#b", "b?c", "http://x", "é", "\u00a0", "😀"),
]

SLICES = [
    "\n".join(lines[start : start + 9]) + "\n"
    for name in ("instruments.yaml", "swot.yaml")
    for lines in [(DATA / name).read_text(encoding="utf-8").split("\n")]
    for start in range(0, len(lines), 7)
]


@st.composite
def _mutants(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SLICES))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        removed = draw(st.integers(0, 3))
        text = text[:start] + draw(st.sampled_from(["", *SOUP])) + text[start + removed :]
    return text


def assert_one_verdict(text: str) -> None:
    """Both read the same, or both refuse: nonsense by different rules or on another line, such as a tab that one meets earlier."""
    if not any(forbidden_in(text)):
        one, other = _verdict(text, pure=True), _verdict(text, pure=False)
        assert one == other or (one[2] and other[2])


@settings(derandomize=True)
@given(text=st.lists(st.sampled_from(SOUP), max_size=12).map("".join))
def test_both_parsers_give_the_same_verdict_on_a_soup_of_tokens(text: str) -> None:
    assert_one_verdict(text)


@settings(derandomize=True)
@given(text=_mutants())
def test_both_parsers_give_the_same_verdict_on_mutants_of_the_deck(text: str) -> None:
    assert_one_verdict(text)


@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml"])
def test_both_parsers_read_the_deck(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")

    assert _verdict(text, pure=True) == _verdict(text, pure=False)
    assert _verdict(text, pure=False)[0]


@pytest.mark.parametrize(
    "text",
    [
        # Tabs, where nothing is indented with them
        "name: Cluster Act\t\n",
        "name: Cluster\tAct\n",
        "name: Cluster Act\t# a comment\n",
        "name:\tCluster Act\n",
        "name: 'Cluster Act'\t\n",
        "- a\t\n",
        "note: |\t\n  a\n",
        '{\n\t"schema": 1\n}\n',
        "a\n...\t\n",
        "---\ta\n",
        "!\ta",
        "a: &x\tb",
        # Texts of two lines, the second indented as little as may be
        "a: b\n c\n",
        "a:\n  b:\n   c\n   d\n",
        "- a\n b\n",
        "[a\nb, c]\n",
        # Question marks in brackets
        "{note: Really?}\n",
        "{note: Really?, id: a}\n",
        "[why?not]\n",
        # Directives, tags, block scalars
        "%FOO bar\n---\na: b\n",
        "note: |#comment\n  a\n",
        # Escapes
        'name: "\\e\\ud83d"\n',
        'name: "\\e\\U00110000"\n',
    ],
)
def test_both_parsers_agree_where_they_are_known_to_differ(text: str) -> None:
    assert _verdict(text, pure=True) == _verdict(text, pure=False)


def test_without_libyaml_the_pure_parser_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    spec = importlib.util.spec_from_file_location(
        "yaml_dialect_without_libyaml", yaml_dialect.__file__
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)

    spec.loader.exec_module(module)

    assert module.open_events is module.PureParser

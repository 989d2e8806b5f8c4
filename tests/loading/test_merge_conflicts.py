"""Merge conflicts that were left in a data file: told as what they are, once each, where they begin."""

from pathlib import Path

import pytest

from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from clustergap.loading.yaml_reader import build_tree
from running import run

PARSERS = pytest.mark.parametrize("parser", [open_events, PureParser], ids=["libyaml", "pure"])

WHOLE = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> feature\n"
DIFF3 = "<<<<<<< HEAD\n{}||||||| merged common ancestors\n=======\n{}>>>>>>> feature\n"
OF_JJ = "<<<<<<< Conflict 1 of 1\n+++++++ one\n{}%%%%%%% two\n{}>>>>>>> Conflict 1 of 1 ends\n"


def told(text: str, parser: OpenEvents = open_events) -> list[tuple[int, str]]:
    refusals = build_tree(text, {}, parser).refusals
    return [(text.count("\n", 0, one.offset) + 1, one.message) for one in refusals]


LEFT = "a merge conflict was left here"
REST = "a part of a merge conflict was left here"


@PARSERS
@pytest.mark.parametrize("style", [WHOLE, DIFF3, OF_JJ], ids=["merge", "diff3", "jj"])
@pytest.mark.parametrize(
    ("before", "ours", "theirs"),
    [
        ("", "a: 1\n", "a: 2\n"),
        ("a: 1\n", "b: 1\n", "b: 2\n"),
        ("a: 1\n", "", "b: 2\n"),
        ("a:\n", "  - 1\n", "  - 2\n"),
        ("a: [1,\n", "2\n", "3\n"),
        ("a: |\n  text\n", "  one\n", "  two\n"),
        ('a: "text\n', "one\n", "two\n"),
        ("a: &x [*x\n", "]\n", "}\n"),
    ],
)
def test_a_conflict_is_told_where_it_begins_wherever_it_lies(
    before: str, ours: str, theirs: str, style: str, parser: OpenEvents
) -> None:
    text = before + style.format(ours, theirs) + "c: 3\n"

    assert told(text, parser) == [(before.count("\n") + 1, LEFT)]
    assert told(text.replace("\n", "\r\n"), parser) == [(before.count("\n") + 1, LEFT)]


@PARSERS
def test_each_of_many_conflicts_is_told_once(parser: OpenEvents) -> None:
    text = "a: 1\n" + WHOLE.format("b: 1\n", "b: 2\n") * 3

    assert told(text, parser) == [(2, LEFT), (7, LEFT), (12, LEFT)]


@PARSERS
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: 1\n<<<<<<< HEAD\nb: 1\n", [(2, LEFT)]),
        ("a: 1\n=======\nb: 1\n", [(2, REST)]),
        ("a: 1\n||||||| base\nb: 1\n", [(2, REST)]),
        ("a: 1\n>>>>>>> feature\nb: 1\n", [(2, REST)]),
        ("a: 1\n=======\nb: 1\n>>>>>>> feature\n", [(2, REST)]),
        ("<<<<<<< HEAD\na: 1\n=======\n<<<<<<< HEAD\nb: 1\n", [(1, LEFT), (4, LEFT)]),
    ],
)
def test_what_is_left_of_a_conflict_is_told_too(
    text: str, places: list[tuple[int, str]], parser: OpenEvents
) -> None:
    assert told(text, parser) == places


@PARSERS
@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> feature\n",
        "# <<<<<<< HEAD\na: 1\n# >>>>>>> feature\n",
        'a: "one\n=======\n  two"\n',
        "a: <<<<<<< HEAD\nb: '======='\n",
    ],
)
def test_text_is_no_conflict(text: str, parser: OpenEvents) -> None:
    assert told(text, parser) == []


@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml", "instruments/ro.yaml"])
def test_every_command_tells_it_in_every_file(name: str, tmp_path: Path) -> None:
    files = {
        "instruments.yaml": "schema: 1\ntitle: T\nlevels: [{id: a, name: A}]\nroles: [{id: r, name: R}]\n",
        "swot.yaml": "schema: 1\n",
        "instruments/ro.yaml": "instruments: []\n",
    }
    (tmp_path / "instruments").mkdir()
    for file, text in files.items():
        more = WHOLE.format("x: 1\n", "") if file == name else ""
        (tmp_path / file).write_text(text + more, encoding="utf-8")
    line = files[name].count("\n") + 1

    for argv in (["check", str(tmp_path)], ["matrix", "--data", str(tmp_path)]):
        outcome = run(*argv)

        said = outcome.out + outcome.err
        assert f"{tmp_path}/{name}:{line}:1: error CG003 yaml-syntax: {LEFT}\n" in said
        assert "not YAML" not in said

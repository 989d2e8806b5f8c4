"""Where in a file's text an entry stands: lines, columns, excerpts."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import SupportsIndex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml import BaseLoader, load, safe_dump

from clustergap.findings import DataPath, Excerpt, Location
from clustergap.loading import source
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset
from clustergap.loading.source import WIDEST_EXCERPT, EntryPlace, Region, SourceFile
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events

TEXT = """\
# A comment.
instruments:
  - id: act
    "covers": {social-economy@eu: full, 'x': [a,
      b]}
  - name: |
      Two
      lines
    id: "act-2"
last: 1"""


@pytest.fixture(params=[open_events, PureParser], ids=["libyaml", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one of the two parsers read."""
    monkeypatch.setattr(source, "open_events", request.param)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Fail instead of waiting for ever."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _locate(file: SourceFile, path: DataPath) -> Location:
    return file.location(file.places([path])[path].key.start)


def _place(text: str, path: DataPath) -> tuple[str, str]:
    """Return the text of the key and of the value at *path*."""
    key, value = SourceFile("a.yaml", text).places([path])[path]
    return text[slice(*key)], text[slice(*value)]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("instruments",), 2, 1),
        (("instruments", 0), 3, 5),
        (("instruments", 0, "id"), 3, 5),
        (("instruments", 0, "covers"), 4, 5),
        (("instruments", 0, "covers", "social-economy@eu"), 4, 16),
        (("instruments", 0, "covers", "x"), 4, 41),
        (("instruments", 0, "covers", "x", 0), 4, 47),
        (("instruments", 0, "covers", "x", 1), 5, 7),
        (("instruments", 1), 6, 5),
        (("instruments", 1, "name"), 6, 5),
        (("instruments", 1, "id"), 9, 5),
        (("last",), 10, 1),
    ],
)
def test_an_entry_begins_at_its_key_or_in_a_list_at_its_value(
    path: DataPath, line: int, column: int
) -> None:
    assert _locate(SourceFile("a.yaml", TEXT), path) == Location("a.yaml", line, column)


@pytest.mark.usefixtures("_parser")
def test_a_place_holds_the_key_and_the_value() -> None:
    assert _place(TEXT, ("instruments", 0, "covers", "x", 1)) == ("b", "b")
    assert _place(TEXT, ("instruments", 1, "id")) == ("id", '"act-2"')
    assert _place(TEXT, ("instruments", 0, "covers"))[0] == '"covers"'
    assert _place(TEXT, ("last",)) == ("last", "1")


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("path", "deepest"),
    [
        (("none",), ()),
        (("instruments", 2), ("instruments",)),
        (("instruments", 0, "none", "none"), ("instruments", 0)),
        (("instruments", 0, "id", "none"), ("instruments", 0, "id")),
        (("instruments", "id"), ("instruments",)),
        (("instruments", 0, 0), ("instruments", 0)),
        (("last", 0), ("last",)),
    ],
)
def test_what_the_text_does_not_hold_stands_where_its_longest_part_does(
    path: DataPath, deepest: DataPath
) -> None:
    file = SourceFile("a.yaml", TEXT)

    assert _locate(file, path) == _locate(file, deepest)


@pytest.mark.usefixtures("_parser")
def test_many_paths_are_found_together_as_they_are_alone() -> None:
    file = SourceFile("a.yaml", TEXT)
    paths: list[DataPath] = [
        (),
        ("last",),
        ("none", 1),
        ("instruments", 1, "id"),
        ("instruments", 0, "covers", "x", 1),
        ("instruments", 0, "covers"),
    ]

    assert file.places(paths) == {path: file.places([path])[path] for path in paths}


@pytest.mark.usefixtures("_parser")
def test_the_root_stands_where_its_first_key_does() -> None:
    assert _locate(SourceFile("a.yaml", "# a\n---\n  b: c\n"), ()) == Location("a.yaml", 3, 3)
    assert _locate(SourceFile("a.yaml", "- b\n"), ()) == Location("a.yaml", 1, 1)
    assert _locate(SourceFile("a.yaml", "\n b\n"), ()) == Location("a.yaml", 2, 2)


def test_what_stands_behind_a_list_or_a_mapping_that_is_looked_for_is_found_too() -> None:
    text = "a: [{b: x, c: x}, [x]]\nb: {a: x}\nc: [1, 2, 3, 4]\n"
    paths: list[DataPath] = [("a", 0), ("a", 1), ("a",), ("b",), ("c", 2), ("c", 3)]

    places = SourceFile("a.yaml", text).places(paths)

    assert [places[path].key.start for path in paths] == [4, 18, 0, 23, 43, 46]


def test_of_an_empty_text_every_place_is_its_beginning() -> None:
    nowhere = EntryPlace(Region(0, 0), Region(0, 0))

    assert SourceFile("a.yaml", "# a\n").places([(), ("a", 0)]) == {(): nowhere, ("a", 0): nowhere}


@pytest.mark.parametrize(
    ("text", "offset", "end"),
    [
        ("a: b\nc: d\n", 0, 4),
        ("a: b\nc: d\n", 5, 9),
        ("a: b\n  c: d  \r\ne: f\n", 7, 11),
        ("a: b\nc: d", 6, 9),
    ],
)
def test_the_end_of_a_line_is_behind_its_last_character_but_blanks(
    text: str, offset: int, end: int
) -> None:
    assert SourceFile("a.yaml", text).end_of_line(offset) == end


def test_a_line_far_down_is_cut_as_one_at_the_beginning_is() -> None:
    head, fits, long = "x\n" * 500, "y" * 119, "z" * 1_000
    file = SourceFile("a.yaml", f"{head}{fits}\n{long}\n")

    whole = file.excerpt(Region(len(head) + 100, len(head) + 103))
    cut = file.excerpt(Region(len(head) + 120 + 500, len(head) + 120 + 503))

    assert whole == Excerpt(fits, 100, 3)
    assert cut == Excerpt("z" * 120, 60, 3)


def test_an_excerpt_keeps_the_blanks_at_the_end_of_its_line() -> None:
    assert SourceFile("a.yaml", "a: X \t\r\nb: c\n").excerpt(Region(3, 4)) == Excerpt(
        "a: X \t", 3, 1
    )


@pytest.mark.usefixtures("_parser")
def test_of_two_equal_keys_the_first_is_found() -> None:
    text = "a: {b: 1}\na: {b: 2, c: 3}\n"

    places = SourceFile("a.yaml", text).places([("a", "b"), ("z",)])

    assert places["a", "b"].value == Region(7, 8)


@pytest.mark.usefixtures("_parser")
def test_keys_that_are_no_text_do_not_disturb_the_search() -> None:
    text = "? [a, b]\n: {c: 1}\n? {c: 2}\n: 3\nc: 4\n"

    assert _place(text, ("c",)) == ("c", "4")


@pytest.mark.usefixtures("_parser")
def test_what_stands_before_a_syntax_error_is_found_and_what_stands_behind_is_not() -> None:
    file = SourceFile("a.yaml", "a: 1\nb: [\n  c\nd: 2\n")

    places = file.places([("a",), ("d",)])

    assert places["a",] == EntryPlace(Region(0, 1), Region(3, 4))
    assert places["d",] == file.places([()])[()]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("text", ["", "# nothing\n", "*alias", "---\n*alias\n", ":", "[", "\x00"])
def test_a_text_without_a_value_has_its_beginning_for_every_path(text: str) -> None:
    with _at_most(seconds=0.5):
        assert _locate(SourceFile("a.yaml", text), ("a",)) == Location("a.yaml", 1, 1)


@pytest.mark.usefixtures("_parser")
def test_crlf_shifts_neither_lines_nor_columns() -> None:
    unix, windows = SourceFile("a.yaml", TEXT), SourceFile("a.yaml", TEXT.replace("\n", "\r\n"))

    for path in [("instruments", 0, "covers", "x", 1), ("instruments", 1, "id"), ("last",)]:
        assert _locate(windows, path) == _locate(unix, path)
        region = windows.places([path])[path].value
        assert "\r" not in windows.excerpt(region).text


@pytest.mark.usefixtures("_parser")
def test_columns_count_characters_not_bytes_nor_utf_16_units() -> None:
    text = 'a: {"é": 1, "😀😀": 2, b: 👨\u200d👩\u200d👧, c: 3}\n'

    columns = {
        key: _locate(SourceFile("a", text), ("a", key)).column for key in ("é", "😀😀", "b", "c")
    }

    assert columns == {"é": 5, "😀😀": 13, "b": 22, "c": 32}


@pytest.mark.usefixtures("_parser")
def test_only_line_feeds_end_a_line() -> None:
    file = SourceFile("a.yaml", "a: 'x\u00a0\u3000y' \n\n\nb: 1\n")

    assert _locate(file, ("b",)) == Location("a.yaml", 4, 1)


def test_an_offset_behind_the_end_is_on_the_last_line() -> None:
    assert SourceFile("a.yaml", "a\nb").location(3) == Location("a.yaml", 2, 2)
    assert SourceFile("a.yaml", "a\nb\n").location(4) == Location("a.yaml", 2, 2)
    assert SourceFile("a.yaml", "").location(0) == Location("a.yaml", 1, 1)


def test_an_excerpt_is_the_line_and_the_caret_under_the_region() -> None:
    file = SourceFile("a.yaml", "first\nthe second\r\nthird")

    excerpt = file.excerpt(Region(10, 16))

    assert (excerpt.text, excerpt.column, excerpt.length) == ("the second", 4, 6)
    assert file.excerpt(Region(18, 23)).text == "third"


def test_a_caret_stays_on_its_line_and_is_at_least_one_character_long() -> None:
    file = SourceFile("a.yaml", "key: |\n  text\n  more\n")

    assert file.excerpt(Region(5, 21)).length == 1
    assert file.excerpt(Region(4, 4)).length == 1
    assert file.excerpt(Region(6, 6)).length == 1


@pytest.mark.parametrize("offset", [0, 1, 59, 60, 61, 500, 940, 999, 1_000])
def test_a_long_line_is_cut_around_the_caret(offset: int) -> None:
    text = "".join(chr(ord("a") + n % 26) for n in range(1_000))

    excerpt = SourceFile("a.yaml", f"x\n{text}\ny\n").excerpt(Region(offset + 2, offset + 3))

    assert len(excerpt.text) <= WIDEST_EXCERPT
    assert excerpt.text in text
    assert excerpt.text[excerpt.column : excerpt.column + 1] == text[offset : offset + 1]
    assert excerpt.length == 1


class Watched(str):
    """A text that knows how long the pieces are that were cut from it."""

    pieces: list[int]

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        piece = super().__getitem__(key)
        self.pieces.append(len(piece))
        return piece


def test_of_a_long_line_no_more_is_copied_than_is_shown() -> None:
    text = Watched("a\n" + "x" * 5_000)
    text.pieces = []
    file = SourceFile("a.yaml", text)

    for offset in range(2, 300):
        file.excerpt(Region(offset, offset + 1))

    # Each of many findings on one line has its excerpt: cutting must not copy the line.
    assert text.pieces == [WIDEST_EXCERPT] * 298


def test_a_line_that_fits_is_not_cut() -> None:
    text = "a" * WIDEST_EXCERPT

    assert SourceFile("a.yaml", text).excerpt(Region(119, 120)).text == text


def test_the_caret_of_a_long_value_ends_with_the_excerpt() -> None:
    text = "note: " + "a" * 1_000

    excerpt = SourceFile("a.yaml", text).excerpt(Region(6, 1_006))

    assert (excerpt.column, excerpt.length) == (6, WIDEST_EXCERPT - 6)


ALPHABET = "abNO01 :#-?[]{},'\"\\\n&*!|>%@`~=\u00a0é\u3000😀"


@st.composite
def _trees(draw: st.DrawFn) -> object:
    texts = st.text(alphabet=ALPHABET, max_size=9)
    scalars = texts | st.sampled_from(["NO", "1", "a\nb\n", " x ", "x" * 200, "a: b #c"])
    return draw(
        st.recursive(
            scalars,
            lambda inner: (
                st.lists(inner, min_size=1, max_size=4)
                | st.dictionaries(scalars.filter(bool), inner, min_size=1, max_size=4)
            ),
            max_leaves=12,
        )
    )


def _scalars(tree: object, path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _scalars(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _scalars(value, (*path, index))
    else:
        yield path, str(tree)


@pytest.mark.parametrize("parser", [open_events, PureParser], ids=["libyaml", "pure"])
@settings(derandomize=True)
@given(tree=_trees(), is_flow=st.sampled_from([True, False, None]), width=st.integers(20, 300))
def test_a_place_finds_the_scalar_it_names(
    parser: OpenEvents, tree: object, is_flow: bool | None, width: int
) -> None:
    text = safe_dump(tree, default_flow_style=is_flow, width=width, allow_unicode=True)
    scalars = dict(_scalars(tree))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "open_events", parser)
        places = SourceFile("a.yaml", text).places(scalars)

    for path, value in scalars.items():
        assert load(text[slice(*places[path].value)], BaseLoader) == value  # noqa: S506
        if path and isinstance(path[-1], str):
            assert load(text[slice(*places[path].key)], BaseLoader) == path[-1]  # noqa: S506


@settings(derandomize=True)
@given(text=st.text(alphabet="ab\n\r😀", max_size=40), data=st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))

    location = SourceFile("a.yaml", text).location(offset)

    # A line end, of one character or two, is the end of the line before it.
    lines = re.findall(r"[^\n]*\n|[^\n]+", text) or [""]
    start = sum(map(len, lines[: location.line - 1]))
    line = lines[location.line - 1]
    length = len(line.removesuffix("\n").removesuffix("\r") if line.endswith("\n") else line)
    assert start + location.column - 1 == min(offset, start + length)
    assert start <= offset <= start + len(line)


ENDS = (
    *(
        "---",
        "---\n",
        "---\n\n\n",
        "",
        "\n",
        "\n\n",
        "# x\n",
        "%YAML 1.2\n",
        "...\n",
        "- \n",
        "? \n",
        "a\n",
    ),
    *(
        'a: "x\n',
        "a: 'x\n\n",
        "a: [\n",
        "a:\n  - {b: c\n",
        "a: &\n",
        "a: *",
        "a: !!\n",
        '"',
        "{",
        "a: b\n---\n",
    ),
    *(
        "schema: 1\n",
        "schema: 1",
        "schema: 1\ntitle:",
        "schema: 1\nroles:\n\n",
        "schema: 1\ninstruments:\n  -\n",
    ),
    *(
        "schema: 1\r",
        "schema: 1\r\n---\r\n",
        "schema: 1\r\nroles:\r\n",
        "a: |\n  x\n  ",
        "\ufeff---\n",
        "\x85",
    ),
    *(
        "instruments:\n  - id: x\n    name:",
        "instruments: [{id: x}]\nlevels: [{}]\n",
        "\t\n",
        "\0",
        "a\n\0",
    ),
)


@pytest.mark.parametrize("text", ENDS)
def test_a_finding_stands_on_a_line_that_is_there(text: str, tmp_path: Path) -> None:
    for name in ("instruments.yaml", "swot.yaml", "instruments/x.yaml"):
        main = text if name == "instruments.yaml" else "[]\n"
        (tmp_path / "instruments").mkdir(exist_ok=True)
        (tmp_path / "instruments.yaml").write_text(main, encoding="utf-8", newline="")
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        lines = text.removeprefix("\ufeff").removesuffix("\n").split("\n")

        findings = check_dataset(find_files(tmp_path)).findings

        here = [f.location for f in findings if Path(f.location.path) == tmp_path / name]
        assert here or text.startswith("schema")  # which may be right in another file
        for _, line, column in here:
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1].removesuffix("\r")) + 1
        (tmp_path / name).unlink()


def test_the_end_of_a_text_lies_on_its_last_line() -> None:
    for text, place in (("a\nbc\n", (2, 3)), ("a\nbc", (2, 3)), ("a\r\n", (1, 2)), ("", (1, 1))):
        assert SourceFile("x", text).location(len(text))[1:] == place

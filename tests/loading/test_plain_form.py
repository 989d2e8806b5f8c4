"""Records in plain form: what is read line by line, what the strict reader reads, and what it refuses."""

import pytest

from clustergap.checks.files import TOO_LARGE
from clustergap.loading import plain_form
from clustergap.loading.files import FILE_LIMITS, Refusal
from clustergap.loading.plain_form import read_plain_form
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from clustergap.loading.yaml_reader import Tree, build_tree
from clustergap.model.record import Quoted
from fuzz.plain_records import KEY, look_at_plain_form, reading_with

HEAD = "schema: 1\ninstruments:\n"

Records = list[tuple[int, object, int]]


def _read(text: str) -> tuple[Tree | None, Records]:
    records: Records = []

    def read(index: int, value: object, offset: int) -> int:
        records.append((index, value, offset))
        return index

    plain = read_plain_form(text, KEY, read, FILE_LIMITS)
    return plain[0] if plain else None, records


def _values(listed: str) -> list[object]:
    tree, records = _read(HEAD + listed)
    assert tree is not None
    return [value for _, value, _ in records]


@pytest.fixture
def read_alone(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that the strict reader is given."""
    given: list[str] = []

    def build(text: str, *arguments: object, **limits: object) -> Tree:
        given.append(text)
        return build_tree(text, *arguments, **limits)  # type: ignore[arg-type]

    monkeypatch.setattr(plain_form, "build_tree", build)
    return given


def test_a_list_of_records_is_read_with_the_place_of_each() -> None:
    text = f"{HEAD}  - id: a\n    name: A\n  - id: b\nroles: []\n"

    tree, records = _read(text)

    assert tree is not None
    assert tree.value == {"schema": "1", "instruments": [0, 1], "roles": []}
    assert tree.complete
    assert tree.refusals == []
    assert records == [
        (0, {"id": "a", "name": "A"}, text.index("id: a")),
        (1, {"id": "b"}, text.index("id: b")),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a b", "a b"),
        ("a b  # why", "a b"),
        ("a#b:c", "a#b:c"),
        ("https://x.eu/a?b=c#d", "https://x.eu/a?b=c#d"),
        ("NO", "NO"),
        ("2019-05-31", "2019-05-31"),
        ("1.0", "1.0"),
        ("true", "true"),
        ("null", None),
        ("~", None),
        ("", None),
        ("# why", None),
        ("''", ""),
        ("'it''s: # a'", "it's: # a"),
        ('"it\'s"', "it's"),
        ("[]", []),
        ("[ a ,b c , 'd, e', ~, NULL ]  # why", ["a", "b c", "d, e", None, None]),
        ("[a:b, Förderung]", ["a:b", "Förderung"]),
        ("{a: b, c: [d, e], f: 'g' }", {"a": "b", "c": ["d", "e"], "f": "g"}),
        (
            "[{ref: a, locator: 'p. 1'},  {ref: b}]",
            [{"ref": "a", "locator": "p. 1"}, {"ref": "b"}],
        ),
        (
            "{a: {b: [c]}, d: [{e: f}, {g: [h]}]}",
            {"a": {"b": ["c"]}, "d": [{"e": "f"}, {"g": ["h"]}]},
        ),
        ("\n      b: c\n      d:\n        - e\n        - f: g\n          h: i", None),
    ],
)
def test_values_in_plain_form_are_those_of_the_strict_reader(
    written: str, value: object, read_alone: list[str]
) -> None:
    values = _values(f"  - id: x\n    key: {written}\n    name: y\n")

    assert len(read_alone) == 1  # all but the records
    if "\n" in written:
        value = {"b": "c", "d": ["e", {"f": "g", "h": "i"}]}
    assert values == [{"id": "x", "key": value, "name": "y"}]


@pytest.mark.parametrize(
    ("folded", "value"),
    [
        (">-\n      one\n      two\n", "one two"),
        (">-\n     # it's: [one\n     - two\n\n  # why\n", "# it's: [one - two"),
        (">-\n              one", "one"),
        (">-\r\n      one\r\n      two\r\n", "one two"),
    ],
)
def test_a_folded_text_of_one_indentation_is_read_here(
    folded: str, value: str, read_alone: list[str]
) -> None:
    (record,) = _values(f"  - id: x\n    note: {folded}")
    (first,) = _values(f"  - note: {folded}")

    assert record == {"id": "x", "note": value}
    assert first == {"note": value}
    assert len(read_alone) == 2


def test_a_number_in_a_folded_text_is_told_from_one_without() -> None:
    (record,) = _values("  - id: x\n    note: >-\n      12\n")

    assert isinstance(record, dict)
    assert isinstance(record["note"], Quoted)


def test_a_list_may_stand_in_the_column_of_its_key(read_alone: list[str]) -> None:
    (value,) = _values(
        "  - id: x\n    sources:\n    - ref: a\n      quote: b\n    - ref: c\n    name: y\n"
    )

    assert value == {"id": "x", "sources": [{"ref": "a", "quote": "b"}, {"ref": "c"}], "name": "y"}
    assert len(read_alone) == 1


@pytest.mark.parametrize("word", ["1", "-12", "true", "false"])
def test_a_number_or_flag_in_quotes_is_told_from_one_without(word: str) -> None:
    (value,) = _values(f"  - id: {word}\n    name: '{word}'\n    short: [\"{word}\"]\n")

    assert isinstance(value, dict)
    assert not isinstance(value["id"], Quoted)
    assert isinstance(value["name"], Quoted)
    assert isinstance(value["short"][0], Quoted)


@pytest.mark.parametrize(
    ("record", "note"),
    [
        ("  - id: b\n    note: |\n      one\n      two\n", "one\ntwo\n"),
        ("  - id: b\n    note: >\n      one\n      two\n", "one two\n"),
        ("  - id: b\n    note: >-\n      one\n\n      two\n", "one\ntwo"),
        ("  - id: b\n    note: >-\n      one\n        two\n", "one\n  two"),
        ("  - id: b\n    note: >-\n      one \n      two\n", "one  two"),
        ("  - id: b\n    note: >-\n      one\n        # two\n", "one\n  # two"),
        ("  - id: b\n    note: >-\n      one\n\n      # two\n", "one\n# two"),
        ("  - id: b\n    note: >-\n      one\n        \n", "one\n  "),
        ("  - id: b\n    note: >2-\n      one\n", "one"),
        ("  - id: b\n    note: >-\n", ""),
        ("  - id: b\n    note: one\n      two\n", "one two"),
        ('  - id: b\n    note: "\\x41"\n', "A"),
        ("  - id: b\n    'note': A\n", "A"),
        ("  - id: b\n    note: [a,\n      b]\n", ["a", "b"]),
        ("  - id: b\n    note: {c: {d: {e: {f: g}}}}\n", {"c": {"d": {"e": {"f": "g"}}}}),
        ("  - id: b\n    note: A #\ta tab\n", "A"),
    ],
)
def test_a_record_that_is_not_in_plain_form_is_read_strictly_alone(
    record: str, note: object, read_alone: list[str]
) -> None:
    values = _values(f"  - id: a\n{record}  - id: c\n")

    assert values == [{"id": "a"}, {"id": "b", "note": note}, {"id": "c"}]
    assert read_alone == [f"instruments:\n{record}", f"{HEAD}  - ''\n"]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}  - id: a\n    id: b\n",
        f"{HEAD}  - id: a\n    name: {{b: c, b: d}}\n",
        f"{HEAD}  - id: a\n    name: &x b\n",
        f"{HEAD}  - id: a\n    name: !x b\n",
        f"{HEAD}  - id: a\n    name:\tb\n",
        f"{HEAD}  - id: a\n    name: b: c\n",
        f"{HEAD}  - id: a\n      name: b\n",
        f"{HEAD}  - id: a\n   name: b\n",
        f"{HEAD}  - id: a\n    null: b\n",
        f"{HEAD}  - id: a\n    name: 'b\n  - id: c\n",
        f"{HEAD}  - id: a\n    name: [b\n  - id: c]\n",
        f"{HEAD}  - id: a\n  name: b\n",
        f"{HEAD}  - id: a\n---\nroles: []\n",
        f"{HEAD}  - id: a\nroles: []\nroles: []\n",
        f"{HEAD}  - id: a\nroles: *x\n",
        f"{HEAD}  - id: a\n<<<<<<< HEAD\n=======\n>>>>>>> b\n",
        f"roles: [\n{HEAD}  - id: a\n",
        f"{HEAD}  - id: a\ninstruments: []\n",
    ],
)
def test_a_file_of_which_something_is_refused_is_not_read_here(text: str) -> None:
    assert build_tree(text, {}).refusals
    assert _read(text)[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "schema: 1\n",
        "instruments: []\n",
        "instruments:\n  a: b\n",
        "instruments: [{id: a}]\n",
        "title: 'a\n\ninstruments:\n  - id: b\n\n  '\n",
        "title: 'a\n\ninstruments:\n  - id: b\n\n  '\ninstruments:\n  - id: c\n",
        "# instruments:\n#   - id: a\nschema: 1\n",
        "instruments:\n  - id: a\n  -\n    id: b\n",
    ],
)
def test_a_file_without_such_a_list_is_left_to_the_strict_reader(text: str) -> None:
    assert build_tree(text, {}).complete
    assert _read(text)[0] is None


def test_what_the_reader_refuses_leaves_the_file_to_the_strict_reader() -> None:
    def refuse(_index: int, _value: object, offset: int) -> None:
        raise Refusal(TOO_LARGE, "enough", offset=offset)

    assert read_plain_form(f"{HEAD}  - id: a\n", KEY, refuse, FILE_LIMITS) is None


def test_a_file_of_many_records_that_are_not_in_plain_form_is_left_to_the_strict_reader() -> None:
    folded, plain = "  - id: a\n    note: >\n      one\n      two\n", "  - id: b\n"

    assert _values(folded * 10) == [{"id": "a", "note": "one two\n"}] * 10
    assert _values((plain * 3 + folded) * 20)[-1] == {"id": "a", "note": "one two\n"}
    assert _read(HEAD + folded * 20)[0] is None
    assert _read(HEAD + (plain + folded) * 40)[0] is None


def test_a_record_deeper_than_the_limit_is_left_to_the_strict_reader() -> None:
    deep = "  - id: a\n" + "".join(f"{'  ' * n}k:\n" for n in range(2, 14))
    limits = FILE_LIMITS._replace(levels=12)

    assert _read(f"{HEAD}{deep}")[0] is not None
    assert read_plain_form(f"{HEAD}{deep}", KEY, lambda *_: None, limits) is None


def test_a_record_of_too_many_values_is_left_to_the_strict_reader() -> None:
    text = f"{HEAD}  - id: a\n    targets: [{'a, ' * 30}a]\n"

    assert _read(text)[0] is not None
    assert (
        read_plain_form(text, KEY, lambda *_: None, FILE_LIMITS._replace(values=30, few=4)) is None
    )


def test_what_stands_before_the_list_does_not_count_for_its_first_record() -> None:
    values = f"[{'a, ' * 20}a]"
    text = f"kinds: {values}\ninstruments:\n  - id: a\n    targets: {values}\nroles: {values}\n"
    limits = FILE_LIMITS._replace(values=30, few=4)

    assert build_tree(text, {KEY: lambda *_: None}, limits=limits).complete
    assert read_plain_form(text, KEY, lambda *_: None, limits=limits) is not None


@pytest.mark.parametrize("parser", [open_events, PureParser], ids=["libyaml", "pure"])
@pytest.mark.parametrize("indent", ["", " ", "  ", "    "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_indentation_and_line_end_is_read(parser: OpenEvents, indent: str, end: str) -> None:
    lines = [
        "schema: 1",
        "instruments:",
        "",
        "# a",
        "- id: a",
        "  name: A",
        "",
        "# b",
        "-   id: b",
    ]
    text = "".join(f"{indent if '-' in line or '  ' in line else ''}{line}{end}" for line in lines)

    with reading_with(parser):
        assert look_at_plain_form(text)


def test_equal_lines_are_understood_once_and_many_others_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain_form, "_MOST_REMEMBERED", 3)

    values = _values("".join(f"  - id: a{n}\n    name: A\n" for n in range(9)))

    assert values == [{"id": f"a{n}", "name": "A"} for n in range(9)]

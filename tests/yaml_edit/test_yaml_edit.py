"""Changes to the text of data files: what is written, to the character."""

import pytest
import yaml

from clustergap.editing.destination import DATA_STYLE
from clustergap.yaml_edit.change import APPEND, YamlChange
from clustergap.yaml_edit.edit import edit_yaml
from clustergap.yaml_edit.write import YamlValue, write_flow, write_scalar

FIRST = ("instruments", 0)


def change(text: str, *changes: tuple[tuple[str | int, ...], YamlValue | None]) -> str:
    return edit_yaml(text, [YamlChange(*one) for one in changes], DATA_STYLE)


def test_a_remark_stays_behind_a_text_that_becomes_several_lines() -> None:
    text = "instruments:\n  - id: a\n    note: old   # remark\n    url: x\n"

    assert change(text, ((*FIRST, "note"), "x\ny")) == (
        "instruments:\n  - id: a\n    note: |-   # remark\n      x\n      y\n    url: x\n"
    )
    assert change(text, ((*FIRST, "note"), "x")) == text.replace("old", "x")


def test_a_remark_stays_behind_a_list_that_was_empty() -> None:
    record: YamlValue = {"id": "b", "covers": {"r@eu": "full"}}

    assert change("instruments: []   # none yet\n", (("instruments", APPEND), record)) == (
        "instruments:    # none yet\n  - id: b\n    covers:\n      r@eu: full\n"
    )


def test_a_record_is_added_within_the_brackets_of_its_list() -> None:
    record = {"id": "b", "name": "B"}

    for text, after in (
        ("instruments: [{id: a}]\n", "instruments: [{id: a}, {id: b, name: B}]\n"),
        ("instruments: [{id: a},]\n", "instruments: [{id: a}, {id: b, name: B},]\n"),
        (
            "instruments: [\n  {id: a},   # one\n  {id: c}   # two\n  ]\n",
            "instruments: [\n  {id: a},   # one\n  {id: c},   # two\n  {id: b, name: B}\n  ]\n",
        ),
        (
            "instruments: [\n  {id: a},   # one\n  ]\n",
            "instruments: [\n  {id: a},   # one\n  {id: b, name: B},\n  ]\n",
        ),
        (
            "instruments: [{id: a},\n              {id: c}]\n",
            "instruments: [{id: a},\n              {id: c},\n              {id: b, name: B}]\n",
        ),
    ):
        assert change(text, (("instruments", APPEND), record)) == after


def test_within_brackets_comments_broken_lines_and_other_values_stay() -> None:
    text = (
        "instruments:\n"
        "  - {id: a,   # the id\n"
        "     name: A,  # the name\n"
        "     note: True, short: +1, legal_basis: 2001-12-14 21:59:43.10, url: ~} # end\n"
    )

    assert change(text, ((*FIRST, "covers", "r@eu"), "full"), ((*FIRST, "name"), "B")) == (
        "instruments:\n"
        "  - {id: a,   # the id\n"
        "     name: B,  # the name\n"
        "     note: True, short: +1, legal_basis: 2001-12-14 21:59:43.10, url: ~, covers: {r@eu: full}} # end\n"
    )


def test_what_has_no_value_within_brackets_gets_one() -> None:
    text = "instruments: [{id: a, note: , short, covers: {}, targets: []}]\n"

    assert change(
        text,
        ((*FIRST, "note"), "x y"),
        ((*FIRST, "short"), "A"),
        ((*FIRST, "covers", "r@eu"), "full"),
        ((*FIRST, "covers", "s@eu"), {"extent": "partial"}),
        ((*FIRST, "targets"), ["sme", "hub"]),
        ((*FIRST, "starts"), "2016"),
    ) == (
        "instruments: [{id: a, note: x y , short: A, covers: {r@eu: full, s@eu: {extent: partial}}, "
        "targets: [sme, hub], starts: 2016}]\n"
    )


def test_what_goes_within_brackets_goes_with_its_remark_alone() -> None:
    text = "instruments: [\n  {id: a},  # one\n  {id: b},  # two\n  {id: c}  # three\n  ]\n"

    def without(*numbers: int) -> str:
        return change(text, *((("instruments", number), None) for number in numbers))

    assert without(0) == "instruments: [\n  {id: b},  # two\n  {id: c}  # three\n  ]\n"
    assert without(1) == "instruments: [\n  {id: a},  # one\n  {id: c}  # three\n  ]\n"
    assert without(2) == "instruments: [\n  {id: a},  # one\n  {id: b}  # two\n  ]\n"
    assert without(1, 2) == "instruments: [\n  {id: a}  # one\n  ]\n"
    assert without(0, 1, 2) == "instruments: []\n"
    inline = "instruments: [{id: a, name: A, note: x}]\n"
    assert change(inline, ((*FIRST, "note"), None)) == "instruments: [{id: a, name: A}]\n"
    assert change(inline, ((*FIRST, "id"), None)) == "instruments: [{name: A, note: x}]\n"


def test_of_a_list_within_brackets_only_what_differs_is_written() -> None:
    text = "instruments: [{id: a, targets: [sme,   # small\n    hub, 'x y']}]\n"

    assert change(text, ((*FIRST, "targets"), ["sme", "x y", "new"])) == (
        "instruments: [{id: a, targets: [sme,   # small\n    'x y', new]}]\n"
    )


def test_remarks_within_a_list_that_is_written_anew_stand_below_it() -> None:
    text = (
        "observations:\n  r@eu:\n    territories:   # where\n    - AT   # the first\n    # two more\n"
        "    - BE\n    - 'D#E'   # the last\n    note: x\n"
    )
    path = ("observations", "r@eu", "territories")

    assert change(text, (path, {"except": ["CY"]})) == (
        "observations:\n  r@eu:\n    territories:   {except: [CY]} # where\n    # the first\n"
        "    # two more   # the last\n    note: x\n"
    )


def test_json_stays_json() -> None:
    text = '{\n  "instruments": [\n    {\n      "id": "a"\n    }\n  ]\n}\n'

    assert change(
        text,
        ((*FIRST, "covers", "r@eu"), {"extent": "partial", "starts": "2016"}),
        (("instruments", APPEND), {"id": "b"}),
        (("kinds", APPEND), {"id": "k", "funds": "true"}),
    ) == (
        '{\n  "instruments": [\n    {\n      "id": "a",\n'
        '      "covers": {"r@eu": {"extent": "partial", "starts": "2016"}}\n    },\n    {"id": "b"}\n'
        '  ],\n  "kinds": [{"id": "k", "funds": true}]\n}\n'
    )


def test_an_entry_with_its_key_behind_a_mark_goes_and_others_come() -> None:
    text = "observations:\n  ? s@eu\n  : partial\nlevels: []\n"

    assert change(
        text, (("observations", "r@eu"), "partial"), (("observations", "s@eu"), None)
    ) == ("observations:\n  r@eu: partial\nlevels: []\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://x.org/a?q=1", '"https://x.org/a?q=1"'),
        ("https://x.org/a_b/c.html", "https://x.org/a_b/c.html"),
        ("0010", '"0010"'),
        ("True", '"True"'),
        ("+1", '"+1"'),
    ],
)
def test_what_another_reader_may_take_otherwise_is_quoted(text: str, written: str) -> None:
    assert write_scalar(text) == written
    assert write_flow(text, "starts", DATA_STYLE) == written


def test_a_year_is_written_as_people_write_it() -> None:
    assert write_flow("2016", "starts", DATA_STYLE) == "2016"
    assert write_flow("2016-04", "ends", DATA_STYLE) == "2016-04"
    assert write_flow("2016", "note", DATA_STYLE) == '"2016"'


CELL = ("observations", "r@eu")


@pytest.mark.parametrize("tail", ["", "    - extent: full\n"])
@pytest.mark.parametrize(
    ("keys", "gone"),
    [(("starts: 2018",), ("starts",)), (("extent: full", "starts: 2018"), ("extent", "starts"))],
)
@pytest.mark.parametrize("come", [("ends",), ("ends", "status")])
@pytest.mark.parametrize("is_first", [True, False])
def test_of_an_item_whose_keys_all_give_way_to_others_the_dash_stays(
    tail: str, keys: tuple[str, ...], gone: tuple[str, ...], come: tuple[str, ...], is_first: bool
) -> None:
    text = "observations:\n  r@eu:\n    - " + "\n      ".join(keys) + "\n" + tail
    removals = [((*CELL, 0, key), None) for key in gone]
    additions = [((*CELL, 0, key), "new") for key in come]
    changes = [*removals, *additions] if is_first else [*additions, *removals]

    assert change(text, *changes) == (
        "observations:\n  r@eu:\n    - "
        + "\n      ".join(f"{key}: new" for key in come)
        + "\n"
        + tail
    )


def test_several_entries_come_into_what_was_empty() -> None:
    for empty in ("{}", ""):
        text = f"title: T\nsources: {empty}\n".replace(": \n", ":\n")

        assert change(
            text, (("sources", "a"), {"title": "A"}), (("sources", "b"), {"title": "B"})
        ) == ("title: T\nsources: {a: {title: A}, b: {title: B}}\n")


def test_the_first_keys_behind_a_dash_go_and_the_next_takes_their_place() -> None:
    text = "o:\n  - a: 1\n    b: 2\n    # of c\n    c: 3\n    d: 4\n"

    assert change(text, (("o", 0, "a"), None)) == text.replace("a: 1\n    ", "")
    assert change(text, (("o", 0, "a"), None), (("o", 0, "b"), None)) == (
        "o:\n  - # of c\n    c: 3\n    d: 4\n"
    )
    assert change(text, *((("o", 0, key), None) for key in "abc")) == (
        "o:\n  - # of c\n    d: 4\n"
    )


def test_a_list_behind_the_dash_of_another_loses_its_first_item_alone() -> None:
    assert change("o:\n- - a\n  - b\n- c\n", (("o", 0, 0), None)) == "o:\n- - b\n- c\n"


def test_within_brackets_lines_end_as_they_did() -> None:
    text = "o: [\r\n  a,\r\n  b]\r\n"

    assert change(text, (("o", 0), None)) == "o: [\r\n  b]\r\n"
    assert change(text, (("o", APPEND), "c")) == "o: [\r\n  a,\r\n  b,\r\n  c]\r\n"


def test_within_brackets_no_comma_comes_twice_and_none_stands_behind_a_colon() -> None:
    assert change("o: [\n  a,\n  b,]\n", (("o", APPEND), "c")) == "o: [\n  a,\n  b,\n  c,]\n"
    assert change("o: {a: 1, b: }\n", (("o", "c"), "3")) == 'o: {a: 1, b: , c: "3" }\n'
    assert change("o: [a: x]\n", (("o", 0, "b"), "w")) == "o: [{a: x, b: w}]\n"


def test_a_list_that_is_to_be_empty_is_an_empty_list() -> None:
    assert change("o: [a, b]\n", (("o",), [])) == "o: []\n"
    assert change("o: a\n", (("o",), [])) == "o: []\n"


def test_a_mapping_stays_whose_entries_go_while_what_it_holds_comes() -> None:
    changes = ((("m", "k", "z"), "v"), (("m", "x"), None))

    assert change("m:\n  x: a\n", *changes) == "m:\n  k: {z: v}\n"


def test_new_entries_stand_in_the_order_of_the_changes() -> None:
    assert change("a: x\n", (("b", "c"), "w"), (("d",), "z")) == "a: x\nb: {c: w}\nd: z\n"


def test_behind_a_last_line_without_an_end_each_entry_has_a_line() -> None:
    text = "a:\n  b: x"

    assert change(text, (("a", "c"), "w"), (("d",), "z")) == "a:\n  b: x\n  c: w\nd: z\n"


def test_a_text_over_several_lines_becomes_the_first_of_a_list() -> None:
    for token in ("|-\n  one\n  two", "one\n  two"):
        after = change(f"a: {token}\n", (("a", APPEND), "new"))

        assert after == f"a:\n  - {token}\n".replace("\n  one", "\n    one").replace(
            "\n  two", "\n    two"
        ) + ("  - new\n")


def test_blank_lines_that_a_text_keeps_stay_its_own() -> None:
    assert change("a: |+\n  x\n\n", (("b",), "w")) == "a: |+\n  x\n\nb: w\n"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\n\nb:\n  - x\n", "a: 1\n\nb:\n  - x\n\nc: {d: z}\n"),
        ("a: 1\nb:\n  - x\n", "a: 1\nb:\n  - x\nc: {d: z}\n"),
        (
            "a: 1\n\n# of b\nb: 2   # two\n# end\n",
            "a: 1\n\n# of b\nb: 2   # two\n\nc: {d: z}\n# end\n",
        ),
        ("a: 1\n\nb: 2", "a: 1\n\nb: 2\n\nc: {d: z}\n"),
    ],
)
def test_a_new_block_stands_apart_where_a_blank_line_stands_between_the_others(
    text: str, after: str
) -> None:
    assert change(text, (("c", "d"), "z")) == after


@pytest.mark.parametrize("text", ["a \u2028 b", "a\x7fb", "a\ufeffb", "a\x85b"])
def test_what_some_readers_take_for_a_line_break_or_refuse_is_escaped(text: str) -> None:
    written = write_scalar(text)

    assert written.isascii()
    assert yaml.safe_load(written) == text


def test_remarks_between_a_key_and_its_value_and_behind_a_mark_stay() -> None:
    text = "a:   # one\n  # two\n  - x\nb: |-   # three\n  y\n  z\n"

    assert change(text, (("a",), "new"), (("b",), "new")) == (
        "a:   new # one\n# two\nb: new # three\n"
    )


def test_a_key_that_comes_before_the_last_takes_the_place_behind_a_dash() -> None:
    text = "o:\n  - a: 1\n    b: 2\n    covers: {}\n"

    assert change(text, (("o", 0, "a"), None), (("o", 0, "b"), None), (("o", 0, "n"), "new")) == (
        'o:\n  - "n": new\n    covers: {}\n'
    )


def test_a_comment_that_stands_deep_is_never_read_as_a_line_of_the_text_before_it() -> None:
    text = "a: |-\n  one\n  two\nb: x\n    # deep\nc: x\n"

    assert change(text, (("b",), None)) == "a: |-\n  one\n  two\n# deep\nc: x\n"
    assert change(text, (("b",), "x\ny")) == text.replace("b: x", 'b: "x\\ny"')
    short = "a: x\n    # deep\n"
    assert change(short, (("b",), "x\ny")) == 'a: x\nb: "x\\ny"\n    # deep\n'

"""Texts of cells that no data file may hold as they are."""

import time
from collections.abc import Sequence

import pytest

from clustergap.importing.cell_texts import (
    LENGTHS,
    cut,
    holds_tags,
    on_one_line,
    take_tags_out,
    why_too_long,
)
from clustergap.importing.import_plan import ImportPlan
from clustergap.importing.problems import Problem, SheetError
from clustergap.spreadsheet.sheet import Address
from spreadsheets import empty_target, import_into, loaded, sheet_of

LIST = ("name", "role", "level", "note")
AT = Address("List", 1, 0)


def plan(*rows: Sequence[str]) -> ImportPlan:
    return import_into(empty_target(), sheet_of([LIST, *rows]))


def problems(*rows: Sequence[str]) -> list[str]:
    with pytest.raises(SheetError) as caught:
        plan(*rows)
    return caught.value.lines


def test_characters_that_nobody_sees_are_left_out_and_told_once() -> None:
    result = plan(
        ("\ufeffEuropean\u200b Fund", "Gesell\u00adschaft", "EU\u2060", "a\x96b\x85"),
        ("European Fund", "Gesellschaft", "Country", ""),
        ("Fundusz\u200b", "Społeczeń\u00adstwo", "EU", ""),
    )

    dataset = loaded(result)
    assert [one.name for one in dataset.instruments] == ["European Fund", "Fundusz"]
    assert [one.name for one in dataset.roles] == ["Gesellschaft", "Społeczeństwo"]
    assert dataset.instruments[0].note == "ab"
    (remark,) = result.remarks
    assert remark == (
        "Instruments: A2, B2 and 4 more: U+0085 control character, U+0096 control character, U+00AD SOFT HYPHEN, "
        "U+200B ZERO WIDTH SPACE, U+2060 WORD JOINER and U+FEFF ZERO WIDTH NO-BREAK SPACE, which nobody sees, are left out"
    )


def test_a_header_may_hold_them_too() -> None:
    result = import_into(
        empty_target(), sheet_of([("\ufeffname", "role", "le\u00advel"), ("Fund", "Role", "EU")])
    )

    assert loaded(result).instruments[0].name == "Fund"
    assert "Instruments: A1 and C1: " in result.remarks[0]


def test_what_shapes_letters_is_no_such_character() -> None:
    # Persian and Hindi words need joiners, flags and families too.
    name = "می\u200cخواهم 👨\u200d👩\u200d👧 fund"

    result = plan(("Fund", "Role", "EU", name))

    assert loaded(result).instruments[0].note == name
    assert not result.remarks


@pytest.mark.parametrize("character", ["\u202e", "\u2028", "\x1b", "\ufffe"])
def test_other_characters_stay_problems(character: str) -> None:
    (line,) = problems((f"Fund{character}", "Role", "EU", ""))

    assert line.startswith(f"Instruments!A2: the character U+{ord(character):04X} ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\tb", "a b"),
        (" a\r\n b ", "a b"),
        ("a\u00a0 b", "a b"),
        ("Łódź\n\nżupa", "Łódź żupa"),
        ("", ""),
    ],
)
def test_a_text_is_put_on_one_line(text: str, line: str) -> None:
    assert on_one_line(text) == line


@pytest.mark.parametrize(
    ("key", "most"), [("name", 300), ("short", 60), ("note", 5_000), ("url", 2_000)]
)
def test_a_text_over_its_limit_is_a_problem_at_its_cell(key: str, most: int) -> None:
    why = why_too_long("x" * (most + 1), key)

    assert why_too_long("x" * most, key) is None
    assert why is not None
    assert str(Problem(AT, *why)) == (
        f"List!A2: the {key} has {most + 1:,} characters, at most {most:,} are read: shorten it"
    )


def test_of_other_keys_no_text_is_too_long() -> None:
    assert why_too_long("x" * 10_000, "territories") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("Fund", "x" * 301, "EU"), "B3: the role's name has 301 characters, at most 300 are read: shorten it"),
        (("Fund", "Role", "ż" * 301), "C3: the level's name has 301 characters, at most 300 are read: shorten it"),
        (("x" * 301, "Role", "EU"), "A3: the instrument's name has 301 characters, at most 300 are read: shorten it"),
    ],
)  # fmt: skip
def test_a_name_over_its_limit_is_the_only_problem(row: Sequence[str], message: str) -> None:
    assert problems(("Other", "Another role", "Country", ""), row) == [f"Instruments!{message}"]


def test_a_long_role_of_a_matrix_is_told_by_its_cell() -> None:
    with pytest.raises(SheetError) as caught:
        import_into(
            empty_target(), sheet_of([("Role", "EU"), ("x" * 300 + "A", "Fund")], "in.csv")
        )

    assert caught.value.lines == [
        "in.csv!A2: the role's name has 301 characters, at most 300 are read: shorten it"
    ]


@pytest.mark.parametrize("key", sorted(LENGTHS))
def test_what_is_cut_fits(key: str) -> None:
    most = LENGTHS[key]
    long = "ą" * most + "b"

    assert cut(long[:most], key) == long[:most]
    assert cut(long, key) == "ą" * (most - 1) + "…"
    assert why_too_long(cut(long, key), key) is None


def test_no_blank_stands_before_what_was_cut() -> None:
    assert cut("a" * 58 + "  b c", "short") == "a" * 58 + "…"


@pytest.mark.parametrize(
    "text",
    ["<p>x</p>", "x<br/>y", "<BR>", '<a href="https://example.org">x</a>', "<li>x", "<span style='a'>x", "<o:p></o:p>"],
)  # fmt: skip
def test_a_text_holds_tags(text: str) -> None:
    assert holds_tags(text)


@pytest.mark.parametrize(
    "text",
    ["", "a < b > c", "<none>", "<50 employees>", "x <- y", "AT&amp;T", "<pension>", "< p >"],
)
def test_a_text_holds_no_tags(text: str) -> None:
    assert not holds_tags(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Aid for <b>small</b> firms</p>", "Aid for small firms"),
        ("<p>Hilfe f&uuml;r\n  Betriebe</p>\n<p>ab&nbsp;2018</p>", "Hilfe für Betriebe\nab 2018"),
        ("Aide aux <em>PME</em><br>en&#32;France", "Aide aux PME\nen France"),
        ("<ul>\n<li>Łódź\n<li>Kraków\n</ul>", "Łódź\nKraków"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a<!-- <p>hidden</p> -->b<style>p {}</style><SCRIPT>x()</script >c", "abc"),
        ("<p>1 &lt; 2, <none> &amp; x <y</p>", "1 < 2, <none> & x <y"),
        ("<p>never closed <!-- a remark", "never closed <!-- a remark"),
        ("no tags\n\nAT&amp;T", "no tags\n\nAT&T"),
        ("İ<p>İ<!-- İ -->x", "İ\nİx"),
        ("", ""),
    ],
)
def test_tags_are_taken_out(text: str, words: str) -> None:
    assert take_tags_out(text) == words


@pytest.mark.parametrize(
    "text", ["<a ", "<p", "<!--", "<p>", "</", "&amp", "<p><script>", "<td x='"]
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()

    take_tags_out(f"<p>{text * 30_000}")

    assert time.process_time() - start < 5

"""Messages quote strangers' text without being moved, forged or cut apart by it."""

import unicodedata
from subprocess import list2cmdline

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clustergap.text import (
    LONGEST_QUOTE,
    MOST_LISTED,
    as_typed,
    closest,
    count,
    did_you_mean,
    one_of,
    quote,
    visible,
)

anything = st.text(st.characters())
"""Any characters at all, surrogates too: file names may hold them."""


def test_a_quote_is_in_single_quotes() -> None:
    assert quote("social-economy") == "'social-economy'"
    assert quote("") == "''"


def test_a_quote_names_what_is_no_text() -> None:
    assert (quote(None), quote([1]), quote({}), quote(3)) == (
        "nothing",
        "a list",
        "a mapping",
        "'3'",
    )


def test_a_quote_keeps_every_script_and_every_mark() -> None:
    assert quote("Ţara 数字 ÅÆ – „x“ [/x] {y} %s \\") == "'Ţara 数字 ÅÆ – „x“ [/x] {y} %s \\'"


def test_a_quote_of_sixty_characters_is_whole_and_a_longer_one_cut() -> None:
    assert quote("x" * 60) == f"'{'x' * 60}'"
    assert quote("x" * 61) == f"'{'x' * 59}…'"


def test_a_long_quote_is_cut_before_it_is_escaped() -> None:
    assert quote("\x00" * 100) == "'" + r"\x00" * 59 + "…'"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("a\nb", r"a\nb"),
        ("a\r\nb", r"a\r\nb"),
        ("a\tb", r"a\tb"),
        ("\x00", r"\x00"),
        ("\x7f", r"\x7f"),
        ("\x9b", r"\x9b"),
        ("\u00a0", r"\xa0"),
        ("\u3000", r"\u3000"),
        ("\u2028", r"\u2028"),
        ("\u200b", r"\u200b"),
        ("\u200d", r"\u200d"),
        ("\u202e", r"\u202e"),
        ("\u2066", r"\u2066"),
        ("\ufeff", r"\ufeff"),
        ("\ue000", r"\ue000"),
        ("\ud800", r"\ud800"),
        ("\ufffe", r"\ufffe"),
        ("\U000e0041", r"\U000e0041"),
        ("\U0010ffff", r"\U0010ffff"),
        ("a b", "a b"),
        ("é\u0301", "é\u0301"),
    ],
)
def test_what_acts_or_hides_is_shown_by_its_escape(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert quote(text) == f"'{shown}'"


@pytest.mark.parametrize("filler", ["\u115f", "\u1160", "\u3164", "\uffa0", "\u034f", "\u17b4"])
def test_a_letter_that_nobody_can_see_is_shown_by_its_escape(filler: str) -> None:
    # Unicode counts these with the letters and marks, yet asks every font to draw nothing for them.
    assert visible(f"social{filler}economy") == f"social\\u{ord(filler):04x}economy"


@given(anything)
@example("\ud800\x1b")
def test_nothing_in_a_quote_moves_the_cursor_or_cannot_be_printed(text: str) -> None:
    shown = quote(text)

    assert [c for c in shown if c != " " and unicodedata.category(c)[0] in "CZ"] == []
    assert len(shown.splitlines()) == 1
    assert shown.encode()


@given(anything)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(anything)
def test_a_quote_is_never_long(text: str) -> None:
    assert len(quote(text)) <= LONGEST_QUOTE * len(r"\U00000000") + 2


def test_words_are_listed_with_commas_in_their_order() -> None:
    assert one_of(["eu", "country", "region"]) == "eu, country, region"
    assert one_of([]) == ""


def test_a_dozen_words_are_listed_and_more_are_counted() -> None:
    words = [str(n) for n in range(13)]

    assert one_of(words[:MOST_LISTED]) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
    assert one_of(words) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (13 in all)"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("region", "region"),
        ("regin", "region"),
        ("Rgional", "regional"),
        ("REGION", "region"),
        ("ｒｅｇｉｏｎ", "region"),
        ("  region ", "region"),
        ("social econmy", "Social Economy"),
        ("straße", "STRASSE"),
        ("contry", "country"),
    ],
)
def test_the_closest_word_is_found_despite_slips_and_letter_case(word: str, meant: str) -> None:
    known = ["eu", "country", "region", "regional", "Social Economy", "STRASSE"]

    assert closest(word, known) == meant


@pytest.mark.parametrize("word", ["", "xyz", "🙂", "\x00", "x" * 1_000_000])
def test_a_word_that_is_like_none_has_no_closest(word: str) -> None:
    assert closest(word, ["eu", "country", "region"]) is None
    assert did_you_mean(word, ["eu", "country", "region"]) == ""


def test_nothing_is_close_to_a_word_where_nothing_is_known() -> None:
    assert closest("region", []) is None
    assert did_you_mean("region", []) == ""


def test_of_words_that_differ_only_in_letter_case_the_first_is_meant() -> None:
    assert closest("dih", ["DIH", "Dih", "dih"]) == "DIH"


def test_a_suggestion_quotes_hostile_words() -> None:
    hostile = "region\x1b[31m\n"

    assert did_you_mean("region", [hostile]) == r"did you mean 'region\x1b[31m\n'?"


def test_a_suggestion_is_a_question() -> None:
    assert did_you_mean("social-econmy", ["social-economy"]) == "did you mean 'social-economy'?"


@given(anything, st.lists(anything, max_size=4))
def test_the_closest_is_one_of_the_known(word: str, known: list[str]) -> None:
    assert closest(word, known) in (None, *known)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, unique=True), st.data())
def test_a_known_word_is_the_closest_to_itself(known: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(known))

    assert closest(word, known) == word


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 gaps"),
        (1, "1 gap"),
        (2, "2 gaps"),
        (1_000, "1,000 gaps"),
        (1_234_567, "1,234,567 gaps"),
    ],
)
def test_a_count_is_one_thing_or_many(number: int, words: str) -> None:
    assert count(number, "gap") == words


def test_a_count_may_have_a_plural_of_its_own() -> None:
    assert (count(1, "entry", "entries"), count(0, "entry", "entries")) == ("1 entry", "0 entries")


@given(st.text(st.sampled_from('ab "\\&\t')))
@example("ends in a \\")
def test_on_windows_a_word_with_a_blank_is_typed_as_python_itself_would(text: str) -> None:
    word = f"{text} "

    typed = as_typed(["--new", word], "nt")

    assert typed == f"--new {list2cmdline([word])}"


@pytest.mark.parametrize("word", ["R&D", "50%", "a|b", "(x)", "", "D:\\data\\"])
def test_on_windows_what_a_shell_reads_otherwise_stands_in_quotes(word: str) -> None:
    typed = as_typed([word, "D:\\data"], "nt")

    end = "\\" if word.endswith("\\") else ""
    assert typed == f'"{word}{end}" D:\\data'

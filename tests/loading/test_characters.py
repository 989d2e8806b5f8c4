"""Which characters a data file may hold."""

import pytest

from clustergap.loading.files import character_name, forbidden_in

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def _found(text: str) -> list[str]:
    return [match[0] for match in forbidden_in(text)]


def test_every_character_is_forbidden_or_not_as_the_data_model_says() -> None:
    forbidden = {
        *range(0x20),
        *range(0x7F, 0xA0),  # DEL and C1
        0x200B,
        *range(0x2028, 0x202A),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),  # surrogates
        *range(0xFDD0, 0xFDF0),  # noncharacters
        0xFEFF,
        *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
        *range(0xE0000, 0xE0080),  # tag characters
    } - {ord("\t"), ord("\n")}

    found = _found("x".join(map(chr, range(0x110000))))

    assert set(map(ord, found)) == forbidden


@pytest.mark.parametrize(
    "text",
    [
        "\u05d0\u200f\u05d1",
        "\u200e",
        "\u0645\u06cc\u200c\u062e",
        "\U0001f469\u200d\U0001f52c",
        "\u2764\ufe0f",
        "e\u0301",
        "\ufffd",
        "\u00ad",
        "\u00a0",
        "\ue000",
        SCOTLAND,
    ],
)
def test_ordinary_spelling_is_left_alone(text: str) -> None:
    assert not list(forbidden_in(text))


def test_a_carriage_return_stands_before_a_line_feed_only() -> None:
    assert _found("a\r\nb\r\n") == []
    assert _found("a\rb") == ["\r"]
    assert _found("a\r") == ["\r"]
    assert [match.start() for match in forbidden_in("a\r\r\n")] == [1]
    assert _found("é\rb\r\n") == ["\r"]


def test_tag_characters_stand_in_a_flag_only() -> None:
    tags = SCOTLAND[1:]

    assert _found(f"a {SCOTLAND}{SCOTLAND} b") == []
    assert _found(f"a{tags}b") == [tags]
    assert _found(f"\U0001f3f4a{tags}") == [tags]
    assert _found(f"\U0001f3f3{tags}") == [tags]


def test_a_run_is_found_once_and_runs_in_their_order() -> None:
    text = "\x00\x01a\x02\u202e\u202db\u200b\U000e0041\U000e0042"

    assert _found(text) == ["\x00\x01", "\x02\u202e\u202d", "\u200b", "\U000e0041\U000e0042"]


def test_the_ascii_pattern_finds_what_the_whole_one_finds() -> None:
    text = "".join(map(chr, range(128))) + "\r\n\r"

    alone = [(match.start(), match[0]) for match in forbidden_in(text)]
    among_others = [(match.start(), match[0]) for match in forbidden_in(f"{text}é")]

    assert alone == among_others


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 control character"),
        ("\x9b", "U+009B control character"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_a_character_is_named_by_its_number_and_in_words(character: str, name: str) -> None:
    assert character_name(character) == name


@pytest.mark.parametrize("character", ["\uffff", "\ufdd0", "\U0010fffe"])
def test_a_noncharacter_is_not_called_a_control_character(character: str) -> None:
    assert character_name(character).startswith(f"U+{ord(character):04X} ")
    assert "control" not in character_name(character)


@pytest.mark.parametrize("line", ["a", "é"])
def test_a_line_end_of_two_characters_shifts_no_place(line: str) -> None:
    text = f"{line}\r\n{line}\r\n{line}\x01"

    (match,) = forbidden_in(text)

    assert text[match.start() : match.end()] == "\x01"


def test_a_noncharacter_has_no_name() -> None:
    assert character_name("\ufdd0") == "U+FDD0 noncharacter"
    assert character_name("\U0010ffff") == "U+10FFFF noncharacter"

"""What each kind of text in the data files may hold: ids, codes, names, notes, addresses, flags."""

import pytest
from pydantic import TypeAdapter, ValidationError

from clustergap.model.record import (
    SCHEMA,
    Flag,
    FreeText,
    Id,
    Name,
    OneLine,
    Quoted,
    SchemaVersion,
    Short,
    UnitCode,
    Url,
)

ID: TypeAdapter[str] = TypeAdapter(Id)
CODE: TypeAdapter[str] = TypeAdapter(UnitCode)
NAME: TypeAdapter[str] = TypeAdapter(Name)
SHORT: TypeAdapter[str] = TypeAdapter(Short)
LINE: TypeAdapter[str] = TypeAdapter(OneLine)
TEXT: TypeAdapter[str] = TypeAdapter(FreeText)
URL: TypeAdapter[str] = TypeAdapter(Url)
FLAG: TypeAdapter[bool] = TypeAdapter(Flag)
VERSION: TypeAdapter[int] = TypeAdapter(SchemaVersion)

ALL_TEXTS = (ID, CODE, NAME, SHORT, LINE, TEXT, URL)


def takes(adapter: TypeAdapter[str], value: object) -> bool:
    """Tell whether a kind of text takes a value, unchanged."""
    try:
        return adapter.validate_python(value) == value
    except ValidationError:
        return False


@pytest.mark.parametrize("adapter", ALL_TEXTS)
@pytest.mark.parametrize("value", [None, 3, 1.5, True, b"text", ["text"], {}])
def test_a_text_is_a_text_and_nothing_is_made_one(
    adapter: TypeAdapter[str], value: object
) -> None:
    assert not takes(adapter, value)


@pytest.mark.parametrize("text", ["a", "0", "dih", "industry-4-0", "1-2-3", "a" * 64, "08", "no"])
def test_an_id_is_lower_case_letters_and_digits_joined_by_hyphens(text: str) -> None:
    assert takes(ID, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "A",
        "Dih",
        "a b",
        "a_b",
        "a.b",
        "a@b",
        "a/b",
        "-a",
        "a-",
        "a--b",
        "-",
        "a\n",
        "\na",
        "a ",
        "é",
        "ß",
        "ａ",
        "а",  # Cyrillic
        "a\u200d",
        "٣",
        "a" * 65,
        "[/x]",
        "../a",
    ],
)
def test_an_id_is_nothing_else(text: str) -> None:
    assert not takes(ID, text)


@pytest.mark.parametrize(
    "text",
    ["RO", "GR", "NO", "RO11", "DEZZZ", "DE-BW", "A-1-B", "P1", "P", "06", "1RO", "R-O", "X" * 16],
)
def test_a_code_is_1_to_16_capitals_and_digits_with_single_hyphens_within(text: str) -> None:
    assert takes(CODE, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ro",
        "Ro",
        "-RO",
        "RO-",
        "RO--1",
        "X" * 17,
        "RO 11",
        "RO_1",
        "ROa",
        "RO\n",
        " RO",
        "RO\u200d",
        "ＲＯ",
        "РО",  # Cyrillic
        "RO١",
        "AB" + "X" * 15,
    ],
)
def test_a_code_is_nothing_else(text: str) -> None:
    assert not takes(CODE, text)


HUMAN = (
    "DIH",
    " x ",
    "Digital Innovation Hubs",
    "Ţara Făgăraşului",
    "数字",
    "👩\u200d🔬",
    "a: b",
    "[/x]",
    "-",
)


@pytest.mark.parametrize("adapter", [NAME, SHORT, LINE, TEXT])
@pytest.mark.parametrize("text", HUMAN)
def test_a_human_text_may_be_in_any_script(adapter: TypeAdapter[str], text: str) -> None:
    assert takes(adapter, text)


@pytest.mark.parametrize("adapter", [NAME, SHORT, LINE, TEXT])
@pytest.mark.parametrize("text", ["", " ", "   ", "\n", "\t", "\u00a0", "\u3000"])
def test_a_human_text_holds_something_to_read(adapter: TypeAdapter[str], text: str) -> None:
    assert not takes(adapter, text)


@pytest.mark.parametrize("adapter", [NAME, SHORT, LINE])
@pytest.mark.parametrize("text", ["a\nb", "a\n", "\na", "a\tb", "\ta", "a\r\nb"])
def test_a_name_or_line_holds_no_line_break_and_no_tab(
    adapter: TypeAdapter[str], text: str
) -> None:
    assert not takes(adapter, text)


@pytest.mark.parametrize("text", ["a\nb", "a\n\nb\n", "\n a", "a\tb"])
def test_a_note_may_hold_line_breaks(text: str) -> None:
    assert takes(TEXT, text)


@pytest.mark.parametrize(
    ("adapter", "most"), [(ID, 64), (SHORT, 60), (NAME, 300), (LINE, 5_000), (TEXT, 5_000)]
)
def test_a_text_has_a_most(adapter: TypeAdapter[str], most: int) -> None:
    assert takes(adapter, "a" * most)
    assert not takes(adapter, "a" * (most + 1))


def test_a_most_is_counted_in_characters_not_in_bytes() -> None:
    assert takes(SHORT, "ș" * 60)
    assert takes(SHORT, "😀" * 60)


@pytest.mark.parametrize(
    "text",
    [
        "http://a",
        "https://eit.europa.eu",
        "HTTPS://EIT.EUROPA.EU/",
        "https://eit.europa.eu.",
        "https://eit.europa.eu:8080",
        "https://a/",
        "https://a?q",
        "https://a#f",
        "https://a/b@c",
        "https://a/b?c=d&e=f#g",
        "https://a/(b)",
        "https://a/țară",
        "https://a/%20",
        "http://192.0.2.1/",
        "https://xn--bcher-kva.example/",
        "https://my_host.example-a.org/x",
        "https://a/" + "x" * 1_990,
    ],
)
def test_a_web_address_is_http_or_https_and_a_host(text: str) -> None:
    assert takes(URL, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "www.example.org",
        "//a",
        "http:",
        "http://",
        "http:///a",
        "http:a",
        "http:/a",
        "https://?q",
        "https://#f",
        "https://:80",
        "ftp://a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "javascript://a/%0aalert(1)",
        "data:text/html,x",
        "mailto:a@b",
        "vbscript:x",
        " https://a",
        "https://a ",
        "https://a/b c",
        "https://a b",
        "https://a/\n",
        "https://a\n",
        "https://a/b\tc",
        "java\nscript:x",
        "https://user@a",
        "https://user:password@a",
        "https://a:b@c",
        "https://@a",
        "https://a@b/",
        "https://bücher.example",
        "https://еит.europa.eu",  # Cyrillic
        "https://ａ",
        "https://a\u200d.example",
        "https://-a",
        "https://a-",
        "https://a-/",
        "https://.a",
        "https://a:x",
        "https://a:",
        "https://a:123456",
        "https://a:80b",
        "https://a\\b",
        "https://a/\\b",
        "https://a\\@b",
        "https://a%2eb",
        "https://a,b",
        'https://a"b',
        "https://a<b",
        "https://[::1]/",
        "http\u017f://a",  # the long s
        "https://a/" + "x" * 1_991,
    ],
)
def test_a_web_address_is_nothing_else(text: str) -> None:
    assert not takes(URL, text)


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003", "\u202f"])
def test_a_web_address_holds_no_space_of_any_script(space: str) -> None:
    assert not takes(URL, f"https://a/b{space}c")


def test_a_wrong_web_address_is_quoted_and_told_what_to_write() -> None:
    with pytest.raises(ValidationError) as caught:
        URL.validate_python("ftp://a\x1b[31m{message}")

    (error,) = caught.value.errors()
    assert error["msg"] == r"'ftp://a\x1b[31m{message}' is not a web address"
    assert error["ctx"]["hint"].startswith("write http:// or https://")


def test_a_flag_is_true_or_false_unquoted() -> None:
    assert FLAG.validate_python("true") is True
    assert FLAG.validate_python("false") is False


@pytest.mark.parametrize(
    "value", [None, "", "yes", "no", "on", "True", "FALSE", "1", 1, True, False, Quoted("true")]
)
def test_a_flag_is_nothing_else(value: object) -> None:
    with pytest.raises(ValidationError, match="is neither true nor false") as caught:
        FLAG.validate_python(value)

    (error,) = caught.value.errors()
    assert error["ctx"]["hint"] == "write true or false, unquoted"


def test_the_schema_is_the_integer_that_this_version_reads() -> None:
    assert VERSION.validate_python("1") == SCHEMA == 1


@pytest.mark.parametrize(
    "value", [None, 1, True, "", "one", "1.0", "01", "0x1", "1e0", "+1", "--1", "-0", Quoted("1")]
)
def test_a_schema_that_is_no_integer_is_told_so(value: object) -> None:
    with pytest.raises(ValidationError, match="is not an integer") as caught:
        VERSION.validate_python(value)

    (error,) = caught.value.errors()
    assert error["ctx"]["hint"] == "write schema: 1, unquoted"


@pytest.mark.parametrize("value", ["0", "2", "10", "-1", "999999999999999999999"])
def test_a_schema_of_another_version_is_told_so(value: str) -> None:
    with pytest.raises(ValidationError, match="is not one that this version reads") as caught:
        VERSION.validate_python(value)

    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]["hint"]) == (
        "unsupported_schema",
        "write schema: 1, or use a newer clustergap",
    )


@pytest.mark.parametrize("value", ["١", "１", "²"])
def test_a_schema_in_other_digits_is_no_integer(value: str) -> None:
    with pytest.raises(ValidationError, match="is not an integer"):
        VERSION.validate_python(value)

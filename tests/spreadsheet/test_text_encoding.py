"""Text files in other encodings than UTF-8: nothing is guessed, and the person sees what to choose."""

import re
from pathlib import Path

import pytest

from clustergap.spreadsheet.opening import OFFERED, open_sheets
from clustergap.spreadsheet.sheet import SpreadsheetError
from running import run
from workbook_files import xlsx

TABLES = {
    "Polish": ("windows-1250", "name;role;level\nWsparcie klastrów Łódź;Źródła energii;EU\n"),
    "Greek": ("windows-1253", "name;role;level\nΤαμείο Ανάπτυξης;Κοινωνική οικονομία;EU\n"),
    "Bulgarian": ("windows-1251", "name;role;level\nФонд „Развитие“;Социална икономика;EU\n"),
    "German": ("windows-1252", "name;role;level\nFörderung – Größe 2;Öko für 5 €;EU\n"),
    "French": ("windows-1252", "name;role;level\nPôle d'intérêt;Forêt, cœur;EU\n"),
    "Turkish": ("windows-1254", "name;role;level\nGelişme İçin Doğu;Sağlık;EU\n"),
    "Latvian": ("windows-1257", "name;role;level\nAttīstības fonds Šķūņi;Izglītība;EU\n"),
    "Czech, by DOS": ("cp852", "name;role;level\nPříliš žluťoučký kůň;Věda;EU\n"),
}


def refusal(data: bytes, encoding: str | None = None, name: str = "list.csv") -> SpreadsheetError:
    with pytest.raises(SpreadsheetError) as caught:
        open_sheets(data, name, encoding=encoding)
    return caught.value


@pytest.mark.parametrize("language", TABLES)
def test_the_right_encoding_is_offered_with_the_words_as_they_are(language: str) -> None:
    encoding, text = TABLES[language]
    words = [word for word in re.split("[ ;\n]", text) if not word.isascii() and len(word) > 1]

    choices = refusal(text.encode(encoding)).choices

    (right,) = [choice for choice in choices if encoding in re.findall(r"[\w-]+", choice)]
    assert all(f"'{word.strip(',')}'" in right for word in words[:3])


@pytest.mark.parametrize("language", TABLES)
def test_a_file_is_read_in_the_encoding_that_is_named(language: str) -> None:
    encoding, text = TABLES[language]

    (sheet,), remarks = open_sheets(text.encode(encoding), "list.csv", encoding=encoding)

    assert sheet.rows == [line.split(";") for line in text.splitlines()]
    assert remarks == []


def test_encodings_in_which_the_first_words_read_alike_are_told_apart_by_later_ones() -> None:
    data = "name\nFör\nfür\nGröße\nFörder\nForêt\n".encode("windows-1252")

    choices = refusal(data).choices

    assert (
        "--encoding windows-1252: 'För', 'für', 'Größe', 'Forêt' (alike in windows-1254)"
        in choices
    )
    assert (
        "--encoding windows-1250: 'För', 'für', 'Größe', 'Foręt' (alike in iso-8859-2)" in choices
    )


def test_every_encoding_is_offered_once_at_most_and_as_one_can_name_it() -> None:
    shown = "\n".join(refusal("name\nFör für Größe\n".encode("latin-1")).choices)

    assert all(shown.count(name) <= 1 for name in OFFERED)
    for name in OFFERED:
        assert b"a".decode(name) == "a"


def test_a_dash_alone_is_not_shown_where_there_are_words() -> None:
    choices = refusal("name\n – \nFördern\n".encode("windows-1252")).choices
    alone = refusal("name\n – \n".encode("windows-1252")).choices

    assert choices[0].startswith("--encoding windows-1250: 'Fördern' (alike in windows-1252")
    assert any(choice.startswith("--encoding windows-1250: '–'") for choice in alone)


def test_a_file_of_utf_8_with_one_wrong_byte_is_damaged_and_in_no_other_encoding() -> None:
    data = "name\nFörderung für Größen\nŁódź ".encode() + b"\xff\n"

    error = refusal(data)

    assert str(error) == (
        "the file is not UTF-8 (line 3, byte 39 of the file): "
        "all else is: mend it there, or save it again as CSV UTF-8"
    )
    assert error.choices == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_encoding_that_cannot_read_the_file_says_where(end: str) -> None:
    # 0xD2 is no character of windows-1253.
    text = end.join(["name;role", "Φόρος;a"]).encode("windows-1253") + b"\xd2"
    place = len(text)

    error = refusal(text, "windows-1253")

    assert error.message == (
        f"the file is no text in windows-1253: line 2, byte {place} of the file (0xd2) is no character of it"
    )
    assert all("windows-1253" not in choice for choice in error.choices)
    assert any(choice.startswith("--encoding windows-1250: ") for choice in error.choices)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072])
def test_the_place_is_right_wherever_the_file_is_cut_to_be_read(size: int) -> None:
    data = b"a" * (size - 3) + "€".encode()[:2] + b"b"

    assert f"line 1, byte {size - 2:,} of" in refusal(data).message


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("windos-1250", "did you mean 'windows-1250'?"),
        ("iso-8859-22", "did you mean 'iso-8859-2'?"),
        ("Excel", "name one such as windows-1250, iso-8859-2 or cp852"),
        ("", "name one such as windows-1250, iso-8859-2 or cp852"),
        ("hex", "name one such as"),
        ("rot13", "name one such as"),
        ("unicode_escape", "name one such as"),
        ("idna", "name one such as"),
        ("utf-7", "did you mean"),
        ("undefined", "name one such as"),
        ("a\0b", "name one such as"),
        ("../x", "name one such as"),
        ("é" * 300, "name one such as"),
    ],
)
def test_an_encoding_that_there_is_not_is_told(named: str, hint: str) -> None:
    error = refusal(b"name\n", named)

    assert error.message.startswith("there is no encoding '")
    assert hint in error.hint


@pytest.mark.parametrize("name", ["list.csv", "list.tsv", "list.txt"])
def test_unicode_text_of_excel_is_read_by_its_mark(name: str) -> None:
    data = "name\trole\nΤαμείο\tŁódź\n".encode("utf-16")

    (sheet,), _ = open_sheets(data, name)

    assert sheet.rows == [["name", "role"], ["Ταμείο", "Łódź"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_asked(encoding: str) -> None:
    data = "name;role\nFörderung;x\n".encode(encoding)

    assert f"--encoding {encoding}" in refusal(data).hint
    assert open_sheets(data, "list.csv", encoding=encoding)[0][0].rows[1] == ["Förderung", "x"]


def test_what_a_mark_says_goes_before_what_is_named_and_is_told() -> None:
    data = "name\nŁódź\n".encode("utf-8-sig")

    (sheet,), remarks = open_sheets(data, "list.csv", encoding="windows-1250")
    again, nothing = open_sheets(data, "list.csv", encoding="utf-8")

    assert sheet.rows == again[0].rows == [["name"], ["Łódź"]]
    assert remarks == ["the file says that it is UTF-8, and is read so, not as windows-1250"]
    assert nothing == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030"])
def test_a_mark_is_no_text(encoding: str) -> None:
    data = "\ufeffname\nŁódź\n".encode(encoding)

    assert open_sheets(data, "list.csv", encoding=encoding)[0][0].rows == [["name"], ["Łódź"]]


def test_the_whole_refusal_can_be_worked_off(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(
        "name,role,level\nWsparcie klastrów Łódź,Innowacje,country\n".encode("cp1250")
    )
    new = tmp_path / "new"

    refused = run("import", str(path), "--data", str(new))
    read = run("import", str(path), "--data", str(new), "--encoding", "windows-1250")

    assert (refused.code, refused.stdout) == (2, b"")
    first, choice, *_, last = refused.err.splitlines()
    assert first == (
        "the file is not UTF-8 (line 2, byte 32 of the file): "
        "name the encoding in which these words are right, or save the file as CSV UTF-8"
    )
    assert choice == "--encoding windows-1250: 'klastrów', 'Łódź'"
    assert last == "clustergap: list.csv: 1 problem; nothing was written"
    assert read.code == 0
    assert "name: Wsparcie klastrów Łódź" in (new / "instruments.yaml").read_text("utf-8")


def test_an_encoding_is_not_asked_for_where_the_file_says_it() -> None:
    _, remarks = open_sheets(xlsx(), "list.xlsx", encoding="cp1250", delimiter=";")

    assert remarks == [
        "the encoding is not asked for: a file of .xlsx says it",
        "the delimiter is not asked for: a file of .xlsx says it",
    ]

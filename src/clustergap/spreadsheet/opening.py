"""Opens a spreadsheet: a workbook by its format, a text file here.

A text file is read in every form that spreadsheet programs write. Its encoding is never guessed: it is UTF-8, as its
byte-order mark says, or as the user says.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from encodings.aliases import aliases
from itertools import islice
from pathlib import PurePath

from clustergap.spreadsheet.ods import read_ods
from clustergap.spreadsheet.package import open_package, protected
from clustergap.spreadsheet.sheet import (
    LIMITS,
    Sheet,
    SheetLimits,
    SheetMetadata,
    SpreadsheetError,
)
from clustergap.spreadsheet.sheet_builder import SheetBuilder
from clustergap.spreadsheet.xlsx import read_xlsx
from clustergap.text import did_you_mean, one_of, quote

_TEXTS = (".csv", ".tsv", ".txt")
SUFFIXES = (".xlsx", ".ods", *_TEXTS)


def suffix_of(name: str) -> str:
    """Return the suffix of a spreadsheet's name.

    Raises:
        SpreadsheetError: It is not one that can be read.
    """
    suffix = PurePath(name).suffix.casefold()
    if suffix not in SUFFIXES:
        raise SpreadsheetError(
            f"a spreadsheet to import ends in {one_of(SUFFIXES)}", "save it as one of these"
        )
    return suffix


def open_sheets(
    data: bytes,
    name: str,
    limits: SheetLimits = LIMITS,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[list[Sheet], list[str]]:
    """Open all sheets of a spreadsheet, with remarks on options that were not followed.

    Args:
        data: The file.
        name: Its name, also that of the sheet of a text file.
        limits: How much of it is read.
        encoding: The encoding of a text file; None: UTF-8, or as its byte-order mark says.
        delimiter: The delimiter of a text file; None: as its first line says, or the one that gives most rows equal widths.

    Raises:
        SpreadsheetError: It cannot be read.
    """
    suffix = suffix_of(name)
    if suffix in _TEXTS:
        tab = "\t" if suffix == ".tsv" else None
        sheet, remarks = _read_text(
            data, name, limits, encoding, tab if delimiter is None else delimiter
        )
        return [sheet], remarks
    choices = {"encoding": encoding, "delimiter": delimiter}
    remarks = [
        f"the {option} is not asked for: a file of {suffix} says it"
        for option, choice in choices.items()
        if choice is not None
    ]
    return _read_workbook(data, suffix, limits), remarks


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def _read_workbook(data: bytes, suffix: str, limits: SheetLimits) -> list[Sheet]:
    if data.startswith(_OLE):
        if _PROTECTED in data:
            raise protected()
        raise SpreadsheetError(
            "the file is an old one of Excel (.xls), whatever its name says", "save it as .xlsx"
        )
    if not data.startswith(_ZIP):
        raise SpreadsheetError(
            f"the file is no {suffix}, whatever its name says", f"save it as {suffix}"
        )
    package = open_package(data, limits)
    sheets = (read_xlsx if suffix == ".xlsx" else read_ods)(package)
    if not sheets:
        raise SpreadsheetError("the file has no sheet with cells")
    return sheets


_DELIMITERS = ",;\t|"

_NO_DELIMITERS = '"\r\n'

_DECLARATION = "sep="

_SAMPLED_LINES = 50

_GUARDED = tuple(f"'{sign}" for sign in "=+-@\t\r")
"""Beginnings of cells that our own CSV protects from being taken for formulas."""

_MARKS = (
    ("utf-8-sig", codecs.BOM_UTF8),
    ("utf-32", codecs.BOM_UTF32_LE),
    ("utf-32", codecs.BOM_UTF32_BE),
    ("utf-16", codecs.BOM_UTF16_LE),
    ("utf-16", codecs.BOM_UTF16_BE),
)
"""Byte-order marks with their encodings; that of UTF-32 begins with that of UTF-16."""

OFFERED = (
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1257", "iso-8859-2",
    "iso-8859-7", "mac-latin2", "cp852",
)  # fmt: skip
"""Encodings in which words that are not UTF-8 are shown: those that European programs write, or once wrote."""

_NO_TEXT = frozenset([
    "base64_codec", "bz2_codec", "hex_codec", "mbcs", "quopri_codec", "rot_13", "utf_7", "uu_codec", "zlib_codec",
])  # fmt: skip
"""Codecs of Python that no spreadsheet program writes: for binary data, or with control sequences of letters."""

_KNOWN = frozenset(aliases.values()) - _NO_TEXT

_AT_ONCE = 64 * 1024

_SEARCHED = 1024 * 1024
"""Bytes after the first unreadable one in which words are looked for."""

_WORD = re.compile(r"[\w'\udc80-\udcff-]*[\udc80-\udcff][\w'\udc80-\udcff-]*")

_FIRST_WORDS, _MOST_WORDS = 3, 6

_LONGEST_WORD = 40


def _read_text(
    data: bytes, name: str, limits: SheetLimits, encoding: str | None, delimiter: str | None
) -> tuple[Sheet, list[str]]:
    encoding, remarks = _find_encoding(data, encoding)
    if not _is_wide(encoding):
        data = data.rstrip(b"\r\n")
    # Decoded line by line: as one text with a rare character it would take four times the size of the file.
    separator, is_declared = _find_delimiter(
        islice(_lines(data, encoding, limits.line), limits.rows)
    )
    lines = _lines(data, encoding, limits.line)
    if is_declared:
        next(lines)
    builder = SheetBuilder(SheetMetadata(name), limits)
    number = 0
    try:
        for number, cells in enumerate(
            csv.reader(lines, delimiter=_checked(delimiter) or separator, strict=True)
        ):
            builder.fill_row(number, [*map(_plain, cells)])
            if number >= limits.rows and not _is_wide(encoding):
                raise builder.too_far(number, 0)  # the last line is not empty
    except csv.Error as error:
        message = f"the CSV cannot be read after row {number + 1}: {error}"
        raise SpreadsheetError(message, "look for a quote that is not closed") from error
    return builder.sheet(), remarks


def _checked(delimiter: str | None) -> str | None:
    if delimiter is not None and (len(delimiter) != 1 or delimiter in _NO_DELIMITERS):
        message = f"{quote(delimiter)} cannot separate cells"
        raise SpreadsheetError(message, "name one character, such as ; or |")
    return delimiter


def _lines(data: bytes, encoding: str, longest: int) -> Iterator[str]:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    if stream.read(1) != "\ufeff":  # the mark, which some encodings take for a character
        stream.seek(0)
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            message = f"a line of the file has more than {longest:,} characters"
            raise SpreadsheetError(message, "save it again as CSV")
        yield line


def _find_delimiter(lines: Iterator[str]) -> tuple[str, bool]:
    first = next((line for line in lines if line.strip(_DELIMITERS + ' "\r\n')), "")
    if first.casefold().startswith(_DECLARATION):
        declared = first[len(_DECLARATION) :].rstrip("\r\n")
        if len(declared) == 1 and declared not in _NO_DELIMITERS:
            return declared, True
    sample = [first, *islice(lines, _SAMPLED_LINES)]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter)), False


def _regularity(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return the most frequent number of cells among rows with several, as (number of such rows, cells)."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(len(row) for row in csv.reader(lines, delimiter=delimiter))
    separated = ((number, width) for width, number in widths.items() if width > 1)
    return max(separated, default=(0, 0))


def _plain(cell: str) -> str:
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell[1:] if cell[:1] == "'" and cell.startswith(_GUARDED) else cell


def _find_encoding(data: bytes, named: str | None) -> tuple[str, list[str]]:
    """Return the encoding of a text file as Python calls it, with a remark if it is not the *named* one.

    Raises:
        SpreadsheetError: There is no such encoding; the file is in another one, or in one that must be named.
    """
    wanted = None if named is None else _look_up(named)
    marked = next((name for name, mark in _MARKS if data.startswith(mark)), None)
    encoding = marked or wanted or "utf-8"
    if not _is_wide(encoding) and b"\0" in data:
        raise _no_text(data, wanted)
    position = _first_unreadable(data, encoding)
    if position is not None:
        raise _unreadable(data, position, named if encoding == wanted else None, encoding)
    if marked and wanted and _family(marked) != _family(wanted):
        name = marked.removesuffix("-sig").upper()
        return marked, [f"the file says that it is {name}, and is read so, not as {named}"]
    return encoding, []


def _look_up(named: str) -> str:
    with suppress(LookupError, ValueError):
        encoding = codecs.lookup(named).name
        if encoding.replace("-", "_") in _KNOWN:
            return encoding
    known = [*OFFERED, *(name.replace("_", "-") for name, of in aliases.items() if of in _KNOWN)]
    hint = did_you_mean(named, known) or "name one such as windows-1250, iso-8859-2 or cp852"
    raise SpreadsheetError(f"there is no encoding {quote(named)}", hint)


def _is_wide(encoding: str) -> bool:
    """Tell whether every character of an encoding, even a line break, has two or four bytes."""
    return encoding.startswith(("utf-16", "utf-32"))


def _family(encoding: str) -> str:
    return re.sub(r"[-_](?:sig|le|be)$", "", encoding)


def _first_unreadable(data: bytes, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    kept = 0
    for start in range(0, len(data) + 1, _AT_ONCE):
        chunk = data[start : start + _AT_ONCE]
        try:
            decoder.decode(chunk, final=start + _AT_ONCE > len(data))
        except UnicodeDecodeError as error:
            return start - kept + error.start
        except UnicodeError:  # UTF-16 without a mark, or a codec that gives no position
            return start
        kept = len(decoder.getstate()[0])
    return None


def _no_text(data: bytes, wanted: str | None) -> SpreadsheetError:
    message = "the file is no text" if wanted is None else f"the file is no text in {wanted}"
    # In UTF-16 without a mark every other byte of Latin letters is 0.
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return SpreadsheetError(message, "save it as CSV UTF-8")
    name = "utf-16-be" if even > odd else "utf-16-le"
    return SpreadsheetError(message, f"if it is UTF-16, name it: --encoding {name}")


def _unreadable(data: bytes, position: int, named: str | None, encoding: str) -> SpreadsheetError:
    before = data[:position].replace(b"\0", b"") if _is_wide(encoding) else data[:position]
    line = len((before + b"-").splitlines())
    place = f"line {line:,}, byte {position + 1:,} of the file"
    if named is not None or encoding != "utf-8":
        name = named or encoding.removesuffix("-sig").upper()
        message = (
            f"the file is no text in {name}: {place} ({data[position]:#04x}) is no character of it"
        )
    else:
        message = f"the file is not UTF-8 ({place})"
    if _is_wide(encoding):
        return SpreadsheetError(message, "save it again as CSV UTF-8")
    begin = max(data.rfind(b"\n", 0, position), data.rfind(b"\r", 0, position)) + 1
    begin = max(begin, position - _SEARCHED)
    text = data[begin : position + _SEARCHED].decode("utf-8", "surrogateescape")
    if encoding != "utf-8" or not _is_damaged(text):
        words = _words(text)
        hint = "name the encoding in which these words are right, or save the file as CSV UTF-8"
        return SpreadsheetError(message, hint, choices=_readings(words, encoding))
    return SpreadsheetError(message, "all else is: mend it there, or save it again as CSV UTF-8")


def _is_damaged(text: str) -> bool:
    """Tell whether most of what is not ASCII is UTF-8, which other encodings are only by chance."""
    wrong = sum("\udc80" <= c <= "\udcff" for c in text)
    return sum(c > "\x7f" for c in text) > 2 * wrong


def _words(text: str) -> list[bytes]:
    """Return the first words that are not UTF-8, and some that distinguish encodings in which those read alike."""
    unread = dict.fromkeys(match[0][:_LONGEST_WORD] for match in _WORD.finditer(text))
    # A single sign, such as a dash, looks right in many encodings.
    all_words = [word for word in unread if len(word) > 1] or list(unread)
    words = list[bytes]()
    readings: dict[str, tuple[str, ...]] = dict.fromkeys(OFFERED, ())
    for word in (text.encode("utf-8", "surrogateescape") for text in all_words):
        more = {
            name: (*reading, word.decode(name, "replace")) for name, reading in readings.items()
        }
        if len(words) < _FIRST_WORDS or len({*more.values()}) > len({*readings.values()}):
            words.append(word)
            readings = more
        if len(words) == _MOST_WORDS:
            break
    return words


def _readings(words: Sequence[bytes], tried: str) -> list[str]:
    """Show words in every possible encoding; encodings in which they read alike share a line."""
    readings: dict[tuple[str, ...], list[str]] = {}
    for name in OFFERED:
        try:
            reading = tuple(word.decode(name) for word in words)
        except UnicodeDecodeError:
            continue
        if codecs.lookup(name).name != tried and all(map(str.isprintable, reading)):
            readings.setdefault(reading, []).append(name)
    likely = sorted(readings, key=lambda reading: -sum(map(_is_word, reading)))
    return [_reading_line(readings[reading], reading) for reading in likely]


def _reading_line(names: Sequence[str], reading: Sequence[str]) -> str:
    others = f" (alike in {', '.join(names[1:])})" if len(names) > 1 else ""
    return f"--encoding {names[0]}: {', '.join(map(quote, reading))}{others}"


def _is_word(text: str) -> bool:
    """Tell whether a text looks like a word: letters of one alphabet, with only the first or all as capitals."""
    letters = [c for c in text if c not in "-'"]
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in letters if not c.isdecimal()}
    bare = "".join(letters)
    is_cased = bare[1:] == bare[1:].lower() or bare == bare.upper()
    return bare.isalnum() and len(scripts) <= 1 and is_cased

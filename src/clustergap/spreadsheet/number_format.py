"""Number formats of Excel, applied to the numbers, dates and texts of a workbook as a person sees them.

Dates come out as data files write them, whatever their order and language, and only as far as the format shows them.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILT_IN = {
    "0": GENERAL, "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
    "12": "# ?/?", "13": "# ??/??", "14": "d/m/yyyy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm",
    "19": "h:mm:ss", "20": "h:mm", "21": "h:mm:ss", "22": "d/m/yyyy h:mm", "37": "#,##0;(#,##0)", "38": "#,##0;(#,##0)",
    "39": "#,##0.00;(#,##0.00)", "40": "#,##0.00;(#,##0.00)", "41": '#,##0;(#,##0);"-";@', "43": '#,##0.00;(#,##0.00);"-";@',
    "45": "mm:ss", "46": "h:mm:ss", "47": "mm:ss", "48": "##0.0E+0", "49": "@",
    # Dates and times of East Asia, whose order depends on the reader's system.
    **dict.fromkeys(map(str, (*range(27, 32), 36, *range(50, 55), 57, 58)), "yyyy-mm-dd"),
    **dict.fromkeys(map(str, (*range(32, 36), 55, 56)), "h:mm"),
}  # fmt: skip
"""Built-in number formats by number, without those of money, which depend on the reader's system."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]?"
    r"|\[(?P<condition>[<>=]{1,2}\s*-?[0-9.]+)\]"
    r"|(?P<elapsed>\[[hms]+\])"
    r"|(?P<skipped>\[[^\]]*\]?|[_*].?)"
    r"|(?P<general>General)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<clock>AM/PM|A/P)"
    r"|(?P<date>[ymdhs]+)"
    r"|(?P<digits>[0#?](?:,*[0#?])*,*)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
"""A piece of a number format: literal text, text that is not shown, or a placeholder of the value."""

_CONDITION = re.compile(r"([<>=]+)\s*(-?[0-9.]+)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip

_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,4})?")
_EXACT = 1e15
"""The whole number up to which a spreadsheet shows every digit."""

_WIDTH = 11
"""Characters of a small number in a cell; a longer one is shown with an exponent."""

_PRECISE = Context(prec=700)
"""Enough digits for the largest number in the longest format."""

_LAST_DAY = 2_958_466
"""The first day of the year 10000, counted from 1900."""

_LEAP_DAY = 60
"""29 February 1900, which existed only in Lotus 1-2-3."""

_MOST_KEPT = 10_000
"""Numbers that are cached: a sheet repeats years and days."""

_1904 = 1_462
"""Days between the two epochs, 1900 and 1904."""

_NUMERIC_SECTIONS = 3
"""Sections of a format for numbers; a fourth is for texts."""


class _FormatPiece(NamedTuple):
    kind: str
    text: str


class _FormatSection(NamedTuple):
    """A section between semicolons: its pieces, and the letters of the date parts that it shows, empty if it is not a date."""

    pieces: tuple[_FormatPiece, ...]
    condition: tuple[str, float] | None
    date: str

    def holds(self, value: float) -> bool:
        """Tell whether a value meets the condition of the section, if it has one."""
        return self.condition is not None and _COMPARE[self.condition[0]](value, self.condition[1])


@lru_cache(_MOST_KEPT)
def format_number(stored: str, number_format: str, *, is_1904: bool = False) -> str:
    """Write a number as it is shown.

    A date is written as in data files, and only as far as it is shown: a cell that shows a month means that month.

    >>> format_number("42461", "mmm yyyy"), format_number("201604", "0000-00"), format_number("0.5", "0%")
    ('2016-04', '2016-04', '50%')
    >>> format_number("1", '"yes";"yes";"no"'), format_number("0", '"yes";"yes";"no"')
    ('yes', 'no')
    """
    try:
        value = float(stored) if _NUMBER.fullmatch(stored) else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        return stored
    if number_format == GENERAL:
        return _format_general(value)
    section, is_negative_only = _choose(_sections(number_format), value)
    if section.date:
        days = value + _1904 if is_1904 else value
        if 0 <= days < _LAST_DAY:
            return _format_serial(days, section.date)
        return _format_general(value)
    return _format_section(section.pieces, value, is_unsigned=is_negative_only)


def format_date(stored: str, number_format: str) -> str:
    """Write a date that is stored as text as it is shown.

    >>> format_date("2016-04-01T00:00:00", "yyyy")
    '2016'
    """
    try:
        value = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return _format_day(value, _sections(number_format)[0].date)


@lru_cache
def changes_texts(number_format: str) -> bool:
    """Tell whether a format changes how texts are shown."""
    if number_format in (GENERAL, "@"):
        return False
    sections = _sections(number_format)
    return len(sections) > _NUMERIC_SECTIONS or _is_text(sections[-1])


def format_text(text: str, number_format: str) -> str:
    """Write a text as it is shown.

    >>> format_text("02", '@" (code)"')
    '02 (code)'
    """
    if not changes_texts(number_format):
        return text
    section = _sections(number_format)[: _NUMERIC_SECTIONS + 1][-1]
    # Blanks beside the text only align it with numbers.
    parts = [text if _is_general(piece) else _literal(piece) for piece in section.pieces]
    return "".join(part for part in parts if part is text or not part.isspace())


@lru_cache
def _sections(number_format: str) -> Sequence[_FormatSection]:
    pieces, condition = list[_FormatPiece](), None
    sections = list[_FormatSection]()
    for match in _TOKEN.finditer(number_format or GENERAL):
        kind = match.lastgroup or "other"
        text = match[kind]
        if (kind, text) == ("other", ";"):
            sections.append(_FormatSection(tuple(pieces), condition, _date_letters(pieces)))
            pieces, condition = [], None
        elif kind == "condition":
            condition = _read_condition(text)
        else:
            pieces.append(_FormatPiece(kind, text))
    return [*sections, _FormatSection(tuple(pieces), condition, _date_letters(pieces))]


def _read_condition(text: str) -> tuple[str, float] | None:
    match = _CONDITION.fullmatch(text)
    try:
        return (match[1], float(match[2])) if match and match[1] in _COMPARE else None
    except ValueError:
        return None


def _date_letters(pieces: Sequence[_FormatPiece]) -> str:
    """Return a letter for each part of a date or time that is shown, ``n`` for minutes; empty if it is not a date."""
    parts = [
        piece.text.strip("[]")[0].casefold() + ("!" if piece.kind == "elapsed" else "")
        for piece in pieces
        for piece in _split_date(piece)
    ]
    for place, part in enumerate(parts):
        before, after = parts[place - 1 : place], parts[place + 1 : place + 2]
        if part == "m" and (before in (["h"], ["h!"]) or after in (["s"], ["s!"])):
            parts[place] = "n"
    return "".join(parts)


def _split_date(piece: _FormatPiece) -> Iterator[_FormatPiece]:
    if piece.kind == "elapsed":
        yield piece
    elif piece.kind == "date":
        # Letters of several parts may be adjacent, as in yyyymmdd.
        yield from (
            _FormatPiece("date", run[0]) for run in re.finditer(r"(.)\1*", piece.text.casefold())
        )


def _choose(sections: Sequence[_FormatSection], value: float) -> tuple[_FormatSection, bool]:
    """Return the section for a value, and whether it is only for numbers below 0, and so writes their sign itself."""
    of_numbers = [*sections[:_NUMERIC_SECTIONS]]
    if len(of_numbers) > 1 and sections[-1] is of_numbers[-1] and _is_text(of_numbers[-1]):
        of_numbers.pop()
    first, *others = of_numbers
    if not others:
        return first, False
    second = others[0]
    if first.condition is None:
        is_first = value > 0 or (value == 0 and len(of_numbers) == 2)  # noqa: PLR2004 - without one of zero
        zero_or_more = True
    else:
        is_first = first.holds(value)
        zero_or_more = first.condition in ((">=", 0), (">", 0))
    if is_first:
        return first, _is_below_zero(first)
    if len(of_numbers) == 2:  # noqa: PLR2004 - the second is of all others
        return second, value < 0 and (zero_or_more or _is_below_zero(second))
    if second.condition is None:
        return (second, True) if value < 0 else (of_numbers[2], False)
    return (second, _is_below_zero(second)) if second.holds(value) else (of_numbers[2], False)


def _is_text(section: _FormatSection) -> bool:
    return any(piece == _FormatPiece("other", "@") for piece in section.pieces)


def _is_below_zero(section: _FormatSection) -> bool:
    if section.condition is None:
        return False
    sign, bound = section.condition
    return (sign == "<" and bound <= 0) or (sign == "<=" and bound < 0)


def _format_serial(days: float, letters: str) -> str:
    day, part = divmod(round(days * 86_400), 86_400)
    if not set(letters) & set("yd") and set(letters) & set("hs!"):
        minutes, seconds = divmod(part + (day * 86_400 if "!" in letters else 0), 60)
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{clock}:{seconds:02d}" if seconds else clock
    if day == _LEAP_DAY:
        return "1900-02-29"
    first = datetime(1899, 12, 30 if day > _LEAP_DAY else 31)  # noqa: DTZ001 - cells know no time zone
    return _format_day(first + timedelta(days=day, seconds=part), letters)


def _format_day(value: datetime, letters: str) -> str:
    if "h" in letters and (value.hour or value.minute):
        return value.replace(tzinfo=None).isoformat(" ", "minutes")
    parts = 3 if "y" not in letters or "d" in letters else 2 if "m" in letters else 1
    return "-".join(value.date().isoformat().split("-")[:parts])


def _format_general(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    text = f"{value:.15g}".upper()
    if "E-" in text:
        plain = f"{value:.{_WIDTH}f}".rstrip("0")
        if float(plain) == value and len(plain.lstrip("-")) <= _WIDTH:
            return plain
    return text


def _format_section(pieces: Sequence[_FormatPiece], value: float, *, is_unsigned: bool) -> str:
    number, is_zero = Decimal(repr(abs(value))), value == 0
    if _is_scientific(pieces):
        text = _fill_scientific(pieces, number)
    elif _is_fraction(pieces):
        text = _fill_fraction(pieces, number)
    elif any(piece.kind == "digits" for piece in pieces):
        text, is_zero = _fill_decimal(pieces, number)
    elif any(map(_is_general, pieces)):
        general = _format_general(abs(value))
        text = "".join(general if _is_general(piece) else _literal(piece) for piece in pieces)
    else:
        text, is_zero = "".join(map(_literal, pieces)), True
        if pieces and not text:  # the section has only a colour
            return _format_general(value)
    sign = "-" if value < 0 and not is_unsigned and not is_zero else ""
    return sign + text.strip()


def _is_general(piece: _FormatPiece) -> bool:
    return piece.kind == "general" or piece == _FormatPiece("other", "@")


def _literal(piece: _FormatPiece) -> str:
    return piece.text if piece.kind in ("quoted", "escaped", "currency", "other", "clock") else ""


def _fill_decimal(pieces: Sequence[_FormatPiece], number: Decimal) -> tuple[str, bool]:
    """Return a number in its placeholders, and whether all digits are 0."""
    point = next(
        (n for n, piece in enumerate(pieces) if piece == _FormatPiece("other", ".")), len(pieces)
    )
    whole = "".join(piece.text for piece in pieces[:point] if piece.kind == "digits")
    rest = "".join(piece.text for piece in pieces[point:] if piece.kind == "digits")
    last = rest or whole
    scale = 2 * sum(piece == _FormatPiece("other", "%") for piece in pieces)
    scale -= 3 * (len(last) - len(last.rstrip(",")))
    number = _rounded(number.scaleb(scale, _PRECISE), len(rest.replace(",", "")))
    digits, _, decimals = f"{number:f}".partition(".")
    before = _fill_whole(pieces[:point], digits.lstrip("0"), is_grouped="," in whole.rstrip(","))
    after = _fill_rest(pieces[point:], decimals)
    return before + after, number == 0


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _PRECISE)


def _fill_whole(pieces: Sequence[_FormatPiece], digits: str, *, is_grouped: bool) -> str:
    """Fill placeholders with digits from the last one; the rest goes into the first."""
    characters, left, number = list[str](), digits, 0
    places = sum(len(piece.text.replace(",", "")) for piece in pieces if piece.kind == "digits")
    for piece in reversed(pieces):
        if piece.kind != "digits":
            characters.append(_literal(piece)[::-1])
            continue
        for sign in reversed(piece.text.replace(",", "")):
            places -= 1
            taken = left if places == 0 else left[-1:]
            left = left[: len(left) - len(taken)]
            for digit in reversed(taken or ("0" if sign == "0" else "")):
                characters.append("," if is_grouped and number and number % 3 == 0 else "")
                characters.append(digit)
                number += 1
    return "".join(characters)[::-1]


def _fill_rest(pieces: Sequence[_FormatPiece], decimals: str) -> str:
    characters, place = list[str](), 0
    for piece in pieces:
        if piece.kind != "digits":
            characters.append(_literal(piece))
            continue
        for sign in piece.text.replace(",", ""):
            if sign == "0" or decimals[place:].strip("0"):
                characters.append(decimals[place])
            place += 1
    text = "".join(characters)
    # Without a decimal there is no point.
    return text[1:] if text[:1] == "." and not text[1:2].isdecimal() else text


def _fill_scientific(pieces: Sequence[_FormatPiece], number: Decimal) -> str:
    place = next(n for n, piece in enumerate(pieces) if piece.kind == "exponent")
    mantissa = pieces[:place]
    point = next((n for n, piece in enumerate(mantissa) if piece.text == "."), place)
    step = max(sum(len(piece.text) for piece in mantissa[:point] if piece.kind == "digits"), 1)
    decimals = sum(len(piece.text) for piece in mantissa[point:] if piece.kind == "digits")
    power = number.adjusted() if number else 0
    power -= power % step
    if _rounded(number.scaleb(-power, _PRECISE), decimals) >= 10**step:
        power += step
    digits, _ = _fill_decimal(mantissa, number.scaleb(-power, _PRECISE))
    sign = "-" if power < 0 else pieces[place].text[1:].replace("-", "")
    after = pieces[place + 1 :]
    return f"{digits}E{sign}{_fill_whole(after, str(abs(power)).lstrip('0'), is_grouped=False)}"


def _is_fraction(pieces: Sequence[_FormatPiece]) -> bool:
    is_digits = [piece.kind == "digits" or piece.text.isdecimal() for piece in pieces]
    bar = pieces.index(_FormatPiece("other", "/")) if _FormatPiece("other", "/") in pieces else 0
    return any(is_digits[:bar]) and any(is_digits[bar:])


def _is_scientific(pieces: Sequence[_FormatPiece]) -> bool:
    kinds = [piece.kind for piece in pieces]
    return "exponent" in kinds and "digits" in kinds[: kinds.index("exponent")]


def _fill_fraction(pieces: Sequence[_FormatPiece], number: Decimal) -> str:
    place = pieces.index(_FormatPiece("other", "/"))
    of_whole = [piece for piece in pieces[:place] if piece.kind == "digits"]
    below = "".join(
        piece.text
        for piece in pieces[place + 1 :]
        if piece.kind == "digits" or piece.text.isdecimal()
    )
    if below.isdecimal() and int(below):
        nearest = Fraction(int(_rounded(number * int(below), 0)), int(below))
        denominator = int(below)
    else:
        nearest = Fraction(number).limit_denominator(10 ** min(max(len(below), 1), 6) - 1)
        denominator = nearest.denominator
    numerator = int(nearest * denominator)
    if len(of_whole) < 2:  # noqa: PLR2004 - the whole number and the numerator
        return f"{numerator}/{denominator}"
    whole, numerator = divmod(numerator, denominator)
    part = f"{numerator}/{denominator}" if numerator else ""
    return " ".join(filter(None, (str(whole) if whole or not part else "", part)))

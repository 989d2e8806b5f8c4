"""Translates the number styles of OpenDocument, element by element, to number formats of Excel."""

from collections.abc import Mapping
from functools import partial

from clustergap.spreadsheet.package import Begin, End
from clustergap.spreadsheet.sheet import SheetLimits, SpreadsheetError

_DATA_STYLES = ("number", "percentage", "currency", "date", "time", "boolean", "text")
_DATE_PARTS = {
    "year": ("yy", "yyyy"), "month": ("m", "mm"), "quarter": ("m", "mm"), "week-of-year": ("d", "dd"), "day": ("d", "dd"),
    "day-of-week": ("ddd", "dddd"), "hours": ("h", "hh"), "minutes": ("m", "mm"), "seconds": ("s", "ss"),
}  # fmt: skip
"""Parts of dates and times, short and long; a quarter is shown by its month, a week by its day."""

_CLOCK = ("hours", "minutes", "seconds")
_MOST_PLACES = 20
"""Digits in a format; no number has more."""

_MOST_DIGITS = 9
_LONGEST = 1_000
"""Characters of a translated format; a longer one is not for numbers."""


class OdsStyles:
    """Number formats by the names of cell styles, from the elements that declare them."""

    def __init__(self, limits: SheetLimits) -> None:
        self.limits = limits
        self.hidden_tables: set[str] = set()
        self._codes: dict[str, str] = {}
        self._cells: dict[str, tuple[str, str]] = {}
        self._style = ""
        self._data_style: str | None = None
        self._is_percentage = self._is_elapsed = False
        self._pieces: list[str] = []
        self._sections: list[str] = []
        self._text: list[str] | None = None
        self._places: list[tuple[int, str]] = []
        self._number: Mapping[str, str] | None = None
        self.begins: dict[str, Begin] = {
            **{f"{kind}-style": partial(self._begin_data_style, kind) for kind in _DATA_STYLES},
            "style": self._begin_style,
            "table-properties": self._add_table_properties,
        }
        self.ends: dict[str, End] = {
            f"{kind}-style": self._end_data_style for kind in _DATA_STYLES
        }
        begins_inside: dict[str, Begin] = {
            **{part: partial(self._add_date_part, part) for part in _DATE_PARTS},
            "am-pm": lambda _: self._pieces.append("AM/PM"),
            "boolean": lambda _: self._pieces.append('"TRUE";"TRUE";"FALSE"'),
            "text-content": lambda _: self._pieces.append("@"),
            "number": self._begin_number,
            "scientific-number": self._add_scientific_number,
            "fraction": self._add_fraction,
            "embedded-text": self._begin_embedded_text,
            "text": self._begin_text,
            "currency-symbol": self._begin_text,
            "map": self._add_map,
        }
        ends_inside: dict[str, End] = {
            "number": self._end_number,
            "embedded-text": self._end_embedded_text,
            "text": self._end_text,
            "currency-symbol": self._end_text,
        }
        # Elsewhere elements with these names mean something else, such as the map of a cell style.
        self.begins |= {
            name: partial(self._begin_inside, at) for name, at in begins_inside.items()
        }
        self.ends |= {name: partial(self._end_inside, at) for name, at in ends_inside.items()}

    def add_text(self, text: str) -> None:
        """Add a piece of text between tags."""
        if self._text is not None:
            self._text.append(text)

    def code(self, style: str) -> str | None:
        """Return the number format of a cell style, or of its parent; None if there is none."""
        for _ in range(self.limits.depth):
            if style not in self._cells:
                return None
            data_style, style = self._cells[style]
            if data_style in self._codes:
                return self._codes[data_style]
        return None

    def _begin_inside(self, begin: Begin, attributes: Mapping[str, str]) -> None:
        if self._data_style is not None:
            begin(attributes)

    def _end_inside(self, end: End) -> None:
        if self._data_style is not None:
            end()

    def _begin_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attributes.get("name", "")
        if attributes.get("family") == "table-cell":
            parent = attributes.get("parent-style-name", "")
            self._cells[self._style] = (attributes.get("data-style-name", ""), parent)
            self._bound(len(self._cells))

    def _bound(self, number: int) -> None:
        most = self.limits.styles
        if number > most:
            raise SpreadsheetError(f"the file has more than {most:,} styles", "save it again")

    def _add_table_properties(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("display") == "false":
            self.hidden_tables.add(self._style)

    def _begin_data_style(self, kind: str, attributes: Mapping[str, str]) -> None:
        self._data_style = attributes.get("name", "")
        self._is_percentage = kind == "percentage"
        self._is_elapsed = attributes.get("truncate-on-overflow") == "false"
        self._pieces, self._sections = [], []

    def _end_data_style(self) -> None:
        code = ";".join([*self._sections, "".join(self._pieces)])
        self._codes[self._data_style or ""] = code if len(code) <= _LONGEST else ""
        self._bound(len(self._codes))
        self._data_style = self._text = None

    def _add_map(self, attributes: Mapping[str, str]) -> None:
        condition = attributes.get("condition", "").replace("value()", "").replace("!=", "<>")
        code = self._codes.get(attributes.get("apply-style-name", ""), "")
        self._sections.append(f"[{condition}]{code}")

    def _add_date_part(self, part: str, attributes: Mapping[str, str]) -> None:
        code = _DATE_PARTS[part][attributes.get("style") == "long"]
        if part == "month" and attributes.get("textual") == "true":
            code = "mmmm"
        is_first = not any(piece.startswith(("h", "m", "s", "[")) for piece in self._pieces)
        self._pieces.append(
            f"[{code}]" if self._is_elapsed and part in _CLOCK and is_first else code
        )

    def _begin_text(self, _attributes: Mapping[str, str]) -> None:
        self._text = []

    def _end_text(self) -> None:
        text = "".join(self._text or ())
        self._text = None
        if self._is_percentage and "%" in text:
            before, _, after = text.partition("%")
            self._pieces += [_quoted(before), "%", _quoted(after)]
        else:
            self._pieces.append(_quoted(text))

    def _begin_number(self, attributes: Mapping[str, str]) -> None:
        self._number, self._places = attributes, []

    def _begin_embedded_text(self, attributes: Mapping[str, str]) -> None:
        if len(self._places) < _MOST_PLACES:
            self._places.append((_count(attributes, "position", 0), ""))
        self._text = []

    def _end_embedded_text(self) -> None:
        if self._places:
            self._places[-1] = (self._places[-1][0], _quoted("".join(self._text or ())))
        self._text = None

    def _end_number(self) -> None:
        attributes, self._number = self._number or {}, None
        if "decimal-places" not in attributes and not self._places:
            self._pieces.append("General")
            return
        whole = _count(attributes, "min-integer-digits", 1)
        if attributes.get("grouping") == "true":
            places = "#,##0" if whole else "#,###"
            code = places if whole <= 1 else "#,##" + "0" * whole
        else:
            code = self._embed("0" * whole)
        factor = _count(attributes, "display-factor", 1, most=10**_MOST_DIGITS)
        self._pieces.append(code + _decimals(attributes) + "," * ((len(str(factor)) - 1) // 3))

    def _embed(self, digits: str) -> str:
        """Insert the embedded texts between digits, each before its number of digits."""
        code = digits.rjust(max([1, *(place + 1 for place, _ in self._places)]), "#")
        for place, text in sorted(self._places, key=lambda placed: placed[0]):
            at = len(code) if place == 0 else _offset(code, place)
            code = code[:at] + text + code[at:]
        return code

    def _add_scientific_number(self, attributes: Mapping[str, str]) -> None:
        interval = _count(attributes, "exponent-interval", 1)
        whole = "0" * _count(attributes, "min-integer-digits", 1)
        sign = "-" if attributes.get("forced-exponent-sign") == "false" else "+"
        exponent = "0" * max(1, _count(attributes, "min-exponent-digits", 2))
        self._pieces.append(
            f"{whole.rjust(interval, '#')}{_decimals(attributes)}E{sign}{exponent}"
        )

    def _add_fraction(self, attributes: Mapping[str, str]) -> None:
        whole = "# " if "min-integer-digits" in attributes else ""
        above = "?" * max(1, _count(attributes, "min-numerator-digits", 1))
        below = attributes.get("denominator-value", "")
        if not below.isdecimal() or len(below) > _MOST_PLACES:
            below = "?" * max(1, _count(attributes, "min-denominator-digits", 1))
        self._pieces.append(f"{whole}{above}/{below}")


def _decimals(attributes: Mapping[str, str]) -> str:
    most = _count(attributes, "decimal-places", 0)
    # Before OpenDocument 1.3, optional decimals were those with a replacement.
    fixed = 0 if "decimal-replacement" in attributes else most
    least = min(_count(attributes, "min-decimal-places", fixed), most)
    return f".{'0' * least}{'#' * (most - least)}" if most else ""


def _offset(code: str, place: int) -> int:
    """Return the offset after which *place* digits of a format follow, ignoring quoted text."""
    at, is_quoted = len(code), False
    while place and at:
        at -= 1
        if code[at] == '"':
            is_quoted = not is_quoted
        elif not is_quoted and code[at] in "0#":
            place -= 1
    return at


def _quoted(text: str) -> str:
    parts = (f'"{part}"' if part else "" for part in text.split('"'))
    return '\\"'.join(parts)


def _count(
    attributes: Mapping[str, str], name: str, otherwise: int, most: int = _MOST_PLACES
) -> int:
    text = attributes.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return min(int(text), most) if is_number else otherwise

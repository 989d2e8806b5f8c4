"""A proposed mapping for the user to correct: what each column may hold, with samples, as a mapping file with comments.

A guess is a line that can be kept or changed; what cannot be guessed is a comment.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from clustergap.importing.binding import write_pair
from clustergap.importing.cell_texts import is_mark, is_nothing, read_extent
from clustergap.importing.days import AmbiguousDate, DateSpan, read_days, read_format
from clustergap.importing.headers import HeaderGuess, Spreadsheet, is_key, tier_in, tier_of
from clustergap.importing.import_context import ImportOptions, name_from_id
from clustergap.importing.place_words import propose_territories
from clustergap.importing.table_reader import is_second_header
from clustergap.importing.values import DAYS, TextContext, Values
from clustergap.loading.files import forbidden_in_value
from clustergap.model.mapping import KEYS, LEAVE_OUT
from clustergap.model.query import Layout
from clustergap.model.statement import Extent
from clustergap.reference.territories import eurostat_code
from clustergap.spreadsheet.sheet import column_name
from clustergap.text import fold, quote, visible
from clustergap.yaml_edit.write import YamlValue, write_flow, write_scalar

MOST_NAMED = 30
"""Distinct texts of a column that are named."""

_MOST_COUNTED = 5_000
_LONGEST_WORD = 300
"""Characters of a text that is translated, at most those of a name: a YAML key on one line has at most 1,024."""

_LONGEST = 40
_ISO_3 = 3
_SEPARATORS = (",", "/", "+", "&")
"""Signs between the values of a cell, beside those that every import splits at."""

_FORMATS = ("D/M/Y", "M/D/Y", "D.M.Y", "D/M/YY", "M/D/YY")
_CLOSED = ("role", "level", "kind", "status")
_PLACES = "territories"


@dataclass
class _ColumnSample:
    """A column, and how often each text occurs in it."""

    number: int
    name: str
    texts: Counter[str]
    is_cut: bool = False

    @property
    def words(self) -> list[str]:
        """The texts that have a meaning and can be written in a mapping."""
        short = (text for text in self.texts if len(text) <= _LONGEST_WORD)
        words = (text for text in short if not is_nothing(text))
        return [text for text in words if next(forbidden_in_value(text), None) is None]

    def remark(self) -> str:
        """Describe the contents of the column."""
        named = self.texts.most_common(MOST_NAMED)
        listed = ", ".join(
            f"{_short(text)}{f' ({number})' if number > 1 else ''}" for text, number in named
        )
        more = len(self.texts) - len(named)
        rest = f" … {more:,}{' or' if self.is_cut else ''} more" if more else ""
        return f"{column_name(self.number)}: {listed or 'empty'}{rest}"


def propose(
    guess: HeaderGuess, values: Values, spreadsheet: Spreadsheet, options: ImportOptions
) -> str:
    """Write a mapping of a table from what its columns may hold and from their contents."""
    lines = _Proposal(guess, values).lines(spreadsheet, options)
    return "".join(f"{line}\n" for line in lines)


class _Proposal:
    def __init__(self, guess: HeaderGuess, values: Values) -> None:
        self.guess, self.table, self.values = guess, guess.table, values
        self.has_second_header = self._has_second_header()
        if self.has_second_header:
            self.table = replace(self.table, first=self.table.first + 1)
        self.layout = guess.layout or Layout.LIST
        self.columns = [self._column(number) for number in self.table.named]
        self.by_key = self._by_key()
        self.is_new = values.known.is_new

    def _column(self, number: int) -> _ColumnSample:
        texts: Counter[str] = Counter()
        last = self.table.last
        rows = self.table.sheet.rows[self.table.first : None if last is None else last + 1]
        for row in rows:
            text = " ".join(row[number].split()) if number < len(row) else ""
            if text and (text in texts or len(texts) < _MOST_COUNTED):
                texts[text] += 1
        return _ColumnSample(number, self.table.name(number), texts, len(texts) == _MOST_COUNTED)

    def _by_key(self) -> dict[str, list[_ColumnSample]]:
        by_key: dict[str, list[_ColumnSample]] = {}
        for column in self.columns:
            for key in self.guess.keys.get(column.number, ())[:1]:
                by_key.setdefault(key, []).append(column)
        for key, columns in by_key.items():
            own = [column for column in columns if is_key(self.table.header(column.number))]
            by_key[key] = own if len(own) == 1 else columns
        return by_key

    def lines(self, spreadsheet: Spreadsheet, options: ImportOptions) -> Iterator[str]:
        header = [str(row + 1) for row in self.table.header_rows]
        rows = header[0] if len(header) == 1 else f"[{', '.join(header)}]"
        yield "# How the table may be read. Mend it, then look what comes of it:"
        yield f"#   {visible(options.command)}"
        yield "schema: 1"
        if len(spreadsheet.sheets) > 1:
            yield f"sheet: {write_scalar(self.table.sheet.name)}"
        if options.encoding:
            yield f"encoding: {write_scalar(options.encoding)}"
        yield f"header: {rows}"
        if self.has_second_header:
            first = self.table.first + 1
            yield f"data: {first}   # row {first - 1} looks like more of the header"
        yield f"layout: {self.layout.value}"
        source = options.table_source(spreadsheet.name).model_dump(exclude_none=True)
        cited = {key: str(value) for key, value in source.items()}
        yield write_pair("source", cited)
        yield "columns:" if self.by_key else "columns: {}"
        yield from self._keys()
        yield from self._missing_keys()
        yield from self._wide()
        yield from self._unread_columns()
        if self.is_new:
            yield from self._new_dataset(PurePath(spreadsheet.name).stem)

    def _has_second_header(self) -> bool:
        rows = self.table.sheet.rows[self.table.first : self.table.first + 1]
        held = {column: keys[0] for column, keys in self.guess.keys.items()}
        texts = {
            column: text for column, text in enumerate(rows[0] if rows else []) if text.strip()
        }
        return len(texts) > 1 and is_second_header(texts, held)

    def _keys(self) -> Iterator[str]:
        for key in KEYS:
            columns = self.by_key.get(key, [])
            for column in columns:
                yield f"  # {column.remark()}"
            if key == _PLACES and len(columns) > 1:
                yield f"  {key}:"
                for column in columns:
                    yield f"    - {write_flow(self._places(column))}"
            elif len(columns) > 1:
                yield "  # several columns may hold it: the first that says something does"
                yield f"  {write_pair(key, {'first': [column.name for column in columns]})}"
            elif columns:
                yield f"  {write_pair(key, self._rule(key, columns[0]))}"

    def _rule(self, key: str, column: _ColumnSample) -> YamlValue:
        rule: dict[str, YamlValue] = {"from": column.name}
        split: Sequence[YamlValue] = ()
        if key == _PLACES:
            rule = {key: value for key, value in self._places(column).items() if key != "at"}
            levels = self._levels()
            seen = [level for level, territories in levels.items() if territories]
            rule |= {"at": seen} if 0 < len(seen) < len(levels) else {}
        elif key in DAYS:
            rule |= self._format(column)
        elif key in ("role", "targets") and (split := self._separators(column)):
            rule["split"] = split
        if key == "extent" and (nothing := self._nothing_of_named(column)):
            rule["values"] = nothing
        if key == "level" and (renamed := self._renamed()):
            rule["values"] = renamed
        elif key in _CLOSED:
            rule |= self._translated(key, column, split)
        return rule if len(rule) > 1 else column.name

    def _format(self, column: _ColumnSample) -> dict[str, YamlValue]:
        read = [read_days(text) for text in column.words]
        if not any(isinstance(days, AmbiguousDate) for days in read):
            return {}
        fitting = [
            name
            for name in _FORMATS
            if all(
                isinstance(read_days(text, read_format(name)), DateSpan) for text in column.words
            )
        ]
        return {"format": fitting[0]} if fitting else {}

    def _separators(self, column: _ColumnSample) -> list[YamlValue]:
        # "Transport, Buildings" are two values if "Buildings" also occurs alone.
        knows = self.values.known.roles.knows

        def separates(sign: str) -> bool:
            alone = {text for text in column.texts if sign not in text}
            return any(
                part.strip() in alone or knows(part.strip())
                for text in column.texts
                if sign in text and not knows(text)
                for part in text.split(sign)
            )

        signs = [sign for sign in _SEPARATORS if separates(sign)]
        return [*signs, ";"] if "," in signs else [*signs]

    def _translated(
        self, key: str, column: _ColumnSample, split: Sequence[YamlValue]
    ) -> dict[str, YamlValue]:
        # Words that mean nothing here are translated by their tier of government, else their rows are left out.
        words = dict.fromkeys(
            part.strip() for text in column.words for part in _parts(text, split)
        )
        unknown = {
            word: self._translation(key, word)
            for word in words
            if word and self._is_unknown(key, word)
        }
        if len(unknown) > MOST_NAMED:
            return {"unknown": LEAVE_OUT}
        return {"values": unknown} if unknown else {}

    def _nothing_of_named(self, column: _ColumnSample) -> dict[str, YamlValue]:
        # Rows that name an instrument and say that there is nothing are left out, unless others are observations of it.
        nothing = {word for word in column.texts if read_extent(word) == Extent.NONE.value}
        names = [*self.by_key.get("name", []), *self.by_key.get("id", [])]
        rows = range(self.table.first, len(self.table.sheet.rows) if nothing else 0)
        of_nothing = [row for row in rows if " ".join(self._text(row, column).split()) in nothing]
        if not all(any(self._text(row, name) for name in names) for row in of_nothing):
            return {}
        return {word: LEAVE_OUT for word in column.texts if word in nothing}

    def _is_unknown(self, key: str, word: str) -> bool:
        vocabulary = {
            "role": self.values.known.roles,
            "level": self.values.known.levels,
            "kind": self.values.known.kinds,
        }.get(key)
        if vocabulary is not None:
            return not vocabulary.is_open and not vocabulary.knows(word)
        return bool(self.values.understand(key, word, TextContext(is_split=True)).message)

    def _translation(self, key: str, word: str) -> str:
        tier = tier_of(word) if key == "level" else None
        if tier is None:
            return LEAVE_OUT
        levels = self.values.known.levels.names
        same = [level for level in levels.names() if tier_of(level) == tier]
        return levels.meant(same[0])[0] if len(same) == 1 else LEAVE_OUT

    def _places(self, column: _ColumnSample) -> dict[str, YamlValue]:
        rule: dict[str, YamlValue] = {"from": column.name}
        words = column.words
        if words and all(len(word) == _ISO_3 and eurostat_code(word) for word in words):
            rule["codes"] = "iso3"
        level = self._level_of(tier_of(self.table.header(column.number)))
        return {**rule, "at": level} if level else rule

    def _level_of(self, tier: int | None) -> str | None:
        words = self.values.known.levels.names.names() or self._level_words()
        same = (word for word in words if tier is not None and tier_of(word) == tier)
        level = next(same, None)
        return self._renamed().get(level, level) if level else None

    def _level_words(self) -> list[str]:
        return [word for column in self.by_key.get("level", []) for word in column.words]

    def _renamed(self) -> dict[str, str]:
        # Words for a new level that do not match the id which the proposal gives it, such as "régional".
        if not self.is_new:
            return {}
        ids = {word: self.values.known.levels.find(word).value for word in self._level_words()}
        return {
            word: id_
            for word, id_ in ids.items()
            if isinstance(id_, str) and fold(word) not in (id_, fold(name_from_id(id_)))
        }

    def _missing_keys(self) -> Iterator[str]:
        if self.layout is Layout.MATRIX:
            return
        held = {*self.by_key, *self.guess.across.values()}
        needs = [] if held & {"name", "id"} else ["name"]
        if "cell" not in held:
            needs += [key for key in ("role", "level") if key not in held]
        for key in needs:
            yield f"  # no column seems to be the {key}; name one, or say it of all rows:"
            yield f"  # {key}: {{is: …}}"

    def _wide(self) -> Iterator[str]:
        if not self.guess.across:
            yield from self._marked()
            return
        yield "wide:"
        inside = ", cells: names" if self.layout is Layout.MATRIX else ""
        for axis in dict.fromkeys(self.guess.across.values()):
            columns = [column for column, key in self.guess.across.items() if key == axis]
            headers = [self.table.name(column) for column in sorted(columns)]
            yield f"  - {{columns: {write_flow(headers)}, are: {axis}{inside}}}"

    def _marked(self) -> Iterator[str]:
        # If no column holds the role, the headers of columns of marks may be roles.
        if "role" in self.by_key or "cell" in self.by_key:
            return
        marked = [
            column.name
            for column in self.columns
            if column.number not in self.guess.keys and _holds_extents(column)
        ]
        if len(marked) > 1:
            yield "# Or these headers are roles; then take them out of leave_out:"
            yield f"# wide: [{{columns: {write_flow(marked)}, are: role}}]"

    def _unread_columns(self) -> Iterator[str]:
        keyed = {column.number for columns in self.by_key.values() for column in columns}
        read = keyed | self.guess.across.keys()
        rest = [column for column in self.columns if column.number not in read and column.texts]
        if rest:
            yield "leave_out:"
        for column in rest:
            yield f"  # {column.remark()}"
            yield f"  - {write_scalar(column.name)}"

    def _new_dataset(self, title: str) -> Iterator[str]:
        yield f"title: {write_scalar(title)}"
        latest = max(self._days(), default="")
        hint = f"; the latest in this table is {latest}" if latest else ""
        yield f"# as_of: {latest or 'YYYY-MM-DD'}   # the day of the answers: without it dates are ignored{hint}"
        levels = self._levels()
        if levels:
            yield "levels:   # their territories: the name of a list, or codes"
        for level, territories in levels.items():
            yield f"  {write_pair(level, territories)}"

    def _days(self) -> Iterator[str]:
        for key in DAYS:
            for column in self.by_key.get(key, []):
                format_ = self._format(column).get("format")
                order = read_format(str(format_)) if format_ else None
                for text in column.words:
                    days = read_days(text, order)
                    if isinstance(days, DateSpan):
                        yield from filter(None, (days.first, days.last))

    def _levels(self) -> Mapping[str, YamlValue]:
        """Propose the territories of the levels of a new dataset, from the places in their rows."""
        columns = self.by_key.get("level", [])
        if len(columns) != 1:
            return {}
        seen: dict[str, set[str]] = {}
        for row in range(self.table.first, len(self.table.sheet.rows)):
            codes = seen.setdefault(self._text(row, columns[0]), set())
            for column in self.by_key.get(_PLACES, []):
                text = self._text(row, column)
                codes.update(self.values.places_of(text) if text else ())
        words = list(seen)
        if all(map(tier_in, filter(None, seen))):
            words.sort(key=lambda word: tier_in(word) or 0)
        find = self.values.known.levels.find
        ids = {word: find(word).value for word in words if word and not is_nothing(word)}
        return {
            str(id_): propose_territories(seen[word]) if seen[word] else ""
            for word, id_ in ids.items()
            if isinstance(id_, str)
        }

    def _text(self, row: int, column: _ColumnSample) -> str:
        return self.table.sheet.text(row, column.number).strip()


def _holds_extents(column: _ColumnSample) -> bool:
    words = column.words
    return bool(words) and all(is_mark(word) or read_extent(word) for word in words)


def _parts(text: str, split: Sequence[YamlValue]) -> list[str]:
    parts = [text]
    for sign in split:
        parts = [piece for part in parts for piece in part.split(str(sign))]
    return parts


def _short(text: str) -> str:
    return quote(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")

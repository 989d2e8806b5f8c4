"""The meaning of a cell's text for the key of its column, as a value of a data file."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from clustergap.importing.cell_texts import (
    MATRIX,
    NO_KEY,
    holds_tags,
    is_mark,
    is_nothing,
    is_number,
    is_observation,
    is_question,
    on_one_line,
    read_extent,
    read_status,
    read_yes_or_no,
    split_extent,
    why_too_long,
)
from clustergap.importing.days import AmbiguousDate, NotADate, SpanKind, read_days, read_format
from clustergap.importing.import_context import NOTHING, KnownRecords, Meaning, SheetVocabulary
from clustergap.importing.new_names import (
    AmbiguousComma,
    JoinedNames,
    holds_separator,
    make_id,
    separate,
)
from clustergap.importing.place_finder import PlaceFinder
from clustergap.list_format.list_layout import read_flag, read_refs, write_flag
from clustergap.model.cell import Cell
from clustergap.model.mapping import Codes
from clustergap.model.record import ID_PATTERN, NameIndex
from clustergap.reference.territories import LISTS, territories
from clustergap.text import did_you_mean, fold, quote
from clustergap.yaml_edit.write import YamlValue

_COUNTRY = 2
"""Letters of a country's code."""

_ID = re.compile(ID_PATTERN.strip("^$"))

NAMES = "names"
"""Stands for the key of a matrix' columns, whose cells name instruments."""

STARTS, ENDS = "starts", "ends"
DAYS = {
    "starts": STARTS, "cover_starts": STARTS, "ends": ENDS, "cover_ends": ENDS, "seen": STARTS, "cover_seen": STARTS,
    "commits_until": ENDS, "reviewed": ENDS,
}  # fmt: skip
"""Keys of days, and whether a month or a year among them means its first day or its last."""

_WHICH = {STARTS: "a first", ENDS: "a last", "seen": "a"}

MULTIPLE = frozenset({
    "role", "level", "cell", "targets", "territories", "funded_by", "succeeded_by", "sources",
    "cover_sources", NAMES,
})  # fmt: skip
"""Keys of which a cell may have several values."""

OF_LINES = frozenset({"note", "description", "cover_note"})
"""Keys whose texts may have several lines and are not changed."""

LITERAL = OF_LINES | {"short", "managing_body", "legal_basis"}
"""Keys whose texts are literal in tables that clustergap wrote, even those that mean nothing elsewhere."""


class TextContext(NamedTuple):
    """What the meaning of a text may depend on in its row and mapping.

    ``level`` is that of the row, ``within`` the countries that another column names; ``is_split``: the mapping has split
    several values already, so each text is one.
    """

    level: str | None = None
    within: tuple[str, ...] = ()
    codes: Codes | None = None
    format: str | None = None
    is_split: bool = False


_NO_CONTEXT = TextContext()


class Values:
    """Understands texts by key. A text may be in very many cells: callers cache the results.

    ``is_own_table``: clustergap wrote the table, or the form that was filled in.
    """

    def __init__(
        self,
        known: KnownRecords,
        places: PlaceFinder,
        date_format: str | None = None,
        new_names: Iterable[str] = (),
    ) -> None:
        self.known, self.places, self.date_format = known, places, date_format
        self.is_own_table = False
        self._anywhere = PlaceFinder(())
        self._instruments = NameIndex(known.instruments)
        self._joined_names = JoinedNames(
            word
            for instrument in known.instruments
            for word in (instrument.name, instrument.short)
            if word
        )
        self._new_names = {fold(name) for name in new_names}
        self._ids: dict[str, str] = {}
        self._examples: dict[str, str] = {}
        self._vocabularies: Mapping[str, SheetVocabulary] = {
            "role": known.roles, "level": known.levels, "kind": known.kinds, "targets": known.targets,
        }  # fmt: skip
        self._readers: Mapping[str, Callable[[str, TextContext], Meaning]] = {
            "id": self._id,
            "cell": self._cell,
            "kind": lambda text, _: known.kinds.find(text),
            "extent": lambda text, _: _extent(text),
            "status": lambda text, _: _status(text),
            "at_least": lambda text, _: _flag(text),
            "territories": self._territories,
            "sources": lambda text, _: self._sources(text),
            "cover_sources": lambda text, _: self._sources(text),
            "part_of": lambda text, _: Meaning([text]),
            "funded_by": self._references,
            "succeeded_by": self._references,
            MATRIX: lambda text, _: _mark(text),
            NAMES: self._names,
        }

    def understand(self, key: str, text: str, context: TextContext = _NO_CONTEXT) -> Meaning:
        """Return the meaning of a text that is not empty."""
        if key in DAYS:
            return self._day(key, text, context)
        if key in ("role", "level", "targets"):
            return self._records(self._vocabularies[key], text, context)
        if is_question(text) and not (self.is_own_table and key in LITERAL):
            return _open_question(text)
        reader = self._readers.get(key)
        return reader(text, context) if reader else _text(key, text)

    def knows(self, key: str, text: str, level: str | None = None) -> bool:
        """Tell whether a text is a word of the dataset for a key, in a row of a level: there ``NO`` is Norway, not "no"."""
        vocabulary = self._vocabularies.get(key)
        if vocabulary is not None:
            return vocabulary.knows(text)
        if key in ("name", "id", NAMES):
            return bool(self._instruments.meant(text))
        return key == "territories" and self.places.is_known(text, level or "")

    def _records(self, vocabulary: SheetVocabulary, text: str, context: TextContext) -> Meaning:
        plain = on_one_line(text)
        if is_question(plain) and not vocabulary.knows(plain):
            return _open_question(text)
        if context.is_split:
            return vocabulary.find(plain)
        separated = separate(text, lambda part: vocabulary.knows(part) or _is_id(vocabulary, part))
        if isinstance(separated, AmbiguousComma):
            return Meaning(None, separated.message, separated.hint)
        meanings = [vocabulary.find(on_one_line(part)) for part in separated]
        wrong = next((meaning for meaning in meanings if meaning.message), None)
        if wrong is not None and (len(meanings) == 1 or wrong.value is None):
            return wrong
        ids = list(dict.fromkeys(str(meaning.value) for meaning in meanings))
        return Meaning(ids, wrong.message if wrong else "", wrong.hint if wrong else "")

    def _cell(self, text: str, _context: TextContext) -> Meaning:
        role, _, level = (part.strip() for part in text.rpartition("@"))
        if not role or not level:
            message = f"{quote(text)} is not a cell"
            return Meaning(None, message, "write role@level, such as social-economy@eu")
        meanings = self.known.roles.find(role), self.known.levels.find(level)
        ids = [str(meaning.value) for meaning in meanings if meaning.value is not None]
        cell = str(Cell(*ids)) if len(ids) == len(meanings) else None
        # A question also gets a value.
        wrong = next((meaning for meaning in meanings if meaning.message), None)
        return wrong._replace(value=cell) if wrong else Meaning(cell)

    def _id(self, text: str, _context: TextContext) -> Meaning:
        if self._instruments.meant(text) == [text]:
            return Meaning(text)
        id_ = make_id(text)
        if id_ is None:
            message = f"no id can be made of {quote(text)}"
            return Meaning(None, message, "write it in Latin letters and digits")
        before = self._ids.setdefault(id_, text)
        if fold(before) != fold(text):
            message = f"{quote(text)} and {quote(before)} would both have the id {quote(id_)}"
            return Meaning(None, message, "write ids that differ by more than signs")
        notice = "" if id_ == text else "ids are written in small letters, digits and hyphens"
        return Meaning(id_, notices=(notice,) if notice else ())

    def _day(self, key: str, text: str, context: TextContext) -> Meaning:
        format_ = context.format or self.date_format
        days = read_days(text, read_format(format_) if format_ else None)
        if isinstance(days, AmbiguousDate):
            dates = " or ".join(reading.date for reading in days.readings)
            return Meaning(None, f"{quote(text)} may be {dates}", days.hint)
        if is_question(text):
            return _open_question(text)
        if isinstance(days, NotADate):
            return _unknown(days.message, days.hint)
        keys = days.as_keys(DAYS[key])
        if keys is None:
            which = _WHICH.get(key.removeprefix("cover_")) or _WHICH[DAYS[key]]
            hint = "write YYYY-MM-DD, YYYY-MM or YYYY, or leave the cell empty"
            return Meaning(None, f"{quote(text)} does not say {which} day", hint)
        prefix = "cover_" if key.startswith("cover_") else ""
        # A period in a cell of first or last days says the other, too; in that of another day it says only that one.
        is_of_period = key == f"{prefix}{DAYS[key]}"
        other_days = {
            f"{prefix}{name}": day
            for name, day in keys.items()
            if is_of_period and name != DAYS[key]
        }
        notice = _KINDS_OF_DAYS.get(days.kind, "")
        if days.kind is SpanKind.RANGE and not is_of_period:
            notice = _ONE_OF_PERIOD[DAYS[key]]
        if days.time_dropped:
            notice = "a time of day is dropped"
        # Reported once for all such texts, with the first as an example.
        example = self._examples.setdefault(notice, text)
        notices = (notice.format(text=quote(example)),) if notice else ()
        return Meaning(keys.get(DAYS[key]), notices=notices, other_days=other_days)

    def _territories(self, text: str, context: TextContext) -> Meaning:
        places = self.places.find(text, context.level or "", context.within, context.codes)
        if places.problems:
            is_unknown = all(problem.is_unknown for problem in places.problems)
            first, *others = ((problem.message, problem.hint) for problem in places.problems)
            return Meaning(None, *first, is_unknown, more_problems=tuple(others))
        return Meaning(
            places.territories,
            notices=tuple(notice.text for notice in places.notices),
            reused=places.reused,
            is_everywhere=places.is_everywhere,
        )

    def countries(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the countries that texts of a row name, beside anything else."""
        texts = filter(None, texts)
        return tuple(
            code for text in texts for code in self._named_places(text) if len(code) == _COUNTRY
        )

    def places_of(self, text: str) -> Collection[str]:
        """Return the codes of the places, or of the list or group of places, that a text names; empty if it names none."""
        if text in LISTS:
            return [unit.code for unit in territories(text)]
        if group := self.places.group_named(text):
            return group.territories
        return self._named_places(text)

    def _named_places(self, text: str) -> Sequence[str]:
        territories_ = self._anywhere.find(text, "").territories
        return territories_ if isinstance(territories_, Sequence) else ()

    def _sources(self, text: str) -> Meaning:
        refs: list[YamlValue] = []
        for ref in read_refs(text):
            if "ref" not in ref:
                return Meaning(None, *NO_KEY)
            key = self.known.sources.find(ref["ref"])
            if key.value is None:
                return self._place_in_source(ref["ref"]) or key
            refs.append({**ref, "ref": key.value})
        return Meaning(refs)

    def _place_in_source(self, text: str) -> Meaning | None:
        """Say how the place in a source is written, if a text begins with the key of one."""
        key, *place = text.split(maxsplit=1)
        if not place or not self.known.sources.knows(key := key.rstrip(":,;")):
            return None
        hint = f"write {quote(f'{key} | {place[0]}')}, with a bar before the place in it"
        return Meaning(None, f"{quote(text)} is not a source", hint)

    def _references(self, text: str, context: TextContext) -> Meaning:
        if context.is_split:
            return Meaning([text])
        separated = separate(text, lambda part: bool(self._instruments.meant(part)))
        # The other may be in a later row and so still be unknown: then commas separate, as in ids.
        if isinstance(separated, AmbiguousComma):
            separated = text.replace(";", ",").split(",")
        return Meaning([part.strip() for part in separated if part.strip()])

    def _names(self, text: str, context: TextContext) -> Meaning:
        """Read the names of instruments in a cell of a matrix, each with its extent, and observations."""
        if context.is_split:
            return _instrument(text, self)
        meanings: list[Meaning] = []
        for line in text.split("\n"):
            if is_observation(line.strip()) and not self.knows(NAMES, line.strip()):
                meanings.append(_observed(line))
                continue
            separated = separate(line, self._is_known_name)
            if isinstance(separated, AmbiguousComma):
                if self.known.instruments:
                    return Meaning(None, separated.message, separated.hint)
                # If no instrument is known yet, commas separate, as on slides.
                separated = line.replace(";", ",").replace("|", ",").split(",")
            meanings += [_instrument(part.strip(), self) for part in separated if part.strip()]
        wrong = next((meaning for meaning in meanings if meaning.message), NOTHING)
        values = [meaning.value for meaning in meanings if meaning.value is not None]
        return Meaning(values, wrong.message, wrong.hint)

    def _is_run_together(self, name: str) -> bool:
        # The resolver asks about such a name, whatever else is in the cell.
        return not holds_separator(name) and self._joined_names.find(name) is not None

    def _is_known_name(self, text: str) -> bool:
        name, _ = split_extent(text)
        return (
            bool(self._instruments.meant(name))
            or fold(name) in self._new_names
            or is_observation(text)
            or is_nothing(text, MATRIX)
            or self._is_run_together(name)
        )


_TAGS = "tags of HTML stay as they are: a mapping takes them out (text: html)"

_KINDS_OF_DAYS = {
    SpanKind.SINCE: "what is written as {text} is read as a first day",
    SpanKind.UNTIL: "what is written as {text} is read as a last day",
    SpanKind.RANGE: "what is written as {text} is read as a first and a last day",
    SpanKind.OPEN: "what is written as {text} is read as no last day",
}

_ONE_OF_PERIOD = {
    STARTS: "of what is written as {text} only the first day is read",
    ENDS: "of what is written as {text} only the last day is read",
}


def _is_id(vocabulary: SheetVocabulary, part: str) -> bool:
    # Without a vocabulary of target groups, lists of them are lists of ids.
    return vocabulary.noun == "target" and _ID.fullmatch(part) is not None


def _text(key: str, text: str) -> Meaning:
    plain = text if key in OF_LINES else on_one_line(text)
    owner = "instrument" if key == "name" else ""
    if why := why_too_long(plain, key, owner):
        return Meaning(None, *why)
    return Meaning(plain, notices=(_TAGS,) if holds_tags(plain) else ())


def _unknown(message: str, hint: str) -> Meaning:
    return Meaning(None, message, hint, is_unknown=True)


def _open_question(text: str, hint: str = "write what holds, or leave the cell empty") -> Meaning:
    return _unknown(f"{quote(text)} says that this is still to be found out", hint)


def _extent(text: str) -> Meaning:
    extent = read_extent(text)
    if extent:
        return Meaning(extent)
    hint = "write full or partial"
    if is_nothing(text):
        hint = (
            f"{hint}; none if somebody looked and there is nothing, in a row without id and name"
        )
    return _neither(text, ("full", "partial"), hint)


def _flag(text: str) -> Meaning:
    answer = read_yes_or_no(text)
    if answer is None:
        return _unknown(f"{quote(text)} is neither yes nor no", "write yes or no")
    return Meaning(read_flag(write_flag(answer)))


def _status(text: str) -> Meaning:
    status = read_status(text)
    if status:
        return Meaning(status)
    return _neither(text, ("active", "planned"), "write active or planned, or leave the row out")


def _neither(text: str, words: tuple[str, str], hint: str) -> Meaning:
    meant = did_you_mean(text, words)
    message = f"{quote(text)} is neither {' nor '.join(words)}"
    return Meaning(None, message, meant or hint, is_unknown=not meant)


def _mark(text: str) -> Meaning:
    if is_mark(text):
        return Meaning("full")
    extent = read_extent(text)
    if extent:
        return Meaning(extent)
    message = f"{quote(text)} is neither a mark nor an extent"
    return _unknown(message, "write x, full or partial, or leave the cell empty")


def _observed(text: str) -> Meaning:
    return Meaning({"extent": "partial", "note": on_one_line(text)})


def _instrument(part: str, values: Values) -> Meaning:
    text = on_one_line(part)
    if not values.knows(NAMES, text):
        if is_nothing(text, MATRIX):
            return NOTHING
        if is_observation(text):
            return _observed(text)
        if is_question(text):
            hint = "leave the cell empty; where nobody has looked, say so under assessed"
            return _open_question(text, hint)
        if is_mark(text):
            message = f"a mark, {quote(text)}, names no instrument"
            hint = "write the instrument's name; where rows are instruments and marks say yes: --layout cross"
            return _unknown(message, hint)
        if is_number(text):
            message = f"a number, {quote(text)}, names no instrument"
            return _unknown(message, "write the instrument's name")
    name, extent = split_extent(text)
    return Meaning({"name": name, "extent": extent} if extent else {"name": name})

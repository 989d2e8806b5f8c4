"""What the text of a cell means for the key that its column holds, as a data file says it."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from clustergap.importing.cell_words import (
    MATRIX,
    is_mark,
    is_nothing,
    is_number,
    is_observation,
    is_question,
    read_extent,
    read_status,
    split_extent,
)
from clustergap.importing.days import AmbiguousDate, NotADate, SpanKind, read_days, read_format
from clustergap.importing.place_finder import PlaceFinder
from clustergap.importing.place_words import CodeList
from clustergap.importing.slugs import make_id
from clustergap.importing.texts import (
    RunTogether,
    UnclearComma,
    holds_separator,
    holds_tags,
    on_one_line,
    separate,
    why_too_long,
)
from clustergap.importing.vocabulary import NOTHING, KnownRecords, Meaning, Vocabulary
from clustergap.list_format.list_layout import read_refs
from clustergap.model.cell import Cell
from clustergap.model.mapping import Codes
from clustergap.model.record import ID_PATTERN
from clustergap.model.record_names import Names
from clustergap.reference.territories import LISTS, territories
from clustergap.text import did_you_mean, fold, quote
from clustergap.yaml_edit.write import YamlValue

_CODE_LISTS: Mapping[Codes, CodeList] = {
    Codes.ISO2: "iso2", Codes.ISO3: "iso3", Codes.NUTS: "nuts",
}  # fmt: skip

_COUNTRY = 2
"""Letters of a country's code."""

_ID = re.compile(ID_PATTERN.strip("^$"))

NAMES = "names"
"""Stands for the key of a column where the cells of a matrix name instruments."""

STARTS, ENDS = "starts", "ends"
DAYS = {
    "starts": STARTS, "cover_starts": STARTS, "ends": ENDS, "cover_ends": ENDS, "reviewed": ENDS,
}  # fmt: skip

MULTIPLE = frozenset(
    {
        "role",
        "level",
        "cell",
        "targets",
        "territories",
        "succeeded_by",
        "sources",
        "cover_sources",
        NAMES,
    }
)
"""Keys of which a cell may hold several values."""


OF_LINES = frozenset({"note", "description", "cover_note"})
"""Keys whose texts may have several lines, and stay as they are."""

LITERAL = OF_LINES | {"short", "managing_body", "legal_basis"}
"""Keys whose texts mean what they say in what clustergap wrote, also those that say nothing elsewhere."""


class TextContext(NamedTuple):
    """What else a row, or its mapping, says that a text may depend on.

    ``level`` is the row's, ``within`` the countries that another column names; ``is_split``: a mapping says how several
    values are separated, so each text is one.
    """

    level: str | None = None
    within: tuple[str, ...] = ()
    codes: Codes | None = None
    format: str | None = None
    is_split: bool = False


_ALONE = TextContext()


class Values:
    """Understands texts by key; a text may stand in very many cells, so who asks again remembers the answer.

    Args:
        known: What words may mean.
        places: What names and codes of places may mean.
        date_format: How dates that may be read in two ways are read.
        new_names: Names of instruments that somebody has said are new.

    Attributes:
        is_ours: Whether clustergap wrote the table, or what it is filled into.
    """

    def __init__(
        self,
        known: KnownRecords,
        places: PlaceFinder,
        date_format: str | None = None,
        new_names: Iterable[str] = (),
    ) -> None:
        self.known, self.places, self.date_format = known, places, date_format
        self.is_ours = False
        self._anywhere = PlaceFinder(())
        self._instruments = Names(known.instruments)
        self._run_together = RunTogether(
            word
            for instrument in known.instruments
            for word in (instrument.name, instrument.short)
            if word
        )
        self._new_names = {fold(name) for name in new_names}
        self._ids: dict[str, str] = {}
        self._examples: dict[str, str] = {}
        self._vocabularies: Mapping[str, Vocabulary] = {
            "role": known.roles, "level": known.levels, "kind": known.kinds, "targets": known.targets,
        }  # fmt: skip
        self._readers: Mapping[str, Callable[[str, TextContext], Meaning]] = {
            "id": self._id,
            "cell": self._cell,
            "kind": lambda text, _: known.kinds.find(text),
            "extent": lambda text, _: _extent(text),
            "status": lambda text, _: _status(text),
            "territories": self._territories,
            "sources": lambda text, _: self._sources(text),
            "cover_sources": lambda text, _: self._sources(text),
            "succeeded_by": self._followers,
            MATRIX: lambda text, _: _mark(text),
            NAMES: self._names,
        }

    def understand(self, key: str, text: str, context: TextContext = _ALONE) -> Meaning:
        """Say what a text that is not empty means."""
        if key in DAYS:
            return self._day(key, text, context)
        if key in ("role", "level", "targets"):
            return self._records(self._vocabularies[key], text, context)
        if is_question(text) and not (self.is_ours and key in LITERAL):
            return _still_asked(text)
        reader = self._readers.get(key)
        return reader(text, context) if reader else _text(key, text)

    def knows(self, key: str, text: str, level: str | None = None) -> bool:
        """Tell whether a text is a word of the dataset for a key, in a row of a level: Norway's code says no 'no'."""
        vocabulary = self._vocabularies.get(key)
        if vocabulary is not None:
            return vocabulary.knows(text)
        if key in ("name", "id", NAMES):
            return bool(self._instruments.meant(text))
        return key == "territories" and self.places.is_known(text, level or "")

    def _records(self, vocabulary: Vocabulary, text: str, context: TextContext) -> Meaning:
        plain = " ".join(text.split())
        if is_question(plain) and not vocabulary.knows(plain):
            return _still_asked(text)
        if context.is_split:
            return vocabulary.find(plain)
        separated = separate(text, lambda part: vocabulary.knows(part) or _is_id(vocabulary, part))
        if isinstance(separated, UnclearComma):
            return Meaning(None, separated.message, separated.hint)
        found = [vocabulary.find(" ".join(part.split())) for part in separated]
        wrong = next((one for one in found if one.message), None)
        if wrong is not None and (len(found) == 1 or wrong.value is None):
            return wrong
        ids = list(dict.fromkeys(str(one.value) for one in found))
        return Meaning(ids, wrong.message if wrong else "", wrong.hint if wrong else "")

    def _cell(self, text: str, _context: TextContext) -> Meaning:
        role, _, level = (part.strip() for part in text.rpartition("@"))
        if not role or not level:
            message = f"{quote(text)} is not a cell"
            return Meaning(None, message, "write role@level, such as social-economy@eu")
        found = self.known.roles.find(role), self.known.levels.find(level)
        ids = [str(one.value) for one in found if one.value is not None]
        cell = str(Cell(*ids)) if len(ids) == len(found) else None
        wrong = next((one for one in found if one.message), None)  # a question has a value too
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
        said = context.format or self.date_format
        found = read_days(text, read_format(said) if said else None)
        if isinstance(found, AmbiguousDate):
            message = (
                f"{quote(text)} may be {' or '.join(reading.date for reading in found.readings)}"
            )
            return Meaning(None, message, found.hint)
        if is_question(text):
            return _still_asked(text)
        if isinstance(found, NotADate):
            return Meaning(None, found.message, found.hint, is_unknown=True)
        keys = found.as_keys(DAYS[key])
        if keys is None:
            message = (
                f"{quote(text)} does not say {'a first' if DAYS[key] == STARTS else 'a last'} day"
            )
            return Meaning(
                None, message, "write YYYY-MM-DD, YYYY-MM or YYYY, or leave the cell empty"
            )
        prefix = "cover_" if key.startswith("cover_") else ""
        also = {f"{prefix}{name}": day for name, day in keys.items() if name != DAYS[key]}
        notice = _KINDS_OF_DAYS.get(found.kind, "")
        if found.time_dropped:
            notice = "a time of day is dropped"
        # Told once for all such texts, with the first as an example.
        example = self._examples.setdefault(notice, text)
        notices = (notice.format(text=quote(example)),) if notice else ()
        return Meaning(keys.get(DAYS[key]), notices=notices, also=also)

    def _territories(self, text: str, context: TextContext) -> Meaning:
        codes = _CODE_LISTS[context.codes] if context.codes else None
        found = self.places.find(text, context.level or "", context.within, codes)
        if found.problems:
            first, is_unknown = (
                found.problems[0],
                all(problem.is_unknown for problem in found.problems),
            )
            others = tuple((problem.message, problem.hint) for problem in found.problems[1:])
            return Meaning(None, first.message, first.hint, is_unknown, others=others)
        notices = tuple(notice.text for notice in found.notices)
        return Meaning(
            found.territories,
            notices=notices,
            unsettled=found.unsettled,
            is_everywhere=found.is_everywhere,
        )

    def countries(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the countries that texts of a row name, whatever else they say."""
        found = (self._anywhere.find(text, "").territories for text in texts if text)
        return tuple(
            code
            for some in found
            if isinstance(some, Sequence)
            for code in some
            if len(code) == _COUNTRY
        )

    def places_of(self, text: str) -> Collection[str]:
        """Return the codes of the places, or of the list of places, that a text names; none if it names none."""
        if text in LISTS:
            return [unit.code for unit in territories(text)]
        found = self._anywhere.find(text, "").territories
        return found if isinstance(found, Sequence) else ()

    def _sources(self, text: str) -> Meaning:
        refs: list[YamlValue] = []
        for ref in read_refs(text):
            if "ref" not in ref:
                return Meaning(
                    None, "this source has no key", "write its key before the first bar"
                )
            key = self.known.sources.find(ref["ref"])
            if key.value is None:
                return key
            refs.append({**ref, "ref": key.value})
        return Meaning(refs)

    def _followers(self, text: str, context: TextContext) -> Meaning:
        if context.is_split:
            return Meaning([text])
        separated = separate(text, lambda part: bool(self._instruments.meant(part)))
        # Who follows may stand in a later row, which nobody knows yet: there commas separate, as in ids.
        parts: Sequence[str]
        if isinstance(separated, UnclearComma):
            parts = text.replace(";", ",").split(",")
        else:
            parts = separated
        return Meaning([part.strip() for part in parts if part.strip()])

    def _names(self, text: str, context: TextContext) -> Meaning:
        """Read the names of instruments in a cell of a matrix, each with its extent, and what is observed there."""
        if context.is_split:
            return _instrument(text, self)
        found: list[Meaning] = []
        for line in text.split("\n"):
            if is_observation(line.strip()) and not self.knows(NAMES, line.strip()):
                found.append(_observed(line))
                continue
            separated = separate(line, self._is_known_name)
            if isinstance(separated, UnclearComma):
                if self.known.instruments:
                    return Meaning(None, separated.message, separated.hint)
                # Where no instrument is known yet, a comma separates, as on slides.
                separated = line.replace(";", ",").replace("|", ",").split(",")
            parts = separated
            found += [_instrument(part.strip(), self) for part in parts if part.strip()]
        wrong = next((one for one in found if one.message), NOTHING)
        values = [one.value for one in found if one.value is not None]
        return Meaning(values, wrong.message, wrong.hint)

    def _is_run_together(self, name: str) -> bool:
        # About which its finder asks, whatever else stands in the cell.
        return not holds_separator(name) and self._run_together.find(name) is not None

    def _is_known_name(self, text: str) -> bool:
        name, _ = split_extent(text)
        return (
            bool(self._instruments.meant(name))
            or fold(name) in self._new_names
            or is_observation(text)
            or is_nothing(text, MATRIX)
            or self._is_run_together(name)
        )


_KINDS_OF_DAYS = {
    SpanKind.SINCE: "what is written as {text} is read as a first day",
    SpanKind.UNTIL: "what is written as {text} is read as a last day",
    SpanKind.RANGE: "what is written as {text} is read as a first and a last day",
    SpanKind.OPEN: "what is written as {text} is read as no last day",
}


def _is_id(vocabulary: Vocabulary, part: str) -> bool:
    # Target groups may have no vocabulary: then lists of them are lists of ids.
    return vocabulary.noun == "target" and _ID.fullmatch(part) is not None


def _text(key: str, text: str) -> Meaning:
    plain = text if key in OF_LINES else on_one_line(text)
    owner = "instrument" if key == "name" else ""
    if why := why_too_long(plain, key, owner):
        return Meaning(None, *why)
    return Meaning(plain, notices=(_TAGS,) if holds_tags(plain) else ())


_TAGS = "tags of HTML stay as they are: a mapping takes them out (text: html)"


def _still_asked(text: str) -> Meaning:
    message = f"{quote(text)} says that this is still to be found out"
    return Meaning(None, message, "write what holds, or leave the cell empty", is_unknown=True)


def _extent(text: str) -> Meaning:
    extent = read_extent(text)
    if extent == "none":
        message = f"{quote(text)} says that there is nothing, which data files cannot say yet"
        return Meaning(None, message, "leave the row out", is_unknown=True)
    if extent:
        return Meaning(extent)
    hint = did_you_mean(text, ("full", "partial"))
    return Meaning(
        None,
        f"{quote(text)} is neither full nor partial",
        hint or "write full or partial",
        is_unknown=not hint,
    )


def _status(text: str) -> Meaning:
    status = read_status(text)
    if status:
        return Meaning(status)
    hint = did_you_mean(text, ("active", "planned"))
    message = f"{quote(text)} is neither active nor planned"
    return Meaning(
        None, message, hint or "write active or planned, or leave the row out", is_unknown=not hint
    )


def _mark(text: str) -> Meaning:
    if is_mark(text):
        return Meaning("full")
    extent = read_extent(text)
    if extent in ("full", "partial"):
        return Meaning(extent)
    message = f"{quote(text)} is neither a mark nor an extent"
    return Meaning(
        None, message, "write x, full or partial, or leave the cell empty", is_unknown=True
    )


def _observed(text: str) -> Meaning:
    return Meaning({"extent": "partial", "note": " ".join(text.split())})


def _instrument(part: str, values: Values) -> Meaning:
    text = " ".join(part.split())
    if not values.knows(NAMES, text):
        if is_nothing(text, MATRIX):
            return NOTHING
        if is_observation(text):
            return _observed(text)
        if is_question(text):
            message = f"{quote(text)} says that this is still to be found out"
            hint = "leave the cell empty; where nobody has looked, say so under assessed"
            return Meaning(None, message, hint, is_unknown=True)
        if is_mark(text):
            message = f"a mark, {quote(text)}, names no instrument"
            hint = "write the instrument's name; where rows are instruments and marks say yes: --layout cross"
            return Meaning(None, message, hint, is_unknown=True)
        if is_number(text):
            message = f"a number, {quote(text)}, names no instrument"
            return Meaning(None, message, "write the instrument's name", is_unknown=True)
    name, extent = split_extent(text)
    return Meaning({"name": name, "extent": extent} if extent else {"name": name})

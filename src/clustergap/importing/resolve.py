"""Finds the records that the rows of a sheet mean: known instruments, by id, short or name, or new ones."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from clustergap.importing.binding import is_matrix
from clustergap.importing.cell_texts import MATRIX, is_nothing, why_too_long
from clustergap.importing.headers import tier_in
from clustergap.importing.import_context import MOST_COMPARED, KnownRecords
from clustergap.importing.new_names import NewNameQuestions, NewNames, make_distinct_id, make_id
from clustergap.importing.place_words import propose_territories
from clustergap.importing.problems import Problem, Problems
from clustergap.importing.sheet_records import (
    Differences,
    InstrumentEntry,
    NewRecord,
    SheetName,
    SheetRecords,
    SheetValue,
    StatementEntry,
    normalized,
)
from clustergap.importing.statements import repeated_rows, resolve_differences
from clustergap.importing.table_reader import OpenTables
from clustergap.list_format.list_layout import ColumnSubject
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument
from clustergap.model.places import Group
from clustergap.model.record import NameIndex, other_words
from clustergap.spreadsheet.sheet import Address
from clustergap.text import (
    as_typed,
    count,
    did_you_mean,
    either,
    fold,
    one_of,
    quote,
    quote_apart,
    quote_whole,
)
from clustergap.yaml_edit.write import YamlValue


def resolve_records(
    tables: OpenTables, known: KnownRecords, new_names: NewNames, problems: Problems
) -> SheetRecords:
    """Find the records that a sheet speaks of: words become ids, each instrument and each cover occurs once.

    Doubts are added to *problems*, which are those of the sheet.
    """
    differences = Differences(tables.differ)
    finder = _InstrumentFinder(known.instruments, new_names, differences, problems)
    observations: dict[Cell, list[StatementEntry]] = {}
    for row in tables.rows:
        statement = StatementEntry(row.at, dict(row.statement))
        if row.id is None and row.name is None:
            if row.cell is not None and not problems.has_row(row.at):
                observations.setdefault(row.cell, []).append(statement)
        elif (entry := finder.find(row.id, row.name)) is not None:
            for key, value in row.instrument.items():
                finder.add_value(entry, key, value)
            if row.cell is not None:
                entry.covers.setdefault(row.cell, []).append(statement)
    finder.assign_ids()
    finder.resolve_references()
    by_section = {
        "levels": known.levels,
        "roles": known.roles,
        "kinds": known.kinds,
        "targets": known.targets,
        "sources": known.sources,
    }
    new = {section: list(words.new.values()) for section, words in by_section.items() if words.new}
    covers = [entry.covers for entry in finder.entries.values()]
    repeated = _resolve_rows([observations, *covers], differences, problems)
    remarks = [*finder.remarks(), *_repeat_remarks(repeated), *differences.remarks()]
    if not is_matrix(tables.bindings[0].mapping):
        _sort_levels(new.get("levels", []))
    return SheetRecords(
        finder.entries,
        observations,
        new,
        instrument_keys=tables.keys(ColumnSubject.INSTRUMENT),
        statement_keys=tables.keys(ColumnSubject.STATEMENT),
        remarks=remarks,
    )


def _resolve_rows(
    statements: Sequence[Mapping[Cell, Sequence[StatementEntry]]],
    differences: Differences,
    problems: Problems,
) -> list[Address]:
    """Resolve several rows about a cell of one instrument, or observations of it; return the rows that repeat others."""
    repeated: list[Address] = []
    for by_cell in statements:
        for rows in by_cell.values():
            if len(rows) > 1:
                # An unreadable cell of a row may be what distinguishes it from another row.
                repeated += (at for at in repeated_rows(rows) if not problems.has_row(at))
                resolve_differences(rows, differences)
    return repeated


def _repeat_remarks(repeated: Sequence[Address]) -> list[str]:
    if not repeated:
        return []
    first, others = min(repeated), len(repeated) - 1
    if not others:
        return [f"{first}: this row repeats another, and is read once"]
    more = count(others, "more row")
    return [f"{first}: this row and {more} repeat others, and are read once"]


class _NamesAfter(NamedTuple):
    id: str
    name: str
    short: str | None


class _InstrumentFinder:
    """Finds instruments of the dataset and new ones of the sheet, as they occur in its rows."""

    def __init__(
        self,
        instruments: Sequence[Instrument],
        new_names: NewNames,
        differences: Differences,
        problems: Problems,
    ) -> None:
        self.names = NameIndex(instruments)
        self.known = {instrument.id: instrument for instrument in instruments}
        self.entries: dict[str, InstrumentEntry] = {}
        self.by_name: dict[str, str] = {}
        self.made: dict[str, InstrumentEntry] = {}
        self.problems = problems
        self.differences = differences
        self._shared: dict[str, SheetName] = {}
        self._known_names: defaultdict[str, dict[str, SheetName]] = defaultdict(dict)
        self._names_without_id: dict[str, tuple[SheetName, InstrumentEntry]] = {}
        self._ambiguous: set[str] = set()
        self._references: dict[str, str | Problem] = {}
        self._questions = NewNameQuestions(instruments, new_names, problems)

    def find(self, id_: SheetName | None, name: SheetName | None) -> InstrumentEntry | None:
        """Return the entry of the instrument that a row names; None if that is in doubt."""
        if name is not None and (why := why_too_long(name.text, "name", "instrument")):
            self.problems.add(Problem(name.at, *why))
            return None
        if id_ is not None:
            return self._by_id(id_, name)
        entry = self._by_name(name) if name else None
        if name is not None and entry is not None:
            self._names_without_id.setdefault(fold(name.text), (name, entry))
        return entry

    def _find_new(self, word: str) -> InstrumentEntry | None:
        # A new instrument of the sheet, by its id, name or short name.
        folded = fold(word)
        id_ = next((id_ for id_ in (word, folded) if id_ in self.entries), None)
        return self.entries.get(id_ or self.by_name.get(folded, ""))

    def resolve_references(self) -> None:
        """Find the instruments that others name, after all rows have been read, as they may be in later rows."""
        for entry in self.entries.values():
            for key in ("funded_by", "succeeded_by"):
                value = entry.keys.get(key)
                if value is not None:
                    # A cell may name thousands, repeatedly; words that are no instrument are problems already.
                    words = dict.fromkeys(map(str, value.value))
                    ids = (self._reference(SheetName(word, value.at)) for word in words)
                    known = list(dict.fromkeys(id_ for id_ in ids if id_ is not None))
                    entry.keys[key] = SheetValue(known, value.at)
            whole = entry.keys.pop("part_of", None)
            id_ = self._reference(SheetName(str(whole.value), whole.at)) if whole else None
            if whole is not None and id_ is not None:
                entry.keys["part_of"] = SheetValue(id_, whole.at)

    def _reference(self, word: SheetName) -> str | None:
        if word.text not in self._references:
            self._references[word.text] = self._find_reference(word)
        reference = self._references[word.text]
        if isinstance(reference, str):
            return reference
        self.problems.add(reference._replace(at=word.at))
        return None

    def _find_reference(self, word: SheetName) -> str | Problem:
        new, meant = self._find_new(word.text), self.names.meant(word.text)
        if new is not None and not meant:
            return new.id
        if len(meant) == 1:
            return meant[0]
        if meant:
            message = f"{quote(word.text)} may mean {either(meant)}"
            return Problem(word.at, message, "write the id")
        known = islice(self.known.values(), MOST_COMPARED)
        words = (
            word
            for instrument in known
            for word in (instrument.id, instrument.name, *other_words(instrument))
        )
        hint = did_you_mean(word.text, words) or "write its id or name"
        return Problem(word.at, f"{quote(word.text)} is not an instrument", hint)

    def add_value(self, entry: InstrumentEntry, key: str, value: SheetValue) -> None:
        """Add a value of an instrument; two rows that contradict each other are a problem."""
        before = entry.keys.setdefault(key, value)
        if key == "short":
            self.by_name.setdefault(fold(str(value.value)), self._key(entry))
        if normalized(key, before.value) == normalized(key, value.value):
            return
        resolved = self.differences.resolve(key, key, before, value)
        if resolved is not None:
            entry.keys[key] = resolved
        else:
            new, old = quote_apart(_format_value(value.value), _format_value(before.value))
            hint = "say the same of an instrument in all of its rows"
            self.problems.add(Problem(value.at, f"{new} contradicts {old} in {before.at}", hint))

    def assign_ids(self) -> None:
        """Give ids to new instruments without one, after all rows have been read.

        If two would have the same id, both get a hash in theirs, so that no id depends on the order of the rows. The same
        holds for an id that is a word for nothing: a cell with that word would mean the instrument at the next import.
        """
        # New names may precede the names that they consist of.
        made = [(_name_of(entry), entry.at) for entry in self.made.values()]
        self._questions.ask_of_all(made, map(_name_of, self.entries.values()))
        self._check_known_names()
        ids = {key: _id_of_words(entry) for key, entry in self.made.items()}
        numbers = Counter(ids.values())
        taken = {*self.known, *self.entries}
        final = {}
        for key, entry in self.made.items():
            id_ = ids[key]
            if id_ is not None and (numbers[id_] > 1 or id_ in taken or is_nothing(id_, MATRIX)):
                id_ = make_distinct_id(_name_of(entry))
            if id_ is None or id_ in taken:
                message = f"no id can be made of {quote(_name_of(entry))}"
                hint = "write its id in a column id, or its name in Latin letters"
                self.problems.add(Problem(entry.at, message, hint))
                id_ = f"instrument-{len(taken)}"  # never written, and causes no second problem
            taken.add(id_)
            final[key] = entry.id = id_
        self.made.clear()
        self.entries = {final.get(key, key): entry for key, entry in self.entries.items()}
        self.by_name = {word: final.get(key, key) for word, key in self.by_name.items()}
        self._check_names_without_id()

    def _check_names_without_id(self) -> None:
        # A name without an id must still mean the same instrument after the import, wherever its row was.
        if not self._names_without_id:
            return
        all_ids = dict.fromkeys((*self.known, *self.entries))
        after = NameIndex(map(self._names_after, all_ids))
        for folded, (name, entry) in self._names_without_id.items():
            meant = after.meant(name.text)
            is_told = folded in self._ambiguous or self.problems.has_cell(name.at)
            if meant != [entry.id] and not is_told:
                message = f"{quote(name.text)} may mean {either(list(dict.fromkeys([entry.id, *meant])))}"
                hint = "write the id in a column id, in each row of that name"
                self.problems.add(Problem(name.at, message, hint))

    def _names_after(self, id_: str) -> _NamesAfter:
        entry, known = self.entries.get(id_), self.known.get(id_)
        name, short = (
            str(entry.keys[key].value)
            if entry and key in entry.keys
            else getattr(known, key, None)
            for key in ("name", "short")
        )
        return _NamesAfter(id_, name or "", short)

    def _check_known_names(self) -> None:
        # Otherwise the same sheet would mean another instrument by them at the next import.
        bearers: defaultdict[str, list[str]] = defaultdict(list)
        for entry in self.entries.values():
            for key in ("name", "short"):
                if key in entry.keys:
                    bearers[fold(str(entry.keys[key].value))].append(entry.id)
        for id_, words in self._known_names.items():
            for folded, word in words.items():
                self._check_known_name(self.known[id_], word, folded, bearers.get(folded, ()))

    def _check_known_name(
        self, known: Instrument, word: SheetName, folded: str, bearers: Sequence[str]
    ) -> None:
        keys = self.entries[known.id].keys
        if folded == fold(known.name):
            key, old = "name", known.name
        else:
            key, old = "short", known.short or ""
            self._report_ambiguous(word, [id_ for id_ in bearers if id_ != known.id])
        # The instrument keeps the name by which the row found it.
        value = keys.setdefault(key, SheetValue(old, word.at))
        is_told = self.problems.has_cell(word.at)
        if fold(str(value.value)) != folded and known.id not in bearers and not is_told:
            message = f"{quote_whole(word.text)} means {quote(known.id)} here, and {value.at} gives that another name"
            hint = "write its id and its new name in all of its rows, or its old name"
            self.problems.add(Problem(word.at, message, hint))

    def _by_id(self, word: SheetName, name: SheetName | None) -> InstrumentEntry | None:
        id_ = word.text
        entry = self.entries.get(id_)
        meant = self.names.meant(name.text) if name else []
        if entry is None and id_ not in self.known and meant:
            hint = f"write {quote(meant[0])} if it is the same, or another name if it is not"
            message = f"{quote(id_)} is new here, and its name means {quote(meant[0])}"
            self.problems.add(Problem(word.at, message, hint))
            return None
        if entry is None and id_ not in self.known:
            named = self.made.get(self.by_name.get(fold(id_), ""))
            self._report_ambiguous(word, [named.id] if named else [])
        entry = entry or self._entry(id_, word.at, is_new=id_ not in self.known)
        if name is not None and id_ in meant:
            self._add_known_name(entry, name)
        elif name is not None:
            self._name(entry, name)
        return entry

    def _add_known_name(self, entry: InstrumentEntry, name: SheetName) -> None:
        # Another row may give it another name: which one wins must not depend on the dataset.
        known = self.known[entry.id]
        self.add_value(entry, "name", SheetValue(known.name, name.at))
        if fold(name.text) in {fold(known.name), fold(known.short or "")}:
            self._known_names[entry.id].setdefault(fold(name.text), name)

    def _name(self, entry: InstrumentEntry, name: SheetName) -> None:
        first = self.by_name.setdefault(fold(name.text), entry.id)
        self.add_value(entry, "name", SheetValue(name.text, name.at))
        if not entry.is_new and name.text == self.known[entry.id].name:
            return
        others = [id_ for id_ in self.names.meant(name.text) if id_ != entry.id]
        if first in self.made:
            others.append(self.made[first].id)
        elif first != entry.id:
            other = self.entries[first]
            if entry.is_new or other.is_new:
                self._shared.setdefault(fold(name.text), name)
            else:
                others.append(first)
        self._report_ambiguous(name, others)

    def remarks(self) -> list[str]:
        """Say which names are shared by several instruments with different ids."""
        if not self._shared:
            return []
        first, number = next(iter(self._shared.values())), len(self._shared)
        more = f", and so do {number - 1:,} more names" if number > 1 else ""
        return [
            f"{first.at}: {quote(first.text)} stands beside several ids{more}: each id is an instrument of its own"
        ]

    def _report_ambiguous(self, word: SheetName, others: Sequence[str]) -> None:
        if others:
            self._ambiguous.add(fold(word.text))
            message = f"{quote(word.text)} is the name of {either(others)} already"
            hint = f"write {quote(others[0])} in the column id if it is the same, or another name if it is not"
            self.problems.add(Problem(word.at, message, hint))

    def _by_name(self, name: SheetName) -> InstrumentEntry | None:
        meant = self.names.meant(name.text)
        if len(meant) > 1:
            message = f"{quote(name.text)} may mean {either(meant)}"
            self.problems.add(Problem(name.at, message, "write the id in a column id"))
            return None
        if meant:
            entry = self.entries.get(meant[0]) or self._entry(meant[0], name.at, is_new=False)
            self._add_known_name(entry, name)
            return entry
        seen = self._find_new(name.text)
        if seen is not None:
            self._questions.ask_again(*name)
            return seen
        self._questions.ask(*name)
        return self._make(name)

    def _make(self, name: SheetName) -> InstrumentEntry:
        key = _made_key(name.text)
        entry = self.made[key] = self._entry(key, name.at, is_new=True)
        entry.id = make_id(name.text) or name.text
        entry.keys["name"] = SheetValue(name.text, name.at)
        self.by_name[fold(name.text)] = key
        return entry

    def _entry(self, id_: str, at: Address, *, is_new: bool) -> InstrumentEntry:
        self.entries[id_] = InstrumentEntry(id_, at, is_new)
        return self.entries[id_]

    def _key(self, entry: InstrumentEntry) -> str:
        key = _made_key(_name_of(entry))
        return key if self.made.get(key) is entry else entry.id


def _made_key(name: str) -> str:
    # No id equals this key: no cell may have its first character.
    return f"\0{fold(name)}"


def _id_of_words(entry: InstrumentEntry) -> str | None:
    short = entry.keys.get("short")
    return (make_id(str(short.value)) if short else None) or make_id(_name_of(entry))


def _name_of(entry: InstrumentEntry) -> str:
    return str(entry.keys["name"].value) if "name" in entry.keys else ""


def _format_value(value: YamlValue) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))


def _sort_levels(levels: list[NewRecord]) -> None:
    # Broad to narrow, if their names tell: the first row of a list may be about any level.
    described = [level for level in levels if level.values]
    if not described and all(tier_in(level.name) for level in levels):
        levels.sort(key=lambda level: tier_in(level.name) or 0)


def require_territories(
    entries: SheetRecords, groups: Mapping[str, Group], problems: Problems
) -> None:
    """Ask which territories new levels have: all shares depend on them, so they are never guessed silently."""
    used: dict[str, dict[str, None]] = {}
    for cell, statement in entries.statements():
        where = statement.keys.get("territories")
        codes: YamlValue = where.value if where else ()
        if isinstance(codes, Mapping):
            codes = codes["except"]
        for code in map(str, codes):
            held = groups[code].territories if code in groups else (code,)
            used.setdefault(cell.level, {}).update(dict.fromkeys(held))
    for level in entries.new.get("levels", ()):
        named = list(used.get(level.id, ()))
        if named and "territories" not in level.values:
            proposed = propose_territories(named)
            text = proposed if isinstance(proposed, str) else ",".join(proposed)
            message = f"the level {quote(level.name)} has no territories yet, and the table names {one_of(named)}"
            option = as_typed(["--level", f"{level.id}={text}"])
            hint = f"say which it has: {option}, or under levels in a mapping"
            problems.add(Problem(None, message, hint))

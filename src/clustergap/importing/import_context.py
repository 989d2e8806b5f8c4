"""What is known before a table is read: the options of the import, and the records that its words may mean."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

from pydantic import ValidationError

from clustergap.checks.files import WRONG_VALUE
from clustergap.errors import ClusterGapError
from clustergap.findings import DataError, DataPath, Violation
from clustergap.importing.cell_texts import why_too_long
from clustergap.importing.new_names import NewNames, make_id, new_option
from clustergap.importing.problems import Problem, SheetError, refuse
from clustergap.importing.reference_tables import (
    ReferenceTables,
    keyed_records,
    listed_records,
    new_records,
)
from clustergap.importing.sheet_records import ImportLimits, NewRecord
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import FileReader, RecordValidator
from clustergap.loading.files import FILE_LIMITS, FileLimits
from clustergap.loading.loader import report_alone
from clustergap.loading.source import SourceFile
from clustergap.model.dataset import Dataset, Instrument, Level
from clustergap.model.mapping import MappingFile, TableSource
from clustergap.model.places import Group
from clustergap.model.query import Layout
from clustergap.model.record import Named, NameIndex, key_in_file, other_words
from clustergap.reference.territories import LISTS
from clustergap.text import (
    NearMisses,
    as_typed,
    closest,
    either,
    known_words,
    quote,
    quote_whole,
)
from clustergap.yaml_edit.write import YamlValue

Misfit = tuple[DataPath, str, str]
"""A part of a mapping that does not fit its table: a data path, a message and a hint."""

MAPPING_FILE = RecordValidator(MappingFile)


class LoadedMapping(NamedTuple):
    """A mapping, and its file."""

    mapping: MappingFile
    source: SourceFile

    def refuse(self, misfits: Iterable[Misfit]) -> DataError:
        """Return the error of the parts that do not fit their table."""
        broken = [(WRONG_VALUE, Violation(*misfit)) for misfit in misfits]
        return DataError(report_alone(self.source, (), broken))


def load_mapping(path: Path, limits: FileLimits = FILE_LIMITS) -> LoadedMapping:
    """Read a mapping file.

    Raises:
        DataError: It cannot be read, or is not a valid mapping.
    """
    reader = FileReader(DatasetFiles(path), limits, lambda _done, _total: None)
    file = reader.read(path, 0, MAPPING_FILE)
    if file.refusals or file.broken or file.content is None:
        raise DataError(report_alone(file.source, file.refusals, file.broken))
    return LoadedMapping(file.content.record, file.source)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says about a table, so that the program need not find it.

    ``header`` and ``last`` are row numbers as people see them, from 1. ``columns`` holds headers by their key, ``levels``
    the territories of levels by id: the name of a list, or codes. ``new_names`` are new however near they are to a known
    name; with ``all_new`` all names are. ``mapping_file`` says how somebody else's table is read. ``encoding`` and
    ``delimiter`` are those of a text file. ``cites``: the table is cited as the source of what it says, as is a table
    that is read by a mapping. ``command`` is what the user typed, to be shown again with an option added.
    """

    sheet: str | None = None
    layout: Layout | None = None
    header: Sequence[int] = ()
    last: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    leave_out: Sequence[str] = ()
    date_format: str | None = None
    fill_down: Sequence[str] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    new_names: Collection[str] = ()
    all_new: bool = False
    prune: bool = False
    mapping_file: LoadedMapping | None = None
    encoding: str | None = None
    delimiter: str | None = None
    cites: bool = False
    command: str = "clustergap import"

    @property
    def mapping(self) -> MappingFile | None:
        """How somebody else's table is read."""
        return self.mapping_file.mapping if self.mapping_file else None

    def table_source(self, name: str) -> TableSource:
        """Return the table as a source; *name* is its file's. Next year's table is the same source if the mapping names it."""
        source = self.mapping.source if self.mapping else None
        title = PurePath(name).name
        if source is None:
            return TableSource(id=make_id(PurePath(name).stem) or "table", title=title)
        return source if source.title else source.model_copy(update={"title": title})

    @property
    def known_as_new(self) -> NewNames:
        """The names that are new, however near they are to others."""
        are_all = self.all_new or bool(self.mapping and self.mapping.all_new)
        return NewNames(self.new_names, are_all=are_all)

    def misfit_error(self, misfits: Sequence[Misfit]) -> ClusterGapError:
        """Return the error of the parts of a mapping that do not fit: in its file, or in the table if it has no file."""
        if self.mapping_file is not None:
            return self.mapping_file.refuse(misfits)
        return SheetError(Problem(None, message, hint) for _, message, hint in misfits)


class Meaning(NamedTuple):
    """What a text means for its key: a value as data files write it; None: nothing, or a problem with a message.

    ``is_unknown``: the text means nothing here, and a mapping may say what to do with it; any other message is a question
    or a mistake. ``notices`` say what was done with it, and are reported with their number. ``reused`` are words whose
    meaning depends on the whole table. ``other_days`` are values of other keys, as a period has a first and a last day.
    ``more_problems`` are further messages and hints. ``is_everywhere``: it names the whole level.
    """

    value: YamlValue | None = None
    message: str = ""
    hint: str = ""
    is_unknown: bool = False
    notices: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    other_days: Mapping[str, str] = MappingProxyType({})
    more_problems: tuple[tuple[str, str], ...] = ()
    is_everywhere: bool = False


NOTHING = Meaning()
"""The text says nothing."""

MOST_COMPARED = 200
"""Known words up to which the nearest one is looked for, as each must be compared."""


class SheetVocabulary:
    """The records of one kind; it may make new records of unknown words.

    Args:
        noun: What a record is called in messages.
        records: The known records.
        most_new: How many new records it may make; 0: it is closed.
        new_names: Words that are new, however near they are to others.
    """

    def __init__(
        self, noun: str, records: Sequence[Named], most_new: int, new_names: NewNames
    ) -> None:
        self.noun, self.most_new, self.new_names = noun, most_new, new_names
        self.names = NameIndex(records)
        self.new: dict[str, NewRecord] = {}
        self._words = _words(records)
        self._near = NearMisses(())
        self._meanings: dict[str, Meaning] = {}

    @property
    def is_open(self) -> bool:
        """Whether unknown words make new records."""
        return self.most_new > 0

    def add(self, record: NewRecord) -> None:
        """Add a record that has an id already."""
        self.new[record.id] = record
        self.names.add(record)

    def knows(self, text: str) -> bool:
        """Tell whether a text means one of the records."""
        return bool(self.names.meant(text))

    def find(self, text: str) -> Meaning:
        """Return what a text means: the id of a record.

        Raises:
            SheetError: There are more new records than a table may make.
        """
        meaning = self._meanings.get(text)
        if meaning is None:
            meaning = self._meanings[text] = self._find(text)
        return meaning

    def _find(self, text: str) -> Meaning:
        meant = self.names.meant(text)
        if len(meant) == 1:
            return Meaning(meant[0])
        if len(meant) > 1:
            message = f"{quote(text)} may mean {either(meant)}"
            return Meaning(None, message, "write the id")
        if self.is_open:
            return self._make(text)
        message, hint = self.unknown(text)
        return Meaning(None, message, hint, is_unknown=self._is_far(text))

    def unknown(self, text: str) -> tuple[str, str]:
        """Say that a text means none of the records, and what may be meant."""
        known = list(dict.fromkeys(self._words.values()))
        match = closest(text, self._words) if len(self._words) <= MOST_COMPARED else None
        message = f"{quote(text)} is not a {self.noun}"
        if match:
            return message, f"did you mean {quote(self._words[match])}?"
        return message, known_words(known, self.noun)

    def _is_far(self, text: str) -> bool:
        # A misspelt word means the known one: it stays a question, whatever the mapping says about unknown words.
        return NearMisses(self._words).find(text) is None

    def _make(self, text: str) -> Meaning:
        if len(self.new) == self.most_new:
            raise refuse(
                f"{quote(text)} is one {self.noun} more than the {self.most_new:,} that a table may bring",
                "look whether its column is the right one",
            )
        if why := why_too_long(text, "name", self.noun):
            return Meaning(None, *why)
        id_ = make_id(text)
        if id_ is None or id_ in self.new or id_ in self._words:
            return self._report_no_id(text, id_)
        is_said = self.new_names.are_all or text in self.new_names
        near = None if is_said else self._near.find(text)
        self.add(NewRecord(id_, text))
        self._near.add(text)
        if near is None:
            return Meaning(id_)
        hint = f"did you mean {quote_whole(near)}? If it is another one: {new_option(text)}"
        return Meaning(id_, f"{quote_whole(text)} is a new {self.noun} here", hint)

    def _report_no_id(self, text: str, id_: str | None) -> Meaning:
        if id_ is None:
            message = f"no id can be made of {quote(text)}"
            hint = "write it in Latin letters, or give it an id in a mapping (--propose)"
            return Meaning(None, message, hint)
        other = quote(self.new[id_].name if id_ in self.new else id_)
        message = f"{quote(text)} would have the id of the {self.noun} {other}, {quote(id_)}"
        hint = f"write {other} if it is the same; else another name, or its id in a mapping (--propose)"
        return Meaning(None, message, hint)


def _words(records: Sequence[Named]) -> dict[str, str]:
    # All ids before all names: ids, which data files use, are suggested first.
    words = {record.id: record.id for record in records}
    for record in records:
        words.setdefault(record.name, record.id)
        for other in other_words(record):
            words.setdefault(other, record.id)
    return words


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """What the words of a sheet may mean: the vocabularies, and the instruments of the dataset.

    ``is_new``: there is no dataset yet.
    """

    roles: SheetVocabulary
    levels: SheetVocabulary
    kinds: SheetVocabulary
    targets: SheetVocabulary
    sources: SheetVocabulary
    instruments: Sequence[Instrument] = ()
    is_new: bool = False

    def add_source(self, source: TableSource) -> str:
        """Add the table as a source; return its key."""
        if not self.sources.knows(source.id):
            values = source.model_dump(exclude={"id", "title"}, exclude_none=True)
            self.sources.add(NewRecord(source.id, source.title or source.id, (), values))
        return source.id


def find_known_records(
    dataset: Dataset | None, tables: ReferenceTables, options: ImportOptions, limits: ImportLimits
) -> KnownRecords:
    """Gather the records that words may mean; for a new dataset, words of the table make records of kinds without any."""
    new_names = options.known_as_new

    def vocabulary(noun: str, section: str, *, may_grow: bool = False) -> SheetVocabulary:
        records = list(getattr(dataset, section)) if dataset else []
        records += [record.as_new() for record in new_records(tables, section, records)]
        is_open = not records and (dataset is None or may_grow)
        return SheetVocabulary(noun, records, limits.new if is_open else 0, new_names)

    keys = dict(dataset.sources) if dataset else {}
    titles = {key: source.title for key, source in keys.items()}
    for record in keyed_records(tables, "sources"):
        titles.setdefault(record.id, str(record.values.get("title", record.id)))
    # A table may write the key of a fragment's source as its file does.
    sources = [NewRecord(key, title, (key_in_file(key),)) for key, title in titles.items()]
    known = KnownRecords(
        roles=vocabulary("role", "roles"),
        levels=vocabulary("level", "levels"),
        kinds=vocabulary("kind", "kinds", may_grow=True),
        targets=vocabulary("target", "targets", may_grow=True),
        sources=SheetVocabulary(
            "source",
            sources,
            limits.statements if dataset is None and not sources else 0,
            new_names,
        ),
        instruments=dataset.instruments if dataset else (),
        is_new=dataset is None,
    )
    if known.levels.is_open:
        for level in given_levels(options):
            known.levels.add(level)
    if known.roles.is_open and options.mapping:
        for id_, name in options.mapping.roles.items():
            known.roles.add(NewRecord(id_, name or name_from_id(id_)))
    return known


def given_levels(options: ImportOptions) -> list[NewRecord]:
    """Return the levels of a new dataset that the command line or the mapping declares."""
    by_id = {
        id_: list(words)
        for id_, words in (options.mapping.levels if options.mapping else {}).items()
    }
    by_id |= {id_: [text] for id_, text in options.levels.items()}
    return [
        NewRecord(id_, name_from_id(id_), (), _territories(words)) for id_, words in by_id.items()
    ]


def _territories(words: Sequence[str]) -> Mapping[str, YamlValue]:
    parts = [
        part.strip()
        for text in words
        for part in text.replace(";", ",").split(",")
        if part.strip()
    ]
    if not parts:
        return {}
    return {"territories": parts[0] if len(parts) == 1 and parts[0] in LISTS else parts}


def name_from_id(id_: str) -> str:
    """Make a name of an id, for a record that has no name yet.

    >>> name_from_id("social-economy"), name_from_id("eu")
    ('Social economy', 'EU')
    """
    return _NAMES.get(id_) or id_[:1].upper() + id_[1:].replace("-", " ")


_NAMES = {"eu": "EU"}


def find_levels(
    dataset: Dataset | None, tables: ReferenceTables, known: KnownRecords, options: ImportOptions
) -> list[Level]:
    """Return the levels of a dataset, and those that a workbook or the user adds.

    Raises:
        SheetError: The command line gives an existing level other territories.
    """
    levels = list(dataset.levels) if dataset else []
    ids = {level.id for level in levels}
    for record in listed_records(tables, "levels"):
        if record.id not in ids:
            levels += _level(record.values)
    for new in known.levels.new.values():
        levels += _level({"id": new.id, "name": new.name, **new.values})
    if not known.levels.is_open:
        _refuse_other_levels(levels, options)
    return levels


def find_groups(dataset: Dataset | None, tables: ReferenceTables) -> list[Group]:
    """Return the groups of territories: those of the dataset, and new ones of the workbook."""
    groups = list(dataset.groups) if dataset else []
    for record in new_records(tables, "groups", groups):
        try:
            # What it cites does not say where it is: a wrong citation must not make its name unknown.
            groups.append(Group.model_validate({**record.values, "sources": ()}))
        except ValidationError:
            continue  # its errors are reported when the result is checked
    return groups


def _level(values: Mapping[str, YamlValue]) -> list[Level]:
    try:
        return [Level.model_validate(values)]
    except ValidationError:
        return []  # its errors are reported when the result is checked


def _refuse_other_levels(levels: Sequence[Level], options: ImportOptions) -> None:
    # Repeating a command must not fail: it declares what is there already.
    known = {level.id: level.units for level in levels}
    for record in given_levels(options):
        wanted = _level({"id": record.id, "name": record.name, **record.values})
        is_same = any(level.units == known.get(level.id) for level in wanted)
        if record.id in options.levels and not is_same:
            option = as_typed(["--level", record.id])
            message = f"{option} says which territories a level of a new dataset has, and this one has levels"
            hint = "change them where they stand, in instruments.yaml or on the workbook's sheet of levels"
            raise refuse(message, hint)

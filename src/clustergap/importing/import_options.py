"""What an import is told beside its file: the user's options, how much is read at most, the dataset, the mapping file."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from clustergap.checks.files import WRONG_VALUE
from clustergap.errors import ClusterGapError
from clustergap.findings import DataError, DataPath, Violation
from clustergap.importing.new_names import NewNames
from clustergap.list_format import reference_layout
from clustergap.loading.dataset import Loaded, load_dataset, report_alone
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import FileReader, Progress, RecordValidator
from clustergap.loading.files import FILE_LIMITS, FileLimits, Refusal
from clustergap.loading.source import SourceFile
from clustergap.model.mapping import MappingFile
from clustergap.model.query import Layout


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is not left to the program to find.

    ``header`` and ``last`` are numbers of rows as people see them, from 1. ``columns`` are headers by the key that they
    hold, ``levels`` the territories of levels by their id: the name of a list, or codes. ``new_names`` are those that
    are new, however near to a known one; with ``all_new`` every name is. ``mapping`` says how a table of others is read,
    ``refuse_mapping`` makes the error of what in it does not fit; ``encoding`` and ``delimiter`` are a text file's;
    ``cites``: the table is cited as the source of what it says, as one is that is read by a mapping;
    ``command`` is what the user typed, to be written again with one word more.
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
    mapping: MappingFile | None = None
    refuse_mapping: Callable[[Sequence[tuple[DataPath, str, str]]], ClusterGapError] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    cites: bool = False
    command: str = "clustergap import"

    @property
    def known_as_new(self) -> NewNames:
        """The names that are new, whatever they are near to."""
        are_all = self.all_new or bool(self.mapping and self.mapping.all_new)
        return NewNames(self.new_names, are_all=are_all)


class ImportLimits(NamedTuple):
    """The most that is read of anything; ``docs/import.md`` says what of it a user may meet."""

    records: int = reference_layout.RECORDS
    """Rows of a small table."""

    statements: int = reference_layout.STATEMENTS
    """Times that a sheet names instruments and cells."""

    values: int = reference_layout.LISTED_VALUES
    """Values that stand in lists in the cells of a sheet."""

    new: int = 1_000
    """Roles, levels, kinds or targets that a sheet may bring: if its words are more, they are none."""

    matrix: int = 100_000
    """Cells of the matrix: nobody has looked at a thousand."""


IMPORT_LIMITS = ImportLimits()
"""Those that hold for everybody."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The dataset to import into: its files, their bytes, and what they say; a new one has no bytes and says nothing."""

    files: DatasetFiles
    data: Mapping[Path, bytes]
    loaded: Loaded | None = None


def read_destination(
    files: DatasetFiles, limits: FileLimits, progress: Progress | None
) -> Destination:
    """Read a dataset and keep its bytes.

    Raises:
        DataError: A file has an error.
    """
    data: dict[Path, bytes] = {}
    for path in (files.main, *files.fragments, *([files.swot] if files.swot else [])):
        try:
            data[path] = files.read(path, limits.size)
        except Refusal:
            continue  # reading the dataset says why
    loaded = load_dataset(files._replace(stored=data), limits, progress)
    return Destination(files, data, loaded)


MAPPING_FILE = RecordValidator(MappingFile)


class LoadedMapping(NamedTuple):
    """A mapping, and the file that says it."""

    mapping: MappingFile
    source: SourceFile

    def refuse(self, wrong: Iterable[tuple[DataPath, str, str]]) -> DataError:
        """Refuse what does not fit its table: data paths, messages and remedies."""
        broken = [(WRONG_VALUE, Violation(*defect)) for defect in wrong]
        return DataError(report_alone(self.source, (), broken))


def load_mapping(path: Path, limits: FileLimits = FILE_LIMITS) -> LoadedMapping:
    """Read a mapping file.

    Raises:
        DataError: It cannot be read, or something in it is no mapping.
    """
    reader = FileReader(DatasetFiles(path), limits, lambda _done, _total: None)
    file = reader.read(path, 0, MAPPING_FILE)
    if file.refusals or file.broken or file.content is None:
        raise DataError(report_alone(file.source, file.refusals, file.broken))
    return LoadedMapping(file.content.record, file.source)

"""A mapping file to its record, and what is wrong in it as findings with their lines."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from clustergap.checks.shape import WRONG_VALUE
from clustergap.findings import DataError, DataPath, Violation
from clustergap.loading.dataset import report_alone
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import FileReader, RecordValidator
from clustergap.loading.files import FILE_LIMITS, FileLimits
from clustergap.loading.source import SourceFile
from clustergap.model.mapping import MappingFile

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

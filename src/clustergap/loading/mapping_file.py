"""A mapping file to its record, and what is wrong in it as findings with their lines."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from clustergap.checks.rules.shape import WRONG_VALUE
from clustergap.findings import DataError, DataPath, Rule, Violation
from clustergap.loading.datafile import Door
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import LIMITS, Limits
from clustergap.loading.report import report_alone
from clustergap.loading.shape import Shape
from clustergap.loading.source import Source
from clustergap.model.mapping import MappingFile

_SHAPE = Shape(MappingFile)


class LoadedMapping(NamedTuple):
    """A mapping, and the file that says it."""

    mapping: MappingFile
    source: Source

    def refuse(self, wrong: Iterable[tuple[DataPath, str, str]]) -> DataError:
        """Refuse what does not fit its table: data paths, messages and remedies."""
        return _refuse(self.source, [(WRONG_VALUE, Violation(*one)) for one in wrong])


def load_mapping(path: Path, limits: Limits = LIMITS) -> LoadedMapping:
    """Read a mapping file.

    Raises:
        DataError: It cannot be read, or something in it is no mapping.
    """
    door = Door(DatasetFiles(path), limits, lambda _done, _total: None)
    file = door.read(path, 0, _SHAPE)
    if file.refusals or file.broken or file.part is None:
        raise DataError(report_alone(file.source, file.refusals, file.broken))
    return LoadedMapping(file.part.record, file.source)


def _refuse(source: Source, broken: Iterable[tuple[Rule, Violation]]) -> DataError:
    return DataError(report_alone(source, (), broken))

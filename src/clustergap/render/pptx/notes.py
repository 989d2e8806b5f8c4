"""What a speaker reads below a slide: where it is known from."""

from collections.abc import Collection, Iterable

from clustergap.answers.phrases import NOTHING_CITED, cited, refs_of_cells, spelled_out
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.record import SourceRef


def notes_of_dataset(dataset: Dataset) -> tuple[str, ...]:
    """Spell out all sources of a dataset."""
    return _notes([f"{key}: {spelled_out(one)}" for key, one in dataset.sources.items()])


def notes_of_cells(dataset: Dataset, cells: Collection[Cell]) -> tuple[str, ...]:
    """Spell out the sources of what is said of cells."""
    return _notes(cited(dataset, refs_of_cells(dataset, cells)))


def notes_of(dataset: Dataset, refs: Iterable[SourceRef]) -> tuple[str, ...]:
    """Spell out sources that are cited."""
    return _notes(cited(dataset, refs))


def _notes(lines: list[str]) -> tuple[str, ...]:
    return ("Sources", *lines) if lines else (NOTHING_CITED,)

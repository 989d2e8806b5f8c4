"""What the small tables of a workbook bring into a dataset that is there: records that it lacks."""

from collections.abc import Iterator

from clustergap.importing.change import APPEND, Change
from clustergap.importing.frame import Frame
from clustergap.importing.frame_records import SECTIONS, keyed, listed
from clustergap.model.dataset import Dataset


def add_frame(frame: Frame, dataset: Dataset) -> Iterator[Change]:
    """Say which levels, roles, kinds, target groups and sources are new; those that are known stay as they are.

    A vocabulary that the dataset does not have is not begun: it would make every other word of its kind unknown.
    """
    for section in SECTIONS:
        known = {record.id for record in getattr(dataset, section)}
        for record in listed(frame, section):
            if known and record.id not in known:
                yield Change((section, APPEND), record.values)
    for record in keyed(frame, "sources"):
        if record.id not in dataset.sources:
            yield Change(("sources", record.id), record.values)

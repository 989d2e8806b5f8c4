"""The dataset to import into, as it was at one moment: what is written later must find it so."""

from pathlib import Path

from clustergap.importing.plan import Target
from clustergap.loading.datafile import Progress
from clustergap.loading.dataset import load_dataset
from clustergap.loading.files import Refusal
from clustergap.loading.folder import DatasetFiles
from clustergap.loading.limits import Limits


def read_target(files: DatasetFiles, limits: Limits, progress: Progress | None) -> Target:
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
    return Target(files, data, loaded)

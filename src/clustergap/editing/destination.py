"""The dataset that is to change: its files with their bytes, how they are written, and what it would be afterwards."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clustergap.errors import ClusterGapError
from clustergap.findings import DataError, Severity
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import Progress
from clustergap.loading.files import FILE_LIMITS, FileLimits, Refusal
from clustergap.loading.loader import Loaded, load_dataset
from clustergap.model.dataset import Dataset
from clustergap.model.dates import first_day, last_day
from clustergap.yaml_edit.write import YamlStyle

DAYS = {
    "starts": first_day, "ends": last_day, "seen": first_day, "commits_until": last_day, "reviewed": last_day, "until": last_day, "as_of": last_day,
}  # fmt: skip
"""The keys of days in data files, and what a month or a year means among them."""

DATA_STYLE = YamlStyle(
    bare_keys=frozenset({"schema", "funds", "at_least", *DAYS}),
    block_keys=frozenset(
        {"covers", "observations", "instruments", "levels", "roles", "accepted_gaps"}
    ),
    spaced_keys=frozenset({"instruments"}),
    last_key="covers",
    short_key="extent",
)
"""How data files are written: records are long, and people look for one."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A dataset whose files are to change: the files, their bytes, and the loaded dataset; a new one has only its files."""

    files: DatasetFiles
    data: Mapping[Path, bytes]
    loaded: Loaded | None = None


def paths_of(files: DatasetFiles) -> list[Path]:
    """Return the files of a dataset in the order of reading."""
    return [files.main, *files.fragments, *([files.swot] if files.swot else [])]


def read_destination(
    files: DatasetFiles, limits: FileLimits, progress: Progress | None
) -> Destination:
    """Read a dataset and keep its bytes.

    Raises:
        DataError: A file has an error.
    """
    data: dict[Path, bytes] = {}
    for path in paths_of(files):
        try:
            data[path] = files.read(path, limits.size)
        except Refusal:
            continue  # loading the dataset reports why
    loaded = load_dataset(files._replace(stored=data), limits, progress)
    return Destination(files, data, loaded)


def encode_as(before: bytes, text: str) -> bytes:
    """Return the bytes of a file that held *before*, with its byte-order mark if it had one."""
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    # Half a surrogate is reported at its place, as any forbidden character; here it must only not raise.
    return mark + text.encode("utf-8", "surrogatepass")


def dataset_with(destination: Destination, written: Mapping[Path, bytes]) -> Dataset:
    """Read the dataset as it would be with some files written.

    Raises:
        ClusterGapError: It would have an error, which is named.
    """
    largest = max(map(len, written.values()), default=0)
    limits = FILE_LIMITS._replace(size=max(largest, FILE_LIMITS.size))
    files = destination.files._replace(stored={**destination.data, **written})
    try:
        return load_dataset(files, limits).dataset
    except DataError as error:
        finding = next(f for f in error.report.findings if f.rule.severity is Severity.ERROR)
        hint = f": {finding.hint}" if finding.hint else ""
        raise ClusterGapError(
            f"nothing was written, as then the data would have an error: {finding.message}{hint}"
        ) from error

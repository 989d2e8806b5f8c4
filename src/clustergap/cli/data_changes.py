"""Commands that change the files of a dataset: under its lock, all files or none, shown as lines."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from clustergap.api.data_change import drawing_of
from clustergap.api.locations import file_limits
from clustergap.cli.data import (
    find_own_data,
    notice_before_reading,
    refuse_data_above,
    refuse_stdin,
)
from clustergap.cli.options import Color, Output
from clustergap.cli.output import emit_table
from clustergap.cli.streams import notice, show_progress
from clustergap.editing.destination import Destination, read_destination
from clustergap.saving.atomic_write import write_files
from clustergap.saving.locking import lock_dataset
from clustergap.text import visible


@contextmanager
def open_to_change(
    path: Path | None, words: Sequence[str], *, dry_run: bool, quiet: bool
) -> Iterator[Destination]:
    """Read the user's own dataset, and keep other processes from changing it meanwhile, unless nothing is written.

    Args:
        path: The path that the option gives.
        words: The command as it was typed, for the error that shows how to name a dataset.
        dry_run: Whether nothing is written.
        quiet: Whether notices are suppressed.

    Raises:
        ClusterGapError: There is no dataset, it lies above the working folder and was not named, or it is standard input.
        DataError: A file of it has an error.
    """
    refuse_stdin(path)
    location = find_own_data(path)
    refuse_data_above(location, words)
    with nullcontext() if dry_run else lock_dataset(location.files.main.parent):
        notice_before_reading(location, quiet=quiet)
        with show_progress("Reading") as progress:
            destination = read_destination(location.files, file_limits(), progress)
        yield destination


def write_changes(
    destination: Destination,
    written: Mapping[Path, bytes],
    words: Sequence[str],
    *,
    dry_run: bool,
    quiet: bool,
    color: Color,
) -> None:
    """Write files of a dataset, all or none, and say what has changed; of a dry run show the lines instead.

    Args:
        destination: The dataset as it was read.
        written: The files to write.
        words: What changes, or has changed: the title, and sentences below it.
        dry_run: Whether nothing is written.
        quiet: Whether notices are suppressed.
        color: Whether the lines are coloured.

    Raises:
        ClusterGapError: A file has changed since it was read, or cannot be written; none has been.
    """
    if not dry_run:
        write_files(written, destination.data)
    if dry_run:
        draw = drawing_of(words, destination.data, written)
    else:
        names = "\n".join(f"Written: {visible(path.as_posix())}" for path in written)
        draw = drawing_of(words, destination.data, {}, names)
    emit_table(draw, Output(color=color))
    if dry_run and written:
        notice("nothing was written; without --dry-run it is", quiet=quiet)

"""Writing files atomically: each as a whole or not at all, and several together or none."""

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from clustergap.errors import ClusterGapError
from clustergap.saving.signals import defer_signals, unwind_on_signals
from clustergap.saving.whole_file import (
    keep_owner_and_mode,
    mode_of,
    named_in_errors,
    system_reason,
    temporary_names,
    write_temporary,
    write_whole_file,
)
from clustergap.text import quote


def write_file(path: Path, data: bytes) -> None:
    """Write a file as ``write_whole_file`` does, also when the program is told to stop meanwhile.

    Raises:
        ClusterGapError: It cannot be written; nothing has changed.
    """
    with unwind_on_signals():
        write_whole_file(path, data)


def write_files(files: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> None:
    """Write several files, all or none, even if the program is told to stop meanwhile.

    First all are written under temporary names, and each old file gets a second name. From then on complete files are
    only renamed, which needs no space, and the old ones can be renamed back.

    Args:
        files: What to write.
        before: The contents of existing files when they were read.

    Raises:
        ClusterGapError: A file has changed since, or one cannot be written; none has been.
    """
    changes: list[_FileChange] = []
    new_folders: list[Path] = []
    with defer_signals() as exit_if_signalled:
        try:
            for path in files:
                exit_if_signalled()
                _refuse_if_changed(path, before.get(path))
            for path, data in files.items():
                exit_if_signalled()
                new_folders += make_folder(path.parent)
                changes.append(_FileChange(path, data, before.get(path)))
            for step in (_FileChange.flush, _FileChange.back_up, _FileChange.replace):
                for change in changes:
                    exit_if_signalled()
                    step(change)
            exit_if_signalled()
        except BaseException:
            _roll_back(changes)
            remove_folders(new_folders)
            raise
        for folder in {change.target.parent for change in changes}:
            with suppress(OSError):  # Windows cannot open folders
                _flush(folder, os.O_RDONLY)
        for change in changes:
            change.remove_temporaries()


def read_files(paths: Iterable[Path]) -> dict[Path, bytes]:
    """Read the existing ones of files that will be overwritten.

    Raises:
        ClusterGapError: One is not a file, or cannot be read.
    """
    return {path: data for path in paths if (data := _read(path)) is not None}


class _FileChange:
    """One of several files that are written together; its new content is in a temporary file from the start."""

    def __init__(self, path: Path, data: bytes, before: bytes | None) -> None:
        self.path, self.data, self.before = path, data, before
        self.backup: Path | None = None
        self.may_be_replaced = False
        with named_in_errors(path):
            self.target = path.resolve()
            self.temporary = write_temporary(self.target, data)

    def flush(self) -> None:
        # Called for all files after the last is written: flushing the first flushes most of the others.
        with named_in_errors(self.path):
            _flush(self.temporary, os.O_RDWR)

    def back_up(self) -> None:
        if self.before is None:
            return
        with named_in_errors(self.path):
            keep_owner_and_mode(self.target, self.temporary)
            try:
                self.backup = _link_temporary(self.target)
            except (OSError, NotImplementedError):  # a file system without second names
                self.backup = write_temporary(self.target, self.before)
                keep_owner_and_mode(self.target, self.backup)

    def replace(self) -> None:
        _refuse_if_changed(self.path, self.before)
        self.may_be_replaced = (
            True  # set first: on a network a rename may succeed and still report an error
        )
        with named_in_errors(self.path):
            self.temporary.replace(self.target)

    def roll_back(self) -> bool:
        """Put the old file back, unless somebody has changed the new one; return whether that succeeded."""
        try:
            if self.may_be_replaced and _read_if_there(self.target) == self.data:
                if self.backup is None:
                    self.target.unlink()
                else:
                    self.backup.replace(self.target)
        except OSError:
            return False
        return True

    def remove_temporaries(self) -> None:
        for path in filter(None, (self.temporary, self.backup)):
            with suppress(OSError):
                path.unlink()


def _roll_back(changes: Sequence[_FileChange]) -> None:
    failed = []
    for change in reversed(changes):
        if change.roll_back():
            change.remove_temporaries()
        else:
            failed.append(change)
    if failed:
        places = "; ".join(
            f"what stood in {quote(change.path)} is in {quote(change.backup)}"
            if change.backup
            else f"{quote(change.path)} is new"
            for change in failed
        )
        raise ClusterGapError(f"not all that was written could be taken back: {places}")


def _refuse_if_changed(path: Path, before: bytes | None) -> None:
    if _read(path) != before:
        raise ClusterGapError(
            f"{quote(path)} has changed since it was read: nothing was written; try again"
        )


def _read(path: Path) -> bytes | None:
    try:
        return _read_if_there(path)
    except OSError as error:
        raise ClusterGapError(f"{quote(path)} cannot be read: {system_reason(error)}") from error


def _read_if_there(path: Path) -> bytes | None:
    mode = mode_of(path)
    if stat.S_ISDIR(mode):
        raise ClusterGapError(f"{quote(path)} is a folder")
    if mode and not stat.S_ISREG(mode):
        raise ClusterGapError(f"{quote(path)} is no file")
    return path.read_bytes() if mode or path.is_symlink() else None


def _flush(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> list[Path]:
    """Make a folder and its parents, and return those that did not exist, the innermost last.

    Raises:
        ClusterGapError: It cannot be made.
    """
    try:
        lacking = [folder for folder in (path, *path.parents) if not folder.exists()]
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise ClusterGapError(f"{quote(path)} cannot be made: {system_reason(error)}") from error
    return lacking[::-1]


def remove_folders(folders: Sequence[Path]) -> None:
    """Remove folders that were made in vain, as far as they are empty."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _link_temporary(target: Path) -> Path:
    for path in temporary_names(target):
        with suppress(FileExistsError):
            path.hardlink_to(target)
            return path
    raise AssertionError  # they never end

"""Writing a file as a whole or not at all: under a temporary name beside it, which then replaces it."""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from clustergap.errors import ClusterGapError, reason
from clustergap.loading.discovery import folders_beside
from clustergap.text import meant_instead, quote

LONGEST_NAME = 100
"""Bytes of a file's name that its temporary file repeats; most systems allow 255."""


def write_whole_file(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, even if an exception comes meanwhile: the old one stays until the new one is complete beside it.

    Raises:
        ClusterGapError: It cannot be written; nothing has changed.
    """
    with named_in_errors(path):
        if is_replaced(path):
            _replace(path.resolve(), data)
            return
        with path.open("ab") as file:
            file.write(data)


def is_replaced(path: Path) -> bool:
    """Tell whether what is written to a path becomes the whole of its file.

    A device or a pipe, such as /dev/stderr, is written to, never replaced.

    Raises:
        ClusterGapError: No file can be written there: it is a folder, or in none that exists.
    """
    with named_in_errors(path):
        mode = mode_of(path)
        if stat.S_ISDIR(mode):
            raise ClusterGapError(f"{quote(path)} is a folder")
        if mode and (not stat.S_ISREG(mode) or path.is_relative_to("/dev")):
            return False
        if not path.resolve().parent.exists():
            raise _no_folder(path)
        return True


def _no_folder(path: Path) -> ClusterGapError:
    folder = path.parent.as_posix()
    meant = meant_instead(folder, folders_beside(folder)) or ". Make it first"
    return ClusterGapError(
        f"{quote(path)} cannot be written: there is no folder {quote(folder)}{meant}"
    )


@contextmanager
def named_in_errors(path: Path) -> Iterator[None]:
    """Name the file in what the system refuses."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise ClusterGapError(
            f"{quote(path)} cannot be written: {system_reason(error)}"
        ) from error


def mode_of(path: Path) -> int:
    """Return the mode of a file; 0: there is none, or a link to nothing. A loop of links raises, as does whatever cannot be read."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0


def system_reason(error: Exception) -> str:
    """Return why the system refuses to read or write a file."""
    if getattr(error, "errno", None) == errno.ELOOP:
        return "its links lead in a loop"
    return reason(error, "its name is not possible")


def _replace(target: Path, data: bytes) -> None:
    temporary = write_temporary(target, data)
    try:
        if target.exists():
            keep_owner_and_mode(target, temporary)
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()


def write_temporary(target: Path, data: bytes) -> Path:
    """Write a new file beside *target*, and return its path."""
    descriptor, path = _create_temporary(target)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - the descriptor that was made here
            file.write(data)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def keep_owner_and_mode(old: Path, new: Path) -> None:
    """Give a new file the owner and the mode of an old one, as far as one may."""
    # Root may set the owner; others may only set a group of their own, or nothing.
    before, after = old.stat(), new.stat()
    if (before.st_uid, before.st_gid) != (after.st_uid, after.st_gid):
        with suppress(OSError):
            os.chown(new, before.st_uid, before.st_gid)
    shutil.copymode(old, new)


def _create_temporary(target: Path) -> tuple[int, Path]:
    # O_EXCL: an existing file, above all a link, is never written through.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for path in temporary_names(target):
        with suppress(FileExistsError):
            return os.open(path, flags, 0o666), path
    raise AssertionError  # they never end


def temporary_names(target: Path) -> Iterator[Path]:
    """Name files beside *target*, without end."""
    stem = os.fsencode(target.name)[:LONGEST_NAME].decode(errors="ignore")
    return (target.with_name(f".{stem}.{os.getpid()}-{n}.tmp") for n in count())

"""A lock on a dataset, so that only one process at a time changes it; the system releases it if the process dies."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clustergap.errors import ClusterGapError, reason
from clustergap.saving.atomic_write import make_folder, remove_folders
from clustergap.saving.signals import defer_signals, unwind_on_signals
from clustergap.text import quote

LOCK_FILE = ".clustergap.lock"
"""The file in the dataset's folder that is locked; it has the id of the process that holds the lock."""

_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)  # never follows a link
    | getattr(os, "O_NONBLOCK", 0)  # never waits for a pipe
)

_LONGEST_TEXT = 100
_MOST_READS = 20


@contextmanager
def lock_dataset(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the dataset of a folder.

    A missing folder is made, and removed again if it stays empty.

    Raises:
        ClusterGapError: Another process holds the lock, or the file cannot be made or locked.
    """
    path = folder / LOCK_FILE
    descriptor = None
    with unwind_on_signals():
        new_folders = make_folder(folder)
        try:
            with defer_signals():  # so that it is known what was made
                descriptor = _acquire(path)
            yield
        finally:
            with defer_signals():
                if descriptor is not None:
                    release(path, descriptor)
                remove_folders(new_folders)


def _acquire(path: Path) -> int:
    while True:
        descriptor = _open(path)
        try:
            _lock_or_refuse(path, descriptor)
            if _is_still_there(path, descriptor):
                _write_process(descriptor)
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # the previous holder has just removed it


def _open(path: Path) -> int:
    try:
        return os.open(path, _FLAGS, 0o666)
    except OSError as error:
        raise _lock_error(path, error) from error


def release(path: Path, descriptor: int, system: str = os.name) -> None:
    """Release a lock and remove its file; *system* is ``os.name``."""
    # Removed while it is still locked, before another can lock it; Windows cannot remove an open file.
    with suppress(OSError):
        path.unlink()
    os.close(descriptor)
    if system == "nt":
        with suppress(OSError):
            path.unlink()


def _lock_or_refuse(path: Path, descriptor: int) -> None:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise ClusterGapError(f"{quote(path)} is no file: remove it")
    try:
        is_locked = _lock(descriptor)
    except OSError as error:
        raise _lock_error(path, error) from error
    if not is_locked:
        raise _held_by_another(path, descriptor)


def _is_still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _lock_error(path, error) from error


def _write_process(descriptor: int) -> None:
    with suppress(OSError):  # on a full disk the process goes unnamed
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())


def _held_by_another(path: Path, descriptor: int) -> ClusterGapError:
    text = b""
    for _ in range(_MOST_READS):  # the holder may not have written its id yet
        with suppress(OSError):
            text = os.read(descriptor, _LONGEST_TEXT).strip()
        if text:
            break
        time.sleep(0.01)
    holder = f"process {text.decode()}" if text.isdigit() else "another process"
    return ClusterGapError(
        f"{quote(path.parent)} is being changed by {holder}: nothing was written; try again when it has ended"
    )


def _lock_error(path: Path, error: OSError) -> ClusterGapError:
    return ClusterGapError(
        f"{quote(path)} cannot be locked: {reason(error, 'this file system has no locks')}."
        " Without it two commands could undo each other's changes, so nothing was written;"
        " make the folder writable, or work on a copy elsewhere"
    )


def lock_a_byte(descriptor: int, lock_here: Callable[[int], None]) -> bool:
    """Lock a file as Windows can, which locks bytes and lets nobody read them: one after the text; return whether it is ours.

    Args:
        descriptor: The open file.
        lock_here: Locks one byte where the file stands, or raises ``OSError``, as ``msvcrt.locking`` does.
    """
    os.lseek(descriptor, _LONGEST_TEXT, os.SEEK_SET)
    try:
        lock_here(descriptor)
    except OSError:
        return False
    finally:
        os.lseek(descriptor, 0, os.SEEK_SET)
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        return lock_a_byte(descriptor, lambda file: msvcrt.locking(file, msvcrt.LK_NBLCK, 1))

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        # Not lockf, whose lock ends as soon as this process closes the file anywhere.
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

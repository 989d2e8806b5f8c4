"""Bytes to a file, whole or not at all."""

import errno
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from clustergap.cli.stopping import tidied_when_stopped
from clustergap.errors import ClusterGapError, reason
from clustergap.loading.neighbours import folders_beside, meant_instead
from clustergap.wording import quote

LONGEST_NAME = 100
"""Bytes of a file's name that its temporary neighbour repeats; most systems take 255."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all: what was there stays until the new file stands beside it.

    Raises:
        ClusterGapError: It cannot be written; nothing has changed.
    """
    try:
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            raise ClusterGapError(f"{quote(path)} is a folder")
        if mode and (not stat.S_ISREG(mode) or path.is_relative_to("/dev")):
            with path.open(
                "ab"
            ) as file:  # a device, a pipe, what /dev/stderr is: replaced by nothing
                file.write(data)
            return
        target = path.resolve()
        if not target.parent.exists():
            raise _no_folder(path)
        with tidied_when_stopped():
            _replace(target, data)
    except (OSError, RuntimeError, ValueError) as error:
        raise ClusterGapError(f"{quote(path)} cannot be written: {_why(error)}") from error


def _no_folder(path: Path) -> ClusterGapError:
    folder = path.parent.as_posix()
    meant = meant_instead(folder, folders_beside(folder)) or ". Make it first"
    return ClusterGapError(
        f"{quote(path)} cannot be written: there is no folder {quote(folder)}{meant}"
    )


def write_files(files: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> None:
    """Write several files, all or none.

    Args:
        files: What to write.
        before: What stood in those that are there when they were read.

    Raises:
        ClusterGapError: A file has changed since, or one cannot be written; none has been.
    """
    for path in files:
        _stop_if_changed(path, before.get(path))
    written: list[Path] = []
    try:
        with tidied_when_stopped():  # between two files too
            for path, data in files.items():
                make_folder(path.parent)
                write_file(path, data)
                written.append(path)
    except BaseException:
        for path in written:
            if path in before:
                write_file(path, before[path])
            else:
                path.unlink()
        raise


def _stop_if_changed(path: Path, before: bytes | None) -> None:
    try:
        now = path.read_bytes() if os.path.lexists(path) else None
    except OSError as error:
        raise ClusterGapError(f"{quote(path)} cannot be read: {_why(error)}") from error
    if now != before:
        raise ClusterGapError(
            f"{quote(path)} has changed since it was read: nothing was written; run the import again"
        )


def make_folder(path: Path) -> None:
    """Make a folder and those above it.

    Raises:
        ClusterGapError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise ClusterGapError(f"{quote(path)} cannot be made: {_why(error)}") from error


def _mode(path: Path) -> int:
    # 0: nothing is there, or a link to nothing. A loop of links, and whatever cannot be looked at, raises.
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0


def _why(error: Exception) -> str:
    if getattr(error, "errno", None) == errno.ELOOP:
        return "its links lead in a loop"
    return reason(error, "its name is not possible")


def _replace(target: Path, data: bytes) -> None:
    descriptor, temporary = _create_beside(target)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - the descriptor that was made here
            file.write(data)
        if target.exists():
            _keep_owner(target, temporary)
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _keep_owner(old: Path, new: Path) -> None:
    # Root may; others may do so with a group of their own, or not at all.
    was, now = old.stat(), new.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid):
        with suppress(OSError):
            os.chown(new, was.st_uid, was.st_gid)


def _create_beside(target: Path) -> tuple[int, Path]:
    # O_EXCL: whatever stands there already, a link above all, is not written through.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    beginning = os.fsencode(target.name)[:LONGEST_NAME].decode(errors="ignore")
    for number in count():
        name = f".{beginning}.{os.getpid()}-{number}.tmp"
        with suppress(FileExistsError):
            return os.open(target.with_name(name), flags, 0o666), target.with_name(name)
    raise AssertionError  # count never ends

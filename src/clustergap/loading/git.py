"""Data files as they were in a git revision: objects are read, and nothing of the repository is run."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from clustergap.checks.rules.files import UNREADABLE_FILE
from clustergap.errors import ClusterGapError
from clustergap.loading.files import Refusal, too_large
from clustergap.wording import closest, quote

# No pager, no hook, no monitor of files, no object in place of another; and a clone that lacks an object says so
# instead of asking the network for it.
_OPTIONS = (
    "--no-pager", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_KEPT = re.compile(r"(?!GIT_)|GIT_(CEILING_DIRECTORIES|CONFIG_|EXEC_PATH)")
"""What git hears of the environment: where a hook's caller has its repository is not where the data is."""

_TREE, _LINK, _MODULE = "040000", "120000", "160000"


class Entry(NamedTuple):
    """One entry of a folder in a revision; ``size`` is in bytes, 0 of what is no file."""

    mode: str
    object_id: str
    size: int

    @property
    def is_folder(self) -> bool:
        """Whether there are entries below it."""
        return self.mode == _TREE

    @property
    def is_file(self) -> bool:
        """Whether it is a file of its own, and no link."""
        return self.mode not in (_TREE, _LINK, _MODULE)


Folder = Mapping[str, Entry]


class Repository:
    """The git repository that a folder lies in.

    Args:
        folder: A folder that exists.

    Raises:
        ClusterGapError: There is no git, or the folder lies in no repository that git may read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git = _find_git()
        answer = self._run("rev-parse", "--show-prefix")
        if answer.returncode:
            raise ClusterGapError(f"{quote(folder)} is in no repository of git: {_why(answer)}")
        self.prefix = PurePosixPath(os.fsdecode(answer.stdout.removesuffix(b"\n")))
        """Where the folder lies in the repository."""

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a *revision* means.

        Raises:
            ClusterGapError: It means none.
        """
        if revision.startswith("-"):
            raise ClusterGapError(f"{quote(revision)} is no revision: none begins with -")
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        answer = self._run(*words)
        found = answer.stdout.decode("ascii", "replace").strip()
        if answer.returncode or not re.fullmatch(r"[0-9a-f]{40,64}", found):
            raise ClusterGapError(self._unknown(revision))
        return found

    def folder_at(self, commit: str, path: PurePosixPath) -> Folder | None:
        """Return what is in a folder of a commit; None if there is no such folder.

        Raises:
            ClusterGapError: The way there leads through a link or another repository.
        """
        entries = self._list(f"{commit}^{{tree}}")
        for number, part in enumerate(path.parts, 1):
            entry = entries.get(part)
            if entry is not None and entry.mode in (_LINK, _MODULE):
                way = PurePosixPath(*path.parts[:number])
                raise ClusterGapError(
                    f"{quote(way)} is {_what(entry)} in that revision, and not followed"
                )
            if entry is None or not entry.is_folder:
                return None
            entries = self._list(entry.object_id)
        return entries

    def read(self, entries: Sequence[Entry], most: int) -> list[bytes | Refusal]:
        """Read files, each of at most so many bytes, or say why one cannot be read."""
        wanted = [entry.object_id for entry in entries if entry.is_file and entry.size <= most]
        blobs = self._blobs(wanted) if wanted else {}
        return [self._content(entry, blobs, most) for entry in entries]

    def _content(self, entry: Entry, blobs: Mapping[str, bytes], most: int) -> bytes | Refusal:
        if not entry.is_file:
            message = f"this is {_what(entry)}, which is not followed in a revision"
            return Refusal(UNREADABLE_FILE, message, "put the file itself there")
        if entry.size > most:
            return too_large(most)
        if entry.object_id not in blobs:
            message = "this clone does not hold the file as it was"
            return Refusal(UNREADABLE_FILE, message, "clone without --filter, or fetch it")
        return blobs[entry.object_id]

    def _list(self, tree: str) -> Folder:
        answer = self._run("ls-tree", "-z", "-l", "--full-tree", tree)
        if answer.returncode:
            raise ClusterGapError(f"the revision cannot be read: {_why(answer)}")
        entries = {}
        for line in answer.stdout.split(b"\0")[:-1]:
            head, _, name = line.partition(b"\t")
            mode, _type, object_id, size = head.decode("ascii").split()
            number = int(size) if size.isdecimal() else 0
            entries[os.fsdecode(name)] = Entry(mode, object_id, number)
        return entries

    def _blobs(self, ids: Sequence[str]) -> Mapping[str, bytes]:
        answer = self._run("cat-file", "--batch", given="\n".join(ids).encode() + b"\n")
        blobs, rest = {}, memoryview(answer.stdout)
        while rest:
            head = bytes(rest[: bytes(rest[:200]).index(b"\n")]).decode("ascii", "replace")
            rest = rest[len(head) + 1 :]
            object_id, *more = head.split()
            if more[:1] == ["blob"]:
                size = int(more[1])
                blobs[object_id] = bytes(rest[:size])
                rest = rest[size + 1 :]
        return blobs

    def _unknown(self, revision: str) -> str:
        message = f"{quote(revision)} is no revision of git here"
        shallow = self._run("rev-parse", "--is-shallow-repository")
        if shallow.stdout.strip() == b"true":
            return (
                f"{message}: the clone is shallow, so it may only lack it."
                " Fetch it: git fetch --unshallow, or fetch-depth: 0 for actions/checkout"
            )
        names = self._run("for-each-ref", "--format=%(refname:short)").stdout
        meant = closest(revision, os.fsdecode(names).splitlines())
        return f"{message}. Did you mean {quote(meant)}?" if meant else message

    def _run(self, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        kept = {key: value for key, value in os.environ.items() if _KEPT.match(key)}
        try:
            return subprocess.run(  # noqa: S603 - git by its whole path, and no shell
                [self._git, *_OPTIONS, *words],
                cwd=self.folder,
                input=given,
                capture_output=True,
                check=False,
                env={**kept, **_ENVIRONMENT},
            )
        except (OSError, ValueError) as error:
            raise ClusterGapError(f"git cannot be run: {error}") from error


def _find_git() -> str:
    found = shutil.which("git")
    # On Windows a program of that name in the working folder would be found first.
    if found is None or not Path(found).is_absolute():
        raise ClusterGapError(
            "git is not installed here, which reads revisions; two folders can be compared without it"
        )
    return found


def _what(entry: Entry) -> str:
    words = {_LINK: "a symbolic link", _MODULE: "a submodule", _TREE: "a folder"}
    return words[entry.mode]


def _why(answer: "subprocess.CompletedProcess[bytes]") -> str:
    said = answer.stderr.decode("utf-8", "replace").strip()
    return (said.splitlines() or ["it says nothing"])[0].removeprefix("fatal: ")

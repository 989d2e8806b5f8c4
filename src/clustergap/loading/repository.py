"""What a git repository holds: commits, the folders in them, and their files as they were."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar

from clustergap.checks.rules.files import UNREADABLE_FILE
from clustergap.errors import ClusterGapError
from clustergap.loading.files import Refusal, too_large
from clustergap.loading.git import Git
from clustergap.loading.neighbours import meant_instead
from clustergap.text import quote

_TREE, _LINK, _MODULE = "040000", "120000", "160000"
_WORDS = {_LINK: "a symbolic link", _MODULE: "a submodule", _TREE: "a folder"}

_LACKING = Refusal(
    UNREADABLE_FILE, "this clone does not hold the file as it was", "clone without --filter"
)
_DAMAGED = Refusal(UNREADABLE_FILE, "git cannot read the file as it was", "git fsck says more")


_SHALLOW = (
    ". The clone is shallow, so it may only lack it:"
    " git fetch --unshallow, or fetch-depth: 0 for actions/checkout"
)


class UnknownRevisionError(ClusterGapError):
    """No commit is named so. ``names`` are those that git knows; ``more`` says why it may lack one."""

    def __init__(self, revision: str, names: Sequence[str], more: str) -> None:
        self.names, self.more = names, more
        meant = meant_instead(revision, names)
        super().__init__(f"{quote(revision)} is no revision of git here{meant}{more}")


class Entry(NamedTuple):
    """One entry of a folder in a commit."""

    mode: str
    object_id: str

    @property
    def is_folder(self) -> bool:
        """Whether there are entries below it."""
        return self.mode == _TREE

    @property
    def is_file(self) -> bool:
        """Whether it is a file of its own, and no link."""
        return self.mode not in _WORDS


Folder = Mapping[str, Entry]
T = TypeVar("T")


class Repository:
    """The git repository that a folder lies in.

    Args:
        folder: A folder that exists.

    Raises:
        ClusterGapError: There is no git, or no repository that git may read.
    """

    def __init__(self, folder: Path) -> None:
        self._git = Git(folder)
        self.prefix = PurePosixPath(self._git.where())
        """Where the folder lies in the repository."""
        self._listed: dict[str, Folder] = {}

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a *revision* means.

        Raises:
            ClusterGapError: It means none.
        """
        if revision.startswith("-"):
            raise ClusterGapError(f"{quote(revision)} is no revision: none begins with -")
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        answer = self._git.ask(*words)
        found = answer.out.decode("ascii", "replace").strip()
        if answer.why_not or not re.fullmatch(r"[0-9a-f]{40,64}", found):
            raise self._unknown(revision)
        return found

    def folder_at(self, commit: str, path: PurePosixPath) -> Folder | None:
        """Return what is in a folder of a commit; None if there is no such folder.

        Raises:
            ClusterGapError: The way there leads through a link or another repository, or cannot be read.
        """
        entries = self._list(f"{commit}^{{tree}}")
        for number, part in enumerate(path.parts, 1):
            entry = entries.get(part)
            if entry is not None and entry.mode in (_LINK, _MODULE):
                way = PurePosixPath(*path.parts[:number])
                what = f"{_WORDS[entry.mode]} in that revision, and not followed"
                raise ClusterGapError(f"{quote(way)} is {what}")
            if entry is None or not entry.is_folder:
                return None
            entries = self._list(entry.object_id)
        return entries

    def read(self, entries: Sequence[Entry], most: int) -> list[bytes | Refusal]:
        """Read files, each of at most so many bytes, or say why one cannot be read."""
        ids = list(dict.fromkeys(entry.object_id for entry in entries if entry.is_file))
        refused = self._sizes(ids, most)
        sound = [id_ for id_ in ids if id_ not in refused]
        contents = {**refused, **self._each(sound, "--batch", _split_contents)}
        return [_refuse(entry) or contents[entry.object_id] for entry in entries]

    def _sizes(self, ids: Sequence[str], most: int) -> dict[str, bytes | Refusal]:
        # Why some cannot be read: they are too large, are not there, or are no files.
        refused: dict[str, bytes | Refusal] = {}
        for id_, size in self._each(ids, "--batch-check", _split_sizes).items():
            if isinstance(size, Refusal):
                refused[id_] = size
            elif size > most:
                refused[id_] = too_large(most)
        return refused

    def _each(
        self,
        ids: Sequence[str],
        mode: str,
        split: Callable[[Iterable[str], bytes], list[T | Refusal]],
    ) -> dict[str, T | Refusal]:
        found: dict[str, T | Refusal] = {}
        while len(found) < len(ids):
            rest = ids[len(found) :]
            given = "".join(f"{id_}\n" for id_ in rest).encode()
            answer = self._git.ask("cat-file", mode, given=given)
            sound = split(rest, answer.out)
            found |= dict(zip(rest, sound, strict=False))
            if len(sound) < len(rest):
                # Git stops at the first that it cannot read; the others are asked for again.
                found[rest[len(sound)]] = _LACKING if "promisor" in answer.why_not else _DAMAGED
        return found

    def _list(self, tree: str) -> Folder:
        # The way to each of a dataset's folders begins at the same top.
        if tree not in self._listed:
            self._listed[tree] = self._read_list(tree)
        return self._listed[tree]

    def _read_list(self, tree: str) -> Folder:
        answer = self._git.ask("ls-tree", "-z", "--full-tree", tree)
        if answer.why_not:
            raise ClusterGapError(f"the revision cannot be read: {answer.why_not}")
        entries = {}
        for line in answer.out.split(b"\0")[:-1]:
            head, _, raw = line.partition(b"\t")
            mode, _type, object_id = head.decode("ascii").split()
            name = os.fsdecode(raw)
            if "/" in name or name in ("", ".", ".."):
                raise ClusterGapError(
                    f"the revision holds {quote(name)}, which no file can be called"
                )
            entries[name] = Entry(mode, object_id)
        return entries

    def _unknown(self, revision: str) -> ClusterGapError:
        names = os.fsdecode(
            self._git.ask("for-each-ref", "--format=%(refname:short)").out
        ).splitlines()
        if revision in names:
            return ClusterGapError(
                f"{quote(revision)} names no commit, or one that git cannot read"
            )
        shallow = self._git.ask("rev-parse", "--is-shallow-repository").out.strip() == b"true"
        return UnknownRevisionError(revision, names, _SHALLOW if shallow else "")


def _refuse(entry: Entry) -> Refusal | None:
    if entry.is_file:
        return None
    what = _WORDS[entry.mode]
    follow = "" if entry.is_folder else ", and not followed in a revision"
    return Refusal(UNREADABLE_FILE, f"this is {what}{follow}", "put a file there")


def _split_sizes(ids: Iterable[str], batch: bytes) -> list[int | Refusal]:
    # As many as git has answered for, in the order in which they were asked for.
    sizes: list[int | Refusal] = []
    for id_, line in zip(ids, batch.decode("ascii", "replace").splitlines(), strict=False):
        match line.split():
            case [name, "blob", size] if name == id_:
                sizes.append(int(size))
            case [name, "missing"] if name == id_:
                sizes.append(_LACKING)
            case _:
                sizes.append(_DAMAGED)
    return sizes


def _split_contents(ids: Iterable[str], batch: bytes) -> list[bytes | Refusal]:
    # As many as are whole.
    contents, rest = list[bytes | Refusal](), memoryview(batch)
    for id_ in ids:
        head, found, _ = bytes(rest[:200]).partition(b"\n")
        words = head.decode("ascii", "replace").split()
        if not found or words[:2] != [id_, "blob"]:
            break
        size, start = int(words[2]), len(head) + 1
        if len(rest) <= start + size:
            break
        contents.append(bytes(rest[start : start + size]))
        rest = rest[start + size + 1 :]
    return contents

"""Datasets in revisions of git. The repository is only read: nothing in it is run, and nothing is fetched."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar

from clustergap.checks.files import UNREADABLE_FILE
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import (
    DatasetFiles,
    PassedOver,
    passed_over_beside,
    sort_fragments,
)
from clustergap.loading.files import FRAGMENTS, HOME, MAIN, SWOT, Refusal, too_large
from clustergap.text import meant_instead, quote

# No pager, hooks, file monitor or replaced objects; and a partial clone reports a missing object instead of fetching it.
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
_KEPT = re.compile(r"(?!GIT_)|GIT_(CEILING_DIRECTORIES|CONFIG_|DISCOVERY_|EXEC_PATH)")
"""Environment variables that git gets. In a hook others name the caller's repository, which need not hold the data."""

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


class NoRepositoryError(ClusterGapError):
    """A folder is not in a repository of git."""


class UnknownRevisionError(ClusterGapError):
    """There is no such commit. ``names`` are those that git knows; ``more`` says why one may be missing."""

    def __init__(self, revision: str, names: Sequence[str], more: str) -> None:
        self.names, self.more = names, more
        meant = meant_instead(revision, names)
        super().__init__(f"{quote(revision)} is no revision of git here{meant}{more}")


def find_in_revision(
    repository: "Repository", revision: str, path: PurePosixPath, most: int
) -> DatasetFiles:
    """Find the dataset that a path means in a revision, and read its files.

    Args:
        repository: The repository.
        revision: A commit, or a name for one.
        path: From the root of the repository: a folder or one of the dataset's files, as for ``find_files``.
        most: The largest size of a file, in bytes.

    Raises:
        ClusterGapError: There is no such revision, or no dataset in it at that path.
    """
    commit = repository.commit(revision)
    tree = _CommitTree(repository, commit, most)
    main, is_whole = _find_main(tree, path)
    if main is None:
        message = f"there is no dataset at {quote(path.as_posix())} in {quote(revision)}"
        raise ClusterGapError(f"{message}: name its folder with --data PATH or REV:PATH")
    fragments: tuple[Path, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    swot = None
    if is_whole:
        folder = main.with_name(FRAGMENTS)
        fragments = sort_fragments(folder / name for name in tree.entries(folder))
        passed_over = tuple(passed_over_beside(main, tree))
        swot = main.with_name(SWOT) if tree.entry(main.with_name(SWOT)) else None
    paths = [main, *fragments, *([swot] if swot else [])]
    entries = [tree.entry(file) for file in paths]
    contents = repository.read([entry for entry in entries if entry], most)
    return DatasetFiles(
        main,
        fragments,
        swot,
        passed_over,
        shown_as=f"{revision}:{main.parent.as_posix() if main.parent.parts else ''}",
        stored=dict(zip(paths, contents, strict=True)),
        commit=commit,
    )


def _find_main(tree: "_CommitTree", path: PurePosixPath) -> tuple[Path | None, bool]:
    """Return the dataset's main file, and whether other files belong to it."""
    place = Path(os.path.normpath(path))
    entry = tree.entry(place) if place.parts else None
    if not place.parts or (entry is not None and entry.is_folder):
        mains = (place / MAIN, place / HOME / MAIN)
        return next((main for main in mains if tree.entry(main)), None), True
    main = place.with_name(MAIN) if place.name == SWOT else None
    if place.parent.name == FRAGMENTS:
        main = place.parent.with_name(MAIN)
    if main is not None and tree.entry(main):
        return main, True  # even if the file did not exist yet
    if entry is None:
        tree.entries(place)  # raises if a link leads there
        return None, False
    return place, place.name == MAIN


class TreeEntry(NamedTuple):
    """One entry of a folder in a commit."""

    mode: str
    object_id: str

    @property
    def is_folder(self) -> bool:
        """Whether there are entries below it."""
        return self.mode == _TREE

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file, not a link."""
        return self.mode not in _WORDS


Folder = Mapping[str, TreeEntry]
T = TypeVar("T")


class _CommitTree:
    """The folders of one commit, each listed once."""

    def __init__(self, repository: "Repository", commit: str, most: int) -> None:
        self.repository, self.commit, self.most = repository, commit, most
        self.folders: dict[Path, Folder] = {}

    def entries(self, folder: Path) -> Folder:
        if folder not in self.folders:
            path = PurePosixPath(*folder.parts)
            self.folders[folder] = self.repository.folder_at(self.commit, path) or {}
        return self.folders[folder]

    def entry(self, path: Path) -> TreeEntry | None:
        return self.entries(path.parent).get(path.name)

    def names(self, folder: Path) -> Mapping[str, bool]:
        return {name: entry.is_folder for name, entry in self.entries(folder).items()}

    def is_same(self, path: Path, other: Path) -> bool:
        return path == other  # git distinguishes letter case on every system

    def head(self, path: Path) -> bytes:
        entry = self.entry(path)
        content = self.repository.read([entry], self.most)[0] if entry else b""
        return content if isinstance(content, bytes) else b""


class _GitOutput(NamedTuple):
    """The output of git, and its error message, empty on success."""

    out: bytes
    why_not: str

    @property
    def line(self) -> str:
        """The output as a line of text."""
        return os.fsdecode(self.out.removesuffix(b"\n"))


class Repository:
    """The git repository of a folder: its commits, their folders and files.

    Args:
        folder: A folder that exists.

    Raises:
        ClusterGapError: There is no git, or no repository that git may read.
    """

    def __init__(self, folder: Path) -> None:
        self._program = _find_program()
        self._folder = folder
        self.prefix = PurePosixPath(self._find_prefix())
        """The path of the folder in the repository."""
        self._listed: dict[str, Folder] = {}

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a *revision* means.

        Raises:
            ClusterGapError: It means no commit.
        """
        if revision.startswith("-"):
            raise ClusterGapError(f"{quote(revision)} is no revision: none begins with -")
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        answer = self._run(*words)
        commit = answer.out.decode("ascii", "replace").strip()
        if answer.why_not or not re.fullmatch(r"[0-9a-f]{40,64}", commit):
            raise self._unknown(revision)
        return commit

    def names(self) -> Sequence[str]:
        """Return the names of its branches and tags."""
        refs = self._run("for-each-ref", "--format=%(refname:short)").out
        return os.fsdecode(refs).splitlines()

    def folder_at(self, commit: str, path: PurePosixPath) -> Folder | None:
        """Return what is in a folder of a commit; None if there is no such folder.

        Raises:
            ClusterGapError: The path leads through a link or another repository, or cannot be read.
        """
        entries = self._list(f"{commit}^{{tree}}")
        for number, part in enumerate(path.parts, 1):
            entry = entries.get(part)
            if entry is not None and entry.mode in (_LINK, _MODULE):
                link = PurePosixPath(*path.parts[:number])
                reason = f"{_WORDS[entry.mode]} in that revision, and not followed"
                raise ClusterGapError(f"{quote(link)} is {reason}")
            if entry is None or not entry.is_folder:
                return None
            entries = self._list(entry.object_id)
        return entries

    def read(self, entries: Sequence[TreeEntry], most: int) -> list[bytes | Refusal]:
        """Read files of at most *most* bytes each; a refusal says why one cannot be read."""
        ids = list(dict.fromkeys(entry.object_id for entry in entries if entry.is_file))
        refused = self._sizes(ids, most)
        sound = [id_ for id_ in ids if id_ not in refused]
        contents = {**refused, **self._each(sound, "--batch", _split_contents)}
        return [_refuse(entry) or contents[entry.object_id] for entry in entries]

    def _sizes(self, ids: Sequence[str], most: int) -> dict[str, bytes | Refusal]:
        # Refusals of objects that are too large, missing or not files.
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
        results: dict[str, T | Refusal] = {}
        while len(results) < len(ids):
            rest = ids[len(results) :]
            lines = "".join(f"{id_}\n" for id_ in rest).encode()
            answer = self._run("cat-file", mode, stdin=lines)
            sound = split(rest, answer.out)
            results |= dict(zip(rest, sound, strict=False))
            if len(sound) < len(rest):
                # Git stops at the first object that it cannot read; the others are requested again.
                results[rest[len(sound)]] = _LACKING if "promisor" in answer.why_not else _DAMAGED
        return results

    def _list(self, tree: str) -> Folder:
        # Cached: the paths of all folders begin at the same root.
        if tree not in self._listed:
            self._listed[tree] = self._read_list(tree)
        return self._listed[tree]

    def _read_list(self, tree: str) -> Folder:
        answer = self._run("ls-tree", "-z", "--full-tree", tree)
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
            entries[name] = TreeEntry(mode, object_id)
        return entries

    def _unknown(self, revision: str) -> ClusterGapError:
        names = self.names()
        if revision in names:
            return ClusterGapError(
                f"{quote(revision)} names no commit, or one that git cannot read"
            )
        shallow = self._run("rev-parse", "--is-shallow-repository").out.strip() == b"true"
        return UnknownRevisionError(revision, names, _SHALLOW if shallow else "")

    def _find_prefix(self) -> str:
        prefix, top = (
            self._run("rev-parse", "--show-prefix"),
            self._run("rev-parse", "--show-toplevel"),
        )
        if "dubious ownership" in prefix.why_not:
            path = os.path.realpath(self._folder)
            raise ClusterGapError(
                f"git does not read {quote(path)}, which belongs to somebody else."
                f" If you trust it: git config --global --add safe.directory {path}"
            )
        if prefix.why_not:
            message = f"{quote(self._folder)} is in no repository of git: {prefix.why_not}"
            raise NoRepositoryError(message)
        # A bare repository has no working tree, and so no prefix.
        in_tree = os.path.join(top.line, prefix.line)  # noqa: PTH118
        if not top.why_not and os.path.realpath(self._folder) != os.path.realpath(in_tree):
            message = (
                f"git's working tree is {quote(top.line)}, not where {quote(self._folder)} lies"
            )
            raise ClusterGapError(f"{message}: see core.worktree")
        return prefix.line

    def _run(self, *arguments: str, stdin: bytes = b"") -> _GitOutput:
        kept = {key: value for key, value in os.environ.items() if _KEPT.match(key)}
        try:
            done = subprocess.run(  # noqa: S603 - git by its whole path, and no shell
                [self._program, *_OPTIONS, *arguments],
                cwd=self._folder,
                input=stdin,
                capture_output=True,
                check=False,
                env={**kept, **_ENVIRONMENT},
            )
        except (OSError, ValueError) as error:
            raise ClusterGapError(f"git cannot be run: {error}") from error
        return _GitOutput(done.stdout, _why_not(done.stderr) if done.returncode else "")


def _find_program() -> str:
    # Only on the user's path: a git in the working folder belongs to the repository.
    path = [
        part
        for part in os.environ.get("PATH", os.defpath).split(os.pathsep)
        if Path(part).is_absolute()
    ]
    program = shutil.which("git", path=os.pathsep.join(path))
    if program is None or not Path(program).is_absolute():
        raise ClusterGapError(
            "git is not installed here, which reads revisions; two folders can be compared without it"
        )
    return program


def _why_not(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines() or ["it does not say why"]
    first = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0])
    return first.removeprefix("fatal: ").removeprefix("error: ")


def _refuse(entry: TreeEntry) -> Refusal | None:
    if entry.is_file:
        return None
    mode = _WORDS[entry.mode]
    follow = "" if entry.is_folder else ", and not followed in a revision"
    return Refusal(UNREADABLE_FILE, f"this is {mode}{follow}", "put a file there")


def _split_sizes(ids: Iterable[str], batch: bytes) -> list[int | Refusal]:
    # Only those that git has answered for, in the order of the ids.
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
    # Only those that are complete.
    contents, rest = list[bytes | Refusal](), memoryview(batch)
    for id_ in ids:
        head, line_end, _ = bytes(rest[:200]).partition(b"\n")
        words = head.decode("ascii", "replace").split()
        if not line_end or words[:2] != [id_, "blob"]:
            break
        size, start = int(words[2]), len(head) + 1
        if len(rest) <= start + size:
            break
        contents.append(bytes(rest[start : start + size]))
        rest = rest[start + size + 1 :]
    return contents

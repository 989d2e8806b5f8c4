"""Which files make a dataset in a git revision."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from clustergap.errors import ClusterGapError
from clustergap.loading.files import FRAGMENTS, HOME, MAIN, SWOT
from clustergap.loading.folder import DatasetFiles, sort_fragments
from clustergap.loading.git import Entry, Repository
from clustergap.loading.passed_over import PassedOver, beside
from clustergap.text import quote


def find_in_revision(
    repository: Repository, revision: str, path: PurePosixPath, most: int
) -> DatasetFiles:
    """Find the dataset that a path means in a revision, and read its files.

    Args:
        repository: Where the revision is.
        revision: A commit, or what names one.
        path: From the repository's top: a folder or one of the dataset's files, as ``find_files`` knows them.
        most: The largest size of a file, in bytes.

    Raises:
        ClusterGapError: There is no such revision, or no dataset in it at that path.
    """
    commit = repository.commit(revision)
    stored = _Stored(repository, commit, most)
    main, is_whole = _find_main(stored, path)
    if main is None:
        message = f"there is no dataset at {quote(path.as_posix())} in {quote(revision)}"
        raise ClusterGapError(f"{message}: name its folder with --data PATH or REV:PATH")
    fragments: tuple[Path, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    swot = None
    if is_whole:
        fragments = sort_fragments(stored.below(main.with_name(FRAGMENTS)))
        passed_over = tuple(beside(main, stored))
        swot = main.with_name(SWOT) if stored.entry(main.with_name(SWOT)) else None
    paths = [main, *fragments, *([swot] if swot else [])]
    entries = [stored.entry(one) for one in paths]
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


class _Stored:
    """The folders of one commit, each listed once."""

    def __init__(self, repository: Repository, commit: str, most: int) -> None:
        self.repository, self.commit, self.most = repository, commit, most
        self.folders: dict[Path, dict[str, Entry]] = {}

    def folder(self, path: Path) -> dict[str, Entry]:
        if path not in self.folders:
            way = PurePosixPath(*path.parts)
            self.folders[path] = dict(self.repository.folder_at(self.commit, way) or {})
        return self.folders[path]

    def entry(self, path: Path) -> Entry | None:
        return self.folder(path.parent).get(path.name)

    def names(self, folder: Path) -> Mapping[str, bool]:
        return {name: entry.is_folder for name, entry in self.folder(folder).items()}

    def is_same(self, path: Path, other: Path) -> bool:
        return path == other  # git tells letter case apart on every system

    def head(self, path: Path) -> bytes:
        entry = self.entry(path)
        content = self.repository.read([entry], self.most)[0] if entry else b""
        return content if isinstance(content, bytes) else b""

    def below(self, path: Path) -> Iterable[Path]:
        return (path / name for name in self.folder(path))


def _find_main(stored: _Stored, path: PurePosixPath) -> tuple[Path | None, bool]:
    """Return the dataset's main file, and whether other files belong to it."""
    there = Path(os.path.normpath(path))
    entry = stored.entry(there) if there.parts else None
    if not there.parts or (entry is not None and entry.is_folder):
        mains = (there / MAIN, there / HOME / MAIN)
        return next((main for main in mains if stored.entry(main)), None), True
    beside = there.with_name(MAIN) if there.name == SWOT else None
    if there.parent.name == FRAGMENTS:
        beside = there.parent.with_name(MAIN)
    if beside is not None and stored.entry(beside):
        return beside, True  # also where the file itself is newer
    if entry is None:
        stored.folder(there)  # a link on the way there is told
        return None, False
    return there, there.name == MAIN

"""The two sides of a comparison: each a folder, or a git revision of one."""

import dataclasses
import os
from pathlib import Path, PurePosixPath

from clustergap.cli.data import Data, data_at, file_limits, home_folder, named_path
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import all_beside, find_nearest, folders_beside
from clustergap.loading.files import HOME
from clustergap.loading.git import (
    NoRepositoryError,
    Repository,
    UnknownRevisionError,
    find_in_revision,
)
from clustergap.model.dataset import Dataset
from clustergap.text import meant_instead, quote

_DATA = (".yaml", ".yml")
"""How the names of data files end."""


def find_side(words: str, asked: Path | None) -> Data:
    """Find what *words* mean: an existing folder or data file, else a revision, of the data asked for or ``REV:path``.

    Raises:
        ClusterGapError: They mean nothing, or there is no dataset.
    """
    is_file = words.endswith(_DATA) and os.path.lexists(words)
    if is_file or os.path.isdir(words):  # noqa: PTH112 - says no to what can be no path
        return data_at(Path(words))
    revision, inner = _split(words)
    if not revision:
        raise ClusterGapError(f"{quote(words)} is neither a folder here nor a revision of git")
    if inner is None and _is_path(words):
        raise ClusterGapError(f"{quote(words)} is no folder here{_folder_meant(words)}")
    try:
        repository, path = _at(asked) if inner is None else _below_top(inner)
        files = find_in_revision(repository, revision, path, file_limits().size)
    except (UnknownRevisionError, NoRepositoryError) as error:
        if inner is not None:
            raise
        raise _neither(words, error) from error
    return Data(files, files.shown_as)


def _is_path(words: str) -> bool:
    # No revision begins or ends so.
    return (
        words.endswith(("/", os.sep))
        or words.startswith(("./", "../", "~"))
        or os.path.isabs(words)  # noqa: PTH117
    )


def _neither(words: str, error: UnknownRevisionError | NoRepositoryError) -> ClusterGapError:
    if words.endswith(_DATA):  # git lets a branch be called so, but hardly anybody does
        meant = meant_instead(words, all_beside(words))
        return ClusterGapError(f"{quote(words)} is no file here{meant}")
    if isinstance(error, UnknownRevisionError):
        meant = meant_instead(words, [*folders_beside(words), *error.names])
        message = f"{quote(words)} is no folder and is no revision of git here{meant}{error.more}"
        return ClusterGapError(message)
    meant = _folder_meant(words)
    why = "" if meant else f", and no revision: {error}"
    return ClusterGapError(f"{quote(words)} is no folder here{meant}{why}")


def _folder_meant(words: str) -> str:
    return meant_instead(words, folders_beside(words))


def _split(words: str) -> tuple[str, str | None]:
    # A colon in braces belongs to the revision, as in main^{/fix: typo}.
    depth = 0
    for index, character in enumerate(words):
        depth = max(0, depth + (character == "{") - (character == "}"))
        if character == ":" and not depth:
            return words[:index], words[index + 1 :]
    return words, None


def _below_top(inner: str) -> tuple[Repository, PurePosixPath]:
    # As git reads REV:path: from the top of the repository, or from here where it begins with a dot.
    repository = Repository(Path())
    is_from_here = inner.startswith(("./", "../")) or inner in (".", "..")
    return repository, (repository.prefix if is_from_here else PurePosixPath()) / inner


def _at(asked: Path | None) -> tuple[Repository, PurePosixPath]:
    path = named_path(asked)
    if path is None:
        nearest = find_nearest(home_folder())
        path = nearest.folder if nearest else Path(HOME)
    try:
        folder = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays what it is
    except OSError as error:
        raise ClusterGapError(f"the working folder cannot be read: {error.strerror}") from error
    rest: list[str] = []
    while os.path.islink(folder) or not os.path.isdir(folder):  # noqa: PTH112, PTH114 - as above
        # It may have been there in the revision; a link would lead into another repository.
        rest.insert(0, folder.name)
        folder = folder.parent
    repository = Repository(folder)
    return repository, repository.prefix.joinpath(*rest)


def united(before: Dataset, after: Dataset) -> Dataset:
    """Return a dataset that knows the names of both: what one side alone has can be asked for too."""
    return dataclasses.replace(
        after,
        levels=after.levels + before.levels,
        roles=after.roles + before.roles,
        kinds=after.kinds + before.kinds,
        targets=after.targets + before.targets,
        instruments=after.instruments + before.instruments,
    )

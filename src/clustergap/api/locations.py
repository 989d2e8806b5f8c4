"""Where a dataset is: at a path, nearest to the working folder, in the package, or in a revision of git."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import (
    DatasetFiles,
    PassedOver,
    all_beside,
    find_files,
    find_nearest,
    folders_beside,
)
from clustergap.loading.files import FILE_LIMITS, HOME, MIB, FileLimits
from clustergap.loading.yaml_dialect import HAS_LIBYAML
from clustergap.text import meant_instead, one_of, quote, visible

_SUFFIXES = (".yaml", ".yml")
"""How the names of data files end."""


class DatasetLocation(NamedTuple):
    """Where a dataset is: its files, and ``path`` as the user named it, None for the packaged deck.

    ``is_above``: the user did not name it, and it lies in a folder above the working folder.
    """

    files: DatasetFiles
    path: str | None
    is_above: bool = False


def find_data(path: Path | None) -> DatasetLocation:
    """Find the dataset: at the path, else where the environment says, else the nearest, else the packaged deck.

    Raises:
        ClusterGapError: There is no dataset at the path.
    """
    return find_own_location(path) or locate_deck()


def find_own_location(path: Path | None) -> DatasetLocation | None:
    """Find the dataset as ``find_data`` does, but never the packaged deck; None if there is none."""
    named = named_path(path)
    return locate_dataset(named) if named is not None else locate_nearest_dataset(home_folder())


def default_path(option: Path | None) -> Path:
    """Return the path to look at in a revision of git: as named, else that of the nearest dataset, else the usual one."""
    named = named_path(option)
    if named is not None:
        return named
    nearest = find_nearest(home_folder())
    return nearest.folder if nearest else Path(HOME)


def named_path(option: Path | None) -> Path | None:
    """Return the path that the user gives, by the option or in the environment."""
    named = os.environ.get("CLUSTERGAP_DATA")
    return Path(named) if option is None and named else option


def home_folder() -> Path | None:
    """Return the user's home folder, if the system knows one."""
    try:
        return Path.home()
    except RuntimeError:  # neither the environment nor the system knows the user
        return None


def file_limits() -> FileLimits:
    """Return the limits of files, with the size that the user has set.

    Raises:
        ClusterGapError: CLUSTERGAP_MAX_MIB is not a number.
    """
    text = os.environ.get("CLUSTERGAP_MAX_MIB", "")
    if not text:
        return FILE_LIMITS
    if not text.isascii() or not text.isdecimal() or int(text[:9]) == 0:
        raise ClusterGapError(f"CLUSTERGAP_MAX_MIB is {quote(text)}, not a number of MiB")
    return FILE_LIMITS._replace(size=int(text[:9]) * MIB)


def reading_notes(
    location: DatasetLocation, overlooked: Iterable[PassedOver] = ()
) -> Iterator[str]:
    """Say where data is that was not named, what makes reading slow, and which files look like data but are not read.

    Args:
        location: Where the data is.
        overlooked: Files that look like the user's own data, if these are none.
    """
    if location.path is None:
        for file in overlooked:
            yield f"{quote(file.path.as_posix())} is not read: {file.why}"
        yield "no dataset is found, so this is the packaged deck; --data PATH names other data"
    if location.is_above:
        yield f"the data is {quote(location.path)}, the nearest above this folder; --data PATH names other data"
    if not HAS_LIBYAML:
        yield "PyYAML has no libyaml here: reading is the same, but ten times slower"
    files = location.files
    names_by_reason: dict[str, list[str]] = {}
    for passed_over in files.passed_over:
        name = f"'{visible(files.name_of(passed_over.path))}'"
        names_by_reason.setdefault(passed_over.why, []).append(name)
    for why, names in names_by_reason.items():
        verb = "is" if len(names) == 1 else "are"
        yield f"{one_of(names)} {verb} not read: {why}"


def locate_dataset(path: Path) -> DatasetLocation:
    """Locate the dataset that a path means.

    Raises:
        ClusterGapError: There is no dataset.
    """
    # If the path is a project's folder, the dataset's folder in it is used, so that messages name the right files.
    files = find_files(path)
    named = files.main.parent if path.is_dir() else path
    return DatasetLocation(files, named.as_posix())


def locate_nearest_dataset(home: Path | None) -> DatasetLocation | None:
    """Locate the dataset that ``find_nearest`` finds.

    Raises:
        ClusterGapError: It cannot be read.
    """
    nearest = find_nearest(home)
    return locate_dataset(nearest.folder)._replace(is_above=nearest.is_above) if nearest else None


def locate_deck() -> DatasetLocation:
    """Locate the packaged deck, whose files are named as those of a project."""
    return DatasetLocation(find_files(packaged_folder())._replace(shown_as=HOME), None)


def packaged_folder() -> Path:
    """Return the folder of the packaged deck."""
    # In a wheel the deck stands beside the package's modules; in a checkout it is the repository's data.
    package = Path(__file__).parent.parent
    return package / "data" if (package / "data").is_dir() else package.parent.parent / "data"


def locate_version(words: str, default: Path, most: int = FILE_LIMITS.size) -> DatasetLocation:
    """Locate the dataset that *words* mean: an existing folder or data file, else a revision of git.

    Args:
        words: A path, ``REV`` or ``REV:path``.
        default: The path to read in a revision that comes without one.
        most: The largest file that is read from a revision, in bytes.

    Raises:
        ClusterGapError: They mean neither a path nor a revision, or there is no dataset.
    """
    is_file = words.endswith(_SUFFIXES) and os.path.lexists(words)
    if is_file or os.path.isdir(words):  # noqa: PTH112 - says no to what can be no path
        return locate_dataset(Path(words))
    revision, inner = _split(words)
    if not revision:
        raise ClusterGapError(f"{quote(words)} is neither a folder here nor a revision of git")
    if inner is None and _is_path(words):
        raise ClusterGapError(f"{quote(words)} is no folder here{_folder_meant(words)}")
    from clustergap.loading.git import NoRepositoryError, UnknownRevisionError

    try:
        return locate_in_revision(revision, inner, default, most)
    except (UnknownRevisionError, NoRepositoryError) as error:
        if inner is not None:
            raise
        raise _neither(words, error) from error


def locate_in_revision(
    revision: str, inner: str | None, default: Path, most: int
) -> DatasetLocation:
    """Locate a dataset in a revision of git: at the path *inner*, else at that of *default*.

    Raises:
        ClusterGapError: There is no such revision, or no dataset in it.
    """
    from clustergap.loading.git import Repository, find_in_revision

    if inner is None:
        folder, missing = _deepest_folder(default)
        repository = Repository(folder)
        path = repository.prefix.joinpath(*missing)
    else:
        # As git reads REV:path: from the top of the repository, or from the working folder if the path begins with a dot.
        repository = Repository(Path())
        is_from_here = inner.startswith(("./", "../")) or inner in (".", "..")
        path = (repository.prefix if is_from_here else PurePosixPath()) / inner
    files = find_in_revision(repository, revision, path, most)
    return DatasetLocation(files, files.shown_as)


def revisions_of(path: Path) -> list[str]:
    """Return the branches and tags of the repository of git in which a path lies, after ``HEAD``.

    Raises:
        ClusterGapError: There is no git, or no repository.
    """
    from clustergap.loading.git import Repository

    folder, _ = _deepest_folder(path)
    return ["HEAD", *Repository(folder).names()]


def _is_path(words: str) -> bool:
    # No revision begins or ends like this.
    return (
        words.endswith(("/", os.sep))
        or words.startswith(("./", "../", "~"))
        or os.path.isabs(words)  # noqa: PTH117
    )


def _neither(words: str, error: ClusterGapError) -> ClusterGapError:
    from clustergap.loading.git import UnknownRevisionError

    if words.endswith(
        _SUFFIXES
    ):  # git allows such a name for a branch, but hardly anybody uses one
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


def _deepest_folder(path: Path) -> tuple[Path, list[str]]:
    # Missing folders below it may exist in the revision; a link would lead into another repository.
    try:
        folder = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays what it is
    except OSError as error:
        raise ClusterGapError(f"the working folder cannot be read: {error.strerror}") from error
    missing: list[str] = []
    while os.path.islink(folder) or not os.path.isdir(folder):  # noqa: PTH112, PTH114 - as above
        missing.insert(0, folder.name)
        folder = folder.parent
    return folder, missing

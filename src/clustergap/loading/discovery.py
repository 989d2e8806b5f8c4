"""Which files make a dataset: at the path that a user names, or nearest to the working folder."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from clustergap.errors import ClusterGapError, reason
from clustergap.loading.files import FRAGMENTS, HOME, MAIN, READ, SWOT, Refusal, read_bytes
from clustergap.loading.look_alikes import Disk, PassedOver, look_alikes_in, passed_over_beside
from clustergap.text import LONGEST_QUOTE, closest, quote


class DatasetFiles(NamedTuple):
    """The files of one dataset, as the user named their place.

    ``added`` are fragments from elsewhere, which somebody asks to have read as well. ``passed_over`` are files beside
    them that look like data but are not read. ``shown_as`` is a folder to name in
    messages instead of the real one. ``stored`` holds the files that are not read from disk, or why they cannot be read;
    ``commit`` is the one of git that they are of, if they are of one.
    """

    main: Path
    fragments: tuple[Path, ...] = ()
    swot: Path | None = None
    passed_over: tuple[PassedOver, ...] = ()
    shown_as: str | None = None
    added: tuple[Path, ...] = ()
    stored: Mapping[Path, bytes | Refusal] = MappingProxyType({})
    commit: str | None = None

    def name_of(self, path: Path) -> str:
        """Name one of the files as the user knows it."""
        if self.shown_as is None or path in self.added:
            return path.as_posix()
        joint = "" if self.shown_as.endswith(":") else "/"
        return f"{self.shown_as}{joint}{path.relative_to(self.main.parent).as_posix()}"

    def read(self, path: Path, most: int) -> bytes:
        """Read one of the files, at most so many bytes.

        Raises:
            Refusal: It cannot be read.
        """
        if path in self.added or (self.commit is None and path not in self.stored):
            return read_bytes(path, self.folder_of(path), most)
        stored = self.stored[path]
        if isinstance(stored, Refusal):
            raise stored
        return stored

    def folder_of(self, path: Path) -> Path:
        """Return the folder, with links resolved, out of which one of the files may not lead."""
        if path in self.added:
            return Path(os.path.realpath(path)).parent  # follows a loop of links as far as it goes
        return self.main.parent.resolve()


def find_files(path: Path) -> DatasetFiles:
    """Find the dataset that *path* means: its folder, or one of its files.

    A file of another name than the data model's stands alone, as an ``instruments.yaml`` would.

    Raises:
        ClusterGapError: There is nothing at *path*, or no ``instruments.yaml`` in the folder.
    """
    try:
        return _find(path)
    except OSError as error:
        # The folder of the fragments has a name of its own.
        place = error.filename or path
        raise ClusterGapError(f"{quote(place)} cannot be read: {reason(error, '')}") from error


def find_place(path: Path) -> DatasetFiles:
    """Say which files a dataset has that is to be made at *path*: a folder, or an ``instruments.yaml`` in one."""
    return _whole(path if path.suffix == Path(MAIN).suffix else path / MAIN)


def sort_fragments(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return which of the files in ``instruments/`` are fragments, in name order."""
    fragments = (path for path in paths if path.suffix == READ and not path.name.startswith("."))
    return tuple(sorted(fragments, key=lambda path: path.name))


def _find(path: Path) -> DatasetFiles:
    if path.is_dir():
        # A project's folder means the dataset that it keeps.
        main = next(
            (path / name for name in (MAIN, f"{HOME}/{MAIN}") if _is_there(path / name)), None
        )
        if main is None:
            raise ClusterGapError(_no_main(path))
        return _whole(main)
    if not _is_there(path):
        meant = meant_instead(str(path), all_beside(str(path)))
        raise ClusterGapError(f"{quote(path)} does not exist{meant}")
    if path.name == SWOT and _is_there(path.with_name(MAIN)):
        return _whole(path.with_name(MAIN))
    if path.absolute().parent.name == FRAGMENTS and _is_there(_main_beside(path.parent)):
        return _whole(_main_beside(path.parent))
    return _whole(path) if path.name == MAIN else DatasetFiles(path)


def _no_main(folder: Path) -> str:
    for name in (MAIN, f"{HOME}/{MAIN}"):
        if (folder / name).is_symlink():
            return f"{quote((folder / name).as_posix())} is a link to nothing"
    lies_there = "".join(
        f"; {quote(file.path.as_posix())} is not read: {file.why}"
        for home in (folder, folder / HOME)
        for file in islice(look_alikes_in(home), 1)
    )
    return f"there is no {MAIN} in {quote(folder)}{lies_there}"


def _whole(main: Path) -> DatasetFiles:
    folder, swot = main.with_name(FRAGMENTS), main.with_name(SWOT)
    fragments = sort_fragments(folder.iterdir() if folder.is_dir() else ())
    passed_over = tuple(passed_over_beside(main, Disk()))
    return DatasetFiles(main, fragments, swot if is_listed(swot) else None, passed_over)


def _main_beside(folder: Path) -> Path:
    # Where the folder is ".", the user stands in it.
    return folder.parent / MAIN if folder.name else Path("..") / MAIN


def is_listed(path: Path) -> bool:
    """Tell whether a file stands in a folder, if only as a link to nothing, or one that may not be looked into."""
    return _is_there(path) or path.is_symlink()


def _is_there(path: Path) -> bool:
    # A pipe, a device or a loop of links is there: what is wrong with it is a finding.
    try:
        return path.exists() or (path.is_symlink() and _is_loop(path))
    except OSError:
        return True


def _is_loop(path: Path) -> bool:
    try:
        path.resolve(strict=True)
    except FileNotFoundError:
        return False
    except (OSError, RuntimeError):
        return True
    return False


class Nearest(NamedTuple):
    """The folder of a dataset that nobody has named, as seen from the working folder."""

    folder: Path
    is_above: bool


def find_nearest(home: Path | None) -> Nearest | None:
    """Find the nearest dataset: here, then in each folder above, up to the repository's root or the user's *home*.

    Outside of both only the working folder counts: what lies above belongs to nobody in particular.
    """
    for way, real in _ways_up(home):
        is_above = bool(way.parts)
        if _is_of_fragments(way, real):
            continue
        for folder in (way, way / HOME):
            # One above that may not be looked into is somebody else's: it must not stop those who work below it.
            has_main = os.path.lexists if is_above else is_listed
            if has_main(folder / MAIN):
                return Nearest(folder, is_above)
    return None


def place_of_new() -> Path:
    """Say where a dataset is to be made that nobody names a place for: in ``data``, also where one stands in it."""
    _way, real = next(_ways_up(None))
    return Path() if real.name == HOME else Path(HOME)


def _ways_up(home: Path | None) -> Iterator[tuple[Path, Path]]:
    # Each folder as seen from here, and by its whole path.
    try:
        working = Path.cwd()
    except OSError:  # it has been deleted
        yield Path(), Path()
        return
    way, top = Path(), _top(working, home)
    for folder in (working, *working.parents):
        yield way, folder
        if folder == top:
            return
        way /= ".."


def _top(working: Path, home: Path | None) -> Path:
    # A home that is the root of all folders, as services have, is nobody's.
    homes = () if home is None or home.parent == home else (home, Path(os.path.realpath(home)))
    for folder in (working, *working.parents):
        if folder in homes or os.path.lexists(folder / ".git"):
            return folder
    # Who stands among the fragments stands in the dataset.
    return working.parent if _is_of_fragments(Path(), working) else working


def _is_of_fragments(way: Path, real: Path) -> bool:
    # A fragment may be called instruments.yaml too; its dataset lies beside the folder.
    return real.name == FRAGMENTS and os.path.lexists(way / ".." / MAIN)


def folders_beside(words: str) -> list[str]:
    """Name the folders beside what *words* name, and is not there."""
    return [name for name in all_beside(words) if os.path.isdir(name)]  # noqa: PTH112 - words, not a path


def all_beside(words: str) -> list[str]:
    """Name files and folders beside what *words* name; none where there is no such place."""
    bare = words.rstrip("/" + os.sep)
    way = bare[: len(bare) - len(os.path.basename(bare))]  # noqa: PTH119 - words, not a path
    try:
        with os.scandir(way or ".") as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except (OSError, ValueError):
        return []
    return [f"{way}{name}{words[len(bare) :]}" for name in names]


def meant_instead(words: str, names: Sequence[str]) -> str:
    """Say which of *names* is meant, as a further sentence, or nothing; a remote's branch is known by its last part."""
    near = [name for name in names if name.endswith(f"/{words}")]
    meant = near[0] if near else closest(words, names)
    if meant and len(meant) > LONGEST_QUOTE:
        meant = "…/" + meant.rstrip("/").rpartition("/")[2]  # its end is what differs
    return f". Did you mean {quote(meant)}?" if meant else ""

"""Finds the files of a dataset: at the path that a user names, or nearest to the working folder; and files like them.

Files that look like data but are not read are reported, so that another dataset never answers silently in their place.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from clustergap.errors import ClusterGapError, reason
from clustergap.loading.files import (
    FRAGMENTS,
    HOME,
    MAIN,
    READ,
    SWOT,
    Refusal,
    is_alike,
    read_bytes,
    stem_of,
)
from clustergap.text import meant_instead, quote

HEAD = 65_536
"""Bytes at the beginning of a file that tell its kind."""

_DEEPEST = 8
"""Levels of folders that are searched for misplaced fragments."""

_WRITTEN = re.compile(rb'"\$?schema"\s*:\s*"(clustergap/|https?://json-schema\.org/)')
"""The beginning of a document or schema that the program has written itself: it is not data."""

_MOST_FILES = 200
"""Files of one folder whose contents are looked at."""

_KEYS = ("instruments", "levels", "roles")
"""Keys of a main file; every data file may have the first."""

_FIRST_LINE = re.compile(r"^(?!\s*(?:#|---|%|$))", re.MULTILINE)
_MISNAMED = f"the main file of a dataset is called {MAIN}"


class PassedOver(NamedTuple):
    """A file or folder that is not read, and why."""

    path: Path
    why: str

    def is_file(self, path: Path) -> bool:
        """Tell whether *path* is the same file or folder."""
        return Disk().is_same(self.path, path)


class DatasetFiles(NamedTuple):
    """The files of one dataset, with paths as the user named them.

    ``added`` are fragments from elsewhere that the user wants to read too. ``passed_over`` are files beside them that look
    like data but are not read. ``shown_as`` is the folder that messages name instead of the real one. ``stored`` holds
    files that are not read from disk, or why they cannot be read; ``commit`` is their commit of git, if any.
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
        """Read one of the files, at most *most* bytes.

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
        """Return the folder, with links resolved, that a link to one of the files must not leave."""
        if path in self.added:
            return Path(os.path.realpath(path)).parent  # follows a loop of links as far as it goes
        return self.main.parent.resolve()


def find_files(path: Path) -> DatasetFiles:
    """Find the dataset that *path* means: its folder, or one of its files.

    A file with another name than those of the data model is a dataset by itself, as an ``instruments.yaml``.

    Raises:
        ClusterGapError: There is nothing at *path*, or no ``instruments.yaml`` in the folder.
    """
    try:
        return _find(path)
    except OSError as error:
        # The fragments are in a folder with its own name.
        place = error.filename or path
        raise ClusterGapError(f"{quote(place)} cannot be read: {reason(error, '')}") from error


def find_place(path: Path) -> DatasetFiles:
    """Return the files of a new dataset at *path*: a folder, or an ``instruments.yaml`` in one."""
    return _whole(path if path.suffix == Path(MAIN).suffix else path / MAIN)


def sort_fragments(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the fragments among the files in ``instruments/``, in the order of their names."""
    fragments = (path for path in paths if path.suffix == READ and not path.name.startswith("."))
    return tuple(sorted(fragments, key=lambda path: path.name))


def _find(path: Path) -> DatasetFiles:
    if path.is_dir():
        # A project's folder means the dataset in it.
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
    # The folder may be ".", the working folder.
    return folder.parent / MAIN if folder.name else Path("..") / MAIN


def is_listed(path: Path) -> bool:
    """Tell whether a path exists, even as a link to nothing, or if its folder may not be read."""
    return _is_there(path) or path.is_symlink()


def _is_there(path: Path) -> bool:
    # A pipe, a device or a loop of links exists: reading it will give a finding.
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
    """The folder of a dataset that was found without being named, relative to the working folder."""

    folder: Path
    is_above: bool


def find_nearest(home: Path | None) -> Nearest | None:
    """Find the nearest dataset: here, then in each folder above, up to the repository's root or the user's *home*.

    Outside of both only the working folder counts: a folder above is not known to be the user's.
    """
    for relative, real in _folders_up(home):
        is_above = bool(relative.parts)
        if _is_of_fragments(relative, real):
            continue
        for folder in (relative, relative / HOME):
            # An unreadable folder above is somebody else's: it must not stop users below it.
            has_main = os.path.lexists if is_above else is_listed
            if has_main(folder / MAIN):
                return Nearest(folder, is_above)
    return None


def find_above(name: str, home: Path | None) -> Path | None:
    """Find the nearest file of this name, here or above, in the folders in which ``find_nearest`` looks; relative to here."""
    for relative, _ in _folders_up(home):
        if os.path.lexists(relative / name):
            return relative / name
    return None


def place_of_new() -> Path:
    """Return where a new dataset goes if the user names no place: ``data``, or the working folder if it is called so."""
    _, real = next(_folders_up(None))
    return Path() if real.name == HOME else Path(HOME)


def _folders_up(home: Path | None) -> Iterator[tuple[Path, Path]]:
    # The working folder and each above it: relative to it, and absolute.
    try:
        working = Path.cwd()
    except OSError:  # it has been deleted
        yield Path(), Path()
        return
    relative, top = Path(), _top(working, home)
    for folder in (working, *working.parents):
        yield relative, folder
        if folder == top:
            return
        relative /= ".."


def _top(working: Path, home: Path | None) -> Path:
    # A service may have the root of all folders as its home, which is no user's.
    homes = () if home is None or home.parent == home else (home, Path(os.path.realpath(home)))
    for folder in (working, *working.parents):
        if folder in homes or os.path.lexists(folder / ".git"):
            return folder
    # If the working folder has the fragments, the dataset is in its parent.
    return working.parent if _is_of_fragments(Path(), working) else working


def _is_of_fragments(relative: Path, real: Path) -> bool:
    # A fragment may also be called instruments.yaml; its dataset is beside the folder.
    return real.name == FRAGMENTS and os.path.lexists(relative / ".." / MAIN)


def folders_beside(words: str) -> list[str]:
    """Return the names of the folders beside the missing path *words*."""
    return [name for name in all_beside(words) if os.path.isdir(name)]  # noqa: PTH112 - words, not a path


def all_beside(words: str) -> list[str]:
    """Return the names of files and folders beside the path *words*; none if its folder does not exist."""
    bare = words.rstrip("/" + os.sep)
    parent = bare[: len(bare) - len(os.path.basename(bare))]  # noqa: PTH119 - words, not a path
    try:
        with os.scandir(parent or ".") as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except (OSError, ValueError):
        return []
    return [f"{parent}{name}{words[len(bare) :]}" for name in names]


class FileTree(Protocol):
    """Folders on disk, or of a commit."""

    def names(self, folder: Path) -> Mapping[str, bool]:
        """Return the names in a folder, each with whether it is a folder."""

    def is_same(self, path: Path, other: Path) -> bool:
        """Tell whether two names mean the same file, as if letter case does not count."""

    def head(self, path: Path) -> bytes:
        """Return the beginning of a file."""


class Disk:
    """Folders on disk, as far as they may be read."""

    def names(self, folder: Path) -> Mapping[str, bool]:
        try:
            with os.scandir(folder) as entries:
                return {entry.name: entry.is_dir() for entry in entries}
        except OSError:
            return {}

    def is_same(self, path: Path, other: Path) -> bool:
        try:
            return path.samefile(other)
        except OSError:
            return False

    def head(self, path: Path) -> bytes:
        try:
            if not path.is_file():  # opening a pipe would wait for its writer
                return b""
            with path.open("rb") as file:
                return file.read(HEAD)
        except OSError:
            return b""


def passed_over_beside(main: Path, tree: FileTree) -> Iterator[PassedOver]:
    """Find what is in the folder of a dataset's main file but is not read, by its name alone."""
    folder = main.parent
    names = tree.names(folder)
    for name in sorted(names):
        path, is_folder = folder / name, names[name]
        for own, noun in ((MAIN, "main file"), (SWOT, "file of the SWOT")):
            is_named_so = not is_folder and is_alike(name) and stem_of(name) == stem_of(own)
            is_own = is_named_so and tree.is_same(path, folder / own)
            if is_named_so and not is_own and not _is_written(path, tree):
                yield PassedOver(path, f"the {noun} is called {own}")
        is_named_so = is_folder and name.casefold() == FRAGMENTS
        is_own = is_named_so and tree.is_same(path, folder / FRAGMENTS)
        if is_named_so and not is_own and _holds_alike(path, tree):
            yield PassedOver(path, f"the folder of fragments is called {FRAGMENTS}")
    if names.get(FRAGMENTS):
        yield from _in_fragments(folder / FRAGMENTS, tree)
    nested = folder / HOME / MAIN
    if names.get(HOME) and MAIN in tree.names(folder / HOME):
        yield PassedOver(nested, f"the {MAIN} beside its folder goes before it")


def _in_fragments(folder: Path, tree: FileTree) -> Iterator[PassedOver]:
    names = tree.names(folder)
    for name in sorted(names):
        path = folder / name
        if not names[name] and is_alike(name) and path.suffix != READ:
            yield PassedOver(path, f"fragments end in {READ}")
        elif names[name] and not name.startswith(".") and _holds_alike(path, tree):
            yield PassedOver(path, f"fragments lie in {FRAGMENTS} itself, in no folder of it")


def _holds_alike(folder: Path, tree: FileTree, depth: int = 0) -> bool:
    names = tree.names(folder)
    if any(is_alike(name) for name, is_folder in names.items() if not is_folder):
        return True
    return depth < _DEEPEST and any(
        _holds_alike(folder / name, tree, depth + 1)
        for name, is_folder in names.items()
        if is_folder and not name.startswith(".")
    )


def _is_written(path: Path, tree: FileTree) -> bool:
    return path.suffix.casefold() == ".json" and _WRITTEN.search(tree.head(path)) is not None


def look_alikes() -> list[PassedOver]:
    """Find what looks like data in the working folder and in its ``data``, in the order of their names."""
    names = Disk().names(Path())
    homes = [name for name in sorted(names) if name.casefold() == HOME]
    passed_over = [*look_alikes_in(Path())]
    for name in homes:
        if names[name]:
            passed_over += _in_home(Path(name))
        elif Path(name).is_symlink() and not Path(name).exists():
            passed_over.append(PassedOver(Path(name), "this is a link to nothing"))
    return passed_over


def look_alikes_in(folder: Path) -> Iterator[PassedOver]:
    """Find what looks like data in one folder that holds no main file."""
    names = Disk().names(folder)
    files = (name for name in sorted(names) if not names[name] and is_alike(name))
    for name in islice(files, _MOST_FILES):
        keys = _KEYS if stem_of(name) == stem_of(MAIN) else _KEYS[:1]
        if _has_key(folder / name, keys):
            yield PassedOver(folder / name, _MISNAMED)
    for name in sorted(names):
        if names[name] and name.casefold() == FRAGMENTS and _holds_data(folder / name):
            yield PassedOver(folder / name, f"there is no {MAIN} beside it")


def _in_home(home: Path) -> Iterator[PassedOver]:
    if home.name != HOME and MAIN in Disk().names(home):
        yield PassedOver(home / MAIN, f"the folder of a project's data is called {HOME}")
    else:
        yield from look_alikes_in(home)


def _holds_data(folder: Path) -> bool:
    names = (name for name, is_folder in Disk().names(folder).items() if not is_folder)
    files = (folder / name for name in names if is_alike(name))
    return any(_has_key(file, _KEYS[:1]) for file in islice(files, _MOST_FILES))


def _has_key(path: Path, keys: tuple[str, ...]) -> bool:
    """Tell whether a file has one of the top-level *keys*, as far as a quick look shows."""
    head = Disk().head(path)
    utf_16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf_16 else "utf-8", "replace").removeprefix("\ufeff")
    if path.suffix.casefold() == ".json":
        return _has_json_key(text, keys)
    first = _FIRST_LINE.search(text)
    if first is None:
        return False
    line = text[first.start() :]
    any_key = "|".join(keys)
    if line.lstrip().startswith("{"):
        return re.search(rf"""[{{,]\s*["']?(?:{any_key})["']?\s*:""", line) is not None
    indent = re.escape(line[: len(line) - len(line.lstrip(" "))])
    key = rf"""^{indent}["']?(?:{any_key})["']?[ \t]*:(?:\s|$)"""
    return re.search(key, line, re.M) is not None


def _has_json_key(text: str, keys: tuple[str, ...]) -> bool:
    # A file that is too long to parse here has its keys at the beginnings of lines, as programs write it.
    if len(text) >= HEAD:
        is_data = re.match(r'\s*\{\s*"\$?schema"\s*:\s*"', text) is None
        key = re.search(rf'^\s{{0,4}}"(?:{"|".join(keys)})"\s*:', text, re.M)
        return is_data and key is not None
    import json  # noqa: PLC0415 - only a file of that name needs it

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    # A schema, or a document that the program has written, says so itself.
    is_data = isinstance(document, dict) and "$schema" not in document
    return (
        is_data
        and not str(document.get("schema")).startswith("clustergap/")
        and any(key in document for key in keys)
    )

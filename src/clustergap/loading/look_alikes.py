"""Files that look like data but are not read: beside a dataset's own, and where no dataset was found.

They cannot be taken for the dataset's, and nothing else shall answer for them without a word.
"""

import os
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from clustergap.loading.files import FRAGMENTS, HOME, MAIN, READ, SWOT, is_alike, stem_of

HEAD = 65_536
"""Bytes of a file by which its kind is told."""

_DEEPEST = 8
"""Folders below each other in which fragments are looked for that lie too deep."""

_WRITTEN = re.compile(rb'"\$?schema"\s*:\s*"(clustergap/|https?://json-schema\.org/)')
"""What begins a document or a schema that the program has written itself, and nobody takes for data."""

_MOST_FILES = 200
"""Files of one folder that are looked into."""

_KEYS = ("instruments", "levels", "roles")
"""What a main file holds; the first is what any data file may hold."""

_FIRST_LINE = re.compile(r"^(?!\s*(?:#|---|%|$))", re.MULTILINE)
_MISNAMED = f"the main file of a dataset is called {MAIN}"


class PassedOver(NamedTuple):
    """A file or folder that is not read, and why."""

    path: Path
    why: str

    def is_file(self, path: Path) -> bool:
        """Tell whether *path* is another name of it."""
        return Disk().is_same(self.path, path)


class FileTree(Protocol):
    """Folders on disk, or of a commit."""

    def names(self, folder: Path) -> Mapping[str, bool]:
        """Return what is in a folder, and whether it is a folder itself."""

    def is_same(self, path: Path, other: Path) -> bool:
        """Tell whether two names mean one file, as where letter case does not count."""

    def head(self, path: Path) -> bytes:
        """Return how a file begins."""


class Disk:
    """Folders on disk, as far as they may be looked into."""

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
    """Name what lies in the folder of a dataset's main file and is not read: by its name, as its contents are the user's."""
    folder = main.parent
    names = tree.names(folder)
    for name in sorted(names):
        path, is_folder = folder / name, names[name]
        for own, noun in ((MAIN, "main file"), (SWOT, "file of the SWOT")):
            is_named_so = not is_folder and is_alike(name) and stem_of(name) == stem_of(own)
            if (
                is_named_so
                and not tree.is_same(path, folder / own)
                and not _is_written(path, tree)
            ):
                yield PassedOver(path, f"the {noun} is called {own}")
        is_of_fragments = is_folder and name.casefold() == FRAGMENTS
        if (
            is_of_fragments
            and not tree.is_same(path, folder / FRAGMENTS)
            and _holds_alike(path, tree)
        ):
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
    """Tell whether a file has one of the keys at its top, as far as that is seen without reading it strictly."""
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
    return (
        re.search(rf"""^{indent}["']?(?:{any_key})["']?[ \t]*:(?:\s|$)""", line, re.M) is not None
    )


def _has_json_key(text: str, keys: tuple[str, ...]) -> bool:
    if (
        len(text) >= HEAD
    ):  # too long to be read here; as it is written, its keys stand at the beginnings of lines
        is_ours = re.match(r'\s*\{\s*"\$?schema"\s*:\s*"', text) is None
        return (
            is_ours and re.search(rf'^\s{{0,4}}"(?:{"|".join(keys)})"\s*:', text, re.M) is not None
        )
    import json  # noqa: PLC0415 - only a file of that name needs it

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    # What the program has written itself, or a schema, names what it is.
    is_data = isinstance(document, dict) and "$schema" not in document
    return (
        is_data
        and not str(document.get("schema")).startswith("clustergap/")
        and any(key in document for key in keys)
    )

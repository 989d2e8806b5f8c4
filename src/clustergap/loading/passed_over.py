"""Files that lie beside a dataset's own and look like them, but are not read: that must not go without a word."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from clustergap.loading.files import FRAGMENTS, HOME, MAIN, READ, SWOT, is_alike, stem_of

HEAD = 65_536
"""Bytes of a file by which its kind is told."""

_DEEPEST = 8
"""Folders below each other in which fragments are looked for that lie too deep."""

_WRITTEN = re.compile(rb'"\$?schema"\s*:\s*"(clustergap/|https?://json-schema\.org/)')
"""What begins a document or a schema that the program has written itself, and nobody takes for data."""


class PassedOver(NamedTuple):
    """A file or folder that is not read, and why."""

    path: Path
    why: str

    def is_file(self, path: Path) -> bool:
        """Tell whether *path* is another name of it."""
        return Disk().is_same(self.path, path)


class Tree(Protocol):
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


def beside(main: Path, tree: Tree) -> Iterator[PassedOver]:
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
        if is_of_fragments and not tree.is_same(path, folder / FRAGMENTS) and _holds(path, tree):
            yield PassedOver(path, f"the folder of fragments is called {FRAGMENTS}")
    if names.get(FRAGMENTS):
        yield from _in_fragments(folder / FRAGMENTS, tree)
    nested = folder / HOME / MAIN
    if names.get(HOME) and MAIN in tree.names(folder / HOME):
        yield PassedOver(nested, f"the {MAIN} beside its folder goes before it")


def _in_fragments(folder: Path, tree: Tree) -> Iterator[PassedOver]:
    names = tree.names(folder)
    for name in sorted(names):
        path = folder / name
        if not names[name] and is_alike(name) and path.suffix != READ:
            yield PassedOver(path, f"fragments end in {READ}")
        elif names[name] and not name.startswith(".") and _holds(path, tree):
            yield PassedOver(path, f"fragments lie in {FRAGMENTS} itself, in no folder of it")


def _holds(folder: Path, tree: Tree, depth: int = 0) -> bool:
    names = tree.names(folder)
    if any(is_alike(name) for name, is_folder in names.items() if not is_folder):
        return True
    return depth < _DEEPEST and any(
        _holds(folder / name, tree, depth + 1)
        for name, is_folder in names.items()
        if is_folder and not name.startswith(".")
    )


def _is_written(path: Path, tree: Tree) -> bool:
    return path.suffix.casefold() == ".json" and _WRITTEN.search(tree.head(path)) is not None

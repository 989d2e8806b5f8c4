"""The nearest dataset: in the working folder, or in a folder above it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from clustergap.loading.files import FRAGMENTS, HOME, MAIN
from clustergap.loading.folder import is_listed


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
        here = Path.cwd()
    except OSError:  # it has been deleted
        yield Path(), Path()
        return
    way, top = Path(), _top(here, home)
    for folder in (here, *here.parents):
        yield way, folder
        if folder == top:
            return
        way /= ".."


def _top(here: Path, home: Path | None) -> Path:
    # A home that is the root of all folders, as services have, is nobody's.
    homes = () if home is None or home.parent == home else (home, Path(os.path.realpath(home)))
    for folder in (here, *here.parents):
        if folder in homes or os.path.lexists(folder / ".git"):
            return folder
    # Who stands among the fragments stands in the dataset.
    return here.parent if _is_of_fragments(Path(), here) else here


def _is_of_fragments(way: Path, real: Path) -> bool:
    # A fragment may be called instruments.yaml too; its dataset lies beside the folder.
    return real.name == FRAGMENTS and os.path.lexists(way / ".." / MAIN)

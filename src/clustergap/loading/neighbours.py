"""What lies beside a path that is not there, each as it would be typed instead."""

import os
from collections.abc import Sequence

from clustergap.text import LONGEST_QUOTE, closest, quote


def folders_beside(words: str) -> list[str]:
    """Name the folders beside what *words* name, and is not there."""
    return [name for name in all_beside(words) if os.path.isdir(name)]  # noqa: PTH112 - words, not a path


def all_beside(words: str) -> list[str]:
    """Name files and folders beside what *words* name; none where there is no such place."""
    bare = words.rstrip("/" + os.sep)
    way = bare[: len(bare) - len(os.path.basename(bare))]  # noqa: PTH119 - words, not a path
    try:
        with os.scandir(way or ".") as entries:
            names = sorted(one.name for one in entries if not one.name.startswith("."))
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

"""Data files that lie where no dataset was found: they cannot be taken for one, and nothing else shall answer for them."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from clustergap.loading.files import FRAGMENTS, HOME, MAIN, is_alike, stem_of
from clustergap.loading.passed_over import HEAD, Disk, PassedOver

_MOST = 200
"""Files of one folder that are looked into."""

_KEYS = ("instruments", "levels", "roles")
"""What a main file holds; the first is what any data file may hold."""

_FIRST_LINE = re.compile(r"^(?!\s*(?:#|---|%|$))", re.MULTILINE)
_MISNAMED = f"the main file of a dataset is called {MAIN}"


def look_alikes() -> list[PassedOver]:
    """Find what looks like data in the working folder and in its ``data``, in the order of their names."""
    here = Disk().names(Path())
    homes = [name for name in sorted(here) if name.casefold() == HOME]
    found = [*look_alikes_in(Path())]
    for name in homes:
        if here[name]:
            found += _in_home(Path(name))
        elif Path(name).is_symlink() and not Path(name).exists():
            found.append(PassedOver(Path(name), "this is a link to nothing"))
    return found


def look_alikes_in(folder: Path) -> Iterator[PassedOver]:
    """Find what looks like data in one folder that holds no main file."""
    names = Disk().names(folder)
    files = (name for name in sorted(names) if not names[name] and is_alike(name))
    for name in islice(files, _MOST):
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
    return any(_has_key(file, _KEYS[:1]) for file in islice(files, _MOST))


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

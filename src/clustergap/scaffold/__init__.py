"""What a new project begins with: a dataset that teaches, and what checks it. Nothing here writes or prints."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.loading.files import MAIN, character_name, forbidden_in_value
from clustergap.model.dataset import Dataset
from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from clustergap.text import quote
from clustergap.writers.json import write_json
from clustergap.yaml_edit.write import write_entry

EXAMPLE = Path(__file__).with_name("project")
"""The small dataset that teaches, and the files around it."""

EMPTY = Path(__file__).with_name("empty")
"""A dataset without instruments."""

_TITLE = re.compile(r"^title: .*\n", re.MULTILINE)
_LONGEST_TITLE = 300


class NewProject(NamedTuple):
    """The files to write, those of them that are there and are overwritten, and others that are there and stay."""

    files: Mapping[Path, bytes]
    overwritten: Sequence[Path]
    kept: Sequence[Path]


def plan_project(folder: Path, data: Mapping[str, str], *, is_forced: bool) -> NewProject:
    """Return what a new project's folder gets: its data files, and what stands around them.

    Args:
        folder: The project's.
        data: Its data files by their names in it.
        is_forced: Data files that are there are overwritten.

    Raises:
        ClusterGapError: There is data already, and it is not to be overwritten.
    """
    if os.path.lexists(folder / MAIN):
        # It goes before what would be written into data: nobody would read that.
        raise ClusterGapError(
            f"{quote((folder / MAIN).as_posix())} is there already, so this is a dataset; nothing was written"
            " (for another one name another folder: clustergap init DIR)"
        )
    overwritten = [folder / name for name in data if os.path.lexists(folder / name)]
    if overwritten and not is_forced:
        raise _is_there(overwritten[0])
    support = {folder / name: text for name, text in support_files().items()}
    kept = [path for path in support if os.path.lexists(path)]
    texts = {folder / name: text for name, text in data.items()} | support
    files = {path: text.encode() for path, text in texts.items() if path not in kept}
    return NewProject(files, overwritten, kept)


def has_data(folder: Path) -> bool:
    """Say whether a project has data files already."""
    return any(os.path.lexists(folder / name) for name in (MAIN, *data_files(EXAMPLE)))


def data_files(folder: Path) -> Mapping[str, str]:
    """Return the data files by their names in the project, as they stand in *folder*, with their licence."""
    return {
        f"data/{name}": (folder / name).read_text(encoding="utf-8")
        for name in ("instruments.yaml", "swot.yaml", "LICENSE")
        if (folder / name).is_file()
    }


def empty_data_files(title: str | None) -> Mapping[str, str]:
    """Return the data files of a dataset that says nothing yet, and teaches how; without a *title* it has one to replace."""
    files = data_files(EMPTY)
    if title is None:
        return files
    return {
        name: _TITLE.sub(lambda _: write_entry("title", title, 0), text)
        for name, text in files.items()
    }


def support_files() -> Mapping[str, str]:
    """Return what stands around the data: schemas for editors, a hook and a workflow to switch on."""
    schemas = {
        f"schemas/{name}.schema.json": write_json(make_schema(name))
        for name in SchemaName
        if name.is_data_file
    }
    return {
        **schemas,
        ".pre-commit-config.yaml": (EXAMPLE / "pre-commit-config.yaml").read_text("utf-8"),
        ".github/workflows/data.yml": (EXAMPLE / "workflow.yml").read_text("utf-8"),
    }


def empty_dataset(title: str | None) -> Dataset:
    """Return a dataset that says nothing yet, but perhaps what it is called."""
    return Dataset(title=title or "", levels=(), roles=())


def check_title(title: str) -> None:
    """Refuse a text that cannot be a dataset's title.

    Raises:
        ClusterGapError: It cannot.
    """
    if not title.strip() or len(title) > _LONGEST_TITLE or set(title) & {"\n", "\t"}:
        raise ClusterGapError(
            f"--title is a text on one line, of at most {_LONGEST_TITLE} characters"
        )
    match = next(forbidden_in_value(title), None)
    if match is not None:
        raise ClusterGapError(
            f"the character {character_name(match[0][0])} may not stand in a data file: leave it out of --title"
        )


def check_template(path: Path, *, is_forced: bool) -> None:
    """Refuse a file that is there already, or is no workbook by its name, for a template.

    Raises:
        ClusterGapError: It is no workbook, or is there and is not to be overwritten.
    """
    if path.suffix.lower() != ".xlsx":
        raise ClusterGapError(f"a template is a workbook: {quote(path)} must end in .xlsx")
    if os.path.lexists(path) and not is_forced:
        raise _is_there(path)


def _is_there(path: Path) -> ClusterGapError:
    return ClusterGapError(
        f"{quote(path.as_posix())} is there already; nothing was written (--force overwrites it)"
    )

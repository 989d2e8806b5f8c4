"""The files of a new project."""

import re
from collections.abc import Mapping
from pathlib import Path

from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from clustergap.writers.json import write_json
from clustergap.yaml_edit.write import write_entry

EXAMPLE = Path(__file__).with_name("project")
"""The small dataset that teaches, and the files around it."""

EMPTY = Path(__file__).with_name("empty")
"""A dataset without instruments."""

_TITLE = re.compile(r"^title: .*\n", re.MULTILINE)


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


def helping_files() -> Mapping[str, str]:
    """Return what stands around the data: schemas for editors, a hook and a workflow to switch on."""
    schemas = {
        f"schemas/{name}.schema.json": write_json(make_schema(name))
        for name in SchemaName
        if name.is_data_file
    }
    return {
        **schemas,
        ".pre-commit-config.yaml": (EXAMPLE / "pre-commit-config.yaml").read_text(
            encoding="utf-8"
        ),
        ".github/workflows/data.yml": (EXAMPLE / "workflow.yml").read_text(encoding="utf-8"),
    }

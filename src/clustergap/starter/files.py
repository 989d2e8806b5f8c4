"""The files of a new project."""

from collections.abc import Mapping
from pathlib import Path

from clustergap.render.grammar.json_text import write_json
from clustergap.schema.build import SCHEMAS
from clustergap.schema.choices import SchemaName

EXAMPLE = Path(__file__).with_name("project")
"""The small dataset that teaches, and the files around it."""


def data_files(folder: Path) -> Mapping[str, str]:
    """Return the data files by their names in the project, as they stand in *folder*, with their licence."""
    return {
        f"data/{name}": (folder / name).read_text(encoding="utf-8")
        for name in ("instruments.yaml", "swot.yaml", "LICENSE")
        if (folder / name).is_file()
    }


def helping_files() -> Mapping[str, str]:
    """Return what stands around the data: schemas for editors, a hook and a workflow to switch on."""
    schemas = {
        f"schemas/{name}.schema.json": write_json(SCHEMAS[name]())
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

"""How the house is cut: no module for one other alone, no file name twice, nothing too long to read.

The numbers here only go down: whoever joins modules lowers them in the same commit.
"""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import clustergap
from clustergap.formats import FORMATS
from paths import ROOT

SOURCE = ROOT / "src"
HOUSE = SOURCE / "clustergap"

IMPORTED_ONCE = 16
NAMED_TWICE = 0
LONGEST = 450

QUESTIONS = {name.replace("-", "_") for name in FORMATS} | {"gap_map"}
"""Each passes through three rooms, with a file of its name in each."""

RULE_GROUPS = {
    "consistency",
    "covers",
    "files",
    "lifetimes",
    "odd_places",
    "references",
    "swot",
    "upkeep",
}
COMMANDS = QUESTIONS | {"completion", "export", "import_", "init", "list_", "rename", "schema"}
EXPORTS = {"answer_tables", "data_package", "data_tables", "sqlite_file"}
"""Groups of tables, and the formats of their files."""

EDITS = {"accepted_gaps", "rename"}
"""What a person asks to be changed in data files; each passes through two rooms, as a question through three."""

ALGORITHMS = {"plain_form"}
"""Algorithms with tests of their own."""

BOUNDARIES = {
    "analysis": QUESTIONS,
    "answers": QUESTIONS,
    "checks": RULE_GROUPS,
    "cli": COMMANDS,
    "editing": EDITS,
    "export": EXPORTS,
    "loading": ALGORITHMS,
}
"""What has a file of its own in a room, whoever imports it, and may be named as in another room."""


def name_of(file: Path) -> str:
    """Return the name by which a module is imported."""
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


PUBLIC = {
    getattr(clustergap, name).__module__ for name in clustergap.__all__ if name != "__version__"
}
"""What whoever uses the library imports."""

MODULES = {name_of(file): file for file in sorted(HOUSE.rglob("*.py"))}


def test_no_more_modules_than_before_are_imported_by_one_other_alone() -> None:
    importers = Counter(name for file in MODULES.values() for name in imports_of(file))

    once = [
        name for name, file in MODULES.items() if importers[name] == 1 and not stands_alone(file)
    ]

    assert len(once) <= IMPORTED_ONCE, "\n".join(once)


def test_no_more_file_names_than_before_stand_twice() -> None:
    files = [file for file in MODULES.values() if file.name != "__init__.py"]
    names = Counter(file.name for file in files if not is_boundary(file))

    twice = [f"{name}: {number}" for name, number in names.items() if number > 1]

    assert len(twice) <= NAMED_TWICE, "\n".join(twice)


def test_no_two_classes_have_the_same_name() -> None:
    classes = Counter(
        node.name
        for file in MODULES.values()
        for node in nodes_of(file)
        if isinstance(node, ast.ClassDef)
    )

    assert [name for name, number in classes.items() if number > 1] == []


def test_no_module_is_too_long_to_read() -> None:
    lines = {
        file.relative_to(HOUSE).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in MODULES.values()
    }

    assert {name: n for name, n in lines.items() if n > LONGEST} == {}


def test_the_page_of_the_house_counts_the_modules_of_every_room() -> None:
    page = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \| [^|]+ \| (\d+) \|$", page, re.MULTILINE)

    counts = {tuple(re.findall(r"`([^`]+)`", names)): int(number) for names, number in rows}

    rooms = Counter(name for names in counts for name in names)
    assert rooms == Counter({room_of(file) for file in MODULES.values()})
    assert counts == {
        names: sum(room_of(file) in names for file in MODULES.values()) for names in counts
    }


def test_the_page_of_the_house_shows_its_layers() -> None:
    page = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )

    assert "```\n" + "\n".join(layers) + "\n```" in page


def room_of(file: Path) -> str:
    """Return the package or module in which a file stands, as the page of the house names it."""
    first = file.relative_to(HOUSE).parts[0]
    return first if first == file.name else f"{first}/"


def is_boundary(file: Path) -> bool:
    """Say whether a file is a question's, a group of rules or a command, in the room where these belong."""
    return file.stem in BOUNDARIES.get(file.parent.name, ())


def stands_alone(file: Path) -> bool:
    """Say whether a file may be imported by one other alone."""
    if name_of(file) in PUBLIC:
        return True
    is_writer = "writers" in file.relative_to(HOUSE).parts
    # A file a part of the page, and a file a subject that can be explained.
    is_part = file.parent.name == "answers" and file.stem.startswith(("page_", "explain_"))
    return file.name == "__init__.py" or is_writer or is_part or is_boundary(file)


@cache
def nodes_of(file: Path) -> list[ast.AST]:
    return [*ast.walk(ast.parse(file.read_text(encoding="utf-8")))]


def imports_of(file: Path) -> set[str]:
    """Return the names of our own modules that a file imports, at its top or inside its functions."""
    return {
        name if name in MODULES else name.rpartition(".")[0]
        for node in nodes_of(file)
        for name in _imported(node)
        if name.startswith("clustergap.")
    }


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        # What is imported from a package may be a module of it.
        yield from (f"{node.module}.{alias.name}" for alias in node.names)

"""What a user starts from: a new project, or a workbook to fill in. Nothing here writes or prints.

A project is a dataset that teaches, and files that check it. The workbook has an empty list of instruments, Read me, and
the reference tables of the dataset with free rows, to choose from and to add to.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from clustergap import __version__
from clustergap.analysis.matrix import Matrix
from clustergap.document import Column, Table
from clustergap.errors import ClusterGapError
from clustergap.installation import PROJECT_URL
from clustergap.list_format.list_layout import COLUMNS, ValueKind, heading
from clustergap.list_format.reference_layout import (
    MEANINGS,
    MORE_TO_FILL_IN,
    SEE_TERRITORIES,
    TO_FILL_IN,
    ReferenceTable,
    refuse_long_tables,
    tables_to_fill_in,
)
from clustergap.loading.files import MAIN, character_name, forbidden_in_value
from clustergap.model.dataset import Dataset
from clustergap.office import (
    Choice,
    Choices,
    FormColumn,
    FormSheet,
    PageBlock,
    PageSheet,
    SheetList,
    Workbook,
    choice_in,
    choices_of,
)
from clustergap.origin import EXAMPLE, Origin
from clustergap.prose import Field, Fields, Heading, Paragraph, Run, Style
from clustergap.reference.territories import KNOWN_LISTS, LISTS
from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from clustergap.text import quote
from clustergap.writers.json import write_json
from clustergap.yaml_edit.write import write_entry

PROJECT = Path(__file__).with_name("project")
"""The small dataset that teaches, and the files around it."""

EMPTY = Path(__file__).with_name("empty")
"""A dataset without instruments."""

_INSTALLS = '      - run: pipx install "SOURCE"\n'

_INSTALLS_FROM_NOBODY = """\
      # Put for OWNER the account that publishes clustergap: it is not known to the clustergap that wrote this.
      - env: {SOURCE: "SOURCE"}
        run: |
          case "$SOURCE" in */OWNER/*) echo "::error::say whose clustergap is to be installed: put an account for OWNER in SOURCE, in this workflow"; exit 1 ;; esac
          pipx install "$SOURCE"
"""
"""A step that fails, and says what to put, as long as nobody has put it."""

_TITLE = re.compile(r"^title: .*\n", re.MULTILINE)
_LONGEST_TITLE = 300


class NewProject(NamedTuple):
    """The files to write, those of them that are overwritten, and existing ones that are kept."""

    files: Mapping[Path, bytes]
    overwritten: Sequence[Path]
    kept: Sequence[Path]


def plan_project(folder: Path, data: Mapping[str, str], *, is_forced: bool) -> NewProject:
    """Plan the files of a new project: its data files, and the files around them.

    Args:
        folder: The folder of the project.
        data: Its data files, by their names in it.
        is_forced: Whether existing data files are overwritten.

    Raises:
        ClusterGapError: There is data already, and it is not to be overwritten.
    """
    if os.path.lexists(folder / MAIN):
        # An existing main file here takes precedence over files in data, which would not be read.
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
    """Tell whether a project has data files already."""
    return any(os.path.lexists(folder / name) for name in (MAIN, *data_files(PROJECT)))


def data_files(folder: Path) -> Mapping[str, str]:
    """Return the data files of *folder* and their licence, by their names in the project."""
    return {
        f"data/{name}": (folder / name).read_text(encoding="utf-8")
        for name in ("instruments.yaml", "swot.yaml", "LICENSE")
        if (folder / name).is_file()
    }


def empty_data_files(title: str | None) -> Mapping[str, str]:
    """Return the data files of an empty dataset with comments that teach; without a *title* it has one to replace."""
    files = data_files(EMPTY)
    if title is None:
        return files
    return {
        name: _TITLE.sub(lambda _: write_entry("title", title, 0), text)
        for name, text in files.items()
    }


def support_files() -> Mapping[str, str]:
    """Return the files around the data: schemas for editors, a hook and a workflow to switch on."""
    schemas = {
        f"schemas/{name}.schema.json": write_json(make_schema(name))
        for name in SchemaName
        if name.is_data_file
    }
    return {
        **schemas,
        ".pre-commit-config.yaml": (PROJECT / "pre-commit-config.yaml").read_text("utf-8"),
        ".github/workflows/data.yml": workflow(PROJECT_URL),
    }


def workflow(url: str) -> str:
    """Return the workflow that checks the data; it installs this version from the project's address.

    While the address is the placeholder, the step that installs fails and says what to put there.
    """
    text = (PROJECT / "workflow.yml").read_text("utf-8")
    step = _INSTALLS_FROM_NOBODY if "/OWNER/" in url else _INSTALLS
    source = f'"git+{url}@v{__version__}"'
    return text.replace(_INSTALLS, step.replace('"SOURCE"', source))


def empty_dataset(title: str | None) -> Dataset:
    """Return an empty dataset."""
    return Dataset(title=title or "", levels=(), roles=())


def check_title(title: str) -> None:
    """Refuse a text that cannot be a dataset's title.

    Raises:
        ClusterGapError: It is not valid.
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
    """Refuse a template that is not a workbook by its name, or would overwrite a file.

    Raises:
        ClusterGapError: It is not a workbook, or exists and is not to be overwritten.
    """
    if path.suffix.lower() != ".xlsx":
        raise ClusterGapError(f"a template is a workbook: {quote(path)} must end in .xlsx")
    if os.path.lexists(path) and not is_forced:
        raise _is_there(path)


def _is_there(path: Path) -> ClusterGapError:
    return ClusterGapError(
        f"{quote(path.as_posix())} is there already; nothing was written (--force overwrites it)"
    )


# The list to fill in

STEPS = (
    (
        "Look at the sheets Roles and Levels, and add what your table is about: a name is enough. Fill in the other sheets "
        "as far as you need them."
    ),
    (
        "Fill in the sheet Instruments: one row for each instrument and cell. A cell is a role at a level. Role, level, "
        "extent, kind, status and at least have drop-downs, also of what you have added in the other sheets."
    ),
    (
        "An instrument that serves several cells has several rows; what concerns the instrument itself must be the same in "
        "all of them, or stand in the first alone."
    ),
    (
        "A row without id and name is an observation: a statement about a cell that names no instrument, such as "
        '"Not in every country". Its extent may be none: somebody looked, and there is nothing.'
    ),
    (
        "Leave empty what is not known. Do not rename sheets and columns; the order of columns does not matter, and columns "
        "of your own are left out. This sheet is not read."
    ),
    (
        "Then look at what would change: clustergap import FILE --dry-run. What is wrong is named by its cell, and nothing "
        "is written."
    ),
)

PLACES = (
    f"A level that shall say how many of its places are covered names them. In Levels, its territories are one of the lists "
    f"{KNOWN_LISTS}; or they are your own: write {SEE_TERRITORIES} there, and in the sheet "
    "Territories one row for each place, with the level, a code and a name. An instrument then says where it applies by "
    "these codes."
)

EXAMPLES = {
    "id": "startup-fund",
    "name": "Startup Fund",
    "role": "Innovation",
    "level": "Region",
    "extent": "partial",
    "territories": "RO11, RO12",
    "at_least": "yes",
    "kind": "Funding programme",
    "short": "SF",
    "starts": "2021",
    "ends": "2027-06",
    "seen": "2023-11",
    "status": "active",
    "targets": "start-ups, clusters",
    "part_of": "growth-programme",
    "funded_by": "erdf-2021",
    "commits_until": "2026",
    "managing_body": "Ministry of Economy",
    "legal_basis": "Act 12/2020",
    "url": "https://example.org/fund",
    "succeeded_by": "startup-fund-2",
    "reviewed": "2026-03-01",
    "sources": "strategy-2024 | page 3",
    "note": "merged with two others in 2023",
    "description": "pays half of the first year",
    "cover_starts": "2022",
    "cover_ends": "2025",
    "cover_seen": "2024-05-31",
    "cover_note": "two of three regions take part",
    "cover_sources": "strategy-2024 | page 7",
}
"""A value of each column, as people write it."""

_FREE = 50
"""Empty rows of a list, and below the last row of a reference table."""

_LIST_ROOM: Mapping[ValueKind, float] = {
    ValueKind.ID: 16,
    ValueKind.LINE: 32,
    ValueKind.TEXT: 40,
    ValueKind.DAY: 12,
    ValueKind.IDS: 24,
    ValueKind.INSTRUMENT: 24,
    ValueKind.ROLE: 28,
    ValueKind.LEVEL: 14,
    ValueKind.KIND: 20,
    ValueKind.EXTENT: 10,
    ValueKind.STATUS: 10,
    ValueKind.FLAG: 10,
    ValueKind.CODES: 24,
    ValueKind.SOURCES: 40,
}
"""The width of an empty column of the list, by the kind of its values."""

_TABLE_ROOM: Mapping[str, float] = {
    "id": 22,
    "name": 36,
    "title": 40,
    "aliases": 24,
    "statement": 44,
    "description": 44,
}
_OTHER_ROOM = 22
"""The width of any other column of a reference table."""

_ID_LAST = (
    *(column for column in COLUMNS if column.holds is not ValueKind.ID),
    *(column for column in COLUMNS if column.holds is ValueKind.ID),
)
"""The columns of a list to fill in: the id comes last, as nobody begins with it."""


def template_workbook(matrix: Matrix, origin: Origin) -> Workbook:
    """Return a workbook to fill in for a dataset.

    Raises:
        ClusterGapError: The dataset has more than import reads.
    """
    from clustergap.answers.workbooks import workbook_of  # noqa: PLC0415 - a new project needs no answers

    tables = tables_to_fill_in(matrix.dataset)
    refuse_long_tables(tables)
    titles = [table.title for table in tables]
    choices = choices_of(matrix.dataset, titles)
    return workbook_of(
        matrix,
        origin,
        "A list of instruments to fill in",
        PageSheet("Read me", tuple(_read_me(matrix.dataset.title, titles, origin))),
        _empty_list(choices),
        *(_table_sheet(table, choices) for table in tables),
    )


def _read_me(title: str, tables: Sequence[str], origin: Origin) -> Iterator[PageBlock]:
    # What to do with the workbook, and what each sheet and column contains.
    yield Heading(f"Instruments for: {title}" if title else "Instruments to fill in")
    if origin.is_example:
        yield Paragraph(f"The roles, levels and all other names to choose from are {EXAMPLE}.")
    yield Fields(tuple(Field(f"{number}.", (step,)) for number, step in enumerate(STEPS, 1)))
    holds = {**TO_FILL_IN, **MORE_TO_FILL_IN}
    yield SheetList(
        {
            "Instruments": "the list: one row for each instrument and cell",
            **{name: holds[name] for name in tables},
        }
    )
    yield Fields((Field("Places", (PLACES,)),))
    rows = (
        (
            (Run(heading(column.name), Style.STRONG),),
            column.meaning,
            column.holds.value,
            (Run(EXAMPLES[column.name], Style.QUIET),),
        )
        for column in COLUMNS
    )
    columns = map(Column, ("column", "says", "is", "for example"))
    yield Table("Columns", "What each column of the list holds.", tuple(columns), tuple(rows))


def _empty_list(choices: Choices) -> FormSheet:
    columns = (
        FormColumn(
            column.name,
            heading(column.name),
            f"{column.meaning}. It is {column.holds.value}.",
            choice_in(column, choices),
            _LIST_ROOM[column.holds],
        )
        for column in _ID_LAST
    )
    return FormSheet("Instruments", tuple(columns), (), _FREE)


def _table_sheet(table: ReferenceTable, choices: Choices) -> FormSheet:
    columns = (
        FormColumn(
            key,
            heading(key),
            MEANINGS[table.title][key],
            _choice(table.title, key, choices),
            _TABLE_ROOM.get(key, _OTHER_ROOM),
        )
        for key in table.header
    )
    rows = [tuple(row) for row in table.rows]
    free = 0 if table.title == "Dataset" and rows else _FREE
    return FormSheet(table.title, tuple(columns), rows, free)


def _choice(title: str, key: str, choices: Choices) -> Choice | None:
    sources = {
        ("Levels", "territories"): (*LISTS, SEE_TERRITORIES),
        ("Territories", "level"): choices.get("Levels"),
        ("Kinds", "funds"): ("yes", "no"),
    }
    source = sources.get((title, key))
    return Choice(source, "Its header says what it may be.") if source else None

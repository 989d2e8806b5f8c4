"""``clustergap completion``: a script with which a shell completes commands, options and ids; and the ids themselves."""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.quick_completion import COMPLETE
from clustergap.model.query import Listed, SubjectKind

RULES = Path(__file__).with_name("rules.txt")
"""The codes and names of all rules, written by ``make golden``: importing the rules themselves would be slow."""


LONGEST_BESIDE = 60
"""Characters of a name that is shown beside a completion."""


class Shell(enum.StrEnum):
    """Shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    PWSH = "pwsh"


def completion(shell: Annotated[Shell, typer.Argument(help="The shell to complete in.")]) -> Exit:
    """Print the shell's completion script.

    \b
    Examples:
      clustergap completion bash > ~/.local/share/bash-completion/completions/clustergap
      clustergap completion zsh > "${fpath[1]}/_clustergap"
      clustergap completion fish > ~/.config/fish/completions/clustergap.fish
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    script = get_completion_script(
        prog_name="clustergap", complete_var=COMPLETE, shell=shell.value
    )
    typer.echo(script)
    return Exit.OK


def complete_role(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a role's id."""
    return _starting(
        incomplete, ((role.id, role.name) for dataset in _dataset(ctx) for role in dataset.roles)
    )


def complete_level(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a level's id."""
    return _starting(
        incomplete,
        ((level.id, level.name) for dataset in _dataset(ctx) for level in dataset.levels),
    )


def complete_place(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a place: the id of a group, or the code of a territory."""
    places = (
        row
        for dataset in _dataset(ctx)
        for row in (
            *((group.id, group.name) for group in dataset.groups),
            *((unit.code, unit.name) for level in dataset.levels for unit in level.units),
        )
    )
    return _starting(incomplete, dict(places).items())


def complete_kind(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a kind's id; without a vocabulary, one that an instrument has."""
    rows = (
        row
        for dataset in _dataset(ctx)
        for row in [(kind.id, kind.name) for kind in dataset.kinds]
        or [(each.kind, "") for each in dataset.instruments if each.kind]
    )
    return _starting(incomplete, dict(rows).items())


def complete_target(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a target group's id; without a vocabulary, one that an instrument is for."""
    rows = (
        row
        for dataset in _dataset(ctx)
        for row in [(target.id, target.name) for target in dataset.targets]
        or [(id_, "") for each in dataset.instruments for id_ in each.targets]
    )
    return _starting(incomplete, dict(rows).items())


def complete_source(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a source's key."""
    rows = (
        (key, source.title) for dataset in _dataset(ctx) for key, source in dataset.sources.items()
    )
    return _starting(incomplete, rows)


def complete_listed(incomplete: str) -> list[tuple[str, str]]:
    """Complete what ``list`` lists."""
    return _starting(incomplete, ((each.value, "") for each in Listed))


def complete_covered(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what a statement is about: a role, a level or a cell."""
    return [
        *complete_role(ctx, incomplete),
        *complete_level(ctx, incomplete),
        *complete_cell(ctx, incomplete),
    ]


def complete_instrument(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete an instrument's id."""
    rows = (
        (instrument.id, instrument.label)
        for dataset in _dataset(ctx)
        for instrument in dataset.instruments
    )
    return _starting(incomplete, rows)


def complete_subject(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what ``explain`` explains, also behind a word for what it is, such as ``role:``."""
    prefix, colon, begun = incomplete.partition(":")
    finders = {
        SubjectKind.CELL: complete_cell,
        SubjectKind.INSTRUMENT: complete_instrument,
        SubjectKind.ROLE: complete_role,
        SubjectKind.LEVEL: complete_level,
        SubjectKind.PLACE: complete_place,
        SubjectKind.SOURCE: complete_source,
        SubjectKind.SWOT: complete_swot_item,
    }
    if colon and prefix in finders:
        return [
            (f"{prefix}:{id_}", name) for id_, name in finders[SubjectKind(prefix)](ctx, begun)
        ]
    return [
        *(row for complete in finders.values() for row in complete(ctx, incomplete)),
        *complete_rule(incomplete),
    ]


def complete_swot_item(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a SWOT item's id."""
    rows = (
        (item.id, item.text)
        for dataset in _dataset(ctx)
        for items in dataset.swot.values()
        for item in items
    )
    return _starting(incomplete, rows)


def complete_cell(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a cell: ``role@level``."""
    cells = (
        (f"{role.id}@{level.id}", f"{role.name} @ {level.name}")
        for dataset in _dataset(ctx)
        for role in dataset.roles
        for level in dataset.levels
    )
    return _starting(incomplete, cells)


def complete_id(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what may get another id, with its kind beside it; where several have an id, the kind before it."""
    from clustergap.editing.rename import ids_by_kind

    rows = [
        (id_, kind)
        for dataset in _dataset(ctx)
        for kind, ids in ids_by_kind(dataset).items()
        for id_ in ids
    ]
    holders = Counter(id_ for id_, _ in rows)
    words = (
        (id_ if holders[id_] == 1 else f"{kind.value}:{id_}", kind.noun) for id_, kind in rows
    )
    return _starting(incomplete, words)


def complete_version(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete a side of ``diff``: a folder, or a branch or tag of the repository in which the dataset lies."""
    from clustergap.api.locations import default_path, revisions_of
    from clustergap.errors import ClusterGapError
    from clustergap.loading.discovery import folders_beside

    # A name follows: what stands beside it, even behind a slash, is what can be meant.
    folders = ((folder, "folder") for folder in folders_beside(f"{incomplete}*"))
    try:
        names = revisions_of(default_path(_data_path(ctx)))
    except ClusterGapError:
        names = []
    revisions = ((name, "revision") for name in names)
    return _starting(incomplete, dict((*revisions, *folders)).items())


def complete_rule(incomplete: str) -> list[tuple[str, str]]:
    """Complete a rule's code."""
    return _starting(incomplete, rule_names())


def rule_names() -> list[tuple[str, str]]:
    """Return the code and the name of every rule."""
    rows = (line.split() for line in RULES.read_text(encoding="utf-8").splitlines())
    return [(code, name) for code, name in rows]


def _dataset(ctx: typer.Context) -> Iterator[Any]:
    # Any: the model is imported only when an id is to be completed. Read once, of whichever kinds ids are completed.
    if _READ not in ctx.meta:
        ctx.meta[_READ] = [*_read_dataset(ctx)]
    yield from ctx.meta[_READ]


_READ = "clustergap.dataset"
"""Where the context of a completion keeps the dataset."""


def _read_dataset(ctx: typer.Context) -> Iterator[Any]:
    # Never raises or prints anything.
    from clustergap.api.locations import find_data
    from clustergap.errors import ClusterGapError
    from clustergap.loading.loader import load_dataset

    try:
        yield load_dataset(find_data(_data_path(ctx)).files).dataset
    except ClusterGapError:
        return


def _data_path(ctx: typer.Context) -> Path | None:
    """Return the path of the dataset that is named so far.

    Raises:
        ClusterGapError: ``clustergap.toml`` cannot be read.
    """
    from clustergap.cli.config import configured_data

    path = ctx.params.get("data")
    return Path(path) if path else configured_data(ctx.params.get("config"))


def _starting(incomplete: str, rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, _beside(name)) for value, name in rows if value.startswith(incomplete)]


def _beside(name: str) -> str:
    # typer reads what it shows beside a completion as markup of rich, and a name such as [/x] is none. It breaks what is
    # wider than a terminal, and a shell takes each line for a completion.
    words = name if len(name) <= LONGEST_BESIDE else f"{name[: LONGEST_BESIDE - 1]}…"
    if "[" not in words:
        return words
    from rich.markup import escape

    return escape(words)

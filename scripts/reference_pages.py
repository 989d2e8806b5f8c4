"""The pages of reference that the program itself tells: its commands, exit codes, environment and schemas, and what Python has of it.

``scripts/documents.py`` writes them, as ``make golden`` does.
"""

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import clustergap
from clustergap.cli.app import COMMANDS, ENVIRONMENT
from clustergap.cli.exit import EXIT_CODES
from clustergap.formats import FORMATS
from clustergap.schema import SchemaName
from clustergap.writers.markdown import table

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "reference"
PAGES = tuple(
    FOLDER / f"{name}.md"
    for name in ("commands", "exit-codes", "environment-variables", "schemas", "python-api")
)

COMMANDS_HEAD = """\
# Commands and their options

What `clustergap -h` and `clustergap COMMAND -h` say, by `make golden`. Which command answers which question, and what narrows a
question, is in [how to ask](../how-to/questions.md).

"""

EXIT_CODES_HEAD = """\
# Exit codes

What the program says to whoever called it: a shell, a script, a job. It never depends on the format. The table is the program's own, as `clustergap -h`
shows it.

"""

EXIT_CODES_FOOT = """
- **0**: a gap is a fact about policy and no failure. A reader that leaves early (`| head`) has seen enough.
- **1** only where you asked to be told: `check` with errors (with `--strict` warnings too; with `--exit-zero` never), `gaps --fail-on` with
  such pairs of role and level, `diff --fail-on` with such changes. Standard error says for what.
- **2**: standard error says what is wrong and what to do. What writes data files (`import`, `rename`, `gaps --accept`) has then changed none.
- **3** is never your fault: report it, with the command and the data. `CLUSTERGAP_DEBUG=1` shows where it happened.
- **130, 143, 129**: 128 and the number of the signal; 149 on Windows, by Ctrl-Break or where the window was closed. No file is left half written.

The last exit code is `$?` in a Unix shell, `$LASTEXITCODE` in PowerShell, `%ERRORLEVEL%` in cmd.exe.

Standard output is the document, standard error everything else. A document is written whole, or the exit code is 2: on a full disk,
within a quota, and through a pipe that does not block. The same input and options give the same bytes.
"""

ENVIRONMENT_HEAD = """\
# Environment variables

What the program reads of the environment. An option that is typed goes before the environment, and that before
[`clustergap.toml`](config-file.md). The table is the program's own, as `clustergap -h` shows it.

"""

ENVIRONMENT_FOOT = """
For one command or for a session:

```sh
CLUSTERGAP_DATA=policy clustergap gaps    # this command
export CLUSTERGAP_DATA=policy             # all that follow
```

```powershell
$env:CLUSTERGAP_DATA = "policy"           # all that follow in this window
```

An empty one counts as none. Beside these, the program looks at what the system and others set for all programs:

- `TERM=dumb`: no colours on a terminal.
- `COLUMNS`: the width of what is printed on a terminal; without it that of the window. A pipe or a file has 120.
- `GITHUB_ACTIONS`: in a job on GitHub, a line of what is printed for people that the log would take for a command is disarmed.
- The home folder (`HOME`, on Windows `USERPROFILE`): looking for data and for `clustergap.toml` ends there.
- `PATH`: git is looked for in its folders, but for relative ones, where a revision is read. Of git's own variables few are handed on.
- `_CLUSTERGAP_COMPLETE`, `COMP_WORDS`, `COMP_CWORD`, `_TYPER_COMPLETE_ARGS`, `_TYPER_COMPLETE_WORD_TO_COMPLETE`, `_TYPER_COMPLETE_FISH_ACTION`:
  a shell that asks for completions says so, and what is typed, by what `clustergap completion` prints.

In Python `CLUSTERGAP_DATA` and `CLUSTERGAP_MAX_MIB` hold too.
"""

SCHEMAS_HEAD = """\
# Schemas

The JSON Schema of each file that clustergap reads, and of the JSON that each question writes (`-f json`), by `make golden`.
`clustergap schema NAME` prints one, and `clustergap schema instruments --from-data` one that knows a dataset's own names.
What a key means is explained in [the data model](data-model.md) and in [importing](../how-to/import.md#the-mapping-file).

"""

PYTHON_HEAD = """\
# Python

What `clustergap.__all__` names, in its own words, by `make golden`. [Python and notebooks](../how-to/python.md) teaches it by
examples.

"""


def pages(run: Callable[[str], str]) -> dict[Path, str]:
    """Return each page's text; *run* says what a command prints."""
    texts = (
        COMMANDS_HEAD + "\n".join(_commands(run)),
        EXIT_CODES_HEAD + _rows(("exit code", "meaning"), EXIT_CODES) + EXIT_CODES_FOOT,
        ENVIRONMENT_HEAD + _rows(("variable", "meaning"), ENVIRONMENT) + ENVIRONMENT_FOOT,
        SCHEMAS_HEAD + "\n".join(_schemas(run)),
        PYTHON_HEAD + "\n".join(_public_names()),
    )
    return dict(zip(PAGES, texts, strict=True))


def _rows(header: tuple[str, str], meanings: Mapping[Any, str]) -> str:
    return table(header, [(f"`{name}`", meaning) for name, meaning in meanings.items()])


def _commands(run: Callable[[str], str]) -> Iterator[str]:
    yield f"## clustergap\n\n{_fenced(run('clustergap -h'))}"
    for name in COMMANDS:
        formats = FORMATS.get(name, ())
        said = f"Formats: {' '.join(formats)}.\n\n" if formats else ""
        yield f"## clustergap {name}\n\n{said}{_fenced(run(f'clustergap {name} -h'))}"


def _schemas(run: Callable[[str], str]) -> Iterator[str]:
    for name in SchemaName:
        schema = json.loads(run(f"clustergap schema {name}"))
        rows = [(f"`{key}`", _meaning(of)) for key, of in schema.get("properties", {}).items()]
        file = f"../../schemas/{name}.schema.json"
        yield f"## {name}\n\n{schema['description']} [The whole schema]({file})\n\n{table(('key', 'meaning'), rows)}"


def _meaning(of: dict[str, Any]) -> str:
    return str(of.get("description", "")).replace("\n", " ").replace("|", "\\|")


def _public_names() -> Iterator[str]:
    for name in sorted({*clustergap.__all__} - {"__version__"}):
        value = getattr(clustergap, name)
        if not inspect.isclass(value):
            yield _described(name, value, "##")
            continue
        yield f"## {name}\n\n{_fenced(inspect.getdoc(value) or '')}"
        for member, of in _members(value).items():
            is_question = inspect.isfunction(of) or isinstance(of, property)
            if not member.startswith("_") and is_question and inspect.getdoc(of):
                yield _described(f"{name}.{member}", of, "###")


def _members(public: type) -> dict[str, Any]:
    # Its own, and those of bases that have no place of their own on the page.
    members: dict[str, Any] = {}
    for base in reversed(public.__mro__):
        is_hidden = (
            base.__module__.startswith("clustergap") and base.__name__ not in clustergap.__all__
        )
        if base is public or is_hidden:
            members |= vars(base)
    return members


def _described(name: str, of: Any, level: str) -> str:  # noqa: ANN401 - whatever is public
    signature = "" if isinstance(of, property) else _parameters(of)
    last = name.rpartition(".")[2]
    return f"{level} {name}\n\n{_fenced(f'{last}{signature}', 'python')}\n{_fenced(inspect.getdoc(of) or '')}"


def _parameters(of: Callable[..., object]) -> str:
    # Without types: each version of Python writes them otherwise.
    empty = inspect.Parameter.empty
    signature = inspect.signature(of)
    bare = [one.replace(annotation=empty) for one in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=empty))


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"

"""The pages of reference that the program itself tells: its commands, its schemas, and what Python has of it.

``scripts/documents.py`` writes them, as ``make golden`` does.
"""

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import clustergap
from clustergap.cli.app import COMMANDS
from clustergap.formats import FORMATS
from clustergap.schema import SchemaName
from clustergap.writers.markdown import table

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "reference"
PAGES = tuple(FOLDER / f"{name}.md" for name in ("commands", "schemas", "python-api"))

COMMANDS_HEAD = """\
# Commands and their options

What `clustergap -h` and `clustergap COMMAND -h` say, by `make golden`. Which command answers which question, and what narrows a
question, is in [the README](../../README.md#commands).

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
        SCHEMAS_HEAD + "\n".join(_schemas(run)),
        PYTHON_HEAD + "\n".join(_public_names()),
    )
    return dict(zip(PAGES, texts, strict=True))


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
        for member, of in vars(value).items():
            is_question = inspect.isfunction(of) or isinstance(of, property)
            if not member.startswith("_") and is_question and inspect.getdoc(of):
                yield _described(f"{name}.{member}", of, "###")


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

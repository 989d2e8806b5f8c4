"""Write what the program prints today into the documents.

Every ``console`` block of a document begins with ``$ clustergap …``; what follows is replaced by the command's output. In a
page that imports clustergap, what follows each ``>>>`` is replaced by what Python shows.
The page of rules, the schemas and the pictures are made again as a whole. Run ``make golden``, then read the
difference as you would read code.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer
from typer.core import TyperOption
from typer.main import get_command

import first_hours
import reference_pages
from clustergap.answers.explain import document as explain
from clustergap.checks.run import CATALOGUE
from clustergap.cli.app import build_app, main
from clustergap.cli.completion import RULES
from clustergap.cli.quick_completion import MULTIPLE, VALUE, WORDS
from clustergap.findings import Rule
from clustergap.formats import FORMATS
from clustergap.origin import Origin
from clustergap.schema import SchemaName
from clustergap.writers.markdown import table, write

ROOT = Path(__file__).parent.parent
RULES_PAGE = ROOT / "docs" / "reference" / "rules.md"
DOCUMENTS = (
    ROOT / "README.md",
    *sorted({*(ROOT / "docs").rglob("*.md")} - {RULES_PAGE, *reference_pages.PAGES}),
    *sorted((ROOT / "examples").glob("*/README.md")),
)

RULES_HEAD = """\
# The rules of `clustergap check`

Made from the catalogue of rules by `make golden`; `clustergap explain CG201` shows one of them. An **error** stops
every command, a **warning** fails `check --strict`, a **note** fails nothing. `--select` and `--ignore` take codes or
their beginnings, such as `CG3`. What depends on the day (CG304, CG305) is judged with `--today DATE` or `--today today`.

"""

TYPO = """\
schema: 1
title: A misspelt role
sources: {survey: {title: Survey of ministries}}
levels: [{id: country, name: Country}]
roles: [{id: social-economy, name: Social economy}]
instruments:
  - id: act
    name: Social Economy Act
    sources: [{ref: survey}]
    covers:
      social-econmy@country: full
"""
"""The file that the examples of ``check`` are about."""

_ACT = "  - {id: social-economy-act, name: Social Economy Act, covers: {social-economy@country: full}}\n"
SHEETS = {
    "list.csv": "name,role,level\nInterrreg,Social economy,Region\n",
    "klastry.csv": "name,role,level\nWsparcie klastrów Łódź,Innowacje,country\n",
}
"""Spreadsheets with something wrong or in doubt."""

ENCODINGS = {"klastry.csv": "windows-1250"}
"""Those that are not UTF-8."""

PROPOSAL = (
    ("instruments:\n", f"instruments:\n{_ACT}"),
    ("      internationalisation@region: full\n", ""),
)
"""What the example of ``diff`` edits in the deck: a new instrument, and INTERREG serves one cell less."""

FILE_IN_PAGE = re.compile(r"<!-- (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
"""A file that stands in a page as a whole, for its examples."""

_BLOCK = re.compile(r"```console\n\$ (clustergap [^\n]*)\n.*?```", re.DOTALL)

_IMPORT = ">>> import clustergap as cg\n"
_PYTHON = re.compile(r"```pycon\n(.*?)```", re.DOTALL)

_COMMAND = re.compile(r"^(\| `clustergap ([a-z-]+)[^`]*` \|.* \|) [^|]* \|$", re.MULTILINE)
"""A row of the table of commands; its last cell holds the formats."""


_WITH_NOTICES = ("check", "import")
"""Commands that are shown with what they tell beside their answer."""


def update(text: str) -> str:
    """Return a document with the output of its examples, and the formats of commands, as they are today."""
    if first_hours.PAGE in text:
        told: dict[str, object] = {}
        return first_hours.follow(text, _print, lambda block: _session(block, told))
    shown = _BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{run(block[1])}```", text)
    if _IMPORT in text:
        with _example_folder():
            names: dict[str, object] = {}
            shown = _PYTHON.sub(lambda block: f"```pycon\n{_session(block[1], names)}```", shown)
    return _COMMAND.sub(_with_formats, shown)


def _session(block: str, names: dict[str, object]) -> str:
    # Examples of one page go on with the names of those above.
    return "".join(
        f"{_prompted(example.source)}{_evaluate(example.source, names)}"
        for example in doctest.DocTestParser().get_examples(block)
    )


def _prompted(source: str) -> str:
    first, *others = source.splitlines()
    return "".join(f"{line}\n" for line in (f">>> {first}", *(f"... {each}" for each in others)))


def _evaluate(source: str, names: dict[str, object]) -> str:
    """Return what Python shows for a statement: what it prints, its value, or the last lines of its traceback."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, "<example>", "single"), names)  # noqa: S102 - our own page
        except Exception as error:  # noqa: BLE001 - as Python itself
            name = type(error).__qualname__
            known = (
                name
                if type(error).__module__ == "builtins"
                else f"{type(error).__module__}.{name}"
            )
            print(f"Traceback (most recent call last):\n  ...\n{known}: {error}")
    return out.getvalue()


def _with_formats(row: re.Match[str]) -> str:
    formats = FORMATS.get(row[2])
    return f"{row[1]} {' '.join(formats)} |" if formats else row[0]


def run(command: str) -> str:
    """Run one ``clustergap`` command in a folder with the data of the examples; return what it prints."""
    is_quiet = shlex.split(command)[1] not in _WITH_NOTICES
    with _example_folder():
        return _print(f"{command} --quiet" if is_quiet else command)


def _print(command: str) -> str:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with patch.multiple(sys, stdout=out, stderr=out), patch.dict(os.environ, clear=True):
        main(shlex.split(command)[1:])
    # Lines of csv end as RFC 4180 has it; in a page all end alike.
    return out.buffer.getvalue().decode().replace("\r\n", "\n")


@contextlib.contextmanager
def _example_folder() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("typo.yaml").write_text(TYPO, encoding="utf-8")
        for name, rows in SHEETS.items():
            Path(name).write_text(rows, encoding=ENCODINGS.get(name, "utf-8"))
        for page in DOCUMENTS:
            for name, content in FILE_IN_PAGE.findall(page.read_text(encoding="utf-8")):
                Path(name).write_text(content, encoding="utf-8")
        for name in ("data", "examples"):
            Path(name).symlink_to(ROOT / name)
        Path("proposal").mkdir()
        shutil.copy(ROOT / "data" / "swot.yaml", "proposal")
        proposal = (ROOT / "data" / "instruments.yaml").read_text(encoding="utf-8")
        for old, new in PROPOSAL:
            proposal = proposal.replace(old, new)
        Path("proposal/instruments.yaml").write_text(proposal, encoding="utf-8")
        yield


def generated() -> dict[Path, str]:
    """Return every document that is made as a whole, with its text as it is today."""
    schemas = {
        ROOT / "schemas" / f"{name}.schema.json": run(f"clustergap schema {name}")
        for name in SchemaName
    }
    return {
        ROOT / "docs" / "matrix.svg": run("clustergap matrix -f svg"),
        ROOT / "docs" / "timeline.svg": run("clustergap timeline -f svg"),
        RULES_PAGE: _rules(),
        **reference_pages.pages(run),
        RULES: "".join(f"{code} {rule.name}\n" for code, rule in CATALOGUE.items()),
        Path(WORDS): "".join(_completed_words()),
        **schemas,
    }


def _completed_words() -> Iterator[str]:
    """Write what typer offers where a command or an option is to be completed."""
    program: Any = get_command(build_app())
    whole = typer.Context(program, **program.context_settings)
    yield from _options(whole, "", "")
    for name, command in program.commands.items():
        context = typer.Context(command, parent=whole)
        yield from _options(context, name, command.get_short_help_str())


def _options(context: typer.Context, name: str, help_: str) -> Iterator[str]:
    yield f"{name}\t{help_}\n"
    for option in context.command.get_params(context):
        if isinstance(option, TyperOption) and not option.hidden:
            # typer has those of --help in a set, without an order of their own.
            names = sorted((*option.opts, *option.secondary_opts), key=_is_short)
            traits = {VALUE: not option.is_flag and not option.count, MULTIPLE: option.multiple}
            said = " ".join(trait for trait, is_so in traits.items() if is_so)
            yield f"{' '.join(names)}\t{said}\t{option.help}\n"


def _is_short(option: str) -> bool:
    return not option.startswith("--")


def _rules() -> str:
    rows = [
        (f"[{code}](#{code.lower()}-{rule.name})", rule.name, rule.severity.value)
        for code, rule in CATALOGUE.items()
    ]
    pages = [
        f"## {code} {rule.name}\n\nSeverity: {rule.severity.value}.\n\n{_body(rule)}"
        for code, rule in CATALOGUE.items()
    ]
    return RULES_HEAD + table(("code", "name", "severity"), rows) + "\n" + "\n".join(pages)


def _body(rule: Rule) -> str:
    _title, body = write(explain(rule, Origin("."))).split("\n", 2)[::2]
    return body


def write_all() -> None:
    """Rewrite every document that has changed."""
    for path in DOCUMENTS:
        path.write_text(update(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_all()

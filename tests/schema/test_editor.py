"""What an editor with yaml-language-server makes of a schema: what it offers, what it underlines."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from language_server import NAME, LanguageServer, find_language_server
from mapping_text import EVERY_KEY
from running import run
from tools import needed

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string"},
        "instruments": {"type": "array", "items": {"$ref": "#/$defs/Instrument"}},
    },
    "$defs": {
        "Instrument": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}, "covers": {"$ref": "#/$defs/Covers"}},
        },
        "Covers": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "industry-4-0@eu": {"$ref": "#/$defs/Level"},
                "social-economy@eu": {"$ref": "#/$defs/Level"},
            },
        },
        "Level": {"enum": ["full", "partial"]},
    },
}
MODELINE = "# yaml-language-server: $schema=schemas/tiny.json\n"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    missing = f"{NAME} is missing: sh scripts/make-tools.sh .venv/tools"
    with LanguageServer(needed(find_language_server(), missing)) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return _beside(tmp_path, SCHEMA)


def test_a_misspelt_key_is_underlined_on_its_line(server: LanguageServer, file: Path) -> None:
    [found] = server.diagnostics(file, MODELINE + "title: Tiny\ninstrumens: []\n")
    assert (found.line, found.column, found.end_column) == (2, 0, len("instrumens"))
    assert "instrumens" in found.message


def test_the_keys_of_a_mapping_are_offered(server: LanguageServer, file: Path) -> None:
    assert server.completions(file, MODELINE, line=1, column=0) == ["title", "instruments"]


def test_keys_behind_a_reference_are_offered(server: LanguageServer, file: Path) -> None:
    text = MODELINE + "instruments:\n  - name: Act\n    "
    assert server.completions(file, text, line=3, column=4) == ["covers"]


def test_a_cell_is_offered_as_a_key(server: LanguageServer, file: Path) -> None:
    text = MODELINE + "instruments:\n  - covers:\n      industry-4-0@eu: full\n      s"
    assert server.completions(file, text, line=4, column=7) == ["social-economy@eu"]


def test_a_misspelt_cell_is_underlined(server: LanguageServer, file: Path) -> None:
    text = MODELINE + "instruments:\n  - covers:\n      industry-4-O@eu: full\n"
    [found] = server.diagnostics(file, text)
    assert (found.line, found.column) == (3, 6)
    assert (found.end_line, found.end_column) == (3, 6 + len("industry-4-O@eu"))
    assert "industry-4-O@eu" in found.message


def test_a_mended_file_is_no_longer_underlined(server: LanguageServer, file: Path) -> None:
    bad = MODELINE + "title: Tiny\ninstruments:\n  - covers: {industry-4-0@eu: ful}\n"
    assert len(server.diagnostics(file, bad)) == 1
    assert server.diagnostics(file, bad.replace("ful}", "full}")) == []


def _beside(folder: Path, schema: Mapping[str, object]) -> Path:
    """Write the schema where the modeline looks for it, and name a file beside its folder."""
    path = folder / "schemas/tiny.json"
    path.parent.mkdir()
    path.write_text(json.dumps(schema), encoding="utf-8")
    return folder / "tiny.yaml"


# The program's own schemas


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the deck, whose schemas know its own names."""
    folder = tmp_path_factory.mktemp("project")
    assert run("init", str(folder), "--from", "deck", "-q").code == 0
    for name in ("instruments", "swot"):
        path = folder / "schemas" / f"{name}.schema.json"
        data = str(folder / "data")
        assert run("schema", name, "--from-data", "--data", data, "-o", str(path)).code == 0
    return folder


@pytest.mark.parametrize("name", ["instruments", "swot"])
def test_nothing_in_the_deck_is_underlined(
    server: LanguageServer, project: Path, name: str
) -> None:
    path = project / "data" / f"{name}.yaml"

    assert server.diagnostics(path, path.read_text(encoding="utf-8")) == []


def test_nothing_in_a_new_project_is_underlined(server: LanguageServer, tmp_path: Path) -> None:
    run("init", str(tmp_path), "-q")

    for name in ("instruments", "swot"):
        path = tmp_path / "data" / f"{name}.yaml"
        assert server.diagnostics(path, path.read_text(encoding="utf-8")) == []


def test_a_misspelt_cell_of_the_deck_is_underlined_at_its_key(
    server: LanguageServer, project: Path
) -> None:
    path = project / "data" / "instruments.yaml"
    text = path.read_text(encoding="utf-8")
    right, wrong = "      social-economy@region: full", "      social-econmy@region: full"
    line = text[: text.index(right)].count("\n")

    (found,) = server.diagnostics(path, text.replace(right, wrong))

    assert (found.line, found.column, found.end_column) == (line, 6, len(wrong) - len(": full"))
    assert "social-econmy@region" in found.message


@pytest.mark.parametrize(
    ("line", "offered", "not_offered"),
    [
        ("      ", {"social-economy@region", "industry-4-0@eu"}, {"starts"}),
        ("      circular-economy@eu: ", {"full", "partial"}, {"eu"}),
        ("    kind: ", {"forum", "strategy"}, {"full"}),
        ("    st", {"starts", "status"}, {"strengths"}),
        ("    sources: [{ref: ", {"deck"}, {"h2020"}),
    ],
)
def test_the_deck_s_own_names_are_completed(
    server: LanguageServer, project: Path, line: str, offered: set[str], not_offered: set[str]
) -> None:
    begun = "  - id: act\n    name: Act\n"
    if line.startswith("      "):
        begun += "    covers:\n"
    head = f"# yaml-language-server: $schema=../schemas/instruments.schema.json\ninstruments:\n{begun}"

    labels = server.completions(
        project / "data" / "new.yaml", head + line + "\n", head.count("\n"), len(line)
    )

    assert offered <= {label.strip('"') for label in labels}
    assert not_offered.isdisjoint(labels)


# A mapping file


@pytest.fixture(scope="module")
def of_mapping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mapping file beside its schema."""
    folder = tmp_path_factory.mktemp("mapping")
    path = folder / "schemas" / "mapping.schema.json"
    path.parent.mkdir()
    assert run("schema", "mapping", "-o", str(path)).code == 0
    return folder / "mapping.yaml"


OF_MAPPING = "# yaml-language-server: $schema=schemas/mapping.schema.json\nschema: 1\n"


@pytest.mark.parametrize(
    ("lines", "offered"),
    [
        ("", {"columns", "wide", "only", "leave_out"}),
        ("layout: ", {"list", "matrix", "cross"}),
        ("columns:\n  ", {"name", "role", "cover_note", "cell"}),
        ("columns:\n  role:\n    ", {"from", "first", "is", "values", "unknown"}),
        ("columns:\n  role:\n    from: Sector\n    unknown: ", {"problem", "leave-out"}),
        ("columns:\n  territories:\n    - from: A\n      codes: ", {"iso2", "iso3", "nuts"}),
        ("columns:\n  starts:\n    from: A\n    differ: ", {"first", "earliest", "latest", "join"}),
        ("columns:\n  note:\n    from: A\n    text: ", {"plain", "html"}),
        ("wide:\n  - are: ", {"role", "level", "cell", "territories", "targets"}),
        ("wide:\n  - cells: ", {"extent", "territories", "names", "note"}),
        ("fill_down: [", {"name", "role"}),
    ],
)  # fmt: skip
def test_the_keys_and_words_of_a_mapping_file_are_completed(
    server: LanguageServer, of_mapping: Path, lines: str, offered: set[str]
) -> None:
    text = OF_MAPPING + lines
    line = text.count("\n")

    labels = server.completions(
        of_mapping, f"{text}\n", line, len(text.splitlines()[line]) if lines else 0
    )

    assert offered <= {label.strip('"') for label in labels}


def test_a_misspelt_key_of_a_mapping_file_is_underlined(
    server: LanguageServer, of_mapping: Path
) -> None:
    text = OF_MAPPING + "columns:\n  name: {form: Policy}\nwide: [{columns: [A], are: roles}]\n"

    lines = {found.line for found in server.diagnostics(of_mapping, text)}

    assert lines == {3, 4}
    assert server.diagnostics(of_mapping, EVERY_KEY.replace("schema: 1\n", OF_MAPPING)) == []

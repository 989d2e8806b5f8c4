"""What an editor with yaml-language-server makes of a schema: what it offers, what it underlines."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from language_server import NAME, LanguageServer, find_language_server

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


def language_server() -> str:
    """Find the server, or skip the test; in CI, where nobody reads what was skipped, it fails."""
    if command := find_language_server():
        return command
    missing = f"{NAME} is missing: sh scripts/make-tools.sh .venv/tools"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer(language_server()) as running:
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

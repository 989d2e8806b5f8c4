"""The schemas: right by their own standard, with words for every key, and of one mind with the program."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clustergap.checks.run import RuleSelection
from clustergap.cli.exit import Exit
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FRAGMENTS, SWOT
from clustergap.loading.loader import check_dataset
from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from editors import as_editors_read, errors
from paths import ROOT, SHARED, TESTS
from running import run

DATA = TESTS / "data"
CORPUS = SHARED / "bad-inputs"

OUTPUTS = [name for name in SchemaName if name.is_output]
WRITTEN_BY_HAND = [name for name in SchemaName if not name.is_output]

SHAPES = RuleSelection(select=("CG101", "CG102", "CG103", "CG104", "CG105"))

ASKED: Mapping[SchemaName, tuple[tuple[str, ...], ...]] = {
    SchemaName.MATRIX: (
        ("matrix",),
        ("matrix", "--in", "RO11", "--as-of", "2021", "--kind", "forum"),
    ),
    SchemaName.GAPS: (("gaps",), ("gaps", "--today", "2030-01-01", "--level", "country")),
    SchemaName.EXPLAIN: (
        *(
            ("explain", subject)
            for subject in ("markup@country", "a", "CG201", "markup", "country")
        ),
        *(("explain", subject) for subject in ("core", "RO21", "AT", "deck", "s1", "t1")),
    ),
    SchemaName.SWOT_OUTPUT: (("swot",), ("swot", "--tows")),
    SchemaName.NEEDS: (("needs",), ("needs", "--level", "country", "--with-planned")),
    SchemaName.WHAT_IF: (("what-if", "--without", "a"), ("what-if",)),
    SchemaName.KEYSTONES: (("what-if", "--each"),),
    SchemaName.COMPARE: (
        ("compare", "--each", "country", "--measures"),
        ("compare", "RO", "BE", "--own", "--level", "eu", "--level", "region"),
    ),
    SchemaName.COMPARE_OVER: (
        ("compare", "RO", "AT", "--over", "2019,2030", "--role", "markup", "--level", "country"),
    ),
    SchemaName.DIFF: (("diff", "tests/hostile-old"), ("diff", "tests/hostile")),
    SchemaName.TIMELINE: (
        ("timeline",),
        ("timeline", "--from", "2019", "--to", "2021", "--in", "RO11"),
    ),
    SchemaName.RISKS: (("risks", "--as-of", "2020"), ("risks", "--crowded", "2")),
    SchemaName.LIST: (
        ("list", "instruments"),
        ("list", "statements", "--covers", "markup", "--undated"),
        ("list", "sources"),
        ("list", "territories", "--in", "RO"),
    ),
    SchemaName.CHECK: (("check",), ("check", "--today", "2030-01-01")),
}
"""Commands whose JSON a schema describes, asked of the hostile dataset."""


def _names_nothing(words: tuple[str, ...]) -> bool:
    # What may be asked of every dataset.
    return len(words) == 1 or words[0] in ("diff", "risks", "swot") or "--each" in words


def schema_for(path: Path) -> SchemaName:
    if path.name == SWOT:
        return SchemaName.SWOT
    return SchemaName.FRAGMENT if path.parent.name == FRAGMENTS else SchemaName.INSTRUMENTS


def sound(folder: Path) -> Iterator[Path]:
    """Walk through the data files in which nothing is wrong with the shape."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.name in ("manifest.yaml", "recipes.yaml") or (
            folder == CORPUS and not _is_dataset(path)
        ):
            continue
        report = check_dataset(
            find_files(path), selection=RuleSelection(ignore=("CG2", "CG3", "CG4"))
        )
        if not any(Path(one.location.path).name == path.name for one in report.findings):
            yield path


def _is_dataset(path: Path) -> bool:
    return path.parent.name in ("controls", "schema", "yaml-semantics", "references", "encoding")


# By their own standard


@pytest.mark.parametrize("name", SchemaName)
def test_a_schema_is_right_by_the_standard_of_2020_12(name: SchemaName) -> None:
    schema = make_schema(name)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert re.fullmatch(r"urn:clustergap:(output:)?[a-z-]+:[12]", schema["$id"])


def test_no_two_schemas_have_one_id() -> None:
    assert len({make_schema(name)["$id"] for name in SchemaName}) == len(SchemaName)


@pytest.mark.parametrize("name", SchemaName)
def test_every_key_is_described(name: SchemaName) -> None:
    bare = [key for key, value in _keys(make_schema(name)) if not value.get("description")]

    assert bare == []


def test_every_reference_leads_somewhere() -> None:
    for name in WRITTEN_BY_HAND:
        schema = make_schema(name)
        for reference in re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema)):
            assert reference in schema["$defs"]


# Of one mind with the program, about data files


FILES = [*sound(ROOT / "data"), *sound(DATA), *sound(ROOT / "src/clustergap/scaffold/project")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_editor_underlines_nothing_in_a_file_of_right_shape(path: Path) -> None:
    if path.name in ("workflow.yml", "pre-commit-config.yaml"):
        pytest.skip("no data file")

    assert errors(schema_for(path), as_editors_read(path.read_text(encoding="utf-8"))) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of bad inputs is not there")
def test_an_editor_underlines_nothing_in_what_the_corpus_holds_for_right() -> None:
    found = list(sound(CORPUS))

    assert len(found) > len("a good many")
    for path in found:
        value = as_editors_read(path.read_text(encoding="utf-8-sig"))
        assert errors(schema_for(path), value) == [], path


@pytest.mark.parametrize("path", sorted(DATA.glob("cg10[1-5]*.yaml")), ids=lambda path: path.name)
def test_an_editor_underlines_a_file_of_wrong_shape(path: Path) -> None:
    report = check_dataset(find_files(path), selection=SHAPES)

    assert report.findings
    assert errors(schema_for(path), as_editors_read(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("section", "wrong"),
    [
        ("instruments", "[{id: a}]"),
        ("instruments", "[{id: a, name: A, nmae: B}]"),
        ("instruments", "[{id: A_b, name: A}]"),
        ("instruments", "[{id: a, name: A, covers: {on@eu: fully}}]"),
        ("instruments", "[{id: a, name: A, covers: {on: full}}]"),
        ("instruments", "[{id: a, name: A, covers: {on@eu: {territories: []}}}]"),
        ("instruments", "[{id: a, name: A, covers: {on@eu: {territories: [RO, RO]}}}]"),
        ("instruments", "[{id: a, name: A, covers: {on@eu: {territories: {but: [RO]}}}}]"),
        ("instruments", "[{id: a, name: A, covers: {on@eu: none}}]"),
        ("instruments", "[{id: a, name: A, covers: {on@eu: {at_least: true}}}]"),
        ("observations", "{on@eu: {extent: none, at_least: true, territories: null}}"),
        ("instruments", "[{id: a, name: A, starts: April}]"),
        ("instruments", "[{id: a, name: A, starts: 2014.5}]"),
        ("instruments", "[{id: a, name: A, status: maybe}]"),
        ("instruments", "[{id: a, name: A, targets: x}]"),
        ("instruments", "[{id: a, name: A, url: ftp://example.org}]"),
        ("instruments", "null"),
        ("schema", "2"),
        ("schema", "'1'"),
        ("levels", "[]"),
        ("levels", "[{id: eu, name: EU, territories: nuts4}]"),
        ("kinds", "[{id: a, name: A, funds: yes}]"),
        ("sources", "{A B: {title: x}}"),
        ("accepted_gaps", "{on@eu: {}}"),
    ],
)
def test_an_editor_underlines_what_check_refuses(section: str, wrong: str) -> None:
    right = {
        "schema": 1,
        "title": "T",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "on", "name": "On"}],
        "instruments": [],
    }

    assert errors(SchemaName.INSTRUMENTS, right) == []
    assert errors(SchemaName.INSTRUMENTS, {**right, section: as_editors_read(wrong)})


# Narrowed to one dataset


@pytest.fixture(scope="module")
def deck() -> Draft202012Validator:
    outcome = run("schema", "instruments", "--from-data", "--data", str(ROOT / "data"))
    assert outcome.code == Exit.OK
    schema = json.loads(outcome.out)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_deck_is_right_by_its_own_schemas(deck: Draft202012Validator) -> None:
    value = as_editors_read((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    swot = as_editors_read((ROOT / "data/swot.yaml").read_text(encoding="utf-8"))
    outcome = run("schema", "swot", "--from-data", "--data", str(ROOT / "data"))

    assert deck.is_valid(value)
    assert Draft202012Validator(json.loads(outcome.out)).is_valid(swot)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("levels", "region", "national"),
        ("roles", "social-economy", "social-econmy"),
        ("instruments", "escp", "escps"),
        ("cells", "social-economy@eu", "social-economy@national"),
    ],
)
def test_what_an_item_names_or_means_is_of_the_dataset(key: str, right: str, wrong: str) -> None:
    outcome = run("schema", "swot", "--from-data", "--data", str(ROOT / "data"))
    validator = Draft202012Validator(json.loads(outcome.out))

    for name, is_valid in ((right, True), (wrong, False)):
        for links in ({key: [name]}, {"meant": {key: [name]}}):
            item = {"id": "s1", "text": "Strong", **links}
            assert validator.is_valid({"schema": 1, "strengths": [item]}) == is_valid


def test_the_deck_s_schema_offers_every_cell_with_its_name(deck: Draft202012Validator) -> None:
    covers = deck.schema["$defs"]["Instrument"]["properties"]["covers"]

    assert len(covers["properties"]) == 6 * 3
    assert covers["properties"]["social-economy@eu"]["description"] == "Social economy @ EU"


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("covers", {"social-economy@eu": "full"}, {"social-econmy@eu": "full"}),
        ("covers", {"social-economy@eu": {}}, {"social-economy@national": {}}),
        (
            "covers",
            {"social-economy@country": {"territories": ["RO"]}},
            {"social-economy@country": {"territories": ["GR"]}},
        ),
        (
            "covers",
            {"social-economy@region": {"territories": {"except": ["RO", "BG41"]}}},
            {"social-economy@region": {"territories": {"except": ["RO99"]}}},
        ),
        (
            "covers",
            {"social-economy@eu": {"territories": None}},
            {"social-economy@eu": {"territories": ["RO"]}},
        ),
        ("sources", [{"ref": "deck"}], [{"ref": "slides"}]),
        ("kind", "forum", "fora"),
        ("kind", None, 1),
        ("succeeded_by", ["h2020"], ["h2021"]),
    ],
)
def test_only_the_deck_s_own_names_are_right(
    deck: Draft202012Validator, key: str, right: object, wrong: object
) -> None:
    data: Any = as_editors_read((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    value = {**data, "instruments": [{"id": "a", "name": "A", key: right}]}

    assert [error.message for error in deck.iter_errors(value)] == []
    value["instruments"][0][key] = wrong
    assert not deck.is_valid(value)


def test_a_number_for_an_id_is_right_as_an_editor_reads_it(tmp_path: Path) -> None:
    text = (
        "schema: 1\ntitle: T\nlevels: [{id: eu, name: EU}]\nroles: [{id: 2020, name: A}]\n"
        "kinds: [{id: 7, name: Seven}]\ninstruments: [{id: a, name: A, kind: 7, covers: {2020@eu: full}}]\n"
    )
    (tmp_path / "instruments.yaml").write_text(text, encoding="utf-8")
    outcome = run("schema", "instruments", "--from-data", "--data", str(tmp_path))

    assert Draft202012Validator(json.loads(outcome.out)).is_valid(as_editors_read(text))


@pytest.mark.parametrize(
    ("name", "why"), [("matrix", "matrix is an output"), ("mapping", "mapping is none")]
)
def test_only_a_data_file_can_be_narrowed(name: str, why: str) -> None:
    outcome = run("schema", name, "--from-data")

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert why in outcome.err


# Of one mind with the program, about outputs


def test_every_output_is_asked_for() -> None:
    assert set(ASKED) == set(OUTPUTS)


def test_words_that_may_be_added_are_examples() -> None:
    risk = make_schema(SchemaName("risks"))["properties"]["risks"]["items"]["properties"]["kind"]
    event = make_schema(SchemaName("timeline"))["properties"]["events"]["items"]["properties"]
    what = event["because"]["items"]["properties"]["what"]

    for words, known in ((risk, "winding-down"), (what, "stops-committing")):
        assert known in words["examples"]
        assert "enum" not in words


@pytest.mark.parametrize("data", ["tests/hostile", "data", "tests/data/good-every-key.yaml"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_as_its_schema_says_and_holds_no_key_more(
    name: SchemaName, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    closed = Draft202012Validator(_closed(make_schema(name)))
    asked = [words for words in ASKED[name] if data == "tests/hostile" or _names_nothing(words)]

    for words in asked:
        outcome = run(*words, "--data", data, "-f", "json")
        assert outcome.code in (Exit.OK, Exit.FOUND), outcome.err
        assert [error.message for error in closed.iter_errors(json.loads(outcome.out))] == []


def test_findings_of_every_kind_are_as_their_schema_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    closed = Draft202012Validator(_closed(make_schema(SchemaName.CHECK)))

    for path in sorted(DATA.glob("*.yaml")):
        outcome = run("check", str(path), "-f", "json", "--today", "2026-01-01")
        assert closed.is_valid(json.loads(outcome.out)), path


def _keys(schema: object, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    # What describes a key, found through everything that a schema is nested in.
    if isinstance(schema, list):
        for item in schema:
            yield from _keys(item, name)
    if isinstance(schema, dict):
        for key, value in schema.get("properties", {}).items():
            yield f"{name}.{key}", value
        for word, value in schema.items():
            if word not in ("if", "then"):  # where these name a key, it is described already
                yield from _keys(value, f"{name}.{word}")


def _closed(schema: Any) -> Any:
    """Return a schema that allows no key but those that it describes."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if "properties" in closed and "oneOf" not in closed:
        closed["additionalProperties"] = False
    for choice in closed.get("oneOf", ()):
        # What all choices have in common stands above them.
        choice["properties"] |= {key: {} for key in closed["properties"]}
    return closed

"""Named groups of territories: wherever a code stands, a group means its codes together."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.diff import DatasetSection, find_difference
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.units import LevelUnits
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from running import run
from strategies import dataset_of

COUNTRIES = ["AT", "BG", "RO"]
REGIONS = ["AT11", "BG31", "BG32", "RO11", "RO12", "RO-A"]
LEVELS = [
    {"id": "eu"},
    {"id": "country", "territories": COUNTRIES},
    {"id": "region", "territories": REGIONS},
]
CODES = [*COUNTRIES, *REGIONS, "RO1", "BG3", "SE"]
"""Codes that a group may hold: SE has no unit at any level."""

Values = dict[str, object]


def _dataset(*statements: tuple[str, Values], groups: object, **keys: object) -> Dataset:
    instruments = [
        {"id": f"i{n}", "covers": {f"role@{level}": statement}}
        for n, (level, statement) in enumerate(statements)
    ]
    return dataset_of({"levels": LEVELS, "groups": groups, "instruments": instruments, **keys})


def _ratings(dataset: Dataset, place: str | None = None) -> list[object]:
    return [
        (rating.coverage, rating.share, list(rating.instruments), rating.rests_on)
        for rating in build_matrix(dataset, Query(place=place))
    ]


def _group(id_: str, *codes: str) -> Values:
    return {"id": id_, "name": id_.capitalize(), "territories": list(codes)}


codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True)


@st.composite
def _with_a_group(draw: st.DrawFn) -> tuple[Dataset, Dataset, list[str]]:
    """Draw a dataset with a group, the same with its codes typed in, and these codes."""
    held = draw(codes)
    with_id: list[tuple[str, Values]] = []
    typed: list[tuple[str, Values]] = []
    for _ in range(draw(st.integers(1, 4))):
        level = draw(st.sampled_from(["country", "region"]))
        extent = draw(st.sampled_from(["full", "partial"]))
        beside = draw(st.lists(st.sampled_from(CODES), max_size=2, unique=True))
        others = [code for code in beside if code not in held]
        is_left_out = draw(st.booleans())
        for names, statements in (([*others, "east"], with_id), ([*others, *held], typed)):
            where: object = {"except": names} if is_left_out else names
            statements.append((level, {"extent": extent, "territories": where}))
    keys: Values = {}
    keys_typed: Values = {}
    if draw(st.booleans()):
        keys, keys_typed = {"assessed": {"region": ["east"]}}, {"assessed": {"region": held}}
    groups = [_group("east", *held)]
    return (
        _dataset(*with_id, groups=groups, **keys),
        _dataset(*typed, groups=groups, **keys_typed),
        held,
    )


@given(_with_a_group(), st.sampled_from([None, "RO", "RO11", "AT", "east"]))
def test_a_group_means_what_its_codes_typed_in_mean(
    drawn: tuple[Dataset, Dataset, list[str]], place: str | None
) -> None:
    with_id, typed, _ = drawn

    assert _ratings(with_id, place) == _ratings(typed, place)


@given(codes)
def test_a_place_that_is_a_group_is_its_codes_each_by_itself(held: list[str]) -> None:
    dataset = _dataset(groups=[_group("east", *held)])

    for level in dataset.levels:
        together = LevelUnits(level, "east", dataset.groups_by_id).selected
        each = [LevelUnits(level, code, {}).selected for code in held]
        joined = 0
        for units in each:
            joined |= units
        assert together == joined


def test_a_code_of_a_group_means_at_each_level_what_it_means_there() -> None:
    dataset = _dataset(groups=[_group("mixed", "BG31", "RO", "SE")])
    _, country, region = (
        LevelUnits(level, "mixed", dataset.groups_by_id) for level in dataset.levels
    )

    # Asked of BG31, the country is the one around it; what a statement names must lie within.
    assert country.codes_of(country.selected) == ("BG", "RO")
    assert country.codes_of(country.of(("mixed",))) == ("RO",)
    assert region.codes_of(region.selected) == ("BG31", "RO11", "RO12", "RO-A")
    assert region.codes_of(region.of(("mixed",))) == ("BG31", "RO11", "RO12", "RO-A")


def test_a_level_with_territories_of_which_none_is_in_the_group_is_unknown() -> None:
    dataset = _dataset(("country", {}), groups=[_group("north", "SE")])

    eu, country, region = build_matrix(dataset, Query(place="north"))

    assert (eu.coverage, country.coverage, region.coverage) == ("none", "unknown", "unknown")


def test_a_group_that_changes_is_told_and_so_is_what_it_opens() -> None:
    before, after = (
        _dataset(("country", {"territories": ["east"]}), groups=[_group("east", *held)])
        for held in (["BG", "RO"], ["BG"])
    )

    difference = find_difference(build_matrix(before, Query()), build_matrix(after, Query()))

    (edit,) = difference.edits
    assert (edit.section, edit.id) == (DatasetSection.GROUPS, "east")
    assert [key.key for key in edit.keys] == ["territories"]
    assert [str(change.cell) for change in difference.comparison.changes] == ["role@country"]


MAIN = """\
schema: 1
title: Places
levels:
  - {id: country, name: Country, territories: [AT, BG, RO]}
roles: [{id: a, name: A}]
groups:
  - {id: east, name: Eastern part, territories: [RO, BG]}
instruments:
  - {id: x, name: X, covers: {a@country: {territories: [east]}}}
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dataset in the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "instruments.yaml"
    path.write_text(MAIN, encoding="utf-8")
    return path


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("word", ["east", "EAST", "Eastern part", "eastern  PART"])
def test_a_group_is_asked_for_by_its_id_or_name(word: str) -> None:
    answer = json.loads(run("matrix", "--in", word, "-f", "json").out)

    assert answer["query"]["in"] == "east"
    assert answer["cells"][0]["coverage"] == "full"
    assert answer["cells"][0]["share"]["of"] == 2


def test_a_name_of_several_places_means_the_one_in_which_the_others_lie(data: Path) -> None:
    units = "[AT, {code: BG, name: Bulgaria}, {code: RO, name: East}]"
    data.write_text(
        MAIN.replace("[AT, BG, RO]", units).replace("Eastern part", "East"), encoding="utf-8"
    )
    assert json.loads(run("matrix", "--in", "EAST", "-f", "json").out)["query"]["in"] == "east"

    data.write_text(
        MAIN.replace("[AT, BG, RO]", units)
        .replace("Eastern part", "Bulgaria")
        .replace("[RO, BG]", "[RO, AT]"),
        encoding="utf-8",
    )
    assert "'Bulgaria' may mean east or BG" in run("matrix", "--in", "Bulgaria").err


@pytest.mark.usefixtures("data")
def test_people_read_the_name_and_programs_the_id() -> None:
    table = run("explain", "a@country").out
    statement = json.loads(run("explain", "a@country", "-f", "json").out)["statements"][0]

    assert "in Eastern part" in table
    assert statement["territories"] == ["east"]
    for format_ in ("table", "md", "html"):
        assert "in Eastern part" in run("matrix", "--in", "east", "-f", format_).out
    # A picture's title is the finding, which begins with the place.
    assert "In Eastern part, A is covered" in run("matrix", "--in", "east", "-f", "svg").out


@pytest.mark.usefixtures("data")
def test_a_misspelt_group_is_suggested() -> None:
    outcome = run("matrix", "--in", "eats")

    assert outcome.code == 2
    assert "Did you mean 'east' (Eastern part)?" in outcome.err


@pytest.mark.usefixtures("data")
def test_the_schema_for_an_editor_knows_the_groups() -> None:
    schema = json.loads(run("schema", "instruments", "--from-data").out)

    assert schema["$defs"]["Territory@country"]["enum"] == ["AT", "BG", "RO", "east"]


@pytest.mark.usefixtures("data")
def test_a_fragment_may_speak_of_a_group_and_have_none_of_its_own() -> None:
    Path("instruments").mkdir()
    fragment = Path("instruments/team.yaml")
    text = "territories: [east]\nobservations: {a@country: {extent: partial, note: So}}\n"
    fragment.write_text(text, encoding="utf-8")

    answer = json.loads(run("explain", "a@country", "-f", "json").out)

    assert answer["statements"][1]["territories"] == ["east"]
    fragment.write_text("groups: [{id: g, name: G, territories: [RO]}]\n", encoding="utf-8")
    assert "'groups' is not a key here" in run("check", ".").out

"""Fragments with sources and territories of their own: what they mean in the whole dataset."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.matrix import build_matrix
from clustergap.findings import CheckResult, DataError
from clustergap.loading.discovery import find_files
from clustergap.loading.file_reader import FileContent, RecordValidator
from clustergap.loading.loaded_files import merge
from clustergap.loading.loader import Loaded, check_dataset, load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, FragmentFile, InstrumentsFile
from clustergap.model.places import Except
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from running import run

Values = dict[str, object]

MAIN = """\
schema: 1
title: Two teams
as_of: 2020-01-01
sources:
  deck: {title: The deck}
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country, territories: [BG, RO]}
  - {id: region, name: Region, territories: [BG31, BG32, RO11, RO12, RO21]}
roles:
  - {id: a, name: A}
  - {id: b, name: B}
instruments: []
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a main file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments.yaml").write_text(MAIN, encoding="utf-8")
    return tmp_path


def _fragment(folder: Path, name: str, text: str) -> None:
    (folder / "instruments" / name).write_text(text, encoding="utf-8")


def _load(folder: Path) -> Loaded:
    return load_dataset(find_files(folder))


def _check(folder: Path) -> CheckResult:
    return check_dataset(find_files(folder))


def _covers(dataset: Dataset, cell: str) -> tuple[Statement, ...]:
    role, level = cell.split("@")
    (instrument,) = dataset.instruments
    return instrument.covers[Cell(role, level)]


def test_two_fragments_may_use_one_key_for_different_sources(folder: Path) -> None:
    for name, title in (("bg", "Bulgarian survey"), ("ro", "Romanian survey")):
        _fragment(
            folder,
            f"{name}.yaml",
            f"sources: {{survey: {{title: {title}}}}}\n"
            f"instruments:\n  - {{id: {name}, name: {name}, sources: [{{ref: survey}}, {{ref: deck}}]}}\n",
        )

    dataset = _load(folder).dataset

    titles = {
        instrument.id: [dataset.sources[ref.ref].title for ref in instrument.sources]
        for instrument in dataset.instruments
    }
    assert titles == {
        "bg": ["Bulgarian survey", "The deck"],
        "ro": ["Romanian survey", "The deck"],
    }


def test_a_source_of_a_fragment_keeps_its_key_whatever_other_files_declare(folder: Path) -> None:
    ro = "sources: {survey: {title: S}}\nobservations: {a@eu: {sources: [{ref: survey}]}}\n"
    _fragment(folder, "ro.yaml", ro)
    alone = _load(folder).dataset.observations

    _fragment(folder, "bg.yaml", "sources: {survey: {title: Another}}\n")

    assert _load(folder).dataset.observations == alone
    ((observation,),) = alone.values()
    assert [ref.ref for ref in observation.sources] == ["ro/survey"]


def test_a_source_of_a_fragment_is_found_in_its_file(folder: Path) -> None:
    _fragment(folder, "ro.yaml", "territories: [RO]\nsources:\n  survey: {title: S}\n")

    sources = _load(folder).sources

    path = ("sources", "ro/survey")
    assert sources.locate([path])[path].line == 3
    assert sources.locate([path])[path].path.endswith("ro.yaml")


def test_no_file_sees_the_sources_of_a_fragment_but_itself(folder: Path) -> None:
    _fragment(folder, "bg.yaml", "sources: {survey: {title: S}}\n")
    _fragment(folder, "ro.yaml", "observations: {a@eu: {sources: [{ref: survey}]}}\n")
    (folder / "instruments.yaml").write_text(
        f"{MAIN}observations: {{b@eu: {{sources: [{{ref: survey}}]}}}}\n", encoding="utf-8"
    )

    found = [(Path(f.location.path).name, f.rule.code) for f in _check(folder).findings]

    assert [row for row in found if row[1] == "CG206"] == [
        ("instruments.yaml", "CG206"),
        ("ro.yaml", "CG206"),
    ]


def test_a_key_of_the_swot_and_of_a_fragment_mean_what_each_says(folder: Path) -> None:
    (folder / "swot.yaml").write_text(
        "schema: 1\nsources: {s: {title: Of the SWOT}}\n"
        "strengths: [{id: s1, text: Strong, levels: [eu], sources: [{ref: s}]}]\n",
        encoding="utf-8",
    )
    _fragment(
        folder,
        "ro.yaml",
        "sources: {s: {title: Of Romania}}\nobservations: {a@eu: {sources: [{ref: s}]}}\n",
    )

    dataset = _load(folder).dataset

    ((observation,),) = dataset.observations.values()
    assert dataset.sources[observation.sources[0].ref].title == "Of Romania"
    assert dataset.sources["s"].title == "Of the SWOT"


@pytest.mark.parametrize(
    ("cell", "written", "meant"),
    [
        ("a@eu", "full", None),
        ("a@country", "full", ("RO",)),
        ("a@country", "partial", ("RO",)),
        ("a@region", "full", ("RO",)),
        ("a@region", "{territories: [RO1]}", ("RO1",)),
        ("a@region", "{territories: {except: [RO11]}}", ("RO12", "RO21")),
        ("a@region", "{territories: {except: [RO1]}}", ("RO21",)),
    ],
)
def test_a_statement_without_a_place_means_the_territories_of_its_file(
    folder: Path, cell: str, written: str, meant: Sequence[str] | None
) -> None:
    _fragment(
        folder,
        "ro.yaml",
        f"territories: [RO]\ninstruments: [{{id: x, name: X, covers: {{{cell}: {written}}}}}]\n",
    )

    (statement,) = _covers(_load(folder).dataset, cell)

    assert statement.territories == meant


def test_an_observation_that_there_is_nothing_holds_where_its_file_speaks(folder: Path) -> None:
    _fragment(
        folder,
        "ro.yaml",
        "territories: [RO]\nsources: {s: {title: S}}\n"
        "observations: {a@region: {extent: none, seen: 2019, note: No, sources: [{ref: s}]}}\n",
    )

    ((observation,),) = _load(folder).dataset.observations.values()

    assert (observation.extent, observation.territories) == ("none", ("RO",))
    assert (observation.note, observation.seen is not None) == ("No", True)


def test_each_statement_of_a_list_is_understood_by_itself(folder: Path) -> None:
    _fragment(
        folder,
        "ro.yaml",
        "territories: [RO11, BG31]\ninstruments: [{id: x, name: X, covers: {a@region: "
        "[{ends: 2015}, {starts: 2016, territories: [RO11]}]}}]\n",
    )

    before, after = _covers(_load(folder).dataset, "a@region")

    assert (before.territories, after.territories) == (("RO11", "BG31"), ("RO11",))
    assert before.ends is not None
    assert after.starts is not None


def test_a_place_around_the_territories_of_a_file_is_named_where_nothing_lies_within(
    folder: Path,
) -> None:
    _fragment(
        folder,
        "nord-vest.yaml",
        "territories: [RO11]\nobservations:\n  a@country: {territories: [RO]}\n  b@country: full\n",
    )

    (finding,) = [f for f in _check(folder).findings if f.rule.code == "CG211"]

    assert (finding.location.line, finding.hint) == (4, "write territories: [RO]")


def test_a_misspelt_code_of_what_a_file_speaks_of_is_the_only_mistake_until_it_is_mended(
    folder: Path,
) -> None:
    _fragment(
        folder,
        "ro.yaml",
        "territories: [GR]\nobservations:\n  a@country: full\n  b@country: {territories: [RO]}\n",
    )

    (finding,) = [f for f in _check(folder).findings if f.rule.code in ("CG204", "CG211")]

    assert (finding.rule.code, finding.location.line) == ("CG204", 1)


def test_of_a_code_like_none_that_is_known_it_is_said_what_to_do(folder: Path) -> None:
    _fragment(folder, "xx.yaml", "territories: [XX]\n")

    (finding,) = [f for f in _check(folder).findings if f.rule.code == "CG204"]

    assert finding.hint == "correct the code, or list it at a level"


def test_a_file_cannot_speak_of_a_level_that_lists_nothing_of_its_places(folder: Path) -> None:
    _fragment(folder, "at.yaml", "territories: [AT]\nobservations: {a@country: full}\n")

    (finding,) = [f for f in _check(folder).findings if f.rule.code == "CG211"]

    assert "must say where" in finding.message
    assert "file of that place" in finding.hint


def test_a_fragment_may_say_its_format_and_no_other(folder: Path) -> None:
    _fragment(folder, "ro.yaml", "schema: 2\ninstruments: []\n")

    with pytest.raises(DataError) as error:
        _load(folder)

    assert [finding.rule.code for finding in error.value.report.findings] == ["CG105"]


def test_explain_shows_the_source_and_the_place_of_a_fragment(folder: Path) -> None:
    _fragment(
        folder,
        "ro.yaml",
        "sources: {survey: {title: Romanian survey}}\nterritories: [RO]\ninstruments:\n"
        "  - {id: x, name: X, sources: [{ref: survey, locator: p. 3}], covers: {a@region: full}}\n",
    )

    answer = json.loads(run("explain", "a@region", "--data", ".", "-f", "json").out)

    (statement,) = answer["statements"]
    assert statement["territories"] == ["RO"]
    assert statement["sources"] == [{"ref": "ro/survey", "locator": "p. 3", "quote": None}]
    assert answer["cell"]["share"]["covered"] == 3
    assert "Romanian survey" in run("report", "--data", ".", "-f", "md").out


def test_what_closes_a_gap_is_never_proposed_for_a_file_of_another_place(folder: Path) -> None:
    _fragment(
        folder,
        "ro.yaml",
        "territories: [RO]\ninstruments: [{id: x, name: X, covers: {a@region: full}}]\n",
    )

    out = run("explain", "a@region", "--data", ".").out

    closing = out[out.index("To close it") :]
    assert "instruments.yaml" in closing
    assert "ro.yaml" not in closing


def test_what_if_reads_a_fragment_from_elsewhere_with_its_own_places(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _fragment(folder, "ro.yaml", "sources: {s: {title: One}}\n")
    other = tmp_path_factory.mktemp("elsewhere") / "ro.yaml"
    other.write_text(
        "territories: [BG]\nsources: {s: {title: Two}}\n"
        "instruments: [{id: y, name: Y, sources: [{ref: s}], covers: {a@region: full}}]\n",
        encoding="utf-8",
    )

    out = json.loads(run("what-if", "--data", ".", "--add", str(other), "-f", "json").out)

    (change,) = out["changes"]
    assert change["after"]["share"]["missing"] == ["RO11", "RO12", "RO21"]


_LEVELS = [
    {"id": "country", "name": "C", "territories": ["BG", "RO"]},
    {"id": "region", "name": "R", "territories": ["BG31", "BG32", "RO11", "RO12", "RO21"]},
]
_UNITS = {"country": ["BG", "RO"], "region": ["BG31", "BG32", "RO11", "RO12", "RO21"]}
_WITHIN = {"BG": 2, "RO": 2, "RO1": 3}


@st.composite
def _statements(draw: st.DrawFn, own: str) -> tuple[str, Values, Values]:
    """Draw a level, a statement as the file of *own* writes it, and the same as the main file would."""
    level = draw(st.sampled_from(["country", "region"] if own in ("BG", "RO") else ["region"]))
    units = [unit for unit in _UNITS[level] if unit.startswith(own)]
    extent: Values = {"extent": draw(st.sampled_from(["full", "partial"]))}
    shape = draw(st.sampled_from(["all", "some", "but"]))
    if shape == "all" or len(units) == 1:
        return level, extent, {**extent, "territories": units}
    some = draw(st.lists(st.sampled_from(units), min_size=1, max_size=len(units) - 1, unique=True))
    if shape == "some":
        return level, {**extent, "territories": some}, {**extent, "territories": some}
    rest = [unit for unit in units if unit not in some]
    return level, {**extent, "territories": {"except": some}}, {**extent, "territories": rest}


@given(st.data())
def test_a_file_with_territories_says_what_the_same_places_typed_in_say(
    data: st.DataObject,
) -> None:
    own = data.draw(st.sampled_from(sorted(_WITHIN)))
    rows = data.draw(st.lists(_statements(own), min_size=1, max_size=4))
    written, typed = (
        [
            {"id": f"i{n}", "name": f"I{n}", "covers": {f"a@{row[0]}": row[kind]}}
            for n, row in enumerate(rows)
        ]
        for kind in (1, 2)
    )

    scoped = _merged({"territories": [own], "instruments": written})
    plain = _merged({"instruments": typed})

    place = data.draw(st.sampled_from([None, "RO", "BG", "RO11"]))
    assert _ratings(scoped, place) == _ratings(plain, place)


def _merged(fragment: Values) -> Dataset:
    main = {"schema": "1", "title": "T", "levels": _LEVELS, "roles": [{"id": "a", "name": "A"}]}
    whole = RecordValidator(InstrumentsFile).validate(main)
    part = RecordValidator(FragmentFile).validate(fragment)
    merged = merge(
        FileContent(whole, 0, "instruments.yaml", {}),
        [FileContent(part, 1, "instruments/x.yaml", {})],
        None,
    )
    assert merged.broken == []
    return merged.dataset


def _ratings(dataset: Dataset, place: str | None) -> list[object]:
    return [
        (rating.coverage, rating.share, len(rating.instruments))
        for rating in build_matrix(dataset, Query(place=place))
    ]


def test_a_fragment_without_keys_of_its_own_is_taken_as_it_is() -> None:
    main = {"schema": "1", "title": "T", "levels": _LEVELS, "roles": [{"id": "a", "name": "A"}]}
    instruments = [
        {"id": "x", "name": "X", "covers": {"a@region": {"territories": {"except": ["RO"]}}}}
    ]
    whole = RecordValidator(InstrumentsFile).validate(main)
    part = RecordValidator(FragmentFile).validate({"instruments": instruments})

    merged = merge(
        FileContent(whole, 0, "instruments.yaml", {}), [FileContent(part, 1, "x.yaml", {})], None
    )

    assert merged.dataset.instruments[0] is part.instruments[0]
    ((statement,),) = merged.dataset.instruments[0].covers.values()
    assert isinstance(statement.territories, Except)

"""What ``explain`` proposes to close a gap closes it, changes no other unit, and passes ``check``."""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.explain import Closing, find_closing, shortest
from clustergap.analysis.matrix import build_matrix, cell_states
from clustergap.analysis.units import LevelUnits, units_by_level
from clustergap.checks.run import find_defects, find_upkeep
from clustergap.cli.exit import Exit
from clustergap.findings import Severity
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level
from clustergap.model.places import Except
from clustergap.model.query import Query
from running import run
from strategies import dataset_of, questions


def closed(dataset: Dataset, query: Query, cell: Cell, closing: Closing) -> Dataset:
    """Do as is proposed, by a new instrument; where the writer must say where, it is all that lacks."""
    covers: object = "full"
    if closing.is_located:
        territories = closing.territories or _lacking(dataset, query, cell)
        listed = (
            {"except": [*territories.codes]} if isinstance(territories, Except) else [*territories]
        )
        covers = {"extent": "full", "territories": listed}
    kind = query.kinds[0] if query.kinds else None
    # In force on the day that was asked for: what was there before or comes later is no matter.
    day = build_matrix(dataset, query).query.as_of
    dates = {"starts": day.isoformat(), "ends": day.isoformat()} if day else {}
    new = Instrument(id="new", name="New", kind=kind, covers={str(cell): covers}, **dates)  # type: ignore[dict-item, arg-type]
    return dataclasses.replace(dataset, instruments=(*dataset.instruments, new))


def _lacking(dataset: Dataset, query: Query, cell: Cell) -> tuple[str, ...]:
    matrix = build_matrix(dataset, query)
    tally = cell_states(dataset, matrix.query)[cell]
    # Where nobody has looked anywhere and one statement says "not everywhere", any place will do.
    shown = units_by_level(dataset, query.place)[cell.level].selected
    return tally.codes(tally.lacking) or tally.codes(shown)[:1]


@given(questions())
def test_what_is_proposed_closes_the_gap_and_changes_no_other_unit(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question
    before = build_matrix(dataset, query)
    gaps = [rating.cell for rating in before if rating.coverage.is_gap]
    assume(gaps)

    for cell in gaps:
        closing = find_closing(before, cell)
        assert closing is not None
        then = closed(dataset, query, cell, closing)
        after = build_matrix(then, query)
        assert after.ratings[cell].coverage is Coverage.FULL
        assert [one for one in after if one.cell != cell] == [
            one for one in before if one.cell != cell
        ]
        # Of the whole level, wherever was asked: what was not full there and lacked nothing is as it was.
        anywhere = dataclasses.replace(before.query, place=None)
        was, is_now = (cell_states(one, anywhere)[cell] for one in (dataset, then))
        lacked = cell_states(dataset, before.query)[cell].lacking
        gained = is_now.full & ~was.full
        assert gained == lacked or (not lacked and gained.bit_count() == 1)


@given(questions())
def test_what_is_proposed_passes_check(question: tuple[Dataset, Query]) -> None:
    dataset, query = question
    before = build_matrix(dataset, query)

    for rating in before:
        closing = find_closing(before, rating.cell)
        if closing is not None and not closing.contradicts:
            then = closed(dataset, query, rating.cell, closing)
            new = ("instruments", len(dataset.instruments))
            broken = [
                (rule.code, violation.path)
                for rule, violation in (*find_defects(then), *find_upkeep(then, frozenset(), None))
                if violation.path[:2] == new and rule.severity is not Severity.NOTE
            ]
            assert broken == []


@given(questions())
def test_no_gap_has_no_proposal(question: tuple[Dataset, Query]) -> None:
    matrix = build_matrix(*question)

    for rating in matrix:
        assert (find_closing(matrix, rating.cell) is None) is not rating.coverage.is_gap


OWN_CODES = ("BM-KA", "BM-NO", "BM-IS", "BM-OS", "RO", "BG31")
REGIONS, OWN = (
    dataset_of({"levels": [{"id": "r", "territories": listed}]}).levels[0]
    for listed in ("nuts2-2024", OWN_CODES)
)


@pytest.mark.parametrize(
    ("level", "wanted", "named"),
    [
        (REGIONS, ["RO11"], ("RO11",)),
        # Several that are all of a region or country, and one that is all of a country.
        (REGIONS, ["RO11", "RO12"], ("RO1",)),
        (REGIONS, ["AT11", "RO11", "RO12", "RO21", "RO22", "RO31", "RO32", "RO41", "RO42"], ("AT11", "RO")),
        (REGIONS, ["CY00", "RO11"], ("CY00", "RO11")),
        # Own codes are named each: nobody may know what BM stands for.
        (OWN, ["BM-KA", "BM-NO"], ("BM-KA", "BM-NO")),
        # A code that is a unit itself means that unit alone.
        (OWN, ["BG31"], ("BG31",)),
        (OWN, ["RO"], ("RO",)),
    ],
)  # fmt: skip
def test_units_are_named_in_as_few_codes_as_may_be(
    level: Level, wanted: list[str], named: tuple[str, ...]
) -> None:
    units = LevelUnits(level, None, {})
    mask = sum(units.named(code) for code in wanted)

    assert shortest(units, mask) == named
    assert units.of(named) == mask


def test_all_but_a_few_units_are_named_by_the_few() -> None:
    units = LevelUnits(REGIONS, None, {})
    mask = units.all & ~units.named("RO1") & ~units.named("BG31")

    assert shortest(units, mask) == Except(**{"except": ("BG31", "RO1")})
    assert units.of(shortest(units, mask)) == mask


# On the command line

BELMORA = """\
schema: 1
title: Belmora
levels:
  - {id: eu, name: EU}
  - {id: region, name: Region, territories: [BM-NO, BM-OS, BM-SU, BM-WE, BM-IS, BM-KA]}
roles: [{id: green, name: Green}, {id: skills, name: Skills}]
sources: {s: {title: S}}
"""
FRAGMENT = """\
instruments:
  - id: fund
    name: Fund
    sources: [{ref: s}]
    covers:
      green@region: {territories: [BM-NO, BM-OS, BM-SU, BM-WE, BM-IS]}
"""


@pytest.fixture(autouse=True)
def belmora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset whose only instrument stands in a fragment; five of six regions are covered."""
    (tmp_path / "data" / "instruments").mkdir(parents=True)
    (tmp_path / "data" / "instruments.yaml").write_text(BELMORA, encoding="utf-8")
    (tmp_path / "data" / "instruments" / "bm.yaml").write_text(FRAGMENT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def advice(*words: str) -> str:
    """Read what the terminal says behind "To close it", on one line."""
    out = run("explain", *words, columns=200).out
    return " ".join(out.split("To close it", 1)[1].split())


def test_the_missing_region_is_proposed_by_its_code_and_the_fragment_named() -> None:
    assert advice("green@region") == (
        "add to an instrument that does not name it yet, or to a new one, in data/instruments/bm.yaml: "
        "covers: {green@region: {extent: full, territories: [BM-KA]}}"
    )
    assert (
        "- To close it: add to an instrument that does not name it yet, or to a new one, in data/instruments/bm.yaml: "
        "`covers: {green@region: {extent: full, territories: [BM-KA]}}`"
    ) in run("explain", "green@region", "-f", "md").out


def test_what_is_printed_can_be_pasted_and_passes_check(belmora: Path) -> None:
    said = re.search(r"covers: \{.*\}\}", advice("green@region"))
    assert said is not None
    pasted = f"  - {{id: new, name: New, sources: [{{ref: s}}], {said[0]}}}\n"
    (belmora / "instruments" / "bm.yaml").write_text(FRAGMENT + pasted, encoding="utf-8")

    assert yaml.safe_load(f"{{{said[0]}}}")["covers"]
    assert run("check", "data", "--strict").code == Exit.OK
    assert "● full" in run("explain", "green@region").out.splitlines()[0]
    assert "To close it" not in run("explain", "green@region").out


def test_where_nothing_is_covered_the_writer_says_where() -> None:
    assert advice("skills@region") == (
        "add to an instrument in data/instruments/bm.yaml: "
        "covers: {skills@region: {extent: full, territories: [...]}} "
        "(name the territories that it covers: without them it counts everywhere)"
    )


def test_what_must_be_filled_in_is_refused_as_it_is(belmora: Path) -> None:
    pasted = (
        "  - {id: new, name: New, covers: {skills@region: {extent: full, territories: [...]}}}\n"
    )
    (belmora / "instruments" / "bm.yaml").write_text(FRAGMENT + pasted, encoding="utf-8")

    outcome = run("check", "data")

    assert (outcome.code, "CG104" in outcome.out) == (Exit.FOUND, True)


def test_one_place_that_is_asked_for_is_named() -> None:
    assert "{skills@region: {extent: full, territories: [BM-IS]}}" in advice(
        "skills@region", "--in", "BM-IS"
    )


def test_one_place_of_which_nobody_knows_is_named_too() -> None:
    level = {"id": "c", "territories": ["BE"]}
    dataset = dataset_of({"levels": [level], "observations": {"role@c": "partial"}})

    closing = find_closing(build_matrix(dataset, Query()), Cell("role", "c"))

    assert closing is not None
    assert closing.territories == ("BE",)


def test_a_level_without_territories_takes_none() -> None:
    assert advice("green@eu") == (
        "add to an instrument in data/instruments/bm.yaml: covers: {green@eu: full}"
    )


def test_a_dataset_without_instruments_names_its_main_file(belmora: Path) -> None:
    (belmora / "instruments" / "bm.yaml").unlink()
    main = belmora / "instruments.yaml"
    main.write_text(f"{BELMORA}instruments: []\n", encoding="utf-8")

    assert advice("green@eu").startswith("add to an instrument in data/instruments.yaml: ")


def test_the_main_file_is_named_as_it_was_found(
    belmora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (belmora / "instruments" / "bm.yaml").unlink()
    text = BELMORA + FRAGMENT
    (belmora / "instruments.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(belmora)

    assert "in instruments.yaml: covers" in advice("green@region")
    assert f"in {belmora.as_posix()}/instruments.yaml: covers" in advice(
        "green@region", "--data", belmora.as_posix()
    )


def test_the_packaged_deck_names_no_file_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".git").mkdir()  # nothing is looked for above a repository's root
    monkeypatch.chdir(tmp_path / "empty")

    words = advice("social-economy@country")

    assert words.startswith(
        "make data of your own with clustergap init; then add to an instrument"
    )
    assert "instruments.yaml" not in words


def test_what_contradicts_the_proposal_is_named(belmora: Path) -> None:
    main = belmora / "instruments.yaml"
    main.write_text(
        f"{BELMORA}observations:\n  green@eu: {{extent: partial, note: Pilots only}}\n"
        "accepted_gaps:\n  green@eu: {reason: Not now}\n",
        encoding="utf-8",
    )

    assert advice("green@eu").endswith(
        "covers: {green@eu: full} (the observation at data/instruments.yaml:9 says that it is partial: "
        "correct it; delete the gap from accepted_gaps then)"
    )


def test_an_observation_of_another_place_contradicts_nothing(belmora: Path) -> None:
    main = belmora / "instruments.yaml"
    observed = (
        "observations:\n  green@region: {extent: partial, territories: [BM-NO], note: Pilots}\n"
    )
    main.write_text(f"{BELMORA}{observed}", encoding="utf-8")

    assert advice("green@region").endswith("{extent: full, territories: [BM-KA]}}")


def test_of_an_asked_kind_the_instrument_must_be(belmora: Path) -> None:
    fragment = FRAGMENT.replace("name: Fund\n", "name: Fund\n    kind: scheme\n")
    (belmora / "instruments" / "bm.yaml").write_text(fragment, encoding="utf-8")

    assert advice("green@eu", "--kind", "scheme").startswith(
        "add to an instrument of kind scheme in data/instruments/bm.yaml: "
    )

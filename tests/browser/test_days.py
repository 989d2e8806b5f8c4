"""On every day that can be chosen and for every kind the page shows what the command line answers to that question."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser

from clustergap.analysis.timeline import find_next_loss
from clustergap.answers.finding import sentences, title
from clustergap.answers.gap_map import count_coverages, group_entries
from clustergap.answers.missing import MissingEntry
from clustergap.answers.page_cells import PageCell, cells_in_words
from clustergap.answers.provenance import caveats_in_words
from clustergap.text import short_day
from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    GapMap,
    GapMaps,
    Json,
    cell_text,
    choose_stop,
    each_state,
    kinds_of,
    name_data,
    names_in_words,
    read_state,
    read_states,
    stops_of,
    words_of,
)
from opened_page import OpenedPage, OpenPage
from running import run

LEVELS: Sequence[Mapping[str, object]] = (
    {"id": "eu", "name": "EU"},
    {
        "id": "constructor",
        "name": "Country",
        "territories": ["RO", "BG", "XK-A", "XK-A1", "XK-A2"],
    },
    {"id": "town", "name": "Town"},
    {
        "id": "part",
        "name": "Part",
        "territories": [{"code": "RO1", "name": "North"}, "RO3", "RO2"],
    },
    {"id": "fifth", "name": "Fifth"},
)
CUSTOM: Mapping[str, object] = {
    "title": "Units of many sorts, ids of many meanings & dates that meet",
    "levels": LEVELS,
    "roles": [
        {"id": "constructor", "name": "Constructor"},
        {"id": "full", "name": "Role \u200fwith\u200e <b>marks</b> & 🏳️‍🌈 " + "very long " * 20},
    ],
    "instruments": [
        {
            "id": "constructor",
            "name": "One",
            "kind": "constructor",
            "starts": "2018-03-01",
            "ends": "2019-12-31",
            "covers": {
                "constructor@constructor": {"territories": ["RO", "XK-A"]},
                "constructor@eu": "full",
                "full@part": {"territories": {"except": ["RO2"]}, "starts": "2019-01"},
            },
        },
        {
            "id": "name",
            "name": "Two",
            "kind": "prototype",
            "starts": "2020-01-01",
            "covers": {
                "constructor@constructor": {"territories": ["BG", "XK"], "note": "n" * 81},
                "constructor@eu": "full",
                "full@town": "partial",
                "full@part": {"extent": "partial", "territories": ["RO2"], "ends": "2021-06"},
            },
        },
        {"id": "three", "name": "Three", "covers": {"constructor@fifth": "full"}, "ends": "2019"},
        {"id": "later", "name": "Four", "status": "planned", "covers": {"full@eu": "full"}},
    ],
    "observations": {
        "full@constructor": {
            "extent": "partial",
            "note": "Not everywhere",
            "starts": "2020-05-01",
        },
        "constructor@part": {"extent": "partial", "ends": "2018-12-31"},
    },
    "assessed": {"part": ["RO1", "RO3"], "full@constructor": ["BG"]},
}


@pytest.fixture(scope="session")
def custom(gap_maps: GapMaps) -> Path:
    return gap_maps.write("custom", CUSTOM)


@pytest.fixture(scope="session")
def custom_as_of(gap_maps: GapMaps) -> Path:
    return gap_maps.write("custom-as-of", {**CUSTOM, "as_of": "2020-02-29"})


class ReadAll(Protocol):
    """What the fixture of this name gives: every state of a page, as the browser shows it."""

    def __call__(self, gap_map: GapMap) -> Sequence[Json]: ...


@pytest.fixture(scope="session")
def read_all(browser: Browser) -> ReadAll:
    """Read every state of a page, once for all tests of a worker."""

    @cache
    def read_all(file: Path) -> Sequence[Json]:
        with browser.new_context() as context:
            opened = OpenedPage.open(context, file)
            found = read_states(opened.page)
            opened.assert_no_complaints()
            return found

    return lambda gap_map: read_all(gap_map.file)


def assert_every_state_is_right(read_all: ReadAll, gap_map: GapMap) -> None:
    for day, kind, state in each_state(read_all(gap_map)):
        where = f"on {day}, kind {kind or 'any'}"
        matrix, cells = gap_map.rate(day, kind), gap_map.cells(day, kind)
        drawn = {str(cell): one for cell, one in cells_in_words(matrix).items()}
        assert state["cells"] == {
            id_: shown(gap_map, one, drawn[id_]) for id_, one in cells.items()
        }, where
        assert state["missing"] == [
            listed(entry, drawn[str(entry.cell)])
            for group in group_entries(matrix, cells_in_words(matrix))
            for entry, _ in group.entries
        ], where
        assert state["finding"] == words_of(title(matrix)), where
        told = " ".join(sentences(matrix, find_next_loss(matrix)))
        assert state["sentences"] == words_of(told), where
        numbers = count_coverages(matrix, matrix.levels)
        assert state["legend"] == [f"{number:,} {word}" for _, word, number in numbers], where
        assert state["count"] == "", where
        assert state["asked"].startswith("gap map"), where
        as_of = gap_map.dataset.as_of
        if day and (as_of is None or day != as_of.isoformat()):
            assert f"as of {short_day(date.fromisoformat(day))}" in state["asked"], where
        assert state["caveats"] == caveats_in_words(matrix.caveats()), where


def shown(gap_map: GapMap, cell: Json, drawn: PageCell) -> Json:
    coverage, fill = cell["coverage"], drawn.fill
    names = [gap_map.label[id_] for id_ in cell["instruments"]]
    return {
        "text": cell_text(gap_map, cell),
        "names": words_of(names_in_words(names)) or None,
        "detail": words_of(drawn.detail) or None,
        "full": f"{fill.full:g}" if fill else None,
        "any": f"{fill.any:g}" if fill else None,
        "coverage": f"c-{coverage}",
        "shape": coverage,
        "is_unsaid": coverage == "partial" and cell["where_not_said"],
    }


def listed(entry: MissingEntry, drawn: PageCell) -> Json:
    build_on = f"To build on: {', '.join(entry.build_on)}." if entry.build_on else ""
    texts = (entry.missing, build_on, entry.accepted)
    return {
        "cell": str(entry.cell),
        "subject": words_of(entry.subject),
        "texts": [words_of(text) for text in texts if text],
        "coverage": f"c-{entry.coverage.value}",
        "shape": entry.coverage.value,
        "is_unsaid": drawn.is_unsaid,
    }


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_every_day_and_kind_shows_what_the_matrix_says(
    read_all: ReadAll, gap_maps: GapMaps, data: Path
) -> None:
    assert_every_state_is_right(read_all, gap_maps.of(data))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("data", "options"),
    [
        (DECK, ("--as-of", "2015", "--level", "region", "--level", "eu")),
        (DECK, ("--without", "interreg", "--role", "circular-economy")),
        (INDUSTRY, ("--in", "RO11")),
        (INDUSTRY, ("--in", "DE", "--kind", "network", "--kind", "platform")),
        (HOSTILE, ("--with-planned", "--target", "all")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value.name,
)
def test_whatever_the_report_was_asked_every_stop_answers_the_same(
    read_all: ReadAll, gap_maps: GapMaps, data: Path, options: tuple[str, ...]
) -> None:
    assert_every_state_is_right(read_all, gap_maps.of(data, *options))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("options", [(), ("--in", "RO"), ("--in", "XK-A1"), ("--with-planned",)])
def test_levels_roles_and_dates_of_all_sorts_are_shown_as_the_matrix_rates_them(
    read_all: ReadAll, gap_maps: GapMaps, custom: Path, options: tuple[str, ...]
) -> None:
    assert_every_state_is_right(read_all, gap_maps.of(custom, *options))


@pytest.mark.exhaustive
def test_a_dataset_with_a_day_of_its_own_begins_on_it(
    open_page: OpenPage, read_all: ReadAll, gap_maps: GapMaps, custom_as_of: Path
) -> None:
    gap_map = gap_maps.of(custom_as_of)
    opened = open_page(gap_map.file)

    assert read_state(opened.page)["asked"] == "gap map, data of 29 Feb 2020"
    assert_every_state_is_right(read_all, gap_map)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_the_command_line_itself_says_the_same_on_a_day_for_a_kind(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    kind = kinds_of(page)[-1]

    if kind:
        page.select_option("#kind", kind, force=True)
    choose_stop(page, 1)

    document = gap_map.matrix(stops_of(page)[1][0], kind)
    cells = read_state(page)["cells"]
    assert {id_: cell["text"] for id_, cell in cells.items()} == {
        cell["cell"]: cell_text(gap_map, cell) for cell in document["cells"]
    }


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_the_stops_are_the_days_of_the_timeline_the_day_before_and_the_day_asked_for(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    events = timeline_of(gap_map)["events"]

    days = {day for day, _ in stops_of(page)}

    assert {event["date"] for event in events} <= days
    assert gap_map.matrix()["query"]["as_of"] in days
    assert min(filter(None, days)) < min(event["date"] for event in events)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "data", [*ALL_DATA, "custom"], ids=lambda data: getattr(data, "name", data)
)
def test_the_page_says_because_of_what_the_cells_change_on_a_day(
    read_all: ReadAll, gap_maps: GapMaps, custom: Path, data: Path | str
) -> None:
    gap_map = gap_maps.of(data if isinstance(data, Path) else custom)
    events = {event["date"]: event for event in timeline_of(gap_map)["events"]}

    told = {
        day: state["because"] for day, kind, state in each_state(read_all(gap_map)) if not kind
    }

    assert events.keys() == {day for day, because in told.items() if because}
    for day, event in events.items():
        assert all(name in told[day] for name in causes(gap_map, event))


def causes(gap_map: GapMap, event: Json) -> list[str]:
    """Name what starts or has ended: of each sort a dozen, or eleven and how many more."""
    by_sort: dict[tuple[str, str], list[str]] = {}
    for cause in event["because"]:
        name = gap_map.label[cause["instrument"]] if cause["instrument"] else "somebody observed"
        by_sort.setdefault((cause["what"], cause["whose"]), []).append(words_of(name))
    return [
        name
        for names in by_sort.values()
        for name in (names if len(names) <= 12 else [*names[:11], f" and {len(names) - 11} more"])
    ]


def test_no_cause_is_told_while_only_one_kind_counts(read_all: ReadAll, gap_maps: GapMaps) -> None:
    states = read_all(gap_maps.of(DECK))

    assert any(state["because"] for state in states if not state["kind"])
    assert not any(state["because"] for state in states if state["kind"])


def test_a_page_without_dates_has_no_choice_of_days(
    open_page: OpenPage, read_all: ReadAll, gap_maps: GapMaps
) -> None:
    data = gap_maps.write("one", ONE)
    opened = open_page(gap_maps.of(data).file)

    assert opened.page.locator("#stop").count() == 0
    assert read_state(opened.page)["asked"] == "gap map, dates ignored, data"
    assert_every_state_is_right(read_all, gap_maps.of(data))


ONE: Mapping[str, Any] = {
    "title": "T" * 300,
    "levels": [{"id": "constructor", "name": "Constructor"}],
    "roles": [{"id": "constructor", "name": "Constructor"}],
}


@pytest.mark.exhaustive
def test_hundreds_of_days_are_all_right(read_all: ReadAll, gap_maps: GapMaps) -> None:
    years = range(1900, 2020)
    many = {
        **ONE,
        "as_of": "2000",
        "instruments": [
            {
                "id": f"i-{year}",
                "name": f"Instrument of {year}",
                "starts": f"{year}-05-01",
                "ends": f"{year}-09-30",
                "covers": {"constructor@constructor": "full"},
            }
            for year in years
        ],
    }
    gap_map = gap_maps.of(gap_maps.write("many", many))

    # The day before the first, two days a year, and the day asked for.
    assert len(read_all(gap_map)) == 1 + 2 * len(years) + 1
    assert_every_state_is_right(read_all, gap_map)


def test_earlier_and_later_go_from_day_to_day(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    days = [day for day, _ in stops_of(page)]
    start = days.index(gap_map.matrix()["query"]["as_of"])
    page.locator("#days summary").click()

    page.click("#earlier")

    earlier = days[start - 1]
    assert earlier
    assert page.locator("#day").text_content() == short_day(date.fromisoformat(earlier))
    texts = {id_: one["text"] for id_, one in read_state(page)["cells"].items()}
    assert texts == {id_: cell_text(gap_map, one) for id_, one in gap_map.cells(earlier).items()}


def timeline_of(gap_map: GapMap) -> Json:
    done = run("timeline", "--data", str(gap_map.data), *gap_map.options, "-q", "-f", "json")
    return json.loads(done.out)

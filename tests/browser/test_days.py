"""At every stop of the slider and for every kind the page shows what the command line answers to that question."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser

from clustergap.answers.phrases import reasons
from clustergap.answers.provenance import caveats_in_words
from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    WORDS,
    GapMap,
    GapMaps,
    Json,
    button_text,
    choose_stop,
    each_state,
    kinds_of,
    name_data,
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
        cells = gap_map.cells(day, kind)
        assert state["cells"] == {id_: shown(gap_map, one) for id_, one in cells.items()}, where
        assert state["list"] == listed(gap_map, day, kind, cells), where
        assert state["summary"].startswith(summary(cells)), where
        assert state["summary"] == f"{summary(cells)} {worst(gap_map, cells)}".strip(), where
        assert state["asked"].split(", ")[0] == (f"as of {day}" if day else "dates ignored"), where
        assert f"of {len(cells)} cell" in state["count"], where
        assert state["caveats"] == caveats_in_words(gap_map.rate(day, kind).caveats()), where


def shown(gap_map: GapMap, cell: Json) -> Json:
    coverage = cell["coverage"]
    return {
        "text": button_text(gap_map, cell),
        "coverage": f"c-{coverage}",
        "shape": f"#{coverage}",
    }


def listed(gap_map: GapMap, day: str | None, kind: str, cells: Json) -> list[Json]:
    """The worst first, and what is equally bad in the order of the matrix."""
    why = {
        str(one.cell): "; ".join(reasons(one, gap_map.dataset.place_names))
        for one in gap_map.rate(day, kind)
    }
    worst_first = ("none", "partial", "unknown", "full")
    return [
        {
            "cell": cell["cell"],
            "columns": [
                words_of(gap_map.cell_name(cell)),
                WORDS[coverage],
                words_of(why[cell["cell"]]),
                words_of(", ".join(gap_map.label[id_] for id_ in cell["instruments"])),
            ],
            "coverage": f"c-{coverage}",
            "shape": f"#{coverage}",
        }
        for coverage in worst_first
        for cell in cells.values()
        if cell["coverage"] == coverage
    ]


def summary(cells: Json) -> str:
    number = {word: sum(c["coverage"] == word for c in cells.values()) for word in WORDS}
    gaps = number["none"] + number["partial"]
    unknown = f", {number['unknown']} unknown" if number["unknown"] else ""
    return (
        f"{gaps} gap{'' if gaps == 1 else 's'}: {number['none']} not covered and {number['partial']} "
        f"partly covered of {len(cells)} cell{'' if len(cells) == 1 else 's'}{unknown}."
    )


def worst(gap_map: GapMap, cells: Json) -> str:
    for coverage, words in (("none", "Not covered"), ("partial", "Partly covered")):
        names = [gap_map.cell_name(c) for c in cells.values() if c["coverage"] == coverage]
        if names:
            more = f", … ({len(names)} in all)" if len(names) > 12 else ""
            return words_of(f"{words}: {', '.join(names[:12])}{more}.")
    is_whole = all(cell["coverage"] == "full" for cell in cells.values())
    return "Every cell is covered." if is_whole else ""


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

    state = read_state(opened.page)

    assert state["asked"] == "as of 2020-02-29"
    assert state["cells"] == {id_: shown(gap_map, one) for id_, one in gap_map.cells().items()}
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
    assert list(cells) == [cell["cell"] for cell in document["cells"]]
    assert cells == {cell["cell"]: shown(gap_map, cell) for cell in document["cells"]}


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
        then = event["summary"]
        counts = f"then {then['full']} full, {then['partial']} partial, {then['none']} none"
        unknown = f", {then['unknown']} unknown" if then["unknown"] else ""
        assert told[day].endswith(f"; {counts}{unknown}.")


def causes(gap_map: GapMap, event: Json) -> list[str]:
    """Name what starts or has ended, at most a dozen of each sort."""
    by_sort: dict[tuple[str, str], list[str]] = {}
    for cause in event["because"]:
        name = gap_map.label[cause["instrument"]] if cause["instrument"] else "observation"
        by_sort.setdefault((cause["what"], cause["whose"]), []).append(words_of(name))
    return [name for names in by_sort.values() for name in names[:12]]


def test_no_cause_is_told_while_only_one_kind_counts(read_all: ReadAll, gap_maps: GapMaps) -> None:
    states = read_all(gap_maps.of(DECK))

    assert any(state["because"] for state in states if not state["kind"])
    assert not any(state["because"] for state in states if state["kind"])


def test_a_page_without_dates_has_no_slider(
    open_page: OpenPage, read_all: ReadAll, gap_maps: GapMaps
) -> None:
    data = gap_maps.write("one", ONE)
    opened = open_page(gap_maps.of(data).file)

    assert opened.page.locator("#stop").count() == 0
    assert read_state(opened.page)["asked"] == "dates ignored"
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


def test_the_keyboard_moves_the_slider_from_day_to_day(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    first = stops_of(page)[0][0]

    page.locator("#stop").press("Home")

    assert page.locator("#day").text_content() == f"as of {first}"
    assert page.locator("#stop").get_attribute("aria-valuetext") == f"as of {first}"
    cells = gap_map.cells(first)
    assert read_state(page)["cells"] == {id_: shown(gap_map, one) for id_, one in cells.items()}


def timeline_of(gap_map: GapMap) -> Json:
    done = run("timeline", "--data", str(gap_map.data), *gap_map.options, "-q", "-f", "json")
    return json.loads(done.out)

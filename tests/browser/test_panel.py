"""The panel of a cell says why it is covered as it is: everything that ``explain`` says, on the day and for the kind chosen."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from clustergap.analysis.explain import CellExplanation, StatementRecord, explain_cell
from clustergap.answers.evidence import period_in_words, place
from clustergap.answers.phrases import at_level, kind_name
from clustergap.answers.ratings import not_said
from clustergap.model.cell import Cell
from clustergap.model.record import SourceRef
from clustergap.model.statement import Extent
from clustergap.text import long_day
from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    POLICY,
    WORDS,
    GapMap,
    GapMaps,
    Json,
    cells_of,
    choose_stop,
    each_state,
    name_data,
    panel_text,
    read_panels,
    read_panels_of_every_day,
    stops_of,
    words_of,
)
from opened_page import OpenedPage, OpenPage
from sampling import Sample

CELL = "industry-4-0@country"


@cache
def explain(gap_map: GapMap, day: str | None, kind: str, id_: str) -> CellExplanation:
    """Explain a cell as ``clustergap explain`` does."""
    matrix = gap_map.rate(day, kind)
    whole = dataclasses.replace(matrix, roles=matrix.dataset.roles, levels=matrix.dataset.levels)
    return explain_cell(whole, Cell(*id_.split("@")))


class Panels(Protocol):
    """What the fixture of this name gives: the panel of every cell now, or of a sample of them in every state."""

    def __call__(self, gap_map: GapMap, *, only_now: bool = False) -> Sequence[Json]: ...


@pytest.fixture(scope="session")
def panels(browser: Browser, sample: Sample) -> Panels:
    """Read the panels of a page, once for all tests of a worker."""

    @cache
    def panels(gap_map: GapMap, *, only_now: bool = False) -> Sequence[Json]:
        with browser.new_context() as context:
            opened = OpenedPage.open(context, gap_map.file)
            page = opened.page
            cells = sample(cells_of(page), 6)
            found = read_panels(page) if only_now else read_panels_of_every_day(page, cells)
            opened.assert_no_complaints()
            return found

    return panels


def label_of(said: StatementRecord) -> str:
    return words_of(said.instrument.label if said.instrument else "Observation")


def titles(said: Sequence[StatementRecord]) -> list[str]:
    return [label_of(one) for one in said]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [POLICY, HOSTILE], ids=name_data)
def test_a_panel_tells_on_every_day_what_counts_and_what_does_not(
    panels: Panels, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)

    assert_panels_are_right(panels(gap_map), gap_map)


def assert_panels_are_right(found: Sequence[Json], gap_map: GapMap) -> None:
    for day, kind, state in each_state(found):
        for id_, panel in state["panels"].items():
            where = f"{id_} on {day}, kind {kind or 'any'}"
            explained = explain(gap_map, day, kind, id_)
            counted = [one for one in explained.statements if not one.why_not]
            left = [one for one in explained.statements if one.why_not]
            nothing = [one for one in counted if one.statement.extent is Extent.NONE]
            covering = [one for one in counted if one not in nothing]
            assert panel["counted"] == titles(covering), where
            assert panel["nothing"] == titles(nothing), where
            assert panel["left"] == titles(left), where


KNOWN: Mapping[str, object] = {
    "as_of": "2020-06-30",
    "sources": {"survey": {"title": "A survey of strategies"}},
    "levels": [{"id": "country", "name": "Country", "territories": ["AT", "BG", "RO"]}],
    "roles": [{"id": "alpha", "name": "Alpha"}, {"id": "beta", "name": "Beta"}],
    "instruments": [
        {"id": "whole", "name": "The whole", "ends": "2027"},
        {
            "id": "part",
            "name": "A part",
            "part_of": "whole",
            "covers": {
                "alpha@country": [
                    {"territories": ["AT"], "starts": "2015", "ends": "2018"},
                    {"territories": ["RO"], "starts": "2019"},
                ],
                "beta@country": {"extent": "partial", "starts": "2016", "note": "Not in all"},
            },
        },
    ],
    "observations": {
        "alpha@country": [
            {"extent": "none", "territories": ["BG"], "seen": "2019-02", "note": "No strategy adopted",
             "sources": [{"ref": "survey", "locator": "p. 3"}]},
        ],
    },
}  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize("options", [(), ("--in", "RO"), ("--in", "BG")], ids=" ".join)
def test_a_panel_counts_each_of_several_statements_by_itself_and_tells_what_nobody_does_apart(
    panels: Panels, gap_maps: GapMaps, options: tuple[str, ...]
) -> None:
    gap_map = gap_maps.of(gap_maps.write("known", KNOWN), *options)

    assert_panels_are_right(panels(gap_map), gap_map)


def test_a_panel_says_where_nobody_does_it_since_when_and_who_says_so(
    panels: Panels, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(gap_maps.write("known", KNOWN))
    (state,) = panels(gap_map, only_now=True)
    panel = state["panels"]["alpha@country"]

    (told,) = panel["nothing_texts"]
    for words in (
        "seen ",
        "none",
        "in Bulgaria",
        "No strategy adopted",
        "A survey of strategies, p. 3",
    ):
        assert words in told
    assert "part of The whole, ends with The whole" in panel["text"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("data", "options"),
    [(POLICY, ()), (DECK, ("--as-of", "2015", "--level", "eu"))],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value.name,
)
def test_no_statement_that_counts_is_said_not_to_and_of_the_others_the_reason_is_true(
    panels: Panels, gap_maps: GapMaps, data: Path, options: tuple[str, ...]
) -> None:
    gap_map = gap_maps.of(data, *options)
    found = panels(gap_map)

    wrong = []
    for day, kind, state in each_state(found):
        for id_, panel in state["panels"].items():
            said_to_count = [*panel["counted_texts"], *panel["nothing_texts"]]
            if "Not counted: " in " ".join(said_to_count):
                wrong.append(f"{id_} on {day} for {kind or 'all'} counts what it says it does not")
            left = [one for one in explain(gap_map, day, kind, id_).statements if one.why_not]
            for said, text in zip(left, panel["left_texts"], strict=True):
                _, told, reason = text.partition("Not counted: ")
                # Of the other days the panel says the period; of another kind, which it is.
                if told and not kind and not reason.startswith(words_of(said.why_not)):
                    wrong.append(f"{id_} on {day}: {reason[:60]}, in truth {said.why_not}")
    assert wrong[:5] == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_a_panel_says_everything_that_is_known_of_its_cell(
    panels: Panels, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    (state,) = panels(gap_map, only_now=True)

    for id_, cell in gap_map.cells().items():
        panel = state["panels"][id_]
        explained = explain(gap_map, None, "", id_)
        assert panel["title"] == words_of(gap_map.role(cell["role"]))
        for fact in facts(gap_map, cell, explained):
            assert words_of(fact) in panel["text"], f"{id_}: {fact}"


def facts(gap_map: GapMap, cell: Json, explained: CellExplanation) -> list[str]:
    """Everything that a panel has to say of a cell, in words."""
    share, accepted = cell["share"], explained.accepted
    found = [WORDS[cell["coverage"]], *cell["notes"]]
    # Where nobody knows it is the whole verdict, and begins with a capital.
    found += [words[1:] for words in not_said(explained.rating)]
    found += [f"{share['covered']} of {share['of']}"] if share and cell["instruments"] else []
    found += share["missing"] if share else []
    found += [
        f"{other.cell.level}" and gap_map.level(other.cell.level) for other in explained.same_role
    ]
    found += [item.item.text for item in explained.evidence]
    found += [accepted.reason, accepted.by or ""] if accepted else []
    found += [fact for said in explained.statements for fact in facts_of(gap_map, said)]
    return found


def facts_of(gap_map: GapMap, said: StatementRecord) -> list[str | None]:
    one, dataset = said.instrument, gap_map.dataset
    facts = [label_of(said), period_in_words(said.period), said.statement.extent.value]
    facts += [place(said, dataset, dataset.place_names.listed), said.statement.note or ""]
    if one:
        facts += [one.name, kind_name(dataset, one), one.managing_body or "", one.note or ""]
        facts += [one.legal_basis or ""]
    return [*facts, *(fact for ref in said.sources for fact in cited(gap_map, ref))]


def cited(gap_map: GapMap, ref: SourceRef) -> list[str]:
    return [gap_map.dataset.sources[ref.ref].title, ref.locator or "", ref.quote or ""]


def test_instruments_and_sources_are_linked(panels: Panels, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(POLICY)
    (state,) = panels(gap_map, only_now=True)

    for id_ in gap_map.cells():
        links = set(state["panels"][id_]["links"])
        for said in explain(gap_map, None, "", id_).statements:
            sources = [gap_map.dataset.sources[ref.ref].url for ref in said.sources]
            own = [said.instrument.url] if said.instrument else []
            assert {url for url in [*own, *sources] if url} <= links


def test_a_panel_opens_by_click_and_by_enter_and_takes_the_keyboard(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(DECK).file).page
    button = page.locator(f".cell[data-cell='{CELL}']")

    button.click()
    assert focus_of(page) == "panel-title"
    page.keyboard.press("Escape")
    assert button.evaluate("one => one === document.activeElement")
    assert panel_text(page) == ""

    page.keyboard.press("Enter")
    assert focus_of(page) == "panel-title"
    page.click("#close")
    assert button.evaluate("one => one === document.activeElement")


@pytest.mark.exhaustive
def test_a_panel_is_open_before_the_click_has_ended(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(DECK).file).page

    # All in one task, in which nobody could have waited for anything.
    found = page.evaluate(
        """cell => {
            const button = document.querySelector(`.cell[data-cell="${cell}"]`);
            const press = key => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true }));
            const tell = () => [document.activeElement.id || document.activeElement.dataset.cell,
                decodeURIComponent(location.hash), document.getElementById("panel").checkVisibility()];
            button.focus();
            button.click();
            const opened = tell();
            press("Escape");
            return [opened, tell()];
        }""",
        CELL,
    )

    assert found == [["panel-title", f"#{CELL}", True], [CELL, "", False]]


@pytest.mark.exhaustive
def test_escape_without_a_panel_moves_nothing(open_page: OpenPage, gap_maps: GapMaps) -> None:
    opened = open_page(gap_maps.of(DECK).file)
    opened.page.focus("#views")

    opened.page.keyboard.press("Escape")

    assert focus_of(opened.page) == "views"
    opened.assert_no_complaints()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, HOSTILE], ids=name_data)
def test_the_head_of_a_row_or_column_lists_its_cells(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    opened = open_page(gap_map.file)
    cells = gap_map.cells().values()
    levels = {level.id: level for level in gap_map.dataset.levels}
    heads = [(f"{role.id}@", "role", role) for role in gap_map.dataset.roles]
    heads += [(f"@{level.id}", "level", level) for level in gap_map.dataset.levels]  # type: ignore[misc]

    for target, axis, head in heads:
        opened.page.click(f"[data-list='{target}']")
        current = opened.page.locator(".head[aria-current]")
        assert current.evaluate_all("all => all.map(one => one.dataset.list)") == [target]
        listed = opened.page.locator("#panel-body a[href*='@']").all_text_contents()
        assert [words_of(one) for one in listed] == [
            words_of(f"{gap_map.role(cell['role'])}, {at_level(levels[cell['level']])}")
            for cell in cells
            if cell[axis] == head.id
        ]
        title = words_of(opened.page.locator("#panel-title").text_content())
        assert title.casefold().startswith(words_of(head.name).casefold())
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_a_link_in_the_panel_leads_to_the_next_and_escape_to_where_it_began(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(DECK).file).page
    head = page.locator("[data-list='@country']")
    head.click()

    page.click(f"#panel-body a[href='#{CELL}']")
    assert page.locator("#panel-title").text_content() == "Industry 4.0"
    assert focus_of(page) == "panel-title"

    page.keyboard.press("Escape")
    assert head.evaluate("one => one === document.activeElement")


def test_an_open_panel_follows_the_day_and_the_kind(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    id_ = "business-driven-innovation@eu"
    page.click(f".cell[data-cell='{id_}']")

    for stop, (day, _) in enumerate(stops_of(page)):
        choose_stop(page, stop)
        cell = gap_map.cells(day)[id_]
        verdict = page.locator("#panel-body").text_content()
        assert words_of(verdict).startswith(WORDS[cell["coverage"]])
        # Of the data's own day nothing need be said.
        is_own = day == gap_map.matrix()["query"]["as_of"]
        assert not day or is_own or long_day(date.fromisoformat(day)) in words_of(verdict)


@pytest.mark.exhaustive
def test_a_long_list_of_missing_places_is_whole(panels: Panels, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(INDUSTRY)
    (state,) = panels(gap_map, only_now=True)
    names = {unit.code: unit.name for level in gap_map.dataset.levels for unit in level.units}
    cells = [
        cell for cell in gap_map.cells().values() if cell["share"] and cell["share"]["missing"]
    ]
    assert max(len(cell["share"]["missing"]) for cell in cells) > 100

    for cell in cells:
        text = state["panels"][cell["cell"]]["text"]
        for code in cell["share"]["missing"]:
            assert words_of(f"{names[code]} ({code})" if names[code] != code else code) in text


def focus_of(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))

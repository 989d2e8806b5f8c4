"""The view of coverage over time: its strip counts as the matrix does, its tables tell what the timeline tells, and it is the chooser."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from clustergap.analysis.timeline import build_timeline
from clustergap.answers.page_time import MOST_DAYS, days_to_come
from gap_map import DECK, HOSTILE, INDUSTRY, POLICY, GapMaps, Json, name_data, states_of, words_of
from opened_page import OpenPage
from running import run
from sampling import Sample


def open_time(page: Page) -> None:
    page.click("#tabs [data-view=time]")


def sections(page: Page) -> Sequence[tuple[str, list[list[str]]]]:
    """Return the head of each day to come and what its rows say."""
    found: Json = page.evaluate("""() => [...document.querySelectorAll("#to-come > section")].map(one => [
        one.querySelector("h3").textContent,
        [...one.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => cell.textContent)),
    ])""")
    return [(head, [[words_of(text) for text in row] for row in rows]) for head, rows in found]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("data", [POLICY, DECK, HOSTILE, INDUSTRY], ids=name_data)
def test_the_strip_counts_on_any_day_and_for_any_kind_as_the_matrix_does(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, sample: Sample
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    open_time(page)

    for stop, day, kind, kind_id in sample(states_of(page), 5):
        counts = page.evaluate(
            """([kind, stop]) => {
                ask({ kind });
                return Object.values(overTime.counts).map(numbers => numbers[stop]);
            }""",
            [kind, stop],
        )
        rated = Counter(rating.coverage.value for rating in gap_map.rate(day, kind_id))
        assert counts == [rated[one] for one in ("none", "unknown", "partial", "full")]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("data", [POLICY, DECK], ids=name_data)
def test_no_number_of_the_strip_touches_the_line_at_the_day(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, width: int
) -> None:
    page = open_page(gap_maps.of(data).file, viewport={"width": width, "height": 800}).page
    open_time(page)

    for stop in range(page.evaluate("firstDated"), page.evaluate("data.stops.length")):
        page.evaluate("stop => ask({ stop })", stop)
        told, line, edge = page.evaluate("""() => [
            [...document.querySelectorAll(".strip [class^=on]")].map(one => [one.textContent, one.getBoundingClientRect()])
                .map(([text, { left, right }]) => [text, left, right]),
            document.querySelector(".strip .now").getBoundingClientRect().x,
            document.querySelector(".strip svg").getBoundingClientRect().right,
        ]""")
        assert told
        assert [
            text for text, left, right in told if left - 4 < line < right + 4 or right > edge
        ] == []


def test_a_mark_stands_beside_the_last_word_of_its_name(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(POLICY).file).page
    written = page.evaluate("document.querySelector('#to-come').textContent")
    open_time(page)
    drawn = page.evaluate("document.querySelector('#to-come').textContent")
    page.click("#tabs [data-view=instruments]")
    served = page.evaluate("document.querySelector('#serving').textContent")

    for text in (written, drawn, served):
        assert "\u00a0!" in text
        assert " !" not in text


@pytest.mark.sampled(2)
@pytest.mark.parametrize("data", [DECK, POLICY, INDUSTRY], ids=name_data)
def test_what_is_to_come_after_the_day_of_the_data_is_what_the_timeline_tells(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    done = run("timeline", "--data", str(data), "-q", "-f", "json")
    day = gap_map.matrix()["query"]["as_of"]
    events = [event for event in json.loads(done.out)["events"] if event["date"] > day]
    page = open_page(gap_map.file).page
    open_time(page)

    told = sections(page)

    assert len(told) == min(len(events), MOST_DAYS)
    assert page.locator("#to-come > button").count() == (len(events) > MOST_DAYS)
    for (_, rows), event in zip(told, events, strict=False):
        assert len(rows) == len(event["changes"])
        rated = {(one.cell.role, one.cell.level): one for one in gap_map.rate(event["date"])}
        for change in event["changes"]:
            role_id, _, level = change["cell"].partition("@")
            role = gap_map.role(role_id)
            (row,) = (
                row
                for row in rows
                if row[0].startswith(f"{role}, ")
                and gap_map.level(level).casefold() in row[0].casefold()
            )
            after = rated[role_id, level].coverage.value
            assert {"none": "NONE"}.get(after, after) in row[1]
            lost = change["lost"]
            assert all(gap_map.label[id_] in row[2] for id_ in sorted(lost)[:1] if len(lost) < 5)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("data", [POLICY, DECK, HOSTILE, INDUSTRY], ids=name_data)
def test_the_script_says_of_any_day_what_the_answer_says(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, sample: Sample
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    open_time(page)
    stops: list[str] = page.evaluate("data.stops.map(([day]) => day)")

    for stop in [page.evaluate("data.start"), *sample(range(len(stops)), 3)]:
        page.evaluate("stop => ask({ stop })", stop)
        matrix = gap_map.rate(stops[stop])
        expected = [
            (
                day.head,
                [
                    [
                        words_of(one.subject),
                        words_of(" ".join([
                            one.before.word, one.before.share,
                            f"then {one.after.word} {one.after.share} {one.becomes}" if one.after else "stays",
                        ])),
                        words_of(one.changes),
                        words_of(one.left),
                    ]
                    for one in day.changes
                ],
            )
            for day in days_to_come(build_timeline(matrix), matrix).days
        ]  # fmt: skip
        told = [*sections(page)]
        # The day that is chosen stands before those that come after it.
        if stop != page.evaluate("data.start") and page.evaluate("stop => overTime.days.includes(stop)", stop):  # fmt: skip
            told, expected = told[1:], expected[:5]
        assert told == expected


def test_before_its_script_runs_the_page_says_what_is_to_come(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(POLICY)
    plain = open_page(gap_map.file, java_script_enabled=False).page
    scripted = open_page(gap_map.file).page
    open_time(scripted)

    texts = [page.locator("#to-come").inner_text() for page in (plain, scripted)]

    # Laid out by the browser: so the space between elements is no difference.
    assert "".join(texts[0].split()).casefold() == "".join(texts[1].split()).casefold()
    assert plain.locator("#view-time").locator("button:visible, select:visible").count() == 0


def test_earlier_later_the_select_and_a_click_choose_the_day_of_the_page(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(POLICY).file, viewport={"width": 1280, "height": 900}).page
    open_time(page)
    assert page.locator("#stop option:checked").inner_text() == "22 Nov 2026, date of the data"

    page.click("#later")
    assert "day=2028-01-01" in page.url
    assert page.locator("#day").text_content() == "1 Jan 2028"
    assert sections(page)[0][0].startswith("After 31 December 2027")
    page.click("#earlier")
    assert "day=" not in page.url
    page.select_option("#stop", label="1 Jan 2014")
    assert "day=2014-01-01" in page.url
    page.reload()
    assert page.locator("#stop option:checked").inner_text() == "1 Jan 2014"

    box = page.locator("#strip").bounding_box()
    assert box is not None
    at = page.evaluate("overTime.x(data.stops.findIndex(([day]) => day === '2028-01-01'))")
    page.mouse.click(box["x"] + at + 4, box["y"] + 60)
    assert "day=2028-01-01" in page.url


def test_the_past_is_folded_and_begins_with_the_latest(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(DECK).file).page
    open_time(page)
    past = page.locator("#past")
    assert past.locator("section").count() == 0

    past.locator("summary").press("Enter")

    past.locator("section").first.wait_for()
    days = page.evaluate("overTime.days.filter(stop => stop <= data.start)")
    assert past.locator("summary").inner_text() == f"Before: {len(days)} days on which something changed"  # fmt: skip
    first = past.locator("h3").first.inner_text()
    assert first == page.evaluate("stop => data.stops[stop][1]", days[-1])


def test_data_of_which_nothing_changes_have_no_such_view(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    data = gap_maps.write(
        "still",
        {
            "levels": [{"id": "eu", "name": "EU"}],
            "roles": [{"id": "a", "name": "Alpha"}],
            "as_of": "2020",
        },
    )
    page = open_page(gap_maps.of(data).file).page

    assert page.locator("[data-view=time], #view-time").count() == 0

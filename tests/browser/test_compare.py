"""Compare, in the view of places: all roles at one level, place by place, as ``clustergap compare`` and ``matrix --in`` rate them."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

import pytest
from playwright.sync_api import Page

from clustergap.analysis.compare import compare_places
from clustergap.analysis.coverage import Rating
from clustergap.model.query import Query
from gap_map import INDUSTRY, GapMap, GapMaps, Json, words_of
from opened_page import Look, OpenedPage, OpenPage
from running import run

COUNTRIES = ("AT", "BE", "BG", "RO", "EL", "SE")
REGIONS = ("AT11", "AT12", "BE10", "RO11", "RO12", "RO21", "RO22")
OWN = ("BM-NO", "BM-SU", "BM-KA", "HQ", "DEFENCE")

_READ_TABLE = """() => {
    const words = element => element.textContent.split(/\\s+/).filter(Boolean).join(" ");
    const look = cell => cell.querySelector(".look").className.match(/\\bc-(\\w+)/)[1];
    const table = document.querySelector(".compared");
    return JSON.stringify({
        title: words(document.getElementById("compare-title")),
        heads: [...table.tHead.rows[0].cells].slice(1).map(words),
        rows: [...table.tBodies[0].rows].map(row => ({
            head: [...row.cells[0].children].map(words), looks: [...row.cells].slice(1).map(look),
        })),
        foot: [...table.tFoot.rows[0].cells].slice(1).map(cell => words(cell.lastChild)),
    });
}"""


def open_compare(
    open_page: OpenPage, gap_map: GapMap, asked: str = "", **look: Unpack[Look]
) -> OpenedPage:
    opened = open_page(gap_map.file, **look)
    opened.page.goto(f"{opened.address}?view=compare{asked}")
    return opened


def read_table(page: Page) -> Json:
    return json.loads(page.evaluate(_READ_TABLE))
    # Nodes of text have no words of their own.


def random_document(seed: int) -> Mapping[str, object]:
    """Make data of three levels with places, of which statements name some, leave out some, or leave open which.

    One statement always tells places apart, as else there is nothing to compare.
    """
    chance = random.Random(seed)  # noqa: S311 - examples, no secrets
    levels = [
        {"id": "country", "name": "Country", "territories": list(COUNTRIES)},
        {"id": "region", "name": "Region", "territories": list(REGIONS)},
        {"id": "office", "name": "Office", "territories": list(OWN)},
    ]
    roles = [{"id": f"r{n}", "name": f"Role {n}"} for n in range(chance.randint(1, 6))]
    places = {"country": COUNTRIES, "region": REGIONS, "office": OWN}

    def statement(level: str) -> object:
        some = chance.sample(places[level], chance.randint(1, 3))
        extent = chance.choice(("full", "full", "partial"))
        territories = chance.choice((some, some, {"except": some}, None))
        return {"extent": extent} | ({"territories": territories} if territories else {})

    def covers() -> Mapping[str, object]:
        cells = [(role["id"], level) for role in roles for level in places]
        chosen = chance.sample(cells, min(len(cells), 3))
        return {f"{role}@{level}": statement(level) for role, level in chosen}

    apart = {"apart@country": {"extent": "full", "territories": [COUNTRIES[0]]}}
    return {
        "levels": levels,
        "roles": [*roles, {"id": "apart", "name": "Apart"}],
        "instruments": [
            *({"id": f"i{n}", "name": f"I {n}", "covers": covers()} for n in range(5)),
            {"id": "apart", "name": "Apart", "covers": apart},
        ],
        "assessed": {"office": list(OWN[:4]), "r0@country": list(COUNTRIES[:5])},
    }


def look_of(rating: Rating) -> str:
    is_somewhere = rating.coverage.value == "unknown" and rating.where_not_said
    return "somewhere" if is_somewhere else rating.coverage.value


def looks_in(gap_map: GapMap, level: str, codes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Walk through how each place is rated, a look a role: by ``compare``, which ``matrix --in`` confirms."""
    dataset = gap_map.dataset
    ids = [role.id for role in gap_map.rate().roles]
    query = Query(as_of=gap_map.rate().query.as_of)
    compared = compare_places(dataset, query, codes, (ids, [level]))
    for index, code in enumerate(codes):
        looks = tuple(look_of(each.rating) for each in compared.of_place(index))
        inside = gap_map.rate(place=code)
        assert looks == tuple(look_of(one) for one in inside if one.cell.level == level)
        yield looks


def count(looks: Sequence[str]) -> tuple[int, int, int]:
    """Return how many are covered, how many in part, and of how many is known."""
    numbers = Counter(looks)
    return (
        numbers["full"],
        numbers["partial"],
        len(looks) - numbers["unknown"] - numbers["somewhere"],
    )


def share(looks: Sequence[str], noun: str = "") -> str:
    """Say how many places are covered of those that are known; or how many roles, of all."""
    full, partial, known = count(looks)
    unknown = len(looks) - known
    if not known and not noun:
        return f"{unknown} unknown"
    parts = (f"{partial} in part" if partial else "", f"{unknown} unknown" if unknown else "")
    return ", ".join([f"{full} of {len(looks) if noun else known}{noun}", *filter(None, parts)])


def assert_table_is_right(page: Page, gap_map: GapMap, level: str) -> None:
    page.select_option("#compare-level", level)
    found = read_table(page)
    units = next(one.units for one in gap_map.dataset.levels if one.id == level)
    codes = [unit.code for unit in units]
    looks = dict(zip(codes, looks_in(gap_map, level, codes), strict=True))
    groups: dict[tuple[str, ...], list[str]] = {}
    for code, each in looks.items():
        groups.setdefault(each, []).append(code)
    fewest_first = sorted(groups, key=lambda each: (*count(each)[:2], -len(groups[each])))

    assert [tuple(row["looks"]) for row in found["rows"]] == fewest_first
    names = gap_map.dataset.place_names
    for row, each in zip(found["rows"], fewest_first, strict=True):
        assert row["head"][0] == share(each, " roles")
        assert sorted(row["head"][-1].split(", ")) == sorted(names.listed(groups[each]))
    assert found["foot"] == [share(column) for column in zip(*looks.values(), strict=True)]
    assert found["heads"] == [role.name for role in gap_map.rate().roles]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", range(16))
def test_every_place_is_answered_as_by_compare_and_by_the_matrix_in_it(
    open_page: OpenPage, gap_maps: GapMaps, seed: int
) -> None:
    gap_map = gap_maps.of(gap_maps.write(f"compare-{seed}", random_document(seed)))
    opened = open_compare(open_page, gap_map)

    for level in ("country", "region", "office"):
        assert_table_is_right(opened.page, gap_map, level)
    opened.assert_no_complaints()


def test_countries_with_the_same_answers_stand_together_the_fewest_covered_first(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_compare(open_page, gap_maps.of(INDUSTRY)).page
    found = read_table(page)

    assert (
        found["title"]
        == "Country level: 11 countries have full coverage for 3 of 6 roles, 16 for 4"
    )
    assert [row["head"] for row in found["rows"]] == [
        [
            "3 of 6 roles",
            "11 countries alike",
            "Bulgaria, Croatia, Cyprus, Estonia, Greece, Ireland, Latvia, Malta, Romania, Slovakia, Slovenia",
        ],
        [
            "4 of 6 roles",
            "15 countries alike",
            (
                "Austria, Belgium, Czechia, Denmark, France, Germany, Hungary, Italy, Lithuania, Luxembourg, "
                "Netherlands, Poland, Portugal, Spain, Sweden"
            ),
        ],
        ["4 of 6 roles", "Finland"],
    ]
    assert found["foot"] == ["27 of 27", "27 of 27", "27 of 27", "15 of 27", "1 of 27", "0 of 27"]


def test_more_than_a_dozen_regions_are_named_by_their_countries(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_compare(open_page, gap_maps.of(INDUSTRY), "&level=region").page

    names = page.locator(".compared tbody tr").first.locator("th > small").last
    assert words_of(names.inner_text()).startswith("all of Austria, Bulgaria, Cyprus, ")
    assert "33 of 38 in Germany" in names.inner_text()
    names.locator("summary").click()
    assert "Burgenland, Niederösterreich" in names.inner_text()


def test_places_that_are_asked_for_stand_on_top_as_the_command_rates_them(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    """A country whose regions are compared, a region that is, and one that lies in a country that is compared."""
    gap_map = gap_maps.of(INDUSTRY)
    for level in ("country", "region"):
        page = open_compare(open_page, gap_map, f"&level={level}&place=DE,BE10").page
        done = run(
            "compare", "DE", "BE10", "--level", level, "--data", str(INDUSTRY), "-q", "-f", "json"
        )
        cells = json.loads(done.out)["cells"]
        expected = [
            [one["coverage"] for one in cells if one["place"] == code] for code in ("DE", "BE10")
        ]

        rows = read_table(page)["rows"][:2]

        assert [row["looks"] for row in rows] == expected
    assert rows[0]["head"][:2] == ["Germany", "5 of 6 roles, 1 in part"]
    assert "5 of 38" in page.locator(".compared tbody tr").first.inner_text()


def test_a_place_is_put_on_top_and_taken_away_and_stays_in_the_address(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_compare(open_page, gap_maps.of(INDUSTRY)).page
    for code in ("RO", "FI"):
        page.select_option("#compare-add", code)
    before = read_table(page)

    page.goto(page.locator("#here").evaluate("one => one.href"))

    assert read_table(page) == before
    assert [row["head"][0] for row in before["rows"][:2]] == ["Romania", "Finland"]
    page.get_by_role("button", name="Remove Romania from the top").click()
    assert read_table(page)["rows"] == before["rows"][1:]
    assert page.locator("#compare-add").evaluate("one => one === document.activeElement")


def test_no_more_than_six_places_stand_on_top(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_compare(open_page, gap_maps.of(INDUSTRY), "&place=AT,BE,BG,HR,CY,CZ,DK").page

    assert page.get_by_role("button", name="from the top").count() == 6
    assert page.locator("#compare-add").is_disabled()


def test_an_address_that_asks_for_a_place_that_is_not_here_is_told(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_compare(open_page, gap_maps.of(INDUSTRY), "&place=XX,RO&level=eu").page

    told = words_of(page.locator("#count").text_content())
    assert "place XX" in told
    assert "level eu" in told
    assert read_table(page)["rows"][0]["head"][0] == "Romania"


def test_of_many_roles_the_twelve_that_differ_most_are_columns(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    """Of 20 roles, 14 differ: 12 in two countries of four, two in one. The other six are the same everywhere."""
    covers = {f"r{n}@country": {"territories": ["AT", "BE"]} for n in range(4, 16)}
    covers |= {f"r{n}@country": {"territories": ["AT"]} for n in range(2)}
    document = {
        "levels": [{"id": "country", "name": "Country", "territories": list(COUNTRIES[:4])}],
        "roles": [{"id": f"r{n}", "name": f"Role {n}"} for n in range(20)],
        "instruments": [{"id": "i", "name": "I", "covers": covers}],
    }
    page = open_compare(open_page, gap_maps.of(gap_maps.write("many-roles", document))).page
    found = read_table(page)

    assert found["heads"] == [f"Role {n}" for n in range(4, 16)]
    assert [row["head"][0] for row in found["rows"]] == [
        "0 of 20 roles",
        "12 of 20 roles",
        "14 of 20 roles",
    ]
    rest = page.locator("#compare-table > details")
    assert words_of(rest.locator("summary").inner_text()) == (
        "8 more: 6 are the same everywhere, 2 differ in fewer places"
    )
    rest.locator("summary").click()
    assert "Role 0: full in 1 country, NONE in 3 countries" in rest.inner_text()


def test_two_roles_of_a_filter_are_compared_alone(open_page: OpenPage, gap_maps: GapMaps) -> None:
    asked = "&role=industry-4-0&role=social-economy"
    page = open_compare(open_page, gap_maps.of(INDUSTRY), asked).page

    assert read_table(page)["heads"] == ["Industry 4.0", "Social economy"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_rows_and_cells_keep_their_roles_at_every_width(
    open_page: OpenPage, gap_maps: GapMaps, width: int
) -> None:
    look: Look = {"viewport": {"width": width, "height": 844}}
    page = open_compare(open_page, gap_maps.of(INDUSTRY), **look).page

    table = page.get_by_role("table", name="Country level")
    assert table.get_by_role("columnheader").count() == 7
    assert table.get_by_role("rowheader").count() >= 2
    assert table.get_by_role("cell", name="NONE").count() >= 1

"""Places in words: where a role is covered at a level, and where not, on which the page opens."""

from collections.abc import Sequence

from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import build_snapshots
from clustergap.answers.page_places import PlacesAnswer, opening_answer
from clustergap.model.query import Query
from strategies import Document, dataset_of

COUNTRIES = {"id": "country", "name": "Country", "territories": ["AT", "BE", "BG", "RO"]}
REGIONS = {"id": "region", "name": "Region", "territories": ["AT11", "AT12", "BE10", "RO11"]}
OWN = {
    "id": "province",
    "name": "Province",
    "unit": {"one": "province", "many": "provinces"},
    "territories": [
        {"code": "BM-KA", "name": "Kapital"},
        {"code": "BM-AL", "name": "Alpen"},
    ],
}


def opening(
    level: Document, *covers: Document, roles: Sequence[str] = ("role",), place: str | None = None
) -> PlacesAnswer:
    instruments = [{"id": f"i{n}", "covers": each} for n, each in enumerate(covers)]
    dataset = dataset_of({"levels": [level], "roles": [*roles], "instruments": instruments})
    answer = opening_answer(build_snapshots(build_matrix(dataset, Query(place=place))))
    assert answer is not None
    return answer


def groups(answer: PlacesAnswer) -> dict[str, str]:
    return {group.title: group.names for group in answer.groups}


def test_places_without_an_instrument_come_first_and_countries_by_name() -> None:
    answer = opening(COUNTRIES, {"role@country": {"territories": ["RO", "AT"]}})

    assert answer.title == "The role, country level: 2 of 4 countries"
    assert list(groups(answer).items()) == [
        ("No instrument in 2 countries", "Belgium, Bulgaria"),
        ("Covered in 2 countries", "Austria, Romania"),
    ]


def test_regions_are_told_by_country_with_how_many_of_each_are_covered() -> None:
    answer = opening(REGIONS, {"role@region": {"territories": ["AT11", "RO11"]}})

    assert answer.title == "The role, region level: 2 of 4 regions, in 2 countries"
    assert groups(answer) == {
        "No region in 1 country": "Belgium",
        "Somewhere in 1 country": "Austria 1 of 2 regions",
        "All regions in 1 country": "Romania",
    }


def test_the_regions_of_a_single_country_are_told_one_by_one() -> None:
    answer = opening(REGIONS, {"role@region": {"territories": ["AT11", "RO11"]}}, place="AT")

    assert answer.title == "The role, region level: 1 of 2 regions"
    assert groups(answer) == {
        "No instrument in 1 region": "Niederösterreich",
        "Covered in 1 region": "Burgenland",
    }


def test_places_of_the_datas_own_are_told_in_its_order_and_by_its_noun() -> None:
    answer = opening(OWN, {"role@province": {"extent": "partial", "territories": ["BM-AL"]}})

    assert answer.title == "The role, province level: 0 of 2 provinces, 1 in part"
    assert groups(answer) == {
        "No instrument in 1 province": "Kapital",
        "Covered in part in 1 province": "Alpen",
    }


def test_where_it_is_not_said_where_the_source_is_quoted_once() -> None:
    note = "Not in every country"
    answer = opening(COUNTRIES, {"role@country": {"extent": "partial", "note": note}})

    assert answer.title == "The role, country level: somewhere in 4 countries; where is not said"
    assert answer.somewhere == "The source says “Not in every country” and names none."
    assert list(groups(answer)) == ["Not said in 4 countries"]
    assert answer.notes == ()


def test_without_a_note_no_source_names_a_place() -> None:
    answer = opening(COUNTRIES, {"role@country": {"extent": "partial"}})

    assert answer.somewhere == "No source names a place."


def test_places_open_where_the_smallest_known_share_is_covered() -> None:
    """Neither where nothing is, of which places tell nothing, nor where it is not said where."""
    covers = {
        "open@country": {"extent": "partial"},
        "most@country": {"territories": ["AT", "BE", "BG"]},
        "least@country": {"territories": ["AT"]},
    }
    answer = opening(COUNTRIES, covers, roles=("nothing", "open", "most", "least"))

    assert str(answer.cell) == "least@country"


def test_where_no_share_is_known_places_open_where_something_is_somewhere() -> None:
    covers = {"open@country": {"extent": "partial"}, "full@country": "full"}

    answer = opening(COUNTRIES, covers, roles=("nothing", "full", "open"))

    assert str(answer.cell) == "open@country"


def test_data_without_places_have_no_answer() -> None:
    dataset = dataset_of({"levels": ["eu"]})

    assert opening_answer(build_snapshots(build_matrix(dataset, Query()))) is None


def test_so_many_names_that_they_would_fill_the_window_are_folded() -> None:
    codes = [f"BM-{number:02}" for number in range(61)]

    answer = opening({"id": "town", "territories": codes})

    assert [group.is_long for group in answer.groups] == [True]

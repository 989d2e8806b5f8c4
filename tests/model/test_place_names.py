"""What places are called, and how long lists of them are told by country."""

from collections import Counter
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from clustergap.model.place_names import PlaceNames
from clustergap.model.places import Group, Unit, Units
from clustergap.reference.territories import territories

REGIONS = Units.of(["nuts2-2024"])
NAMES = PlaceNames.of({"country": Units.of(["eu27"]), "region": REGIONS}, ())


def names(*units: Unit, group: str = "East") -> PlaceNames:
    """Return the names in data with one level and one group."""
    return PlaceNames.of(
        {"level": Units.of(units)}, [Group(id="east", name=group, territories=("RO",))]
    )


def test_a_place_is_called_as_the_data_call_it_else_as_the_lists_do_else_by_its_code() -> None:
    found = names(
        Unit(code="RO", name="Roumanie"), Unit(code="BG"), Unit(code="P1", name="Kapital")
    )

    assert found.listed(["RO", "BG", "P1", "east", "FR10", "P2"]) == [
        "Roumanie", "Bulgaria", "Kapital", "East", "Ile-de-France", "P2",
    ]  # fmt: skip


def test_places_of_one_name_at_a_level_have_their_codes() -> None:
    twins = names(Unit(code="P1", name="North"), Unit(code="RO11", name="North"))

    assert twins.listed(["P1", "RO11"]) == ["North (P1)", "North (RO11)"]


def test_a_country_and_its_only_region_share_a_name_and_no_level() -> None:
    assert NAMES.listed(["LU", "LU00"]) == ["Luxembourg", "Luxembourg"]


def test_a_place_of_the_data_that_has_a_groups_name_has_its_code() -> None:
    assert names(Unit(code="P1", name="East")).listed(["P1", "east"]) == ["East (P1)", "East"]


def test_a_headline_tells_a_region_by_its_code_once() -> None:
    found = names(
        Unit(code="RO11", name="North"), Unit(code="PT16"), Unit(code="P1", name="Kapital")
    )

    assert [found.headline(place) for place in ("RO11", "EL30", "PT16", "P1", "east", "RO")] == [
        "North (RO11)", "Aττική (EL30)", "PT16", "Kapital", "East", "Romania",
    ]  # fmt: skip


def test_an_earlier_dataset_names_what_a_later_one_no_longer_does() -> None:
    earlier = names(Unit(code="P1", name="Kapital"), Unit(code="P2", name="Islands"))
    later = names(Unit(code="P2", name="Isles"), group="Far east")

    assert later.after(earlier).listed(["P1", "P2", "east"]) == ["Kapital", "Isles", "Far east"]


def test_a_dozen_is_named_and_thirteen_of_one_country_fold() -> None:
    codes = [unit.code for unit in REGIONS if unit.code.startswith("DE")]

    assert NAMES.folded("region", codes[:12]) == ""
    assert NAMES.folded("region", codes[:13]) == "13 of 38 in Germany"
    assert NAMES.folded("region", codes) == "all of Germany"


def test_countries_do_not_fold() -> None:
    codes = [unit.code for unit in territories("eu27")][:13]

    assert NAMES.folded("country", codes) == ""
    assert NAMES.few("country", codes).endswith("Spain, Finland, France, … (13 in all)")


def test_places_of_the_data_stand_behind_the_countries() -> None:
    own = [Unit(code=f"P{n}", name=f"Place {n}") for n in range(2)]
    found = PlaceNames.of({"mixed": Units.of(["nuts2-2024", *own])}, ())
    romania = [unit.code for unit in REGIONS if unit.code.startswith("RO")]
    ireland = [unit.code for unit in REGIONS if unit.code.startswith("IE")]

    assert found.folded("mixed", [*ireland, *romania, "P0", "P1", "CY00"]) == (
        "all of Ireland, Romania and Cyprus; Place 0, Place 1"
    )


def test_more_than_a_dozen_places_of_the_data_alone_do_not_fold() -> None:
    own = [Unit(code=f"P{n}") for n in range(13)]
    found = PlaceNames.of({"own": Units.of(own)}, ())

    assert found.folded("own", [unit.code for unit in own]) == ""


@cache
def in_each_country() -> Counter[str]:
    return Counter(unit.code[:2] for unit in REGIONS)


@given(st.sets(st.sampled_from([unit.code for unit in REGIONS]), min_size=13))
def test_folded_places_are_as_many_as_they_were(codes: set[str]) -> None:
    every, called = in_each_country(), {unit.name: unit.code for unit in territories("eu27")}
    words = NAMES.folded("region", sorted(codes))
    here = Counter(code[:2] for code in codes)
    whole = {country for country in here if here[country] == every[country]}

    clauses = dict.fromkeys(words.split("; "))
    all_of = next((clause for clause in clauses if clause.startswith("all of ")), "")
    assert bool(all_of) == bool(whole)
    if len(whole) <= 12:
        assert {code for name, code in called.items() if name in all_of} == whole
    for country in (here.keys() - whole) if len(here.keys() - whole) <= 12 else ():
        name = next(name for name, code in called.items() if code == country)
        assert f"{here[country]} of {every[country]} in {name}" in words

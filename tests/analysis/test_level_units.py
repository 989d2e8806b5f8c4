"""The territories of levels, statements and assessed lists, and which units a place leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import oracle
from clustergap.analysis.units import LevelUnits, assessed_units, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.places import Except, Territories, TerritoryCodes
from clustergap.model.statement import Statement
from clustergap.reference.territories import KNOWN_LISTS, LISTS, Territory, territories
from strategies import MIXED, codes_of, dataset_of, datasets, places

CODES: TypeAdapter[tuple[str, ...]] = TypeAdapter(TerritoryCodes)
TERRITORIES: TypeAdapter[tuple[str, ...] | Except] = TypeAdapter(Territories)
LEVEL: TypeAdapter[Level] = TypeAdapter(Level)
STATEMENT: TypeAdapter[Statement] = TypeAdapter(Statement)


def level_of(units: object) -> Level:
    """Make a level with these territories."""
    return LEVEL.validate_python({"id": "level", "name": "Level", "territories": units})


def shown(units: object, place: str | None) -> tuple[str, ...]:
    """Name the units that a place leaves."""
    found = LevelUnits(level_of(units), place, {})
    return found.codes_of(found.selected)


def named(units: object, where: object) -> tuple[str, ...]:
    """Name the units that a statement's territories mean."""
    found = LevelUnits(level_of(units), None, {})
    return found.codes_of(found.of(TERRITORIES.validate_python(where)))


NUTS = ["AT11", "RO11", "RO12", "RO21"]


# Lists of territories


@pytest.mark.parametrize(
    ("name", "number", "length"),
    [("eu27", 27, 2), ("nuts1-2024", 92, 3), ("nuts2-2024", 244, 4), ("nuts3-2024", 1165, 5)],
)
def test_a_named_list_holds_its_territories_once_in_code_order(
    name: str, number: int, length: int
) -> None:
    codes = [unit.code for unit in level_of(name).units]

    assert len(codes) == number
    assert codes == sorted(set(codes))
    assert {len(code) for code in codes} == {length}


def test_greece_is_el_as_at_eurostat() -> None:
    codes = [unit.code for unit in territories("eu27")]

    assert "EL" in codes
    assert not {"GR", "UK", "GB"} & set(codes)


@pytest.mark.parametrize("name", list(LISTS))
def test_every_list_leaves_out_extra_regio(name: str) -> None:
    codes = [unit.code for unit in territories(name)]

    assert [code for code in codes if len(code) > 2 and set(code[2:]) == {"Z"}] == []


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [("nuts3-2024", "nuts2-2024"), ("nuts2-2024", "nuts1-2024"), ("nuts1-2024", "eu27")],
)
def test_every_region_lies_in_one_of_the_broader_list(narrow: str, broad: str) -> None:
    around = {unit.code for unit in territories(broad)}

    assert {unit.code[:-1] for unit in territories(narrow)} == around


def test_units_have_their_names() -> None:
    assert Territory("RO", "Romania") in territories("eu27")
    assert Territory("AT11", "Burgenland") in territories("nuts2-2024")


def test_a_list_of_its_own_stays_in_file_order_and_may_name_its_units() -> None:
    level = level_of(["XK", {"code": "AL", "name": "Albania"}, {"code": "BA"}])

    assert level.units == (
        Territory("XK", "XK"),
        Territory("AL", "Albania"),
        Territory("BA", "BA"),
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("eu28", "did you mean 'eu27'?"),
        ("NUTS2-2024", "did you mean 'nuts2-2024'?"),
        ("RO", f"write names of lists, or codes; the lists are {KNOWN_LISTS}"),
        ("", f"write names of lists, or codes; the lists are {KNOWN_LISTS}"),
    ],
)
def test_another_list_has_no_name(name: str, hint: str) -> None:
    with pytest.raises(ValidationError, match=f"'{name}' is not a list of territories") as caught:
        level_of(name)

    (error,) = caught.value.errors()
    assert error["ctx"]["hint"] == hint


def test_lists_and_codes_are_mixed_in_file_order_a_list_in_code_order_at_its_place() -> None:
    level = level_of([{"code": "XK", "name": "Kosovo"}, "efta", "HQ", "uk"])

    assert level.units == (
        *(("XK", "Kosovo"), ("CH", "Switzerland"), ("IS", "Iceland"), ("LI", "Liechtenstein")),
        *(("NO", "Norway"), ("HQ", "HQ"), ("UK", "United Kingdom")),
    )


@pytest.mark.parametrize(
    ("listed", "index", "message", "hint"),
    [
        (["eu27", "RO"], 1, "'RO' is in 'eu27' too", "name it once"),
        (["RO", "eu27"], 1, "RO of 'eu27' is named twice", "name it once"),
        (["uk", "efta", "uk"], 2, "'uk' is named twice", "name it once"),
        (
            ["nuts2-2021", "nuts2-2024"],
            1,
            "AT11 of 'nuts2-2024' is in 'nuts2-2021' too",
            "keep one of the two lists",
        ),
        (
            ["BG", "eu27", "RO11"],
            1,
            "BG of 'eu27' is named twice",
            "name it once",
        ),
        (
            ["RO11", "AT", "RO"],
            2,
            "'RO11' lies in 'RO', and a unit of a level cannot lie in another",
            "keep one of the two, or give each a level",
        ),
        (
            ["efta", "NO08-A"],
            1,
            "'NO08-A' lies in NO of 'efta', and a unit of a level cannot lie in another",
            "keep one of the two, or give each a level",
        ),
        (
            ["BM", "HQ", "BM-KA"],
            2,
            "'BM-KA' lies in 'BM', and a unit of a level cannot lie in another",
            "keep one of the two, or give each a level",
        ),
    ],
)
def test_no_place_is_counted_twice_at_a_level(
    listed: object, index: int, message: str, hint: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        level_of(listed)

    (error,) = caught.value.errors()
    assert error["ctx"] == {"message": message, "hint": hint, "index": index}


def test_a_list_that_there_is_not_is_told_at_its_item() -> None:
    with pytest.raises(ValidationError) as caught:
        level_of(["RO", "nuts2-2042"])

    error = caught.value.errors()[0]
    assert error["loc"][:2] == ("territories", 1)
    assert error["ctx"] == {
        "message": "'nuts2-2042' is neither a list of territories nor a code",
        "hint": "did you mean 'nuts2-2024'?",
    }


@pytest.mark.parametrize(
    "units",
    [[], {}, None, 3, [None], [["RO"]], [{"name": "Romania"}], [{"code": "RO", "x": "y"}], ["ro"]],
)
def test_the_territories_of_a_level_are_codes_with_or_without_names(units: object) -> None:
    with pytest.raises(ValidationError):
        level_of(units)


@pytest.mark.parametrize("units", [["RO", "BG", "RO"], ["RO", "BG", {"code": "RO", "name": "R"}]])
def test_a_unit_stands_once_in_a_level(units: object) -> None:
    with pytest.raises(ValidationError, match="'RO' is named twice") as caught:
        level_of(units)

    (error,) = caught.value.errors()
    assert (error["ctx"]["index"], error["ctx"]["hint"]) == (2, "name it once")


@pytest.mark.parametrize("adapter", [CODES, TERRITORIES])
def test_a_code_stands_once_in_a_list(adapter: TypeAdapter[object]) -> None:
    with pytest.raises(ValidationError, match="'BG' is named twice") as caught:
        adapter.validate_python(["RO", "BG", "AT", "BG"])

    (error,) = caught.value.errors()
    assert error["ctx"]["index"] == 3


@pytest.mark.parametrize(
    "where",
    [
        [],
        {},
        {"except": []},
        {"except": "RO"},
        {"except": ["RO", "RO"]},
        {"except": ["RO"], "also": ["BG"]},
        {"codes": ["RO"]},
        "RO",
        "eu27",
        3,
        [None],
        ["Ro"],
    ],
)
def test_the_territories_of_a_statement_are_codes_or_all_but_codes(where: object) -> None:
    with pytest.raises(ValidationError):
        STATEMENT.validate_python({"territories": where})


# Which units a code means


@pytest.mark.parametrize(
    ("units", "where", "meant"),
    [
        (NUTS, ["RO12"], ("RO12",)),
        (NUTS, ["RO"], ("RO11", "RO12", "RO21")),
        (NUTS, ["RO1"], ("RO11", "RO12")),
        (NUTS, ["RO21", "AT"], ("AT11", "RO21")),
        (NUTS, ["RO", "RO11"], ("RO11", "RO12", "RO21")),
        (NUTS, {"except": ["RO1"]}, ("AT11", "RO21")),
        (NUTS, {"except": ["RO", "AT"]}, ()),
        (["RO12", "BG"], ["BG", "RO12"], ("RO12", "BG")),
        (["XK-A", "XK-A1"], ["XK"], ("XK-A", "XK-A1")),
        (["XK-A", "XK-A1"], ["XK-A"], ("XK-A",)),
        (["RO11-A", "RO11-B", "RO12"], ["RO11"], ("RO11-A", "RO11-B")),
        (["RO11-A", "RO11-B", "RO12"], ["RO"], ("RO11-A", "RO11-B", "RO12")),
        (["DEFENCE", "DE"], ["DE"], ("DE",)),
        (["DEFENCE", "DEVELOPMENT", "DE1"], ["DE"], ("DE1",)),
        (["P1", "P10"], ["P1"], ("P1",)),
        (["RO99", "RO11"], ["RO"], ("RO11",)),
        (["UKI3", "NO08"], ["UK"], ("UKI3",)),
        (["PT16", "PT17"], ["PT1"], ("PT16", "PT17")),
    ],
)
def test_a_code_means_its_unit_alone_else_all_that_lie_in_it(
    units: object, where: object, meant: tuple[str, ...]
) -> None:
    assert named(units, where) == meant


def test_a_list_and_the_same_codes_excepted_are_not_confused() -> None:
    units = LevelUnits(level_of(NUTS), None, {})

    only, but = (
        TERRITORIES.validate_python(["RO"]),
        TERRITORIES.validate_python({"except": ["RO"]}),
    )

    assert units.codes_of(units.of(only)) == ("RO11", "RO12", "RO21")
    assert units.codes_of(units.of(but)) == ("AT11",)
    assert units.codes_of(units.of(only)) == ("RO11", "RO12", "RO21")


def test_what_an_exception_means_does_not_depend_on_the_place() -> None:
    units = LevelUnits(level_of(NUTS), "RO11", {})

    but = TERRITORIES.validate_python({"except": ["RO12"]})

    assert units.codes_of(units.of(but)) == ("AT11", "RO11", "RO21")


# Where


@pytest.mark.parametrize(
    ("units", "place", "left"),
    [
        (NUTS, None, ("AT11", "RO11", "RO12", "RO21")),
        (NUTS, "RO11", ("RO11",)),
        (NUTS, "RO", ("RO11", "RO12", "RO21")),
        (NUTS, "RO2", ("RO21",)),
        (NUTS, "RO115", ("RO11",)),
        (NUTS, "RO11-A", ("RO11",)),
        (NUTS, "RO119", ()),
        (NUTS, "BG", ()),
        (NUTS, "RO3", ()),
        (["RO", "BG"], "RO11", ("RO",)),
        (["DE", "DEFENCE"], "DEFENCE-A", ("DEFENCE",)),
        (["BM-KA", "BM-NO"], "BM-KA-1", ("BM-KA",)),
        (["DE", "EL"], "DEFENCE", ()),
    ],
)
def test_a_place_is_its_unit_else_the_units_in_it_else_the_one_around_it(
    units: object, place: str | None, left: tuple[str, ...]
) -> None:
    assert shown(units, place) == left


def test_a_level_without_territories_has_one_unit_without_a_name_everywhere() -> None:
    level = LEVEL.validate_python({"id": "eu", "name": "EU"})

    for place in (None, "RO", "ZZ"):
        units = LevelUnits(level, place, {})
        assert units.selected.bit_count() == 1
        assert units.codes_of(units.selected) == ()
        assert not units.is_located


def test_only_a_partial_statement_without_territories_at_a_level_that_has_some_says_not_where() -> (
    None
):
    located = LevelUnits(level_of(NUTS), None, {})
    nameless = LevelUnits(LEVEL.validate_python({"id": "eu", "name": "EU"}), None, {})
    partial = STATEMENT.validate_python({"extent": "partial"})

    assert located.says_not_where(partial)
    assert not nameless.says_not_where(partial)
    assert not located.says_not_where(STATEMENT.validate_python({}))
    somewhere = STATEMENT.validate_python({"extent": "partial", "territories": ["RO"]})
    assert not located.says_not_where(somewhere)


def test_every_level_has_its_own_units() -> None:
    dataset = dataset_of(
        {
            "levels": [
                "eu",
                {"id": "country", "territories": ["RO"]},
                {"id": "region", "territories": NUTS},
            ]
        }
    )

    found = {
        id_: units.codes_of(units.selected)
        for id_, units in units_by_level(dataset, "RO1").items()
    }

    assert found == {"eu": (), "country": ("RO",), "region": ("RO11", "RO12")}


def test_without_an_assessed_list_somebody_has_looked_everywhere() -> None:
    dataset = dataset_of({"levels": [{"id": "region", "territories": NUTS}]})
    units = units_by_level(dataset, None)["region"]

    assert assessed_units(dataset, Cell("role", "region"), units) is None


def test_a_cells_assessed_list_goes_before_its_levels() -> None:
    dataset = dataset_of(
        {
            "roles": ["r1", "r2"],
            "levels": [{"id": "region", "territories": NUTS}],
            "assessed": {"r2@region": ["AT"], "region": ["RO1"]},
        }
    )
    units = units_by_level(dataset, "RO12")["region"]

    found = [assessed_units(dataset, Cell(role, "region"), units) or 0 for role in ("r1", "r2")]

    assert [units.codes_of(one) for one in found] == [("RO11", "RO12"), ("AT11",)]


@given(st.data(), datasets())
def test_every_place_and_every_code_means_the_units_that_the_page_says(
    data: st.DataObject, dataset: Dataset
) -> None:
    place = data.draw(places(dataset))

    for level in dataset.levels:
        units = LevelUnits(level, place, dataset.groups_by_id)
        if level.units:
            assert units.codes_of(units.selected) == tuple(
                code
                for code in units.codes
                if code in oracle.units_of(level, place, dataset.groups)
            )
        for code in codes_of(level):
            assert set(units.codes_of(units.named(code))) == oracle.named_units(
                level, code, dataset.groups
            )


@given(st.lists(st.sampled_from(MIXED), min_size=1, unique=True), st.sampled_from(MIXED))
def test_what_a_list_leaves_out_is_what_its_exception_means(units: list[str], code: str) -> None:
    only, but = named(units, [code]), named(units, {"except": [code]})

    assert sorted((*only, *but)) == sorted(units)

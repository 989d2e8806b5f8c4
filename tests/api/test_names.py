"""What people write, understood as what a dataset knows, or refused with what may be meant."""

from collections.abc import Callable
from datetime import date

import pytest

from clustergap.api.names import (
    cell_of,
    instrument_id,
    level_id,
    read_rules,
    role_id,
    territory_code,
)
from clustergap.api.query_options import (
    QueryOptions,
    read_day,
    read_period,
    read_query,
    read_size,
    shown_ids,
)
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level, Role
from clustergap.model.dates import first_day
from clustergap.model.query import Query
from clustergap.picture import Size
from paths import ROOT
from strategies import dataset_of

DECK = load_dataset(find_files(ROOT / "data")).dataset
TWINS = Dataset(
    title="Twins",
    levels=(Level(id="eu", name="EU"),),
    roles=(
        Role(id="a", name="Green"),
        Role(id="b", name="Other", aliases=("Twin",)),
        Role(id="c", name="Third", aliases=("Twin",)),
    ),
)

OWN = dataset_of({
    "levels": [{"id": "part", "name": "Part", "territories": ["P1", "P2"]}],
    "groups": [{"id": "coast", "name": "The coast", "territories": ["P2"]}],
})  # fmt: skip


def test_a_name_means_its_id_in_any_letter_case() -> None:
    assert role_id(DECK, "social-economy") == role_id(DECK, "Social ECONOMY") == "social-economy"
    assert level_id(DECK, "Regional") == level_id(DECK, "REGION") == "region"
    assert instrument_id(DECK, "h2020") == instrument_id(DECK, "H2020") == "h2020"
    assert cell_of(DECK, "Social economy @ Regional") == Cell("social-economy", "region")


def test_a_territory_is_a_unit_of_a_level_or_holds_one_or_lies_in_one() -> None:
    assert territory_code(DECK, " ro11 ") == "RO11"
    assert territory_code(DECK, "ro") == "RO"
    assert territory_code(DECK, "RO111") == "RO111"


PLACES = dataset_of(
    {
        "levels": [
            {"id": "country", "territories": ["eu27", {"code": "P1", "name": "Kapital"}]},
            {"id": "region", "territories": "nuts2-2024"},
            {"id": "part", "territories": [{"code": "P1-A", "name": "Hafen"}, {"code": "P2-A", "name": "Hafen"}]},
        ],
        "groups": [{"id": "east", "name": "The East", "territories": ["BG", "RO"]}, {"id": "port", "name": "Kapital", "territories": ["P1-A"]}],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Nord-Vest", "RO11"),
        (" île-de-france ", "FR10"),
        ("romania", "RO"),
        ("Rumänien", "RO"),
        ("Attiki", "EL30"),
        ("Luxembourg", "LU"),
        ("east", "east"),
        ("the east", "east"),
        ("East", "east"),
        ("P1", "P1"),
    ],
)
def test_a_unit_and_a_group_are_meant_by_their_names_too(word: str, code: str) -> None:
    assert territory_code(PLACES, word) == code


def test_a_name_of_several_places_is_that_of_the_one_in_which_the_others_lie() -> None:
    assert territory_code(PLACES, "Luxembourg") == "LU"  # LU00 has the same name
    assert territory_code(PLACES, "kapital") == "P1"  # the group of that name holds a part of it
    with pytest.raises(ClusterGapError, match="'hafen' may mean P1-A or P2-A: write the code"):
        territory_code(PLACES, "hafen")


def test_options_without_anything_make_a_query_without_anything() -> None:
    assert read_query(DECK, QueryOptions()) == Query()
    assert shown_ids(DECK, QueryOptions()) == ([], [])


def test_what_is_named_twice_counts_once() -> None:
    options = QueryOptions(without=("h2020", "H2020", "interreg"), as_of=date(2020, 2, 29))

    query = read_query(DECK, options)

    assert query == Query(without=("h2020", "interreg"), as_of=date(2020, 2, 29))


def test_a_day_is_a_date_or_the_last_of_a_month_or_year() -> None:
    day = date(2020, 2, 29)

    assert read_day("--as-of", None) is None
    assert read_day("--as-of", day) == read_day("--as-of", "2020-02") == day
    assert read_day("--as-of", "2020") == date(2020, 12, 31)
    assert read_day("--from", "2020", first_day) == date(2020, 1, 1)
    assert read_period("2020", "2020") == (date(2020, 1, 1), date(2020, 12, 31))


def test_rules_are_named_by_code_beginning_or_name_between_commas() -> None:
    selection = read_rules(["cg2,CG301", "no-source,"], ["CG4"])

    assert selection.select == ("CG2", "CG301", "CG303")
    assert selection.ignore == ("CG4",)


def test_a_size_is_two_numbers_of_pixels() -> None:
    assert read_size("1920x1080") == read_size("1920×1080") == Size(1920, 1080)


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: role_id(DECK, "social-econmy"), "Did you mean 'social-economy'?"),
        (lambda: role_id(TWINS, "twin"), "'twin' may mean b or c: write the id"),
        (lambda: instrument_id(DECK, "intereg"), "'intereg' is not an instrument"),
        (lambda: territory_code(DECK, "RO99"), "'RO99' is not a territory of any level"),
        (lambda: territory_code(OWN, "XX"), "nor a group. There are coast, P1, P2"),
        (lambda: territory_code(TWINS, "RO11"), "no level of this dataset has territories"),
        (lambda: read_day("--as-of", "soon"), "--as-of 'soon' is not a date: write YYYY-MM-DD"),
        (lambda: read_period(date(2021, 1, 1), "2020"), "--from 2021-01-01 is after --to 2020-12-31"),
        (lambda: read_rules(["CG9"]), "'CG9' is not a rule or the beginning of its code"),
        (lambda: read_size("wide"), "--size 'wide' is not WIDTHxHEIGHT in pixels"),
        (lambda: read_size("99999x10"), "--size '99999x10' cannot be drawn"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_with_what_may_be_meant(
    read: Callable[[], object], message: str
) -> None:
    with pytest.raises(ClusterGapError) as refused:
        read()

    assert message in str(refused.value)

"""The engine against the data model: each sentence of "Coverage of a cell" by hand, its laws by chance."""

from dataclasses import asdict, replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import Matrix, Summary, build_matrix
from clustergap.checks.run import find_defects
from clustergap.findings import Severity
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.dates import last_day
from clustergap.model.places import Except
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from shares import of_countries, of_regions
from strategies import DATES, crowded_cells, dataset_of, datasets, places, queries, questions

FULL, PARTIAL, NONE, UNKNOWN = (
    Coverage.FULL,
    Coverage.PARTIAL,
    Coverage.NONE,
    Coverage.UNKNOWN,
)

FOUR = ("AT", "BE", "BG", "RO")
EU15 = ("AT", "BE", "CZ", "DE", "DK", "ES", "FR", "HU", "IT", "LT", "LU", "NL", "PL", "PT", "SE")
OTHER12 = ("BG", "CY", "EE", "EL", "FI", "HR", "IE", "LV", "MT", "RO", "SI", "SK")
ASK_ALL = Query()


def one_cell(
    *covers: object,
    units: object = FOUR,
    observation: object = None,
    assessed: tuple[str, ...] = (),
) -> Dataset:
    """Make a dataset of the one cell role@level, which instruments a, b, c... serve."""
    level: dict[str, object] = {"id": "level"}
    if units:
        level["territories"] = units if isinstance(units, str) else list_of(units)
    return dataset_of(
        {
            "levels": [level],
            "instruments": [
                {"id": id_, "covers": {"role@level": cover}}
                for id_, cover in zip("abcdefghijklmnopqrstuvwxyz", covers, strict=False)
            ],
            "observations": {"role@level": observation} if observation else {},
            "assessed": {"level": list(assessed)} if assessed else {},
        }
    )


def list_of(units: object) -> list[object]:
    """Make a list of a tuple, as YAML would."""
    assert isinstance(units, tuple)
    return list(units)


def full(*codes: str, **more: object) -> dict[str, object]:
    """Write a full cover, of some territories."""
    return {"extent": "full", **({"territories": list(codes)} if codes else {}), **more}


def partial(*codes: str, **more: object) -> dict[str, object]:
    """Write a partial cover, of some territories."""
    return full(*codes, **more) | {"extent": "partial"}


def all_but(*codes: str) -> dict[str, object]:
    """Write a full cover of all territories but some."""
    return {"extent": "full", "territories": {"except": list(codes)}}


def rate(dataset: Dataset, query: Query = ASK_ALL) -> Rating:
    """Rate the dataset's first cell."""
    return next(iter(build_matrix(dataset, query)))


# What a statement applies to (step 1)


def test_a_cell_of_which_nobody_speaks_is_none() -> None:
    rating = rate(one_cell())

    assert rating == Rating(Cell("role", "level"), NONE)


def test_a_full_cover_that_names_no_territories_holds_in_every_unit() -> None:
    rating = rate(one_cell("full"))

    assert (rating.coverage, rating.share) == (FULL, None)


def test_a_cover_that_states_no_extent_is_full() -> None:
    rating = rate(one_cell({"note": "Everywhere"}))

    assert rating.coverage is FULL


def test_a_full_cover_of_some_units_is_partial_and_names_the_others_in_list_order() -> None:
    rating = rate(one_cell(full("BE"), units=("RO", "BE", "AT")))

    assert rating.coverage is PARTIAL
    assert rating.share == of_countries(1, 0, 3, 0, ("RO", "AT"))


def test_full_covers_of_different_units_add_up() -> None:
    rating = rate(one_cell(full("AT", "BE"), full("BG", "RO")))

    assert (rating.coverage, rating.share) == (FULL, of_countries(4, 0, 4, 0, ()))


def test_full_covers_that_leave_one_unit_out_are_partial() -> None:
    rating = rate(one_cell(full("AT", "BE"), full("BE", "BG")))

    assert (rating.coverage, rating.share) == (PARTIAL, of_countries(3, 0, 4, 0, ("RO",)))


def test_two_partials_do_not_make_a_full_of_a_unit() -> None:
    rating = rate(one_cell(partial("RO"), partial("RO"), units=("RO",)))

    assert (rating.coverage, rating.share) == (PARTIAL, of_countries(0, 1, 1, 0, ()))


def test_two_partials_of_different_units_do_not_make_a_full() -> None:
    rating = rate(one_cell(partial("AT", "BE"), partial("BG", "RO")))

    assert (rating.coverage, rating.share) == (PARTIAL, of_countries(0, 4, 4, 0, ()))


def test_two_partials_do_not_make_a_full_of_the_nameless_unit() -> None:
    rating = rate(one_cell("partial", "partial", units=()))

    assert (rating.coverage, rating.share) == (PARTIAL, None)


def test_full_goes_before_partial_in_one_unit() -> None:
    rating = rate(one_cell(partial("AT", "BE"), full("AT"), units=("AT", "BE")))

    assert rating.share == of_countries(1, 1, 2, 0, ())


def test_an_ancestor_means_all_units_that_begin_with_it() -> None:
    rating = rate(one_cell(full("RO"), units=("AT11", "RO11", "BE10", "RO21")))

    assert rating.share == of_regions(2, 0, 4, 0, ("AT11", "BE10"))


def test_a_unit_means_itself_alone_though_others_begin_with_its_code() -> None:
    rating = rate(one_cell(full("DE"), units=("DE", "DEFENCE", "DEVELOPMENT")))

    assert rating.share == Share(1, 0, 3, 0, ("DEFENCE", "DEVELOPMENT"))


def test_except_means_all_other_units() -> None:
    rating = rate(one_cell(all_but("BG", "AT")))

    assert rating.share == of_countries(2, 0, 4, 0, ("AT", "BG"))


def test_except_an_ancestor_leaves_out_all_units_that_begin_with_it() -> None:
    rating = rate(one_cell(all_but("RO"), units=("AT11", "RO11", "RO21")))

    assert rating.share == of_regions(1, 0, 3, 0, ("RO11", "RO21"))


def test_except_every_unit_applies_to_none_yet_says_where() -> None:
    rating = rate(one_cell(all_but(*FOUR)))

    assert (rating.coverage, rating.instruments) == (NONE, ())
    assert rating.share == of_countries(0, 0, 4, 0, FOUR)


def test_a_partial_list_of_territories_rates_only_those() -> None:
    rating = rate(one_cell(partial("RO")))

    assert (rating.coverage, rating.where_not_said) == (PARTIAL, False)
    assert rating.share == of_countries(0, 1, 4, 0, ("AT", "BE", "BG"))


# "Not everywhere", without where


def test_an_unlocated_partial_lifts_a_cell_from_none_and_says_nothing_of_where() -> None:
    rating = rate(one_cell("partial"))

    assert (rating.coverage, rating.where_not_said, rating.share) == (PARTIAL, True, None)
    assert rating.instruments == ("a",)


def test_an_unlocated_partial_lifts_a_cell_from_unknown_and_rates_no_unit() -> None:
    rating = rate(one_cell("partial", assessed=("RO",)))

    assert (rating.coverage, rating.where_not_said) == (PARTIAL, True)
    assert rating.share == of_countries(0, 0, 0, 4, ())


def test_an_unlocated_partial_cannot_say_of_a_place_that_it_is_there() -> None:
    rating = rate(one_cell(partial(note="Not everywhere")), Query(place="AT"))

    assert (rating.coverage, rating.where_not_said, rating.share) == (UNKNOWN, True, None)
    assert (rating.instruments, rating.notes) == ((), ("Not everywhere",))


def test_what_nobody_looked_at_is_somewhere_perhaps_so_a_full_cell_becomes_partial() -> None:
    rating = rate(one_cell("partial", full("RO"), assessed=("RO",)))

    assert (rating.coverage, rating.where_not_said) == (PARTIAL, True)
    assert rating.share == of_countries(1, 0, 1, 3, ())


def test_an_unlocated_partial_leaves_every_unit_as_it_is() -> None:
    rating = rate(one_cell(full("RO"), "partial"))

    assert rating.share == of_countries(1, 0, 4, 0, ("AT", "BE", "BG"))


def test_an_unlocated_partial_lifts_no_cell_that_is_partial_or_full_already() -> None:
    partly = rate(one_cell(full("RO"), "partial"))
    fully = rate(one_cell("full", "partial"))

    assert (partly.coverage, partly.where_not_said) == (PARTIAL, False)
    assert (fully.coverage, fully.where_not_said) == (FULL, False)


def test_an_unlocated_partial_is_an_instrument_of_a_cell_that_others_cover() -> None:
    # It serves the cell, though it need not lift it: nothing that somebody stated goes missing.
    rating = rate(one_cell("full", partial(note="Not everywhere")))

    assert (rating.instruments, rating.notes) == (("a", "b"), ("Not everywhere",))
    assert (rating.coverage, rating.where_not_said) == (FULL, False)


def test_an_unlocated_partial_does_not_lift_where_no_unit_is_left() -> None:
    rating = rate(one_cell(partial(note="Not everywhere")), Query(place="ZZ"))

    assert rating == Rating(Cell("role", "level"), UNKNOWN, is_elsewhere=True)


def test_two_unlocated_partials_both_lift_and_do_not_add_up() -> None:
    rating = rate(one_cell("partial", "partial"))

    assert (rating.coverage, rating.instruments) == (PARTIAL, ("a", "b"))


def test_a_partial_at_a_level_without_territories_rates_its_one_unit() -> None:
    rating = rate(one_cell("partial", units=()))

    assert (rating.coverage, rating.where_not_said) == (PARTIAL, False)


# Where nobody has looked (steps 2 and 3)


def test_a_unit_that_is_not_on_the_assessed_list_is_unknown() -> None:
    rating = rate(one_cell(assessed=("AT", "BE")))

    assert (rating.coverage, rating.share) == (NONE, of_countries(0, 0, 2, 2, ("AT", "BE")))


def test_a_unit_of_which_a_statement_speaks_is_known_without_being_assessed() -> None:
    rating = rate(one_cell(full("RO"), partial("BG"), assessed=("AT",)))

    assert (rating.coverage, rating.share) == (PARTIAL, of_countries(1, 1, 3, 1, ("AT",)))


def test_a_cell_is_full_if_all_its_known_units_are() -> None:
    rating = rate(one_cell(full("RO"), assessed=("RO",)))

    assert (rating.coverage, rating.share) == (FULL, of_countries(1, 0, 1, 3, ()))


def test_a_cell_is_unknown_only_if_every_unit_is() -> None:
    dataset = one_cell(assessed=("AT",))

    assert rate(dataset, Query(place="RO")).coverage is UNKNOWN
    assert rate(dataset).coverage is NONE


def test_a_full_cover_without_territories_makes_every_unit_known() -> None:
    rating = rate(one_cell("full", assessed=("AT",)))

    assert rating.share == of_countries(4, 0, 4, 0, ())


def test_an_assessed_ancestor_means_all_units_that_begin_with_it() -> None:
    rating = rate(one_cell(units=("RO11", "RO12", "AT11"), assessed=("RO",)))

    assert rating.share == of_regions(0, 0, 2, 1, ("RO11", "RO12"))


def test_an_assessed_unit_means_itself_alone() -> None:
    rating = rate(one_cell(units=("RO", "ROMANS"), assessed=("RO",)))

    assert rating.share == Share(0, 0, 1, 1, ("RO",))


def test_a_cell_has_its_own_assessed_list_before_its_levels() -> None:
    dataset = dataset_of(
        {
            "roles": ["r1", "r2"],
            "levels": [{"id": "region", "territories": ["RO11", "RO12", "AT11"]}],
            "assessed": {"region": ["RO"], "r2@region": ["AT11"]},
        }
    )

    of_level, of_cell = build_matrix(dataset, ASK_ALL)

    assert of_level.share == of_regions(0, 0, 2, 1, ("RO11", "RO12"))
    assert of_cell.share == of_regions(0, 0, 1, 2, ("AT11",))


def test_an_assessed_list_of_one_level_says_nothing_of_another() -> None:
    dataset = dataset_of(
        {
            "levels": [
                {"id": "country", "territories": ["RO", "AT"]},
                {"id": "region", "territories": ["RO11", "AT11"]},
            ],
            "assessed": {"region": ["RO11"]},
        }
    )

    country, region = build_matrix(dataset, ASK_ALL)

    assert (country.share, region.share) == (None, of_regions(0, 0, 1, 1, ("RO11",)))


def test_with_an_assessed_list_another_instrument_may_open_a_full_cell() -> None:
    # The law that nothing worsens holds without `assessed` only: this is why.
    before = rate(one_cell(full("RO"), assessed=("RO",)))
    after = rate(one_cell(full("RO"), partial("AT"), assessed=("RO",)))

    assert (before.coverage, after.coverage) == (FULL, PARTIAL)


# The share (step 4)


def test_there_is_no_share_where_nobody_said_where() -> None:
    rating = rate(one_cell("full", "partial", observation="partial"))

    assert rating.share is None


def test_there_is_a_share_even_if_the_place_leaves_none_of_the_named_units() -> None:
    rating = rate(one_cell(full("AT")), Query(place="RO"))

    assert (rating.coverage, rating.share) == (NONE, of_countries(0, 0, 1, 0, ("RO",)))
    assert rating.instruments == ()


def test_there_is_a_share_even_if_the_place_leaves_no_unit_at_all() -> None:
    rating = rate(one_cell(full("AT")), Query(place="ZZ"))

    assert (rating.coverage, rating.share) == (UNKNOWN, of_countries(0, 0, 0, 0, ()))


def test_there_is_no_share_if_the_place_leaves_no_unit_and_nobody_says_where() -> None:
    rating = rate(one_cell("full"), Query(place="ZZ"))

    assert rating == Rating(Cell("role", "level"), UNKNOWN, is_elsewhere=True)


def test_an_assessed_list_alone_gives_a_share() -> None:
    rating = rate(one_cell("full", assessed=("AT",)))

    assert rating.share == of_countries(4, 0, 4, 0, ())


def test_a_cover_that_does_not_count_says_nothing_of_where() -> None:
    rating = rate(one_cell(full("AT")), Query(without=("a",)))

    assert rating.share is None


def test_an_observation_that_names_territories_gives_a_share() -> None:
    rating = rate(one_cell(observation=full("AT")))

    assert (rating.coverage, rating.share) == (
        PARTIAL,
        of_countries(1, 0, 4, 0, ("BE", "BG", "RO")),
    )


def test_a_unit_that_is_partial_is_neither_covered_nor_missing() -> None:
    rating = rate(one_cell(full("AT"), partial("BE")))

    assert rating.share == of_countries(1, 1, 4, 0, ("BG", "RO"))


# Instruments and notes


def test_the_instruments_of_a_cell_stand_in_file_order() -> None:
    rating = rate(one_cell(partial("BG"), full("AT"), "full"))

    assert rating.instruments == ("a", "b", "c")


def test_an_instrument_that_serves_only_other_places_is_not_named() -> None:
    rating = rate(
        one_cell(full("AT", note="Austria"), full("RO", note="Romania")), Query(place="RO")
    )

    assert (rating.instruments, rating.notes) == (("b",), ("Romania",))


def test_a_partial_instrument_in_a_full_unit_is_named() -> None:
    rating = rate(one_cell("full", partial("AT", note="Pilot")))

    assert (rating.instruments, rating.notes) == (("a", "b"), ("Pilot",))


def test_the_notes_of_a_cell_are_those_of_its_statements_and_not_of_their_instruments() -> None:
    dataset = dataset_of(
        {
            "levels": ["level"],
            "instruments": [
                {
                    "id": "a",
                    "note": "Of the record",
                    "covers": {"role@level": {"note": "Of the cover"}},
                }
            ],
            "observations": {"role@level": {"note": "Of the observation"}},
        }
    )

    assert rate(dataset).notes == ("Of the cover", "Of the observation")


def test_an_observation_is_no_instrument() -> None:
    rating = rate(one_cell(observation=partial(note="Not in every country")))

    assert (rating.coverage, rating.instruments) == (PARTIAL, ())
    assert rating.notes == ("Not in every country",)


# What a full cell rests on


def test_a_full_cell_rests_on_its_only_instrument() -> None:
    rating = rate(one_cell("full"))

    assert rating.rests_on == ("a",)


def test_a_full_cell_rests_on_neither_of_two_that_cover_it_alone() -> None:
    rating = rate(one_cell("full", "full"))

    assert (rating.coverage, rating.rests_on) == (FULL, ())


def test_a_full_cell_rests_on_both_of_two_that_cover_half_of_it() -> None:
    rating = rate(one_cell(full("AT", "BE"), full("BG", "RO")))

    assert rating.rests_on == ("a", "b")


def test_a_full_cell_rests_on_the_one_that_alone_covers_one_unit() -> None:
    rating = rate(one_cell(full("AT", "BE", "BG"), full("BG", "RO"), full("AT", "BE")))

    assert rating.rests_on == ("b",)


def test_a_full_cell_does_not_rest_on_a_partial_instrument() -> None:
    rating = rate(one_cell("full", partial("AT")))

    assert rating.rests_on == ("a",)


def test_a_full_cell_that_a_full_observation_covers_rests_on_no_instrument() -> None:
    rating = rate(one_cell("full", observation="full"))

    assert (rating.coverage, rating.rests_on) == (FULL, ())


def test_a_full_cell_rests_on_an_instrument_that_an_observation_only_half_replaces() -> None:
    rating = rate(one_cell("full", observation=full("AT", "BE")))

    assert rating.rests_on == ("a",)


def test_a_full_cell_rests_on_an_instrument_without_which_it_is_only_lifted() -> None:
    rating = rate(one_cell("full", observation=partial(note="Not everywhere")))

    assert rating.rests_on == ("a",)


def test_a_cell_that_is_not_full_rests_on_nothing() -> None:
    assert rate(one_cell(full("AT"))).rests_on == ()
    assert rate(one_cell("partial")).rests_on == ()


def test_without_the_only_instrument_of_an_unassessed_unit_the_others_keep_the_cell_full() -> None:
    # Without b, Romania is unknown again, and Austria is all that is known: still full.
    rating = rate(one_cell(full("AT"), full("RO"), assessed=("AT",)))

    assert (rating.coverage, rating.rests_on) == (FULL, ("a",))


def test_a_full_cell_rests_on_an_instrument_without_which_nothing_is_known() -> None:
    rating = rate(one_cell(full("RO"), assessed=("AT",)), Query(place="RO"))

    assert (rating.coverage, rating.rests_on) == (FULL, ("a",))


def test_a_full_cell_rests_on_neither_of_two_in_units_that_nobody_assessed() -> None:
    # Without either, its unit is unknown and the other's keeps the cell full.
    rating = rate(one_cell(full("AT"), full("BE"), assessed=("RO",)), Query(place="AT"))
    both = rate(
        one_cell(full("RO11"), full("RO12"), units=("RO11", "RO12", "AT11"), assessed=("AT11",)),
        Query(place="RO"),
    )

    assert rating.rests_on == ("a",)
    assert (both.coverage, both.rests_on) == (FULL, ())


def test_a_full_cell_rests_on_an_instrument_under_which_an_unassessed_unit_is_partial() -> None:
    # Without a, Austria is not unknown but partial: b's partial cover speaks of it.
    rating = rate(one_cell(full("AT"), partial("AT"), full("RO"), assessed=("RO",)))

    assert (rating.coverage, rating.rests_on) == (FULL, ("a", "c"))


def test_what_a_full_cell_rests_on_is_asked_of_the_place() -> None:
    dataset = one_cell(full("AT", "BE"), full("BG", "RO"), full("RO"))

    assert rate(dataset).rests_on == ("a", "b")
    assert rate(dataset, Query(place="RO")).rests_on == ()
    assert rate(dataset, Query(place="BG")).rests_on == ("b",)


def test_what_the_query_leaves_out_replaces_no_instrument() -> None:
    rating = rate(one_cell("full", "full"), Query(without=("b",)))

    assert rating.rests_on == ("a",)


# When a statement counts


DATED = {"starts": "2019-05", "ends": "2019-06"}


def dated(of_instrument: object, of_cover: object, **more: object) -> Dataset:
    """Make a dataset of one cell and one instrument, each of the two with dates."""
    assert isinstance(of_instrument, dict)
    instrument = {"id": "a", "covers": {"role@level": of_cover}, **of_instrument}
    return dataset_of({"levels": ["level"], "instruments": [instrument], **more})


@pytest.mark.parametrize(
    ("day", "coverage"),
    [
        (date(2019, 4, 30), NONE),
        (date(2019, 5, 1), FULL),
        (date(2019, 6, 30), FULL),
        (date(2019, 7, 1), NONE),
    ],
)
def test_an_instrument_counts_from_its_first_day_to_its_last(
    day: date, coverage: Coverage
) -> None:
    of_instrument = rate(dated(DATED, "full"), Query(as_of=day))
    of_cover = rate(dated({}, DATED), Query(as_of=day))

    assert (of_instrument.coverage, of_cover.coverage) == (coverage, coverage)


def test_a_missing_bound_is_open() -> None:
    starting, ending = dated({"starts": "2019"}, "full"), dated({"ends": "2019"}, "full")

    assert rate(starting, Query(as_of=date.max)).coverage is FULL
    assert rate(ending, Query(as_of=date.min)).coverage is FULL


def test_a_cover_needs_its_own_dates_and_its_instruments() -> None:
    dataset = dated({"starts": "2018", "ends": "2019"}, {"starts": "2019", "ends": "2020"})

    found = [rate(dataset, Query(as_of=date(year, 7, 1))).coverage for year in (2018, 2019, 2020)]

    assert found == [NONE, FULL, NONE]


def test_a_cover_whose_dates_never_meet_its_instruments_never_counts() -> None:
    dataset = dated({"ends": "2018"}, {"starts": "2020"})

    found = {rate(dataset, Query(as_of=date(year, 7, 1))).coverage for year in (2018, 2019, 2020)}

    assert found == {NONE}


def test_an_observation_holds_by_its_own_dates() -> None:
    dataset = one_cell(observation={"extent": "partial", **DATED})

    assert rate(dataset, Query(as_of=date(2019, 5, 31))).coverage is PARTIAL
    assert rate(dataset, Query(as_of=date(2019, 7, 1))).coverage is NONE


def test_without_any_day_dates_are_ignored() -> None:
    matrix = build_matrix(dated({"ends": "1999"}, {"starts": "2999"}), ASK_ALL)

    assert matrix.query.as_of is None
    assert matrix.summary() == Summary(1, 1, 0, 0, 0)


def test_the_day_is_the_datasets_where_none_is_asked() -> None:
    matrix = build_matrix(dated({"ends": "2019-05-30"}, "full", as_of="2019-05-31"), ASK_ALL)

    assert matrix.query.as_of == date(2019, 5, 31)
    assert matrix.summary() == Summary(1, 0, 0, 1, 0)


def test_the_day_that_is_asked_goes_before_the_datasets() -> None:
    asked = Query(as_of=date(2019, 5, 30))
    matrix = build_matrix(dated({"ends": "2019-05-30"}, "full", as_of="2019-05-31"), asked)

    assert matrix.query.as_of == date(2019, 5, 30)
    assert matrix.summary() == Summary(1, 1, 0, 0, 0)


def test_a_dataset_of_a_month_is_asked_as_of_its_last_day() -> None:
    matrix = build_matrix(dated({}, "full", as_of="2020-02"), ASK_ALL)

    assert matrix.query.as_of == date(2020, 2, 29)


# Which instruments count


def test_a_planned_instrument_counts_only_where_it_is_asked_for() -> None:
    dataset = dated({"status": "planned"}, "full")

    assert rate(dataset).coverage is NONE
    assert rate(dataset, Query(with_planned=True)).coverage is FULL


def test_a_planned_instrument_must_still_be_in_force() -> None:
    dataset = dated({"status": "planned", "starts": "2020"}, "full")

    assert rate(dataset, Query(with_planned=True, as_of=date(2019, 12, 31))).coverage is NONE


def test_a_target_group_counts_what_names_it_and_what_names_none() -> None:
    asked = Query(target="new-clusters")

    assert rate(dated({"targets": ["new-clusters", "others"]}, "full"), asked).coverage is FULL
    assert rate(dated({}, "full"), asked).coverage is FULL
    assert rate(dated({"targets": []}, "full"), asked).coverage is FULL
    assert rate(dated({"targets": ["others"]}, "full"), asked).coverage is NONE


def test_observations_count_for_every_target_group() -> None:
    rating = rate(one_cell(observation="partial"), Query(target="new-clusters"))

    assert rating.coverage is PARTIAL


def test_a_kind_counts_only_instruments_that_state_it() -> None:
    asked = Query(kinds=("forum", "fund"))

    assert rate(dated({"kind": "fund"}, "full"), asked).coverage is FULL
    assert rate(dated({"kind": "network"}, "full"), asked).coverage is NONE
    assert rate(dated({}, "full"), asked).coverage is NONE


def test_observations_are_of_no_kind() -> None:
    rating = rate(one_cell(observation=partial("AT", note="Not here")), Query(kinds=("fund",)))

    assert rating == Rating(Cell("role", "level"), NONE)


def test_all_parts_of_a_query_combine() -> None:
    dataset = dated({"kind": "fund", "targets": ["new"], "ends": "2019"}, "full")
    asked = Query(kinds=("fund",), target="new", as_of=date(2019, 1, 1))

    assert rate(dataset, asked).coverage is FULL
    assert rate(dataset, replace(asked, kinds=("forum",))).coverage is NONE
    assert rate(dataset, replace(asked, target="old")).coverage is NONE
    assert rate(dataset, replace(asked, as_of=date(2020, 1, 1))).coverage is NONE
    assert rate(dataset, replace(asked, without=("a",))).coverage is NONE


# Where


def test_a_place_is_the_unit_of_that_code() -> None:
    dataset = one_cell(full("RO"), units=("RO", "ROMANS", "AT"))

    assert rate(dataset, Query(place="RO")).share == Share(1, 0, 1, 0, ())


def test_a_place_that_is_no_unit_means_the_units_that_lie_in_it() -> None:
    dataset = one_cell(full("RO12"), units=("AT11", "RO11", "RO12"))

    assert rate(dataset, Query(place="RO")).share == of_regions(1, 0, 2, 0, ("RO11",))


def test_a_place_within_a_unit_means_the_unit_that_it_lies_in() -> None:
    dataset = one_cell(full("RO1"), units=("BG", "RO1", "RO2"))

    assert rate(dataset, Query(place="RO123")).share == Share(1, 0, 1, 0, ())


def test_a_place_within_a_country_asks_each_level_in_its_own_units() -> None:
    dataset = dataset_of(
        {
            "levels": [
                "eu",
                {"id": "country", "territories": ["RO", "AT"]},
                {"id": "region", "territories": ["RO11", "RO12", "AT11"]},
            ],
            "instruments": [
                {"id": "a", "covers": {"role@country": full("RO"), "role@region": full("RO12")}}
            ],
        }
    )

    eu, country, region = build_matrix(dataset, Query(place="RO11"))

    assert (eu.coverage, eu.share) == (NONE, None)
    assert (country.coverage, country.share) == (FULL, of_countries(1, 0, 1, 0, ()))
    assert (region.coverage, region.share) == (NONE, of_regions(0, 0, 1, 0, ("RO11",)))


def test_a_level_without_territories_has_its_nameless_unit_at_every_place() -> None:
    rating = rate(one_cell("full", units=()), Query(place="RO"))

    assert rating.coverage is FULL


def test_a_level_of_which_no_unit_matches_is_unknown_whatever_is_said_of_it() -> None:
    dataset = one_cell("full", partial("AT"), observation="full", assessed=("BE",))

    rating = rate(dataset, Query(place="XK"))

    assert rating == Rating(
        Cell("role", "level"), UNKNOWN, share=of_countries(0, 0, 0, 0, ()), is_elsewhere=True
    )


# The worked example of the data model


def fifteen_countries(**more: object) -> Dataset:
    """Make 15 instruments, each full in its country."""
    return dataset_of(
        {
            "levels": [{"id": "country", "territories": "eu27"}],
            "instruments": [
                {"id": code.lower(), "covers": {"role@country": full(code)}} for code in EU15
            ],
            **more,
        }
    )


OBSERVED = {
    "observations": {"role@country": {"extent": "partial", "note": "Not in every country"}}
}


def test_fifteen_of_27_countries_are_partial_and_the_other_twelve_are_named() -> None:
    rating = rate(fifteen_countries(**OBSERVED))

    assert (rating.coverage, rating.where_not_said) == (PARTIAL, False)
    assert rating.share == of_countries(15, 0, 27, 0, OTHER12)
    assert len(rating.instruments) == 15


def test_in_one_of_the_other_twelve_it_is_none_as_the_fifteen_have_said_where() -> None:
    rating = rate(fifteen_countries(**OBSERVED), Query(place="BG"))

    assert (rating.coverage, rating.where_not_said) == (NONE, False)
    assert (rating.notes, rating.instruments) == ((), ())


def test_in_one_of_the_fifteen_it_is_full() -> None:
    rating = rate(fifteen_countries(**OBSERVED), Query(place="DE"))

    assert (rating.coverage, rating.instruments, rating.rests_on) == (FULL, ("de",), ("de",))


def test_without_the_observation_one_of_the_other_twelve_is_none() -> None:
    rating = rate(fifteen_countries(), Query(place="BG"))

    assert (rating.coverage, rating.share) == (NONE, of_countries(0, 0, 1, 0, ("BG",)))


# The matrix


def test_a_matrix_is_walked_by_role_then_level_in_file_order() -> None:
    dataset = dataset_of({"roles": ["z", "a"], "levels": ["low", "high"]})

    cells = [str(rating.cell) for rating in build_matrix(dataset, ASK_ALL)]

    assert cells == ["z@low", "z@high", "a@low", "a@high"]


def test_a_summary_counts_the_cells_that_are_shown() -> None:
    dataset = dataset_of(
        {
            "roles": ["one", "two"],
            "levels": ["eu", {"id": "country", "territories": ["AT", "RO"]}],
            "instruments": [
                {"id": "a", "covers": {"one@eu": "full", "one@country": partial("RO")}}
            ],
            "assessed": {"two@country": ["AT"]},
        }
    )

    matrix = build_matrix(dataset, Query(place="RO"))

    assert matrix.summary() == Summary(cells=4, full=1, partial=1, none=1, unknown=1)
    assert matrix.select(("two",), ()).summary() == Summary(2, 0, 0, 1, 1)
    assert matrix.select(("one",), ("eu",)).summary() == Summary(1, 1, 0, 0, 0)


def test_only_none_and_partial_are_gaps() -> None:
    assert [coverage for coverage in Coverage if coverage.is_gap] == [NONE, PARTIAL]


# The laws, for every dataset


def share_of(rating: Rating) -> tuple[int, int, int, int, tuple[str, ...]] | None:
    """Write a share as the oracle does."""
    share = rating.share
    if share is None:
        return None
    return (share.covered, share.partial, share.of, share.unknown, share.missing)


def assert_rated_as_the_page_says(dataset: Dataset, query: Query) -> None:
    """Compare what the engine and the oracle rate."""
    answers = oracle.rate_all(dataset, query)
    found = {
        rating.cell: (
            rating.coverage,
            share_of(rating),
            rating.rests_on,
            rating.where_not_said,
        )
        for rating in build_matrix(dataset, query)
    }
    assert found == {
        cell: (answer.coverage, answer.share, answer.rests_on, answer.where_not_said)
        for cell, answer in answers.items()
    }


EXAMPLES = settings().max_examples
THOROUGHLY = settings(max_examples=max(EXAMPLES, 5_000) if EXAMPLES >= 300 else EXAMPLES)
"""With 5,000 examples where the others have 300."""


@THOROUGHLY
@given(questions())
def test_every_cell_is_rated_as_the_page_says(question: tuple[Dataset, Query]) -> None:
    assert_rated_as_the_page_says(*question)


@THOROUGHLY
@given(st.data(), questions())
def test_the_caveats_are_those_that_the_page_counts_behind_the_cells_that_are_shown(
    data: st.DataObject, question: tuple[Dataset, Query]
) -> None:
    dataset = replace(question[0], as_of=last_day(data.draw(st.sampled_from(DATES))))
    query = replace(question[1], as_of=last_day(data.draw(st.sampled_from(DATES))))
    shown = data.draw(st.sampled_from(["", *(level.id for level in dataset.levels)]))

    matrix = build_matrix(dataset, query).select((), (shown,) if shown else ())

    expected = oracle.caveats(dataset, query, [rating.cell for rating in matrix])
    assert matrix.caveats()._asdict() == asdict(expected)


@given(st.data())
def test_every_crowded_cell_is_rated_as_the_page_says(data: st.DataObject) -> None:
    dataset = data.draw(crowded_cells())
    place = data.draw(st.none() | places(dataset))

    assert_rated_as_the_page_says(dataset, Query(place=place))


@given(questions())
def test_the_instruments_and_notes_of_every_cell_are_those_that_the_page_names(
    question: tuple[Dataset, Query],
) -> None:
    answers = oracle.rate_all(*question)

    found = {r.cell: (r.instruments, r.notes) for r in build_matrix(*question)}

    assert found == {cell: (answer.instruments, answer.notes) for cell, answer in answers.items()}


@given(datasets())
def test_every_generated_dataset_is_one_that_check_finds_no_error_in(dataset: Dataset) -> None:
    errors = [
        violation
        for rule, violation in find_defects(dataset, set())
        if rule.severity is Severity.ERROR
    ]

    assert errors == []


@given(questions())
def test_every_cell_is_rated_exactly_once(question: tuple[Dataset, Query]) -> None:
    dataset, query = question
    matrix = build_matrix(dataset, query)

    cells = [Cell(role.id, level.id) for role, level in product(dataset.roles, dataset.levels)]

    assert [rating.cell for rating in matrix] == cells
    assert list(matrix.ratings) == cells


@given(st.data(), questions())
def test_the_order_of_instruments_does_not_matter(
    data: st.DataObject, question: tuple[Dataset, Query]
) -> None:
    dataset, query = question
    shuffled = tuple(data.draw(st.permutations(dataset.instruments)))

    before, after = (
        build_matrix(d, query) for d in (dataset, replace(dataset, instruments=shuffled))
    )

    assert [without_order(rating) for rating in before] == [without_order(r) for r in after]


def without_order(rating: Rating) -> Rating:
    """Sort what stands in file order."""
    return rating._replace(
        instruments=tuple(sorted(rating.instruments)),
        rests_on=tuple(sorted(rating.rests_on)),
        notes=tuple(sorted(rating.notes)),
    )


RANK = {UNKNOWN: None, NONE: 0, PARTIAL: 1, FULL: 2}


@given(st.data(), questions())
def test_where_all_is_assessed_another_instrument_never_worsens_a_cell(
    data: st.DataObject, question: tuple[Dataset, Query]
) -> None:
    dataset, query = replace(question[0], assessed={}), question[1]
    left_out = data.draw(st.sets(st.sampled_from(range(len(dataset.instruments) or 1))))
    kept = tuple(one for n, one in enumerate(dataset.instruments) if n not in left_out)

    fewer = build_matrix(replace(dataset, instruments=kept), query)

    assert_nowhere_worse(fewer, build_matrix(dataset, query))


@given(st.data(), questions())
def test_where_all_is_assessed_leaving_out_instruments_never_improves_a_cell(
    data: st.DataObject, question: tuple[Dataset, Query]
) -> None:
    dataset, query = replace(question[0], assessed={}), question[1]
    ids = [instrument.id for instrument in dataset.instruments]
    without = tuple(data.draw(st.lists(st.sampled_from(ids), unique=True))) if ids else ()

    fewer = build_matrix(dataset, replace(query, without=query.without + without))

    assert_nowhere_worse(fewer, build_matrix(dataset, query))


def assert_nowhere_worse(before: Matrix, after: Matrix) -> None:
    """Compare the ranks of coverage, and the units covered; what is unknown for want of units stays so.

    A cell of which something is said that leaves open where may become worse where somebody says where.
    """
    levels = {level.id: level for level in after.dataset.levels}
    for old, new in zip(before, after, strict=True):
        stated = oracle.stated(after.dataset, new.cell)
        if any(oracle.leaves_open(one, levels[new.cell.level]) for one in stated):
            continue
        old_rank, new_rank = RANK[old.coverage], RANK[new.coverage]
        if old_rank is None or new_rank is None:
            assert old.coverage is new.coverage
        else:
            assert old_rank <= new_rank
        if old.share and new.share:
            assert old.share.covered <= new.share.covered
            assert set(new.share.missing) <= set(old.share.missing)


@given(st.data(), questions())
def test_without_an_instrument_is_as_if_it_did_not_exist(
    data: st.DataObject, question: tuple[Dataset, Query]
) -> None:
    dataset, query = question
    ids = [instrument.id for instrument in dataset.instruments]
    without = set(data.draw(st.lists(st.sampled_from(ids)))) if ids else set()
    wider = replace(query, without=(*query.without, *sorted(without)))
    gone = oracle.left_out(dataset, wider)
    # Ends are facts of the files, also of those by what is left out.
    by_hand = oracle.typed_in(dataset)
    kept = tuple(one for one in by_hand.instruments if one.id not in gone)

    left_out = build_matrix(dataset, wider)

    without_them = build_matrix(replace(dataset, instruments=kept), query)
    for rating in left_out:
        # What stays alone still hangs on what is around that on which it hung.
        same = without_them.ratings[rating.cell]
        assert rating._replace(rests_on=()) == same._replace(rests_on=())
        assert query.alone or rating.rests_on == same.rests_on


@given(questions())
def test_what_is_left_out_goes_with_its_dependants(question: tuple[Dataset, Query]) -> None:
    dataset, query = question
    dependants = sorted(oracle.dependants(dataset, set(query.without), set()))

    with_them = build_matrix(dataset, replace(query, alone=False))

    one_by_one = build_matrix(dataset, replace(query, without=tuple(dependants), alone=True))
    assert with_them.ratings == one_by_one.ratings


@given(questions())
def test_an_inherited_end_equals_the_same_end_typed_in(question: tuple[Dataset, Query]) -> None:
    dataset, query = question

    inherited = build_matrix(dataset, query)

    assert inherited.ratings == build_matrix(oracle.typed_in(dataset), query).ratings


def _alone(query: Query, gone: set[str], more: set[str]) -> Query:
    return replace(query, without=tuple(sorted(gone | more)), alone=True)


@given(questions())
def test_a_full_cell_rests_on_what_it_is_not_full_without(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question
    matrix = build_matrix(dataset, query)
    gone = oracle.left_out(dataset, query)
    without = {
        one.id: build_matrix(
            dataset, _alone(query, gone, oracle.dependants(dataset, {one.id}, gone))
        )
        for one in dataset.instruments
        if one.id not in gone
    }

    for rating in matrix:
        needed = [
            id_ for id_, less in without.items() if less.ratings[rating.cell].coverage != FULL
        ]
        assert list(rating.rests_on) == (needed if rating.coverage is FULL else [])


@given(st.data(), questions())
def test_choosing_roles_and_levels_changes_no_number_in_a_cell(
    data: st.DataObject, question: tuple[Dataset, Query]
) -> None:
    matrix = build_matrix(*question)
    roles = data.draw(st.sets(st.sampled_from([role.id for role in matrix.roles])))
    levels = data.draw(st.sets(st.sampled_from([level.id for level in matrix.levels])))

    shown = list(matrix.select(roles, levels))

    assert shown == [
        rating
        for rating in matrix
        if (not roles or rating.cell.role in roles) and (not levels or rating.cell.level in levels)
    ]


@given(st.data(), datasets())
def test_a_place_equals_the_levels_narrowed_by_hand_to_its_units(
    data: st.DataObject, dataset: Dataset
) -> None:
    place = data.draw(places(dataset))
    query = replace(data.draw(queries(dataset)), place=None)
    by_hand = build_matrix(narrowed_by_hand(dataset, place), query)

    for asked in build_matrix(dataset, replace(query, place=place)):
        level = next(level for level in dataset.levels if level.id == asked.cell.level)
        if not oracle.units_of(level, place, dataset.groups):
            assert asked.coverage is UNKNOWN
            continue
        if any(
            oracle.leaves_open(statement, level)
            for statement in oracle.stated(dataset, asked.cell)
        ):
            continue
        narrowed = by_hand.ratings[asked.cell]
        assert _without_territories(asked) == _without_territories(narrowed)
        # By hand nobody can say "only elsewhere": such a cell has a share under --in alone.
        assert asked.share == narrowed.share or (asked.share and narrowed.share is None)


def _without_territories(rating: Rating) -> tuple[object, ...]:
    absences = [
        (said.note, said.starts, said.ends, said.seen, said.sources, codes)
        for said, codes in rating.absences
    ]
    return *rating._replace(share=None, absences=()), absences


def narrowed_by_hand(dataset: Dataset, place: str) -> Dataset:
    """Write the dataset that names only the units of *place*, wherever a level has some."""
    left = {level.id: oracle.units_of(level, place, dataset.groups) for level in dataset.levels}
    levels = {level.id: level for level in dataset.levels}

    def narrowed(codes: object, level: Level) -> list[str]:
        excepted = isinstance(codes, Except)
        listed = codes.codes if isinstance(codes, Except) else codes
        assert isinstance(listed, tuple)
        named = set().union(*(oracle.named_units(level, code, dataset.groups) for code in listed))
        return [unit for unit in left[level.id] if (unit in named) is not excepted]

    def restated(statement: Statement, level: Level) -> dict[str, object] | None:
        plain: dict[str, object] = {
            "extent": statement.extent.value,
            "starts": statement.starts and statement.starts.isoformat(),
            "ends": statement.ends and statement.ends.isoformat(),
            "seen": statement.seen and statement.seen.isoformat(),
            "note": statement.note,
        }
        if statement.territories is not None:
            plain["territories"] = narrowed(statement.territories, level)
        return None if plain.get("territories") == [] else plain

    def restated_all(said: object) -> dict[str, object]:
        assert isinstance(said, dict)
        found = {
            str(cell): [restated(one, levels[cell.level]) for one in statements]
            for cell, statements in said.items()
        }
        left = {cell: [one for one in plain if one is not None] for cell, plain in found.items()}
        return {cell: plain for cell, plain in left.items() if plain}

    by_hand = dataset_of(
        {
            "as_of": dataset.as_of and dataset.as_of.isoformat(),
            "roles": [role.id for role in dataset.roles],
            "levels": [
                {"id": level.id, "territories": left[level.id]}
                if level.units and left[level.id]
                else level.id
                for level in dataset.levels
            ],
            "instruments": [
                {
                    "id": one.id,
                    "starts": one.starts and one.starts.isoformat(),
                    "ends": one.ends and one.ends.isoformat(),
                    "seen": one.seen and one.seen.isoformat(),
                    "part_of": one.part_of,
                    "funded_by": list(one.funded_by),
                    "status": one.status.value,
                    "kind": one.kind,
                    "targets": list(one.targets),
                    "covers": restated_all(one.covers),
                }
                for one in dataset.instruments
            ],
            "observations": restated_all(dataset.observations),
        }
    )
    # A list that the place leaves nothing of still says that nobody has looked here; no file can say so.
    assessed = {
        where: tuple(narrowed(codes, levels[where.level if isinstance(where, Cell) else where]))
        for where, codes in dataset.assessed.items()
    }
    return replace(by_hand, assessed=assessed)

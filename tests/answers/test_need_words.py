"""Needs in plain sentences that are made from the data, and true of it."""

from datetime import date

import pytest
from hypothesis import given

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.needs import Need, find_needs
from clustergap.answers.needs import (
    document,
    evidence_in_words,
    evidence_of,
    leads_in_words,
    level_title,
    reasons,
    sentence,
    title,
)
from clustergap.answers.phrases import at_level
from clustergap.model.dataset import Dataset, Level
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.writers.markdown import write
from strategies import Document, dataset_of, questions

EU27 = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "EL",
    "ES",
    "FI",
    "FR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
COUNTRY: Document = {"id": "country", "name": "Country", "territories": ["AT", "BE", "BG", "RO"]}
EU: Document = {"id": "eu", "name": "EU"}
ROLE: Document = {"id": "role", "name": "Industry 4.0"}


def dataset(*covers: object, swot: Document | None = None, **more: object) -> Dataset:
    """Make one role at country level, and instruments A, B, C that serve it as *covers* say."""
    filled: dict[str, object] = {
        "roles": [ROLE],
        "levels": [COUNTRY],
        "instruments": [
            {"id": name.lower(), "name": name, "covers": {"role@country": cover}}
            for name, cover in zip("ABC", covers, strict=False)
        ],
    }
    return dataset_of({**filled, **more}, swot)


def in_(*codes: str, extent: str = "full", **more: object) -> Document:
    """Cover these territories."""
    return {"extent": extent, "territories": list(codes), **more}


def first(data: Dataset, query: Query | None = None) -> tuple[Need, Matrix]:
    """Find the first need of a dataset."""
    matrix = build_matrix(data, query or Query())
    return find_needs(matrix).needs[0], matrix


def said(data: Dataset, query: Query | None = None) -> str:
    """Say the first need of a dataset."""
    return sentence(*first(data, query))


def to_build_on(data: Dataset, query: Query | None = None) -> list[str]:
    """Say what there is to build on for the first need of a dataset."""
    return leads_in_words(*first(data, query))


# Not covered


def stated(statement: str, **role: object) -> str:
    """Say the need of a role with a statement at EU level."""
    return said(dataset(levels=[EU], roles=[{**ROLE, **role, "statement": statement}]))


def test_a_role_is_named_by_its_statement_within_the_sentence() -> None:
    assert stated("Clusters as drivers of social economy") == (
        "No instrument supports clusters as drivers of social economy at EU level."
    )


@pytest.mark.parametrize(
    ("statement", "within"),
    [
        ("Clusters as drivers of Industry 4.0.", "clusters as drivers of Industry 4.0"),
        ("Économie sociale", "économie sociale"),
        ("3D printing", "3D printing"),
        ("SME growth", "SME growth"),
        ("EU-wide clusters", "EU-wide clusters"),
        ("A", "a"),
        ("集群", "集群"),
    ],
)
def test_a_statement_begins_small_unless_its_first_word_is_written_in_capitals(
    statement: str, within: str
) -> None:
    assert stated(statement) == f"No instrument supports {within} at EU level."


def test_without_a_statement_a_role_is_named_as_it_is_written() -> None:
    assert said(dataset()) == "No instrument supports Industry 4.0 at country level."


def test_where_is_asked_stands_in_the_sentence() -> None:
    assert said(dataset(), Query(place="RO")) == (
        "No instrument supports Industry 4.0 at country level in RO."
    )


def test_what_nobody_has_assessed_stands_behind_no_coverage() -> None:
    assert said(dataset(assessed={"country": ["AT", "RO"]})) == (
        "No instrument supports Industry 4.0 at country level; 2 countries unknown."
    )


def test_one_country_that_nobody_has_assessed_is_one_country() -> None:
    assert said(dataset(assessed={"country": ["AT", "RO", "BE"]})) == (
        "No instrument supports Industry 4.0 at country level; 1 country unknown."
    )


# Covered somewhere


def test_a_share_names_the_territories_that_are_missing() -> None:
    assert said(dataset(in_("AT", "RO"))) == (
        "Industry 4.0 at country level is covered in 2 of 4 countries; not in Belgium, Bulgaria."
    )


def test_fifteen_of_the_union_name_the_other_twelve() -> None:
    level = {"id": "country", "name": "Country", "territories": "eu27"}
    missing = ["BG", "CY", "CZ", "EE", "EL", "HR", "LT", "LV", "MT", "RO", "SI", "SK"]
    covered = [code for code in EU27 if code not in missing]

    found = said(dataset(in_(*covered), levels=[level]))

    assert found == (
        "Industry 4.0 at country level is covered in 15 of 27 countries; "
        "not in Bulgaria, Cyprus, Czechia, Estonia, Greece, Croatia, Lithuania, Latvia, Malta, Romania, "
        "Slovenia, Slovakia."
    )


def test_more_than_a_dozen_missing_are_counted() -> None:
    level = {"id": "country", "name": "Country", "territories": "eu27"}

    found = said(dataset(in_(*EU27[:2]), levels=[level]))

    assert found.endswith(
        "; not in Bulgaria, Cyprus, Czechia, Germany, Denmark, Estonia, Greece, Spain, Finland, France, "
        "Croatia, Hungary, … (25 in all)."
    )


def test_territories_that_are_covered_in_part_are_counted_apart() -> None:
    assert said(dataset(in_("AT"), in_("BE", "BG", extent="partial"))) == (
        "Industry 4.0 at country level is covered in 1 of 4 countries, in 2 more only in part; "
        "not in Romania."
    )


def test_nothing_is_missing_where_every_other_territory_is_covered_in_part() -> None:
    assert said(dataset(in_("AT"), in_("BE", "BG", "RO", extent="partial"))) == (
        "Industry 4.0 at country level is covered in 1 of 4 countries, in 3 more only in part."
    )


def test_what_nobody_has_assessed_stands_behind_a_share() -> None:
    data = dataset(in_("AT"), assessed={"country": ["AT"], "role@country": ["AT", "BE"]})

    assert said(data) == (
        "Industry 4.0 at country level is covered in 1 of 2 countries; not in Belgium; "
        "2 countries unknown."
    )


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["AT", "EL"], "countries; not in Greece"),
        (["AT1", "AT2"], "regions; not in Südösterreich"),
        (["AT11", "RO21"], "regions; not in Nord-Est"),
        (["AT111", "RO211"], "regions; not in Bacău"),
        (["AT1", "RO21"], "regions; not in Nord-Est"),
        (["AT", "RO21"], "places; not in Nord-Est"),
        (["UK-SCT", "UK-WLS"], "places; not in UK-WLS"),
    ],
)
def test_the_territories_are_countries_regions_or_neither_as_their_codes_tell(
    codes: list[str], words: str
) -> None:
    data = dataset(in_(codes[0]), levels=[{**COUNTRY, "territories": codes}])

    assert f"in 1 of 2 {words}." in said(data)


# Covered in part, nobody said where


def test_a_partial_cover_names_its_instrument() -> None:
    assert said(dataset("partial", levels=[{"id": "country", "name": "Country"}])) == (
        "Industry 4.0 at country level is covered only in part, by A."
    )


def test_where_is_not_said_is_said() -> None:
    assert said(dataset("partial")) == (
        "Industry 4.0 at country level is covered only in part, by A; where is not said."
    )


def test_an_observation_is_quoted() -> None:
    data = dataset(observations={"role@country": {"extent": "partial", "note": "Not everywhere"}})

    assert said(data) == (
        "Industry 4.0 at country level is covered only in part: "
        '"Not everywhere"; where is not said.'
    )


def test_several_notes_are_quoted_each_behind_the_instruments() -> None:
    data = dataset(
        {"extent": "partial", "note": "Pilot only"},
        "partial",
        observations={"role@country": {"extent": "partial", "note": "Not everywhere"}},
    )

    assert said(data) == (
        "Industry 4.0 at country level is covered only in part, by A, B: "
        '"Pilot only"; "Not everywhere"; where is not said.'
    )


def test_not_everywhere_says_nothing_of_a_place_where_others_say_where() -> None:
    data = dataset(in_("AT"), observations={"role@country": "partial"})

    assert said(data, Query(place="RO")) == (
        "No instrument supports Industry 4.0 at country level in RO."
    )


def test_what_is_known_of_places_goes_before_not_everywhere() -> None:
    data = dataset(in_("AT"), observations={"role@country": "partial"})

    assert said(data).startswith(
        "Industry 4.0 at country level is covered in 1 of 4 countries; not in Belgium, Bulgaria, Romania"
    )


def test_an_instrument_is_named_by_its_short_name() -> None:
    hub = {
        "id": "hub",
        "name": "Digital Hubs",
        "short": "DIH",
        "covers": {"role@country": "partial"},
    }

    assert ", by DIH;" in said(dataset(instruments=[hub]))


@given(questions())
def test_every_sentence_ends_once_and_names_role_place_and_every_missing_territory(
    question: tuple[Dataset, Query],
) -> None:
    matrix = build_matrix(*question)
    for need in find_needs(matrix).needs:
        rating, words = need.gap.rating, sentence(need, matrix)
        role = next(one for one in matrix.dataset.roles if one.id == rating.cell.role)
        assert role.name in words
        assert words.endswith(".")
        assert not words.endswith("..")
        if matrix.query.place:
            assert f"level in {matrix.query.place}" in words
        share = rating.share
        if share and rating.coverage == "partial" and not rating.where_not_said:
            if share.of + share.unknown == 1:
                assert f"{share.covered} of {share.of} " not in words
                continue
            assert f"covered in {share.covered} of {share.of} " in words
            assert all(code in words for code in share.missing[:12])


# Levels


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EU", "EU level"),
        ("Country", "country level"),
        ("Région", "région level"),
        ("country", "country level"),
        ("NUTS 2", "NUTS 2 level"),
        ("NUTS2", "NUTS2 level"),
        ("R", "R level"),
        ("McRegion", "McRegion level"),
        ("Länder und Städte", "Länder und Städte level"),
        ("国家", "国家 level"),
        ("EU level", "EU level"),
    ],
)
def test_a_level_is_named_within_a_sentence(name: str, words: str) -> None:
    assert at_level(Level(id="x", name=name)) == words


def test_the_needs_of_a_level_are_counted() -> None:
    level, (need, _) = Level(id="eu", name="EU"), first(dataset())

    assert level_title(level, ()) == "EU: 0 needs"
    assert level_title(level, (need,)) == "EU: 1 need"
    assert level_title(level, (need, need)) == "EU: 2 needs"


def test_the_title_counts_all_needs_and_says_what_is_asked() -> None:
    found = find_needs(build_matrix(dataset(), Query(place="RO", as_of=date(2019, 5, 31))))

    assert title(found) == "A dataset: 1 need (as of 31 May 2019, in RO)"


# Evidence

SWOT: Document = {
    "sources": {"deck": {"title": "The deck"}, "talk": {"title": "A talk"}},
    "strengths": [{"id": "s1", "text": "Strong", "levels": ["country"]}],
    "weaknesses": [
        {"id": "w1", "text": "Weak", "cells": ["role@country"], "sources": [{"ref": "talk"}]}
    ],
    "opportunities": [
        {
            "id": "o1",
            "text": "Open",
            "instruments": ["a"],
            "sources": [{"ref": "deck", "locator": "Slide 3"}, {"ref": "talk"}],
        }
    ],
    "threats": [{"id": "t1", "text": "Threat", "roles": ["role"]}],
}


def test_evidence_says_quadrant_why_and_who_said_it() -> None:
    need, _ = first(dataset("partial", swot=SWOT))

    assert [evidence_in_words(one) for one in need.evidence] == [
        "strength s1: Strong (names the level)",
        "weakness w1: Weak (names the role at the level; talk)",
        'opportunity o1: Open (names an instrument; deck, "Slide 3"; talk)',
        "threat t1: Threat (names the role)",
    ]


def test_what_speaks_of_the_level_only_is_named_by_its_ids() -> None:
    found = find_needs(build_matrix(dataset("partial", swot=SWOT), Query()))

    words = evidence_of(found, found.needs[0])

    assert words[-1] == "of the level, below: s1"
    assert [one.split(":")[0] for one in words[:-1]] == [
        "weakness w1",
        "opportunity o1",
        "threat t1",
    ]


def test_what_is_said_to_stand_below_stands_below() -> None:
    # An item of one gap of a level, which it names too, is of the level for the other gap.
    swot: Document = {
        "weaknesses": [
            {"id": "w1", "text": "Weak", "levels": ["country"], "cells": ["role@country"]}
        ]
    }
    data = dataset(swot=swot, roles=[ROLE, {"id": "other", "name": "Other"}])

    text = write(document(find_needs(build_matrix(data, Query())), Origin()))

    last = text.rindex("of the level, below: w1") if "below: w1" in text else 0
    assert "w1: Weak" in text[last:]


# To build on


def test_the_same_role_is_told_level_by_level() -> None:
    data = dataset(
        levels=[COUNTRY, EU, {"id": "region", "name": "Region"}],
        instruments=[
            {"id": "a", "name": "A", "covers": {"role@eu": "full"}},
            {"id": "b", "name": "B", "covers": {"role@region": "full", "role@eu": "full"}},
        ],
    )

    assert to_build_on(data) == [
        "the same role at EU level: A, B",
        "the same role at region level: B",
    ]


def test_a_related_role_is_named() -> None:
    data = dataset(
        roles=[ROLE, {"id": "other", "name": "Social economy"}],
        levels=[COUNTRY, EU],
        instruments=[
            {"id": "a", "name": "A", "covers": {"role@eu": "full", "other@eu": "full"}},
            {"id": "b", "name": "B", "covers": {"other@country": "full"}, "ends": "2018"},
        ],
        as_of="2019",
    )

    assert to_build_on(data) == [
        "the same role at EU level: A",
        "Social economy, a related role at the same level: B (ended in 2018)",
    ]


def planned(cover: object, **more: object) -> Document:
    """Make a planned instrument."""
    return {
        "id": "plan",
        "name": "Plan",
        "status": "planned",
        "covers": {"role@country": cover},
        **more,
    }


@pytest.mark.parametrize(
    ("instruments", "words"),
    [
        ([planned("full")], "planned: Plan, which would close the gap"),
        (
            [planned("full", starts="2030-05")],
            "planned, from May 2030: Plan, which would close the gap",
        ),
        (
            [planned({"starts": "2031"}, starts="2030")],
            "planned, from 2031: Plan, which would close the gap",
        ),
        (
            [planned({"starts": "2031"})],
            "planned, from 2031: Plan, which would close the gap",
        ),
        ([planned("partial")], "planned: Plan, which would cover it in part"),
        ([planned(in_("AT"))], "planned: Plan, which would cover it in part"),
    ],
)
def test_a_plan_says_from_when_and_what_it_would_do(
    instruments: list[Document], words: str
) -> None:
    assert to_build_on(dataset(instruments=instruments)) == [words]


def test_a_plan_for_more_of_a_cell_says_so() -> None:
    hub = {"id": "a", "name": "A", "covers": {"role@country": in_("AT")}}

    assert to_build_on(dataset(instruments=[hub, planned(in_("BE"))])) == [
        "planned: Plan, which would cover more of it"
    ]


def test_a_plan_that_covers_no_more_does_not_say_that_it_would() -> None:
    hub = {"id": "a", "name": "A", "covers": {"role@country": in_("AT")}}

    words = to_build_on(dataset(instruments=[hub, planned(in_("AT"))]))

    assert not any("more of it" in line for line in words)


def test_a_successor_says_whom_it_follows_and_until_when_that_served() -> None:
    data = dataset(
        as_of="2019",
        instruments=[
            {
                "id": "old",
                "name": "Old",
                "ends": "2018",
                "covers": {"role@country": "full"},
                "succeeded_by": ["new", "next"],
            },
            {"id": "next", "name": "Next", "starts": "2030"},
            {"id": "new", "name": "New Fund", "short": "NF"},
        ],
    )

    assert to_build_on(data) == [
        "NF follows Old, which served this until 2018",
        "Next (starts only in 2030) follows Old, which served this until 2018",
    ]


# Why in this order


def test_the_reasons_of_an_empty_cell_that_nothing_speaks_of() -> None:
    assert reasons(first(dataset())[0]) == [
        "nothing covers it",
        "no SWOT item speaks of it",
        "no other level covers the role",
    ]


def test_the_reasons_count_evidence_and_levels() -> None:
    data = dataset(
        "partial",
        swot=SWOT,
        levels=[COUNTRY, EU, {"id": "region", "name": "Region"}],
        instruments=[
            {
                "id": "a",
                "name": "A",
                "covers": dict.fromkeys(("role@country", "role@eu", "role@region"), "partial"),
            }
        ],
    )
    needs = {
        need.gap.rating.cell.level: need for need in find_needs(build_matrix(data, Query())).needs
    }

    assert reasons(needs["country"]) == [
        "it is partly covered, how much is not said",
        "3 SWOT items speak of it",
        "2 other levels cover the role",
    ]
    assert reasons(needs["eu"])[1] == "2 SWOT items speak of it"


def test_the_reasons_say_how_large_the_share_is() -> None:
    need, _ = first(dataset(in_("AT"), in_("BE", extent="partial")))

    assert reasons(need)[0] == "it is partly covered, 1 of 4 countries, 1 in part"


def test_a_gap_is_never_said_to_be_covered_in_full() -> None:
    codes = [f"RO{number}" for number in range(100, 400)]
    level = {"id": "country", "name": "Country", "territories": codes}

    need, _ = first(dataset(in_(*codes[1:]), levels=[level]))

    assert "100%" not in reasons(need)[0]


def test_needs_that_differ_by_their_share_differ_by_their_reasons() -> None:
    codes = [f"RO{number}" for number in range(100, 400)]
    data = dataset_of(
        {
            "levels": [{"id": "region", "territories": codes}],
            "roles": ["a", "b"],
            "instruments": [
                {
                    "id": "hub",
                    "covers": {"a@region": in_(*codes[:101]), "b@region": in_(*codes[:100])},
                }
            ],
        }
    )
    before, after = find_needs(build_matrix(data, Query())).needs

    assert (before.gap.rating.cell.role, after.gap.rating.cell.role) == ("b", "a")
    assert reasons(before) != reasons(after)

"""The example datasets say what their sources say, and their pages what the program prints."""

import dataclasses
import json
import re
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from clustergap.analysis.matrix import Matrix, Summary, build_matrix
from clustergap.cli.exit import Exit
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset, load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Status
from clustergap.model.dates import first_day, last_day
from clustergap.model.places import Group
from clustergap.model.query import Query
from clustergap.model.statement import Extent, Statement
from clustergap.reference.territories import territories
from paths import ROOT, SHARED
from running import run

EXAMPLES = ROOT / "examples"
COUNTED = EXAMPLES / "industry-4-0-2017"
TODAYS = EXAMPLES / "cluster-policy-2021-2027"
DATASETS = (COUNTED, TODAYS)
FACTS = SHARED / "facts"

THE_DAY = date(2026, 11, 22)
SEPTEMBER_2024 = date(2024, 9, 30)
OCTOBER_2017 = date(2017, 10, 31)

I40_COUNTRY = Cell("industry-4-0", "country")
I40_REGION = Cell("industry-4-0", "region")
CE_COUNTRY = Cell("circular-economy", "country")

LAUNCHED = ("AT", "BE", "CZ", "DE", "DK", "ES", "FR", "HU", "IT", "LT", "LU", "NL", "PL", "PT", "SE")  # fmt: skip
THE_TWELVE = ("BG", "CY", "EE", "EL", "FI", "HR", "IE", "LV", "MT", "RO", "SI", "SK")

# A region is a NUTS 2 region, or all of those that begin with its code.
REGIONAL = {
    "flanders-make": ("BE2",),
    "marshall-4-0": ("BE3",),
    "its-owl": ("DEA4",),
    "allianz-industrie-4-0-bw": ("DE1",),
    "western-greece-programme": ("EL63",),
    "basque-industry-4-0": ("ES21",),
    "fof-ile-de-france": ("FR10",),
    "afil-lombardia": ("ITC4",),
}

# The deck's instruments for which no end was found, although another followed, and when it did.
FOLLOWED = {
    "european-cluster-policy-forum": ("expert-group-on-clusters", date(2019, 10, 18)),
    "jrc-s3-platform": ("s3-cop", date(2023, 3, 30)),
    "dih": ("edih", date(2023, 12, 18)),
}

# What hangs on what, as far as the facts say so and both have a record: parts, and what cannot go on without its payers.
PART_OF = {
    "edih": "digital-europe",
    "i3": "cohesion-funds-2021-2027",
    "innosup": "h2020",
    "jrc-tp": "s3-cop",
    "kic-climate": "kic",
    "kic-raw-materials": "kic",
}
FUNDED_BY = {
    "een": ("single-market-programme",),
    "escp": ("cosme",),
    "euroclusters": ("single-market-programme",),
    "interreg-vi": ("cohesion-funds-2021-2027",),
}

# The records of the facts, by the ids of today's instruments.
RECORDS = {
    "cohesion-funds-2021-2027": "cohesion_2127",
    "cosme": "cosme",
    "dih": "dih",
    "digital-europe": "digital_europe",
    "eccp": "eccp",
    "edih": "edih",
    "een": "een",
    "escp": "escp",
    "eu-industrial-strategy": "eu_industrial_strategy",
    "euroclusters": "euroclusters",
    "european-cluster-policy-forum": "cluster_policy_forum",
    "european-competitiveness-fund": "ecf_proposal",
    "expert-group-on-clusters": "expert_group_clusters",
    "h2020": "h2020",
    "horizon-europe": "horizon_europe",
    "horizon-europe-2028-2034": "horizon_europe_2834_proposal",
    "i3": "i3",
    "innosup": "innosup",
    "interreg": "interreg",
    "interreg-vi": "interreg_vi",
    "jrc-s3-platform": "s3_platform",
    "jrc-tp": "s3_thematic_platforms",
    "kic": "eit_kic",
    "kic-climate": "kic_climate",
    "kic-raw-materials": "kic_rawmaterials",
    "s3-approaches": "s3",
    "s3-cop": "s3_cop",
    "single-market-programme": "smp",
    "social-economy-action-plan": "social_economy_action_plan",
    "structural-funds": "esif",
}
NOT_OF_THE_RECORDS = {"national-circular-economy-policies"}
TOPICS = {
    "bdi": "business-driven-innovation",
    "int": "internationalisation",
    "nvc": "new-industrial-value-chains",
    "i40": "industry-4-0",
    "ce": "circular-economy",
    "se": "social-economy",
}


def load(folder: Path) -> Dataset:
    return load_dataset(find_files(folder)).dataset


@pytest.fixture(scope="module")
def deck() -> Dataset:
    return load(ROOT / "data")


@pytest.fixture(scope="module")
def counted() -> Dataset:
    return load(COUNTED)


@pytest.fixture(scope="module")
def todays() -> Dataset:
    return load(TODAYS)


@pytest.fixture(scope="module")
def today(todays: Dataset) -> Matrix:
    return build_matrix(todays, Query())


def covering(dataset: Dataset, cell: Cell) -> dict[str, Instrument]:
    """Find the instruments that cover a cell at any time."""
    return {one.id: one for one in dataset.instruments if cell in one.covers}


def located(dataset: Dataset, cell: Cell) -> dict[str, Instrument]:
    """Find the instruments that each cover a cell in one country, by the country."""
    found = {}
    for one in covering(dataset, cell).values():
        (cover,) = one.covers[cell]
        territories = cover.territories
        assert isinstance(territories, tuple)
        (code,) = territories
        found[code] = one
    assert len(found) == len(covering(dataset, cell))
    return found


def holders(dataset: Dataset) -> list[Instrument | Statement | Group]:
    """Collect whatever cites sources."""
    stated = [dataset.observations, *(one.covers for one in dataset.instruments)]
    statements = (one for by_cell in stated for said in by_cell.values() for one in said)
    return [*dataset.groups, *dataset.instruments, *statements]


def deck_quotes(dataset: Dataset) -> set[str | None]:
    """Collect what is quoted from the deck."""
    return {ref.quote for one in holders(dataset) for ref in one.sources if ref.ref == "deck"}


def refs(holder: Instrument | Statement | Group) -> list[str]:
    return [ref.ref for ref in holder.sources]


# Both


def test_nothing_is_found_in_the_counted_data() -> None:
    assert check_dataset(find_files(COUNTED), today=THE_DAY).findings == ()


def test_of_todays_data_is_found_only_that_the_thematic_platforms_are_older_than_their_whole() -> (
    None
):
    # They are of 2015, and a part of the S3 CoP since that began in 2023; the README says so.
    (finding,) = check_dataset(find_files(TODAYS), today=THE_DAY).findings

    assert finding.rule.code == "CG310"
    assert "2015-01-01" in finding.message
    assert "2023-03-30" in finding.message


@pytest.mark.parametrize("folder", DATASETS, ids=lambda path: path.name)
def test_the_file_names_its_schema_its_licence_and_no_place_outside_of_the_repository(
    folder: Path,
) -> None:
    text = (folder / "instruments.yaml").read_text(encoding="utf-8")
    first, second, third, *_ = text.splitlines()

    assert first == "# yaml-language-server: $schema=../../schemas/instruments.schema.json"
    assert second == "# $schema: ../../schemas/instruments.schema.json"
    assert third == "#"
    assert "# Licence of this data: CC BY 4.0" in text
    assert (folder / "../../schemas/instruments.schema.json").resolve().is_file()
    assert re.search(r"\.\./shared|\bshared/", text) is None


@pytest.mark.parametrize("folder", DATASETS, ids=lambda path: path.name)
def test_the_levels_roles_and_kinds_are_the_decks(folder: Path, deck: Dataset) -> None:
    dataset = load(folder)

    # The deck does not say what the places of its levels are called.
    levels = tuple(level.model_copy(update={"unit": None}) for level in dataset.levels)
    assert (levels, dataset.roles, dataset.kinds) == (deck.levels, deck.roles, deck.kinds)


@pytest.mark.parametrize("folder", DATASETS, ids=lambda path: path.name)
def test_every_source_is_cited_and_those_of_the_deck_are_as_there(
    folder: Path, deck: Dataset
) -> None:
    dataset = load(folder)

    cited = {ref for holder in holders(dataset) for ref in refs(holder)}

    assert cited == set(dataset.sources)
    assert {key: dataset.sources[key] for key in cited & set(deck.sources)} == {
        key: deck.sources[key] for key in cited & set(deck.sources)
    }


@pytest.mark.parametrize("folder", DATASETS, ids=lambda path: path.name)
def test_what_is_quoted_from_the_deck_is_quoted_there_too(folder: Path, deck: Dataset) -> None:
    assert deck_quotes(load(folder)) <= deck_quotes(deck)


def examples(folder: Path) -> list[tuple[str, str]]:
    text = (folder / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```console\n\$ clustergap ([^\n]*)\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, id=command)
        for folder in DATASETS
        for command, output in examples(folder)
    ],
)
def test_the_pages_show_what_the_program_prints(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    outcome = run(*shlex.split(command), "-q")

    assert (outcome.code, outcome.out) == (Exit.OK, output)


@pytest.mark.parametrize("folder", DATASETS, ids=lambda path: path.name)
def test_every_page_shows_gaps_and_asks_its_own_data(folder: Path) -> None:
    commands = [command for command, _ in examples(folder)]
    text = (folder / "README.md").read_text(encoding="utf-8")

    assert any(command.startswith("gaps ") for command in commands)
    assert [one for one in commands if f"--data examples/{folder.name}" not in one] == []
    assert len(commands) == text.count("```console")
    assert re.search(r"\.\./shared", text) is None


# Country by country


def test_industry_4_0_is_in_fifteen_of_27_countries_and_the_twelve_are_named(
    counted: Dataset,
) -> None:
    rating = build_matrix(counted, Query()).ratings[I40_COUNTRY]

    assert rating.share is not None
    assert (rating.share.covered, rating.share.of, rating.share.partial) == (15, 27, 0)
    assert rating.share.missing == THE_TWELVE
    assert len(rating.instruments) == 15


def test_the_observation_not_in_every_country_stays_and_hides_none_of_the_twelve(
    counted: Dataset,
) -> None:
    (observation,) = counted.observations[I40_COUNTRY]

    rating = build_matrix(counted, Query()).ratings[I40_COUNTRY]
    assert (observation.extent, observation.note) == (Extent.PARTIAL, "Not in every country")
    assert observation.territories is None
    assert rating.notes == ("Not in every country",)
    assert rating.share is not None
    assert rating.share.missing == THE_TWELVE


def test_gaps_says_fifteen_of_27_and_names_the_twelve() -> None:
    outcome = run(
        "gaps", "--data", str(COUNTED), "--role", "industry 4.0", "--level", "country",
        "-f", "csv", "-q",
    )  # fmt: skip

    assert outcome.code == Exit.OK
    assert "15" in outcome.out
    assert all(code in outcome.out for code in THE_TWELVE)


def test_east_is_what_the_oecd_names_and_west_the_rest_of_the_27(counted: Dataset) -> None:
    east, west = counted.groups
    named = (
        "Albania", "Bulgaria", "Croatia", "Czechia", "Hungary", "Poland", "Romania", "Slovakia", "Slovenia", "Estonia",
        "Latvia", "Lithuania",
    )  # fmt: skip

    members = dict(territories("eu27"))
    assert {members[code] for code in east.territories} == {*named} - {"Albania"}
    assert {*west.territories} == members.keys() - {*east.territories}
    assert {*refs(east), *refs(west)} == {"oecd-ceecs"}


@pytest.mark.parametrize(
    ("place", "covered", "of", "missing"),
    [
        ("east", 4, 11, ("BG", "EE", "HR", "LV", "RO", "SI", "SK")),
        ("west", 11, 16, ("CY", "EL", "FI", "IE", "MT")),
    ],
)
def test_industry_4_0_is_in_four_of_eleven_countries_of_the_east_and_in_eleven_of_sixteen_of_the_west(
    counted: Dataset, place: str, covered: int, of: int, missing: tuple[str, ...]
) -> None:
    share = build_matrix(counted, Query(place=place)).ratings[I40_COUNTRY].share

    assert share is not None
    assert (share.covered, share.of, share.missing) == (covered, of, missing)
    assert share.noun == ("country", "countries")


def test_each_of_the_fifteen_cites_the_commissions_count(counted: Dataset) -> None:
    found = located(counted, I40_COUNTRY)

    assert tuple(sorted(found)) == LAUNCHED
    for one in found.values():
        (quote,) = [ref.quote for ref in one.sources if ref.ref == "futurium-national-initiatives"]
        assert quote is not None
        assert quote.startswith("As of October 2017, 15 Member States have already launched")
        (cover,) = one.covers[I40_COUNTRY]
        assert "futurium-national-initiatives" in refs(cover)
        assert one.kind is not None


def test_an_initiative_without_a_verified_start_is_covered_from_the_day_of_the_count(
    counted: Dataset,
) -> None:
    undated = {c: one for c, one in located(counted, I40_COUNTRY).items() if one.starts is None}

    assert set(undated) == set(LAUNCHED) - {"CZ", "DE", "ES", "HU", "LT", "PT"}
    for one in undated.values():
        assert [cover.starts for cover in one.covers[I40_COUNTRY]] == [OCTOBER_2017]
        assert one.note is not None
        assert "the Commission's count, not of the initiative" in one.note


def test_only_verified_starts_count_before_the_commissions_count(counted: Dataset) -> None:
    rating = build_matrix(counted, Query(as_of=OCTOBER_2017 - timedelta(days=1))).ratings[
        I40_COUNTRY
    ]

    assert rating.share is not None
    assert rating.share.covered == 6


def test_the_regional_initiatives_cover_the_regions_that_they_are_for(counted: Dataset) -> None:
    found = covering(counted, I40_REGION)

    where = {id_: one.covers[I40_REGION] for id_, one in found.items()}
    assert {id_: cover.territories for id_, (cover,) in where.items()} == REGIONAL
    assert all("dg-connect-map" in refs(one) for one in found.values())


def test_the_regional_initiatives_are_in_nineteen_regions(counted: Dataset) -> None:
    rating = build_matrix(counted, Query()).ratings[I40_REGION]

    assert rating.share is not None
    assert (rating.share.covered, rating.share.partial, rating.share.of) == (19, 0, 244)


def test_the_circular_economy_is_in_24_of_27_countries_by_september_2024(
    counted: Dataset,
) -> None:
    rating = build_matrix(counted, Query(as_of=SEPTEMBER_2024)).ratings[CE_COUNTRY]

    assert rating.share is not None
    assert (rating.share.covered, rating.share.of) == (24, 27)
    assert rating.share.missing == ("HR", "HU", "SK")


def test_of_circular_economy_policies_only_verified_ones_count_earlier(counted: Dataset) -> None:
    found = {
        day: build_matrix(counted, Query(as_of=day)).ratings[CE_COUNTRY].instruments
        for day in (OCTOBER_2017, date(2017, 12, 31), SEPTEMBER_2024 - timedelta(days=1))
    }

    finland, portugal, poland = (f"circular-economy-policy-{code}" for code in ("fi", "pt", "pl"))
    assert found[OCTOBER_2017] == (finland,)
    assert found[date(2017, 12, 31)] == (finland, portugal)
    assert found[SEPTEMBER_2024 - timedelta(days=1)] == (finland, poland, portugal)


def test_the_rest_of_the_deck_stands_beside_the_counted_cells_unchanged(
    deck: Dataset, counted: Dataset
) -> None:
    table = [one for one in deck.instruments if one.covers]
    theirs = build_matrix(deck, Query(as_of=OCTOBER_2017)).ratings
    ours = build_matrix(counted, Query()).ratings

    assert list(counted.instruments[: len(table)]) == table
    assert counted.observations == deck.observations
    assert {cell for cell in ours if ours[cell] != theirs[cell]} == {
        I40_COUNTRY,
        I40_REGION,
        CE_COUNTRY,
    }


# Today


def test_nine_cells_are_full_five_partial_and_four_none(today: Matrix) -> None:
    assert today.summary() == Summary(cells=18, full=9, partial=5, none=4, unknown=0)


def test_the_cells_that_no_source_fills_are_gaps(today: Matrix) -> None:
    assert {str(rating.cell) for rating in today if not rating.instruments} == {
        "business-driven-innovation@country",
        "internationalisation@country",
        "internationalisation@region",
        "industry-4-0@country",
        "social-economy@country",
    }


def test_no_cover_is_without_its_own_source_and_its_words(todays: Dataset) -> None:
    bare = [
        f"{one.id} {cell}"
        for one in todays.instruments
        for cell, covers in one.covers.items()
        for cover in covers
        if not cover.sources or any(ref.quote is None for ref in cover.sources)
    ]

    assert bare == []


def test_a_cover_that_cites_the_deck_alone_is_one_of_the_decks(
    deck: Dataset, todays: Dataset
) -> None:
    theirs = {one.id: set(one.covers) for one in deck.instruments}
    foreign = [
        f"{one.id} {cell}"
        for one in todays.instruments
        for cell, covers in one.covers.items()
        for cover in covers
        if set(refs(cover)) == {"deck"} and cell not in theirs.get(one.id, ())
    ]

    assert foreign == []


def test_the_decks_instruments_keep_all_of_the_decks_covers(
    deck: Dataset, todays: Dataset
) -> None:
    ours = {one.id: one for one in todays.instruments}
    kept = [one for one in deck.instruments if one.covers and one.id in ours]

    assert {one.id for one in deck.instruments if one.covers} - set(ours) == {
        "industrial-policy",
        "export-promotion",
    }
    for one in kept:
        for cell, (cover,) in one.covers.items():
            (our,) = ours[one.id].covers[cell]
            assert our.extent == cover.extent
            assert "deck" in refs(our)


def test_a_partial_cover_says_what_is_missing(todays: Dataset) -> None:
    silent = [
        f"{one.id} {cell}"
        for one in todays.instruments
        for cell, covers in one.covers.items()
        for cover in covers
        if cover.extent is Extent.PARTIAL and cover.note is None
    ]

    assert silent == []


def test_every_record_was_reviewed_on_the_datasets_day(todays: Dataset) -> None:
    assert todays.as_of == THE_DAY
    assert {one.reviewed for one in todays.instruments} == {THE_DAY}


def test_successors_are_in_the_data_and_begin_when_or_after_what_they_follow(
    todays: Dataset,
) -> None:
    by_id = {one.id: one for one in todays.instruments}
    links = [(one, by_id[id_]) for one in todays.instruments for id_ in one.succeeded_by]

    assert len(links) == 12
    assert [
        (before.id, after.id)
        for before, after in links
        if before.starts and after.starts and after.starts < before.starts
    ] == []


@pytest.mark.parametrize("id_", FOLLOWED)
def test_a_cover_without_a_known_end_ends_before_the_successor_begins_and_says_so(
    todays: Dataset, id_: str
) -> None:
    by_id = {one.id: one for one in todays.instruments}
    successor, begins = FOLLOWED[id_]

    assert by_id[id_].succeeded_by == (successor,)
    assert begins in (by_id[successor].starts, by_id[successor].seen)
    assert {cover.ends for (cover,) in by_id[id_].covers.values()} == {begins - timedelta(days=1)}
    assert "inferred" in (by_id[id_].note or "")


def test_planned_are_the_proposals_alone_and_they_begin_in_2028(todays: Dataset) -> None:
    planned = [one for one in todays.instruments if one.status is Status.PLANNED]

    assert [one.id for one in planned] == [
        "horizon-europe-2028-2034",
        "european-competitiveness-fund",
    ]
    assert {(one.starts, one.ends) for one in planned} == {(date(2028, 1, 1), date(2034, 12, 31))}
    assert all("(proposal)" in one.name for one in planned)


def test_the_timeline_opens_cells_on_the_first_day_of_2021_and_names_what() -> None:
    outcome = run(
        "timeline", "--data", str(TODAYS), "--from", "2021-01-01", "--to", "2021-01-01", "-q"
    )

    opened = re.findall(r"● full → (\S+ \S+)\s+(.*?)\s{2,}.*?without ([^,\n]+)", outcome.out)

    assert opened == [
        ("○ NONE", "Internationalisation @ Region", "INTERREG"),
        ("◐ partial", "Circular economy @ Region", "INTERREG"),
    ]


def test_what_the_structural_funds_alone_carried_opens_when_they_can_be_spent_no_more() -> None:
    # Promised until the end of 2020, they could be spent until that of 2023; the Expert Group only advises.
    outcome = run(
        "timeline", "--data", str(TODAYS), "--from", "2024-01-01", "--to", "2024-01-01",
        "-f", "json", "-q",
    )  # fmt: skip

    (event,) = json.loads(outcome.out)["events"]

    assert {
        change["cell"]: (change["before"]["coverage"], change["after"]["coverage"])
        for change in event["changes"]
        if change["kind"] == "opened"
    } == {
        "business-driven-innovation@country": ("full", "none"),
        "new-industrial-value-chains@country": ("full", "partial"),
    }


# What hangs on what


def test_relations_are_those_that_a_source_says(todays: Dataset) -> None:
    assert {one.id: one.part_of for one in todays.instruments if one.part_of} == PART_OF
    assert {one.id: one.funded_by for one in todays.instruments if one.funded_by} == FUNDED_BY


@pytest.mark.parametrize(
    ("id_", "last_day"),
    [
        ("structural-funds", date(2023, 12, 31)),  # known, and promised until 2020 only
        ("een", date(2028, 12, 31)),  # its grants
        ("kic-climate", date(2024, 12, 31)),
        ("social-economy-action-plan", date(2030, 12, 31)),
        ("euroclusters", date(2027, 12, 31)),  # with the Single Market Programme
        ("edih", date(2027, 12, 31)),  # with Digital Europe
        ("escp", date(2020, 12, 31)),  # with COSME
        ("interreg-vi", date(2027, 12, 31)),
        ("i3", date(2027, 12, 31)),
        ("kic-raw-materials", None),  # the KICs have no end
        ("jrc-tp", None),
        ("eccp", None),
    ],
)
def test_an_instrument_ends_on_its_own_day_or_with_what_carries_it(
    todays: Dataset, id_: str, last_day: date | None
) -> None:
    (instrument,) = (one for one in todays.instruments if one.id == id_)

    assert todays.relations.end_of(instrument) == last_day


def test_a_programme_that_ends_with_its_period_says_that_operation_may_go_on(
    todays: Dataset,
) -> None:
    by_id = {one.id: one for one in todays.instruments}
    of_a_period = (
        "h2020", "cosme", "interreg", "horizon-europe", "single-market-programme", "digital-europe",
        "cohesion-funds-2021-2027", "interreg-vi", "i3",
    )  # fmt: skip

    for id_ in of_a_period:
        assert "The end is that of its period" in (by_id[id_].note or ""), id_
        assert by_id[id_].commits_until is None


LOST = {
    "business-driven-innovation@eu": ["een", "euroclusters"],
    "internationalisation@eu": ["een", "euroclusters"],
    "new-industrial-value-chains@eu": ["euroclusters"],
    "industry-4-0@eu": ["euroclusters"],
    "circular-economy@eu": ["euroclusters"],
    "social-economy@eu": ["euroclusters"],
}
"""What each cell loses today without the Single Market Programme, which pays for EEN and the Euroclusters and covers
nothing itself. All six stay full: by KIC and Horizon Europe, ECCP, the Industrial Strategy (three), the Action Plan."""


def test_without_the_single_market_programme_goes_what_it_pays_for() -> None:
    outcome = run(
        "what-if",
        "--without",
        "single-market-programme",
        "--data",
        str(TODAYS),
        "-f",
        "json",
        "-q",
    )

    document = json.loads(outcome.out)

    lost = {
        change["cell"]: [
            id_
            for id_ in change["before"]["instruments"]
            if id_ not in change["after"]["instruments"]
        ]
        for change in document["changes"]
    }
    assert lost == LOST
    assert {change["after"]["coverage"] for change in document["changes"]} == {"full"}
    assert [one["instrument"] for one in document["dependants"]] == ["een", "euroclusters"]


@pytest.mark.parametrize("day", [None, date(2025, 1, 1), date(2028, 6, 1), date(2030, 6, 1)])
def test_leaving_out_the_programme_is_removing_it_and_what_it_pays_for_by_hand(
    todays: Dataset, day: date | None
) -> None:
    removed = {"single-market-programme", "een", "euroclusters"}
    rest = tuple(one for one in todays.instruments if one.id not in removed)
    by_hand = dataclasses.replace(todays, instruments=rest)

    without = build_matrix(todays, Query(as_of=day, without=("single-market-programme",)))

    assert without.ratings == build_matrix(by_hand, Query(as_of=day)).ratings


def test_in_2030_only_what_is_said_to_run_or_has_no_end_that_is_known_is_left(
    todays: Dataset,
) -> None:
    # A source says of the action plan alone that it reaches so far; of all others no end is known.
    in_2030 = build_matrix(todays, Query(as_of=date(2030, 6, 1)))

    assert {str(rating.cell): rating.instruments for rating in in_2030 if rating.instruments} == {
        "business-driven-innovation@eu": ("kic",),
        "business-driven-innovation@region": ("s3-approaches", "s3-cop"),
        "internationalisation@eu": ("eccp",),
        "new-industrial-value-chains@eu": ("eu-industrial-strategy",),
        "new-industrial-value-chains@country": ("expert-group-on-clusters",),
        "new-industrial-value-chains@region": ("jrc-tp",),
        "industry-4-0@eu": ("eu-industrial-strategy",),
        "circular-economy@eu": ("kic-raw-materials", "eu-industrial-strategy"),
        "circular-economy@country": ("national-circular-economy-policies",),
        "social-economy@eu": ("social-economy-action-plan",),
        "social-economy@region": ("jrc-tp",),
    }
    assert in_2030.summary() == Summary(cells=18, full=9, partial=4, none=5, unknown=0)


def test_the_timeline_closes_social_economy_at_eu_level_with_the_action_plan() -> None:
    outcome = run(
        "timeline", "--data", str(TODAYS), "--from", "2021-12", "--to", "2021-12",
        "-f", "json", "-q",
    )  # fmt: skip

    (event,) = json.loads(outcome.out)["events"]

    assert event["date"] == "2021-12-09"
    assert [change["cell"] for change in event["changes"]] == ["social-economy@eu"]


def test_there_is_no_swot_of_today(todays: Dataset) -> None:
    assert not any(todays.swot.values())


# What the facts bear out

needs_facts = pytest.mark.skipif(
    not FACTS.exists(), reason="the facts stand beside the repository"
)


@pytest.fixture(scope="module")
def by_country() -> dict[str, Any]:
    text = (FACTS / "coverage_by_country.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    text = (FACTS / "instrument_facts.yaml").read_text(encoding="utf-8")
    return {record["id"]: record for record in yaml.safe_load(text)}


@needs_facts
def test_the_fifteen_are_those_of_the_facts_with_their_names(
    counted: Dataset, by_country: dict[str, Any]
) -> None:
    facts = by_country["industry_4_0"]
    names = {one["country"]: one["name"] for one in facts["initiatives"]}

    found = {code: one.name for code, one in located(counted, I40_COUNTRY).items()}

    assert found == {code: names[code] for code in facts["launched"]["eu27"]}
    assert counted.sources["futurium-national-initiatives"].url == facts["launched"]["source"]


@needs_facts
def test_an_initiative_starts_where_the_facts_verify_it_and_else_its_note_has_their_doubt(
    counted: Dataset, by_country: dict[str, Any]
) -> None:
    found = located(counted, I40_COUNTRY)
    for fact in by_country["industry_4_0"]["initiatives"]:
        one = found.get(fact["country"])
        if one is None:
            continue
        if fact["confidence"] == "verified":
            assert one.starts == first_day(fact["start"])
            assert fact["source"] in {counted.sources[ref].url for ref in refs(one)}
        else:
            assert one.starts is None
            assert one.note is not None
            doubt = "not verified" if fact["confidence"] == "general" else fact["confidence"]
            assert doubt in one.note
            assert fact.get("start", "") in one.note


@needs_facts
def test_the_circular_policies_are_those_of_the_facts_with_their_inferred_years(
    counted: Dataset, by_country: dict[str, Any]
) -> None:
    facts = by_country["circular_economy"]
    years = {c: y for y, codes in facts["by_year"].items() if y.isdigit() for c in codes}
    dated = {one["country"]: one for one in facts["dated_by_other_sources"]}

    found = located(counted, CE_COUNTRY)

    assert set(found) == set(years)
    for code, one in found.items():
        (quote,) = [ref.quote for ref in one.sources if ref.ref == "eea-circular-policies"]
        assert quote == facts["total"]["quote"]
        if code in dated:
            assert one.starts is not None
            assert one.starts.year == int(dated[code]["year"])
            assert dated[code]["quote"] in {ref.quote for ref in one.sources}
            assert dated[code]["source"] in {counted.sources[ref].url for ref in refs(one)}
        else:
            assert one.starts is None
            assert f"The year of the policy, {years[code]}, is inferred" in (one.note or "")


@needs_facts
def test_the_countries_without_a_circular_policy_are_those_of_the_facts(
    counted: Dataset, todays: Dataset, by_country: dict[str, Any]
) -> None:
    for dataset in (counted, todays):
        share = build_matrix(dataset, Query(as_of=SEPTEMBER_2024)).ratings[CE_COUNTRY].share

        assert share is not None
        assert list(share.missing) == by_country["circular_economy"]["without"]["countries"]


def stated(instrument: Instrument) -> dict[str, object]:
    """Collect what an instrument says that a record of the facts may say too."""
    found = {
        "official_name": instrument.name,
        "kind": instrument.kind,
        "managing_body": instrument.managing_body,
        "legal_basis": instrument.legal_basis,
        "url": instrument.url,
        "starts": instrument.starts,
        "ends": instrument.ends,
    }
    return {key: value for key, value in found.items() if value is not None}


@pytest.fixture(scope="module")
def relations() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FACTS / "relations.yaml").read_text(encoding="utf-8"))
    return loaded


def is_borne_out(fact: dict[str, Any]) -> bool:
    """Tell whether a fact was read in a source, here or by the first facts; some notes say that a part of it was not."""
    return fact["confidence"] in ("verified", "taken_over") and "inferred" not in str(
        fact.get("note", "")
    )


@needs_facts
def test_the_relations_are_those_of_the_facts_that_are_not_inferred(
    relations: dict[str, Any],
) -> None:
    ids = {fact: id_ for id_, fact in RECORDS.items()}
    facts = [fact for fact in relations["relations"] if is_borne_out(fact)]

    part_of, funded_by = {}, {}
    for fact in facts:
        child, parent = ids.get(fact["child"]), fact["parent"]
        if child and parent in ids and fact["relation"] == "part_of":
            part_of[child] = ids[parent]
        # Of several payers any suffices: each would need a record, and here never all have one.
        if child and parent in ids and fact["relation"] == "funded_by" and fact["needs"] == "all":
            funded_by[child] = (ids[parent],)
    paid_by_any = {
        fact["child"]: [
            other["parent"] in ids for other in facts if other["child"] == fact["child"]
        ]
        for fact in facts
        if fact["relation"] == "funded_by" and fact["needs"] == "any" and fact["child"] in ids
    }

    assert (part_of, funded_by) == (PART_OF, FUNDED_BY)
    assert not any(all(have_records) for have_records in paid_by_any.values())


@needs_facts
def test_what_is_quoted_for_a_relation_is_the_facts(
    todays: Dataset, relations: dict[str, Any]
) -> None:
    ids = {fact: id_ for id_, fact in RECORDS.items()}
    cited = {
        (one.id, ref.quote, todays.sources[ref.ref].url)
        for one in todays.instruments
        for ref in one.sources
    }

    uncited = [
        fact["child"]
        for fact in relations["relations"]
        if (child := ids.get(fact["child"])) in {*PART_OF, *FUNDED_BY}
        and is_borne_out(fact)
        and fact["relation"] in ("part_of", "funded_by")
        and fact["parent"] in ids
        and not any(
            id_ == child and url == fact["ref"] and fact["quote"].replace("’", "'") in str(quote)
            for id_, quote, url in cited
        )
    ]

    assert uncited == []


def known(record: dict[str, Any], key: str) -> object:
    """Read a fact as the data would have it."""
    if key not in record:
        return None
    text = str(record[key])
    if (
        key == "kind"
    ):  # What a proposal would be is no fact; it is a programme like its predecessor.
        return text.replace(" ", "-").replace("proposal", "funding-programme")
    if key in ("starts", "ends"):
        return (first_day if key == "starts" else last_day)(text)
    return text


@needs_facts
def test_every_instrument_of_today_is_a_record_of_the_facts(
    todays: Dataset, records: dict[str, dict[str, Any]]
) -> None:
    assert {one.id for one in todays.instruments} == set(RECORDS) | NOT_OF_THE_RECORDS
    assert set(RECORDS.values()) <= set(records)


@needs_facts
def test_every_fact_that_is_taken_over_is_the_records_and_verified(
    todays: Dataset, records: dict[str, dict[str, Any]], relations: dict[str, Any]
) -> None:
    last_days = {
        fact["id"]: {"ends": fact["runs_until"]}
        for fact in relations["horizons"]
        if is_borne_out(fact) and "runs_until" in fact
    }
    wrong = []
    for one in todays.instruments:
        if one.id in NOT_OF_THE_RECORDS:
            continue
        record = records[RECORDS[one.id]] | last_days.get(RECORDS[one.id], {})
        unverified = record.get("unverified_fields", [])
        assert record["confidence"] == "verified"
        wrong += [
            (one.id, key, value, known(record, key))
            for key, value in stated(one).items()
            if key in unverified or value != known(record, key)
        ]

    assert wrong == []


@needs_facts
def test_no_verified_date_or_legal_basis_was_left_behind(
    todays: Dataset, records: dict[str, dict[str, Any]]
) -> None:
    missing = [
        (one.id, key)
        for one in todays.instruments
        if one.id not in NOT_OF_THE_RECORDS
        for key in ("starts", "ends", "legal_basis")
        if key in records[RECORDS[one.id]]
        and key not in records[RECORDS[one.id]].get("unverified_fields", [])
        and key not in stated(one)
    ]

    assert missing == []


@needs_facts
def test_successors_are_the_facts_as_far_as_they_are_in_the_data(
    todays: Dataset, records: dict[str, dict[str, Any]]
) -> None:
    ids = {fact: id_ for id_, fact in RECORDS.items()}
    for one in todays.instruments:
        if one.id in NOT_OF_THE_RECORDS:
            continue
        expected = records[RECORDS[one.id]].get("succeeded_by", [])

        assert list(one.succeeded_by) == [ids[fact] for fact in expected if fact in ids]


@needs_facts
def test_a_cover_is_partial_where_the_facts_say_so_of_the_topic_and_else_full(
    todays: Dataset, records: dict[str, dict[str, Any]]
) -> None:
    wrong = []
    for one in todays.instruments:
        topics = records.get(RECORDS.get(one.id, ""), {}).get("topic_sources", {})
        extents = {
            TOPICS[topic]: Extent.PARTIAL if said.startswith("partial") else Extent.FULL
            for topic, said in topics.items()
        }
        wrong += [
            f"{one.id} {cell}"
            for cell, covers in one.covers.items()
            for cover in covers
            if cell.role in extents
            and cover.extent is not extents[cell.role]
            and "85% of European regions" not in (cover.note or "")
        ]

    assert wrong == []


# What docs/how-to/compare.md says of east and west


def _shares(day: str, role: str, level: str) -> dict[str, tuple[int, int]]:
    outcome = run(
        *("compare", "east", "west", "--data", str(COUNTED), "--as-of", day),
        *("--role", role, "--level", level, "-f", "json", "-q"),
    )
    cells = json.loads(outcome.out)["cells"]
    return {each["place"]: (each["share"]["covered"], each["share"]["of"]) for each in cells}


def test_the_divide_between_east_and_west_is_as_it_is_told() -> None:
    industry, circular = "industry-4-0", "circular-economy"

    assert _shares("2017-10-31", industry, "country") == {"east": (4, 11), "west": (11, 16)}
    assert _shares("2017-10-31", industry, "region") == {"east": (0, 61), "west": (19, 183)}
    assert _shares("2017-10-31", circular, "country") == {"east": (0, 11), "west": (1, 16)}
    assert _shares("2024-09-30", circular, "country") == {"east": (8, 11), "west": (16, 16)}


def test_without_three_countries_of_the_south_the_west_would_be_eleven_of_thirteen() -> None:
    groups = load_dataset(find_files(COUNTED)).dataset.groups_by_id
    south = {"CY", "EL", "MT"}

    assert south <= set(groups["west"].territories) & set(THE_TWELVE)
    assert len(set(groups["west"].territories) - south) == 13
    # In preparation by an inference that is not in the data, of which five are Eastern.
    assert (
        len({"BG", "HR", "RO", "SI", "SK"} & set(groups["east"].territories) & set(THE_TWELVE))
        == 5
    )

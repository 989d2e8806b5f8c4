"""The packaged data says what the slide deck says, word for word, and no more than its facts bear out."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import yaml

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix, Summary, build_matrix
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import Loaded, check_dataset, load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.dates import first_day, last_day
from clustergap.model.query import Query
from clustergap.model.statement import Extent
from clustergap.model.swot import Quadrant
from clustergap.reference.territories import territories
from paths import ROOT, SHARED
from running import run

DATA = ROOT / "data"
FACTS = SHARED / "facts" / "instrument_facts.yaml"

TITLE = "Needs for cluster policy actions at regional, national and EU level"

# The first slide, in its order; its second line is broken in two.
ROLES = (
    "Clusters as drivers of business driven innovation",
    "Clusters as drivers of SME internationalisation",
    "Clusters as drivers of new industrial value chains",
    "Clusters as drivers of Industry 4.0",
    "Clusters as drivers of circular economy",
    "Clusters as drivers of social economy",
)

# The table of the second slide, with the commas that three of its cells have lost.
TABLE: dict[str, tuple[tuple[str, ...] | str, ...]] = {
    "Business Driven Innovation": (
        ("H2020", "KIC"),
        ("Industrial Policy", "Structural Funds", "European Cluster Policy Forum"),
        ("S3 approaches", "JRC S3 Platform", "Structural Funds"),
    ),
    "Internationalisation": (("ESCP", "ECCP"), ("Export Promotion",), ("INTERREG",)),
    "New Industrial Value Chains": (
        ("INNOSUP",),
        ("Industrial Policy", "Structural Funds", "European Cluster Policy Forum"),
        ("INTERREG",),
    ),
    "Industry 4.0": (("DIH",), "Not in every country", "Not in every region"),
    "Circular Economy": (
        ("KIC Climate", "KIC Raw Materials", "INNOSUP"),
        "Not in every country",
        ("JRC TP", "INTERREG"),
    ),
    "Social Economy": ((), (), ("JRC TP",)),
}

# The same table letter for letter, as it was extracted: without the commas.
DECK_TEXT = """\
Topic\tEU\tCountry\tRegion
Business Driven Innovation\tH2020, KIC\tIndustrial Policy, Structural Funds European Cluster Policy Forum\tS3 approaches JRC S3 Platform Structural Funds
Internationalisation\tESCP, ECCP\tExport Promotion\tINTERREG
New Industrial Value Chains\tINNOSUP\tIndustrial Policy, Structural Funds European Cluster Policy Forum\tINTERREG
Industry 4.0\tDIH\tNot in every country\tNot in every region
Circular Economy\tKIC Climate, KIC Raw Materials, INNOSUP\tNot in every country\tJRC TP, INTERREG
Social Economy\t\t\tJRC TP
"""

NAMED = tuple(
    label for row in TABLE.values() for cell in row if isinstance(cell, tuple) for label in cell
)
SAID = tuple(cell for row in TABLE.values() for cell in row if isinstance(cell, str))

# The SWOT slide, without the marks that end some of its lines.
SWOT = {
    Quadrant.STRENGTHS: (
        "A strong cluster approach at EU level",
        "Valid instruments (ESCP, Innosup, ECCP, ESCA)",
        "Excellent clusters",
    ),
    Quadrant.WEAKNESSES: (
        "Available instruments target only excellent clusters",
        "East West Divide (competitiveness; projects)",
        "Cluster definition criteria and eligibility checks are too vague allowing opportunistic approaches",
        "Fragmentation of initiatives at EU level",
    ),
    Quadrant.OPPORTUNITIES: (
        (
            "Clusters as tools for S3 at regional level, implementation of industrial policy, "
            "SME Innovation and Internationalisation"
        ),
        "Stronger support to topics like climate change, social economy or industry 4.0",
        "More emphasis on capacity development at cluster management level",
        (
            "Better integration and coordination of available instruments "
            "(clusters & DIH, ECCP & EEN, ECEA, ECA)"
        ),
        "Instruments also targeting new cluster initiatives (Regions of Knowledge)",
        "Integration of clusters in other innovation related initiatives (ERASMUS+)",
    ),
    Quadrant.THREATS: (
        "Dying out of traditional sectors if they fail to get smart with tremendous social problems",
        "Unsustainability of 100% publicly supported clusters in various regions",
    ),
}

ONLY_IN_THE_SWOT = ("ESCA", "EEN", "ECEA", "ECA", "Regions of Knowledge", "ERASMUS+")

THE_DAY = date(2019, 5, 31)
AS_IT_STANDS = Query()


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_dataset(find_files(DATA))


@pytest.fixture(scope="module")
def deck(loaded: Loaded) -> Dataset:
    return loaded.dataset


@pytest.fixture(scope="module")
def matrix(deck: Dataset) -> Matrix:
    return build_matrix(deck, AS_IT_STANDS)


def table_cells(deck: Dataset) -> dict[Cell, tuple[str, ...] | str]:
    """Key the cells of the table as the dataset does: its rows and columns are in the same order."""
    return {
        Cell(role.id, level.id): words
        for role, row in zip(deck.roles, TABLE.values(), strict=True)
        for level, words in zip(deck.levels, row, strict=True)
    }


def by_label(deck: Dataset) -> dict[str, Instrument]:
    """Find the instruments by what the deck calls them."""
    return {instrument.label: instrument for instrument in deck.instruments}


def labels(deck: Dataset, rating: Rating) -> set[str]:
    """Name a cell's instruments as the deck does."""
    return {one.label for one in deck.instruments if one.id in rating.instruments}


def _cells_of_table(printed: str) -> Iterator[list[str]]:
    """Read a printed table row by row: what stands below each column's head, without shape and word."""
    head, _rule, body = printed.split("\n\n", 1)[1].split("\n", 2)
    starts = [0, *(head.index(name) for name in ("EU", "Country", "Region"))]
    for block in body.split("\n\n")[: len(TABLE)]:
        columns = [
            [line[start:end] for line in block.splitlines()]
            for start, end in zip(starts, [*starts[1:], None], strict=True)
        ]
        yield [" ".join(columns[0]), *(" ".join(lines[1:]) for lines in columns[1:])]


def _words(text: str) -> list[str]:
    """Take the words of a cell: the deck has lost commas, and the table adds quotes and ``!``."""
    return re.sub(r'[,!"]', " ", text).casefold().split()


def open_cells(matrix: Matrix) -> set[str]:
    """Name the cells that are not full."""
    return {str(rating.cell) for rating in matrix if rating.coverage is not Coverage.FULL}


# What stands in the files


def test_check_only_notes_the_three_items_of_the_deck_that_name_nothing() -> None:
    report = check_dataset(find_files(DATA), today=date(2026, 11, 22))

    found = [(one.rule.code, one.message.split("'")[1]) for one in report.findings]
    assert found == [("CG401", "s3"), ("CG401", "w2"), ("CG401", "w3")]


def test_the_deck_has_its_title_and_the_day_that_was_inferred(deck: Dataset) -> None:
    assert (deck.title, deck.as_of) == (TITLE, THE_DAY)
    assert (deck.sources["deck"].title, deck.sources["deck"].author) == (TITLE, "Daniel Cosnita")


def test_the_deck_has_three_levels_from_broad_to_narrow(deck: Dataset) -> None:
    assert [level.name for level in deck.levels] == ["EU", "Country", "Region"]
    assert [level.units for level in deck.levels] == [
        (),
        territories("eu27"),
        territories("nuts2-2024"),
    ]


def test_the_roles_are_the_tables_rows_in_its_order(deck: Dataset) -> None:
    assert [role.name.casefold() for role in deck.roles] == [name.casefold() for name in TABLE]


def test_every_role_states_the_first_slides_line(deck: Dataset) -> None:
    assert tuple(role.statement for role in deck.roles) == ROLES


def test_there_are_sixteen_instruments_of_the_table_and_six_of_the_swot_only(
    deck: Dataset,
) -> None:
    in_table = {label for row in TABLE.values() for cell in row for label in cell if cell != label}
    in_table = {
        label
        for row in TABLE.values()
        for cell in row
        if isinstance(cell, tuple)
        for label in cell
    }

    assert len(in_table) == 16
    assert {one.label for one in deck.instruments if one.covers} == in_table
    assert tuple(one.label for one in deck.instruments if not one.covers) == ONLY_IN_THE_SWOT


def test_every_cover_of_the_deck_is_full_everywhere_and_without_dates_of_its_own(
    deck: Dataset,
) -> None:
    covers = [cover for one in deck.instruments for said in one.covers.values() for cover in said]

    assert len(covers) == len(NAMED)
    assert {(c.extent, c.territories, c.starts, c.ends) for c in covers} == {
        (Extent.FULL, None, None, None)
    }


def test_words_that_name_no_instrument_are_observations_that_say_not_where(deck: Dataset) -> None:
    words = {cell: said for cell, said in table_cells(deck).items() if isinstance(said, str)}

    assert len(words) == 3
    assert {cell: one.note for cell, (one,) in deck.observations.items()} == words
    assert {(one.extent, one.territories) for (one,) in deck.observations.values()} == {
        (Extent.PARTIAL, None)
    }


def test_every_instrument_observation_and_swot_item_cites_the_deck(deck: Dataset) -> None:
    cited = {f"instrument {one.id}": one.sources for one in deck.instruments}
    cited |= {f"observation {cell}": one.sources for cell, (one,) in deck.observations.items()}
    cited |= {f"swot {item.id}": item.sources for row in deck.swot.values() for item in row}

    assert len(cited) == 22 + 3 + 15
    assert [name for name, refs in cited.items() if "deck" not in {r.ref for r in refs}] == []


def test_what_is_quoted_from_the_deck_stands_in_the_deck(deck: Dataset) -> None:
    words = {*NAMED, *SAID, *(line for lines in SWOT.values() for line in lines)}
    cited = [ref for one in deck.instruments for ref in one.sources]
    cited += [ref for (one,) in deck.observations.values() for ref in one.sources]
    quotes = [ref.quote for ref in cited if ref.ref == "deck"]

    # Four instruments also quote whom they are for.
    assert len(quotes) == 22 + 4 + 3
    assert [quote for quote in quotes if quote not in words] == []


def test_every_source_is_cited(deck: Dataset) -> None:
    cited = {ref.ref for one in deck.instruments for ref in one.sources}

    assert cited == set(deck.sources)


def test_no_instrument_names_a_successor_that_the_deck_does_not_know(deck: Dataset) -> None:
    assert [one.id for one in deck.instruments if one.succeeded_by] == []


def test_the_deck_leaves_no_cell_unassessed_and_accepts_no_gap(deck: Dataset) -> None:
    assert (deck.assessed, deck.accepted_gaps) == ({}, {})


def test_the_swot_has_the_decks_words_in_its_order(deck: Dataset) -> None:
    found = {quadrant: tuple(item.text for item in row) for quadrant, row in deck.swot.items()}

    assert found == SWOT
    assert [len(row) for row in found.values()] == [3, 4, 6, 2]


def test_the_swots_ids_are_a_letter_and_the_line(deck: Dataset) -> None:
    found = {quadrant: [item.id for item in row] for quadrant, row in deck.swot.items()}

    assert found == {
        Quadrant.STRENGTHS: ["s1", "s2", "s3"],
        Quadrant.WEAKNESSES: ["w1", "w2", "w3", "w4"],
        Quadrant.OPPORTUNITIES: ["o1", "o2", "o3", "o4", "o5", "o6"],
        Quadrant.THREATS: ["t1", "t2"],
    }


def test_a_swot_item_links_every_instrument_that_its_words_name(deck: Dataset) -> None:
    texts = {item.id: (item.text, item.instruments) for row in deck.swot.values() for item in row}
    unlinked = [
        (id_, one.label)
        for id_, (text, linked) in texts.items()
        for one in deck.instruments
        if re.search(rf"(?<!\w){re.escape(one.label)}(?!\w)", text, re.IGNORECASE)
        and one.id not in linked
    ]

    assert unlinked == []


def test_a_swot_item_names_only_what_stands_in_its_words(deck: Dataset) -> None:
    # Words that stand for a thing without being its name ("SME Innovation", "get smart") are meant. "Innosup" is INNOSUP.
    words = {
        **{instrument.id: instrument.label for instrument in deck.instruments},
        **{role.id: role.name for role in deck.roles},
        "s3-approaches": "S3", "eu": "EU level", "region": "region",
    }  # fmt: skip

    for item in (item for row in deck.swot.values() for item in row):
        for id_ in (*item.levels, *item.roles, *item.instruments):
            assert words[id_].casefold() in item.text.casefold(), item.id
        for id_ in (*item.meant.roles, *item.meant.instruments):
            assert words[id_].casefold() not in item.text.casefold(), item.id
        assert not item.cells + item.meant.cells


def test_what_the_decks_items_mean_without_naming_it(deck: Dataset) -> None:
    meant = {
        item.id: [*item.meant.levels, *item.meant.roles, *item.meant.instruments]
        for row in deck.swot.values()
        for item in row
        if item.meant
    }

    assert meant == {
        "w1": ["eu", "escp", "innosup", "eccp", "esca"],
        "o1": ["business-driven-innovation"],
        "o2": ["circular-economy"],
        "o3": ["esca"],
        "o4": ["eu"],
        "o5": ["eu"],
        "o6": ["business-driven-innovation"],
        "t1": ["s3-approaches"],
    }


def test_whom_instruments_are_for_is_what_the_swot_says(deck: Dataset) -> None:
    # w1, of those that s2 calls valid: "only excellent clusters"; o5: "new cluster initiatives (Regions of Knowledge)".
    for_excellent = {one.id for one in deck.instruments if "excellent-clusters" in one.targets}
    for_new = {one.id for one in deck.instruments if "new-initiatives" in one.targets}

    assert for_excellent == {"escp", "innosup", "eccp", "esca"}
    assert for_new == {"regions-of-knowledge"}


# What they add up to


def test_every_cell_names_the_tables_instruments(deck: Dataset, matrix: Matrix) -> None:
    found = {rating.cell: labels(deck, rating) for rating in matrix}

    assert found == {
        cell: set(words) if isinstance(words, tuple) else set()
        for cell, words in table_cells(deck).items()
    }


@pytest.mark.parametrize("columns", [80, 120])
def test_each_cell_of_matrix_with_names_reads_as_the_decks_own(columns: int) -> None:
    printed = run("matrix", "--names", "--data", str(DATA), columns=columns).out

    rows = DECK_TEXT.splitlines()[1:]
    read = [[_words(cell) for cell in row] for row in _cells_of_table(printed)]
    assert read == [[_words(cell) for cell in row.split("\t")] for row in rows]


def test_the_example_that_takes_up_the_table_names_its_instruments_in_the_same_order() -> None:
    example = load_dataset(find_files(DATA.parent / "examples" / "industry-4-0-2017")).dataset
    covering = {
        cell: tuple(one.label for one in example.instruments if cell in one.covers)
        for cell, words in table_cells(example).items()
        if isinstance(words, tuple)
    }

    assert covering == {
        cell: words for cell, words in table_cells(example).items() if isinstance(words, tuple)
    }


def test_thirteen_cells_are_full_three_partial_and_two_none(matrix: Matrix) -> None:
    assert matrix.summary() == Summary(cells=18, full=13, partial=3, none=2, unknown=0)


def test_cells_with_instruments_are_full_with_words_partial_and_empty_ones_none(
    deck: Dataset, matrix: Matrix
) -> None:
    expected = {
        cell: Coverage.PARTIAL
        if isinstance(words, str)
        else Coverage.FULL
        if words
        else Coverage.NONE
        for cell, words in table_cells(deck).items()
    }

    assert {rating.cell: rating.coverage for rating in matrix} == expected


def test_the_partial_cells_say_in_the_decks_words_that_it_is_not_everywhere(
    deck: Dataset, matrix: Matrix
) -> None:
    found = {rating.cell: rating.notes for rating in matrix if rating.where_not_said}

    assert found == {
        cell: (words,) for cell, words in table_cells(deck).items() if isinstance(words, str)
    }


def test_the_deck_never_says_where(matrix: Matrix) -> None:
    assert {rating.share for rating in matrix} == {None}


def test_six_full_cells_rest_on_one_instrument(deck: Dataset, matrix: Matrix) -> None:
    names = {one.id: one.label for one in deck.instruments}
    found = {str(r.cell): tuple(names[one] for one in r.rests_on) for r in matrix if r.rests_on}

    assert found == {
        "internationalisation@country": ("Export Promotion",),
        "internationalisation@region": ("INTERREG",),
        "new-industrial-value-chains@eu": ("INNOSUP",),
        "new-industrial-value-chains@region": ("INTERREG",),
        "industry-4-0@eu": ("DIH",),
        "social-economy@region": ("JRC TP",),
    }


def test_at_region_level_one_cell_is_partial_and_none_is_empty(matrix: Matrix) -> None:
    regions = matrix.select((), ("region",))

    assert regions.summary() == Summary(cells=6, full=5, partial=1, none=0, unknown=0)
    assert open_cells(regions) == {"industry-4-0@region"}


# What if


def test_for_new_initiatives_what_is_for_excellent_clusters_alone_is_missing(
    deck: Dataset, matrix: Matrix
) -> None:
    # Only ESCP and ECCP internationalise at EU level, only INNOSUP makes value chains there; the two KICs stay.
    for_new = build_matrix(deck, Query(as_of=deck.as_of, target="new-initiatives"))

    opened = {cell for cell in matrix.ratings if for_new.ratings[cell] != matrix.ratings[cell]}
    coverage = {str(cell): for_new.ratings[cell].coverage for cell in opened}
    assert coverage == {
        "internationalisation@eu": Coverage.NONE,
        "new-industrial-value-chains@eu": Coverage.NONE,
        "circular-economy@eu": Coverage.FULL,
    }
    assert for_new.summary() == Summary(cells=18, full=11, partial=3, none=4, unknown=0)


def test_without_h2020_nothing_opens(deck: Dataset, matrix: Matrix) -> None:
    without = build_matrix(deck, Query(without=("h2020",)))

    assert open_cells(without) == open_cells(matrix)


def test_without_interreg_two_cells_open(deck: Dataset, matrix: Matrix) -> None:
    without = build_matrix(deck, Query(without=("interreg",)))

    assert open_cells(without) - open_cells(matrix) == {
        "internationalisation@region",
        "new-industrial-value-chains@region",
    }
    assert without.summary() == Summary(cells=18, full=11, partial=3, none=4, unknown=0)


def test_in_2021_the_three_cells_open_that_rest_on_what_ended_with_2020(
    deck: Dataset, matrix: Matrix
) -> None:
    # H2020, Structural Funds, INTERREG and INNOSUP end with 2020. H2020 leaves KIC; the Structural
    # Funds leave Industrial Policy and the Forum in the countries, S3 and its platform in the regions;
    # INNOSUP leaves two KICs in the circular economy, but nothing in the value chains; INTERREG leaves
    # JRC TP in the circular economy, but nothing in its two other cells.
    in_2021 = build_matrix(deck, Query(as_of=date(2021, 1, 1)))

    changed = {
        str(after.cell): (after.coverage, labels(deck, before) - labels(deck, after))
        for before, after in zip(matrix, in_2021, strict=True)
        if after != before
    }

    assert changed == {
        "business-driven-innovation@eu": (Coverage.FULL, {"H2020"}),
        "business-driven-innovation@country": (Coverage.FULL, {"Structural Funds"}),
        "business-driven-innovation@region": (Coverage.FULL, {"Structural Funds"}),
        "internationalisation@region": (Coverage.NONE, {"INTERREG"}),
        "new-industrial-value-chains@eu": (Coverage.NONE, {"INNOSUP"}),
        "new-industrial-value-chains@country": (Coverage.FULL, {"Structural Funds"}),
        "new-industrial-value-chains@region": (Coverage.NONE, {"INTERREG"}),
        "circular-economy@eu": (Coverage.FULL, {"INNOSUP"}),
        "circular-economy@region": (Coverage.FULL, {"INTERREG"}),
    }
    assert in_2021.summary() == Summary(cells=18, full=10, partial=3, none=5, unknown=0)


def test_on_the_last_day_of_2020_nothing_has_changed(deck: Dataset, matrix: Matrix) -> None:
    last = build_matrix(deck, Query(as_of=date(2020, 12, 31)))

    assert last.ratings == matrix.ratings


def test_in_2021_two_more_cells_rest_on_one_instrument(deck: Dataset) -> None:
    # KIC is left alone after H2020, and JRC TP after INTERREG.
    in_2021 = build_matrix(deck, Query(as_of=date(2021, 1, 1)))

    found = {str(rating.cell): rating.rests_on for rating in in_2021 if rating.rests_on}

    assert found == {
        "business-driven-innovation@eu": ("kic",),
        "internationalisation@country": ("export-promotion",),
        "industry-4-0@eu": ("dih",),
        "circular-economy@region": ("jrc-tp",),
        "social-economy@region": ("jrc-tp",),
    }


@pytest.mark.parametrize("place", ["RO", "RO11", "EL30", "CY"])
def test_of_every_place_in_the_union_the_deck_says_what_it_says_of_all_but_where_it_says_not_where(
    deck: Dataset, matrix: Matrix, place: str
) -> None:
    here = build_matrix(deck, Query(place=place))

    vague = {cell for cell, rating in matrix.ratings.items() if rating.where_not_said}
    assert {str(cell) for cell in vague} == {
        "industry-4-0@country",
        "industry-4-0@region",
        "circular-economy@country",
    }
    for cell, rating in here.ratings.items():
        whole = matrix.ratings[cell]
        if cell in vague:
            assert (rating.coverage, rating.where_not_said) == (Coverage.UNKNOWN, True)
            assert (rating.instruments, rating.notes) == ((), whole.notes)
        else:
            assert rating == whole


def test_outside_of_the_union_only_its_own_level_is_known(deck: Dataset, matrix: Matrix) -> None:
    abroad = build_matrix(deck, Query(place="NO"))

    assert {r.coverage for r in abroad.select((), ("country", "region"))} == {Coverage.UNKNOWN}
    assert list(abroad.select((), ("eu",))) == list(matrix.select((), ("eu",)))


# What the facts bear out


needs_facts = pytest.mark.skipif(
    not FACTS.exists(), reason="the facts stand beside the repository"
)


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, object]]:
    """Return the records of the facts by what the deck calls them."""
    records = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return {record["deck_label"]: record for record in records if "deck_label" in record}


def used_facts(
    instrument: Instrument, record: dict[str, object]
) -> dict[str, tuple[object, object]]:
    """Pair each fact that an instrument states with the record's; the deck's own words are no fact."""
    stated = {
        "official_name": instrument.name if instrument.short else None,
        "kind": instrument.kind,
        "managing_body": instrument.managing_body,
        "legal_basis": instrument.legal_basis,
        "url": instrument.url,
        "starts": instrument.starts,
        "ends": instrument.ends,
    }
    read = {
        "kind": lambda text: re.sub(r" \(.*", "", text).replace(" ", "-"),
        "starts": first_day,
        "ends": last_day,
    }
    return {
        key: (value, read.get(key, str)(str(record[key])) if key in record else None)
        for key, value in stated.items()
        if value is not None
    }


@needs_facts
def test_every_fact_that_is_used_is_the_records_and_verified(
    deck: Dataset, facts: dict[str, dict[str, object]]
) -> None:
    wrong = []
    for label, instrument in by_label(deck).items():
        record = facts[label]
        unverified = record.get("unverified_fields", [])
        assert isinstance(unverified, list)
        for key, (stated, known) in used_facts(instrument, record).items():
            if record["confidence"] != "verified" or key in unverified or stated != known:
                wrong.append((instrument.id, key, stated, known))

    assert wrong == []


@needs_facts
def test_every_quote_and_page_is_the_records(
    deck: Dataset, facts: dict[str, dict[str, object]]
) -> None:
    wrong = []
    for label, instrument in by_label(deck).items():
        known = facts[label]["sources"]
        assert isinstance(known, list)
        pages = {(source["ref"], source.get("quote")) for source in known}
        wrong += [
            (instrument.id, ref.ref, ref.quote)
            for ref in instrument.sources
            if ref.ref != "deck" and (deck.sources[ref.ref].url, ref.quote) not in pages
        ]

    assert wrong == []


@needs_facts
def test_an_instrument_whose_identity_is_not_verified_states_nothing_but_its_name(
    deck: Dataset, facts: dict[str, dict[str, object]]
) -> None:
    unverified = [label for label, record in facts.items() if record["confidence"] != "verified"]
    instruments = [one for label, one in by_label(deck).items() if label in unverified]

    assert {one.label for one in instruments} == {"Industrial Policy", "ECEA", "ECA"}
    assert [used_facts(one, facts[one.label]) for one in instruments] == [{}, {}, {}]


@needs_facts
def test_the_tables_cells_are_those_of_the_facts(
    deck: Dataset, facts: dict[str, dict[str, object]]
) -> None:
    topics = dict(zip(("bdi", "int", "nvc", "i40", "ce", "se"), deck.roles, strict=True))
    for label, instrument in by_label(deck).items():
        cells = facts[label]["deck_cells"]
        assert isinstance(cells, list)
        expected = {Cell(topics[t].id, level) for t, level in cells if t != "swot"}
        assert set(instrument.covers) == expected

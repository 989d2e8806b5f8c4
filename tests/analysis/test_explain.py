"""Why a cell is rated so, and what an instrument does: every statement, counted or not, with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

import oracle
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.explain import (
    CellExplanation,
    InstrumentExplanation,
    StatementRecord,
    explain_cell,
    explain_instrument,
)
from clustergap.analysis.matrix import Summary, build_matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from strategies import dataset_of, questions

CELL = Cell("social", "country")


def dataset() -> Dataset:
    """Make a cell with one statement for every reason not to count."""
    return dataset_of(
        {
            "as_of": "2019-05-31",
            "sources": {"deck": {"title": "The deck"}, "law": {"title": "The law"}},
            "roles": ["social", "industry"],
            "levels": [
                "eu",
                {"id": "country", "territories": ["AT", "RO"]},
                {"id": "region", "territories": ["AT11", "RO11", "RO12"]},
            ],
            "instruments": [
                {
                    "id": "law",
                    "starts": "2015",
                    "ends": "2020",
                    "sources": [{"ref": "deck"}],
                    "covers": {
                        "social@eu": "full",
                        "social@country": {
                            "starts": "2017-10",
                            "ends": "2024",
                            "note": "Since the reform",
                            "sources": [{"ref": "law"}],
                        },
                    },
                },
                {"id": "other", "covers": {"social@eu": "partial"}},
                {"id": "planned", "status": "planned", "covers": {"social@country": "full"}},
                {"id": "ended", "ends": "2018", "covers": {"social@country": "full"}},
                {"id": "later", "covers": {"social@country": {"starts": "2019-06"}}},
                {
                    "id": "austrian",
                    "kind": "fund",
                    "targets": ["new"],
                    "covers": {"social@country": {"territories": ["AT"]}},
                },
            ],
            "observations": {
                "social@country": {"extent": "partial", "note": "Not in every country"}
            },
            "accepted_gaps": {"social@country": {"reason": "No money"}},
        },
        {
            "strengths": [{"id": "s1", "text": "Of the level", "levels": ["country"]}],
            "weaknesses": [{"id": "w1", "text": "Of the law", "instruments": ["law"]}],
            "opportunities": [{"id": "o1", "text": "Of the ended", "instruments": ["ended"]}],
            "threats": [{"id": "t1", "text": "Of the cell", "cells": ["social@country"]}],
        },
    )


def explained(query: Query | None = None, cell: Cell = CELL) -> CellExplanation:
    """Explain a cell of the dataset."""
    return explain_cell(build_matrix(dataset(), query or Query()), cell)


def instrument(id_: str, query: Query | None = None) -> InstrumentExplanation:
    """Explain an instrument of the dataset."""
    return explain_instrument(build_matrix(dataset(), query or Query()), id_)


def reasons(statements: tuple[StatementRecord, ...]) -> dict[str, str]:
    """Key the reasons by who says it; an observation is "nobody"."""
    return {
        said.instrument.id if said.instrument else "nobody": said.why_not for said in statements
    }


# A cell


def test_the_explanation_of_a_cell_knows_the_question_that_it_answers() -> None:
    found = explained(Query(place="RO11"))

    assert (found.matrix.query.place, found.matrix.query.as_of) == ("RO11", date(2019, 5, 31))
    assert found.rating.cell == CELL


def test_every_statement_of_a_cell_knows_the_cell_that_it_speaks_of() -> None:
    assert [said.cell for said in explained().statements] == [CELL] * 6


def test_every_statement_of_a_cell_stands_in_file_order_observations_last() -> None:
    names = list(reasons(explained().statements))

    assert names == ["law", "planned", "ended", "later", "austrian", "nobody"]


def test_a_statement_that_does_not_count_says_why_in_words() -> None:
    assert reasons(explained().statements) == {
        "law": "",
        "planned": "planned, and the query counts no planned instruments",
        "ended": "ended in 2018",
        "later": "starts only in June 2019",
        "austrian": "",
        "nobody": "",
    }


def test_a_statement_of_another_place_does_not_count_here() -> None:
    found = reasons(explained(Query(place="RO11")).statements)

    assert (found["austrian"], found["law"]) == ("elsewhere than in RO11", "")
    assert found["nobody"] == "does not say whether in RO11"


def test_at_a_level_that_a_place_does_not_touch_nothing_counts() -> None:
    found = reasons(explained(Query(place="XK", with_planned=True)).statements)

    untouched = "XK is no place of this level"
    assert (found["law"], found["planned"], found["nobody"]) == (untouched,) * 3
    assert found["ended"] == "ended in 2018"


def test_what_a_query_asks_of_instruments_is_a_reason_too() -> None:
    by_kind = reasons(explained(Query(kinds=("fund",))).statements)
    by_target = reasons(explained(Query(target="old", without=("law",))).statements)

    assert by_kind["law"] == "of no stated kind"
    assert by_kind["austrian"] == ""
    assert by_kind["nobody"] == "an observation is of no kind"
    assert by_target["law"] == "left out by the query"
    assert by_target["austrian"] == "not for old"
    assert by_target["nobody"] == ""


def test_an_observation_that_is_over_says_so() -> None:
    data = dataset_of(
        {"levels": ["eu"], "observations": {"role@eu": {"starts": "2016", "ends": "2018"}}}
    )
    matrix = build_matrix(data, Query(as_of=date(2019, 1, 1)))

    (said,) = explain_cell(matrix, Cell("role", "eu")).statements

    assert said.why_not == "ended in 2018"
    assert said.period[:2] == (date(2016, 1, 1), date(2018, 12, 31))


def test_a_statement_that_applies_nowhere_says_so_without_a_place() -> None:
    data = dataset_of(
        {
            "levels": [{"id": "country", "territories": ["AT", "RO"]}],
            "instruments": [
                {"id": "a", "covers": {"role@country": {"territories": {"except": ["AT", "RO"]}}}}
            ],
        }
    )

    (said,) = explain_cell(build_matrix(data, Query()), Cell("role", "country")).statements

    assert said.why_not == "leaves out every territory"


def test_a_statements_dates_are_those_on_which_its_instruments_hold_too() -> None:
    law = explained().statements[0]

    assert law.period[:2] == (date(2017, 10, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("of_instrument", "of_cover", "starts", "ends"),
    [
        ({}, {}, None, None),
        ({"starts": "2015"}, {}, date(2015, 1, 1), None),
        ({}, {"ends": "2015"}, None, date(2015, 12, 31)),
        ({"starts": "2015"}, {"starts": "2014"}, date(2015, 1, 1), None),
        ({"ends": "2015"}, {"ends": "2014"}, None, date(2014, 12, 31)),
        ({"ends": "2014"}, {"starts": "2015"}, date(2015, 1, 1), date(2014, 12, 31)),
    ],
)
def test_the_later_start_and_the_earlier_end_hold(
    of_instrument: dict[str, object],
    of_cover: dict[str, object],
    starts: date | None,
    ends: date | None,
) -> None:
    data = dataset_of(
        {
            "levels": ["eu"],
            "instruments": [{"id": "a", "covers": {"role@eu": {**of_cover}}, **of_instrument}],
        }
    )

    (said,) = explain_instrument(build_matrix(data, Query()), "a").statements

    assert said.period[:2] == (starts, ends)


def test_a_statement_has_its_own_sources_else_its_instruments() -> None:
    law_here = explained().statements[0]
    law_at_eu = explained(cell=Cell("social", "eu")).statements[0]

    assert [ref.ref for ref in law_here.sources] == ["law"]
    assert [ref.ref for ref in law_at_eu.sources] == ["deck"]
    assert explained().statements[-1].sources == ()


def test_every_statement_knows_where_it_stands_in_the_data() -> None:
    paths = [said.data_path for said in explained().statements]

    assert paths[0] == ("instruments", 0, "covers", "social@country")
    assert paths[1] == ("instruments", 2, "covers", "social@country")
    assert paths[-1] == ("observations", "social@country")


def test_the_same_role_is_told_at_the_other_levels() -> None:
    found = [(str(r.cell), r.coverage) for r in explained().same_role]

    assert found == [("social@eu", Coverage.FULL), ("social@region", Coverage.NONE)]


def test_the_same_level_is_counted_over_all_roles_this_one_too() -> None:
    assert explained().same_level == Summary(cells=2, full=1, partial=0, none=1, unknown=0)


def test_the_evidence_is_what_is_linked_to_the_cell_or_to_an_instrument_that_serves_it() -> None:
    # The item of the instrument that has ended is none: it serves the cell no longer.
    found = [(one.item.id, one.why) for one in explained().evidence]

    assert found == [
        ("t1", "names the role at the level"),
        ("w1", "names an instrument"),
        ("s1", "names the level"),
    ]


def test_the_evidence_follows_the_query() -> None:
    found = [one.item.id for one in explained(Query(as_of=date(2018, 6, 1))).evidence]

    assert found == ["t1", "w1", "o1", "s1"]


def test_an_accepted_gap_is_told() -> None:
    accepted = explained().accepted

    assert accepted is not None
    assert accepted.reason == "No money"
    assert explained(cell=Cell("social", "eu")).accepted is None


def test_a_cell_of_which_nobody_speaks_has_no_statements() -> None:
    found = explained(cell=Cell("industry", "region"))

    assert (found.rating.coverage, found.statements) == (Coverage.NONE, ())


# An instrument


def test_the_explanation_of_an_instrument_knows_the_question_that_it_answers() -> None:
    found = instrument("law", Query(as_of=date(2018, 6, 1)))

    assert found.matrix.query.as_of == date(2018, 6, 1)


def test_an_instrument_is_explained_with_all_its_covers_in_file_order() -> None:
    law = instrument("law")

    assert law.instrument.id == "law"
    assert [str(said.cell) for said in law.statements] == ["social@eu", "social@country"]
    assert (law.data_path, law.why_not) == (("instruments", 0), "")


def test_an_instrument_opens_the_cells_that_rest_on_it() -> None:
    assert [str(rating.cell) for rating in instrument("law").opens] == [
        "social@eu",
        "social@country",
    ]
    assert instrument("austrian").opens == ()


def test_an_instrument_that_does_not_count_says_why_and_opens_nothing() -> None:
    ended = instrument("ended")

    assert (ended.why_not, ended.opens) == ("ended in 2018", ())
    assert [said.why_not for said in ended.statements] == ["ended in 2018"]
    assert ended.data_path == ("instruments", 3)


def test_an_instrument_may_count_though_its_cover_does_not() -> None:
    later = instrument("later")

    assert later.why_not == ""
    assert [said.why_not for said in later.statements] == ["starts only in June 2019"]


def test_an_instruments_evidence_is_what_names_it_counted_or_not() -> None:
    assert [one.item.id for one in instrument("ended").evidence] == ["o1"]
    assert instrument("austrian").evidence == ()


# The laws, for every dataset


@given(questions())
def test_every_statement_of_every_cell_is_told_once(question: tuple[Dataset, Query]) -> None:
    dataset, _ = question
    matrix = build_matrix(*question)

    for rating in matrix:
        told = reasons(explain_cell(matrix, rating.cell).statements)
        said = [one.id for one in dataset.instruments if rating.cell in one.covers]
        assert list(told) == said + ["nobody"] * (rating.cell in dataset.observations)


@given(questions())
def test_a_statement_counts_unless_a_reason_is_given_in_words(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question
    matrix = build_matrix(dataset, query)

    for rating in matrix:
        told = explain_cell(matrix, rating.cell).statements
        counting = {said.instrument.id for said in told if said.instrument and not said.why_not}
        assert set(rating.instruments) <= counting
        assert [said.why_not for said in told if "None" in said.why_not] == []


@given(questions())
def test_a_statement_that_does_not_count_could_as_well_be_missing(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question
    matrix = build_matrix(dataset, query)

    for one in dataset.instruments:
        told = explain_instrument(matrix, one.id).statements
        # Where a statement says where, another that does not leaves no place open: that counts elsewhere too.
        levels = {level.id: level for level in dataset.levels}
        vague = [
            statement
            for cell in one.covers
            for statement in oracle.stated(dataset, cell)
            if oracle.leaves_open(statement, levels[cell.level]) and not statement.at_least
        ]
        if told and not vague and all(said.why_not for said in told):
            gone = (*oracle.left_out(dataset, query), one.id)
            without = oracle.rate_all(dataset, replace(query, without=gone, alone=True))
            assert {r.cell: r.coverage for r in matrix} == {
                cell: answer.coverage for cell, answer in without.items()
            }


@given(questions())
def test_a_statement_that_counts_is_in_force_on_the_day_by_the_dates_that_are_told(
    question: tuple[Dataset, Query],
) -> None:
    matrix = build_matrix(*question)
    day = matrix.query.as_of

    for rating in matrix:
        for said in explain_cell(matrix, rating.cell).statements:
            assert said.why_not or oracle.in_force(*said.period[:2], day)

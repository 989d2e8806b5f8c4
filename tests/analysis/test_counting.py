"""Which instruments and statements a query counts, and the reason in words where it does not."""

from datetime import date

import pytest
from hypothesis import given

import oracle
from clustergap.analysis.counting import Period, why_not_counted, why_not_in_force, why_not_stated
from clustergap.analysis.matrix import cell_states
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Role
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from strategies import dataset_of, questions

DAY = date(2019, 5, 31)


def instrument(**more: object) -> Instrument:
    """Make an instrument, of the id "a"."""
    dataset = dataset_of({"levels": ["level"], "instruments": [{"id": "a", **more}]})
    return dataset.instruments[0]


def statement(**more: object) -> Statement:
    """Make an observation."""
    dataset = dataset_of(
        {"levels": ["level"], "observations": {"role@level": {"extent": "partial", **more}}}
    )
    ((observation,),) = dataset.observations.values()
    return observation


@pytest.mark.parametrize(
    ("record", "query", "why"),
    [
        ({}, Query(), ""),
        ({}, Query(without=("b",)), ""),
        ({}, Query(without=("b", "a")), "left out by the query"),
        ({"status": "active"}, Query(), ""),
        ({"status": "planned"}, Query(with_planned=True), ""),
        (
            {"status": "planned"},
            Query(),
            "planned, and the query counts no planned instruments",
        ),
        ({"kind": "fund"}, Query(kinds=("forum", "fund")), ""),
        ({"kind": "fund"}, Query(kinds=("forum",)), "of kind fund, which the query leaves out"),
        ({}, Query(kinds=("forum",)), "of no stated kind"),
        ({}, Query(target="new"), ""),
        ({"targets": []}, Query(target="new"), ""),
        ({"targets": ["old", "new"]}, Query(target="new"), ""),
        ({"targets": ["old"]}, Query(target="new"), "not for new"),
        ({"starts": "2019-05-31", "ends": "2019-05-31"}, Query(as_of=DAY), ""),
        ({"starts": "2019-06-01"}, Query(as_of=DAY), "starts only on 1 June 2019"),
        ({"starts": "2020"}, Query(as_of=DAY), "starts only in 2020"),
        ({"ends": "2019-05-30"}, Query(as_of=DAY), "ended on 30 May 2019"),
        ({"ends": "2018"}, Query(as_of=DAY), "ended in 2018"),
        ({"starts": "2020", "ends": "2020"}, Query(), ""),
    ],
)
def test_an_instrument_counts_or_it_is_said_why_not(
    record: dict[str, object], query: Query, why: str
) -> None:
    dataset = dataset_of({"levels": ["eu"], "instruments": [{"id": "a", **record}]})

    assert why_not_counted(dataset, dataset.instruments[0], query) == why


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        (None, None, ""),
        (DAY, DAY, ""),
        (date(2019, 6, 1), None, "starts only on 1 June 2019"),
        (None, date(2019, 5, 30), "ended on 30 May 2019"),
        (date(2018, 1, 1), date(2020, 1, 1), ""),
        (date(2018, 1, 1), date(2018, 12, 31), "ended on 31 December 2018"),
        (date(2020, 1, 1), date(2020, 12, 31), "starts only on 1 January 2020"),
    ],
)
def test_a_period_holds_its_first_day_and_its_last(
    starts: date | None, ends: date | None, why: str
) -> None:
    assert why_not_in_force(Period(starts, ends), DAY) == why
    assert why_not_in_force(Period(starts, ends), None) == ""


def test_a_statement_by_itself_is_only_a_matter_of_its_dates() -> None:
    asked = Query(as_of=DAY, kinds=("fund",), target="new", place="RO", without=("a",))

    assert why_not_stated(statement(), asked) == ""
    assert why_not_stated(statement(ends="2019-04"), asked) == "ended in April 2019"


def observation_counts(observation: Statement, query: Query) -> bool:
    cell = Cell("role", "eu")
    dataset = Dataset(
        title="Observed",
        levels=(Level(id="eu", name="EU"),),
        roles=(Role(id="role", name="Role"),),
        observations={cell: (observation,)},
    )
    return cell_states(dataset, query)[cell].is_observed


def test_an_observation_counts_for_every_target_but_is_of_no_kind() -> None:
    assert observation_counts(statement(), Query(target="new", without=("a",), place="RO"))
    assert not observation_counts(statement(), Query(kinds=("fund",)))


def test_an_observation_counts_on_the_days_that_it_holds() -> None:
    assert observation_counts(statement(ends="2019-05"), Query(as_of=DAY))
    assert not observation_counts(statement(starts="2019-06"), Query(as_of=DAY))
    assert observation_counts(statement(starts="2019-06"), Query())


@given(questions())
def test_what_counts_is_what_the_page_says(question: tuple[Dataset, Query]) -> None:
    dataset, query = question
    gone = oracle.left_out(dataset, query)

    for one in dataset.instruments:
        is_in_force = oracle.in_force(one.starts, oracle.end_of(dataset, one), query.as_of)
        counts = one.id not in gone and oracle.is_counted(one, query) and is_in_force
        assert counts == (not why_not_counted(dataset, one, query))

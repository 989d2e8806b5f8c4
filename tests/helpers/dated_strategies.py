"""Datasets in which nearly everything has a first and a last day, by chance, and the days around these."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from clustergap.model.dataset import Dataset, Instrument, Level
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from strategies import codes_of, dataset_of, levels, queries, statements

DAY = timedelta(days=1)

Asked = tuple[Dataset, Query]

DAYS = (
    "0001-01-01",
    "0001-01-02",
    "2019-05-30",
    "2019-05-31",
    "2019-06-01",
    "9999-12-30",
    "9999-12-31",
)


@st.composite
def periods(draw: st.DrawFn) -> Mapping[str, object]:
    """Draw first and last days that meet, follow and overlap, also where time ends."""
    first, last = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
    return {
        draw(st.sampled_from(("starts", "starts", "seen"))): draw(st.sampled_from((None, first))),
        "ends": draw(st.sampled_from((None, last))),
    }


@st.composite
def dated(draw: st.DrawFn, level: Level) -> Mapping[str, object]:
    """Draw a statement that has dates of its own."""
    statement = draw(statements(level))
    plain = statement if isinstance(statement, Mapping) else {"extent": statement}
    # It was not seen before it started.
    return {**{key: value for key, value in plain.items() if key != "seen"}, **draw(periods())}


@st.composite
def eras(draw: st.DrawFn) -> Asked:
    """Draw a dataset in which nearly everything has a first and a last day, and a question of it."""
    frame: dict[str, object] = {"levels": draw(levels()), "roles": ["innovation", "circularity"]}
    known = dataset_of(frame)
    at = {f"{role.id}@{level.id}": level for role in known.roles for level in known.levels}
    some_cells = st.lists(st.sampled_from(tuple(at)), max_size=3, unique=True)
    frame["instruments"] = [
        {
            "id": id_,
            "covers": {cell: draw(dated(at[cell])) for cell in draw(some_cells)},
            **draw(periods()),
        }
        for id_ in ("a", "b", "c", "d")[: draw(st.integers(1, 4))]
    ]
    frame["observations"] = {cell: draw(dated(at[cell])) for cell in draw(some_cells)}
    located = [level for level in known.levels if level.units]
    if draw(st.booleans()) and located:
        level = draw(st.sampled_from(located))
        codes = st.lists(st.sampled_from(codes_of(level)), min_size=1, max_size=2, unique=True)
        frame["assessed"] = {level.id: draw(codes)}
    dataset = dataset_of(frame)
    return dataset, draw(queries(dataset))


def dates_in(dataset: Dataset) -> set[date]:
    """Return every first and last day of an instrument, a cover or an observation."""
    records: list[Instrument | Statement] = [
        *dataset.instruments,
        *(one for each in dataset.instruments for said in each.covers.values() for one in said),
        *(one for said in dataset.observations.values() for one in said),
    ]
    return {day for one in records for day in (one.starts, one.seen, one.ends) if day is not None}


def days_around(dataset: Dataset) -> list[date]:
    """Return all days of which something is said, those before and after, and the first and last of all."""
    found = {date.min, date.max}
    for day in dates_in(dataset):
        found |= {day}
        found |= {day - DAY} if day > date.min else set()
        found |= {day + DAY} if day < date.max else set()
    return sorted(found)

"""What is missing, worst first; where the role is served instead; what somebody has accepted."""

from datetime import date

import pytest
from hypothesis import given

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gap, Gaps, elsewhere, find_gaps
from clustergap.analysis.matrix import build_matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from strategies import Document, dataset_of, questions

TODAY = date(2026, 11, 22)


def dataset(**more: object) -> Dataset:
    """Make three roles at three levels: two gaps of each kind, and one cell that nobody looked at."""
    document: Document = {
        "levels": ["eu", {"id": "country", "territories": ["AT", "RO"]}, "region"],
        "roles": ["industry", "social", "circular"],
        "instruments": [
            {"id": "hub", "covers": {"industry@eu": "full", "industry@region": "full"}},
            {"id": "fund", "covers": {"circular@eu": "full", "social@region": "full"}},
            {
                "id": "pilot",
                "covers": {
                    "industry@country": {"extent": "partial", "territories": ["RO"]},
                    "circular@region": "partial",
                },
            },
        ],
        "assessed": {"circular@country": ["AT"]},
        **more,
    }
    return dataset_of(document)


def gaps_of(data: Dataset, query: Query | None = None, today: date | None = None) -> Gaps:
    """Find the gaps of a dataset."""
    return find_gaps(build_matrix(data, query or Query(place="RO")), today)


def cells(gaps: Gaps) -> list[str]:
    """Name the cells with gaps."""
    return [str(gap.rating.cell) for gap in gaps.gaps]


def accepted(cell: str, **more: object) -> Dataset:
    """Make the dataset with one accepted gap."""
    return dataset(accepted_gaps={cell: {"reason": "Not our task", **more}})


def gap_of(gaps: Gaps, cell: str) -> Gap:
    """Find the gap of one cell."""
    return next(gap for gap in gaps.gaps if str(gap.rating.cell) == cell)


def test_none_comes_before_partial_and_then_roles_and_levels_in_file_order() -> None:
    assert cells(gaps_of(dataset())) == [
        "social@eu",
        "social@country",
        "industry@country",
        "circular@region",
    ]


def test_neither_a_full_cell_nor_an_unknown_one_is_a_gap() -> None:
    found = cells(gaps_of(dataset()))

    assert "industry@eu" not in found
    assert "circular@country" not in found


def test_the_gaps_are_those_of_the_cells_that_are_shown() -> None:
    matrix = build_matrix(dataset(), Query()).select(("social", "circular"), ("eu", "region"))

    assert cells(find_gaps(matrix)) == ["social@eu", "circular@region"]


def test_a_list_of_gaps_knows_the_question_and_the_cells_that_it_is_about() -> None:
    matrix = build_matrix(dataset(as_of="2019-05-31"), Query()).select(("social",), ())

    gaps = find_gaps(matrix)

    assert gaps.matrix.query.as_of == date(2019, 5, 31)
    assert [role.id for role in gaps.matrix.roles] == ["social"]


def test_a_dataset_without_gaps_has_none() -> None:
    whole = dataset_of(
        {"levels": ["eu"], "instruments": [{"id": "a", "covers": {"role@eu": "full"}}]}
    )
    gaps = gaps_of(whole)

    assert gaps.gaps == ()
    assert not gaps.failing(Coverage.PARTIAL)
    assert not gaps.failing(Coverage.NONE)


def test_elsewhere_are_the_other_levels_that_serve_the_role_in_full_or_in_part() -> None:
    gaps = gaps_of(dataset())

    found = {cell: [str(r.cell) for r in gap_of(gaps, cell).elsewhere] for cell in cells(gaps)}

    assert found == {
        "social@eu": ["social@region"],
        "social@country": ["social@region"],
        "industry@country": ["industry@eu", "industry@region"],
        "circular@region": ["circular@eu"],
    }


def test_elsewhere_are_levels_that_are_not_shown_too() -> None:
    matrix = build_matrix(dataset(), Query()).select((), ("country",))

    (social, circular, industry) = find_gaps(matrix).gaps

    assert [str(r.cell) for r in circular.elsewhere] == ["circular@eu", "circular@region"]
    assert [str(r.cell) for r in social.elsewhere] == ["social@region"]
    assert [str(r.cell) for r in industry.elsewhere] == ["industry@eu", "industry@region"]


def test_the_same_role_at_the_other_levels_is_told_whatever_it_is_rated() -> None:
    matrix = build_matrix(dataset(), Query(place="RO")).select(("social",), ("eu",))

    found = elsewhere(matrix, Cell("circular", "region"))

    assert [(str(r.cell), r.coverage) for r in found] == [
        ("circular@eu", Coverage.FULL),
        ("circular@country", Coverage.UNKNOWN),
    ]


def test_an_accepted_gap_says_why_and_stays_in_the_list() -> None:
    gaps = gaps_of(accepted("social@eu", by="The ministry"))
    gap = gap_of(gaps, "social@eu")

    assert gap.accepted is not None
    assert (gap.accepted.reason, gap.accepted.by, gap.accepted.until) == (
        "Not our task",
        "The ministry",
        None,
    )
    assert not gap.counts
    assert gap_of(gaps, "social@country").accepted is None
    assert gap_of(gaps, "social@country").counts


def test_an_accepted_cell_that_is_full_is_no_gap() -> None:
    assert "industry@eu" not in cells(gaps_of(accepted("industry@eu")))


@pytest.mark.parametrize(
    ("until", "today", "expired"),
    [
        ("2026-11-22", TODAY, False),
        ("2026-11-21", TODAY, True),
        ("2026-11", TODAY, False),
        ("2026-10", TODAY, True),
        ("2026", TODAY, False),
        ("2025", TODAY, True),
        ("2025", None, False),
        (None, TODAY, False),
        (None, None, False),
    ],
)
def test_an_acceptance_holds_to_its_last_day(
    until: str | None, today: date | None, expired: bool
) -> None:
    gap = gap_of(gaps_of(accepted("social@eu", until=until), today=today), "social@eu")

    assert (gap.expired, gap.counts) == (expired, expired)


def test_a_gap_that_nobody_accepted_does_not_expire() -> None:
    assert [gap.expired for gap in gaps_of(dataset(), today=TODAY).gaps] == [False] * 4


def test_the_day_of_policy_is_no_day_of_upkeep() -> None:
    data = accepted("social@eu", until="2025")

    gap = gap_of(gaps_of(data, Query(as_of=date(2027, 1, 1))), "social@eu")

    assert not gap.expired


ONE_PARTIAL = {
    "levels": ["eu"],
    "instruments": [{"id": "a", "covers": {"role@eu": "partial"}}],
}
ONE_NONE = {"levels": ["eu"]}


def test_a_partial_gap_fails_partial_but_not_none() -> None:
    gaps = gaps_of(dataset_of(ONE_PARTIAL))

    assert gaps.failing(Coverage.PARTIAL)
    assert not gaps.failing(Coverage.NONE)


def test_an_empty_cell_fails_both() -> None:
    gaps = gaps_of(dataset_of(ONE_NONE))

    assert gaps.failing(Coverage.PARTIAL)
    assert gaps.failing(Coverage.NONE)


@pytest.mark.parametrize("bad", [Coverage.NONE, Coverage.PARTIAL])
def test_accepted_gaps_do_not_fail_until_they_expire(bad: Coverage) -> None:
    data = dataset_of(
        {**ONE_NONE, "accepted_gaps": {"role@eu": {"reason": "No money", "until": "2026-10"}}}
    )

    assert not gaps_of(data).failing(bad)
    assert not gaps_of(data, today=date(2026, 10, 31)).failing(bad)
    assert gaps_of(data, today=date(2026, 11, 1)).failing(bad)


def test_unknown_cells_are_no_gaps_and_fail_only_a_gate_that_asks_for_them() -> None:
    gaps = gaps_of(dataset())

    assert [str(gap.rating.cell) for gap in gaps.unknown] == ["circular@country"]
    assert "circular@country" not in cells(gaps)
    assert gaps.failing(Coverage.UNKNOWN) == (*gaps.gaps, *gaps.unknown)
    assert gaps.failing(Coverage.PARTIAL) == gaps.gaps
    assert gaps.unjudged(Coverage.PARTIAL) == gaps.unjudged(Coverage.NONE) == gaps.unknown
    assert gaps.unjudged(Coverage.UNKNOWN) == ()


def test_a_gap_that_is_not_shown_does_not_fail() -> None:
    matrix = build_matrix(dataset(), Query()).select(("industry",), ("eu", "region"))

    assert not find_gaps(matrix).failing(Coverage.PARTIAL)


@given(questions())
def test_every_cell_that_is_none_or_partial_is_listed_once_worst_first(
    question: tuple[Dataset, Query],
) -> None:
    matrix = build_matrix(*question)
    ratings = list(matrix)
    none = [rating for rating in ratings if rating.coverage == "none"]
    partial = [rating for rating in ratings if rating.coverage == "partial"]

    assert [gap.rating for gap in find_gaps(matrix).gaps] == none + partial

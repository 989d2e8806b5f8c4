"""What there is to build on where a cell has a gap: each way by hand, and what holds for any dataset."""

from datetime import date

import pytest
from hypothesis import given

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.needs import Lead, LeadKind, Need, find_needs
from clustergap.model.dataset import Dataset, Status
from clustergap.model.query import Query
from strategies import Document, dataset_of, questions

GAP = "social@country"
UNITS = ["AT", "BE", "RO"]
OVER, RUNNING, LATER = {"ends": "2018"}, {"starts": "2018"}, {"starts": "2030"}
PLANNED = {"status": "planned"}


def dataset(*instruments: Document, **more: object) -> Dataset:
    """Make three roles at three levels on a day in 2019."""
    return dataset_of(
        {
            "as_of": "2019-05-31",
            "roles": ["social", "industry", "circular", "export"],
            "levels": ["eu", {"id": "country", "territories": UNITS}, "region"],
            "instruments": instruments,
            **more,
        }
    )


def serving(id_: str, *cells: str, **more: object) -> Document:
    """Make an instrument that serves cells in full."""
    return {"id": id_, "covers": dict.fromkeys(cells, "full"), **more}


def in_(id_: str, *codes: str, extent: str = "full", **more: object) -> Document:
    """Make an instrument that serves the gap's cell in these countries."""
    return {"id": id_, "covers": {GAP: {"extent": extent, "territories": list(codes)}}, **more}


def need(data: Dataset, query: Query | None = None, cell: str = GAP) -> Need:
    """Find the need of a cell."""
    found = find_needs(build_matrix(data, query or Query()))
    return next(one for one in found.needs if str(one.gap.rating.cell) == cell)


def build_on(data: Dataset, query: Query | None = None, cell: str = GAP) -> tuple[Lead, ...]:
    """List what there is to build on for a cell."""
    return need(data, query, cell).leads


def told(data: Dataset, query: Query | None = None, cell: str = GAP) -> list[tuple[str, str]]:
    """Name what there is to build on, and why."""
    return [(one.instrument.id, one.kind.value) for one in build_on(data, query, cell)]


def test_where_nothing_is_near_there_is_nothing_to_build_on() -> None:
    assert build_on(dataset(serving("hub", "industry@eu"))) == ()


# The same role at another level


def test_what_serves_the_same_role_at_another_level_is_to_build_on() -> None:
    (one,) = build_on(dataset(serving("hub", "social@eu")))

    assert (one.instrument.id, one.kind) == ("hub", LeadKind.SAME_ROLE)
    assert [str(cell) for cell in one.cells] == ["social@eu"]
    assert (one.why_not, one.then, one.follows, one.ended) == ("", None, None, None)


def test_what_serves_it_at_several_levels_stands_once_with_each() -> None:
    (one,) = build_on(dataset(serving("hub", "social@region", "industry@eu", "social@eu")))

    assert [str(cell) for cell in one.cells] == ["social@eu", "social@region"]


def test_a_part_of_the_role_elsewhere_is_to_build_on_too() -> None:
    assert told(dataset({"id": "hub", "covers": {"social@eu": "partial"}})) == [
        ("hub", "same-role")
    ]


def test_those_in_force_go_first_and_the_others_say_why_they_do_not_count() -> None:
    found = build_on(
        dataset(
            serving("over", "social@eu", **OVER),
            serving("later", "social@region", **LATER),
            serving("running", "social@eu", **RUNNING),
            serving("undated", "social@region"),
        )
    )

    assert [(one.instrument.id, one.why_not) for one in found] == [
        ("running", ""),
        ("undated", ""),
        ("over", "ended in 2018"),
        ("later", "starts only in 2030"),
    ]


def test_in_force_is_said_of_the_day_that_is_asked() -> None:
    data = dataset(serving("over", "social@eu", **OVER), serving("later", "social@eu", **LATER))

    assert [one.instrument.id for one in build_on(data, Query(as_of=date(2031, 1, 1)))] == [
        "later",
        "over",
    ]


def test_an_instrument_whose_cover_there_has_ended_is_not_in_force_there() -> None:
    (one,) = build_on(dataset({"id": "hub", "covers": {"social@eu": {"ends": "2018"}}}))

    assert one.why_not == "ended in 2018"


def test_a_cell_that_it_serves_no_longer_is_not_why_an_instrument_in_force_is_here() -> None:
    hub = {"id": "hub", "covers": {"social@eu": {"ends": "2018"}, "social@region": "full"}}

    (one,) = build_on(dataset(hub))

    assert one.why_not == ""
    assert [str(cell) for cell in one.cells] == ["social@region"]


def test_the_gaps_own_instruments_are_not_what_to_build_on() -> None:
    hub = {
        "id": "hub",
        "covers": {GAP: "partial", "social@eu": "full", "industry@country": "full"},
    }

    assert build_on(dataset(hub)) == ()


def test_an_instrument_of_the_cell_that_has_left_it_is_to_build_on_elsewhere() -> None:
    hub = {"id": "hub", "covers": {GAP: {"ends": "2018"}, "social@eu": "full"}}

    assert told(dataset(hub)) == [("hub", "same-role")]


def test_what_a_kind_leaves_out_goes_last_and_says_so() -> None:
    found = build_on(
        dataset(
            serving("forum", "social@eu", kind="forum"), serving("fund", "social@eu", kind="fund")
        ),
        Query(kinds=("fund",)),
    )

    assert [(one.instrument.id, one.why_not) for one in found] == [
        ("fund", ""),
        ("forum", "of kind forum, which the query leaves out"),
    ]


def test_what_a_target_leaves_out_goes_last_and_says_so() -> None:
    found = build_on(
        dataset(serving("young", "social@eu", targets=["new"]), serving("all", "social@eu")),
        Query(target="excellent"),
    )

    assert [(one.instrument.id, one.why_not) for one in found] == [
        ("all", ""),
        ("young", "not for excellent"),
    ]


def test_a_plan_elsewhere_whose_list_may_not_be_whole_is_nothing_to_build_on_here() -> None:
    # With it nobody would know of Austria: that is no more than nothing.
    plan = {GAP: {"territories": ["BE"], "at_least": "true"}}

    assert build_on(dataset({"id": "plan", "covers": plan, **PLANNED}), Query(place="AT")) == ()


def test_an_instrument_without_which_is_asked_is_nothing_to_build_on() -> None:
    # "as if the instrument did not exist"
    data = dataset(
        serving("eu-wide", "social@eu"),
        serving("plan", GAP, **PLANNED),
        serving("old", GAP, ends="2018", succeeded_by=["new"]),
        serving("new"),
        serving("both", "social@region", "industry@region"),
        serving("near", "industry@country"),
    )
    left_out = ("eu-wide", "plan", "new", "both", "near")

    assert build_on(data, Query(without=left_out)) == ()


def test_what_reaches_other_territories_only_does_not_count_where_is_asked() -> None:
    document: Document = {
        "roles": ["social"],
        "levels": [
            {"id": "country", "territories": ["AT", "RO"]},
            {"id": "region", "territories": ["AT11", "RO11"]},
        ],
        "instruments": [
            {"id": "hub", "covers": {"social@region": {"territories": ["AT"]}}},
        ],
    }
    found = build_on(dataset_of(document), Query(place="RO"))

    assert not [one.instrument.id for one in found if not one.why_not]


def test_a_planned_instrument_elsewhere_is_not_there_yet() -> None:
    assert build_on(dataset(serving("plan", "social@eu", **PLANNED))) == ()


def test_a_planned_instrument_elsewhere_counts_where_planned_ones_do() -> None:
    data = dataset(serving("plan", "social@eu", **PLANNED))

    assert told(data, Query(with_planned=True)) == [("plan", "same-role")]


# A related role at the same level


def test_a_role_that_shares_instruments_is_related_and_serves_at_the_same_level() -> None:
    found = build_on(
        dataset(
            serving("bridge", "social@region", "industry@region"),
            serving("hub", "industry@country"),
            serving("far", "industry@eu"),
            serving("stranger", "export@country"),
        )
    )

    assert [
        (one.instrument.id, one.kind.value, [str(cell) for cell in one.cells]) for one in found
    ] == [
        ("bridge", "same-role", ["social@region"]),
        ("hub", "related-role", ["industry@country"]),
    ]


def test_at_most_two_roles_are_related_those_that_share_most() -> None:
    found = told(
        dataset(
            serving("one", "social@eu", "industry@eu", "circular@eu", "export@eu"),
            serving("two", "social@eu", "circular@region", "export@region"),
            serving("by-industry", "industry@country"),
            serving("by-circular", "circular@country"),
            serving("by-export", "export@country"),
        )
    )

    assert [id_ for id_, how in found if how == "related-role"] == ["by-circular", "by-export"]


def test_of_roles_that_share_alike_the_first_of_the_file_are_related() -> None:
    found = told(
        dataset(
            serving("one", "export@eu", "circular@eu", "social@eu", "industry@eu"),
            serving("by-export", "export@country"),
            serving("by-circular", "circular@country"),
            serving("by-industry", "industry@country"),
        )
    )

    # Among instruments the file's order is kept, whichever role is nearer.
    assert [id_ for id_, how in found if how == "related-role"] == ["by-circular", "by-industry"]


def test_sharing_several_cells_with_a_role_is_sharing_one_instrument() -> None:
    found = told(
        dataset(
            serving("one", "social@eu", "export@eu", "export@region", "export@country"),
            serving("two", "social@eu", "industry@eu", "circular@eu"),
            serving("three", "social@eu", "industry@eu", "circular@eu"),
            serving("by-export", "export@country"),
        )
    )

    assert "by-export" not in [id_ for id_, _ in found]


def test_one_that_serves_two_related_roles_stands_once_with_both() -> None:
    found = build_on(
        dataset(
            serving("bridge", "social@eu", "industry@eu", "circular@eu"),
            serving("hub", "circular@country", "industry@country"),
        )
    )

    assert [[str(cell) for cell in one.cells] for one in found] == [
        ["social@eu"],
        ["industry@country", "circular@country"],
    ]


def test_what_serves_role_and_related_role_is_here_for_its_role() -> None:
    data = dataset(serving("hub", "social@eu", "industry@country"))

    assert told(data) == [("hub", "same-role")]


def test_related_ones_that_are_not_in_force_go_last() -> None:
    found = build_on(
        dataset(
            serving("bridge", "social@eu", "industry@eu"),
            serving("over", "industry@country", **OVER),
            serving("hub", "industry@country"),
        )
    )

    assert [(one.instrument.id, bool(one.why_not)) for one in found] == [
        ("bridge", False),
        ("hub", False),
        ("over", True),
    ]


# Planned


def test_a_planned_instrument_that_would_close_the_gap_says_so() -> None:
    (one,) = build_on(dataset(serving("plan", GAP, **PLANNED)))

    assert one.kind is LeadKind.PLANNED
    assert [str(cell) for cell in one.cells] == [GAP]
    assert one.why_not == "planned, and the query counts no planned instruments"
    assert one.then is not None
    assert one.then.coverage is Coverage.FULL


def test_a_planned_instrument_that_only_helps_says_how_far() -> None:
    (one,) = build_on(dataset(in_("hub", "AT"), in_("plan", "BE", **PLANNED)))

    assert one.then is not None
    assert one.then.coverage is Coverage.PARTIAL
    assert one.then.share is not None
    assert (one.then.share.covered, one.then.share.missing) == (2, ("RO",))


def test_a_planned_instrument_closes_the_gap_together_with_what_there_is() -> None:
    (one,) = build_on(dataset(in_("hub", "AT", "BE"), in_("plan", "RO", **PLANNED)))

    assert one.then is not None
    assert one.then.coverage is Coverage.FULL


def test_two_plans_that_only_together_close_the_gap_each_only_help() -> None:
    found = build_on(
        dataset(in_("one", "AT", **PLANNED), in_("two", "BE", "RO", **PLANNED), in_("hub", "AT"))
    )

    assert [
        (one.instrument.id, one.then.coverage if one.then else None)
        for one in found
        if one.instrument.id == "two"
    ] == [("two", Coverage.FULL)]
    alone = build_on(dataset(in_("one", "AT", **PLANNED), in_("two", "BE", "RO", **PLANNED)))
    assert [one.then.coverage if one.then else None for one in alone] == [
        Coverage.PARTIAL,
        Coverage.PARTIAL,
    ]


@pytest.mark.parametrize("dates", [{}, {"starts": "2030"}, {"starts": "2018"}, {"ends": "2040"}])
def test_a_planned_instrument_is_named_with_and_without_dates(dates: Document) -> None:
    assert told(dataset(serving("plan", GAP, **PLANNED, **dates))) == [("plan", "planned")]


def test_a_planned_instrument_that_would_be_over_closes_nothing() -> None:
    assert build_on(dataset(serving("plan", GAP, **PLANNED, **OVER))) == ()


@pytest.mark.parametrize("query", [Query(kinds=("fund",)), Query(target="excellent")])
def test_a_planned_instrument_that_the_query_would_not_count_closes_nothing(query: Query) -> None:
    # Even once it is there, the answer to this question would be the same.
    data = dataset(serving("plan", GAP, **PLANNED, kind="forum", targets=["new"]))

    assert [one.instrument.id for one in build_on(data, query)] == []
    assert told(data) == [("plan", "planned")]


def test_a_planned_instrument_for_what_is_covered_already_changes_nothing() -> None:
    assert build_on(dataset(in_("hub", "AT"), in_("plan", "AT", **PLANNED))) == ()


def test_a_planned_instrument_for_other_territories_changes_nothing_where_is_asked() -> None:
    data = dataset(in_("plan", "AT", **PLANNED))

    assert told(data, Query(place="RO")) == []
    assert told(data, Query(place="AT")) == [("plan", "planned")]


def test_a_planned_instrument_that_counts_already_is_no_plan_of_a_gap() -> None:
    data = dataset(in_("hub", "AT"), in_("plan", "BE", **PLANNED))

    assert build_on(data, Query(with_planned=True)) == ()


def test_a_plan_for_later_is_judged_beside_the_plans_that_count_already() -> None:
    # Asked with planned ones, AT counts; only RO is yet to come, and closes the rest.
    data = dataset(
        in_("now", "AT", "BE", **PLANNED),
        in_("then", "RO", **PLANNED, **LATER),
        in_("then-too", "RO", **PLANNED, **LATER),
    )

    found = build_on(data, Query(with_planned=True))

    assert [(one.instrument.id, one.then.coverage if one.then else None) for one in found] == [
        ("then", Coverage.FULL),
        ("then-too", Coverage.FULL),
    ]


def test_a_planned_instrument_is_planned_first_whatever_else_it_is() -> None:
    data = dataset(
        serving("old", GAP, ends="2018", succeeded_by=["plan"]),
        serving("plan", GAP, "social@eu", **PLANNED),
    )

    assert told(data) == [("plan", "planned")]


# Successors


def test_the_successor_of_an_ended_instrument_that_served_the_cell_is_to_build_on() -> None:
    (one,) = build_on(
        dataset(
            serving("old", GAP, ends="2018", succeeded_by=["new"]), serving("new", "export@eu")
        )
    )

    assert (one.instrument.id, one.kind, one.why_not) == ("new", LeadKind.SUCCESSOR, "")
    assert one.follows is not None
    assert (one.follows.id, one.ended) == ("old", date(2018, 12, 31))
    assert [str(cell) for cell in one.cells] == ["export@eu"]


def test_the_successor_of_an_instrument_whose_cover_alone_has_ended_is_to_build_on() -> None:
    old = {"id": "old", "covers": {GAP: {"ends": "2018-06"}}, "succeeded_by": ["new"]}

    (one,) = build_on(dataset(old, serving("new")))

    assert (one.instrument.id, one.ended) == ("new", date(2018, 6, 30))


def test_a_cover_ends_with_its_instrument_if_that_is_earlier() -> None:
    old = {
        "id": "old",
        "ends": "2017",
        "covers": {GAP: {"ends": "2018-06"}},
        "succeeded_by": ["new"],
    }

    (one,) = build_on(dataset(old, serving("new")))

    assert one.ended == date(2017, 12, 31)


@pytest.mark.parametrize(
    ("ends", "expected"), [("2019-05-30", ["new"]), ("2019-05-31", []), ("2019-06-01", [])]
)
def test_an_instrument_on_its_last_day_has_not_ended(ends: str, expected: list[str]) -> None:
    old = in_("old", "AT", ends=ends, succeeded_by=["new"])

    assert [one.instrument.id for one in build_on(dataset(old, serving("new")))] == expected


def test_the_successor_of_what_served_another_cell_is_nothing_to_build_on() -> None:
    data = dataset(
        serving("old", "industry@country", ends="2018", succeeded_by=["new"]), serving("new")
    )

    assert build_on(data) == ()


def test_where_dates_are_ignored_nothing_has_ended() -> None:
    document: Document = {
        "levels": [{"id": "country", "territories": UNITS}],
        "roles": ["social"],
        "instruments": [in_("old", "AT", ends="2018", succeeded_by=["new"]), serving("new")],
    }

    assert build_on(dataset_of(document)) == ()
    assert told(dataset_of(document), Query(as_of=date(2019, 1, 1))) == [("new", "successor")]


def test_a_successor_that_serves_the_cell_already_is_one_of_its_instruments() -> None:
    data = dataset(serving("old", GAP, ends="2018", succeeded_by=["new"]), in_("new", "AT"))

    assert build_on(data) == ()


def test_a_successor_that_serves_the_role_elsewhere_is_a_successor_only() -> None:
    data = dataset(
        serving("old", GAP, ends="2018", succeeded_by=["new"]), serving("new", "social@eu")
    )

    assert told(data) == [("new", "successor")]


def test_of_a_chain_that_served_the_cell_every_follower_is_told_those_in_force_first() -> None:
    data = dataset(
        serving("first", GAP, ends="2014", succeeded_by=["second"]),
        serving("second", GAP, ends="2018", succeeded_by=["third"]),
        serving("third"),
    )

    found = build_on(data)

    assert [
        (one.instrument.id, one.follows.id if one.follows else "", one.why_not) for one in found
    ] == [("third", "second", ""), ("second", "first", "ended in 2018")]


def test_instruments_that_follow_each_other_end_the_search() -> None:
    data = dataset(
        serving("a", GAP, ends="2014", succeeded_by=["b"]),
        serving("b", GAP, ends="2018", succeeded_by=["a"]),
    )

    assert told(data) == [("b", "successor"), ("a", "successor")]


def test_in_a_circle_an_instrument_follows_the_nearest_other() -> None:
    # Both lead through "between" to "a", which does not follow itself.
    data = dataset(
        serving("a", GAP, ends="2014", succeeded_by=["between"]),
        serving("c", GAP, ends="2014", succeeded_by=["between"]),
        serving("between", ends="2018", succeeded_by=["a"]),
    )

    follows = {one.instrument.id: one.follows.id for one in build_on(data) if one.follows}

    assert follows == {"between": "a", "a": "c"}


def test_several_successors_of_one_and_one_of_several_stand_once_each() -> None:
    data = dataset(
        serving("old", GAP, ends="2017", succeeded_by=["x", "y"]),
        serving("older", GAP, ends="2016", succeeded_by=["y"]),
        serving("y"),
        serving("x"),
    )

    assert sorted(told(data)) == [("x", "successor"), ("y", "successor")]


def test_a_planned_successor_says_that_it_is_planned() -> None:
    (one,) = build_on(
        dataset(serving("old", GAP, ends="2018", succeeded_by=["new"]), serving("new", **PLANNED))
    )

    assert one.kind is LeadKind.SUCCESSOR
    assert one.why_not == "planned, and the query counts no planned instruments"


def test_what_never_was_in_force_has_not_served_the_cell() -> None:
    # Its cover would begin after the instrument ends.
    old = {
        "id": "old",
        "ends": "2015",
        "covers": {GAP: {"starts": "2017"}},
        "succeeded_by": ["new"],
    }

    assert build_on(dataset(old, serving("new"))) == ()


def test_what_was_only_planned_has_not_served_the_cell() -> None:
    data = dataset(
        serving("old", GAP, ends="2018", succeeded_by=["new"], **PLANNED), serving("new")
    )

    assert [id_ for id_, how in told(data) if how == "successor"] == []


# All of them


def test_the_ways_stand_in_their_order_and_in_each_those_that_count_first() -> None:
    data = dataset(
        serving("old", GAP, ends="2018", succeeded_by=["new"]),
        serving("new"),
        serving("plan", GAP, **PLANNED),
        serving("over", "social@eu", **OVER),
        serving("hub", "social@eu", "industry@eu"),
        serving("near", "industry@country"),
    )

    assert told(data) == [
        ("hub", "same-role"),
        ("over", "same-role"),
        ("near", "related-role"),
        ("plan", "planned"),
        ("new", "successor"),
    ]


def matrix_of(question: tuple[Dataset, Query]) -> Matrix:
    """Rate the cells of a question."""
    return build_matrix(*question)


@given(questions())
def test_each_instrument_stands_once_and_none_of_the_gaps_own(
    question: tuple[Dataset, Query],
) -> None:
    for one in find_needs(matrix_of(question)).needs:
        ids = [built.instrument.id for built in one.leads]
        assert len(set(ids)) == len(ids)
        assert set(ids).isdisjoint(one.gap.rating.instruments)


@given(questions())
def test_the_ways_are_told_in_order_and_what_counts_goes_first(
    question: tuple[Dataset, Query],
) -> None:
    order = list(LeadKind)
    for one in find_needs(matrix_of(question)).needs:
        keys = [(order.index(built.kind), bool(built.why_not)) for built in one.leads]
        assert keys == sorted(keys)


@given(questions())
def test_what_covers_the_role_at_another_level_today_is_to_build_on(
    question: tuple[Dataset, Query],
) -> None:
    matrix = matrix_of(question)
    for one in find_needs(matrix).needs:
        # For a nearer reason, if its own cover of the gap is to come.
        there = {built.instrument.id for built in one.leads} | set(one.gap.rating.instruments)
        planned = {row.id for row in matrix.dataset.instruments if row.status is Status.PLANNED}
        for other in one.gap.elsewhere:
            assert set(other.instruments) <= there | planned


@given(questions())
def test_what_is_said_to_count_serves_a_cell_that_it_is_here_for(
    question: tuple[Dataset, Query],
) -> None:
    matrix = matrix_of(question)
    for one in find_needs(matrix).needs:
        for built in one.leads:
            if built.kind in (LeadKind.SAME_ROLE, LeadKind.RELATED_ROLE) and not built.why_not:
                serves = [
                    built.instrument.id in matrix.ratings[c].instruments for c in built.cells
                ]
                assert any(serves)


@given(questions())
def test_a_plan_is_told_only_where_it_covers_more_than_is_covered_now(
    question: tuple[Dataset, Query],
) -> None:
    worst = [Coverage.UNKNOWN, Coverage.NONE, Coverage.PARTIAL, Coverage.FULL]
    for one in find_needs(matrix_of(question)).needs:
        for built in one.leads:
            if built.kind is LeadKind.PLANNED:
                now, then = one.gap.rating, built.then
                assert then is not None
                units = [
                    (share.covered, share.covered + share.partial) if share else (0, 0)
                    for share in (now.share, then.share)
                ]
                assert worst.index(then.coverage) >= worst.index(now.coverage)
                assert then.coverage is not now.coverage or units[1] > units[0]


# At the exact day, and in the exact words


def test_what_begins_tomorrow_is_to_come_and_what_begins_today_is_here() -> None:
    data = dataset(
        in_("tomorrow", "AT", starts="2019-06-01"), in_("today", "BE", starts="2019-05-31")
    )

    (one,) = build_on(data)

    assert (one.instrument.id, one.kind, one.starts) == (
        "tomorrow",
        LeadKind.PLANNED,
        date(2019, 6, 1),
    )
    assert one.why_not == "starts only on 1 June 2019"


def test_a_plan_that_ends_today_is_not_over() -> None:
    data = dataset(
        in_("today", "AT", starts="2019-05-31", ends="2019-05-31", **PLANNED),
        in_("yesterday", "BE", ends="2019-05-30", **PLANNED),
    )

    assert told(data) == [("today", "planned")]


def test_a_plan_of_one_day_is_one() -> None:
    data = dataset(in_("day", "AT", starts="2020-01-01", ends="2020-01-01", **PLANNED))

    assert [(one.instrument.id, one.starts) for one in build_on(data)] == [
        ("day", date(2020, 1, 1))
    ]


def test_what_was_in_force_for_one_day_has_served() -> None:
    data = dataset(
        in_("day", "AT", starts="2018-01-01", ends="2018-01-01", succeeded_by=["next"]),
        serving("next"),
    )

    assert told(data) == [("next", "successor")]


def test_a_plan_for_other_territories_of_a_partly_covered_cell_covers_more() -> None:
    data = dataset(
        in_("now", "AT"),
        in_("more", "BE", **PLANNED),
        in_("part", "RO", extent="partial", **PLANNED),
    )

    assert told(data) == [("more", "planned"), ("part", "planned")]


def test_a_plan_that_covers_in_full_what_is_covered_in_part_covers_more() -> None:
    data = dataset(in_("now", "AT", extent="partial"), in_("more", "AT", **PLANNED))

    assert told(data) == [("more", "planned")]


def test_a_first_plan_in_part_covers_more_where_nobody_had_said_where() -> None:
    data = dataset(
        in_("part", "AT", extent="partial", **PLANNED),
        observations={GAP: "partial"},
    )

    assert told(data) == [("part", "planned")]


def test_what_reaches_no_place_says_so() -> None:
    everywhere = {"except": UNITS}
    data = dataset(
        {
            "id": "hub",
            "covers": {"industry@country": {"territories": everywhere}, "industry@eu": "full"},
        },
        serving("both", "industry@eu", "social@eu"),
    )

    found = {one.instrument.id: one.why_not for one in build_on(data)}

    assert found["hub"] == "nowhere"


def test_what_serves_another_place_says_so() -> None:
    data = dataset(
        {"id": "hub", "covers": {"industry@country": {"territories": ["AT"]}}},
        serving("both", "industry@eu", "social@eu"),
    )

    found = {one.instrument.id: one.why_not for one in build_on(data, Query(place="RO"))}

    assert found["hub"] == "elsewhere than in RO"


def test_of_two_ways_to_a_follower_it_is_told_of_the_nearest() -> None:
    data = dataset(
        in_("far", "AT", ends="2016", succeeded_by=["near", "other"]),
        in_("near", "BE", ends="2017", succeeded_by=["last"]),
        serving("other", ends="2017", succeeded_by=["last", "far"]),
        serving("last"),
    )

    follows = {one.instrument.id: one.follows.id for one in build_on(data) if one.follows}

    # What has served the cell itself follows what it follows, and nothing follows itself.
    assert follows == {"near": "far", "other": "far", "last": "near"}

"""Answers about what hangs on what: a programme may carry a cell of which it says nothing."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given

import oracle
from clustergap.analysis.explain import explain_instrument
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.risks import RiskKind, find_risks
from clustergap.analysis.swot import CandidateKind, find_candidates
from clustergap.analysis.timeline import build_timeline
from clustergap.analysis.what_if import build_what_if, rank_keystones
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from strategies import dataset_of, questions

CELL = Cell("role", "eu")


def programmes(*instruments: dict[str, object], **more: object) -> Dataset:
    """Make a dataset of the one cell role@eu."""
    return dataset_of({"levels": ["eu"], "instruments": instruments, **more})


def full(id_: str, **more: object) -> dict[str, object]:
    """Write an instrument that covers the cell."""
    return {"id": id_, "covers": {"role@eu": "full"}, **more}


SMP: dict[str, object] = {"id": "smp", "ends": "2027"}


def rests_on(dataset: Dataset, query: Query = Query()) -> tuple[str, ...]:  # noqa: B008 - it is frozen
    """Say on what the cell rests."""
    return build_matrix(dataset, query).ratings[CELL].rests_on


def test_a_cell_rests_on_who_pays_what_covers_it() -> None:
    assert rests_on(programmes(SMP, full("a", funded_by=["smp"]))) == ("smp", "a")


def test_a_cell_of_two_parts_rests_on_what_both_are_part_of() -> None:
    two = programmes(SMP, full("a", part_of="smp"), full("b", part_of="smp"))

    assert rests_on(two) == ("smp",)


def test_a_cell_of_a_whole_and_its_part_rests_on_the_whole() -> None:
    assert rests_on(programmes(full("smp"), full("a", part_of="smp"))) == ("smp",)


def test_a_cell_rests_on_a_planned_parent_too() -> None:
    planned = programmes({**SMP, "status": "planned"}, full("a", part_of="smp"))

    assert rests_on(planned) == ("smp", "a")


def test_who_is_left_to_pay_carries_the_cell() -> None:
    paid = programmes(SMP, {"id": "erdf"}, full("a", funded_by=["smp", "erdf"]))

    assert rests_on(paid) == ("a",)
    assert rests_on(paid, Query(without=("erdf",))) == ("smp", "a")


def test_nothing_rests_on_what_is_left_out_alone() -> None:
    paid = programmes(SMP, full("a", funded_by=["smp"]))

    assert rests_on(paid, Query(without=("smp",), alone=True)) == ("a",)


def test_what_if_names_what_goes_with_it_and_why() -> None:
    dataset = programmes(SMP, full("a", funded_by=["smp"]), full("b", part_of="a"))
    query = Query(without=("smp",))

    what_if = build_what_if(
        build_matrix(dataset, Query()), build_matrix(dataset, query), query, None
    )

    assert [(one.instrument.id, one.part_of, one.funded_by) for one in what_if.dependants] == [
        ("a", None, ("smp",)),
        ("b", "a", ()),
    ]
    assert [change.cell for change in what_if.comparison.changes] == [CELL]


def test_keystones_rank_what_serves_nothing_itself() -> None:
    ranked = rank_keystones(
        build_matrix(programmes(SMP, full("a", part_of="smp")), Query())
    ).ranked

    assert [(one.instrument.id, one.opens, one.serves) for one in ranked] == [
        ("a", (CELL,), (CELL,)),
        ("smp", (CELL,), ()),
    ]


def test_many_parts_of_one_line_are_no_crowd() -> None:
    parts = [full(id_, part_of="smp") for id_ in "abc"]
    crowd = programmes(SMP, *parts, full("d", funded_by=["smp"]))
    matrix = build_matrix(crowd, Query())

    def crowded(many: int) -> list[Sequence[str]]:
        risks = find_risks(matrix, None, many).risks
        return [risk.instruments for risk in risks if risk.kind is RiskKind.CROWDED]

    assert crowded(3) == []
    assert crowded(2) == [("a", "b", "c", "d")]


def test_the_loss_of_a_programme_is_that_of_all_its_parts() -> None:
    dataset = dataset_of({
        "levels": [{"id": "eu", "territories": ["AT", "BE", "RO", "BG"]}],
        "instruments": [
            "smp",
            *(
                {"id": code.lower(), "part_of": "smp", "covers": {"role@eu": {"territories": [code]}}}
                for code in ("AT", "BE", "RO")
            ),
            {"id": "bg", "covers": {"role@eu": {"territories": ["BG"]}}},
        ],
    })  # fmt: skip

    (single,) = find_risks(build_matrix(dataset, Query()), None, 9).risks

    assert single.instruments == ("smp", "at", "be", "ro", "bg")
    assert single.loss == 0.75
    assert single.left is not None
    assert single.left.share is not None
    assert single.left.share.missing == ("AT", "BE", "RO")


def test_a_day_on_which_an_instrument_ends_with_another_says_so() -> None:
    dataset = programmes(SMP, full("a", funded_by=["smp"]), full("b", ends="2027"))

    (event,) = build_timeline(build_matrix(dataset, Query())).events

    assert event.date == date(2028, 1, 1)
    assert [(one.instrument, one.ends_with) for one in event.because] == [
        ("a", "smp"),
        ("b", None),
    ]


def test_an_instrument_tells_what_hangs_on_it_and_with_what_it_ends() -> None:
    dataset = programmes(SMP, full("a", funded_by=["smp"]), full("b", part_of="a"))
    matrix = build_matrix(dataset, Query(as_of=date(2028, 1, 1)))

    a = explain_instrument(matrix, "a")

    assert [one.instrument.id for one in a.dependants] == ["b"]
    assert a.inherited_end == (date(2027, 12, 31), "smp")
    assert a.why_not == "ended in 2027"


def test_a_cell_that_hangs_by_one_thread_is_a_candidate() -> None:
    by_one = build_matrix(programmes(SMP, full("a", part_of="smp")), Query())

    assert [one.kind for one in find_candidates(by_one)] == [CandidateKind.SINGLE]


@given(questions())
def test_a_timeline_ends_what_has_its_end_from_another_as_if_it_were_typed_in(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question

    inherited = build_timeline(build_matrix(dataset, query))

    typed = build_timeline(build_matrix(oracle.typed_in(dataset), query))
    assert inherited.begins.ratings == typed.begins.ratings
    for was, is_now in zip(inherited.events, typed.events, strict=True):
        causes = tuple(cause._replace(ends_with=None) for cause in was.because)
        assert was._replace(because=causes) == is_now

"""Gaps that are accepted: which become so, where they are written, and that nothing else changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import build_matrix
from clustergap.editing.accepted_gaps import Acceptance, Decision, accept_gaps, in_words
from clustergap.editing.destination import Destination
from clustergap.errors import ClusterGapError
from clustergap.model.dataset import AcceptedGap, Dataset
from clustergap.model.query import Query
from clustergap.yaml_edit.nodes import comments_in
from spreadsheets import MAIN, STYLES, document_of, target_of
from strategies import datasets

HEAD = """\
schema: 1
title: T
levels: [{id: eu, name: EU}, {id: place, name: Place}]
roles: [{id: skills, name: Skills}, {id: trade, name: Trade}]   # two
instruments:
  - {id: a, name: A, covers: {skills@eu: full, trade@eu: partial}}
"""


def gaps_of(target: Destination, today: date | None = None, levels: tuple[str, ...] = ()) -> Gaps:
    assert target.loaded is not None
    matrix = build_matrix(target.loaded.dataset, Query())
    return find_gaps(matrix.select([], levels) if levels else matrix, today)


def text_of(acceptance: Acceptance) -> str:
    return acceptance.written[MAIN].decode()


def test_each_gap_shown_gets_a_line_below_all_that_is_there() -> None:
    target = target_of(main=HEAD)

    acceptance = accept_gaps(
        target, gaps_of(target), Decision("First inventory: known", "DG GROW", "2027-06")
    )

    said = '{reason: "First inventory: known", by: DG GROW, until: 2027-06}'
    assert text_of(acceptance) == HEAD + (
        f"accepted_gaps:\n  skills@place: {said}\n  trade@place: {said}\n  trade@eu: {said}\n"
    )
    assert list(in_words(acceptance, is_dry=False)) == [
        "3 gaps accepted",
        "skills@place, trade@place, trade@eu.",
    ]


def test_the_baseline_stands_apart_where_the_file_separates_its_blocks_by_blank_lines() -> None:
    main = HEAD.replace("levels:", "\nlevels:").replace("roles:", "\nroles:")
    main = main.replace("instruments:", "\ninstruments:")
    target = target_of(main=main)

    acceptance = accept_gaps(target, gaps_of(target, levels=("eu",)), Decision("r"))

    assert text_of(acceptance) == main + "\naccepted_gaps:\n  trade@eu: {reason: r}\n"


def test_only_what_is_shown_is_accepted() -> None:
    target = target_of(main=HEAD)

    acceptance = accept_gaps(target, gaps_of(target, levels=("eu",)), Decision("r"))

    assert text_of(acceptance) == HEAD + "accepted_gaps:\n  trade@eu: {reason: r}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "accepted_gaps: {trade@eu: {reason: old}}  # ours\n",
            "accepted_gaps: {trade@eu: {reason: old}, skills@place: {reason: r}, trade@place: {reason: r}}  # ours\n",
        ),
        (
            "accepted_gaps:\n  # since 2019\n  trade@eu:\n    reason: old   # indeed\n",
            "accepted_gaps:\n  # since 2019\n  trade@eu:\n    reason: old   # indeed\n  skills@place: {reason: r}\n  trade@place: {reason: r}\n",
        ),
    ],
)
def test_what_is_accepted_already_stays_in_its_style(before: str, after: str) -> None:
    target = target_of(main=HEAD + before)

    acceptance = accept_gaps(target, gaps_of(target), Decision("r"))

    assert text_of(acceptance) == HEAD + after
    assert list(in_words(acceptance, is_dry=True)) == [
        "2 gaps would be accepted",
        "skills@place, trade@place.",
        "Accepted before, and left as they are: trade@eu.",
    ]


def test_what_has_expired_is_decided_anew_only_on_a_day_that_is_given() -> None:
    old = (
        "accepted_gaps:\n  trade@eu:   # since 2019\n    reason: old\n    by: X\n    until: 2020\n"
    )
    target = target_of(main=HEAD + old)
    decision = Decision("r", until="2030")

    undated = accept_gaps(target, gaps_of(target), decision)
    dated = accept_gaps(target, gaps_of(target, date(2021, 1, 1)), decision)

    assert old in text_of(undated)
    assert (
        "  trade@eu:   # since 2019\n    reason: r\n    until: 2030\n  skills@place:"
        in text_of(dated)
    )


def test_where_there_is_nothing_to_accept_nothing_is_written() -> None:
    full = HEAD.replace("partial", "full").replace(", {id: place, name: Place}", "")
    rest = (
        full.replace("trade@eu: full", "trade@eu: partial")
        + "accepted_gaps: {trade@eu: {reason: r}}\n"
    )
    without, accepted = target_of(main=full), target_of(main=rest)

    nothing = accept_gaps(without, gaps_of(without), Decision("r"))
    already = accept_gaps(accepted, gaps_of(accepted), Decision("r"))

    assert nothing.written == already.written == {}
    assert list(in_words(nothing, is_dry=False)) == ["No gaps"]
    assert list(in_words(already, is_dry=False)) == [
        "No gap to accept: each that is shown is accepted already"
    ]


@pytest.mark.parametrize("reason", ["", " ", "x" * 5001, "a\x07b", "a\u202eb"])
def test_a_reason_that_no_file_may_hold_is_refused(reason: str) -> None:
    target = target_of(main=HEAD)

    with pytest.raises(ClusterGapError, match="then the data would have an error"):
        accept_gaps(target, gaps_of(target), Decision(reason))


@given(datasets(), st.sampled_from(sorted(STYLES)))
def test_every_gap_is_accepted_then_no_rating_changes_and_no_other_line(
    dataset: Dataset, style: str
) -> None:
    target = target_of(main=STYLES[style](document_of(dataset)))
    assert target.loaded is not None
    before, gaps = target.loaded.dataset, gaps_of(target)

    acceptance = accept_gaps(target, gaps, Decision("later", until="2030-12-31"))

    after = acceptance.after
    assert find_gaps(build_matrix(after, Query())).failing(Coverage.PARTIAL) == ()
    assert build_matrix(after, Query()).ratings == build_matrix(before, Query()).ratings
    said = AcceptedGap.model_validate({"reason": "later", "until": "2030-12-31"})
    fresh = {
        gap.rating.cell: said for gap in gaps.gaps if gap.rating.cell not in before.accepted_gaps
    }
    assert after.accepted_gaps == {**before.accepted_gaps, **fresh}
    old = target.data[MAIN].decode()
    new = acceptance.written.get(MAIN, target.data[MAIN]).decode()
    assert comments_in(new) == comments_in(old)
    if style in ("block", "windows"):
        kept = iter(new.splitlines())
        assert all(line in kept for line in old.splitlines())

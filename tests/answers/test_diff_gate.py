"""What ``diff`` says and what its gate fails for are the same; a statement that loses its territories is told."""

import copy
import dataclasses
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.diff import Difference, find_difference
from clustergap.analysis.matrix import build_matrix
from clustergap.answers.changes import details, verb
from clustergap.answers.phrases import names_of
from clustergap.answers.verdict import failure, verdict
from clustergap.cli.exit import Exit
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from running import Outcome, run
from strategies import dataset_of, datasets, queries

FAILS = re.compile(
    r"becomes? (a )?gaps?|weakens?|(is|are) no longer known|names? no places any more"
)
"""The words for what the gate fails for; ``--help`` names each."""

CELL = Cell("role", "c")
LEVEL = {"id": "c", "territories": ["AT", "BE", "RO"]}


def failing_words(words: str) -> list[str]:
    """Find what must not be said where the gate passes; "nothing becomes a gap" is none."""
    return [found[0] for found in FAILS.finditer(re.sub("[Nn]othing becomes a gap", "", words))]


def difference(before: Dataset, after: Dataset, query: Query | None = None) -> Difference:
    asked = query or Query()
    return find_difference(build_matrix(before, asked), build_matrix(after, asked))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Dataset, Dataset]:
    """Draw a dataset, and the same after somebody has left out the territories of some statements."""
    before = draw(datasets())
    instruments = copy.deepcopy(before.instruments)
    for cover in (one for each in instruments for said in each.covers.values() for one in said):
        if draw(st.booleans()):
            # As nothing in the program may: the model is frozen, and reads anew what is replaced.
            object.__setattr__(cover, "territories", None)
    return before, dataclasses.replace(before, instruments=instruments)


@given(st.data(), st.one_of(edited(), st.tuples(datasets(), datasets())))
def test_the_verdict_and_the_rows_say_so_if_and_only_if_the_gate_fails(
    data: st.DataObject, pair: tuple[Dataset, Dataset]
) -> None:
    found = difference(*pair, data.draw(queries(pair[1])))
    names = names_of(found.comparison.before, found.comparison.after)

    assert bool(failing_words(verdict(found))) is bool(found.regressions)
    for change in found.comparison.changes:
        row = "; ".join([verb(change), *details(change, names)])
        assert bool(failing_words(row)) is (change in found.regressions)
        assert (str(change.cell) in failure(found)) or change not in found.regressions[:12]


@given(edited())
def test_what_is_better_by_a_statement_without_territories_is_a_regression_unless_it_is_meant(
    pair: tuple[Dataset, Dataset],
) -> None:
    before, after = pair
    found = difference(before, after)

    widened = {change.cell for change in found.comparison.changes if change.widened}
    lost = {
        cell
        for was, is_now in zip(before.instruments, after.instruments, strict=True)
        for cell, covers in was.covers.items()
        if all(cover.territories is not None for cover in covers)
        if any(cover.territories is None for cover in is_now.covers[cell])
    }
    assert widened <= lost
    meant = dataclasses.replace(found, may_widen=True)
    assert {one.cell for one in meant.regressions} == {
        one.cell for one in found.regressions if one.cell not in widened
    }


# Which statements have lost their territories


def one_of_each(said: object, *, id_: str = "a", name: str = "A", **more: object) -> Dataset:
    covers = {"role@c": said} if said is not None else {}
    instruments = [{"id": id_, "name": name, "covers": covers}]
    return dataset_of({"levels": [LEVEL], "instruments": instruments, **more})


RO = {"territories": ["RO"]}


@pytest.mark.parametrize(
    ("before", "after", "widened"),
    [
        (one_of_each(RO), one_of_each("full"), ("a",)),
        (one_of_each({"territories": {"except": ["AT"]}}), one_of_each("full"), ("a",)),
        (one_of_each({"extent": "partial", **RO}), one_of_each("full"), ("a",)),
        (one_of_each(RO), one_of_each({"note": "x"}), ("a",)),
        (one_of_each(RO), one_of_each("full", id_="new"), ("new",)),  # renamed
        (
            one_of_each(None, observations={"role@c": {"extent": "full", **RO}}),
            one_of_each(None, observations={"role@c": "full"}),
            (None,),
        ),
        # Another says it, or it still says where.
        (one_of_each(RO), one_of_each("full", id_="new", name="New"), ()),
        (one_of_each(None), one_of_each("full"), ()),
        (one_of_each(RO), one_of_each({"territories": ["AT", "BE", "RO"]}), ()),
        (one_of_each(RO), one_of_each({"territories": {"except": ["AT"]}}), ()),
        (one_of_each({"extent": "partial"}), one_of_each("full"), ()),
    ],
)
def test_a_gap_that_closes_names_the_statements_that_lost_their_territories(
    before: Dataset, after: Dataset, widened: tuple[str | None, ...]
) -> None:
    found = difference(before, after)

    (change,) = found.comparison.changes
    assert change.kind in ("closed", "better")
    assert change.widened == widened
    assert bool(found.regressions) is bool(widened)


def test_a_statement_that_the_question_does_not_count_widens_nothing() -> None:
    def pair(said: object) -> Dataset:
        other = {"id": "b", "covers": {"role@c": {"territories": ["AT", "BE"]}}}
        return dataset_of(
            {
                "levels": [LEVEL],
                "instruments": [
                    {"id": "a", "status": "planned", "covers": {"role@c": said}},
                    other,
                ],
            }
        )

    before = pair(RO)
    after = dataclasses.replace(
        pair("full"),
        instruments=(
            pair("full").instruments[0],
            *dataset_of({"levels": [LEVEL], "instruments": [{"id": "b", "covers": {"role@c": "full"}}]}).instruments,
        ),
    )  # fmt: skip

    assert difference(before, after).comparison.changes[0].widened == ("b",)


# On the command line

FRAME = """\
schema: 1
title: T
levels: [{id: eu, name: EU}, {id: c, name: C, territories: [AT, BE, DE]}]
roles: [{id: r, name: Role}]
"""
A = "{id: a, name: A, covers: {r@eu: full, r@c: full}}"
B = "{id: b, name: B, covers: {r@eu: full, r@c: {territories: [AT]}}}"
B_WIDE = "{id: b, name: B, covers: {r@eu: full, r@c: full}}"


def written(folder: Path, *instruments: str, fragment: str = "") -> str:
    folder.mkdir()
    listed = "".join(f"  - {one}\n" for one in instruments)
    text = f"{FRAME}instruments:{' []' if not instruments else ''}\n{listed}"
    (folder / "instruments.yaml").write_text(text, encoding="utf-8")
    if fragment:
        (folder / "instruments").mkdir()
        (folder / "instruments" / "b.yaml").write_text(
            f"instruments:\n  - {fragment}\n", encoding="utf-8"
        )
    return folder.as_posix()


@pytest.fixture
def weaker(tmp_path: Path) -> tuple[str, str]:
    return written(tmp_path / "old", A, B), written(tmp_path / "new", A)


@pytest.fixture
def wider(tmp_path: Path) -> tuple[str, str]:
    return (
        written(tmp_path / "old", fragment=B),
        written(tmp_path / "new", fragment=B_WIDE),
    )


def gate(sides: tuple[str, str], *words: str) -> Outcome:
    return run("diff", *sides, "--fail-on", "regression", *words, columns=300)


@pytest.mark.parametrize("format_", ["table", "md"])
def test_a_cell_that_only_loses_an_instrument_says_so_and_passes(
    weaker: tuple[str, str], format_: str
) -> None:
    outcome = gate(weaker, "-f", format_)

    assert outcome.code == Exit.OK
    assert "Nothing becomes a gap, 2 pairs of role and level lose instruments." in outcome.out
    assert "loses an instrument" in outcome.out
    assert failing_words(outcome.out) == []


@pytest.mark.parametrize("format_", ["table", "md"])
def test_a_gap_that_closes_as_a_fragments_statement_loses_its_territories_fails(
    wider: tuple[str, str], format_: str
) -> None:
    outcome = gate(wider, "-f", format_)

    assert outcome.code == Exit.FOUND
    assert (
        "Nothing becomes a gap, 1 pair of role and level is no longer a gap. A regression in 1 pair. "
        "In 1 pair that is better, a statement names no places any more."
    ) in " ".join(outcome.out.split())
    assert "B names no places any more" in outcome.out
    assert "covers.r@c: territories: Austria → everywhere" in outcome.out
    assert outcome.err.endswith(
        "fails for a regression in 1 pair of role and level: r@c (B names no places any more). "
        "Where that is meant: --allow-widening\n"
    )


def test_where_it_is_meant_that_a_statement_names_no_territories_the_gate_passes(
    wider: tuple[str, str],
) -> None:
    outcome = gate(wider, "--allow-widening")

    assert (outcome.code, outcome.err) == (Exit.OK, "")
    assert "a statement names no places any more, as is allowed." in " ".join(outcome.out.split())


def test_json_says_what_was_widened_and_which_keys_of_the_cover_changed(
    wider: tuple[str, str],
) -> None:
    strict, meant = (
        json.loads(gate(wider, "-f", "json", *words).out) for words in ((), ("--allow-widening",))
    )

    assert [change["widened"] for change in strict["changes"]] == [True]
    assert (strict["regression"], meant["regression"]) == (True, False)
    assert strict["instruments"][0]["keys"] == [
        {
            "key": "covers.r@c",
            "before": {"extent": "full", "territories": ["AT"]},
            "after": "full",
            "parts": [{"key": "territories", "before": ["AT"], "after": None}],
        }
    ]


def test_the_help_names_all_that_the_gate_fails_for() -> None:
    words = " ".join(run("diff", "--help", columns=80).out.split())

    (said,) = re.findall(r"Exit with 1 if (.*?\.)", words)
    assert failing_words(said) == [
        "becomes a gap",
        "weakens",
        "is no longer known",
        "names no places any more",
    ]

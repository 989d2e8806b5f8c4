"""Several statements of one instrument on one cell: read, told where they stand, rated, explained, compared."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.diff import EditKind, KeyEdit, find_edits
from clustergap.analysis.explain import explain_cell, explain_instrument, find_closing
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.needs import LeadFinder, LeadKind
from clustergap.analysis.risks import RiskKind, find_risks
from clustergap.analysis.timeline import build_timeline
from clustergap.answers.diff import edit_details
from clustergap.checks.consistency import MOST_CONTRADICTIONS, statements_contradict
from clustergap.findings import DataError, DataPath
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset, load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Plain
from clustergap.model.place_names import PlaceNames
from clustergap.model.query import Query
from strategies import dataset_of, levels, statements

CELL = Cell("role", "level")
EVERYTHING = Query()


def one_cell(
    *covers: object, units: tuple[str, ...] = ("AT", "BE", "RO"), **more: object
) -> Dataset:
    """Make a dataset of the one cell role@level, which instruments a, b, c... serve."""
    return dataset_of(
        {
            "levels": [{"id": "level", **({"territories": list(units)} if units else {})}],
            "instruments": [
                {"id": id_, "covers": {"role@level": cover}}
                for id_, cover in zip("abcdef", covers, strict=False)
            ],
            **more,
        }
    )


def statement(extent: str, *codes: str, **more: object) -> dict[str, object]:
    """Write a statement about some territories."""
    return {"extent": extent, "territories": list(codes), **more}


# Reading

HEAD = """\
schema: 1
title: T
levels: [{id: eu, name: EU}, {id: country, name: Country, territories: [AT, BE, RO]}]
roles: [{id: role, name: Role}]
instruments:
"""


def findings(folder: Path, text: str) -> list[tuple[str, int, int, str]]:
    """Check a file; return code, line, column and data path of each finding."""
    (folder / "instruments.yaml").write_text(HEAD + text, encoding="utf-8")
    return [
        (one.rule.code, one.location.line, one.location.column, one.where)
        for one in check_dataset(find_files(folder)).findings
        if one.rule.code < "CG3"
    ]


def test_what_is_wrong_in_one_of_several_is_told_where_it_stands(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        """\
  - id: a
    name: A
    covers:
      role@country:
        - {territories: [AT]}
        - territories: [XX, BE]
        - {territories: [RO], starts: 2020, ends: 2019}
""",
    )

    covers = "instruments[0].covers.role@country"
    assert found == [
        ("CG204", 11, 25, f"{covers}[1].territories[0]"),
        ("CG209", 12, 51, f"{covers}[2].ends"),
    ]


def test_a_list_of_one_is_named_as_its_only_statement(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        "  - {id: a, name: A, covers: {role@country: [{territories: [AT, XX]}]}}\n",
    )

    assert found == [("CG204", 6, 65, "instruments[0].covers.role@country.territories[1]")]


def test_what_is_left_of_a_list_stands_where_it_stood(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        """\
  - id: a
    name: A
    covers:
      role@country:
        - {extent: whole}
        - {territories: [XX]}
""",
    )

    covers = "instruments[0].covers.role@country"
    assert found == [
        ("CG104", 10, 20, f"{covers}[0].extent"),
        ("CG204", 11, 26, f"{covers}[1].territories[0]"),
    ]


def test_a_list_of_one_means_the_same_as_that_one_alone() -> None:
    alone, listed = one_cell(statement("full", "AT")), one_cell([statement("full", "AT")])

    assert alone == listed
    assert find_edits(alone, listed) == ()


# Contradictions


@given(st.data())
def test_those_contradict_each_other_that_the_data_model_says(data: st.DataObject) -> None:
    frame = {"levels": data.draw(levels())}
    level = dataset_of(frame).levels[0]
    drawn = data.draw(st.lists(statements(level), min_size=1, max_size=5))
    dataset = dataset_of(
        {**frame, "instruments": [{"id": "a", "covers": {f"role@{level.id}": drawn}}]}
    )

    found = list(statements_contradict(dataset))

    (said,) = dataset.instruments[0].covers.values()
    pairs = {
        (second, first)
        for second, one in enumerate(said)
        for first, other in enumerate(said[:second])
        if oracle.contradict(one, other, level)
    }
    told = {(one.path[-1], one.first and one.first[-1]) for one in found}
    assert told == {
        (second, min(first for n, first in pairs if n == second)) for second, _ in pairs
    }


def test_thousands_of_statements_are_looked_through_at_once_and_not_pair_by_pair() -> None:
    years = [f"{year}" for year in range(1000, 9000)]
    clean = one_cell(
        [
            statement("full" if n % 2 else "partial", "AT", starts=y, ends=y)
            for n, y in enumerate(years)
        ]
    )
    bad = one_cell([statement("full", "AT")] * 2000 + [statement("partial", "AT")] * 2000)

    assert list(statements_contradict(clean)) == []
    assert 0 < len(list(statements_contradict(bad))) <= MOST_CONTRADICTIONS


# The engine


def test_the_statements_of_an_instrument_add_up_and_name_it_once() -> None:
    data = one_cell([statement("full", "AT", note="1"), statement("partial", "BE", note="2")])

    rating = build_matrix(data, EVERYTHING).ratings[CELL]

    assert rating.coverage is Coverage.PARTIAL
    assert rating.instruments == ("a",)
    assert rating.notes == ("1", "2")
    assert rating.share is not None
    assert (rating.share.covered, rating.share.partial, rating.share.missing) == (1, 1, ("RO",))


def test_a_cell_rests_on_an_instrument_with_all_that_it_says() -> None:
    twice = [statement("full", "AT", "BE"), statement("full", "BE", "RO")]

    alone, helped, covered = (
        build_matrix(one_cell(twice, *others), EVERYTHING).ratings[CELL]
        for others in ((), (statement("full", "BE"),), ("full",))
    )

    assert alone.rests_on == ("a",)
    assert helped.rests_on == ("a",)
    assert covered.rests_on == ("b",) * 0
    assert covered.instruments == ("a", "b")


def test_without_an_instrument_nobody_knows_what_only_it_speaks_of() -> None:
    # Without a only BE is known, and full.
    said = [statement("full", "AT", starts="2019"), statement("partial", "AT", ends="2018")]
    data = one_cell(said, statement("full", "BE"), assessed={"level": ["BE"]})

    rating = build_matrix(data, EVERYTHING).ratings[CELL]

    assert (rating.coverage, rating.rests_on) == (Coverage.FULL, ("b",))


def test_each_statement_begins_and_ends_by_itself() -> None:
    data = one_cell(
        [
            statement("full", "AT", "BE", "RO", ends="2018"),
            statement("full", "AT", starts="2019", ends="2020"),
            statement("full", "BE", "RO", starts="2020"),
        ],
        as_of="2018",
    )

    timeline = build_timeline(build_matrix(data, EVERYTHING))

    assert [(event.date, event.changes[0].after.coverage) for event in timeline.events] == [
        (date(2019, 1, 1), Coverage.PARTIAL),
        (date(2020, 1, 1), Coverage.FULL),
        (date(2021, 1, 1), Coverage.PARTIAL),
    ]
    assert [(one.instrument, one.cells) for one in timeline.events[0].because] == [
        ("a", (CELL,))
    ] * 2


def test_what_is_lost_with_an_instrument_is_all_that_it_says() -> None:
    data = one_cell([statement("full", "AT"), statement("full", "BE")], statement("full", "RO"))

    risks = find_risks(build_matrix(data, EVERYTHING), None, 9).risks

    (single,) = [one for one in risks if one.kind is RiskKind.SINGLE]
    assert single.instruments == ("a", "b")
    assert (single.loss, single.territories) == (2 / 3, ("AT", "BE", "RO"))


def test_what_is_to_come_is_told_with_the_day_on_which_it_covers_more() -> None:
    data = one_cell(
        [
            statement("full", "AT", ends="2018"),
            statement("partial", "AT", starts="2021", ends="2021"),
            statement("full", "AT", starts="2022"),
        ],
        statement("partial", "AT"),
        as_of="2020",
    )
    matrix = build_matrix(data, EVERYTHING)

    (found,) = LeadFinder(matrix).find(matrix.ratings[CELL])

    assert (found.instrument.id, found.kind, found.starts) == (
        "a",
        LeadKind.PLANNED,
        date(2022, 1, 1),
    )
    assert found.then is not None
    assert found.then.share is not None
    assert found.then.share.covered == 1


@pytest.mark.parametrize(
    ("last", "expected"),
    [({"ends": "2019"}, date(2019, 12, 31)), ({}, None), ({"starts": "2030"}, None)],
)
def test_an_instrument_has_ended_with_the_last_of_its_statements(
    last: dict[str, object], expected: date | None
) -> None:
    said = [statement("full", "AT", ends="2018"), statement("full", "BE", **last)]
    data = dataset_of(
        {
            "as_of": "2020",
            "levels": [{"id": "level", "territories": ["AT", "BE"]}],
            "instruments": [
                {"id": "a", "succeeded_by": ["b"], "covers": {"role@level": said}},
                {"id": "b"},
            ],
        }
    )
    matrix = build_matrix(data, EVERYTHING)

    found = LeadFinder(matrix).find(matrix.ratings[CELL])

    ended = [one.ended for one in found if one.kind is LeadKind.SUCCESSOR]
    assert ended == ([expected] if expected else [])


def test_each_observation_that_a_cover_would_contradict_is_named() -> None:
    partly = [statement("partial", "AT"), statement("full", "BE"), statement("partial", "RO")]

    several = one_cell(observations={"role@level": partly})
    one = one_cell(observations={"role@level": partly[:1]})

    closings = [find_closing(build_matrix(data, EVERYTHING), CELL) for data in (several, one)]
    at: DataPath = ("observations", "role@level")
    assert [closing and closing.contradicts for closing in closings] == [
        ((*at, 0), (*at, 2)),
        (at,),
    ]


# Explaining and comparing


def test_each_statement_is_explained_with_its_own_place() -> None:
    data = one_cell(
        [statement("full", "AT"), statement("partial", "BE", ends="2018")],
        as_of="2020",
        observations={"role@level": ["partial"]},
    )
    matrix = build_matrix(data, EVERYTHING)

    of_cell, of_instrument = explain_cell(matrix, CELL), explain_instrument(matrix, "a")

    covers = ("instruments", 0, "covers", "role@level")
    assert [(one.data_path, one.why_not) for one in of_cell.statements] == [
        ((*covers, 0), ""),
        ((*covers, 1), "ended in 2018"),
        (("observations", "role@level"), ""),
    ]
    assert of_instrument.statements == of_cell.statements[:2]


ADDED: tuple[tuple[object, object, list[tuple[Plain, Plain]], str], ...] = (
    (
        "full",
        ["full", {"extent": "full", "note": "N"}],
        [(None, {"note": "N", "extent": "full"})],
        "full added",
    ),
    (
        [statement("full", "AT"), statement("partial", "BE", starts="2019")],
        statement("full", "AT"),
        [({"extent": "partial", "territories": ["BE"], "starts": "2019-01-01"}, None)],
        "partial in Belgium from 2019-01-01 removed",
    ),
    (
        [statement("full", "AT"), statement("partial", "BE")],
        [statement("partial", "BE", note="N"), statement("full", "AT")],
        [
            (
                {"extent": "partial", "territories": ["BE"]},
                {"extent": "partial", "territories": ["BE"], "note": "N"},
            )
        ],
        "partial in Belgium: note: nothing → N",
    ),
    ([statement("full", "AT"), statement("full", "BE")], [statement("full", "BE"), statement("full", "AT")], [], ""),
)  # fmt: skip


@pytest.mark.parametrize(("before", "after", "parts", "words"), ADDED)
def test_of_a_list_what_is_added_removed_and_changed_is_told(
    before: object, after: object, parts: list[tuple[Plain, Plain]], words: str
) -> None:
    covers = find_edits(one_cell(before), one_cell(after))
    observed = find_edits(
        one_cell(observations={"role@level": before}), one_cell(observations={"role@level": after})
    )

    for edits, key in ((covers, "covers.role@level"), (observed, "statements")):
        assert [(edit.kind, [one.key for one in edit.keys]) for edit in edits] == (
            [(EditKind.CHANGED, [key])] if parts else []
        )
        found = [part for edit in edits for one in edit.keys for part in one.parts]
        assert found == [KeyEdit("statement", *part) for part in parts]
        assert [edit_details(edit, PlaceNames({}, {})) for edit in edits] == (
            [f"{key}: {words}"] if parts else []
        )


def test_data_that_contradict_themselves_are_refused(tmp_path: Path) -> None:
    text = "  - {id: a, name: A, covers: {role@eu: [full, partial]}}\n"
    (tmp_path / "instruments.yaml").write_text(HEAD + text, encoding="utf-8")

    with pytest.raises(DataError) as caught:
        load_dataset(find_files(tmp_path))

    assert "CG212" in [one.rule.code for one in caught.value.report.findings]

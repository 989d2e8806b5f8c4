"""What the page's script looks up, read back by the meaning of its tables: it is what the command line answers."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import GapMap, build_gap_map
from clustergap.answers import gap_map as gap_map_answer
from clustergap.answers import matrix as matrix_answer
from clustergap.answers.matrix import record
from clustergap.answers.page_cells import detail, figure
from clustergap.answers.phrases import narrowing_in_words
from clustergap.answers.provenance import caveats_in_words
from clustergap.answers.ratings import TYPESET, reasons
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.reference.territories import listed_name
from clustergap.writers.csv import write_csv
from clustergap.writers.gap_map import embed_json, script_data
from clustergap.writers.json import SILENT
from dated_strategies import Asked
from paths import ROOT
from snapshot_questions import asked, question_at
from strategies import Document, dataset_of
from written_page import INSTRUMENT, STATEMENT, Json, Tables, padded, unrolled

ORIGIN = Origin("some/path")


def written(report: GapMap) -> Tables:
    """Write the data of a page, and read it."""
    shown = [
        (quadrant.value, linked.item.text)
        for quadrant, items in report.swot.quadrants
        for linked in items
    ]
    return Tables(json.loads(data_of(report)), shown)


def data_of(report: GapMap) -> str:
    """Write the data of a page."""
    return embed_json(script_data(gap_map_answer.record(report, ORIGIN)))


@st.composite
def reports(draw: st.DrawFn) -> GapMap:
    """Draw a question of some or all levels and roles, and answer it."""
    dataset, query = draw(asked())
    roles = draw(st.sampled_from(([], [dataset.roles[0].id])))
    levels = draw(st.sampled_from(([], [dataset.levels[-1].id])))
    return build_gap_map(build_matrix(dataset, query).select(roles, levels))


def document_of(report: GapMap, kind: int, stop: int) -> Json:
    """Return what ``matrix --format json`` says of all levels on a stop's day, for a kind."""
    states = report.snapshots
    matrix = build_matrix(states.matrix.dataset, question_at(states, kind, states.stops[stop]))
    shown = matrix.select([role.id for role in report.matrix.roles], ())
    return record(shown, ORIGIN).model_dump(mode="json")


# The states


@given(st.data(), reports())
def test_the_page_holds_the_cells_of_every_day_and_kind_as_the_json_of_the_matrix(
    data: st.DataObject, report: GapMap
) -> None:
    tables = written(report)
    kind = data.draw(st.integers(0, len(report.snapshots.kinds) - 1))
    stop = data.draw(st.integers(0, len(report.snapshots.stops) - 1))

    expected = document_of(report, kind, stop)["cells"]

    assert list(tables.cells) == [cell["cell"] for cell in expected]
    assert [tables.cell(cell["cell"], kind, stop) for cell in expected] == expected


@given(st.data(), reports())
def test_the_page_holds_the_words_the_evidence_and_the_places_of_every_state(
    data: st.DataObject, report: GapMap
) -> None:
    tables, states = written(report), report.snapshots
    kind = data.draw(st.integers(0, len(states.kinds) - 1))
    stop = data.draw(st.integers(0, len(states.stops) - 1))

    for cell in states.spans[kind]:
        state, asked = states.at(kind, stop, cell), (str(cell), kind, stop)
        rating = state.rating
        assert tables.words(*asked) == (
            state.is_observed,
            "".join(figure(rating)),
            "; ".join(reasons(rating, report.matrix.dataset.place_names, TYPESET)),
            detail(rating, report.matrix.dataset.place_names),
        )  # fmt: skip
        assert tables.evidence(*asked) == [
            (one.quadrant.value, one.item.text, one.why) for one in state.evidence
        ]
        unknown = "somewhere" if state.leaves_open_where else "unknown"
        assert tables.ground(*asked) == tuple(
            [unknown if one is Coverage.UNKNOWN else one.value for one in places]
            for places in (state.units, state.tiles)
        )


@given(st.data(), reports())
def test_the_page_says_at_every_stop_what_the_data_leave_open(
    data: st.DataObject, report: GapMap
) -> None:
    tables = written(report).data
    kind = data.draw(st.integers(0, len(report.snapshots.kinds) - 1))
    stop = data.draw(st.integers(0, len(report.snapshots.stops) - 1))
    states = report.snapshots
    question = question_at(states, kind, states.stops[stop])
    shown = report.matrix
    matrix = build_matrix(shown.dataset, question).select(
        [role.id for role in shown.roles], [level.id for level in shown.levels]
    )

    words, *numbers = tables["caveats"][tables["caveats_at"][kind][stop]]

    assert words == caveats_in_words(matrix.caveats())
    assert numbers == list(record(matrix, ORIGIN).model_dump(mode="json")["caveats"].values())


@given(reports())
def test_the_page_says_whose_day_which_question_and_which_stops(report: GapMap) -> None:
    data, states = written(report).data, report.snapshots
    query, events = report.matrix.query, {event.date for event in report.timeline.events}

    whole = record(report.matrix, ORIGIN).model_dump(mode="json")
    whole["caveats"] = 0  # those of the day are found among all, as tested above
    assert list(data["document"].items()) == [one for one in whole.items() if one[0] != "cells"]
    assert data["start"] == states.start
    assert [day for day, _ in data["stops"]] == [day and day.isoformat() for day in states.stops]
    assert [bool(words) for _, words in data["stops"]] == [day in events for day in states.stops]
    clauses, _ = data["of_any"]
    assert [
        [kind, own[0] if own else [clause.replace("{}", kind) for clause in clauses]]
        for kind, *own in data["kinds"]
    ] == [
        [kind, narrowing_in_words(replace(query, kinds=(kind,)) if kind else query)]
        for kind in states.kinds
    ]


@given(reports())
def test_every_place_has_the_name_that_its_level_gives_it(report: GapMap) -> None:
    tables, states = written(report), report.snapshots
    # To a place without a name of its own the lists give theirs.
    names = {
        level.id: {
            unit.code: unit.name if unit.name != unit.code else listed_name(unit.code) or unit.code
            for unit in level.units
        }
        for level in report.matrix.dataset.levels
    }
    located = {id_: places for id_, places in states.places.items() if places.units}

    assert tables.units == {id_: list(places.units) for id_, places in located.items()}
    assert tables.tiles == {id_: list(places.tiles) for id_, places in located.items()}
    assert {id_: written[0] for id_, written in tables.data["places"].items()} == {
        id_: "\n".join(f"{code} {names[id_][code]}" for code in places.units)
        for id_, places in located.items()
    }


@given(reports())
def test_statements_are_told_of_the_cells_that_are_shown_and_of_no_other(report: GapMap) -> None:
    tables = written(report)

    told = {cell: row[1] for cell, row in tables.cells.items() if len(row) > 1}

    assert list(told) == [str(rating.cell) for rating in report.matrix]
    for cell, rows in told.items():
        statements = report.statements[Cell(*cell.split("@"))]
        assert [
            (
                None if row["instrument"] < 0 else tables.ids([row["instrument"]])[0],
                *(row["extent"], row["note"], row["why_not"]),
            )
            for row in (padded(STATEMENT, row) for row in rows)
        ] == [
            (
                said.instrument and said.instrument.id,
                said.statement.extent.value,
                said.statement.note or 0,
                said.why_not or 0,
            )
            for said in statements
        ]


# Weight


INTERNED = ("caveats", "texts", "instruments", "items", "evidence", "grounds", "states", "spans")


@given(reports())
def test_no_row_of_a_table_stands_twice(report: GapMap) -> None:
    tables = written(report)
    data = tables.data

    for table in set(INTERNED) - {"states"}:
        assert is_without_twins(data[table]), table
    # A state belongs to a level: what is missing is told by the places of its own list.
    for level in report.matrix.dataset.levels:
        spans = (row[0] for cell, row in tables.cells.items() if cell.endswith(f"@{level.id}"))
        states = {
            one for indices in spans for index in indices for one in data["spans"][index][1::2]
        }
        assert is_without_twins([data["states"][one] for one in states])


def test_a_state_repeats_few_of_the_instruments_of_the_one_before_it() -> None:
    # Each day one instrument more: with all of them in every state there would be 1 + 2 + … + 60 of them.
    instruments = [
        {"id": f"i-{n}", "name": f"{n}", "starts": f"2020-{1 + n // 28:02}-{1 + n % 28:02}", "covers": {"role@eu": "full"}}
        for n in range(60)
    ]  # fmt: skip
    states = told(dataset_of({"levels": ["eu"], "instruments": instruments})).data["states"]

    # Ignored dates, the eve, and 60 days, of which the last is as without dates.
    assert len(states) == 1 + 1 + 60 - 1
    assert sum(len(row[1]) - 1 for row in states) < 3 * 60


def is_without_twins(rows: Sequence[Json]) -> bool:
    """Tell whether no two rows say the same."""
    return max(Counter(map(json.dumps, rows)).values(), default=1) == 1


@given(reports())
def test_no_row_of_a_table_is_there_for_nobody(report: GapMap) -> None:
    tables = written(report)
    data, cells, states = tables.data, tables.cells.values(), tables.states
    said = [padded(STATEMENT, row) for _, *more in cells for row in (more[0] if more else ())]
    instruments = [padded(INSTRUMENT, row) for row in data["instruments"]]
    cited = [source for row in (*said, *instruments) for source in row["sources"] or ()]

    used: Mapping[str, set[int]] = {
        "spans": {index for spans, *_ in cells for index in spans},
        "states": {index for spans in data["spans"] for index in spans[1::2]},
        "caveats": {index for indices in data["caveats_at"] for index in indices},
        "evidence": {row["evidence"] for row in states},
        "grounds": {row["ground"] for row in states},
        "items": {item for rows in data["evidence"] for item, _ in rows},
        # All are listed, whatever they cover.
        "instruments": {*range(len(report.matrix.dataset.instruments))},
        "texts": {
            0,  # none
            *(text for row in states for text in row["notes"] or ()),
            *(row[key] for row in states for key in ("figure", "why", "detail")),
            *(row["share"][4] for row in states if row["share"]),
            *(why for rows in data["evidence"] for _, why in rows),
            *(row[key] for row in said for key in ("days", "place")),
            *(text for row in cited for text in row[2:]),
        },
    }
    for table in INTERNED:
        assert used[table] == set(range(len(data[table]))), table


def test_cells_of_which_the_same_is_said_share_one_state_and_one_span() -> None:
    roles = [f"r{number}" for number in range(50)]
    covers = {f"{role}@{level}": "full" for role in roles for level in ("eu", "city")}
    frame = {"levels": ["eu", "city"], "roles": roles}

    data = told(
        dataset_of({**frame, "instruments": [{"id": "a", "starts": "2014", "covers": covers}]})
    ).data

    # Ignored dates, the eve and the first day: two states, in one order.
    assert [len(data[table]) for table in ("cells", "spans", "states")] == [100, 1, 2]
    assert len(data["spans"][0]) == 6


def test_cells_of_levels_with_territories_share_a_state_with_those_of_their_own_level_alone() -> (
    None
):
    levels = [
        {"id": "one", "territories": ["AT", "BE"]},
        {"id": "two", "territories": ["BG", "RO"]},
    ]
    covers = {
        "a@one": {"territories": ["AT"]},
        "b@one": {"territories": ["AT"]},
        "a@two": {"territories": ["BG"]},
    }

    tables = told(
        dataset_of(
            {"levels": levels, "roles": ["a", "b"], "instruments": [{"id": "i", "covers": covers}]}
        )
    )

    missing = {cell: tables.cell(cell, 0, 0)["share"] for cell in ("a@one", "b@one", "a@two")}
    assert [share["missing"] for share in missing.values()] == [["BE"], ["BE"], ["RO"]]
    assert tables.cells["a@one"][0] == tables.cells["b@one"][0]
    assert tables.cells["a@one"][0] != tables.cells["a@two"][0]


def test_what_is_missing_is_written_in_runs() -> None:
    covers = {"role@country": {"territories": ["AT", "BE", "HR"]}}
    data = dataset_of({
        "levels": [{"id": "country", "territories": "eu27"}],
        "instruments": [{"id": "a", "covers": covers}],
    })  # fmt: skip

    tables = told(data)

    (state,) = tables.states
    letters = unrolled(tables.text(state["share"][4]))
    assert len(letters) == 27
    assert letters.count("n") == 24
    assert len(tables.text(state["share"][4])) < 20
    assert set(tables.units["country"]) - set(tables.cell("role@country", 0, 0)["share"]["missing"]) == {
        "AT", "BE", "HR",
    }  # fmt: skip


def test_where_nothing_is_missing_nothing_is_written_of_it() -> None:
    covers = {"role@country": {"territories": ["AT"]}}

    tables = told(dataset_of({
        "levels": [{"id": "country", "territories": ["AT"]}],
        "instruments": [{"id": "a", "covers": covers}],
    }))  # fmt: skip

    assert tables.text(tables.states[0]["share"][4]) == ""
    assert tables.cell("role@country", 0, 0)["share"]["missing"] == []


# Records, by hand


SOURCES = {"first": {"title": "The first"}, "second": {"title": "The second"}}


def told(dataset: Dataset, *, levels: tuple[str, ...] = (), **asked: object) -> Tables:
    """Write and read what a page says of a dataset."""
    query = Query(**asked)  # type: ignore[arg-type]
    return written(build_gap_map(build_matrix(dataset, query).select((), levels)))


def eu(*instruments: Document, **more: object) -> Dataset:
    """Make a dataset of the one cell role@eu."""
    filled = [{"covers": {"role@eu": "full"}, **one} for one in instruments]
    return dataset_of({"levels": ["eu"], "instruments": filled, "sources": SOURCES, **more})


def test_an_instrument_is_told_with_all_that_a_reader_asks_for() -> None:
    whole = {
        "id": "a", "name": "The long name", "short": "A", "kind": "fund", "managing_body": "A ministry",
        "legal_basis": "A law", "url": "https://example.org/", "note": "A note",
        "sources": [{"ref": "second", "locator": "p. 1", "quote": "so it is"}, {"ref": "first"}],
    }  # fmt: skip
    kinds = [{"id": "fund", "name": "Money"}]

    data = told(eu(whole, kinds=kinds)).data

    place = data["texts"].index("p. 1")
    # Its names stand in the list of instruments.
    assert data["instruments"] == [
        ["a", "Money", [[1, "so it is", place], [0]], "A ministry", "A law", "https://example.org/", "A note"],
    ]  # fmt: skip
    assert told(eu({"id": "a", "name": "Bare"})).data["instruments"] == [["a"]]


def test_a_planned_instrument_says_that_it_is_planned() -> None:
    planned = {"id": "a", "kind": "fund", "status": "planned"}

    assert told(eu(planned), with_planned=True).data["instruments"][0][1] == "fund, planned"
    assert told(eu({"id": "a", "status": "planned"})).data["instruments"][0][1] == "planned"


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ({"ref": "second"}, [1]),
        ({"ref": "second", "locator": "p. 1"}, [1, 0, "p. 1"]),
        ({"ref": "second", "quote": "so"}, [1, "so"]),
        ({"ref": "first", "locator": "p. 1", "quote": "so"}, [0, "so", "p. 1"]),
    ],
)
def test_a_citation_names_a_source_by_its_place_and_only_what_there_is(
    source: Document, row: list[object]
) -> None:
    cover = {"role@eu": {"extent": "full", "sources": [source]}}

    tables = told(eu({"id": "a", "covers": cover}))

    data, (_, (said,)) = tables.data, tables.cells["role@eu"]
    assert [[*found[:2], *map(data["texts"].__getitem__, found[2:])] for found in said[5]] == [row]


def test_a_statement_says_when_where_in_whose_words_and_why_it_does_not_count() -> None:
    cover = {
        "role@country": {
            "extent": "partial",
            "territories": ["AT"],
            "starts": "2015",
            "note": "Only there",
        }
    }
    data = dataset_of({
        "levels": [{"id": "country", "territories": ["AT", "RO"]}],
        "instruments": [{"id": "a", "ends": "2016", "covers": cover}],
        "observations": {"role@country": "partial"},
    })  # fmt: skip

    tables = told(data, place="RO", as_of=date(2030, 1, 1))

    _, (first, observed) = tables.cells["role@country"]
    assert (first[0], first[1], *map(tables.text, first[2:4]), *first[4:]) == (
        0, "partial", "2015 to 2016", "in Austria", "Only there", 0, "elsewhere than in RO",
    )  # fmt: skip
    assert (observed[0], observed[1], *map(tables.text, observed[2:4]), *observed[4:]) == (
        -1, "partial", "no dates given", "not everywhere, where is not said", 0, 0,
        "does not say whether in RO",
    )  # fmt: skip


def test_a_decision_to_accept_a_gap_is_told() -> None:
    def accepted(**decision: object) -> object:
        data = eu(accepted_gaps={"role@eu": {"reason": "Not now", **decision}})
        _, _, found = told(data).cells["role@eu"]
        return found

    assert accepted() == ["Not now", None, None]
    assert accepted(by="The board", until="2026") == ["Not now", "The board", "2026"]
    assert len(told(eu()).cells["role@eu"]) == 2


def test_roles_and_levels_say_what_they_are() -> None:
    data = dataset_of({
        "levels": [{"id": "eu", "name": "EU", "description": "The Union"}, {"id": "city", "name": "City"}],
        "roles": [{"id": "a", "statement": "It states", "description": "It is"}, "b"],
        "instruments": [],
    })  # fmt: skip

    tables = told(data, levels=("eu",))

    assert tables.data["levels"] == [
        ["eu", "EU", "The Union", 1, "EU level", "place", "places"],
        ["city", "City", None, 0, "city level", "place", "places"],
    ]
    assert tables.data["about"] == [["It states", "It is"], []]


def test_a_level_that_is_not_shown_tells_its_coverage_and_no_more() -> None:
    data = dataset_of({
        "levels": ["eu", "city"],
        "instruments": [{"id": "a", "covers": {"role@city": "full"}}],
        "accepted_gaps": {"role@city": {"reason": "Not now"}},
    })  # fmt: skip

    tables = told(data, levels=("eu",))

    assert len(tables.cells["role@city"]) == 1
    assert tables.cell("role@city", 0, 0)["coverage"] == "full"


def test_each_coverage_has_its_letter_and_its_word_the_worst_first() -> None:
    assert told(eu()).data["coverage"] == [
        ["n", "none", "NONE"], ["p", "partial", "partial"], ["u", "unknown", "unknown"], ["f", "full", "full"],
    ]  # fmt: skip


def test_a_stop_says_why_something_changes_on_it() -> None:
    stops = told(eu({"id": "a", "short": "A", "starts": "2014-01-01"}, as_of="2020-06-30")).data[
        "stops"
    ]

    assert [day for day, _ in stops] == ["2013-12-31", "2014-01-01", "2020-06-30"]
    assert (stops[0][1], stops[2][1]) == ("", "")
    assert stops[1][1] == "From 1 January 2014, with A"


def test_the_script_knows_what_a_csv_and_a_json_need() -> None:
    dataset = eu()
    header = write_csv(matrix_answer.rows(build_matrix(dataset, Query())), ORIGIN).splitlines()[0]

    data = told(dataset).data

    assert ",".join(data["columns"]) == header
    assert data["silent"] == SILENT
    assert data["document"]["schema"] == "clustergap/matrix@1"
    assert data["document"]["dataset"] == {"title": "A dataset", "path": "some/path"}


def test_at_a_level_that_a_question_for_one_place_does_not_reach_nothing_is_missing() -> None:
    levels = [
        {"id": "country", "territories": ["AT", "RO"]},
        {"id": "region", "territories": ["AT11"]},
    ]
    covers = {"role@region": {"territories": ["AT11"]}}
    data = dataset_of({"levels": levels, "instruments": [{"id": "a", "covers": covers}]})

    tables = told(data, place="RO")

    assert tables.units["country"] == ["RO"]
    assert tables.cell("role@region", 0, 0)["share"] == {
        "covered": 0, "partial": 0, "of": 0, "unknown": 0, "missing": [],
    }  # fmt: skip


# In the page


JSONS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSONS)
def test_data_in_a_page_is_the_same_data_and_holds_no_sign_of_markup(value: object) -> None:
    text = embed_json({"value": value})

    assert json.loads(text) == {"value": value}
    assert not set(text) & set("<>&\n\u2028\u2029")
    assert text.encode("utf-8")


def test_data_in_a_page_ends_no_element_and_begins_none() -> None:
    texts = ["</script>", "<!--", "<script", "]]>", "&lt;", "\u2028", "##[error]", "\udc80"]

    text = embed_json({"texts": texts})

    assert json.loads(text) == {"texts": texts}
    assert text.startswith(
        r'{"texts":["\u003c/script\u003e","\u003c!--","\u003cscript","]]\u003e","\u0026lt;",'
    )


def test_data_in_a_page_is_written_close_together_and_in_its_own_letters() -> None:
    assert embed_json({"a": [1, "é 地"], "b": None}) == '{"a":[1,"é 地"],"b":null}'


@pytest.mark.parametrize(
    "folder",
    ["data", "tests/hostile", "examples/industry-4-0-2017", "examples/cluster-policy-2021-2027"],
)
def test_the_page_of_each_dataset_of_ours_holds_every_state_as_the_matrix_says(
    folder: str,
) -> None:
    report = build_gap_map(build_matrix(load_dataset(find_files(ROOT / folder)).dataset, Query()))

    tables = written(report)

    for kind in range(len(report.snapshots.kinds)):
        for stop in range(len(report.snapshots.stops)):
            expected = document_of(report, kind, stop)["cells"]
            assert [tables.cell(cell["cell"], kind, stop) for cell in expected] == expected


@given(asked())
def test_the_same_question_gives_the_same_data(asked: Asked) -> None:
    first, second = (data_of(build_gap_map(build_matrix(*asked))) for _ in "12")

    assert first == second

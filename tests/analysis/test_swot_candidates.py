"""The SWOT against the matrix: what it does not say, as YAML to paste, and what the matrix says against it."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.swot import Candidate, CandidateKind, find_candidates, quadrant_items
from clustergap.answers.swot import candidate_comments, candidate_items
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant
from clustergap.origin import Origin
from clustergap.writers import swot_yaml
from running import Outcome, run
from strategies import Document, dataset_of
from swot_strategies import matrices

GAP, SINGLE, CROWDED = CandidateKind.GAP, CandidateKind.SINGLE, CandidateKind.CROWDED


def serving(*covers: Mapping[str, object]) -> list[Document]:
    """Make an instrument of each mapping of cells."""
    return [{"id": f"i{number}", "covers": cells} for number, cells in enumerate(covers, 1)]


def matrix_of(
    instruments: Sequence[Document] = (), swot: Document | None = None, **more: object
) -> Matrix:
    """Rate a dataset of two roles at two levels."""
    document = {
        "roles": ["a", "b"],
        "levels": ["eu", {"id": "country", "territories": ["AT", "RO"]}],
        "instruments": instruments,
        **more,
    }
    return build_matrix(dataset_of(document, swot), Query())


def told(found: Sequence[Candidate]) -> list[tuple[str, CandidateKind, str]]:
    """Say of candidates their id, why and of which cell."""
    return [(one.id, one.kind, str(one.rating.cell)) for one in found]


FULL_BUT_ONE = serving(
    dict.fromkeys(("a@eu", "a@country", "b@eu"), "full"),
    dict.fromkeys(("a@eu", "a@country", "b@eu"), "full"),
)
"""One gap, b@country, and nothing that rests on one."""


# What is a candidate


def test_every_gap_of_which_no_item_speaks_is_a_weakness() -> None:
    found = find_candidates(matrix_of(serving({"a@eu": "partial"})))

    assert told(found) == [
        ("w1", GAP, "a@eu"),
        ("w2", GAP, "a@country"),
        ("w3", GAP, "b@eu"),
        ("w4", GAP, "b@country"),
    ]
    assert {one.quadrant for one in found} == {Quadrant.WEAKNESSES}


def test_a_cell_that_rests_on_one_instrument_is_a_threat() -> None:
    covers = serving(dict.fromkeys(("a@eu", "a@country", "b@eu", "b@country"), "full"))

    found = find_candidates(matrix_of(covers).select(("a",), ("eu",)))

    assert [(one.id, one.quadrant, one.kind) for one in found] == [
        ("t1", Quadrant.THREATS, SINGLE)
    ]


def test_a_cell_that_two_instruments_cover_together_rests_on_no_single_one() -> None:
    # Each is alone in its country; the cell has two instruments, not one.
    matrix = matrix_of(
        serving(
            {"a@country": {"territories": ["AT"]}},
            {"a@country": {"territories": ["RO"]}},
        )
    )

    assert find_candidates(matrix.select(("a",), ("country",))) == ()


def test_a_partial_cell_of_a_crowd_is_a_gap_and_a_crowd() -> None:
    matrix = matrix_of(serving(*({"a@eu": "partial"},) * 5)).select(("a",), ("eu",))

    assert told(find_candidates(matrix)) == [("w1", GAP, "a@eu"), ("w2", CROWDED, "a@eu")]


@pytest.mark.parametrize(("number", "is_crowded"), [(4, False), (5, True), (6, True)])
def test_five_instruments_are_a_crowd(number: int, is_crowded: bool) -> None:
    matrix = matrix_of(serving(*({"a@eu": "full"},) * number)).select(("a",), ("eu",))

    assert told(find_candidates(matrix)) == ([("w1", CROWDED, "a@eu")] if is_crowded else [])


def test_weaknesses_go_before_threats_and_gaps_before_crowds() -> None:
    matrix = matrix_of(
        serving(
            *({"a@eu": "full"},) * 5,
            {"b@country": "full"},
            {"a@country": "full"},
            {"a@country": "full"},
        )
    )

    assert told(find_candidates(matrix)) == [
        ("w1", GAP, "b@eu"),
        ("w2", CROWDED, "a@eu"),
        ("t1", SINGLE, "b@country"),
    ]


def test_what_nobody_has_assessed_is_no_candidate() -> None:
    matrix = matrix_of(
        serving({"a@eu": "full"}, {"a@eu": "full"}), roles=["a"], assessed={"a@country": ["AT"]}
    )
    asked = build_matrix(matrix.dataset, Query(place="RO"))

    assert find_candidates(asked) == ()


@pytest.mark.parametrize("quadrant", Quadrant)
@pytest.mark.parametrize(
    "links", [{"cells": ["b@country"]}, {"roles": ["b"]}], ids=["cell", "role"]
)
def test_an_item_of_any_quadrant_mentions_a_cell_by_itself_or_by_its_role(
    quadrant: Quadrant, links: Document
) -> None:
    swot: Document = {quadrant.value: [{"id": "x", "text": "Said", **links}]}

    assert find_candidates(matrix_of(FULL_BUT_ONE, swot)) == ()


@pytest.mark.parametrize(
    "links",
    [
        {},
        {"levels": ["country"]},
        {"instruments": ["i1"]},
        {"cells": ["b@eu"]},
        {"cells": ["a@country"]},
        {"roles": ["a"]},
    ],
)
def test_an_item_of_the_level_or_of_another_cell_does_not_mention_it(links: Document) -> None:
    swot: Document = {"threats": [{"id": "t1", "text": "Said", **links}]}

    assert told(find_candidates(matrix_of(FULL_BUT_ONE, swot))) == [("w1", GAP, "b@country")]


def test_only_cells_that_are_shown_are_candidates() -> None:
    matrix = matrix_of()

    assert [str(one.rating.cell) for one in find_candidates(matrix.select(("b",), ("eu",)))] == [
        "b@eu"
    ]


@pytest.mark.parametrize(
    ("swot", "id_"),
    [
        ({}, "w1"),
        ({"weaknesses": ["w1"]}, "w2"),
        ({"weaknesses": ["w1", "w2"], "threats": ["w3", "w4"]}, "w5"),
        ({"weaknesses": ["w2"]}, "w3"),
        ({"strengths": ["w1"]}, "w2"),
        ({"weaknesses": ["east-west"]}, "w2"),
    ],
)
def test_an_id_is_free_in_the_whole_swot(swot: Mapping[str, list[str]], id_: str) -> None:
    rows = {
        quadrant: [{"id": one, "text": "Said"} for one in ids] for quadrant, ids in swot.items()
    }

    assert told(find_candidates(matrix_of(FULL_BUT_ONE, rows))) == [(id_, GAP, "b@country")]


@given(matrices())
def test_candidates_are_all_that_no_item_mentions_with_ids_of_their_own(matrix: Matrix) -> None:
    found = find_candidates(matrix)
    rows = [item for _, item in quadrant_items(matrix.dataset)]
    mentioned = {
        rating.cell
        for rating in matrix
        if any(
            rating.cell in (*item.cells, *item.meant.cells)
            or rating.cell.role in (*item.roles, *item.meant.roles)
            for item in rows
        )
    }

    alone = [rating for rating in matrix if len(rating.rests_on) < 2]
    assert {(one.kind, one.rating.cell) for one in found if one.rating in alone} == {
        (why, rating.cell)
        for rating in alone
        if rating.cell not in mentioned
        for why, holds in (
            (GAP, rating.coverage in ("none", "partial")),
            (SINGLE, len(rating.rests_on) == 1),
            (CROWDED, len(rating.instruments) >= 5),
        )
        if holds
    }
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids))
    assert set(ids).isdisjoint(item.id for item in rows)


@given(matrices())
def test_once_all_candidates_are_said_none_is_left(matrix: Matrix) -> None:
    found, swot = find_candidates(matrix), matrix.dataset.swot
    said = {
        quadrant.value: [
            {"id": one.id, "text": "Said", "cells": [str(one.rating.cell)]}
            for one in found
            if one.quadrant is quadrant
        ]
        for quadrant in Quadrant
    }
    new = dataset_of({"levels": ["eu"]}, said).swot
    both = {quadrant: (*swot.get(quadrant, ()), *new[quadrant]) for quadrant in Quadrant}
    more = dataclasses.replace(matrix, dataset=dataclasses.replace(matrix.dataset, swot=both))

    assert find_candidates(more) == ()


# YAML to paste


HOSTILE = (
    "\"Quoted\" and 'single'",
    "colon: value # no comment",
    r"back\slash \n \u0041 \x41",
    "- dash, [flow], {map}, &anchor *alias !tag %dir @at `tick`",
    "emoji 👩‍💻 and 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "اقتصاد \u200fاجتماعی\u200c ها",
    "null",
    "a\u00a0b e\u0301",
    "::error::x ##[error]y",
    "<!-- --> | ${{ x }} =1+1",
    "x" * 300,
)


def write(folder: Path, swot: str | None, **more: object) -> str:
    """Write a dataset of roles with hostile names at EU level, and its ``swot.yaml``."""
    document = {
        "schema": 1,
        "title": "Hostile",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": f"r{n}", "name": name} for n, name in enumerate(HOSTILE)],
        "instruments": [],
        **more,
    }
    text = json.dumps(document, ensure_ascii=False)
    (folder / "instruments.yaml").write_text(text, encoding="utf-8")
    if swot is not None:
        (folder / "swot.yaml").write_text(swot, encoding="utf-8")
    return str(folder)


def proposed(data: str, *argv: str) -> str:
    """Propose candidates."""
    outcome = run("swot", "--candidates", "--data", data, *argv)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def texts(data: str, quadrant: Quadrant = Quadrant.WEAKNESSES) -> list[str]:
    """Read what the items of a dataset's SWOT say."""
    swot = load_dataset(find_files(Path(data))).dataset.swot
    return [item.text for item in swot[quadrant]]


def no_errors(outcome: Outcome) -> bool:
    """Tell whether ``check`` found no error."""
    return outcome.code == 0


def test_what_is_pasted_into_a_new_swot_is_read_as_it_was_said(tmp_path: Path) -> None:
    data = write(tmp_path, None)
    write(tmp_path, "schema: 1\n" + proposed(data))

    assert no_errors(run("check", data))
    assert texts(data) == [f"{name} at EU level is not covered" for name in HOSTILE]


def test_what_is_pasted_below_other_items_is_read_as_it_was_said(tmp_path: Path) -> None:
    own = {
        "weaknesses": "  - id: w1\n    text: Own\n",
        "threats": "  - id: t1\n    text: Own too\n",
    }
    label = 'Hub "No. 1": \\ # 👩‍💻'
    more = {
        "instruments": [{"id": "hub", "name": "Hub", "short": label, "covers": {"r0@eu": "full"}}]
    }
    head = "schema: 1\n"
    data = write(tmp_path, head + "".join(f"{key}:\n{row}" for key, row in own.items()), **more)
    found = proposed(data)
    weaknesses, threats = found.split("weaknesses:\n")[1].split("threats:\n")

    pasted = f"weaknesses:\n{own['weaknesses']}{weaknesses}threats:\n{own['threats']}{threats}"
    write(tmp_path, head + pasted, **more)

    assert no_errors(run("check", data))
    assert texts(data)[0] == "Own"
    assert texts(data)[1:] == [f"{name} at EU level is not covered" for name in HOSTILE[1:]]
    assert texts(data, Quadrant.THREATS) == [
        "Own too",
        f"Coverage of {HOSTILE[0]} at EU level rests on {label}",
    ]


def test_what_is_pasted_is_proposed_no_more(tmp_path: Path) -> None:
    data = write(tmp_path, None)
    write(tmp_path, "schema: 1\n" + proposed(data))

    assert proposed(data).startswith("# No candidates")


def test_names_of_any_length_make_texts_that_are_read(tmp_path: Path) -> None:
    name = "n" * 300
    instruments = [
        {"id": f"i{n}", "name": f"{n:02}" + "i" * 298, "covers": {"r10@eu": "full"}}
        for n in range(1, 15)
    ]
    data = write(tmp_path, None, levels=[{"id": "eu", "name": name}], instruments=instruments)
    write(
        tmp_path,
        "schema: 1\n" + proposed(data),
        levels=[{"id": "eu", "name": name}],
        instruments=instruments,
    )

    assert no_errors(run("check", data))


def test_the_yaml_is_plain_yaml_to_others_too(tmp_path: Path) -> None:
    document = yaml.safe_load(proposed(write(tmp_path, None)))

    assert list(document) == ["weaknesses"]
    assert [row["text"] for row in document["weaknesses"]] == [
        f"{name} at EU level is not covered" for name in HOSTILE
    ]
    assert [row["cells"] for row in document["weaknesses"]] == [
        [f"r{n}@eu"] for n in range(len(HOSTILE))
    ]


def test_a_file_gets_the_same_bytes_as_the_terminal(tmp_path: Path) -> None:
    data, file = write(tmp_path, None), tmp_path / "candidates.yaml"
    outcome = run("swot", "--candidates", "--data", data, "-o", str(file))

    assert outcome.code == 0
    assert file.read_text(encoding="utf-8") == proposed(data)
    assert run("swot", "--candidates", "--data", data, is_terminal=True).out == proposed(data)


def yaml_of(matrix: Matrix) -> str:
    """Write the candidates of the cells that a matrix shows."""
    candidates = find_candidates(matrix)
    comments = candidate_comments(candidates, matrix, Origin("data"))
    return swot_yaml.write(candidate_items(candidates, matrix), comments)


def test_each_kind_of_candidate_says_what_it_is() -> None:
    names = [{"id": f"i{n}", "short": f"I{n}", "covers": {"b@eu": "full"}} for n in range(1, 6)]
    one = {"id": "one", "short": "ONE", "covers": {"a@eu": "full", "a@country": "partial"}}
    matrix = matrix_of(
        [*names, one], roles=[{"id": "a", "name": "Role A"}, {"id": "b", "name": "Role B"}]
    )
    document = yaml.safe_load(yaml_of(matrix))

    assert [row["text"] for row in document["weaknesses"]] == [
        "Role A at The country level is covered only in part",
        "Role B at The country level is not covered",
        "Role B at The eu level is served by 5 instruments: fragmentation",
    ]
    assert [row["text"] for row in document["threats"]] == [
        "Coverage of Role A at The eu level rests on ONE"
    ]


def test_a_gap_of_one_place_says_of_which() -> None:
    # Who asks about RO must not be given a sentence about every country.
    matrix = matrix_of(serving({"a@country": {"territories": ["AT"]}}), roles=["a"])
    asked = build_matrix(matrix.dataset, Query(place="RO")).select((), ("country",))

    document = yaml.safe_load(yaml_of(asked))

    assert "RO" in document["weaknesses"][0]["text"]


def test_without_candidates_the_yaml_is_a_comment() -> None:
    matrix = matrix_of(FULL_BUT_ONE).select(("a",), ())

    text = yaml_of(matrix)

    assert text.startswith("# No candidates")
    assert yaml.safe_load(text) is None


def deck(*argv: str) -> dict[str, list[tuple[str, list[str]]]]:
    """Propose what the deck's SWOT does not say."""
    outcome = run("swot", "--candidates", *argv)
    document = yaml.safe_load(outcome.out) or {}
    return {key: [(row["id"], row["cells"]) for row in rows] for key, rows in document.items()}


def test_the_deck_has_these_candidates() -> None:
    # Of the circular economy's gap speaks o2, which means its role.
    assert deck() == {
        "threats": [
            ("t3", ["new-industrial-value-chains@eu"]),
            ("t4", ["new-industrial-value-chains@region"]),
        ],
    }


def test_a_level_narrows_the_candidates_of_the_deck() -> None:
    assert deck("--level", "country") == {}
    assert deck("--level", "region") == {
        "threats": [("t3", ["new-industrial-value-chains@region"])]
    }
    assert deck("--role", "social economy") == {}


@pytest.mark.parametrize("options", [("--tows",), ("-f", "json"), ("-f", "md")])
def test_candidates_are_yaml_and_nothing_else(options: tuple[str, ...]) -> None:
    outcome = run("swot", "--candidates", *options)

    assert outcome.code == 2
    assert outcome.stdout == b""
    assert "--candidates writes YAML" in outcome.err


# What the matrix says against the SWOT


@pytest.fixture
def contradicted(tmp_path: Path) -> str:
    """Write a SWOT of a cell that is full in 2019 and empty in 2021, and of one that is empty always."""
    document = {
        "schema": 1,
        "title": "Contradicted",
        "as_of": "2019-05-31",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "on", "name": "On"}, {"id": "off", "name": "Off"}],
        "instruments": [
            {"id": "hub", "name": "Hub", "ends": "2020", "covers": {"on@eu": "full"}},
        ],
    }
    rows: list[Document] = [
        {"id": "1", "text": "One cell", "cells": ["on@eu"]},
        {"id": "2", "text": "Both", "cells": ["on@eu", "off@eu"]},
        {"id": "3", "text": "The role", "roles": ["on"], "levels": ["eu"], "instruments": ["hub"]},
        {"id": "4", "text": "Nothing"},
    ]
    swot = {
        "schema": 1,
        **{
            quadrant.value: [{**row, "id": f"{quadrant.value[0]}{row['id']}"} for row in rows]
            for quadrant in Quadrant
        },
    }
    (tmp_path / "instruments.yaml").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "swot.yaml").write_text(json.dumps(swot), encoding="utf-8")
    return str(tmp_path)


def marked(data: str, *argv: str) -> list[str]:
    """Name the items that the matrix contradicts."""
    document = json.loads(run("swot", "--data", data, *argv, "-f", "json").out)
    return [
        row["id"]
        for quadrant in Quadrant
        for row in document[quadrant.value]
        if row["contradicted"]
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["w1"]),
        (("--as-of", "2020-12-31"), ["w1"]),
        (("--as-of", "2021-01-01"), ["s1", "s2"]),
        (("--without", "hub"), ["s1", "s2"]),
    ],
    ids=" ".join,
)
def test_a_closed_weakness_and_a_strength_that_is_gone_are_marked_under_the_query(
    contradicted: str, options: tuple[str, ...], ids: list[str]
) -> None:
    assert marked(contradicted, *options) == ids


@pytest.mark.parametrize("format_", ["table", "md"])
def test_the_text_says_what_contradicts_an_item(contradicted: str, format_: str) -> None:
    then = run("swot", "--data", contradicted, "-f", format_)
    later = run("swot", "--data", contradicted, "-f", format_, "--as-of", "2021")
    closed, gone = "closed: all that it names is full", "gone: all that it names is none"

    assert (then.out.count(closed), then.out.count(gone)) == (1, 0)
    assert (later.out.count(closed), later.out.count(gone)) == (0, 2)


def test_a_choice_of_items_keeps_their_marks(contradicted: str) -> None:
    assert marked(contradicted, "--role", "off", "--as-of", "2021") == ["s2"]


def test_nothing_of_the_deck_is_contradicted() -> None:
    outcome = run("swot")

    assert "closed: " not in outcome.out
    assert "gone: " not in outcome.out


def test_without_a_swot_there_are_candidates(tmp_path: Path) -> None:
    data = write(tmp_path, None)

    assert proposed(data).count("- id: w") == len(HOSTILE)
    assert json.loads(run("swot", "--data", data, "-f", "json").out)["weaknesses"] == []

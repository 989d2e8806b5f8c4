"""Why nobody knows of a cell, in words: not looked at, the source does not say where, or its list may not be whole."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.risks import RiskKind, find_risks
from clustergap.answers.phrases import names_of
from clustergap.answers.ratings import brief_reasons, how_covered, reasons
from clustergap.answers.risks import sentence
from clustergap.model.cell import Cell
from clustergap.model.place_names import PlaceNames
from clustergap.model.query import CROWDED, Query
from paths import ROOT
from running import run
from strategies import dataset_of

DECK = str(ROOT / "data")
WHETHER_HERE = "somewhere, whether here is not said"
LEVELS = [{"id": "country", "territories": ["AT", "BG", "RO"]}]
CELL = Cell("role", "country")


def rate(place: str | None, **data: object) -> Rating:
    """Rate the one cell of some data, asked of a place."""
    data = {"levels": LEVELS, "roles": ["role"], **data}
    return build_matrix(dataset_of(data), Query(place=place)).ratings[CELL]


def observed(*observations: object) -> dict[str, object]:
    """Observe something of the one cell."""
    return {"observations": {"role@country": list(observations)}}


@pytest.mark.parametrize(
    ("question", "format_"),
    [
        (["matrix"], "md"),
        (["matrix"], "html"),
        (["gaps"], "table"),
        (["gaps"], "md"),
        (["gaps"], "html"),
    ],
)
def test_of_romania_the_deck_says_somewhere_whether_here_is_not_said(
    question: Sequence[str], format_: str
) -> None:
    words = run(*question, "--data", DECK, "--in", "RO", "-f", format_, columns=400).out

    assert WHETHER_HERE in words
    assert "nobody has looked" not in words
    assert "nobody knows: not looked at, or the source does not say where" in words


def test_the_explanation_of_an_unknown_cell_begins_with_why_it_is_unknown() -> None:
    explained = run(
        "explain", "industry-4-0@country", "--data", DECK, "--in", "RO", columns=200
    ).out

    assert explained.startswith(
        "Industry 4.0 @ Country: ? unknown. Somewhere, whether here is not said ("
    )


def test_what_is_somewhere_in_the_whole_level_is_partial_and_where_is_not_said() -> None:
    rating = rate(None, **observed({"extent": "partial", "note": "Not everywhere"}))

    assert rating.coverage is Coverage.PARTIAL
    assert reasons(rating, PlaceNames({}, {})) == ['"Not everywhere"', "where is not said"]


def test_beside_what_nobody_has_the_rest_of_a_place_is_not_said() -> None:
    data = observed("partial", {"extent": "none", "territories": ["BG"]})
    groups = [{"id": "east", "name": "East", "territories": ["BG", "RO"]}]
    rating = rate("east", groups=groups, **data)

    assert rating.coverage is Coverage.NONE
    assert "somewhere, whether in the rest is not said" in reasons(rating, PlaceNames({}, {}))


def test_a_list_that_may_not_be_whole_is_why_the_others_are_unknown() -> None:
    cover = {"extent": "full", "territories": ["AT"], "at_least": "true"}
    data = {"instruments": [{"id": "hubs", "covers": {"role@country": cover}}]}
    rating, whole = rate("RO", **data), rate(None, **data)

    assert rating.coverage is Coverage.UNKNOWN
    assert reasons(rating, PlaceNames({}, {})) == ["the list of places may not be whole"]
    assert brief_reasons(rating) == "the list of places may not be whole"
    assert reasons(whole, PlaceNames({}, {})) == [
        "1 of 1 country, 2 unknown",
        "the list of places may not be whole",
    ]


def test_where_everything_on_an_open_list_is_asked_for_the_list_is_whole_enough() -> None:
    cover = {"extent": "full", "territories": ["AT"], "at_least": "true"}
    rating = rate("AT", instruments=[{"id": "hubs", "covers": {"role@country": cover}}])

    assert (rating.coverage, rating.has_open_list) == (Coverage.FULL, False)


def test_what_is_on_no_list_of_what_was_looked_at_nobody_has_looked_at() -> None:
    data = {"levels": LEVELS, "roles": ["role"], "assessed": {"country": ["AT"]}}
    matrix = build_matrix(dataset_of(data), Query(place="RO"))
    rating = matrix.ratings[CELL]

    assert reasons(rating, PlaceNames({}, {})) == ["nobody has looked"]
    assert how_covered(rating, names_of(matrix)) == "nobody has looked here"


def test_what_is_no_longer_known_says_why_nobody_knows() -> None:
    changed = run("what-if", "--in", "RO", "--data", DECK, "-f", "md").out

    assert (
        f"| Industry 4.0 @ Country | is no longer known | ◐ partial | ? unknown | {WHETHER_HERE} |"
    ) in changed


def test_what_rests_on_an_instrument_where_the_rest_is_not_said_becomes_unknown_not_a_gap() -> (
    None
):
    cover = {"extent": "full", "territories": ["AT"]}
    fund = {"id": "fund", "ends": "2020-12-31", "covers": {"role@country": cover}}
    data = {**observed("partial"), "instruments": [fund]}
    dataset = dataset_of({"levels": LEVELS, "roles": ["role"], "as_of": "2020-06-30", **data})
    matrix = build_matrix(dataset, Query(place="AT"))
    names = names_of(matrix)
    sentences = [
        sentence(risk, names, dataset)
        for risk in find_risks(matrix, date(2021, 6, 30), CROWDED).risks
        if risk.kind in (RiskKind.SINGLE, RiskKind.ENDING)
    ]

    assert [words.partition(";")[0] for words in sentences] == [
        "Rests on The fund: unknown without it",
        "Becomes unknown on 1 January 2021: The fund ends",
    ]


def test_a_picture_counts_what_nobody_knows_and_says_why(tmp_path: Path) -> None:
    data = tmp_path / "instruments.yaml"
    data.write_text(
        "schema: 1\ntitle: T\nroles: [{id: role, name: Role}]\ninstruments: []\n"
        "levels: [{id: a, name: A, territories: [AT]}, {id: b, name: B, territories: [RO11]}]\n"
    )
    in_romania = drawn_words(DECK, "--in", "RO")

    assert "2 NONE, 3 unknown, 13 full of 18 pairs of role and level." in in_romania
    assert "nobody knows: not looked at, or the source does not say where" in in_romania
    assert WHETHER_HERE in in_romania
    assert "this level has no such place" in drawn_words(str(data), "--in", "RO11")


def drawn_words(data: str, *options: str) -> str:
    """Return the words of a matrix as a picture, whatever its lines."""
    drawn = run("matrix", "--data", data, *options, "-f", "svg").out
    return " ".join(" ".join(re.findall(">([^<]+)<", drawn)).split())

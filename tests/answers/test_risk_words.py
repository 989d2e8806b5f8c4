"""Why a cell is fragile, in words: a sentence of each kind, of one and of several instruments."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given

from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.risks import RiskKind, Risks, find_risks
from clustergap.answers.phrases import names_of
from clustergap.answers.risks import headline, kinds_of, meaning, sentence
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.text import long_day
from paths import ROOT
from strategies import dataset_of, questions

DATA = ROOT / "data"
UNTIL = date(2021, 5, 31)

SINGLE, ENDING, _WINDING_DOWN, NO_FUNDING, CROWDED, ONE_SIDED = RiskKind

KINDS = [
    {"id": "fund", "name": "Fund", "funds": "true"},
    {"id": "forum", "name": "Forum", "funds": "false"},
    {"id": "network", "name": "Network of experts", "funds": "false"},
]


def serves(id_: str, *places: str, extent: str = "full", **more: object) -> dict[str, object]:
    """Make an instrument that serves the cell, everywhere or in some places; its label is its id in capitals."""
    where = {"territories": list(places)} if places else {}
    cover = {"role@level": {"extent": extent, **where}}
    return {"id": id_, "short": id_.upper(), "covers": cover, **more}


def found_in(*instruments: object, units: str = "", crowded: int = 5, **more: object) -> Risks:
    """Find the risks of a dataset of one cell, as of the last day of May 2019."""
    territories = {"territories": units.split()} if units else {}
    data = dataset_of({
        "as_of": "2019-05-31",
        "levels": [{"id": "level", **territories}],
        "instruments": instruments,
        "kinds": KINDS,
        **more,
    })  # fmt: skip
    return find_risks(build_matrix(data, Query()), UNTIL, crowded)


def said(kind: RiskKind, found: Risks) -> str:
    """Say the one risk of a kind."""
    (risk,) = (risk for risk in found.risks if risk.kind is kind)
    return sentence(risk, names_of(found.matrix), found.matrix.dataset)


# Single


def test_a_cell_rests_on_one_instrument() -> None:
    assert said(SINGLE, found_in(serves("a"))) == "Rests on A: a gap without it."


def test_an_instrument_without_a_short_name_is_called_by_its_name() -> None:
    found = found_in({"id": "a", "name": "The long name", "covers": {"role@level": "full"}})

    assert said(SINGLE, found) == "Rests on The long name: a gap without it."


def test_a_cell_that_rests_on_one_instrument_in_some_territories_says_what_is_left() -> None:
    found = found_in(serves("a", "AT"), serves("b", "AT"), serves("c", "BE", "BG"), units="AT BE BG")  # fmt: skip

    assert said(SINGLE, found) == (
        "Rests on C: a gap without it; then 1 of 3 countries; lost: Belgium, Bulgaria."
    )


def test_a_cell_rests_on_each_of_several_instruments() -> None:
    found = found_in(serves("a", "AT"), serves("b", "BE"), units="AT BE")

    words = said(SINGLE, found)

    assert words.startswith("Rests on each of A, B: a gap without any one of them")
    assert "Austria" in words
    assert "Belgium" in words


def test_what_is_left_without_one_and_what_is_lost_with_all_do_not_contradict_each_other() -> None:
    # One of two territories is left, whichever instrument goes: then one is lost, and not both.
    found = found_in(serves("a", "AT"), serves("b", "BE"), units="AT BE")

    assert "then 1 of 2 countries; lost: Austria, Belgium" not in said(SINGLE, found)


def test_a_cell_that_loses_all_its_territories_names_them() -> None:
    found = found_in(serves("a", "AT", "BE"), units="AT BE")

    words = said(SINGLE, found)

    assert words.startswith("Rests on A: a gap without it")
    assert "Austria, Belgium" in words


def test_of_many_territories_that_are_lost_the_first_dozen_is_named() -> None:
    found = found_in(serves("a", "AT"), units="AT", assessed={"level": ["AT"]})
    own = [f"P{n}" for n in range(10, 23)]
    many = found_in(
        serves("a", "AT11"), serves("b", *own),
        units=f"AT11 {' '.join(own)}", assessed={"level": [*own, "AT"]},
    )  # fmt: skip

    assert said(SINGLE, found).endswith("a gap without it; lost: Austria.")
    assert "P20" in said(SINGLE, many)
    assert "P22" not in said(SINGLE, many)
    assert said(SINGLE, many).endswith("in all).")


# Ending


def test_a_cell_becomes_a_gap_as_one_instrument_ends() -> None:
    found = found_in(serves("a", ends="2020"))

    assert said(ENDING, found) == "Becomes a gap on 1 January 2021: A ends."


def test_a_cell_becomes_a_gap_as_several_instruments_end() -> None:
    found = found_in(serves("b", ends="2020"), serves("a", ends="2019"))

    assert said(ENDING, found) == "Becomes a gap on 1 January 2021: B, A end."


def test_a_cell_that_becomes_a_gap_for_a_while_says_until_when() -> None:
    found = found_in(serves("a", ends="2020-12"), serves("b", starts="2021-02"))

    assert said(ENDING, found) == "Becomes a gap on 1 January 2021, until 1 February 2021: A ends."


def test_a_cell_that_becomes_a_gap_in_some_territories_says_what_is_left() -> None:
    found = found_in(serves("a", "AT", "RO"), serves("b", "BE", ends="2020"), units="AT BE RO")

    assert said(ENDING, found) == (
        "Becomes a gap on 1 January 2021: B ends; then 2 of 3 countries; lost: Belgium."
    )


def test_a_cell_that_becomes_a_gap_for_a_while_in_some_territories_says_both() -> None:
    found = found_in(
        serves("a", "AT"), serves("b", "BE", ends="2020-12"), serves("c", "BE", starts="2021-02"),
        units="AT BE",
    )  # fmt: skip

    assert said(ENDING, found) == (
        "Becomes a gap on 1 January 2021, until 1 February 2021: B ends; then 1 of 2 countries; lost: Belgium."
    )


def test_a_cell_may_become_a_gap_as_an_observation_ends() -> None:
    found = found_in(observations={"role@level": {"ends": "2020"}})

    assert said(ENDING, found) == "Becomes a gap on 1 January 2021: an observation ends."


def test_a_cell_that_becomes_a_gap_as_a_successor_ends_does_not_say_that_only_another_does() -> (
    None
):
    found = found_in(serves("a", ends="2019"), serves("b", starts="2019-12", ends="2020"))

    words = said(ENDING, found)

    assert words.startswith("Becomes a gap on 1 January 2021: ")
    assert "B" in words


# No funding, crowded, one-sided


def test_one_instrument_that_gives_no_money_is_named_with_its_kind() -> None:
    found = found_in(serves("a", kind="network"))

    assert said(NO_FUNDING, found) == "Gives no money: A (Network of experts)."


def test_several_instruments_that_give_no_money_are_named_with_their_kinds() -> None:
    found = found_in(serves("b", kind="network"), serves("a", kind="forum"))

    assert said(NO_FUNDING, found) == "Gives no money: B (Network of experts), A (Forum)."


def test_a_crowded_cell_names_its_instruments() -> None:
    found = found_in(serves("b"), serves("a"), crowded=2)

    assert said(CROWDED, found) == "2 instruments: B, A."


def test_of_a_crowd_the_first_dozen_is_named() -> None:
    dozen, more = (found_in(*(serves(f"i{n}") for n in range(10, 10 + m))) for m in (12, 13))
    names = ", ".join(f"I{n}" for n in range(10, 22))

    assert said(CROWDED, dozen) == f"12 instruments: {names}."
    assert said(CROWDED, more) == f"13 instruments: {names}, … (13 in all)."


def test_a_one_sided_cell_says_how_many_territories_are_covered_and_which_are_not() -> None:
    found = found_in(serves("a", "BE"), units="RO BE AT")

    words = said(ONE_SIDED, found)

    assert "1 of 3 countries" in words
    assert words.endswith("; not in Romania, Austria.")


# Meanings, kinds, headline


def test_each_kind_that_is_found_is_explained_with_the_numbers_that_were_asked_for() -> None:
    found = found_in(serves("a"), crowded=7)

    assert meaning(SINGLE, found) == (
        "what is covered rests on an instrument, and would be a gap without it."
    )
    assert meaning(ENDING, found) == "it becomes a gap by 31 May 2021, as instruments end."
    assert meaning(NO_FUNDING, found) == "all of its instruments are of kinds that give no money."
    assert meaning(CROWDED, found) == "7 instruments or more serve it: fragmentation."
    assert meaning(ONE_SIDED, found) == (
        "some of its places are covered in full, others not at all."
    )


def test_the_kinds_that_are_there_come_in_their_own_order() -> None:
    found = found_in(
        serves("a", "AT", kind="forum", ends="2020"), serves("b", "BE", kind="forum"),
        units="AT BE", crowded=2,
    )  # fmt: skip

    assert kinds_of(found) == [SINGLE, ENDING, NO_FUNDING, CROWDED]
    assert kinds_of(found_in()) == []


def test_the_headline_counts_risks_and_the_cells_that_have_some() -> None:
    two = find_risks(
        build_matrix(
            dataset_of({
                "levels": ["eu"],
                "roles": ["x", "y", "z"],
                "instruments": [
                    {"id": "a", "kind": "forum", "covers": {"x@eu": "full", "y@eu": "partial"}}
                ],
                "kinds": KINDS,
            }),
            Query(as_of=date(2019, 5, 31)),
        ),
        UNTIL,
        5,
    )  # fmt: skip

    assert headline(two) == "3 risks in 2 of 3 pairs of role and level (as of 31 May 2019)"
    assert (
        headline(found_in(serves("a")))
        == "1 risk in 1 of 1 pair of role and level (as of 31 May 2019)"
    )
    assert headline(found_in()) == "No risk (as of 31 May 2019)"


def test_the_headline_says_what_narrows_the_question() -> None:
    data = found_in(serves("a"), serves("b")).matrix.dataset
    matrix = build_matrix(data, Query(without=("a",), with_planned=True))

    assert headline(find_risks(matrix, UNTIL, 5)) == (
        "1 risk in 1 of 1 pair of role and level (as of 31 May 2019, without a, with planned instruments)"
    )


# The deck, and by chance


def deck() -> Risks:
    dataset = load_dataset(find_files(DATA)).dataset
    return find_risks(build_matrix(dataset, Query()), UNTIL, 5)


DECK: Mapping[tuple[str, RiskKind], str] = {
    ("internationalisation@region", SINGLE): "Rests on INTERREG: a gap without it.",
    ("internationalisation@region", ENDING): "Becomes a gap on 1 January 2021: INTERREG ends.",
    ("new-industrial-value-chains@eu", ENDING): "Becomes a gap on 1 January 2021: INNOSUP ends.",
    ("industry-4-0@eu", NO_FUNDING): "Gives no money: DIH (Network).",
    ("social-economy@region", NO_FUNDING): "Gives no money: JRC TP (Platform).",
}


@pytest.mark.parametrize(("cell", "kind"), DECK)
def test_a_risk_of_the_deck_is_told_in_a_sentence(cell: str, kind: RiskKind) -> None:
    found = deck()

    (risk,) = (r for r in found.risks if (str(r.rating.cell), r.kind) == (cell, kind))

    assert sentence(risk, names_of(found.matrix), found.matrix.dataset) == DECK[cell, kind]


def test_the_headline_of_the_deck_counts_eleven_risks_in_six_cells() -> None:
    # Six that rest on an instrument; three of them end, two of them have no funding.
    assert headline(deck()) == "11 risks in 6 of 18 pairs of role and level (as of 31 May 2019)"


@given(questions())
def test_every_risk_has_a_sentence_that_names_all_it_is_about(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question
    found = find_risks(build_matrix(dataset, query), date(2021, 12, 31), 2)
    names = names_of(found.matrix)

    for risk in found.risks:
        words = sentence(risk, names, dataset)
        assert words[0].isupper() or words[0].isdigit()
        assert words.endswith(".")
        assert "None" not in words
        assert ".." not in words.replace("…", "")
        if risk.kind is not ONE_SIDED:
            assert all(names.instruments[id_] in words for id_ in risk.instruments)
        assert all(name in words for name in names.places.listed(risk.territories[:12]))
        assert not risk.day or long_day(risk.day) in words
        assert not risk.again or long_day(risk.again) in words
        assert meaning(risk.kind, found).endswith(".")

"""What a list says of nothing: somebody looked, and there is none. In a row of its own, which names no instrument."""

from collections.abc import Sequence

import pytest

from clustergap.importing.problems import SheetError
from clustergap.model.dataset import Plain, plain
from spreadsheets import import_into, sheet_of, target_of

HEAD = """\
schema: 1
title: T
levels: [{id: country, name: Country, territories: [AT, BE, HU, RO]}, {id: eu, name: EU}]
roles: [{id: role, name: Role}, {id: other, name: Other}]
sources: {s: {title: S}}
instruments: [{id: a, name: Alpha}]
"""
CELL = "role@country"
OF_AN_INSTRUMENT = (
    ": this row says that there is nothing, and speaks of an instrument here: leave this cell empty, or write the "
    "instrument's name and how far it covers the cell"
)
HEADER = ("name", "role", "level", "extent", "territories", "cover_note")


def row(extent: str, where: str = "", note: str = "", *, name: str = "") -> tuple[str, ...]:
    """A row about role@country, of no instrument unless it is named."""
    return (name, "role", "country", extent, where, note)


def observed(
    before: str, *rows: Sequence[str], header: Sequence[str] = HEADER, prune: bool = False
) -> Plain:
    """What is observed of role@country after an import into data that observe *before*."""
    target = target_of(main=f"{HEAD}{before}")
    after = import_into(target, sheet_of([header, *rows]), prune=prune).after
    said = plain(dict(after.observations))
    assert isinstance(said, dict)
    return said.get(CELL)


def lines(*rows: Sequence[str], header: Sequence[str] = HEADER, before: str = "") -> list[str]:
    """What is wrong with rows."""
    with pytest.raises(SheetError) as caught:
        import_into(target_of(main=f"{HEAD}{before}"), sheet_of([header, *rows]))
    return caught.value.lines


@pytest.mark.parametrize(
    "word",
    [
        *("none", "None", "nothing", "not covered", "keine", "nichts", "aucun", "néant", "ninguno", "nada"),
        *("nessuno", "nulla", "brak", "nic", "niciunul", "nimic", "κανένα", "τίποτα"),
    ],
)  # fmt: skip
def test_a_row_that_names_no_instrument_observes_nothing(word: str) -> None:
    said = observed("", row(word, "AT; BE", "No strategy"))

    assert said == {"extent": "none", "territories": ["AT", "BE"], "note": "No strategy"}


def test_an_extent_alone_is_enough() -> None:
    assert observed("", row("none")) == {"extent": "none"}


def test_an_instrument_cannot_cover_nothing() -> None:
    (line,) = lines(row("none", "AT", name="Alpha"), row("keine", "BE", name="Beta"))

    assert line == (
        "Instruments!D2 and D3: this row names an instrument, and says that there is nothing: write full or partial, or "
        "delete the row (in a table of others: --propose); only a row without name and id says that there is nothing"
    )


@pytest.mark.parametrize("word", ["-", "n/a", "no", "nein", "keine Angabe"])
def test_a_sign_for_no_answer_is_no_extent(word: str) -> None:
    (line,) = lines(row(word, "AT"))

    assert line == (
        f"Instruments!D2: '{word}' is neither full nor partial: write full or partial; none if somebody looked and there "
        "is nothing, in a row without id and name"
    )


def test_what_stands_in_the_columns_of_instruments_is_of_the_observation() -> None:
    header = (
        "Name",
        "Role",
        "Level",
        "Extent",
        "Country",
        "Since",
        "Until",
        "Seen",
        "Notes",
        "Source",
    )
    nothing = ("", "role", "country", "none", "AT", "2016", "2020", "2019-02", "No strategy", "s")
    plan = import_into(target_of(main=HEAD), sheet_of([header, nothing]))

    assert plain(dict(plan.after.observations)) == {
        CELL: {
            "extent": "none",
            "territories": ["AT"],
            "starts": "2016-01-01",
            "ends": "2020-12-31",
            "seen": "2019-02-01",
            "note": "No strategy",
            "sources": [{"ref": "s"}],
        }
    }
    assert (
        "in a row that says that there is nothing, 'Seen' is read as the observation's (Instruments!H2)"
        in plan.remarks
    )


def test_a_day_of_the_observation_does_not_give_way_to_another() -> None:
    header = (*HEADER, "cover_seen", "seen")

    assert lines((*row("none", "AT"), "2018", "2019"), header=header) == [
        f"Instruments!H2{OF_AN_INSTRUMENT}"
    ]


def test_nothing_is_of_no_kind() -> None:
    header = (*HEADER, "kind")

    assert lines((*row("none", "AT"), "fund"), header=header) == [
        f"Instruments!G2{OF_AN_INSTRUMENT}"
    ]


def test_nothing_and_something_in_one_place_contradict() -> None:
    (line,) = lines(row("none", "AT"), row("full", "AT; BE"))

    assert line.startswith(
        "Instruments!B3: 'role@country' is full here, and none by another statement in AT, first in Instruments!B2: "
    )


# In data that observe something already


SOMEWHERE = "observations: {role@country: {extent: partial, note: Not in every country, sources: [{ref: s}]}}\n"
IN_RO = "observations: {role@country: {extent: partial, territories: [RO]}}\n"
NOTHING_IN_AT = "observations: {role@country: {extent: none, territories: [AT], note: looked}}\n"


def test_nothing_here_is_beside_something_that_is_not_said_where() -> None:
    assert observed(SOMEWHERE, row("none", "AT; BE")) == [
        {"extent": "partial", "note": "Not in every country", "sources": [{"ref": "s"}]},
        {"extent": "none", "territories": ["AT", "BE"]},
    ]


def test_something_that_is_not_said_where_is_beside_nothing_here() -> None:
    assert observed(NOTHING_IN_AT, row("partial", note="Not in every country")) == [
        {"extent": "none", "territories": ["AT"], "note": "looked"},
        {"extent": "partial", "note": "Not in every country"},
    ]


def test_nothing_in_one_place_is_beside_something_in_another() -> None:
    assert observed(IN_RO, row("none", "AT")) == [
        {"extent": "partial", "territories": ["RO"]},
        {"extent": "none", "territories": ["AT"]},
    ]
    assert observed(NOTHING_IN_AT, row("full", "RO")) == [
        {"extent": "none", "territories": ["AT"], "note": "looked"},
        {"territories": ["RO"]},
    ]


def test_as_many_rows_as_statements_are_not_those_if_both_may_hold() -> None:
    two = "observations: {role@country: [{extent: full, territories: [BE]}, {extent: partial, territories: [RO]}]}\n"

    assert observed(two, row("none", "AT"), row("partial", "HU")) == [
        {"territories": ["BE"]},
        {"extent": "partial", "territories": ["HU"]},
        {"extent": "none", "territories": ["AT"]},
    ]


def test_nothing_there_any_more_changes_what_was_there() -> None:
    assert observed(IN_RO, row("none", "RO")) == {"extent": "none", "territories": ["RO"]}
    assert observed(NOTHING_IN_AT, row("full", "AT")) == {"territories": ["AT"], "note": "looked"}


def test_nothing_at_all_changes_what_was_somewhere() -> None:
    assert observed(SOMEWHERE, row("none")) == {
        "extent": "none",
        "note": "Not in every country",
        "sources": [{"ref": "s"}],
    }


def test_more_places_without_anything_are_the_same_statement() -> None:
    assert observed(NOTHING_IN_AT, row("none", "AT; BE")) == {
        "extent": "none",
        "territories": ["AT", "BE"],
        "note": "looked",
    }


def test_with_prune_nothing_stays_but_what_the_rows_say() -> None:
    said = observed(SOMEWHERE, row("none", "AT"), prune=True)

    assert said == {"extent": "none", "territories": ["AT"]}


# In other layouts


@pytest.mark.parametrize("word", ["none", "-", "no", "keine", "0"])
def test_in_a_cross_and_a_matrix_it_only_says_that_there_is_no_cover(word: str) -> None:
    cross = import_into(
        target_of(main=HEAD),
        sheet_of([("Name", "role@country", "other@eu"), ("Alpha", "x", word), ("Beta", "x", "x")]),
        new=["Beta"],
    )
    matrix = import_into(
        target_of(main=HEAD), sheet_of([("Role", "EU", "Country"), ("Role", word, "Alpha")])
    )

    for plan in (cross, matrix):
        assert not plan.after.observations
    assert [str(cell) for cell in cross.after.instruments[0].covers] == [CELL]
    assert [str(cell) for cell in matrix.after.instruments[0].covers] == [CELL]


def test_what_an_observation_of_something_says_has_columns_of_its_own() -> None:
    header = (*HEADER, "Seen", "Notes")

    assert lines((*row("partial", "AT"), "2018", "Only there"), header=header) == [
        (
            "Instruments!B2: this row speaks of an instrument, but does not name it: write the name again, or --fill-down name; "
            "if it is an observation, write what it says in 'Cover seen' and 'Cover note'"
        )
    ]

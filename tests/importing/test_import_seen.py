"""What a list says of days on which somebody saw something, and of lists of places that may not be whole."""

from collections.abc import Sequence

import pytest

from clustergap.importing.headers import keys_of
from clustergap.importing.import_plan import ImportPlan
from clustergap.importing.problems import SheetError
from clustergap.model.dataset import Plain, plain
from spreadsheets import MAIN, empty_target, import_into, sheet_of, target_of

HEAD = """\
schema: 1
title: T
levels: [{id: country, name: Country, territories: [AT, BE, RO]}]
roles: [{id: role, name: Role}]
instruments:
  - id: a
    name: Alpha
"""
CELL = "role@country"


def take(
    more: str, header: Sequence[str], *rows: Sequence[str], prune: bool = False
) -> ImportPlan:
    """Import rows into data in which instrument a has *more*."""
    return import_into(target_of(main=HEAD + more), sheet_of([header, *rows]), prune=prune)


def alpha(more: str, header: Sequence[str], *rows: Sequence[str], prune: bool = False) -> Plain:
    """Instrument a after an import, but for its id and name."""
    said = plain(take(more, header, *rows, prune=prune).after.instruments[0])
    assert isinstance(said, dict)
    return {key: value for key, value in said.items() if key not in ("id", "name")}


def lines(header: Sequence[str], *rows: Sequence[str], more: str = "") -> list[str]:
    """What is wrong with rows."""
    with pytest.raises(SheetError) as caught:
        take(more, header, *rows)
    return caught.value.lines


@pytest.mark.parametrize(
    ("header", "key"),
    [
        *((word, "seen") for word in ("Seen", "Last seen", "Known since", "Gesehen am", "Bekannt seit", "Vu le", "Connu depuis")),
        *((word, "seen") for word in ("Visto el", "Visto il", "Widziano", "Cunoscut din", "Παρατηρήθηκε", "Gesehen am / Seen on")),
        *((word, "at_least") for word in ("At least", "List may not be whole", "Mindestens", "Liste unvollständig", "Au moins")),
        *((word, "at_least") for word in ("Al menos", "Elenco incompleto", "Co najmniej", "Cel puțin", "Τουλάχιστον")),
        *((word, "cover_seen") for word in ("cover_seen", "Cover seen")),
    ],
)  # fmt: skip
def test_a_header_says_what_was_seen_and_which_list_may_not_be_whole(
    header: str, key: str
) -> None:
    assert keys_of(header) == (key,)


@pytest.mark.parametrize("header", ["Incomplete", "Seen by", "Complete", "Unvollständig"])
def test_a_header_that_may_be_of_anything_is_neither(header: str) -> None:
    assert not {"seen", "at_least"} & set(keys_of(header))


def test_an_instrument_and_a_cover_have_days_of_their_own() -> None:
    header = ("id", "role", "level", "territories", "seen", "cover_seen", "at_least")

    assert alpha("", header, ("a", "role", "country", "AT; BE", "2017", "10/2018", "x")) == {
        "seen": "2017-01-01",
        "covers": {
            CELL: {"territories": ["AT", "BE"], "seen": "2018-10-01", "at_least": True},
        },
    }


def test_they_are_written_as_people_write_them() -> None:
    header = ("name", "role", "level", "territories", "seen", "cover_seen", "at_least")
    rows = [
        ("Alpha", "Role", "EU", "", "2017", "", "no"),
        ("Beta", "Role", "EU", "", "", "2018-10", ""),
    ]
    plan = import_into(empty_target(), sheet_of([header, *rows]))

    text = plan.written[MAIN].decode()
    assert "    seen: 2017\n    covers:\n      role@eu: full\n" in text
    assert "      role@eu: {extent: full, seen: 2018-10}\n" in text


@pytest.mark.parametrize(
    ("text", "day"),
    [("31.10.2017", "2017-10-31"), ("since 2018", "2018-01-01"), ("2018-2024", "2018-01-01"), ("0", None), ("n/a", None)],
)  # fmt: skip
def test_a_day_is_read_as_any_other(text: str, day: str | None) -> None:
    said = alpha("", ("id", "seen"), ("a", text))

    assert said == ({"seen": day} if day else {})


def test_of_a_period_the_first_day_counts_and_that_is_told() -> None:
    plan = take("", ("id", "seen"), ("a", "2018-2024"))

    assert (
        "of what is written as '2018-2024' only the first day is read (Instruments!B2)"
        in plan.remarks
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ongoing", "'ongoing' does not say a day: write YYYY-MM-DD, YYYY-MM or YYYY, or leave the cell empty"),
        ("yes", "'yes' is not a date: write YYYY-MM-DD, YYYY-MM or YYYY"),
        ("?", "'?' says that this is still to be found out: write what holds, or leave the cell empty"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_a_problem(text: str, said: str) -> None:
    assert lines(("id", "seen"), ("a", text)) == [f"Instruments!B2: {said}"]


def test_rows_that_disagree_on_a_day_of_the_instrument_contradict() -> None:
    header = ("id", "role", "level", "seen", "cover_seen")

    assert lines(header, ("a", "role", "country", "2017", ""), ("a", "", "", "2018", "")) == [
        "Instruments!D3: '2018' contradicts '2017' in Instruments!D2: say the same of an instrument in all of its rows"
    ]


def test_rows_seen_on_different_days_are_several_statements() -> None:
    header = ("id", "role", "level", "territories", "cover_seen")
    rows = [("a", "role", "country", "AT", "2017"), ("a", "role", "country", "BE", "2018")]

    assert alpha("", header, *rows) == {
        "covers": {
            CELL: [
                {"territories": ["AT"], "seen": "2017-01-01"},
                {"territories": ["BE"], "seen": "2018-01-01"},
            ]
        }
    }


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("yes", "Ja", "oui", "sí", "sì", "tak", "da", "ναι", "TRUE", "x", "1", "✓"), True),
        (("no", "Nein", "non", "nie", "nu", "όχι", "FALSE", "0", "", "-", "n/a"), False),
    ],
)
def test_a_list_may_not_be_whole_if_the_cell_says_yes(words: Sequence[str], answer: bool) -> None:
    header = ("id", "role", "level", "territories", "at_least")
    for word in words:
        said = alpha("", header, ("a", "role", "country", "AT", word))

        open_ = {"at_least": True} if answer else {}
        assert said == {"covers": {CELL: {"territories": ["AT"], **open_}}}, word


def test_any_other_word_is_a_problem() -> None:
    header = ("id", "role", "level", "territories", "at_least")

    assert lines(header, ("a", "role", "country", "AT", "most of them")) == [
        "Instruments!E2: 'most of them' is neither yes nor no: write yes or no"
    ]


def test_without_a_list_of_places_there_is_nothing_that_may_not_be_whole() -> None:
    (line,) = lines(("id", "role", "level", "at_least"), ("a", "role", "country", "yes"))

    assert line.startswith("Instruments!D2: at_least says that a list of territories may not be ")


OPEN = "    covers: {role@country: {extent: full, territories: [AT], at_least: true}}\n"


@pytest.mark.parametrize(
    ("text", "prune", "left"), [("yes", True, True), ("no", False, False), ("", False, True), ("", True, False)]
)  # fmt: skip
def test_no_closes_a_list_and_an_empty_cell_only_with_prune(
    text: str, prune: bool, left: bool
) -> None:
    header = ("id", "role", "level", "territories", "at_least")
    said = alpha(OPEN, header, ("a", "role", "country", "AT", text), prune=prune)

    open_ = {"at_least": True} if left else {}
    assert said == {"covers": {CELL: {"territories": ["AT"], **open_}}}


def test_what_changes_beside_an_open_list_leaves_it_open() -> None:
    header = ("id", "role", "level", "territories", "extent")
    plan = take(OPEN, header, ("a", "role", "country", "AT, BE", "partial"))

    assert plan.written[MAIN].decode() == HEAD + (
        "    covers: {role@country: {extent: partial, territories: [AT, BE], at_least: true}}\n"
    )


def test_an_open_list_without_a_column_for_it_stays_open() -> None:
    short = "    covers: {role@country: {territories: [AT], at_least: true}}\n"
    header = ("id", "role", "level", "cover_note")

    assert alpha(short, header, ("a", "role", "country", "Looked up")) == {
        "covers": {CELL: {"territories": ["AT"], "at_least": True, "note": "Looked up"}}
    }

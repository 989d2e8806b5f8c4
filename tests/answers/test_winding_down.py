"""Winding down, as people read it: no new commitments after a day, and the end later."""

import json
from pathlib import Path

import pytest

from running import run

DATA = """\
schema: 1
title: Programmes
as_of: 2025-01-01
levels: [{id: eu, name: EU}]
roles: [{id: sme, name: SMEs}, {id: green, name: Green}]
instruments:
  - {id: smp, name: Single Market Programme, short: SMP, starts: 2021, ends: 2030, commits_until: 2027, covers: {sme@eu: full}}
  - {id: cosme, name: COSME, commits_until: 2020-06, ends: 2020-06, covers: {sme@eu: partial}}
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    return str(tmp_path)


def test_an_instrument_says_both_days(data: str) -> None:
    out = " ".join(run("explain", "--data", data, "smp").out.split())

    assert "In force 2021 to 2030; no new commitments after 2027; counted" in out


def test_a_cell_says_of_what_covers_it_that_it_winds_down_before_its_end(data: str) -> None:
    out = " ".join(run("explain", "--data", data, "sme@eu").out.split())

    assert "2021 to 2030, no new commitments after 2027 · full" in out
    assert "until June 2020 · partial" in out


def test_json_says_the_day(data: str) -> None:
    record = json.loads(run("explain", "--data", data, "smp", "-f", "json").out)

    assert record["instrument"]["commits_until"] == "2027-12-31"


@pytest.mark.parametrize(
    "header", ["Commits until", "Verpflichtungen bis", "Engagements jusqu'au", "Impegni fino al"]
)
def test_a_list_has_the_day(data: str, tmp_path: Path, header: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"Name;Role;Level;{header}\nSMP;SMEs;EU;2028\n", encoding="utf-8")

    run("import", "--data", data, str(table))

    assert "commits_until: 2028" in (tmp_path / "instruments.yaml").read_text(encoding="utf-8")


def test_a_timeline_shows_the_day_in_every_format(data: str) -> None:
    table = run("timeline", "--data", data).out
    rows = run("timeline", "--data", data, "-f", "csv").out.splitlines()
    markdown = run("timeline", "--data", data, "-f", "md").out
    events = json.loads(run("timeline", "--data", data, "-f", "json").out)["events"]
    picture = run("timeline", "--data", data, "-f", "svg").out

    assert "2028-01-01  SMP has stopped committing\n  nothing changes; then 1 full" in table
    assert "Coverage changes on 3 days" in table
    assert "; instruments stop committing on 1 day. " in table
    assert f"2028-01-01,SMP has stopped committing{',' * 15}" in rows
    assert "| 2028-01-01 | SMP has stopped committing |" in markdown
    assert events[2]["changes"] == []
    assert events[2]["because"][0]["what"] == "stops-committing"
    assert "Dotted lines: 1 January 2028 SMP has stopped committing." in picture
    assert picture.count("stroke-dasharray") > run(
        "timeline", "--data", data, "--from", "2029", "-f", "svg"
    ).out.count("stroke-dasharray")


def test_a_timeline_says_what_stopping_means_only_where_something_stops(data: str) -> None:
    later = run("timeline", "--data", data, "--from", "2028-01-02").out

    assert "until it ends it winds down" in " ".join(run("timeline", "--data", data).out.split())
    assert "stop" not in later


def test_a_risk_says_from_when_on(data: str) -> None:
    out = run("risks", "--data", data, "--within", "36").out
    row = run("risks", "--data", data, "--within", "36", "-f", "csv").out.splitlines()[2]

    assert "winding-down  No new commitments from 1 January 2028 on: SMP winds down." in out
    # Its day is no gap's.
    assert row.split(",")[4:9] == [
        "winding-down", "No new commitments from 1 January 2028 on: SMP winds down.", "SMP", "", ""
    ]  # fmt: skip


def test_without_a_day_a_dataset_that_winds_down_says_that_it_was_not_judged(
    data: str, tmp_path: Path
) -> None:
    dateless = DATA.replace("as_of: 2025-01-01\n", "")
    (tmp_path / "instruments.yaml").write_text(dateless, encoding="utf-8")

    words = " ".join(run("risks", "--data", data).out.split())

    assert "What winds down was not judged either." in words

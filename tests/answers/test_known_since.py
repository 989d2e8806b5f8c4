"""What somebody saw in force, of which nobody says when it started: it is known since then."""

import json
from pathlib import Path

import pytest

from running import run
from written_page import data_of

DATA = """\
schema: 1
title: Programmes
as_of: 2025-01-01
levels: [{id: eu, name: EU}]
roles: [{id: sme, name: SMEs}, {id: green, name: Green}]
instruments:
  - {id: hub, name: Hub, seen: 2017-10-31, covers: {sme@eu: full, green@eu: partial}}
  - {id: lab, name: Lab, seen: 2017-10-31, covers: {sme@eu: full}}
  - {id: fund, name: Fund, starts: 2019, seen: 2020, covers: {green@eu: full}}
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    return str(tmp_path)


def test_a_timeline_does_not_say_that_it_starts(data: str) -> None:
    table = run("timeline", "--data", data).out
    rows = run("timeline", "--data", data, "-f", "csv").out

    assert "2017-10-31  Hub, Lab are known since 31 October 2017\n" in table
    assert "2019-01-01  Fund starts\n" in table
    assert "Known since: somebody saw it on that day; when it started is not said." in " ".join(
        table.split()
    )
    assert '2017-10-31,"Hub, Lab are known since 31 October 2017",SMEs,' in rows


def test_a_picture_says_of_which_strip_the_first_day_is_not_said(data: str) -> None:
    picture = run("timeline", "--data", data, "-f", "svg").out

    assert "full, known since 31 Oct 2017" in picture
    assert "full from 1 Jan 2019" in picture
    assert "Known since: somebody" in picture


def test_where_all_start_nothing_is_said_of_it(data: str, tmp_path: Path) -> None:
    started = DATA.replace("seen: 2017-10-31", "starts: 2017-10-31")
    (tmp_path / "instruments.yaml").write_text(started, encoding="utf-8")

    for format_ in ("table", "svg"):
        assert "nown since" not in run("timeline", "--data", data, "-f", format_).out


def test_json_says_on_which_day_it_was_seen_also_where_it_is_known_when_it_started(
    data: str,
) -> None:
    def days(instrument: str) -> list[tuple[str | None, str | None]]:
        answer = json.loads(run("explain", instrument, "--data", data, "-f", "json").out)
        records = [answer["instrument"], *answer["statements"]]
        return [(record["starts"], record["seen"]) for record in records]

    assert days("fund") == [("2019-01-01", "2020-01-01")] * 2
    assert days("hub") == [(None, "2017-10-31")] * 3


def test_the_gap_map_says_it_below_the_day(data: str, tmp_path: Path) -> None:
    page = tmp_path / "map.html"

    run("report", "--data", data, "-o", str(page))

    assert ["2017-10-31", "From 31 October 2017, Hub, Lab are known"] in data_of(
        page.read_text(encoding="utf-8")
    )["stops"]

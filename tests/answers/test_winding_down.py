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

    assert "In force 2021-01-01 to 2030-12-31; no new commitments after 2027-12-31; counted" in out


def test_a_cell_says_of_what_covers_it_that_it_winds_down_before_its_end(data: str) -> None:
    out = " ".join(run("explain", "--data", data, "sme@eu").out.split())

    assert "2021-01-01 to 2030-12-31, no new commitments after 2027-12-31 · full" in out
    assert "until 2020-06-30 · partial" in out


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

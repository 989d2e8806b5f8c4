"""What hangs on what, as people read it: what goes with an instrument, and with what it ends."""

import json
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from running import run

DATA = """\
schema: 1
title: Programmes
as_of: 2025-01-01
levels: [{id: eu, name: EU}]
roles: [{id: sme, name: SMEs}]
instruments:
  - {id: smp, name: Single Market Programme, short: SMP, ends: 2027}
  - {id: euroclusters, name: Euroclusters, funded_by: [smp], covers: {sme@eu: full}}
  - {id: hub, name: Hub, part_of: euroclusters}
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    return str(tmp_path)


def test_what_if_says_what_goes_with_it(data: str) -> None:
    lines = run("what-if", "--data", data, "--without", "SMP").out.splitlines()

    assert lines[:2] == [
        "Without SMP: 1 pair of role and level becomes a gap.",
        "With it go Euroclusters (paid by it), Hub (part of Euroclusters).",
    ]


def test_one_dependant_goes(data: str) -> None:
    out = run("what-if", "--data", data, "--without", "euroclusters").out

    assert "With it goes Hub (part of it)." in out


def test_a_cell_that_loses_what_is_left_out_and_what_goes_with_it_names_both(
    tmp_path: Path,
) -> None:
    covering = DATA.replace("short: SMP,", "short: SMP, covers: {sme@eu: partial},")
    (tmp_path / "instruments.yaml").write_text(covering, encoding="utf-8")

    out = run("what-if", "--data", str(tmp_path), "--without", "smp").out
    alone = run("what-if", "--data", str(tmp_path), "--without", "smp", "--alone").out

    assert "2 → 0 instruments, without SMP, Euroclusters" in out
    assert "2 → 1 instrument\n" in f"{alone.rstrip()}\n"


def test_alone_nothing_goes_with_it(data: str) -> None:
    out = run("what-if", "--data", data, "--without", "smp", "--alone").out

    assert out.startswith("Without SMP but with what hangs on it: nothing changes.")
    assert "With it go" not in out


def test_alone_needs_something_that_is_left_out(data: str) -> None:
    outcome = run("matrix", "--data", data, "--alone")

    assert outcome.code == Exit.UNUSABLE
    assert outcome.out == ""
    assert "--alone" in outcome.err
    assert "--without" in outcome.err


def test_what_goes_stands_in_json_with_why(data: str) -> None:
    record = json.loads(run("what-if", "--data", data, "--without", "smp", "-f", "json").out)

    assert record["after"]["query"]["without"] == ["smp"]
    assert record["after"]["query"]["alone"] is False
    assert record["dependants"] == [
        {"instrument": "euroclusters", "part_of": None, "funded_by": ["smp"]},
        {"instrument": "hub", "part_of": "euroclusters", "funded_by": []},
    ]


def test_an_instrument_says_of_what_it_is_part_and_with_what_it_ends(data: str) -> None:
    hub = run("explain", "--data", data, "hub").out
    smp = run("explain", "--data", data, "smp").out

    assert "until 2027 (ends with SMP); counted" in hub
    assert "Part of      Euroclusters" in hub
    assert "On it hangs  Euroclusters (paid by it)" in smp
    assert "1 new gap: SMEs @ EU" in smp


def test_an_instrument_says_who_else_pays_what_hangs_on_it(tmp_path: Path) -> None:
    shared = DATA.replace("funded_by: [smp]", "funded_by: [smp, erdf]").replace(
        "  - {id: hub,", "  - {id: erdf, name: ERDF}\n  - {id: hub,"
    )
    (tmp_path / "instruments.yaml").write_text(shared, encoding="utf-8")

    assert (
        "On it hangs  Euroclusters (paid by it and by ERDF)"
        in run("explain", "--data", str(tmp_path), "smp").out
    )


def test_a_cell_that_rests_on_who_pays_says_so(data: str) -> None:
    out = run("explain", "--data", data, "sme@eu").out

    assert "by 1 instrument, and a gap without any one of SMP, Euroclusters" in out


def test_a_timeline_says_with_what_an_instrument_has_ended(data: str) -> None:
    assert "2028-01-01  Euroclusters has ended with SMP" in run("timeline", "--data", data).out


def test_a_cell_says_of_what_its_instruments_are_part_and_who_pays_them(data: str) -> None:
    out = " ".join(run("explain", "--data", data, "sme@eu").out.split())

    assert "Euroclusters Euroclusters, paid by SMP until 2027" in out


def test_an_instrument_says_when_those_that_carry_it_stop_committing(tmp_path: Path) -> None:
    text = DATA.replace("ends: 2027}", "ends: 2027, commits_until: 2026}")
    (tmp_path / "instruments.yaml").write_text(text, encoding="utf-8")

    out = run("explain", "--data", str(tmp_path), "euroclusters").out

    assert "Paid by      SMP (no new commitments after 2026)" in out


def test_a_gap_that_opens_soon_says_with_what_its_instruments_end(
    data: str, tmp_path: Path
) -> None:
    others = (
        "  - {id: esf, name: ESF, ends: 2027, covers: {sme@eu: full}}\n"
        "  - {id: part, name: Part, part_of: smp, covers: {sme@eu: full}}\n"
    )
    (tmp_path / "instruments.yaml").write_text(DATA + others, encoding="utf-8")

    out = run("risks", "--data", data, "--within", "36", "-f", "csv").out

    assert "Becomes a gap on 1 January 2028: ESF ends; Euroclusters, Part end with SMP." in out


def test_the_gap_map_says_what_an_instrument_is_part_of(data: str, tmp_path: Path) -> None:
    page = tmp_path / "map.html"

    run("report", "--data", data, "-o", str(page))

    assert '"paid by SMP, ends with SMP"' in page.read_text(encoding="utf-8")


def test_many_parts_of_one_line_say_of_how_many_lines(tmp_path: Path) -> None:
    parts = "".join(
        f"  - {{id: p{n}, name: Part {n}, part_of: smp, covers: {{sme@eu: full}}}}\n"
        for n in range(3)
    )
    others = "  - {id: esf, name: ESF, covers: {sme@eu: full}}\n"
    (tmp_path / "instruments.yaml").write_text(DATA + parts + others, encoding="utf-8")

    out = run("risks", "--data", str(tmp_path), "--crowded", "3", "-f", "csv").out

    assert "5 instruments of 3 lines of policy: Euroclusters, Part 0, Part 1, Part 2, ESF." in out

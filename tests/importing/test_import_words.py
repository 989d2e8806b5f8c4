"""What an import tells in words: what it read, what comes of it, and what of the data the table does not hold."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from inline_snapshot import snapshot
from rich.console import Console

from clustergap.analysis.diff import find_difference
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.table_contents import TableContents
from clustergap.answers.import_changes import Import, planned
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FILE_LIMITS
from clustergap.loading.loader import load_dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.theme import UNICODE
from clustergap.writers.terminal import draw
from running import run

DATA = """\
schema: 1
title: A country
levels:
  - {id: country, name: Country, territories: [AT, BE, RO]}
  - {id: region, name: Region}
roles:
  - {id: social-economy, name: Social economy}
  - {id: industry-4-0, name: Industry 4.0}
instruments:
  - id: interreg
    name: European Territorial Cooperation
    short: INTERREG
    starts: 2014-01
    covers:
      social-economy@country: {extent: partial, territories: [AT]}
      industry-4-0@region: full
  - id: act
    name: Social Economy Act
    covers: {social-economy@region: full}
  - id: vouchers
    name: Digital Vouchers
observations:
  industry-4-0@country: {extent: partial, note: Not in every country}
"""

HEADER = ("name", "role", "level", "territories", "starts")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/instruments.yaml").write_text(DATA, encoding="utf-8")


def table(*rows: Sequence[str], header: Sequence[str] = HEADER) -> str:
    with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return "in.csv"


SOME = (
    ("INTERREG", "Social economy", "Country", "AT; BE; RO", "2014-02"),
    ("Bank", "Social economy", "Country", "BE", ""),
    ("Bank", "Industry 4.0", "Country", "AT", ""),
)


def test_records_that_change_no_cell_stand_one_line_below_the_summary() -> None:
    out = run(
        "import", table(("Digital Vouchers", "", "", "", "2020"), header=HEADER), "--dry-run"
    ).out

    assert "No pair of role and level would change." in out
    assert "\n\nInstruments: 1 changed\n" in out
    assert "\n\n\n" not in out


@pytest.mark.parametrize("columns", [80, 120])
def test_a_dry_run_says_first_in_words_what_would_come(columns: int) -> None:
    out = run(
        "import", table(*SOME), "--dry-run", is_terminal=True, columns=columns, NO_COLOR="1"
    ).out

    assert (
        out
        == {
            80: snapshot("""\
data → data with in.csv (dates ignored)
3 rows read.
2 instruments: 1 new, 1 changed.
3 covers: 2 new, 1 changed.
No gap would close. No gap would open. 2 pairs of role and level would change.
2 instruments, 1 cover and 1 observation of the data are not in this table and
stay; --prune removes them: Social Economy Act, Digital Vouchers, INTERREG on
Industry 4.0 @ Region, an observation about Industry 4.0 @ Country.

  strengthens   Social economy @ Country   1 → 2 instruments, now with Bank; 0
                                           of 3 countries, 1 in part → 1 of 3
                                           countries, 2 in part
  strengthens   Industry 4.0 @ Country     0 → 1 instrument, now with Bank;
                                           nobody said where → 1 of 3 countries

Instruments: 1 changed, 1 added
  changed   INTERREG (interreg)   starts: 2014-01-01 → 2014-02-01;
                                  covers.social-economy@country: territories:
                                  Austria → Austria, Belgium, Romania
  added     Bank (bank)
"""),
            120: snapshot("""\
data → data with in.csv (dates ignored)
3 rows read.
2 instruments: 1 new, 1 changed.
3 covers: 2 new, 1 changed.
No gap would close. No gap would open. 2 pairs of role and level would change.
2 instruments, 1 cover and 1 observation of the data are not in this table and stay; --prune removes them: Social
Economy Act, Digital Vouchers, INTERREG on Industry 4.0 @ Region, an observation about Industry 4.0 @ Country.

  strengthens   Social economy @ Country   1 → 2 instruments, now with Bank; 0 of 3 countries, 1 in part → 1 of 3
                                           countries, 2 in part
  strengthens   Industry 4.0 @ Country     0 → 1 instrument, now with Bank; nobody said where → 1 of 3 countries

Instruments: 1 changed, 1 added
  changed   INTERREG (interreg)   starts: 2014-01-01 → 2014-02-01; covers.social-economy@country: territories: Austria →
                                  Austria, Belgium, Romania
  added     Bank (bank)
"""),
        }[columns]
    )


def test_what_is_done_is_said_as_done() -> None:
    outcome = run("import", table(*SOME))

    assert outcome.out == snapshot("""\
data → data with in.csv (dates ignored)
3 rows read.
2 instruments: 1 new, 1 changed.
3 covers: 2 new, 1 changed.
No gap closed. No gap opened. 2 pairs of role and level changed.
2 instruments, 1 cover and 1 observation of the data are not in this table and stay; --prune removes them: Social
Economy Act, Digital Vouchers, INTERREG on Industry 4.0 @ Region, an observation about Industry 4.0 @ Country.

  strengthens   Social economy @ Country   1 → 2 instruments, now with Bank; 0 of 3 countries, 1 in part → 1 of 3
                                           countries, 2 in part
  strengthens   Industry 4.0 @ Country     0 → 1 instrument, now with Bank; nobody said where → 1 of 3 countries

Instruments: 1 changed, 1 added
  changed   INTERREG (interreg)   starts: 2014-01-01 → 2014-02-01; covers.social-economy@country: territories: Austria →
                                  Austria, Belgium, Romania
  added     Bank (bank)

Written: data/instruments.yaml
""")


def test_what_a_table_does_not_hold_stays_and_is_named() -> None:
    rows = (("INTERREG", "Social economy", "Country", "AT", "2014-01"),)

    out = run("import", table(*rows)).out

    assert out == snapshot("""\
data → data with in.csv (dates ignored)
1 row read.
1 instrument, unchanged.
1 cover, unchanged.
No pair of role and level changed.
2 instruments, 1 cover and 1 observation of the data are not in this table and stay; --prune removes them: Social
Economy Act, Digital Vouchers, INTERREG on Industry 4.0 @ Region, an observation about Industry 4.0 @ Country.

No record was edited.

Nothing to write: the data already say all that this table says.
""")


def test_what_prune_removes_is_named() -> None:
    rows = (
        ("INTERREG", "Social economy", "Country", "AT", "2014-01"),
        ("INTERREG", "Industry 4.0", "Region", "", "2014-01"),
        ("Digital Vouchers", "", "", "", ""),
        ("", "Industry 4.0", "Country", "", ""),
    )
    header = (*HEADER, "extent", "cover_note")
    rest = (("", ""), ("", ""), ("", ""), ("partial", "Not in every country"))
    name = table(*((*row, *end) for row, end in zip(rows, rest, strict=True)), header=header)

    planned = run("import", name, "--prune", "--dry-run").out
    done = run("import", name, "--prune").out

    said = "1 instrument of the data is not in this table and {}: Social Economy Act.\n"
    assert said.format("would be removed") in planned
    assert said.format("was removed") in done


def test_of_a_new_dataset_its_gaps_are_told() -> None:
    rows = (
        ("Fund", "Social economy", "Country", "", ""),
        ("Bank", "Industry 4.0", "Region", "", ""),
    )

    outcome = run("import", table(*rows), "--data", "new", "--dry-run")

    assert outcome.out == snapshot("""\
a new dataset → new with in.csv (dates ignored)
2 rows read.
2 instruments, all new.
2 covers, all new.
2 gaps: 2 not covered and 0 partly covered of 4 pairs of role and level. Not covered: Social economy at Region, Industry
4.0 at Country.

  ○ NONE → ● full   Social economy @ Country   0 → 1 instrument, now with Fund
  ○ NONE → ● full   Industry 4.0 @ Region      0 → 1 instrument, now with Bank

Instruments: 2 added
  added   Fund (fund)
  added   Bank (bank)
""")


def test_of_many_cells_and_records_so_many_are_named() -> None:
    rows = [(f"Fund {n} of {n} funds", f"Role {n}", "EU", "", "") for n in range(30)]

    out = run("import", table(*rows), "--data", "new", "--all-new").out

    assert out.count("NONE →") == out.count("  added ") == 20
    assert out.count("  … and 10 more\n") == 2


def test_a_workbook_of_some_levels_holds_not_all_and_nothing_is_said_of_the_rest() -> None:
    run("report", "--level", "region", "-o", "region.xlsx")

    assert "--prune" not in run("import", "region.xlsx").out


def test_rows_that_are_left_out_are_counted_by_their_reason() -> None:
    left_out = {"'Level' is 'City'": 3, "'Status' is 'Ended'": 1_200}
    contents = TableContents(34, left_out, {}, (), is_part=True)
    matrix = build_matrix(load_dataset(find_files(Path("data")), FILE_LIMITS).dataset, Query())
    import_ = Import(
        contents,
        find_difference(matrix, matrix),
        (Origin("data"), Origin("data")),
        (),
        is_new=False,
        is_pruned=False,
    )
    shown = io.StringIO()
    console = Console(file=shown, width=120)

    console.print(draw(planned(import_), UNICODE))

    said = "34 rows read, 1,203 left out: 1,200 where 'Status' is 'Ended', 3 where 'Level' is 'City'.\n"
    assert said in shown.getvalue()

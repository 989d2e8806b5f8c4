"""``import --propose``: a mapping to mend, which is one already."""

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from clustergap.importing.import_context import load_mapping
from paths import ROOT
from running import run

POLICIES = (
    ("Policy ID", "Policy name", "Sector", "Jurisdiction", "Country", "State", "Start", "Budget"),
    ("10", "Rail plan", "Transport, Buildings", "Country", "AUT", "In force", "03/04/2015", "5"),
    ("11", "Old heat act", "Buildings", "Country", "DEU", "Ended", "2001", "5"),
    ("12", "Roof rule", "Buildings", "European", "", "In force", "13/05/2012", "7"),
)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(*rows: Sequence[str], name: str = "table.csv") -> str:
    with Path(name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return name


def proposal(file: str, *words: str) -> str:
    outcome = run("import", file, "--propose", *words)
    assert outcome.code == 0, outcome.err
    Path("mapping.yaml").write_bytes(outcome.stdout)
    load_mapping(Path("mapping.yaml"))
    return outcome.out


def test_each_column_stands_with_what_it_holds_and_what_that_may_mean() -> None:
    said = proposal(table(*POLICIES), "--data", "new")

    assert "  # C: 'Buildings' (2), 'Transport, Buildings'\n" in said
    assert '  role: {from: Sector, split: [",", ";"]}\n' in said
    assert "  territories: {from: Country, codes: iso3, at: [country]}\n" in said
    assert "  status: {from: State, values: {Ended: leave-out}}\n" in said
    assert "  starts: {from: Start, format: D/M/Y}\n" in said
    assert "  # H: '5' (2), '7'\n  - Budget\n" in said
    assert "the latest in this table is 2015-04-03" in said
    assert (
        'levels:   # their territories: the name of a list, or codes\n  european: ""\n  country: eu27\n'
        in said
    )


def test_what_is_proposed_is_taken_as_it_stands() -> None:
    file = table(*POLICIES)
    proposal(file, "--data", "new")

    outcome = run("import", file, "--data", "new", "--mapping", "mapping.yaml")

    assert outcome.code == 0, outcome.err
    assert "2 rows read, 1 left out: 1 where 'State' is 'Ended'." in outcome.out
    written = Path("new/instruments.yaml").read_bytes()
    assert run("import", file, "--data", "new", "--mapping", "mapping.yaml").code == 0
    assert Path("new/instruments.yaml").read_bytes() == written


def test_keys_that_no_column_holds_stand_as_remarks() -> None:
    said = proposal(table(("Policy", "Country"), ("Cluster Act", "Romania")), "--data", "new")

    assert (
        "  # no column seems to be the role; name one, or say it of all rows:\n  # role: {is: …}\n"
        in said
    )
    assert "  # level: {is: …}\n" in said
    assert "  name: Policy\n" in said


def test_two_columns_of_places_speak_each_in_its_rows() -> None:
    rows = (
        ("Name", "Role", "Level", "Country", "Region"),
        ("A", "R", "Country", "Austria", ""),
        ("B", "R", "Region", "Romania", "Nord-Vest"),
    )
    file = table(*rows)

    said = proposal(file, "--data", "new")

    assert "    - {from: Country, at: Country}\n" in said
    assert "    - {from: Region, at: Region}\n" in said
    assert "  country: eu27\n" in said
    outcome = run("import", file, "--data", "new", "--mapping", "mapping.yaml")
    assert outcome.code == 0, outcome.err
    assert "RO11" in Path("new/instruments.yaml").read_text(encoding="utf-8")


def test_the_datasets_own_workbook_is_its_list() -> None:
    run("report", "--data", str(ROOT / "data"), "-o", "report.xlsx")

    said = proposal("report.xlsx", "--data", str(ROOT / "data"))

    assert "layout: list\n" in said
    for key in ("id", "name", "role", "level", "extent", "territories", "cover_sources"):
        assert f"  {key}: {key}\n" in said
    assert "leave_out" not in said


def test_a_matrix_and_a_cross_are_proposed_as_what_they_are() -> None:
    matrix = table(("Role", "EU", "Country"), ("Skills", "ESF", ""), name="matrix.csv")
    run("import", matrix, "--data", "data")
    cross = table(("Name", "Level", "Skills"), ("Fund", "EU", "x"), name="cross.csv")

    assert "wide:\n  - {columns: [EU, Country], are: level, cells: names}\n" in proposal(matrix)
    assert "wide:\n  - {columns: [Skills], are: role}\n" in proposal(cross)
    assert run("import", cross, "--mapping", "mapping.yaml").code == 0


@pytest.mark.parametrize(
    "rows",
    [
        (("a", "b"), ("1", "2")),
        (("", ""), ("x", "y")),
        (("Title only", ""), ("", ""), ("Name", "Name"), ("A", "B")),
        (("name: x", "#y", "- z", "{a}"), ("null", "true", "1e3", "'")),
        (("Line\nbreak", 'Quote"', "Back\\slash", "Tab\there"), ("a\nb", '"', "\\", "\t")),
    ],
)
def test_it_never_fails_where_there_is_a_table(rows: Sequence[Sequence[str]]) -> None:
    assert proposal(table(*rows), "--data", "new")


def test_it_may_be_written_to_a_file_but_not_over_somebody_elses() -> None:
    file = table(*POLICIES)

    assert run("import", file, "--data", "new", "--propose", "--save-mapping", "m.yaml").out == ""
    first = Path("m.yaml").read_bytes()
    Path("m.yaml").write_text("# mine\n", encoding="utf-8")
    outcome = run("import", file, "--data", "new", "--propose", "--save-mapping", "m.yaml")

    assert first.startswith(b"# How the table may be read.")
    assert outcome.code == 2
    assert "'m.yaml' is there already, and says something else" in outcome.err


def test_what_the_command_line_said_is_written_down() -> None:
    rows = (
        ("Instrument", "Purpose", "Tier", "Begin", "Since when"),
        ("Fund", "Skills", "EU", "03/04/2016", "x"),
    )
    words = (
        "--column", "role=Purpose", "--leave-out", "Since when", "--date-format", "D/M/Y", "--data", "new",
    )  # fmt: skip

    outcome = run("import", table(*rows), *words, "--save-mapping", "m.yaml")

    assert outcome.code == 0, outcome.err
    said = Path("m.yaml").read_text(encoding="utf-8")
    assert "role: Purpose" in said
    assert "starts: {from: Begin, format: D/M/Y}" in said
    assert "leave_out: [Since when]" in said
    written = Path("new/instruments.yaml").read_bytes()
    again = run("import", "table.csv", "--data", "new", "--mapping", "m.yaml")
    assert again.code == 0, again.err
    assert Path("new/instruments.yaml").read_bytes() == written


def test_headers_of_columns_of_marks_are_proposed_as_roles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "Instrument,Innovation,Export,Notes\nFund,x,partly,first\nBank,,yes,\n"
    Path("marks.csv").write_text(rows, encoding="utf-8")

    outcome = run("import", "marks.csv", "--propose")

    assert "# wide: [{columns: [Innovation, Export], are: role}]\n" in outcome.out


def test_a_table_of_marks_may_be_a_cross(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "Instrument,Innovation,Export\nFund,x,\nBank,,yes\n"
    Path("marks.csv").write_text(rows, encoding="utf-8")

    outcome = run("import", "marks.csv")

    assert "  clustergap import marks.csv --layout cross     (instruments down, " in outcome.err
    assert "--column role=Innovation" not in outcome.err


def test_a_sign_between_words_that_stand_alone_too_is_proposed_to_separate_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "Name,Role,Level\nFund,Export + Research & Development,EU\nBank,Export,EU\n"
    Path("list.csv").write_text(rows, encoding="utf-8")

    outcome = run("import", "list.csv", "--propose")

    assert '  role: {from: Role, split: ["+"]}\n' in outcome.out


def test_a_header_of_three_rows_is_one_that_a_mapping_can_say() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Measure", "Reach", "", "Theme"),
        ("", "", "", ""),
        ("", "Level", "Country", ""),
        ("Fund", "Country", "AT", "Skills"),
    ):
        sheet.append(row)
    for area in ("A1:A3", "B1:C1", "D1:D3"):
        sheet.merge_cells(area)
    book.save("table.xlsx")

    said = proposal("table.xlsx", "--data", "new")

    assert "header: [1, 2, 3]\n" in said
    assert run("import", "table.xlsx", "--data", "new", "--mapping", "mapping.yaml").code == 0


NOTHING = (
    ("Measure", "Theme", "Tier", "Coverage"),
    ("Fund", "Skills", "EU", "full"),
    ("Forum", "Skills", "EU", "none"),
    ("Club", "Skills", "EU", "Not covered"),
)


def test_rows_that_say_that_an_instrument_covers_nothing_are_left_out() -> None:
    file = table(*NOTHING)

    assert (
        "  extent: {from: Coverage, values: {none: leave-out, Not covered: leave-out}}\n"
        in proposal(file)
    )
    outcome = run("import", file, "--mapping", "mapping.yaml", "--data", "new")
    assert outcome.code == 0
    assert "1 row read, 2 left out" in outcome.out


def test_an_observation_of_nothing_is_left_out_by_no_proposal() -> None:
    said = proposal(table(*NOTHING, ("", "Energy", "EU", "none")))

    assert "  extent: Coverage\n" in said

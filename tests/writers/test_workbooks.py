import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from clustergap import __version__
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import build_full_report
from clustergap.answers.workbooks import matrix_workbook, report_workbook
from clustergap.list_format.list_layout import COLUMNS, list_rows
from clustergap.list_format.reference_layout import HEADERS, reference_tables
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.theme import DEFINITIONS, GAP_DEFINITION
from clustergap.writers import workbook as workbook_writer
from gap_map import DECK, HOSTILE, INDUSTRY, POLICY
from strategies import dataset_of, questions
from workbooks import (
    SHEETS,
    Opened,
    by_name,
    codes_of,
    offered,
    opened,
    report_of,
    rows_by_calamine,
    rows_of,
    rules,
    sections_of,
    without_empty_columns,
    write,
)

TITLES = {*HEADERS, "Question"}


# What is in them


def test_the_report_has_these_sheets_in_this_order(deck_report: Path) -> None:
    assert opened(deck_report).sheetnames == SHEETS


@pytest.mark.parametrize(
    ("command", "sheets"),
    [
        ("matrix", ["Matrix", "Roles and levels", "About"]),
        ("gaps", ["Gaps", "About"]),
        ("needs", ["Needs", "About"]),
    ],
)
def test_an_answer_has_its_own_sheets_and_says_what_it_means(
    command: str, sheets: list[str], tmp_path: Path
) -> None:
    path = write(tmp_path / "answer.xlsx", command, "--data", str(DECK))

    workbook = opened(path)
    about = dict(row[:2] for row in rows_of(workbook["About"]))

    assert workbook.sheetnames == sheets
    assert about["○ NONE"] == DEFINITIONS["none"]  # type: ignore[index]
    assert about["Gap"] == GAP_DEFINITION
    assert about["Asked"] == "as of 31 May 2019"
    assert about["Date of the data"] == "31 May 2019"
    assert __version__ in about["Written by"]
    assert list(sections_of(rows_of(workbook["About"]), TITLES)) == ["Question", "Sources"]


def test_the_summary_counts_the_deck_by_level(deck_report: Path) -> None:
    rows = rows_of(opened(deck_report)["Summary"])

    head = next(n for n, row in enumerate(rows) if row[0] == "Level")
    texts = [row[0] for row in rows]

    assert rows[head][1:] == ["● full", "◐ partial", "○ NONE", "? unknown", "pairs"]
    assert [row[1:] for row in rows[head + 1 : head + 5]] == [
        [5, 0, 1, 0, 6],
        [3, 2, 1, 0, 6],
        [5, 1, 0, 0, 6],
        [13, 3, 2, 0, 18],
    ]
    assert "5 gaps: 2 not covered and 3 partly covered of 18 pairs of role and level." in texts
    assert "Not covered: Social economy at EU, Social economy at Country." in texts
    assert [text for text in texts if text in SHEETS] == SHEETS[1:]


def test_the_picture_shows_each_cell_by_word_shape_instruments_and_reasons(
    deck_report: Path,
) -> None:
    rows = rows_of(opened(deck_report)["Matrix"])

    head = next(row for row in rows if row[0] == "Role")
    cells = {row[0]: row[1:] for row in rows}

    assert head == ["Role", "EU", "Country", "Region"]
    assert cells["Internationalisation"] == [
        "● full, 2 instruments\nESCP, ECCP",
        "● full, 1 instrument\nExport Promotion!",
        "● full, 1 instrument\nINTERREG!",
    ]
    assert cells["Industry 4.0"][1] == '◐ partial\n"Not in every country"; where is not said'
    assert cells["Social economy"][:2] == ["○ NONE", "○ NONE"]


def test_coverage_is_told_by_fill_ink_and_border_too() -> None:
    dataset = dataset_of(
        {
            "levels": [
                "a",
                "b",
                "c",
                {"id": "d", "territories": ["RO11", "RO12"]},
            ],
            "instruments": [{"id": "i", "covers": {"role@a": "full", "role@b": "partial"}}],
            "assessed": {"role@d": ["RO11"]},
        }
    )
    sheet = opened(report_of(dataset, Query(place="RO12")))["Matrix"]
    found = {cell.value.split("\n")[0]: cell for row in sheet["B4:E4"] for cell in row}

    full, partial = found["● full, 1 instrument"], found["◐ partial, 1 instrument"]
    none, unknown = found["○ NONE"], found["? unknown"]

    assert [fill(cell) for cell in (full, partial, none, unknown)] == [
        "FF0B5394",
        "FFF6C667",
        "FFFFFFFF",
        "FFEDEDED",
    ]
    assert [cell.font.color.rgb for cell in (full, partial, none, unknown)] == [
        "FFFFFFFF",
        "FF1A1A1A",
        "FFA61B1B",
        "FF1A1A1A",
    ]
    assert (partial.border.left.style, partial.border.left.color.rgb) == ("double", "FF7A5A00")
    sides = (none.border.left, none.border.right, none.border.top, none.border.bottom)
    assert {(side.style, side.color.rgb) for side in sides} == {("mediumDashed", "FFA61B1B")}
    assert unknown.border.top.style == "dotted"
    assert none.font.bold
    assert not full.font.bold


def fill(cell: Opened) -> str:
    return str(cell.fill.fgColor.rgb)


def test_a_coverage_in_a_list_has_its_shape_and_colours(deck_report: Path) -> None:
    cell = opened(deck_report)["Gaps"]["D2"]

    assert cell.value == "○ NONE"
    assert cell.border.left.style == "mediumDashed"


@pytest.mark.parametrize("data", [DECK, HOSTILE, INDUSTRY, POLICY])
@pytest.mark.parametrize("command", ["matrix", "gaps", "needs"])
def test_a_list_says_what_the_csv_says_but_for_empty_columns_and_names_of_places(
    command: str, data: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "answer.xlsx", command, "--data", str(data))
    name = "Roles and levels" if command == "matrix" else command.capitalize()
    written = write(tmp_path / "answer.csv", command, "--data", str(data))
    with written.open(encoding="utf-8-sig", newline="") as file:
        wanted = list(csv.reader(file))

    header, *found = rows_of(opened(path)[name])
    rows = [header, *([*map(_plain, header, row)] for row in found)]

    said = [[text.removeprefix("'") for text in row] for row in wanted]
    assert rows == without_empty_columns(said)


def _plain(column: object, value: object) -> str:
    text = "" if value is None else re.sub("[\u2068\u2069]", "", str(value))
    if column == "missing":
        return codes_of(text)
    return re.sub(r"^[●◐○?] (full|partial|NONE|unknown)$", lambda m: m[1].lower(), text)


PLACES = {
    "levels": [
        {"id": "country", "territories": ["BG", "RO", {"code": "X-1", "name": "North (X)"}]},
        {"id": "region", "territories": ["DE501", "RO11", "RO12", {"code": "X-2", "name": "East, West"}]},
    ],
    "groups": [
        {"id": "near", "name": "Near", "territories": ["RO11", "DE501", "X-2"]},
        {"id": "far", "name": "Far", "territories": ["BG", "X-1"]},
    ],
    "assessed": {"role@country": ["BG", "RO", "X-1"], "role@region": ["RO11", "X-2"]},
    "instruments": [
        {"id": "i", "ends": "2021", "covers": {"role@country": {"territories": ["BG"]}}},
        {"id": "j", "covers": {"role@region": {"territories": ["RO12"]}}},
    ],
}  # fmt: skip


def test_places_stand_by_name_and_code_where_people_read() -> None:
    book = opened(report_of(dataset_of(PLACES), Query(as_of=date(2021, 1, 1))))

    gaps = {row["cell"]: row["missing"] for row in by_name(rows_of(book["Gaps"]))}
    risks = by_name(rows_of(book["Risks"]))

    assert gaps["role@country"] == "Romania (RO), North (X) (X-1)"
    assert gaps["role@region"] == "Nord-Vest (RO11), East, West (X-2)"  # nobody looked at DE501
    # One-sided: something covers one place, nothing these.
    assert [row["territories"] for row in risks] == [
        "Romania (RO), North (X) (X-1)",
        "Nord-Vest (RO11), East, West (X-2)",
    ]


def test_groups_stand_by_name_and_code_but_for_names_that_import_could_not_tell_apart() -> None:
    sections = sections_of(rows_of(opened(report_of(dataset_of(PLACES)))["About"]), TITLES)

    assert [row[2] for row in sections["Groups"]] == [
        "Nord-Vest (RO11), DE501, X-2",
        "Bulgaria (BG), North (X) (X-1)",
    ]
    assert [row[1] for row in sections["Assessed"]] == [
        "Bulgaria (BG), Romania (RO), North (X) (X-1)",
        "Nord-Vest (RO11), X-2",
    ]


def test_names_from_right_to_left_stand_apart_in_sentences_and_are_found_in_their_columns() -> (
    None
):
    name = "אבג דהו"
    made = {
        "title": name,
        "levels": [{"id": "land", "name": "Land", "territories": ["RO", {"code": "X-1", "name": name}]}],
        "roles": [{"id": "role", "name": name}],
        "instruments": [{"id": "a", "covers": {"role@land": {"territories": ["RO"]}}}],
    }  # fmt: skip
    book = opened(report_of(dataset_of(made)))

    (gap,) = by_name(rows_of(book["Gaps"]))
    (summary,) = (
        row[0] for row in rows_of(book["Summary"]) if str(row[0]).startswith("Partly covered")
    )
    instruments = [str(value) for row in rows_of(book["Instruments"]) for value in row]

    assert gap["role"] == name
    assert gap["why"] == f"1 of 2 places; not in \u2068{name}\u2069"
    assert summary == f"Partly covered: \u2068{name}\u2069 at Land."
    assert "\u2068" not in "".join(instruments)


def test_numbers_are_numbers(deck_report: Path) -> None:
    workbook = opened(deck_report)

    needs, risks = (by_name(rows_of(workbook[name])) for name in ("Needs", "Risks"))

    assert [row["rank"] for row in needs] == [1, 1, 2, 3, 1]
    assert {type(row["loss"]) for row in risks} <= {int, float}
    assert risks[0]["loss"] == 1


def test_the_swot_says_what_its_items_are_linked_to(hostile_report: Path) -> None:
    rows = by_name(rows_of(opened(hostile_report)["SWOT"]))

    assert [(row["quadrant"], row["id"]) for row in rows] == [
        ("Strengths", "s1"),
        ("Weaknesses", "w1"),
        ("Opportunities", "o1"),
        ("Threats", "t1"),
    ]
    assert rows[0]["text"] == "[bold]strong[/bold] | <b> & =1+1"
    assert "planned" in str(rows[0]["linked to"])
    assert rows[3]["linked to"] is None


# The list layout and what it takes for granted


@pytest.mark.parametrize("data", [DECK, HOSTILE, INDUSTRY, POLICY])
def test_instruments_is_the_list_layout(data: Path, tmp_path: Path) -> None:

    dataset = load_dataset(find_files(data)).dataset
    path = write(tmp_path / "report.xlsx", "report", "--data", str(data))

    header, *rows = rows_by_calamine(path, "Instruments")

    assert header == [column.name for column in COLUMNS]
    assert [tuple(row) for row in rows] == list(list_rows(dataset))


@pytest.mark.parametrize("data", [DECK, HOSTILE, INDUSTRY, POLICY])
def test_about_holds_what_the_list_takes_for_granted(data: Path, tmp_path: Path) -> None:

    dataset = load_dataset(find_files(data)).dataset
    path = write(tmp_path / "report.xlsx", "report", "--data", str(data))

    found = sections_of(rows_by_calamine(path, "About"), TITLES)

    wanted = {one.title: [list(row) for row in one.rows] for one in reference_tables(dataset)}
    assert {title: rows for title, rows in found.items() if title != "Question"} == wanted


def test_a_narrowed_report_lists_what_is_shown_and_says_so(tmp_path: Path) -> None:
    options = (
        "--level",
        "region",
        "--role",
        "industry-4-0",
        "--in",
        "RO",
        "--without",
        "interreg",
    )
    path = write(tmp_path / "report.xlsx", "report", "--data", str(DECK), *options)

    rows = by_name(rows_of(opened(path)["Instruments"]))
    about = rows_of(opened(path)["About"])

    assert {(row["role"], row["level"]) for row in rows} == {("Industry 4.0", "Region")}
    assert sections_of(about, TITLES)["Question"] == [
        ["as_of", "2019-05-31"],
        ["in", "RO"],
        ["without", "interreg"],
        ["roles", "industry-4-0"],
        ["levels", "region"],
    ]
    assert ["Roles shown", "Industry 4.0"] in [row[:2] for row in about]


@given(questions())
def test_the_question_is_told_part_by_part(asked: tuple[Dataset, Query]) -> None:
    dataset, query = asked

    about = rows_of(opened(report_of(dataset, query))["About"])

    day = query.as_of or dataset.as_of
    wanted = {
        "as_of": day and day.isoformat(),
        "in": query.place,
        "target": query.target,
        "kinds": ", ".join(query.kinds),
        "without": ", ".join(query.without),
        "alone": "yes" if query.alone else "",
        "with_planned": "yes" if query.with_planned else "",
    }
    found = sections_of(about, TITLES).get("Question", [])
    assert found == [[part, value] for part, value in wanted.items() if value]


def test_drop_downs_offer_the_names_that_about_lists(deck_report: Path) -> None:
    workbook = opened(deck_report)
    found = {}
    for column, rule in rules(workbook).items():
        (cells,) = rule.sqref.ranges
        assert (cells.min_row, cells.max_row) == (2, 1_048_576)
        assert rule.errorStyle == "warning"
        found[column] = offered(workbook, rule)

    assert found["level"] == ["EU", "Country", "Region"]
    assert found["role"][0] == "Business driven innovation"
    assert len(found["role"]) == 6
    assert "Funding programme" in found["kind"]
    assert found["extent"] == ["full", "partial", "none"]
    assert found["status"] == ["active", "planned"]


def test_what_is_typed_into_the_empty_row_below_a_table_can_be_chosen(deck_report: Path) -> None:
    workbook = opened(deck_report)
    names = [row[1] for row in rows_of(workbook["About"])]
    last = len(names) - names[::-1].index("Social economy")
    workbook["About"].cell(last + 1, 2).value = "Skills"

    assert offered(workbook, rules(workbook)["role"])[-2:] == ["Social economy", "Skills"]


def test_where_two_have_one_name_drop_downs_offer_ids() -> None:
    dataset = dataset_of(
        {
            "levels": [{"id": "a", "name": "Same"}, {"id": "b", "name": "same"}],
            "instruments": [{"id": "i", "covers": {"role@a": "full", "role@b": "full"}}],
        }
    )
    workbook = opened(report_of(dataset))

    assert offered(workbook, rules(workbook)["level"]) == ["a", "b"]
    assert [row[3] for row in rows_of(workbook["Instruments"])[1:]] == ["a", "b"]


# Nothing to say


def test_what_is_empty_says_so_in_words() -> None:
    dataset = dataset_of(
        {"levels": ["eu"], "instruments": [{"id": "a", "covers": {"role@eu": "full"}}]}
    )
    workbook = opened(report_of(dataset))

    assert workbook["Gaps"]["A1"].value == "No gaps."
    assert workbook["Needs"]["A1"].value == "No needs: there are no gaps."
    assert workbook["SWOT"]["A1"].value.startswith("There is no SWOT in this dataset")


def test_without_a_day_the_workbook_tells_what_needs_none_and_that_endings_were_not_judged() -> (
    None
):
    dataset = dataset_of(
        {"levels": ["eu"], "instruments": [{"id": "a", "covers": {"role@eu": "full"}}]}
    )
    said = "Endings were not judged: there is no date to count from."

    workbook = opened(report_of(dataset))

    single, ending = by_name(rows_of(workbook["Risks"]))
    assert (single["cell"], single["risk"]) == ("role@eu", "single")
    assert (ending["cell"], ending["risk"]) == (None, "ending")
    assert str(ending["why"]).startswith(said)
    summary = {str(row[0]): str(row[1]) for row in rows_of(workbook["Summary"])}
    assert summary["Risks"].startswith(f"what is covered, but fragile. {said}")


def test_without_risks_or_swot_items_that_are_shown_the_sheets_say_so() -> None:
    dataset = dataset_of(
        {"levels": ["eu", "region"], "as_of": "2020", "instruments": []},
        {"strengths": [{"id": "s1", "text": "Strong"}]},
    )

    shown = build_matrix(dataset, Query()).select([], ["region"])
    workbook = opened(workbook_writer.write(report_workbook(build_full_report(shown), Origin())))

    assert workbook["Risks"]["A1"].value == "No risk (as of 31 December 2020)."
    (row,) = by_name(rows_of(workbook["SWOT"]))
    assert row == {
        "quadrant": "Strengths",
        "text": "None is tagged for this level; 1 names no level.",
    }
    assert rows_of(workbook["Instruments"])[0] == [column.name for column in COLUMNS]
    assert len(rows_of(workbook["Instruments"])) == 1


def test_a_path_of_no_characters_is_told_by_escapes() -> None:
    matrix = build_matrix(dataset_of({"levels": ["eu"]}), Query())

    about = rows_of(
        opened(workbook_writer.write(matrix_workbook(matrix, Origin("a\udcff\nb"))))["About"]
    )

    assert ["File or folder", "a\\udcff\\nb"] in [row[:2] for row in about]


def test_the_packaged_data_has_no_path() -> None:
    matrix = build_matrix(dataset_of({"levels": ["eu"]}), Query())

    about = rows_of(opened(workbook_writer.write(matrix_workbook(matrix, Origin())))["About"])

    assert ["File or folder", "none: example data that come with clustergap"] in [
        row[:2] for row in about
    ]

"""The small tables beside a list: below each other or each on a sheet of its own, and what people type into them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from clustergap.importing.problems import SheetError
from paths import ROOT, TESTS
from running import run
from spreadsheets import empty_target, import_into, loaded, sheet_of, target_of

WORKBOOKS = TESTS / "data" / "workbooks-of-0.1"
LIST = sheet_of([("name", "role", "level"), ("Bank", "Export", "Region")])
LEVELS = ("id", "name", "aliases", "territories", "description")
ROLES = ("id", "name", "aliases", "statement", "description")
KINDS = ("id", "name", "funds", "description")
TERRITORIES = ("level", "code", "name")

Rows = Sequence[Sequence[str]]


def below_each_other(**tables: Rows) -> Rows:
    return [row for title, rows in tables.items() for row in ((title,), *rows, ())]


def problems_of(*sheets: Rows, **own: Rows) -> list[str]:
    """What keeps these small tables from being read, beside a list."""
    others = [sheet_of(rows, "About") for rows in sheets]
    with pytest.raises(SheetError) as caught:
        import_into(
            empty_target(), LIST, *others, *(sheet_of(rows, name) for name, rows in own.items())
        )
    return list(caught.value.lines)


# Where they end


def test_a_row_typed_below_a_table_does_not_take_in_the_next_one() -> None:
    levels = [LEVELS, ("region", "Region")]
    about = [
        *[("Roles",), ROLES, ("export", "Export"), ("skills", "Skills")],
        *[("Kinds",), KINDS, ("fund", "Fund", "", "yes")],
        *[("Levels",), *levels],
    ]

    dataset = loaded(import_into(empty_target(), LIST, sheet_of(about, "About")))

    assert [role.id for role in dataset.roles] == ["export", "skills"]
    assert [level.id for level in dataset.levels] == ["region"]


def test_a_role_that_is_called_as_a_table_is_one() -> None:
    tables = below_each_other(
        Roles=[ROLES, ("export", "Export"), ("kinds", "Kinds")], Levels=[LEVELS, ("", "Region")]
    )
    roles = [list(row) for row in tables]
    roles[3] = ["Kinds"]  # its name alone, where the id should stand

    with pytest.raises(SheetError) as caught:
        import_into(empty_target(), LIST, sheet_of(roles, "About"))

    assert not [line for line in caught.value.lines if "Levels" in line]
    assert any("Kinds" in line for line in caught.value.lines)


def test_a_table_on_a_sheet_of_its_own_has_rows_up_to_the_last_with_free_ones_between() -> None:
    roles = sheet_of([ROLES, ("export", "Export"), (), (), ("skills", "Skills")], "Roles")
    levels = sheet_of([LEVELS, ("region", "Region")], "Levels")

    dataset = loaded(import_into(empty_target(), LIST, roles, levels))

    assert [role.name for role in dataset.roles] == ["Export", "Skills"]


def test_such_a_sheet_is_no_list_and_is_not_told_as_left_out() -> None:
    levels = sheet_of([LEVELS, ("region", "Region", "", "eu27")], "Levels")

    plan = import_into(empty_target(), levels, LIST)

    assert [instrument.name for instrument in loaded(plan).instruments] == ["Bank"]
    assert not [remark for remark in plan.remarks if "Levels" in remark]


def test_its_columns_may_stand_in_another_order_with_others_between() -> None:
    header = ("name", "my remark", "id", "aliases", "description", "statement")
    roles = sheet_of([header, ("Export", "x", "ex", "abroad", "It says", "We say")], "Roles")

    (role,) = loaded(import_into(empty_target(), LIST, roles)).roles

    assert (role.id, role.name, role.aliases) == ("ex", "Export", ("abroad",))
    assert (role.statement, role.description) == ("We say", "It says")


def test_a_sheet_of_that_name_that_lacks_one_of_the_columns_is_somebody_elses() -> None:
    plan = import_into(
        empty_target(), LIST, sheet_of([("id", "name"), ("ex", "Exports")], "Roles")
    )

    assert [role.name for role in loaded(plan).roles] == ["Export"]
    assert any("Roles" in remark for remark in plan.remarks)


def test_both_arrangements_say_the_same() -> None:
    tables: dict[str, Rows] = {
        "Dataset": [("title", "as_of"), ("Our policy", "2026-01")],
        "Roles": [ROLES, ("export", "Export", "abroad\nexports", "", "Going abroad")],
        "Levels": [LEVELS, ("region", "Region", "", "see Territories")],
        "Territories": [TERRITORIES, ("region", "RO11", ""), ("region", "RO-X", "Own")],
        "Kinds": [KINDS, ("fund", "Fund", "yes")],
        "Sources": [
            ("key", "title", "author", "publisher", "date", "url", "licence", "note"),
            ("s", "S"),
        ],
    }
    own = [sheet_of(rows, name) for name, rows in tables.items()]

    one = loaded(import_into(empty_target(), LIST, sheet_of(below_each_other(**tables), "About")))
    other = loaded(import_into(empty_target(), LIST, *own))

    assert one == other
    assert [unit.name for unit in other.levels[0].units] == ["RO11", "Own"]


# What people type


def test_what_has_a_name_and_no_id_gets_one() -> None:
    roles = sheet_of([ROLES, ("", "Export"), ("", "Ανάπτυξη")], "Roles")

    dataset = loaded(import_into(empty_target(), LIST, roles))

    assert [(role.id, role.name) for role in dataset.roles] == [
        ("export", "Export"),
        ("anaptyxi", "Ανάπτυξη"),
    ]


def test_names_that_would_have_one_id_both_have_another_wherever_they_stand() -> None:
    names = [("", "Fund (A)"), ("", "Fund A"), ("", "Export")]
    ids = [
        {role.name: role.id for role in loaded(import_into(empty_target(), LIST, sheet)).roles}
        for sheet in (
            sheet_of([ROLES, *names], "Roles"),
            sheet_of([ROLES, *reversed(names)], "Roles"),
        )
    ]

    assert ids[0] == ids[1]
    assert len(set(ids[0].values())) == 3


def test_what_no_id_can_be_made_of_is_asked_for_one() -> None:
    assert problems_of(Roles=[ROLES, ("", "Export"), ("", "基金")]) == [
        "Roles!B3: this row of 'Roles' has no id: write its id"
    ]


def test_one_name_twice_is_told_by_its_name() -> None:
    assert problems_of(
        Roles=[ROLES, ("", "Green export"), ("", "Green export"), ("", "Export")]
    ) == ["Roles!B3: 'Green export' stands in Roles!B2 already: delete one of the two"]


KNOWN = """\
schema: 1
title: T
levels: [{id: region, name: Region}]
roles: [{id: ex, name: Export}]
instruments: []
"""


def test_a_role_that_is_known_by_its_name_is_no_new_one() -> None:
    roles = sheet_of([ROLES, ("", "export"), ("", "Skills")], "Roles")

    plan = import_into(target_of(main=KNOWN), LIST, roles)

    assert [role.id for role in plan.after.roles] == ["ex", "skills"]


def test_a_kind_is_made_of_a_word_where_nobody_has_filled_in_the_table() -> None:
    rows = [("name", "role", "level", "kind"), ("Bank", "Export", "Region", "Loan scheme")]
    tables = [sheet_of([ROLES], "Roles"), sheet_of([LEVELS], "Levels"), sheet_of([KINDS], "Kinds")]

    dataset = loaded(import_into(empty_target(), sheet_of(rows), *tables))

    assert [(kind.id, kind.name) for kind in dataset.kinds] == [("loan-scheme", "Loan scheme")]
    assert [role.name for role in dataset.roles] == ["Export"]


# A dataset that is there


def remarks(main: str, **tables: Rows) -> list[str]:
    own = [sheet_of(rows, title.replace("_", " ")) for title, rows in tables.items()]
    return list(import_into(target_of(main=main), LIST, *own).remarks)


def test_what_small_tables_say_of_known_records_is_told_as_left_alone() -> None:
    (remark,) = remarks(
        KNOWN,
        Dataset=[("title", "as_of"), ("Another", "2026")],
        Roles=[ROLES, ("ex", "Exports"), ("new", "New"), ("", "export", "", "They export")],
        Kinds=[KINDS, ("fund", "Fund")],
        Accepted_gaps=[("cell", "reason", "by", "until"), ("ex@region", "So be it")],
    )

    assert remark == (
        "Dataset!A2, Dataset!B2, Roles!B2 and 3 more: the data say otherwise, and keep what they say. Small tables only "
        "add roles, levels, kinds, targets, groups and sources that are new; change the rest in the data files"
    )


def test_what_small_tables_say_as_the_data_do_or_add_to_them_is_not_told() -> None:
    assert not remarks(
        KNOWN,
        Dataset=[("title", "as_of"), ("T",)],
        Roles=[ROLES, ("ex", "Export"), ("new", "New")],
        Levels=[LEVELS, ("region", "Region"), ("city", "City", "", "see Territories")],
        Territories=[TERRITORIES, ("city", "NO-A", "Town")],
        Sources=[
            ("key", "title", "author", "publisher", "date", "url", "licence", "note"),
            ("s", "S"),
        ],
    )


def test_a_place_that_a_known_level_lacks_is_told_as_left_alone() -> None:
    (remark,) = remarks(
        KNOWN, Levels=[LEVELS, ("region", "Region")], Territories=[TERRITORIES, ("region", "NO-A")]
    )

    assert remark.startswith("Territories!A2: the data say otherwise")


@pytest.mark.parametrize("folder", ["data", "tests/hostile", "examples/industry-4-0-2017"])
def test_of_a_report_that_nobody_has_edited_nothing_is_told(folder: str, tmp_path: Path) -> None:
    data, report = str(ROOT / folder), str(tmp_path / "report.xlsx")
    assert run("report", "--data", data, "-o", report, "-q").code == 0

    assert "the data say otherwise" not in run("import", report, "--data", data, "--dry-run").err


# Territories


def test_own_territories_name_their_level_by_any_of_its_words() -> None:
    levels = sheet_of([LEVELS, ("region", "Region", "province")], "Levels")
    rows = [
        TERRITORIES,
        ("Region", "NO-A", "North"),
        ("province", "NO-B", ""),
        ("region", "NO-C", ""),
    ]

    dataset = loaded(import_into(empty_target(), LIST, levels, sheet_of(rows, "Territories")))

    assert [unit.code for unit in dataset.levels[0].units] == ["NO-A", "NO-B", "NO-C"]


def test_territories_of_no_level_or_of_one_that_has_another_list_are_told() -> None:
    levels = [LEVELS, ("region", "Region", "", "eu27")]
    rows = [TERRITORIES, ("Regoin", "NO-A"), ("", "NO-B"), ("region", "NO-C")]

    assert problems_of(Levels=levels, Territories=rows) == [
        (
            "Levels!D2: Territories has places of this level, and here stands another list: "
            "write see Territories here, or delete the places"
        ),
        "Territories!A2: 'Regoin' is not a level of Levels, did you mean 'Region'?",
        "Territories!B3: this territory has no level: write its level",
    ]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("EU27", 27),
        ("NUTS2-2024", 244),
        ("RO11, RO12", 2),
        ("RO11;NO-A\nNO-B", 3),
        ("AT", 1),
    ],
)
def test_the_places_of_a_level_are_a_list_in_any_case_or_codes(typed: str, codes: int) -> None:
    levels = sheet_of([LEVELS, ("region", "Region", "", typed)], "Levels")

    dataset = loaded(import_into(empty_target(), LIST, levels))

    assert len(dataset.levels[0].units) == codes


@pytest.mark.parametrize(
    "typed", ["ministry\nministries", "ministry, ministries", "ministry / ministries"]
)
def test_a_level_has_a_word_for_its_places_and_names_several_lists(typed: str) -> None:
    row = ("region", "Region", "", "uk, efta", "", typed)
    levels = sheet_of([(*LEVELS, "unit"), row], "Levels")

    (level,) = loaded(import_into(empty_target(), LIST, levels)).levels

    assert level.noun == ("ministry", "ministries")
    assert level.units.items == ("uk", "efta")


def test_a_level_whose_places_are_nowhere_is_told() -> None:
    assert problems_of(Levels=[LEVELS, ("region", "Region", "", "see Territories")]) == [
        "Levels!D2: Territories has no place of this level: write them there, a row each, or leave this empty"
    ]


def test_a_row_that_only_says_where_its_places_are_lacks_the_rest() -> None:
    assert "Levels!D2: this row of 'Levels' has no id: write its id, or its name" in problems_of(
        Levels=[LEVELS, ("", "", "", "see Territories")]
    )


def test_a_formula_in_a_small_table_is_told_as_in_a_list() -> None:
    roles = sheet_of([ROLES, ("ex", "Export"), ("new", "New")], "Roles")
    roles.metadata.formulas.add((2, 1))

    with pytest.raises(SheetError) as caught:
        import_into(empty_target(), LIST, roles)

    assert list(caught.value.lines) == [
        "Roles!B3: this is a formula; its last value is 'New': write what it gives (copy it, then paste its value)"
    ]


def test_a_dataset_has_one_row() -> None:
    assert problems_of(Dataset=[("title", "as_of"), ("T",), ("U",)]) == [
        "Dataset!A3: 'Dataset' has 2 rows: keep the first: it is one dataset"
    ]


def test_a_wrong_date_of_the_dataset_is_named_by_its_cell() -> None:
    (problem,) = problems_of(Dataset=[("title", "as_of"), ("T", "June 2026")])

    assert problem.startswith("Dataset!B2: ")


# Workbooks that version 0.1.0 wrote


@pytest.fixture
def _in_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "mine", "-q").code == 0


@pytest.mark.usefixtures("_in_a_project")
def test_an_old_report_is_the_same_dataset_again() -> None:
    report = str(WORKBOOKS / "report.xlsx")
    before = (WORKBOOKS / "project.yaml").read_bytes()
    Path("mine/data/instruments.yaml").write_bytes(before)

    assert run("import", report, "--data", "new").code == 0
    assert run("import", report, "--data", "mine").code == 0

    assert Path("mine/data/instruments.yaml").read_bytes() == before
    old, new = (
        yaml.safe_load(Path(p).read_bytes())
        for p in ("mine/data/instruments.yaml", "new/instruments.yaml")
    )
    for document in (old, new):
        for instrument in document["instruments"]:
            instrument.pop("starts", None)  # written as a year, and as its first day
            instrument.pop("ends", None)
        document.pop("instruments")[0]["covers"]["clusters-for-industry@region"].pop("extent")
    assert new == old


FROM_THE_TEMPLATE = """\
# yaml-language-server: $schema=../schemas/instruments.schema.json
schema: 1
title: Cluster policy of our country
as_of: 2026-01-01

sources: {inventory: {title: Our inventory of policy instruments, author: The ministry}}

levels:
  - {id: country, name: Country, aliases: [national]}
  - id: region
    name: Region
    territories:
      - {code: RO11, name: Nord-Vest}
      - {code: RO12, name: Centru}
      - {code: RO21, name: Nord-Est}

roles:
  - {id: clusters-for-industry, name: Industry 4.0, statement: Clusters as drivers of Industry 4.0}
  - {id: clusters-for-society, name: Social economy}

kinds:
  - {id: programme, name: Funding programme, funds: true}
  - {id: forum, name: Forum, funds: false}

instruments:
  - id: export-fund
    name: Export Fund
    kind: programme
    starts: 2021
    note: typed in
    covers:
      clusters-for-industry@country: full
      clusters-for-society@region: {extent: partial, territories: [RO11]}

accepted_gaps:
  clusters-for-society@region:
    reason: The regions have no competence for it
    by: The steering group
    until: 2027-12-31
"""


@pytest.mark.usefixtures("_in_a_project")
def test_an_old_template_that_was_filled_in_becomes_what_it_became() -> None:
    assert run("import", str(WORKBOOKS / "template.xlsx"), "--data", "new").code == 0

    assert Path("new/instruments.yaml").read_text(encoding="utf-8") == FROM_THE_TEMPLATE


def test_a_remark_beside_a_table_of_an_older_version_is_none_of_its_values() -> None:
    rows = [
        ("Levels",),
        ("id", "name", "aliases", "territories", "description"),
        ("eu", "EU", "", "", "", "a remark"),
        (),
        ("name", "role", "level"),
        ("Bank", "Role", "EU"),
    ]

    plan = import_into(empty_target(), sheet_of(rows, "List"))

    assert [(level.id, level.unit) for level in plan.after.levels] == [("eu", None)]

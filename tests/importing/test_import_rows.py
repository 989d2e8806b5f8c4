"""Rows of one instrument and cell: joined, several statements, repeated, or in contradiction."""

from collections.abc import Sequence

import pytest

from clustergap.editing.destination import DATA_STYLE
from clustergap.importing.import_context import ImportOptions, LoadedMapping
from clustergap.importing.import_plan import ImportPlan, plan_import
from clustergap.importing.problems import SheetError
from clustergap.importing.sheet_records import Differences, SheetValue, StatementEntry
from clustergap.importing.statements import join_rows, repeated_rows, resolve_differences
from clustergap.loading.source import SourceFile
from clustergap.model.cell import Cell
from clustergap.model.dataset import Plain, statements_in_short
from clustergap.model.mapping import Differ, MappingFile
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.change import APPEND, YamlChange
from clustergap.yaml_edit.edit import edit_yaml
from clustergap.yaml_edit.write import YamlValue
from spreadsheets import MAIN, import_into, loaded, sheet_of, target_of

CELL = Cell("role", "country")

HEAD = """\
schema: 1
title: T
levels: [{id: country, name: Country, territories: [AT, BE, HU, RO]}, {id: eu, name: EU}]
roles: [{id: role, name: Role}]
sources: {s: {title: S}, t: {title: T}}
instruments:
  - id: a
    name: Alpha
"""

COLUMNS = (
    "id",
    "role",
    "level",
    "extent",
    "territories",
    "cover_starts",
    "cover_note",
    "cover_sources",
)


def row(
    extent: str = "full", where: str = "", starts: str = "", note: str = "", by: str = ""
) -> tuple[str, ...]:
    """A row of instrument a about role@country."""
    return ("a", "role", "country", extent, where, starts, note, by)


def take(covers: str, *rows: Sequence[str], prune: bool = False) -> ImportPlan:
    """Import rows into data in which instrument a has these covers."""
    return import_into(target_of(main=HEAD + covers), sheet_of([COLUMNS, *rows]), prune=prune)


def said(covers: str, *rows: Sequence[str], prune: bool = False) -> Plain:
    """What instrument a says of role@country then."""
    plan = take(covers, *rows, prune=prune)
    return statements_in_short(plan.after.instruments[0].covers[CELL])


def written(covers: str, *rows: Sequence[str], prune: bool = False) -> str:
    """The covers as they stand then."""
    plan = take(covers, *rows, prune=prune)
    text = plan.written[MAIN].decode() if plan.written else HEAD + covers
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


def lines(*rows: Sequence[str], covers: str = "", columns: Sequence[str] = COLUMNS) -> list[str]:
    """What is wrong with rows."""
    with pytest.raises(SheetError) as caught:
        import_into(target_of(main=HEAD + covers), sheet_of([columns, *rows]))
    return caught.value.lines


def partly(*codes: str, **more: Plain) -> Plain:
    return {"territories": list(codes), **more, "extent": "partial"}


def fully(*codes: str, **more: Plain) -> Plain:
    return {"territories": list(codes), **more, "extent": "full"}


EXCEPT_BE: Plain = {"territories": {"except": ["BE"]}, "extent": "full"}


# New


def test_rows_that_differ_in_place_and_source_are_one_statement() -> None:
    rows = (
        row(where="AT", by="s | page 1"),
        row(where="BE, AT", by="t"),
        row(where="RO", by="s | page 1"),
    )

    assert said("", *rows) == fully(
        "AT", "BE", "RO", sources=[{"ref": "s", "locator": "page 1"}, {"ref": "t"}]
    )


def test_rows_that_differ_otherwise_are_several_statements() -> None:
    rows = (
        row(where="AT"),
        row("partial", "BE"),
        row(where="RO", starts="2019"),
        row(where="HU"),
        row("partial", "RO", note="Pilot"),
    )
    apart = [*rows[:2], *rows[3:]]

    assert said("", *apart) == [fully("AT", "HU"), partly("BE"), partly("RO", note="Pilot")]
    assert lines(*rows) == [
        (
            "Instruments!A6: 'role@country' is partial here, and full by another statement in RO on 2019-01-01, "
            "first in Instruments!A4: give each its own territories, or its own starts and ends"
        )
    ]


def test_what_says_everywhere_is_not_joined_with_what_says_where() -> None:
    assert said("", row(), row(where="AT"), row(where="except BE")) == [
        "full",
        fully("AT"),
        EXCEPT_BE,
    ]


def test_a_row_that_repeats_another_is_read_once_and_told_once() -> None:
    once = row(where="AT", by="s")
    plan = take("", once, row(where="BE", by="s"), once, once)

    assert [one for one in plan.remarks if "repeat" in one] == [
        "Instruments!A4: this row and 1 more row repeat others, and are read once"
    ]
    assert said("", once, once) == fully("AT", sources=[{"ref": "s"}])


def test_a_code_that_is_none_is_told_where_its_row_names_it() -> None:
    assert [
        line.split(":")[0] for line in lines(row(where="AT"), row(where="BE, QQ"), row(where="RO"))
    ] == ["Instruments!E3"]


# Into data


LIST = """\
    covers:
      role@country:
        - {extent: full, territories: [AT]}   # first
        # on the second
        - extent: partial
          territories: [BE]   # only there
          note: Pilot
"""


def test_rows_that_say_what_a_list_says_change_nothing() -> None:
    rows = (row(where="AT"), row("partial", "BE", note="Pilot"))

    assert written(LIST, *rows) == LIST
    assert written(LIST, *reversed(rows), prune=True) == LIST


def test_a_changed_row_changes_its_statement_alone() -> None:
    rows = (row(where="AT"), row("partial", "BE, HU", note="Pilot"))

    assert written(LIST, *rows) == LIST.replace("[BE] ", "[BE, HU] ")


def test_a_new_row_becomes_a_new_statement() -> None:
    rows = (row(where="AT"), row("partial", "BE", note="Pilot"), row(where="RO", starts="2020"))
    new = "        - {extent: full, territories: [RO], starts: 2020}\n"

    assert written(LIST, *rows) == LIST + new
    assert written(LIST, rows[2]) == LIST + new
    assert "2 statements of the data" in " ".join(take(LIST, rows[2]).remarks)


def test_what_no_row_says_stays_unless_it_is_pruned() -> None:
    assert written(LIST, row(where="AT")) == LIST
    assert "1 statement of the data" in " ".join(take(LIST, row(where="AT")).remarks)
    assert written(LIST, row(where="AT"), prune=True) == (
        "    covers:\n      role@country:\n        - {extent: full, territories: [AT]}   # first\n"
        "        # on the second\n"
    )


def test_as_many_rows_as_there_are_statements_are_those() -> None:
    rows = [row(where="AT"), row("partial", "HU", note="Pilot")]

    assert said(LIST, *rows) == [fully("AT"), partly("HU", note="Pilot")]
    assert said(LIST, rows[1]) == [
        fully("AT"),
        partly("BE", note="Pilot"),
        partly("HU", note="Pilot"),
    ]


def test_rows_that_would_be_one_statement_are_each_that_of_their_place() -> None:
    covers = "    covers: {role@country: [{territories: [AT]}, {territories: [BE]}]}\n"
    rows = [row(where="AT"), row(where="BE"), row(where="RO")]

    assert written(covers, *rows[:2]) == covers
    assert said(covers, *rows) == [fully("AT"), fully("BE"), fully("RO")]
    noted = [row(where=code, note="New") for code in ("BE", "AT")]
    assert said(covers, *noted) == [fully("AT", note="New"), fully("BE", note="New")]
    alone = "    covers: {role@country: {territories: [AT]}}\n"
    assert said(alone, *rows) == fully("AT", "BE", "RO")


ALONE = {
    "    covers: {role@country: {territories: [AT]}}\n": (
        "    covers: {role@country: [{territories: [AT]}, {extent: partial, territories: [BE]}]}\n"
    ),
    "    covers:\n      role@country: {territories: [AT]}   # why\n": (
        "    covers:\n      role@country: [{territories: [AT]}, {extent: partial, territories: [BE]}]   # why\n"
    ),
    """\
    covers:
      role@country:   # of the cell
        # above
        territories: [AT]   # why

        note: |
          One

          two
      role@eu: full
""": """\
    covers:
      role@country:   # of the cell
        # above
        - territories: [AT]   # why

          note: |
            One

            two
        - {extent: partial, territories: [BE]}
      role@eu: full
""",
}


@pytest.mark.parametrize("covers", ALONE, ids=range(len(ALONE)))
def test_a_statement_that_stood_alone_becomes_the_first_of_a_list_with_its_remarks(
    covers: str,
) -> None:
    note = "One\n\ntwo" if "One" in covers else ""

    assert written(covers, row(where="AT", note=note), row("partial", "BE")) == ALONE[covers]


def test_a_word_becomes_the_first_of_a_list_with_its_remark() -> None:
    text = "covers:\n  role@eu: full   # why\n  role@country: full\n"
    changes = [
        YamlChange(("covers", "role@eu", APPEND), {"extent": "partial", "starts": "2019"})
    ] * 2

    item = "    - {extent: partial, starts: 2019}\n"
    assert edit_yaml(text, changes[:1], DATA_STYLE) == (
        f"covers:\n  role@eu:\n    - full   # why\n{item}  role@country: full\n"
    )
    assert edit_yaml(text, changes, DATA_STYLE).count(item) == 2


def test_what_changes_in_a_statement_that_becomes_a_list_changes_in_its_place() -> None:
    covers = (
        "    covers:\n      role@country:\n        territories: [AT]\n        note: Old   # why\n"
    )

    assert written(covers, row(where="AT", note="New"), row("partial", "BE")) == (
        "    covers:\n      role@country:\n        - territories: [AT]\n          note: New   # why\n"
        "        - {extent: partial, territories: [BE]}\n"
    )


def test_observations_of_several_files_change_in_their_own() -> None:
    texts = {
        "at": "observations: {role@country: {extent: partial, territories: [AT]}}\n",
        "be": "observations:\n  role@country:\n    - {extent: partial, territories: [BE]}\n",
    }
    target = target_of(main=f"{HEAD}", **texts)
    columns = ("name", "role", "level", "extent", "territories", "cover_note")

    def take_rows(*rows: Sequence[str], prune: bool) -> dict[str, str]:
        plan = import_into(target, sheet_of([columns, *rows]), prune=prune)
        return {path.stem: data.decode() for path, data in plan.written.items()}

    at, be = (("", "role", "country", "partial", code, "New") for code in ("AT", "BE"))
    assert take_rows(at, be, prune=False) == {
        "at": "observations: {role@country: {extent: partial, territories: [AT], note: New}}\n",
        "be": "observations:\n  role@country:\n    - {extent: partial, territories: [BE], note: New}\n",
    }
    assert take_rows(be, prune=True)["at"] == "observations: {}\n"


# What contradicts


NAMED = ("id", "name", "role", "level")


def test_a_file_to_which_something_comes_is_named_before_one_that_only_loses() -> None:
    part = "instruments: [{id: b, name: Beta, covers: {role@eu: full}}]\n"
    target = target_of(main=f"{HEAD}    covers: {{role@eu: full}}\n", part=part)

    plan = import_into(target, sheet_of([NAMED, ("b", "Beta", "role", "country")]), prune=True)

    assert [path.stem for path in plan.written] == ["part", "instruments"]


def test_a_name_that_differs_in_two_rows_contradicts_also_if_the_data_say_it_already() -> None:
    known, other = ("a", "Alpha", "role", "eu"), ("a", "Alpha fund", "role", "country")
    words = "say the same of an instrument in all of its rows"

    assert lines(known, other, columns=NAMED) == [
        f"Instruments!B3: 'Alpha fund' contradicts 'Alpha' in Instruments!B2: {words}"
    ]
    assert lines(other, known, columns=NAMED) == [
        f"Instruments!B3: 'Alpha' contradicts 'Alpha fund' in Instruments!B2: {words}"
    ]
    assert lines(other, ("", "Alpha", "role", "eu"), columns=NAMED) == [
        f"Instruments!B3: 'Alpha' contradicts 'Alpha fund' in Instruments!B2: {words}"
    ]


def test_two_that_are_known_and_get_one_new_name_are_a_question() -> None:
    covers = "  - {id: b, name: Beta}\n"
    rows = (("a", "Gamma", "role", "eu"), ("b", "Gamma", "role", "eu"))

    assert lines(*rows, covers=covers, columns=NAMED) == [
        (
            "Instruments!B3: 'Gamma' is the name of a already: "
            "write 'a' in the column id if it is the same, or another name if it is not"
        )
    ]


def test_one_name_under_several_new_ids_is_told_once() -> None:
    rows = [(id_, "Gamma", "role", "eu") for id_ in ("c", "d", "e")]
    plan = import_into(target_of(main=HEAD), sheet_of([NAMED, *rows]))

    assert [one.id for one in loaded(plan).instruments] == ["a", "c", "d", "e"]
    assert [one for one in plan.remarks if "Gamma" in one] == [
        "Instruments!B3: 'Gamma' stands beside several ids: each id is an instrument of its own"
    ]


@pytest.mark.parametrize(
    ("rows", "meant"),
    [
        ([("rc-1", "Fund", "role", "eu"), ("", "Fund", "role", "eu"), ("fund", "Fund", "role", "eu")], "rc-1 or fund"),
        ([("c", "Gamma", "role", "eu"), ("", "Gamma", "role", "eu"), ("d", "Gamma", "role", "eu")], "c or d"),
        ([("c", "Fund", "role", "eu"), ("", "Fund", "role", "eu"), ("fund", "Other", "role", "eu")], "c or fund"),
        ([("alpha-2", "Beta", "role", "eu"), ("", "Alpha", "role", "eu"), ("alpha", "Gamma", "role", "eu")], "a or alpha"),
    ],
)  # fmt: skip
def test_a_name_without_an_id_that_several_bear_in_the_end_is_a_question(
    rows: list[tuple[str, ...]], meant: str
) -> None:
    name = rows[1][1]

    assert lines(*rows, columns=NAMED) == [
        f"Instruments!B3: {name!r} may mean {meant}: write the id in a column id, in each row of that name"
    ]


# What may differ


def at(number: int) -> Address:
    return Address("List", number, 0)


DIFFER: tuple[tuple[Differ, str, list[YamlValue], YamlValue, str], ...] = (
    (Differ.FIRST, "name", ["A", "B", "A", "C"], "A", "2 rows differ in 'name': the first was taken"),
    (Differ.EARLIEST, "starts", ["2016", "2015-12", "2016-01-01"], "2015-12", "2 rows differ in 'starts': the earliest was taken"),
    (Differ.LATEST, "ends", ["2016", "2016-12", "2016-12-31", "2017"], "2017", "1 row differs in 'ends': the latest was taken"),
    (Differ.JOIN, "note", ["One", "Two", "One"], "One\nTwo", "2 rows differ in 'note': they were joined"),
    (Differ.JOIN, "targets", [["x"], ["y", "x"]], ["x", "y"], "1 row differs in 'targets': they were joined"),
)  # fmt: skip
"""What may differ, what rows say, what is taken, and what is told."""


@pytest.mark.parametrize(("differ", "column", "values", "taken", "words"), DIFFER)
def test_where_rows_may_differ_one_is_taken_and_each_use_is_counted(
    differ: Differ, column: str, values: list[YamlValue], taken: YamlValue, words: str
) -> None:
    differences = Differences({column: differ})
    rows = [SheetValue(value, at(n)) for n, value in enumerate(values)]

    assert differences.resolve_all(column, column, rows).value == taken
    assert differences.remarks() == [f"List: {words}"]


def test_rows_of_one_statement_may_differ_in_a_key_of_it() -> None:
    rows = [
        StatementEntry(
            at(n), {"territories": SheetValue([code], at(n)), "note": SheetValue(note, at(n))}
        )
        for n, (code, note) in enumerate((("AT", "x"), ("BE", "y"), ("RO", "x")))
    ]
    differences = Differences({"cover_note": Differ.JOIN})

    assert len(join_rows(rows)) == 2
    resolve_differences(rows, differences)

    (one,) = join_rows(rows)
    assert {key: value.value for key, value in one.keys.items()} == {
        "territories": ["AT", "BE", "RO"],
        "note": "x\ny",
    }


def test_nothing_differs_and_nothing_repeats_without_leave() -> None:
    rows = [
        StatementEntry(at(n), {"note": SheetValue(note, at(n))}) for n, note in enumerate("xy")
    ]

    resolve_differences(rows, Differences({}))

    assert [row.keys["note"].value for row in rows] == ["x", "y"]
    assert list(repeated_rows(rows)) == []
    assert Differences({}).resolve("note", "note", *(row.keys["note"] for row in rows)) is None


def test_operations_become_a_programme_by_a_mapping_that_lets_rows_differ() -> None:
    mapping = MappingFile.model_validate(
        {
            "schema": "1",
            "columns": {
                "name": "Programme",
                "role": {"is": "role"},
                "level": {"is": "country"},
                "territories": "Country",
                "starts": {"from": "Begins", "differ": "earliest"},
                "cover_note": {"from": "Operation", "differ": "join"},
            },
        }
    )
    rows = [
        ("Programme", "Country", "Begins", "Operation"),
        ("Growth", "AT", "2016-04-01", "Bridge"),
        ("Growth", "BE", "2015-01-01", "Road"),
        ("Growth", "AT", "2017-01-01", "Road"),
    ]
    options = ImportOptions(mapping_file=LoadedMapping(mapping, SourceFile("mapping.yaml", "")))

    plan = plan_import([sheet_of(rows)], "sheet.xlsx", target_of(main=HEAD), options)

    growth = plan.after.instruments[-1]
    assert (growth.name, str(growth.starts)) == ("Growth", "2015-01-01")
    (cover,) = growth.covers[CELL]
    assert (cover.territories, cover.note) == (("AT", "BE"), "Bridge\nRoad")
    assert [one.partition(": ")[2] for one in plan.remarks if "differ" in one] == [
        "2 rows differ in 'starts': the earliest was taken",
        "2 rows differ in 'cover_note': they were joined",
    ]


def test_a_statement_of_a_list_that_says_nothing_else_any_more_becomes_its_extent() -> None:
    covers = "    covers:\n      role@country:\n      - territories:   # where\n        - AT\n"

    assert written(covers, row(), row(starts="2018"), prune=True) == (
        "    covers:\n      role@country:\n      - full\n        # where\n"
        "      - {extent: full, starts: 2018}\n"
    )

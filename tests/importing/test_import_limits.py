"""How much of a sheet is read and said: a wrong column, or a stranger, makes very many problems of one."""

from collections.abc import Sequence

import pytest

from clustergap.findings import MOST_SHOWN
from clustergap.importing import import_context
from clustergap.importing.problems import Problem, Problems, SheetError
from clustergap.importing.sheet_records import IMPORT_LIMITS, ImportLimits
from clustergap.spreadsheet.sheet import Address
from clustergap.text import NearMisses
from spreadsheets import STYLES, empty_target, import_into, loaded, sheet_of, target_of

LIST = ("name", "role", "level", "kind", "sources", "extent")


def refusal(
    *rows: Sequence[str], about: Sequence[Sequence[str]] = (), limits: ImportLimits = IMPORT_LIMITS
) -> list[str]:
    """What is said of a list with these rows, line by line."""
    sheets = [sheet_of([LIST, *rows]), *([sheet_of(about, "About")] if about else [])]
    with pytest.raises(SheetError) as caught:
        import_into(empty_target(), *sheets, limits=limits)
    return [*caught.value.lines, str(caught.value)]


def test_a_thousand_problems_are_all_named() -> None:
    lines = refusal(
        ("Fund", "R", "EU"), *((f"{n} fund", "R", "EU", "", "", f"x{n}") for n in range(1_000))
    )

    assert len(lines) == 1_001
    assert lines[0].startswith("Instruments!F3: 'x0' is neither full nor partial")
    assert lines[999].startswith("Instruments!F1002: ")
    assert lines[-1] == "1,000 problems; nothing was written"


def test_of_more_problems_the_first_are_named_in_order_and_reading_stops() -> None:
    rows = [(f"{n} fund", "R", "EU", "", "", f"x{n}") for n in range(5_000)]

    lines = refusal(*rows)

    assert [line.partition(":")[0] for line in lines[:-2]] == [
        f"Instruments!F{n}" for n in range(2, MOST_SHOWN + 2)
    ]
    assert lines[-2:] == [
        "… and more: mend these first",
        "more than 1,000 problems; nothing was written",
    ]


def test_a_problem_of_many_cells_is_one_line_and_the_most_frequent_comes_first() -> None:
    extents = ["y", *["x"] * 5_000, "z", "z", "w", "w", "w", "v"]

    lines = refusal(*((f"{n} fund", "R", "EU", "", "", one) for n, one in enumerate(extents)))

    said = "is neither full nor partial: write full or partial"
    assert lines == [
        f"Instruments!F3, F4 and 4,998 more: 'x' {said}",
        f"Instruments!F5005, F5006 and F5007: 'w' {said}",
        f"Instruments!F5003 and F5004: 'z' {said}",
        f"Instruments!F2: 'y' {said}",
        f"Instruments!F5008: 'v' {said}",
        "5 problems in 5,007 cells; nothing was written",
    ]


def test_the_same_problem_in_two_columns_is_two_and_that_of_the_whole_file_comes_first() -> None:
    problems = Problems()
    for row, column in ((8, 1), (3, 1), (3, 0), (8, 1)):
        problems.add(Problem(Address("List", row, column), "wrong"))
    problems.add(Problem(None, "all of it is wrong"))

    error = SheetError(problems, "a.xlsx")

    assert error.lines == ["all of it is wrong", "List!B4 and B9: wrong", "List!A4: wrong"]
    assert str(error) == "a.xlsx: 3 problems in 3 cells; nothing was written"


def test_a_wrong_extent_is_one_problem() -> None:
    assert refusal(("Fund", "R", "EU", "", "", "x")) == [
        "Instruments!F2: 'x' is neither full nor partial: write full or partial",
        "1 problem; nothing was written",
    ]


def test_a_problem_that_is_found_twice_is_one() -> None:
    problems = Problems()
    for _ in range(5_000):
        problems.add(Problem(None, "the same"))

    assert str(SheetError(problems)) == "1 problem; nothing was written"


def test_formulas_are_named_once_for_their_column() -> None:
    sheet = sheet_of([LIST, *(("", "R", "EU") for _ in range(3_000))])
    sheet.metadata.formulas |= {(row, column) for row in range(1, 3_001) for column in (0, 20)}

    with pytest.raises(SheetError) as caught:
        import_into(empty_target(), sheet)

    (line,) = caught.value.lines
    assert line.startswith("Instruments!A2, A3 and 2,998 more: this is a formula: ")


def test_what_a_row_lacks_is_not_told_where_a_cell_of_it_cannot_be_read() -> None:
    sheet = sheet_of([LIST, *(("Fund", "", "EU", "k") for _ in range(600))])
    sheet.metadata.formulas |= {(row, 1) for row in range(1, 601)}

    with pytest.raises(SheetError) as caught:
        import_into(empty_target(), sheet)

    (line,) = caught.value.lines
    assert line.startswith("Instruments!B2, B3 and 598 more: this is a formula: ")


def test_a_sheet_brings_so_many_new_words_and_no_more() -> None:
    limits = ImportLimits(new=3)
    words = [("Fund", word, "EU") for word in ("art", "brick", "coal", "dust")]

    plan = import_into(empty_target(), sheet_of([LIST, *words[:3]]), limits=limits)
    assert [role.name for role in loaded(plan).roles] == ["art", "brick", "coal"]
    assert refusal(*words, limits=limits)[0] == (
        "'dust' is one role more than the 3 that a table may bring: "
        "look whether its column is the right one"
    )


def test_a_sheet_names_so_many_things_and_no_more() -> None:
    limits = ImportLimits(statements=2)
    rows = [("Fund", "R", "EU"), ("Bank", "R", "EU"), ("Hub", "R", "EU")]

    read = import_into(empty_target(), sheet_of([LIST, *rows[:2]]), limits=limits)
    assert len(loaded(read).instruments) == 2
    assert refusal(*rows, limits=limits)[0] == (
        "the sheet names instruments and cells more than 2 times: import it in two parts"
    )
    with pytest.raises(SheetError) as caught:
        import_into(
            empty_target(), sheet_of([("", "EU"), ("R", "Fund, Bank; Hub")]), limits=limits
        )
    assert "more than 2 times" in caught.value.lines[0]


def test_lists_in_cells_hold_so_many_values_and_no_more() -> None:
    limits = ImportLimits(values=3)
    said = "its cells list more than 3 codes, names and sources"

    three = ("Fund", "R", "EU", "", "a | p. 1, 2\nb\nc")
    read = import_into(empty_target(), sheet_of([LIST, three]), limits=limits)
    assert len(loaded(read).sources) == 3
    assert said in refusal(("Fund", "R", "EU", "", "a\nb\nc\nd"), limits=limits)[0]
    two = [("Fund", "R", "EU", "", "a\nb"), ("Bank", "R", "EU", "", "a\nb")]
    assert said in refusal(*two, limits=limits)[0]
    places = sheet_of(
        [("name", "role", "level", "territories"), ("Fund", "R", "EU", "except AT, BE, CY, CZ")]
    )
    with pytest.raises(SheetError, match="1 problem") as caught:
        import_into(empty_target(), places, limits=limits)
    assert said in caught.value.lines[0]
    about = [
        ("Roles",),
        ("id", "name", "aliases", "statement", "description"),
        ("r", "R", "a\nb\nc\nd"),
    ]
    assert said in refusal(("Fund", "R", "EU"), about=about, limits=limits)[0]


def test_a_small_table_has_so_many_rows_and_the_first_of_a_title_counts() -> None:
    limits = ImportLimits(records=2)
    head = [("Kinds",), ("id", "name", "funds", "description")]
    kinds = [("fund", "A fund"), ("net", "A network"), ("hub", "A hub")]
    more = [*head, *kinds[:2], (), *head, kinds[2]]

    plan = import_into(
        empty_target(),
        sheet_of([LIST, ("Fund", "R", "EU", "fund")]),
        sheet_of(
            [("Roles",), ("id", "name", "aliases", "statement", "description"), ("r", "R")],
            "Words",
        ),
        sheet_of(
            [("Levels",), ("id", "name", "aliases", "territories", "description"), ("eu", "EU")],
            "Levels",
        ),
        sheet_of(more, "About"),
        limits=limits,
    )

    assert [kind.id for kind in loaded(plan).kinds] == ["fund", "net"]
    assert refusal(("Fund", "R", "EU"), about=[*head, *kinds], limits=limits)[0] == (
        "About!A1: 'Kinds' has more than 2 rows: delete what is not needed"
    )


def test_a_sheet_without_roles_and_levels_makes_no_dataset() -> None:
    assert refusal(("Fund",))[0] == (
        "Instruments names no role and no level, and there is no dataset yet: "
        "fill in a row with its role and level, or say it of all rows in a mapping (--propose): role: {is: …}, level: {is: …}"
    )


@pytest.mark.parametrize("number", [10, 300])
def test_an_unknown_word_is_told_with_the_nearest_unless_there_are_too_many(number: int) -> None:
    names = [f"role {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(number)]
    document = {
        "schema": 1,
        "title": "Many",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": name.replace(" ", "-"), "name": name} for name in names],
        "instruments": [],
    }
    target = target_of(main=STYLES["block"](document))

    with pytest.raises(SheetError) as caught:
        import_into(target, sheet_of([LIST, ("Fund", "rolle aa", "EU")]))

    (line,) = caught.value.lines
    assert line.startswith("Instruments!B2: 'rolle aa' is not a role")
    assert ("did you mean" in line) == (2 * number <= import_context.MOST_COMPARED)


def test_roles_and_levels_make_so_many_cells_and_no_more() -> None:
    limits = ImportLimits(matrix=4)
    rows = [(f"Fund {n}", f"R{n}", f"L{n}") for n in "abc"]

    read = import_into(empty_target(), sheet_of([LIST, *rows[:2]]), limits=limits)
    assert len(loaded(read).roles) == 2
    assert refusal(*rows, limits=limits)[0] == (
        "3 roles at 3 levels are 9 cells: look whether the columns role and level are the right ones"
    )


@pytest.mark.parametrize(
    ("known", "word", "near"),
    [
        ("INTERREG", "Interrreg", "INTERREG"),
        ("Hub", "Huub", "Hub"),
        ("Hub", "Hut", None),
        (
            "European Regional Development Fund",
            "European Regional Develpment Fund",
            "European Regional Development Fund",
        ),
        ("x" * 250 + "a", "x" * 250 + "b", None),
        ("Innovation Fund", "Innovationfund", "Innovation Fund"),
    ],
)
def test_a_name_is_near_to_another(known: str, word: str, near: str | None) -> None:
    others = [f"{n:b}".replace("0", "qo").replace("1", "zu") for n in range(300)]

    assert NearMisses([*others[:150], known, *others[150:]]).find(word) == near


def test_names_are_known_by_so_many_parts_of_theirs_and_no_more() -> None:
    # " fu", "fun", "und" and "nd " are the parts of the first; the second shares none with it.
    names = ["Fund", "Hello"]

    known, bounded = NearMisses(names), NearMisses(names, most_parts=4)

    assert [known.find("Fundd"), bounded.find("Fundd")] == ["Fund", "Fund"]
    assert [known.find("Helllo"), bounded.find("Helllo")] == ["Hello", None]


def test_of_many_names_as_near_the_same_is_asked_for_each_time() -> None:
    names = ["".join(pair) for pair in zip("abcdefghijkl" * 2, "mnopqrstuvwx" * 2, strict=True)]
    known = [f"common {name} words" for name in names]

    assert len({NearMisses(known).find("common words") for _ in range(3)}) == 1

"""``import`` as people use it: the command line, on files in a folder."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from clustergap.errors import ClusterGapError
from clustergap.saving.atomic_write import write_files
from paths import ROOT
from running import Outcome, run

DECK = (
    ("Topic", "EU", "Country", "Region"),
    (
        "Business Driven Innovation",
        "H2020, KIC",
        "Industrial Policy, Structural Funds\nEuropean Cluster Policy Forum",
        "S3 approaches; JRC S3 Platform; Structural Funds",
    ),
    ("Internationalisation", "ESCP, ECCP", "Export Promotion", "INTERREG"),
    (
        "New Industrial Value Chains",
        "INNOSUP",
        "Industrial Policy, Structural Funds\nEuropean Cluster Policy Forum",
        "INTERREG",
    ),
    ("Industry 4.0", "DIH", "Not in every country", "Not in every region"),
    (
        "Circular Economy",
        "KIC Climate, KIC Raw Materials, INNOSUP",
        "Not in every country",
        "JRC TP, INTERREG",
    ),
    ("Social Economy", "", "", "JRC TP"),
)
"""The deck's own table, typed as a sheet."""

DATA = """\
# what everybody reads first
schema: 1
title: A country
sources:
  survey: {title: Our survey}   # of 2025
levels:
  - {id: country, name: Country, aliases: [national], territories: [AT, BE, RO]}
  - {id: region, name: Region, aliases: [regional]}
roles:
  - {id: social-economy, name: Social economy}
  - {id: industry-4-0, name: Industry 4.0}
kinds:
  - {id: fund, name: Funding programme}
instruments:
  # the big one
  - id: interreg
    name: European Territorial Cooperation
    short: INTERREG      # its label
    kind: fund
    starts: 2014-01      # a month
    covers:
      social-economy@country: {extent: partial, territories: [AT], note: "Only there"}   # yet
      industry-4-0@region: full

  - id: act
    name: Social Economy Act
    covers: {social-economy@region: full}
observations:
  industry-4-0@country: {extent: partial, note: Not in every country}
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def sheet(*rows: Sequence[str], name: str = "list.csv") -> str:
    with Path(name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return name


def data(text: str = DATA, path: str = "data/instruments.yaml") -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())
    return Path(path)


def changed_lines(before: str, after: Path) -> list[str]:
    """The lines of a file that are not as they were, with - and + before them."""
    from difflib import ndiff

    lines = ndiff(before.splitlines(), after.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line[0] in "-+"]


def problems(outcome: Outcome) -> list[str]:
    assert outcome.code == 2
    assert outcome.out == ""
    *lines, last = outcome.err.splitlines()
    assert last.endswith("nothing was written")
    return [line for line in lines if not line.startswith("note: ")]


def test_the_decks_own_table_gives_the_decks_answer() -> None:
    outcome = run("import", sheet(*DECK), "--data", "new")

    assert outcome.code == 0
    assert "● full 13  ◐ partial 3  ○ none 2" in run("matrix", "--data", "new").out
    assert run("check", "--data", "new", "--strict").code == 0


def test_the_decks_own_table_changes_no_cell_of_the_deck() -> None:
    text = (ROOT / "data/instruments.yaml").read_text(encoding="utf-8")
    path = data(text)

    outcome = run("import", sheet(*DECK))

    assert outcome.code == 0
    assert "No pair of role and level changed." in outcome.out
    assert changed_lines(text, path) == []


def test_a_matrix_says_how_far_an_instrument_goes() -> None:
    sheet(("", "Country"), ("Social economy", "Act (partial); Fund (full)"), name="m.csv")

    run("import", "m.csv", "--data", "new")

    assert "social-economy@country: partial" in Path("new/instruments.yaml").read_text()


def test_a_wrong_word_is_named_by_its_cell_and_nothing_is_written() -> None:
    path = data()
    sheet(
        ("name", "role", "level", "extent", "territories", "starts", "kind", "sources", "url"),
        ("Fund", "Social economy", "Rgional", "ful", "", "", "", "", ""),
        ("Fund", "socal economy", "region", "full", "", "", "", "", ""),
        (
            "Fund",
            "social-economy",
            "country",
            "",
            "XX",
            "soon",
            "forum",
            "study | p. 3",
            "ftp://x",
        ),
    )

    assert problems(run("import", "list.csv")) == [
        "list.csv!C2: 'Rgional' is not a level, did you mean 'region'?",
        "list.csv!D2: 'ful' is neither full nor partial, did you mean 'full'?",
        "list.csv!B3: 'socal economy' is not a role, did you mean 'social-economy'?",
        "list.csv!E4: 'XX' is not a territory of the level 'Country': the level lists AT, BE, RO",
        "list.csv!F4: 'soon' is not a date: write YYYY-MM-DD, YYYY-MM or YYYY",
        "list.csv!G4: 'forum' is not a kind: fund",
        "list.csv!H4: 'study' is not a source: survey",
        (
            "list.csv!I4: 'ftp://x' is not a web address: write http:// or https://, a host in ASCII, "
            "no user or password, no spaces"
        ),
    ]
    assert path.read_text() == DATA


@pytest.mark.parametrize("word", ["interreg", "INTERREG", "European territorial  cooperation"])
def test_an_instrument_is_known_by_id_short_or_name_in_any_case(word: str) -> None:
    path = data()

    run("import", sheet(("name", "role", "level"), (word, "social-economy", "Regional")))

    assert changed_lines(DATA, path) == ["+       social-economy@region: full"]


def test_a_name_that_is_nearly_a_known_one_is_a_question_and_merges_nothing() -> None:
    path = data()
    name = sheet(("name", "role", "level"), ("Interrreg", "social-economy", "region"))

    assert problems(run("import", name)) == [
        (
            "list.csv!A2: 'Interrreg' is a new instrument here, did you mean 'INTERREG'? "
            "If it is another one: --new Interrreg, or give it an id"
        )
    ]
    assert path.read_text() == DATA

    assert run("import", name, "--new", "interrreg").code == 0
    assert changed_lines(DATA, path) == [
        "+ ",
        "+   - id: interrreg",
        "+     name: Interrreg",
        "+     covers:",
        "+       social-economy@region: full",
    ]


def test_an_id_of_its_own_answers_the_question() -> None:
    data()
    name = sheet(
        ("id", "name", "role", "level"), ("ir-2", "Interrreg", "social-economy", "region")
    )

    assert run("import", name).code == 0


def test_a_new_id_whose_name_is_known_is_a_question() -> None:
    data()
    name = sheet(("id", "name", "role", "level"), ("ir-2", "INTERREG", "social-economy", "region"))

    assert problems(run("import", name)) == [
        (
            "list.csv!A2: 'ir-2' is new here, and its name means 'interreg': "
            "write 'interreg' if it is the same, or another name if it is not"
        )
    ]


def test_two_names_of_one_sheet_that_are_nearly_the_same_are_a_question() -> None:
    name = sheet(
        ("name", "role", "level"),
        ("Cluster fund", "Social economy", "Region"),
        ("Custer fund", "Industry 4.0", "Region"),
    )

    (line,) = problems(run("import", name))
    assert line.startswith(
        "list.csv!A3: 'Custer fund' is a new instrument here, did you mean 'Cluster fund'?"
    )


def test_what_the_sheet_changes_is_changed_where_it_stands_and_comments_stay() -> None:
    path = data()
    name = sheet(
        ("id", "role", "level", "extent", "territories", "starts", "ends", "cover_note"),
        (
            "interreg",
            "social-economy",
            "country",
            "partial",
            "AT, BE",
            "2014-01",
            "2020",
            "Only there",
        ),
        ("interreg", "industry-4-0", "region", "partial", "", "2014-01", "2020", "Not yet"),
        ("", "industry-4-0", "country", "partial", "AT", "", "", "Not in every country"),
        ("", "social-economy", "region", "partial", "", "", "", "In some"),
    )

    outcome = run("import", name)

    assert outcome.code == 0
    assert changed_lines(DATA, path) == [
        "+     ends: 2020",
        '-       social-economy@country: {extent: partial, territories: [AT], note: "Only there"}   # yet',
        '+       social-economy@country: {extent: partial, territories: [AT, BE], note: "Only there"}   # yet',
        "-       industry-4-0@region: full",
        "+       industry-4-0@region: {extent: partial, note: Not yet}",
        "-   industry-4-0@country: {extent: partial, note: Not in every country}",
        "+   industry-4-0@country: {extent: partial, note: Not in every country, territories: [AT]}",
        "+   social-economy@region: {extent: partial, note: In some}",
    ]


def test_a_dry_run_shows_what_diff_shows_and_writes_nothing() -> None:
    path = data()
    name = sheet(("name", "role", "level"), ("Act 2", "social-economy", "country"))

    outcome = run("import", name, "--dry-run")

    assert outcome.code == 0
    assert "◐ partial → ● full   Social economy @ Country" in outcome.out
    assert "added   Act 2 (act-2)" in outcome.out
    assert "--- data/instruments.yaml" not in outcome.out
    assert path.read_text() == DATA
    assert "nothing was written" in outcome.err

    run("import", name)
    assert run("import", name, "--dry-run").out.endswith(
        "Nothing to write: the data already say all that this table says.\n"
    )


@pytest.mark.parametrize("words", [["--dry-run", "--diff"], ["--diff"]])
def test_the_lines_of_the_files_are_shown_to_who_asks_for_them(words: list[str]) -> None:
    data()
    name = sheet(("name", "role", "level"), ("Act 2", "social-economy", "country"))

    out = run("import", name, *words).out

    assert "--- data/instruments.yaml" in out
    assert "\n+  - id: act-2\n" in out


def test_a_dry_run_shows_lines_of_files_as_long_as_they_are() -> None:
    data(DATA.replace("Only there", "Only there " * 20))
    name = sheet(("id", "role", "level"), ("interreg", "social-economy", "region"))

    out = run("import", name, "--dry-run", "--diff", is_terminal=True, columns=80).out

    assert "Only there " * 20 in out


def test_without_prune_what_the_sheet_lacks_stays_and_with_it_goes() -> None:
    path = data()
    name = sheet(
        ("id", "role", "level", "extent", "kind"),
        ("interreg", "industry-4-0", "region", "full", ""),
    )

    assert run("import", name).code == 0
    assert path.read_text() == DATA

    assert run("import", name, "--prune").code == 0
    assert changed_lines(DATA, path) == [
        "-     kind: fund",
        '-       social-economy@country: {extent: partial, territories: [AT], note: "Only there"}   # yet',
        "-   - id: act",
        "-     name: Social Economy Act",
        "-     covers: {social-economy@region: full}",
        "- observations:",
        "-   industry-4-0@country: {extent: partial, note: Not in every country}",
    ]


def test_prune_does_not_remove_what_the_swot_names() -> None:
    path = data()
    data(
        "schema: 1\nstrengths:\n  - {id: s1, text: The act, instruments: [act]}\n",
        "data/swot.yaml",
    )
    name = sheet(("id", "role", "level"), ("interreg", "industry-4-0", "region"))

    (line,) = problems(run("import", name, "--prune"))

    assert "'act' is not an instrument" in line
    assert "data/swot.yaml" in line
    assert path.read_text() == DATA


def test_a_workbook_of_some_levels_cannot_prune() -> None:
    data()
    run("report", "--level", "region", "-o", "region.xlsx")

    outcome = run("import", "region.xlsx", "--prune")

    (line,) = problems(outcome)
    assert "holds only region" in line
    assert outcome.err.endswith("clustergap: region.xlsx: 1 problem; nothing was written\n")
    assert run("import", "region.xlsx").code == 0


def test_a_record_of_a_fragment_is_changed_in_its_fragment() -> None:
    main = data()
    fragment = data(
        "instruments:\n  - {id: ro, name: Romanian fund}\n", "data/instruments/ro.yaml"
    )

    run("import", sheet(("name", "role", "level"), ("Romanian fund", "social-economy", "region")))

    assert main.read_text() == DATA
    assert fragment.read_text() == (
        "instruments:\n  - {id: ro, name: Romanian fund, covers: {social-economy@region: full}}\n"
    )


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    path = data("\ufeff" + DATA.replace("\n", "\r\n"))

    run("import", sheet(("name", "role", "level"), ("New", "social-economy", "region")))

    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf# what")
    assert b"  - id: new\r\n    name: New\r\n" in written
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_columns_that_nobody_knows_are_named_and_misspelt_ones_refused() -> None:
    data()
    rows = ("act", "social-economy", "country", "12", "full")

    outcome = run("import", sheet(("id", "role", "level", "Budget", "extent"), rows))

    assert outcome.code == 0
    assert "the column 'Budget' is not read" in outcome.err
    assert problems(run("import", sheet(("id", "role", "level", "Budget", "extend"), rows))) == [
        "list.csv!E1: 'extend' is not a column, did you mean 'extent'? Else --leave-out extend"
    ]


def test_two_rows_that_contradict_each_other_are_refused() -> None:
    data()
    name = sheet(
        ("id", "role", "level", "ends"),
        ("act", "social-economy", "country", "2020"),
        ("act", "industry-4-0", "country", "2021"),
    )

    assert problems(run("import", name)) == [
        "list.csv!D3: '2021' contradicts '2020' in list.csv!D2: say the same of an instrument in all of its rows",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ("", "social-economy", "", ""),
            "list.csv!C2: this row has no level: write the level of its cell",
        ),
        (
            ("act", "", "region", ""),
            "list.csv!B2: this row has no role: write the role of its cell",
        ),
        (
            ("", "", "", "a note"),
            "list.csv!D2: this row has no role and no level: a cell is a role at a level",
        ),
    ],
)
def test_half_a_cell_is_refused(row: Sequence[str], said: str) -> None:
    data()

    assert said in problems(run("import", sheet(("id", "role", "level", "cover_note"), row)))


def test_a_cell_may_stand_in_one_column() -> None:
    path = data()

    outcome = run("import", sheet(("id", "cell"), ("act", "Social Economy @ national")))

    assert outcome.code == 0
    assert "social-economy@country" in path.read_text(encoding="utf-8").partition("id: act")[2]
    assert problems(run("import", sheet(("id", "cell"), ("act", "social-economy")))) == [
        "list.csv!B2: 'social-economy' is not a cell: write role@level, such as social-economy@eu"
    ]
    assert problems(run("import", sheet(("id", "cell"), ("act", "social-economy@contry")))) == [
        "list.csv!B2: 'contry' is not a level, did you mean 'country'?"
    ]


def test_a_column_that_is_there_twice_is_refused() -> None:
    data()
    rows = (("id", "Note", "role", "level", "note"), ("act", "a", "social-economy", "region", "b"))

    assert problems(run("import", sheet(*rows))) == [
        (
            "list.csv!E1: 'column B' and 'column E' may each be the note: say which: --column 'note=column B'; "
            "a mapping can take both (--propose)"
        )
    ]


def test_what_stands_below_a_matrix_is_not_read_and_a_row_needs_its_role() -> None:
    data()
    table = (("", "Country", "Region"), ("Social economy", "", "Fund"))

    outcome = run("import", sheet(*table, (), ("Source: our survey", "Ours", "")), "--dry-run")

    assert outcome.code == 0
    assert (
        "what stands below the table, from row 4, is not read: 'Source: our survey'" in outcome.err
    )
    assert "Ours" not in outcome.out
    assert problems(run("import", sheet(*table, ("", "", "Other")))) == [
        "list.csv!A3: this row has no role: write the role of its cell"
    ]


def test_of_a_matrix_too_what_no_data_file_may_hold_is_named_by_its_cell() -> None:
    said = " the character U+202E RIGHT-TO-LEFT OVERRIDE may not stand in a data file"
    rows = (("", "Country"), ("Social economy", "Fu\u202end"), ("Industry\u202e 4.0", "Bank"))

    lines = problems(run("import", sheet(*rows), "--data", "new"))

    assert [line.partition(":")[0] for line in lines] == ["list.csv!B2", "list.csv!A3"]
    assert all(said in line for line in lines)


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    import openpyxl

    data()
    book = openpyxl.Workbook()
    for name, fund in (("Old", "Old fund"), ("New", "New fund")):
        made = book.create_sheet(name)
        made.append(("name", "role", "level"))
        made.append((fund, "social-economy", "region"))
    book.save(tmp_path / "list.xlsx")

    outcome = run("import", "list.xlsx", "--sheet", "New", "--dry-run")

    assert "New fund" in outcome.out
    assert "Old fund" not in outcome.out
    assert "read is New, not Old" in outcome.err
    assert problems(run("import", "list.xlsx", "--sheet", "Nwe")) == [
        "there is no sheet 'Nwe', did you mean 'New'?"
    ]
    assert problems(run("import", "list.xlsx", "--sheet", "2019")) == [
        "there is no sheet '2019': there are 'Sheet', 'Old', 'New'"
    ]


def test_a_name_that_means_two_instruments_is_a_question() -> None:
    data(DATA.replace("Social Economy Act", "European Territorial Cooperation"))

    lines = problems(
        run(
            "import",
            sheet(
                ("name", "role", "level"),
                ("European territorial cooperation", "social-economy", "region"),
            ),
        )
    )

    assert lines == [
        "list.csv!A2: 'European territorial cooperation' may mean interreg or act: write the id in a column id"
    ]


def test_what_is_said_of_an_instrument_needs_its_name_and_its_cell() -> None:
    data()
    head = ("name", "role", "level", "url", "extent")

    assert problems(
        run("import", sheet(head, ("", "social-economy", "region", "https://x.eu")))
    ) == [
        "list.csv!B2: this row speaks of an instrument, but does not name it: write the name again, or --fill-down name"
    ]
    assert problems(run("import", sheet(head, ("Social Economy Act", "", "", "", "full")))) == [
        "list.csv!A2: this row says how far a cell is covered, but not which: write its role and level"
    ]


def test_a_place_in_a_source_that_no_bar_parts_from_its_key_is_shown_with_one() -> None:
    data()
    head = ("name", "role", "level", "sources")
    rows = (
        ("One", "social-economy", "region", "survey p. 2"),
        ("Two", "social-economy", "region", "survey, p. 3"),
        ("Three", "social-economy", "region", "study p. 4"),
    )

    assert problems(run("import", sheet(head, *rows))) == [
        "list.csv!D2: 'survey p. 2' is not a source: write 'survey | p. 2', with a bar before the place in it",
        "list.csv!D3: 'survey, p. 3' is not a source: write 'survey | p. 3', with a bar before the place in it",
        "list.csv!D4: 'study p. 4' is not a source: survey",
    ]


def test_one_mistake_is_one_problem() -> None:
    data()
    head = ("name", "role", "level", "kind", "sources")
    rows = (
        ("INTERREG", "social-economy", "region", "fund", "survey"),
        ("INTERREG", "industry-4-0", "region", "fnd", "survay"),
        ("Fu\u202end", "industry-4-0", "region", "", "| page 3"),
        ("Bank", "\u202esocial-economy", "region", "", ""),
    )

    assert [
        line.partition(", did")[0] for line in problems(run("import", sheet(head, *rows)))
    ] == [
        "list.csv!D3: 'fnd' is not a kind",
        "list.csv!E3: 'survay' is not a source",
        (
            "list.csv!A4: the character U+202E RIGHT-TO-LEFT OVERRIDE may not stand in a data file: delete it, or type the "
            "text again"
        ),
        "list.csv!E4: this source has no key: write its key before the first bar",
        (
            "list.csv!B5: the character U+202E RIGHT-TO-LEFT OVERRIDE may not stand in a data file: delete it, or type the "
            "text again"
        ),
    ]


def test_a_date_that_is_none_is_one_problem_in_each_of_its_columns() -> None:
    data()
    head = ("name", "role", "level", "starts", "ends", "reviewed", "cover_starts")
    row = ("Bank", "social-economy", "region", "soon", "2016-04-31", "2016", "13/2016")

    assert problems(run("import", sheet(head, row))) == [
        "list.csv!D2: 'soon' is not a date: write YYYY-MM-DD, YYYY-MM or YYYY",
        (
            "list.csv!E2: '2016-04-31' is not a date: there is no such day: "
            "write YYYY-MM-DD, YYYY-MM or YYYY"
        ),
        "list.csv!G2: '13/2016' is not a date: there is no such day: write YYYY-MM-DD, YYYY-MM or YYYY",
    ]


def test_a_source_needs_its_key() -> None:
    data()
    rows = (("name", "role", "level", "sources"), ("Bank", "social-economy", "region", "| page 3"))

    assert problems(run("import", sheet(*rows))) == [
        "list.csv!D2: this source has no key: write its key before the first bar"
    ]


def test_role_and_level_and_the_cell_must_not_contradict_each_other() -> None:
    path = data()
    head = ("id", "role", "level", "cell")

    same = ("act", "Social economy", "national", "social-economy@country")
    assert run("import", sheet(head, same)).code == 0
    assert "social-economy@country" in path.read_text(encoding="utf-8").partition("id: act")[2]
    other = ("act", "Social economy", "region", "social-economy@country")
    assert problems(run("import", sheet(head, other))) == [
        "list.csv!D2: 'social-economy@country' is not the role and level of its row: leave one of them out"
    ]


def test_a_new_instrument_is_known_by_its_id_name_and_short_name_in_later_rows() -> None:
    head = ("id", "name", "short", "role", "level", "succeeded_by")
    rows = (
        ("foo", "Alpha  One", "AA", "R", "EU", ""),
        ("", "foo", "", "Q", "EU", ""),
        ("", "aa", "", "R", "Region", ""),
        ("", "Beta", "", "R", "EU", "AA; alpha one"),
    )

    assert run("import", sheet(head, *rows), "--data", "new").code == 0

    text = Path("new/instruments.yaml").read_text(encoding="utf-8")
    assert text.count("- id:") == 2
    assert "succeeded_by: [foo, foo]" in text or "succeeded_by: [foo]" in text
    assert run("import", "list.csv", "--data", "new").code == 0
    assert Path("new/instruments.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Interrreg", "'Interrreg' is not an instrument, did you mean 'interreg'?"),
        ("Fund Bee", "'Fund Bee' is not an instrument: write its id or name"),
    ],
)
def test_who_follows_must_be_an_instrument(word: str, said: str) -> None:
    data()
    rows = (("id", "cell", "succeeded_by"), ("act", "", word))

    (line,) = problems(run("import", sheet(*rows)))

    assert line == f"list.csv!C2: {said}"


def test_a_name_that_another_instrument_has_is_a_question() -> None:
    data()
    head = ("id", "name", "role", "level")

    renamed = ("act", "INTERREG", "social-economy", "region")
    assert problems(run("import", sheet(head, renamed))) == [
        (
            "list.csv!B2: 'INTERREG' is the name of interreg already: "
            "write 'interreg' in the column id if it is the same, or another name if it is not"
        )
    ]
    data(DATA.replace("name: Social Economy Act", "name: INTERREG"))
    assert run("import", sheet(head, renamed)).code == 0
    twice = (("", "Fund A", "R", "EU"), ("fund-b", "Fund A", "R", "EU"))
    assert problems(run("import", sheet(head, *twice), "--data", "new")) == [
        (
            "list.csv!B3: 'Fund A' is the name of fund-a already: "
            "write 'fund-a' in the column id if it is the same, or another name if it is not"
        )
    ]


ABOUT = (
    ("Levels",),
    ("id", "name", "aliases", "territories", "description"),
    (" eu ", "EU"),
    (),
    ("Kinds",),
    ("id", "name", "funds", "description"),
    ("fund", "A fund"),
    ("", "", "", "", "a remark beside the table"),
    ("net", "A network"),
)


def test_small_tables_may_be_few_and_have_remarks_beside_them() -> None:
    name = sheet(*ABOUT, (), ("name", "role", "level", "kind"), ("Bank", "Role", "EU", "fund"))

    outcome = run("import", name, "--data", "new")

    assert outcome.code == 0
    text = Path("new/instruments.yaml").read_text(encoding="utf-8")
    assert "- {id: eu, name: EU}" in text
    assert "- {id: role, name: Role}" in text
    assert "kinds: [{id: fund, name: A fund}, {id: net, name: A network}]" in text


def test_rows_of_small_tables_have_a_key_of_their_own() -> None:
    rows = (*ABOUT, ("fund", "Another fund"), ("", "", "yes"))
    name = sheet(*rows, (), ("name", "role", "level"), ("Bank", "Role", "EU"))

    assert problems(run("import", name, "--data", "new")) == [
        "list.csv!A10: 'fund' stands in list.csv!A7 already: delete one of the two",
        "list.csv!C11: this row of 'Kinds' has no id: write its id, or its name",
    ]


def test_a_small_table_with_an_empty_column_in_its_header_is_none() -> None:
    table = (("Kinds",), ("id", "", "name", "funds", "description"), ("fund", "", "A fund"))
    name = sheet(*table, (), ("name", "role", "level"), ("Bank", "Role", "EU"))

    assert run("import", name, "--data", "new").code == 0
    assert "kinds" not in Path("new/instruments.yaml").read_text(encoding="utf-8")


def test_what_is_no_table_is_refused_with_what_would_be_one() -> None:
    data()

    (line,) = problems(run("import", sheet(("a",), ("b",))))

    assert "there is no table to import" in line
    assert "clustergap init --template list.xlsx" in line


def test_names_whose_separator_was_lost_are_asked_about() -> None:
    # As the slide's text is extracted.
    data((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    forum = "Structural Funds European Cluster Policy Forum"
    platform = "S3 approaches JRC S3 Platform Structural Funds"
    rows = [
        ("Topic", "Country", "Region"),
        ("Business Driven Innovation", f"Industrial Policy, {forum}", platform),
        ("New Industrial Value Chains", f"Industrial Policy, {forum}", "INTERREG"),
    ]

    assert problems(run("import", sheet(*rows))) == [
        (
            f"list.csv!B2 and B3: '{forum}' is a new instrument here: a separator is missing: 'Structural Funds' + "
            f"'European Cluster Policy Forum'? Write a semicolon between them; if it is one name: --new '{forum}'"
        ),
        (
            f"list.csv!C2: '{platform}' is a new instrument here: a separator is missing: 'S3 approaches' + "
            f"'JRC S3 Platform' + 'Structural Funds'? Write a semicolon between them; if it is one name: --new '{platform}'"
        ),
    ]
    assert run("import", "list.csv", "--new", forum, "--new", platform).code == 0


def test_names_that_stand_alone_elsewhere_in_the_sheet_count_too() -> None:
    rows = [("Role", "EU"), ("A", "Fund Policy Forum"), ("B", "Policy Forum; Fund"), ("C", "Fund")]

    (line,) = problems(run("import", sheet(*rows), "--data", "new"))

    assert line.startswith(
        "list.csv!B2: 'Fund Policy Forum' is a new instrument here: a separator is missing: 'Fund' + 'Policy Forum'?"
    )
    assert run("import", "list.csv", "--data", "new", "--new", "Fund Policy Forum").code == 0


def test_what_clustergap_says_of_cells_is_no_list() -> None:
    data()
    run("matrix", "-o", "matrix.xlsx")

    (line,) = problems(run("import", "matrix.xlsx"))

    assert "report.xlsx has a list" in line


def test_data_with_errors_is_told_before_anything_is_merged() -> None:
    data(DATA.replace("kind: fund", "kind: fnd"))

    outcome = run("import", sheet(*DECK))

    assert outcome.code == 2
    assert "CG207" in outcome.err
    assert outcome.out == ""


def files(*names: str) -> Iterable[Path]:
    return (Path(name) for name in names)


def test_a_file_that_has_changed_meanwhile_stops_everything() -> None:
    for path in files("a", "b"):
        path.write_text("old")
    Path("b").write_text("somebody else's")

    with pytest.raises(ClusterGapError, match="'b' has changed since it was read"):
        write_files(dict.fromkeys(files("a", "b"), b"new"), dict.fromkeys(files("a", "b"), b"old"))

    assert Path("a").read_text() == "old"


def test_a_file_that_has_appeared_meanwhile_stops_everything() -> None:
    Path("a").write_text("somebody else's")

    with pytest.raises(ClusterGapError, match="'a' has changed"):
        write_files({Path("a"): b"new"}, {})


def test_where_the_second_of_two_files_cannot_be_written_the_first_is_as_it_was() -> None:
    Path("a").write_text("old")
    Path("f").write_text("a file, no folder")

    with pytest.raises(ClusterGapError):
        write_files(
            {Path("a"): b"new", Path("c"): b"new", Path("f/b"): b"new"}, {Path("a"): b"old"}
        )

    assert Path("a").read_text() == "old"
    assert not Path("c").exists()


def test_a_new_levels_territories_are_asked_for_and_said_by_what_can_be_copied() -> None:
    rows = (
        ("name", "role", "level", "territories"),
        ("Fund", "R", "Country", "Österreich"),
        ("Aid", "R", "Region", "Praha"),
    )

    said = problems(run("import", sheet(*rows), "--data", "new"))

    assert said == [
        (
            "the level 'Country' has no territories yet, and the table names AT: say which it has: --level country=eu27, "
            "or under levels in a mapping"
        ),
        (
            "the level 'Region' has no territories yet, and the table names CZ01: say which it has: "
            "--level region=CZ01,CZ02,CZ03,CZ04,CZ05,CZ06,CZ07,CZ08, or under levels in a mapping"
        ),
    ]
    words = (
        "--level",
        "country=eu27",
        "--level",
        "region=CZ01,CZ02,CZ03,CZ04,CZ05,CZ06,CZ07,CZ08",
    )
    outcome = run("import", "list.csv", "--data", "new", *words)
    assert outcome.code == 0, outcome.err
    assert "nowhere → 1 of 27 countries" in outcome.out
    assert "nowhere → 1 of 8 regions" in outcome.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--column", "foo=name"), "'foo' is nothing that a column may hold"),
        (("--column", "rle=name"), "did you mean 'role'?"),
        (("--column", "name"), "write KEY=VALUE"),
        (("--column", "name=a", "--column", "name=b"), "'name' is there already"),
        (("--fill-down", "nam"), "did you mean 'name'?"),
        (("--date-format", "DMY"), "'DMY' is no format"),
        (("--header", "0"), "write the number of a row"),
        (("--header", "1,2,3,4"), "write the number of a row"),
        (
            ("--level", "country=eu27"),
            "--level country says which territories a level of a new dataset has",
        ),
        (("--column", "role=Nothing"), "no single column has this header"),
        (("--leave-out", "Nothing"), "no single column has this header"),
    ],
)
def test_what_is_said_of_a_table_and_cannot_be_is_refused(words: Sequence[str], said: str) -> None:
    data()

    outcome = run(
        "import", sheet(("name", "role", "level"), ("A", "industry-4-0", "region")), *words
    )

    assert outcome.code == 2
    assert said in outcome.err


def test_what_is_read_without_asking_is_told_once_for_each_kind_with_how_often() -> None:
    days = ("since 2018", "seit 2019", "depuis 2020", "desde 2021", "2018-2024")
    rows = [
        (f"Fund {n}", "R", "EU", day, "ongoing" if n < 4 else "") for n, day in enumerate(days)
    ]

    outcome = run(
        "import", sheet(("name", "role", "level", "starts", "ends"), *rows), "--data", "new"
    )

    assert outcome.code == 0, outcome.err
    assert [line for line in outcome.err.splitlines() if "is read as" in line] == [
        "note: what is written as 'since 2018' is read as a first day (list.csv!D2 and 3 more)",
        "note: what is written as 'ongoing' is read as no last day (list.csv!E2 and 3 more)",
        "note: what is written as '2018-2024' is read as a first and a last day (list.csv!D6)",
    ]
    text = Path("new/instruments.yaml").read_text(encoding="utf-8")
    assert "starts: 2018\n    ends: 2024\n" in text


def test_a_table_ends_at_the_same_row_once_it_has_come_in() -> None:
    rows = (
        ("name", "role", "level"),
        ("The ministry", "R", "EU"),
        (),
        ("The ministry",),
        ("Aid", "R", "EU"),
    )

    first = run("import", sheet(*rows), "--data", "new")
    again = run("import", "list.csv", "--data", "new")

    assert (first.code, again.code) == (0, 0)
    assert first.out.splitlines()[1] == again.out.splitlines()[1] == "3 rows read."

"""The questions of ``import``: what one line of them says, copied, is their answer."""

import csv
import re
import shlex
import string
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from clustergap.importing import resolve
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FILE_LIMITS
from clustergap.loading.loader import load_dataset
from clustergap.text import did_you_mean
from running import Outcome, run

NAME = "Promotion of the use of energy from renewable sources in public buildings of the first kin"
"""In a message it would be cut before its end."""

KNOWN = """\
schema: 1
title: Ours
levels: [{id: eu, name: EU}]
roles: [{id: r, name: R}]
instruments: [{id: interreg, name: INTERREG}]
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(*names: str, header: Sequence[str] = ("name", "role", "level")) -> str:
    """A list with one row for each name."""
    with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *((name, "R", "EU") for name in names)])
    return "in.csv"


def known() -> None:
    Path("data").mkdir()
    Path("data/instruments.yaml").write_text(KNOWN, encoding="utf-8")


def names_of(folder: str) -> dict[str, str]:
    """The names of a dataset's instruments, by id."""
    dataset = load_dataset(find_files(Path(folder)), FILE_LIMITS).dataset
    return {one.id: one.name for one in dataset.instruments}


def option_of(line: str) -> list[str]:
    """The option that a question offers, as a shell reads what is copied."""
    return shlex.split(
        line.partition("If it is another one: ")[2].removesuffix(", or give it an id")
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{NAME}d", NAME),
        ("Fund of John's cousin", "Fund of John's cosin"),
        ('Quotes "in" a $HOME `name`', 'Quotes "in" a $HOME `nam`'),
        ("Πρόγραμμα Ανταγωνιστικότητα", "Πρόγραμμα Ανταγωνιστικότητ"),
        ("Förderung der Wirtschaft", "Förderung  der\u00a0Wirtschat"),
        ("Fund\u200d of the Region", "Fund\u200d of the Regon"),
    ],
)
def test_the_option_of_a_question_can_be_copied_and_answers_it(first: str, second: str) -> None:
    name = table(first, second)

    outcome = run("import", name, "--data", "new")

    line, _ = outcome.err.splitlines()
    option = option_of(line)
    assert outcome.code == 2
    assert option[0] == "--new"
    answered = run("import", name, "--data", "new", *option)
    assert answered.code == 0, answered.err
    assert len(names_of("new")) == 2


def test_names_that_differ_only_at_their_end_are_shown_to_their_end() -> None:
    line, _ = run("import", table(f"{NAME}d", NAME), "--data", "new").err.splitlines()

    assert line == (
        f"in.csv!A3: '{NAME}' is a new instrument here, did you mean '{NAME}d'? "
        f"If it is another one: --new '{NAME}', or give it an id"
    )


def test_texts_that_contradict_each_other_are_shown_where_they_differ() -> None:
    header = ("id", "cell", "note")
    rows = [("act", "a@b", f"{'word ' * 100}{end}") for end in ("here", "there")]
    with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])

    lines = run("import", "in.csv", "--data", "new").err.splitlines()

    (line,) = (one for one in lines if "contradicts" in one)
    said = "'…word word word word word word {}'"
    assert f"{said.format('there')} contradicts {said.format('here')} in in.csv!C2: " in line


def test_the_same_question_in_many_rows_is_one_with_all_of_them() -> None:
    known()

    line, _ = run("import", table(*["Interrreg"] * 4)).err.splitlines()

    assert line.startswith("in.csv!A2, A3 and 2 more: 'Interrreg' is a new instrument here, ")


def test_new_names_can_stand_in_a_file() -> None:
    name = table("Cluster fund", "Custer fund", "Cluser fund", "Bank")
    Path("names.txt").write_bytes("\ufeffCuster fund\r\n\r\n  CLUSER  fund\r\n".encode())

    outcome = run("import", name, "--new-from", "names.txt", "--data", "new")

    assert outcome.code == 0, outcome.err
    assert len(names_of("new")) == 4


def test_a_new_name_that_the_table_does_not_have_is_told() -> None:
    known()

    outcome = run("import", table("Bank"), "--new", "Bnak", "--new", "Bank", "--new", "interreg")

    assert outcome.code == 0
    assert outcome.err == "note: said to be new, but not in the table: 'Bnak'\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "'names.txt': the file cannot be read: No such file or directory"),
        (b"F\xf6rderung\n", "'names.txt': it is no text in UTF-8: save it as UTF-8"),
    ],
)
def test_a_file_of_names_that_cannot_be_read_is_told(data: bytes | None, said: str) -> None:
    if data is not None:
        Path("names.txt").write_bytes(data)

    outcome = run("import", table("Bank"), "--new-from", "names.txt", "--data", "new")

    assert outcome.code == 2
    assert said in outcome.err
    assert not Path("new").exists()


def test_all_that_is_near_in_a_new_dataset_can_be_new_at_once() -> None:
    name = table("Cluster fund", "Custer fund", "Cluser fund")

    assert run("import", name, "--all-new", "--data", "new").code == 0

    assert [*names_of("new")] == ["cluster-fund", "custer-fund", "cluser-fund"]
    before = Path("new/instruments.yaml").read_bytes()
    assert run("import", name, "--all-new", "--data", "new").code == 0
    assert Path("new/instruments.yaml").read_bytes() == before


def test_what_is_near_to_an_instrument_of_the_data_stays_a_question_whatever_is_new() -> None:
    known()

    outcome = run("import", table("Cluster fund", "Custer fund", "Interrreg"), "--all-new")

    line, _ = outcome.err.splitlines()
    assert outcome.code == 2
    assert line.startswith("in.csv!A4: 'Interrreg' is a new instrument here, did you mean")


def test_a_role_that_is_nearly_another_is_a_question_with_its_answer() -> None:
    with Path("in.csv").open("w", encoding="utf-8") as file:
        file.write("name,role,level\nFund,Digital transition,EU\nBank,Digtal transition,EU\n")

    line, _ = run("import", "in.csv", "--data", "new").err.splitlines()

    assert line.startswith("in.csv!B3: 'Digtal transition' is a new role here, did you mean")
    assert option_of(line) == ["--new", "Digtal transition"]
    for answer in (option_of(line), ["--all-new"]):
        assert run("import", "in.csv", "--data", f"new{len(answer)}", *answer).code == 0


def test_an_unknown_name_is_looked_for_once_however_often_it_stands_in_a_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known()
    Path("in.csv").write_text(
        f'id,cell,succeeded_by\ninterreg,,"{"zz;" * 43_000}"\n', encoding="utf-8"
    )
    looked_for: list[str] = []
    look = did_you_mean

    def counting(word: str, words: Iterable[str]) -> str:
        looked_for.append(word)
        return look(word, words)

    monkeypatch.setattr(resolve, "did_you_mean", counting)

    outcome = run("import", "in.csv")

    assert outcome.err.splitlines() == [
        "in.csv!C2: 'zz' is not an instrument: write its id or name",
        "clustergap: in.csv: 1 problem; nothing was written",
    ]
    assert looked_for == ["zz"]


OURS = """\
schema: 1
title: Ours
sources: {survey: {title: Our survey}}
levels:
  - {id: country, name: Country, territories: [AT, BE, RO]}
  - {id: region, name: Region}
roles:
  - {id: social-economy, name: Social economy}
  - {id: industry-4-0, name: Industry 4.0}
kinds: [{id: fund, name: Funding programme}]
instruments:
  - {id: interreg, name: European Territorial Cooperation, short: INTERREG, covers: {social-economy@country: full}}
  - {id: act, name: Social Economy Act}
"""
GOOD = {"name": "Bank", "role": "Social economy", "level": "Region"}
"""A row without a fault."""

OPTION = re.compile(
    r"--(?:new|fill-down|leave-out|column|date-format|layout) (?:'[^']*'|[^ ,;.:']+)"
)
EDIT = re.compile(r"(?:did you mean|[Ww]rite) '([^']*)'")


def seems_to_hold(line: str, row: dict[str, str]) -> list[tuple[dict[str, str], list[str]]]:
    """What a question says can be done, as the row and the options that do it."""
    # A suggestion takes the place of the word that is asked about, or of the whole cell.
    column = string.ascii_uppercase.index(line.partition("!")[2][0])
    at, asked = [*row][column], re.findall("'([^']*)'", line)[0]
    edits: list[tuple[dict[str, str], list[str]]] = []
    for meant in EDIT.findall(line):
        if int(re.findall(r"\d+", line.partition("!")[2])[0]) == 1:
            edited = {meant if key == at else key: text for key, text in row.items()}
        else:
            edited = {**row, at: row[at].replace(asked, meant)}
        edits.append((edited, []))
    return [*edits, *((row, shlex.split(option)) for option in OPTION.findall(line))]


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({**GOOD, "name": "Interrreg"}, 2),
        ({**GOOD, "name": "Social Economy Act INTERREG"}, 1),
        ({**GOOD, "role": "Socal economy"}, 1),
        ({**GOOD, "level": "Rgion"}, 1),
        ({**GOOD, "extent": "ful"}, 1),
        ({**GOOD, "kind": "fnd"}, 1),
        ({**GOOD, "sources": "survay | page 3"}, 1),
        ({**GOOD, "succeeded_by": "act; Interrreg"}, 1),
        ({**GOOD, "extend": "full"}, 2),
        ({"id": "ir-2", **GOOD, "name": "INTERREG"}, 1),
    ],
    ids=lambda value: "" if isinstance(value, int) else " ".join(value.values()),
)
def test_whatever_a_question_says_can_be_done_answers_it(row: dict[str, str], number: int) -> None:
    def ask(row: dict[str, str], *words: str) -> Outcome:
        with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([row, row.values()])
        Path("data/instruments.yaml").write_text(OURS, encoding="utf-8")
        return run("import", "in.csv", *words)

    Path("data").mkdir()
    outcome = ask(row)
    line, _ = outcome.err.splitlines()

    found = seems_to_hold(line, row)
    assert len(found) == number, line
    for edited, words in found:
        assert ask(edited, *words).code == 0, (line, edited, words)


@pytest.mark.parametrize("is_known", [True, False], ids=["levels known", "levels new"])
def test_a_header_of_several_levels_is_those_levels_and_none_of_its_own(is_known: bool) -> None:
    if is_known:
        known()
        text = Path("data/instruments.yaml").read_text(encoding="utf-8")
        levels = "levels: [{id: eu, name: EU}, {id: country, name: Country}, {id: region, name: Region}]"
        Path("data/instruments.yaml").write_text(
            text.replace("levels: [{id: eu, name: EU}]", levels), encoding="utf-8"
        )
    Path("in.csv").write_text("Role,EU,Country; Region,Region\nR,A,B,C\n", encoding="utf-8")
    argv = ("import", "in.csv", "--layout", "matrix", "--data", "data")

    first = run(*argv)

    assert first.code == 0, first.err
    dataset = load_dataset(find_files(Path("data")), FILE_LIMITS).dataset
    assert [level.id for level in dataset.levels] == ["eu", "country", "region"]
    covers = {
        instrument.id: [str(cell) for cell in instrument.covers]
        for instrument in dataset.instruments
    }
    assert covers["b"] == ["r@country", "r@region"]
    assert "Nothing to write" in run(*argv).out


def test_a_text_of_the_data_that_a_stranger_would_mean_nothing_by_comes_back_from_its_report() -> (
    None
):
    known()
    instrument = (
        "instruments: [{id: interreg, name: INTERREG, short: NA, note: n/a, description: none, "
        'covers: {r@eu: {extent: full, note: "-"}}}]'
    )
    file = Path("data/instruments.yaml")
    text = KNOWN.replace("instruments: [{id: interreg, name: INTERREG}]", instrument)
    file.write_text(text, encoding="utf-8")
    assert run("report", "-o", "report.xlsx", "--data", "data").code == 0

    again = run("import", "report.xlsx", "--data", "data", "--prune")

    assert again.code == 0, again.err
    assert file.read_text(encoding="utf-8") == text


def test_a_name_whose_id_would_be_a_word_for_nothing_gets_another() -> None:
    # The second name has a letter that nobody sees: read as text, it is no zero.
    rows = "Role,EU\nR,0\nS,0\u034f\n"
    Path("in.csv").write_text(rows, encoding="utf-8")
    argv = ("import", "in.csv", "--layout", "matrix", "--data", "data")

    first = run(*argv)

    assert first.code == 0, first.err
    (id_,) = names_of("data")
    assert id_.startswith("0-")
    assert "Nothing to write" in run(*argv).out


def test_of_very_many_columns_those_are_told_that_may_be_something_and_the_others_counted() -> (
    None
):
    header = [*(f"Column {number}" for number in range(2_000)), "Objective"]
    row = [*("words of some length" for _ in range(2_000)), "R"]
    with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, row, row])

    refused = run("import", "in.csv", "--data", "data")

    assert refused.code == 2
    assert len(refused.err) < 10_000
    assert "  … and 1,941 more columns" in refused.err
    assert "Objective" in refused.err


def test_a_header_that_means_nothing_is_a_question_and_no_level() -> None:
    Path("in.csv").write_text("Role,EU,none known\nR,A,B\nS,C,D\n", encoding="utf-8")
    argv = ("import", "in.csv", "--layout", "matrix", "--data", "data")

    refused = run(*argv)

    assert refused.code == 2
    words = "'none known' means nothing here, so it is no level: write the name of the level"
    assert words in " ".join(refused.err.split())
    assert not Path("data").exists()


def cross(corner: str) -> str:
    """A cross of marks for data that know its cells, and what stands in its corner."""
    Path("data").mkdir()
    Path("data/instruments.yaml").write_text(
        "schema: 1\ntitle: T\nlevels: [{id: country, name: Country}]\ninstruments: []\n"
        "roles: [{id: social-economy, name: Social economy}, {id: industry-4-0, name: Industry 4.0}]\n",
        encoding="utf-8",
    )
    Path("cross.csv").write_text(
        f"{corner},social-economy@country,industry-4-0@country\nBank,x,\nHub,x,x\n",
        encoding="utf-8",
    )
    return "cross.csv"


def test_what_stands_below_the_empty_corner_of_a_cross_are_the_instruments() -> None:
    outcome = run("import", cross(""), "--data", "data")

    assert outcome.code == 0
    assert "2 instruments, all new.\n3 covers, all new.\n" in outcome.out


def test_marks_of_nobody_are_a_question() -> None:
    file = cross("Thing")

    outcome = run("import", file, "--data", "data")

    assert outcome.code == 2
    assert (
        "cross.csv!A1: no column seems to name the instruments that the marks are of: say which does: --column name=Thing\n"
        in outcome.err
    )
    assert (
        "3 covers, all new." in run("import", file, "--data", "data", "--column", "name=Thing").out
    )


def test_a_header_that_is_too_long_to_be_named_goes_by_its_column() -> None:
    known()
    long = "y " * 3_000
    Path("in.csv").write_text(f"{long},role,level\nBank,R,EU\n", encoding="utf-8")

    outcome = run("import", "in.csv", "--data", "data", "--column", f"name={long}")

    assert outcome.code == 2
    assert "the header of 'name' has more than 5,000 characters" in " ".join(
        outcome.err.replace("│", " ").split()
    )

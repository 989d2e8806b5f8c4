"""Tables that people have, brought in as they would: the deck's slide, and the inventories of three ministries.

The ministries and their programmes are invented; how their tables look is not.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from inline_snapshot import external_file
from xlsxwriter.worksheet import Worksheet

from clustergap.analysis.matrix import build_matrix
from clustergap.importing.import_context import load_mapping
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.query import Query
from paths import GOLDEN, ROOT
from running import Outcome, run
from workbook_files import ods, ods_cell, ods_row

FORUM = "Structural Funds European Cluster Policy Forum"
PLATFORM = "S3 approaches JRC S3 Platform Structural Funds"

SLIDE = f"""\
Topic	EU	Country	Region
Business Driven Innovation	H2020, KIC	Industrial Policy, {FORUM}	{PLATFORM}
Internationalisation	ESCP, ECCP	Export Promotion	INTERREG
New Industrial Value Chains	INNOSUP	Industrial Policy, {FORUM}	INTERREG
Industry 4.0	DIH	Not in every country	Not in every region
Circular Economy	KIC Climate, KIC Raw Materials, INNOSUP	Not in every country	JRC TP, INTERREG
Social Economy			JRC TP
"""
"""The deck's table as its text is extracted: between some names the separator was lost."""

ANSWERED = SLIDE.replace(FORUM, "Structural Funds; European Cluster Policy Forum").replace(
    PLATFORM, "S3 approaches; JRC S3 Platform; Structural Funds"
)
"""The same with the separators that the question asks for."""

VOCABULARY = """\
schema: 1
title: What the slide is about
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country}
  - {id: region, name: Region}
roles:
  - {id: business-driven-innovation, name: Business driven innovation}
  - {id: internationalisation, name: Internationalisation}
  - {id: new-industrial-value-chains, name: New industrial value chains}
  - {id: industry-4-0, name: Industry 4.0}
  - {id: circular-economy, name: Circular economy}
  - {id: social-economy, name: Social economy}
instruments: []
"""

DECK_ANSWER = "● full 13  ◐ partial 3  ○ none 2"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def dataset(text: str) -> Path:
    """Write a dataset that consists of one file."""
    path = Path("data/instruments.yaml")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def slide(text: str) -> Outcome:
    """Import a slide's table into the dataset here."""
    Path("slide.txt").write_text(text, encoding="utf-8")
    return run("import", "slide.txt", "--data", "data")


def test_the_slide_as_it_stands_ends_in_a_question_that_names_known_instruments() -> None:
    path = dataset((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    before = path.read_bytes()

    outcome = slide(SLIDE)

    first, second, last = outcome.err.splitlines()
    assert first.startswith("slide.txt!C2 and C4: ")
    assert "'Structural Funds' + 'European Cluster Policy Forum'?" in first
    assert second.startswith("slide.txt!D2: ")
    assert "'S3 approaches' + 'JRC S3 Platform' + 'Structural Funds'?" in second
    assert last == "clustergap: slide.txt: 2 problems in 3 cells; nothing was written"
    assert outcome.code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", ["deck", "vocabulary", "none"])
def test_the_slide_with_the_question_answered_gives_the_decks_answer(data: str) -> None:
    if data == "deck":
        dataset((ROOT / "data/instruments.yaml").read_text(encoding="utf-8"))
    elif data == "vocabulary":
        dataset(VOCABULARY)

    outcome = slide(ANSWERED)

    assert outcome.code == 0, outcome.err
    assert DECK_ANSWER in run("matrix").out
    assert run("check", "data").code == 0
    again = Path("data/instruments.yaml").read_bytes()
    assert slide(ANSWERED).code == 0
    assert Path("data/instruments.yaml").read_bytes() == again


TABLES = Path(__file__).parent / "inventories"


def _rows(name: str, separator: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split(separator) for line in lines]


_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    return date(*map(int, reversed(match.groups()))) if match else None


def write_german(path: Path) -> None:
    """A workbook with a header of two rows, headings merged over the table, and dates as Excel stores most of them."""
    rows = _rows("german.txt", "|")
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Programme")
        book.add_worksheet("Legende").write(0, 0, "voll = im ganzen Staat, in der ganzen Region")
        as_day = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if day := _day(text):
                    sheet.write_datetime(number, column, day, as_day)
                elif text:
                    sheet.write(number, column, int(text) if text.isdecimal() else text)
        _merge(sheet, rows)


def _merge(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, texts in enumerate(rows[:-3]):
        if len(texts) == 1 and texts[0]:
            sheet.merge_range(number, 0, number, 12, texts[0])
    for column, text in enumerate(rows[3]):
        if text in ("Ort", "Laufzeit"):
            sheet.merge_range(3, column, 3, column + 1, text)
        elif text:
            sheet.merge_range(3, column, 4, column, text)


def write_french(path: Path) -> None:
    """An OpenDocument spreadsheet with a row of groups above its header, and days as it stores them."""

    def cell(text: str) -> str:
        if day := _day(text):
            return ods_cell(text, "date", f'office:date-value="{day.isoformat()}"')
        return ods_cell(escape(text)) if text else "<table:table-cell/>"

    rows = _rows("french.txt", "|")
    path.write_bytes(ods("".join(ods_row(*map(cell, texts)) for texts in rows)))


def write_greek(path: Path) -> None:
    """What Excel in Greece saves as CSV."""
    text = (TABLES / "greek.csv").read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode("windows-1253"))


class Inventory(NamedTuple):
    """A table, its mapping, and what it says of each role, from the EU over the countries to the regions."""

    file: str
    write: Callable[[Path], None]
    rows: int
    answers: Mapping[str, Sequence[str]]

    @property
    def mapping(self) -> Path:
        return TABLES / f"{Path(self.file).stem}.yaml"


# Counted by hand, as of 30 June 2026: what has ended or is planned does not count.
INVENTORIES = [
    Inventory(
        "german.xlsx",
        write_german,
        35,  # of 36 that are numbered: in Poland there is no programme for the circular economy
        {
            # CZ, DE, DK, FR, LU, PL; in BE only Wallonia. Austria's has ended, that of NL is planned.
            "digitalisierung": ("full", "partial 6 of 9, 1 in part", "partial 4 of 6, 1 in part"),
            # Both of the EU's have ended. The regions: AT31, DE11, DE21, FRF1, not NL35 and PL51.
            "internationalisierung": ("none", "full 9 of 9", "partial 4 of 6"),
            "kreislaufwirtschaft": ("full", "partial 1 of 9", "partial 1 of 6"),
            "fachkrafte": ("none", "partial 1 of 9", "none"),
        },
    ),
    Inventory(
        "french.ods",
        write_french,
        21,
        {
            # ES, FR, PT; in HR in part. FR10, FRK2, ES51; that of Lisbon, two regions today, is planned.
            "innovation": ("full", "partial 3 of 4, 1 in part", "partial 3 of 8"),
            # Euroclusters and ICEX have ended: FR and PT. The network is in all eight regions of today.
            "export": ("none", "partial 2 of 4", "full 8 of 8"),
            # FR and ES; PT in part. ES51; FRK2 in part.
            "transition-ecologique": ("partial", "partial 2 of 4, 1 in part", "partial 1 of 8, 1 in part"),
        },
    ),
    Inventory(
        "greek.csv",
        write_greek,
        20,  # of 22: two countries have no measure for the green transition
        {
            # EL30 and EL52; EL43 in part.
            "erevna": ("full", "full 4 of 4", "partial 2 of 7, 1 in part"),
            # BG; in EL in part; that of CY is planned, that of RO has ended.
            "exostrefeia": ("none", "partial 1 of 4, 1 in part", "full 7 of 7"),
            "prasini-metavasi": ("none", "partial 2 of 4", "partial 1 of 7"),
        },
    ),
]  # fmt: skip

each_inventory = pytest.mark.parametrize("inventory", INVENTORIES, ids=lambda one: one.file)


def answers_of(path: Path) -> dict[str, tuple[str, ...]]:
    """What a dataset says of each role: its coverage, of how many territories, and of how many only in part."""
    ratings = build_matrix(load_dataset(find_files(path)).dataset, Query()).ratings
    found: dict[str, tuple[str, ...]] = {}
    for cell, rating in ratings.items():
        share = rating.share
        words = rating.coverage.value
        if share is not None:
            words += f" {share.covered} of {share.of}"
            words += f", {share.partial} in part" if share.partial else ""
        found[cell.role] = (*found.get(cell.role, ()), words)
    return found


@each_inventory
def test_a_mapping_of_an_inventory_has_at_most_15_lines(inventory: Inventory) -> None:
    lines = inventory.mapping.read_text(encoding="utf-8").splitlines()

    assert len([line for line in lines if not line.startswith("#")]) <= 15


@each_inventory
def test_an_inventory_says_what_was_counted_by_hand(inventory: Inventory) -> None:
    inventory.write(Path(inventory.file))

    outcome = run("import", inventory.file, "--mapping", str(inventory.mapping))

    assert outcome.code == 0, outcome.err
    assert f"{inventory.rows} rows read, " in outcome.out
    assert answers_of(Path("data")) == inventory.answers
    assert run("check", "data").code == 0


@each_inventory
def test_the_second_import_of_an_inventory_changes_nothing(inventory: Inventory) -> None:
    inventory.write(Path(inventory.file))
    command = ("import", inventory.file, "--mapping", str(inventory.mapping))
    run(*command)
    before = Path("data/instruments.yaml").read_bytes()

    outcome = run(*command)

    assert outcome.code == 0
    assert "No pair of role and level changed." in outcome.out
    assert Path("data/instruments.yaml").read_bytes() == before


@each_inventory
def test_a_dry_run_of_an_inventory_can_be_read(inventory: Inventory) -> None:
    inventory.write(Path(inventory.file))
    command = ("import", inventory.file, "--mapping", str(inventory.mapping), "--dry-run")

    wide = run(*command)
    narrow = run(*command, is_terminal=True, columns=80, NO_COLOR="1")

    name = GOLDEN / f"inventory.{Path(inventory.file).stem}"
    assert wide.err + wide.out == external_file(f"{name}.txt")
    assert narrow.out == external_file(f"{name}.narrow.txt")


@each_inventory
def test_what_is_proposed_for_an_inventory_is_a_mapping(inventory: Inventory) -> None:
    inventory.write(Path(inventory.file))
    encoding = ["--encoding", "windows-1253"] if inventory.file.endswith(".csv") else []

    outcome = run("import", inventory.file, "--propose", *encoding)

    assert outcome.code == 0, outcome.err
    Path("mapping.yaml").write_bytes(outcome.stdout)
    mapping = load_mapping(Path("mapping.yaml")).mapping
    assert {"name", "level", "territories", "starts", "ends", "status"} <= mapping.columns.keys()
    taken = run("import", inventory.file, "--mapping", "mapping.yaml", "--dry-run")
    assert taken.code == 2
    assert "mapping.yaml" not in taken.err, "what is in doubt is in the table"

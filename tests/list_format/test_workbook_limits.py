"""A workbook that import would refuse to read is not written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clustergap.errors import ClusterGapError
from clustergap.importing.problems import SheetError
from clustergap.importing.sheet_records import ImportLimits
from clustergap.list_format import reference_layout
from clustergap.list_format.list_layout import list_rows
from clustergap.list_format.reference_layout import ReferenceTable, reference_tables
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.loader import load_dataset
from gap_map import DECK
from running import run
from spreadsheets import about, empty_target, import_into, list_of
from workbooks import report_of

DATASET = load_dataset(DatasetFiles(DECK / "instruments.yaml")).dataset


def is_written() -> bool:
    try:
        reference_layout.refuse_long_list([*list_rows(DATASET)])
        reference_layout.refuse_long_tables(reference_tables(DATASET))
    except ClusterGapError:
        return False
    return True


def is_read(lowered: ImportLimits) -> bool:
    try:
        import_into(empty_target(), list_of(DATASET), about(DATASET), limits=lowered)
    except SheetError:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "lower", "most"),
    [
        ("STATEMENTS", lambda n: ImportLimits(statements=n), 200),
        ("LISTED_VALUES", lambda n: ImportLimits(values=n), 2_000),
        ("RECORDS", lambda n: ImportLimits(records=n), 200),
    ],
)
def test_what_is_written_is_what_is_read(
    name: str, lower: Callable[[int], ImportLimits], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fits, exceeds = most, 0
    while fits - exceeds > 1:
        middle = (fits + exceeds) // 2
        monkeypatch.setattr(reference_layout, name, middle)
        fits, exceeds = (middle, exceeds) if is_written() else (fits, middle)

    assert 0 < exceeds < most - 1
    assert is_read(lower(fits))
    assert not is_read(lower(exceeds))


def test_the_report_says_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    report_of(DATASET)
    number = sum(1 for _ in list_rows(DATASET))

    monkeypatch.setattr(reference_layout, "STATEMENTS", number - 1)
    with pytest.raises(ClusterGapError) as caught:
        report_of(DATASET)

    assert str(caught.value) == (
        f"the workbook would hold {number} statements, and import reads at most {number - 1}: "
        "choose some roles or levels (--role, --level), or write another format"
    )


def test_codes_behind_except_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    table = ReferenceTable(
        "Assessed", ("where", "territories"), [("a@b", "except AT, BE"), ("c", "CY")]
    )

    monkeypatch.setattr(reference_layout, "LISTED_VALUES", 3)
    reference_layout.refuse_long_tables([table])
    monkeypatch.setattr(reference_layout, "LISTED_VALUES", 2)
    with pytest.raises(ClusterGapError, match="3 words in lists of its table Assessed"):
        reference_layout.refuse_long_tables([table])


def test_a_workbook_that_unpacks_to_too_much_is_not_written(tmp_path: Path) -> None:
    # A workbook names an instrument in each row, the data once.
    covers = ", ".join(f"r{n}@eu: full" for n in range(10))
    instruments = "".join(
        f"  - {{id: i-{n}, name: Instrument {n}, covers: {{{covers}}}}}\n" for n in range(700)
    )
    roles = ", ".join(f"{{id: r{n}, name: R{n}}}" for n in range(10))
    (tmp_path / "instruments.yaml").write_text(
        f"schema: 1\ntitle: Many\nlevels: [{{id: eu, name: EU}}]\nroles: [{roles}]\n"
        f"instruments:\n{instruments}",
        encoding="utf-8",
    )
    path = tmp_path / "report.xlsx"
    asked = ("report", "--data", str(tmp_path), "-q", "-o", str(path))

    refused = run(*asked, CLUSTERGAP_MAX_MIB="1")
    is_there = path.exists()
    written = run(*asked)
    read = run("import", str(path), "--data", str(tmp_path), "--dry-run", CLUSTERGAP_MAX_MIB="1")

    assert (refused.code, is_there) == (2, False)
    assert refused.err == (
        "clustergap: a sheet of the workbook would hold more than 1 MiB, which import would refuse to read: choose some "
        "roles or levels (--role, --level), write another format, or raise CLUSTERGAP_MAX_MIB\n"
    )
    assert written.code == 0
    assert read.code == 2
    assert "unpacks to more than 1 MiB" in read.err
    assert "or raise CLUSTERGAP_MAX_MIB" in read.err

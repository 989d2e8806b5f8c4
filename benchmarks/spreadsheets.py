"""Measure how long 10,000 instruments take out as a workbook or as tables and back in, beside checking them.

Prints the rows of a table in Markdown, as ``run.py`` does: CPU time (user and system) of whole processes, in turn.
"""

import csv
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
CLUSTERGAP = str(Path(sys.executable).with_name("clustergap"))
NUMBER, RUNS = 10_000, 5
MOST_OUT, MOST_IN = 3.0, 10.0
MOST_MAPPED, MOST_OF_TEN, MOST_OFTEN = 6.0, 12.0, 0.5

Datasets = dict[str, Callable[[str], str]]

INTO: Datasets = {
    "the same dataset": lambda text: text,
    "one without half of them, of which a tenth has another last day": lambda text: re.sub(
        r"  - id: instrument-\d*[13579]\n(?:    .*\n|      .*\n)+", "", _later(text, "0")
    ),
    "one in which all have another last day": lambda text: _later(text, r"\d"),
    "one in which all covers have another extent": lambda text: text.replace(
        "extent: full", "extent: partial"
    ),
}
"""Datasets to import into, made of the one that the workbook holds; beside them a new one."""


def _later(text: str, digit: str) -> str:
    return re.sub(
        rf"(id: instrument-\d*{digit}\n(?:    .*\n)*?    ends: )\d{{4}}", r"\g<1>2031", text
    )


def seconds(*words: str) -> float:
    """Measure the CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([CLUSTERGAP, *words, "--quiet"], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check(data: Path) -> float:
    """Measure a check, which knows no --quiet before its path."""
    return seconds("check", str(data))


def row(what: str, data: Path, measure: Callable[[], float], most: float) -> None:
    """Measure in turn with a check, and print the medians."""
    pairs = [(measure(), check(data)) for _ in range(RUNS + 1)][1:]
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    met = "yes" if ratio <= most else "NO"
    times = f"{ratio:.2f}x ({one:.2f} s / {other:.2f} s)"
    print(f"| {what} / `clustergap check` | {times} | at most {most:g}x | {met} |", flush=True)


def import_into(folder: Path, text: str, workbook: Path) -> float:
    """Measure an import into a dataset of that text, made anew each time; into a new one if it is empty."""
    shutil.rmtree(folder, ignore_errors=True)
    if text:
        folder.mkdir()
        (folder / "instruments.yaml").write_text(text, encoding="utf-8")
    return seconds("import", str(workbook), "--data", str(folder))


MAPPING = """\
schema: 1
columns:
  id: Policy ID
  name: Policy name
  role: {from: Sector, split: ","}
  level: {from: Jurisdiction, values: {Country: country, Supranational region: eu}}
  territories: {from: Country ISO, codes: iso3, at: [country]}
  status: {from: State, values: {In force: active, Ended: active, Planned: planned}}
  starts: Start
  ends: End
  note: Objective
levels: {eu: , country: eu27}
"""
"""How the table of somebody else's is read."""

_COUNTRIES = [
    "AUT",
    "BEL",
    "BGR",
    "CYP",
    "CZE",
    "DEU",
    "DNK",
    "EST",
    "GRC",
    "ESP",
    "FIN",
    "FRA",
    "HRV",
    "HUN",
    "IRL",
    "ITA",
    "LTU",
    "LUX",
    "LVA",
    "MLT",
    "NLD",
    "POL",
    "PRT",
    "ROU",
    "SWE",
    "SVN",
    "SVK",
]


def foreign_table(path: Path, rows: int) -> None:
    """Write a table as a policy database exports it, the same each time."""
    draw = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Policy ID",
                "Policy name",
                "Sector",
                "Jurisdiction",
                "Country ISO",
                "State",
                "Start",
                "End",
                "Objective",
            ]
        )
        for number in range(rows):
            writer.writerow(
                [
                    100_000 + number,
                    f"Programme {number} for {draw.choice(('clean energy', 'rail', 'homes', 'skills'))}",
                    draw.choice(("Transport, Buildings", "Buildings", "Energy", "Industry")),
                    draw.choice(("Country", "Country", "Supranational region")),
                    draw.choice(_COUNTRIES),
                    draw.choice(("In force", "Ended", "Planned")),
                    f"{draw.randint(1, 28)}.{draw.randint(1, 12)}.{draw.randint(2000, 2020)}",
                    draw.choice(("", "2025", "31.12.2027")),
                    f"Aid for clusters {number}",
                ]
            )


def import_by_mapping(folder: Path, table: Path, mapping: Path) -> float:
    """Measure an import of somebody else's table into a new dataset."""
    shutil.rmtree(folder, ignore_errors=True)
    return seconds("import", str(table), "--mapping", str(mapping), "--data", str(folder))


def of_foreign_tables(place: Path) -> None:
    """Measure tables of others, and a cell that names one unknown word very often."""
    mapping, data = place / "mapping.yaml", place / "foreign"
    mapping.write_text(MAPPING, encoding="utf-8")
    times = {}
    for rows in (NUMBER // 10, NUMBER):
        table = place / f"table-{rows}.csv"
        foreign_table(table, rows)
        times[rows] = import_by_mapping(data, table, mapping)
    row(
        f"`clustergap import table.csv --mapping mapping.yaml`, {NUMBER:,} rows",
        data,
        lambda: import_by_mapping(data, place / f"table-{NUMBER}.csv", mapping),
        MOST_MAPPED,
    )
    large = place / "large.csv"
    foreign_table(large, 10 * NUMBER)
    ratio = import_by_mapping(data, large, mapping) / times[NUMBER]
    met = "yes" if ratio <= MOST_OF_TEN else "NO"
    print(
        f"| the same of {10 * NUMBER:,} rows / of {NUMBER:,} | {ratio:.1f}x | at most {MOST_OF_TEN:g}x | {met} |",
        flush=True,
    )
    plain, often = place / "plain.csv", place / "often.csv"
    head = "id,role,level,succeeded_by\n"
    plain.write_text(f"{head}a,R,EU,\n", encoding="utf-8")
    often.write_text(f'{head}a,R,EU,"{", ".join(["b"] * 43_000)}"\n', encoding="utf-8")
    costs = [refused(often) - refused(plain) for _ in range(RUNS)]
    cost = statistics.median(costs)
    met = "yes" if cost <= MOST_OFTEN else "NO"
    print(
        f"| one cell with an unknown name 43,000 times | {cost:.2f} s more | at most {MOST_OFTEN:g} s | {met} |",
        flush=True,
    )


def refused(table: Path) -> float:
    """Measure an import of which nothing is written."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        CLUSTERGAP,
        "import",
        str(table),
        "--data",
        str(table.with_name("none")),
        "--dry-run",
    ]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data, workbook = Path(name) / "data", Path(name) / "report.xlsx"
        data.mkdir()
        command = [sys.executable, str(HERE / "generate.py"), str(NUMBER)]
        text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        (data / "instruments.yaml").write_text(text, encoding="utf-8")
        out = ("report", "--data", str(data), "-o", str(workbook))
        print(
            f"Of {NUMBER:,} instruments:\n\n| what | measured | target | met |\n|---|---|---|---|"
        )
        row("`clustergap report -o report.xlsx`", data, lambda: seconds(*out), MOST_OUT)
        print(f"| the workbook | {workbook.stat().st_size:,} bytes | none | |")
        tables = ("export", str(Path(name) / "tables"), "--data", str(data))
        row("`clustergap export tables`", data, lambda: seconds(*tables), MOST_OUT)
        for what, change in {"a new dataset": lambda _text: "", **INTO}.items():
            target, changed = Path(name) / "into", change(text)
            what_in = f"`clustergap import report.xlsx` into {what}"
            row(what_in, data, lambda t=target, c=changed: import_into(t, c, workbook), MOST_IN)  # type: ignore[misc]
        of_foreign_tables(Path(name))


if __name__ == "__main__":
    main()

"""Measure how long 10,000 instruments take out as a workbook and back in, beside checking them.

Prints the rows of a table in Markdown, as ``run.py`` does: CPU time (user and system) of whole processes, in turn.
"""

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
        for what, change in {"a new dataset": lambda _text: "", **INTO}.items():
            target, changed = Path(name) / "into", change(text)
            what_in = f"`clustergap import report.xlsx` into {what}"
            row(what_in, data, lambda t=target, c=changed: import_into(t, c, workbook), MOST_IN)  # type: ignore[misc]


if __name__ == "__main__":
    main()

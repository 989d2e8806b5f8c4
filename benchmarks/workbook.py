"""Measure how long the workbook of 10,000 instruments takes, beside checking them.

Prints the rows of a table in Markdown, as ``run.py`` does: CPU time (user and system) of whole processes, in turn.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CLUSTERGAP = str(Path(sys.executable).with_name("clustergap"))
NUMBER, RUNS, MOST = 10_000, 9, 3.0


def seconds(*words: str) -> float:
    """Measure the CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([CLUSTERGAP, *words], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data, workbook = Path(name) / "instruments.yaml", Path(name) / "report.xlsx"
        with data.open("w", encoding="utf-8") as file:
            command = [sys.executable, str(HERE / "generate.py"), str(NUMBER)]
            subprocess.run(command, stdout=file, check=True)
        report = ("report", "--quiet", "--data", str(data), "-o", str(workbook))
        pairs = [(seconds(*report), seconds("check", str(data))) for _ in range(RUNS + 1)][1:]
        size = workbook.stat().st_size
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    met = "yes" if ratio <= MOST else "NO"
    what = f"`clustergap report -o report.xlsx` / `clustergap check` on {NUMBER:,} instruments"
    print(f"| {what} | {ratio:.2f}x ({one:.2f} s / {other:.2f} s) | at most {MOST:g}x | {met} |")
    print(f"| the workbook | {size:,} bytes | none | |")


if __name__ == "__main__":
    main()

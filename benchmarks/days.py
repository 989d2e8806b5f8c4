"""Measure what grows with days: the page and the timeline of instruments that each have a first and a last day of their own.

    python -m benchmarks.days

The instruments cover three cells, as in ``growth.py``. Sizes, CPU time and peak memory of whole processes. Prints a table in
Markdown, and says of each target whether it is met.
"""

import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.growth import of_days_of_their_own, write
from benchmarks.run import CLUSTERGAP, DECK, measured, row

FEW, MANY = 2_500, 10_000
MOST_TIMES = 4.5
MOST_MEGABYTES = 300
MOST_BYTES_AN_INSTRUMENT = 1_500


class Run(NamedTuple):
    """A run of a command: the bytes that it writes, its CPU seconds, its peak memory in MB."""

    size: int
    seconds: float
    memory: float


def run(data: Path | str, file: Path, question: str) -> Run:
    """Run a command in a process of its own."""
    command = (CLUSTERGAP, question, "--data", str(data), "-o", str(file), "--quiet")
    seconds, memory = measured(*command)
    return Run(file.stat().st_size, seconds, memory)


def compare_sizes(what: str, many: Run, few: Run) -> None:
    """Print how bytes and time grow, and the memory that the many take."""
    target = f"at most {MOST_TIMES}x"
    size, seconds = many.size / few.size, many.seconds / few.seconds
    of = f"{what} of {MANY:,} / {FEW:,} instruments with days of their own"
    row(of, f"{size:.1f}x ({many.size:,} / {few.size:,} bytes)", target, met=size <= MOST_TIMES)
    row(
        "the same, CPU",
        f"{seconds:.1f}x ({many.seconds:.1f} s / {few.seconds:.1f} s)",
        target,
        met=seconds <= MOST_TIMES,
    )
    row(
        f"the same, peak memory of {MANY:,}",
        f"{many.memory:.0f} MB",
        f"at most {MOST_MEGABYTES} MB",
        met=many.memory <= MOST_MEGABYTES,
    )


def main() -> None:
    print("| what | measured | target | met |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = (
            write(folder / str(number), of_days_of_their_own(number // 5))
            for number in (FEW, MANY)
        )
        document, page = folder / "timeline.json", folder / "page.html"
        compare_sizes(
            "`timeline -f json`", run(many, document, "timeline"), run(few, document, "timeline")
        )
        large = run(many, page, "report")
        compare_sizes("the page", large, run(few, page, "report"))
        each = (large.size - run(DECK, page, "report").size) / MANY
        row(
            "the same, an instrument beyond the deck's page",
            f"{each:,.0f} bytes",
            f"at most {MOST_BYTES_AN_INSTRUMENT:,} bytes",
            met=each <= MOST_BYTES_AN_INSTRUMENT,
        )


if __name__ == "__main__":
    main()

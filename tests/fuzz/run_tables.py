"""Import tables made up by chance: ``python tests/fuzz/run_tables.py --seconds 60 --seed N``; ``--case M`` looks at one again.

A table that breaks a promise is made as small as it can be and shown, with the seed and number that make it.
"""

import argparse
import gc
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from fuzz.shrinking import name_of, shrink_case
from fuzz.table_target import look_at_import, look_at_plan, look_at_proposal, room
from fuzz.tables import Case, TableMutator

WHOLE = 5
"""Every fifth table is imported by the command line, and written; of the others it is only looked at what would be."""


def main() -> int:
    """Fuzz, and say what was seen."""
    asked = _arguments()
    with room() as folder:
        fuzzer = _Fuzzer(asked.seed, folder, is_whole=asked.whole)
        if asked.case is not None:
            fuzzer.look(asked.case)
        else:
            _look_for_long(fuzzer, asked.start, asked.seconds)
    fuzzer.tell()
    return 1 if fuzzer.failures else 0


def _look_for_long(fuzzer: "_Fuzzer", number: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    gc.disable()  # a third faster; what is left over is collected now and then
    while time.monotonic() < end:
        fuzzer.look(number)
        number += 1
        if number % 100 == 0:
            gc.collect()


class _Fuzzer:
    """Looks at one table after another, and counts."""

    def __init__(self, seed: int, folder: Path, *, is_whole: bool) -> None:
        self.seed, self.folder, self.is_whole = seed, folder, is_whole
        self.mutator = TableMutator(seed)
        self.seen: Counter[tuple[str, str]] = Counter()
        self.failures: Counter[str] = Counter()
        self.slowest = (0.0, -1)

    def look(self, number: int) -> None:
        """Import the table of a number."""
        case = self.mutator.case(number)
        start = time.process_time()
        try:
            code = str(self._look(case, number))
        except Exception as error:  # noqa: BLE001 - whatever comes out is the failure
            code = "failed"
            self._take(case, number, error)
        else:
            self.slowest = max(self.slowest, (time.process_time() - start, number))
        whole = "" if number % WHOLE else ", command line"
        self.seen[f"{case.kind}{whole}", code] += 1

    def _look(self, case: Case, number: int) -> int:
        # The command line adds little that depends on the table, and takes half of the time.
        if number % WHOLE == 1 and case.mapping is None:
            look_at_proposal(case, self.folder)
        look = look_at_plan if number % WHOLE else look_at_import
        return look(case, self.folder)

    def _take(self, case: Case, number: int, error: Exception) -> None:
        name = name_of(error)
        if name not in self.failures:
            _say(f"FAILED {name} (seed {self.seed}, case {number})\n  {error}"[:900])
            _say(_shown(case if self.is_whole else shrink_case(case, name, self.folder)))
        self.failures[name] += 1

    def tell(self) -> None:
        """Say what was seen."""
        seconds, number = self.slowest
        _say(
            f"seed {self.seed}: {self.seen.total():,} tables, {self.failures.total():,} failed;"
            f" slowest {seconds:.2f} s CPU, case {number}"
        )
        for (kind, code), many in sorted(self.seen.items()):
            _say(f"  {kind}: {code}: {many:,}")
        for name, many in self.failures.most_common():
            _say(f"{many:,} x {name}")


def _shown(case: Case) -> str:
    raw = (
        None
        if case.raw is None
        else case.raw
        if len(case.raw) < 2_000
        else f"{len(case.raw)} bytes"
    )
    mapping = (
        "" if case.mapping is None else f"\n  mapping {case.mapping.decode('utf-8', 'replace')}"
    )
    return f"  into {case.into!r}, {case.form}, {list(case.options)}\n  {case.sheets}\n  raw {raw!r}{mapping}"[
        :4_000
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", 1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--start", type=int, default=0, help="the number of the first table")
    parser.add_argument("--case", type=int, help="the number of the only table to look at")
    parser.add_argument("--whole", action="store_true", help="show what fails as it was made")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

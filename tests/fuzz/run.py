"""Fuzz for a while with fresh datasets: ``python tests/fuzz/run.py --seconds 60 --seed N``.

A dataset that breaks a promise is made as small as it can be and written into the corpus, which ``make test`` runs, with
a ``why.txt`` that says what it once did.
"""

import argparse
import hashlib
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from clustergap.findings import CheckResult
from fuzz.generator import Mutator, corpus
from fuzz.shrinking import name_of, shrink
from fuzz.target import BrokenPromiseError, Files, look_with_both, rule_codes

CORPUS = Path(__file__).with_name("corpus")

SECONDS = 20
"""Processor time that looking at a dataset may take, in all formats and with both parsers: most take a tenth of one."""


def main() -> int:
    """Fuzz, and say what was seen."""
    asked = _arguments()
    mutator = Mutator(asked.seed, corpus(only_own=False))
    seen: Counter[frozenset[str]] = Counter()
    failures: Counter[str] = Counter()
    told_otherwise = 0
    end = time.monotonic() + asked.seconds
    while time.monotonic() < end and (asked.keep_going or not failures):
        files = mutator.dataset()
        try:
            report, is_alike = _look(files)
        except Exception as error:  # noqa: BLE001 - whatever comes out is the failure
            name = name_of(error)
            if name not in failures:
                _say(f"FAILED {name}\n  kept as {_keep(shrink(files, name), error, asked.into)}")
            failures[name] += 1
        else:
            seen[rule_codes(report)] += 1
            told_otherwise += not is_alike
    codes = sorted(frozenset().union(*seen))
    _say(
        f"seed {asked.seed}: {seen.total() + failures.total():,} inputs, {failures.total():,} failed"
    )
    _say(f"{len(seen):,} distinct sets of rules, of {len(codes)} rules: {' '.join(codes)}")
    _say(
        f"{seen[frozenset()]:,} without a finding, {told_otherwise:,} refused by both parsers in other words"
    )
    return 1 if failures else 0


def _look(files: Files) -> tuple[CheckResult, bool]:
    start = time.process_time()
    found = look_with_both(files)
    if time.process_time() - start > SECONDS:
        raise BrokenPromiseError("small files are looked at at once")
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", 1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--into", type=Path, default=CORPUS, help="where a failing input is kept")
    parser.add_argument("--keep-going", action="store_true", help="look for further failures")
    return parser.parse_args()


def _keep(files: Files, error: Exception, corpus_folder: Path) -> Path:
    known = b"".join(name.encode() + data for name, data in sorted(files.items()))
    folder = corpus_folder / f"found-{hashlib.sha256(known).hexdigest()[:8]}"
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    why = f"It once broke a promise: {name_of(error)}\n\n{type(error).__name__}: {error}\n"
    (folder / "why.txt").write_text(why, encoding="utf-8")
    return folder


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

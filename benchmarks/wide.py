"""Write a dataset of 60 roles x 5 levels: a large map, with kinds, territories, sources and, if asked, days of their own.

    python benchmarks/wide.py 2000 > instruments.yaml
    python benchmarks/wide.py 2000 days > instruments.yaml     # each with a first and last day of its own

The same words give the same bytes.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from clustergap.reference.territories import territories

ROLES, KINDS, SOURCES = 60, 8, 200
LEVELS = {"eu": "", "country": "eu27", "region": "nuts2-2024", "city": "", "cluster": ""}
PERIODS = (2000, 2007, 2014, 2014, 2021, 2021, 2021)


def lines(number: int, *words: str) -> Iterator[str]:
    """Generate the file line by line."""
    chance = random.Random(number)
    yield "schema: 1\ntitle: A large map of cluster policy\nas_of: 2024-06-30\nsources:\n"
    for n in range(SOURCES):
        yield f"  s{n}: {{title: Programme document {n} of a ministry, url: 'https://example.org/document/{n}'}}\n"
    yield "levels:\n"
    for level, units in LEVELS.items():
        territories_ = f", territories: {units}" if units else ""
        yield f"  - {{id: {level}, name: {level.capitalize()}{territories_}}}\n"
    yield "roles:\n"
    yield from (f"  - {{id: role-{n}, name: Role of clusters {n}}}\n" for n in range(ROLES))
    yield "kinds:\n" + "".join(f"  - {{id: kind-{n}, name: Kind {n}}}\n" for n in range(KINDS))
    yield "instruments:\n"
    for n in range(number):
        yield from _instrument(n, chance, has_days="days" in words)


def _instrument(n: int, chance: random.Random, *, has_days: bool) -> Iterator[str]:
    year = chance.choice(PERIODS) + chance.choice((0, 0, 0, 1, 2))
    starts, ends = date(year, 1, 1), date(year + 6, 12, 31)
    if has_days:
        starts += timedelta(chance.randrange(365))
        ends -= timedelta(chance.randrange(365))
    yield f"  - id: instrument-{n}\n    name: Instrument {n} for the support of clusters\n    short: I{n}\n"
    yield f"    kind: kind-{n % KINDS}\n    starts: {starts}\n    ends: {ends}\n"
    yield f"    managing_body: Ministry {n % 50}\n    url: 'https://example.org/instrument/{n}'\n"
    yield f"    sources: [{{ref: s{n % SOURCES}, locator: page {n % 90}}}]\n    covers:\n"
    cells = [(role, level) for role in range(ROLES) for level in LEVELS]
    for role, level in chance.sample(cells, chance.randint(1, 4)):
        yield f"      role-{role}@{level}: {_statement(level, chance)}\n"


def _statement(level: str, chance: random.Random) -> str:
    units = [unit.code for unit in territories(LEVELS[level])] if LEVELS[level] else []
    if units and chance.random() < 0.75:
        return f"{{territories: [{', '.join(chance.sample(units, chance.randint(1, 3)))}]}}"
    return chance.choice(("full", "full", "partial"))


if __name__ == "__main__":
    sys.stdout.writelines(lines(int(sys.argv[1]), *sys.argv[2:]))

"""Write a dataset of many instruments: about eight lines each, with dates, kinds and territories.

    python benchmarks/generate.py 10000 > instruments.yaml
    python benchmarks/generate.py 10000 days > instruments.yaml     # each with a first and last day of its own

The same words give the same bytes.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from clustergap.reference.territories import territories

ROLES = (
    "business-driven-innovation",
    "internationalisation",
    "new-industrial-value-chains",
    "industry-4-0",
    "circular-economy",
    "social-economy",
)
KINDS = ("funding-programme", "network", "platform", "strategy")

HEAD = """\
schema: 1
title: Generated
as_of: 2020-06-30
sources:
  survey: {title: A survey}
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country, territories: eu27}
  - {id: region, name: Region, territories: nuts2-2024}
"""


def lines(number: int, *words: str) -> Iterator[str]:
    """Generate the file line by line."""
    chance = random.Random(number)
    spread = random.Random(number) if words == ("days",) else None
    places = {
        "country": [unit.code for unit in territories("eu27")],
        "region": [unit.code for unit in territories("nuts2-2024")],
    }
    yield HEAD
    yield "roles:\n" + "".join(
        f"  - {{id: {role}, name: {role.capitalize()}}}\n" for role in ROLES
    )
    yield "kinds:\n" + "".join(
        f"  - {{id: {kind}, name: {kind.capitalize()}}}\n" for kind in KINDS
    )
    yield "instruments:\n"
    for n in range(number):
        level = chance.choice(("country", "region", "region"))
        codes = ", ".join(chance.sample(places[level], 3))
        starts, kind = date(chance.randint(2008, 2020), 1, 1), chance.choice(KINDS)
        ends = date(starts.year + chance.randint(3, 9), 12, 31)
        if spread:
            starts += timedelta(spread.randrange(365))
            ends -= timedelta(spread.randrange(365))
        yield f"  - id: instrument-{n}\n"
        yield f"    name: Instrument number {n}\n"
        yield f"    kind: {kind}\n"
        yield f"    starts: {starts}\n"
        yield f"    ends: {ends}\n"
        yield "    sources: [{ref: survey}]\n"
        yield "    covers:\n"
        yield f"      {chance.choice(ROLES)}@{level}: {{extent: full, territories: [{codes}]}}\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines(int(sys.argv[1]), *sys.argv[2:]))

"""Write a dataset of many instruments: about eight lines each, with dates, kinds and territories.

    python benchmarks/generate.py 10000 > instruments.yaml
    python benchmarks/generate.py 10000 days > instruments.yaml     # each with a first and last day of its own
    python benchmarks/generate.py 10000 relations > instruments.yaml    # a tenth of them in chains of three

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
RELATIONS = {1: "part_of: instrument-{}", 2: "funded_by: [instrument-{}]"}
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
    starts = ends = date.min
    for n in range(number):
        level = chance.choice(("country", "region", "region"))
        codes = ", ".join(chance.sample(places[level], 3))
        first, kind = date(chance.randint(2008, 2020), 1, 1), chance.choice(KINDS)
        last = date(first.year + chance.randint(3, 9), 12, 31)
        # Of every thirty the second is part of the first, on whose days they are, and pays the third.
        holds_on = RELATIONS.get(n % 30, "") if words == ("relations",) else ""
        if not holds_on:
            starts, ends = first, last
        if spread:
            starts += timedelta(spread.randrange(365))
            ends -= timedelta(spread.randrange(365))
        yield f"  - id: instrument-{n}\n"
        yield f"    name: Instrument number {n}\n"
        yield f"    kind: {kind}\n"
        yield f"    starts: {starts}\n"
        yield f"    ends: {ends}\n"
        if holds_on:
            yield f"    {holds_on.format(n - 1)}\n"
        yield "    sources: [{ref: survey}]\n"
        yield "    covers:\n"
        yield f"      {chance.choice(ROLES)}@{level}: {{extent: full, territories: [{codes}]}}\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines(int(sys.argv[1]), *sys.argv[2:]))

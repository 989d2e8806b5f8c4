"""CG309: codes and names of places that hardly mean what they say."""

from collections.abc import Set as AbstractSet
from itertools import chain

from clustergap.checks.traversal import Check, Violations, named_codes, territory_lists
from clustergap.findings import DataPath, Rule, Severity, Violation
from clustergap.model.dataset import Dataset
from clustergap.reference.territories import (
    COUNTRIES,
    LONGEST,
    REUSED,
    Territory,
    former_code,
    former_codes,
    former_in_words,
    listed_name,
    reused_in_words,
    territories,
    territories_in,
)
from clustergap.text import either, quote

ODD_PLACE = Rule(
    code="CG309",
    name="odd-place",
    severity=Severity.WARNING,
    why="A level gives a known code the name of another place, so one of the two is wrong, and an analyst would "
    "read the one region's gaps as the other's; or it lists a code of an older NUTS as one of its own, or one that only "
    "looks like NUTS (a country's two letters and at most three more signs, no hyphen), which lies in no country. Or a list of "
    "codes has one that NUTS 2024 has for another area than before, in data that also name codes which are gone.",
    fix="Correct the code or the name. Write codes of NUTS 2024, codes of your own that do not look like NUTS, or behind a "
    "hyphen what lies in a known region: RO11-A.",
    bad="""\
levels:
  - {id: eu, name: EU}
  - id: region
    name: Region
    territories: [{code: ITI3, name: Lombardia}]
""",
    good="""\
levels:
  - {id: eu, name: EU}
  - id: region
    name: Region
    territories: [{code: ITC4, name: Lombardia}]
""",
)


def odd_place(dataset: Dataset) -> Violations:
    """Find units with the name of another place or a code of an older NUTS in the levels' own lists."""
    for i, level in enumerate(dataset.levels):
        for k, unit in enumerate(level.units.items):
            if isinstance(unit, str):
                continue  # a list has its own names
            name, path = listed_name(unit.code), ("levels", i, "territories", k)
            if name is None:
                yield from _odd_code(path, unit.code)
            elif unit.name and unit.name not in (name, unit.code):
                yield from _misnamed(path, Territory(unit.code, name), unit.name)


def reused_code(dataset: Dataset) -> Violations:
    """Find codes that mean another area in NUTS 2024 than before, each once, in data that also has older codes.

    In data of 2024 they are right: only data with codes of an older version may mean the older area.
    """
    former = former_codes()
    groups = [group.territories for group in dataset.groups]
    named = frozenset[str]().union(*named_codes(dataset).values(), *groups)
    gone = {code for code in named & former.keys() if not former[code].is_reused}
    if gone <= _from_lists(dataset):
        return
    seen = set[str]()
    lists = ((path, codes) for path, _, codes in territory_lists(dataset))
    held = ((("groups", i, "territories"), codes) for i, codes in enumerate(groups))
    for path, codes in chain(held, lists):
        for k, code in enumerate(codes):
            if code in REUSED and code not in seen:
                seen.add(code)
                hint = "other codes here are of an older NUTS: look whether this one is, too"
                yield Violation((*path, k), reused_in_words(former[code]), hint)


UPKEEP = (Check(ODD_PLACE, odd_place),)
BESIDE_UNKNOWN_PLACES = (Check(ODD_PLACE, reused_code),)


def _from_lists(dataset: Dataset) -> AbstractSet[str]:
    items = (item for level in dataset.levels for item in level.units.items)
    lists = (territories(item) for item in items if isinstance(item, str))
    return {unit.code for units in lists for unit in units}


def _odd_code(path: DataPath, code: str) -> Violations:
    if code[:2] not in COUNTRIES or len(code) > LONGEST or "-" in code:
        return
    own = "one of your own that does not look like a code of NUTS"
    if former := former_code(code):
        yield Violation(path, former_in_words(former), f"write codes of 2024, or {own}")
        return
    near = _nearest(code)
    message = f"{quote(code)} looks like a code of NUTS, but no list has it"
    yield Violation(path, message, f"{near}; or write {own}" if near else f"write {own}")


def _nearest(code: str) -> str:
    from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only an odd code needs it

    units = [unit for unit in territories_in(code[:2]) if len(unit.code) == len(code)]
    return Remedies(units, lambda _: False).nearby(code)


def _misnamed(path: DataPath, unit: Territory, name: str) -> Violations:
    # Only a name that differs from the one in the list gets here.
    from clustergap.reference.gazetteer import (  # noqa: PLC0415
        LARGER,
        OUTSIDE,
        SMALLER,
        bears,
        shared_names,
    )

    lists = (LARGER, SMALLER, OUTSIDE)
    others = [other.code for of_lists in lists for other in shared_names(of_lists).named(name)]
    is_its_own = bears(unit, name) or any(_is_all_of(unit.code, code) for code in others)
    if others and not is_its_own:
        message = f"{quote(name)} is the name of {either(others)}; {unit.code} is {unit.name}"
        yield Violation((*path, "name"), message, f"correct the name, or write {either(others)}")


def _is_all_of(code: str, other: str) -> bool:
    # A country with a single region, such as Cyprus, has the same name at all levels.
    short, long = sorted((code, other), key=len)
    within = [unit.code for unit in territories_in(short) if len(unit.code) == len(long)]
    return within == [long]

"""CG309: a place is called what it is, by a code that means it."""

from clustergap.checks.walk import Violations, named_codes, territory_lists
from clustergap.findings import DataPath, Violation
from clustergap.model.dataset import Dataset
from clustergap.reference.territories import REUSED, Territory, looks_like_nuts, names
from clustergap.text import either, quote


def odd_place(dataset: Dataset) -> Violations:
    """Find units with the name of another place or a code of an older NUTS in the levels' own lists."""
    shared = names()
    for i, level in enumerate(dataset.levels):
        for k, unit in enumerate(level.units):
            name = shared.get(unit.code)
            path: DataPath = ("levels", i, "territories", k)
            if name is None and looks_like_nuts(unit.code):
                yield from _of_older_nuts(path, unit.code)
            elif name is not None and unit.name not in (name, unit.code):
                yield from _misnamed(path, Territory(unit.code, name), unit.name)


def reused_code(dataset: Dataset) -> Violations:
    """Find codes that NUTS 2024 has for another area than before, each once, beside such as have gone.

    In data of 2024 they are right: only who names codes that have gone may mean the older area.
    """
    # Only data with unknown codes are looked at.
    from clustergap.reference.remedies import former_codes, reused_in_words  # noqa: PLC0415

    former = former_codes()
    named = frozenset[str]().union(*named_codes(dataset).values())
    if all(former[code].is_reused for code in named & former.keys()):
        return
    told = set[str]()
    for path, _, codes in territory_lists(dataset):
        for k, code in enumerate(codes):
            if code in REUSED and code not in told:
                told.add(code)
                hint = "other codes here are of an older NUTS: look whether this one is, too"
                yield Violation((*path, k), reused_in_words(former[code]), hint)


def _of_older_nuts(path: DataPath, code: str) -> Violations:
    # Only a code of one's own that looks like an older one needs these.
    from clustergap.reference.remedies import former_code, in_words  # noqa: PLC0415

    former = former_code(code)
    if former:
        hint = "write codes of 2024, or one of your own that does not look like a code of NUTS"
        yield Violation(path, in_words(former), hint)


def _misnamed(path: DataPath, unit: Territory, name: str) -> Violations:
    # Only a name that is not the list's needs this.
    from clustergap.reference.gazetteer import LARGER, SMALLER, bears, shared_names  # noqa: PLC0415

    found = (*shared_names(LARGER).named(name), *shared_names(SMALLER).named(name))
    others = [other.code for other in found]
    if others and not bears(unit, name) and not any(_is_all_of(unit.code, one) for one in others):
        message = f"{quote(name)} is the name of {either(others)}; {unit.code} is {unit.name}"
        yield Violation((*path, "name"), message, f"correct the name, or write {either(others)}")


def _is_all_of(code: str, other: str) -> bool:
    # A country that is one region, as Cyprus is, bears one name at all its levels.
    short, long = sorted((code, other), key=len)
    within = [one for one in names() if one.startswith(short) and len(one) == len(long)]
    return within == [long]

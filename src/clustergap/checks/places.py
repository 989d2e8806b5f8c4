"""CG309: a place is called what it is, by a code that means it."""

from collections.abc import Iterator, Sequence

from clustergap.checks.walk import Violations, statement_path, statements
from clustergap.findings import DataPath, Violation
from clustergap.model.dataset import Dataset, Except, Territories
from clustergap.reference.countries import looks_like_nuts
from clustergap.reference.territories import REUSED, Territory, names
from clustergap.wording import either, quote


def odd_place(dataset: Dataset) -> Violations:
    """Find codes with the name of another place, and codes of older versions of NUTS."""
    shared = names()
    for i, level in enumerate(dataset.levels):
        for k, unit in enumerate(level.units):
            name = shared.get(unit.code)
            path: DataPath = ("levels", i, "territories", k)
            if name is None and looks_like_nuts(unit.code):
                yield from _of_older_nuts(path, unit.code)
            elif name is not None and unit.name not in (name, unit.code):
                yield from _misnamed(path, Territory(unit.code, name), unit.name)
    if _codes_of_statements(dataset) & REUSED:
        yield from _reused(dataset)


def _of_older_nuts(path: DataPath, code: str) -> Violations:
    # Only a code of one's own that looks like an older one needs these.
    from clustergap.reference.former_codes import former_code  # noqa: PLC0415
    from clustergap.reference.remedies import in_words  # noqa: PLC0415

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


def _codes_of_statements(dataset: Dataset) -> set[str]:
    lists = {statement.territories for _, _, statement in statements(dataset)}
    named = {code for one in lists if one is not None for code in _codes(one)}
    return named.union(*dataset.assessed.values())


def _reused(dataset: Dataset) -> Violations:
    # A code that means another area now is right in data of 2024: it is told, once, beside codes that have gone.
    from clustergap.reference.former_codes import former_codes  # noqa: PLC0415
    from clustergap.reference.remedies import reused_in_words  # noqa: PLC0415

    former = former_codes()
    gone = {code for code, one in former.items() if not one.is_reused}
    own = {unit.code for level in dataset.levels for unit in level.units}
    if not gone & (_codes_of_statements(dataset) | own):
        return
    told = set[str]()
    for path, code in _places_of_codes(dataset):
        if code in REUSED and code not in told:
            told.add(code)
            hint = "other codes here are of an older NUTS: look whether this one is, too"
            yield Violation(path, reused_in_words(former[code]), hint)


def _places_of_codes(dataset: Dataset) -> Iterator[tuple[DataPath, str]]:
    for holder, cell, statement in statements(dataset):
        if statement.territories is not None:
            excepted = ("except",) if isinstance(statement.territories, Except) else ()
            path = (*statement_path(holder, cell), "territories", *excepted)
            yield from _each(path, _codes(statement.territories))
    for place, codes in dataset.assessed.items():
        yield from _each(("assessed", str(place)), codes)


def _each(path: DataPath, codes: Sequence[str]) -> Iterator[tuple[DataPath, str]]:
    for k, code in enumerate(codes):
        yield (*path, k), code


def _codes(named: Territories) -> Sequence[str]:
    return named.codes if isinstance(named, Except) else named

"""Codes that are none where they stand: what they meant in an older NUTS, and what to write instead.

Only an unknown code, or one of ``REUSED``, needs this. Never is a code of another country suggested, but by its name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import groupby
from typing import NamedTuple

from clustergap.reference.gazetteer import (
    LARGER,
    SMALLER,
    Gazetteer,
    country_named,
    gazetteer,
    shared_names,
)
from clustergap.reference.territories import (
    COUNTRIES,
    ELSEWHERE,
    LONGEST,
    Territory,
    eurostat_code,
    looks_like_nuts,
    names,
    read_table,
)
from clustergap.text import all_of, closest, either, one_of, quote

MOST_MEANT = 4
"""Codes that one word may mean; if there are more, none is suggested."""

_MOST_NAMED = 3
"""Successors that are told with their names."""

_MOST_COMPARED = 50_000
"""Names that one object compares words to: a few tenths of a second."""

_DIGITS_FOR_LETTERS = str.maketrans("015", "OIS")

_SMALL = 5
"""Per cent of an area; what covers less is not what one would write instead."""


_NOT_MEASURED = frozenset({"LV007", "PT17", "PT170", "NO074", "NO082", "NO091"})
"""Codes of which the table says what covers them, but guesses how much of them."""


class FormerCode(NamedTuple):
    """What a code meant, up to the *version* of NUTS named: the regions of 2024 that cover it, the largest first.

    ``rest`` are those that cover hardly any of it. ``shares`` are the per cent of its area that ``successors`` and
    ``rest`` cover, in this order; empty where nobody knows them.
    """

    code: str
    version: str
    successors: tuple[str, ...]
    rest: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()

    @property
    def is_reused(self) -> bool:
        """Whether NUTS 2024 has the code too, for another area."""
        return self.code in self.successors


def former_code(code: str) -> FormerCode | None:
    """Return what *code* last meant before NUTS 2024, if it was another area or has gone.

    >>> former_code("DE415")
    FormerCode(code='DE415', version='2006', successors=('DE40C',), rest=(), shares=(100,))
    """
    return former_codes().get(code)


def former_meanings(code: str) -> tuple[FormerCode, ...]:
    """Return all that *code* meant before NUTS 2024, the oldest first.

    >>> [(one.version, one.successors) for one in former_meanings("NL324")]
    [('2016', ('NL32A', 'NL32B')), ('2021', ('NL32A',))]
    """
    return _meanings().get(code, ())


@cache
def former_codes() -> dict[str, FormerCode]:
    """Return all of them; of a code that meant different areas what it meant last."""
    return {code: meanings[-1] for code, meanings in _meanings().items()}


@cache
def _meanings() -> dict[str, tuple[FormerCode, ...]]:
    # The rows of one code stand in the order of their versions.
    read = (_read(*row) for row in read_table("nuts-former.tsv"))
    return {code: tuple(same) for code, same in groupby(read, lambda former: former.code)}


def _read(code: str, versions: str, successors: str) -> FormerCode:
    parts = (part.partition(":") for part in successors.split(" "))
    shares = [(region, int(share or "100")) for region, _, share in parts]
    return FormerCode(
        code,
        versions.rpartition("-")[2],
        tuple(region for region, share in shares if share >= _SMALL),
        tuple(region for region, share in shares if share < _SMALL),
        () if code in _NOT_MEASURED else tuple(share for _, share in shares),
    )


class Remedies:
    """Says what a word may mean that is no territory at a level, or at any.

    Args:
        units: The territories that may be meant, first those that are likelier.
        is_place: Whether a code of the shared lists may stand there too, as it holds units or lies in one.
        most_compared: How many names words may be compared to.
    """

    def __init__(
        self,
        units: Iterable[Territory],
        is_place: Callable[[str], bool],
        most_compared: int = _MOST_COMPARED,
    ) -> None:
        by_code: dict[str, Territory] = {}
        for unit in units:
            by_code.setdefault(unit.code, unit)
        self._units, self._is_place = tuple(by_code.values()), is_place
        self._left = most_compared

    @property
    def compares(self) -> bool:
        """Whether words are still compared to names; if not, one that is near another may not be noticed."""
        return self._left > 0

    def find(self, word: str) -> str:
        """Say what *word* may mean, or nothing where nothing is near.

        >>> Remedies([Territory("RO11", "Nord-Vest")], {"RO", "RO1", "RO11"}.__contains__).find("ro 11")
        "did you mean 'RO11' (Nord-Vest)?"
        """
        code = word.strip().upper()
        return (
            self._written_otherwise(code)
            or self._of_another_list(code)
            or self._by_name(word)
            or self._like(word, code)
        )

    def _like(self, word: str, code: str) -> str:
        # A word without digits is rather a name.
        if any(map(str.isdigit, code)):
            return self._nearby(code) or self._own(code) or self._by_like_name(word)
        return self._by_like_name(word) or self._nearby(code) or self._own(code)

    def _written_otherwise(self, code: str) -> str:
        bare = "".join(filter(str.isalnum, code))
        for meant in (bare, bare[:2].translate(_DIGITS_FOR_LETTERS) + bare[2:]):
            if self._is_place(meant):
                return self._meant([meant])
        return ""

    def _of_another_list(self, code: str) -> str:
        remedies = []
        at_eurostat = eurostat_code(code)
        former = former_code(code)
        if at_eurostat and (former is None or code[:2] == former.successors[0][:2]):
            remedies.append(self._of_iso(code, at_eurostat))
        if former and not former.is_reused:
            remedies.append(self._of_older_nuts(former))
        return " ".join(remedies)

    def _of_iso(self, code: str, at_eurostat: str) -> str:
        is_country = at_eurostat in COUNTRIES
        theirs, ours = (code, at_eurostat) if is_country else (code[:2], at_eurostat[:2])
        remedy = f"Eurostat writes {ours} for {theirs}"
        if self._is_place(at_eurostat):
            return f"{remedy}: {self._meant([at_eurostat])}"
        near = self._nearby(at_eurostat)
        return f"{remedy}: {near}" if near else remedy

    def _of_older_nuts(self, former: FormerCode) -> str:
        remedy = in_words(former)
        if any(map(self._is_place, former.successors)):
            return remedy
        where = self._around(former.successors)
        lie = "lies" if len(former.successors) == 1 else "lie"
        return f"{remedy}, which {lie} in {all_of(where)}" if where else remedy

    def _around(self, codes: Sequence[str]) -> list[str]:
        # The units in which the regions of a finer level lie.
        around = (
            unit.code for code in codes for unit in self._units if code.startswith(unit.code)
        )
        return list(dict.fromkeys(around))

    def _by_name(self, word: str) -> str:
        for known in self._gazetteers():
            codes = self._usable(
                known.wholly_named(word) or _of_its_country(word, known.bearing(word))
            )
            if codes:
                return self._meant(codes)
        return ""

    def _by_like_name(self, word: str) -> str:
        if country_named(word):
            # Russia is no Austria misspelt, though "Rusko" nearly is "Rakúsko".
            return ""
        for known in self._gazetteers():
            self._left -= _MOST_COMPARED // 500
            near = known.nearly_bearing(word) if self._left > 0 else ()
            codes = self._usable(_of_its_country(word, near))
            if codes:
                return self._meant(codes)
        return ""

    def _gazetteers(self) -> Iterable[Gazetteer]:
        if self._units:
            yield gazetteer(self._units)
        yield from map(shared_names, (LARGER, SMALLER))

    def _usable(self, units: Iterable[Territory]) -> list[str]:
        codes = [
            unit.code for unit in units if unit.code in self._codes or self._is_place(unit.code)
        ]
        return codes if len(codes) <= MOST_MEANT else []

    def _nearby(self, code: str) -> str:
        same = self._of_country(code[:2])
        if looks_like_nuts(code):
            same = [unit for unit in same if looks_like_nuts(unit.code)]
        elif len(code) > LONGEST and not _may_be_slip(code):
            # DEFENCE begins as regions of Germany do, and has nothing to do with them.
            same = [unit for unit in same if not looks_like_nuts(unit.code)]
        if code in names():
            # It is right elsewhere, and no other region's code mistyped.
            around = [unit.code for unit in same if code.startswith(unit.code)]
            return self._meant(around[-1:]) or self._listing(code[:2], same)
        for length in range(len(code), 1, -1):
            near = [unit for unit in same if unit.code.startswith(code[:length])]
            if near:
                within = [unit for unit in near if len(unit.code) > length]
                alike = [unit for unit in near if len(unit.code) == len(code)] or within or near
                codes = [unit.code for unit in alike]
                return self._meant(codes) or self._listing(code[:length], alike)
        return ""

    def _of_country(self, country: str) -> Sequence[Territory]:
        return self._by_country.get(country, ())

    @cached_property
    def _by_country(self) -> Mapping[str, Sequence[Territory]]:
        by_country: dict[str, list[Territory]] = {}
        for unit in self._units:
            by_country.setdefault(unit.code[:2], []).append(unit)
        return by_country

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self._units)

    @cached_property
    def _own_codes(self) -> Sequence[str]:
        return [unit.code for unit in self._units if not looks_like_nuts(unit.code)]

    def _listing(self, place: str, units: Sequence[Territory]) -> str:
        return f"in {place} there are {one_of([unit.code for unit in units])}" if units else ""

    def _own(self, code: str) -> str:
        if looks_like_nuts(code):
            return ""
        self._left -= len(self._own_codes)
        known = [own for own in self._own_codes if _country_of(own) == _country_of(code)]
        meant = closest(code, known) if self._left > 0 else None
        return self._meant([meant]) if meant else ""

    def _meant(self, codes: Sequence[str]) -> str:
        if not codes or len(codes) > MOST_MEANT:
            return ""
        return f"did you mean {either([self._with_name(code) for code in codes])}?"

    def _with_name(self, code: str) -> str:
        unit = next((unit for unit in self._of_country(code[:2]) if unit.code == code), None)
        name = unit.name if unit else names().get(code, code)
        return quote(code) if name == code else f"{quote(code)} ({visible_name(name)})"


def _may_be_slip(code: str) -> bool:
    # One sign too many, or another between them; "Denmark 1)" is none.
    return any(map(str.isdigit, code)) and sum(map(str.isalnum, code)) <= LONGEST + 1


def _country_of(own_code: str) -> str:
    # DK-1 lies in Denmark, and is no DE-1 mistyped.
    return own_code[:2] if looks_like_nuts(own_code.partition("-")[0]) else ""


def _of_its_country(word: str, units: Sequence[Territory]) -> Sequence[Territory]:
    # FRG is a code of France mistyped rather than a part of a name of Germany.
    code = word.strip().upper()
    country = ELSEWHERE.get(code[:2], code[:2])
    is_code = looks_like_nuts(country + code[2:])
    return [unit for unit in units if unit.code[:2] == country] if is_code else units


def visible_name(name: str) -> str:
    """Write the name of a territory, which may be a stranger's, without its quotes."""
    return quote(name)[1:-1]


def in_words(former: FormerCode) -> str:
    """Say what a code of an older version of NUTS is now.

    >>> in_words(former_code("NL31"))
    'NL31 is a code of NUTS 2021; in 2024 it is NL35 (Utrecht)'
    """
    return f"{former.code} is a code of NUTS {former.version}; in 2024 it is {_area(former)}"


def with_shares(former: FormerCode) -> str:
    """Say what a code of an older version of NUTS is now, and of several regions how much of it each is.

    >>> with_shares(former_code("PT16"))
    'PT16 is a code of NUTS 2021; in 2024 80 % of it are PT19 (Centro (PT)) and 20 % PT1D (Oeste e Vale do Tejo)'
    """
    codes = (*former.successors, *former.rest)
    if not former.shares or len(codes) == 1:
        return in_words(former)
    first, *others = [
        (share, _with_listed_name(code, codes))
        for code, share in zip(codes, former.shares, strict=True)
    ]
    parts = all_of(
        [f"{first[0]} % of it are {first[1]}", *(f"{n} % {region}" for n, region in others)]
    )
    return f"{former.code} is a code of NUTS {former.version}; in 2024 {parts}"


def reused_in_words(former: FormerCode) -> str:
    """Say what a code was that means another area in NUTS 2024.

    >>> reused_in_words(former_code("CZ020"))
    'CZ020 is that of NUTS 2024; in NUTS 2013 it was CZ020 (Středočeský kraj) and a small part of CZ032 (Plzeňský kraj)'
    """
    return f"{former.code} is that of NUTS 2024; in NUTS {former.version} it was {_area(former)}"


def _area(former: FormerCode) -> str:
    large = [_with_listed_name(code, former.successors) for code in former.successors]
    small = [_with_listed_name(code, former.successors) for code in former.rest]
    return all_of([*large, *(f"a small part of {region}" for region in small)])


def _with_listed_name(code: str, listed: Sequence[str]) -> str:
    known = names() if len(listed) <= _MOST_NAMED else {}
    return f"{code} ({known[code]})" if code in known else code

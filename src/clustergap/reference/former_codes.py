"""Codes of regions in older versions of NUTS, and what covers their area in NUTS 2024.

Nothing reads the table but an unknown code, and one of ``REUSED``.
"""

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("nuts-former.tsv")

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
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    # The rows of one code stand in the order of their versions.
    read = (_read(code, versions, successors) for code, versions, successors in rows)
    return {code: tuple(same) for code, same in groupby(read, lambda one: one.code)}


def _read(code: str, versions: str, successors: str) -> FormerCode:
    shares = [(one, int(share or "100")) for one, _, share in _parts(successors)]
    return FormerCode(
        code,
        versions.rpartition("-")[2],
        tuple(one for one, share in shares if share >= _SMALL),
        tuple(one for one, share in shares if share < _SMALL),
        () if code in _NOT_MEASURED else tuple(share for _, share in shares),
    )


def _parts(successors: str) -> list[tuple[str, str, str]]:
    return [one.partition(":") for one in successors.split(" ")]

"""Codes of regions in older versions of NUTS, and what covers their area in NUTS 2024.

Nothing reads the table but an unknown code, and one of ``REUSED``.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("nuts-former.tsv")

_SMALL = 5
"""Per cent of an area; what covers less is not what one would write instead."""


class FormerCode(NamedTuple):
    """What a code meant, up to the *version* of NUTS named: the regions of 2024 that cover it, the largest first.

    ``rest`` are those that cover hardly any of it.
    """

    code: str
    version: str
    successors: tuple[str, ...]
    rest: tuple[str, ...] = ()

    @property
    def is_reused(self) -> bool:
        """Whether NUTS 2024 has the code too, for another area."""
        return self.code in self.successors


def former_code(code: str) -> FormerCode | None:
    """Return what *code* last meant before NUTS 2024, if it was another area or has gone.

    >>> former_code("PT17")
    FormerCode(code='PT17', version='2021', successors=('PT1A', 'PT1B'), rest=())
    """
    return former_codes().get(code)


@cache
def former_codes() -> dict[str, FormerCode]:
    """Return all of them; of a code that meant different areas what it meant last."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    # The rows of one code stand in the order of their versions.
    return {code: _read(code, versions, successors) for code, versions, successors in rows}


def _read(code: str, versions: str, successors: str) -> FormerCode:
    shares = [(one, int(share or "100")) for one, _, share in _parts(successors)]
    return FormerCode(
        code,
        versions.rpartition("-")[2],
        tuple(one for one, share in shares if share >= _SMALL),
        tuple(one for one, share in shares if share < _SMALL),
    )


def _parts(successors: str) -> list[tuple[str, str, str]]:
    return [one.partition(":") for one in successors.split(" ")]

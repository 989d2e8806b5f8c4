"""Ids made of names."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 64
_GAP = re.compile(r"[^a-z0-9]+")


def slug(name: str, noun: str, taken: Container[str]) -> str:
    """Make an id of a name that is not *taken*; of a name without any Latin letter, of what it is.

    >>> slug("Économie sociale", "role", ())
    'economie-sociale'
    >>> slug("Γ", "role", ("role",))
    'role-2'
    """
    plain = unicodedata.normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
    base = _GAP.sub("-", plain).strip("-") or noun
    for number in count(1):
        end = f"-{number}" if number > 1 else ""
        made = base[: LONGEST - len(end)].strip("-") + end
        if made not in taken:
            return made
    raise AssertionError  # count never ends

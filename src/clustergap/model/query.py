"""The question asked of a dataset."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What counts; a part that is not asked narrows nothing.

    ``as_of``: the day on which instruments must be in force; None: the dataset's own, else any.
    ``place``: a territory's code (``--in``). ``target``, ``kinds`` and ``without`` hold ids.
    """

    as_of: date | None = None
    place: str | None = None
    target: str | None = None
    kinds: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    with_planned: bool = False

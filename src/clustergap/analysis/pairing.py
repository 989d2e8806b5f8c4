"""Which statement of a list is which of another one: statements have no names, so they go by what they say."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

Keys = Mapping[str, object]
"""What a statement says, by key."""

WHERE_AND_WHEN = ("territories", "starts", "ends")

LIKENESSES: tuple[tuple[str, ...], ...] = (
    ("extent", *WHERE_AND_WHEN, "note", "sources"),
    WHERE_AND_WHEN,
    ("territories",),
)
"""Keys in which two statements must agree to be one, the surest first."""


def pair(
    before: Sequence[Keys],
    after: Sequence[Keys],
    likenesses: Iterable[Sequence[str]],
) -> dict[int, int]:
    """Find each statement of *after* in *before*: their indices, by that of *after*; what has no match is left out."""
    pairs: dict[int, int] = {}
    for keys in likenesses:
        _pair_by(lambda one, keys=keys: _said(one, keys), before, after, pairs)  # type: ignore[misc]
    return pairs


def _pair_by(
    likeness: Callable[[Keys], Hashable],
    before: Sequence[Keys],
    after: Sequence[Keys],
    pairs: dict[int, int],
) -> None:
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index in reversed(range(len(before))):
        if index not in taken:
            waiting[likeness(before[index])].append(index)
    for index, one in enumerate(after):
        if index not in pairs and waiting[likeness(one)]:
            pairs[index] = waiting[likeness(one)].pop()


def _said(statement: Keys, keys: Iterable[str]) -> Hashable:
    return tuple(_hashable(statement.get(key), is_set=key == "territories") for key in keys)


def _hashable(value: object, *, is_set: bool = False) -> Hashable:
    # The order of codes says nothing.
    if isinstance(value, Mapping):
        return tuple((key, _hashable(one, is_set=is_set)) for key, one in sorted(value.items()))
    if isinstance(value, list):
        found = [_hashable(one, is_set=is_set) for one in value]
        return tuple(sorted(map(str, found)) if is_set else found)
    return value

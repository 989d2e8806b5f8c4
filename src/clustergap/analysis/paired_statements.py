"""Which statement of one list is which of another: statements have no ids, so they are paired by what they say."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

StatementKeys = Mapping[str, object]
"""The keys of a statement, with their values."""

WHERE_AND_WHEN = ("territories", "starts", "ends", "seen")

LIKENESSES: tuple[tuple[str, ...], ...] = (
    ("extent", *WHERE_AND_WHEN, "note", "sources"),
    WHERE_AND_WHEN,
    ("territories",),
)
"""Keys in which two statements must agree to be the same one, the surest first."""


def pair_statements(
    before: Sequence[StatementKeys],
    after: Sequence[StatementKeys],
    likenesses: Iterable[Sequence[str]],
) -> dict[int, int]:
    """Find each statement of *after* in *before*. Statements have no ids, so they are matched by their keys.

    Returns:
        The index in *before* by the index in *after*; statements without a match are left out.
    """
    pairs: dict[int, int] = {}
    for keys in likenesses:
        _pair_by(keys, before, after, pairs)
    return pairs


def _pair_by(
    keys: Sequence[str],
    before: Sequence[StatementKeys],
    after: Sequence[StatementKeys],
    pairs: dict[int, int],
) -> None:
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index in reversed(range(len(before))):
        if index not in taken:
            waiting[_likeness(before[index], keys)].append(index)
    for index, statement in enumerate(after):
        if index not in pairs:
            alike = waiting[_likeness(statement, keys)]
            if alike:
                pairs[index] = alike.pop()


def _likeness(statement: StatementKeys, keys: Iterable[str]) -> Hashable:
    return tuple(_hashable(statement.get(key), is_set=key == "territories") for key in keys)


def _hashable(value: object, *, is_set: bool = False) -> Hashable:
    # The order of codes has no meaning.
    if isinstance(value, Mapping):
        return tuple((key, _hashable(part, is_set=is_set)) for key, part in sorted(value.items()))
    if isinstance(value, list):
        parts = [_hashable(part, is_set=is_set) for part in value]
        return tuple(sorted(map(str, parts)) if is_set else parts)
    return value

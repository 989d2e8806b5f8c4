"""What ``make test`` samples and ``make test-all`` runs in full (``pytest --exhaustive``): never by chance, spread over the whole."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Protocol, TypeVar

import pytest
from hypothesis import settings

Value = TypeVar("Value")

ALL_EXAMPLES, FEW_EXAMPLES = 300, 12
"""Of a law, with ``--exhaustive`` and without."""

MARKERS = (
    "sampled(most, by): without --exhaustive so many of its cases run, or so many of each kind that *by* tells",
    "exhaustive: runs with --exhaustive alone; another test proves the same of a sample",
)


class Sample(Protocol):
    """What the fixture of this name gives: it returns all values with ``--exhaustive``, otherwise at most so many."""

    def __call__(self, values: Sequence[Value], most: int) -> Sequence[Value]: ...


def at_most(examples: int) -> settings:
    """Return settings for a law of which an example takes long: so many without ``--exhaustive``, otherwise as many as of any."""
    every = settings().max_examples
    return settings(max_examples=every if every >= ALL_EXAMPLES else min(examples, every))


def spread(values: Sequence[Value], most: int) -> Sequence[Value]:
    """Return at most *most* of the values: the first, and others at equal distances."""
    number = min(most, len(values))
    return [values[len(values) * n // number] for n in range(number)]


def everything(values: Sequence[Value], most: int) -> Sequence[Value]:  # noqa: ARG001 - as spread
    """Return all values."""
    return values


def sampled(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Tell which tests run without ``--exhaustive``."""
    kinds: defaultdict[Hashable, list[pytest.Item]] = defaultdict(list)
    for item in items:
        kinds[_test_and_kind(item)].append(item)
    for cases in kinds.values():
        if not cases[0].get_closest_marker("exhaustive"):
            mark = cases[0].get_closest_marker("sampled")
            yield from spread(cases, mark.args[0] if mark else len(cases))


def _test_and_kind(item: pytest.Item) -> tuple[str, Hashable]:
    mark = item.get_closest_marker("sampled")
    by = mark.kwargs.get("by") if mark else None
    kind = by(**item.callspec.params) if by and isinstance(item, pytest.Function) else None
    return item.nodeid.partition("[")[0], kind

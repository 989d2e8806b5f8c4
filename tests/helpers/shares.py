"""Shares of countries and of regions, as a level of the lists counts them."""

from collections.abc import Sequence

from clustergap.analysis.coverage import Share


def of_countries(
    covered: int, partial: int, of: int, unknown: int, missing: Sequence[str]
) -> Share:
    """Return a share of a level whose places are countries."""
    return Share(covered, partial, of, unknown, tuple(missing), ("country", "countries"))


def of_regions(covered: int, partial: int, of: int, unknown: int, missing: Sequence[str]) -> Share:
    """Return a share of a level whose places are regions."""
    return Share(covered, partial, of, unknown, tuple(missing), ("region", "regions"))

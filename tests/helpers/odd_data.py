"""Data whose gap maps differ in what can go wrong with how they look and how they are used."""

from collections.abc import Mapping
from pathlib import Path

from gap_map import DECK, HOSTILE, INDUSTRY, POLICY, GapMaps

Document = Mapping[str, object]

SMALL: Document = {
    "levels": [{"id": "constructor", "name": "Constructor"}],
    "roles": [{"id": "tostring", "name": "To string"}],
}
"""One role at one level, without dates, territories, instruments, sources or SWOT."""

_LEVELS = ("world", "eu", "country", "province", "town")
_EXTENTS = ("full", "partial", "")


def _long_role(number: int) -> Document:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützen"
    return {"id": f"role-{number}", "name": f"Role {number} of {word} and of {'others ' * 12}"}


def _long_instrument(number: int) -> Document:
    return {
        "id": f"i{number}",
        "name": f"Instrument {number} {'with a name that does not end ' * 6}",
        "kind": ("fund", "forum")[number % 2],
        "starts": str(2010 + number),
        "ends": str(2020 + number),
        "url": "https://example.org/",
        "sources": [{"ref": "book", "quote": "So it is. " * 30}],
        "covers": {
            f"role-{number}@{level}": {
                "extent": extent,
                "note": "Only where it does not rain " * 3,
            }
            for place, level in enumerate(_LEVELS)
            if (extent := _EXTENTS[(number + place) % 3])
        },
    }


LONG: Document = {
    "title": f'{"A very long title that somebody wrote on a slide, " * 5}and "<b>more</b>" 🏭',
    "as_of": "2020-06-30",
    "levels": [
        {"id": "world", "name": "World"},
        {"id": "eu", "name": "European Union and the European Economic Area"},
        {"id": "country", "name": "Country", "territories": "eu27"},
        {
            "id": "province",
            "name": "Province",
            "territories": ["XK-A", {"code": "XK-B", "name": "B & <i>b</i>"}],
        },
        {"id": "town", "name": "Town"},
    ],
    "roles": [_long_role(number) for number in range(4)],
    "sources": {"book": {"title": "A book", "url": f"https://example.org/{'long/' * 40}?a=<2>"}},
    "instruments": [_long_instrument(number) for number in range(4)],
}
"""Five levels, names and a title without end, places that are no countries."""

LONG_SWOT: Document = {
    "weaknesses": [
        {"id": "w1", "text": "Weak " * 60, "cells": ["role-0@town", "role-1@eu"]},
        {"id": "w2", "text": "Verylongword" * 12, "roles": ["role-2"]},
    ],
}

_FOLDERS = {"deck": DECK, "policy": POLICY, "industry": INDUSTRY, "hostile": HOSTILE}
NAMES = (*_FOLDERS, "small", "long")
"""Everything that a page can be asked of."""


def page_of(gap_maps: GapMaps, name: str) -> Path:
    """Return the page of one of NAMES."""
    if name == "small":
        return gap_maps.of(gap_maps.write("small", SMALL)).file
    if name == "long":
        return gap_maps.of(gap_maps.write("long", LONG, LONG_SWOT)).file
    return gap_maps.of(_FOLDERS[name]).file

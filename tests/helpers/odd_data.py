"""Data whose gap maps differ in what can go wrong with how they look and how they are used."""

from collections.abc import Mapping
from pathlib import Path

from clustergap.reference.territories import territories
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

_LEVEL_LISTS = {"country": "eu27", "region": "nuts2-2024", "province": "nuts3-2024"}
_COUNTRIES = [country.code for country in territories("eu27")]


def _large_covers(number: int) -> Mapping[str, object]:
    """Cover one role at one level: the first roles at few levels, the others everywhere, but not fully."""
    role, level = number % 40, ("eu", *_LEVEL_LISTS)[number // 40 % 4]
    bare = {0: ("eu", "country", "province"), 1: ("eu", "country", "province")}
    without = bare.get(role, ("eu",) if role < 20 else ("province",) if role % 7 == 0 else ())
    if level in without:
        return {}
    if level == "eu":
        return {f"role-{role}@eu": "full"}
    share = 1 + max(0, role - 2) * 26 // 37
    return {f"role-{role}@{level}": {"territories": _COUNTRIES[:share]}}


LARGE: Document = {
    "title": "Cluster policy in 40 fields",
    "as_of": "2026-11-22",
    "levels": [
        {"id": "eu", "name": "EU"},
        *(
            {"id": id_, "name": id_.capitalize(), "territories": listed}
            for id_, listed in _LEVEL_LISTS.items()
        ),
    ],
    "roles": [
        {"id": f"role-{number}", "name": f"Field {number} of cluster policy"}
        for number in range(40)
    ],
    "instruments": [
        {
            "id": f"i{number}",
            "name": f"Programme {number} of many",
            "kind": ("programme", "network", "strategy")[number % 3],
            "starts": str(2015 + number % 10),
            "ends": str(2026 + number % 6),
            "covers": _large_covers(number),
        }
        for number in range(1000)
    ],
}
"""40 roles at 4 levels with 1,000 instruments: 1 of 27 countries has the least, 27 of 27 the most."""

OWN: Document = {
    "title": "Cluster policy of the islands",
    "as_of": "2026-11-22",
    "levels": [
        {"id": "land", "name": "Land"},
        {
            "id": "island",
            "name": "Island",
            "unit": {"one": "island", "many": "islands"},
            "territories": [
                {"code": "BM-KA", "name": "Kapital"},
                {"code": "BM-IS", "name": "Outer Western Islands"},
                {"code": "BM-NO", "name": "Norrland"},
                {"code": "BM-SO", "name": "Southern Free Cities"},
            ],
        },
    ],
    "roles": [
        {"id": "innovation", "name": "Innovation"},
        {"id": "skills", "name": "Skills"},
        {"id": "tourism", "name": "Tourism"},
    ],
    "instruments": [
        {
            "id": "fund",
            "name": "Islands Fund",
            "ends": "2027",
            "covers": {
                "innovation@land": "full",
                "innovation@island": {"territories": ["BM-KA"]},
                "skills@island": {"extent": "partial", "note": "Not on every island"},
            },
        },
        {"id": "act", "name": "Skills Act", "covers": {"skills@land": "full"}},
    ],
}
"""A level of places that no list knows, with names of one word and of three."""

_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebs"
_COVERS = {
    f"role-{role}@level-{level}": ("full", {"extent": "partial", "note": "Not everywhere"})[
        (role + level) % 2
    ]
    for role in range(3)
    for level in range(5)
    if role != level
}
FIVE: Document = {
    "title": "Cluster policy at five levels",
    "as_of": "2026-11-22",
    "levels": [
        {"id": f"level-{number}", "name": name}
        for number, name in enumerate(("EU", "Macro-region", "Country", "Region", "Municipality"))
    ],
    "roles": [
        {"id": f"role-{number}", "name": name}
        for number, name in enumerate(("Internationalisation", "Industry 4.0", "Social economy"))
    ],
    "instruments": [
        {"id": "one", "name": "Programme for innovation", "covers": _COVERS},
        {"id": "two", "name": f"Programme for {_WORD}", "covers": _COVERS},
    ],
}
"""Five levels, which make cells narrow, and an instrument whose name has a word of 49 letters."""

_FOLDERS = {"deck": DECK, "policy": POLICY, "industry": INDUSTRY, "hostile": HOSTILE}
NAMES = (*_FOLDERS, "small", "long")
"""Everything that a page can be asked of."""


def page_of(gap_maps: GapMaps, name: str) -> Path:
    """Return the page of one of NAMES, or of "large", "own" or "five"."""
    if name in ("large", "own", "five"):
        document = {"large": LARGE, "own": OWN, "five": FIVE}[name]
        return gap_maps.of(gap_maps.write(name, document)).file
    if name == "small":
        return gap_maps.of(gap_maps.write("small", SMALL)).file
    if name == "long":
        return gap_maps.of(gap_maps.write("long", LONG, LONG_SWOT)).file
    return gap_maps.of(_FOLDERS[name]).file

"""Mapping files made up by chance, for the table at hand: whole ones, with every key now and then, and broken ones."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import yaml

from clustergap.model.mapping import KEYS
from fuzz.generator import Mutator


def mapping_for(rows: Sequence[Sequence[str]], random: Random, *, is_calm: bool) -> bytes:
    """Make a mapping of a table with these texts; a calm one fits it, if its headers are keys."""
    head = next((row for row in rows if sum(map(bool, row)) > 1), rows[0] if rows else ["x"])
    maker = _Maker(head, [row for row in rows if row is not head], random)
    if is_calm and random.randrange(3):
        return _dumped(maker.fitting())
    data = _dumped(maker.mapping())
    if not random.randrange(4):
        data = Mutator(random.randrange(2**32), [{"mapping.yaml": data}] * 2).dataset()[
            "mapping.yaml"
        ]
    return data


def _dumped(said: object) -> bytes:
    text: str = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, default_flow_style=None)
    return text.encode("utf-8", "surrogatepass")


class _Maker:
    """Makes one mapping."""

    def __init__(self, head: Sequence[str], rows: Sequence[Sequence[str]], random: Random) -> None:
        self.head, self.rows, self.random = [*head], rows, random

    def fitting(self) -> dict[str, Any]:
        """Make one that says of each column what it says itself."""
        columns: dict[str, Any] = {text: text for text in self.head if text in KEYS}
        for key in self.random.sample(sorted(columns), min(2, len(columns))):
            columns[key] = {"from": key, "split": ";", "values": {"": "", "*": "keep"}}
        for key in {"starts", "ends", "note"} & columns.keys():
            columns[key] = {"from": key, "differ": self._of(("first", "latest", "join"))}
        more = {
            "leave_out": ["*"],
            "all_new": True,
            "as_of": "2026-06-30",
            "source": {"id": "deck", "title": "D"},
        }
        more |= {
            "levels": {"eu": None, "country": "eu27"},
            "fill_down": ["name"],
            "roles": {"skills": "Skills", "r": "R"},
        }
        chosen = self.random.sample([*more], self.random.choice((0, 1, 2, 4)))
        return {"schema": 1, "columns": columns, **{key: more[key] for key in chosen}}

    def mapping(self) -> dict[str, Any]:
        said: dict[str, Any] = {"schema": 1}
        columns = {key: self._columns(key) for key in self._keys()}
        if self.random.randrange(12):
            said["columns"] = columns
        makers: dict[str, Callable[[], Any]] = {
            "sheet": lambda: self._of(("*", "Sheet1", ["Sheet1", "List"], "x")),
            "encoding": lambda: self._of(("windows-1250", "utf-8", "x")),
            "delimiter": lambda: self._of((",", ";", "|", "\t")),
            "header": lambda: self._of((1, 2, [1, 2], [4, 5], 0)),
            "data": lambda: self._of((2, [2, 4], [3, 390], [4, 2])),
            "layout": lambda: self._of(("list", "list", "matrix", "cross")),
            "source": lambda: {"id": self._of(("stip", "deck", "X Y")), "title": "STIP Compass", "url": "https://stip.oecd.org"},
            "wide": lambda: [self._wide() for _ in range(self.random.choice((1, 1, 2)))],
            "only": lambda: {self._header(): self._of(("eu27", ["EU", "Country"], "RO", self._text()))},
            "leave_out": lambda: self._of(("*", ["*"], [self._header()], "In*")),
            "title": lambda: "Our policies",
            "as_of": lambda: self._of(("2026-06-30", "2026", "x")),
            "levels": lambda: self._of(({"eu": None, "country": "eu27", "region": ["RO11", "AT11"]}, {"country": "eu27"}, {"x": "nuts2-2024"})),
            "roles": lambda: self._of(({"energy": "Energy supply", "skills": None}, {"r": "R"})),
            "fill_down": lambda: [self._of(KEYS), "name"],
            "all_new": lambda: self._of((True, False)),
        }  # fmt: skip
        if not self.random.randrange(2):
            said |= {"leave_out": ["*"]}
        for key in self.random.sample([*makers], self.random.choice((0, 1, 2, 3, 8))):
            said[key] = makers[key]()
        return said

    def _of(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)

    def _keys(self) -> list[str]:
        others = [key for key in KEYS if key not in ("name", "role", "level")]
        keys = self.random.sample(others, self.random.choice((0, 1, 2, 4)))
        return [*(key for key in ("name", "role", "level") if self.random.randrange(10)), *keys]

    def _header(self) -> str:
        named = [text for text in self.head if text]
        return str(self._of((*named, "column A", "column C", "x")))

    def _header_of(self, key: str) -> str:
        at = next((text for text in self.head if key in text.casefold()), None)
        return at if at and self.random.randrange(8) else self._header()

    def _text(self) -> str:
        row = self._of(self.rows or [["x"]])
        return str(self._of(row or ["x"]))

    def _columns(self, key: str) -> Any:
        kind = self.random.randrange(8)
        if kind < 3:
            return self._header_of(key)
        if kind == 3:
            return [self._header_of(key), self._header()]
        if kind == 4:
            return [self._rule(key), self._of((self._rule(key), self._header()))]
        return self._rule(key)

    def _rule(self, key: str) -> dict[str, Any]:
        where: dict[str, Any] = self._of(
            (
                {"from": self._header_of(key)},
                {"from": self._header_of(key)},
                {
                    "from": [self._header_of(key), self._header()],
                    "join": self._of(("; ", "\n", "")),
                },
                {"first": [self._header(), self._header_of(key)]},
                {"is": self._of(("sheet", "EU", "R", "fund", "full", "RO", "Fund", ""))},
            )
        )
        makers: dict[str, Callable[[], Any]] = {
            "before": lambda: self._of(("|", "(", " ", "-")),
            "after": lambda: self._of((":", "(", " ")),
            "split": lambda: self._of((",", [",", ";"], "\n", "", [])),
            "values": self._values,
            "unknown": lambda: self._of(("problem", "leave-out", "", "x")),
            "codes": lambda: self._of(("iso2", "iso3", "nuts")),
            "at": lambda: self._of(("country", ["country", "region"], "x")),
            "format": lambda: self._of(("D/M/Y", "M/D/Y", "D.M.YY", "x")),
            "differ": lambda: self._of(("problem", "first", "earliest", "latest", "join")),
            "text": lambda: self._of(("html", "plain")),
            "cut": lambda: self._of((True, False)),
        }
        fitting = {
            "territories": ("codes", "at", "unknown", "split", "values"),
            "starts": ("format", "differ", "before"),
            "ends": ("format", "differ", "after"),
            "note": ("text", "cut", "differ"),
        }.get(key, ("values", "split", "unknown", "differ"))
        names = fitting if self.random.randrange(4) else [*makers]
        chosen = self.random.sample(names, self.random.randint(0, min(3, len(names))))
        return {**where, **{name: makers[name]() for name in chosen}}

    def _values(self) -> dict[str, Any]:
        meanings = (
            "eu",
            "country",
            "full",
            "partial",
            "leave-out",
            "keep",
            "",
            None,
            ["EU", "Country"],
            "RO",
            "Energy",
            "x",
        )
        keys = [self._text() for _ in range(3)] + ["*", "", f"{self._text()[:3]}*", "4.*"]
        return {
            key: self._of(meanings) for key in self.random.sample(keys, self.random.randint(0, 4))
        }

    def _wide(self) -> dict[str, Any]:
        headers = [self._header() for _ in range(2)]
        columns = self._of(
            (
                {"from": headers[0], "to": headers[1]},
                headers[0],
                headers,
                {headers[0]: "R", headers[1]: "Energy"},
            )
        )
        said: dict[str, Any] = {
            "columns": columns,
            "are": self._of(("role", "level", "cell", "territories", "targets")),
        }
        more: dict[str, Any] = {
            "cells": self._of(("extent", "territories", "names", "note")),
            "values": self._values(),
            "split": self._of((",", [";"])),
            "unknown": self._of(("problem", "leave-out", "")),
            "codes": self._of(("iso2", "nuts")),
        }
        chosen = self.random.sample([*more], self.random.choice((0, 1, 2)))
        return said | {name: more[name] for name in chosen}

"""A gap map as a program reads it that knows HTML and JSON, and of the tables what their page says, but no script."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Literal

Json = Any  # what a page holds, read as it is


@dataclass(frozen=True)
class Element:
    """A start tag, with the text up to the next tag, whichever that is."""

    tag: str
    attributes: Mapping[str, str]
    text: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self.is_within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, []))
        self.is_within = True

    def handle_endtag(self, _tag: str) -> None:
        self.is_within = False

    def handle_data(self, data: str) -> None:
        if self.is_within:
            self.found[-1][2].append(data)


def elements(page: str) -> list[Element]:
    """List every element of a page in order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [Element(tag, attributes, "".join(text)) for tag, attributes, text in reader.found]


def data_of(page: str) -> Json:
    """Read what the page's script looks up."""
    (found,) = (one for one in elements(page) if one.attributes.get("id") == "data")
    return json.loads(found.text)


COVERAGES = {"n": "none", "p": "partial", "u": "unknown", "f": "full"}
LOOKS = {**COVERAGES, "s": "somewhere"}
STATE = (
    *("letter", "instruments", "figure", "evidence", "ground", "rests_on", "why", "notes"),
    *("detail", "share", "unsaid", "observed", "exceptions"),
)
"""What the values of a state are."""


INSTRUMENT = ("id", "kind", "sources", "body", "basis", "url", "note", "label", "name")
"""What the values of an instrument are; label and name are read in the list of instruments, if they stand there."""
STATEMENT = ("instrument", "extent", "days", "place", "note", "sources", "why_not")
"""What the values of a statement are; what is observed is of no instrument: -1."""


def padded(keys: Sequence[str], row: Sequence[object]) -> Json:
    """Name the values of a row; what it leaves out at its end is 0, as is what has no value."""
    assert len(row) <= len(keys)
    return dict(itertools.zip_longest(keys, row, fillvalue=0))


class Tables:
    """The tables of a page: what repeats stands once in one of them, and is named by its index there.

    *swot*: the quadrant and the words of each item that the page shows, in its order.
    """

    def __init__(self, data: Json, swot: Sequence[tuple[str, str]] = ()) -> None:
        self.data, self.swot = data, swot
        roles = [role["id"] for role in data["document"]["roles"]]
        ids = [f"{role}@{level}" for role in roles for level, *_ in data["levels"]]
        self.cells = dict(zip(ids, data["cells"], strict=True))
        self.states = [padded(STATE, state) for state in data["states"]]
        self.units = {
            level: [line.partition(" ")[0] for line in units.split("\n")]
            for level, (units, *_) in data["places"].items()
        }
        self.tiles = {
            level: [line.partition(" ")[0] for line in tiles.split("\n") if line]
            for level, (*_, tiles) in data["places"].items()
        }

    def text(self, index: int) -> str:
        """Look up a text."""
        return str(self.data["texts"][index])

    def ids(self, indices: Sequence[int]) -> list[str]:
        """Name instruments by their ids."""
        return [self.data["instruments"][index][0] for index in indices]

    def row(self, cell: str, kind: int, stop: int) -> Json:
        """Look up the state that has held last, up to a stop: spans are pairs of a stop and a state."""
        spans = self.data["spans"][self.cells[cell][0][kind]]
        begun = [state for first, state in _pairs(spans) if first <= stop]
        state = self.states[begun[-1]]
        return {**state, "instruments": self.served(state["instruments"])}

    def served(self, written: Sequence[int]) -> list[int]:
        """Return the instruments of a state: those of an earlier one, but for those by which they differ."""
        earlier, *differing = written
        before = self.served(self.data["states"][earlier][1]) if earlier >= 0 else []
        return sorted({*before} ^ {*differing})

    def cell(self, cell: str, kind: int, stop: int) -> Json:
        """Write a cell as ``matrix --format json`` does."""
        role, _, level = cell.partition("@")
        row = self.row(cell, kind, stop)
        return {
            "cell": cell,
            "role": role,
            "level": level,
            "coverage": COVERAGES[row["letter"]],
            "instruments": self.ids(row["instruments"]),
            "rests_on": self.ids(row["rests_on"] or ()),
            "notes": [self.text(note) for note in row["notes"] or ()],
            "share": self.share(row["share"], level),
            "where_not_said": bool(row["unsaid"] & 1),
        }

    def share(self, share: Sequence[int] | Literal[0], level: str) -> Json:
        """Write a share: four numbers, and what is missing as runs over the level's units."""
        if share == 0:
            return None
        *numbers, runs = share
        letters = unrolled(self.text(runs))
        missing = [
            code
            for code, one in zip(self.units.get(level, ()), letters, strict=False)
            if one == "n"
        ]
        return dict(zip(("covered", "partial", "of", "unknown"), numbers, strict=True)) | {
            "missing": missing
        }

    def words(self, cell: str, kind: int, stop: int) -> tuple[bool, str, str, str]:
        """Tell whether a cell is observed, and what is said of it: how much is covered, why, and what is missing."""
        row = self.row(cell, kind, stop)
        figure, why, detail = (self.text(row[key]) for key in ("figure", "why", "detail"))
        return bool(row["observed"]), figure.replace("\t", ""), why, detail

    def evidence(self, cell: str, kind: int, stop: int) -> list[tuple[str, str, str]]:
        """List what the SWOT says: quadrant, words, why it is there; what its view shows is told by its place there."""
        rows = self.data["evidence"][self.row(cell, kind, stop)["evidence"]]
        items = [self.data["items"][item] for item, _ in rows]
        return [
            (*(self.swot[item] if isinstance(item, int) else item), self.text(why))
            for item, (_, why) in zip(items, rows, strict=True)
        ]

    def ground(self, cell: str, kind: int, stop: int) -> tuple[list[str], list[str]]:
        """Say how each unit and each country is covered; "somewhere" is what may be there, for all that is known."""
        units, tiles = self.data["grounds"][self.row(cell, kind, stop)["ground"]]
        return (
            [LOOKS[one] for one in unrolled(units)],
            [LOOKS[one] for one in unrolled(tiles)],
        )


def _pairs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(row[::2], row[1::2], strict=True)


def unrolled(runs: str) -> str:
    """Write runs out: 2f1n is ffn."""
    assert re.fullmatch(r"([1-9]\d*[npufs])*", runs)
    return "".join(int(number) * letter for number, letter in re.findall(r"(\d+)(\w)", runs))

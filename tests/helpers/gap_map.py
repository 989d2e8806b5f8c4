"""The gap map as a reader meets it: the page that the command line writes, what it shows, and what it should show."""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.answers.phrases import at_level
from clustergap.answers.records import CellRecord
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from paths import ROOT
from running import run

DECK, HOSTILE = ROOT / "data", ROOT / "tests/hostile"
INDUSTRY = ROOT / "examples/industry-4-0-2017"
POLICY = ROOT / "examples/cluster-policy-2021-2027"
ALL_DATA = (DECK, INDUSTRY, POLICY, HOSTILE)

WORDS = {"full": "full", "partial": "partial", "none": "NONE", "unknown": "unknown"}
"""What each coverage is called, in every output."""

Json = Any  # documents of the command line, read as they are


@dataclass(frozen=True)
class GapMap:
    """A page as ``clustergap report`` writes it, the data that it is of and the options that it was made with."""

    file: Path
    data: Path
    options: tuple[str, ...] = ()

    def matrix(self, day: str | None = None, kind: str = "") -> Json:
        """Return what ``clustergap matrix --format json`` answers to the same question on a day, for a kind."""
        return _matrix_json(self.data, self.asked(day, kind))

    def asked(self, day: str | None = None, kind: str = "") -> tuple[str, ...]:
        """Return the options of the page, and those that a reader's choice of a day and a kind stands for."""
        chosen = {name: value for name, value in (("--as-of", day), ("--kind", kind)) if value}
        words = iter(self.options)
        # An option that the choice replaces goes, and its value with it.
        own = [word for word in words if word not in chosen or not next(words)]
        return (*own, *(word for option in chosen.items() for word in option))

    def rate(self, day: str | None = None, kind: str = "", place: str | None = None) -> Matrix:
        """Rate the cells of the page as the command line does, without reading the data once more."""
        query = self._query
        narrowed = dataclasses.replace(
            query,
            as_of=date.fromisoformat(day) if day else query.as_of,
            kinds=(kind,) if kind else query.kinds,
            place=place or query.place,
        )
        return _rate(self.data, narrowed, *self._axes)

    def cells(self, day: str | None = None, kind: str = "", place: str | None = None) -> Json:
        """Return the cells of ``matrix --format json``, by their names."""
        return {
            str(rating.cell): CellRecord.model_validate(rating).model_dump(mode="json")
            for rating in self.rate(day, kind, place)
        }

    @property
    def dataset(self) -> Dataset:
        """The data that the page is of."""
        return _dataset(self.data)

    @cached_property
    def _axes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        shown = self.matrix()
        roles, levels = (tuple(one["id"] for one in shown[axis]) for axis in ("roles", "levels"))
        return roles, levels

    @cached_property
    def _query(self) -> Query:
        asked = self.matrix()["query"]
        return Query(
            as_of=date.fromisoformat(asked["as_of"]) if asked["as_of"] else None,
            place=asked["in"],
            place_name=self.dataset.place_names.headline(asked["in"]) if asked["in"] else None,
            target=asked["target"],
            kinds=tuple(asked["kinds"]),
            without=tuple(asked["without"]),
            with_planned=asked["with_planned"],
        )

    def role(self, id_: str) -> str:
        """Return the name of a role."""
        return next(one.name for one in self.dataset.roles if one.id == id_)

    def level(self, id_: str) -> str:
        """Return the name of a level."""
        return next(one.name for one in self.dataset.levels if one.id == id_)

    def noun(self, level: str) -> tuple[str, str]:
        """Return what one place of a level is called, and several."""
        return next(one.noun for one in self.dataset.levels if one.id == level)

    def cell_name(self, cell: Mapping[str, Any]) -> str:
        """Name a cell as the page's sentences do."""
        return f"{self.role(cell['role'])} at {self.level(cell['level'])}"

    @cached_property
    def levels_elsewhere(self) -> frozenset[str]:
        """The levels of which the place of the page is no territory."""
        return frozenset(rating.cell.level for rating in self.rate() if rating.is_elsewhere)

    @cached_property
    def label(self) -> Mapping[str, str]:
        """What an instrument is called in a cell, by its id."""
        return {one.id: one.short or one.name for one in self.dataset.instruments}


@dataclass
class GapMaps:
    """Makes pages, each once."""

    folder: Path
    made: dict[tuple[Path, tuple[str, ...]], GapMap] = field(default_factory=dict)

    def of(self, data: Path, *options: str) -> GapMap:
        """Return the page of a dataset, made with these options."""
        if (data, options) not in self.made:
            file = self.folder / f"gap-map-{len(self.made)}.html"
            done = run("report", "--data", str(data), *options, "-q", "-o", str(file))
            assert (done.code, done.err) == (0, "")
            self.made[data, options] = GapMap(file, data, options)
        return self.made[data, options]

    def write(
        self, name: str, document: Mapping[str, object], swot: Mapping[str, object] | None = None
    ) -> Path:
        """Write a dataset; ``schema``, ``title`` and ``instruments`` may be left out."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        whole = {"schema": 1, "title": "A dataset", "instruments": [], **document}
        # JSON is YAML, too.
        (folder / "instruments.yaml").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
        if swot is not None:
            text = json.dumps({"schema": 1, **swot}, ensure_ascii=False)
            (folder / "swot.yaml").write_text(text, "utf-8")
        return folder


def name_data(data: Path) -> str:
    """Name a dataset in the name of a test."""
    return data.name


@cache
def _dataset(data: Path) -> Dataset:
    return load_dataset(find_files(data)).dataset


@cache
def _rate(data: Path, query: Query, roles: tuple[str, ...], levels: tuple[str, ...]) -> Matrix:
    return build_matrix(_dataset(data), query).select(roles, levels)


@cache
def _matrix_json(data: Path, options: tuple[str, ...]) -> Json:
    done = run("matrix", "--data", str(data), *options, "-q", "-f", "json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def words_of(text: str | None) -> str:
    """Return a text as it is read: however it is broken into lines."""
    return " ".join((text or "").split())


def figure_in_words(gap_map: GapMap, cell: Json) -> str:
    """Say with its noun how much of a cell is covered, as the map does."""
    one, many = gap_map.noun(cell["level"])
    share, number = cell["share"], len(cell["instruments"])
    is_told = share is not None and share["of"] + share["unknown"] > 1
    by = f"{number:,} instrument{'' if number == 1 else 's'}"
    unknown = "nobody has looked"
    partial = "in part"
    if is_told:
        unknown = f"{share['unknown']:,} {one if share['unknown'] == 1 else many} unknown"
        if share["of"]:
            of = f"{share['of']:,} {one if share['of'] == 1 else many}"
            partial = f"{share['covered']:,} of {of}"
    if cell["level"] in gap_map.levels_elsewhere:
        unknown = "this level has no such place"
    elif cell["where_not_said"]:
        partial = "somewhere: where is not said"
        unknown = "somewhere, whether here is not said"
    full = by if number else "no instrument is named"
    words = {"full": full, "none": "no instrument", "unknown": unknown, "partial": partial}
    return words[cell["coverage"]]


def names_in_words(names: Sequence[str]) -> str:
    """Name up to four, or three and how many more."""
    few = names if len(names) <= 4 else names[:3]
    more = f" and {len(names) - 3:,} more" if len(names) > 4 else ""
    return f"{', '.join(few)}{more}"


def cell_text(gap_map: GapMap, cell: Json, *, is_scripted: bool = True) -> str:
    """Return how the text of a cell begins, to which the script adds where it stands, and what it names."""
    level = at_level(next(one for one in gap_map.dataset.levels if one.id == cell["level"]))
    rests = "! a gap without one instrument" if is_scripted else "!"
    parts = [
        f"{gap_map.role(cell['role'])}, {level}:" if is_scripted else "",
        WORDS[cell["coverage"]],
        figure_in_words(gap_map, cell),
        rests if cell["rests_on"] else "",
    ]
    return words_of(" ".join(parts))


def read_states(page: Page) -> Sequence[Json]:
    """Choose each kind and each day as a reader would, and read the whole page each time."""
    # As one text: so many values one by one take longer than everything else.
    found: Sequence[Json] = json.loads(page.evaluate(_READ_STATES))
    return found


def read_state(page: Page) -> Json:
    """Read the page as it is now."""
    return page.evaluate(f"() => {{ {_READ} return read(); }}")


def read_panels(page: Page) -> Sequence[Json]:
    """Open the panel of every cell, as it is now, and read it."""
    found: Sequence[Json] = json.loads(page.evaluate(_READ_PANELS, [cells_of(page), True]))
    return found


def read_panels_of_every_day(page: Page, cells: Sequence[str]) -> Sequence[Json]:
    """Open the panels of some cells on each day, for all kinds and for the first, and read them."""
    found: Sequence[Json] = json.loads(page.evaluate(_READ_PANELS, [cells, False]))
    return found


def stops_of(page: Page) -> Sequence[tuple[str | None, str]]:
    """Return the day and the words of each stop."""
    found: Sequence[tuple[str | None, str]] = page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).stops"
    )
    return found


class State(NamedTuple):
    """What a reader may ask of a page: a day and a kind, each with its place in the page's own lists."""

    stop: int
    day: str | None
    kind: int
    kind_id: str


def states_of(page: Page) -> Sequence[State]:
    """Return every state of a page; of a few at equal distances not all are of one kind."""
    days: list[str | None] = page.evaluate("data.stops.map(([day]) => day)")
    kinds: list[str] = page.evaluate("data.kinds.map(([kind]) => kind || '')")
    return [
        State(stop, day, (stop + n) % len(kinds), kinds[(stop + n) % len(kinds)])
        for stop, day in enumerate(days)
        for n in range(len(kinds))
    ]


def choose_stop(page: Page, stop: int) -> None:
    """Choose the day of a stop."""
    page.locator("#days").dispatch_event("toggle")
    chooser = page.locator("#stop")
    chooser.evaluate("(chooser, stop) => { chooser.selectedIndex = stop; }", stop)
    chooser.dispatch_event("input")


def kinds_of(page: Page) -> list[str]:
    """Return the ids of the kinds that can be chosen; the first is empty, for all."""
    kinds = page.locator("#kind option").evaluate_all("all => all.map(one => one.value)")
    return kinds or [""]


def cells_of(page: Page) -> list[str]:
    """Return the names of the cells of the matrix, whether they can be seen or not."""
    found: list[str] = page.locator(".cell[data-cell]").evaluate_all(
        "all => all.map(one => one.dataset.cell)"
    )
    return found


def shown_cells(page: Page) -> list[str]:
    """Return the names of the cells that can be seen in the matrix."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".cell[data-cell]")].filter(
            one => one.checkVisibility({ visibilityProperty: true })).map(one => one.dataset.cell)"""
    )
    return found


def listed_cells(page: Page) -> list[str]:
    """Return the names of the cells of which the list of what is missing speaks, from above; folded ones, too."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("#missing li")].map(one => one.dataset.cell)"""
    )
    return found


def panel_text(page: Page) -> str:
    """Return what the open panel says; nothing where it is closed."""
    panel = page.locator("#panel")
    return words_of(panel.text_content()) if panel.is_visible() else ""


def each_state(found: Sequence[Json]) -> Iterator[tuple[str | None, str, Json]]:
    """Walk through what ``read_states`` found: the day, the kind and what the page showed."""
    for state in found:
        yield state["day"], state["kind"], state


SHAPE = """const shape = element => {
        // Drawn before the word, of borders: a disc, half a disc, a ring; or a question mark.
        const holder = element.matches(".chip") ? element : element.querySelector(".cov, .chip");
        const style = getComputedStyle(holder, "::before");
        const [left, right] = [style.borderLeftWidth, style.borderRightWidth].map(parseFloat);
        if (style.content.includes("?")) return "unknown";
        if (style.borderLeftStyle === "dashed") return "somewhere";
        return left > right ? "partial" : left > 4 ? "full" : "none";
    };"""
_READ = """
    const words = element => element ? element.textContent.split(/\\s+/).filter(Boolean).join(" ") : null;
    const coverage = element => [...element.classList].filter(one => /^c-/.test(one)).join(" ");
    {SHAPE}
    const without = (element, parts) => {
        const rest = element.cloneNode(true);
        rest.querySelectorAll(parts).forEach(one => one.remove());
        return rest;
    };
    const look = element => ({
        coverage: coverage(element), shape: shape(element), is_unsaid: element.classList.contains("unsaid"),
    });
    const read = () => ({
        asked: words(document.getElementById("asked")),
        finding: words(document.getElementById("finding")),
        sentences: words(document.querySelector(".sentences")),
        caveats: words(document.getElementById("caveats")),
        because: words(document.getElementById("because")),
        count: words(document.getElementById("count")),
        legend: [...document.querySelectorAll(".legend li:not([hidden]) .chip")].map(words),
        heads: [...document.querySelectorAll(".map thead .sum")].map(words).slice(1),
        cells: Object.fromEntries([...document.querySelectorAll(".map .cell")].map(link => [
            decodeURIComponent(link.hash.slice(1)),
            {
                text: words(without(link, ".names, .detail")),
                names: words(link.querySelector(".names")),
                detail: words(link.querySelector(".detail")),
                full: link.dataset.full ?? null,
                any: link.dataset.any ?? null,
                ...look(link),
            },
        ])),
        missing: [...document.querySelectorAll("#missing li")].map(entry => ({
            cell: entry.dataset.cell || entry.id,
            subject: words(entry.querySelector("h3")),
            texts: [...entry.querySelectorAll("p")].map(words),
            ...look(entry.querySelector(".chip")),
        })),
        chips: [...document.querySelectorAll("#view-swot a.chip")].map(chip => ({
            cell: decodeURIComponent(chip.hash.slice(1)), text: words(chip), ...look(chip),
        })),
    });
""".replace("{SHAPE}", SHAPE)
_EACH_STATE = """
    const kind = document.getElementById("kind"), stop = document.getElementById("stop");
    const stops = JSON.parse(document.getElementById("data").textContent).stops;
    const tell = (control, event) => control.dispatchEvent(new Event(event, { bubbles: true }));
    if (stop) tell(document.getElementById("days"), "toggle");
    const eachState = (read, most) => {
        const found = [];
        for (const one of kind ? [...kind.options].slice(0, most) : [{ value: "", index: 0 }]) {
            if (kind) { kind.selectedIndex = one.index; tell(kind, "change"); }
            for (const [index, [day]] of stops.entries()) {
                if (stop) { stop.selectedIndex = index; tell(stop, "input"); }
                found.push({ kind: one.value, day, ...read() });
            }
        }
        return JSON.stringify(found);
    };
"""
_READ_STATES = f"() => {{ {_READ} {_EACH_STATE} return eachState(read); }}"
_READ_PANELS = f"""async ([cells, onlyNow]) => {{
    {_READ} {_EACH_STATE}
    const panels = {{}};
    for (const cell of cells) {{
        const button = document.querySelector(`.cell[data-cell="${{cell}}"]`);
        button.click();
        await null;  // who observes the page is told
        // A part with its heading is a section; a statement has a heading of its own, also where it is folded.
        const part = title => [...document.querySelectorAll("#panel-body section")].filter(
            one => words(one.querySelector("h3")) === title).flatMap(one => [...one.querySelectorAll("h4")]);
        const whole = heading => words(heading.closest(".said"));
        const readPanel = () => ({{
            title: words(document.getElementById("panel-title")),
            text: words(document.getElementById("panel-body")),
            counted: part("What covers it").map(words),
            nothing: part("Where there is nothing").map(words),
            nothing_texts: part("Where there is nothing").map(whole),
            counted_texts: part("What covers it").map(whole),
            left: part("What ended, comes, or does not count").map(words),
            left_texts: part("What ended, comes, or does not count").map(whole),
            links: [...document.querySelectorAll("#panel-body a")].map(one => one.getAttribute("href")),
        }});
        const found = onlyNow ? [{{ kind: "", day: null, ...readPanel() }}] : JSON.parse(eachState(readPanel, 2));
        for (const {{ kind, day, ...panel }} of found) {{
            const state = JSON.stringify([kind, day]);
            panels[state] ??= {{ kind, day, panels: {{}} }};
            panels[state].panels[button.dataset.cell] = panel;
        }}
    }}
    return JSON.stringify(Object.values(panels));
}}"""

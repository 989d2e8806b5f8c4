"""The gap map: the words that its page shows before its script runs.

Every state is rated and worded here and in ``page_lookup``, so that the script decides nothing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import find_gaps, worst_roles_first
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.report import GapMap, Snapshots, SnapshotSpan
from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.analysis.timeline import next_loss
from clustergap.answers import matrix as matrix_answer
from clustergap.answers.finding import sentences, title
from clustergap.answers.matrix_drawing import partly_in_words
from clustergap.answers.missing import MissingEntry, missing_entries
from clustergap.answers.page_cells import PageCell, cells_in_words, fill
from clustergap.answers.page_instruments import InstrumentList, list_instruments
from clustergap.answers.page_lookup import Lookup
from clustergap.answers.page_places import opening_answer
from clustergap.answers.page_time import days_to_come
from clustergap.answers.phrases import at_level, narrowing_in_words, query_in_words
from clustergap.answers.provenance import caveats_in_words
from clustergap.answers.swot import contradiction, links_in_words, nothing_as_sentence
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level, Role
from clustergap.origin import EXAMPLE, Origin
from clustergap.picture import GapMapPage
from clustergap.text import capitalise, count, long_day, short_day
from clustergap.theme import LOOKS, NOT_SAID, WORDS, WORST_FIRST

MOST_NAMED_ROLES = 12
"""Roles of a map whose cells name their instruments; a map of more has a line a role, the worst first."""

MANY_ROLES = 60
"""Roles of a map of which the groups that miss least are folded."""

MANY_ENTRIES = 30
"""Gaps of a list in which those that are covered in part are folded."""


class PageItem(NamedTuple):
    """An item of the SWOT, with what it is linked to.

    ``links``: the roles and levels that the page shows, each with its address after the # and its name; ``names``: the rest.
    """

    id: str
    text: str
    cells: tuple[PageCell, ...]
    links: tuple[tuple[str, str], ...]
    names: str
    contradicted: str


class Head(NamedTuple):
    """A level at the head of its column; ``counts`` holds of each coverage that occurs its value, its word and its number."""

    level: Level
    unit: str
    counts: tuple[tuple[str, str, int], ...]


class MapRow(NamedTuple):
    """A role, and how it is covered at each level."""

    role: Role
    cells: tuple[PageCell, ...]


class MapGroup(NamedTuple):
    """Roles that miss as much: in words what, and how many they are; the title is empty where roles are not grouped."""

    title: str
    size: str
    rows: tuple[MapRow, ...]
    is_folded: bool = False


class MissingGroup(NamedTuple):
    """Entries of what is missing that are folded together, under a title; an empty one: they are not folded."""

    title: str
    entries: tuple[tuple[MissingEntry, PageCell], ...]


def record(answer: GapMap, origin: Origin) -> GapMapPage:
    """Put in words what the page shows before its script runs, and in tables what the script looks up."""
    matrix, heads = answer.matrix, tuple(_heads(answer))
    instruments = list_instruments(matrix)
    return GapMapPage(
        title=matrix.dataset.title,
        sources=tuple(matrix.dataset.sources.values()),
        words={**_words(answer, origin), "heads": heads, "instruments": instruments},
        parts=_parts(answer, instruments),
        fills=sorted({percent for rating in matrix for percent in fill(rating) or ()}),
        counts=sorted({number for head in heads for *_, number in head.counts}),
        lookup={**Lookup(answer).build(), **_own_words(matrix, origin)},
        matrix=matrix_answer.record(matrix, origin),
        columns=matrix_answer.HEADER,
        is_example=origin.is_example,
    )


def _words(answer: GapMap, origin: Origin) -> Mapping[str, object]:
    matrix, snapshots = answer.matrix, answer.snapshots
    dataset, cells = matrix.dataset, cells_in_words(matrix)
    as_of, day = dataset.as_of, matrix.query.as_of
    found, *more = sentences(matrix, next_loss(answer.timeline, day)) or ("",)
    return {
        "finding": title(matrix),
        "sentence": found,
        "more": " ".join(more),
        "kicker": kicker(matrix, origin),
        "day": short_day(day) if day else "dates ignored",
        "caveats": caveats_in_words(matrix.caveats()),
        "as_of": long_day(as_of) if as_of else "",
        "example": f"These are {EXAMPLE}." if origin.is_example else "",
        "legend": legend(matrix, cells),
        "is_fragile": any(cell.is_fragile for cell in cells.values()),
        "coverages": [(each, WORDS[each]) for each in WORST_FIRST],
        "roles": matrix.roles,
        "levels": matrix.levels,
        "groups": group_roles(matrix, cells),
        "missing": group_entries(matrix, cells),
        "quadrants": quadrants_in_words(answer.swot, cells) if dataset.swot else (),
        "to_come": days_to_come(answer.timeline, matrix),
        "located": opening_answer(snapshots),
        "not_said": NOT_SAID if _leaves_open_where(snapshots) else (),
        "kinds": kinds_in_words(snapshots),
    }


def _parts(answer: GapMap, instruments: InstrumentList) -> frozenset[str]:
    """Return the names of the views that have something to show, and of what else the page needs for its data.

    Places can be compared if something tells them apart.
    """
    matrix, snapshots = answer.matrix, answer.snapshots
    is_located = any(snapshots.places[level.id].units for level in matrix.levels)
    tells_apart = is_located and any(
        len({*span.snapshot.units}) > 1 for span in _spans_of(snapshots)
    )
    parts = {
        "dense": len(matrix.roles) > MOST_NAMED_ROLES,
        "folding": tells_apart
        or any(_is_missing_somewhere(span) for span in _spans_of(snapshots)),
        "places": is_located,
        "compare": tells_apart,
        "instruments": any(instruments),
        "time": len(snapshots.stops) > 1,
        "swot": bool(matrix.dataset.swot),
    }
    return frozenset({"map", "missing", *(name for name, is_there in parts.items() if is_there)})


def _is_missing_somewhere(span: SnapshotSpan) -> bool:
    share = span.snapshot.rating.share
    return share is not None and bool(share.missing)


def kicker(matrix: Matrix, origin: Origin) -> str:
    """Say above the finding of which data it is, and what narrows it."""
    as_of, day = matrix.dataset.as_of, matrix.query.as_of
    when = ", dates ignored" if day is None else "" if day == as_of else f" as of {short_day(day)}"
    return ", ".join([f"gap map{when}", *narrowing_in_words(matrix.query), _dated(matrix, origin)])


def _dated(matrix: Matrix, origin: Origin) -> str:
    of_data, as_of = EXAMPLE if origin.is_example else "data", matrix.dataset.as_of
    return f"{of_data} of {short_day(as_of)}" if as_of else of_data


def _own_words(matrix: Matrix, origin: Origin) -> Mapping[str, object]:
    """Return the words of the page's head and legend with which the script puts another day."""
    as_of = matrix.dataset.as_of
    partly = partly_in_words(is_filled=True, is_striped=True)
    meanings = {each.value: look for each, look in {**LOOKS, Coverage.PARTIAL: partly}.items()}
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "dated": _dated(matrix, origin),
        "meanings": meanings,
    }


def count_coverages(matrix: Matrix, levels: Collection[Level]) -> tuple[tuple[str, str, int], ...]:
    """Count each coverage that occurs at levels, the worst first: its value, its word, its number."""
    numbers = matrix.count(levels)
    return tuple((e.value, WORDS[e], numbers[e]) for e in WORST_FIRST if numbers[e])


def legend(matrix: Matrix, cells: Mapping[Cell, PageCell]) -> list[tuple[str, str, int, str]]:
    """Return of each coverage that occurs its value, its word, its number and what it means."""
    partly = partly_in_words(
        is_filled=any(cell.fill for cell in cells.values()),
        is_striped=any(cell.is_unsaid for cell in cells.values()),
    )
    looks = {**LOOKS, Coverage.PARTIAL: partly}
    counted = count_coverages(matrix, matrix.levels)
    return [(value, word, number, looks[Coverage(value)]) for value, word, number in counted]


def _heads(answer: GapMap) -> Iterator[Head]:
    for level in answer.matrix.levels:
        units = len(answer.snapshots.places[level.id].units)
        unit = count(units, *level.noun) if units > 1 else ""
        yield Head(level, unit, count_coverages(answer.matrix, [level]))


def group_roles(matrix: Matrix, cells: Mapping[Cell, PageCell]) -> tuple[MapGroup, ...]:
    """Return the rows of the map in the order of the data; above a dozen the worst first, grouped by how much they miss."""
    if len(matrix.roles) <= MOST_NAMED_ROLES:
        return (MapGroup("", "", tuple(_row(role, matrix, cells) for role in matrix.roles)),)
    titled = [(_group_of(role, matrix), role) for role in worst_roles_first(matrix)]
    # A stable sort keeps the order within a group.
    by_group = groupby(sorted(titled, key=lambda row: row[0]), key=lambda row: row[0])
    groups = [
        MapGroup(in_words, "", tuple(_row(role, matrix, cells) for _, role in rows))
        for (_, in_words), rows in by_group
    ]
    folded = 2 if len(matrix.roles) >= MANY_ROLES else 0
    return tuple(
        group._replace(
            size=f"{len(group.rows):,} of {count(len(matrix.roles), 'role')}",
            is_folded=place >= max(1, len(groups) - folded),
        )
        for place, group in enumerate(groups)
    )


def _row(role: Role, matrix: Matrix, cells: Mapping[Cell, PageCell]) -> MapRow:
    return MapRow(role, tuple(cells[Cell(role.id, level.id)] for level in matrix.levels))


def _group_of(role: Role, matrix: Matrix) -> tuple[int, str]:
    """Return the place and the title of the group of roles to which one belongs."""
    coverages = [matrix.ratings[Cell(role.id, level.id)].coverage for level in matrix.levels]
    bare, all_ = coverages.count(Coverage.NONE), len(coverages)
    if bare:
        at = "at any level" if bare == all_ > 1 else f"at {count(bare, 'level')}"
        return -bare, f"No instrument {at}" if all_ > 1 else "No instrument"
    if Coverage.UNKNOWN in coverages:
        return 2, "Not known at every level" if all_ > 1 else "Not known"
    if Coverage.PARTIAL in coverages:
        return 1, "Something at every level, not everywhere" if all_ > 1 else "Not everywhere"
    return 3, "Fully covered"


def group_entries(matrix: Matrix, cells: Mapping[Cell, PageCell]) -> tuple[MissingGroup, ...]:
    """Return what is missing, the worst first; of many gaps those covered in part are folded by level, accepted ones last."""
    entries = missing_entries(find_gaps(matrix))
    if len(entries) <= MANY_ENTRIES:
        return (MissingGroup("", _worded(entries, cells)),)
    accepted = [entry for entry in entries if entry.accepted]
    counted = [entry for entry in entries if not entry.accepted]
    bare = [entry for entry in counted if entry.coverage is Coverage.NONE]
    groups = [("", bare)]
    for level in matrix.levels:
        partial = [
            entry
            for entry in counted
            if entry.coverage is Coverage.PARTIAL and entry.cell.level == level.id
        ]
        groups.append((f"{capitalise(at_level(level))}: {len(partial):,} partial", partial))
    groups.append((f"Accepted: {count(len(accepted), 'gap')}", accepted))
    return tuple(MissingGroup(title_, _worded(own, cells)) for title_, own in groups if own)


def _worded(
    entries: Sequence[MissingEntry], cells: Mapping[Cell, PageCell]
) -> tuple[tuple[MissingEntry, PageCell], ...]:
    return tuple((entry, cells[entry.cell]) for entry in entries)


def _leaves_open_where(snapshots: Snapshots) -> bool:
    return any(span.snapshot.leaves_open_where for span in _spans_of(snapshots))


def _spans_of(snapshots: Snapshots) -> Iterator[SnapshotSpan]:
    for spans in snapshots.spans:
        for history in spans.values():
            yield from history


def kinds_in_words(snapshots: Snapshots) -> list[tuple[str, str]]:
    """Name the kinds of instruments by which the query can be narrowed, by id; the first stands for all kinds."""
    names = snapshots.matrix.dataset.kind_names
    return [
        (kind, names.get(kind, kind)) if kind else ("", "All kinds") for kind in snapshots.kinds
    ]


def quadrants_in_words(
    view: SwotView, cells: Mapping[Cell, PageCell]
) -> list[tuple[str, list[PageItem], str]]:
    """Put the SWOT in words, linked only to *cells*: the name of each quadrant, its items, and why it shows none."""
    return [
        (
            quadrant.value,
            [_item(view, linked, cells) for linked in items],
            nothing_as_sentence(view, quadrant),
        )
        for quadrant, items in view.quadrants
    ]


def _item(view: SwotView, linked: LinkedItem, cells: Mapping[Cell, PageCell]) -> PageItem:
    item = linked.item
    roles, levels = {cell.role for cell in cells}, {cell.level for cell in cells}
    targets = [
        target
        for its in (item, item.meant)
        for target in (
            *(str(cell) if cell in cells else "" for cell in its.cells),
            *(f"{role}@" if role in roles else "" for role in its.roles),
            *(f"@{level}" if level in levels else "" for level in its.levels),
            *("" for _ in its.instruments),
        )
    ]
    links = list(zip(targets, links_in_words(view.matrix, linked), strict=True))
    day = query_in_words(view.matrix.query)
    return PageItem(
        item.id,
        item.text,
        tuple(cells[cell] for cell in item.cells if cell in cells),
        tuple((target, name) for target, name in links[len(item.cells) :] if target),
        ", ".join(name for target, name in links if not target),
        f"{day}, {contradiction(linked)}" if linked.is_contradicted else "",
    )

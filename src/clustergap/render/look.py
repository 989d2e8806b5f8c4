"""How coverage looks and what it is called, in every output: shape, word and colour, never colour alone."""

from collections.abc import Mapping
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.render.origin import Origin
from clustergap.text import count, one_of

WORDS: Mapping[Coverage, str] = {
    Coverage.FULL: "full",
    Coverage.PARTIAL: "partial",
    Coverage.NONE: "NONE",
    Coverage.UNKNOWN: "unknown",
}

STYLES: Mapping[Coverage, tuple[str, str]] = {
    Coverage.FULL: ("bright_blue", ""),
    Coverage.PARTIAL: ("yellow", ""),
    Coverage.NONE: ("bold red", "bold red"),
    Coverage.UNKNOWN: ("dim", "dim"),
}
"""Terminal styles of the shape and of the word. Blue on black and yellow on white can hardly be read, so only a shape
has them; a reader without colours has the shape and the word."""

FILLS: Mapping[Coverage, str] = {
    Coverage.FULL: "#0B5394",
    Coverage.PARTIAL: "#F6C667",
    Coverage.NONE: "#FFFFFF",
    Coverage.UNKNOWN: "#EDEDED",
}
INKS: Mapping[Coverage, str] = {
    Coverage.FULL: "#FFFFFF",
    Coverage.PARTIAL: "#1A1A1A",
    Coverage.NONE: "#A61B1B",
    Coverage.UNKNOWN: "#1A1A1A",
}
"""Colours of pages and pictures: they stay apart in three colour-vision deficiencies and in grey."""

DEFINITIONS: Mapping[Coverage, str] = {
    Coverage.FULL: "covered: instruments serve the role in the whole of the level",
    Coverage.PARTIAL: "partly covered: only in some places, or only in part",
    Coverage.NONE: "not covered: no instrument",
    Coverage.UNKNOWN: "not assessed: nobody has looked",
}

WORST_FIRST = (Coverage.NONE, Coverage.PARTIAL, Coverage.UNKNOWN, Coverage.FULL)
"""As a list of cells is sorted and a legend beside gaps is read; nobody knows of unknown. DEFINITIONS has the best first."""

FRAGILE = "! marks a full cell that would be a gap without one of its instruments."

GAP_DEFINITION = "A gap is a cell that is not covered or only partly covered."


def gap_meanings() -> str:
    """Say what a gap is, and what the words for it mean."""
    gaps = (Coverage.NONE, Coverage.PARTIAL)
    meanings = "; ".join(f"{WORDS[coverage]}: {DEFINITIONS[coverage]}" for coverage in gaps)
    return f"{GAP_DEFINITION} {meanings}."


class Shapes(NamedTuple):
    """The signs of one kind of screen."""

    coverage: Mapping[Coverage, str]
    rule: str
    arrow: str
    dot: str


UNICODE = Shapes(
    {Coverage.FULL: "●", Coverage.PARTIAL: "◐", Coverage.NONE: "○", Coverage.UNKNOWN: "?"},
    rule="─",
    arrow="→",
    dot="·",
)
ASCII = Shapes(
    {Coverage.FULL: "F", Coverage.PARTIAL: "P", Coverage.NONE: "-", Coverage.UNKNOWN: "?"},
    rule="-",
    arrow="->",
    dot="|",
)


def shapes_for(encoding: str) -> Shapes:
    """Return the signs that *encoding* can carry.

    >>> shapes_for("cp1252").coverage[Coverage.FULL]
    'F'
    """
    try:
        "".join([*UNICODE.coverage.values(), UNICODE.rule, UNICODE.arrow]).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def labels(matrix: Matrix) -> Mapping[str, str]:
    """Return what stands for each instrument in a cell, by id."""
    return {instrument.id: instrument.label for instrument in matrix.dataset.instruments}


def role_names(dataset: Dataset) -> Mapping[str, str]:
    """Return the roles' names by id."""
    return {role.id: role.name for role in dataset.roles}


def level_names(dataset: Dataset) -> Mapping[str, str]:
    """Return the levels' names by id."""
    return {level.id: level.name for level in dataset.levels}


def query_in_words(query: Query) -> str:
    """Say what narrows the answer, the day first.

    >>> query_in_words(Query(place="RO11", without=("interreg",)))
    'dates ignored, in RO11, without interreg'
    """
    day = f"as of {query.as_of.isoformat()}" if query.as_of else "dates ignored"
    return ", ".join([day, *narrowing_in_words(query)])


def narrowing_in_words(query: Query) -> list[str]:
    """Say what narrows the answer beside the day, one clause each."""
    parts = []
    if query.place:
        parts.append(f"in {query.place}")
    if query.target:
        parts.append(f"for {query.target}")
    if query.kinds:
        parts.append(f"only {one_of(query.kinds)}")
    if query.without:
        parts.append(f"without {one_of(query.without)}")
    if query.with_planned:
        parts.append("with planned instruments")
    return parts


def size_in_words(matrix: Matrix) -> str:
    """Say how many roles and levels are shown."""
    return f"{count(len(matrix.roles), 'role')} x {count(len(matrix.levels), 'level')}"


def headline(matrix: Matrix) -> str:
    """Say what the matrix is of, how large it is, and under which query."""
    return f"{matrix.dataset.title}: {size_in_words(matrix)}, {query_in_words(matrix.query)}"


def source_in_words(dataset: Dataset, origin: Origin, asked: str) -> str:
    """Name where the data comes from, and what was asked of it."""
    sources = list(dataset.sources.values())
    named = [
        f"{source.author}, {source.title}" if source.author else source.title
        for source in sources[:1]
    ]
    if len(sources) > 1:
        named.append(f"{len(sources) - 1} more")
    data = origin.data_in_words
    cited = f"Source: {' and '.join(named)}; {data}" if named else f"{data[0].upper()}{data[1:]}"
    return f"{cited} {asked}."


def describe(matrix: Matrix, origin: Origin) -> str:
    """Say in words what a picture of the matrix shows, for those who cannot see it."""
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    summary = matrix.summary()
    text = (
        f"{headline(matrix)}. {summary.full} full, {summary.partial} partial, {summary.none} none."
    )
    for coverage, words in ((Coverage.NONE, "Not covered"), (Coverage.PARTIAL, "Partly covered")):
        cells = [r.cell for r in matrix if r.coverage is coverage]
        if cells:
            text += (
                f" {words}: {'; '.join(f'{roles[c.role]} at {levels[c.level]}' for c in cells)}."
            )
    return f"{text} {origin.remark}".rstrip()

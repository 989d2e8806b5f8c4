"""What changed between two datasets, in words, for every output of the difference."""

from collections import Counter
from collections.abc import Iterable, Mapping

from clustergap.analysis.diff import Difference
from clustergap.analysis.edits import Edit, KeyEdit, Section
from clustergap.model.plain import Plain
from clustergap.render.change_words import sum_up
from clustergap.render.look import narrowing_in_words
from clustergap.render.origin import Origin, Origins
from clustergap.wording import count, one_of, visible

TITLES = {
    Section.INSTRUMENTS: "Instruments",
    Section.SWOT: "SWOT",
    Section.OBSERVATIONS: "Observations",
    Section.ASSESSED: "Assessed",
    Section.ACCEPTED_GAPS: "Accepted gaps",
    Section.DATASET: "Dataset",
    Section.LEVELS: "Levels",
    Section.ROLES: "Roles",
    Section.KINDS: "Kinds",
    Section.TARGETS: "Targets",
    Section.SOURCES: "Sources",
}

LONGEST_VALUE = 40
"""Characters of a value that is told; of longer ones only that they changed."""


def title(origins: Origins, arrow: str) -> str:
    """Name the two sides."""
    return f" {arrow} ".join(map(_side, origins))


def _side(origin: Origin) -> str:
    commit = f" ({origin.commit[:10]})" if origin.commit else ""
    return f"{visible(origin.path or 'data')}{commit}"


def verdict(found: Difference) -> str:
    """Say what happened to the cells, and whether that is a regression."""
    changes = found.comparison.changes
    if not changes:
        return "No cell changes."
    worse = sum(change.is_regression for change in changes)
    regression = f" A regression in {count(worse, 'cell')}." if worse else ""
    words = sum_up(changes)
    return f"{words[0].upper()}{words[1:]}{regression}"


def failure(found: Difference) -> str:
    """Say for which cells and records a gate fails: those that regressed, else all that changed."""
    changes = found.comparison.changes
    worse = [str(change.cell) for change in changes if change.is_regression]
    if worse:
        return f"a regression in {count(len(worse), 'cell')}: {one_of(worse)}"
    cells, edits = count(len(changes), "cell"), count(len(found.edits), "record")
    return f"a change of {cells} and {edits}"


def asked(found: Difference, arrow: str) -> str:
    """Say on which days the sides were asked, and what narrowed the question."""
    queries = (found.comparison.before.query, found.comparison.after.query)
    days = [query.as_of.isoformat() if query.as_of else "" for query in queries]
    if days[0] == days[1]:
        day = f"as of {days[0]}" if days[0] else "dates ignored"
    else:
        day = f"as of {f' {arrow} '.join(day or 'any day' for day in days)}"
    return ", ".join([day, *narrowing_in_words(queries[1])])


def edits_by_section(found: Difference) -> Mapping[Section, list[Edit]]:
    """Return the edits of every section that has some, in the sections' order."""
    sections: dict[Section, list[Edit]] = {}
    for edit in found.edits:
        sections.setdefault(edit.section, []).append(edit)
    return sections


def edits_counted(edits: Iterable[Edit]) -> str:
    """Count what was added, removed and changed."""
    whats = Counter(edit.what for edit in edits)
    return ", ".join(f"{number:,} {what.value}" for what, number in whats.items())


def edit_name(edit: Edit) -> str:
    """Name a record by its label and its id."""
    if edit.section is Section.DATASET:
        return "this dataset"
    if edit.section is Section.SWOT:
        return f"{edit.id} {edit.label}"
    return f"{edit.label} ({edit.id})" if edit.label else edit.id


def edit_details(edit: Edit, arrow: str) -> str:
    """Say which keys of a record changed, and from what to what where that is short."""
    return "; ".join(_key(key, arrow) for key in edit.keys)


def _key(edit: KeyEdit, arrow: str) -> str:
    was, is_now = _short(edit.before), _short(edit.after)
    if was is not None and is_now is not None:
        return f"{edit.key}: {was} {arrow} {is_now}"
    if edit.before is None:
        return f"{edit.key} added"
    return f"{edit.key} removed" if edit.after is None else f"{edit.key} changed"


def _short(value: Plain) -> str | None:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(map(str, value))
    if not isinstance(value, str) or len(value) > LONGEST_VALUE or "\n" in value:
        return None
    return value or "nothing"

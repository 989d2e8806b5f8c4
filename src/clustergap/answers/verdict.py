"""What a difference comes to: its two sides and days, whether coverage is worse, and for what a gate fails."""

from clustergap.analysis.diff import Difference
from clustergap.answers.changes import (
    ARROW,
    OF_WHAT,
    PAIR,
    places_exchanged,
    sum_up,
    widened_in_words,
)
from clustergap.answers.phrases import Names, names_of, narrowing_in_words
from clustergap.origin import Origin, Origins
from clustergap.text import capitalise, count, long_day, one_of, visible


def names_of_sides(answer: Difference) -> Names:
    """Return the names on both sides; where both name the same, that of the later one."""
    return names_of(answer.comparison.before, answer.comparison.after)


def title(answer: Difference, origins: Origins) -> str:
    """Name the two sides, and the days of their queries."""
    return f"{sides_in_words(origins)} ({queries_in_words(answer)})"


def sides_in_words(origins: Origins) -> str:
    """Name the two sides."""
    return f" {ARROW} ".join(map(_side, origins))


def _side(origin: Origin) -> str:
    commit = f" ({origin.commit[:10]})" if origin.commit else ""
    return f"{visible(origin.path or 'data')}{commit}"


def queries_in_words(answer: Difference) -> str:
    """Say for which days the sides were asked, and what narrowed the query."""
    before, after = answer.comparison.before.query, answer.comparison.after.query
    days = [long_day(query.as_of) if query.as_of else "" for query in (before, after)]
    if days[0] == days[1]:
        day = f"as of {days[0]}" if days[0] else "dates ignored"
    else:
        day = f"as of {f' {ARROW} '.join(day or 'any day' for day in days)}"
    return ", ".join([day, *narrowing_in_words(after)])


def verdict(answer: Difference) -> str:
    """Say what happened to the cells, and whether that is a regression."""
    changes, worse = answer.comparison.changes, len(answer.regressions)
    words = capitalise(sum_up(changes)) if changes else "Coverage does not change."
    regression = f" A regression in {count(worse, 'pair')}." if worse else ""
    return f"{words}{regression}{cautions(answer)}"


def cautions(answer: Difference) -> str:
    """Say why a cell that is better or still full may be so without new coverage, in sentences that follow the verdict."""
    widened = sum(bool(change.widened) for change in answer.comparison.changes)
    if not widened:
        return _relisted(answer)
    better = f"{count(widened, 'pair')} that {'is' if widened == 1 else 'are'} better"
    allowed = ", as is allowed" if answer.may_widen else ""
    caution = f" In {better}, a statement names no places any more{allowed}."
    return f"{caution}{_relisted(answer)}"


def _relisted(answer: Difference) -> str:
    # If the level's list of territories changed, a cell may still be full with fewer of them.
    before = {level.id: level for level in answer.comparison.before.levels}
    words = ""
    for level in answer.comparison.after.levels:
        earlier = before.get(level.id)
        was = [unit.code for unit in earlier.units] if earlier else []
        is_now = [unit.code for unit in level.units]
        if earlier and set(was) != set(is_now):
            number = count(len(is_now), *level.noun)
            exchanged = (
                places_exchanged(was, is_now, names_of_sides(answer).places)
                if was and is_now
                else ""
            )
            words += f" {level.name} lists {number}, not {len(was):,}{': ' if exchanged else ''}{exchanged}."
    return words


def failure(answer: Difference) -> str:
    """Say for which cells and records a gate fails: those that regressed, else all that changed."""
    if answer.regressions:
        names = names_of_sides(answer)
        worse = [
            f"{change.cell} ({widened_in_words(change.widened, names)})"
            if change.widened
            else str(change.cell)
            for change in answer.regressions
        ]
        is_widened = any(change.widened for change in answer.regressions)
        remedy = ". Where that is meant: --allow-widening" if is_widened else ""
        return f"a regression in {count(len(worse), *PAIR)} {OF_WHAT}: {one_of(worse)}{remedy}"
    pairs = f"{count(len(answer.comparison.changes), *PAIR)} {OF_WHAT}"
    return f"a change of {pairs} and {count(len(answer.edits), 'record')}"

"""What happened to cells, in words, as rows and as parts of JSON documents: for every answer that compares."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import BeforeValidator

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.followed_state import lost_and_gained
from clustergap.analysis.matrix import CellChange, ChangeKind, Comparison, Widened
from clustergap.answers.phrases import Names, names_of
from clustergap.answers.provenance import caveats_in_words
from clustergap.answers.ratings import (
    WritePlaces,
    absence_in_words,
    is_one_place,
    not_said,
    share_columns,
    share_in_words,
    unknown_in_words,
    write_codes,
)
from clustergap.answers.records import (
    AnswerPart,
    CaveatsRecord,
    CellCoverage,
    CellName,
    Count,
    DatasetRecord,
    InstrumentId,
    QueryRecord,
    ShareRecord,
)
from clustergap.document import Row, Rows, Step
from clustergap.model.place_names import PlaceNames
from clustergap.text import count, one_of
from clustergap.theme import UNICODE

ARROW = UNICODE.arrow
"""The sign between before and after; a writer may use another one."""

VERBS = {
    ChangeKind.OPENED: "becomes a gap",
    ChangeKind.CLOSED: "is no longer a gap",
    ChangeKind.WORSE: "weakens",
    ChangeKind.BETTER: "strengthens",
}
"""What a gate fails for has verbs of its own: only a regression weakens."""

LOSES = ("loses an instrument", "loses instruments")
GAINS = ("gains an instrument", "gains instruments")
CHANGES = "changes"
NO_LONGER, NOW = "is no longer known", "is known now"


def verb(change: CellChange) -> str:
    """Say in a few words what happens: it becomes a gap, or is one no longer, weakens and so on."""
    if change.kind is ChangeKind.ASSESSMENT:
        return NO_LONGER if change.after.coverage is Coverage.UNKNOWN else NOW
    return VERBS.get(change.kind) or _exchange(change)


def _exchange(change: CellChange) -> str:
    # Only for a cell whose coverage is the same.
    lost, gained = lost_and_gained(change.before, change.after)
    if lost and not gained:
        return LOSES[len(lost) > 1]
    return GAINS[len(gained) > 1] if gained and not lost else CHANGES


def details(change: CellChange, names: Names, known: Collection[str] = ()) -> list[str]:
    """Say how many instruments and territories there were and are, which are missing now, and what somebody saw to be missing.

    The instruments in *known* are left out: the query itself excludes them.
    """
    before, after = change.before, change.after
    words = []
    if before.instruments != after.instruments:
        words.append(_instruments(change, names, known))
    if before.share != after.share and not _is_one_place(before, after):
        words.append(f"{_share_of(before)} {ARROW} {_share_of(after)}")
    else:
        words += [*filter(None, [unknown_in_words(after)])]
        words += _why_unknown(after) if after.coverage is not before.coverage else []
    missing = _newly_missing(before, after)
    if missing:
        words.append(f"now missing: {names.places.few(after.cell.level, missing)}")
    words += [
        absence_in_words(each, names.places)
        for each in after.absences
        if each not in before.absences
    ]
    if change.widened:
        words.append(widened_in_words(change.widened, names))
    return words


def widened_in_words(widened: Widened, names: Names) -> str:
    """Say which statements about a cell named territories before and no longer name any."""
    subjects = ["an observation" if id_ is None else names.instruments[id_] for id_ in widened]
    return f"{one_of(subjects)} {'names' if len(subjects) == 1 else 'name'} no places any more"


def _instruments(change: CellChange, names: Names, known: Collection[str]) -> str:
    was, is_now = len(change.before.instruments), len(change.after.instruments)
    lost, gained = (
        [names.instruments[id_] for id_ in ids if id_ not in known]
        for ids in lost_and_gained(change.before, change.after)
    )
    words = [f"{was:,} {ARROW} {count(is_now, 'instrument')}", *gone_and_new(lost, gained)]
    return ", ".join(words)


def gone_and_new(gone: Collection[str], new: Collection[str]) -> list[str]:
    """Say what was removed and what is new, a clause each."""
    return [
        *([f"without {one_of(gone)}"] if gone else []),
        *([f"now with {one_of(new)}"] if new else []),
    ]


def places_exchanged(was: Sequence[str], is_now: Sequence[str], places: PlaceNames) -> str:
    """Say which places a list has no longer, and which it has now, by name and code; nothing if they are the same."""
    before, after = set(was), set(is_now)
    gone = [places.headline(code) for code in was if code not in after]
    new = [places.headline(code) for code in is_now if code not in before]
    return ", ".join(gone_and_new(gone, new))


def _is_one_place(before: Rating, after: Rating) -> bool:
    shares = (before.share, after.share)
    return all(share is None or is_one_place(share) for share in shares)


def _share_of(rating: Rating) -> str:
    if rating.share is not None and rating.coverage is Coverage.PARTIAL:
        return share_in_words(rating.share) or "in part"
    unknown = "; ".join(_why_unknown(rating))
    return share_in_words(rating.share) or unknown or _WHERE[rating.coverage]


def _why_unknown(rating: Rating) -> list[str]:
    return not_said(rating) if rating.coverage is Coverage.UNKNOWN else []


_WHERE = {
    Coverage.FULL: "everywhere",
    Coverage.PARTIAL: "nobody said where",
    Coverage.NONE: "nowhere",
    Coverage.UNKNOWN: "nobody knows",
}
"""Where a cell is covered if no statement names territories."""


def _newly_missing(before: Rating, after: Rating) -> list[str]:
    # Territories that were lost, or are new to the level's list. A partial cell without territories tells neither.
    if after.share is None or (before.share is None and before.coverage is not Coverage.FULL):
        return []
    was_none = before.coverage in (Coverage.NONE, Coverage.UNKNOWN)
    known = set(before.share.missing) if before.share else set()
    return [] if was_none else [code for code in after.share.missing if code not in known]


_ORDER = tuple(ChangeKind)
_EXCHANGES = (*LOSES, *GAINS)


def in_order_of_loss(changes: Iterable[CellChange]) -> list[CellChange]:
    """Sort changes: what becomes a gap, what is no longer one, what weakens, what strengthens, then the rest, losses first."""
    return sorted(
        changes,
        key=lambda change: (
            _ORDER.index(change.kind),
            _EXCHANGES.index(verb(change)) // 2 if verb(change) in _EXCHANGES else len(_EXCHANGES),
            not change.is_regression,
        ),
    )


def sum_up(changes: Collection[CellChange]) -> str:
    """Say how many cells become gaps or are none any more, and that none becomes one if none does.

    It is a clause without a subject, which follows the query.
    """
    clauses = counts_in_words(changes)
    if not clauses:
        return "nothing changes."
    opens = any(change.kind is ChangeKind.OPENED for change in changes)
    return f"{', '.join([*([] if opens else ['nothing becomes a gap']), *clauses])}."


PAIR = ("pair", "pairs")
OF_WHAT = "of role and level"
"""What a cell is called where it is counted; the first time with its nouns."""

_NUMBERED = {
    (VERBS[ChangeKind.OPENED],): "become gaps",
    (VERBS[ChangeKind.CLOSED],): "are no longer gaps",
    (VERBS[ChangeKind.WORSE],): "weaken",
    (VERBS[ChangeKind.BETTER],): "strengthen",
    LOSES: "lose instruments",
    GAINS: "gain instruments",
    (CHANGES,): "change",
    (NO_LONGER,): "are no longer known",
    (NOW,): "are known now",
}
"""What several cells do."""


def counts_in_words(changes: Collection[CellChange]) -> list[str]:
    """Count what becomes a gap or is one no longer, what weakens and so on, one clause each."""
    verbs, clauses = [verb(change) for change in changes], list[str]()
    for alike, plural in _NUMBERED.items():
        same = [word for word in verbs if word in alike]
        if same:
            number = count(len(same), *PAIR)
            whole = number if clauses else f"{number} {OF_WHAT}"
            clauses.append(f"{whole} {same[0] if len(same) == 1 else plural}")
    return clauses


def steps_of(
    changes: Iterable[CellChange], names: Names, known: Collection[str] = ()
) -> tuple[Step, ...]:
    """Return what happened to each cell, losses first; the reader already knows of the instruments in *known*."""
    return tuple(
        Step(
            names.cell(change.cell),
            verb(change),
            change.before.coverage,
            change.after.coverage,
            "; ".join(details(change, names, known)),
        )
        for change in in_order_of_loss(changes)
    )


def caveats_of_sides(comparison: Comparison) -> str:
    """Say what the data of each side leave open about the day asked; once, if they leave open the same."""
    before, after = (
        caveats_in_words(side.caveats()) for side in (comparison.before, comparison.after)
    )
    if before == after:
        return after
    sides = (("Before", before), ("After", after))
    return " ".join([f"{side}: {words}" for side, words in sides if words])


CHANGES_HEADER = (
    "role", "level", "cell", "change", "before", "after", "why", "instruments before", "instruments after",
    "covered before", "of before", "covered after", "of after", "missing after", "widened", "as of before", "as of after",
)  # fmt: skip


def change_rows(comparison: Comparison) -> Rows:
    """Write a row for every cell that changed, losses first."""
    named = names_of(comparison.before, comparison.after).places.list_with_codes
    return Rows(
        CHANGES_HEADER, _change_rows(comparison, write_codes), _change_rows(comparison, named)
    )


def _change_rows(comparison: Comparison, write: WritePlaces) -> Iterator[Row]:
    names = names_of(comparison.before, comparison.after)
    for change in in_order_of_loss(comparison.changes):
        before, after = (
            share_columns(side.share, write) for side in (change.before, change.after)
        )
        yield (
            *names.cell_columns(change.cell),
            change.kind.value,
            change.before.coverage,
            change.after.coverage,
            "; ".join(details(change, names)),
            "; ".join(names.list_instruments(change.before.instruments)),
            "; ".join(names.list_instruments(change.after.instruments)),
            before.covered,
            before.of,
            after.covered,
            after.of,
            after.missing,
            "yes" if change.widened else "no",
            comparison.before.query.as_of,
            comparison.after.query.as_of,
        )


# Parts of JSON documents


class SideRecord(AnswerPart):
    """One side of a comparison."""

    dataset: DatasetRecord
    query: QueryRecord
    caveats: CaveatsRecord


class StateRecord(AnswerPart):
    """How a cell is covered, as comparisons see it."""

    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments of the cell, in file order."""
    share: ShareRecord | None


class ChangeRecord(AnswerPart):
    """What happened to a cell."""

    cell: CellName
    before: StateRecord
    """How it was."""
    after: StateRecord
    """How it is."""
    kind: ChangeKind
    """What happened."""
    widened: Annotated[bool, BeforeValidator(bool)]
    """Whether it is closed or better, and a statement that named territories names none any more."""


class ChangeSummaryRecord(AnswerPart):
    """How many changes of each kind."""

    opened: Count
    """Of the kind opened."""
    closed: Count
    """Of the kind closed."""
    worse: Count
    """Of the kind worse."""
    better: Count
    """Of the kind better."""
    assessment: Count
    """Of the kind assessment."""
    changed: Count
    """Of the kind changed."""

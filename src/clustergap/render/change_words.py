"""What happened to a cell, in words, for every output that compares."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from clustergap.analysis.compare import Change, Comparison, Kind
from clustergap.analysis.rating import Coverage, Rating
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.render.look import labels, level_names, role_names
from clustergap.render.rating_words import share_in_words, unassessed_in_words
from clustergap.wording import count, one_of

CellNamer = Callable[[Cell], str]

VERBS = {
    Kind.OPENED: "opens",
    Kind.CLOSED: "closes",
    Kind.WORSE: "weakens",
    Kind.BETTER: "strengthens",
    Kind.CHANGED: "changes",
}


def verb(change: Change) -> str:
    """Say in one word or two what the cell does."""
    if change.kind is Kind.ASSESSMENT:
        lost = change.after.coverage is Coverage.UNKNOWN
        return "is no longer assessed" if lost else "is assessed now"
    if change.kind is Kind.CHANGED:
        before, after = set(change.before.instruments), set(change.after.instruments)
        if after < before:
            return VERBS[Kind.WORSE]
        if before < after:
            return VERBS[Kind.BETTER]
    return VERBS[change.kind]


def cell_namer(*datasets: Dataset) -> CellNamer:
    """Return what names a cell by its role and level, of whichever dataset has them; the last one's names count."""
    roles: dict[str, str] = {}
    levels: dict[str, str] = {}
    for dataset in datasets:
        roles |= role_names(dataset)
        levels |= level_names(dataset)
    return lambda cell: f"{roles[cell.role]} @ {levels[cell.level]}"


def instrument_labels(comparison: Comparison) -> Mapping[str, str]:
    """Return what stands for each instrument of both matrices, by id."""
    return {**labels(comparison.before), **labels(comparison.after)}


def details(
    change: Change, label: Mapping[str, str], arrow: str, named: Collection[str] = ()
) -> list[str]:
    """Say how many instruments and territories there were and are, and which are lost.

    The instruments in *named* are those that the question itself takes away: nobody needs to hear of them.
    """
    before, after = change.before, change.after
    words = []
    if before.instruments != after.instruments:
        words.append(_instruments(change, label, arrow, named))
    if before.share != after.share:
        words.append(_share(before, arrow, after))
    elif unassessed_in_words(after):
        words.append(unassessed_in_words(after))
    lost = _lost(before, after)
    if lost:
        words.append(f"lost: {one_of(lost)}")
    return words


def _instruments(
    change: Change, label: Mapping[str, str], arrow: str, named: Collection[str]
) -> str:
    was, is_now = len(change.before.instruments), len(change.after.instruments)
    lost, gained = lost_and_gained(change.before, change.after)
    gone = [label[id_] for id_ in lost if id_ not in named]
    new = [label[id_] for id_ in gained if id_ not in named]
    words = [f"{was:,} {arrow} {count(is_now, 'instrument')}"]
    words += [f"without {one_of(gone)}"] if gone else []
    words += [f"now with {one_of(new)}"] if new else []
    return ", ".join(words)


def lost_and_gained(before: Rating, after: Rating) -> tuple[list[str], list[str]]:
    """Return the instruments that no longer serve a cell, and those that newly do, in file order."""
    was, is_now = set(before.instruments), set(after.instruments)
    return (
        [id_ for id_ in before.instruments if id_ not in is_now],
        [id_ for id_ in after.instruments if id_ not in was],
    )


def _share(before: Rating, arrow: str, after: Rating) -> str:
    return f"{_share_of(before)} {arrow} {_share_of(after)} territories"


def _share_of(rating: Rating) -> str:
    if rating.share is not None:
        return share_in_words(rating.share)
    return "all" if rating.coverage is Coverage.FULL else "no named"


def _lost(before: Rating, after: Rating) -> list[str]:
    # Of a partial cell of which nobody said where, nobody knows what it has lost.
    if after.share is None or (before.share is None and before.coverage is not Coverage.FULL):
        return []
    was_none = before.coverage in (Coverage.NONE, Coverage.UNKNOWN)
    known = set(before.share.missing) if before.share else set()
    return [] if was_none else [code for code in after.share.missing if code not in known]


_ORDER = tuple(Kind)


def in_order_of_loss(changes: Iterable[Change]) -> list[Change]:
    """Sort changes: what opens, what closes, what weakens, what strengthens, the rest."""
    weak = ("weakens", "strengthens")
    return sorted(
        changes,
        key=lambda change: (
            _ORDER.index(change.kind),
            weak.index(verb(change)) if verb(change) in weak else len(weak),
            not change.is_regression,
        ),
    )


def sum_up(changes: Iterable[Change]) -> str:
    """Say how many cells open and close, and that nothing opens if nothing does.

    A sentence without its subject, to be set behind the question.
    """
    parts = counts_in_words(changes)
    if not parts:
        return "nothing changes."
    opens = any(part.endswith((" opens", " open")) for part in parts)
    return f"{', '.join(parts if opens else ['nothing opens', *parts])}."


def counts_in_words(changes: Iterable[Change]) -> list[str]:
    """Count the cells that open, close, weaken and so on, one clause each."""
    verbs = Counter(map(verb, changes))
    return [
        count(verbs[word], f"cell {word}", f"cells {plural}")
        for word, plural in _PLURALS.items()
        if verbs[word]
    ]


_PLURALS = {
    "opens": "open",
    "closes": "close",
    "weakens": "weaken",
    "strengthens": "strengthen",
    "changes": "change",
    "is no longer assessed": "are no longer assessed",
    "is assessed now": "are assessed now",
}

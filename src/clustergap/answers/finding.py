"""The finding: what a matrix says to somebody who looks for one minute, as a title, two sentences and three facts.

Every medium that is looked at takes its words from here: the page, the picture, the slide, the one-page note.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import CellChange, Matrix
from clustergap.analysis.statement_events import DAY, EventKind
from clustergap.analysis.timeline import Event
from clustergap.answers.phrases import Names, at_level, names_of
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.one_page import Fact
from clustergap.text import all_of, capitalise, count, long_day, short_day, spell_number

LONGEST_TITLE = 90
"""Characters of a title; a longer one leaves out its second clause, or counts."""

A_FEW, MOST_NAMED, MOST_IN_FACT = 2, 3, 6
"""What a title names at most, or a sentence of instruments; roles that a sentence names, and roles and levels that a fact names.

Of more it gives the number.
"""

LONGEST_NAMES = 100
"""Characters of the names in a clause; of longer ones it gives the number."""


# The title


class _Title(NamedTuple):
    """A title, and the cells without an instrument that it speaks of."""

    words: str
    told: frozenset[Cell] = frozenset()


def title(matrix: Matrix) -> str:
    """Say the finding in a line: the first that is true, from everything covered to many pairs without an instrument."""
    return _title(matrix).words


def _title(matrix: Matrix) -> _Title:
    narrowing, found = narrowing_of_title(matrix), [*_titles(matrix)]
    if narrowing:
        found = [each._replace(words=f"{narrowing}{_small(each.words)}") for each in found]
    return next((each for each in found if len(each.words) <= LONGEST_TITLE), found[-1])


def _titles(matrix: Matrix) -> Iterator[_Title]:
    """Walk through the title and its shorter forms, the longest first."""
    bare = [rating.cell for rating in matrix if rating.coverage is Coverage.NONE]
    if not bare:
        yield _Title(_nothing_without(matrix))
        return
    names, levels = names_of(matrix), matrix.levels
    numbers = {level: matrix.count([level])[Coverage.NONE] for level in levels}
    empty = [level for level, number in numbers.items() if number == len(matrix.roles)]
    roles = {cell.role for cell in bare}
    worst = max(levels, key=lambda level: numbers[level])
    if len(roles) == 1:
        at = _levels_in_words([level for level in levels if numbers[level]], levels)
        yield _Title(f"{names.roles[bare[0].role]} has no instrument {at}", frozenset(bare))
    elif len(empty) == len(levels) > 1:
        yield _Title("No role has an instrument at any level", frozenset(bare))
    elif empty:
        ids = {level.id for level in empty}
        told = frozenset(cell for cell in bare if cell.level in ids)
        words = f"{capitalise(_levels_in_words(empty, levels))} no role has an instrument"
        yield _Title(words, told)
    elif numbers[worst] > 1:
        told = frozenset(cell for cell in bare if cell.level == worst.id)
        of_roles = f"{numbers[worst]:,} of {count(len(matrix.roles), 'role')}"
        words = f"At {at_level(worst)}, {of_roles} have no instrument"
        if numbers[worst] + matrix.count([worst])[Coverage.PARTIAL] == len(matrix.roles):
            yield _Title(f"{words} and none is fully covered", told)
        yield _Title(words, told)
    elif len(bare) == A_FEW:
        named = all_of([_pair(cell, matrix, names) for cell in bare])
        yield _Title(f"{named} have no instrument", frozenset(bare))
    has = "has" if len(bare) == 1 else "have"
    pairs = count(matrix.summary().cells, "pair")
    yield _Title(f"{len(bare):,} of {pairs} of role and level {has} no instrument")


def _nothing_without(matrix: Matrix) -> str:
    _, _, partial, _, unknown = matrix.summary()
    ratings = tuple(matrix)
    all_ = len(ratings)
    where = f"at {at_level(matrix.levels[0])}" if len(matrix.levels) == 1 else "at every level"
    single = matrix.roles[0].name if len(matrix.roles) == 1 else ""
    if unknown == all_:
        if any(rating.where_not_said or rating.is_elsewhere for rating in ratings):
            return f"Nobody knows: {all_:,} of {all_:,} are unknown"
        return f"Nobody has looked yet: {all_:,} of {all_:,} are not assessed"
    if unknown:
        only_partly = f"{partial:,} only partly, " if partial else ""
        return f"What is known has an instrument: of {all_:,}, {only_partly}{unknown:,} unknown"
    if not partial:
        whole = f"{single} is" if single else f"All {len(matrix.roles):,} roles are"
        return f"{whole} covered {where}"
    if partial == all_:
        return f"{f'{single} is' if single else 'All roles are'} only partly covered {where}"
    return f"{single or 'Every role'} has something {where}; {partial:,} of {all_:,} only partly"


def narrowing_of_title(matrix: Matrix) -> str:
    """Say what narrows the answer, as the beginning of a title; names that are many or long are counted."""
    query, names = matrix.query, names_of(matrix)
    known, targets = matrix.dataset.kind_names, matrix.dataset.target_names
    kinds = [known.get(kind, kind) for kind in query.kinds]
    words = (
        f"in {query.place_in_words}" if query.place else "",
        f"for {targets.get(query.target, query.target)}" if query.target else "",
        f"counting only {_named_or_counted(kinds, 'kind')}" if kinds else "",
        f"without {_named_or_counted(names.list_instruments(query.without), 'instrument')}"
        if query.without
        else "",
        "with planned instruments" if query.with_planned else "",
    )
    clause = ", ".join(filter(None, words))
    return f"{capitalise(clause)}, " if clause else ""


def _named_or_counted(names: Sequence[str], noun: str) -> str:
    named = all_of(names)
    return named if len(named) <= LONGEST_TITLE // 2 else count(len(names), noun)


def _small(words: str) -> str:
    """Begin a clause with a small letter, unless it begins with a name, which is never changed."""
    first = words.split(" ", 1)[0]
    own = ("At", "All", "Every", "No", "Nobody", "What")
    return f"{words[0].lower()}{words[1:]}" if first in own else words


def _levels_in_words(part: Sequence[Level], whole: Sequence[Level]) -> str:
    """Name levels, such as *at EU and country level*.

    >>> eu, country = Level(id="eu", name="EU"), Level(id="country", name="Country")
    >>> _levels_in_words([eu], [eu, country]), _levels_in_words([eu, country], [eu, country])
    ('at EU level', 'at any level')
    """
    if len(part) == len(whole) > 1:
        return "at any level"
    if len(part) > MOST_NAMED:
        return f"at {len(part)} of {len(whole)} levels"
    names = [at_level(level) for level in part]
    shared = [name.removesuffix(" level") for name in names]
    if len(names) > 1 and all(name.endswith(" level") for name in names):
        return f"at {all_of(shared)} level"
    return f"at {all_of(names)}"


def _pair(cell: Cell, matrix: Matrix, names: Names) -> str:
    level = matrix.dataset.levels_by_id[cell.level]
    return f"{names.roles[cell.role]} at {at_level(level)}"


# The sentences below it


def sentences(matrix: Matrix, loss: Event | None) -> tuple[str, ...]:
    """Say what else is missing, then what ends next, or else what rests on one instrument.

    Args:
        matrix: What is shown.
        loss: The next day on which something gets worse, if one is near.
    """
    ahead = loss_in_words(loss, matrix) if loss else resting_in_words(matrix)
    return tuple(filter(None, (others_in_words(matrix), ahead)))


def others_in_words(matrix: Matrix) -> str:
    """Say which roles have no instrument at the levels that the title does not speak of; if it names all, count the rest."""
    names, told = names_of(matrix), _title(matrix).told
    bare = [rating.cell for rating in matrix if rating.coverage is Coverage.NONE]
    left = [cell for cell in bare if cell not in told]
    if not left:
        return _partial_in_words(matrix) if bare else ""
    by_level = [
        (level, [cell.role for cell in left if cell.level == level.id]) for level in matrix.levels
    ]
    by_level = [(level, roles) for level, roles in by_level if roles]
    if len(left) > MOST_NAMED:
        by_level.sort(key=lambda row: -len(row[1]))
        first, *rest = [(len(roles), at_level(level)) for level, roles in by_level]
        have = "has" if first[0] == 1 else "have"
        clauses = [
            f"{first[0]:,} {have} none at {first[1]}",
            *(f"{n:,} at {at}" for n, at in rest),
        ]
        return f"{', '.join(clauses)}."
    clauses, told_roles = [], {cell.role for cell in told}
    for level, roles in by_level:
        has = "has" if len(roles) == 1 else "have"
        either = " either" if told_roles.issuperset(roles) else ""
        named = all_of([names.roles[role] for role in roles])
        clauses.append(f"{named} {has} no instrument at {at_level(level)}{either}")
    return f"{'; '.join(clauses)}."


def _partial_in_words(matrix: Matrix) -> str:
    partial = matrix.summary().partial
    are = "is" if partial == 1 else "are"
    more = capitalise(f"{spell_number(partial)} more")
    return f"{more} {are} covered only somewhere or in part." if partial else ""


def loss_in_words(loss: Event, matrix: Matrix) -> str:
    """Say what ends on a day, and which role then has less.

    Such as: Six instruments end on 31 December 2027: Circular economy then has none at region level.
    """
    return f"{capitalise(_ending(loss, matrix))} on {long_day(loss.date - DAY)}: {_worse(loss, matrix)}."


def ending_of(loss: Event) -> list[str]:
    """Return the ids of the instruments that end on a day, each once."""
    ends = (cause for cause in loss.because if cause.kind is EventKind.ENDS and cause.instrument)
    return list(dict.fromkeys(cause.instrument for cause in ends if cause.instrument))


def _ending(loss: Event, matrix: Matrix) -> str:
    ids = ending_of(loss)
    if not ids:
        return "an observation ends"
    named = all_of(names_of(matrix).list_instruments(ids))
    ends = "ends" if len(ids) == 1 else "end"
    if len(ids) > A_FEW or len(named) > LONGEST_NAMES:
        return f"{spell_number(len(ids))} instrument{'' if len(ids) == 1 else 's'} {ends}"
    return f"{named} {ends}"


_THEN = {
    Coverage.NONE: ("then has none", "then have none"),
    Coverage.UNKNOWN: ("is then unknown", "are then unknown"),
    Coverage.PARTIAL: ("is then only partly covered", "are then only partly covered"),
    Coverage.FULL: ("is then unknown", "are then unknown"),
}
"""How one or several are covered after a loss, the worst first; what stays full is unknown in some places."""


def _worse(loss: Event, matrix: Matrix) -> str:
    """Say of the cells that lose most how they are covered then."""
    lost = [change for change in loss.changes if change.is_loss]
    worst = next(each for each in _THEN if any(one.after.coverage is each for one in lost))
    verbs = _THEN[worst]
    changes = [change for change in lost if change.after.coverage is worst]
    if all(change.before.coverage is worst for change in changes):
        verbs = ("is then covered in fewer places", "are then covered in fewer places")
    return _by_role(changes, matrix, *verbs)


def _by_role(changes: Sequence[CellChange], matrix: Matrix, one: str, many: str) -> str:
    names, cells = names_of(matrix), [change.cell for change in changes]
    roles = list(dict.fromkeys(cell.role for cell in cells))
    at = [level for level in matrix.levels if any(cell.level == level.id for cell in cells)]
    is_whole = len(cells) == len(roles) * len(at)
    named = all_of([names.roles[role] for role in roles])
    if len(roles) > MOST_NAMED or not is_whole or len(named) > LONGEST_NAMES:
        pairs, verb = ("pair", one) if len(cells) == 1 else ("pairs", many)
        return f"{spell_number(len(cells))} {pairs} of role and level {verb}"
    where = _levels_in_words(at, []) if len(at) <= MOST_NAMED else f"at {count(len(at), 'level')}"
    return f"{named} {one if len(roles) == 1 else many} {where}"


def resting_in_words(matrix: Matrix) -> str:
    """Say how many covered roles would be a gap without one instrument; of one say which."""
    names, resting = names_of(matrix), [rating for rating in matrix if rating.rests_on]
    if not resting:
        return ""
    if len(resting) > 1:
        pairs = f"{spell_number(len(resting))} covered pairs of role and level"
        return capitalise(f"{pairs} would be a gap without one instrument (!).")
    rating = resting[0]
    without = all_of(names.list_instruments(rating.rests_on))
    pair = _pair(rating.cell, matrix, names)
    if len(without) + len(pair) > 2 * LONGEST_NAMES:
        return "One covered pair of role and level would be a gap without one instrument (!)."
    return f"{pair} would be a gap without {without}."


# Three facts


def facts(matrix: Matrix, loss: Event | None) -> tuple[Fact, ...]:
    """Return the level that is covered least beside the best, what has no instrument, and what ends next or rests on one."""
    found = (_least_covered(matrix), _without_instrument(matrix), _ahead(matrix, loss))
    return tuple(fact for fact in found if fact is not None)


def _least_covered(matrix: Matrix) -> Fact:
    roles = len(matrix.roles)
    full = {level.id: matrix.count([level])[Coverage.FULL] for level in matrix.levels}
    least = min(matrix.levels, key=lambda level: full[level.id])
    best = max(matrix.levels, key=lambda level: full[level.id])
    verb = "is" if roles == 1 else "are"
    where = at_level(least)
    where = where if len(where) <= LONGEST_NAMES else "the level with the fewest"
    words = f"{'role' if roles == 1 else 'roles'} {verb} fully covered at {where}."
    if full[best.id] > full[least.id] and len(at_level(best)) <= LONGEST_NAMES:
        number = f"all {roles}" if full[best.id] == roles > 1 else f"{full[best.id]} of {roles}"
        words += f" {capitalise(at_level(best))}: {number}."
    return Fact(f"{full[least.id]} of {roles}", words)


def _without_instrument(matrix: Matrix) -> Fact | None:
    names = names_of(matrix)
    cells = [rating.cell for rating in matrix if rating.coverage is Coverage.NONE]
    if not cells:
        partial = matrix.summary().partial
        if not partial:
            return None
        are = "is" if partial == 1 else "are"
        return Fact(count(partial, "gap"), f"{are} covered only somewhere or in part.")
    by_level = [
        (level, [names.roles[cell.role] for cell in cells if cell.level == level.id])
        for level in matrix.levels
    ]
    by_level = [(level, roles) for level, roles in by_level if roles]
    listed = "; ".join(f"{all_of(roles)} at {at_level(level)}" for level, roles in by_level)
    if len(by_level) > 1 == len({cell.role for cell in cells}):
        at = _levels_in_words([level for level, _ in by_level], matrix.levels)
        listed = f"{names.roles[cells[0].role]} {at}"
    if len(cells) > MOST_IN_FACT or len(listed) > 2 * LONGEST_NAMES:
        listed = ", ".join(f"{len(roles):,} at {at_level(level)}" for level, roles in by_level)
    told = (
        f": {listed}"
        if len(listed) <= 2 * LONGEST_NAMES
        else f" at {count(len(by_level), 'level')}"
    )
    verb = "has" if len(cells) == 1 else "have"
    return Fact(count(len(cells), "gap"), f"{verb} no instrument{told}.", is_alarming=True)


def _ahead(matrix: Matrix, loss: Event | None) -> Fact | None:
    if loss is not None:
        words = f"{_ending(loss, matrix)}: {_worse(loss, matrix)}."
        return Fact(short_day(loss.date - DAY), words)
    names, resting = names_of(matrix), [rating for rating in matrix if rating.rests_on]
    if not resting:
        return None
    [(most, number)] = Counter(id_ for each in resting for id_ in each.rests_on).most_common(1)
    which = names.instruments[most]
    which = f": {which}" if len(resting) == 1 else f"; {number} of them without {which}"
    words = f"pairs of role and level would be a gap without one instrument{which}."
    return Fact(f"{len(resting):,} of {matrix.summary().cells:,}", words)

"""The brief on one slide: the finding, the map, three facts; of one level also what there is, and until when."""

from collections.abc import Iterator, Sequence

from clustergap.analysis.brief import Brief
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import worst_roles_first
from clustergap.analysis.matrix import Matrix
from clustergap.answers import finding
from clustergap.answers.brief import coverages_in_words
from clustergap.answers.matrix_drawing import level_head, said_beside
from clustergap.answers.phrases import at_level, names_of
from clustergap.answers.provenance import remark
from clustergap.answers.ratings import (
    TYPESET,
    is_covered,
    is_one_place,
    is_unsaid,
    reasons,
    unknown_in_words,
)
from clustergap.answers.there_is import THERE_IS, at_level_of, instruments_until, there_is
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.office import spell_out
from clustergap.one_page import CountCell, OneSlide, SlideCounts, SlideMap
from clustergap.origin import Origin
from clustergap.picture import Key, MatrixRow, ShareCell
from clustergap.text import (
    all_of,
    as_typed,
    capitalise,
    count,
    long_day,
)
from clustergap.theme import BRIEF_LOOKS, FRAGILE_LOOK, WORDS, WORST_FIRST

MOST_ROLES = 10
"""Roles of the map; if there are more they are counted."""

MOST_NAMED = 12
"""Roles without an instrument that are named where they are counted."""

MOST_LEVELS = 6
"""Levels side by side; of more, those with most gaps."""


def slides(answer: Brief, origin: Origin) -> OneSlide:
    """Say the most important on one slide."""
    matrix = answer.matrix
    is_alone = len(matrix.levels) == 1
    ahead = ""
    if is_alone:
        loss = answer.loss
        ahead = finding.loss_in_words(loss, matrix) if loss else finding.resting_in_words(matrix)
    return OneSlide(
        finding.title(matrix),
        _below(matrix),
        (*_maps(matrix), _counts(matrix)),
        finding.facts(matrix, answer.loss),
        ahead,
        tuple(_keys(matrix)),
        FRAGILE_LOOK if any(rating.rests_on for rating in matrix) else "",
        _foot(matrix, origin),
        tuple(_notes(answer, origin)),
    )


# Around the table


def _below(matrix: Matrix) -> str:
    """Name the dataset, what of it is shown, and the day of the data, or that for which they are asked."""
    dataset, query = matrix.dataset, matrix.query
    is_part = len(matrix.levels) < len(dataset.levels)
    hangs = "what hangs on it still counts" if query.without and query.alone else ""
    clauses = (
        dataset.title.rstrip("."),
        f"{all_of([at_level(level) for level in matrix.levels])} only" if is_part else "",
        _roles_shown(matrix),
        hangs,
    )
    own, asked = dataset.as_of, query.as_of
    days = (
        f"Data of {long_day(own)}." if own else "",
        f"What is in force on {long_day(asked)}." if asked and asked != own else "",
        "Whatever the dates." if not asked else "",
    )
    return " ".join(filter(None, (f"{', '.join(filter(None, clauses))}.", *days)))


def _roles_shown(matrix: Matrix) -> str:
    shown, every = len(matrix.roles), len(matrix.dataset.roles)
    if shown == every:
        return ""
    return f"{matrix.roles[0].name} only" if shown == 1 else f"{shown:,} of {every:,} roles"


def _keys(matrix: Matrix) -> Iterator[Key]:
    partial = [rating for rating in matrix if rating.coverage is Coverage.PARTIAL]
    unsaid = sum(rating.where_not_said for rating in partial)
    is_all_unsaid = 0 < unsaid == len(partial)
    partly = BRIEF_LOOKS[Coverage.PARTIAL]
    if is_all_unsaid:
        partly = "somewhere: where is not said"
    elif unsaid:
        partly = f"{partly}; pale = where is not said"
    meanings = {**BRIEF_LOOKS, Coverage.PARTIAL: partly}
    shown = {rating.coverage for rating in matrix}
    for each in WORST_FIRST:
        if each in shown:
            is_pale = is_all_unsaid and each is Coverage.PARTIAL
            yield Key(ShareCell(each, WORDS[each], is_striped=is_pale), meanings[each])


def _foot(matrix: Matrix, origin: Origin) -> str:
    number = len(matrix.dataset.sources)
    sources = f"{count(number, 'source')}: see the notes." if number else ""
    words = (sources, remark(origin, matrix.caveats()), "Made with clustergap.")
    return " ".join(filter(None, words))


def _description(matrix: Matrix) -> str:
    """Say what the table shows, for those who cannot see it."""
    size = f"{count(len(matrix.roles), 'role')} at {count(len(matrix.levels), 'level')}"
    told = coverages_in_words(matrix.count(matrix.levels))
    bare = [
        f"{fact.figure} {fact.sentence}"
        for fact in finding.facts(matrix, None)
        if fact.is_alarming
    ]
    return " ".join([f"{finding.title(matrix)}.", f"{size}: {told}.", *bare])


# The map: a row a role


def _maps(matrix: Matrix) -> Iterator[SlideMap]:
    """Show each role at each level, if they are few: with a line below each word, then beside it, then with fewer words."""
    if len(matrix.roles) > MOST_ROLES or len(matrix.levels) > MOST_LEVELS:
        return
    heads, names = tuple(level_head(matrix, level) for level in matrix.levels), names_of(matrix)
    is_alone = len(matrix.levels) == 1
    rows = [
        MatrixRow(
            role.name,
            tuple(ShareCell(each.coverage, _figure(each, matrix), is_striped=is_unsaid(each)) for each in ratings),
            there_is(matrix, ratings[0], names) if is_alone else "",
        )
        for role, ratings in matrix.by_role()
    ]  # fmt: skip
    corner = ("Role", THERE_IS) if is_alone else ("Role",)
    first = SlideMap(_description(matrix), corner, heads, tuple(rows))
    yield first
    short = tuple(
        row._replace(
            cells=tuple(
                cell._replace(beside=_in_few_words(rating, matrix))
                for cell, rating in zip(row.cells, ratings, strict=True)
            )
        )
        for row, (_, ratings) in zip(rows, matrix.by_role(), strict=True)
    )
    yield first._replace(rows=short, has_lines=True)


def _figure(rating: Rating, matrix: Matrix) -> str:
    """Say in a line how much is covered, or by how many instruments, and how much is unknown."""
    unknown = unknown_in_words(rating) if is_covered(rating) else ""
    told = said_beside(rating, matrix) or "no such place"
    return ", ".join(filter(None, (told, unknown)))


def _in_few_words(rating: Rating, matrix: Matrix) -> str:
    """Say the same where the word for the coverage says the rest, and the head of the column has the noun."""
    share = rating.share
    if rating.coverage is Coverage.NONE and not matrix.query.place:
        return ""
    if rating.coverage is not Coverage.PARTIAL:
        return _figure(rating, matrix)
    if rating.where_not_said:
        return "not said"
    if share is None or is_one_place(share):
        return "in part"
    words = f"{share.covered or share.partial:,} of {share.of:,}"
    return words if share.covered else f"{words} in part"


# The counts: a column a level


def _counts(matrix: Matrix) -> SlideCounts:
    worst_first = sorted(
        matrix.levels,
        key=lambda level: [-matrix.count([level])[each] for each in WORST_FIRST],
    )
    if len(matrix.levels) <= MOST_LEVELS:
        worst_first = list(matrix.levels)
    shown = {rating.coverage for rating in matrix}
    left = tuple(_left(matrix, worst_first[number:]) for number in range(len(worst_first) + 1))
    return SlideCounts(
        _description(matrix),
        tuple(level_head(matrix, level) for level in worst_first),
        tuple(
            tuple(_count_cell(matrix, level, each) for level in worst_first)
            for each in WORST_FIRST
            if each in shown
        ),
        left,
    )


def _left(matrix: Matrix, levels: Sequence[Level]) -> str:
    told = coverages_in_words(matrix.count(levels))
    return f"{count(len(levels), 'more level')}: {told}." if levels else ""


def _count_cell(matrix: Matrix, level: Level, coverage: Coverage) -> CountCell:
    alike = [
        (role, matrix.ratings[Cell(role.id, level.id)])
        for role in worst_roles_first(matrix)
        if matrix.ratings[Cell(role.id, level.id)].coverage is coverage
    ]
    if not alike:
        return CountCell(None, "no role")
    words = f"{len(alike):,} of {count(len(matrix.roles), 'role')}"
    is_bare = coverage is Coverage.NONE
    names = tuple(role.name for role, _ in alike) if is_bare else ()
    return CountCell(coverage, words, _remark_on([rating for _, rating in alike], coverage), names)


def _remark_on(ratings: Sequence[Rating], coverage: Coverage) -> str:
    """Say how far roles are covered that are so in part, and how many of those in full rest on one instrument."""
    if coverage is Coverage.FULL:
        resting = sum(bool(rating.rests_on) for rating in ratings)
        return (
            f"{resting:,} {'rests' if resting == 1 else 'rest'} on one instrument\u00a0!"
            if resting
            else ""
        )
    if coverage is not Coverage.PARTIAL:
        return ""
    unsaid = sum(rating.where_not_said for rating in ratings)
    shares = [rating.share for rating in ratings if rating.share and not rating.where_not_said]
    shares = [share for share in shares if not is_one_place(share)]
    clauses = []
    if shares and len({share.of for share in shares}) == 1:
        covered = [share.covered for share in shares]
        span = (
            f"{min(covered):,} to {max(covered):,}"
            if min(covered) < max(covered)
            else f"{covered[0]:,}"
        )
        clauses.append(f"{span} of {count(shares[0].of, *shares[0].noun)}")
    clauses += [f"{unsaid:,} where is not said"] if unsaid else []
    return "; ".join(clauses)


# The notes


def _notes(answer: Brief, origin: Origin) -> Iterator[str]:
    matrix, names = answer.matrix, names_of(answer.matrix)
    yield f"{finding.title(matrix)}."
    yield from finding.sentences(matrix, answer.loss)
    for role, ratings in matrix.by_role():
        yield role.name
        for rating in ratings:
            clauses = [WORDS[rating.coverage], *reasons(rating, names.places, TYPESET)]
            said = f"{capitalise(at_level_of(matrix, rating.cell))}: {'; '.join(clauses)}"
            said = said if said.endswith(".”") else f"{said}."
            named = ", ".join(instruments_until(matrix, rating))
            yield f"{said} By {named}." if named else said
    if matrix.dataset.sources:
        yield "Sources"
        yield from (
            f"{key}: {spell_out(source)}" for key, source in matrix.dataset.sources.items()
        )
    yield f"Made with: {as_typed(_command(matrix, origin))}"


def _command(matrix: Matrix, origin: Origin) -> list[str]:
    """Return the words of the command that makes this slide again."""
    dataset, query = matrix.dataset, matrix.query
    is_part = (len(matrix.roles) < len(dataset.roles), len(matrix.levels) < len(dataset.levels))
    options = (
        ("--role", [role.id for role in matrix.roles] if is_part[0] else ()),
        ("--level", [level.id for level in matrix.levels] if is_part[1] else ()),
        ("--as-of", [query.as_of.isoformat()] if query.as_of and query.as_of != dataset.as_of else ()),
        ("--in", [query.place] if query.place else ()),
        ("--target", [query.target] if query.target else ()),
        ("--kind", query.kinds),
        ("--without", query.without),
        ("--data", [origin.path] if origin.path else ()),
    )  # fmt: skip
    flags = (("--alone", query.alone), ("--with-planned", query.with_planned))
    return [
        *("clustergap", "report", "--brief"),
        *(word for option, values in options for value in values for word in (option, value)),
        *(flag for flag, is_on in flags if is_on),
        *("-o", "slide.pptx"),
    ]

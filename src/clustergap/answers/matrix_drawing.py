"""The matrix as a picture: the finding above it, how far each cell is covered, by what, and what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.gaps import elsewhere, worst_roles_first
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.units import units_by_level
from clustergap.answers.finding import title
from clustergap.answers.phrases import at_level, names_of
from clustergap.answers.provenance import caveats_in_words, remark
from clustergap.answers.ratings import (
    ELSEWHERE,
    LONGEST_NOTE,
    OPEN_LIST,
    is_covered,
    is_one_place,
    missing_in_words,
    not_said,
    share_in_words,
    unknown_in_words,
)
from clustergap.model.dataset import Level, Role
from clustergap.origin import Origin
from clustergap.picture import (
    LONGEST_ALTERNATIVE,
    Caption,
    Key,
    LevelHead,
    MatrixPicture,
    MatrixRow,
    MatrixView,
    ShareCell,
)
from clustergap.text import MOST_LISTED, a_few_of, all_of, as_sentence, capitalise, count, long_day
from clustergap.theme import FILL, FRAGILE_LOOK, LOOKS, NOT_SAID, STRIPES, WORDS, WORST_FIRST

MANY_ROLES, MOST_ROLES = 12, 100
"""Roles up to which a picture names instruments and keeps the data's order; roles that it shows at most."""

HALF = 0.5
"""The fill of a key that has stripes too."""


def picture(answer: Matrix, origin: Origin) -> MatrixPicture:
    """Draw how far each cell is covered: with the names of instruments, and with their numbers only."""
    has_many = len(answer.roles) > MANY_ROLES
    worst_first = worst_roles_first(answer)
    in_order = worst_first if has_many else answer.roles
    caption = Caption(
        title(answer),
        "",
        (_foot(answer, origin),),
        _description(answer, origin),
        _alternative(answer, origin),
    )
    is_marked = any(rating.rests_on for rating in answer)
    return MatrixPicture(
        caption,
        tuple(level_head(answer, level) for level in answer.levels),
        _Named(answer).view(in_order),
        _Counted(answer).view(worst_first),
        has_many,
        tuple(_keys(answer)),
        FRAGILE_LOOK if is_marked else "",
        ("Role", "What there is"),
    )


# Around it


def level_head(matrix: Matrix, level: Level) -> LevelHead:
    """Name a level, count its places (of those in the place asked), and how its cells are covered."""
    units = units_by_level(matrix.dataset, matrix.query.place)[level.id]
    number = units.selected.bit_count() if units.is_located else 0
    unit = count(number, *level.noun) if number > 1 else ""
    return LevelHead(level.name, unit, tuple(_numbers(matrix.count([level]))))


def _numbers(numbers: Counter[Coverage]) -> Iterator[tuple[Coverage, str]]:
    for coverage in WORST_FIRST:
        if numbers[coverage]:
            yield coverage, f"{numbers[coverage]:,} {WORDS[coverage]}"


def _counts(matrix: Matrix) -> str:
    numbers = ", ".join(number for _, number in _numbers(matrix.count(matrix.levels)))
    return f"{numbers} of {count(matrix.summary().cells, 'pair')} of role and level"


def _keys(matrix: Matrix) -> Iterator[Key]:
    cells = [_Counted(matrix).cell(rating) for rating in matrix]
    meanings = {**LOOKS, Coverage.PARTIAL: _partial_looks(cells)}
    for coverage in WORST_FIRST:
        alike = [cell for cell in cells if cell.coverage is coverage]
        if alike:
            striped = {cell.is_striped for cell in alike}
            filled = 1.0 if striped == {False} else 0.0 if striped == {True} else HALF
            key = ShareCell(coverage, "", (), filled, filled, is_striped=True in striped)
            yield Key(key, meanings[coverage])


def _partial_looks(cells: Sequence[ShareCell]) -> str:
    partial = [cell for cell in cells if cell.coverage is Coverage.PARTIAL]
    return partly_in_words(
        is_filled=any(0 < cell.shaded < 1 for cell in partial),
        is_striped=any(cell.is_striped for cell in partial),
    )


def partly_in_words(*, is_filled: bool, is_striped: bool) -> str:
    """Say in a legend what is covered in part, and what is drawn within it."""
    drawn = ", ".join(filter(None, (FILL if is_filled else "", STRIPES if is_striped else "")))
    return "; ".join(filter(None, (LOOKS[Coverage.PARTIAL], drawn)))


def _foot(matrix: Matrix, origin: Origin) -> str:
    """Say where the data come from and of which day they are, what they leave open, and what drew them."""
    dataset = matrix.dataset
    sentences = []
    if dataset.sources:
        first, *others = dataset.sources.values()
        author = f"{first.author}, " if first.author else ""
        more = f" and {len(others):,} more" if others else ""
        sentences.append(f"{'Sources' if others else 'Source'}: {author}“{first.title}”{more}.")
    if dataset.as_of:
        sentences.append(f"Data of {long_day(dataset.as_of)}.")
    sentences += [caveats_in_words(matrix.caveats()), origin.remark, "Made with clustergap."]
    return " ".join(filter(None, sentences))


def _shown_in_words(matrix: Matrix) -> str:
    """Name the dataset, and what of it is shown, of which day if that is not the data's own."""
    dataset, query = matrix.dataset, matrix.query
    is_part = len(matrix.levels) < len(dataset.levels)
    levels = f"{all_of([*map(at_level, matrix.levels)])} only"
    roles = f"{len(matrix.roles):,} of {count(len(dataset.roles), 'role')}"
    day = f"on {long_day(query.as_of)}" if query.as_of else "whatever the dates"
    hanging = "what hangs on it" if len(query.without) == 1 else "what hangs on them"
    clauses = (
        dataset.title,
        levels if is_part else "",
        roles if len(matrix.roles) < len(dataset.roles) else "",
        "" if query.as_of and query.as_of == dataset.as_of else day,
        f"{hanging} still counts" if query.without and query.alone else "",
    )
    return ", ".join(filter(None, clauses))


# The same for those who cannot see it


def _alternative(matrix: Matrix, origin: Origin) -> str:
    """Say the finding, the counts, and as many roles without an instrument as there is room for; count the others."""
    bare = [*_bare_by_level(matrix)]
    every = [(at, role) for at, roles in bare for role in roles]
    about = (f"{title(matrix)}.", f"{_counts(matrix)}.", remark(origin, matrix.caveats()))
    told = ""
    for words in filter(None, about):
        longer = f"{told} {words}".lstrip()
        told = longer if len(longer) <= LONGEST_ALTERNATIVE else told
    best = told
    for number in range(1, len(every) + 1):
        listed = _listed_bare(every[:number], len(every) - number)
        if len(f"{told} {listed}") > LONGEST_ALTERNATIVE:
            break
        best = f"{told} {listed}"
    return best


def _bare_by_level(matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
    for number, level in enumerate(matrix.levels):
        ratings = ((role.name, own[number]) for role, own in matrix.by_role())
        roles = [role for role, rating in ratings if rating.coverage is Coverage.NONE]
        if roles:
            yield at_level(level), roles


def _listed_bare(pairs: Sequence[tuple[str, str]], left: int) -> str:
    by_level: dict[str, list[str]] = {}
    for at, role in pairs:
        by_level.setdefault(at, []).append(role)
    clauses = [f"at {at}: {', '.join(roles)}" for at, roles in by_level.items()]
    clauses += [f"and {left:,} more"] if left else []
    return f"No instrument {'; '.join(clauses)}."


def _description(matrix: Matrix, origin: Origin) -> str:
    names, partial = names_of(matrix), []
    for rating in matrix:
        if rating.coverage is Coverage.PARTIAL:
            level = matrix.dataset.levels_by_id[rating.cell.level]
            share = share_in_words(rating.share)
            words = f"{names.roles[rating.cell.role]} at {at_level(level)}"
            partial.append(f"{words}, {share}" if share else words)
    every = [(at, role) for at, roles in _bare_by_level(matrix) for role in roles]
    sentences = (
        f"{title(matrix)}.",
        f"{_shown_in_words(matrix)}: {_counts(matrix)}.",
        _listed_bare(every, 0) if every else "",
        f"Only partly covered: {'; '.join(partial)}." if partial else "",
        remark(origin, matrix.caveats()),
    )
    return " ".join(filter(None, sentences))


# The cells, with names and without


class _Named:
    """The cells with the names of their instruments."""

    how = ""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix, self.names = matrix, names_of(matrix)

    def view(self, roles: Sequence[Role]) -> MatrixView:
        """Return the rows of *roles*, in this order; of more than a hundred the first."""
        ratings: Mapping[str, tuple[Rating, ...]] = {
            role.id: own for role, own in self.matrix.by_role()
        }
        shown, left = roles[:MOST_ROLES], roles[MOST_ROLES:]
        rows = tuple(self._row(role, ratings[role.id]) for role in shown)
        rest = tuple(
            " · ".join(number for _, number in _numbers(self.matrix.count([level], left)))
            for level in self.matrix.levels
        )
        sentences = (self.how, self._order(roles))
        how = "; ".join(filter(None, sentences))
        headline = _shown_in_words(self.matrix)
        return MatrixView(
            f"{headline}. {as_sentence(how)}" if how else headline,
            rows,
            (f"and {count(len(left), 'more role', 'more roles')}", *rest) if left else (),
        )

    def _order(self, roles: Sequence[Role]) -> str:
        if len(roles) > MOST_ROLES:
            return f"the {MOST_ROLES} worst of {count(len(roles), 'role')} are shown, worst first"
        return "" if tuple(roles) == self.matrix.roles and not self.how else "worst first"

    def _row(self, role: Role, ratings: tuple[Rating, ...]) -> MatrixRow:
        cells = tuple(map(self.cell, ratings))
        if len(ratings) > 1:
            return MatrixRow(role.name, cells)
        # What there is stands beside the only cell.
        bare = tuple(cell._replace(lines=()) for cell in cells)
        return MatrixRow(role.name, bare, self.there_is(ratings[0]))

    def cell(self, rating: Rating) -> ShareCell:
        """Return what a cell looks like and says."""
        named = self.instruments(rating.instruments, rating.rests_on)
        quoted = _quotations(rating)
        more = f" and {len(rating.notes) - 1:,} more" if len(rating.notes) > 1 else ""
        lines = (named, *self._open(rating), f"{quoted[0]}{more}" if quoted else "")
        beside = self.beside(rating)
        return share_cell(rating, beside, tuple(filter(None, lines)))

    def beside(self, rating: Rating) -> str:
        """Say beside the word for the coverage how much is covered, or by how many instruments."""
        return said_beside(rating, self.matrix)

    def _open(self, rating: Rating) -> Iterator[str]:
        """Say what else is known of a cell: how much is in part or unknown, and what is missing."""
        share, is_partial = rating.share, rating.coverage is Coverage.PARTIAL
        if is_partial and share is not None and not is_one_place(share):
            if rating.where_not_said:
                yield share_in_words(share)
            else:
                in_part = f"{share.partial:,} in part" if share.covered and share.partial else ""
                yield ", ".join(filter(None, (in_part, unknown_in_words(rating))))
        elif rating.coverage is Coverage.FULL:
            yield unknown_in_words(rating)
        elif rating.coverage is Coverage.NONE and unknown_in_words(rating):
            yield share_in_words(share)
        elif rating.coverage is Coverage.UNKNOWN:
            yield ELSEWHERE if rating.is_elsewhere else "; ".join(not_said(rating))
        if is_partial:
            missing = missing_in_words(rating, self.names.places)
            is_whole = share is not None and len(share.missing) <= MOST_LISTED
            yield missing if is_whole or len(missing) <= LONGEST_NOTE else ""
        if rating.has_open_list and rating.coverage is not Coverage.UNKNOWN:
            yield OPEN_LIST

    def there_is(self, rating: Rating) -> str:
        """Say what there is at the only level shown; where there is nothing, what there is at the others."""
        named = self.instruments(rating.instruments, rating.rests_on)
        said = "; ".join(filter(None, (named, *self._open(rating))))
        quoted = a_few_of(_quotations(rating))
        if is_covered(rating) or said or quoted:
            return ": ".join(filter(None, (said, quoted)))
        return self.elsewhere(rating)

    def elsewhere(self, rating: Rating) -> str:
        """Say of a cell for which there is nothing what there is at the other levels."""
        if rating.coverage is not Coverage.NONE:
            return ""
        others = (
            f"{capitalise(_level_of(self.matrix, other))}: {self.instruments(other.instruments)}"
            for other in elsewhere(self.matrix, rating.cell)
            if other.instruments
        )
        return " ".join(["Nothing.", *(f"{words}." for words in others)])

    def instruments(self, ids: Sequence[str], rests_on: Sequence[str] = ()) -> str:
        """Name a few instruments; of several those without which there would be a gap come first, and are marked."""
        marked = rests_on if len(ids) > 1 else ()
        in_order = sorted(ids, key=lambda id_: id_ not in marked)
        names = self.names.instruments
        return a_few_of([f"{names[id_]} !" if id_ in marked else names[id_] for id_ in in_order])


class _Counted(_Named):
    """The cells with numbers only, each on one line."""

    how = "instruments are counted, not named"

    def cell(self, rating: Rating) -> ShareCell:
        """Return what a cell looks like and says."""
        return share_cell(rating, self.beside(rating))

    def beside(self, rating: Rating) -> str:
        """Say it in few words: the head of the column has the noun."""
        is_asked = self.matrix.query.place is not None
        is_alone = len(self.matrix.levels) == 1
        if rating.coverage is Coverage.NONE:
            return "not here" if is_asked else unknown_in_words(rating)
        if rating.coverage is Coverage.UNKNOWN:
            return _why_unknown(rating)
        if rating.coverage is Coverage.FULL:
            unknown = unknown_in_words(rating)
            # Beside the only level stands what there is.
            return ", ".join(filter(None, ("" if is_alone else _number_of(rating), unknown)))
        return self._share_beside(rating)

    def _share_beside(self, rating: Rating) -> str:
        share = rating.share
        if share is None or is_one_place(share) or not share.covered + share.partial:
            return NOT_SAID[0] if rating.where_not_said else "in part"
        clauses = (
            f"{share.covered:,} of {share.of:,}"
            if share.covered
            else f"{share.partial:,} in part",
            f"{share.unknown:,} unknown" if share.unknown else "",
            "the rest not said" if rating.where_not_said else "",
        )
        return ", ".join(filter(None, clauses))

    def there_is(self, rating: Rating) -> str:
        """Count the instruments at the only level shown; where there are none, those at the others."""
        counted = self.instruments(rating.instruments, rating.rests_on)
        return counted or self.elsewhere(rating)

    def instruments(self, ids: Sequence[str], rests_on: Sequence[str] = ()) -> str:
        """Count the instruments; mark the number if there would be a gap without one of them."""
        return f"{count(len(ids), 'instrument')}{' !' if rests_on else ''}" if ids else ""


def share_cell(rating: Rating, beside: str, lines: tuple[str, ...] = ()) -> ShareCell:
    """Return a cell that says something beside and below its word, filled as far as it is known to be covered."""
    filled = shaded = 0.0
    share, is_partial = rating.share, rating.coverage is Coverage.PARTIAL
    is_striped = is_partial and rating.where_not_said
    if is_partial and share is not None and share.of and not is_one_place(share):
        filled, shaded = share.covered / share.of, (share.covered + share.partial) / share.of
    elif is_partial and not is_striped:
        filled = shaded = 1.0
    return ShareCell(rating.coverage, beside, lines, filled, shaded, is_striped)


def said_beside(rating: Rating, matrix: Matrix) -> str:
    """Say in a few words how much of a cell is covered, or by how many instruments."""
    is_asked = matrix.query.place is not None
    if rating.coverage is Coverage.NONE:
        return "not here" if is_asked else "no instrument"
    if rating.coverage is Coverage.FULL:
        return _number_of(rating)
    if rating.coverage is Coverage.UNKNOWN:
        return "" if rating.is_elsewhere else _why_unknown(rating)
    if rating.where_not_said:
        return "where is not said"
    if rating.share is None or is_one_place(rating.share):
        return "here, in part" if is_asked else "in part"
    return _share(rating.share)


def _number_of(rating: Rating) -> str:
    mark = " !" if rating.rests_on else ""
    number = len(rating.instruments)
    return f"{count(number, 'instrument')}{mark}" if number else "not named"


def _why_unknown(rating: Rating) -> str:
    if rating.is_elsewhere:
        return "no such place"
    return NOT_SAID[0] if rating.where_not_said or rating.has_open_list else "not looked at"


def _share(share: Share) -> str:
    """Say how many of the places are covered; only in part, if none is in full.

    >>> noun = ("country", "countries")
    >>> _share(Share(24, 1, 27, 0, (), noun)), _share(Share(0, 4, 27, 0, (), noun))
    ('24 of 27 countries', '4 in part of 27 countries')
    """
    of = count(share.of, *share.noun)
    return f"{share.covered:,} of {of}" if share.covered else f"{share.partial:,} in part of {of}"


def _quotations(rating: Rating) -> list[str]:
    """Quote the notes on what is missing that are short enough to stand there whole."""
    notes = () if rating.coverage is Coverage.FULL else rating.notes
    return [f"“{note}”" for note in notes if len(note) <= LONGEST_NOTE]


def _level_of(matrix: Matrix, rating: Rating) -> str:
    return at_level(matrix.dataset.levels_by_id[rating.cell.level])

"""The brief on one page: the finding, three facts, the map, what is missing and what to build on, what ends next."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from clustergap.analysis.brief import Brief
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import Gap, worst_roles_first
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.timeline import Event
from clustergap.answers import finding
from clustergap.answers.matrix_drawing import level_head, share_cell
from clustergap.answers.missing import MissingEntry, missing_entries
from clustergap.answers.phrases import Names, names_of
from clustergap.answers.provenance import caveats_in_words, shown_in_words
from clustergap.answers.ratings import (
    TYPESET,
    is_one_place,
    missing_in_words,
    not_said,
    share_in_words,
    short_notes,
)
from clustergap.answers.there_is import THERE_IS, there_is
from clustergap.document import Column, ColumnKind, Document, Table, TableCell
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level, Role
from clustergap.model.dates import months_later
from clustergap.model.query import WITHIN
from clustergap.one_page import MissingRow, MissingTable, OnePage, PageMap, Passage
from clustergap.origin import Origin
from clustergap.picture import Key, MatrixRow, ShareCell
from clustergap.prose import Heading, Inline, Paragraph, Points, Run, Sign, Style, Text
from clustergap.text import MOST_LISTED, a_few_of, all_of, count, long_day, short_day
from clustergap.theme import BRIEF_LOOKS, FILL, FRAGILE_LOOK, STRIPES, WORDS, WORST_FIRST

MOST_ROLES, MOST_LEVELS = 12, 6
"""Roles and levels of the map; of more the worst."""

MOST_GAPS, MOST_BARE = 10, 14
"""Gaps that are listed; if more than these have no instrument, so many of them."""

LONGEST_CLAUSE = 160
"""Characters of a clause on what is missing; a longer one is left out or counts."""

MOST_ENDING = 8
"""Instruments that end next and are named."""


def page(answer: Brief, origin: Origin) -> OnePage:
    """Say the most important on one page."""
    matrix = answer.matrix
    return OnePage(
        finding.title(matrix),
        _kicker(matrix),
        _shown(matrix),
        finding.facts(matrix, answer.loss),
        _map(matrix),
        _missing(answer),
        (_ends(matrix, answer.loss), _made(matrix, origin)),
        "Every reason, instrument, date and source is in the report of the same data. Made with clustergap.",
    )


def _kicker(matrix: Matrix) -> str:
    own, asked = matrix.dataset.as_of, matrix.query.as_of
    clauses = (
        matrix.dataset.title,
        "in brief",
        f"data of {long_day(own)}" if own else "",
        f"as of {long_day(asked)}" if asked and asked != own else "",
        "" if asked else "whatever the dates",
    )
    return " · ".join(filter(None, clauses))


def _shown(matrix: Matrix) -> str:
    words = " ".join(shown_in_words(matrix))
    if len(words) <= LONGEST_CLAUSE:
        return words
    roles, levels = matrix.dataset.roles, matrix.dataset.levels
    shown = (
        f"{len(matrix.roles):,} of {count(len(roles), 'role')}",
        f"{len(matrix.levels):,} of {count(len(levels), 'level')}",
    )
    return f"Only {all_of(shown)} are shown."


# The map


def _map(matrix: Matrix) -> PageMap:
    roles = worst_roles_first(matrix) if len(matrix.roles) > MOST_ROLES else matrix.roles
    levels, names = _levels(matrix), names_of(matrix)
    is_alone = len(levels) == 1
    ratings = [
        [matrix.ratings[Cell(role.id, each.id)] for each in levels] for role in roles[:MOST_ROLES]
    ]
    rows = tuple(
        MatrixRow(
            role.name,
            tuple(map(_cell, each)),
            there_is(matrix, each[0], names) if is_alone else "",
        )
        for role, each in zip(roles, ratings, strict=False)
    )
    return PageMap(
        "How far each role is covered at each level.",
        tuple(level_head(matrix, level) for level in levels),
        rows,
        tuple(_rest(matrix, roles[number:], levels) for number in range(len(rows) + 1)),
        tuple(_keys(matrix)),
        _fills(rows),
        FRAGILE_LOOK if any(rating.rests_on for rating in matrix) else "",
        ("Role", THERE_IS) if is_alone else ("Role",),
    )


def _levels(matrix: Matrix) -> Sequence[Level]:
    """Return the levels of the map in their order; of too many those with most gaps."""
    worst = sorted(
        matrix.levels,
        key=lambda level: [-matrix.count([level])[each] for each in WORST_FIRST],
    )[:MOST_LEVELS]
    return [level for level in matrix.levels if level in worst]


def coverages_in_words(counts: Counter[Coverage]) -> str:
    """Say how many are covered how, the worst first."""
    return ", ".join(f"{counts[each]:,} {WORDS[each]}" for each in WORST_FIRST if counts[each])


def _cell(rating: Rating) -> ShareCell:
    return share_cell(rating, _beside(rating))


def _beside(rating: Rating) -> str:
    """Say how much is covered; the head of the column has the noun."""
    share = rating.share
    unknown = f"{share.unknown:,} unknown" if share and share.unknown and share.of else ""
    match rating.coverage:
        case Coverage.FULL:
            number = len(rating.instruments)
            words = count(number, "instrument") if number else ""
            return ", ".join(filter(None, (words, unknown))) + (
                "\u00a0!" if rating.rests_on else ""
            )
        case Coverage.PARTIAL:
            return ", ".join(filter(None, (_share(rating), unknown)))
        case Coverage.UNKNOWN if rating.is_elsewhere:
            return "no such place"
        case Coverage.UNKNOWN:
            is_open = rating.where_not_said or rating.has_open_list
            return "not said" if is_open else "not looked at"
        case Coverage.NONE:
            return unknown


def _share(rating: Rating) -> str:
    share = rating.share
    if share is None or is_one_place(share) or not share.covered + share.partial:
        return "where is not said" if rating.where_not_said else "in part"
    of = f"of {share.of:,}"
    elsewhere = ", the rest is not said" if rating.where_not_said else ""
    if not share.covered:
        return f"{share.partial:,} {of} in part{elsewhere}"
    in_part = f", {share.partial:,} in part" if share.partial else ""
    return f"{share.covered:,} {of}{in_part}{elsewhere}"


def _rest(matrix: Matrix, roles: Sequence[Role], levels: Sequence[Level]) -> str:
    """Count what the map leaves out: roles at all levels that are shown, then whole levels."""
    if not roles and len(levels) == len(matrix.levels):
        return ""
    clauses = []
    if roles:
        number = "role" if len(roles) == len(matrix.roles) else "more role"
        at = count(len(levels), "level")
        clauses.append(
            f"{count(len(roles), number)} at {at}: {coverages_in_words(matrix.count(levels, roles))}"
        )
    others = [level for level in matrix.levels if level not in levels]
    if others:
        clauses.append(
            f"{count(len(others), 'more level')}: {coverages_in_words(matrix.count(others))}"
        )
    return f"{'. '.join(clauses)}."


def _keys(matrix: Matrix) -> Iterator[Key]:
    occurring = {rating.coverage for rating in matrix}
    for each in WORST_FIRST:
        if each in occurring:
            filled = 1.0 if each is Coverage.PARTIAL else 0.0
            yield Key(ShareCell(each, "", filled=filled), BRIEF_LOOKS[each])


def _fills(rows: Iterable[MatrixRow]) -> str:
    cells = [cell for row in rows for cell in row.cells]
    clauses = (
        FILL if any(0 < cell.filled < 1 or cell.shaded for cell in cells) else "",
        STRIPES if any(cell.is_striped for cell in cells) else "",
    )
    return ", ".join(filter(None, clauses))


# What is missing, and what to build on


def _missing(answer: Brief) -> MissingTable:
    matrix, entries = answer.matrix, missing_entries(answer.gaps)
    names, gaps = names_of(matrix), {gap.rating.cell: gap for gap in answer.gaps.gaps}
    bare = sum(entry.coverage is Coverage.NONE for entry in entries)
    shown = entries[: max(MOST_GAPS, min(MOST_BARE, bare))]
    return MissingTable(
        "What is missing, and what to build on",
        "Each row is a gap, the worst first.",
        ("Coverage", "Role and level", "What is missing", "To build on"),
        tuple(_row(entry, gaps[entry.cell], names) for entry in shown),
        tuple(
            " ".join(filter(None, (_more(entries, number), _unknown(matrix))))
            for number in range(len(shown) + 1)
        ),
        _no_gap(matrix),
    )


def _no_gap(matrix: Matrix) -> str:
    return "No gap is known." if matrix.summary().unknown else "Nothing is missing."


def _unknown(matrix: Matrix) -> str:
    unknown = matrix.summary().unknown
    pairs = count(unknown, "pair", "pairs")
    return f"Unknown: {pairs} of role and level." if unknown else ""


def _row(entry: MissingEntry, gap: Gap, names: Names) -> MissingRow:
    accepted = f"; {_acceptance(gap)}" if gap.accepted else ""
    return MissingRow(
        entry.coverage,
        entry.subject,
        f"{_what_is_missing(gap.rating, names)}{accepted}",
        ", ".join(entry.build_on) or "nothing at another level",
    )


def _what_is_missing(rating: Rating, names: Names) -> str:
    """Say what is missing in a clause or two; what is longer than a clause counts, or is left for the report."""
    if rating.coverage is Coverage.NONE:
        looked = ": somebody looked" if rating.absences else ""
        return f"no instrument{looked}"
    share, where = share_in_words(rating.share), missing_in_words(rating, names.places)
    if rating.share and (rating.share.unknown or len(rating.share.missing) > MOST_LISTED):
        where = share
    notes = short_notes(rating, TYPESET)
    by = f"by {a_few_of(names.list_instruments(rating.instruments))}" if rating.instruments else ""
    why = notes or ([by] if len(by) <= LONGEST_CLAUSE else [])
    clauses = [*filter(None, (where or share,)), *not_said(rating)] or ["only in part"]
    return "; ".join([*clauses, *filter(None, why)])


def _acceptance(gap: Gap) -> str:
    accepted = gap.accepted
    if accepted is None or gap.expired:
        return "acceptance expired"
    by = f" by {accepted.by}" if accepted.by else ""
    until = f" until {short_day(accepted.until)}" if accepted.until else ""
    words = f"accepted{by}{until}"
    return words if len(words) <= LONGEST_CLAUSE else f"accepted{until}"


def _more(entries: Sequence[MissingEntry], number: int) -> str:
    counts = Counter(entry.coverage for entry in entries[number:])
    if not counts:
        return ""
    more = " more" if number else ""
    total = sum(counts.values())
    kinds = (
        (counts[Coverage.NONE], "without an instrument"),
        (counts[Coverage.PARTIAL], "covered only somewhere or in part"),
    )
    named = " and ".join(f"{each:,} {words}" for each, words in kinds if each)
    if len(counts) == 1:
        named = named.split(" ", 1)[1]
    return f"{total:,}{more} {'gap' if total == 1 else 'gaps'}: {named}."


# What comes, and how the page was made


def _ends(matrix: Matrix, loss: Event | None) -> Passage:
    title, day = "What ends next", matrix.query.as_of
    if loss is None:
        resting = finding.resting_in_words(matrix)
        if day is None:
            return Passage("What rests on one instrument", resting or "Nothing does.")
        until = long_day(months_later(day, WITHIN))
        return Passage(
            title,
            f"Up to {until}, nothing ends that would leave a role with less. {resting}".rstrip(),
        )
    sentences = [finding.loss_in_words(loss, matrix)]
    ending = names_of(matrix).list_instruments(finding.ending_of(loss))
    if len(ending) > finding.A_FEW:
        named = ", ".join(ending[:MOST_ENDING])
        more = f" and {len(ending) - MOST_ENDING:,} more" if len(ending) > MOST_ENDING else ""
        sentences.append(f"They are {named}{more}.")
    weaker = [
        change for change in loss.changes if change.after.rests_on and not change.before.rests_on
    ]
    if weaker:
        pairs = count(len(weaker), "more pair", "more pairs")
        rest = "rests" if len(weaker) == 1 else "rest"
        sentences.append(f"After it, {pairs} of role and level {rest} on one instrument.")
    return Passage(title, " ".join(sentences))


def _made(matrix: Matrix, origin: Origin) -> Passage:
    dataset = matrix.dataset
    behind = [count(len(dataset.instruments), "instrument")]
    behind += [count(len(dataset.sources), "source")] if dataset.sources else []
    sentences = (
        f"From {all_of(behind)}.",
        "A gap is a role at a level with no instrument, or covered only somewhere or in part.",
        "Nothing is scored or estimated.",
        caveats_in_words(matrix.caveats()),
        origin.remark,
    )
    return Passage("How this was made", " ".join(filter(None, sentences)))


# The same where a page has no end


def document(answer: Brief, origin: Origin) -> Document:
    """Say the same in blocks, for a format without pages."""
    said = page(answer, origin)
    blocks = (
        Points(
            tuple((Run(each.figure, Style.STRONG), f" {each.sentence}") for each in said.facts)
        ),
        _map_table(said.map),
        *_paragraphs(said.map.rest[-1], _legend(said.map)),
        Heading(said.missing.title),
        *_missing_blocks(said.missing),
        *(
            block
            for passage in said.passages
            for block in (Heading(passage.title), Paragraph(passage.words))
        ),
        *_paragraphs(said.foot),
    )
    heads = _paragraphs(said.kicker, said.shown)
    return Document(said.title, (*heads, *blocks))


def _paragraphs(*texts: Text) -> Iterator[Paragraph]:
    return (Paragraph(text, is_apart=True) for text in texts if text)


def _map_table(map_: PageMap) -> Table:
    columns = [
        Column(
            "\n".join(
                filter(None, (head.name, head.unit, ", ".join(words for _, words in head.counts)))
            ),
            ColumnKind.COVERAGE,
        )
        for head in map_.heads
    ]
    rows: tuple[tuple[Text | TableCell, ...], ...] = tuple(
        (
            row.role,
            *(TableCell(tuple(filter(None, (each.beside,))), each.coverage) for each in row.cells),
            *([row.there_is] if row.there_is else []),
        )
        for row in map_.rows
    )
    role, *there = map(Column, map_.corner)
    return Table("Map", map_.description, (role, *columns, *there), rows)


def _legend(map_: PageMap) -> Text:
    runs: list[Inline] = []
    for key in map_.keys:
        runs += [Sign(key.cell.coverage), f" {key.meaning}. "]
    if map_.mark:
        runs += [Run("!", Style.STRONG), f" {map_.mark}."]
    return tuple(runs)


def _missing_blocks(missing: MissingTable) -> Iterator[Paragraph | Table]:
    if not missing.rows:
        yield Paragraph(missing.nothing)
        return
    coverage, *others = missing.columns
    columns = (Column(coverage, ColumnKind.COVERAGE), *map(Column, others))
    rows = tuple(((Sign(row.coverage),), *row[1:]) for row in missing.rows)
    yield Table(missing.title, missing.description, columns, rows)
    yield from _paragraphs(missing.rest[-1])

"""Places on several days as a picture, on slides and as a workbook: places down, days across."""

from collections.abc import Iterator

from clustergap.analysis.compare import PlacesOverTime
from clustergap.analysis.coverage import Coverage
from clustergap.answers.compare import MOST_SHOWN
from clustergap.answers.compare_over import (
    asked_in_words,
    caveats_of_days,
    changes_of,
    count_coverages,
    document,
    grid,
    headline,
    members_of,
    rows,
    title_of,
)
from clustergap.answers.place_cells import (
    cite_serving,
    gap_and_numbers,
    meanings_of_numbers,
    panel_of,
)
from clustergap.answers.provenance import shown_in_words, source_in_words
from clustergap.answers.workbooks import document_workbook
from clustergap.document import Column, ColumnKind, Table
from clustergap.office import (
    Citation,
    Deck,
    Legend,
    ListSheet,
    PageBlock,
    PageSheet,
    Slide,
    Workbook,
    spell_out,
)
from clustergap.origin import Origin
from clustergap.picture import LONGEST_ALTERNATIVE, Caption, GridPicture
from clustergap.prose import Heading, Paragraph, Points
from clustergap.text import as_many_as_fit, as_sentence, count, long_day, short_day
from clustergap.theme import DEFINITIONS, WORDS


def picture(answer: PlacesOverTime, origin: Origin) -> GridPicture:
    """Draw the cell with places down and days across, a panel for a few days."""
    shown = grid(answer)
    sentences = (f"{title_of(answer)}.", origin.remark, caveats_of_days(answer), shown.description)
    told = [*filter(None, sentences)]
    caption = Caption(
        answer.matrix.dataset.title,
        f"{headline(answer)}.",
        (
            gap_and_numbers(answer.every_rating()),
            source_in_words(answer.matrix.dataset, origin.data_in_words, asked_in_words(answer)),
            *filter(None, (caveats_of_days(answer),)),
        ),
        " ".join(told),
        as_many_as_fit(told, LONGEST_ALTERNATIVE, "sentence"),
    )
    return GridPicture(caption, shown.rows, tuple(map(panel_of, shown.parts)))


# Slides: what was found on the first day and on the last, the grid, what is otherwise from day to day


def slides(answer: PlacesOverTime, origin: Origin) -> Deck:
    """Show the cell with places down and days across on slides."""
    matrix, dataset = answer.matrix, answer.matrix.dataset
    asked = asked_in_words(answer)
    question = [f"{headline(answer)}.", *shown_in_words(matrix), caveats_of_days(answer)]
    return Deck(
        title=dataset.title,
        question=" ".join(filter(None, question)),
        headline=_found(answer),
        worst=grid(answer).description,
        source=source_in_words(dataset, origin.data_in_words, asked),
        foot=f"{dataset.title}: {origin.data_in_words} {asked}",
        slides=tuple(_slides(answer)),
        sources={key: spell_out(source) for key, source in dataset.sources.items()},
    )


def _found(answer: PlacesOverTime) -> str:
    """Say in how many places the cell is covered in full on the first day, and on the last."""
    number = count(len(answer.places), "place")
    ends = dict.fromkeys((0, len(answer.days) - 1))
    full = [count_coverages(each)[Coverage.FULL] for each in answer.comparisons]
    clauses = (
        f"{full[n]}{f' of {number}' if not n else ''} on {long_day(answer.days[n])}" for n in ends
    )
    return f"Covered in full: {', '.join(clauses)}."


def _slides(answer: PlacesOverTime) -> Iterator[Slide]:
    cited = tuple(_cite(answer))
    yield _numbers_slide(answer) if len(answer.places) > MOST_SHOWN else _grid_slide(answer, cited)
    members = [
        block
        for field in members_of(answer)
        for block in (Heading(field.label), Points(field.lines))
    ]
    if members:
        yield Slide("The groups' places", tuple(members), "The groups' places, by day", cited)
    for title, block in changes_of(answer):
        about = ((answer.cell,),) * len(block.rows) if isinstance(block, Table) else ()
        yield Slide(title, (block,), title, cited, about)


def _grid_slide(answer: PlacesOverTime, cited: tuple[Citation, ...]) -> Slide:
    shown = grid(answer)
    cells = ((answer.cell,) * len(answer.days),) * len(answer.places)
    description = f"{shown.title}. {shown.description}"
    meanings = meanings_of_numbers(answer.every_rating())
    return Slide(shown.title, (shown,), description, cited, cells, meanings)


def _numbers_slide(answer: PlacesOverTime) -> Slide:
    # Hundreds of places would fill dozens of slides.
    title = f"Of {len(answer.places):,} places, how many are covered"
    columns = (Column("Day"), *(Column(WORDS[each], ColumnKind.NUMBER) for each in DEFINITIONS))
    counts = map(count_coverages, answer.comparisons)
    table_rows = tuple(
        (short_day(day), *(f"{counted[each]:,}" for each in DEFINITIONS))
        for day, counted in zip(answer.days, counts, strict=True)
    )
    table = Table(title, "Each row is a day.", columns, table_rows)
    return Slide(title, (table,), title, (), ((answer.cell,),) * len(table_rows))


def _cite(answer: PlacesOverTime) -> Iterator[Citation]:
    """Walk through the citations of the instruments that serve the cell in some place on some day."""
    return cite_serving(answer.matrix.dataset, answer.every_rating(), [answer.cell])


# A workbook


def compare_over_workbook(answer: PlacesOverTime, origin: Origin) -> Workbook:
    """Return the cell with places down and days across as a coloured grid, and as a list."""
    words = document(answer, origin)
    blocks: tuple[PageBlock, ...] = (
        Heading(answer.matrix.dataset.title),
        Paragraph(as_sentence(headline(answer))),
        *([Paragraph(words.remark)] if words.remark else []),
        grid(answer),
        Legend(),
        Paragraph(gap_and_numbers(answer.every_rating())),
        Paragraph(words.source),
    )
    book = document_workbook(
        words,
        PageSheet("Comparison", blocks),
        ListSheet("Places and days", rows(answer), "No places."),
    )
    # The caveats of many days are longer than the foot of a page may be.
    first, *others = answer.days
    until = f" and {count(len(others), 'later day')}" if others else ""
    foot = (as_sentence(f"as of {long_day(first)}{until}"), origin.remark)
    return book._replace(footer=" ".join(filter(None, foot)))

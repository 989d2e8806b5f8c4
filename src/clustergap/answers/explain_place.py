"""A place explained: the cells in it, what is missing there, and how statements come to speak of it."""

from collections.abc import Iterator
from typing import Annotated

from clustergap.analysis.explain_records import (
    PlaceExplanation,
    PlaceLink,
    PlaceStatement,
    PlaceUnits,
)
from clustergap.answers.evidence import (
    ExplainedStatementRecord,
    ExplainRecord,
    by_cell,
    statement_record,
    statement_rows,
    terms,
    written_at,
)
from clustergap.answers.matrix import grid
from clustergap.answers.phrases import (
    meanings_in_words,
    names_of,
    query_in_words,
    summary_in_words,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import placed_verdict
from clustergap.answers.records import (
    AnswerPart,
    CellRecord,
    LevelId,
    QuestionRecord,
    TerritoryCode,
    attribute,
    described,
    head,
)
from clustergap.document import Block, Document, Row, Rows
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Heading, Paragraph, Parts, Run, Sign, Style
from clustergap.reference.territories import lies_in
from clustergap.text import capitalise, count


def document(answer: PlaceExplanation, origin: Origin) -> Document:
    """Show the cells in a place, what is missing there, and every statement that speaks of it."""
    matrix, names = answer.matrix, names_of(answer.matrix)
    gaps = [rating for rating in matrix if rating.coverage.is_gap]
    missing = [
        Field(
            names.cell(rating.cell),
            ((Sign(rating.coverage), f", {placed_verdict(rating, names)}"),),
        )
        for rating in gaps
    ]
    statements = [*_statement_fields(answer, origin)]
    blocks: tuple[Block, ...] = (
        Fields(tuple(_place_fields(answer, origin))),
        grid(matrix),
        Heading("What is missing"),
        Fields(tuple(missing)) if missing else Paragraph("No gap is known here."),
        Heading("What is said of it"),
        Fields(tuple(statements)) if statements else Paragraph("Nothing is said of it."),
    )
    counts = summary_in_words(
        matrix.summary(), "pair of role and level", "pairs of role and level"
    )
    title = (
        Run(names.places.with_code(answer.place), Style.STRONG),
        f": {counts} ({query_in_words(matrix.query)}).",
    )
    meanings = (meanings_in_words(matrix),)
    return Document(title, blocks, meanings, **provenance(matrix, origin))


def _place_fields(answer: PlaceExplanation, origin: Origin) -> Iterator[Field]:
    names = names_of(answer.matrix).places
    if answer.group:
        yield Field("Group of", (", ".join(map(names.with_code, answer.group.territories)),))
    for units in answer.units:
        yield Field(units.level.name, (_units_in_words(answer, units),))
    if answer.data_path is not None:
        yield Field("File", ((written_at(answer.data_path, origin),),))


def _units_in_words(answer: PlaceExplanation, units: PlaceUnits) -> str:
    """Say what the place is at a level: a unit of it, several, or within one."""
    names, (one, many) = names_of(answer.matrix).places, units.level.noun
    if units.codes == (answer.place,):
        return f"a {one} of this level"
    if len(units.codes) == 1 and lies_in(answer.place, units.codes[0]):
        return f"lies in {names.with_code(units.codes[0])}"
    return f"{count(len(units.codes), one, many)}: {names.few(units.level.id, units.codes)}"


def _statement_fields(answer: PlaceExplanation, origin: Origin) -> Iterator[Field]:
    names, before = names_of(answer.matrix), None
    for statement in answer.statements:
        record, link = statement.record, statement.link
        who = record.instrument.label if record.instrument else "Observation"
        through = [f"by {names.places.list_with_codes(statement.through)}"]
        is_by_another = link in (PlaceLink.AROUND, PlaceLink.WITHIN)
        words = (*terms(record, answer.matrix.dataset), *(through if is_by_another else []))
        lines = (
            f"{who}, {names.cell(record.cell)}",
            (Parts(words), written_at(record.data_path, origin)),
        )
        label = "" if link is before else capitalise(link.value)
        yield Field(label, lines, is_quiet=bool(record.why_not))
        before = link


def rows(answer: PlaceExplanation) -> Rows:
    """Write every statement that speaks of a place, and how it does, about each of the cells."""
    links = {each.record.data_path: each for each in answer.statements}
    subjects = by_cell(answer.matrix, [each.record for each in answer.statements])
    ways: list[Row] = []
    for _, said in subjects:
        ways += [_way(links[record.data_path]) for record in said] or [(None, None)]
    header, rows, named = statement_rows(answer.matrix, subjects)
    return Rows(
        (*header, "speaks of it", "by"),
        ((*row, *way) for row, way in zip(rows, ways, strict=True)),
        ((*row, *way) for row, way in zip(named, ways, strict=True)),
    )


def _way(statement: PlaceStatement) -> Row:
    return statement.link.value, " ".join(statement.through) or None


# The JSON document


class PlaceUnitsRecord(AnswerPart):
    """The territories of a level that the place is: itself, those in it, or the one in which it lies."""

    level: LevelId = attribute("level", "id")
    territories: tuple[TerritoryCode, ...] = attribute("codes")
    """Their codes."""


class ExplainedPlaceRecord(AnswerPart):
    """The place."""

    id: str
    """Its code; of a group its id."""
    name: str
    """Its name."""
    group: tuple[TerritoryCode, ...] | None
    """The codes of a group; null: it is none."""
    units: tuple[PlaceUnitsRecord, ...]
    """What it is at each level with territories that has it."""
    path: Annotated[
        str | None, described("The file that names it; null: none does, it is of the lists.")
    ]
    line: Annotated[int | None, described("The line, from 1.")]


class PlaceStatementRecord(ExplainedStatementRecord):
    """A cover or an observation that speaks of the place."""

    link: PlaceLink
    """How it does."""
    through: tuple[str, ...]
    """The codes, or ids of groups, by which it does."""


class ExplainPlaceRecord(ExplainRecord, QuestionRecord):
    """Of a place."""

    place: ExplainedPlaceRecord
    """The place."""
    cells: tuple[CellRecord, ...]
    """Every cell in the place, by role, then level."""
    statements: tuple[PlaceStatementRecord, ...]
    """Every statement that speaks of it, also those that the query does not count, the nearest first."""


def record(answer: PlaceExplanation, origin: Origin) -> ExplainPlaceRecord:
    """Return ``clustergap/explain@1`` of a place."""
    path = answer.data_path
    location = None if path is None else origin.locations[path]
    place = ExplainedPlaceRecord(
        id=answer.place,
        name=names_of(answer.matrix).places.get(answer.place, answer.place),
        group=answer.group.territories if answer.group else None,
        units=answer.units,
        path=location.path if location else None,
        line=location.line if location else None,
    )
    statements = [
        PlaceStatementRecord(
            **dict(statement_record(each.record, origin)), link=each.link, through=each.through
        )
        for each in answer.statements
    ]
    return ExplainPlaceRecord(
        **head(answer.matrix, origin),
        place=place,
        cells=tuple(answer.matrix),
        statements=statements,
    )

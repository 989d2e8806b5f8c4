"""Why a cell is rated as it is, for the terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from clustergap.analysis.explain import CellExplanation, StatementRecord
from clustergap.answers.explain import closing_in_words, elsewhere_in_words, missing, verdict
from clustergap.answers.phrases import cell_name, citation, kind_name, terms
from clustergap.document import Origin
from clustergap.text import visible
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent, open_fields, sign


def render(explained: CellExplanation, origin: Origin, shapes: Shapes) -> RenderableType:
    rating, matrix = explained.rating, explained.matrix
    coverage = rating.coverage
    title = Text.assemble(
        (f"{cell_name(matrix.dataset, rating)}: ", "bold"),
        sign(coverage, shapes),
        verdict(explained),
    )
    fields = open_fields()
    for said in explained.statements:
        _add_statement(fields, explained, said, origin, shapes)
    if missing(rating):
        fields.add_row("Not in", Text(missing(rating)))
    others = elsewhere_in_words(matrix, explained.same_role)
    if others:
        fields.add_row("Same role", Text(f" {shapes.dot} ".join(others)))
    level = explained.same_level
    unknown = f", {level.unknown} unknown" if level.unknown else ""
    counts = f"{level.full} of {level.cells} roles full, {level.partial} partial, {level.none} none{unknown}"
    fields.add_row("Same level", Text(counts))
    for n, found in enumerate(explained.evidence):
        fields.add_row(
            "SWOT" if n == 0 else "", Text(f"{found.item.id} {found.item.text} ({found.why})")
        )
    if explained.accepted:
        fields.add_row("Accepted", Text(explained.accepted.reason))
    closing = closing_in_words(explained, origin)
    if closing is not None:
        heed = f"\n({closing.heed})" if closing.heed else ""
        fields.add_row("To close it", Text(f"{closing.where}:\n{closing.cover}{heed}"))
    return Group(title, indent(fields))


def _add_statement(
    fields: Table,
    explained: CellExplanation,
    said: StatementRecord,
    origin: Origin,
    shapes: Shapes,
) -> None:
    dataset, instrument = explained.matrix.dataset, said.instrument
    name = Text()
    if instrument is not None:
        name.append(
            ", ".join(part for part in (instrument.name, kind_name(dataset, instrument)) if part)
            + "\n"
        )
    name.append(f" {shapes.dot} ".join(terms(said, dataset)))
    if said.statement.note:
        name.append(f'\n"{said.statement.note}"')
    cited = "; ".join(citation(ref) for ref in said.sources)
    location = origin.locations[said.data_path]
    name.append(
        "\n"
        + "   ".join(
            part for part in (cited, f"{visible(location.path)}:{location.line}") if part
        ),
        "dim",
    )
    if said.why_not:
        name.stylize("dim")
    fields.add_row(Text(instrument.label if instrument else "Observation"), name)

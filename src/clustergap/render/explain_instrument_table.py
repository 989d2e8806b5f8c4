"""What an instrument does, for the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.explain import InstrumentExplanation
from clustergap.answers.explain import instrument_fields
from clustergap.answers.phrases import cell_name, citation, terms
from clustergap.document import Origin
from clustergap.text import visible
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent, open_fields


def render(explained: InstrumentExplanation, origin: Origin, shapes: Shapes) -> RenderableType:
    instrument, matrix = explained.instrument, explained.matrix
    dataset = matrix.dataset
    name = "" if instrument.label == instrument.name else f": {instrument.name}"
    fields = open_fields()
    for key, value in instrument_fields(explained):
        fields.add_row(key, Text(value))
    opens = {rating.cell for rating in explained.opens}
    for n, said in enumerate(explained.statements):
        location = origin.locations[said.data_path]
        mark = ", a gap without it" if said.cell in opens else ""
        text = Text(f"{cell_name(dataset, matrix.ratings[said.cell])}{mark}\n")
        text.append(f" {shapes.dot} ".join(terms(said, dataset)))
        text.append(f"   {visible(location.path)}:{location.line}", "dim")
        if said.why_not:
            text.stylize("dim")
        fields.add_row("Covers" if n == 0 else "", text)
    for n, found in enumerate(explained.evidence):
        fields.add_row("SWOT" if n == 0 else "", Text(f"{found.item.id} {found.item.text}"))
    for n, ref in enumerate(instrument.sources):
        quote = f': "{ref.quote}"' if ref.quote else ""
        fields.add_row("Sources" if n == 0 else "", Text(citation(ref) + quote))
    location = origin.locations[explained.data_path]
    fields.add_row("File", Text(f"{visible(location.path)}:{location.line}"))
    return Group(Text.assemble((f"{instrument.label}{name}", "bold")), indent(fields))

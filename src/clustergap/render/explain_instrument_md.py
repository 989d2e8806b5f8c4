"""What an instrument does, as Markdown."""

from clustergap.analysis.explain import InstrumentExplanation
from clustergap.answers.explain import instrument_fields
from clustergap.answers.phrases import cell_name, citation, terms
from clustergap.document import Origin
from clustergap.text import visible
from clustergap.writers.markdown import escape


def render(explained: InstrumentExplanation, origin: Origin) -> str:
    instrument, matrix = explained.instrument, explained.matrix
    name = "" if instrument.label == instrument.name else f": {instrument.name}"
    lines = [f"**{escape(instrument.label + name)}**", ""]
    lines += [f"- {key}: {escape(value)}" for key, value in instrument_fields(explained)]
    for said in explained.statements:
        location = origin.locations[said.data_path]
        what = f"{cell_name(matrix.dataset, matrix.ratings[said.cell])}: {', '.join(terms(said, matrix.dataset))}"
        lines.append(f"- Covers {escape(f'{what} ({visible(location.path)}:{location.line})')}")
    lines += [
        f"- SWOT {escape(found.item.id)}: {escape(found.item.text)}"
        for found in explained.evidence
    ]
    for ref in instrument.sources:
        quote = f': "{ref.quote}"' if ref.quote else ""
        lines.append(f"- Source: {escape(citation(ref) + quote)}")
    return "\n".join(lines) + "\n"

"""Why a cell is rated as it is, as Markdown."""

from clustergap.analysis.explain import CellExplanation, StatementRecord
from clustergap.answers.explain import closing_in_words, elsewhere_in_words, missing, verdict
from clustergap.answers.phrases import cell_name, citation, kind_name, terms
from clustergap.document import Origin
from clustergap.text import visible
from clustergap.theme import UNICODE, WORDS
from clustergap.writers.markdown import escape


def render(explained: CellExplanation, origin: Origin) -> str:
    rating, matrix = explained.rating, explained.matrix
    shape, word = UNICODE.coverage[rating.coverage], WORDS[rating.coverage]
    lines = [
        f"**{escape(cell_name(matrix.dataset, rating))}: {shape} {word}**{escape(verdict(explained))}",
        "",
    ]
    lines += [_statement(explained, said, origin) for said in explained.statements]
    if missing(rating):
        lines.append(f"- Not in: {escape(missing(rating))}")
    lines += [
        f"- Same role: {escape(other)}"
        for other in elsewhere_in_words(matrix, explained.same_role)
    ]
    lines += [
        f"- SWOT {escape(found.item.id)}: {escape(found.item.text)} ({found.why})"
        for found in explained.evidence
    ]
    if explained.accepted:
        lines.append(f"- Accepted: {escape(explained.accepted.reason)}")
    closing = closing_in_words(explained, origin)
    if closing is not None:
        heed = f" ({closing.heed})" if closing.heed else ""
        lines.append(f"- To close it, {escape(closing.where)}: `{closing.cover}`{escape(heed)}")
    return "\n".join(lines) + "\n"


def _statement(explained: CellExplanation, said: StatementRecord, origin: Origin) -> str:
    dataset, instrument = explained.matrix.dataset, said.instrument
    location = origin.locations[said.data_path]
    words = [*terms(said, dataset)]
    if instrument is not None:
        words = [
            part for part in (instrument.name, kind_name(dataset, instrument), *words) if part
        ]
    if said.statement.note:
        words.append(f'"{said.statement.note}"')
    cited = "; ".join(citation(ref) for ref in said.sources)
    label = instrument.label if instrument else "Observation"
    place = f"{visible(location.path)}:{location.line}"
    return f"- **{escape(label)}**: {escape(', '.join(words))}. {escape(f'{cited} ({place})' if cited else place)}"

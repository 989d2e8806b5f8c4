"""What is fragile, for the terminal: what would lose most first."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.coverage import Rating
from clustergap.analysis.risks import Risks
from clustergap.answers.changes import cell_namer
from clustergap.answers.phrases import labels
from clustergap.answers.ratings import unassessed_in_words
from clustergap.answers.risks import headline, kinds_of, meaning, sentence, unjudged
from clustergap.document import Origin
from clustergap.theme import Shapes
from clustergap.writers.terminal import headed_table, sign


def render(found: Risks, _origin: Origin, shapes: Shapes) -> RenderableType:
    head = Text(headline(found), style="bold")
    if said := unjudged(found):
        head.append(f"\n{said}", style="not bold")
    if not found.risks:
        return head
    matrix = found.matrix
    name, label = cell_namer(matrix.dataset), labels(matrix)
    table = headed_table(shapes, "Cell", "Coverage", "Risk", "Why")
    for risk in found.risks:
        table.add_row(
            Text(name(risk.rating.cell)),
            _coverage(risk.rating, shapes),
            Text(risk.kind.value),
            Text(sentence(risk, label, matrix.dataset)),
        )
    meanings = [f"{kind.value}: {meaning(kind, found)}" for kind in kinds_of(found)]
    return Group(head, Text(), table, Text(), Text(" ".join(meanings), style="dim"))


def _coverage(rating: Rating, shapes: Shapes) -> Text:
    unassessed = unassessed_in_words(rating)
    return sign(rating.coverage, shapes).append(f"\n{unassessed}" if unassessed else "")

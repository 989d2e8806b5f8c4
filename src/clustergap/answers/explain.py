"""How to close a gap, in words and as what is to be written, for every output of an explained cell."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Rating
from clustergap.analysis.explain import CellExplanation, InstrumentExplanation
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    cell_name,
    kind_name,
    labels,
    level_names,
    period,
    query_in_words,
)
from clustergap.answers.ratings import (
    how_covered,
    is_covered,
)
from clustergap.document import Origin
from clustergap.findings import DataPath
from clustergap.model.dataset import Except
from clustergap.text import count, either, one_of, visible

TO_FILL = "[...]"
"""Stands for codes that only the writer knows; as it is, ``check`` refuses it."""

OWN_DATA = "make data of your own with clustergap init; then "


class ClosingWords(NamedTuple):
    """What to do, what to write, and what to heed; the last may be nothing."""

    where: str
    cover: str
    heed: str


def closing_in_words(explained: CellExplanation, origin: Origin) -> ClosingWords | None:
    """Say how the gap of a cell would be closed, and nothing else be changed; None where it has none."""
    closing = explained.closing
    if closing is None:
        return None
    kinds = explained.matrix.query.kinds
    who = f"an instrument{f' of kind {either(kinds)}' if kinds else ''}"
    who += " that does not name this cell yet, or to a new one," if closing.is_named else ""
    files = "" if origin.is_example else f" in {either([visible(one) for one in origin.holders])}"
    heed = []
    if closing.is_located and closing.territories is None:
        heed.append("name the territories that it covers: without them it counts everywhere")
    if closing.contradicts:
        heed.append(_to_correct(closing.contradicts, origin))
    if explained.accepted is not None:
        heed.append("delete the gap from accepted_gaps then")
    return ClosingWords(
        f"{OWN_DATA if origin.is_example else ''}add to {who}{files}",
        f"covers: {{{explained.rating.cell}: {_cover(explained)}}}",
        "; ".join(heed),
    )


def _to_correct(observations: Sequence[DataPath], origin: Origin) -> str:
    said = [origin.locations[path] for path in observations]
    places = one_of([f"{visible(one.path)}:{one.line}" for one in said])
    at = "" if origin.is_example else f" at {places}"
    if len(said) == 1:
        return f"the observation{at} says that it is partial: correct it"
    return f"the observations{at} say that it is partial: correct them"


def _cover(explained: CellExplanation) -> str:
    closing = explained.closing
    if closing is None or not closing.is_located:
        return "full"
    return f"{{extent: full, territories: {_territories(closing.territories)}}}"


def _territories(territories: Except | tuple[str, ...] | None) -> str:
    if territories is None:
        return TO_FILL
    if isinstance(territories, Except):
        return f"{{except: [{', '.join(territories.codes)}]}}"
    return f"[{', '.join(territories)}]"


def verdict(explained: CellExplanation) -> str:
    """Say how a cell is covered and by how much it would hurt to lose an instrument, behind its word."""
    rating, matrix = explained.rating, explained.matrix
    how = how_covered(rating, labels(matrix))
    behind = f", {how}" if is_covered(rating) else f". {how[0].upper()}{how[1:]}"
    return f"{behind} ({query_in_words(matrix.query)})."


def missing(rating: Rating) -> str:
    """Name every territory that nothing covers."""
    return ", ".join(rating.share.missing) if rating.share else ""


def elsewhere_in_words(matrix: Matrix, ratings: tuple[Rating, ...]) -> list[str]:
    """Say how the same role is covered at other levels, and by what."""
    label, levels = labels(matrix), level_names(matrix.dataset)
    return [
        f"{levels[other.cell.level]} {other.coverage.value}"
        + (f" ({', '.join(label[id_] for id_ in other.instruments)})" if other.instruments else "")
        for other in ratings
    ]


def instrument_fields(explained: InstrumentExplanation) -> list[tuple[str, str]]:
    """List what is known of an instrument, by the name of the field."""
    instrument, dataset = explained.instrument, explained.matrix.dataset
    counts = f"not counted: {explained.why_not}" if explained.why_not else "counted"
    names = {target.id: target.name for target in dataset.targets}
    opens = ", ".join(cell_name(dataset, rating) for rating in explained.opens)
    fields = [
        ("Kind", kind_name(dataset, instrument)),
        (
            "In force",
            f"{period(instrument.starts, instrument.ends)}; {counts}, {query_in_words(explained.matrix.query)}",
        ),
        ("For", ", ".join(names.get(target, target) for target in instrument.targets)),
        ("Body", instrument.managing_body),
        ("Legal basis", instrument.legal_basis),
        ("Address", instrument.url),
        ("Followed by", ", ".join(instrument.succeeded_by)),
        ("Reviewed", instrument.reviewed.isoformat() if instrument.reviewed else ""),
        ("Note", instrument.note),
        ("Description", instrument.description),
        (
            "Without it",
            f"{count(len(explained.opens), 'gap opens', 'gaps open')}{': ' if opens else ''}{opens}",
        ),
    ]
    return [(key, value) for key, value in fields if value]

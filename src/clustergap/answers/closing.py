"""How to close a gap, in words and as what is to be written in a data file."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.analysis.explain import CellExplanation
from clustergap.document import (
    Origin,
)
from clustergap.findings import DataPath
from clustergap.model.places import Except
from clustergap.text import either, one_of, visible

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

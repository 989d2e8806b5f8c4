"""What there is to build on where a cell has a gap, in words, for every output of the needs."""

from collections import defaultdict
from collections.abc import Mapping

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.leads import Lead, LeadKind
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need
from clustergap.answers.phrases import labels, role_names
from clustergap.model.cell import Cell
from clustergap.model.dataset import Status
from clustergap.render.need_words import at_level
from clustergap.text import one_of


def building_in_words(need: Need, matrix: Matrix) -> list[str]:
    """Say what there is to build on, one sentence each."""
    label = labels(matrix)
    return [
        *_same_role(need, matrix, label),
        *_related(need, matrix, label),
        *(_planned(one, need, label) for one in need.leads if one.kind is LeadKind.PLANNED),
        *(_follows(one, label) for one in need.leads if one.kind is LeadKind.SUCCESSOR),
    ]


def _same_role(need: Need, matrix: Matrix, label: Mapping[str, str]) -> list[str]:
    levels = {level.id: level for level in matrix.dataset.levels}
    return [
        f"the same role at {at_level(levels[cell.level])}: {one_of(names)}"
        for cell, names in _by_cell(need, LeadKind.SAME_ROLE, label).items()
    ]


def _related(need: Need, matrix: Matrix, label: Mapping[str, str]) -> list[str]:
    roles = role_names(matrix.dataset)
    return [
        f"{roles[cell.role]}, a related role at the same level: {one_of(names)}"
        for cell, names in _by_cell(need, LeadKind.RELATED_ROLE, label).items()
    ]


def _by_cell(need: Need, how: LeadKind, label: Mapping[str, str]) -> Mapping[Cell, list[str]]:
    names: dict[Cell, list[str]] = defaultdict(list)
    for one in need.leads:
        if one.kind is how:
            for cell in one.cells:
                names[cell].append(_name(one, label))
    return names


def _name(one: Lead, label: Mapping[str, str]) -> str:
    name = label[one.instrument.id]
    return f"{name} ({one.why_not})" if one.why_not else name


def _planned(one: Lead, need: Need, label: Mapping[str, str]) -> str:
    begins = f"from {one.starts.isoformat()}" if one.starts else ""
    planned = "planned" if one.instrument.status is Status.PLANNED else ""
    when = ", ".join(word for word in (planned, begins) if word)
    if one.then is not None and one.then.coverage is Coverage.FULL:
        would = "would close the gap"
    elif need.gap.rating.coverage is Coverage.NONE:
        would = "would cover it in part"
    else:
        would = "would cover more of it"
    return f"{when}: {label[one.instrument.id]}, which {would}"


def _follows(one: Lead, label: Mapping[str, str]) -> str:
    follows = label[one.follows.id] if one.follows else ""
    ended = one.ended.isoformat() if one.ended else ""
    return f"{_name(one, label)} follows {follows}, which served this until {ended}"

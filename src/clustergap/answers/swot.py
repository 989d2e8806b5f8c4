"""The SWOT in words."""

from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers.phrases import cell_name, labels, level_names, role_names


def links_in_words(view: SwotView, linked: LinkedItem) -> list[str]:
    """Say what a SWOT item is linked to, with the coverage of its cells and what the query does not count."""
    matrix, item = view.matrix, linked.item
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    label, not_counted = labels(matrix), dict(linked.not_counted)
    links = [
        f"{cell_name(matrix.dataset, rating)} {rating.coverage.value}" for rating in linked.ratings
    ]
    links += [roles[role] for role in item.roles] + [levels[level] for level in item.levels]
    for id_ in item.instruments:
        links.append(
            label[id_] + (f" (not counted: {not_counted[id_]})" if id_ in not_counted else "")
        )
    return links

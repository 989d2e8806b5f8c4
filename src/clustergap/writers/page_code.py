"""The style and the script of the gap map: of all parts those that a page needs.

Each part of the page has a script and a style sheet of its name, or one of them. What stands in ``templates/minified`` is made of
them by ``make golden``: without comments and the space that only authors need, and with short names for what a part alone uses.
"""

from collections.abc import Collection, Iterable, Iterator

from clustergap.writers.html import read_templates

SCRIPTS = (
    "dom", "lookup", "question", "finding", "map", "dense", "missing", "panel", "folding", "places", "compare", "instruments", "time", "save", "start",
)  # fmt: skip
"""The scripts in the order of the page: each may use what earlier ones declare."""

STYLES = (
    "common", "page", "map", "dense", "missing", "panel", "swot", "places", "compare", "instruments", "time", "paper",
)  # fmt: skip
"""The style sheets in the order of the page: the one for paper comes last."""

OPTIONAL = frozenset(("dense", "folding", "places", "compare", "instruments", "time", "swot"))
"""The parts that a page has only if its data needs them."""


def read_script(parts: Collection[str]) -> str:
    """Return the script of a page that has some of the optional parts."""
    return read_templates(f"minified/{name}.js" for name in _chosen(SCRIPTS, parts))


def read_style(parts: Collection[str]) -> str:
    """Return the style of a page that has some of the optional parts."""
    return read_templates(f"minified/{name}.css" for name in _chosen(STYLES, parts))


def _chosen(names: Iterable[str], parts: Collection[str]) -> Iterator[str]:
    return (name for name in names if name in parts or name not in OPTIONAL)

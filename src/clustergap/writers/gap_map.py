"""The gap map: a self-contained page to open, to mail, and to print on A4 in landscape."""

import json
from collections.abc import Iterable

from clustergap.masthead import Logo
from clustergap.origin import EXAMPLE
from clustergap.picture import GapMapPage
from clustergap.theme import DEFINITIONS
from clustergap.writers.csv import columns
from clustergap.writers.html import fill, read_templates
from clustergap.writers.json import SILENT, Json, escape_silent

SCRIPTS = (
    "dom", "lookup", "question", "finding", "map", "missing", "panel", "places", "compare", "instruments", "time", "save", "start",
)  # fmt: skip
"""The scripts in the order of the page: each may use what earlier ones declare."""

STYLES = (
    "common.css", "page.css", "map.css", "missing.css", "panel.css", "swot.css", "places.css", "compare.css", "instruments.css", "time.css", "paper.css",
)  # fmt: skip
"""The style sheets in the order of the page: the one for paper comes last."""

_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def write(page: GapMapPage, logo: Logo | None = None) -> str:
    """Write the page: its words, its style, its script, and the data that the script looks up."""
    context = {
        "title": page.title,
        "logo": logo,
        "definitions": DEFINITIONS,
        "sources": page.sources,
        **page.words,
    }
    style = read_style() + _fills(page.fills)
    return fill("page.html.j2", context, style, read_script(), embed_json(script_data(page)))


def _fills(percents: Iterable[float]) -> str:
    # The policy of the page allows no style but the sheet: a cell names its share, and the sheet draws it.
    rules = (
        f'[data-full="{n:g}"]{{--full:{n:g}%}}[data-any="{n:g}"]{{--any:{n:g}%}}' for n in percents
    )
    return "".join(rules)


def script_data(page: GapMapPage) -> Json:
    """Return what the script looks up, and what it needs to save files as the other writers write them."""
    return {
        "document": page.matrix.model_dump(mode="json", exclude={"cells"}),
        "columns": columns(page.columns, page.is_example),
        **({"example": [EXAMPLE]} if page.is_example else {}),
        "silent": SILENT,
        **page.lookup,
    }


def embed_json(data: Json) -> str:
    r"""Write data for a script element: nothing in it can end the element or begin another.

    >>> embed_json({"name": "</script>&"})
    '{"name":"\\u003c/script\\u003e\\u0026"}'
    """
    text = escape_silent(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    for character, escaped in _IN_HTML.items():
        text = text.replace(character, escaped)
    return text


def read_script() -> str:
    """Return the page's script: its files one after another."""
    return _mailed(read_templates(f"script/{name}.js" for name in SCRIPTS), "//")


def read_style() -> str:
    """Return the page's style: what all pages share, and its own."""
    return _mailed(read_templates(STYLES), "/*")


def _mailed(code: str, comment: str) -> str:
    # What is mailed has every line as it is written, but neither lines of comment nor indentation, a seventh of all.
    lines = (line.strip() for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(comment))

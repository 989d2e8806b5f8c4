"""What the gap map's page is filled in with: its style, fitted to paper, its script, and the data that this looks up."""

import json
from collections.abc import Mapping

from clustergap.render.html.paper import Paper
from clustergap.writers.html import fill as fill_template
from clustergap.writers.html import read_template
from clustergap.writers.json import Json, escape_silent

SCRIPTS = ("dom", "lookup", "question", "map", "panel", "places", "save", "start")
"""In the order in which the page has them: the first lines of one may use what those before it declare."""

STYLES = ("common.css", "page.css")

_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def fill(context: Mapping[str, object], data: Json, paper: Paper) -> str:
    """Return the page; every value of *context* is plain text to it, *data* is for the script to look up."""
    style = read_style() + _sizes(paper)
    return fill_template("page.html.j2", context, style, read_script(), embed_json(data))


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
    """Return the page's script: its files one after another, as they are written."""
    return "".join(read_template(f"script/{name}.js") for name in SCRIPTS).strip()


def read_style() -> str:
    """Return the page's style: what all pages share, and its own."""
    return "".join(map(read_template, STYLES))


def _sizes(paper: Paper) -> str:
    names = "block" if paper.is_named else "none"
    return (
        f":root {{ --paper-summary: {paper.summary}mm; --paper-cell: {paper.cell}mm; "
        f"--paper-source: {paper.source}mm; --paper-names: {names}; }}"
    )

"""The page's template, filled in safely: escaped for HTML, and with a policy that lets nothing in from outside."""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from clustergap.render.grammar.xml_text import inert
from clustergap.render.html.paper import Paper
from clustergap.writers.json import Json, escape_silent

TEMPLATES = Path(__file__).parent.parent / "templates"

SCRIPTS = ("dom", "lookup", "question", "map", "panel", "places", "save", "start")
"""In the order in which the page has them: the first lines of one may use what those before it declare."""

_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def fill(context: Mapping[str, object], data: Json, paper: Paper) -> str:
    """Return the page; every value of *context* is plain text to it, *data* is for the script to look up.

    Raises:
        jinja2.UndefinedError: The template asks for what the context does not have: a defect.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    embedded = embed_json(data)
    environment.filters["address"] = _address
    style, script = _read("page.css") + _sizes(paper), read_script()
    page = environment.get_template("page.html.j2").render(
        context,
        policy=_policy(style, script, embedded),
        style=Markup(style),  # noqa: S704 - our own
        script=Markup(script),  # noqa: S704 - our own
        data=Markup(embedded),  # noqa: S704 - escaped for where it stands
    )
    words, *scripts = page.partition(
        "<script"
    )  # entities are none in a script, and its data are escaped
    return "".join((inert(words), *scripts))


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
    return "".join(_read(f"script/{name}.js") for name in SCRIPTS).strip()


def _sizes(paper: Paper) -> str:
    names = "block" if paper.is_named else "none"
    return (
        f":root {{ --paper-summary: {paper.summary}mm; --paper-cell: {paper.cell}mm; "
        f"--paper-source: {paper.source}mm; --paper-names: {names}; }}"
    )


def _address(url: str) -> str:
    # What HTML allows in no address; all else of it is escaped already.
    for character in '<> "':
        url = url.replace(character, quote(character))
    return url


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _policy(style: str, *scripts: str) -> str:
    # The data is no script, but checkers want its hash too. The Nu HTML checker hashes an element without the space
    # around its text, browsers with it: none of the texts has any.
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

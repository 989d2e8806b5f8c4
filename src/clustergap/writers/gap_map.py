"""The gap map: a self-contained page to open, to mail, and to print on A4 in landscape."""

import json
from collections.abc import Iterable, Iterator

from clustergap.masthead import Logo
from clustergap.origin import EXAMPLE
from clustergap.picture import GapMapPage
from clustergap.theme import DEFINITIONS
from clustergap.writers.csv import columns
from clustergap.writers.html import fill
from clustergap.writers.json import SILENT, Json, escape_silent
from clustergap.writers.page_code import read_script, read_style

_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def write(page: GapMapPage, logo: Logo | None = None) -> str:
    """Write the page: its words, its style, its script, and the data that the script looks up."""
    context = {
        "title": page.title,
        "logo": logo,
        "definitions": DEFINITIONS,
        "sources": page.sources,
        "parts": page.parts,
        **page.words,
    }
    style = "".join((read_style(page.parts), *_fills(page.fills), *_bars(page.counts)))
    script = read_script(page.parts)
    return fill("page.html.j2", context, style, script, embed_json(script_data(page)))


# The policy of the page allows no style but the sheet: an element names its share or its number, and the sheet draws it.


def _fills(percents: Iterable[float]) -> Iterator[str]:
    for n in percents:
        yield f'[data-full="{n:g}"]{{--full:{n:g}%}}[data-any="{n:g}"]{{--any:{n:g}%}}'


def _bars(numbers: Iterable[int]) -> Iterator[str]:
    return (f'[data-n="{n}"]{{flex-grow:{n}}}' for n in numbers)


def script_data(page: GapMapPage) -> Json:
    """Return what the script looks up, and what it needs to save files as the other writers write them."""
    # What changes with the question keeps its place, for the order of the keys.
    document = page.matrix.model_dump(mode="json", exclude={"cells"}) | {"caveats": 0}
    return {
        "document": document,
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

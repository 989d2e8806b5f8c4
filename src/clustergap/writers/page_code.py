"""The style and the script of the gap map: the parts that a page needs, without the space that only authors need.

Each part of the page has a script and a style sheet of its name, or one of them. Names are left as they are written, so that
the page can be read and debugged where it arrives.
"""

import re
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

# What a script is made of: strings, regular expressions (a division has a blank on either side), what begins or ends something,
# and the code between; and within a template its text, up to where code begins or the template ends.
_CODE = re.compile(
    r"""(?P<kept>"(?:\\.|[^"\\])*"|'[^']*'|/(?=[^\s/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+/)|[`{}/]|[^"'`{}/]+"""
)
_TEXT = re.compile(r"(?:\\.|[^`\\$]|\$(?!\{))*(?P<end>`|\$\{)", re.DOTALL)
# A blank parts two words; beside any other sign it is only for the eye.
_BLANK = re.compile(r"^ | $| (?=[^\w$])|(?<=[^\w$\n]) ")
_LAST = re.compile(r";?\n?$")
_BREAK = re.compile(r"\n(?=[)\]}.,:?|&])|(?<=[({\[,;|&?:])\n")
_AROUND = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+|(?<=[\s:(,-])0(?=\.)")


def read_script(parts: Collection[str]) -> str:
    """Return the script of a page that has some of the optional parts."""
    code = read_templates(f"script/{name}.js" for name in _chosen(SCRIPTS, parts))
    return squeeze(_without_comments(code, "//"))


def read_style(parts: Collection[str]) -> str:
    """Return the style of a page that has some of the optional parts."""
    code = read_templates(f"{name}.css" for name in _chosen(STYLES, parts))
    return _AROUND.sub(r"\1", _without_comments(code, "/*")).replace(";}", "}")


def _chosen(names: Iterable[str], parts: Collection[str]) -> Iterator[str]:
    return (name for name in names if name in parts or name not in OPTIONAL)


def _without_comments(code: str, comment: str) -> str:
    # A comment has lines of its own.
    lines = (line.strip() for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(comment))


def squeeze(code: str) -> str:
    """Leave out of a script the space that parts nothing, and the last semicolon of a block; what is quoted stays as it is.

    >>> squeeze("const half = (a) => { return a / 2; };")
    'const half=(a)=>{return a/2};'
    """
    return _BREAK.sub("", "".join(_squeezed(code)))


def _squeezed(code: str) -> Iterator[str]:
    at, within = 0, [""]
    while at < len(code):
        is_text = within[-1] == "`"
        found = (_TEXT if is_text else _CODE).match(code, at)
        if found is None:
            raise ValueError(f"a quotation that does not end: {code[at : at + 40]}")
        at, piece = found.end(), found.group()
        opens = found["end"] if is_text else piece
        if not is_text and not found["kept"]:
            piece = _BLANK.sub("", piece)
            piece = _LAST.sub("", piece) if code.startswith("}", at) else piece
        yield piece
        if opens == "}" or (is_text and opens == "`"):
            within.pop()
        elif opens in ("`", "{", "${"):
            within.append(opens)

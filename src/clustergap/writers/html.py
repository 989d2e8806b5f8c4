"""Self-contained HTML pages: escaped, and with a policy that loads nothing from outside."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from clustergap.document import Document, TableCell
from clustergap.masthead import Logo
from clustergap.prose import Inline, Text, plain
from clustergap.text import as_sentence, isolate
from clustergap.theme import UNICODE, WORDS
from clustergap.writers.github import inert

TEMPLATES = Path(__file__).parent / "templates"

STYLES = ("common.css", "answer.css")


def write(document: Document, logo: Logo | None = None) -> str:
    """Write an answer as a page without a script."""
    style = read_templates(STYLES).strip()
    context = {
        "document": document,
        "logo": logo,
        "name": " | ".join(filter(None, (plain(document.title), document.subject))),
        "shapes": None,
        "top": 1 if document.has_chapters else 0,
        "words": WORDS,
    }
    return fill("answer.html.j2", context, style)


def write_fragment(document: Document, notes: Iterable[str] = ()) -> str:
    """Write an answer as a part of a page that is not ours, such as a notebook: no script, no ids, no drawings, its own style.

    Args:
        document: The answer.
        notes: What else is worth knowing of it, in sentences.
    """
    context = {
        "document": document,
        "name": plain(document.title),
        "notes": list(notes),
        "shapes": UNICODE.coverage,
        "top": 2 if document.has_chapters else 1,
        "words": WORDS,
    }
    return fill("fragment.html.j2", context, read_templates(("fragment.css",)).strip())


def fill(
    template: str, context: Mapping[str, object], style: str, script: str = "", data: str = ""
) -> str:
    """Return a page.

    Args:
        template: The name of a template.
        context: The values that it shows; each is escaped as plain text.
        style: The style sheet.
        script: The script, if any.
        data: What the script looks up, escaped for a script element.

    Raises:
        jinja2.UndefinedError: The template uses a name that the context does not have: a defect.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "address": _address,
        "apart": lambda text: Markup(isolate(str(escape(text)), "<bdi>", "</bdi>")),  # noqa: S704 - escaped
        "cell": TableCell.of,
        "percent": "{:g}".format,
        "isolate": isolate,
        "kind": lambda block: (type(block).__name__, block),
        "longest": _longest,
        "runs": _runs,
        "sentence": as_sentence,
    }
    page = environment.get_template(template).render(
        context,
        policy=Markup(_policy(style, script, data, has_logo=bool(context.get("logo")))),  # noqa: S704 - our own
        style=Markup(style),  # noqa: S704 - our own
        script=Markup(script),  # noqa: S704 - our own
        data=Markup(data),  # noqa: S704 - escaped for where it stands
    )
    # A script has no entities, and its data is escaped.
    words, *scripts = page.partition("<script")
    return "".join((inert(words), *scripts))


def read_templates(names: Iterable[str]) -> str:
    """Return the files that are copied into a page, one after another."""
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def _longest(texts: Iterable[Text | TableCell]) -> int:
    lines = (line for text in texts for line in TableCell.of(text).lines)
    return max((len(word) for line in lines for word in plain(line).split()), default=0)


def _runs(text: Text) -> list[tuple[str, Inline]]:
    return [(type(run).__name__, run) for run in ((text,) if isinstance(text, str) else text)]


def _address(url: str) -> str:
    # Characters that HTML does not allow in an address; the rest is escaped already.
    from urllib.parse import quote

    for character in '<> "':
        url = url.replace(character, quote(character))
    return url


def _policy(style: str, *scripts: str, has_logo: bool) -> str:
    # The data is not a script, but checkers want its hash too. The Nu HTML checker hashes an element without the space
    # around its text, browsers with it, so none of the texts has any.
    hashes = " ".join(_hash(script) for script in scripts if script)
    allowed = f"script-src {hashes}; " if hashes else ""
    images = "img-src data:; " if has_logo else ""
    return (
        f"default-src 'none'; {allowed}{images}style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

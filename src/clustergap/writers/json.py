"""JSON documents: readable, without workflow commands and invisible characters."""

import json
import re
from collections.abc import Mapping
from io import StringIO

from pydantic import BaseModel

Json = Mapping[str, object]

SILENT = (
    r"##\[|[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff]"
)
"""Matches workflow commands of GitHub within a line, invisible characters, and what is not text: a regular expression for
both Python and JavaScript."""

_SILENT = re.compile(SILENT)


def write_record(record: BaseModel) -> str:
    """Write an answer's record."""
    return write_json(record.model_dump(mode="json"))


def write_json(document: Json) -> str:
    r"""Write a document, indented and with a final line end.

    >>> write_json({"name": "##[error]"})
    '{\n  "name": "##\\u005berror]"\n}\n'
    """
    # Written piece by piece: all pieces of a long document together take several times its size.
    written = StringIO()
    json.dump(document, written, ensure_ascii=False, indent=2)
    return escape_silent(written.getvalue()) + "\n"


def quote_json(text: str) -> str:
    r"""Write a single text; YAML reads it as the same double-quoted text.

    >>> quote_json('a "b" ##[error]')
    '"a \\"b\\" ##\\u005berror]"'
    """
    return escape_silent(json.dumps(text, ensure_ascii=False))


def escape_silent(text: str) -> str:
    """Write what ``SILENT`` matches in a JSON text as equivalent escapes."""
    return _SILENT.sub(_escaped, text)


def _escaped(unsafe: re.Match[str]) -> str:
    return r"##\u005b" if unsafe[0] == "##[" else json.dumps(unsafe[0])[1:-1]

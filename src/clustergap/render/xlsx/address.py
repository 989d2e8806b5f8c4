"""Web addresses as links: only what every program takes for one, written as the standard asks for."""

import re
from urllib.parse import urlsplit

LONGEST = 2_079
"""Characters of a link that Excel opens; what is longer spoils the file."""

_OTHER = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]")


def link_to(url: str) -> str | None:
    """Return what a link to *url* is written as; None where it had better stay a text.

    >>> link_to("https://example.org/a<b>#c#d")
    'https://example.org/a%3Cb%3E#c%23d'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return None
    address, hash_, fragment = _OTHER.sub(_escape, url).partition("#")
    link = address + hash_ + fragment.replace("#", "%23")
    return link if len(link) <= LONGEST else None


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))

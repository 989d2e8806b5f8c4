"""Addresses of pages as office files and Markdown take them."""

from urllib.parse import quote

_AS_WRITTEN = ":/?#[]@!$&'()*+,;=%-._~"
"""What an address may hold by its own grammar; a percent sign stands before what is quoted already."""


def address_of(url: str) -> str:
    """Quote in a web address what its grammar does not know.

    >>> address_of("https://example.org/a%20b?c=<é>")
    'https://example.org/a%20b?c=%3C%C3%A9%3E'
    """
    return quote(url, safe=_AS_WRITTEN)

"""XML documents, of which the library escapes the markup; what XML cannot hold at all is written visibly."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from clustergap.text import visible


def element(parent: ET.Element, name: str, attributes: Mapping[str, str | int]) -> ET.Element:
    """Add an element; attributes are text on one line."""
    return ET.SubElement(
        parent, name, {key: visible(str(value)) for key, value in attributes.items()}
    )


def write_xml(root: ET.Element) -> str:
    """Write the document that *root* is, indented, with one final line end."""
    ET.indent(root)
    text = inert(ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def inert(markup: str) -> str:
    """Write as an entity, which is the same to XML and HTML, what GitHub takes for a command anywhere in a job's log.

    >>> inert("<text>##[error]</text>")
    '<text>##&#91;error]</text>'
    """
    return markup.replace("##[", "##&#91;")

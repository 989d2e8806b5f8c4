"""How coverage looks and what it is called, in every output: shape, word and colour, never colour alone."""

from collections.abc import Mapping
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage

WORDS: Mapping[Coverage, str] = {
    Coverage.FULL: "full",
    Coverage.PARTIAL: "partial",
    Coverage.NONE: "NONE",
    Coverage.UNKNOWN: "unknown",
}


STYLES: Mapping[Coverage, tuple[str, str]] = {
    Coverage.FULL: ("bright_blue", ""),
    Coverage.PARTIAL: ("yellow", ""),
    Coverage.NONE: ("bold red", "bold red"),
    Coverage.UNKNOWN: ("dim", "dim"),
}
"""Terminal styles of the shape and of the word. Blue on black and yellow on white can hardly be read, so only a shape
has them; a reader without colours has the shape and the word."""


FILLS: Mapping[Coverage, str] = {
    Coverage.FULL: "#0B5394",
    Coverage.PARTIAL: "#F6C667",
    Coverage.NONE: "#FFFFFF",
    Coverage.UNKNOWN: "#EDEDED",
}


PALE = "#FDF1D6"
"""The fill of what is partly covered where nobody says how much: a native table cannot have stripes."""


TEXT_COLOURS: Mapping[Coverage, str] = {
    Coverage.FULL: "#FFFFFF",
    Coverage.PARTIAL: "#1A1A1A",
    Coverage.NONE: "#A61B1B",
    Coverage.UNKNOWN: "#1A1A1A",
}
"""Colours of pages and pictures: they stay apart in three colour-vision deficiencies and in grey."""


DEFINITIONS: Mapping[Coverage, str] = {
    Coverage.FULL: "covered: instruments serve the role in the whole of the level",
    Coverage.PARTIAL: "partly covered: only in some places, or only in part",
    Coverage.NONE: "not covered: no instrument",
    Coverage.UNKNOWN: "nobody knows: not looked at, or the source does not say where",
}


LOOKS: Mapping[Coverage, str] = {
    Coverage.NONE: "no instrument",
    Coverage.PARTIAL: "partly",
    Coverage.UNKNOWN: DEFINITIONS[Coverage.UNKNOWN],
    Coverage.FULL: "in the whole level",
}
"""What the looks of a legend mean, in a line."""

BRIEF_LOOKS: Mapping[Coverage, str] = {
    **LOOKS,
    Coverage.UNKNOWN: "nobody knows",
    Coverage.FULL: "whole level",
}
"""The same where there is little room."""

FILL, STRIPES = "fill = share", "stripes = where is not said"
"""What is drawn within what is covered in part."""

FRAGILE_LOOK = "a gap without one instrument"
"""What ``!`` means in a legend."""


NOT_SAID = ("not said", "somewhere, whether here is not said")
"""What a place is called, briefly and in full, that is unknown because something is somewhere and the source does not say where."""


WORST_FIRST = (Coverage.NONE, Coverage.PARTIAL, Coverage.UNKNOWN, Coverage.FULL)
"""The order of lists of cells and of legends beside gaps; DEFINITIONS begins with the best."""


FRAGILE = "! marks what is full and would be a gap without one of its instruments."

MARKS = "A number counts the instruments; ! marks what would be a gap without one of them."
"""Explains what is shown beside the coverage of a cell."""


GAP_DEFINITION = "A gap has no instrument, or is only partly covered."


class Shapes(NamedTuple):
    """The signs of one kind of screen."""

    coverage: Mapping[Coverage, str]
    rule: str
    arrow: str
    dot: str
    ellipsis: str

    def spell(self, words: str) -> str:
        """Return words with the screen's own arrows and ellipses.

        >>> ASCII.spell("none → full, …")
        'none -> full, ...'
        """
        return words.replace(UNICODE.arrow, self.arrow).replace(UNICODE.ellipsis, self.ellipsis)


UNICODE = Shapes(
    {Coverage.FULL: "●", Coverage.PARTIAL: "◐", Coverage.NONE: "○", Coverage.UNKNOWN: "?"},
    rule="─",
    arrow="→",
    dot="·",
    ellipsis="…",
)


ASCII = Shapes(
    {Coverage.FULL: "F", Coverage.PARTIAL: "P", Coverage.NONE: "-", Coverage.UNKNOWN: "?"},
    rule="-",
    arrow="->",
    dot="|",
    ellipsis="...",
)


def sign_of(coverage: Coverage) -> str:
    """Return the shape and the word of a coverage, as documents show them.

    >>> sign_of(Coverage.NONE)
    '○ NONE'
    """
    return f"{UNICODE.coverage[coverage]} {WORDS[coverage]}"


def shapes_for(encoding: str) -> Shapes:
    """Return the signs that *encoding* can carry.

    >>> shapes_for("cp1252").coverage[Coverage.FULL]
    'F'
    """
    try:
        "".join([*UNICODE.coverage.values(), UNICODE.rule, UNICODE.arrow]).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE

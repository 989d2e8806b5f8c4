"""How much a colour stands out from another, as WCAG 2.2 measures it."""

import re

LEAST_OF_TEXT, LEAST_OF_SHAPES = 4.5, 3.0
"""What WCAG 2.2 asks of text (1.4.3), and of lines and shapes that mean something (1.4.11)."""

Colour = tuple[float, float, float]


def colours_in(text: str) -> list[Colour]:
    """Read the opaque colours of a value as a browser has computed it."""
    found = re.findall(r"rgba?\(([^)]*)\)", text)
    values = [[float(part) for part in one.split(",")] for one in found]
    return [(one[0], one[1], one[2]) for one in values if len(one) == 3 or one[3] == 1]


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG of two colours."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)

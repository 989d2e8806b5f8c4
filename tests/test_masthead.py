"""A title and a logo of the reader's own: what is taken, and what is refused in which words."""

import base64

import pytest

from clustergap.errors import ClusterGapError
from clustergap.masthead import LARGEST_LOGO, LogoKind, read_logo, read_title
from logos import SVG, png


def why(file: bytes) -> str:
    """Say why a file is no logo."""
    with pytest.raises(ClusterGapError) as caught:
        read_logo(file, "logo.png")
    return str(caught.value)


def test_a_png_is_a_logo_with_its_proportion() -> None:
    logo = read_logo(png(300, 100), "logo.png")

    assert (logo.kind, logo.proportion) == (LogoKind.PNG, 3)
    assert (logo.height_in(90, 50), logo.height_in(900, 50)) == (30, 50)
    assert logo.address == f"data:image/png;base64,{base64.b64encode(png(300, 100)).decode()}"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        "<?xml version='1.0'?>\n<!-- Made by hand -->\n",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n',
    ],
)
def test_an_svg_is_a_logo_whatever_precedes_it(before: str) -> None:
    assert read_logo(before.encode() + SVG, "logo.svg").kind is LogoKind.SVG


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"GIF89a",
        b"<html><svg></svg></html>",
        b"<svgx/>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>',
        SVG.decode().encode("utf-16"),
    ],
)
def test_what_is_neither_a_png_nor_an_svg_is_refused(file: bytes) -> None:
    assert why(file) == "the logo 'logo.png' is neither a PNG nor an SVG: save it as a PNG"


@pytest.mark.parametrize("file", [png(9, 9)[:20], png(9, 9)[:-12], png(0, 9)])
def test_a_png_that_is_not_whole_is_refused(file: bytes) -> None:
    assert why(file) == "the logo 'logo.png' is not a whole PNG: save it again"


def test_a_small_file_with_a_vast_picture_is_refused() -> None:
    assert why(png(100, 50_000)) == (
        "the logo 'logo.png' has 100 x 50,000 pixels, more than 4,096 a side: save it smaller"
    )


def test_a_file_of_more_than_200_kilobytes_is_refused() -> None:
    whole = SVG + b" " * (LARGEST_LOGO - len(SVG))

    assert read_logo(whole, "logo.svg").file == whole
    assert why(whole + b" ") == (
        "the logo 'logo.png' is larger than 200 kB, and every document would hold it: save it smaller"
    )


def test_a_title_is_one_line_that_is_not_empty() -> None:
    assert read_title("  Clusters, in 2027 ") == "Clusters, in 2027"
    for wrong in ("", "  ", "a\nb", "a\x1b[1mb", "x" * 201):
        with pytest.raises(ClusterGapError, match="--title"):
            read_title(wrong)

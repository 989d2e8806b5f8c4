"""LibreOffice, as a reader of what is written: a document to the text and pictures of its printed pages."""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL.Image import Image
from pypdfium2 import raw

from tools import needed


class Pages(NamedTuple):
    """What a printed document holds: the text of each page, its size in points, its picture, and its smallest letters in points."""

    texts: list[str]
    sizes: list[tuple[float, float]]
    pictures: list[Image]
    letters: list[float]


def convert(document: Path, suffix: str, folder: Path) -> Path:
    """Save a document in another format, in a folder; skip the test where LibreOffice is not installed."""
    return convert_all([document], suffix, folder)[0]


def convert_all(documents: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Save documents of different names in another format, in a folder."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    found = needed(program, "LibreOffice is not installed: scripts/make-system.sh installs it")
    profile = f"-env:UserInstallation=file://{_profile()}"
    options = [profile, "--headless", "--convert-to", suffix, "--outdir", str(folder)]
    words = [found, *options, *map(str, documents)]
    subprocess.run(words, check=True, capture_output=True, timeout=180 * len(documents))
    return [folder / f"{document.stem}.{suffix}" for document in documents]


@cache
def _profile() -> Path:
    """A profile for this process alone: two LibreOffices with one wait for each other, and to make one takes long."""
    folder = tempfile.mkdtemp(prefix="libreoffice-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def print_pages(document: Path) -> Pages:
    """Convert a document to PDF and read its pages."""
    return print_all([document])[0]


def print_all(documents: Sequence[Path]) -> list[Pages]:
    """Convert documents of different names to PDF and read their pages: once started, LibreOffice is fast."""
    with tempfile.TemporaryDirectory() as folder:
        return [_read(file.read_bytes()) for file in convert_all(documents, "pdf", Path(folder))]


def _read(file: bytes) -> Pages:
    pages = list(pypdfium2.PdfDocument(file))
    return Pages(
        [page.get_textpage().get_text_bounded() for page in pages],
        [page.get_size() for page in pages],
        [page.render(scale=1).to_pil() for page in pages],
        [smallest_letter(page) for page in pages],
    )


@cache
def has_font(letter: str) -> bool:
    """Whether a font of this machine can draw a letter, where fontconfig says so, which LibreOffice asks on Linux."""
    if not (program := shutil.which("fc-list")):
        return True
    words = [program, f":charset={ord(letter):x}"]
    return bool(subprocess.run(words, check=True, capture_output=True).stdout)


def smallest_letter(page: pypdfium2.PdfPage) -> float:
    """Return the points of the smallest letter or digit of a printed page."""
    text, matrix = page.get_textpage(), raw.FS_MATRIX()
    sizes = []
    for number in range(text.count_chars()):
        if chr(raw.FPDFText_GetUnicode(text.raw, number)).isalnum():
            raw.FPDFText_GetMatrix(text.raw, number, matrix)
            sizes.append(raw.FPDFText_GetFontSize(text.raw, number) * abs(matrix.d))
    return float(min(sizes))

"""A tagged PDF as a screen reader has it: by its structure, not by where its letters stand."""

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw


class Tag(NamedTuple):
    """An element of the structure: its type, such as H1 or TD, and what is in it."""

    name: str
    inside: "tuple[Tag | str, ...]"

    @property
    def words(self) -> str:
        """Its text; what stands in front of a list's entry is left out."""
        parts = (each if isinstance(each, str) else each.words for each in self.inside)
        return "" if self.name == "Lbl" else "".join(parts)

    def all(self, *names: str) -> "Iterator[Tag]":
        """Yield the elements of some types in it, in the order of reading."""
        for each in self.inside:
            if isinstance(each, Tag):
                if each.name in names:
                    yield each
                yield from each.all(*names)


def tags_of(file: bytes) -> Tag:
    """Return the root of the structure of a file."""
    texts = _texts_of(file)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return _tag(pdf.Root.StructTreeRoot, texts, pages, -1)


def _texts_of(file: bytes) -> dict[tuple[int, int], str]:
    """Return the marked texts by the number of the page and their own."""
    texts: dict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(file)
    for number, page in enumerate(document):
        words = page.get_textpage()
        for drawn in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
            mark = raw.FPDFPageObj_GetMarkedContentID(drawn.raw)
            size = raw.FPDFTextObj_GetText(drawn.raw, words.raw, None, 0)
            letters = (ctypes.c_ushort * (size // 2))()
            raw.FPDFTextObj_GetText(drawn.raw, words.raw, letters, size)
            texts[number, mark] += bytes(letters).decode("utf-16-le").rstrip("\0")
    document.close()
    return texts


def _tag(
    element: pikepdf.Object,
    texts: dict[tuple[int, int], str],
    pages: dict[tuple[int, int], int],
    page: int,
) -> Tag:
    if "/Pg" in element:
        page = pages[element.Pg.objgen]
    kids = element.get("/K", pikepdf.Array([]))
    inside: list[Tag | str] = []
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/MCR":
                inside.append(texts[pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)])
            elif "/S" in kid:
                inside.append(_tag(kid, texts, pages, page))
        else:
            inside.append(texts[page, int(kid)])
    return Tag(str(element.get("/S", "/Root"))[1:], tuple(inside))

"""The empty file of slides: 16:9, one font, one accent, two layouts that a reader can add slides with."""

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from clustergap.render.pptx.ink import LANGUAGE
from clustergap.render.pptx.paragraphs import ACCENT
from clustergap.render.pptx.plan import HEIGHT, WIDTH
from clustergap.writers.office import LONGEST_PROPERTY, WRITTEN

KEPT = ("Title Slide", "Title Only")

_WIDER = WIDTH / 720.0
"""The library's own file is 4:3."""

_THEME = (
    (b'typeface="Calibri"', b'typeface="Arial"'),
    (b'srgbClr val="4F81BD"', b'srgbClr val="0B5394"'),
)

_STRIPE = (
    f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Accent"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(10)}" cy="{Pt(HEIGHT)}"/></a:xfrm>'
    f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    f'<a:solidFill><a:srgbClr val="{ACCENT[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


def open_deck(title: str) -> Deck:
    """Begin a file of slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout.name in KEPT:
            _set_up(layout)
        else:
            deck.slide_layouts.remove(layout)
    _set_up(master)
    master.element.cSld.spTree.insert(2, parse_xml(_STRIPE))
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    for old, new in _THEME:
        theme.blob = theme.blob.replace(old, new)
    _drop_leftovers(deck)
    about = deck.core_properties
    about.title = title[:LONGEST_PROPERTY]
    about.language, about.author = LANGUAGE, "clustergap"
    about.last_modified_by, about.revision = "clustergap", 1
    about.created = about.modified = WRITTEN
    return deck


def _drop_leftovers(deck: Deck) -> None:
    # The library's own file shows in small what it was once, and on which printer.
    package = deck.part.package
    thumbnail = package.part_related_by(RELATIONSHIP_TYPE.THUMBNAIL)
    package.drop_rel(package.relate_to(thumbnail, RELATIONSHIP_TYPE.THUMBNAIL))
    printer = deck.part.part_related_by(RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    deck.part.drop_rel(deck.part.relate_to(printer, RELATIONSHIP_TYPE.PRINTER_SETTINGS))


def _set_up(page: SlideMaster | SlideLayout) -> None:
    for place in page.element.xpath(".//a:xfrm/a:off"):
        place.set("x", str(round(int(place.get("x")) * _WIDER)))
    for place in page.element.xpath(".//a:xfrm/a:ext"):
        place.set("cx", str(round(int(place.get("cx")) * _WIDER)))
    for words in page.element.xpath(".//*[@lang]"):
        words.set("lang", LANGUAGE)
    for style in page.element.xpath(".//p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")

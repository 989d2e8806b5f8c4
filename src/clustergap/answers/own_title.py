"""A title of the reader's own on an answer: the finding that stood there becomes the first sentence below it."""

from clustergap.document import Document
from clustergap.office import Deck
from clustergap.one_page import OnePage, OneSlide
from clustergap.picture import GapMapPage, GridPicture, MatrixPicture, TimelinePicture
from clustergap.prose import Paragraph

Titled = (
    Document
    | Deck
    | OnePage
    | OneSlide
    | GapMapPage
    | GridPicture
    | MatrixPicture
    | TimelinePicture
)
"""What can bear a title of the reader's own."""


def put_title(part: Titled, title: str) -> Titled:  # noqa: PLR0911 - one case a part
    """Return a part of an answer, before a writer lays it out, with another title; nothing that it says is lost."""
    match part:
        case Document():
            # The title of the dataset stands above an answer, if there is one: it is said then before the finding.
            above = (Paragraph(part.subject),) if part.subject else ()
            return part._replace(subject=title, blocks=(*above, *part.blocks))
        case Deck():
            question = " ".join([_sentence(part.title), part.question])
            return part._replace(title=title, question=question)
        case OnePage():
            return part._replace(title=title, shown=_after(part.title, part.shown))
        case OneSlide():
            return part._replace(title=title, below=_after(part.title, part.below))
        case GapMapPage():
            words = dict(part.words)
            sentence = _after(str(words["finding"]), str(words["sentence"]))
            return part._replace(
                words={**words, "finding": title, "sentence": sentence},
                lookup={**part.lookup, "own_title": title},
            )
        case MatrixPicture():
            named, counted = (
                view._replace(headline=_after(part.caption.title, view.headline))
                for view in (part.named, part.counted)
            )
            titled = part._replace(named=named, counted=counted)
            return titled._replace(caption=part.caption._replace(title=title))
        case GridPicture() | TimelinePicture():
            headline = _after(part.caption.title, part.caption.headline)
            return part._replace(caption=part.caption._replace(title=title, headline=headline))


def _after(finding: str, words: str) -> str:
    return " ".join(filter(None, (_sentence(finding), words)))


def _sentence(finding: str) -> str:
    return f"{finding.removesuffix('.')}."

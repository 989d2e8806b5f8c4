"""Ids made of names: the same name has the same id wherever it stands, so none is made with a running number."""

import re
import unicodedata
from hashlib import sha256

from clustergap.text import fold

LONGEST = 64
_DIGITS_OF_HASH = 8
_CUT = LONGEST - _DIGITS_OF_HASH - 1

_GAP = re.compile(r"[^a-z0-9]+")
_LETTERS_AND_NUMBERS = frozenset({"Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No"})
"""Categories of what a name is told apart by."""

_LATIN = {
    **dict(zip("łøđðħıŋŧəĸ", "loddhintek", strict=True)),
    "þ": "th", "æ": "ae", "œ": "oe",
}  # fmt: skip
"""Latin letters that are no letter of ASCII with an accent."""

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфъ", "abvgdeziyklmnoprstufa", strict=True)),
    "ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ь": "", "ю": "yu", "я": "ya",
    # Serbian, as in its own Latin alphabet; Macedonian; then Ukrainian, Belarusian and Russian.
    "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
    "ґ": "g", "є": "ye", "і": "i", "ї": "yi", "ў": "u", "ы": "y", "э": "e", "ё": "yo",
}  # fmt: skip
"""Cyrillic letters: those of Bulgarian as its Transliteration Act of 2009 has them."""

_GREEK = {
    **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
    "θ": "th", "χ": "ch", "ψ": "ps",
}  # fmt: skip

_PAIRS = (
    # A diaeresis, or an accent on the first of two vowels, says that they are no pair.
    (re.compile("[ϋΰ]"), "y"),
    (re.compile("(?<=[άέήό])υ"), "y"),
    (re.compile("ού|ου"), "ou"),
    (re.compile(r"(?<=[αεη])[υύ](?=[θκξπσςτφχψ]|\b(?!\w))"), "f"),
    (re.compile("(?<=[αεη])[υύ]"), "v"),
    (re.compile(r"\bμπ|μπ\b"), "b"),
    (re.compile("γ(?=[γξχ])"), "n"),
    # And two of Bulgarian.
    (re.compile("ьо"), "yo"),
    (re.compile(r"ия\b"), "ia"),
)
"""Letters that are read together: those of Greek as ELOT 743 (ISO 843, type 2) writes them."""

_SINGLE = str.maketrans({**_LATIN, **_CYRILLIC, **_GREEK})


def make_id(text: str) -> str | None:
    """Make the id of a name, or of an id in another style; None if it has letters that have no Latin ones here.

    Greek and Cyrillic are written in Latin letters; of a text too long for an id, a hash of all of it stands for its
    end.

    >>> make_id("Wsparcie klastrów Łódź"), make_id("Ταμείο Ανάκαμψης"), make_id("Фонд на фондовете")
    ('wsparcie-klastrow-lodz', 'tameio-anakampsis', 'fond-na-fondovete')
    >>> make_id("MAN.3.BP00"), make_id("基金")
    ('man-3-bp00', None)
    """
    slug = _slug(text)
    if slug is None or len(slug) <= LONGEST:
        return slug
    return _with_hash(slug, text)


def make_distinct_id(text: str) -> str | None:
    """Make the id of a name where ``make_id`` gives another name the same one; None as there.

    >>> make_distinct_id("Fund (A)"), make_distinct_id("Fund A")
    ('fund-a-11854ea8', 'fund-a-1159c5fa')
    """
    slug = _slug(text)
    return slug and _with_hash(slug, text)


def _with_hash(slug: str, text: str) -> str:
    # Names that differ by case or blanks alone are one name.
    digits = sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS_OF_HASH]
    return f"{slug[:_CUT].rstrip('-')}-{digits}"


def _slug(text: str) -> str | None:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    if not folded.isascii():
        folded = _in_latin_letters(folded)
        if any(map(_is_foreign, folded)):
            return None
    return _GAP.sub("-", folded).strip("-") or None


def _in_latin_letters(folded: str) -> str:
    for pattern, letters in _PAIRS:
        folded = pattern.sub(letters, folded)
    # й, ї, ў and ё are letters of their own, so accents are taken off what is left.
    decomposed = unicodedata.normalize("NFKD", folded.translate(_SINGLE))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SINGLE)


def _is_foreign(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in _LETTERS_AND_NUMBERS

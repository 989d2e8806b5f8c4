"""Sources in words: each spelled out, with the places in it that are cited."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.record import Source, SourceRef
from clustergap.text import one_of

NOTHING_CITED = "No source is cited for this."


def spelled_out(source: Source) -> str:
    """Name a source by all that is known of where it can be found.

    >>> spelled_out(Source(title="A book", author="A. Writer", date="2019"))
    'A. Writer, A book, 2019'
    """
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ", ".join(part for part in parts if part)


def cited(dataset: Dataset, refs: Iterable[SourceRef]) -> list[str]:
    """Spell out the sources that are cited, each once, with the places in it."""
    places: dict[str, dict[str, None]] = {}
    for ref in refs:
        found = places.setdefault(ref.ref, {})
        if ref.locator:
            found[ref.locator] = None
    return [
        f"{key}: {spelled_out(dataset.sources[key])}{_at(found)}" for key, found in places.items()
    ]


def refs_of_cells(dataset: Dataset, cells: Collection[Cell]) -> Iterator[SourceRef]:
    """Walk through what instruments and observations cite that speak of *cells*, in file order."""
    for instrument in dataset.instruments:
        statements = [said for cell, said in instrument.covers.items() if cell in cells]
        if statements:
            yield from instrument.sources
            yield from (ref for said in statements for one in said for ref in one.sources)
    for cell, observed in dataset.observations.items():
        if cell in cells:
            yield from (ref for one in observed for ref in one.sources)


def _at(places: Mapping[str, None]) -> str:
    quoted = [f'"{place}"' for place in places]
    return f"; at {one_of(quoted)}" if quoted else ""

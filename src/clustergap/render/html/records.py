"""The records that the page's script shows as they are: instruments, statements, SWOT items, sources.

What a record does not say is 0: the shortest that is false to the script.
"""

from collections.abc import Iterable, Mapping, Sequence

from clustergap.analysis.explain import StatementRecord
from clustergap.analysis.swot import Evidence
from clustergap.answers.explain import place
from clustergap.answers.phrases import kind_name, period
from clustergap.model.dataset import AcceptedGap, Dataset, Instrument, Status
from clustergap.model.record import SourceRef
from clustergap.render.html.table import Table

Row = Sequence[object]


class Records:
    """Tables of what cells and states name; only what is named stands in them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.by_id = {one.id: one for one in dataset.instruments}
        self.instruments, self.items = Table[Row](), Table[Row]()
        self.texts = Table[str]()
        self.sources = {key: number for number, key in enumerate(dataset.sources)}

    def tables(self) -> Mapping[str, Sequence[Row]]:
        """Return the tables as they are now, by the name that the script gives them."""
        return {
            "instruments": self.instruments.rows,
            "items": self.items.rows,
            "texts": self.texts.rows,
        }

    def text(self, text: str) -> int:
        """Return the index of a text that may stand in many places."""
        return self.texts.put(text, lambda: text)

    def instrument(self, id_: str) -> int:
        """Return the index of an instrument."""
        return self.instruments.put(id_, lambda: self._instrument(self.by_id[id_]))

    def item(self, found: Evidence) -> int:
        """Return the index of a SWOT item."""
        item = found.item
        return self.items.put(item.id, lambda: [item.id, found.quadrant.value, item.text])

    def said(self, said: StatementRecord) -> Row:
        """Write a statement about a cell; without sources of its own it has its instrument's.

        What leaves it out on whatever day stands at its end.
        """
        statement = said.statement
        return [
            self.instrument(said.instrument.id) if said.instrument else None,
            statement.extent.value,
            self.text(period(said.starts, said.ends)),
            self.text(place(said, self.dataset)),
            statement.note or 0,
            self._cited(statement.sources),
            said.why_not,
        ]

    def _instrument(self, one: Instrument) -> Row:
        return [
            one.id,
            one.label,
            one.name,
            _kind(self.dataset, one),
            one.managing_body or 0,
            one.legal_basis or 0,
            one.url or 0,
            one.note or 0,
            self._cited(one.sources),
        ]

    def _cited(self, refs: Iterable[SourceRef]) -> Row:
        # A source by its place in the list at the page's foot, and only what there is of place and words.
        return [
            [
                self.sources[ref.ref],
                *([ref.locator, ref.quote] if ref.quote else [ref.locator] if ref.locator else []),
            ]
            for ref in refs
        ]


def _kind(dataset: Dataset, one: Instrument) -> str:
    planned = "planned" if one.status is Status.PLANNED else ""
    return ", ".join(filter(None, (kind_name(dataset, one), planned)))


def accepted_row(accepted: AcceptedGap) -> Row:
    """Write the decision to live with a gap."""
    until = accepted.until.isoformat() if accepted.until else None
    return [accepted.reason, accepted.by, until]

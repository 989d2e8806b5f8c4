"""Which instruments, statements, sources and territories match the filters of a listing, whatever the day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from clustergap.analysis.counting import Period, counted_statements, period_of
from clustergap.analysis.units import units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.query import Query
from clustergap.model.record import SourceRef
from clustergap.model.statement import Statement


class ListFilters(NamedTuple):
    """What a listing is narrowed to; a filter that is not set narrows nothing.

    Attributes:
        query: The place of which statements speak, and the kinds of instruments; planned ones count, and every day does.
        source: The key of a source that is cited.
        undated: A first or a last day is missing. A day on which somebody saw it stands for the first, an inherited last day
            for its own.
        unreviewed_since: Nobody has looked at the instrument's record on this day or later.
        role: The id of the role of which statements speak.
        level: The id of the level of which they speak.
    """

    query: Query = Query(with_planned=True)
    source: str | None = None
    undated: bool = False
    unreviewed_since: date | None = None
    role: str | None = None
    level: str | None = None

    @property
    def narrows_statements(self) -> bool:
        """Whether it depends on what a statement says that it is listed."""
        return bool(self.query.place or self.role or self.level)


class Matching:
    """Tells of each record of a dataset whether it matches all filters.

    What cites nothing itself has the sources of its instrument, as everywhere.
    """

    def __init__(self, dataset: Dataset, filters: ListFilters) -> None:
        self._dataset, self._filters = dataset, filters
        self._units = units_by_level(dataset, filters.query.place)

    def instrument(self, instrument: Instrument) -> bool:
        """Tell whether an instrument matches: it, and one of its statements in all that they say."""
        if not self._is_of(instrument):
            return False
        end = self._dataset.relations.end_of(instrument)
        if not self._is_dated_so(Period(instrument.starts or instrument.seen, end)):
            return False
        said = self._said_by(instrument)
        if self._filters.narrows_statements and not said:
            return False
        return self._cites(_refs_of(instrument, said))

    def statement(
        self, cell: Cell | None, instrument: Instrument | None, statement: Statement | None
    ) -> bool:
        """Tell whether a statement matches: a cover of an *instrument*, or an observation.

        An instrument that covers nothing has neither *cell* nor *statement*.
        """
        if not self._is_of(instrument):
            return False
        if cell is None or statement is None:
            return instrument is not None and self.instrument(instrument)
        inherited = instrument.sources if instrument else ()
        return (
            self._says(cell, statement)
            and self._cites(statement.sources or inherited)
            and self._is_dated_so(period_of(self._dataset, instrument, statement))
        )

    def source(self, key: str) -> bool:
        """Tell whether a source matches: what cites it does; *undated*: it has no date."""
        filters = self._filters
        if filters.source not in (None, key):
            return False
        if filters.undated and self._dataset.sources[key].date is not None:
            return False
        return key in self._cited if self._is_narrowed else True

    def territory(self, level: str, code: str) -> bool:
        """Tell whether a unit of a level matches: it lies in the place, or the place in it, and what matches speaks of it."""
        filters, units = self._filters, self._units[level]
        if filters.level not in (None, level) or not units.named(code) & units.selected:
            return False
        asks_what = filters.query.kinds or filters.source or filters.role
        return bool(not asks_what or units.named(code) & self._spoken_of[level])

    def _is_of(self, instrument: Instrument | None) -> bool:
        # An observation is of no instrument: it has no kind, and nobody reviews it.
        kinds, day = self._filters.query.kinds, self._filters.unreviewed_since
        if not kinds and day is None:
            return True
        if instrument is None or (kinds and instrument.kind not in kinds):
            return False
        return day is None or instrument.reviewed is None or instrument.reviewed < day

    def _says(self, cell: Cell, statement: Statement) -> bool:
        filters = self._filters
        if filters.role not in (None, cell.role) or filters.level not in (None, cell.level):
            return False
        units = self._units[cell.level]
        return filters.query.place is None or bool(units.rated_by(statement) & units.selected)

    def _said_by(self, instrument: Instrument) -> list[Statement]:
        return [
            statement
            for cell, statements in instrument.covers.items()
            for statement in statements
            if self._says(cell, statement)
        ]

    def _cites(self, refs: Iterable[SourceRef]) -> bool:
        key = self._filters.source
        return key is None or any(ref.ref == key for ref in refs)

    def _is_dated_so(self, period: Period) -> bool:
        return not self._filters.undated or period.starts is None or period.ends is None

    @property
    def _is_narrowed(self) -> bool:
        return bool(self._filters.narrows_statements or self._filters.query.kinds)

    @cached_property
    def _cited(self) -> frozenset[str]:
        """The keys of the sources that instruments and statements which match cite."""
        keys: set[str] = set()
        for instrument in filter(self._is_of, self._dataset.instruments):
            said = self._said_by(instrument)
            if said or not self._filters.narrows_statements:
                keys.update(ref.ref for ref in _refs_of(instrument, said))
        for cell, statements in self._dataset.observations.items():
            if self._is_of(None):
                said = [statement for statement in statements if self._says(cell, statement)]
                keys.update(ref.ref for statement in said for ref in statement.sources)
        return frozenset(keys)

    @cached_property
    def _spoken_of(self) -> Mapping[str, int]:
        """The units of each level of which statements that match speak."""
        found = dict.fromkeys(self._units, 0)
        for counted in counted_statements(self._dataset, self._filters.query):
            if self.statement(counted.cell, counted.instrument, counted.statement):
                level = counted.cell.level
                found[level] |= self._units[level].rated_by(counted.statement)
        return found


def _refs_of(instrument: Instrument, statements: Iterable[Statement]) -> Iterator[SourceRef]:
    yield from instrument.sources
    for statement in statements:
        yield from statement.sources

"""Claims of a sheet to records: words to ids, each instrument and each cover once, doubts to questions."""

from collections.abc import Iterator

from clustergap.importing.claims import Claim, Claims, Said, Word
from clustergap.importing.differing import Differences
from clustergap.importing.entries import Entries, StatementEntry
from clustergap.importing.instrument_finder import InstrumentFinder
from clustergap.importing.joining import repeats, settle
from clustergap.importing.known import Known
from clustergap.importing.options import NewNames
from clustergap.importing.problem import Problems
from clustergap.model.cell import Cell
from clustergap.spreadsheet.sheet import Address
from clustergap.text import count


def reconcile(claims: Claims, known: Known, new_names: NewNames, problems: Problems) -> Entries:
    """Settle which records a sheet speaks of.

    Args:
        claims: What it says.
        known: What its words may mean.
        new_names: What is known to be new, however near to a known name.
        problems: What is wrong in the sheet already; takes what is in doubt.
    """
    return _Reconciler(known, new_names, problems).run(claims)


class _Reconciler:
    def __init__(self, known: Known, new_names: NewNames, problems: Problems) -> None:
        self.known, self.problems = known, problems
        self.finder = InstrumentFinder(known.instruments, new_names, self.problems)
        self.differences = Differences({})
        self.observations: dict[Cell, list[StatementEntry]] = {}

    def run(self, claims: Claims) -> Entries:
        self.differences = self.finder.differences = Differences(claims.differ)
        for claim in claims.claims:
            self._take(claim)
        self.finder.settle_ids()
        self._settle_followers()
        vocabularies = {
            "levels": self.known.levels,
            "roles": self.known.roles,
            "kinds": self.known.kinds,
            "targets": self.known.targets,
            "sources": self.known.sources,
        }
        repeated = self._settle_rows()
        new = {section: list(one.new.values()) for section, one in vocabularies.items() if one.new}
        return Entries(
            self.finder.entries,
            self.observations,
            new,
            claims.instrument_keys,
            claims.statement_keys,
            [*self.finder.remarks(), *repeated, *self.differences.remarks()],
        )

    def _take(self, claim: Claim) -> None:
        statement = StatementEntry(claim.at, dict(claim.statement))
        if claim.id is None and claim.name is None:
            if claim.cell is not None and not self.problems.has_row(claim.at):
                self.observations.setdefault(claim.cell, []).append(statement)
            return
        entry = self.finder.find(claim)
        if entry is None:
            return
        for key, said in claim.instrument.items():
            self.finder.say(entry, key, said)
        if claim.cell is not None:
            entry.covers.setdefault(claim.cell, []).append(statement)

    def _settle_rows(self) -> Iterator[str]:
        # What several rows say of a cell of one instrument, or observe about it.
        repeated: list[Address] = []
        for by_cell in (self.observations, *(one.covers for one in self.finder.entries.values())):
            for rows in by_cell.values():
                if len(rows) > 1:
                    # What cannot be read of a row may be what tells it from another.
                    repeated += (at for at in repeats(rows) if not self.problems.has_row(at))
                    settle(rows, self.differences)
        if repeated:
            first, others = min(repeated), len(repeated) - 1
            more = (
                f" and {count(others, 'more row')} repeat others" if others else " repeats another"
            )
            yield f"{first}: this row{more}, and {'are' if others else 'is'} read once"

    def _settle_followers(self) -> None:
        # Who follows an instrument may stand in a later row.
        for entry in self.finder.entries.values():
            said = entry.keys.get("succeeded_by")
            if said is not None:
                # One cell may name thousands, again and again; what is none is a problem already.
                words = dict.fromkeys(map(str, said.value))
                ids = (self.finder.follower(Word(word, said.at)) for word in words)
                known = list(dict.fromkeys(id_ for id_ in ids if id_ is not None))
                entry.keys["succeeded_by"] = Said(known, said.at)

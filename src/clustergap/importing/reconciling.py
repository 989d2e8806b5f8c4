"""Claims of a sheet to records: words to ids, each instrument and each cover once, doubts to questions."""

from collections.abc import Mapping

from clustergap.importing.claims import Claim, Claims, Said, Value, Word
from clustergap.importing.entries import Entries, StatementEntry
from clustergap.importing.instrument_finder import InstrumentFinder
from clustergap.importing.known import Known
from clustergap.importing.options import NewNames
from clustergap.importing.problem import Problem, Problems
from clustergap.model.cell import Cell
from clustergap.wording import quote


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
        self.observations: dict[Cell, StatementEntry] = {}

    def run(self, claims: Claims) -> Entries:
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
        new = {section: list(one.new.values()) for section, one in vocabularies.items() if one.new}
        return Entries(
            self.finder.entries,
            self.observations,
            new,
            claims.instrument_keys,
            claims.statement_keys,
        )

    def _take(self, claim: Claim) -> None:
        statement = StatementEntry(claim.at, dict(claim.statement))
        if claim.id is None and claim.name is None:
            if claim.cell is not None and not self.problems.has_row(claim.at):
                self._put(self.observations, claim.cell, statement, "an observation about", claim)
            return
        entry = self.finder.find(claim)
        if entry is None:
            return
        for key, said in claim.instrument.items():
            self.finder.say(entry, key, said)
        if claim.cell is not None:
            name = quote(claim.name.text if claim.name else entry.id)
            self._put(entry.covers, claim.cell, statement, f"{name} on", claim)

    def _put(
        self,
        into: dict[Cell, StatementEntry],
        cell: Cell,
        statement: StatementEntry,
        what: str,
        claim: Claim,
    ) -> None:
        before = into.setdefault(cell, statement)
        if before is statement:
            return
        same = _values(before.keys) == _values(statement.keys)
        if not same or before.at != statement.at:
            where = f"{before.at}"
            message = f"{what} {cell} stands in {where} already"
            hint = "delete one of the two" if same else "write one row with all that is to be said"
            self.problems.add(Problem(claim.at, message, hint))

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


def _values(keys: Mapping[str, Said]) -> dict[str, Value]:
    return {key: said.value for key, said in keys.items()}

"""Claims of a sheet to records: words to ids, each instrument and each cover once, doubts to questions."""

from collections.abc import Mapping

from clustergap.importing.claims import Claim, Claims, Said, Value, Word
from clustergap.importing.entries import Entries, StatementEntry
from clustergap.importing.instrument_finder import InstrumentFinder
from clustergap.importing.known import Known
from clustergap.importing.options import NewNames
from clustergap.importing.problem import Problem, Problems
from clustergap.importing.values import Values
from clustergap.model.cell import Cell
from clustergap.spreadsheet.sheet import Address
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
        self.is_unread = False
        self.values = Values(known, problems)
        self.finder = InstrumentFinder(known.instruments, new_names, self.problems)
        self.observations: dict[Cell, StatementEntry] = {}

    def run(self, claims: Claims) -> Entries:
        for word in claims.levels:
            self.known.levels.find(word, self.problems)
        for word in claims.roles:
            self.known.roles.find(word, self.problems)
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
        self.is_unread = self.problems.has_row(claim.at)
        cell = self._cell(claim)
        statement = self._statement(claim)
        if claim.id is None and claim.name is None:
            if not self.is_unread:
                self._observe(claim, cell, statement)
            return
        entry = self.finder.find(claim)
        if entry is None:
            return
        for key, said in self.values.resolve(claim.instrument).items():
            self.finder.say(entry, key, said)
        if cell is not None:
            name = quote(claim.name.text if claim.name else entry.id)
            self._put(entry.covers, cell, statement, f"{name} on", claim)
        elif statement.keys and claim.role is None and claim.level is None:
            message = "this row says how far a cell is covered, but not which"
            self._lack(claim.at, message, "write its role and level")

    def _observe(self, claim: Claim, cell: Cell | None, statement: StatementEntry) -> None:
        if claim.instrument:
            message = "this row speaks of an instrument, but does not name it"
            self.problems.add(Problem(claim.at, message, "write its name"))
        elif cell is not None:
            self._put(self.observations, cell, statement, "an observation about", claim)

    def _cell(self, claim: Claim) -> Cell | None:
        role = self.known.roles.find(claim.role, self.problems) if claim.role else None
        level = self.known.levels.find(claim.level, self.problems) if claim.level else None
        is_observation = claim.id is None and claim.name is None and bool(claim.statement)
        for here, missing, there in (
            (claim.role, claim.level, "level"),
            (claim.level, claim.role, "role"),
        ):
            if (here or is_observation) and missing is None:
                at = here.at if here else claim.at
                self._lack(at, f"this row has no {there}", "a cell is a role at a level")
                return None
        if claim.cell is not None and role and level:
            self._compare(claim.cell, Cell(role, level))
        return Cell(role, level) if role and level else None

    def _compare(self, again: tuple[Word, Word], cell: Cell) -> None:
        role, level = again
        said = (
            self.known.roles.find(role, self.problems),
            self.known.levels.find(level, self.problems),
        )
        if None not in said and said != (cell.role, cell.level):
            message = f"{quote(f'{role.text}@{level.text}')} is not the role and level of its row"
            self.problems.add(Problem(role.at, message, "leave one of them out"))

    def _lack(self, at: Address, message: str, hint: str) -> None:
        # What a row seems to lack may stand in a cell of it that cannot be read.
        if not self.is_unread:
            self.problems.add(Problem(at, message, hint))

    def _statement(self, claim: Claim) -> StatementEntry:
        return StatementEntry(claim.at, self.values.resolve(claim.statement))

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

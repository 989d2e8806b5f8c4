"""Plain values to records: what pydantic refuses becomes violations, and the rest is saved.

A record with one wrong key still counts for the checks that come later, without that key, so that one run
reports all findings; a misspelt key counts as the one that is meant. Only a record that is nothing but its id and
name, such as a role, is left out if it lacks its id.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from clustergap.findings import DataPath, Rule, Violation
from clustergap.loading.detours import Detours
from clustergap.loading.mistake import Mistake, mistakes_in
from clustergap.loading.salvage import Salvage
from clustergap.model.dataset import FragmentFile, InstrumentsFile, SwotFile

RecordT = TypeVar("RecordT")


@dataclass(slots=True)
class Shaped(Generic[RecordT]):
    """What could be made of a value.

    ``record`` is None where not even its required keys could be saved. ``kept`` holds, for each of the
    file's lists that lost an item, the indices of the others; ``damaged`` the file's keys that lost
    anything whole. ``detours`` lead from what was made of keys and lists back to where they stand;
    ``has_spare_id``: whether some record has an id that is not its own.
    """

    record: RecordT | None = None
    broken: list[tuple[Rule, Violation]] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    detours: Detours = field(default_factory=Detours)
    has_spare_id: bool = False


class Shape(Generic[RecordT]):
    """The shape that a file, or one record of it, must have."""

    def __init__(self, record_type: type[RecordT]) -> None:
        self._type = record_type
        self._is_of_file = issubclass(record_type, InstrumentsFile | FragmentFile | SwotFile)
        self.has_instruments = issubclass(record_type, InstrumentsFile | FragmentFile)
        self._adapter = TypeAdapter(record_type)
        self.validate: Callable[[object], RecordT] = self._adapter.validator.validate_python

    def read(self, value: object, spare_id: str = "") -> Shaped[RecordT]:
        """Validate *value*, taking out of it (it is changed) what is wrong until the rest is right.

        Args:
            value: Plain values.
            spare_id: What tells the id that a record gets for its own from those of other files and records.
        """
        shaped: Shaped[RecordT] = Shaped()
        mistakes = self._validate(value, shaped)
        if mistakes and isinstance(value, dict):
            self._save(mistakes, value, shaped, spare_id)
        elif mistakes:
            shaped.broken = self._complain(mistakes)
        return shaped

    def _validate(self, value: object, shaped: Shaped[RecordT]) -> list[Mistake]:
        try:
            shaped.record = self._adapter.validate_python(value)
        except ValidationError as error:
            return mistakes_in(value, error)
        return []

    def _save(
        self,
        mistakes: list[Mistake],
        value: dict[str, object],
        shaped: Shaped[RecordT],
        spare_id: str,
    ) -> None:
        salvage = Salvage(value, spare_id, is_of_file=self._is_of_file)
        shaped.kept, shaped.damaged, shaped.detours = (
            salvage.kept,
            salvage.damaged,
            salvage.detours,
        )
        while misspelt := self._misspelt(mistakes):
            shaped.broken += self._complain([mistake for mistake, _ in misspelt], salvage)
            for mistake, meant in misspelt:
                salvage.rename(mistake.path, meant)
            mistakes = self._validate(value, shaped)
        shaped.broken += self._complain(mistakes, salvage)
        # Each round takes out at least one entry, so this ends.
        while mistakes and salvage.take_out(mistakes):
            mistakes = self._validate(value, shaped)
        shaped.has_spare_id = salvage.has_spare_id

    def _misspelt(self, mistakes: Iterable[Mistake]) -> list[tuple[Mistake, str]]:
        # Unknown keys, each with the one that is meant, if that is sure enough and not there as well.
        from clustergap.loading.complaint import meant_key  # noqa: PLC0415 - only mistakes need it

        found, taken = [], set[DataPath]()
        for mistake in mistakes:
            meant = meant_key(self._type, mistake.path, mistake.details, mistake.siblings)
            if meant and (*mistake.path[:-1], meant) not in taken:
                taken.add((*mistake.path[:-1], meant))
                found.append((mistake, meant))
        return found

    def _complain(
        self, mistakes: Iterable[Mistake], salvage: Salvage | None = None
    ) -> list[tuple[Rule, Violation]]:
        # Only mistakes need these.
        from clustergap.loading.complaint import complain  # noqa: PLC0415
        from clustergap.reference.remedies import Remedies  # noqa: PLC0415
        from clustergap.reference.territories import names  # noqa: PLC0415

        remedies, broken = Remedies((), names().__contains__), []
        for mistake in mistakes:
            rule, violation = complain(self._type, mistake.path, mistake.details, remedies)
            if not mistake.path and self._is_of_file:
                words = violation.message.replace("this must", "the file must")
                violation = violation._replace(message=words)
            if salvage is not None:
                violation = violation._replace(path=salvage.own(violation.path))
            broken.append((rule, violation))
        return broken

"""Plain values to records: what pydantic refuses becomes violations, and the rest is saved.

A record with one wrong key still counts for the checks that come later, without that key, so that one run
reports all findings. Only a record that lacks its id is left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from clustergap.findings import Rule, Violation
from clustergap.loading.mistake import Mistake, mistakes_in
from clustergap.loading.salvage import Salvage
from clustergap.model.dataset import FragmentFile, InstrumentsFile
from clustergap.model.swot import SwotFile

RecordT = TypeVar("RecordT")


@dataclass(slots=True)
class Shaped(Generic[RecordT]):
    """What could be made of a value.

    ``record`` is None where not even its required keys could be saved. ``kept`` holds, for each of the
    file's lists that lost an item, the indices of the others; ``damaged`` the file's keys that lost
    anything whole.
    """

    record: RecordT | None = None
    broken: list[tuple[Rule, Violation]] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)


class Shape(Generic[RecordT]):
    """The shape that a file, or one record of it, must have."""

    def __init__(self, record_type: type[RecordT]) -> None:
        self._type = record_type
        self._is_of_file = issubclass(record_type, InstrumentsFile | FragmentFile | SwotFile)
        self.has_instruments = issubclass(record_type, InstrumentsFile | FragmentFile)
        self._adapter = TypeAdapter(record_type)
        self.validate: Callable[[object], RecordT] = self._adapter.validator.validate_python

    def read(self, value: object) -> Shaped[RecordT]:
        """Validate *value*, taking out of it (it is changed) what is wrong until the rest is right."""
        shaped: Shaped[RecordT] = Shaped()
        try:
            shaped.record = self._adapter.validate_python(value)
        except ValidationError as error:
            mistakes = mistakes_in(value, error)
            shaped.broken = self._complain(mistakes)
            self._save(mistakes, value, shaped)
        return shaped

    def _complain(self, mistakes: Iterable[Mistake]) -> list[tuple[Rule, Violation]]:
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
            broken.append((rule, violation))
        return broken

    def _save(self, mistakes: list[Mistake], value: object, shaped: Shaped[RecordT]) -> None:
        if not isinstance(value, dict):
            return
        salvage = Salvage(value, is_of_file=self._is_of_file)
        shaped.kept, shaped.damaged = salvage.kept, salvage.damaged
        # Each round takes out at least one entry, so this ends.
        while salvage.take_out(mistakes):
            try:
                shaped.record = self._adapter.validate_python(value)
            except ValidationError as error:
                mistakes = mistakes_in(value, error)
            else:
                return

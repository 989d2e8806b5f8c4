"""What a sheet says of an instrument or a cell, its words put as ids, and what is wrong in it."""

from collections.abc import Mapping

from clustergap.importing.claims import Said, Value, Word
from clustergap.importing.known import Known
from clustergap.importing.problem import Problem, Problems
from clustergap.importing.vocabulary import Vocabulary
from clustergap.model.dataset import Extent
from clustergap.model.dates import HOW_TO_WRITE, why_no_date
from clustergap.wording import did_you_mean, quote


class Values:
    """Puts words as ids.

    Args:
        known: What they may mean.
        problems: Takes what means nothing.
    """

    def __init__(self, known: Known, problems: Problems) -> None:
        self.known, self.problems = known, problems

    def resolve(self, said: Mapping[str, Said]) -> dict[str, Said]:
        """Return what is said, by its key, without what is in doubt: that contradicts nothing."""
        keys = {}
        for key, one in said.items():
            number = len(self.problems)
            resolved = self._resolved(key, one)
            if len(self.problems) == number:
                keys[key] = resolved
        return keys

    def _resolved(self, key: str, said: Said) -> Said:
        match key:
            case "extent":
                self._check_extent(said)
                return said
            case "starts" | "ends" | "reviewed":
                if why := why_no_date(str(said.value)):
                    self.problems.add(Problem(said.at, why, HOW_TO_WRITE))
                return said
            case "kind":
                return self._one(said, self.known.kinds)
            case "targets":
                words = [Word(str(word), said.at) for word in said.value]
                return Said([self._id(word, self.known.targets) for word in words], said.at)
            case "sources":
                return Said([self._ref(ref, said) for ref in said.value], said.at)
            case _:
                return said

    def _check_extent(self, said: Said) -> None:
        words = [extent.value for extent in Extent]
        if said.value not in words:
            hint = did_you_mean(str(said.value), words) or "write full or partial"
            self.problems.add(
                Problem(said.at, f"{quote(said.value)} is neither full nor partial", hint)
            )

    def _one(self, said: Said, vocabulary: Vocabulary) -> Said:
        return Said(self._id(Word(str(said.value), said.at), vocabulary), said.at)

    def _id(self, word: Word, vocabulary: Vocabulary) -> str:
        return vocabulary.find(word, self.problems) or word.text

    def _ref(self, ref: Value, said: Said) -> Value:
        if not isinstance(ref, Mapping):
            return ref
        if "ref" not in ref:
            message = "this source has no key"
            self.problems.add(Problem(said.at, message, "write its key before the first bar"))
            return ref
        return {**ref, "ref": self._id(Word(str(ref["ref"]), said.at), self.known.sources)}

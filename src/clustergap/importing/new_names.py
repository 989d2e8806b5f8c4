"""Names that are new to a dataset, as somebody says, and questions about those that may mean what is known."""

from collections.abc import Collection, Iterable, Sequence

from clustergap.importing.problems import Problem, Problems
from clustergap.importing.texts import RunTogether
from clustergap.model.record import Named, other_words
from clustergap.spreadsheet.sheet import Address
from clustergap.text import NearMisses, as_typed, fold, quote_whole, visible


class NewNames:
    """The names of which somebody has said that they are new, however near to a known one.

    *are_all*: so is every name that is near to none but another new one of the table. What is near to a record of the
    dataset stays a question, as it would become a second record of the same thing.
    """

    def __init__(self, names: Collection[str] = (), *, are_all: bool = False) -> None:
        self.are_all = are_all
        self._folded = frozenset(map(fold, names))

    def __contains__(self, name: str) -> bool:
        # A message shows what a reader cannot see by its escape: its words can be copied as they stand.
        return fold(name) in self._folded or fold(visible(name)) in self._folded


def new_option(name: str) -> str:
    """Write the option that says that a name is new, to be copied.

    >>> new_option("Fund  of Funds")
    "--new 'Fund of Funds'"
    """
    return as_typed(["--new", visible(" ".join(name.split()))])


class NewNameQuestions:
    """Asks about names that a sheet brings: who brings "Interrreg" may mean INTERREG, nobody but a person knows.

    Args:
        known: The instruments of the dataset.
        new_names: What is known to be new.
        problems: Takes the questions.
    """

    def __init__(self, known: Sequence[Named], new_names: NewNames, problems: Problems) -> None:
        self._known, self._new_names, self._problems = known, new_names, problems
        self._hints: dict[str, str] = {}
        self._near: NearMisses | None = None
        self._run_together: RunTogether | None = None

    def ask(self, name: str, at: Address) -> None:
        """Ask about a name that stands in the sheet for the first time, if it is near to another."""
        if name in self._new_names:
            return
        if self._near is None or self._run_together is None:
            names = [
                word for record in self._known for word in (record.name, *other_words(record))
            ]
            self._near, self._run_together = NearMisses(names), RunTogether(names)
        joined = self._run_together.find(name)
        near = None if joined else self._near.find(name)
        if joined:
            self._hints[fold(name)] = _separator_missing(joined, name)
        elif near is not None:
            other = f"If it is another one: {new_option(name)}, or give it an id"
            self._hints[fold(name)] = f"did you mean {quote_whole(near)}? {other}"
        self.ask_again(name, at)
        if not self._new_names.are_all:
            self._near.add(name)

    def ask_again(self, name: str, at: Address) -> None:
        """Ask what was asked about the same name before."""
        if hint := self._hints.get(fold(name)):
            self._ask(name, at, hint)

    def ask_of_all(self, names: Iterable[tuple[str, Address]], known: Iterable[str]) -> None:
        """Ask about names that are *known* ones without a separator, once all of these have been read."""
        if self._new_names.are_all:
            return
        run_together = self._run_together or RunTogether()
        for word in known:
            run_together.add(word)
        for name, at in names:
            joined = run_together.find(name)
            if joined and name not in self._new_names and fold(name) not in self._hints:
                self._ask(name, at, _separator_missing(joined, name))

    def _ask(self, name: str, at: Address, hint: str) -> None:
        message = f"{quote_whole(name)} is a new instrument here"
        self._problems.add(Problem(at, message, hint))


def _separator_missing(names: Sequence[str], text: str) -> str:
    joined = " + ".join(map(quote_whole, names))
    return f"a separator is missing: {joined}? Write a semicolon between them; if it is one name: {new_option(text)}"
